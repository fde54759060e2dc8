//! What people see and do on the pages of the dashboard.

use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;

use crate::browser::Browser;
use crate::dashboard::logged_in;
use crate::dashboard_records::without_settings;
use crate::support::{AWAY, HOME, World};

pub(crate) fn page(world: &World, path: &str) -> String {
    format!("/dashboard/{}{path}", world.guild(HOME))
}

#[tokio::test]
async fn an_admin_changes_settings_and_rolls_one_back() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "")).await;
    ada.follows("Settings").await;
    assert_eq!(ada.title(), "Settings: system · Harbor · Alphapy");
    expect![[r#"
        # Settings: system
        Find a setting <>
        (Find)
        - [system]
        - [faq]
        - [tickets]
        - [gpt]
        - [reminders]
        - [announcements]
        - [exports]
        admin-role
        Members with this role may change everything here. Default: none. Set by @1, Mon 1 Mar 2027, 10:00.
        <Default, @Alphapy, @keepers*, @admins>
        log-channel
        Where I report what I did. Default: none.
        <Default*, #help, #general>
        log-level
        How much I report there. Default: No details.
        <Default*, Everything, No details, Only trouble>
        time-zone"#]]
    .assert_eq(until(&ada.main(), "time-zone"));
    ada.fills(
        &[("log-channel", "#general"), ("retention-days", "90"), ("time-zone", "Mars/Base")],
        "Look at the changes",
    )
    .await;
    assert_eq!(ada.status, 422);
    assert!(ada.main().contains("`time-zone`") || ada.main().contains("time zone such as"), "{}", ada.main());
    assert!(ada.html.contains("value=\"90\""), "what was written is still there");
    ada.fills(&[("time-zone", "Europe/Amsterdam")], "Look at the changes").await;
    expect![[r#"
        # Save these changes?
        | Setting | Now | Then |
        | log-channel | default | #general |
        | time-zone | default | Europe/Amsterdam |
        | retention-days | default | 90 |
        (Save) [Leave it as it was]
    "#]]
    .assert_eq(&ada.main());
    // It is kept for whoever presses twice.
    let (_, to, pairs) = ada.form(&[], "Save");
    ada.presses("Save").await;
    assert!(ada.main().starts_with("# Settings: system\n"), "{}", ada.main());
    expect!["log-channel: none (default) → #general"].assert_eq(ada.main().lines().nth(1).unwrap_or_default());
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    ada.posts(&to, &pairs).await;
    ada.follows("What was changed").await;
    expect![[r#"
        # Who changed what
        What <…>
        Who <Anybody*, ada, 1>
        First day <>
        Last day <>
        (Show)
        | # | When | Who | Setting | From | To | Roll back |
        | 4 | Mon 1 Mar 2027, 10:00 | @ada (on the dashboard) | system retention-days | default | 90 | (Roll back) |
        | 3 | Mon 1 Mar 2027, 10:00 | @ada (on the dashboard) | system time-zone | default | Europe/Amsterdam | (Roll back) |
        | 2 | Mon 1 Mar 2027, 10:00 | @ada (on the dashboard) | system log-channel | default | #general | (Roll back) |
        | 1 | Mon 1 Mar 2027, 10:00 | @1 (imported) | system admin-role | default | @keepers | (Roll back) |
    "#]]
    .assert_eq(&without_settings(&ada.main()));
    // What the server reads of it is what it reads of commands.
    crate::support::settle(&desk.bot.app).await;
    expect![[r#"
        bot in #general:
             | **Settings changed: system**
             | @ada
             | `log-channel`: none (default) → #general
             | `time-zone`: `Europe/Brussels` (default) → `Europe/Amsterdam`
             | `retention-days`: 365 (default) → 90
             | (system)
    "#]]
    .assert_eq(&world.screen().await);
    ada.presses("Roll back #3").await;
    assert_eq!(ada.status, 200);
    expect![[r#"
        # Who changed what
        time-zone: Europe/Amsterdam → Europe/Brussels (default)
        What <…>
        Who <Anybody*, ada, 1>
        First day <>
        Last day <>
        (Show)
        | # | When | Who | Setting | From | To | Roll back |
        | 5 | Mon 1 Mar 2027, 10:00 | @ada (rolled back) | system time-zone | Europe/Amsterdam | default | (Roll back) |
        | 4 | Mon 1 Mar 2027, 10:00 | @ada (on the dashboard) | system retention-days | default | 90 | (Roll back) |
        | 3 | Mon 1 Mar 2027, 10:00 | @ada (on the dashboard) | system time-zone | default | Europe/Amsterdam | (Roll back) |
        | 2 | Mon 1 Mar 2027, 10:00 | @ada (on the dashboard) | system log-channel | default | #general | (Roll back) |
        | 1 | Mon 1 Mar 2027, 10:00 | @1 (imported) | system admin-role | default | @keepers | (Roll back) |
    "#]].assert_eq(&without_settings(&ada.main()));
    crate::support::settle(&desk.bot.app).await;
    world.discord.screen();
    world.discord.take_problems();
}

#[tokio::test]
async fn what_a_setting_may_not_be_is_said_beside_it() {
    let world = World::new().await;
    world.discord.guild(HOME).channel("hidden").overwrite(
        "hidden",
        "bot",
        twilight_model::guild::Permissions::empty(),
        twilight_model::guild::Permissions::SEND_MESSAGES,
    );
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/settings?group=system")).await;
    ada.fills(&[("log-channel", "#hidden")], "Look at the changes").await;
    ada.presses("Save").await;
    assert_eq!(ada.status, 422);
    expect![[r#"
        # Settings: system
        Nothing was saved yet: mend what is marked below.
        Find a setting <>
        (Find)
        - [system]
        - [faq]
        - [tickets]
        - [gpt]
        - [reminders]
        - [announcements]
        - [exports]
        admin-role"#]]
    .assert_eq(&ada.main().lines().take(12).collect::<Vec<_>>().join("\n"));
    // Nothing is done by halves, and nothing at all if nothing was changed.
    ada.opens(&page(&world, "/settings?group=system")).await;
    ada.presses("Look at the changes").await;
    assert!(ada.main().contains("That is how it was; nothing has changed."), "{}", ada.main());
    ada.opens(&page(&world, "/settings?q=ticket+role")).await;
    expect![[r#"
        # Settings
        Find a setting <ticket role>
        (Find)
        - [tickets staff-role]: Who works the tickets
        - [tickets escalation-role]: Who is called when a ticket is escalated
    "#]]
    .assert_eq(&ada.main());
    ada.opens(&page(&world, "/settings?q=gryphon")).await;
    expect![[r#"
        # Settings
        Find a setting <gryphon>
        (Find)
        No setting has these words. [All settings]
    "#]]
    .assert_eq(&ada.main());
    world.discord.take_problems();
}

#[tokio::test]
async fn an_admin_keeps_the_faq() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/faq")).await;
    expect![[r#"
        # FAQ
        Find an entry <>
        (Find)
        [Add an entry][Questions without an answer][Import][Asked twice]
        There are no entries yet. Write the first: what do members ask most?
    "#]]
    .assert_eq(&ada.main());
    ada.follows("Add an entry").await;
    ada.fills(
        &[
            ("Question", "How do I pay?"),
            ("Answer", "By **card**.\nSee <#1> and https://pay.example."),
            ("Keywords", "money, cash"),
        ],
        "Save",
    )
    .await;
    expect![[r#"
        # #1 How do I pay?
        Added #1 How do I pay?.
        By card.
        See #1 and [https://pay.example].
        Keywords: money, cash
        Added by: @ada
        Opened in 30 days: 0
        Last changed: Mon 1 Mar 2027, 10:00
        [Change]
        (Pin to the top)
        [Remove]
    "#]]
    .assert_eq(&ada.main());
    ada.opens(&page(&world, "/faq/new")).await;
    ada.fills(&[("Question", "how do I PAY?"), ("Answer", "Otherwise.")], "Save").await;
    assert_eq!(ada.status, 422);
    expect![[r#"
        # Add an entry
        Nothing was saved yet: mend what is marked below.
        Question
        As members would ask it
        Entry #1 has this question already; change that one with /faq edit.
        <how do I PAY?>
        Answer
        Markdown works
        <
        Otherwise.>
        Keywords
        Other words for it, separated by commas
        <>
        Category <>
        Source
        A link to where more is to be read
        <>
        (Save) (See it first) [Leave it as it was]
        ## As Discord shows it
        how do I PAY?
        Otherwise.
    "#]]
    .assert_eq(&ada.main());
    // Two who edit the same: what both have changed is refused, and what they wrote is still there.
    let mut mia = logged_in(&desk, "mia").await;
    mia.opens(&page(&world, "/faq/1/edit")).await;
    ada.opens(&page(&world, "/faq/1/edit")).await;
    ada.fills(&[("Answer", "By card or cash.")], "Save").await;
    mia.fills(&[("Answer", "By card alone."), ("Category", "Money")], "Save").await;
    assert_eq!(mia.status, 422);
    expect![[r#"
        # Change #1
        Somebody else has changed “Answer” while you wrote; open it again with entry #1, and put what you wrote beside theirs.
        Question
        As members would ask it
        <How do I pay?>
        Answer
        Markdown works
        <
        By card alone.>
        Keywords
        Other words for it, separated by commas
        <money,cash>
        Category <Money>
        Source
        A link to where more is to be read
        <>
        (Save) (See it first) [Leave it as it was]
        ## As Discord shows it
        How do I pay?
        By card alone.
        #1 · Money · money, cash
    "#]].assert_eq(&mia.main());
    ada.opens(&page(&world, "/faq/1")).await;
    ada.presses("Pin to the top").await;
    ada.opens(&page(&world, "/faq?q=cash")).await;
    expect![[r#"
        # FAQ
        Find an entry <cash>
        (Find)
        [Add an entry][Questions without an answer][Import][Asked twice]
        | # | Question | Category | Opened in 30 days | Last changed |
        | 1 | 📌 [How do I pay?]
        By card or cash. | | 0 | Mon 1 Mar 2027, 10:00 |
    "#]]
    .assert_eq(&ada.main());
    // What was looked at is what goes.
    ada.opens(&page(&world, "/faq/1/remove")).await;
    mia.opens(&page(&world, "/faq/1/edit")).await;
    mia.fills(&[("Answer", "By cash.")], "Save").await;
    ada.presses("Remove").await;
    assert!(ada.main().contains("Somebody has just changed it.") && ada.main().contains("By cash."), "{}", ada.main());
    ada.presses("Remove").await;
    expect![[r#"
        # FAQ
        Removed #1 How do I pay?.
        Find an entry <>
        (Find)
        [Add an entry][Questions without an answer][Import][Asked twice]
        There are no entries yet. Write the first: what do members ask most?
    "#]]
    .assert_eq(&ada.main());
    crate::support::settle(&desk.bot.app).await;
    world.discord.screen();
    world.discord.take_problems();
}

#[tokio::test]
async fn a_question_without_an_answer_becomes_an_entry() {
    let world = World::new().await;
    world.types("ann", "/faq search query:where is the lighthouse").await;
    world.types("bob", "/faq search query:lighthouse where").await;
    world.screen().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/faq")).await;
    ada.follows("Questions without an answer").await;
    expect![[r#"
        # Questions without an answer
        2 searches, 0 % answered
        | Question | Asked | Write an answer |
        | lighthouse where | 2 | [Write an answer: lighthouse where] |
        [All entries]
    "#]]
    .assert_eq(&ada.main());
    ada.follows("Write an answer: lighthouse where").await;
    ada.fills(&[("Answer", "On the rock.")], "Save").await;
    expect![[r#"
        # #1 lighthouse where
        Added #1 lighthouse where.
        On the rock.
        Added by: @ada
        Opened in 30 days: 0
        Last changed: Mon 1 Mar 2027, 10:00
        [Change]
        (Pin to the top)
        [Remove]
    "#]]
    .assert_eq(&ada.main());
    crate::support::settle(&desk.bot.app).await;
    world.discord.screen();
    world.discord.take_problems();
}

#[tokio::test]
async fn a_member_sees_their_own_reminders_and_no_others() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:every monday 20:00 what:feed the cat message:She *likes* fish").await;
    world.types("bob", "/reminder add when:tomorrow 9:00 what:call home").await;
    world.screen().await;
    let desk = world.dashboard().await;
    let mut ann = logged_in(&desk, "ann").await;
    ann.opens(&page(&world, "/reminders")).await;
    expect![[r#"
        [Skip to the content]
        [Alphapy]Harbor
        [ann]
        (Log out)
        - [Tickets]
        - [Reminders]
        # Your reminders
        [New reminder][Calendar]
        Which <Those to come*, Also those that are done>
        (Show)
        -
        #1 🔁 feed the cat · Mon 1 Mar 2027, 20:00 · #help · @ann
        [Look at it #1]
        (English) (Nederlands)
    "#]]
    .assert_eq(&ann.text());
    ann.follows("Look at it #1").await;
    expect![[r#"
        # Reminder #1
        feed the cat
        She likes fish
        Next: Mon 1 Mar 2027, 20:00 (Mon 1 Mar 2027, 20:00)
        Repeats: every Monday at 20:00 (Europe/Brussels)
        Where: #help
        Set by: @ann
        Reminder #1
        (Pause)
        [Change][Delete]
        ## When it comes
        - Mon 1 Mar 2027, 20:00
        - Mon 8 Mar 2027, 20:00
        - Mon 15 Mar 2027, 20:00
        - Mon 22 Mar 2027, 20:00
        - Mon 29 Mar 2027, 20:00
        - Mon 5 Apr 2027, 20:00
        - Mon 12 Apr 2027, 20:00
        - Mon 19 Apr 2027, 20:00
        - Mon 26 Apr 2027, 20:00
        - Mon 3 May 2027, 20:00
        Summer time from Sunday 28 March 2027 (Europe/Brussels): it goes on coming at the same time by the clock.
    "#]]
    .assert_eq(&ann.main());
    ann.presses("Pause").await;
    assert!(ann.main().contains("Paused #1 feed the cat."), "{}", ann.main());
    ann.presses("Resume").await;
    ann.opens(&page(&world, "/reminders/2")).await;
    assert_eq!(ann.status, 404);
    expect![[r#"
        # Not found
        There is no such reminder of yours; pick one that is suggested, or see /reminder list.
        [To your servers]
    "#]]
    .assert_eq(&ann.main());
    ann.posts(&page(&world, "/reminders/2/pause"), &[]).await;
    assert_eq!(ann.status, 422);
    ann.opens(&page(&world, "/reminders?whose=all")).await;
    assert!(!ann.main().contains("call home"));
    ann.opens(&page(&world, "/reminders/1/delete")).await;
    ann.presses("Delete").await;
    expect![[r#"
        # Your reminders
        Deleted #1 feed the cat.
        [New reminder][Calendar]
        Which <Those to come*, Also those that are done>
        (Show)
        There are none; /reminder add makes one.
    "#]]
    .assert_eq(&ann.main());
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/reminders?whose=all")).await;
    assert!(ada.main().contains("call home"), "{}", ada.main());
    crate::support::settle(&desk.bot.app).await;
    world.discord.screen();
    world.discord.take_problems();
}

/// Texts that would do something if they were not taken as text.
pub(crate) const EVIL: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>&amp;";

/// Whether a page has nothing in it but what we wrote.
pub(crate) fn is_clean(browser: &Browser) -> bool {
    // The one script stands in the head of every page.
    let own = "<script type=\"module\" src=\"/dashboard/live.js?";
    let html = browser.html.to_lowercase().replacen(own, "", 1);
    !["<script", "<img", "<b>", "javascript:\"", "href=\"javascript:", "onerror=alert(2)>\""]
        .iter()
        .any(|it| html.contains(it))
}

#[tokio::test]
async fn whatever_people_write_is_text() {
    let world = World::new().await;
    world.discord.guild(EVIL).owner("olga").member("ada", &[]);
    world.discord.guild(HOME).channel("general-2");
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    assert!(ada.html.contains("&lt;script&gt;") && is_clean(&ada), "{}", ada.html);
    ada.opens(&page(&world, "/faq/new")).await;
    let title: String = EVIL.chars().take(90).collect();
    let answer = format!("{EVIL} [x](javascript:alert(3)) [y](https://a.example\"onmouseover=alert(4)) `{EVIL}`");
    ada.fills(&[("Question", &title), ("Answer", &answer), ("Keywords", EVIL), ("Category", "<b>x")], "Save").await;
    for path in [
        "/faq/1",
        "/faq",
        "/faq/1/edit",
        "/faq/1/remove",
        "/faq?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/history",
        "/settings?q=%3Cb%3E",
    ] {
        ada.opens(&page(&world, path)).await;
        assert_eq!(ada.status, 200, "{path}");
        assert!(is_clean(&ada), "{path}: {}", ada.html);
        assert!(!ada.html.contains("href=\"javascript:"), "{path}");
    }
    ada.opens(&page(&world, "/%3Cscript%3E")).await;
    assert!(ada.status == 404 && is_clean(&ada));
    // What was said of what was done comes back by a cookie, which somebody else may have planted.
    ada.set_cookie("alphapy-said", "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg");
    ada.opens(&page(&world, "/faq")).await;
    assert!(ada.html.contains("&lt;script&gt;alert(1)") && is_clean(&ada));
    crate::support::settle(&desk.bot.app).await;
    world.discord.screen();
    world.discord.take_problems();
}

#[tokio::test]
async fn the_staff_works_a_ticket_and_its_member_reads_it() {
    let world = crate::tickets::desk().await;
    let desk = world.dashboard().await;
    let mut ann = logged_in(&desk, "ann").await;
    ann.opens(&page(&world, "/tickets")).await;
    expect![[r#"
        # Your tickets
        In the subject <>
        Status <Any*, open, claimed, waiting for user, escalated, closed, archived>
        (Show)
        More to choose by
        Kind <All kinds*>
        Priority <Any*, low, normal, high, urgent>
        Opened from <>
        Opened until <>
        There are no tickets here that are not done.
    "#]]
    .assert_eq(&ann.main());
    for who in ["ann", "bob"] {
        crate::tickets::opens(&world, who, EVIL).await;
    }
    world.screen().await;
    let mut sam = logged_in(&desk, "sam").await;
    sam.opens(&page(&world, "/tickets")).await;
    expect![[r##"
        # Tickets
        - [All that are not done]
        - [Mine]
        - [Nobody answers]
        - [Waiting for their member]
        - [Escalated]
        - [Closed]
        In the subject <>
        Status <All that are not done*, open, claimed, waiting for user, escalated, closed, archived>
        Claimed by <Anybody or nobody*, Me, Nobody yet>
        (Show)
        More to choose by
        Kind <All kinds*, Support>
        Priority <Any*, low, normal, high, urgent>
        Member <>
        Opened from <>
        Opened until <>
        - [ ] 🟢 #1 <script>alert(1)</script><img src=x onerror=alert(2)>"'><b>… · @ann · Support · Mon 1 Mar 2027, 10:00 #ticket-1 [Look at it #1]
        - [ ] 🟢 #2 <script>alert(1)</script><img src=x onerror=alert(2)>"'><b>… · @bob · Support · Mon 1 Mar 2027, 10:00 #ticket-2 [Look at it #2]
        With those that are chosen
        (Claim)
        Priority <low, normal*, high, urgent>
        (Set)
        Why is it closed? <>
        (Close)
        (Save this list as CSV)
    "##]].assert_eq(&sam.main());
    assert!(is_clean(&sam), "{}", sam.html);
    sam.follows("Look at it #1").await;
    expect![[r##"
        # Ticket #1
        Ticket #1 · Support
        <script>alert(1)</script><img src=x onerror=alert(2)>"'><b>&amp;
        Status: 🟢 Open
        Opened by: @ann
        Opened: Mon 1 Mar 2027, 10:00
        Last updated: Mon 1 Mar 2027, 10:00
        ## What was said
        This is its channel as it is now. [Open it in Discord]
        Nobody has said anything yet.
        (Claim) (Wait for user)
        Priority <low, normal*, high, urgent>
        (Set)
        Close
        Why is it closed?
        The member reads it
        <
        >
        (Close the ticket)
        Add the note
        A note
        Only the staff reads it
        <
        >
        (Add the note)
        Give to somebody else
        Who takes it
        Their name, or how it begins, or their id
        <>
        (Give it)
        Escalate
        Which role is called <The one that is set, Alphapy, keepers, admins, staff>
        Why is it escalated?
        The member and whoever is called read it
        <
        >
        (Escalate)
        Ask whether it may be closed
        Why may it be closed? <
        >
        Hours after which it closes without one
        Without a number it stays open until they answer.
        <>
        (Ask its member)
        Let somebody take part
        Who is let in
        Their name, or how it begins, or their id
        <>
        (Let them in)
        Say what it is about
        What it is about <<script>alert(1)</script><img src=x onerror=alert(2)>"'><b>&amp;>
        (Save)
        ## What happened
        - Mon 1 Mar 2027, 10:00 @ann opened it
    "##]]
    .assert_eq(&sam.main());
    assert!(is_clean(&sam), "{}", sam.html);
    // Two tabs: what was offered in one is done in the other.
    let mut tab = logged_in(&desk, "sam").await;
    tab.opens(&page(&world, "/tickets/1")).await;
    sam.presses("Claim").await;
    assert!(sam.main().contains("#1 is now claimed"), "{}", sam.main());
    tab.presses("Claim").await;
    assert_eq!(tab.status, 422);
    sam.fills(&[("A note", "<b>Look</b> at it")], "Add the note").await;
    sam.fills(&[("Priority", "urgent")], "Set").await;
    assert!(is_clean(&sam), "{}", sam.html);
    // Its member reads no notes, and of others nothing.
    ann.opens(&page(&world, "/tickets")).await;
    assert!(!ann.main().contains("#2"), "{}", ann.main());
    ann.opens(&page(&world, "/tickets/1")).await;
    expect![[r##"
        # Ticket #1
        Ticket #1 · Support
        <script>alert(1)</script><img src=x onerror=alert(2)>"'><b>&amp;
        Status: 🔵 Claimed
        Opened by: @ann
        Claimed by: @sam
        Priority: ‼️ Urgent
        Opened: Mon 1 Mar 2027, 10:00
        Last updated: Mon 1 Mar 2027, 10:00
        ## What was said
        This is its channel as it is now. [Open it in Discord]
        Nobody has said anything yet.
        Close
        Why is it closed?
        The staff reads it
        <
        >
        (Close the ticket)
        ## What happened
        - Mon 1 Mar 2027, 10:00 @ann opened it
        - Mon 1 Mar 2027, 10:00 @sam claimed it
        - Mon 1 Mar 2027, 10:00 @sam set the priority: urgent
    "##]]
    .assert_eq(&ann.main());
    assert!(!ann.html.contains("Look"), "{}", ann.html);
    ann.posts(&page(&world, "/tickets/1"), &[("step", "note"), ("text", "mine")]).await;
    assert_eq!(ann.status, 422);
    ann.opens(&page(&world, "/tickets/2")).await;
    assert_eq!(ann.status, 404);
    ann.posts(&page(&world, "/tickets/2"), &[("step", "close")]).await;
    assert_eq!(ann.status, 422);
    sam.fills(&[("Why is it closed?", "Done")], "Close the ticket").await;
    assert!(sam.main().contains("#1 is now closed"), "{}", sam.main());
    sam.opens(&page(&world, "/tickets?status=closed&claimed=me")).await;
    expect![[r##"
        # Tickets
        - [All that are not done]
        - [Mine]
        - [Nobody answers]
        - [Waiting for their member]
        - [Escalated]
        - [Closed]
        In the subject <>
        Status <All that are not done, open, claimed, waiting for user, escalated, closed*, archived>
        Claimed by <Anybody or nobody, Me*, Nobody yet>
        (Show)
        More to choose by
        Kind <All kinds*, Support>
        Priority <Any*, low, normal, high, urgent>
        Member <>
        Opened from <>
        Opened until <>
        - [ ] ⚫ ‼️ #1 <script>alert(1)</script><img src=x onerror=alert(2)>"'><b>… · @ann · Support · claimed by @sam · Mon 1 Mar 2027, 10:00 #ticket-1 [Look at it #1]
        With those that are chosen
        (Claim)
        Priority <low, normal*, high, urgent>
        (Set)
        Why is it closed? <>
        (Close)
        (Save this list as CSV)
    "##]].assert_eq(&sam.main());
    sam.opens(&page(&world, "/tickets?priority=low")).await;
    assert!(sam.main().contains("No ticket is like that."), "{}", sam.main());
    crate::support::settle(&desk.bot.app).await;
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn what_is_switched_off_has_no_pages() {
    let world = World::new().await;
    world.types("ada", "/config faq set enabled:false").await;
    world.screen().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "")).await;
    assert!(!ada.text().contains("[FAQ]") && ada.text().contains("[Settings]"), "{}", ada.text());
    ada.opens(&page(&world, "/faq")).await;
    assert_eq!(ada.status, 403);
    world.discord.take_problems();
}

#[tokio::test]
async fn names_that_discord_does_not_say_are_no_reason_for_no_page() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/history")).await;
    assert_eq!(ada.status, 200);
    world
        .discord
        .fault(Fault::on(Method::GET, "channels").times(50).answers(Answer::Status(403, serde_json::json!({}))));
    ada.opens(&page(&world, "/settings?group=tickets")).await;
    assert_eq!(ada.status, 200);
    world.discord.clear_faults();
    world.discord.take_problems();
    let mut eve = logged_in(&desk, "eve").await;
    eve.opens(&page(&world, "/history")).await;
    assert_eq!(eve.status, 404, "she is an admin of {AWAY} alone");
}

/// A page up to what stands there.
fn until<'a>(page: &'a str, what: &str) -> &'a str {
    page.find(what).map_or(page, |at| &page[..at + what.len()])
}

#[tokio::test]
async fn an_admin_gives_a_program_a_key_and_takes_it_back() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/keys")).await;
    ada.fills(&[("What it is for", " "), ("Ends after so many days", "soon")], "Make a key").await;
    assert_eq!(ada.status, 422);
    assert!(ada.main().contains("Give the days as a number from 1 to 3650, or leave them out."), "{}", ada.main());
    ada.fills(&[("What it is for", "Web<b>site"), ("Ends after so many days", "30")], "Make a key").await;
    assert!(ada.main().contains("A key opens nothing"), "{}", ada.main());
    ada.fills(&[("faq", "Read")], "Make a key").await;
    assert_eq!((ada.status, ada.title().as_str()), (200, "The new key · Harbor · Alphapy"));
    let key = ada.text().split_whitespace().find(|word| word.starts_with("alp_")).expect("the key").to_owned();
    let asks = async || {
        let address = format!("http://{}/api/v1/guilds/{}/faq", desk.address, world.guild(HOME));
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        client.get(address).bearer_auth(&key).send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(asks().await, 200);
    ada.follows("To the keys").await;
    let text = ada.main().replace(&key[4..12], "<its id>");
    expect![[r#"
        # Keys of programs
        A program that has a key uses my API in this server. It may what its key opens, and no more.
        | What it is for | What it opens | Last used | Ends | Revoke |
        | Web<b>site <its id> | faq:read | Mon 1 Mar 2027, 10:00 | Wed 31 Mar 2027, 11:00 | [Revoke Web<b>site] |
        ## A new key
        What it is for <>
        What it opens
        settings <Nothing*, Read, Read and change>
        faq <Nothing*, Read, Read and change>
        tickets <Nothing*, Read, Read and change>
        reminders <Nothing*, Read, Read and change>
        exports <Nothing*, Read, Read and change>
        audit <Nothing*, Read, Read and change>
        metrics <Nothing*, Read, Read and change>
        Ends after so many days
        Without a number it has no end.
        <>
        (Make a key)
    "#]]
    .assert_eq(&text);
    assert!(!ada.html.contains(&key) && !ada.html.contains("<b>"), "nobody sees it a second time");
    // It asks first: a program stops, and no key comes back.
    ada.follows("Revoke Web<b>site").await;
    assert!(ada.main().starts_with("# Revoke this key?\nThe program with the key"), "{}", ada.main());
    ada.follows("Keep it").await;
    assert!(ada.main().contains("Web<b>site"), "{}", ada.main());
    ada.follows("Revoke Web<b>site").await;
    ada.presses("Revoke").await;
    assert!(ada.main().contains("Web<b>site does not count here any more."), "{}", ada.main());
    assert_eq!(asks().await, 401);
    // Only admins see any of it.
    let mut bob = logged_in(&desk, "bob").await;
    bob.opens(&page(&world, "/keys")).await;
    assert_eq!(bob.status, 403);
}

#[tokio::test]
async fn a_setting_that_somebody_changed_meanwhile_is_looked_at_once_more() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/settings?group=system")).await;
    ada.fills(&[("retention-days", "90")], "Look at the changes").await;
    world.types("ada", "/config system set retention-days:60").await;
    world.screen().await;
    ada.presses("Save").await;
    assert_eq!(ada.status, 422, "{}", ada.text());
    assert!(ada.html.contains("value=\"90\"") && ada.html.contains("value=\"60\""), "{}", ada.html);
    ada.presses("Look at the changes").await;
    assert!(ada.main().contains("| retention-days | 60 | 90 |"), "{}", ada.main());
    ada.presses("Save").await;
    assert!(ada.main().contains("→ 90"), "{}", ada.main());
    // Who set it before is nobody whom Discord knows.
    world.discord.take_problems();
}
