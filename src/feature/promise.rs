//! Promises: work that follows the answer, as a handler of it meets it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde_json::Value;
use twilight_model::id::Id;
use twilight_model::id::marker::{AttachmentMarker, ChannelMarker, GuildMarker, InteractionMarker, UserMarker};

use super::{BoxFuture, Feature, store};
use crate::app::App;
use crate::discord::{self, MessageBody};
use crate::error::Result;
use crate::ui::Message;
use crate::words::{Language, Said};

/// Files may be large, and lines slow.
const ATTACH_TIME: Duration = Duration::from_secs(60);

/// What waits for another piece of work looks again after this.
const FOLLOWS_AFTER: SignedDuration = SignedDuration::from_secs(1);

pub(super) type Work = Arc<dyn Fn(Promise, Value) -> BoxFuture<Result<Message>> + Send + Sync>;

/// The interaction that a piece of deferred work will finish.
#[derive(Clone)]
pub struct Promise {
    /// Everything a handler can reach.
    pub app: App,
    /// The server.
    pub guild: Id<GuildMarker>,
    /// Who waits for it.
    pub user: Id<UserMarker>,
    /// In which language they read the outcome.
    pub language: Language,
    /// Where they wait, if Discord said.
    pub channel: Option<Id<ChannelMarker>>,
    /// The interaction that promised it: the key by which a repetition finds what it has done.
    pub interaction: Id<InteractionMarker>,
    /// Whether nobody has tried before.
    pub is_first: bool,
    /// When this attempt began.
    pub now: Timestamp,
    /// What authorizes showing the outcome. A secret.
    pub(crate) token: SecretString,
}

impl Promise {
    /// The language of the outcome: of the guild if everybody there reads it, of whoever waits for it if they read it alone.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn language_of_answer(&self, public: bool) -> Result<Language> {
        match public {
            true => Ok(self.app.guild_language(self.guild).await?),
            false => Ok(self.language),
        }
    }

    /// Waits, by another attempt, until what was promised of this feature in the guild before this is done: what takes long is
    /// made one after another. `says` is shown meanwhile.
    ///
    /// # Errors
    /// [`NotYet`], or the database does not answer.
    pub async fn wait_for_earlier(&self, feature: &str, says: &Said) -> Result<()> {
        let db = &self.app.db;
        if !store::has_earlier_promise(db, self.guild, feature, self.interaction, self.now).await? {
            return Ok(());
        }
        if self.is_first {
            self.attach(Message::new(self.language.say(says)).into_body()).await?;
        }
        Err(NotYet { pause: FOLLOWS_AFTER, why: "it follows another".to_owned() }.into())
    }

    /// Shows `body` with its files now, and returns the files that are there. What the handler returns comes afterwards
    /// and leaves the files where they are; an attempt that is repeated replaces them.
    ///
    /// # Errors
    /// Discord did not take it.
    pub async fn attach(&self, body: MessageBody) -> Result<Vec<Id<AttachmentMarker>>, discord::Error> {
        let deadline = Instant::now() + ATTACH_TIME;
        self.app.discord.guild(self.guild).edit_original(&self.token, &body, deadline).await
    }
}

/// Work that cannot go on yet: somebody else is at it, or something has to pass first. It has not failed, and goes on after
/// `pause`; a handler of work returns it as an error.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub struct NotYet {
    /// When it may go on.
    pub pause: SignedDuration,
    /// What it waits for, for the log.
    pub why: String,
}

impl Feature {
    /// Finishes what the feature promised with [`Reply::later`](crate::interactions::Reply::later).
    ///
    /// Work may run again after a crash, so each step first looks whether it has happened.
    #[must_use]
    pub fn work<W, F, Fut>(mut self, handle: F) -> Feature
    where
        W: DeserializeOwned + Send + 'static,
        F: Fn(Promise, W) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Message>> + Send + 'static,
    {
        self.work = Some(Arc::new(move |promise, work| {
            let handle = handle.clone();
            Box::pin(async move {
                // The error would quote what the work is about.
                let work =
                    serde_json::from_value(work).map_err(|_| anyhow::anyhow!("the stored work does not parse"))?;
                handle(promise, work).await
            })
        }));
        self
    }
}
