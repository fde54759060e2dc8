## Settings: what each is for, without a full stop.

tickets-set-category = The category in which tickets open
tickets-set-overflow-category = Where they open when that category is full
tickets-set-thread-channel = The channel under which tickets are private threads when no category has room
tickets-set-staff-role = Who works the tickets
tickets-set-escalation-role = Who is called when a ticket is escalated
tickets-set-escalation-channel = Where it is said that a ticket is escalated
tickets-set-offer-answers = Offer answers of the FAQ before a ticket is opened
tickets-set-member-may-close = Let members close their own tickets
tickets-set-notify = How members hear of each change of their ticket
tickets-set-notify-off-option = Not at all
tickets-set-notify-ticket-option = In the ticket
tickets-set-notify-direct-option = By direct message
tickets-set-ask-feedback = Ask members to rate their closed ticket
tickets-set-send-transcript = Send members the transcript of their closed ticket
tickets-set-transcript-channel = Where transcripts are posted
tickets-set-closed-days = Delete the channel of a closed ticket after so many days; 0 keeps it
tickets-set-pause-between = How long a member waits between two tickets, where the kind says nothing itself
tickets-set-transcript-days = For how many days I keep transcripts

## Commands: what each does; its options and their choices below it.

command-ticket = Get help from the staff
command-ticket-open = Open a ticket
    .kind = Which kind
command-ticket-list = List your tickets, or all of them (staff)
    .status = Only those with this status
    .status-open = open
    .status-claimed = claimed
    .status-waiting-for-user = waiting for user
    .status-escalated = escalated
    .status-closed = closed
    .status-archived = archived
    .member = Only those of this member (staff)
    .mine = Only those that I have claimed (staff)
    .kind = Only those of this kind
    .priority = Only those that are so urgent
    .priority-low = low
    .priority-normal = normal
    .priority-high = high
    .priority-urgent = urgent
    .unclaimed = Only those that nobody has claimed
command-ticket-show = Show a ticket with everything that happened to it
    .ticket = Which one, if not the one of this channel
command-ticket-claim = Take a ticket (staff)
    .ticket = Which one, if not the one of this channel
command-ticket-unclaim = Give a ticket back (staff)
    .ticket = Which one, if not the one of this channel
command-ticket-transfer = Give a ticket to somebody else of the staff (staff)
    .to = Who takes it
    .ticket = Which one, if not the one of this channel
command-ticket-status = Set where a ticket stands (staff)
    .ticket = Which one
    .status = Where it stands
    .status-open = open
    .status-claimed = claimed
    .status-waiting-for-user = waiting for user
    .status-escalated = escalated
    .status-closed = closed
    .status-archived = archived
    .escalate_to = Whom to call when it is escalated, if not the role that is set
command-ticket-priority = Set how urgent a ticket is (staff)
    .priority = How urgent
    .priority-low = low
    .priority-normal = normal
    .priority-high = high
    .priority-urgent = urgent
    .ticket = Which one, if not the one of this channel
command-ticket-close = Close a ticket
    .reason = Why
    .ticket = Which one, if not the one of this channel
command-ticket-ask-close = Ask the member whether their ticket may be closed (staff)
    .reason = Why
    .hours = Close it after so many hours without an answer
    .ticket = Which one, if not the one of this channel
command-ticket-reopen = Open a closed ticket again (staff)
    .ticket = Which one, if not the one of this channel
command-ticket-add = Let somebody take part in a ticket (staff)
    .member = Who
    .ticket = Which one, if not the one of this channel
command-ticket-remove = Let somebody take part no longer (staff)
    .member = Who
    .ticket = Which one, if not the one of this channel
command-ticket-draft = Draft a reply in this ticket from what the FAQ knows (staff)
command-ticket-note = Note something that only the staff reads (staff)
    .text = What
    .ticket = Which one, if not the one of this channel
command-ticket-rename = Change what a ticket is about (staff)
    .subject = What it is about
    .ticket = Which one, if not the one of this channel
command-ticket-delete = Delete the channel of a closed ticket (staff)
    .ticket = Which one, if not the one of this channel
command-ticket-transcript = Show what was said in a closed ticket
    .ticket = Which one, if not the one of this channel
