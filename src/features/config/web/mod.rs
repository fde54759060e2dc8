//! The settings on the dashboard: forms made of the fields, and what is different before it is saved. Beside them the history, and
//! the keys of programs.

mod history;
mod keys;

use std::sync::Arc;

use maud::{Markup, html};
use serde_json::Value;

use super::words;
use crate::acting::Failure;
use crate::error::Result;
use crate::operations::settings::words::{fault, shown, warning, why};
use crate::operations::settings::{self, Faults, Given, Means, Refusal, Set, Unfit, Why};
use crate::operations::words::changer;
use crate::settings::{Declared, Field, Kind};
use crate::web::{Answer, Page, Places, Section, Visit, head};
use crate::words::{Said, Say, name_of};
use crate::{msg, say};

/// The settings, who changed what, and the keys of programs.
pub(super) fn sections(all: &Arc<Vec<Declared>>) -> [Section; 3] {
    let with = |handler: fn(Arc<Visit>, Arc<Vec<Declared>>) -> Answering| {
        let all = Arc::clone(all);
        move |visit| handler(visit, Arc::clone(&all))
    };
    [
        Section::for_admins("config", "settings", msg!(config_web_settings_label))
            .page("", with(|visit, all| Box::pin(show(visit, all))))
            .form("/{group}", with(|visit, all| Box::pin(compare(visit, all))))
            .form("/{group}/save", with(|visit, all| Box::pin(save(visit, all)))),
        Section::for_admins("config", "history", msg!(config_web_history_label))
            .page("", with(|visit, all| Box::pin(history::show(visit, all))))
            .form("", with(|visit, all| Box::pin(history::roll_back(visit, all)))),
        keys::section(),
    ]
}

type Answering = std::pin::Pin<Box<dyn Future<Output = Result<Answer>> + Send>>;

/// One group, or what a search finds in all of them.
async fn show(visit: Arc<Visit>, all: Arc<Vec<Declared>>) -> Result<Answer> {
    if let Some(searched) = visit.query("q") {
        return Ok(Page::new(visit.say(&msg!(config_web_title)), found(&visit, &all, searched)).into());
    }
    let declared = match visit.query("group") {
        Some(group) => all.iter().find(|it| it.group() == group),
        None => all.first(),
    };
    match declared {
        Some(declared) => Ok(group(&visit, &all, declared, &[], &[]).await?.into()),
        None => Ok(Answer::no_page()),
    }
}

/// The settings whose name or meaning has the words that are looked for.
fn found(visit: &Visit, all: &[Declared], searched: &str) -> Markup {
    let language = visit.language;
    let plain = |text: String| text.to_lowercase().replace(['-', '_'], " ");
    let words: Vec<String> = plain(searched.to_owned()).split_whitespace().map(str::to_owned).collect();
    let has = |declared: &Declared, field: &Field| {
        let text = [name_of(declared.group()).say(language), field.title().say(language), field.about.say(language)];
        let text = plain(text.join(" "));
        words.iter().all(|word| text.contains(word))
    };
    let fields: Vec<(&Declared, &Field)> = all
        .iter()
        .flat_map(|it| it.fields().iter().map(move |field| (it, field)))
        .filter(|(it, f)| has(it, f))
        .collect();
    html! {
        (search(visit, searched))
        @if fields.is_empty() {
            p.empty { (say!(language, config_web_nothing_found)) " " a href=(visit.to("")) { (say!(language, config_web_all)) } }
        } @else {
            ul {
                @for (declared, field) in fields {
                    li {
                        a href={ (visit.to_with("", &[("group", declared.group())])) "#" (field.name) } {
                            (name_of(declared.group()).say(language)) " " (field.title().say(language))
                        }
                        ": " (field.about.say(language))
                    }
                }
            }
        }
    }
}

fn search(visit: &Visit, searched: &str) -> Markup {
    html! {
        form.row method="get" action=(visit.to("")) role="search" {
            div.field {
                label for="q" { (say!(visit.language, config_web_search_label)) }
                input #q type="search" name="q" value=(searched) maxlength="100";
            }
            button.quiet { (say!(visit.language, config_web_search_button)) }
        }
    }
}

