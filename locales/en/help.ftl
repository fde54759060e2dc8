## Commands: what each does; its options and their choices below it.

command-help = What I can do, and how

## The answer.

help-title = What I can do
help-message-menu = Menu of a message, Apps: **{ $name }**
help-member-menu = Menu of a member, Apps: **{ $name }**
help-first = Try first
help-all-button = All topics
help-topic-menu = Choose a topic
