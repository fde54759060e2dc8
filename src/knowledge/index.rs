//! The search index of one guild's FAQ, in memory: built once, then only read.
//!
//! A question becomes a list of [`Concept`]s, one for each of its words. A concept holds every
//! word of the vocabulary that may stand for it: the word itself, its inflections, compounds
//! it is part of, what it was before a typing mistake, and its synonyms, each with a weight.
//! The postings of a concept are merged before they are counted (BM25F), so an entry gains
//! nothing from saying the same thing in three ways, and a rare synonym does not outrank the
//! common word that was asked for. Highlighting uses the same concepts, so what is shown in
//! bold is what was found.

use std::collections::HashMap;

use super::synonyms::{STOP_WORDS, SYNONYMS};
use super::text;

/// One entry as the index reads it.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The number by which members know the entry.
    pub number: i32,
    /// A few words; the heaviest field.
    pub title: String,
    /// Markdown.
    pub answer: String,
    /// Further words under which the entry should be found.
    pub keywords: Vec<String>,
    /// The group in which the entry is listed.
    pub category: Option<String>,
    /// Pinned entries come first where nothing else decides.
    pub pinned: bool,
}

/// An entry that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The entry's number.
    pub number: i32,
    /// Higher is better; comparable only within one answer.
    pub score: f32,
}

/// The search index of one guild.
#[derive(Debug)]
pub struct Index {
    /// Pinned entries first, then by number: the order in which equal scores are answered.
    entries: Vec<Entry>,
    /// The vocabulary, sorted, so that a word's prefix is a range. A word's id is its place.
    words: Vec<Box<str>>,
    /// `text::letters` of every word, apart, because a scan for typing mistakes reads them all.
    letters: Vec<u64>,
    /// Stem and word where they differ, sorted.
    stems: Vec<(Box<str>, u32)>,
    /// Where words occur in titles, keywords and categories.
    heads: Postings,
    /// Where words occur in answers.
    bodies: Postings,
    synonyms: Synonyms,
}

#[derive(Debug)]
struct Entry {
    number: i32,
    pinned: bool,
    title: Box<str>,
}

impl From<&Document> for Entry {
    fn from(document: &Document) -> Entry {
        Entry { number: document.number, pinned: document.pinned, title: document.title.as_str().into() }
    }
}

/// A question's word, and the words of the vocabulary that may stand for it, by id.
#[derive(Debug)]
pub struct Concept {
    words: Vec<(u32, f32)>,
    /// A stop word tells entries apart only when nothing else does.
    weight: f32,
    /// Whether more letters of the word may follow.
    is_open: bool,
}

/// Title, keywords, category, answer: what one occurrence is worth, and how much a long field
/// makes an occurrence worth less.
const FIELDS: [(f32, f32); 4] = [(3.0, 0.5), (2.5, 0.3), (0.5, 0.0), (1.0, 0.6)];
/// How soon more occurrences stop to matter, as in BM25.
const SATURATION: f32 = 1.6;

/// What a stop word counts; leaving them out finds fewer, for "where is" does differ from "how do".
const STOP_WORD: f32 = 0.15;
/// Somebody who types part of a title wants that title, not the answers that mention it.
const ANSWERS_WHILE_TYPING: f32 = 0.3;

// How surely a word of the vocabulary stands for the word that was asked; the word itself is 1.
const INFLECTED: f32 = 0.9;
const COMPOUND: f32 = 0.5;
const SYNONYM: f32 = 0.7;
const OPEN: f32 = 0.8;
/// By the number of typing mistakes.
const TYPO: [f32; 3] = [1.0, 0.7, 0.45];

/// A question has fewer; the rest of a wall of text adds time, not meaning.
const MOST_WORDS: usize = 64;
/// Shorter parts of a compound are mostly endings.
const SHORTEST_PART: usize = 4;

