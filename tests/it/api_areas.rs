//! What programs do with settings, tickets, reminders and exports, through the door.

use serde_json::{Value, json};

use crate::api::Program;
use crate::support::{AWAY, HOME, World};

const SETTINGS: &str = "/api/v1/guilds/{guild}/settings";
const TICKETS: &str = "/api/v1/guilds/{guild}/tickets";
const REMINDERS: &str = "/api/v1/guilds/{guild}/reminders";
const EXPORTS: &str = "/api/v1/guilds/{guild}/exports";

/// Changes something at the revision at which it is now.
async fn changes(shop: &Program, method: &str, path: &str, at: &str, body: Value) -> crate::api::Answer {
    let etag = shop.gets(at).await.header("etag").expect("it has one").to_owned();
    shop.asks_with(method, path, &[("if-match", &etag)], &body).await
}

#[tokio::test]
async fn a_program_sets_what_an_admin_sets() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "settings:write audit:read").await;
    let schema = shop.gets(&format!("{SETTINGS}/schema")).await;
    let groups: Vec<&str> =
        schema.body.as_array().expect("groups").iter().filter_map(|it| it["group"].as_str()).collect();
    assert!(groups.contains(&"system") && groups.contains(&"tickets") && groups.contains(&"reminders"), "{groups:?}");
    let all = shop.gets(SETTINGS).await;
    assert_eq!(all.body.as_array().map(Vec::len), Some(groups.len()));
    let general = world.discord.id_of("#general");
    let system = format!("{SETTINGS}/system");
    let before = shop.gets(&system).await;
    assert_eq!(before.body["values"]["log_channel"], Value::Null);
    let wanted = json!({"log_channel": general, "language": "nl"});
    let changed = changes(&shop, "PATCH", &system, &system, wanted.clone()).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_eq!(changed.body["now"]["values"]["log_channel"], json!(general));
    assert_eq!(changed.body["changed"].as_array().map(Vec::len), Some(2));
    let screen = world.screen().await;
    assert!(screen.contains("shop 0"), "{screen}");
    // Who has not seen that changes nothing.
    let stale = [("if-match", before.header("etag").expect("it has one"))];
    let late = shop.asks_with("PATCH", &system, &stale, &json!({"language": "en"})).await;
    assert_eq!(late.problem(), (412, "changed_meanwhile"));
    assert_eq!(shop.asks("PATCH", &system, wanted).await.problem(), (428, "if_match_missing"));
    let unfit = changes(&shop, "PATCH", &system, &system, json!({"language": "xx"})).await;
    assert_eq!((unfit.problem(), &unfit.body["pointer"]), ((422, "unfit_value"), &json!("/language")));
    let unknown = changes(&shop, "PATCH", &system, &system, json!({"moon": 1})).await;
    assert_eq!(unknown.problem(), (404, "no_such_setting"));
    assert_eq!(shop.gets(&format!("{SETTINGS}/moon")).await.problem(), (404, "no_such_setting"));
    // What was changed is on record, page by page, and undone.
    let first = shop.gets(&format!("{SETTINGS}/history?group=system&limit=1")).await;
    let latest = &first.body["items"][0];
    assert_eq!(
        (&latest["key"], &latest["how"], &latest["name"]),
        (&json!("shop 0"), &json!("api"), &json!("log_channel"))
    );
    let cursor = first.body["next_cursor"].as_str().expect("there is more").to_owned();
    let second = shop.gets(&format!("/api/v1/guilds/{{guild}}/audit/changes?limit=1&cursor={cursor}")).await;
    let language = &second.body["items"][0];
    assert_eq!((&language["name"], &language["new"]), (&json!("language"), &json!("nl")));
    let undone = shop.asks("POST", &format!("{SETTINGS}/changes/{}/rollback", language["number"]), Value::Null).await;
    assert_eq!(undone.body["now"]["values"]["language"], "en", "{undone:?}");
    let reset = shop.asks("POST", &format!("{system}/reset"), json!({"name": "log_channel"})).await;
    assert_eq!(reset.body["now"]["values"]["log_channel"], Value::Null, "{reset:?}");
    let number = shop.gets(&format!("{SETTINGS}/history?limit=1")).await.body["items"][0]["number"].clone();
    let back = shop.asks("POST", &format!("{SETTINGS}/changes/{number}/take-back"), Value::Null).await;
    assert_eq!(back.body["now"]["values"]["log_channel"], json!(general), "{back:?}");
    let faults = shop.gets(&format!("{system}/faults")).await;
    assert_eq!((&faults.body["faults"], &faults.body["unsure"]), (&json!([]), &json!(false)));
    world.screen().await;
}

