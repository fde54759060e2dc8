//! What words of a support desk mean the same, in English and Dutch, and which mean nothing.
//!
//! The groups work in every guild, before its own. They are also the bridge between the two
//! languages: a Dutch question finds an English entry through them. Data only.

mod accounts;
mod everyday;
mod guilds;
mod machines;
mod shared;

/// Folded words that say nothing about the subject, sorted; they only decide between equals.
#[rustfmt::skip]
pub const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "again", "al", "all", "alle", "alleen", "als", "also", "altijd", "always", "am", "an",
    "and", "anders", "another", "any", "anybody", "anyone", "are", "arent", "as", "at", "be", "because", "been",
    "before", "being", "ben", "bent", "bij", "bijvoorbeeld", "bit", "both", "but", "by", "came", "can", "cannot",
    "cant", "come", "comes", "coming", "could", "couldnt", "daar", "daarna", "dan", "dank", "dat", "de", "deze",
    "dezelfde", "didnt", "die", "dit", "do", "doe", "doen", "does", "doesnt", "doet", "doing", "done", "dont",
    "door", "dus", "each", "echt", "een", "eens", "eigen", "elke", "else", "en", "er", "even", "ever", "every",
    "for", "from", "gaan", "gaat", "gave", "gedaan", "geen", "get", "gets", "gewoon", "geworden", "go", "going",
    "gonna", "got", "graag", "guys", "haar", "had", "hallo", "has", "hasnt", "have", "havent", "heb", "hebben",
    "hebt", "heeft", "heel", "hello", "help", "hem", "hen", "her", "here", "heres", "het", "hey", "hi", "hier",
    "hij", "his", "hoe", "hoeveel", "hoi", "hoor", "how", "hows", "hun", "i", "idk", "iedereen", "iemand", "iets",
    "if", "ik", "ill", "im", "immers", "in", "instead", "into", "ipv", "is", "isnt", "it", "its", "ive", "ja", "je",
    "jij", "jou", "jouw", "jullie", "just", "kan", "keer", "know", "knows", "kom", "komen", "komt", "kon", "kun",
    "kunnen", "kunt", "laat", "lang", "last", "later", "least", "let", "like", "long", "lot", "maar", "mag", "make",
    "many", "me", "mee", "meer", "mensen", "met", "might", "mij", "mijn", "mine", "mn", "mocht", "moest", "moet",
    "moeten", "more", "much", "must", "my", "na", "naar", "nee", "need", "never", "niet", "niks", "no", "nog",
    "none", "nooit", "not", "nothing", "now", "nu", "of", "off", "om", "omdat", "on", "onder", "one", "only", "ons",
    "onze", "ooit", "ook", "op", "or", "our", "out", "over", "per", "please", "pls", "r", "really", "s", "same",
    "say", "says", "she", "should", "shouldnt", "since", "sinds", "so", "some", "somebody", "someone", "something",
    "sommige", "soms", "steeds", "still", "straks", "such", "sure", "t", "te", "tegen", "tell", "terwijl", "than",
    "thanks", "that", "thats", "the", "their", "them", "then", "there", "theres", "these", "they", "theyre",
    "thing", "this", "those", "through", "to", "toch", "toen", "too", "tot", "tried", "try", "trying", "u", "uit",
    "under", "until", "up", "ur", "us", "use", "using", "vaak", "van", "vanaf", "vanuit", "veel", "via", "volgens",
    "voor", "waar", "waarmee", "waarom", "waarvoor", "wanna", "wanneer", "want", "was", "wasnt", "wat", "we",
    "weer", "weet", "weinig", "wel", "welke", "well", "werd", "were", "weten", "what", "whats", "when", "where",
    "wheres", "which", "while", "who", "whos", "why", "wie", "wij", "wil", "will", "willen", "with", "without",
    "wont", "word", "worden", "wordt", "would", "wouldnt", "yes", "yet", "you", "your", "youre", "ze", "zelf",
    "zich", "zij", "zijn", "zo", "zoals", "zonder", "zou", "zouden", "zulke",
];

