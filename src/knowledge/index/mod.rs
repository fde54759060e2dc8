//! The search index of one guild's FAQ, in memory: built once, then only read.
//!
//! A question becomes a list of [`Concept`]s, one for each of its words. A concept holds every
//! word of the vocabulary that may stand for it: the word itself, its inflections, compounds
//! it is part of, what it was before a typing mistake, and its synonyms, each with a weight.
//! The postings of a concept are merged before they are counted (BM25 by concept), so an entry gains
//! nothing from saying the same thing in three ways. A guess at a word never outweighs the word where
//! it stands. Highlighting uses the same concepts, so what is marked is what was found.
//!
//! Something is always closest; whether it answers is another question, and [`Hit::answers`] says.

mod answers;
mod concepts;
mod meanings;
mod postings;
mod rank;
mod sorted;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::asked;
use super::language::language_of;
use super::text;
pub use concepts::Concept;
use concepts::LANGUAGES;
use meanings::{BUILT_IN, Synonyms};
use postings::{Lists, Postings};
use sorted::Sorted;

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
    /// Whether it answers the question; the others are only what comes closest. If the first does not, none does.
    pub answers: bool,
}

/// The search index of one guild.
#[derive(Debug)]
pub struct Index {
    /// Pinned entries first, then by number: the order in which equal scores are answered.
    entries: Vec<Entry>,
    /// The vocabulary. A word's id is its place.
    words: Sorted,
    /// `text::letters` of every word, apart, because a scan for typing mistakes reads them all.
    letters: Vec<u64>,
    /// English and Dutch stems, and the words that have them and differ from them.
    stems: [(Sorted, Lists<u32>); 2],
    /// For each word in which of [`concepts::LANGUAGES`] entries are that have it, as bits.
    written_in: Vec<u8>,
    /// The language of nearly all entries.
    language: Option<&'static str>,
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

        let mut vocabulary = BUILT_IN.vocabulary.clone();
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
        let read = |group: &Vec<String>| group.iter().map(|phrase| vocabulary.read(phrase)).collect();
        let its: Vec<Vec<Vec<u32>>> = synonyms.iter().map(read).collect();
        let (words, numbers): (Vec<Cow<'_, str>>, Vec<u32>) = vocabulary.sorted().into_iter().unzip();
        let mut place = vec![0; words.len()];
        for (&number, at) in numbers.iter().zip(0..) {
            place[number as usize] = at;
        }
        let placed = |phrase: &Vec<u32>| phrase.iter().map(|&word| place[word as usize]).collect();
        let groups = BUILT_IN.groups.iter().chain(&its);
        let groups = groups.map(|group| group.iter().map(placed).collect()).collect();

        let stems_of = |(word, &number): (&Cow<'_, str>, &u32)| match BUILT_IN.stems.get(number as usize) {
            Some(stems) => Cow::Borrowed(stems),
            None => Cow::Owned(text::stems(word)),
        };
        let stemmed: Vec<Cow<'_, [String; 2]>> = words.iter().zip(&numbers).map(stems_of).collect();
        let (language, written_in) = languages(&documents, &fields, &place);
        let mut index = Index {
            letters: words.iter().map(|word| text::letters(word)).collect(),
            stems: stems(&words, &stemmed),
            heads: Postings::build(&fields, 0..3, &place),
            bodies: Postings::build(&fields, 3..4, &place),
            entries: documents.into_iter().map(Entry::from).collect(),
            synonyms: Synonyms::default(),
            words: Sorted::of(words.iter().map(|word| &**word)),
            written_in,
            language,
        };
        index.add_synonyms(groups, &stemmed);
        index
    }