/// What one group has set, as a form. What was written before it was refused is in `written`, and what is wrong with it in
/// `unfit`.
async fn group(
    visit: &Visit,
    all: &[Declared],
    declared: &Declared,
    written: &[(&'static str, String)],
    unfit: &[Unfit],
) -> Result<Page> {
    let (language, acting) = (visit.language, visit.acting());
    let Set { stored, revision, latest, left_alone } = settings::show(&visit.app, acting, declared).await?;
    let Faults { lacks, warnings, unsure } = settings::faults(&visit.app, acting, declared).await?;
    let faults = lacks.iter().map(fault).chain(warnings.iter().map(warning));
    let mut warnings: Vec<String> = faults.map(|it| it.say(language)).collect();
    warnings.extend(unsure.then(|| say!(language, settings_unsure)));
    warnings.extend(left_alone.map(|channel| words::disabled_channel(language, channel)));
    let warnings = visit.rich_list(&warnings.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let places = visit.places().await;
    let mut fields = Vec::new();
    for field in declared.fields() {
        let was = stored.get(field.name).map(|value| field.write(value)).unwrap_or_default();
        let now = written.iter().find(|(name, _)| *name == field.name).map_or(was.as_str(), |(_, value)| value);
        let default = field.show(declared.default(field)).say(language);
        let set = latest.iter().find(|changed| changed.key == field.name && changed.new.is_some());
        let set = set
            .filter(|_| stored.contains_key(field.name))
            .map(|set| say!(language, config_web_set_by, who = changer(set), at = set.at.as_second().to_string()));
        let wrong = unfit.iter().find(|it| it.field.name == field.name).map(|it| why(it).say(language));
        let texts = [default, set.unwrap_or_default(), wrong.unwrap_or_default()];
        let [default, set, wrong] = visit.rich_all(texts.each_ref().map(String::as_str)).await;
        fields.push(html! {
            div.field #(field.name) {
                label for={ "set-" (field.name) } { (field.title().say(language)) }
                p #{ "about-" (field.name) } {
                    (field.about.say(language)) ". "
                    (say!(language, config_web_default_label)) " " (default) ". " (set)
                }
                @if !texts[2].is_empty() { p.wrong #{ "wrong-" (field.name) } { (wrong) } }
                (control(visit, declared, field, now, &places, !texts[2].is_empty()))
                input type="hidden" name={ "was-" (field.name) } value=(was);
            }
        });
    }
    let body = html! {
        (search(visit, ""))
        nav.groups aria-label=(say!(language, config_web_groups_label)) {
            ul.row {
                @for other in all {
                    li { a href=(visit.to_with("", &[("group", other.group())]))
                        aria-current=[(other.group() == declared.group()).then_some("page")] {
                        (name_of(other.group()).say(language))
                    } }
                }
            }
        }
        @for warning in warnings { p.refused { "⚠️ " (warning) } }
        form method="post" action=(visit.to(&format!("/{}", declared.group()))) {
            input type="hidden" name="revision" value=(revision);
            @for field in fields { (field) }
            button { (say!(language, config_web_compare_button)) }
        }
    };
    Ok(Page::new(say!(language, config_show_title, group = name_of(declared.group())), body))
}

/// What a value is written or chosen in. Empty is always the default.
fn control(visit: &Visit, declared: &Declared, field: &Field, now: &str, places: &Places, is_wrong: bool) -> Markup {
    let language = visit.language;
    let id = format!("set-{}", field.name);
    let name = field.name;
    let described = match is_wrong {
        true => format!("wrong-{name} about-{name}"),
        false => format!("about-{name}"),
    };
    let invalid = is_wrong.then_some("true");
    let choose = |options: Vec<(String, String)>| {
        let is_known = now.is_empty() || options.iter().any(|(value, _)| value == now);
        html! {
            select #(id) name=(name) aria-describedby=(described) aria-invalid=[invalid] {
                option value="" selected[now.is_empty()] { (say!(language, config_web_default_option)) }
                @for (value, label) in &options {
                    option value=(value) selected[value == now] { (label) }
                }
                // What is gone from the server stays what is set until somebody changes it.
                @if !is_known { option value=(now) selected { (now) } }
            }
        }
    };
    let write = |kind: &str, most: Option<u16>| {
        let most = most.map(|most| most.to_string());
        html! {
            input #(id) type=(kind) name=(name) value=(now) maxlength=[most] placeholder=(field.write(declared.default(field)))
                aria-describedby=(described) aria-invalid=[invalid];
        }
    };
    match field.kind {
        Kind::Boolean => {
            let say = |value: bool| (value.to_string(), field.show(&Value::Bool(value)).say(language));
            choose(vec![say(true), say(false)])
        }
        Kind::Choice(choices) => {
            choose(choices.iter().map(|(value, label)| ((*value).to_owned(), label.say(language))).collect())
        }
        Kind::Channel { types, .. } => {
            let fits = |kind: Option<_>| kind.is_some_and(|kind| types.is_empty() || types.contains(&kind));
            let channels = places.channels.iter().filter(|channel| fits(channel.kind));
            choose(channels.map(|channel| (channel.id.to_string(), format!("#{}", channel.name))).collect())
        }
        Kind::Role { .. } => {
            // @everyone has the guild's id, and nobody can choose it.
            let roles = places.roles.iter().filter(|(role, _)| role.get() != visit.guild.get());
            choose(roles.map(|(role, name)| (role.to_string(), format!("@{name}"))).collect())
        }
        Kind::Template { max_chars, placeholders } => html! {
            textarea #(id) name=(name) maxlength=(max_chars) placeholder=(field.write(declared.default(field)))
                aria-describedby=(described) aria-invalid=[invalid] { "\n" (now) }
            p.dim {
                @for name in placeholders { code { "{" (name) "}" } " " }
            }
        },
        Kind::TimeZone => html! {
            input #(id) name=(name) value=(now) list="zones" maxlength="64" autocomplete="off"
                placeholder=(field.write(declared.default(field))) aria-describedby=(described) aria-invalid=[invalid];
            datalist #zones {
                @for zone in jiff::tz::db().available().map(|zone| zone.to_string()).filter(|it| it.contains('/')) {
                    option value=(zone) {}
                }
            }
        },
        Kind::Text { max_chars, .. } => write("text", Some(max_chars)),
        Kind::Integer { .. } | Kind::Number { .. } | Kind::Duration { .. } => write("text", Some(40)),
    }
}

