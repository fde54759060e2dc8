//! `/faq`: what can be typed, and who answers it.

use twilight_interactions::command::{CommandModel, CreateCommand};

use super::forms::{EntryForm, SynonymForm, Target, entry_form, synonyms_frame};
use super::search::{Search, View, find_to_change, read_number};
use super::{Work, report, screens, search};
use crate::acting::{Acting, Failure};
use crate::error::Result;
use crate::feature::TypedLine;
use crate::interactions::{Context, Reply};
use crate::operations::knowledge::{self, Pinned};
use crate::said;
use crate::statistics::Period;
use crate::ui::{Choice, Seen, form::Modal, plain};
use crate::words::Say;

/// Answers to common questions
#[derive(CommandModel, CreateCommand)]
#[command(name = "faq")]
pub(super) enum Faq {
    #[command(name = "search")]
    Search(Search),
    #[command(name = "view")]
    View(View),
    #[command(name = "list")]
    List(List),
    #[command(name = "add")]
    Add(Add),
    #[command(name = "edit")]
    Edit(Edit),
    #[command(name = "remove")]
    Remove(Remove),
    #[command(name = "pin")]
    Pin(Pin),
    #[command(name = "unpin")]
    Unpin(Unpin),
    #[command(name = "synonyms")]
    Synonyms(Synonyms),
    #[command(name = "report")]
    Report(Report),
    #[command(name = "reload")]
    Reload(Reload),
}

/// List all answers
#[derive(CommandModel, CreateCommand)]
#[command(name = "list")]
pub(super) struct List {
    /// Show the list to everybody here
    pub(super) public: Option<bool>,
}

/// Add an answer (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "add")]
pub(super) struct Add {}

/// Change an answer (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "edit")]
pub(super) struct Edit {
    /// Its title or #number
    #[command(autocomplete = true, max_length = 200)]
    pub(super) entry: String,
}

/// Remove an answer (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "remove")]
pub(super) struct Remove {
    /// Its title or #number
    #[command(autocomplete = true, max_length = 200)]
    pub(super) entry: String,
}

/// Pin an answer to the top of the list (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "pin")]
pub(super) struct Pin {
    /// Its title or #number
    #[command(autocomplete = true, max_length = 200)]
    pub(super) entry: String,
}

/// Let a pinned answer stand among the others again (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "unpin")]
pub(super) struct Unpin {
    /// Its title or #number
    #[command(autocomplete = true, max_length = 200)]
    pub(super) entry: String,
}

/// Say which words mean the same here (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "synonyms")]
pub(super) struct Synonyms {}

/// See what was asked, and what has no answer yet (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "report")]
pub(super) struct Report {}

/// Build the search index anew (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "reload")]
pub(super) struct Reload {}

pub(super) async fn faq(cx: Context, command: Faq) -> Result<Reply> {
    match command {
        Faq::Search(input) => search::search(cx, input).await,
        Faq::View(input) => search::view(cx, input).await,
        Faq::List(input) => {
            let public = input.public.unwrap_or(false);
            let (entries, total) = cx.app.knowledge.page(cx.guild, 0, screens::PAGE).await?;
            Ok(screens::list_message(&cx, &entries, 0, total, public).await?.ephemeral(!public).into())
        }
        admins_only => {
            let acting = cx.acting().await?;
            acting.require_admin().map_err(Failure::Refused)?;
            administer(cx, &acting, admins_only).await
        }
    }
}

async fn administer(cx: Context, acting: &Acting, command: Faq) -> Result<Reply> {
    match command {
        Faq::Add(_) => Ok(entry_form(&cx, &Target::New, &EntryForm::default())?.into()),
        Faq::Edit(input) => {
            let entry = find_to_change(&cx, &input.entry).await?;
            let form = EntryForm::from(&entry.draft);
            Ok(entry_form(&cx, &Target::Entry(entry.number, Seen::of(&form)), &form)?.into())
        }
        Faq::Remove(input) => {
            let entry = find_to_change(&cx, &input.entry).await?;
            Ok(screens::ask_removal(&cx, &entry, false)?.ephemeral(true).into())
        }
        Faq::Pin(input) => {
            let entry = find_to_change(&cx, &input.entry).await?;
            pin(cx, acting, entry.number, knowledge::Pin::On).await
        }
        Faq::Unpin(input) => {
            let entry = find_to_change(&cx, &input.entry).await?;
            pin(cx, acting, entry.number, knowledge::Pin::Off).await
        }
        Faq::Synonyms(_) => {
            let form = SynonymForm::from(&knowledge::synonyms(&cx.app, acting).await?[..]);
            let seen = Seen::of(&form);
            Ok(Modal::new(cx.language, &synonyms_frame(&seen), cx.form_id::<SynonymForm>(&seen)?, &form)?.into())
        }
        Faq::Report(_) => Ok(report::screen(&cx, Period::Month).await?.ephemeral(true).into()),
        Faq::Reload(_) => Ok(Reply::later(&Work::Reload)?),
        Faq::Search(_) | Faq::View(_) | Faq::List(_) => unreachable!("these are answered for everybody"),
    }
}

/// Pins an entry or unpins it, also one that is so already.
async fn pin(cx: Context, acting: &Acting, number: i32, wanted: knowledge::Pin) -> Result<Reply> {
    let Pinned { number, title, pinned, .. } = knowledge::pin(&cx.app, acting, number, wanted).await?;
    let title = plain(&title);
    let done = if pinned { said!(faq_pinned, number, title) } else { said!(faq_unpinned, number, title) };
    Ok(Reply::ephemeral(done.say(cx.language)))
}

pub(super) async fn suggest(cx: Context, line: TypedLine) -> Result<Vec<Choice>> {
    let Some(("query" | "entry", typed)) = line.focused() else { return Ok(Vec::new()) };
    let index = cx.app.knowledge.index(cx.guild).await?;
    let named = read_number(typed).and_then(|number| Some(vec![(number, index.title(number)?)]));
    let hits = named.unwrap_or_else(|| index.suggest(typed, 25));
    Ok(hits.into_iter().map(|(number, title)| Choice { name: title.to_owned(), value: format!("#{number}") }).collect())
}
