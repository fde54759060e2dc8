//! The FAQ: members find answers, admins keep them.

mod export;
mod import;
mod screens;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker};

use crate::app::App;
use crate::error::{Error, Result};
use crate::feature::{Erasure, Feature, Part, Promise, TypedLine};
use crate::interactions::{Context, Reply, TargetMessage, say_collision};
use crate::knowledge::{self, Draft, Entry};
use crate::log_channel::Level;
use crate::settings::{self, Kind, Schema};
use crate::ui::{
    Choice, Message, Seen,
    form::{Field, Form, Modal, Style},
    limits::{fits, is_web_address},
    plain,
};

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("faq")
        .command(faq)
        .suggest(suggest)
        .message_menu("Add to FAQ", Some(Permissions::MANAGE_GUILD), add_from_message)
        .press(press)
        .form(save)
        .form(save_synonyms)
        .work(work)
        .import(import::import)
        .export(export::TABLE, export::entries)
        .settings::<Settings>()
        .upkeep("forget searches", guilds_with_searches, forget_searches)
        .personal_data("faq_entry", "author_user_id", Erasure::BlankColumn)
        .personal_content("faq_search", "query", Part::WholeValue)
}

/// Entries that a search shows; more would not be read.
const RESULTS: usize = 5;

/// Keywords of one entry.
const MAX_KEYWORDS: usize = 20;

/// Groups of synonyms in one guild.
const MAX_SYNONYMS: usize = 200;

/// How the FAQ works in a server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    retention_days: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { retention_days: 365 }
    }
}

impl Schema for Settings {
    const FEATURE: &'static str = "faq";
    const FIELDS: &'static [settings::Field] =
        &[settings::field("retention_days", "For how many days I keep what people searched for", RETENTION)];
}

const RETENTION: Kind = Kind::Integer { min: 1, max: 3650 };

/// Answers to common questions
#[derive(CommandModel, CreateCommand)]
#[command(name = "faq")]
enum Faq {
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
    #[command(name = "synonyms")]
    Synonyms(Synonyms),
    #[command(name = "reload")]
    Reload(Reload),
}

/// Find answers
#[derive(CommandModel, CreateCommand)]
#[command(name = "search")]
struct Search {
    /// What you want to know
    #[command(autocomplete = true, max_length = 200)]
    query: String,
    /// Show the answer to everybody here
    public: Option<bool>,
}

/// Show one answer
#[derive(CommandModel, CreateCommand)]
#[command(name = "view")]
struct View {
    /// Its title or #number
    #[command(autocomplete = true, max_length = 200)]
    entry: String,
    /// Show the answer to everybody here
    public: Option<bool>,
}

/// List all answers
#[derive(CommandModel, CreateCommand)]
#[command(name = "list")]
struct List {
    /// Show the list to everybody here
    public: Option<bool>,
}

/// Add an answer (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "add")]
struct Add {}

/// Change an answer (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "edit")]
struct Edit {
    /// Its title or #number
    #[command(autocomplete = true, max_length = 200)]
    entry: String,
}

/// Remove an answer (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "remove")]
struct Remove {
    /// Its title or #number
    #[command(autocomplete = true, max_length = 200)]
    entry: String,
}

/// Pin an answer to the top of the list, or unpin it (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "pin")]
struct Pin {
    /// Its title or #number
    #[command(autocomplete = true, max_length = 200)]
    entry: String,
}

/// Say which words mean the same here (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "synonyms")]
struct Synonyms {}

/// Build the search index anew (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "reload")]
struct Reload {}

/// What the buttons and menus do.
#[derive(Debug, Serialize, Deserialize)]
enum Action {
    /// Turn to a page of the list.
    Page { page: i64 },
    /// Open the chosen result of a search.
    Open { search: Id<InteractionMarker> },
    /// Remove an entry, after having asked, as it was when that was asked.
    Remove { number: i32, revision: i32 },
    /// Leave everything as it is.
    Keep,
}

/// Which entry a form is about, and what of it was seen.
#[derive(Debug, Serialize, Deserialize)]
enum Target {
    New,
    Entry(i32, Seen),
}

/// An entry as admins fill it in.
#[derive(Debug, Default, Serialize, Deserialize)]
struct EntryForm {
    title: String,
    answer: String,
    keywords: String,
    category: String,
    source: String,
}

