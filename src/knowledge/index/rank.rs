//! Which entries have the most of a question's concepts: BM25, of which a concept in title and answer together is one term.

use super::Index;
use super::concepts::{Concept, OPEN, STANDS};
use super::postings::Posting;

/// What an answer counts beside the title, keywords and category.
pub(super) const ANSWERS: f32 = 0.9;

/// Somebody who types part of a title wants that title, not the answers that mention it.
const ANSWERS_WHILE_TYPING: f32 = 0.3;

/// What all guesses at a word count in an entry, at most, of what the word itself counts where it counts least.
const GUESSES: f32 = 0.98;

/// What is said in many other words tells less: how much of what a word tells goes by how many entries have any of those.
const GUESSED_TOO: f32 = 0.3;

/// What a word counts at least in an entry that has it, in however long an answer.
const LEAST: f32 = 0.3;

/// What nearly all entries have, such as a word that begins with the one letter that was typed, tells nothing.
const NOTHING: f32 = 0.001;

/// More than what sums of scores may be off by.
const ROUNDING: f32 = 0.001;

/// So many lists are read side by side; more are added up in a row of all entries, which takes its time to be made.
const FEW: usize = 4;

/// How many entries of a list are read while one is looked up in it.
const LOOK_UP: usize = 8;

/// The scores of all entries while they are added up.
struct Scores {
    all: Vec<f32>,
    /// The entries that have one.
    touched: Vec<u32>,
    /// What the present concept counts in each entry, between 0 and 1: its word, and guesses at it.
    parts: Vec<(f32, f32)>,
}

/// A concept, ready to be counted.
struct Weighed<'a> {
    /// Where its words stand, how much they count there, and whether they are the word itself.
    lists: Vec<(&'a [Posting], f32, bool)>,
    /// What the word itself counts where it counts most, and guesses at it.
    worth: f32,
    worth_of_guesses: f32,
    /// What all guesses count at most where the word itself does not stand.
    most: f32,
    /// What it adds to a score at most.
    bound: f32,
}

impl Index {
    /// Scores entries that have a concept, and gives the best; while somebody is `typing`, titles come first.
    ///
    /// What tells most is counted first. As soon as what is left cannot lift another entry among the best, only those that may
    /// still be are looked up in it (`MaxScore`: Turtle and Flood, “Query evaluation”, 1995), for what tells little is long.
    pub(super) fn rank(&self, concepts: &[Concept], typing: bool, limit: usize) -> Vec<(usize, f32)> {
        let (telling, others): (Vec<&Concept>, Vec<&Concept>) = concepts.iter().partition(|concept| concept.tells());
        let mut weighed: Vec<Weighed<'_>> = telling.iter().map(|concept| self.weigh(concept, typing, limit)).collect();
        // Stop words find nothing where no other word finds anything, but while somebody types, or if there is no other word.
        if typing || telling.is_empty() || weighed.iter().any(|weighed| !weighed.lists.is_empty()) {
            weighed.extend(others.iter().map(|concept| self.weigh(concept, typing, limit)));
        }
        weighed.sort_by(|a, b| b.bound.total_cmp(&a.bound));
        let touched = Vec::with_capacity(self.len().min(512));
        let mut scores = Scores { all: vec![0.0; self.len()], touched, parts: Vec::new() };
        let (mut left, mut done) = (ROUNDING + weighed.iter().map(|weighed| weighed.bound).sum::<f32>(), 0.0);
        for weighed in weighed.iter().filter(|weighed| !weighed.lists.is_empty()) {
            if weighed.bound < NOTHING && scores.touched.len() >= limit {
                continue;
            }
            let long = weighed.lists.iter().map(|(list, ..)| list.len()).sum::<usize>();
            // To add up a short list takes less time than to find out who may still be among the best.
            let least = if done > left && long > scores.touched.len() { scores.least_of_best(limit) } else { 0.0 };
            if least > left {
                scores.keep(least - left);
            }
            if least > left && scores.touched.len() * weighed.lists.len() * LOOK_UP < long {
                scores.look_up(weighed);
            } else {
                scores.add(weighed);
            }
            left -= weighed.bound;
            done += weighed.bound;
        }
        scores.best(limit)
    }

