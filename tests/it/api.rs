//! Programs, their keys, and what they are answered.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use alphapy::acting::Origin;
use alphapy::api;
use alphapy::config::ApiKey;
use alphapy::features;
use alphapy::keys::Token;
use alphapy::operations::keys::{self, Wish};
use expect_test::{expect, expect_file};
use futures_util::future::join_all;
use jiff::SignedDuration;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::endpoint::exchange;
use crate::support::{AWAY, HOME, Instance, World};

/// A program with a key.
pub(crate) struct Program {
    pub(crate) address: SocketAddr,
    pub(crate) key: String,
    pub(crate) id: String,
    pub(crate) guild: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }

    /// Status and code of a problem, which has all that it must have.
    pub(crate) fn problem(&self) -> (u16, &str) {
        let code = self.body["code"].as_str().unwrap_or_else(|| panic!("{self:?}"));
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        assert_eq!(self.body["status"], self.status, "{self:?}");
        assert_eq!(self.body["type"], format!("urn:alphapy:problem:{code}"), "{self:?}");
        assert!(self.body["detail"].as_str().is_some_and(|it| it.len() > 10), "{self:?}");
        assert_eq!(self.header("x-request-id"), self.body["request_id"].as_str(), "{self:?}");
        (self.status, code)
    }
}

async fn ask(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request += &format!("content-length: {}\r\n\r\n{body}", body.len());
    let answer = exchange(address, request.into_bytes()).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or_default();
    let body = if body.is_empty() { Value::Null } else { serde_json::from_str(body).expect("it is JSON") };
    Answer { status, head: head.to_owned(), body }
}

const JSON: (&str, &str) = ("content-type", "application/json");

impl Program {
    /// A program to which the admin of a server has given a key.
    pub(crate) async fn of(world: &World, guild: &str, scopes: &str) -> Program {
        let admin = if guild == HOME { "ada" } else { "eve" };
        let acting = world.comes(admin, world.guild(guild), "config", Vec::new(), Origin::Routine).await;
        let count = keys::list(world.app(), &acting).await.expect("they may").len();
        let wish = Wish { name: format!("shop {count}"), scopes: scopes.to_owned(), expires_at: None };
        let created = keys::create(world.app(), &acting, wish).await.expect("they may");
        let (key, guild) = (created.secret.expose_secret().to_owned(), world.guild(guild).to_string());
        Program { address: world.bot.address, key, id: created.id, guild }
    }

    pub(crate) async fn asks_with(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let path = path.replace("{guild}", &self.guild);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let headers = [&[("x-api-key", self.key.as_str()), JSON], headers].concat();
        ask(self.address, method, &path, &headers, &body).await
    }

    pub(crate) async fn asks(&self, method: &str, path: &str, body: Value) -> Answer {
        self.asks_with(method, path, &[], &body).await
    }

    pub(crate) async fn gets(&self, path: &str) -> Answer {
        self.asks("GET", path, Value::Null).await
    }
}

const FAQ: &str = "/api/v1/guilds/{guild}/faq";

fn refunds() -> Value {
    json!({"title": "Refunds", "answer": "In 30 days.", "keywords": ["money"]})
}

