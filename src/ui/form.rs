//! Forms (Discord's modals): one struct is the definition, what is filled in beforehand, and what comes back.
//!
//! A form whose inputs a server chooses itself has no struct: it is made of [`Input`]s and comes back as a map.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use twilight_model::channel::ChannelType;
use twilight_model::channel::message::component::{
    Checkbox, Label, SelectDefaultValue, SelectMenu, SelectMenuOption, SelectMenuType, TextDisplay, TextInput,
    TextInputStyle,
};
use twilight_model::channel::message::{Component, Embed};
use twilight_model::http::interaction::InteractionResponseData;
use twilight_model::id::Id;
use twilight_util::builder::message::SelectMenuBuilder;

use super::limits::{self, cut};
use super::message;
use super::plain::{is_blank, plain, plain_lines};
use crate::say;
use crate::words::{Language, Msg, Said, Say};

/// Inputs of one form
/// (<https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal>).
pub const MAX_INPUTS: usize = 5;

/// A struct that a member fills in.
///
/// Its serde fields are the inputs, by name and in the order of [`Form::FIELDS`]; `wiring.rs` checks that they agree.
pub trait Form: Serialize + DeserializeOwned + Default {
    /// What it is called in custom ids; unique in its feature.
    const NAME: &'static str;
    /// One to five inputs.
    const FIELDS: &'static [Field];
}

/// One input of a [`Form`].
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The serde name of the struct's field.
    pub name: &'static str,
    /// What the member reads above it, at most 45 characters.
    pub label: Msg,
    /// A hint below the label, at most 100 characters.
    pub hint: Option<Msg>,
    /// What it takes.
    pub style: Style,
    /// The longest text it takes, 1 to 4,000 characters; for choices, how many.
    pub max_chars: u16,
    /// Whether it may not be left empty.
    pub required: bool,
}

/// What an input takes, which is also the type of the struct's field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// One line: a `String`.
    Line,
    /// Several lines: a `String`.
    Paragraph,
    /// One of these, as value and label: a `Vec<String>` of at most one.
    Choice(&'static [(&'static str, Msg)]),
    /// Roles of the server: a `Vec` of ids.
    Roles,
    /// A channel of one of these types: a `Vec` of at most one id.
    Channel(&'static [ChannelType]),
    /// A box to tick: a `bool`.
    Checkbox,
}

/// One input as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// By which its value comes back.
    pub name: String,
    /// What the member reads above it, at most 45 characters.
    pub label: String,
    /// A hint below the label, at most 100 characters.
    pub hint: String,
    /// What it takes.
    pub kind: InputKind,
    /// Whether it may not be left empty.
    pub required: bool,
}

/// What an [`Input`] takes, and what it holds beforehand.
#[derive(Clone, Debug, PartialEq)]
pub enum InputKind {
    /// Text; comes back as a text.
    Text {
        /// Whether it may have several lines.
        long: bool,
        /// The shortest text, 0 to 4,000 characters.
        min_chars: u16,
        /// The longest text, 1 to 4,000 characters.
        max_chars: u16,
        /// What it holds beforehand.
        value: String,
    },
    /// One or more of up to 25 options; comes back as a list of values.
    Choice {
        /// The options as value and label.
        options: Vec<(String, String)>,
        /// How many may be chosen.
        max: u8,
        /// The values that are chosen beforehand.
        chosen: Vec<String>,
    },
    /// Roles, or a channel of one of these types; comes back as a list of ids.
    Pick {
        /// Nothing for roles.
        channels: Option<&'static [ChannelType]>,
        /// How many may be chosen.
        max: u8,
        /// What is chosen beforehand.
        chosen: Vec<String>,
    },
    /// A box to tick; comes back as a boolean.
    Checkbox {
        /// Whether it is ticked beforehand.
        ticked: bool,
    },
}

/// What stands around the inputs of a form: its title, and what is not the same whatever the form is about.
#[derive(Clone, Debug)]
pub struct Frame {
    title: Said,
    above: Option<Said>,
    hints: Vec<(&'static str, Said)>,
}

impl Frame {
    /// A form with this title, at most 45 characters.
    pub fn titled(title: impl Into<Said>) -> Frame {
        Frame { title: title.into(), above: None, hints: Vec::new() }
    }

    /// The same with a text above the inputs, at most 4,000 characters. It takes the place of an input.
    #[must_use]
    pub fn with_text_above(self, text: Said) -> Frame {
        Frame { above: Some(text), ..self }
    }

