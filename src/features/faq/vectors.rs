//! Vectors of entries and passages of documents, by which they are found in other words.

use futures_util::StreamExt;
use jiff::Timestamp;

use crate::app::App;
use crate::assist;
use crate::knowledge::Shelf;
use crate::knowledge::meaning::making;

/// Shelves of which vectors are made side by side.
const AT_ONCE: usize = 4;

/// Makes vectors of entries and passages that have none, in all servers.
pub(super) async fn make(app: App, now: Timestamp) -> anyhow::Result<()> {
    let shelves = making::due(&app.knowledge, &app.llm, now).await?;
    let app = &app;
    let making = futures_util::stream::iter(shelves).map(|shelf| async move {
        if app.stopping.is_cancelled() || !is_wanted(app, shelf).await {
            return Ok(());
        }
        let blocked = match shelf.guild() {
            Some(guild) => assist::blocked_phrases(app, guild).await?,
            None => assist::Blocked::default(),
        };
        making::make(&app.knowledge, &app.llm, shelf, |text| !blocked.is_in(text), now).await
    });
    let outcomes: Vec<anyhow::Result<()>> = making.buffer_unordered(AT_ONCE).collect().await;
    outcomes.into_iter().collect()
}

/// Whether what is on a shelf is searched.
async fn is_wanted(app: &App, shelf: Shelf) -> bool {
    match shelf.guild() {
        Some(guild) => app.settings.enabled(guild, "faq").await,
        None => true,
    }
}