#[tokio::test]
async fn a_program_keeps_the_faq_as_an_admin_does() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "faq:write").await;
    let added = shop.asks("POST", FAQ, refunds()).await;
    assert_eq!((added.status, added.header("etag")), (201, Some("\"1\"")), "{added:?}");
    assert_eq!(added.header("location"), Some(format!("/api/v1/guilds/{}/faq/1", shop.guild).as_str()));
    expect![[r#"
        {
          "answer": "In 30 days.",
          "author": null,
          "category": null,
          "created_at": "2027-03-01T09:00:00Z",
          "keywords": [
            "money"
          ],
          "number": 1,
          "pinned": false,
          "revision": 1,
          "source_url": null,
          "title": "Refunds",
          "updated_at": "2027-03-01T09:00:00Z"
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&added.body).expect("it is JSON"));
    let entry = format!("{FAQ}/1");
    let changed = json!({"title": "Refunds", "answer": "In 14 days."});
    let answer = shop.asks_with("PUT", &entry, &[("if-match", "\"1\"")], &changed).await;
    assert_eq!((answer.status, answer.header("etag")), (200, Some("\"2\"")), "{answer:?}");
    // Somebody who has not seen that changes and removes nothing.
    let stale = shop.asks_with("PUT", &entry, &[("if-match", "\"1\"")], &refunds()).await;
    assert_eq!(stale.problem(), (412, "changed_meanwhile"));
    assert_eq!(
        shop.asks_with("DELETE", &entry, &[("if-match", "\"1\"")], &Value::Null).await.problem(),
        (412, "changed_meanwhile")
    );
    assert_eq!(shop.asks("PUT", &entry, refunds()).await.problem(), (428, "if_match_missing"));
    let pinned = shop.asks("PUT", &format!("{entry}/pin"), json!({"pinned": true})).await;
    assert_eq!(pinned.body, json!({"number": 1, "title": "Refunds", "pinned": true, "changed": true}));
    let found = shop.gets(&format!("{FAQ}/search?query=my%20refund")).await;
    assert_eq!((&found.body["answered"], &found.body["entries"][0]["answer"]), (&json!(true), &json!("In 14 days.")));
    let report = shop.gets(&format!("{FAQ}/report?days=7")).await;
    assert_eq!(report.body, json!({"searches": 0, "answered": 0, "unanswered": [], "opened": []}));
    let etag = shop.gets(&entry).await.header("etag").expect("it has one").to_owned();
    let removed = shop.asks_with("DELETE", &entry, &[("if-match", &etag)], &Value::Null).await;
    assert_eq!((removed.status, &removed.body), (200, &json!({"number": 1, "title": "Refunds"})));
    assert_eq!(shop.gets(&entry).await.problem(), (404, "no_such_entry"));
    // What is switched off is so for programs too.
    world.types("ada", "/config faq set enabled:false").await;
    world.screen().await;
    assert_eq!(shop.gets(FAQ).await.problem(), (409, "switched_off"));
}

#[tokio::test]
async fn what_a_program_does_stands_in_the_log_channel() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    let shop = Program::of(&world, HOME, "faq:write").await;
    shop.asks("POST", FAQ, refunds()).await;
    let screen = world.screen().await;
    assert!(screen.contains("API key `shop 0` · #1 Refunds"), "{screen}");
    assert!(screen.contains("Key of a program created") && !screen.contains(&shop.key), "{screen}");
}

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "faq:write").await;
    for number in 1..=5 {
        shop.asks("POST", FAQ, json!({"title": format!("Question {number}"), "answer": "Yes."})).await;
    }
    let (mut cursor, mut pages) = (String::new(), Vec::new());
    loop {
        let page = shop.gets(&format!("{FAQ}?limit=2{cursor}")).await;
        let items = page.body["items"].as_array().expect("a list").iter();
        pages.push(items.map(|item| item["number"].as_i64().expect("a number")).collect::<Vec<_>>());
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(pages, [vec![1, 2], vec![3, 4], vec![5]]);
    assert_eq!(shop.gets(&format!("{FAQ}?cursor=moon")).await.problem(), (400, "bad_cursor"));
    assert_eq!(shop.gets(&format!("{FAQ}?limit=0")).await.problem(), (400, "unfit_query"));
    assert_eq!(shop.gets(&format!("{FAQ}?page=2")).await.problem(), (400, "unfit_query"));
}

