## De geschiedenis, een regel per gebeurtenis.

ticket-events-did-and-wrote = { $did }: { $text }
ticket-events-did-since = { $did }. { $why }
ticket-events-me = Ik
ticket-events-did-opened = { $who } opende het
ticket-events-did-claimed = { $who } pakte het op
ticket-events-did-unclaimed = { $who } gaf het terug
ticket-events-did-resumed = { $who } zette het weer op “open”
ticket-events-did-transferred = { $who } droeg het over aan { $whom }
ticket-events-did-waiting = { $who } zette het op “wacht op het lid”
ticket-events-did-escalated = { $who } escaleerde het
ticket-events-did-reopened = { $who } heropende het
ticket-events-did-closed = { $who } sloot het
ticket-events-did-archived = { $who } archiveerde het
ticket-events-did-priority = { $who } wijzigde de prioriteit
ticket-events-did-renamed = { $who } wijzigde het onderwerp
ticket-events-did-added = { $who } voegde { $whom } toe
ticket-events-did-removed = { $who } haalde { $whom } eruit
ticket-events-did-note = { $who } maakte een notitie
ticket-events-did-message = { $who } voegde een bericht toe
ticket-events-did-close-requested = { $who } vroeg of het dicht mag
ticket-events-did-answered = { $who } antwoordde
ticket-events-did-kept-open = { $who } wil het openhouden
ticket-events-did-reminded = { $who } stuurde een herinnering
ticket-events-did-late = { $who } merkte dat het te lang onbeantwoord bleef
ticket-events-did-rated = { $who } beoordeelde het

## Regels in het ticket over wat er gebeurde. $by is een vermelding, of wat `ticket-events-i` zegt.

ticket-events-i = ik
ticket-events-told-claimed = 🔵 { $by ->
        [ik] Ik heb
       *[other] { $by } heeft
    } dit ticket opgepakt.
ticket-events-told-resumed = 🟢 { $by ->
        [ik] Ik heb
       *[other] { $by } heeft
    } dit ticket weer op “open” gezet.
ticket-events-told-unclaimed = 🟢 { $by ->
        [ik] Ik heb
       *[other] { $by } heeft
    } dit ticket teruggegeven.
ticket-events-told-taken-from = 🟢 <@{ $from }>, { $by ->
        [ik] ik heb
       *[other] { $by } heeft
    } dit ticket vrijgegeven; het was van jou.
ticket-events-told-took-over = 🔵 { $by ->
        [ik] Ik heb
       *[other] { $by } heeft
    } dit ticket overgenomen.
ticket-events-told-transferred = 🔵 <@{ $to }>, dit ticket is nu van jou; { $by ->
        [ik] ik heb
       *[other] { $by } heeft
    } het aan je overgedragen.
ticket-events-told-waiting = 🟡 <@{ $member }>, het team wacht op je antwoord.
ticket-events-told-escalated = 🔴 { $by ->
        [ik] Ik heb
       *[other] { $by } heeft
    } dit ticket geëscaleerd.
ticket-events-told-escalated-to-all = 🔴 { $called }, { $by ->
        [ik] ik heb
       *[other] { $by } heeft
    } dit ticket geëscaleerd.
ticket-events-told-escalated-to = 🔴 <@&{ $role }>, { $by ->
        [ik] ik heb
       *[other] { $by } heeft
    } dit ticket geëscaleerd.
ticket-events-told-close-requested = <@{ $member }>, { $by ->
        [ik] ik denk
       *[other] { $by } denkt
    } dat dit opgelost is. Mag het dicht?
ticket-events-told-close-requested-due = <@{ $member }>, { $by ->
        [ik] ik denk
       *[other] { $by } denkt
    } dat dit opgelost is. Mag het dicht? Zonder antwoord sluit ik het <t:{ $at }:R>.
ticket-events-told-member-silent = <@{ $member }>, we wachten op je antwoord. Is het opgelost?
ticket-events-told-member-silent-closes = <@{ $member }>, we wachten op je antwoord. Is het opgelost? Na { $time } zonder antwoord sluit ik het.
ticket-events-told-staff-silent = 🔔 { $called }, dit ticket wacht op een antwoord.
ticket-events-told-staff-silent-nobody = 🔔 Dit ticket wacht op een antwoord.
ticket-events-told-late = 🔔 { $called }, dit ticket blijft te lang liggen. { $why }
ticket-events-told-late-nobody = 🔔 Dit ticket blijft te lang liggen. { $why }
ticket-events-told-answered = 💬 <@{ $member }> heeft geantwoord.
ticket-events-told-answered-claimed = 💬 <@{ $to }>, <@{ $member }> heeft geantwoord.
ticket-events-told-kept-open = { $by ->
        [ik] Ik houd
       *[other] { $by } houdt
    } dit ticket open.
ticket-events-told-kept-open-claimed = <@{ $to }>, { $by ->
        [ik] ik houd
       *[other] { $by } houdt
    } dit ticket open.
ticket-events-told-closed = ⚫ { $by ->
        [ik] Ik heb
       *[other] { $by } heeft
    } dit ticket gesloten.
