//! Promises that every feature makes, checked once over the list.

use std::collections::{BTreeMap, BTreeSet};

use alphapy::dev::provider::Provider;
use alphapy::feature::{Erasure, Part, PersonalColumn, PersonalContent, PersonalData};
use alphapy::jobs::Only;
use alphapy::settings::{Declared, Kind, System};
use alphapy::ui::{
    custom_id,
    form::{self, Style},
};
use alphapy::words::{Language, Say as _};
use alphapy::{features, jobs};
use jiff::SignedDuration;
use serde::Serialize;
use serde_json::json;
use sqlx::PgPool;

use crate::support::{self, HOME, World};

/// JSON and files in which nobody is named and nobody's words stand.
const IMPERSONAL: [(&str, &str); 15] = [
    // What operators and admins write, by its digest and by what it means.
    ("document", "hash"),
    ("faq_entry", "text_hash"),
    ("passage", "text_hash"),
    ("text_vector", "numbers"),
    ("text_vector", "text_hash"),
    ("ticket", "close_why"),
    ("ticket_event", "why"),
    ("guild_setting", "value"),
    ("setting_change", "new"),
    ("setting_change", "old"),
    ("reminder", "repeats"),
    ("ticket_transcript", "files"),
    ("ticket_transcript", "holds"),
    ("ticket_type", "definition"),
    ("ticket_panel", "translations"),
];

#[test]
fn names_are_unique() {
    // `Features::new` panics with the name of the twin.
    alphapy::feature::Features::new(features::all());
}

