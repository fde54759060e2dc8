//! Bringing Discord to what a ticket's row says: its channel, its message, who may write, what has to be told.
//!
//! One function does all of it and looks first at what is there already, so that it may be interrupted anywhere and run
//! again: by this process, by another, or by cron. Whoever runs it holds the ticket under a lease, whose number is the
//! fence.

use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use twilight_model::channel::message::AllowedMentions;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, UserMarker};

use super::model::{Event, EventKind, NAMING, Status, Ticket};
use super::store::{self, By, Happened, Left};
use super::transcript::{self, Measure, Sent, Stopped};
use super::{Notify, Settings, screens, workflow};
use crate::app::App;
use crate::db::db_id;
use crate::discord::{self, Channel, File, MessageBody, NewChannel, Nonce, Overwrite};
use crate::feature::NotYet;
use crate::log_channel;
use crate::settings::{System, field};
use crate::ui::{Message, plain};

/// How long a silent process keeps a ticket, and how often one that works says that it lives.
const LEASE: SignedDuration = SignedDuration::from_secs(20);
const RENEW_EVERY: Duration = Duration::from_secs(6);

/// After which pauses a ticket is tried again that Discord did not take: soon at first, for its member waits.
const PAUSE: SignedDuration = SignedDuration::from_secs(2);
const LATER_PAUSE: SignedDuration = SignedDuration::from_secs(20);

/// So long after a call for a channel that got no answer it is certain that none comes of it any more. Discord has been
/// seen to make one after 26 seconds.
const CERTAIN: SignedDuration = SignedDuration::from_secs(30);

/// A channel with the mark of a ticket that has another is nobody's after this.
const ORPHAN_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// How often it is looked for meanwhile.
const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(5);

/// The same for one that somebody has to do something about; it grows with the time that this takes.
const REFUSED_PAUSE: SignedDuration = SignedDuration::from_mins(30);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(24);

/// One call waits for Discord's limits at most this long.
const CALL_TIME: Duration = Duration::from_secs(20);

/// The same for one that carries files, of which there may be many.
const UPLOAD_TIME: Duration = Duration::from_secs(45);

/// Tickets of a guild that one pass of cron takes up; the rest goes on with the next.
const DUE: i64 = 50;

/// How often a ticket is looked at again because it changed meanwhile.
const ROUNDS: u32 = 10;

/// What members of a ticket may do in its channel.
const TAKES_PART: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// What they may do once it is closed.
const READS: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);

/// Why Discord does not show a ticket as it is.
enum Trouble {
    /// It may by and by.
    Passing(anyhow::Error),
    /// Its channel was deleted.
    Gone,
    /// Its thread sleeps, or is locked, and takes nothing before it is opened.
    Asleep,
    /// A channel may exist that nobody knows of yet; it is looked for again after this.
    Uncertain(SignedDuration),
    /// It will not before somebody does something: what, in a sentence.
    Refused(String),
    /// Another process has it.
    Lost,
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Trouble {
        Trouble::Passing(error.into())
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Trouble {
        Trouble::Passing(error)
    }
}

fn deadline() -> Instant {
    Instant::now() + CALL_TIME
}

fn upload_deadline() -> Instant {
    Instant::now() + UPLOAD_TIME
}

/// Settles a ticket once the interaction has its answer: what deletes a channel must not overtake it.
pub(super) fn after(cx: &crate::interactions::Context, number: i32) {
    let (app, guild, answered) = (cx.app.clone(), cx.guild, cx.answered.clone());
    cx.app.background.spawn(async move {
        answered.cancelled().await;
        soon(&app, guild, number);
    });
}

/// Settles a ticket in the background.
pub(super) fn soon(app: &App, guild: Id<GuildMarker>, number: i32) {
    let work = app.in_background();
    app.background.spawn(async move {
        let settling = settle(&work, guild, number);
        // When the process stops, others go on.
        if let Some(Err(error)) = work.handing_over.run_until_cancelled(settling).await {
            tracing::warn!(%guild, number, error = format!("{error:#}"), "a ticket is settled later");
        }
    });
}

/// Guilds with tickets whose lease has run out.
pub(super) async fn guilds(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_unsettled_guilds(&app.db, now).await?)
}

/// Settles tickets of a guild whose lease has run out.
pub(super) async fn due(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let numbers = store::list_unsettled(&app.db, guild, now, DUE).await?;
    let work = app.in_background();
    // One after another, and for as long as it takes: a long transcript that was cut off would be begun anew each time.
    app.background.spawn(async move {
        for number in numbers {
            let settling = settle(&work, guild, number);
            match work.handing_over.run_until_cancelled(settling).await {
                None => return,
                // What is wrong with one ticket is not the others' affair.
                Some(Err(error)) => {
                    tracing::warn!(%guild, number, error = format!("{error:#}"), "a ticket is settled later");
                }
                Some(Ok(())) => {}
            }
        }
    });
    Ok(())
}

/// Settles a ticket until it has a channel, or never will.
///
/// # Errors
/// [`NotYet`] while another process opens it, or Discord may still take it.
pub(super) async fn until_open(app: &App, guild: Id<GuildMarker>, number: i32) -> anyhow::Result<Ticket> {
    let settled = settle(app, guild, number).await;
    let ticket = store::find(&app.db, guild, By::Number(number)).await?.context("the ticket is gone")?;
    if ticket.shown.channel.is_some() || !ticket.status.is_live() {
        return Ok(ticket);
    }
    let why = settled.err().map_or("another process opens the ticket".to_owned(), |error| format!("{error:#}"));
    // Whoever comes next comes when the ticket may be taken, and has missed nothing.
    let until = store::find_settle_at(&app.db, guild, number).await?.unwrap_or(ticket.opened_at);
    let pause = until.duration_since(app.clock.now()).clamp(SignedDuration::ZERO, LEASE);
    Err(NotYet { pause, why }.into())
}

