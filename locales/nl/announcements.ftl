## Instellingen: waar elke voor is, zonder punt.

announcements-set-channel = Het kanaal waarvan aankondigingen herinneringen worden
announcements-set-reminder-channel = Waar die herinneringen gezegd worden, als het niet is waar ze aangekondigd zijn
announcements-set-reminder-offset = Hoe lang voor een evenement de herinnering komt

## Het logkanaal.

announcements-not-made = 🔕 Geen herinnering gemaakt van een aankondiging
announcements-over = wat het aankondigt, is voorbij
announcements-reminder-kept = Herinnering #{ $number } blijft zoals ze is.
announcements-not-read = 🚨 Aankondigingen worden niet gelezen
announcements-channel-refuses = Ik kan <#{ $channel }> niet lezen ({ $answer }); geef me daar **{ ui-permission-view-channel }** en **{ ui-permission-read-history }**.
announcements-no-content = De “message content intent” staat voor mij uit, dus ik zie geen tekst. Wie mij beheert, kan dat aanzetten in het developer portal van Discord; gebruik tot dan *Apps, Herinnering maken* in het menu van een bericht.