#[test]
fn discord_would_take_every_command() {
    let problems = alphapy::commands::problems(&alphapy::commands::definitions(&features::all(), None));
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn commands_are_for_servers_only() {
    for command in alphapy::commands::definitions(&features::all(), None) {
        assert_eq!(command["contexts"], serde_json::json!([0]), "{}", command["name"]);
        assert_eq!(command["integration_types"], serde_json::json!([0]), "{}", command["name"]);
    }
}

#[test]
fn a_form_has_an_input_for_each_field_and_fits_into_discord() {
    for feature in features::all() {
        for form in feature.form_shapes {
            let name = format!("{}.{}", feature.name, form.name);
            let inputs: BTreeSet<&str> = form.fields.iter().map(|field| field.name).collect();
            let fields = form.empty.as_object().expect("a form is a struct");
            assert_eq!(inputs, fields.keys().map(String::as_str).collect(), "{name}");
            assert!((1..=form::MAX_INPUTS).contains(&form.fields.len()), "{name} has {} inputs", form.fields.len());
            for field in form.fields {
                let label = field.label.say(Language::ENGLISH);
                assert!((1..=45).contains(&label.chars().count()), "{name}: {label}");
                let hint = field.hint.map_or(String::new(), |hint| hint.say(Language::ENGLISH));
                assert!(hint.chars().count() <= 100, "{name}: {hint}");
                let (empty, most) = match field.style {
                    Style::Line | Style::Paragraph => (json!(""), 4000),
                    Style::Choice(options) => (json!([]), u16::try_from(options.len()).expect("a few")),
                    Style::Roles | Style::Channel(_) => (json!([]), 25),
                    Style::Checkbox => (json!(false), 1),
                };
                assert_eq!(fields[field.name], empty, "{name}: {}", field.name);
                assert!((1..=most).contains(&field.max_chars), "{name}: {}", field.name);
            }
            // It may be about what has a number, and carry a digest of each field that was seen.
            let seen = vec![u32::MAX; form.fields.len()];
            let id = custom_id::encode(feature.name, Some(form.name), &Target::Entry(i32::MIN, seen));
            assert!(id.is_ok(), "{name}: {id:?}");
        }
    }
}

#[derive(Serialize)]
enum Target {
    Entry(i32, Vec<u32>),
}

#[test]
fn no_custom_id_carries_a_word() {
    for feature in features::all() {
        for form in feature.form_shapes.iter().map(|shape| Some(shape.name)).chain([None]) {
            for word in ["refund", "my \"refund\"", "", "12a"] {
                let refused = custom_id::encode(feature.name, form, &(7, Some(word))).expect_err("it is a word");
                let told = format!("{refused:#}");
                assert!(told.ends_with("it carries a word, and only numbers may be there"), "{told}");
            }
        }
    }
}

#[test]
fn settings_are_what_their_structs_hold() {
    let mut groups = BTreeSet::new();
    for declared in features::all().iter().map(|feature| &feature.declared).chain([&Declared::of::<System>()]) {
        let fields: BTreeSet<&str> = declared.fields().iter().map(|field| field.name).collect();
        let defaults =
            declared.defaults().keys().map(String::as_str).filter(|key| fields.contains(key) || *key != "enabled");
        assert_eq!(fields, defaults.collect(), "{}", declared.feature());
        assert!(groups.insert(declared.group()), "two groups are called {}", declared.group());
        for field in declared.fields() {
            let name = format!("{}.{}", declared.feature(), field.name);
            assert!(field.accepts(declared.default(field)), "{name} does not take its own default");
            let about = field.about.say(Language::ENGLISH);
            assert!((1..=100).contains(&about.chars().count()), "{name}: {about}");
            assert!(!about.ends_with('.'), "{name}: {about}");
            // What `/config start` asks for is picked from Discord's own lists, or from few.
            let picked =
                matches!(field.kind, Kind::Channel { .. } | Kind::Role { .. } | Kind::Choice(_) | Kind::TimeZone);
            assert!(!field.asked || picked, "{name}");
        }
    }
}

#[tokio::test]
async fn whoever_is_no_admin_configures_nothing() {
    let world = World::new().await;
    let home = world.discord.guild(support::HOME);
    home.command_permission("config", "@everyone", true);
    let definitions = alphapy::commands::definitions(&features::all(), None);
    let config = definitions.iter().find(|command| command["name"] == "config").expect("/config");
    let mut lines = Vec::new();
    for option in config["options"].as_array().expect("subcommands") {
        match option["options"].as_array().filter(|_| option["type"] == 2) {
            Some(inner) => lines.extend(inner.iter().map(|it| (format!("{} {}", option["name"], it["name"]), it))),
            None => lines.push((option["name"].to_string(), option)),
        }
    }
    for (path, subcommand) in lines {
        let required = subcommand["options"].as_array().into_iter().flatten().filter(|it| it["required"] == true);
        let required: Vec<String> = required.map(|it| format!(" {}:1", it["name"]).replace('"', "")).collect();
        world.types("ann", &format!("/config {}{}", path.replace('"', ""), required.concat())).await;
        let screen = world.screen().await;
        assert!(screen.contains("Only admins of this server can do that"), "{path}: {screen}");
    }
}

/// What features and the spine declare of people.
fn personal_data() -> PersonalData {
    let mut all = alphapy::webhook::personal_data();
    for feature in features::all() {
        all.columns.extend(feature.personal_data.columns);
        all.contents.extend(feature.personal_data.contents);
    }
    all
}

/// Every column by table and name: its type, and whether it may be null.
async fn schema(db: &PgPool) -> BTreeMap<(String, String), (String, bool)> {
    let columns: Vec<(String, String, String, bool)> = sqlx::query_as(
        "select table_name::text, column_name::text, data_type::text, is_nullable = 'YES'
           from information_schema.columns
          where table_schema = 'public'",
    )
    .fetch_all(db)
    .await
    .expect("the schema");
    columns.into_iter().map(|(table, column, kind, nullable)| ((table, column), (kind, nullable))).collect()
}

#[tokio::test]
async fn every_column_with_a_members_id_says_how_it_is_erased() {
    let db = PgPool::connect(&support::database().await).await.expect("a database");
    let schema = schema(&db).await;
    let ids = schema.keys().filter(|(_, column)| column.ends_with("user_id"));
    let present: BTreeSet<(&str, &str)> = ids.map(|(table, column)| (table.as_str(), column.as_str())).collect();
    let declared = personal_data().columns;
    let named: BTreeSet<(&str, &str)> = declared.iter().map(|it| (it.table, it.column)).collect();
    assert_eq!(named, present);
    assert_eq!(named.len(), declared.len(), "a column is declared twice");
    for PersonalColumn { table, column, erasure } in declared {
        let (_, nullable) = schema[&(table.to_owned(), column.to_owned())];
        assert!(nullable || erasure != Erasure::BlankColumn, "{table}.{column} cannot be blank");
    }
}

#[tokio::test]
async fn what_people_said_is_declared_where_it_stands() {
    let db = PgPool::connect(&support::database().await).await.expect("a database");
    let schema = schema(&db).await;
    let declared = personal_data().contents;
    for (at, content) in declared.iter().enumerate() {
        let PersonalContent { table, column, part } = content;
        let kind = schema.get(&((*table).to_owned(), (*column).to_owned())).map(|(kind, _)| kind.as_str());
        assert!(kind.is_some(), "{table}.{column} does not exist");
        assert!(!declared[..at].contains(content), "{table}.{column} is declared twice");
        if let Part::JsonPath(path) = part {
            assert_eq!(kind, Some("jsonb"), "{table}.{column} has no paths");
            let parsed: Result<String, _> =
                sqlx::query_scalar("select $1::jsonpath::text").bind(*path).fetch_one(&db).await;
            assert!(parsed.is_ok(), "{table}.{column}: {path}: {parsed:?}");
        }
    }
    // What may hold anything is looked at by somebody.
    let anything = schema.iter().filter(|(_, (kind, _))| ["json", "jsonb", "bytea"].contains(&kind.as_str()));
    let anything = anything.map(|((table, column), _)| (table.as_str(), column.as_str()));
    let anything: BTreeSet<(&str, &str)> = anything.filter(|(table, _)| *table != "_sqlx_migrations").collect();
    let known: BTreeSet<(&str, &str)> = declared.iter().map(|it| (it.table, it.column)).chain(IMPERSONAL).collect();
    assert!(anything.is_subset(&known), "nobody says whether these are personal: {:?}", anything.difference(&known));
    assert!(IMPERSONAL.iter().all(|column| anything.contains(column)), "there is less than IMPERSONAL says");
}

#[tokio::test]
async fn every_table_with_guild_data_has_the_guild_in_its_key() {
    /// What is about no guild: ids of interactions, what cron did, processes, keys of programs that may count in several, who is
    /// logged in, and sqlx's own table.
    const ELSEWHERE: [&str; 8] = [
        "interaction",
        "upkeep",
        "job_pass",
        "instance",
        "api_key",
        "api_allowance",
        "web_session",
        "_sqlx_migrations",
    ];
    let db = PgPool::connect(&support::database().await).await.expect("a database");
    let tables: Vec<String> = sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'public'")
        .fetch_all(&db)
        .await
        .expect("the schema");
    for table in tables.iter().filter(|table| !ELSEWHERE.contains(&table.as_str())) {
        let keyed: bool = sqlx::query_scalar(
            "select exists (
                 select 1
                   from information_schema.table_constraints c
                   join information_schema.key_column_usage k using (constraint_schema, constraint_name)
                  where c.constraint_type = 'PRIMARY KEY'
                    and c.table_name = $1
                    and k.column_name = 'guild_id'
             )",
        )
        .bind(table)
        .fetch_one(&db)
        .await
        .expect("the schema");
        assert!(keyed, "{table} has no guild_id in its primary key");
    }
}