/// Settles a ticket, unless somebody else does.
///
/// # Errors
/// What stood in the way; it is tried again later.
pub(super) async fn settle(app: &App, guild: Id<GuildMarker>, number: i32) -> anyhow::Result<()> {
    for _ in 0..ROUNDS {
        let now = app.clock.now();
        if store::take_unsettled(&app.db, guild, number, now, LEASE).await?.is_none() {
            return Ok(());
        }
        let Some(mut ticket) = store::find(&app.db, guild, By::Number(number)).await? else { return Ok(()) };
        let held = ticket.clone();
        let brought = tokio::select! {
            brought = bring(app, &mut ticket) => brought,
            () = keep_held(app, &held) => Err(Trouble::Lost),
        };
        match brought {
            Ok(()) => {
                if store::set_settled(&app.db, &ticket, None).await? {
                    return Ok(());
                }
            }
            Err(Trouble::Lost) => return Ok(()),
            Err(Trouble::Gone) => channel_gone(app, &ticket).await?,
            Err(Trouble::Asleep) => wake(app, &mut ticket).await?,
            // It is not forgotten: what is missing is made up for once it can be, or when somebody touches the ticket.
            Err(Trouble::Refused(problem)) => {
                report(app, ticket.guild, ticket.number, &problem).await?;
                let pause = now.duration_since(ticket.updated_at).clamp(REFUSED_PAUSE, LONGEST_PAUSE);
                return Ok(store::release(&app.db, &ticket, now + pause, Some(&problem)).await?);
            }
            Err(Trouble::Passing(error)) => {
                let now = app.clock.now();
                let pause = SignedDuration::from_secs(now.duration_since(ticket.updated_at).as_secs() / 4);
                store::release(&app.db, &ticket, now + pause.clamp(PAUSE, LATER_PAUSE), None).await?;
                return Err(error);
            }
            Err(Trouble::Uncertain(pause)) => {
                store::release(&app.db, &ticket, app.clock.now() + pause, None).await?;
                anyhow::bail!("ticket #{number} may have a channel that nobody knows of yet");
            }
        }
        // It has changed meanwhile.
        store::release(&app.db, &ticket, now, None).await?;
    }
    anyhow::bail!("ticket #{number} changed {ROUNDS} times while it was settled")
}

/// Renews the lease until it is lost.
async fn keep_held(app: &App, ticket: &Ticket) {
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        match store::extend_lease(&app.db, ticket, app.clock.now() + LEASE).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(%error, "a ticket's lease cannot be renewed"),
        }
    }
}

/// Opens a thread that fell asleep, so that what is to be done in it can be; a closed ticket's is closed again afterwards.
async fn wake(app: &App, ticket: &mut Ticket) -> anyhow::Result<()> {
    let Some(channel) = ticket.shown.channel else { return Ok(()) };
    let reason = format!("Ticket #{} is {}", ticket.number, ticket.status);
    app.discord.guild(ticket.guild).set_thread_closed(channel, false, &reason, deadline()).await?;
    ticket.shown.shut = false;
    store::update_shown(&app.db, ticket).await?;
    Ok(())
}

async fn bring(app: &App, ticket: &mut Ticket) -> Result<(), Trouble> {
    let settings = app.settings.get::<Settings>(ticket.guild).await?;
    let system = app.settings.get::<System>(ticket.guild).await?;
    if ticket.shown.channel.is_none() {
        if !ticket.status.is_live() {
            return forget_announcements(app, ticket).await;
        }
        create(app, ticket, &settings).await?;
    }
    let Some(channel) = ticket.shown.channel else { return Ok(()) };
    if ticket.status == Status::Archived {
        return remove(app, ticket, channel, &settings, &system).await;
    }
    if ticket.status.is_live() && ticket.shown.shut {
        set_shut(app, ticket, channel, false).await?;
    }
    show(app, ticket, channel, &settings, &system).await?;
    apply_members(app, ticket, channel).await?;
    for happened in store::list_events(&app.db, ticket.guild, ticket.number, true).await? {
        announce(app, ticket, channel, &happened, &settings).await?;
        store::set_announced(&app.db, ticket.guild, ticket.number, happened.id).await?;
    }
    if ticket.status == Status::Closed {
        if !ticket.shown.transcribed {
            transcribe(app, ticket, channel, &system).await?;
        }
        post_transcript(app, ticket, &settings).await?;
        if !ticket.shown.member_told {
            tell_member(app, ticket, channel, &settings).await?;
        }
        if !ticket.shown.shut {
            set_shut(app, ticket, channel, true).await?;
        }
    }
    Ok(())
}

/// Stores what is in Discord now, so that whoever comes next knows it.
async fn store_shown(app: &App, ticket: &Ticket) -> Result<(), Trouble> {
    if store::update_shown(&app.db, ticket).await? { Ok(()) } else { Err(Trouble::Lost) }
}

/// Where a ticket may open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Category(Option<Id<ChannelMarker>>),
    Threads(Id<ChannelMarker>),
}

/// The places to try, the best first.
fn places(ticket: &Ticket, settings: &Settings) -> Vec<Place> {
    let definition = &ticket.kind.definition;
    let mut places = Vec::new();
    match definition.place {
        Some(channel) if definition.in_threads => places.push(Place::Threads(channel)),
        Some(category) => places.push(Place::Category(Some(category))),
        None => places.push(Place::Category(settings.category)),
    }
    places.extend(settings.overflow_category.map(|category| Place::Category(Some(category))));
    places.extend(settings.thread_channel.map(Place::Threads));
    places.dedup();
    places
}

/// By which a ticket's channel is found again; it stands at the end of its topic.
fn mark(number: i32) -> String {
    format!("alphapy:{number}")
}

/// What the channel is called. A thread has no topic, so its name always has the number.
fn name(ticket: &Ticket, member: &str, neutral: bool) -> String {
    if neutral {
        // Discord refuses some words and numbers in servers that are listed publicly; spelled out they pass.
        let digits = ticket.number.to_string();
        let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        let spelled = digits.chars().filter_map(|digit| words.get(digit.to_digit(10)? as usize).copied());
        return format!("support-{}", spelled.collect::<Vec<_>>().join("-"));
    }
    let template = ticket.kind.definition.naming.as_str();
    let filled = field::fill(if template.is_empty() { NAMING } else { template }, |name| match name {
        "number" => Some(ticket.number.to_string()),
        "member" => Some(member.to_owned()),
        "type" => Some(ticket.kind.name.clone()),
        _ => None,
    });
    let shaped: String = filled.chars().filter(|c| !c.is_control()).take(90).collect();
    match shaped.trim() {
        "" => format!("ticket-{}", ticket.number),
        shaped => shaped.to_owned(),
    }
}

fn thread_name(ticket: &Ticket, name: &str) -> String {
    match last_number(name) == Some(ticket.number) {
        true => name.to_owned(),
        false => format!("{name} #{}", ticket.number),
    }
}

/// The last number in a thread's name, by which the thread is found again.
fn last_number(name: &str) -> Option<i32> {
    name.split(|c: char| !c.is_ascii_digit()).rfind(|part| !part.is_empty())?.parse().ok()
}

