//! What Discord shows, and its limits: messages, buttons, menus, forms, and the custom ids by which they come back.
//!
//! Words of Discord's own; nothing here knows the bot or what it does.

pub mod custom_id;
mod edit;
pub mod form;
pub mod limits;
mod links;
mod message;
mod plain;

pub use edit::{Collision, Seen};
pub use form::{Field, Form, Frame, Modal, Style};
pub use links::has_link;
pub use message::{Choice, Message, button, embed, footer, option, permission_names, select, select_many};
pub use plain::{is_blank, is_override, is_unseen, plain, plain_lines, quote, without_overrides, written};
