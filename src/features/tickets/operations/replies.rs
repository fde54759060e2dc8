//! Replies that are drafted for whoever works a ticket. Nothing is posted but what somebody of the staff posts.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, InteractionMarker, MessageMarker, UserMarker};

use super::super::model::workflow;
use super::super::model::{EventKind, Refusal, Ticket};
use super::super::settle::{self, Spoken};
use super::super::store::{self, By};
use super::conversation::{self, Conversation};
use super::found::{Found, ToTake};
use super::{SWITCH, look};
use crate::acting::{Acting, Failure, Outcome};
use crate::app::App;
use crate::assist::{self, Decision, Drafted, LONGEST_REPLY, Made, Question, Speaker};
use crate::db::storable;
use crate::discord::Posted;
use crate::ui::is_blank;
use crate::ui::limits::fits;

/// A draft as old as that says so before it is posted.
const OLD: SignedDuration = SignedDuration::from_hours(1);

/// The longest wish of whoever wants another draft, in characters.
pub const WISH_CHARS: u16 = 300;

/// What was drafted for a ticket.
#[derive(Clone, Debug)]
pub struct Suggested {
    /// Its number.
    pub number: i32,
    /// What was drafted.
    pub drafted: Drafted,
    /// Why the bot could not read what was said, if it could not.
    pub blind: Option<Blind>,
}

/// Why the bot cannot read what was said in a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blind {
    /// Discord does not give it what members write.
    Contents,
    /// It, or whoever asks, may not read the channel, or there is none.
    Channel,
    /// Discord does not answer just now.
    Away,
}

/// Checks that whoever acts could have a reply drafted.
///
/// # Errors
/// They do not work the ticket, or it is done.
pub async fn could_draft(app: &App, acting: &Acting, ticket: impl Into<ToTake>) -> Result<(), Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_live_worker(app, acting, &ticket.into().into_found()).await.map(drop)
}

/// Drafts a reply to what a ticket's member wants to know, for whoever works it. The interaction `id` is its name from now on.
///
/// # Errors
/// They do not work it, it is done, or the database does not answer.
pub async fn draft(
    app: &App,
    acting: &Acting,
    ticket: impl Into<ToTake>,
    id: Id<InteractionMarker>,
    (about, wish): (Option<Id<MessageMarker>>, Option<String>),
) -> Result<Suggested, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let ticket = &ticket.into().into_found();
    let asker = require_live_worker(app, acting, ticket).await?;
    let Heard { talk, newest, blind } = listen(app, acting, ticket, about).await?;
    let question = Question {
        subject: ticket.subject.clone(),
        answers: ticket.answers.clone(),
        talk,
        locale: Some(app.language_of(acting.guild(), ticket.user).await?),
        wish: wish.map(|wish| storable(&wish).chars().take(WISH_CHARS.into()).collect()),
    };
    // What follows the message that it is about was there when it was asked for.
    let seen = newest.filter(|_| about.is_none()).unwrap_or(id.cast());
    let (number, revision) = (ticket.number, ticket.revision);
    let made = Made { id, number, user: asker, asked_at: acting.now(), revision, seen };
    let drafted = assist::draft(app, acting.guild(), &made, &question).await?;
    assist::write_down(app, acting.guild(), &made, &drafted).await?;
    Ok(Suggested { number, drafted, blind })
}

/// Who of the staff acts; programs draft nothing.
async fn require_worker(app: &App, acting: &Acting, ticket: &Found) -> Result<Id<UserMarker>, Failure<Refusal>> {
    let standing = look::require_reader(app, acting, ticket).await?;
    let asker = acting.user().ok_or(Refusal::ForNobody)?;
    if standing.staff { Ok(asker) } else { Err(Refusal::NotStaff.into()) }
}

/// The same of a ticket that is not done.
async fn require_live_worker(app: &App, acting: &Acting, ticket: &Found) -> Result<Id<UserMarker>, Failure<Refusal>> {
    let worker = require_worker(app, acting, ticket).await?;
    if ticket.status.is_live() { Ok(worker) } else { Err(Refusal::Done(ticket.status).into()) }
}

/// What was said in a ticket.
struct Heard {
    /// By whom, the oldest first.
    talk: Vec<(Speaker, String)>,
    /// The newest message.
    newest: Option<Id<MessageMarker>>,
    /// Why it is not all.
    blind: Option<Blind>,
}

