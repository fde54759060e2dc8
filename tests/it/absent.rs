//! What docs/architecture.md calls absent, and what no other test looks for.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::sources::{library, literals};

/// The files of the library outside `dev` in which one of `words` stands, but for those in `allowed` (a file or a room).
fn users(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, code) in library() {
        let is_allowed = path.starts_with("dev/") || allowed.iter().any(|it| path.starts_with(it));
        found.extend(
            words.iter().filter(|word| !is_allowed && code.contains(**word)).map(|word| format!("{path}: {word}")),
        );
    }
    found
}

#[test]
fn only_the_clock_tells_what_time_it_is() {
    let now = ["Timestamp::now(", "Zoned::now(", "SystemTime::now("];
    assert_eq!(users(&now, &["clock.rs"]), [""; 0]);
    assert!(!users(&now, &[]).is_empty(), "this test no longer finds clocks");
}

#[test]
fn only_the_configuration_reads_the_environment() {
    let environment = ["env::var", "env::args", "env::set_var"];
    assert_eq!(users(&environment, &["config.rs"]), [""; 0]);
    assert!(!users(&environment, &[]).is_empty(), "this test no longer finds readers");
}

#[test]
fn only_the_edge_reads_and_writes_what_discord_defines() {
    // What an interaction and its answer are, and the calls of the REST API; kinds of buttons and channels are words.
    let wire = ["application::interaction::Interaction", "http::interaction", "reqwest::Client", "resolved\":"];
    let edge = ["webhook/", "interactions/", "ui/", "discord/", "feature/"];
    // What the language model's server is asked is not Discord's.
    let calling = ["webhook/", "interactions/", "ui/", "discord/", "feature/", "llm/"];
    assert_eq!(users(&wire, &calling), [""; 0]);
    // Nor by hand. What stores call so are columns.
    let keys = [
        "custom_id",
        "component_type",
        "resolved",
        "embeds",
        "components",
        "allowed_mentions",
        "app_permissions",
        "message_reference",
        "permission_overwrites",
        "channel_id",
        "guild_id",
    ];
    let mut by_hand = Vec::new();
    for (path, code) in library() {
        let is_store = path.ends_with("store.rs") || path.contains("/store/");
        if !is_store && !path.starts_with("dev/") && !edge.iter().any(|room| path.starts_with(room)) {
            let found = literals(&code).into_iter().filter(|(_, text)| keys.contains(text));
            by_hand.extend(found.map(|(_, text)| format!("{path}: {text}")));
        }
    }
    assert_eq!(by_hand, [""; 0]);
}

#[test]
fn queries_are_checked_when_they_are_compiled() {
    // What is put together at run time nobody checks, neither here nor there.
    let at_run_time = ["sqlx::query(", "sqlx::query_as(", "sqlx::query_as::", "sqlx::query_scalar("];
    let others = ["sqlx::query_scalar::", "sqlx::raw_sql", "QueryBuilder", "AssertSqlSafe", "query_unchecked!"];
    // It asks whether the database lives, and what it is.
    assert_eq!(users(&[&at_run_time[..], &others].concat(), &["db/"]), [""; 0]);
    assert!(!users(&at_run_time, &[]).is_empty(), "this test no longer finds queries");
}

#[test]
fn what_runs_in_the_background_can_be_waited_for() {
    // A task outside `App::background` has an owner who waits for it, or one whose end is no loss.
    let owners = [
        "webhook/promises.rs", // a handler, awaited by its attempt
        "discord/pace.rs",     // gives out slots while anybody waits for one
        "jobs.rs",             // awaited together
        "server.rs",           // what runs until the process stops
        "settings/mod.rs",     // drops what is cached
        "knowledge/mod.rs",    // builds an index for whoever waits, or the next who asks
    ];
    assert_eq!(users(&["tokio::spawn(", "thread::spawn("], &owners), [""; 0]);
    for owner in owners {
        let found = library().iter().any(|(path, code)| path == owner && code.contains("spawn("));
        assert!(found, "{owner} no longer has tasks");
    }
    // The same of threads that compute, which nothing stops, and of tasks that end with the set that owns them.
    let computing = [
        "features/tickets/transcript/mod.rs",
        "features/tickets/transcript/send.rs",
        "knowledge/documents.rs",
        "knowledge/mod.rs",
    ];
    assert_eq!(users(&["spawn_blocking("], &computing), [""; 0]);
    let sets = ["features/reminders/send/mod.rs", "intake/connections.rs"];
    let mut loose = Vec::new();
    for (path, code) in library().into_iter().filter(|(path, _)| !path.starts_with("dev/")) {
        let owned = code.matches("background.spawn(").count();
        if code.matches(".spawn(").count() != owned && !sets.contains(&path.as_str()) {
            loose.push(path);
        }
    }
    assert_eq!(loose, [""; 0]);
}

