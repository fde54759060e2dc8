//! A Discord to test and to play with: servers, members and channels, signed interactions, and the REST API.
//!
//! It refuses what Discord refuses, and tells what people would see as text. It knows Discord, a clock and a signing
//! key, and nothing of the bot. In reading order:
//!
//! - [`Discord`], below: the handle that tests and the playground hold
//! - `world`: building servers; `people`: what members do; `typing` and `forms`: what they type and fill in
//! - `screen`: messages and forms as text; `view`: the same world as JSON for a client; `mentions`: names instead of ids
//! - `interactions`: sending them, and applying the answers; `events`: webhook events; `messages`: how bodies become messages
//! - `rest`: the API below `/api/v10`; `refusal`: how it says no; `fault` and `limits`: bad days
//! - `check`: what bodies must be like; `permissions`: who may do what
//! - `state`: all that the fake knows; `payload`: the same as JSON; `record`: what went over the wire

mod check;
mod events;
mod fault;
mod forms;
mod interactions;
mod limits;
mod mentions;
mod messages;
mod payload;
mod people;
mod permissions;
mod posts;
mod record;
mod refusal;
mod rest;
mod screen;
mod state;
mod typing;
mod view;
mod world;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ed25519_dalek::{Signer, SigningKey};
use serde_json::json;
use tokio::sync::watch;

pub use self::check::Limited;
pub use self::fault::{Answer, Fault};
pub use self::people::{Choice, Person};
pub use self::record::{Exchange, Request};
pub use self::world::GuildBuilder;

use self::state::{LOADING, Stage, State};
use crate::clock::Clock;

/// The seed of the key that signs interactions. It protects nothing.
const SEED: [u8; 32] = *b"alphapy fake discord signing key";

const BOT_TOKEN: &str = "fake.discord.bot-token";

const CLIENT_SECRET: &str = "fake-client-secret";

/// A fake Discord. Clones are handles to the same one.
#[derive(Clone)]
pub struct Discord {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    key: SigningKey,
    http: reqwest::Client,
    /// Counts what has happened, for those who wait.
    version: watch::Sender<u64>,
}

impl Discord {
    /// An empty Discord whose times, ids and signatures follow `clock`.
    pub fn new(clock: Clock) -> Discord {
        let key = SigningKey::from_bytes(&SEED);
        let mut state = State::new(clock);
        state.verify_key = hex::encode(key.verifying_key().to_bytes());
        let shared = Shared { state: Mutex::new(state), key, http: http(), version: watch::Sender::new(0) };
        Discord { shared: Arc::new(shared) }
    }

    /// The application's id, which is its bot user's too.
    pub fn application_id(&self) -> String {
        state::APPLICATION_ID.to_string()
    }

    /// The bot token, without `Bot `.
    pub fn bot_token(&self) -> String {
        BOT_TOKEN.to_owned()
    }

    /// The secret with which the application exchanges codes of people who log in.
    pub fn client_secret(&self) -> String {
        CLIENT_SECRET.to_owned()
    }

    /// Where people may be sent back to after they have logged in.
    pub fn set_redirect_uris(&self, uris: &[&str]) {
        self.lock().oauth.redirect_uris = uris.iter().map(ToString::to_string).collect();
    }

    /// The key that verifies interactions, in hex.
    pub fn public_key(&self) -> String {
        hex::encode(self.shared.key.verifying_key().to_bytes())
    }

    /// The signature of a body sent at `timestamp`, in hex.
    pub fn sign(&self, timestamp: &str, body: &[u8]) -> String {
        hex::encode(self.shared.key.sign(&[timestamp.as_bytes(), body].concat()).to_bytes())
    }

    /// The REST API below `/api/v10`, and the files below `/attachments`.
    pub fn router(&self) -> axum::Router {
        rest::router(self)
    }

    /// Serves [`Discord::router`] in the background on a free port; returns the base of the REST API.
    ///
    /// # Panics
    /// If the loopback interface has no free port.
    pub async fn serve(&self) -> String {
        let base = rest::server::serve(self).await.expect("a free port on the loopback interface");
        self.set_base(&base);
        format!("{base}/api/v10")
    }

    /// Where [`Discord::router`] is reached, such as `http://127.0.0.1:8081`; links to attachments begin with it.
    pub fn set_base(&self, url: &str) {
        url.trim_end_matches('/').clone_into(&mut self.lock().base);
    }

    /// Where interactions are posted, such as `http://127.0.0.1:8080/interactions`.
    pub fn set_endpoint(&self, url: &str) {
        self.lock().endpoint = Some(url.to_owned());
    }

    /// Where webhook events are posted, such as `http://127.0.0.1:8080/events`.
    pub fn set_events_endpoint(&self, url: &str) {
        self.lock().events_endpoint = Some(url.to_owned());
    }

