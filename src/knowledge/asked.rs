//! What members asked of the FAQ: how much of it was answered, and what nobody has answered yet.

use std::collections::HashMap;

use twilight_model::id::Id;
use twilight_model::id::marker::InteractionMarker;

use super::synonyms::STOP_WORDS;
use super::text::{fold, stems, words};

/// How many searches there were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub searches: i64,
    /// Those that some entry answered.
    pub answered: i64,
}

/// A question that was looked for in vain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// As it was typed last.
    pub query: String,
    /// How often.
    pub times: i64,
    /// The last search for it.
    pub search: Id<InteractionMarker>,
}

/// Puts together what asks the same by its words, whatever their order and endings; the most often asked first, then the
/// latest. Of `asked` the latest comes first.
pub fn together(asked: Vec<Asked>) -> Vec<Asked> {
    let mut places: HashMap<Vec<String>, usize> = HashMap::new();
    let mut found: Vec<Asked> = Vec::new();
    for one in asked {
        let at = *places.entry(key(&one.query)).or_insert(found.len());
        match found.get_mut(at) {
            Some(first) => first.times += one.times,
            None => found.push(one),
        }
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.times), std::cmp::Reverse(one.search)));
    found
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
    fn what_asks_the_same_is_counted_together() {
        let asked = |id: u64, query: &str, times| Asked { query: query.to_owned(), times, search: Id::new(id) };
        let found = together(vec![
            asked(9, "is there a mobile app", 1),
            asked(8, "who", 1),
            asked(7, "dark mode", 2),
            asked(6, "Mobile apps?", 2),
            asked(5, "who are you", 1),
        ]);
        assert_eq!(
            found,
            [
                asked(9, "is there a mobile app", 3),
                asked(7, "dark mode", 2),
                asked(8, "who", 1),
                asked(5, "who are you", 1)
            ]
        );
    }
}