    /// Finds where the words of a concept stand. Answers are not read while somebody types if enough titles have the word: they
    /// have many times more words; nor are guesses needed then. Least of all are answers read for stop words, and for the
    /// beginning of a word, which occurs in most.
    fn weigh(&self, concept: &Concept, typing: bool, limit: usize) -> Weighed<'_> {
        let answers = if typing { ANSWERS_WHILE_TYPING } else { ANSWERS };
        let enough = match typing {
            true if concept.tells() => limit,
            true => 1,
            false => usize::MAX,
        };
        let standing = concept.words.iter().filter(|&&(_, weight)| weight > STANDS);
        let is_enough = standing.map(|&(word, _)| self.heads.of(word).len()).sum::<usize>() >= enough;
        let (mut lists, mut standing, mut guessed) = (Vec::new(), 0, 0);
        let (mut bound, mut bound_of_guesses) = (1.0, 1.0);
        for (place, worth) in [(&self.heads, 1.0), (&self.bodies, answers)] {
            let beginnings = !concept.is_open || standing + guessed == 0;
            if standing + guessed >= enough {
                break;
            }
            for &(word, weight) in concept.words.iter().filter(|&&(_, weight)| beginnings || weight > OPEN) {
                let list = place.of(word);
                if list.is_empty() || is_enough && weight < STANDS {
                    continue;
                }
                let stands = weight > STANDS;
                *(if stands { &mut standing } else { &mut guessed }) += list.len();
                // What none of them counts is left of the whole.
                *(if stands { &mut bound } else { &mut bound_of_guesses }) *= 1.0 - weight * worth * place.most(word);
                lists.push((list, weight * worth, stands));
            }
        }
        let worth_of_guesses = concept.weight * self.rarity(standing + guessed);
        let worth = (1.0 - GUESSED_TOO) * concept.weight * self.rarity(standing) + GUESSED_TOO * worth_of_guesses;
        let most = if standing > 0 { GUESSES * worth * LEAST } else { f32::INFINITY };
        let bound = if standing > 0 { worth * (1.0 - bound).max(LEAST) } else { 0.0 }
            + if guessed > 0 { worth_of_guesses * (1.0 - bound_of_guesses) } else { 0.0 };
        Weighed { lists, worth, worth_of_guesses, most, bound }
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

impl Weighed<'_> {
    /// What an entry gets in which the word itself and guesses at it count so much.
    fn count(&self, (standing, guessed): (f32, f32)) -> f32 {
        if standing == 0.0 {
            return (self.worth_of_guesses * guessed).min(self.most);
        }
        let standing = standing.max(LEAST);
        self.worth * standing + self.worth_of_guesses * guessed * (1.0 - standing)
    }
}

impl Scores {
    /// Adds what a concept counts in each entry.
    fn add(&mut self, weighed: &Weighed<'_>) {
        if weighed.lists.len() <= FEW {
            return self.add_side_by_side(weighed);
        }
        if self.parts.is_empty() {
            self.parts = vec![(0.0, 0.0); self.all.len()];
        }
        for &(list, weight, stands) in &weighed.lists {
            for posting in list {
                let (standing, guessed) = &mut self.parts[posting.entry()];
                merge(if stands { standing } else { guessed }, weight * posting.count());
            }
        }
        for posting in weighed.lists.iter().flat_map(|&(list, ..)| list) {
            let parts = std::mem::take(&mut self.parts[posting.entry()]);
            if parts != (0.0, 0.0) {
                self.lift(posting.entry(), weighed.count(parts));
            }
        }
    }

    /// The same for a few lists, which are read side by side.
    fn add_side_by_side(&mut self, weighed: &Weighed<'_>) {
        let mut lists = [(&[][..], 0.0, false); FEW];
        let lists = &mut lists[..weighed.lists.len()];
        lists.copy_from_slice(&weighed.lists);
        if let [(list, weight, stands)] = *lists {
            return self.add_one(list, |posting| {
                let count = weight * posting.count();
                weighed.count(if stands { (count, 0.0) } else { (0.0, count) })
            });
        }
        while let Some(entry) = lists.iter().filter_map(|(list, ..)| Some(list.first()?.entry())).min() {
            let mut parts = (0.0, 0.0);
            for (list, weight, stands) in &mut *lists {
                if let Some((posting, rest)) = list.split_first()
                    && posting.entry() == entry
                {
                    merge(if *stands { &mut parts.0 } else { &mut parts.1 }, *weight * posting.count());
                    *list = rest;
                }
            }
            self.lift(entry, weighed.count(parts));
        }
    }

