//! What is said about exports.

use super::span::Refusal;
use crate::interactions::Say;
use crate::ui::plain;

impl Say for Refusal {
    fn say(&self) -> String {
        match self {
            Refusal::NoDay { text } => {
                format!("“{}” is no day; write it like 2027-03-31 or 31/3/2027.", plain(text))
            }
            Refusal::WrongOrder => "The first day comes after the last one; swap `from` and `to`.".to_owned(),
        }
    }
}
