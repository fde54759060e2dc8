## Instellingen: waar elke voor is, zonder punt.

reminders-set-default-channel = Waar herinneringen heengaan als niemand het zegt
reminders-set-allow-everyone = Of herinneringen @everyone mogen vermelden
reminders-set-creator-role = Alleen wie deze rol heeft, en de beheerders, mogen herinneringen maken
reminders-set-manager-role = Wie naast de beheerders ieders herinneringen beheert
reminders-set-member-limit = Hoeveel herinneringen een lid mag hebben; 0 is onbeperkt
reminders-set-event-lead = Hoe lang voor een evenement de eerste herinnering komt, als niemand het zegt
reminders-set-grace = Hoe laat een herinnering nog mag komen; wat ouder is, wordt als gemist gemeld
reminders-set-remove-ahead = Verwijder wat vóór een evenement gezegd is zodra het begint
reminders-set-direct-fallback = Zeg het in het standaardkanaal tegen wie geen privéberichten aanneemt
reminders-set-retention-days = Hoeveel dagen ik herinneringen bewaar die klaar zijn

## Opdrachten: wat elke doet; de opties en keuzes eronder.

command-reminder = Zeg iets als het tijd is
command-reminder-add = Zeg iets één keer, of telkens weer
    .when = Wanneer, zoals “morgen 19:30”, “over 2 uur” of “elke maandag om 20:00”
    .what = Hoe het heet
    .message = Wat er verder in staat
    .channel = Waar
    .direct = Zeg het alleen tegen mij, in een privébericht
    .mention = Wie het oproept
    .image = Het adres van een afbeelding
    .zone = Welke klok telt, als het niet die van deze server is
    .template = Wat onder deze naam bewaard is
command-reminder-event = Zeg iets vóór een evenement, en als het begint
    .when = Wanneer het begint, zoals “vrijdag 20:00” of “12 maart 20u”
    .what = Hoe het heet
    .link = Het adres van een bericht hier dat het aankondigt
    .message = Wat er verder in staat
    .place = Waar het plaatsvindt
    .ahead = Hoe lang vooraf, zoals “1d, 1u, 0”
    .channel = Waar het gezegd wordt
    .mention = Wie het oproept
    .image = Het adres van een afbeelding
    .zone = Welke klok telt, als het niet die van deze server is
    .template = Wat onder deze naam bewaard is
command-reminder-list = Toon je herinneringen, of allemaal (team)
    .all = Die van iedereen (team)
    .channel = Alleen die van dit kanaal
    .member = Alleen die van dit lid (team)
    .done = Ook die klaar zijn
command-reminder-show = Toon een herinnering
    .reminder = Welke
command-reminder-edit = Wijzig een herinnering
    .reminder = Welke
    .channel = Waar het voortaan gezegd wordt; al het andere staat in een formulier
    .direct = Zeg het voortaan alleen tegen mij, in een privébericht
    .mention = Wie het voortaan oproept
    .image = Het adres van een andere afbeelding
command-reminder-pause = Laat een herinnering een tijd zwijgen
    .reminder = Welke
command-reminder-resume = Laat een gepauzeerde herinnering weer spreken
    .reminder = Welke
command-reminder-delete = Verwijder een herinnering
    .reminder = Welke
command-reminder-template-save = Bewaar een herinnering om haar op andere tijden opnieuw te maken (team)
    .reminder = Van welke herinnering
    .name = Hoe het heet, zoals “Livesessie”
command-reminder-template-remove = Vergeet wat onder een naam bewaard is (team)
    .template = Welk sjabloon
command-menu-create-reminder = Herinnering maken

## Waarom iets niet gebeurt.

