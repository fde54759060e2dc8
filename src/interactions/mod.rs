//! The words that features speak: what a handler is given and what it answers.

pub mod context;
pub mod custom_id;
pub mod edit;
pub mod form;
pub mod limits;
pub mod promise;
pub mod reply;
mod store;

pub use context::{Context, Member, Resolved, ResolvedMember, TargetMessage};
pub use edit::Seen;
pub use form::{Field, Form, Style};
pub use reply::{Choice, Message, Reply, permission_names};
