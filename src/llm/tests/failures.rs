//! What staff is told of each failure, and how often it was tried.

use super::*;

#[tokio::test(start_paused = true)]
async fn each_failure_is_one_of_the_few_that_staff_is_told_apart() {
    hurry();
    let error = |code: &str| json!({"error": {"message": "no", "code": code}});
    let cases = [
        (Act::Complains(401, error("invalid_api_key")), "not-allowed", 1, "401, code invalid_api_key"),
        (Act::Complains(402, json!({})), "not-paid", 1, "402"),
        (Act::Complains(403, json!({"detail": "Forbidden"})), "not-allowed", 1, "403"),
        (Act::Complains(404, error("model_not_found")), "not-allowed", 1, "404, code model_not_found"),
        (Act::Complains(429, error("insufficient_quota")), "not-paid", 1, "429, code insufficient_quota"),
        (Act::Complains(429, json!({})), "busy", 1, "429"),
        (Act::RetryAfter(429, "3600".to_owned()), "busy", 1, "429, code rate_limit_exceeded"),
        (
            Act::Complains(400, json!([{"error": {"code": 400, "message": "API key not valid."}}])),
            "not-allowed",
            1,
            "400, code 400",
        ),
        (Act::Complains(400, error("context_length_exceeded")), "too-long", 1, "400, code context_length_exceeded"),
        (Act::Complains(413, json!({})), "too-long", 1, "413"),
        (Act::Complains(400, json!({})), "not-understood", 1, "400"),
        (Act::Complains(418, json!("?")), "not-understood", 1, "418"),
        (Act::Complains(500, error("server_error")), "down", 3, "500, code server_error"),
        (Act::Complains(501, json!({})), "down", 1, "501"),
        (Act::Html(502), "down", 3, "502"),
        (Act::Html(200), "not-understood", 1, "a web page in place of an answer"),
        (Act::NoChoices, "not-understood", 1, "an answer without choices"),
        (Act::Silent, "not-understood", 1, "an empty answer"),
        (Act::Refuses("I cannot.".to_owned()), "refused", 1, "the model refused"),
        (Act::Filtered, "refused", 1, "a filter of the provider's stopped the answer"),
        (Act::CutShort("Your order".to_owned()), "too-long", 1, "the answer was cut at its maximum"),
        (Act::Answers(json!({"error": {"code": 402}})), "not-paid", 1, "402, code 402"),
        (Act::DiesInTheMiddle, "down", 3, "the connection broke"),
        (Act::Endless, "not-understood", 1, "200, an answer of more than 2097152 bytes"),
    ];
    for (act, expected, requests, words) in cases {
        let (fake, client) = start().await;
        fake.next_times(9, &act);
        let asked = write(&client).await;
        assert_eq!((code(&asked), asked.requests), (expected, requests), "{act:?}: {asked:?}");
        assert_eq!(fake.received().len(), requests as usize, "{act:?}");
        assert!(reason(&asked).starts_with(words), "{act:?}: {}", reason(&asked));
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (fake, client) = start().await;
    let (other, _) = start().await;
    fake.next(Act::Redirects(format!("{}/v1/chat/completions", other.origin())));
    let asked = write(&client).await;
    assert_eq!(code(&asked), "not-understood");
    assert!(reason(&asked).starts_with("a redirect"), "{}", reason(&asked));
    assert!(other.received().is_empty());
}

#[tokio::test(start_paused = true)]
async fn nobody_there_is_down() {
    hurry();
    let client = at(&Fake::nobody().await);
    let asked = write(&client).await;
    assert_eq!((code(&asked), asked.requests), ("down", 3));
    assert_eq!(reason(&asked), "no connection: connection refused");
    assert_eq!(asked.usage, Usage::default());
}

#[tokio::test(start_paused = true)]
async fn what_was_lost_may_have_cost_something() {
    hurry();
    let (fake, client) = start().await;
    fake.next_times(3, &Act::DiesInTheMiddle);
    let usage = write(&client).await.usage;
    assert!(usage.is_estimated && usage.prompt > 3 * 30, "{usage:?}");
    fake.next(Act::Complains(401, json!({})));
    assert_eq!(write(&client).await.usage, Usage::default(), "who is turned away pays nothing");
}

#[tokio::test]
async fn operators_see_what_is_wrong_until_it_is_over() {
    let (fake, client) = start().await;
    assert_eq!(client.trouble(), None);
    fake.next(Act::Complains(402, json!({})));
    let error = write(&client).await.result.unwrap_err();
    assert_eq!(client.trouble(), Some(Trouble { at: clock().now(), error: error.clone() }));
    fake.next(Act::Refuses("I cannot.".to_owned()));
    write(&client).await;
    assert_eq!(client.trouble().map(|trouble| trouble.error), Some(error), "a refusal is nobody's trouble");
    write(&client).await;
    assert_eq!(client.trouble(), None);
}

#[tokio::test]
async fn a_question_that_is_too_large_is_not_sent() {
    let (fake, client) = start().await;
    let messages = [Message::user("a".repeat(1024 * 1024))];
    let asked = client.write(&Chat::new(Id::new(1), &messages)).await;
    assert_eq!((code(&asked), asked.requests, fake.received().len()), ("too-long", 0, 0));
}

#[tokio::test]
async fn vectors_fail_like_words_and_apart_from_them() {
    let (fake, client) = start().await;
    for (act, expected) in [
        (Act::Complains(401, json!({})), "not-allowed"),
        (Act::Html(200), "not-understood"),
        (Act::Answers(json!({"data": []})), "not-understood"),
        (Act::Endless, "not-understood"),
    ] {
        fake.next(act.clone());
        assert_eq!(code(&embed(&client, &["a", "b"]).await), expected, "{act:?}");
    }
    assert_eq!(code(&write(&client).await), "answered");
}
