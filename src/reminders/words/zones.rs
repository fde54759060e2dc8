//! Zones: whose clocks are meant, by their letters, by a city or by an offset.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use jiff::tz::Offset;

use super::{Token, Zone};

/// The letters of zones that mean one, with the hours from UTC that they promise. Those that are words, such as `wat` and
/// `eat`, are left out.
const LETTERS: [(&str, &str, i8); 30] = [
    ("cet", "Europe/Brussels", 1),
    ("cest", "Europe/Brussels", 2),
    ("eet", "Europe/Helsinki", 2),
    ("eest", "Europe/Helsinki", 3),
    ("msk", "Europe/Moscow", 3),
    ("bst", "Europe/London", 1),
    ("est", "America/New_York", -5),
    ("edt", "America/New_York", -4),
    ("cdt", "America/Chicago", -5),
    ("mst", "America/Denver", -7),
    ("mdt", "America/Denver", -6),
    ("pst", "America/Los_Angeles", -8),
    ("pdt", "America/Los_Angeles", -7),
    ("akst", "America/Anchorage", -9),
    ("akdt", "America/Anchorage", -8),
    ("hst", "Pacific/Honolulu", -10),
    ("brt", "America/Sao_Paulo", -3),
    ("jst", "Asia/Tokyo", 9),
    ("kst", "Asia/Seoul", 9),
    ("hkt", "Asia/Hong_Kong", 8),
    ("sgt", "Asia/Singapore", 8),
    ("pht", "Asia/Manila", 8),
    ("wib", "Asia/Jakarta", 7),
    ("pkt", "Asia/Karachi", 5),
    ("trt", "Europe/Istanbul", 3),
    ("sast", "Africa/Johannesburg", 2),
    ("aest", "Australia/Sydney", 10),
    ("aedt", "Australia/Sydney", 11),
    ("nzst", "Pacific/Auckland", 12),
    ("nzdt", "Pacific/Auckland", 13),
];

/// Letters that mean a zone in summer and in winter, and countries with one zone. In a longer name `time` follows.
const PLACES: [(&str, &str); 34] = [
    ("eastern", "America/New_York"),
    ("central", "America/Chicago"),
    ("mountain", "America/Denver"),
    ("pacific", "America/Los_Angeles"),
    ("central_european", "Europe/Brussels"),
    ("midden-europese", "Europe/Brussels"),
    ("uk", "Europe/London"),
    ("british", "Europe/London"),
    ("engelse", "Europe/London"),
    ("britse", "Europe/London"),
    ("londense", "Europe/London"),
    ("londen", "Europe/London"),
    ("irish", "Europe/Dublin"),
    ("belgian", "Europe/Brussels"),
    ("belgische", "Europe/Brussels"),
    ("brusselse", "Europe/Brussels"),
    ("brussel", "Europe/Brussels"),
    ("dutch", "Europe/Amsterdam"),
    ("nederlandse", "Europe/Amsterdam"),
    ("amsterdamse", "Europe/Amsterdam"),
    ("french", "Europe/Paris"),
    ("franse", "Europe/Paris"),
    ("parijse", "Europe/Paris"),
    ("parijs", "Europe/Paris"),
    ("german", "Europe/Berlin"),
    ("duitse", "Europe/Berlin"),
    ("berlijnse", "Europe/Berlin"),
    ("berlijn", "Europe/Berlin"),
    ("japanese", "Asia/Tokyo"),
    ("japanse", "Asia/Tokyo"),
    ("tokio", "Asia/Tokyo"),
    ("indian", "Asia/Kolkata"),
    ("new_yorkse", "America/New_York"),
    ("nyc", "America/New_York"),
];

/// Names in words of what letters promise.
const SPELLED: [(&str, &str); 8] = [
    ("eastern_standard", "est"),
    ("eastern_daylight", "edt"),
    ("central_daylight", "cdt"),
    ("mountain_standard", "mst"),
    ("mountain_daylight", "mdt"),
    ("pacific_standard", "pst"),
    ("pacific_daylight", "pdt"),
    ("central_european_summer", "cest"),
];

/// What names of the database begin with.
const AREAS: [&str; 16] = [
    "africa",
    "america",
    "antarctica",
    "arctic",
    "asia",
    "atlantic",
    "australia",
    "brazil",
    "canada",
    "chile",
    "etc",
    "europe",
    "indian",
    "mexico",
    "pacific",
    "us",
];

/// The names of the IANA database that have an area, one a line. To ask the machine for them takes milliseconds, and somebody
/// would wait for that.
const NAMES: &str = include_str!("zone_names.txt");

/// Names of zones by what somebody calls them, in lower case.
type Names = HashMap<String, &'static str>;

/// Zones of the database by their whole name and, unless several share it, by their city, in lower case.
static DATABASE: LazyLock<(Names, Names)> = LazyLock::new(|| {
    let (mut whole, mut cities) = (HashMap::new(), HashMap::<String, Option<&str>>::new());
    for name in NAMES.lines() {
        whole.insert(name.to_lowercase(), name);
        if let Some(city) = name.rsplit('/').next() {
            cities.entry(city.to_lowercase()).and_modify(|known| *known = None).or_insert(Some(name));
        }
    }
    (whole, cities.into_iter().filter_map(|(city, name)| Some((city, name?))).collect())
});

/// The zones of [`LETTERS`].
static BY_LETTERS: LazyLock<HashMap<&'static str, Zone>> = LazyLock::new(|| {
    let zone = |(letters, zone, hours)| (letters, Zone::Named(zone, Offset::from_hours(hours).ok()));
    LETTERS.into_iter().map(zone).collect()
});

/// The words that names of cities begin with: most words are none, and are not looked up twice.
static CITY_BEGINNINGS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| DATABASE.1.keys().filter_map(|city| city.split('_').next()).collect());

