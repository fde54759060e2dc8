//! What was said in tickets is kept and sent.

use crate::support::{HOME, World};
use crate::tickets::{desk, opens};
use crate::tickets_lists::jobs_of;
use crate::tickets_outages::hours_pass;
use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;
use serde_json::json;
use twilight_model::guild::Permissions;

/// The newest file of that name that the bot sent, unpacked.
fn sent(world: &World, name: &str) -> String {
    String::from_utf8(world.discord.file(name).unwrap_or_else(|| panic!("no {name}"))).expect("text")
}

#[tokio::test]
async fn what_was_said_is_kept_and_sent() {
    let world = desk().await;
    world.discord.set_message_content(true);
    world.types("ada", "/config tickets set transcript-channel:#general").await;
    world.discord.has_file("invoice.png", b"\x89PNG not really".to_vec());
    world.discord.has_file("data.html", b"<script>x</script>".to_vec());
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let (ann, sam) = (world.person("ann").in_channel("ticket-1"), world.person("sam").in_channel("ticket-1"));
    for n in 0..120 {
        ann.types(&format!("Line {n} of <b>ann</b>")).await;
    }
    ann.posts("Look, @sam, in #help", &["invoice.png", "data.html"], None).await;
    sam.types("/ticket note text:She is rude").await;
    sam.types("Paid: https://pay.example/1?a=b&c=d").await;
    world.screen().await;
    sam.types("/ticket close reason:Paid").await;
    let screen = world.screen().await;
    expect![[r#"
        bot in #general: 🗒️ Ticket #1 of @ann: 124 messages.
             | **Ticket #1 · Support**
             | My refund
             | Status: ⚫ Closed
             | Opened by: @ann
             | Closed by: @sam
             | Reason: Paid
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             <file: ticket-1.html, 14082 bytes>
             <file: ticket-1.txt, 7130 bytes>
        bot in DM with ann: Your ticket #1 (My refund) was closed by @sam.
             > Paid
             How was it?
             <file: ticket-1.html, 14082 bytes>
             <file: ticket-1.txt, 7130 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
    "#]]
    .assert_eq(&screen[screen.find("bot in #general").expect("it is posted")..]);
    let page = sent(&world, "ticket-1.html");
    for n in 0..120 {
        assert_eq!(page.matches(&format!("Line {n} of &lt;b&gt;ann&lt;/b&gt;")).count(), 1, "{n}");
    }
    for part in [
        "Look, <span class=mention>@sam</span>, in <span class=mention>#help</span>",
        "src=\"data:image/png;base64,",
        "href=\"data:application/octet-stream;base64,",
        "href=\"https://pay.example/1?a=b&amp;c=d\"",
        "<dt>What is it about?<dd>My refund",
        "closed it: Paid",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    assert!(!page.contains("rude") && !page.contains("<script>"), "{page}");
    // Its member and the staff have it whenever they want, others never; and no longer than the server wants.
    for who in ["ann", "sam", "bob"] {
        world.types(who, "/ticket transcript ticket:1").await;
        world.settle().await;
    }
    world.types("ada", "/config tickets set transcript-days:7").await;
    hours_pass(&world, 24 * 8).await;
    world.types("ann", "/ticket transcript ticket:1").await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("bot answers: Ticket #1: 124 messages.").count(), 2, "{screen}");
    assert!(screen.contains("There is no such ticket"), "{screen}");
    assert!(screen.contains("There is no transcript: it is taken when a ticket closes"), "{screen}");
}

/// How many pages of messages the bot has read.
fn pages_read(world: &World) -> usize {
    let read = |call: &&alphapy::dev::fake::Request| call.method == "GET" && call.path.contains("/messages?");
    world.discord.requests().iter().filter(read).count()
}

#[tokio::test]
async fn what_was_said_is_read_once_however_often_it_is_asked_for() {
    let world = desk().await;
    world.discord.set_message_content(true);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    for n in 0..250 {
        world.discord.post(HOME, "ticket-1", ["ann", "sam"][n % 2], &format!("Line {n}"));
    }
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.screen().await;
    let read = pages_read(&world);
    assert_eq!(read, 3);
    for who in ["ann", "sam", "ann"] {
        world.types(who, "/ticket transcript ticket:1").await;
        let screen = world.screen().await;
        assert!(screen.contains("bot answers: Ticket #1: 252 messages."), "{screen}");
    }
    assert_eq!(pages_read(&world), read);
    // Before its channel is deleted it is asked for once more whether something was said since.
    world.types("sam", "/ticket delete ticket:1").await;
    world.clicks("sam", "Delete").await;
    world.screen().await;
    world.clock.advance(jiff::SignedDuration::from_mins(2));
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot deletes #ticket-1"), "{screen}");
    // And once more, when all of it was sent.
    assert_eq!(pages_read(&world), read + 2);
    world.types("ann", "/ticket transcript ticket:1").await;
    assert!(world.screen().await.contains("Ticket #1: 252 messages."));
}

#[tokio::test]
async fn what_is_said_after_closing_is_kept_too() {
    let world = desk().await;
    world.discord.set_message_content(true);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    world.discord.post(HOME, "ticket-1", "sam", "The last word");
    world.types("sam", "/ticket delete ticket:1").await;
    world.clicks("sam", "Delete").await;
    world.settle().await;
    world.clock.advance(jiff::SignedDuration::from_mins(2));
    world.a_minute_passes().await;
    world.types("ann", "/ticket transcript ticket:1").await;
    world.screen().await;
    assert!(sent(&world, "ticket-1.html").contains("The last word"));
    assert_eq!(sent(&world, "ticket-1.txt").matches("The last word").count(), 1);
}

#[tokio::test]
async fn a_long_ticket_arrives_whole() {
    let world = desk().await;
    world.discord.set_message_content(true);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let filler = "and so on, ".repeat(360);
    for n in 0..2_500 {
        world.discord.post(HOME, "ticket-1", "ann", &format!("Line {n}: {filler}"));
    }
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    world.types("ann", "/ticket transcript ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot answers: Ticket #1: 2502 messages."), "{screen}");
    for name in ["ticket-1.html.zip", "ticket-1.txt.zip"] {
        assert!(screen.contains(&format!("<file: {name}")), "{screen}");
        let packed = world.discord.file(name).unwrap_or_else(|| panic!("no {name}"));
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(packed)).expect("an archive");
        let text = std::io::read_to_string(zip.by_index(0).expect("one file")).expect("it is whole");
        let mut rest = text.as_str();
        for n in 0..2_500 {
            let at = rest.find(&format!("Line {n}: and so on")).unwrap_or_else(|| panic!("no line {n}"));
            rest = &rest[at + 1..];
        }
    }
}

