## The history, an event a line. $who is a mention, a name, or what the bot calls itself.

# What was done, and what was written with it or to whom it led.
ticket-events-did-and-wrote = { $did }: { $text }
# What the bot did, and why, which is a sentence.
ticket-events-did-since = { $did }: { $why }
ticket-events-me = I
ticket-events-did-opened = { $who } opened it
ticket-events-did-claimed = { $who } claimed it
ticket-events-did-unclaimed = { $who } gave it back
ticket-events-did-resumed = { $who } set it back to open
ticket-events-did-transferred = { $who } gave it to { $whom }
ticket-events-did-waiting = { $who ->
        [I] I wait
       *[other] { $who } waits
    } for the member
ticket-events-did-escalated = { $who } escalated it
ticket-events-did-reopened = { $who } opened it again
ticket-events-did-closed = { $who } closed it
ticket-events-did-archived = { $who } archived it
ticket-events-did-priority = { $who } set the priority
ticket-events-did-renamed = { $who } renamed it
ticket-events-did-added = { $who } added { $whom }
ticket-events-did-removed = { $who } removed { $whom }
ticket-events-did-note = { $who } noted
ticket-events-did-message = { $who } added a message
ticket-events-did-close-requested = { $who } asked to close it
ticket-events-did-answered = { $who } answered
ticket-events-did-kept-open = { $who ->
        [I] I want
       *[other] { $who } wants
    } to keep it open
ticket-events-did-reminded = { $who } reminded the silent side
ticket-events-did-late = { $who } found it unanswered for too long
ticket-events-did-rated = { $who } rated it

## Lines in the ticket about what happened. $by is a mention, a program, or what `ticket-events-i` says when the bot did it.

ticket-events-i = I
ticket-events-told-claimed = 🔵 { $by ->
        [I] I have
       *[other] { $by } has
    } claimed this ticket.
ticket-events-told-resumed = 🟢 { $by } set this ticket back to open.
ticket-events-told-unclaimed = 🟢 { $by } gave this ticket back.
ticket-events-told-taken-from = 🟢 <@{ $from }>, { $by ->
        [I] I have
       *[other] { $by } has
    } set this ticket free, which you had claimed.
ticket-events-told-took-over = 🔵 { $by } took this ticket over.
ticket-events-told-transferred = 🔵 <@{ $to }>, this ticket is yours now; { $by } gave it to you.
ticket-events-told-waiting = 🟡 <@{ $member }>, the staff waits for your answer.
ticket-events-told-escalated = 🔴 { $by } escalated this ticket.
ticket-events-told-escalated-to-all = 🔴 { $called }, { $by } escalated this ticket.
ticket-events-told-escalated-to = 🔴 <@&{ $role }>, { $by } escalated this ticket.
ticket-events-told-close-requested = <@{ $member }>, { $by ->
        [I] I think
       *[other] { $by } thinks
    } that this is solved. May it be closed?
ticket-events-told-close-requested-due = <@{ $member }>, { $by ->
        [I] I think
       *[other] { $by } thinks
    } that this is solved. May it be closed? It closes <t:{ $at }:R> otherwise.
ticket-events-told-member-silent = <@{ $member }>, we wait for your answer. Is it solved?
ticket-events-told-member-silent-closes = <@{ $member }>, we wait for your answer. Is it solved? It closes after { $time } without an answer.
ticket-events-told-staff-silent = 🔔 { $called }, this ticket waits for an answer.
ticket-events-told-staff-silent-nobody = 🔔 This ticket waits for an answer.
# $why is a sentence.
ticket-events-told-late = 🔔 { $called }, this ticket is late. { $why }
ticket-events-told-late-nobody = 🔔 This ticket is late. { $why }
# A link to the answer follows.
ticket-events-told-answered = 💬 <@{ $member }> answered.
ticket-events-told-answered-claimed = 💬 <@{ $to }>, <@{ $member }> answered.
ticket-events-told-kept-open = { $by ->
        [I] I keep
       *[other] { $by } keeps
    } this ticket open.
ticket-events-told-kept-open-claimed = <@{ $to }>, { $by ->
        [I] I keep
       *[other] { $by } keeps
    } this ticket open.
