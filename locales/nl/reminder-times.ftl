## Momenten.

reminder-times-weekday =
    { $weekday ->
        [monday] maandag
        [tuesday] dinsdag
        [wednesday] woensdag
        [thursday] donderdag
        [friday] vrijdag
        [saturday] zaterdag
       *[sunday] zondag
    }
reminder-times-weekday-short =
    { $weekday ->
        [monday] ma
        [tuesday] di
        [wednesday] wo
        [thursday] do
        [friday] vr
        [saturday] za
       *[sunday] zo
    }
reminder-times-month =
    { $month ->
        [1] januari
        [2] februari
        [3] maart
        [4] april
        [5] mei
        [6] juni
        [7] juli
        [8] augustus
        [9] september
        [10] oktober
        [11] november
       *[12] december
    }
reminder-times-month-short =
    { $month ->
        [1] jan
        [2] feb
        [3] mrt
        [4] apr
        [5] mei
        [6] jun
        [7] jul
        [8] aug
        [9] sep
        [10] okt
        [11] nov
       *[12] dec
    }
reminder-times-date = { reminder-times-weekday } { $day } { reminder-times-month } { $year }
reminder-times-moment = { reminder-times-weekday } { $day } { reminder-times-month } { $year }, { $time }
reminder-times-moment-short = { reminder-times-weekday-short } { $day } { reminder-times-month-short } { $year }, { $time }

## Hoe iets terugkomt.

reminder-times-rule-minutes =
    { $count ->
        [one] elke minuut
       *[other] elke { $count } minuten
    }
reminder-times-rule-hours =
    { $count ->
        [one] elk uur
       *[other] elke { $count } uur
    }
reminder-times-rule-days =
    { $count ->
        [one] elke dag om { $time }
       *[other] elke { $count } dagen om { $time }
    }
reminder-times-rule-workdays = elke werkdag om { $time }
reminder-times-rule-weekend = elk weekend om { $time }
reminder-times-weekday-listed = { reminder-times-weekday }
reminder-times-weekdays = { $left }, { $right }
reminder-times-last-weekday = { $left } en { $right }
reminder-times-rule-week = elke { $days } om { $time }
reminder-times-rule-weeks =
    { $count ->
        [2] om de week op { $days } om { $time }
       *[other] elke { $count } weken op { $days } om { $time }
    }
reminder-times-day-of-month = { $day }e
reminder-times-nth =
    { $nth ->
        [first] eerste
        [second] tweede
        [third] derde
        [fourth] vierde
       *[last] laatste
    }
# In een maand zonder 31e is het de laatste dag.
reminder-times-rule-month-day =
    { $day ->
        [31] op de laatste dag van elke maand om { $time }
       *[other] op de { reminder-times-day-of-month } van elke maand om { $time }
    }
reminder-times-rule-months-day =
    { $day ->
        [31] elke { $count } maanden op de laatste dag om { $time }
       *[other] elke { $count } maanden op de { reminder-times-day-of-month } om { $time }
    }
reminder-times-rule-month-weekday = op de { reminder-times-nth } { reminder-times-weekday } van elke maand om { $time }
reminder-times-rule-months-weekday = elke { $count } maanden op de { reminder-times-nth } { reminder-times-weekday } om { $time }
reminder-times-day-listed =
    { $day ->
        [31] laatste dag
       *[other] { reminder-times-day-of-month }
    }
reminder-times-places = { $left }, { $right }
reminder-times-last-place = { $left } en { $right }
reminder-times-rule-month-days = op de { $days } van elke maand om { $time }
reminder-times-rule-months-days = elke { $count } maanden op de { $days } om { $time }
reminder-times-rule-month-weekdays = op de { $nths } { reminder-times-weekday } van elke maand om { $time }
reminder-times-rule-months-weekdays = elke { $count } maanden op de { $nths } { reminder-times-weekday } om { $time }
reminder-times-rule-years =
    { $count ->
        [one] elk jaar op { $day } { reminder-times-month } om { $time }
       *[other] elke { $count } jaar op { $day } { reminder-times-month } om { $time }
    }
reminder-times-in-zone = { $written } { $zone }

## Wat geen maand heeft.

reminder-times-no-such-day = { $day } { reminder-times-month } bestaat niet; schrijf een dag die er wel is.
