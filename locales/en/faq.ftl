## Settings: what each is for, without a full stop.

faq-set-retention-days = For how many days I keep what people searched for

## Commands: what each does; its options and their choices below it.

command-faq = Answers to common questions
command-faq-search = Find answers
    .query = What you want to know
    .public = Show the answer to everybody here
command-faq-view = Show one answer
    .entry = Its title or #number
    .public = Show the answer to everybody here
command-faq-list = List all answers
    .public = Show the list to everybody here
command-faq-add = Add an answer (admins)
command-faq-edit = Change an answer (admins)
    .entry = Its title or #number
command-faq-remove = Remove an answer (admins)
    .entry = Its title or #number
command-faq-pin = Pin an answer to the top of the list, or unpin it (admins)
    .entry = Its title or #number
command-faq-synonyms = Say which words mean the same here (admins)
command-faq-reload = Build the search index anew (admins)
command-menu-add-to-faq = Add to FAQ
