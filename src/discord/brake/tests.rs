//! What the brake lets pass, and what it stops.

use super::*;

fn start() -> Timestamp {
    "2027-03-01T09:00:00Z".parse().expect("it is a time")
}

fn after(seconds: i64) -> Timestamp {
    start() + SignedDuration::from_secs(seconds)
}

fn of(guild: u64) -> Asked {
    Asked { credential: Credential::Bot, guild: Id::new_checked(guild), tells: false, question: None }
}

/// Asks until it is stopped; returns how often it was refused.
fn refuse_all(state: &mut State, asked: Asked, now: Timestamp) -> u32 {
    (0..).find(|_| state.check(asked, now).is_some() || state.refuse(asked, None, now)).expect("it is stopped")
}

#[test]
fn refused_requests_are_forgotten_after_ten_minutes() {
    let mut minutes = Minutes::default();
    (0..7).for_each(|_| minutes.add(start()));
    assert_eq!(minutes.sum(after(599)), 7);
    assert_eq!(minutes.sum(after(-5)), 7, "a clock that was set back");
    assert_eq!(minutes.sum(after(600)), 0);
}

#[test]
fn however_many_guilds_are_refused_another_finds_room() {
    let mut state = State::default();
    let refused: Vec<u32> = (1..=15).map(|guild| refuse_all(&mut state, of(guild), start())).collect();
    assert_eq!(refused[..5], [200, 160, 128, 102, 82]);
    assert!(refused.iter().sum::<u32>() < REFUSED_LIMIT, "{refused:?}");
    assert_eq!(state.check(of(99), start()), None);
    // What nobody answers for is counted for all alone.
    assert_eq!(state.check(Asked { guild: None, ..of(1) }, start()), None);
    // Those that are stopped go on in time, and are told of the next stop.
    assert_eq!(state.check(of(1), after(599)), Some(Stop::Guild { first: false }));
    assert_eq!(state.check(of(1), after(600)), None);
    assert_eq!(refuse_all(&mut state, of(1), after(600)), 200);
    assert_eq!(state.check(of(1), after(600)), Some(Stop::Guild { first: false }), "the last check was the first");
}

#[test]
fn a_stopped_guild_can_be_told_and_its_answers_have_room_of_their_own() {
    let mut state = State::default();
    refuse_all(&mut state, of(1), start());
    assert_eq!(refuse_all(&mut state, Asked { tells: true, ..of(1) }, start()), ROOM_TO_TELL - 2);
    assert_eq!(refuse_all(&mut state, Asked { credential: Credential::Path, ..of(1) }, start()), 392);
    assert_eq!(state.check(of(2), start()), None, "answers are not counted against other calls");
}

#[test]
fn what_is_refused_three_times_is_known_for_a_while() {
    let mut state = State::default();
    let asked = Asked { question: Some(7), ..of(1) };
    let refusal = Refusal::NoAccess { code: 50001 };
    for _ in 0..TRIES {
        assert_eq!(state.check(asked, start()), None);
        state.refuse(asked, Some(refusal), start());
    }
    assert_eq!(state.check(asked, after(29)), Some(Stop::Known(refusal)));
    for other in [Asked { question: Some(8), ..asked }, Asked { guild: Id::new_checked(2), ..asked }] {
        assert_eq!(state.check(other, after(29)), None);
    }
    // One look each half a minute tells whether it was mended.
    assert_eq!(state.check(asked, after(30)), None);
    state.refuse(asked, Some(refusal), after(30));
    assert_eq!(state.check(asked, after(59)), Some(Stop::Known(refusal)));
    assert_eq!(state.check(asked, after(60)), None);
    state.forget(asked);
    state.refuse(asked, Some(refusal), after(60));
    assert_eq!(state.check(asked, after(61)), None);
}

#[test]
fn guilds_that_are_quiet_are_forgotten() {
    let mut state = State::default();
    for guild in 1..=500 {
        state.refuse(Asked { question: Some(guild), ..of(guild) }, Some(Refusal::MissingPermission), start());
    }
    assert_eq!(state.guilds.len(), 500);
    state.refuse(of(1), None, after(600));
    assert_eq!(state.guilds.len(), 1);
    assert!(state.guilds.values().all(|of_guild| of_guild.known.is_empty()));
}

#[test]
fn a_token_that_is_not_accepted_is_tried_at_growing_intervals() {
    let mut state = State::default();
    let before = state.epoch;
    assert!(state.revoke(before, start()));
    assert!(!state.revoke(before, start()), "one that was on its way says nothing new");
    let mut probes = Vec::new();
    for second in 1..2000 {
        if state.check(of(1), after(second)).is_none() {
            state.probe(after(second));
            assert!(!state.revoke(state.epoch, after(second)));
            probes.push(second);
        }
    }
    assert_eq!(probes, [5, 15, 35, 75, 155, 315, 615, 915, 1215, 1515, 1815]);
    assert!(!state.accept(before), "an answer to what was sent before");
    assert!(state.accept(state.epoch));
    assert_eq!(state.check(of(1), after(2000)), None);
    assert!(!state.accept(state.epoch), "it was accepted already");
    assert!(state.revoke(state.epoch, after(2000)), "it can happen again");
}
