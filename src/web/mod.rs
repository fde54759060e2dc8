//! The dashboard: pages as a door beside Discord's interactions. They translate, and what is done operations do.
//!
//! Here stands what all pages share. In reading order:
//!
//! - [`Section`]: the pages of a feature in a guild, and for whom; [`Visit`]: what a page is given, [`Answer`]: what it answers
//! - `fields`: a form of Discord's on a page; `drawn`: a message as Discord shows it
//! - `layout`: what surrounds a page; `rich`: Discord's Markdown as HTML; `names`: names in the place of mentions
//! - `login`: with Discord; `session`: who is logged in; `seal`, `cookie`: what browsers keep
//! - `front`: the pages that belong to no guild; `guard`: headers, and forms of other sites
//! - `live`: what tells a page that something changed; `live.js`: the one script, which no page needs
//!
//! Who looks is asked at each request: their roles are those of the last half minute, and where Discord does not say them,
//! nothing is shown.

mod cookie;
mod drawn;
mod fields;
mod form;
mod front;
mod guard;
mod layout;
mod live;
mod login;
mod names;
mod person;
mod rich;
mod router;
mod seal;
mod section;
mod session;
mod site;
mod store;
mod visit;

pub use guard::Bounds;
pub use layout::head;
pub use live::Watch;
pub use names::Places;
pub use router::router;
pub use section::Section;
pub use session::forget;
pub use visit::{Answer, EXPORTS, Page, Visit};
