## De opdracht, gemaakt van de instellingen van alle functies.

command-config = Stel mij in voor deze server (beheerders)
config-show-about-hint = Toon wat er is ingesteld
config-start-about-hint = Stel het belangrijkste in, stap voor stap
config-history-about-hint = Toon wie wat heeft gewijzigd
config-rollback-about-hint = Maak één wijziging ongedaan
config-reset-about-hint = Ga terug naar de standaard
config-group-option-hint = Van welke groep
config-change-option-hint = Het nummer, of waar het over ging
config-setting-option-hint = Welke instelling, of alles van een groep
config-set-about-hint = Pas een of meer instellingen aan: { $group }
config-group-about-hint = Instellingen: { $group }

## Weigeringen.

config-no-such-setting = Die instelling bestaat niet; kies een van de suggesties, of kijk bij `/instellingen tonen`.
config-no-such-change = Die wijziging bestaat niet; kies een van de suggesties, of kijk bij `/instellingen geschiedenis`.
config-setting-gone = Die instelling bestaat niet meer.
config-changed-meanwhile = Iemand heeft deze instellingen net gewijzigd; bekijk ze opnieuw en wijzig ze dan.
config-changed-since = `{ $name }` is na #{ $change } opnieuw gewijzigd, in #{ $latest }; draai die eerst terug, of kies zelf een waarde met `/instellingen { $group } aanpassen`.
config-old-channel-gone = `{ $name }` was vóór #{ $change } <#{ $channel }>, maar dat kanaal is weg of ik zie het niet; kies een ander met `/instellingen { $group } aanpassen`.
config-old-unfit = Wat `{ $name }` vóór #{ $change } was, mag niet meer; kies iets anders met `/instellingen { $group } aanpassen`.
config-not-a-channel = `{ $name }` moet een kanaal van deze server zijn; kies er een uit de lijst.
config-no-model = Hier is geen model ingesteld; wie mij draait, kan dat doen.
config-other-model = `{ $name }` moet een van { $models } zijn; wie mij draait, kan er meer aanbieden.
config-too-many-tokens = `{ $name }` is hier hoogstens { $max }; wie mij draait, kan meer toestaan.
config-channel-type = `{ $name }` moet { $types } zijn; kies er een uit de lijst.
config-not-a-role = `{ $name }` moet een rol van deze server zijn; kies er een uit de lijst.
config-everyone = `{ $name }` mag niet @everyone zijn; kies een andere rol.
config-unseen-channel = Leden zien <#{ $channel }> niet, dus ook geen ticket daarin: geef ze toegang tot het kanaal, of kies een ander kanaal voor `{ $name }`.
config-unheard-role = Niemand met <@&{ $role }> krijgt een melding als ik die rol vermeld: laat iedereen de rol vermelden in de serverinstellingen, of geef me { $names }.
config-unheard-role-in = Niemand met <@&{ $role }> krijgt een melding als ik die rol in <#{ $channel }> vermeld: laat iedereen de rol vermelden in de serverinstellingen, of geef me daar { $names }.
config-public-channel = Iedereen kan <#{ $channel }> lezen, en wat ik daar plaats is voor wie hier werkt: kies een kanaal dat leden niet zien, of laat @everyone dat kanaal niet meer zien.
config-not-grantable = Ik kan <@&{ $role }> niet toekennen: zet mijn rol erboven in de serverinstellingen, of kies een andere rol.
config-nothing-given = Geef op wat je wilt aanpassen, zoals `/instellingen { $group } aanpassen …`; wat er is, zie je met `/instellingen tonen groep:{ $group }`.
config-choose-or-skip = Kies iets in het menu, of sla deze stap over.
config-steps-changed = De stappen zijn veranderd; begin opnieuw met `/instellingen start`.

