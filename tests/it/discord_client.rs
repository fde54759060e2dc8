//! The REST client against a Discord on a bad day.
//!
//! The server is a script: each connection gets the next answer, whatever it asks.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use alphapy::config;
use alphapy::discord::{Client, Error, MessageBody, Nonce};
use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use twilight_model::id::Id;

/// What the server does with a request.
#[derive(Clone)]
enum Line {
    /// Answers with this status, these headers and this body.
    Answer(u16, &'static str, &'static str),
    /// Closes the connection.
    Reset,
    /// Says nothing for ever.
    Hang,
}

/// A scripted Discord, and what it was asked.
struct Script {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

const MESSAGE: &str = r#"{"id":"7","channel_id":"5","author":{"id":"1","username":"alphapy","discriminator":"0","avatar":null},
    "content":"","timestamp":"2027-03-01T09:00:00.000000+00:00","edited_timestamp":null,"tts":false,
    "mention_everyone":false,"mentions":[],"mention_roles":[],"attachments":[],"embeds":[],"pinned":false,"type":0}"#;
const LIMITED: &str = r#"{"message":"You are being rate limited.","retry_after":0.05,"global":false}"#;
const FINE: Line = Line::Answer(200, "", MESSAGE);
const UNWELL: Line = Line::Answer(502, "", "<html>bad gateway</html>");

impl Script {
    async fn play(lines: Vec<Line>) -> Script {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&asked);
        tokio::spawn(async move {
            let mut lines = lines.into_iter();
            while let Ok((mut socket, _)) = listener.accept().await {
                let line = lines.next().unwrap_or(Line::Answer(500, "", "the script is over"));
                let request = read_request(&mut socket).await;
                log.lock().expect("no panic").push(request);
                match line {
                    Line::Answer(status, headers, body) => {
                        let answer = format!(
                            "HTTP/1.1 {status} X\r\n{headers}connection: close\r\ncontent-length: {}\r\n\r\n{body}",
                            body.len()
                        );
                        let _ = socket.write_all(answer.as_bytes()).await;
                    }
                    Line::Reset => drop(socket),
                    Line::Hang => {
                        tokio::spawn(async move {
                            std::future::pending::<()>().await;
                            drop(socket);
                        });
                    }
                }
            }
        });
        Script { address, asked }
    }

    fn client(&self) -> Client {
        Client::new(&config::Discord {
            discord_application_id: Id::new(1),
            discord_bot_token: "t0ken".into(),
            discord_api_base: format!("http://{}/api/v10", self.address),
        })
        .expect("a client")
    }

    /// First lines of what was asked.
    fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().expect("no panic");
        asked.iter().map(|request| request.lines().next().unwrap_or_default().replace(" HTTP/1.1", "")).collect()
    }

    fn last(&self) -> String {
        self.asked.lock().expect("no panic").last().cloned().unwrap_or_default()
    }
}

/// The head, and as much body as it announces.
async fn read_request(socket: &mut tokio::net::TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let announced =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= announced.unwrap_or(0) {
                return text;
            }
        }
        match socket.read(&mut buffer).await {
            Ok(count) if count > 0 => bytes.extend_from_slice(&buffer[..count]),
            _ => return text,
        }
    }
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(20)
}

async fn send(client: &Client, deadline: Instant) -> Result<(), Error> {
    let body = MessageBody { content: "hello".to_owned(), ..MessageBody::default() };
    let nonce = Nonce { purpose: "test", row: 1, revision: 0 };
    client.guild(Id::new(9)).create_message(Id::new(5), &body, nonce, deadline).await.map(|_| ())
}

async fn edit(client: &Client, deadline: Instant) -> Result<(), Error> {
    let (token, body) = (SecretString::from("interaction-t0ken"), MessageBody::default());
    client.guild(Id::new(9)).edit_original(&token, &body, deadline).await.map(|_| ())
}

