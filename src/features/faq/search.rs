//! Members find an entry, by words or by its name.

use twilight_interactions::command::{CommandModel, CreateCommand};

use super::{screens, words::no_such_entry};
use crate::assist;
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::knowledge::Entry;
use crate::knowledge::find::{Found, Wanted};
use crate::knowledge::index::Index;
use crate::knowledge::order::in_language_first;
use crate::log_channel::Level;
use crate::operations::knowledge::words::named;
use crate::ui::plain;
use crate::words::{Msg, Said, Say};
use crate::{msg, said};

/// Entries that a search shows; more would not be read.
const RESULTS: usize = 5;

/// Entries that are shown although none of them answers.
const CLOSEST: usize = 3;

/// Passages of documents that are shown where no entry answers.
const PASSAGES: usize = 3;

/// Find answers
#[derive(CommandModel, CreateCommand)]
#[command(name = "search")]
pub(super) struct Search {
    /// What you want to know
    #[command(autocomplete = true, max_length = 200)]
    pub(super) query: String,
    /// Show the answer to everybody here
    pub(super) public: Option<bool>,
}

/// Show one answer
#[derive(CommandModel, CreateCommand)]
#[command(name = "view")]
pub(super) struct View {
    /// Its title or #number
    #[command(autocomplete = true, max_length = 200)]
    pub(super) entry: String,
    /// Show the answer to everybody here
    pub(super) public: Option<bool>,
}

pub(super) async fn search(cx: Context, input: Search) -> Result<Reply> {
    let public = input.public.unwrap_or(false);
    let knowledge = &cx.app.knowledge;
    // A suggestion sends its number; whoever types one without the sign looks for that number's text.
    if let Some(number) = read_number(&input.query).filter(|_| input.query.trim_start().starts_with('#'))
        && let Some(entry) = knowledge.entry(cx.guild, number).await?
    {
        return show(&cx, &entry, &entry.draft.title, public).await;
    }
    let index = knowledge.index(cx.guild).await?;
    let found = find_known(&cx, &input.query, RESULTS).await?;
    if !found.is_answered() {
        return answer_nothing(&cx, &index, &input.query, &found, public).await;
    }
    let hits: Vec<i32> = found.entries.iter().map(|hit| hit.number).collect();
    let entries = knowledge.entries(cx.guild, &hits).await?;
    if entries.is_empty() {
        let none = Found { entries: Vec::new(), ..found };
        return answer_nothing(&cx, &index, &input.query, &none, public).await;
    }
    let reader = cx.language_of_answer(public).await?;
    let entries = in_language_first(entries, &found.entries, reader.code());
    log_search(&cx, &input.query, &hits, None).await;
    let searched = said!(faq_log_search, query = plain(&input.query), found = hits.len());
    report_reading(&cx, msg!(faq_log_searched), searched).await;
    let results = screens::results_message(&cx, &index, &input.query, &entries, public).await?;
    Ok(results.ephemeral(!public).into())
}

/// What the guild knows of what somebody wants to know.
async fn find_known(cx: &Context, query: &str, entries: usize) -> Result<Found> {
    let wanted = Wanted { text: query, is_for_people: false, entries, passages: PASSAGES };
    Ok(assist::find_known(&cx.app, cx.guild, wanted).await?)
}

/// Says that no entry answers, and puts the question on the list of those. Documents that do are shown instead; what only comes
/// close is for who asked, not for everybody.
async fn answer_nothing(cx: &Context, index: &Index, query: &str, found: &Found, public: bool) -> Result<Reply> {
    let knowledge = &cx.app.knowledge;
    let closest: Vec<i32> = found.entries.iter().filter(|_| !public).take(CLOSEST).map(|hit| hit.number).collect();
    let closest = knowledge.entries(cx.guild, &closest).await?;
    let documents: Vec<i32> = found.passages.iter().filter(|hit| hit.answers).map(|hit| hit.number).collect();
    let documents = knowledge.passages(cx.guild, &documents).await?;
    log_search(cx, query, &[], None).await;
    report_reading(cx, msg!(faq_log_searched), said!(faq_log_search, query = plain(query), found = 0_usize)).await;
    let nothing = screens::nothing_message(cx, index, query, (&closest, &documents), public).await?;
    Ok(nothing.ephemeral(!public).into())
}

