## Hoe het loopt: de eerste pagina van een server op het dashboard.

overview-title = Overzicht
overview-period-label = Periode
overview-days-button =
    { $days ->
        [one] { $days } dag
       *[other] { $days } dagen
    }
overview-all-button = Sinds het begin
overview-time-label = Tijden tellen
overview-passed-button = volgens de klok
overview-worked-button = in werktijd
overview-number = { $count }
overview-percent = { $percent }%
overview-none = –
overview-under-a-minute = minder dan een minuut
overview-change = { $sign }{ $percent }% (ervoor: { $was })
overview-before = Ervoor: { $was }
overview-table-button = Als tabel

## Getallen op kaarten en kolommen van tabellen.

overview-opened-label = Geopend
overview-closed-label = Gesloten
overview-reopened-label = Heropend
overview-claimed-label = Opgepakt
overview-response-label = Eerste reactie
overview-claim-label = Opgepakt na
overview-close-label = Gesloten na
overview-stars-label = Tevredenheid
overview-answered-label = Beantwoord door de FAQ
overview-day-label = Dag
overview-week-label = Week vanaf
overview-what-label = Wat
overview-times-label = Hoe vaak
overview-median-label = De helft binnen
overview-p90-label = Negen van de tien binnen
overview-mean-label = Gemiddeld
overview-person-label = Wie
overview-kind-label = Soort
overview-question-label = Vraag
overview-write-label = Antwoord
overview-write-button = Schrijf een antwoord
overview-weekday-label = Dag
overview-said-label = Gestuurd
overview-late-label = Waarvan te laat
overview-missed-label = Gemist
overview-failed-label = Geweigerd door Discord

## Waar nu iemand naar moet kijken.

overview-now = Hier moet nu iemand naar kijken
overview-nothing-now = Nergens naar: elk ticket is opgepakt en jonger dan een dag, en elke vraag heeft een antwoord.
overview-unclaimed =
    { $count ->
        [one] { $count } ticket dat niemand heeft opgepakt
       *[other] { $count } tickets die niemand heeft opgepakt
    }
overview-old =
    { $count ->
        [one] { $count } ticket dat ouder is dan een dag
       *[other] { $count } tickets die ouder zijn dan een dag
    }
overview-questions =
    { $count ->
        [one] { $count } vraag zonder antwoord
       *[other] { $count } vragen zonder antwoord
    }
overview-questions-many = Meer dan { $count } vragen zonder antwoord
overview-missed =
    { $count ->
        [one] { $count } herinnering die in de laatste { $days } dagen niet kwam
       *[other] { $count } herinneringen die in de laatste { $days } dagen niet kwamen
    }

## De delen van de pagina.

overview-volume = Geopende en gesloten tickets
overview-times = Hoelang het duurde
overview-spread = de helft binnen { $half }, negen van de tien binnen { $most }
overview-in-time = { $percent }% van { $count ->
        [one] { $count } eerste reactie
       *[other] { $count } eerste reacties
    } kwam binnen de streeftijd van het soort ticket.
overview-not-measured = De werktijd wordt nog gemeten; kijk over een paar minuten nog eens.
overview-states = Status van de tickets
overview-backlog = Open tickets naar leeftijd
overview-younger = tot { $age }
overview-older = langer dan { $age }
overview-hours = Wanneer tickets worden geopend
overview-kinds = Per soort
overview-no-tickets = In deze periode is er geen ticket geopend.
overview-staff = Per teamlid
overview-no-staff = Niemand van het team heeft in deze periode een ticket opgepakt of gesloten.
overview-asked = Het vaakst gevraagd, zonder antwoord
overview-no-questions = In deze periode is er niets tevergeefs gevraagd.
overview-reminders = Herinneringen
overview-entries = Vaakst geopende antwoorden
overview-no-entries = In deze periode is geen antwoord vanuit een zoekopdracht geopend.
overview-entry-label = Antwoord
overview-kept-since = Geteld vanaf { $date }: wat daarvoor was, wordt niet meer bewaard.

## Statussen van tickets, en dagen.

overview-open = Open
overview-claimed = Opgepakt
overview-waiting = Wacht op het lid
overview-escalated = Geëscaleerd
overview-closed = Gesloten
overview-archived = Gearchiveerd
overview-monday = ma
overview-tuesday = di
overview-wednesday = wo
overview-thursday = do
overview-friday = vr
overview-saturday = za
overview-sunday = zo
