//! Kinds of tickets: all of them, one with all that it is like, and one that goes.

use std::sync::Arc;

use maud::{Markup, html};
use twilight_model::channel::message::Embed;

use super::messages::{label, own_label};
use super::model::Kind;
use super::operations::kinds::{self, MAX_KINDS, Refusal};
use super::settings::Settings;
use super::shown::{faults, fields_of, question_line};
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::ui::form::MAX_INPUTS;
use crate::ui::{embed, plain};
use crate::web::{Answer, Page, Visit, head};
use crate::words::{Msg, Say, known_languages};
use crate::{msg, say};

/// The parts of a kind that are changed by a form of their own.
const PARTS: [(&str, Msg); 4] = [
    ("texts", msg!(ticket_setup_basics_form)),
    ("people", msg!(ticket_setup_people_form)),
    ("limits", msg!(ticket_setup_limits_form)),
    ("times", msg!(ticket_setup_times_form)),
];

/// The kind that the address names.
pub(super) async fn find(visit: &Visit) -> Result<Kind> {
    let gone = || Error::User(Refusal::NoSuchKind.said());
    let number: i32 = visit.parameter("kind").ok_or_else(gone)?;
    let known = kinds::look(&visit.app, visit.acting()).await?;
    known.into_iter().find(|kind| kind.id == number).ok_or_else(gone)
}