impl Form for EntryForm {
    const NAME: &'static str = "entry";
    const FIELDS: &'static [Field] = &[
        Field {
            name: "title",
            label: "Question",
            hint: "As members would ask it",
            style: Style::Line,
            max_chars: 100,
            required: true,
        },
        Field {
            name: "answer",
            label: "Answer",
            hint: "Markdown works",
            style: Style::Paragraph,
            max_chars: 4000,
            required: true,
        },
        Field {
            name: "keywords",
            label: "Keywords",
            hint: "Other words for it, separated by commas",
            style: Style::Line,
            max_chars: 300,
            required: false,
        },
        Field { name: "category", label: "Category", hint: "", style: Style::Line, max_chars: 50, required: false },
        Field {
            name: "source",
            label: "Source",
            hint: "A link to where more is to be read",
            style: Style::Line,
            max_chars: 500,
            required: false,
        },
    ];
}

/// Synonyms as admins fill them in.
#[derive(Debug, Default, Serialize, Deserialize)]
struct SynonymForm {
    groups: String,
}

impl Form for SynonymForm {
    const NAME: &'static str = "synonyms";
    const FIELDS: &'static [Field] = &[Field {
        name: "groups",
        label: "Words that mean the same",
        hint: "One group a line, separated by commas: refund, money back, terugbetaling",
        style: Style::Paragraph,
        max_chars: 4000,
        required: false,
    }];
}

/// What is done after the answer.
#[derive(Debug, Serialize, Deserialize)]
enum Work {
    Reload,
}

async fn faq(cx: Context, command: Faq) -> Result<Reply> {
    match command {
        Faq::Search(input) => search(cx, input).await,
        Faq::View(input) => view(cx, input).await,
        Faq::List(input) => {
            let (entries, total) = cx.app.knowledge.page(cx.guild, 0, screens::PAGE).await?;
            Ok(screens::list(&cx, &entries, 0, total)?.ephemeral(!input.public.unwrap_or(false)).into())
        }
        admins_only => {
            cx.require_admin().await?;
            administer(cx, admins_only).await
        }
    }
}

async fn administer(cx: Context, command: Faq) -> Result<Reply> {
    match command {
        Faq::Add(_) => Ok(entry_form(&cx, "Add an entry", &Target::New, &EntryForm::default())?.into()),
        Faq::Edit(input) => {
            let entry = pick(&cx, &input.entry).await?;
            let title = format!("Change #{}", entry.number);
            let form = entry.draft.into();
            Ok(entry_form(&cx, &title, &Target::Entry(entry.number, Seen::of(&form)), &form)?.into())
        }
        Faq::Remove(input) => {
            let entry = pick(&cx, &input.entry).await?;
            Ok(screens::ask_removal(&cx, &entry, "")?.ephemeral(true).into())
        }
        Faq::Pin(input) => {
            let entry = pick(&cx, &input.entry).await?;
            pin(cx, entry.number).await
        }
        Faq::Synonyms(_) => {
            let form = SynonymForm::from(&cx.app.knowledge.synonyms(cx.guild).await?[..]);
            Ok(Modal::new("Synonyms", cx.form_id::<SynonymForm>(&Seen::of(&form))?, &form)?.into())
        }
        Faq::Reload(_) => Ok(Reply::later(&Work::Reload)?),
        Faq::Search(_) | Faq::View(_) | Faq::List(_) => unreachable!("these are answered for everybody"),
    }
}