/// What was said since the ticket was opened, or opened again, up to the message that it is about.
async fn listen(
    app: &App,
    acting: &Acting,
    ticket: &Found,
    about: Option<Id<MessageMarker>>,
) -> Result<Heard, Failure<Refusal>> {
    // The message itself counts, however much was said after it.
    let before = about.and_then(|about| Id::new_checked(about.get().saturating_add(1)));
    let messages = match conversation::read(app, acting, ticket, before).await? {
        Conversation::Messages { messages, .. } => messages,
        Conversation::Away => return Ok(Heard { talk: Vec::new(), newest: None, blind: Some(Blind::Away) }),
        Conversation::Hidden(_) | Conversation::NoChannel => {
            return Ok(Heard { talk: Vec::new(), newest: None, blind: Some(Blind::Channel) });
        }
    };
    let since = began_at(app, acting, ticket).await?;
    let replies = assist::list_replies(app, acting.guild(), ticket.number).await?;
    let members = store::list_members(&app.db, acting.guild(), ticket.number).await?;
    let (mut talk, mut blind) = (Vec::new(), None);
    for message in messages.iter().filter(|message| message.sent_at() >= since && message.is_ordinary()) {
        let author = message.author.id;
        let by = match () {
            () if author == ticket.user => Speaker::Member,
            () if message.author.bot && author == app.discord.own_user() && is_reply(message, &replies) => {
                Speaker::Staff
            }
            () if message.author.bot => continue,
            // Also who is out again.
            () if members.iter().any(|(member, ..)| *member == author) => Speaker::Other,
            // Nobody else is there to write.
            () => Speaker::Staff,
        };
        if message.is_empty() {
            blind = Some(Blind::Contents);
        }
        let text = message.contents.text.trim();
        let text = if message.author.bot { without_signature(text) } else { text };
        if !text.is_empty() {
            talk.push((by, text.to_owned()));
        }
    }
    Ok(Heard { talk, newest: messages.last().map(|message| message.id), blind })
}

/// Answers to commands are of this kind (<https://discord.com/developers/docs/resources/message#message-object-message-types>).
const ANSWER_TO_COMMAND: u64 = 20;

/// Whether a message of the bot's says what the staff had it say: a draft that was posted, or a ready reply. What else it
/// answers where everybody reads it stands in boxes.
fn is_reply(message: &Posted, replies: &[Id<MessageMarker>]) -> bool {
    let is_plain = message.contents.embeds.is_empty() && !message.contents.has_components;
    replies.contains(&message.id) || (message.kind == ANSWER_TO_COMMAND && is_plain)
}

/// What a reply says without the line that names who posted it.
fn without_signature(text: &str) -> &str {
    match text.rsplit_once('\n') {
        Some((said, line)) if line.starts_with("-# ") => said.trim_end(),
        _ => text,
    }
}

/// When what is asked now began: what was said before a ticket was opened again is another question.
async fn began_at(app: &App, acting: &Acting, ticket: &Ticket) -> Result<Timestamp, Failure<Refusal>> {
    let events = store::list_events(&app.db, acting.guild(), ticket.number, false).await?;
    let reopened = events.iter().rev().find(|it| it.event.kind == EventKind::Reopened).map(|it| it.at);
    Ok(reopened.unwrap_or(ticket.opened_at))
}

/// A reply that is posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replied {
    /// Where: the channel of its ticket.
    pub channel: Option<Id<ChannelMarker>>,
    /// Whether it is not known if something was said since the draft.
    pub is_blind: bool,
}

impl Outcome for Replied {
    fn code(&self) -> &'static str {
        "replied"
    }
}

/// What somebody wants of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The interaction that asked for the draft.
    pub draft: Id<InteractionMarker>,
    /// What is posted.
    pub text: String,
    /// What the draft said, if it was changed.
    pub was: Option<String>,
    /// Whether they know that it is old.
    pub anyway: bool,
    /// Where whoever posts it stands: what is meant for one ticket is read in no other.
    pub channel: Option<Id<ChannelMarker>>,
}

/// Checks that whoever acts could post a draft now, as far as that is known without Discord.
///
/// # Errors
/// Those of [`post`].
pub async fn could_post(app: &App, acting: &Acting, wish: &Wish) -> Result<(), Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let (ticket, kept) = find(app, acting, wish.draft).await?;
    require_postable(app, acting, wish, &ticket, &kept).await.map(drop)
}