    /// The same with another hint below the label of an input, at most 100 characters in a line.
    #[must_use]
    pub fn with_hint(mut self, name: &'static str, hint: Said) -> Frame {
        self.hints.push((name, hint));
        self
    }
}

/// A form ready to be shown.
#[derive(Clone, Debug)]
pub struct Modal {
    title: String,
    custom_id: String,
    above: String,
    inputs: Vec<Input>,
}

impl Modal {
    /// The form of `values` in a language, filled in with them. `custom_id` comes from `Context::form_id`.
    pub fn new<F: Form>(language: Language, frame: &Frame, custom_id: String, values: &F) -> anyhow::Result<Modal> {
        let Value::Object(values) = serde_json::to_value(values)? else {
            anyhow::bail!("the form {} is not a struct", F::NAME);
        };
        Ok(Modal::refilled(language, frame, custom_id, F::FIELDS, &values))
    }

    /// A form of these fields that holds what was filled in before.
    pub fn refilled(
        language: Language,
        frame: &Frame,
        custom_id: String,
        fields: &[Field],
        values: &Map<String, Value>,
    ) -> Modal {
        let hinted = |name: &str| frame.hints.iter().find(|(hinted, _)| *hinted == name).map(|(_, hint)| hint);
        let inputs = fields.iter().map(|field| {
            let input = field.input(language, values.get(field.name));
            match hinted(field.name) {
                Some(hint) => Input { hint: hint.say(language).replace('\n', " "), ..input },
                None => input,
            }
        });
        let inputs = inputs.collect();
        let above = frame.above.as_ref().map(|above| above.say(language)).unwrap_or_default();
        Modal { above, ..Modal::of(frame.title.say(language), custom_id, inputs) }
    }

    /// A form of these inputs, one to [`MAX_INPUTS`]. `custom_id` comes from `Context::open_form_id`.
    pub fn of(title: impl Into<String>, custom_id: String, inputs: Vec<Input>) -> Modal {
        Modal { title: title.into(), custom_id, above: String::new(), inputs }
    }

