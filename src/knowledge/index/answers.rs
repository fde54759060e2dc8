//! Whether the best entry answers a question at all: one decision for every door.
//!
//! A search always finds what is closest; what it found answers if enough of what the question says stands there. How much is
//! enough was fitted (logistic regression) to the half of `fixtures/search` that is there to tune on: questions with an
//! answer, questions whose entry was taken out, and questions about something else. `cargo bench --bench relevance` prints
//! how often it is right on the other half.

use super::Index;
use super::concepts::{Concept, says_of};
use super::rank::ANSWERS;
use crate::knowledge::text;

/// What speaks for an answer, and how much of that is enough.
const COVERED: f32 = 2.45;
const STRONG: f32 = 2.9;
const TITLE: f32 = 0.67;
const SEVERAL: f32 = 0.53;
const UNKNOWN: f32 = -0.9;
const ENOUGH: f32 = 0.9;

/// More words of a question that are found do not make it surer.
const MOST_FOUND: f32 = 3.0;
/// Who tells a whole story asks one thing in it: words beyond these do not make an answer less sure.
const MOST_ASKED: f32 = 8.0;

/// A guild with fewer entries counts as one with so many: in it most words are new, and those that are known say nothing.
const FEWEST: usize = 200;

/// A word in an answer may be there by the way.
const IN_ANSWER: f32 = 0.6;
/// What is less sure than a synonym says even less than it counts in the ranking.
const UNSURE: f32 = 0.69;
const GUESSED: f32 = 0.6;

impl Index {
    /// Whether an entry answers a question: enough of it stands there, or it is the title.
    pub(super) fn is_answer(&self, question: &str, concepts: &[Concept], at: usize) -> bool {
        self.is_enough(concepts, at) || are_same_words(question, &self.entries[at].title)
    }

    fn is_enough(&self, concepts: &[Concept], at: usize) -> bool {
        let (mut asked, mut covered, mut strong, mut unknown) = (0.0, 0.0, 0.0, 0.0);
        let (mut several, mut words) = (0.0_f32, 0.0);
        for concept in concepts.iter().filter(|concept| concept.tells()) {
            let standing = self.standing(concept);
            let says = self.telling(standing) * concept.says;
            let (fit, much) = self.fit(concept, at);
            asked += says;
            covered += says * fit;
            strong += says * much;
            unknown += if standing == 0 { says } else { 0.0 };
            several += f32::from(u8::from(fit > 0.0));
            words += 1.0;
        }
        if asked == 0.0 {
            return false;
        }
        // Of a long story the answer need not cover more than of a question.
        let most = asked * (MOST_ASKED / words).min(1.0);
        let evidence = COVERED * covered / most
            + STRONG * strong / most
            + TITLE * self.title_covered(concepts, at)
            + SEVERAL * several.min(MOST_FOUND)
            + UNKNOWN * unknown / asked;
        evidence >= ENOUGH
    }

    /// How surely a concept stands in an entry, and how much it counts there, both between 0 and 1.
    fn fit(&self, concept: &Concept, at: usize) -> (f32, f32) {
        let (mut fit, mut much) = (0.0_f32, 0.0_f32);
        for &(word, weight) in &concept.words {
            let (head, body) = (self.heads.count(word, at), self.bodies.count(word, at));
            let place = match () {
                () if head > 0.0 => 1.0,
                () if body > 0.0 => IN_ANSWER,
                () => continue,
            };
            fit = fit.max(place * sure(concept, weight));
            much = much.max(weight * (1.0 - (1.0 - head) * (1.0 - ANSWERS * body)));
        }
        (fit, much)
    }

    /// Whether an entry has any word that tells what the question is about.
    pub(super) fn comes_close(&self, concepts: &[Concept], at: usize) -> bool {
        concepts.iter().any(|concept| concept.tells() && self.fit(concept, at).0 > 0.0)
    }

    /// How much it says that a word is there which `some` entries have.
    fn telling(&self, some: usize) -> f32 {
        let all = self.len().max(FEWEST);
        let (all, some) = (all as f32, some.min(all) as f32);
        (1.0 + (all - some + 0.5) / (some + 0.5)).ln()
    }

    /// What share of an entry's title the question says.
    fn title_covered(&self, concepts: &[Concept], at: usize) -> f32 {
        let title = &*self.entries[at].title;
        let (mut all, mut covered) = (0.0, 0.0);
        for range in text::words(title) {
            let (mut says, mut fit) = (0.0_f32, 0.0_f32);
            text::forms(&title[range], |form| {
                let Some(id) = self.words.find(form) else { return };
                says = says.max(self.telling(self.entries_with(id)) * says_of(form));
                let telling = concepts.iter().filter(|concept| concept.tells());
                fit = telling.fold(fit, |fit, concept| fit.max(sure(concept, concept.weight_of(id))));
            });
            all += says;
            covered += says * fit;
        }
        if all > 0.0 { covered / all } else { 0.0 }
    }
}

/// Whether two texts are the same words, also if all of them are stop words.
fn are_same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| text::words(text).map(|range| text::fold(&text[range])).collect::<Vec<_>>();
    let words = [words(one), words(other)];
    !words[0].is_empty() && words[0] == words[1]
}

fn sure(concept: &Concept, weight: f32) -> f32 {
    let sure = weight * concept.trust;
    if sure < UNSURE { sure * GUESSED } else { sure }
}
