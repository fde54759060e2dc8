//! What one server, one slow call or one rush does to others: nothing.

use std::time::{Duration, Instant};

use alphapy::dev::fake::{Answer, Fault};
use alphapy::jobs;
use axum::http::Method;
use jiff::SignedDuration;

use crate::support::{AWAY, HOME, World};
use crate::tickets::{desk, opens};

/// Servers in which every message hangs; more than there are lanes for what is on its way at once.
const HANGING: usize = 70;

/// Waits until Discord has been sent a message that contains `text`.
async fn is_said(world: &World, text: &str) {
    let patience = Instant::now() + Duration::from_secs(60);
    let said =
        || world.discord.requests().iter().any(|call| call.method == "POST" && call.body.to_string().contains(text));
    while !said() {
        assert!(Instant::now() < patience, "nobody says “{text}”");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn servers_in_which_discord_hangs_delay_no_others_reminders() {
    let world = World::new().await;
    for nth in 0..HANGING {
        let name = format!("Sleepy {nth}");
        let sleepy = world.discord.guild(&name).owner("otto").channel(&format!("sleepy-{nth}"));
        let channel = world.discord.id_of(&format!("#sleepy-{nth}"));
        world.discord.person("otto").in_guild(&name).types("/reminder add when:in 5m what:Late").await;
        world.discord.fault(Fault::on(Method::POST, &channel).times(9).answers(Answer::Hang));
        drop(sleepy);
    }
    world.types("ann", "/reminder add when:in 5m what:Tea").await;
    world.types("ann", "/reminder add when:in 6m what:Cake").await;
    world.screen().await;
    world.clock.advance(SignedDuration::from_mins(5));
    let bot = world.bot.bot.clone();
    let now = world.now();
    let passing = tokio::spawn(async move { jobs::run_pass(&bot, now).await });
    // In the same pass, though all of the others are due as well and never end.
    is_said(&world, "Tea").await;
    // What becomes due while they hang does not wait for them either, nor for another pass.
    world.clock.advance(SignedDuration::from_mins(1));
    is_said(&world, "Cake").await;
    passing.abort();
    world.leaves_somebody_waiting();
    world.discord.clear_faults();
    world.discord.screen();
}

#[tokio::test]
async fn who_asks_again_and_again_holds_up_nobody_else() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.types("sam", "/ticket close ticket:1").await;
    world.screen().await;
    // What sam asks for never arrives.
    world.discord.fault(Fault::on(Method::PATCH, "@original").times(3).answers(Answer::Hang));
    for _ in 0..60 {
        world.types("sam", "/ticket transcript ticket:1").await;
    }
    let screen = world.discord.screen();
    assert_eq!(screen.matches("I am still busy with what you asked before").count(), 57, "{screen}");
    world.types("sofie", "/ticket transcript ticket:1").await;
    let patience = Instant::now() + Duration::from_secs(60);
    let mut screen = String::new();
    while !screen.contains("ticket-1.html") {
        assert!(Instant::now() < patience, "sofie waits behind sam: {screen}");
        tokio::time::sleep(Duration::from_millis(5)).await;
        screen += &world.discord.screen();
    }
    world.leaves_somebody_waiting();
    world.discord.clear_faults();
}

#[tokio::test]
async fn each_job_runs_at_its_own_pace() {
    let world = World::new().await;
    world.discord.guild(AWAY).category("Desk");
    let eve = world.discord.person("eve").in_guild(AWAY);
    eve.types("/config tickets set category:#Desk").await;
    eve.types("/ticket open").await;
    eve.submits(&[("What is it about?", "Anything")]).await;
    world.screen().await;
    world.types("ann", "/reminder add when:in 1m what:Tea").await;
    world.types("ann", "/reminder add when:in 3m what:Cake").await;
    world.screen().await;
    // The one who looks after tickets never gets an answer.
    let channels = format!("/guilds/{}/channels", world.guild(AWAY));
    world.discord.fault(Fault::on(Method::GET, &channels).times(99).answers(Answer::Hang));
    world.clock.advance(SignedDuration::from_mins(1));
    let bot = world.bot.bot.clone();
    let staying = tokio::spawn(async move {
        jobs::run_forever(&bot, Duration::from_millis(50), jobs::Only::default()).await;
    });
    is_said(&world, "Tea").await;
    world.clock.advance(SignedDuration::from_mins(2));
    is_said(&world, "Cake").await;
    let asked =
        world.discord.requests().iter().filter(|call| call.method == "GET" && call.path.contains(&channels)).count();
    assert_eq!(asked, 1, "the other job still waits for its first answer");
    world.app().stopping.cancel();
    world.app().handing_over.cancel();
    staying.abort();
    world.discord.clear_faults();
    world.discord.screen();
}

#[tokio::test]
async fn background_work_takes_no_connection_that_an_answer_needs() {
    let world = World::new().await;
    let background = &world.app().pools.background;
    let mut held = Vec::new();
    while held.len() < background.options().get_max_connections() as usize {
        held.push(background.acquire().await.expect("it is free"));
    }
    world.types("ann", "/faq list").await;
    let screen = world.discord.screen();
    assert!(screen.contains("ann in #help: /faq list") && !screen.contains("Sorry"), "{screen}");
}

#[tokio::test]
async fn two_servers_that_close_their_first_ticket_at_once_both_get_their_transcript() {
    let world = World::new().await;
    for (guild, admin) in [(HOME, "ada"), (AWAY, "eve")] {
        world.discord.guild(guild).category("Desk").channel("archive");
        let admin = world.discord.person(admin).in_guild(guild);
        admin.types("/config tickets set category:#Desk transcript-channel:#archive").await;
        admin.types("/ticket open").await;
        admin.submits(&[("What is it about?", "Anything")]).await;
        world.settle().await;
        admin.in_channel("ticket-1").types("/ticket close").await;
    }
    let screen = world.screen().await;
    assert_eq!(screen.matches("🗒️ Ticket #1 of").count(), 2, "{screen}");
}
