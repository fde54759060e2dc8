//! What was answered to the questions of a kind.

use serde::Serialize;

use super::{Ask, Question, Refusal};
use crate::ui::written;

/// What a door was given for a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Given {
    Text(String),
    /// The places of the options that were chosen.
    Chosen(Vec<usize>),
    Ticked(bool),
}

/// A ticked box as it is stored among the answers, and one that is not.
pub const TICKED: &str = "☑";
pub const NOT_TICKED: &str = "☐";

/// What stands between the options that were chosen, where several may be.
pub(super) const BETWEEN_OPTIONS: &str = ", ";

/// What is stored as the question where a ticket was opened with a message.
pub const MESSAGE: &str = "💬";

/// What was answered to which question; unanswered ones are left out.
///
/// # Errors
/// What is missing or does not fit.
pub fn read<'a>(questions: &'a [Question], given: &[(i32, Given)]) -> Result<Vec<(&'a Question, String)>, Refusal> {
    let mut answers = Vec::new();
    for question in questions {
        let given = given.iter().find(|(id, _)| *id == question.id).map(|(_, given)| given);
        let answer = read_one(question, given)?;
        if answer.is_empty() && question.required {
            return Err(Refusal::NotAnswered { label: question.label.clone() });
        }
        if !answer.is_empty() {
            answers.push((question, answer));
        }
    }
    Ok(answers)
}

fn read_one(question: &Question, given: Option<&Given>) -> Result<String, Refusal> {
    let label = || question.label.clone();
    Ok(match (&question.ask, given) {
        (Ask::Text { .. } | Ask::Choice { .. }, None) => String::new(),
        (Ask::Text { min_chars, max_chars, .. }, Some(Given::Text(text))) => {
            let text = written(text);
            let (chars, min_chars, max_chars) = (text.chars().count(), *min_chars, *max_chars);
            if chars > usize::from(max_chars) || (chars > 0 && chars < usize::from(min_chars)) {
                return Err(Refusal::AnswerOutOfRange { label: label(), min_chars, max_chars });
            }
            text
        }
        (Ask::Choice { options, several }, Some(Given::Chosen(places))) => {
            let mut places = places.clone();
            places.sort_unstable();
            places.dedup();
            let chosen: Option<Vec<&str>> =
                places.iter().map(|place| options.get(*place).map(String::as_str)).collect();
            let fits = chosen.filter(|chosen| chosen.len() <= if *several { options.len() } else { 1 });
            fits.ok_or_else(|| Refusal::OtherAnswers { label: label() })?.join(BETWEEN_OPTIONS)
        }
        (Ask::Checkbox, Some(Given::Ticked(true))) => TICKED.to_owned(),
        (Ask::Checkbox, _) if question.required => return Err(Refusal::NotTicked { label: label() }),
        (Ask::Checkbox, _) => NOT_TICKED.to_owned(),
        // It was another question when its form was opened.
        _ => return Err(Refusal::OtherAnswers { label: label() }),
    })
}

/// What a ticket with these answers is about: the first text that was written, or else the first answer.
pub fn subject<'a>(answers: &'a [(&Question, String)]) -> &'a str {
    let written = answers.iter().find(|(question, _)| matches!(question.ask, Ask::Text { .. }));
    written.or(answers.first()).map_or("", |(_, answer)| answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_and_forged_ones_are_not() {
        let ask = |id, label: &str, required, ask| {
            let (label, hint) = (label.to_owned(), String::new());
            Question { id, label, hint, required, ask }
        };
        let options = vec!["Web".to_owned(), "Phone".to_owned()];
        let questions = [
            ask(7, "Subject", true, Ask::Text { long: false, min_chars: 3, max_chars: 10 }),
            ask(3, "Where", false, Ask::Choice { options, several: false }),
            ask(4, "Agreed", true, Ask::Checkbox),
        ];
        let check = |given: &[(i32, Given)], expected: Result<&str, Refusal>| {
            let read = read(&questions, given);
            let read =
                read.map(|all| all.iter().map(|(it, b)| format!("{}: {b}", it.label)).collect::<Vec<_>>().join("; "));
            assert_eq!(read, expected.map(str::to_owned), "{given:?}");
        };
        let text = |text: &str| (7, Given::Text(text.to_owned()));
        let chosen = |places: &[usize]| (3, Given::Chosen(places.to_vec()));
        let ticked = |ticked| (4, Given::Ticked(ticked));
        let label = |label: &str| label.to_owned();
        let out = Refusal::AnswerOutOfRange { label: label("Subject"), min_chars: 3, max_chars: 10 };
        let other = Refusal::OtherAnswers { label: label("Where") };
        let missing = Refusal::NotAnswered { label: label("Subject") };
        check(&[text("Refund"), chosen(&[1]), ticked(true)], Ok("Subject: Refund; Where: Phone; Agreed: ☑"));
        check(&[text(" Refund "), ticked(true)], Ok("Subject: Refund; Agreed: ☑"));
        check(&[text(""), ticked(true)], Err(missing.clone()));
        check(&[text("ab"), ticked(true)], Err(out));
        check(&[text("Refund"), chosen(&[2]), ticked(true)], Err(other.clone()));
        check(&[text("Refund"), chosen(&[0, 1]), ticked(true)], Err(other.clone()));
        check(&[text("Refund"), (3, Given::Text("Web".to_owned()))], Err(other));
        check(&[text("Refund"), ticked(false)], Err(Refusal::NotTicked { label: label("Agreed") }));
        check(&[], Err(missing));
    }
}