ticket-events-told-reopened = 🟢 <@{ $member }>, { $by ->
        [ik] ik heb
       *[other] { $by } heeft
    } dit ticket heropend.
ticket-events-told-added = <@{ $who }>, { $by ->
        [ik] ik heb
       *[other] { $by } heeft
    } je aan dit ticket toegevoegd.
ticket-events-told-joined = { $by ->
        [ik] Ik zit
       *[other] { $by } zit
    } nu in dit ticket.
ticket-events-told-removed = { $by ->
        [ik] Ik heb
       *[other] { $by } heeft
    } <@{ $who }> uit dit ticket gehaald.
ticket-events-told-message = 📎 { $by ->
        [ik] Ik heb
       *[other] { $by } heeft
    } een bericht toegevoegd.
ticket-events-called-escalated = 🚩 Ticket #{ $number } van <@{ $user }> is geëscaleerd: <#{ $channel }>
ticket-events-called-escalated-to = 🚩 <@&{ $role }> Ticket #{ $number } van <@{ $user }> is geëscaleerd: <#{ $channel }>

## Privéberichten aan het lid van een ticket.

ticket-events-direct-silent = Je ticket #{ $number } wacht op je antwoord in <#{ $channel }>. Is het al opgelost?
ticket-events-direct-claimed = Er wordt aan je ticket #{ $number } gewerkt: <#{ $channel }>
ticket-events-direct-open = Je ticket #{ $number } is weer open: <#{ $channel }>
ticket-events-direct-waiting = Je ticket #{ $number } wacht op je antwoord: <#{ $channel }>
ticket-events-direct-escalated = Je ticket #{ $number } is geëscaleerd: <#{ $channel }>
ticket-events-direct-reopened = Je ticket #{ $number } is heropend: <#{ $channel }>
ticket-events-yours = Je ticket #{ $number }
ticket-events-yours-about = Je ticket #{ $number } ({ $subject })
ticket-events-direct-closed-by-you = { $ticket } is gesloten.
ticket-events-direct-closed-by = { $ticket } is gesloten door <@{ $by }>.
ticket-events-direct-closed = { $ticket } is gesloten.
ticket-events-how-was-it = Hoe was het?
ticket-events-how-was-it-here = <@{ $user }>, hoe was het? `/ticket verslag ticket:{ $number }` toont wat hier gezegd is.

## Waarom de bot iets deed.

ticket-events-why-member-left = Het lid heeft de server verlaten.
ticket-events-why-no-objection = Het lid heeft niet gereageerd.
ticket-events-why-no-answer = Het lid heeft niet geantwoord.
ticket-events-why-answered = Het lid heeft geantwoord.
ticket-events-why-agreed = Het lid is akkoord gegaan.
ticket-events-why-channel-deleted = Het kanaal is verwijderd.
ticket-events-why-member-silent = het lid heeft niet geantwoord
ticket-events-why-staff-silent = het team heeft niet geantwoord
ticket-events-why-not-answered = Niemand heeft binnen { $time } geantwoord.

## Waarom er geen kanaal gemaakt kan worden. $at is een kanaal, of dit:

ticket-events-this-server = de kanalenlijst van deze server
ticket-events-place-full = In { $at } is geen plaats meer: stel `reservecategorie` of `threadkanaal` in met `/instellingen tickets aanpassen`.
ticket-events-place-no-room = In { $at } is geen plaats meer: verwijder kanalen, of stel `threadkanaal` in met `/instellingen tickets aanpassen`.
ticket-events-place-gone = { $at } bestaat niet meer: kies een andere plaats met `/instellingen tickets aanpassen` of `/ticket soorten`.
ticket-events-place-hidden = Ik kan { $at } niet zien: geef me daar **{ ui-permission-view-channel }**.
ticket-events-place-unseen = Het lid ziet { $at } niet, en zou een thread daarin ook niet zien.
ticket-events-place-lacks = Ik heb te weinig rechten in { $at }: geef me daar { $names }.
ticket-events-place-no-threads = Ik mag geen threads maken in { $at }: geef me daar **{ ui-permission-private-threads }**.
ticket-events-place-no-channels = Ik mag geen kanalen maken in { $at }: geef me daar **{ ui-permission-manage-channels }**.
ticket-events-place-refused = Discord liet me geen kanaal maken in { $at } ({ $answer }).

## Wat een ticket in de weg staat, voor het team en de beheerders.

