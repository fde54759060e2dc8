//! The nouns of the REST API: threads, pins, invitations, events, members.

use expect_test::expect;
use reqwest::Method;
use serde_json::{Value, json};
use twilight_model::guild::Permissions;

use super::Stage;

impl Stage {
    /// Status and error code of a call.
    async fn code(&self, method: Method, path: &str, body: Value) -> (u16, u64) {
        let (status, answer) = self.call(method, path, body).await;
        (status, answer["code"].as_u64().unwrap_or(0))
    }

    /// Posts something to see whether the bot may.
    async fn posts(&self, channel: &str) -> (u16, u64) {
        self.code(Method::POST, &format!("{channel}/messages"), json!({"content": "Hello"})).await
    }

    fn home(&self) -> String {
        format!("/guilds/{}", self.discord.id_of("Home"))
    }
}

#[tokio::test]
async fn a_private_thread_is_for_those_who_were_added() {
    let stage = Stage::new().await;
    let (help, ann) = (stage.channel("help"), stage.discord.id_of("ann"));
    let body = json!({"name": "Refund of ann", "type": 12, "invitable": false, "auto_archive_duration": 1440});
    let (status, thread) = stage.call(Method::POST, &format!("{help}/threads"), body).await;
    assert_eq!((status, &thread["type"], &thread["thread_metadata"]["invitable"]), (201, &json!(12), &json!(false)));
    let path = format!("/channels/{}", thread["id"].as_str().unwrap());
    stage.discord.person("ann").in_channel("Refund of ann").types("Am I in?").await;
    assert_eq!(stage.code(Method::PUT, &format!("{path}/thread-members/{ann}"), Value::Null).await, (204, 0));
    stage.discord.person("ann").in_channel("Refund of ann").types("Now I am.").await;
    stage.discord.person("sam").in_channel("Refund of ann").types("I am not.").await;
    assert_eq!(stage.posts(&path).await, (200, 0));
    let sam = stage.discord.id_of("sam");
    let mention = json!({"content": format!("<@{sam}>, please look."), "allowed_mentions": {"users": [sam]}});
    assert_eq!(stage.call(Method::POST, &format!("{path}/messages"), mention).await.0, 200);
    stage.discord.person("sam").in_channel("Refund of ann").types("Here I am.").await;

    assert_eq!(stage.code(Method::GET, &format!("{path}/thread-members/{sam}"), Value::Null).await, (200, 0));
    assert_eq!(stage.code(Method::GET, &format!("{path}/thread-members"), Value::Null).await, (403, 50001));
    stage.discord.set_guild_members(true);
    let (_, members) = stage.call(Method::GET, &format!("{path}/thread-members"), Value::Null).await;
    assert_eq!(members.as_array().unwrap().len(), 3);
    let (_, active) = stage.call(Method::GET, &format!("{}/threads/active", stage.home()), Value::Null).await;
    assert_eq!((active["threads"].as_array().unwrap().len(), active["members"].as_array().unwrap().len()), (1, 1));
    let (_, channels) = stage.call(Method::GET, &format!("{}/channels", stage.home()), Value::Null).await;
    assert!(channels.as_array().unwrap().iter().all(|channel| channel["type"] != 12));

    assert_eq!(stage.code(Method::DELETE, &format!("{path}/thread-members/{sam}"), Value::Null).await, (204, 0));
    assert_eq!(stage.code(Method::DELETE, &path, Value::Null).await, (200, 0));
    assert_eq!(stage.posts(&path).await, (404, 10003));
    stage.discord.take_problems();
    stage.screen(expect![[r#"
        bot creates private thread #Refund of ann under #help
        ann sees no channel #Refund of ann
        bot adds ann to #Refund of ann
        ann in #Refund of ann: Now I am.
        sam sees no channel #Refund of ann
        bot in #Refund of ann: Hello
        bot in #Refund of ann: @sam, please look. (pings sam)
        sam in #Refund of ann: Here I am.
        bot removes sam from #Refund of ann
        bot deletes #Refund of ann
    "#]]);
}

#[tokio::test]
async fn an_archived_thread_changes_only_after_it_was_opened_again() {
    let stage = Stage::new().await;
    stage.discord.guild("Home").thread("help", "old", false, &["ann"]);
    let path = stage.channel("old");
    let change = async |body: Value| stage.code(Method::PATCH, &path, body).await;
    assert_eq!(change(json!({"archived": true, "locked": true})).await, (200, 0));
    assert_eq!(change(json!({"name": "older"})).await, (400, 50083));
    let ann = stage.discord.person("ann").in_channel("old");
    ann.types("Hello?").await;
    assert_eq!(change(json!({"archived": false, "locked": false})).await, (200, 0));
    ann.types("Hello!").await;
    assert_eq!(change(json!({"archived": true})).await, (200, 0));
    // A message opens a thread that is not locked.
    assert_eq!(stage.posts(&path).await, (200, 0));
    assert_eq!(change(json!({"name": "newer"})).await, (200, 0));
    assert_eq!(change(json!({"auto_archive_duration": 61})).await, (400, 50035));
    stage.discord.guild("Home").permissions("Alphapy", Permissions::VIEW_CHANNEL);
    assert_eq!(change(json!({"locked": true})).await, (403, 50013));
    stage.discord.take_problems();
    stage.screen(expect![[r#"
        bot changes #old: archived, locked
        Discord refuses ann: a message in #old — no permission
        bot changes #old: opened again, unlocked
        ann in #old: Hello!
        bot changes #old: archived
        bot in #old: Hello
        bot changes #old: now #newer
    "#]]);
}

#[tokio::test]
async fn threads_have_limits() {
    let stage = Stage::new().await;
    stage.discord.set_max_active_threads(1);
    let help = stage.channel("help");
    let open = async |body: Value| stage.code(Method::POST, &format!("{help}/threads"), body).await;
    assert_eq!(open(json!({"name": "a", "type": 12})).await, (201, 0));
    assert_eq!(open(json!({"name": "b", "type": 12})).await, (400, 160_006));
    stage.discord.set_max_active_threads(9);
    assert_eq!(open(json!({"name": "", "type": 12})).await, (400, 50035));
    assert_eq!(open(json!({"name": "c", "type": 0})).await, (400, 50035));
    assert_eq!(open(json!({"name": "d", "type": 11})).await, (201, 0));
    let none = Permissions::empty();
    stage.discord.guild("Home").overwrite("help", "bot", none, Permissions::CREATE_PUBLIC_THREADS);
    assert_eq!(open(json!({"name": "e", "type": 11})).await, (403, 50013));
    let category = stage.channel("Tickets");
    assert_eq!(stage.code(Method::POST, &format!("{category}/threads"), json!({"name": "f"})).await, (400, 50024));
    stage.discord.take_problems();
    stage.screen(expect![[r#"
        bot creates private thread #a under #help
        bot creates thread #d under #help
    "#]]);
}

#[tokio::test]
async fn pins_are_listed_newest_first() {
    let stage = Stage::new().await;
    let help = stage.channel("help");
    let mut ids = Vec::new();
    for text in ["one", "two", "three"] {
        ids.push(stage.discord.post("Home", "help", "ann", text));
        let path = format!("{help}/messages/pins/{}", ids.last().unwrap());
        assert_eq!(stage.code(Method::PUT, &path, Value::Null).await, (204, 0));
        stage.clock.advance(jiff::SignedDuration::from_secs(60));
    }
    let (_, page) = stage.call(Method::GET, &format!("{help}/messages/pins?limit=2"), Value::Null).await;
    let of = |page: &Value, i: usize| page["items"][i]["message"]["id"].as_str().unwrap().to_owned();
    assert_eq!((of(&page, 0), of(&page, 1), &page["has_more"]), (ids[2].clone(), ids[1].clone(), &json!(true)));
    let before = page["items"][1]["pinned_at"].as_str().unwrap().replace('+', "%2B");
    let (_, rest) = stage.call(Method::GET, &format!("{help}/messages/pins?before={before}"), Value::Null).await;
    assert_eq!((of(&rest, 0), &rest["has_more"]), (ids[0].clone(), &json!(false)));
    let path = format!("{help}/messages/pins/{}", ids[0]);
    assert_eq!(stage.code(Method::DELETE, &path, Value::Null).await, (204, 0));
    stage.discord.guild("Home").permissions("Alphapy", Permissions::MANAGE_MESSAGES);
    assert_eq!(stage.code(Method::PUT, &path, Value::Null).await, (403, 50013));
    stage.discord.take_problems();
    stage.screen(expect![[r#"
        ann in #help: one
        bot pins “one” in #help
        ann in #help: two
        bot pins “two” in #help
        ann in #help: three
        bot pins “three” in #help
        bot unpins “one” in #help
    "#]]);
}

#[tokio::test]
async fn invitations_count_and_run_out() {
    let stage = Stage::new().await;
    stage.discord.guild("Home").invite("summer", "help", "olga").joins_by("summer", "kim").joins_by("summer", "leo");
    let help = stage.channel("help");
    let make = async |body: Value| stage.call(Method::POST, &format!("{help}/invites"), body).await;
    let (status, first) = make(json!({"max_age": 3600, "max_uses": 1})).await;
    let (_, again) = make(json!({"max_age": 3600, "max_uses": 1})).await;
    assert_eq!((status, &first["code"]), (200, &again["code"]));
    assert_eq!(make(Value::Null).await.0, 400);
    assert_eq!(make(json!({"max_uses": 101})).await.1["code"], 50035);
    let list = async || stage.call(Method::GET, &format!("{}/invites", stage.home()), Value::Null).await.1;
    let uses: Vec<_> = list().await.as_array().unwrap().iter().map(|it| it["uses"].clone()).collect();
    assert_eq!(uses, [json!(2), json!(0)]);
    let code = first["code"].as_str().unwrap();
    stage.clock.advance(jiff::SignedDuration::from_secs(3601));
    assert_eq!(stage.code(Method::GET, &format!("/invites/{code}"), Value::Null).await, (404, 10006));
    assert_eq!(list().await.as_array().unwrap().len(), 1);
    assert_eq!(stage.code(Method::DELETE, "/invites/summer", Value::Null).await, (200, 0));
    assert_eq!(stage.code(Method::GET, &format!("{}/vanity-url", stage.home()), Value::Null).await, (200, 0));
    stage.discord.guild("Home").permissions("Alphapy", Permissions::VIEW_CHANNEL);
    assert_eq!(stage.code(Method::GET, &format!("{}/invites", stage.home()), Value::Null).await, (403, 50013));
    stage.discord.take_problems();
    stage.screen(expect![[r#"
        bot makes the invitation 157c80000001 to #help
        bot takes back the invitation summer
    "#]]);
}

#[tokio::test]
async fn events_lie_in_the_future() {
    let stage = Stage::new().await;
    stage.discord.guild("Home").permissions("Alphapy", Permissions::MANAGE_EVENTS | Permissions::VIEW_CHANNEL);
    let events = format!("{}/scheduled-events", stage.home());
    let event = json!({
        "name": "Game night", "privacy_level": 2, "entity_type": 3, "entity_metadata": {"location": "the pier"},
        "scheduled_start_time": "2026-12-24T20:00:00Z", "scheduled_end_time": "2026-12-24T22:00:00Z",
    });
    let with = |key: &str, value: Value| {
        let mut event = event.clone();
        event[key] = value;
        event
    };
    let (status, made) = stage.call(Method::POST, &events, event.clone()).await;
    assert_eq!((status, &made["status"], &made["name"]), (200, &json!(1), &json!("Game night")));
    for wrong in [
        with("scheduled_start_time", json!("2026-01-01T20:00:00Z")),
        with("scheduled_end_time", json!("2026-12-24T19:00:00Z")),
        with("scheduled_end_time", Value::Null),
        with("entity_metadata", json!({})),
        with("privacy_level", json!(1)),
        with("name", json!("x".repeat(101))),
        with("entity_type", json!(2)),
    ] {
        assert_eq!(stage.code(Method::POST, &events, wrong.clone()).await, (400, 50035), "{wrong}");
    }
    let one = format!("{events}/{}", made["id"].as_str().unwrap());
    let (_, changed) = stage.call(Method::PATCH, &one, json!({"name": "Quiz night"})).await;
    assert_eq!((&changed["name"], &changed["entity_type"]), (&json!("Quiz night"), &json!(3)));
    assert_eq!(stage.call(Method::GET, &events, Value::Null).await.1.as_array().unwrap().len(), 1);
    assert_eq!(stage.code(Method::DELETE, &one, Value::Null).await, (204, 0));
    assert_eq!(stage.code(Method::GET, &one, Value::Null).await, (404, 10070));
    stage.discord.guild("Home").permissions("Alphapy", Permissions::VIEW_CHANNEL);
    assert_eq!(stage.code(Method::POST, &events, event).await, (403, 50013));
    stage.discord.take_problems();
    stage.screen(expect![[r#"
        bot announces the event Game night
        bot changes the event Quiz night
        bot calls off the event Quiz night
    "#]]);
}

#[tokio::test]
async fn members_are_changed_below_the_bots_role_only() {
    let stage = Stage::new().await;
    stage.discord.guild("Home").top_role("Crown", Permissions::empty());
    let staff = stage.discord.id_of("@&Staff");
    let crown = stage.discord.id_of("@&Crown");
    let (home, ann) = (stage.home(), stage.discord.id_of("ann"));
    let change = async |body: Value| stage.code(Method::PATCH, &format!("{home}/members/{ann}"), body).await;
    assert_eq!(change(json!({"roles": [staff]})).await, (200, 0));
    assert_eq!(change(json!({"roles": [crown]})).await, (403, 50013));
    assert_eq!(change(json!({"nick": "Annie"})).await, (403, 50013));
    let (_, counts) = stage.call(Method::GET, &format!("{home}/roles/member-counts"), Value::Null).await;
    assert_eq!(counts[&staff], 2);
    assert_eq!(stage.code(Method::DELETE, &format!("/users/@me{home}"), Value::Null).await, (204, 0));
    assert_eq!(stage.code(Method::GET, &format!("{home}/channels"), Value::Null).await, (403, 50001));
    stage.discord.take_problems();
    stage.screen(expect![[r#"
        bot changes the member ann
        bot leaves Home
    "#]]);
}

#[tokio::test]
async fn a_server_gives_commands_to_whom_it_wants() {
    let stage = Stage::new().await;
    stage.register(super::faq()).await;
    stage.answers("faq", json!({"type": 4, "data": {"content": "here"}}));
    let home = || stage.discord.guild("Home");
    let (ann, sam) = (stage.discord.person("ann"), stage.discord.person("sam"));
    home().command_permission("faq", "@everyone", false).command_permission("faq", "Staff", true);
    ann.types("/faq search query:a").await;
    sam.types("/faq search query:b").await;
    home().command_permission("faq", "ann", true);
    ann.types("/faq search query:c").await;
    home().command_permission("faq", "#help", false);
    ann.types("/faq search query:d").await;
    let path = format!("/applications/{}{}/commands/permissions", stage.discord.application_id(), stage.home());
    let (_, rules) = stage.call(Method::GET, &path, Value::Null).await;
    assert_eq!(rules[0]["permissions"].as_array().unwrap().len(), 4);
    stage.screen(expect![[r#"
        ann in #help: /faq search query:a
        Discord refuses ann: /faq search query:a — no permission
        sam in #help: /faq search query:b
        bot: here
        ann in #help: /faq search query:c
        bot: here
        ann in #help: /faq search query:d
        Discord refuses ann: /faq search query:d — no permission
    "#]]);
}

#[tokio::test]
async fn servers_and_categories_fill_up() {
    let stage = Stage::new().await;
    let tickets = stage.discord.id_of("#Tickets");
    stage.discord.limit("POST /guilds/*/channels", 1000, 1.0);
    let create = async |body: Value| stage.code(Method::POST, &format!("{}/channels", stage.home()), body).await;
    for n in 0..50 {
        assert_eq!(create(json!({"name": format!("t{n}"), "parent_id": tickets})).await, (201, 0), "{n}");
    }
    assert_eq!(create(json!({"name": "t50", "parent_id": tickets})).await, (400, 50035));
    let rest = 500 - 50 - 3;
    for n in 0..rest {
        assert_eq!(create(json!({"name": format!("c{n}")})).await, (201, 0), "{n}");
    }
    assert_eq!(create(json!({"name": "one more"})).await, (400, 30013));
    stage.discord.take_problems();
    stage.discord.screen();
}

#[tokio::test]
async fn harmful_links_and_emojis_that_are_gone_are_refused() {
    let stage = Stage::new().await;
    let help = format!("{}/messages", stage.channel("help"));
    stage.discord.guild("Home").emoji("fix", 77);
    let button = |id: &str| {
        let button = json!({"type": 2, "style": 1, "label": "Fix", "custom_id": "fix", "emoji": {"id": id}});
        json!({"content": "Broken?", "components": [{"type": 1, "components": [button]}]})
    };
    let text = |text: &str| json!({"embeds": [{"title": "Look", "description": text}]});
    let emojis = stage.call(Method::GET, &format!("{}/emojis", stage.home()), Value::Null).await.1;
    assert_eq!((&emojis[0]["id"], &emojis[0]["name"]), (&json!("77"), &json!("fix")));
    assert_eq!(stage.code(Method::POST, &help, button("77")).await, (200, 0));
    assert_eq!(stage.code(Method::POST, &help, button("78")).await, (400, 50035));
    stage.discord.guild("Home").remove_emoji(77);
    assert_eq!(stage.code(Method::POST, &help, button("77")).await, (400, 50035));
    assert_eq!(stage.code(Method::POST, &help, text("https://evil.example/free")).await, (200, 0));
    stage.discord.set_filtered(&["evil.example"]);
    assert_eq!(stage.code(Method::POST, &help, text("https://evil.example/free")).await, (400, 240_000));
    assert_eq!(stage.code(Method::POST, &help, text("https://good.example/free")).await, (200, 0));
    stage.discord.take_problems();
}
