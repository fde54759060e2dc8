//! What may be stored of a kind of ticket, whoever sets it up.

use std::collections::BTreeMap;

use twilight_model::id::Id;
use twilight_model::id::marker::RoleMarker;

use super::emoji::is_emoji;
use super::{
    Ask, Definition, InLanguages, KindTranslation, NAMING_PLACEHOLDERS, OPENING_PLACEHOLDERS, Question,
    QuestionTranslation,
};
use crate::hours::{Hours, HoursMisfit};
use crate::settings::{self, Minutes, field};
use crate::ui::form::MAX_INPUTS;
use crate::ui::limits::{OPTION_LABEL, OPTIONS};
use crate::ui::written;
use crate::words::Msg;

/// Roles of each list of a kind: as many as its form takes.
pub(crate) const KIND_ROLES: u16 = 10;

const DAY: i64 = 1440;

/// In how many languages a kind says something at most, and the bytes of their codes: more than there are folders for.
const LANGUAGES: usize = 50;
const LANGUAGE_BYTES: usize = 16;

/// The longest that an answer of one line, or of several, may be, in characters.
pub fn longest_answer(long: bool) -> u16 {
    if long { 4000 } else { 500 }
}

/// A kind of ticket that may be stored. Only [`Definition::checked`] makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedKind {
    name: String,
    definition: Definition,
}

/// A text or a time of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindPart {
    /// What it is called.
    Name,
    /// What stands below its name in menus.
    Description,
    /// What stands in a ticket above everything else.
    Opening,
    /// What its channels are called.
    Naming,
    /// What members read when nobody is there.
    HoursNote,
    /// What is asked.
    Question,
    /// What stands below a question.
    Hint,
    /// How long a member waits between two.
    Cooldown,
    /// After how long the silent side is reminded.
    RemindAfter,
    /// After how long one whose member is silent closes.
    CloseAfter,
    /// Within which working time the staff answers.
    AnswerWithin,
}

/// Why something is no kind of ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KindMisfit {
    /// It has no name.
    NoName,
    /// Its emoji is none.
    Emoji,
    /// One of its texts is too long.
    TooLong {
        /// Which.
        part: KindPart,
        /// How many characters that takes.
        max_chars: u16,
    },
    /// One of its texts has this name in braces, which stands for nothing there.
    Placeholder {
        /// Which text.
        part: KindPart,
        /// What stands in braces.
        name: String,
        /// What may.
        known: &'static [&'static str],
    },
    /// How many a member may have open is no number from 0 to 100.
    MemberLimit,
    /// One of its times is none, or longer than it may be.
    Time {
        /// Which.
        part: KindPart,
        /// The longest it may be, in minutes.
        max_minutes: i64,
    },
    /// Who has this role may open one, and may not.
    RoleBothWays {
        /// Which.
        role: Id<RoleMarker>,
    },
    /// It would close tickets before it reminds of them.
    ClosesBeforeItReminds,
    /// Nobody can tell when somebody is there.
    Hours(HoursMisfit),
    /// One of its lists has more roles than a form takes.
    TooManyRoles {
        /// How many that is.
        max: usize,
    },
    /// It asks more than a form takes.
    TooManyQuestions {
        /// How many that is.
        max: usize,
    },
    /// A question asks nothing.
    NoQuestion,
    /// There is too little or too much to choose from.
    OptionCount {
        /// How many options a question has at least.
        min: usize,
        /// How many it has at most.
        max: usize,
    },
    /// An option is too long.
    OptionTooLong {
        /// Which.
        option: String,
    },
    /// A question has another number of options than their translation.
    TranslatedOptions {
        /// How many the question has.
        count: usize,
    },
    /// No text is as long as an answer should be.
    AnswerLength {
        /// The longest that an answer may be, in characters.
        most: u16,
    },
}

impl KindPart {
    /// The longest that a text may be, in characters; as long as the forms that show it take.
    pub fn max_chars(self) -> u16 {
        match self {
            KindPart::Name => 80,
            KindPart::Description | KindPart::Hint => 100,
            KindPart::Opening => 1500,
            KindPart::Naming => 90,
            KindPart::HoursNote => 500,
            KindPart::Question => 45,
            KindPart::Cooldown | KindPart::RemindAfter | KindPart::CloseAfter | KindPart::AnswerWithin => 0,
        }
    }