#[tokio::test]
async fn a_program_works_tickets_as_the_staff_does() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "tickets:write").await;
    let ann = world.user("ann").to_string();
    let wish = json!({"kind": 1, "member": ann, "answers": [{"question": 1, "text": "My order"}]});
    let opened = shop.asks_with("POST", TICKETS, &[("idempotency-key", "k-1")], &wish).await;
    assert_eq!((opened.status, &opened.body["subject"]), (201, &json!("My order")), "{opened:?}");
    let again = shop.asks_with("POST", TICKETS, &[("idempotency-key", "k-1")], &wish).await;
    assert_eq!((again.status, &again.body["number"]), (201, &json!(1)));
    world.screen().await;
    let ticket = format!("{TICKETS}/1");
    let read = shop.gets(&ticket).await;
    assert!(read.body["channel"].is_string() && read.header("etag").is_some(), "{read:?}");
    let steps = format!("{ticket}/steps");
    let takes = async |step: Value| shop.asks("POST", &steps, step).await;
    // Only a person takes a ticket.
    assert_eq!(takes(json!({"step": "claim"})).await.problem(), (403, "for_nobody"));
    assert_eq!(takes(json!({"step": "fly"})).await.problem(), (422, "unfit_field"));
    assert_eq!(takes(json!({"step": "note", "text": " "})).await.problem(), (422, "empty"));
    assert_eq!(takes(json!({"step": "note", "text": "Sent on Monday"})).await.body["event"], "note");
    assert_eq!(takes(json!({"step": "set_priority", "priority": "urgent"})).await.body["ticket"]["priority"], "urgent");
    assert_eq!(takes(json!({"step": "wait"})).await.body["ticket"]["status"], "waiting_for_user");
    assert_eq!(takes(json!({"step": "add", "member": world.user("bob").to_string()})).await.body["event"], "added");
    let asked = takes(json!({"step": "ask_close", "hours": 2})).await;
    assert_eq!(asked.body["ticket"]["close_due_at"], "2027-03-01T11:00:00Z", "{asked:?}");
    assert_eq!(takes(json!({"step": "ask_close", "hours": 9000})).await.problem().1, "due_out_of_range");
    assert_eq!(takes(json!({"step": "close", "reason": "Solved"})).await.body["ticket"]["status"], "closed");
    assert_eq!(takes(json!({"step": "close"})).await.problem().0, 409);
    world.screen().await;
    let transcript = shop.gets(&format!("{ticket}/transcript")).await;
    assert_eq!((transcript.status, transcript.body["whole"].is_boolean()), (200, true), "{transcript:?}");
    assert_eq!(takes(json!({"step": "reopen"})).await.body["event"], "reopened");
    world.screen().await;
    let events = shop.gets(&format!("{ticket}/events")).await;
    let kinds: Vec<&str> =
        events.body.as_array().expect("a list").iter().filter_map(|it| it["kind"].as_str()).collect();
    assert_eq!(kinds[..4], ["opened", "note", "priority", "waiting"], "{kinds:?}");
    assert_eq!(events.body[1]["key"], "shop 0");
    // Lists go by what they filter, page by page.
    world.lets_tickets_open(&shop, &ann).await;
    let numbers = async |query: &str| {
        let page = shop.gets(&format!("{TICKETS}{query}")).await;
        let items = page.body["items"].as_array().expect("a list").clone();
        let numbers: Vec<i64> = items.iter().filter_map(|it| it["number"].as_i64()).collect();
        (numbers, page.body["next_cursor"].as_str().map(str::to_owned))
    };
    let (first, cursor) = numbers("?limit=1").await;
    let (second, end) = numbers(&format!("?limit=1&cursor={}", cursor.expect("there is more"))).await;
    assert_eq!((first, second, end), (vec![1], vec![2], None), "the urgent one is first");
    assert_eq!(numbers("?priority=normal&unclaimed=true").await.0, [2]);
    assert_eq!(numbers(&format!("?member={}", world.user("bob"))).await.0, [0; 0]);
    assert_eq!(shop.gets(&format!("{TICKETS}?status=lost")).await.problem(), (400, "unfit_query"));
    assert_eq!(shop.gets(&format!("{TICKETS}/9")).await.problem(), (404, "no_such_ticket"));
    let nobody = shop.asks("POST", TICKETS, json!({"kind": 9, "member": ann})).await;
    assert_eq!(nobody.problem(), (404, "no_such_kind"));
    world.screen().await;
}

