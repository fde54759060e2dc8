//! What was filled into a form that is refused is not lost, and what was used up is not pressed twice.

use alphapy::dev::fake::Person;
use jiff::SignedDuration;
use serde_json::Value;
use twilight_model::guild::Permissions;

use crate::support::{HOME, World};

const AGAIN: &str = "Fill it in again";

async fn desk() -> World {
    let world = World::new().await;
    world.discord.guild(HOME).role("staff", Permissions::empty()).member("sam", &["staff"]).category("Desk");
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff").await;
    world.screen().await;
    world
}

#[tokio::test]
async fn a_form_that_was_refused_opens_again_as_it_was_sent() {
    let world = desk().await;
    let answer = "In **30** days,\n_after_ the return.";
    world.types("ada", "/faq add").await;
    world.submits("ada", &[("Question", "Refunds"), ("Answer", answer), ("Source", "nowhere")]).await;
    world.screen().await;
    world.clicks("ada", AGAIN).await;
    let screen = world.screen().await;
    for filled in ["Question* (short, up to 100): Refunds", "In **30** days,", "_after_ the return.", "nowhere"] {
        assert!(screen.contains(filled), "{filled} is gone: {screen}");
    }
    world.submits("ada", &[("Source", "https://a.example/refunds")]).await;
    assert!(world.screen().await.contains("Added #1"));
    // What was picked and ticked comes back as well.
    world.types("ada", "/ticket types").await;
    world.clicks("ada", "New kind").await;
    world.submits("ada", &[("Name", "Billing")]).await;
    world.clicks("ada", "Place and people").await;
    world.submits("ada", &[("Who may open it", "keepers"), ("Who may not", "keepers")]).await;
    world.screen().await;
    world.clicks("ada", AGAIN).await;
    let screen = world.screen().await;
    assert!(screen.matches("* keepers").count() == 2, "{screen}");
    world.submits("ada", &[("Who may not", "")]).await;
    world.screen().await;
    world.types("sam", "/tag add").await;
    world.submits("sam", &[("Name", "Soon"), ("Reply", "Soon.")]).await;
    world.types("sam", "/tag add").await;
    world.submits("sam", &[("Name", "soon"), ("Reply", "A _long_ story.")]).await;
    world.clicks("sam", AGAIN).await;
    let screen = world.screen().await;
    assert!(screen.contains("up to 1800): A _long_ story."), "{screen}");
    world.submits("sam", &[("Name", "Story")]).await;
    assert!(world.screen().await.contains("“Story” is saved"));
}

/// The form that somebody has before them, without what is filled in.
fn frame(person: &Person) -> Value {
    let mut form = person.modal().expect("a form is open");
    for part in form["components"].as_array_mut().expect("a form has inputs") {
        let Some(input) = part["component"].as_object_mut() else { continue };
        for filled in ["value", "default", "default_values"] {
            input.remove(filled);
        }
    }
    form
}

/// `person` sends the form that they have before them while its feature is switched off, and opens it again. Whether it was as
/// it was before.
async fn opens_again(world: &World, person: &Person, again: &str, feature: &str, fields: &[(&str, &str)]) {
    let before = frame(person);
    world.types("ada", &format!("/config {feature} set enabled:False")).await;
    person.submits(fields).await;
    world.types("ada", &format!("/config {feature} set enabled:True")).await;
    world.screen().await;
    person.clicks(again).await;
    assert_eq!(frame(person), before);
    let screen = world.screen().await;
    for (label, value) in fields {
        assert!(screen.contains(&format!("): {value}")), "{label} is gone: {screen}");
    }
}

#[tokio::test]
async fn a_form_that_was_refused_opens_again_with_its_title_and_hints() {
    let world = desk().await;
    world.has_entry("Refunds", "In 30 days.").await;
    world.types("ada", "/tag add").await;
    world.submits("ada", &[("Name", "Soon"), ("Reply", "Soon.")]).await;
    world.types("ann", "/reminder add when:tomorrow 9:00 what:Standup").await;
    world.screen().await;
    let (ada, ann) = (world.person("ada"), world.person("ann"));
    let commands = [
        ("/faq add", "faq", ("Question", "Visits")),
        ("/faq edit entry:#1", "faq", ("Question", "Visits")),
        ("/faq synonyms", "faq", ("Words that mean the same", "refund, money")),
        ("/tag add", "tickets", ("Name", "Later")),
        ("/tag edit name:Soon", "tickets", ("Name", "Later")),
        ("/reminder edit reminder:1", "reminders", ("What", "Lunch")),
        ("/reminder add when:tomorrow 9:00", "reminders", ("What", "Lunch")),
    ];
    for (command, feature, field) in commands {
        ada.types(command).await;
        let needed = if command == "/faq add" { Some(("Answer", "On Mondays.")) } else { None };
        let reply = if command == "/tag add" { Some(("Reply", "Later on.")) } else { None };
        let fields: Vec<_> = [field].into_iter().chain(needed).chain(reply).collect();
        opens_again(&world, &ada, AGAIN, feature, &fields).await;
    }
    // Whose clocks count is said of each reader's.
    ann.types("/reminder time-zone zone:Asia/Tokyo").await;
    ann.types("/reminder add when:tomorrow 9:00").await;
    opens_again(&world, &ann, AGAIN, "reminders", &[("What", "Lunch")]).await;
    ann.posts("Hackathon tomorrow at 20:00", &[], None).await;
    ann.message_menu("Create reminder", "Hackathon").await;
    opens_again(&world, &ann, AGAIN, "reminders", &[("What", "Lunch")]).await;
    for button in ["Name and texts", "Place and people", "Limits and hours", "Times", "Ask one more"] {
        ada.types("/ticket types").await;
        ada.selects("Change one", &["Support"]).await;
        ada.clicks(button).await;
        let fields: &[(&str, &str)] = if button == "Ask one more" { &[("Question", "Which?")] } else { &[] };
        opens_again(&world, &ada, AGAIN, "tickets", fields).await;
    }
    ada.types("/ticket types").await;
    ada.clicks("New kind").await;
    opens_again(&world, &ada, AGAIN, "tickets", &[("Name", "Billing")]).await;
}

