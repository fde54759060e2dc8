## Instellingen: waar elke voor is, zonder punt.

faq-set-retention-days = Hoeveel dagen ik bewaar waar leden naar zochten

## Opdrachten: wat elke doet; de opties en keuzes eronder.

command-faq = Antwoorden op veelgestelde vragen
command-faq-search = Zoek antwoorden
    .query = Wat je wilt weten
    .public = Toon het antwoord hier aan iedereen
command-faq-view = Toon één antwoord
    .entry = De vraag of het #nummer
    .public = Toon het antwoord hier aan iedereen
command-faq-list = Toon alle antwoorden
    .public = Toon de lijst hier aan iedereen
command-faq-add = Voeg een antwoord toe (beheerders)
command-faq-edit = Wijzig een antwoord (beheerders)
    .entry = De vraag of het #nummer
command-faq-remove = Verwijder een antwoord (beheerders)
    .entry = De vraag of het #nummer
command-faq-pin = Zet een antwoord vast boven aan de lijst (beheerders)
    .entry = De vraag of het #nummer
command-faq-unpin = Maak een vastgezet antwoord weer los (beheerders)
    .entry = De vraag of het #nummer
command-faq-synonyms = Geef op welke woorden hier hetzelfde betekenen (beheerders)
command-faq-report = Bekijk wat er gevraagd is en waar nog geen antwoord op is (beheerders)
command-faq-reload = Bouw de zoekindex opnieuw op (beheerders)
command-menu-add-to-faq = Aan FAQ toevoegen

## Weigeringen.

faq-no-such-entry = Dat antwoord bestaat niet; kies een van de suggesties terwijl je typt, of kijk bij `/faq lijst`.
faq-title-taken = Antwoord #{ $number } heeft deze vraag al; wijzig dat met `/faq wijzigen`.
faq-removed-meanwhile = Dit antwoord is intussen verwijderd; voeg het opnieuw toe met `/faq toevoegen`.
faq-changed = Iemand heeft #{ $number } net gewijzigd; bekijk het opnieuw met `/faq bekijken`.
faq-no-title = Een antwoord heeft een vraag nodig; vul die in.
faq-no-answer = De tekst van het antwoord ontbreekt; vul die in.
faq-synonyms-too-long = Alle synoniemen samen mogen hoogstens 4000 tekens lang zijn; laat er een paar weg.
faq-too-long = Dat is te lang: een vraag mag hoogstens 100 tekens lang zijn, een antwoord 4000, trefwoorden 300 en een categorie 50.
faq-title-of-several-lines = Een vraag moet één regel zijn; haal de regeleinden weg.
faq-too-many-keywords = Een antwoord mag hoogstens 20 trefwoorden hebben; haal er een paar weg.
faq-too-many-entries = Een server mag hoogstens { $max } antwoorden hebben; verwijder er eerst een paar.
faq-source-is-no-address = Een bron moet een webadres zijn dat met `https://` begint; pas het aan.
faq-too-many-synonyms = Een server mag hoogstens { $max } groepen synoniemen hebben; laat er een paar weg.
faq-message-without-text = Dit bericht heeft geen tekst; gebruik `/faq toevoegen` en schrijf het antwoord zelf.
faq-edit-command = `/faq wijzigen`
faq-synonyms-command = `/faq synoniemen`

## Formulieren.

faq-add-form = Antwoord toevoegen
faq-change-form = #{ $number } wijzigen
faq-question-label = Vraag
faq-question-hint = Zoals leden die zouden stellen
faq-answer-label = Antwoord
faq-answer-hint = Markdown werkt
faq-keywords-label = Trefwoorden
faq-keywords-hint = Andere woorden ervoor, gescheiden door komma's
faq-category-label = Categorie
faq-source-label = Bron
faq-source-hint = Een link naar meer informatie
faq-synonyms-form = Synoniemen
faq-synonyms-label = Woorden die hetzelfde betekenen
faq-synonyms-hint = Eén groep per regel, gescheiden door komma's: terugbetaling, geld terug, refund

## Wat leden vinden.

