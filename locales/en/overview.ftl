## How the desk is doing: the first page of a server on the dashboard.

overview-title = Overview
overview-period-label = Period
overview-days-button =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
overview-all-button = All time
# By which clock lengths of time are counted.
overview-time-label = Times are counted
overview-passed-button = by the clock
overview-worked-button = in working hours
overview-number = { $count }
overview-percent = { $percent } %
# In the place of a number where there is none.
overview-none = –
overview-under-a-minute = under a minute
# $sign is +, − or ±; $was is the number of the period before.
overview-change = { $sign }{ $percent } % (before: { $was })
overview-before = Before: { $was }
overview-table-button = As a table

## Numbers on cards, and columns of tables.

overview-opened-label = Opened
overview-closed-label = Closed
overview-reopened-label = Opened again
overview-claimed-label = Claimed
overview-response-label = First response
overview-claim-label = Claimed after
overview-close-label = Closed after
overview-stars-label = Satisfaction
overview-answered-label = Answered by the FAQ
overview-day-label = Day
overview-week-label = Week from
overview-what-label = What
overview-times-label = How often
overview-median-label = Half within
overview-p90-label = Nine of ten within
overview-mean-label = Average
overview-person-label = Who
overview-kind-label = Kind
overview-question-label = Question
overview-write-label = Answer
overview-write-button = Write an answer
overview-weekday-label = Day
overview-said-label = Said
overview-late-label = Of these late
overview-missed-label = Missed
overview-failed-label = Refused by Discord

## What needs somebody now.

overview-now = What needs somebody now
overview-nothing-now = Nothing: every ticket is claimed and younger than a day, and every question has an answer.
overview-unclaimed =
    { $count ->
        [one] { $count } ticket that nobody has claimed
       *[other] { $count } tickets that nobody has claimed
    }
overview-old =
    { $count ->
        [one] { $count } ticket that is older than a day
       *[other] { $count } tickets that are older than a day
    }
overview-questions =
    { $count ->
        [one] { $count } question without an answer
       *[other] { $count } questions without an answer
    }
overview-questions-many = More than { $count } questions without an answer
overview-missed =
    { $count ->
        [one] { $count } reminder that did not come in the last { $days } days
       *[other] { $count } reminders that did not come in the last { $days } days
    }

## The parts of the page.

overview-volume = Tickets opened and closed
overview-times = How long it took
overview-spread = half within { $half }, nine of ten within { $most }
overview-in-time = { $percent } % of { $count ->
        [one] { $count } first response
       *[other] { $count } first responses
    } came within the time that the kind of ticket aims at.
overview-not-measured = Working time is still being measured; look again in some minutes.
overview-states = Where tickets stand
overview-backlog = Open tickets by age
overview-younger = up to { $age }
overview-older = over { $age }
overview-hours = When tickets are opened
overview-kinds = By kind
overview-no-tickets = No ticket was opened in this time.
overview-staff = By member of the staff
overview-no-staff = Nobody of the staff has claimed or closed a ticket in this time.
overview-asked = Asked most without an answer
overview-no-questions = Nothing was asked in vain in this time.
overview-reminders = Reminders
overview-entries = Answers opened most
overview-no-entries = No answer was opened from a search in this time.
overview-entry-label = Answer
overview-kept-since = Counted since { $date }: what was before is kept no longer.

## States of tickets, and days.

overview-open = Open
overview-claimed = Claimed
overview-waiting = Waiting for user
overview-escalated = Escalated
overview-closed = Closed
overview-archived = Archived
overview-monday = Mon
overview-tuesday = Tue
overview-wednesday = Wed
overview-thursday = Thu
overview-friday = Fri
overview-saturday = Sat
overview-sunday = Sun