impl World {
    /// One more ticket of a member, whatever they have open.
    async fn lets_tickets_open(&self, shop: &Program, member: &str) {
        let wish = json!({"kind": 1, "member": member, "answers": [{"question": 1, "text": "Another"}]});
        let opened = shop.asks("POST", TICKETS, wish).await;
        assert_eq!(opened.status, 201, "{opened:?}");
        self.screen().await;
    }
}

#[tokio::test]
async fn a_program_sets_up_tickets() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "tickets:write").await;
    let kinds = format!("{TICKETS}/kinds");
    let added = shop.asks("POST", &kinds, json!({"name": "Billing", "definition": {"description": "Money"}})).await;
    assert_eq!((added.status, &added.body["number"]), (201, &json!(2)), "{added:?}");
    assert_eq!(shop.gets(&kinds).await.body.as_array().map(Vec::len), Some(2));
    let kind = format!("{kinds}/2");
    let texts =
        json!({"name": "Invoices", "emoji": "", "description": "Money", "opening": "", "naming": "bill-{number}"});
    let changed = changes(&shop, "PUT", &format!("{kind}/texts"), &kind, texts.clone()).await;
    assert_eq!((changed.status, &changed.body["name"]), (200, &json!("Invoices")), "{changed:?}");
    let stale = [("if-match", added.header("etag").expect("it has one"))];
    let late = shop.asks_with("PUT", &format!("{kind}/texts"), &stale, &texts).await;
    assert_eq!(late.problem(), (412, "changed_meanwhile"));
    let question = json!({"label": "Which invoice?", "hint": "", "required": true, "ask": {"text": {"long": false, "min_chars": 0, "max_chars": 20}}});
    let asked = changes(&shop, "POST", &format!("{kind}/questions"), &kind, question.clone()).await;
    assert_eq!(asked.body["definition"]["questions"][0]["id"], 1, "{asked:?}");
    let limits = json!({"member_limit": 3, "cooldown": 5, "hours": "mon-fri 09:00-17:00", "hours_note": ""});
    assert_eq!(
        changes(&shop, "PUT", &format!("{kind}/limits"), &kind, limits).await.body["definition"]["member_limit"],
        3
    );
    let times =
        json!({"remind_after": 60, "close_after": 120, "answer_within": 0, "escalate": false, "close_when_left": true});
    assert_eq!(
        changes(&shop, "PUT", &format!("{kind}/times"), &kind, times).await.body["definition"]["close_after"],
        120
    );
    let people = json!({"place": null, "staff": [], "required": [world.role("keepers").to_string()], "blocked": []});
    assert_eq!(changes(&shop, "PUT", &format!("{kind}/people"), &kind, people).await.status, 200);
    let dutch = json!({"name": "Facturen"});
    assert_eq!(changes(&shop, "PUT", &format!("{kind}/translations/nl"), &kind, dutch).await.status, 200);
    let label = json!({"label": "Welke factuur?"});
    let translated = changes(&shop, "PUT", &format!("{kind}/questions/1/translations/nl"), &kind, label).await;
    assert_eq!(translated.body["definition"]["translations"]["nl"]["name"], "Facturen", "{translated:?}");
    assert_eq!(changes(&shop, "DELETE", &format!("{kind}/questions/1"), &kind, Value::Null).await.status, 200);
    assert_eq!(shop.gets(&format!("{kinds}/unheard")).await.body, json!([]));
    let removed = changes(&shop, "DELETE", &kind, &kind, Value::Null).await;
    assert_eq!(removed.body, json!({"number": 2, "name": "Invoices"}));
    assert_eq!(shop.gets(&kind).await.problem(), (404, "no_such_kind"));

    let replies = format!("{TICKETS}/replies");
    let added = shop.asks("POST", &replies, json!({"name": "Refund time", "text": "In 30 days."})).await;
    assert_eq!(added.status, 201, "{added:?}");
    let reply = format!("{replies}/refund%20time");
    let changed = changes(&shop, "PUT", &reply, &reply, json!({"name": "Refund time", "text": "In 14 days."})).await;
    assert_eq!(changed.body["text"], "In 14 days.");
    let stale = [("if-match", added.header("etag").expect("it has one"))];
    let late = shop.asks_with("PUT", &reply, &stale, &json!({"name": "Refund time", "text": "Never."})).await;
    assert_eq!(late.problem(), (412, "collision"));
    assert_eq!(shop.gets(&replies).await.body[0]["uses"], 0);
    assert_eq!(shop.asks("DELETE", &reply, Value::Null).await.body, json!({"name": "Refund time"}));
    assert_eq!(shop.gets(&reply).await.problem(), (404, "no_such_tag"));

    let bob = format!("{TICKETS}/blocked/{}", world.user("bob"));
    let blocked = shop.asks("PUT", &bob, json!({"reason": "Spam"})).await;
    assert_eq!((&blocked.body["blocked"], &blocked.body["were_blocked"]), (&json!(true), &json!(false)), "{blocked:?}");
    let listed = shop.gets(&format!("{TICKETS}/blocked")).await;
    assert_eq!((&listed.body[0]["reason"], &listed.body[0]["key"]), (&json!("Spam"), &json!("shop 0")));
    assert_eq!(shop.asks("DELETE", &bob, Value::Null).await.body["were_blocked"], true);

    let panel = json!({"channel": world.discord.id_of("#general"), "title": "Ask us"});
    assert_eq!(shop.asks("POST", &format!("{TICKETS}/panels"), panel).await.status, 202);
    let screen = world.screen().await;
    assert!(screen.contains("Ask us"), "{screen}");
    let nowhere = json!({"channel": "81384788765712384"});
    assert_eq!(shop.asks("POST", &format!("{TICKETS}/panels"), nowhere).await.problem().0, 422);
    world.discord.take_problems();
}

