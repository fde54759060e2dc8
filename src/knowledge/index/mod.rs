//! The search index of one guild's FAQ, in memory: built once, then only read.
//!
//! A question becomes a list of [`Concept`]s, one for each of its words. A concept holds every
//! word of the vocabulary that may stand for it: the word itself, its inflections, compounds
//! it is part of, what it was before a typing mistake, and its synonyms, each with a weight.
//! The postings of a concept are merged before they are counted (BM25F), so an entry gains
//! nothing from saying the same thing in three ways, and a rare synonym does not outrank the
//! common word that was asked for. Highlighting uses the same concepts, so what is marked
//! is what was found.

mod concepts;
mod meanings;
mod postings;
mod rank;

use super::synonyms::SYNONYMS;
use super::text;
pub use concepts::Concept;
use meanings::Synonyms;
use postings::{Postings, Vocabulary};

/// One entry as the index reads it.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The number by which members know the entry.
    pub number: i32,
    /// A few words; the heaviest field.
    pub title: String,
    /// Markdown.
    pub answer: String,
    /// Further words under which the entry should be found.
    pub keywords: Vec<String>,
    /// The group in which the entry is listed.
    pub category: Option<String>,
    /// Pinned entries come first where nothing else decides.
    pub pinned: bool,
}

/// An entry that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The entry's number.
    pub number: i32,
    /// Higher is better; comparable only within one answer.
    pub score: f32,
}

/// The search index of one guild.
#[derive(Debug)]
pub struct Index {
    /// Pinned entries first, then by number: the order in which equal scores are answered.
    entries: Vec<Entry>,
    /// The vocabulary, sorted, so that a word's prefix is a range. A word's id is its place.
    words: Vec<Box<str>>,
    /// `text::letters` of every word, apart, because a scan for typing mistakes reads them all.
    letters: Vec<u64>,
    /// Stem and word where they differ, sorted.
    stems: Vec<(Box<str>, u32)>,
    /// Where words occur in titles, keywords and categories.
    heads: Postings,
    /// Where words occur in answers.
    bodies: Postings,
    synonyms: Synonyms,
}

#[derive(Debug)]
struct Entry {
    number: i32,
    pinned: bool,
    title: Box<str>,
}

impl From<&Document> for Entry {
    fn from(document: &Document) -> Entry {
        Entry { number: document.number, pinned: document.pinned, title: document.title.as_str().into() }
    }
}

impl Index {
    /// Builds the index of `documents`; the guild's `synonyms` work besides the built-in ones.
    pub fn build(documents: &[Document], synonyms: &[Vec<String>]) -> Index {
        let mut documents: Vec<&Document> = documents.iter().collect();
        documents.sort_by_key(|document| (!document.pinned, document.number));

        let mut vocabulary = Vocabulary::default();
        let fields: Vec<[Vec<u32>; 4]> = documents
            .iter()
            .map(|document| {
                [
                    vocabulary.read(&document.title),
                    document.keywords.iter().flat_map(|keyword| vocabulary.read(keyword)).collect(),
                    document.category.iter().flat_map(|category| vocabulary.read(category)).collect(),
                    vocabulary.read(&document.answer),
                ]
            })
            .collect();
        let guild = synonyms.iter().map(|group| group.iter().map(String::as_str).collect::<Vec<_>>());
        let groups = SYNONYMS.iter().map(|group| group.to_vec()).chain(guild);
        let groups: Vec<Vec<Vec<u32>>> =
            groups.map(|group| group.into_iter().map(|phrase| vocabulary.read(phrase)).collect()).collect();
        let (words, place) = vocabulary.sorted();

        let mut stems: Vec<(Box<str>, u32)> = Vec::new();
        for (word, id) in words.iter().zip(0..) {
            let different = text::stems(word).into_iter().filter(|stem| **stem != **word);
            stems.extend(different.map(|stem| (stem.into(), id)));
        }
        stems.sort_unstable();
        stems.dedup();
        stems.shrink_to_fit();

        let mut index = Index {
            letters: words.iter().map(|word| text::letters(word)).collect(),
            heads: Postings::build(&fields, 0..3, &place),
            bodies: Postings::build(&fields, 3..4, &place),
            entries: documents.into_iter().map(Entry::from).collect(),
            synonyms: Synonyms::default(),
            words,
            stems,
        };
        for group in groups {
            let phrases = group.into_iter().map(|phrase| phrase.into_iter().map(|word| place[word as usize]).collect());
            index.add_synonyms(phrases.collect());
        }
        index.synonyms.phrases.sort_unstable();
        index
    }

    /// Finds the best entries for a whole question, best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        self.rank(&self.concepts(query, false), false, limit)
    }

    /// Finds the best entries for what somebody writes who asks people, and not the FAQ: the number of an order or a ticket in it
    /// is no question.
    pub fn offer(&self, about: &str, limit: usize) -> Vec<Hit> {
        let is_number =
            |word: &str| word.chars().all(|letter| letter.is_ascii_digit() || letter.is_ascii_punctuation());
        let words = about.split_whitespace().filter(|word| !is_number(word)).collect::<Vec<_>>();
        self.search(&words.join(" "), limit)
    }

    /// Finds the best entries while somebody is still typing: the last word is open.
    ///
    /// Without words to go by, pinned entries come first, then by number. Answers are read only for words that fewer
    /// than `limit` titles, keywords and categories have, so a longer list may begin differently.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Hit> {
        if text::words(typed).next().is_none() {
            return self.entries.iter().take(limit).map(|entry| Hit { number: entry.number, score: 0.0 }).collect();
        }
        self.rank(&self.concepts(typed, true), true, limit)
    }

    /// The title of an entry, so that a list of choices needs no database.
    pub fn title(&self, number: i32) -> Option<&str> {
        let (pinned, others) = self.entries.split_at(self.entries.partition_point(|entry| entry.pinned));
        [pinned, others].into_iter().find_map(|entries| {
            let at = entries.binary_search_by_key(&number, |entry| entry.number).ok()?;
            Some(&*entries[at].title)
        })
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Approximate heap bytes, for a cache that is weighed by size.
    pub fn weight(&self) -> usize {
        /// What the allocator adds to and rounds up a short string to, on average.
        const ALLOCATION: usize = 16;
        let texts = self.entries.iter().map(|entry| &entry.title);
        let texts = texts.chain(&self.words).chain(self.stems.iter().map(|(stem, _)| stem));
        texts.map(|text| text.len() + ALLOCATION).sum::<usize>()
            + size_of_val(&*self.entries)
            + size_of_val(&*self.words)
            + size_of_val(&*self.letters)
            + size_of_val(&*self.stems)
            + self.heads.weight()
            + self.bodies.weight()
            + self.synonyms.weight()
    }
}

#[cfg(test)]
mod tests;
