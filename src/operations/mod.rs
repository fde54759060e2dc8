//! What is done to the nouns that several doors and features share, each a plain function over `(&App, &Acting, values)`.
//!
//! An operation checks everything by itself, and answers data. Nothing here knows how somebody came in or what they are
//! told; only what the log channel says of it stands beside, for that is written in the same transaction.

pub mod keys;
pub mod knowledge;
pub mod overview;
pub mod reminders;
pub mod settings;
pub mod status;
pub mod summary;
pub mod words;
