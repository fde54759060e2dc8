//! What the log channel reads of changed settings.

use serde_json::Value;
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use crate::acting::Acting;
use crate::log_channel;
use crate::operations::words::who;
use crate::say;
use crate::settings::{Declared, Field, Made, Report, Schema, System};
use crate::ui::limits::cut;
use crate::words::{Language, Say, name_of};

/// What of a text is shown where two stand in a line; ten of these lines fit into a box.
const VALUE_CHARS: usize = 140;

/// What the log channel reads of changes, in as many entries as they take.
pub(super) fn reports(
    declared: &Declared,
    acting: &Acting,
    changes: &[Made],
    channel: Option<Id<ChannelMarker>>,
) -> Vec<Report> {
    let language = language_after(acting, declared, changes);
    let title = say!(language, settings_log_changed, group = name_of(declared.group()));
    let mut reports: Vec<Report> = Vec::new();
    for line in changes.iter().map(|change| made(language, declared, change)) {
        match reports.last_mut() {
            Some(last) if last.description.chars().count() + line.chars().count() < log_channel::DESCRIPTION_CHARS => {
                last.description.push('\n');
                last.description.push_str(&line);
            }
            _ => {
                let description = format!("{}\n{line}", who(acting));
                reports.push(Report { channel, title: title.clone(), description });
            }
        }
    }
    reports
}

/// In which language the log channel reads what follows: the new one, if that is what was changed.
fn language_after(acting: &Acting, declared: &Declared, changes: &[Made]) -> Language {
    let is_language = |made: &&Made| declared.feature() == System::FEATURE && made.key == "language";
    let Some(made) = changes.iter().find(is_language) else { return acting.language() };
    let code = made.new.as_ref().and_then(Value::as_str);
    code.map_or(Some(System::default().language), Language::of_code).unwrap_or(acting.language())
}

/// A change in one line.
pub fn made(language: Language, declared: &Declared, made: &Made) -> String {
    let Some(field) = declared.field(made.key) else { return String::new() };
    let show = |value: &Option<Value>| match value {
        Some(value) => shown(language, field, value),
        None => say!(language, settings_default, value = shown(language, field, declared.default(field))),
    };
    format!("`{}`: {} → {}", field.title().say(language), show(&made.old), show(&made.new))
}

/// A value in a line that holds two of them; long texts are cut before their closing quote.
pub fn shown(language: Language, field: &Field, value: &Value) -> String {
    let text = field.show(value).say(language);
    match text.strip_prefix('`').and_then(|text| text.strip_suffix('`')) {
        Some(text) => format!("`{}`", cut(&text.replace('\n', " "), VALUE_CHARS)),
        None => text,
    }
}