#[test]
fn one_tls_stack_is_linked() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).expect("Cargo.lock");
    let has = |name: &str| lock.contains(&format!("name = \"{name}\"\n"));
    assert!(has("rustls") && has("ring"));
    for other in ["native-tls", "openssl", "openssl-sys", "boring", "aws-lc-rs", "aws-lc-sys"] {
        assert!(!has(other), "{other}");
    }
}

/// Queries over all guilds: they find where there is something to do, count, or forget by age.
const OVER_ALL_GUILDS: [&str; 37] = [
    "select distinct guild_id as \"guild_id!\" from (select guild_id, text_hash from faq_entry union all",
    "select distinct guild_id from tally_stale",
    "select distinct guild_id from ticket where (first_response_at is not null and worked_response_s is null)",
    "select distinct guild_id from faq_search where asked is null",
    "delete from begun_reminder where begun_at <",
    "delete from reply_draft where (guild_id, id) in (select guild_id, id from reply_draft where asked_at <",
    "delete from llm_day where (guild_id, day) in (select guild_id, day from llm_day where day <",
    "delete from llm_member where (guild_id, user_id) in ( select guild_id, user_id from llm_member where spent_until <",
    "select distinct guild_id from reply_draft where text is not null",
    // What is reserved for calls that died goes back to each guild's day.
    "with dead as ( select guild_id, id, reserved_day, reserved_tokens from reply_draft where reserved_until <",
    "delete from refused_form where refused_at <",
    "delete from member_language where seen_at <",
    "delete from done_once where done_at <",
    "select distinct guild_id from ticket_panel where stale",
    "select distinct guild_id from ticket where unsettled",
    "select distinct guild_id from reminder_occurrence where state in",
    "select distinct guild_id from log_entry where (lease_until is null or lease_until <",
    "select distinct guild_id from ticket_transcript where taken_at <",
    "select guild_id as \"guild_id!\" from reminder where next_due_at is null and updated_at <",
    "select distinct guild_id from faq_search where searched_at <",
    "select distinct guild_id from reminder_occurrence where lead > 0",
    // What is due is taken in the order of time, with its guild.
    "select guild_id, number, creator_user_id, name, body",
    "with forgotten as (delete from ticket_draft where created_at <",
    "select count(*) as \"jobs!\" from job",
    "select feature, count(*) as \"count!\", min(created_at)",
    "delete from announcement where read_at <",
    "select distinct guild_id from setting_change old where changed_at <",
    "select guild_id from guild_setting where feature = 'announcements'",
    "with recursive guild as ( (select guild_id from ticket where status not in",
    "with recursive guild as ( (select guild_id from ticket where status = 'closed'",
    // What nobody holds any more is taken, whosever it is, with its guild.
    "update job set attempt = attempt + 1, lease_until = $2 where (guild_id, interaction_id) in",
    "update reminder_occurrence set attempt = attempt + 1, lease_until = $2 where (guild_id, number, due_at) in",
    "select distinct guild_id from setting_change where feature =",
    "delete from api_request where began_at <",
    "update api_request set answer = null where (guild_id, key_id, request) in",
    // A key's own servers, for its program and for an operator; and all with keys, for an operator.
    "select guild_id from api_key_guild where key_id =",
    "select distinct guild_id from api_key_guild order by",
];

/// What Discord says of a user who has taken their permission back tells of no guild.
const OF_A_USER: &str =
    "insert into authorization_event (guild_id, user_id, kind, occurred_at) select guild_id, $1, 'deauthorized'";