command-ticket-stats = Show how many, how fast, how good (staff)
    .public = Show it to everybody here
command-ticket-panel = Post a message with which members open tickets, or change the one that is there (admins)
    .channel = Where; here if it is left out
    .title = What stands on top
    .text = What stands below it
    .style = How kinds of tickets are shown
    .style-buttons = buttons
    .style-menu = menu
    .kind = Only this kind of ticket
    .language = The language of that title and text; left out, all read them
command-ticket-types = Set up the kinds of tickets (admins)
command-ticket-block = Let somebody open no more tickets (admins)
    .member = Who
    .reason = Why; they will read it
command-ticket-unblock = Let somebody open tickets again (admins)
    .member = Who
command-ticket-blocked = List who may open no tickets (admins)
command-tag = Replies for the staff to give again and again
command-tag-send = Give a reply here (staff)
    .name = Which one
command-tag-list = List all replies (staff)
command-tag-add = Add a reply (staff)
command-tag-edit = Change a reply (staff)
    .name = Which one
command-tag-remove = Remove a reply (staff)
    .name = Which one
command-menu-open-a-ticket = Open a ticket
command-menu-add-to-ticket = Add to ticket
command-menu-draft-reply = Draft reply

## States of a ticket, and how urgent it is: inside a sentence, as in “Ticket #3 is now closed”.

tickets-status-open = open
tickets-status-claimed = claimed
tickets-status-waiting = waiting for user
tickets-status-escalated = escalated
tickets-status-closed = closed
tickets-status-archived = archived
tickets-priority-low = low
tickets-priority-normal = normal
tickets-priority-high = high
tickets-priority-urgent = urgent

## The same by themselves, after a coloured mark.

tickets-chip-open = Open
tickets-chip-claimed = Claimed
tickets-chip-waiting = Waiting for user
tickets-chip-escalated = Escalated
tickets-chip-closed = Closed
tickets-chip-archived = Archived
tickets-chip-low = Low
tickets-chip-normal = Normal
tickets-chip-high = High
tickets-chip-urgent = Urgent

## Days of working hours, short: “mon-fri 09:00-17:00”.

tickets-day-monday = mon
tickets-day-tuesday = tue
tickets-day-wednesday = wed
tickets-day-thursday = thu
tickets-day-friday = fri
tickets-day-saturday = sat
tickets-day-sunday = sun

## Refusals: why something is not done with a ticket, and what to do about it.

