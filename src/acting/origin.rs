//! By what something is done, so that what comes twice is done once.

use sha2::{Digest, Sha256};
use twilight_model::id::Id;
use twilight_model::id::marker::{InteractionMarker, MessageMarker};

/// By what something is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An interaction of Discord.
    Interaction(Id<InteractionMarker>),
    /// A message that the bot read.
    Message(Id<MessageMarker>),
    /// A request that carries a key of its own (an `Idempotency-Key`), with the name of whoever sent it.
    Request(String),
    /// Time, or an import: whoever looks sees by the rows whether it has happened.
    Routine,
}

/// Bytes of a request's key that are stored as they are. Postgres keeps no more than 2704 in an index, and nobody who makes up
/// keys needs as many as these.
const LONGEST_KEY: usize = 200;

impl Origin {
    /// By which it is known whether it has been here before; nothing if nobody asks.
    pub fn key(&self) -> Option<String> {
        match self {
            Origin::Interaction(id) => Some(format!("interaction:{id}")),
            Origin::Message(id) => Some(format!("message:{id}")),
            Origin::Request(key) => Some(request_key(key)),
            Origin::Routine => None,
        }
    }
}

/// A request may bring any key: what is too long to be stored, or holds what Postgres does not store, is known by its digest.
fn request_key(key: &str) -> String {
    match key.len() <= LONGEST_KEY && !key.contains('\0') {
        true => format!("request:{key}"),
        false => format!("request-sha256:{}", hex::encode(Sha256::digest(key))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_key_of_a_request_can_be_stored_and_is_told_from_others() {
        let key = |key: &str| Origin::Request(key.to_owned()).key().expect("it has one");
        assert_eq!(key("k-1"), "request:k-1");
        assert_eq!(key(&"x".repeat(200)).len(), 208);
        let long = "x".repeat(1_000_000);
        let keys = [key("ab"), key("a\0b"), key(&long), key(&format!("{long}y"))];
        assert_eq!(key(&long), keys[2]);
        for (at, key) in keys.iter().enumerate() {
            assert!(key.len() <= 250 && !key.contains('\0'), "{key}");
            assert!(!keys[..at].contains(key), "{key}");
        }
    }
}
