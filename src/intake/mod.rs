//! What comes in before it is known who sent it: connections and bodies, each of which is bounded.
//!
//! Anybody can reach the port. What is not signed must cost next to nothing, so both have a limit over all callers, and
//! where it is reached the one gives way that has kept us waiting longest. Discord sends a request at once.

mod bodies;
mod connections;
mod request_id;
mod sent;

pub use bodies::{Bodies, MAX_BODY, Reading, Refused};
pub use connections::{Connection, Limits, listen, serve};
pub use request_id::{REQUEST_ID, RequestIds};
