//! Forms from servers that take some shapes and parameters, and from models that keep to some.

use super::*;

/// The shapes that were asked for.
fn asked_for(fake: &Fake) -> Vec<String> {
    let received = fake.take_received();
    let shape = |body: &Value| body["response_format"]["type"].as_str().unwrap_or("text").to_owned();
    received.iter().map(|received| shape(&received.body)).collect()
}

async fn start_with(schema: Manner, object: Manner, prompt: Manner) -> (Fake, Client) {
    let (fake, client) = start().await;
    fake.set_manners(Manners { schema, object, prompt, form: json!({"number": 7}), ..Manners::default() });
    (fake, client)
}

/// The shape that the client knows to work.
fn learned(client: &Client) -> Option<Shape> {
    let messages = [Message::user("Hi")];
    client.shape(&Chat::new(Id::new(1), &messages))
}

#[tokio::test]
async fn the_strictest_shape_that_works_is_found_once() {
    use Manner::{Grunts, Ignores, Keeps, Refuses};
    let (schema, object, text) = ("json_schema", "json_object", "text");
    let cases = [
        (Keeps, Keeps, Keeps, Shape::JsonSchema, vec![schema]),
        (Refuses, Keeps, Keeps, Shape::JsonObject, vec![schema, object]),
        (Ignores, Keeps, Keeps, Shape::JsonObject, vec![schema, object]),
        (Grunts, Keeps, Keeps, Shape::JsonObject, vec![schema, object]),
        (Refuses, Refuses, Keeps, Shape::Text, vec![schema, object, text]),
        (Ignores, Ignores, Keeps, Shape::Text, vec![schema, object, text]),
        (Grunts, Ignores, Keeps, Shape::Text, vec![schema, object, text]),
    ];
    for (on_schema, on_object, on_prompt, shape, requests) in cases {
        let (fake, client) = start_with(on_schema, on_object, on_prompt).await;
        let asked = fill(&client).await;
        assert_eq!((asked.result, asked.requests as usize), (Ok(Order { number: 7 }), requests.len()));
        assert_eq!(asked_for(&fake), requests);
        assert_eq!(learned(&client), Some(shape));
        assert_eq!(fill(&client).await.result, Ok(Order { number: 7 }));
        assert_eq!(asked_for(&fake), requests[requests.len() - 1..], "it is known by now");
    }
}

#[tokio::test]
async fn a_model_that_writes_prose_is_asked_once_more() {
    let (fake, client) = start_with(Manner::Ignores, Manner::Ignores, Manner::Ignores).await;
    let asked = fill(&client).await;
    assert_eq!((code(&asked), asked.requests), ("not-understood", 4));
    assert_eq!(reason(&asked), "no form in the answer, nor after a repair, form order");
    let repair = fake.received()[3].body["messages"].clone();
    assert_eq!(repair[2], json!({"role": "assistant", "content": "You get your money back within 14 days."}));
    assert!(repair[3]["content"].as_str().unwrap().ends_with("Answer with the object alone."));
    assert_eq!(learned(&client), None, "nothing worked");
    fake.take_received();
    for act in [Act::Usual, Act::Usual, Act::Says("Order 7.".to_owned()), Act::Fills(json!({"number": 9}))] {
        fake.next(act);
    }
    assert_eq!(fill(&client).await.result, Ok(Order { number: 9 }));
    assert_eq!(learned(&client), Some(Shape::Text));
}

#[tokio::test]
async fn one_bad_answer_says_nothing_against_a_shape_that_works() {
    let (fake, client) = start().await;
    assert!(fill(&client).await.result.is_ok());
    for act in [Act::Says("Order 7.".to_owned()), Act::Silent, Act::Fills(json!({"order": 7}))] {
        fake.next(act);
        let asked = fill(&client).await;
        assert_eq!((asked.result, asked.requests), (Ok(Order { number: 7 }), 2));
        assert_eq!(learned(&client), Some(Shape::JsonSchema));
    }
    let manners = Manners { schema: Manner::Refuses, form: json!({"number": 7}), ..Manners::default() };
    fake.set_manners(manners);
    assert!(fill(&client).await.result.is_ok());
    assert_eq!(learned(&client), Some(Shape::JsonObject), "a server that refuses it does");
}

