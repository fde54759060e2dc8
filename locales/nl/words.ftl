## Wat elk deel van de bot zegt.

words-language-name = Nederlands
words-decimal-mark = ,
words-and = { $left } en { $right }
words-or = { $left } of { $right }
words-decimal = { $number }

## Tijdsduren: “1d 2u 30m”.

words-days = { $count }d
words-hours = { $count }u
words-minutes = { $count }m
