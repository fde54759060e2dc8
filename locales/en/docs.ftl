## docs/commands.md

docs-commands = Commands
docs-commands-about = Made from the definitions; `UPDATE_EXPECT=1 cargo test` writes it anew. Every command works in servers only.
docs-commands-member-menu = Member menu **{ $name }**
docs-commands-message-menu = Message menu **{ $name }**
docs-commands-permissions = (by default for members with { $names })
