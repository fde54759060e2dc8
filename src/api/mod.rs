//! The JSON API: what all of its routes share. It only translates: what is done, and whether, is the operations' affair.
//!
//! A feature brings its routes as a [`Part`]; each is below a server's address and opens by an [`Area`]. Every request passes
//! [`gate`]: the key, its allowance, the server, the scope, and whether the request came before.

mod accept;
mod document;
mod gate;
mod key;
mod known;
mod limit;
mod page;
mod parts;
mod problem;
mod repetition;
mod store;

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::RequestId;
use utoipa_axum::router::OpenApiRouter;

pub use document::document;
pub use gate::Caller;
pub use parts::{Body, IfMatch, Page, Paging, Path, Query, Tagged};
pub use problem::{Problem, ProblemBody};
pub use repetition::forget_requests;

use crate::app::App;
use crate::keys::Area;
use crate::said;
use crate::words::Language;
use gate::{About, Gate};

/// What a feature brings to the API.
#[derive(Clone)]
pub struct Part {
    /// Which feature.
    pub feature: &'static str,
    /// What opens it.
    pub area: Area,
    /// Where it stands; nothing is below a server's address and the area's name.
    pub path: Option<&'static str>,
    /// Its routes below that.
    pub routes: OpenApiRouter<App>,
}

/// How large a request may be, and how long its answer may take.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes of a body.
    pub body: usize,
    /// Time, reading the request included.
    pub time: Duration,
}

/// Who reads an answer, and what the request is called.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The language that they prefer.
    pub language: Language,
    request_id: String,
}

impl Reader {
    fn of(request: &Request) -> Reader {
        let accepted = request.headers().get(ACCEPT_LANGUAGE).and_then(|accepted| accepted.to_str().ok());
        let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
        Reader {
            language: accepted.and_then(Language::preferred).unwrap_or_default(),
            request_id: id.unwrap_or_default().to_owned(),
        }
    }

    /// An answer in which a problem is said; what was to be in its headers besides stays there.
    fn say(&self, mut response: Response) -> Response {
        match response.extensions_mut().remove::<Problem>() {
            Some(problem) => {
                let mut said = problem.into_answer(self.language, self.request_id.clone());
                for (name, value) in response.headers() {
                    if !said.headers().contains_key(name) {
                        said.headers_mut().insert(name, value.clone());
                    }
                }
                said
            }
            None => response,
        }
    }
}

/// All parts with what is about no server, without who may come in.
fn assemble(
    parts: &[Part],
    enter: impl Fn(OpenApiRouter<App>, Option<About>) -> OpenApiRouter<App>,
) -> OpenApiRouter<App> {
    let mut all = OpenApiRouter::with_openapi(document::head());
    all = all.nest("/api/v1/key", enter(key::routes(), None));
    for Part { feature, area, path, routes } in parts {
        let below = || format!("/api/v1/guilds/{{{}}}/{}", gate::GUILD, area.name());
        let path = path.map_or_else(below, str::to_owned);
        all = all.nest(&path, enter(routes.clone(), Some(About { feature, area: *area })));
    }
    all
}

/// The API as a router, with its document.
pub fn router(app: &App, parts: &[Part], bounds: Bounds) -> Router<App> {
    let document = document(parts);
    let gate = Gate::new(app.clone(), &document, bounds);
    let enter = |routes: OpenApiRouter<App>, about: Option<About>| match about {
        Some(about) => routes.route_layer(middleware::from_fn_with_state((gate.clone(), about), gate::enter_guild)),
        None => routes.route_layer(middleware::from_fn_with_state(gate.clone(), gate::enter_alone)),
    };
    let (routes, _) = assemble(parts, enter).split_for_parts();
    // Both are long, and the same for all.
    let page = Bytes::from(page::render(&document));
    let document = Bytes::from(serde_json::to_vec(&document).expect("a document has text keys and no failing parts"));
    let not_allowed =
        || async { Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", said!(api_method_not_allowed)) };
    routes
        .route(
            "/api/openapi.json",
            axum::routing::get(move || async move { ([(CONTENT_TYPE, "application/json")], document) }),
        )
        .route("/api", axum::routing::get(move || async move { html(page) }))
        .route(
            "/api/style.css",
            axum::routing::get(|| async { ([(CONTENT_TYPE, "text/css; charset=utf-8")], page::STYLE) }),
        )
        .route("/api/", axum::routing::any(|| async { Problem::not_found() }))
        .route("/api/{*rest}", axum::routing::any(|| async { Problem::not_found() }))
        .method_not_allowed_fallback(not_allowed)
        .layer(CatchPanicLayer::custom(cracked))
        .layer(middleware::from_fn(move |request, next| surround(bounds, request, next)))
}

fn html(page: Bytes) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, page::POLICY)], page)
}

/// What a handler that panics is answered with; it is logged like any other failure.
fn cracked(panic: Box<dyn Any + Send>) -> Response {
    let what = panic.downcast_ref::<&str>().map(|it| (*it).to_owned());
    let what = what.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    Problem::from(anyhow::anyhow!("a handler panicked: {what}")).into_response()
}

/// What every answer of the API has: a bound on its time, a problem in the reader's language, and headers by which no browser
/// makes more of it than data.
async fn surround(bounds: Bounds, request: Request, next: Next) -> Response {
    let reader = Reader::of(&request);
    let answered = tokio::time::timeout(bounds.time, next.run(request)).await;
    let response = answered.unwrap_or_else(|_| Problem::too_slow().into_response());
    let mut response = reader.say(response);
    let headers = response.headers_mut();
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ] {
        // The page has a policy of its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
