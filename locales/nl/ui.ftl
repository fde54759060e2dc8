## Formulieren en berichten in het algemeen.

ui-what-you-wrote = Wat je schreef
ui-bold = **{ $text }**
ui-link-left-out = (een link die ik van Discord niet mag laten zien)

## Rechten, zoals Discord ze noemt.

ui-permission-add-reactions = Reacties toevoegen
ui-permission-view-channel = Kanaal bekijken
ui-permission-send-messages = Berichten verzenden
ui-permission-send-in-threads = Berichten verzenden in threads
ui-permission-embed-links = Links insluiten
ui-permission-attach-files = Bestanden bijvoegen
ui-permission-read-history = Berichtgeschiedenis lezen
ui-permission-mention-everyone = @everyone, @here en alle rollen vermelden
ui-permission-manage-guild = Server beheren
ui-permission-manage-channels = Kanalen beheren
ui-permission-manage-roles = Rollen beheren
ui-permission-manage-permissions = Rechten beheren
ui-permission-manage-messages = Berichten beheren
ui-permission-manage-threads = Threads beheren
ui-permission-public-threads = Openbare threads maken
ui-permission-private-threads = Privéthreads maken
