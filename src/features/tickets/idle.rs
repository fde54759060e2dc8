//! What time does to tickets: it sees who spoke, reminds the silent side, calls for an answer, closes.
//!
//! Discord tells nobody without a gateway that somebody wrote. A pass of cron asks once for a guild's channels, and for
//! messages only where there are new ones. Everything that it goes by is in the row, so that no restart forgets it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, UserMarker};

use super::model::{Event, EventKind, Status, Ticket};
use super::store::{self, By, Left};
use super::workflow::{self, Step};
use super::{Settings, settle};
use crate::app::App;
use crate::discord;
use crate::settings::System;

/// How often a live ticket is looked at.
const EVERY: SignedDuration = SignedDuration::from_mins(5);

/// How often a server is looked at that the bot is not in any more.
const AWAY: SignedDuration = SignedDuration::from_hours(6);

/// Tickets of one guild that one pass looks at.
const AT_ONCE: i64 = 500;

const CALL_TIME: Duration = Duration::from_secs(20);

fn deadline() -> Instant {
    Instant::now() + CALL_TIME
}

/// What was seen of a ticket's channel so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Seen {
    /// The newest message that was read.
    pub(super) message: Option<Id<MessageMarker>>,
    /// When its member wrote last, and when the staff did.
    pub(super) member_spoke_at: Option<Timestamp>,
    pub(super) staff_spoke_at: Option<Timestamp>,
    /// Since when its member waits for an answer; nothing if the staff spoke last.
    pub(super) waits_since: Option<Timestamp>,
    /// Since when the staff waits for its member, by the status.
    pub(super) asked_at: Option<Timestamp>,
    /// When the silent side was reminded, and when an answer was called for.
    pub(super) reminded_at: Option<Timestamp>,
    pub(super) alarmed_at: Option<Timestamp>,
    pub(super) first_response_at: Option<Timestamp>,
}

/// What is due.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Deed {
    /// Its member wrote: they want it open, and have answered.
    Go,
    RemindMember,
    RemindStaff,
    Alarm,
    Close(&'static str),
}

impl Seen {
    /// Takes note of somebody's message.
    fn hear(&mut self, ticket: &Ticket, others: &[Id<UserMarker>], posted: &discord::Posted) {
        let at = posted.sent_at();
        self.message = Some(posted.id);
        let author = &posted.author;
        if author.bot || !posted.ordinary || others.contains(&author.id) {
            return;
        }
        if author.id == ticket.user {
            self.member_spoke_at = Some(at);
            self.waits_since = self.waits_since.or(Some(at));
        } else {
            self.staff_spoke_at = Some(at);
            self.waits_since = None;
            self.first_response_at = self.first_response_at.or(Some(at));
        }
    }
}

/// What is due for a live ticket, the most urgent first.
fn due(ticket: &Ticket, seen: &Seen, left: bool, zone: &TimeZone, now: Timestamp) -> Option<Deed> {
    let kind = &ticket.kind.definition;
    let spoke_after = |at: Option<Timestamp>| at.is_some() && seen.member_spoke_at > at;
    if left && kind.close_when_left {
        return Some(Deed::Close("Its member has left the server."));
    }
    if spoke_after(ticket.close_requested_at) || (ticket.status == Status::WaitingForUser && spoke_after(seen.asked_at))
    {
        return Some(Deed::Go);
    }
    if ticket.close_due_at.is_some_and(|due| due <= now) {
        return Some(Deed::Close("Its member did not object."));
    }
    // Nobody is reminded twice of the same silence.
    let reminded = |since: Timestamp| seen.reminded_at.is_some_and(|at| at >= since);
    let after = |since: Timestamp, wait: SignedDuration| wait > SignedDuration::ZERO && now >= since + wait;
    let members_turn = ticket.status == Status::WaitingForUser || seen.waits_since.is_none();
    if members_turn {
        let since = seen.staff_spoke_at.max(seen.asked_at).unwrap_or(ticket.opened_at);
        let warned = kind.remind_after.0 == 0 || reminded(since);
        if after(since, kind.close_after.duration()) && warned {
            return Some(Deed::Close("Its member did not answer."));
        }
        return (after(since, kind.remind_after.duration()) && !reminded(since)).then_some(Deed::RemindMember);
    }
    let since = seen.waits_since.unwrap_or(ticket.opened_at);
    let limit = kind.answer_within.duration();
    let alarmed = seen.alarmed_at.is_some_and(|at| at >= since);
    if limit > SignedDuration::ZERO && !alarmed && kind.hours().worked(since, now, zone) >= limit {
        return Some(Deed::Alarm);
    }
    (after(since, kind.remind_after.duration()) && !reminded(since)).then_some(Deed::RemindStaff)
}

