## Instellingen: waar elke voor is, zonder punt.

privacy-set-channel = Waar het privacybeleid staat
