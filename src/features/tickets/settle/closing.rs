//! What a ticket leaves: its transcript, a word to its member, and no channel.

use jiff::{SignedDuration, Timestamp};
use twilight_model::channel::message::AllowedMentions;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use super::super::messages;
use super::super::model::transcript::Transcript;
use super::super::model::{Cut, Event, EventKind, Problem, Status, Ticket, workflow};
use super::super::settings::Settings;
use super::super::store::{self, Happened};
use super::super::transcript::{self, Measure, Sent, Stopped, THREADS};
use super::super::words;
use super::Readers;
use super::announce::write_directly;
use super::trouble::{
    Text, Trouble, deadline, forget_announcements, or_without, report, store_shown, trouble, upload_deadline,
};
use crate::app::App;
use crate::discord::{self, File, MessageBody, Nonce};
use crate::settings::{Program, System};
use crate::ui::{Message, plain, quote};
use crate::words::{Language, Said, Say};
use crate::{said, say};

/// How often a ticket is kept once more because somebody goes on to write while it is deleted.
const LAST_LOOKS: usize = 3;

/// Transcripts that are forgotten at once: each may be megabytes.
const FORGOTTEN: i64 = 100;

/// Deletes the channel of an archived ticket.
pub(super) async fn remove(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    settings: &Settings,
    system: &System,
) -> Result<(), Trouble> {
    forget_announcements(app, ticket).await?;
    // The staff can write in a closed ticket; this is the last chance to keep it.
    let by_time = is_archived_by_time(app, ticket).await?;
    for _ in 0..LAST_LOOKS {
        match keep_all(app, ticket, channel, (settings, system), by_time).await {
            Ok(true) | Err(Trouble::Gone) => break,
            // Somebody has written while it was read or sent.
            Ok(false) => {}
            Err(trouble) => return Err(trouble),
        }
    }
    let reason = say!(system.language, ticket_events_audit_is, number = ticket.number, status = ticket.status.said());
    match app.discord.guild(ticket.guild).delete_channel(channel, &reason, deadline()).await {
        Ok(()) | Err(discord::Error::Gone { .. }) => {}
        Err(error) => return Err(trouble(error, channel)),
    }
    (ticket.shown.channel, ticket.shown.message) = (None, None);
    store_shown(app, ticket).await
}

/// Keeps what was said before the channel goes, and sends it where the admins want it. `false` if something was said meanwhile that
/// is not kept.
async fn keep_all(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    (settings, system): (&Settings, &System),
    by_time: bool,
) -> Result<bool, Trouble> {
    let lacks = transcribe(app, ticket, channel, system, !by_time).await?;
    // Who deletes it by hand was told what is lost; time asks nobody.
    if let Some(cut) = lacks.filter(|_| by_time) {
        return Err(Trouble::Refused(Problem::Stays { channel, cut }));
    }
    post_transcript(app, ticket, settings, system.language).await?;
    if lacks.is_some() {
        return Ok(true);
    }
    let history = store::list_events(&app.db, ticket.guild, ticket.number, false).await?;
    Ok(find_up_to_date(app, ticket, channel, &history).await?.is_some())
}

/// Whether the bot has archived a ticket by itself, which it does when its time is up.
async fn is_archived_by_time(app: &App, ticket: &Ticket) -> Result<bool, Trouble> {
    let history = store::list_events(&app.db, ticket.guild, ticket.number, false).await?;
    let archived = history.iter().rev().find(|happened| happened.event.kind == EventKind::Archived);
    // An older version did not write which program it was.
    let by_itself = |event: &Event| event.user.is_none() && matches!(event.program, None | Some(Program::Bot));
    Ok(archived.is_some_and(|happened| by_itself(&happened.event)))
}

/// Keeps what was said, unless it is kept already, and returns why not all of it is. If it `tells`, admins hear of that, too.
pub(super) async fn transcribe(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    system: &System,
    tells: bool,
) -> Result<Option<Cut>, Trouble> {
    let history = store::list_events(&app.db, ticket.guild, ticket.number, false).await?;
    let lacks = match find_up_to_date(app, ticket, channel, &history).await? {
        Some(kept) => kept.lacks(),
        None => take_transcript(app, ticket, channel, history, system, tells).await?,
    };
    ticket.shown.transcribed = true;
    store_shown(app, ticket).await?;
    Ok(lacks)
}

