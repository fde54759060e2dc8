# Woordenlijst: één woord voor één ding, in alle bestanden van deze map. Links wat het Engels zegt, rechts wat hier staat.
#
# Van Discord: server (je bent *op* een server), kanaal, tekstkanaal, aankondigingskanaal, categorie, rol, lid/leden,
# bericht, privébericht, thread/privéthread, rechten, vermelden (mention), bestand, afbeelding, bewerkt (edited).
#
# Wie:         admin = beheerder, staff = het team, member = lid, operator = wie deze bot host
# Doen:        add = toevoegen, change/edit = wijzigen, set (een instelling) = aanpassen, reset = resetten,
#              rollback = terugdraaien, remove/delete = verwijderen, save = opslaan, keep (een tijd lang) = bewaren,
#              show = tonen, send = sturen, post = plaatsen, give/name (een waarde) = opgeven, pick = kiezen
# Opdrachten:  command = opdracht, option = optie, button = knop, form = formulier, setting = instelling
#              Als naam van een opdracht is remove = weghalen: `verwijderen` is delete, en twee opdrachten naast elkaar
#              (`/ticket weghalen`, `/ticket verwijderen`) mogen niet hetzelfde heten.
# FAQ:         entry/answer = antwoord, keywords = trefwoorden, pin = vastzetten, synonyms = synoniemen
# Tickets:     ticket = het ticket, kind of ticket = de ticketsoort, claim = oppakken, give back = teruggeven,
#              transfer = overdragen, escalate = escaleren (iemand doet dat, een ticket niet vanzelf), close = sluiten,
#              reopen = heropenen, transcript = het verslag, rate = beoordelen, panel = het paneel,
#              reply/tag = het snelantwoord (je stuurt het; het is zo vaak gebruikt), take part = in een ticket zitten
# Herinnering: reminder = de herinnering (die, niet haar; een herinnering *komt*), done = afgelopen, event = evenement,
#              ahead = vooraf, put off = uitstellen, template = het sjabloon
# Tijd:        1d 2u 30m
#
# Toon: je, kort, actief. Knoppen zijn een infinitief (Ticket openen), opdrachten in de gebiedende wijs (Open een ticket).
# Tussen “en” of “of” en een losse zin staat een komma; na een dubbelepunt een kleine letter.

## Wat elk deel van de bot zegt.

words-language-name = Nederlands
words-thousands-mark = .
words-decimal-mark = ,
words-between-items = ,{" "}
words-between-sentences = {" "}
words-and = { $left } en { $right }
words-or = { $left } of { $right }
words-decimal = { $number }

## Tijdsduren: “1d 2u 30m”.

words-days = { $count }d
words-hours = { $count }u
words-minutes = { $count }m

## Dezelfde in een zin of op een knop: “1 dag 2 uur 30 minuten”.

words-days-in-full =
    { $count ->
        [one] { $count } dag
       *[other] { $count } dagen
    }
words-hours-in-full = { $count } uur
words-minutes-in-full =
    { $count ->
        [one] { $count } minuut
       *[other] { $count } minuten
    }
