## Instellingen: waar elke voor is, zonder punt.

tickets-set-category = De categorie waarin tickets opengaan
tickets-set-overflow-category = Waar ze opengaan als die categorie vol is
tickets-set-thread-channel = Het kanaal waarin tickets als privéthread opengaan als geen categorie plaats heeft
tickets-set-staff-role = Wie de tickets behandelt
tickets-set-escalation-role = Welke rol ik vermeld als iemand een ticket escaleert
tickets-set-escalation-channel = Waar ik meld dat een ticket geëscaleerd is
tickets-set-offer-answers = Toon antwoorden uit de FAQ voordat een ticket opengaat
tickets-set-member-may-close = Laat leden hun eigen tickets sluiten
tickets-set-notify = Hoe leden elke wijziging van hun ticket te horen krijgen
tickets-set-notify-off-option = Helemaal niet
tickets-set-notify-ticket-option = In het ticket
tickets-set-notify-direct-option = Per privébericht
tickets-set-ask-feedback = Vraag leden hun gesloten ticket te beoordelen
tickets-set-send-transcript = Stuur leden het verslag van hun gesloten ticket
tickets-set-transcript-channel = Waar ik verslagen plaats
tickets-set-closed-days = Verwijder het kanaal van een gesloten ticket na zoveel dagen; bij 0 blijft het
tickets-set-pause-between = Hoe lang een lid wacht tussen twee tickets, tenzij de ticketsoort een eigen wachttijd heeft
tickets-set-transcript-days = Hoeveel dagen ik verslagen bewaar

## Opdrachten: wat elke doet; de opties en keuzes eronder.

command-ticket = Vraag het team om hulp
command-ticket-open = Open een ticket
    .kind = Welke ticketsoort
command-ticket-list = Toon je tickets, of die van iedereen (team)
    .status = Alleen tickets met deze status
    .status-open = open
    .status-claimed = opgepakt
    .status-waiting-for-user = wacht op het lid
    .status-escalated = geëscaleerd
    .status-closed = gesloten
    .status-archived = gearchiveerd
    .member = Alleen tickets van dit lid (team)
    .mine = Alleen tickets die je zelf hebt opgepakt (team)
    .kind = Alleen tickets van deze ticketsoort
    .priority = Alleen tickets met deze prioriteit
    .priority-low = laag
    .priority-normal = normaal
    .priority-high = hoog
    .priority-urgent = dringend
    .unclaimed = Alleen tickets die niemand heeft opgepakt
command-ticket-show = Toon een ticket en alles wat ermee gebeurd is
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-claim = Pak een ticket op (team)
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-unclaim = Geef een ticket terug (team)
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-transfer = Draag een ticket over aan iemand anders van het team (team)
    .to = Aan wie je het overdraagt
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-status = Wijzig de status van een ticket (team)
    .ticket = Welk ticket
    .status = De nieuwe status
    .status-open = open
    .status-claimed = opgepakt
    .status-waiting-for-user = wacht op het lid
    .status-escalated = geëscaleerd
    .status-closed = gesloten
    .status-archived = gearchiveerd
    .escalate_to = Welke rol ik dan vermeld; standaard de ingestelde rol
command-ticket-priority = Wijzig de prioriteit van een ticket (team)
    .priority = De nieuwe prioriteit
    .priority-low = laag
    .priority-normal = normaal
    .priority-high = hoog
    .priority-urgent = dringend
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-close = Sluit een ticket
    .reason = Waarom
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-ask-close = Vraag het lid of het ticket dicht mag (team)
    .reason = Waarom
    .hours = Sluit het na zoveel uur zonder antwoord
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-reopen = Heropen een gesloten ticket (team)
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-add = Voeg iemand toe aan een ticket (team)
    .member = Wie erbij komt
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-remove = Haal iemand uit een ticket (team)
    .member = Wie eruit gaat
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-draft = Stel in dit ticket een antwoord op uit wat de FAQ weet (team)
command-ticket-note = Noteer iets wat alleen het team leest (team)
    .text = Wat het team moet weten
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-rename = Wijzig het onderwerp van een ticket (team)
    .subject = Het nieuwe onderwerp
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-delete = Verwijder het kanaal van een gesloten ticket (team)
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-transcript = Toon het verslag van een gesloten ticket
    .ticket = Welk ticket; standaard dat van dit kanaal
