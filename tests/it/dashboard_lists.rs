//! The list of tickets: what it leaves, what is done with several at once, and what is saved of it.

use expect_test::expect;
use jiff::SignedDuration;

use crate::browser::Browser;
use crate::dashboard::logged_in;
use crate::dashboard_pages::{EVIL, is_clean, page};
use crate::support::{HOME, World, apart, settle};
use crate::tickets::{desk, opens};

/// The numbers of a list, in its order.
fn numbers(browser: &Browser) -> Vec<i32> {
    let links = browser.html.split("data-open href=\"").skip(1);
    let number = |link: &str| link.split('"').next()?.rsplit('/').next()?.parse().ok();
    links.filter_map(number).collect()
}

async fn opened(world: &World, all: &[(&str, &str)]) {
    for (who, subject) in all {
        opens(world, who, subject).await;
        world.settle().await;
        world.clock.advance(SignedDuration::from_hours(24));
    }
    world.discord.screen();
}

#[tokio::test]
async fn a_text_is_found_among_many_that_somebody_has_claimed() {
    let world = desk().await;
    let desk = world.dashboard().await;
    // There is a kind.
    opened(&world, &[("ann", "Help")]).await;
    let closed = "insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers, opened_at,
                                      updated_at, check_at, settle_at, unsettled, status, claimed_by_user_id, closed_at)
                  select $1, n, 1, 7, 7, n, case n when 2 then 'My refund' else 'Parking' end, '[]', at, at, at, at, false, 'closed', $2, at
                    from generate_series(2, 61) as n, (values (timestamptz '2027-02-01Z')) as moment (at)";
    let (guild, sam) = (world.guild(HOME).get().cast_signed(), world.user("sam").get().cast_signed());
    sqlx::query(closed).bind(guild).bind(sam).execute(&world.db().await).await.expect("tickets");
    let mut sam = logged_in(&desk, "sam").await;
    for asked in ["claimed=me&", ""] {
        sam.opens(&page(&world, &format!("/tickets?{asked}status=closed&text=refund"))).await;
        assert_eq!(numbers(&sam), [2], "{asked}: {}", sam.main());
    }
    world.discord.take_problems();
}

