## Forms and messages in general.

ui-what-you-wrote = What you wrote
ui-bold = **{ $text }**
# In the place of a link that Discord filters.
ui-link-left-out = (a link that Discord does not let me show)

## Permissions, as Discord calls them.

ui-permission-add-reactions = Add Reactions
ui-permission-view-channel = View Channel
ui-permission-send-messages = Send Messages
ui-permission-send-in-threads = Send Messages In Threads
ui-permission-embed-links = Embed Links
ui-permission-attach-files = Attach Files
ui-permission-read-history = Read Message History
ui-permission-mention-everyone = Mention @everyone, @here and All Roles
ui-permission-manage-guild = Manage Server
ui-permission-manage-channels = Manage Channels
ui-permission-manage-roles = Manage Roles
ui-permission-manage-permissions = Manage Permissions
ui-permission-manage-messages = Manage Messages
ui-permission-manage-threads = Manage Threads
ui-permission-public-threads = Create Public Threads
ui-permission-private-threads = Create Private Threads
