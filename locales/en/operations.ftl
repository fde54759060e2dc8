## What the log channel and lists of changes call whoever did something.

operations-by-myself = by myself
operations-me = Alphapy
operations-a-program = a program
operations-key = API key `{ $name }`

## What Discord answered to a call that it refused, in parentheses.

operations-no-answer = no answer
operations-answered-code = { $status }, code { $code }
