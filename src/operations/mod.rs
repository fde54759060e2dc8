//! What people and the bot do with what several features share, whatever door they come through.
//!
//! An operation takes `(&App, &Acting, values)`, checks everything by itself, and answers data. What is said about it is the
//! affair of the door.

pub mod reminders;
