//! Making and changing reminders from what a command says.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GenericMarker};

use super::leads::read_leads;
use super::screens::{self, Done};
use super::when::{read_when, timing, zone};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply};
use crate::operations::reminders::{self as operations, Change, Refusal, Target};
use crate::reminders::{Content, Draft, Mentions, Reminder, Timing};
use crate::words::Say;

/// Somebody who is always overtaken by others may try again themselves.
const ATTEMPTS: usize = 4;

/// What somebody wants to be reminded of, as they said it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Wish {
    pub(super) when: Option<String>,
    pub(super) what: Option<String>,
    pub(super) message: Option<String>,
    pub(super) place: Option<String>,
    pub(super) ahead: Option<String>,
    pub(super) channel: Option<Id<ChannelMarker>>,
    pub(super) direct: bool,
    pub(super) mention: Option<Id<GenericMarker>>,
    pub(super) image: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) template: Option<String>,
    pub(super) is_event: bool,
}

/// What making one came to.
pub(super) enum Tried {
    /// There it is.
    Made(Reply),
    /// They have not said what or when: what it would be so far, and by whose clocks.
    Lacks(Content, TimeZone),
}

/// Makes what somebody wants, if they have said all.
pub(super) async fn make(cx: &Context, wish: &Wish) -> Result<Tried> {
    let mentions = wish.mention.map(|id| mentions(cx, id)).transpose()?;
    let wanted = wish.to_operation(mentions)?;
    let zone = zone(cx, wish.zone.as_deref()).await?;
    let acting = cx.acting().await?;
    let prepared = operations::prepare(&cx.app, &acting, &wanted, cx.member.id).await?;
    let Some(said) = wish.when.as_deref().filter(|_| !prepared.content().name.is_empty()) else {
        return Ok(Tried::Lacks(prepared.content().clone(), zone));
    };
    let when = read_when(said, &cx.now.to_zoned(zone.clone()))?;
    let made = operations::make_prepared(&cx.app, &acting, prepared, timing(&when, &zone, said.trim())?).await?;
    Ok(Tried::Made(screens::saved(cx.language, Done::Made, &made.reminder).into()))
}

pub(super) async fn store_new(cx: &Context, acting: &Acting, wish: &operations::Wish, timing: Timing) -> Result<Reply> {
    let made = operations::make(&cx.app, acting, wish, timing, cx.member.id).await?;
    Ok(screens::saved(cx.language, Done::Made, &made.reminder).into())
}

/// Changes what no form holds: where it is said, whom it calls, its picture.
pub(super) async fn change(cx: &Context, reminder: Reminder, wish: &Wish) -> Result<Reply> {
    let mentions = wish.mention.map(|id| mentions(cx, id)).transpose()?;
    let image = trimmed(wish.image.as_ref());
    store_changed(cx, reminder, move |before| {
        let mut draft = before.draft.clone();
        let content = &mut draft.content;
        content.channel = match (wish.direct, wish.channel) {
            (true, _) => None,
            (false, Some(channel)) => Some(channel),
            (false, None) => content.channel,
        };
        content.mentions = mentions.clone().unwrap_or_else(|| content.mentions.clone());
        content.image = image.clone().or_else(|| content.image.clone());
        Ok(draft)
    })
    .await
}

/// Changes a reminder as it is now, whatever it was when somebody looked at it: `set` says into what.
pub(super) async fn store_changed(
    cx: &Context,
    reminder: Reminder,
    set: impl Fn(&Reminder) -> Result<Draft> + Send,
) -> Result<Reply> {
    let after = change_as(&cx.app, &cx.acting().await?, reminder, set).await?;
    let after = after.map_err(|refusal| Error::User(refusal.said()))?;
    Ok(screens::saved(cx.language, Done::Changed, &after).into())
}

/// The same by whatever door; or why it stays as it is.
///
/// # Errors
/// What `set` says, or what it needs to know is not to be had.
pub(in super::super) async fn change_as(
    app: &App,
    acting: &Acting,
    mut reminder: Reminder,
    set: impl Fn(&Reminder) -> Result<Draft> + Send,
) -> Result<std::result::Result<Reminder, Refusal>> {
    for left in (0..ATTEMPTS).rev() {
        let change = Change { revision: reminder.revision, draft: set(&reminder)?, follows: None };
        match operations::change(app, acting, reminder.number, change).await {
            Ok(saved) => return Ok(Ok(saved.reminder)),
            Err(Failure::Refused(Refusal::Changed)) if left > 0 => {
                reminder = operations::find(app, acting, &reminder.number.to_string()).await?;
            }
            Err(Failure::Refused(refusal)) => return Ok(Err(refusal)),
            Err(failure) => return Err(failure.into()),
        }
    }
    Ok(Err(Refusal::Changed))
}

impl Wish {
    /// What an operation takes.
    ///
    /// # Errors
    /// The lead times are none.
    pub(super) fn to_operation(&self, mentions: Option<Mentions>) -> Result<operations::Wish> {
        let leads = trimmed(self.ahead.as_ref()).map(|ahead| read_leads(&ahead));
        Ok(operations::Wish {
            template: self.template.clone(),
            name: trimmed(self.what.as_ref()),
            body: trimmed(self.message.as_ref()),
            place: trimmed(self.place.as_ref()),
            image: trimmed(self.image.as_ref()),
            source: None,
            is_event: self.is_event,
            leads: leads.transpose().map_err(|unfit| Error::User(Refusal::Unfit(unfit).said()))?,
            target: match (self.direct, self.channel) {
                (true, _) => Some(Target::Direct),
                (false, channel) => channel.map(Target::Channel),
            },
            mentions,
        })
    }
}

pub(super) fn trimmed(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Whom an id names that an earlier option has named, of which nobody says any more what it is.
pub(super) async fn mentions_of(cx: &Context, acting: &Acting, id: Id<GenericMarker>) -> Result<Mentions> {
    let mut mentions = Mentions::default();
    match () {
        () if id.get() == cx.guild.get() => mentions.everyone = true,
        () if acting.role(&cx.app, id.cast()).await?.is_some() => mentions.roles.push(id.cast()),
        () => mentions.users.push(id.cast()),
    }
    Ok(mentions)
}

/// Whom an option names: everybody, a role or a member.
pub(super) fn mentions(cx: &Context, id: Id<GenericMarker>) -> Result<Mentions> {
    let mut mentions = Mentions::default();
    match () {
        () if id.get() == cx.guild.get() => mentions.everyone = true,
        () if cx.resolved.role(&id.to_string()).is_some() => mentions.roles.push(id.cast()),
        () if cx.resolved.member(&id.to_string()).is_some() => mentions.users.push(id.cast()),
        () => return Err(Error::User(Refusal::UnknownMention { id }.said())),
    }
    Ok(mentions)
}
