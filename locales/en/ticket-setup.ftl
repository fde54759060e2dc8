## What a server begins with: the kind of ticket that is made for it, and a panel without words of its own.

# The name of the first kind of ticket.
ticket-setup-usual-kind = Support
ticket-setup-usual-subject-label = What is it about?
ticket-setup-usual-subject-hint = In a few words
ticket-setup-usual-details-label = Tell us more
ticket-setup-usual-details-hint = What happened, and what have you tried?
# What stands in a new ticket; who opened it is filled in.
ticket-setup-usual-opening = Hello {"{"}member{"}"}! The staff will be with you soon.
# The same while nobody is there.
ticket-setup-usual-opening-away = Hello {"{"}member{"}"}!
ticket-setup-panel-title = Need help?
ticket-setup-panel-body = Open a ticket, and the staff will help you.
ticket-setup-panel-menu = What is it about?
ticket-setup-panel-button = 📨 Open a ticket

## The parts of a kind of ticket, in forms and in what is said about them.

ticket-setup-name-label = Name
ticket-setup-name-hint = What members choose: Billing
ticket-setup-emoji-label = Emoji
ticket-setup-emoji-hint = One that stands before it
ticket-setup-description-label = Description
ticket-setup-description-hint = What stands below it in menus
ticket-setup-opening-label = Opening message
# What stands in braces is typed like that in every language.
ticket-setup-opening-hint = {"{"}member{"}"}, {"{"}number{"}"}, {"{"}type{"}"} and {"{"}subject{"}"} are filled in
ticket-setup-naming-label = Name of its channels
ticket-setup-naming-hint = {"{"}number{"}"}, {"{"}member{"}"} and {"{"}type{"}"} are filled in
ticket-setup-place-label = Where it opens
ticket-setup-place-hint = A category, or a channel whose private threads the tickets are; none is the server's setting
ticket-setup-staff-label = Who works it
ticket-setup-staff-hint = Besides the admins; nobody is the server's setting
ticket-setup-required-label = Who may open it
ticket-setup-required-hint = Nobody is everybody
ticket-setup-blocked-label = Who may not
ticket-setup-limit-label = How many a member may have open
ticket-setup-limit-hint = 0 is any number
ticket-setup-cooldown-label = How long they wait between two
ticket-setup-cooldown-hint = 10m, 1h; 0 is the server's setting
ticket-setup-hours-label = When somebody is there
# Days are understood in English and in Dutch.
ticket-setup-hours-hint = mon-fri 09:00-17:00, sat 10:00-12:00; empty is always
ticket-setup-note-label = What members read outside these hours
ticket-setup-note-hint = Empty: when you are there
# The silent side is the member, or the staff.
ticket-setup-remind-label = Remind the silent side after
ticket-setup-remind-hint = 1d, 12h; 0 is never
ticket-setup-close-label = Close it when its member is silent for
ticket-setup-close-hint = 7d; 0 is never
ticket-setup-answer-label = Alert if nobody answers within
ticket-setup-answer-hint = Of working time: 4h; 0 is never
ticket-setup-escalate-label = Escalate it then
ticket-setup-left-label = Close it when its member leaves the server
ticket-setup-question-label = Question
ticket-setup-hint-label = Hint
ticket-setup-hint-hint = What stands below it
ticket-setup-style-label = How it is answered
ticket-setup-style-line-option = One line of text
ticket-setup-style-paragraph-option = Several lines of text
ticket-setup-style-one-option = One of several options
ticket-setup-style-some-option = Any of several options
ticket-setup-style-box-option = A box to tick
ticket-setup-options-label = Options or length
ticket-setup-options-hint = An option a line; for text its length, like 10-500
ticket-setup-must-label = It must be answered

## Titles of these forms; the buttons that open them say the same.

ticket-setup-new-form = New kind of ticket
ticket-setup-basics-form = Name and texts
ticket-setup-people-form = Place and people
ticket-setup-limits-form = Limits and hours
ticket-setup-times-form = Times
ticket-setup-question-form = Question

## /ticket types: all kinds.

ticket-setup-kinds-title = Kinds of tickets
ticket-setup-kinds-menu = Change one
ticket-setup-new-button = New kind
ticket-setup-added = Added.
ticket-setup-saved = Saved.
ticket-setup-removed = It is removed; tickets that are open stay.

## /ticket types: one kind. Each pair is the name of a box and what stands in it.

