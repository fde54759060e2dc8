//! Random tokens, and what is made of a key and a text so that nobody else can make it.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// `N` bytes that nobody guesses.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system has random numbers");
    bytes
}

/// Text of letters, digits, `-` and `_` alone.
pub(super) fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The text that [`encode`] wrote of another.
pub(super) fn decode(text: &str) -> Option<String> {
    String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

/// A key that only this service has.
pub(super) struct Seal(SecretString);

impl Seal {
    pub(super) fn new(key: SecretString) -> Seal {
        Seal(key)
    }

    /// What belongs to `text` for a purpose: 43 characters.
    pub(super) fn of(&self, purpose: &str, text: &str) -> String {
        encode(&self.mac(purpose, text).finalize().into_bytes())
    }

    /// The text with what belongs to it for a purpose.
    pub(super) fn seal(&self, purpose: &str, text: &str) -> String {
        format!("{text}.{}", self.of(purpose, text))
    }

    /// The text that [`Seal::seal`] was given, if nobody else wrote it.
    pub(super) fn open<'t>(&self, purpose: &str, sealed: &'t str) -> Option<&'t str> {
        let (text, given) = sealed.rsplit_once('.')?;
        self.fits(purpose, text, given).then_some(text)
    }

    /// Whether `given` is what [`Seal::of`] makes, in a time that does not tell how much of it is right.
    pub(super) fn fits(&self, purpose: &str, text: &str, given: &str) -> bool {
        let given = BASE64_URL_SAFE_NO_PAD.decode(given).unwrap_or_default();
        self.mac(purpose, text).verify_slice(&given).is_ok()
    }

    fn mac(&self, purpose: &str, text: &str) -> Hmac<Sha256> {
        let mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret().as_bytes()).expect("a key may have any length");
        // No purpose has a line in it.
        mac.chain_update(purpose).chain_update(b"\n").chain_update(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_fits_its_purpose_and_text_alone() {
        let (seal, other) = (Seal::new("a".repeat(64).into()), Seal::new("b".repeat(64).into()));
        let made = seal.of("state", "x");
        assert_eq!(made.len(), 43, "a verifier has at least 43 characters");
        assert!(seal.fits("state", "x", &made));
        for wrong in [seal.of("verifier", "x"), seal.of("state", "y"), other.of("state", "x"), String::new()] {
            assert!(!seal.fits("state", "x", &wrong), "{wrong}");
        }
        let sealed = seal.seal("said", "a.b");
        assert_eq!(seal.open("said", &sealed), Some("a.b"));
        for wrong in [&sealed[1..], "a.b", "", ".", "a.b."] {
            assert_eq!(seal.open("said", wrong), None, "{wrong}");
        }
        assert_eq!((seal.open("state", &sealed), other.open("said", &sealed)), (None, None));
        assert_ne!(random::<32>(), random::<32>());
        assert_eq!(decode(&encode("über".as_bytes())).as_deref(), Some("über"));
        assert_eq!(decode("no base64!"), None);
    }
}