#[tokio::test]
async fn without_a_key_that_counts_nobody_gets_in() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "faq:read").await;
    let (address, path) = (world.bot.address, format!("/api/v1/guilds/{}/faq", shop.guild));
    let gets = async |headers: &[(&str, &str)]| ask(address, "GET", &path, headers, "").await;
    let bearer = format!("Bearer {}", shop.key);
    assert_eq!(gets(&[("authorization", &bearer)]).await.status, 200);
    let refused = gets(&[]).await;
    assert_eq!(refused.problem(), (401, "no_key"));
    assert_eq!(refused.header("www-authenticate"), Some("Bearer"));
    assert_eq!(gets(&[("authorization", "Basic YTpi")]).await.problem(), (401, "no_key"));
    let other = Program::of(&world, AWAY, "read").await;
    // One that has the form of a key but is none: another's with its last random characters of this one would fail its checksum.
    let mistyped = format!("{}x", &shop.key[..60]);
    for key in ["moon", mistyped.as_str(), "alp_", &"x".repeat(61)] {
        assert_eq!(gets(&[("x-api-key", key)]).await.problem(), (401, "unknown_key"), "{key}");
    }
    assert_eq!(gets(&[("x-api-key", &other.key)]).await.problem(), (404, "no_such_guild"));
    // It may look and no more.
    assert_eq!(shop.asks("POST", FAQ, refunds()).await.problem(), (403, "scope_missing"));
    let own = shop.gets("/api/v1/key").await;
    assert_eq!(
        own.body,
        json!({
            "id": shop.id, "name": "shop 0", "scopes": ["faq:read"], "guilds": [shop.guild], "expires_at": null,
        })
    );
    let ada = world.comes("ada", world.guild(HOME), "config", Vec::new(), Origin::Routine).await;
    let used = keys::list(world.app(), &ada).await.expect("she may")[0].last_used_at;
    assert_eq!(used, Some(world.now()));
    keys::revoke(world.app(), &ada, &shop.id).await.expect("it counts");
    assert_eq!(shop.gets(FAQ).await.problem(), (401, "unknown_key"));
    let ends = Wish {
        name: "x".to_owned(),
        scopes: "read".to_owned(),
        expires_at: Some(world.now() + SignedDuration::from_hours(1)),
    };
    let created = keys::create(world.app(), &ada, ends).await.expect("she may");
    let key = created.secret.expose_secret();
    assert_eq!(gets(&[("x-api-key", key)]).await.status, 200);
    world.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(gets(&[("x-api-key", key)]).await.problem(), (401, "unknown_key"));
}

#[tokio::test]
async fn a_key_of_the_environment_counts_wherever_the_bot_is() {
    let world = World::new().await;
    let key = "0123456789abcdef0123456789abcdef";
    let mut config = world.config();
    config.api_keys = vec![ApiKey { name: "first".to_owned(), key: key.into() }];
    let instance = Instance::start(config, world.clock.clone()).await;
    let gets = async |guild: String| {
        ask(instance.address, "GET", &format!("/api/v1/guilds/{guild}/faq"), &[("x-api-key", key)], "").await
    };
    for guild in [HOME, AWAY] {
        assert_eq!(gets(world.guild(guild).to_string()).await.status, 200);
    }
    assert_eq!(gets("81384788765712384".to_owned()).await.problem(), (404, "no_such_guild"));
    assert_eq!(gets("0".to_owned()).await.problem(), (404, "no_such_guild"));
    world.discord.take_problems();
}