tickets-no-such-ticket = There is no such ticket; pick one that is suggested, or see `/ticket list`.
tickets-not-in-ticket = This is no ticket's channel; say which one you mean with the option `ticket`.
tickets-not-staff = Only the staff of this ticket can do that; ask one of them.
tickets-not-yours-to-rate = Only the member whose ticket it is can rate it.
tickets-not-yours-to-agree = Only the member whose ticket it is can agree to that.
tickets-staff-closes = Here only the staff closes tickets; tell them that it is solved.
tickets-claimed-by-you = You have claimed this ticket already.
tickets-claimed-by = <@{ $user }> has claimed this ticket; `/ticket transfer` moves it to you.
tickets-not-claimed = Nobody has claimed this ticket.
tickets-has-it = <@{ $user }> has this ticket already.
# $status is what a ticket is that is done: closed or archived.
tickets-is-gone = This ticket is archived: its channel is gone. `/ticket open` opens another one.
tickets-done = This ticket is { $status }; `/ticket reopen` opens it again.
tickets-is-already = This ticket is { $status } already.
tickets-for-good = This ticket is { $status } for good; open a new one with `/ticket open`.
# $next are the states that it can have, in bold.
tickets-cannot-become = A ticket that is { $from } cannot become { $to }; it can become { $next }.
tickets-same-priority = The priority is { $priority } already.
tickets-not-closed = This ticket was opened again; you can rate it when it is closed.
tickets-closed-again = This ticket was opened again and closed since; the newer message asks how it was.
tickets-channel-gone = The channel of ticket #{ $number } was deleted, so it cannot be opened again; open a new one with `/ticket open`.
tickets-no-stars = Choose one to five stars first.
tickets-stars-out-of-range = A rating is one to five stars; choose again.
tickets-asked-already = Its member was asked <t:{ $at }:R> already. “{ tickets-keep-open-button }” takes the question back, and `/ticket close` closes the ticket.
tickets-not-asked = Nobody asks any more whether this ticket may be closed; `/ticket close` closes it.
tickets-close-first = Ticket #{ $number } is { $status }; close it before you delete its channel.
tickets-reopen-first = Ticket #{ $number } is { $status }; open it again first.
tickets-not-here = They are not in this server; pick somebody who is.
tickets-not-its-staff = <@{ $user }> does not work tickets of this kind; pick somebody of its staff.
tickets-own-ticket = It is their own ticket; close it if it is done.
tickets-takes-part-already = <@{ $user }> takes part in ticket #{ $number } already.
tickets-takes-no-part = <@{ $user }> takes no part in ticket #{ $number }.
tickets-escalated-to-everybody = A ticket that is escalated to everybody is no longer private; pick a role.
tickets-too-long = That is longer than { $max } characters; shorten it.
tickets-empty = Write something first; there is nothing in it.
tickets-busy = This ticket has just changed; look at it again.
tickets-no-such-kind = There is no such kind of ticket here any more; type `/ticket open` to see which there are.
tickets-blocked = You may not open tickets here; talk to an admin if that is a mistake.
tickets-blocked-because = You may not open tickets here ({ $reason }); talk to an admin if that is a mistake.
tickets-role-blocked = With one of your roles you cannot open this kind of ticket; ask an admin.
tickets-role-required = This kind of ticket is for { $roles }; pick another kind, or ask an admin.
# $open are the numbers of their tickets: “#3, #4”.
tickets-as-many-as-allowed = You have { $open } open already, which is as many as you can have; go on there, or wait until one is closed.
tickets-channels-left = { $count } of your closed tickets still have their channels. Ask the staff to reopen one if it is about the same, or wait until they are deleted.
tickets-just-opened = You have just opened one; you can open the next <t:{ $at }:R>.
tickets-not-for-others = Only the staff opens tickets for others; open your own with `/ticket open`.
tickets-for-bot = A bot has no tickets; open one for the member that it is about.
tickets-for-nobody = Say whose ticket it is.
tickets-not-answered = “{ $label }” needs an answer.
tickets-answer-out-of-range = “{ $label }” takes { $min } to { $max ->
        [one] { $max } character
       *[other] { $max } characters
    }.
tickets-other-answers = “{ $label }” has other answers now; open the form again.
tickets-not-ticked = Tick “{ $label }” to go on.
tickets-draft-gone = What you wrote is gone or was sent already; open a ticket with `/ticket open`.
tickets-no-such-entry = That answer is gone by now; open the ticket if it did not help.
tickets-no-such-message = You cannot read that message, or it is gone; pick one that you can read.
tickets-nothing-to-add = This message has neither text nor files; say in your own words what it shows.
tickets-added-before = That was added already; use the message's menu once more.
tickets-name-taken-before = That was used for something else before; start again.
tickets-unknown-role = That role is not of this server; pick one from the list.
tickets-only-the-bot = That happens by itself; nobody does it by hand.
tickets-no-transcript = There is no transcript: it is taken when a ticket closes, and kept as long as this server wants.
tickets-due-out-of-range = A ticket closes 1 to { $max } hours after somebody was asked; give such a time.
tickets-numbers-for-staff = Only the staff reads the numbers; `/ticket list` shows your own tickets.

## Opening a ticket.

tickets-which-kind = Which kind of ticket?
tickets-about-what-menu = What is it about?
tickets-about-search-button = Ask in a ticket
# Before what an admin wrote below a box that has to be ticked.
tickets-must-tick-hint = Required.
tickets-again-button = Fill it in again
# $refusal is a sentence that says why the form was refused.
tickets-kept-for-a-day = { $refusal }
    What you wrote is kept for a day.
tickets-offer = Does this answer it? If not, your ticket opens with one more click.
tickets-answers-it-button = #{ $number } answers it
tickets-anyway-button = Open the ticket
tickets-solved = Good to know! Should it not help after all, `/ticket open` is there.
tickets-your-ticket-is-open = Your ticket #{ $number } is open: <#{ $channel }>
tickets-ticket-is-open = Ticket #{ $number } of <@{ $user }> is open: <#{ $channel }>
tickets-opened-and-closed = Your ticket #{ $number } was opened, and it is closed by now.
tickets-not-opened = Your ticket #{ $number } could not be opened; the admins of this server were told.
# $hours are working hours: “mon-fri 09:00-17:00”.
tickets-away = Nobody is there right now; we are there { $hours } ({ $zone }), next <t:{ $next }:F>.

