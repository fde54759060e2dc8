//! What the coach shows.

use crate::assist::{Advice, Distress, Source, SourceOf, Trouble};
use crate::llm;
use crate::ui::{Message, embed, option, plain, quote, select};
use crate::words::{Language, Msg, Said, Say};
use crate::{msg, said, say};

/// The choice of a question of one's own.
pub(super) const OWN: &str = "own";

/// What those who lead have to do with, by the name that the menu carries: what the choice is called, and what is asked then.
const TROUBLES: [(&str, Msg, Msg); 4] = [
    ("disengaged", msg!(coach_disengaged_option), msg!(coach_disengaged)),
    ("burnout", msg!(coach_burnout_option), msg!(coach_burnout)),
    ("dropoff", msg!(coach_dropoff_option), msg!(coach_dropoff)),
    ("self_doubt", msg!(coach_self_doubt_option), msg!(coach_self_doubt)),
];

/// What is asked about what was chosen.
pub(super) fn question_about(name: &str) -> Option<Msg> {
    TROUBLES.iter().find(|(it, ..)| *it == name).map(|(.., question)| *question)
}

/// The menu of what somebody who leads has to do with.
pub(super) fn troubles(language: Language, id: String) -> Message {
    let mut options: Vec<_> = TROUBLES.iter().map(|(name, label, _)| option(*name, label.say(language))).collect();
    options.push(option(OWN, say!(language, coach_own_option)));
    Message::new(say!(language, coach_lead)).row(vec![select(id, say!(language, coach_lead_menu), options)])
}

/// What the coach says, to whoever asked alone.
pub(super) fn advice(language: Language, advice: &Advice, help_line: Option<&str>) -> Message {
    let mut notes: Vec<String> = Vec::new();
    let in_need = match advice.distress {
        Distress::None => None,
        Distress::Worried => Some(say!(language, coach_worried)),
        Distress::Urgent => Some(say!(language, coach_urgent)),
    };
    if let Some(said) = in_need {
        notes.push(said);
        notes.extend(help_line.map(|line| say!(language, coach_help_line, line = plain(line))));
    }
    notes.extend(advice.trouble.as_ref().map(|trouble| trouble_said(trouble).say(language)));
    notes.extend(known(language, &advice.sources, advice.text.is_none()));
    let message = Message::new(advice.text.clone().unwrap_or_default());
    let message = if notes.is_empty() { message } else { message.embed(embed(String::new(), notes.join("\n"))) };
    message.ephemeral(true)
}

/// What the server itself says about it: in full where the coach says nothing.
fn known(language: Language, sources: &[Source], in_full: bool) -> Vec<String> {
    let line = |source: &Source| {
        let title = match &source.of {
            SourceOf::Entry(number) => format!("- FAQ #{number} {}", plain(&source.title)),
            SourceOf::Document { .. } => format!("- {}", plain(&source.title)),
        };
        if in_full { format!("{title}{}", quote(&source.excerpt)) } else { title }
    };
    let head = (!sources.is_empty()).then(|| say!(language, coach_known));
    head.into_iter().chain(sources.iter().map(line)).collect()
}

/// Why the coach says nothing.
fn trouble_said(trouble: &Trouble) -> Said {
    let error = match trouble {
        Trouble::SwitchedOff => return said!(coach_switched_off),
        Trouble::Blocked => return said!(coach_blocked),
        Trouble::Empty | Trouble::Interrupted => return said!(coach_empty),
        Trouble::Model(error) => error,
    };
    match error {
        llm::Error::Off => said!(coach_no_model),
        llm::Error::Down(_) | llm::Error::Busy { .. } => said!(coach_down),
        llm::Error::NotPaid(_) | llm::Error::NotAllowed(_) => said!(coach_closed),
        llm::Error::Refused(_) => said!(coach_refused),
        llm::Error::TooLong(_) => said!(coach_too_long),
        llm::Error::NotUnderstood(_) => said!(coach_empty),
        llm::Error::BudgetSpent { whose: llm::Whose::Guild, again_at } => {
            said!(coach_spent, at = again_at.as_second().to_string())
        }
        llm::Error::BudgetSpent { whose: llm::Whose::Member, again_at } => {
            said!(coach_asked_often, at = again_at.as_second().to_string())
        }
    }
}