/// Makes the channel, or finds the one that was made before the process that made it died.
async fn create(app: &App, ticket: &mut Ticket, settings: &Settings) -> Result<(), Trouble> {
    if let Some(since) = ticket.shown.creating_since {
        if let Some((channel, is_thread)) = adopt(app, ticket, settings).await? {
            return keep(app, ticket, channel, is_thread).await;
        }
        let left = (since + CERTAIN).duration_since(app.clock.now());
        if left.is_positive() {
            return Err(Trouble::Uncertain(left.min(LOOK_EVERY)));
        }
    }
    let member = app.discord.guild(ticket.guild).member_name(ticket.user, deadline()).await.unwrap_or_default();
    let mut obstacles = Vec::new();
    for place in places(ticket, settings) {
        let mut neutral = false;
        let error = loop {
            let name = name(ticket, &member, neutral);
            ticket.shown.creating_since = Some(app.clock.now());
            store_shown(app, ticket).await?;
            match create_in(app, ticket, settings, place, &name).await {
                Ok(channel) => return keep(app, ticket, channel, matches!(place, Place::Threads(_))).await,
                Err(discord::Error::NameRefused) if !neutral => neutral = true,
                Err(error) => break error,
            }
        };
        if error.is_passing() {
            // Where there was an answer, nothing comes of the call later; what it has made already is found at once.
            if !matches!(error, discord::Error::Transport(_) | discord::Error::TooSlow) {
                ticket.shown.creating_since = Some(app.clock.now() - CERTAIN);
                store_shown(app, ticket).await?;
            }
            return Err(Trouble::Passing(error.into()));
        }
        obstacles.push(obstacle(place, &error));
    }
    let why = obstacles.join(" ");
    close_without_channel(app, ticket, &why).await?;
    Err(Trouble::Lost)
}

async fn create_in(
    app: &App,
    ticket: &Ticket,
    settings: &Settings,
    place: Place,
    name: &str,
) -> Result<Id<ChannelMarker>, discord::Error> {
    let reason = format!("Ticket #{} of {}", ticket.number, ticket.user);
    match place {
        Place::Category(parent) => {
            let everyone = ticket.guild.cast();
            let mut overwrites = vec![
                Overwrite::Role(everyone, Permissions::empty(), Permissions::VIEW_CHANNEL),
                // Without this the bot would lock itself out.
                Overwrite::Member(app.discord.own_user(), TAKES_PART, Permissions::empty()),
                Overwrite::Member(ticket.user, TAKES_PART, Permissions::empty()),
            ];
            let staff = ticket.kind.definition.staff(settings);
            overwrites.extend(staff.into_iter().map(|role| Overwrite::Role(role, TAKES_PART, Permissions::empty())));
            let topic = format!("Ticket #{} · {} · {}", ticket.number, ticket.kind.name, mark(ticket.number));
            let new = NewChannel { name: name.to_owned(), topic, parent, overwrites };
            Ok(app.discord.guild(ticket.guild).create_channel(&new, &reason, deadline()).await?.id)
        }
        Place::Threads(parent) => {
            let name = thread_name(ticket, name);
            Ok(app.discord.guild(ticket.guild).create_private_thread(parent, &name, &reason, deadline()).await?.id)
        }
    }
}

/// What an admin can do about a place in which no ticket opens.
fn obstacle(place: Place, error: &discord::Error) -> String {
    let at = match place {
        Place::Category(Some(id)) | Place::Threads(id) => format!("<#{id}>"),
        Place::Category(None) => "this server".to_owned(),
    };
    match error {
        discord::Error::CategoryFull => {
            format!("{at} is full: set `overflow-category` or `thread-channel` with `/config tickets set`.")
        }
        discord::Error::Maximum { .. } => {
            format!("There is no room in {at}: delete channels, or set `thread-channel` with `/config tickets set`.")
        }
        discord::Error::CategoryGone | discord::Error::Gone { .. } => {
            format!("{at} does not exist any more: set another place with `/config tickets set` or `/ticket types`.")
        }
        discord::Error::NoAccess { .. } => format!("I cannot see {at}: give me **View Channel** there."),
        discord::Error::MissingPermission => match place {
            Place::Category(_) => format!("I may not make channels in {at}: give me **Manage Channels** there."),
            Place::Threads(_) => format!("I may not make threads in {at}: give me **Create Private Threads** there."),
        },
        error => format!("Discord refused a channel in {at} ({error})."),
    }
}

/// A channel or thread that was made for this ticket.
async fn adopt(app: &App, ticket: &Ticket, settings: &Settings) -> Result<Option<(Id<ChannelMarker>, bool)>, Trouble> {
    let passing = |error: discord::Error| match error {
        discord::Error::NoAccess { .. } => Trouble::Refused("I am not in this server any more.".to_owned()),
        error => Trouble::Passing(error.into()),
    };
    let mark = mark(ticket.number);
    let channels = app.discord.guild(ticket.guild).channels(deadline()).await.map_err(passing)?;
    let ours = |topic: &str| topic.ends_with(&mark);
    if let Some(channel) = channels.iter().find(|channel| channel.topic.as_deref().is_some_and(ours)) {
        return Ok(Some((channel.id, false)));
    }
    let parents: Vec<Id<ChannelMarker>> = places(ticket, settings)
        .into_iter()
        .filter_map(|place| if let Place::Threads(parent) = place { Some(parent) } else { None })
        .collect();
    if parents.is_empty() {
        return Ok(None);
    }
    let threads = app.discord.guild(ticket.guild).active_threads(deadline()).await.map_err(passing)?;
    let ours = threads.into_iter().filter(|thread| {
        thread.parent_id.is_some_and(|parent| parents.contains(&parent))
            && thread.owner_id == Some(app.discord.own_user())
            && last_number(&thread.name) == Some(ticket.number)
    });
    for thread in ours {
        if store::find(&app.db, ticket.guild, By::Channel(thread.id)).await?.is_none() {
            return Ok(Some((thread.id, true)));
        }
    }
    Ok(None)
}

