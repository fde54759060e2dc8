## What every part of the bot says.

# The language's own name for itself.
words-language-name = English
# The mark between the thousands of a large number: , . ' or a space that does not break; nothing is none.
words-thousands-mark = ,
# The mark before the decimals of a number.
words-decimal-mark = .
# Between the items of a list: “a, b, c”. A space that stands at an end is written as `{" "}`.
words-between-items = ,{" "}
# Between sentences in a line.
words-between-sentences = {" "}
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
