//! Keys of programs: what a key looks like, what it opens, and where it counts.
//!
//! A key is `alp_`, 8 characters that are its id, 32 random bytes and a checksum of all that, the latter two in base 62. Only
//! its SHA-256 is stored: with 256 random bits nothing slower is needed, and nothing in the database opens anything. The
//! checksum lets scanners of leaked secrets tell a key from chance, and us refuse a mistyped one without asking the database.

pub mod store;

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

/// Characters of a name.
pub const NAME: usize = 50;

/// Keys that count in one server.
pub const MOST: i64 = 25;

/// What every key begins with.
const PREFIX: &str = "alp_";
/// Characters of a key's id.
const ID: usize = 8;
/// Characters of 32 bytes in base 62, and of a CRC-32.
const RANDOM: usize = 43;
const CHECKSUM: usize = 6;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A new key, which is shown once.
pub struct Token {
    /// What it is known by.
    pub id: String,
    /// All of it.
    pub secret: SecretString,
}

impl Token {
    /// A key that nobody has.
    ///
    /// # Errors
    /// The system has no random bytes.
    pub fn new() -> anyhow::Result<Token> {
        let mut random = [0; ID + 32];
        getrandom::fill(&mut random)?;
        Ok(Token::of(&random))
    }

    fn of(random: &[u8; ID + 32]) -> Token {
        // An id is a name: that some of its characters are a little likelier than others is no loss.
        let id: String = random[..ID].iter().map(|byte| char::from(DIGITS[usize::from(*byte) % 62])).collect();
        let body = format!("{PREFIX}{id}{}", base62(&random[ID..], RANDOM));
        let secret = format!("{body}{}", checksum(&body));
        Token { id, secret: secret.into() }
    }

    /// What is stored of it.
    pub fn digest(&self) -> String {
        digest(self.secret.expose_secret())
    }
}

/// What is stored of a key that somebody shows.
pub fn digest(key: &str) -> String {
    hex::encode(Sha256::digest(key))
}

/// Whether a text has the form of a key, checksum included.
pub fn is_whole(key: &str) -> bool {
    let is_long_enough = key.len() == PREFIX.len() + ID + RANDOM + CHECKSUM;
    is_long_enough && key.starts_with(PREFIX) && key.is_ascii() && {
        let (body, sum) = key.split_at(key.len() - CHECKSUM);
        checksum(body) == sum
    }
}

fn checksum(body: &str) -> String {
    base62(&crc32fast::hash(body.as_bytes()).to_be_bytes(), CHECKSUM)
}

/// A number, the largest byte first, in `width` digits of base 62.
fn base62(bytes: &[u8], width: usize) -> String {
    let mut number = bytes.to_vec();
    let mut digits = vec![DIGITS[0]; width];
    for digit in digits.iter_mut().rev() {
        let mut rest = 0_u32;
        for byte in &mut number {
            let value = rest * 256 + u32::from(*byte);
            *byte = u8::try_from(value / 62).expect("the rest is below 62, so this is below 256");
            rest = value % 62;
        }
        *digit = DIGITS[rest as usize];
    }
    digits.into_iter().map(char::from).collect()
}

/// A part of what a server has, as keys open it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// What the server has set.
    Settings,
    /// Questions and answers.
    Faq,
    /// Tickets, their kinds, and replies kept for them.
    Tickets,
    /// Reminders.
    Reminders,
    /// Tables to take along.
    Exports,
    /// Who changed what.
    Audit,
    /// Figures.
    Metrics,
}

impl Area {
    /// All of them.
    pub const ALL: [Area; 7] =
        [Area::Settings, Area::Faq, Area::Tickets, Area::Reminders, Area::Exports, Area::Audit, Area::Metrics];

    /// As it is stored; it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Area::Settings => "settings",
            Area::Faq => "faq",
            Area::Tickets => "tickets",
            Area::Reminders => "reminders",
            Area::Exports => "exports",
            Area::Audit => "audit",
            Area::Metrics => "metrics",
        }
    }
}

/// What a key may do in an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Look.
    Read,
    /// Look, and change.
    Write,
}

impl Access {
    const ALL: [Access; 2] = [Access::Read, Access::Write];

    fn name(self) -> &'static str {
        match self {
            Access::Read => "read",
            Access::Write => "write",
        }
    }
}

/// What a key opens: an area, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// Where.
    pub area: Area,
    /// How far.
    pub access: Access,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.area.name(), self.access.name())
    }
}

