## Instellingen: waar elke voor is, zonder punt.

announcements-set-channel = Het kanaal waarvan de aankondigingen herinneringen worden
announcements-set-reminder-channel = Waar die herinneringen komen; standaard het kanaal van de aankondiging
announcements-set-reminder-offset = Hoe lang voor een evenement de herinnering komt

## Het logkanaal.

announcements-refused = Wie het aankondigde, zou dit lezen: “{ $why }”
announcements-not-made = 🔕 Geen herinnering gemaakt van een aankondiging
announcements-over = Wat er wordt aangekondigd, is al voorbij.
announcements-reminder-kept = Herinnering #{ $number } blijft zoals die is.
announcements-not-read = 🚨 Aankondigingen worden niet gelezen
announcements-channel-refuses = Ik kan <#{ $channel }> niet lezen ({ $answer }); geef me daar **{ ui-permission-view-channel }** en **{ ui-permission-read-history }**.
announcements-no-content = De Message Content Intent staat voor mij uit, dus ik zie geen tekst. Wie deze bot host, kan die aanzetten in het Developer Portal van Discord; gebruik tot dan *Apps, { command-menu-create-reminder }* in het menu van een bericht.