/// What was changed in the form of a group: the setting, what it was when the form was shown, and what it is to be.
struct Asked<'a> {
    field: &'a Field,
    was: String,
    to: String,
}

fn asked<'a>(visit: &Visit, declared: &'a Declared) -> Vec<Asked<'a>> {
    let fields = declared.fields().iter().filter_map(|field| {
        let to = visit.form(field.name)?.trim().to_owned();
        let was = visit.form(&format!("was-{}", field.name)).unwrap_or_default().to_owned();
        (to != was).then_some(Asked { field, was, to })
    });
    fields.collect()
}

fn named<'a>(visit: &Visit, all: &'a [Declared]) -> Option<&'a Declared> {
    let group: String = visit.parameter("group")?;
    all.iter().find(|it| it.group() == group)
}

/// Shows what would be different.
async fn compare(visit: Arc<Visit>, all: Arc<Vec<Declared>>) -> Result<Answer> {
    let Some(declared) = named(&visit, &all) else { return Ok(Answer::no_page()) };
    let language = visit.language;
    let asked = asked(&visit, declared);
    let back = visit.to_with("", &[("group", declared.group())]);
    if asked.is_empty() {
        return Ok(Answer::Done { said: say!(language, config_unchanged), to: back });
    }
    let mut unfit = Vec::new();
    let mut rows = Vec::new();
    let stored = settings::stored(&visit.app, visit.acting(), declared).await?;
    for Asked { field, to, .. } in &asked {
        let default = || Said::from(say!(language, config_history_default));
        let old = stored.get(field.name).map_or_else(default, |value| Said::from(shown(language, field, value)));
        let new = match to.as_str() {
            "" => default(),
            text => match field.parse(text) {
                Ok(value) => Said::from(shown(language, field, &value)),
                Err(misfit) => {
                    unfit.push(Unfit { field: **field, why: Why::Misfit(misfit) });
                    continue;
                }
            },
        };
        let [old, new] = visit.rich_all([&old.say(language), &new.say(language)]).await;
        rows.push(html! { tr { th scope="row" { (field.title().say(language)) } td { (old) } td { (new) } } });
    }
    if !unfit.is_empty() {
        return refuse(&visit, &all, declared, &asked, &unfit).await;
    }
    let body = html! {
        div.scroll tabindex="0" { table {
            (head(language, &[msg!(config_web_setting_label), msg!(config_web_now_label), msg!(config_web_then_label)]))
            tbody { @for row in rows { (row) } }
        } }
        form method="post" action=(visit.to(&format!("/{}/save", declared.group()))) {
            (visit.once())
            input type="hidden" name="revision" value=(visit.form("revision").unwrap_or_default());
            @for Asked { field, was, to } in &asked {
                input type="hidden" name=(field.name) value=(to);
                input type="hidden" name={ "was-" (field.name) } value=(was);
            }
            p { button { (say!(language, config_web_save_button)) } " " a.button.quiet href=(back) { (say!(language, config_web_leave_button)) } }
        }
    };
    Ok(Page::new(say!(language, config_web_compare_title), body).into())
}