command-ticket-stats = Toon de cijfers: hoeveel, hoe snel en hoe goed (team)
    .public = Toon ze hier aan iedereen
command-ticket-panel = Plaats een bericht waarmee leden tickets openen, of wijzig het bestaande (beheerders)
    .channel = In welk kanaal; hier als je niets opgeeft
    .title = De titel van het paneel
    .text = De tekst van het paneel
    .style = Hoe de ticketsoorten getoond worden
    .style-buttons = knoppen
    .style-menu = menu
    .kind = Alleen deze ticketsoort
    .language = De taal van die titel en tekst; zonder taal gelden ze voor iedereen
command-ticket-types = Stel de ticketsoorten in (beheerders)
command-ticket-block = Laat iemand geen tickets meer openen (beheerders)
    .member = Wie
    .reason = Waarom; het lid leest dit
command-ticket-unblock = Laat iemand weer tickets openen (beheerders)
    .member = Wie
command-ticket-blocked = Toon wie geen tickets mag openen (beheerders)
command-tag = Antwoorden die het team vaak nodig heeft
command-tag-send = Stuur hier een snelantwoord (team)
    .name = Welk snelantwoord
command-tag-list = Toon alle snelantwoorden (team)
command-tag-add = Voeg een snelantwoord toe (team)
command-tag-edit = Wijzig een snelantwoord (team)
    .name = Welk snelantwoord
command-tag-remove = Verwijder een snelantwoord (team)
    .name = Welk snelantwoord
command-menu-open-a-ticket = Ticket openen
command-menu-add-to-ticket = Aan ticket toevoegen
command-menu-draft-reply = Antwoord voorstellen

## De status van een ticket, en hoe dringend het is: in een zin, tussen aanhalingstekens.

tickets-status-open = open
tickets-status-claimed = opgepakt
tickets-status-waiting = wacht op het lid
tickets-status-escalated = geëscaleerd
tickets-status-closed = gesloten
tickets-status-archived = gearchiveerd
tickets-priority-low = laag
tickets-priority-normal = normaal
tickets-priority-high = hoog
tickets-priority-urgent = dringend

## Dezelfde op zichzelf, achter een gekleurd teken.

tickets-chip-open = Open
tickets-chip-claimed = Opgepakt
tickets-chip-waiting = Wacht op het lid
tickets-chip-escalated = Geëscaleerd
tickets-chip-closed = Gesloten
tickets-chip-archived = Gearchiveerd
tickets-chip-low = Laag
tickets-chip-normal = Normaal
tickets-chip-high = Hoog
tickets-chip-urgent = Dringend

## Dagen van werktijden, kort: “ma-vr 09:00-17:00”.

tickets-day-monday = ma
tickets-day-tuesday = di
tickets-day-wednesday = wo
tickets-day-thursday = do
tickets-day-friday = vr
tickets-day-saturday = za
tickets-day-sunday = zo

## Weigeringen: waarom iets niet gebeurt met een ticket, en wat eraan te doen is.

