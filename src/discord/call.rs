//! One call as it is asked for, before it is sent.

use std::hash::Hash;
use std::time::Instant;

use reqwest::Method;
use serde::Serialize;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::{File, MessageBody};

/// What authorizes a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Credential {
    /// The bot's token, in a header.
    Bot,
    /// The interaction's token, in the path.
    Path,
}

/// One call.
pub(super) struct Call {
    pub(super) method: Method,
    /// The path with names in place of ids, for metrics and logs.
    pub(super) route: &'static str,
    /// Below the base address, without a leading slash.
    pub(super) path: String,
    pub(super) body: Option<Vec<u8>>,
    /// What goes beside the body.
    pub(super) files: Vec<File>,
    pub(super) reason: Option<String>,
    credential: Credential,
    /// Whom it concerns; commands concern nobody.
    guild: Option<Id<GuildMarker>>,
    /// Whether it tells the guild of its troubles.
    tells: bool,
    /// Whether making it twice is as good as making it once.
    pub(super) repeatable: bool,
    pub(super) deadline: Instant,
}

impl Call {
    pub(super) fn new(method: Method, route: &'static str, path: String, deadline: Instant) -> Call {
        let repeatable = method != Method::POST;
        Call {
            method,
            route,
            path,
            body: None,
            files: Vec::new(),
            reason: None,
            credential: Credential::Bot,
            guild: None,
            tells: false,
            repeatable,
            deadline,
        }
    }

    pub(super) fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Call {
        self.body = Some(serde_json::to_vec(body).expect("our bodies have string keys and no failing parts"));
        self
    }

    /// A message with its files, each of which the JSON names by its place, after those that stay.
    pub(super) fn message<T: Serialize>(mut self, body: &T, MessageBody { files, kept, .. }: &MessageBody) -> Call {
        if files.is_empty() {
            return self.json(body);
        }
        let mut json = serde_json::to_value(body).expect("our bodies have string keys and no failing parts");
        let named = files.iter().enumerate().map(|(at, file)| serde_json::json!({"id": at, "filename": file.name}));
        json["attachments"] = kept.iter().map(|id| serde_json::json!({ "id": id })).chain(named).collect();
        self.files.clone_from(files);
        self.json(&json)
    }

    /// Discord takes 512 characters and wants them percent-encoded
    /// (<https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object>).
    pub(super) fn reason(mut self, reason: &str) -> Call {
        let mut encoded = String::new();
        for byte in reason.chars().take(512).collect::<String>().bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => encoded.push(byte.into()),
                _ => encoded.push_str(&format!("%{byte:02X}")),
            }
        }
        self.reason = Some(encoded);
        self
    }

    pub(super) fn with_credential(mut self, credential: Credential) -> Call {
        self.credential = credential;
        self
    }

    pub(super) fn for_guild(mut self, guild: Id<GuildMarker>, tells: bool) -> Call {
        (self.guild, self.tells) = (Some(guild), tells);
        self
    }

    /// Says that a nonce makes a repetition harmless.
    pub(super) fn guarded_by_nonce(mut self) -> Call {
        self.repeatable = true;
        self
    }

    pub(super) fn credential(&self) -> Credential {
        self.credential
    }

    pub(super) fn guild(&self) -> Option<Id<GuildMarker>> {
        self.guild
    }

    pub(super) fn tells(&self) -> bool {
        self.tells
    }

    /// What another call has in common with this one that is refused for the same missing permission; nothing if that
    /// cannot be told. All messages of a channel are one question, whatever they say. What else is done to a channel may be
    /// refused for its body alone, so that is part of the question.
    pub(super) fn permission_question(&self) -> Option<impl Hash> {
        let path = self.path.split('?').next().unwrap_or_default();
        let channel = path.strip_prefix("channels/")?;
        let (place, body) = match channel.split_once("/messages") {
            Some((id, _)) => (id, None),
            None => (channel, self.body.as_deref()),
        };
        Some((self.method.as_str(), self.route, place, self.files.is_empty(), body))
    }
}
