//! The page of a ticket: what it is, what was said, what happened, and what can be done with it.

use std::sync::Arc;

use maud::{Markup, html};

use super::super::discord::screens;
use super::super::messages;
use super::super::model::workflow::{self, Step};
use super::super::model::{EventKind, Ticket};
use super::super::operations::look::{self, History, Kept};
use super::super::operations::step;
use super::super::store::{By, Happened};
use super::super::words;
use super::{actions, conversation, number};
use crate::error::Result;
use crate::ui::plain_lines;
use crate::web::{Answer, Page, Visit, Watch};
use crate::words::Say;
use crate::{said, say};

/// What is said is looked for so often while somebody reads.
const FETCHED_EVERY_SECONDS: u16 = 20;

pub(super) async fn show(visit: Arc<Visit>) -> Result<Answer> {
    Ok(page(&visit).await?.into())
}

/// One ticket. What was filled in and refused stands in its form again.
pub(super) async fn page(visit: &Visit) -> Result<Page> {
    let language = visit.language;
    let found = step::find(&visit.app, visit.acting(), By::Number(number(visit)?)).await?;
    let History { ticket, events, staff } = look::history(&visit.app, visit.acting(), &found).await?;
    let problem = match ticket.shown.problem.as_ref().filter(|_| staff) {
        Some(problem) => Some(visit.rich(&problem.say(language)).await),
        None => None,
    };
    let body = html! {
        @if let Some(problem) = problem { p.refused { "⚠️ " (problem) } }
        div.split {
            div {
                div data-part="facts" { (facts(visit, &ticket).await) }
                div data-part="talk" { (conversation::section(visit, &ticket).await?) }
            }
            div {
                div data-part="actions" { (actions::all(visit, &ticket, &events, staff).await?) }
                div data-part="notes" { (notes(visit, &events).await) }
                div data-part="history" { (history(visit, &events).await) }
            }
        }
    };
    // Of what is said in a channel nobody tells.
    let every = ticket.shown.channel.is_some().then_some(FETCHED_EVERY_SECONDS);
    let page = Page::new(say!(language, tickets_number_form, number = ticket.number), body);
    Ok(page.told_by(visit.to(&format!("/{}/live", ticket.number))).fetched_every(every))
}

/// Tells when it changes.
pub(super) async fn live(visit: Arc<Visit>) -> Result<Answer> {
    let found = step::find(&visit.app, visit.acting(), By::Number(number(&visit)?)).await?;
    Ok(Answer::Live(Watch { table: "ticket", number: Some(found.number) }))
}

/// What it is, as its message in Discord says it, but with whole answers.
async fn facts(visit: &Visit, ticket: &Ticket) -> Markup {
    let language = visit.language;
    let answers = words::questions_answered(language, ticket);
    let answers: Vec<(String, String)> = answers.into_iter().filter(|(_, answer)| *answer != ticket.subject).collect();
    let texts: Vec<String> =
        answers.iter().flat_map(|(question, answer)| [plain_lines(question), plain_lines(answer)]).collect();
    let rich = visit.rich_list(&texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let without = Ticket { answers: Vec::new(), ..ticket.clone() };
    html! {
        (visit.card(&messages::card(language, &without)).await)
        @if !answers.is_empty() {
            dl.box { @for answer in rich.chunks(2) { dt { (answer[0]) } dd { (answer[1]) } } }
        }
    }
}

/// What the staff noted: whole, beside what happened.
async fn notes(visit: &Visit, events: &[Happened]) -> Markup {
    let notes: Vec<&Happened> = events.iter().filter(|it| it.event.kind == EventKind::Note).collect();
    let texts: Vec<String> = notes
        .iter()
        .flat_map(|it| [words::who(&it.event, said!(ticket_events_me)).say(visit.language), it.event.body.clone()])
        .collect();
    let rich = visit.rich_list(&texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    html! {
        @if !notes.is_empty() {
            h2 { (say!(visit.language, tickets_web_notes)) }
            @for (note, text) in notes.iter().zip(rich.chunks(2)) {
                article.box { p.dim { (text[0]) " · " (visit.moment(note.at)) } p { (text[1]) } }
            }
        }
    }
}

async fn history(visit: &Visit, events: &[Happened]) -> Markup {
    let language = visit.language;
    let lines: Vec<String> = events
        .iter()
        .filter(|it| it.event.kind != EventKind::Note)
        .map(|it| screens::line_of(language, visit.guild, it))
        .collect();
    let lines = visit.rich_list(&lines.iter().map(String::as_str).collect::<Vec<_>>()).await;
    html! {
        h2 { (say!(language, tickets_history)) }
        ol.history { @for line in lines { li { (line) } } }
    }
}

/// Asks before the channel of a closed ticket is deleted, which nobody undoes, and says what stays of it.
pub(super) async fn ask_deletion(visit: Arc<Visit>) -> Result<Answer> {
    let (language, number) = (visit.language, number(&visit)?);
    let (app, acting) = (&visit.app, visit.acting());
    let ticket = step::find(app, acting, By::Number(number)).await?;
    step::could_take(app, acting, &ticket, &Step::Archive { end: None }).await?;
    let question = match look::kept_of(app, acting, &ticket).await? {
        Kept::Everything => say!(language, tickets_ask_deletion, number),
        Kept::Blind => say!(language, tickets_ask_deletion_blind, number),
        Kept::Part => say!(language, tickets_ask_deletion_part, number),
        Kept::Nothing => say!(language, tickets_ask_deletion_unreadable, number),
    };
    let back = visit.to(&format!("/{number}"));
    let body = html! {
        p { (visit.rich(&question).await) }
        (visit.card(&messages::card(language, &ticket)).await)
        form.row method="post" action=(back) {
            (visit.once())
            // What was looked at: another end of it is another decision.
            input type="hidden" name="end" value=(workflow::end_of(&ticket).unwrap_or_default());
            button.danger name="step" value="archive" { (say!(language, tickets_really_delete_button)) }
            a.button.quiet href=(back) { (say!(language, tickets_keep_button)) }
        }
    };
    Ok(Page::new(say!(language, tickets_number_form, number), body).into())
}
