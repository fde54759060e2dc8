//! What was said in a ticket, kept when it closes: a page that needs nothing else, and plain text.
//!
//! Messages are read oldest first, a page at a time, written and packed on threads for such work, and stored part by part
//! as they are full. They are sent as they are stored, part by part too, so that no length of a ticket is ever in memory.

mod bounds;
mod send;
mod writer;

use bounds::CALL_TIME;
pub(crate) use bounds::THREADS;
pub(crate) use send::Sent;
use send::last_event;
use std::time::Instant;
pub(crate) use writer::discords_own;
use writer::{Names, Writer};

use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker};

use super::model::transcript::{Holds, Taken};
use super::model::{Cut, Ticket};
use super::store::{self, Happened};
use crate::app::App;
use crate::discord::{self, Posted};
use crate::settings::System;

/// Messages are written when what was read of them and their files has so many bytes.
const LUMP: usize = 1024 * 1024;

/// Messages of a transcript that is bounded because processes died of the whole one.
const SHORT: i32 = 1000;

/// Why no transcript was taken.
pub(crate) enum Stopped {
    Discord(discord::Error),
    Other(anyhow::Error),
}

impl From<discord::Error> for Stopped {
    fn from(error: discord::Error) -> Stopped {
        Stopped::Discord(error)
    }
}

impl From<sqlx::Error> for Stopped {
    fn from(error: sqlx::Error) -> Stopped {
        Stopped::Other(error.into())
    }
}

impl From<tokio::task::JoinError> for Stopped {
    fn from(error: tokio::task::JoinError) -> Stopped {
        Stopped::Other(error.into())
    }
}

/// How much of a ticket is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    Everything,
    /// Its first messages, without their files.
    Short,
    Nothing,
}

impl Measure {
    /// What the attempt that is the `attempt`-th without an end may take: whatever made the processes of the others die
    /// must not go on to do so.
    pub(crate) fn of(attempt: i32) -> Measure {
        match attempt {
            ..=3 => Measure::Everything,
            4 | 5 => Measure::Short,
            _ => Measure::Nothing,
        }
    }
}

/// Reads everything that was said in a ticket's channel, for whoever holds the ticket, and stores it part by part, in the
/// language and by the clocks of its guild.
///
/// # Errors
/// Discord's or the database's. Whoever has lost the ticket is stopped from outside.
pub(crate) async fn take(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    history: Vec<Happened>,
    system: &System,
    measure: Measure,
) -> Result<Taken, Stopped> {
    let deadline = || Instant::now() + CALL_TIME;
    let last_event = last_event(&history);
    let names = Names::load(app, ticket, channel, &history).await;
    let mut writer = Writer::new(ticket, names, system.time_zone.time_zone(), system.language);
    let about = ticket.clone();
    writer = write(app, ticket, writer, move |writer| writer.head(&about, &history)).await?;
    let mut places = Vec::new();
    let Read { writer: read, newest, broken } = read_channel(app, ticket, channel, writer, measure).await?;
    if let Some(error) = broken {
        return Err(error.into());
    }
    writer = read;
    places.extend(newest.map(|newest| (channel, newest)));
    let discord = app.discord.guild(ticket.guild);
    // What is hidden or gone says so by itself.
    let own = discord.own_permissions_now(channel, deadline()).await?.unwrap_or(Permissions::all());
    let threads = match ticket.shown.is_thread {
        true => Vec::new(),
        false => discord.threads_of(channel, own, deadline()).await?,
    };
    let may = |needed| own.intersects(needed | Permissions::ADMINISTRATOR);
    // Discord may have told only some of them, then: of private ones those in which the bot is.
    let mut more = threads.len() > THREADS || !ticket.shown.is_thread && !may(Permissions::MANAGE_THREADS);
    for thread in threads.into_iter().take(THREADS) {
        if writer.cut.is_some() {
            break;
        }
        let name = thread.name;
        writer = write(app, ticket, writer, move |writer| writer.thread(&name)).await?;
        let Read { writer: read, newest, broken } = read_channel(app, ticket, thread.id, writer, measure).await?;
        writer = read;
        places.extend(newest.map(|newest| (thread.id, newest)));
        match broken {
            None => {}
            // Somebody has deleted or hidden it meanwhile. The ticket's channel is there.
            Some(discord::Error::Gone { .. } | discord::Error::NoAccess { .. }) => more = true,
            Some(error) => return Err(error.into()),
        }
    }
    if more {
        writer.cut = writer.cut.or(Some(Cut::Threads));
    }
    // Where the bot may not read what was said before it looks, Discord shows it no message at all.
    if !may(Permissions::READ_MESSAGE_HISTORY) {
        writer.cut = Some(Cut::Unreadable);
    }
    writer = write(app, ticket, writer, Writer::finish).await?;
    let Writer { messages, empty, cut, page, plain, .. } = writer;
    let files = page.done.into_iter().chain(plain.done).collect();
    Ok(Taken {
        messages,
        files,
        blind: empty > 0,
        readable: messages.saturating_sub_unsigned(empty),
        holds: Holds { cut, places },
        last_event,
    })
}

