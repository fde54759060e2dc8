## /status: how the bot is doing, for admins.

command-status = How I am doing here: what waits, and what I lack (admins)

status-title = How I am doing
status-versions = Alphapy { $version } · PostgreSQL { $database }
status-not-accepted = ⚠️ Discord does not accept my token: whoever runs me must set a new one.
status-stopped = ⚠️ Discord refused too much of what I tried in this server, so I try nothing here for some minutes. Give me what I lack below.
status-no-content = ⚠️ I may not read what members write (Message Content Intent), so transcripts lack their words and announcements are not read.
status-passed = My jobs last ran <t:{ $at }:R>.
status-late = ⚠️ My jobs have not run since <t:{ $at }:R>, so no reminder is said: whoever runs me must look whether `alphapy-cron` runs.
status-never = ⚠️ My jobs have never run, so no reminder is said: whoever runs me must start `alphapy-cron`.
status-failing = ⚠️ `{ $job }` last failed <t:{ $at }:R>; whoever runs me finds why in the log.
status-silent = ⚠️ `{ $job }` does not come to its end any more; whoever runs me finds more in the log.
status-waits = What waits
status-lacks = What I lack here
status-nothing = Nothing.
status-fault = { $group }: { $fault }
status-more = …and { $count } more.
status-again-button = Look again
status-promises = { $count ->
        [one] { $count } answer
       *[other] { $count } answers
    } that I promised and still work on.
status-log-entries = { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    } for the log channel.

## On the dashboard, for those who run the bot.

status-not-owner = Only those who run me can see that; `OWNER_IDS` names them.
status-web-label = Operators
status-web-amount = { $count }
status-web-unknown = Discord does not say it at the moment
status-web-guilds-label = Servers, about
status-web-limited-label = Calls that Discord put off (429)
status-web-share-label = Calls a second of this process
status-web-jobs-title = Jobs
status-web-no-jobs = No job has come to an end yet.
status-web-job-label = Job
status-web-done-label = Last done
status-web-failed-label = Last failed
status-web-state-label = State
status-web-failing = failing
status-web-silent = silent for long
status-web-well = well
status-web-later-title = Work that waits
status-web-feature-label = Of
status-web-count-label = Count
status-web-oldest-label = Oldest since
status-web-calls-title = Calls to Discord
status-web-of-this-process = Of the process that shows this page, since it started.
status-web-status-label = Answer
status-web-unanswered = none
status-web-instances-title = Instances
status-web-no-instances = No process shares what Discord allows: a proxy sees to that, or this one has just begun.
status-web-seen-label = Last heard of
status-web-wanted-label = Calls a second that it wants
status-web-claimed-label = Calls a second that it has
