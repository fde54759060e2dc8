## Moments. $month is a number, $weekday an English word, $time is written like 20:00.

reminder-times-weekday =
    { $weekday ->
        [monday] Monday
        [tuesday] Tuesday
        [wednesday] Wednesday
        [thursday] Thursday
        [friday] Friday
        [saturday] Saturday
       *[sunday] Sunday
    }
reminder-times-weekday-short =
    { $weekday ->
        [monday] Mon
        [tuesday] Tue
        [wednesday] Wed
        [thursday] Thu
        [friday] Fri
        [saturday] Sat
       *[sunday] Sun
    }
reminder-times-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
reminder-times-month-short =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
reminder-times-date = { reminder-times-weekday } { $day } { reminder-times-month } { $year }
reminder-times-moment = { reminder-times-weekday } { $day } { reminder-times-month } { $year }, { $time }
reminder-times-moment-short = { reminder-times-weekday-short } { $day } { reminder-times-month-short } { $year }, { $time }

## How it repeats.

reminder-times-rule-minutes =
    { $count ->
        [one] every minute
       *[other] every { $count } minutes
    }
reminder-times-rule-hours =
    { $count ->
        [one] every hour
       *[other] every { $count } hours
    }
reminder-times-rule-days =
    { $count ->
        [one] every day at { $time }
       *[other] every { $count } days at { $time }
    }
reminder-times-rule-workdays = every weekday at { $time }
reminder-times-rule-weekend = every weekend at { $time }
# A weekday where a rule names several, and what stands before the last of them: “Mon, Wed”. $left and $right are weekdays.
reminder-times-weekday-listed = { reminder-times-weekday-short }
reminder-times-weekdays = { $left }, { $right }
reminder-times-last-weekday = { $left }, { $right }
# $days is one weekday, or several.
reminder-times-rule-week = every { $days } at { $time }
reminder-times-rule-weeks = every { $count } weeks on { $days } at { $time }
# A day of a month, and which of the weekdays of a month.
reminder-times-day-of-month =
    { $day ->
        [1] { $day }st
        [21] { $day }st
        [31] { $day }st
        [2] { $day }nd
        [22] { $day }nd
        [3] { $day }rd
        [23] { $day }rd
       *[other] { $day }th
    }
reminder-times-nth =
    { $nth ->
        [first] first
        [second] second
        [third] third
        [fourth] fourth
       *[last] last
    }
reminder-times-rule-month-day = on the { reminder-times-day-of-month } of every month at { $time }
reminder-times-rule-months-day = every { $count } months on the { reminder-times-day-of-month } at { $time }
reminder-times-rule-month-weekday = on the { reminder-times-nth } { reminder-times-weekday } of every month at { $time }
reminder-times-rule-months-weekday = every { $count } months on the { reminder-times-nth } { reminder-times-weekday } at { $time }
# A day or a place of a month where a rule names several, and what stands before the last of them: “1st, 8th and 15th”.
reminder-times-day-listed = { reminder-times-day-of-month }
reminder-times-places = { $left }, { $right }
reminder-times-last-place = { $left } and { $right }
# $days and $nths are several of them.
reminder-times-rule-month-days = on the { $days } of every month at { $time }
reminder-times-rule-months-days = every { $count } months on the { $days } at { $time }
reminder-times-rule-month-weekdays = on the { $nths } { reminder-times-weekday } of every month at { $time }
reminder-times-rule-months-weekdays = every { $count } months on the { $nths } { reminder-times-weekday } at { $time }
reminder-times-rule-years =
    { $count ->
        [one] every year on { $day } { reminder-times-month } at { $time }
       *[other] every { $count } years on { $day } { reminder-times-month } at { $time }
    }
# $written is a moment or a rule by other clocks than the reader's: “every Friday at 20:00 America/New_York”.
reminder-times-in-zone = { $written } { $zone }

## What no month has.

reminder-times-no-such-day = { reminder-times-month } has no { reminder-times-day-of-month }; write a day that is there.
