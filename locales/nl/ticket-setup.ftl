## Waarmee een server begint: de eerste ticketsoort, en een paneel zonder eigen tekst.

ticket-setup-usual-kind = Hulp
ticket-setup-usual-subject-label = Waar gaat het over?
ticket-setup-usual-subject-hint = In een paar woorden
ticket-setup-usual-details-label = Vertel er meer over
ticket-setup-usual-details-hint = Wat is er gebeurd, en wat heb je al geprobeerd?
ticket-setup-usual-opening = Hallo {"{"}member{"}"}! Het team is er zo voor je.
ticket-setup-usual-opening-away = Hallo {"{"}member{"}"}!
ticket-setup-panel-title = Hulp nodig?
ticket-setup-panel-body = Open een ticket, dan helpt het team je.
ticket-setup-panel-menu = Waar gaat het over?
ticket-setup-panel-button = 📨 Ticket openen

## De delen van een ticketsoort, in formulieren en in wat erover gezegd wordt.

ticket-setup-name-label = Naam
ticket-setup-name-hint = Wat leden kiezen, zoals Facturen
ticket-setup-emoji-label = Emoji
ticket-setup-emoji-hint = Komt vóór de naam te staan
ticket-setup-description-label = Omschrijving
ticket-setup-description-hint = Staat in menu's onder de naam
ticket-setup-opening-label = Openingsbericht
ticket-setup-opening-hint = {"{"}member{"}"}, {"{"}number{"}"}, {"{"}type{"}"} en {"{"}subject{"}"} worden ingevuld
ticket-setup-naming-label = Naam van de kanalen
ticket-setup-naming-hint = {"{"}number{"}"}, {"{"}member{"}"} en {"{"}type{"}"} worden ingevuld
ticket-setup-place-label = Waar het opengaat
ticket-setup-place-hint = Een categorie, of een kanaal met een privéthread per ticket; leeg: de instelling van de server
ticket-setup-staff-label = Wie het behandelt
ticket-setup-staff-hint = Naast de beheerders; leeg: de instelling van de server
ticket-setup-required-label = Wie het mag openen
ticket-setup-required-hint = Leeg: iedereen
ticket-setup-blocked-label = Wie het niet mag openen
ticket-setup-limit-label = Hoeveel een lid er open mag hebben
ticket-setup-limit-hint = 0 is onbeperkt
ticket-setup-cooldown-label = Wachttijd tussen twee tickets
ticket-setup-cooldown-hint = 10m, 1u; 0: de instelling van de server
ticket-setup-hours-label = Wanneer er iemand is
ticket-setup-hours-hint = ma-vr 09:00-17:00, za 10:00-12:00; leeg: altijd
ticket-setup-note-label = Wat leden buiten die uren lezen
ticket-setup-note-hint = Leeg: ik zeg wanneer jullie er zijn
ticket-setup-remind-label = Herinner wie niet antwoordt na
ticket-setup-remind-hint = 1d, 12u; 0 is nooit
ticket-setup-close-label = Sluit het zonder antwoord van het lid na
ticket-setup-close-hint = 7d; 0 is nooit
ticket-setup-answer-label = Waarschuw als niemand antwoordt binnen
ticket-setup-answer-hint = In werktijd: 4u; 0 is nooit
ticket-setup-escalate-label = Escaleer het dan
ticket-setup-left-label = Sluit het als het lid de server verlaat
ticket-setup-question-label = Vraag
ticket-setup-hint-label = Toelichting
ticket-setup-hint-hint = Staat eronder
ticket-setup-style-label = Hoe leden antwoorden
ticket-setup-style-line-option = Eén regel tekst
ticket-setup-style-paragraph-option = Meerdere regels tekst
ticket-setup-style-one-option = Eén optie uit een lijst
ticket-setup-style-some-option = Meerdere opties uit een lijst
ticket-setup-style-box-option = Een vakje om aan te vinken
ticket-setup-options-label = Opties of lengte
ticket-setup-options-hint = Eén optie per regel; voor tekst de lengte, zoals 10-500
ticket-setup-must-label = Een antwoord is verplicht

## Titels van deze formulieren; de knoppen die ze openen zeggen hetzelfde.

