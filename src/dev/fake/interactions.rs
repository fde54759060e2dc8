//! Interactions: how they are sent, and what Discord makes of the bot's answers.

use std::time::{Instant, SystemTime};

use serde_json::{Value, json};

use super::check::message::{Around, Way};
use super::check::{self, Findings};
use super::messages::{self, Upload};
use super::record::{self, Exchange};
use super::refusal::Refusal;
use super::state::{
    APPLICATION_ID, EPHEMERAL, Form, Interaction, LOADING, Message, Snowflake, Stage, State, TOKEN_LIFE,
};
use super::{Discord, payload, screen};

pub(super) const COMMAND: u8 = 2;
pub(super) const COMPONENT: u8 = 3;
pub(super) const AUTOCOMPLETE: u8 = 4;
pub(super) const MODAL_SUBMIT: u8 = 5;

/// What somebody does, before Discord has made an interaction of it.
pub(super) struct Act<'a> {
    pub(super) kind: u8,
    pub(super) user: Snowflake,
    pub(super) channel: Snowflake,
    /// The message whose component was used, or whose component had opened the form.
    pub(super) source: Option<Snowflake>,
    pub(super) title: String,
    pub(super) locale: &'a str,
    pub(super) data: Value,
}

/// Makes an interaction; returns its id and the body to send.
pub(super) fn begin(discord: &Discord, state: &mut State, act: Act<'_>) -> (Snowflake, String) {
    let id = state.next_id();
    let token = format!("aW50ZXJhY3Rpb246{}", discord.seal(&id.to_string()));
    let interaction = Interaction {
        id,
        token: token.clone(),
        kind: act.kind,
        user: act.user,
        channel: act.channel,
        created_at: state.now(),
        sent: Instant::now(),
        stage: Stage::Waiting,
        source: act.source,
        original: None,
        title: act.title,
        said_at: state.log.len(),
        answer: Value::Null,
    };
    let body = payload::interaction(state, &interaction, act.locale, act.data).to_string();
    state.interactions.insert(id, interaction);
    state.tokens.insert(token, id);
    if act.kind != AUTOCOMPLETE {
        state.last.insert(act.user, (id, body.clone()));
    }
    (id, body)
}

/// What came back over HTTP.
pub(super) struct Returned {
    pub(super) status: Option<u16>,
    pub(super) is_json: bool,
    pub(super) body: Value,
    /// Why there was none.
    pub(super) missing: String,
}

impl Returned {
    fn missing(why: String) -> Returned {
        Returned { status: None, is_json: false, body: Value::Null, missing: why }
    }
}

impl Discord {
    /// Sends an interaction, waits for the answer as long as Discord does, and applies it.
    ///
    /// What was begun goes on if the caller is dropped: Discord does not forget an interaction because the client that
    /// caused it, as by typing on, has gone.
    pub(super) async fn deliver(&self, id: Snowflake, body: String) {
        let discord = self.clone();
        let delivery = tokio::spawn(async move {
            let returned = discord.post_signed(body).await;
            settle(&mut discord.lock(), id, &returned);
            discord.touch();
        });
        if let Err(error) = delivery.await
            && let Ok(panic) = error.try_into_panic()
        {
            std::panic::resume_unwind(panic);
        }
    }

    /// Posts a signed body to the endpoint and writes the exchange down.
    pub(super) async fn post_signed(&self, body: String) -> Returned {
        let (endpoint, timestamp, within) = {
            let state = self.lock();
            (state.endpoint.clone(), state.now().as_second().to_string(), state.answer_within)
        };
        let signature = self.sign(&timestamp, body.as_bytes());
        let (started, at) = (Instant::now(), SystemTime::now());
        let answer = match endpoint {
            Some(url) => tokio::time::timeout(within, self.fetch(&url, &timestamp, &signature, body.clone())).await,
            None => Ok(Err(anyhow::anyhow!("no endpoint is set"))),
        };
        let returned = match answer {
            Ok(Ok(returned)) => returned,
            Ok(Err(error)) => Returned::missing(format!("could not be had: {error:#}")),
            Err(_) => Returned::missing("did not come in time".to_owned()),
        };
        let exchange = Exchange {
            request: serde_json::from_str(&body).unwrap_or_default(),
            body,
            signature,
            timestamp,
            status: returned.status,
            response: returned.body.clone(),
            at,
            took: started.elapsed(),
        };
        self.lock().exchanges.push(exchange);
        returned
    }

    async fn fetch(&self, url: &str, timestamp: &str, signature: &str, body: String) -> anyhow::Result<Returned> {
        let answer = self
            .http()
            .post(url)
            .header("content-type", "application/json")
            .header("user-agent", "Discord-Interactions/1.0 (+https://discord.com)")
            .header("x-signature-ed25519", signature)
            .header("x-signature-timestamp", timestamp)
            .body(body)
            .send()
            .await?;
        let is_json =
            answer.headers().get("content-type").is_some_and(|value| value.as_bytes().starts_with(b"application/json"));
        let status = answer.status().as_u16();
        let bytes = answer.bytes().await?;
        let body = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        Ok(Returned { status: Some(status), is_json, body, missing: String::new() })
    }
}

