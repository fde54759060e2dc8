//! What can be done with tickets, whoever does it and however they came in. Each function checks everything by itself.

pub(crate) mod step;
