//! What admins can take with them, on the dashboard: a form for each table that a feature declares.

use std::sync::Arc;

use maud::{Markup, html};

use super::span::{Refusal, part, span};
use crate::error::Result;
use crate::feature::ExportEntry;
use crate::feature::export::{Table, TableChoice, Wanted, Written, crowded};
use crate::feature::names::described;
use crate::web::{Answer, EXPORTS, Page, Section, Visit};
use crate::words::{Said, Say, name_of};
use crate::{msg, said, say};

/// The pages.
pub(super) fn section(all: &Arc<Vec<ExportEntry>>) -> Section {
    let (listed, taken) = (Arc::clone(all), Arc::clone(all));
    Section::for_admins("exports", EXPORTS, msg!(exports_web_label))
        .page("", move |visit| {
            let all = Arc::clone(&listed);
            async move { Ok(list(&visit, &all, None).await?.into()) }
        })
        .form("/{table}", move |visit| take(visit, Arc::clone(&taken)))
}

/// All tables. What was written into the form of `refused` is still there.
async fn list(visit: &Visit, all: &[ExportEntry], refused: Option<&str>) -> Result<Page> {
    let language = visit.language;
    let mut forms = Vec::with_capacity(all.len());
    for entry in all {
        let parts = entry.parts(&visit.app, visit.guild, language).await?;
        forms.push(form(visit, &entry.table, &parts, refused == Some(entry.table.name)));
    }
    let body = html! {
        p { (say!(language, exports_web)) }
        @for form in forms { (form) }
    };
    Ok(Page::new(say!(language, exports_web_title), body))
}

/// What is chosen of one table, by fields that it declares.
fn form(visit: &Visit, table: &Table, parts: &[(i32, String)], is_refused: bool) -> Markup {
    let language = visit.language;
    let name = name_of(table.name).say(language);
    let path = format!("command-export-{}", table.name);
    let id = |field: &str| format!("{}-{field}", table.name);
    let written = |field: &str| if is_refused { visit.form(field).unwrap_or_default() } else { "" };
    let take = |written: &str, label: &str| {
        html! { button.quiet name="as" value=(written) { (label) span.hidden { " " (name) } } }
    };
    html! {
        section.box #(table.name) aria-labelledby=(id("title")) {
            h2.name #(id("title")) { (name) }
            p { (described(&path, table.name).say(language)) "." }
            form method="post" action=(visit.to(&format!("/{}", table.name))) {
                div.row {
                    @if table.dated {
                        @for (field, label) in [("from", msg!(exports_web_from_label)), ("until", msg!(exports_web_until_label))] {
                            div.field {
                                label for=(id(field)) { (label.say(language)) }
                                input #(id(field)) type="date" name=(field) value=(written(field));
                            }
                        }
                    }
                    @if let Some(TableChoice { name, values }) = table.choice {
                        div.field {
                            label.name for=(id(name)) { (name_of(name).say(language)) }
                            select #(id(name)) name=(name) {
                                option value="" { (say!(language, exports_web_any_option)) }
                                @for value in values {
                                    option value=(value) selected[*value == written(name)] {
                                        (described(&format!("{path}.{name}-{}", value.replace('_', "-")), value).say(language))
                                    }
                                }
                            }
                        }
                    }
                    @if let Some(name) = table.part.filter(|_| !parts.is_empty()) {
                        div.field {
                            label.name for=(id(name)) { (name_of(name).say(language)) }
                            select #(id(name)) name=(name) {
                                option value="" { (say!(language, exports_web_any_option)) }
                                @for (part, called) in parts {
                                    option value=(part) selected[part.to_string() == written(name)] { (called) }
                                }
                            }
                        }
                    }
                }
                div.row {
                    (take("csv", &say!(language, exports_web_csv_button)))
                    (take("jsonl", &say!(language, exports_web_jsonl_button)))
                }
            }
        }
    }
}

/// Hands a table over, or says why not.
async fn take(visit: Arc<Visit>, all: Arc<Vec<ExportEntry>>) -> Result<Answer> {
    let named: Option<String> = visit.parameter("table");
    let Some(entry) = all.iter().find(|entry| Some(entry.table.name) == named.as_deref()) else {
        return Ok(Answer::no_page());
    };
    let Table { name, dated, choice, .. } = entry.table;
    let filled = |field: &str| visit.form(field).map(str::trim).filter(|value| !value.is_empty());
    let days = if dated { (filled("from"), filled("until")) } else { (None, None) };
    let (from, to) = match span(days.0, days.1, &visit.zone) {
        Ok(span) => span,
        // On a page the days have no names that could be said.
        Err(Refusal::WrongOrder) => return refuse(&visit, &all, name, &said!(exports_web_swapped)).await,
        Err(refusal) => return refuse(&visit, &all, name, &refusal.said()).await,
    };
    let chosen = choice.and_then(|choice| Some((choice, filled(choice.name)?)));
    if chosen.is_some_and(|(choice, value)| !choice.values.contains(&value)) {
        return refuse(&visit, &all, name, &said!(exports_web_no_choice)).await;
    }
    let acting = visit.acting().clone();
    let (guild, language, now) = (visit.guild, visit.language, acting.now());
    let part = match entry.table.part.and_then(filled) {
        Some(text) => match part(text, &entry.parts(&visit.app, guild, language).await?) {
            Ok(part) => Some(part),
            Err(_) => return refuse(&visit, &all, name, &said!(exports_web_no_choice)).await,
        },
        None => None,
    };
    let wanted = Wanted { guild, from, to, choice: chosen.map(|(_, value)| value.to_owned()), part, language, now };
    let format = match visit.form("as") {
        Some("jsonl") => Written::Jsonl,
        _ => Written::Sheet,
    };
    match entry.stream(&visit.app, acting, wanted, format).await? {
        Some(content) => Ok(Answer::File { name: format!("{name}.{}", format.ending()), kind: format.kind(), content }),
        None => refuse(&visit, &all, name, &crowded()).await,
    }
}

/// The form once more, with why nothing comes of it.
async fn refuse(visit: &Visit, all: &[ExportEntry], table: &str, why: &Said) -> Result<Answer> {
    let why = visit.rich(&visit.say(why)).await;
    Ok(list(visit, all, Some(table)).await?.refusing(&why).into())
}
