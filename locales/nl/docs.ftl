## docs/commands.nl.md

docs-commands = Opdrachten
docs-commands-about = Gemaakt uit de definities; `UPDATE_EXPECT=1 cargo test` schrijft het opnieuw. Elke opdracht werkt alleen op servers.
docs-commands-member-menu = Menu van een lid **{ $name }**
docs-commands-message-menu = Menu van een bericht **{ $name }**
docs-commands-permissions = (standaard voor leden met { $names })
