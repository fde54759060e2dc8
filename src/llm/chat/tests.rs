//! As what a call is sent, and how a form is read.

use serde::Deserialize;

use super::*;
use crate::llm::learned::{Change, Maximum};

#[derive(Debug, Deserialize, PartialEq)]
struct Order {
    number: u32,
    #[serde(default, deserialize_with = "one_or_many")]
    parts: Vec<String>,
}

fn order(number: u32) -> Order {
    Order { number, parts: Vec::new() }
}

#[test]
fn parameters_are_sent_only_if_they_are_set() {
    let messages =
        [Message::system("Be kind."), Message::user("Hi"), Message::assistant("Hello"), Message::user("Help")];
    let chat = Chat::new(Id::new(1), &messages);
    let plain = body(&chat, "m", &Known::default(), None, &[]);
    let expected = json!({"model": "m", "messages": [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello"},
        {"role": "user", "content": "Help"},
    ]});
    assert_eq!(plain, expected);
    let set = Chat { temperature: Some(0.3), max_tokens: Some(400), ..chat };
    let sent = body(&set, "m", &Known::default(), None, &[]);
    assert_eq!((&sent["temperature"], &sent["max_tokens"]), (&json!(0.3), &json!(400)));
    let mut known = Known::default();
    known.apply(Change::NoTemperature);
    known.apply(Change::Maximum(Maximum::MaxCompletionTokens));
    let sent = body(&set, "m", &known, None, &[]);
    assert_eq!((sent.get("temperature"), sent.get("max_tokens")), (None, None));
    assert_eq!(sent["max_completion_tokens"], 400);
    known.apply(Change::Maximum(Maximum::Unknown));
    assert_eq!(body(&set, "m", &known, None, &[]), expected);
    let not_a_number = Chat { temperature: Some(f32::NAN), ..chat };
    assert_eq!(body(&not_a_number, "m", &Known::default(), None, &[]), expected);
}

#[test]
fn a_form_is_asked_for_in_each_shape() {
    let schema = json!({"type": "object", "properties": {"number": {"type": "integer"}}});
    let form = Form { name: "order", schema: &schema };
    let sent = |messages: &[Message], shape| {
        let chat = Chat::new(Id::new(1), messages);
        body(&chat, "m", &Known::default(), Some((&form, shape)), &[])
    };
    let messages = [Message::system("Be kind."), Message::user("Help")];
    let strict = sent(&messages, Shape::JsonSchema);
    let format = json!({"type": "json_schema", "json_schema": {"name": "order", "strict": true, "schema": schema}});
    assert_eq!(strict["response_format"], format);
    assert_eq!(strict["messages"][0]["content"], "Be kind.");
    let explained =
        format!("Be kind.\n\nAnswer with one JSON object and nothing else. It must fit this JSON schema:\n{schema}");
    let object = sent(&messages, Shape::JsonObject);
    assert_eq!(object["response_format"], json!({"type": "json_object"}));
    assert_eq!(object["messages"][0]["content"], explained);
    let text = sent(&messages, Shape::Text);
    assert_eq!(text.get("response_format"), None);
    assert_eq!(text["messages"], object["messages"]);
    // Members' words are never where ours stand.
    let without = sent(&messages[1..], Shape::Text);
    assert_eq!(
        (&without["messages"][0]["role"], &without["messages"][1]["content"]),
        (&json!("system"), &json!("Help"))
    );
}

#[test]
fn a_form_is_found_wherever_it_stands() {
    let check = |text: &str| assert_eq!(read_form::<Order>(text), Ok(order(7)), "{text}");
    check(r#"{"number": 7}"#);
    check("Here you are:\n```json\n{\"number\": 7}\n```\nGood luck!");
    check("Use {curly} brackets, or {}: {\"number\": 7} {\"number\": 8}");
    check(r#"{"order": {"number": 8}} is wrong, {"number": 7, "more": [1]} is right"#);
}

#[test]
fn what_is_no_form_is_not_taken_for_one() {
    let check = |text: &str| assert!(read_form::<Order>(text).is_err(), "{text}");
    check("");
    check("You get your money back.");
    check(r#"{"number": "seven"}"#);
    check(r#"{"number": 7"#);
    check(r#"{"order": {"number": 7}}"#);
    check(&"{".repeat(100_000));
    check(&format!("{}{}", "{x} ".repeat(MOST_OBJECTS), r#"{"number": 7}"#));
}

#[test]
fn one_value_in_place_of_a_list_is_a_list_of_one() {
    let check = |json: &str, expected: &[&str]| {
        let order: Order = read_form(json).expect("an order");
        assert_eq!(order.parts, expected, "{json}");
    };
    check(r#"{"number": 7, "parts": "a"}"#, &["a"]);
    check(r#"{"number": 7, "parts": ["a", "b"]}"#, &["a", "b"]);
    check(r#"{"number": 7, "parts": null}"#, &[]);
    check(r#"{"number": 7}"#, &[]);
    assert!(read_form::<Order>(r#"{"number": 7, "parts": [1]}"#).is_err());
}

#[test]
fn nothing_of_what_members_wrote_is_shown_by_accident() {
    let messages = [Message::user("my password is hunter2")];
    let chat = format!("{:?}", Chat::new(Id::new(1), &messages));
    assert!(!chat.contains("hunter2"), "{chat}");
}
