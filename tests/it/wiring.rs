//! Promises that every feature makes, checked once over the list.

use std::collections::{BTreeMap, BTreeSet};

use alphapy::feature::{Erasure, Part, PersonalColumn, PersonalContent, PersonalData};
use alphapy::settings::{Declared, Kind, System};
use alphapy::ui::{
    custom_id,
    form::{self, Style},
};
use alphapy::{features, jobs};
use serde::Serialize;
use serde_json::json;
use sqlx::PgPool;

use crate::support::{self, World};

/// JSON and files in which nobody is named and nobody's words stand.
const IMPERSONAL: [(&str, &str); 6] = [
    ("guild_setting", "value"),
    ("setting_change", "new"),
    ("setting_change", "old"),
    ("reminder", "repeats"),
    ("ticket_transcript", "files"),
    ("ticket_type", "definition"),
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
                assert!((1..=45).contains(&field.label.chars().count()), "{name}: {}", field.label);
                assert!(field.hint.chars().count() <= 100, "{name}: {}", field.hint);
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
        let fields: BTreeSet<&str> = declared.fields.iter().map(|field| field.name).collect();
        let defaults =
            declared.defaults.keys().map(String::as_str).filter(|key| fields.contains(key) || *key != "enabled");
        assert_eq!(fields, defaults.collect(), "{}", declared.feature);
        assert!(groups.insert(declared.group), "two groups are called {}", declared.group);
        for field in &declared.fields {
            let name = format!("{}.{}", declared.feature, field.name);
            assert!(field.accepts(declared.default(field)), "{name} does not take its own default");
            assert!((1..=100).contains(&field.about.chars().count()), "{name}: {}", field.about);
            assert!(!field.about.ends_with('.'), "{name}: {}", field.about);
            // What `/config start` asks for is picked from Discord's own lists.
            assert!(!field.asked || matches!(field.kind, Kind::Channel { .. } | Kind::Role { .. }), "{name}");
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
    /// What is about no guild: ids of interactions, what cron did, processes, and sqlx's own table.
    const ELSEWHERE: [&str; 4] = ["interaction", "upkeep", "instance", "_sqlx_migrations"];
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

#[tokio::test]
async fn jobs_that_run_twice_change_nothing_the_second_time() {
    let world = World::new().await;
    world.has_entry("Refunds", "In 30 days.").await;
    world.types("ada", "/faq reload").await;
    world.screen().await;
    world.a_minute_passes().await;
    let after_once = contents(&world).await;
    jobs::pass(&world.bot.hook, world.now()).await.expect("all jobs succeed");
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
