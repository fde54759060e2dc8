//! What operators bring in from files.

use std::sync::Arc;

use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::{BoxFuture, Feature};
use crate::app::App;

pub(super) type Import = Arc<dyn Fn(App, ImportRequest) -> BoxFuture<anyhow::Result<ImportReport>> + Send + Sync>;

/// What an operator asked to import.
#[derive(Clone, Debug)]
pub struct ImportRequest {
    /// The server to import into.
    pub guild: Id<GuildMarker>,
    /// The files to read.
    pub files: Vec<std::path::PathBuf>,
    /// Say what would happen, and change nothing.
    pub dry_run: bool,
    /// Import nothing if any row is bad.
    pub strict: bool,
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
    /// Rows that were left out, each as `file:line: why`, and files of which nothing could be read, as `file: why`.
    pub bad: Vec<String>,
    /// How many such files there are.
    pub unread: usize,
}

impl Feature {
    /// Does `alphapy import NAME`.
    #[must_use]
    pub fn import<F, Fut>(mut self, import: F) -> Feature
    where
        F: Fn(App, ImportRequest) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<ImportReport>> + Send + 'static,
    {
        self.import = Some(Arc::new(move |app, request| Box::pin(import(app, request))));
        self
    }

    /// Runs this feature's import, if it has one.
    pub async fn run_import(&self, app: App, request: ImportRequest) -> anyhow::Result<ImportReport> {
        match &self.import {
            Some(import) => import(app, request).await,
            None => anyhow::bail!("{} imports nothing", self.name),
        }
    }
}
