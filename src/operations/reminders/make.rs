//! Making a reminder.

use anyhow::Context;
use serde::Serialize;
use sqlx::{Connection, PgConnection};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use super::guard::{check_content, check_source, limit, manages_by};
use super::made::{Made, MadeBefore, find_made, made_again, maker};
use super::{Refusal, SWITCH, voucher, words};
use crate::acting::{Acting, Actor, Failure, Origin, Sender, digest};
use crate::app::App;
use crate::db::storable;
use crate::log_channel::Entry;
use crate::reminders::schedule::Fire;
use crate::reminders::store::{self, Before, Once, Told};
use crate::reminders::{self, Checked, Content, Draft, Maker, Mentions, Reminder, Settings, Timing};

/// What somebody wants to be reminded of. What is not said comes from the template, or from the guild's settings.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Wish {
    /// What is kept under this name.
    pub template: Option<String>,
    /// What it is called.
    pub name: Option<String>,
    /// What it says besides.
    pub body: Option<String>,
    /// Where something takes place.
    pub place: Option<String>,
    /// The address of a picture.
    pub image: Option<String>,
    /// The address of the message that it is made from.
    pub source: Option<String>,
    /// Whether it is about something that begins at the moment itself.
    pub is_event: bool,
    /// How many minutes ahead it is said.
    pub leads: Option<Vec<i64>>,
    /// Where it is said.
    pub target: Option<Target>,
    /// Whom it calls.
    pub mentions: Option<Mentions>,
}

/// Where a reminder is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Target {
    /// In a channel.
    Channel(Id<ChannelMarker>),
    /// Where those of the guild go; if that is nowhere, where whoever acts is.
    Default,
    /// To whoever made it, in a direct message.
    Direct,
}

/// What a wish comes to, as far as whoever acts may have it so. Only [`prepare`] makes one.
#[derive(Clone, Debug)]
pub struct Prepared {
    content: Content,
    limit: Option<i64>,
    /// Whether it may call everybody.
    everyone: bool,
    creator: Id<UserMarker>,
    before: Before,
    /// What the same origin has made before.
    made: Option<MadeBefore>,
    /// What was wished for, as a digest.
    asked: String,
    /// Whether it was known when it is to be said, by which the same request is known again.
    timed: bool,
    /// By whom, and where, it may be made.
    sender: Sender,
}

impl Prepared {
    /// What is to be said, where, and whom it calls. It may still lack a name.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// How many reminders its member may have; nothing is any number.
    pub fn limit(&self) -> Option<i64> {
        self.limit
    }
}

/// How often it is tried beside others who make reminders in the same guild, before it is their turn to wait.
pub(super) const ATTEMPTS: usize = 3;

/// Makes a reminder for `creator`, who is whoever acts, if that is a person.
///
/// What made one before makes no second, also when that is gone: it is answered what was asked for. An interaction makes one
/// reminder, and so does a message that the bot read, whose later versions change it; a request makes one of each wish.
///
/// # Errors
/// Why none is made.
pub async fn make(
    app: &App,
    acting: &Acting,
    wish: &Wish,
    timing: Timing,
    creator: Id<UserMarker>,
) -> Result<Made, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let prepared = prepare_timed(app, acting, wish, Some(&timing), creator).await?;
    make_prepared(app, acting, prepared, timing).await
}

/// Makes what a wish came to, of whoever acts now and in the same guild.
///
/// # Errors
/// Why none is made.
pub async fn make_prepared(
    app: &App,
    acting: &Acting,
    prepared: Prepared,
    timing: Timing,
) -> Result<Made, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let Prepared { content, limit, everyone, creator, mut before, made, asked, timed, sender } = prepared;
    if sender != acting.sender() {
        return Err(Refusal::NotForThem.into());
    }
    let maker = maker(acting, creator, &asked, Some(&timing));
    let draft = Draft { content, timing, creator, snoozes: None };
    if let Some(made) = made {
        return Ok(made_again(acting, made, draft));
    }
    let draft = draft.checked(everyone)?;
    let next = draft.draft().next(acting.now()).ok_or(Refusal::Never)?;
    let new = New { maker, draft, next, limit };
    let mut db = app.db.acquire().await?;
    if matches!(acting.origin(), Origin::Request(_)) && !timed {
        // Who prepared it did not know when it is to be said, and so not whether the same was made before.
        before = store::find_before(&mut *db, acting.guild(), &new.maker, creator, None).await?;
    }
    for _ in 0..ATTEMPTS {
        if let Some(made) = store_new(&mut db, acting, &new, &before).await? {
            acting.post_log(app);
            return Ok(made);
        }
        before = store::find_before(&mut *db, acting.guild(), &new.maker, creator, None).await?;
    }
    // So many make reminders here at once that it waits for them, and then they for it.
    let mut tx = db.begin().await?;
    store::lock_numbers(&mut *tx, acting.guild()).await?;
    before = store::find_before(&mut *tx, acting.guild(), &new.maker, creator, None).await?;
    let made = store_new(&mut tx, acting, &new, &before).await?.context("number a reminder")?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(made)
}

/// A reminder to be stored.
struct New {
    maker: Maker,
    draft: Checked,
    next: Fire,
    limit: Option<i64>,
}

