## Settings: what each is for, without a full stop.

reminders-set-default-channel = Where reminders go if nobody says
reminders-set-allow-everyone = Whether reminders may mention @everyone
reminders-set-ping-maker = Ping who made a reminder when it mentions nobody
reminders-set-creator-role = Only who has this role, and the admins, may make reminders
reminders-set-manager-role = Who manages everybody's reminders besides the admins
reminders-set-member-limit = How many reminders a member may have; 0 is any number
reminders-set-event-lead = How long before an event its first reminder comes, if nobody says
reminders-set-grace = How late a reminder may still be said; what is older is reported as missed
reminders-set-remove-ahead = Remove what was said before an event once it begins
reminders-set-direct-fallback = Tell who takes no direct messages in the default channel that there is one
reminders-set-retention-days = For how many days I keep reminders that are done

## Commands: what each does; its options and their choices below it.

command-reminder = Say something when it is time
command-reminder-add = Say something once, or again and again
    .when = When, such as “tomorrow 19:30”, “in 2h” or “elke maandag om 20:00”
    .what = What it is called
    .message = What it says besides
    .channel = Where
    .direct = Say it to me alone, in a direct message
    .mention = Whom it calls
    .image = The address of a picture
    .zone = Whose clocks count, if not yours
    .template = What is kept under this name
command-reminder-event = Say something ahead of an event, and when it begins
    .when = When it begins, such as “friday 20:00” or “12 maart 20u”
    .what = What it is called
    .link = The address of a message here that announces it
    .message = What it says besides
    .place = Where it takes place
    .ahead = How long before, such as “1d, 1h, 0”
    .channel = Where it is said
    .mention = Whom it calls
    .image = The address of a picture
    .zone = Whose clocks count, if not yours
    .template = What is kept under this name
command-reminder-list = List your reminders, or all of them (managers of reminders)
    .all = Those of everybody (managers of reminders)
    .channel = Only those of this channel
    .member = Only those of this member (managers of reminders)
    .done = Also those that are done
command-reminder-show = Show a reminder
    .reminder = Which one
command-reminder-edit = Change a reminder
    .reminder = Which one
    .channel = Where it is said from now on; everything else is in a form
    .direct = Say it to me alone from now on, in a direct message
    .mention = Whom it calls from now on
    .image = The address of another picture
command-reminder-pause = Let a reminder be silent for a while
    .reminder = Which one
command-reminder-resume = Let a paused reminder speak again
    .reminder = Which one
command-reminder-delete = Delete a reminder
    .reminder = Which one
command-reminder-time-zone = Say whose clocks count when you type a time
    .zone = Yours, such as Europe/Brussels; without it those of this server count
command-reminder-template-save = Keep a reminder to be made again at other times (managers of reminders)
    .reminder = Of which reminder
    .name = What it is called, such as “Live session”
command-reminder-template-remove = Forget what is kept under a name (managers of reminders)
    .template = Which one
command-menu-create-reminder = Create reminder

## Why something is not done.