/// Clears channels and threads that carry a ticket's mark though the ticket has another one, or none, or is not known: what
/// Discord made of a call after nobody waited for it any more. One in which somebody has written is reported instead.
pub(super) async fn clear_orphans(app: &App, guild: Id<GuildMarker>, channels: &[Channel]) -> anyhow::Result<()> {
    let now = app.clock.now();
    let marked: Vec<(i32, &Channel)> =
        channels.iter().filter_map(|channel| Some((marked(app, channel)?, channel))).collect();
    let numbers: Vec<i32> = marked.iter().map(|(number, _)| *number).collect();
    let places = store::list_places(&app.db, guild, &numbers).await?;
    for (number, channel) in marked {
        let (place, creating) = places
            .iter()
            .find(|(it, ..)| *it == number)
            .map_or((None, false), |(_, place, creating)| (*place, *creating));
        let old = now.duration_since(discord::sent_at(channel.id)) > ORPHAN_AFTER;
        if place == Some(channel.id) || creating || !old {
            continue;
        }
        let discord = app.discord.guild(guild);
        let said = discord.newest_messages(channel.id, deadline()).await;
        let ours = |posted: &discord::Posted| posted.author.id == app.discord.own_user();
        // Without the right to read the history it looks as if nobody had written.
        let whole = |messages: &[discord::Posted]| {
            messages.len() < discord::PAGE && (!messages.is_empty() || channel.last_message_id.is_none())
        };
        let problem = match said {
            Ok(messages) if whole(&messages) && messages.iter().all(ours) => {
                let reason = format!("Ticket #{number} has another channel");
                match discord.delete_channel(channel.id, &reason, deadline()).await {
                    Ok(()) | Err(discord::Error::Gone { .. }) => continue,
                    Err(error) if error.is_passing() => return Err(error.into()),
                    Err(_) => format!("<#{}> is a second channel of ticket #{number}; delete it.", channel.id),
                }
            }
            Ok(_) => format!("<#{}> is a second channel of ticket #{number}, and somebody wrote there.", channel.id),
            Err(error) if error.is_passing() => return Err(error.into()),
            Err(_) => continue,
        };
        report(app, guild, number, &problem).await?;
    }
    Ok(())
}

/// The ticket whose mark ends the topic of a channel, or the name of a thread that is ours.
fn marked(app: &App, channel: &Channel) -> Option<i32> {
    match channel.owner_id {
        Some(owner) if owner == app.discord.own_user() => last_number(&channel.name),
        Some(_) => None,
        None => channel.topic.as_deref()?.rsplit_once("alphapy:")?.1.parse().ok(),
    }
}

async fn keep(app: &App, ticket: &mut Ticket, channel: Id<ChannelMarker>, is_thread: bool) -> Result<(), Trouble> {
    ticket.shown.channel = Some(channel);
    ticket.shown.is_thread = is_thread;
    ticket.shown.creating_since = None;
    store_shown(app, ticket).await
}

/// Posts the ticket's message, or brings it up to date.
async fn show(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    settings: &Settings,
    system: &System,
) -> Result<(), Trouble> {
    let mut deleted = None;
    if let Some(message) = ticket.shown.message {
        if ticket.shown.revision >= ticket.revision {
            return Ok(());
        }
        let body = screens::message(ticket, settings, system)?.into_body();
        match app.discord.guild(ticket.guild).edit_message(channel, message, &body, deadline()).await {
            Ok(()) => {
                ticket.shown.revision = ticket.revision;
                return store_shown(app, ticket).await;
            }
            // Somebody deleted it: the ticket gets another.
            Err(discord::Error::Gone { code: 10008 }) => deleted = ticket.shown.message.take(),
            Err(error) => return Err(trouble(error, channel)),
        }
    } else if ticket.shown.is_thread {
        match app.discord.guild(ticket.guild).add_thread_member(channel, ticket.user, deadline()).await {
            // Who has left is not there to read it; the staff is.
            Ok(()) | Err(discord::Error::Gone { code: 10007 | 10013 }) => {}
            Err(error) => return Err(trouble(error, channel)),
        }
    }
    // A first attempt has posted nothing. A later one may have, minutes or hours ago, when no nonce helps any more.
    let before = match ticket.shown.attempt {
        1 => None,
        _ => {
            let messages = app.discord.guild(ticket.guild).messages_after(channel, None, deadline()).await;
            let messages = messages.map_err(|error| trouble(error, channel))?;
            let title = format!("Ticket #{} ·", ticket.number);
            let ours = |posted: &&discord::Posted| {
                posted.author.id == app.discord.own_user()
                    && posted.embeds.iter().any(|(embed, _)| embed.starts_with(&title))
            };
            messages.iter().find(ours).map(|posted| posted.id)
        }
    };
    ticket.shown.message = match before {
        // What it says may be old.
        Some(message) => {
            ticket.shown.revision = 0;
            Some(message)
        }
        None => {
            let mut message = screens::message(ticket, settings, system)?;
            message.mentions = screens::calls(ticket, settings).1;
            let body = message.into_body();
            let post = async |revision: i64| {
                let nonce = Nonce { purpose: "ticket", row: ticket.number.into(), revision };
                let posted = app.discord.guild(ticket.guild).create_message(channel, &body, nonce, deadline()).await;
                posted.map_err(|error| trouble(error, channel))
            };
            let posted = match post(deleted.map_or(0, db_id)).await? {
                // It was posted by somebody who died before they said so, and is deleted already.
                None => post(ticket.shown.attempt.into()).await?,
                posted => posted,
            };
            ticket.shown.revision = ticket.revision;
            posted
        }
    };
    store_shown(app, ticket).await?;
    if ticket.shown.revision < ticket.revision {
        Box::pin(show(app, ticket, channel, settings, system)).await
    } else {
        Ok(())
    }
}

/// Lets those in who were added, and those out who were removed.
async fn apply_members(app: &App, ticket: &Ticket, channel: Id<ChannelMarker>) -> Result<(), Trouble> {
    let members = store::list_members(&app.db, ticket.guild, ticket.number).await?;
    for (user, present, _) in members.into_iter().filter(|(_, _, applied)| !applied) {
        let reason = format!("Ticket #{}", ticket.number);
        let discord = app.discord.guild(ticket.guild);
        let done = match (ticket.shown.is_thread, present) {
            (true, true) => discord.add_thread_member(channel, user, deadline()).await,
            (true, false) => discord.remove_thread_member(channel, user, deadline()).await,
            (false, true) => {
                let overwrite = Overwrite::Member(user, TAKES_PART, Permissions::empty());
                discord.set_overwrite(channel, overwrite, &reason, deadline()).await
            }
            (false, false) => discord.delete_overwrite(channel, user, &reason, deadline()).await,
        };
        match done {
            // Who has left the server, or was never in, is out.
            Ok(()) | Err(discord::Error::Gone { code: 10007 | 10009 | 10013 }) => {}
            Err(error) => return Err(trouble(error, channel)),
        }
        store::set_member_applied(&app.db, ticket.guild, ticket.number, user, present).await?;
    }
    Ok(())
}

