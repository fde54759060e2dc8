//! Pages and API routes: what a feature answers to a browser, and how what went wrong is said there.

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::Feature;
use crate::app::App;
use crate::error::Error;
use crate::say;
use crate::words::Language;

impl Feature {
    /// Answers requests of browsers and programs below `/` and the feature's name. The server bounds their bodies and their
    /// time, counts them by route, and survives their panics; who may ask is the handlers' to say.
    #[must_use]
    pub fn routes(mut self, routes: Router<App>) -> Feature {
        self.routes = Some(routes);
        self
    }
}

/// What a browser is told; a handler of a route may end with any error.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Error::User(said) => (StatusCode::BAD_REQUEST, Language::ENGLISH.say(&said)).into_response(),
            Error::Internal(error) => {
                // The span that surrounds it holds the request's id, which is in the answer's headers too.
                tracing::error!(error = format!("{error:#}"), "a request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, say!(Language::ENGLISH, interactions_page_failed)).into_response()
            }
        }
    }
}
