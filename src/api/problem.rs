//! What went wrong, as a program reads it: RFC 9457 (<https://www.rfc-editor.org/rfc/rfc9457>) with a code that never changes.

use axum::Json;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::acting::{Barred, Failure, NotAdmin, Refusal};
use crate::error::Error;
use crate::said;
use crate::words::{Language, Said, Say};

/// The media type of a problem.
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// Why a request is not answered as it wants to be. It becomes text where it is known who reads it.
#[derive(Clone, Debug)]
pub struct Problem(Box<Told>);

/// What is told of a problem.
#[derive(Clone, Debug)]
struct Told {
    status: StatusCode,
    code: &'static str,
    detail: Said,
    at: Option<String>,
    headers: HeaderMap,
}

/// A problem as it is sent (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// A URN that ends in the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:alphapy:problem:no_such_entry")]
    kind: String,
    /// What the status means.
    title: &'static str,
    /// The status of the response.
    status: u16,
    /// What programs tell problems apart by; it never changes.
    #[schema(example = "no_such_entry")]
    code: &'static str,
    /// One sentence for people, in English or Dutch, as `Accept-Language` wants it.
    detail: String,
    /// What the request is called in our log.
    request_id: String,
    /// Where in the body the fault is, as a JSON pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pointer: Option<String>,
}

impl Problem {
    /// A problem of the door itself.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<Said>) -> Problem {
        Problem(Box::new(Told { status, code, detail: detail.into(), at: None, headers: HeaderMap::new() }))
    }

    /// The same with where in the body the fault is.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Problem {
        self.0.at = Some(pointer.into());
        self
    }

    /// The same with a header.
    #[must_use]
    pub(super) fn with(mut self, name: HeaderName, value: impl Into<HeaderValue>) -> Problem {
        self.0.headers.insert(name, value.into());
        self
    }

    /// The same with when it is worth another try.
    #[must_use]
    pub(super) fn retry_after(self, seconds: u64) -> Problem {
        self.with(RETRY_AFTER, seconds)
    }

    /// There is nothing at this address, or nothing that this key may know of.
    pub fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "no_such_address", said!(api_no_such_address))
    }

    /// It takes longer than anybody waits.
    pub fn too_slow() -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too_slow", said!(api_too_slow)).retry_after(1)
    }

    /// A value of the body is another than it may be.
    pub fn unfit(pointer: impl Into<String>) -> Problem {
        let pointer: String = pointer.into();
        let place = if pointer.is_empty() { "/" } else { &pointer };
        let problem = said!(api_unfit_field, pointer = place.to_owned());
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unfit_field", problem).at(pointer)
    }

    /// A text of the body is not read as what it should be, for the reason that is said of it.
    pub fn unreadable(code: &'static str, why: Error) -> Problem {
        match why {
            Error::User(said) => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, said),
            Error::Internal(error) => error.into(),
        }
    }

    /// Something after `?` is unknown or out of bounds.
    pub fn unfit_query() -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "unfit_query", said!(api_unfit_query))
    }

    /// As it is sent to somebody who reads `language`.
    pub(super) fn into_answer(self, language: Language, request_id: String) -> Response {
        let Told { status, code, detail, at, headers } = *self.0;
        let body = ProblemBody {
            kind: format!("urn:alphapy:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Problem"),
            status: status.as_u16(),
            code,
            detail: language.say(&detail),
            request_id,
            pointer: at,
        };
        let mut response = (status, headers, Json(body)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Which status a refusal has: what there is not is 404, what may not be is 403, what stands in the way of it now is 409, what
/// has changed meanwhile is 412, what takes a while is 503. Whatever else is refused is a value that cannot be so.
fn status_of(code: &str) -> StatusCode {
    const FORBIDDEN: [&str; 16] = [
        "not_in_guild",
        "in_timeout",
        "private",
        "only_operators",
        "not_for_programs",
        "for_nobody",
        "not_staff",
        "not_for_others",
        "not_theirs",
        "not_yours_to_rate",
        "not_yours_to_agree",
        "numbers_for_staff",
        "staff_closes",
        "is_blocked",
        "role_blocked",
        "role_required",
    ];
    const GONE: [&str; 6] = ["gone", "setting_gone", "ticket_gone", "begun_gone", "no_transcript", "draft_gone"];
    const CONFLICT: [&str; 38] = [
        "title_taken",
        "changed_since",
        "old_value_unfit",
        "already_paused",
        "not_paused",
        "switched_off",
        "key_name_taken",
        "too_many",
        "too_many_entries",
        "too_many_kinds",
        "too_many_tags",
        "too_many_templates",
        "name_taken",
        "name_used_before",
        "only_kind",
        "claimed_by_you",
        "claimed_by_other",
        "not_claimed",
        "has_it_already",
        "done",
        "cannot_become",
        "same_priority",
        "not_closed",
        "closed_again",
        "asked_already",
        "not_asked",
        "close_first",
        "reopen_first",
        "channel_gone",
        "takes_part_already",
        "takes_no_part",
        "busy",
        "as_many_as_allowed",
        "channels_left",
        "just_opened",
        "added_before",
        "only_in_tickets",
        "own_ticket",
    ];
    let begins = |with: &[&str]| with.iter().any(|it| code.starts_with(it));
    if begins(&["no_such_"]) || GONE.contains(&code) {
        StatusCode::NOT_FOUND
    } else if begins(&["not_admin", "not_manager", "may_not_", "only_own", "only_the_bot"]) || FORBIDDEN.contains(&code)
    {
        StatusCode::FORBIDDEN
    } else if ["changed_meanwhile", "collision"].contains(&code) {
        StatusCode::PRECONDITION_FAILED
    } else if CONFLICT.contains(&code) {
        StatusCode::CONFLICT
    } else if code == "being_counted" {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

impl Problem {
    /// A refusal as a problem.
    pub fn refused(refusal: &(impl Refusal + Say)) -> Problem {
        let problem = Problem::new(status_of(refusal.code()), refusal.code(), refusal.said());
        match status_of(refusal.code()) {
            StatusCode::SERVICE_UNAVAILABLE => problem.retry_after(60),
            _ => problem,
        }
    }
}

impl<R: Refusal + Say> From<Failure<R>> for Problem {
    fn from(failure: Failure<R>) -> Problem {
        match failure {
            Failure::Refused(refusal) => Problem::refused(&refusal),
            Failure::Barred(barred) => Problem::from(barred),
            Failure::Internal(error) => error.into(),
        }
    }
}

impl From<Barred> for Problem {
    fn from(barred: Barred) -> Problem {
        Problem::refused(&barred)
    }
}

impl From<NotAdmin> for Problem {
    fn from(refusal: NotAdmin) -> Problem {
        Problem::refused(&refusal)
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Problem {
        // The span that surrounds it holds the request's id, which is in the answer too.
        tracing::error!(error = format!("{error:#}"), "a request of a program failed");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", said!(api_failed))
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Problem {
        anyhow::Error::from(error).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_has_the_status_of_what_it_says() {
        let check = |code: &str, status: u16| assert_eq!(status_of(code).as_u16(), status, "{code}");
        check("no_such_entry", 404);
        check("not_admin", 403);
        check("may_not_call", 403);
        check("title_taken", 409);
        check("switched_off", 409);
        check("changed_meanwhile", 412);
        check("no_title", 422);
        check("for_nobody", 403);
        check("claimed_by_other", 409);
        check("no_transcript", 404);
    }
}
