//! Reminders on the dashboard: everybody their own, and who manages all those of everybody.

mod besides;
mod calendar;
mod moments;
mod sheet;

use std::sync::Arc;

use maud::{Markup, html};

use super::discord::screens;
use super::operations::words::plain_name;
use super::operations::{self, Refusal, Whose};
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::reminders::{Begin, Part, Reminder};
use crate::web::{Answer, Page, Section, Visit};
use crate::words::{Msg, Said, Say};
use crate::{msg, said, say};

/// Reminders on one page.
const PAGE: usize = 25;

/// The pages.
pub(super) fn section() -> Section {
    Section::new("reminders", "reminders", msg!(reminders_list_title), |_, _| async { Ok(true) })
        .page("", list)
        .page("/calendar", calendar::show)
        .page("/new", sheet::new)
        .form("/new", sheet::add)
        .page("/{number}", show)
        .page("/{number}/edit", sheet::edit)
        .form("/{number}/edit", sheet::change)
        .form("/{number}/pause", pause)
        .form("/{number}/resume", resume)
        .page("/{number}/delete", ask_deletion)
        .form("/{number}/delete", delete)
}

async fn list(visit: Arc<Visit>) -> Result<Answer> {
    let language = visit.language;
    let manages = operations::manages(&visit.app, visit.acting()).await?;
    let is_all = manages && visit.query("whose") == Some("all");
    let done = visit.query("done") == Some("yes");
    let page: i64 = visit.query("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 1_000_000);
    let whose = if is_all { Whose::Everybody } else { Whose::Own };
    let begin = Begin::At((page - 1) * PAGE as i64);
    let Part { reminders: found, end } =
        operations::list(&visit.app, visit.acting(), whose, (None, done), (begin, PAGE)).await?;
    let lines: Vec<String> = found.iter().map(|reminder| screens::line(language, reminder)).collect();
    let lines = visit.rich_list(&lines.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let (all, own) = (if is_all { "all" } else { "" }, if done { "yes" } else { "" });
    let turn = |page: i64| visit.to_with("", &[("whose", all), ("done", own), ("page", &page.to_string())]);
    let makes = makes(&visit).await?;
    let body = html! {
        p.row {
            @if makes { a.button href=(visit.to("/new")) { (say!(language, reminders_new_form)) } }
            a.button.quiet href=(visit.to_with("/calendar", &[("whose", all)])) { (say!(language, reminders_web_calendar_button)) }
        }
        form.row method="get" action=(visit.to("")) {
            @if manages {
                div.field {
                    label for="whose" { (say!(language, reminders_web_whose_label)) }
                    select #whose name="whose" {
                        option value="" selected[!is_all] { (say!(language, reminders_list_title_own)) }
                        option value="all" selected[is_all] { (say!(language, reminders_web_all_option)) }
                    }
                }
            }
            div.field {
                label for="done" { (say!(language, reminders_web_done_label)) }
                select #done name="done" {
                    option value="" selected[!done] { (say!(language, reminders_web_coming_option)) }
                    option value="yes" selected[done] { (say!(language, reminders_web_done_option)) }
                }
            }
            button.quiet { (say!(language, reminders_web_show_button)) }
        }
        @if found.is_empty() {
            p.empty { (visit.rich(&say!(language, reminders_list_none)).await) }
        } @else {
            ul.list {
                @for (reminder, line) in found.iter().zip(lines) {
                    li.box {
                        p { (line) }
                        a href=(visit.to(&format!("/{}", reminder.number))) {
                            (say!(language, reminders_web_look_button))
                            span.hidden { " #" (reminder.number) }
                        }
                    }
                }
            }
        }
        p.pages {
            @if page > 1 { a href=(turn(page - 1)) rel="prev" { (say!(language, reminders_previous_button)) } }
            @if end.is_some() { a href=(turn(page + 1)) rel="next" { (say!(language, reminders_next_button)) } }
        }
    };
    let title = if is_all { msg!(reminders_list_title) } else { msg!(reminders_list_title_own) };
    Ok(Page::new(title.say(language), body).into())
}

/// Whether they may make reminders.
async fn makes(visit: &Visit) -> Result<bool> {
    match operations::require_maker(&visit.app, visit.acting()).await {
        Ok(()) => Ok(true),
        Err(Failure::Refused(_)) => Ok(false),
        Err(failure) => Err(failure.into()),
    }
}

/// What was done with a reminder, and where whoever did it goes on.
fn saved(visit: &Visit, said: Said, reminder: &Reminder) -> Answer {
    Answer::Done { said: visit.say(&said), to: visit.to(&format!("/{}", reminder.number)) }
}

