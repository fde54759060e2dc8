//! What can be done with tickets, whoever does it and however they came in. Each function checks everything by itself, and
//! first whether tickets are switched on.

pub mod blocks;
pub mod clip;
pub mod conversation;
pub mod drafts;
mod found;
pub mod kinds;
pub mod look;
mod need;
pub mod open;
pub mod panels;
pub mod replies;
pub mod step;
pub mod table;
pub mod tags;

use super::settings::Settings;
use crate::acting::Switch;

/// The switch of the feature that all of this is of.
const SWITCH: Switch = Switch::of::<Settings>();
