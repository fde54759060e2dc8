## What every part of the bot says.

# The language's own name for itself.
words-language-name = English
# The mark before the decimals of a number.
words-decimal-mark = .
# An enumeration's last two: “a, b and c”.
words-and = { $left } and { $right }
# Of several any one: “a or b”.
words-or = { $left } or { $right }
words-decimal = { $number }

## Lengths of time: “1d 2h 30m”.

words-days = { $count }d
words-hours = { $count }h
words-minutes = { $count }m

## The same in a sentence or on a button, where a language writes it out.

words-days-in-full = { $count }d
words-hours-in-full = { $count }h
words-minutes-in-full = { $count }m