reminders-may-not-make = Only members with a certain role make reminders here; ask a manager of reminders to make this one.
reminders-not-manager = Only managers of reminders keep templates; ask one of them.
reminders-only-the-bot = That happens by itself; nobody does it by hand.
reminders-none-of-yours = There is no such reminder of yours; pick one that is suggested, or see `/reminder list`.
reminders-only-yours = Only managers of reminders see those of others; `/reminder list` shows yours.
reminders-gone = This reminder was deleted meanwhile; make another one with `/reminder add`.
reminders-changed-meanwhile = This reminder has just changed; look at it again with `/reminder show`.
reminders-too-many = You have as many reminders as you can have, { $limit }; delete one with `/reminder delete` first.
reminders-never = By that it would never be said; give a later end, or a shorter time ahead.
reminders-no-channel = Say in which channel, with the option `channel`.
reminders-wrong-channel-type = Nothing is said in <#{ $channel }> itself; pick a text channel or a thread.
reminders-foreign-source = That message is in another server; link to one of this server.
reminders-not-for-them = A reminder is made for a member of this server; pick one who is here.
reminders-not-theirs = Only whoever has made this reminder can have it said to themselves alone; pick a channel.
reminders-may-not-call-everybody = You may not mention everybody there yourself; leave it out, or ask a manager of reminders.
reminders-may-not-call = You may not mention <@&{ $role }> there yourself; leave it out, or ask a manager of reminders.
reminders-unknown-mention = Whom you named is not in this server; pick somebody from the list.
reminders-over = #{ $number } **{ $name }** is over and says nothing any more.
reminders-already-paused = #{ $number } **{ $name }** is paused already.
reminders-not-paused = #{ $number } **{ $name }** is not paused.
reminders-not-called = Only whom it called can put it off; make your own with `/reminder add`.
reminders-no-template-name = A template needs a name; give it one.
reminders-template-name-too-long = The name of a template has at most { $max } characters; make it shorter.
reminders-too-many-templates = A server has at most { $max } templates; remove one with `/reminder template-remove` first.
reminders-no-such-template = There is no such template; pick one that is suggested.
reminders-no-name = Say what it is about with the option `what`.
reminders-form-lacks-name = A reminder needs a name; give it one.
reminders-name-too-long = A name has at most { $max } characters; make it shorter.
reminders-body-too-long = What it says has at most { $max } characters; make it shorter.
reminders-place-too-long = A place has at most { $max } characters; make it shorter.
reminders-when-too-long = When it is has at most { $max } characters; make it shorter.
reminders-no-picture = A picture is a web address that starts with `https://`; correct it, or leave it out.
reminders-too-many-leads = It is said at most { $max } times for one moment; leave some out.
reminders-lead-out-of-range = `ahead` is a time from 0m to { $max }; write it like `1h 30m` or `45m`.
reminders-everyone-not-allowed = Reminders may not call everybody here; `/config reminders set` can allow it.
reminders-too-many-mentions = A reminder calls at most { $max } roles and members; leave some out.
# $length is a time such as 10m.
reminders-too-often = A reminder comes at most every { $length }; let more time pass in between.
reminders-odd-rule = By that rule it would never be said, or at odd times; write it like `every 2 weeks on monday at 20:00`.
reminders-deleted = This reminder was deleted; make another one with `/reminder add`.
reminders-press-again = This reminder has just changed; press again.
reminders-begun-gone = What you said with the command is no longer kept; type it once more.
# What is typed is read in English and in Dutch, whatever the reader's language.
reminders-not-understood = I do not understand “{ $typed }”; write it like `tomorrow 19:30` or `elke maandag om 20:00`.
# $at is a moment in seconds, $instead the same as it can be typed.
reminders-past = “{ $typed }” has passed; did you mean <t:{ $at }:F>? Then write `{ $instead }`.
# $readings are several, each as it can be typed.
reminders-either = “{ $typed }” can mean more than one thing; write { $readings }.
# $reading is one, which is only perhaps meant.
reminders-perhaps = “{ $typed }” is not clear to me; if you mean { $reading }, write that.
# $written can be typed, $at is its moment in seconds.
reminders-reading = { $written } (<t:{ $at }:F>)
reminders-several-times = “{ $typed }” is more than one date or time; make a reminder for each, or one that repeats: `every friday 20:00`.
reminders-unknown-zone = I do not know the time zone in “{ $typed }”; write its name, such as `20:00 Europe/London`, or `20:00 UTC`.
reminders-no-such-zone = There is no such time zone; pick one that is suggested, such as `Europe/Brussels`.
reminders-no-link = That is no address of a message; copy one with *Copy Message Link* in the menu of a message.
reminders-link-hidden = You cannot read that message, or it is gone; link to one that you can read.
reminders-link-unread = I cannot read that message: the message content intent is off for me. Use *Apps, { command-menu-create-reminder }* in its menu.

