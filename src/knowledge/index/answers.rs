//! Whether the best entry answers a question at all: one decision for every door.
//!
//! A search always finds what is closest; what it found answers if enough of what the question says stands there. How much is
//! enough was fitted (logistic regression) to the half of `fixtures/search` that is there to tune on and to fifteen further bases
//! of twenty to forty entries, alone and joined to larger ones: questions with an answer that is among the first five, questions
//! whose entry was taken out, and questions about something else. Only what carried over to a base that the weights had not seen
//! is here. `cargo bench --bench relevance` prints how often it is right on the half that is kept back.

use super::concepts::{Concept, says_of};
use super::rank::ANSWERS;
use super::{Hit, Index};
use crate::knowledge::text;

/// What speaks for an answer: how much of what is asked stands there, how much of the title is said, how many words are found, and
/// how sure the surest of them is.
const STRONG: f32 = 2.92;
const TITLE: f32 = 1.8;
const SEVERAL: f32 = 0.33;
const SUREST: f32 = 0.7;
/// What speaks against one: each word that no entry is sure to have, how long the question is, and how many entries there are,
/// for the more there are, the more of them are like it by chance.
const UNKNOWN: f32 = -0.88;
const LONG: f32 = -0.1;
const MANY: f32 = -0.52;
/// How much of that is enough.
const ENOUGH: f32 = 0.23;

/// More words of a question that are found, or that are not, do not make it surer.
const MOST_FOUND: f32 = 3.0;
/// Who tells a whole story asks one thing in it: words beyond these do not make an answer less sure.
const MOST_ASKED: f32 = 8.0;

/// A guild with fewer entries counts as one with so many: in it most words are new, and those that are known say nothing.
const FEWEST: usize = 200;

/// How many entries make an answer neither more nor less sure, and between which numbers they do.
const USUAL: f32 = 50.0;
const SIZES: (f32, f32) = (20.0, 500.0);

/// What is less sure than a synonym says even less of a title than it counts in the ranking, and may be another word.
const UNSURE: f32 = 0.69;
const GUESSED: f32 = 0.6;

/// How much of a title must be said, and how many words of a question must stand in the entry, for words to be sure of it.
const SURE: f32 = 0.75;

/// Whoever types so few words searches for these words.
const FEW_WORDS: f32 = 2.0;

impl Index {
    /// Whether words alone say that `hit` is meant: what is asked is its title, the beginning of it, nearly all of it, or a word
    /// or two that it answers. Then nothing else is tried.
    pub fn is_sure(&self, question: &str, hit: &Hit) -> bool {
        let Some(at) = self.entries.iter().position(|entry| entry.number == hit.number) else { return false };
        let title = &*self.entries[at].title;
        if are_same_words(question, title) || is_beginning(question, title) {
            return true;
        }
        if !hit.answers {
            return false;
        }
        let concepts = self.concepts(question, false);
        let telling: Vec<&Concept> = concepts.iter().filter(|concept| concept.tells()).collect();
        let found = telling.iter().filter(|concept| self.fit(concept, at).is_some()).count() as f32;
        let asked = telling.len() as f32;
        found >= asked * SURE && (asked <= FEW_WORDS || self.title_covered(&concepts, at) >= SURE)
    }

    /// Whether an entry answers a question: enough of it stands there, or it is the title.
    pub(super) fn is_answer(&self, question: &str, concepts: &[Concept], at: usize) -> bool {
        self.is_enough(concepts, at) || are_same_words(question, &self.entries[at].title)
    }

    fn is_enough(&self, concepts: &[Concept], at: usize) -> bool {
        let (mut asked, mut strong, mut surest, mut unknown) = (0.0, 0.0, 0.0_f32, 0.0_f32);
        let (mut several, mut words) = (0.0_f32, 0.0_f32);
        for concept in concepts.iter().filter(|concept| concept.tells()) {
            let says = self.telling(self.standing(concept)) * concept.says;
            let fit = self.fit(concept, at);
            asked += says;
            words += 1.0;
            if let Some(Fit { much, sure }) = fit {
                strong += says * much;
                surest = surest.max(sure);
                several += 1.0;
            }
            let known = self.known(concept);
            unknown += if known < UNSURE { concept.says * (1.0 - known) } else { 0.0 };
        }
        if asked == 0.0 {
            return false;
        }
        // Of a long story the answer need not cover more than of a question.
        let most = asked * (MOST_ASKED / words).min(1.0);
        let words = words.min(MOST_ASKED);
        let evidence = STRONG * strong / most
            + TITLE * self.title_covered(concepts, at)
            + SEVERAL * several.min(MOST_FOUND)
            + SUREST * surest
            + UNKNOWN * unknown.min(MOST_FOUND)
            + LONG * words
            + MANY * ((self.len() as f32).clamp(SIZES.0, SIZES.1) / USUAL).ln();
        evidence >= ENOUGH
    }

    /// How much a concept counts in an entry that has it, and how sure it is that it is meant.
    fn fit(&self, concept: &Concept, at: usize) -> Option<Fit> {
        let mut found: Option<Fit> = None;
        for &(word, weight) in &concept.words {
            let (head, body) = (self.heads.count(word, at), self.bodies.count(word, at));
            if head > 0.0 || body > 0.0 {
                let much = weight * (1.0 - (1.0 - head) * (1.0 - ANSWERS * body));
                let sure = weight * concept.trust;
                found = Some(found.map_or(Fit { much, sure }, |fit| fit.or(much, sure)));
            }
        }
        found
    }

    /// How sure it is that any entry has what a concept means.
    fn known(&self, concept: &Concept) -> f32 {
        let known = concept.words.iter().filter(|&&(word, _)| self.occurs(word));
        known.fold(0.0_f32, |known, &(_, weight)| known.max(weight)) * concept.trust
    }

    /// Whether an entry has any word that tells what the question is about.
    pub(super) fn comes_close(&self, concepts: &[Concept], at: usize) -> bool {
        concepts.iter().any(|concept| concept.tells() && self.fit(concept, at).is_some())
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

/// How a concept stands in an entry, both between 0 and 1.
struct Fit {
    much: f32,
    sure: f32,
}

impl Fit {
    fn or(self, much: f32, sure: f32) -> Fit {
        Fit { much: self.much.max(much), sure: self.sure.max(sure) }
    }
}

/// Whether two texts are the same words, also if all of them are stop words.
fn are_same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| text::words(text).map(|range| text::fold(&text[range])).collect::<Vec<_>>();
    let words = [words(one), words(other)];
    !words[0].is_empty() && words[0] == words[1]
}

/// Whether a title begins with what somebody typed, of which the last word may lack its end.
fn is_beginning(typed: &str, title: &str) -> bool {
    /// Fewer letters are the beginning of many.
    const LETTERS: usize = 4;
    let words = |text: &str| text::words(text).map(|range| text::fold(&text[range])).collect::<Vec<_>>();
    let (typed, title) = (words(typed).join(" "), words(title).join(" "));
    typed.len() >= LETTERS && title.starts_with(&typed)
}

fn sure(concept: &Concept, weight: f32) -> f32 {
    let sure = weight * concept.trust;
    if sure < UNSURE { sure * GUESSED } else { sure }
}
