## Wat programma's te lezen krijgen die de API gebruiken, in het veld `detail` van een probleem.

api-no-key = Stuur een sleutel mee, als `Authorization: Bearer …` of als `X-API-Key`.
api-unknown-key = Dat is geen geldige sleutel: hij is verkeerd getypt, verlopen of ingetrokken.
api-scope-missing = Deze sleutel mag dat niet: er is `{ $scope }` voor nodig.
api-no-such-guild = Er is geen server met dat id waarin deze sleutel geldt.
api-no-such-address = Op dit adres is niets; zie `openapi.json`.
api-method-not-allowed = Dat kan niet op dit adres; zie de header `Allow`.
api-not-acceptable = Ik antwoord in JSON, en exports in CSV of JSON lines; sta een daarvan toe in `Accept`.
api-unsupported-media-type = Stuur de inhoud als `Content-Type: application/json`.
api-body-too-large = De inhoud mag { $bytes } bytes groot zijn; stuur minder tegelijk.
api-malformed-json = De inhoud is geen JSON; kijk na hoe die geschreven is.
api-unfit-field = Wat op `{ $pointer }` hoort, ontbreekt, is onbekend of is van een andere soort; zie `openapi.json`.
api-unfit-query = Een van de waarden na `?` is onbekend of valt buiten de grenzen; zie `openapi.json`.
api-bad-cursor = Dat is geen cursor van deze lijst; begin bij de eerste pagina.
api-if-match-missing = Zeg in `If-Match` welke `ETag` je gezien hebt.
api-if-match-unknown = Zo heeft nooit een `ETag` eruitgezien; lees hem opnieuw.
api-bad-idempotency-key = Een `Idempotency-Key` is één tekst van 1 tot 255 tekens.
api-key-reused = Die `Idempotency-Key` is met een andere inhoud verstuurd; gebruik een nieuwe.
api-in-flight = Hetzelfde verzoek wordt op dit moment beantwoord; stuur het over een seconde opnieuw.
api-too-many-requests = { $seconds ->
        [one] Dat was te veel tegelijk; probeer het over een seconde opnieuw.
       *[other] Dat was te veel tegelijk; probeer het over { $seconds } seconden opnieuw.
    }
api-too-slow = Dat duurde te lang; probeer het opnieuw.
api-discord-silent = Discord zegt nu niet of ik in die server zit; probeer het straks opnieuw.
api-failed = Er ging iets mis aan onze kant; probeer het opnieuw, en geef wie mij beheert het id van het verzoek als het nog eens gebeurt.
