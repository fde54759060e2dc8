//! What a guild knows about a question, for everybody who asks: a model may be asked what it means, unless the guild wants that of
//! nothing that it says.

use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::Settings;
use super::judge::folded;
use crate::app::App;
use crate::knowledge::find::{Found, Wanted};
use crate::knowledge::meaning::Meaning;

/// What is told to no model in a guild.
#[derive(Clone, Debug, Default)]
pub struct Blocked(Vec<String>);

impl Blocked {
    pub(super) fn of(settings: &Settings) -> Blocked {
        Blocked(settings.blocked().map(folded).filter(|phrase| !phrase.is_empty()).collect())
    }

    /// Whether a text is about it.
    pub fn is_in(&self, text: &str) -> bool {
        let text = if self.0.is_empty() { return false } else { folded(text) };
        self.0.iter().any(|phrase| text.contains(phrase))
    }
}

/// What is told to no model in `guild`.
///
/// # Errors
/// The database does not answer.
pub async fn blocked_phrases(app: &App, guild: Id<GuildMarker>) -> anyhow::Result<Blocked> {
    Ok(Blocked::of(&*app.settings.get::<Settings>(guild).await?))
}

/// Finds what the guild knows, by words, and by what the question means where a model tells that soon.
///
/// # Errors
/// The database does not answer.
pub async fn find(app: &App, guild: Id<GuildMarker>, wanted: Wanted<'_>) -> anyhow::Result<Found> {
    let blocked = blocked_phrases(app, guild).await?;
    let meaning = async || match blocked.is_in(wanted.text) {
        true => None,
        false => Meaning::of(&app.llm, guild, wanted.text).await,
    };
    app.knowledge.find(guild, wanted, meaning).await
}
