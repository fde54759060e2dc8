//! What means the same in a guild: built-in synonyms and its own.

use super::Index;
use super::concepts::{COMPOUND, keep_best};
use crate::knowledge::text;

/// How surely a synonym stands for the word that was asked.
const SYNONYM: f32 = 0.7;

impl Index {
    pub(super) fn add_synonyms(&mut self, phrases: Vec<Vec<u32>>) {
        let mut meant = Vec::new();
        for phrase in &phrases {
            // A word of a phrase means less than the phrase.
            let weight = SYNONYM / phrase.len() as f32;
            for &word in phrase {
                let stems = text::stems(&self.words[word as usize]);
                meant.extend(stems.iter().flat_map(|stem| self.with_stem(stem)).chain([word]).map(|id| (id, weight)));
            }
        }
        keep_best(&mut meant);
        let group = self.synonyms.meant.len() as u32;
        self.synonyms.phrases.extend(phrases.into_iter().map(|phrase| (phrase, group)));
        self.synonyms.meant.push(meant);
    }
}

/// Groups of words or phrases that mean the same.
#[derive(Debug, Default)]
pub(super) struct Synonyms {
    /// Phrases and their groups, sorted.
    pub(super) phrases: Vec<(Vec<u32>, u32)>,
    /// For each group the words that stand for it.
    meant: Vec<Vec<(u32, f32)>>,
}

impl Synonyms {
    /// Adds what means the same as one of `words`, or as the phrase with which `spoken` begins.
    pub(super) fn expand(&self, words: &mut Vec<(u32, f32)>, spoken: &[Option<u32>]) {
        let said = spoken.first().copied().flatten().map(|word| (word, 1.0));
        let said: Vec<_> = words.iter().copied().filter(|&(_, weight)| weight > COMPOUND).chain(said).collect();
        for (word, sure) in said {
            let start = self.phrases.partition_point(|(phrase, _)| phrase.first() < Some(&word));
            for (phrase, group) in self.phrases[start..].iter().take_while(|(phrase, _)| phrase[0] == word) {
                let mut rest = phrase[1..].iter().zip(1..);
                if rest.all(|(&next, at)| spoken.get(at) == Some(&Some(next))) {
                    let meant = &self.meant[*group as usize];
                    words.extend(meant.iter().map(|&(id, weight)| (id, weight * sure)));
                }
            }
        }
    }

    pub(super) fn weight(&self) -> usize {
        let phrases: usize = self.phrases.iter().map(|phrase| size_of_val(phrase) + size_of_val(&*phrase.0)).sum();
        let meant: usize = self.meant.iter().map(|meant| size_of_val(meant) + size_of_val(&**meant)).sum();
        phrases + meant
    }
}
