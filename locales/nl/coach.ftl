## Instellingen: waar elke voor is, zonder punt.

coach-set-model = Het taalmodel; geen is wat de uitbater koos
coach-set-temperature = Van 0, altijd hetzelfde, tot 2, vol verrassingen