    pub(crate) fn into_data(self) -> InteractionResponseData {
        let above = (!is_blank(&self.above))
            .then(|| Component::TextDisplay(TextDisplay { id: None, content: cut(&self.above, limits::TEXT_DISPLAY) }));
        let inputs = self.inputs.into_iter().map(Input::into_component);
        InteractionResponseData {
            custom_id: Some(self.custom_id),
            title: Some(limits::label(&self.title, limits::FORM_LABEL)),
            components: Some(above.into_iter().chain(inputs).take(MAX_INPUTS).collect()),
            ..Default::default()
        }
    }
}

impl Field {
    fn input(&self, language: Language, value: Option<&Value>) -> Input {
        let text = || value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let chosen = || {
            let values = value.and_then(Value::as_array).into_iter().flatten();
            values.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let max = u8::try_from(self.max_chars).unwrap_or(u8::MAX);
        let kind = match self.style {
            Style::Line | Style::Paragraph => InputKind::Text {
                long: self.style == Style::Paragraph,
                min_chars: 0,
                max_chars: self.max_chars,
                value: text(),
            },
            Style::Choice(options) => InputKind::Choice {
                options: options.iter().map(|(value, label)| ((*value).to_owned(), label.say(language))).collect(),
                max: 1,
                chosen: chosen(),
            },
            Style::Roles => InputKind::Pick { channels: None, max, chosen: chosen() },
            Style::Channel(types) => InputKind::Pick { channels: Some(types), max: 1, chosen: chosen() },
            Style::Checkbox => InputKind::Checkbox { ticked: value.and_then(Value::as_bool).unwrap_or(false) },
        };
        Input {
            name: self.name.to_owned(),
            label: self.label.say(language),
            hint: self.hint.map(|hint| hint.say(language)).unwrap_or_default(),
            kind,
            required: self.required,
        }
    }

    /// What the struct's field holds when nothing came back.
    fn nothing(&self) -> Value {
        match self.style {
            Style::Line | Style::Paragraph => Value::String(String::new()),
            Style::Choice(_) | Style::Roles | Style::Channel(_) => Value::Array(Vec::new()),
            Style::Checkbox => Value::Bool(false),
        }
    }
}

impl Input {
    fn into_component(self) -> Component {
        let required = self.required;
        let component = match self.kind {
            InputKind::Text { long, min_chars, max_chars, value } => {
                let value = cut(&value, max_chars.into());
                #[allow(deprecated)] // The old place of the label must be set to nothing.
                let input = TextInput {
                    custom_id: self.name,
                    id: None,
                    label: None,
                    max_length: Some(max_chars),
                    min_length: (min_chars > 0).then_some(min_chars),
                    placeholder: None,
                    required: Some(required),
                    style: if long { TextInputStyle::Paragraph } else { TextInputStyle::Short },
                    value: (!value.is_empty()).then_some(value),
                };
                Component::TextInput(input)
            }
            InputKind::Choice { options, max, chosen } => {
                let options: Vec<SelectMenuOption> = options
                    .into_iter()
                    .filter(|(value, _)| !value.trim().is_empty())
                    .map(|(value, label)| SelectMenuOption {
                        default: chosen.contains(&value),
                        ..message::option(value, limits::label(&label, limits::OPTION_LABEL))
                    })
                    .collect();
                let max = usize::from(max).min(options.len());
                Component::SelectMenu(SelectMenu {
                    options: Some(options),
                    ..menu(self.name, SelectMenuType::Text, max, required)
                })
            }
            InputKind::Pick { channels, max, chosen } => {
                let kind = if channels.is_some() { SelectMenuType::Channel } else { SelectMenuType::Role };
                let defaults: Vec<SelectDefaultValue> = chosen
                    .iter()
                    .filter_map(|id| id.parse().ok())
                    .map(|id: Id<()>| match kind {
                        SelectMenuType::Channel => SelectDefaultValue::Channel(id.cast()),
                        _ => SelectDefaultValue::Role(id.cast()),
                    })
                    .collect();
                Component::SelectMenu(SelectMenu {
                    channel_types: channels.map(<[ChannelType]>::to_vec),
                    default_values: (!defaults.is_empty()).then_some(defaults),
                    ..menu(self.name, kind, usize::from(max), required)
                })
            }
            InputKind::Checkbox { ticked } => {
                Component::Checkbox(Checkbox { custom_id: self.name, default: Some(ticked), id: None })
            }
        };
        Component::Label(Label {
            component: Box::new(component),
            description: (!is_blank(&self.hint)).then(|| cut(&self.hint, limits::OPTION_LABEL)),
            id: None,
            label: limits::label(&self.label, limits::FORM_LABEL),
        })
    }
}

/// A menu in a form. With `required` at least one must be chosen, without it none need be.
fn menu(custom_id: String, kind: SelectMenuType, max: usize, required: bool) -> SelectMenu {
    let max = u8::try_from(max.clamp(1, limits::OPTIONS)).unwrap_or(1);
    let menu = SelectMenuBuilder::new(custom_id, kind).max_values(max).min_values(u8::from(required));
    menu.required(required).build()
}

/// A form as Discord takes it: twilight writes `disabled` into every menu, and in a form that key is an error.
pub fn without_disabled<T: Serialize>(response: &T) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(strip),
            Value::Object(fields) => {
                fields.remove("disabled");
                fields.values_mut().for_each(strip);
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(response).expect("answers have string keys and no failing parts");
    strip(&mut value);
    value
}

/// The texts that a member wrote into a form, to be shown where it is refused: nobody likes to write them again.
pub fn written(language: Language, fields: &[Field], submitted: &Map<String, Value>) -> Vec<Embed> {
    let texts = fields.iter().filter_map(|field| {
        let text = submitted.get(field.name)?.as_str()?.trim();
        (!text.is_empty()).then_some((field, text))
    });
    let (long, short): (Vec<_>, Vec<_>) = texts.partition(|(field, _)| field.style == Style::Paragraph);
    let short: Vec<String> =
        short.into_iter().map(|(field, text)| format!("{}: {}", field.label.say(language), plain(text))).collect();
    let short = (!short.is_empty()).then(|| message::embed(say!(language, ui_what_you_wrote), short.join("\n")));
    let long = long.into_iter().map(|(field, text)| message::embed(field.label.say(language), plain_lines(text)));
    short.into_iter().chain(long).collect()
}

/// Reads what a member filled in; inputs that did not come back count as empty, unknown ones are ignored.
pub fn parse<F: Form>(mut submitted: Map<String, Value>) -> Option<F> {
    for field in F::FIELDS {
        submitted.entry(field.name).or_insert_with(|| field.nothing());
    }
    serde_json::from_value(Value::Object(submitted)).ok()
}
