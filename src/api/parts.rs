//! What handlers take out of a request, and put into an answer; what does not fit is a problem with its place.

use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Path as AxumPath, Query as AxumQuery, Request};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Problem;
use crate::said;

/// The parts of a path by name. What cannot be one names nothing.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Problem> {
        AxumPath::from_request_parts(parts, state).await.map(|AxumPath(it)| Path(it)).map_err(|_| Problem::not_found())
    }
}

/// What stands in an address after `?`.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query<T>, Problem> {
        AxumQuery::try_from_uri(&parts.uri).map(|AxumQuery(it)| Query(it)).map_err(|_| Problem::unfit_query())
    }
}

/// A body in JSON.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Body<T>, Problem> {
        if !is_json(request.headers()) {
            let problem = said!(api_unsupported_media_type);
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", problem));
        }
        // The gate has read it already, and no more than it may be.
        let body = axum::body::to_bytes(request.into_body(), usize::MAX).await.map_err(anyhow::Error::from)?;
        let mut reader = serde_json::Deserializer::from_slice(&body);
        let malformed = || Problem::new(StatusCode::BAD_REQUEST, "malformed_json", said!(api_malformed_json));
        let read: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| match error.inner().is_data() {
            true => Problem::unfit(pointer(error.path())),
            false => malformed(),
        })?;
        reader.end().map_err(|_| malformed())?;
        Ok(Body(read))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// A place in a body (<https://www.rfc-editor.org/rfc/rfc6901>).
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let segments = path.iter().filter_map(|segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { .. } | Segment::Unknown => None,
    });
    segments.map(|segment| format!("/{segment}")).collect()
}

/// The revision that somebody has looked at, of what they change (`If-Match`). Without one nobody changes what others may have
/// changed meanwhile.
pub struct IfMatch(i64);

impl IfMatch {
    /// What is told of a revision that we never gave: it matches nothing.
    pub fn unknown() -> Problem {
        Problem::new(StatusCode::PRECONDITION_FAILED, "if_match_unknown", said!(api_if_match_unknown))
    }

    /// The revision.
    pub fn revision(&self) -> i64 {
        self.0
    }

    /// The same as a row's revision; a larger one is none.
    pub fn number(&self) -> i32 {
        i32::try_from(self.0).unwrap_or(-1)
    }
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<IfMatch, Problem> {
        let Some(value) = parts.headers.get(IF_MATCH) else {
            let problem = said!(api_if_match_missing);
            return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, "if_match_missing", problem));
        };
        let value = value.to_str().unwrap_or_default().trim();
        let revision = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).and_then(|it| it.parse().ok());
        revision.map(IfMatch).ok_or_else(IfMatch::unknown)
    }
}

/// An answer that has a revision, which its `ETag` says.
pub struct Tagged<T> {
    status: StatusCode,
    revision: i64,
    body: T,
}

impl<T> Tagged<T> {
    /// What there is, at that revision.
    pub fn new(revision: impl Into<i64>, body: T) -> Tagged<T> {
        Tagged { status: StatusCode::OK, revision: revision.into(), body }
    }

    /// The same of what was made just now.
    #[must_use]
    pub fn created(self) -> Tagged<T> {
        Tagged { status: StatusCode::CREATED, ..self }
    }
}

/// An `ETag` of a revision.
fn etag(revision: i64) -> (HeaderName, String) {
    (ETAG, format!("\"{revision}\""))
}

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        (self.status, [etag(self.revision)], Json(self.body)).into_response()
    }
}

/// Which page of a list is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// The cursor that the page before gave; without one it is the first page.
    cursor: Option<String>,
    /// How many there are on a page.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u8>,
}

/// How many stand on a page, unless somebody says.
const ON_A_PAGE: u8 = 50;
/// More do not.
const MOST_ON_A_PAGE: u8 = 100;

impl Paging {
    /// What stands in an address beside something else.
    pub fn new(cursor: Option<String>, limit: Option<u8>) -> Paging {
        Paging { cursor, limit }
    }

    /// How many are wanted.
    ///
    /// # Errors
    /// More or fewer than there are on a page.
    pub fn limit(&self) -> Result<usize, Problem> {
        let limit = self.limit.unwrap_or(ON_A_PAGE);
        match (1..=MOST_ON_A_PAGE).contains(&limit) {
            true => Ok(limit.into()),
            false => Err(Problem::unfit_query()),
        }
    }

    /// The place after which the page begins.
    ///
    /// # Errors
    /// It is none that a page gave.
    pub fn after<C: DeserializeOwned>(&self) -> Result<Option<C>, Problem> {
        let bad = || Problem::new(StatusCode::BAD_REQUEST, "bad_cursor", said!(api_bad_cursor));
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| bad())?;
        serde_json::from_slice(&bytes).map(Some).map_err(|_| bad())
    }
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What leads to the next page, if there is one.
    #[schema(nullable = true)]
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// The first `limit` of `items`, of which one more was asked for; `place` tells after which place the next page begins.
    pub fn of<I, C: Serialize>(
        mut items: Vec<I>,
        limit: usize,
        place: impl Fn(&I) -> C,
        show: impl Fn(I) -> T,
    ) -> Page<T> {
        let more = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| more).map(place);
        Page::until(last, items.into_iter().map(show).collect())
    }

    /// A part of a list that ends at a place, if there is more after it.
    pub fn until<C: Serialize>(end: Option<C>, items: Vec<T>) -> Page<T> {
        let next_cursor = end.map(|place| {
            BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&place).expect("a place is numbers and texts"))
        });
        Page { items, next_cursor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_to_where_the_page_ended() {
        let page = Page::of(vec![3, 5, 8], 2, |it| *it, |it| it * 10);
        assert_eq!(page.items, [30, 50]);
        let paging = Paging { cursor: page.next_cursor, limit: None };
        assert_eq!(paging.after::<i32>().unwrap(), Some(5));
        assert!(paging.after::<String>().is_err());
        assert_eq!(Page::of(vec![3, 5], 2, |it| *it, |it| it).next_cursor, None);
    }

    #[test]
    fn a_fault_is_pointed_at() {
        #[derive(Debug, serde::Deserialize)]
        struct Inner {
            #[allow(dead_code)]
            number: i32,
        }
        #[derive(Debug, serde::Deserialize)]
        struct Outer {
            #[allow(dead_code)]
            #[serde(rename = "a/b")]
            inner: Vec<Inner>,
        }
        let mut json = serde_json::Deserializer::from_str(r#"{"a/b":[{"number":1},{"number":"x"}]}"#);
        let error = serde_path_to_error::deserialize::<_, Outer>(&mut json).unwrap_err();
        assert_eq!(pointer(error.path()), "/a~1b/1/number");
    }
}