/// Applies what the bot answered to the interaction `id`.
fn settle(state: &mut State, id: Snowflake, returned: &Returned) {
    let Some(interaction) = state.interactions.get(&id) else { return };
    let (stage, title, said_at) = (interaction.stage, interaction.title.clone(), interaction.said_at);
    let before = state.log.len();
    let trouble = match (stage, returned.status) {
        (Stage::Waiting, Some(200)) if returned.is_json => match respond(state, id, &returned.body, Vec::new()) {
            Ok(()) => return beside(state, said_at, before),
            Err(refusal) if refusal.details.is_empty() => refusal.line(),
            Err(refusal) => refusal.details.join("; "),
        },
        (Stage::Waiting, Some(200)) => "is not JSON".to_owned(),
        (Stage::Waiting, Some(202)) => "is 202, and there was no callback".to_owned(),
        (Stage::Waiting, Some(status)) => format!("has status {status}"),
        (Stage::Waiting, None) => returned.missing.clone(),
        (Stage::Answered(_), Some(202)) => return,
        // A second delivery of the same interaction: the first answer counts.
        (Stage::Answered(_), Some(200)) => return,
        (Stage::Answered(_), status) => format!("has status {status:?} after a callback"),
        (Stage::Dead, _) => return,
    };
    state.problems.push(format!("answer to {title}: {trouble}"));
    if stage == Stage::Waiting {
        fail(state, id);
    }
}

/// Moves what was said since `from` up to the interaction that it answers, past what the bot did in between.
///
/// A bot's calls may overtake its answer on their way; which comes first is nothing that a test could rely on.
fn beside(state: &mut State, said_at: usize, from: usize) {
    let bots = |line: &String| line.starts_with("bot ");
    let passed = state.log[..from].iter().rev().take_while(|line| bots(line)).count();
    let to = (from - passed).max(said_at).max(state.read);
    let moved = state.log.split_off(from);
    for interaction in state.interactions.values_mut().filter(|other| other.stage == Stage::Waiting) {
        if interaction.said_at > to {
            interaction.said_at += moved.len();
        }
    }
    state.log.splice(to..to, moved);
}

/// Gives an interaction up: the person sees that it failed, and its token is worth nothing.
fn fail(state: &mut State, id: Snowflake) {
    let Some(interaction) = state.interactions.get_mut(&id) else { return };
    interaction.stage = Stage::Dead;
    let (token, user, kind) = (interaction.token.clone(), interaction.user, interaction.kind);
    state.tokens.remove(&token);
    let name = state.user_name(user);
    state.say(match kind {
        AUTOCOMPLETE => format!("Loading options failed ({name})"),
        _ => format!("This interaction failed ({name})"),
    });
}

/// The callback types that answer an interaction.
fn allowed(interaction: &Interaction) -> &'static [u64] {
    match interaction.kind {
        COMMAND => &[4, 5, 9, 12],
        COMPONENT => &[4, 5, 6, 7, 9, 12],
        AUTOCOMPLETE => &[8],
        _ if interaction.source.is_some() => &[4, 5, 6, 7, 12],
        _ => &[4, 5, 12],
    }
}

/// Takes the first answer to an interaction, from the HTTP answer or from the callback route.
///
/// # Errors
/// What Discord says to it; the interaction is then still unanswered.
pub(super) fn respond(state: &mut State, id: Snowflake, body: &Value, uploads: Vec<Upload>) -> Result<(), Refusal> {
    let interaction = state.interactions.get(&id).ok_or(Refusal::UNKNOWN_INTERACTION)?;
    let kind = body["type"].as_u64().unwrap_or(0);
    let context = json!({
        "interaction_type": interaction.kind,
        "from_message": interaction.kind == MODAL_SUBMIT && interaction.source.is_some(),
        "files": uploads.iter().map(|it| json!({"filename": it.name, "size": it.bytes.len()})).collect::<Vec<_>>(),
    });
    record::contract("callback", body, &context);
    let (allowed, source, title) = (allowed(interaction), interaction.source, interaction.title.clone());
    let mut found = Findings::default();
    if allowed.contains(&kind) {
        check_callback(state, &mut found, body, kind, source, &uploads);
    } else {
        found.refuse(
            &["type".to_owned()],
            "BASE_TYPE_CHOICES",
            format!("{kind} does not answer this interaction, only {allowed:?} do"),
        );
    }
    for finding in found.0.iter().filter(|finding| !finding.refused) {
        state.problems.push(format!("answer to {title}: {finding}"));
    }
    state.texts.append(&mut found.1);
    if !found.accepted() {
        return Err(Refusal::invalid(&found));
    }
    apply(state, id, kind, body, uploads)
}

