//! The words of all entries, and where each of them occurs.

use std::collections::HashMap;

use crate::knowledge::text;

/// Title, keywords, category, answer: what one occurrence is worth, and how much a long field
/// makes an occurrence worth less.
const FIELDS: [(f32, f32); 4] = [(3.0, 0.5), (2.5, 0.3), (0.5, 0.0), (1.0, 0.6)];

/// The words met so far, numbered as they were met.
#[derive(Default)]
pub(super) struct Vocabulary {
    ids: HashMap<Box<str>, u32>,
}

impl Vocabulary {
    pub(super) fn read(&mut self, text: &str) -> Vec<u32> {
        let mut read = Vec::new();
        for range in text::words(text) {
            text::forms(&text[range], |form| {
                let next = self.ids.len() as u32;
                read.push(match self.ids.get(form) {
                    Some(&id) => id,
                    None => *self.ids.entry(form.into()).or_insert(next),
                });
            });
        }
        read
    }

    /// The words in order, and for each word as it was numbered its place in that order.
    pub(super) fn sorted(self) -> (Vec<Box<str>>, Vec<u32>) {
        let mut words: Vec<(Box<str>, u32)> = self.ids.into_iter().collect();
        words.sort_unstable();
        let mut place = vec![0; words.len()];
        for ((_, id), at) in words.iter().zip(0..) {
            place[*id as usize] = at;
        }
        (words.into_iter().map(|(word, _)| word).collect(), place)
    }
}

/// For each word the entries in which it occurs.
#[derive(Debug)]
pub(super) struct Postings {
    /// Where a word's postings start in `list`; the next word's start is their end.
    starts: Vec<u32>,
    list: Vec<Posting>,
}

/// An entry, and in the last eight bits the occurrences there, weighed by field and field length,
/// in sixteenths. A busy guild has a million of these; four bytes each keep it in a cache.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting(u32);

impl Posting {
    fn new(entry: u32, count: f32) -> Posting {
        Posting(entry << 8 | (count * 16.0).clamp(1.0, 255.0) as u32)
    }

    pub(super) fn entry(self) -> usize {
        (self.0 >> 8) as usize
    }

    pub(super) fn count(self) -> f32 {
        (self.0 & 0xff) as f32 / 16.0
    }
}

impl Postings {
    pub(super) fn build(entries: &[[Vec<u32>; 4]], fields: std::ops::Range<usize>, place: &[u32]) -> Postings {
        let mut found: Vec<(u32, u32, f32)> = Vec::new();
        for field in fields {
            let (worth, shortening) = FIELDS[field];
            let total: usize = entries.iter().map(|entry| entry[field].len()).sum();
            let average = total.max(1) as f32 / entries.len() as f32;
            for (entry, at) in entries.iter().zip(0..) {
                let long = entry[field].len() as f32 / average;
                let count = worth / (1.0 - shortening + shortening * long);
                found.extend(entry[field].iter().map(|&word| (place[word as usize], at, count)));
            }
        }
        found.sort_unstable_by_key(|&(word, entry, _)| (word, entry));
        found.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        let mut starts = vec![0; place.len() + 1];
        for &(word, ..) in &found {
            starts[word as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Postings { starts, list: found.iter().map(|&(_, entry, count)| Posting::new(entry, count)).collect() }
    }

    pub(super) fn of(&self, word: u32) -> &[Posting] {
        let word = word as usize;
        &self.list[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    pub(super) fn weight(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.list)
    }
}
