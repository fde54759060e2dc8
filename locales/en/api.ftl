## What programs are told that use the API, in the field `detail` of a problem.

api-no-key = Send a key, as `Authorization: Bearer …` or as `X-API-Key`.
api-unknown-key = That is no key that counts: it is mistyped, has ended or was revoked.
api-scope-missing = This key may not do that: it needs `{ $scope }`.
api-no-such-guild = There is no server with that id in which this key counts.
api-no-such-address = There is nothing at this address; see `openapi.json`.
api-method-not-allowed = Nothing of the kind is done at this address; see the header `Allow`.
api-not-acceptable = I answer in JSON, and exports in CSV or JSON lines; take one of these in `Accept`.
api-unsupported-media-type = Send the body as `Content-Type: application/json`.
api-body-too-large = The body may have { $bytes } bytes; send less at once.
api-malformed-json = The body is no JSON; check how it is written.
api-unfit-field = What stands at `{ $pointer }` is missing, unknown or of another kind; see `openapi.json`.
api-unfit-query = One of the values after `?` is unknown or out of bounds; see `openapi.json`.
api-bad-cursor = That is no cursor of this list; begin with the first page.
api-if-match-missing = Say in `If-Match` which `ETag` you have looked at.
api-if-match-unknown = No `ETag` was ever like that; read it again.
api-bad-idempotency-key = An `Idempotency-Key` is one text of 1 to 255 characters.
api-key-reused = That `Idempotency-Key` was sent with another body; use a new one.
api-in-flight = The same request is being answered at this moment; send it again in a second.
api-too-many-requests = { $seconds ->
        [one] That was too much at once; try again in a second.
       *[other] That was too much at once; try again in { $seconds } seconds.
    }
api-too-slow = That took too long; try again.
api-discord-silent = Discord does not say at the moment whether I am in that server; try again soon.
api-failed = Something went wrong on our side; try again, and give whoever runs me the request's id if it happens once more.