#[tokio::test]
async fn what_an_older_version_kept_in_one_piece_is_sent() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let pack = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut encoder, text.as_bytes()).expect("memory");
        encoder.finish().expect("memory")
    };
    let page = "<p>What was said</p>".repeat(50_000);
    let db = world.db().await;
    sqlx::query("insert into ticket_transcript (guild_id, number, taken_at, messages, page, plain) values ($1, 1, now(), 7, $2, $3)")
        .bind(world.guild(HOME).get().cast_signed())
        .bind(pack(&page))
        .bind(pack("What was said"))
        .execute(&db)
        .await
        .expect("a transcript");
    world.types("ann", "/ticket transcript ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("Ticket #1: 7 messages."), "{screen}");
    assert_eq!(sent(&world, "ticket-1.html"), page);
    assert_eq!(sent(&world, "ticket-1.txt"), "What was said");
}

#[tokio::test]
async fn a_transcript_of_which_processes_die_takes_nothing_else_along() {
    let world = desk().await;
    world.discord.set_message_content(true);
    world.types("ada", "/config system set log-channel:#general").await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    for n in 0..1_200 {
        world.discord.post(HOME, "ticket-1", "ann", &format!("Line {n}"));
    }
    world.screen().await;
    for death in 0..=3 {
        let asked = pages_read(&world);
        if death == 3 {
            world.settle().await;
            let another = world.another_instance().await;
            jobs_of(&another, &world).await;
            let (screen, log) = crate::support::apart(&world.screen().await, "general");
            assert!(screen.contains("bot in DM with ann: Your ticket #1 (My refund) was closed by @sam."), "{screen}");
            assert!(log.contains("Its transcript is not whole. Only its beginning is kept"), "{log}");
            assert!(
                sent(&world, "ticket-1.txt").contains("Line 990")
                    && !sent(&world, "ticket-1.txt").contains("Line 1100")
            );
            return;
        }
        let dying = world.another_instance().await;
        world.discord.fault(Fault::on(Method::GET, "/messages?").answers(Answer::Hang));
        if death == 0 {
            world.routes_to(&dying);
            world.person("sam").in_channel("ticket-1").types("/ticket close").await;
            world.routes_to(&world.bot);
        } else {
            // It never ends.
            let (bot, now) = (dying.bot.clone(), world.now());
            tokio::spawn(async move { alphapy::jobs::run_pass(&bot, now).await });
        }
        while pages_read(&world) == asked {
            tokio::task::yield_now().await;
        }
        // It is gone in the middle of it: told to stop, which counts for nothing, and then as if it had not been told.
        dying.bot.app.handing_over.cancel();
        crate::support::settle(&dying.bot.app).await;
        let db = world.db().await;
        let counted: i32 = sqlx::query_scalar(
            "update ticket set transcript_deaths = transcript_deaths + 1 returning transcript_deaths",
        )
        .fetch_one(&db)
        .await
        .expect("the ticket");
        assert_eq!(counted, death + 1);
        world.discord.clear_faults();
        world.clock.advance(jiff::SignedDuration::from_mins(2));
    }
}

