//! Setting tickets up, by whatever door: the forms about kinds of tickets, what is read of them, how kinds are shown, and the pages.

pub(crate) mod fields;
pub(crate) mod reading;
pub(crate) mod shown;
pub(super) mod web;

use super::{messages, model, operations, settings, settle, store, vanished, words};
