//! What our ranking is compared with: BM25 as in every textbook, with an English stemmer and a list of stop words.

use std::collections::HashMap;

use alphapy::knowledge::index::Document;
use alphapy::knowledge::synonyms::STOP_WORDS;
use alphapy::knowledge::text;

/// How soon more occurrences stop to matter.
const SATURATION: f64 = 1.2;
/// How much a long field makes an occurrence worth less.
const SHORTENING: f64 = 0.75;
/// What an answer's score counts beside a title's.
const ANSWER: f64 = 0.8;

/// Entries as plain BM25 reads them.
pub(crate) struct Reference {
    numbers: Vec<i32>,
    titles: Field,
    answers: Field,
}

/// One field of all entries: how often each stem stands in each of them.
struct Field {
    counts: Vec<HashMap<String, f64>>,
    lengths: Vec<f64>,
    entries_with: HashMap<String, f64>,
}

impl Reference {
    pub(crate) fn build(documents: &[Document]) -> Reference {
        let titles = documents.iter().map(|document| format!("{} {}", document.title, document.keywords.join(" ")));
        Reference {
            numbers: documents.iter().map(|document| document.number).collect(),
            titles: Field::build(titles),
            answers: Field::build(documents.iter().map(|document| document.answer.clone())),
        }
    }

    /// The numbers of the best `limit` entries.
    pub(crate) fn search(&self, query: &str, limit: usize) -> Vec<i32> {
        let mut asked = stems(query);
        asked.sort();
        asked.dedup();
        let score = |at| self.titles.score(at, &asked) + ANSWER * self.answers.score(at, &asked);
        let mut scored: Vec<(f64, i32)> = self.numbers.iter().enumerate().map(|(at, &n)| (score(at), n)).collect();
        scored.retain(|&(score, _)| score > 0.0);
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.into_iter().take(limit).map(|(_, number)| number).collect()
    }
}

impl Field {
    fn build(texts: impl Iterator<Item = String>) -> Field {
        let mut field = Field { counts: Vec::new(), lengths: Vec::new(), entries_with: HashMap::new() };
        for text in texts {
            let stems = stems(&text);
            field.lengths.push(stems.len() as f64);
            let mut counts = HashMap::new();
            stems.into_iter().for_each(|stem| *counts.entry(stem).or_default() += 1.0);
            counts.keys().for_each(|stem: &String| *field.entries_with.entry(stem.clone()).or_default() += 1.0);
            field.counts.push(counts);
        }
        field
    }

    fn score(&self, at: usize, asked: &[String]) -> f64 {
        let all = self.lengths.len() as f64;
        let long = self.lengths[at] * all / self.lengths.iter().sum::<f64>();
        let term = |stem: &String| {
            let (Some(count), some) = (self.counts[at].get(stem), self.entries_with.get(stem)) else { return 0.0 };
            let some = some.copied().unwrap_or_default();
            let rare = (1.0 + (all - some + 0.5) / (some + 0.5)).ln();
            rare * count * (SATURATION + 1.0) / (count + SATURATION * (1.0 - SHORTENING + SHORTENING * long))
        };
        asked.iter().map(term).sum()
    }
}

/// The English stems of the words that say something.
fn stems(text: &str) -> Vec<String> {
    let words = text::words(text).map(|range| text::fold(&text[range]));
    let words = words.flat_map(|word| word.split(['-', '.', '_', '\'']).map(str::to_owned).collect::<Vec<_>>());
    let words = words.filter(|word| !word.is_empty() && STOP_WORDS.binary_search(&word.as_str()).is_err());
    words.map(|word| text::stems(&word)[0].clone()).collect()
}