/// No name is longer, with the words after it.
const MAX_NAME: usize = 48;

/// A zone that begins `rest`, which is in lower case, and how long its name is. It may be named in words: `london time`.
pub(super) fn named(rest: &str, names_clocks: bool) -> Option<(Token, usize)> {
    // Words that a sign joins are many words of a text: none of them is to look at all the others.
    let rest = &rest[..rest.floor_char_boundary(MAX_NAME)];
    let letters = super::length(rest, |char| char.is_alphabetic() || char == '_');
    if rest[letters..].starts_with('/') && AREAS.contains(&&rest[..letters]) {
        let all = super::length(rest, |char| char.is_alphanumeric() || matches!(char, '_' | '/' | '-' | '+'));
        let name = rest[..all].trim_end_matches(['-', '+', '/']);
        return DATABASE.0.get(name).map(|zone| (Token::Zone(Zone::Named(zone, None)), name.len()));
    }
    if let Some((zone, length)) = names_clocks.then(|| place_time(rest)).flatten() {
        return Some((Token::Zone(zone), length));
    }
    let word = rest.get(..letters)?;
    let token = match word {
        "eastern" | "central" | "mountain" | "pacific" => Token::ZoneWord(place(word)?),
        "et" | "pt" => Token::ZoneLetters(letters_of(word)?),
        _ => Token::Zone(letters_of(word)?),
    };
    Some((token, letters))
}

/// `london time`, `new yorkse tijd`: at most three words, and `time` after them.
fn place_time(rest: &str) -> Option<(Zone, usize)> {
    let mut end = 0;
    for _ in 0..3 {
        end += super::length(&rest[end..], |char| char.is_alphabetic() || char == '-');
        let after = &rest[end..];
        let time = [" time", " tijd"].into_iter().find(|time| after.starts_with(time));
        if let Some(time) = time.filter(|time| !after[time.len()..].starts_with(char::is_alphanumeric)) {
            return Some((place(&rest[..end].replace(' ', "_"))?, end + time.len()));
        }
        if !after.starts_with(' ') {
            return None;
        }
        end += 1;
    }
    None
}

/// The zone of a place or of people.
fn place(name: &str) -> Option<Zone> {
    match name {
        "server" | "local" | "lokale" | "plaatselijke" => Some(Zone::Here),
        "my" | "mijn" | "our" | "onze" | "my_local" | "our_local" => Some(Zone::Mine),
        "your" | "jouw" | "jullie" | "your_local" => Some(Zone::Unknown),
        _ => {
            letters_of(SPELLED.iter().find(|(spelled, _)| *spelled == name).map_or(name, |(_, it)| it)).or_else(|| {
                let listed = PLACES.iter().find(|(place, _)| *place == name).map(|(_, zone)| Zone::Named(zone, None));
                listed.or_else(|| DATABASE.1.get(name).map(|zone| Zone::Named(zone, None)))
            })
        }
    }
}

/// The zone of the city whose name begins `rest`, in two words or one, and how long that is.
pub(super) fn city(rest: &str) -> Option<(Zone, usize)> {
    let first = super::length(rest, char::is_alphabetic);
    CITY_BEGINNINGS.get(&rest[..first])?;
    let second = rest[first..].strip_prefix(' ').map(|after| first + 1 + super::length(after, char::is_alphabetic));
    let zone = |end: usize| Some(Zone::Named(DATABASE.1.get(&rest[..end].replace(' ', "_"))?, None));
    [second, Some(first)].into_iter().flatten().find_map(|end| Some((zone(end)?, end)))
}

/// The zone of letters such as `EST`, if everybody knows whose they are.
pub(in crate::reminders) fn zone_of_letters(word: &str) -> Option<Zone> {
    letters_of(&word.to_ascii_lowercase()).filter(|zone| matches!(zone, Zone::Fixed(_) | Zone::Named(..)))
}

/// The zone of letters such as `EST`.
fn letters_of(word: &str) -> Option<Zone> {
    // Most words are no letters of a zone.
    if word.len() > "servertijd".len() {
        return None;
    }
    match word {
        "utc" | "gmt" | "z" | "zulu" => Some(Zone::Fixed(Offset::UTC)),
        "et" => Some(Zone::Named("America/New_York", None)),
        "pt" => Some(Zone::Named("America/Los_Angeles", None)),
        "servertijd" => Some(Zone::Here),
        // Of China and of Chicago; of India, Israel and Ireland; of Arabia and of Halifax.
        "cst" | "ist" | "ast" => Some(Zone::Unknown),
        _ => BY_LETTERS.get(word).copied(),
    }
}

/// The name of a zone that somebody calls by it, by its letters or by a city, whatever the case: `utc`, `CET`, `new york`.
pub(in crate::reminders) fn zone_called(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase().replace(' ', "_");
    if let Some(zone) = DATABASE.0.get(&name) {
        return Some(zone);
    }
    match place(&name)? {
        Zone::Named(zone, _) => Some(zone),
        Zone::Fixed(Offset::UTC) => Some("UTC"),
        _ => None,
    }
}

/// The zones that people choose from, by name.
pub(in crate::reminders) fn zone_names() -> impl Iterator<Item = &'static str> {
    std::iter::once("UTC").chain(NAMES.lines().filter(|name| !name.starts_with("Etc/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_zone_of_the_list_is_one_in_its_order() {
        assert!(NAMES.lines().is_sorted());
        for name in NAMES.lines() {
            let zone = jiff::tz::TimeZone::get(name).expect(name);
            assert_eq!(zone.iana_name(), Some(name));
        }
        for (_, name) in PLACES {
            assert!(NAMES.lines().any(|listed| listed == name), "{name}");
        }
    }
}
