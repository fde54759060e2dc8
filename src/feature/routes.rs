//! Pages and API routes: what a feature answers to a browser, and how what went wrong is said there.

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;

use super::Feature;
use crate::api::Part;
use crate::app::App;
use crate::error::Error;
use crate::keys::Area;
use crate::said;
use crate::web::Section;
use crate::words::{Language, Said};

impl Feature {
    /// Answers requests of browsers and programs below `/` and the feature's name. The server bounds their bodies and their
    /// time, counts them by route, and survives their panics; who may ask is the handlers' to say.
    #[must_use]
    pub fn routes(mut self, routes: Router<App>) -> Feature {
        self.routes = Some(routes.layer(middleware::from_fn(say_to_reader)));
        self
    }

    /// Answers programs that use the API, below a server's address and the name of `area`: `/api/v1/guilds/{guild}/faq`. Who
    /// comes has a key that counts there and opens that area; what they may do is the operations' to say.
    #[must_use]
    pub fn api(mut self, area: Area, routes: OpenApiRouter<App>) -> Feature {
        self.api.push(Part { feature: self.name, area, path: None, routes });
        self
    }

    /// The same at an address of its own, where a program names the server as `guild_id` behind the question mark.
    #[must_use]
    pub fn api_at(mut self, path: &'static str, area: Area, routes: OpenApiRouter<App>) -> Feature {
        self.api.push(Part { feature: self.name, area, path: Some(path), routes });
        self
    }

    /// Shows pages in the dashboard of each server.
    #[must_use]
    pub fn pages(mut self, section: Section) -> Feature {
        self.sections.push(section);
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
    let language = accepted.and_then(Language::preferred).unwrap_or_default();
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Unsaid>() {
        Some(Unsaid(said)) => {
            (response.status(), [(CONTENT_LANGUAGE, language.code())], language.say(&said)).into_response()
        }
        None => response,
    }
}
