## Het logkanaal.

reminder-log-made = 🟢 Herinnering gemaakt
reminder-log-made-of-announcement = 🔔 Van een aankondiging is een herinnering gemaakt
reminder-log-changed = 🟡 Herinnering gewijzigd
reminder-log-follows = 🔔 Herinnering aangepast aan de aankondiging
reminder-log-kept-parts = met de hand ingesteld, dus ongewijzigd: { $parts }
reminder-log-part-name = naam
reminder-log-part-body = tekst
reminder-log-part-place = plaats
reminder-log-part-channel = kanaal
reminder-log-part-when = wanneer
reminder-log-part-ahead = hoe lang vooraf
reminder-log-paused = ⏸️ Herinnering gepauzeerd
reminder-log-resumed = ▶️ Herinnering hervat
reminder-log-deleted = 🗑️ Herinnering verwijderd
reminder-log-snoozed = 💤 Herinnering uitgesteld
reminder-log-snoozed-by = #{ $number } { $name } · komt opnieuw als #{ $by } <t:{ $at }:f>
reminder-log-template-kept = 🟢 Sjabloon voor herinneringen opgeslagen
reminder-log-template-replaced = 🟡 Sjabloon voor herinneringen vervangen
reminder-log-template-removed = 🗑️ Sjabloon voor herinneringen verwijderd
reminder-log-template-of = “{ $name }” van #{ $number }
reminder-log-template = “{ $name }”
reminder-log-channel-paused =
    { $count ->
        [one] 🚨 Er is een herinnering gepauzeerd
       *[other] 🚨 Er zijn { $count } herinneringen gepauzeerd
    }
reminder-log-can-resume = { $why } Met `/herinnering hervatten` zet je dat weer aan.
reminder-log-unsaid =
    { $count ->
        [one] ⏰ Er is een herinnering niet gekomen
       *[other] ⏰ Er zijn { $count } herinneringen niet gekomen
    }
reminder-log-theirs-paused = De herinneringen van dit lid zijn gepauzeerd.
reminder-log-theirs-there-paused = De herinneringen van dit lid daar zijn gepauzeerd.
reminder-log-unsaid-line = #{ $number } { $name } <t:{ $at }:f>
reminder-log-missed = meer dan { $grace } te laat; met `/instellingen herinneringen aanpassen` mag het later.
reminder-log-unsaid-since = { $line } · { $why }
reminder-log-more = … en nog { $count }
