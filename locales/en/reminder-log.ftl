## The log channel. Names and numbers stand beside these titles.

reminder-log-made = 🟢 Reminder created
reminder-log-made-of-announcement = 🔔 A reminder was made of an announcement
reminder-log-changed = 🟡 Reminder changed
reminder-log-follows = 🔔 A reminder follows its announcement
# What somebody has set by hand: the parts are below.
reminder-log-kept-parts = as somebody has set it: { $parts }
reminder-log-part-name = name
reminder-log-part-body = text
reminder-log-part-place = place
reminder-log-part-channel = channel
reminder-log-part-when = when
reminder-log-part-ahead = how long before
reminder-log-paused = ⏸️ Reminder paused
reminder-log-resumed = ▶️ Reminder resumed
reminder-log-deleted = 🗑️ Reminder deleted
reminder-log-snoozed = 💤 Reminder put off
# #$by is the reminder that says #$number again.
reminder-log-snoozed-by = #{ $number } { $name } · #{ $by } says it <t:{ $at }:f>
reminder-log-template-kept = 🟢 Reminder template kept
reminder-log-template-replaced = 🟡 Reminder template replaced
reminder-log-template-removed = 🗑️ Reminder template removed
# Which template was kept, of which reminder.
reminder-log-template-of = “{ $name }” of #{ $number }
reminder-log-template = “{ $name }”
reminder-log-channel-paused =
    { $count ->
        [one] 🚨 A reminder is paused
       *[other] 🚨 { $count } reminders are paused
    }
reminder-log-can-resume = { $why } `/reminder resume` lets them speak again.
reminder-log-unsaid =
    { $count ->
        [one] ⏰ A reminder was not said
       *[other] ⏰ { $count } reminders were not said
    }
# One of them, and why, which is a sentence.
# After why somebody lets nothing speak any more.
reminder-log-theirs-paused = Their reminders are paused.
reminder-log-theirs-there-paused = Their reminders there are paused.
reminder-log-unsaid-line = #{ $number } { $name } <t:{ $at }:f>
# Of a reminder that came up later than the setting `grace` lets one be said.
reminder-log-missed = more than { $grace } late; `/config reminders set grace` lets them come later
reminder-log-unsaid-since = { $line }: { $why }
# At the end of a list that is too long.
reminder-log-more = … and { $count } more
