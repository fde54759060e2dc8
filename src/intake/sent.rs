//! Answers that are being sent: whoever takes one is at work, however long it is.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::Bytes;
use http_body::{Frame, SizeHint};

/// What becomes of the body of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sending {
    /// There is room for its next part: the one before was taken.
    GoesOn,
    /// Nothing of it is sent any more.
    Ends,
}

/// The body of an answer, of which `told` hears.
pub(super) struct Sent<F: Fn(Sending)> {
    body: Body,
    told: F,
}

impl<F: Fn(Sending)> Sent<F> {
    pub(super) fn new(body: Body, told: F) -> Sent<F> {
        Sent { body, told }
    }
}

impl<F: Fn(Sending) + Unpin> http_body::Body for Sent<F> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        (self.told)(Sending::GoesOn);
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl<F: Fn(Sending)> Drop for Sent<F> {
    fn drop(&mut self) {
        (self.told)(Sending::Ends);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use futures_util::{FutureExt, StreamExt, stream};
    use http_body_util::BodyExt;

    use super::*;

    #[test]
    fn an_answer_goes_on_until_all_of_it_is_taken() {
        let told = RefCell::new(Vec::new());
        let parts = stream::iter(["a", "b"]).map(|part| Ok::<_, axum::Error>(Bytes::from_static(part.as_bytes())));
        let mut sent = Sent::new(Body::from_stream(parts), |sending| told.borrow_mut().push(sending));
        assert_eq!(*told.borrow(), []);
        let mut taken = Vec::new();
        while let Some(frame) = sent.frame().now_or_never().expect("it is there") {
            taken.push(frame.expect("it is whole").into_data().expect("a part"));
        }
        assert_eq!(taken, ["a", "b"]);
        assert_eq!(*told.borrow(), [Sending::GoesOn; 3]);
        drop(sent);
        assert_eq!(told.borrow().last(), Some(&Sending::Ends));
    }
}
