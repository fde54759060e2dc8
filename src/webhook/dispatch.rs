//! From an envelope to an answer: find the function, run it in time, turn what it says into JSON.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use metrics::{counter, histogram};
use secrecy::SecretString;
use serde_json::value::RawValue;
use tokio_util::sync::{CancellationToken, DropGuard};
use tracing::Instrument;
use twilight_model::channel::message::{Component, Embed};
use twilight_model::http::interaction::InteractionResponse;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker};

use super::again::{self, Sent};
use super::envelope::{self, Envelope, RawCommand, RawComponent, RawMember, RawModal, RawUser};
use super::{filtered, store};
use crate::acting::{Barred, Member};
use crate::app::App;
use crate::error::{Error, Result};
use crate::feature::{AGAIN, Bot, Feature, Features, Pressed, Run, Submitted, outdated};
use crate::interactions::promise::{Promised, TooMuchWaits};
use crate::interactions::{Context, Reply, Resolved, is_collision, reply::Deferred, reply::Later};
use crate::settings::{ENABLED, System};
use crate::ui::{Message, custom_id::CustomId, form};
use crate::words::{Language, Say};
use crate::{said, say};

/// How long the language of a guild may be looked for.
const LANGUAGE_TIME: Duration = Duration::from_millis(500);

/// Discord gives up after 3 s (<https://discord.com/developers/docs/interactions/receiving-and-responding>); this
/// leaves room for the network.
const HANDLER_TIME: Duration = Duration::from_millis(2500);

/// What is sent back, and the work that follows it.
pub(super) struct Answer {
    /// Nothing if Discord has it already.
    pub(super) response: Option<InteractionResponse>,
    pub(super) promised: Option<Promised>,
    /// Dropped when the answer is on its way, or never will be.
    pub(super) answered: DropGuard,
}

/// The kinds of interaction, without PING
/// (<https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-type>).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Command,
    Component,
    Autocomplete,
    Modal,
}

impl Kind {
    /// Of the number that Discord sends.
    fn of(number: u64) -> Option<Kind> {
        Some(match number {
            2 => Kind::Command,
            3 => Kind::Component,
            4 => Kind::Autocomplete,
            5 => Kind::Modal,
            _ => return None,
        })
    }
}

/// Why an interaction has no ordinary answer.
enum Failure {
    Error(Error),
    /// Another delivery of it was answered.
    Repeated,
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::Error(error.into())
    }
}

/// What an interaction asks for, ready to run.
struct Found {
    /// For metrics and logs; from our own lists.
    label: String,
    feature: &'static str,
    run: Pin<Box<dyn Future<Output = Result<Reply>> + Send>>,
    /// What a member gets back if it is refused.
    written: Vec<Embed>,
    /// The form that was sent, if it was one that can be opened again.
    sent: Option<Sent>,
}

impl Found {
    /// What comes without a form.
    fn of(label: String, feature: &'static str, run: Pin<Box<dyn Future<Output = Result<Reply>> + Send>>) -> Found {
        Found { label, feature, run, written: Vec::new(), sent: None }
    }
}

/// What came of an interaction.
struct Ran {
    /// As in [`Found`].
    label: String,
    written: Vec<Embed>,
    /// The button that opens the refused form again.
    again: Option<Component>,
    outcome: Result<(Reply, Option<Promised>), Failure>,
}