tickets-no-such-ticket = Dat ticket bestaat niet; kies een van de suggesties, of kijk bij `/ticket lijst`.
tickets-not-in-ticket = Dit is geen ticketkanaal; geef met de optie `ticket` op welk ticket je bedoelt.
tickets-not-staff = Alleen het team van dit ticket kan dat; vraag het aan iemand van het team.
tickets-not-yours-to-rate = Alleen het lid van wie het ticket is, kan het beoordelen.
tickets-not-yours-to-agree = Alleen het lid van wie het ticket is, kan daarmee instemmen.
tickets-staff-closes = Hier sluit alleen het team tickets; laat het team weten dat het opgelost is.
tickets-claimed-by-you = Je hebt dit ticket al opgepakt.
tickets-claimed-by = <@{ $user }> heeft dit ticket opgepakt; met `/ticket overdragen` neem je het over.
tickets-not-claimed = Niemand heeft dit ticket opgepakt.
tickets-has-it = <@{ $user }> heeft dit ticket al.
tickets-is-gone = Dit ticket is gearchiveerd: het kanaal is weg. Met `/ticket openen` open je een nieuw ticket.
tickets-done = Dit ticket is { $status }; met `/ticket heropenen` open je het weer.
tickets-is-already = Dit ticket staat al op “{ $status }”.
tickets-for-good = Dit ticket is voorgoed { $status }; open een nieuw ticket met `/ticket openen`.
tickets-cannot-become = Een ticket kan niet van “{ $from }” naar “{ $to }”; wel naar { $next }.
tickets-same-priority = De prioriteit is al “{ $priority }”.
tickets-not-closed = Dit ticket is heropend; je kunt het beoordelen zodra het gesloten is.
tickets-closed-again = Dit ticket is intussen heropend en opnieuw gesloten; het nieuwere bericht vraagt hoe het was.
tickets-channel-gone = Het kanaal van ticket #{ $number } is verwijderd, dus heropenen kan niet meer; open een nieuw ticket met `/ticket openen`.
tickets-no-stars = Kies eerst één tot vijf sterren.
tickets-stars-out-of-range = Een beoordeling is één tot vijf sterren; kies opnieuw.
tickets-asked-already = Dit is <t:{ $at }:R> al aan het lid gevraagd. Met “{ tickets-keep-open-button }” trek je de vraag in, met `/ticket sluiten` sluit je het ticket.
tickets-not-asked = De vraag of dit ticket dicht mag, staat niet meer open; met `/ticket sluiten` sluit je het.
tickets-close-first = Ticket #{ $number } staat op “{ $status }”; sluit het voordat je het kanaal verwijdert.
tickets-reopen-first = Ticket #{ $number } is { $status }; heropen het eerst.
tickets-not-here = Die persoon is niet op deze server; kies iemand die er wel is.
tickets-not-its-staff = <@{ $user }> behandelt deze ticketsoort niet; kies iemand uit het team van deze ticketsoort.
tickets-own-ticket = Dit is het ticket van dat lid zelf; sluit het als het opgelost is.
tickets-takes-part-already = <@{ $user }> zit al in ticket #{ $number }.
tickets-takes-no-part = <@{ $user }> zit niet in ticket #{ $number }.
tickets-escalated-to-everybody = Een ticket dat je naar iedereen escaleert, is niet meer privé; kies een rol.
tickets-too-long = Dat is langer dan { $max } tekens; maak het korter.
tickets-empty = Schrijf eerst iets; er staat niets in.
tickets-busy = Dit ticket is net gewijzigd; bekijk het opnieuw.
tickets-no-such-kind = Die ticketsoort bestaat hier niet meer; met `/ticket openen` zie je welke er zijn.
tickets-blocked = Je mag hier geen tickets openen; klopt dat niet, praat dan met een beheerder.
tickets-blocked-because = Je mag hier geen tickets openen ({ $reason }); klopt dat niet, praat dan met een beheerder.
tickets-role-blocked = Met een van je rollen kun je deze ticketsoort niet openen; vraag het aan een beheerder.
tickets-role-required = Deze ticketsoort is voor { $roles }; kies een andere, of vraag het aan een beheerder.
tickets-as-many-as-allowed = Je hebt { $open } al openstaan, en meer tegelijk kan niet; ga daar verder, of wacht tot er een gesloten is.
tickets-channels-left = { $count } van je gesloten tickets hebben hun kanaal nog. Gaat het over hetzelfde, vraag dan het team om het te heropenen; wacht anders tot ze verwijderd zijn.
tickets-just-opened = Je hebt net een ticket geopend; het volgende kun je <t:{ $at }:R> openen.
tickets-not-for-others = Alleen het team opent tickets voor anderen; open je eigen ticket met `/ticket openen`.
tickets-for-bot = Een bot heeft geen tickets; open er een voor het lid om wie het gaat.
tickets-for-nobody = Geef op van wie het ticket is.
tickets-not-answered = “{ $label }” moet je invullen.
tickets-answer-out-of-range = “{ $label }” moet { $min } tot { $max ->
        [one] { $max } teken
       *[other] { $max } tekens
    } lang zijn.
