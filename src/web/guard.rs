//! What each answer tells browsers not to do, and forms of other sites.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::site::{Site, Visitor};
use crate::said;
use crate::words::Said;

/// Only our own files and Discord's pictures, nothing inline, forms to ourselves, and no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https://cdn.discordapp.com; \
                      connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// A document that stands in a frame of ours, or alone: in it nothing runs, nothing is sent and nothing is loaded, and it is of
/// no origin, whatever is written in it (<https://www.w3.org/TR/CSP3/#directive-sandbox>).
const FRAMED: &str = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'";

/// A document of its own, for a frame.
pub(super) fn framed(body: Body) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMED)),
        (X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
    ];
    (headers, body).into_response()
}

/// How much a page may take.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The longest form, in bytes.
    pub form: usize,
    /// How long a page may take, the wait for its turn included.
    pub time: Duration,
}

/// Browsers come by https alone for a year. Other hosts of the domain are none of our affair
/// (<https://www.rfc-editor.org/rfc/rfc6797#section-6.1>).
const HTTPS_ONLY: &str = "max-age=31536000";

/// The page, once it is this browser's turn; nothing if too many of its pages wait. Whoever is not logged in takes no turn: of
/// what costs something they get nothing but the login, which has turns of its own.
async fn in_turn(site: &Site, browser: Option<[u8; 32]>, request: Request, next: Next) -> Option<Response> {
    let Some(browser) = browser else { return Some(next.run(request).await) };
    if site.turns.is_crowded(browser) {
        return None;
    }
    let _turn = site.turns.wait_for_turn(browser).await;
    Some(next.run(request).await)
}

/// Lets no form of another site do anything here.
pub(super) fn csrf(public_url: &str) -> CsrfLayer {
    // What stands before us may call us by another name than browsers do.
    let origin = reqwest::Url::parse(public_url).map(|it| it.origin().ascii_serialization()).unwrap_or_default();
    CsrfLayer::new().add_trusted_origin(&origin).unwrap_or_default()
}

/// Says what browsers must not do with an answer, and why a form of another site is refused. A browser has one page after the
/// other, of which none takes longer than `bounds` say.
pub(super) async fn guard(State((site, bounds)): State<(Arc<Site>, Bounds)>, request: Request, next: Next) -> Response {
    let (language, browser) = (site.language(request.headers()), site.known_by(request.headers()));
    // Of who is logged in nothing is told.
    let refuse = |status, why: Said| site.refuse(&Visitor::nobody(language), status, &why);
    let answering = async {
        let (parts, body) = request.into_parts();
        // Whoever sends slowly has no turn meanwhile.
        let Ok(form) = to_bytes(body, bounds.form).await else {
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, said!(web_form_too_long, kilobytes = bounds.form / 1024));
        };
        let request = Request::from_parts(parts, Body::from(form));
        let crowded = || refuse(StatusCode::TOO_MANY_REQUESTS, said!(web_crowded));
        in_turn(&site, browser, request, next).await.unwrap_or_else(crowded)
    };
    let mut response = match tokio::time::timeout(bounds.time, answering).await {
        Ok(response) if response.extensions().get::<ProtectionError>().is_some() => {
            refuse(StatusCode::FORBIDDEN, said!(web_foreign))
        }
        Ok(response) => response,
        Err(_) => refuse(StatusCode::SERVICE_UNAVAILABLE, said!(web_too_slow)),
    };
    let all = response.headers_mut();
    if site.cookies.is_secure {
        all.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HTTPS_ONLY));
    }
    let fixed: [(HeaderName, &'static str); 6] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        // What stands in a frame says so itself.
        all.entry(name).or_insert(HeaderValue::from_static(value));
    }
    all.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
