//! A ticket on its page: what was said, and what is done with it.

use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;
use serde_json::json;
use twilight_model::guild::Permissions;

use crate::dashboard::logged_in;
use crate::dashboard_pages::{EVIL, is_clean, page};
use crate::support::{HOME, settle};
use crate::tickets::{desk, opens};

/// Somebody whose name would do something if it were not taken as text.
const IMP: &str = "<img src=x onerror=alert(9)>";

#[tokio::test]
async fn what_is_said_in_a_ticket_stands_on_its_page() {
    let world = desk().await;
    world.discord.set_message_content(true);
    world.discord.has_file("<img src=x>.png", b"\x89PNG not really".to_vec());
    world.discord.guild(HOME).member(IMP, &["staff"]);
    let desk = world.dashboard().await;
    opens(&world, "ann", EVIL).await;
    world.settle().await;
    let ann = world.person("ann").in_channel("ticket-1");
    ann.posts(EVIL, &["<img src=x>.png"], None).await;
    world.person(IMP).in_channel("ticket-1").types("On it: <#1> **now** [x](javascript:alert(3))").await;
    world.screen().await;
    let mut sam = logged_in(&desk, "sam").await;
    sam.opens(&page(&world, "/tickets/1")).await;
    let shown = sam.main();
    let talk =
        shown.split("## What was said\n").nth(1).and_then(|it| it.split("(Claim)").next()).expect("what was said");
    expect![[r#"
        This is its channel as it is now. [Open it in Discord]
        ann Mon 1 Mar 2027, 10:00
        <script>alert(1)</script><img src=x onerror=alert(2)>"'><b>&amp;
        📎 [<img src=x>.png, 15 bytes]
        <img src=x onerror=alert(9)> Mon 1 Mar 2027, 10:00
        On it: #1 now [x](javascript:alert(3))
    "#]]
    .assert_eq(talk);
    assert!(is_clean(&sam) && !sam.html.contains("href=\"javascript:"), "{}", sam.html);
    // Its member reads the same, and nobody else any of it.
    let mut hers = logged_in(&desk, "ann").await;
    hers.opens(&page(&world, "/tickets/1")).await;
    assert!(hers.main().contains("On it: #1 now"), "{}", hers.main());
    let mut bob = logged_in(&desk, "bob").await;
    for path in ["/tickets/1", "/tickets/1/transcript", "/tickets/1/transcript/text", "/tickets/1/delete"] {
        bob.opens(&page(&world, path)).await;
        assert_eq!(bob.status, 404, "{path}");
    }
    sam.opens(&page(&world, "/tickets/1/transcript")).await;
    assert_eq!(sam.status, 404, "nothing is kept yet");
    // Where Discord is silent the rest of the page is there all the same.
    let silent = Fault::on(Method::GET, "messages").times(9).answers(Answer::Status(503, json!({})));
    world.discord.fault(silent);
    sam.opens(&page(&world, "/tickets/1")).await;
    assert!(sam.status == 200 && sam.main().contains("Discord does not tell me at the moment what was said"));
    world.discord.clear_faults();
    settle(&desk.bot.app).await;
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn what_was_kept_of_a_ticket_stands_in_a_frame_in_which_nothing_runs() {
    let world = desk().await;
    world.discord.set_message_content(true);
    let desk = world.dashboard().await;
    opens(&world, "ann", EVIL).await;
    world.settle().await;
    world.person("ann").in_channel("ticket-1").types(EVIL).await;
    let mut sam = logged_in(&desk, "sam").await;
    sam.opens(&page(&world, "/tickets/1")).await;
    sam.fills(&[("Why is it closed?", "Done")], "Close the ticket").await;
    settle(&desk.bot.app).await;
    world.settle().await;
    sam.opens(&page(&world, "/tickets/1")).await;
    assert!(sam.main().contains("The transcript holds 3 messages."), "{}", sam.main());
    sam.follows("Delete its channel").await;
    expect![[r##"
        # Ticket #1
        Delete the channel of ticket #1? What was said in it stays in its transcript.
        Ticket #1 · Support
        <script>alert(1)</script><img src=x onerror=alert(2)>"'><b>&amp;
        Status: ⚫ Closed
        Opened by: @ann
        Closed by: @sam
        Reason: Done
        Opened: Mon 1 Mar 2027, 10:00
        Last updated: Mon 1 Mar 2027, 10:00
        (Delete) [Keep]
    "##]]
    .assert_eq(&sam.main());
    sam.presses("Delete").await;
    assert!(sam.main().contains("Ticket #1 is archived"), "{}", sam.main());
    settle(&desk.bot.app).await;
    world.a_minute_passes().await;
    let mut ann = logged_in(&desk, "ann").await;
    ann.opens(&page(&world, "/tickets/1")).await;
    assert!(ann.html.contains("<iframe src=\"") && ann.html.contains(" sandbox=\"\""), "{}", ann.html);
    assert!(ann.answered["content-security-policy"].to_str().expect("text").contains("frame-src 'self'"));
    ann.follows("Read the transcript on a page of its own").await;
    assert!(ann.html.contains("&lt;script&gt;alert(1)"), "{}", ann.html);
    assert!(!["<script", "<img src=x", "<b>&"].iter().any(|it| ann.html.contains(it)), "{}", ann.html);
    let header = |name: &str| ann.answered[name].to_str().expect("text").to_owned();
    assert_eq!(
        header("content-security-policy"),
        "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"
    );
    assert_eq!((header("x-frame-options").as_str(), header("cache-control").as_str()), ("SAMEORIGIN", "no-store"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    ann.opens(&page(&world, "/tickets/1/transcript?file=7")).await;
    assert_eq!(ann.status, 404);
    ann.opens(&page(&world, "/tickets/1/transcript/text")).await;
    assert_eq!(ann.answered["content-disposition"], "attachment; filename=\"ticket-1.txt\"");
    assert!(ann.html.contains("<script>alert(1)</script>"), "it is text: {}", ann.html);
    assert_eq!(ann.answered["content-type"], "text/plain; charset=utf-8");
    // It is hers to rate, and nobody else's.
    ann.opens(&page(&world, "/tickets/1")).await;
    ann.fills(&[("How was it?", "★★★★☆")], "Send the stars").await;
    ann.fills(&[("What was good, what was not?", EVIL)], "Send").await;
    assert!(ann.main().contains("About the rating") && is_clean(&ann), "{}", ann.main());
    sam.opens(&page(&world, "/tickets/1")).await;
    assert!(!sam.main().contains("Send the stars") && sam.main().contains("★★★★☆"), "{}", sam.main());
    settle(&desk.bot.app).await;
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn the_staff_takes_every_step_on_the_page() {
    let world = desk().await;
    world.discord.guild(HOME).role("bosses", Permissions::empty()).member("sofia", &[]);
    let desk = world.dashboard().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let mut sam = logged_in(&desk, "sam").await;
    sam.opens(&page(&world, "/tickets/1")).await;
    let (mut told, mut refused) = (String::new(), String::new());
    for (fields, button) in [
        (vec![("Who takes it", "sofie")], "Give it"),
        (vec![("Who is let in", "BOB")], "Let them in"),
        (vec![("Who is to leave", "bob")], "Take them out"),
        (vec![("What it is about", "A *refund*")], "Save"),
        (
            vec![("Why may it be closed?", "All paid"), ("Hours after which it closes without one", "24")],
            "Ask its member",
        ),
        (vec![("Which role is called", "bosses"), ("Why is it escalated?", "It is large")], "Escalate"),
        (vec![], "Set back to open"),
        (vec![("A note", "<b>Call</b> her")], "Add the note"),
    ] {
        sam.fills(&fields, button).await;
        assert_eq!(sam.status, 200, "{button}: {}", sam.main());
        told += &format!("{button}: {}\n", sam.main().lines().nth(1).unwrap_or_default());
    }
    expect![[r#"
        Give it: Ticket #1 is with @sofie now.
        Let them in: @bob takes part in ticket #1.
        Take them out: @bob takes part no longer in ticket #1.
        Save: Ticket #1 is about “A *refund*” now.
        Ask its member: I have asked @ann whether ticket #1 may be closed.
        Escalate: Ticket #1 is now escalated.
        Set back to open: Ticket #1 is now open.
        Add the note: Added a note to #1.
    "#]]
    .assert_eq(&told);
    // Why something is not done stands above, and what was written is still there.
    for (fields, button) in [
        (vec![("Who takes it", "so")], "Give it"),
        (vec![("Who takes it", "bob")], "Give it"),
        (vec![("Who is let in", "gryphon <b>")], "Let them in"),
        (
            vec![("Why may it be closed?", "<b>Paid"), ("Hours after which it closes without one", "soon")],
            "Ask its member",
        ),
        (vec![("What it is about", " ")], "Save"),
    ] {
        sam.opens(&page(&world, "/tickets/1")).await;
        sam.fills(&fields, button).await;
        assert!(sam.status == 422 && is_clean(&sam), "{button}: {}", sam.main());
        let written = fields[0].1.replace('<', "&lt;").replace('>', "&gt;");
        assert!(sam.html.contains(&written), "{button}: {written}");
        refused += &format!("{button}: {}\n", sam.main().lines().nth(1).unwrap_or_default());
    }
    expect![[r#"
        Give it: Several are called “so”: @sofie (1191182755430400000), @sofia (1191183510405120000). Write the whole name, or the id.
        Give it: @bob does not work tickets of this kind; pick somebody of its staff.
        Let them in: Nobody in this server is called “gryphon <b>”; write the name as Discord shows it, or the id.
        Ask its member: A ticket closes 1 to 720 hours after somebody was asked; give such a time.
        Save: Write something first; there is nothing in it.
    "#]].assert_eq(&refused);
    sam.posts(&page(&world, "/tickets/1"), &[("step", "explode")]).await;
    assert_eq!(sam.status, 404);
    // A form that is sent twice does one thing.
    sam.opens(&page(&world, "/tickets/1")).await;
    let (_, to, pairs) = sam.form(&[("A note", "Twice")], "Add the note");
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for _ in 0..2 {
        sam.posts(&to, &pairs).await;
    }
    assert_eq!(sam.main().matches("Twice").count(), 1, "{}", sam.main());
    settle(&desk.bot.app).await;
    world.screen().await;
    world.discord.take_problems();
}