#[tokio::test]
async fn a_form_about_a_translation_opens_again_with_what_is_translated() {
    let world = desk().await;
    let ada = world.person("ada");
    ada.types("/ticket types").await;
    ada.selects("Change one", &["Support"]).await;
    ada.selects("Say it in another language", &["Nederlands"]).await;
    assert!(world.screen().await.contains("Original: Support"));
    opens_again(&world, &ada, AGAIN, "tickets", &[("Name", "Hulp")]).await;
    ada.types("/ticket types").await;
    ada.selects("Change one", &["Support"]).await;
    ada.selects("Change a question", &["What is it about?"]).await;
    ada.selects("Say it in another language", &["Nederlands"]).await;
    assert!(world.screen().await.contains("Original: What is it about?"));
    opens_again(&world, &ada, AGAIN, "tickets", &[("Question", "Waar gaat het over?")]).await;
}

#[tokio::test]
async fn the_form_of_a_reason_says_again_who_reads_it_in_the_reader_s_language() {
    let world = desk().await;
    let ann = world.person("ann").locale("nl");
    ann.types("/ticket open").await;
    ann.submits(&[("Waar gaat het over?", "Geld")]).await;
    world.settle().await;
    world.screen().await;
    ann.in_channel("ticket-1").clicks("Close").await;
    assert!(world.screen().await.contains("Het team leest dit"));
    let ann = world.person("ann").locale("nl").in_channel("ticket-1");
    opens_again(&world, &ann, "Opnieuw invullen", "tickets", &[("Waarom sluit je het?", "Opgelost")]).await;
}

#[tokio::test]
async fn what_was_filled_in_is_forgotten_once_the_form_was_sent() {
    let world = desk().await;
    let db = world.db().await;
    let kept = async || {
        world.screen().await;
        sqlx::query_scalar::<_, i64>("select count(*) from refused_form").fetch_one(&db).await.expect("a number")
    };
    world.types("ada", "/faq add").await;
    world.submits("ada", &[("Question", "Refunds"), ("Answer", "In 30 days."), ("Source", "nowhere")]).await;
    // Another form of the same person, and the same form of another, are not that one.
    world.types("ada", "/tag add").await;
    world.submits("ada", &[("Name", "Who"), ("Reply", " \u{2800}")]).await;
    assert_eq!(kept().await, 2);
    world.person("ada").clicks_on("Refunds", AGAIN).await;
    world.submits("ada", &[("Source", "")]).await;
    assert_eq!(kept().await, 1);
    world.types("ada", "/tag add").await;
    world.submits("ada", &[("Name", "Who"), ("Reply", "We.")]).await;
    assert_eq!(kept().await, 0);
}