    /// Waits so long for the answer to an interaction, in real time, instead of Discord's 3 s.
    ///
    /// For a test of what people see when the bot is late.
    pub fn set_answer_limit(&self, within: Duration) {
        self.lock().answer_within = within;
    }

    /// Does what Discord does before it accepts an endpoint: a PING, and one with a wrong signature.
    ///
    /// # Errors
    /// What is wrong with the endpoint.
    pub async fn probe(&self) -> Result<(), String> {
        let id = self.lock().next_id().to_string();
        let ping = json!({
            "type": 1, "id": id, "application_id": self.application_id(), "token": self.seal(&id), "version": 1,
            "user": {
                "id": "643945264868098049", "username": "discord", "global_name": "Discord", "discriminator": "0",
                "avatar": null, "bot": true, "system": true, "public_flags": 0,
            },
            "app_permissions": "562949953601536", "authorizing_integration_owners": {}, "entitlements": [],
            "attachment_size_limit": self.lock().max_file,
        });
        let returned = self.post_signed(ping.to_string()).await;
        record::contract("callback", &returned.body, &json!({"interaction_type": 1}));
        if (returned.status, returned.is_json, &returned.body["type"]) != (Some(200), true, &json!(1)) {
            return Err(format!("PING was answered {:?} {}", returned.status, returned.body));
        }
        let (endpoint, timestamp) = {
            let state = self.lock();
            (state.endpoint.clone().unwrap_or_default(), state.now().as_second().to_string())
        };
        let request = self.http().post(endpoint).header("content-type", "application/json");
        let request = request.header("x-signature-ed25519", "00".repeat(64)).header("x-signature-timestamp", timestamp);
        match request.body(ping.to_string()).send().await {
            Ok(answer) if answer.status() == 401 => Ok(()),
            Ok(answer) => Err(format!("a wrong signature was answered {}", answer.status())),
            Err(error) => Err(format!("a wrong signature was not answered: {error}")),
        }
    }

    /// The server of that name, made if there is none; everything added to it takes effect at once.
    pub fn guild(&self, name: &str) -> GuildBuilder {
        GuildBuilder::open(self, name)
    }

    /// Somebody to act as: in the first server they belong to, and its first text channel that they see.
    pub fn person(&self, name: &str) -> Person {
        Person::new(self, name)
    }

    /// What happened since the last call, as people saw it.
    pub fn screen(&self) -> String {
        let mut state = self.lock();
        let mut text = state.log[state.read..].join("\n");
        state.read = state.log.len();
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }

    /// Whether something happened since the last [`Discord::screen`].
    pub fn unread(&self) -> bool {
        let state = self.lock();
        state.read < state.log.len()
    }

    /// Everything that happened so far, read or not; for the playground.
    pub fn transcript(&self) -> Vec<String> {
        self.lock().log.clone()
    }

    /// Every call that was refused and every answer that was invalid, so far.
    ///
    /// 429 is not among them, nor what a [`Fault`] caused, nor a bot that is early with its follow-up.
    pub fn problems(&self) -> Vec<String> {
        self.lock().problems.clone()
    }

    /// The texts that were sent since this was last asked, with how long they may be where they stand.
    pub fn take_texts(&self) -> Vec<Limited> {
        std::mem::take(&mut self.lock().texts)
    }

    /// The problems so far; they are then forgotten.
    pub fn take_problems(&self) -> Vec<String> {
        std::mem::take(&mut self.lock().problems)
    }

    /// What is still "thinking…" or unanswered, for a test that ends.
    pub fn unfinished(&self) -> Vec<String> {
        let state = self.lock();
        let waiting = state.interactions.values().filter(|it| it.stage == Stage::Waiting);
        let waiting = waiting.map(|it| format!("{} of {} is not answered", it.title, state.user_name(it.user)));
        let thinking = state.messages.values().filter(|message| message.flags & LOADING != 0);
        let thinking = thinking.filter_map(|message| state.interactions.get(&message.interaction?));
        let thinking = thinking.map(|it| format!("{} of {} is still thinking", it.title, state.user_name(it.user)));
        waiting.chain(thinking).collect()
    }

    /// Makes calls go wrong.
    pub fn fault(&self, fault: Fault) {
        self.lock().faults.push(fault);
    }

    /// Ends all faults that are still to come.
    pub fn clear_faults(&self) {
        self.lock().faults.clear();
    }

    /// Lets `calls` of a route pass every `seconds`: `POST /channels/*/messages`, or `*` for all calls together.
    ///
    /// The default is 50 a second for each route and channel, server or webhook, and no limit over all. That over all is
    /// counted over any stretch of so many seconds, as Discord does; those of routes begin with their first call.
    pub fn limit(&self, route: &str, calls: u32, seconds: f64) {
        self.lock().limits.set(route, calls, Duration::from_secs_f64(seconds));
    }

