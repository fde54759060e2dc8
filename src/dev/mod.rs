//! Plays Discord, for the tests and for `cargo dev`: compiled for these alone.
//!
//! It knows Discord's types and a signing key. It does not know the bot.
#![allow(clippy::disallowed_methods)] // Its environment is the developer's, not the service's.

pub mod ahead;
pub mod fake;
pub mod history;
pub mod playground;
pub mod postgres;
pub mod provider;
pub mod rows;
pub mod sample;
