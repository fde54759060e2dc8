## Instellingen: waar elke voor is, zonder punt.

reminders-set-default-channel = Waar herinneringen komen als er niets is opgegeven
reminders-set-allow-everyone = Of herinneringen @everyone mogen vermelden
reminders-set-ping-maker = Vermeld de maker als een herinnering niemand vermeldt
reminders-set-creator-role = Alleen leden met deze rol en beheerders mogen herinneringen maken
reminders-set-manager-role = Wie naast de beheerders alle herinneringen beheert
reminders-set-member-limit = Hoeveel herinneringen een lid mag hebben; 0 is onbeperkt
reminders-set-event-lead = Hoe lang voor een evenement de eerste herinnering komt als er niets is opgegeven
reminders-set-grace = Hoeveel te laat een herinnering nog mag komen; wat nog later is, meld ik als gemist
reminders-set-remove-ahead = Verwijder wat vóór een evenement is geplaatst, zodra dat begint
reminders-set-direct-fallback = Meld het in het standaardkanaal als een lid geen privéberichten toelaat
reminders-set-retention-days = Hoeveel dagen ik afgelopen herinneringen bewaar

## Opdrachten: wat elke doet; de opties en keuzes eronder.

command-reminder = Laat je op tijd aan iets herinneren
command-reminder-add = Maak een eenmalige of terugkerende herinnering
    .when = Wanneer, zoals “morgen 19:30”, “over 2 uur” of “elke maandag om 20:00”
    .what = Hoe de herinnering heet
    .message = Wat er verder in staat
    .channel = In welk kanaal die komt
    .direct = Stuur het alleen naar jezelf, in een privébericht
    .mention = Wie er wordt vermeld
    .image = Het adres van een afbeelding
    .zone = In welke tijdzone, als dat niet die van jou is
    .template = Het sjabloon waarmee je begint
command-reminder-event = Maak een herinnering vóór een evenement en bij het begin ervan
    .when = Wanneer het begint, zoals “vrijdag 20:00” of “12 maart 20u”
    .what = Hoe het evenement heet
    .link = De link van een bericht op deze server dat het aankondigt
    .message = Wat er verder in staat
    .place = Waar het plaatsvindt
    .ahead = Hoe lang vooraf, zoals “1d, 1u, 0”
    .channel = In welk kanaal de herinnering komt
    .mention = Wie er wordt vermeld
    .image = Het adres van een afbeelding
    .zone = In welke tijdzone, als dat niet die van jou is
    .template = Het sjabloon waarmee je begint
command-reminder-list = Toon je herinneringen, of die van iedereen (wie herinneringen beheert)
    .all = Herinneringen van iedereen (wie herinneringen beheert)
    .channel = Alleen herinneringen in dit kanaal
    .member = Alleen herinneringen van dit lid (wie herinneringen beheert)
    .done = Ook afgelopen herinneringen
command-reminder-show = Toon een herinnering
    .reminder = Welke herinnering
command-reminder-edit = Wijzig een herinnering
    .reminder = Welke herinnering
    .channel = In welk kanaal die voortaan komt; al het andere staat in een formulier
    .direct = Stuur het voortaan alleen naar jezelf, in een privébericht
    .mention = Wie er voortaan wordt vermeld
    .image = Het adres van een andere afbeelding
command-reminder-pause = Pauzeer een herinnering
    .reminder = Welke herinnering
command-reminder-resume = Hervat een gepauzeerde herinnering
    .reminder = Welke herinnering
command-reminder-delete = Verwijder een herinnering
    .reminder = Welke herinnering
command-reminder-time-zone = Kies volgens welke klok ik de tijden lees die je typt
    .zone = Jouw tijdzone, zoals Europe/Brussels; zonder telt de klok van deze server
command-reminder-template-save = Sla een herinnering op als sjabloon voor andere tijden (wie herinneringen beheert)
    .reminder = Welke herinnering
    .name = Hoe het sjabloon heet, zoals “Livesessie”
