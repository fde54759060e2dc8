## Wat de bot over zichzelf meldt.

log-channel-stopped-title = 🚨 Ik doe hier tien minuten lang minder
log-channel-stopped = Discord weigerde zoveel van wat ik in deze server deed, dat ik alleen nog doe wat meteen een antwoord krijgt. `/instellen tonen` noemt de kanalen die ik kreeg: laat mij die zien en er schrijven.
