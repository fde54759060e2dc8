//! What a request is called in the log and in its answer.

use std::fmt::Write;
use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Request};
use tower_http::request_id::{MakeRequestId, RequestId};

/// The header that carries it.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Makes ids that no other request of any process has: a number that is this process's, and one that counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestIds;

impl RequestIds {
    /// The id that came with the request, or another.
    pub fn of(headers: &HeaderMap) -> HeaderValue {
        headers.get(REQUEST_ID).cloned().unwrap_or_else(RequestIds::next)
    }

    fn next() -> HeaderValue {
        static PROCESS: OnceLock<u64> = OnceLock::new();
        static COUNT: AtomicU64 = AtomicU64::new(0);
        // The hasher's keys are random, which is all that is needed.
        let process = PROCESS.get_or_init(|| RandomState::new().hash_one(()));
        let mut id = String::with_capacity(28);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let _ = write!(id, "{process:016x}-{count:x}");
        HeaderValue::try_from(id).expect("digits and a dash")
    }
}

impl MakeRequestId for RequestIds {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        Some(RequestId::new(RequestIds::next()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_has_an_id_of_its_own_or_the_one_that_it_came_with() {
        let mut headers = HeaderMap::new();
        assert_ne!(RequestIds::of(&headers), RequestIds::of(&headers));
        headers.insert(REQUEST_ID, HeaderValue::from_static("theirs"));
        assert_eq!(RequestIds::of(&headers), "theirs");
    }
}
