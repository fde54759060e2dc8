//! Time-outs, repetitions, turns, and a provider that is left alone.

use futures_util::future::join_all;
use tokio::time::Instant;

use super::*;

/// Time runs in steps and by the kernel's leave, so what takes so long may seem to take a little longer.
fn took_about(took: Duration, seconds: u64) {
    let expected = Duration::from_secs(seconds);
    assert!(took >= expected && took < expected + Duration::from_secs(4), "{took:?}, not {expected:?}");
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test(start_paused = true)]
async fn who_hangs_is_left_at_the_deadline_and_not_asked_again() {
    hurry();
    for act in [Act::Hangs, Act::HangsInTheMiddle, Act::Slow(seconds(60))] {
        let (fake, client) = start().await;
        fake.next(act.clone());
        let asked = write_for(&client, 1, seconds(8)).await;
        assert_eq!((code(&asked), reason(&asked).as_str()), ("down", "no answer in time"), "{act:?}");
        took_about(asked.took, 8);
        assert_eq!(fake.received().len(), 1, "{act:?}");
        assert!(asked.usage.is_estimated && asked.usage.prompt > 0, "it may have been read");
    }
}

#[tokio::test(start_paused = true)]
async fn who_is_slow_is_waited_for_but_never_longer_than_three_minutes() {
    hurry();
    let (fake, client) = start().await;
    fake.next(Act::Slow(seconds(20)));
    let asked = write(&client).await;
    assert_eq!(code(&asked), "answered");
    took_about(asked.took, 20);
    fake.next(Act::Hangs);
    let asked = write_for(&client, 1, seconds(3600)).await;
    assert_eq!(code(&asked), "down");
    took_about(asked.took, LONGEST_CALL.as_secs());
}