async fn search(cx: Context, input: Search) -> Result<Reply> {
    let ephemeral = !input.public.unwrap_or(false);
    let knowledge = &cx.app.knowledge;
    // A suggestion sends its number; whoever types one without the sign looks for that number's text.
    if let Some(number) = number(&input.query).filter(|_| input.query.trim_start().starts_with('#'))
        && let Some(entry) = knowledge.entry(cx.guild, number).await?
    {
        log_search(&cx, &entry.draft.title, &[number], Some(number)).await;
        report_reading(&cx, "📖 FAQ entry read", &named(number, &entry.draft.title)).await;
        return Ok(screens::entry(&entry).ephemeral(ephemeral).into());
    }
    let index = knowledge.index(cx.guild).await?;
    let hits: Vec<i32> = index.search(&input.query, RESULTS).iter().map(|hit| hit.number).collect();
    let entries = knowledge.entries(cx.guild, &hits).await?;
    log_search(&cx, &input.query, &hits, None).await;
    report_reading(&cx, "🔎 FAQ searched", &format!("“{}” · {} found", plain(&input.query), hits.len())).await;
    Ok(screens::results(&cx, &index, &input.query, &entries)?.ephemeral(ephemeral).into())
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
async fn report_reading(cx: &Context, title: &str, about: &str) {
    let entry = cx.did(Level::Debug, title, about);
    let written = async {
        let recorder = cx.app.recorder(cx.guild, cx.feature, cx.now).await?;
        recorder.write(&cx.app.db, &entry).await
    };
    match written.await {
        Ok(()) => cx.post_log(),
        Err(error) => tracing::warn!(error = format!("{error:#}"), "the log channel is not told of a search"),
    }
}

async fn view(cx: Context, input: View) -> Result<Reply> {
    let entry = match find(&cx, &input.entry).await? {
        Some(entry) => entry,
        None => {
            // Whoever reads does not care about the exact title.
            let index = cx.app.knowledge.index(cx.guild).await?;
            let best = index.search(&input.entry, 1).first().map(|hit| hit.number).ok_or_else(gone)?;
            cx.app.knowledge.entry(cx.guild, best).await?.ok_or_else(gone)?
        }
    };
    report_reading(&cx, "📖 FAQ entry read", &named(entry.number, &entry.draft.title)).await;
    Ok(screens::entry(&entry).ephemeral(!input.public.unwrap_or(false)).into())
}

fn named(number: i32, title: &str) -> String {
    format!("#{number} {}", plain(title))
}

async fn suggest(cx: Context, line: TypedLine) -> Result<Vec<Choice>> {
    let Some(("query" | "entry", typed)) = line.focused() else { return Ok(Vec::new()) };
    let index = cx.app.knowledge.index(cx.guild).await?;
    let hits = match number(typed) {
        Some(number) if index.title(number).is_some() => vec![number],
        _ => index.suggest(typed, 25).iter().map(|hit| hit.number).collect(),
    };
    let choice = |number: i32| Some(Choice { name: index.title(number)?.to_owned(), value: format!("#{number}") });
    Ok(hits.into_iter().filter_map(choice).collect())
}

async fn add_from_message(cx: Context, message: TargetMessage) -> Result<Reply> {
    cx.require_admin().await?;
    if message.content.trim().is_empty() {
        return Err(Error::user("This message has no text; use `/faq add` and write the answer yourself."));
    }
    let source = message.link(cx.guild);
    let form = EntryForm { answer: message.content, source, ..EntryForm::default() };
    Ok(entry_form(&cx, "Add an entry", &Target::New, &form)?.into())
}

async fn press(cx: Context, action: Action, chosen: Vec<String>) -> Result<Reply> {
    match action {
        Action::Page { page } => {
            let page = page.max(0);
            let offset = page.saturating_mul(screens::PAGE);
            let (entries, total) = cx.app.knowledge.page(cx.guild, offset, screens::PAGE).await?;
            Ok(Reply::Update(screens::list(&cx, &entries, page, total)?))
        }
        Action::Open { search } => {
            let number = chosen.first().and_then(|value| number(value)).ok_or_else(gone)?;
            let entry = cx.app.knowledge.entry(cx.guild, number).await?.ok_or_else(gone)?;
            cx.app.knowledge.log_choice(cx.guild, search, number).await?;
            Ok(screens::entry(&entry).ephemeral(true).into())
        }
        Action::Remove { number, revision } => remove(cx, number, revision).await,
        Action::Keep => Ok(Reply::Update(Message::new("Nothing was removed."))),
    }
}

async fn pin(cx: Context, number: i32) -> Result<Reply> {
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let (title, pinned) = knowledge::toggle_pin(&mut tx, cx.guild, number).await?.ok_or_else(gone)?;
    let done = if pinned { "Pinned" } else { "Unpinned" };
    let entry = cx.did(Level::Info, format!("📌 FAQ entry {}", done.to_lowercase()), &named(number, &title));
    recorder.write(&mut *tx, &entry).await?;
    tx.commit().await?;
    cx.app.knowledge.changed(cx.guild).await;
    cx.post_log();
    Ok(Reply::ephemeral(format!("{done} #{number} **{}**.", plain(&title))))
}

async fn remove(cx: Context, number: i32, revision: i32) -> Result<Reply> {
    cx.require_admin().await?;
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let Some(title) = knowledge::remove(&mut tx, cx.guild, number, revision).await? else {
        tx.rollback().await?;
        // Whoever agreed that it goes has not seen what it says now.
        let entry = cx.app.knowledge.entry(cx.guild, number).await?.ok_or_else(gone)?;
        return Ok(Reply::Update(screens::ask_removal(&cx, &entry, "Somebody has just changed it. ")?));
    };
    recorder.write(&mut *tx, &cx.did(Level::Info, "🗑️ FAQ entry removed", &named(number, &title))).await?;
    tx.commit().await?;
    cx.app.knowledge.changed(cx.guild).await;
    cx.post_log();
    Ok(Reply::Update(Message::new(format!("Removed #{number} **{}**.", plain(&title)))))
}

async fn save(cx: Context, target: Target, form: EntryForm) -> Result<Reply> {
    cx.require_admin().await?;
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let (known, form) = match target {
        Target::New => (None, form),
        Target::Entry(number, seen) => {
            let entry = knowledge::lock(&mut tx, cx.guild, number).await?.ok_or_else(removed)?;
            (
                Some(number),
                seen.merge(&entry.draft.into(), &form).map_err(|it| Error::User(say_collision(&it, "`/faq edit`")))?,
            )
        }
    };
    let draft = Draft::try_from(&form).map_err(Error::user)?;
    let (saved, done, entry) = match known {
        None => {
            let added = knowledge::add(&mut tx, cx.guild, &draft, cx.member.id, cx.now).await?;
            (added, "Added", (Level::Success, "🟢 New FAQ entry"))
        }
        Some(number) => {
            let changed = knowledge::edit(&mut tx, cx.guild, number, &draft, cx.now).await?;
            (changed.map(|()| number), "Changed", (Level::Info, "🟡 FAQ entry changed"))
        }
    };
    let Ok(number) = saved else {
        tx.rollback().await?;
        return Err(title_taken(&cx, &draft.title).await?);
    };
    let (level, title) = entry;
    recorder.write(&mut *tx, &cx.did(level, title, &named(number, &draft.title))).await?;
    tx.commit().await?;
    cx.app.knowledge.changed(cx.guild).await;
    cx.post_log();
    Ok(screens::saved(&format!("{done} #{number} **{}**.", plain(&draft.title)), &draft, number))
}

fn removed() -> Error {
    Error::user("This entry was removed meanwhile; add it again with `/faq add`.")
}

async fn title_taken(cx: &Context, title: &str) -> Result<Error> {
    let holder = cx.app.knowledge.entry_by_title(cx.guild, title).await?.ok_or_else(removed)?;
    let number = holder.number;
    Ok(Error::user(format!("Entry #{number} has this question already; change that one with `/faq edit`.")))
}

async fn save_synonyms(cx: Context, seen: Seen, form: SynonymForm) -> Result<Reply> {
    cx.require_admin().await?;
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let stored = knowledge::lock_synonyms(&mut tx, cx.guild).await?;
    let form = seen
        .merge(&SynonymForm::from(&stored[..]), &form)
        .map_err(|it| Error::User(say_collision(&it, "`/faq synonyms`")))?;
    let groups: Vec<Vec<String>> = form.groups.lines().map(words).filter(|words| words.len() > 1).collect();
    if groups.len() > MAX_SYNONYMS {
        return Err(Error::user(format!(
            "A server has at most {MAX_SYNONYMS} groups of synonyms; please leave some out."
        )));
    }
    let told = match groups.len() {
        0 => "No synonyms are set now.".to_owned(),
        1 => "1 group of synonyms is set now.".to_owned(),
        count => format!("{count} groups of synonyms are set now."),
    };
    if groups != stored {
        knowledge::set_synonyms(&mut tx, cx.guild, &groups).await?;
        recorder.write(&mut *tx, &cx.did(Level::Info, "🟡 FAQ synonyms changed", &told)).await?;
        tx.commit().await?;
        cx.app.knowledge.changed(cx.guild).await;
        cx.post_log();
    }
    Ok(Reply::ephemeral(told))
}

async fn work(promise: Promise, work: Work) -> Result<Message> {
    match work {
        Work::Reload => {
            let index = promise.app.knowledge.reload(promise.guild).await?;
            let entries = match index.len() {
                1 => "1 entry".to_owned(),
                count => format!("{count} entries"),
            };
            Ok(Message::new(format!("The search index is new; it knows {entries}.")))
        }
    }
}

async fn guilds_with_searches(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    app.knowledge.guilds_with_searches(now - SignedDuration::from_hours(24)).await
}

async fn forget_searches(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let days = app.settings.get::<Settings>(guild).await?.retention_days;
    app.knowledge.forget_searches(guild, now - SignedDuration::from_hours(24 * days)).await?;
    Ok(())
}

fn entry_form(cx: &Context, title: &str, target: &Target, form: &EntryForm) -> Result<Modal> {
    Ok(Modal::new(title, cx.form_id::<EntryForm>(target)?, form)?)
}

/// The entry that `text` names: `#3` as a suggestion sends it, or a title.
async fn find(cx: &Context, text: &str) -> Result<Option<Entry>> {
    match number(text) {
        Some(number) => Ok(cx.app.knowledge.entry(cx.guild, number).await?),
        None => Ok(cx.app.knowledge.entry_by_title(cx.guild, text.trim()).await?),
    }
}

/// The same for whoever changes it, which takes an exact name.
async fn pick(cx: &Context, text: &str) -> Result<Entry> {
    find(cx, text).await?.ok_or_else(gone)
}

fn gone() -> Error {
    Error::user("There is no such entry; pick one that is suggested while you type, or see `/faq list`.")
}

/// The number in `#3` or `3`.
fn number(text: &str) -> Option<i32> {
    let digits = text.trim();
    digits.strip_prefix('#').unwrap_or(digits).parse().ok().filter(|number| *number > 0)
}

/// The words of a list with commas, each once.
fn words(list: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in list.split([',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
        if !words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            words.push(word.to_owned());
        }
    }
    words
}

impl From<&[Vec<String>]> for SynonymForm {
    fn from(groups: &[Vec<String>]) -> SynonymForm {
        // Without spaces, so that what fitted when it was typed fits again.
        let lines: Vec<String> = groups.iter().map(|words| words.join(",")).collect();
        SynonymForm { groups: lines.join("\n") }
    }
}

impl From<Draft> for EntryForm {
    fn from(draft: Draft) -> EntryForm {
        EntryForm {
            title: draft.title,
            answer: draft.answer,
            // Without spaces, so that what fitted when it was typed fits again.
            keywords: draft.keywords.join(","),
            category: draft.category.unwrap_or_default(),
            source: draft.source_url.unwrap_or_default(),
        }
    }
}

impl TryFrom<&EntryForm> for Draft {
    type Error = &'static str;

    /// # Errors
    /// The sentence that says what to mend.
    fn try_from(form: &EntryForm) -> Result<Draft, &'static str> {
        let text = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        let title = text(&form.title).ok_or("An entry needs a question; please add one.")?;
        let answer = text(&form.answer).ok_or("An entry needs an answer; please add one.")?;
        // Files bring what no form would have let pass, and what is stored must fit into the form again.
        let too_long = EntryForm::FIELDS.iter().any(|field| !fits(form.input(field.name), field.max_chars.into()));
        if too_long {
            return Err(
                "That is too long: a question takes 100 characters, an answer 4,000, keywords 300, a category 50.",
            );
        }
        if title.contains('\n') {
            return Err("A question is one line; please remove the line breaks.");
        }
        let keywords = words(&form.keywords);
        if keywords.len() > MAX_KEYWORDS {
            return Err("An entry has at most 20 keywords; please remove some.");
        }
        let source_url = text(&form.source);
        if source_url.as_deref().is_some_and(|url| !is_web_address(url)) {
            return Err("A source is a web address that starts with `https://`; please mend it.");
        }
        Ok(Draft { title, answer, keywords, category: text(&form.category), source_url })
    }
}