/// Answers one interaction; `None` if it is none.
pub(super) async fn dispatch(bot: &Bot, kind: u64, body: &[u8]) -> Option<Answer> {
    let began = Instant::now();
    let kind = Kind::of(kind)?;
    let envelope: Envelope<'_> = serde_json::from_slice(body).ok()?;
    let (app_permissions, channel_kind) = (envelope.app_permissions(), envelope.channel_kind());
    let interaction = envelope.id.0?;
    envelope.application_id.0?;
    let token: SecretString = envelope.token.0.filter(|token| is_token(token))?.into();
    let data = envelope.data.filter(|data| data.get().starts_with('{'))?;
    let from_message = envelope.message.0.is_some();
    // A message without flags is one that others may see.
    let shown_to_one = envelope.message.0.as_ref().is_some_and(|message| message.is_ephemeral());
    let in_guild = envelope.guild_id.0.is_some();

    let now = bot.app.clock.now();
    let place = match (envelope.guild_id.0, envelope.member.0, envelope.user.0) {
        (Some(guild), Some(member), _) => Some((guild, read_member(member), false)),
        // What we sent to somebody directly says which server it is about.
        (None, _, Some(user)) if matches!(kind, Kind::Component | Kind::Modal) => {
            envelope::named_guild(data).map(|guild| (guild, somebody(user), true))
        }
        _ => None,
    };
    if kind != Kind::Autocomplete
        && let (Some((guild, member, _)), Some(locale)) = (&place, envelope.locale.0.as_deref())
    {
        bot.app.note_reader(*guild, member.id, locale).await;
    }
    let answered = CancellationToken::new();
    // However this ends: a caller that hangs up takes no answer any more, and nobody waits for one then.
    let guard = answered.clone().drop_guard();
    let language = match &place {
        Some((guild, ..)) => read_language(&bot.app, *guild, envelope.locale.0.as_deref()).await,
        None => envelope.locale.0.as_deref().and_then(Language::of_locale).unwrap_or_default(),
    };
    let guild = place.as_ref().map(|(guild, ..)| *guild);
    let context = place.map(|(guild, member, direct)| Context {
        app: bot.app.clone(),
        feature: "",
        interaction,
        token: token.clone(),
        guild,
        direct,
        channel: envelope.channel_id.0,
        member,
        language,
        chosen_language: None,
        message: envelope.message.0.as_ref().map(|message| message.id),
        message_text: envelope.message.0.and_then(|message| message.content.0).unwrap_or_default(),
        // Nothing is chosen while somebody types.
        resolved: if kind == Kind::Autocomplete { Resolved::default() } else { envelope::resolved(data) },
        app_permissions,
        channel_kind,
        desk: bot.features.desk(),
        attachment_limit: envelope.attachment_size_limit.0,
        now,
        arrived: began,
        answered,
    });
    let cx = match context {
        Some(cx) => Ok(cx),
        None if in_guild => Err(strange()),
        None => Err(Error::user(said!(interactions_only_in_servers))),
    };
    let Ran { label, written, again, outcome } = find_and_run(bot, kind, cx, data).await;
    let (reply, promised, outcome) = answer(kind, (interaction, language), &label, (written, again), outcome);
    // A form that a command opened comes without a message.
    let reply = if from_message { reply } else { reply.without_update() };
    let reply = match guild {
        Some(guild) => {
            filtered::answer_by_call(&bot.app, guild, (interaction, &token), (language, shown_to_one), reply, began)
                .await
        }
        None => Some(reply),
    };
    counter!("interaction_outcomes_total", "command" => label.clone(), "outcome" => outcome).increment(1);
    histogram!("interaction_answer_seconds", "command" => label).record(began.elapsed());
    Some(Answer { response: reply.map(Reply::into_response), promised, answered: guard })
}

/// Runs what an interaction asks for, and keeps the form that was refused.
async fn find_and_run(bot: &Bot, kind: Kind, cx: Result<Context>, data: &RawValue) -> Ran {
    let found = cx.and_then(|cx| {
        let found = find(&bot.features, kind, cx.clone(), data)?;
        Ok((Context { feature: found.feature, ..cx }, found))
    });
    let (cx, mut found) = match found {
        Ok(found) => found,
        Err(error) => {
            let outcome = Err(Failure::Error(error));
            return Ran { label: "unknown".to_owned(), written: Vec::new(), again: None, outcome };
        }
    };
    let (label, written) = (found.label.clone(), std::mem::take(&mut found.written));
    let sent = found.sent.take();
    let outcome = run(bot, kind, cx.clone(), found).await;
    let again = match (sent, &outcome) {
        (Some(sent), Err(Failure::Error(Error::User(said)))) if !is_collision(said) => again::keep(&cx, sent).await,
        (Some(sent), Ok((reply, _))) => {
            // Work that is only promised may be refused yet.
            if !matches!(reply, Reply::Later(_)) {
                again::forget(&cx, sent);
            }
            None
        }
        _ => None,
    };
    Ran { label, written, again, outcome }
}

/// Tokens are printable; anything else would reach a request line.
fn is_token(token: &str) -> bool {
    !token.is_empty() && token.len() <= 1024 && token.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/')
}

fn read_member(raw: RawMember) -> Member {
    let permissions = raw.permissions();
    let known = somebody(raw.user);
    Member {
        name: raw.nick.0.unwrap_or(known.name),
        roles: raw.roles.0.into_iter().flatten().filter_map(|role| role.0).collect(),
        permissions,
        ..known
    }
}

/// Somebody of whom we know no role and no permission.
fn somebody(raw: RawUser) -> Member {
    let names = [raw.global_name.0, raw.username.0];
    // Whoever shows a name that is empty says it in the reader's language.
    Member { name: names.into_iter().flatten().next().unwrap_or_default(), ..Member::nobody(raw.id) }
}

