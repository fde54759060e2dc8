//! What browsers keep for us.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

/// Writes cookies. By https they have the prefix that binds them to this host and to https
/// (<https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes>). A browser refuses that, and
/// some refuse `Secure`, without https, so on a developer's machine they have neither.
#[derive(Clone, Copy)]
pub(super) struct Cookies {
    pub(super) is_secure: bool,
}

impl Cookies {
    /// What the browser keeps under a name.
    pub(super) fn read<'h>(self, headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
        let whole = self.whole(name);
        let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|it| it.split(';'));
        pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == whole).map(|(_, value)| value)
    }

    /// Lets the browser keep something for so long.
    pub(super) fn keep(self, name: &str, value: &str, seconds: i64) -> HeaderValue {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let name = self.whole(name);
        let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&text).expect("values of ours are letters, digits and signs of no meaning")
    }

    /// Lets the browser forget it.
    pub(super) fn forget(self, name: &str) -> HeaderValue {
        self.keep(name, "", 0)
    }

    fn whole(self, name: &str) -> String {
        if self.is_secure { format!("__Host-{name}") } else { name.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_bound_to_the_host_where_there_is_https() {
        let (secure, near) = (Cookies { is_secure: true }, Cookies { is_secure: false });
        let kept = |cookies: Cookies| cookies.keep("alphapy", "x", 60).to_str().unwrap().to_owned();
        assert_eq!(kept(secure), "__Host-alphapy=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(kept(near), "alphapy=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("alphapy=planted; __Host-alphapy=own"));
        headers.append(COOKIE, HeaderValue::from_static("other=1"));
        assert_eq!(secure.read(&headers, "alphapy"), Some("own"));
        assert_eq!(secure.read(&headers, "other"), None, "another host of the domain may have set it");
        assert_eq!(near.read(&headers, "other"), Some("1"));
    }
}
