## What the log channel and lists of changes call whoever did something.

operations-by-myself = by myself
operations-me = Alphapy
operations-a-program = a program
operations-key = API key `{ $name }`

## What Discord answered to a call that it refused, in parentheses.

operations-no-answer = no answer
operations-answered-code = { $status }, code { $code }

## What the log channel says of the keys of programs.

operations-log-key-created = Key of a program created
operations-log-key-granted = Key of a program counts here
operations-log-key-revoked = Key of a program revoked
operations-log-key-about = { $name }: { $opens }

operations-being-counted = The numbers are still being counted; look again in a few minutes.
