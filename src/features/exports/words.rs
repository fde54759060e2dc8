//! What is said about exports.

use super::span::Refusal;
use crate::said;
use crate::ui::plain;
use crate::words::{Said, Say};

impl Say for Refusal {
    fn said(&self) -> Said {
        match self {
            Refusal::NoDay { text } => said!(exports_no_day, text = plain(text)),
            Refusal::WrongOrder => said!(exports_swapped),
            Refusal::NoPart { text } => said!(exports_no_part, text = plain(text)),
        }
    }
}
