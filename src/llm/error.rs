//! What can go wrong with a model, as far as staff is told it apart.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;

/// Why there was no answer.
///
/// What staff reads is a sentence of the words for [`Error::code`], with what the case carries beside its [`Reason`]. No case
/// holds the key, what was asked, or what the model or its provider wrote: providers quote both in their errors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No model is configured.
    #[error("no model is configured")]
    Off,
    /// The provider cannot be reached, fails, or is not asked for a while because it failed.
    #[error("the provider is down")]
    Down(Reason),
    /// The provider or this process has too much to do.
    #[error("too much is asked at once")]
    Busy {
        /// How long to wait, if that is known.
        retry_after: Option<Duration>,
        /// For operators.
        reason: Reason,
    },
    /// The account at the provider has no credit (402, and 429 that says so).
    #[error("the provider wants to be paid")]
    NotPaid(Reason),
    /// The provider does not take the key, or does not know the model or the address (401, 403, 404).
    #[error("the provider does not let us")]
    NotAllowed(Reason),
    /// The model or a filter before it refused.
    #[error("the model refused")]
    Refused(Reason),
    /// The question or the answer was longer than the model can take.
    #[error("it was too long for the model")]
    TooLong(Reason),
    /// The answer was of no use: a web page, nothing at all, not the form that was asked for.
    #[error("the answer was not understood")]
    NotUnderstood(Reason),
    /// As much was used as may be.
    #[error("the budget is spent")]
    BudgetSpent {
        /// Whose.
        whose: Whose,
        /// When there is some again.
        again_at: Timestamp,
    },
}

/// Whose budget it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The guild's tokens of a day.
    Guild,
    /// How often a member may ask.
    Member,
}

/// What operators read, and nobody else: our own words, a status, and names such as `unsupported_parameter`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

/// Longer names are not names.
const LONGEST_NAME: usize = 48;

/// So much of a key in a row tells too much of it.
const KEY_PART: usize = 6;

impl Reason {
    /// A reason in words of ours. Whatever comes from outside goes through [`Reason::with`].
    pub(super) fn new(words: impl Into<String>) -> Reason {
        Reason(words.into())
    }

    /// Adds `value`, which somebody else wrote, if it is a plain name and holds nothing of `key`.
    pub(super) fn with(mut self, what: &str, value: Option<&str>, key: Option<&str>) -> Reason {
        if let Some(name) = value.filter(|value| is_name(value) && !tells_of(key, value)) {
            self.0.push_str(&format!(", {what} {name}"));
        }
        self
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names of errors and parameters: `context_length_exceeded`, `BadRequestError`, `messages.0.content`.
fn is_name(text: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_.".contains(letter);
    !text.is_empty() && text.len() <= LONGEST_NAME && text.chars().all(plain)
}

fn tells_of(key: Option<&str>, text: &str) -> bool {
    let Some(key) = key.map(str::as_bytes).filter(|key| !key.is_empty()) else { return false };
    let parts = key.windows(KEY_PART.min(key.len()));
    parts.into_iter().any(|part| text.as_bytes().windows(part.len()).any(|here| here == part))
}

impl Error {
    /// Its name in words, metrics and rows.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Off => "off",
            Error::Down(_) => "down",
            Error::Busy { .. } => "busy",
            Error::NotPaid(_) => "not-paid",
            Error::NotAllowed(_) => "not-allowed",
            Error::Refused(_) => "refused",
            Error::TooLong(_) => "too-long",
            Error::NotUnderstood(_) => "not-understood",
            Error::BudgetSpent { .. } => "budget-spent",
        }
    }

    /// Whether the same may succeed after a while without anybody's doing.
    pub fn is_passing(&self) -> bool {
        matches!(self, Error::Down(_) | Error::Busy { .. } | Error::BudgetSpent { .. })
    }

    /// Whether an operator should look at it: the provider's or the configuration's fault, not that of what was asked.
    pub fn is_for_operators(&self) -> bool {
        match self {
            Error::Down(_) | Error::Busy { .. } | Error::NotPaid(_) | Error::NotAllowed(_) => true,
            Error::NotUnderstood(_) => true,
            Error::Off | Error::Refused(_) | Error::TooLong(_) | Error::BudgetSpent { .. } => false,
        }
    }

    /// What operators read of it.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Error::Down(reason) | Error::Busy { reason, .. } | Error::NotPaid(reason) => Some(reason),
            Error::NotAllowed(reason) | Error::Refused(reason) | Error::TooLong(reason) => Some(reason),
            Error::NotUnderstood(reason) => Some(reason),
            Error::Off | Error::BudgetSpent { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_takes_names_and_nothing_that_somebody_wrote() {
        let check = |value: &str, key: Option<&str>, expected: &str| {
            let reason = Reason::new("400").with("code", Some(value), key);
            assert_eq!(reason.to_string(), expected, "{value:?}");
        };
        check("unsupported_parameter", None, "400, code unsupported_parameter");
        check("messages.0.content", Some("sk-verysecret"), "400, code messages.0.content");
        check("my mail is ann@example.org", None, "400");
        check("Zoë", None, "400");
        check("", None, "400");
        check(&"a".repeat(49), None, "400");
        check("the_verysecret_key", Some("sk-verysecret"), "400");
        check("cret", Some("cret"), "400");
        check("secret_sauce", Some(""), "400, code secret_sauce");
    }
}
