//! Requests that come twice: one with an `Idempotency-Key` is done once, and answered the same for a day
//! (draft-ietf-httpapi-idempotency-key-header-07,
//! <https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/07/>).
//!
//! The row is taken under a lease before anything is done, so an instance that dies keeps nobody out for ever. That what it had
//! done by then is not done twice is the operations' affair: the key, and when it came first, is their
//! [`Origin`](crate::acting::Origin). So a key that comes again after a day is another one to them too, and what is not kept of
//! an answer, since it is long or others came since, is answered by them anew, without doing it again.

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::store::{self, Answer};
use super::{Bounds, Problem};
use crate::acting::Origin;
use crate::app::App;
use crate::keys::Area;
use crate::said;

/// What a repetition is known by.
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// What marks an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// How long answers are kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// How much longer than an answer may take somebody holds a request.
const MARGIN: SignedDuration = SignedDuration::from_secs(5);
/// The longest key.
const LONGEST: usize = 255;
/// The longest answer that is kept, in bytes, and of how many requests of a key: 2 MiB.
const LONGEST_KEPT: usize = 2 * 1024;
const MOST_KEPT: i64 = 1024;
/// No change is answered with more.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// The headers that are part of an answer.
const SAME: [HeaderName; 4] = [CONTENT_TYPE, CONTENT_LANGUAGE, ETAG, LOCATION];

/// The key of a request that changes something, if it carries one. It may stand in quotes, as the draft wants it, or alone.
pub(super) fn key_of(method: &Method, headers: &HeaderMap) -> Result<Option<String>, Problem> {
    if method.is_safe() {
        return Ok(None);
    }
    let bad = || Problem::new(StatusCode::BAD_REQUEST, "bad_idempotency_key", said!(api_bad_idempotency_key));
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let value = value.to_str().map_err(|_| bad())?.trim();
    let value = value.strip_prefix('"').map_or(Some(value), |rest| rest.strip_suffix('"'));
    let value = value.filter(|it| (1..=LONGEST).contains(&it.len()) && !it.contains(['"', '\\']));
    match (value, values.next()) {
        (Some(value), None) => Ok(Some(value.to_owned())),
        _ => Err(bad()),
    }
}

/// What a key asked for, once.
pub(super) struct Once<'a> {
    pub(super) app: &'a App,
    pub(super) guild: Id<GuildMarker>,
    /// The id of the program's key.
    pub(super) key: &'a str,
    pub(super) idempotency_key: &'a str,
    /// What the address is below.
    pub(super) area: Area,
    pub(super) method: &'a Method,
    pub(super) uri: &'a Uri,
    /// Which revision they had in mind (`If-Match`): for another it is another request.
    pub(super) revision: Option<&'a HeaderValue>,
    pub(super) body: &'a Bytes,
}

/// What is to be done with a request.
pub(super) enum Taken {
    /// It is done now, and answered until the lease ends.
    Now(Held),
    /// It was answered before.
    Before(Response),
}

/// A request that nobody else answers meanwhile.
pub(super) struct Held {
    request: String,
    body: String,
    lease: Timestamp,
    /// When it came first.
    began: Timestamp,
    /// Whether it was answered before.
    again: bool,
}

impl Held {
    /// What operations know it by: another one a day later, when nobody here remembers it.
    pub(super) fn origin(&self, key: &str, idempotency_key: &str) -> Origin {
        // Another key's is another one, also if it is called the same.
        Origin::Request(format!("{key} {} {idempotency_key}", self.began.as_microsecond()))
    }
}

fn hash(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    hex::encode(digest.finalize())
}