ticket-events-problem-away = Ik ben niet meer op deze server.
ticket-events-problem-hidden = Ik kan <#{ $channel }> niet meer zien; geef me daar **{ ui-permission-view-channel }**.
ticket-events-problem-not-allowed = Ik heb te weinig rechten in <#{ $channel }>; geef me daar **{ ui-permission-manage-channels }**, **{ ui-permission-manage-permissions }** en **{ ui-permission-send-messages }**.
ticket-events-problem-refused = Discord weigerde iets in <#{ $channel }> ({ $answer }).
ticket-events-problem-role-gone = Een rol van het team voor deze tickets is verwijderd, dus ging het ticket zonder die rol open. Bij `/instellingen tonen` en `/ticket soorten` zie je welke.
ticket-events-problem-text-refused = Discord weigerde iets uit de tekst, zoals een link die Discord filtert; dat heb ik weggelaten.
# Staat in een bericht op de plaats van wat weggelaten is.
ticket-events-left-out = ⚠️ Discord weigerde wat hier geschreven is; dat heb ik weggelaten.
ticket-events-problem-undeletable = Wat er in <#{ $channel }> gezegd is, kan ik niet bewaren; daarom laat ik het kanaal staan. Verwijder het zelf.
ticket-events-problem-stays = De tijd van <#{ $channel }> is om, maar ik kan niet alles bewaren wat er gezegd is; daarom laat ik het kanaal staan. { $what }
ticket-events-stays-unreadable = Geef me daar **{ ui-permission-read-history }**, dan verdwijnt het vanzelf, of verwijder het kanaal zelf.
ticket-events-stays-blind = Ik mag niet lezen wat leden schrijven (Message Content Intent); verwijder het kanaal zelf als je het niet meer nodig hebt.
ticket-events-stays-threads = In het verslag kunnen threads ontbreken: geef me daar **{ ui-permission-manage-threads }**, of verwijder het kanaal zelf.
ticket-events-stays-cut = Het verslag is niet volledig; verwijder het kanaal zelf als je het niet meer nodig hebt.
ticket-events-problem-not-kept = Wat er gezegd is, kan ik niet bewaren; het staat nog in het kanaal.
ticket-events-problem-cut = Het verslag is niet volledig. { $why }
ticket-events-problem-transcripts-refused = Ik kan geen verslagen plaatsen in <#{ $channel }>.
ticket-events-problem-escalations-refused = Ik kan niet schrijven in <#{ $channel }>, waar ik escalaties moet melden.
ticket-events-problem-second-channel = <#{ $channel }> is een tweede kanaal van ticket #{ $number }; verwijder het.
ticket-events-problem-second-channel-used = <#{ $channel }> is een tweede kanaal van ticket #{ $number }, en iemand heeft er geschreven.

## Het logkanaal. Onder een titel staat, met punten ertussen: wie, voor wie, waarover.

ticket-events-log-opened = 🟢 Ticket #{ $number } geopend
ticket-events-log-in-need = Ticket #{ $number }: iemand is misschien in nood
ticket-events-log-unguarded = Alle rollen die deze ticketsoort mochten openen, zijn verwijderd; nu mag iedereen dat. Kies andere met `/ticket soorten`.
ticket-events-log-claimed = 🔵 Ticket #{ $number } opgepakt
ticket-events-log-unclaimed = 🟢 Ticket #{ $number } teruggegeven
ticket-events-log-resumed = 🧭 Ticket #{ $number } weer op “open” gezet
ticket-events-log-transferred = 🔵 Ticket #{ $number } overgedragen
ticket-events-log-waiting = 🟡 Ticket #{ $number } wacht op het lid
ticket-events-log-escalated = 🔴 Ticket #{ $number } geëscaleerd
ticket-events-log-reopened = 🧭 Ticket #{ $number } heropend
ticket-events-log-closed = ⚫ Ticket #{ $number } gesloten
ticket-events-log-archived = 🗄 Ticket #{ $number } gearchiveerd
ticket-events-log-priority = 🧭 Ticket #{ $number } heeft een andere prioriteit
ticket-events-log-renamed = 🧭 Ticket #{ $number } heeft een ander onderwerp
ticket-events-log-added = 🧭 Ticket #{ $number } heeft er een deelnemer bij
ticket-events-log-removed = 🧭 Ticket #{ $number } heeft een deelnemer minder
ticket-events-log-note = 📝 Ticket #{ $number } kreeg een notitie
ticket-events-log-message = 📎 Ticket #{ $number } kreeg een bericht
ticket-events-log-close-requested = 🕒 Ticket #{ $number } mag dicht als het lid het goedvindt
ticket-events-log-answered = 💬 Ticket #{ $number }: het lid heeft geantwoord
ticket-events-log-kept-open = 🧭 Ticket #{ $number } blijft open
ticket-events-log-reminded = 🔔 Ticket #{ $number } was te lang stil
ticket-events-log-late = 🚨 Ticket #{ $number } wacht te lang op een antwoord
ticket-events-log-rated = ⭐ Ticket #{ $number } beoordeeld
ticket-events-log-not-opened = 🚨 Ticket #{ $number } kon niet worden geopend
ticket-events-log-trouble = 🚨 Ticket #{ $number } heeft een probleem
ticket-events-log-for = { $by } voor <@{ $user }>
ticket-events-log-whose = { $kind } van <@{ $user }>

## Het auditlogboek van de server: waarom de bot een kanaal veranderde.

ticket-events-audit-is = Ticket #{ $number } staat op “{ $status }”
ticket-events-audit-of = Ticket #{ $number } van { $user }
ticket-events-audit-ticket = Ticket #{ $number }
ticket-events-audit-escalated = Het ticket is geëscaleerd
ticket-events-audit-second-channel = Ticket #{ $number } heeft een ander kanaal