/// Lets members only read, or write again.
async fn set_shut(app: &App, ticket: &mut Ticket, channel: Id<ChannelMarker>, shut: bool) -> Result<(), Trouble> {
    let reason = format!("Ticket #{} is {}", ticket.number, ticket.status);
    if ticket.shown.is_thread {
        let done = app.discord.guild(ticket.guild).set_thread_closed(channel, shut, &reason, deadline()).await;
        done.map_err(|error| trouble(error, channel))?;
    } else {
        let members = store::list_members(&app.db, ticket.guild, ticket.number).await?;
        let present = members.into_iter().filter(|(_, present, _)| *present).map(|(user, ..)| user);
        for user in std::iter::once(ticket.user).chain(present) {
            let (allow, deny) =
                if shut { (READS, Permissions::SEND_MESSAGES) } else { (TAKES_PART, Permissions::empty()) };
            let overwrite = Overwrite::Member(user, allow, deny);
            match app.discord.guild(ticket.guild).set_overwrite(channel, overwrite, &reason, deadline()).await {
                Ok(()) | Err(discord::Error::Gone { code: 10007 | 10013 }) => {}
                Err(error) => return Err(trouble(error, channel)),
            }
        }
    }
    ticket.shown.shut = shut;
    store_shown(app, ticket).await
}

/// Deletes the channel of an archived ticket.
async fn remove(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    settings: &Settings,
    system: &System,
) -> Result<(), Trouble> {
    forget_announcements(app, ticket).await?;
    // The staff can write in a closed ticket; this is the last chance to keep it.
    match transcribe(app, ticket, channel, system).await {
        Ok(()) => post_transcript(app, ticket, settings).await?,
        Err(Trouble::Gone) => {}
        Err(trouble) => return Err(trouble),
    }
    let reason = format!("Ticket #{} is archived", ticket.number);
    match app.discord.guild(ticket.guild).delete_channel(channel, &reason, deadline()).await {
        Ok(()) | Err(discord::Error::Gone { .. }) => {}
        Err(error) => return Err(trouble(error, channel)),
    }
    (ticket.shown.channel, ticket.shown.message) = (None, None);
    store_shown(app, ticket).await
}

/// Keeps what was said, unless it is kept already.
async fn transcribe(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    system: &System,
) -> Result<(), Trouble> {
    let history = store::list_events(&app.db, ticket.guild, ticket.number, false).await?;
    if !is_transcribed(app, ticket, channel, &history).await? {
        take_transcript(app, ticket, channel, history, system).await?;
    }
    ticket.shown.transcribed = true;
    store_shown(app, ticket).await
}

/// Whether the transcript that is there holds all that was said and all that happened. What somebody wrote otherwise since
/// stays as it was.
async fn is_transcribed(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    history: &[Happened],
) -> Result<bool, Trouble> {
    let Some((kept, _)) = store::find_transcript(&app.db, ticket.guild, ticket.number).await? else { return Ok(false) };
    if !kept.is_up_to(history) {
        return Ok(false);
    }
    let newer = app.discord.guild(ticket.guild).messages_after(channel, kept.last_message, deadline()).await;
    Ok(newer.map_err(|error| trouble(error, channel))?.is_empty())
}

async fn take_transcript(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    history: Vec<Happened>,
    system: &System,
) -> Result<(), Trouble> {
    let attempt = store::begin_transcript(&app.db, ticket).await?.ok_or(Trouble::Lost)?;
    let measure = Measure::of(attempt);
    if measure == Measure::Nothing {
        // A channel is not deleted before what was said in it is kept.
        if ticket.status == Status::Archived {
            return Err(Trouble::Refused(format!(
                "What was said in <#{channel}> cannot be kept, and so I leave the channel; delete it by hand."
            )));
        }
        return Ok(
            report(app, ticket.guild, ticket.number, "What was said in it cannot be kept; its channel has it.").await?
        );
    }
    let zone = system.time_zone.time_zone();
    let mut living = Living { app: app.clone(), ticket: Some(ticket.clone()) };
    let taken = transcript::take(app, ticket, channel, history, &zone, measure).await;
    living.ticket = None;
    match taken {
        Ok(taken) => {
            if !store::finish_transcript(&app.db, ticket, &taken, app.clock.now()).await? {
                return Err(Trouble::Lost);
            }
            match taken.cut {
                Some(why) => {
                    Ok(report(app, ticket.guild, ticket.number, &format!("Its transcript is not whole. {why}")).await?)
                }
                None => Ok(()),
            }
        }
        Err(stopped) => {
            store::give_up_transcript(&app.db, ticket).await?;
            Err(match stopped {
                Stopped::Discord(error) => trouble(error, channel),
                Stopped::Other(error) => Trouble::Passing(error),
            })
        }
    }
}

/// A process that takes a transcript. If it is stopped in the middle but does not die, that is no death of the transcript's.
struct Living {
    app: App,
    ticket: Option<Ticket>,
}

impl Drop for Living {
    fn drop(&mut self) {
        let Some(ticket) = self.ticket.take() else { return };
        let db = self.app.pools.background.clone();
        self.app.background.spawn(async move {
            if let Err(error) = store::give_up_transcript(&db, &ticket).await {
                tracing::warn!(%error, "a transcript that was stopped counts as one that a process died of");
            }
        });
    }
}

/// Guilds with transcripts that may be too old.
pub(super) async fn guilds_with_transcripts(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_guilds_with_transcripts(&app.db, now - SignedDuration::from_hours(24)).await?)
}

/// Forgets transcripts that are older than the guild wants them.
pub(super) async fn forget_transcripts(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let days = app.settings.get::<Settings>(guild).await?.transcript_days;
    Ok(store::delete_transcripts(&app.db, guild, now - SignedDuration::from_hours(days * 24)).await?)
}