/// What was read of a place.
struct Read {
    writer: Writer,
    /// The newest message.
    newest: Option<Id<MessageMarker>>,
    /// Why nothing more was read, if Discord refused it.
    broken: Option<discord::Error>,
}

/// Writes what was said in the channel, or in a thread of it.
async fn read_channel(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    mut writer: Writer,
    measure: Measure,
) -> Result<Read, Stopped> {
    let deadline = || Instant::now() + CALL_TIME;
    let mut last = None;
    loop {
        let messages = match app.discord.guild(ticket.guild).messages_after(channel, last, deadline()).await {
            Ok(messages) => messages,
            Err(error) => return Ok(Read { writer, newest: last, broken: Some(error) }),
        };
        let is_last_page = messages.len() < discord::PAGE;
        let (mut lump, mut bytes) = (Vec::new(), 0);
        for message in messages {
            last = Some(message.id);
            let mut files = Vec::new();
            for attachment in message.files().filter(|_| measure == Measure::Everything) {
                files.push(writer.fetch(app, attachment, deadline()).await);
            }
            if measure == Measure::Everything {
                writer.look_at(app, &message.author, deadline()).await;
            }
            bytes += message.contents.text.len() + files.iter().flatten().map(Vec::len).sum::<usize>();
            lump.push((message, files));
            if bytes > LUMP {
                (writer, bytes) = (write_messages(app, ticket, writer, std::mem::take(&mut lump)).await?, 0);
            }
        }
        writer = write_messages(app, ticket, writer, lump).await?;
        if measure == Measure::Short && writer.messages >= SHORT {
            writer.cut = Some(Cut::Died);
        }
        if is_last_page || writer.cut.is_some() {
            return Ok(Read { writer, newest: last, broken: None });
        }
    }
}

async fn write_messages(
    app: &App,
    ticket: &Ticket,
    writer: Writer,
    messages: Vec<(Posted, Vec<Option<Vec<u8>>>)>,
) -> Result<Writer, Stopped> {
    write(app, ticket, writer, move |writer| {
        for (message, files) in messages {
            writer.message(&message, files);
        }
    })
    .await
}

/// Lets `work` write, away from the threads that answer others, and stores the parts that are full by then.
async fn write(
    app: &App,
    ticket: &Ticket,
    mut writer: Writer,
    work: impl FnOnce(&mut Writer) + Send + 'static,
) -> Result<Writer, Stopped> {
    let mut writer = tokio::task::spawn_blocking(move || {
        work(&mut writer);
        writer
    })
    .await?;
    for part in writer.page.full.drain(..).chain(writer.plain.full.drain(..)) {
        store::insert_transcript_part(&app.db, ticket, &part).await?;
    }
    Ok(writer)
}