reminders-may-not-make = Alleen sommige leden maken hier herinneringen; vraag het team om deze te maken.
reminders-not-manager = Alleen het team bewaart sjablonen; vraag het iemand van het team.
reminders-none-of-yours = Zo'n herinnering heb je niet; kies een van de voorstellen, of kijk bij `/herinnering lijst`.
reminders-only-yours = Alleen het team ziet de herinneringen van anderen; `/herinnering lijst` toont die van jou.
reminders-gone = Deze herinnering is intussen verwijderd; maak een nieuwe met `/herinnering toevoegen`.
reminders-changed-meanwhile = Deze herinnering is net gewijzigd; bekijk ze opnieuw met `/herinnering tonen`.
reminders-too-many = Je hebt al zoveel herinneringen als je mag hebben ({ $limit }); verwijder er eerst een met `/herinnering verwijderen`.
reminders-never = Zo zou de herinnering nooit komen; geef een later einde, of een kortere tijd vooraf.
reminders-no-channel = Zeg in welk kanaal, met de optie `kanaal`.
reminders-wrong-channel-type = In <#{ $channel }> zelf komen geen berichten; kies een tekstkanaal of een thread.
reminders-foreign-source = Dat bericht staat in een andere server; geef de link van een bericht in deze server.
reminders-not-for-them = Een herinnering maak je voor een lid van deze server; kies iemand die hier is.
reminders-may-not-call-everybody = Je mag zelf niet iedereen oproepen; laat dat aan het team over.
reminders-may-not-call = Je mag <@&{ $role }> zelf niet oproepen; laat dat aan het team over.
reminders-unknown-mention = Wie je noemde, zit niet in deze server; kies iemand uit de lijst.
reminders-already-paused = #{ $number } **{ $name }** is al gepauzeerd.
reminders-not-paused = #{ $number } **{ $name }** is niet gepauzeerd.
reminders-not-called = Alleen wie opgeroepen is, kan de herinnering uitstellen; maak er zelf een met `/herinnering toevoegen`.
reminders-no-template-name = Een sjabloon heeft een naam nodig; geef er een op.
reminders-template-name-too-long = De naam van een sjabloon heeft hoogstens { $max } tekens; maak hem korter.
reminders-too-many-templates = Een server heeft hoogstens { $max } sjablonen; vergeet er eerst een met `/herinnering sjabloon-vergeten`.
reminders-no-such-template = Zo'n sjabloon is er niet; kies een van de voorstellen.
reminders-no-name = Zeg waar de herinnering over gaat, met de optie `wat`.
reminders-form-lacks-name = Een herinnering heeft een naam nodig; geef er een op.
reminders-name-too-long = Een naam heeft hoogstens { $max } tekens; maak hem korter.
reminders-body-too-long = De tekst heeft hoogstens { $max } tekens; maak hem korter.
reminders-place-too-long = Een plaats heeft hoogstens { $max } tekens; maak haar korter.
reminders-when-too-long = Het tijdstip heeft hoogstens { $max } tekens; maak het korter.
reminders-no-picture = Een afbeelding is een webadres dat met `https://` begint; verbeter het, of laat het weg.
reminders-too-many-leads = Een herinnering komt hoogstens { $max } keer per moment; laat er een paar weg.
reminders-lead-out-of-range = `vooraf` is een tijd van 0m tot { $max }; schrijf hem als `1u 30m` of `45m`.
reminders-everyone-not-allowed = Herinneringen mogen hier niet iedereen oproepen; met `/instellen reminders zetten` kan een beheerder het toestaan.
reminders-too-many-mentions = Een herinnering roept hoogstens { $max } rollen en leden op; laat er een paar weg.
# $length is a time such as 10m.
reminders-too-often = Een herinnering komt hoogstens elke { $length }; laat er meer tijd tussen.
reminders-odd-rule = Volgens die regel komt ze nooit, of op vreemde momenten; schrijf bijvoorbeeld `elke 2 weken op maandag om 20:00`.
reminders-deleted = Deze herinnering is verwijderd; maak een nieuwe met `/herinnering toevoegen`.
reminders-press-again = Deze herinnering is net gewijzigd; druk nog eens.
reminders-no-when = Zeg wanneer het begint, of geef de `link` van een bericht dat het aankondigt.
reminders-not-understood = Ik begrijp “{ $typed }” niet; schrijf het als `morgen 19:30` of `elke maandag om 20:00`.
reminders-past = “{ $typed }” is voorbij; bedoel je <t:{ $at }:F>? Schrijf dan `{ $instead }`.
reminders-no-such-zone = Zo'n tijdzone is er niet; kies een van de voorstellen, zoals `Europe/Brussels`.
reminders-no-link = Dat is geen adres van een bericht; kopieer er een met *Berichtlink kopiëren* in het menu van een bericht.
reminders-link-hidden = Je kunt dat bericht niet lezen, of het is weg; geef de link van een bericht dat je kunt lezen.
reminders-link-unread = Ik kan dat bericht niet lezen: de “message content intent” staat voor mij uit. Gebruik *Apps, Herinnering maken* in het menu ervan.

## Waarom een aankondiging geen evenement is.

reminders-unclear-no-time = Ik vind er geen tijd in; voeg een regel toe zoals `Tijd: 20:00`.
reminders-unclear-no-date = Ik vind er geen datum in; voeg een regel toe zoals `Datum: 25/12`, of `Dagen: maandag` voor wat terugkomt.
reminders-unclear-past = De datum en tijd zijn voorbij; schrijf die van de volgende keer, met het jaar.
reminders-unclear-contradiction = De datum, dagen en tijd passen niet bij elkaar; kijk of de weekdag die van de datum is.
reminders-unclear-other-zone = De tijd is van een andere tijdzone; schrijf hem in die van deze server, of als UTC: `20:00 UTC`.
reminders-say-when = Met de optie `wanneer` kun je zelf zeggen wanneer het is.

