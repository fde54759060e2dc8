## The command. What a table holds is said here by its name.

command-export = Take this server's data with you, as CSV or JSON lines (admins)
command-export-faq = The entries of the FAQ; they can be imported again
    .format = As what the rows are written
    .format-csv = CSV
    .format-jsonl = JSON lines
command-export-reminders = Reminders with their rules, also those that are done
    .from = The first day, such as 2027-03-01 or 1/3/2027
    .until = The last day, such as 2027-03-31 or 31/3/2027
    .format = As what the rows are written
    .format-csv = CSV
    .format-jsonl = JSON lines
command-export-searches = What members looked for in the FAQ, and what answered it
    .from = The first day, such as 2027-03-01 or 1/3/2027
    .until = The last day, such as 2027-03-31 or 31/3/2027
    .format = As what the rows are written
    .format-csv = CSV
    .format-jsonl = JSON lines
command-export-audit = Who changed which setting, and from what into what
    .from = The first day, such as 2027-03-01 or 1/3/2027
    .until = The last day, such as 2027-03-31 or 31/3/2027
    .format = As what the rows are written
    .format-csv = CSV
    .format-jsonl = JSON lines
command-export-tickets = Tickets with all their times, without what was said in them
    .from = The first day, such as 2027-03-01 or 1/3/2027
    .until = The last day, such as 2027-03-31 or 31/3/2027
    .status = Only those with this status
    .status-open = open
    .status-claimed = claimed
    .status-waiting-for-user = waiting for user
    .status-escalated = escalated
    .status-closed = closed
    .status-archived = archived
    .kind = Only those of this kind
    .format = As what the rows are written
    .format-csv = CSV
    .format-jsonl = JSON lines

## What goes wrong.

exports-no-day = “{ $text }” is no day; write it like 2027-03-31 or 31/3/2027.
exports-no-part = There is no “{ $text }” here; choose one of those that are offered while you type.
exports-swapped = The first day comes after the last one; swap `from` and `until`.

## The answer.

exports-follows = Another export of this server is being made; yours follows it.
exports-done = { $name }: { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }.
exports-done-files = { $name }: { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }. It takes { $files } files, each with its own first line.
exports-too-many = { $name }: { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }, which is more than one message holds; here are the first { $shown } files of { $files }. Ask for the rest with `from` and `until`.
exports-logged = 📤 Data was exported

## On the dashboard.

exports-web-label = Exports
exports-web-title = Take your data with you
exports-web = Every export is whole, however many rows it has, and your log channel says that you took it. Times are in UTC; days are those of this server.
exports-web-from-label = First day
exports-web-until-label = Last day
exports-web-any-option = All of them
exports-web-csv-button = CSV
exports-web-jsonl-button = JSON lines
exports-web-swapped = The first day comes after the last one; swap them.
exports-web-no-choice = That is none of the choices; pick one from the list.
exports-web-crowded = Another export of this server is being made just now; try again when it is there.
