## Instellingen: waar elke voor is, zonder punt.

settings-set-admin-role = Leden met deze rol mogen hier alles wijzigen
settings-set-log-channel = Waar ik meld wat ik heb gedaan
settings-set-log-level = Hoeveel ik daar meld
settings-set-log-level-verbose-option = Alles
settings-set-log-level-normal-option = Alles behalve details
settings-set-log-level-critical-option = Alleen problemen
settings-set-time-zone = De tijdzone voor alle tijden op deze server
settings-set-language = De taal van wat ik plaats
settings-set-retention-days = Hoeveel dagen ik bewaar wie hier wat heeft gewijzigd
settings-enabled = Of dit hier aanstaat

## Waarden.

settings-none = geen
settings-on = aan
settings-off = uit
# Wat geldt als er niets is ingesteld.
settings-default = { $value } (standaard)
settings-unsure = Discord zei niet alles op tijd, dus er kan meer zijn; kijk zo nog eens.
settings-gone-channel = `{ $name }` verwijst naar een kanaal dat verwijderd is of dat ik niet zie (<#{ $channel }>); kies een ander.
settings-gone-role = `{ $name }` verwijst naar een rol die verwijderd is; kies een andere.

## Het logkanaal.

settings-log-changed = Instellingen gewijzigd: { $group }
