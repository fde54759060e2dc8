//! Kinds of tickets, and what they ask.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};
use utoipa::ToSchema;

use super::{InLanguages, KindTranslation, Settings};
use crate::hours::Hours;
use crate::settings::Minutes;

/// A kind of ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// Its number in the guild.
    pub id: i32,
    /// What members choose.
    pub name: String,
    /// What it is like.
    pub definition: Definition,
}

/// What a kind of ticket is like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = KindDefinition)]
pub struct Definition {
    /// What stands before its name: nothing, a character, or a server's own emoji.
    pub emoji: String,
    /// What stands below its name in menus.
    pub description: String,
    /// The category in which it opens, or the channel of its private threads; nothing is the server's setting.
    #[schema(value_type = Option<String>)]
    pub place: Option<Id<ChannelMarker>>,
    /// Whether `place` is a channel of private threads.
    pub in_threads: bool,
    /// Who works it besides the admins; none is the server's setting.
    #[schema(value_type = Vec<String>)]
    pub staff_roles: Vec<Id<RoleMarker>>,
    /// Who may open one; none is everybody.
    #[schema(value_type = Vec<String>)]
    pub required_roles: Vec<Id<RoleMarker>>,
    /// Who may not.
    #[schema(value_type = Vec<String>)]
    pub blocked_roles: Vec<Id<RoleMarker>>,
    /// What is asked when one is opened.
    pub questions: Vec<Question>,
    /// The last number that was given to a question.
    pub last_question: i32,
    /// What stands in the ticket above everything else.
    pub opening: String,
    /// What its channel is called.
    pub naming: String,
    /// How many a member may have open; 0 is any number.
    pub member_limit: i64,
    /// How long a member waits between two.
    #[schema(value_type = i64)]
    pub cooldown: Minutes,
    /// When somebody is there, such as `mon-fri 09:00-17:00`; empty is always.
    pub hours: String,
    /// What members read outside these hours.
    pub hours_note: String,
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
    /// The language in which an admin wrote its own words, by its code; empty where that is not known.
    pub language: String,
    /// What it says in other languages.
    #[schema(value_type = BTreeMap<String, KindTranslation>)]
    pub translations: InLanguages<KindTranslation>,
}

/// What a ticket's channel is called unless its kind says otherwise.
pub const NAMING: &str = "ticket-{number}";

/// What a name may say.
pub const NAMING_PLACEHOLDERS: &[&str] = &["number", "member", "type"];

/// What an opening message may say.
pub const OPENING_PLACEHOLDERS: &[&str] = &["member", "number", "type", "subject"];

impl Default for Definition {
    fn default() -> Definition {
        Definition {
            emoji: String::new(),
            description: String::new(),
            place: None,
            in_threads: false,
            staff_roles: Vec::new(),
            required_roles: Vec::new(),
            blocked_roles: Vec::new(),
            questions: Vec::new(),
            last_question: 0,
            opening: String::new(),
            naming: NAMING.to_owned(),
            member_limit: 1,
            cooldown: Minutes(0),
            hours: String::new(),
            hours_note: String::new(),
            remind_after: Minutes(0),
            close_after: Minutes(0),
            answer_within: Minutes(0),
            escalate: false,
            close_when_left: false,
            language: String::new(),
            translations: InLanguages::new(),
        }
    }
}

impl Definition {
    /// What is stored, without what does not fit: one odd member must not cost a kind its staff.
    pub fn read(stored: Value) -> Definition {
        let mut definition = Definition::read_fitting(stored);
        // What was stored before questions had numbers gets them, the same ones at each reading.
        definition.number_questions();
        definition.drop_foreign_options();
        definition
    }

    /// Drops translations of other options than a question has: a version that knows no translations may have changed it.
    fn drop_foreign_options(&mut self) {
        for question in &self.questions {
            let said = self.translations.values_mut().filter_map(|said| said.questions.get_mut(&question.id));
            said.filter(|said| said.options.len() != question.options().len()).for_each(|said| said.options.clear());
        }
    }

    /// Gives each question that has no number of its own the next one.
    pub fn number_questions(&mut self) {
        for at in 0..self.questions.len() {
            let (before, it) = (&self.questions[..at], &self.questions[at]);
            if it.id <= 0 || before.iter().any(|other| other.id == it.id) {
                self.questions[at].id = self.next_question();
            }
        }
    }

    /// The number of a question that is added. No number is given twice: somebody may still be changing what had it.
    pub fn next_question(&mut self) -> i32 {
        let highest = self.questions.iter().map(|question| question.id).max().unwrap_or(0);
        self.last_question = self.last_question.max(highest) + 1;
        self.last_question
    }

    fn read_fitting(stored: Value) -> Definition {
        if let Ok(definition) = serde_json::from_value(stored.clone()) {
            return definition;
        }
        let mut fits = json!({});
        for (name, value) in stored.as_object().into_iter().flatten() {
            let alone = json!({ name: value });
            if serde_json::from_value::<Definition>(alone).is_ok() {
                fits[name] = value.clone();
            }
        }
        serde_json::from_value(fits).unwrap_or_default()
    }

    /// Who works it besides the admins.
    pub fn staff(&self, settings: &Settings) -> Vec<Id<RoleMarker>> {
        if self.staff_roles.is_empty() { settings.staff_role.into_iter().collect() } else { self.staff_roles.clone() }
    }

    /// The same for whoever wants to open one, whatever roles they have.
    #[must_use]
    pub fn without_required(&self) -> Definition {
        Definition { required_roles: Vec::new(), ..self.clone() }
    }

    /// When somebody is there. Hours that no longer parse count as always.
    pub fn hours(&self) -> Hours {
        self.hours.parse().unwrap_or_default()
    }
}

/// Something that is asked when a ticket is opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = KindQuestion)]
pub struct Question {
    /// By which it is known whatever its place.
    #[serde(default)]
    pub id: i32,
    /// At most 45 characters.
    pub label: String,
    /// At most 100 characters.
    pub hint: String,
    /// Whether it must be answered.
    pub required: bool,
    /// How it is answered.
    pub ask: Ask,
}

impl Question {
    /// What there is to choose; nothing if it is answered otherwise.
    pub fn options(&self) -> &[String] {
        match &self.ask {
            Ask::Choice { options, .. } => options,
            Ask::Text { .. } | Ask::Checkbox => &[],
        }
    }
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = KindAsk)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// By a text.
    Text {
        /// Whether it may have several lines.
        long: bool,
        /// How many characters it has at least.
        min_chars: u16,
        /// How many it has at most.
        max_chars: u16,
    },
    /// By one or, with `several`, any number of these.
    Choice {
        /// What there is to choose.
        options: Vec<String>,
        /// Whether several may be chosen.
        several: bool,
    },
    /// By a box to tick.
    Checkbox,
}
