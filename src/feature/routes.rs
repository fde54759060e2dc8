//! Pages and API routes: what a feature answers to a browser, and how what went wrong is said there.

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};

use super::Feature;
use crate::app::App;
use crate::error::Error;
use crate::said;
use crate::words::{Language, Said};

impl Feature {
    /// Answers requests of browsers and programs below `/` and the feature's name. The server bounds their bodies and their
    /// time, counts them by route, and survives their panics; who may ask is the handlers' to say.
    #[must_use]
    pub fn routes(mut self, routes: Router<App>) -> Feature {
        self.routes = Some(routes.layer(middleware::from_fn(say_to_reader)));
        self
    }
}

/// What is said in an answer, until somebody has looked who reads it.
#[derive(Clone)]
struct Unsaid(Said);

/// What a browser is told; a handler of a route may end with any error.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, said) = match self {
            Error::User(said) => (StatusCode::BAD_REQUEST, said),
            Error::Internal(error) => {
                // The span that surrounds it holds the request's id, which is in the answer's headers too.
                tracing::error!(error = format!("{error:#}"), "a request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, said!(interactions_page_failed))
            }
        };
        let mut response = (status, said.in_english()).into_response();
        response.extensions_mut().insert(Unsaid(said));
        response
    }
}

/// Says it in the language that the browser asks for.
async fn say_to_reader(request: Request, next: Next) -> Response {
    let accepted = request.headers().get(ACCEPT_LANGUAGE).and_then(|accepted| accepted.to_str().ok());
    let language = accepted.and_then(preferred).unwrap_or_default();
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Unsaid>() {
        Some(Unsaid(said)) => {
            (response.status(), [(CONTENT_LANGUAGE, language.code())], language.say(&said)).into_response()
        }
        None => response,
    }
}

/// The language that somebody prefers of those that the bot speaks
/// (<https://www.rfc-editor.org/rfc/rfc9110#field.accept-language>). The server bounds the length of headers.
fn preferred(accepted: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for wish in accepted.split(',') {
        let (tag, weight) = wish.split_once(';').unwrap_or((wish, "q=1"));
        let weight: Option<f32> = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok());
        let (Some(weight), Some(language)) = (weight, Language::of_locale(tag.trim())) else { continue };
        // Of several that are wanted as much the first counts.
        if weight > best.map_or(0.0, |(weight, _)| weight) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_answered_in_the_language_that_it_prefers() {
        let check = |accepted: &str, expected: Option<&str>| {
            assert_eq!(preferred(accepted).map(Language::code), expected, "{accepted}");
        };
        check("nl-BE,nl;q=0.9,en;q=0.8", Some("nl"));
        check("en;q=0.7, nl;q=0.8", Some("nl"));
        check("tlh, en", Some("en"));
        check("nl;q=0, en;q=0.1", Some("en"));
        check("tlh", None);
        check("*", None);
        check("nl;q=much", None);
    }
}
