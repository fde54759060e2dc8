//! A question as concepts: for each of its words all words of the vocabulary that may stand for it.

use super::Index;
use crate::knowledge::synonyms::STOP_WORDS;
use crate::knowledge::text;

/// A question's word, and the words of the vocabulary that may stand for it, by id.
#[derive(Debug)]
pub struct Concept {
    pub(super) words: Vec<(u32, f32)>,
    /// A stop word tells entries apart only when nothing else does.
    pub(super) weight: f32,
    /// Whether more letters of the word may follow.
    pub(super) is_open: bool,
}

/// What a stop word counts; leaving them out finds fewer, for "where is" does differ from "how do".
const STOP_WORD: f32 = 0.15;

// How surely a word of the vocabulary stands for the word that was asked; the word itself is 1.
const INFLECTED: f32 = 0.9;
pub(super) const COMPOUND: f32 = 0.5;
pub(super) const OPEN: f32 = 0.8;
/// By the number of typing mistakes.
const TYPO: [f32; 3] = [1.0, 0.7, 0.45];

/// A question has fewer; the rest of a wall of text adds time, not meaning.
const MOST_WORDS: usize = 64;
/// Shorter parts of a compound are mostly endings.
const SHORTEST_PART: usize = 4;

impl Index {
    /// Reads a question as concepts; with `open`, its last word is still being typed.
    pub fn concepts(&self, query: &str, open: bool) -> Vec<Concept> {
        let ends_open = open && query.ends_with(|last: char| !last.is_whitespace());
        let mut spoken: Vec<String> = Vec::new();
        for range in text::words(query).take(MOST_WORDS) {
            text::forms(&query[range], |form| spoken.push(form.to_owned()));
        }
        let last = spoken.len().saturating_sub(1);

        let mut concepts = Vec::new();
        let ids: Vec<Option<u32>> = spoken.iter().map(|word| self.id(word)).collect();
        for at in 0..spoken.len() {
            let is_open = ends_open && at == last;
            let is_stop = !is_open && STOP_WORDS.binary_search(&spoken[at].as_str()).is_ok();
            let mut words = self.near(&spoken[at], is_open);
            // "wacht woord" is "wachtwoord"; spaces are the most common mistake in Dutch.
            if let Some(joined) = spoken.get(at + 1).and_then(|next| self.id(&format!("{}{next}", spoken[at]))) {
                words.push((joined, INFLECTED));
            }
            // One or two letters may become any word, and with it mean anything.
            if !is_open || spoken[at].len() > 2 {
                self.synonyms.expand(&mut words, &ids[at..]);
            }
            keep_best(&mut words);
            if !words.is_empty() {
                concepts.push(Concept { words, weight: if is_stop { STOP_WORD } else { 1.0 }, is_open });
            }
        }
        concepts
    }

    /// The concept for which a word of some text stands best, and how well.
    pub fn best_match(&self, concepts: &[Concept], word: &str) -> Option<(usize, f32)> {
        let mut best = None;
        text::forms(word, |form| {
            let Some(id) = self.id(form) else { return };
            for (at, concept) in concepts.iter().enumerate() {
                let Ok(place) = concept.words.binary_search_by_key(&id, |&(word, _)| word) else { continue };
                let fit = concept.weight * concept.words[place].1;
                if best.is_none_or(|(_, better)| fit > better) {
                    best = Some((at, fit));
                }
            }
        });
        best
    }

    fn id(&self, word: &str) -> Option<u32> {
        self.words.binary_search_by(|probe| (**probe).cmp(word)).ok().map(|at| at as u32)
    }

    /// The words of the vocabulary that may stand for one word of a question.
    fn near(&self, word: &str, open: bool) -> Vec<(u32, f32)> {
        let mut found = Vec::new();
        let stems = text::stems(word);
        for stem in &stems[usize::from(stems[0] == stems[1])..] {
            found.extend(self.with_stem(stem).map(|id| (id, INFLECTED)));
        }
        let place = self.words.binary_search_by(|probe| (**probe).cmp(word));
        found.extend(place.ok().map(|at| (at as u32, 1.0)));
        if open {
            let start = place.unwrap_or_else(|start| start);
            let range = self.words[start..].iter().take_while(|probe| probe.starts_with(word));
            found.extend(range.zip(start as u32..).map(|(_, id)| (id, OPEN)));
        }
        let occurs = found.iter().any(|&(id, _)| self.occurs(id));
        if found.is_empty() {
            found = self.misspelt(word, open);
        }
        // The beginning of a word is more often misspelt than part of a longer one.
        if !occurs && !open {
            found.extend(self.compounds(word));
        }
        found
    }

    /// Whether any entry has the word; some are known only from synonyms.
    fn occurs(&self, word: u32) -> bool {
        !self.heads.of(word).is_empty() || !self.bodies.of(word).is_empty()
    }

    pub(super) fn with_stem(&self, stem: &str) -> impl Iterator<Item = u32> {
        let start = self.stems.partition_point(|(probe, _)| **probe < *stem);
        let itself = self.id(stem);
        let others = self.stems[start..].iter().take_while(move |(probe, _)| **probe == *stem).map(|&(_, id)| id);
        itself.into_iter().chain(others)
    }

    /// Words that begin or end with `word`, and words with which `word` begins or ends.
    fn compounds(&self, word: &str) -> Vec<(u32, f32)> {
        let mut found = Vec::new();
        if word.len() < SHORTEST_PART {
            return found;
        }
        let letters = text::letters(word) & text::ANYWHERE;
        for ((&other, whole), id) in self.letters.iter().zip(&self.words).zip(0..) {
            if letters & !other == 0 && (whole.ends_with(word) || whole.starts_with(word)) {
                found.push((id, COMPOUND));
            }
        }
        for (at, _) in word.char_indices() {
            let (start, end) = word.split_at(at);
            let known = [start, end].map(|part| self.id(part).filter(|_| part.len() > 2));
            // A short part is chance, unless the rest is a word too, as in "bugrapport".
            let long = [start, end].map(|part| part.len() >= SHORTEST_PART || known.iter().all(Option::is_some));
            found.extend(known.into_iter().zip(long).filter_map(|(id, long)| Some((id.filter(|_| long)?, COMPOUND))));
        }
        found
    }

    /// The words that `word` may be with the fewest typing mistakes.
    fn misspelt(&self, word: &str, open: bool) -> Vec<(u32, f32)> {
        let typed = text::Typed::new(word);
        let mut fewest = text::allowed_typos(word.chars().count());
        let mut found = Vec::new();
        if fewest == 0 {
            return found;
        }
        for ((&letters, other), id) in self.letters.iter().zip(&self.words).zip(0..) {
            if !typed.may_be(letters, fewest, open) {
                continue;
            }
            let typos = typed.typos(other, open);
            if typos < fewest {
                fewest = typos;
                found.clear();
            }
            if typos == fewest {
                found.push((id, TYPO[typos]));
            }
        }
        found
    }
}

/// Sorts words and keeps the best weight of each.
pub(super) fn keep_best(words: &mut Vec<(u32, f32)>) {
    words.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    words.dedup_by_key(|(word, _)| *word);
}