#[tokio::test]
async fn what_was_filled_in_is_kept_for_a_day_and_the_last_of_each_form() {
    let world = desk().await;
    let sends = async |question: &str| {
        world.types("ada", "/faq add").await;
        world.submits("ada", &[("Question", question), ("Answer", "In 30 days."), ("Source", "nowhere")]).await;
        world.screen().await
    };
    sends("First").await;
    sends("Second").await;
    world.person("ada").clicks_on("First", AGAIN).await;
    assert!(world.screen().await.contains("What you wrote is no longer kept"));
    world.person("ada").clicks_on("Second", AGAIN).await;
    assert!(world.screen().await.contains("up to 100): Second"));
    world.clock.advance(SignedDuration::from_hours(25));
    world.a_minute_passes().await;
    world.person("ada").clicks_on("Second", AGAIN).await;
    assert!(world.screen().await.contains("What you wrote is no longer kept"));
    let left: i64 =
        sqlx::query_scalar("select count(*) from refused_form").fetch_one(&world.db().await).await.expect("a number");
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_form_that_collides_is_opened_anew() {
    let world = desk().await;
    world.has_entry("Refunds", "In 30 days.").await;
    world.types("ada", "/faq edit entry:#1").await;
    world.person("mia").types("/faq edit entry:#1").await;
    world.submits("mia", &[("Answer", "In 20 days.")]).await;
    world.submits("ada", &[("Answer", "In 10 days.")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("In 10 days.") && !screen.contains(AGAIN), "{screen}");
}

#[tokio::test]
async fn what_was_chosen_is_kept_with_what_was_written() {
    let world = desk().await;
    world.types("ada", "/ticket types").await;
    world.clicks("ada", "New kind").await;
    world.submits("ada", &[("Name", "Billing")]).await;
    world.clicks("ada", "Ask one more").await;
    let question = [
        ("Question", "Paid by"),
        ("How it is answered", "One of several options"),
        ("Options or length", "Card\nCash"),
    ];
    world.submits("ada", &question).await;
    world.types("ann", "/ticket open kind:Billing").await;
    world.types("ada", "/ticket block member:@ann").await;
    world.submits("ann", &[("What is it about?", "Money"), ("Paid by", "Cash")]).await;
    world.types("ada", "/ticket unblock member:@ann").await;
    world.screen().await;
    world.clicks("ann", AGAIN).await;
    world.submits("ann", &[]).await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("Cash") && screen.contains("Your ticket #1 is open"), "{screen}");
}

#[tokio::test]
async fn the_buttons_of_an_offer_go_once_one_is_used() {
    let world = desk().await;
    world.has_entry("Refunds", "In 30 days.").await;
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "A refund")]).await;
    assert!(world.screen().await.contains("[Open the ticket]"));
    world.clicks("ann", "Open the ticket").await;
    world.settle().await;
    let screen = world.screen().await;
    let answer = screen.split("bot edits: ").nth(1).unwrap_or_else(|| panic!("the offer stays: {screen}"));
    assert!(answer.starts_with("Your ticket #1 is open") && !screen.contains("is thinking"), "{screen}");
}

#[tokio::test]
async fn a_transcript_that_is_being_taken_is_waited_for() {
    let world = desk().await;
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "A refund")]).await;
    world.settle().await;
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    world.screen().await;
    let db = world.db().await;
    let take_away = "with gone as (delete from ticket_transcript returning number)
                     update ticket set transcribed = false, settle_at = settle_at + interval '5 s'";
    sqlx::query(take_away).execute(&db).await.expect("a row");
    world.types("sam", "/ticket transcript ticket:1").await;
    world.settle().await;
    assert!(!world.screen().await.contains("There is no transcript"), "it may come yet");
    world.clock.advance(SignedDuration::from_mins(3));
    world.bot.sweeps().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot answers:"), "{screen}");
}

#[tokio::test]
async fn the_answer_with_a_transcript_is_made_once() {
    let world = desk().await;
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "A refund")]).await;
    world.settle().await;
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    world.screen().await;
    let before = world.discord.requests().iter().filter(|request| request.method == "PATCH").count();
    world.types("sam", "/ticket transcript ticket:1").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot answers:") && !screen.contains("bot edits"), "{screen}");
    let after = world.discord.requests().iter().filter(|request| request.method == "PATCH").count();
    assert_eq!(after - before, 1);
}

#[tokio::test]
async fn a_reply_says_which_placeholders_nobody_fills_in() {
    let world = desk().await;
    world.types("sam", "/tag add").await;
    world.submits("sam", &[("Name", "Soon"), ("Reply", "Hi {user}, {member}: {\"a\": 1}")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("I fill in no `{user}`: it stays as it is written."), "{screen}");
}

#[tokio::test]
async fn questions_that_are_called_the_same_keep_their_own_answers() {
    let world = desk().await;
    world.types("ada", "/ticket types").await;
    world.clicks("ada", "New kind").await;
    world.submits("ada", &[("Name", "Parcel")]).await;
    for options in ["Red\nBlue", "Cat\nDog"] {
        world.clicks("ada", "Ask one more").await;
        let question =
            [("Question", "Which?"), ("How it is answered", "One of several options"), ("Options or length", options)];
        world.submits("ada", &question).await;
    }
    world.screen().await;
    let ann = world.person("ann");
    ann.types("/ticket open kind:Parcel").await;
    world.types("ada", "/ticket block member:@ann").await;
    // The second question alone is answered.
    let form = ann.modal().expect("a form is open");
    let ids: Vec<String> = form["components"]
        .as_array()
        .expect("inputs")
        .iter()
        .map(|part| part["component"]["custom_id"].as_str().expect("it has a name").to_owned())
        .collect();
    ann.submits(&[("What is it about?", "Colours"), (ids.last().expect("the second").as_str(), "Dog")]).await;
    world.types("ada", "/ticket unblock member:@ann").await;
    world.screen().await;
    ann.clicks(AGAIN).await;
    let screen = world.screen().await;
    assert!(screen.contains("* Dog") && !screen.contains("* Red"), "{screen}");
    // What the version before has kept is known by the labels.
    sqlx::query("update ticket_draft set questions = null").execute(&world.db().await).await.expect("a row");
    ann.clicks(AGAIN).await;
    assert!(world.screen().await.contains("* Dog"));
}