tickets-other-answers = “{ $label }” heeft nu andere opties; open het formulier opnieuw.
tickets-not-ticked = Vink “{ $label }” aan om verder te gaan.
tickets-draft-gone = Wat je schreef, is weg of al verstuurd; open een ticket met `/ticket openen`.
tickets-no-such-entry = Dat antwoord is er niet meer; open het ticket als het niet hielp.
tickets-no-such-message = Je kunt dat bericht niet lezen, of het is weg; kies er een dat je wel kunt lezen.
tickets-nothing-to-add = Dit bericht heeft geen tekst en geen bestanden; schrijf zelf wat erop te zien is.
tickets-added-before = Dat is al toegevoegd; gebruik het menu van het bericht nog eens.
tickets-name-taken-before = Dat is al ergens anders voor gebruikt; begin opnieuw.
tickets-unknown-role = Die rol bestaat niet op deze server; kies er een uit de lijst.
tickets-only-the-bot = Dat gebeurt vanzelf; je kunt het niet zelf doen.
tickets-no-transcript = Er is geen verslag: het wordt gemaakt zodra een ticket gesloten is, en bewaard zolang deze server dat wil.
tickets-due-out-of-range = Een ticket wordt 1 tot { $max } uur na de vraag gesloten; kies een tijd daartussen.
tickets-numbers-for-staff = Alleen het team ziet de cijfers; `/ticket lijst` toont je eigen tickets.

## Een ticket openen.

tickets-which-kind = Welke ticketsoort?
tickets-about-what-menu = Waar gaat het over?
tickets-about-search-button = In een ticket vragen
# Voor wat een beheerder onder een verplicht vakje schreef.
tickets-must-tick-hint = Verplicht.
tickets-again-button = Opnieuw invullen
tickets-kept-for-a-day = { $refusal }
    Wat je schreef, blijft een dag bewaard.
tickets-offer = Is dit het antwoord? Zo niet, dan open je met één klik alsnog een ticket.
tickets-answers-it-button = #{ $number } is het antwoord
tickets-anyway-button = Ticket openen
tickets-solved = Fijn om te horen! Helpt het toch niet, open dan een ticket met `/ticket openen`.
tickets-your-ticket-is-open = Je ticket #{ $number } is open: <#{ $channel }>
tickets-ticket-is-open = Ticket #{ $number } van <@{ $user }> is open: <#{ $channel }>
tickets-opened-and-closed = Je ticket #{ $number } is geopend en intussen alweer gesloten.
tickets-not-opened = Je ticket #{ $number } kon niet worden geopend; de beheerders van deze server weten ervan.
tickets-away = Er is nu niemand van het team aanwezig; we zijn er { $hours } ({ $zone }), de volgende keer <t:{ $next }:F>.

## Het bericht van een ticket: wat het kader zegt, en de knoppen.

tickets-title = Ticket #{ $number } · { $kind }
tickets-number-form = Ticket #{ $number }
tickets-card-status = Status
tickets-card-opened-for = <@{ $by }> voor <@{ $user }>
tickets-card-opened-by = Geopend door
tickets-card-claimed-by = Opgepakt door
tickets-card-priority = Prioriteit
tickets-card-escalated-to = Geëscaleerd naar
tickets-card-closes = Wordt gesloten
tickets-card-closes-at = <t:{ $at }:R>, tenzij het lid het ticket openhoudt
tickets-card-closed-by = Gesloten door
tickets-card-me = Alphapy (automatisch)
tickets-card-reason = Reden
tickets-card-rating = Beoordeling
tickets-card-comment = Toelichting
tickets-card-opened = Geopend
tickets-card-updated = Laatst gewijzigd
tickets-card-message = Bericht
tickets-yes = Ja
tickets-no = Nee
tickets-claim-button = Oppakken
tickets-unclaim-button = Teruggeven
tickets-wait-button = Wachten op het lid
tickets-escalate-button = Escaleren
tickets-close-button = Sluiten
tickets-reopen-button = Heropenen
tickets-transcript-button = Verslag
tickets-delete-button = Verwijderen
tickets-agree-button = Ja, sluit maar
tickets-keep-open-button = Nee, laat open

## Formulieren met een reden.

tickets-close-reason-label = Waarom sluit je het?
tickets-close-reason-hint = Het lid leest dit
tickets-close-own-reason-hint = Het team leest dit
tickets-escalate-reason-label = Waarom escaleer je het?
tickets-escalate-reason-hint = Het lid en wie ik vermeld, lezen dit
tickets-comment-label = Wat was goed, en wat niet?
tickets-comment-hint = Het team leest dit

## Wat er gebeurd is, voor wie het deed.

