//! What time does to tickets: it sees who spoke, reminds the silent side, calls for an answer, closes.
//!
//! Discord tells nobody without a gateway that somebody wrote. A pass of cron asks once for a guild's channels, and for
//! messages only where there are new ones. Everything that it goes by is in the row, so that no restart forgets it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, RoleMarker, UserMarker};

use super::model::seen::{Deed, Seen, Speaker, due, speaker};
use super::model::workflow::{self, Step};
use super::model::{Problem, Side, Status, Ticket, Why};
use super::settings::Settings;
use super::store::{self, By};
use super::write::write_step;
use super::{settle, vanished};
use crate::acting::{Acting, Failure, Origin};
use crate::app::App;
use crate::discord;
use crate::settings::System;

/// How often a live ticket is looked at.
const EVERY: SignedDuration = SignedDuration::from_mins(5);

/// How often a server is looked at that the bot is not in any more.
const AWAY: SignedDuration = SignedDuration::from_hours(6);

/// Tickets of one guild that one pass looks at.
const IN_ALL: i64 = 500;

/// Of those that many are taken at once: a pass that takes too long is cut off, and what it has taken by then and not looked at
/// comes again only after [`EVERY`].
const AT_ONCE: i64 = 10;

const CALL_TIME: Duration = Duration::from_secs(20);

fn deadline() -> Instant {
    Instant::now() + CALL_TIME
}

/// Guilds with tickets to look at.
pub(crate) async fn guilds_to_watch(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_guilds_to_check(&app.db, now).await?)
}

/// Looks at the tickets of a guild.
pub(crate) async fn watch_guild(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let mut newest: HashMap<Id<ChannelMarker>, Option<Id<MessageMarker>>> = HashMap::new();
    let known = match app.discord.guild(guild).channels(deadline()).await {
        Ok(channels) => channels,
        // The bot was taken out. Should it come back, it goes on where it was.
        Err(discord::Error::NoAccess { .. } | discord::Error::Gone { .. }) => {
            // Whoever comes next finds them taken.
            store::take_to_check(&app.db, guild, now, now + EVERY, IN_ALL).await?;
            return Ok(store::set_abandoned(&app.db, guild, &Problem::Away, now + AWAY).await?);
        }
        Err(error) => return Err(error.into()),
    };
    settle::clear_orphans(&app, guild, &known).await?;
    newest.extend(known.into_iter().map(|channel| (channel.id, channel.last_message_id)));
    let mut threads_known = false;
    let mut failed = Vec::new();
    for _ in 0..IN_ALL / AT_ONCE {
        // Whoever comes next finds them taken.
        let numbers = store::take_to_check(&app.db, guild, now, now + EVERY, AT_ONCE).await?;
        if numbers.is_empty() {
            break;
        }
        for number in numbers {
            let Some(ticket) = store::find(&app.db, guild, By::Number(number)).await? else { continue };
            if ticket.shown.is_thread && !threads_known {
                let threads = app.discord.guild(guild).active_threads(deadline()).await?;
                settle::clear_orphans(&app, guild, &threads).await?;
                newest.extend(threads.into_iter().map(|thread| (thread.id, thread.last_message_id)));
                threads_known = true;
            }
            // What is wrong with one ticket is not the others' affair.
            if let Err(error) = watch_ticket(&app, ticket, &newest, now).await {
                failed.push(format!("#{number}: {error:#}"));
            }
        }
    }
    anyhow::ensure!(failed.is_empty(), "{}", failed.join("; "));
    Ok(())
}

/// Guilds with closed tickets that may have been kept as long as their guild wants: a day is the shortest that one may want.
pub(crate) async fn guilds_to_clear(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_guilds_to_delete(&app.db, now - days(1)).await?)
}

