//! What a reminder says to one member alone is nobody else's affair: not the log channel's, not of who manages all.

use alphapy::acting::Origin;
use alphapy::operations::reminders::{self as operations, Target, Wish};

use crate::operations_reminders::{home, request};
use crate::support::{World, code};

fn clinic() -> Wish {
    Wish {
        name: Some("Clinic".to_owned()),
        body: Some("Room 4".to_owned()),
        place: Some("Main street".to_owned()),
        target: Some(Target::Direct),
        ..Wish::default()
    }
}

#[tokio::test]
async fn who_manages_all_sees_that_there_is_a_private_reminder_and_no_more() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let made = door.makes("ann", &clinic()).await.expect("made").reminder;
    assert_eq!(made.draft.content.name, "Clinic", "whoever made it reads it");
    let ada = door.comes("ada", request("once")).await;
    let paused = operations::pause(app, &ada, made.number).await.expect("paused");
    let content = &paused.draft.content;
    assert_eq!([&*content.name, &*content.body, &*content.place, &*paused.draft.timing.said], [""; 4]);
    // To change it, to keep it or to have it said to oneself would be to read it.
    assert_eq!(code(door.changes("ada", &paused, |draft| draft.content.name = "Mine".to_owned()).await), "private");
    let shown = door.channel("#help");
    assert_eq!(code(door.changes("ada", &paused, |draft| draft.content.channel = Some(shown)).await), "private");
    assert_eq!(code(operations::save_template(app, &ada, made.number, "Kept").await), "private");
    assert_eq!(code(operations::snooze(app, &ada, made.number, 10).await), "not_called");
    let deleted = operations::delete(app, &ada, made.number, paused.revision).await.expect("deleted");
    assert_eq!(deleted.name, "");
    let again = operations::delete(app, &ada, made.number, paused.revision).await.expect("answered");
    assert_eq!(again.name, "");
}

#[tokio::test]
async fn a_private_reminder_is_read_by_its_member_alone_whatever_is_shown_of_it() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    let door = home(&world);
    door.makes("ann", &clinic()).await.expect("made");
    let logged = world.screen().await;
    assert!(logged.contains("#1 🔒 private") && !logged.contains("Clinic"), "{logged}");
    for command in
        ["/reminder list all:true", "/reminder show reminder:1", "/reminder edit reminder:1", "/export reminders"]
    {
        world.types("ada", command).await;
    }
    let seen = world.screen().await;
    let exported = String::from_utf8(world.discord.file("reminders.csv").expect("the export")).expect("text");
    assert!(exported.contains("🔒 private"), "{exported}");
    assert!(!["Clinic", "Room 4", "Main street"].iter().any(|it| exported.contains(it)), "{exported}");
    assert!(seen.matches("🔒 private").count() >= 2, "{seen}");
    assert!(seen.contains("is private, so only who made it can change it"), "{seen}");
    assert!(!seen.contains("Clinic") && !seen.contains("Room 4"), "{seen}");
    world.types("ada", "/reminder show reminder:clinic").await;
    let unfound = world.screen().await;
    assert!(!unfound.contains("🔒 private"), "it is found by its name: {unfound}");
    world.types("ann", "/reminder list").await;
    assert!(world.screen().await.contains("Clinic"));
    let ann = door.comes("ann", Origin::Routine).await;
    let again = operations::pause(world.app(), &ann, 1).await.expect("paused");
    assert_eq!(again.draft.content.name, "Clinic");
}
