//! The FAQ on the dashboard: entries, an editor, and questions without an answer.

mod editor;
mod pasting;

use std::sync::Arc;

use maud::{Markup, html};

use super::words::no_such_entry;
use super::{export, forms, import, screens, words};
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::knowledge::Entry;
use crate::operations::knowledge::{self, Pin, Refusal, Report};
use crate::ui::limits::cut;
use crate::ui::plain;
use crate::web::{Answer, Page, Section, Visit};
use crate::{msg, said, say};

/// Entries on one page.
const PAGE: i64 = 50;

/// Questions without an answer that are named.
const QUESTIONS: usize = 50;

/// Over so many days questions are looked at.
const DAYS: u16 = 30;

/// How much of an answer a list shows.
const PREVIEW: usize = 160;

/// The pages.
pub(super) fn section() -> Section {
    Section::for_admins("faq", "faq", msg!(faq_web_label))
        .page("", list)
        .page("/questions", questions)
        .page("/duplicates", duplicates)
        .page("/import", pasting::show)
        .form("/import", pasting::import)
        .page("/new", editor::new)
        .form("/new", editor::add)
        .page("/{number}", show)
        .page("/{number}/edit", editor::edit)
        .form("/{number}/edit", editor::change)
        .form("/{number}/pin", pin)
        .page("/{number}/remove", ask_removal)
        .form("/{number}/remove", remove)
}

