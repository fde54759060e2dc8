//! The fake against a tiny bot that answers what a test tells it to.

mod bad_days;
mod login;
mod rest;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use ed25519_dalek::{Signature, VerifyingKey};
use expect_test::{Expect, expect};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use twilight_model::application::interaction::Interaction;
use twilight_model::guild::Permissions;

use super::{Answer, Discord, Fault};
use crate::clock::Clock;

/// Discord with two servers, a bot, and the bot's own client.
struct Stage {
    discord: Discord,
    clock: Clock,
    base: String,
    client: reqwest::Client,
    answers: Answers,
}

type Answers = Arc<Mutex<HashMap<String, Value>>>;

impl Stage {
    async fn new() -> Stage {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let clock = Clock::frozen("2026-11-22T12:00:00Z".parse::<Timestamp>().unwrap());
        let discord = Discord::new(clock.clone());
        discord
            .guild("Home")
            .owner("olga")
            .role("Staff", Permissions::MANAGE_MESSAGES)
            .channel("help")
            .category("Tickets")
            .channel("staff")
            .private("staff", &["Staff"])
            .member("ann", &[])
            .member("sam", &["Staff"]);
        discord.guild("Night Shift").channel("help").member("nora", &[]);
        let base = discord.serve().await;
        let answers = Answers::default();
        discord.set_endpoint(&serve_bot(&discord, &answers).await);
        Stage { discord, clock, base, client: super::http(), answers }
    }

    /// What the bot answers to the interaction of that name or custom id.
    fn answers(&self, what: &str, body: Value) {
        self.answers.lock().unwrap().insert(what.to_owned(), body);
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let request = self.client.request(method, format!("{}{path}", self.base));
        let request = request.header("user-agent", "DiscordBot (https://example.com, 1.0)");
        let request = request.header("authorization", format!("Bot {}", self.discord.bot_token()));
        let request = if body.is_null() { request } else { request.json(&body) };
        match request.send().await {
            Ok(answer) => (answer.status().as_u16(), answer.json().await.unwrap_or_default()),
            Err(_) => (0, Value::Null),
        }
    }

    async fn register(&self, commands: Value) -> (u16, Value) {
        self.call(Method::PUT, &format!("/applications/{}/commands", self.discord.application_id()), commands).await
    }

    /// The path of calls with the token of the last interaction.
    fn webhook(&self, rest: &str) -> String {
        let exchanges = self.discord.exchanges();
        let token = exchanges.last().unwrap().request["token"].as_str().unwrap().to_owned();
        format!("/webhooks/{}/{token}{rest}", self.discord.application_id())
    }

    fn screen(&self, expected: Expect) {
        expected.assert_eq(&self.discord.screen());
    }

    fn channel(&self, name: &str) -> String {
        format!("/channels/{}", self.discord.id_of(&format!("#{name}")))
    }
}

