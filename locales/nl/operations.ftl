## Hoe het logkanaal en lijsten van wijzigingen noemen wie iets deed.

operations-by-myself = automatisch
operations-me = Alphapy
operations-a-program = een programma
operations-key = API-sleutel `{ $name }`

## Wat Discord antwoordde op wat het weigerde, tussen haakjes.

operations-no-answer = geen antwoord
operations-answered-code = { $status }, code { $code }
