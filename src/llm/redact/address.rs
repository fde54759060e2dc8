//! Where people live: a street with a number, and what follows it; postcodes only with one of both.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::contexts::{About, Contexts};
use super::kind::Kind;
use super::view::View;
use super::{Finding, pattern, words};

/// How far a word such as `adres` may be.
const REACH: usize = 40;

/// A city, in up to four words with a capital or dashes.
const CITY: &str =
    r"(?:'s-)?[A-Z\xFF][A-Za-z\xFF'-]+(?: (?:aan|den|de|am|op|bij|van|der|[A-Z\xFF][A-Za-z\xFF'-]+)){0,3}";

/// The rest of an address after the number of the house.
static TAIL: LazyLock<String> = LazyLock::new(|| {
    let box_number = r"(?i:,? ?(?:bus|box|b\.|bte|apt\.?|app\.?|verdieping|verd\.?) ?[0-9A-Z]{1,5}\b)?";
    let postcode = r"(?:B-|NL-|F-|D-)?[1-9][0-9]{3}(?:[0-9]\b|(?i: ?[A-Z]{2})\b)?";
    format!(r"{box_number}(?P<tail>(?:,|\s| te| in| -|\(){{1,4}} ?{postcode}(?:,? {CITY}| [a-z\xFF-]{{3,24}}\b)?)?")
});

/// `Lange Nieuwstraat 101`, `Koning Albert II-laan 20 bus 3`.
static STREET: LazyLock<Regex> = LazyLock::new(|| {
    let strong = "straat|stra\\xFFe|strasse|str\\.|laan|steenweg|stwg|plein|gracht|singel|dreef|kade|kaai|steeg|dijk|weg|lei|straatje|laantje|chaussee";
    let weak = "hof|pad|park|markt|baan|veld|berg|dam|vest|wal|ring|poort|hoek|plaats|burg|haven|akker|kouter|heide";
    pattern(&format!(
        r"(?P<before>(?:\b(?:[0-9]{{1,2}}e|[A-Z\xFF][A-Za-z\xFF'.-]*|van|de|der|den|ten|ter|het|'t|la|du|des|burgemeester|koning|koningin|prins|prinses|dokter|pastoor|sint|lange|korte|oude|nieuwe|grote|kleine) ){{0,4}})\b(?P<street>(?i:[A-Za-z\xFF'.-]*?)(?:(?P<strong>(?i:{strong}))|(?P<weak>(?i:{weak}))))(?:,? ?(?i:nr\.?|nummer|huisnummer))?,? ?(?P<house>[1-9][0-9]{{0,4}}(?: ?[a-zA-Z]\b)?(?:[-/][0-9]{{1,4}}[a-zA-Z]?)?\b){}",
        *TAIL
    ))
});

/// `Rue de la Loi 16`, `Avenue Louise 143`.
static FRENCH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i:\b(?:rue|avenue|boulevard|chaussee|chemin|quai|square|allee|impasse|clos|drve|place)) (?:(?:de|du|des|la|le|les|l'|d'|of) ?){{0,3}}[A-Z\xFF][A-Za-z\xFF'-]+(?: (?:de|du|des|la|[A-Z\xFF][A-Za-z\xFF'-]+)){{0,4}},? (?P<house>[1-9][0-9]{{0,4}}[a-zA-Z]?\b){}",
        *TAIL
    ))
});

/// `12 rue de la Paix`: the number goes first in France.
static FRENCH_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b[1-9][0-9]{0,3},? (?i:rue|avenue|boulevard|chemin|quai|allee|impasse) (?:(?:de|du|des|la|le|les|l'|d') ?){0,3}[A-Z\xFF][A-Za-z\xFF'-]+(?:,? [0-9]{4,5} [A-Z][A-Za-z-]+)?",
    )
});

/// `Postbus 123, 1000 AA Amsterdam`.
static BOX: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"\b(?i:postbus|p\.?o\.? ?box) [1-9][0-9]{{0,5}}\b{}", *TAIL)));

/// Any name, number, postcode and city: `Meir 24, 2000 Antwerpen`.
static ANY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b[A-Z\xFF][A-Za-z\xFF'-]+(?: [A-Z\xFF][A-Za-z\xFF'-]+){{0,3}} [1-9][0-9]{{0,4}}[a-zA-Z]?\b(?:[-/][0-9]{{1,4}}[a-zA-Z]?)?(?i: ?(?:bus|box) ?[0-9A-Z]{{1,4}})?(?:,| -|\n)? ?(?:B-)?[1-9][0-9]{{3}}(?: ?(?P<letters>[A-Z]{{2}})\b)? {CITY}"
    ))
});