/// Keeps what was searched for, for the report on what is missing. An answer does not fail for want of that.
async fn log_search(cx: &Context, query: &str, matched: &[i32], chosen: Option<i32>) {
    let logged = cx.app.knowledge.log_search(cx.guild, cx.interaction, query, matched, chosen, cx.now).await;
    if let Err(error) = logged {
        tracing::warn!(error = format!("{error:#}"), "a search was not logged");
    }
}

/// Says in the log channel that somebody read. Nothing has changed, so it needs no transaction, and no answer fails for
/// want of it.
async fn report_reading(cx: &Context, title: Msg, about: Said) {
    let written = async {
        let recorder = cx.app.recorder(cx.guild, cx.feature, cx.now).await?;
        let language = recorder.language();
        let entry = cx.did(Level::Debug, title.say(language), &about.say(language));
        recorder.write(&cx.app.db, &entry).await
    };
    match written.await {
        Ok(()) => cx.post_log(),
        Err(error) => tracing::warn!(error = format!("{error:#}"), "the log channel is not told of a search"),
    }
}

pub(super) async fn view(cx: Context, input: View) -> Result<Reply> {
    let public = input.public.unwrap_or(false);
    if let Some(entry) = find(&cx, &input.entry).await? {
        return show(&cx, &entry, &entry.draft.title, public).await;
    }
    if read_number(&input.entry).is_some() {
        return Err(no_such_entry());
    }
    // Whoever reads does not care about the exact title.
    let index = cx.app.knowledge.index(cx.guild).await?;
    let found = find_known(&cx, &input.entry, CLOSEST).await?;
    if let Some(best) = found.entries.first().filter(|hit| hit.answers)
        && let Some(entry) = cx.app.knowledge.entry(cx.guild, best.number).await?
    {
        return show(&cx, &entry, &input.entry, public).await;
    }
    answer_nothing(&cx, &index, &input.entry, &found, public).await
}

/// Shows an entry that answers what somebody looked for, with the way to ask further.
async fn show(cx: &Context, entry: &Entry, looked_for: &str, public: bool) -> Result<Reply> {
    log_search(cx, looked_for, &[entry.number], Some(entry.number)).await;
    report_reading(cx, msg!(faq_log_read), named(entry.number, &entry.draft.title).into()).await;
    let language = cx.language_of_answer(public).await?;
    let desk = cx.desk_button(language, cx.interaction).await?;
    Ok(screens::entry_message(language, entry).row(desk.into_iter().collect()).ephemeral(!public).into())
}

/// Shows an entry that somebody chose from the list.
pub(super) async fn show_listed(cx: &Context, number: i32) -> Result<Reply> {
    let entry = cx.app.knowledge.entry(cx.guild, number).await?.ok_or_else(no_such_entry)?;
    show(cx, &entry, &entry.draft.title, false).await
}

/// The entry that `text` names: `#3` as a suggestion sends it, or a title.
async fn find(cx: &Context, text: &str) -> Result<Option<Entry>> {
    match read_number(text) {
        Some(number) => Ok(cx.app.knowledge.entry(cx.guild, number).await?),
        None => Ok(cx.app.knowledge.entry_by_title(cx.guild, text.trim()).await?),
    }
}

/// The same for whoever changes it, which takes an exact name.
pub(super) async fn find_to_change(cx: &Context, text: &str) -> Result<Entry> {
    find(cx, text).await?.ok_or_else(no_such_entry)
}

/// The number in `#3` or `3`.
pub(super) fn read_number(text: &str) -> Option<i32> {
    let digits = text.trim();
    digits.strip_prefix('#').unwrap_or(digits).parse().ok().filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_and_without_its_sign() {
        let check = |text: &str, expected| assert_eq!(read_number(text), expected, "{text}");
        check("#3", Some(3));
        check(" 12 ", Some(12));
        check("0", None);
        check("-1", None);
        check("3 wishes", None);
        check("99999999999", None);
    }
}
