//! What is made of what servers answer.

use base64::Engine;
use serde_json::json;

use super::*;

fn text_of(answer: &Value) -> Result<String, Error> {
    read_chat(answer.to_string().as_bytes()).map_err(|complaint| complaint.into_error(None))?.text
}

fn message(message: &Value) -> Value {
    json!({"choices": [{"message": message}]})
}

fn says(answer: &Value, expected: &str) {
    assert_eq!(text_of(answer).as_deref(), Ok(expected), "{answer}");
}

fn fails(answer: &Value, code: &str) {
    assert_eq!(text_of(answer).expect_err("it is no answer").code(), code, "{answer}");
}

#[test]
fn nothing_but_the_content_is_needed() {
    says(&message(&json!({"content": "Hello"})), "Hello");
    says(
        &json!({"choices": [{"index": 0, "message": {"content": "Hello", "role": 7, "tool_calls": "none"},
        "finish_reason": "", "logprobs": {}}], "id": null, "created": "today", "service_tier": "on_demand",
        "usage": "much", "system_fingerprint": []}),
        "Hello",
    );
    says(
        &message(&json!({"content": " Hello\n", "refusal": null, "reasoning_content": "I think", "reasoning": {}})),
        "Hello",
    );
    says(&message(&json!({"content": "Hello", "refusal": ""})), "Hello");
}