/// All that a key opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Everything.
    pub fn all() -> Scopes {
        Scopes(Area::ALL.into_iter().map(|area| Scope { area, access: Access::Write }).collect())
    }

    /// Reads a list such as `faq:write, tickets:read`; `read` or `write` alone is that everywhere.
    ///
    /// # Errors
    /// The first that there is not; an empty text if there is none at all.
    pub fn parse(text: &str) -> Result<Scopes, String> {
        let named = text.split([',', ' ', '\n']).map(str::trim).filter(|name| !name.is_empty());
        let mut scopes = BTreeSet::new();
        for name in named {
            let (area, access) = name.split_once(':').map_or((None, name), |(area, access)| (Some(area), access));
            let access = Access::ALL.into_iter().find(|it| it.name() == access).ok_or(name)?;
            match area {
                None => scopes.extend(Area::ALL.into_iter().map(|area| Scope { area, access })),
                Some(area) => {
                    let area = Area::ALL.into_iter().find(|it| it.name() == area).ok_or(name)?;
                    scopes.insert(Scope { area, access });
                }
            }
        }
        if scopes.is_empty() { Err(String::new()) } else { Ok(Scopes(scopes)) }
    }

    /// Whether it opens that. Who may change may look.
    pub fn open(&self, Scope { area, access }: Scope) -> bool {
        self.0.iter().any(|scope| scope.area == area && scope.access >= access)
    }

    /// Each as it is stored.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }

    /// What is stored; one that a newer version has stored opens nothing here.
    fn stored(names: &[String]) -> Scopes {
        Scopes(names.iter().filter_map(|name| Scopes::parse(name).ok()).flat_map(|scopes| scopes.0).collect())
    }
}

/// A key as it is listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// What it is known by; it stands in the key after `alp_`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it opens.
    pub scopes: Scopes,
    /// Whether an operator has made it.
    pub by_operator: bool,
    /// Who let it count in this server, if that is known.
    pub creator: Option<Id<UserMarker>>,
    /// Where it counts.
    pub guild: Id<GuildMarker>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends; nothing is never.
    pub expires_at: Option<Timestamp>,
    /// When it was used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// Since when it does not count in this server any more.
    pub revoked_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_has_a_form_that_scanners_know() {
        let first = Token::of(&[0; ID + 32]);
        assert_eq!(first.secret.expose_secret(), "alp_0000000000000000000000000000000000000000000000000001eKd65");
        let last = Token::of(&[255; ID + 32]);
        assert!(is_whole(last.secret.expose_secret()) && last.id == "77777777");
        let token = Token::new().expect("random bytes");
        let secret = token.secret.expose_secret();
        assert!(is_whole(secret) && secret.starts_with(&format!("alp_{}", token.id)) && secret.len() == 61);
        assert_ne!(Token::new().expect("random bytes").digest(), token.digest());
    }

    proptest! {
        #[test]
        fn a_key_with_one_other_character_is_none(random in any::<[u8; ID + 32]>(), at in 0_usize..61, other in "[0-9A-Za-z_é]") {
            let secret = Token::of(&random).secret.expose_secret().to_owned();
            prop_assert!(is_whole(&secret));
            let changed = format!("{}{other}{}", &secret[..at], &secret[at + 1..]);
            prop_assert_eq!(is_whole(&changed), changed == secret);
        }
    }

    #[test]
    fn scopes_are_read_as_they_are_written() {
        let check = |text: &str, expected: Result<&str, &str>| {
            let read = Scopes::parse(text).map(|it| it.names().join(" "));
            assert_eq!(read.as_deref().map_err(String::as_str), expected, "{text}");
        };
        check("faq:write, tickets:read", Ok("faq:write tickets:read"));
        check("faq:read faq:read", Ok("faq:read"));
        check("tickets:manage", Err("tickets:manage"));
        check("weather:read", Err("weather:read"));
        check(" ", Err(""));
        let all = "settings:read faq:read tickets:read reminders:read exports:read audit:read metrics:read";
        check("read", Ok(all));
        let scopes = Scopes::parse("faq:write tickets:read").expect("there are some");
        let opens = |area, access| scopes.open(Scope { area, access });
        assert!(
            opens(Area::Faq, Access::Read) && opens(Area::Faq, Access::Write) && opens(Area::Tickets, Access::Read)
        );
        assert!(!opens(Area::Tickets, Access::Write) && !opens(Area::Settings, Access::Read));
        assert_eq!(Scopes::stored(&scopes.names()), scopes);
        assert_eq!(Scopes::stored(&["moon:read".to_owned()]), Scopes::default());
    }
}
