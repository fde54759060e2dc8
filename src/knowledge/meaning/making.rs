//! How vectors are made: in the background, a few texts at once, until each text has one of the present model.
//!
//! A text without one is the queue: one that changed has none, and with another model none has. Whoever takes some writes so
//! down first (`text_vector.attempts` and `try_at`), so no two make the same, and whoever dies leaves them to others. What could
//! not be made is tried again later and later, and then alone, so that one text no model reads keeps no other from anything.

use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::Timestamp;
use metrics::counter;

use super::{Side, Vector, told};
use crate::knowledge::texts::Taken;
use crate::knowledge::{Knowledge, Shelf, VECTORS, store};
use crate::llm;

/// What failed so often is made alone.
const ALONE_FROM: i32 = 2;

/// How long a server may take for a few texts, and how long one pass goes on taking more.
const WITHIN: Duration = Duration::from_secs(10);
const PASS: Duration = Duration::from_secs(8);

/// Whether the others are to be made, too.
enum Next {
    GoOn,
    /// The provider has failed, not the text.
    Stop,
}

/// Shelves with texts of which there are no vectors of the present model.
///
/// # Errors
/// The database does not answer.
pub async fn due(knowledge: &Knowledge, llm: &llm::Client, now: Timestamp) -> anyhow::Result<Vec<Shelf>> {
    let Some(model) = llm.embedding_model() else { return Ok(Vec::new()) };
    store::vectors::list_due(&knowledge.db, model, now).await.context("look for texts without vectors")
}

/// Makes vectors of a shelf's texts, as far as time goes, but of those for which `may_tell` says no.
///
/// # Errors
/// The database does not answer.
pub async fn make(
    knowledge: &Knowledge,
    llm: &llm::Client,
    shelf: Shelf,
    may_tell: impl Fn(&str) -> bool + Send + Sync,
    now: Timestamp,
) -> anyhow::Result<()> {
    let Some(model) = llm.embedding_model() else { return Ok(()) };
    let making = Making { knowledge, llm, shelf, model, now };
    let (began, mut made) = (Instant::now(), 0);
    while began.elapsed() < PASS {
        let mut taken = making.take().await?;
        if taken.is_empty() {
            break;
        }
        // What no model may be told is taken like the others, and lies there until it is tried again.
        taken.retain(|it| may_tell(&it.text));
        match making.make(&taken, &mut made).await? {
            Next::GoOn => {}
            Next::Stop => break,
        }
    }
    let forgotten = store::vectors::delete_stale(&knowledge.db, shelf, model, now).await.context("forget vectors")?;
    if made > 0 || forgotten > 0 {
        store::notify(&knowledge.db, VECTORS, shelf).await.context("tell of vectors")?;
        knowledge.vectors.changed(shelf).await;
    }
    Ok(())
}

struct Making<'a> {
    knowledge: &'a Knowledge,
    llm: &'a llm::Client,
    shelf: Shelf,
    model: &'a str,
    now: Timestamp,
}

impl Making<'_> {
    /// Takes texts that were not tried often; where there are none, one that was.
    async fn take(&self) -> anyhow::Result<Vec<Taken>> {
        let many = i64::try_from(llm::MOST_TEXTS).unwrap_or(1);
        for (attempts, limit) in [((0, ALONE_FROM - 1), many), ((ALONE_FROM, i32::MAX), 1)] {
            let taken =
                store::vectors::take(&self.knowledge.db, self.shelf, self.model, attempts, limit, self.now).await;
            let taken = taken.context("take texts")?;
            if !taken.is_empty() {
                return Ok(taken);
            }
        }
        Ok(Vec::new())
    }

    async fn make(&self, taken: &[Taken], made: &mut usize) -> anyhow::Result<Next> {
        if taken.is_empty() {
            return Ok(Next::GoOn);
        }
        let told: Vec<String> = taken.iter().map(|it| told(self.model, Side::Answer, &it.text)).collect();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let guild = self.shelf.guild();
        let error = match self.llm.embed(guild, &told, Instant::now() + WITHIN).await.result {
            Ok(vectors) => {
                *made += taken.len();
                return self.store(taken, &vectors).await.map(|()| Next::GoOn);
            }
            Err(error) => error,
        };
        match error {
            llm::Error::Refused(_) | llm::Error::TooLong(_) | llm::Error::NotUnderstood(_) => {
                counter!("text_vectors_total", "outcome" => "refused").increment(1);
                // Which of them it was nobody says. Each is tried alone now; what fails then waits.
                for it in taken.iter().filter(|_| taken.len() > 1) {
                    if matches!(Box::pin(self.make(std::slice::from_ref(it), made)).await?, Next::Stop) {
                        return Ok(Next::Stop);
                    }
                }
                Ok(Next::GoOn)
            }
            // A server may fall over what it is told, so that counts as a try.
            llm::Error::Down(_) => Ok(Next::Stop),
            _ => {
                let hashes: Vec<Vec<u8>> = taken.iter().map(|it| it.hash.clone()).collect();
                store::vectors::give_back(&self.knowledge.db, self.shelf, self.model, &hashes, self.now)
                    .await
                    .context("give texts back")?;
                Ok(Next::Stop)
            }
        }
    }

    async fn store(&self, taken: &[Taken], vectors: &[Vec<f32>]) -> anyhow::Result<()> {
        let (mut hashes, mut numbers, mut scales) = (Vec::new(), Vec::new(), Vec::new());
        for (it, vector) in taken.iter().zip(vectors).filter_map(|(it, made)| Some((it, Vector::of(made)?))) {
            hashes.push(it.hash.clone());
            numbers.push(vector.numbers.into_iter().map(i8::cast_unsigned).collect::<Vec<u8>>());
            scales.push(vector.scale);
        }
        counter!("text_vectors_total", "outcome" => "made").increment(hashes.len() as u64);
        store::vectors::update(&self.knowledge.db, self.shelf, self.model, (&hashes, &numbers, &scales))
            .await
            .context("store vectors")
    }
}
