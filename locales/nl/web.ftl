## Wat alle pagina's van het dashboard zeggen.

web-skip = Naar de inhoud
web-account-label = Je account
web-menu-label = Pagina's van deze server
web-by-clocks-of = Volgens de klok van { $zone }

## Inloggen.

web-login-title = Dashboard
web-login = Log in met je Discord-account om hier je servers te zien. Ik vraag Discord om je naam en de lijst van je servers, en verder niets.
web-login-button = Inloggen met Discord
web-login-again = Deze login is niet meer geldig; log opnieuw in.
web-login-denied = Je hebt Discord niet laten vertellen wie je bent, dus je bent niet ingelogd.
web-login-busy = Er loggen nu veel mensen in; probeer het zo nog eens.
web-logout-button = Uitloggen
web-logout-everywhere-button = Overal uitloggen
web-logged-out = Je bent uitgelogd.
web-logged-out-everywhere = Je bent overal uitgelogd.
web-logins-title = Waar je ingelogd bent
web-logins = Dit ziet niemand anders. Herken je er een niet, log dan overal uit.
web-logins-browser-label = Browser
web-logins-began-label = Ingelogd
web-logins-seen-label = Laatst hier
web-logins-unknown = Onbekende browser

## De servers van wie ingelogd is.

web-servers-title = Je servers
web-to-servers = Naar je servers
web-no-servers = Je bent op geen server waar ik ook ben. Nodig me uit op een van je servers, of vraag het aan een beheerder.
web-invite-title = Servers zonder mij
web-invite = Deze servers beheer je, en daar ben ik nog niet.
web-invite-button = Mij uitnodigen
web-servers-since-login = Dit zijn je servers zoals ze waren toen je inlogde. Staat er een niet bij, log dan uit en weer in.

## Waarom er verder niets op een pagina staat.

web-missing-title = Niet gevonden
web-forbidden-title = Niet voor jou
web-refused-title = Dat is niet gelukt
web-no-page = Die pagina bestaat niet.
web-no-server = Je bent niet op zo'n server, of ik niet. Ben je er net bij gekomen, log dan uit en weer in.
web-forbidden = Deze pagina mag je op deze server niet zien; vraag een beheerder als dat wel zou moeten.
web-no-pages = Op deze server is hier niets voor jou te zien; vraag een beheerder als dat wel zou moeten.
web-no-discord = Discord zegt me op dit moment niet wat je mag zien; probeer het over een minuut nog eens.
web-crowded = Je opent veel pagina's tegelijk. Wacht tot ze er zijn en laad deze dan opnieuw.
web-too-slow = Dat duurde te lang, en ik weet niet of het is gedaan. Kijk even, en probeer het nog eens als dat niet zo is.
web-form-too-long = Dat formulier is langer dan { $kilobytes } kB, dus er is niets gedaan. Maak het korter en verstuur het nog eens.
web-foreign = Dat formulier kwam van een andere site, dus er is niets gedaan. Open de pagina hier en probeer het nog eens.

## Wie iemand bedoelt.

web-person-hint = De naam, of hoe die begint, of het id
web-no-person-named = Schrijf wie je bedoelt: de naam of het id.
web-nobody-called = Niemand in deze server heet “{ $name }”; schrijf de naam zoals Discord die toont, of het id.
web-several-called = Er zijn er meer die “{ $name }” heten: { $who }. Schrijf de hele naam, of het id.

## Toetsen, voor wie die heeft.

web-keys-title = Toetsen
web-keys-rows = De volgende en de vorige van een lijst
web-keys-open = Openen
web-keys-choose = Kiezen
web-keys-search = Zoeken
web-keys-help = Deze toetsen
web-keys-close-button = Sluiten

## Bestanden die iemand meeneemt.

web-csv-button = Deze lijst als CSV opslaan

## Forms.

web-unfit = Er is nog niets opgeslagen: verbeter wat hieronder is gemarkeerd.