ticket-setup-opens-in = Opens in
ticket-setup-in-threads = private threads of <#{ $channel }>
# Where a kind has nothing of its own.
ticket-setup-servers-setting = the server's setting
ticket-setup-channels = Channels
ticket-setup-worked-by = Worked by
ticket-setup-for = For
ticket-setup-for-everybody = everybody
ticket-setup-not-for = Not for
ticket-setup-not-for-nobody = nobody
ticket-setup-at-most = At most
ticket-setup-at-most-each = { $limit } a member
ticket-setup-at-most-any = any number a member
ticket-setup-pause = Pause between two
ticket-setup-hours = Hours
ticket-setup-hours-always = always
ticket-setup-reminds-after = Reminds after
ticket-setup-closes-after = Closes after
ticket-setup-answered-within = Answered within
# $time is a length of time, or “never”.
ticket-setup-then-escalates = { $time }, then escalates
ticket-setup-never = never
ticket-setup-member-leaves = Member leaves
ticket-setup-member-leaves-closes = it closes
ticket-setup-member-leaves-stays = it stays
ticket-setup-questions = Questions
ticket-setup-questions-none = none: it opens at once
ticket-setup-opening-none = none
ticket-setup-question-menu = Change a question
ticket-setup-ask-more-button = Ask one more
ticket-setup-all-button = All kinds
ticket-setup-remove-button = Remove this kind
ticket-setup-change-question-button = Change it
ticket-setup-remove-question-button = Take it away
ticket-setup-question-removed = “{ $label }” is not asked any more.
ticket-setup-web-question-gone = That question is not asked any more.

## What it says in other languages.

ticket-setup-languages = Said besides in
ticket-setup-languages-menu = Say it in another language
# The title of the form; $language is the language's own name for itself.
ticket-setup-translated-form = Translation: { $language }
# Below an input: what is translated there.
ticket-setup-translated-of-hint = Original: { $text }
# Below an input, where that is too long.
ticket-setup-translated-above-hint = The original stands on top
# On top: the label of the input, and the whole of what is translated there.
ticket-setup-translated-whole = **{ $label }**
    { $text }
ticket-setup-translated-options-label = Options
ticket-setup-translated-options-hint = An option a line, as many and in the same order

## A question in a line: what it asks, and how it is answered.

ticket-setup-question-line = **{ $label }** · { $how }
ticket-setup-question-line-optional = **{ $label }** · { $how }, optional
ticket-setup-answered-by-text = { $min ->
        [0] text of up to
        [1] text of up to
       *[other] text of { $min } to
    } { $max ->
        [one] { $max } character
       *[other] { $max } characters
    }
ticket-setup-answered-by-one = one of { $options }
ticket-setup-answered-by-some = any of { $options }
ticket-setup-answered-by-box = a box

## Refusals about kinds of tickets.

