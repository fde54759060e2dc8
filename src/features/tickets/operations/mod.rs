//! What can be done with tickets, whoever does it and however they came in. Each function checks everything by itself.

pub mod clip;
pub mod drafts;
pub mod look;
pub mod open;
pub mod step;