## A ticket's message: what the box says, and its buttons.

# What a ticket is called. The bot finds its own messages by what stands before the kind, so the kind comes last.
tickets-title = Ticket #{ $number } · { $kind }
tickets-number-form = Ticket #{ $number }
tickets-card-status = Status
tickets-card-opened-for = <@{ $by }> for <@{ $user }>
tickets-card-opened-by = Opened by
tickets-card-claimed-by = Claimed by
tickets-card-priority = Priority
tickets-card-escalated-to = Escalated to
tickets-card-closes = Closes
tickets-card-closes-at = <t:{ $at }:R>, unless its member keeps it open
tickets-card-closed-by = Closed by
# Who closed it, where I did.
tickets-card-me = Alphapy (automatically)
tickets-card-reason = Reason
tickets-card-rating = Rating
# What the member wrote about their rating.
tickets-card-comment = About the rating
tickets-card-opened = Opened
tickets-card-updated = Last updated
tickets-card-message = Message
tickets-yes = Yes
tickets-no = No
tickets-claim-button = Claim
tickets-unclaim-button = Give back
tickets-wait-button = Wait for user
tickets-escalate-button = Escalate
tickets-close-button = Close
tickets-reopen-button = Reopen
tickets-transcript-button = Transcript
tickets-delete-button = Delete
tickets-agree-button = Close it
tickets-keep-open-button = Keep it open

## Forms with a reason.

tickets-close-reason-label = Why is it closed?
tickets-close-reason-hint = The member reads it
# The same for the member who closes their own.
tickets-close-own-reason-hint = The staff reads it
tickets-escalate-reason-label = Why is it escalated?
tickets-escalate-reason-hint = The member and whoever is called read it
tickets-comment-label = What was good, what was not?
tickets-comment-hint = The staff reads it

## What was done, for whoever did it.

tickets-stays-open = Ticket #{ $number } stays open.
tickets-is-now = Ticket #{ $number } is now { $status }.
tickets-is-open-again = Ticket #{ $number } is open again.
tickets-has-priority = Ticket #{ $number } has the priority { $priority } now.
tickets-is-about = Ticket #{ $number } is about “{ $subject }” now.
tickets-member-asked = I have asked <@{ $user }> whether ticket #{ $number } may be closed.
tickets-is-with = Ticket #{ $number } is with <@{ $user }> now.
tickets-agreed = Ticket #{ $number } is closed. Thank you!
tickets-takes-part = <@{ $user }> takes part in ticket #{ $number }.
tickets-takes-part-no-longer = <@{ $user }> takes part no longer in ticket #{ $number }.
tickets-noted = Noted; the staff reads it in `/ticket show ticket:{ $number }`.
tickets-ask-deletion = Delete the channel of ticket #{ $number }? What was said in it stays in its transcript.
tickets-ask-deletion-blind = Delete the channel of ticket #{ $number }? I may not read what members write (Message Content Intent), so its transcript lacks their words.
tickets-ask-deletion-part = Delete the channel of ticket #{ $number }? Not all that was said in it stays in its transcript.
tickets-ask-deletion-unreadable = Delete the channel of ticket #{ $number }? I lack “{ ui-permission-read-history }” there, so nothing that was said in it stays. Give me that permission first if you want a transcript.
tickets-really-delete-button = Delete
tickets-keep-button = Keep
tickets-nothing-done = Nothing was done.
tickets-is-archived = Ticket #{ $number } is archived; its channel will be gone in a minute or two.
tickets-rated = Thank you! You rated ticket #{ $number } { $stars }.
tickets-rated-and-said = Thank you! You rated ticket #{ $number } { $stars }: { $comment }
tickets-say-why-button = Say why

## Adding a message to a ticket.

tickets-to-which = To which ticket?
tickets-add-to-menu = Add it to
tickets-new-of-kind-option = New: { $kind }
tickets-message-added = Added to ticket #{ $number }.
# Above a message from elsewhere: who wrote it, where Discord does not say, and a link that leads to it.
tickets-somebody = Somebody
tickets-wrote = { $author } wrote ({ $link }):

