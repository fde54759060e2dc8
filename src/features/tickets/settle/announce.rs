//! Telling those whom it concerns what happened.

use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use super::super::messages;
use super::super::model::{Event, EventKind, Problem, Ticket};
use super::super::settings::{Notify, Settings};
use super::super::store::{self, Happened};
use super::super::words;
use super::Readers;
use super::announcement::{REMINDS_MEMBER, announcement, direct_line};
use super::staff::works_it;
use super::trouble::{Text, Trouble, deadline, or_without, report, trouble, upload_deadline};
use crate::app::App;
use crate::discord::{self, MessageBody, Nonce};
use crate::ui::{Message, plain};
use crate::words::Say;
use crate::{said, say};

/// Tells those whom it concerns what happened.
pub(super) async fn announce(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    happened: &Happened,
    settings: &Settings,
    readers: Readers,
) -> Result<Text, Trouble> {
    let event = &happened.event;
    let of_all;
    let ticket = match (event.kind, ticket.claimed_by) {
        // Whoever had claimed it and has left, or works it no more, hears of nothing.
        (EventKind::Reminded | EventKind::Late, Some(by))
            if works_it(app, ticket, settings, by).await? != Some(true) =>
        {
            of_all = Ticket { claimed_by: None, ..ticket.clone() };
            &of_all
        }
        _ => ticket,
    };
    let telling = Telling { app, ticket, channel, happened, settings, readers };
    // What cannot be said is found out before anything is.
    let message = announcement(readers.guild, ticket, event, settings)?;
    if event.why == Some(REMINDS_MEMBER) {
        let text = say!(readers.member, ticket_events_direct_silent, number = ticket.number, channel);
        let message = messages::close_question(readers.member, ticket, Some(ticket.guild), text)?;
        telling.once("question", telling.write_to_member(message)).await?;
    }
    let said = match message {
        Some(message) => telling.once("ticket", telling.say_in_ticket(message)).await,
        None => Ok(Text::Unchanged),
    };
    let elsewhere = settings.escalation_channel.filter(|_| event.kind == EventKind::Escalated);
    let (mut text, refused) = match said {
        // Who is called elsewhere need not wait until somebody mends the ticket's channel.
        Err(refused @ Trouble::Refused(_)) if elsewhere.is_some() => (Text::Unchanged, Some(refused)),
        said => (said?, None),
    };
    if let Some(called) = elsewhere
        && telling.once("called", telling.call_elsewhere(called)).await? == Text::LeftOut
    {
        text = Text::LeftOut;
    }
    if settings.notify == Notify::Direct
        && let Some(line) = direct_line(ticket, event, channel)
    {
        telling.once("direct", telling.write_to_member(Message::new(line.say(readers.member)))).await?;
    }
    refused.map_or(Ok(text), Err)
}

/// Something that happened to a ticket, which is told.
struct Telling<'a> {
    app: &'a App,
    ticket: &'a Ticket,
    channel: Id<ChannelMarker>,
    happened: &'a Happened,
    settings: &'a Settings,
    readers: Readers,
}

impl Telling<'_> {
    /// Tells one of those who are to hear of it, unless they have: it is tried again as long as another cannot be told, and
    /// Discord knows a nonce for minutes only.
    async fn once(&self, who: &str, tell: impl Future<Output = Result<Text, Trouble>>) -> Result<Text, Trouble> {
        if self.happened.told.iter().any(|told| told == who) {
            return Ok(Text::Unchanged);
        }
        let text = tell.await?;
        store::set_told(&self.app.db, self.ticket.guild, self.ticket.number, self.happened.id, who).await?;
        Ok(text)
    }

    fn nonce(&self, purpose: &'static str) -> Nonce {
        Nonce { purpose, row: self.happened.id, revision: 0 }
    }

    /// What stands in the place of words that Discord refuses.
    fn left_out(&self) -> String {
        say!(self.readers.guild, ticket_events_left_out)
    }

    async fn create(
        &self,
        channel: Id<ChannelMarker>,
        message: Message,
        purpose: &'static str,
    ) -> Result<(), discord::Error> {
        let guild = self.app.discord.guild(self.ticket.guild);
        guild.create_message(channel, &message.into_body(), self.nonce(purpose), deadline()).await.map(drop)
    }

    async fn write_to_member(&self, message: Message) -> Result<Text, Trouble> {
        let body = message.into_body();
        write_directly(self.app, self.ticket, body.clone(), body, self.nonce("event-direct")).await?;
        Ok(Text::Unchanged)
    }

    async fn say_in_ticket(&self, message: Message) -> Result<Text, Trouble> {
        let (event, channel) = (&self.happened.event, self.channel);
        let without = Event { body: String::new(), source: None, ..event.clone() };
        let without = announcement(self.readers.guild, self.ticket, &without, self.settings)?.unwrap_or_default();
        let without = Message { content: format!("{}\n{}", without.content, self.left_out()), ..without };
        let posted = self.create(channel, message, "event").await;
        let posted = or_without(posted, async || self.create(channel, without, "event").await).await;
        posted.map(|(_, text)| text).map_err(|error| trouble(error, channel))
    }

    /// Calls those who are called when a ticket is escalated, in their own channel.
    async fn call_elsewhere(&self, called: Id<ChannelMarker>) -> Result<Text, Trouble> {
        let Telling { app, ticket, channel, readers, .. } = *self;
        let (number, user) = (ticket.number, ticket.user);
        let said = match ticket.escalated_to {
            Some(role) => said!(ticket_events_called_escalated_to, role, number, user, channel),
            None => said!(ticket_events_called_escalated, number, user, channel),
        };
        let why = plain(&words::written(readers.guild, ticket.guild, &self.happened.event));
        let call = async |below: &str| {
            let mut message = Message::new(format!("{}\n{below}", said.say(readers.guild)));
            message.mentions.roles.extend(ticket.escalated_to);
            self.create(called, message, "event-escalated").await
        };
        match or_without(call(&why).await, async || call(&self.left_out()).await).await {
            Ok((_, text)) => Ok(text),
            Err(error) if error.is_passing() => Err(Trouble::Passing(error.into())),
            Err(_) => {
                report(app, ticket.guild, number, &Problem::EscalationsRefused { channel: called }).await?;
                Ok(Text::Unchanged)
            }
        }
    }
}

/// Writes to somebody directly, or the other where Discord refuses what the first says. Nothing if they take no messages
/// from us.
pub(super) async fn write_directly(
    app: &App,
    ticket: &Ticket,
    body: MessageBody,
    without: MessageBody,
    nonce: Nonce,
) -> Result<Option<Text>, Trouble> {
    let sent = async {
        let channel = app.discord.guild(ticket.guild).direct_channel(ticket.user, deadline()).await?;
        let create =
            async |body| app.discord.guild(ticket.guild).create_message(channel, body, nonce, upload_deadline()).await;
        or_without(create(&body).await, async || create(&without).await).await
    };
    match sent.await {
        Ok((_, text)) => Ok(Some(text)),
        Err(error) if error.is_passing() => Err(Trouble::Passing(error.into())),
        Err(discord::Error::NoDirectMessages { .. }) => Ok(None),
        Err(error) => {
            tracing::warn!(%error, "a member cannot be written to");
            Ok(None)
        }
    }
}
