//! Who reads and writes in a ticket: what its row says, in both directions, looked at each time that it is settled.

use tokio::task::JoinHandle;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GenericMarker, GuildMarker, RoleMarker, UserMarker};

use super::super::model::{EventKind, Ticket, Why};
use super::super::settings::Settings;
use super::super::store::{self, By, Happened};
use super::lose::lose;
use super::staff::works_it;
use super::trouble::{READS, SHUT, TAKES_PART, Text, Trouble, deadline, store_shown, trouble};
use super::{LEASE, open_thread, settle_ticket};
use crate::app::App;
use crate::discord::{self, Guild, Overwrite};
use crate::say;
use crate::words::{Language, Say};

/// Who takes part besides the member and the staff, or no longer does, and whether Discord knows.
type Members = [(Id<UserMarker>, bool, bool)];

/// Lets in and out who should be, and lets members write, or only read if it is `shut`.
pub(super) async fn apply_access(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    settings: &Settings,
    happened: &[Happened],
    shut: bool,
    language: Language,
) -> Result<Text, Trouble> {
    let members = store::list_members(&app.db, ticket.guild, ticket.number).await?;
    let applied = match ticket.shown.is_thread {
        true => apply_in_thread(app, ticket, channel, settings, &members, happened, shut, language).await,
        false => apply_in_channel(app, ticket, channel, settings, &members, shut, language).await,
    };
    applied?;
    if ticket.shown.shut != shut {
        ticket.shown.shut = shut;
        store_shown(app, ticket).await?;
    }
    Ok(Text::Unchanged)
}

/// Lets the member of a ticket in again who has left the server and come back, if they are out. A ticket whose channel is gone
/// ends; `true` then.
pub(crate) async fn let_member_in(app: &App, ticket: &Ticket) -> anyhow::Result<bool> {
    let (guild, number) = (ticket.guild, ticket.number);
    let Some(channel) = ticket.shown.channel.filter(|_| ticket.status.is_live()) else { return Ok(false) };
    let discord = app.discord.guild(guild);
    let looked = match ticket.shown.is_thread {
        true => discord.add_thread_member(channel, ticket.user, deadline()).await.map(|()| false),
        false => {
            let before = discord.overwrites(channel, deadline()).await;
            before.map(|before| member_overwrite(&before, ticket.user, None).is_some())
        }
    };
    match looked {
        Ok(false) => return Ok(false),
        // What the row says of the channel is brought there by whoever holds it: it may be closed at this moment.
        Ok(true) => store::set_stale(&app.db, guild, number, app.clock.now()).await?,
        Err(discord::Error::ThreadClosed { .. }) => {
            store::set_stale(&app.db, guild, number, app.clock.now()).await?;
            wake_for_member(app, guild, number).await?;
        }
        Err(discord::Error::Gone { code: 10003 }) => {
            lose(app, ticket, Why::ChannelDeleted).await?;
            return Ok(true);
        }
        Err(error) => return Err(error.into()),
    }
    settle_ticket(app, guild, number).await?;
    Ok(store::find(&app.db, guild, By::Number(number)).await?.is_none_or(|ticket| !ticket.status.is_live()))
}