## Lists and the history.

tickets-list = Tickets
tickets-list-own = Your tickets
tickets-list-none = There are none.
tickets-list-none-open = There are no open tickets.
tickets-list-closed-button = Show closed tickets
tickets-list-archived-button = Show archived tickets
tickets-list-claimed = claimed by <@{ $user }>
tickets-previous-button = Previous
tickets-next-button = Next
tickets-all-kinds-option = All kinds
tickets-history = What happened

## Transcripts.

tickets-transcript-posted = 🗒️ Ticket #{ $number } of <@{ $user }>: { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }.
tickets-transcript-more = More of the transcript of ticket #{ $number }.
tickets-transcript-shown = Ticket #{ $number }: { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }.
tickets-transcript-no-plain = The plain text is left out: the page takes all the room there is.
tickets-transcript-too-large = Some of it is larger than Discord takes; ask the operator of this bot for it.
tickets-transcript-died = Only its beginning is kept: processes died when all of it was to be.
tickets-transcript-full = It ends here: what follows is more than a message takes.
tickets-transcript-blind = This bot may not read what members write: the message content intent is switched off for it. Above is what it knows.
tickets-transcript-next-file = The next file goes on from here.
tickets-transcript-part = { $title } · part { $part }
tickets-transcript-server = Server
tickets-transcript-place = Channel
tickets-transcript-subject = Subject
tickets-transcript-opened = Opened
tickets-transcript-edited = (edited)
tickets-transcript-file = [{ $name }, { $bytes ->
        [one] { $bytes } byte
       *[other] { $bytes } bytes
    }]
tickets-transcript-not-copied = 📎 { $name } ({ $bytes ->
        [one] { $bytes } byte
       *[other] { $bytes } bytes
    }, not copied)
tickets-transcript-voice = ({ $seconds ->
        [one] voice message, { $seconds } second
       *[other] voice message, { $seconds } seconds
    })
tickets-transcript-sticker = Sticker: { $name }
tickets-transcript-forwarded = Forwarded
tickets-transcript-reply = answers { $name }: { $text }
tickets-transcript-pinned = pinned a message
tickets-transcript-began-thread = began a thread
tickets-transcript-by-discord = A message by Discord itself.
tickets-transcript-thread = Thread: { $name }
tickets-transcript-unreadable = What was said here is not in it: I lack “{ ui-permission-read-history }” in this channel.
tickets-transcript-threads = Some threads that were begun here are missing: there were more than I keep, or I may not see all of them (**{ ui-permission-manage-threads }**).
# What is mentioned and has no name that is known.
tickets-transcript-user = user { $id }
tickets-transcript-role = role { $id }
tickets-transcript-channel = channel { $id }

## Numbers.

tickets-stats-title = Tickets · { $period }
tickets-stats-week-button = Last 7 days
tickets-stats-month-button = Last 30 days
tickets-stats-quarter-button = Last 90 days
tickets-stats-year-button = Last 365 days
tickets-stats-all-button = All time
tickets-stats-now = Now
tickets-stats-flow = In that time
tickets-stats-opened = Opened { $count }
tickets-stats-closed = Closed { $count }
tickets-stats-answered = Answered by the FAQ { $count }
tickets-stats-first-response = First response
tickets-stats-claimed-after = Claimed after
tickets-stats-closed-after = Closed after
tickets-stats-satisfaction = Satisfaction
tickets-stats-stars = { $stars } of 5 stars, { $count ->
        [one] { $count } rating
       *[other] { $count } ratings
    }
tickets-stats-no-ratings = no ratings
tickets-stats-staff = Staff
tickets-stats-person = <@{ $user }> claimed { $claimed }, closed { $closed }
tickets-stats-person-stars = <@{ $user }> claimed { $claimed }, closed { $closed }, { $stars } stars
# The average, and the lengths of time within which half of them and nine of ten are.
tickets-stats-spread = { $mean } on average
    { $half } for half of them
    { $most } for nine of ten
