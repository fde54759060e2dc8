//! Replies that are drafted for the staff: what a model writes, what of it stands, and what becomes of it.

use alphapy::assist::Settings;
use alphapy::dev::provider::{Act, Manners, Provider, Sentence};
use expect_test::expect;
use serde_json::json;

use crate::support::{HOME, World};
use crate::tickets::{desk, opens, staffed};

/// A server that knows of refunds, with a careful model, and the ticket that ann opens about `subject`.
pub(crate) async fn asked(subject: &str) -> (World, Provider) {
    let provider = Provider::start().await;
    provider.set_manners(Manners { is_diligent: true, ..Manners::default() });
    let world = staffed(World::with_model(&provider).await).await;
    opens(&world, "ann", subject).await;
    world.settle().await;
    // Were it there before, she would be shown it in place of a ticket.
    world.has_entry("How long does a refund take?", "Refunds take 14 days. We write when it is on its way.").await;
    world.screen().await;
    (world, provider)
}

/// What sam is shown who asks for a draft.
pub(crate) async fn drafts(world: &World) -> String {
    world.person("sam").in_channel("ticket-1").types("/ticket draft").await;
    world.settle().await;
    world.screen().await
}

#[tokio::test]
async fn the_staff_gets_a_draft_with_its_sources_and_posts_it_once() {
    let (world, provider) = asked("How long does a refund take?").await;
    expect![[r#"
        sam in #ticket-1: /ticket draft
        bot is thinking… (only sam sees this)
        bot answers: Thanks for asking! Refunds take 14 days. We write when it is on its way. Let us know if you need anything else. (only sam sees this)
             | **Draft for ticket #1**
             | **Understood as**: How long does a refund take?
             | **Rests on**
             | - FAQ #1 How long does a refund take?
             [Post it] [Change and post] [Another]
             <select: Put it aside because…>
               - It is wrong
               - It is not needed
               - Its tone does not fit
               - It is in the wrong language
    "#]]
    .assert_eq(&drafts(&world).await);
    let sent = provider.take_received();
    assert_eq!(sent.len(), 1);
    let sam = world.person("sam").in_channel("ticket-1");
    sam.clicks("Post it").await;
    world.settle().await;
    expect![[r#"
        sam clicks [Post it]
        bot in #ticket-1: Thanks for asking! Refunds take 14 days. We write when it is on its way. Let us know if you need anything else.
             -# Posted by @sam
        bot edits: It is posted. (only sam sees this)
    "#]]
    .assert_eq(&world.screen().await);
    sam.clicks("Post it").await;
    world.settle().await;
    expect![[r#"
        sam finds no button [Post it] in #ticket-1
    "#]]
    .assert_eq(&world.screen().await);
    // It answers whoever waits.
    world.types("sam", "/ticket show ticket:1").await;
    let shown = world.screen().await;
    assert!(!shown.contains("since"), "{shown}");
    assert_eq!(provider.take_received().len(), 0);
}

#[tokio::test]
async fn a_draft_is_changed_made_anew_or_put_aside() {
    let (world, provider) = asked("How long does a refund take?").await;
    drafts(&world).await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.clicks("Another").await;
    sam.submits(&[("What should be different?", "shorter")]).await;
    world.settle().await;
    expect![[r#"
        sam clicks [Another]
        bot opens a form for sam: Another draft
             What should be different?* (long, up to 300):
               shorter, more friendly, about the refund alone
        sam submits What should be different?="shorter"
        bot is thinking… (only sam sees this)
        bot answers: Thanks for asking! Refunds take 14 days. Let us know if you need anything else. (only sam sees this)
             | **Draft for ticket #1**
             | **Understood as**: How long does a refund take?
             | **Rests on**
             | - FAQ #1 How long does a refund take?
             [Post it] [Change and post] [Another]
             <select: Put it aside because…>
               - It is wrong
               - It is not needed
               - Its tone does not fit
               - It is in the wrong language
    "#]]
    .assert_eq(&world.screen().await);
    assert!(provider.received().last().expect("it was asked").text.contains("shorter"));
    sam.clicks("Change and post").await;
    world.screen().await;
    sam.submits(&[("What is posted", "It takes 14 days, @everyone")]).await;
    world.settle().await;
    expect![[r#"
        sam submits What is posted="It takes 14 days, @everyone"
        bot in #ticket-1: It takes 14 days, @everyone
             -# Posted by @sam
        bot edits: It is posted. (only sam sees this)
    "#]]
    .assert_eq(&world.screen().await);
    drafts(&world).await;
    sam.selects("Put it aside because…", &["It is wrong"]).await;
    world.settle().await;
    expect![[r#"
        sam selects It is wrong in <Put it aside because…>
        bot edits: It is put aside. (only sam sees this)
    "#]]
    .assert_eq(&world.screen().await);
    let outcomes: Vec<(Option<String>, Option<String>, Option<i32>)> =
        sqlx::query_as("select outcome, reason, changed from reply_draft order by asked_at, id")
            .fetch_all(&world.db().await)
            .await
            .expect("rows");
    let of = |outcome: Option<&str>, reason: Option<&str>| (outcome.map(str::to_owned), reason.map(str::to_owned));
    let seen: Vec<_> = outcomes.into_iter().map(|(outcome, reason, _)| (outcome, reason)).collect();
    assert_eq!(seen, [of(None, None), of(Some("edited"), None), of(Some("dismissed"), Some("wrong"))]);
}

#[tokio::test]
async fn without_a_model_the_nearest_entries_are_shown_and_never_as_an_answer() {
    let world = desk().await;
    opens(&world, "ann", "refund").await;
    world.settle().await;
    world.has_entry("How long does a refund take?", "Refunds take 14 days.").await;
    world.screen().await;
    expect![[r#"
        sam in #ticket-1: /ticket draft
        bot is thinking… (only sam sees this)
        bot answers: (only sam sees this)
             | **Ticket #1: no draft**
             | **Nearest entries**
             | - FAQ #1 How long does a refund take?
             | > Refunds take 14 days.
             | No model is set up, so these are the nearest entries.
    "#]]
    .assert_eq(&drafts(&world).await);
}

#[tokio::test]
async fn whoever_does_not_work_the_ticket_gets_no_draft() {
    let (world, provider) = asked("How long does a refund take?").await;
    world.person("ann").in_channel("ticket-1").types("/ticket draft").await;
    world.person("sam").types("/ticket draft").await;
    world.settle().await;
    expect![[r#"
        ann in #ticket-1: /ticket draft
        bot: Only the staff of this ticket can do that; ask one of them. (only ann sees this)
        sam in #help: /ticket draft
        bot: This is no ticket's channel; say which one you mean with the option `ticket`. (only sam sees this)
    "#]]
    .assert_eq(&world.screen().await);
    world.person("sam").in_channel("ticket-1").clicks("Close").await;
    world.settle().await;
    world.screen().await;
    assert_eq!(provider.received().len(), 0);
}

#[tokio::test]
async fn a_model_that_is_away_is_said_in_one_sentence() {
    let (world, provider) = asked("How long does a refund take?").await;
    let refused = json!({"error": {"message": "no", "code": "insufficient_quota"}});
    let acts = [
        Act::Complains(401, json!({})),
        Act::Complains(402, refused),
        Act::Html(502),
        Act::Refuses("I cannot".to_owned()),
        Act::Filtered,
        Act::CutShort("{\"answer".to_owned()),
        Act::Silent,
        Act::Says("Sure! It takes a while.".to_owned()),
        Act::DiesInTheMiddle,
    ];
    let mut said = String::new();
    for act in acts {
        provider.next_times(4, &act);
        let shown = drafts(&world).await;
        let line = shown.lines().filter(|line| line.contains("model")).map(str::trim).collect::<Vec<_>>().join(" / ");
        said.push_str(&format!("{line}\n"));
        assert!(shown.contains("How long does a refund take?"), "{shown}");
        provider.forget();
        world.clock.advance(jiff::SignedDuration::from_mins(10));
    }
    expect![[r#"
             | The model does not let me ask it; whoever runs me knows why.
             | The model does not let me ask it; whoever runs me knows why.
             | The model does not answer just now; try again in a minute.
             | The model refused to answer this.
             | The model refused to answer this.
             | It is too long for the model.
             | What the model answered was of no use; try again.
             | What the model answered was of no use; try again.
             | The model does not answer just now; try again in a minute.
    "#]]
    .assert_eq(&said);
}

#[tokio::test]
async fn what_opens_or_names_somebody_leaves_for_no_model() {
    let secret = "Mail ann.anders@example.org, IBAN NL91 ABNA 0417 1643 00, tel +31 6 12345678: refund?";
    let (world, provider) = asked(secret).await;
    let shown = drafts(&world).await;
    for planted in ["ann.anders", "ABNA", "12345678"] {
        assert!(provider.received().iter().all(|it| !it.text.contains(planted)), "{planted}");
        let rows: String =
            sqlx::query_scalar("select coalesce(string_agg(reply_draft::text, ''), '') from reply_draft")
                .fetch_one(&world.db().await)
                .await
                .expect("a text");
        assert!(!rows.contains(planted), "{planted}");
    }
    // Whoever drafts reads it as it was.
    assert!(shown.contains("ann.anders@example.org"), "{shown}");
}

#[tokio::test]
async fn what_a_model_invents_is_left_out() {
    let (world, provider) = asked("How long does a refund take?").await;
    let quote = "Refunds take 14 days";
    provider.next(Act::Drafts(vec![
        Sentence::new("Refunds take 14 days.", "faq-1", quote),
        Sentence::new("Write to <@123456789012345678> or @everyone at https://evil.example.", "faq-1", quote),
        Sentence::new("They take 3 days.", "faq-9", quote),
        Sentence::new("It costs € 10.", "faq-1", quote),
    ]));
    let shown = drafts(&world).await;
    expect![[r#"
        sam in #ticket-1: /ticket draft
        bot is thinking… (only sam sees this)
        bot answers: Refunds take 14 days. (only sam sees this)
             | **Draft for ticket #1**
             | **Rests on**
             | - FAQ #1 How long does a refund take?
             | 3 sentences were left out, for nothing here says so.
             [Post it] [Change and post] [Another]
             <select: Put it aside because…>
               - It is wrong
               - It is not needed
               - Its tone does not fit
               - It is in the wrong language
    "#]]
    .assert_eq(&shown);
    provider.next(Act::invents("faq-1", quote));
    let shown = drafts(&world).await;
    assert!(!shown.contains("invented") && shown.contains("does not answer this"), "{shown}");
    provider.next(Act::Obeys(vec![("faq-1".to_owned(), quote.to_owned())]));
    drafts(&world).await;
}

#[tokio::test]
async fn an_old_draft_says_so_before_it_is_posted() {
    let (world, _) = asked("How long does a refund take?").await;
    drafts(&world).await;
    let sam = world.person("sam").in_channel("ticket-1");
    world.clock.advance(jiff::SignedDuration::from_mins(61));
    sam.clicks("Post it").await;
    world.settle().await;
    expect![[r#"
        sam clicks [Post it]
        bot edits: Thanks for asking! Refunds take 14 days. We write when it is on its way. Let us know if you need anything else. (only sam sees this)
             | **Look again before you post**
             | This was drafted 1 hour ago.
             [Post it all the same (danger)] [Change and post]
    "#]]
    .assert_eq(&world.screen().await);
    sam.clicks("Post it all the same").await;
    world.settle().await;
    expect![[r#"
        sam clicks [Post it all the same]
        bot in #ticket-1: Thanks for asking! Refunds take 14 days. We write when it is on its way. Let us know if you need anything else.
             -# Posted by @sam
        bot edits: It is posted. (only sam sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_server_that_has_used_its_tokens_is_told_when_there_are_more() {
    let (world, provider) = asked("How long does a refund take?").await;
    world.sets::<Settings>("daily_tokens", Some(json!(100))).await;
    expect![[r#"
        sam in #ticket-1: /ticket draft
        bot is thinking… (only sam sees this)
        bot answers: (only sam sees this)
             | **Ticket #1: no draft**
             | **Nearest entries**
             | - FAQ #1 How long does a refund take?
             | > Refunds take 14 days. We write when it is on its way.
             | As much was drafted here today as may be; there is more in 14 hours.
             [Another]
    "#]]
    .assert_eq(&drafts(&world).await);
    world.sets::<Settings>("daily_tokens", None).await;
    world.sets::<Settings>("blocked", Some(json!("refund, legal"))).await;
    assert!(drafts(&world).await.contains("no model is told"));
    world.sets::<Settings>("blocked", None).await;
    world.sets::<Settings>("drafts", Some(json!(false))).await;
    assert!(drafts(&world).await.contains("are off here"));
    assert_eq!(provider.received().len(), 0);
}

#[tokio::test]
async fn whoever_may_be_in_danger_is_seen_first() {
    let (world, _) = asked("I want to kill myself, nothing helps").await;
    world.sets::<Settings>("help_line", Some(json!("113 (113.nl)"))).await;
    expect![[r#"
        sam in #ticket-1: /ticket draft
        bot is thinking… (only sam sees this)
        bot answers: (only sam sees this)
             | **Ticket #1: no draft**
             | 🚨 Whoever asks may be in danger: somebody should talk to them now. Help: 113 (113.nl)
             | The FAQ here has nothing near to this.
    "#]]
    .assert_eq(&drafts(&world).await);
}

#[tokio::test]
async fn what_opens_an_account_stands_in_no_reply_and_a_password_is_known_before_it_is_told() {
    let (world, provider) = asked("Hunter2024x does not work").await;
    world.discord.set_message_content(true);
    for said in ["my password is Hunter2024x", "password: https://evil.example/x", "How long does a refund take?"] {
        world.discord.post(HOME, "ticket-1", "ann", said);
    }
    world.screen().await;
    let quote = "Refunds take 14 days";
    provider.next(Act::Drafts(vec![Sentence::new("Refunds take 14 days, <secret-1> <secret-2>.", "faq-1", quote)]));
    let shown = drafts(&world).await;
    let sent = provider.take_received();
    assert!(sent.len() == 1 && !sent[0].text.contains("Hunter2024x"), "{sent:?}");
    assert!(!shown.contains("evil.example") && !shown.contains("Hunter2024x"), "{shown}");
}
