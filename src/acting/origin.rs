//! By what something is done, so that what comes twice is done once.

use sha2::{Digest, Sha256};
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker, MessageMarker};

use super::Actor;

/// By what something is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An interaction of Discord.
    Interaction(Id<InteractionMarker>),
    /// A message that the bot read.
    Message(Id<MessageMarker>),
    /// A request that carries a key of its own (an `Idempotency-Key`), which counts for whoever sent it.
    Request(String),
    /// A change of a setting, by its number, to which something else follows.
    SettingChange(i64),
    /// Time, or an import: whoever looks sees by the rows whether it has happened.
    Routine,
}

/// Who acts in which guild: a person, the bot, or a program by the name of its key. What was found or checked for one is of no
/// use to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    guild: Id<GuildMarker>,
    name: String,
}

impl Sender {
    pub(super) fn of(guild: Id<GuildMarker>, actor: &Actor) -> Sender {
        Sender { guild, name: sender_name(actor) }
    }
}

/// No two senders have the same one.
fn sender_name(actor: &Actor) -> String {
    match actor {
        Actor::Person(person) => format!("user:{}", person.member().id),
        Actor::Bot => "bot".to_owned(),
        Actor::Key(name) => format!("key:{name}"),
    }
}

impl Origin {
    /// By which it is known whether it has been here before, by whoever acts; nothing if nobody asks.
    pub(super) fn key(&self, actor: &Actor) -> Option<String> {
        let key = match self {
            Origin::Interaction(id) => format!("interaction:{id}"),
            Origin::Message(id) => format!("message:{id}"),
            Origin::Request(key) => return Some(request_key(actor, key)),
            Origin::SettingChange(id) => format!("setting-change:{id}"),
            Origin::Routine => return None,
        };
        // Discord gives these ids, and each has one sender; a program that names one of them names its own.
        match actor {
            Actor::Key(_) => Some(request_key(actor, &key)),
            Actor::Person(_) | Actor::Bot => Some(key),
        }
    }
}

/// A request may bring any key, and two senders the same: it counts with who sent it, whose length tells where that ends. Only
/// a digest is stored: it fits, holds nothing that Postgres does not store, and does not tell who sent it.
fn request_key(actor: &Actor, key: &str) -> String {
    let sender = sender_name(actor);
    format!("request-sha256:{}", hex::encode(Sha256::digest(format!("{}:{sender}:{key}", sender.len()))))
}

/// A deed with the key of its origin, as a row keeps it.
pub(super) fn key_of_deed(deed: &str) -> String {
    format!("sha256:{}", hex::encode(Sha256::digest(deed)))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::super::{Member, Person};
    use super::*;

    #[test]
    fn any_key_of_a_request_can_be_stored_and_is_told_from_others() {
        let shop = Actor::Key("shop".to_owned());
        let key = |key: &str| Origin::Request(key.to_owned()).key(&shop).expect("it has one");
        assert!(!key("k-1").contains("shop") && !key("k-1").contains("k-1"), "{}", key("k-1"));
        let long = "x".repeat(1_000_000);
        let keys = [key("ab"), key("a\0b"), key(&long), key(&format!("{long}y"))];
        assert_eq!(key(&long), keys[2]);
        for (at, key) in keys.iter().enumerate() {
            assert!(key.len() == 79, "{key}");
            assert!(!keys[..at].contains(key), "{key}");
        }
    }

    #[test]
    fn the_same_key_of_two_senders_is_two() {
        let person = |id: u64| Actor::Person(Person::of(Member::nobody(Id::new(id)), false, Timestamp::UNIX_EPOCH));
        let program = |name: &str| Actor::Key(name.to_owned());
        let senders =
            [(program("a"), "b:c"), (program("a:b"), "c"), (person(5), "b:c"), (person(6), "b:c"), (Actor::Bot, "b:c")];
        let keys = senders.map(|(sender, key)| Origin::Request(key.to_owned()).key(&sender));
        for (at, key) in keys.iter().enumerate() {
            assert!(!keys[..at].contains(key), "{key:?}");
        }
        // Discord gives the ids of interactions; each has one sender.
        let interaction = Origin::Interaction(Id::new(7));
        assert_eq!(interaction.key(&person(5)), Some("interaction:7".to_owned()));
        let message = Origin::Message(Id::new(7));
        assert_ne!(message.key(&program("a")), message.key(&Actor::Bot));
        assert_ne!(message.key(&program("a")), message.key(&program("b")));
    }
}