impl Index {
    /// Builds the index of `documents`; the guild's `synonyms` work besides the built-in ones.
    pub fn build(documents: &[Document], synonyms: &[Vec<String>]) -> Index {
        let mut documents: Vec<&Document> = documents.iter().collect();
        documents.sort_by_key(|document| (!document.pinned, document.number));

        let mut vocabulary = Vocabulary::default();
        let fields: Vec<[Vec<u32>; 4]> = documents
            .iter()
            .map(|document| {
                [
                    vocabulary.read(&document.title),
                    document.keywords.iter().flat_map(|keyword| vocabulary.read(keyword)).collect(),
                    document.category.iter().flat_map(|category| vocabulary.read(category)).collect(),
                    vocabulary.read(&document.answer),
                ]
            })
            .collect();
        let guild = synonyms.iter().map(|group| group.iter().map(String::as_str).collect::<Vec<_>>());
        let groups = SYNONYMS.iter().map(|group| group.to_vec()).chain(guild);
        let groups: Vec<Vec<Vec<u32>>> =
            groups.map(|group| group.into_iter().map(|phrase| vocabulary.read(phrase)).collect()).collect();
        let (words, place) = vocabulary.sorted();

        let mut stems: Vec<(Box<str>, u32)> = Vec::new();
        for (word, id) in words.iter().zip(0..) {
            let different = text::stems(word).into_iter().filter(|stem| **stem != **word);
            stems.extend(different.map(|stem| (stem.into(), id)));
        }
        stems.sort_unstable();
        stems.dedup();
        stems.shrink_to_fit();

        let mut index = Index {
            letters: words.iter().map(|word| text::letters(word)).collect(),
            heads: Postings::build(&fields, 0..3, &place),
            bodies: Postings::build(&fields, 3..4, &place),
            entries: documents.into_iter().map(Entry::from).collect(),
            synonyms: Synonyms::default(),
            words,
            stems,
        };
        for group in groups {
            let phrases = group.into_iter().map(|phrase| phrase.into_iter().map(|word| place[word as usize]).collect());
            index.add_synonyms(phrases.collect());
        }
        index.synonyms.phrases.sort_unstable();
        index
    }

    fn add_synonyms(&mut self, phrases: Vec<Vec<u32>>) {
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

    /// Finds the best entries for a whole question, best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        self.rank(&self.concepts(query, false), false, limit)
    }

