//! Which entries have the most of a question's concepts: BM25 of title and answer, added up.

use super::Index;
use super::concepts::{Concept, OPEN, STANDS};

/// What an answer counts beside the title, keywords and category.
pub(super) const ANSWERS: f32 = 0.9;

/// Somebody who types part of a title wants that title, not the answers that mention it.
const ANSWERS_WHILE_TYPING: f32 = 0.3;

/// What all guesses at a word count in an entry, at most, of what the word itself counts where it counts least.
const GUESSES: f32 = 0.98;

/// What is said in many other words tells less; how much an entry with one of those counts beside one with the word itself.
const GUESSED_TOO: f32 = 0.3;

/// What a word counts at least in an entry that has it, in however long an answer.
const LEAST: f32 = 0.3;

/// The scores of all entries while they are added up.
struct Scores {
    all: Vec<f32>,
    /// What the present concept counts in each entry, between 0 and 1: its word, and guesses at it.
    standing: Vec<f32>,
    guessed: Vec<f32>,
    /// Whether any entry has got one.
    is_touched: bool,
}

impl Index {
    /// Scores every entry that has a concept; while somebody is `typing`, titles come first.
    pub(super) fn rank(&self, concepts: &[Concept], typing: bool, limit: usize) -> Vec<(usize, f32)> {
        let empty = || vec![0.0; self.len()];
        let mut scores = Scores { all: empty(), standing: empty(), guessed: empty(), is_touched: false };
        let answers = if typing { ANSWERS_WHILE_TYPING } else { ANSWERS };
        let enough = if typing { limit } else { usize::MAX };
        let telling = concepts.iter().filter(|concept| concept.tells());
        telling.for_each(|concept| self.add(&mut scores, concept, enough, answers));
        // Stop words find nothing where no other word finds anything, but while somebody types, or if there is no other word.
        if typing || scores.is_touched || !concepts.iter().any(Concept::tells) {
            for concept in concepts.iter().filter(|concept| !concept.tells()) {
                self.add_stop_word(&mut scores, concept, typing, answers);
            }
        }
        best(&scores.all, limit)
    }

    /// Adds what a stop word counts. In the titles it tells equals apart; in many times more words of answers, which take as much
    /// longer, it does not while somebody types.
    fn add_stop_word(&self, scores: &mut Scores, concept: &Concept, typing: bool, answers: f32) {
        for &(word, _) in &concept.words {
            let worth = concept.weight * self.rarity(self.entries_with(word));
            let heads = self.heads.of(word);
            let bodies = if typing && !heads.is_empty() { &[] } else { self.bodies.of(word) };
            for (list, worth) in [(heads, worth), (bodies, worth * answers)] {
                list.iter().for_each(|posting| scores.all[posting.entry()] += worth * posting.count());
            }
        }
    }

    /// Adds what a concept counts in each entry.
    fn add(&self, scores: &mut Scores, concept: &Concept, enough: usize, answers: f32) {
        let (mut standing, mut guessed) = (0, 0);
        let mut lists = Vec::new();
        for (place, worth) in [(&self.heads, 1.0), (&self.bodies, answers)] {
            if standing + guessed >= enough {
                break;
            }
            // The beginning of a word occurs in most answers, which says nothing and takes long.
            let beginnings = !concept.is_open || standing + guessed == 0;
            for &(word, weight) in concept.words.iter().filter(|&&(_, weight)| beginnings || weight > OPEN) {
                let list = place.of(word);
                let stands = weight > STANDS;
                *(if stands { &mut standing } else { &mut guessed }) += list.len();
                let counts = if stands { &mut scores.standing } else { &mut scores.guessed };
                for posting in list {
                    let count = &mut counts[posting.entry()];
                    *count += weight * worth * posting.count() * (1.0 - *count);
                }
                scores.is_touched |= !list.is_empty();
                lists.push(list);
            }
        }
        let rarity = self.rarity(standing + (GUESSED_TOO * guessed as f32) as usize);
        let rarity_of_guesses = self.rarity(standing + guessed);
        let mut weakest = f32::INFINITY;
        if standing > 0 && guessed > 0 {
            for posting in lists.iter().copied().flatten() {
                let count = scores.standing[posting.entry()];
                weakest = if count > 0.0 { weakest.min(count.max(LEAST)) } else { weakest };
            }
        }
        let most = GUESSES * rarity * weakest;
        for posting in lists.into_iter().flatten() {
            let at = posting.entry();
            let (count, guess) = (std::mem::take(&mut scores.standing[at]), std::mem::take(&mut scores.guessed[at]));
            let count = if count > 0.0 { count.max(LEAST) } else { 0.0 };
            let guess = rarity_of_guesses * guess * (1.0 - count);
            scores.all[at] += rarity * count + if count > 0.0 { guess } else { guess.min(most) };
        }
    }

    /// In how many entries the word itself stands.
    pub(super) fn standing(&self, concept: &Concept) -> usize {
        let stands = concept.words.iter().filter(|&&(_, weight)| weight > STANDS);
        stands.map(|&(word, _)| self.entries_with(word)).sum()
    }

    /// How much it tells that a word is there which `some` entries have.
    pub(super) fn rarity(&self, some: usize) -> f32 {
        let (all, some) = (self.len() as f32, some.min(self.len()) as f32);
        (1.0 + (all - some + 0.5) / (some + 0.5)).ln()
    }
}

/// The places of the highest scores above zero, best first, then in order.
pub(super) fn best(scores: &[f32], limit: usize) -> Vec<(usize, f32)> {
    /// Scores compared at once. Most groups hold none that matters.
    const GROUP: usize = 16;
    let mut best: Vec<(usize, f32)> = Vec::with_capacity(limit.min(scores.len()) + 1);
    let mut worst = if limit == 0 { f32::MAX } else { 0.0 };
    for (group, scores) in scores.chunks(GROUP).enumerate() {
        // `any` would stop early, and so could not become a few vector instructions.
        if !scores.iter().fold(false, |any, &score| any | (score > worst)) {
            continue;
        }
        for (&score, at) in scores.iter().zip(group * GROUP..) {
            if score > worst {
                best.insert(best.partition_point(|&(_, better)| better >= score), (at, score));
                best.truncate(limit);
                if best.len() == limit {
                    worst = best[limit - 1].1;
                }
            }
        }
    }
    best
}
