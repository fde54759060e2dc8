//! What kinds of tickets and panels say in other languages than the one in which an admin wrote them first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something in each language in which an admin wrote it, by the language's code: one whose folder is gone is kept.
pub type InLanguages<T> = BTreeMap<String, T>;

/// What a kind says in another language. An empty text is the kind's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct KindTranslation {
    /// What it is called.
    pub name: String,
    /// What stands below it in menus.
    pub description: String,
    /// What stands in the ticket above everything else.
    pub opening: String,
    /// What members read when nobody is there.
    pub hours_note: String,
    /// Its questions, by their numbers.
    #[schema(value_type = BTreeMap<String, QuestionTranslation>)]
    pub questions: BTreeMap<i32, QuestionTranslation>,
}

/// What a question says in another language. An empty text is the question's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct QuestionTranslation {
    /// What it asks.
    pub label: String,
    /// What stands below it.
    pub hint: String,
    /// What there is to choose, as many as the question has and in the same order, or none.
    pub options: Vec<String>,
}

/// What a panel says in another language. An empty text is the panel's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PanelTranslation {
    /// What stands on top.
    pub title: String,
    /// What stands below it.
    pub body: String,
}

impl KindTranslation {
    /// Whether nothing is translated.
    pub fn is_empty(&self) -> bool {
        *self == KindTranslation::default()
    }
}

impl QuestionTranslation {
    /// Whether nothing is translated.
    pub fn is_empty(&self) -> bool {
        *self == QuestionTranslation::default()
    }
}
