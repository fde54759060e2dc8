//! What a guild knows about a question: entries, and passages of documents beside them.

use anyhow::Result;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::index::Hit;
use super::meaning::Meaning;
use super::meaning::fuse::fuse;
use super::texts::Kind;
use super::{Knowledge, Shelf};

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// What somebody wrote.
    pub text: &'a str,
    /// Whether it was written for people, and not to search: the number of an order in it is no question.
    pub is_for_people: bool,
    /// Entries that are found at most.
    pub entries: usize,
    /// The same of passages.
    pub passages: usize,
}

/// What was found, the best first. If the first of a list does not answer, none of it does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Entries, by their numbers.
    pub entries: Vec<Hit>,
    /// Passages of documents, by theirs.
    pub passages: Vec<Hit>,
}

impl Found {
    /// Whether an entry answers.
    pub fn is_answered(&self) -> bool {
        self.entries.first().is_some_and(|hit| hit.answers)
    }
}

impl Knowledge {
    /// Finds what the guild knows. What the question means is only asked for where words alone are not sure.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn find(
        &self,
        guild: Id<GuildMarker>,
        wanted: Wanted<'_>,
        meaning: impl AsyncFnOnce() -> Option<Meaning>,
    ) -> Result<Found> {
        let index = self.index(guild).await?;
        let words = match wanted.is_for_people {
            true => index.offer(wanted.text, wanted.entries),
            false => index.search(wanted.text, wanted.entries),
        };
        let are_sure = words.first().is_some_and(|hit| index.is_sure(wanted.text, hit));
        let meaning = if are_sure { None } else { meaning().await };
        let mut found = Found { entries: words, passages: Vec::new() };
        if let Some(meaning) = &meaning {
            let vectors = self.vectors.get(Shelf::Guild(guild)).await?;
            let mut near = vectors.near(meaning, Kind::Entry, wanted.entries);
            // One that was removed just now may still have a vector.
            near.retain(|near| index.title(near.number).is_some());
            found.entries = fuse(&found.entries, are_sure, &near, wanted.entries);
        }
        if wanted.passages > 0 {
            for shelf in [Shelf::Guild(guild), Shelf::All] {
                found.passages.extend(self.find_passages(shelf, wanted, meaning.as_ref()).await?);
            }
            found.passages.sort_by(|a, b| b.answers.cmp(&a.answers).then(b.score.total_cmp(&a.score)));
            found.passages.truncate(wanted.passages);
        }
        Ok(found)
    }

    async fn find_passages(&self, shelf: Shelf, wanted: Wanted<'_>, meaning: Option<&Meaning>) -> Result<Vec<Hit>> {
        let passages = self.passages.get(shelf).await?;
        let words = passages.find(wanted.text, wanted.passages);
        let (Some(index), Some(meaning)) = (passages.index(), meaning) else { return Ok(words) };
        let are_sure = words.first().is_some_and(|hit| index.is_sure(wanted.text, hit));
        let vectors = self.vectors.get(shelf).await?;
        let mut near = vectors.near(meaning, Kind::Passage, wanted.passages);
        near.retain(|near| index.title(near.number).is_some());
        Ok(fuse(&words, are_sure, &near, wanted.passages))
    }
}