    /// Finds the best entries for a whole question, best first, and says which of them answer it.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        /// What share of the best entry's score another one has that answers too.
        const BESIDE_BEST: f32 = 0.25;
        let concepts = self.concepts(query, false);
        let mut found = self.rank(&concepts, false, limit);
        let is_answered = found.first().is_some_and(|&(at, _)| self.is_answer(query, &concepts, at));
        if !is_answered && found.iter().any(|&(at, _)| !self.comes_close(&concepts, at)) {
            // Those that have stop words alone leave their places to others.
            found = self.rank(&concepts, false, self.len());
            found.retain(|&(at, _)| self.comes_close(&concepts, at));
            found.truncate(limit);
        }
        let enough = found.first().map_or(0.0, |&(_, best)| best * BESIDE_BEST);
        let hit = |(at, score): (usize, f32)| Hit {
            number: self.entries[at].number,
            score,
            answers: is_answered && score >= enough && self.is_answer(query, &concepts, at),
        };
        found.into_iter().map(hit).collect()
    }

    /// Finds the best entries for what somebody writes who asks people, and not the FAQ: the number of an order or a ticket in it
    /// is no question.
    pub fn offer(&self, about: &str, limit: usize) -> Vec<Hit> {
        let is_number =
            |word: &str| word.chars().all(|letter| letter.is_ascii_digit() || letter.is_ascii_punctuation());
        let words = about.split_whitespace().filter(|word| !is_number(word)).collect::<Vec<_>>();
        self.search(&words.join(" "), limit)
    }

    /// Finds numbers and titles of the best entries while somebody is still typing: the last word is open.
    ///
    /// Without words to go by, pinned entries come first, then by number. Answers are read only for words that fewer
    /// than `limit` titles, keywords and categories have, so a longer list may begin differently.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<(i32, &str)> {
        if text::words(typed).next().is_none() {
            return self.entries.iter().take(limit).map(|entry| (entry.number, &*entry.title)).collect();
        }
        let best = self.rank(&self.concepts(typed, true), true, limit);
        best.into_iter().map(|(at, _)| (self.entries[at].number, &*self.entries[at].title)).collect()
    }

    /// The title of an entry, so that a list of choices needs no database.
    pub fn title(&self, number: i32) -> Option<&str> {
        let (pinned, others) = self.entries.split_at(self.entries.partition_point(|entry| entry.pinned));
        [pinned, others].into_iter().find_map(|entries| {
            let at = entries.binary_search_by_key(&number, |entry| entry.number).ok()?;
            Some(&*entries[at].title)
        })
    }

    /// Numbers and titles of entries that ask the same by their words, whatever their order and endings, in groups of two and
    /// more.
    pub fn asking_the_same(&self) -> Vec<Vec<(i32, &str)>> {
        let mut groups: BTreeMap<i64, Vec<(i32, &str)>> = BTreeMap::new();
        // What has no words asks nothing that could be the same.
        let nothing = asked::digest("");
        for entry in &self.entries {
            groups.entry(asked::digest(&entry.title)).or_default().push((entry.number, &entry.title));
        }
        groups.remove(&nothing);
        let mut several: Vec<_> = groups.into_values().filter(|group| group.len() > 1).collect();
        several.iter_mut().for_each(|group| group.sort_unstable());
        several.sort_unstable();
        several
    }

    /// How many entries have a word, or a few more.
    fn entries_with(&self, word: u32) -> usize {
        self.heads.of(word).len() + self.bodies.of(word).len()
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
        self.entries.iter().map(|entry| entry.title.len() + ALLOCATION).sum::<usize>()
            + size_of_val(&*self.entries)
            + self.words.weight()
            + size_of_val(&*self.letters)
            + size_of_val(&*self.written_in)
            + self.stems.iter().map(|(stems, words)| stems.weight() + words.weight()).sum::<usize>()
            + self.heads.weight()
            + self.bodies.weight()
            + self.synonyms.weight()
    }
}

/// The stems of both languages, and which words have them.
fn stems(words: &[Cow<'_, str>], stemmed: &[Cow<'_, [String; 2]>]) -> [(Sorted, Lists<u32>); 2] {
    let mut pairs: [Vec<(&str, u32)>; 2] = Default::default();
    for ((word, stemmed), id) in words.iter().zip(stemmed).zip(0..) {
        for (pairs, stem) in pairs.iter_mut().zip(&**stemmed) {
            if stem != word {
                pairs.push((stem, id));
            }
        }
    }
    pairs.map(|mut pairs| {
        pairs.sort_unstable();
        let stems = pairs.chunk_by(|(stem, _), (next, _)| stem == next);
        (
            Sorted::of(stems.clone().map(|words| words[0].0)),
            Lists::from_lists(stems.map(|words| words.iter().map(|&(_, id)| id))),
        )
    })
}

/// The language of nearly all entries, and for each word in which languages it is written, as bits.
fn languages(documents: &[&Document], fields: &[[Vec<u32>; 4]], place: &[u32]) -> (Option<&'static str>, Vec<u8>) {
    /// Of a hundred entries whose language is known, as many are in that of a guild.
    const NEARLY_ALL: usize = 90;
    let told = documents.iter().map(|document| language_of(&format!("{} {}", document.title, document.answer)));
    let told: Vec<Option<&str>> = told.collect();
    let all = told.iter().flatten().count();
    let most = |language: &&&'static str| {
        let its = told.iter().filter(|told| **told == Some(**language)).count();
        its > 0 && its * 100 >= all * NEARLY_ALL
    };
    let language = LANGUAGES.iter().find(most).copied();
    let mut written_in = vec![0; place.len()];
    for (told, fields) in told.iter().zip(fields) {
        let bits = match told.or(language) {
            Some(told) => u8::from(told == LANGUAGES[0]) | u8::from(told == LANGUAGES[1]) << 1,
            None => 0b11,
        };
        fields.iter().flatten().for_each(|&word| written_in[place[word as usize] as usize] |= bits);
    }
    (language, written_in)
}

#[cfg(test)]
mod tests;
