//! A ticket as it was read for whoever acts. Operations take this in the place of a row, which anybody could have written.

use std::ops::Deref;

use super::super::model::{Refusal, Ticket};
use super::super::store::{self, By};
use crate::acting::{Acting, Failure, Sender};
use crate::app::App;

/// A ticket of the guild that whoever acts may read, as it is stored; of no use to anybody else. Operations hand one out to
/// readers alone.
#[derive(Clone, Debug)]
pub struct Found {
    ticket: Ticket,
    sender: Sender,
}

impl Found {
    /// Reads a ticket, whoever may read it; what may be done with it the operations decide.
    pub(super) async fn read(app: &App, acting: &Acting, by: By) -> Result<Found, Failure<Refusal>> {
        let ticket = store::find(&app.db, acting.guild(), by).await?.ok_or(Refusal::NoSuchTicket)?;
        Ok(Found { ticket, sender: acting.sender() })
    }

    /// Checks that it was found for whoever acts; what was found for somebody else is nothing to them.
    pub(super) fn require_own(&self, acting: &Acting) -> Result<(), Refusal> {
        if self.sender == acting.sender() { Ok(()) } else { Err(Refusal::NoSuchTicket) }
    }
}

/// A ticket of the guild for a step of whoever acts, who may not even be one of its readers: it tells its number, which they named,
/// and operations find out what they may do with it. Only [`super::step::find_to_take`] hands one out.
#[derive(Clone, Debug)]
pub struct ToTake {
    found: Found,
}

impl ToTake {
    pub(super) fn of(found: Found) -> ToTake {
        ToTake { found }
    }

    /// Its number.
    pub fn number(&self) -> i32 {
        self.found.number
    }

    /// All of it, for operations that check who may do what.
    pub(super) fn into_found(self) -> Found {
        self.found
    }
}

impl From<Found> for ToTake {
    fn from(found: Found) -> ToTake {
        ToTake { found }
    }
}

impl From<&Found> for ToTake {
    fn from(found: &Found) -> ToTake {
        found.clone().into()
    }
}

impl From<&ToTake> for ToTake {
    fn from(to_take: &ToTake) -> ToTake {
        to_take.clone()
    }
}

impl Deref for Found {
    type Target = Ticket;

    fn deref(&self) -> &Ticket {
        &self.ticket
    }
}