tickets-stays-open = Ticket #{ $number } blijft open.
tickets-is-now = Ticket #{ $number } staat nu op “{ $status }”.
tickets-is-open-again = Ticket #{ $number } is weer open.
tickets-has-priority = Ticket #{ $number } heeft nu de prioriteit “{ $priority }”.
tickets-is-about = Ticket #{ $number } gaat nu over “{ $subject }”.
tickets-member-asked = Ik heb aan <@{ $user }> gevraagd of ticket #{ $number } dicht mag.
tickets-is-with = Ticket #{ $number } is nu bij <@{ $user }>.
tickets-agreed = Ticket #{ $number } is gesloten. Bedankt!
tickets-takes-part = <@{ $user }> zit nu in ticket #{ $number }.
tickets-takes-part-no-longer = <@{ $user }> zit niet meer in ticket #{ $number }.
tickets-noted = Genoteerd; het team leest het in `/ticket tonen ticket:{ $number }`.
tickets-ask-deletion = Het kanaal van ticket #{ $number } verwijderen? Wat er gezegd is, blijft in het verslag staan.
tickets-ask-deletion-blind = Het kanaal van ticket #{ $number } verwijderen? Ik mag niet lezen wat leden schrijven (Message Content Intent), dus hun woorden staan niet in het verslag.
tickets-ask-deletion-part = Het kanaal van ticket #{ $number } verwijderen? Niet alles wat er gezegd is, blijft in het verslag staan.
tickets-ask-deletion-unreadable = Het kanaal van ticket #{ $number } verwijderen? Ik mis daar **{ ui-permission-read-history }**, dus er blijft niets over van wat er gezegd is. Geef me dat eerst als je een verslag wilt.
tickets-really-delete-button = Verwijderen
tickets-keep-button = Behouden
tickets-nothing-done = Er is niets gebeurd.
tickets-is-archived = Ticket #{ $number } is gearchiveerd; het kanaal is over een paar minuten weg.
tickets-rated = Bedankt! Je gaf ticket #{ $number } { $stars }.
tickets-rated-and-said = Bedankt! Je gaf ticket #{ $number } { $stars }: { $comment }
tickets-say-why-button = Toelichten

## Een bericht aan een ticket toevoegen.

tickets-to-which = Aan welk ticket?
tickets-add-to-menu = Toevoegen aan
tickets-new-of-kind-option = Nieuw: { $kind }
tickets-message-added = Toegevoegd aan ticket #{ $number }.
tickets-somebody = Iemand
tickets-wrote = { $author } schreef ({ $link }):

## Lijsten en de geschiedenis.

tickets-list = Tickets
tickets-list-own = Je tickets
tickets-list-none = Er zijn geen tickets.
tickets-list-none-open = Er zijn geen open tickets.
tickets-list-closed-button = Gesloten tickets tonen
tickets-list-archived-button = Gearchiveerde tickets tonen
tickets-list-claimed = opgepakt door <@{ $user }>
tickets-previous-button = Vorige
tickets-next-button = Volgende
tickets-all-kinds-option = Alle ticketsoorten
tickets-history = Wat er gebeurd is

## Verslagen.

tickets-transcript-posted = 🗒️ Ticket #{ $number } van <@{ $user }>: { $count ->
        [one] { $count } bericht
       *[other] { $count } berichten
    }.
tickets-transcript-more = Vervolg van het verslag van ticket #{ $number }.
tickets-transcript-shown = Ticket #{ $number }: { $count ->
        [one] { $count } bericht
       *[other] { $count } berichten
    }.
tickets-transcript-no-plain = De platte tekst zit er niet bij: de pagina neemt alle ruimte in.
tickets-transcript-too-large = Een deel is groter dan Discord toelaat; vraag het aan wie deze bot host.
tickets-transcript-died = Alleen het begin is bewaard: bij de rest liep het telkens vast.
tickets-transcript-full = Hier houdt het op: de rest past niet in één bericht.
tickets-transcript-blind = Deze bot mag niet lezen wat leden schrijven: de Message Content Intent staat uit. Hierboven staat wat de bot weet.
tickets-transcript-next-file = Het volgende bestand gaat hier verder.
tickets-transcript-part = { $title } · deel { $part }
tickets-transcript-server = Server
tickets-transcript-place = Kanaal
tickets-transcript-subject = Onderwerp
tickets-transcript-opened = Geopend
tickets-transcript-edited = (bewerkt)
tickets-transcript-file = [{ $name }, { $bytes ->
        [one] { $bytes } byte
       *[other] { $bytes } bytes
    }]
