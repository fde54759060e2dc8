## De opdracht, gemaakt van de instellingen van alle functies.

command-config = Stel mij in voor deze server (beheerders)
config-show-about-hint = Toon wat er is ingesteld
config-start-about-hint = Stel het belangrijkste in, stap voor stap
config-history-about-hint = Toon wie wat wijzigde
config-rollback-about-hint = Maak één wijziging ongedaan
config-reset-about-hint = Ga terug naar de standaard
config-group-option-hint = Waarvan
config-change-option-hint = Het nummer, of waar het over ging
config-setting-option-hint = Welke, of alles van een groep
config-set-about-hint = Stel een of meer in van: { $group }
config-group-about-hint = Instellingen van { $group }

## Weigeringen.

config-no-such-setting = Die instelling is er niet; kies een voorstel, of kijk bij `/instellen tonen`.
config-no-such-change = Die wijziging is er niet; kies een voorstel, of kijk bij `/instellen geschiedenis`.
config-setting-gone = Die instelling bestaat niet meer.
config-changed-since = `{ $name }` is na #{ $change } nog eens gewijzigd, in #{ $latest }; draai die eerst terug, of stel het in met `/instellen { $group } zetten`.
config-old-channel-gone = <#{ $channel }>, dat `{ $name }` vóór #{ $change } was, is weg of voor mij verborgen; stel een ander in met `/instellen { $group } zetten`.
config-old-unfit = Wat `{ $name }` vóór #{ $change } was, mag niet meer; stel het in met `/instellen { $group } zetten`.
config-not-a-channel = `{ $name }` is een kanaal van deze server; kies er een uit de lijst.
config-channel-type = Voor `{ $name }` kies je { $types }; neem er een uit de lijst.
config-not-a-role = `{ $name }` is een rol van deze server; kies er een uit de lijst.
config-everyone = `{ $name }` kan niet @everyone zijn; kies een andere rol.
config-not-grantable = Ik kan <@&{ $role }> niet geven: zet mijn rol daarboven in de serverinstellingen, of kies een andere.
config-nothing-given = Zeg wat je wilt instellen, zoals `/instellen { $group } zetten …`; wat er is, zie je met `/instellen tonen groep:{ $group }`.
config-choose-or-skip = Kies er een in het menu, of sla deze stap over.
config-steps-changed = De stappen zijn veranderd; begin opnieuw met `/instellen starten`.

config-text-channel = een tekstkanaal
config-announcement-channel = een aankondigingskanaal
config-category = een categorie
config-other-channel = een ander soort kanaal

## Wat er gebeurd is.

config-unchanged = Zo was het al; er is niets veranderd.
config-not-rolled-back = Het is al zo, of het is net opnieuw gewijzigd; kijk bij `/instellen geschiedenis`.
config-log-channel-refuses = ⚠️ Ik mag niet schrijven in <#{ $channel }> en meld daar niets meer; stel `/instellen system zetten log-channel` opnieuw in.

## /instellen tonen

config-show-title = Instellingen: { $group }
config-show-default = `{ $name }` → { $value } · standaard
config-show-set = `{ $name }` → **{ $value }** · ingesteld
config-show-set-by = `{ $name }` → **{ $value }** · ingesteld door { $who } <t:{ $at }:R>
config-show-unfit = `{ $name }` → { $default } · ⚠️ `{ $stored }` is opgeslagen en past niet; stel het opnieuw in
config-show-unknown = ⚠️ `{ $name }` → `{ $stored }` is opgeslagen en niet meer bekend
config-page = Pagina { $page } van { $count }
config-previous-button = Vorige
config-next-button = Volgende

## /instellen geschiedenis

config-history-title = Wie wat wijzigde
config-history-none = Er is niets gewijzigd.
config-history-default = standaard
config-newer-button = Nieuwer
config-older-button = Ouder
config-all-of-option = { $group } (alles)

## /instellen starten

config-start-now = { $about }.
    Nu: { $value }
config-start-step = Stap { $step } van { $count }
config-start-stopped = Gestopt bij stap { $step } van { $count }; `/instellen starten` gaat daar verder.
config-start-done-title = Alles is ingesteld
config-start-done = Dat was het. Zie alles met `/instellen tonen` en wijzig het met `/instellen … zetten`.
config-skip-button = Overslaan
config-stop-button = Stop hier
config-channel-menu = Kies een kanaal
config-role-menu = Kies een rol