    /// The longest that a time may be, in minutes.
    pub fn max_minutes(self) -> i64 {
        match self {
            KindPart::Cooldown | KindPart::AnswerWithin => 30 * DAY,
            KindPart::RemindAfter => 90 * DAY,
            KindPart::CloseAfter => 365 * DAY,
            _ => 0,
        }
    }
}

impl CheckedKind {
    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is like.
    pub fn definition(&self) -> &Definition {
        &self.definition
    }
}

impl Definition {
    /// The kind of that name, without what means nothing, such as spaces around texts.
    ///
    /// Whether its channel and roles are of a guild, no value can say: `operations::kinds` does.
    ///
    /// # Errors
    /// Why it cannot be stored.
    pub fn checked(self, name: &str) -> Result<CheckedKind, KindMisfit> {
        let name = text(KindPart::Name, name)?;
        if name.is_empty() {
            return Err(KindMisfit::NoName);
        }
        let emoji = written(&self.emoji);
        if !is_emoji(&emoji) {
            return Err(KindMisfit::Emoji);
        }
        if !(0..=100).contains(&self.member_limit) {
            return Err(KindMisfit::MemberLimit);
        }
        let lists = [&self.staff_roles, &self.required_roles, &self.blocked_roles];
        if lists.iter().any(|roles| roles.len() > usize::from(KIND_ROLES)) {
            return Err(KindMisfit::TooManyRoles { max: KIND_ROLES.into() });
        }
        if let Some(role) = self.required_roles.iter().find(|role| self.blocked_roles.contains(role)) {
            return Err(KindMisfit::RoleBothWays { role: *role });
        }
        let (remind_after, close_after) = (self.remind_after, self.close_after);
        check_time(KindPart::Cooldown, self.cooldown)?;
        check_time(KindPart::RemindAfter, remind_after)?;
        check_time(KindPart::CloseAfter, close_after)?;
        check_time(KindPart::AnswerWithin, self.answer_within)?;
        if close_after.0 > 0 && close_after.0 <= remind_after.0 {
            return Err(KindMisfit::ClosesBeforeItReminds);
        }
        if self.questions.len() > MAX_INPUTS {
            return Err(KindMisfit::TooManyQuestions { max: MAX_INPUTS });
        }
        let hours: Hours = self.hours.parse().map_err(KindMisfit::Hours)?;
        let mut definition = Definition {
            emoji,
            description: text(KindPart::Description, &self.description)?,
            opening: template(KindPart::Opening, &self.opening, OPENING_PLACEHOLDERS)?,
            naming: template(KindPart::Naming, &self.naming, NAMING_PLACEHOLDERS)?,
            hours: hours.to_string(),
            hours_note: text(KindPart::HoursNote, &self.hours_note)?,
            questions: self.questions.iter().map(question).collect::<Result<Vec<Question>, KindMisfit>>()?,
            ..self
        };
        if definition.language.len() > LANGUAGE_BYTES {
            definition.language.clear();
        }
        definition.number_questions();
        definition.translations = translations(&definition)?;
        Ok(CheckedKind { name, definition })
    }
}

/// What is said in other languages, without what says nothing.
fn translations(definition: &Definition) -> Result<InLanguages<KindTranslation>, KindMisfit> {
    let mut checked = InLanguages::new();
    for (code, said) in definition.translations.iter().filter(|(code, _)| code.len() <= LANGUAGE_BYTES).take(LANGUAGES)
    {
        let mut questions = BTreeMap::new();
        for question in &definition.questions {
            let said = said.questions.get(&question.id);
            if let Some(said) = said.map(|said| translated(question, said)).transpose()?
                && !said.is_empty()
            {
                questions.insert(question.id, said);
            }
        }
        let said = KindTranslation {
            name: text(KindPart::Name, &said.name)?,
            description: text(KindPart::Description, &said.description)?,
            opening: template(KindPart::Opening, &said.opening, OPENING_PLACEHOLDERS)?,
            hours_note: text(KindPart::HoursNote, &said.hours_note)?,
            questions,
        };
        if !said.is_empty() {
            checked.insert(code.clone(), said);
        }
    }
    Ok(checked)
}

