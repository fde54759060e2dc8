//! What instances tell each other through Postgres.

use alphapy::settings::System;
use twilight_model::id::Id;

use crate::support::{HOME, Instance, World};

/// Asks until `instance` sees the role, which it hears of from Postgres; nothing here tells when.
async fn sees(instance: &Instance, world: &World, role: Option<u64>) {
    let expected = System { admin_role: role.map(Id::new) };
    for _ in 0..2000 {
        let settings = &instance.hook.app.settings;
        if settings.get::<System>(world.guild(HOME), System::FEATURE).await.expect("settings") == expected {
            return;
        }
        // A round trip, so that the listener gets its turn.
        sqlx::query("select pg_sleep(0.005)").execute(&instance.hook.app.db).await.expect("the database");
    }
    panic!("it never saw {expected:?}");
}

async fn set(world: &World, role: Option<u64>) {
    let admins = System { admin_role: role.map(Id::new) };
    world.app().settings.set(world.guild(HOME), System::FEATURE, &admins).await.expect("it is stored");
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