/// A ticket of which even the beginning is too much is closed all the same, and its channel is not deleted.
#[tokio::test]
async fn a_ticket_whose_transcript_cannot_be_taken_is_closed_and_keeps_its_channel() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    sqlx::query("update ticket set transcript_deaths = 5").execute(&world.db().await).await.expect("its row");
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    let (screen, log) = crate::support::apart(&world.screen().await, "general");
    assert!(screen.contains("bot in #ticket-1: ⚫ @sam closed this ticket."), "{screen}");
    assert!(screen.contains("bot in DM with ann: Your ticket #1 (My refund) was closed by @sam."), "{screen}");
    assert!(log.contains("What was said in it cannot be kept; its channel has it."), "{log}");
    world.types("sam", "/ticket delete ticket:1").await;
    world.clicks("sam", "Delete").await;
    world.screen().await;
    world.clock.advance(jiff::SignedDuration::from_mins(2));
    world.a_minute_passes().await;
    let (screen, log) = crate::support::apart(&world.screen().await, "general");
    assert!(!screen.contains("bot deletes #ticket-1"), "{screen}");
    assert!(log.contains("delete it by hand"), "{log}");
}

#[tokio::test]
async fn without_the_right_to_read_a_transcript_says_so() {
    let world = desk().await;
    world.discord.set_message_content(false);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("ann").in_channel("ticket-1").types("Where is it?").await;
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    let page = sent(&world, "ticket-1.html");
    assert!(page.contains("message content intent") && page.contains("My refund"), "{page}");
    assert!(!page.contains("Where is it?"), "{page}");
    world.screen().await;
}