    /// Requests that were refused within the last ten minutes, for which Discord would ban an address in the end: 401, 403,
    /// and 429 unless the limit is a shared one.
    pub fn refused(&self) -> usize {
        let state = self.lock();
        state.limits.refused(state.now())
    }

    /// The calls to the REST API so far.
    pub fn requests(&self) -> Vec<Request> {
        self.lock().requests.clone()
    }

    /// The interactions sent so far.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.lock().exchanges.clone()
    }

    /// The newest file of that name that was attached to any message.
    pub fn file(&self, name: &str) -> Option<Vec<u8>> {
        let state = self.lock();
        state.files.values().rev().find(|file| file.name == name).map(|file| file.bytes.clone())
    }

    /// Puts a file onto everybody's computer, for options and forms that take one: `/import file:faq.csv`.
    pub fn has_file(&self, name: &str, bytes: impl Into<Vec<u8>>) {
        self.lock().computers.insert(name.to_owned(), bytes.into());
    }

    /// Whether the bot may list members, the privileged intent; it may not at first.
    pub fn set_guild_members(&self, granted: bool) {
        self.lock().guild_members = granted;
    }

    /// How many threads may be open at once in a server; 1000 at first.
    pub fn set_max_active_threads(&self, n: usize) {
        self.lock().max_active_threads = n;
    }

    /// The largest file in bytes that is taken; 10 MiB at first.
    pub fn set_max_file(&self, bytes: usize) {
        self.lock().max_file = bytes;
    }

    /// Sets what no message may contain: Discord filters links that are known to do harm.
    pub fn set_filtered(&self, links: &[&str]) {
        self.lock().filtered = links.iter().map(|&link| link.to_owned()).collect();
    }

    /// Whether the bot may read what others write, the privileged intent; it may not at first.
    pub fn set_message_content(&self, granted: bool) {
        self.lock().message_content = granted;
    }

    /// Whether it may, by now.
    pub fn message_content(&self) -> bool {
        self.lock().message_content
    }

    /// Everybody who is in a server, by name; no bots.
    pub fn people(&self) -> Vec<String> {
        let state = self.lock();
        let members = |user: &&state::User| state.guilds.iter().any(|guild| guild.member(user.id).is_some());
        state.users.values().filter(|user| !user.bot).filter(members).map(|user| user.name.clone()).collect()
    }

    /// Whether a person takes direct messages; they do at first.
    pub fn set_takes_dms(&self, person: &str, takes: bool) {
        let mut state = self.lock();
        if let Some(user) = state.users.values_mut().find(|user| user.name == person) {
            user.takes_dms = takes;
        }
    }

    /// Ids by handle, for what a test must look up itself: a server, `#channel`, `@&role` or person.
    ///
    /// Channels and roles are looked for in all servers, or in one: `Night Shift/#help`.
    ///
    /// # Panics
    /// If there is none of that name.
    pub fn id_of(&self, handle: &str) -> String {
        let state = self.lock();
        let (within, handle) = match handle.split_once('/') {
            Some((guild, handle)) => (state.guild_named(guild).map(|guild| guild.id), handle),
            None => (None, handle),
        };
        let mut guilds = state.guilds.iter().filter(|guild| within.is_none_or(|id| id == guild.id));
        let id = match (handle.strip_prefix("@&"), handle.strip_prefix('#')) {
            (Some(name), _) => guilds.find_map(|guild| guild.role_named(name)).map(|role| role.id),
            (_, Some(name)) => guilds.find_map(|guild| state.channel_named(guild.id, name)).map(|channel| channel.id),
            _ => {
                let guild = state.guild_named(handle).map(|guild| guild.id);
                guild.or_else(|| state.user_named(handle.trim_start_matches('@')))
            }
        };
        id.expect("something of that name").to_string()
    }

    /// Counts what happens: a call, an answer, a message. Whoever watches before they look misses nothing.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.shared.version.subscribe()
    }

    fn http(&self) -> &reqwest::Client {
        &self.shared.http
    }

    /// Text that nobody else can make of `text`: what tokens are made of, the same on every run.
    fn seal(&self, text: &str) -> String {
        hex::encode(self.shared.key.sign(text.as_bytes()).to_bytes())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A test that panicked while it held the lock has left nothing half done that matters.
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells everybody who waits that something happened.
    pub fn touch(&self) {
        self.shared.version.send_modify(|version| *version += 1);
    }
}

/// A client for the loopback interface. The program must have installed a provider for rustls.
fn http() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy().build();
    client.expect("a client without any settings that could be wrong")
}

#[cfg(test)]
mod tests;