#[tokio::test]
async fn a_program_keeps_reminders_and_reads_none_that_are_to_one_member_alone() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "reminders:write").await;
    let (ann, general) = (world.user("ann").to_string(), world.discord.id_of("#general"));
    let wish = json!({
        "creator": ann, "when": "every day at 20:00", "name": "Water the plants", "channel": general, "ahead": [60, 0],
    });
    let made = shop.asks("POST", REMINDERS, wish.clone()).await;
    assert_eq!((made.status, &made.body["number"], &made.body["ahead"]), (201, &json!(1), &json!([60, 0])), "{made:?}");
    let reminder = format!("{REMINDERS}/1");
    let changed =
        changes(&shop, "PATCH", &reminder, &reminder, json!({"name": "Water them", "when": "every day at 21:00"}))
            .await;
    assert_eq!(
        (&changed.body["name"], &changed.body["when"]),
        (&json!("Water them"), &json!("every day at 21:00")),
        "{changed:?}"
    );
    let stale = shop.asks_with("PATCH", &reminder, &[("if-match", "\"1\"")], &json!({"text": "Now"})).await;
    assert_eq!(stale.problem(), (412, "changed_meanwhile"));
    assert!(shop.asks("POST", &format!("{reminder}/pause"), Value::Null).await.body["paused"].is_object());
    assert_eq!(shop.asks("POST", &format!("{reminder}/pause"), Value::Null).await.problem(), (409, "already_paused"));
    assert_eq!(shop.asks("POST", &format!("{reminder}/resume"), Value::Null).await.body["paused"], Value::Null);
    let unread =
        shop.asks("POST", REMINDERS, json!({"creator": ann, "when": "blorp", "name": "x", "channel": general})).await;
    assert_eq!((unread.problem(), &unread.body["pointer"]), ((422, "when_not_understood"), &json!("/when")));
    let foreign =
        json!({"creator": "81384788765712384", "when": "every day at 20:00", "name": "x", "channel": general});
    assert_eq!(shop.asks("POST", REMINDERS, foreign).await.problem(), (422, "not_for_them"));
    let template = format!("{REMINDERS}/templates/Plants");
    assert_eq!(
        shop.asks("PUT", &template, json!({"reminder": 1})).await.body,
        json!({"name": "Plants", "replaced": false})
    );
    assert_eq!(shop.gets(&format!("{REMINDERS}/templates?query=pla")).await.body, json!(["Plants"]));
    assert_eq!(shop.asks("DELETE", &template, Value::Null).await.status, 200);
    assert_eq!(shop.gets(&format!("{REMINDERS}/waiting")).await.body, json!({"overdue": 0, "hindered": 0}));

    world.types("ann", "/reminder add when:2027-03-05 10:00 what:Buy a ring message:For Zoë direct:true").await;
    world.screen().await;
    let listed = shop.gets(&format!("{REMINDERS}?limit=1")).await;
    let cursor = listed.body["next_cursor"].as_str().expect("there is more").to_owned();
    let rest = shop.gets(&format!("{REMINDERS}?limit=1&cursor={cursor}")).await;
    let all = json!([listed.body["items"], rest.body["items"], shop.gets(&format!("{REMINDERS}/2")).await.body]);
    assert!(all.to_string().contains("\"private\":true") && !all.to_string().contains("ring"), "{all}");
    assert!(!all.to_string().contains("Zoë"), "{all}");
    assert_eq!(shop.gets(&format!("{REMINDERS}/search?query=ring")).await.body, json!([]));
    let private =
        changes(&shop, "PATCH", &format!("{REMINDERS}/2"), &format!("{REMINDERS}/2"), json!({"channel": general}))
            .await;
    assert_eq!(private.problem(), (403, "private"));
    let deleted = changes(&shop, "DELETE", &reminder, &reminder, Value::Null).await;
    assert_eq!(deleted.body, json!({"number": 1, "name": "Water them"}));
    world.screen().await;
    // Discord was asked for somebody who is not there.
    world.discord.take_problems();
}

