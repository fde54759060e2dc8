//! How a feature is doing in a guild, for its admins: what is not done yet, and what stands in its way.

use std::sync::Arc;

use super::{BoxFuture, Feature};
use crate::error::Result;
use crate::interactions::Context;
use crate::words::Said;

pub(crate) type Look = Arc<dyn Fn(Context) -> BoxFuture<Result<Condition>> + Send + Sync>;

/// What an admin should know of a feature, a line each.
#[derive(Debug, Default)]
pub struct Condition {
    /// What should be done by now and is not.
    pub waits: Vec<Said>,
    /// What the bot lacks, beside what the feature's settings name.
    pub lacks: Vec<Said>,
}

impl Feature {
    /// Tells admins who ask how the bot is doing what of this feature waits and what it lacks. It is asked where the feature is
    /// on, and of admins; what it asks Discord it does not wait for longer than a second.
    #[must_use]
    pub fn condition<F, Fut>(mut self, look: F) -> Feature
    where
        F: Fn(Context) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Condition>> + Send + 'static,
    {
        self.condition = Some(Arc::new(move |cx| Box::pin(look(cx))));
        self
    }
}