#[tokio::test]
async fn a_list_shows_what_its_address_says_and_saves_exactly_that() {
    let world = desk().await;
    let desk = world.dashboard().await;
    // From the first of March on, a ticket a day.
    world.discord.guild(HOME).member("cas", &[]).member("dan", &[]);
    opened(&world, &[("ann", "My refund"), ("bob", "=1+1 REFUND"), ("cas", "A lost key"), ("dan", EVIL)]).await;
    let mut sam = logged_in(&desk, "sam").await;
    sam.opens(&page(&world, "/tickets/2")).await;
    sam.presses("Claim").await;
    sam.opens(&page(&world, "/tickets/3")).await;
    sam.fills(&[("Why is it closed?", "Found")], "Close the ticket").await;
    for (asked, expected) in [
        ("", vec![1, 2, 4]),
        ("?claimed=me", vec![2]),
        ("?claimed=nobody", vec![1, 4]),
        ("?status=closed", vec![3]),
        ("?member=ann", vec![1]),
        ("?member=CAS&status=closed", vec![3]),
        ("?text=refund", vec![1, 2]),
        ("?text=refund&member=bob", vec![2]),
        ("?text=refund&claimed=nobody", vec![1]),
        ("?text=key&status=closed", vec![3]),
        ("?from=2027-03-02", vec![2, 4]),
        ("?from=2027-03-02&to=2027-03-02", vec![2]),
        ("?to=2027-03-03&status=closed", vec![3]),
        ("?to=2027-03-02&status=closed", vec![]),
        ("?from=2028-01-01", vec![]),
        ("?to=2026-01-01", vec![]),
        ("?from=2027-03-01&text=refund&claimed=me", vec![2]),
    ] {
        sam.opens(&page(&world, &format!("/tickets{asked}"))).await;
        assert_eq!((sam.status, numbers(&sam)), (200, expected.clone()), "{asked}: {}", sam.main());
        assert!(is_clean(&sam), "{asked}");
        if expected.is_empty() {
            continue;
        }
        sam.presses("Save this list as CSV").await;
        let rows: Vec<i32> = sam.html.lines().skip(1).filter_map(|row| row.split(',').next()?.parse().ok()).collect();
        assert_eq!(rows, expected, "{asked}: {}", sam.html);
    }
    // It is the table of exports, with the names of people, and nothing in it is a formula.
    sam.posts(&page(&world, "/tickets/csv?claimed=me"), &[]).await;
    assert_eq!(sam.answered["content-type"], "text/csv; charset=utf-8; header=present");
    let disposition = sam.answered["content-disposition"].to_str().expect("text");
    assert_eq!(disposition, "attachment; filename=\"tickets-2027-03-05.csv\"");
    let (ann, bob, sams) = (world.user("ann"), world.user("bob"), world.user("sam"));
    let shown = [(ann, "<ann>"), (bob, "<bob>"), (sams, "<sam>")]
        .iter()
        .fold(sam.html.replace("\r\n", "\n"), |text, (id, name)| text.replace(&format!("<@{id}>"), name));
    expect![[r#"
        number,member,member_name,opened_by,opened_by_name,status,priority,type,subject,age_minutes,claimed_by,claimed_by_name,escalated_to,escalated_to_name,closed_by,closed_by_name,close_reason,opened_at_utc,first_response_at_utc,claimed_at_utc,closed_at_utc,archived_at_utc,updated_at_utc,rated_at_utc,rating,rating_comment,first_closed_at_utc,reopened,worked_response_seconds,worked_claim_seconds,worked_close_seconds
        2,<bob>,bob,<bob>,bob,claimed,normal,Support,'=1+1 REFUND,4320,<sam>,sam,,,,,,2027-03-02 09:00:00,,2027-03-05 09:00:00,,,2027-03-05 09:00:00,,,,,0,,,
    "#]].assert_eq(shown.trim_start_matches('\u{feff}'));
    // What means nothing is said above the form, in which it still stands.
    for (asked, why) in [
        ("?member=gryphon", "Nobody in this server is called"),
        ("?from=soon", "Write a day as 2027-03-31."),
        ("?to=2027-02-30", "Write a day as 2027-03-31."),
    ] {
        sam.opens(&page(&world, &format!("/tickets{asked}"))).await;
        assert!(sam.status == 422 && sam.main().contains(why), "{asked}: {}", sam.main());
        let written = asked.split('=').nth(1).expect("a value");
        assert!(sam.html.contains(&format!("value=\"{written}\"")), "{asked}");
    }
    // A member finds their own, whatever they write into the address.
    let mut ann = logged_in(&desk, "ann").await;
    for asked in ["", "?member=bob", "?claimed=me", "?text="] {
        ann.opens(&page(&world, &format!("/tickets{asked}"))).await;
        assert_eq!(numbers(&ann), [1], "{asked}: {}", ann.main());
    }
    // Nobody exports by an address that another site has them follow.
    sam.opens(&page(&world, "/tickets/csv")).await;
    assert_eq!(sam.status, 405);
    settle(&desk.bot.app).await;
    world.screen().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    // What a member has of themselves the server does not read of; what the staff takes it reads.
    ann.posts(&page(&world, "/tickets/csv?member=bob"), &[]).await;
    assert!(ann.html.contains("My refund") && !ann.html.contains("REFUND"), "{}", ann.html);
    settle(&desk.bot.app).await;
    assert!(!world.screen().await.contains("exported"));
    sam.posts(&page(&world, "/tickets/csv"), &[]).await;
    settle(&desk.bot.app).await;
    let (_, log) = apart(&world.screen().await, "general");
    assert!(log.contains("📤 Data was exported") && log.contains("@sam · tickets"), "{log}");
    world.discord.take_problems();
}

#[tokio::test]
async fn a_step_is_taken_with_several_tickets_and_each_says_what_came_of_it() {
    let world = desk().await;
    let desk = world.dashboard().await;
    world.discord.guild(HOME).member("cas", &[]);
    opened(&world, &[("ann", "One"), ("bob", "Two"), ("cas", "Three")]).await;
    let (mut sam, mut sofie) = (logged_in(&desk, "sam").await, logged_in(&desk, "sofie").await);
    sofie.opens(&page(&world, "/tickets/2")).await;
    sofie.presses("Claim").await;
    sam.opens(&page(&world, "/tickets?priority=normal")).await;
    sam.presses("Claim").await;
    assert_eq!(sam.status, 422);
    assert!(sam.main().contains("Choose 1 to 25 tickets first."), "{}", sam.main());
    sam.opens(&page(&world, "/tickets?priority=normal")).await;
    let chosen = [("number", "1"), ("number", "2"), ("number", "99"), ("step", "claim"), ("priority-of-all", "high")];
    let to = page(&world, "/tickets?priority=normal&at=%22s%22");
    sam.posts(&to, &chosen).await;
    assert_eq!(sam.path(), to, "where they were");
    expect![[r#"
        # Tickets
        Claimed: #1
        #2: @sofie has claimed this ticket; /ticket transfer moves it to you.
        #99: There is no such ticket; pick one that is suggested, or see /ticket list."#]]
    .assert_eq(&sam.main().lines().take(4).collect::<Vec<_>>().join("\n"));
    sam.posts(&to, &[("number", "1"), ("number", "3"), ("step", "priority"), ("priority-of-all", "high")]).await;
    assert_eq!(numbers(&sam), [2], "those are not normal any more: {}", sam.main());
    let twice = [
        ("number", "1"),
        ("number", "3"),
        ("step", "close"),
        ("text", "<b>Done"),
        ("once", "0123456789abcdef0123456789abcdef"),
    ];
    for _ in 0..2 {
        sam.posts(&to, &twice).await;
        assert!(sam.main().contains("Closed: #1, #3"), "{}", sam.main());
    }
    sam.opens(&page(&world, "/tickets/3")).await;
    assert!(sam.main().contains("Reason: <b>Done") && is_clean(&sam), "{}", sam.main());
    for pairs in
        [&[("number", "2"), ("step", "archive")][..], &[("number", "2"), ("step", "priority")], &[("number", "2")]]
    {
        sam.posts(&to, pairs).await;
        assert_eq!(sam.status, 404, "{pairs:?}");
    }
    // A member does with their own what they may, and with others nothing.
    let mut bob = logged_in(&desk, "bob").await;
    bob.posts(&page(&world, "/tickets"), &[("number", "1"), ("number", "2"), ("step", "claim")]).await;
    assert!(
        bob.main().contains("#1: There is no such ticket") && bob.main().contains("#2: Only the staff"),
        "{}",
        bob.main()
    );
    settle(&desk.bot.app).await;
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn the_pages_of_a_list_keep_its_filter() {
    let world = desk().await;
    let desk = world.dashboard().await;
    opens(&world, "ann", "About 1").await;
    world.settle().await;
    let sql = "insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers,
                                   opened_at, updated_at, check_at, settle_at, unsettled)
               select guild_id, n, type_id, user_id, user_id, n, 'About ' || n, '[]', opened_at, opened_at, check_at + interval '1 year',
                      opened_at, false
                 from ticket, generate_series(2, 60) as n";
    sqlx::query(sql).execute(&world.db().await).await.expect("tickets");
    world.discord.screen();
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/tickets?text=about&from=2020-01-01")).await;
    let (mut seen, mut pages) = (Vec::new(), 0);
    loop {
        seen.extend(numbers(&ada));
        pages += 1;
        assert!(ada.html.contains("value=\"about\""), "{}", ada.main());
        if !ada.main().contains("[Next]") {
            break;
        }
        ada.follows("Next").await;
    }
    assert_eq!((pages, seen.len()), (3, 60));
    ada.follows("Previous").await;
    assert_eq!(numbers(&ada), seen[25..50]);
    ada.posts(&page(&world, "/tickets/csv?text=about&from=2020-01-01"), &[]).await;
    assert_eq!(ada.html.lines().count(), 61);
    world.discord.take_problems();
}

#[tokio::test]
async fn an_old_ticket_that_is_open_is_found_however_many_came_after() {
    let world = desk().await;
    let desk = world.dashboard().await;
    opens(&world, "ann", "The lost parcel").await;
    world.settle().await;
    let sql = "insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers,
                                   opened_at, updated_at, check_at, settle_at, unsettled, status, closed_at, first_closed_at)
               select guild_id, n, type_id, user_id, user_id, n, 'A parcel ' || n, '[]', opened_at, opened_at, check_at, opened_at, false,
                      'closed', opened_at, opened_at
                 from ticket, generate_series(2, 5003) as n";
    sqlx::query(sql).execute(&world.db().await).await.expect("tickets");
    world.discord.screen();
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/tickets?text=parcel")).await;
    assert_eq!(numbers(&ada), [1]);
    let note = "Of tickets that are done, the newest 5000 are looked through.";
    assert!(!ada.main().contains(note), "{}", ada.main());
    ada.opens(&page(&world, "/tickets?text=a+parcel+3&status=closed")).await;
    assert_eq!(numbers(&ada).first(), Some(&3999));
    assert!(ada.main().contains(note), "{}", ada.main());
    // 2 and 3 came before those.
    ada.opens(&page(&world, "/tickets?text=a+parcel+4&status=closed")).await;
    assert_eq!(numbers(&ada).first(), Some(&4999));
    ada.opens(&page(&world, "/tickets?text=parcel+3&status=closed&to=2020-01-01")).await;
    assert_eq!(numbers(&ada), [0; 0]);
    world.discord.take_problems();
}

#[tokio::test]
async fn a_list_of_any_length_is_saved_whole_and_one_of_a_server_at_a_time() {
    const ALL: usize = 20_300;
    let world = desk().await;
    let desk = world.dashboard().await;
    opens(&world, "ann", "About 1").await;
    world.settle().await;
    let sql = "insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers,
                                   opened_at, updated_at, check_at, settle_at, unsettled, status, closed_at)
               select guild_id, n, type_id, user_id, user_id, n, 'About ' || n, '[]', opened_at, opened_at, opened_at, opened_at,
                      false, 'closed', opened_at
                 from ticket, generate_series(2, $1) as n";
    sqlx::query(sql).bind(i32::try_from(ALL).expect("few")).execute(&world.db().await).await.expect("tickets");
    world.discord.screen();
    let (mut ada, mut sam) = (logged_in(&desk, "ada").await, logged_in(&desk, "sam").await);
    let to = page(&world, "/tickets/csv?status=closed");
    tokio::join!(ada.posts(&to, &[]), sam.posts(&to, &[]));
    let (whole, refused) = if ada.status == 200 { (&ada, &sam) } else { (&sam, &ada) };
    assert_eq!((whole.status, refused.status), (200, 422));
    assert!(refused.main().contains("Another export of this server is being made"), "{}", refused.main());
    let mut numbers: Vec<usize> =
        whole.html.lines().skip(1).filter_map(|row| row.split(',').next()?.parse().ok()).collect();
    numbers.sort_unstable();
    assert!(numbers.into_iter().eq(2..=ALL), "each once");
    // The next may follow at once.
    sam.posts(&page(&world, "/tickets/csv?text=7&status=closed"), &[]).await;
    assert_eq!(sam.status, 200);
    settle(&desk.bot.app).await;
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn a_day_before_all_calendars_is_a_day() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.screen().await;
    let dashboard = world.dashboard().await;
    let mut ada = logged_in(&dashboard, "ada").await;
    ada.opens(&page(&world, "/tickets?from=-009000-01-01")).await;
    assert!(ada.status == 200 && ada.main().contains("My refund"), "{} {}", ada.status, ada.main());
    ada.opens(&page(&world, "/tickets?to=-009000-01-01")).await;
    assert!(ada.status == 200 && !ada.main().contains("My refund"), "{} {}", ada.status, ada.main());
    ada.opens(&page(&world, "/history?from=-009000-01-01")).await;
    assert!(ada.status == 200 && ada.main().contains("staff-role"), "{} {}", ada.status, ada.main());
    // Nobody is called whom the test has set up by number.
    world.discord.take_problems();
}
