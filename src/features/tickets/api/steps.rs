//! Steps with tickets that programs take: those of the staff. What only a member, or the bot, takes is refused by the
//! operation.

use axum::Json;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{RoleMarker, UserMarker};
use utoipa::ToSchema;

use super::super::model::Priority;
use super::super::model::workflow::Step;
use super::super::operations::step;
use super::super::store::By;
use super::NumberedTicket;
use super::shown::TicketShown;
use crate::acting::{Acting, Outcome};
use crate::api::{Body, Caller, Path, Problem};

/// What is done with a ticket.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum StepWish {
    /// Take it; only a person does.
    Claim {},
    /// Give it back.
    Unclaim {},
    /// Set it back to open, as if nobody had touched it.
    Resume {},
    /// Give it to somebody else of its staff.
    Transfer {
        /// Their id.
        #[schema(value_type = String)]
        to: Id<UserMarker>,
    },
    /// Wait for its member.
    Wait {},
    /// Call others.
    Escalate {
        /// The id of the role that is called; without one it is the one that is set.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        role: Option<Id<RoleMarker>>,
        /// Why.
        #[serde(default)]
        #[schema(max_length = 500)]
        reason: String,
    },
    /// Ask its member whether it may be closed.
    AskClose {
        /// Close it after so many hours without an answer.
        #[serde(default)]
        #[schema(minimum = 1, maximum = 720)]
        hours: Option<u16>,
        /// Why.
        #[serde(default)]
        #[schema(max_length = 500)]
        reason: String,
    },
    /// Leave it open after all.
    KeepOpen {},
    /// Close it.
    Close {
        /// Why.
        #[serde(default)]
        #[schema(max_length = 500)]
        reason: String,
    },
    /// Open it again.
    Reopen {},
    /// Delete its channel, once it is closed.
    Archive {},
    /// Note something for the staff.
    Note {
        /// What.
        #[schema(min_length = 1, max_length = 1000)]
        text: String,
    },
    /// Let somebody take part.
    Add {
        /// Their id.
        #[schema(value_type = String)]
        member: Id<UserMarker>,
    },
    /// Let somebody take part no more.
    Remove {
        /// Their id.
        #[schema(value_type = String)]
        member: Id<UserMarker>,
    },
    /// Say how urgent it is.
    SetPriority {
        /// How urgent.
        priority: Priority,
    },
    /// Say what it is about.
    Rename {
        /// What.
        #[schema(min_length = 1, max_length = 100)]
        subject: String,
    },
}

impl StepWish {
    fn step(self, acting: &Acting) -> Step {
        match self {
            StepWish::Claim {} => Step::Claim,
            StepWish::Unclaim {} => Step::Unclaim,
            StepWish::Resume {} => Step::Resume,
            StepWish::Transfer { to } => Step::Transfer { to },
            StepWish::Wait {} => Step::Wait,
            StepWish::Escalate { role, reason } => Step::Escalate { to: role, reason, why: None },
            StepWish::AskClose { hours, reason } => {
                let due_at = hours.map(|hours| acting.now() + SignedDuration::from_hours(hours.into()));
                Step::RequestClose { due_at, reason }
            }
            StepWish::KeepOpen {} => Step::KeepOpen,
            StepWish::Close { reason } => Step::Close { reason, why: None },
            StepWish::Reopen {} => Step::Reopen,
            StepWish::Archive {} => Step::Archive { end: None },
            StepWish::Note { text } => Step::Note { text },
            StepWish::Add { member } => Step::Add { user: member },
            StepWish::Remove { member } => Step::Remove { user: member },
            StepWish::SetPriority { priority } => Step::SetPriority(priority),
            StepWish::Rename { subject } => Step::Rename { subject },
        }
    }
}

/// What a step came to.
#[derive(Serialize, ToSchema)]
pub(super) struct StepTaken {
    /// What happened, as it is called among the ticket's events.
    #[schema(example = "closed")]
    event: &'static str,
    /// The ticket as it is now.
    ticket: TicketShown,
}

/// Take a step with a ticket
///
/// On whatever others make of the ticket meanwhile; what has to follow in Discord follows.
#[utoipa::path(post, path = "/{number}/steps", tag = "tickets", params(NumberedTicket), request_body = StepWish, responses(
    (status = 200, description = "What it came to", body = StepTaken),
))]
pub(super) async fn take_step(
    caller: Caller,
    Path(NumberedTicket { number }): Path<NumberedTicket>,
    Body(wish): Body<StepWish>,
) -> Result<Json<StepTaken>, Problem> {
    let (app, acting) = (&caller.app, caller.acting().await?);
    let ticket = step::find_to_take(app, &acting, By::Number(number)).await?;
    let stepped = step::take(app, &acting, ticket, wish.step(&acting)).await?;
    let ticket = TicketShown::of(caller.reader.language, &stepped.ticket);
    Ok(Json(StepTaken { event: stepped.code(), ticket }))
}