/// Posts the transcript where the admins want it, once.
async fn post_transcript(app: &App, ticket: &Ticket, settings: &Settings) -> Result<(), Trouble> {
    let Some(channel) = settings.transcript_channel else { return Ok(()) };
    let found = store::find_transcript(&app.db, ticket.guild, ticket.number).await?;
    let Some((kept, false)) = found else { return Ok(()) };
    let text = format!("🗒️ Ticket #{} of <@{}>: {} messages.", ticket.number, ticket.user, kept.messages);
    let Sent { messages, left_out } = kept.files(&app.db, ticket.guild, ticket.number);
    let text = text + &left_out.map(|why| format!(" {why}")).unwrap_or_default();
    let mut body = Message::new(text).embed(screens::card(ticket)).into_body();
    let mut messages = messages.into_iter();
    body.files = messages.next().unwrap_or_default();
    let nonce = Nonce { purpose: "transcript", row: ticket.number.into(), revision: ticket.revision.into() };
    let posted = async {
        app.discord.guild(ticket.guild).create_message(channel, &body, nonce, upload_deadline()).await?;
        post_more(app, ticket, channel, messages, "transcript-more").await
    };
    match posted.await {
        Ok(()) => {}
        Err(error) if error.is_passing() => return Err(Trouble::Passing(error.into())),
        Err(_) => {
            report(app, ticket.guild, ticket.number, &format!("I cannot post transcripts in <#{channel}>.")).await?
        }
    }
    store::set_transcript_posted(&app.db, ticket.guild, ticket.number).await?;
    Ok(())
}

/// Posts what one message does not hold.
async fn post_more(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    messages: impl Iterator<Item = Vec<File>>,
    purpose: &'static str,
) -> Result<(), discord::Error> {
    for (files, revision) in messages.zip(i64::from(ticket.revision) * 100..) {
        // Uploads take their time. If somebody else has the ticket, the nonce keeps them from posting it once more.
        let text = format!("More of the transcript of ticket #{}.", ticket.number);
        let body = MessageBody { files, ..Message::new(text).into_body() };
        let nonce = Nonce { purpose, row: ticket.number.into(), revision };
        app.discord.guild(ticket.guild).create_message(channel, &body, nonce, upload_deadline()).await?;
    }
    Ok(())
}

/// Without a channel there is nobody to tell.
async fn forget_announcements(app: &App, ticket: &Ticket) -> Result<(), Trouble> {
    for happened in store::list_events(&app.db, ticket.guild, ticket.number, true).await? {
        store::set_announced(&app.db, ticket.guild, ticket.number, happened.id).await?;
    }
    for (user, present, _) in store::list_members(&app.db, ticket.guild, ticket.number).await? {
        store::set_member_applied(&app.db, ticket.guild, ticket.number, user, present).await?;
    }
    Ok(())
}

/// Tells those whom it concerns what happened.
async fn announce(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    happened: &Happened,
    settings: &Settings,
) -> Result<(), Trouble> {
    let event = &happened.event;
    let message = announcement(ticket, event, settings)?;
    let nonce = |purpose| Nonce { purpose, row: happened.id, revision: 0 };
    if event.kind == EventKind::Reminded && event.body == "its member" {
        let text = format!("Your ticket #{} waits for you: <#{channel}> Is it solved?", ticket.number);
        let message = screens::close_question(ticket, Some(ticket.guild), text)?;
        write_directly(app, ticket, message.into_body(), nonce("event-direct")).await?;
    }
    if event.kind == EventKind::Escalated && !ticket.shown.is_thread {
        // Whoever is called must see what it is about. In a thread the mention lets them in.
        if let Some(role) = ticket.escalated_to {
            let (reason, overwrite) =
                ("The ticket is escalated", Overwrite::Role(role, TAKES_PART, Permissions::empty()));
            match app.discord.guild(ticket.guild).set_overwrite(channel, overwrite, reason, deadline()).await {
                Ok(()) | Err(discord::Error::Gone { code: 10011 }) => {}
                Err(error) => return Err(trouble(error, channel)),
            }
        }
    }
    if let Some(message) = message {
        let posted = app
            .discord
            .guild(ticket.guild)
            .create_message(channel, &message.into_body(), nonce("event"), deadline())
            .await;
        posted.map_err(|error| trouble(error, channel))?;
    }
    if event.kind == EventKind::Escalated
        && let Some(called) = settings.escalation_channel
    {
        let mut message = Message::new(format!(
            "🚩 {}Ticket #{} of <@{}> is escalated: <#{channel}>\n{}",
            ticket.escalated_to.map(|role| format!("<@&{role}> ")).unwrap_or_default(),
            ticket.number,
            ticket.user,
            plain(&event.body)
        ));
        message.mentions.roles.extend(ticket.escalated_to);
        let posted = app
            .discord
            .guild(ticket.guild)
            .create_message(called, &message.into_body(), nonce("event-escalated"), deadline())
            .await;
        if let Err(error) = posted {
            if error.is_passing() {
                return Err(Trouble::Passing(error.into()));
            }
            report(
                app,
                ticket.guild,
                ticket.number,
                &format!("I cannot write in <#{called}>, where escalations are to be told."),
            )
            .await?;
        }
    }
    if settings.notify == Notify::Direct
        && let Some(text) = direct_line(ticket, event, channel)
    {
        write_directly(app, ticket, Message::new(text).into_body(), nonce("event-direct")).await?;
    }
    Ok(())
}