#[tokio::test(start_paused = true)]
async fn who_asks_to_be_left_alone_for_a_while_is_and_then_asked_again() {
    hurry();
    let (fake, client) = start().await;
    for status in [429, 503] {
        fake.next(Act::RetryAfter(status, "12".to_owned()));
        let asked = write(&client).await;
        assert_eq!((code(&asked), asked.requests), ("answered", 2));
        took_about(asked.took, 12);
        let received = fake.take_received();
        took_about(received[1].at - received[0].at, 12);
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_what_would_come_after_the_deadline() {
    hurry();
    let (fake, client) = start().await;
    fake.next(Act::RetryAfter(429, "61".to_owned()));
    let asked = write(&client).await;
    let Err(Error::Busy { retry_after, .. }) = asked.result else { panic!("{asked:?}") };
    assert_eq!(retry_after, Some(seconds(61)));
    took_about(asked.took, 0);
    assert_eq!(fake.received().len(), 1);
    // A server that says so again and again is asked three times.
    fake.take_received();
    fake.next_times(9, &Act::RetryAfter(429, "2".to_owned()));
    let asked = write(&client).await;
    assert_eq!((code(&asked), fake.received().len()), ("busy", 3));
    took_about(asked.took, 4);
}

#[tokio::test(start_paused = true)]
async fn a_passing_failure_is_met_with_a_longer_pause_each_time() {
    hurry();
    let (fake, client) = start().await;
    fake.next(Act::Complains(500, json!({})));
    fake.next(Act::DiesInTheMiddle);
    let asked = write(&client).await;
    assert_eq!((code(&asked), asked.requests), ("answered", 3));
    let at: Vec<Instant> = fake.received().iter().map(|received| received.at).collect();
    assert!(at[1] - at[0] >= Duration::from_millis(250) && at[2] - at[1] >= Duration::from_millis(500), "{at:?}");
}

#[tokio::test(start_paused = true)]
async fn repetitions_end_when_their_budget_is_spent() {
    hurry();
    let (fake, client) = start().await;
    // A 429 is no failure of the provider, so it is not left alone for these.
    fake.next_times(99, &Act::RetryAfter(429, "1".to_owned()));
    let mut requests = Vec::new();
    for guild in 1..=8 {
        requests.push(write_for(&client, guild, seconds(60)).await.requests);
    }
    assert_eq!(requests, [3, 3, 3, 3, 3, 1, 1, 1]);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_fails_again_and_again_is_left_alone_until_it_works() {
    hurry();
    let (fake, client) = start().await;
    fake.next_times(6, &Act::Complains(503, json!({})));
    assert_eq!(write(&client).await.requests, 3);
    assert!(!client.is_left_alone(None));
    assert_eq!(write(&client).await.requests, 2, "the fifth failure in a row ends it");
    assert!(client.is_left_alone(None));
    fake.take_received();
    let asked = write(&client).await;
    assert_eq!((code(&asked), asked.requests), ("down", 0));
    assert_eq!(reason(&asked), "it failed again and again, and is left alone for a while");
    took_about(asked.took, 0);
    let vectors = embed(&client, &["a"]).await;
    assert_eq!((code(&vectors), vectors.requests), ("answered", 2), "vectors have a count of their own");
    tokio::time::sleep(seconds(16)).await;
    fake.next(Act::Slow(seconds(10)));
    let others = async {
        tokio::time::sleep(seconds(3)).await;
        write(&client).await
    };
    let (first, other) = tokio::join!(write(&client), others);
    assert_eq!((code(&first), code(&other), other.requests), ("answered", "down", 0), "one finds out");
    assert!(!client.is_left_alone(None));
    assert_eq!(code(&write(&client).await), "answered");
}

#[tokio::test(start_paused = true)]
async fn a_model_that_does_not_work_keeps_nobody_from_the_others() {
    hurry();
    let (fake, client) = start().await;
    fake.next_times(6, &Act::Complains(503, json!({})));
    let messages = [Message::user("Hello")];
    let deadline = Instant::now().into_std() + seconds(300);
    let of = |guild, model| Chat { model, deadline, ..Chat::new(Id::new(guild), &messages) };
    for _ in 0..2 {
        client.write(&of(1, Some("broken"))).await;
    }
    assert!(client.is_left_alone(Some("broken")) && !client.is_left_alone(None));
    fake.forget();
    assert_eq!(code(&client.write(&of(2, None)).await), "answered");
    let asked = client.write(&of(2, Some("broken"))).await;
    assert_eq!((code(&asked), asked.requests), ("down", 0));
}

#[tokio::test(start_paused = true)]
async fn who_goes_away_while_finding_out_blocks_nobody() {
    hurry();
    let (fake, client) = start().await;
    fake.next_times(5, &Act::Complains(503, json!({})));
    write(&client).await;
    write(&client).await;
    tokio::time::sleep(seconds(16)).await;
    fake.next(Act::Hangs);
    let gone = tokio::time::timeout(seconds(2), write(&client)).await;
    assert!(gone.is_err() && client.is_left_alone(None));
    assert_eq!(code(&write(&client).await), "answered");
}

#[tokio::test(start_paused = true)]
async fn callers_in_a_hurry_say_nothing_about_the_provider() {
    hurry();
    let (fake, client) = start().await;
    fake.next_times(6, &Act::Hangs);
    for _ in 0..6 {
        assert_eq!(code(&write_for(&client, 1, seconds(2)).await), "down");
    }
    assert!(!client.is_left_alone(None));
    fake.next_times(5, &Act::Hangs);
    for _ in 0..5 {
        assert_eq!(code(&write_for(&client, 1, seconds(8)).await), "down");
    }
    assert!(client.is_left_alone(None));
}

#[tokio::test(start_paused = true)]
async fn one_guild_does_not_have_all_turns_and_all_together_have_eight() {
    hurry();
    let (fake, client) = start().await;
    fake.next_times(99, &Act::Slow(seconds(5)));
    let of_one = join_all((0..4).map(|_| write(&client))).await;
    assert!(of_one.iter().all(|asked| asked.result.is_ok()));
    assert_eq!(fake.most_at_once(), 2);
    took_about(of_one.iter().map(|asked| asked.took).max().unwrap_or_default(), 10);
    let of_many = join_all((1..=12).map(|guild| write_for(&client, guild, seconds(60)))).await;
    assert!(of_many.iter().all(|asked| asked.result.is_ok()));
    assert_eq!(fake.most_at_once(), 8);
    let crowd = join_all((0..12).map(|_| write_for(&client, 1, seconds(300)))).await;
    let refused: Vec<_> = crowd.iter().filter(|asked| asked.result.is_err()).collect();
    assert_eq!((refused.len(), code(refused[0]), refused[0].requests), (2, "busy", 0), "two at once, eight wait");
    took_about(refused[0].took, 0);
}
