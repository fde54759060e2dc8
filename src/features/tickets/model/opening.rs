//! Who may open a ticket.

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use super::{Definition, Refusal, Settings};
use crate::settings::Minutes;

/// What stands between a member and a new ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// Why they are blocked, if they are.
    pub blocked: Option<String>,
    /// Their open tickets of that kind, with their channels.
    pub open: Vec<(i32, Option<Id<ChannelMarker>>)>,
    /// How many closed tickets of theirs still have a channel; a thread that is closed takes no room.
    pub closed: i64,
    /// When they opened their last five, of whatever kind, the newest first.
    pub lately: Vec<Timestamp>,
    /// When they opened their last one of it.
    pub last_opened_at: Option<Timestamp>,
}

/// How many channels of closed tickets a member may leave behind: they fill a server as much as open ones do. Where they are kept
/// for ever, nobody is told to wait until they are gone.
const CLOSED: i64 = 5;

/// So many tickets a member opens within [`LATELY`], whatever their kinds allow.
const AT_ONCE: usize = 5;
const LATELY: SignedDuration = SignedDuration::from_hours(1);

/// Whether somebody may open a ticket of a kind. Its staff may always. Between two of a member goes the time that the kind
/// wants, or else what the server does, which counts from their last ticket of whatever kind.
///
/// # Errors
/// Why not.
pub fn may_open(
    kind: &Definition,
    before: &Before,
    roles: &[Id<RoleMarker>],
    staff: bool,
    settings: &Settings,
    now: Timestamp,
) -> Result<(), Refusal> {
    if staff {
        return Ok(());
    }
    let any = |wanted: &[Id<RoleMarker>]| wanted.iter().any(|role| roles.contains(role));
    if let Some(reason) = &before.blocked {
        return Err(Refusal::Blocked { reason: reason.clone() });
    }
    if any(&kind.blocked_roles) {
        return Err(Refusal::RoleBlocked);
    }
    if !kind.required_roles.is_empty() && !any(&kind.required_roles) {
        return Err(Refusal::RoleRequired { roles: kind.required_roles.clone() });
    }
    if kind.member_limit > 0 && before.open.len() as i64 >= kind.member_limit {
        return Err(Refusal::AsManyAsAllowed { open: before.open.clone() });
    }
    if settings.closed_days > 0 && before.closed >= CLOSED {
        return Err(Refusal::ChannelsLeft { count: before.closed });
    }
    if let Some(next_at) = before.lately.get(AT_ONCE - 1).map(|fifth| *fifth + LATELY)
        && next_at > now
    {
        return Err(Refusal::JustOpened { next_at });
    }
    let (last, pause) = match kind.cooldown {
        Minutes(0) => (before.lately.first().copied(), settings.pause_between),
        own => (before.last_opened_at, own),
    };
    match last.map(|last| last + pause.duration()) {
        Some(next_at) if next_at > now => Err(Refusal::JustOpened { next_at }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_open_a_ticket() {
        let now: Timestamp = "2027-03-01T09:00Z".parse().expect("a time");
        let (vip, muted) = (Id::new(1), Id::new(2));
        let kind = Definition {
            required_roles: vec![vip],
            blocked_roles: vec![muted],
            cooldown: Minutes(10),
            ..Definition::default()
        };
        let waits = |minutes| Settings { pause_between: Minutes(minutes), ..Settings::default() };
        let none = Before { blocked: None, open: Vec::new(), closed: 0, lately: Vec::new(), last_opened_at: None };
        let check = |before: &Before, roles: &[Id<RoleMarker>], expected: Result<(), Refusal>| {
            assert_eq!(may_open(&kind, before, roles, false, &waits(30), now), expected);
            // The staff may always.
            assert_eq!(may_open(&kind, before, roles, true, &waits(30), now), Ok(()));
        };
        check(&none, &[vip], Ok(()));
        check(&none, &[], Err(Refusal::RoleRequired { roles: vec![vip] }));
        check(&none, &[vip, muted], Err(Refusal::RoleBlocked));
        let spam = "spam".to_owned();
        check(&Before { blocked: Some(spam.clone()), ..none.clone() }, &[vip], Err(Refusal::Blocked { reason: spam }));
        let open = vec![(3, None)];
        check(&Before { open: open.clone(), ..none.clone() }, &[vip], Err(Refusal::AsManyAsAllowed { open }));
        check(&Before { closed: 4, ..none.clone() }, &[vip], Ok(()));
        check(&Before { closed: 5, ..none.clone() }, &[vip], Err(Refusal::ChannelsLeft { count: 5 }));
        // Nothing that is kept for ever is waited for.
        let five_left = Before { closed: 5, ..none.clone() };
        let for_ever = Settings { closed_days: 0, ..Settings::default() };
        assert_eq!(may_open(&kind, &five_left, &[vip], false, &for_ever, now), Ok(()));
        let ago = |minutes| now - SignedDuration::from_mins(minutes);
        let five = |oldest| Before { lately: vec![ago(20), ago(21), ago(22), ago(23), ago(oldest)], ..none.clone() };
        check(&five(60), &[vip], Ok(()));
        check(&five(59), &[vip], Err(Refusal::JustOpened { next_at: now + SignedDuration::from_mins(1) }));
        let before =
            |minutes| Before { last_opened_at: Some(now - SignedDuration::from_mins(minutes)), ..none.clone() };
        check(&before(9), &[vip], Err(Refusal::JustOpened { next_at: now + SignedDuration::from_mins(1) }));
        check(&before(10), &[vip], Ok(()));
        // What says nothing itself waits as long as the server wants, whatever kind the last one was of.
        let silent = Definition::default();
        let last = |minutes| Before { lately: vec![ago(minutes)], ..none.clone() };
        let may = |before: &Before, pause| may_open(&silent, before, &[], false, &waits(pause), now);
        assert_eq!(may(&last(1), 2), Err(Refusal::JustOpened { next_at: now + SignedDuration::from_mins(1) }));
        assert_eq!(may(&last(2), 2), Ok(()));
        assert_eq!(may(&last(0), 0), Ok(()));
    }
}
