## Instellingen: waar elke voor is, zonder punt.

coach-set-model = Het taalmodel; zonder keuze geldt dat van wie deze bot host
coach-set-temperature = Van 0, altijd hetzelfde, tot 2, vol verrassingen
coach-set-drafts = Of een model antwoorden voorstelt; zonder model ziet het team wat er het dichtst bij komt
coach-set-daily-tokens = Hoeveel tokens het model per dag mag gebruiken; 0 is geen
coach-set-drafts-an-hour = Hoeveel voorstellen één teamlid per uur mag vragen
coach-set-blocked = Woorden met komma's ertussen: een ticket waar er een in staat, wordt aan geen model verteld
coach-set-distress = Of een ticket van iemand die in nood lijkt, dringend wordt en het team dat hoort
coach-set-help-line = Wat het team leest als iemand in nood lijkt, zoals een hulplijn
coach-set-asks-an-hour = Hoe vaak een lid de coach per uur iets mag vragen; 0 is nooit

## De opdrachten.

command-learn_topic = Leer iets, in gewone woorden
    .topic = Waarover
command-create_caption = Vind woorden voor bij een bericht
    .topic = Waar het over gaat
    .style = Hoe het klinkt
    .style-punchy = kort en krachtig
    .style-vulnerable = eerlijk over wat moeilijk is
    .style-educational = je leert er iets van
    .style-spiritual = rustig, over wat ertoe doet
    .style-motivational = je krijgt er zin van
    .style-formal = zoals in een brief
command-growthcheckin = Kijk hoe het met je gaat; alleen jij leest het
command-leaderhelp = Vraag raad als je anderen leidt; alleen jij leest het

## Formulieren, en waaruit leiders kiezen.

coach-topic-label = Onderwerp
coach-check-in-form = Hoe gaat het met je?
coach-goal-label = Wat wil je bereiken?
coach-obstacle-label = Wat zit in de weg?
coach-feeling-label = Hoe voel je je daarbij?
coach-question-form = Vraag het de coach
coach-question-label = Wat wil je weten?
coach-lead = Waar heb je mee te maken?
coach-lead-menu = Kies wat het meest lijkt
coach-disengaged-option = Iemand haakt af
coach-disengaged = Iemand in mijn team heeft geen zin meer en doet nauwelijks nog mee. Wat kan ik doen?
coach-burnout-option = Iemand is op
coach-burnout = Iemand in mijn team lijkt op te zijn. Hoe help ik zonder de druk op te voeren?
coach-dropoff-option = Er komen steeds minder mensen
coach-dropoff = Er komen steeds minder mensen naar wat we samen doen. Hoe keren we dat?
coach-self-doubt-option = Ik twijfel aan mezelf
coach-self-doubt = Ik leid anderen en twijfel of ik dat wel kan. Wat helpt?
coach-own-option = Een eigen vraag…

## Wat de coach verder zegt.

coach-worried = 💛 Dat klinkt zwaar. Praat met iemand die je vertrouwt; je hoeft het niet alleen te dragen.
coach-urgent = 🚨 Ben je in gevaar, praat dan nu met iemand: iemand in je buurt, of het noodnummer van je land. Een machine is hiervoor niet genoeg.
coach-help-line = Hulp: { $line }
coach-known = **Wat hierover bekend is**
coach-nothing = Schrijf er eerst een paar woorden over.

## Waarom die niets zegt.

coach-switched-off = De coach staat hier uit.
coach-blocked = Het gaat over iets dat hier aan geen taalmodel wordt verteld.
coach-no-model = Er is hier geen taalmodel, dus de coach heeft niets te zeggen.
coach-down = Het taalmodel antwoordt nu niet; probeer het over een minuut opnieuw.
coach-closed = Het taalmodel laat me niets vragen; wie mij draait, weet waarom.
coach-refused = Het taalmodel wilde dit niet beantwoorden; vraag het met andere woorden.
coach-too-long = Dat is te lang voor het taalmodel; schrijf minder.
coach-empty = Aan wat het taalmodel antwoordde, heb je niets; probeer het opnieuw.
coach-spent = De coach heeft hier vandaag zoveel gezegd als mag; <t:{ $at }:R> kan het weer.
coach-asked-often = Je hebt voorlopig zo vaak gevraagd als mag; <t:{ $at }:R> kan het weer.