/// `221B Baker Street, London NW1 6XE`.
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    let strong = "Street|Road|Rd|Avenue|Ave|Lane|Boulevard|Blvd|Crescent|Terrace|Mews";
    let weak = "St|Ln|Drive|Dr|Court|Ct|Square|Close|Gardens|Grove|Way|Place|Row|Hill";
    // It ends with a word, lest it takes the beginning of a postcode.
    let city = r"[A-Z][A-Za-z'-]+\b(?: [A-Z][A-Za-z'-]+\b){0,2}";
    let codes = r"(?:[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}|[A-Z]{2} [0-9]{5}(?:-[0-9]{4})?|[0-9]{4,5})\b";
    pattern(&format!(
        r"\b[1-9][0-9]{{0,4}}[A-Za-z]? (?:(?:[NSEW]\.? )?(?:[A-Z\xFF][A-Za-z\xFF'.-]+ ){{1,4}})(?:(?P<strong>{strong})|{weak})\b\.?(?: (?:NW|NE|SW|SE)\b)?(?:,? (?:apt|flat|unit|suite) [0-9A-Za-z]{{1,5}})?(?P<tail>(?:, {city}){{1,2}}(?:,? {codes})?|,? {codes}|(?: {city}),? {codes})?"
    ))
});

/// In small letters it is one only where a word says so.
static SMALL_ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b[1-9][0-9]{0,4}[a-z]? (?:[a-z'-]{2,20} ){1,3}(?:street|road|avenue|lane|drive|court|close|way)\b")
});

/// A Dutch postcode, and the number of the house where that follows.
static POSTCODE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b[1-9][0-9]{3} ?(?P<letters>[A-Z]{2})\b(?P<house>(?:,? ?(?:(?i:nr\.?|nummer|huisnummer|huisnr\.?|no\.?) ?)|,? )[1-9][0-9]{0,4}[a-zA-Z]?\b)?",
    )
});

/// A Belgian postcode with its city.
static MUNICIPALITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i:\bte|\b(?:wo{{1,2}}n(?:t|en|plaats)?|liv(?:e|es|ing)|huren|huurt?|gevestigd|zit|zitten|postcode|gemeente)(?: in| te| is)?)[ :]{{1,2}}(?P<city>(?:B-)?[1-9][0-9]{{3}} {CITY})"
    ))
});

/// Words that end like a street, before a number.
static NO_STREETS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "onderweg snelweg terugweg omweg vanweg halfweg autosnelweg doorweg uitweg allerlei velerlei velei tweeerlei generlei slaan
         opslaan verslaan overslaan toeslaan inslaan afslaan terugslaan doorslaan omslaan uitslaan neerslaan aanslaan straat weg laan lei plein
         gracht steeg dijk kade dreef singel iedereens enerlei veelerlei geenerlei beweg heenweg rijweg voorweg zandweg luchtweg waterweg
         spoorweg toegangsweg hoofdstraat.",
    )
});

/// Endings that are a street after another name with a capital: `Grote Baan 200`.
const SQUARES: [&[u8]; 7] = [b"markt", b"baan", b"vest", b"wal", b"kouter", b"plaats", b"hof"];

/// What is counted after a number that is no house's.
static COUNTED: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "minuten minuut min uur uren dagen dag weken keer keren x maal jaar maanden km m meter mb gb kb stuks euro eur punten levels seconden sec times minutes hours days years pieces percent procent spelers players",
    )
});

/// Units and marks that a number of four digits may have.
static UNITS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "SA SD SS MB GB KB TB XP HP PX MS EU US KM CM MM KG FP MP DM PM AM HZ IN UK BC AD MT RP VP GP SP DP FPS OP EN OF ET TE IS ID PS PC TV",
    )
});

