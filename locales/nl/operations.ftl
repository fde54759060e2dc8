## Hoe het logkanaal en lijsten van wijzigingen noemen wie iets deed.

operations-by-myself = automatisch
operations-me = Alphapy
operations-a-program = een programma
operations-key = API-sleutel `{ $name }`

## Wat Discord antwoordde op wat het weigerde, tussen haakjes.

operations-no-answer = geen antwoord
operations-answered-code = { $status }, code { $code }

## Wat het logkanaal over de sleutels van programma's zegt.

operations-log-key-created = Sleutel voor een programma gemaakt
operations-log-key-granted = Sleutel van een programma geldt hier
operations-log-key-revoked = Sleutel van een programma ingetrokken
operations-log-key-about = { $name }: { $opens }

operations-being-counted = De cijfers worden nog geteld; kijk over een paar minuten nog eens.
