//! A ticket as it was read for whoever acts. Operations take this in the place of a row, which anybody could have written.

use std::ops::Deref;

use super::super::model::{Refusal, Ticket};
use super::super::store::{self, By};
use crate::acting::{Acting, Failure, Sender};
use crate::app::App;

/// A ticket of the guild, read from the database for whoever acts: it is as it is stored, and of no use to anybody else. Only
/// [`super::step::find`] and [`super::step::find_to_take`] hand one out.
#[derive(Clone, Debug)]
pub struct Found {
    ticket: Ticket,
    sender: Sender,
}

impl Found {
    /// Reads a ticket, whoever may read it; what may be done with it the operations decide.
    pub(super) async fn read(app: &App, acting: &Acting, by: By) -> Result<Found, Failure<Refusal>> {
        let ticket = store::find(&app.db, acting.guild, by).await?.ok_or(Refusal::NoSuchTicket)?;
        Ok(Found { ticket, sender: acting.sender() })
    }

    /// Checks that it was found for whoever acts; what was found for somebody else is nothing to them.
    pub(super) fn require_own(&self, acting: &Acting) -> Result<(), Refusal> {
        if self.sender == acting.sender() { Ok(()) } else { Err(Refusal::NoSuchTicket) }
    }
}

impl Deref for Found {
    type Target = Ticket;

    fn deref(&self) -> &Ticket {
        &self.ticket
    }
}
