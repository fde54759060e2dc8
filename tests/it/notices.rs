//! What instances tell each other through Postgres.

use alphapy::settings::System;
use expect_test::expect;
use serde_json::json;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use twilight_model::id::Id;

use crate::support::{HOME, Instance, World};

/// Asks until `instance` sees the role, which it hears of from Postgres; nothing here tells when.
async fn sees(instance: &Instance, world: &World, role: Option<u64>) {
    for _ in 0..2000 {
        let system = instance.bot.app.settings.get::<System>(world.guild(HOME)).await.expect("settings");
        if system.admin_role == role.map(Id::new) {
            return;
        }
        // A round trip, so that the listener gets its turn.
        sqlx::query("select pg_sleep(0.005)").execute(&instance.bot.app.db).await.expect("the database");
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

/// What lies between an instance and its database, and can be cut.
struct Wire {
    state: tokio::sync::watch::Sender<State>,
    folder: std::path::PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Whole,
    /// Nothing passes, and nobody is told.
    Silent,
    /// Connections are closed, and none is made.
    Cut,
}

impl Wire {
    /// A wire to the database at `url`, and the address of its near end.
    fn to(url: &str) -> (Wire, String) {
        static WIRES: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let n = WIRES.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("alphapy-wire-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let far = url.split_once("host=").and_then(|(_, rest)| rest.split('&').next()).expect("it names a socket");
        let near = url.replace(far, folder.to_str().expect("text"));
        let far = format!("{far}/.s.PGSQL.5432");
        let listener = UnixListener::bind(folder.join(".s.PGSQL.5432")).expect("a socket");
        let (state, watched) = tokio::sync::watch::channel(State::Whole);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let mut watched = watched.clone();
                if *watched.borrow_and_update() == State::Cut {
                    continue;
                }
                let far = UnixStream::connect(&far).await.expect("the database");
                let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
                tokio::spawn(carry(near_in, far_out, watched.clone()));
                tokio::spawn(carry(far_in, near_out, watched));
            }
        });
        (Wire { state, folder }, near)
    }

    fn is(&self, state: State) {
        self.state.send_replace(state);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Carries bytes from one end to the other while the wire is whole.
async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut state: tokio::sync::watch::Receiver<State>,
) {
    let mut bytes = [0; 8192];
    loop {
        let whole = state.wait_for(|state| *state != State::Silent).await.is_ok_and(|state| *state == State::Whole);
        if !whole {
            return;
        }
        tokio::select! {
            _ = state.changed() => {}
            read = from.read(&mut bytes) => match read {
                Ok(n) if n > 0 => {
                    let whole = state.wait_for(|state| *state != State::Silent).await.is_ok_and(|it| *it == State::Whole);
                    if !whole || to.write_all(&bytes[..n]).await.is_err() {
                        return;
                    }
                }
                _ => return,
            },
        }
    }
}

/// Another instance at the end of a wire.
async fn far_instance(world: &World) -> (Wire, Instance) {
    let (wire, url) = Wire::to(&world.database_url);
    let mut config = world.config();
    config.database.database_url = url.into();
    (wire, Instance::start(config, world.clock.clone()).await)
}

#[tokio::test]
async fn a_database_that_says_nothing_any_more_leaves_nothing_old() {
    let world = World::new().await;
    let (wire, far) = far_instance(&world).await;
    set(&world, Some(1)).await;
    sees(&far, &world, Some(1)).await;
    wire.is(State::Silent);
    set(&world, Some(2)).await;
    // No connection is closed: only the silence tells that what is known may be old. Until then it holds.
    while far.bot.app.settings.get::<System>(world.guild(HOME)).await.is_ok() {
        tokio::task::yield_now().await;
    }
    wire.is(State::Whole);
    sees(&far, &world, Some(2)).await;
}

#[tokio::test]
async fn while_the_database_is_away_members_get_an_apology_and_afterwards_an_answer() {
    let world = World::new().await;
    let (wire, far) = far_instance(&world).await;
    world.routes_to(&far);
    world.types("ann", "/faq list").await;
    world.screen().await;
    wire.is(State::Cut);
    world.types("ann", "/faq list").await;
    let id = world.discord.exchanges().pop().expect("an interaction").request["id"].clone();
    let apology = world.screen().await.replace(id.as_str().expect("text"), "<id>");
    expect![[r#"
        ann in #help: /faq list
        bot: Sorry, something went wrong on my side. Try again in a moment; if it stays, give an admin this id: `<id>`. (only ann sees this)
    "#]]
    .assert_eq(&apology);
    // What looks for work in the background meanwhile may say the same.
    let errors = world.takes_errors();
    let failed = errors.iter().filter(|error| error.contains("an interaction failed"));
    assert_eq!(failed.count(), 1, "{errors:#?}");
    wire.is(State::Whole);
    world.types("ann", "/faq list").await;
    let screen = world.screen().await;
    assert!(screen.contains("There are no answers here yet"), "{screen}");
}
