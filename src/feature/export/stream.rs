//! A table on its way to a program or a browser. Rows go out as they come from the database.

use std::io;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use futures_util::stream::unfold;
use tokio::sync::{mpsc, oneshot};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::{AT_ONCE, ExportEntry, Names, Row, Rows, Table, Wanted, Written};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::log_channel::Level;
use crate::operations::words::did;
use crate::turns::Turn;
use crate::words::{Said, Say, name_of};
use crate::{said, say};

/// Who needs longer for a few hundred rows takes their table slowly.
const PATIENCE: Duration = Duration::from_millis(500);

/// How long a table may take. A million rows take minutes over a slow line.
const MOST_TIME: Duration = Duration::from_secs(60 * 60);

impl ExportEntry {
    /// The rows that an admin or their program wants, as [`stream`] writes them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn stream(
        &self,
        app: &App,
        acting: Acting,
        wanted: Wanted,
        format: Written,
    ) -> anyhow::Result<Option<Body>> {
        let (entry, reader, by) = (self.clone(), app.clone(), acting.clone());
        let read = |rows| async move {
            entry.run(reader, &by, wanted, rows).await.map_err(|failure| match failure {
                Failure::Internal(error) => error,
                refused => anyhow::anyhow!("{refused:?}"),
            })
        };
        stream(app, &acting, &self.table, format, read).await
    }
}

/// The rows that `read` puts, which the server reads of in its log channel; nothing if another export of the guild is being
/// made. Nobody waits for one: meanwhile others would wait for whoever does. Where it fails midway the body ends in an error.
///
/// Whether whoever acts may have them, `read` knows.
///
/// # Errors
/// The database does not answer.
pub async fn stream<Reading>(
    app: &App,
    acting: &Acting,
    table: &Table,
    format: Written,
    read: impl FnOnce(Rows) -> Reading,
) -> anyhow::Result<Option<Body>>
where
    Reading: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let Some(turn) = app.tables.turn_now(acting.guild()) else { return Ok(None) };
    let language = acting.language();
    let about = name_of(table.name).say(language);
    acting.record(&app.db, &did(acting, Level::Warning, say!(language, exports_logged), &about)).await?;
    acting.post_log(app);
    Ok(Some(send(app, acting, table, format, Some(turn), read).await))
}

/// The rows that `read` puts, for a member whose own they are: those are few, so nobody waits for them, and what somebody has
/// of themselves the server does not read of.
pub async fn stream_own<Reading>(
    app: &App,
    acting: &Acting,
    table: &Table,
    format: Written,
    read: impl FnOnce(Rows) -> Reading,
) -> Body
where
    Reading: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    send(app, acting, table, format, None, read).await
}

async fn send<Reading>(
    app: &App,
    acting: &Acting,
    table: &Table,
    format: Written,
    turn: Option<Turn<'static, Id<GuildMarker>>>,
    read: impl FnOnce(Rows) -> Reading,
) -> Body
where
    Reading: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let names = Names::of(app, acting.guild(), table.columns, table.named).await;
    let head = names.head(table.columns);
    let (rows, taken) = Rows::channel();
    let (ended, end) = oneshot::channel();
    let reading = read(rows);
    app.background.spawn(async move {
        // Whoever takes no more rows has gone; there is nobody to tell.
        let _ = ended.send(reading.await);
    });
    let until = Instant::now() + MOST_TIME;
    let sent = Sent { format, taken, end: Some(end), names, head, begun: false, given: None, until, turn };
    Body::from_stream(unfold(sent, Sent::next))
}

/// What people are told for whom there is no turn.
pub fn crowded() -> Said {
    said!(exports_web_crowded)
}

/// A table on its way.
struct Sent {
    format: Written,
    taken: mpsc::Receiver<Row>,
    /// How the reading ends; nothing once that is known.
    end: Option<oneshot::Receiver<anyhow::Result<()>>>,
    names: Names,
    head: Vec<String>,
    /// Whether the names of the columns are out.
    begun: bool,
    /// When the last rows were given.
    given: Option<Instant>,
    /// When it is enough.
    until: Instant,
    /// Until all is written, or whoever takes it has gone.
    turn: Option<Turn<'static, Id<GuildMarker>>>,
}

impl Sent {
    /// The next rows as text, until there are none; a reading that failed ends in an error.
    async fn next(mut self) -> Option<(io::Result<Bytes>, Sent)> {
        if let Some(turn) = &mut self.turn
            && self.given.is_some_and(|given| given.elapsed() > PATIENCE)
        {
            turn.takes_long();
        }
        if Instant::now() > self.until {
            tracing::warn!("an export is taken too slowly; it is broken off");
            return Some((Err(io::Error::other("the export took too long")), self));
        }
        let written = self.next_rows().await;
        self.given = Some(Instant::now());
        written.map(|rows| (rows, self))
    }

    async fn next_rows(&mut self) -> Option<io::Result<Bytes>> {
        let mut rows = Vec::with_capacity(AT_ONCE);
        let count = self.taken.recv_many(&mut rows, AT_ONCE).await;
        if count > 0 || !self.begun {
            return Some(self.write(rows).await);
        }
        let failed = match self.end.take()?.await {
            Ok(Ok(())) => return None,
            Ok(Err(error)) => format!("{error:#}"),
            Err(_) => "the reading stopped".to_owned(),
        };
        tracing::error!(error = failed, "an export failed midway");
        Some(Err(io::Error::other("the export failed")))
    }

    async fn write(&mut self, rows: Vec<Row>) -> io::Result<Bytes> {
        let whole = self.names.beside(rows).await;
        let mut text = Vec::new();
        if !std::mem::replace(&mut self.begun, true) {
            self.format.begin(&self.head, &mut text)?;
        }
        self.format.write(&self.head, &whole, &mut text)?;
        Ok(text.into())
    }
}