# What is shorter than a minute, in the place of a length of time.
tickets-stats-under-a-minute = under a minute
tickets-stats-none = none yet
# A bar for each of the last $days days.
tickets-stats-opened-a-day = `{ $bars }` opened a day in the last { $days } days
tickets-stats-closed-a-day = `{ $bars }` closed a day in the last { $days } days
tickets-stats-quiet = Nothing was opened or closed in the last { $days } days.

## The number of a ticket in the name of its channel, digit by digit, where Discord refuses digits.

# What a channel is called whose name Discord refuses: the digits of its number in words.
tickets-neutral-name = support-{ $digits }
tickets-digit =
    { $digit ->
        [0] zero
        [1] one
        [2] two
        [3] three
        [4] four
        [5] five
        [6] six
        [7] seven
        [8] eight
       *[9] nine
    }

## The dashboard.

tickets-web-kind-label = Kind
tickets-web-open-option = All that are not done
tickets-web-any-option = Any
tickets-web-by-anybody-option = Anybody or nobody
tickets-web-by-me-option = Me
tickets-web-by-nobody-option = Nobody yet
tickets-web-show-button = Show
tickets-web-look-button = Look at it
tickets-web-none = { $filtered ->
        [yes] No ticket is like that.
       *[no] There are no tickets here that are not done.
    }
tickets-web-without-filter = Show all that are not done
tickets-web-priority-button = Set
tickets-web-note-label = A note
tickets-web-note-hint = Only the staff reads it
tickets-web-note-button = Add the note
tickets-web-noted = Added a note to #{ $number }.
tickets-web-close-button = Close the ticket
tickets-web-actions-label = What you can do
tickets-web-notes = Notes of the staff
tickets-web-resume-button = Set back to open
tickets-web-transfer = Give to somebody else
tickets-web-transfer-label = Who takes it
tickets-web-transfer-button = Give it
tickets-web-ask-close = Ask whether it may be closed
tickets-web-ask-close-label = Why may it be closed?
tickets-web-ask-close-button = Ask its member
tickets-web-hours-label = Hours after which it closes without one
tickets-web-hours-hint = Without a number it stays open until they answer.
tickets-web-add = Let somebody take part
tickets-web-add-label = Who is let in
tickets-web-add-button = Let them in
tickets-web-remove = Let somebody take part no longer
tickets-web-remove-label = Who is to leave
tickets-web-remove-button = Take them out
tickets-web-rename = Say what it is about
tickets-web-rename-label = What it is about
tickets-web-rename-button = Save
tickets-web-role-label = Which role is called
tickets-web-set-role-option = The one that is set
tickets-web-delete = Delete its channel
tickets-web-rate = Rate it
tickets-web-stars-label = How was it?
tickets-web-rate-button = Send the stars
tickets-web-send-button = Send
tickets-web-talk = What was said
tickets-web-talk-now = This is its channel as it is now.
tickets-web-talk-away = Discord does not tell me at the moment what was said; try again in a minute.
tickets-web-in-discord = Open it in Discord
tickets-web-older = Earlier messages
tickets-web-newest = To the newest messages
tickets-web-silence = Nobody has said anything yet.
tickets-web-nothing-kept = It has no channel, and there is no transcript.
tickets-web-kept = { $count ->
        [one] The transcript holds one message.
       *[other] The transcript holds { $count } messages.
    }
tickets-web-kept-label = The transcript
tickets-web-open-kept = { $part ->
        [0] Read the transcript on a page of its own
       *[other] Part { $part } of the transcript
    }
tickets-web-save-text = Save the transcript as text
tickets-web-views-label = Lists
tickets-web-mine-view = Mine
tickets-web-nobody-view = Nobody answers
tickets-web-waiting-view = Waiting for their member
tickets-web-escalated-view = Escalated
tickets-web-closed-view = Closed
tickets-web-member-label = Member
tickets-web-text-label = In the subject
tickets-web-more-label = More to choose by
tickets-web-from-label = Opened from
tickets-web-to-label = Opened until
tickets-web-no-day = Write a day as 2027-03-31.
tickets-web-choose-label = Choose #{ $number }
tickets-web-chosen-label = With those that are chosen
tickets-web-choose = Choose 1 to { $most } tickets first.
# $step is claim, close or priority
tickets-web-taken =
    { $step ->
        [claim] Claimed: { $numbers }
        [close] Closed: { $numbers }
       *[priority] Priority set: { $numbers }
    }
