//! People and the FAQ: members find, admins keep, and servers do not see each other.

use expect_test::expect;
use serde_json::json;
use twilight_model::guild::Permissions;

use crate::support::{AWAY, HOME, World};

const REFUND: (&str, &str) = (
    "How do I get a refund?",
    "Write to billing within **30 days** and name your order.\nThe money is back on your card a week later.",
);
const PASSWORD: (&str, &str) =
    ("Wachtwoord vergeten", "Klik op *Wachtwoord vergeten* op de inlogpagina; je krijgt een e-mail met een link.");

/// The same entry number in both servers, with different words.
async fn two_servers() -> World {
    let world = World::new().await;
    world.has_entry(REFUND.0, REFUND.1).await;
    world.has_entry(PASSWORD.0, PASSWORD.1).await;
    world.has_entry_in(AWAY, "eve", "When do we sleep?", "Refund or not: at noon.").await;
    world
}

#[tokio::test]
async fn a_member_searches_and_opens_an_answer() {
    let world = two_servers().await;
    world.types("ann", "/faq search query:money back").await;
    expect![[r#"
        ann in #help: /faq search query:money back
        bot: (only ann sees this)
             | **Results for “money back”**
             | **#1 How do I get a refund?**
             | Write to billing within **30 days** and name your order. The __money__ is __back__ on your card a week later.
             <select: Open an answer>
               - How do I get a refund?
             [Ask in a ticket]
    "#]].assert_eq(&world.screen().await);
    world.person("ann").selects("Open an answer", &[REFUND.0]).await;
    expect![[r#"
        ann selects How do I get a refund? in <Open an answer>
        bot: (only ann sees this)
             | **How do I get a refund?**
             | Write to billing within **30 days** and name your order.
             | The money is back on your card a week later.
             | (#1)
             [Ask in a ticket]
    "#]]
    .assert_eq(&world.screen().await);
    assert_eq!(searches(&world).await, [json!(["Harbor", "money back", [1], 1])]);
}

/// What the search log holds, in order.
async fn searches(world: &World) -> Vec<serde_json::Value> {
    let rows: Vec<(i64, String, Vec<i32>, Option<i32>)> =
        sqlx::query_as("select guild_id, query, matched, chosen from faq_search order by searched_at, interaction_id")
            .fetch_all(&world.db().await)
            .await
            .expect("the log");
    let home = world.guild(HOME).get().cast_signed();
    let name = |guild| if guild == home { HOME } else { AWAY };
    rows.into_iter().map(|(guild, query, matched, chosen)| json!([name(guild), query, matched, chosen])).collect()
}

#[tokio::test]
async fn suggestions_come_while_one_types_and_open_the_entry() {
    let world = two_servers().await;
    let names = async |text: &str| -> Vec<String> {
        world.suggests("ann", text).await.into_iter().map(|choice| choice.name).collect()
    };
    assert_eq!(names("/faq search query:").await, [REFUND.0, PASSWORD.0]);
    assert_eq!(names("/faq search query:ref").await, [REFUND.0]);
    assert_eq!(names("/faq search query:wachtwrd").await, [PASSWORD.0], "a typo");
    assert_eq!(names("/faq search query:#2").await, [PASSWORD.0]);
    assert_eq!(names("/faq search query:sleep").await, Vec::<String>::new(), "it is another server's");
    world.screen().await;

    world.person("ann").picks("/faq search query:ref", REFUND.0).await;
    expect![[r#"
        ann in #help: /faq search query:How do I get a refund?
        bot: (only ann sees this)
             | **How do I get a refund?**
             | Write to billing within **30 days** and name your order.
             | The money is back on your card a week later.
             | (#1)
             [Ask in a ticket]
    "#]]
    .assert_eq(&world.screen().await);
    assert_eq!(searches(&world).await, [json!(["Harbor", REFUND.0, [1], 1])]);
}

#[tokio::test]
async fn nothing_found_says_what_to_do() {
    let world = two_servers().await;
    world.types("ann", "/faq search query:*giraffe* <@1>").await;
    expect![[r#"
        ann in #help: /faq search query:*giraffe* <@1>
        bot: I found nothing for “\*giraffe\* \<@1\>”. Try other words, or ask with the button below; the staff can add the answer. (only ann sees this)
             [Ask in a ticket]
    "#]].assert_eq(&world.screen().await);
    assert_eq!(searches(&world).await, [json!(["Harbor", "*giraffe* <@1>", [], null])]);
}

#[tokio::test]
async fn a_question_about_something_else_is_told_so_by_every_door() {
    let world = two_servers().await;
    world.types("ann", "/faq search query:how do i bake bread").await;
    world.types("ann", "/faq view entry:thanks public:true").await;
    expect![[r#"
        ann in #help: /faq search query:how do i bake bread
        bot: I found nothing for “how do i bake bread”. Try other words, or ask with the button below; the staff can add the answer. (only ann sees this)
             [Ask in a ticket]
        ann in #help: /faq view entry:thanks public:true
        bot: I found nothing for “thanks”. Try other words, or ask with the button below; the staff can add the answer.
             [Ask in a ticket]
    "#]].assert_eq(&world.screen().await);
    let unanswered = |asked| json!(["Harbor", asked, [], null]);
    assert_eq!(searches(&world).await, [unanswered("how do i bake bread"), unanswered("thanks")]);
}

#[tokio::test]
async fn what_comes_closest_is_shown_as_that_and_counts_as_no_answer() {
    let world = two_servers().await;
    let question = "which hotel takes my dog for a week";
    world.types("ann", &format!("/faq search query:{question}")).await;
    let screen = world.screen().await;
    let at = |part: &str| screen.find(part).unwrap_or_else(|| panic!("no {part}: {screen}"));
    assert!(at("I found nothing for") < at("**Closest to your question**"), "{screen}");
    assert!(at("**Closest to your question**") < at("**#1 How do I get a refund?**"), "{screen}");
    world.person("ann").selects("Open an answer", &[REFUND.0]).await;
    world.screen().await;
    world.types("ann", &format!("/faq search query:{question} public:true")).await;
    let screen = world.screen().await;
    assert!(screen.contains("I found nothing for") && !screen.contains("refund"), "{screen}");
    // What they opened all the same is known.
    let unanswered = |chosen: Option<i32>| json!(["Harbor", question, [], chosen]);
    assert_eq!(searches(&world).await, [unanswered(Some(1)), unanswered(None)]);
}

#[tokio::test]
async fn an_answer_is_for_everybody_only_when_asked() {
    let world = two_servers().await;
    world.types("ann", "/faq view entry:#1 public:true").await;
    world.types("ann", "/faq view entry:wachtwoord").await;
    world.types("bob", "/faq view entry:giraffe").await;
    expect![[r#"
        ann in #help: /faq view entry:#1 public:true
        bot:
             | **How do I get a refund?**
             | Write to billing within **30 days** and name your order.
             | The money is back on your card a week later.
             | (#1)
             [Ask in a ticket]
        ann in #help: /faq view entry:wachtwoord
        bot: (only ann sees this)
             | **Wachtwoord vergeten**
             | Klik op *Wachtwoord vergeten* op de inlogpagina; je krijgt een e-mail met een link.
             | (#2)
             [Ask in a ticket]
        bob in #help: /faq view entry:giraffe
        bot: I found nothing for “giraffe”. Try other words, or ask with the button below; the staff can add the answer. (only bob sees this)
             [Ask in a ticket]
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn admins_add_change_pin_and_remove() {
    let world = World::new().await;
    world.types("mia", "/faq add").await;
    world
        .submits(
            "mia",
            &[
                ("Question", "Opening hours"),
                ("Answer", "Nine to five."),
                ("Keywords", "open, closed, Open"),
                ("Category", "Visits"),
                ("Source", "https://example.com/hours"),
            ],
        )
        .await;
    expect![[r#"
        mia in #help: /faq add
        bot opens a form for mia: Add an entry
             Question* (short, up to 100):
               As members would ask it
             Answer* (long, up to 4000):
               Markdown works
             Keywords (short, up to 300):
               Other words for it, separated by commas
             Category (short, up to 50):
             Source (short, up to 500):
               A link to where more is to be read
        mia submits Question="Opening hours", Answer="Nine to five.", Keywords="open, closed, Open", Category="Visits", Source="https://example.com/hours"
        bot: Added #1 **Opening hours**. (only mia sees this)
             | **Opening hours** → https://example.com/hours
             | Nine to five.
             | (#1 · Visits · open, closed)
    "#]].assert_eq(&world.screen().await);

    world.types("mia", "/faq edit entry:opening hours").await;
    world.submits("mia", &[("Answer", "Ten to six.")]).await;
    world.types("mia", "/faq pin entry:#1").await;
    world.types("ann", "/faq search query:closed").await;
    expect![[r#"
        mia in #help: /faq edit entry:opening hours
        bot opens a form for mia: Change #1
             Question* (short, up to 100): Opening hours
               As members would ask it
             Answer* (long, up to 4000): Nine to five.
               Markdown works
             Keywords (short, up to 300): open,closed
               Other words for it, separated by commas
             Category (short, up to 50): Visits
             Source (short, up to 500): https://example.com/hours
               A link to where more is to be read
        mia submits Answer="Ten to six."
        bot: Changed #1 **Opening hours**. (only mia sees this)
             | **Opening hours** → https://example.com/hours
             | Ten to six.
             | (#1 · Visits · open, closed)
        mia in #help: /faq pin entry:#1
        bot: Pinned #1 **Opening hours**. (only mia sees this)
        ann in #help: /faq search query:closed
        bot: (only ann sees this)
             | **Results for “closed”**
             | **#1 Opening hours**
             | Ten to six.
             <select: Open an answer>
               - Opening hours
             [Ask in a ticket]
    "#]]
    .assert_eq(&world.screen().await);

    world.types("mia", "/faq remove entry:#1").await;
    world.clicks("mia", "Keep").await;
    world.types("mia", "/faq remove entry:#1").await;
    world.clicks("mia", "Remove").await;
    world.types("ann", "/faq list").await;
    expect![[r#"
        mia in #help: /faq remove entry:#1
        bot: Remove #1 **Opening hours** for good? (only mia sees this)
             [Remove (danger)] [Keep]
        mia clicks [Keep]
        bot edits: Nothing was removed. (only mia sees this)
        mia in #help: /faq remove entry:#1
        bot: Remove #1 **Opening hours** for good? (only mia sees this)
             [Remove (danger)] [Keep]
        mia clicks [Remove]
        bot edits: Removed #1 **Opening hours**. (only mia sees this)
        ann in #help: /faq list
        bot: There are no answers here yet; admins add them with `/faq add`. (only ann sees this)
    "#]]
    .assert_eq(&world.screen().await);

    // Its number is not given again.
    world.has_entry("Next", "Two.").await;
    world.types("ann", "/faq view entry:#2").await;
    let screen = world.screen().await;
    assert!(screen.contains("Next"), "{screen}");
}

#[tokio::test]
async fn members_change_nothing() {
    let world = two_servers().await;
    for command in ["add", "edit entry:#1", "remove entry:#1", "pin entry:#1", "synonyms", "reload"] {
        world.types("ann", &format!("/faq {command}")).await;
        let screen = world.screen().await;
        assert!(screen.contains("Only admins of this server can do that; ask one of them."), "{screen}");
    }
    // Mia is an admin at home, and nobody next door.
    world.person("mia").in_guild(AWAY).types("/faq add").await;
    let screen = world.screen().await;
    assert!(screen.contains("Only admins"), "{screen}");
}

#[tokio::test]
async fn a_form_opened_by_an_admin_is_checked_again_when_it_comes_back() {
    let world = two_servers().await;
    world.types("mia", "/faq add").await;
    world.discord.guild(HOME).without_role("mia", "keepers");
    world.submits("mia", &[("Question", "x"), ("Answer", "y")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("Only admins"), "{screen}");
}

#[tokio::test]
async fn a_button_does_nothing_for_others_and_in_other_servers() {
    let world = two_servers().await;
    world.types("ada", "/faq remove entry:#1").await;
    let body = world.discord.exchanges().last().expect("it was answered").response.clone();
    let custom_id = body["data"]["components"][0]["components"][0]["custom_id"].clone();
    world.screen().await;

    // Replayed by a member, and by the administrator of another server where there is a #1, too.
    let press = |id: &str, guild: &str, user: &str, permissions: u64| {
        json!({"type": 3, "id": id, "application_id": world.discord.application_id(), "token": "forged", "version": 1,
            "guild_id": world.discord.guild(guild).id(), "channel_id": "5", "message": {"id": "6"},
            "member": {"user": {"id": user, "username": "x"}, "roles": [], "permissions": permissions.to_string()},
            "data": {"custom_id": custom_id, "component_type": 2}})
    };
    let (_, answer) = world.person("ann").raw(&press("901", HOME, "77", 0)).await;
    assert_eq!(answer["data"]["content"], "Only admins of this server can do that; ask one of them.");
    let (_, answer) = world.person("ann").raw(&press("902", AWAY, "78", Permissions::ADMINISTRATOR.bits())).await;
    assert_eq!(
        answer["data"]["content"], "Removed #1 **When do we sleep?**.",
        "it is about the server it is pressed in"
    );
    world.types("ann", "/faq view entry:#1").await;
    let screen = world.screen().await;
    assert!(screen.contains(REFUND.0), "{screen}");
}

#[tokio::test]
async fn the_list_has_pages_with_pinned_entries_first() {
    let world = World::new().await;
    for n in 1..=12 {
        world.has_entry(&format!("Question {n}"), "An answer.").await;
    }
    world.types("ada", "/faq pin entry:#12").await;
    world.screen().await;
    world.types("ann", "/faq list").await;
    expect![[r#"
        ann in #help: /faq list
        bot: (only ann sees this)
             | **Answers**
             | 📌 **#12 Question 12** An answer.
             | **#1 Question 1** An answer.
             | **#2 Question 2** An answer.
             | **#3 Question 3** An answer.
             | **#4 Question 4** An answer.
             | **#5 Question 5** An answer.
             | **#6 Question 6** An answer.
             | **#7 Question 7** An answer.
             | **#8 Question 8** An answer.
             | **#9 Question 9** An answer.
             | (Page 1 of 2 · 12 answers)
             <select: Open an answer>
               - Question 12
               - Question 1
               - Question 2
               - Question 3
               - Question 4
               - Question 5
               - Question 6
               - Question 7
               - Question 8
               - Question 9
             [Next]
    "#]]
    .assert_eq(&world.screen().await);
    world.clicks("ann", "Next").await;
    expect![[r#"
        ann clicks [Next]
        bot edits: (only ann sees this)
             | **Answers**
             | **#10 Question 10** An answer.
             | **#11 Question 11** An answer.
             | (Page 2 of 2 · 12 answers)
             <select: Open an answer>
               - Question 10
               - Question 11
             [Previous]
    "#]]
    .assert_eq(&world.screen().await);
    world.clicks("ann", "Previous").await;
    let screen = world.screen().await;
    assert!(screen.contains("Page 1 of 2"), "{screen}");
}

#[tokio::test]
async fn what_was_written_is_given_back_when_it_cannot_be_stored() {
    let world = two_servers().await;
    world.types("ada", "/faq add").await;
    world.submits("ada", &[("Question", "how do i get a REFUND?"), ("Answer", "A long text of mine.")]).await;
    expect![[r#"
        ada in #help: /faq add
        bot opens a form for ada: Add an entry
             Question* (short, up to 100):
               As members would ask it
             Answer* (long, up to 4000):
               Markdown works
             Keywords (short, up to 300):
               Other words for it, separated by commas
             Category (short, up to 50):
             Source (short, up to 500):
               A link to where more is to be read
        ada submits Question="how do i get a REFUND?", Answer="A long text of mine."
        bot: Entry #1 has this question already; change that one with `/faq edit`. (only ada sees this)
             | **What you wrote**
             | Question: how do i get a REFUND?
             |--
             | **Answer**
             | A long text of mine.
             [Fill it in again]
    "#]]
    .assert_eq(&world.screen().await);
    world.types("ada", "/faq add").await;
    world.submits("ada", &[("Question", "x"), ("Answer", "y"), ("Source", "javascript:alert(1)")]).await;
    expect![[r#"
        ada in #help: /faq add
        bot opens a form for ada: Add an entry
             Question* (short, up to 100):
               As members would ask it
             Answer* (long, up to 4000):
               Markdown works
             Keywords (short, up to 300):
               Other words for it, separated by commas
             Category (short, up to 50):
             Source (short, up to 500):
               A link to where more is to be read
        ada submits Question="x", Answer="y", Source="javascript:alert(1)"
        bot: A source is a web address that starts with `https://`; please correct it. (only ada sees this)
             | **What you wrote**
             | Question: x
             | Source: javascript:alert(1)
             |--
             | **Answer**
             | y
             [Fill it in again]
    "#]]
    .assert_eq(&world.screen().await);
    world.types("ada", "/faq edit entry:#2").await;
    world.person("mia").types("/faq remove entry:#2").await;
    world.clicks("mia", "Remove").await;
    world.submits("ada", &[("Answer", "Too late.")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("This entry was removed meanwhile") && screen.contains("Too late."), "{screen}");
}

#[tokio::test]
async fn a_message_becomes_an_entry() {
    let world = World::new().await;
    world.types("bob", "You can park behind the house.").await;
    world.person("ada").message_menu("Add to FAQ", "park behind").await;
    world.submits("ada", &[("Question", "Where do I park?")]).await;
    expect![[r#"
        bob in #help: You can park behind the house.
        ada in #help: Add to FAQ on “You can park behind the house.”
        bot opens a form for ada: Add an entry
             Question* (short, up to 100):
               As members would ask it
             Answer* (long, up to 4000): You can park behind the house.
               Markdown works
             Keywords (short, up to 300):
               Other words for it, separated by commas
             Category (short, up to 50):
             Source (short, up to 500): https://discord.com/channels/1191169165885440000/1191170675834880000/1609862794444800001
               A link to where more is to be read
        ada submits Question="Where do I park?"
        bot: Added #1 **Where do I park?**. (only ada sees this)
             | **Where do I park?** → https://discord.com/channels/1191169165885440000/1191170675834880000/1609862794444800001
             | You can park behind the house.
             | (#1)
    "#]].assert_eq(&world.screen().await);
    // The menu is hidden from members, and refused to those who get there all the same.
    world.person("bob").message_menu("Add to FAQ", "park behind").await;
    world.person("mia").message_menu("Add to FAQ", "park behind").await;
    expect![[r#"
        bob in #help: Add to FAQ on “You can park behind the house.”
        Discord refuses bob: Add to FAQ — no permission
        mia in #help: Add to FAQ on “You can park behind the house.”
        Discord refuses mia: Add to FAQ — no permission
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn synonyms_are_a_servers_own() {
    let world = two_servers().await;
    world.types("ada", "/faq synonyms").await;
    world.submits("ada", &[("Words that mean the same", "refund, moolah\nalone\n, ,\nkey, code")]).await;
    world.types("ann", "/faq search query:moolah").await;
    expect![[r#"
        ada in #help: /faq synonyms
        bot opens a form for ada: Synonyms
             Words that mean the same (long, up to 4000):
               One group a line, separated by commas: refund, money back, terugbetaling
        ada submits Words that mean the same="refund, moolah⏎alone⏎, ,⏎key, code"
        bot: 2 groups of synonyms are set now. (only ada sees this)
        ann in #help: /faq search query:moolah
        bot: (only ann sees this)
             | **Results for “moolah”**
             | **#1 How do I get a refund?**
             | Write to billing within **30 days** and name your order. The money is back on your card a week later.
             <select: Open an answer>
               - How do I get a refund?
             [Ask in a ticket]
    "#]]
    .assert_eq(&world.screen().await);
    world.types("ada", "/faq synonyms").await;
    expect![[r#"
        ada in #help: /faq synonyms
        bot opens a form for ada: Synonyms
             Words that mean the same (long, up to 4000): refund,moolah⏎key,code
               One group a line, separated by commas: refund, money back, terugbetaling
    "#]]
    .assert_eq(&world.screen().await);
    world.person("ada").dismisses();
    world.person("bob").in_guild(AWAY).types("/faq search query:moolah").await;
    let screen = world.screen().await;
    assert!(screen.contains("I found nothing"), "{screen}");
}

#[tokio::test]
async fn another_instance_sees_a_change_without_being_asked_to() {
    let world = two_servers().await;
    let another = world.another_instance().await;
    let index = another.bot.app.knowledge.index(world.guild(HOME)).await.expect("an index");
    assert_eq!(index.len(), 2);
    world.has_entry("Parking", "Behind the house.").await;
    // It hears of it from Postgres; nothing here tells when.
    for _ in 0..3000 {
        let index = another.bot.app.knowledge.index(world.guild(HOME)).await.expect("an index");
        if index.title(3) == Some("Parking") {
            return;
        }
        tokio::task::yield_now().await;
        let _ = sqlx::query("select pg_sleep(0.01)").execute(&another.bot.app.db).await;
    }
    panic!("it never saw the new entry");
}

#[tokio::test]
async fn long_words_and_strange_ones_fit() {
    let world = World::new().await;
    let answer = "word ".repeat(790);
    world.has_entry(&"Q".repeat(100), &answer).await;
    world.types("ann", "/faq view entry:#1").await;
    world.types("ann", &format!("/faq search query:{}", "word ".repeat(40).trim())).await;
    world.types("ann", "/faq search query:🦀🦀🦀").await;
    world.types("ann", "/faq search query:٣٤ שלום").await;
    let screen = world.screen().await;
    assert!(!screen.contains("Sorry") && !screen.contains("failed"), "{screen}");
}