ticket-setup-new-form = Nieuwe ticketsoort
ticket-setup-basics-form = Naam en teksten
ticket-setup-people-form = Plaats en mensen
ticket-setup-limits-form = Limieten en uren
ticket-setup-times-form = Tijden
ticket-setup-question-form = Vraag

## /ticket soorten: alle ticketsoorten.

ticket-setup-kinds-title = Ticketsoorten
ticket-setup-kinds-menu = Ticketsoort wijzigen
ticket-setup-new-button = Nieuwe ticketsoort
ticket-setup-added = Toegevoegd.
ticket-setup-saved = Opgeslagen.
ticket-setup-removed = De ticketsoort is verwijderd; tickets die open zijn, blijven.

## /ticket soorten: één ticketsoort.

ticket-setup-opens-in = Gaat open in
ticket-setup-in-threads = privéthreads van <#{ $channel }>
ticket-setup-servers-setting = de instelling van de server
ticket-setup-channels = Kanalen
ticket-setup-worked-by = Behandeld door
ticket-setup-for = Voor
ticket-setup-for-everybody = iedereen
ticket-setup-not-for = Niet voor
ticket-setup-not-for-nobody = niemand
ticket-setup-at-most = Hoogstens open
ticket-setup-at-most-each = { $limit } per lid
ticket-setup-at-most-any = onbeperkt
ticket-setup-pause = Wachttijd tussen twee tickets
ticket-setup-hours = Uren
ticket-setup-hours-always = altijd
ticket-setup-reminds-after = Herinnert na
ticket-setup-closes-after = Sluit na
ticket-setup-answered-within = Antwoord binnen
ticket-setup-then-escalates = { $time }; daarna escaleer ik het
ticket-setup-never = nooit
ticket-setup-member-leaves = Lid verlaat de server
ticket-setup-member-leaves-closes = het ticket sluit
ticket-setup-member-leaves-stays = het ticket blijft open
ticket-setup-questions = Vragen
ticket-setup-questions-none = geen: het ticket gaat meteen open
ticket-setup-opening-none = geen
ticket-setup-question-menu = Vraag wijzigen
ticket-setup-ask-more-button = Vraag toevoegen
ticket-setup-all-button = Alle ticketsoorten
ticket-setup-remove-button = Ticketsoort verwijderen
ticket-setup-change-question-button = Wijzigen
ticket-setup-remove-question-button = Verwijderen
ticket-setup-question-removed = “{ $label }” wordt niet meer gevraagd.
ticket-setup-web-question-gone = Die vraag wordt niet meer gesteld.

## Wat het in andere talen zegt.

ticket-setup-languages = Ook vertaald in
ticket-setup-languages-menu = In een andere taal schrijven
# De titel van het formulier; $language is hoe de taal zichzelf noemt.
ticket-setup-translated-form = Vertaling: { $language }
ticket-setup-translated-of-hint = Origineel: { $text }
ticket-setup-translated-above-hint = Het origineel staat bovenaan
ticket-setup-translated-whole = **{ $label }**
    { $text }
ticket-setup-translated-options-label = Opties
ticket-setup-translated-options-hint = Eén optie per regel, evenveel en in dezelfde volgorde

## Een vraag in één regel.

ticket-setup-question-line = **{ $label }** · { $how }
ticket-setup-question-line-optional = **{ $label }** · { $how }, mag leeg blijven
ticket-setup-answered-by-text = { $min ->
        [0] tekst van hooguit
        [1] tekst van hooguit
       *[other] tekst van { $min } tot
    } { $max ->
        [one] { $max } teken
       *[other] { $max } tekens
    }
ticket-setup-answered-by-one = een van: { $options }
ticket-setup-answered-by-some = een of meer van: { $options }
ticket-setup-answered-by-box = een vakje om aan te vinken

## Weigeringen over ticketsoorten.

