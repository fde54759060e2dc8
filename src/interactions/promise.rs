//! Deferred work as a row: what a handler promises, and what whoever finishes it needs.

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::Value;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, InteractionMarker, UserMarker};

use crate::words::Language;

/// How long a silent instance keeps a promise.
pub const LEASE: SignedDuration = SignedDuration::from_secs(20);

/// The interaction's token lives 15 minutes; this leaves time to say that the work was not done.
pub(super) const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_mins(14);

/// What one member may have waiting in a server: less than the turns that a server has, so that there is always one for the others.
pub(super) const PER_MEMBER: i64 = 3;

/// Somebody asks for more before what they asked for before is done.
#[derive(Debug, thiserror::Error)]
#[error("whoever asks for this has as much waiting as they may")]
pub struct TooMuchWaits;

/// Work that was promised to a member, held under a lease.
#[derive(Clone, Debug)]
pub struct Promised {
    /// The server.
    pub guild: Id<GuildMarker>,
    /// The interaction that promised it.
    pub interaction: Id<InteractionMarker>,
    /// Who knows what the work means.
    pub feature: String,
    /// The feature's own description of the work.
    pub work: Value,
    /// Who waits for it.
    pub user: Id<UserMarker>,
    /// In which language the outcome is read: theirs, or the guild's where the channel reads it.
    pub language: Language,
    /// Where they wait, if Discord said.
    pub channel: Option<Id<ChannelMarker>>,
    /// What authorizes showing the outcome. A secret.
    pub token: SecretString,
    /// What an earlier attempt decided to show.
    pub answer: Option<Value>,
    /// The number of the lease under which it is held.
    pub attempt: i32,
    /// How many of these say nothing against the work: it waited, or what it needs was away.
    pub excused: i32,
    /// When it is given up.
    pub expires_at: Timestamp,
}