/// The function that answers, with its input.
fn find(features: &Features, kind: Kind, mut cx: Context, data: &RawValue) -> Result<Found> {
    match kind {
        Kind::Command | Kind::Autocomplete => {
            let command: RawCommand = envelope::read(data).ok_or_else(strange)?;
            let (feature, entry) = features
                .command(command.kind, &command.name)
                .ok_or_else(|| Error::user(said!(interactions_command_gone)))?;
            cx.feature = feature.name;
            let label = match command.kind {
                1 => known_path(&entry.definition, &command.path()),
                _ => command.name.clone(),
            };
            if kind == Kind::Autocomplete {
                let suggest = entry.suggest.clone();
                let run = Box::pin(async move {
                    Ok(Reply::Choices(match suggest {
                        Some(suggest) => suggest(cx, command.into_line()).await?,
                        None => Vec::new(),
                    }))
                });
                let label = format!("{label} suggestions");
                return Ok(Found::of(label, feature.name, run));
            }
            let run = match &entry.run {
                Run::Tree(run) => run(cx, command.into_line()),
                Run::Slash(run) => run(cx, command.into_input()),
                Run::Message(run) => run(cx, command.target_message().ok_or_else(strange)?),
                Run::User(run) => run(cx, command.target_user().ok_or_else(strange)?),
            };
            Ok(Found::of(label, feature.name, run))
        }
        Kind::Component => {
            let component: RawComponent = envelope::read(data).ok_or_else(strange)?;
            let (feature, id) = owner(features, &cx, &component.custom_id)?;
            if id.form == AGAIN {
                let interaction = id.payload().ok_or_else(outdated)?;
                let shapes = feature.form_shapes.iter();
                let shapes: Vec<_> = shapes.map(|it| (it.name, (it.fields, Arc::clone(&it.frame)))).collect();
                cx.feature = feature.name;
                let known = move |form: &str| shapes.iter().find(|(name, _)| *name == form).map(|(_, it)| it.clone());
                let run = Box::pin(again::reopen(cx, interaction, known));
                let label = format!("{} again", feature.name);
                return Ok(Found::of(label, feature.name, run));
            }
            let press = feature.press.as_ref().ok_or_else(outdated)?;
            cx.feature = feature.name;
            let values = component.values.0.unwrap_or_default();
            let run = press(cx, Pressed { custom_id: component.custom_id, values });
            Ok(Found::of(format!("{} button", feature.name), feature.name, run))
        }
        Kind::Modal => {
            let modal: RawModal = envelope::read(data).ok_or_else(strange)?;
            let fields = modal.fields();
            let (feature, id) = owner(features, &cx, &modal.custom_id)?;
            let handle = feature.forms.get(id.form).ok_or_else(outdated)?;
            let label = format!("{} form {}", feature.name, id.form);
            cx.feature = feature.name;
            let shape = feature.form_shapes.iter().find(|shape| shape.name == id.form);
            let written = shape.map(|shape| form::written(cx.language, shape.fields, &fields)).unwrap_or_default();
            let sent = shape.map(|shape| {
                let (custom_id, values) = (modal.custom_id.clone(), fields.clone());
                Sent { custom_id, shape: shape.fields, values }
            });
            let run = handle(cx, Submitted { custom_id: modal.custom_id, fields });
            Ok(Found { label, feature: feature.name, run, written, sent })
        }
    }
}

fn strange() -> Error {
    Error::user(said!(interactions_strange))
}

fn owner<'a, 'b>(features: &'a Features, cx: &Context, custom_id: &'b str) -> Result<(&'a Feature, CustomId<'b>)> {
    let id = CustomId::parse(custom_id).ok_or_else(outdated)?;
    // One for direct messages is worth nothing in a server, and the other way round.
    if id.guild != cx.direct.then_some(cx.guild) {
        return Err(outdated());
    }
    let feature = features.feature(id.feature).ok_or_else(outdated)?;
    Ok((feature, id))
}

/// `path` if the command has such a subcommand; labels must not grow with what clients send.
fn known_path(definition: &twilight_model::application::command::Command, path: &str) -> String {
    let mut options = &definition.options;
    for name in path.split(' ').skip(1) {
        match options.iter().find(|option| option.name == name) {
            Some(option) => options = option.options.as_ref().unwrap_or(&definition.options),
            None => return definition.name.clone(),
        }
    }
    path.to_owned()
}

