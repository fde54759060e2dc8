//! The dashboard as one: its parts, who comes, and how an answer becomes a response.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_DISPOSITION, CONTENT_LANGUAGE, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use sha2::{Digest, Sha256};

use super::cookie::Cookies;
use super::layout::{Frame, Liveness, Menu, SCRIPT, STYLE, document};
use super::live::Streams;
use super::names::Names;
use super::rich;
use super::seal::{Seal, decode, encode};
use super::section::Section;
use super::session::{self, Session};
use super::visit::moment;
use crate::app::App;
use crate::config::Dashboard;
use crate::turns::Turns;
use crate::words::{Language, Said};
use crate::{said, say};

/// What browsers keep: who is logged in, what was said of what was done last, and a chosen language.
pub(super) const LOGIN: &str = "alphapy";
const SAID: &str = "alphapy-said";
const LANGUAGE: &str = "alphapy-language";

/// What is said of what was done is shown on the next page, which comes at once.
const SAID_SECONDS: i64 = 60;

/// A browser keeps some 4 kB of a cookie; a text of so many bytes is less than that.
const SAID_BYTES: usize = 2_000;

/// A language is kept for a year.
const LANGUAGE_SECONDS: i64 = 365 * 24 * 3600;

/// The parts that all pages share.
pub(super) struct Site {
    pub(super) app: App,
    pub(super) door: Dashboard,
    pub(super) seal: Seal,
    pub(super) cookies: Cookies,
    pub(super) sections: Vec<Section>,
    /// The link that invites the bot.
    pub(super) invite: String,
    pub(super) names: Arc<Names>,
    pub(super) style: String,
    pub(super) script: String,
    /// Who hears of changes.
    pub(super) streams: Arc<Streams>,
    /// Whose page is made next, by what logins are known by.
    pub(super) turns: Turns<[u8; 32]>,
}

/// Somebody who came, logged in or not.
pub(super) struct Visitor {
    pub(super) language: Language,
    /// Where they are, with what stands behind the question mark.
    pub(super) path: String,
    pub(super) session: Option<Session>,
    /// What was said of what they did last.
    pub(super) said: Option<String>,
}

impl Visitor {
    /// Somebody of whom nothing is asked.
    pub(super) fn nobody(language: Language) -> Visitor {
        Visitor { language, path: "/dashboard".to_owned(), session: None, said: None }
    }
}

impl Site {
    pub(super) fn new(app: App, door: Dashboard, sections: Vec<Section>, invite: String) -> Site {
        let (seal, cookies) = (Seal::new(door.session_key.clone()), Cookies { is_secure: door.is_secure });
        let version = |text: &str| hex::encode(&Sha256::digest(text)[..8]);
        let (style, script) = (version(STYLE), version(SCRIPT));
        let (names, streams, turns) = (Arc::default(), Arc::default(), Turns::of_pages());
        Site { app, door, seal, cookies, sections, invite, names, style, script, streams, turns }
    }

    /// Who came with these headers.
    ///
    /// # Errors
    /// If the database does not answer.
    pub(super) async fn visitor(&self, uri: &Uri, headers: &HeaderMap) -> anyhow::Result<Visitor> {
        let session = match self.known_by(headers) {
            Some(known) => session::find(&self.app, known).await?,
            None => None,
        };
        let path = uri.path_and_query().map_or("/dashboard", |it| it.as_str()).to_owned();
        // Only what we said is shown: it may name people and places, for which Discord is asked.
        let said = self.cookies.read(headers, SAID).and_then(|said| self.seal.open(SAID, said)).and_then(decode);
        Ok(Visitor { language: self.language(headers), path, session, said })
    }

    /// What the browser's login is known by, if it has one that is ours.
    pub(super) fn known_by(&self, headers: &HeaderMap) -> Option<[u8; 32]> {
        session::known_by(&self.seal, self.cookies.read(headers, LOGIN)?)
    }

    /// In which language somebody reads: the one that they chose, or else the one that their browser asks for.
    pub(super) fn language(&self, headers: &HeaderMap) -> Language {
        let chosen = self.cookies.read(headers, LANGUAGE).and_then(Language::of_code);
        let asked = || headers.get(ACCEPT_LANGUAGE).and_then(|accepted| Language::preferred(accepted.to_str().ok()?));
        chosen.or_else(asked).unwrap_or_default()
    }

    /// Lets the browser keep a language.
    pub(super) fn keep_language(&self, language: Language) -> HeaderValue {
        self.cookies.keep(LANGUAGE, language.code(), LANGUAGE_SECONDS)
    }

    /// A page of no guild.
    pub(super) fn show(&self, visitor: &Visitor, status: StatusCode, title: &str, body: Markup) -> Response {
        let said = visitor.said.as_ref().map(|said| plain(visitor.language, said));
        self.show_in(visitor, status, (None, said), Liveness::default(), (title, body))
    }

