//! Making and changing reminders.

use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use jiff::tz::TimeZone;
use serde::Deserialize;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};
use utoipa::ToSchema;

use super::super::words::misread;
use super::shown::{ReminderShown, tagged};
use super::{NumberedReminder, find};
use crate::acting::{Acting, Refusal as _};
use crate::api::{Body, Caller, IfMatch, Path, Problem, Tagged};
use crate::operations::reminders::{self as operations, Change, Refusal, Target, Wish};
use crate::reminders::{self, Mentions, Timing, time_zones, when};

/// A reminder that is to be made. What is not said comes from the template, or from the server's settings.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReminderWish {
    /// The id of the member whose it is.
    #[schema(value_type = String)]
    creator: Id<UserMarker>,
    /// When, as people write it, in English or Dutch.
    #[schema(max_length = 200, example = "every Monday at 20:00")]
    when: String,
    /// By whose clocks; without one by the server's.
    #[serde(default)]
    #[schema(example = "Europe/Brussels")]
    zone: Option<String>,
    /// What is kept under this name.
    #[serde(default)]
    template: Option<String>,
    /// What it is called.
    #[serde(default)]
    #[schema(max_length = 100)]
    name: Option<String>,
    /// What it says besides, as Markdown.
    #[serde(default)]
    #[schema(max_length = 1500)]
    text: Option<String>,
    /// Where something takes place.
    #[serde(default)]
    #[schema(max_length = 200)]
    place: Option<String>,
    /// The address of a picture.
    #[serde(default)]
    #[schema(max_length = 500)]
    image: Option<String>,
    /// The id of the channel in which it is said.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    channel: Option<Id<ChannelMarker>>,
    /// Whom it calls.
    #[serde(default)]
    mentions: Option<Mentions>,
    /// Whether it is about something that begins at the moment itself.
    #[serde(default)]
    is_event: bool,
    /// How many minutes ahead it is said.
    #[serde(default)]
    #[schema(max_items = 5)]
    ahead: Option<Vec<i64>>,
}

/// When something is to be said.
pub(super) fn read_timing(acting: &Acting, said: &str, zone: &TimeZone) -> Result<Timing, Problem> {
    let read = when::read(said, &acting.now().to_zoned(zone.clone())).map_err(|why| {
        let code = why.code();
        Problem::unreadable(code, misread(said, zone, why)).at("/when")
    })?;
    Timing::new(&read, zone, said.trim()).ok_or_else(|| Problem::refused(&Refusal::Never))
}

pub(super) fn named_zone(name: &str) -> Result<TimeZone, Problem> {
    time_zones::find(name).ok_or_else(|| Problem::refused(&Refusal::NoSuchZone).at("/zone"))
}

/// Make a reminder
#[utoipa::path(post, path = "/", tag = "reminders", request_body = ReminderWish, responses(
    (status = 201, description = "The new reminder", body = ReminderShown, headers(
        ("ETag" = String, description = "Its revision"), ("Location" = String, description = "Its address"),
    )),
))]
pub(super) async fn make_reminder(
    caller: Caller,
    Body(wish): Body<ReminderWish>,
) -> Result<impl IntoResponse, Problem> {
    let (app, acting) = (&caller.app, caller.acting().await?);
    let zone = match wish.zone.as_deref() {
        Some(name) => named_zone(name)?,
        None => operations::find_zone(app, &acting).await?,
    };
    let timing = read_timing(&acting, &wish.when, &zone)?;
    let wanted = Wish {
        template: wish.template,
        name: wish.name,
        body: wish.text,
        place: wish.place,
        image: wish.image,
        source: None,
        is_event: wish.is_event,
        leads: wish.ahead.map(reminders::leads),
        target: wish.channel.map(Target::Channel),
        mentions: wish.mentions,
    };
    let made = operations::make(app, &acting, &wanted, timing, wish.creator).await?;
    let reminder = made.reminder.as_seen_by(acting.user());
    let location = format!("/api/v1/guilds/{}/reminders/{}", acting.guild(), reminder.number);
    Ok(([(LOCATION, location)], tagged(reminder).created()))
}

/// What a reminder is to become. What is not said stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReminderChange {
    /// When, as people write it.
    #[serde(default)]
    #[schema(max_length = 200)]
    when: Option<String>,
    /// By whose clocks that is meant; without one by those of before.
    #[serde(default)]
    zone: Option<String>,
    /// What it is called.
    #[serde(default)]
    #[schema(max_length = 100)]
    name: Option<String>,
    /// What it says besides, as Markdown.
    #[serde(default)]
    #[schema(max_length = 1500)]
    text: Option<String>,
    /// Where something takes place.
    #[serde(default)]
    #[schema(max_length = 200)]
    place: Option<String>,
    /// The address of a picture; an empty text is none.
    #[serde(default)]
    #[schema(max_length = 500)]
    image: Option<String>,
    /// The id of the channel in which it is said.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    channel: Option<Id<ChannelMarker>>,
    /// Whom it calls.
    #[serde(default)]
    mentions: Option<Mentions>,
    /// How many minutes ahead it is said.
    #[serde(default)]
    #[schema(max_items = 5)]
    ahead: Option<Vec<i64>>,
}

/// Change a reminder
///
/// One that is paused stays so.
#[utoipa::path(patch, path = "/{number}", tag = "reminders", request_body = ReminderChange,
    params(NumberedReminder, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "The reminder as it is now", body = ReminderShown, headers(("ETag" = String, description = "Its revision"))),
))]
pub(super) async fn change_reminder(
    caller: Caller,
    Path(NumberedReminder { number }): Path<NumberedReminder>,
    seen: IfMatch,
    Body(wish): Body<ReminderChange>,
) -> Result<Tagged<ReminderShown>, Problem> {
    let (app, acting) = (&caller.app, caller.acting().await?);
    let mut draft = find(app, &acting, number).await?.draft;
    let zone = match wish.zone.as_deref() {
        Some(name) => named_zone(name)?,
        None => draft.timing.schedule.zone.clone(),
    };
    // Other clocks are others for what was written before.
    let said = wish.when.or_else(|| wish.zone.as_ref().map(|_| draft.timing.written()));
    if let Some(said) = said {
        draft.timing = read_timing(&acting, &said, &zone)?;
    }
    let content = &mut draft.content;
    content.name = wish.name.unwrap_or(std::mem::take(&mut content.name));
    content.body = wish.text.unwrap_or(std::mem::take(&mut content.body));
    content.place = wish.place.unwrap_or(std::mem::take(&mut content.place));
    content.image = wish.image.or(content.image.take()).filter(|image| !image.is_empty());
    content.channel = wish.channel.or(content.channel);
    content.mentions = wish.mentions.unwrap_or(std::mem::take(&mut content.mentions));
    content.leads = wish.ahead.map_or_else(|| std::mem::take(&mut content.leads), reminders::leads);
    let change = Change { revision: seen.number(), draft, follows: None };
    let saved = operations::change(app, &acting, number, change).await?;
    Ok(tagged(saved.reminder.as_seen_by(acting.user())))
}
