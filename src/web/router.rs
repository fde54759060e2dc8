//! Which address is answered by what.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{RawPathParams, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, get, on, post};
use maud::html;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::form::Pairs;
use super::front::{self, to_login};
use super::guard::{Bounds, csrf, framed, guard};
use super::layout::{Link, Liveness, Menu};
use super::live::{May, Telling, Watch, Whose, tell};
use super::login;
use super::section::{Handler, Section};
use super::session::Session;
use super::site::{Site, Visitor, elsewhere, file};
use super::visit::{Answer, EXPORTS, Visit};
use crate::acting::{Acting, Origin};
use crate::app::App;
use crate::config::Dashboard;
use crate::error::{Error, Result};
use crate::settings::{Schema, System};
use crate::words::Say;
use crate::{said, say};

/// A key by which a form is known again is one that we made.
const ONCE_CHARS: usize = 32;

/// The dashboard: the pages of all sections, with `invite` as the link that invites the bot.
pub fn router<S: Clone + Send + Sync + 'static>(
    app: App,
    door: Dashboard,
    sections: Vec<Section>,
    invite: String,
    bounds: Bounds,
) -> Router<S> {
    let csrf = csrf(&door.public_url);
    let site = Arc::new(Site::new(app, door, sections, invite));
    let mut all = Router::new()
        .route("/dashboard", get(front::servers))
        .route("/dashboard/login", get(login::start))
        .route("/dashboard/login/back", get(login::finish))
        .route("/dashboard/logout", post(front::log_out))
        .route("/dashboard/logins", get(front::logins))
        .route("/dashboard/logins/end", post(front::log_out_everywhere))
        .route("/dashboard/language", post(front::choose_language))
        .route("/dashboard/style.css", get(front::style))
        .route("/dashboard/live.js", get(front::script))
        .route("/dashboard/{guild}", get(first_page))
        .route("/dashboard/{guild}/", get(first_page))
        .route("/dashboard/{guild}/{*rest}", get(no_page));
    for (at, section) in site.sections.iter().enumerate() {
        let mut routes: HashMap<&str, MethodRouter<Arc<Site>>> = HashMap::new();
        for entry in &section.pages {
            let filter = if entry.method == Method::POST { MethodFilter::POST } else { MethodFilter::GET };
            let handler = Arc::clone(&entry.handler);
            let answer = move |State(site): State<Arc<Site>>, parameters: RawPathParams, request: Request| async move {
                let parameters = parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                enter(&site, at, &handler, parameters, request).await
            };
            let route = routes.remove(entry.path).unwrap_or_default();
            routes.insert(entry.path, route.merge(on(filter, answer)));
        }
        for (path, route) in routes {
            all = all.route(&format!("/dashboard/{{guild}}/{}{path}", section.path), route);
        }
    }
    // Headers stand around all, also around what is refused.
    let all =
        all.layer(csrf).layer(middleware::from_fn_with_state((Arc::clone(&site), bounds), guard)).with_state(site);
    // No page holds a secret that could be guessed by how well what somebody else put beside it is packed: forms are
    // known as ours by headers (<https://www.breachattack.com/>).
    all.layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(is_packed))
}

/// Whether it is packed for whoever takes it so: pages and what they are made of. Live pages and files go out as they come.
fn is_packed(_: StatusCode, _: axum::http::Version, headers: &HeaderMap, _: &axum::http::Extensions) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    ["text/html", "text/css", "text/javascript"].iter().any(|packed| kind.starts_with(packed))
}

/// A guild as somebody who is logged in sees it: their guild, with the sections that they may see.
struct Seen<'a> {
    session: &'a Session,
    name: &'a str,
    guild: Id<GuildMarker>,
    /// By place in the list of all sections.
    may: Vec<usize>,
}

/// Looks who comes to a guild. Nothing of it is shown to whoever is not in it, not even whether there is one.
async fn look<'a>(site: &Site, visitor: &'a Visitor, guild: &str) -> anyhow::Result<Option<Seen<'a>>> {
    let Some(session) = &visitor.session else { return Ok(None) };
    // Only servers that were theirs are asked for: what anybody types would be asked for with the bot's token.
    let Some(theirs) = guild.parse().ok().and_then(|id| session.guild(id)) else { return Ok(None) };
    let mut may = Vec::new();
    for (at, section) in site.sections.iter().enumerate() {
        let acting = acting(site, session, theirs.id, section.feature, Origin::Routine).await?;
        if !acting.is_present() {
            return Ok(None);
        }
        // As with commands, nothing is shown of what a server has switched off.
        if !site.app.settings.enabled(theirs.id, section.feature).await {
            continue;
        }
        if (section.may)(site.app.clone(), acting).await.or_else(refused)? {
            may.push(at);
        }
    }
    Ok(Some(Seen { session, name: &theirs.name, guild: theirs.id, may }))
}

