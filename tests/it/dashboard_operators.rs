//! The page of those who run the bot.

use expect_test::expect;
use jiff::SignedDuration;

use crate::dashboard::logged_in;
use crate::support::{HOME, World};

/// How much was called, and when who was heard of, differ from run to run.
fn without_amounts(text: &str) -> String {
    let (before, _) = text.split_once("## Calls to Discord").expect("there are calls");
    let kept = before.lines().filter(|line| !line.contains("PostgreSQL") && !line.starts_with("Calls that Discord"));
    kept.fold(String::new(), |text, line| text + line + "\n")
}

#[tokio::test]
async fn who_runs_the_bot_sees_how_it_is_doing_everywhere() {
    let world = World::new().await;
    let desk = world.dashboard_of(&["ada"]).await;
    let page = format!("/dashboard/{}/operators", world.guild(HOME));
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page).await;
    expect![[r#"
        # Operators
        ⚠️ My jobs have never run, so no reminder is said: whoever runs me must start alphapy-cron.
        Servers, about: 2
        ## Jobs
        No job has come to an end yet.
        ## Work that waits
        Nothing.
    "#]]
    .assert_eq(&without_amounts(&ada.main()));

    world.a_minute_passes().await;
    world.person("bob").types("/faq search query:parking").await;
    world.screen().await;
    ada.opens(&page).await;
    expect![[r#"
        # Operators
        My jobs last ran Mon 1 Mar 2027, 10:01.
        Servers, about: 2
        ## Jobs
        | Job | Last done | Last failed | State |
        | alphapy: count what changed | Mon 1 Mar 2027, 10:01 | – | well |
        | alphapy: forget changes of settings | Mon 1 Mar 2027, 10:01 | – | well |
        | alphapy: forget interactions | Mon 1 Mar 2027, 10:01 | – | well |
        | alphapy: forget languages | Mon 1 Mar 2027, 10:01 | – | well |
        | alphapy: forget logins | Mon 1 Mar 2027, 10:01 | – | well |
        | alphapy: forget requests of programs | Mon 1 Mar 2027, 10:01 | – | well |
        | alphapy: post to log channels | Mon 1 Mar 2027, 10:01 | – | well |
        | announcements: forget announcements | Mon 1 Mar 2027, 10:01 | – | well |
        | announcements: read announcements | Mon 1 Mar 2027, 10:01 | – | well |
        | faq: forget searches | Mon 1 Mar 2027, 10:01 | – | well |
        | faq: make vectors | Mon 1 Mar 2027, 10:01 | – | well |
        | reminders: forget old reminders | Mon 1 Mar 2027, 10:01 | – | well |
        | reminders: forget what was begun of reminders | Mon 1 Mar 2027, 10:01 | – | well |
        | reminders: remove what was said ahead | Mon 1 Mar 2027, 10:01 | – | well |
        | reminders: say what is due | Mon 1 Mar 2027, 10:01 | – | well |
        | tickets: bring panels to what they should be | Mon 1 Mar 2027, 10:01 | – | well |
        | tickets: bring tickets to what they should be | Mon 1 Mar 2027, 10:01 | – | well |
        | tickets: delete channels of closed tickets | Mon 1 Mar 2027, 10:01 | – | well |
        | tickets: forget drafts of replies | Mon 1 Mar 2027, 10:01 | – | well |
        | tickets: forget drafts of tickets | Mon 1 Mar 2027, 10:01 | – | well |
        | tickets: forget transcripts | Mon 1 Mar 2027, 10:01 | – | well |
        | tickets: post replies that are decided on | Mon 1 Mar 2027, 10:01 | – | well |
        | tickets: show panels in another language | Mon 1 Mar 2027, 10:01 | – | well |
        | tickets: watch tickets | Mon 1 Mar 2027, 10:01 | – | well |
        ## Work that waits
        Nothing.
    "#]]
    .assert_eq(&without_amounts(&ada.main()));
    for label in ["Of the process that shows this page", "| 200 |", "No process shares", "PostgreSQL"] {
        assert!(ada.main().contains(label), "{label}: {}", ada.main());
    }
    let sql = "insert into instance (id, wanted, claimed, seen_at) values (9, 7, 50, clock_timestamp())";
    sqlx::query(sql).execute(&world.db().await).await.expect("a process");
    ada.opens(&page).await;
    assert!(ada.main().contains("| 7 | 50 |"), "{}", ada.main());

    // One job has not come to its end for long, another has failed; cron is silent.
    let sql = "update job_pass set done_at = done_at - interval '1 hour' where job = (select max(job) from job_pass)";
    sqlx::query(sql).execute(&world.db().await).await.expect("a pass");
    ada.opens(&page).await;
    assert_eq!(ada.main().matches("silent for long").count(), 1, "{}", ada.main());
    let sql =
        "update job_pass set failed_at = done_at + interval '1 second' where job = (select min(job) from job_pass)";
    sqlx::query(sql).execute(&world.db().await).await.expect("a pass");
    ada.opens(&page).await;
    assert_eq!(ada.main().matches("| failing |").count(), 1, "{}", ada.main());
    world.clock.advance(SignedDuration::from_mins(10));
    ada.opens(&page).await;
    assert!(ada.main().contains("⚠️ My jobs have not run since Mon 1 Mar 2027, 10:01"), "{}", ada.main());
    ada.headers[0].1 = "nl".to_owned();
    ada.opens(&page).await;
    assert!(ada.main().starts_with("# Beheer van de bot\n"), "{}", ada.main());
}

#[tokio::test]
async fn nobody_else_sees_that_there_is_a_page() {
    let world = World::new().await;
    let desk = world.dashboard_of(&["bob"]).await;
    for name in ["ada", "ann"] {
        let mut person = logged_in(&desk, name).await;
        person.opens(&format!("/dashboard/{}/operators", world.guild(HOME))).await;
        assert_eq!(person.status, 403, "{name}");
        person.opens(&format!("/dashboard/{}", world.guild(HOME))).await;
        assert!(!person.html.contains("/operators"), "{name}: {}", person.html);
    }
}
