## The command, made of the settings of all features.

command-config = Set me up for this server (admins)
config-show-about-hint = Show what is set
config-start-about-hint = Set up the most important things, step by step
config-history-about-hint = Show who changed what
config-rollback-about-hint = Undo one change
config-reset-about-hint = Go back to the default
config-group-option-hint = Of what
config-change-option-hint = Its number or what it was about
config-setting-option-hint = Which, or all of a group
config-set-about-hint = Set one or more of: { $group }
config-group-about-hint = Settings of { $group }

## Refusals.

config-no-such-setting = There is no such setting; pick one that is suggested, or see `/config show`.
config-no-such-change = There is no such change; pick one that is suggested, or see `/config history`.
config-setting-gone = That setting does not exist any more.
config-changed-meanwhile = Somebody has just changed these settings; look at them again, and then change them.
config-changed-since = `{ $name }` was changed again after #{ $change }, in #{ $latest }; roll that back first, or set it with `/config { $group } set`.
config-old-channel-gone = <#{ $channel }>, which `{ $name }` was before #{ $change }, is gone or hidden from me; set another with `/config { $group } set`.
config-old-unfit = What `{ $name }` was before #{ $change } is not allowed any more; set it with `/config { $group } set`.
config-not-a-channel = `{ $name }` is a channel of this server; pick one from the list.
config-no-model = No model is set up here; whoever runs me can do that.
config-other-model = `{ $name }` is one of { $models }; whoever runs me can offer others.
config-too-many-tokens = `{ $name }` is at most { $max } here; whoever runs me can allow more.
config-channel-type = `{ $name }` takes { $types }; pick one from the list.
config-not-a-role = `{ $name }` is a role of this server; pick one from the list.
config-everyone = `{ $name }` cannot be @everyone; pick another role.
config-unseen-channel = Members do not see <#{ $channel }>, so none of them would see a ticket there: let them see it, or pick another channel for `{ $name }`.
config-unheard-role = Nobody with <@&{ $role }> is notified when I mention it: let everybody mention that role in the server's settings, or give me { $names }.
config-unheard-role-in = Nobody with <@&{ $role }> is notified when I mention it in <#{ $channel }>: let everybody mention that role in the server's settings, or give me { $names } there.
config-public-channel = Everybody can read <#{ $channel }>, and what I post there is for those who work here: pick a channel that members do not see, or take @everyone its right to see that one.
config-not-grantable = I cannot give <@&{ $role }>: move my role above it in the server's settings, or pick another.
config-nothing-given = Say what to set, as in `/config { $group } set …`; see what there is with `/config show group:{ $group }`.
config-choose-or-skip = Choose one in the menu, or skip this step.
config-steps-changed = The steps have changed; begin again with `/config start`.

# Keys of programs that use the API.
config-key-not-for-programs = A program makes and revokes no keys; an admin does.
config-key-only-operators = Only whoever runs me lets one key count in several servers.
config-key-no-name = Give the key a name, so that you know later what it is for.
config-key-name-too-long = The name of a key has at most { $max } characters; shorten it.
config-key-name-taken = Another key that counts here has that name; choose another.
config-key-unknown-scope = A key opens nothing called `{ $name }`; say it like `faq:write, tickets:read`, with { $areas }.
config-key-past = That moment has passed; let the key end later.
config-key-too-many = There are { $max } keys that count here already; revoke one first.
config-key-no-such = No such key counts here.
config-key-about-hint = Keys of programs that use my API
config-key-create-about-hint = Make a key for a program; I show it once
config-key-list-about-hint = Show which keys count here
config-key-revoke-about-hint = Let a key count no more
config-key-name-option-hint = What the key is for
config-key-opens-option-hint = Such as faq:write, tickets:read; or read or write, for everything
config-key-days-option-hint = After how many days it ends
config-key-which-option-hint = Which key
config-key-created = { $name } opens: { $opens }. Keep it where nobody else reads it; I do not show it again.
config-key-revoked = { $name } does not count here any more.
config-key-list-title = Keys of programs
config-key-none = No key counts here; make one with `/config api-key create`.
config-key-line = **{ $name }** (`{ $id }`): { $opens } · { $used } · { $ends }
config-key-used = used <t:{ $at }:R>
config-key-unused = never used
config-key-ends = ends <t:{ $at }:R>
config-key-endless = without an end

# Types of channels, with their article.
config-text-channel = a text channel
config-announcement-channel = an announcement channel
config-category = a category
config-other-channel = another type of channel

## What was done.

config-unchanged = That is how it was; nothing has changed.
config-not-rolled-back = It is so already, or was changed again just now; see `/config history`.
config-log-channel-refuses = ⚠️ I may not write in <#{ $channel }> and have stopped reporting there; set `/config system set log-channel` anew.

