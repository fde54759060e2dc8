//! The tables `ticket` and `ticket_*`, a file a table. Functions are named for what they run, so they share one namespace.

mod block;
mod draft;
mod event;
mod export;
mod kind;
mod list;
mod member;
mod opening;
mod panel;
mod search;
mod seen;
mod stats;
mod tag;
mod ticket;
mod transcript;
mod unsettled;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use super::model::{self, Definition, Kind, Source, Why};
pub use block::*;
pub use draft::*;
pub use event::*;
pub use export::*;
pub use kind::*;
pub use list::*;
pub use member::*;
pub use opening::*;
pub use panel::*;
pub use search::*;
pub use seen::*;
pub use stats::*;
pub use tag::*;
pub use ticket::*;
pub use transcript::*;
pub use unsettled::*;

pub type Result<T> = std::result::Result<T, sqlx::Error>;

fn decode(what: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("a ticket's {what}").into())
}

fn opt(at: Option<Timestamp>) -> Option<jiff_sqlx::Timestamp> {
    let at = at.map(crate::db::comparable);
    at.map(|at| at.to_sqlx())
}

/// A reason that a newer version stored, and this one does not know, is none.
fn why(stored: Option<Value>) -> Option<Why> {
    serde_json::from_value(stored?).ok()
}

/// Where a message is from; what does not parse is not known.
fn source(stored: Option<Value>) -> Option<Source> {
    serde_json::from_value(stored?).ok()
}

/// What an older or newer version stored is read as far as it goes.
fn kind(id: i32, name: String, definition: Value) -> Kind {
    Kind { id, name, definition: Definition::read(definition) }
}
