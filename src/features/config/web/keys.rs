//! The keys of programs: which count here, a new one, which is shown once, and one that is to count no more.

use std::sync::Arc;

use jiff::SignedDuration;
use maud::{Markup, html};
use secrecy::ExposeSecret;

use super::super::keys::{MOST_DAYS, counting};
use crate::acting::Failure;
use crate::error::Result;
use crate::keys::{Area, Key, NAME};
use crate::operations::keys::{self, Created, Wish};
use crate::ui::plain;
use crate::web::{Answer, Page, Section, Visit};
use crate::words::Say;
use crate::{msg, say};

pub(super) fn section() -> Section {
    Section::for_admins("config", "keys", msg!(config_web_keys_label))
        .page("", |visit| async move { Ok(list(&visit).await?.into()) })
        .form("", create)
        .page("/revoke", ask_to_revoke)
        .form("/revoke", revoke)
}

/// The keys that count, and the form for a new one, with what was written into it.
async fn list(visit: &Visit) -> Result<Page> {
    let language = visit.language;
    let keys = keys::list(&visit.app, visit.acting()).await?;
    let keys: Vec<&Key> = counting(&keys, visit.acting().now()).collect();
    let body = html! {
        p { (say!(language, config_web_keys)) }
        @if !keys.is_empty() { (table(visit, &keys)) }
        h2 { (say!(language, config_web_key_new_title)) }
        (form(visit))
    };
    Ok(Page::new(say!(language, config_key_list_title), body))
}

fn table(visit: &Visit, keys: &[&Key]) -> Markup {
    let language = visit.language;
    let label = say!(language, config_web_key_revoke_button);
    html! {
        div.scroll tabindex="0" { table {
            thead { tr {
                th scope="col" { (say!(language, config_web_key_name_label)) }
                th scope="col" { (say!(language, config_web_key_opens_label)) }
                th scope="col" { (say!(language, config_web_key_used_label)) }
                th scope="col" { (say!(language, config_web_key_ends_label)) }
                th scope="col" { span.hidden { (label) } }
            } }
            tbody { @for key in keys {
                tr {
                    th scope="row" { (key.name) " " code { (key.id) } }
                    td { (key.scopes.names().join(", ")) }
                    td { (used(visit, key)) }
                    td { @match key.expires_at {
                        Some(at) => (visit.moment(at)),
                        None => (say!(language, config_key_endless)),
                    } }
                    td { a.button.danger href=(visit.to_with("/revoke", &[("key", &key.id)])) {
                        (label) span.hidden { " " (key.name) }
                    } }
                }
            } }
        } }
    }
}

/// When a key was used last.
fn used(visit: &Visit, key: &Key) -> Markup {
    html! { @match key.last_used_at {
        Some(at) => (visit.moment(at)),
        None => (say!(visit.language, config_key_unused)),
    } }
}

/// What an area is called in a form.
fn field_of(area: Area) -> String {
    format!("opens-{}", area.name())
}

fn form(visit: &Visit) -> Markup {
    let language = visit.language;
    let written = |name: &str| visit.form(name).unwrap_or_default().to_owned();
    let levels = [
        ("", say!(language, config_web_key_nothing_option)),
        ("read", say!(language, config_web_key_read_option)),
        ("write", say!(language, config_web_key_write_option)),
    ];
    html! {
        form method="post" action=(visit.to("")) {
            (visit.once())
            div.field {
                label for="name" { (say!(language, config_web_key_name_label)) }
                input #name name="name" value=(written("name")) maxlength=(NAME) required autocomplete="off";
            }
            fieldset {
                legend { (say!(language, config_web_key_opens_label)) }
                @for area in Area::ALL {
                    @let (name, now) = (field_of(area), written(&field_of(area)));
                    div.field {
                        label for=(name) { code { (area.name()) } }
                        select #(name) name=(name) {
                            @for (level, label) in &levels { option value=(level) selected[*level == now] { (label) } }
                        }
                    }
                }
            }
            div.field {
                label for="days" { (say!(language, config_web_key_days_label)) }
                p #about-days { (say!(language, config_web_key_days_hint)) }
                input #days type="number" name="days" value=(written("days")) min="1" max=(MOST_DAYS) aria-describedby="about-days";
            }
            button { (say!(language, config_web_key_create_button)) }
        }
    }
}

async fn create(visit: Arc<Visit>) -> Result<Answer> {
    let language = visit.language;
    let days = visit.form("days").map(str::trim).filter(|days| !days.is_empty());
    let days = match days.map(|days| days.parse::<i64>().ok().filter(|days| (1..=MOST_DAYS).contains(days))) {
        Some(None) => {
            let why = say!(language, config_web_key_days_wrong, max = MOST_DAYS);
            return Ok(list(&visit).await?.refusing(&html! { (why) }).into());
        }
        days => days.flatten(),
    };
    let opened = Area::ALL.into_iter().filter_map(|area| {
        let level = visit.form(&field_of(area)).filter(|level| !level.is_empty())?;
        Some(format!("{}:{level}", area.name()))
    });
    let wish = Wish {
        name: visit.form("name").unwrap_or_default().to_owned(),
        scopes: opened.collect::<Vec<_>>().join(","),
        expires_at: days.map(|days| visit.acting().now() + SignedDuration::from_hours(24 * days)),
    };
    match keys::create(&visit.app, visit.acting(), wish).await {
        Ok(created) => Ok(shown_once(&visit, &created).await.into()),
        Err(Failure::Refused(refusal)) => {
            let why = visit.rich(&refusal.say(language)).await;
            Ok(list(&visit).await?.refusing(&why).into())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The new key. The page comes as the answer to the form and is kept nowhere: whoever asks for it again makes no other.
async fn shown_once(visit: &Visit, Created { name, scopes, secret, .. }: &Created) -> Page {
    let language = visit.language;
    let told = say!(language, config_key_created, name = plain(name), opens = scopes.names().join(", "));
    let body = html! {
        p { (visit.rich(&told).await) }
        pre.box tabindex="0" { code { (secret.expose_secret()) } }
        p { a href=(visit.to("")) { (say!(language, config_web_key_back_button)) } }
    };
    Page::new(say!(language, config_web_key_made_title), body)
}

/// Asks before a key counts no more: the program that has it stops, and there is no way back.
async fn ask_to_revoke(visit: Arc<Visit>) -> Result<Answer> {
    let language = visit.language;
    let keys = keys::list(&visit.app, visit.acting()).await?;
    let asked = visit.query("key").unwrap_or_default();
    let Some(key) = counting(&keys, visit.acting().now()).find(|key| key.id == asked) else {
        return Ok(Answer::Elsewhere(visit.to("")));
    };
    let question = visit.rich(&say!(language, config_web_key_revoke_ask, name = plain(&key.name))).await;
    let body = html! {
        p { (question) }
        p.dim { (say!(language, config_web_key_used_label)) ": " (used(&visit, key)) }
        form.row method="post" action=(visit.to("/revoke")) {
            (visit.once())
            input type="hidden" name="key" value=(key.id);
            button.danger { (say!(language, config_web_key_revoke_button)) }
            a.button.quiet href=(visit.to("")) { (say!(language, config_web_key_keep_button)) }
        }
    };
    Ok(Page::new(say!(language, config_web_key_revoke_title), body).into())
}

async fn revoke(visit: Arc<Visit>) -> Result<Answer> {
    let revoked = keys::revoke(&visit.app, visit.acting(), visit.form("key").unwrap_or_default()).await?;
    let said = say!(visit.language, config_key_revoked, name = plain(&revoked.name));
    Ok(Answer::Done { said, to: visit.to("") })
}
