//! What is asked for by a form of a ticket's page: a step.

use std::sync::Arc;

use jiff::SignedDuration;
use twilight_model::id::Id;

use super::super::model::workflow::Step;
use super::super::model::{Event, EventKind, Priority, Refusal, Ticket};
use super::super::operations::step;
use super::super::store::By;
use super::super::words;
use super::super::write::Stepped;
use super::actions::simple;
use super::{number, ticket};
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::said;
use crate::ui::plain;
use crate::web::{Answer, Visit};
use crate::words::{Said, Say};

/// The step that a form asks for; nothing if it is none of ours.
///
/// # Errors
/// What was filled in means nothing.
async fn asked_for(visit: &Visit) -> Result<Option<Step>> {
    let name = visit.form("step").unwrap_or_default();
    if let Some(step) = simple(name) {
        return Ok(Some(step));
    }
    let text = visit.form("text").unwrap_or_default().to_owned();
    let who = async || visit.person(visit.form("who").unwrap_or_default()).await;
    Ok(Some(match name {
        "close" => Step::Close { reason: text, why: None },
        "note" => Step::Note { text },
        "rename" => Step::Rename { subject: text },
        "comment" => Step::Comment { text },
        "priority" => match visit.form("priority").and_then(Priority::named) {
            Some(priority) => Step::SetPriority(priority),
            None => return Ok(None),
        },
        "escalate" => {
            let to = visit.form("role").and_then(|role| role.parse().ok()).and_then(Id::new_checked);
            Step::Escalate { to, reason: text, why: None }
        }
        "ask-close" => {
            let hours = visit.form("hours").map(str::trim).filter(|hours| !hours.is_empty());
            // A number that means nothing is out of range, which the operation says.
            let after = |hours: &str| SignedDuration::from_hours(hours.parse::<u16>().unwrap_or(0).into());
            let due_at = hours.map(|hours| visit.acting().now() + after(hours));
            Step::RequestClose { due_at, reason: text }
        }
        "transfer" => Step::Transfer { to: who().await? },
        "add" => Step::Add { user: who().await? },
        "remove" => Step::Remove { user: who().await? },
        "rate" => {
            let stars = visit.form("stars").and_then(|stars| stars.parse().ok()).unwrap_or_default();
            Step::Rate { stars, end: None }
        }
        "archive" => {
            Step::Archive { end: Some(visit.form("end").and_then(|end| end.parse().ok()).unwrap_or_default()) }
        }
        _ => return Ok(None),
    }))
}

/// Takes a step.
pub(super) async fn take(visit: Arc<Visit>) -> Result<Answer> {
    let number = number(&visit)?;
    let step = match asked_for(&visit).await {
        Ok(Some(step)) => step,
        Ok(None) => return Ok(Answer::no_page()),
        Err(Error::User(said)) => return refused(&visit, &said).await,
        Err(error) => return Err(error),
    };
    let found = step::find_to_take(&visit.app, visit.acting(), By::Number(number)).await?;
    match step::take(&visit.app, visit.acting(), found, step).await {
        Ok(Stepped { ticket: after, event, .. }) => {
            let said = visit.say(&done(&after, &event));
            Ok(Answer::Done { said, to: visit.to(&format!("/{number}")) })
        }
        // Somebody was faster, or may not any more: they see it as it is now.
        Err(Failure::Refused(refusal)) if !matches!(refusal, Refusal::NoSuchTicket) => {
            refused(&visit, &refusal.said()).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The ticket as it is now, with why the step is not taken.
async fn refused(visit: &Visit, why: &Said) -> Result<Answer> {
    let page = ticket::page(visit).await?;
    Ok(page.refusing(&visit.rich(&why.say(visit.language)).await).into())
}

/// What a step came to.
pub(super) fn done(after: &Ticket, event: &Event) -> Said {
    let number = after.number;
    let whom = event.target.unwrap_or(after.user);
    match event.kind {
        EventKind::Priority => said!(tickets_has_priority, number, priority = after.priority.said()),
        EventKind::Note => said!(tickets_web_noted, number),
        EventKind::KeptOpen => said!(tickets_stays_open, number),
        EventKind::Renamed => said!(tickets_is_about, number, subject = plain(&after.subject)),
        EventKind::CloseRequested => said!(tickets_member_asked, user = after.user, number),
        EventKind::Transferred => said!(tickets_is_with, number, user = whom),
        EventKind::Reopened => said!(tickets_is_open_again, number),
        EventKind::Added => said!(tickets_takes_part, user = whom, number),
        EventKind::Removed => said!(tickets_takes_part_no_longer, user = whom, number),
        EventKind::Rated => said!(tickets_rated, number, stars = words::rating(after.rating.unwrap_or_default())),
        EventKind::Archived => said!(tickets_is_archived, number),
        _ => said!(tickets_is_now, number, status = after.status.said()),
    }
}
