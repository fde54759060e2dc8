## Weigeringen die elke functie heeft, en wat er misgaat.

interactions-quoted = “{ $text }”
interactions-collision = Iemand anders heeft { $labels } veranderd terwijl je schreef; open het opnieuw met { $again } en zet wat jij schreef erbij.

## Een waarde past niet.

interactions-misfit-placeholder = { $label } kent geen `{ $name }`; gebruik { $known }.
interactions-misfit-channel = { $label } is een kanaal van deze server; kies er een uit de lijst.
interactions-misfit-role = { $label } is een rol van deze server; kies er een uit de lijst.
interactions-misfit-integer = { $label } is een geheel getal van { $min } tot en met { $max }; geef er zo een.
interactions-misfit-number = { $label } is een getal van { $min } tot en met { $max }; geef er zo een.
interactions-misfit-boolean = { $label } is aan of uit; kies een van beide.
interactions-misfit-text = { $label } is een tekst van 1 tot { $max } tekens; maak hem passend.
interactions-misfit-choice = { $label } is een van deze: { $names }; kies er een.
interactions-misfit-duration = { $label } is een tijd van { $min } tot { $max }; schrijf hem als `1h 30m` of `45m`.
interactions-misfit-zone = { $label } is een tijdzone zoals `Europe/Brussels`; kies een van de voorstellen.

## Wie mag het, en waar.

interactions-switched-off = Dit staat hier uit; een beheerder kan het aanzetten met `/instellen { $group } zetten enabled:true`.
interactions-not-admin = Alleen beheerders van deze server kunnen dat; vraag het een van hen.
interactions-unknown-channel = Dat kanaal is niet van deze server; kies er een uit de lijst.
interactions-bot-lacks = Ik mis rechten in <#{ $channel }>: geef me daar { $names }, of kies een ander kanaal.
interactions-cannot-write = Je kunt zelf niet schrijven in <#{ $channel }>; kies een kanaal waar je dat wel kunt.
interactions-lacks = Je mist zelf { $names } in <#{ $channel }>; kies een ander kanaal.

## Wat er misgaat.

interactions-only-in-servers = Ik werk alleen in servers; gebruik deze opdracht in een server.
interactions-outdated-command = Deze opdracht is veranderd sinds je Discord hem laadde; herstart Discord en probeer het opnieuw.
interactions-outdated-press = Deze knop is van een oudere versie; geef de opdracht opnieuw.
interactions-repeated = Discord stuurde me dit twee keer; ik heb het één keer gedaan.
interactions-apology = Sorry, er ging bij mij iets mis. Probeer het zo nog eens; blijft het, geef een beheerder dan deze code: `{ $id }`.
interactions-command-gone = Deze opdracht is er niet meer; typ `/` om te zien welke er zijn.
interactions-strange = Ik kon niet lezen wat Discord me hiervoor stuurde; probeer het opnieuw.
interactions-outdated-submit = Dit formulier is veranderd; open het opnieuw en vul het nog eens in.
interactions-automod = De AutoMod van deze server laat mij het antwoord hier niet tonen; vraag het aan een beheerder.
interactions-page-failed = Sorry, er ging bij mij iets mis.