fn translated(question: &Question, said: &QuestionTranslation) -> Result<QuestionTranslation, KindMisfit> {
    let options = read_options(&said.options)?;
    let count = question.options().len();
    if !options.is_empty() && options.len() != count {
        return Err(KindMisfit::TranslatedOptions { count });
    }
    let (label, hint) = (text(KindPart::Question, &said.label)?, text(KindPart::Hint, &said.hint)?);
    Ok(QuestionTranslation { label, hint, options })
}

/// Options without those that say nothing.
fn read_options(options: &[String]) -> Result<Vec<String>, KindMisfit> {
    let options = options.iter().map(|option| written(option));
    let options: Vec<String> = options.filter(|option| !option.is_empty()).collect();
    match options.iter().find(|option| option.chars().count() > OPTION_LABEL) {
        Some(long) => Err(KindMisfit::OptionTooLong { option: long.clone() }),
        None => Ok(options),
    }
}

fn text(part: KindPart, text: &str) -> Result<String, KindMisfit> {
    let text = written(text);
    let max_chars = part.max_chars();
    match text.chars().count() > usize::from(max_chars) {
        true => Err(KindMisfit::TooLong { part, max_chars }),
        false => Ok(text),
    }
}

fn template(part: KindPart, template: &str, known: &'static [&'static str]) -> Result<String, KindMisfit> {
    let template = text(part, template)?;
    let kind = settings::Kind::Template { max_chars: part.max_chars(), placeholders: known };
    match settings::field("template", Msg::verbatim(""), kind).parse(&template) {
        Err(field::Misfit::Placeholder { name, .. }) => Err(KindMisfit::Placeholder { part, name, known }),
        // Empty is no template, and means the default, or none.
        Ok(_) | Err(field::Misfit::Value { .. }) => Ok(template),
    }
}

fn check_time(part: KindPart, time: Minutes) -> Result<(), KindMisfit> {
    let max_minutes = part.max_minutes();
    match (0..=max_minutes).contains(&time.0) {
        true => Ok(()),
        false => Err(KindMisfit::Time { part, max_minutes }),
    }
}

fn question(asked: &Question) -> Result<Question, KindMisfit> {
    let label = text(KindPart::Question, &asked.label)?;
    if label.is_empty() {
        return Err(KindMisfit::NoQuestion);
    }
    let ask = match &asked.ask {
        Ask::Checkbox => Ask::Checkbox,
        Ask::Text { long, min_chars, max_chars } => {
            let most = longest_answer(*long);
            if *max_chars < 1 || min_chars > max_chars || *max_chars > most {
                return Err(KindMisfit::AnswerLength { most });
            }
            asked.ask.clone()
        }
        Ask::Choice { options, several } => {
            let options = read_options(options)?;
            if !(2..=OPTIONS).contains(&options.len()) {
                return Err(KindMisfit::OptionCount { min: 2, max: OPTIONS });
            }
            Ask::Choice { options, several: *several }
        }
    };
    Ok(Question { id: asked.id, label, hint: text(KindPart::Hint, &asked.hint)?, required: asked.required, ask })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unset_in_a_kind_fits() {
        let checked = Definition::default().checked(" Billing\0 ").expect("it fits");
        assert_eq!((checked.name(), checked.definition()), ("Billing", &Definition::default()));
    }

    #[test]
    fn each_question_has_a_number_of_its_own() {
        let (hint, ask) = (String::new(), Ask::Checkbox);
        let question =
            |id| Question { id, label: "Sure?".to_owned(), hint: hint.clone(), required: false, ask: ask.clone() };
        let definition = Definition { questions: vec![question(2), question(2)], ..Definition::default() };
        let checked = definition.checked("Billing").expect("it fits");
        let numbers: Vec<i32> = checked.definition().questions.iter().map(|question| question.id).collect();
        assert_eq!((numbers, checked.definition().last_question), (vec![2, 3], 3));
    }
}
