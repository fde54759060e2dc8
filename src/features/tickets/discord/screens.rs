//! What is shown of tickets to whoever asks.

use super::action::Action;
use super::model::{Priority, Ticket};
use super::operations::look::{self, History};
use super::store::{Happened, Line};
use super::{messages, words};
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::ui::{
    Message, button, embed, footer,
    limits::{self, cut},
    plain,
};
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

/// After a rating: thanks, and room for words.
pub(crate) fn rated(cx: &Context, ticket: &Ticket) -> Result<Message> {
    let stars = messages::rating(ticket.rating.unwrap_or_default());
    let text = match &ticket.rating_comment {
        Some(comment) => format!("Thank you! You rated ticket #{} {stars}: {}", ticket.number, plain(comment)),
        None => format!("Thank you! You rated ticket #{} {stars}.", ticket.number),
    };
    let again = button(ButtonStyle::Secondary, "Say why", cx.id(&Action::Comment(ticket.number))?);
    Ok(Message::new(text).row(vec![again]))
}

/// A ticket in a list.
pub(crate) fn line(line: &Line) -> String {
    let chip = line.status.chip().split(' ').next().unwrap_or_default();
    let priority = match line.priority {
        Priority::Normal => String::new(),
        priority => format!(" {}", priority.label().split(' ').next().unwrap_or_default()),
    };
    let place = line.channel.map(|channel| format!(" <#{channel}>")).unwrap_or_default();
    let claimed = line.claimed_by.map(|by| format!(" · claimed by <@{by}>")).unwrap_or_default();
    let user = line.user.map(|user| format!("<@{user}>")).unwrap_or_default();
    format!(
        "{chip}{priority} **#{}** {} · {user} · {}{claimed} · <t:{}:R>{place}",
        line.number,
        plain(&cut(&line.subject, 60)),
        plain(&line.kind),
        line.opened_at.as_second(),
    )
}

/// `/ticket show`: everything; the staff also reads its notes.
pub(crate) async fn show(cx: &Context, ticket: &Ticket) -> Result<Reply> {
    let History { events, staff } = look::history(&cx.app, &cx.acting().await?, ticket).await?;
    let mut lines: Vec<String> = events.iter().map(|happened| line_of(cx.guild, happened)).collect();
    // The newest matter most; what does not fit is in the transcript.
    let mut left = limits::EMBED_DESCRIPTION - 100;
    lines.reverse();
    lines.retain(|line| {
        let fits = line.chars().count() < left;
        left = if fits { left - line.chars().count() - 1 } else { 0 };
        fits
    });
    lines.reverse();
    let mut shown = messages::card(ticket);
    let problem = ticket.shown.problem.as_ref().filter(|_| staff);
    shown.footer = problem.map(|problem| footer(format!("⚠️ {}", words::problem(problem))));
    let history = embed("What happened", lines.join("\n"));
    Ok(Message::default().embed(shown).embed(history).ephemeral(true).into())
}

fn line_of(guild: Id<GuildMarker>, happened: &Happened) -> String {
    let event = &happened.event;
    let who = event.user.map_or("I".to_owned(), |user| format!("<@{user}>"));
    let whom = event.target.map(|user| format!(" <@{user}>")).unwrap_or_default();
    let body = words::said(guild, event);
    let body = if body.is_empty() { body } else { format!(": {}", plain(&cut(&body, 300))) };
    format!("<t:{}:f> {who} {}{whom}{body}", happened.at.as_second(), event.kind.did())
}
