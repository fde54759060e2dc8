//! The two ways in which something goes wrong: a member can do better, or we can.

use std::fmt;

use crate::words::Said;

/// What a handler answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why there is no ordinary answer.
///
/// It is not a [`std::error::Error`], so that everything that is one turns into [`Error::Internal`] through `?`.
pub enum Error {
    /// One sentence that the member reads, which says what to do next. It becomes text where it is shown.
    User(Said),
    /// Anything else. It is logged once, where the answer is made, and the member gets an apology with an id.
    Internal(anyhow::Error),
}

impl Error {
    /// A refusal that the member reads.
    pub fn user(sentence: impl Into<Said>) -> Error {
        Error::User(sentence.into())
    }
}

impl<E: Into<anyhow::Error>> From<E> for Error {
    fn from(error: E) -> Error {
        Error::Internal(error.into())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::User(said) => write!(f, "refused: {}", said.in_english()),
            Error::Internal(error) => write!(f, "{error:?}"),
        }
    }
}
