//! How often questions find their entry, and how often they are told that there is none.

use std::fmt;

use alphapy::knowledge::index::{Document, Index};

use super::reference::Reference;
use super::sets::{Question, Set};

/// Hits that are looked at.
const LOOKED_AT: usize = 10;

/// What became of questions that have an answer: shares of all, and the mean reciprocal rank.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ranking {
    pub(crate) first: f64,
    pub(crate) among_five: f64,
    pub(crate) reciprocal: f64,
}

impl Ranking {
    fn of<'a>(questions: impl Iterator<Item = &'a Question>, find: impl Fn(&str) -> Vec<i32>) -> Ranking {
        let (mut sum, mut all) = (Ranking::default(), 0.0);
        for (text, entry) in questions.filter_map(|question| Some((&question.text, question.entry?))) {
            all += 1.0;
            if let Some(place) = find(text).iter().position(|&number| number == entry) {
                sum.first += f64::from(u8::from(place == 0));
                sum.among_five += f64::from(u8::from(place < 5));
                sum.reciprocal += 1.0 / (place + 1) as f64;
            }
        }
        Ranking { first: sum.first / all, among_five: sum.among_five / all, reciprocal: sum.reciprocal / all }
    }
}

impl fmt::Display for Ranking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} {:.3} {:.3}", self.first, self.among_five, self.reciprocal)
    }
}

/// The figures of one set, of the questions that are kept back or of the others.
pub(crate) struct Figures {
    pub(crate) ours: Ranking,
    /// While the question is still being typed.
    pub(crate) typing: Ranking,
    pub(crate) reference: Ranking,
    /// With a typing mistake in each question.
    pub(crate) mistyped: Ranking,
    /// Shares of questions that are told that there is nothing, although there is an answer.
    pub(crate) refused: f64,
    /// The same of those that are asked when their entry was taken out, or never was there.
    pub(crate) refused_missing: f64,
    /// The same of questions about another subject.
    pub(crate) refused_elsewhere: f64,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures { ours, typing, reference, mistyped, refused, refused_missing, refused_elsewhere } = self;
        write!(f, "{ours}   {typing}   {reference}   {mistyped}   ")?;
        write!(f, "{refused:.3}    {refused_missing:.3}   {refused_elsewhere:.3}")
    }
}

/// What the columns of [`Figures`] are.
pub(crate) const HEADING: &str = "\
hit@1 hit@5 MRR     while typing        plain BM25          with a mistake      refused:
                                                                                            answered missing elsewhere";

/// Measures one set.
pub(crate) fn measure(set: &Set, elsewhere: &[Question], held: bool) -> Figures {
    let index = Index::build(&set.documents, &[]);
    let reference = Reference::build(&set.documents);
    let questions: Vec<&Question> = set.questions.iter().filter(|question| question.held == held).collect();
    let search = |text: &str| index.search(text, LOOKED_AT).iter().map(|hit| hit.number).collect::<Vec<_>>();
    let seed = std::cell::Cell::new(1);
    let mistyped = |text: &str| {
        let mut next = seed.get();
        let text = mistype(text, &mut next);
        seed.set(next);
        search(&text)
    };
    let answered = questions.iter().filter(|question| question.entry.is_some());
    let elsewhere = elsewhere.iter().filter(|question| question.held == held);
    Figures {
        ours: Ranking::of(questions.iter().copied(), search),
        typing: Ranking::of(questions.iter().copied(), |text| {
            index.suggest(text, LOOKED_AT).into_iter().map(|(number, _)| number).collect()
        }),
        reference: Ranking::of(questions.iter().copied(), |text| reference.search(text, LOOKED_AT)),
        mistyped: Ranking::of(questions.iter().copied(), mistyped),
        refused: share(answered.map(|question| is_refused(&index, &question.text))),
        refused_missing: share(missing(set, &questions, &index).into_iter()),
        refused_elsewhere: share(elsewhere.map(|question| is_refused(&index, &question.text))),
    }
}

/// Whether questions whose entry is missing are told so: those that never had one, and the others without theirs.
fn missing(set: &Set, questions: &[&Question], index: &Index) -> Vec<bool> {
    let never = questions.iter().filter(|question| question.entry.is_none());
    let mut refused: Vec<bool> = never.map(|question| is_refused(index, &question.text)).collect();
    for document in &set.documents {
        let others = set.documents.iter().filter(|other| other.number != document.number);
        let index = Index::build(&others.cloned().collect::<Vec<Document>>(), &[]);
        let its = questions.iter().filter(|question| question.entry == Some(document.number));
        refused.extend(its.map(|question| is_refused(&index, &question.text)));
    }
    refused
}

fn is_refused(index: &Index, text: &str) -> bool {
    !index.search(text, 5).first().is_some_and(|hit| hit.answers)
}

fn share(which: impl Iterator<Item = bool>) -> f64 {
    let (yes, all) = which.fold((0.0, 0.0), |(yes, all), is| (yes + f64::from(u8::from(is)), all + 1.0));
    yes / all
}

/// Makes one typing mistake in one of the longer words, another for every call.
fn mistype(question: &str, seed: &mut u64) -> String {
    let mut random = |below: usize| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize % below
    };
    let mut words: Vec<Vec<char>> = question.split(' ').map(|word| word.chars().collect()).collect();
    let long: Vec<usize> = (0..words.len()).filter(|&at| words[at].len() >= 4).collect();
    if long.is_empty() {
        return question.to_owned();
    }
    let word = &mut words[long[random(long.len())]];
    let at = random(word.len() - 1);
    let letter = char::from(b'a' + random(26) as u8);
    match random(4) {
        0 => drop(word.remove(at)),
        1 => word.insert(at, letter),
        2 => word[at] = letter,
        _ => word.swap(at, at + 1),
    }
    words.iter().map(|word| word.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
