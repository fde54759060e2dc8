//! Forms (Discord's modals): one struct is the definition, what is filled in beforehand, and what comes back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::{Label, TextInput, TextInputStyle};
use twilight_model::http::interaction::InteractionResponseData;

use super::limits::{self, cut};
use super::reply::Reply;

/// A struct of text fields that a member fills in.
///
/// Its serde fields are the inputs, by name and in the order of [`Form::FIELDS`]; `wiring.rs` checks that they agree.
pub trait Form: Serialize + DeserializeOwned + Default {
    /// What it is called in custom ids; unique in its feature.
    const NAME: &'static str;
    /// One to five inputs (<https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal>).
    const FIELDS: &'static [Field];
}

/// One input of a form.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The serde name of the struct's field.
    pub name: &'static str,
    /// What the member reads above it, at most 45 characters.
    pub label: &'static str,
    /// A hint below the label, at most 100 characters.
    pub hint: &'static str,
    /// How large it is.
    pub style: Style,
    /// The longest text it takes, 1 to 4,000 characters.
    pub max_chars: u16,
    /// Whether it may not be left empty.
    pub required: bool,
}

/// How large an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// One line.
    Line,
    /// Several lines.
    Paragraph,
}

/// A form ready to be shown.
#[derive(Debug)]
pub struct Modal {
    title: String,
    custom_id: String,
    fields: &'static [Field],
    /// What the inputs hold beforehand, by name.
    values: Map<String, Value>,
}

impl Modal {
    /// The form of `values`, filled in with them. `custom_id` comes from `Context::form_id`.
    pub fn new<F: Form>(title: impl Into<String>, custom_id: String, values: &F) -> anyhow::Result<Modal> {
        let Value::Object(values) = serde_json::to_value(values)? else {
            anyhow::bail!("the form {} is not a struct", F::NAME);
        };
        Ok(Modal { title: title.into(), custom_id, fields: F::FIELDS, values })
    }

    pub(super) fn into_data(self) -> InteractionResponseData {
        let components = self.fields.iter().map(|field| field.component(self.values.get(field.name))).collect();
        InteractionResponseData {
            custom_id: Some(self.custom_id),
            title: Some(cut(&self.title, limits::FORM_LABEL)),
            components: Some(components),
            ..Default::default()
        }
    }
}

impl From<Modal> for Reply {
    fn from(modal: Modal) -> Reply {
        Reply::Form(modal)
    }
}

impl Field {
    fn component(&self, value: Option<&Value>) -> Component {
        let value = value.and_then(Value::as_str).filter(|value| !value.is_empty());
        let style = match self.style {
            Style::Line => TextInputStyle::Short,
            Style::Paragraph => TextInputStyle::Paragraph,
        };
        #[allow(deprecated)] // The old place of the label must be set to nothing.
        let input = TextInput {
            custom_id: self.name.to_owned(),
            id: None,
            label: None,
            max_length: Some(self.max_chars),
            min_length: None,
            placeholder: None,
            required: Some(self.required),
            style,
            value: value.map(|value| cut(value, self.max_chars.into())),
        };
        Component::Label(Label {
            component: Box::new(Component::TextInput(input)),
            description: (!self.hint.is_empty()).then(|| self.hint.to_owned()),
            id: None,
            label: self.label.to_owned(),
        })
    }
}

/// Reads what a member filled in; inputs that did not come back count as empty, unknown ones are ignored.
pub fn parse<F: Form>(mut submitted: Map<String, Value>) -> Option<F> {
    for field in F::FIELDS {
        submitted.entry(field.name).or_insert_with(|| Value::String(String::new()));
    }
    serde_json::from_value(Value::Object(submitted)).ok()
}