/// Stores a reminder if everything still is as it was `before`; nothing if somebody else has made one since.
async fn store_new(
    db: &mut PgConnection,
    acting: &Acting,
    new: &New,
    before: &Before,
) -> Result<Option<Made>, Failure<Refusal>> {
    let New { maker, draft, next, limit } = new;
    if let Some(number) = before.made {
        let made = find_made(&mut *db, acting, number, draft.draft().creator).await?;
        return Ok(Some(made_again(acting, made, draft.draft().clone())));
    }
    if let Some(limit) = limit.filter(|limit| before.live >= *limit) {
        return Err(Refusal::TooMany { limit }.into());
    }
    let number = before.last_number + 1;
    let (stored, next) = (draft.draft().clone(), Some(*next));
    let (paused, voucher) = (None, voucher(acting));
    let reminder = Reminder { guild: acting.guild(), number, draft: stored, next, paused, revision: 1, voucher };
    let entry = words::made(acting, &reminder);
    let told = told(acting, &entry);
    // Its number is all that is kept: what it says goes when it goes.
    let once = maker.once.as_ref().map(|(origin, deed)| Once { origin, deed, answer: number.into() });
    let row = store::NewReminder { maker, once, draft, voucher, next: new.next, now: acting.now() };
    let is_stored =
        store::insert(&mut *db, acting.guild(), before.last_number, row, told).await.context("store a reminder")?;
    Ok(is_stored.then_some(Made { reminder, again: false }))
}

/// What the log channel is told in the statement that does it, if the guild wants to read it.
pub(super) fn told<'a>(acting: &Acting, entry: &'a Entry) -> Option<Told<'a>> {
    acting.if_wanted(entry).map(|entry| Told {
        feature: acting.feature(),
        level: entry.level.name(),
        title: &entry.title,
        description: &entry.description,
    })
}

/// What a wish for `creator` comes to, if whoever acts may have it so. Of a request it is known only by [`make_prepared`],
/// which hears when it is to be said, whether it has made the same before.
///
/// # Errors
/// Why they may not.
pub async fn prepare(
    app: &App,
    acting: &Acting,
    wish: &Wish,
    creator: Id<UserMarker>,
) -> Result<Prepared, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    prepare_timed(app, acting, wish, None, creator).await
}

/// The same of what is to be said at a time that is known.
async fn prepare_timed(
    app: &App,
    acting: &Acting,
    wish: &Wish,
    timing: Option<&Timing>,
    creator: Id<UserMarker>,
) -> Result<Prepared, Failure<Refusal>> {
    // Who announced something may have left, or be a webhook.
    if acting.user().is_some_and(|user| user != creator) {
        return Err(Refusal::NotForThem.into());
    }
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let name = wish.template.as_deref().map(|name| storable(name.trim()));
    let asked = digest(wish);
    let maker = maker(acting, creator, &asked, timing);
    let mut before = store::find_before(&app.db, acting.guild(), &maker, creator, name.as_deref()).await?;
    let (everyone, timed, sender) = (settings.allow_everyone, timing.is_some(), acting.sender());
    let template = before.template.take();
    let is_known = template.is_some();
    let (content, kept) = wished(acting, &settings, wish, template);
    if let Some(number) = before.made {
        // Whatever stands against another one now: this one was made.
        let made = find_made(&app.db, acting, number, creator).await?;
        let content = match &made {
            MadeBefore::There(reminder) => reminder.draft.content.clone(),
            MadeBefore::Gone(_) => {
                let channel = place(acting, &settings, wish.target, content.channel).ok().flatten();
                Content { channel, ..content }
            }
        };
        let made = Some(made);
        return Ok(Prepared { content, limit: None, everyone, creator, before, made, asked, timed, sender });
    }
    if matches!(acting.actor(), Actor::Key(_)) && !acting.is_member(app, creator).await? {
        return Err(Refusal::NotForThem.into());
    }
    let limit = limit(app, acting, &settings).await?;
    if name.is_some() && !is_known {
        return Err(Refusal::NoSuchTemplate.into());
    }
    if let Some(source) = &content.source {
        check_source(acting, source)?;
    }
    let channel = place(acting, &settings, wish.target, content.channel)?;
    let content = Content { channel, ..content };
    check_content(app, acting, &settings, &content, &kept).await?;
    Ok(Prepared { content, limit, everyone, creator, before, made: None, asked, timed, sender })
}

/// What is to be said by a wish and its template, and whom the template calls. Where, only the template has said so far.
fn wished(acting: &Acting, settings: &Settings, wish: &Wish, template: Option<Content>) -> (Content, Mentions) {
    let is_kept = template.is_some();
    let mut content = template.unwrap_or_default();
    if is_kept && !manages_by(settings, acting) {
        // What the staff may do by a template, a member may only do as they could without it.
        content.channel = None;
        content.mentions = Mentions::default();
    }
    content.mentions.everyone &= settings.allow_everyone;
    content.name = wish.name.clone().unwrap_or(content.name);
    content.body = wish.body.clone().unwrap_or(content.body);
    content.place = wish.place.clone().unwrap_or(content.place);
    content.image = wish.image.clone().or(content.image);
    content.source = wish.source.clone();
    content.is_event |= wish.is_event;
    content.leads = match (&wish.leads, content.is_event) {
        (Some(leads), _) => leads.clone(),
        (None, _) if is_kept && !content.leads.is_empty() => content.leads,
        (None, true) => reminders::leads([settings.event_lead.0, 0]),
        (None, false) => vec![0],
    };
    let kept = content.mentions.clone();
    content.mentions = wish.mentions.clone().unwrap_or(content.mentions).in_guild(acting.guild());
    (content, kept)
}

/// Where it is said.
fn place(
    acting: &Acting,
    settings: &Settings,
    wanted: Option<Target>,
    kept: Option<Id<ChannelMarker>>,
) -> Result<Option<Id<ChannelMarker>>, Refusal> {
    match (wanted, kept) {
        (Some(Target::Direct), _) => Ok(None),
        (Some(Target::Channel(channel)), _) | (None, Some(channel)) => Ok(Some(channel)),
        (Some(Target::Default) | None, _) => {
            settings.default_channel.or(acting.channel()).map(Some).ok_or(Refusal::NoChannel)
        }
    }
}