/// Who is refused may not.
fn refused(error: Error) -> anyhow::Result<bool> {
    match error {
        Error::User(_) => Ok(false),
        Error::Internal(error) => Err(error),
    }
}

async fn acting(
    site: &Site,
    session: &Session,
    guild: Id<GuildMarker>,
    feature: &'static str,
    origin: Origin,
) -> anyhow::Result<Acting> {
    let who = (session.user, session.name.as_str());
    Acting::of_visitor(&site.app, guild, feature, who, origin, site.app.clock.now()).await
}

fn links(site: &Site, seen: &Seen<'_>, here: Option<usize>) -> Vec<Link> {
    let link = |at: &usize| {
        let section = &site.sections[*at];
        Link {
            to: format!("/dashboard/{}/{}", seen.guild, section.path),
            name: section.name,
            is_here: here == Some(*at),
        }
    };
    seen.may.iter().map(link).collect()
}

/// The first page that somebody may see.
async fn first_page(
    State(site): State<Arc<Site>>,
    parameters: RawPathParams,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let guild = parameters.iter().next().map(|(_, value)| value.to_owned()).unwrap_or_default();
    let shown = async {
        let visitor = site.visitor(&uri, &headers).await?;
        if visitor.session.is_none() {
            return Ok(to_login(&visitor));
        }
        let seen = look(&site, &visitor, &guild).await?;
        Ok(match seen.as_ref().and_then(|seen| links(&site, seen, None).into_iter().next()) {
            Some(first) => elsewhere(&first.to),
            None if seen.is_some() => site.refuse(&visitor, StatusCode::FORBIDDEN, &said!(web_no_pages)),
            None => site.refuse(&visitor, StatusCode::NOT_FOUND, &said!(web_no_server)),
        })
    };
    shown.await.unwrap_or_else(|error: anyhow::Error| site.fail(site.language(&headers), &error))
}

async fn no_page(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    match site.visitor(&uri, &headers).await {
        Ok(visitor) => site.refuse(&visitor, StatusCode::NOT_FOUND, &said!(web_no_page)),
        Err(error) => site.fail(site.language(&headers), &error),
    }
}

/// What a browser asks a section for.
#[derive(Clone)]
struct Asked {
    /// The section's place.
    at: usize,
    handler: Handler,
    parameters: HashMap<String, String>,
    uri: Uri,
    headers: HeaderMap,
    /// What was filled in, if it is a form that was sent.
    form: Option<Pairs>,
}

/// What a handler answered somebody who may come in.
struct Answered {
    visitor: Visitor,
    visit: Arc<Visit>,
    name: String,
    links: Vec<Link>,
    answer: Result<Answer>,
}

/// Lets somebody in at a page of a section, or says why not.
async fn enter(
    site: &Arc<Site>,
    at: usize,
    handler: &Handler,
    parameters: HashMap<String, String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let language = site.language(&parts.headers);
    let answering = async {
        let form = match parts.method {
            // It is here, whole.
            Method::POST => {
                Some(Pairs::read(&String::from_utf8_lossy(&to_bytes(body, usize::MAX).await?)).with_plain_lines())
            }
            _ => None,
        };
        let handler = Arc::clone(handler);
        let asked = Asked { at, handler, parameters, uri: parts.uri, headers: parts.headers, form };
        match let_in(site, asked.clone()).await? {
            Ok(answered) => show(site, asked, answered).await,
            Err(refused) => Ok(*refused),
        }
    };
    answering.await.unwrap_or_else(|error: anyhow::Error| site.fail(language, &error))
}