/// Guilds with tickets to look at.
pub(super) async fn guilds(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_guilds_to_check(&app.db, now).await?)
}

/// Looks at the tickets of a guild.
pub(super) async fn watch(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    // Whoever comes next finds them taken.
    let numbers = store::take_to_check(&app.db, guild, now, now + EVERY, AT_ONCE).await?;
    let mut newest: HashMap<Id<ChannelMarker>, Option<Id<MessageMarker>>> = HashMap::new();
    let known = match app.discord.guild(guild).channels(deadline()).await {
        Ok(channels) => channels,
        // The bot was taken out. Should it come back, it goes on where it was.
        Err(discord::Error::NoAccess { .. } | discord::Error::Gone { .. }) => {
            return Ok(store::set_abandoned(&app.db, guild, "I am not in this server any more.", now + AWAY).await?);
        }
        Err(error) => return Err(error.into()),
    };
    settle::clear_orphans(&app, guild, &known).await?;
    newest.extend(known.into_iter().map(|channel| (channel.id, channel.last_message_id)));
    let mut threads_known = false;
    let mut failed = Vec::new();
    for number in numbers {
        let Some(ticket) = store::find(&app.db, guild, By::Number(number)).await? else { continue };
        if ticket.shown.is_thread && !threads_known {
            let threads = app.discord.guild(guild).active_threads(deadline()).await?;
            settle::clear_orphans(&app, guild, &threads).await?;
            newest.extend(threads.into_iter().map(|thread| (thread.id, thread.last_message_id)));
            threads_known = true;
        }
        // What is wrong with one ticket is not the others' affair.
        if let Err(error) = look(&app, ticket, &newest, now).await {
            failed.push(format!("#{number}: {error:#}"));
        }
    }
    anyhow::ensure!(failed.is_empty(), "{}", failed.join("; "));
    Ok(())
}