## Wat er gebeurd is.

reminders-made = #{ $number } **{ $name }** is gemaakt.
reminders-changed = #{ $number } **{ $name }** is gewijzigd.
reminders-paused = #{ $number } **{ $name }** is gepauzeerd.
reminders-resumed = #{ $number } **{ $name }** is hervat.
reminders-delete-question = #{ $number } **{ $name }** verwijderen?
reminders-delete-changed = Iemand heeft de herinnering net gewijzigd.
reminders-delete-button = Verwijderen
reminders-keep-button = Behouden
reminders-deleted-now = #{ $number } **{ $name }** is verwijderd.
reminders-kept = Er is niets verwijderd.
reminders-snoozed = Ik herinner je er over { $length } nog eens aan, om <t:{ $at }:t>.
reminders-template-kept = “{ $name }” is bewaard; gebruik het met de optie `sjabloon` van `/herinnering toevoegen`.
reminders-template-replaced = “{ $name }” is bewaard, in plaats van wat er onder die naam stond; gebruik het met de optie `sjabloon` van `/herinnering toevoegen`.
reminders-template-replaced-of = “{ $name }” is bewaard, in plaats van wat <@{ $keeper }> onder die naam bewaarde; gebruik het met de optie `sjabloon` van `/herinnering toevoegen`.
reminders-template-forgotten = “{ $name }” is vergeten.

## Een herinnering zoals wie haar maakte haar ziet: de velden en hun waarden.

reminders-card-next = Volgende
reminders-card-repeats = Herhaling
reminders-card-where = Waar
reminders-card-said = Herinnert
reminders-card-place = Plaats
reminders-card-calls = Roept op
reminders-card-original = Origineel
reminders-card-set-by = Ingesteld door
reminders-card-footer = Herinnering #{ $number }
reminders-is-paused = gepauzeerd
reminders-is-paused-since = gepauzeerd: { $why }
reminders-is-done = klaar
reminders-repeats = { $rule } ({ $zone })
reminders-repeats-until = { $rule } ({ $zone }), tot en met <t:{ $until }:D>
reminders-to-member = privébericht
reminders-at-start = bij het begin
reminders-ahead = { $length } vooraf

## /herinnering lijst

reminders-list-title = Herinneringen
reminders-list-title-own = Je herinneringen
reminders-list-none = Er zijn er geen; met `/herinnering toevoegen` maak je er een.
reminders-previous-button = Vorige
reminders-next-button = Volgende

## Het formulier.

reminders-edit-command = `/herinnering wijzigen`
reminders-edit-form = Herinnering #{ $number }
reminders-message-form = Herinnering van een bericht
reminders-name-label = Wat
reminders-when-label = Wanneer
reminders-when-hint = Zoals “morgen 19:30” of “elke maandag om 20:00”
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
reminders-passed-option = Dat is voorbij; { $moment }?
reminders-moment-in-zone = { $moment } ({ $zone })
reminders-rule-from = { $rule }, vanaf { $first }

## Een herinnering zoals iedereen haar leest.

reminders-posted-title = ⏰ Herinnering: { $name }
reminders-posted-late = ⏳ Dit komt te laat; het was bedoeld voor <t:{ $at }:t>.
reminders-posted-when = Wanneer
reminders-posted-where = Waar
reminders-posted-original = Origineel
reminders-posted-set-by = Ingesteld door
reminders-snooze-button = Over { $length }
reminders-untitled = Evenement
reminders-tidied-reason = Herinnering #{ $number }: het is begonnen

## Waarom een herinnering niet gekomen is.

reminders-problem-no-direct-messages = Dit lid neemt geen privéberichten van me aan.
reminders-problem-channel-gone = Het kanaal is weg.
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
        [none] De thread is gesloten; open hem weer.
       *[other] { $channel } is gesloten; open de thread weer.
    }
reminders-problem-filtered = De filters van deze server weigeren de tekst.
reminders-problem-too-slow = Discord nam het niet op tijd aan.
reminders-problem-channel-refuses = Het kanaal weigerde een andere herinnering.
reminders-problem-refused = Discord weigerde het ({ $answer }).
reminders-problem-unreadable = Een andere versie van mij heeft dit geschreven.
reminders-problem-unknown = Een nieuwere versie van mij weet waarom.
reminders-yours-paused = Je herinneringen in <#{ $channel }> zijn gepauzeerd. { $why } `/herinnering hervatten` laat ze weer komen.