/// Whether a query says which guild's rows it means: by a parameter, or row by row by what it was given.
fn names_its_guild(query: &str) -> bool {
    // A new row of that guild, or sets of rows that came as parameters.
    let inserted = query
        .split("(guild_id")
        .skip(1)
        .any(|rest| rest.split_once(')').is_some_and(|(_, after)| after.trim_start().starts_with("values ($")));
    let given = ["unnest(", "jsonb_to_recordset($"].iter().flat_map(|set| query.split(set).skip(1));
    let given: Vec<&str> = given
        .filter(|rest| rest.starts_with(['$', '1', '2', '3', '4', '5', '6', '7', '8', '9']))
        .filter_map(|rest| rest.split_once(") as ")?.1.split([' ', '(']).next())
        .collect();
    let is_given = |value: &str| {
        let value = value.trim_start_matches(['(', ' ']);
        let value = value.strip_prefix("any(").unwrap_or(value);
        value.starts_with('$') || given.iter().any(|set| value.starts_with(&format!("{set}.guild_id")))
    };
    let compared = query.match_indices("guild_id").any(|(at, _)| {
        let after = query[at + "guild_id".len()..].trim_start();
        let after = match after.strip_prefix(',') {
            // A row of several, compared as a whole.
            Some(rest) => rest.split_once(')').map_or("", |(_, rest)| rest.trim_start()),
            None => after,
        };
        ["= ", "in ", "> "].iter().filter_map(|it| after.strip_prefix(it)).any(is_given)
    });
    inserted || compared
}

#[test]
fn a_guild_is_named_by_what_comes_from_outside() {
    let cases = [
        ("select from a where guild_id = $1", true),
        ("select from a where guild_id = any($1)", true),
        ("select from a where (guild_id, number) > ($1, $2)", true),
        ("select from a join b on a.guild_id = b.guild_id", false),
        ("update a set x = 1 where (guild_id, id) in (select guild_id, id from a where y)", false),
        ("select from a where guild_id <> all($1)", false),
        (
            "update a set x = m.x from unnest($1::bigint[], $2::text[]) as m (guild_id, x) where a.guild_id = m.guild_id",
            true,
        ),
        ("update a set x = m.x from b as m where a.guild_id = m.guild_id", false),
        ("insert into a (guild_id, x) values ($1, $2) on conflict do nothing", true),
    ];
    for (query, expected) in cases {
        assert_eq!(names_its_guild(query), expected, "{query}");
    }
}

#[test]
fn every_query_says_which_guild_it_means() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |folder: &str, extension: &str| -> Vec<String> {
        let entries = fs::read_dir(root.join(folder)).expect(folder).map(|it| it.expect("an entry").path());
        let files = entries.filter(|path| path.extension().is_some_and(|it| it == extension));
        files.map(|path| fs::read_to_string(path).expect("a file")).collect()
    };
    let mut tables = BTreeSet::new();
    for migration in read("migrations", "sql") {
        for table in migration.split("create table ").skip(1) {
            let (name, columns) = table.split_once(" (").expect("a table has columns");
            let columns = columns.split("\n);").next().unwrap_or_default();
            if columns.contains("guild_id") {
                tables.insert(name.to_owned());
            }
        }
    }
    assert!(tables.len() > 20, "this test no longer finds tables: {tables:?}");
    let (mut wrong, mut asked, mut over_all) = (Vec::new(), 0, BTreeSet::new());
    for file in read(".sqlx", "json") {
        let file: serde_json::Value = serde_json::from_str(&file).expect("it is JSON");
        let query = file["query"].as_str().expect("a query").split_whitespace().collect::<Vec<_>>().join(" ");
        let words: Vec<&str> = query.split([' ', '(', ')', ',', ';']).collect();
        let of_a_guild =
            words.windows(2).any(|pair| ["from", "update", "join"].contains(&pair[0]) && tables.contains(pair[1]));
        if !of_a_guild {
            continue;
        }
        asked += 1;
        match OVER_ALL_GUILDS.iter().find(|known| query.starts_with(**known)) {
            Some(known) => {
                over_all.insert(*known);
            }
            None if query.starts_with(OF_A_USER) || names_its_guild(&query) => {}
            None => wrong.push(query),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(asked > 100, "this test no longer finds queries: {asked}");
    assert_eq!(over_all.len(), OVER_ALL_GUILDS.len(), "some are no longer asked; these are: {over_all:#?}");
}
