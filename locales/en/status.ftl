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
