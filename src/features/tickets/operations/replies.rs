//! Replies that are drafted for whoever works a ticket. Nothing is posted but what somebody of the staff posts.

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, InteractionMarker, MessageMarker, UserMarker};

use super::super::model::workflow;
use super::super::model::{EventKind, Refusal, Ticket};
use super::super::store::{self, By};
use super::conversation::{self, Conversation};
use super::found::{Found, ToTake};
use super::{SWITCH, look};
use crate::acting::{Acting, Failure, Outcome};
use crate::app::App;
use crate::assist::{self, Drafted, LONGEST_REPLY, Made, Question};
use crate::db::storable;
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
    /// Whether the bot could not read what was said.
    pub is_blind: bool,
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
    let (talk, is_blind) = read_talk(app, acting, ticket, about).await?;
    let question = Question {
        subject: ticket.subject.clone(),
        answers: ticket.answers.clone(),
        talk,
        locale: Some(app.language_of(acting.guild(), ticket.user).await?),
        wish: wish.map(|wish| storable(&wish).chars().take(WISH_CHARS.into()).collect()),
    };
    let drafted = assist::draft(app, acting.guild(), asker, &question, acting.now()).await?;
    let made = Made { id, number: ticket.number, user: asker, asked_at: acting.now(), revision: ticket.revision };
    assist::write_down(app, acting.guild(), &made, &drafted).await?;
    Ok(Suggested { number: ticket.number, drafted, is_blind })
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

/// What was said since the ticket was opened, or opened again, up to the message that it is about; and whether the bot may not
/// read that.
async fn read_talk(
    app: &App,
    acting: &Acting,
    ticket: &Found,
    about: Option<Id<MessageMarker>>,
) -> Result<(Vec<(bool, String)>, bool), Failure<Refusal>> {
    let Conversation::Messages { messages, .. } = conversation::read(app, acting, ticket, None).await? else {
        return Ok((Vec::new(), true));
    };
    let since = began_at(app, acting, ticket).await?;
    let said =
        messages.iter().filter(|message| message.sent_at() >= since && about.is_none_or(|about| message.id <= about));
    let said: Vec<_> = said.filter(|message| !message.author.bot && message.is_ordinary()).collect();
    let is_blind = said.iter().any(|message| message.is_empty());
    let text = |contents: &crate::discord::Contents| contents.text.trim().to_owned();
    let talk = said.into_iter().map(|message| (message.author.id == ticket.user, text(&message.contents)));
    Ok((talk.filter(|(_, text)| !text.is_empty()).collect(), is_blind))
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
    /// What it says.
    pub text: String,
    /// Where: the channel of its ticket.
    pub channel: Option<Id<ChannelMarker>>,
}

impl Outcome for Replied {
    fn code(&self) -> &'static str {
        "replied"
    }
}

/// What somebody wants of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Lets `text` be the staff's reply in the ticket of a draft, once. Whoever acts shows it there.
///
/// # Errors
/// It was posted or dismissed before, it is old, or they do not work the ticket.
pub async fn post(app: &App, acting: &Acting, wish: &Wish) -> Result<Replied, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let text = storable(&wish.text).trim().to_owned();
    if is_blank(&text) {
        return Err(Refusal::Empty.into());
    }
    if !fits(&text, LONGEST_REPLY.into()) {
        return Err(Refusal::TooLong { max: LONGEST_REPLY.into() }.into());
    }
    let (ticket, kept) = find(app, acting, wish.draft).await?;
    let user = require_live_worker(app, acting, &ticket).await?;
    if wish.channel.is_some() && wish.channel != ticket.shown.channel {
        return Err(Refusal::NoSuchTicket.into());
    }
    let has_changed = kept.revision != ticket.revision;
    if (has_changed || acting.now().duration_since(kept.asked_at) >= OLD) && !wish.anyway {
        return Err(Refusal::OldDraft { has_changed, asked_at: kept.asked_at }.into());
    }
    let outcome = match &wish.was {
        Some(was) => assist::Outcome::Edited(assist::changed(was, &text)),
        None => assist::Outcome::Posted,
    };
    let mut tx = app.db.begin().await?;
    if !assist::decide(&mut *tx, acting.guild(), wish.draft, outcome, (user, acting.now())).await? {
        return Err(Refusal::DraftUsed.into());
    }
    // It answers whoever waits.
    let turn = workflow::turn_of_reply(&ticket);
    store::note_turn(&mut *tx, acting.guild(), ticket.number, turn, acting.now()).await?;
    tx.commit().await?;
    Ok(Replied { text, channel: ticket.shown.channel })
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
    match assist::decide(&app.db, acting.guild(), draft, outcome, (user, acting.now())).await? {
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
