//! An event made from a message that somebody linked to: promised at once, read and made afterwards.

use std::time::Instant;

use serde::{Deserialize, Serialize};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker, RoleMarker};

use super::make::{Wish, mentions};
use super::screens::{self, Done};
use super::when::{read_when, timing};
use super::{CALL_TIME, Work, words};
use crate::acting::{Acting, Origin};
use crate::discord;
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::{Context, Reply};
use crate::operations::reminders::{self as operations, Refusal};
use crate::reminders::announcement::{self, Event, Source};
use crate::reminders::{self, BODY, Content, NAME, PLACE, Timing, UNTITLED, Unfit, time_zones};
use crate::said;
use crate::settings::System;
use crate::ui::{Message, limits::cut};
use crate::words::Say;

/// Promises an event made from a message that somebody linked to.
pub(super) async fn link(cx: &Context, link: &str, wish: Wish) -> Result<Reply> {
    let acting = cx.acting().await?;
    operations::require_maker(&cx.app, &acting).await?;
    let (guild, channel, message) = discord::read_link(link).ok_or_else(|| Error::User(said!(reminders_no_link)))?;
    if guild != cx.guild {
        return Err(Error::User(Refusal::ForeignSource.said()));
    }
    let called = wish.mention.map(|id| mentions(cx, id)).transpose()?;
    let prepared = operations::prepare(&cx.app, &acting, &wish.to_operation(called.clone())?, cx.member.id).await?;
    if prepared.content().name.is_empty() && wish.when.is_some() {
        return Err(Error::User(Refusal::Unfit(Unfit::NoName).said()));
    }
    let roles = cx.member.roles.clone();
    let administers = cx.member.permissions.contains(Permissions::ADMINISTRATOR);
    let (content, limit) = (prepared.content().clone(), prepared.limit());
    let permissions = Some(cx.member.permissions);
    let linked = Linked { channel, message, wish, content, roles, administers, limit, permissions, called };
    Ok(Reply::later(&Work::Link(Box::new(linked)))?)
}

/// What is known of a link once its command is over.
#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) struct Linked {
    channel: Id<ChannelMarker>,
    message: Id<MessageMarker>,
    wish: Wish,
    /// What the wish came to when it was checked, before the message was read.
    content: Content,
    /// Of who wants it: what they may read follows from them.
    roles: Vec<Id<RoleMarker>>,
    administers: bool,
    /// How many reminders they may have: an older version goes by that.
    limit: Option<i64>,
    /// What they may do where they wanted it; an older version has not said.
    #[serde(default)]
    permissions: Option<Permissions>,
    /// Whom it calls, likewise.
    #[serde(default)]
    called: Option<reminders::Mentions>,
}

/// Makes an event of a message, if its member can read it.
pub(in super::super) async fn make(promise: Promise, linked: Linked) -> Result<Message> {
    let (app, guild) = (&promise.app, promise.guild);
    let system = app.settings.get::<System>(guild).await?;
    let Linked { channel, message, wish, content, permissions, called, .. } = linked;
    // An older version has checked whom it calls, but has not said by what right.
    let called = if permissions.is_some() { called } else { Some(content.mentions.clone()) };
    let origin = Origin::Interaction(promise.interaction);
    // What they may is asked again: they may have lost it since.
    let mut acting = Acting::of_user(app, guild, "reminders", promise.user, origin, promise.now).await?;
    acting.set_channel(promise.channel);
    acting.set_deadline(Instant::now() + CALL_TIME);
    let posted = acting.find_message(app, channel, message).await?;
    let posted = posted.ok_or_else(|| Error::User(said!(reminders_link_hidden)))?;
    let (zone, theirs) = match wish.zone.as_deref().map(time_zones::find) {
        Some(Some(zone)) => (zone.clone(), zone),
        // What was announced is meant by the server's clocks, what they have typed by theirs.
        _ => (system.time_zone.time_zone(), operations::find_zone(app, &acting).await?),
    };
    let (title, text) = reminders::announced(&posted.content, &posted.embeds);
    if text.trim().is_empty() && title.is_empty() {
        return Err(Error::User(said!(reminders_link_unread)));
    }
    let source = Source { title: &title, text: text.trim(), fields: &[] };
    let read = announcement::read(&source, &discord::sent_at(message).to_zoned(zone.clone()));
    let (event, timing) = match (&wish.when, read) {
        (Some(said), read) => {
            let when = read_when(said, &promise.now.to_zoned(theirs.clone()))?;
            let timing = timing(&when, &theirs, said)?;
            let (title, place) = read.map(|event| (event.title, event.place)).unwrap_or((Some(title.clone()), None));
            (Event { title, when, place, about: text.trim().to_owned() }, timing)
        }
        (None, Ok(event)) => {
            let timing = Timing::announced(&event.when, &zone);
            let timing = timing.ok_or_else(|| Error::User(Refusal::Never.said()))?;
            (event, timing)
        }
        (None, Err(why)) => return Err(words::unclear(why)),
    };
    let mut wanted = wish.to_operation(called)?;
    wanted.source = Some(discord::link(guild, channel, message));
    if content.name.is_empty() {
        let title = event.title.filter(|title| !title.is_empty());
        wanted.name = Some(title.map_or_else(|| UNTITLED.to_owned(), |title| cut(&title, NAME)));
    }
    if content.body.is_empty() {
        wanted.body = Some(cut(&event.about, BODY));
    }
    if content.place.is_empty() {
        wanted.place = Some(cut(&event.place.unwrap_or_default(), PLACE));
    }
    acting.set_deadline(Instant::now() + CALL_TIME);
    let made = operations::make(app, &acting, &wanted, timing, promise.user).await?;
    Ok(screens::saved(promise.language, Done::Made, &made.reminder))
}
