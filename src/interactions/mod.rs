//! An interaction as a feature meets it: what a handler is given and what it answers.

pub mod context;
pub mod promise;
pub mod refusals;
pub mod reply;
mod store;

pub(crate) use context::read_message;
pub use context::{Context, Desk, Resolved, ResolvedMember};
pub(crate) use refusals::is_collision;
pub use refusals::{merge_form, say_collision, say_misfit};
pub use reply::Reply;
