//! What the FAQ says when it refuses something.

use crate::acting::NotAdmin;
use crate::error::Error;
use crate::interactions::say_collision;
use crate::knowledge::{MAX_SYNONYMS, Misfit};
use crate::operations::knowledge::Refusal;
use crate::words::{Said, Say};

impl Say for Refusal {
    fn said(&self) -> Said {
        let say = || -> String {
            match self {
                Refusal::NotAdmin => NotAdmin.said().to_string(),
                Refusal::NoSuchEntry => {
                    "There is no such entry; pick one that is suggested while you type, or see `/faq list`.".to_owned()
                }
                Refusal::Unfit(misfit) => say_misfit(*misfit),
                Refusal::TitleTaken { holder: Some(number) } => {
                    format!("Entry #{number} has this question already; change that one with `/faq edit`.")
                }
                Refusal::TitleTaken { holder: None } => removed_meanwhile(),
                Refusal::Collision(collision) => say_collision(collision, "`/faq edit`").to_string(),
                Refusal::Changed { now } => {
                    format!("Somebody has just changed #{}; look at it again with `/faq view`.", now.number)
                }
            }
        };
        Said::Verbatim(say())
    }
}

/// Why an entry cannot be stored, and what to mend.
pub(super) fn say_misfit(misfit: Misfit) -> String {
    match misfit {
        Misfit::NoTitle => "An entry needs a question; please add one.".to_owned(),
        Misfit::NoAnswer => "An entry needs an answer; please add one.".to_owned(),
        Misfit::TooLong { part: "synonyms", .. } => {
            "All synonyms together take 4,000 characters; please leave some out.".to_owned()
        }
        Misfit::TooLong { .. } => {
            "That is too long: a question takes 100 characters, an answer 4,000, keywords 300, a category 50."
                .to_owned()
        }
        Misfit::TitleOfSeveralLines => "A question is one line; please remove the line breaks.".to_owned(),
        Misfit::TooManyKeywords => "An entry has at most 20 keywords; please remove some.".to_owned(),
        Misfit::SourceIsNoAddress => {
            "A source is a web address that starts with `https://`; please mend it.".to_owned()
        }
        Misfit::TooManySynonyms => {
            format!("A server has at most {MAX_SYNONYMS} groups of synonyms; please leave some out.")
        }
    }
}

/// The refusal of whoever names an entry that is not there.
pub(super) fn no_such_entry() -> Error {
    Error::User(Refusal::NoSuchEntry.said())
}

/// The same for whoever has just changed it.
pub(super) fn removed_meanwhile() -> String {
    "This entry was removed meanwhile; add it again with `/faq add`.".to_owned()
}