/// The form once more, with what is wrong beside each field.
async fn refuse(
    visit: &Visit,
    all: &[Declared],
    declared: &Declared,
    asked: &[Asked<'_>],
    unfit: &[Unfit],
) -> Result<Answer> {
    let written: Vec<(&'static str, String)> = asked.iter().map(|it| (it.field.name, it.to.clone())).collect();
    let page = group(visit, all, declared, &written, unfit).await?;
    Ok(page.refusing_below(visit.language).into())
}

/// Changes what was looked at.
async fn save(visit: Arc<Visit>, all: Arc<Vec<Declared>>) -> Result<Answer> {
    let Some(declared) = named(&visit, &all) else { return Ok(Answer::no_page()) };
    let (language, acting) = (visit.language, visit.acting());
    let asked = asked(&visit, declared);
    let given = |it: &Asked<'_>| match it.to.as_str() {
        "" => Given::Default,
        text => Given::Text(text.to_owned()),
    };
    let values: Vec<(&str, Given)> = asked.iter().map(|it| (it.field.name, given(it))).collect();
    // A form that does not say what it was made of is as one that is out of date.
    let revision = visit.form("revision").and_then(|revision| revision.parse().ok()).unwrap_or(-1);
    match settings::change_at(&visit.app, acting, declared, revision, &values, Means::Dashboard).await {
        Ok(done) => {
            let mut lines = words::changed_lines(language, declared, &done);
            if done.made.is_empty() {
                lines.insert(0, say!(language, config_unchanged));
            }
            Ok(Answer::Done { said: lines.join("\n"), to: visit.to_with("", &[("group", declared.group())]) })
        }
        Err(Failure::Refused(Refusal::Unfit(unfit))) => refuse(&visit, &all, declared, &asked, &unfit).await,
        // They see what it is by now, with what they wrote.
        Err(Failure::Refused(refusal @ Refusal::Changed)) => {
            let written: Vec<(&'static str, String)> = asked.iter().map(|it| (it.field.name, it.to.clone())).collect();
            let page = group(&visit, &all, declared, &written, &[]).await?;
            Ok(page.refusing(&visit.rich(&refusal.say(language)).await).into())
        }
        Err(failure) => Err(failure.into()),
    }
}