/// The line in the ticket about an event, if it has one.
fn announcement(ticket: &Ticket, event: &Event, settings: &Settings) -> anyhow::Result<Option<Message>> {
    let by = event.user.map_or("I".to_owned(), |user| format!("<@{user}>"));
    let member = ticket.user;
    let reason = if event.body.is_empty() { String::new() } else { format!("\n> {}", plain(&event.body)) };
    let in_ticket = settings.notify == Notify::Ticket;
    let calls = |users: Vec<Id<UserMarker>>| AllowedMentions { users, ..AllowedMentions::default() };
    let (text, mentions) = match event.kind {
        EventKind::Claimed if in_ticket => (format!("🔵 {by} has claimed this ticket."), calls(Vec::new())),
        EventKind::Resumed if in_ticket => (format!("🟢 {by} set this ticket back to open."), calls(Vec::new())),
        EventKind::Unclaimed if in_ticket => (format!("🟢 {by} gave this ticket back."), calls(Vec::new())),
        EventKind::Transferred => {
            let to = event.target.unwrap_or(member);
            (format!("🔵 <@{to}>, this ticket is yours now; {by} gave it to you."), calls(vec![to]))
        }
        EventKind::Waiting => (format!("🟡 <@{member}>, the staff waits for your answer."), calls(vec![member])),
        EventKind::Escalated => {
            let role = ticket.escalated_to.map(|role| format!("<@&{role}>, ")).unwrap_or_default();
            let mentions = AllowedMentions { roles: ticket.escalated_to.into_iter().collect(), ..calls(Vec::new()) };
            (format!("🔴 {role}{by} escalated this ticket.{reason}"), mentions)
        }
        EventKind::CloseRequested => {
            let due = ticket.close_due_at.map(|due| format!(" It closes <t:{}:R> otherwise.", due.as_second()));
            let text = format!(
                "<@{member}>, {by} thinks that this is solved. May it be closed?{}{reason}",
                due.unwrap_or_default()
            );
            let mut message = screens::close_question(ticket, None, text)?;
            message.mentions = calls(vec![member]);
            return Ok(Some(message));
        }
        EventKind::Reminded if event.body == "its member" => {
            let close = ticket.kind.definition.close_after;
            let closes = match close.0 {
                0 => String::new(),
                minutes => format!(" It closes after {} without an answer.", field::show_minutes(minutes)),
            };
            let text = format!("<@{member}>, we wait for your answer. Is it solved?{closes}");
            let mut message = screens::close_question(ticket, None, text)?;
            message.mentions = calls(vec![member]);
            return Ok(Some(message));
        }
        EventKind::Reminded => called(ticket, settings, "this ticket waits for an answer."),
        EventKind::Late => called(ticket, settings, &format!("this ticket is late. {}", event.body)),
        EventKind::KeptOpen => {
            let called: Vec<Id<UserMarker>> = ticket.claimed_by.into_iter().collect();
            let to = ticket.claimed_by.map(|to| format!("<@{to}>, ")).unwrap_or_default();
            (format!("{to}{by} keeps this ticket open."), calls(called))
        }
        EventKind::Closed => (format!("⚫ {by} closed this ticket.{reason}"), calls(Vec::new())),
        EventKind::Reopened => (format!("🟢 <@{member}>, {by} opened this ticket again."), calls(vec![member])),
        EventKind::Added => {
            let who = event.target.unwrap_or(member);
            (format!("<@{who}>, {by} added you to this ticket."), calls(vec![who]))
        }
        EventKind::Removed => {
            let who = event.target.unwrap_or(member);
            (format!("{by} removed <@{who}> from this ticket."), calls(Vec::new()))
        }
        EventKind::Message => (format!("📎 {by} added a message.{}", quoted(&event.body)), calls(Vec::new())),
        _ => return Ok(None),
    };
    Ok(Some(Message { content: text, mentions, ..Message::default() }))
}

/// A line for whoever has claimed a ticket, or for all who work it.
fn called(ticket: &Ticket, settings: &Settings, text: &str) -> (String, AllowedMentions) {
    match ticket.claimed_by {
        Some(by) => (format!("🔔 <@{by}>, {text}"), AllowedMentions { users: vec![by], ..AllowedMentions::default() }),
        None => {
            let roles = ticket.kind.definition.staff(settings);
            let names: String = roles.iter().map(|role| format!("<@&{role}>, ")).collect();
            (format!("🔔 {names}{text}"), AllowedMentions { roles, ..AllowedMentions::default() })
        }
    }
}

/// A text of several lines as a quotation; the link in its first line, after who wrote it, stays one.
fn quoted(body: &str) -> String {
    let line = |line: &str| match line.rsplit_once(" wrote (https://") {
        Some((who, link)) => format!("\n> {} wrote (https://{link}", plain(who)),
        None => format!("\n> {}", plain(line)),
    };
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    std::iter::once(line(first)).chain(rest.lines().map(|text| format!("\n> {}", plain(text)))).collect()
}

/// The line that the member gets directly, if the event changes where their ticket stands.
fn direct_line(ticket: &Ticket, event: &Event, channel: Id<ChannelMarker>) -> Option<String> {
    let what = match event.kind {
        EventKind::Claimed | EventKind::Transferred => "is being worked on",
        EventKind::Unclaimed | EventKind::Resumed => "is open again",
        EventKind::Waiting => "waits for your answer",
        EventKind::Escalated => "was escalated",
        EventKind::Reopened => "was opened again",
        // That it is closed they are told anyhow.
        _ => return None,
    };
    Some(format!("Your ticket #{} {what}: <#{channel}>", ticket.number))
}

/// Writes to somebody directly. `false` if they take no messages from us.
async fn write_directly(app: &App, ticket: &Ticket, body: MessageBody, nonce: Nonce) -> Result<bool, Trouble> {
    let sent = async {
        let channel = app.discord.guild(ticket.guild).direct_channel(ticket.user, deadline()).await?;
        app.discord.guild(ticket.guild).create_message(channel, &body, nonce, upload_deadline()).await
    };
    match sent.await {
        Ok(_) => Ok(true),
        Err(error) if error.is_passing() => Err(Trouble::Passing(error.into())),
        Err(discord::Error::NoDirectMessages { .. }) => Ok(false),
        Err(error) => {
            tracing::warn!(%error, "a member cannot be written to");
            Ok(false)
        }
    }
}

/// Tells the member that their ticket is closed, and asks how it was: directly, or in the ticket while they can read it.
async fn tell_member(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    settings: &Settings,
) -> Result<(), Trouble> {
    let by = match ticket.closed_by {
        Some(by) if by == ticket.user => "is closed".to_owned(),
        Some(by) => format!("was closed by <@{by}>"),
        None => "was closed".to_owned(),
    };
    let reason = ticket.close_reason.as_deref().map(|reason| format!("\n> {}", plain(reason))).unwrap_or_default();
    let about = if ticket.subject.is_empty() { String::new() } else { format!(" ({})", plain(&ticket.subject)) };
    let mut text = format!("Your ticket #{}{about} {by}.{reason}", ticket.number);
    let asks = settings.ask_feedback && ticket.rating.is_none();
    if asks {
        text.push_str("\nHow was it?");
    }
    let stars = |guild| if asks { screens::stars(ticket, guild) } else { Ok(Vec::new()) };
    let nonce = |purpose| Nonce { purpose, row: ticket.number.into(), revision: ticket.revision.into() };
    let mut direct = Message::new(text).row(stars(Some(ticket.guild))?).into_body();
    let mut files = Vec::new().into_iter();
    if settings.send_transcript
        && let Some((kept, _)) = store::find_transcript(&app.db, ticket.guild, ticket.number).await?
    {
        let Sent { messages, left_out } = kept.files(&app.db, ticket.guild, ticket.number);
        files = messages.into_iter();
        direct.files = files.next().unwrap_or_default();
        direct.content.extend(left_out.map(|why| format!("\n{why}")));
    }
    let sent = write_directly(app, ticket, direct, nonce("closed")).await?;
    if sent && files.len() > 0 {
        let more = async {
            let direct = app.discord.guild(ticket.guild).direct_channel(ticket.user, deadline()).await?;
            post_more(app, ticket, direct, files, "closed-more").await
        };
        match more.await {
            Err(error) if error.is_passing() => return Err(Trouble::Passing(error.into())),
            Err(error) => tracing::warn!(%error, "a member did not get all of their transcript"),
            Ok(()) => {}
        }
    }
    if !sent && asks {
        let text = format!(
            "<@{}>, how was it? `/ticket transcript ticket:{}` shows what was said here.",
            ticket.user, ticket.number
        );
        let question = Message {
            mentions: AllowedMentions { users: vec![ticket.user], ..AllowedMentions::default() },
            ..Message::new(text).row(stars(None)?)
        };
        let posted = app
            .discord
            .guild(ticket.guild)
            .create_message(channel, &question.into_body(), nonce("rating"), deadline())
            .await;
        posted.map_err(|error| trouble(error, channel))?;
    }
    ticket.shown.member_told = true;
    store_shown(app, ticket).await
}