#[tokio::test]
async fn a_transcript_holds_all_kinds_of_messages_also_from_threads() {
    let world = desk().await;
    world.discord.set_message_content(true);
    world.discord.set_picture("ann", b"\x89PNG of ann".to_vec());
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let post = |who: &str, text: &str, more| drop(world.discord.post_with(HOME, "ticket-1", who, text, more));
    post("ann", "**Hello** from `ann`", json!({}));
    post("ann", "", json!({"sticker_items": [{"id": "1", "name": "Wave", "format_type": 1}]}));
    post(
        "sam",
        "",
        json!({"poll": {"question": {"text": "Money or voucher?"}, "answers": [
        {"answer_id": 1, "poll_media": {"text": "money"}}, {"answer_id": 2, "poll_media": {"text": "voucher"}}]}}),
    );
    let forwarded = json!([{"message": {"content": "From elsewhere", "attachments": [], "embeds": [
        {"type": "rich", "title": "Receipt", "description": "12 euro"}]}}]);
    post("sam", "", json!({"message_snapshots": forwarded}));
    post("sam", "", json!({"components": [{"type": 17, "components": [{"type": 10, "content": "# In a component"}]}]}));
    world.discord.begin_thread(HOME, "ticket-1", "sam", "aside");
    world.discord.post(HOME, "aside", "sam", "Said in a thread");
    world.discord.begin_thread(HOME, "ticket-1", "sam", "old aside");
    world.discord.post(HOME, "old aside", "sam", "Said in a thread that sleeps");
    world.discord.archive_thread(HOME, "old aside");
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    let (page, plain) = (sent(&world, "ticket-1.html"), sent(&world, "ticket-1.txt"));
    for part in [
        "<strong>Hello</strong> from <code>ann</code>",
        "<h3>In a component</h3>",
        "url(data:image/png;base64,",
        "Receipt",
        "<dt>Server<dd>",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    // The answers stand at the head, and not again as the first message.
    assert_eq!(page.matches("What is it about?").count(), 1, "{page}");
    let said = plain[plain.find("\n[").expect("a message") + 1..].replace("Ann", "ann");
    expect![[r#"
        [Mon 1 Mar 2027, 10:00 CET] ann: **Hello** from `ann`
        [Mon 1 Mar 2027, 10:00 CET] ann:
            [Sticker: Wave]
        [Mon 1 Mar 2027, 10:00 CET] sam:
            📊 Money or voucher?
            📊 - money
            📊 - voucher
        [Mon 1 Mar 2027, 10:00 CET] sam:
            ↪ Forwarded
            ↪ From elsewhere
            | Receipt
            | 12 euro
        [Mon 1 Mar 2027, 10:00 CET] sam:
            | # In a component
        [Mon 1 Mar 2027, 10:00 CET] alphapy: ⚫ @sam closed this ticket.

        Thread: aside

        [Mon 1 Mar 2027, 10:00 CET] sam: Said in a thread

        Thread: old aside

        [Mon 1 Mar 2027, 10:00 CET] sam: Said in a thread that sleeps
    "#]]
    .assert_eq(&said);
    world.screen().await;
}

#[tokio::test]
async fn a_transcript_that_could_not_be_read_says_so_and_so_does_deleting() {
    let world = desk().await;
    world.discord.set_message_content(true);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.discord.post(HOME, "ticket-1", "ann", "Where is it?");
    let allow =
        Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS | Permissions::ATTACH_FILES;
    world.discord.guild(HOME).overwrite("ticket-1", "bot", allow, Permissions::READ_MESSAGE_HISTORY);
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.screen().await;
    let page = sent(&world, "ticket-1.html");
    assert!(page.contains("I lack “Read Message History” in this channel"), "{page}");
    world.types("sam", "/ticket delete ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("so nothing that was said in it stays"), "{screen}");
}

#[tokio::test]
async fn a_transcript_says_who_claimed_and_closed_it_and_what_was_asked() {
    let world = desk().await;
    world.types("ada", "/config system set language:Nederlands time-zone:Europe/Amsterdam").await;
    world.discord.set_message_content(true);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let (ann, sam) = (world.person("ann").in_channel("ticket-1"), world.person("sam").in_channel("ticket-1"));
    sam.clicks("Oppakken").await;
    sam.types("/ticket ask-close reason:All paid?").await;
    world.settle().await;
    world.screen().await;
    ann.clicks("Ja, sluit maar").await;
    world.settle().await;
    let screen = world.screen().await;
    let (page, plain) = (sent(&world, "ticket-1.html"), sent(&world, "ticket-1.txt"));
    for part in ["Opgepakt door<dd>sam · ma 1 mrt 2027, 10:00 CET", "Gesloten door<dd>ann · ma 1 mrt 2027, 10:00 CET"]
    {
        assert!(page.contains(part), "no {part} in {page}");
    }
    for part in ["Opgepakt door: sam · ma 1 mrt 2027, 10:00 CET", "Gesloten door: ann · ma 1 mrt 2027, 10:00 CET"] {
        assert!(plain.contains(part), "no {part} in {plain}");
    }
    // What was asked stays where it was, with the answer below it.
    for part in ["All paid?", "➡️ Ticket #1 is gesloten. Bedankt!"] {
        assert!(plain.contains(part) && page.contains(part), "no {part} in {plain}");
    }
    let head = &page[page.find("</style>").expect("a head")..];
    assert!(!head.contains("2027-03-01") && !plain.contains("2027-03-01"), "{plain} {screen}");
}

/// What is seen when the time of a closed ticket's channel is up, and a day later.
async fn time_is_up(world: &World) -> [String; 2] {
    let mut seen = [String::new(), String::new()];
    for (days, screen) in [(14, 0), (1, 1)] {
        world.clock.advance(jiff::SignedDuration::from_hours(24 * days));
        for _ in 0..3 {
            world.a_minute_passes().await;
            world.settle().await;
        }
        seen[screen] = world.screen().await;
    }
    seen
}

#[tokio::test]
async fn time_deletes_no_channel_of_which_something_is_not_kept() {
    let history = Permissions::READ_MESSAGE_HISTORY;
    for (blind, advice) in [
        (true, "I may not read what members write (Message Content Intent); delete the channel yourselves"),
        (false, "Give me **Read Message History** there and it goes by itself"),
    ] {
        let world = desk().await;
        world.discord.set_message_content(!blind);
        world.types("ada", "/config system set log-channel:#general").await;
        opens(&world, "ann", "My refund").await;
        world.settle().await;
        world.person("ann").in_channel("ticket-1").types("Where is it?").await;
        let hides = if blind { Permissions::empty() } else { history };
        let reads = history - hides;
        world.discord.guild(HOME).overwrite("ticket-1", "bot", reads | Permissions::VIEW_CHANNEL, hides);
        world.types("sam", "/ticket close ticket:1").await;
        world.settle().await;
        world.screen().await;
        let [first, next] = time_is_up(&world).await;
        assert!(!first.contains("bot deletes") && !next.contains("bot deletes"), "{first}{next}");
        assert_eq!((first.matches(advice).count(), next.matches(advice).count()), (1, 0), "{first}{next}");
        // Once all of it can be kept, it goes.
        world.discord.set_message_content(true);
        world.discord.guild(HOME).overwrite(
            "ticket-1",
            "bot",
            history | Permissions::VIEW_CHANNEL,
            Permissions::empty(),
        );
        let [first, next] = time_is_up(&world).await;
        assert!((first + &next).contains("bot deletes #ticket-1"));
        world.types("sam", "/ticket transcript ticket:1").await;
        world.screen().await;
        assert!(sent(&world, "ticket-1.txt").contains("Where is it?"));
        world.discord.take_problems();
    }
}

#[tokio::test]
async fn who_deletes_a_channel_by_hand_has_it_deleted_whatever_is_kept() {
    let world = desk().await;
    world.discord.set_message_content(false);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("ann").in_channel("ticket-1").types("Where is it?").await;
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    world.types("sam", "/ticket delete ticket:1").await;
    world.clicks("sam", "Delete").await;
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert!(
        screen.contains("so its transcript lacks their words") && screen.contains("bot deletes #ticket-1"),
        "{screen}"
    );
}

#[tokio::test]
async fn a_transcript_of_more_threads_than_are_kept_says_so() {
    let world = desk().await;
    world.discord.set_message_content(true);
    world.types("ada", "/config system set log-channel:#general").await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    for nth in 1..=51 {
        world.discord.begin_thread(HOME, "ticket-1", "sam", &format!("aside {nth}"));
        world.discord.post(HOME, &format!("aside {nth}"), "sam", &format!("Said in thread {nth}."));
    }
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    let plain = sent(&world, "ticket-1.txt");
    assert!(plain.contains("Said in thread 50.") && !plain.contains("Said in thread 51."), "{plain}");
    assert!(plain.contains("Some threads that were begun here are missing"), "{plain}");
    assert!(world.screen().await.contains("Its transcript is not whole."));
    let [first, next] = time_is_up(&world).await;
    assert!(!(first + &next).contains("bot deletes"));
}

#[tokio::test]
async fn a_thread_that_goes_while_it_is_read_takes_no_channel_along() {
    let world = desk().await;
    world.discord.set_message_content(true);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    for name in ["aside", "behind"] {
        world.discord.begin_thread(HOME, "ticket-1", "sam", name);
        world.discord.post(HOME, name, "sam", &format!("Said in {name}."));
    }
    let messages = format!("channels/{}/messages", world.discord.id_of("#aside"));
    let gone = json!({"message": "Unknown Channel", "code": 10003});
    world.discord.fault(Fault::on(Method::GET, &messages).answers(Answer::Status(404, gone)));
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    world.types("sam", "/ticket transcript ticket:1").await;
    world.screen().await;
    let plain = sent(&world, "ticket-1.txt");
    assert!(plain.contains("Said in behind.") && !plain.contains("Said in aside."), "{plain}");
    assert!(plain.contains("Some threads that were begun here are missing"), "{plain}");
    // The ticket has its channel, and is closed like any other.
    world.types("sam", "/ticket reopen ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("Ticket #1 is open again"), "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn what_was_kept_whole_is_not_replaced_by_less() {
    let world = desk().await;
    world.discord.set_message_content(true);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("ann").in_channel("ticket-1").types("Where is it?").await;
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    world.discord.set_message_content(false);
    world.person("sam").in_channel("ticket-1").types("Case closed").await;
    world.types("sam", "/ticket delete ticket:1").await;
    world.clicks("sam", "Delete").await;
    world.a_minute_passes().await;
    world.types("sam", "/ticket transcript ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot deletes #ticket-1"), "{screen}");
    let plain = sent(&world, "ticket-1.txt");
    assert!(plain.contains("Where is it?"), "{plain}");
}

#[tokio::test]
async fn an_upload_that_fails_keeps_nobody_from_being_told_and_shut_out() {
    let world = desk().await;
    world.types("ada", "/config tickets set transcript-channel:#general").await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.screen().await;
    let messages = format!("channels/{}/messages", world.discord.id_of("#general"));
    world.discord.fault(Fault::on(Method::POST, &messages).times(20).answers(Answer::ServerError));
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in DM with ann") && screen.contains("closed"), "{screen}");
    assert!(!screen.contains("bot in #general"), "{screen}");
    assert!(screen.contains("not SEND_MESSAGES"), "{screen}");
    world.discord.take_problems();
    world.takes_errors();
}
