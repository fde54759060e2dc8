//! What of a model's draft stands. Our code decides, not the prompt: whatever a model was talked into, its words go through here.
//!
//! A sentence stands if it names a passage that it was given, if what it quotes is there, if every fact in it is so in a source,
//! and if it is about the same; or if it is nothing but polite. In reading order: [`Answer`] reads what came, [`judge`] decides,
//! [`post`] writes what is left as it may be posted. What may stand, by where it is said:
//!
//! - in a passage that the sentence names, or in the ticket: numbers, prices, dates, times, versions, commands, names, code;
//! - in a passage that the sentence names: e-mail addresses and telephones. What a ticket says of them is the wish of whoever wrote
//!   it, and their own are placeholders by the time a model sees them;
//! - in such a passage, and vouched for by the guild ([`Own`]): links and mentions. A passage may be what carries an attack, and
//!   is its own proof then; so nothing leads out of the guild, and nobody is called, because a text says so;
//! - nowhere: `@everyone`, `@here`.

mod answer;
mod citing;
mod clean;
mod facts;
mod fold;
mod language;
mod polite;
mod support;
mod why;

use std::collections::HashSet;

pub use answer::{Answer, Claim};
pub use clean::{Draft, LONGEST_REPLY, lines, link_to, one_line, post};
pub use language::{Spoken, language_of_opener, spoken};
pub use why::{FactKind, Why};

use citing::{passage_of, with_sources_apart};
use facts::{Fact, Known, claimed};
use support::{Support, support_of};

pub(super) use fold::folded;
use fold::{has_parts, parts_of_quote, visible};

use crate::knowledge::language::language_of;

/// Longer sentences are none; the longest of our own entries' have half of it.
const LONGEST_SENTENCE: usize = 400;
/// A draft of more sentences is an essay.
const MOST_SENTENCES: usize = 24;
/// The question as the model understood it is a line.
const LONGEST_UNDERSTOOD: usize = 200;

/// A text that the model was given to answer from.
#[derive(Clone, Debug)]
pub struct Passage {
    /// By what the model names it.
    pub id: String,
    /// What it says, as the model saw it.
    pub text: String,
    /// What readers know it by: `FAQ #12`. The model may name it so too.
    pub label: String,
    /// Where it is read, from us and not from the model.
    pub link: Option<String>,
}

/// What the guild vouches for.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// Hosts, or hosts with the beginning of a path, without `https://`: `club.example`, `discord.com/channels/1`. A host is
    /// itself alone; those below it are others.
    pub links: Vec<String>,
    /// Mentions as they are written: `<#1>`. They should be of channels that the opener sees.
    pub mentions: Vec<String>,
}

/// What a draft is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// What the model was given to answer from.
    pub passages: &'a [Passage],
    /// What is said in the ticket, with names of people and files, as the model saw it.
    pub ticket: &'a [String],
    /// What the guild vouches for.
    pub own: &'a Own,
}

/// A sentence that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The sentence, as the model wrote it but for what nobody sees.
    pub text: String,
    /// Ids of the passages that it rests on; none if it is only polite.
    pub sources: Vec<String>,
}

/// What stands of an answer, and what does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The question as the model understood it, in a line; nothing if there are made-up facts in it.
    pub understood: String,
    /// What stands, in order.
    pub kept: Vec<Kept>,
    /// What does not, in words that may be shown, and why.
    pub dropped: Vec<(String, Why)>,
    /// Whether the model said itself that the passages do not answer.
    pub gave_up: bool,
}

impl Verdict {
    /// Whether there is an answer: politeness alone is none, and neither is what the model itself does not call one.
    pub fn is_answer(&self) -> bool {
        !self.gave_up && self.kept.iter().any(|kept| !kept.sources.is_empty())
    }
}

/// `text` without signs that nobody sees: so it is read wherever what it says counts.
pub fn without_unseen(text: &str) -> String {
    visible(text)
}

/// Decides what of an answer stands.
pub fn judge(answer: &Answer, ground: &Ground<'_>) -> Verdict {
    let bench = Bench::new(ground);
    let mut verdict = Verdict { gave_up: answer.answerable == Some(false), ..Verdict::default() };
    verdict.understood = bench.understood(&answer.understood);
    let mut said = HashSet::new();
    for claim in &answer.sentences {
        let claim = with_sources_apart(claim, ground.passages);
        let text = visible(claim.text.trim());
        let decided = match verdict.kept.len() < MOST_SENTENCES {
            true => bench.sources_of(&text, &claim),
            false => Err(Why::TooMany),
        };
        match decided {
            Ok(_) if !said.insert(folded(&text)) => verdict.dropped.push((one_line(&text), Why::Twice)),
            Ok(sources) => {
                let ids = sources.iter().map(|at| ground.passages[*at].id.clone()).collect();
                verdict.kept.push(Kept { text, sources: ids });
            }
            Err(why) => verdict.dropped.push((one_line(&text), why)),
        }
    }
    verdict
}

/// All that a sentence is held against, read once.
struct Bench<'a> {
    ground: &'a Ground<'a>,
    passages: Vec<Known>,
    roots: Vec<HashSet<String>>,
    languages: Vec<Option<&'static str>>,
    ticket: Known,
}