/// Folded words that everybody needs whatever they talk about, sorted: that an entry has one of them, or has not, says little.
#[rustfmt::skip]
pub const COMMON_WORDS: &[&str] = &[
    "aangeven", "aantal", "able", "above", "accident", "achter", "across", "act", "actually", "add", "added",
    "afgelopen", "afraid", "ago", "ahead", "allow", "almost", "alone", "along", "already", "although", "alweer",
    "amount", "anderen", "answer", "antwoord", "apart", "appear", "area", "around", "asked", "asking", "auto",
    "available", "avond", "away", "back", "bad", "bang", "bar", "base", "became", "become", "beetje", "began", "begin",
    "beginnen", "begint", "begrijp", "behalve", "behind", "beide", "bekijken", "belangrijk", "believe", "below",
    "beneden", "best", "beste", "betekent", "beter", "betere", "better", "between", "beyond", "bezig", "big", "bijna",
    "binnen", "blijf", "blijft", "blijven", "body", "bottom", "bought", "boven", "breng", "brengen", "bring", "broer",
    "broken", "brought", "build", "built", "buiten", "bunch", "busy", "buy", "call", "called", "care", "case", "cause",
    "certain", "chance", "change", "changed", "check", "child", "children", "choose", "city", "clear", "close",
    "closed", "cold", "common", "complete", "completely", "correct", "cost", "count", "couple", "course", "cover",
    "create", "created", "current", "currently", "cut", "daarom", "dacht", "dag", "dagen", "daily", "dalen", "dark",
    "date", "daughter", "day", "days", "deal", "decide", "deel", "deep", "denk", "denken", "despite", "dicht",
    "dichtbij", "difference", "different", "difficult", "ding", "dingen", "direct", "directly", "dochter", "doel",
    "donker", "dood", "down", "draaien", "drie", "drop", "druk", "duidelijk", "dumb", "during", "duurt", "early",
    "easier", "easily", "easy", "eerder", "eerst", "eerste", "eigenlijk", "eind", "einde", "either", "elk", "empty",
    "end", "enige", "enough", "entire", "ergens", "especially", "eten", "everybody", "everyone", "everything",
    "everywhere", "exact", "exactly", "example", "except", "exist", "expect", "explain", "extra", "face", "fact",
    "fail", "fair", "fall", "familie", "family", "far", "fast", "father", "favorite", "few", "field", "fijn", "fill",
    "final", "finally", "find", "fine", "finish", "first", "fix", "follow", "food", "forever", "forget", "forgot",
    "form", "forward", "found", "fout", "free", "friend", "friends", "front", "full", "fun", "future", "ga", "gaf",
    "gebeurd", "gebeuren", "gebeurt", "gebruik", "gebruiken", "gebruikt", "geef", "geeft", "gegeven", "geld", "geleden",
    "gelijk", "geloof", "general", "genoeg", "geval", "geven", "gevonden", "ging", "girl", "give", "given", "gives",
    "giving", "goed", "goede", "goedkoop", "goedkope", "gone", "good", "great", "green", "groen", "groep", "groot",
    "grootste", "grote", "group", "grow", "guess", "guy", "haal", "haalt", "halen", "half", "hand", "handle", "happen",
    "happened", "happening", "happens", "happy", "hard", "hate", "head", "hear", "heard", "heart", "heavy", "held",
    "hele", "helemaal", "heten", "hetzelfde", "hield", "high", "higher", "hit", "hold", "home", "hoofd", "hoog",
    "hoort", "hope", "hot", "houd", "houden", "hour", "hours", "house", "huge", "huis", "hurt", "husband", "idea",
    "idee", "ieder", "immediately", "important", "ineens", "inmiddels", "inside", "interesting", "issue", "items",
    "jaar", "jammer", "job", "join", "jong", "juist", "kant", "keep", "keeps", "ken", "kennen", "kept", "keren", "keus",
    "kid", "kids", "kiezen", "kijk", "kijken", "kind", "kinderen", "klaar", "klein", "kleine", "klopt", "knew", "known",
    "koop", "kopen", "kort", "kost", "kosten", "koud", "krijg", "krijgen", "krijgt", "kwam", "kwijt", "laatste",
    "large", "larger", "late", "lately", "laten", "learn", "leave", "leaves", "leaving", "leer", "lees", "left", "leg",
    "leggen", "lekker", "leren", "less", "letter", "leuk", "level", "leven", "lezen", "licht", "lief", "liever", "life",
    "light", "ligt", "lijken", "lijkt", "likely", "line", "list", "listen", "little", "live", "living", "local",
    "longer", "look", "looking", "looks", "loop", "lopen", "los", "lose", "lost", "love", "low", "lower", "luck",
    "maak", "maakt", "maand", "maanden", "made", "main", "maken", "makes", "making", "makkelijk", "man", "manage",
    "manier", "manner", "mark", "matter", "maybe", "mean", "meaning", "means", "meant", "meestal", "meet", "melden",
    "mening", "middag", "middle", "mind", "minder", "minute", "minuten", "minutes", "mis", "miss", "misschien",
    "missing", "mistake", "moeder", "moeilijk", "mogelijk", "mogen", "moment", "money", "month", "months", "mooi",
    "morgen", "morning", "mother", "move", "moved", "moving", "multiple", "myself", "naam", "nacht", "name",
    "natuurlijk", "near", "nearby", "necessary", "needed", "needs", "neem", "nemen", "nergens", "new", "next", "nice",
    "niemand", "nieuw", "nieuwe", "night", "nobody", "nodig", "normaal", "normal", "normally", "notice", "number",
    "nummer", "obvious", "occur", "ochtend", "often", "ofzo", "okay", "old", "older", "once", "ones", "ongeveer",
    "open", "opened", "opposite", "option", "order", "ordinary", "original", "other", "others", "otherwise", "oud",
    "oude", "ouder", "ouders", "outside", "own", "paar", "page", "paid", "pain", "pak", "pakken", "paper", "parent",
    "parents", "part", "particular", "past", "pay", "people", "perfect", "perhaps", "person", "personal", "persoon",
    "pick", "picture", "piece", "plaats", "place", "plan", "play", "plek", "plotseling", "point", "poor", "position",
    "possible", "power", "praten", "precies", "prefer", "present", "pretty", "prevent", "price", "prijs", "prima",
    "probably", "probeer", "proberen", "probleem", "problem", "problems", "process", "proper", "properly", "pull",
    "purpose", "push", "put", "quality", "question", "questions", "quick", "quickly", "quite", "raak", "raar", "random",
    "rather", "reach", "read", "ready", "real", "realise", "reason", "receive", "recent", "recently", "recht",
    "recommend", "red", "reden", "regel", "regular", "related", "remember", "remove", "removed", "replace", "report",
    "request", "require", "required", "rest", "result", "return", "richting", "rid", "right", "rond", "room", "rule",
    "run", "running", "sad", "safe", "samen", "sat", "save", "saw", "school", "schrijf", "schrijven", "second",
    "seconds", "see", "seem", "seems", "seen", "send", "sense", "sent", "separate", "serious", "set", "several",
    "share", "short", "show", "shows", "shut", "side", "similar", "simple", "simply", "single", "sit", "situation",
    "size", "slecht", "slechte", "slim", "slow", "small", "smell", "snel", "sneller", "snelste", "sold", "sometimes",
    "somewhere", "son", "soon", "soort", "sorry", "sort", "sound", "space", "speak", "speciaal", "special", "specific",
    "spelen", "spend", "staan", "staat", "stand", "stap", "start", "started", "starts", "state", "stay", "stel",
    "stellen", "step", "sterk", "stond", "stop", "stopped", "stoppen", "stops", "story", "straat", "straight",
    "strange", "street", "strong", "stuck", "stuff", "stuk", "stukje", "stupid", "sturen", "suddenly", "suggest",
    "summer", "support", "suppose", "supposed", "surely", "switch", "take", "taken", "takes", "taking", "talk", "tall",
    "tells", "terrible", "terug", "test", "text", "thank", "things", "think", "third", "though", "thought", "threw",
    "throw", "tijd", "tijdens", "tijdje", "till", "time", "times", "tiny", "tips", "today", "together", "told",
    "tomorrow", "tonight", "took", "top", "totaal", "total", "touch", "toward", "tree", "trek", "trekken", "true",
    "truth", "turn", "turned", "tussen", "twee", "tweede", "twice", "type", "types", "understand", "unless", "upon",
    "used", "useful", "user", "uses", "usual", "usually", "uur", "vader", "vaker", "vanavond", "vandaag", "vanmorgen",
    "vannacht", "vanwege", "various", "vast", "veilig", "ver", "veranderen", "verder", "vergeet", "vergeten",
    "verkeerd", "verschil", "verschillen", "version", "vertel", "vertellen", "vierde", "view", "vind", "vinden",
    "visit", "vlug", "voel", "voelt", "voice", "vol", "volgend", "volgende", "volledig", "voorbeeld", "voorbij",
    "voordat", "voorkomen", "vorige", "vraag", "vragen", "vriend", "vrienden", "vrij", "vrouw", "vul", "vullen",
    "waarheid", "wacht", "wachten", "wait", "walk", "wall", "wants", "warm", "watch", "water", "way", "ways", "weather",
    "week", "weekend", "weeks", "weg", "weggaan", "weird", "weken", "wens", "went", "wereld", "werk", "werken", "werkt",
    "wet", "whatever", "whenever", "wherever", "whether", "white", "whole", "whose", "wife", "wilde", "winter", "wish",
    "wist", "within", "woman", "wonder", "woont", "woord", "woorden", "words", "work", "worked", "working", "works",
    "world", "worry", "worse", "worst", "worth", "wou", "write", "writing", "written", "wrong", "year", "years",
    "yesterday", "young", "zaak", "zag", "zal", "zat", "zeg", "zeggen", "zegt", "zeker", "zelfde", "zelfs", "zet",
    "zetten", "zie", "zien", "ziet", "zin", "zit", "zitten", "zoek", "zoeken", "zoiets", "zoon", "zoveel", "zulk",
    "zus", "zwaar", "zwart",
];

/// Groups of words, or short phrases, that members use for the same thing.
pub fn groups() -> impl Iterator<Item = &'static [&'static str]> {
    [accounts::GROUPS, guilds::GROUPS, everyday::GROUPS, shared::GROUPS, machines::GROUPS]
        .into_iter()
        .flatten()
        .copied()
}