/// The transcript that is there, if it holds all that was said and all that happened, or as much of that as one can. What
/// somebody wrote otherwise since stays as it was.
async fn find_up_to_date(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    history: &[Happened],
) -> Result<Option<Transcript>, Trouble> {
    let Some((kept, _)) = store::find_transcript(&app.db, ticket.guild, ticket.number).await? else { return Ok(None) };
    let Some(holds) = kept.holds.clone().filter(|_| kept.is_up_to(history)) else { return Ok(None) };
    match kept.lacks() {
        // It holds its beginning, whatever comes after that.
        Some(Cut::Died | Cut::Full) => return Ok(Some(kept)),
        // The right may have been given since.
        Some(Cut::Unreadable | Cut::Blind) => return Ok(None),
        Some(Cut::Threads) | None => {}
    }
    let discord = app.discord.guild(ticket.guild);
    let own = discord.own_permissions_now(channel, deadline()).await.map_err(|error| trouble(error, channel))?;
    // What is hidden or gone says so by itself.
    let own = own.unwrap_or(Permissions::all());
    // Discord would show nothing newer, whatever there is.
    if !own.intersects(Permissions::READ_MESSAGE_HISTORY | Permissions::ADMINISTRATOR) {
        return Ok(None);
    }
    let newer = discord.messages_after(channel, holds.newest_of(channel), deadline()).await;
    if !newer.map_err(|error| trouble(error, channel))?.is_empty() {
        return Ok(None);
    }
    let threads = match ticket.shown.is_thread {
        true => Vec::new(),
        false => discord.threads_of(channel, own, deadline()).await.map_err(|error| trouble(error, channel))?,
    };
    let mut kept_of = threads.iter().take(THREADS);
    let is_kept = kept_of.all(|thread| thread.last_message_id <= holds.newest_of(thread.id));
    Ok(is_kept.then_some(kept))
}

