//! What a model may cost a guild, and how often one of its staff may ask.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker, UserMarker};

use super::store::spent::{self as store, Wanted};
use super::{Made, Settings};
use crate::app::App;
use crate::llm::budget::{Day, Throttle, correction, estimate};
use crate::llm::{Chat, Error, Usage, Whose};
use crate::settings::System;

/// A call has ended by then, however it did: a minute for drafts, and time to write down what it cost.
const LONGEST: SignedDuration = SignedDuration::from_mins(5);

/// Tokens that are reserved for a call.
pub(super) struct Reserved {
    guild: Id<GuildMarker>,
    draft: Id<InteractionMarker>,
    day: Date,
    tokens: u64,
}

/// Counts a draft among what whoever asks has asked for.
///
/// # Errors
/// The database does not answer. Within: they have asked as often as they may.
pub(super) async fn count(
    app: &App,
    guild: Id<GuildMarker>,
    made: &Made,
    settings: &Settings,
) -> anyhow::Result<Result<(), Error>> {
    count_ask(app, guild, made.user, (settings.drafts_an_hour, made.asked_at)).await
}

/// Counts a question among what `asker` has asked for, who may ask so often in an hour.
///
/// # Errors
/// The database does not answer. Within: they have asked as often as they may.
pub(super) async fn count_ask(
    app: &App,
    guild: Id<GuildMarker>,
    asker: Id<UserMarker>,
    (an_hour, now): (i64, Timestamp),
) -> anyhow::Result<Result<(), Error>> {
    let throttle =
        Throttle { times: u32::try_from(an_hour).unwrap_or(1).max(1), within: SignedDuration::from_hours(1) };
    let seconds = (throttle.pause().as_secs_f64(), throttle.within.as_secs_f64());
    if store::count_question(&app.db, guild, asker, seconds, now).await? {
        return Ok(Ok(()));
    }
    let spent_until = store::find_spent_until(&app.db, guild, asker).await?.unwrap_or(now);
    let again_at = spent_until + throttle.pause() - throttle.within;
    Ok(Err(Error::BudgetSpent { whose: Whose::Member, again_at: again_at.max(now) }))
}

/// Reserves what `chat` may cost.
///
/// # Errors
/// The database does not answer. Within: the budget is spent.
pub(super) async fn reserve(
    app: &App,
    guild: Id<GuildMarker>,
    made: &Made,
    chat: &Chat<'_>,
    settings: &Settings,
) -> anyhow::Result<Result<Reserved, Error>> {
    let now = made.asked_at;
    let zone = app.settings.get::<System>(guild).await?.time_zone.time_zone();
    let (day, tokens) = (Day::of(now, &zone), estimate(chat));
    let number = |tokens: u64| i64::try_from(tokens).unwrap_or(i64::MAX);
    let returning = number(chat.max_tokens.map_or(0, u64::from));
    let wanted = Wanted { tokens: number(tokens), returning, until: app.clock.now() + LONGEST };
    if !store::reserve(
        &app.db,
        guild,
        made.id,
        day.date,
        (wanted, settings.daily_tokens.min(app.config.llm_daily_tokens.into())),
    )
    .await?
    {
        return Ok(Err(Error::BudgetSpent { whose: Whose::Guild, again_at: day.ends_at }));
    }
    Ok(Ok(Reserved { guild, draft: made.id, day: day.date, tokens }))
}

/// Tokens that are reserved for a question to the coach. If the process dies meanwhile, the day has less by that.
pub(super) struct ReservedAsk {
    guild: Id<GuildMarker>,
    day: Date,
    tokens: u64,
}

/// Reserves what a question to the coach may cost.
///
/// # Errors
/// The database does not answer. Within: the budget is spent.
pub(super) async fn reserve_ask(
    app: &App,
    guild: Id<GuildMarker>,
    chat: &Chat<'_>,
    (settings, now): (&Settings, Timestamp),
) -> anyhow::Result<Result<ReservedAsk, Error>> {
    let zone = app.settings.get::<System>(guild).await?.time_zone.time_zone();
    let (day, tokens) = (Day::of(now, &zone), estimate(chat));
    let wanted = i64::try_from(tokens).unwrap_or(i64::MAX);
    let most = settings.daily_tokens.min(app.config.llm_daily_tokens.into());
    if !store::take(&app.db, guild, day.date, (wanted, most)).await? {
        return Ok(Err(Error::BudgetSpent { whose: Whose::Guild, again_at: day.ends_at }));
    }
    Ok(Ok(ReservedAsk { guild, day: day.date, tokens }))
}

impl ReservedAsk {
    /// Corrects what is reserved to what was used.
    pub(super) async fn settle(self, app: &App, used: Usage) {
        let ReservedAsk { guild, day, tokens } = self;
        if let Err(error) = store::give_back(&app.db, guild, day, correction(tokens, used)).await {
            tracing::warn!(%guild, %error, "what an answer cost is not corrected");
        }
    }
}

impl Reserved {
    /// Corrects what is reserved to what was used. Where that fails the day has a little less.
    pub(super) async fn settle(self, app: &App, used: Usage) {
        let Reserved { guild, draft, day, tokens } = self;
        if let Err(error) = store::correct(&app.db, guild, draft, day, correction(tokens, used)).await {
            tracing::warn!(%guild, %error, "what a draft cost is not corrected");
        }
    }
}
