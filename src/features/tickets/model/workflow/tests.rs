//! Tests of what stands beside it.

use super::super::{Definition, Kind, Shown};
use super::*;

pub fn ticket(status: Status) -> Ticket {
    let at = Timestamp::UNIX_EPOCH;
    Ticket {
        guild: Id::new(1),
        number: 7,
        kind: Kind { id: 1, name: "Support".to_owned(), definition: Definition::default() },
        user: Id::new(5),
        opened_by: Some(Id::new(5)),
        subject: String::new(),
        answers: Vec::new(),
        source: None,
        revision: 3,
        status,
        priority: Priority::Normal,
        claimed_by: None,
        escalated_to: None,
        called_before: Vec::new(),
        close_requested_by: None,
        close_due_at: None,
        closed_by: None,
        close_reason: None,
        close_why: None,
        rating: None,
        rating_comment: None,
        opened_at: at,
        updated_at: at,
        first_response_at: None,
        claimed_at: None,
        close_requested_at: None,
        closed_at: None,
        archived_at: None,
        rated_at: None,
        shown: Shown {
            channel: Some(Id::new(9)),
            is_thread: false,
            message: None,
            revision: 3,
            creating_since: None,
            shut: false,
            transcribed: false,
            member_told: false,
            problem: None,
            attempt: 0,
        },
    }
}

#[test]
fn who_may_do_what() {
    let (member, staff_role, other) = (Id::new(5), Id::new(20), Id::new(21));
    let mut settings = Settings { staff_role: Some(staff_role), ..Settings::default() };
    let mut ticket = ticket(Status::Open);
    let close = || Step::Close { reason: String::new(), why: None };
    let may = |ticket: &Ticket, settings: &Settings, user, roles: &[_], admin, step: &Step| {
        allow(step, standing(ticket, settings, user, roles, admin), settings).is_ok()
    };
    let cases = [
        ("an admin", Id::new(6), vec![], true, [true, true, true, false]),
        ("the staff", Id::new(6), vec![staff_role], false, [true, true, true, false]),
        ("another role", Id::new(6), vec![other], false, [false, false, false, false]),
        ("its member", member, vec![other], false, [false, true, true, true]),
        ("another member", Id::new(8), vec![], false, [false, false, false, false]),
    ];
    for (who, user, roles, admin, expected) in cases {
        let steps = [Step::Claim, close(), Step::KeepOpen, Step::Rate { stars: 5, end: None }];
        let may = steps.map(|step| may(&ticket, &settings, user, &roles, admin, &step));
        assert_eq!(may, expected, "{who}");
    }
    settings.member_may_close = false;
    assert!(!may(&ticket, &settings, member, &[], false, &close()));
    // A kind's own roles take the place of the setting; who was called comes on top.
    ticket.kind.definition.staff_roles = vec![other];
    assert!(!may(&ticket, &settings, Id::new(6), &[staff_role], false, &Step::Claim));
    ticket.escalated_to = Some(staff_role);
    assert!(may(&ticket, &settings, Id::new(6), &[staff_role], false, &Step::Claim));
}

#[test]
fn every_step_obeys_the_table() {
    let settings = Settings::default();
    let by = Some(Id::new(6));
    let steps = [
        Step::Claim,
        Step::Unclaim,
        Step::Resume,
        Step::Transfer { to: Id::new(8) },
        Step::Wait,
        Step::Escalate { to: None, reason: String::new(), why: None },
        Step::RequestClose { due_at: None, reason: String::new() },
        Step::KeepOpen,
        Step::Close { reason: String::new(), why: None },
        Step::Reopen,
        Step::Archive { end: None },
        Step::Agree,
        Step::Lose { why: Why::ChannelDeleted },
        Step::SetPriority(Priority::High),
        Step::Rename { subject: "x".to_owned() },
        Step::Rate { stars: 1, end: None },
    ];
    for status in Status::ALL {
        for claimed_by in [None, Some(Id::new(7))] {
            let before = Ticket { claimed_by, ..ticket(status) };
            for step in &steps {
                let Ok((after, event)) = take(&before, step, by, &settings, before.opened_at) else { continue };
                let kept = after.status == status;
                assert!(kept || status.may_become(after.status), "{step:?} from {status:?} to {:?}", after.status);
                assert_eq!(after.revision, before.revision + 1);
                let ends = matches!(after.status, Status::Closed) || matches!(step, Step::Lose { .. });
                assert_eq!(after.closed_at.is_some(), ends && !kept, "{step:?}");
                assert_eq!(event.user, by);
            }
        }
    }
}