command-reminder-template-remove = Verwijder een sjabloon (wie herinneringen beheert)
    .template = Welk sjabloon
command-menu-create-reminder = Herinnering maken

## Waarom iets niet gebeurt.

reminders-may-not-make = Alleen leden met een bepaalde rol mogen hier herinneringen maken; vraag het aan wie ze hier beheert.
reminders-not-manager = Sjablonen zijn voor wie hier alle herinneringen beheert; vraag het daar.
reminders-only-the-bot = Dat gebeurt vanzelf; je kunt het niet zelf doen.
reminders-none-of-yours = Zo'n herinnering heb je niet; kies een van de suggesties, of kijk bij `/herinnering lijst`.
reminders-only-yours = Alleen wie hier alle herinneringen beheert, ziet die van anderen; `/herinnering lijst` toont die van jou.
reminders-gone = Deze herinnering is intussen verwijderd; maak een nieuwe met `/herinnering toevoegen`.
reminders-changed-meanwhile = Deze herinnering is net gewijzigd; bekijk die opnieuw met `/herinnering tonen`.
reminders-too-many = Je hebt al zoveel herinneringen als je mag hebben ({ $limit }); verwijder er eerst een met `/herinnering verwijderen`.
reminders-never = Zo zou de herinnering nooit komen; kies een later einde, of een kortere tijd vooraf.
reminders-no-channel = Geef met de optie `kanaal` op in welk kanaal de herinnering komt.
reminders-wrong-channel-type = In <#{ $channel }> kun je geen berichten plaatsen; kies een tekstkanaal of een thread.
reminders-foreign-source = Dat bericht staat op een andere server; gebruik de link van een bericht op deze server.
reminders-not-for-them = Een herinnering maak je voor een lid van deze server; kies iemand die hier is.
reminders-not-theirs = Alleen wie deze herinnering heeft gemaakt, kan die alleen aan zichzelf laten sturen; kies een kanaal.
reminders-may-not-call-everybody = Je mag @everyone daar zelf niet vermelden; laat dat weg, of vraag het aan wie ze hier beheert.
reminders-may-not-call = Je mag <@&{ $role }> daar zelf niet vermelden; laat dat weg, of vraag het aan wie ze hier beheert.
reminders-unknown-mention = Wie je wilt vermelden, is niet op deze server; kies iemand uit de lijst.
reminders-over = #{ $number } **{ $name }** is afgelopen en zegt niets meer.
reminders-already-paused = #{ $number } **{ $name }** is al gepauzeerd.
reminders-not-paused = #{ $number } **{ $name }** is niet gepauzeerd.
reminders-not-called = Alleen wie vermeld is, kan de herinnering uitstellen; maak er zelf een met `/herinnering toevoegen`.
reminders-no-template-name = Een sjabloon heeft een naam nodig; geef een naam op.
reminders-template-name-too-long = De naam van een sjabloon mag hoogstens { $max } tekens lang zijn; maak die korter.
reminders-too-many-templates = Een server mag hoogstens { $max } sjablonen hebben; verwijder er eerst een met `/herinnering sjabloon-verwijderen`.
reminders-no-such-template = Dat sjabloon bestaat niet; kies een van de suggesties.
reminders-no-name = Geef met de optie `wat` op hoe de herinnering heet.
reminders-form-lacks-name = Een herinnering heeft een naam nodig; geef een naam op.
reminders-name-too-long = Een naam mag hoogstens { $max } tekens lang zijn; maak die korter.
reminders-body-too-long = De tekst mag hoogstens { $max } tekens lang zijn; maak die korter.
reminders-place-too-long = De plaats mag hoogstens { $max } tekens lang zijn; maak die korter.
reminders-when-too-long = Het tijdstip mag hoogstens { $max } tekens lang zijn; maak het korter.
reminders-no-picture = Een afbeelding moet een webadres zijn dat met `https://` begint; pas het aan, of laat het weg.
reminders-too-many-leads = Een herinnering komt hoogstens { $max } keer per moment; laat er een paar weg.
reminders-lead-out-of-range = `vooraf` moet een tijd van 0m tot { $max } zijn; schrijf die als `1u 30m` of `45m`.
reminders-everyone-not-allowed = Herinneringen mogen @everyone hier niet vermelden; een beheerder kan dat toestaan met `/instellingen herinneringen aanpassen`.
reminders-too-many-mentions = Een herinnering mag hoogstens { $max } rollen en leden vermelden; laat er een paar weg.
# $length is a time such as 10m.
reminders-too-often = Een herinnering mag hoogstens één keer per { $length } komen; laat er meer tijd tussen.
reminders-odd-rule = Volgens die regel komt de herinnering nooit, of op vreemde momenten; schrijf bijvoorbeeld `elke 2 weken op maandag om 20:00`.
reminders-deleted = Deze herinnering is verwijderd; maak een nieuwe met `/herinnering toevoegen`.
reminders-press-again = Deze herinnering is net gewijzigd; klik nog eens.
reminders-begun-gone = Wat je bij de opdracht opgaf, is niet bewaard gebleven; typ de opdracht opnieuw.
reminders-not-understood = Ik begrijp “{ $typed }” niet; schrijf het als `morgen 19:30` of `elke maandag om 20:00`.
reminders-past = “{ $typed }” is al voorbij; bedoel je <t:{ $at }:F>? Schrijf dan `{ $instead }`.
reminders-either = “{ $typed }” kan meer dan één ding betekenen; schrijf { $readings }.
reminders-perhaps = “{ $typed }” is me niet duidelijk; bedoel je { $reading }, schrijf dat dan.
reminders-reading = { $written } (<t:{ $at }:F>)
reminders-several-times = “{ $typed }” is meer dan één datum of tijd; maak voor elk een herinnering, of een die terugkomt: `elke vrijdag 20:00`.
reminders-unknown-zone = Ik ken de tijdzone in “{ $typed }” niet; schrijf de naam, zoals `20:00 Europe/London`, of `20:00 UTC`.
reminders-no-such-zone = Die tijdzone bestaat niet; kies een van de suggesties, zoals `Europe/Brussels`.
reminders-no-link = Dat is geen link van een bericht; kopieer er een met *Berichtlink kopiëren* in het menu van een bericht.
reminders-link-hidden = Je kunt dat bericht niet lezen, of het is weg; geef de link op van een bericht dat je kunt lezen.
reminders-link-unread = Ik kan dat bericht niet lezen: de Message Content Intent staat voor mij uit. Gebruik *Apps, { command-menu-create-reminder }* in het menu ervan.