#[tokio::test]
async fn what_does_not_fit_is_a_problem_with_its_place() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "write").await;
    let key = ("x-api-key", shop.key.as_str());
    let path = FAQ.replace("{guild}", &shop.guild);
    let posts = async |headers: &[(&str, &str)], body: &str| {
        ask(shop.address, "POST", &path, &[&[key], headers].concat(), body).await
    };
    assert_eq!(posts(&[], "{}").await.problem(), (415, "unsupported_media_type"));
    assert_eq!(posts(&[JSON], "{").await.problem(), (400, "malformed_json"));
    assert_eq!(posts(&[JSON], r#"{"title": "a", "answer": "b"} c"#).await.problem(), (400, "malformed_json"));
    let unfit = posts(&[JSON], r#"{"title": "a", "answer": "b", "keywords": ["c", 1]}"#).await;
    assert_eq!((unfit.problem(), &unfit.body["pointer"]), ((422, "unfit_field"), &json!("/keywords/1")));
    assert_eq!(posts(&[JSON], r#"{"title": "a", "answer": "b", "color": "c"}"#).await.problem(), (422, "unfit_field"));
    assert_eq!(posts(&[JSON], r#"{"title": " ", "answer": "b"}"#).await.problem(), (422, "no_title"));
    let dutch = posts(&[JSON, ("accept-language", "nl-BE, en;q=0.5")], "{").await;
    assert_eq!(dutch.header("content-language"), Some("nl"));
    assert_eq!(dutch.body["detail"], "De inhoud is geen JSON; kijk na hoe die geschreven is.");
    assert_eq!(posts(&[JSON], &format!("\"{}\"", "x".repeat(70_000))).await.problem(), (413, "body_too_large"));
    assert_eq!(posts(&[JSON, ("accept", "text/html")], "{}").await.problem(), (406, "not_acceptable"));
    shop.asks("POST", FAQ, refunds()).await;
    assert_eq!(
        shop.asks("POST", FAQ, json!({"title": "REFUNDS", "answer": "x"})).await.problem(),
        (409, "title_taken")
    );
    assert_eq!(shop.gets(&format!("{FAQ}/moon")).await.problem(), (404, "no_such_address"));
    for nowhere in ["/api/", "/api/v2", "/api/v1/guilds", "/api/v1/guilds/1/moon"] {
        assert_eq!(shop.gets(nowhere).await.problem(), (404, "no_such_address"), "{nowhere}");
    }
    let not_allowed = shop.asks("DELETE", FAQ, Value::Null).await;
    assert_eq!(not_allowed.problem(), (405, "method_not_allowed"));
    assert!(not_allowed.header("allow").is_some_and(|it| it.contains("POST")), "{not_allowed:?}");
    let read = shop.gets(FAQ).await;
    for (name, value) in
        [("x-content-type-options", "nosniff"), ("cache-control", "no-store"), ("referrer-policy", "no-referrer")]
    {
        assert_eq!(read.header(name), Some(value));
    }
    assert_eq!(read.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn an_allowance_is_the_same_at_every_instance() {
    let world = World::new().await;
    let other = world.another_instance().await;
    let mut shop = Program::of(&world, HOME, "read").await;
    for left in (0..300).rev() {
        shop.address = if left % 2 == 0 { world.bot.address } else { other.address };
        let answer = shop.gets("/api/v1/key").await;
        assert_eq!(answer.status, 200);
        let fields = answer.header("ratelimit").expect("it is said");
        assert!(fields.starts_with(&format!("\"key\";r={left};t=")), "{fields}");
    }
    let refused = shop.gets(FAQ).await;
    assert_eq!(refused.problem(), (429, "too_many_requests"));
    assert_eq!((refused.header("retry-after"), refused.header("ratelimit")), (Some("1"), Some("\"key\";r=0;t=60")));
    assert_eq!(refused.header("ratelimit-policy"), Some("\"key\";q=300;w=60"));
    // Another's is none of its affair.
    assert_eq!(Program::of(&world, HOME, "read").await.gets(FAQ).await.status, 200);
    world.clock.advance(SignedDuration::from_secs(1));
    let answer = shop.gets(FAQ).await;
    assert_eq!(answer.header("ratelimit"), Some("\"key\";r=4;t=60, \"server\";r=599;t=1"));
    assert_eq!(answer.header("ratelimit-policy"), Some("\"key\";q=300;w=60, \"server\";q=600;w=60"));
}

#[tokio::test]
async fn all_keys_of_a_server_share_an_allowance_of_which_costly_requests_take_more() {
    let world = World::new().await;
    for _ in 0..2 {
        let shop = Program::of(&world, HOME, "read").await;
        for _ in 0..30 {
            assert_eq!(shop.gets(&format!("{FAQ}/report")).await.status, 200);
        }
    }
    let third = Program::of(&world, HOME, "read").await;
    let refused = third.gets(FAQ).await;
    assert_eq!(refused.problem(), (429, "too_many_requests"));
    assert_eq!(refused.header("ratelimit"), Some("\"key\";r=299;t=1, \"server\";r=0;t=60"));
    // What is about no server, and another server, are none of its affair.
    assert_eq!(third.gets("/api/v1/key").await.status, 200);
    assert_eq!(Program::of(&world, AWAY, "read").await.gets(FAQ).await.status, 200);
}

#[tokio::test]
async fn strangers_who_guess_keys_keep_nobody_out() {
    let world = World::new().await;
    let other = world.another_instance().await;
    let path = FAQ.replace("{guild}", &world.guild(HOME).to_string());
    let guesses = (0..150).map(|_| async {
        let guess = Token::new().expect("random bytes");
        let headers = [("x-api-key", guess.secret.expose_secret())];
        ask(other.address, "GET", &path, &headers, "").await.problem().0
    });
    let statuses: BTreeSet<u16> = join_all(guesses).await.into_iter().collect();
    assert_eq!(statuses, [401].into());
    // A key that was made since, of which that instance knows nothing.
    let mut shop = Program::of(&world, HOME, "read").await;
    shop.address = other.address;
    assert_eq!(shop.gets(FAQ).await.status, 200);
}

#[tokio::test]
async fn a_key_that_has_ended_leaves_its_name_to_another() {
    let world = World::new().await;
    let ada = world.comes("ada", world.guild(HOME), "config", Vec::new(), Origin::Routine).await;
    let ends = Some(world.now() + SignedDuration::from_hours(1));
    let wish = || Wish { name: "Shop".to_owned(), scopes: "read".to_owned(), expires_at: ends };
    keys::create(world.app(), &ada, wish()).await.expect("she may");
    let taken = keys::create(world.app(), &ada, Wish { name: "shop".to_owned(), ..wish() }).await;
    assert!(format!("{taken:?}").contains("NameTaken"), "{taken:?}");
    world.clock.advance(SignedDuration::from_hours(1));
    let ada = world.comes("ada", world.guild(HOME), "config", Vec::new(), Origin::Routine).await;
    let again = Wish { name: "shop".to_owned(), scopes: "read".to_owned(), expires_at: None };
    keys::create(world.app(), &ada, again).await.expect("the first one is no key any more");
}

#[tokio::test]
async fn a_request_that_comes_twice_is_done_once_and_answered_the_same() {
    let world = World::new().await;
    let other = world.another_instance().await;
    let mut shop = Program::of(&world, HOME, "faq:write").await;
    let once = [("idempotency-key", "\"k-1\"")];
    let first = shop.asks_with("POST", FAQ, &once, &refunds()).await;
    assert_eq!((first.status, first.header("idempotency-replayed")), (201, None));
    shop.address = other.address;
    let again = shop.asks_with("POST", FAQ, &once, &refunds()).await;
    assert_eq!((again.status, &again.body, again.header("etag")), (201, &first.body, first.header("etag")));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.header("location"), first.header("location"));
    let another = json!({"title": "Parking", "answer": "Behind the house."});
    assert_eq!(shop.asks_with("POST", FAQ, &once, &another).await.problem(), (422, "idempotency_key_reused"));
    assert_eq!(
        shop.asks_with("POST", FAQ, &[("idempotency-key", "")], &another).await.problem(),
        (400, "bad_idempotency_key")
    );
    // A refusal is an answer too.
    let taken = [("idempotency-key", "k-2")];
    let refused = shop.asks_with("POST", FAQ, &taken, &json!({"title": "refunds", "answer": "x"})).await;
    assert_eq!(refused.problem(), (409, "title_taken"));
    let refused_again = shop.asks_with("POST", FAQ, &taken, &json!({"title": "refunds", "answer": "x"})).await;
    assert_eq!((refused_again.status, &refused_again.body), (409, &refused.body));
    // Another program's keys are its own.
    let second = Program::of(&world, HOME, "faq:write").await;
    assert_eq!(second.asks_with("POST", FAQ, &once, &another).await.status, 201);
    // A day later the same key is another one.
    world.clock.advance(SignedDuration::from_hours(25));
    let later = json!({"title": "Opening hours", "answer": "Nine to five."});
    assert_eq!(shop.asks_with("POST", FAQ, &once, &later).await.status, 201);
}

#[tokio::test]
async fn a_key_of_a_request_that_comes_again_after_a_day_does_it_again() {
    let world = World::new().await;
    world.has_entry("Refunds", "In 30 days.").await;
    let shop = Program::of(&world, HOME, "faq:write").await;
    let pins = async || {
        let path = format!("{FAQ}/1/pin");
        shop.asks_with("PUT", &path, &[("idempotency-key", "k-1")], &json!({"pinned": true})).await.body
    };
    let pinned = json!({"number": 1, "title": "Refunds", "pinned": true, "changed": true});
    assert_eq!(pins().await, pinned);
    shop.asks("PUT", &format!("{FAQ}/1/pin"), json!({"pinned": false})).await;
    assert_eq!(pins().await, pinned, "what it was answered");
    assert_eq!(shop.gets(&format!("{FAQ}/1")).await.body["pinned"], false);
    world.clock.advance(SignedDuration::from_hours(25));
    assert_eq!(pins().await, pinned);
    assert_eq!(shop.gets(&format!("{FAQ}/1")).await.body["pinned"], true);
}

#[tokio::test]
async fn of_long_answers_nothing_is_kept_and_they_are_given_again() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "faq:write").await;
    let db = world.db().await;
    let long = json!({"title": "Refunds", "answer": "tulip ".repeat(600)});
    let adds = async || shop.asks_with("POST", FAQ, &[("idempotency-key", "k-1")], &long).await;
    let first = adds().await;
    let again = adds().await;
    assert_eq!((again.status, &again.body, again.header("etag")), (201, &first.body, first.header("etag")));
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), (None, Some("true")));
    let other = shop.asks_with("POST", FAQ, &[("idempotency-key", "k-1")], &refunds()).await;
    assert_eq!(other.problem(), (422, "idempotency_key_reused"));
    let changed = json!({"title": "Refunds", "answer": "poppy ".repeat(600)});
    let headers = [("idempotency-key", "k-2"), ("if-match", "\"1\"")];
    for _ in 0..2 {
        let answer = shop.asks_with("PUT", &format!("{FAQ}/1"), &headers, &changed).await;
        assert_eq!((answer.status, answer.header("etag")), (200, Some("\"2\"")));
    }
    let kept = "select (select count(*) from api_request where answer like '%tulip%' or answer like '%poppy%')
                     + (select count(*) from done_once where answer::text like '%tulip%' or answer::text like '%poppy%')";
    let kept: i64 = sqlx::query_scalar(kept).fetch_one(&db).await.expect("a number");
    assert_eq!(kept, 0);
    // Of one key no more answers are kept than its latest.
    let many = "insert into api_request (guild_id, key_id, request, body, began_at, status, answer)
                select 1, 'busy', n::text, '', $1::text::timestamptz + make_interval(secs => n), 200, '{}'
                  from generate_series(1, 1100) as n";
    sqlx::query(many).bind(world.now().to_string()).execute(&db).await.expect("rows");
    api::forget_requests(world.app(), world.now()).await.expect("the database");
    let kept = "select min(request::int), count(*) from api_request where key_id = 'busy' and answer is not null";
    let kept: (i32, i64) = sqlx::query_as(kept).fetch_one(&db).await.expect("numbers");
    assert_eq!(kept, (77, 1024));
}

#[tokio::test]
async fn an_instance_that_died_while_it_answered_keeps_nobody_out() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "faq:write").await;
    let once = [("idempotency-key", "k-1")];
    let first = shop.asks_with("POST", FAQ, &once, &refunds()).await;
    // As it would stand there if that had never been answered.
    let db = world.db().await;
    let lease = (world.now() + SignedDuration::from_secs(15)).to_string();
    let unanswered = "update api_request set status = null, answer = null, lease_until = $1::text::timestamptz";
    sqlx::query(unanswered).bind(lease).execute(&db).await.expect("a row");
    let waits = shop.asks_with("POST", FAQ, &once, &refunds()).await;
    assert_eq!((waits.problem(), waits.header("retry-after")), ((409, "in_flight"), Some("1")));
    world.clock.advance(SignedDuration::from_secs(16));
    // The operation itself knows that it has done that.
    let again = shop.asks_with("POST", FAQ, &once, &refunds()).await;
    assert_eq!((again.status, &again.body), (201, &first.body));
    assert_eq!(shop.gets(FAQ).await.body["items"].as_array().map(Vec::len), Some(1));
}

fn parts() -> Vec<api::Part> {
    features::all().iter().flat_map(|feature| feature.api.clone()).collect()
}

/// The document as a program reads it.
fn document() -> Value {
    serde_json::to_value(api::document(&parts())).expect("it is JSON")
}

/// Every path with its methods.
fn operations() -> Vec<(String, String, Value)> {
    let document = document();
    let paths = document["paths"].as_object().expect("there are some").clone();
    let methods = |(path, item): (String, Value)| {
        let item = item.as_object().expect("methods").clone();
        item.into_iter().map(move |(method, operation)| (path.clone(), method.to_uppercase(), operation))
    };
    paths.into_iter().flat_map(methods).collect()
}

#[tokio::test]
async fn the_document_is_what_is_served_and_checked_in() {
    let text = serde_json::to_string_pretty(&document()).expect("it is JSON") + "\n";
    expect_file!["../../docs/openapi.json"].assert_eq(&text);
    let world = World::new().await;
    let served = ask(world.bot.address, "GET", "/api/openapi.json", &[], "").await;
    assert_eq!((served.status, served.body), (200, document()));
    let mut ids = BTreeSet::new();
    for (path, method, operation) in operations() {
        let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
        assert!(!id.is_empty() && ids.insert(id), "{method} {path}");
        for wanted in ["4XX", "5XX"] {
            assert!(operation["responses"][wanted].is_object(), "{method} {path}");
        }
        assert!(operation["summary"].as_str().is_some_and(|it| !it.is_empty()), "{method} {path}");
    }
}

#[tokio::test]
async fn the_document_is_shown_as_a_page_without_scripts() {
    let world = World::new().await;
    let gets = async |path: &str| reqwest::get(format!("http://{}{path}", world.bot.address)).await.expect("an answer");
    let page = gets("/api").await;
    let policy = page.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{policy}");
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    let page = page.text().await.expect("a text");
    for inline in ["<script", "<style", " style=", " onclick=", "javascript:"] {
        assert!(!page.contains(inline), "{inline}");
    }
    for (path, method, operation) in operations() {
        let summary = operation["summary"].as_str().unwrap_or_default().replace('&', "&amp;");
        assert!(page.contains(&format!("<code>{path}</code>")) && page.contains(&summary), "{method} {path}");
    }
    for name in document()["components"]["schemas"].as_object().expect("schemas").keys() {
        assert!(page.contains(&format!("id=\"schema-{name}\"")), "{name}");
    }
    let style = gets("/api/style.css").await;
    assert_eq!(
        (style.status().as_u16(), &style.headers()["content-type"]),
        (200, &"text/css; charset=utf-8".parse().expect("a value"))
    );
}

/// An address with something in the place of each of its variables but the server.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') && part != "{guild}" { "1" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn a_key_of_one_server_gets_nothing_of_another() {
    let world = World::new().await;
    world.has_entry("Refunds", "In 30 days.").await;
    let mut stranger = Program::of(&world, AWAY, "write").await;
    let own = std::mem::replace(&mut stranger.guild, world.guild(HOME).to_string());
    let mut tried = 0;
    for (path, method, _) in operations().into_iter().filter(|(path, ..)| path.contains("{guild}")) {
        let headers = [("if-match", "\"1\""), ("idempotency-key", "k-1")];
        let answer = stranger.asks_with(&method, &filled(&path), &headers, &json!({})).await;
        assert_eq!(answer.problem(), (404, "no_such_guild"), "{method} {path}");
        // As one that does not exist.
        let nowhere = filled(&path).replace("{guild}", "81384788765712384");
        let nothing = stranger.asks_with(&method, &nowhere, &headers, &json!({})).await;
        assert_eq!((nothing.status, &nothing.body["detail"]), (404, &answer.body["detail"]), "{method} {path}");
        tried += 1;
        // So that it has units left for all of them.
        world.clock.advance(SignedDuration::from_secs(20));
    }
    assert!(tried > 60, "this test no longer finds routes: {tried}");
    stranger.guild = own;
    assert_eq!(stranger.gets(FAQ).await.body["items"], json!([]));
}