tickets-transcript-not-copied = 📎 { $name } ({ $bytes ->
        [one] { $bytes } byte
       *[other] { $bytes } bytes
    }, niet gekopieerd)
tickets-transcript-voice = ({ $seconds ->
        [one] spraakbericht, { $seconds } seconde
       *[other] spraakbericht, { $seconds } seconden
    })
tickets-transcript-sticker = Sticker: { $name }
tickets-transcript-forwarded = Doorgestuurd
tickets-transcript-reply = antwoordt op { $name }: { $text }
tickets-transcript-pinned = heeft een bericht vastgezet
tickets-transcript-began-thread = heeft een thread gestart
tickets-transcript-by-discord = Een bericht van Discord zelf.
tickets-transcript-thread = Thread: { $name }
tickets-transcript-unreadable = Wat hier gezegd is, staat er niet in: ik mis in dit kanaal “{ ui-permission-read-history }”.
tickets-transcript-threads = Er ontbreken threads die hier zijn gestart: het waren er meer dan ik bewaar, of ik mag ze niet allemaal zien (**{ ui-permission-manage-threads }**).
tickets-transcript-user = gebruiker { $id }
tickets-transcript-role = rol { $id }
tickets-transcript-channel = kanaal { $id }

## Cijfers.

tickets-stats-title = Tickets · { $period }
tickets-stats-week-button = Laatste 7 dagen
tickets-stats-month-button = Laatste 30 dagen
tickets-stats-quarter-button = Laatste 90 dagen
tickets-stats-year-button = Laatste 365 dagen
tickets-stats-all-button = Sinds het begin
tickets-stats-now = Nu
tickets-stats-flow = In die periode
tickets-stats-opened = { $count } geopend
tickets-stats-closed = { $count } gesloten
tickets-stats-answered = { $count } beantwoord door de FAQ
tickets-stats-first-response = Eerste reactie
tickets-stats-claimed-after = Opgepakt na
tickets-stats-closed-after = Gesloten na
tickets-stats-satisfaction = Tevredenheid
tickets-stats-stars = { $stars } van de 5 sterren, { $count ->
        [one] { $count } beoordeling
       *[other] { $count } beoordelingen
    }
tickets-stats-no-ratings = geen beoordelingen
tickets-stats-staff = Team
tickets-stats-person = <@{ $user }>: { $claimed } opgepakt, { $closed } gesloten
tickets-stats-person-stars = <@{ $user }>: { $claimed } opgepakt, { $closed } gesloten, { $stars } sterren
tickets-stats-spread = gemiddeld { $mean }
    de helft binnen { $half }
    negen van de tien binnen { $most }
tickets-stats-under-a-minute = minder dan een minuut
tickets-stats-none = nog geen
tickets-stats-opened-a-day = `{ $bars }` geopend per dag, laatste { $days } dagen
tickets-stats-closed-a-day = `{ $bars }` gesloten per dag, laatste { $days } dagen
tickets-stats-quiet = De laatste { $days } dagen is er niets geopend of gesloten.

## Het nummer van een ticket in de naam van het kanaal, cijfer voor cijfer, waar Discord cijfers weigert.

tickets-neutral-name = hulp-{ $digits }
tickets-digit =
    { $digit ->
        [0] nul
        [1] een
        [2] twee
        [3] drie
        [4] vier
        [5] vijf
        [6] zes
        [7] zeven
        [8] acht
       *[9] negen
    }

## Het dashboard.

tickets-web-kind-label = Soort
tickets-web-open-option = Alles wat niet klaar is
tickets-web-any-option = Maakt niet uit
tickets-web-by-anybody-option = Iedereen of niemand
tickets-web-by-me-option = Mij
tickets-web-by-nobody-option = Nog niemand
tickets-web-show-button = Tonen
tickets-web-look-button = Bekijken
tickets-web-none = { $filtered ->
        [yes] Zo'n ticket is er niet.
       *[no] Er zijn hier geen tickets die niet klaar zijn.
    }
