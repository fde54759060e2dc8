//! Words in order, in one piece of memory: most comparisons are of eight letters at once.

use std::ops::Range;

/// Sorted words without repetition; a word's id is its place.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    letters: String,
    /// Where each word ends in `letters`.
    ends: Vec<u32>,
    /// The first eight bytes of each word, most significant first.
    keys: Vec<u64>,
}

impl Sorted {
    /// Takes words that are sorted.
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Sorted {
        let mut sorted = Sorted::default();
        for word in words {
            sorted.letters.push_str(word);
            sorted.ends.push(sorted.letters.len() as u32);
            sorted.keys.push(key(word));
        }
        sorted.letters.shrink_to_fit();
        sorted.ends.shrink_to_fit();
        sorted.keys.shrink_to_fit();
        sorted
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.letters[start..self.ends[at] as usize]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.get(at))
    }

    /// The place of a word.
    pub(super) fn find(&self, word: &str) -> Option<u32> {
        let at = self.place(word);
        (at < self.ends.len() && self.get(at) == word).then_some(at as u32)
    }

    /// The places of the words that begin with some letters.
    pub(super) fn beginning_with(&self, letters: &str) -> Range<u32> {
        let start = self.place(letters);
        let range = &self.keys[start..];
        let len = match letters.len() {
            0..8 => {
                let last = key(letters) | u64::MAX >> (8 * letters.len());
                range.partition_point(|&key| key <= last)
            }
            _ => (start..self.ends.len()).take_while(|&at| self.get(at).starts_with(letters)).count(),
        };
        start as u32..(start + len) as u32
    }

    /// How many words come before this one.
    fn place(&self, word: &str) -> usize {
        let key = key(word);
        let start = self.keys.partition_point(|&probe| probe < key);
        if word.len() < 8 {
            // Of words with the same first letters the shortest comes first, and this one has no others.
            return start;
        }
        let (mut start, mut end) = (start, start + self.keys[start..].partition_point(|&probe| probe == key));
        while start < end {
            let middle = start.midpoint(end);
            if self.get(middle) < word { start = middle + 1 } else { end = middle }
        }
        start
    }

    pub(super) fn weight(&self) -> usize {
        self.letters.len() + size_of_val(&*self.ends) + size_of_val(&*self.keys)
    }
}

fn key(word: &str) -> u64 {
    let mut key = [0; 8];
    let len = word.len().min(8);
    key[..len].copy_from_slice(&word.as_bytes()[..len]);
    u64::from_be_bytes(key)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_found_as_in_a_list(words in prop::collection::btree_set("[abé]{1,12}", 0..40), probe in "[abé]{0,10}") {
            let list: Vec<&str> = words.iter().map(String::as_str).collect();
            let sorted = Sorted::of(list.iter().copied());
            prop_assert!(sorted.iter().eq(list.iter().copied()));
            for probe in list.iter().copied().chain([&*probe]) {
                prop_assert_eq!(sorted.find(probe), list.binary_search(&probe).ok().map(|at| at as u32));
                let found: Vec<&str> = sorted.beginning_with(probe).map(|at| sorted.get(at as usize)).collect();
                let expected: Vec<&str> = list.iter().copied().filter(|word| word.starts_with(probe)).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }
}
