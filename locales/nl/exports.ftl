## De opdracht. Wat een tabel bevat, staat hier bij de naam ervan.

command-export = Exporteer de gegevens van deze server als CSV of JSON-regels (beheerders)
command-export-faq = De antwoorden van de FAQ; je kunt ze weer importeren
    .format = Hoe de rijen worden opgeschreven
    .format-csv = CSV
    .format-jsonl = JSON-regels
command-export-reminders = Herinneringen met hun regels, ook als ze afgelopen zijn
    .from = De eerste dag, zoals 2027-03-01 of 1/3/2027
    .until = De laatste dag, zoals 2027-03-31 of 31/3/2027
    .format = Hoe de rijen worden opgeschreven
    .format-csv = CSV
    .format-jsonl = JSON-regels
command-export-searches = Wat leden in de FAQ zochten, en wat het antwoord gaf
    .from = De eerste dag, zoals 2027-03-01 of 1/3/2027
    .until = De laatste dag, zoals 2027-03-31 of 31/3/2027
    .format = Hoe de rijen worden opgeschreven
    .format-csv = CSV
    .format-jsonl = JSON-regels
command-export-audit = Wie welke instelling wijzigde, en van wat in wat
    .from = De eerste dag, zoals 2027-03-01 of 1/3/2027
    .until = De laatste dag, zoals 2027-03-31 of 31/3/2027
    .format = Hoe de rijen worden opgeschreven
    .format-csv = CSV
    .format-jsonl = JSON-regels
command-export-tickets = Tickets met al hun tijden, zonder wat erin gezegd is
    .from = De eerste dag, zoals 2027-03-01 of 1/3/2027
    .until = De laatste dag, zoals 2027-03-31 of 31/3/2027
    .status = Alleen tickets met deze status
    .status-open = open
    .status-claimed = opgepakt
    .status-waiting-for-user = wacht op het lid
    .status-escalated = geëscaleerd
    .status-closed = gesloten
    .status-archived = gearchiveerd
    .kind = Alleen tickets van deze soort
    .format = Hoe de rijen worden opgeschreven
    .format-csv = CSV
    .format-jsonl = JSON-regels

## Wat er misgaat.

exports-no-day = “{ $text }” is geen datum; schrijf die als 2027-03-31 of 31/3/2027.
exports-no-part = “{ $text }” bestaat hier niet; kies er een die wordt aangeboden terwijl je typt.
exports-swapped = De eerste dag komt na de laatste; verwissel `van` en `tot`.

## Het antwoord.

exports-follows = Er wordt al een export van deze server gemaakt; die van jou volgt daarna.
exports-done = { $name }: { $count ->
        [one] { $count } rij
       *[other] { $count } rijen
    }.
exports-done-files = { $name }: { $count ->
        [one] { $count } rij
       *[other] { $count } rijen
    }, in { $files } bestanden met elk een eigen kopregel.
exports-too-many = { $name }: { $count ->
        [one] { $count } rij
       *[other] { $count } rijen
    }, meer dan er in één bericht passen; hier zijn de eerste { $shown } van { $files } bestanden. Vraag de rest op met `van` en `tot`.
exports-logged = 📤 Gegevens geëxporteerd

## Op het dashboard.

exports-web-label = Exports
exports-web-title = Je gegevens meenemen
exports-web = Een export is altijd volledig, hoeveel rijen het ook zijn, en in je logkanaal staat dat je hem hebt gemaakt. Tijden zijn in UTC; dagen zijn die van deze server.
exports-web-from-label = Eerste dag
exports-web-until-label = Laatste dag
exports-web-any-option = Allemaal
exports-web-csv-button = CSV
exports-web-jsonl-button = JSON-regels
exports-web-swapped = De eerste dag komt na de laatste; wissel ze om.
exports-web-no-choice = Dat is geen van de keuzes; kies er een uit de lijst.
exports-web-crowded = Er wordt net een andere export van deze server gemaakt; probeer het nog eens als die klaar is.