async fn look(
    app: &App,
    mut ticket: Ticket,
    newest: &HashMap<Id<ChannelMarker>, Option<Id<MessageMarker>>>,
    now: Timestamp,
) -> anyhow::Result<()> {
    let Some(channel) = ticket.shown.channel.filter(|_| ticket.status.is_live()) else { return Ok(()) };
    let mut seen = store::find_seen(&app.db, ticket.guild, ticket.number).await?;
    let mut before = seen.clone();
    let last = match newest.get(&channel) {
        Some(last) => *last,
        // Not listed is hidden, archived or gone; only the channel itself tells.
        None => match app.discord.guild(ticket.guild).channel(channel, deadline()).await {
            Ok(found) => found.last_message_id,
            Err(discord::Error::Gone { .. }) => return settle::channel_gone(app, &ticket).await,
            Err(discord::Error::NoAccess { .. }) => return Ok(()),
            Err(error) => return Err(error.into()),
        },
    };
    if last > seen.message {
        read(app, &ticket, channel, &mut seen).await?;
    }
    let left = ticket.kind.definition.close_when_left
        && !app.discord.guild(ticket.guild).is_member(ticket.user, deadline()).await?;
    let system = app.settings.get::<System>(ticket.guild).await?;
    let settings = app.settings.get::<Settings>(ticket.guild).await?;
    let zone = system.time_zone.time_zone();
    let recorder = app.recorder(ticket.guild, "tickets", now).await?;
    // A step may make another one due: who goes on waiting is not reminded of what was before.
    while let Some(deed) = due(&ticket, &seen, left, &zone, now) {
        let (step, told) = match deed {
            Deed::Go => (Some((Step::KeepOpen, Some(ticket.user))), None),
            Deed::Close(reason) => (Some((Step::Close { reason: reason.to_owned() }, None)), None),
            Deed::RemindMember | Deed::RemindStaff => {
                seen.reminded_at = Some(now);
                let side = if deed == Deed::RemindMember { "its member" } else { "the staff" };
                (None, Some((EventKind::Reminded, side.to_owned())))
            }
            Deed::Alarm => {
                seen.alarmed_at = Some(now);
                let limit = crate::settings::field::show_minutes(ticket.kind.definition.answer_within.0);
                let why = format!("Nobody answered within {limit}.");
                let escalates = ticket.kind.definition.escalate && ticket.status.may_become(Status::Escalated);
                let to = settings.escalation_role;
                let step = escalates.then(|| (Step::Escalate { to, reason: why.clone() }, None));
                (step, Some((EventKind::Late, why)))
            }
        };
        // All of it or nothing: nobody is told twice, and what somebody else did meanwhile is looked at by the next pass.
        let mut tx = app.db.begin().await?;
        if !store::update_seen(&mut *tx, ticket.guild, ticket.number, &before, &seen).await? {
            return Ok(());
        }
        if let Some((kind, body)) = told {
            let event = Event { kind, user: None, target: None, body, announce: true };
            store::insert_event(&mut *tx, ticket.guild, ticket.number, &event, now).await?;
            let entry = workflow::entry(&ticket, &event);
            recorder.write(&mut *tx, &entry).await?;
        }
        if let Some((step, by)) = step {
            let Ok((after, event)) = workflow::take(&ticket, &step, by, &settings, now) else { return Ok(()) };
            let entry = workflow::entry(&after, &event);
            let entry = recorder.wanted(&entry);
            if !store::replace(&mut *tx, &ticket, &after, &event, entry, Left::Everything, now).await? {
                return Ok(());
            }
            ticket = after;
        }
        seen = store::find_seen(&mut *tx, ticket.guild, ticket.number).await?;
        before = seen.clone();
        tx.commit().await?;
        app.post_log(ticket.guild);
        settle::soon(app, ticket.guild, ticket.number);
        if !ticket.status.is_live() {
            return Ok(());
        }
    }
    if seen != before {
        store::update_seen(&app.db, ticket.guild, ticket.number, &before, &seen).await?;
    }
    Ok(())
}

