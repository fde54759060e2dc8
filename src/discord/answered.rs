//! What is kept of a refusal of Discord's: numbers, whose words stand where people read them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Error;

/// What Discord answered to a call that it refused. Stored as a text that older versions show as it is: `400/50035`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Answered {
    /// Its numbers.
    Code {
        /// The HTTP status, 0 if there was no answer.
        status: u16,
        /// Discord's own code
        /// (<https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>), 0 if it gave none.
        code: u64,
    },
    /// The sentence that an older version made of it.
    Told(String),
}

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answered::Code { status, code } => write!(f, "{status}/{code}"),
            Answered::Told(sentence) => f.write_str(sentence),
        }
    }
}

impl From<Answered> for String {
    fn from(answered: Answered) -> String {
        answered.to_string()
    }
}

impl From<String> for Answered {
    fn from(stored: String) -> Answered {
        let numbers =
            stored.split_once('/').and_then(|(status, code)| Some((status.parse().ok()?, code.parse().ok()?)));
        numbers.map_or(Answered::Told(stored), |(status, code)| Answered::Code { status, code })
    }
}

impl From<&Error> for Answered {
    fn from(error: &Error) -> Answered {
        // Where an error does not keep the status, it is the one with which Discord sends such codes.
        let (status, code) = match error {
            Error::Refused { status, code, .. } => (status.as_u16(), *code),
            Error::Gone { code } | Error::InteractionExpired { code } => (404, *code),
            Error::NoAccess { code } | Error::NoDirectMessages { code } => (403, *code),
            Error::MissingPermission => (403, 50013),
            Error::ThreadClosed { code } | Error::Maximum { code } | Error::Filtered { code } => (400, *code),
            Error::AlreadyAnswered => (400, 40060),
            Error::CategoryFull | Error::CategoryGone | Error::NameRefused => (400, 50035),
            Error::Unauthorized => (401, 0),
            Error::RateLimited { .. } => (429, 0),
            Error::Braked | Error::GuildBraked | Error::TooSlow | Error::Transport(_) => (0, 0),
        };
        Answered::Code { status, code }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_discord_answered_is_stored_as_numbers() {
        let check = |answered: Answered, stored: &str| {
            assert_eq!(serde_json::json!(answered), stored);
            assert_eq!(Answered::from(stored.to_owned()), answered);
        };
        let body = br#"{"code":50035,"message":"Invalid Form Body"}"#;
        let error = Error::from_answer(reqwest::StatusCode::BAD_REQUEST, body);
        check(Answered::from(&error), "400/50035");
        check(Answered::from(&Error::TooSlow), "0/0");
        let older = "400 Bad Request, code 50035: Invalid Form Body";
        check(Answered::Told(older.to_owned()), older);
    }
}