/// Runs what was found, once and in time.
async fn run(bot: &Bot, kind: Kind, cx: Context, found: Found) -> Result<(Reply, Option<Promised>), Failure> {
    let Found { run, label, feature, .. } = found;
    let cx = Context { feature, ..cx };
    let span = tracing::info_span!("interaction", id = %cx.interaction, command = label);
    let switch = bot.features.feature(feature).filter(|feature| feature.declared.field(ENABLED.name).is_some());
    let group = switch.map(|feature| feature.declared.group());
    let work = async move {
        if let Some(group) = group
            && !cx.app.settings.enabled(cx.guild, feature).await
        {
            return Err(Error::User(Barred::Off { feature: group }.said()).into());
        }
        // Suggestions change nothing and come with every keystroke.
        if kind != Kind::Autocomplete && !store::claim(&cx.app.db, cx.interaction, cx.now).await? {
            return Err(Failure::Repeated);
        }
        match run.await? {
            Reply::Later(Later { work, ephemeral, in_place }) => {
                let promised = match work {
                    Deferred::Described(work) => {
                        // Refusals and apologies, too, are read by the channel then.
                        let language = cx.language_of_answer(!ephemeral).await?;
                        Box::new(cx.store_promise(&cx.app.db, work, language).await?)
                    }
                    Deferred::Promised(promised) => promised,
                };
                let later = Later { work: Deferred::Promised(promised.clone()), ephemeral, in_place };
                Ok((Reply::Later(later), Some(*promised)))
            }
            reply => Ok((reply, None)),
        }
    };
    let work = tokio::time::timeout(HANDLER_TIME, work).instrument(span);
    match AssertUnwindSafe(work).catch_unwind().await.ok() {
        Some(Ok(outcome)) => outcome,
        Some(Err(_)) => Err(anyhow::anyhow!("the handler did not answer within {HANDLER_TIME:?}").into()),
        // Its message may quote the member; where it happened is in the line that the panic itself left.
        None => Err(anyhow::anyhow!("the handler panicked").into()),
    }
}

/// What the member sees, and the outcome's name for metrics.
fn answer(
    kind: Kind,
    (interaction, language): (Id<InteractionMarker>, Language),
    label: &str,
    (written, again): (Vec<Embed>, Option<Component>),
    outcome: Result<(Reply, Option<Promised>), Failure>,
) -> (Reply, Option<Promised>, &'static str) {
    let row = again.into_iter().collect();
    let give_back = |message: Message| Reply::Message(written.into_iter().fold(message, Message::embed).row(row));
    let (reply, promised, name) = match outcome {
        Ok((reply, promised)) => (reply, promised, "answered"),
        Err(Failure::Repeated) => {
            counter!("interaction_repeats_total").increment(1);
            tracing::info!(%interaction, command = label, "an interaction was delivered again");
            (Reply::ephemeral(say!(language, interactions_repeated)), None, "repeated")
        }
        Err(Failure::Error(Error::User(said))) => {
            (give_back(Message::new(language.say(&said)).ephemeral(true)), None, "refused")
        }
        Err(Failure::Error(Error::Internal(error))) if error.is::<TooMuchWaits>() => {
            let told = Message::new(say!(language, interactions_too_much_waits)).ephemeral(true);
            (give_back(told), None, "refused")
        }
        Err(Failure::Error(Error::Internal(error))) => {
            tracing::error!(%interaction, command = label, error = format!("{error:#}"), "an interaction failed");
            (give_back(apology(language, interaction)), None, "failed")
        }
    };
    let reply = match reply {
        // While somebody types there is no place for words.
        Reply::Message(_) if kind == Kind::Autocomplete => Reply::Choices(Vec::new()),
        reply => reply,
    };
    (reply, promised, name)
}

/// What a member reads when something broke; the id finds the log line.
pub(super) fn apology(language: Language, interaction: Id<InteractionMarker>) -> Message {
    Message::new(say!(language, interactions_apology, id = interaction)).ephemeral(true)
}

/// In which language somebody reads: that of their Discord, or else that of the guild.
async fn read_language(app: &App, guild: Id<GuildMarker>, locale: Option<&str>) -> Language {
    if let Some(theirs) = locale.and_then(Language::of_locale) {
        return theirs;
    }
    // Whoever waits for an answer does not wait for this.
    match tokio::time::timeout(LANGUAGE_TIME, app.settings.get::<System>(guild)).await {
        Ok(Ok(system)) => system.language,
        Ok(Err(_)) | Err(_) => Language::default(),
    }
}
