//! What admins take with them.

use std::collections::BTreeMap;

use alphapy::acting::Origin;
use alphapy::dev::fake::{Answer, Fault};
use alphapy::feature::export::{Rows, Wanted};
use alphapy::features::tickets::model::{Priority, Status};
use alphapy::words::Language;
use axum::http::Method;
use expect_test::expect;
use jiff::SignedDuration;
use serde_json::json;

use crate::support::{AWAY, HOME, World, code};

/// The newest file of that name that the bot sent, as text.
fn sent(world: &World, name: &str) -> String {
    String::from_utf8(world.discord.file(name).unwrap_or_else(|| panic!("no {name}"))).expect("text")
}

/// Tickets straight in the database: `count` of ann's, one an hour.
async fn has_tickets(world: &World, count: i32) {
    let guild: i64 = world.guild(HOME).get().cast_signed();
    let ann: i64 = world.discord.id_of("@ann").parse().expect("an id");
    let db = world.db().await;
    sqlx::query("insert into ticket_type (guild_id, id, name, definition) values ($1, 1, 'Support', '{}')")
        .bind(guild)
        .execute(&db)
        .await
        .expect("a type");
    sqlx::query(
        "insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers,
                             opened_at, updated_at, check_at, settle_at, unsettled, status, claimed_by_user_id, closed_at)
         select $1, n, 1, $2, $2, n, case n when 1 then '=HYPERLINK(\"x\")' else 'Zoë, no. ' || md5(n::text) end, '[]',
                at, at, at, at, false, case n % 2 when 0 then 'closed' else 'open' end, $2,
                case n % 2 when 0 then at + interval '90 minutes' end
           from (select n, timestamptz '2027-02-27 22:30Z' + make_interval(hours => n) as at
                   from generate_series(1, $3) as n) as numbered",
    )
    .bind(guild)
    .bind(ann)
    .bind(count)
    .execute(&db)
    .await
    .expect("tickets");
}