/// Archives closed tickets that were kept for long enough; their channels go once what was said there is kept. How long that is
/// says the setting now, so whoever changes it changes it also for what was closed before.
pub(crate) async fn clear_closed(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let settings = app.settings.get::<Settings>(guild).await?;
    if settings.closed_days == 0 {
        return Ok(());
    }
    // The rest has its turn with the next pass.
    for number in store::list_to_delete(&app.db, guild, now - days(settings.closed_days), CLEARED_AT_ONCE).await? {
        let Some(ticket) = store::find(&app.db, guild, By::Number(number)).await? else { continue };
        let acting = Acting::bot(&app, guild, "tickets", Origin::Routine, now).await?;
        let mut tx = app.db.begin().await?;
        let step = Step::Archive { end: workflow::end_of(&ticket) };
        match write_step(&mut tx, &acting, &ticket, (&step, &step.deed()), &settings).await {
            Ok(Some(_)) => tx.commit().await?,
            // Somebody has opened or archived it meanwhile.
            Ok(None) | Err(Failure::Refused(_) | Failure::Barred(_)) => continue,
            Err(Failure::Internal(error)) => return Err(error),
        }
        app.post_log(guild);
    }
    Ok(())
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// Tickets of one guild whose channels one pass deletes.
const CLEARED_AT_ONCE: i64 = 20;

/// Looks at tickets in the background, because somebody looks at them: of those whose member is waited for the answer may
/// be there. However many look, a guild's are looked at one after another; cron looks at them anyhow.
pub(crate) fn watch_soon(app: &App, guild: Id<GuildMarker>, numbers: Vec<i32>) {
    if numbers.is_empty() || app.looks.turns.is_crowded(guild) {
        return;
    }
    let work = app.in_background();
    app.background.spawn(async move {
        let watching = async {
            let _turn = work.looks.turns.wait_for_turn(guild).await;
            let now = work.clock.now();
            for number in numbers {
                if let Some(ticket) = store::find(&work.db, guild, By::Number(number)).await? {
                    watch_ticket(&work, ticket, &HashMap::new(), now).await?;
                }
            }
            anyhow::Ok(())
        };
        if let Some(Err(error)) = work.handing_over.run_until_cancelled(watching).await {
            tracing::debug!(%guild, error = format!("{error:#}"), "tickets are looked at later");
        }
    });
}

async fn watch_ticket(
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
            Err(discord::Error::Gone { .. }) => return settle::lose(app, &ticket, Why::ChannelDeleted).await,
            Err(discord::Error::NoAccess { .. }) => return Ok(()),
            Err(error) => return Err(error.into()),
        },
    };
    if last > seen.message {
        read_messages(app, &ticket, channel, &mut seen).await?;
    }
    let left = ticket.kind.definition.close_when_left
        && !app.discord.guild(ticket.guild).is_member(ticket.user, deadline()).await?;
    let system = app.settings.get::<System>(ticket.guild).await?;
    let settings = app.settings.get::<Settings>(ticket.guild).await?;
    let zone = system.time_zone.time_zone();
    let by_itself = Acting::bot(app, ticket.guild, "tickets", Origin::Routine, now).await?;
    // A step may make another one due: who goes on waiting is not reminded of what was before.
    while let Some(deed) = due(&ticket, &seen, left, &zone, now) {
        match deed {
            Deed::RemindMember | Deed::RemindStaff => seen.reminded_at = Some(now),
            Deed::Alarm => seen.alarmed_at = Some(now),
            Deed::KeepOpen { .. } | Deed::Close(_) => {}
        }
        let called = match deed {
            Deed::Alarm if ticket.kind.definition.escalate => {
                vanished::escalation_role(app, ticket.guild, &settings).await
            }
            _ => None,
        };
        let steps = steps(&ticket, called, &seen, deed);
        // All of it or nothing: nobody is told twice, and what somebody else did meanwhile is looked at by the next pass.
        let mut tx = app.db.begin().await?;
        if !store::update_seen(&mut *tx, ticket.guild, ticket.number, &before, &seen).await? {
            return Ok(());
        }
        for step in &steps {
            match write_step(&mut tx, &by_itself, &ticket, (step, &step.deed()), &settings).await {
                Ok(Some((stepped, _))) => ticket = stepped.ticket,
                Ok(None) | Err(Failure::Refused(_) | Failure::Barred(_)) => return Ok(()),
                Err(Failure::Internal(error)) => return Err(error),
            }
        }
        seen = store::find_seen(&mut *tx, ticket.guild, ticket.number).await?;
        before = seen.clone();
        tx.commit().await?;
        app.post_log(ticket.guild);
        settle::settle_soon(app, ticket.guild, ticket.number);
        if !ticket.status.is_live() {
            return Ok(());
        }
    }
    if seen != before {
        store::update_seen(&app.db, ticket.guild, ticket.number, &before, &seen).await?;
    }
    Ok(())
}

/// What is done about what is due, and who is `called` if it is escalated.
fn steps(ticket: &Ticket, called: Option<Id<RoleMarker>>, seen: &Seen, deed: Deed) -> Vec<Step> {
    match deed {
        Deed::KeepOpen { at } => vec![Step::Answered { at, message: seen.answer }],
        Deed::Close(why) => vec![Step::Close { reason: String::new(), why: Some(why) }],
        Deed::RemindMember => vec![Step::Remind { side: Side::Member }],
        Deed::RemindStaff => vec![Step::Remind { side: Side::Staff }],
        Deed::Alarm => {
            let minutes = ticket.kind.definition.answer_within.0;
            let mut steps = vec![Step::Alarm { minutes }];
            if ticket.kind.definition.escalate && ticket.status.may_become(Status::Escalated) {
                let (to, why) = (called, Some(Why::NotAnswered { minutes }));
                steps.push(Step::Escalate { to, reason: String::new(), why });
            }
            steps
        }
    }
}

/// Reads what is new.
async fn read_messages(app: &App, ticket: &Ticket, channel: Id<ChannelMarker>, seen: &mut Seen) -> anyhow::Result<()> {
    let mut known: HashMap<Id<UserMarker>, Speaker> = HashMap::new();
    loop {
        let page = app.discord.guild(ticket.guild).messages_after(channel, seen.message, deadline()).await?;
        for posted in &page {
            let author = posted.author.id;
            let who = match (speaker(ticket.user, posted), known.get(&author)) {
                (Some(speaker), _) => speaker,
                (None, Some(speaker)) => *speaker,
                (None, None) => *known.entry(author).or_insert(by_roles(app, ticket, author).await?),
            };
            seen.hear(channel, who, posted);
        }
        if page.len() < discord::PAGE {
            return Ok(());
        }
    }
}

/// Who somebody is in a ticket. Of who has left nobody knows any more; who was not added was staff then.
async fn by_roles(app: &App, ticket: &Ticket, user: Id<UserMarker>) -> anyhow::Result<Speaker> {
    let settings = app.settings.get::<Settings>(ticket.guild).await?;
    let works = match settle::works_it(app, ticket, &settings, user).await? {
        Some(works) => works,
        None => {
            let added = store::list_members(&app.db, ticket.guild, ticket.number).await?;
            !added.iter().any(|(added, ..)| *added == user)
        }
    };
    Ok(if works { Speaker::Staff } else { Speaker::Other })
}