#[test]
fn content_is_a_string_or_parts_or_an_object() {
    let part = |text: &str| json!({"type": "text", "text": text});
    says(&message(&json!({"content": [part("Hel"), part("lo")]})), "Hello");
    says(&message(&json!({"content": ["Hel", part("lo"), {"type": "image_url", "image_url": {}}, 7, null]})), "Hello");
    says(&message(&json!({"content": [{"type": "thinking", "thinking": [part("hm")]}, part("Hello")]})), "Hello");
    says(&message(&json!({"content": {"answerable": true}})), r#"{"answerable":true}"#);
}

#[test]
fn thoughts_are_no_part_of_the_answer() {
    says(&message(&json!({"content": "<think>They ask {\"a\": 1}</think>\n\nHello"})), "Hello");
    says(&message(&json!({"content": "They ask</think>Hello"})), "Hello");
    says(&message(&json!({"content": "What <think> means"})), "What <think> means");
    fails(&message(&json!({"content": "<think>They ask"})), "not-understood");
    fails(&message(&json!({"content": null, "reasoning_content": "They ask"})), "not-understood");
}

#[test]
fn refusals_cuts_and_silence_are_told_apart() {
    fails(&message(&json!({"content": null, "refusal": "I cannot"})), "refused");
    fails(&message(&json!({"content": [{"type": "refusal", "refusal": "I cannot"}]})), "refused");
    fails(&json!({"choices": [{"message": {"content": "He"}, "finish_reason": "content_filter"}]}), "refused");
    fails(&json!({"choices": [{"message": {"content": "He"}, "finish_reason": "length"}]}), "too-long");
    fails(&message(&json!({"content": " \n"})), "not-understood");
    fails(&message(&json!({"content": []})), "not-understood");
    fails(&message(&json!({"content": 7})), "not-understood");
    fails(&message(&json!({})), "not-understood");
    for nothing in [json!({"choices": []}), json!({}), json!([]), json!(null), json!("x"), json!({"choices": "none"})] {
        fails(&nothing, "not-understood");
    }
}

#[test]
fn an_error_inside_of_200_is_what_it_says() {
    fails(&json!({"error": {"message": "Rate limited", "code": 429}}), "busy");
    fails(&json!({"error": {"message": "Provider returned error", "code": "502"}, "choices": []}), "down");
    fails(&json!({"error": {"message": "No credit", "code": 402}}), "not-paid");
    fails(&json!({"error": {"message": "?", "code": 200}}), "down");
    fails(&json!({"error": "model is loading"}), "down");
}

#[test]
fn what_is_no_json_is_named() {
    let reason = |body: &[u8]| match read_chat(body).expect_err("no answer").into_error(None) {
        Error::NotUnderstood(reason) => reason.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(b" \n<!doctype html><p>Welcome"), "a web page in place of an answer");
    for body in [&b""[..], b"data: {\"choices\":[]}", b"{\"choices\":[{\"mess", b"\xff\xfe", &[b'['; 5000]] {
        assert_eq!(reason(body), "an answer that is no JSON");
    }
}

#[test]
fn usage_is_read_where_it_is_told_and_believable() {
    let check = |usage: Value, expected: Option<(u64, u64)>| {
        let mut answer = message(&json!({"content": "Hello"}));
        answer["usage"] = usage.clone();
        let said = read_chat(answer.to_string().as_bytes()).expect("an answer");
        assert_eq!(said.usage.map(|usage| (usage.prompt, usage.completion)), expected, "{usage}");
    };
    check(json!({"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}), Some((12, 3)));
    check(json!({"prompt_tokens": 12.0, "completion_tokens": 3.0}), Some((12, 3)));
    check(json!({"total_tokens": 15}), Some((15, 0)));
    check(json!({"total_tokens": 15, "completion_tokens": 5}), Some((10, 5)));
    check(json!({"prompt_tokens": 12}), Some((12, 0)));
    check(json!({"prompt_tokens": 0, "completion_tokens": 0}), None);
    check(json!({"prompt_tokens": "12"}), None);
    check(json!({"prompt_tokens": -5, "completion_tokens": 1e300}), Some((0, MOST_TOKENS)));
    check(json!({"prompt_tokens": u64::MAX}), Some((MOST_TOKENS, 0)));
    check(Value::Null, None);
}

fn vectors(data: &Value, texts: usize) -> Result<Vec<Vec<f32>>, String> {
    let answer = json!({ "data": data }).to_string();
    let read =
        read_embeddings(answer.as_bytes(), texts).map_err(|complaint| complaint.into_error(None).code().to_owned())?;
    read.map(|(vectors, _)| vectors).map_err(|error| error.reason().expect("there is one").to_string())
}

fn in_base64(numbers: &[f32]) -> String {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[test]
fn vectors_are_lists_or_base64_in_the_order_of_their_index() {
    let expected = Ok(vec![vec![1.0, -0.5], vec![0.25, 2.0]]);
    let second = json!([0.25, 2.0]);
    assert_eq!(vectors(&json!([{"index": 1, "embedding": second}, {"index": 0, "embedding": [1, -0.5]}]), 2), expected);
    assert_eq!(vectors(&json!([{"embedding": [1, -0.5]}, {"embedding": second, "object": 7}]), 2), expected);
    let first = in_base64(&[1.0, -0.5]);
    assert_eq!(vectors(&json!([{"index": 1, "embedding": second}, {"index": 0, "embedding": first}]), 2), expected);
}

#[test]
fn vectors_that_are_none_are_not_taken() {
    let check = |data: Value, reason: &str| assert_eq!(vectors(&data, 2), Err(reason.to_owned()), "{data}");
    let one = |index: u64, embedding: Value| json!({"index": index, "embedding": embedding});
    let missing = "texts without a vector, or vectors of several sizes";
    check(json!([one(0, json!([1.0]))]), missing);
    check(json!([one(0, json!([1.0])), one(1, json!([1.0, 2.0]))]), missing);
    check(json!([]), missing);
    check(json!([one(0, json!([1.0])), one(0, json!([1.0]))]), "two vectors for a text");
    check(json!([one(0, json!([1.0])), one(7, json!([1.0]))]), "a vector for no text");
    let none = "a vector that is none";
    for embedding in
        [json!([]), json!(["a"]), json!(null), json!({}), json!("***"), json!("AAAA"), json!([1e300]), json!("")]
    {
        check(json!([one(0, embedding), one(1, json!([1.0]))]), none);
    }
    check(json!([one(0, json!(in_base64(&[f32::NAN]))), one(1, json!([1.0]))]), none);
    check(json!([one(0, json!(vec![0.5; MOST_DIMENSIONS + 1])), one(1, json!([1.0]))]), none);
    check(json!([{"index": 0}]), "an answer without vectors");
    check(json!("none"), "an answer without vectors");
}

#[test]
fn complaints_in_place_of_vectors_are_read() {
    let code = |body: &[u8]| read_embeddings(body, 1).expect_err("it complains").into_error(None).code();
    assert_eq!(code(br#"{"error":{"code":429}}"#), "busy");
    assert_eq!(code(b"<html>"), "not-understood");
    let answer = br#"{"data":[{"embedding":[1]}],"usage":{"prompt_tokens":5,"total_tokens":5}}"#;
    let (_, usage) = read_embeddings(answer, 1).expect("no complaint").expect("a vector");
    assert_eq!(usage.map(|usage| usage.total()), Some(5));
}
