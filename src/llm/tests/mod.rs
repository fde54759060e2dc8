//! The client and a provider that behaves badly.

mod failures;
mod secrets;
mod shapes;
mod waiting;

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::*;
use crate::dev::provider::{Act, Manner, Manners, Provider as Fake};

const KEY: &str = "sk-test-9f8e7d6c5b4a";

/// What most calls ask for.
#[derive(Debug, Deserialize, PartialEq)]
struct Order {
    number: u32,
}

fn schema() -> Value {
    json!({
        "type": "object",
        "properties": {"number": {"type": "integer"}},
        "required": ["number"],
        "additionalProperties": false,
    })
}

fn clock() -> Clock {
    Clock::frozen("2027-03-01T09:00:00Z".parse().expect("a time"))
}

fn at(address: &str) -> Client {
    let address = Address::read(address, PlainHttp::Private).expect("an address");
    let (model, embedding_model) = ("writer".to_owned(), Some("numbers".to_owned()));
    let models = ["broken", "other", "m2"].map(str::to_owned).to_vec();
    let provider = Provider { address, key: Some(KEY.into()), model, models, embedding_model };
    Client::new(provider, clock()).expect("a client")
}

async fn start() -> (Fake, Client) {
    let fake = Fake::start().await;
    fake.set_manners(Manners { form: json!({"number": 7}), ..Manners::default() });
    let client = at(fake.origin());
    (fake, client)
}

/// What is asked in most tests.
async fn write(client: &Client) -> Asked<String> {
    write_for(client, 1, Duration::from_secs(60)).await
}

async fn write_for(client: &Client, guild: u64, within: Duration) -> Asked<String> {
    let messages = [Message::system("Be kind."), Message::user("Where is my order?")];
    let deadline = tokio::time::Instant::now().into_std() + within;
    client.write(&Chat { deadline, ..Chat::new(Id::new(guild), &messages) }).await
}

async fn fill(client: &Client) -> Asked<Order> {
    let messages = [Message::system("Be kind."), Message::user("Which order?")];
    let schema = schema();
    client.fill(&Chat::new(Id::new(1), &messages), &Form { name: "order", schema: &schema }).await
}

async fn embed(client: &Client, texts: &[&str]) -> Asked<Vec<Vec<f32>>> {
    let deadline = tokio::time::Instant::now().into_std() + Duration::from_secs(60);
    client.embed(Some(Id::new(1)), texts, deadline).await
}

fn code<T>(asked: &Asked<T>) -> &'static str {
    asked.result.as_ref().err().map_or("answered", Error::code)
}

fn reason<T>(asked: &Asked<T>) -> String {
    asked.result.as_ref().err().and_then(Error::reason).map(ToString::to_string).unwrap_or_default()
}

/// In a runtime whose time stands still: lets it run about a hundred times as fast. Time that Tokio moves by itself whenever nothing is to
/// be done would run out while the kernel still carries an answer.
fn hurry() {
    tokio::spawn(async {
        loop {
            // While a thread sleeps, Tokio leaves the time alone.
            let slept = tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_millis(1))).await;
            slept.expect("a sleep does not panic");
            tokio::time::advance(Duration::from_millis(100)).await;
        }
    });
}

#[tokio::test]
async fn without_a_provider_each_call_says_so() {
    let client = Client::off();
    let asked = write(&client).await;
    assert_eq!((asked.result, asked.requests), (Err(Error::Off), 0));
    assert_eq!(fill(&client).await.result, Err(Error::Off));
    assert_eq!(embed(&client, &["a"]).await.result, Err(Error::Off));
    assert!(!client.is_on() && client.trouble().is_none() && client.embedding_model().is_none());
}

#[tokio::test]
async fn a_question_is_answered_and_what_it_cost_is_told() {
    let (fake, client) = start().await;
    let asked = write(&client).await;
    assert_eq!(asked.result.as_deref(), Ok("You get your money back within 14 days."));
    assert!(asked.usage.prompt > 0 && asked.usage.completion > 0 && !asked.usage.is_estimated);
    assert_eq!(asked.requests, 1);
    let received = fake.take_received();
    assert_eq!(received[0].path, "/v1/chat/completions");
    assert_eq!(received[0].authorization.as_deref(), Some("Bearer sk-test-9f8e7d6c5b4a"));
    assert_eq!(received[0].body["model"], "writer");
    fake.set_manners(Manners { tells_usage: false, ..Manners::default() });
    let usage = write(&client).await.usage;
    assert!(usage.is_estimated && usage.prompt > 30 && usage.completion > 10, "{usage:?}");
}

#[tokio::test]
async fn a_guild_may_use_another_model_and_a_server_may_want_no_key() {
    let fake = Fake::start().await;
    let address = Address::read(fake.origin(), PlainHttp::Private).expect("an address");
    let (key, model) = (Some(" ".into()), "writer".to_owned());
    let models = vec!["other".to_owned()];
    let provider = Provider { address, key, model, models, embedding_model: None };
    let client = Client::new(provider, clock()).expect("a client");
    let messages = [Message::user("Hi")];
    let chat = Chat { model: Some("other"), ..Chat::new(Id::new(1), &messages) };
    assert!(client.write(&chat).await.result.is_ok());
    let received = fake.received();
    assert_eq!((&received[0].body["model"], &received[0].authorization), (&json!("other"), &None));
    assert_eq!(embed(&client, &["a"]).await.result, Err(Error::Off), "no model makes vectors");
}

#[tokio::test]
async fn content_in_parts_is_content() {
    let (fake, client) = start().await;
    fake.next(Act::SaysInParts(vec!["Your order ".to_owned(), "is on its way.".to_owned()]));
    assert_eq!(write(&client).await.result.as_deref(), Ok("Your order is on its way."));
    fake.next(Act::SaysInParts(vec!["{\"num".to_owned(), "ber\": 3}".to_owned()]));
    assert_eq!(fill(&client).await.result, Ok(Order { number: 3 }));
}

#[tokio::test]
async fn vectors_come_in_the_order_of_the_texts() {
    let (fake, client) = start().await;
    let texts = ["how do I pay", "where is my order", "how do I pay"];
    let plain = embed(&client, &texts).await;
    let vectors = plain.result.expect("vectors");
    assert!(vectors[0] == vectors[2] && vectors[0] != vectors[1] && !plain.usage.is_estimated);
    let sent = json!({"model": "numbers", "input": texts});
    assert_eq!((fake.received()[0].path.as_str(), &fake.received()[0].body), ("/v1/embeddings", &sent));
    let manners = Manners { in_base64: true, is_shuffled: true, tells_usage: false, ..Manners::default() };
    fake.set_manners(manners);
    let other = embed(&client, &texts).await;
    assert_eq!(other.result, Ok(vectors));
    assert!(other.usage.is_estimated && other.usage.total() > 10);
    fake.take_received();
    assert_eq!(embed(&client, &[]).await.result, Ok(Vec::new()));
    assert_eq!(code(&embed(&client, &["a"; MOST_TEXTS + 1]).await), "too-long");
    assert!(fake.received().is_empty(), "neither is worth a request");
    assert_eq!(embed(&client, &["a"; MOST_TEXTS]).await.result.map(|vectors| vectors.len()), Ok(MOST_TEXTS));
}
