//! What means the same in a guild: built-in synonyms and its own.

use super::Index;
use super::concepts::{OTHER_STEM, STANDS, keep_best};
use crate::knowledge::synonyms::STOP_WORDS;

/// How surely a synonym stands for the word that was asked.
const SYNONYM: f32 = 0.7;

impl Index {
    /// Takes in groups of phrases, each phrase as words of the vocabulary, of which the stems are known.
    pub(super) fn add_synonyms(&mut self, groups: Vec<Vec<Vec<u32>>>, stemmed: &[[String; 2]]) {
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
            self.synonyms.phrases.extend(phrases.into_iter().map(|phrase| (phrase, group)));
            self.synonyms.meant.push(meant);
        }
        self.synonyms.phrases.sort_unstable();
        let first = |(phrase, _): &(Vec<u32>, u32)| phrase.first().copied();
        let words = 0..=self.words.len() as u32;
        let phrases = &self.synonyms.phrases;
        self.synonyms.begins =
            words.map(|word| phrases.partition_point(|phrase| first(phrase) < Some(word)) as u32).collect();
    }
}

/// Groups of words or phrases that mean the same.
#[derive(Debug, Default)]
pub(super) struct Synonyms {
    /// Phrases and their groups, sorted.
    phrases: Vec<(Vec<u32>, u32)>,
    /// Where the phrases start that begin with a word; those of the next word start where they end.
    begins: Vec<u32>,
    /// For each group the words that stand for it.
    meant: Vec<Vec<(u32, f32)>>,
}

impl Synonyms {
    /// Adds what means the same as one of `words`, or as the phrase with which `spoken` begins; with `phrases_only`,
    /// single words mean nothing.
    pub(super) fn expand(&self, words: &mut Vec<(u32, f32)>, spoken: &[Option<u32>], phrases_only: bool) {
        let said = spoken.first().copied().flatten().map(|word| (word, 1.0));
        let said: Vec<_> = words.iter().copied().filter(|&(_, weight)| weight > OTHER_STEM).chain(said).collect();
        for (word, sure) in said {
            let [start, end] = [word, word + 1].map(|word| self.begins[word as usize] as usize);
            for (phrase, group) in &self.phrases[start..end] {
                let mut rest = phrase[1..].iter().zip(1..);
                if !(phrases_only && phrase.len() == 1) && rest.all(|(&next, at)| spoken.get(at) == Some(&Some(next))) {
                    let meant = &self.meant[*group as usize];
                    words.extend(meant.iter().map(|&(id, weight)| (id, weight * sure)));
                }
            }
        }
    }

    pub(super) fn weight(&self) -> usize {
        let phrases: usize = self.phrases.iter().map(|phrase| size_of_val(phrase) + size_of_val(&*phrase.0)).sum();
        let meant: usize = self.meant.iter().map(|meant| size_of_val(meant) + size_of_val(&**meant)).sum();
        phrases + meant + size_of_val(&*self.begins)
    }
}
