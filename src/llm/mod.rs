//! A language model behind any OpenAI-compatible server: chat completions and embeddings, and what must not happen with them.
//!
//! Nothing here knows what is asked, and nothing of it gets into logs, metrics or errors. Everything that goes wrong is one of
//! the few cases of [`Error`]; the reason is for operators. In reading order:
//!
//! - [`Client`], below: the calls
//! - `error`: what staff is told apart; `budget`: how much a guild and a member may use
//! - `address`: where the provider may be
//! - `chat`: what is asked, as what it is sent, and how a form is read; `talk`: one call through all shapes and parameters
//! - `answer` and `complaint`: what servers answer; `learned`: what is remembered of it
//! - `send`: time-outs and repetitions; `breaker` and `gate`: when not to send

mod address;
mod answer;
mod breaker;
pub mod budget;
mod chat;
mod complaint;
mod error;
mod gate;
mod learned;
pub mod redact;
mod send;
mod talk;

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use metrics::{counter, histogram};
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::json;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

pub use address::{Address, BadAddress, PlainHttp};
pub use answer::Usage;
pub use chat::{Chat, Form, Message, Role, one_or_many};
pub use error::{Error, Reason, Whose};
pub use learned::Shape;

use crate::clock::Clock;
use crate::config::Config;
use learned::Learned;
use send::{Failed, Line};
use talk::Talk;

/// Text Embeddings Inference takes no more by default
/// (<https://huggingface.co/docs/text-embeddings-inference/cli_arguments>).
pub const MOST_TEXTS: usize = 32;

/// A server that is there says so at once.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);

/// No call takes longer, whatever its deadline.
const LONGEST_CALL: Duration = Duration::from_secs(3 * 60);

const USER_AGENT: &str = concat!("alphapy/", env!("CARGO_PKG_VERSION"));

/// A provider as an operator configures it.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Where it is.
    pub address: Address,
    /// Servers of one's own often want none.
    pub key: Option<SecretString>,
    /// The model that writes.
    pub model: String,
    /// Others that a guild may choose; nobody is asked for one that is not among them.
    pub models: Vec<String>,
    /// The model that makes vectors, if there shall be some.
    pub embedding_model: Option<String>,
}

impl Provider {
    /// The provider that the environment names, if it names one.
    ///
    /// # Errors
    /// Why there is none, although something of it is set.
    pub fn of(config: &Config) -> Result<Option<Provider>, String> {
        let (address, model) = match (&config.llm_base_url, &config.llm_model) {
            (None, None) if config.llm_embedding_model.is_some() => {
                return Err("LLM_EMBEDDING_MODEL does nothing without LLM_BASE_URL".to_owned());
            }
            (None, None) => return Ok(None),
            (None, Some(_)) => return Err("LLM_MODEL does nothing without LLM_BASE_URL".to_owned()),
            (Some(_), None) => return Err("LLM_BASE_URL does nothing without LLM_MODEL".to_owned()),
            (Some(address), Some(model)) => (address, model.clone()),
        };
        let address = Address::read(address, PlainHttp::Private).map_err(|error| format!("LLM_BASE_URL {error}"))?;
        let (key, models) = (config.llm_api_key.clone(), config.llm_models.clone());
        let models = models.iter().map(|model| model.trim().to_owned()).filter(|model| !model.is_empty()).collect();
        let embedding_model = config.llm_embedding_model.clone();
        Ok(Some(Provider { address, key, model, models, embedding_model }))
    }
}

/// A connection to a provider, or to none.
pub struct Client {
    service: Option<Service>,
}

/// What all calls to a provider share.
struct Service {
    http: reqwest::Client,
    address: Address,
    key: Option<SecretString>,
    authorization: Option<HeaderValue>,
    model: String,
    models: Vec<String>,
    embedding_model: Option<String>,
    chat: Line,
    embeddings: Line,
    learned: Learned,
    clock: Clock,
    trouble: Mutex<Option<Trouble>>,
}

/// What came of a call, and what it cost however it ended.
#[derive(Debug)]
pub struct Asked<T> {
    /// The answer.
    pub result: Result<T, Error>,
    /// Of all requests that were made for it.
    pub usage: Usage,
    /// How many those were.
    pub requests: u32,
    /// How long it took, with the wait for a turn.
    pub took: Duration,
}

/// What operators should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// When it was met last.
    pub at: Timestamp,
    /// What it was.
    pub error: Error,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let service = self.service.as_ref();
        let (address, model) = (service.map(|it| &it.address), service.map(|it| &it.model));
        f.debug_struct("Client").field("address", &address).field("model", &model).finish_non_exhaustive()
    }
}