pub(super) fn find(view: &View, contexts: &Contexts) -> Vec<Finding> {
    let bytes = view.bytes();
    let near = |at: usize| contexts.before(About::Address, at, REACH);
    let streets = STREET.captures_iter(bytes).filter_map(|found| {
        let (whole, street) = (found.get(0)?.range(), found.name("street")?);
        let name = String::from_utf8_lossy(street.as_bytes()).to_ascii_lowercase();
        let has_tail = found.name("tail").is_some();
        let ending = found.name("strong").or(found.name("weak"))?.len();
        let has_name = name.len() >= ending + 2
            || found.name("before").is_some_and(|before| before.as_bytes().iter().any(u8::is_ascii_uppercase));
        let is_capital = street.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
        let is_named = found.name("before").is_some_and(|before| has_name_of_street(before.as_bytes())) && is_capital;
        let is_street = is_named || !NO_STREETS.contains(name.as_str());
        let is_square =
            found.name("weak").is_some_and(|weak| SQUARES.contains(&weak.as_bytes().to_ascii_lowercase().as_slice()));
        let is_sure = found.name("strong").is_some() && has_name && is_street || is_square && is_named;
        let is_counted = is_counted(view, found.name("house")?.range().end);
        let is_address =
            has_tail && has_name || !is_counted && (is_sure || near(whole.start) && (has_name || is_capital));
        is_address.then_some(whole)
    });
    let french = FRENCH.captures_iter(bytes).filter_map(|found| {
        let is_counted = is_counted(view, found.name("house")?.end());
        found.get(0).filter(|_| !is_counted).map(|whole| whole.range())
    });
    let english = ENGLISH.captures_iter(bytes).filter_map(|found| {
        let whole = found.get(0)?.range();
        let is_sure = found.name("strong").is_some() || found.name("tail").is_some() || near(whole.start);
        is_sure.then_some(whole)
    });
    let small = SMALL_ENGLISH.find_iter(bytes).map(|found| found.range());
    let small = small.filter(|range| contexts.before(About::Address, range.start, 8));
    let postcodes = POSTCODE.captures_iter(bytes).filter_map(|found| postcode(&found, near));
    let cities = MUNICIPALITY.captures_iter(bytes).filter_map(|found| Some(found.name("city")?.range()));
    let announced = ANY.captures_iter(bytes).filter_map(|found| {
        let whole = found.get(0)?.range();
        // A number, a Dutch postcode and a city are nothing else.
        let is_dutch = found.name("letters").is_some_and(|letters| !is_unit(letters.as_bytes()));
        (is_dutch || near(whole.start)).then_some(whole)
    });
    let others = FRENCH_FIRST.find_iter(bytes).chain(BOX.find_iter(bytes)).map(|found| found.range()).chain(announced);
    let all = streets.chain(others).chain(french).chain(english).chain(small).chain(postcodes).chain(cities);
    all.map(|range| Finding { range, kind: Kind::Address }).collect()
}

/// `Lange` in `De Lange Weg`: a word with a capital that does not begin a sentence.
fn has_name_of_street(before: &[u8]) -> bool {
    before.split(|byte| *byte == b' ').any(|word| {
        let is_small = [
            b"De".as_slice(),
            b"Het",
            b"Een",
            b"In",
            b"Op",
            b"Mijn",
            b"Die",
            b"Deze",
            b"Onze",
            b"Ik",
            b"We",
            b"Naar",
            b"Van",
            b"Hij",
            b"Ze",
        ]
        .contains(&word);
        word.len() >= 3 && word[0].is_ascii_uppercase() && !is_small
    })
}

fn is_unit(letters: &[u8]) -> bool {
    std::str::from_utf8(letters).is_ok_and(|letters| UNITS.contains(letters))
}

fn postcode(found: &regex::bytes::Captures<'_>, near: impl Fn(usize) -> bool) -> Option<Range<usize>> {
    let (whole, letters) = (found.get(0)?.range(), found.name("letters")?);
    let is_placed = found.name("house").is_some() || near(whole.start);
    (!is_unit(letters.as_bytes()) && is_placed).then_some(whole)
}

/// Whether the word after a number says what is counted.
fn is_counted(view: &View, end: usize) -> bool {
    let rest = view.get(end..view.bytes().len().min(end + 16)).trim_ascii_start();
    let word: Vec<u8> = rest.iter().copied().take_while(u8::is_ascii_alphabetic).collect();
    let word = String::from_utf8_lossy(&word).to_ascii_lowercase();
    COUNTED.contains(word.as_str()) || rest.first() == Some(&b'%')
}
