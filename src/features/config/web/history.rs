//! Who changed which setting, and back to how it was.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::Value;

use super::words;
use crate::error::{Error, Result};
use crate::operations::settings;
use crate::operations::settings::words::shown;
use crate::operations::words::{changer, changer_name};
use crate::settings::{Changed, Changer, Declared, Field, Sought};
use crate::web::{Answer, Page, Visit};
use crate::words::{Msg, Say, name_of};
use crate::{msg, said, say};

/// Changes on one page.
const PAGE: usize = 25;

/// What somebody looks for, as the address says it.
struct Asked<'a> {
    /// A group, or `group.setting`.
    what: &'a str,
    who: &'a str,
    from: &'a str,
    until: &'a str,
}

impl<'a> Asked<'a> {
    fn of(visit: &'a Visit) -> Asked<'a> {
        let said = |name| visit.query(name).unwrap_or_default();
        Asked { what: said("what"), who: said("who"), from: said("from"), until: said("until") }
    }

    fn is_any(&self) -> bool {
        [self.what, self.who, self.from, self.until].iter().all(|it| it.is_empty())
    }

    /// The same from the change of a number on.
    fn before(&self, visit: &Visit, before: &str) -> String {
        let Asked { what, who, from, until } = *self;
        visit.to_with("", &[("what", what), ("who", who), ("from", from), ("until", until), ("before", before)])
    }
}

/// The moments between which a first and a last day lie by the guild's clocks; nothing if one of them is no day.
fn span(visit: &Visit, asked: &Asked<'_>) -> Option<(Option<Timestamp>, Option<Timestamp>)> {
    let begin = |day: Date| day.to_zoned(visit.zone.clone()).ok().map(|at| at.timestamp());
    let from = match asked.from {
        "" => None,
        day => Some(begin(day.parse().ok()?)?),
    };
    let until = match asked.until {
        "" => None,
        day => Some(begin(day.parse::<Date>().ok()?.tomorrow().ok()?)?),
    };
    Some((from, until))
}

/// Who changed what, newest first.
pub(super) async fn show(visit: Arc<Visit>, all: Arc<Vec<Declared>>) -> Result<Answer> {
    let language = visit.language;
    let asked = Asked::of(&visit);
    let title = say!(language, config_history_title);
    let filter = filter(&visit, &all, &asked).await?;
    let Some((from, until)) = span(&visit, &asked) else {
        let why = html! { (say!(language, config_web_no_day)) };
        return Ok(Page::new(title, filter).refusing(&why).into());
    };
    let (group, key) = asked.what.split_once('.').unwrap_or((asked.what, ""));
    let declared = all.iter().find(|it| it.group() == group);
    let by = Some(asked.who).filter(|who| !who.is_empty()).map(Changer::read);
    let before: Option<i64> = visit.query("before").and_then(|before| before.parse().ok());
    // Of what there is not, nothing was changed.
    let feature = declared.map(Declared::feature).or(Some(group).filter(|group| !group.is_empty()));
    let key = Some(key).filter(|key| !key.is_empty());
    let sought = Sought { feature, key, by: by.as_ref(), from, until, before };
    let mut changes = settings::seek(&visit.app, visit.acting(), sought, PAGE + 1).await?;
    let more = changes.len() > PAGE;
    changes.truncate(PAGE);
    let older = changes.last().filter(|_| more).map(|last| asked.before(&visit, &last.id.to_string()));
    let body = html! {
        (filter)
        @if changes.is_empty() {
            p.empty {
                @if before.is_none() && asked.is_any() {
                    (say!(language, config_history_none))
                } @else {
                    (say!(language, config_web_no_change)) " " a href=(visit.to("")) { (say!(language, config_web_all_changes)) }
                }
            }
        } @else {
            (table(&visit, &all, &changes).await)
        }
        p.pages {
            @if before.is_some() { a href=(asked.before(&visit, "")) { (say!(language, config_web_newest_button)) } }
            @if let Some(older) = older { a href=(older) rel="next" { (say!(language, config_older_button)) } }
        }
    };
    Ok(Page::new(title, body).into())
}

/// What is looked for: what, who and when.
async fn filter(visit: &Visit, all: &[Declared], asked: &Asked<'_>) -> Result<Markup> {
    let language = visit.language;
    let changers = settings::changers(&visit.app, visit.acting()).await?;
    let people = visit.people(changers.iter().filter_map(|changer| match changer {
        Changer::Person(user) => Some(*user),
        Changer::Program(_) => None,
    }));
    let people = people.await;
    // Of two who are called the same the id tells who is who.
    let is_shared = |name: &Arc<str>| people.values().filter(|other| *other == name).count() > 1;
    let called = |changer: &Changer| match changer {
        Changer::Person(user) => match people.get(user) {
            Some(name) if is_shared(name) => format!("{name} ({user})"),
            Some(name) => name.to_string(),
            None => user.to_string(),
        },
        program @ Changer::Program(_) => changer_name(program).say(language),
    };
    let is_known = changers.iter().any(|changer| changer.written() == asked.who);
    let day = |name: &str, label: Msg, value: &str| {
        html! { div.field { label for=(name) { (label.say(language)) } input #(name) type="date" name=(name) value=(value); } }
    };
    Ok(html! {
        form.row method="get" action=(visit.to("")) role="search" {
            div.field {
                label for="what" { (say!(language, config_web_what_label)) }
                select #what name="what" {
                    option value="" selected[asked.what.is_empty()] { (say!(language, config_web_all)) }
                    @for it in all {
                        @let group = name_of(it.group()).say(language);
                        option value=(it.group()) selected[asked.what == it.group()] { (group) }
                        @for field in it.fields() {
                            @let value = format!("{}.{}", it.group(), field.name);
                            option value=(value) selected[asked.what == value] { (group) " " (field.title().say(language)) }
                        }
                    }
                }
            }
            div.field {
                label for="who" { (say!(language, config_web_who_label)) }
                select #who name="who" {
                    option value="" selected[asked.who.is_empty()] { (say!(language, config_web_anybody_option)) }
                    @for changer in &changers {
                        @let value = changer.written();
                        option value=(value) selected[asked.who == value] { (called(changer)) }
                    }
                    // What is forgotten of them by now is what the page is about all the same.
                    @if !asked.who.is_empty() && !is_known { option value=(asked.who) selected { (asked.who) } }
                }
            }
            (day("from", msg!(config_web_first_day_label), asked.from))
            (day("until", msg!(config_web_last_day_label), asked.until))
            button.quiet { (say!(language, config_web_filter_button)) }
        }
    })
}

/// A line for each change, with a button that takes it back where there still is such a setting.
async fn table(visit: &Visit, all: &[Declared], changes: &[Changed]) -> Markup {
    let language = visit.language;
    let mut texts = Vec::new();
    for changed in changes {
        let field = field_of(all, changed);
        let say = |value: &Option<Value>| match (value, field) {
            (None, _) => say!(language, config_history_default),
            (Some(value), Some(field)) => shown(language, field, value),
            (Some(value), None) => format!("`{}`", value.to_string().replace('`', "'")),
        };
        texts.extend([changer(changed).say(language), say(&changed.old), say(&changed.new)]);
    }
    let rich = visit.rich_list(&texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let roll_back = say!(language, config_web_roll_back_button);
    html! {
        div.scroll tabindex="0" { table {
            thead { tr {
                th scope="col" { "#" }
                th scope="col" { (say!(language, config_web_when_label)) }
                th scope="col" { (say!(language, config_web_who_label)) }
                th scope="col" { (say!(language, config_web_setting_label)) }
                th scope="col" { (say!(language, config_web_from_label)) }
                th scope="col" { (say!(language, config_web_to_label)) }
                th scope="col" { span.hidden { (roll_back) } }
            } }
            tbody {
                @for (changed, rich) in changes.iter().zip(rich.chunks(3)) {
                    tr {
                        td.number { (changed.id) }
                        td { (visit.moment(changed.at)) }
                        td {
                            (rich[0]) " "
                            "(" (words::how(changed.how).say(language)) ")"
                        }
                        td { (setting_name(visit, all, changed)) }
                        td { (rich[1]) }
                        td { (rich[2]) }
                        td { @if field_of(all, changed).is_some() {
                            form method="post" action=(visit.to("")) {
                                (visit.once())
                                input type="hidden" name="change" value=(changed.id);
                                button.quiet aria-label={ (roll_back) " #" (changed.id) } { (roll_back) }
                            }
                        } }
                    }
                }
            }
        } }
    }
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