async fn take_transcript(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    history: Vec<Happened>,
    system: &System,
    tells: bool,
) -> Result<Option<Cut>, Trouble> {
    let attempt = store::begin_transcript(&app.db, ticket).await?.ok_or(Trouble::Lost)?;
    let measure = Measure::of(attempt);
    if measure == Measure::Nothing {
        // A channel is not deleted before what was said in it is kept.
        if ticket.status == Status::Archived {
            return Err(Trouble::Refused(Problem::Undeletable { channel }));
        }
        report(app, ticket.guild, ticket.number, &Problem::NotKept).await?;
        return Ok(Some(Cut::Died));
    }
    let mut living = Living { app: app.clone(), ticket: Some(ticket.clone()) };
    let taken = transcript::take(app, ticket, channel, history, system, measure).await;
    living.ticket = None;
    match taken {
        Ok(taken) => {
            let kept = store::find_transcript(&app.db, ticket.guild, ticket.number).await?;
            // What was kept while the bot could read is worth more than what it can write now.
            if kept.is_some_and(|(kept, _)| taken.is_poorer_than(&kept)) {
                store::give_up_transcript(&app.db, ticket).await?;
            } else if !store::finish_transcript(&app.db, ticket, &taken, app.clock.now()).await? {
                return Err(Trouble::Lost);
            }
            // Of what members' words need, the page itself and who deletes it are told.
            if let Some(cut) = taken.lacks().filter(|cut| tells && *cut != Cut::Blind) {
                report(app, ticket.guild, ticket.number, &Problem::Cut { cut }).await?;
            }
            Ok(taken.lacks())
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
pub(crate) async fn guilds_with_transcripts(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_guilds_with_transcripts(&app.db, now - SignedDuration::from_hours(24)).await?)
}

/// Forgets transcripts that are older than the guild wants them.
pub(crate) async fn forget_transcripts(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let days = app.settings.get::<Settings>(guild).await?.transcript_days;
    let before = now - SignedDuration::from_hours(days * 24);
    while store::delete_transcripts(&app.db, guild, before, FORGOTTEN).await? == FORGOTTEN {}
    Ok(())
}

/// Posts the transcript where the admins want it, once.
pub(super) async fn post_transcript(
    app: &App,
    ticket: &Ticket,
    settings: &Settings,
    language: Language,
) -> Result<Text, Trouble> {
    let Some(channel) = settings.transcript_channel else { return Ok(Text::Unchanged) };
    let found = store::find_transcript(&app.db, ticket.guild, ticket.number).await?;
    let Some((kept, false)) = found else { return Ok(Text::Unchanged) };
    let text = said!(tickets_transcript_posted, number = ticket.number, user = ticket.user, count = kept.messages);
    let Sent { messages, left_out } = kept.files(&app.db, ticket.guild, ticket.number);
    let text = Said::sentences([text].into_iter().chain(left_out.map(|it| it.said())).collect());
    let about = |ticket| Message::new(text.say(language)).embed(messages::card(language, ticket)).into_body();
    let mut messages = messages.into_iter();
    let files = messages.next().unwrap_or_default();
    let body = MessageBody { files: files.clone(), ..about(ticket) };
    let without = MessageBody { files, ..about(&messages::bare(ticket)) };
    let nonce = Nonce { purpose: "transcript", row: ticket.number.into(), revision: ticket.revision.into() };
    let posted = async {
        let discord = app.discord.guild(ticket.guild);
        let create = async |body| discord.create_message(channel, body, nonce, upload_deadline()).await;
        let (_, shown) = or_without(create(&body).await, async || create(&without).await).await?;
        post_more(app, ticket, channel, messages, "transcript-more", language).await?;
        Ok::<Text, discord::Error>(shown)
    };
    let shown = match posted.await {
        Ok(shown) => shown,
        Err(error) if error.is_passing() => return Err(Trouble::Passing(error.into())),
        Err(_) => {
            report(app, ticket.guild, ticket.number, &Problem::TranscriptsRefused { channel }).await?;
            Text::Unchanged
        }
    };
    store::set_transcript_posted(&app.db, ticket.guild, ticket.number).await?;
    Ok(shown)
}

/// Posts what one message does not hold.
async fn post_more(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    messages: impl Iterator<Item = Vec<File>>,
    purpose: &'static str,
    language: Language,
) -> Result<(), discord::Error> {
    for (files, revision) in messages.zip(i64::from(ticket.revision) * 100..) {
        // Uploads take their time. If somebody else has the ticket, the nonce keeps them from posting it once more.
        let text = say!(language, tickets_transcript_more, number = ticket.number);
        let body = MessageBody { files, ..Message::new(text).into_body() };
        let nonce = Nonce { purpose, row: ticket.number.into(), revision };
        app.discord.guild(ticket.guild).create_message(channel, &body, nonce, upload_deadline()).await?;
    }
    Ok(())
}

/// Tells the member that their ticket is closed, and asks how it was: directly, or in the ticket while they can read it.
pub(super) async fn tell_member(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    settings: &Settings,
    readers: Readers,
) -> Result<Text, Trouble> {
    let number = ticket.number;
    let asks = settings.ask_feedback && !workflow::is_rated(ticket);
    let stars = |guild| if asks { messages::stars(ticket, guild) } else { Ok(Vec::new()) };
    let nonce = |purpose| Nonce { purpose, row: ticket.number.into(), revision: ticket.revision.into() };
    let stars_here = stars(Some(ticket.guild))?;
    let body = |text| Message::new(text).row(stars_here.clone()).into_body();
    let mut direct = body(closed_line(ticket, asks, None, readers.member));
    let left_out = say!(readers.member, ticket_events_left_out);
    let mut without = body(closed_line(&messages::bare(ticket), asks, Some(&left_out), readers.member));
    let mut files = Vec::new().into_iter();
    if settings.send_transcript
        && let Some((kept, _)) = store::find_transcript(&app.db, ticket.guild, ticket.number).await?
    {
        let Sent { messages, left_out } = kept.files(&app.db, ticket.guild, ticket.number);
        files = messages.into_iter();
        direct.files = files.next().unwrap_or_default();
        without.files.clone_from(&direct.files);
        let left_out = left_out.map(|it| format!("\n{}", it.say(readers.member))).unwrap_or_default();
        direct.content.push_str(&left_out);
        without.content.push_str(&left_out);
    }
    let sent = write_directly(app, ticket, direct, without, nonce("closed")).await?;
    if sent.is_some() && files.len() > 0 {
        let more = async {
            let direct = app.discord.guild(ticket.guild).direct_channel(ticket.user, deadline()).await?;
            post_more(app, ticket, direct, files, "closed-more", readers.member).await
        };
        match more.await {
            Err(error) if error.is_passing() => return Err(Trouble::Passing(error.into())),
            Err(error) => tracing::warn!(%error, "a member did not get all of their transcript"),
            Ok(()) => {}
        }
    }
    if sent.is_none() && asks {
        let text = say!(readers.guild, ticket_events_how_was_it_here, user = ticket.user, number);
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
    store_shown(app, ticket).await?;
    Ok(sent.unwrap_or(Text::Unchanged))
}

/// What the member reads of a ticket that is closed: who closed it and why, or that this is left out.
fn closed_line(ticket: &Ticket, asks: bool, left_out: Option<&str>, language: Language) -> String {
    let number = ticket.number;
    let ticket_said = match ticket.subject.as_str() {
        "" => said!(ticket_events_yours, number),
        subject => said!(ticket_events_yours_about, number, subject = plain(subject)),
    };
    let closed = match ticket.closed_by {
        Some(by) if by == ticket.user => said!(ticket_events_direct_closed_by_you, ticket = ticket_said),
        Some(by) => said!(ticket_events_direct_closed_by, ticket = ticket_said, by),
        None => said!(ticket_events_direct_closed, ticket = ticket_said),
    };
    let mut text = closed.say(language);
    text.extend(words::close_reason(ticket).map(|reason| quote(&reason.say(language))));
    text.extend(left_out.map(|left_out| format!("\n{left_out}")));
    if asks {
        text.push('\n');
        text.push_str(&say!(language, ticket_events_how_was_it));
    }
    text
}