## Waarom een aankondiging geen evenement is.

reminders-unclear-no-time = Ik vind er geen tijd in; voeg een regel toe zoals `Tijd: 20:00`.
reminders-unclear-no-date = Ik vind er geen datum in; voeg een regel toe zoals `Datum: 25/12`, of `Dagen: maandag` voor wat terugkomt.
reminders-unclear-past = De datum en tijd zijn al voorbij; schrijf die van de volgende keer, met het jaar.
reminders-unclear-contradiction = De datum, dagen en tijd passen niet bij elkaar; kijk of de weekdag bij de datum hoort.
reminders-unclear-other-zone = De tijd is in een andere tijdzone; schrijf die in de tijdzone van deze server, of als UTC: `20:00 UTC`.
reminders-unclear-several = Er staan meer datums of tijden in, of een die twee dingen kan betekenen; voeg regels toe zoals `Datum: 25/12` en `Tijd: 20:00`.
reminders-unclear-turned = Er wordt iets afgezegd, verplaatst, weggelaten of alleen voorgesteld; schrijf wat geldt in een bericht waar niets anders in staat.
reminders-say-when = Met de optie `wanneer` kun je zelf opgeven wanneer het is.

## Wat er gebeurd is.

reminders-made = #{ $number } **{ $name }** is gemaakt.
reminders-changed = #{ $number } **{ $name }** is gewijzigd.
reminders-paused = #{ $number } **{ $name }** is gepauzeerd.
reminders-resumed = #{ $number } **{ $name }** is hervat.
reminders-edit-button = Wijzigen
reminders-pause-button = Pauzeren
reminders-resume-button = Hervatten
reminders-choose-menu = Kies er een of meer
reminders-chosen-title = { $count ->
    [one] { $count } herinnering
   *[other] { $count } herinneringen
}
reminders-paused-several = { $count ->
    [one] { $count } herinnering is gepauzeerd.
   *[other] { $count } herinneringen zijn gepauzeerd.
}
reminders-resumed-several = { $count ->
    [one] { $count } herinnering is hervat.
   *[other] { $count } herinneringen zijn hervat.
}
reminders-delete-several = { $count ->
    [one] Deze herinnering verwijderen?
   *[other] Deze { $count } herinneringen verwijderen?
}
reminders-deleted-several = { $count ->
    [one] { $count } herinnering is verwijderd.
   *[other] { $count } herinneringen zijn verwijderd.
}
reminders-not-done = #{ $number } · { $why }
reminders-zone-set = Tijden die je typt, lees ik nu volgens de klok van { $zone }. Herinneringen die er al zijn, blijven zoals ze zijn.
reminders-zone-reset = Tijden die je typt, lees ik weer volgens de klok van deze server ({ $zone }).
reminders-delete-question = #{ $number } **{ $name }** verwijderen?
reminders-delete-changed = Iemand heeft de herinnering net gewijzigd.
reminders-delete-button = Verwijderen
reminders-keep-button = Behouden
reminders-deleted-now = #{ $number } **{ $name }** is verwijderd.
reminders-kept = Er is niets verwijderd.
reminders-snoozed = Ik herinner je er over { $length } nog eens aan, om <t:{ $at }:t>.
reminders-snoozed-instead = Ik herinner je er over { $length } nog eens aan, om <t:{ $at }:t>, in plaats van op het tijdstip dat je eerder koos.
reminders-template-kept = “{ $name }” is opgeslagen; gebruik het met de optie `sjabloon` van `/herinnering toevoegen`.
reminders-template-replaced = “{ $name }” is opgeslagen en vervangt het vorige sjabloon met die naam; gebruik het met de optie `sjabloon` van `/herinnering toevoegen`.
reminders-template-replaced-of = “{ $name }” is opgeslagen en vervangt wat <@{ $keeper }> onder die naam had opgeslagen; gebruik het met de optie `sjabloon` van `/herinnering toevoegen`.
reminders-template-forgotten = “{ $name }” is verwijderd.