async fn serve_bot(discord: &Discord, answers: &Answers) -> String {
    let key: [u8; 32] = hex::decode(discord.public_key()).unwrap().try_into().unwrap();
    let key = VerifyingKey::from_bytes(&key).unwrap();
    let answers = answers.clone();
    let handle = move |headers: HeaderMap, body: String| async move { answer(&key, &answers, &headers, &body) };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/interactions", listener.local_addr().unwrap());
    let router = axum::Router::new().route("/interactions", axum::routing::post(handle));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

fn answer(key: &VerifyingKey, answers: &Answers, headers: &HeaderMap, body: &str) -> Response {
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let signature: [u8; 64] = hex::decode(header("x-signature-ed25519")).unwrap().try_into().unwrap();
    let signed = format!("{}{body}", header("x-signature-timestamp"));
    if key.verify_strict(signed.as_bytes(), &Signature::from_bytes(&signature)).is_err() {
        return axum::http::StatusCode::UNAUTHORIZED.into_response();
    }
    let json: Value = serde_json::from_str(body).unwrap();
    if json["type"] == 1 {
        return axum::Json(json!({"type": 1})).into_response();
    }
    // The payloads are complete enough for twilight's model of a whole interaction.
    serde_json::from_str::<Interaction>(body).expect("an interaction");
    let name = json["data"]["name"].as_str().or(json["data"]["custom_id"].as_str()).unwrap();
    let name = if json["type"] == 4 { "suggest" } else { name };
    match answers.lock().unwrap().get(name) {
        Some(answer) => axum::Json(answer.clone()).into_response(),
        None => axum::http::StatusCode::NOT_FOUND.into_response(),
    }
}

fn faq() -> Value {
    let query = json!({
        "type": 3, "name": "query", "description": "What", "required": true, "autocomplete": true, "max_length": 40,
    });
    let options = json!([
        query,
        {"type": 5, "name": "public", "description": "For all"},
        {"type": 4, "name": "page", "description": "Page", "min_value": 1, "max_value": 9},
        {"type": 6, "name": "asker", "description": "Who"},
        {"type": 7, "name": "where", "description": "Where", "channel_types": [0]},
        {"type": 8, "name": "team", "description": "Team"},
        {"type": 11, "name": "file", "description": "File"},
        {"type": 3, "name": "kind", "description": "Kind", "choices": [{"name": "All", "value": "all"}]},
    ]);
    json!([
        {"name": "faq", "description": "FAQ", "contexts": [0], "integration_types": [0], "options": [
            {"type": 1, "name": "search", "description": "Search", "options": options}
        ]},
        {"name": "clean", "description": "Clean", "default_member_permissions": "8192", "contexts": [0]},
        {"name": "Add to FAQ", "type": 3, "contexts": [0], "integration_types": [0]},
        {"name": "Who is this", "type": 2, "contexts": [0], "integration_types": [0]},
    ])
}

fn buttons() -> Value {
    json!([{"type": 1, "components": [
        {"type": 2, "style": 2, "label": "Previous", "custom_id": "prev", "disabled": true},
        {"type": 2, "style": 1, "label": "Next", "custom_id": "next"},
        {"type": 2, "style": 4, "label": "Delete", "custom_id": "delete", "emoji": {"name": "🗑️"}},
        {"type": 2, "style": 5, "label": "Docs", "url": "https://example.com"},
    ]}, {"type": 1, "components": [
        {"type": 3, "custom_id": "pick", "placeholder": "Pick an entry", "options": [
            {"label": "Refunds", "value": "1", "description": "Money back"},
            {"label": "Shipping", "value": "2", "default": true},
        ]}
    ]}])
}

#[tokio::test]
async fn a_client_lists_who_sees_a_channel() {
    let stage = Stage::new().await;
    let viewers = |person: &str, channel: &str| {
        let view = stage.discord.person(person).view().unwrap();
        let channels = view["guilds"][0]["channels"].as_array().unwrap();
        let found = channels.iter().find(|it| it["name"] == channel)?.clone();
        let ids = found["viewers"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned());
        Some(ids.collect::<Vec<_>>())
    };
    let ids = |people: &[&str]| Some(people.iter().map(|name| stage.discord.id_of(name)).collect::<Vec<_>>());
    assert_eq!(viewers("sam", "help"), ids(&["bot", "olga", "ann", "sam"]));
    assert_eq!(viewers("sam", "staff"), ids(&["bot", "olga", "sam"]));
    assert_eq!(viewers("ann", "staff"), None);
}

#[tokio::test]
async fn a_member_searches_pages_and_picks() {
    let stage = Stage::new().await;
    assert_eq!(stage.register(faq()).await.0, 200);
    stage.answers(
        "faq",
        json!({"type": 4, "data": {"flags": 64, "content": "Results", "embeds": [
        {
            "title": "#1 Refunds", "description": "You can get\nyour money back",
            "fields": [{"name": "Tags", "value": "money"}], "footer": {"text": "1 of 2"},
        }
    ], "components": buttons()}}),
    );
    stage.answers("next", json!({"type": 7, "data": {"content": "Page 2", "embeds": [], "components": []}}));
    stage.answers("pick", json!({"type": 4, "data": {"content": "It is <@&1>", "flags": 64}}));
    stage.answers("suggest", json!({"type": 8, "data": {"choices": [{"name": "Refund policy", "value": "7"}]}}));
    let ann = stage.discord.person("ann");
    ann.types("hello there").await;
    ann.types("/faq search query:refund policy public:true page:2 asker:@sam where:#help team:@&Staff kind:All").await;
    ann.clicks("Previous").await;
    stage.discord.person("sam").clicks("Next").await;
    ann.selects("Pick an entry", &["Refunds"]).await;
    ann.clicks("Next").await;
    assert_eq!(ann.suggests("/faq search public:true query:ref").await[0].value, "7");
    ann.picks("/faq search query:ref", "Refund policy").await;
    stage.screen(expect![[r#"
        ann in #help: hello there
        ann in #help: /faq search query:refund policy public:true page:2 asker:@sam where:#help team:@&Staff kind:All
        bot: Results (only ann sees this)
             | **#1 Refunds**
             | You can get
             | your money back
             | Tags: money
             | (1 of 2)
             [Previous (disabled)] [Next] [🗑️ Delete (danger)] [Docs → https://example.com]
             <select: Pick an entry>
               - Refunds (Money back)
               * Shipping
        ann cannot click [Previous]: it is disabled
        sam finds no button [Next] in #help
        ann selects Refunds in <Pick an entry>
        bot: It is @unknown role (only ann sees this)
        ann clicks [Next]
        bot edits: Page 2 (only ann sees this)
        ann in #help: /faq search query:Refund policy
        bot: Results (only ann sees this)
             | **#1 Refunds**
             | You can get
             | your money back
             | Tags: money
             | (1 of 2)
             [Previous (disabled)] [Next] [🗑️ Delete (danger)] [Docs → https://example.com]
             <select: Pick an entry>
               - Refunds (Money back)
               * Shipping
    "#]]);
    let exchange = &stage.discord.exchanges()[0];
    assert_eq!(exchange.request["member"]["permissions"], "311489317953");
    assert_eq!(exchange.request["data"]["options"][0]["options"][2], json!({"name": "page", "type": 4, "value": 2}));
    assert_eq!(stage.discord.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn the_client_refuses_what_cannot_be_typed() {
    let stage = Stage::new().await;
    stage.register(faq()).await;
    let ann = stage.discord.person("ann");
    for line in [
        "/nothing",
        "/faq find",
        "/faq search",
        "/faq search query:x page:10",
        "/faq search query:x kind:Some",
        "/clean",
    ] {
        ann.types(line).await;
    }
    ann.types("/faq search query:x where:#staff").await;
    ann.clone().in_channel("staff").types("hello").await;
    stage.discord.person("zoe").types("hello").await;
    ann.clicks("Nothing").await;
    ann.submits(&[]).await;
    stage.screen(expect![[r##"
        ann in #help: /nothing
        Discord refuses ann: /nothing — there is no such command
        ann in #help: /faq find
        Discord refuses ann: /faq find — /faq has no subcommand "find"
        ann in #help: /faq search
        Discord refuses ann: /faq search — query is required
        ann in #help: /faq search query:x page:10
        Discord refuses ann: /faq search — page is out of range: 10
        ann in #help: /faq search query:x kind:Some
        Discord refuses ann: /faq search — kind is none of the choices: "Some"
        ann in #help: /clean
        Discord refuses ann: /clean — no permission
        ann in #help: /faq search query:x where:#staff
        Discord refuses ann: /faq search — where is nobody or nothing here: "#staff"
        ann sees no channel #staff
        nobody is called zoe
        ann finds no button [Nothing] in #help
        ann has no form open
    "##]]);
    assert!(stage.discord.exchanges().is_empty());
}

#[tokio::test]
async fn an_interaction_goes_on_when_who_caused_it_has_gone() {
    let stage = Stage::new().await;
    stage.register(faq()).await;
    let ann = stage.discord.person("ann");
    let mut typing = Box::pin(ann.suggests("/faq search query:re"));
    // Typed on, before the bot has answered.
    tokio::select! {
        biased;
        _ = &mut typing => panic!("nothing has answered yet"),
        () = std::future::ready(()) => {}
    }
    drop(typing);
    let mut changes = stage.discord.watch();
    while !stage.discord.unfinished().is_empty() {
        changes.changed().await.unwrap();
    }
    assert_eq!(stage.discord.exchanges().len(), 1);
}

#[tokio::test]
async fn a_form_is_opened_filled_in_and_answered() {
    let stage = Stage::new().await;
    stage.register(faq()).await;
    stage.discord.post("Home", "help", "sam", "Refunds take\nthree days");
    stage.answers("Add to FAQ", json!({"type": 9, "data": {"custom_id": "form", "title": "Add an entry", "components": [
        {"type": 18, "label": "Title", "component": {"type": 4, "custom_id": "title", "style": 1, "max_length": 100}},
        {"type": 18, "label": "Answer", "component": {
            "type": 4, "custom_id": "answer", "style": 2, "value": "prefilled text",
        }},
        {"type": 18, "label": "Team", "component": {
            "type": 6, "custom_id": "team", "required": false, "min_values": 0,
        }},
        {"type": 18, "label": "Public", "component": {"type": 23, "custom_id": "public"}},
    ]}}));
    stage.answers("form", json!({"type": 5, "data": {"flags": 64}}));
    let ann = stage.discord.person("ann");
    ann.message_menu("Add to FAQ", "Refunds").await;
    ann.submits(&[("Answer", "Yes")]).await;
    ann.submits(&[("Title", "Refunds"), ("Team", "Staff"), ("Public", "true")]).await;
    assert_eq!(stage.discord.unfinished(), ["Add an entry of ann is still thinking"]);
    let (status, message) =
        stage.call(Method::PATCH, &stage.webhook("/messages/@original"), json!({"content": "Added"})).await;
    assert_eq!((status, &message["flags"]), (200, &json!(64)));
    let (status, _) = stage.call(Method::POST, &stage.webhook(""), json!({"content": "By the way, <@1>"})).await;
    assert_eq!(status, 200);
    assert_eq!(stage.call(Method::DELETE, &stage.webhook("/messages/@original"), Value::Null).await.0, 204);
    stage.clock.advance(SignedDuration::from_mins(16));
    let (status, error) = stage.call(Method::POST, &stage.webhook(""), json!({"content": "late"})).await;
    assert_eq!((status, &error["code"]), (401, &json!(50027)));
    stage.screen(expect![[r#"
        sam in #help: Refunds take
             three days
        ann in #help: Add to FAQ on “Refunds take…”
        bot opens a form for ann: Add an entry
             Title* (short, up to 100):
             Answer* (long, up to 4000): prefilled text
             Team (select a role):
             Public (box): no
        ann submits Answer="Yes"
        Discord refuses ann: Add an entry — Title is required
        ann submits Title="Refunds", Team="Staff", Public="true"
        bot is thinking… (only ann sees this)
        bot answers: Added (only ann sees this)
        bot adds: By the way, @user 1
        bot deletes a message: “Added”
    "#]]);
    let submitted = &stage.discord.exchanges()[1].request["data"];
    assert_eq!(submitted["components"][1]["component"]["value"], "prefilled text");
    assert!(submitted["resolved"]["roles"].is_object());
    assert_eq!(stage.discord.take_problems(), ["POST /webhooks/*/*: 50027 Invalid Webhook Token"]);
}

#[tokio::test]
async fn answers_that_discord_would_not_take_fail() {
    let stage = Stage::new().await;
    stage.register(faq()).await;
    let sam = stage.discord.person("sam");
    for answer in [
        json!({"type": 8, "data": {"choices": []}}),
        json!({"type": 4, "data": {"content": "x".repeat(2001)}}),
        json!({"type": 4}),
        json!({"type": 4, "data": {"content": "", "nonsense": 1}}),
    ] {
        stage.answers("clean", answer);
        sam.types("/clean").await;
    }
    stage.answers("suggest", json!({"type": 8, "data": {"choices": [{"name": "x".repeat(101), "value": 1}]}}));
    assert_eq!(sam.suggests("/faq search query:").await, []);
    sam.types("/faq search query:x").await;
    stage.screen(expect![[r#"
        sam in #help: /clean
        This interaction failed (sam)
        sam in #help: /clean
        This interaction failed (sam)
        sam in #help: /clean
        This interaction failed (sam)
        sam in #help: /clean
        This interaction failed (sam)
        Loading options failed (sam)
        sam in #help: /faq search query:x
        This interaction failed (sam)
    "#]]);
    expect![[r#"
        answer to /clean: type 8 does not answer this interaction, only [4, 5, 9, 12] do
        answer to /clean: content is 2001 characters, 0 to 2000 allowed
        answer to /clean: data is required
        answer to /clean: nonsense is no key that Discord knows here
        answer to /clean: the body is an empty message
        answer to /faq search: choices[0].name is 101 characters, 1 to 100 allowed
        answer to /faq search: has status 404"#]]
    .assert_eq(&stage.discord.problems().join("\n"));
    let (status, error) =
        stage.call(Method::PATCH, &stage.webhook("/messages/@original"), json!({"content": "x"})).await;
    assert_eq!((status, &error["code"]), (404, &json!(10015)));
}

#[tokio::test]
async fn the_bot_works_with_channels_roles_and_messages() {
    let stage = Stage::new().await;
    let guild = stage.discord.guild("Home").id();
    let ann = stage.discord.id_of("ann");
    let (status, channel) = stage.call(Method::POST, &format!("/guilds/{guild}/channels"), json!({
        "name": "Ticket 1", "topic": "Of ann", "parent_id": stage.discord.id_of("#Tickets"), "permission_overwrites": [
            {"id": guild, "type": 0, "allow": "0", "deny": "1024"},
            {"id": ann, "type": 1, "allow": "117760", "deny": "0"},
            {"id": stage.discord.application_id(), "type": 1, "allow": "117760", "deny": "0"},
        ]
    })).await;
    assert_eq!((status, &channel["name"]), (201, &json!("ticket-1")));
    let ticket = stage.channel("ticket-1");
    let body =
        json!({"content": format!("Hello <@{ann}> @everyone <t:1795345200:R>"), "nonce": "one", "enforce_nonce": true});
    let (_, first) = stage.call(Method::POST, &format!("{ticket}/messages"), body.clone()).await;
    let (_, again) = stage.call(Method::POST, &format!("{ticket}/messages"), body).await;
    assert_eq!(first["id"], again["id"]);
    stage.discord.person("ann").in_channel("ticket-1").types("thank you").await;
    stage.call(Method::PATCH, &ticket, json!({"name": "closed-1"})).await;
    let ticket = stage.channel("closed-1");
    let staff = stage.discord.id_of("@&Staff");
    stage
        .call(Method::PUT, &format!("{ticket}/permissions/{staff}"), json!({"type": 0, "allow": "1024", "deny": "0"}))
        .await;
    let role = format!("/guilds/{guild}/members/{ann}/roles/{staff}");
    assert_eq!(stage.call(Method::PUT, &role, Value::Null).await.0, 204);
    let (_, messages) = stage.call(Method::GET, &format!("{ticket}/messages?limit=1"), Value::Null).await;
    assert_eq!((messages[0]["content"].as_str(), messages[0]["author"]["username"].as_str()), (Some(""), Some("ann")));
    let first = first["id"].as_str().unwrap().to_owned();
    stage.call(Method::PATCH, &format!("{ticket}/messages/{first}"), json!({"content": "Closed"})).await;
    stage.call(Method::DELETE, &format!("{ticket}/messages/{first}"), Value::Null).await;
    stage.call(Method::DELETE, &ticket, Value::Null).await;
    let (_, dm) = stage.call(Method::POST, "/users/@me/channels", json!({"recipient_id": ann})).await;
    let dm = format!("/channels/{}/messages", dm["id"].as_str().unwrap());
    assert_eq!(stage.call(Method::POST, &dm, json!({"content": "Bye"})).await.0, 200);
    stage.screen(expect![[r#"
        bot creates #ticket-1 under Tickets
             topic: Of ann
             @everyone: not VIEW_CHANNEL
             ann: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: Hello @ann @everyone 1 hour ago (pings ann)
        ann in #ticket-1: thank you
        bot changes #ticket-1: now #closed-1
        bot sets in #closed-1: Staff: VIEW_CHANNEL
        bot gives ann the role Staff
        bot edits in #closed-1: Closed
        bot deletes a message in #closed-1: “Closed”
        bot deletes #closed-1
        bot in DM with ann: Bye
    "#]]);
    assert_eq!(stage.discord.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn refusals_have_discords_codes() {
    let stage = Stage::new().await;
    let guild = stage.discord.guild("Home").id();
    let (ann, staff) = (stage.discord.id_of("ann"), stage.discord.id_of("@&Staff"));
    let hidden = stage.discord.guild("Home").top_role("Boss", Permissions::empty()).channel("secret");
    let hidden = hidden.overwrite("secret", "@everyone", Permissions::empty(), Permissions::VIEW_CHANNEL);
    let hidden = hidden.channel("quiet").overwrite("quiet", "bot", Permissions::empty(), Permissions::SEND_MESSAGES);
    let boss = stage.discord.id_of("@&Boss");
    let of_ann = stage.discord.post("Home", "help", "ann", "mine");
    let (help, secret, quiet) = (stage.discord.id_of("#staff"), stage.channel("secret"), stage.channel("quiet"));
    let help = format!("/channels/{}", help);
    let cases = [
        (Method::GET, "/channels/5".to_owned(), Value::Null, 404, 10003),
        (Method::GET, secret.clone(), Value::Null, 403, 50001),
        (Method::POST, format!("{secret}/messages"), json!({"content": "x"}), 403, 50001),
        (Method::POST, format!("{quiet}/messages"), json!({"content": "x"}), 403, 50013),
        (Method::POST, format!("{help}/messages"), json!({"content": ""}), 400, 50006),
        (Method::POST, format!("{help}/messages"), json!({"content": "x".repeat(2001)}), 400, 50035),
        (Method::GET, format!("{help}/messages/5"), Value::Null, 404, 10008),
        (Method::PUT, format!("/guilds/{guild}/members/{ann}/roles/{boss}"), Value::Null, 403, 50013),
        (Method::PUT, format!("/guilds/{guild}/members/5/roles/{staff}"), Value::Null, 404, 10007),
        (Method::PUT, format!("/guilds/{guild}/members/{ann}/roles/5"), Value::Null, 404, 10011),
        (Method::GET, "/guilds/5".to_owned(), Value::Null, 404, 10004),
        (Method::DELETE, format!("{help}/permissions/5"), Value::Null, 404, 10009),
        (Method::POST, format!("/guilds/{guild}/channels"), json!({"topic": "x"}), 400, 50035),
        (Method::GET, "/nothing".to_owned(), Value::Null, 404, 0),
    ];
    for (method, path, body, status, code) in cases {
        let (got, error) = stage.call(method.clone(), &path, body.clone()).await;
        assert_eq!((got, &error["code"]), (status, &json!(code)), "{method} {path} {body} {error}");
    }
    let public = stage.discord.guild("Home").channel("public").id();
    drop((hidden, public));
    let (status, error) = stage
        .call(Method::PATCH, &format!("/channels/{}/messages/{of_ann}", first_help(&stage)), json!({"content": "x"}))
        .await;
    assert_eq!((status, &error["code"]), (403, &json!(50005)));
    let (_, channels) = stage.call(Method::GET, &format!("/guilds/{guild}/channels"), Value::Null).await;
    let names: Vec<&str> =
        channels.as_array().unwrap().iter().map(|channel| channel["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["help", "Tickets", "staff", "quiet", "public"]);
    let anonymous = stage
        .client
        .get(format!("{}/users/@me", stage.base))
        .header("user-agent", "DiscordBot (x, 1)")
        .send()
        .await
        .unwrap();
    assert_eq!(anonymous.status(), 401);
}

fn first_help(stage: &Stage) -> String {
    stage.discord.id_of("#help")
}

#[tokio::test]
async fn bad_days_can_be_arranged() {
    let stage = Stage::new().await;
    let path = format!("{}/messages", stage.channel("staff"));
    let post = |text: &str| stage.call(Method::POST, &path, json!({"content": text}));
    stage.discord.fault(Fault::on(Method::POST, "/messages").times(2));
    stage.discord.fault(Fault::on(Method::POST, "/messages").answers(Answer::Reset));
    stage.discord.fault(Fault::on(Method::POST, "/messages").answers(Answer::GlobalLimit(0.5)));
    assert_eq!([post("a").await.0, post("b").await.0, post("c").await.0], [500, 500, 0]);
    let (status, body) = post("d").await;
    assert_eq!((status, &body["retry_after"], &body["global"]), (429, &json!(0.5), &json!(true)));
    stage.discord.fault(Fault::on(Method::POST, "/messages").answers(Answer::HangAfter));
    let hung = tokio::time::timeout(std::time::Duration::from_millis(100), post("heard and not answered")).await;
    assert!(hung.is_err());
    stage.discord.limit("POST /channels/*/messages", 1, 60.0);
    let statuses = [post("in time").await.0, post("too many").await.0];
    assert_eq!(statuses, [200, 429]);
    stage.screen(expect![[r#"
        bot in #staff: heard and not answered
        bot in #staff: in time
    "#]]);
    assert_eq!(stage.discord.problems(), Vec::<String>::new());
    let seen: Vec<Option<u16>> = stage.discord.requests().iter().map(|request| request.status).collect();
    assert_eq!(seen, [Some(500), Some(500), None, Some(429), None, Some(200), Some(429)]);
}

#[tokio::test]
async fn a_bot_may_answer_by_callback_and_finds_its_endpoint_probed() {
    let stage = Stage::new().await;
    assert_eq!(stage.discord.probe().await, Ok(()));
    stage.register(faq()).await;
    let sam = stage.discord.person("sam");
    stage.answers("clean", json!({"type": 5}));
    sam.types("/clean").await;
    let request = stage.discord.exchanges().last().unwrap().request.clone();
    let callback =
        format!("/interactions/{}/{}/callback", request["id"].as_str().unwrap(), request["token"].as_str().unwrap());
    let (status, error) = stage.call(Method::POST, &callback, json!({"type": 5})).await;
    assert_eq!((status, &error["code"]), (400, &json!(40060)));
    sam.repeats().await;
    let (a, b) = {
        let exchanges = stage.discord.exchanges();
        (exchanges[exchanges.len() - 2].clone(), exchanges[exchanges.len() - 1].clone())
    };
    assert_eq!(a.body, b.body);
    let file = "--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n\
        {\"content\":\"Here\",\"attachments\":[{\"id\":0,\"filename\":\"a.csv\"}]}\r\n\
        --b\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a.csv\"\r\n\
        Content-Type: text/csv\r\n\r\n1,2\r\n--b--\r\n";
    let request = stage.client.patch(format!("{}{}", stage.base, stage.webhook("/messages/@original")));
    let request =
        request.header("content-type", "multipart/form-data; boundary=b").header("user-agent", "DiscordBot (x, 1)");
    let message: Value = request.body(file).send().await.unwrap().json().await.unwrap();
    assert_eq!(stage.discord.file("a.csv").unwrap(), b"1,2");
    let url = message["attachments"][0]["url"].as_str().unwrap();
    assert_eq!(stage.client.get(url).send().await.unwrap().text().await.unwrap(), "1,2");
    stage.screen(expect![[r#"
        sam in #help: /clean
        bot is thinking…
        Discord delivers the last interaction of sam again
        bot answers: Here
             <file: a.csv, 3 bytes>
    "#]]);
}

#[tokio::test]
async fn menus_direct_messages_and_components_only() {
    let stage = Stage::new().await;
    stage.register(faq()).await;
    stage.discord.guild("Home").channel("support").member("nora", &["Staff"]);
    let ask = json!({"type": 2, "style": 1, "label": "Ask", "custom_id": "ask"});
    let profile = json!([{"type": 17, "components": [
        {"type": 10, "content": "## Profile\nOf somebody"},
        {"type": 14},
        {"type": 9, "components": [{"type": 10, "content": "Ask"}], "accessory": ask},
    ]}]);
    stage.answers("Who is this", json!({"type": 4, "data": {"flags": 32768 | 64, "components": profile}}));
    stage.answers("ask", json!({"type": 6}));
    stage.answers("snooze", json!({"type": 7, "data": {"content": "Later", "components": []}}));
    let nora = stage.discord.person("nora").in_guild("Night Shift");
    nora.user_menu("Who is this", "nora").await;
    nora.clicks("Ask").await;
    let (status, _) = stage
        .call(
            Method::PATCH,
            &stage.webhook("/messages/@original"),
            json!({"flags": 32768, "components": [{"type": 10, "content": "Asked"}]}),
        )
        .await;
    assert_eq!(status, 200);
    nora.types("/faq search query:x file:a.csv").await;
    let (_, dm) =
        stage.call(Method::POST, "/users/@me/channels", json!({"recipient_id": stage.discord.id_of("nora")})).await;
    let path = format!("/channels/{}/messages", dm["id"].as_str().unwrap());
    let snooze = json!({"type": 2, "style": 2, "label": "Snooze", "custom_id": "snooze"});
    let snooze = json!({"content": "Reminder", "components": [{"type": 1, "components": [snooze]}]});
    assert_eq!(stage.call(Method::POST, &path, snooze).await.0, 200);
    nora.in_dm().clicks("Snooze").await;
    assert_eq!(stage.discord.exchanges().last().unwrap().request["context"], 1);
    stage.discord.set_takes_dms("nora", false);
    let (status, error) = stage.call(Method::POST, &path, json!({"content": "x"})).await;
    assert_eq!((status, &error["code"]), (403, &json!(50007)));
    stage.screen(expect![[r#"
        nora in #help of Night Shift: Who is this on nora
        bot: (only nora sees this)
             | ## Profile
             | Of somebody
             | --
             | Ask
             | [Ask]
        nora clicks [Ask]
        bot edits: (only nora sees this)
             Asked
        nora in #help of Night Shift: /faq search query:x file:a.csv
        Discord refuses nora: /faq search — file is no file at hand: "a.csv"
        bot in DM with nora: Reminder
             [Snooze]
        nora clicks [Snooze]
        bot edits: Later
    "#]]);
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_lost() {
    let stage = Stage::new().await;
    stage.register(faq()).await;
    stage.discord.set_answer_limit(std::time::Duration::from_millis(50));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    stage.discord.set_endpoint(&format!("http://{}/", listener.local_addr().unwrap()));
    stage.discord.person("sam").types("/clean").await;
    let request = stage.discord.exchanges()[0].request.clone();
    let (id, token) = (request["id"].as_str().unwrap(), request["token"].as_str().unwrap());
    let (status, error) = stage.call(Method::POST, &format!("/interactions/{id}/{token}/callback"), json!({})).await;
    assert_eq!((status, &error["code"]), (404, &json!(10062)));
    assert_eq!(stage.discord.take_problems()[0], "answer to /clean: did not come in time");
    stage.screen(expect![[r#"
        sam in #help: /clean
        This interaction failed (sam)
    "#]]);
}

#[tokio::test]
async fn a_follow_up_before_the_answer_finds_no_webhook() {
    let stage = Stage::new().await;
    stage.register(faq()).await;
    // A bot that edits the answer before it has given it.
    let (base, app) = (stage.base.clone(), stage.discord.application_id());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let statuses = seen.clone();
    let handle = move |body: String| async move {
        let body: Value = serde_json::from_str(&body).unwrap();
        let url = format!("{base}/webhooks/{app}/{}/messages/@original", body["token"].as_str().unwrap());
        let request =
            super::http().patch(url).header("user-agent", "DiscordBot (x, 1)").json(&json!({"content": "early"}));
        let status = request.send().await.unwrap().status().as_u16();
        statuses.lock().unwrap().push(status);
        axum::Json(json!({"type": 4, "data": {"content": "answer"}}))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    stage.discord.set_endpoint(&format!("http://{}/", listener.local_addr().unwrap()));
    let router = axum::Router::new().route("/", axum::routing::post(handle));
    tokio::spawn(async move { axum::serve(listener, router).await });
    stage.discord.person("sam").types("/clean").await;
    assert_eq!(*seen.lock().unwrap(), [404]);
    assert_eq!(stage.discord.problems(), Vec::<String>::new());
    stage.screen(expect![[r#"
        sam in #help: /clean
        bot: answer
    "#]]);
}

#[tokio::test]
async fn people_write_answer_change_and_delete() {
    let stage = Stage::new().await;
    let (ann, sam) = (stage.discord.person("ann"), stage.discord.person("sam"));
    stage.discord.has_file("broken.png", [1, 2, 3]);
    ann.posts("It is broken, @sam! See #help.", &["broken.png"], None).await;
    let (messages, more) = ann.messages(None, 1);
    assert!(!more);
    let id = messages[0]["id"].as_str().unwrap();
    sam.posts("Which one?", &[], Some(id)).await;
    ann.clone().on(id).edits("It is broken: the *red* one.").await;
    sam.clone().on(id).edits("It is fine.").await;
    let (messages, more) = ann.messages(None, 1);
    assert!(more);
    assert_eq!(messages[0]["replies_to"]["excerpt"], "“It is broken: the *red* one.”");
    ann.posts("", &[], None).await;
    ann.posts("See this", &["nothing.txt"], None).await;
    ann.clone().on(messages[0]["id"].as_str().unwrap()).deletes().await;
    sam.clone().on(id).deletes().await;
    sam.posts("Gone?", &[], Some(id)).await;
    stage.screen(expect![[r#"
        ann in #help: It is broken, @sam! See #help. (pings sam)
             <file: broken.png, 3 bytes>
        sam in #help: Which one? (replies to “It is broken, @sam! See #help.”)
        ann edits in #help: It is broken: the *red* one.
             <file: broken.png, 3 bytes>
        sam cannot change that message
        Discord refuses ann: a message in #help — it has to have 1 to 2000 characters
        Discord refuses ann: a message in #help — there is no such file at hand
        ann cannot delete that message
        sam deletes “It is broken: the *red* one.” in #help
        Discord refuses sam: a message in #help — what it replies to is gone
    "#]]);
}

#[tokio::test]
async fn suggestions_that_were_picked_are_sent_as_the_values_behind_them() {
    let stage = Stage::new().await;
    stage.register(faq()).await;
    stage.answers("faq", json!({"type": 4, "data": {"content": "here"}}));
    let picked = json!({"query": "entry-7"}).as_object().unwrap().clone();
    stage.discord.person("ann").chooses("/faq search query:Refund for a purchase", &picked).await;
    let exchange = stage.discord.exchanges().pop().unwrap();
    assert_eq!(exchange.request["data"]["options"][0]["options"][0]["value"], "entry-7");
    stage.screen(expect![[r#"
        ann in #help: /faq search query:Refund for a purchase
        bot: here
    "#]]);
}
