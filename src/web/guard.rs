//! What each answer tells browsers not to do, and forms of other sites.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::site::Site;
use crate::said;

/// Only our own files and Discord's pictures, nothing inline, forms to ourselves, and no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https://cdn.discordapp.com; \
                      connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Lets no form of another site do anything here.
pub(super) fn csrf(public_url: &str) -> CsrfLayer {
    // What stands before us may call us by another name than browsers do.
    let origin = reqwest::Url::parse(public_url).map(|it| it.origin().ascii_serialization()).unwrap_or_default();
    CsrfLayer::new().add_trusted_origin(&origin).unwrap_or_default()
}

/// Says what browsers must not do with an answer, and why a form of another site is refused.
pub(super) async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    let mut response = next.run(request).await;
    if response.extensions().get::<ProtectionError>().is_some() {
        // Nothing is told to whoever sends it of who is logged in here.
        response = match site.visitor(&uri, &axum::http::HeaderMap::new()).await {
            Ok(mut visitor) => {
                visitor.language = site.language(&headers);
                "/dashboard".clone_into(&mut visitor.path);
                site.refuse(&visitor, StatusCode::FORBIDDEN, &said!(web_foreign))
            }
            Err(error) => site.fail(site.language(&headers), &error),
        };
    }
    let all = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 6] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        all.insert(name, HeaderValue::from_static(value));
    }
    all.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