/// Asks who comes, and the handler if they may come in.
async fn let_in(site: &Site, asked: Asked) -> anyhow::Result<Result<Answered, Box<Response>>> {
    let Asked { at, handler, parameters, uri, headers, form } = asked;
    let refused = |response: Response| Ok(Err(Box::new(response)));
    let visitor = site.visitor(&uri, &headers).await?;
    if visitor.session.is_none() {
        return refused(to_login(&visitor));
    }
    let guild = parameters.get("guild").map(String::as_str).unwrap_or_default();
    let Some(seen) = look(site, &visitor, guild).await? else {
        return refused(site.refuse(&visitor, StatusCode::NOT_FOUND, &said!(web_no_server)));
    };
    let (links, name) = (links(site, &seen, Some(at)), seen.name.to_owned());
    let menu = || Menu { name: &name, links: &links };
    if !seen.may.contains(&at) {
        let why = html! { (say!(visitor.language, web_forbidden)) };
        return refused(site.refuse_in(&visitor, StatusCode::FORBIDDEN, Some(menu()), why));
    }
    let form = form.unwrap_or_default();
    let once = form.get("once").filter(|once| once.len() == ONCE_CHARS);
    let origin = once.map_or(Origin::Routine, |once| Origin::Request(format!("form:{once}")));
    let section = &site.sections[at];
    let system = site.app.settings.get::<System>(seen.guild).await?;
    let mut acting = acting(site, seen.session, seen.guild, section.feature, origin).await?;
    if !site.app.settings.stored(seen.guild, System::FEATURE).await?.contains_key("language") {
        acting.set_writes_in(visitor.language);
    }
    let visit = Arc::new(Visit {
        app: site.app.clone(),
        guild: seen.guild,
        language: visitor.language,
        zone: system.time_zone.time_zone(),
        acting,
        base: format!("/dashboard/{}/{}", seen.guild, section.path),
        parameters,
        query: Pairs::read(uri.query().unwrap_or_default()),
        form,
        names: Arc::clone(&site.names),
        takes: seen.may.iter().any(|at| site.sections[*at].path == EXPORTS),
    });
    if let Some(barred) = visit.acting.barred() {
        let why = visit.rich(&barred.say(visitor.language)).await;
        return refused(site.refuse_in(&visitor, StatusCode::FORBIDDEN, Some(menu()), why));
    }
    let answer = handler(Arc::clone(&visit)).await;
    Ok(Ok(Answered { visitor, visit, name, links, answer }))
}

/// An answer as the browser gets it.
async fn show(site: &Arc<Site>, asked: Asked, answered: Answered) -> anyhow::Result<Response> {
    let Answered { visitor, visit, name, links, answer } = answered;
    let (language, menu) = (visitor.language, Menu { name: &name, links: &links });
    Ok(match answer {
        Ok(Answer::Page(page)) => {
            let status = if page.is_refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let said = match &visitor.said {
                Some(said) => Some(visit.rich(said).await),
                None => None,
            };
            // What was typed into a refused form is in no page that could be fetched anew.
            let is_live = !page.is_refused;
            let live = Liveness {
                told_by: page.live.as_deref().filter(|_| is_live),
                every_seconds: page.every_seconds.filter(|_| is_live),
            };
            site.show_in(&visitor, status, (Some(menu), said), live, (&page.title, page.body))
        }
        Ok(Answer::Done { said, to }) => site.done(&said, &to),
        Ok(Answer::Elsewhere(to)) => elsewhere(&to),
        Ok(Answer::Live(watch)) => match &visitor.session {
            Some(session) => tell_of(site, asked, (&visit, session), watch),
            None => to_login(&visitor),
        },
        Ok(Answer::Framed(body)) => framed(body),
        Ok(Answer::File { name, kind, content }) => file(&name, kind, content),
        Ok(Answer::Missing(said)) => {
            let why = visit.rich(&language.say(&said)).await;
            site.refuse_in(&visitor, StatusCode::NOT_FOUND, Some(menu), why)
        }
        Err(Error::User(said)) => {
            // What is asked for by its address is not there for them.
            let status = if asked.form.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::NOT_FOUND };
            let why = visit.rich(&language.say(&said)).await;
            site.refuse_in(&visitor, status, Some(menu), why)
        }
        Err(Error::Internal(error)) => return Err(error),
    })
}

/// Tells a browser of changes, as long as the same that it has asked for would be answered again.
fn tell_of(site: &Arc<Site>, asked: Asked, (visit, session): (&Visit, &Session), watch: Watch) -> Response {
    let again = {
        let site = Arc::clone(site);
        move || -> Pin<Box<dyn Future<Output = May> + Send>> {
            let (site, asked) = (Arc::clone(&site), asked.clone());
            Box::pin(async move {
                match let_in(&site, asked).await {
                    Ok(Ok(Answered { answer: Ok(Answer::Live(now)), .. })) if now == watch => May::Yes,
                    // The database or Discord says nothing just now.
                    Err(_) | Ok(Ok(Answered { answer: Err(Error::Internal(_)), .. })) => May::Unknown,
                    Ok(Err(refused)) if refused.status().is_server_error() => May::Unknown,
                    Ok(_) => May::No,
                }
            })
        }
    };
    let telling = Telling {
        watch,
        whose: Whose { user: session.user, session: session.digest, guild: visit.guild },
        changes: visit.app.changes.listen(),
        again: Box::new(again),
        stopping: visit.app.stopping.clone(),
    };
    tell(&site.streams, telling)
}
