//! What is done with keys of programs by a door of no kind: plain Rust, without a payload of Discord's.

use alphapy::acting::{Acting, Origin, Outcome as _};
use alphapy::keys::{MOST, Scopes, is_whole};
use alphapy::operations::keys::{self, Wish};
use secrecy::ExposeSecret;

use crate::support::{AWAY, HOME, World, code};

fn wish(name: &str, scopes: &str) -> Wish {
    Wish { name: name.to_owned(), scopes: scopes.to_owned(), expires_at: None }
}

async fn admin(world: &World, who: &str, guild: &str) -> Acting {
    world.comes(who, world.guild(guild), "config", Vec::new(), Origin::Routine).await
}

/// Somebody who runs the bot, by a program of their own.
async fn operator(world: &World, guild: &str) -> Acting {
    Acting::bot(world.app(), world.guild(guild), "config", Origin::Routine, world.now()).await.expect("settings")
}

#[tokio::test]
async fn a_key_is_shown_once_listed_and_revoked() {
    let world = World::new().await;
    let (app, ada) = (world.app(), admin(&world, "ada", HOME).await);
    let created = keys::create(app, &ada, wish("  shop  floor ", "faq:write, tickets:read")).await.expect("she may");
    assert_eq!((created.code(), created.name.as_str()), ("key_created", "shop floor"));
    let secret = created.secret.expose_secret();
    assert!(is_whole(secret) && secret.starts_with(&format!("alp_{}", created.id)));
    assert!(!format!("{created:?}").contains(secret), "nobody reads it in a log");
    // Neither is it to be found in the database.
    let rows: Vec<String> = sqlx::query_scalar("select row_to_json(k)::text from api_key k")
        .fetch_all(&world.db().await)
        .await
        .expect("rows");
    assert!(rows.len() == 1 && !rows[0].contains(&secret[12..]), "{rows:?}");

    let listed = keys::list(app, &ada).await.expect("she may");
    assert_eq!((listed.len(), listed[0].creator, listed[0].by_operator), (1, ada.user(), false));
    assert_eq!(listed[0].scopes, Scopes::parse("faq:write tickets:read").expect("there are some"));
    assert!(keys::list(app, &admin(&world, "eve", AWAY).await).await.expect("she may").is_empty());

    let revoked = keys::revoke(app, &ada, &created.id).await.expect("it counts");
    assert_eq!((revoked.code(), revoked.name.as_str()), ("key_revoked", "shop floor"));
    assert_eq!(code(keys::revoke(app, &ada, &created.id).await), "no_such_key");
    assert_eq!(keys::list(app, &ada).await.expect("she may")[0].revoked_at, Some(world.now()));
    // Its name is free again.
    keys::create(app, &ada, wish("Shop Floor", "read")).await.expect("she may");
}

#[tokio::test]
async fn only_an_operator_lets_a_key_count_in_several_servers_and_admins_take_it_back() {
    let world = World::new().await;
    let app = world.app();
    let (ada, eve) = (admin(&world, "ada", HOME).await, admin(&world, "eve", AWAY).await);
    let own = keys::create(app, &ada, wish("shop", "write")).await.expect("she may");
    // Neither lets she hers count elsewhere, nor does anybody else.
    assert_eq!(code(keys::grant(app, &eve, &own.id).await), "only_operators");
    assert_eq!(code(keys::grant(app, &operator(&world, AWAY).await, &own.id).await), "no_such_key");
    let key = keys::create(app, &operator(&world, HOME).await, wish("shops", "write")).await.expect("they may");
    let granted = keys::grant(app, &operator(&world, AWAY).await, &key.id).await.expect("they may");
    assert_eq!((granted.code(), granted.name.as_str()), ("key_granted", "shops"));
    assert_eq!(code(keys::grant(app, &operator(&world, AWAY).await, &key.id).await), "key_name_taken");
    keys::revoke(app, &eve, &key.id).await.expect("it counts in her server");
    let counts = async |who: &Acting| keys::list(app, who).await.expect("they may")[0].revoked_at.is_none();
    assert!(counts(&ada).await && !counts(&eve).await);
}

#[tokio::test]
async fn what_is_refused_of_keys_has_a_code() {
    let world = World::new().await;
    let app = world.app();
    let (ada, ann) = (admin(&world, "ada", HOME).await, admin(&world, "ann", HOME).await);
    let program =
        Acting::key(app, world.guild(HOME), "config", "shop", Origin::Routine, world.now()).await.expect("settings");
    assert_eq!(code(keys::create(app, &ann, wish("x", "read")).await), "not_admin");
    assert_eq!(code(keys::list(app, &ann).await), "not_admin");
    assert_eq!(code(keys::revoke(app, &ann, "x").await), "not_admin");
    assert_eq!(code(keys::create(app, &program, wish("x", "read")).await), "not_for_programs");
    assert_eq!(code(keys::create(app, &ada, wish(" \u{200b}", "read")).await), "no_key_name");
    assert_eq!(code(keys::create(app, &ada, wish(&"x".repeat(51), "read")).await), "key_name_too_long");
    assert_eq!(code(keys::create(app, &ada, wish("x", "moon:read")).await), "unknown_scope");
    let past = Wish { expires_at: Some(world.now()), ..wish("x", "read") };
    assert_eq!(code(keys::create(app, &ada, past).await), "expiry_past");
    for number in 0..MOST {
        keys::create(app, &ada, wish(&format!("key {number}"), "read")).await.expect("there is room");
    }
    assert_eq!(code(keys::create(app, &ada, wish("one more", "read")).await), "too_many_keys");
    let listed = keys::list(app, &ada).await.expect("she may");
    keys::revoke(app, &ada, &listed[0].id).await.expect("it counts");
    assert_eq!(code(keys::create(app, &ada, wish("KEY 3", "read")).await), "key_name_taken");
    assert_eq!(
        keys::list(app, &ada).await.expect("she may").len(),
        usize::try_from(MOST).expect("a few"),
        "nothing is half done"
    );
}
