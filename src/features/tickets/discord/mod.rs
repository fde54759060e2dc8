//! The Discord door of tickets: commands, buttons, forms, and what they show.

mod action;
pub(crate) mod blocks;
pub(crate) mod command;
pub(crate) mod kind_forms;
pub(crate) mod kinds;
pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod panels;
pub(crate) mod press;
pub(crate) mod replies;
pub(crate) mod route;
pub(crate) mod screens;
pub(crate) mod slash;
pub(crate) mod stats;
pub(crate) mod tags;

use super::settings::Settings;
use super::{messages, model, operations, settle, setup, store, transcript, vanished, words, write};
use model::workflow;