#[tokio::test]
async fn tickets_are_exported_for_any_spreadsheet() {
    let world = World::new().await;
    has_tickets(&world, 3).await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    world.types("ada", "/export tickets").await;
    let (screen, log) = crate::support::apart(&world.screen().await, "general");
    expect![[r#"
        ada in #help: /export tickets
        bot is thinking… (only ada sees this)
        bot answers: (only ada sees this)
             <file: tickets.csv, 1068 bytes>
        bot edits: tickets: 3 rows. (only ada sees this)
             <file: tickets.csv, 1068 bytes>
    "#]]
    .assert_eq(&screen);
    assert!(log.contains("📤 Data was exported"), "{log}");
    let ann = world.discord.id_of("@ann");
    expect![[r#"
        <mark>number,member,member_name,opened_by,opened_by_name,status,priority,type,subject,age_minutes,claimed_by,claimed_by_name,escalated_to,escalated_to_name,closed_by,closed_by_name,close_reason,opened_at_utc,first_response_at_utc,claimed_at_utc,closed_at_utc,archived_at_utc,updated_at_utc,rated_at_utc,rating,rating_comment,first_closed_at_utc,reopened,worked_response_seconds,worked_claim_seconds,worked_close_seconds
        1,<@ann>,ann,<@ann>,ann,open,normal,Support,"'=HYPERLINK(""x"")",2010,<@ann>,ann,,,,,,2027-02-27 23:30:00,,,,,2027-02-27 23:30:00,,,,,0,,,
        2,<@ann>,ann,<@ann>,ann,closed,normal,Support,"Zoë, no. c81e728d9d4c2f636f067f89cc14862c",90,<@ann>,ann,,,,,,2027-02-28 00:30:00,,,2027-02-28 02:00:00,,2027-02-28 00:30:00,,,,2027-02-28 02:00:00,0,,,
        3,<@ann>,ann,<@ann>,ann,open,normal,Support,"Zoë, no. eccbc87e4b5ce2fe28308fd9f2a7baf3",1890,<@ann>,ann,,,,,,2027-02-28 01:30:00,,,,,2027-02-28 01:30:00,,,,,0,,,
    "#]].assert_eq(&sent(&world, "tickets.csv").replace(&ann, "ann").replace('\u{feff}', "<mark>").replace("\r\n", "\n"));
    // Whole days by the server's clock, whose first ticket opened at 00:30.
    world.types("ada", "/export tickets from:28/2/2027 until:2027-02-28 status:open").await;
    let screen = world.screen().await;
    assert!(screen.contains("tickets: 2 rows."), "{screen}");
    world.types("ada", "/export tickets from:2027-03-01").await;
    let screen = world.screen().await;
    assert!(screen.contains("tickets: 0 rows."), "{screen}");
    world.types("ada", "/export tickets from:tomorrow").await;
    let screen = world.screen().await;
    assert!(screen.contains("“tomorrow” is no day; write it like 2027-03-31 or 31/3/2027."), "{screen}");
}

#[tokio::test]
async fn tickets_of_one_kind_are_exported_as_lines_of_json() {
    let world = World::new().await;
    has_tickets(&world, 3).await;
    let guild = world.guild(HOME).get().cast_signed();
    let other =
        "with kind as (insert into ticket_type (guild_id, id, name, definition) values ($1, 2, 'Bugs & ideas', '{}'))
                 update ticket set type_id = 2 where guild_id = $1 and number = 3";
    sqlx::query(other).bind(guild).execute(&world.db().await).await.expect("another kind");
    let offered = world.suggests("ada", "/export tickets kind:bug").await;
    assert_eq!(offered.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Bugs & ideas"]);
    for kind in ["2", "bugs & IDEAS"] {
        world.types("ada", &format!("/export tickets kind:{kind} format:jsonl")).await;
        let screen = world.screen().await;
        assert!(screen.contains("tickets: 1 row."), "{screen}");
    }
    let lines = sent(&world, "tickets.jsonl");
    let line: serde_json::Value = serde_json::from_str(lines.trim_end()).expect("one line of JSON");
    assert_eq!(
        (&line["number"], &line["type"], &line["member_name"]),
        (&json!("3"), &json!("Bugs & ideas"), &json!("ann"))
    );
    assert_eq!((&line["reopened"], &line["worked_close_seconds"]), (&json!("0"), &json!("")));
    world.types("ada", "/export tickets kind:giraffes").await;
    let screen = world.screen().await;
    assert!(
        screen.contains("There is no “giraffes” here; choose one of those that are offered while you type."),
        "{screen}"
    );
}

#[tokio::test]
async fn the_faq_that_was_exported_can_be_imported_again() {
    let world = World::new().await;
    world.has_entry("Refunds, and when", "Within *30* days.\nWrite \"refund\".").await;
    world.has_entry("Opening hours", "From nine to five.").await;
    // What a spreadsheet would take for formulas.
    for (title, answer) in
        [("+1 votes", "- Download it\n- Unpack it"), ("@staff ping", "=) smile"), ("'-1", "''tis\t"), ("－3", "'  =1")]
    {
        world.has_entry(title, answer).await;
    }
    world.types("ada", "/export faq").await;
    let screen = world.screen().await;
    assert!(screen.contains("faq: 6 rows."), "{screen}");
    let folder = std::env::temp_dir().join(format!("alphapy-export-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("faq.csv");
    std::fs::write(&file, sent(&world, "faq.csv")).expect("a file");
    let faq = alphapy::features::all().into_iter().find(|feature| feature.name == "faq").expect("the feature");
    let guild = world.guild(HOME);
    let files = vec![file];
    let (guild, strict) = (Some(guild), true);
    let request = alphapy::feature::ImportRequest { guild, files, strict, ..Default::default() };
    let import = faq.find_import("faq").expect("it imports");
    let report = import(world.app().clone(), request).await.expect("it is read");
    std::fs::remove_dir_all(&folder).expect("it is ours");
    assert_eq!((report.added, report.updated, report.unchanged), (0, 0, 6), "{:?}", report.bad);
}

#[tokio::test]
async fn what_was_searched_and_who_changed_what_are_exported() {
    let world = World::new().await;
    world.has_entry("How do I get a refund?", "Write to billing.").await;
    world.types("ann", "/faq search query:get a refund").await;
    world.types("ann", "/faq search query:=giraffe food").await;
    world.types("ada", "/config system set language:nl").await;
    world.screen().await;
    world.types("ada", "/export searches").await;
    world.screen().await;
    world.types("ada", "/export audit").await;
    world.screen().await;
    expect![[r#"
        ﻿searched_at_utc,query,answered,matched,opened
        2027-03-01 09:00:00,get a refund,yes,1,
        2027-03-01 09:00:00,'=giraffe food,no,,
    "#]]
    .assert_eq(&sent(&world, "searches.csv").replace("\r\n", "\n"));
    expect![[r#"
        ﻿number,changed_at_utc,member,member_name,program,group,setting,old,new,how
        2,2027-03-01 09:00:00,<@1191171179151360000>,ada,,system,language,,"""nl""",slash
        1,2027-03-01 09:00:00,<@1>,,,system,admin_role,,"""1191170172518400000""",import
    "#]]
    .assert_eq(&sent(&world, "audit.csv").replace("\r\n", "\n"));
    // Who imported something is in no server.
    world.discord.take_problems();
}

#[tokio::test]
async fn a_large_export_is_packed_and_split_over_files_of_one_message() {
    let world = World::new().await;
    has_tickets(&world, 2_000).await;
    world.discord.set_max_file(40_000);
    world.types("ada", "/export tickets").await;
    let screen = world.screen().await;
    assert!(screen.contains("tickets: 2000 rows. It takes "), "{screen}");
    let names: Vec<&str> = screen.lines().filter(|line| line.contains("<file:")).collect();
    assert!(names.len() >= 2 && names.iter().all(|name| name.contains(".csv.zip")), "{screen}");
    let mut numbers = Vec::new();
    for part in 1..=10 {
        let Some(bytes) = world.discord.file(&format!("tickets-{part}.csv.zip")) else { break };
        assert!(bytes.len() <= 40_000);
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
        let file = zip.by_index(0).expect("one file");
        let rows = csv::Reader::from_reader(file).into_records().map(|row| row.expect("a row")[0].to_owned());
        numbers.extend(rows.map(|number| number.parse::<i32>().expect("a number")));
    }
    assert_eq!(numbers, (1..=2_000).collect::<Vec<_>>());
    // More than one message holds is said, not lost without a word.
    world.discord.set_max_file(4_000);
    world.types("ada", "/export tickets").await;
    let screen = world.screen().await;
    assert!(screen.contains("which is more than one message holds; here are the first 10 files of"), "{screen}");
}

#[tokio::test]
async fn only_admins_export_and_only_their_own_server() {
    let world = World::new().await;
    has_tickets(&world, 3).await;
    for guild in [HOME, AWAY] {
        world.discord.guild(guild).command_permission("export", "@everyone", true);
    }
    world.types("ann", "/export tickets").await;
    world.discord.person("eve").in_guild(AWAY).types("/export tickets").await;
    let screen = world.screen().await;
    assert!(
        screen.contains("Only admins of this server can do that; ask one of them. (only ann sees this)"),
        "{screen}"
    );
    assert!(screen.contains("tickets: 0 rows."), "{screen}");
}

#[tokio::test]
async fn an_export_that_died_on_the_way_is_made_again_and_leaves_one_of_each_file() {
    let world = World::new().await;
    has_tickets(&world, 2_000).await;
    world.discord.set_max_file(40_000);
    let another = world.another_instance().await;
    // The first part arrives, but the instance never hears of it and is gone.
    let part = alphapy::dev::fake::Fault::on(axum::http::Method::PATCH, "@original");
    world.discord.fault(part.times(1).answers(alphapy::dev::fake::Answer::HangAfter));
    world.types("ada", "/export tickets").await;
    while world.discord.requests().iter().filter(|request| request.path.contains("@original")).count() < 1 {
        tokio::task::yield_now().await;
    }
    world.app().handing_over.cancel();
    world.settle().await;
    world.discord.screen();
    world.clock.advance(SignedDuration::from_secs(31));
    another.sweeps().await;
    let screen = world.discord.screen();
    let last = screen.rfind("tickets: 2000 rows.").expect("it ends");
    assert_eq!(screen[last..].matches("<file: tickets-1.csv.zip").count(), 1, "{screen}");
    assert_eq!(screen[last..].matches("<file: tickets-2.csv.zip").count(), 1, "{screen}");
}

#[tokio::test]
async fn an_export_waits_for_the_one_before_it_and_says_so() {
    let world = World::new().await;
    has_tickets(&world, 3).await;
    // The first does not end before Discord is well again.
    let unwell = Answer::Status(503, json!({"message": "unwell"}));
    world.discord.fault(Fault::on(Method::PATCH, "@original").times(4).answers(unwell));
    world.types("ada", "/export tickets").await;
    world.screen().await;
    world.types("ada", "/export tickets").await;
    expect![[r#"
        ada in #help: /export tickets
        bot is thinking… (only ada sees this)
        bot answers: Another export of this server is being made; yours follows it. (only ada sees this)
    "#]]
    .assert_eq(&world.screen().await);
    world.a_minute_passes().await;
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("tickets: 3 rows. (only ada sees this)").count(), 2, "{screen}");
}

#[tokio::test]
async fn rows_that_change_during_an_export_come_once_and_no_connection_waits_for_files() {
    const ROWS: i32 = 1_500;
    let world = World::new().await;
    let guild: i64 = world.guild(HOME).get().cast_signed();
    has_tickets(&world, ROWS).await;
    let db = world.db().await;
    for sql in [
        "delete from setting_change where guild_id = $1 and id < $2",
        "insert into faq_entry (guild_id, number, title, answer, created_at, updated_at)
         select $1, n, 'Entry ' || n, 'Yes', '2027-02-01Z', '2027-02-01Z' from generate_series(1, $2) as n",
        "insert into reminder (guild_id, number, interaction_id, creator_user_id, name, body, place, mentions, is_event, zone,
                               first_clock, leads, said, next_due_at, next_moment_at, next_lead, created_at, updated_at)
         select $1, n, n, 1, 'Reminder ' || n, '', '', '{}', false, 'UTC', '2027-04-01T09:00:00', '{0}', '',
                timestamptz '2027-04-01Z' + make_interval(mins => n), timestamptz '2027-04-01Z' + make_interval(mins => n), 0,
                '2027-02-01Z', '2027-02-01Z'
           from generate_series(1, $2) as n",
        "insert into faq_search (guild_id, interaction_id, query, matched, searched_at)
         select $1, 5000 - n, n::text, '{}', timestamptz '2027-02-01Z' + make_interval(mins => n / 2) from generate_series(1, $2) as n",
        "insert into setting_change (guild_id, id, feature, key, user_id, changed_at, how) overriding system value
         select $1, 1000 + n, 'faq', 'n' || n, 1, timestamptz '2027-02-01Z' + make_interval(mins => n), 'slash'
           from generate_series(1, $2) as n",
    ] {
        sqlx::query(sql).bind(guild).bind(ROWS).execute(&db).await.expect("rows");
    }
    // What is read first moves to the end of any order by time; what comes last is deleted; something new appears.
    let changes: BTreeMap<&str, [&str; 2]> = [
        ("tickets", ["update ticket set opened_at = opened_at + interval '1 year', updated_at = now() where number < 400", ""]),
        (
            "reminders",
            [
                "update reminder
                    set next_due_at = next_due_at + interval '1 year', next_moment_at = next_moment_at + interval '1 year'
                  where number < 400",
                "delete from reminder where number = 1499",
            ],
        ),
        ("searches", ["update faq_search set chosen = 7 where query::int < 400", "delete from faq_search where query = '1499'"]),
        ("audit", ["", ""]),
        ("faq", ["update faq_entry set updated_at = now() where number < 400", "delete from faq_entry where number = 1499"]),
    ]
    .into();
    // Of the only connection, whoever holds it while rows wait leaves nothing to others.
    let mut config = world.config();
    config.database.database_max_connections = 1;
    let app = alphapy::app::App::new(config, world.clock.clone()).expect("the parts of the app");
    let comes = async |who: &str| world.comes(who, world.guild(HOME), "exports", Vec::new(), Origin::Routine).await;
    let (ada, ann) = (comes("ada").await, comes("ann").await);
    for entry in alphapy::features::all().into_iter().flat_map(|feature| feature.exports) {
        let name = entry.table.name;
        // Whatever is wanted, rows are of the guild of who wants them.
        let (guild, language) = (world.guild(AWAY), Language::ENGLISH);
        let wanted = Wanted { guild, from: None, to: None, choice: None, part: None, language, now: world.now() };
        let refused = entry.run(app.clone(), &ann, wanted.clone(), Rows::channel().0).await;
        assert_eq!(code(refused), "not_admin", "{name}");
        let (rows, mut taken) = Rows::channel();
        let exporting = tokio::spawn({
            let (app, ada) = (app.clone(), ada.clone());
            async move { entry.run(app, &ada, wanted, rows).await }
        });
        // What tells one row from the others.
        let column = match name {
            "searches" => 1,
            "audit" => 5,
            _ => 0,
        };
        let mut numbers = vec![taken.recv().await.expect("a row")[column].clone()];
        for change in changes.get(name).unwrap_or_else(|| panic!("{name} has no rows here")) {
            if !change.is_empty() {
                sqlx::query(*change).execute(&app.db).await.expect("a connection is free while rows wait");
            }
        }
        while let Some(row) = taken.recv().await {
            numbers.push(row[column].clone());
        }
        exporting.await.expect("no panic").expect("it is read");
        let deleted = if ["tickets", "audit"].contains(&name) { None } else { Some(1499) };
        let mut expected: Vec<String> =
            (1..=ROWS).filter(|number| Some(*number) != deleted).map(|number| number.to_string()).collect();
        match name {
            "audit" => {
                let settings = expected.iter().map(|number| format!("n{number}"));
                expected = settings.rev().collect();
            }
            // Of one moment they come by their interaction.
            "searches" => {
                let moment = |query: &String| query.parse::<i32>().expect("a number");
                expected.sort_by_key(|query| (moment(query) / 2, -moment(query)));
            }
            _ => {}
        }
        assert_eq!(numbers, expected, "{name}");
    }
}

#[test]
fn the_guides_of_admins_say_what_each_code_means() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let english = std::fs::read_to_string(root.join("docs/admin.md")).expect("the guide");
    let dutch = std::fs::read_to_string(root.join("docs/admin.nl.md")).expect("the guide in Dutch");
    let statuses = Status::ALL.iter().map(|status| status.name());
    for code in statuses.chain(Priority::ALL.iter().map(|(_, name)| *name)).chain(["yes", "no"]) {
        for guide in [&english, &dutch] {
            assert!(guide.contains(&format!("`{code}`")), "{code}");
        }
    }
}
