//! What the FAQ says when it refuses something.

use crate::acting::NotAdmin;
use crate::error::Error;
use crate::interactions::say_collision;
use crate::knowledge::{MAX_SYNONYMS, Misfit};
use crate::operations::knowledge::Refusal;
use crate::words::{Said, Say};
use crate::{msg, said};

impl Say for Refusal {
    fn said(&self) -> Said {
        match self {
            Refusal::NotAdmin => NotAdmin.said(),
            Refusal::BeingCounted => said!(operations_being_counted),
            Refusal::NoSuchEntry => said!(faq_no_such_entry),
            Refusal::Unfit(misfit) => misfit.said(),
            Refusal::TooManyEntries { max } => said!(faq_too_many_entries, max = *max),
            Refusal::TitleTaken { holder: Some(number) } => said!(faq_title_taken, number = *number),
            Refusal::TitleTaken { holder: None } => removed_meanwhile(),
            Refusal::Collision(collision) => say_collision(collision, msg!(faq_edit_command)),
            Refusal::Changed { now } => said!(faq_changed, number = now.number),
        }
    }
}

impl Say for Misfit {
    /// Why an entry cannot be stored, and what to mend.
    fn said(&self) -> Said {
        match self {
            Misfit::NoTitle => said!(faq_no_title),
            Misfit::NoAnswer => said!(faq_no_answer),
            Misfit::TooLong { part: "synonyms", .. } => said!(faq_synonyms_too_long),
            Misfit::TooLong { .. } => said!(faq_too_long),
            Misfit::TitleOfSeveralLines => said!(faq_title_of_several_lines),
            Misfit::TooManyKeywords => said!(faq_too_many_keywords),
            Misfit::SourceIsNoAddress => said!(faq_source_is_no_address),
            Misfit::TooManySynonyms => said!(faq_too_many_synonyms, max = MAX_SYNONYMS),
        }
    }
}

/// The refusal of whoever names an entry that is not there.
pub(super) fn no_such_entry() -> Error {
    Error::User(Refusal::NoSuchEntry.said())
}

/// The same for whoever has just changed it.
pub(super) fn removed_meanwhile() -> Said {
    said!(faq_removed_meanwhile)
}