#[tokio::test]
async fn without_the_scope_nothing_is_read_and_nothing_changed() {
    let world = World::new().await;
    let reader = Program::of(&world, HOME, "read").await;
    // Each opens an area alone, so one of them does not open any other.
    let (faq, metrics) = (Program::of(&world, HOME, "faq:read").await, Program::of(&world, HOME, "metrics:read").await);
    for (path, method, _) in operations().into_iter().filter(|(path, ..)| path.contains("{guild}")) {
        let none = if path.contains("/metrics") { &faq } else { &metrics };
        let answer = none.asks_with(&method, &filled(&path), &[], &json!({})).await;
        assert_eq!(answer.problem(), (403, "scope_missing"), "{method} {path}");
        if method != "GET" {
            let answer = reader.asks_with(&method, &filled(&path), &[], &json!({})).await;
            assert_eq!(answer.problem(), (403, "scope_missing"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn the_examples_of_the_documentation_work() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "faq:write").await;
    let page = include_str!("../../docs/api.md");
    let examples: Vec<&str> = page.lines().filter(|line| line.starts_with("curl ")).collect();
    assert_eq!(examples.len(), 2, "this test no longer finds examples");
    for example in examples.into_iter().rev() {
        let example = example.replace("$KEY", &shop.key).replace("$SERVER", &shop.guild).replace("$ALPHAPY", "");
        // What a shell makes of it: words, and texts in either quotes.
        let (mut words, mut quote) = (vec![String::new()], None);
        for c in example.chars() {
            match quote {
                Some(end) if c == end => quote = None,
                Some(_) => words.last_mut().expect("a word").push(c),
                None if c == '"' || c == '\'' => quote = Some(c),
                None if c == ' ' => words.push(String::new()),
                None => words.last_mut().expect("a word").push(c),
            }
        }
        let (mut method, mut headers, mut body) = ("GET".to_owned(), Vec::new(), String::new());
        let path = words.pop().expect("an address");
        for pair in words[1..].chunks(2) {
            match pair[0].as_str() {
                "-X" => method = pair[1].clone(),
                "-H" => headers.push(pair[1].clone()),
                "-d" => body = pair[1].clone(),
                other => panic!("what is {other}?"),
            }
        }
        let headers: Vec<(&str, &str)> = headers.iter().filter_map(|header| header.split_once(": ")).collect();
        let answer = ask(world.bot.address, &method, &path, &headers, &body).await;
        assert!(answer.status < 300, "{example}: {answer:?}");
    }
    assert_eq!(shop.gets(FAQ).await.body["items"][0]["title"], "Refunds");
}

#[tokio::test]
async fn what_fails_when_it_is_asked_for_once_more_is_not_done_twice() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "faq:write").await;
    let db = world.db().await;
    // So long an answer is not kept.
    let long = json!({"title": "Refunds", "answer": "x".repeat(2_500)});
    let adds = async || shop.asks_with("POST", FAQ, &[("idempotency-key", "k-1")], &long).await;
    assert_eq!(adds().await.status, 201);
    sqlx::raw_sql("alter table faq_entry rename to hidden").execute(&db).await.expect("another name");
    assert_eq!(adds().await.status, 500);
    sqlx::raw_sql("alter table hidden rename to faq_entry").execute(&db).await.expect("its name");
    world.takes_errors();
    let again = adds().await;
    assert_eq!((again.status, &again.body["number"]), (201, &json!(1)), "{again:?}");
    assert_eq!(shop.gets(FAQ).await.body["items"].as_array().map(Vec::len), Some(1));
}