# Sleutels van programma's die de API gebruiken.
config-key-not-for-programs = Een programma maakt geen sleutels en trekt er geen in; dat doet een beheerder.
config-key-only-operators = Alleen wie mij beheert, laat één sleutel in meerdere servers gelden.
config-key-no-name = Geef de sleutel een naam, zodat je later weet waarvoor hij is.
config-key-name-too-long = De naam van een sleutel heeft hoogstens { $max } tekens; maak hem korter.
config-key-name-taken = Een andere sleutel die hier geldt, heet al zo; kies een andere naam.
config-key-unknown-scope = Een sleutel opent niets dat `{ $name }` heet; zeg het zoals `faq:write, tickets:read`, met { $areas }.
config-key-past = Dat moment is voorbij; laat de sleutel later verlopen.
config-key-too-many = Hier gelden al { $max } sleutels; trek er eerst een in.
config-key-no-such = Zo'n sleutel geldt hier niet.
config-key-about-hint = Sleutels van programma's die mijn API gebruiken
config-key-create-about-hint = Maak een sleutel voor een programma; ik toon hem één keer
config-key-list-about-hint = Toon welke sleutels hier gelden
config-key-revoke-about-hint = Laat een sleutel niet meer gelden
config-key-name-option-hint = Waar de sleutel voor is
config-key-opens-option-hint = Zoals faq:write, tickets:read; of read of write, voor alles
config-key-days-option-hint = Na hoeveel dagen hij verloopt
config-key-which-option-hint = Welke sleutel
config-key-created = { $name } opent: { $opens }. Bewaar hem waar niemand anders hem leest; ik toon hem niet nog eens.
config-key-revoked = { $name } geldt hier niet meer.
config-key-list-title = Sleutels van programma's
config-key-none = Hier geldt geen sleutel; maak er een met `/instellingen api-sleutel maken`.
config-key-line = **{ $name }** (`{ $id }`): { $opens } · { $used } · { $ends }
config-key-used = gebruikt <t:{ $at }:R>
config-key-unused = nog niet gebruikt
config-key-ends = verloopt <t:{ $at }:R>
config-key-endless = verloopt niet

config-text-channel = een tekstkanaal
config-announcement-channel = een aankondigingskanaal
config-category = een categorie
config-other-channel = een ander soort kanaal

## Wat er gebeurd is.

config-unchanged = Zo stond het al; er is niets veranderd.
config-not-rolled-back = Het staat al zo, of het is net opnieuw gewijzigd; kijk bij `/instellingen geschiedenis`.
config-log-channel-refuses = ⚠️ Ik mag niet schrijven in <#{ $channel }> en meld daar niets meer; kies opnieuw een kanaal met `/instellingen systeem aanpassen logkanaal`.

## /instellingen tonen

config-show-title = Instellingen: { $group }
config-show-default = `{ $name }` → { $value } · standaard
config-show-set = `{ $name }` → **{ $value }** · ingesteld
config-show-set-by = `{ $name }` → **{ $value }** · ingesteld door { $who } <t:{ $at }:R>
config-show-unfit = `{ $name }` → { $default } · ⚠️ de opgeslagen waarde `{ $stored }` past niet; stel het opnieuw in
config-show-unknown = ⚠️ `{ $name }` → `{ $stored }` is opgeslagen, maar deze instelling ken ik niet meer
config-page = Pagina { $page } van { $count }
config-previous-button = Vorige
config-next-button = Volgende

## /instellingen geschiedenis

config-history-title = Wie wat heeft gewijzigd
config-history-none = Er is nog niets gewijzigd.
config-history-default = standaard
config-newer-button = Nieuwer
config-older-button = Ouder
# Hoe iets is gewijzigd, tussen haakjes.
config-how-slash = met een opdracht
config-how-wizard = stap voor stap
config-how-dashboard = op het dashboard
config-how-rollback = teruggedraaid
config-how-reset = teruggezet
config-how-import = geïmporteerd
config-reset-question = { $count ->
        [one] Deze instelling van { $group } resetten naar de standaard?
       *[other] Deze { $count } instellingen van { $group } resetten naar de standaard?
    }
