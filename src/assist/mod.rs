//! Replies that are drafted for whoever answers a member: what the guild knows, put into words by a model if there is one, and
//! judged by us.
//!
//! Nothing here asks who may; operations do. In reading order: [`draft`], below, [`find_known`] and `known` (what the guild knows), `prompt`
//! (what a model is told), `judge` (what of its answer stands), `distress` (who is in need), `spend` (what it may cost), `advice` (what
//! members ask the coach), `kept` (a draft as a row), `outcome`, `store`.

mod advice;
pub mod distress;
mod find;
pub mod judge;
mod kept;
mod known;
mod lately;
mod outcome;
mod prompt;
pub mod settings;
mod spend;
mod store;

use std::time::{Duration, Instant};

use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::app::App;
use crate::llm::redact::{Redactor, Restored};
use crate::llm::{self, Asked, Chat};
use crate::ui::limits::fits;
use crate::words::Language;
pub use advice::{Advice, Matter, Style, advise};
pub use distress::{Distress, distress as distress_of};
pub use find::{Blocked, blocked_phrases, find as find_known};
pub use judge::LONGEST_REPLY;
use judge::{Answer, Ground, Own, Spoken, Verdict};
pub use kept::{
    End, decide, end_unsaid, find, forget, guilds_with_unsaid, is_unsaid, list_replies, list_unsaid, take_unsaid,
    write_down,
};
use known::Known;
pub use known::{Source, SourceOf};
pub use lately::{Drafts, drafts};
pub use outcome::{Decision, Made, Outcome, Reason, changed};
pub use settings::Settings;
pub use store::Kept;
pub use store::lately::Lately;
pub use store::said::Unsaid;

/// How long whoever asks waits for a model at most.
const PATIENCE: Duration = Duration::from_secs(60);

/// Entries and passages that are shown where no answer is drafted.
const NEAREST: usize = 3;

/// Tokens that a model writes at most for a draft, with what it thinks.
const MOST_WRITTEN: u32 = 1_500;

/// Of what a member wrote last, so many texts say what they want to know.
const LAST_WORDS: usize = 3;

/// A question of a member, as whoever drafts an answer to it sees it.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// What it is about.
    pub subject: String,
    /// What they were asked when they came, with their answers.
    pub answers: Vec<(String, String)>,
    /// What was said since, the oldest first, and by whom.
    pub talk: Vec<(Speaker, String)>,
    /// The language of their Discord.
    pub locale: Option<Language>,
    /// What whoever asks for the draft wants of it.
    pub wish: Option<String>,
}

/// What somebody who says something is to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// Theirs it is.
    Member,
    /// They answer it, by themselves or by a reply that the bot posted for them.
    Staff,
    /// They were let in.
    Other,
}

impl Speaker {
    /// What a model is told.
    fn name(self) -> &'static str {
        match self {
            Speaker::Member => "member",
            Speaker::Staff => "staff",
            Speaker::Other => "other",
        }
    }
}

impl Question {
    /// What the member themselves wrote, the oldest first.
    fn own_words(&self) -> Vec<String> {
        let answers = self.answers.iter().map(|(_, answer)| answer.clone());
        let said = self.talk.iter().filter(|(by, _)| *by == Speaker::Member).map(|(_, text)| text.clone());
        [self.subject.clone()].into_iter().chain(answers).chain(said).filter(|text| !text.trim().is_empty()).collect()
    }

    /// What is looked for: what it is about, and what they wrote last.
    fn looked_for(&self) -> String {
        let words = self.own_words();
        let last = words.len().saturating_sub(LAST_WORDS).max(1);
        words.iter().take(1).chain(words.iter().skip(last)).map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

/// What is shown to whoever asked.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// The draft, with what is no answer in it taken away; nothing where there is none.
    pub text: Option<String>,
    /// The question as the model understood it.
    pub understood: String,
    /// What the draft rests on.
    pub sources: Vec<Source>,
    /// What comes nearest, where there is no draft.
    pub nearest: Vec<Source>,
    /// The language in which it should be, if it is in another.
    pub should_be_in: Option<Language>,
    /// Sentences that did not stand.
    pub dropped: usize,
    /// Whether the member seems to be in need.
    pub distress: Distress,
    /// Why no model was asked, or none answered.
    pub trouble: Option<Trouble>,
    /// What the model cost.
    pub cost: Cost,
}

/// Why there is no draft of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The server wants none.
    SwitchedOff,
    /// It is about what is told to no model here.
    Blocked,
    /// It was asked, and whoever asked died before its answer was here. It is not asked a second time by itself.
    Interrupted,
    /// It answered nothing.
    Empty,
    /// What went wrong with it.
    Model(llm::Error),
}

