//! The FAQ on the dashboard: entries, an editor, and questions without an answer.

use std::sync::Arc;

use maud::{Markup, html};

use super::forms::EntryForm;
use super::words::no_such_entry;
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::interactions::say_collision;
use crate::knowledge::{Draft, Entry, TITLE_CHARS};
use crate::operations::knowledge::{self, Pin, Refusal, Report};
use crate::ui::form::{Field, Form, Style};
use crate::ui::limits::cut;
use crate::ui::{Seen, plain};
use crate::web::{Answer, Page, Section, Visit};
use crate::words::Say;
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
        .page("/new", new)
        .form("/new", add)
        .page("/{number}", show)
        .page("/{number}/edit", edit)
        .form("/{number}/edit", change)
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
                    th scope="col" { (say!(language, faq_web_changed_label)) }
                } }
                tbody { @for entry in &entries { (row(&visit, entry)) } }
            } }
        }
        p.pages {
            @if page > 1 { a href=(turn(page - 1)) rel="prev" { (say!(language, faq_previous_button)) } }
            @if page * PAGE < total { a href=(turn(page + 1)) rel="next" { (say!(language, faq_next_button)) } }
        }
        @if searched.is_empty() && total > 0 { (visit.csv_of(super::export::TABLE.name, &[])) }
    };
    Ok(Page::new(visit.say(&msg!(faq_web_label)), body).into())
}

fn row(visit: &Visit, entry: &Entry) -> Markup {
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

/// An empty form, or one with a question that nobody has answered.
async fn new(visit: Arc<Visit>) -> Result<Answer> {
    let search = visit.query("search").and_then(|search| search.parse().ok());
    let searched = match search {
        // It is forgotten after a while; then they write it themselves.
        Some(search) => visit.app.knowledge.find_search(visit.guild, search).await?,
        None => None,
    };
    let title = searched.map(|searched| cut(searched.query.trim(), TITLE_CHARS.into())).unwrap_or_default();
    let form = EntryForm { title, ..EntryForm::default() };
    Ok(editor(&visit, &visit.say(&msg!(faq_add_form)), "/new", &form, None).into())
}

async fn edit(visit: Arc<Visit>) -> Result<Answer> {
    let entry = find(&visit).await?;
    let form = EntryForm::from(&entry.draft);
    let seen = Seen::of(&form);
    let (title, path) =
        (say!(visit.language, faq_change_form, number = entry.number), format!("/{}/edit", entry.number));
    Ok(editor(&visit, &title, &path, &form, Some(&seen)).into())
}

/// The form in which an entry is written. `seen` is what of it was shown when it was opened.
fn editor(visit: &Visit, title: &str, path: &str, form: &EntryForm, seen: Option<&Seen>) -> Page {
    let language = visit.language;
    let value = |field: &Field| match field.name {
        "title" => form.title.as_str(),
        "answer" => form.answer.as_str(),
        "keywords" => form.keywords.as_str(),
        "category" => form.category.as_str(),
        _ => form.source.as_str(),
    };
    let body = html! {
        form method="post" action=(visit.to(path)) {
            (visit.once())
            @if let Some(seen) = seen {
                input type="hidden" name="seen" value=(serde_json::to_string(seen).unwrap_or_default());
            }
            @for field in EntryForm::FIELDS {
                div.field {
                    label for=(field.name) { (field.label.say(language)) }
                    @if let Some(hint) = field.hint { p #{ "about-" (field.name) } { (hint.say(language)) } }
                    @if matches!(field.style, Style::Paragraph) {
                        textarea #(field.name) name=(field.name) maxlength=(field.max_chars) required[field.required]
                            aria-describedby=[field.hint.map(|_| format!("about-{}", field.name))] { "\n" (value(field)) }
                    } @else {
                        input #(field.name) name=(field.name) value=(value(field)) maxlength=(field.max_chars) required[field.required]
                            aria-describedby=[field.hint.map(|_| format!("about-{}", field.name))];
                    }
                }
            }
            button { (say!(language, faq_web_save_button)) }
        }
    };
    Page::new(title, body)
}

fn written(visit: &Visit) -> EntryForm {
    let text = |name: &str| visit.form(name).unwrap_or_default().to_owned();
    EntryForm {
        title: text("title"),
        answer: text("answer"),
        keywords: text("keywords"),
        category: text("category"),
        source: text("source"),
    }
}

async fn add(visit: Arc<Visit>) -> Result<Answer> {
    match knowledge::add(&visit.app, visit.acting(), written(&visit).into()).await {
        Ok(stored) => {
            let said = say!(visit.language, faq_added, number = stored.number, title = plain(&stored.draft.title));
            Ok(Answer::Done { said, to: visit.to(&format!("/{}", stored.number)) })
        }
        Err(Failure::Refused(refusal)) => {
            let page = editor(&visit, &visit.say(&msg!(faq_add_form)), "/new", &written(&visit), None);
            Ok(page.refusing(&visit.rich(&refusal.say(visit.language)).await).into())
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn change(visit: Arc<Visit>) -> Result<Answer> {
    let number: i32 = visit.parameter("number").ok_or_else(no_such_entry)?;
    let form = written(&visit);
    let seen: Seen = visit.form("seen").and_then(|seen| serde_json::from_str(seen).ok()).ok_or_else(no_such_entry)?;
    let edit = |stored: &Draft| seen.merge(&EntryForm::from(stored), &form).map(Draft::from);
    let to = visit.to(&format!("/{number}"));
    match knowledge::change(&visit.app, visit.acting(), number, &form, edit).await {
        Ok(stored) => {
            let said = say!(visit.language, faq_entry_changed, number, title = plain(&stored.draft.title));
            Ok(Answer::Done { said, to })
        }
        Err(Failure::Refused(refusal)) if !matches!(refusal, Refusal::NoSuchEntry | Refusal::NotAdmin) => {
            let why = match &refusal {
                // What others wrote is on the entry's page, and what this person wrote is here.
                Refusal::Collision(collision) => {
                    say_collision(collision, said!(faq_web_entry, number)).say(visit.language)
                }
                refusal => refusal.say(visit.language),
            };
            let title = say!(visit.language, faq_change_form, number);
            let page = editor(&visit, &title, &format!("/{number}/edit"), &form, Some(&seen));
            Ok(page.refusing(&visit.rich(&why).await).into())
        }
        Err(failure) => Err(failure.into()),
    }
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