/// Entries, or those that a search finds.
async fn list(visit: Arc<Visit>) -> Result<Answer> {
    let language = visit.language;
    let page: i64 = visit.query("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 1_000_000);
    let searched = visit.query("q").unwrap_or_default();
    let knowledge = &visit.app.knowledge;
    let (entries, total) = match searched {
        "" => knowledge.page(visit.guild, (page - 1) * PAGE, PAGE).await?,
        searched => {
            let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
            let hits = knowledge.index(visit.guild).await?.search(searched, most);
            let numbers: Vec<i32> = hits.iter().map(|hit| hit.number).collect();
            (knowledge.entries(visit.guild, &numbers).await?, 0)
        }
    };
    let uses = knowledge::uses(&visit.app, visit.acting(), DAYS).await?;
    let turn = |page: i64| visit.to_with("", &[("page", &page.to_string())]);
    let body = html! {
        form.row method="get" action=(visit.to("")) role="search" {
            div.field {
                label for="q" { (say!(language, faq_web_search_label)) }
                input #q type="search" name="q" value=(searched) maxlength="200";
            }
            button.quiet { (say!(language, faq_web_search_button)) }
        }
        p.row {
            a.button href=(visit.to("/new")) { (say!(language, faq_add_form)) }
            a.button.quiet href=(visit.to("/questions")) { (say!(language, faq_web_questions_label)) }
            a.button.quiet href=(visit.to("/import")) { (say!(language, faq_web_import_label)) }
            a.button.quiet href=(visit.to("/duplicates")) { (say!(language, faq_web_duplicates_label)) }
        }
        @if entries.is_empty() {
            p.empty {
                @if !searched.is_empty() {
                    (say!(language, faq_web_nothing_found)) " "
                    a href=(visit.to("")) { (say!(language, faq_web_all)) }
                } @else if page > 1 {
                    (say!(language, faq_list_empty_page))
                } @else {
                    (say!(language, faq_web_none))
                }
            }
        } @else {
            div.scroll tabindex="0" { table {
                thead { tr {
                    th scope="col" { "#" }
                    th scope="col" { (say!(language, faq_question_label)) }
                    th scope="col" { (say!(language, faq_category_label)) }
                    th scope="col" { (say!(language, faq_web_opened_label, days = DAYS)) }
                    th scope="col" { (say!(language, faq_web_changed_label)) }
                } }
                tbody { @for entry in &entries { (row(&visit, entry, uses.get(&entry.number).copied().unwrap_or_default())) } }
            } }
        }
        p.pages {
            @if page > 1 { a href=(turn(page - 1)) rel="prev" { (say!(language, faq_previous_button)) } }
            @if page * PAGE < total { a href=(turn(page + 1)) rel="next" { (say!(language, faq_next_button)) } }
        }
        @if searched.is_empty() && total > 0 { (visit.csv_of(export::TABLE.name, &[])) }
    };
    Ok(Page::new(visit.say(&msg!(faq_web_label)), body).into())
}

fn row(visit: &Visit, entry: &Entry, opened: i64) -> Markup {
    html! {
        tr {
            td.number { (entry.number) }
            td {
                @if entry.pinned { "📌 " }
                a href=(visit.to(&format!("/{}", entry.number))) { (entry.draft.title) }
                br;
                small { (cut(&entry.draft.answer, PREVIEW)) }
            }
            td { (entry.draft.category.as_deref().unwrap_or_default()) }
            td.number { (opened) }
            td { (visit.moment(entry.updated_at)) }
        }
    }
}

async fn find(visit: &Visit) -> Result<Entry> {
    let number = visit.parameter("number").ok_or_else(no_such_entry)?;
    visit.app.knowledge.entry(visit.guild, number).await?.ok_or_else(no_such_entry)
}

fn title(entry: &Entry) -> String {
    format!("#{} {}", entry.number, entry.draft.title)
}

/// One entry as Discord shows it.
async fn show(visit: Arc<Visit>) -> Result<Answer> {
    let language = visit.language;
    let entry = find(&visit).await?;
    let answer = visit.rich(&entry.draft.answer).await;
    let author = match entry.author {
        Some(author) => Some(visit.rich(&format!("<@{author}>")).await),
        None => None,
    };
    let at = |path: &str| visit.to(&format!("/{}{path}", entry.number));
    let uses = knowledge::uses(&visit.app, visit.acting(), DAYS).await?;
    let opened = uses.get(&entry.number).copied().unwrap_or_default();
    let body = html! {
        div.box { (answer) }
        dl {
            @if !entry.draft.keywords.is_empty() {
                dt { (say!(language, faq_keywords_label)) }
                dd { (entry.draft.keywords.join(", ")) }
            }
            @if let Some(category) = &entry.draft.category {
                dt { (say!(language, faq_category_label)) }
                dd { (category) }
            }
            @if let Some(source) = &entry.draft.source_url {
                dt { (say!(language, faq_source_label)) }
                dd { (visit.rich(source).await) }
            }
            @if let Some(author) = author {
                dt { (say!(language, faq_web_author_label)) }
                dd { (author) }
            }
            dt { (say!(language, faq_web_opened_label, days = DAYS)) }
            dd { (opened) }
            dt { (say!(language, faq_web_changed_label)) }
            dd { (visit.moment(entry.updated_at)) }
        }
        div.row {
            a.button href=(at("/edit")) { (say!(language, faq_web_edit_button)) }
            form method="post" action=(at("/pin")) {
                (visit.once())
                @if entry.pinned {
                    button.quiet name="pin" value="off" { (say!(language, faq_web_unpin_button)) }
                } @else {
                    button.quiet name="pin" value="on" { (say!(language, faq_web_pin_button)) }
                }
            }
            a.button.quiet href=(at("/remove")) { (say!(language, faq_remove_button)) }
        }
    };
    Ok(Page::new(title(&entry), body).into())
}

async fn pin(visit: Arc<Visit>) -> Result<Answer> {
    let number = visit.parameter("number").ok_or_else(no_such_entry)?;
    let wanted = if visit.form("pin") == Some("on") { Pin::On } else { Pin::Off };
    let pinned = knowledge::pin(&visit.app, visit.acting(), number, wanted).await?;
    let title = plain(&pinned.title);
    let done = if pinned.pinned { said!(faq_pinned, number, title) } else { said!(faq_unpinned, number, title) };
    Ok(Answer::Done { said: visit.say(&done), to: visit.to(&format!("/{number}")) })
}

async fn ask_removal(visit: Arc<Visit>) -> Result<Answer> {
    let entry = find(&visit).await?;
    Ok(removal(&visit, &entry, false).await.into())
}

/// Asks before an entry goes, with what it says at this moment.
async fn removal(visit: &Visit, entry: &Entry, is_changed: bool) -> Page {
    let language = visit.language;
    let (number, name) = (entry.number, plain(&entry.draft.title));
    let question = match is_changed {
        false => say!(language, faq_ask_removal, number, title = name),
        true => say!(language, faq_ask_removal_of_changed, number, title = name),
    };
    let [question, answer] = visit.rich_all([&question, &entry.draft.answer]).await;
    let body = html! {
        p { (question) }
        div.box { (answer) }
        form.row method="post" action=(visit.to(&format!("/{number}/remove"))) {
            (visit.once())
            input type="hidden" name="revision" value=(entry.revision);
            button.danger { (say!(language, faq_remove_button)) }
            a.button.quiet href=(visit.to(&format!("/{number}"))) { (say!(language, faq_keep_button)) }
        }
    };
    Page::new(title(entry), body)
}

async fn remove(visit: Arc<Visit>) -> Result<Answer> {
    let number = visit.parameter("number").ok_or_else(no_such_entry)?;
    let revision = visit.form("revision").and_then(|revision| revision.parse().ok()).ok_or_else(no_such_entry)?;
    match knowledge::remove(&visit.app, visit.acting(), number, revision).await {
        Ok(removed) => {
            let said = say!(visit.language, faq_removed, number = removed.number, title = plain(&removed.title));
            Ok(Answer::Done { said, to: visit.to("") })
        }
        // Whoever agreed that it goes has not seen what it says now.
        Err(Failure::Refused(Refusal::Changed { now })) => Ok(removal(&visit, &now, true).await.into()),
        Err(failure) => Err(Error::from(failure)),
    }
}

/// What members asked and no entry answers.
async fn questions(visit: Arc<Visit>) -> Result<Answer> {
    let language = visit.language;
    let report = knowledge::report(&visit.app, visit.acting(), DAYS, QUESTIONS).await?;
    let Report { searches, answered, unanswered, .. } = report;
    let counted = match searches {
        0 => say!(language, faq_report_none, days = DAYS),
        count => say!(language, faq_report_searches, count, percent = answered * 100 / count),
    };
    let body = html! {
        p { (counted) }
        @if unanswered.is_empty() {
            @if searches > 0 { p.empty { (say!(language, faq_report_all_answered)) } }
        } @else {
            div.scroll tabindex="0" { table {
                thead { tr {
                    th scope="col" { (say!(language, faq_question_label)) }
                    th scope="col" { (say!(language, faq_web_times_label)) }
                    th scope="col" { span.hidden { (say!(language, faq_report_menu)) } }
                } }
                tbody { @for one in &unanswered {
                    tr {
                        td { (one.query.trim()) }
                        td.number { (one.times) }
                        td { a href=(visit.to_with("/new", &[("search", &one.search.to_string())])) {
                            (say!(language, faq_report_menu))
                            span.hidden { ": " (one.query.trim()) }
                        } }
                    }
                } }
            } }
        }
        p { a href=(visit.to("")) { (say!(language, faq_web_all)) } }
    };
    Ok(Page::new(visit.say(&msg!(faq_web_questions_label)), body).into())
}

/// Entries whose questions ask the same: one of them is enough.
async fn duplicates(visit: Arc<Visit>) -> Result<Answer> {
    let language = visit.language;
    let groups = knowledge::duplicates(&visit.app, visit.acting()).await?;
    let body = html! {
        p { (say!(language, faq_web_duplicates)) }
        @if groups.is_empty() {
            p.empty { (say!(language, faq_web_duplicates_none)) }
        } @else {
            ul.list {
                @for group in &groups {
                    li.box { ul {
                        @for (number, title) in group {
                            li { a href=(visit.to(&format!("/{number}"))) { "#" (number) " " (title) } }
                        }
                    } }
                }
            }
        }
        p { a href=(visit.to("")) { (say!(language, faq_web_all)) } }
    };
    Ok(Page::new(visit.say(&msg!(faq_web_duplicates_label)), body).into())
}
