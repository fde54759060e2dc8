//! Why nobody is blocked, or let in again.

use crate::acting::{self, NotAdmin, refused_as};

/// Why nobody is blocked or unblocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Only admins do that.
    NotAdmin,
    /// The reason is too long.
    TooLong {
        /// How many characters it may have.
        max_chars: u16,
    },
}

impl acting::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::NotAdmin => NotAdmin.code(),
            Refusal::TooLong { .. } => "too_long",
        }
    }
}

refused_as!(Refusal, NotAdmin => |_| Refusal::NotAdmin);
