//! The pages of a feature in a guild.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::http::Method;

use super::visit::{Answer, Visit};
use crate::acting::Acting;
use crate::app::App;
use crate::error::Result;
use crate::words::Msg;

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
pub(super) type Handler = Arc<dyn Fn(Arc<Visit>) -> BoxFuture<Result<Answer>> + Send + Sync>;
type May = Arc<dyn Fn(App, Acting) -> BoxFuture<Result<bool>> + Send + Sync>;

/// Pages that stand together: a word in the menu of a guild, and what is below its address.
#[derive(Clone)]
pub struct Section {
    /// As the log channel and the switch know it.
    pub(super) feature: &'static str,
    pub(super) path: &'static str,
    pub(super) name: Msg,
    pub(super) may: May,
    pub(super) pages: Vec<Entry>,
}

/// A page, or what is sent to it.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) handler: Handler,
}

impl Section {
    /// Pages of `feature` below `path`, such as `faq`, for whom `may` says. Nothing is refused by it alone: operations ask by
    /// themselves, and what they refuse is said.
    pub fn new<F, Fut>(feature: &'static str, path: &'static str, name: Msg, may: F) -> Section
    where
        F: Fn(App, Acting) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<bool>> + Send + 'static,
    {
        let may: May = Arc::new(move |app, acting| Box::pin(may(app, acting)));
        Section { feature, path, name, may, pages: Vec::new() }
    }

    /// The same for admins alone.
    pub fn for_admins(feature: &'static str, path: &'static str, name: Msg) -> Section {
        Section::new(feature, path, name, |_, acting| async move { Ok(acting.administers()) })
    }

    /// A page below the section's address; `/{number}` is a part that [`Visit::parameter`] reads.
    #[must_use]
    pub fn page<F, Fut>(self, path: &'static str, handler: F) -> Section
    where
        F: Fn(Arc<Visit>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Answer>> + Send + 'static,
    {
        self.entry(Method::GET, path, handler)
    }

    /// What a form asks for that is sent there.
    #[must_use]
    pub fn form<F, Fut>(self, path: &'static str, handler: F) -> Section
    where
        F: Fn(Arc<Visit>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Answer>> + Send + 'static,
    {
        self.entry(Method::POST, path, handler)
    }

    fn entry<F, Fut>(mut self, method: Method, path: &'static str, handler: F) -> Section
    where
        F: Fn(Arc<Visit>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Answer>> + Send + 'static,
    {
        let handler: Handler = Arc::new(move |visit| Box::pin(handler(visit)));
        self.pages.push(Entry { method, path, handler });
        self
    }
}