impl Client {
    /// A client without a provider: each call says that it is off.
    pub fn off() -> Client {
        Client { service: None }
    }

    /// Prepares calls to `provider`; call it in a Tokio runtime.
    ///
    /// # Errors
    /// The key cannot be sent as a header, or there is no TLS.
    pub fn new(provider: Provider, clock: Clock) -> anyhow::Result<Client> {
        crate::discord::install_tls();
        let Provider { address, key, model, models, embedding_model } = provider;
        let mut http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT_WITHIN)
            // A redirect would carry key and words to somebody whom nobody chose.
            .redirect(reqwest::redirect::Policy::none());
        if address.is_plain() {
            // A proxy would carry what is not encrypted out of the private network.
            http = http.no_proxy();
        }
        let key = key.map(|key| SecretString::from(key.expose_secret().trim()));
        let key = key.filter(|key| !key.expose_secret().is_empty());
        let authorization = key.as_ref().map(header).transpose()?;
        let service = Service {
            http: http.build()?,
            address,
            key,
            authorization,
            model,
            models,
            embedding_model,
            chat: Line::chat(),
            embeddings: Line::embeddings(),
            learned: Learned::default(),
            clock,
            trouble: Mutex::default(),
        };
        Ok(Client { service: Some(service) })
    }

    /// Whether there is a model that writes.
    pub fn is_on(&self) -> bool {
        self.service.is_some()
    }

    /// The model that writes where a guild has chosen `own`: the operator's, if they offer no such model (any more).
    pub fn model<'a>(&'a self, own: Option<&'a str>) -> Option<&'a str> {
        self.service.as_ref().map(|service| service.chosen(own))
    }

    /// The models that a guild may choose, the usual one first.
    pub fn models(&self) -> impl Iterator<Item = &str> {
        let service = self.service.iter();
        service.flat_map(|service| std::iter::once(&service.model).chain(&service.models)).map(String::as_str)
    }

    /// The model that makes vectors.
    pub fn embedding_model(&self) -> Option<&str> {
        self.service.as_ref()?.embedding_model.as_deref()
    }

    /// Whether no calls are made for a while to the model that writes where a guild has chosen `own`, because it failed again and
    /// again. Who has a plainer way takes it then.
    pub fn is_left_alone(&self, own: Option<&str>) -> bool {
        self.service.as_ref().is_some_and(|service| service.chat.breakers.is_open(service.chosen(own)))
    }

    /// What went wrong with the last calls and is not over.
    pub fn trouble(&self) -> Option<Trouble> {
        self.service.as_ref()?.trouble().clone()
    }

    /// The shape in which `chat`'s model answered a form lately.
    pub fn shape(&self, chat: &Chat<'_>) -> Option<Shape> {
        let service = self.service.as_ref()?;
        let known = service.learned.of(service.address.as_str(), service.chosen(chat.model));
        known.shape(tokio::time::Instant::now())
    }

    /// Asks for text.
    pub async fn write(&self, chat: &Chat<'_>) -> Asked<String> {
        let Some(service) = &self.service else { return Asked::off() };
        let mut talk = Talk::new(service, chat, None);
        let result = talk.write().await;
        service.finish(&service.chat, talk.began, talk.spent, result)
    }

    /// Asks for `form`, in the strictest shape that the server takes, with one repair in the plainest.
    pub async fn fill<T: DeserializeOwned>(&self, chat: &Chat<'_>, form: &Form<'_>) -> Asked<T> {
        let Some(service) = &self.service else { return Asked::off() };
        let mut talk = Talk::new(service, chat, Some(form));
        let result = talk.fill(form).await;
        service.finish(&service.chat, talk.began, talk.spent, result)
    }

    /// Makes a vector of each text, at most [`MOST_TEXTS`], in their order, for `guild` or for all. They are as long as the
    /// model makes them. An empty text is refused by some servers, and with it all others.
    pub async fn embed(
        &self,
        guild: Option<Id<GuildMarker>>,
        texts: &[&str],
        deadline: Instant,
    ) -> Asked<Vec<Vec<f32>>> {
        let Some((service, model)) = self.service.as_ref().and_then(|it| Some((it, it.embedding_model.as_ref()?)))
        else {
            return Asked::off();
        };
        let (began, mut spent) = (tokio::time::Instant::now(), Spending::default());
        let result = service.embed(model, guild, texts, (began, deadline), &mut spent).await;
        service.finish(&service.embeddings, began, spent, result)
    }
}

impl<T> Asked<T> {
    fn off() -> Asked<T> {
        Asked { result: Err(Error::Off), usage: Usage::default(), requests: 0, took: Duration::ZERO }
    }
}