#[tokio::test]
async fn a_message_that_was_deleted_before_its_answer_came_was_sent() {
    let script = Script::play(vec![Line::Answer(404, "", r#"{"code": 10008, "message": "Unknown Message"}"#)]).await;
    send(&script.client(), soon()).await.expect("it was sent");
}

#[tokio::test]
async fn a_message_is_sent_with_everything_discord_wants() {
    let script = Script::play(vec![FINE]).await;
    send(&script.client(), soon()).await.expect("it is sent");
    let request = script.last();
    let (head, body) = request.split_once("\r\n\r\n").expect("a head");
    let head = head.to_lowercase();
    assert!(head.starts_with("post /api/v10/channels/5/messages http/1.1"), "{head}");
    for header in ["authorization: bot t0ken", "user-agent: discordbot (https://", "content-type: application/json"] {
        assert!(head.contains(header), "no {header} in {head}");
    }
    let mut body: serde_json::Value = serde_json::from_str(body).expect("JSON");
    let nonce = body["nonce"].take();
    assert_eq!(nonce.as_str().map(str::len), Some(24), "{nonce}");
    let expected = serde_json::json!({"content": "hello", "embeds": [], "components": [],
        "allowed_mentions": {"parse": []}, "nonce": null, "enforce_nonce": true});
    assert_eq!(body, expected);
}

#[tokio::test]
async fn the_audit_log_gets_a_reason() {
    let script = Script::play(vec![Line::Answer(204, "", "")]).await;
    script
        .client()
        .guild(Id::new(9))
        .delete_message(Id::new(5), Id::new(7), "asked by Zoë", soon())
        .await
        .expect("it is deleted");
    assert!(script.last().to_lowercase().contains("x-audit-log-reason: asked%20by%20zo%c3%ab"), "{}", script.last());
}

#[tokio::test]
async fn an_interactions_route_carries_no_bot_token() {
    let script = Script::play(vec![FINE]).await;
    edit(&script.client(), soon()).await.expect("it is shown");
    assert_eq!(script.asked(), ["PATCH /api/v10/webhooks/1/interaction-t0ken/messages/@original"]);
    assert!(!script.last().to_lowercase().contains("authorization"), "{}", script.last());
}

#[tokio::test]
async fn resets_and_server_errors_are_retried() {
    let script = Script::play(vec![Line::Reset, UNWELL, Line::Answer(500, "", ""), FINE]).await;
    edit(&script.client(), soon()).await.expect("the fourth attempt succeeds");
    assert_eq!(script.asked().len(), 4);
}

#[tokio::test]
async fn a_message_with_a_nonce_is_retried_too() {
    let script = Script::play(vec![Line::Reset, FINE]).await;
    send(&script.client(), soon()).await.expect("the second attempt succeeds");
}

#[tokio::test]
async fn retries_end() {
    let script = Script::play(vec![UNWELL; 9]).await;
    let error = edit(&script.client(), soon()).await.expect_err("it is never well");
    assert_eq!(error.to_string(), "502 Bad Gateway, code 0: ");
    assert_eq!(script.asked().len(), 4);
}

#[tokio::test]
async fn a_silent_discord_costs_no_more_than_the_deadline() {
    let script = Script::play(vec![Line::Hang]).await;
    let error = edit(&script.client(), Instant::now() + Duration::from_millis(100)).await.expect_err("it hangs");
    assert!(matches!(error, Error::TooSlow), "{error:?}");
}

#[tokio::test]
async fn a_429_is_waited_out() {
    let script = Script::play(vec![Line::Answer(429, "", LIMITED), Line::Answer(429, "", LIMITED), FINE]).await;
    send(&script.client(), soon()).await.expect("it is sent in the end");
    assert_eq!(script.asked().len(), 3);
}

#[tokio::test]
async fn a_429_longer_than_the_deadline_is_an_error_at_once() {
    let long = r#"{"message":"x","retry_after":3600,"global":false}"#;
    let script = Script::play(vec![Line::Answer(429, "", long)]).await;
    let error = send(&script.client(), soon()).await.expect_err("an hour is too long");
    assert!(
        matches!(error, Error::RateLimited { retry_after } if retry_after == Duration::from_secs(3600)),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_page_of_html_is_a_ban_and_stops_every_call() {
    let script = Script::play(vec![Line::Answer(429, "retry-after: 3600\r\n", "<html>banned</html>"), FINE]).await;
    let client = script.client();
    for _ in 0..3 {
        let error = send(&client, soon()).await.expect_err("an hour is too long");
        assert!(matches!(error, Error::RateLimited { .. }), "{error:?}");
    }
    let error = edit(&client, soon()).await.expect_err("a ban is for our address");
    assert!(matches!(error, Error::RateLimited { .. }), "{error:?}");
    assert_eq!(script.asked().len(), 1, "it is not asked again");
}

#[tokio::test]
async fn interactions_are_exempt_from_the_global_limit() {
    let global = r#"{"message":"x","retry_after":3600,"global":true}"#;
    let script = Script::play(vec![Line::Answer(429, "", global), FINE]).await;
    let client = script.client();
    for _ in 0..2 {
        let error = send(&client, soon()).await.expect_err("an hour is too long");
        assert!(matches!(error, Error::RateLimited { .. }), "{error:?}");
    }
    edit(&client, soon()).await.expect("it is exempt");
    assert_eq!(script.asked().len(), 2);
}

#[tokio::test]
async fn an_absurd_pause_is_no_panic() {
    let absurd = r#"{"message":"x","retry_after":1e300,"global":true}"#;
    let header = "retry-after: 18446744073709551615\r\n";
    let script = Script::play(vec![Line::Answer(429, "", absurd), Line::Answer(429, header, "<html>")]).await;
    let client = script.client();
    for error in [send(&client, soon()).await, edit(&client, soon()).await] {
        let error = error.expect_err("it is too long");
        assert!(matches!(error, Error::RateLimited { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_revoked_token_stops_every_call() {
    let script = Script::play(vec![Line::Answer(401, "", r#"{"message":"401: Unauthorized","code":0}"#), FINE]).await;
    let client = script.client();
    for _ in 0..2 {
        let error = send(&client, soon()).await.expect_err("the token is revoked");
        assert!(matches!(error, Error::Unauthorized), "{error:?}");
    }
    assert_eq!(script.asked().len(), 1);
}

#[tokio::test]
async fn too_many_refusals_make_it_stop_before_discord_bans_us_and_answers_last_longest() {
    let forbidden = Line::Answer(403, "", r#"{"message":"Missing Access","code":50001}"#);
    let script = Script::play(vec![forbidden; 4000]).await;
    let client = script.client();
    let mut refused = 0;
    // What a member waits for has room of its own.
    for (answers, limit) in [(false, 1000), (true, 3000)] {
        let braked = loop {
            let outcome = if answers { edit(&client, soon()).await } else { send(&client, soon()).await };
            match outcome.expect_err("it is always refused") {
                Error::NoAccess { code: 50001 } => refused += 1,
                other => break other,
            }
        };
        assert!(matches!(braked, Error::Braked), "{braked:?}");
        assert_eq!(refused, limit);
    }
    assert_eq!((refused, script.asked().len()), (3000, 3000));
}

#[tokio::test]
async fn errors_have_names() {
    let check = async |status: u16, code: u64, expected: &str| {
        let body: &'static str = format!(r#"{{"message":"x","code":{code}}}"#).leak();
        let script = Script::play(vec![Line::Answer(status, "", body)]).await;
        let error = send(&script.client(), soon()).await.expect_err("it is refused");
        assert_eq!(error.to_string(), expected);
    };
    check(404, 10003, "it is gone (10003)").await;
    check(403, 50001, "no access (50001)").await;
    check(403, 50013, "a permission is missing (50013)").await;
    check(403, 50278, "the member cannot be messaged (50278)").await;
    check(404, 10015, "the interaction has expired (10015)").await;
    check(400, 40060, "the interaction is answered already (40060)").await;
    check(400, 30013, "a maximum is reached (30013)").await;
    check(400, 200000, "the text was filtered (200000)").await;
}

#[tokio::test]
async fn no_error_shows_a_token() {
    let nobody = Script::play(Vec::new()).await;
    let client = Client::new(&config::Discord {
        discord_application_id: Id::new(1),
        discord_bot_token: "t0ken".into(),
        discord_api_base: "http://127.0.0.1:1/api/v10".to_owned(),
    })
    .expect("a client");
    for error in [edit(&client, soon()).await, send(&nobody.client(), soon()).await] {
        let error = anyhow::Error::from(error.expect_err("nobody answers"));
        let text = format!("{error:#} {error:?}");
        assert!(!text.contains("t0ken"), "{text}");
    }
}
