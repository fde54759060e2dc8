//! The tables `reminder`, `reminder_occurrence` and `reminder_template`.

mod before;
mod changes;
mod due;
mod occurrence;
mod reminder;
mod template;

pub use before::*;
pub use changes::*;
pub use due::*;
pub use occurrence::*;
pub use reminder::*;
pub use template::*;

type Result<T> = std::result::Result<T, sqlx::Error>;