impl Once<'_> {
    fn row<'a>(&'a self, held: &'a Held) -> store::Request<'a> {
        store::Request { guild: self.guild, key: self.key, request: &held.request, body: &held.body }
    }

    /// Takes the request, or finds what it was answered.
    pub(super) async fn take(&self, bounds: Bounds) -> Result<Taken, Problem> {
        let now = self.app.clock.now();
        let address = self.uri.path_and_query().map_or("", |it| it.as_str());
        let time = SignedDuration::try_from(bounds.time).unwrap_or(SignedDuration::from_mins(1));
        let mut held = Held {
            request: hash(&[
                self.method.as_str().as_bytes(),
                self.area.name().as_bytes(),
                address.as_bytes(),
                self.idempotency_key.as_bytes(),
            ]),
            body: hash(&[self.body, self.revision.map_or(b"", HeaderValue::as_bytes)]),
            lease: to_micros(now + time + MARGIN),
            began: now,
            again: false,
        };
        if let Some(began) = store::take(&self.app.db, &self.row(&held), held.lease, now - KEPT, now).await? {
            (held.began, held.again) = (began.at, began.again);
            return Ok(Taken::Now(held));
        }
        let before = store::find(&self.app.db, &self.row(&held)).await?;
        match before {
            Some(before) if before.body != held.body => {
                Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", said!(api_key_reused)))
            }
            Some(store::Before { answer: Some(answer), .. }) => Ok(Taken::Before(replayed(answer))),
            // What is being answered, or was given back just now.
            _ => Err(Problem::new(StatusCode::CONFLICT, "in_flight", said!(api_in_flight)).retry_after(1)),
        }
    }

    /// Keeps the answer, whatever it is but a failure of ours, and passes it on. What failed may have been done in part, or was done
    /// before: whoever asks once more is known as the one who asked first, so that nothing is done twice.
    pub(super) async fn keep(&self, held: Held, response: Response) -> Result<Response, Problem> {
        if response.status().is_server_error() {
            store::give_back(&self.app.db, &self.row(&held), held.lease).await?;
            return Ok(response);
        }
        let (mut parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, LONGEST_ANSWER).await.map_err(anyhow::Error::from)?;
        let headers = SAME.iter().filter_map(|name| Some([name.as_str(), parts.headers.get(name)?.to_str().ok()?]));
        let answer = Answer {
            status: parts.status.as_u16(),
            headers: headers.flatten().map(str::to_owned).collect(),
            body: (body.len() <= LONGEST_KEPT).then(|| String::from_utf8_lossy(&body).into_owned()),
        };
        store::answer(&self.app.db, &self.row(&held), held.lease, &answer).await?;
        if held.again {
            parts.headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        Ok(Response::from_parts(parts, Body::from(body)))
    }
}

/// A moment as the database keeps it: it is compared with what is stored.
fn to_micros(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

fn replayed(answer: Answer) -> Response {
    let mut response = Body::from(answer.body.unwrap_or_default()).into_response();
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    for pair in answer.headers.chunks(2) {
        if let [name, value] = pair
            && let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value))
        {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}

/// Forgets answers that are no longer kept, and allowances that are whole again.
///
/// # Errors
/// If the database does not answer.
pub async fn forget_requests(app: &App, now: Timestamp) -> anyhow::Result<()> {
    store::forget(&app.db, now - KEPT).await?;
    store::forget_answers(&app.db, MOST_KEPT).await?;
    Ok(store::forget_allowances(&app.db, now - KEPT).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_a_request_is_a_short_text() {
        let check = |value: &str, expected: Result<&str, ()>| {
            let mut headers = HeaderMap::new();
            headers.insert(IDEMPOTENCY_KEY, HeaderValue::from_str(value).unwrap());
            let read = key_of(&Method::POST, &headers).map(Option::unwrap).ok();
            assert_eq!(read.as_deref(), expected.ok(), "{value}");
        };
        check("\"8e03978e-40d5-43e8-bc93-6894a57f9324\"", Ok("8e03978e-40d5-43e8-bc93-6894a57f9324"));
        check("k-1", Ok("k-1"));
        check("\"\"", Err(()));
        check("\"half", Err(()));
        check(&"k".repeat(256), Err(()));
        assert!(matches!(key_of(&Method::GET, &HeaderMap::new()), Ok(None)));
    }
}
