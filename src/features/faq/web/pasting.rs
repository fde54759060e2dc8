//! Entries that somebody pastes: first what would become of each, then it is done.

use std::sync::Arc;

use maud::{Markup, html};

use super::import::{Line, Written, read_text};
use crate::acting::Failure;
use crate::error::Result;
use crate::knowledge::{CheckedDraft, Import};
use crate::operations::knowledge;
use crate::web::{Answer, Page, Visit, head};
use crate::words::{Msg, Said, Say};
use crate::{msg, said, say};

/// Entries that are stored at once: others who add some wait that long.
const MOST: usize = 500;

/// As what entries may be pasted, as the form calls it.
const WRITTEN: [(&str, Written, Msg); 3] = [
    ("csv", Written::Csv, msg!(faq_web_import_csv_option)),
    ("jsonl", Written::JsonLines, msg!(faq_web_import_jsonl_option)),
    ("md", Written::Markdown, msg!(faq_web_import_md_option)),
];

pub(super) async fn show(visit: Arc<Visit>) -> Result<Answer> {
    Ok(page(&visit, None, None).into())
}

/// The form, with what was pasted, and what would become of it.
fn page(visit: &Visit, table: Option<Markup>, why: Option<&Markup>) -> Page {
    let language = visit.language;
    let pasted = visit.form("text").unwrap_or_default();
    let now = visit.form("as").unwrap_or("csv");
    let looked = table.is_some();
    let body = html! {
        p { (say!(language, faq_web_import)) }
        form method="post" action=(visit.to("/import")) {
            (visit.once())
            div.field {
                label for="as" { (say!(language, faq_web_import_as_label)) }
                select #as name="as" {
                    @for (value, _, label) in WRITTEN { option value=(value) selected[value == now] { (label.say(language)) } }
                }
            }
            div.field {
                label for="text" { (say!(language, faq_web_import_text_label)) }
                p #about-text { (say!(language, faq_web_import_text_hint)) }
                textarea #text name="text" required aria-describedby="about-text" spellcheck="false" { "\n" (pasted) }
            }
            button.quiet[looked] name="do" value="look" { (say!(language, faq_web_import_look_button)) }
            @if let Some(table) = table {
                h2 { (say!(language, faq_web_import_would_title)) }
                (table)
                button name="do" value="import" { (say!(language, faq_web_import_button)) }
            }
        }
        p { a href=(visit.to("")) { (say!(language, faq_web_all)) } }
    };
    let page = Page::new(say!(language, faq_web_import_label), body);
    match why {
        Some(why) => page.refusing(why),
        None => page,
    }
}

/// What would become of each line.
fn table(visit: &Visit, lines: &[Line], outcomes: &[Import]) -> Markup {
    let language = visit.language;
    let mut outcomes = outcomes.iter();
    let rows: Vec<(usize, &str, Said)> = lines
        .iter()
        .map(|(place, title, draft)| match draft {
            Ok(_) => {
                (place.line, title.as_str(), outcomes.next().map_or(Said::from(""), |outcome| outcome_of(*outcome)))
            }
            Err(why) => (place.line, title.as_str(), why.clone()),
        })
        .collect();
    html! {
        div.scroll tabindex="0" { table {
            (head(language, &[msg!(faq_web_import_line_label), msg!(faq_question_label), msg!(faq_web_import_outcome_label)]))
            tbody { @for ((line, title, outcome), (.., draft)) in rows.iter().zip(lines) {
                tr {
                    td.number { (line) }
                    td { (title) }
                    td.wrong[draft.is_err()] { (outcome.say(language)) }
                }
            } }
        } }
    }
}

fn outcome_of(outcome: Import) -> Said {
    match outcome {
        Import::Added => said!(faq_web_import_added),
        Import::Updated => said!(faq_web_import_updated),
        Import::Unchanged => said!(faq_web_import_unchanged),
    }
}

/// Says what would become of what was pasted, or does it.
pub(super) async fn import(visit: Arc<Visit>) -> Result<Answer> {
    let language = visit.language;
    let refuse = |why: &Said| Ok(page(&visit, None, Some(&html! { (why.say(language)) })).into());
    let written = WRITTEN.iter().find(|(value, ..)| visit.form("as") == Some(value)).map_or(Written::Csv, |it| it.1);
    let lines = match read_text(visit.form("text").unwrap_or_default(), written) {
        Ok(lines) if lines.is_empty() => return refuse(&said!(faq_web_import_nothing)),
        Ok(lines) if lines.len() > MOST => return refuse(&said!(faq_web_import_too_many, max = MOST)),
        Ok(lines) => lines,
        Err(why) => return refuse(&why),
    };
    let drafts: Vec<CheckedDraft> = lines.iter().filter_map(|(.., draft)| draft.as_ref().ok().cloned()).collect();
    let looks = visit.form("do") != Some("import");
    let imported = match knowledge::import(&visit.app, visit.acting(), &drafts, looks).await {
        Ok(imported) => imported.entries,
        Err(Failure::Refused(refusal)) => return refuse(&refusal.said()),
        Err(failure) => return Err(failure.into()),
    };
    if looks {
        return Ok(page(&visit, Some(table(&visit, &lines, &imported)), None).into());
    }
    let count = |wanted| imported.iter().filter(|outcome| **outcome == wanted).count();
    let (added, updated, bad) = (count(Import::Added), count(Import::Updated), lines.len() - drafts.len());
    let said = say!(language, faq_web_imported, added, updated, unchanged = count(Import::Unchanged), bad);
    Ok(Answer::Done { said, to: visit.to("") })
}