async fn find(visit: &Visit) -> Result<Reminder> {
    let number: i32 = visit.parameter("number").ok_or_else(|| Error::User(Refusal::NoSuchReminder.said()))?;
    Ok(operations::find(&visit.app, visit.acting(), &number.to_string()).await?)
}

fn name(reminder: &Reminder) -> Said {
    plain_name(&reminder.draft.content.name)
}

/// One with all that is known of it, and when it comes.
async fn show(visit: Arc<Visit>) -> Result<Answer> {
    let language = visit.language;
    let reminder = find(&visit).await?;
    let card = visit.card(&screens::card(language, &reminder)).await;
    let at = |path: &str| visit.to(&format!("/{}{path}", reminder.number));
    let ask = |path: &str, label: Msg| {
        html! { form method="post" action=(at(path)) { (visit.once()) button.quiet { (label.say(language)) } } }
    };
    let schedule = &reminder.draft.timing.schedule;
    // Of what is private only who reads it knows when it comes.
    let is_shown = reminder.paused.is_none() && !reminder.is_hidden() && schedule.repeat.is_some();
    let body = html! {
        (card)
        div.row {
            @match reminder.paused {
                // Only who reads it lets it speak.
                Some(_) if reminder.is_hidden() => {}
                Some(_) => (ask("/resume", msg!(reminders_resume_button))),
                None => (ask("/pause", msg!(reminders_pause_button))),
            }
            @if !reminder.is_hidden() {
                a.button.quiet href=(at("/edit")) { (say!(language, reminders_web_edit_button)) }
            }
            a.button.quiet href=(at("/delete")) { (say!(language, reminders_delete_button)) }
        }
        @if is_shown {
            h2 { (say!(language, reminders_web_moments_title)) }
            (moments::coming(&visit, schedule))
        }
    };
    Ok(Page::new(say!(language, reminders_card_footer, number = reminder.number), body).into())
}

async fn pause(visit: Arc<Visit>) -> Result<Answer> {
    let number = find(&visit).await?.number;
    let after = operations::pause(&visit.app, visit.acting(), number).await?.reminder;
    Ok(done(&visit, number, &said!(reminders_paused, number, name = name(&after))))
}

async fn resume(visit: Arc<Visit>) -> Result<Answer> {
    let number = find(&visit).await?.number;
    let after = operations::resume(&visit.app, visit.acting(), number).await?.reminder;
    Ok(done(&visit, number, &said!(reminders_resumed, number, name = name(&after))))
}

fn done(visit: &Visit, number: i32, said: &Said) -> Answer {
    Answer::Done { said: visit.say(said), to: visit.to(&format!("/{number}")) }
}

async fn ask_deletion(visit: Arc<Visit>) -> Result<Answer> {
    let reminder = find(&visit).await?;
    Ok(deletion(&visit, &reminder, None).await.into())
}

/// Asks before one is deleted, with what it says at this moment.
async fn deletion(visit: &Visit, reminder: &Reminder, told: Option<Said>) -> Page {
    let (language, number) = (visit.language, reminder.number);
    let question = said!(reminders_delete_question, number, name = name(reminder));
    let question = Said::sentences(told.into_iter().chain([question]).collect()).say(language);
    let card: Markup = visit.card(&screens::card(language, reminder)).await;
    let body = html! {
        p { (visit.rich(&question).await) }
        (card)
        form.row method="post" action=(visit.to(&format!("/{number}/delete"))) {
            (visit.once())
            input type="hidden" name="revision" value=(reminder.revision);
            button.danger { (say!(language, reminders_delete_button)) }
            a.button.quiet href=(visit.to(&format!("/{number}"))) { (say!(language, reminders_keep_button)) }
        }
    };
    Page::new(say!(language, reminders_card_footer, number), body)
}

async fn delete(visit: Arc<Visit>) -> Result<Answer> {
    let gone = || Error::User(Refusal::NoSuchReminder.said());
    let number: i32 = visit.parameter("number").ok_or_else(gone)?;
    let revision = visit.form("revision").and_then(|revision| revision.parse().ok()).ok_or_else(gone)?;
    match operations::delete(&visit.app, visit.acting(), number, revision).await {
        // Whoever agreed that it goes has not seen what it says now.
        Err(Failure::Refused(Refusal::Changed)) => {
            let reminder = find(&visit).await?;
            Ok(deletion(&visit, &reminder, Some(said!(reminders_delete_changed))).await.into())
        }
        deleted => {
            let said = say!(visit.language, reminders_deleted_now, number, name = plain_name(&deleted?.name));
            Ok(Answer::Done { said, to: visit.to("") })
        }
    }
}