faq-list-title = Antwoorden
faq-list-none = Er zijn hier nog geen antwoorden; beheerders voegen ze toe met `/faq toevoegen`.
faq-list-empty-page = Deze pagina is nu leeg.
faq-list-page = { $total ->
    [one] Pagina { $page } van { $pages } · { $total } antwoord
   *[other] Pagina { $page } van { $pages } · { $total } antwoorden
}
faq-previous-button = Vorige
faq-next-button = Volgende
faq-results-title = Gevonden voor “{ $asked }”
faq-results-none =
    { $desk ->
        [yes] Ik heb niets gevonden voor “{ $asked }”. Probeer andere woorden, of vraag het met de knop hieronder; het team kan het antwoord toevoegen.
       *[no] Ik heb niets gevonden voor “{ $asked }”. Probeer andere woorden, of vraag het aan het team en zeg erbij waar je naar zocht, dan kan het team het antwoord toevoegen.
    }
faq-closest-title = Komt het dichtst bij je vraag
faq-results-documents = De FAQ zegt niets over “{ $asked }”; de documenten wel.
faq-documents-title = Uit de documenten
faq-open-menu = Antwoord openen

## Wat beheerders deden.

faq-added = #{ $number } **{ $title }** is toegevoegd.
faq-entry-changed = #{ $number } **{ $title }** is gewijzigd.
faq-removed = #{ $number } **{ $title }** is verwijderd.
faq-pinned = #{ $number } **{ $title }** staat nu vast boven aan de lijst.
faq-unpinned = #{ $number } **{ $title }** staat niet meer vast.
faq-ask-removal = #{ $number } **{ $title }** voorgoed verwijderen?
faq-ask-removal-of-changed = Iemand heeft het net gewijzigd. #{ $number } **{ $title }** toch voorgoed verwijderen?
faq-remove-button = Verwijderen
faq-keep-button = Behouden
faq-kept = Er is niets verwijderd.
faq-synonyms-set = { $count ->
    [0] Er zijn nu geen synoniemen ingesteld.
    [one] Er is nu { $count } groep synoniemen ingesteld.
   *[other] Er zijn nu { $count } groepen synoniemen ingesteld.
}
faq-index-new = { $count ->
    [one] De zoekindex is opnieuw opgebouwd; er staat { $count } antwoord in.
   *[other] De zoekindex is opnieuw opgebouwd; er staan { $count } antwoorden in.
}

## Het overzicht van wat er gevraagd is.

faq-report-title =
    { $days ->
        [one] Gevraagd in de afgelopen dag
       *[other] Gevraagd in de afgelopen { $days } dagen
    }
faq-report-none =
    { $days ->
        [one] Niemand heeft de afgelopen dag iets gezocht.
       *[other] Niemand heeft de afgelopen { $days } dagen iets gezocht.
    }
faq-report-searches =
    { $count ->
        [one] { $count } zoekopdracht, { $percent }% beantwoord
       *[other] { $count } zoekopdrachten, { $percent }% beantwoord
    }
faq-report-unanswered = Zonder antwoord
faq-report-all-answered = Alles wat er gevraagd is, heeft nu een antwoord.
faq-report-question = “{ $asked }” · { $times }×
faq-report-opened = Het vaakst geopend
faq-report-entry = #{ $number } { $title } · { $times }×
faq-report-menu = Schrijf een antwoord
faq-report-days-button =
    { $days ->
        [one] { $days } dag
       *[other] { $days } dagen
    }

## Het logkanaal.

faq-log-added = 🟢 Nieuw antwoord in de FAQ
faq-log-changed = 🟡 Antwoord in de FAQ gewijzigd
faq-log-removed = 🗑️ Antwoord uit de FAQ verwijderd
faq-log-pinned = 📌 Antwoord in de FAQ vastgezet
faq-log-unpinned = 📌 Antwoord in de FAQ losgemaakt
faq-log-synonyms = 🟡 Synoniemen van de FAQ gewijzigd
faq-log-imported = 📥 Antwoorden in de FAQ geïmporteerd
faq-log-import-counts = { $added } toegevoegd, { $changed } gewijzigd
faq-log-documents = 📚 Documenten geïmporteerd
faq-log-document-counts = { $added } toegevoegd, { $changed } gewijzigd, { $removed } verwijderd
faq-log-read = 📖 Antwoord uit de FAQ gelezen
faq-log-searched = 🔎 In de FAQ gezocht
faq-log-search = “{ $query }” · { $found } gevonden

## Het dashboard.