# The command inside “open it again with …”.
ticket-setup-types-command = `/ticket types`
ticket-setup-name-taken = There is a kind called “{ $name }” already; choose another name.
ticket-setup-too-many-kinds = A server has at most { $max } kinds of tickets; remove one first.
ticket-setup-removed-meanwhile = That was removed meanwhile; type `/ticket types` to see what there is.
ticket-setup-only-kind = This is the only kind there is; make another one first.
ticket-setup-kind-changed = Somebody has just changed it; look at it again before you remove it.
ticket-setup-question-changed = This question was changed meanwhile; look at it again in the menu.
ticket-setup-wrong-place = Tickets open in a category, or in private threads of a text channel; pick one of these.
ticket-setup-unknown-emoji = This server has no such emoji. Take one of its own, or a plain one such as 🔧.
ticket-setup-unseen-place = Who opens tickets does not see that channel, and so would not see threads in it. Take one that everybody sees, or say by a role who may open tickets.
# $kind is a name.
ticket-setup-gone-emoji = { $kind }: this server has no emoji { $emoji } any more, so it is shown without one.
ticket-setup-gone-role = { $kind }: one of its roles was deleted. “{ ticket-setup-people-form }” shows those that are left.
ticket-setup-gone-required = { $kind }: every role that could open it was deleted, so everybody may until you pick others under “{ ticket-setup-people-form }”.
ticket-setup-nobody-works = { $kind }: nobody is called, and only admins see these tickets; set `staff-role` with `/config tickets set`.
ticket-setup-unheard-role = { $kind }: nobody with <@&{ $role }> is notified when I mention it; let everybody mention that role in the server's settings, or give me { $names }.
ticket-setup-gone-place = { $kind }: the place where its tickets open was deleted, or I cannot see it (<#{ $channel }>).
ticket-setup-unsettled = { $count ->
        [one] { $count } ticket that Discord does not show yet as it is.
       *[other] { $count } tickets that Discord does not show yet as they are.
    }
ticket-setup-hindered = Ticket #{ $number }: { $problem }
ticket-setup-remove-question = Remove { $kind }, with all that it asks and says? Tickets that were opened as it stay.
ticket-setup-role-both-ways = <@&{ $role }> cannot be both who may open one and who may not.
ticket-setup-unknown-role = One of these roles is not of this server; pick them from the list.
ticket-setup-staff-is-everybody = With @everyone as its staff a ticket would not be private; pick a role.
ticket-setup-role-is-everybody = @everyone is no role to pick here: without a role, everybody may open one and nobody is kept out.
# $label is what an input of a form is called.
ticket-setup-too-long = “{ $label }” is a text of at most { $max } characters; make it fit.
ticket-setup-unreadable-hours = `{ $part }` is not like `mon-fri 09:00-17:00`; write the hours anew.
ticket-setup-hours-empty = `{ $part }` ends when it begins; write `mon 0-24` for a whole day.
ticket-setup-too-many-questions = A ticket asks at most { $max } questions; change one of them.
ticket-setup-too-many-roles = A list takes at most { $max } roles; choose fewer, or give these people one role of their own.
ticket-setup-option-count = Give { $min } to { $max } options, one a line.
ticket-setup-option-too-long = “{ $option }” is longer than an option may be; shorten it.
ticket-setup-answer-length = A length is like `10-{ $most }`, which is the most.
ticket-setup-translated-option-count = Give as many options as the question has, which is { $count }, or none.
ticket-setup-no-name = A kind of ticket needs a name; give it one.
ticket-setup-no-emoji = The emoji is one character such as 🔧, or one of this server such as `<:name:123>`.
ticket-setup-member-limit = “{ $label }” is a number from 0 to 100.
ticket-setup-closes-before-it-reminds = A ticket closes later than it reminds; make the second time longer than the first.
ticket-setup-no-question = A question needs a text; write what it asks.

## Panels: messages with which members open tickets.

ticket-setup-panel-there = The panel is in { $channel }.
ticket-setup-panel-no-channel = Say in which channel the panel goes.
ticket-setup-panel-no-such-language = I do not speak that language; pick one that is suggested.
ticket-setup-panel-gone = This panel was taken away; open a ticket with `/ticket open`.
ticket-setup-panel-changed = Somebody has changed this panel meanwhile; look at it as it is now, and post it again.
ticket-setup-panel-no-messages = Nothing can be posted in <#{ $channel }>; pick a text channel.
ticket-setup-panel-title-too-long = The title of a panel has at most { $max } characters; shorten it.
ticket-setup-panel-body-too-long = The text of a panel has at most { $max } characters; shorten it.
ticket-setup-panel-refused = I could not post the panel in <#{ $channel }>; give me **{ ui-permission-view-channel }**, **{ ui-permission-send-messages }** and **{ ui-permission-embed-links }** there, and use `/ticket panel` again.

## Who may open no tickets.

ticket-setup-blocked = <@{ $user }> can open no more tickets here; `/ticket unblock` lets them again.
# Said before it, if they were blocked before. $by is a mention or a program, $why is the reason that was given then.
ticket-setup-blocked-before = They were blocked already.
ticket-setup-blocked-before-why = They were blocked already ({ $why }).
ticket-setup-blocked-before-by = They were blocked already by { $by }.
ticket-setup-blocked-before-by-why = They were blocked already by { $by } ({ $why }).
ticket-setup-unblocked = <@{ $user }> can open tickets again.
ticket-setup-not-blocked = <@{ $user }> was not blocked.
ticket-setup-blocked-title = Who may open no tickets
ticket-setup-blocked-nobody = Everybody may open tickets.
# Who was blocked, by whom and when. <t:…:R> is shown as “two days ago”.
ticket-setup-blocked-line = <@{ $user }> by { $by } <t:{ $at }:R>
ticket-setup-blocked-line-why = <@{ $user }> by { $by } <t:{ $at }:R>: { $why }
ticket-setup-reason-too-long = The reason has at most { $max } characters; shorten it.

## Replies that the staff gives again and again: /tag.

ticket-setup-tags-title = Replies
ticket-setup-tags-none = There are no replies here yet; add one with `/tag add`.
# $first is how the reply begins.
ticket-setup-tags-line = **{ $name }** { $first } · { $uses ->
        [one] given once
       *[other] given { $uses } times
    }
ticket-setup-tags-more = … and { $count } more; `/tag send` finds them as you type.
ticket-setup-tag-new-form = New reply
ticket-setup-tag-change-form = Change a reply
ticket-setup-tag-name-label = Name
ticket-setup-tag-name-hint = By which you find it
ticket-setup-tag-body-label = Reply
ticket-setup-tag-body-hint = In a ticket {"{"}member{"}"}, {"{"}number{"}"}, {"{"}type{"}"} and {"{"}subject{"}"} are filled in
ticket-setup-tag-saved = “{ $name }” is saved; give it with `/tag send`.
ticket-setup-tag-unknown = ⚠️ I fill in no { $names }: it stays as it is written. I know { $known }.
ticket-setup-tag-removed = “{ $name }” is removed.
# The command inside “open it again with …”.
ticket-setup-tag-edit-command = `/tag edit`
ticket-setup-too-many-tags = A server has at most { $max } replies; remove one with `/tag remove` first.
ticket-setup-tag-name-too-long = The name of a reply has at most { $max } characters; shorten it.
ticket-setup-tag-body-too-long = A reply has at most { $max } characters; shorten it.
# $name is a word in braces such as {subject}.
ticket-setup-tag-only-in-tickets = This reply names the `{ $name }` of a ticket; give it in a ticket's channel.
ticket-setup-tag-not-staff = Only the staff gives these replies; look for answers with `/faq search`.
ticket-setup-tag-may-not-write = Only the staff changes these replies; ask one of them.
ticket-setup-no-such-tag = There is no such reply; pick one that is suggested, or see `/tag list`.
ticket-setup-tag-gone = This reply was removed meanwhile; add it again with `/tag add`.
ticket-setup-tag-name-taken = There is a reply of that name already; change that one with `/tag edit`.
ticket-setup-tag-empty = A reply needs a name and a text; fill in both.

## The log channel.

ticket-setup-log-kind-added = 🧭 A kind of ticket was added
ticket-setup-log-kind-changed = 🧭 A kind of ticket was changed
ticket-setup-log-kind-removed = 🧭 A kind of ticket was removed
ticket-setup-log-panel-placed = 🧭 A panel was posted or changed
ticket-setup-log-panel-missing = 🚨 A panel is not there
ticket-setup-log-blocked = 🧭 Somebody may open no tickets any more
ticket-setup-log-unblocked = 🧭 Somebody may open tickets again
ticket-setup-log-tag-written = 🧭 A reply was written
ticket-setup-log-tag-removed = 🧭 A reply was removed

## Kinds and panels on the dashboard.

ticket-setup-web-save-button = Save
ticket-setup-web-leave-button = Leave it as it was
ticket-setup-web-outdated = That form is of another version; open the page again.
# Inside “open it again with …”.
ticket-setup-web-page = its page
ticket-setup-web-only-admins = only admins
ticket-setup-web-panels-label = Panels
ticket-setup-web-panels-none = There is no panel yet. Post one, and members open tickets with its buttons.
ticket-setup-web-panel-new-button = New panel
ticket-setup-web-panel-title = Panel
ticket-setup-web-panel-channel-label = Channel
ticket-setup-web-panel-title-label = Title
ticket-setup-web-panel-text-label = Text
ticket-setup-web-panel-usual-hint = Left empty it says: { $text }
ticket-setup-web-panel-style-label = Members choose by
ticket-setup-web-panel-buttons-option = Buttons
ticket-setup-web-panel-menu-option = A menu
ticket-setup-web-panel-kinds-label = Kinds of tickets
ticket-setup-web-panel-kinds-hint = Choose none to offer all there are.
ticket-setup-web-panel-all-kinds = all
ticket-setup-web-panel-message-label = Message
ticket-setup-web-panel-in-discord = See it in Discord
ticket-setup-web-panel-unposted = not posted yet
ticket-setup-web-panel-post-button = Post it
ticket-setup-web-panel-again-button = Post it again as it is
ticket-setup-web-panel-again-hint = If its message was deleted, it comes as a new one.
ticket-setup-web-panel-there = The panel is there.
ticket-setup-web-panel-follows = It is saved; Discord does not show it yet, but it will soon.
ticket-setup-web-preview-button = See it first
ticket-setup-web-preview-title = As Discord shows it
ticket-setup-web-preview-unsaved = This is not posted yet.
ticket-setup-web-own-words = For everybody
