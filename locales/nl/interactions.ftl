## Weigeringen die elke functie heeft, en wat er misgaat.

interactions-quoted = “{ $text }”
interactions-collision = Iemand anders heeft { $labels } gewijzigd terwijl je schreef; open het opnieuw met { $again }, en voeg toe wat jij had geschreven.

## Een waarde past niet.

interactions-misfit-placeholder = { $label } kent geen `{ $name }`; gebruik { $known }.
interactions-misfit-channel = { $label } moet een kanaal van deze server zijn; kies er een uit de lijst.
interactions-misfit-role = { $label } moet een rol van deze server zijn; kies er een uit de lijst.
interactions-misfit-integer = { $label } moet een geheel getal van { $min } tot en met { $max } zijn.
interactions-misfit-number = { $label } moet een getal van { $min } tot en met { $max } zijn.
interactions-misfit-boolean = { $label } moet aan of uit zijn; kies een van beide.
interactions-misfit-text = { $label } moet 1 tot { $max } tekens lang zijn; pas het aan.
interactions-misfit-choice = { $label } moet een van deze zijn: { $names }.
interactions-misfit-duration = { $label } moet een tijd van { $min } tot { $max } zijn; schrijf die als `1u 30m` of `45m`.
interactions-misfit-zone = { $label } moet een tijdzone zijn, zoals `Europe/Brussels`; kies een van de suggesties.

## Wie mag het, en waar.

interactions-switched-off = Dit staat hier uit; een beheerder kan het aanzetten met de optie `ingeschakeld` van `/instellingen { $group } aanpassen`.
interactions-not-in-server = Je zit niet meer op deze server.
interactions-in-timeout = Je hebt op deze server een time-out tot <t:{ $until }:f>. Probeer het daarna opnieuw.
interactions-not-admin = Alleen beheerders van deze server kunnen dat; vraag het aan een beheerder.
interactions-unknown-channel = Dat kanaal bestaat niet op deze server; kies er een uit de lijst.
interactions-bot-lacks = Ik heb te weinig rechten in <#{ $channel }>: geef me daar { $names }, of kies een ander kanaal.
interactions-cannot-write = Je kunt zelf niet schrijven in <#{ $channel }>; kies een kanaal waar je dat wel kunt.
interactions-lacks = Je hebt zelf te weinig rechten in <#{ $channel }>: je mist { $names }. Kies een ander kanaal.

## Wat er misgaat.

interactions-only-in-servers = Ik werk alleen op servers; gebruik deze opdracht op een server.
interactions-outdated-command = Deze opdracht is gewijzigd sinds je Discord opende; herstart Discord en probeer het opnieuw.
interactions-outdated-press = Deze knop is van een oudere versie; gebruik de opdracht opnieuw.
interactions-repeated = Discord stuurde me dit twee keer; ik heb het één keer gedaan.
interactions-too-much-waits = Ik ben nog bezig met wat je eerder vroeg; wacht tot dat er is en vraag het dan opnieuw.
interactions-apology = Sorry, er ging bij mij iets mis. Probeer het straks nog eens; blijft het misgaan, geef een beheerder dan deze code: `{ $id }`.
interactions-command-gone = Deze opdracht bestaat niet meer; typ `/` om te zien welke er zijn.
interactions-strange = Ik kon niet lezen wat Discord me hiervoor stuurde; probeer het opnieuw.
interactions-outdated-submit = Dit formulier is gewijzigd; open het opnieuw en vul het nog eens in.
interactions-again-button = Opnieuw invullen
interactions-form-forgotten = Wat je schreef, is niet bewaard gebleven; open het formulier opnieuw.
interactions-automod = De AutoMod van deze server houdt het antwoord hier tegen; vraag het aan een beheerder.
interactions-page-failed = Sorry, er ging bij mij iets mis.
