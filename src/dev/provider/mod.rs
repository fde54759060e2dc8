//! A provider of language models to test with: it answers as it is told to, badly where it is told so, and writes down what it
//! was sent.
//!
//! It knows HTTP and what OpenAI's answers look like, and nothing of the bot. In reading order:
//!
//! - [`Provider`], below: the handle that tests hold
//! - `act`: what it does once; `manners`: what it does otherwise
//! - `vectors`: texts as a model of vectors would read them
//! - `obey`: what a model would write that does whatever stands in its prompt; `diligent`: what a careful one would

mod act;
mod diligent;
mod manners;
mod obey;
mod vectors;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, Uri, header::AUTHORIZATION};
use axum::response::Response;
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::time::Instant;

pub use act::{Act, Sentence};
pub use manners::{Manner, Manners};
pub use obey::obey;

/// A scripted provider. Clones are handles to the same one.
#[derive(Clone)]
pub struct Provider {
    state: Arc<Mutex<State>>,
    origin: String,
}

#[derive(Default)]
struct State {
    acts: VecDeque<Act>,
    manners: Manners,
    received: Vec<Received>,
    /// The connections that are being served; more than ever at once is the most.
    open: usize,
    most_open: usize,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    /// Such as `/v1/chat/completions`.
    pub path: String,
    /// What authorizes it.
    pub authorization: Option<String>,
    /// The body as it is.
    pub text: String,
    /// The same as JSON; null if it is none.
    pub body: Value,
    /// When it arrived.
    pub at: Instant,
}

impl Provider {
    /// A provider with good manners, on a free port of the loopback interface.
    ///
    /// # Panics
    /// There is no free port.
    pub async fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port on the loopback interface");
        let address = listener.local_addr().expect("it is bound");
        let provider = Provider { state: Arc::default(), origin: format!("http://{address}") };
        let router = provider.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// An address at which nobody listens.
    ///
    /// # Panics
    /// There is no free port.
    pub async fn nobody() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port on the loopback interface");
        format!("http://{}", listener.local_addr().expect("it is bound"))
    }

    /// The routes, for whoever serves them in another way.
    pub fn router(&self) -> Router {
        let routes = ["/v1/chat/completions", "/v1/embeddings"];
        let router = routes.into_iter().fold(Router::new(), |router, route| router.route(route, post(answer)));
        router.with_state(self.clone())
    }

    /// Where it is, without `/v1`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What it does next, after all that was said before; then it falls back on its manners.
    pub fn next(&self, act: Act) {
        self.lock().acts.push_back(act);
    }

    /// The same a few times.
    pub fn next_times(&self, times: usize, act: &Act) {
        self.lock().acts.extend(std::iter::repeat_n(act.clone(), times));
    }

    /// Forgets what it was told to do next.
    pub fn forget(&self) {
        self.lock().acts.clear();
    }

    /// What it does where it was not told anything else.
    pub fn set_manners(&self, manners: Manners) {
        self.lock().manners = manners;
    }

    /// What it was sent so far.
    pub fn received(&self) -> Vec<Received> {
        self.lock().received.clone()
    }

    /// What it was sent since the last look.
    pub fn take_received(&self) -> Vec<Received> {
        std::mem::take(&mut self.lock().received)
    }

    /// How many requests it served at once at most.
    pub fn most_at_once(&self) -> usize {
        self.lock().most_open
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts a request while it is served, also if its sender goes away.
struct Serving(Provider);

impl Serving {
    fn begin(provider: &Provider) -> Serving {
        let mut state = provider.lock();
        state.open += 1;
        state.most_open = state.most_open.max(state.open);
        Serving(provider.clone())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.lock().open -= 1;
    }
}

async fn answer(Shared(provider): Shared<Provider>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let _serving = Serving::begin(&provider);
    let authorization = headers.get(AUTHORIZATION).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let received = Received {
        path: uri.path().to_owned(),
        authorization,
        text: String::from_utf8_lossy(&body).into_owned(),
        body: serde_json::from_slice(&body).unwrap_or_default(),
        at: Instant::now(),
    };
    let (act, manners) = {
        let mut state = provider.lock();
        state.received.push(received.clone());
        (state.acts.pop_front(), state.manners.clone())
    };
    match act {
        Some(act) => act.perform(&received, &manners).await,
        None => manners.answer(&received),
    }
}

#[cfg(test)]
mod tests;
