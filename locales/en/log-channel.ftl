## What the bot reports of itself.

log-channel-stopped-title = 🚨 I do less here for ten minutes
log-channel-stopped = Discord refused so much of what I did in this server that I do only what is answered at once. `/config show` names the channels that I was given: let me see them and write there.
# Stands in the place of an entry's text.
log-channel-left-out = ⚠️ Discord refused what was written here, so I left it out.
