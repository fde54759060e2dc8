//! Tickets and what happened to them, as programs read them.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use twilight_model::id::Id;
use utoipa::ToSchema;

use super::super::model::{Kind, Priority, Status, Ticket};
use super::super::store::{Happened, Line};
use crate::settings::Program;
use crate::words::Language;

/// The kind of a ticket.
#[derive(Serialize, ToSchema)]
pub(super) struct KindNamed {
    /// Its number.
    number: i32,
    /// What it is called, in the language of `Accept-Language` if it has a name in that.
    name: String,
}

impl KindNamed {
    fn of(language: Language, kind: &Kind) -> KindNamed {
        KindNamed { number: kind.id, name: kind.name_in(language).to_owned() }
    }
}

/// A ticket in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct TicketLine {
    /// Counts from 1 in each server.
    #[schema(minimum = 1)]
    number: i32,
    /// Its kind.
    kind: KindNamed,
    /// The id of the member whose it is, if that is known.
    member: Option<String>,
    /// What it is about.
    subject: String,
    /// Where it stands.
    status: Status,
    /// How urgent it is.
    priority: Priority,
    /// The id of who works it.
    claimed_by: Option<String>,
    /// The id of its channel.
    channel: Option<String>,
    /// When it was opened.
    #[schema(format = DateTime)]
    opened_at: String,
}

impl TicketLine {
    pub(super) fn of(language: Language, line: Line) -> TicketLine {
        TicketLine {
            number: line.number,
            kind: KindNamed::of(language, &line.kind),
            member: text(line.user),
            subject: line.subject,
            status: line.status,
            priority: line.priority,
            claimed_by: text(line.claimed_by),
            channel: text(line.channel),
            opened_at: line.opened_at.to_string(),
        }
    }
}

/// What was answered to a question.
#[derive(Serialize, ToSchema)]
struct Answered {
    /// What was asked.
    question: String,
    /// What was answered.
    answer: String,
}

/// A ticket.
#[derive(Serialize, ToSchema)]
pub(super) struct TicketShown {
    /// Counts from 1 in each server.
    #[schema(minimum = 1)]
    number: i32,
    /// Its kind.
    kind: KindNamed,
    /// The id of the member whose it is.
    member: String,
    /// The id of who opened it; null is a program.
    opened_by: Option<String>,
    /// What it is about.
    subject: String,
    /// What was asked and answered when it was opened.
    answers: Vec<Answered>,
    /// Where it stands.
    status: Status,
    /// How urgent it is.
    priority: Priority,
    /// The id of its channel.
    channel: Option<String>,
    /// The id of who works it.
    claimed_by: Option<String>,
    /// The id of the role that was called.
    escalated_to: Option<String>,
    /// The id of who asked whether it may be closed.
    close_requested_by: Option<String>,
    /// When it closes unless somebody objects.
    #[schema(format = DateTime)]
    close_due_at: Option<String>,
    /// The id of who closed it.
    closed_by: Option<String>,
    /// Why it was closed, as somebody wrote it.
    close_reason: Option<String>,
    /// How many stars its member gave, from 1 to 5.
    rating: Option<i16>,
    /// What its member wrote besides.
    rating_comment: Option<String>,
    /// When it was opened.
    #[schema(format = DateTime)]
    opened_at: String,
    /// When anything of it last changed.
    #[schema(format = DateTime)]
    updated_at: String,
    /// When the staff answered first.
    #[schema(format = DateTime)]
    first_response_at: Option<String>,
    /// When it was claimed.
    #[schema(format = DateTime)]
    claimed_at: Option<String>,
    /// When it was closed.
    #[schema(format = DateTime)]
    closed_at: Option<String>,
    /// When its channel was deleted.
    #[schema(format = DateTime)]
    archived_at: Option<String>,
    /// When its member rated it.
    #[schema(format = DateTime)]
    rated_at: Option<String>,
    /// Counts its changes; the `ETag`.
    revision: i32,
}

impl TicketShown {
    pub(super) fn of(language: Language, ticket: &Ticket) -> TicketShown {
        let answered =
            |(question, answer): &(String, String)| Answered { question: question.clone(), answer: answer.clone() };
        TicketShown {
            number: ticket.number,
            kind: KindNamed::of(language, &ticket.kind),
            member: ticket.user.to_string(),
            opened_by: text(ticket.opened_by),
            subject: ticket.subject.clone(),
            answers: ticket.answers.iter().map(answered).collect(),
            status: ticket.status,
            priority: ticket.priority,
            channel: text(ticket.shown.channel),
            claimed_by: text(ticket.claimed_by),
            escalated_to: text(ticket.escalated_to),
            close_requested_by: text(ticket.close_requested_by),
            close_due_at: time(ticket.close_due_at),
            closed_by: text(ticket.closed_by),
            close_reason: ticket.close_reason.clone(),
            rating: ticket.rating,
            rating_comment: ticket.rating_comment.clone(),
            opened_at: ticket.opened_at.to_string(),
            updated_at: ticket.updated_at.to_string(),
            first_response_at: time(ticket.first_response_at),
            claimed_at: time(ticket.claimed_at),
            closed_at: time(ticket.closed_at),
            archived_at: time(ticket.archived_at),
            rated_at: time(ticket.rated_at),
            revision: ticket.revision,
        }
    }
}

/// Something that happened to a ticket.
#[derive(Serialize, ToSchema)]
pub(super) struct TicketEvent {
    /// Its number; later ones are larger.
    number: i64,
    /// What happened.
    #[schema(example = "claimed")]
    kind: &'static str,
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// The id of who did it; null is a program, or the bot.
    user: Option<String>,
    /// The name of the key of the program that did it, if one did.
    key: Option<String>,
    /// The id of whom it was done to.
    target: Option<String>,
    /// What somebody wrote.
    text: String,
    /// Why the bot did it, if it did.
    why: Option<Value>,
}

impl From<Happened> for TicketEvent {
    fn from(happened: Happened) -> TicketEvent {
        let event = happened.event;
        TicketEvent {
            number: happened.id,
            kind: event.kind.name(),
            at: happened.at.to_string(),
            user: text(event.user),
            key: event.program.and_then(|program| match program {
                Program::Key(name) => Some(name),
                Program::Bot | Program::Unknown => None,
            }),
            target: text(event.target),
            text: event.body,
            why: event.why.map(|why| json!(why)),
        }
    }
}

/// An id of Discord's as a text: JSON's numbers are too small for some readers of it.
fn text<T>(id: Option<Id<T>>) -> Option<String> {
    id.map(|id| id.to_string())
}

fn time(at: Option<Timestamp>) -> Option<String> {
    at.map(|at| at.to_string())
}
