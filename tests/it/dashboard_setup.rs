//! How admins set tickets up on the dashboard: kinds, what they ask and say, and panels.

use alphapy::dev::fake::Fault;
use axum::http::Method;
use expect_test::expect;

use crate::dashboard::logged_in;
use crate::dashboard_pages::{is_clean, page};
use crate::support::{HOME, World};

/// Texts that would do something if they were not taken as text.
const EVIL: &str = "<b>x</b><img src=x onerror=alert(2)>";

async fn read(world: &World, desk: &crate::support::Instance) -> String {
    crate::support::settle(&desk.bot.app).await;
    world.screen().await
}

#[tokio::test]
async fn an_admin_makes_a_kind_and_changes_each_part_of_it() {
    let world = crate::tickets::desk().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/kinds")).await;
    expect![[r#"
        # Kinds of tickets
        [New kind]
        | # | Name | Worked by | Opens in | Questions |
        | 1 | [Support] | @staff | the server's setting | 2 |
    "#]]
    .assert_eq(&ada.main());
    ada.follows("New kind").await;
    expect![[r#"
        # New kind of ticket
        Name
        What members choose: Billing
        <>
        Emoji
        One that stands before it
        <>
        Description
        What stands below it in menus
        <>
        Opening message
        {member}, {number}, {type} and {subject} are filled in
        <
        Hello {member}! The staff will be with you soon.>
        Name of its channels
        {number}, {member} and {type} are filled in
        <ticket-{number}>
        (Save) [Leave it as it was]
    "#]]
    .assert_eq(&ada.main());
    ada.fills(&[("Name", "Billing"), ("Emoji", "no emoji"), ("Description", "Money")], "Save").await;
    assert_eq!(ada.status, 422);
    // Why stands beside the field, and what was written is still there.
    expect![[r#"
        # New kind of ticket
        Nothing was saved yet: mend what is marked below.
        Name
        What members choose: Billing
        <Billing>
        Emoji
        One that stands before it
        The emoji is one character such as 🔧, or one of this server such as <:name:123>.
        <no emoji>
        Description
        What stands below it in menus
        <Money>
        Opening message
        {member}, {number}, {type} and {subject} are filled in
        <
        Hello {member}! The staff will be with you soon.>
        Name of its channels
        {number}, {member} and {type} are filled in
        <ticket-{number}>
        (Save) [Leave it as it was]
    "#]]
    .assert_eq(&ada.main());
    assert!(ada.html.contains("aria-describedby=\"wrong-emoji about-emoji\" aria-invalid=\"true\""), "{}", ada.html);
    ada.fills(&[("Emoji", "💶")], "Save").await;
    expect![[r#"
        # 💶 Billing
        Added.
        [Name and texts][Place and people][Limits and hours][Times]
        Money
        Opens in: the server's setting
        Channels: ticket-{number}
        Worked by: the server's setting
        For: everybody
        Not for: nobody
        At most: 1 a member
        Pause between two: the server's setting
        Hours: always
        Reminds after: never
        Closes after: never
        Answered within: never
        Member leaves: it stays
        Questions: What is it about? · text of up to 100 characters
        Tell us more · text of up to 1000 characters, optional
        Opening message: Hello {member}! The staff will be with you soon.
        ## Questions
        - What is it about? · text of up to 100 characters [Change it: What is it about?]
        - Tell us more · text of up to 1000 characters, optional [Change it: Tell us more]
        [Ask one more]
        ## Say it in another language
        - [English]
        - [Nederlands]
        [All kinds] [Remove this kind]
    "#]]
    .assert_eq(&ada.main());
    ada.follows("Place and people").await;
    expect![[r#"
        # 💶 Billing: Place and people
        Where it opens
        A category, or a channel whose private threads the tickets are; none is the server's setting
        <–, #help, #general, #Desk>
        Who works it
        Besides the admins; nobody is the server's setting
        [ ] @Alphapy
        [ ] @keepers
        [ ] @admins
        [ ] @staff
        Who may open it
        Nobody is everybody
        [ ] @Alphapy
        [ ] @keepers
        [ ] @admins
        [ ] @staff
        Who may not
        [ ] @Alphapy
        [ ] @keepers
        [ ] @admins
        [ ] @staff
        (Save) [Leave it as it was]
    "#]]
    .assert_eq(&ada.main());
    let (_, to, mut pairs) = ada.form(&[("Where it opens", "#Desk")], "Save");
    pairs.push(("staff".to_owned(), world.role("staff").to_string()));
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    ada.posts(&to, &pairs).await;
    assert!(ada.main().contains("Worked by: @staff"), "{}", ada.main());
    ada.follows("Limits and hours").await;
    ada.fills(&[("How many a member may have open", "many")], "Save").await;
    assert_eq!(ada.status, 422);
    assert!(ada.html.contains("id=\"wrong-limit\""), "{}", ada.html);
    ada.fills(&[("How many a member may have open", "3"), ("When somebody is there", "mon-fri 9-17")], "Save").await;
    assert!(ada.main().contains("At most: 3 a member"), "{}", ada.main());
    ada.follows("Times").await;
    ada.fills(&[("Remind the silent side after", "2d"), ("Escalate it then", "on")], "Save").await;
    assert!(ada.main().contains("Reminds after: 2d"), "{}", ada.main());
    ada.follows("Change it: What is it about?").await;
    ada.fills(&[("How it is answered", "One of several options"), ("Options or length", "One")], "Save").await;
    assert!(ada.status == 422 && ada.html.contains("id=\"wrong-options\""), "{}", ada.html);
    ada.fills(&[("Options or length", "Invoice\nRefund")], "Save").await;
    ada.follows("Ask one more").await;
    ada.fills(&[("Question", "Since when?")], "Save").await;
    ada.follows("Nederlands").await;
    ada.fills(&[("Name", "Facturen")], "Save").await;
    expect![[r#"
        # 💶 Billing
        Saved.
        [Name and texts][Place and people][Limits and hours][Times]
        Money
        Opens in: #Desk
        Channels: ticket-{number}
        Worked by: @staff
        For: everybody
        Not for: nobody
        At most: 3 a member
        Pause between two: the server's setting
        Hours: mon-fri 09:00-17:00
        Reminds after: 2d
        Closes after: never
        Answered within: never
        Member leaves: it stays
        Questions: What is it about? · one of Invoice, Refund
        Tell us more · text of up to 1000 characters, optional
        Since when? · text of up to 100 characters, optional
        Opening message: Hello {member}! The staff will be with you soon.
        Said besides in: Nederlands
        ## Questions
        - What is it about? · one of Invoice, Refund [Change it: What is it about?]
        - Tell us more · text of up to 1000 characters, optional [Change it: Tell us more]
        - Since when? · text of up to 100 characters, optional [Change it: Since when?]
        [Ask one more]
        ## Say it in another language
        - [English]
        - [Nederlands]
        [All kinds] [Remove this kind]
    "#]]
    .assert_eq(&ada.main());
    ada.follows("Change it: Since when?").await;
    ada.presses("Take it away").await;
    assert!(ada.main().contains("“Since when?” is not asked any more."), "{}", ada.main());
    let told = read(&world, &desk).await;
    assert_eq!(told, "");
    // Whoever reads Dutch reads it in Dutch.
    ada.headers[0].1 = "nl".to_owned();
    ada.opens(&page(&world, "/kinds")).await;
    expect![[r#"
        # Ticketsoorten
        ⚠️ 💶 Facturen: niemand met @staff krijgt een melding als ik die rol vermeld; laat iedereen de rol vermelden in de serverinstellingen, of geef me @everyone, @here en alle rollen vermelden.
        [Nieuwe ticketsoort]
        | # | Naam | Behandeld door | Gaat open in | Vragen |
        | 1 | [Hulp] | @staff | de instelling van de server | 2 |
        | 2 | [💶 Facturen]
        Money | @staff | #Desk | 2 |
    "#]].assert_eq(&ada.main());
    world.discord.take_problems();
}

#[tokio::test]
async fn two_who_change_a_kind_do_not_undo_each_other() {
    let world = crate::tickets::desk().await;
    let desk = world.dashboard().await;
    let (mut ada, mut mia) = (logged_in(&desk, "ada").await, logged_in(&desk, "mia").await);
    for browser in [&mut ada, &mut mia] {
        browser.opens(&page(&world, "/kinds/1/texts")).await;
    }
    ada.fills(&[("Description", "Hers")], "Save").await;
    mia.fills(&[("Name of its channels", "help-{number}")], "Save").await;
    assert!(mia.status == 200 && mia.main().contains("Hers") && mia.main().contains("help-{number}"), "{}", mia.main());
    for browser in [&mut ada, &mut mia] {
        browser.opens(&page(&world, "/kinds/1/texts")).await;
    }
    ada.fills(&[("Description", "Ada's")], "Save").await;
    mia.fills(&[("Description", "Mia's")], "Save").await;
    assert_eq!(mia.status, 422);
    assert!(mia.main().contains("Somebody else has changed “Description”") && mia.main().contains("<Mia's>"));
    // What was looked at is what goes, and never the last one.
    ada.opens(&page(&world, "/kinds/1/remove")).await;
    ada.presses("Remove this kind").await;
    assert_eq!((ada.status, ada.main().contains("This is the only kind there is")), (422, true), "{}", ada.main());
    ada.opens(&page(&world, "/kinds/new")).await;
    ada.fills(&[("Name", EVIL)], "Save").await;
    assert!(is_clean(&ada), "{}", ada.html);
    ada.follows("Remove this kind").await;
    mia.opens(&page(&world, "/kinds/2/texts")).await;
    mia.fills(&[("Description", EVIL)], "Save").await;
    assert!(is_clean(&mia), "{}", mia.html);
    ada.presses("Remove this kind").await;
    assert!(ada.status == 422 && is_clean(&ada), "{}", ada.html);
    assert!(ada.main().contains("Somebody has just changed it"), "{}", ada.main());
    ada.presses("Remove this kind").await;
    assert!(ada.main().contains("It is removed; tickets that are open stay."), "{}", ada.main());
    ada.opens(&page(&world, "/kinds/2")).await;
    assert_eq!(ada.status, 404);
    // Staff that administers nothing sees none of it.
    let mut sam = logged_in(&desk, "sam").await;
    for path in ["/kinds", "/kinds/1", "/kinds/1/texts", "/panels", "/panels/new"] {
        sam.opens(&page(&world, path)).await;
        assert_eq!((sam.status, sam.main().contains("ask an admin")), (403, true), "{path}");
    }
    sam.posts(&page(&world, "/kinds/1/texts"), &[("name", "Mine")]).await;
    assert_eq!(sam.status, 403);
    assert_eq!(read(&world, &desk).await, "");
    world.discord.take_problems();
}

#[tokio::test]
async fn a_panel_is_looked_at_before_it_is_posted() {
    let world = crate::tickets::desk().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/panels")).await;
    assert!(ada.main().contains("There is no panel yet."), "{}", ada.main());
    ada.follows("New panel").await;
    expect![[r#"
        # New panel
        Channel <–*, #help, #general>
        Title
        Left empty it says: Need help?
        <>
        Text
        Left empty it says: Open a ticket, and the staff will help you.
        <
        >
        Members choose by <Buttons*, A menu>
        Kinds of tickets
        Choose none to offer all there are.
        [ ] Support
        (Post it) (See it first)
        ## As Discord shows it
        This is not posted yet.
        Need help?
        Open a ticket, and the staff will help you.
        📨 Open a ticket
    "#]]
    .assert_eq(&ada.main());
    let text = format!("Write **to us**: {EVIL}");
    let fields = [("Channel", "#general"), ("Title", "Questions?"), ("Text", text.as_str())];
    ada.fills(&fields, "See it first").await;
    assert!(is_clean(&ada) && ada.html.contains("<strong>to us</strong>"), "{}", ada.html);
    expect![[r#"
        # New panel
        Channel <–, #help, #general*>
        Title
        Left empty it says: Need help?
        <Questions?>
        Text
        Left empty it says: Open a ticket, and the staff will help you.
        <
        Write **to us**: <b>x</b><img src=x onerror=alert(2)>>
        Members choose by <Buttons*, A menu>
        Kinds of tickets
        Choose none to offer all there are.
        [ ] Support
        (Post it) (See it first)
        ## As Discord shows it
        This is not posted yet.
        Questions?
        Write to us: <b>x</b><img src=x onerror=alert(2)>
        📨 Open a ticket
    "#]]
    .assert_eq(&ada.main());
    assert_eq!(read(&world, &desk).await, "", "nothing is posted yet");
    ada.presses("Post it").await;
    expect![[r#"
        # Panel
        The panel is there.
        - [For everybody]
        - [English]
        - [Nederlands]
        Channel: #general
        Title
        Left empty it says: Need help?
        <Questions?>
        Text
        Left empty it says: Open a ticket, and the staff will help you.
        <
        Write **to us**: <b>x</b><img src=x onerror=alert(2)>>
        Members choose by <Buttons*, A menu>
        Kinds of tickets
        Choose none to offer all there are.
        [ ] Support
        (Post it) (See it first)
        ## As Discord shows it
        Questions?
        Write to us: <b>x</b><img src=x onerror=alert(2)>
        📨 Open a ticket
        [See it in Discord]
        (Post it again as it is)
        If its message was deleted, it comes as a new one.
    "#]]
    .assert_eq(&ada.main().replace(&world.guild(HOME).to_string(), "<id>"));
    expect![[r#"
        bot in #general:
             | **Questions?**
             | Write **to us**: <b>x</b><img src=x onerror=alert(2)>
             [📨 Open a ticket]
    "#]]
    .assert_eq(&read(&world, &desk).await);
    // Another's words in another language leave these as they are.
    ada.follows("Nederlands").await;
    ada.fills(&[("Title", "Vragen?"), ("Text", "")], "Post it").await;
    assert!(read(&world, &desk).await.contains("Nederlands"));
    // A menu in place of buttons is drawn as one.
    ada.fills(&[("Members choose by", "A menu")], "Post it").await;
    assert!(read(&world, &desk).await.contains("Questions?"));
    // What somebody has changed meanwhile is looked at once more.
    let mut mia = logged_in(&desk, "mia").await;
    mia.opens(&ada.path()).await;
    ada.fills(&[("Title", "Ask us")], "Post it").await;
    mia.fills(&[("Title", "Anything?")], "Post it").await;
    assert_eq!(mia.status, 422);
    assert!(mia.main().contains("Somebody has changed this panel meanwhile"), "{}", mia.main());
    assert!(mia.main().contains("<Anything?>"), "{}", mia.main());
    mia.presses("Post it").await;
    assert_eq!(mia.status, 200, "{}", mia.main());
    let shown = read(&world, &desk).await;
    assert!(shown.contains("Anything?"), "{shown}");
    // Its message is deleted in Discord: the same comes as another.
    let link = mia.link("See it in Discord");
    let message = link.rsplit('/').next().expect("a message");
    world.person("ada").in_channel("general").on(message).deletes().await;
    world.discord.screen();
    mia.presses("Post it again as it is").await;
    assert!(mia.main().contains("The panel is there."), "{}", mia.main());
    expect![[r#"
        bot in #general:
             | **Anything?**
             | Write **to us**: <b>x</b><img src=x onerror=alert(2)>
             <select: What is it about?>
               - Support
             [Nederlands]
        bot edits in #general:
             | **Anything?**
             | Write **to us**: <b>x</b><img src=x onerror=alert(2)>
             <select: What is it about?>
               - Support
             [Nederlands]
    "#]]
    .assert_eq(&read(&world, &desk).await);
    world.discord.take_problems();
}

#[tokio::test]
async fn a_panel_that_cannot_be_posted_is_refused_with_what_was_written() {
    let world = crate::tickets::desk().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/panels/new")).await;
    ada.fills(&[("Channel", "#general"), ("Title", &"x".repeat(201)), ("Text", "Kept")], "Post it").await;
    assert!(
        ada.status == 422 && ada.html.contains("id=\"wrong-title\"") && ada.main().contains("Kept"),
        "{}",
        ada.html
    );
    world.discord.guild(HOME).channel("hidden").overwrite(
        "hidden",
        "bot",
        twilight_model::guild::Permissions::empty(),
        twilight_model::guild::Permissions::SEND_MESSAGES,
    );
    let hidden = world.channel("#hidden").to_string();
    ada.posts(&page(&world, "/panels/new"), &[("channel", &hidden), ("title", "Kept"), ("revision", "0")]).await;
    assert!(ada.status == 422 && ada.main().contains("<Kept>"), "{}", ada.main());
    assert!(ada.main().contains("Send Messages"), "{}", ada.main());
    ada.posts(&page(&world, "/panels/new"), &[("channel", "5"), ("kind", "9")]).await;
    assert_eq!(ada.status, 422);
    ada.opens(&page(&world, "/panels/77")).await;
    assert_eq!(ada.status, 404);
    assert_eq!(read(&world, &desk).await, "");
    world.discord.take_problems();
}

#[tokio::test]
async fn what_discord_does_not_name_just_now_stays_as_it_is() {
    let world = crate::tickets::desk().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/kinds/1/people")).await;
    let (_, to, mut pairs) = ada.form(&[("Where it opens", "#help")], "Save");
    pairs.push(("staff".to_owned(), world.role("staff").to_string()));
    pairs.push(("blocked".to_owned(), world.role("keepers").to_string()));
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    ada.posts(&to, &pairs).await;
    assert!(ada.main().contains("threads of #help") && ada.main().contains("Not for: @keepers"), "{}", ada.main());
    // Another instance has asked nothing yet.
    let other = world.dashboard().await;
    let mut mia = logged_in(&other, "mia").await;
    world.discord.fault(Fault::on(Method::GET, "/channels").times(20));
    world.discord.fault(Fault::on(Method::GET, "/roles").times(20));
    mia.opens(&page(&world, "/kinds/1/people")).await;
    assert!(!mia.main().contains("@admins"), "{}", mia.main());
    world.discord.clear_faults();
    mia.presses("Save").await;
    assert_eq!(mia.status, 200, "{}", mia.main());
    ada.opens(&page(&world, "/kinds/1")).await;
    let kind = ada.main();
    for line in ["threads of #help", "Worked by: @staff", "Not for: @keepers"] {
        assert!(kind.contains(line), "{kind}");
    }
    read(&world, &desk).await;
    read(&world, &other).await;
    world.discord.take_problems();
}

#[tokio::test]
async fn whoever_posts_a_panel_again_keeps_what_another_changed() {
    let world = crate::tickets::desk().await;
    let desk = world.dashboard().await;
    let (mut ada, mut mia) = (logged_in(&desk, "ada").await, logged_in(&desk, "mia").await);
    ada.opens(&page(&world, "/panels/new")).await;
    ada.fills(&[("Channel", "#general")], "Post it").await;
    mia.opens(&ada.path()).await;
    ada.fills(&[("Text", "Hers"), ("Members choose by", "A menu")], "Post it").await;
    // Also if she looks at it before.
    mia.fills(&[("Title", "Mine")], "See it first").await;
    mia.presses("Post it").await;
    assert_eq!(mia.status, 422);
    assert!(mia.main().contains("<Mine>") && mia.main().contains("Hers") && mia.main().contains("A menu*"));
    mia.presses("Post it").await;
    ada.opens(&mia.path()).await;
    assert!(ada.main().contains("<Mine>") && ada.main().contains("Hers") && ada.main().contains("A menu*"));
    read(&world, &desk).await;
    world.discord.take_problems();
}
