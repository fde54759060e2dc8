//! Words that tell what the number after them is.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::view::View;
use super::{Finding, pattern};

/// What such a word announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Phone,
    Account,
    Card,
    Bsn,
    Rrn,
    Vat,
    Document,
    Reference,
    Plate,
    Address,
    Server,
    OwnIp,
    Version,
}

/// Every kind of word has a pattern of its own: a text may have several that overlap.
static WORDS: LazyLock<[(About, Regex); 13]> = LazyLock::new(|| {
    let words = |about, source: &str| (about, pattern(&format!(r"(?i)\b(?:{source})")));
    [
        words(
            About::Phone,
            r"(?:tel(?:efoon|ephone)?|phone|gsm|mobiel|mobile|cell|whatsapp|viber|signal|sms|bel(?:len|t)?|opbellen|call|dial|ring|fax)(?:[- ]?(?:nr|nummer|number|no))?(?:'s)?\b|wa\.me/|text (?:me|only)\b|(?:mijn|my|zijn|haar|his|her|hun|ons|our|eigen|own) (?:nr|nummer|number)(?:'s)?\b",
        ),
        words(
            About::Account,
            r"iban\b|rek(?:ening)?\b|rekening(?:nr|nummer)|rek\. ?nr|bank\w{0,12}|account(?: number)?\b|konto\b|overschrijv\w{0,6}",
        ),
        words(
            About::Card,
            r"(?:\w{0,12}kaart(?:nummer|nr)?|card|visa|master ?card|mc|maestro|bancontact|amex|credit|debit)\b",
        ),
        words(About::Bsn, r"bsn\b|bsn-?n(?:umme)?r|burgerservice\w{0,8}|sofi-?\w{0,8}|social security"),
        words(
            About::Rrn,
            r"rijksregister\w{0,10}|r\.?r\.?n\b|niss\b|insz\b|insz-\w{0,8}|nationa{1,2}l (?:nummer|number|register)|bis-?(?:nummer|number|nr)?\b",
        ),
        words(
            About::Vat,
            r"btw\b|btw-\w{0,8}|vat\b|tva\b|kbo\b|kvk\b|ondernemings\w{0,8}|enterprise number|tax (?:number|id)",
        ),
        words(
            About::Document,
            r"pas(?:poort|port)\w{0,8}|passport\w{0,8}|identiteitskaart\w{0,8}|(?:e?id|identity)[- ]?(?:kaart|card|bewijs)\w{0,8}|eid\b|rijbewijs\w{0,8}|driv(?:ing|er'?s) licen[cs]e|verblijfs\w{0,10}|residence permit|id-?(?:nummer|nr)\b|kids-id",
        ),
        words(About::Reference, r"ogm\b|mededeling\b|payment reference\b"),
        words(
            About::Plate,
            r"kenteken\w{0,6}|nummerpla{1,2}t\w{0,6}|pla{1,2}t(?:e|en|nummer|nr)?\b|(?:license|licence|number|registration)[- ]plate",
        ),
        words(
            About::Address,
            r"\w{0,12}adres\b|(?:home |postal |shipping |my )?address\b|postcode\b|postal code\b|zip\b|wo{1,2}n(?:t|en|plaats)?\b|liv(?:e|es|ing)\b|verhuisd\b|thuis\b|huurt?\b|huren\b|huis\b|ship(?:ping)?\b|deliver\w{0,4}\b|lever\w{0,4}\b|bezorg\w{0,4}\b|verzend\w{0,4}\b|stuur\b|send\b|pakket?\w{0,3}\b|livraison\b",
        ),
        words(
            About::Server,
            r"servers?\b|minecraft\b|mc\b|fivem\b|cs2?\b|csgo\b|rust\b|ark\b|valheim\b|join(?:en|t)?\b|connect\b|verbind\w{0,4}\b|host(?:ing|en)?\b|bind\b|poort\b|port\b|listen\b|subnet\b|gateway\b|dns\b|ping\b|localhost\b|realm\b",
        ),
        words(
            About::OwnIp,
            r"(?:mijn|my|zijn|haar|his|her|their|hun|own|eigen) (?:eigen |own )?ip\b|doxx?\w{0,3}\b|ddos\w{0,4}\b|leak\w{0,3}\b|gelekt\b|(?:ge)?bann?\w{0,4}\b|log(?:t|de|s|ged)? ?in\b|ingelogd\b|vanaf\b|from\b",
        ),
        words(
            About::Version,
            r"version\b|versie\b|ver\b|build\b|release\b|firmware\b|driver\b|chapter\b|hoofdstuk\b|section\b|rule\b|article\b|artikel\b|node\b|windows\b|java\b|jdk\b|chrome\b|firefox\b|edge\b|python\b|php\b|mod\b|plugin\b|macos\b|ios\b|android\b",
        ),
    ]
});

/// Where a text has such words.
pub(super) struct Contexts(Vec<(About, Vec<Range<usize>>)>);

impl Contexts {
    /// Those that stand outside of what is hidden already, which is in order.
    pub(super) fn of(view: &View, hidden: &[Finding]) -> Contexts {
        let is_hidden = |word: &Range<usize>| {
            let next = hidden.partition_point(|finding| finding.range.start <= word.start);
            next.checked_sub(1).and_then(|last| hidden.get(last)).is_some_and(|last| word.start < last.range.end)
        };
        let found = |words: &Regex| {
            words.find_iter(view.bytes()).map(|found| found.range()).filter(|word| !is_hidden(word)).collect()
        };
        Contexts(WORDS.iter().map(|(about, words)| (*about, found(words))).collect())
    }

    fn all(&self, about: About) -> &[Range<usize>] {
        self.0.iter().find(|(other, _)| *other == about).map_or(&[], |(_, ranges)| ranges)
    }

    /// Every such word.
    pub(super) fn each(&self, about: About) -> impl Iterator<Item = Range<usize>> {
        self.all(about).iter().cloned()
    }

    /// Whether such a word ends at most `within` bytes before `at`.
    pub(super) fn before(&self, about: About, at: usize, within: usize) -> bool {
        let ranges = self.all(about);
        let after = ranges.partition_point(|range| range.end <= at);
        after.checked_sub(1).and_then(|last| ranges.get(last)).is_some_and(|range| at - range.end <= within)
    }

    /// The same, or one begins at most as far after `end`.
    pub(super) fn around(&self, about: About, at: &Range<usize>, within: usize) -> bool {
        let ranges = self.all(about);
        let after = ranges.partition_point(|range| range.start < at.end);
        self.before(about, at.start, within) || ranges.get(after).is_some_and(|range| range.start - at.end <= within)
    }
}
