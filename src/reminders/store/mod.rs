//! The tables `reminder`, `reminder_occurrence`, `reminder_template` and `begun_reminder`.

mod before;
mod begun;
mod changes;
mod due;
mod occurrence;
mod reminder;
mod template;

pub use before::*;
pub use begun::*;
pub use changes::*;
pub use due::*;
pub use occurrence::*;
pub use reminder::*;
pub use template::*;

type Result<T> = std::result::Result<T, sqlx::Error>;