ticket-setup-types-command = `/ticket soorten`
ticket-setup-name-taken = Er is al een ticketsoort die “{ $name }” heet; kies een andere naam.
ticket-setup-too-many-kinds = Een server mag hoogstens { $max } ticketsoorten hebben; verwijder er eerst een.
ticket-setup-removed-meanwhile = Dat is intussen verwijderd; typ `/ticket soorten` om te zien wat er is.
ticket-setup-only-kind = Dit is de enige ticketsoort; maak er eerst nog een.
ticket-setup-kind-changed = Iemand heeft deze ticketsoort net gewijzigd; bekijk die opnieuw voordat je die verwijdert.
ticket-setup-question-changed = Deze vraag is intussen gewijzigd; bekijk die opnieuw in het menu.
ticket-setup-wrong-place = Tickets gaan open in een categorie, of in privéthreads van een tekstkanaal; kies zo'n plaats.
ticket-setup-unknown-emoji = Die emoji heeft deze server niet. Kies er een van deze server, of een gewone zoals 🔧.
ticket-setup-unseen-place = Wie een ticket opent, ziet dat kanaal niet, en dus ook geen threads daarin. Kies een kanaal dat iedereen ziet, of bepaal met een rol wie tickets mag openen.
# $kind is een naam.
ticket-setup-gone-emoji = { $kind }: deze server heeft de emoji { $emoji } niet meer, dus staat er geen bij.
ticket-setup-gone-role = { $kind }: een van de rollen is verwijderd. Bij “{ ticket-setup-people-form }” zie je welke er nog zijn.
ticket-setup-gone-required = { $kind }: alle rollen die deze ticketsoort mochten openen, zijn verwijderd; nu mag iedereen dat, tot je bij “{ ticket-setup-people-form }” andere kiest.
ticket-setup-nobody-works = { $kind }: niemand krijgt een melding, en alleen beheerders zien deze tickets; stel `teamrol` in met `/instellingen tickets aanpassen`.
ticket-setup-unheard-role = { $kind }: niemand met <@&{ $role }> krijgt een melding als ik die rol vermeld; laat iedereen de rol vermelden in de serverinstellingen, of geef me { $names }.
ticket-setup-gone-place = { $kind }: de plaats waar deze tickets opengaan, is verwijderd, of ik zie die niet (<#{ $channel }>).
ticket-setup-unsettled = { $count ->
        [one] { $count } ticket dat Discord nog niet toont zoals het is.
       *[other] { $count } tickets die Discord nog niet toont zoals ze zijn.
    }
ticket-setup-hindered = Ticket #{ $number }: { $problem }
ticket-setup-remove-question = { $kind } verwijderen, met alle vragen en teksten? Tickets van deze soort die al geopend zijn, blijven.
ticket-setup-role-both-ways = <@&{ $role }> staat zowel bij wie tickets mag openen als bij wie dat niet mag; kies een van de twee.
ticket-setup-unknown-role = Een van deze rollen bestaat niet op deze server; kies ze uit de lijst.
ticket-setup-staff-is-everybody = Met @everyone als team zou een ticket niet privé zijn; kies een rol.
ticket-setup-role-is-everybody = @everyone is hier geen rol: zonder rol mag iedereen een ticket openen en is niemand uitgesloten.
ticket-setup-too-long = “{ $label }” mag hoogstens { $max } tekens lang zijn; maak het korter.
ticket-setup-unreadable-hours = `{ $part }` lijkt niet op `ma-vr 09:00-17:00`; schrijf de uren opnieuw.
ticket-setup-hours-empty = `{ $part }` eindigt zodra het begint; schrijf `ma 0-24` voor een hele dag.
ticket-setup-too-many-questions = Een ticketsoort mag hoogstens { $max } vragen hebben; wijzig er een.
ticket-setup-too-many-roles = Een lijst mag hoogstens { $max } rollen hebben; kies er minder, of geef deze mensen samen één rol.
ticket-setup-option-count = Geef { $min } tot { $max } opties op, één per regel.
ticket-setup-option-too-long = “{ $option }” is te lang voor een optie; maak die korter.
ticket-setup-answer-length = Schrijf een lengte als `10-{ $most }`; meer dan { $most } kan niet.
ticket-setup-translated-option-count = Geef evenveel opties op als de vraag heeft, dus { $count }, of geen enkele.
ticket-setup-no-name = Een ticketsoort heeft een naam nodig; geef een naam op.
ticket-setup-no-emoji = De emoji moet één teken zijn, zoals 🔧, of een van deze server, zoals `<:naam:123>`.
ticket-setup-member-limit = “{ $label }” moet een getal van 0 tot en met 100 zijn.
ticket-setup-closes-before-it-reminds = Sluiten moet later komen dan herinneren; maak de tweede tijd langer dan de eerste.
ticket-setup-no-question = Een vraag heeft een tekst nodig; schrijf wat er gevraagd wordt.

## Panelen: berichten waarmee leden tickets openen.

ticket-setup-panel-there = Het paneel staat in { $channel }.
ticket-setup-panel-no-channel = Geef op in welk kanaal het paneel komt.
ticket-setup-panel-no-such-language = Die taal spreek ik niet; kies een van de suggesties.
ticket-setup-panel-gone = Dit paneel is verwijderd; open een ticket met `/ticket openen`.
ticket-setup-panel-changed = Iemand heeft dit paneel intussen gewijzigd; bekijk het zoals het nu is, en plaats het opnieuw.
ticket-setup-panel-no-messages = In <#{ $channel }> kun je geen berichten plaatsen; kies een tekstkanaal.
ticket-setup-panel-title-too-long = De titel van een paneel mag hoogstens { $max } tekens lang zijn; maak die korter.
ticket-setup-panel-body-too-long = De tekst van een paneel mag hoogstens { $max } tekens lang zijn; maak die korter.
ticket-setup-panel-refused = Ik kon het paneel niet plaatsen in <#{ $channel }>; geef me daar **{ ui-permission-view-channel }**, **{ ui-permission-send-messages }** en **{ ui-permission-embed-links }**, en gebruik `/ticket paneel` opnieuw.

## Wie geen tickets mag openen.

ticket-setup-blocked = <@{ $user }> mag hier geen tickets meer openen; met `/ticket deblokkeren` maak je dat ongedaan.
ticket-setup-blocked-before = Dit lid was al geblokkeerd.
ticket-setup-blocked-before-why = Dit lid was al geblokkeerd ({ $why }).
ticket-setup-blocked-before-by = Dit lid was al geblokkeerd door { $by }.
ticket-setup-blocked-before-by-why = Dit lid was al geblokkeerd door { $by } ({ $why }).
ticket-setup-unblocked = <@{ $user }> mag weer tickets openen.
ticket-setup-not-blocked = <@{ $user }> was niet geblokkeerd.
ticket-setup-blocked-title = Wie geen tickets mag openen
ticket-setup-blocked-nobody = Iedereen mag tickets openen.
ticket-setup-blocked-line = <@{ $user }>, geblokkeerd door { $by } <t:{ $at }:R>
ticket-setup-blocked-line-why = <@{ $user }>, geblokkeerd door { $by } <t:{ $at }:R>: { $why }
ticket-setup-reason-too-long = De reden mag hoogstens { $max } tekens lang zijn; maak die korter.

## Antwoorden die het team vaak stuurt: /snelantwoord.

ticket-setup-tags-title = Snelantwoorden
ticket-setup-tags-none = Er zijn hier nog geen snelantwoorden; voeg er een toe met `/snelantwoord toevoegen`.
ticket-setup-tags-line = **{ $name }** { $first } · { $uses } keer gebruikt
ticket-setup-tags-more = … en nog { $count }; `/snelantwoord sturen` vindt ze terwijl je typt.
ticket-setup-tag-new-form = Nieuw snelantwoord
ticket-setup-tag-change-form = Snelantwoord wijzigen
ticket-setup-tag-name-label = Naam
ticket-setup-tag-name-hint = Waarmee je het vindt
ticket-setup-tag-body-label = Snelantwoord
ticket-setup-tag-body-hint = In een ticket worden {"{"}member{"}"}, {"{"}number{"}"}, {"{"}type{"}"} en {"{"}subject{"}"} ingevuld
ticket-setup-tag-saved = “{ $name }” is opgeslagen; stuur het met `/snelantwoord sturen`.
ticket-setup-tag-unknown = ⚠️ { $names } ken ik niet: dat blijft staan zoals je het schreef. Dit vul ik wel in: { $known }.
ticket-setup-tag-removed = “{ $name }” is verwijderd.
ticket-setup-tag-edit-command = `/snelantwoord wijzigen`
ticket-setup-too-many-tags = Een server mag hoogstens { $max } snelantwoorden hebben; verwijder er eerst een met `/snelantwoord weghalen`.
ticket-setup-tag-name-too-long = De naam van een snelantwoord mag hoogstens { $max } tekens lang zijn; maak die korter.
ticket-setup-tag-body-too-long = Een snelantwoord mag hoogstens { $max } tekens lang zijn; maak het korter.
ticket-setup-tag-only-in-tickets = Dit snelantwoord gebruikt `{ $name }` van een ticket; stuur het in het kanaal van een ticket.
ticket-setup-tag-not-staff = Alleen het team stuurt snelantwoorden; zoek antwoorden met `/faq zoeken`.
ticket-setup-tag-may-not-write = Alleen het team wijzigt snelantwoorden; vraag het aan iemand van het team.
ticket-setup-no-such-tag = Dat snelantwoord bestaat niet; kies een van de suggesties, of kijk bij `/snelantwoord lijst`.
ticket-setup-tag-gone = Dit snelantwoord is intussen verwijderd; voeg het opnieuw toe met `/snelantwoord toevoegen`.
ticket-setup-tag-name-taken = Er is al een snelantwoord met die naam; wijzig dat met `/snelantwoord wijzigen`.
ticket-setup-tag-empty = Een snelantwoord heeft een naam en een tekst nodig; vul beide in.

## Het logkanaal.

ticket-setup-log-kind-added = 🧭 Ticketsoort toegevoegd
ticket-setup-log-kind-changed = 🧭 Ticketsoort gewijzigd
ticket-setup-log-kind-removed = 🧭 Ticketsoort verwijderd
ticket-setup-log-panel-placed = 🧭 Paneel geplaatst of gewijzigd
ticket-setup-log-panel-missing = 🚨 Een paneel ontbreekt
ticket-setup-log-blocked = 🧭 Iemand mag geen tickets meer openen
ticket-setup-log-unblocked = 🧭 Iemand mag weer tickets openen
ticket-setup-log-tag-written = 🧭 Snelantwoord opgeslagen
ticket-setup-log-tag-removed = 🧭 Snelantwoord verwijderd

## Ticketsoorten en panelen op het dashboard.

ticket-setup-web-save-button = Opslaan
ticket-setup-web-leave-button = Zo laten
ticket-setup-web-outdated = Dat formulier hoort bij een andere versie; open de pagina opnieuw.
# In “open het opnieuw met …”.
ticket-setup-web-page = de pagina ervan
ticket-setup-web-only-admins = alleen beheerders
ticket-setup-web-panels-label = Panelen
ticket-setup-web-panels-none = Er is nog geen paneel. Plaats er een, dan openen leden tickets met de knoppen ervan.
ticket-setup-web-panel-new-button = Nieuw paneel
ticket-setup-web-panel-title = Paneel
ticket-setup-web-panel-channel-label = Kanaal
ticket-setup-web-panel-title-label = Titel
ticket-setup-web-panel-text-label = Tekst
ticket-setup-web-panel-usual-hint = Laat je dit leeg, dan staat er: { $text }
ticket-setup-web-panel-style-label = Leden kiezen met
ticket-setup-web-panel-buttons-option = Knoppen
ticket-setup-web-panel-menu-option = Een menu
ticket-setup-web-panel-kinds-label = Ticketsoorten
ticket-setup-web-panel-kinds-hint = Kies je er geen, dan staan ze er allemaal op.
ticket-setup-web-panel-all-kinds = allemaal
ticket-setup-web-panel-message-label = Bericht
ticket-setup-web-panel-in-discord = Bekijk het in Discord
ticket-setup-web-panel-unposted = nog niet geplaatst
ticket-setup-web-panel-post-button = Plaatsen
ticket-setup-web-panel-again-button = Opnieuw plaatsen zoals het is
ticket-setup-web-panel-again-hint = Is het bericht verwijderd, dan komt er een nieuw.
ticket-setup-web-panel-there = Het paneel staat er.
ticket-setup-web-panel-follows = Het is opgeslagen; Discord toont het nog niet, maar zo meteen wel.
ticket-setup-web-preview-button = Eerst bekijken
ticket-setup-web-preview-title = Zoals Discord het toont
ticket-setup-web-preview-unsaved = Dit is nog niet geplaatst.
ticket-setup-web-own-words = Voor iedereen
