//! What members asked of the FAQ: which questions ask the same.

use sha2::{Digest, Sha256};

use super::synonyms::STOP_WORDS;
use super::text::{fold, stems, words};

/// A number that is the same for what asks the same by its words, whatever their order and endings.
pub fn digest(query: &str) -> i64 {
    let mut digest = Sha256::new();
    for word in key(query) {
        digest.update(word);
        digest.update([0]);
    }
    let [a, b, c, d, e, f, g, h, ..] = <[u8; 32]>::from(digest.finalize());
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// What a question is about: the stems of its words without stop words, or all where it has no others.
fn key(query: &str) -> Vec<String> {
    let folded: Vec<String> = words(query).map(|place| fold(&query[place])).collect();
    let matter = folded.iter().filter(|word| STOP_WORDS.binary_search(&word.as_str()).is_err());
    let mut key: Vec<String> = matter.map(|word| stems(word)[0].clone()).collect();
    if key.is_empty() {
        key = folded;
    }
    key.sort_unstable();
    key.dedup();
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_the_same_has_the_same_digest() {
        let same = |one: &str, other: &str| digest(one) == digest(other);
        assert!(same("is there a mobile app", "Mobile apps?"));
        assert!(!same("dark mode", "mobile app"));
        // Where there are no other words, all count.
        assert!(!same("who", "who are you") && !same("", "who"));
        // It is stored, so it must not change from one version to the next: app, mobil.
        assert_eq!(digest("mobile app"), 7_762_235_374_038_444_667);
    }
}
