## Instellingen: waar elke voor is, zonder punt.

coach-set-model = Het taalmodel; zonder keuze geldt dat van wie deze bot host
coach-set-temperature = Van 0, altijd hetzelfde, tot 2, vol verrassingen
coach-set-drafts = Of een model antwoorden voorstelt; zonder model ziet het team wat er het dichtst bij komt
coach-set-daily-tokens = Hoeveel tokens het model per dag mag gebruiken; 0 is geen
coach-set-drafts-an-hour = Hoeveel voorstellen één teamlid per uur mag vragen
coach-set-blocked = Woorden met komma's ertussen: een ticket waar er een in staat, wordt aan geen model verteld
coach-set-distress = Of een ticket van iemand die in nood lijkt, dringend wordt en het team dat hoort
coach-set-help-line = Wat het team leest als iemand in nood lijkt, zoals een hulplijn