faq-web-label = FAQ
faq-web-search-label = Zoek een antwoord
faq-web-search-button = Zoeken
faq-web-questions-label = Vragen zonder antwoord
faq-web-nothing-found = Daar gaat geen enkel antwoord over.
faq-web-all = Alle antwoorden
faq-web-none = Er zijn nog geen antwoorden. Schrijf het eerste: wat vragen leden het vaakst?
faq-web-changed-label = Laatst gewijzigd
faq-web-author-label = Toegevoegd door
faq-web-times-label = Gevraagd
faq-web-edit-button = Wijzigen
faq-web-pin-button = Vastzetten
faq-web-unpin-button = Losmaken
faq-web-save-button = Opslaan
faq-web-duplicates-label = Dubbel gevraagd
faq-web-duplicates = Deze antwoorden horen bij vragen die hetzelfde vragen. Eén antwoord wordt beter gevonden dan twee: voeg samen wat erin staat, en verwijder het andere.
faq-web-duplicates-none = Er zijn geen twee antwoorden op dezelfde vraag.
# $days is een getal.
faq-web-opened-label = Geopend in { $days } dagen
faq-web-preview-button = Eerst bekijken
faq-web-preview-title = Zoals Discord het toont
faq-web-leave-button = Zo laten
# Waar het antwoord staat zoals het nu is.
faq-web-entry = #{ $number }

## Wat er mis is met een rij van een import. Dit staat achter de plaats van de rij.

faq-import-line = regel { $line }
faq-import-same = { $place } heeft dezelfde vraag
faq-import-unknown-file = de bestandsnaam moet eindigen op .md, .csv, .tsv of .jsonl
faq-import-no-utf8 = er staan bytes in die geen UTF-8 zijn
faq-import-broken = er staan bytes in die geen tekst zijn in de codering van het bestand; sla het op als UTF-8
# $why is wat de lezer van het formaat zegt, in het Engels.
faq-import-unreadable = niet te lezen: { $why }
faq-import-no-text = `{ $name }` is geen tekst
faq-import-no-keywords = `keywords` zijn geen teksten
faq-import-no-title = er is geen titel: geen `title:` bovenaan en geen kop
faq-import-no-separator = regel { $line } zegt niet wat de cellen scheidt: een komma, een puntkomma of een tab
faq-import-no-column = regel { $line } noemt geen kolom `{ $column }`
faq-import-two-columns = regel { $line } noemt twee kolommen `{ $column }`
faq-import-too-many-cells = er zijn { $count } cellen, en de eerste regel noemt er { $width }; een tekst met een scheidingsteken erin staat tussen aanhalingstekens
faq-import-cell-goes-on = na een aanhalingsteken gaat de cel verder; een aanhalingsteken in een tekst schrijf je dubbel
faq-import-open-quote = een aanhalingsteken wordt geopend en niet gesloten

## Wat beheerders over documenten lezen, achter de naam van het bestand.

faq-document-unknown-file = de bestandsnaam moet eindigen op .md, .txt of .html
faq-document-pdf = pdf wordt niet gelezen; sla het op als Markdown, tekst of HTML
faq-document-too-large = het is groter dan { $megabytes } MB; splits het
faq-document-name-too-long = de naam met de mappen is langer dan { $max } tekens
faq-document-too-deep = het ligt te veel mappen diep
faq-document-empty = er staat geen tekst in
faq-document-too-long = het heeft meer dan { $max } passages; splits het
faq-document-url = `url:` bovenaan is geen webadres
faq-document-no-room = er is geen plaats voor: alle documenten samen hebben hoogstens { $max } passages

## Antwoorden plakken op het dashboard.

faq-web-import-label = Importeren
faq-web-import = Plak hier antwoorden. Staat er al een antwoord op dezelfde vraag, dan wordt dat vervangen; al het andere komt erbij.
faq-web-import-as-label = Geschreven als
faq-web-import-csv-option = CSV, zoals de export het schrijft
faq-web-import-jsonl-option = JSON-regels
faq-web-import-md-option = Markdown, één antwoord
faq-web-import-text-label = Antwoorden
faq-web-import-text-hint = CSV noemt eerst de kolommen: title, answer, en als je wilt keywords, category en source.
faq-web-import-look-button = Bekijk wat er zou gebeuren
faq-web-import-would-title = Wat er zou gebeuren
faq-web-import-button = Importeren
faq-web-import-line-label = Regel
faq-web-import-outcome-label = Wat ermee gebeurt
faq-web-import-added = komt erbij
faq-web-import-updated = wordt gewijzigd
faq-web-import-unchanged = blijft zoals het is
faq-web-import-nothing = Er staan geen antwoorden in.
faq-web-import-too-many = Dat zijn meer dan { $max } antwoorden; importeer ze in delen.
faq-web-imported = { $added } toegevoegd, { $updated } gewijzigd, { $unchanged } gebleven zoals ze waren, { $bad } overgeslagen.