## Een herinnering zoals de maker die ziet: de velden en hun waarden.

reminders-card-next = Volgende keer
reminders-card-begins = Begint
reminders-card-repeats = Herhaling
reminders-card-where = Waar
reminders-card-said = Komt
reminders-card-place = Plaats
reminders-card-calls = Vermeldt
reminders-card-original = Origineel
reminders-card-set-by = Ingesteld door
reminders-card-footer = Herinnering #{ $number }
reminders-is-paused = gepauzeerd
reminders-is-paused-since = gepauzeerd. { $why }
reminders-is-done = afgelopen
reminders-repeats = { $rule } ({ $zone })
reminders-repeats-until = { $rule } ({ $zone }), tot en met <t:{ $until }:D>
reminders-to-member = privébericht
reminders-private = 🔒 privé
reminders-theirs-alone = Herinnering #{ $number } is privé: alleen wie die heeft gemaakt, kan die wijzigen. Pauzeren of verwijderen kun je die wel.
reminders-at-start = bij het begin
reminders-ahead = { $length } vooraf

## /herinnering lijst

reminders-list-title = Herinneringen
reminders-list-title-own = Je herinneringen
reminders-list-none = Er zijn geen herinneringen; met `/herinnering toevoegen` maak je er een.
reminders-previous-button = Vorige
reminders-next-button = Volgende