#[tokio::test]
async fn what_is_learned_is_of_one_model() {
    let (_fake, client) = start_with(Manner::Refuses, Manner::Keeps, Manner::Keeps).await;
    assert!(fill(&client).await.result.is_ok());
    let messages = [Message::user("Hi")];
    let of = |model| client.shape(&Chat { model, ..Chat::new(Id::new(1), &messages) });
    assert_eq!(
        (of(None), of(Some("writer")), of(Some("other"))),
        (Some(Shape::JsonObject), Some(Shape::JsonObject), None)
    );
}

#[tokio::test]
async fn a_refusal_or_a_cut_or_another_fault_is_asked_in_no_plainer_shape() {
    let (fake, client) = start().await;
    let acts = [
        (Act::Refuses("I cannot help with that.".to_owned()), "refused"),
        (Act::Filtered, "refused"),
        (Act::CutShort("{\"number\": 7".to_owned()), "too-long"),
        (Act::Complains(401, json!({})), "not-allowed"),
        (Act::refuses_parameter("context_length_exceeded", "messages"), "too-long"),
        (Act::Complains(400, json!({"error": {"code": "content_filter"}})), "refused"),
        (Act::refuses_parameter("invalid_value", "max_tokens"), "not-understood"),
        (Act::Html(200), "not-understood"),
        (Act::NoChoices, "not-understood"),
    ];
    for (act, expected) in acts {
        fake.next(act.clone());
        let asked = fill(&client).await;
        assert_eq!((code(&asked), asked.requests), (expected, 1), "{act:?}");
    }
}

async fn write_with(client: &Client, temperature: Option<f32>, max_tokens: Option<u32>) -> Asked<String> {
    let messages = [Message::user("Hi")];
    client.write(&Chat { temperature, max_tokens, ..Chat::new(Id::new(1), &messages) }).await
}

#[tokio::test]
async fn a_parameter_that_is_not_taken_is_renamed_or_dropped_once_and_for_all() {
    let (fake, client) = start().await;
    let refused = vec![("temperature", "unsupported_value"), ("max_tokens", "unsupported_parameter")];
    fake.set_manners(Manners { refused, form: json!({"number": 7}), ..Manners::default() });
    let asked = write_with(&client, Some(0.7), Some(300)).await;
    assert!(asked.result.is_ok(), "{:?}", asked.result);
    let received = fake.take_received();
    let has = |at: usize, name: &str| !received[at].body[name].is_null();
    assert_eq!(received.len(), 3);
    assert!(has(0, "temperature") && has(0, "max_tokens"));
    assert!(!has(2, "temperature") && !has(2, "max_tokens"));
    assert_eq!(received[2].body["max_completion_tokens"], 300);
    assert_eq!(write_with(&client, Some(0.7), Some(300)).await.requests, 1, "it is known by now");
    assert_eq!(fill(&client).await.requests, 1, "and holds for forms");
    assert_eq!(write_with(&client, None, None).await.requests, 1);
}

#[tokio::test]
async fn a_server_that_takes_nothing_is_not_asked_for_ever() {
    let (fake, client) = start().await;
    let names = ["temperature", "max_tokens", "max_completion_tokens"];
    let refused = names.map(|name| (name, "unsupported_parameter")).to_vec();
    fake.set_manners(Manners { refused, ..Manners::default() });
    let asked = write_with(&client, Some(0.7), Some(300)).await;
    assert_eq!((code(&asked), asked.requests), ("answered", 4));
    fake.next_times(9, &Act::refuses_parameter("unsupported_parameter", "max_tokens"));
    let asked = write_with(&client, Some(0.7), Some(300)).await;
    assert_eq!((code(&asked), asked.requests), ("not-understood", 1), "it is not even sent any more");
    assert_eq!(reason(&asked), "400, code unsupported_parameter, type invalid_request_error, param max_tokens");
}
