//! What instances tell each other through Postgres.

use alphapy::settings::System;
use serde_json::json;
use twilight_model::id::Id;

use crate::support::{HOME, Instance, World};

/// Asks until `instance` sees the role, which it hears of from Postgres; nothing here tells when.
async fn sees(instance: &Instance, world: &World, role: Option<u64>) {
    for _ in 0..2000 {
        let system = instance.hook.app.settings.get::<System>(world.guild(HOME)).await.expect("settings");
        if system.admin_role == role.map(Id::new) {
            return;
        }
        // A round trip, so that the listener gets its turn.
        sqlx::query("select pg_sleep(0.005)").execute(&instance.hook.app.db).await.expect("the database");
    }
    panic!("it never saw {role:?}");
}

async fn set(world: &World, role: Option<u64>) {
    world.sets::<System>("admin_role", role.map(|role| json!(role.to_string()))).await;
}

#[tokio::test]
async fn a_setting_is_seen_by_every_instance() {
    let world = World::new().await;
    let another = world.another_instance().await;
    for role in [Some(1), Some(2), None] {
        set(&world, role).await;
        sees(&world.bot, &world, role).await;
        sees(&another, &world, role).await;
    }
}

#[tokio::test]
async fn what_was_said_while_the_listener_was_away_is_not_missed() {
    let world = World::new().await;
    let another = world.another_instance().await;
    set(&world, Some(1)).await;
    sees(&another, &world, Some(1)).await;
    let cut = "select count(pg_terminate_backend(pid))
                 from pg_stat_activity
                where datname = current_database()
                  and query ilike 'listen%'";
    let cut: i64 = sqlx::query_scalar(cut).fetch_one(&world.db().await).await.expect("listeners");
    assert_eq!(cut, 2, "both instances listen");
    set(&world, Some(2)).await;
    sees(&another, &world, Some(2)).await;
    // And it listens again.
    set(&world, Some(3)).await;
    sees(&another, &world, Some(3)).await;
}

#[tokio::test]
async fn a_stored_value_that_does_not_parse_is_its_default() {
    let world = World::new().await;
    sqlx::query("update guild_setting set value = '{\"admin_role\": \"everybody\"}'")
        .execute(&world.db().await)
        .await
        .expect("it is stored");
    sees(&world.bot, &world, None).await;
}

#[tokio::test]
async fn a_switch_that_cannot_be_read_stays_as_it_was() {
    let world = World::new().await;
    let (db, guild, settings) = (world.db().await, world.guild(HOME), &world.app().settings);
    world.types("ada", "/config faq set enabled:false").await;
    world.screen().await;
    assert!(!settings.enabled(guild, "faq").await);
    sqlx::query("alter table guild_setting rename to away").execute(&db).await.expect("it is gone");
    sqlx::query("select pg_notify('settings', $1)").bind(guild.to_string()).execute(&db).await.expect("it is said");
    while settings.get::<System>(guild).await.is_ok() {
        sqlx::query("select pg_sleep(0.005)").execute(&db).await.expect("the database");
    }
    assert!(!settings.enabled(guild, "faq").await);
    assert!(settings.enabled(guild, "tickets").await);
    world.types("ann", "/faq search query:refund").await;
    let screen = world.screen().await;
    assert!(screen.contains("This is switched off here"), "{screen}");
}

#[tokio::test]
async fn a_database_that_restarts_is_found_again() {
    let world = World::new().await;
    let another = world.another_instance().await;
    set(&world, Some(1)).await;
    sees(&another, &world, Some(1)).await;
    // Every connection of both instances is gone, those that listen and those that ask.
    let cut = "select count(pg_terminate_backend(pid))
                 from pg_stat_activity
                where datname = current_database()
                  and pid <> pg_backend_pid()";
    sqlx::query(cut).execute(&world.db().await).await.expect("connections");
    for _ in 0..20 {
        world.types("ann", "/faq list").await;
    }
    // Who came in the very moment may have had an apology.
    world.takes_errors();
    world.screen().await;
    world.types("ann", "/faq list").await;
    let screen = world.screen().await;
    assert!(screen.contains("There are no answers here yet"), "{screen}");
}