## Het formulier.

reminders-edit-command = `/herinnering wijzigen`
reminders-edit-form = Herinnering #{ $number }
reminders-new-form = Nieuwe herinnering
reminders-message-form = Herinnering van een bericht
reminders-name-label = Wat
reminders-when-label = Wanneer
reminders-when-hint = Zoals “morgen 19:30” of “elke maandag om 20:00”
reminders-when-zone-hint = Zoals “morgen 19:30” of “elke maandag om 20:00”; klok: { $zone }
reminders-lacks-day-hint = In het bericht staat niet op welke dag; klok: { $zone }
reminders-lacks-time-hint = In het bericht staat niet hoe laat; klok: { $zone }
reminders-lacks-when-hint = In het bericht staat niet wanneer, of niet duidelijk; klok: { $zone }
reminders-body-label = Wat er verder in staat
reminders-place-label = Waar het plaatsvindt
reminders-ahead-label = Hoe lang vooraf
reminders-ahead-hint = Zoals “1d, 1u, 0”; 0 is op het moment zelf

## Wat voorgesteld wordt terwijl iemand typt wanneer.

reminders-example-in-option = over 2 uur
reminders-example-tomorrow-option = morgen 9:00
reminders-example-friday-option = vrijdag 20:00
reminders-example-weekly-option = elke maandag 20:00
reminders-example-weekdays-option = elke werkdag 8:45
reminders-example-date-option = 25/12 20:00
reminders-example-option = { $example } → { $meant }
reminders-passed-option = “{ $typed }” is al voorbij
reminders-either-option = “{ $typed }” kan meer dan één ding betekenen
reminders-moment-in-zone-option = { $moment } ({ $zone })
reminders-rule-from-option = { $rule }, vanaf { $first }
reminders-rule-from-until-option = { $rule }, vanaf { $first } tot en met { $until }
reminders-rule-from-times-option = { $rule }, vanaf { $first }, { $count } keer
reminders-unread-option = “{ $typed }” begrijp ik nog niet

## Een herinnering zoals iedereen die leest.

reminders-posted-title = ⏰ Herinnering: { $name }
reminders-posted-late = ⏳ Dit komt te laat; het was bedoeld voor <t:{ $at }:t>.
# In the place of what it says.
reminders-posted-left-out = ⚠️ Discord weigerde wat hier stond; dat heb ik weggelaten.
reminders-posted-private = ⏰ Een herinnering voor jou alleen
reminders-posted-read-it = Je laat geen privéberichten van mij toe, dus toon ik de inhoud hier niet; met `/herinnering tonen herinnering:{ $number }` zie je die.
reminders-posted-when = Wanneer
reminders-posted-where = Waar
reminders-posted-original = Origineel
reminders-posted-set-by = Ingesteld door
reminders-snooze-minutes-button = Over { $minutes } minuten opnieuw
reminders-snooze-hour-button = Over 1 uur opnieuw
reminders-untitled = Evenement
reminders-tidied-reason = Herinnering #{ $number }: het is begonnen

## Waarom een herinnering niet gekomen is.

reminders-problem-no-direct-messages = Dit lid laat geen privéberichten van mij toe.
reminders-problem-channel-gone = Het kanaal bestaat niet meer.
reminders-problem-cannot-see =
    { $channel ->
        [none] Ik kan het kanaal niet zien; geef me daar **{ ui-permission-view-channel }**.
       *[other] Ik kan { $channel } niet zien; geef me daar **{ ui-permission-view-channel }**.
    }
reminders-problem-cannot-write =
    { $channel ->
        [none] Ik mag niet schrijven in het kanaal; geef me daar **{ ui-permission-send-messages }** en **{ ui-permission-embed-links }**.
       *[other] Ik mag niet schrijven in { $channel }; geef me daar **{ ui-permission-send-messages }** en **{ ui-permission-embed-links }**.
    }