#[test]
fn who_comes_second_reads_who_came_first() {
    let settings = Settings::default();
    let now = Timestamp::UNIX_EPOCH;
    let (claimed, _) = take(&ticket(Status::Open), &Step::Claim, Some(Id::new(6)), &settings, now).expect("free");
    let refused = take(&claimed, &Step::Claim, Some(Id::new(8)), &settings, now).expect_err("it is taken");
    assert_eq!(refused, Refusal::ClaimedBy(Id::new(6)));
    let refused = take(&claimed, &Step::Claim, Some(Id::new(6)), &settings, now).expect_err("it is taken");
    assert_eq!(refused, Refusal::ClaimedByYou);
    let closed =
        take(&claimed, &Step::Close { reason: String::new(), why: None }, None, &settings, now).expect("it is live").0;
    let refused = take(&closed, &Step::Wait, Some(Id::new(6)), &settings, now).expect_err("it is closed");
    assert_eq!(refused, Refusal::Cannot { from: Status::Closed, to: Status::WaitingForUser });
}

#[test]
fn a_message_is_added_by_no_step_that_somebody_takes_by_hand() {
    assert_eq!(by_hand(&Step::Attach(Clipping::empty())), Err(Refusal::AddedBefore));
    assert_eq!(by_hand(&Step::Note { text: "Look".to_owned() }), Ok(()));
}

#[test]
fn what_is_opened_waits_for_the_staff_unless_the_staff_opened_it() {
    let (ann, sam) = (Id::new(5), Id::new(6));
    let waits = |by| open(ann, by, None).1.member_waits;
    assert_eq!([waits(Some(ann)), waits(Some(sam)), waits(None)], [Some(true), Some(false), Some(true)]);
    let (event, _) = open(ann, None, Some(Program::Key("shop".to_owned())));
    assert_eq!((event.kind.name(), event.user, event.announce), ("opened", None, false));
    for status in Status::ALL {
        assert_eq!(forgets_end(&ticket(status)), !matches!(status, Status::Closed | Status::Archived), "{status:?}");
    }
}

#[test]
fn times_are_kept_from_the_first_one() {
    let settings = Settings::default();
    let at = |second| Timestamp::from_second(second).expect("a time");
    let (first, _) = take(&ticket(Status::Open), &Step::Claim, Some(Id::new(6)), &settings, at(10)).expect("free");
    let (back, _) = take(&first, &Step::Unclaim, Some(Id::new(6)), &settings, at(20)).expect("claimed");
    let (again, _) = take(&back, &Step::Claim, Some(Id::new(8)), &settings, at(30)).expect("free");
    assert_eq!((again.claimed_at, again.first_response_at), (Some(at(10)), None));
    let (waits, _) = take(&again, &Step::Wait, Some(Id::new(8)), &settings, at(35)).expect("live");
    assert_eq!((waits.claimed_at, waits.first_response_at), (Some(at(10)), Some(at(35))));
    // Its member closing it is no answer.
    let close = Step::Close { reason: String::new(), why: None };
    let (closed, _) = take(&ticket(Status::Open), &close, Some(Id::new(5)), &settings, at(40)).expect("live");
    assert_eq!((closed.first_response_at, closed.closed_at), (None, Some(at(40))));
}