#[tokio::test]
async fn a_list_of_reminders_goes_on_where_it_ended_whatever_happens_meanwhile() {
    let world = World::new().await;
    let shop = Program::of(&world, HOME, "reminders:write").await;
    let (ann, general) = (world.user("ann").to_string(), world.discord.id_of("#general"));
    for day in 1..=5 {
        let when = format!("2027-05-0{day} 10:00");
        let wish = json!({"creator": ann, "when": when, "name": format!("Day {day}"), "channel": general});
        assert_eq!(shop.asks("POST", REMINDERS, wish).await.status, 201);
    }
    let page = async |cursor: Option<String>| {
        let rest = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let page = shop.gets(&format!("{REMINDERS}?limit=2{rest}")).await.body;
        let items = page["items"].as_array().expect("a list").clone();
        let numbers: Vec<i64> = items.iter().filter_map(|it| it["number"].as_i64()).collect();
        (numbers, page["next_cursor"].as_str().map(str::to_owned))
    };
    let (first, cursor) = page(None).await;
    assert_eq!(first, [1, 2]);
    let gone = format!("{REMINDERS}/1");
    assert_eq!(changes(&shop, "DELETE", &gone, &gone, Value::Null).await.status, 200);
    // One that cannot be read ends no list.
    let odd = "update reminder set zone = 'Nowhere' where number = 4";
    sqlx::query(odd).execute(&world.db().await).await.expect("a row");
    let (second, cursor) = page(Some(cursor.expect("there is more"))).await;
    assert_eq!(second, [3]);
    assert_eq!(page(Some(cursor.expect("there is more"))).await, (vec![5], None));
}

