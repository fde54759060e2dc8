//! What a model drafted lately, for whoever looks at how the bot is doing.

use jiff::Timestamp;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::Settings;
use super::store::lately::{self as store, Lately};
use crate::app::App;
use crate::llm::budget::Day;
use crate::settings::System;

/// Drafts that are told of one by one.
const NEWEST: i64 = 10;

/// What a model drafted for a guild.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafts {
    /// The model that the guild has chosen, if it has.
    pub model: Option<String>,
    /// Tokens of today, with what is reserved for drafts that are being written.
    pub tokens_today: i64,
    /// How many drafts of a model are kept.
    pub kept: i64,
    /// The newest of them, that first.
    pub newest: Vec<Lately>,
}

/// What a model drafted for a guild.
///
/// # Errors
/// The database does not answer.
pub async fn drafts(app: &App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<Drafts> {
    let zone = app.settings.get::<System>(guild).await?.time_zone.time_zone();
    Ok(Drafts {
        model: app.settings.get::<Settings>(guild).await?.model.clone(),
        tokens_today: store::find_spent(&app.db, guild, Day::of(now, &zone).date).await?,
        kept: store::count_drafts(&app.db, guild).await?,
        newest: store::list_newest(&app.db, guild, NEWEST).await?,
    })
}