ticket-events-told-closed = ⚫ { $by } closed this ticket.
ticket-events-told-reopened = 🟢 <@{ $member }>: { $by } opened this ticket again.
ticket-events-told-added = <@{ $who }>, { $by } added you to this ticket.
ticket-events-told-joined = { $by } joined this ticket.
ticket-events-told-removed = { $by } removed <@{ $who }> from this ticket.
ticket-events-told-message = 📎 { $by } added a message.
ticket-events-called-escalated = 🚩 Ticket #{ $number } of <@{ $user }> is escalated: <#{ $channel }>
ticket-events-called-escalated-to = 🚩 <@&{ $role }> Ticket #{ $number } of <@{ $user }> is escalated: <#{ $channel }>

## Direct messages to the member of a ticket.

ticket-events-direct-silent = Your ticket #{ $number } waits for you: <#{ $channel }> Is it solved?
ticket-events-direct-claimed = Your ticket #{ $number } is being worked on: <#{ $channel }>
ticket-events-direct-open = Your ticket #{ $number } is open again: <#{ $channel }>
ticket-events-direct-waiting = Your ticket #{ $number } waits for your answer: <#{ $channel }>
ticket-events-direct-escalated = Your ticket #{ $number } was escalated: <#{ $channel }>
ticket-events-direct-reopened = Your ticket #{ $number } was opened again: <#{ $channel }>
# The ticket in the next three.
ticket-events-yours = Your ticket #{ $number }
ticket-events-yours-about = Your ticket #{ $number } ({ $subject })
ticket-events-direct-closed-by-you = { $ticket } is closed.
ticket-events-direct-closed-by = { $ticket } was closed by <@{ $by }>.
ticket-events-direct-closed = { $ticket } was closed.
ticket-events-how-was-it = How was it?
ticket-events-how-was-it-here = <@{ $user }>, how was it? `/ticket transcript ticket:{ $number }` shows what was said here.

## Why the bot did something.

ticket-events-why-member-left = Its member has left the server.
ticket-events-why-no-objection = Its member did not object.
ticket-events-why-no-answer = Its member did not answer.
ticket-events-why-answered = Its member answered.
ticket-events-why-agreed = Its member agreed.
ticket-events-why-channel-deleted = Its channel was deleted.
# Who was silent, after “reminded the silent side: ”.
ticket-events-why-member-silent = its member
ticket-events-why-staff-silent = the staff
ticket-events-why-not-answered = Nobody answered within { $time }.

## Why no channel can be made. $at is a channel, or this:

ticket-events-this-server = this server
ticket-events-place-full = { $at } is full: set `overflow-category` or `thread-channel` with `/config tickets set`.
ticket-events-place-no-room = There is no room in { $at }: delete channels, or set `thread-channel` with `/config tickets set`.
ticket-events-place-gone = { $at } does not exist any more: set another place with `/config tickets set` or `/ticket types`.
ticket-events-place-hidden = I cannot see { $at }: give me **{ ui-permission-view-channel }** there.
ticket-events-place-unseen = The member does not see { $at }, and so would not see a thread in it.
ticket-events-place-lacks = I lack something in { $at }: give me { $names } there.
ticket-events-place-no-threads = I may not make threads in { $at }: give me **{ ui-permission-private-threads }** there.
ticket-events-place-no-channels = I may not make channels in { $at }: give me **{ ui-permission-manage-channels }** there.
# $answer is what Discord answered, such as “400, code 50035”.
ticket-events-place-refused = Discord refused a channel in { $at } ({ $answer }).

## What stands in the way of a ticket, for its staff and the admins.

