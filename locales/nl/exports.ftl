## De opdracht. Wat een tabel bevat, staat hier bij haar naam.

command-export = Neem de gegevens van deze server mee, als CSV (beheerders)
command-export-faq = De antwoorden van de FAQ; ze kunnen weer worden geïmporteerd
command-export-reminders = Herinneringen met hun regels, ook die klaar zijn
    .from = De eerste dag, zoals 2027-03-01 of 1/3/2027
    .to = De laatste dag, zoals 2027-03-31 of 31/3/2027
command-export-tickets = Tickets met al hun tijden, zonder wat erin gezegd is
    .from = De eerste dag, zoals 2027-03-01 of 1/3/2027
    .to = De laatste dag, zoals 2027-03-31 of 31/3/2027
    .status = Alleen die met deze status
    .status-open = open
    .status-claimed = opgepakt
    .status-waiting-for-user = wacht op lid
    .status-escalated = geëscaleerd
    .status-closed = gesloten
    .status-archived = gearchiveerd

## Wat er misgaat.

exports-no-day = “{ $text }” is geen dag; schrijf hem als 2027-03-31 of 31/3/2027.
exports-swapped = De eerste dag komt na de laatste; verwissel `van` en `naar`.

## Het antwoord.

exports-follows = Er wordt al een export van deze server gemaakt; die van jou volgt daarna.
exports-done = { $name }: { $count ->
        [one] { $count } rij
       *[other] { $count } rijen
    }.
exports-done-files = { $name }: { $count ->
        [one] { $count } rij
       *[other] { $count } rijen
    }. Het zijn { $files } bestanden, elk met zijn eigen eerste regel.
exports-too-many = { $name }: { $count ->
        [one] { $count } rij
       *[other] { $count } rijen
    }, en dat is meer dan één bericht bevat; hier zijn de eerste { $shown } van { $files } bestanden. Vraag de rest met `van` en `naar`.
exports-logged = 📤 Gegevens geëxporteerd
