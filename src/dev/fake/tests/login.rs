//! People who log in, and webhook events.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use ed25519_dalek::{Signature, VerifyingKey};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::Stage;

const BACK: &str = "http://127.0.0.1:9/auth/callback";

impl Stage {
    fn root(&self) -> &str {
        self.base.trim_end_matches("/api/v10")
    }

    fn authorize_url(&self, scope: &str) -> String {
        let id = self.discord.application_id();
        let query = format!("response_type=code&client_id={id}&scope={scope}&state=s%26t&redirect_uri={BACK}");
        format!("{}/oauth2/authorize?{query}", self.root())
    }

    /// Where a person is sent back to, as the parameters say.
    async fn logs_in(&self, scope: &str, choice: &str) -> HashMap<String, String> {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        let request = client.build().unwrap().post(self.authorize_url(scope));
        let answer = request.body(choice.to_owned()).send().await.unwrap();
        assert_eq!(answer.status(), 302);
        let to = reqwest::Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
        assert!(to.as_str().starts_with(BACK));
        to.query_pairs().into_owned().collect()
    }

    async fn token(&self, fields: &[(&str, &str)]) -> (u16, Value) {
        let body = fields.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&");
        let request = self.client.post(format!("{}/oauth2/token", self.base)).header("user-agent", "alphapy");
        let request = request.basic_auth(self.discord.application_id(), Some(self.discord.client_secret()));
        let answer =
            request.header("content-type", "application/x-www-form-urlencoded").body(body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn as_person(&self, access: &str, path: &str) -> (u16, Value) {
        let request =
            self.client.get(format!("{}{path}", self.base)).header("user-agent", "alphapy").bearer_auth(access);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

#[tokio::test]
async fn a_person_logs_in() {
    let stage = Stage::new().await;
    let refused = stage.client.get(stage.authorize_url("identify")).send().await.unwrap();
    assert_eq!(refused.status(), 400, "where to go back to is not registered");
    stage.discord.set_redirect_uris(&[BACK]);
    let page = stage.client.get(stage.authorize_url("identify")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Continue as olga"), "{page}");

    let denied = stage.logs_in("identify", "cancel=1").await;
    assert_eq!((denied["error"].as_str(), denied["state"].as_str()), ("access_denied", "s&t"));
    let back = stage.logs_in("identify%20guilds", "person=olga").await;
    assert_eq!(back["iss"], "https://discord.com");
    let exchange = [("grant_type", "authorization_code"), ("code", &back["code"]), ("redirect_uri", BACK)];
    let (status, token) = stage.token(&exchange).await;
    assert_eq!((status, &token["token_type"], &token["scope"]), (200, &json!("Bearer"), &json!("identify guilds")));
    assert_eq!(stage.token(&exchange).await, (400, json!({"error": "invalid_grant"})), "a code works once");

    let access = token["access_token"].as_str().unwrap();
    assert_eq!(stage.as_person(access, "/users/@me").await.1["username"], "olga");
    let (_, guilds) = stage.as_person(access, "/users/@me/guilds").await;
    assert_eq!((guilds.as_array().unwrap().len(), &guilds[0]["owner"]), (1, &json!(true)));
    assert_eq!(stage.as_person(access, "/oauth2/@me").await.1["scopes"], json!(["identify", "guilds"]));
    let member = format!("/users/@me/guilds/{}/member", stage.discord.id_of("Home"));
    assert_eq!(stage.as_person(access, &member).await.0, 403, "that was not asked for");
    assert_eq!(stage.as_person("guess", "/users/@me").await.0, 401);
    assert_eq!(stage.as_person(access, &format!("/guilds/{}", stage.discord.id_of("Home"))).await.0, 401);

    let refresh = [("grant_type", "refresh_token"), ("refresh_token", token["refresh_token"].as_str().unwrap())];
    let (status, renewed) = stage.token(&refresh).await;
    assert_eq!((status, stage.token(&refresh).await.0), (200, 400), "it rotates");
    let access = renewed["access_token"].as_str().unwrap();
    stage.clock.advance(SignedDuration::from_secs(604_801));
    assert_eq!(stage.as_person(access, "/users/@me").await.0, 401, "a week is over");
    stage.discord.take_problems();
}

#[tokio::test]
async fn a_code_is_good_for_a_minute_and_its_address() {
    let stage = Stage::new().await;
    stage.discord.set_redirect_uris(&[BACK]);
    let exchange = async |code: &str, to: &str| {
        stage.token(&[("grant_type", "authorization_code"), ("code", code), ("redirect_uri", to)]).await.0
    };
    let code = stage.logs_in("identify", "person=ann").await["code"].clone();
    assert_eq!(exchange(&code, "http://127.0.0.1:9/other").await, 400);
    let code = stage.logs_in("identify", "person=ann").await["code"].clone();
    stage.clock.advance(SignedDuration::from_secs(61));
    assert_eq!(exchange(&code, BACK).await, 400);
    assert_eq!(stage.token(&[("grant_type", "password")]).await.1["error"], "unsupported_grant_type");
    stage.discord.take_problems();
}

#[tokio::test]
async fn a_code_that_was_asked_for_with_a_challenge_comes_with_its_verifier() {
    let stage = Stage::new().await;
    stage.discord.set_redirect_uris(&[BACK]);
    // The example of RFC 7636, appendix B.
    let (verifier, challenge) =
        ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    let asked = format!("identify&code_challenge={challenge}&code_challenge_method=S256");
    let exchange = async |code: &str, verifier: &[(&str, &str)]| {
        let fields = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", BACK)];
        stage.token(&[&fields, verifier].concat()).await.0
    };
    let code = async || stage.logs_in(&asked, "person=ann").await["code"].clone();
    assert_eq!(exchange(&code().await, &[]).await, 400, "there is none");
    assert_eq!(exchange(&code().await, &[("code_verifier", &"a".repeat(43))]).await, 400, "it is another");
    assert_eq!(exchange(&code().await, &[("code_verifier", verifier)]).await, 200);
    let plain = stage.authorize_url(&format!("identify&code_challenge={verifier}&code_challenge_method=plain"));
    assert_eq!(stage.client.get(plain).send().await.unwrap().status(), 400);
    stage.discord.take_problems();
}

#[tokio::test]
async fn what_was_allowed_is_taken_back() {
    let stage = Stage::new().await;
    stage.discord.set_redirect_uris(&[BACK]);
    let code = stage.logs_in("identify", "person=ann").await["code"].clone();
    let (_, token) =
        stage.token(&[("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", BACK)]).await;
    let access = token["access_token"].as_str().unwrap().to_owned();
    let request = stage.client.post(format!("{}/oauth2/token/revoke", stage.base)).header("user-agent", "alphapy");
    let form = format!(
        "token={access}&client_id={}&client_secret={}",
        stage.discord.application_id(),
        stage.discord.client_secret()
    );
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
    assert_eq!(request.send().await.unwrap().status(), 200);
    assert_eq!(stage.as_person(&access, "/users/@me").await.0, 401);
    stage.discord.take_problems();
}

#[tokio::test]
async fn webhook_events_are_signed() {
    let stage = Stage::new().await;
    let heard: Arc<Mutex<Vec<Value>>> = Arc::default();
    let key: [u8; 32] = hex::decode(stage.discord.public_key()).unwrap().try_into().unwrap();
    let key = VerifyingKey::from_bytes(&key).unwrap();
    let hears = heard.clone();
    let handle = move |headers: axum::http::HeaderMap, body: String| async move {
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        let signature: [u8; 64] = hex::decode(header("x-signature-ed25519")).unwrap().try_into().unwrap();
        let signed = format!("{}{body}", header("x-signature-timestamp"));
        key.verify_strict(signed.as_bytes(), &Signature::from_bytes(&signature)).unwrap();
        hears.lock().unwrap().push(serde_json::from_str(&body).unwrap());
        axum::http::StatusCode::NO_CONTENT
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    stage.discord.set_events_endpoint(&format!("http://{}/events", listener.local_addr().unwrap()));
    let router = axum::Router::new().route("/events", axum::routing::post(handle));
    tokio::spawn(async move { axum::serve(listener, router).await });

    assert_eq!(stage.discord.probe_events().await, 204);
    assert_eq!(stage.discord.authorizes("olga", "Home").await, 204);
    assert_eq!(stage.discord.deauthorizes("olga").await, 204);
    let heard = heard.lock().unwrap();
    let kinds: Vec<_> = heard.iter().map(|event| (event["type"].clone(), event["event"]["type"].clone())).collect();
    let (added, gone) = (json!("APPLICATION_AUTHORIZED"), json!("APPLICATION_DEAUTHORIZED"));
    assert_eq!(kinds, [(json!(0), Value::Null), (json!(1), added), (json!(1), gone)]);
    assert_eq!(heard[1]["event"]["data"]["guild"]["name"], "Home");
    assert_eq!(heard[1]["event"]["timestamp"], "2026-11-22T12:00:00.000000");
}
