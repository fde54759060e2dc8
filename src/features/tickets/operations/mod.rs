//! What can be done with tickets, whoever does it and however they came in. Each function checks everything by itself.

pub mod blocks;
pub mod kinds;
pub mod panels;
pub(crate) mod staff;
pub(crate) mod step;
pub mod tags;