    /// The same for one list. Which entries have a score is not to be foreseen: nothing here turns off for those that have.
    fn add_one(&mut self, list: &[Posting], count: impl Fn(&Posting) -> f32) {
        let mut touched = self.touched.len();
        self.touched.resize(touched + list.len(), 0);
        for posting in list {
            let score = &mut self.all[posting.entry()];
            self.touched[touched] = posting.entry() as u32;
            touched += usize::from(*score == 0.0);
            *score += count(posting);
        }
        self.touched.truncate(touched);
    }

    /// The same only for entries that have a score.
    fn look_up(&mut self, weighed: &Weighed<'_>) {
        for &entry in &self.touched {
            let mut parts = (0.0, 0.0);
            for &(list, weight, stands) in &weighed.lists {
                if let Ok(place) = list.binary_search_by_key(&(entry as usize), |posting| posting.entry()) {
                    merge(if stands { &mut parts.0 } else { &mut parts.1 }, weight * list[place].count());
                }
            }
            self.all[entry as usize] += weighed.count(parts);
        }
    }

    /// Gives up entries with less.
    fn keep(&mut self, least: f32) {
        self.touched.retain(|&entry| self.all[entry as usize] >= least);
    }

    fn lift(&mut self, entry: usize, count: f32) {
        let score = &mut self.all[entry];
        if *score == 0.0 {
            self.touched.push(entry as u32);
        }
        *score += count;
    }

    /// The least of the best `limit` scores; 0 if there are fewer.
    fn least_of_best(&self, limit: usize) -> f32 {
        let best = self.collect_best(limit);
        if limit == 0 || best.len() < limit { 0.0 } else { best.into_iter().min().map_or(0.0, |key| score_of(key).1) }
    }

    /// The places of the best scores, best first, then in order.
    fn best(&self, limit: usize) -> Vec<(usize, f32)> {
        let mut best = self.collect_best(limit);
        best.sort_unstable_by(|a, b| b.cmp(a));
        best.into_iter().map(score_of).collect()
    }

    fn collect_best(&self, limit: usize) -> Vec<u64> {
        /// How many times as many are collected before those that are not among the best are given up.
        const AT_ONCE: usize = 4;
        let mut best = Vec::with_capacity(AT_ONCE * limit.min(self.touched.len()) + 1);
        let mut least = 0;
        for &entry in &self.touched {
            let key = key_of(entry, self.all[entry as usize]);
            if key > least {
                best.push(key);
                if best.len() > AT_ONCE * limit {
                    least = keep_best(&mut best, limit);
                }
            }
        }
        keep_best(&mut best, limit);
        best
    }
}

/// A number that is greater for a greater score, and of equal scores for the entry that comes first.
fn key_of(entry: u32, score: f32) -> u64 {
    // The bits of numbers above zero are in the order of the numbers.
    u64::from(score.to_bits()) << 32 | u64::from(u32::MAX - entry)
}

fn score_of(key: u64) -> (usize, f32) {
    ((u32::MAX - key as u32) as usize, f32::from_bits((key >> 32) as u32))
}

/// Keeps the greatest, in no order; tells the least of them if others are given up.
fn keep_best(keys: &mut Vec<u64>, limit: usize) -> u64 {
    let Some(last) = limit.checked_sub(1) else {
        keys.clear();
        return u64::MAX;
    };
    if keys.len() <= limit {
        return 0;
    }
    let (_, &mut least, _) = keys.select_nth_unstable_by(last, |a, b| b.cmp(a));
    keys.truncate(limit);
    least
}

/// Adds to a part what another word counts; together they do not count more than the whole.
fn merge(part: &mut f32, more: f32) {
    *part += more * (1.0 - *part);
}
