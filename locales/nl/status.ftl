## /status: hoe het met de bot gaat, voor beheerders.

command-status = Hoe het hier met me gaat: wat er wacht en wat me ontbreekt (beheerders)

status-title = Hoe het met me gaat
status-versions = Alphapy { $version } · PostgreSQL { $database }
status-not-accepted = ⚠️ Discord aanvaardt mijn token niet: wie mij draait, moet een nieuwe instellen.
status-stopped = ⚠️ Discord weigerde te veel van wat ik in deze server probeerde, dus probeer ik hier enkele minuten niets. Geef me wat me hieronder ontbreekt.
status-no-content = ⚠️ Ik mag niet lezen wat leden schrijven (Message Content Intent), dus in verslagen ontbreken hun woorden en aankondigingen worden niet gelezen.
status-passed = Mijn taken liepen het laatst <t:{ $at }:R>.
status-late = ⚠️ Mijn taken lopen niet meer sinds <t:{ $at }:R>, dus er komt geen herinnering: wie mij draait, moet kijken of `alphapy-cron` loopt.
status-never = ⚠️ Mijn taken hebben nog nooit gelopen, dus er komt geen herinnering: wie mij draait, moet `alphapy-cron` starten.
status-failing = ⚠️ `{ $job }` mislukte het laatst <t:{ $at }:R>; wie mij draait, vindt in het logboek waarom.
status-silent = ⚠️ `{ $job }` komt niet meer klaar; wie mij draait, vindt meer in het logboek.
status-waits = Wat er wacht
status-lacks = Wat me hier ontbreekt
status-nothing = Niets.
status-fault = { $group }: { $fault }
status-more = …en nog { $count }.
status-again-button = Opnieuw kijken
status-promises = { $count ->
        [one] { $count } antwoord dat ik beloofde en waar
       *[other] { $count } antwoorden die ik beloofde en waar
    } ik nog aan werk.
status-log-entries = { $count ->
        [one] { $count } bericht
       *[other] { $count } berichten
    } voor het logkanaal.

## Op het dashboard, voor wie de bot draait.

status-not-owner = Dat kan alleen zien wie mij draait; `OWNER_IDS` noemt ze.
status-web-label = Beheer van de bot
status-web-amount = { $count }
status-web-unknown = Discord zegt het op dit moment niet
status-web-guilds-label = Servers, ongeveer
status-web-limited-label = Aanroepen die Discord uitstelde (429)
status-web-share-label = Aanroepen per seconde van dit proces
status-web-jobs-title = Taken
status-web-no-jobs = Er is nog geen taak afgelopen.
status-web-job-label = Taak
status-web-done-label = Laatst gelukt
status-web-failed-label = Laatst mislukt
status-web-state-label = Toestand
status-web-failing = mislukt
status-web-silent = al lang stil
status-web-well = goed
status-web-later-title = Werk dat wacht
status-web-feature-label = Van
status-web-count-label = Aantal
status-web-oldest-label = Oudste sinds
status-web-calls-title = Aanroepen van Discord
status-web-of-this-process = Van het proces dat deze pagina toont, sinds het is gestart.
status-web-status-label = Antwoord
status-web-unanswered = geen
status-web-instances-title = Instanties
status-web-no-instances = Geen enkel proces deelt wat Discord toelaat: een proxy regelt dat, of dit proces is net gestart.
status-web-seen-label = Laatst gehoord
status-web-wanted-label = Aanroepen per seconde die ze wil
status-web-claimed-label = Aanroepen per seconde die ze heeft