## Why what somebody announced is no event. What stands before a colon is what I look for in a message.

reminders-unclear-no-time = I find no time in it; add a line such as `Time: 20:00`.
reminders-unclear-no-date = I find no date in it; add a line such as `Date: 25/12`, or `Days: Monday` for what comes back.
reminders-unclear-past = Its date and time have passed; write those of the next time, with the year.
reminders-unclear-contradiction = Its date, days and time do not fit together; check that the weekday is that of the date.
reminders-unclear-other-zone = Its time is in another time zone; write it in that of this server, or as UTC: `20:00 UTC`.
reminders-unclear-several = It says several dates or times, or one that can mean two things; add lines such as `Date: 25/12` and `Time: 20:00`.
reminders-unclear-turned = It cancels, moves or leaves out something, or only proposes it; write what counts in a message that says nothing else.
reminders-say-when = You can say when with the option `when`.

## What was done.

reminders-made = Made #{ $number } **{ $name }**.
reminders-changed = Changed #{ $number } **{ $name }**.
reminders-paused = Paused #{ $number } **{ $name }**.
reminders-resumed = Resumed #{ $number } **{ $name }**.
reminders-edit-button = Edit
reminders-pause-button = Pause
reminders-resume-button = Resume
reminders-choose-menu = Choose one or more
# The title above several that were chosen.
reminders-chosen-title = { $count ->
    [one] { $count } reminder
   *[other] { $count } reminders
}
reminders-paused-several = { $count ->
    [one] Paused { $count } reminder.
   *[other] Paused { $count } reminders.
}
reminders-resumed-several = { $count ->
    [one] Resumed { $count } reminder.
   *[other] Resumed { $count } reminders.
}
reminders-delete-several = { $count ->
    [one] Delete this reminder?
   *[other] Delete these { $count } reminders?
}
reminders-deleted-several = { $count ->
    [one] Deleted { $count } reminder.
   *[other] Deleted { $count } reminders.
}
# Why something was not done with one of several; $why is a sentence.
reminders-not-done = #{ $number }: { $why }
reminders-zone-set = Times that you type are read by the clocks of { $zone } now. Reminders that are there already stay as they are.
reminders-zone-reset = Times that you type are read by the clocks of this server again ({ $zone }).
reminders-delete-question = Delete #{ $number } **{ $name }**?
# Stands before the question.
reminders-delete-changed = Somebody has just changed it.
reminders-delete-button = Delete
reminders-keep-button = Keep
reminders-deleted-now = Deleted #{ $number } **{ $name }**.
reminders-kept = Nothing was deleted.
# $length is a length of time, $at the moment in seconds.
reminders-snoozed = I say it to you again in { $length }, <t:{ $at }:t>.
# The same for who had chosen another time before.
reminders-snoozed-instead = I say it to you again in { $length }, <t:{ $at }:t>, in place of the time that you chose before.
reminders-template-kept = “{ $name }” is kept; use it with the option `template` of `/reminder add`.
reminders-template-replaced = “{ $name }” is kept in the place of what was kept there; use it with the option `template` of `/reminder add`.
reminders-template-replaced-of = “{ $name }” is kept in the place of what <@{ $keeper }> kept there; use it with the option `template` of `/reminder add`.
reminders-template-forgotten = “{ $name }” is forgotten.

## A reminder as it is shown to whose it is: what its fields are called, and their values.

