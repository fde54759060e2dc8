//! A question as concepts: for each of its words all words of the vocabulary that may stand for it.

use super::Index;
use crate::knowledge::language::language_of_words;
use crate::knowledge::synonyms::{COMMON_WORDS, STOP_WORDS};
use crate::knowledge::text;

/// A question's word, and the words of the vocabulary that may stand for it, by id; none if no entry has anything like it.
#[derive(Debug)]
pub struct Concept {
    /// Each once, sorted, with how surely it stands for the word.
    pub(super) words: Vec<(u32, f32)>,
    /// A stop word tells entries apart only when nothing else does, and a common word less than others.
    pub(super) weight: f32,
    /// Whether more letters of the word may follow.
    pub(super) is_open: bool,
    /// How much it says about what the question is about.
    pub(super) says: f32,
    /// How sure it is that the word is one of `words` at all.
    pub(super) trust: f32,
}

/// What a stop word counts; leaving them out finds fewer, for "where is" does differ from "how do".
const STOP_WORD: f32 = 0.19;
/// What a word that everybody needs counts, however few entries have it.
const COMMON_WORD: f32 = 0.7;

// How surely a word of the vocabulary stands for the word that was asked; the word itself is 1.
const INFLECTED: f32 = 0.9;
pub(super) const OPEN: f32 = 0.8;
/// What is surer than this is the word that was asked. The rest are guesses, which never outweigh it.
pub(super) const STANDS: f32 = 0.75;
const TYPO: f32 = 0.7;
/// Inflected as only another language would.
pub(super) const OTHER_STEM: f32 = 0.6;
const COMPOUND: f32 = 0.5;
const TWO_TYPOS: f32 = 0.45;

/// What a word that everybody needs says, beside one that tells what it is about.
const COMMON: f32 = 0.4;

/// A question has fewer; the rest of a wall of text adds time, not meaning.
const MOST_WORDS: usize = 64;
/// Shorter parts of a compound are mostly endings.
const SHORTEST_PART: usize = 4;
/// What is left of a shorter word without its ending is chance, where its language is not known or no entry has it.
const SHORTEST_INFLECTED: usize = 5;
const SHORTEST_UNWRITTEN: usize = 4;

/// The languages of which words have a stem, as `language_of` tells them.
pub(super) const LANGUAGES: [&str; 2] = ["en", "nl"];

impl Concept {
    /// Whether it says something about the subject.
    pub(super) fn tells(&self) -> bool {
        self.weight > STOP_WORD
    }

    /// How surely a word of the vocabulary stands for it; 0 if it does not.
    pub(super) fn weight_of(&self, word: u32) -> f32 {
        let place = self.words.binary_search_by_key(&word, |&(word, _)| word);
        place.map_or(0.0, |place| self.words[place].1)
    }
}

impl Index {
    /// Reads a question as concepts; with `open`, its last word is still being typed.
    pub fn concepts(&self, query: &str, open: bool) -> Vec<Concept> {
        let ends_open = open && query.ends_with(|last: char| !last.is_whitespace());
        let mut spoken: Vec<(String, usize)> = Vec::new();
        for (range, nth) in text::words(query).take(MOST_WORDS).zip(0..) {
            text::forms(&query[range], |form| spoken.push((form.to_owned(), nth)));
        }
        let language = language_of_words(spoken.iter().map(|(word, _)| word.as_str())).or(self.language);
        let ids: Vec<Option<u32>> = spoken.iter().map(|(word, _)| self.words.find(word)).collect();
        let mut concepts: Vec<Concept> = Vec::new();
        let mut last_word = None;
        for (at, (word, nth)) in spoken.iter().enumerate() {
            if spoken[..at].iter().any(|(before, _)| before == word) {
                continue;
            }
            let mut concept = self.concept(&spoken[at..], &ids[at..], ends_open && at + 1 == spoken.len(), language);
            // Nobody asks what it says while they type.
            if !open {
                concept.says = says_of(word);
            }
            // A stop word that tells something begins a phrase.
            if concept.tells() {
                concept.says = concept.says.max(COMMON);
            }
            // Of the forms of one word only those count that are known, or one that is not.
            let is_same = last_word.replace(nth) == Some(nth);
            if is_same && concepts.last().is_some_and(|before| before.words.is_empty()) {
                concepts.pop();
            }
            // That no entry has an emoji says nothing.
            let is_word = word.contains(char::is_alphanumeric);
            if !concept.words.is_empty() || !is_same && is_word {
                concepts.push(concept);
            }
        }
        concepts
    }

