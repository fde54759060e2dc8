//! A form of Discord's on a page: the same struct says what is asked, how long it may be, and what was filled in.

use std::sync::Arc;

use maud::{Markup, html};
use serde_json::Value;

use super::names::Places;
use super::visit::Visit;
use crate::ui::form::{self, Field, Form, Style};
use crate::words::{Language, Say};

impl Visit {
    /// The inputs of a form that holds `values`. Beside the one that `wrong` names stands what is wrong with it.
    pub async fn inputs<F: Form>(&self, values: &F, wrong: Option<(&str, &Markup)>) -> Markup {
        let values = serde_json::to_value(values).unwrap_or_default();
        let picks = |field: &Field| matches!(field.style, Style::Roles | Style::Channel(_));
        let places = if F::FIELDS.iter().any(picks) { self.places().await } else { Arc::default() };
        // @everyone has the guild's id, and nobody can choose it.
        let roles: Vec<(String, &str)> = places
            .roles
            .iter()
            .filter(|(role, _)| role.get() != self.guild.get())
            .map(|(role, name)| (role.to_string(), name.as_str()))
            .collect();
        html! {
            @for field in F::FIELDS {
                @let wrong = wrong.filter(|(name, _)| *name == field.name).map(|(_, why)| why);
                (Input { language: self.language, field, value: &values[field.name], wrong }.show(&roles, &places))
            }
        }
    }

    /// What was filled in; nothing if what was sent is no such form.
    pub fn filled<F: Form>(&self) -> Option<F> {
        let value = |field: &Field| match field.style {
            Style::Line | Style::Paragraph => Value::from(self.form(field.name).unwrap_or_default()),
            Style::Choice(_) | Style::Roles | Style::Channel(_) => {
                Value::Array(self.form_all(field.name).filter(|it| !it.is_empty()).map(Value::from).collect())
            }
            Style::Checkbox => Value::Bool(self.form(field.name).is_some()),
        };
        form::parse(F::FIELDS.iter().map(|field| (field.name.to_owned(), value(field))).collect())
    }
}

/// One input, and what it holds.
struct Input<'a> {
    language: Language,
    field: &'a Field,
    value: &'a Value,
    wrong: Option<&'a Markup>,
}

impl Input<'_> {
    fn show(&self, roles: &[(String, &str)], places: &Places) -> Markup {
        let (language, field) = (self.language, self.field);
        let name = field.name;
        let label = field.label.say(language);
        let hint = html! {
            @if let Some(hint) = field.hint { p #{ "about-" (name) } { (hint.say(language)) } }
            @if let Some(why) = self.wrong { p.wrong #{ "wrong-" (name) } { (why) } }
        };
        let described = self.described();
        let invalid = self.wrong.map(|_| "true");
        let text = self.value.as_str().unwrap_or_default();
        html! {
            @match field.style {
                Style::Roles => {
                    @let unknown = self.held().filter(|held| !roles.iter().any(|(role, _)| role == held));
                    fieldset.field aria-describedby=[described.as_deref()] {
                        legend { (label) }
                        (hint)
                        div.choices {
                            @for (value, shown) in roles { (self.tick(&format!("{name}-{value}"), value, self.holds(value), &format!("@{shown}"), None)) }
                            // What Discord does not name just now stays until somebody takes it away.
                            @for value in unknown { (self.tick(&format!("{name}-{value}"), value, true, &format!("@{value}"), None)) }
                        }
                    }
                }
                Style::Checkbox => {
                    div.field { (self.tick(name, "on", self.value.as_bool() == Some(true), &label, described.as_deref())) (hint) }
                }
                style => {
                    div.field {
                        label for=(name) { (label) }
                        (hint)
                        @match style {
                            Style::Paragraph => {
                                textarea #(name) name=(name) maxlength=(field.max_chars) required[field.required]
                                    aria-describedby=[described.as_deref()] aria-invalid=[invalid] { "\n" (text) }
                            }
                            Style::Choice(options) => {
                                @let options: Vec<(String, String)> =
                                    options.iter().map(|(value, label)| ((*value).to_owned(), label.say(language))).collect();
                                (self.choose(&options))
                            }
                            Style::Channel(types) => {
                                @let fits = places.channels.iter().filter(|it| it.kind.is_some_and(|kind| types.contains(&kind)));
                                @let known: Vec<(String, String)> =
                                    fits.map(|it| (it.id.to_string(), format!("#{}", it.name))).collect();
                                @let unknown = self.held().filter(|held| !known.iter().any(|(channel, _)| channel == held));
                                @let options: Vec<(String, String)> =
                                    unknown.map(|held| (held.to_owned(), format!("#{held}"))).chain(known.iter().cloned()).collect();
                                (self.choose(&options))
                            }
                            _ => {
                                input #(name) name=(name) value=(text) maxlength=(field.max_chars) required[field.required]
                                    autocomplete="off" aria-describedby=[described.as_deref()] aria-invalid=[invalid];
                            }
                        }
                    }
                }
            }
        }
    }

    /// What says more about it: what is wrong with it first.
    fn described(&self) -> Option<String> {
        let name = self.field.name;
        let wrong = self.wrong.map(|_| format!("wrong-{name}"));
        let about = self.field.hint.map(|_| format!("about-{name}"));
        let all: Vec<String> = wrong.into_iter().chain(about).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    /// What is chosen.
    fn held(&self) -> impl Iterator<Item = &str> {
        self.value.as_array().into_iter().flatten().filter_map(Value::as_str)
    }

    fn holds(&self, value: &str) -> bool {
        self.held().any(|held| held == value)
    }

    fn tick(&self, id: &str, value: &str, is_ticked: bool, label: &str, described: Option<&str>) -> Markup {
        html! {
            div.tick {
                input #(id) type="checkbox" name=(self.field.name) value=(value) checked[is_ticked] aria-describedby=[described];
                label for=(id) { (label) }
            }
        }
    }

    fn choose(&self, options: &[(String, String)]) -> Markup {
        let (name, required) = (self.field.name, self.field.required);
        let invalid = self.wrong.map(|_| "true");
        html! {
            select #(name) name=(name) aria-describedby=[self.described()] aria-invalid=[invalid] {
                @if !required { option value="" { "–" } }
                @for (value, label) in options { option value=(value) selected[self.holds(value)] { (label) } }
            }
        }
    }
}
