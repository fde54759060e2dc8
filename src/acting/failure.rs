//! Why an operation did nothing, and what one has done: data, which a door puts into words.

use std::fmt;

use jiff::Timestamp;

/// Why something is not done that somebody may try again otherwise.
///
/// A refusal is data. What is said about it, and in which language, is the affair of the door.
pub trait Refusal {
    /// What a program tells refusals apart by; it never changes.
    fn code(&self) -> &'static str;
}

/// What an operation has done.
///
/// Like a refusal it is data: a door answers and logs the code, whoever it speaks to. Where an operation was done before by the
/// same origin, the code is the same again.
pub trait Outcome {
    /// What a program tells outcomes apart by; it never changes.
    fn code(&self) -> &'static str;
}

/// Why an operation did nothing.
///
/// It is no [`std::error::Error`], so that everything that is one turns into [`Failure::Internal`] through `?`.
pub enum Failure<R> {
    /// It may not be done, or not so.
    Refused(R),
    /// Nothing of its feature is done here for whoever acts, by whatever door.
    Barred(Barred),
    /// We could not.
    Internal(anyhow::Error),
}

impl<R, E: Into<anyhow::Error>> From<E> for Failure<R> {
    fn from(error: E) -> Failure<R> {
        Failure::Internal(error.into())
    }
}

/// Lets `?` make a [`Failure`] of an enum of refusals, and of what is a part of one: `refused_as!(Refusal, Lack =>
/// Refusal::Place)`.
///
/// All refusals at once is more than the compiler takes beside all errors: it cannot know that nothing is both.
macro_rules! refused_as {
    ($refusal:ty $(, $part:ty => $refused:expr)*) => {
        impl From<$refusal> for $crate::acting::Failure<$refusal> {
            fn from(refusal: $refusal) -> Self {
                $crate::acting::Failure::Refused(refusal)
            }
        }
        $(
            impl From<$part> for $crate::acting::Failure<$refusal> {
                fn from(part: $part) -> Self {
                    let refused: fn($part) -> $refusal = $refused;
                    $crate::acting::Failure::Refused(refused(part))
                }
            }
        )*
    };
}

pub(crate) use refused_as;

impl<R> Failure<R> {
    /// The same as part of another operation.
    pub fn map<S>(self, refused: impl FnOnce(R) -> S) -> Failure<S> {
        match self {
            Failure::Refused(refusal) => Failure::Refused(refused(refusal)),
            Failure::Barred(barred) => Failure::Barred(barred),
            Failure::Internal(error) => Failure::Internal(error),
        }
    }
}

impl<R: fmt::Debug> fmt::Debug for Failure<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused(refusal) => write!(f, "refused: {refusal:?}"),
            Failure::Barred(barred) => write!(f, "refused: {barred:?}"),
            Failure::Internal(error) => write!(f, "{error:?}"),
        }
    }
}

/// Only admins may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAdmin;

impl Refusal for NotAdmin {
    fn code(&self) -> &'static str {
        "not_admin"
    }
}

/// Why nothing of a feature is done for somebody, whatever it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// The guild has switched the feature off: nobody does anything of it, by whatever door.
    Off {
        /// Which.
        feature: &'static str,
    },
    /// They are not in the guild any more.
    Absent,
    /// They are in a timeout: of what they could ask for Discord lets nothing through to a bot.
    Silent {
        /// Its end.
        until: Timestamp,
    },
}

impl Refusal for Barred {
    fn code(&self) -> &'static str {
        match self {
            Barred::Off { .. } => "switched_off",
            Barred::Absent => "not_in_guild",
            Barred::Silent { .. } => "in_timeout",
        }
    }
}

impl<R> From<Barred> for Failure<R> {
    fn from(barred: Barred) -> Failure<R> {
        Failure::Barred(barred)
    }
}