/// What an error of Discord's means for a ticket.
fn trouble(error: discord::Error, channel: Id<ChannelMarker>) -> Trouble {
    match error {
        error if error.is_passing() => Trouble::Passing(error.into()),
        discord::Error::Maximum { .. } => Trouble::Passing(error.into()),
        discord::Error::Gone { code: 10003 } => Trouble::Gone,
        discord::Error::ThreadClosed { .. } => Trouble::Asleep,
        // Hidden is not deleted.
        discord::Error::NoAccess { .. } => {
            Trouble::Refused(format!("I cannot see <#{channel}> any more; give me **View Channel** there."))
        }
        discord::Error::MissingPermission => Trouble::Refused(format!(
            "I may not do enough in <#{channel}>; give me **Manage Channels**, **Manage Permissions** and **Send \
             Messages** there."
        )),
        error => Trouble::Refused(format!("Discord refused something in <#{channel}> ({error}).")),
    }
}

/// Tells the admins, once, why a ticket does not look as it should.
async fn report(app: &App, guild: Id<GuildMarker>, number: i32, problem: &str) -> anyhow::Result<()> {
    let recorder = app.recorder(guild, "tickets", app.clock.now()).await?;
    let entry = log_channel::Entry {
        level: log_channel::Level::Error,
        title: format!("🚨 Ticket #{number} is in trouble"),
        description: problem.to_owned(),
    };
    let mut tx = app.db.begin().await?;
    if !store::set_problem(&mut *tx, guild, number, problem).await? {
        return Ok(());
    }
    recorder.write(&mut *tx, &entry).await?;
    tx.commit().await?;
    tracing::warn!(%guild, number, problem, "a ticket is in trouble");
    app.post_log(guild);
    Ok(())
}

/// Ends a ticket whose channel was deleted by hand.
pub(super) async fn channel_gone(app: &App, ticket: &Ticket) -> anyhow::Result<()> {
    close_without_channel(app, ticket, "Its channel was deleted.").await
}

/// Ends a ticket that has no channel, or never got one: nothing stays open where nobody can write.
async fn close_without_channel(app: &App, ticket: &Ticket, why: &str) -> anyhow::Result<()> {
    let now = app.clock.now();
    let never = ticket.shown.channel.is_none();
    let mut after = ticket.clone();
    after.status = Status::Archived;
    after.closed_at = after.closed_at.or(Some(now));
    after.archived_at = Some(now);
    after.close_reason.get_or_insert_with(|| why.to_owned());
    let event = Event { kind: EventKind::Archived, user: None, target: None, body: why.to_owned(), announce: false };
    let recorder = app.recorder(ticket.guild, "tickets", now).await?;
    let entry = match never {
        true => log_channel::Entry {
            level: log_channel::Level::Error,
            title: format!("🚨 Ticket #{} could not be opened", ticket.number),
            description: format!("<@{}> · {why}", ticket.user),
        },
        false => workflow::entry(&after, &event),
    };
    let mut seen = ticket.clone();
    let mut tx = app.db.begin().await?;
    if store::replace(&mut *tx, ticket, &after, &event, recorder.wanted(&entry), Left::Everything, now).await? {
        (seen.shown.channel, seen.shown.message, seen.shown.creating_since) = (None, None, None);
        store::update_shown(&mut *tx, &seen).await?;
        if never {
            store::set_failed(&mut *tx, ticket.guild, ticket.number).await?;
        }
        tx.commit().await?;
        forget_announcements(app, ticket).await.or_else(|trouble| match trouble {
            Trouble::Passing(error) => Err(error),
            _ => Ok(()),
        })?;
        seen.revision += 1;
        store::set_settled(&app.db, &seen, Some(why)).await?;
        app.post_log(ticket.guild);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::tickets::model::Definition;
    use crate::features::tickets::workflow::tests::ticket;

    fn named(naming: &str) -> Ticket {
        let mut ticket = ticket(Status::Open);
        ticket.number = 1488;
        ticket.kind.definition = Definition { naming: naming.to_owned(), ..Definition::default() };
        ticket
    }

    #[test]
    fn channels_are_called_as_the_type_says() {
        let check = |naming: &str, expected: &str, thread: &str| {
            let ticket = named(naming);
            let name = name(&ticket, "Zoë", false);
            assert_eq!((name.as_str(), thread_name(&ticket, &name).as_str()), (expected, thread));
        };
        check("", "ticket-1488", "ticket-1488");
        check("{type}-{member}", "Support-Zoë", "Support-Zoë #1488");
        check("{type} {number}", "Support 1488", "Support 1488");
        check("a1488b14880", "a1488b14880", "a1488b14880 #1488");
        assert_eq!(name(&named(""), "Zoë", true), "support-one-four-eight-eight");
    }

    #[test]
    fn places_are_tried_in_order() {
        let mut ticket = named("");
        let id = |id| Id::new(id);
        let mut settings = Settings::default();
        assert_eq!(places(&ticket, &settings), [Place::Category(None)]);
        settings.category = Some(id(1));
        settings.overflow_category = Some(id(2));
        settings.thread_channel = Some(id(3));
        let rest = [Place::Category(Some(id(2))), Place::Threads(id(3))];
        assert_eq!(places(&ticket, &settings), [&[Place::Category(Some(id(1)))][..], &rest].concat());
        (ticket.kind.definition.place, ticket.kind.definition.in_threads) = (Some(id(4)), true);
        assert_eq!(places(&ticket, &settings), [&[Place::Threads(id(4))][..], &rest].concat());
    }
}