/// What a draft cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The model that wrote, if one did.
    pub model: Option<String>,
    /// Tokens that it was told, as it counts them.
    pub prompt_tokens: u64,
    /// Tokens that it wrote.
    pub completion_tokens: u64,
    /// How long it took.
    pub took: Duration,
}

/// Drafts an answer to `question`, which a model is asked once for, however often this is tried.
///
/// # Errors
/// The database does not answer. Whatever is wrong with the model is said in what is drafted.
pub async fn draft(app: &App, guild: Id<GuildMarker>, made: &Made, question: &Question) -> anyhow::Result<Drafted> {
    let settings = app.settings.get::<Settings>(guild).await?;
    // What no model may be told, none is asked the meaning of.
    let is_told = settings.drafts && !is_blocked(&settings, question, &[]);
    let known = known::list(app, guild, &question.looked_for(), is_told).await?;
    let own_words = question.own_words();
    let mut drafted = Drafted {
        text: None,
        understood: String::new(),
        sources: Vec::new(),
        nearest: known.iter().take(NEAREST).map(Known::source).collect(),
        should_be_in: None,
        dropped: 0,
        distress: distress_of(&own_words.join("\n")),
        trouble: None,
        cost: Cost::default(),
    };
    drafted.trouble = match () {
        () if !settings.drafts => Some(Trouble::SwitchedOff),
        () if is_blocked(&settings, question, &known) => Some(Trouble::Blocked),
        () if !app.llm.is_on() => Some(Trouble::Model(llm::Error::Off)),
        () => None,
    };
    if drafted.trouble.is_some() || known.is_empty() {
        return Ok(drafted);
    }
    let locale = question.locale.map(Language::code);
    let wanted = judge::language_of_opener(&own_words, locale).and_then(Language::of_code);
    let wanted = match wanted {
        Some(wanted) => wanted,
        None => app.guild_language(guild).await?,
    };
    let writing = Writing { app, guild, made, settings: &settings, wanted };
    writing.write(question, &known, &mut drafted).await?;
    Ok(drafted)
}

/// Whether anything that a model would be told is about what no model is told here.
fn is_blocked(settings: &Settings, question: &Question, known: &[Known]) -> bool {
    let blocked = Blocked::of(settings);
    let answers = question.answers.iter().flat_map(|(asked, answer)| [asked, answer]);
    let talk = question.talk.iter().map(|(_, text)| text).chain(&question.wish).chain([&question.subject]);
    let known = known.iter().flat_map(|source| [&source.title, &source.text]);
    answers.chain(talk).chain(known).any(|text| blocked.is_in(text))
}

/// A draft that a model writes.
struct Writing<'a> {
    app: &'a App,
    guild: Id<GuildMarker>,
    made: &'a Made,
    settings: &'a Settings,
    wanted: Language,
}