    /// The concept of the first of some words.
    fn concept(
        &self,
        spoken: &[(String, usize)],
        ids: &[Option<u32>],
        is_open: bool,
        language: Option<&str>,
    ) -> Concept {
        let word = &spoken[0].0;
        let is_stop = !is_open && STOP_WORDS.binary_search(&word.as_str()).is_ok();
        let (mut words, trust) = match ids[0] {
            Some(id) if is_stop => (vec![(id, 1.0)], 1.0),
            None if is_stop => (Vec::new(), 1.0),
            id => self.near(word, id, is_open, language),
        };
        // "wacht woord" is "wachtwoord"; spaces are the most common mistake in Dutch.
        if let Some((next, _)) = spoken.get(1)
            && let Some(joined) = self.words.find(&format!("{word}{next}"))
        {
            words.push((joined, INFLECTED));
        }
        let known = words.len();
        // One or two letters may become any word, and with it mean anything.
        if !is_open || word.len() > 2 {
            self.synonyms.expand(&mut words, ids, is_stop);
        }
        // A stop word may begin a phrase that says something: "not working".
        let tells = !is_stop || words.len() > known;
        keep_best(&mut words);
        let weight = match () {
            () if !tells => STOP_WORD,
            () if !is_open && !is_stop && is_common(word) => COMMON_WORD,
            () => 1.0,
        };
        Concept { words, weight, is_open, says: 1.0, trust }
    }

    /// The concept for which a word of some text stands best, and how well.
    pub fn best_match(&self, concepts: &[Concept], word: &str) -> Option<(usize, f32)> {
        let mut best = None;
        text::forms(word, |form| {
            let Some(id) = self.words.find(form) else { return };
            for (at, concept) in concepts.iter().enumerate() {
                let fit = concept.weight * concept.weight_of(id);
                if fit > 0.0 && best.is_none_or(|(_, better)| fit > better) {
                    best = Some((at, fit));
                }
            }
        });
        best
    }

    /// The words of the vocabulary that may stand for one word of a question, and how sure it is that any of them does.
    fn near(&self, word: &str, id: Option<u32>, open: bool, language: Option<&str>) -> (Vec<(u32, f32)>, f32) {
        /// Part of another word.
        const IN_COMPOUND: f32 = 0.5;
        let mut found = self.inflections(word, language);
        found.extend(id.map(|id| (id, 1.0)));
        if open {
            found.extend(self.words.beginning_with(word).map(|id| (id, OPEN)));
        }
        let occurs = found.iter().any(|&(id, _)| self.occurs(id));
        let mut trust = 1.0;
        if found.is_empty() {
            (found, trust) = self.misspelt(word, open);
            if found.is_empty() {
                trust = IN_COMPOUND;
            }
        }
        // The beginning of a word is more often misspelt than part of a longer one.
        if !occurs && !open {
            found.extend(self.compounds(word));
        }
        (found, trust)
    }

    /// Whether any entry has the word; some are known only from synonyms.
    pub(super) fn occurs(&self, word: u32) -> bool {
        self.entries_with(word) > 0
    }

    /// Words with the same stem. By the stem of a language that the other word is not known to be of, that is a guess.
    fn inflections(&self, word: &str, language: Option<&str>) -> Vec<(u32, f32)> {
        self.inflected(word, &text::stems(word), language)
    }

    /// The same for a word of which the stems are known.
    pub(super) fn inflected(&self, word: &str, stems: &[String; 2], language: Option<&str>) -> Vec<(u32, f32)> {
        let mut found: Vec<(u32, f32)> = Vec::new();
        for (by, stem) in stems.iter().enumerate() {
            let (known, its) = &self.stems[by];
            let with_stem = known.find(stem).map_or(&[][..], |at| its.of(at));
            for id in self.words.find(stem).into_iter().chain(with_stem.iter().copied()) {
                match found.iter_mut().find(|(known, _)| *known == id) {
                    Some((_, weight)) => *weight = INFLECTED,
                    None if self.is_inflected(word, id, by, language) => found.push((id, INFLECTED)),
                    None => found.push((id, OTHER_STEM)),
                }
            }
        }
        found
    }

