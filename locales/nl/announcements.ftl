## Instellingen: waar elke voor is, zonder punt.

announcements-set-channel = Het kanaal waarvan aankondigingen herinneringen worden
announcements-set-reminder-channel = Waar die herinneringen gezegd worden, als het niet is waar ze aangekondigd zijn
announcements-set-reminder-offset = Hoe lang voor een evenement de herinnering komt