config-reset-line = `{ $name }`: { $value } → { $default }
config-reset-button = Resetten
config-keep-button = Behouden
config-kept = Er is niets teruggezet.
config-take-back-button = Ongedaan maken
config-not-taken-back = `{ $name }` blijft zoals { $who } het daarna heeft ingesteld.
config-all-of-option = { $group } (alles)

## /instellingen start

config-start-now = Nu: { $value }
config-start-step = Stap { $step } van { $count }
config-start-stopped = Gestopt bij stap { $step } van { $count }; met `/instellingen start` ga je daar verder.
config-start-done-title = Alles is ingesteld
config-start-done = Dat was alles. Plaats nu met `/ticket paneel` een bericht waarmee leden tickets openen. Bekijk alles met `/instellingen tonen`, en pas het aan met `/instellingen … aanpassen`.
config-start-nothing-title = Er is nog niets ingesteld
config-start-nothing = Dat was alles, en overal geldt de standaard. Begin opnieuw met `/instellingen start`, of kijk bij `/instellingen tonen` wat er is.
config-back-button = Terug
config-nothing-button = Geen
config-value-menu = Maak een keuze
config-zone-menu = Kies een tijdzone
config-skip-button = Overslaan
config-stop-button = Hier stoppen
config-channel-menu = Kies een kanaal
config-role-menu = Kies een rol

config-change-option = #{ $number } { $group } { $name } ({ $at } UTC)

## Het dashboard.

config-web-settings-label = Instellingen
config-web-history-label = Wat er is gewijzigd
config-web-title = Instellingen
config-web-search-label = Zoek een instelling
config-web-search-button = Zoeken
config-web-nothing-found = Geen enkele instelling bevat deze woorden.
config-web-all = Alle instellingen
config-web-groups-label = Groep
config-web-filter-button = Tonen
config-web-default-label = Standaard:
config-web-default-option = Standaard
# $who is een vermelding.
config-web-set-by = Aangepast door { $who }, <t:{ $at }:R>.
config-web-compare-button = Wijzigingen bekijken
config-web-compare-title = Deze wijzigingen opslaan?
config-web-save-button = Opslaan
config-web-leave-button = Zo laten
config-web-setting-label = Instelling
config-web-now-label = Nu
config-web-then-label = Straks
config-web-when-label = Wanneer
config-web-who-label = Wie
config-web-from-label = Van
config-web-to-label = Naar
config-web-roll-back-button = Terugdraaien
config-web-what-label = Wat
config-web-anybody-option = Iedereen
config-web-first-day-label = Eerste dag
config-web-last-day-label = Laatste dag
config-web-no-day = Dat is geen datum; schrijf die als 2027-03-31, of laat hem weg.
config-web-no-change = Er is niets gewijzigd dat daaraan voldoet.
config-web-all-changes = Alle wijzigingen
config-web-newest-button = Nieuwste
config-web-keys-label = Sleutels van programma's
config-web-keys = Een programma met een sleutel gebruikt mijn API op deze server. Het mag wat zijn sleutel opent, en niets anders.
config-web-key-new-title = Een nieuwe sleutel
config-web-key-name-label = Waarvoor hij is
config-web-key-opens-label = Wat hij opent
config-web-key-used-label = Laatst gebruikt
config-web-key-ends-label = Verloopt
config-web-key-nothing-option = Niets
config-web-key-read-option = Lezen
config-web-key-write-option = Lezen en wijzigen
config-web-key-days-label = Verloopt na zoveel dagen
config-web-key-days-hint = Zonder getal verloopt hij niet.
config-web-key-days-wrong = Geef de dagen als een getal van 1 tot en met { $max }, of laat ze weg.
config-web-key-create-button = Sleutel maken
config-web-key-made-title = De nieuwe sleutel
config-web-key-back-button = Naar de sleutels
config-web-key-revoke-button = Intrekken
config-web-key-revoke-title = Deze sleutel intrekken?
config-web-key-revoke-ask = Het programma met de sleutel **{ $name }** houdt er meteen mee op, en een ingetrokken sleutel komt niet terug. Maak eerst een nieuwe als het door moet gaan.
config-web-key-keep-button = Behouden
