//! What nobody may read: the key, and what members wrote.

use std::io::Write;
use std::sync::{Arc, Mutex};

use secrecy::SecretString;
use tracing_subscriber::fmt::MakeWriter;

use super::*;

/// Log lines, kept.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Lines;

    fn make_writer(&'a self) -> Lines {
        self.clone()
    }
}

#[tokio::test(start_paused = true)]
async fn neither_the_key_nor_what_members_wrote_gets_into_errors_and_logs() {
    hurry();
    let lines = Lines::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(lines.clone()).finish();
    // While there is only one, tracing asks the thread that comes first to a place whether anybody listens there, and that may be
    // another test's.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let _logging = tracing::subscriber::set_default(subscriber);
    let planted = "planted_words_of_a_member_in_a_ticket";
    let long = format!("{planted} {KEY}");
    let error = |code: &str| json!({"error": {"message": long, "code": code, "type": long, "param": long}});
    let acts = [
        Act::Complains(401, json!({"error": {"message": format!("Incorrect API key provided: {KEY}"), "code": KEY}})),
        Act::Complains(400, error(KEY)),
        Act::Complains(400, error("9f8e7d6c5b4a")),
        Act::Complains(422, json!({"detail": [{"msg": "bad", "input": long}]})),
        Act::Complains(500, error(&long)),
        Act::RetryAfter(429, long.clone()),
        Act::Refuses(long.clone()),
        Act::CutShort(long.clone()),
        Act::Says(long.clone()),
        Act::Answers(json!({"error": {"message": long, "code": 500}})),
        Act::Redirects(format!("https://evil.example/{planted}?{KEY}")),
        Act::DiesInTheMiddle,
    ];
    let (schema, messages) = (schema(), [Message::system(planted), Message::user(planted)]);
    let chat = Chat::new(Id::new(1), &messages);
    let mut shown = String::new();
    for act in acts {
        let (fake, client) = start().await;
        fake.next_times(9, &act);
        let asked = client.fill::<Order>(&chat, &Form { name: "order", schema: &schema }).await;
        let error = asked.result.as_ref().expect_err("none of them is an order");
        let reason = error.reason().map(ToString::to_string);
        shown.push_str(&format!("{client:?} {asked:?} {error} {reason:?} {:?}\n", client.trouble()));
        assert!(fake.received()[0].text.contains(planted), "it was sent");
    }
    let logged = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("no answer of the language model") && logged.contains("not-allowed"), "{logged}");
    for part in [KEY, "9f8e7d", "c5b4a", planted] {
        assert!(!shown.contains(part), "{part} in {shown}");
        assert!(!logged.contains(part), "{part} in the log");
    }
}

#[test]
fn a_key_that_is_no_header_is_told_without_it() {
    let key: SecretString = "sk-hunter2\nX-Other: 1".into();
    let error = header(&key).unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"));
    let header = header(&SecretString::from("sk-hunter2")).unwrap();
    assert!(header.is_sensitive());
    assert!(!format!("{header:?}").contains("hunter2"));
}

#[tokio::test]
async fn a_provider_is_shown_without_its_key() {
    let address = Address::read("https://models.example", PlainHttp::Refused).expect("an address");
    let provider =
        Provider { address, key: Some(KEY.into()), model: "m".to_owned(), models: Vec::new(), embedding_model: None };
    let shown = format!("{provider:?} {:?}", Client::new(provider.clone(), clock()).expect("a client"));
    assert!(shown.contains("models.example") && !shown.contains(KEY), "{shown}");
}
