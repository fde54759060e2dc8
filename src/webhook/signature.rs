//! Whether a request comes from Discord, now.

use axum::http::HeaderMap;
use ed25519_dalek::Signature;
use jiff::Timestamp;

use crate::config::PublicKey;

/// A request older than this is a replay. Discord documents no age; its tokens live 15 minutes.
const MAX_AGE_SECONDS: i64 = 300;

/// A request from further ahead than this means that a clock is wrong.
const MAX_AHEAD_SECONDS: i64 = 60;

/// The two headers of a signed request, well-formed but not yet checked
/// (<https://discord.com/developers/docs/interactions/overview#validating-security-request-headers>).
pub(super) struct Signed<'a> {
    signature: Signature,
    /// Seconds since 1970, as it came: these bytes are signed.
    timestamp: &'a str,
}

/// Why a request is refused. Callers answer all of them alike, so that nobody learns which it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A header is missing, doubled or malformed.
    Headers,
    /// The signature does not fit.
    Forged,
    /// Signed too long ago.
    Stale,
    /// Signed in the future.
    Ahead,
}

impl Refusal {
    /// For metrics and logs.
    pub(super) fn name(self) -> &'static str {
        match self {
            Refusal::Headers => "headers",
            Refusal::Forged => "forged",
            Refusal::Stale => "stale",
            Refusal::Ahead => "ahead",
        }
    }
}

impl<'a> Signed<'a> {
    /// Reads the headers; each must be there exactly once.
    pub(super) fn read(headers: &'a HeaderMap) -> Result<Signed<'a>, Refusal> {
        let signature = only(headers, "x-signature-ed25519").ok_or(Refusal::Headers)?;
        let timestamp = only(headers, "x-signature-timestamp").ok_or(Refusal::Headers)?;
        let mut bytes = [0; 64];
        hex::decode_to_slice(signature, &mut bytes).map_err(|_| Refusal::Headers)?;
        // Seconds as one writes them: no sign, no leading zero.
        let digits = (1..=20).contains(&timestamp.len()) && timestamp.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || timestamp.starts_with('0') {
            return Err(Refusal::Headers);
        }
        Ok(Signed { signature: Signature::from_bytes(&bytes), timestamp })
    }

    /// What stands before the body in what is signed.
    pub(super) fn timestamp(&self) -> &'a str {
        self.timestamp
    }

    /// Whether `key` signed exactly this `message`, which is the timestamp with the body behind it, at about `now`.
    pub(super) fn check(&self, key: &PublicKey, message: &[u8], now: Timestamp) -> Result<(), Refusal> {
        key.0.verify_strict(message, &self.signature).map_err(|_| Refusal::Forged)?;
        // A number too large for 64 bits is far ahead.
        let age = now.as_second().saturating_sub(self.timestamp.parse().unwrap_or(i64::MAX));
        match age {
            _ if age > MAX_AGE_SECONDS => Err(Refusal::Stale),
            _ if age < -MAX_AHEAD_SECONDS => Err(Refusal::Ahead),
            _ => Ok(()),
        }
    }
}

fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}
