## Refusals that every feature has, and what goes wrong.

# What a form's input is called, inside a sentence.
interactions-quoted = “{ $text }”
# $again is the command that opens the form: `/faq edit`.
interactions-collision = Somebody else has changed { $labels } while you wrote; open it again with { $again }, and put what you wrote beside theirs.

## A value does not fit. $label is the option or the input with its marks: `days` or “Opening message”.

interactions-misfit-placeholder = { $label } knows no `{ $name }`; use { $known }.
interactions-misfit-channel = { $label } is a channel of this server; pick one from the list.
interactions-misfit-role = { $label } is a role of this server; pick one from the list.
interactions-misfit-integer = { $label } is a whole number from { $min } to { $max }; give one of these.
interactions-misfit-number = { $label } is a number from { $min } to { $max }; give one of these.
interactions-misfit-boolean = { $label } is on or off; give one of these.
interactions-misfit-text = { $label } is a text of 1 to { $max } characters; make it fit.
interactions-misfit-choice = { $label } is one of { $names }; pick one.
interactions-misfit-duration = { $label } is a time from { $min } to { $max }; write it like `1h 30m` or `45m`.
interactions-misfit-zone = { $label } is a time zone such as `Europe/Brussels`; pick one that is suggested.

## Who may, and where.

interactions-switched-off = This is switched off here; an admin can switch it on with `/config { $group } set enabled:true`.
interactions-not-in-server = You are not in this server any more.
interactions-in-timeout = You are in a timeout on this server until <t:{ $until }:f>. Try again then.
interactions-not-admin = Only admins of this server can do that; ask one of them.
interactions-unknown-channel = That channel is not in this server; pick one from the list.
interactions-bot-lacks = I lack permissions in <#{ $channel }>: give me { $names } there, or pick another channel.
interactions-cannot-write = You cannot write in <#{ $channel }> yourself; pick a channel where you can.
interactions-lacks = You lack { $names } in <#{ $channel }> yourself; pick another channel.

## What goes wrong.

interactions-only-in-servers = I only work in servers; use this command in one.
interactions-outdated-command = This command has changed since your Discord loaded it; restart Discord and try again.
interactions-outdated-press = This button is from an older version; run the command again.
interactions-repeated = I got this twice from Discord and did it once.
interactions-too-much-waits = I am still busy with what you asked before; wait until that is there, and then ask again.
# $id finds the line in the log.
interactions-apology = Sorry, something went wrong on my side. Try again in a moment; if it stays, give an admin this id: `{ $id }`.
interactions-command-gone = This command is gone; type `/` to see the ones there are.
interactions-strange = I could not read what Discord sent me for this; please try again.
interactions-outdated-submit = This form has changed; open it again and fill it in once more.
interactions-again-button = Fill it in again
interactions-form-forgotten = What you wrote is no longer kept; open the form anew.
interactions-automod = This server's AutoMod does not let me show the answer here; ask an admin for it.
# What a browser shows.
interactions-page-failed = Sorry, something went wrong on my side.
