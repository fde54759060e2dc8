//! How the REST API says no: statuses and codes of
//! <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.

use serde_json::{Value, json};

use super::check::Findings;

/// A call that Discord refuses.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: u32,
    pub(super) message: &'static str,
    /// The `errors` tree, or null.
    pub(super) errors: Value,
    /// What is wrong with the body, readable; empty if it is not the body.
    pub(super) details: Vec<String>,
}

const fn refusal(status: u16, code: u32, message: &'static str) -> Refusal {
    Refusal { status, code, message, errors: Value::Null, details: Vec::new() }
}

impl Refusal {
    pub(super) const UNAUTHORIZED: Refusal = refusal(401, 0, "401: Unauthorized");
    pub(super) const INVALID_CLIENT: Refusal = refusal(401, 0, "invalid_client");
    pub(super) const INVALID_GRANT: Refusal = refusal(400, 0, "invalid_grant");
    pub(super) const NOT_FOUND: Refusal = refusal(404, 0, "404: Not Found");
    pub(super) const NO_USER_AGENT: Refusal = refusal(403, 40333, "internal network error");
    pub(super) const UNKNOWN_APPLICATION: Refusal = refusal(404, 10002, "Unknown Application");
    pub(super) const UNKNOWN_CHANNEL: Refusal = refusal(404, 10003, "Unknown Channel");
    pub(super) const UNKNOWN_GUILD: Refusal = refusal(404, 10004, "Unknown Guild");
    pub(super) const UNKNOWN_INVITE: Refusal = refusal(404, 10006, "Unknown Invite");
    pub(super) const UNKNOWN_MEMBER: Refusal = refusal(404, 10007, "Unknown Member");
    pub(super) const UNKNOWN_MESSAGE: Refusal = refusal(404, 10008, "Unknown Message");
    pub(super) const UNKNOWN_OVERWRITE: Refusal = refusal(404, 10009, "Unknown Overwrite");
    pub(super) const UNKNOWN_ROLE: Refusal = refusal(404, 10011, "Unknown Role");
    pub(super) const UNKNOWN_USER: Refusal = refusal(404, 10013, "Unknown User");
    pub(super) const UNKNOWN_WEBHOOK: Refusal = refusal(404, 10015, "Unknown Webhook");
    pub(super) const UNKNOWN_EVENT: Refusal = refusal(404, 10070, "Unknown Guild Scheduled Event");
    pub(super) const UNKNOWN_INTERACTION: Refusal = refusal(404, 10062, "Unknown interaction");
    pub(super) const NOT_A_POLL: Refusal = refusal(400, 520_001, "Cannot expire a non-poll message");
    pub(super) const MAX_PINS: Refusal = refusal(400, 30003, "Maximum number of pins reached for the channel (250)");
    pub(super) const MAX_INVITES: Refusal = refusal(400, 30016, "Maximum number of invites reached (1000)");
    pub(super) const MAX_THREAD_MEMBERS: Refusal =
        refusal(400, 30033, "Maximum number of thread participants has been reached (1000)");
    pub(super) const MAX_EVENTS: Refusal =
        refusal(400, 30038, "Maximum number of uncompleted guild scheduled events reached (100)");
    pub(super) const MAX_THREADS: Refusal = refusal(400, 160_006, "Maximum number of active threads reached");
    pub(super) const THREAD_ARCHIVED: Refusal = refusal(400, 50083, "Thread is archived");
    pub(super) const THREAD_LOCKED: Refusal = refusal(400, 160_005, "This thread is locked");
    pub(super) const THREAD_EXISTS: Refusal =
        refusal(400, 160_004, "A thread has already been created for this message");
    pub(super) const NOT_FOR_THIS_CHANNEL: Refusal = refusal(400, 50024, "Cannot execute action on this channel type");
    pub(super) const MAX_CHANNELS: Refusal = refusal(400, 30013, "Maximum number of server channels reached (500)");
    pub(super) const ALREADY_ACKNOWLEDGED: Refusal = refusal(400, 40060, "Interaction has already been acknowledged.");
    pub(super) const MISSING_ACCESS: Refusal = refusal(403, 50001, "Missing Access");
    pub(super) const NOT_IN_DM: Refusal = refusal(403, 50003, "Cannot execute action on a DM channel");
    pub(super) const NOT_THE_AUTHOR: Refusal = refusal(403, 50005, "Cannot edit a message authored by another user");
    pub(super) const EMPTY_MESSAGE: Refusal = refusal(400, 50006, "Cannot send an empty message");
    pub(super) const CANNOT_DM: Refusal = refusal(403, 50007, "Cannot send messages to this user");
    pub(super) const NOT_A_TEXT_CHANNEL: Refusal = refusal(400, 50008, "Cannot send messages in a non-text channel");
    pub(super) const MISSING_PERMISSIONS: Refusal = refusal(403, 50013, "Missing Permissions");
    pub(super) const INVALID_RECIPIENT: Refusal = refusal(400, 50033, "Invalid Recipient(s)");
    pub(super) const TOO_LARGE: Refusal = refusal(413, 40005, "Request entity too large");
    pub(super) const TOKEN_EXPIRED: Refusal = refusal(401, 50027, "Invalid Webhook Token");
    pub(super) const TOO_OLD_TO_DELETE: Refusal = refusal(400, 50034, "A message provided was too old to bulk delete");
    pub(super) const INVALID_JSON: Refusal = refusal(400, 50109, "The request body contains invalid JSON.");
    pub(super) const NO_MUTUAL_GUILD: Refusal =
        refusal(403, 50278, "Cannot send a message to a user with no mutual guilds");
    pub(super) const FILTERED: Refusal = refusal(400, 240_000, "Message blocked by harmful links filter");
    pub(super) const NO_HISTORY_TO_REPLY: Refusal =
        refusal(400, 160_002, "Cannot reply without permission to read message history");

    /// 50035 with the tree of what is wrong; an empty message has a code of its own.
    pub(super) fn invalid(found: &Findings) -> Refusal {
        if found.0.iter().filter(|finding| finding.refused).all(|finding| finding.code == "EMPTY_MESSAGE") {
            return Refusal { details: vec!["the body is an empty message".to_owned()], ..Refusal::EMPTY_MESSAGE };
        }
        let details = found.0.iter().filter(|finding| finding.refused).map(ToString::to_string).collect();
        Refusal { errors: found.tree(), details, ..refusal(400, 50035, "Invalid Form Body") }
    }

    /// 50035 for one place.
    pub(super) fn field(path: &[&str], code: &'static str, message: &str) -> Refusal {
        let mut found = Findings::default();
        let path: Vec<String> = path.iter().map(|&key| key.to_owned()).collect();
        found.refuse(&path, code, message);
        Refusal::invalid(&found)
    }

    /// The body of the answer.
    pub(super) fn body(&self) -> Value {
        // Logins fail in the words of RFC 6749.
        if self.message.starts_with("invalid_") {
            return json!({"error": self.message});
        }
        let mut body = json!({"message": self.message, "code": self.code});
        if !self.errors.is_null() {
            body["errors"] = self.errors.clone();
        }
        body
    }

    /// For a line among the problems.
    pub(super) fn line(&self) -> String {
        if self.details.is_empty() {
            format!("{} {}", self.code, self.message)
        } else {
            format!("{} {}", self.code, self.details.join("; "))
        }
    }
}
