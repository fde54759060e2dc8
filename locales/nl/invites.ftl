## Instellingen: waar elke voor is, zonder punt.

invites-set-channel = Waar nieuwkomers worden aangekondigd
invites-set-message = Wat er gezegd wordt als bekend is wie uitnodigde
invites-set-message-without-inviter = Wat er gezegd wordt als niet bekend is wie uitnodigde
