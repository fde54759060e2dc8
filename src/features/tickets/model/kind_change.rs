//! What is changed of a kind of ticket, a part at a time, so that people who change different parts do not undo each other.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};
use utoipa::ToSchema;

use super::{Definition, Kind, KindTranslation, Question, QuestionTranslation};
use crate::settings::Minutes;
use crate::words::Language;

/// A part of a kind, as it is to be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum KindChange {
    /// What it is called and says.
    Texts(KindTexts),
    /// Where its tickets open, and for whom.
    People(KindPeople),
    /// How many, how often, and when somebody is there.
    Limits(KindLimits),
    /// What time does.
    Times(KindTimes),
    /// It asks one more; the question gets the next number.
    AddQuestion(Question),
    /// It asks something else in the place of the question with that number.
    ChangeQuestion(Question),
    /// It does not ask the question of that number any more.
    RemoveQuestion(i32),
    /// It says this in that language; what its questions say there stays.
    Translate(Language, KindTranslation),
    /// The question of that number says this in that language.
    TranslateQuestion(Language, i32, QuestionTranslation),
}

/// What a kind is called and says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KindTexts {
    /// What it is called.
    pub name: String,
    /// What stands before its name.
    pub emoji: String,
    /// What stands below it in menus.
    pub description: String,
    /// What stands in the ticket above everything else.
    pub opening: String,
    /// What its channels are called.
    pub naming: String,
}

/// Where tickets of a kind open, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KindPeople {
    /// The category, or the channel of private threads; nothing is the server's setting.
    #[schema(value_type = Option<String>)]
    pub place: Option<Id<ChannelMarker>>,
    /// Who works it besides the admins; none is the server's setting.
    #[schema(value_type = Vec<String>)]
    pub staff: Vec<Id<RoleMarker>>,
    /// Who may open one; none is everybody.
    #[schema(value_type = Vec<String>)]
    pub required: Vec<Id<RoleMarker>>,
    /// Who may not.
    #[schema(value_type = Vec<String>)]
    pub blocked: Vec<Id<RoleMarker>>,
}

/// How many, how often, and when somebody is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KindLimits {
    /// How many a member may have open; 0 is any number.
    pub member_limit: i64,
    /// How long they wait between two.
    #[schema(value_type = i64)]
    pub cooldown: Minutes,
    /// When somebody is there, such as `mon-fri 09:00-17:00`; empty is always.
    pub hours: String,
    /// What members read outside these hours.
    pub hours_note: String,
}

/// What time does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KindTimes {
    /// After how long the silent side is reminded; 0 is never.
    #[schema(value_type = i64)]
    pub remind_after: Minutes,
    /// After how long a ticket whose member is silent closes; 0 is never.
    #[schema(value_type = i64)]
    pub close_after: Minutes,
    /// Within which working time the staff answers; 0 is any time.
    #[schema(value_type = i64)]
    pub answer_within: Minutes,
    /// Whether a ticket that nobody answered in time is escalated.
    pub escalate: bool,
    /// Whether a ticket closes when its member leaves the server.
    pub close_when_left: bool,
}

impl KindChange {
    /// Whether it writes words of the kind's own: what members read in no other language.
    pub fn writes(&self) -> bool {
        matches!(self, KindChange::Texts(_) | KindChange::AddQuestion(_) | KindChange::ChangeQuestion(_))
    }
}

impl Kind {
    /// The question of that number.
    pub fn question(&self, number: i32) -> Option<&Question> {
        self.definition.questions.iter().find(|question| question.id == number)
    }

    /// Name and definition with one part changed. Nothing if that part is a question that there is not.
    pub fn with(&self, change: KindChange) -> Option<(String, Definition)> {
        let (mut name, mut it) = (self.name.clone(), self.definition.clone());
        match change {
            KindChange::Texts(texts) => {
                name = texts.name;
                it = Definition {
                    emoji: texts.emoji,
                    description: texts.description,
                    opening: texts.opening,
                    naming: texts.naming,
                    ..it
                };
            }
            KindChange::People(KindPeople { place, staff, required, blocked }) => {
                it.in_threads &= place == it.place;
                (it.place, it.staff_roles, it.required_roles, it.blocked_roles) = (place, staff, required, blocked);
            }
            KindChange::Limits(limits) => {
                it = Definition {
                    member_limit: limits.member_limit,
                    cooldown: limits.cooldown,
                    hours: limits.hours,
                    hours_note: limits.hours_note,
                    ..it
                };
            }
            KindChange::Times(times) => {
                it = Definition {
                    remind_after: times.remind_after,
                    close_after: times.close_after,
                    answer_within: times.answer_within,
                    escalate: times.escalate,
                    close_when_left: times.close_when_left,
                    ..it
                };
            }
            KindChange::AddQuestion(asked) => {
                let id = it.next_question();
                it.questions.push(Question { id, ..asked });
            }
            KindChange::ChangeQuestion(asked) => {
                let id = asked.id;
                let known = it.questions.iter_mut().find(|question| question.id == id)?;
                // What was translated is no translation of something else.
                for said in it.translations.values_mut().filter_map(|said| said.questions.get_mut(&id)) {
                    said.follow(known, &asked);
                }
                *known = asked;
            }
            KindChange::RemoveQuestion(number) => {
                let at = it.questions.iter().position(|question| question.id == number)?;
                // No number is given twice: somebody may still be changing what had it.
                let highest = it.questions.iter().map(|question| question.id).max().unwrap_or(0);
                it.last_question = it.last_question.max(highest);
                it.questions.remove(at);
            }
            KindChange::Translate(language, said) => {
                let known = it.translations.entry(language.code().to_owned()).or_default();
                let questions = std::mem::take(&mut known.questions);
                *known = KindTranslation { questions, ..said };
            }
            KindChange::TranslateQuestion(language, number, said) => {
                self.question(number)?;
                it.translations.entry(language.code().to_owned()).or_default().questions.insert(number, said);
            }
        }
        Some((name, it))
    }
}
