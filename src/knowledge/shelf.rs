//! Whose a text is.

use std::fmt;

use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::db::{db_id, id};

/// Where texts stand: nobody reads those of another guild.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// One guild reads them.
    Guild(Id<GuildMarker>),
    /// What an operator imports for all guilds.
    All,
}

impl Shelf {
    /// As the database knows it; no guild is 0.
    pub(super) fn db_id(self) -> i64 {
        match self {
            Shelf::Guild(guild) => db_id(guild),
            Shelf::All => 0,
        }
    }

    /// What Postgres says has changed.
    pub(super) fn of_notice(text: &str) -> Option<Shelf> {
        Some(Shelf::of_db(text.parse().ok()?))
    }

    pub(super) fn of_db(number: i64) -> Shelf {
        id(number).map_or(Shelf::All, Shelf::Guild)
    }

    /// The guild whose it is.
    pub fn guild(self) -> Option<Id<GuildMarker>> {
        match self {
            Shelf::Guild(guild) => Some(guild),
            Shelf::All => None,
        }
    }
}

impl fmt::Display for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shelf::Guild(guild) => guild.fmt(f),
            Shelf::All => f.write_str("all"),
        }
    }
}
