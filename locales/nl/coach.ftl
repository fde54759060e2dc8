## Instellingen: waar elke voor is, zonder punt.

coach-set-model = Het taalmodel; zonder keuze geldt dat van wie deze bot host
coach-set-temperature = Van 0, altijd hetzelfde, tot 2, vol verrassingen
