//! What means the same in a guild: built-in synonyms and its own.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::Index;
use super::concepts::{OTHER_STEM, STANDS, keep_best};
use super::postings::{Lists, Vocabulary};
use crate::knowledge::synonyms::{self, STOP_WORDS};
use crate::knowledge::text;

/// How surely a synonym stands for the word that was asked.
const SYNONYM: f32 = 0.7;

/// The built-in synonyms as every index begins with them: reading and stemming them is most of what a small guild's costs.
pub(super) struct BuiltIn {
    /// Their words; those of a guild are numbered after them.
    pub(super) vocabulary: Vocabulary,
    /// The stems of these words, by number.
    pub(super) stems: Vec<[String; 2]>,
    /// Their phrases, each as numbers of words.
    pub(super) groups: Vec<Vec<Vec<u32>>>,
}

pub(super) static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    let read = |group: &[&str]| group.iter().map(|phrase| vocabulary.read(phrase)).collect();
    let groups: Vec<Vec<Vec<u32>>> = synonyms::groups().map(read).collect();
    let mut words = vocabulary.clone().sorted();
    words.sort_unstable_by_key(|&(_, number)| number);
    BuiltIn { vocabulary, stems: words.iter().map(|(word, _)| text::stems(word)).collect(), groups }
});

impl Index {
    /// Takes in groups of phrases, each phrase as words of the vocabulary, of which the stems are known.
    pub(super) fn add_synonyms(&mut self, groups: Vec<Vec<Vec<u32>>>, stemmed: &[Cow<'_, [String; 2]>]) {
        let mut all = Vec::new();
        let mut means = Vec::new();
        for (phrases, group) in groups.into_iter().zip(0..) {
            let mut meant = Vec::new();
            for phrase in &phrases {
                // A word of a phrase means less than the phrase, and "in" of "get in" nothing.
                let weight = SYNONYM / phrase.len() as f32;
                let is_said = |word: u32| STOP_WORDS.binary_search(&self.words.get(word as usize)).is_err();
                for &word in phrase.iter().filter(|&&word| phrase.len() == 1 || is_said(word)) {
                    let stems = &stemmed[word as usize];
                    let inflections = self.inflected(self.words.get(word as usize), stems, None);
                    let sure = inflections.into_iter().filter(|&(_, sure)| sure > STANDS);
                    meant.extend(sure.map(|(id, _)| id).chain([word]).map(|id| (id, weight)));
                }
            }
            keep_best(&mut meant);
            all.extend(phrases.into_iter().map(|phrase| (phrase, group)));
            means.push(meant);
        }
        all.sort_unstable();
        let first = |(phrase, _): &(Vec<u32>, u32)| phrase.first().copied();
        let words = 0..=self.words.len() as u32;
        self.synonyms = Synonyms {
            begins: words.map(|word| all.partition_point(|phrase| first(phrase) < Some(word)) as u32).collect(),
            groups: all.iter().map(|&(_, group)| group).collect(),
            rests: Lists::from_lists(all.into_iter().map(|(phrase, _)| phrase.into_iter().skip(1))),
            meant: Lists::from_lists(means.into_iter().map(Vec::into_iter)),
        };
    }
}

/// Groups of words or phrases that mean the same.
#[derive(Debug, Default)]
pub(super) struct Synonyms {
    /// The phrases, sorted, without the first word of each.
    rests: Lists<u32>,
    /// The group of each phrase.
    groups: Vec<u32>,
    /// Where the phrases start that begin with a word; those of the next word start where they end.
    begins: Vec<u32>,
    /// For each group the words that stand for it.
    meant: Lists<(u32, f32)>,
}

impl Synonyms {
    /// Adds what means the same as one of `words`, or as the phrase with which `spoken` begins; with `phrases_only`,
    /// single words mean nothing.
    pub(super) fn expand(&self, words: &mut Vec<(u32, f32)>, spoken: &[Option<u32>], phrases_only: bool) {
        let said = spoken.first().copied().flatten().map(|word| (word, 1.0));
        let said: Vec<_> = words.iter().copied().filter(|&(_, weight)| weight > OTHER_STEM).chain(said).collect();
        for (word, sure) in said {
            for phrase in self.begins[word as usize]..self.begins[word as usize + 1] {
                let rest = self.rests.of(phrase);
                let is_said = || rest.iter().zip(1..).all(|(&next, at)| spoken.get(at) == Some(&Some(next)));
                if !(phrases_only && rest.is_empty()) && is_said() {
                    let meant = self.meant.of(self.groups[phrase as usize]);
                    words.extend(meant.iter().map(|&(id, weight)| (id, weight * sure)));
                }
            }
        }
    }

    pub(super) fn weight(&self) -> usize {
        self.rests.weight() + size_of_val(&*self.groups) + size_of_val(&*self.begins) + self.meant.weight()
    }
}