#[tokio::test]
async fn a_program_takes_tables_with_it_row_by_row() {
    let world = World::new().await;
    world.has_entry("Refunds", "=1+1").await;
    world.has_entry("Opening hours", "Nine to five, \"mostly\".").await;
    world.has_entry_in(AWAY, "eve", "Secret", "Elsewhere.").await;
    let shop = Program::of(&world, HOME, "exports:read").await;
    let tables = shop.gets(EXPORTS).await;
    let names: Vec<&str> =
        tables.body.as_array().expect("a list").iter().filter_map(|it| it["name"].as_str()).collect();
    // Whatever a feature declares.
    let declared: Vec<&str> =
        alphapy::features::all().iter().flat_map(|it| it.exports.iter().map(|it| it.table.name)).collect();
    assert_eq!(names, declared);
    let client = reqwest::Client::new();
    let gets = async |rest: &str| {
        let address = format!("http://{}{EXPORTS}/{rest}", shop.address).replace("{guild}", &shop.guild);
        let answer = client.get(address).header("x-api-key", &shop.key).send().await.expect("an answer");
        let kind = answer.headers()["content-type"].to_str().expect("text").to_owned();
        (answer.status().as_u16(), kind, answer.text().await.expect("it ends properly"))
    };
    let (status, kind, csv) = gets("faq").await;
    assert_eq!((status, kind.as_str()), (200, "text/csv; charset=utf-8; header=present"));
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].starts_with("number,title,answer,") && lines[0].contains("author,author_name"), "{csv}");
    assert!(lines[1].starts_with("1,Refunds,'=1+1,") && lines[1].contains(",ada,"), "{csv}");
    assert!(!csv.contains("Secret") && lines.len() == 4, "{csv}");
    let (_, kind, rows) = gets("faq?format=jsonl").await;
    assert_eq!(kind, "application/jsonl");
    let rows: Vec<Value> = rows.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&rows[0]["answer"], &rows[1]["answer"]), (&json!("=1+1"), &json!("Nine to five, \"mostly\".")));
    for table in names {
        assert_eq!(gets(table).await.0, 200, "{table}");
    }
    // Another key has an allowance of its own.
    let shop = Program::of(&world, HOME, "exports:read").await;
    assert_eq!(shop.gets(&format!("{EXPORTS}/moon")).await.problem(), (404, "no_such_address"));
    assert_eq!(shop.gets(&format!("{EXPORTS}/tickets?from=moon")).await.problem(), (422, "no_day"));
    assert_eq!(shop.gets(&format!("{EXPORTS}/tickets?part=giraffes")).await.problem(), (422, "no_part"));
    assert_eq!(shop.gets(&format!("{EXPORTS}/faq?part=1")).await.problem(), (400, "unfit_query"));
    assert_eq!(shop.gets(&format!("{EXPORTS}/faq?from=2027-03-01")).await.problem(), (400, "unfit_query"));
    // Who imported something is in no server.
    world.discord.take_problems();
}
