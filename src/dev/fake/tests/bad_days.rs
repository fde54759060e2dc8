//! Faults, and the callback route.

use std::time::Duration;

use axum::http::Method;
use expect_test::expect;
use serde_json::{Value, json};

use super::super::{Answer, Fault};
use super::Stage;

/// So long nothing comes where nothing is to come. What comes may take its time.
const NOTHING: Duration = Duration::from_millis(80);

impl Stage {
    /// What the next GET gets: a status, or 0 for a connection that was cut.
    async fn next(&self, answer: Answer) -> u16 {
        let channel = self.channel("help");
        self.discord.fault(Fault::on(Method::GET, "channels/").answers(answer));
        self.call(Method::GET, &channel, Value::Null).await.0
    }

    /// Whether the next GET gets no answer.
    async fn is_left_without(&self, answer: Answer) -> bool {
        tokio::time::timeout(NOTHING, self.next(answer)).await.is_err()
    }
}

#[tokio::test]
async fn faults_are_those_of_bad_days() {
    let stage = Stage::new().await;
    for answer in [Answer::Hang, Answer::HangAfter, Answer::Slow(Duration::from_secs(600))] {
        assert!(stage.is_left_without(answer).await);
    }
    assert_eq!(stage.next(Answer::Slow(Duration::from_millis(1))).await, 200);
    assert_eq!(stage.next(Answer::Reset).await, 0);
    assert_eq!(stage.next(Answer::ServerError).await, 500);
    assert_eq!(stage.next(Answer::Html429).await, 429);
    assert_eq!(stage.next(Answer::RateLimit(1.5)).await, 429);
    assert_eq!(stage.next(Answer::GlobalLimit(1.5)).await, 429);
    assert_eq!(stage.next(Answer::Status(418, json!({}))).await, 418);
    stage.discord.fault(Fault::on_any());
    assert_eq!(stage.call(Method::DELETE, &stage.channel("help"), Value::Null).await.0, 500);
    assert_eq!(stage.call(Method::GET, &stage.channel("help"), Value::Null).await.0, 200);
}

#[tokio::test]
async fn what_is_the_bots_own_doing_is_held_against_it() {
    let stage = Stage::new().await;
    let missing = json!({"code": 50001, "message": "Missing Access"});
    for (answer, refused) in [
        (Answer::Status(403, missing.clone()), 1),
        (Answer::RateLimit(1.5), 2),
        (Answer::SharedLimit(1.5), 2),
        (Answer::GlobalLimit(1.5), 3),
        (Answer::Status(404, missing.clone()), 3),
        (Answer::Status(401, missing), 4),
        (Answer::ServerError, 4),
    ] {
        stage.next(answer.clone()).await;
        assert_eq!(stage.discord.refused(), refused, "{answer:?}");
    }
    stage.clock.advance(jiff::SignedDuration::from_mins(10));
    assert_eq!(stage.discord.refused(), 0);
}

#[tokio::test]
async fn a_router_that_cannot_cut_says_so() {
    let stage = Stage::new().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api/v10{}", listener.local_addr().unwrap(), stage.channel("help"));
    let router = stage.discord.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    stage.discord.fault(Fault::on_any().answers(Answer::Reset));
    assert_eq!(stage.client.get(url).send().await.unwrap().status(), 502);
}

#[tokio::test]
async fn an_answer_may_come_by_the_callback_route() {
    let stage = Stage::new().await;
    stage.register(super::faq()).await;
    // The answer by HTTP comes only after the callback: 202, without a body.
    let (discord, base, client) = (stage.discord.clone(), stage.base.clone(), stage.client.clone());
    let handle = move |body: String| async move {
        let interaction: Value = serde_json::from_str(&body).unwrap();
        let (id, token) = (interaction["id"].as_str().unwrap(), interaction["token"].as_str().unwrap());
        let url = format!("{base}/interactions/{id}/{token}/callback?with_response=true");
        let answer = json!({"type": 4, "data": {"content": "by callback", "flags": 64}});
        let send = async || client.post(&url).header("user-agent", "alphapy").json(&answer).send().await.unwrap();
        let first = send().await;
        assert_eq!(first.status(), 200);
        let told: Value = first.json().await.unwrap();
        assert_eq!(told["interaction"]["response_message_ephemeral"], true);
        assert_eq!(told["resource"]["message"]["content"], "by callback");
        assert_eq!(send().await.json::<Value>().await.unwrap()["code"], 40060);
        axum::http::StatusCode::ACCEPTED
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    discord.set_endpoint(&format!("http://{}/interactions", listener.local_addr().unwrap()));
    let router = axum::Router::new().route("/interactions", axum::routing::post(handle));
    tokio::spawn(async move { axum::serve(listener, router).await });
    discord.person("ann").types("/faq search query:a").await;
    stage.discord.take_problems();
    stage.screen(expect![[r#"
        ann in #help: /faq search query:a
        bot: by callback (only ann sees this)
    "#]]);
}

#[tokio::test]
async fn many_messages_are_deleted_at_once_while_they_are_young() {
    let stage = Stage::new().await;
    let path = format!("{}/messages/bulk-delete", stage.channel("help"));
    let old = stage.discord.post("Home", "help", "ann", "old");
    stage.clock.advance(jiff::SignedDuration::from_hours(24 * 15));
    let young: Vec<String> = (0..3).map(|n| stage.discord.post("Home", "help", "ann", &n.to_string())).collect();
    let delete = async |ids: &[&String]| stage.call(Method::POST, &path, json!({"messages": ids})).await;
    assert_eq!(delete(&[&old, &young[0]]).await.1["code"], 50034);
    assert_eq!(delete(&[&young[0]]).await.1["code"], 50035);
    assert_eq!(delete(&[&young[0], &young[1]]).await.0, 204);
    assert_eq!(stage.discord.person("ann").messages(None, 9).0.len(), 2);
    stage.discord.take_problems();
    stage.screen(expect![[r#"
        ann in #help: old
        ann in #help: 0
        ann in #help: 1
        ann in #help: 2
        bot deletes 2 messages in #help
    "#]]);
}