reminders-problem-thread-closed =
    { $channel ->
        [none] De thread is gesloten; open die weer.
       *[other] { $channel } is gesloten; open de thread weer.
    }
reminders-problem-has-left = <@{ $user }> is niet meer op deze server.
reminders-problem-may-not-make = <@{ $user }> mag geen herinneringen meer maken.
reminders-problem-may-not-write = <@{ $user }> mag niet meer schrijven in <#{ $channel }>.
reminders-problem-filtered = De filters van deze server houden de tekst tegen.
reminders-problem-too-slow = Discord reageerde niet op tijd.
reminders-problem-channel-refuses = In dit kanaal is al een andere herinnering geweigerd.
reminders-problem-refused = Discord weigerde het ({ $answer }).
reminders-problem-unreadable = Een andere versie van mij heeft dit geschreven.
reminders-problem-unknown = Een nieuwere versie van mij weet waarom.
reminders-yours-paused = Je herinneringen in <#{ $channel }> zijn gepauzeerd. { $why } Met `/herinnering hervatten` komen ze weer.

## /status, voor beheerders.

reminders-overdue = { $count ->
        [one] { $count } herinnering die er al had moeten zijn.
       *[other] { $count } herinneringen die er al hadden moeten zijn.
    }
reminders-hindered = { $count ->
        [one] { $count } herinnering is gepauzeerd omdat er iets in de weg stond
       *[other] { $count } herinneringen zijn gepauzeerd omdat er iets in de weg stond
    }: `/herinnering lijst` toont wat.

## Het dashboard.

reminders-web-whose-label = Van wie
reminders-web-all-option = Die van iedereen
reminders-web-done-label = Welke
reminders-web-coming-option = Die nog komen
reminders-web-done-option = Ook die afgelopen zijn
reminders-web-show-button = Tonen
reminders-web-look-button = Bekijken
reminders-web-moments-title = Wanneer de herinnering komt
reminders-web-calendar-button = Kalender
reminders-web-list-button = Lijst
reminders-web-edit-button = Wijzigen
# $month is een getal.
reminders-web-month = { reminder-times-month } { $year }
reminders-web-calendar-rest = en nog { $count }
reminders-web-calendar-on = en verder
reminders-web-calendar-more = Alleen de { $count } herinneringen die het eerst komen, staan erin.
reminders-web-calendar-paused = { $count ->
        [one] { $count } herinnering is gepauzeerd en komt op geen enkele dag.
       *[other] { $count } herinneringen zijn gepauzeerd en komen op geen enkele dag.
    }
reminders-web-save-button = Opslaan
reminders-web-preview-button = Bekijk wanneer
reminders-web-leave-button = Zo laten
reminders-web-outdated = Dat formulier hoort bij een andere versie; open de pagina opnieuw.
# In “open het opnieuw met …”.
reminders-web-again = de pagina ervan
reminders-web-clocks-of = Tijden zijn volgens de klok van { $zone }.
reminders-web-default-option = Waar herinneringen van deze server komen
reminders-web-same-option = Wie nu een melding krijgt
reminders-web-nobody-option = Niemand
reminders-web-image-label = Adres van een afbeelding
reminders-web-moments-none = Schrijf wanneer, en kijk hier voordat je opslaat.
reminders-web-never = De herinnering komt niet meer.
# Tijden zoals 02:30.
reminders-web-skipped = de klok slaat { $time } over, dus komt de herinnering om { $shown }
reminders-web-twice = de klok is twee keer { $time }, en de herinnering komt de eerste keer
# $day is een datum.
reminders-web-to-summer = Zomertijd vanaf { $day } ({ $zone }): de herinnering blijft op dezelfde kloktijd komen.
reminders-web-to-winter = Wintertijd vanaf { $day } ({ $zone }): de herinnering blijft op dezelfde kloktijd komen.
reminders-web-clocks-change = De klok wordt verzet op { $day } ({ $zone }): er verstrijkt evenveel tijd als anders, dus komt de herinnering op een andere kloktijd.