reminders-card-next = Next
# Above when an event begins, of which something is said ahead.
reminders-card-begins = Begins
reminders-card-repeats = Repeats
reminders-card-where = Where
# Above how long ahead it is said.
reminders-card-said = Said
reminders-card-place = Place
# Above whom it mentions.
reminders-card-calls = Calls
# Above the address of the message that it was made of.
reminders-card-original = Original
reminders-card-set-by = Set by
reminders-card-footer = Reminder #{ $number }
reminders-is-paused = paused
reminders-is-paused-since = paused: { $why }
reminders-is-done = done
# $rule is one of “How it repeats” below.
reminders-repeats = { $rule } ({ $zone })
reminders-repeats-until = { $rule } ({ $zone }), until <t:{ $until }:D>
reminders-to-member = direct message
reminders-private = 🔒 private
reminders-theirs-alone = Reminder #{ $number } is private, so only who made it can change it; you can pause or delete it.
reminders-at-start = at the start
reminders-ahead = { $length } ahead

## /reminder list

reminders-list-title = Reminders
reminders-list-title-own = Your reminders
reminders-list-none = There are none; `/reminder add` makes one.
reminders-previous-button = Previous
reminders-next-button = Next

## The form.

# What opens the form again, inside a sentence.
reminders-edit-command = `/reminder edit`
reminders-edit-form = Reminder #{ $number }
reminders-new-form = New reminder
reminders-message-form = Reminder from a message
reminders-name-label = What
reminders-when-label = When
reminders-when-hint = Such as “tomorrow 19:30” or “elke maandag om 20:00”
reminders-when-zone-hint = Such as “tomorrow 19:30” or “elke maandag om 20:00”; clock: { $zone }
reminders-lacks-day-hint = The message does not say on which day; clock: { $zone }
reminders-lacks-time-hint = The message does not say at what time; clock: { $zone }
reminders-lacks-when-hint = The message does not say when, or not clearly; clock: { $zone }
reminders-body-label = What it says besides
reminders-place-label = Where it takes place
reminders-ahead-label = How long before
reminders-ahead-hint = Such as “1d, 1h, 0”; 0 is at the moment itself

## What is suggested while somebody types when.

# Six examples of what can be typed; I read English and Dutch.
reminders-example-in-option = in 2h
reminders-example-tomorrow-option = tomorrow 9:00
reminders-example-friday-option = friday 20:00
reminders-example-weekly-option = every monday 20:00
reminders-example-weekdays-option = every weekday 8:45
reminders-example-date-option = 25/12 20:00
# What follows an arrow is read again, since some clients send back what they show; so are the moments and rules below.
reminders-example-option = { $example } → { $meant }
# These stand above what may be meant instead. Who presses Enter chooses them, and is told why it is no moment.
reminders-passed-option = “{ $typed }” has passed
reminders-either-option = “{ $typed }” can mean more than one thing
reminders-moment-in-zone-option = { $moment } ({ $zone })
reminders-rule-from-option = { $rule } from { $first }
# $until is a date such as 2027-06-01.
reminders-rule-from-until-option = { $rule } from { $first } until { $until }
reminders-rule-from-times-option = { $rule } from { $first } for { $count } times
reminders-unread-option = I do not understand “{ $typed }” yet

## A reminder as it is said, for everybody.

reminders-posted-title = ⏰ Reminder: { $name }
reminders-posted-late = ⏳ This comes late; it was due <t:{ $at }:t>.
# In the place of what it says.
reminders-posted-left-out = ⚠️ Discord refused what was written here, so I left it out.
reminders-posted-private = ⏰ A reminder for you alone
reminders-posted-read-it = You take no direct messages from me, so nobody reads here what it says; `/reminder show reminder:{ $number }` shows it to you.
reminders-posted-when = When
reminders-posted-where = Where
reminders-posted-original = Original
reminders-posted-set-by = Set by
reminders-snooze-minutes-button = Again in { $minutes } min
reminders-snooze-hour-button = Again in 1 hour
# What an event is called that was announced without a title.
reminders-untitled = Event
# In the server's audit log.
reminders-tidied-reason = Reminder #{ $number }: it has begun

## Why something was not said.

