## What the log channel and lists of changes call whoever did something.

operations-by-myself = by myself
operations-me = me
operations-a-program = a program
operations-key = API key `{ $name }`