    /// A page, perhaps of a guild, with what was said of what was done last.
    pub(super) fn show_in(
        &self,
        visitor: &Visitor,
        status: StatusCode,
        (guild, said): (Option<Menu<'_>>, Option<Markup>),
        live: Liveness<'_>,
        (title, body): (&str, Markup),
    ) -> Response {
        let frame = Frame {
            language: visitor.language,
            style: &self.style,
            script: &self.script,
            live,
            title,
            path: &visitor.path,
            guild,
            who: visitor.session.as_ref().map(|session| session.name.as_str()),
            said,
            body,
        };
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (CONTENT_LANGUAGE, HeaderValue::from_static(visitor.language.code())),
        ];
        let mut response = (status, headers, document(&frame).into_string()).into_response();
        if visitor.said.is_some() {
            response.headers_mut().append(SET_COOKIE, self.cookies.forget(SAID));
        }
        response
    }

    /// A page with a sentence: why there is nothing else on it.
    pub(super) fn refuse(&self, visitor: &Visitor, status: StatusCode, why: &Said) -> Response {
        self.refuse_in(visitor, status, None, plain(visitor.language, &visitor.language.say(why)))
    }

    /// The same in a guild.
    pub(super) fn refuse_in(
        &self,
        visitor: &Visitor,
        status: StatusCode,
        guild: Option<Menu<'_>>,
        why: Markup,
    ) -> Response {
        let language = visitor.language;
        let title = match status {
            StatusCode::NOT_FOUND => say!(language, web_missing_title),
            StatusCode::FORBIDDEN => say!(language, web_forbidden_title),
            _ => say!(language, web_refused_title),
        };
        let body = html! {
            p { (why) }
            p { a href="/dashboard" { (say!(language, web_to_servers)) } }
        };
        self.show_in(visitor, status, (guild, None), Liveness::default(), (&title, body))
    }

    /// The page of what went wrong on our side, which is logged here.
    pub(super) fn fail(&self, language: Language, error: &anyhow::Error) -> Response {
        let is_passing = error
            .chain()
            .filter_map(|cause| cause.downcast_ref::<crate::discord::Error>())
            .any(crate::discord::Error::is_passing);
        let visitor = Visitor::nobody(language);
        match is_passing {
            true => {
                tracing::warn!(error = format!("{error:#}"), "a page is not shown while Discord does not answer");
                self.refuse(&visitor, StatusCode::SERVICE_UNAVAILABLE, &said!(web_no_discord))
            }
            false => {
                // The span that surrounds it holds the request's id, which is in the answer's headers too.
                tracing::error!(error = format!("{error:#}"), "a page failed");
                self.refuse(&visitor, StatusCode::INTERNAL_SERVER_ERROR, &said!(interactions_page_failed))
            }
        }
    }

    /// Goes on at another address, where what was done is said.
    pub(super) fn done(&self, said: &str, to: &str) -> Response {
        let end = (0..=said.len().min(SAID_BYTES)).rev().find(|end| said.is_char_boundary(*end)).unwrap_or(0);
        let mut response = elsewhere(to);
        let said = self.seal.seal(SAID, &encode(&said.as_bytes()[..end]));
        response.headers_mut().append(SET_COOKIE, self.cookies.keep(SAID, &said, SAID_SECONDS));
        response
    }
}

/// A sentence where nothing is known of a guild: what it mentions is shown by number.
fn plain(language: Language, text: &str) -> Markup {
    rich::render(text, &|mention| match mention {
        rich::Mention::Channel(id) => html! { "#" (id) },
        rich::Mention::Person(id) | rich::Mention::Role(id) => html! { "@" (id) },
        rich::Mention::Moment(seconds) => match jiff::Timestamp::from_second(seconds) {
            Ok(at) => moment(language, &TimeZone::UTC, at),
            Err(_) => html! {},
        },
    })
}

/// Goes on at another address, which is asked for anew.
pub(super) fn elsewhere(to: &str) -> Response {
    match HeaderValue::from_str(to) {
        Ok(to) => (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A file to save.
pub(super) fn file(name: &str, kind: &'static str, content: Body) -> Response {
    let Ok(saved) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    ([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_DISPOSITION, saved)], content).into_response()
}

/// An address of ours as somebody hands it over; the front page if it is another. Browsers read `//` and `\` as the begin of a
/// host.
pub(super) fn own_address(to: &str) -> &str {
    let rest = to.strip_prefix("/dashboard");
    let is_own = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let is_plain = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_own && is_plain { to } else { "/dashboard" }
}

#[cfg(test)]
mod tests {
    use super::own_address;

    #[test]
    fn nobody_is_sent_to_another_host() {
        for own in ["/dashboard", "/dashboard/5/tickets?status=open", "/dashboard?x=1"] {
            assert_eq!(own_address(own), own);
        }
        for other in
            ["https://evil.example", "//evil.example", "/dashboard\\@evil", "/dashboardx", "/dashboard/\r\nx: y", ""]
        {
            assert_eq!(own_address(other), "/dashboard", "{other}");
        }
    }
}