impl Writing<'_> {
    async fn write(&self, question: &Question, known: &[Known], drafted: &mut Drafted) -> anyhow::Result<()> {
        let mut redactor = Redactor::new();
        let name = advice::english_name(self.wanted);
        let told = prompt::told(question, known.iter().map(Known::passage).collect(), name, &mut redactor);
        let own = self.own();
        let ground = Ground { passages: &told.passages, ticket: &told.ticket, own: &own };
        let mut messages = told.messages.clone();
        let deadline = Instant::now() + PATIENCE;
        // From here on it may cost something, so it is written down first: whoever repeats this after it died asks no more.
        if !store::begin(&self.app.db, self.guild, self.made).await? {
            drafted.trouble = Some(Trouble::Interrupted);
            return Ok(());
        }
        let counted = spend::count(self.app, self.guild, self.made, self.settings).await?;
        if let Err(error) = counted {
            drafted.trouble = Some(Trouble::Model(error));
            return Ok(());
        }
        let mut first: Option<Drafted> = None;
        while let Some(answer) = self.ask(&messages, deadline, drafted).await? {
            let verdict = judge::judge(&Answer::read(&answer), &ground);
            let is_other = self.take(&verdict, &ground, known, &redactor, drafted);
            if !is_other || first.is_some() {
                break;
            }
            first = Some(drafted.clone());
            messages.push(llm::Message::assistant(answer.to_string()));
            messages.push(llm::Message::user(prompt::in_language(name)));
        }
        // What stood before stands, unless the second does.
        if let Some(first) = first.filter(|_| drafted.text.is_none() || drafted.trouble.is_some()) {
            *drafted = Drafted { cost: std::mem::take(&mut drafted.cost), ..first };
        }
        Ok(())
    }

    /// What the guild vouches for: links into itself.
    fn own(&self) -> Own {
        let mut links = vec![format!("discord.com/channels/{}", self.guild)];
        links.extend(
            self.app.config.public_url.as_deref().map(|url| url.split_once("://").map_or(url, |it| it.1).to_owned()),
        );
        Own { links, mentions: Vec::new() }
    }

    /// Asks the model, as far as it may cost something; nothing if it may not, or did not answer.
    async fn ask(
        &self,
        messages: &[llm::Message],
        deadline: Instant,
        drafted: &mut Drafted,
    ) -> anyhow::Result<Option<serde_json::Value>> {
        let model = self.settings.model.as_deref();
        let temperature = self.settings.temperature.map(|it| it as f32);
        let max_tokens = Some(MOST_WRITTEN);
        let chat = Chat { model, temperature, max_tokens, deadline, ..Chat::new(self.guild, messages) };
        let reserved = match spend::reserve(self.app, self.guild, self.made, &chat, self.settings).await? {
            Ok(reserved) => reserved,
            Err(error) => {
                drafted.trouble = Some(Trouble::Model(error));
                return Ok(None);
            }
        };
        let schema = prompt::schema();
        let Asked { result, usage, took, .. } =
            self.app.llm.fill::<serde_json::Value>(&chat, &prompt::form(&schema)).await;
        reserved.settle(self.app, usage).await;
        drafted.cost.prompt_tokens += usage.prompt;
        drafted.cost.completion_tokens += usage.completion;
        drafted.cost.took += took;
        match result {
            Ok(answer) => {
                drafted.cost.model = self.app.llm.model(model).map(str::to_owned);
                Ok(Some(answer))
            }
            Err(error) => {
                drafted.trouble = Some(Trouble::Model(error));
                Ok(None)
            }
        }
    }

    /// Takes over what stands of an answer; `true` if it is in another language than it should be.
    fn take(
        &self,
        verdict: &Verdict,
        ground: &Ground<'_>,
        known: &[Known],
        redactor: &Redactor,
        drafted: &mut Drafted,
    ) -> bool {
        drafted.understood = redactor.restore(&verdict.understood).text;
        drafted.dropped = verdict.dropped.len();
        (drafted.text, drafted.should_be_in, drafted.sources) = (None, None, Vec::new());
        if !verdict.is_answer() {
            return false;
        }
        let post = judge::post(verdict, ground);
        let is_other = matches!(judge::spoken(&post.text, self.wanted.code()), Spoken::Other(_));
        drafted.should_be_in = is_other.then_some(self.wanted);
        let Restored { text, .. } = redactor.restore_to_post(&post.text);
        let text = if fits(&text, LONGEST_REPLY.into()) { text } else { post.text };
        drafted.sources = known.iter().filter(|it| post.sources.contains(&it.id)).map(Known::source).collect();
        drafted.dropped += post.left_out;
        drafted.text = Some(text).filter(|text| !text.trim().is_empty());
        is_other
    }
}
