## Instellingen: waar elke voor is, zonder punt.

settings-set-admin-role = Leden met deze rol mogen hier alles wijzigen
settings-set-log-channel = Waar ik meld wat ik deed
settings-set-log-level = Hoeveel ik daar meld
settings-set-log-level-verbose-option = Alles
settings-set-log-level-normal-option = Geen details
settings-set-log-level-critical-option = Alleen problemen
settings-set-time-zone = De tijdzone waarin mensen hier tijden noemen
settings-set-language = De taal van wat ik plaats
settings-set-retention-days = Hoeveel dagen ik bewaar wie hier wat wijzigde
settings-enabled = Of dit hier aanstaat

## Waarden.

settings-none = geen
settings-on = aan
settings-off = uit
# Wat geldt waar niets is ingesteld.
settings-default = { $value } (standaard)

## Het logkanaal.

settings-log-changed = Instellingen gewijzigd: { $group }
