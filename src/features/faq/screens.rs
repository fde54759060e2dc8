//! What the FAQ looks like.

use twilight_model::channel::message::Embed;
use twilight_model::channel::message::component::{ButtonStyle, Component};

use super::Action;
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::knowledge::documents::Passage;
use crate::knowledge::index::Index;
use crate::knowledge::{Draft, Entry, highlight};
use crate::say;
use crate::ui::{Message, button, embed, footer, limits::cut, option, plain, select};
use crate::words::{Language, Said, Say};

/// Entries on one page of the list.
pub(super) const PAGE: i64 = 10;

/// Characters of an answer that a list shows.
const PREVIEW: usize = 90;

/// Characters of the passage that a search shows of each result.
const PASSAGE: usize = 280;

/// Characters of a query that are repeated in the answer.
const SHOWN_QUERY: usize = 80;

/// One entry, whole.
pub(super) fn entry_message(language: Language, entry: &Entry) -> Message {
    draft_message(language, &entry.draft, Some(entry.number))
}

/// What an entry would look like; one that is not stored has no number.
pub(super) fn draft_message(language: Language, draft: &Draft, number: Option<i32>) -> Message {
    Message::default().embed(entry_embed(language, draft, number))
}

fn entry_embed(language: Language, draft: &Draft, number: Option<i32>) -> Embed {
    let number = number.map(|number| format!("#{number}"));
    let keywords = Said::list(draft.keywords.clone()).say(language);
    let parts = [number, draft.category.clone(), Some(keywords)].into_iter().flatten().filter(|part| !part.is_empty());
    let text = parts.collect::<Vec<_>>().join(" · ");
    Embed {
        url: draft.source_url.clone().filter(|source| !source.is_empty()),
        footer: (!text.is_empty()).then(|| footer(text)),
        ..embed(draft.title.clone(), draft.answer.clone())
    }
}

/// A page of the list, with buttons for its neighbours.
pub(super) async fn list_message(
    cx: &Context,
    entries: &[Entry],
    page: i64,
    total: i64,
    public: bool,
) -> Result<Message> {
    let language = cx.language_of_answer(public).await?;
    if total == 0 {
        return Ok(Message::new(say!(language, faq_list_none)));
    }
    let pages = (total + PAGE - 1) / PAGE;
    let lines = lines_by_category(entries);
    let shown = if lines.is_empty() { say!(language, faq_list_empty_page) } else { lines.join("\n") };
    let mut listed = embed(say!(language, faq_list_title), shown);
    let text = say!(language, faq_list_page, page = page.saturating_add(1).min(pages), pages, total);
    listed.footer = Some(footer(text));
    let turn = |page| cx.id(&Action::Page { page, public });
    let mut buttons: Vec<Component> = Vec::new();
    if page > 0 {
        let back = turn((page - 1).min(pages - 1))?;
        buttons.push(button(ButtonStyle::Secondary, say!(language, faq_previous_button), back));
    }
    if page < pages - 1 {
        buttons.push(button(ButtonStyle::Secondary, say!(language, faq_next_button), turn(page + 1)?));
    }
    let mut menus = Vec::new();
    if !entries.is_empty() {
        menus.push(menu(language, cx.id(&Action::View)?, entries));
    }
    Ok(Message::default().embed(listed).row(menus).row(buttons))
}

/// The lines of entries that are sorted by their categories, each below its name; those without one come last.
fn lines_by_category(entries: &[Entry]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut above = None;
    for entry in entries {
        let category = entry.draft.category.as_deref().filter(|_| !entry.pinned);
        if category != above {
            // What has none is set off from what stands above.
            lines.push(category.map(|name| format!("__{}__", plain(name))).unwrap_or_default());
            above = category;
        }
        lines.push(line(entry));
    }
    lines
}

fn line(entry: &Entry) -> String {
    let pin = if entry.pinned { "📌 " } else { "" };
    // Half of a pair of markers would be worse than none.
    let unmarked = entry.draft.answer.replace(['*', '`', '>', '|', '~'], "");
    let words: Vec<&str> = unmarked.split_whitespace().collect();
    let preview = plain(&cut(&words.join(" "), PREVIEW));
    format!("{pin}**#{} {}** {preview}", entry.number, plain(&entry.draft.title))
}

