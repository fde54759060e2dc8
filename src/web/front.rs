//! The pages that belong to no guild: where to go, where one is logged in, and in which language one reads.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::form::{Pairs, query};
use super::layout::{SCRIPT, STYLE, head};
use super::session::{self, Session};
use super::site::{LOGIN, Site, Visitor, elsewhere, own_address};
use super::visit::moment;
use crate::words::Language;
use crate::{msg, say};

/// How long Discord has to say where the bot is.
const ASK_TIME: Duration = Duration::from_secs(5);

/// The link that invites the bot into one server
/// (<https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow>).
fn invite_link(invite: &str, guild: u64) -> String {
    format!("{invite}&guild_id={guild}&disable_guild_select=true")
}

/// The servers of whoever is logged in, or where to log in.
pub(super) async fn servers(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let shown = async {
        let visitor = site.visitor(&uri, &headers).await?;
        let language = visitor.language;
        let Some(session) = &visitor.session else {
            let query = Pairs::read(uri.query().unwrap_or_default());
            let to = query.get("to").map_or("/dashboard", own_address);
            let body = welcome(language, to);
            return Ok(site.show(&visitor, StatusCode::OK, &say!(language, web_login_title), body));
        };
        let body = picker(&site, &visitor, session).await?;
        Ok(site.show(&visitor, StatusCode::OK, &say!(language, web_servers_title), body))
    };
    shown.await.unwrap_or_else(|error| site.fail(site.language(&headers), &error))
}

fn welcome(language: Language, to: &str) -> Markup {
    // A link, and no form: where a form leads, its redirects must lead too.
    html! {
        p { (say!(language, web_login)) }
        p { a.button href={ "/dashboard/login?" (query(&[("to", to)])) } { (say!(language, web_login_button)) } }
    }
}

async fn picker(site: &Site, visitor: &Visitor, session: &Session) -> anyhow::Result<Markup> {
    let language = visitor.language;
    let ids: Vec<_> = session.guilds.iter().map(|guild| guild.id).collect();
    let own = site.app.discord.own_guilds(&ids, Instant::now() + ASK_TIME).await?;
    let (here, elsewhere): (Vec<_>, Vec<_>) = session.guilds.iter().partition(|guild| own.contains(&guild.id));
    let inviting: Vec<_> = elsewhere.into_iter().filter(|guild| guild.may_invite()).collect();
    Ok(html! {
        @if here.is_empty() {
            p.empty { (say!(language, web_no_servers)) }
        } @else {
            ul.cards {
                @for guild in here {
                    li { a.card href={ "/dashboard/" (guild.id.get()) } { (guild.name) } }
                }
            }
        }
        @if !inviting.is_empty() {
            h2 { (say!(language, web_invite_title)) }
            p { (say!(language, web_invite)) }
            ul.cards {
                @for guild in inviting {
                    li.card.absent {
                        span { (guild.name) }
                        a.button href=(invite_link(&site.invite, guild.id.get())) rel="noopener noreferrer" {
                            (say!(language, web_invite_button))
                            span.hidden { " " (guild.name) }
                        }
                    }
                }
            }
        }
        p.note { (say!(language, web_servers_since_login)) }
    })
}

/// Where somebody is logged in.
pub(super) async fn logins(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let shown = async {
        let visitor = site.visitor(&uri, &headers).await?;
        let language = visitor.language;
        let Some(session) = &visitor.session else { return Ok(to_login(&visitor)) };
        let logins = session::list(&site.app, session).await?;
        let body = html! {
            p { (say!(language, web_logins)) }
            div.scroll tabindex="0" { table {
                (head(language, &[msg!(web_logins_browser_label), msg!(web_logins_began_label), msg!(web_logins_seen_label)]))
                tbody { @for login in logins {
                    tr {
                        td { @if login.browser.is_empty() { (say!(language, web_logins_unknown)) } @else { (login.browser) } }
                        td { (moment(language, &TimeZone::UTC, login.began_at)) }
                        td { (moment(language, &TimeZone::UTC, login.seen_at)) }
                    }
                } }
            } }
            form method="post" action="/dashboard/logins/end" {
                button.danger { (say!(language, web_logout_everywhere_button)) }
            }
        };
        Ok(site.show(&visitor, StatusCode::OK, &say!(language, web_logins_title), body))
    };
    shown.await.unwrap_or_else(|error: anyhow::Error| site.fail(site.language(&headers), &error))
}

/// Sends somebody to the page with the login, from which they come back here.
pub(super) fn to_login(visitor: &Visitor) -> Response {
    elsewhere(&format!("/dashboard?{}", query(&[("to", &visitor.path)])))
}

/// Logs somebody out here.
pub(super) async fn log_out(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    end(&site, &uri, &headers, false).await
}

/// Logs somebody out everywhere.
pub(super) async fn log_out_everywhere(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    end(&site, &uri, &headers, true).await
}

async fn end(site: &Site, uri: &Uri, headers: &HeaderMap, everywhere: bool) -> Response {
    let language = site.language(headers);
    let ending = async {
        let session = site.visitor(uri, headers).await?.session;
        if let Some(session) = &session {
            site.streams.end(session.user, (!everywhere).then_some(session.digest));
        }
        match &session {
            Some(session) if everywhere => session::end_all(&site.app, session).await?,
            Some(session) => session::end(&site.app, session).await?,
            None => {}
        }
        let said = if everywhere { say!(language, web_logged_out_everywhere) } else { say!(language, web_logged_out) };
        let mut response = site.done(&said, "/dashboard");
        response.headers_mut().append(SET_COOKIE, site.cookies.forget(LOGIN));
        Ok(response)
    };
    ending.await.unwrap_or_else(|error: anyhow::Error| site.fail(language, &error))
}

/// Keeps a chosen language.
pub(super) async fn choose_language(State(site): State<Arc<Site>>, body: String) -> Response {
    let form = Pairs::read(&body);
    let mut response = elsewhere(form.get("to").map_or("/dashboard", own_address));
    if let Some(language) = form.get("language").and_then(Language::of_code) {
        response.headers_mut().append(SET_COOKIE, site.keep_language(language));
    }
    response
}

/// The look of all pages. Its address is another with each version, so nobody need ask for it twice.
pub(super) async fn style() -> Response {
    lasting("text/css; charset=utf-8", STYLE)
}

/// The script of all pages, likewise.
pub(super) async fn script() -> Response {
    lasting("text/javascript; charset=utf-8", SCRIPT)
}

fn lasting(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, text).into_response()
}
