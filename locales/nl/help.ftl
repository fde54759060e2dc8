## Opdrachten: wat elke doet; de opties en keuzes eronder.

command-help = Wat ik kan, en hoe

## Het antwoord.

help-title = Wat ik kan
help-message-menu = Menu van een bericht, Apps: **{ $name }**
help-member-menu = Menu van een lid, Apps: **{ $name }**
help-first = Probeer eerst
help-all-button = Alle onderwerpen
help-topic-menu = Kies een onderwerp