/// What a search found: passages, and a menu to open one.
pub(super) async fn results_message(
    cx: &Context,
    index: &Index,
    query: &str,
    entries: &[Entry],
    public: bool,
) -> Result<Message> {
    let language = cx.language_of_answer(public).await?;
    let desk: Vec<Component> = cx.desk_button(language, cx.interaction).await?.into_iter().collect();
    let found = passages(say!(language, faq_results_title, asked = asked(query)), index, query, entries);
    let menu = menu(language, cx.id(&Action::Open { search: cx.interaction })?, entries);
    Ok(Message::default().embed(found).row(vec![menu]).row(desk))
}

/// That no entry answers what was searched for, and below it what documents say of it and what comes closest.
pub(super) async fn nothing_message(
    cx: &Context,
    index: &Index,
    query: &str,
    (closest, documents): (&[Entry], &[Passage]),
    public: bool,
) -> Result<Message> {
    let language = cx.language_of_answer(public).await?;
    let desk: Vec<Component> = cx.desk_button(language, cx.interaction).await?.into_iter().collect();
    // Where they are they may not even write.
    let has_desk = if desk.is_empty() { "no" } else { "yes" };
    let nothing = match documents {
        [] => Message::new(say!(language, faq_results_none, desk = has_desk, asked = asked(query))),
        documents => Message::new(say!(language, faq_results_documents, asked = asked(query)))
            .embed(of_documents(language, index, query, documents)),
    };
    if closest.is_empty() {
        return Ok(nothing.row(desk));
    }
    let menu = menu(language, cx.id(&Action::Open { search: cx.interaction })?, closest);
    let close = passages(say!(language, faq_closest_title), index, query, closest);
    Ok(nothing.embed(close).row(vec![menu]).row(desk))
}

/// Of each passage of a document what fits what was searched for, with the way to all of it.
fn of_documents(language: Language, index: &Index, query: &str, documents: &[Passage]) -> Embed {
    let passage = |document: &Passage| {
        let title = plain(&document.title);
        let title = match document.url.as_deref().filter(|url| !url.contains([')', ' '])) {
            Some(url) => format!("[{title}]({url})"),
            None => title,
        };
        format!("**{title}**\n{}", highlight::passage(index, &document.body, query, PASSAGE))
    };
    let passages = documents.iter().map(passage).collect::<Vec<_>>().join("\n\n");
    embed(say!(language, faq_documents_title), passages)
}

/// What was searched for, as it is repeated.
fn asked(query: &str) -> String {
    plain(&cut(query.trim(), SHOWN_QUERY))
}

/// Of each entry what fits what was searched for.
fn passages(title: String, index: &Index, query: &str, entries: &[Entry]) -> Embed {
    let passage = |entry: &Entry| {
        let passage = highlight::passage(index, &entry.draft.answer, query, PASSAGE);
        format!("**#{} {}**\n{passage}", entry.number, plain(&entry.draft.title))
    };
    embed(title, entries.iter().map(passage).collect::<Vec<_>>().join("\n\n"))
}

/// A menu that opens one of these entries.
fn menu(language: Language, id: String, entries: &[Entry]) -> Component {
    let options = entries.iter().map(|entry| option(format!("#{}", entry.number), entry.draft.title.clone())).collect();
    select(id, say!(language, faq_open_menu), options)
}

/// Asks before an entry is removed for good; once more if somebody has changed it since.
pub(super) fn ask_removal(cx: &Context, entry: &Entry, again: bool) -> Result<Message> {
    let (language, number, title) = (cx.language, entry.number, plain(&entry.draft.title));
    let question = match again {
        false => say!(language, faq_ask_removal, number, title),
        true => say!(language, faq_ask_removal_of_changed, number, title),
    };
    let remove = Action::Remove { number: entry.number, revision: entry.revision };
    let buttons = vec![
        button(ButtonStyle::Danger, say!(language, faq_remove_button), cx.id(&remove)?),
        button(ButtonStyle::Secondary, say!(language, faq_keep_button), cx.id(&Action::Keep)?),
    ];
    Ok(Message::new(question).row(buttons))
}

/// What was stored, as members will see it.
pub(super) fn saved_reply(language: Language, done: &Said, draft: &Draft, number: i32) -> Reply {
    Message::new(done.say(language)).embed(entry_embed(language, draft, Some(number))).ephemeral(true).into()
}
