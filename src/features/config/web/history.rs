//! Who changed which setting, and back to how it was.

use std::sync::Arc;

use maud::html;
use serde_json::Value;

use super::words;
use crate::error::{Error, Result};
use crate::operations::settings;
use crate::operations::settings::words::shown;
use crate::operations::words::changer;
use crate::settings::{Changed, Declared, Field};
use crate::web::{Answer, Page, Visit};
use crate::words::{Say, name_of};
use crate::{said, say};

/// Changes on one page.
const PAGE: i64 = 25;

/// Who changed what, newest first.
pub(super) async fn show(visit: Arc<Visit>, all: Arc<Vec<Declared>>) -> Result<Answer> {
    let language = visit.language;
    let group = visit.query("group").unwrap_or_default();
    let declared = all.iter().find(|it| it.group() == group);
    let page: i64 = visit.query("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 1_000_000);
    let (changes, more) = settings::history(&visit.app, visit.acting(), declared, (page - 1) * PAGE, PAGE).await?;
    let mut texts = Vec::new();
    for changed in &changes {
        let field = field_of(&all, changed);
        let say = |value: &Option<Value>| match (value, field) {
            (None, _) => say!(language, config_history_default),
            (Some(value), Some(field)) => shown(language, field, value),
            (Some(value), None) => format!("`{}`", value.to_string().replace('`', "'")),
        };
        texts.extend([changer(changed).say(language), say(&changed.old), say(&changed.new)]);
    }
    let rich = visit.rich_list(&texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let turn = |page: i64| visit.to_with("", &[("group", group), ("page", &page.to_string())]);
    let body = html! {
        form.row method="get" action=(visit.to("")) {
            div.field {
                label for="group" { (say!(language, config_web_groups_label)) }
                select #group name="group" {
                    option value="" selected[declared.is_none()] { (say!(language, config_web_all)) }
                    @for it in all.iter() {
                        option value=(it.group()) selected[it.group() == group] { (name_of(it.group()).say(language)) }
                    }
                }
            }
            button.quiet { (say!(language, config_web_filter_button)) }
        }
        @if changes.is_empty() {
            p.empty { (say!(language, config_history_none)) }
        } @else {
            div.scroll tabindex="0" { table {
                thead { tr {
                    th scope="col" { "#" }
                    th scope="col" { (say!(language, config_web_when_label)) }
                    th scope="col" { (say!(language, config_web_who_label)) }
                    th scope="col" { (say!(language, config_web_setting_label)) }
                    th scope="col" { (say!(language, config_web_from_label)) }
                    th scope="col" { (say!(language, config_web_to_label)) }
                    th scope="col" { span.hidden { (say!(language, config_web_roll_back_button)) } }
                } }
                tbody {
                    @for (changed, rich) in changes.iter().zip(rich.chunks(3)) {
                        tr {
                            td.number { (changed.id) }
                            td { (visit.moment(changed.at)) }
                            td { (rich[0]) " (" (words::how(changed.how).say(language)) ")" }
                            td { (setting_name(&visit, &all, changed)) }
                            td { (rich[1]) }
                            td { (rich[2]) }
                            td { form method="post" action=(visit.to("")) {
                                (visit.once())
                                input type="hidden" name="change" value=(changed.id);
                                button.quiet aria-label={ (say!(language, config_web_roll_back_button)) " #" (changed.id) } {
                                    (say!(language, config_web_roll_back_button))
                                }
                            } }
                        }
                    }
                }
            } }
        }
        p.pages {
            @if page > 1 { a href=(turn(page - 1)) rel="prev" { (say!(language, config_newer_button)) } }
            @if more { a href=(turn(page + 1)) rel="next" { (say!(language, config_older_button)) } }
        }
    };
    Ok(Page::new(say!(language, config_history_title), body).into())
}

fn field_of<'a>(all: &'a [Declared], changed: &Changed) -> Option<&'a Field> {
    let declared = all.iter().find(|it| it.feature() == changed.feature)?;
    declared.fields().iter().find(|field| field.name == changed.key)
}

fn setting_name(visit: &Visit, all: &[Declared], changed: &Changed) -> String {
    let declared = all.iter().find(|it| it.feature() == changed.feature);
    let group = declared.map_or(changed.feature.as_str(), |declared| declared.group());
    let name = field_of(all, changed).map_or_else(|| changed.key.clone(), |field| field.title().say(visit.language));
    format!("{} {name}", name_of(group).say(visit.language))
}

/// Takes a change back.
pub(super) async fn roll_back(visit: Arc<Visit>, all: Arc<Vec<Declared>>) -> Result<Answer> {
    let change = visit.form("change").and_then(|change| change.parse().ok());
    let change = change.ok_or_else(|| Error::User(said!(config_no_such_change)))?;
    let (declared, done) = settings::roll_back(&visit.app, visit.acting(), &all, change).await?;
    let mut lines = words::changed_lines(visit.language, declared, &done);
    if done.made.is_empty() {
        lines.insert(0, say!(visit.language, config_not_rolled_back));
    }
    Ok(Answer::Done { said: lines.join("\n"), to: visit.to("") })
}
