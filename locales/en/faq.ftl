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
command-faq-pin = Pin an answer to the top of the list (admins)
    .entry = Its title or #number
command-faq-unpin = Let a pinned answer stand among the others again (admins)
    .entry = Its title or #number
command-faq-synonyms = Say which words mean the same here (admins)
command-faq-report = See what was asked, and what has no answer yet (admins)
command-faq-reload = Build the search index anew (admins)
command-menu-add-to-faq = Add to FAQ

## Refusals.

faq-no-such-entry = There is no such entry; pick one that is suggested while you type, or see `/faq list`.
faq-title-taken = Entry #{ $number } has this question already; change that one with `/faq edit`.
faq-removed-meanwhile = This entry was removed meanwhile; add it again with `/faq add`.
faq-changed = Somebody has just changed #{ $number }; look at it again with `/faq view`.
faq-no-title = An entry needs a question; please add one.
faq-no-answer = An entry needs an answer; please add one.
faq-synonyms-too-long = All synonyms together take 4,000 characters; please leave some out.
faq-too-long = That is too long: a question takes 100 characters, an answer 4,000, keywords 300, a category 50.
faq-title-of-several-lines = A question is one line; please remove the line breaks.
faq-too-many-keywords = An entry has at most 20 keywords; please remove some.
faq-too-many-entries = A server has at most { $max } entries; remove some first.
faq-source-is-no-address = A source is a web address that starts with `https://`; please correct it.
faq-too-many-synonyms = A server has at most { $max } groups of synonyms; please leave some out.
# “Add to FAQ” was chosen for a message without text.
faq-message-without-text = This message has no text; use `/faq add` and write the answer yourself.
# Commands inside “open it again with …”.
faq-edit-command = `/faq edit`
faq-synonyms-command = `/faq synonyms`

## Forms.

faq-add-form = Add an entry
faq-change-form = Change #{ $number }
faq-question-label = Question
faq-question-hint = As members would ask it
faq-answer-label = Answer
faq-answer-hint = Markdown works
faq-keywords-label = Keywords
faq-keywords-hint = Other words for it, separated by commas
faq-category-label = Category
# Where the answer is from: a link.
faq-source-label = Source
faq-source-hint = A link to where more is to be read
faq-synonyms-form = Synonyms
faq-synonyms-label = Words that mean the same
faq-synonyms-hint = One group a line, separated by commas: refund, money back, terugbetaling

## What members find.

# The list of all answers.
faq-list-title = Answers
faq-list-none = There are no answers here yet; admins add them with `/faq add`.
faq-list-empty-page = This page is empty now.
# $total is how many answers there are on all pages.
faq-list-page = { $total ->
    [one] Page { $page } of { $pages } · { $total } answer
   *[other] Page { $page } of { $pages } · { $total } answers
}
faq-previous-button = Previous
faq-next-button = Next
# $asked is what somebody searched for.
faq-results-title = Results for “{ $asked }”
# $desk is yes where a button below opens a ticket, and no where there is none.
faq-results-none =
    { $desk ->
        [yes] I found nothing for “{ $asked }”. Try other words, or ask with the button below; the staff can add the answer.
       *[no] I found nothing for “{ $asked }”. Try other words, or ask the staff and say what you searched for; they can add the answer.
    }
# Above entries that do not answer the question, below “I found nothing for …”.
faq-closest-title = Closest to your question
# Where no entry of the FAQ answers, and passages of documents do, which stand below. $asked is what somebody searched for.
faq-results-documents = The FAQ says nothing about “{ $asked }”; the documents do.
faq-documents-title = From the documents
faq-open-menu = Open an answer

## What admins did.

faq-added = Added #{ $number } **{ $title }**.
faq-entry-changed = Changed #{ $number } **{ $title }**.
faq-removed = Removed #{ $number } **{ $title }**.
faq-pinned = Pinned #{ $number } **{ $title }**.
faq-unpinned = Unpinned #{ $number } **{ $title }**.
faq-ask-removal = Remove #{ $number } **{ $title }** for good?
faq-ask-removal-of-changed = Somebody has just changed it. Remove #{ $number } **{ $title }** for good?
faq-remove-button = Remove
faq-keep-button = Keep
faq-kept = Nothing was removed.
# $count is how many groups of words there are.
faq-synonyms-set = { $count ->
    [0] No synonyms are set now.
    [one] { $count } group of synonyms is set now.
   *[other] { $count } groups of synonyms are set now.
}
# $count is how many answers the index knows.
faq-index-new = { $count ->
    [one] The search index is new; it knows { $count } entry.
   *[other] The search index is new; it knows { $count } entries.
}

## The report on what was asked.

faq-report-title =
    { $days ->
        [one] Asked in the last day
       *[other] Asked in the last { $days } days
    }
faq-report-none =
    { $days ->
        [one] Nobody has searched in the last day.
       *[other] Nobody has searched in the last { $days } days.
    }
# $percent is how many of a hundred were answered.
faq-report-searches =
    { $count ->
        [one] { $count } search, { $percent } % answered
       *[other] { $count } searches, { $percent } % answered
    }
