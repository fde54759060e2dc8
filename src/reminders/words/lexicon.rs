//! The lexicon: what a word of English or Dutch means, looked up in the vocabulary.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Weekday;

use super::vocabulary::{LOOKALIKES, MONTHS, NUMBERS, ORDINALS, WEEKDAYS, WORDS};
use super::{Name, Part, Token, Unit};

/// No word that means anything is longer.
const MAX_WORD: usize = 30;

/// What begins with a word.
#[derive(Debug, Default)]
struct Entry {
    /// What it means alone.
    alone: Option<Token>,
    /// What begins with it and has more parts, or a sign in it, in lower case.
    longer: Vec<(&'static str, Token)>,
}

/// The vocabulary by the letters that come first.
static ENTRIES: LazyLock<HashMap<&'static str, Entry>> = LazyLock::new(|| {
    let mut entries: HashMap<&str, Entry> = HashMap::new();
    for (word, token) in vocabulary() {
        let letters = &word[..super::length(word, char::is_alphabetic)];
        let entry = entries.entry(letters).or_default();
        if letters == word {
            entry.alone = Some(token);
        } else {
            entry.longer.push((word, token));
        }
    }
    // Of what begins alike the longest counts: `from now on` before `from now`.
    for entry in entries.values_mut() {
        entry.longer.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    entries
});

/// All words, each with what it means.
fn vocabulary() -> impl Iterator<Item = (&'static str, Token)> {
    fn row(words: &'static str, token: impl Fn(&str) -> Token) -> impl Iterator<Item = (&'static str, Token)> {
        words.split('|').map(move |word| (word, token(word)))
    }
    let name = |word: &str| match word {
        word if LOOKALIKES.contains(&word) => Name::Lookalike,
        word if word.len() <= 3 => Name::Short,
        _ => Name::Full,
    };
    let weekday = move |day| move |word: &str| Token::Weekday { day, name: name(word) };
    let weekdays = WEEKDAYS.iter().flat_map(move |(words, day)| row(words, weekday(*day)));
    let months = (1..).zip(MONTHS).flat_map(|(month, words)| row(words, move |_| Token::Month(month)));
    let numbers = NUMBERS.iter().flat_map(|(words, number)| row(words, |_| Token::Number(*number, 0)));
    let ordinal = |nth: u32| Token::Ordinal { nth, is_spelled: true };
    let ordinals = ORDINALS.iter().flat_map(move |(words, nth)| row(words, move |_| ordinal(*nth)));
    let others = WORDS.iter().flat_map(|(words, token)| row(words, |_| *token));
    weekdays.chain(months).chain(numbers).chain(ordinals).chain(others)
}

/// What is read before words are told apart: words of several parts, and those with signs in them. `word` begins `rest`.
pub(super) fn phrase(word: &str, rest: &str) -> Option<(&'static str, Token)> {
    let entry = ENTRIES.get(word)?;
    let begins = |phrase: &str| rest.strip_prefix(phrase).is_some_and(|after| !after.starts_with(char::is_alphabetic));
    entry.longer.iter().find(|(phrase, _)| begins(phrase)).copied()
}

/// Whether `do om` begins `rest`, which is Thursday: alone `do` is a verb of English, too.
pub(super) fn is_dutch_thursday(rest: &str) -> bool {
    rest.strip_prefix("do om ").is_some_and(|after| after.starts_with(|char: char| char.is_ascii_digit()))
}

/// How long the `half` of `half eight` and `at half 8` is, with which `rest` begins: in English it is half past eight, in Dutch
/// half an hour before, and this is English.
pub(super) fn english_half(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("at half ").or_else(|| rest.strip_prefix("half "))?;
    let hour = &after[..super::length(after, char::is_alphabetic)];
    let is_digit = rest.starts_with("at ") && after.starts_with(|char: char| char.is_ascii_digit());
    let is_english = matches!(
        hour,
        "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten" | "eleven" | "twelve"
    );
    (is_digit || is_english).then(|| rest.len() - after.len() - " ".len())
}

/// Two tokens in one word: `vrijdagavond`, `tonight`, `halfuur`.
pub(super) fn compound(word: &str) -> Option<[Token; 2]> {
    const ENDINGS: [(&str, Part); 8] = [
        ("ochtend", Part::Morning),
        ("morgen", Part::Morning),
        ("vroeg", Part::Morning),
        ("voormiddag", Part::Morning),
        ("namiddag", Part::Afternoon),
        ("middag", Part::Afternoon),
        ("avond", Part::Evening),
        ("nacht", Part::Night),
    ];
    let feast = |month, day| Some([Token::Feast { month, day }, Token::Part(Part::Evening)]);
    match word {
        "tonight" => return Some([Token::InDays(0), Token::Part(Part::Evening)]),
        "kerstavond" => return feast(12, 24),
        "oudejaarsavond" => return feast(12, 31),
        "everyday" => return Some([Token::Every, Token::Unit(Unit::Day)]),
        "halfuur" | "halfuurtje" => return Some([Token::Half, Token::Unit(Unit::Hour)]),
        "eod" => return Some([Token::EndOf, Token::Unit(Unit::Day)]),
        "eow" => return Some([Token::EndOf, Token::Unit(Unit::Week)]),
        "eom" | "maandeinde" => return Some([Token::EndOf, Token::Unit(Unit::Month)]),
        "eoy" => return Some([Token::EndOf, Token::Unit(Unit::Year)]),
        "weekeinde" => return Some([Token::Filler, Token::Weekend]),
        _ => {}
    }
    let (stem, part) = ENDINGS.iter().find_map(|(ending, part)| Some((word.strip_suffix(ending)?, *part)))?;
    let day = if stem == "van" { Token::InDays(0) } else { meaning(stem)? };
    matches!(day, Token::InDays(_) | Token::Weekday { name: Name::Full, .. }).then_some([day, Token::Part(part)])
}

/// What a word means alone.
pub(super) fn meaning(word: &str) -> Option<Token> {
    if word.len() > MAX_WORD {
        return None;
    }
    let listed = ENTRIES.get(word).and_then(|entry| entry.alone);
    listed.or_else(|| plural(word).map(|day| Token::Days(day.into()))).or_else(|| sum(word))
}

/// A number in one word: `vijfentwintig`.
fn sum(word: &str) -> Option<Token> {
    if word.len() < "zesentwintig".len() {
        return None;
    }
    let number = |word: &str| match ENTRIES.get(word)?.alone? {
        Token::Number(number, _) => Some(number),
        _ => None,
    };
    let mut parts = word.match_indices("en").map(|(at, and)| (&word[..at], &word[at + and.len()..]));
    parts.find_map(|(ones, tens)| match (number(ones)?, number(tens)?) {
        (ones @ 1..=9, tens @ 20..=90) => Some(Token::Number(tens + ones, 0)),
        _ => None,
    })
}

/// `mondays`, `maandagen`.
fn plural(word: &str) -> Option<Weekday> {
    let stem = word.strip_suffix('s').or_else(|| word.strip_suffix("en")).filter(|stem| stem.len() > 5)?;
    match ENTRIES.get(stem)?.alone? {
        Token::Weekday { day, name: Name::Full } => Some(day),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_means_two_things() {
        let mut seen = HashMap::new();
        for (word, token) in vocabulary() {
            let other = seen.insert(word, token);
            assert_eq!(other, None, "{word} is {token:?}, too");
        }
    }
}