/// What a call has cost so far.
#[derive(Clone, Copy, Default)]
struct Spending {
    usage: Usage,
    requests: u32,
}

impl Spending {
    /// Counts requests whose answers were lost: the provider may have read them all the same.
    fn add_lost(&mut self, requests: u32, sent_bytes: usize) {
        if requests > 0 {
            let prompt = budget::tokens_in(sent_bytes).saturating_mul(requests.into());
            self.usage.add(Usage { prompt, completion: 0, is_estimated: true });
        }
    }

    /// Counts an answer; by its size where the server does not tell.
    fn add(&mut self, usage: Option<Usage>, sent_bytes: usize, answer_bytes: usize) {
        let (prompt, completion) = (budget::tokens_in(sent_bytes), budget::tokens_in(answer_bytes));
        self.usage.add(usage.unwrap_or(Usage { prompt, completion, is_estimated: true }));
    }
}

/// The header that carries the key.
fn header(key: &SecretString) -> anyhow::Result<HeaderValue> {
    let value = HeaderValue::from_str(&format!("Bearer {}", key.expose_secret()));
    // The error would not repeat it, and neither does ours.
    let mut value = value.map_err(|_| anyhow::anyhow!("the provider's key holds what no header may"))?;
    value.set_sensitive(true);
    Ok(value)
}

impl Service {
    /// The model that is asked where `own` is wanted.
    fn chosen<'a>(&'a self, own: Option<&'a str>) -> &'a str {
        own.filter(|own| self.models.iter().any(|model| model == own)).unwrap_or(&self.model)
    }

    fn trouble(&self) -> MutexGuard<'_, Option<Trouble>> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The error that `failed` stands for.
    fn error(&self, failed: Failed) -> Error {
        match failed {
            Failed::Lost(error) | Failed::Unreached(error) | Failed::Error(error) => error,
            Failed::Complaint(complaint) => complaint.into_error(self.key.as_ref().map(ExposeSecret::expose_secret)),
        }
    }

    async fn embed(
        &self,
        model: &str,
        guild: Option<Id<GuildMarker>>,
        texts: &[&str],
        (began, deadline): (tokio::time::Instant, Instant),
        spent: &mut Spending,
    ) -> Result<Vec<Vec<f32>>, Error> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        if texts.len() > MOST_TEXTS {
            return Err(Error::TooLong(Reason::new(format!("{} texts at once", texts.len()))));
        }
        let deadline = end_of(began, deadline);
        let _turn = self.embeddings.gate.wait(guild, deadline).await?;
        let body = json!({ "model": model, "input": texts }).to_string().into_bytes();
        let sent_bytes = body.len();
        let posted = self.post(&self.embeddings, model, body, deadline).await;
        spent.requests += posted.sent;
        spent.add_lost(posted.lost, sent_bytes);
        let answer = posted.result.map_err(|failed| self.error(failed))?;
        let read = answer::read_embeddings(&answer, texts.len());
        let (vectors, usage) = match read.map_err(|complaint| self.error(Failed::Complaint(complaint)))? {
            Ok((vectors, usage)) => (Ok(vectors), usage),
            Err(error) => (Err(error), None),
        };
        spent.add(usage, sent_bytes, 0);
        vectors
    }

    /// Counts what was spent, and tells operators of what they can do something about.
    fn finish<T>(
        &self,
        line: &Line,
        began: tokio::time::Instant,
        Spending { usage, requests }: Spending,
        result: Result<T, Error>,
    ) -> Asked<T> {
        let took = began.elapsed();
        let outcome = result.as_ref().err().map_or("answered", Error::code);
        counter!("llm_calls_total", "kind" => line.kind, "outcome" => outcome).increment(1);
        counter!("llm_tokens_total", "kind" => line.kind, "part" => "prompt").increment(usage.prompt);
        counter!("llm_tokens_total", "kind" => line.kind, "part" => "completion").increment(usage.completion);
        histogram!("llm_call_seconds", "kind" => line.kind).record(took);
        match &result {
            Ok(_) => *self.trouble() = None,
            Err(error) if error.is_for_operators() => {
                let reason = error.reason().map(ToString::to_string).unwrap_or_default();
                tracing::warn!(kind = line.kind, outcome, reason, "no answer of the language model");
                *self.trouble() = Some(Trouble { at: self.clock.now(), error: error.clone() });
            }
            Err(_) => {}
        }
        Asked { result, usage, requests, took }
    }
}

/// When a call ends that began at `began`.
fn end_of(began: tokio::time::Instant, deadline: Instant) -> tokio::time::Instant {
    tokio::time::Instant::from_std(deadline).min(began + LONGEST_CALL)
}

#[cfg(test)]
mod tests;