fn check_callback(
    state: &State,
    found: &mut Findings,
    body: &Value,
    kind: u64,
    source: Option<Snowflake>,
    uploads: &[Upload],
) {
    let Some(mut fields) = check::Fields::of(found, &[], body) else { return };
    fields.allow(&["type"]);
    let data = fields.get("data").unwrap_or(&Value::Null);
    let path = fields.at("data");
    if matches!(kind, 4 | 7 | 8 | 9) {
        fields.require("data");
    }
    fields.done();
    if data.is_null() {
        return;
    }
    let names: Vec<String> = uploads.iter().map(|upload| upload.name.clone()).collect();
    let was_v2 = source
        .and_then(|id| state.messages.get(&id))
        .is_some_and(|it| it.flags & check::message::IS_COMPONENTS_V2 != 0);
    match kind {
        4 => check::message::check(found, &path, data, Way::Answer, Around { files: &names, was_v2: false }),
        5 => check::defer(found, &path, data),
        7 => check::message::check(found, &path, data, Way::Update, Around { files: &names, was_v2 }),
        8 => check::choices(found, &path, data),
        9 => {
            check::modal::check(found, &path, data);
            messages::check_emojis(state, found, &mut path.clone(), data);
        }
        _ => {}
    }
}

fn apply(state: &mut State, id: Snowflake, kind: u64, body: &Value, uploads: Vec<Upload>) -> Result<(), Refusal> {
    let Some(interaction) = state.interactions.get(&id) else { return Err(Refusal::UNKNOWN_INTERACTION) };
    let (user, channel, source, of) = (interaction.user, interaction.channel, interaction.source, interaction.kind);
    let data = &body["data"];
    let original = match kind {
        4 | 5 => {
            let message_id = state.next_id();
            let mut message = Message::new(message_id, channel, APPLICATION_ID, state.now());
            message.interaction = Some(id);
            message.kind = if of == COMMAND { 20 } else { 0 };
            if data["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0 {
                message.only = Some(user);
                message.flags = EPHEMERAL;
            }
            if kind == 4 {
                messages::apply(state, &mut message, data, uploads, Way::Answer)?;
            } else {
                message.flags |= LOADING;
            }
            let line = screen::message(state, if kind == 5 { "bot" } else { "bot:" }, &message);
            state.messages.insert(message_id, message);
            state.say(line);
            Some(message_id)
        }
        6 => source,
        7 => {
            let source = source.ok_or(Refusal::UNKNOWN_MESSAGE)?;
            edit(state, source, data, uploads, Way::Update)?;
            Some(source)
        }
        9 => {
            let line = screen::form(state, user, data);
            state.forms.insert(
                user,
                Form { data: data.clone(), channel, source: if of == COMPONENT { source } else { None } },
            );
            state.say(line);
            None
        }
        _ => None,
    };
    if let Some(interaction) = state.interactions.get_mut(&id) {
        interaction.stage = Stage::Answered(u8::try_from(kind).unwrap_or(0));
        interaction.original = original;
        interaction.answer = body.clone();
    }
    if of == MODAL_SUBMIT {
        state.forms.remove(&user);
    }
    Ok(())
}

/// Changes a message and shows it whole.
pub(super) fn edit(
    state: &mut State,
    id: Snowflake,
    body: &Value,
    uploads: Vec<Upload>,
    way: Way,
) -> Result<(), Refusal> {
    let mut message = state.messages.get(&id).cloned().ok_or(Refusal::UNKNOWN_MESSAGE)?;
    let finishes = message.flags & LOADING != 0;
    messages::apply(state, &mut message, body, uploads, way)?;
    if !finishes {
        message.edited_at = Some(state.now());
        message.pings.clear();
    }
    let head = match (finishes, way) {
        (true, _) => "bot answers:".to_owned(),
        (false, Way::Edit) => format!("bot edits in {}:", state.place(message.channel)),
        (false, _) => "bot edits:".to_owned(),
    };
    let line = screen::message(state, &head, &message);
    state.messages.insert(id, message);
    state.say(line);
    Ok(())
}

/// The interaction whose token this is, while the token is good.
pub(super) fn by_token(state: &State, token: &str) -> Result<Snowflake, Refusal> {
    let id = *state.tokens.get(token).ok_or(Refusal::UNKNOWN_WEBHOOK)?;
    let interaction = state.interactions.get(&id).ok_or(Refusal::UNKNOWN_WEBHOOK)?;
    if state.now() > interaction.created_at + TOKEN_LIFE {
        return Err(Refusal::TOKEN_EXPIRED);
    }
    match interaction.stage {
        Stage::Answered(_) => Ok(id),
        Stage::Waiting | Stage::Dead => Err(Refusal::UNKNOWN_WEBHOOK),
    }
}

/// Whether the first answer may still come by the callback route.
pub(super) fn may_answer(state: &State, id: Snowflake, token: &str) -> Result<(), Refusal> {
    let interaction = state.interactions.get(&id).filter(|it| it.token == token).ok_or(Refusal::UNKNOWN_INTERACTION)?;
    match interaction.stage {
        Stage::Answered(_) => Err(Refusal::ALREADY_ACKNOWLEDGED),
        Stage::Waiting if interaction.sent.elapsed() <= state.answer_within => Ok(()),
        Stage::Waiting | Stage::Dead => Err(Refusal::UNKNOWN_INTERACTION),
    }
}