## /config show

config-show-title = Settings: { $group }
config-show-default = `{ $name }` → { $value } · default
config-show-set = `{ $name }` → **{ $value }** · set
config-show-set-by = `{ $name }` → **{ $value }** · set by { $who } <t:{ $at }:R>
config-show-unfit = `{ $name }` → { $default } · ⚠️ `{ $stored }` is stored and does not fit; set it anew
config-show-unknown = ⚠️ `{ $name }` → `{ $stored }` is stored and not known any more
config-page = Page { $page } of { $count }
config-previous-button = Previous
config-next-button = Next

## /config history

config-history-title = Who changed what
config-history-none = Nothing was changed.
config-history-default = default
config-newer-button = Newer
config-older-button = Older
# By which means something was changed, in parentheses.
config-how-slash = by command
config-how-wizard = step by step
config-how-dashboard = on the dashboard
config-how-rollback = rolled back
config-how-reset = reset
config-how-import = imported
# Before something is reset: of how many settings, and then a line each.
config-reset-question = { $count ->
        [one] Let this setting of { $group } be as it was at first?
       *[other] Let these { $count } settings of { $group } be as they were at first?
    }
config-reset-line = `{ $name }`: { $value } → { $default }
config-reset-button = Reset
config-keep-button = Keep
config-kept = Nothing was reset.
config-take-back-button = Take it back
config-not-taken-back = `{ $name }` stays as { $who } has set it since.
# A suggestion of `/config reset`.
config-all-of-option = { $group } (all of it)

## /config start

config-start-now = Now: { $value }
config-start-step = Step { $step } of { $count }
config-start-stopped = Stopped at step { $step } of { $count }; `/config start` goes on there.
config-start-done-title = You are set up
config-start-done = That was all. Now let members open tickets with `/ticket panel`. See everything with `/config show`, and change it with `/config … set`.
config-start-nothing-title = Nothing is set yet
config-start-nothing = That was all, and everything is as it was at first. Begin again with `/config start`, or see what there is with `/config show`.
config-back-button = Back
config-nothing-button = None
config-value-menu = Choose one
config-zone-menu = Choose a time zone
config-skip-button = Skip
config-stop-button = Stop here
config-channel-menu = Choose a channel
config-role-menu = Choose a role

# A change that can be undone, and when it was made.
config-change-option = #{ $number } { $group } { $name } ({ $at } UTC)

## The dashboard.

config-web-settings-label = Settings
config-web-history-label = What was changed
config-web-title = Settings
config-web-search-label = Find a setting
config-web-search-button = Find
config-web-nothing-found = No setting has these words.
config-web-all = All settings
config-web-groups-label = Group
config-web-filter-button = Show
config-web-default-label = Default:
config-web-default-option = Default
# $who is a mention.
config-web-set-by = Set by { $who }, <t:{ $at }:R>.
config-web-compare-button = Look at the changes
config-web-compare-title = Save these changes?
config-web-save-button = Save
config-web-leave-button = Leave it as it was
config-web-setting-label = Setting
config-web-now-label = Now
config-web-then-label = Then
config-web-when-label = When
config-web-who-label = Who
config-web-from-label = From
config-web-to-label = To
config-web-roll-back-button = Roll back
config-web-what-label = What
config-web-anybody-option = Anybody
config-web-first-day-label = First day
config-web-last-day-label = Last day
config-web-no-day = That is no day; write it like 2027-03-31, or leave it out.
config-web-no-change = Nothing was changed that is like that.
config-web-all-changes = All changes
config-web-newest-button = Newest
config-web-keys-label = Keys of programs
config-web-keys = A program that has a key uses my API in this server. It may what its key opens, and no more.
config-web-key-new-title = A new key
config-web-key-name-label = What it is for
config-web-key-opens-label = What it opens
config-web-key-used-label = Last used
config-web-key-ends-label = Ends
config-web-key-nothing-option = Nothing
config-web-key-read-option = Read
config-web-key-write-option = Read and change
config-web-key-days-label = Ends after so many days
config-web-key-days-hint = Without a number it has no end.
config-web-key-days-wrong = Give the days as a number from 1 to { $max }, or leave them out.
config-web-key-create-button = Make a key
config-web-key-made-title = The new key
config-web-key-back-button = To the keys
config-web-key-revoke-button = Revoke
config-web-key-revoke-title = Revoke this key?
config-web-key-revoke-ask = The program with the key **{ $name }** stops at once, and no key comes back. Make it a new one first if it is to go on.
config-web-key-keep-button = Keep it
