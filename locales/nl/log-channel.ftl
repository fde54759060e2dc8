## Wat de bot over zichzelf meldt.

log-channel-stopped-title = 🚨 Ik doe het hier tien minuten rustiger aan
log-channel-stopped = Discord weigerde zo veel van wat ik op deze server deed, dat ik nu alleen nog opdrachten en knoppen beantwoord. Met `/instellingen tonen` zie je welke kanalen ik gebruik: zorg dat ik die kan zien en er mag schrijven.
# Staat op de plaats van de tekst van een melding.
log-channel-left-out = ⚠️ Discord weigerde wat hier geschreven is; dat heb ik weggelaten.
