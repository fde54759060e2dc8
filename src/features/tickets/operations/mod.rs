//! What can be done with tickets, whoever does it and however they came in. Each function checks everything by itself.

pub mod blocks;
pub mod clip;
pub mod drafts;
pub mod kinds;
pub mod look;
pub mod open;
pub mod panels;
pub mod step;
pub mod tags;