    /// Finds the best entries while somebody is still typing: the last word is open.
    ///
    /// Without words to go by, pinned entries come first, then by number. Answers are read only for words that fewer
    /// than `limit` titles, keywords and categories have, so a longer list may begin differently.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Hit> {
        if text::words(typed).next().is_none() {
            return self.entries.iter().take(limit).map(|entry| Hit { number: entry.number, score: 0.0 }).collect();
        }
        self.rank(&self.concepts(typed, true), true, limit)
    }

    /// The title of an entry, so that a list of choices needs no database.
    pub fn title(&self, number: i32) -> Option<&str> {
        let (pinned, others) = self.entries.split_at(self.entries.partition_point(|entry| entry.pinned));
        [pinned, others].into_iter().find_map(|entries| {
            let at = entries.binary_search_by_key(&number, |entry| entry.number).ok()?;
            Some(&*entries[at].title)
        })
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Approximate heap bytes, for a cache that is weighed by size.
    pub fn weight(&self) -> usize {
        /// What the allocator adds to and rounds up a short string to, on average.
        const ALLOCATION: usize = 16;
        let texts = self.entries.iter().map(|entry| &entry.title);
        let texts = texts.chain(&self.words).chain(self.stems.iter().map(|(stem, _)| stem));
        texts.map(|text| text.len() + ALLOCATION).sum::<usize>()
            + size_of_val(&*self.entries)
            + size_of_val(&*self.words)
            + size_of_val(&*self.letters)
            + size_of_val(&*self.stems)
            + self.heads.weight()
            + self.bodies.weight()
            + self.synonyms.weight()
    }

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

    fn with_stem(&self, stem: &str) -> impl Iterator<Item = u32> {
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

    /// Scores every entry that has a concept; while somebody is `typing`, titles come first.
    fn rank(&self, concepts: &[Concept], typing: bool, limit: usize) -> Vec<Hit> {
        let answers = if typing { ANSWERS_WHILE_TYPING } else { 1.0 };
        let mut scores = vec![0.0_f32; self.len()];
        let mut counts = vec![0.0_f32; self.len()];
        let mut lists: Vec<&[Posting]> = Vec::new();
        for concept in concepts {
            // Answers only fill up a list that titles leave short; there are many times more words in them, and a stop
            // word there does not even tell equals apart. The sample's questions find their entry a little more often.
            let enough = match typing {
                true if concept.weight < 1.0 => 1,
                true => limit,
                false => usize::MAX,
            };
            let mut found = 0;
            for (place, worth) in [(&self.heads, 1.0), (&self.bodies, answers)] {
                if found >= enough {
                    break;
                }
                // The beginning of a word occurs in most answers, which says nothing and takes long.
                let beginnings = !concept.is_open || found == 0;
                for &(word, weight) in concept.words.iter().filter(|&&(_, weight)| beginnings || weight > OPEN) {
                    let list = place.of(word);
                    for posting in list {
                        let count = &mut counts[posting.entry()];
                        found += usize::from(*count == 0.0);
                        *count += worth * weight * posting.count();
                    }
                    lists.push(list);
                }
            }
            let (all, some) = (self.len() as f32, found as f32);
            let worth = concept.weight * (1.0 + (all - some + 0.5) / (some + 0.5)).ln();
            for list in lists.drain(..) {
                for posting in list {
                    // The first of an entry's lists takes its whole count; the zero left for the others adds nothing.
                    let count = std::mem::take(&mut counts[posting.entry()]);
                    scores[posting.entry()] += worth * count / (count + SATURATION);
                }
            }
        }
        best(&scores, limit).into_iter().map(|(at, score)| Hit { number: self.entries[at].number, score }).collect()
    }
}

/// Sorts words and keeps the best weight of each.
fn keep_best(words: &mut Vec<(u32, f32)>) {
    words.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    words.dedup_by_key(|(word, _)| *word);
}

/// The places of the highest scores above zero, best first, then in order.
fn best(scores: &[f32], limit: usize) -> Vec<(usize, f32)> {
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

/// The words met so far, numbered as they were met.
#[derive(Default)]
struct Vocabulary {
    ids: HashMap<Box<str>, u32>,
}

impl Vocabulary {
    fn read(&mut self, text: &str) -> Vec<u32> {
        let mut read = Vec::new();
        for range in text::words(text) {
            text::forms(&text[range], |form| {
                let next = self.ids.len() as u32;
                read.push(match self.ids.get(form) {
                    Some(&id) => id,
                    None => *self.ids.entry(form.into()).or_insert(next),
                });
            });
        }
        read
    }

    /// The words in order, and for each word as it was numbered its place in that order.
    fn sorted(self) -> (Vec<Box<str>>, Vec<u32>) {
        let mut words: Vec<(Box<str>, u32)> = self.ids.into_iter().collect();
        words.sort_unstable();
        let mut place = vec![0; words.len()];
        for ((_, id), at) in words.iter().zip(0..) {
            place[*id as usize] = at;
        }
        (words.into_iter().map(|(word, _)| word).collect(), place)
    }
}

/// For each word the entries in which it occurs.
#[derive(Debug)]
struct Postings {
    /// Where a word's postings start in `list`; the next word's start is their end.
    starts: Vec<u32>,
    list: Vec<Posting>,
}

/// An entry, and in the last eight bits the occurrences there, weighed by field and field length,
/// in sixteenths. A busy guild has a million of these; four bytes each keep it in a cache.
#[derive(Debug, Clone, Copy)]
struct Posting(u32);

impl Posting {
    fn new(entry: u32, count: f32) -> Posting {
        Posting(entry << 8 | (count * 16.0).clamp(1.0, 255.0) as u32)
    }

    fn entry(self) -> usize {
        (self.0 >> 8) as usize
    }

    fn count(self) -> f32 {
        (self.0 & 0xff) as f32 / 16.0
    }
}

impl Postings {
    fn build(entries: &[[Vec<u32>; 4]], fields: std::ops::Range<usize>, place: &[u32]) -> Postings {
        let mut found: Vec<(u32, u32, f32)> = Vec::new();
        for field in fields {
            let (worth, shortening) = FIELDS[field];
            let total: usize = entries.iter().map(|entry| entry[field].len()).sum();
            let average = total.max(1) as f32 / entries.len() as f32;
            for (entry, at) in entries.iter().zip(0..) {
                let long = entry[field].len() as f32 / average;
                let count = worth / (1.0 - shortening + shortening * long);
                found.extend(entry[field].iter().map(|&word| (place[word as usize], at, count)));
            }
        }
        found.sort_unstable_by_key(|&(word, entry, _)| (word, entry));
        found.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        let mut starts = vec![0; place.len() + 1];
        for &(word, ..) in &found {
            starts[word as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Postings { starts, list: found.iter().map(|&(_, entry, count)| Posting::new(entry, count)).collect() }
    }

    fn of(&self, word: u32) -> &[Posting] {
        let word = word as usize;
        &self.list[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    fn weight(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.list)
    }
}

/// Groups of words or phrases that mean the same.
#[derive(Debug, Default)]
struct Synonyms {
    /// Phrases and their groups, sorted.
    phrases: Vec<(Vec<u32>, u32)>,
    /// For each group the words that stand for it.
    meant: Vec<Vec<(u32, f32)>>,
}

impl Synonyms {
    /// Adds what means the same as one of `words`, or as the phrase with which `spoken` begins.
    fn expand(&self, words: &mut Vec<(u32, f32)>, spoken: &[Option<u32>]) {
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

    fn weight(&self) -> usize {
        let phrases: usize = self.phrases.iter().map(|phrase| size_of_val(phrase) + size_of_val(&*phrase.0)).sum();
        let meant: usize = self.meant.iter().map(|meant| size_of_val(meant) + size_of_val(&**meant)).sum();
        phrases + meant
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn entry(number: i32, title: &str, answer: &str) -> Document {
        Document { number, title: title.to_owned(), answer: answer.to_owned(), ..Document::default() }
    }

    fn desk() -> Index {
        let documents = [
            entry(1, "Reset a forgotten password", "Open the sign-in form."),
            entry(2, "Een ander e-mailadres instellen", "Klik op het potlood naast je adres."),
            entry(3, "Set up 2FA", "Scan the code with an authenticator app."),
            entry(4, "Wachtwoordbeheer", "Een kluis voor je wachtwoorden."),
            entry(5, "C++ for beginners", "A course of four weeks."),
            entry(6, "VPN en proxy's", "Zet je VPN uit; foutcode E-1042 verdwijnt dan."),
            Document { pinned: true, ..entry(9, "Rules", "Be kind.") },
            entry(8, "إعادة تعيين كلمة المرور", "パスワードを忘れた"),
        ];
        Index::build(&documents, &[vec!["tresor".to_owned(), "kluis".to_owned(), "key box".to_owned()]])
    }

    #[test]
    fn questions_find_entries() {
        let desk = desk();
        let check = |query: &str, expected: &[i32]| {
            let found: Vec<i32> = desk.search(query, 3).iter().map(|hit| hit.number).collect();
            assert!(found.starts_with(expected), "{query}: {found:?}");
        };
        check("password", &[1]);
        check("paswords", &[1]);
        check("PASSWROD", &[1]);
        check("wachtwoord kwijt", &[1, 4]);
        check("beheer", &[4]);
        check("proxyserver", &[6]);
        check("wacht woord", &[4]);
        check("mail", &[2]);
        check("EMAIL", &[2]);
        check("e-mail adres", &[2]);
        check("login", &[1]);
        check("two factor", &[3]);
        check("mfa", &[3]);
        check("c++", &[5]);
        check("vpn", &[6]);
        check("1042", &[6]);
        check("e1042", &[6]);
        check("tresor", &[4]);
        check("where is my key box", &[4]);
        check("المرور", &[8]);
        check("忘れ", &[8]);
        check("is", &[]);
    }

    #[test]
    fn questions_without_a_word_find_nothing() {
        for query in ["", " \n", "?!…", "🎉", "qqqqqqqq"] {
            assert_eq!(desk().search(query, 5), [], "{query}");
        }
        assert_eq!(Index::build(&[], &[]).search("password", 5), []);
        assert_eq!(desk().search("password", 0), []);
    }

    #[test]
    fn typing_finds_entries() {
        let desk = desk();
        let check = |typed: &str, expected: &[i32]| {
            let found: Vec<i32> = desk.suggest(typed, 3).iter().map(|hit| hit.number).collect();
            assert!(found.starts_with(expected), "{typed}: {found:?}");
        };
        check("", &[9, 1, 2]);
        assert_eq!(desk.suggest("qqqqqqqq", 3), []);
        check("?", &[9, 1, 2]);
        check("pas", &[1]);
        check("forgotten pa", &[1]);
        check("forgoten pa", &[1]);
        check("pssw", &[1]);
        check("wachtw", &[4]);
        check("klui", &[4]);
        check("v", &[6]);
    }

    #[test]
    fn answers_fill_up_what_titles_leave() {
        let title = |number| entry(number, "Refund", "");
        let index = Index::build(&[entry(1, "Gift", "Ask for a refund of the gift."), title(2), title(3)], &[]);
        let check = |typed: &str, limit: usize, expected: &[i32]| {
            let found: Vec<i32> = index.suggest(typed, limit).iter().map(|hit| hit.number).collect();
            assert_eq!(found, expected, "{typed}, {limit}");
        };
        check("refund", 3, &[2, 3, 1]);
        check("refund", 2, &[2, 3]);
        check("gift refund", 2, &[1, 2]);
        check("ask", 2, &[1]);
        check("of the ", 2, &[1]);
    }

    #[test]
    fn equal_scores_are_in_order() {
        let same = |number, pinned| Document { pinned, ..entry(number, "Same", "") };
        let index = Index::build(&[same(3, false), same(7, true), same(1, false), same(5, true)], &[]);
        let found: Vec<i32> = index.search("same", 9).iter().map(|hit| hit.number).collect();
        assert_eq!(found, [5, 7, 1, 3]);
    }

    #[test]
    fn an_entry_is_known_by_its_number() {
        let desk = desk();
        assert_eq!(desk.title(9), Some("Rules"));
        assert_eq!(desk.title(5), Some("C++ for beginners"));
        assert_eq!(desk.title(7), None);
        assert_eq!(desk.len(), 8);
        assert!(!desk.is_empty() && Index::build(&[], &[]).is_empty());
        assert!(desk.weight() > 1000);
    }

    #[test]
    fn stop_words_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(50))]
        #[test]
        fn any_text_is_indexed_and_searched(texts in prop::collection::vec("\\PC{0,40}", 1..6), query in "\\PC{0,80}") {
            let documents: Vec<Document> = texts.iter().zip(1..).map(|(text, number)| entry(number, text, text)).collect();
            let index = Index::build(&documents, std::slice::from_ref(&texts));
            for query in texts.iter().chain([&query]) {
                prop_assert!(index.search(query, 3).iter().all(|hit| hit.score > 0.0));
                index.suggest(query, 3);
            }
        }

        #[test]
        fn the_best_scores_are_those_of_a_sorted_list(
            scores in prop::collection::vec(0u8..9, 0..99),
            limit in 0usize..30,
        ) {
            let scores: Vec<f32> = scores.into_iter().map(f32::from).collect();
            let mut sorted: Vec<(usize, f32)> = scores.iter().copied().enumerate().collect();
            sorted.retain(|&(_, score)| score > 0.0);
            sorted.sort_by(|a, b| b.1.total_cmp(&a.1));
            sorted.truncate(limit);
            prop_assert_eq!(best(&scores, limit), sorted);
        }
    }

    /// What share of the held-back questions finds its entry among the first five, and the mean
    /// reciprocal rank. The weights were chosen on the other half of the questions.
    fn measure(ask: impl Fn(&Index, &str) -> Vec<Hit>, mut typed: impl FnMut(&str) -> String) -> (f64, f64) {
        let rows = |file: &str| file.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let number = |value: &Value| value.as_i64().unwrap() as i32;
        let documents: Vec<Document> = rows(include_str!("../../fixtures/search/entries.jsonl"))
            .iter()
            .map(|row| Document {
                number: number(&row["number"]),
                title: text(&row["title"]),
                answer: text(&row["answer"]),
                keywords: row["keywords"].as_array().unwrap().iter().map(text).collect(),
                category: Some(text(&row["category"])),
                pinned: row["pinned"].as_bool().unwrap(),
            })
            .collect();
        let index = Index::build(&documents, &[]);
        let questions = rows(include_str!("../../fixtures/search/questions.jsonl"));
        let held: Vec<&Value> = questions.iter().filter(|row| row["split"] == "held").collect();
        let (mut among_five, mut reciprocal) = (0.0, 0.0);
        for row in &held {
            let hits = ask(&index, &typed(&text(&row["question"])));
            if let Some(place) = hits.iter().position(|hit| hit.number == number(&row["entry"])) {
                among_five += f64::from(u8::from(place < 5));
                reciprocal += 1.0 / (place + 1) as f64;
            }
        }
        (among_five / held.len() as f64, reciprocal / held.len() as f64)
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

    #[test]
    fn paraphrased_questions_find_their_entry() {
        let (among_five, reciprocal) = measure(|index, query| index.search(query, 10), str::to_owned);
        assert!(among_five >= 0.86, "hit@5 {among_five:.3}");
        assert!(reciprocal >= 0.77, "MRR {reciprocal:.3}");
    }

    #[test]
    fn questions_find_their_entry_while_they_are_typed() {
        let (among_five, reciprocal) = measure(|index, query| index.suggest(query, 10), str::to_owned);
        assert!(among_five >= 0.86, "hit@5 {among_five:.3}");
        assert!(reciprocal >= 0.75, "MRR {reciprocal:.3}");
    }

    #[test]
    fn questions_with_a_typing_mistake_find_their_entry() {
        let mut seed = 1;
        let (among_five, _) = measure(|index, query| index.search(query, 10), |query| mistype(query, &mut seed));
        assert!(among_five >= 0.78, "hit@5 {among_five:.3}");
    }
}
