//! Two people edit the same thing: what does not collide is merged, what collides is told, and nothing is undone silently.

use std::time::Duration;

use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;
use twilight_model::guild::Permissions;

use crate::support::{HOME, World};

/// ada and mia open the same form; each changes something, ada first. What mia is answered.
async fn both(world: &World, open: impl AsyncFn(&str), ada: &[(&str, &str)], mia: &[(&str, &str)]) -> String {
    open("ada").await;
    open("mia").await;
    world.submits("ada", ada).await;
    world.screen().await;
    world.submits("mia", mia).await;
    world.screen().await
}

#[tokio::test]
async fn two_admins_edit_an_entry_of_the_faq() {
    let world = World::new().await;
    world.has_entry("Refunds", "In 30 days.").await;
    let open = async |who: &str| world.types(who, "/faq edit entry:#1").await;
    let screen = both(&world, open, &[("Answer", "In 14 days.")], &[("Keywords", "money")]).await;
    expect![[r#"
        mia submits Keywords="money"
        bot: Changed #1 **Refunds**. (only mia sees this)
             | **Refunds**
             | In 14 days.
             | (#1 · money)
    "#]]
    .assert_eq(&screen);
    let screen = both(&world, open, &[("Answer", "Never.")], &[("Answer", "In a *year*."), ("Category", "Shop")]).await;
    expect![[r#"
        mia submits Answer="In a *year*.", Category="Shop"
        bot: Somebody else has changed “Answer” while you wrote; open it again with `/faq edit`, and put what you wrote beside theirs. (only mia sees this)
             | **What you wrote**
             | Question: Refunds
             | Keywords: money
             | Category: Shop
             |--
             | **Answer**
             | In a \*year\*.
    "#]]
    .assert_eq(&screen);
    world.types("ann", "/faq view entry:#1").await;
    assert!(world.screen().await.contains("Never."));
}

#[tokio::test]
async fn an_entry_that_changes_is_not_removed_unseen() {
    let world = World::new().await;
    world.has_entry("Refunds", "In 30 days.").await;
    world.types("ada", "/faq remove entry:#1").await;
    world.types("mia", "/faq edit entry:#1").await;
    world.submits("mia", &[("Answer", "In 14 days.")]).await;
    world.screen().await;
    world.clicks("ada", "Remove").await;
    expect![[r#"
        ada clicks [Remove]
        bot edits: Somebody has just changed it. Remove #1 **Refunds** for good? (only ada sees this)
             [Remove (danger)] [Keep]
    "#]]
    .assert_eq(&world.screen().await);
    world.types("mia", "/faq edit entry:#1").await;
    world.clicks("ada", "Remove").await;
    world.screen().await;
    world.submits("mia", &[("Answer", "In 7 days.")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("This entry was removed meanwhile"), "{screen}");
    assert!(screen.contains("In 7 days."), "{screen}");
}

#[tokio::test]
async fn two_admins_edit_the_synonyms() {
    let world = World::new().await;
    let open = async |who: &str| world.types(who, "/faq synonyms").await;
    let label = "Words that mean the same";
    let screen = both(&world, open, &[(label, "a,b")], &[(label, "c,d")]).await;
    assert!(screen.contains("Somebody else has changed “Words that mean the same” while you wrote"), "{screen}");
    assert!(screen.contains("c,d"), "{screen}");
    // Who sends the form as it was undoes nothing.
    let screen = both(&world, open, &[(label, "a,b\ne,f")], &[]).await;
    assert!(screen.contains("2 groups of synonyms are set now."), "{screen}");
    world.types("mia", "/faq synonyms").await;
    let screen = world.screen().await;
    assert!(screen.contains("a,b⏎e,f"), "{screen}");
}

#[tokio::test]
async fn two_of_the_staff_edit_a_reply_whatever_it_is_called() {
    let world = World::new().await;
    let name = "\"".repeat(45);
    world.types("ada", "/tag add").await;
    world.submits("ada", &[("Name", &name), ("Reply", "Wait.")]).await;
    let open = async |who: &str| world.types(who, &format!("/tag edit name:{name}")).await;
    let screen = both(&world, open, &[("Reply", "Please wait.")], &[("Reply", "Hurry.")]).await;
    assert!(screen.contains("Somebody else has changed “Reply” while you wrote"), "{screen}");
    assert!(screen.contains("Hurry."), "{screen}");
    let screen = both(&world, open, &[("Reply", "Do wait.")], &[("Name", "wait")]).await;
    assert!(screen.contains("“wait” is saved"), "{screen}");
    world.types("mia", "/tag edit name:wait").await;
    world.types("ada", "/tag remove name:wait").await;
    world.screen().await;
    world.submits("mia", &[("Reply", "Mine.")]).await;
    expect![[r#"
        mia submits Reply="Mine."
        bot: This reply was removed meanwhile; add it again with `/tag add`. (only mia sees this)
             | **What you wrote**
             | Name: wait
             |--
             | **Reply**
             | Mine.
             [Fill it in again]
    "#]]
    .assert_eq(&world.screen().await);
}

/// An admin opens a form about the only kind of tickets.
async fn opens(world: &World, who: &str, form: &str) {
    world.types(who, "/ticket types").await;
    world.person(who).selects("Change one", &["1"]).await;
    world.clicks(who, form).await;
}

#[tokio::test]
async fn two_admins_edit_a_kind_of_ticket() {
    let world = World::new().await;
    let open = async |who: &str| opens(&world, who, "Name and texts").await;
    let screen = both(&world, open, &[("Name", "Help")], &[("Description", "Ask away")]).await;
    assert!(screen.contains("**Help**") && screen.contains("Ask away"), "{screen}");
    let screen = both(&world, open, &[("Name", "Desk")], &[("Name", "Front")]).await;
    assert!(screen.contains("Somebody else has changed “Name” while you wrote"), "{screen}");
    let open = async |who: &str| opens(&world, who, "Times").await;
    let (close, remind) = ("Close it when its member is silent for", "Remind the silent side after");
    let screen = both(&world, open, &[(close, "2d")], &[(remind, "1d")]).await;
    assert!(screen.contains("Reminds after: 1d") && screen.contains("Closes after: 2d"), "{screen}");
    // What each may set alone they may not set together.
    let screen = both(&world, open, &[(remind, "0"), (close, "1d")], &[(remind, "36h")]).await;
    assert!(screen.contains("Somebody else has changed “Remind the silent side after”"), "{screen}");
    let open = async |who: &str| opens(&world, who, "Place and people").await;
    let screen = both(&world, open, &[("Who works it", "keepers")], &[("Who may not", "admins")]).await;
    assert!(screen.contains("Worked by: @keepers") && screen.contains("Not for: @admins"), "{screen}");
}

#[tokio::test]
async fn a_kind_that_was_changed_since_somebody_looked_is_not_removed() {
    let world = World::new().await;
    world.types("ada", "/ticket types").await;
    world.clicks("ada", "New kind").await;
    world.submits("ada", &[("Name", "Billing")]).await;
    world.types("mia", "/ticket types").await;
    world.person("mia").selects("Change one", &["2"]).await;
    world.types("ada", "/ticket types").await;
    world.person("ada").selects("Change one", &["2"]).await;
    world.clicks("ada", "Name and texts").await;
    world.submits("ada", &[("Description", "Invoices")]).await;
    world.screen().await;
    world.clicks("mia", "Remove this kind").await;
    world.clicks("mia", "Remove this kind").await;
    let screen = world.screen().await;
    assert!(screen.contains("Somebody has just changed it") && screen.contains("Invoices"), "{screen}");
    world.clicks("mia", "Remove this kind").await;
    world.clicks("mia", "Remove this kind").await;
    let screen = world.screen().await;
    assert!(screen.contains("It is removed; tickets that are open stay."), "{screen}");
}

/// An admin opens the form of a question.
async fn asks(world: &World, who: &str, question: &str) {
    world.types(who, "/ticket types").await;
    world.person(who).selects("Change one", &["1"]).await;
    world.person(who).selects("Change a question", &[question]).await;
}

#[tokio::test]
async fn a_question_is_known_by_its_number_and_not_by_its_place() {
    let world = World::new().await;
    asks(&world, "mia", "2").await;
    world.clicks("mia", "Change it").await;
    asks(&world, "ada", "1").await;
    world.clicks("ada", "Take it away").await;
    opens(&world, "ada", "Ask one more").await;
    world.submits("ada", &[("Question", "Where?")]).await;
    world.screen().await;
    world.submits("mia", &[("Question", "Tell us all")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("**Tell us all** · ") && screen.contains("**Where?** · "), "{screen}");
    assert!(!screen.contains("Tell us more"), "{screen}");
    // One that was removed, and one that was changed since somebody looked.
    asks(&world, "mia", "2").await;
    world.clicks("mia", "Change it").await;
    asks(&world, "ada", "2").await;
    world.clicks("ada", "Take it away").await;
    world.screen().await;
    world.submits("mia", &[("Question", "Anything?")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("That was removed meanwhile") && screen.contains("Anything?"), "{screen}");
    asks(&world, "mia", "3").await;
    asks(&world, "ada", "3").await;
    world.clicks("ada", "Change it").await;
    world.submits("ada", &[("Question", "Where exactly?")]).await;
    world.screen().await;
    world.clicks("mia", "Take it away").await;
    let screen = world.screen().await;
    assert!(screen.contains("This question was changed meanwhile"), "{screen}");
}

#[tokio::test]
async fn an_answer_goes_to_the_question_that_was_asked() {
    let world = World::new().await;
    world.types("ann", "/ticket open").await;
    asks(&world, "ada", "1").await;
    world.clicks("ada", "Take it away").await;
    world.screen().await;
    world.submits("ann", &[("What is it about?", "A"), ("Tell us more", "B")]).await;
    let screen = world.screen().await;
    let answers: Vec<(serde_json::Value,)> =
        sqlx::query_as("select answers from ticket").fetch_all(&world.db().await).await.expect("tickets");
    assert_eq!(answers, [(serde_json::json!([["Tell us more", "B"]]),)], "{screen}");
}

#[tokio::test]
async fn two_managers_edit_a_reminder() {
    let world = World::new().await;
    world.types("ada", "/reminder add when:in 2h what:Tea message:Green").await;
    let open = async |who: &str| world.types(who, "/reminder edit reminder:1").await;
    let body = "What it says besides";
    let screen = both(&world, open, &[("What", "Coffee")], &[(body, "Black")]).await;
    expect![[r#"
        mia submits What it says besides="Black"
        bot: Changed #1 **Coffee**. (only mia sees this)
             | **Coffee**
             | Black
             | Next: Mon 2027-03-01 11:00 UTC (in 2 hours)
             | Where: #help
             | Set by: @ada
             | (Reminder #1)
    "#]]
    .assert_eq(&screen);
    let screen = both(&world, open, &[("When", "tomorrow 9:00")], &[("When", "tomorrow 10:00"), (body, "White")]).await;
    assert!(screen.contains("Somebody else has changed “When” while you wrote"), "{screen}");
    assert!(screen.contains("White"), "{screen}");
    // What it says may not be deleted by who has not seen it.
    world.types("ada", "/reminder delete reminder:1").await;
    world.types("mia", "/reminder edit reminder:1").await;
    world.submits("mia", &[(body, "White")]).await;
    world.screen().await;
    world.clicks("ada", "Delete").await;
    let screen = world.screen().await;
    assert!(screen.contains("Somebody has just changed it. Delete #1 **Coffee**?"), "{screen}");
    world.types("mia", "/reminder edit reminder:1").await;
    world.clicks("ada", "Delete").await;
    world.screen().await;
    world.submits("mia", &[(body, "Green again")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("There is no such reminder") && screen.contains("Green again"), "{screen}");
}

#[tokio::test]
async fn what_takes_the_place_of_anothers_says_so() {
    let world = World::new().await;
    world.types("ada", "/reminder add when:in 2h what:Tea").await;
    world.types("ada", "/reminder template-save reminder:1 name:Break").await;
    world.types("ada", "/ticket block member:@ann reason:Spam").await;
    world.screen().await;
    world.types("mia", "/reminder template-save reminder:1 name:break").await;
    world.types("mia", "/ticket block member:@ann").await;
    world.types("mia", "/ticket blocked").await;
    expect![[r#"
        mia in #help: /reminder template-save reminder:1 name:break
        bot: “break” is kept in the place of what @ada kept there; use it with the option `template` of `/reminder add`. (only mia sees this)
        mia in #help: /ticket block member:@ann
        bot: They were blocked already by @ada (Spam). @ann can open no more tickets here; `/ticket unblock` lets them again. (only mia sees this)
        mia in #help: /ticket blocked
        bot: (only mia sees this)
             | **Who may open no tickets**
             | @ann by @mia in 0 seconds: Spam
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_panel_that_is_changed_while_it_is_posted_shows_the_change() {
    let world = World::new().await;
    world.discord.guild(HOME).role("staff", Permissions::empty());
    let slow = Answer::Slow(Duration::from_millis(300));
    world.discord.fault(Fault::on(Method::POST, "/messages").answers(slow));
    world.types("ada", "/ticket panel channel:#general title:Old").await;
    // It is in the channel, and nobody has heard of that yet.
    while !world.discord.transcript().iter().any(|line| line.contains("**Old**")) {
        tokio::task::yield_now().await;
    }
    world.types("mia", "/ticket panel channel:#general title:New").await;
    world.settle().await;
    let (panels, _) = world.person("ann").in_channel("general").messages(None, 10);
    let titles: Vec<&serde_json::Value> = panels.iter().map(|panel| &panel["embeds"][0]["title"]).collect();
    assert_eq!(titles, ["New"]);
    let stale: i64 = sqlx::query_scalar("select count(*) from ticket_panel where stale")
        .fetch_one(&world.db().await)
        .await
        .expect("a number");
    assert_eq!(stale, 0);
    world.screen().await;
}