    /// Whether two words that share a stem in one language alone are one: "koppelen" and "gekoppeld", but not "bot" and "boat".
    fn is_inflected(&self, word: &str, other: u32, by: usize, language: Option<&str>) -> bool {
        let shortest = word.len().min(self.words.get(other as usize).len());
        let is_theirs = language.is_none_or(|language| language == LANGUAGES[by]);
        match self.occurs(other) {
            false => is_theirs && shortest >= SHORTEST_UNWRITTEN,
            true => {
                let is_written = self.written_in[other as usize] >> by & 1 == 1;
                is_written && is_theirs && (language.is_some() || shortest >= SHORTEST_INFLECTED)
            }
        }
    }

    /// Words that begin or end with `word`, and words with which `word` begins or ends.
    fn compounds(&self, word: &str) -> Vec<(u32, f32)> {
        let mut found = Vec::new();
        if word.len() < SHORTEST_PART {
            return found;
        }
        let letters = text::letters(word) & text::ANYWHERE;
        for ((&other, whole), id) in self.letters.iter().zip(self.words.iter()).zip(0..) {
            if letters & !other == 0 && (whole.ends_with(word) || whole.starts_with(word)) {
                found.push((id, COMPOUND));
            }
        }
        // "voor" in "voorkom" says nothing.
        let part = |part: &str| {
            let says = part.len() > 2 && STOP_WORDS.binary_search(&part).is_err();
            if says { self.words.find(part) } else { None }
        };
        for (at, _) in word.char_indices() {
            let (start, end) = word.split_at(at);
            let known = [start, end].map(part);
            // A short part is chance, unless the rest is a word too, as in "bugrapport".
            let long = [start, end].map(|part| part.len() >= SHORTEST_PART || known.iter().all(Option::is_some));
            found.extend(known.into_iter().zip(long).filter_map(|(id, long)| Some((id.filter(|_| long)?, COMPOUND))));
        }
        found
    }

    /// The words that `word` may be with the fewest typing mistakes, and how sure it is that it is one of them: a short one may
    /// as well be a word that no entry has, and few are mistaken in its first letter. Of a number every digit counts.
    fn misspelt(&self, word: &str, open: bool) -> (Vec<(u32, f32)>, f32) {
        let len = word.chars().count();
        let mut fewest = text::allowed_typos(len);
        let mut found = Vec::new();
        if fewest == 0 || word.contains(|letter: char| letter.is_ascii_digit()) {
            return (found, 1.0);
        }
        let typed = text::Typed::new(word);
        for (&letters, id) in self.letters.iter().zip(0_u32..) {
            if !typed.may_be(letters, fewest, open) {
                continue;
            }
            let typos = typed.typos(self.words.get(id as usize), open);
            if typos < fewest {
                fewest = typos;
                found.clear();
            }
            if typos == fewest {
                found.push((id, if typos > 1 { TWO_TYPOS } else { TYPO }));
            }
        }
        let begins = |&(id, _): &(u32, f32)| self.words.get(id as usize).chars().next() == word.chars().next();
        let first = if found.iter().any(begins) { 1.0 } else { 0.5 };
        let long = match len {
            0..6 => 0.4,
            6..8 => 0.7,
            _ => 1.0,
        };
        (found, long * first)
    }
}

/// How much a word says about what a question is about. An emoji says how somebody feels.
pub(super) fn says_of(word: &str) -> f32 {
    match () {
        () if STOP_WORDS.binary_search(&word).is_ok() => 0.0,
        () if is_common(word) => COMMON,
        () => 1.0,
    }
}

/// Whether everybody needs a word whatever they talk about, or it is none.
fn is_common(word: &str) -> bool {
    COMMON_WORDS.binary_search(&word).is_ok() || !word.contains(char::is_alphanumeric)
}

/// Sorts words and keeps the best weight of each.
pub(super) fn keep_best(words: &mut Vec<(u32, f32)>) {
    words.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    words.dedup_by_key(|(word, _)| *word);
}