/// Posts `text` as the staff's reply in the ticket of a draft, once: it is written down that it is to be posted before it is,
/// and a job posts what whoever did so did not live to post. The same origin hears of it again.
///
/// # Errors
/// It was posted or dismissed before, it is old, they do not work the ticket, or Discord does not take it.
pub async fn post(app: &App, acting: &Acting, wish: &Wish) -> Result<Replied, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let (ticket, kept) = find(app, acting, wish.draft).await?;
    let origin = acting.deed_key(&format!("tickets.reply.post {}", wish.draft));
    let mut is_blind = false;
    if kept.outcome.is_none() || origin.is_none() || kept.origin != origin {
        let (user, text) = require_postable(app, acting, wish, &ticket, &kept).await?;
        if !wish.anyway {
            is_blind = !knows_all(app, acting, &ticket, &kept, user).await?;
        }
        let outcome = match &wish.was {
            Some(was) => assist::Outcome::Edited(assist::changed(was, &text)),
            None => assist::Outcome::Posted,
        };
        let (at, origin) = (acting.now(), origin.as_deref());
        let decision = Decision { outcome, user, at, origin, text: Some(&text) };
        let mut tx = app.db.begin().await?;
        if !assist::decide(&mut *tx, acting.guild(), wish.draft, decision).await? {
            return Err(Refusal::DraftUsed.into());
        }
        // It answers whoever waits.
        let turn = workflow::turn_of_reply(&ticket);
        store::note_turn(&mut *tx, acting.guild(), ticket.number, turn, acting.now()).await?;
        tx.commit().await?;
    }
    match settle::say_reply(app, acting.guild(), wish.draft).await? {
        Spoken::Said => Ok(Replied { channel: ticket.shown.channel, is_blind }),
        Spoken::Refused => Err(Refusal::NotPosted.into()),
    }
}

/// Who posts what, if they may: what it says, and whether it is not of yesterday.
async fn require_postable(
    app: &App,
    acting: &Acting,
    wish: &Wish,
    ticket: &Found,
    kept: &assist::Kept,
) -> Result<(Id<UserMarker>, String), Failure<Refusal>> {
    let text = storable(&wish.text).trim().to_owned();
    if is_blank(&text) {
        return Err(Refusal::Empty.into());
    }
    if !fits(&text, LONGEST_REPLY.into()) {
        return Err(Refusal::TooLong { max: LONGEST_REPLY.into() }.into());
    }
    let user = require_live_worker(app, acting, ticket).await?;
    if wish.channel.is_some() && wish.channel != ticket.shown.channel {
        return Err(Refusal::NoSuchTicket.into());
    }
    if kept.outcome.is_some() {
        return Err(Refusal::DraftUsed.into());
    }
    let has_changed = kept.revision != ticket.revision;
    if (has_changed || acting.now().duration_since(kept.asked_at) >= OLD) && !wish.anyway {
        return Err(Refusal::OldDraft { has_changed, asked_at: kept.asked_at }.into());
    }
    Ok((user, text))
}

/// Checks that nobody but `user` has said anything since a draft; `false` if Discord does not tell. Who wants to post it
/// then, does.
async fn knows_all(
    app: &App,
    acting: &Acting,
    ticket: &Found,
    kept: &assist::Kept,
    user: Id<UserMarker>,
) -> Result<bool, Failure<Refusal>> {
    let Conversation::Messages { messages, .. } = conversation::read(app, acting, ticket, None).await? else {
        return Ok(false);
    };
    let by_others = |message: &&Posted| !message.author.bot && message.author.id != user && message.is_ordinary();
    match messages.iter().filter(by_others).any(|message| message.id > kept.seen) {
        true => Err(Refusal::OldDraft { has_changed: true, asked_at: kept.asked_at }.into()),
        false => Ok(true),
    }
}

/// A draft that is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dismissed;

impl Outcome for Dismissed {
    fn code(&self) -> &'static str {
        "dismissed"
    }
}

/// Puts a draft aside, with why.
///
/// # Errors
/// It was posted or dismissed before, or they do not work the ticket.
pub async fn dismiss(
    app: &App,
    acting: &Acting,
    draft: Id<InteractionMarker>,
    reason: assist::Reason,
) -> Result<Dismissed, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let (ticket, _) = find(app, acting, draft).await?;
    let user = require_worker(app, acting, &ticket).await?;
    let outcome = assist::Outcome::Dismissed(reason);
    let decision = Decision { outcome, user, at: acting.now(), origin: None, text: None };
    match assist::decide(&app.db, acting.guild(), draft, decision).await? {
        true => Ok(Dismissed),
        false => Err(Refusal::DraftUsed.into()),
    }
}

/// A draft of the guild with its ticket.
async fn find(
    app: &App,
    acting: &Acting,
    draft: Id<InteractionMarker>,
) -> Result<(Found, assist::Kept), Failure<Refusal>> {
    let kept = assist::find(&app.db, acting.guild(), draft).await?.ok_or(Refusal::DraftUsed)?;
    let ticket = Found::read(app, acting, By::Number(kept.number)).await?;
    Ok((ticket, kept))
}