tickets-web-refused-some = { $numbers }: { $why }
tickets-web-left-over = Not done, for something went wrong: { $numbers }. Choose them again in a minute.
tickets-web-text-note = Of tickets that are done, the newest { $most } are looked through.

## Drafted replies.

tickets-suggest-button = Suggest reply
tickets-reply-title = Draft for ticket #{ $number }
tickets-reply-nearest-title = Ticket #{ $number }: no draft
tickets-reply-understood = **Understood as**: { $question }
tickets-reply-rests-on = **Rests on**
# A document as a source, beside “FAQ #12 …”.
tickets-reply-document = Doc: { $title }
tickets-reply-not-answered = The knowledge here does not answer this. { tickets-reply-nearest }
tickets-reply-nearest = **Nearest entries**
tickets-reply-nothing-near = The FAQ here has nothing near to this.
tickets-reply-other-language = ⚠️ It should be in { $wanted }, and is not: press *{ tickets-reply-another-button }*, or write it yourself.
tickets-reply-dropped =
    { $count ->
        [one] A sentence was left out, for nothing here says so.
       *[other] { $count } sentences were left out, for nothing here says so.
    }
tickets-reply-blind = I may not read what members write, so this goes by the opening answers alone: whoever runs me can switch on *Message Content Intent* in the developer portal.
tickets-reply-blind-channel = I cannot read this ticket's channel, so this goes by the opening answers alone: give me *View Channel* and *Read Message History* there.
tickets-reply-blind-away = Discord does not tell me just now what was said here, so this goes by the opening answers alone: ask again in a minute.
tickets-reply-in-english = English
tickets-reply-in-dutch = Dutch
tickets-reply-interrupted = I was stopped while the model wrote; ask for another.
tickets-reply-posted = It is posted.
tickets-reply-posted-blind = I could not see whether something was said here since it was drafted.
tickets-reply-worried = 💛 Whoever asks may have a hard time: read what they wrote before anything else.
tickets-reply-urgent = 🚨 Whoever asks may be in danger: somebody should talk to them now.
tickets-reply-help-line = Help: { $line }
tickets-reply-switched-off = Drafts by a model are off here (`/config gpt set drafts:true`).
tickets-reply-blocked = It is about something that no model is told here.
tickets-reply-no-model = No model is set up, so these are the nearest entries.
tickets-reply-model-down = The model does not answer just now; try again in a minute.
tickets-reply-model-busy = The model has too much to do; try again in a minute.
tickets-reply-model-closed = The model does not let me ask it; whoever runs me knows why.
tickets-reply-model-refused = The model refused to answer this.
tickets-reply-too-long = It is too long for the model.
tickets-reply-not-understood = What the model answered was of no use; try again.
tickets-reply-budget-spent = As much was drafted here today as may be; there is more <t:{ $at }:R>.
tickets-reply-asked-often = You have asked for as many drafts as you may; once more <t:{ $at }:R>.
tickets-reply-post-button = Post it
tickets-reply-post-anyway-button = Post it all the same
tickets-reply-edit-button = Change and post
tickets-reply-another-button = Another
tickets-reply-dismiss-menu = Put it aside because…
tickets-reply-wrong-option = It is wrong
tickets-reply-not-needed-option = It is not needed
tickets-reply-tone-option = Its tone does not fit
tickets-reply-language-option = It is in the wrong language
tickets-reply-dismissed = It is put aside.
tickets-reply-old-title = Look again before you post
tickets-reply-old = This was drafted <t:{ $at }:R>.
tickets-reply-changed-since = Something was said or done in the ticket since this was drafted <t:{ $at }:R>.
tickets-reply-by = Posted by <@{ $user }>
tickets-reply-text-label = What is posted
tickets-reply-wish-label = What should be different?
tickets-reply-wish-hint = shorter, more friendly, about the refund alone
tickets-reply-edit-form = Change and post
tickets-reply-wish-form = Another draft
tickets-old-draft = It was drafted for what the ticket was then; look again before you post.
tickets-draft-used = Something has become of this draft already; ask for another.
tickets-not-posted = Discord does not let me post this in the ticket: change what it says, or check what I may do in its channel.
