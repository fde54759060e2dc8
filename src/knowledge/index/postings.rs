//! The words of all entries, and where each of them occurs.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::knowledge::text;

/// Title, keywords, category, answer: what one occurrence is worth, and how much a long field
/// makes an occurrence worth less.
const FIELDS: [(f32, f32); 4] = [(2.0, 0.5), (2.0, 0.3), (0.3, 0.0), (1.0, 0.6)];

/// How soon more occurrences stop to matter, as in BM25.
const SATURATION: f32 = 1.6;

/// The words met so far, numbered as they were met.
#[derive(Clone, Default)]
pub(super) struct Vocabulary {
    ids: HashMap<Cow<'static, str>, u32>,
}

impl Vocabulary {
    pub(super) fn read(&mut self, text: &str) -> Vec<u32> {
        let mut read = Vec::new();
        for range in text::words(text) {
            text::forms(&text[range], |form| {
                let next = self.ids.len() as u32;
                read.push(match self.ids.get(form) {
                    Some(&id) => id,
                    None => *self.ids.entry(Cow::Owned(form.to_owned())).or_insert(next),
                });
            });
        }
        read
    }

    /// The words in order, each with its number.
    pub(super) fn sorted(self) -> Vec<(Cow<'static, str>, u32)> {
        let mut words: Vec<_> = self.ids.into_iter().collect();
        words.sort_unstable();
        words
    }
}

/// A list for each number from 0 on, in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct Lists<T> {
    /// Where each list starts in `all`; the next one's start is its end.
    starts: Vec<u32>,
    all: Vec<T>,
}

impl<T> Lists<T> {
    pub(super) fn from_lists(lists: impl Iterator<Item = impl Iterator<Item = T>>) -> Lists<T> {
        let mut made = Lists { starts: vec![0], all: Vec::new() };
        for list in lists {
            made.all.extend(list);
            made.starts.push(made.all.len() as u32);
        }
        made.all.shrink_to_fit();
        made.starts.shrink_to_fit();
        made
    }

    pub(super) fn of(&self, number: u32) -> &[T] {
        &self.all[self.starts[number as usize] as usize..self.starts[number as usize + 1] as usize]
    }

    pub(super) fn weight(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.all)
    }
}

/// For each word the entries in which it occurs.
#[derive(Debug)]
pub(super) struct Postings {
    lists: Lists<Posting>,
    /// What each word counts where it counts most.
    most: Vec<u8>,
}

/// An entry, and in the last eight bits what the word counts there: its occurrences, weighed by field and field length,
/// saturated as in BM25. A busy guild has a million of these; four bytes each keep it in a cache.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting(u32);

impl Posting {
    /// What the most occurrences count.
    const WHOLE: f32 = 255.0;

    fn new(entry: u32, count: f32) -> Posting {
        let saturated = count / (count + SATURATION);
        Posting(entry << 8 | (saturated * Posting::WHOLE).clamp(1.0, Posting::WHOLE) as u32)
    }

    pub(super) fn entry(self) -> usize {
        (self.0 >> 8) as usize
    }

    /// Between 0 and 1.
    pub(super) fn count(self) -> f32 {
        (self.0 & 0xff) as f32 * (1.0 / Posting::WHOLE)
    }
}

impl Postings {
    pub(super) fn build(entries: &[[Vec<u32>; 4]], fields: Range<usize>, place: &[u32]) -> Postings {
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
        let mut words = found.chunk_by(|one, next| one.0 == next.0).peekable();
        let of_word = |word| words.next_if(|list| list[0].0 == word).unwrap_or_default();
        let lists = (0..place.len() as u32).map(of_word);
        let lists =
            Lists::from_lists(lists.map(|list| list.iter().map(|&(_, entry, count)| Posting::new(entry, count))));
        let most = |word| lists.of(word).iter().map(|posting| (posting.0 & 0xff) as u8).max().unwrap_or_default();
        Postings { most: (0..place.len() as u32).map(most).collect(), lists }
    }

    pub(super) fn of(&self, word: u32) -> &[Posting] {
        self.lists.of(word)
    }

    /// What a word counts where it counts most.
    pub(super) fn most(&self, word: u32) -> f32 {
        f32::from(self.most[word as usize]) / Posting::WHOLE
    }

    /// What a word counts in an entry; 0 if it is not there.
    pub(super) fn count(&self, word: u32, entry: usize) -> f32 {
        let list = self.of(word);
        list.binary_search_by_key(&entry, |posting| posting.entry()).map_or(0.0, |at| list[at].count())
    }

    pub(super) fn weight(&self) -> usize {
        self.lists.weight() + size_of_val(&*self.most)
    }
}