faq-report-unanswered = Without an answer
faq-report-all-answered = Everything that was asked has an answer now.
faq-report-question = “{ $asked }” · { $times }×
faq-report-opened = Opened most
faq-report-entry = #{ $number } { $title } · { $times }×
# The menu of questions without an answer; the form of a new answer opens.
faq-report-menu = Write an answer
faq-report-days-button =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }

## The log channel.

faq-log-added = 🟢 New FAQ entry
faq-log-changed = 🟡 FAQ entry changed
faq-log-removed = 🗑️ FAQ entry removed
faq-log-pinned = 📌 FAQ entry pinned
faq-log-unpinned = 📌 FAQ entry unpinned
faq-log-synonyms = 🟡 FAQ synonyms changed
faq-log-imported = 📥 FAQ entries imported
faq-log-import-counts = { $added } added, { $changed } changed
faq-log-documents = 📚 Documents imported
faq-log-document-counts = { $added } added, { $changed } changed, { $removed } removed
faq-log-read = 📖 FAQ entry read
faq-log-searched = 🔎 FAQ searched
# $query is what somebody searched for, $found how many answers there were.
faq-log-search = “{ $query }” · { $found } found

## The dashboard.

faq-web-label = FAQ
faq-web-search-label = Find an entry
faq-web-search-button = Find
faq-web-questions-label = Questions without an answer
faq-web-nothing-found = No entry is about that.
faq-web-all = All entries
faq-web-none = There are no entries yet. Write the first: what do members ask most?
faq-web-changed-label = Last changed
faq-web-author-label = Added by
faq-web-times-label = Asked
faq-web-edit-button = Change
faq-web-pin-button = Pin to the top
faq-web-unpin-button = Unpin
faq-web-save-button = Save
faq-web-duplicates-label = Asked twice
faq-web-duplicates = The questions of these entries ask the same by their words. One entry is found better than two: put what they say together, and remove the other.
faq-web-duplicates-none = No two entries ask the same.
# $days is a number.
faq-web-opened-label = Opened in { $days } days
faq-web-preview-button = See it first
faq-web-preview-title = As Discord shows it
faq-web-leave-button = Leave it as it was
# Where the entry stands as it is now.
faq-web-entry = entry #{ $number }

## What is wrong with a row of an import. Each stands behind the place of the row.

faq-import-line = line { $line }
faq-import-same = { $place } has the same question
faq-import-unknown-file = the file's name must end in .md, .csv, .tsv or .jsonl
faq-import-no-utf8 = it has bytes that are no UTF-8
faq-import-broken = it has bytes that are no text in the file's encoding; save it as UTF-8
# $why is what the reader of the format says, in English.
faq-import-unreadable = it cannot be read: { $why }
faq-import-no-text = `{ $name }` is no text
faq-import-no-keywords = `keywords` are no texts
faq-import-no-title = it has no title: neither `title:` at its top nor a heading
faq-import-no-separator = line { $line } does not say what separates the cells: a comma, a semicolon or a tab
faq-import-no-column = line { $line } names no column `{ $column }`
faq-import-two-columns = line { $line } names two columns `{ $column }`
faq-import-too-many-cells = it has { $count } cells, and the first line names { $width }; a text with a separator in it stands in quotation marks
faq-import-cell-goes-on = after a quotation mark its cell goes on; one inside of a text is written twice
faq-import-open-quote = a quotation mark is opened and not closed

## What operators read of documents, behind the name of the file.

faq-document-unknown-file = the file's name must end in .md, .txt or .html
faq-document-pdf = PDF is not read; save it as Markdown, text or HTML
faq-document-too-large = it has more than { $megabytes } MB; split it
faq-document-name-too-long = its name with its folders has more than { $max } characters
faq-document-too-deep = it lies too many folders deep
faq-document-empty = there is no text in it
faq-document-too-long = it has more than { $max } passages; split it
# `url:` stands at the top of a Markdown file.
faq-document-url = `url:` at its top is no web address
faq-document-no-room = there is no room for it: all documents together have at most { $max } passages

## Pasting entries on the dashboard.

faq-web-import-label = Import
faq-web-import = Paste entries here. One with a question that there is already takes the place of what it says; every other one is added.
faq-web-import-as-label = Written as
faq-web-import-csv-option = CSV, as the export writes it
faq-web-import-jsonl-option = JSON lines
faq-web-import-md-option = Markdown, one entry
faq-web-import-text-label = Entries
faq-web-import-text-hint = CSV names its columns first: title, answer, and if you like keywords, category and source.
faq-web-import-look-button = See what would happen
faq-web-import-would-title = What would happen
faq-web-import-button = Import them
faq-web-import-line-label = Line
faq-web-import-outcome-label = What becomes of it
faq-web-import-added = is added
faq-web-import-updated = is changed
faq-web-import-unchanged = stays as it is
faq-web-import-nothing = There are no entries in it.
faq-web-import-too-many = That is more than { $max } entries; import them in several parts.
faq-web-imported = { $added } added, { $updated } changed, { $unchanged } as they were, { $bad } left out.
