//! Whether a sentence is about what its passages say, told by the words that they share.
//!
//! It is coarse on purpose. Wording may differ; but a sentence that has next to nothing of its source was put there by somebody
//! else, however right its quotation.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::facts::is_of_number;
use crate::knowledge::{synonyms, text};

/// Words that are in every text, of both languages, in small letters and sorted.
const EVERYWHERE: &[&str] = &[
    "aan", "about", "after", "all", "als", "also", "and", "any", "are", "been", "bent", "bij", "binnen", "but", "can",
    "could", "dan", "dat", "den", "der", "deze", "die", "dit", "does", "door", "een", "for", "from", "geen", "get",
    "had", "has", "have", "heb", "hebben", "hebt", "heeft", "her", "het", "hier", "him", "his", "hoe", "how", "hun",
    "into", "its", "jij", "jou", "jouw", "kan", "kun", "kunnen", "kunt", "maar", "mag", "may", "met", "might", "mijn",
    "moet", "moeten", "more", "naar", "niet", "nog", "not", "now", "onder", "ons", "onze", "ook", "our", "out", "over",
    "please", "she", "should", "some", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "too", "tot", "uit", "until", "uw", "van", "via", "voor", "was", "wat", "wel", "were", "what", "when",
    "where", "which", "while", "who", "wie", "will", "with", "within", "word", "worden", "wordt", "would", "you",
    "your", "zal", "zich", "zijn", "zou",
];

/// Words share their root if they begin with the same letters, that many.
const ROOT: usize = 5;

/// One word in so many must be of the passages.
const SHARE: usize = 3;

/// What the words of a passage are compared by.
pub(super) fn roots_of<'a>(words: impl Iterator<Item = &'a String>) -> HashSet<String> {
    words.flat_map(|word| roots(word)).collect()
}

/// How much of a sentence is of its passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Support {
    /// Nothing, though it has words.
    None,
    /// Something: enough for a translation, of which only what both languages know is found.
    Some,
    /// So much that it is about the same.
    Enough,
    /// There is nothing to compare: "You can."
    Wordless,
}

/// How many of a sentence's words are in passages; `facts` of it are known to be there.
pub(super) fn support_of(sentence: &str, facts: usize, passages: &[&HashSet<String>]) -> Support {
    let (mut all, mut shared) = (facts, facts);
    for range in text::words(sentence) {
        let word = text::fold(&sentence[range]);
        // What is counted has been compared as a number.
        let is_fact = facts > 0 && is_of_number(&word);
        if is_fact || word.chars().count() < 3 || EVERYWHERE.binary_search(&word.as_str()).is_ok() {
            continue;
        }
        all += 1;
        shared += usize::from(roots(&word).iter().any(|root| passages.iter().any(|passage| passage.contains(root))));
    }
    match (shared, all) {
        (_, 0) => Support::Wordless,
        _ if shared * SHARE >= all => Support::Enough,
        (0, _) => Support::None,
        _ => Support::Some,
    }
}

/// Which groups of words that mean the same have a word with this root: they are the bridge between the languages.
static MEANINGS: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut meanings: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, group) in synonyms::groups().enumerate() {
        for word in group.iter().filter(|word| !word.contains(' ')) {
            for root in stems_of(&text::fold(word)) {
                meanings.entry(root).or_default().push(at);
            }
        }
    }
    meanings
});

/// By what a word is compared: its stems, how it begins, and what it means.
fn roots(word: &str) -> Vec<String> {
    let mut roots = stems_of(word);
    let meanings: Vec<usize> = roots.iter().filter_map(|root| MEANINGS.get(root)).flatten().copied().collect();
    roots.extend(meanings.into_iter().map(|at| format!("={at}")));
    roots
}

fn stems_of(word: &str) -> Vec<String> {
    let mut roots = Vec::new();
    text::forms(word, |form| {
        roots.extend(text::stems(form));
        let begin: String = form.chars().take(ROOT).collect();
        if begin.chars().count() == ROOT {
            roots.push(format!("{begin}…"));
        }
    });
    roots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_shares_words_with_its_passage() {
        assert!(EVERYWHERE.is_sorted());
        let words = ["refunds", "are", "possible", "14", "days", "after", "purchase"].map(str::to_owned);
        let passage = roots_of(words.iter());
        let check = |sentence: &str, facts, expected| {
            assert_eq!(support_of(sentence, facts, &[&passage]), expected, "{sentence}");
        };
        check("A refund is possible once you have purchased it.", 0, Support::Enough);
        check("You get your money back within 14 days.", 1, Support::Enough);
        check("The moderators steal accounts.", 0, Support::None);
        check("You can.", 0, Support::Wordless);
        check("Je kan het geld daarna nog terugvragen bij ons loket.", 0, Support::Some);
    }
}