reminders-problem-no-direct-messages = Its member takes no direct messages from me.
reminders-problem-channel-gone = Its channel is gone.
# $channel is a channel's mention, or “none” where I do not know which.
reminders-problem-cannot-see =
    { $channel ->
        [none] I cannot see the channel; give me **{ ui-permission-view-channel }** there.
       *[other] I cannot see { $channel }; give me **{ ui-permission-view-channel }** there.
    }
reminders-problem-cannot-write =
    { $channel ->
        [none] I may not write in the channel; give me **{ ui-permission-send-messages }** and **{ ui-permission-embed-links }** there.
       *[other] I may not write in { $channel }; give me **{ ui-permission-send-messages }** and **{ ui-permission-embed-links }** there.
    }
reminders-problem-thread-closed =
    { $channel ->
        [none] The channel is closed; open the thread again.
       *[other] { $channel } is closed; open the thread again.
    }
reminders-problem-has-left = <@{ $user }> has left.
reminders-problem-may-not-make = <@{ $user }> may make no reminders any more.
reminders-problem-may-not-write = <@{ $user }> may not write in <#{ $channel }> any more.
reminders-problem-filtered = This server's filters refuse what it says.
reminders-problem-too-slow = Discord did not take it in time.
reminders-problem-channel-refuses = Its channel refused another one.
reminders-problem-refused = Discord refused it ({ $answer }).
reminders-problem-unreadable = A version of me that I am not wrote it.
reminders-problem-unknown = A newer version of me knows why.
# To whose reminders they are, in a direct message. $why is one of the sentences above.
reminders-yours-paused = Your reminders in <#{ $channel }> are paused. { $why } `/reminder resume` lets them speak again.

## /status, for admins.

reminders-overdue = { $count ->
        [one] { $count } reminder that should be said by now.
       *[other] { $count } reminders that should be said by now.
    }
reminders-hindered = { $count ->
        [one] { $count } reminder is paused because something stood in its way
       *[other] { $count } reminders are paused because something stood in their way
    }: `/reminder list` shows what.

## The dashboard.

reminders-web-whose-label = Whose
reminders-web-all-option = Those of everybody
reminders-web-done-label = Which
reminders-web-coming-option = Those to come
reminders-web-done-option = Also those that are done
reminders-web-show-button = Show
reminders-web-look-button = Look at it
reminders-web-moments-title = When it comes
reminders-web-calendar-button = Calendar
reminders-web-list-button = List
reminders-web-edit-button = Change
# $month is a number.
reminders-web-month = { reminder-times-month } { $year }
reminders-web-calendar-rest = and { $count } more
reminders-web-calendar-on = and on
reminders-web-calendar-more = Only the { $count } reminders that come next are looked at.
reminders-web-calendar-paused = { $count ->
        [one] { $count } reminder is paused and comes on no day.
       *[other] { $count } reminders are paused and come on no day.
    }
reminders-web-save-button = Save
reminders-web-preview-button = See when it comes
reminders-web-leave-button = Leave it as it was
reminders-web-outdated = That form is of another version; open the page again.
# Inside “open it again with …”.
reminders-web-again = its page
reminders-web-clocks-of = Times are read by the clocks of { $zone }.
reminders-web-default-option = Where reminders of this server go
reminders-web-same-option = Those whom it calls now
reminders-web-nobody-option = Nobody
reminders-web-image-label = Address of a picture
reminders-web-moments-none = Write when, and look here before you save it.
reminders-web-never = It does not come any more.
# Times such as 02:30.
reminders-web-skipped = clocks skip { $time }, so it comes at { $shown }
reminders-web-twice = clocks show { $time } twice, and it comes the first time
# $day is a date.
reminders-web-to-summer = Summer time from { $day } ({ $zone }): it goes on coming at the same time by the clock.
reminders-web-to-winter = Winter time from { $day } ({ $zone }): it goes on coming at the same time by the clock.
reminders-web-clocks-change = The clocks change on { $day } ({ $zone }): as much time passes as before, so by the clock it comes at another time.