tickets-web-without-filter = Toon alles wat niet klaar is
tickets-web-priority-button = Instellen
tickets-web-note-label = Een notitie
tickets-web-note-hint = Alleen het team leest dit
tickets-web-note-button = Notitie toevoegen
tickets-web-noted = Notitie toegevoegd aan #{ $number }.
tickets-web-close-button = Ticket sluiten
tickets-web-actions-label = Wat je kunt doen
tickets-web-notes = Notities van het team
tickets-web-resume-button = Terugzetten op open
tickets-web-transfer = Overdragen
tickets-web-transfer-label = Aan wie draag je het over?
tickets-web-transfer-button = Overdragen
tickets-web-ask-close = Vragen of het dicht mag
tickets-web-ask-close-label = Waarom mag het dicht?
tickets-web-ask-close-button = Vraag het het lid
tickets-web-hours-label = Na hoeveel uur zonder antwoord het sluit
tickets-web-hours-hint = Zonder getal blijft het open tot er antwoord is.
tickets-web-add = Iemand in het ticket laten
tickets-web-add-label = Wie komt erin?
tickets-web-add-button = Toevoegen
tickets-web-remove = Iemand uit het ticket halen
tickets-web-remove-label = Wie gaat eruit?
tickets-web-remove-button = Eruit halen
tickets-web-rename = Onderwerp wijzigen
tickets-web-rename-label = Waar gaat het over?
tickets-web-rename-button = Opslaan
tickets-web-role-label = Welke rol wordt geroepen
tickets-web-set-role-option = De ingestelde rol
tickets-web-delete = Kanaal verwijderen
tickets-web-rate = Beoordelen
tickets-web-stars-label = Hoe was het?
tickets-web-rate-button = Sterren sturen
tickets-web-send-button = Sturen
tickets-web-talk = Wat er gezegd is
tickets-web-talk-now = Dit is het kanaal zoals het nu is.
tickets-web-talk-away = Discord laat me nu niet weten wat er gezegd is; probeer het over een minuut nog eens.
tickets-web-in-discord = Openen in Discord
tickets-web-older = Eerdere berichten
tickets-web-newest = Naar de nieuwste berichten
tickets-web-silence = Er heeft nog niemand iets gezegd.
tickets-web-nothing-kept = Het heeft geen kanaal, en er is geen verslag van.
tickets-web-kept = { $count ->
        [one] In het verslag staat één bericht.
       *[other] In het verslag staan { $count } berichten.
    }
tickets-web-kept-label = Het verslag
tickets-web-open-kept = { $part ->
        [0] Het verslag op een eigen pagina lezen
       *[other] Deel { $part } van het verslag
    }
tickets-web-save-text = Verslag als tekst opslaan
tickets-web-views-label = Lijsten
tickets-web-mine-view = Van mij
tickets-web-nobody-view = Niemand antwoordt
tickets-web-waiting-view = Wacht op het lid
tickets-web-escalated-view = Geëscaleerd
tickets-web-closed-view = Gesloten
tickets-web-member-label = Lid
tickets-web-text-label = In het onderwerp
tickets-web-more-label = Meer om op te kiezen
tickets-web-from-label = Geopend vanaf
tickets-web-to-label = Geopend tot en met
tickets-web-no-day = Schrijf een dag als 2027-03-31.
tickets-web-choose-label = Kies #{ $number }
tickets-web-chosen-label = Met wat gekozen is
tickets-web-choose = Kies eerst 1 tot { $most } tickets.
# $step is claim, close or priority
tickets-web-taken =
    { $step ->
        [claim] Opgepakt: { $numbers }
        [close] Gesloten: { $numbers }
       *[priority] Prioriteit ingesteld: { $numbers }
    }
tickets-web-refused-some = { $numbers }: { $why }
tickets-web-left-over = Niet gedaan, want er ging iets mis: { $numbers }. Kies ze over een minuut opnieuw.
tickets-web-text-note = Van tickets die klaar zijn, worden de nieuwste { $most } doorzocht.

## Voorgestelde antwoorden.

tickets-suggest-button = Stel antwoord voor
tickets-reply-title = Voorstel voor ticket #{ $number }
tickets-reply-nearest-title = Ticket #{ $number }: geen voorstel
tickets-reply-understood = **Begrepen als**: { $question }
tickets-reply-rests-on = **Steunt op**
tickets-reply-document = Document: { $title }
tickets-reply-not-answered = De kennis hier beantwoordt dit niet. { tickets-reply-nearest }
tickets-reply-nearest = **Wat het dichtst in de buurt komt**
tickets-reply-nothing-near = De FAQ heeft hier niets dat erop lijkt.
tickets-reply-other-language = ⚠️ Het zou in het { $wanted } moeten zijn, en dat is het niet: druk op *{ tickets-reply-another-button }*, of schrijf het zelf.
tickets-reply-dropped =
    { $count ->
        [one] Eén zin is weggelaten, want nergens hier staat dat.
       *[other] { $count } zinnen zijn weggelaten, want nergens hier staat dat.
    }
