//! What operators bring in from files.

use std::sync::Arc;

use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::{BoxFuture, Feature};
use crate::app::App;

/// Reads files and stores what is in them.
pub type Import = Arc<dyn Fn(App, ImportRequest) -> BoxFuture<anyhow::Result<ImportReport>> + Send + Sync>;

/// What an operator asked to import.
#[derive(Clone, Debug, Default)]
pub struct ImportRequest {
    /// The server to import into; nothing is all servers, where that can be.
    pub guild: Option<Id<GuildMarker>>,
    /// The files to read, and folders where that can be.
    pub files: Vec<std::path::PathBuf>,
    /// Say what would happen, and change nothing.
    pub dry_run: bool,
    /// Import nothing if any row is bad.
    pub strict: bool,
    /// Remove what was imported from these folders before and is not there any more.
    pub prune: bool,
    /// Where people read what is in these folders.
    pub base_url: Option<String>,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Rows that are new.
    pub added: usize,
    /// Rows that changed something known.
    pub updated: usize,
    /// Rows that said what is known.
    pub unchanged: usize,
    /// What was removed.
    pub removed: usize,
    /// Rows that were left out, each as `file:line: why`, and files of which nothing could be read, as `file: why`.
    pub bad: Vec<String>,
    /// How many such files there are.
    pub unread: usize,
}

impl Feature {
    /// Does `alphapy import NAME`.
    #[must_use]
    pub fn import<F, Fut>(mut self, name: &'static str, import: F) -> Feature
    where
        F: Fn(App, ImportRequest) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<ImportReport>> + Send + 'static,
    {
        self.imports.push((name, Arc::new(move |app, request| Box::pin(import(app, request)))));
        self
    }

    /// What this feature imports under a name, if it does.
    pub fn find_import(&self, name: &str) -> Option<&Import> {
        self.imports.iter().find(|(known, _)| *known == name).map(|(_, import)| import)
    }
}
