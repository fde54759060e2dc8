//! What a draft is made of: entries of the FAQ, and passages of documents beside them.

use std::collections::HashMap;

use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::find::find;
use super::judge::Passage;
use super::prompt::PASSAGES;
use crate::app::App;
use crate::knowledge::Entry;
use crate::knowledge::documents;
use crate::knowledge::find::Wanted;
use crate::knowledge::index::Hit;
use crate::ui::limits::cut;

/// What is shown of the text of each, in characters.
const EXCERPT: usize = 300;

/// What the guild knows that may answer.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// By which the model names it.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) text: String,
    of: SourceOf,
}

/// What a draft rests on, or what comes near.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What it is.
    pub of: SourceOf,
    /// Its question, or the headings above it.
    pub title: String,
    /// What it says, as far as a glance needs it.
    pub excerpt: String,
}

/// Where something is known from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceOf {
    /// The entry of this number.
    Entry(i32),
    /// A document.
    Document {
        /// What it is called among documents.
        name: String,
        /// Where people read it.
        url: Option<String>,
    },
}

impl Known {
    fn of_entry(entry: Entry) -> Known {
        let (title, text) = (entry.draft.title, entry.draft.answer);
        Known { id: format!("faq-{}", entry.number), title, text, of: SourceOf::Entry(entry.number) }
    }

    fn of_passage(passage: documents::Passage) -> Known {
        let documents::Passage { id, document, title, body, url } = passage;
        Known { id: format!("doc-{id}"), title, text: body, of: SourceOf::Document { name: document, url } }
    }

    /// As the model is told it, and judged by it.
    pub(super) fn passage(&self) -> Passage {
        let (label, link) = match &self.of {
            SourceOf::Entry(number) => (format!("FAQ #{number}"), None),
            SourceOf::Document { url, .. } => (format!("Doc: {}", self.title), url.clone()),
        };
        Passage { id: self.id.clone(), text: format!("{}\n{}", self.title, self.text), label, link }
    }

    pub(super) fn source(&self) -> Source {
        Source { of: self.of.clone(), title: self.title.clone(), excerpt: cut(&self.text, EXCERPT) }
    }
}

/// What may answer, the best first: what does before what only comes close, and of both the FAQ before documents, which take
/// turns with it where neither answers. No model hears of it unless it may be asked what the words mean.
pub(super) async fn list(
    app: &App,
    guild: Id<GuildMarker>,
    words: &str,
    by_meaning: bool,
) -> anyhow::Result<Vec<Known>> {
    if !app.settings.enabled(guild, "faq").await {
        return Ok(Vec::new());
    }
    let wanted = Wanted { text: words, is_for_people: true, entries: PASSAGES, passages: PASSAGES };
    let found = match by_meaning {
        true => find(app, guild, wanted).await?,
        false => app.knowledge.find(guild, wanted, async || None).await?,
    };
    let numbers = |hits: &[Hit]| hits.iter().map(|hit| hit.number).collect::<Vec<_>>();
    let entries = app.knowledge.entries(guild, &numbers(&found.entries)).await?;
    let passages = app.knowledge.passages(guild, &numbers(&found.passages)).await?;
    let mut known: HashMap<(bool, i32), Known> = HashMap::new();
    known.extend(entries.into_iter().map(|entry| ((true, entry.number), Known::of_entry(entry))));
    known.extend(passages.into_iter().map(|passage| ((false, passage.id), Known::of_passage(passage))));
    let order = order(&found.entries, &found.passages);
    Ok(order.into_iter().filter_map(|key| known.remove(&key)).take(PASSAGES).collect())
}

/// The numbers of entries (`true`) and passages in the order in which they are told.
fn order(entries: &[Hit], passages: &[Hit]) -> Vec<(bool, i32)> {
    let answering = |hits: &[Hit]| hits.iter().filter(|hit| hit.answers).count();
    let (entries, close_entries) = entries.split_at(answering(entries));
    let (passages, close_passages) = passages.split_at(answering(passages));
    let of = |is_entry: bool| move |hit: &Hit| (is_entry, hit.number);
    let mut order: Vec<(bool, i32)> = Vec::new();
    // Half of the places are enough for those that answer of each, if the others need them.
    let half = entries.len().min(PASSAGES.saturating_sub(passages.len()).max(PASSAGES / 2));
    order.extend(entries[..half].iter().map(of(true)));
    order.extend(passages.iter().map(of(false)));
    order.extend(entries[half..].iter().map(of(true)));
    for at in 0..close_entries.len().max(close_passages.len()) {
        order.extend(close_entries.get(at).map(of(true)));
        order.extend(close_passages.get(at).map(of(false)));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each is a number, with a `!` if it answers.
    fn check(entries: &str, passages: &str, expected: &str) {
        let hits = |text: &str| {
            let hit = |word: &str| Hit {
                number: word.trim_end_matches('!').parse().expect("a number"),
                score: 1.0,
                answers: word.ends_with('!'),
            };
            text.split_whitespace().map(hit).collect::<Vec<_>>()
        };
        let order = order(&hits(entries), &hits(passages));
        let shown: Vec<String> =
            order.iter().map(|(is_entry, number)| format!("{}{number}", if *is_entry { "e" } else { "d" })).collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn what_answers_comes_first_and_the_faq_before_documents() {
        check("1! 2", "7! 8", "e1 d7 e2 d8");
        check("1 2 3", "7", "e1 d7 e2 e3");
        check("", "7! 8!", "d7 d8");
        check("1! 2! 3! 4! 5! 6!", "", "e1 e2 e3 e4 e5 e6");
        check("1! 2! 3! 4! 5! 6!", "7! 8! 9!", "e1 e2 e3 d7 d8 d9 e4 e5 e6");
    }
}
