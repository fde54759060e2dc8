//! Names: words that somebody chose. A made-up one is a made-up fact, and a secret looks like one.
//!
//! A name is told by its letters: a capital within a sentence, capitals alone, a capital behind a small letter, or letters and
//! digits in one. Which words are names is so in every language, and no list of them grows.

use std::collections::BTreeSet;

use super::Fact;
use super::tokens::ENDS;
use crate::knowledge::text;

/// What has capitals and names nothing.
const NO_NAMES: [&str; 17] =
    ["discord", "dm", "eur", "faq", "gbp", "usd", "i", "i'd", "i'll", "i'm", "i've", "ik", "ok", "u", "uw", "a", "pm"];

/// Reads the names of a sentence of which the rest is taken out.
pub(super) fn read(text: &str, facts: &mut BTreeSet<Fact>) {
    let mut end = 0;
    let mut starts = true;
    for range in text::words(text) {
        // Two sentences may stand in one, and points of a list; what a colon announces may be a name.
        let between = text[end..range.start].trim_end();
        starts |= between.ends_with(['.', '!', '?', '…', '•']);
        end = range.end;
        let mut is_start = std::mem::replace(&mut starts, false);
        for part in text[range].split(is_joint) {
            if is_name(part, is_start) {
                let folded = text::fold(part);
                let bare = folded.strip_suffix("'s").unwrap_or(&folded);
                if !NO_NAMES.contains(&bare) && !NO_NAMES.contains(&folded.as_str()) {
                    facts.insert(Fact::Name(bare.to_owned()));
                }
            }
            is_start &= part.is_empty();
        }
    }
}

/// The parts of a folded word by which it is known too: of `k7-reiger` and of `marijke's`.
pub(super) fn parts(word: &str) -> impl Iterator<Item = &str> {
    let whole = word.split(is_joint).flat_map(|part| [part, part.strip_suffix("'s").unwrap_or(part)]);
    whole.chain(word.split(|sign| is_joint(sign) || sign == '\'')).filter(|part| !part.is_empty())
}

fn is_joint(sign: char) -> bool {
    matches!(sign, '-' | '.' | '_')
}

fn is_name(word: &str, starts: bool) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let has_digit = word.chars().any(|c| c.is_ascii_digit());
    let begins = word.starts_with(char::is_uppercase);
    match letters {
        0 => false,
        // `20u`, `14e` and `v3` have been read as numbers; what is left of them names nothing that they do not.
        _ if has_digit => !is_ordinal(word),
        _ => capitals > usize::from(begins) || begins && (!starts || letters > 1 && capitals == letters),
    }
}

/// Digits with what may stand around them, `12th`, `20u`, `8pm`, `v3`, which are read as numbers; `480p` is a name.
fn is_ordinal(word: &str) -> bool {
    let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
    letters.len() < word.len() && ENDS.contains(&letters) || is_version(word)
}

fn is_version(word: &str) -> bool {
    word.strip_prefix(['v', 'V']).is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}