ticket-events-problem-away = I am not in this server any more.
ticket-events-problem-hidden = I cannot see <#{ $channel }> any more; give me **{ ui-permission-view-channel }** there.
ticket-events-problem-not-allowed = I may not do enough in <#{ $channel }>; give me **{ ui-permission-manage-channels }**, **{ ui-permission-manage-permissions }** and **{ ui-permission-send-messages }** there.
ticket-events-problem-refused = Discord refused something in <#{ $channel }> ({ $answer }).
ticket-events-problem-role-gone = A role that works these tickets was deleted, so the ticket opened without it. `/config show` and `/ticket types` say which.
ticket-events-problem-text-refused = Discord refused something that was written in it, such as a link that it filters; I left that out.
# Stands in the place of what was left out, in a message.
ticket-events-left-out = ⚠️ Discord refused what was written here, so I left it out.
ticket-events-problem-undeletable = What was said in <#{ $channel }> cannot be kept, and so I leave the channel; delete it by hand.
ticket-events-problem-stays = The time of <#{ $channel }> is up, but not all that was said in it can be kept, and so I leave it. { $what }
ticket-events-stays-unreadable = Give me **{ ui-permission-read-history }** there and it goes by itself, or delete the channel yourselves.
ticket-events-stays-blind = I may not read what members write (Message Content Intent); delete the channel yourselves when you need it no longer.
ticket-events-stays-threads = Threads may be missing from its transcript: give me **{ ui-permission-manage-threads }** there, or delete the channel yourselves.
ticket-events-stays-cut = Its transcript is not whole; delete the channel yourselves when you need it no longer.
ticket-events-problem-not-kept = What was said in it cannot be kept; its channel has it.
# $why says where it ends, in a sentence.
ticket-events-problem-cut = Its transcript is not whole. { $why }
ticket-events-problem-transcripts-refused = I cannot post transcripts in <#{ $channel }>.
ticket-events-problem-escalations-refused = I cannot write in <#{ $channel }>, where escalations are to be told.
ticket-events-problem-second-channel = <#{ $channel }> is a second channel of ticket #{ $number }; delete it.
ticket-events-problem-second-channel-used = <#{ $channel }> is a second channel of ticket #{ $number }, and somebody wrote there.

## The log channel. The lines below a title are separated by dots: who, for whom, what about.

ticket-events-log-opened = 🟢 Ticket #{ $number } created
ticket-events-log-in-need = Ticket #{ $number }: somebody may be in need
ticket-events-log-unguarded = Every role that could open it was deleted, so everybody may; pick others with `/ticket types`.
ticket-events-log-claimed = 🔵 Ticket #{ $number } claimed
ticket-events-log-unclaimed = 🟢 Ticket #{ $number } given back
ticket-events-log-resumed = 🧭 Ticket #{ $number } set back to open
ticket-events-log-transferred = 🔵 Ticket #{ $number } transferred
ticket-events-log-waiting = 🟡 Ticket #{ $number } waits for its member
ticket-events-log-escalated = 🔴 Ticket #{ $number } escalated
ticket-events-log-reopened = 🧭 Ticket #{ $number } opened again
ticket-events-log-closed = ⚫ Ticket #{ $number } closed
ticket-events-log-archived = 🗄 Ticket #{ $number } archived
ticket-events-log-priority = 🧭 Ticket #{ $number } has another priority
ticket-events-log-renamed = 🧭 Ticket #{ $number } renamed
ticket-events-log-added = 🧭 Ticket #{ $number } has another participant
ticket-events-log-removed = 🧭 Ticket #{ $number } has a participant less
ticket-events-log-note = 📝 Ticket #{ $number } noted upon
ticket-events-log-message = 📎 Ticket #{ $number } got a message
ticket-events-log-close-requested = 🕒 Ticket #{ $number } may be closed, if its member agrees
ticket-events-log-answered = 💬 Ticket #{ $number } was answered by its member
ticket-events-log-kept-open = 🧭 Ticket #{ $number } is kept open
ticket-events-log-reminded = 🔔 Ticket #{ $number } was quiet for too long
ticket-events-log-late = 🚨 Ticket #{ $number } waits too long for an answer
ticket-events-log-rated = ⭐ Ticket #{ $number } rated
ticket-events-log-not-opened = 🚨 Ticket #{ $number } could not be opened
ticket-events-log-trouble = 🚨 Ticket #{ $number } is in trouble
# Who opened a ticket for whom.
ticket-events-log-for = { $by } for <@{ $user }>
# A kind of ticket, and whose it is.
ticket-events-log-whose = { $kind } of <@{ $user }>

## The audit log of the server: why the bot changed a channel.

ticket-events-audit-is = Ticket #{ $number } is { $status }
ticket-events-audit-of = Ticket #{ $number } of { $user }
ticket-events-audit-ticket = Ticket #{ $number }
ticket-events-audit-escalated = The ticket is escalated
ticket-events-audit-second-channel = Ticket #{ $number } has another channel
