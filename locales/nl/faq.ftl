## Instellingen: waar elke voor is, zonder punt.

faq-set-retention-days = Hoeveel dagen ik bewaar waar mensen naar zochten

## Opdrachten: wat elke doet; de opties en keuzes eronder.

command-faq = Antwoorden op veelgestelde vragen
command-faq-search = Zoek antwoorden
    .query = Wat je wilt weten
    .public = Toon het antwoord aan iedereen hier
command-faq-view = Toon één antwoord
    .entry = De titel of #nummer
    .public = Toon het antwoord aan iedereen hier
command-faq-list = Toon alle antwoorden
    .public = Toon de lijst aan iedereen hier
command-faq-add = Voeg een antwoord toe (beheerders)
command-faq-edit = Wijzig een antwoord (beheerders)
    .entry = De titel of #nummer
command-faq-remove = Verwijder een antwoord (beheerders)
    .entry = De titel of #nummer
command-faq-pin = Zet een antwoord vast boven aan de lijst, of maak het los (beheerders)
    .entry = De titel of #nummer
command-faq-synonyms = Zeg welke woorden hier hetzelfde betekenen (beheerders)
command-faq-reload = Bouw de zoekindex opnieuw op (beheerders)
command-menu-add-to-faq = Aan FAQ toevoegen