impl<'a> Bench<'a> {
    fn new(ground: &'a Ground<'a>) -> Bench<'a> {
        let texts = || ground.passages.iter().map(|passage| passage.text.as_str());
        let passages: Vec<Known> = texts().map(Known::of).collect();
        Bench {
            ground,
            roots: passages.iter().map(|passage| support::roots_of(passage.words().iter())).collect(),
            passages,
            languages: texts().map(language_of).collect(),
            ticket: Known::of(&ground.ticket.join("\n")),
        }
    }

    /// The passages on which a sentence may stand; none of them if it is only polite.
    fn sources_of(&self, text: &str, claim: &Claim) -> Result<Vec<usize>, Why> {
        if text.trim().is_empty() {
            return Err(Why::Empty);
        }
        if text.chars().count() > LONGEST_SENTENCE {
            return Err(Why::TooLong);
        }
        let facts = claimed(text);
        if facts.is_empty() && polite::is_polite(text) {
            return Ok(Vec::new());
        }
        if claim.sources.is_empty() {
            return Err(Why::NoSource);
        }
        let mut sources: Vec<usize> =
            claim.sources.iter().filter_map(|id| passage_of(self.ground.passages, id)).collect();
        sources.sort_unstable();
        sources.dedup();
        if sources.is_empty() {
            return Err(Why::UnknownSource);
        }
        let quoted = self.quoted(&claim.quotes, &sources)?;
        for fact in &facts {
            self.check_fact(fact, &sources)?;
        }
        self.check_support(text, facts.len(), &sources, &quoted)?;
        Ok(sources)
    }

    /// The passages of which something is quoted. Each quotation must be in one that the sentence names.
    fn quoted(&self, quotes: &[String], sources: &[usize]) -> Result<Vec<usize>, Why> {
        let mut quoted = Vec::new();
        for parts in quotes.iter().map(|quote| parts_of_quote(quote)).filter(|parts| !parts.is_empty()) {
            let before = quoted.len();
            quoted.extend(sources.iter().copied().filter(|at| has_parts(self.passages[*at].folded(), &parts)));
            if quoted.len() == before {
                return Err(Why::QuoteNotThere);
            }
        }
        Ok(quoted)
    }

    fn check_fact(&self, fact: &Fact, sources: &[usize]) -> Result<(), Why> {
        let kind = FactKind::of(fact);
        let is_in_passage = || sources.iter().any(|at| self.passages[*at].has(fact));
        let stands = match fact {
            Fact::Everyone => false,
            Fact::Link(link) => {
                let is_its_own = sources.iter().any(|at| is_link_of(&self.ground.passages[*at], link));
                is_its_own || is_in_passage() && is_own_link(self.ground.own, link)
            }
            Fact::Markup(mark) => is_in_passage() && self.ground.own.mentions.contains(mark),
            Fact::Email(_) | Fact::Phone(_) => is_in_passage(),
            _ => is_in_passage() || self.ticket.has(fact),
        };
        if stands { Ok(()) } else { Err(Why::MadeUp(kind)) }
    }

    /// Whether the sentence is about what its passages say. A translation shares few words with its source, so it must quote it.
    fn check_support(&self, text: &str, facts: usize, sources: &[usize], quoted: &[usize]) -> Result<(), Why> {
        let roots: Vec<&HashSet<String>> = sources.iter().map(|at| &self.roots[*at]).collect();
        let support = support_of(text, facts, &roots);
        match support {
            Support::Enough => return Ok(()),
            Support::Wordless => return if quoted.is_empty() { Err(Why::NoQuote) } else { Ok(()) },
            Support::Some | Support::None => {}
        }
        // What language a short passage is in may not be told; that of a sentence must be.
        let Some(spoken) = language_of(text) else { return Err(Why::Unsupported) };
        let is_translation = |at: &&usize| self.languages[**at] != Some(spoken);
        match sources.iter().any(|at| is_translation(&at)) {
            true if quoted.is_empty() => Err(Why::NoQuote),
            true if support == Support::Some && quoted.iter().any(|at| is_translation(&at)) => Ok(()),
            _ => Err(Why::Unsupported),
        }
    }

    /// What the model understood, in one line; it is shown to staff alone, and has no facts but those of the ticket and passages.
    fn understood(&self, text: &str) -> String {
        let text = visible(text.trim());
        let all: Vec<usize> = (0..self.passages.len()).collect();
        let is_so = claimed(&text).iter().all(|fact| self.check_fact(fact, &all).is_ok());
        if is_so && text.chars().count() <= LONGEST_UNDERSTOOD { one_line(&text) } else { String::new() }
    }
}

/// Whether a link in its one form is where the passage itself is read.
fn is_link_of(passage: &Passage, link: &str) -> bool {
    passage.link.as_deref().is_some_and(|own| facts::canonical(own) == link)
}

/// Whether a link in its one form is within what the guild vouches for. Signs by which browsers and people are led to read
/// another host than we do are in none.
fn is_own_link(own: &Own, link: &str) -> bool {
    let is_plain =
        link.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'@' | b'\\' | b'"' | b'<' | b'>'));
    // Steps back, and another address within, to which a page may send on.
    let small = link.to_ascii_lowercase();
    let leads_on = ["..", "%2e", "://", "%3a"].iter().any(|part| small.contains(part));
    is_plain
        && !leads_on
        && own.links.iter().map(|own| facts::canonical(own)).filter(|own| !own.is_empty()).any(|own| {
            link.strip_prefix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
        })
}

#[cfg(test)]
mod injection_tests;
#[cfg(test)]
mod posted_tests;
#[cfg(test)]
mod tests;