/// Opens the thread of a ticket that fell asleep, and brings its member in, unless somebody else holds it: they open it, and the
/// member is let in when they ask for the next time.
async fn wake_for_member(app: &App, guild: Id<GuildMarker>, number: i32) -> anyhow::Result<()> {
    let now = app.clock.now();
    if store::take_unsettled(&app.db, guild, number, now, LEASE).await?.is_none() {
        return Ok(());
    }
    let Some(mut ticket) = store::find(&app.db, guild, By::Number(number)).await? else { return Ok(()) };
    let waking = async {
        let Some(channel) = ticket.shown.channel.filter(|_| ticket.status.is_live()) else { return Ok(()) };
        open_thread(app, &mut ticket).await?;
        let added = app.discord.guild(guild).add_thread_member(channel, ticket.user, deadline()).await;
        added.map_err(|error| trouble(error, channel))
    };
    let woken = waking.await;
    // What is left is brought there as ever.
    store::release(&app.db, &ticket, now, None).await?;
    match woken {
        Err(Trouble::Passing(error)) => Err(error),
        // Settling finds the same, and says so.
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The same in the background for tickets that somebody asks for. Whoever waits for it hears whether one of them has ended.
pub(crate) fn let_member_in_soon(app: &App, guild: Id<GuildMarker>, numbers: Vec<i32>) -> JoinHandle<bool> {
    let work = app.in_background();
    app.background.spawn(async move {
        let letting_in = async {
            let mut any_ended = false;
            for number in numbers {
                let let_in = async {
                    match store::find(&work.db, guild, By::Number(number)).await? {
                        Some(ticket) => let_member_in(&work, &ticket).await,
                        None => Ok(false),
                    }
                };
                match let_in.await {
                    Ok(ended) => any_ended |= ended,
                    // What is wrong with one ticket is not the others' affair.
                    Err(error) => {
                        let error = format!("{error:#}");
                        tracing::warn!(%guild, number, error, "a member may be out of their own ticket");
                    }
                }
            }
            any_ended
        };
        work.handing_over.run_until_cancelled(letting_in).await.unwrap_or(false)
    })
}

/// A thread has no overwrites: it is open or closed, and people are in it or not.
#[allow(clippy::too_many_arguments)]
async fn apply_in_thread(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    settings: &Settings,
    members: &Members,
    happened: &[Happened],
    shut: bool,
    language: Language,
) -> Result<(), Trouble> {
    let discord = app.discord.guild(ticket.guild);
    let mut refused = None;
    // Nobody is taken out of a thread that is closed.
    if !ticket.shown.shut {
        take_out_called(app, ticket, channel, settings, members, &mut refused).await?;
    }
    if ticket.shown.shut != shut {
        let reason = say!(language, ticket_events_audit_is, number = ticket.number, status = ticket.status.said());
        let done = discord.set_thread_closed(channel, shut, &reason, deadline()).await;
        done.map_err(|error| trouble(error, channel))?;
    }
    // Who was in and left the thread by themselves is not called back by everything that happens.
    let back = happened.iter().any(|it| match it.event.kind {
        EventKind::Added => it.event.target == Some(ticket.user),
        _ => it.event.user == Some(ticket.user),
    });
    let member = (back && !shut).then_some((ticket.user, true));
    let others = members.iter().filter(|(_, _, applied)| !applied).map(|(user, present, _)| (*user, *present));
    for (user, present) in member.into_iter().chain(others) {
        let done = match present {
            true => discord.add_thread_member(channel, user, deadline()).await,
            false => discord.remove_thread_member(channel, user, deadline()).await,
        };
        let done = one_done(done, channel, &mut refused)?;
        if done && user != ticket.user {
            store::set_member_applied(&app.db, ticket.guild, ticket.number, user, present).await?;
        }
    }
    if ticket.shown.shut && !shut {
        take_out_called(app, ticket, channel, settings, members, &mut refused).await?;
    }
    refused.map_or(Ok(()), Err)
}

/// So many people are looked at who may have come into a thread because they were called; the rest by the next settling.
const LOOKED_AT: usize = 100;

/// Takes those out of a thread whose role was called and is no longer, unless they work the ticket or were added: Discord makes
/// members of all whom a mention calls, and leaves them in.
async fn take_out_called(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    settings: &Settings,
    members: &Members,
    refused: &mut Option<Trouble>,
) -> Result<(), Trouble> {
    if ticket.called_before.is_empty() {
        return Ok(());
    }
    let discord = app.discord.guild(ticket.guild);
    let inside = match discord.thread_members(channel, deadline()).await {
        Ok(inside) => inside,
        // Discord does not tell the bot who is there: whoever never said or did anything in it stays.
        Err(discord::Error::NoAccess { .. } | discord::Error::MissingPermission) => {
            heard_of(app, ticket, channel).await?
        }
        Err(error) => return Err(trouble(error, channel)),
    };
    let added = |user: Id<UserMarker>| members.iter().any(|(member, present, _)| *member == user && *present);
    let others = inside.into_iter().filter(|user| *user != ticket.user && *user != app.discord.own_user());
    for user in others.filter(|user| !added(*user)).take(LOOKED_AT) {
        let found = discord.find_member(user, deadline()).await.map_err(|error| trouble(error, channel))?;
        let was_called = found.is_some_and(|it| it.roles.iter().any(|role| ticket.called_before.contains(role)));
        if was_called && works_it(app, ticket, settings, user).await? == Some(false) {
            let done = discord.remove_thread_member(channel, user, deadline()).await;
            one_done(done, channel, refused)?;
        }
    }
    Ok(())
}

/// Who has said or done something in a ticket.
async fn heard_of(app: &App, ticket: &Ticket, channel: Id<ChannelMarker>) -> Result<Vec<Id<UserMarker>>, Trouble> {
    let happened = store::list_events(&app.db, ticket.guild, ticket.number, false).await?;
    let posted = app.discord.guild(ticket.guild).messages_after(channel, None, deadline()).await;
    let posted = posted.map_err(|error| trouble(error, channel))?;
    let authors = posted.iter().filter(|posted| !posted.author.bot).map(|posted| posted.author.id);
    let mut users: Vec<_> = happened.iter().filter_map(|it| it.event.user).chain(authors).collect();
    users.sort_unstable();
    users.dedup();
    Ok(users)
}

async fn apply_in_channel(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    settings: &Settings,
    members: &Members,
    shut: bool,
    language: Language,
) -> Result<(), Trouble> {
    let discord = app.discord.guild(ticket.guild);
    let before = discord.overwrites(channel, deadline()).await.map_err(|error| trouble(error, channel))?;
    let shut_out = match shut {
        true => Some(deniable(&discord, channel).await.map_err(|error| trouble(error, channel))?),
        false => None,
    };
    let mut roles = ticket.kind.definition.staff(settings);
    roles.extend(ticket.escalated_to);
    let Wanted { give, take } = wanted(&before, ticket.user, &roles, members, shut_out);
    let reason = match ticket.shown.shut == shut {
        true => say!(language, ticket_events_audit_ticket, number = ticket.number),
        false => say!(language, ticket_events_audit_is, number = ticket.number, status = ticket.status.said()),
    };
    let mut refused = None;
    let mut failed = Vec::new();
    for overwrite in give {
        let done = set_overwrite(&discord, channel, overwrite, &reason).await;
        if !one_done(done, channel, &mut refused)? {
            failed.push(overwrite.target());
        }
    }
    for target in take {
        let done = discord.delete_overwrite(channel, target, &reason, deadline()).await;
        if !one_done(done, channel, &mut refused)? {
            failed.push(target);
        }
    }
    for (user, present, applied) in members {
        if !applied && !failed.contains(&user.cast()) {
            store::set_member_applied(&app.db, ticket.guild, ticket.number, *user, *present).await?;
        }
    }
    refused.map_or(Ok(()), Err)
}

/// What of writing the bot may take from others: Discord lets nobody deny what they may not do themselves. Without the right to
/// send messages nothing is shut, so that is asked for all the same, and the admins read what is missing.
async fn deniable(discord: &Guild<'_>, channel: Id<ChannelMarker>) -> Result<Permissions, discord::Error> {
    let own = discord.own_permissions_now(channel, deadline()).await?.unwrap_or(Permissions::all());
    let own = if own.contains(Permissions::ADMINISTRATOR) { Permissions::all() } else { own };
    Ok((own & SHUT) | Permissions::SEND_MESSAGES)
}

/// Sets an overwrite. What the bot may do in the channel alone, and not in the server, it may not deny there.
async fn set_overwrite(
    discord: &Guild<'_>,
    channel: Id<ChannelMarker>,
    overwrite: Overwrite,
    reason: &str,
) -> Result<(), discord::Error> {
    match (discord.set_overwrite(channel, overwrite, reason, deadline()).await, overwrite) {
        (Err(discord::Error::MissingPermission), Overwrite::Member(user, allow, deny))
            if deny.contains(Permissions::SEND_MESSAGES) && deny != Permissions::SEND_MESSAGES =>
        {
            let overwrite = Overwrite::Member(user, allow, Permissions::SEND_MESSAGES);
            discord.set_overwrite(channel, overwrite, reason, deadline()).await
        }
        (done, _) => done,
    }
}

/// Whether one of several was done. One who cannot be let in, or out, does not hold up the others; the first is told of.
fn one_done(
    done: Result<(), discord::Error>,
    channel: Id<ChannelMarker>,
    refused: &mut Option<Trouble>,
) -> Result<bool, Trouble> {
    match done {
        // Who has left the server, or was never in, is out; so is a role that was deleted.
        Ok(()) | Err(discord::Error::Gone { code: 10007 | 10009 | 10011 | 10013 }) => Ok(true),
        Err(error) if !error.is_passing() => {
            refused.get_or_insert(trouble(error, channel));
            Ok(false)
        }
        Err(error) => Err(trouble(error, channel)),
    }
}

/// What is missing of who may do what in a channel, and what is too much.
#[derive(Debug, Default, PartialEq)]
struct Wanted {
    give: Vec<Overwrite>,
    take: Vec<Id<GenericMarker>>,
}

fn wanted(
    before: &[Overwrite],
    member: Id<UserMarker>,
    roles: &[Id<RoleMarker>],
    members: &Members,
    shut_out: Option<Permissions>,
) -> Wanted {
    let mut wanted = Wanted::default();
    let sees = |role: Id<RoleMarker>| {
        let allows = |it: &Overwrite| matches!(it, Overwrite::Role(id, allow, _) if *id == role && allow.contains(Permissions::VIEW_CHANNEL));
        before.iter().any(allows)
    };
    for role in roles.iter().filter(|role| !sees(**role)) {
        wanted.give.push(Overwrite::Role(*role, TAKES_PART, Permissions::empty()));
    }
    // What is exactly as we write it is ours; what admins gave otherwise is theirs.
    let ours =
        |it: &&Overwrite| matches!(it, Overwrite::Role(id, TAKES_PART, deny) if deny.is_empty() && !roles.contains(id));
    wanted.take.extend(before.iter().filter(ours).map(Overwrite::target));
    let present = members.iter().filter(|(_, present, _)| *present).map(|(user, ..)| *user);
    wanted
        .give
        .extend(std::iter::once(member).chain(present).filter_map(|user| member_overwrite(before, user, shut_out)));
    let removed = members.iter().filter(|(user, present, _)| !present && *user != member);
    let has_one = |user: Id<UserMarker>| before.iter().any(|it| it.target() == user.cast());
    wanted.take.extend(removed.map(|(user, ..)| *user).filter(|user| has_one(*user)).map(Id::cast::<GenericMarker>));
    wanted
}

/// What a member who takes part is to have instead of what they have; they may do nothing of `shut_out` in what is closed.
fn member_overwrite(before: &[Overwrite], user: Id<UserMarker>, shut_out: Option<Permissions>) -> Option<Overwrite> {
    let has = before.iter().find_map(|it| match it {
        Overwrite::Member(id, allow, deny) if *id == user => Some((*allow, *deny)),
        _ => None,
    });
    let fits = has.is_some_and(|(allow, deny)| match shut_out {
        Some(shut_out) => allow.contains(READS) && !allow.intersects(SHUT) && deny.contains(shut_out),
        None => allow.contains(READS | Permissions::SEND_MESSAGES) && !deny.intersects(SHUT),
    });
    let (allow, deny) = shut_out.map_or((TAKES_PART, Permissions::empty()), |shut_out| (READS, shut_out));
    (!fits).then_some(Overwrite::Member(user, allow, deny))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_follows_the_row_in_both_directions() {
        let id = Id::new;
        let (ann, bob, carl): (Id<UserMarker>, Id<UserMarker>, Id<UserMarker>) = (id(1), id(2), id(3));
        let (staff, called): (Id<RoleMarker>, Id<RoleMarker>) = (Id::new(8), Id::new(9));
        let none = Permissions::empty();
        let open = vec![
            Overwrite::Member(ann, TAKES_PART, none),
            Overwrite::Member(bob, TAKES_PART, none),
            Overwrite::Role(staff, TAKES_PART, none),
        ];
        let members = [(bob, true, true)];
        assert_eq!(wanted(&open, ann, &[staff], &members, None), Wanted::default());
        let shut = wanted(&open, ann, &[staff], &members, Some(SHUT));
        assert_eq!(shut.give, [Overwrite::Member(ann, READS, SHUT), Overwrite::Member(bob, READS, SHUT)]);
        // Who was called sees it, and no longer once it was taken back; what an admin gave stays.
        let escalated = wanted(&open, ann, &[staff, called], &members, None);
        assert_eq!(escalated.give, [Overwrite::Role(called, TAKES_PART, none)]);
        let guests = Overwrite::Role(Id::new(7), Permissions::VIEW_CHANNEL, none);
        let more = [open.clone(), vec![Overwrite::Role(called, TAKES_PART, none), guests]].concat();
        assert_eq!(wanted(&more, ann, &[staff], &members, None).take, [called.cast()]);
        // Who was removed is out, who came back is in.
        let gone = [(bob, false, false), (carl, false, true)];
        assert_eq!(wanted(&open[1..], ann, &[staff], &gone, None).give, [Overwrite::Member(ann, TAKES_PART, none)]);
        assert_eq!(wanted(&open[1..], ann, &[staff], &gone, None).take, [bob.cast()]);
    }
}