/// All kinds, with who works them.
pub(super) async fn list(visit: Arc<Visit>) -> Result<Answer> {
    let (language, acting) = (visit.language, visit.acting());
    let known = kinds::look(&visit.app, acting).await?;
    let settings = visit.app.settings.get::<Settings>(visit.guild).await?;
    let faults = faults(&visit.app, acting, language, &known).await?;
    let mut texts: Vec<String> = faults.iter().map(|fault| fault.say(language)).collect();
    for kind in &known {
        let staff: Vec<String> = kind.definition.staff(&settings).iter().map(|role| format!("<@&{role}>")).collect();
        texts.push(staff.join(", "));
        texts.push(kind.definition.place.map(|place| format!("<#{place}>")).unwrap_or_default());
    }
    let rich = visit.rich_list(&texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let (warnings, cells) = rich.split_at(faults.len());
    let body = html! {
        @for warning in warnings { p.refused { "⚠️ " (warning) } }
        @if known.len() < MAX_KINDS {
            p { a.button href=(visit.to("/new")) { (say!(language, ticket_setup_new_button)) } }
        }
        div.scroll tabindex="0" { table {
            (head(language, &[Msg::verbatim("#"), msg!(ticket_setup_name_label), msg!(ticket_setup_worked_by), msg!(ticket_setup_opens_in), msg!(ticket_setup_questions)]))
            tbody { @for ((kind, cells), texts) in known.iter().zip(cells.chunks(2)).zip(texts[faults.len()..].chunks(2)) {
                tr {
                    td.number { (kind.id) }
                    td {
                        a href=(visit.to(&format!("/{}", kind.id))) { (label(language, kind)) }
                        br;
                        small { (kind.in_language(language).definition.description) }
                    }
                    td { @if texts[0].is_empty() { (say!(language, ticket_setup_web_only_admins)) } @else { (cells[0]) } }
                    td { @if texts[1].is_empty() { (say!(language, ticket_setup_servers_setting)) } @else { (cells[1]) } }
                    td.number { (kind.definition.questions.len()) }
                }
            } }
        } }
    };
    Ok(Page::new(visit.say(&msg!(ticket_setup_kinds_title)), body).into())
}

/// A kind as a box, as `/ticket types` shows it.
fn boxed(visit: &Visit, kind: &Kind) -> Embed {
    let own = kind.own_in(visit.language);
    let mut shown = embed("", plain(&own.definition.description));
    shown.fields = fields_of(visit.language, &own.definition);
    shown
}

/// One kind, and where each part of it is changed.
pub(super) async fn show(visit: Arc<Visit>) -> Result<Answer> {
    let language = visit.language;
    let kind = find(&visit).await?;
    let to = |path: &str| visit.to(&format!("/{}{path}", kind.id));
    let card = visit.card(&boxed(&visit, &kind)).await;
    let body = html! {
        div.row {
            @for (path, title) in PARTS {
                a.button.quiet href=(to(&format!("/{path}"))) { (title.say(language)) }
            }
        }
        (card)
        h2 { (say!(language, ticket_setup_questions)) }
        (questions(&visit, &kind).await)
        @if kind.definition.questions.len() < MAX_INPUTS {
            p { a.button.quiet href=(to("/questions/new")) { (say!(language, ticket_setup_ask_more_button)) } }
        }
        h2 { (say!(language, ticket_setup_languages_menu)) }
        (languages(&to("/in")))
        p {
            a.button.quiet href=(visit.to("")) { (say!(language, ticket_setup_all_button)) } " "
            a.button.quiet href=(to("/remove")) { (say!(language, ticket_setup_remove_button)) }
        }
    };
    Ok(Page::new(own_label(language, &kind), body).into())
}

/// What it asks, each where it is changed.
async fn questions(visit: &Visit, kind: &Kind) -> Markup {
    let language = visit.language;
    let own = kind.own_in(language);
    let lines: Vec<String> = own.definition.questions.iter().map(|it| question_line(language, it)).collect();
    let lines = visit.rich_list(&lines.iter().map(String::as_str).collect::<Vec<_>>()).await;
    html! {
        @if lines.is_empty() {
            p.empty { (say!(language, ticket_setup_questions_none)) }
        } @else {
            ol {
                @for (question, line) in own.definition.questions.iter().zip(lines) {
                    li {
                        (line) " "
                        a href=(visit.to(&format!("/{}/questions/{}", kind.id, question.id))) {
                            (say!(language, ticket_setup_change_question_button))
                            span.hidden { ": " (question.label) }
                        }
                    }
                }
            }
        }
    }
}

/// The languages in which something may be said, each below `path`.
pub(super) fn languages(path: &str) -> Markup {
    html! {
        ul.row.plain {
            @for other in known_languages() {
                li { a href={ (path) "/" (other.code()) } lang=(other.code()) { (say!(other, words_language_name)) } }
            }
        }
    }
}

pub(super) async fn ask_removal(visit: Arc<Visit>) -> Result<Answer> {
    let kind = find(&visit).await?;
    Ok(removal(&visit, &kind, None).await.into())
}

/// Asks before a kind goes with all that it asks and says, as it is at this moment.
async fn removal(visit: &Visit, kind: &Kind, refused: Option<Refusal>) -> Page {
    let language = visit.language;
    let name = label(language, kind);
    let question = say!(language, ticket_setup_remove_question, kind = plain(&name));
    let question = visit.rich(&question).await;
    let card = visit.card(&boxed(visit, kind)).await;
    let body = html! {
        p { (question) }
        (card)
        form.row method="post" action=(visit.to(&format!("/{}/remove", kind.id))) {
            (visit.once())
            input type="hidden" name="looked" value=(kinds::looks(kind));
            button.danger { (say!(language, ticket_setup_remove_button)) }
            a.button.quiet href=(visit.to(&format!("/{}", kind.id))) { (say!(language, tickets_keep_button)) }
        }
    };
    let page = Page::new(name, body);
    match refused {
        Some(refusal) => page.refusing(&visit.rich(&refusal.say(language)).await),
        None => page,
    }
}

pub(super) async fn remove(visit: Arc<Visit>) -> Result<Answer> {
    let gone = || Error::User(Refusal::NoSuchKind.said());
    let number: i32 = visit.parameter("kind").ok_or_else(gone)?;
    let looked = visit.form("looked").and_then(|looked| looked.parse().ok()).ok_or_else(gone)?;
    match kinds::remove(&visit.app, visit.acting(), number, looked).await {
        // Whoever agreed that it goes has not seen what it is now.
        Err(Failure::Refused(Refusal::Changed { now })) => {
            let refusal = Refusal::Changed { now: now.clone() };
            Ok(removal(&visit, &now, Some(refusal)).await.into())
        }
        removed => {
            removed?;
            Ok(Answer::Done { said: say!(visit.language, ticket_setup_removed), to: visit.to("") })
        }
    }
}