tickets-reply-blind = Ik mag niet lezen wat leden schrijven, dus dit gaat alleen af op de antwoorden bij het openen: wie mij draait, kan *Message Content Intent* aanzetten in het ontwikkelaarsportaal.
tickets-reply-blind-channel = Ik kan het kanaal van dit ticket niet lezen, dus dit gaat alleen uit van de eerste antwoorden: geef me daar *Kanaal bekijken* en *Berichtgeschiedenis lezen*.
tickets-reply-blind-away = Discord vertelt me nu niet wat hier gezegd is, dus dit gaat alleen uit van de eerste antwoorden: vraag het over een minuut opnieuw.
tickets-reply-in-english = Engels
tickets-reply-in-dutch = Nederlands
tickets-reply-interrupted = Ik werd gestopt terwijl het model schreef; vraag om een ander voorstel.
tickets-reply-posted = Het is geplaatst.
tickets-reply-posted-blind = Ik kon niet zien of hier sinds het voorstel iets gezegd is.
tickets-reply-worried = 💛 Wie dit vraagt, heeft het misschien moeilijk: lees eerst wat die schreef.
tickets-reply-urgent = 🚨 Wie dit vraagt, is misschien in gevaar: er moet nu iemand mee praten.
tickets-reply-help-line = Hulp: { $line }
tickets-reply-switched-off = Voorstellen van een model staan hier uit (`/instellingen gpt aanpassen`).
tickets-reply-blocked = Het gaat over iets dat hier aan geen model wordt verteld.
tickets-reply-no-model = Er is geen model ingesteld, dus dit is wat het dichtst in de buurt komt.
tickets-reply-model-down = Het model antwoordt nu niet; probeer het over een minuut opnieuw.
tickets-reply-model-busy = Het model heeft het te druk; probeer het over een minuut opnieuw.
tickets-reply-model-closed = Het model laat me niets vragen; wie mij draait, weet waarom.
tickets-reply-model-refused = Het model weigerde dit te beantwoorden.
tickets-reply-too-long = Het is te lang voor het model.
tickets-reply-not-understood = Aan wat het model antwoordde, heb je niets; probeer het opnieuw.
tickets-reply-budget-spent = Er is hier vandaag zoveel voorgesteld als mag; <t:{ $at }:R> is er weer ruimte.
tickets-reply-asked-often = Je hebt zo vaak om een voorstel gevraagd als mag; <t:{ $at }:R> kan het weer.
tickets-reply-post-button = Plaats het
tickets-reply-post-anyway-button = Plaats het toch
tickets-reply-edit-button = Wijzig en plaats
tickets-reply-another-button = Een ander
tickets-reply-dismiss-menu = Leg het opzij omdat…
tickets-reply-wrong-option = Het klopt niet
tickets-reply-not-needed-option = Het is niet nodig
tickets-reply-tone-option = De toon past niet
tickets-reply-language-option = Het is in de verkeerde taal
tickets-reply-dismissed = Het is opzijgelegd.
tickets-reply-old-title = Kijk nog eens voor je het plaatst
tickets-reply-old = Dit is <t:{ $at }:R> voorgesteld.
tickets-reply-changed-since = Er is in het ticket iets gezegd of gedaan sinds dit <t:{ $at }:R> werd voorgesteld.
tickets-reply-by = Geplaatst door <@{ $user }>
tickets-reply-text-label = Wat er geplaatst wordt
tickets-reply-wish-label = Wat moet er anders?
tickets-reply-wish-hint = korter, vriendelijker, alleen over de terugbetaling
tickets-reply-edit-form = Wijzig en plaats
tickets-reply-wish-form = Een ander voorstel
tickets-old-draft = Het is voorgesteld voor hoe het ticket toen was; kijk nog eens voor je het plaatst.
tickets-draft-used = Er is al iets met dit voorstel gedaan; vraag om een ander.
tickets-not-posted = Discord laat me dit niet in het ticket plaatsen: verander wat er staat, of kijk na wat ik in het kanaal mag.
