## Instellingen: waar elke voor is, zonder punt.

invites-set-channel = Waar nieuwe leden worden aangekondigd
invites-set-message = Wat er staat als bekend is wie het lid heeft uitgenodigd
invites-set-message-without-inviter = Wat er staat als niet bekend is wie het lid heeft uitgenodigd
