//! In which order somebody reads the answers that were found.

use super::Entry;
use super::index::Hit;
use super::language::language_of;

/// An answer that fits at least this much as well as the best one fits.
const AS_GOOD: f32 = 0.5;

/// The answers that were found, of those that fit well first those that are written in a language, by its code.
pub fn in_language_first(entries: Vec<Entry>, found: &[Hit], language: &str) -> Vec<Entry> {
    let best = found.first().map_or(0.0, |hit| hit.score);
    let goes_first = |entry: &Entry| {
        let fits = found.iter().any(|hit| hit.number == entry.number && hit.answers && hit.score >= AS_GOOD * best);
        fits && language_of(&format!("{} {}", entry.draft.title, entry.draft.answer)) == Some(language)
    };
    let (first, others): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(goes_first);
    first.into_iter().chain(others).collect()
}
