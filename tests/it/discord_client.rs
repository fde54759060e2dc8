//! The REST client against a Discord on a bad day.
//!
//! The server is a script: each connection gets the next answer, whatever it asks.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use alphapy::clock::Clock;
use alphapy::config;
use alphapy::discord::{Client, Error, MessageBody, Nonce};
use jiff::SignedDuration;
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
        self.client_at(Clock::system())
    }

    fn client_at(&self, clock: Clock) -> Client {
        Client::new(&config::Discord {
            discord_application_id: Id::new(1),
            discord_bot_token: "t0ken".into(),
            discord_api_base: format!("http://{}/api/v10", self.address),
            discord_requests_per_second: None,
            discord_login_page: "http://127.0.0.1:9/".to_owned(),
        })
        .expect("a client")
        .with_clock(clock)
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
    send_in(client, 9, 5, deadline).await
}

async fn send_in(client: &Client, guild: u64, channel: u64, deadline: Instant) -> Result<(), Error> {
    let body = MessageBody { content: "hello".to_owned(), ..MessageBody::default() };
    let nonce = Nonce { purpose: "test", row: 1, revision: 0 };
    client.guild(Id::new(guild)).create_message(Id::new(channel), &body, nonce, deadline).await.map(|_| ())
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

const REVOKED: Line = Line::Answer(401, "", r#"{"message":"401: Unauthorized","code":0}"#);
const FORBIDDEN: Line = Line::Answer(403, "", r#"{"message":"Missing Access","code":50001}"#);

#[tokio::test]
async fn a_token_that_is_not_accepted_is_tried_again_by_one_call_at_a_time() {
    let script = Script::play(vec![REVOKED, REVOKED, FINE, FINE]).await;
    let clock = Clock::frozen("2027-03-01T09:00:00Z".parse().expect("it is a time"));
    let client = script.client_at(clock.clone());
    for (asked, seconds) in [(1, 4), (1, 1), (2, 9)] {
        for _ in 0..3 {
            let error = send(&client, soon()).await.expect_err("the token is revoked");
            assert!(matches!(error, Error::Unauthorized) && error.is_passing(), "{error:?}");
        }
        assert!(!client.is_authorized());
        assert_eq!(script.asked().len(), asked);
        clock.advance(SignedDuration::from_secs(seconds));
    }
    clock.advance(SignedDuration::from_secs(1));
    for asked in [3, 4] {
        send(&client, soon()).await.expect("the token is good again");
        assert_eq!(script.asked().len(), asked);
    }
    assert!(client.is_authorized());
}

#[tokio::test]
async fn what_one_guild_is_refused_stops_that_guild_alone() {
    let script = Script::play([vec![FORBIDDEN; 200], vec![FINE; 2]].concat()).await;
    let client = script.client();
    let stopped = Arc::<Mutex<Vec<u64>>>::default();
    let told = Arc::clone(&stopped);
    client.on_stop(move |guild| told.lock().expect("no panic").push(guild.get()));
    // Each channel is another question.
    for channel in 1..=200 {
        let error = send_in(&client, 9, channel, soon()).await.expect_err("it is refused");
        assert!(matches!(error, Error::NoAccess { code: 50001 }), "{error:?}");
    }
    for _ in 0..3 {
        let error = send_in(&client, 9, 777, soon()).await.expect_err("it is not made");
        assert!(matches!(error, Error::GuildBraked) && error.is_passing(), "{error:?}");
    }
    assert_eq!(script.asked().len(), 200);
    assert_eq!(*stopped.lock().expect("no panic"), [9]);
    send_in(&client, 10, 777, soon()).await.expect("another guild's is made");
    edit(&client, soon()).await.expect("so is an answer to a member");
}

#[tokio::test]
async fn what_was_refused_three_times_is_not_asked_a_fourth() {
    let script = Script::play([vec![FORBIDDEN; 3], vec![FINE; 4]].concat()).await;
    let clock = Clock::frozen("2027-03-01T09:00:00Z".parse().expect("it is a time"));
    let client = script.client_at(clock.clone());
    for _ in 0..50 {
        let error = send(&client, soon()).await.expect_err("it is refused");
        assert!(matches!(error, Error::NoAccess { code: 50001 }), "{error:?}");
    }
    assert_eq!(script.asked().len(), 3);
    send_in(&client, 9, 6, soon()).await.expect("another channel");
    send_in(&client, 10, 5, soon()).await.expect("another guild");
    clock.advance(SignedDuration::from_secs(30));
    for _ in 0..2 {
        send(&client, soon()).await.expect("it was mended");
    }
}

#[tokio::test]
async fn many_that_wait_for_one_bucket_are_stopped_when_the_first_are_refused() {
    let limited = "x-ratelimit-bucket: b\r\nx-ratelimit-limit: 5\r\nx-ratelimit-remaining: 4\r\n\
                   x-ratelimit-reset-after: 0.001\r\n";
    let Line::Answer(status, _, body) = FORBIDDEN else { unreachable!("it is an answer") };
    let script = Script::play(vec![Line::Answer(status, limited, body); 99]).await;
    let client = script.client();
    let refused = futures_util::future::join_all((0..50).map(|_| send(&client, soon()))).await;
    assert!(refused.iter().all(|it| matches!(it, Err(Error::NoAccess { code: 50001 }))), "{refused:?}");
    assert_eq!(script.asked().len(), 3);
}

#[tokio::test]
async fn too_many_refusals_make_it_stop_before_discord_bans_us_and_answers_last_longest() {
    let script = Script::play(vec![FORBIDDEN; 4000]).await;
    let client = script.client();
    // Of guilds that nobody can stop one by one there would have to be very many.
    for guild in 1..=1000 {
        let error = send_in(&client, guild, 5, soon()).await.expect_err("it is always refused");
        assert!(matches!(error, Error::NoAccess { code: 50001 }), "{error:?}");
    }
    let braked = send_in(&client, 1001, 5, soon()).await.expect_err("it is not made");
    assert!(matches!(braked, Error::Braked), "{braked:?}");
    // What a member waits for has room of its own.
    let mut answers = 0;
    for guild in 1..=2001 {
        let token = SecretString::from("interaction-t0ken");
        let answer = client.guild(Id::new(guild)).edit_original(&token, &MessageBody::default(), soon()).await;
        match answer.expect_err("it is always refused") {
            Error::NoAccess { code: 50001 } => answers += 1,
            other => assert!(matches!(other, Error::Braked), "{other:?}"),
        }
    }
    assert_eq!((answers, script.asked().len()), (2000, 3000));
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
        discord_requests_per_second: None,
        discord_login_page: "http://127.0.0.1:9/".to_owned(),
    })
    .expect("a client");
    for error in [edit(&client, soon()).await, send(&nobody.client(), soon()).await] {
        let error = anyhow::Error::from(error.expect_err("nobody answers"));
        let text = format!("{error:#} {error:?}");
        assert!(!text.contains("t0ken"), "{text}");
    }
}
