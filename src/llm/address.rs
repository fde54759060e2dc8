//! Where the provider is: rules for the address that an operator sets.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

/// Endings of names that no public name has: of this machine, of a private network, of a home (RFC 6761, 6762, 8375;
/// `.internal` by <https://www.icann.org/en/board-activities-and-meetings/materials/approved-resolutions-special-meeting-of-the-icann-board-29-07-2024-en>).
const PRIVATE_ENDINGS: [&str; 4] = [".localhost", ".internal", ".local", ".home.arpa"];

/// What people copy with the address from an example.
const ROUTES: [&[&str]; 3] = [&["chat", "completions"], &["embeddings"], &["models"]];

/// Whether what members wrote may leave this machine without encryption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainHttp {
    /// It may not.
    Refused,
    /// To this machine and the private network, because the operator said so.
    Private,
}

/// Why an address is not taken. It does not repeat it: there may be a password in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// It cannot be read.
    #[error("is not a web address such as https://api.example.com/v1")]
    NoAddress,
    /// Another scheme than HTTP.
    #[error("starts with neither https:// nor http://")]
    Scheme,
    /// A user or password in it would end up in logs.
    #[error("holds a user or a password; the key has a variable of its own")]
    Login,
    /// We append to it.
    #[error("has a part that begins with ? or #")]
    Query,
    /// Not encrypted, without the operator's word for it.
    #[error("starts with http://, which must be allowed explicitly and is only for this machine or a private network")]
    PlainRefused,
    /// Not encrypted through the Internet.
    #[error("starts with http://, and its host is neither this machine nor in a private network")]
    PlainPublic,
}

/// The address of a provider, such as `https://api.example.com/v1`.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Url);

impl Address {
    /// Reads `text`; where there is no path, it is `/v1`, as everybody's.
    ///
    /// # Errors
    /// It must not be used.
    pub fn read(text: &str, plain: PlainHttp) -> Result<Address, BadAddress> {
        let mut url = Url::parse(text.trim()).map_err(|_| BadAddress::NoAddress)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(BadAddress::Scheme);
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(BadAddress::NoAddress)?.to_owned();
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadAddress::Login);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BadAddress::Query);
        }
        match (url.scheme(), plain) {
            ("https", _) => {}
            (_, PlainHttp::Refused) => return Err(BadAddress::PlainRefused),
            (_, PlainHttp::Private) if is_private(&host) => {}
            (_, PlainHttp::Private) => return Err(BadAddress::PlainPublic),
        }
        let mut path: Vec<String> = url.path().split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let route = ROUTES.iter().find(|route| path.iter().rev().take(route.len()).rev().eq(route.iter()));
        path.truncate(path.len() - route.map_or(0, |route| route.len()));
        if path.is_empty() {
            path.push("v1".to_owned());
        }
        url.set_path(&path.join("/"));
        Ok(Address(url))
    }

    /// Whether what is sent there is not encrypted.
    pub(super) fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Where `route` is, such as `chat/completions`.
    pub(super) fn join(&self, route: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}/{route}", self.0.path()));
        url
    }

    /// The address as it was understood.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether `host` is this machine or in a private network. A name without a dot is a neighbour's, as in Compose.
///
/// Link-local addresses are none: there clouds keep what their machines may know.
fn is_private(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_private(),
        Ok(IpAddr::V6(address)) => address.is_loopback() || address.is_unique_local(),
        Err(_) => {
            let name = bare.trim_end_matches('.');
            !name.contains('.') || PRIVATE_ENDINGS.iter().any(|ending| name.ends_with(ending))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_joined_with_or_without_its_version() {
        let check = |text: &str, expected: &str| {
            let address = Address::read(text, PlainHttp::Private).unwrap();
            assert_eq!(address.join("chat/completions").as_str(), format!("{expected}/chat/completions"), "{text}");
        };
        check("https://api.openai.com", "https://api.openai.com/v1");
        check("https://api.openai.com/", "https://api.openai.com/v1");
        check(" https://api.openai.com/v1 ", "https://api.openai.com/v1");
        check("https://api.openai.com//v1//", "https://api.openai.com/v1");
        check("https://api.groq.com/openai/v1", "https://api.groq.com/openai/v1");
        check("https://models.example/v1beta/openai/", "https://models.example/v1beta/openai");
        check("https://api.example.com/v1/chat/completions", "https://api.example.com/v1");
        check("https://api.example.com/v1/embeddings/", "https://api.example.com/v1");
        check("https://api.example.com/chat/completions", "https://api.example.com/v1");
        check("http://localhost:11434", "http://localhost:11434/v1");
        check("http://[::1]:8080/v1", "http://[::1]:8080/v1");
    }

    #[test]
    fn what_is_not_encrypted_stays_in_a_private_network_and_only_if_somebody_said_so() {
        let private = [
            "http://localhost:11434/v1",
            "http://127.0.0.1",
            "http://127.9.9.9",
            "http://2130706433",
            "http://10.1.2.3",
            "http://172.31.0.1",
            "http://192.168.1.20:8000",
            "http://[::1]",
            "http://[fd00::1]",
            "http://[::ffff:10.0.0.1]",
            "http://ollama:11434",
            "http://models.internal",
            "http://nas.local.",
        ];
        for text in private {
            assert!(Address::read(text, PlainHttp::Private).is_ok(), "{text}");
            assert_eq!(Address::read(text, PlainHttp::Refused), Err(BadAddress::PlainRefused), "{text}");
        }
        let public = [
            "http://api.openai.com/v1",
            "http://8.8.8.8",
            "http://172.32.0.1",
            "http://169.254.169.254",
            "http://[2001:db8::1]",
            "http://[fe80::1]",
            "http://localhost.example.com",
            "http://internal.example",
            "http://0.0.0.0",
        ];
        for text in public {
            assert_eq!(Address::read(text, PlainHttp::Private), Err(BadAddress::PlainPublic), "{text}");
        }
    }

    #[test]
    fn an_address_that_is_none_or_says_too_much_is_not_taken() {
        let check = |text: &str, expected| {
            let error = Address::read(text, PlainHttp::Private).unwrap_err();
            assert_eq!(error, expected, "{text}");
            assert!(!error.to_string().contains("hunter2"));
        };
        check("", BadAddress::NoAddress);
        check("api.openai.com/v1", BadAddress::NoAddress);
        check("https://", BadAddress::NoAddress);
        check("ftp://models.example/v1", BadAddress::Scheme);
        check("unix:/run/models.sock", BadAddress::Scheme);
        check("https://ann:hunter2@models.example/v1", BadAddress::Login);
        check("https://ann@models.example/v1", BadAddress::Login);
        check("https://models.example/v1?key=hunter2", BadAddress::Query);
        check("https://models.example/v1#hunter2", BadAddress::Query);
    }
}