/// Each job, and what of its work waits: a number of rows, from the database and the present in `$1`.
const WAITING: [(&str, &str); 24] = [
    (
        "make vectors",
        "select count(*) from faq_entry where text_hash not in (select text_hash from text_vector where numbers is not null)",
    ),
    // What the other jobs change meanwhile is counted by the next pass.
    ("count what changed", "select count(*) from tally_stale where about = 'searches' and day = '2019-01-01'"),
    ("forget logins", "select count(*) from web_session where seen_at < '2021-01-01'"),
    ("forget interactions", "select count(*) from interaction where id = 1"),
    (
        "forget requests of programs",
        "select (select count(*) from api_request where request = 'old')
              + (select count(*) from api_allowance where key_id = 'old')",
    ),
    ("forget languages", "select count(*) from member_language where user_id = 1"),
    ("forget changes of settings", "select count(*) from setting_change where changed_at < '2021-01-01' and old = '1'"),
    ("post to log channels", "select count(*) from log_entry where title = 'It waits'"),
    ("forget searches", "select count(*) from faq_search where query = 'long ago'"),
    ("bring tickets to what they should be", "select count(*) from ticket where unsettled and settle_at <= $1"),
    (
        "delete channels of closed tickets",
        "select count(*) from ticket where status = 'closed' and closed_at <= $1::timestamptz - interval '14 days'",
    ),
    ("watch tickets", "select count(*) from ticket where status = 'open' and check_at <= $1"),
    ("bring panels to what they should be", "select count(*) from ticket_panel where stale"),
    (
        "show panels in another language",
        "select count(*)
           from setting_change
          where key = 'language'
            and 'setting-change:' || id not in (select origin from done_once)",
    ),
    ("forget drafts of tickets", "select count(*) from ticket_clipping"),
    ("forget drafts of replies", "select count(*) from reply_draft where asked_at < '2021-01-01'"),
    ("post replies that are decided on", "select count(*) from reply_draft where text is not null"),
    ("forget transcripts", "select count(*) from ticket_transcript"),
    ("say what is due", "select count(*) from reminder where next_due_at <= $1"),
    (
        "remove what was said ahead",
        "select count(*) from reminder_occurrence where lead > 0 and message_id is not null",
    ),
    ("forget what was begun of reminders", "select count(*) from begun_reminder where user_id = 1"),
    ("forget old reminders", "select count(*) from reminder where name = 'Long ago'"),
    ("read announcements", "select count(*) from (select except select from announcement_cursor) as unread"),
    ("forget announcements", "select count(*) from announcement where message_id = 1"),
];

