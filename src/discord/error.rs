//! What can go wrong with a REST call, as far as callers tell it apart.

use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;

/// Why a REST call had no result.
///
/// The numbers are Discord's error codes
/// (<https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>). No variant holds a token, and none holds
/// text that members wrote.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The channel, message, role or member does not exist any more (10003, 10007 to 10009, 10011, 10013).
    #[error("it is gone ({code})")]
    Gone {
        /// Discord's code.
        code: u64,
    },
    /// The bot is not in the server or may not see the channel (10004, 50001).
    #[error("no access ({code})")]
    NoAccess {
        /// Discord's code.
        code: u64,
    },
    /// The bot lacks a permission there (50013).
    #[error("a permission is missing (50013)")]
    MissingPermission,
    /// The member takes no direct messages from the bot (50007, 50278).
    #[error("the member cannot be messaged ({code})")]
    NoDirectMessages {
        /// Discord's code.
        code: u64,
    },
    /// The interaction's token is unknown, used up or older than 15 minutes (10015, 10062, 50027).
    #[error("the interaction has expired ({code})")]
    InteractionExpired {
        /// Discord's code.
        code: u64,
    },
    /// The interaction was answered before (40060).
    #[error("the interaction is answered already (40060)")]
    AlreadyAnswered,
    /// A thread is archived or locked (50083, 160005).
    #[error("the thread is closed ({code})")]
    ThreadClosed {
        /// Discord's code.
        code: u64,
    },
    /// A maximum of Discord's is reached, such as 500 channels (30013, 30016, 30033, 30046, 30060, 160006).
    #[error("a maximum is reached ({code})")]
    Maximum {
        /// Discord's code.
        code: u64,
    },
    /// The category holds 50 channels, which is the most.
    #[error("the category is full")]
    CategoryFull,
    /// The category was deleted, or is none.
    #[error("the category is gone")]
    CategoryGone,
    /// Discord does not allow this name in a server that is listed publicly.
    #[error("the name is not allowed")]
    NameRefused,
    /// The server's AutoMod or Discord's link filter refused the text (200000, 240000).
    #[error("the text was filtered ({code})")]
    Filtered {
        /// Discord's code.
        code: u64,
    },
    /// The bot's token is not accepted. Calls are made again when it is; from time to time one finds out.
    #[error("the bot's token is not valid any more")]
    Unauthorized,
    /// Discord asked to wait longer than the caller can.
    #[error("rate limited for {retry_after:?}")]
    RateLimited {
        /// How long Discord asked to wait.
        retry_after: Duration,
    },
    /// So many requests were refused lately that more would get this address banned.
    #[error("too many refused requests lately; waiting before more are made")]
    Braked,
    /// So many requests for this guild were refused lately that no more are made for it for a while.
    #[error("too many refused requests for this server lately; waiting before more are made")]
    GuildBraked,
    /// The caller's deadline passed.
    #[error("there was no answer in time")]
    TooSlow,
    /// Any other refusal. `problem` names the fields at fault, not what they held.
    #[error("{status}, code {code}: {problem}")]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// Discord's code, 0 if it gave none.
        code: u64,
        /// What Discord says, and the fields at fault.
        problem: String,
    },
    /// No answer could be read.
    #[error("the connection failed")]
    Transport(#[source] reqwest::Error),
}

/// The body of a refusal (<https://discord.com/developers/docs/reference#error-messages>).
#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    code: u64,
    message: String,
    errors: serde_json::Value,
}

impl Error {
    /// Whether the same call may succeed after a while.
    pub fn is_passing(&self) -> bool {
        match self {
            // An operator sets another token; until then nothing that was promised may be given up.
            Error::Unauthorized => true,
            Error::RateLimited { .. } | Error::Braked | Error::GuildBraked => true,
            Error::TooSlow | Error::Transport(_) => true,
            Error::Refused { status, .. } => status.is_server_error(),
            _ => false,
        }
    }

    /// Whether a message was refused for what it says, so that another in its place may be taken.
    pub fn is_about_text(&self) -> bool {
        match self {
            Error::Filtered { .. } => true,
            Error::Refused { status, .. } => *status == StatusCode::BAD_REQUEST,
            _ => false,
        }
    }

    /// The error that an answer with `status` and `body` stands for.
    pub(super) fn from_answer(status: StatusCode, body: &[u8]) -> Error {
        let refusal: Refusal = serde_json::from_slice(body).unwrap_or_default();
        let code = refusal.code;
        match code {
            10003 | 10007 | 10008 | 10009 | 10011 | 10013 => Error::Gone { code },
            10004 | 50001 => Error::NoAccess { code },
            50013 => Error::MissingPermission,
            50007 | 50278 => Error::NoDirectMessages { code },
            10015 | 10062 | 50027 => Error::InteractionExpired { code },
            40060 => Error::AlreadyAnswered,
            50083 | 160005 => Error::ThreadClosed { code },
            30013 | 30016 | 30033 | 30046 | 30060 | 160006 => Error::Maximum { code },
            200000 | 240000 => Error::Filtered { code },
            _ => {
                let mut problem = refusal.message;
                fields_at_fault("", &refusal.errors, &mut problem);
                match () {
                    () if problem.contains("CHANNEL_PARENT_MAX_CHANNELS") => Error::CategoryFull,
                    () if problem.contains("CHANNEL_PARENT_INVALID") => Error::CategoryGone,
                    () if problem.contains("INVALID_COMMUNITY_PROPERTY_NAME") => Error::NameRefused,
                    () => Error::Refused { status, code, problem },
                }
            }
        }
    }
}

/// Appends ` path: CODE` for each leaf of Discord's tree of errors.
fn fields_at_fault(path: &str, errors: &serde_json::Value, out: &mut String) {
    let Some(fields) = errors.as_object() else { return };
    for (name, inner) in fields {
        if name == "_errors" {
            for error in inner.as_array().into_iter().flatten() {
                let code = error["code"].as_str().unwrap_or("?");
                out.push_str(&format!("; {path}: {code}"));
            }
        } else {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            fields_at_fault(&path, inner, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_fields_and_not_their_text() {
        let body = br#"{"code":50035,"message":"Invalid Form Body","errors":{"embeds":{"0":{"title":{"_errors":
            [{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 256 or fewer in length."}]}}}}}"#;
        let error = Error::from_answer(StatusCode::BAD_REQUEST, body);
        let expected = "400 Bad Request, code 50035: Invalid Form Body; embeds.0.title: BASE_TYPE_MAX_LENGTH";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_page_of_html_is_a_refusal_too() {
        let error = Error::from_answer(StatusCode::BAD_GATEWAY, b"<html>bad gateway</html>");
        assert_eq!(error.to_string(), "502 Bad Gateway, code 0: ");
    }
}
