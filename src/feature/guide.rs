//! What `/help` has to know of a feature: for whom its commands are, and which one to try first.

use std::sync::Arc;

use super::{BoxFuture, Feature};
use crate::error::Result;
use crate::interactions::Context;

type May = Arc<dyn Fn(Context) -> BoxFuture<Result<bool>> + Send + Sync>;

/// Commands that not everybody may use.
#[derive(Clone)]
pub struct Guarded {
    /// Their paths in English: `ticket claim`; a command's own name stands for all of it.
    pub paths: &'static [&'static str],
    /// Whether they are for admins alone.
    pub for_admins: bool,
    /// Whether somebody may.
    pub(crate) may: May,
}

/// What a feature says of its commands to whoever asks for help. Nothing is refused by it: operations do that.
#[derive(Clone, Default)]
pub struct Guide {
    /// What not everybody may use; what stands nowhere is for all.
    pub guarded: Vec<Guarded>,
    /// What to try first, by its path: the first of these that somebody may use.
    pub first: &'static [&'static str],
}

impl Guide {
    /// Who is asked whether somebody may use a command; nobody is asked of what everybody may.
    pub fn guard(&self, path: &str) -> Option<usize> {
        let is_of =
            |known: &&str| path == *known || path.strip_prefix(*known).is_some_and(|rest| rest.starts_with(' '));
        self.guarded.iter().position(|guarded| guarded.paths.iter().any(&is_of))
    }
}

impl Feature {
    /// Shows commands in `/help` to those alone of whom `may` is true.
    #[must_use]
    pub fn only_for<F, Fut>(mut self, paths: &'static [&'static str], may: F) -> Feature
    where
        F: Fn(Context) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<bool>> + Send + 'static,
    {
        let may: May = Arc::new(move |cx| Box::pin(may(cx)));
        self.guide.guarded.push(Guarded { paths, for_admins: false, may });
        self
    }

    /// Shows commands in `/help` to admins alone.
    #[must_use]
    pub fn only_for_admins(mut self, paths: &'static [&'static str]) -> Feature {
        let may: May = Arc::new(|cx| Box::pin(async move { Ok(cx.acting().await?.administers()) }));
        self.guide.guarded.push(Guarded { paths, for_admins: true, may });
        self
    }

    /// Names what is worth trying first, for those who may do most before the others.
    #[must_use]
    pub fn try_first(mut self, paths: &'static [&'static str]) -> Feature {
        self.guide.first = paths;
        self
    }
}