/// Reads what is new.
async fn read(app: &App, ticket: &Ticket, channel: Id<ChannelMarker>, seen: &mut Seen) -> anyhow::Result<()> {
    let members = store::list_members(&app.db, ticket.guild, ticket.number).await?;
    let others: Vec<Id<UserMarker>> = members.into_iter().map(|(user, ..)| user).collect();
    loop {
        let page = app.discord.guild(ticket.guild).messages_after(channel, seen.message, deadline()).await?;
        for posted in &page {
            seen.hear(ticket, &others, posted);
        }
        if page.len() < discord::PAGE {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tickets::workflow::tests::ticket;
    use crate::settings::Minutes;

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
    }

    /// A ticket opened at 0 h of whose type everything is switched on.
    fn watched(status: Status) -> Ticket {
        let mut ticket = ticket(status);
        let definition = &mut ticket.kind.definition;
        definition.remind_after = Minutes(60 * 24);
        definition.close_after = Minutes(60 * 72);
        definition.answer_within = Minutes(60 * 4);
        definition.close_when_left = true;
        ticket
    }

    #[test]
    fn what_is_due_when() {
        let unanswered = Seen { waits_since: Some(at(0)), ..Seen::default() };
        let answered = Seen { staff_spoke_at: Some(at(2)), ..Seen::default() };
        let check = |ticket: &Ticket, seen: &Seen, hours: i64, expected: Option<Deed>| {
            assert_eq!(due(ticket, seen, false, &TimeZone::UTC, at(hours)), expected, "{seen:?} after {hours} h");
        };
        let open = watched(Status::Open);
        check(&open, &unanswered, 3, None);
        check(&open, &unanswered, 4, Some(Deed::Alarm));
        let alarmed = Seen { alarmed_at: Some(at(4)), ..unanswered.clone() };
        check(&open, &alarmed, 23, None);
        check(&open, &alarmed, 24, Some(Deed::RemindStaff));
        check(&open, &Seen { reminded_at: Some(at(24)), ..alarmed.clone() }, 999, None);
        // The staff answered: now its member is silent.
        check(&open, &answered, 25, None);
        check(&open, &answered, 26, Some(Deed::RemindMember));
        // Nobody is closed out without a warning, however long no pass was made.
        check(&open, &answered, 999, Some(Deed::RemindMember));
        let reminded = Seen { reminded_at: Some(at(26)), ..answered.clone() };
        check(&open, &reminded, 73, None);
        check(&open, &reminded, 74, Some(Deed::Close("Its member did not answer.")));
        // They answered after all, and wait again.
        let spoke = Seen { member_spoke_at: Some(at(30)), waits_since: Some(at(30)), ..reminded.clone() };
        check(&open, &spoke, 33, None);
        check(&open, &spoke, 34, Some(Deed::Alarm));
        // By its status the staff waits, whoever spoke last.
        let waiting = watched(Status::WaitingForUser);
        let asked = Seen { asked_at: Some(at(1)), ..unanswered.clone() };
        check(&waiting, &asked, 24, None);
        check(&waiting, &asked, 25, Some(Deed::RemindMember));
        check(&waiting, &Seen { member_spoke_at: Some(at(3)), ..asked }, 4, Some(Deed::Go));
        // Nothing is due where nothing is switched on.
        check(&ticket(Status::Open), &unanswered, 9999, None);
        check(&ticket(Status::Open), &answered, 9999, None);
    }

    #[test]
    fn a_request_to_close_runs_out_or_is_answered() {
        let mut ticket = ticket(Status::Claimed);
        ticket.close_requested_at = Some(at(1));
        ticket.close_due_at = Some(at(25));
        let zone = TimeZone::UTC;
        let seen = Seen { member_spoke_at: Some(at(0)), ..Seen::default() };
        assert_eq!(due(&ticket, &seen, false, &zone, at(24)), None);
        assert_eq!(due(&ticket, &seen, false, &zone, at(25)), Some(Deed::Close("Its member did not object.")));
        let spoke = Seen { member_spoke_at: Some(at(2)), ..Seen::default() };
        assert_eq!(due(&ticket, &spoke, false, &zone, at(25)), Some(Deed::Go));
        ticket.kind.definition.close_when_left = true;
        let left = due(&ticket, &spoke, true, &zone, at(25));
        assert_eq!(left, Some(Deed::Close("Its member has left the server.")));
    }

    #[test]
    fn only_working_time_counts_for_an_answer() {
        let mut ticket = watched(Status::Open);
        // The epoch was a Thursday.
        ticket.kind.definition.hours = "fri 09:00-17:00".to_owned();
        let seen = Seen { waits_since: Some(at(0)), ..Seen::default() };
        assert_eq!(
            due(&ticket, &Seen { reminded_at: Some(at(24)), ..seen.clone() }, false, &TimeZone::UTC, at(36)),
            None
        );
        assert_eq!(due(&ticket, &seen, false, &TimeZone::UTC, at(37)), Some(Deed::Alarm));
    }
}