/// What waits for each job now.
async fn waiting(world: &World) -> Vec<(&'static str, i64)> {
    let (db, now) = (world.db().await, world.now().to_string());
    let mut waiting = Vec::new();
    for (job, rows) in WAITING {
        let select = rows.replace("$1", &format!("'{now}'"));
        let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(select)).fetch_one(&db).await;
        waiting.push((job, rows.unwrap_or_else(|error| panic!("{job}: {error}"))));
    }
    waiting
}

/// Makes something wait for every job.
async fn busy(world: &World) {
    sqlx::query(
        "insert into web_session (token_sha256, user_id, name, guilds, browser, began_at, seen_at)
         values (decode(repeat('00', 32), 'hex'), 1, 'ann', '[]', '', '2020-01-01', '2020-01-01')",
    )
    .execute(&world.db().await)
    .await
    .expect("a row");
    world.has_entry("Refunds", "In 30 days.").await;
    world.sets::<System>("log_channel", Some(json!(world.discord.id_of(&format!("{HOME}/#general"))))).await;
    world.types("ada", "/config announcements set channel:#help").await;
    world.types("ada", "/config reminders set remove-ahead:true").await;
    world.types("ada", "/reminder add when:in 1m what:Tea channel:#help").await;
    world.types("ada", "/reminder add when:in 2h what:Long ago channel:#help").await;
    world.settle().await;
    world.screen().await;
    let (guild, channel) = (world.guild(HOME), world.discord.id_of(&format!("{HOME}/#help")));
    let rows = format!(
        "insert into interaction values (1, '2020-01-01');
         insert into tally_stale (guild_id, about, day) values ({guild}, 'searches', '2019-01-01');
         insert into api_request (guild_id, key_id, request, body, began_at) values ({guild}, 'old', 'old', '', '2020-01-01');
         insert into api_allowance values ('old', '2020-01-01', true);
         insert into member_language values ({guild}, 1, 'nl', '2020-01-01');
         insert into setting_change (guild_id, feature, key, old, new, user_id, changed_at, how)
         values ({guild}, 'faq', 'retention_days', '1', '2', 1, '2020-01-01', 'slash'),
                ({guild}, 'faq', 'retention_days', '2', '3', 1, '2020-01-02', 'slash'),
                ({guild}, 'system', 'language', null, '\"nl\"', 1, '2027-03-01 08:00', 'slash');
         insert into log_entry (guild_id, feature, level, title, description, created_at)
         values ({guild}, 'system', 'error', 'It waits', '', '2027-03-01');
         insert into faq_search values ({guild}, 1, 'long ago', '{{}}', null, '2020-01-01');
         insert into ticket_type values ({guild}, 1, 'Help', '{{}}');
         insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers, status,
                             opened_at, updated_at, archived_at, check_at, settle_at, unsettled, shut, member_told,
                             transcribed, channel_id)
         values ({guild}, 1, 1, 7, 7, 1, 'done', '[]', 'archived', '2020-01-01', '2020-01-01', '2020-01-02', '2020-01-01',
                 '2020-01-01', true, true, true, true, null),
                ({guild}, 2, 1, 7, 7, 2, 'live', '[]', 'open', '2027-03-01', '2027-03-01', null, '2027-03-01', '2027-03-01',
                 false, false, false, false, {channel});
         insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers, status,
                             opened_at, updated_at, closed_at, check_at, settle_at, unsettled, shut, member_told,
                             transcribed)
         values ({guild}, 3, 1, 7, 7, 3, 'closed', '[]', 'closed', '2020-01-01', '2020-01-01', '2020-01-02', '2020-01-01',
                 '2020-01-01', false, true, true, true);
         insert into ticket_panel (guild_id, interaction_id, channel_id, title, body, style, type_ids)
         values ({guild}, 1, {channel}, 'Help', '', 'buttons', '{{}}');
         insert into begun_reminder values ({guild}, 1, 1, '{{}}', '2020-01-01');
         insert into reply_draft (guild_id, id, number, asked_at, revision) values ({guild}, 1, 1, '2020-01-01', 1);
         insert into reply_draft (guild_id, id, number, asked_at, revision, outcome, decided_at, text)
         values ({guild}, 2, 77, '2027-03-01 08:00', 1, 'posted', '2027-03-01 08:00', 'Of a ticket that is gone');
         insert into ticket_clipping values ({guild}, 1, 7, null, 'long ago', '2020-01-01');
         insert into ticket_transcript (guild_id, number, taken_at, messages) values ({guild}, 1, '2020-01-01', 0);
         insert into reminder_occurrence (guild_id, number, due_at, moment_at, lead, state, lease_until, taken_at, channel_id,
                                          message_id, sent_at)
         values ({guild}, 1, '2027-03-01 08:00', '2027-03-01 08:30', 30, 'sent', '2027-03-01 08:00', '2027-03-01 08:00',
                 {channel}, 1, '2027-03-01 08:00'),
                ({guild}, 1, '2027-03-01 08:30', '2027-03-01 08:30', 0, 'sent', '2027-03-01 08:30', '2027-03-01 08:30',
                 {channel}, 2, '2027-03-01 08:30');
         update reminder
            set next_due_at = null, next_moment_at = null, next_lead = null, updated_at = '2020-01-01'
          where name = 'Long ago';
         insert into announcement (guild_id, message_id, channel_id, read_at) values ({guild}, 1, {channel}, '2020-01-01')"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(rows)).execute(&world.db().await).await.expect("rows");
}