impl EntryForm {
    fn input(&self, name: &str) -> &str {
        match name {
            "title" => &self.title,
            "answer" => &self.answer,
            "keywords" => &self.keywords,
            "category" => &self.category,
            _ => &self.source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_and_without_its_sign() {
        let check = |text: &str, expected| assert_eq!(number(text), expected, "{text}");
        check("#3", Some(3));
        check(" 12 ", Some(12));
        check("0", None);
        check("-1", None);
        check("3 wishes", None);
        check("99999999999", None);
    }

    #[test]
    fn a_draft_is_checked_before_it_is_stored() {
        let form = |title: &str, answer: &str, source: &str| EntryForm {
            title: title.to_owned(),
            answer: answer.to_owned(),
            source: source.to_owned(),
            ..EntryForm::default()
        };
        let check = |form: EntryForm, expected: Option<&str>| {
            assert_eq!(Draft::try_from(&form).err(), expected, "{form:?}");
        };
        check(form("Refunds", "Within 30 days.", ""), None);
        check(form("  ", "x", ""), Some("An entry needs a question; please add one."));
        check(form("x", "\n", ""), Some("An entry needs an answer; please add one."));
        check(form("x", "y", "https://example.com/a?b#c"), None);
        for source in ["javascript:alert(1)", "https://", "https://[", "example.com", "https://a b"] {
            let why = "A source is a web address that starts with `https://`; please mend it.";
            check(form("x", "y", source), Some(why));
        }
    }

    #[test]
    fn words_are_kept_once() {
        assert_eq!(words("refund, Money back ,REFUND,;"), ["refund", "Money back"]);
    }
}
