//! Reminders in Discord: commands, buttons, forms, and what they show.

pub(super) mod buttons;
mod clocks;
pub(super) mod command;
pub(super) mod forms;
mod leads;
pub(super) mod link;
pub(super) mod list;
pub(super) mod make;
pub(super) mod manage;
pub(super) mod menu;
pub(super) mod screens;
pub(super) mod typing;
pub(super) mod when;

use std::time::Duration;

use super::said::calling_text;
use super::{Action, Work, words};

/// How long everything that Discord is asked may take.
const CALL_TIME: Duration = Duration::from_secs(20);