#[tokio::test]
async fn every_job_does_what_waits_for_it_and_nothing_a_second_time() {
    let provider = Provider::start().await;
    let world = World::with_vectors(&provider).await;
    let known: BTreeSet<&str> = jobs::list_jobs(&world.bot.bot).iter().map(|(_, job)| job.name).collect();
    assert_eq!(WAITING.iter().map(|(job, _)| *job).collect::<BTreeSet<_>>(), known, "each job has its line in WAITING");
    busy(&world).await;
    world.clock.advance(SignedDuration::from_mins(1));
    for (job, rows) in waiting(&world).await {
        assert!(rows > 0, "nothing waits for “{job}”, so this test proves nothing of it");
    }
    jobs::run_pass(&world.bot.bot, world.now()).await.expect("all jobs succeed");
    for (job, rows) in waiting(&world).await {
        assert_eq!(rows, 0, "“{job}” left something");
    }
    // The message that was said ahead was never there.
    assert_eq!(world.discord.take_problems(), ["DELETE /channels/*/messages/*: 10008 Unknown Message"]);
    let screen = world.screen().await;
    assert!(screen.contains("It waits") && screen.contains("Tea"), "{screen}");
    // Of what the others changed nothing is left to be counted.
    let counting = Only { name: Some("count what changed"), ..Only::default() };
    jobs::run_pass_only(&world.bot.bot, world.now(), counting).await.expect("it succeeds");
    let after_once = contents(&world).await;
    jobs::run_pass(&world.bot.bot, world.now()).await.expect("all jobs succeed");
    assert_eq!(contents(&world).await, after_once);
    assert_eq!(world.screen().await, "");
}

/// Every row of every table, as text.
async fn contents(world: &World) -> Vec<String> {
    let db = world.db().await;
    let tables: Vec<String> =
        sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'public' order by 1")
            .fetch_all(&db)
            .await
            .expect("the schema");
    let mut rows = Vec::new();
    for table in tables {
        let select = format!("select '{table}: ' || row_to_json(t)::text from {table} t order by 1");
        rows.extend(sqlx::query_scalar(sqlx::AssertSqlSafe(select)).fetch_all(&db).await.expect("its rows"));
    }
    rows
}
