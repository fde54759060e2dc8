//! What is shown of tickets to whoever asks.

use super::action::Action;
use super::model::{Priority, Ticket};
use super::operations::look::{self, History};
use super::operations::step::ToTake;
use super::store::{Happened, Line};
use super::{messages, words};
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::ui::{
    Message, button, embed, footer,
    limits::{self, cut},
    plain,
};
use crate::words::{Language, Say};
use crate::{said, say};
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

/// After a rating: thanks, and room for words.
pub(crate) fn rated(cx: &Context, language: Language, ticket: &Ticket) -> Result<Message> {
    let (number, stars) = (ticket.number, words::rating(ticket.rating.unwrap_or_default()));
    let text = match &ticket.rating_comment {
        Some(comment) => said!(tickets_rated_and_said, number, stars, comment = plain(comment)),
        None => said!(tickets_rated, number, stars),
    };
    let label = say!(language, tickets_say_why_button);
    let again = button(ButtonStyle::Secondary, label, cx.id(&Action::Comment(number))?);
    Ok(Message::new(text.say(language)).row(vec![again]))
}

/// A ticket in a list.
pub(crate) fn line(language: Language, line: &Line) -> String {
    let mark = words::status_mark(line.status);
    let priority = match line.priority {
        Priority::Normal => String::new(),
        priority => format!(" {}", words::priority_mark(priority)),
    };
    let place = line.channel.map(|channel| format!(" <#{channel}>")).unwrap_or_default();
    let claimed = line.claimed_by.map(|user| format!(" · {}", say!(language, tickets_list_claimed, user)));
    let claimed = claimed.unwrap_or_default();
    let user = line.user.map(|user| format!("<@{user}>")).unwrap_or_default();
    format!(
        "{mark}{priority} **#{}** {} · {user} · {}{claimed} · <t:{}:R>{place}",
        line.number,
        plain(&cut(&line.subject, 60)),
        plain(line.kind.name_in(language)),
        line.opened_at.as_second(),
    )
}

/// `/ticket show`: everything; the staff also reads its notes.
pub(crate) async fn show(cx: &Context, ticket: &ToTake) -> Result<Reply> {
    let language = cx.language;
    let History { ticket, events, staff } = look::history(&cx.app, &cx.acting().await?, ticket).await?;
    let mut lines: Vec<String> = events.iter().map(|happened| line_of(language, cx.guild, happened)).collect();
    // The newest matter most; what does not fit is in the transcript.
    let mut left = limits::EMBED_DESCRIPTION - 100;
    lines.reverse();
    lines.retain(|line| {
        let fits = line.chars().count() < left;
        left = if fits { left - line.chars().count() - 1 } else { 0 };
        fits
    });
    lines.reverse();
    let mut shown = messages::card(language, &ticket);
    let problem = ticket.shown.problem.as_ref().filter(|_| staff);
    shown.footer = problem.map(|problem| footer(format!("⚠️ {}", problem.say(language))));
    let history = embed(say!(language, tickets_history), lines.join("\n"));
    Ok(Message::default().embed(shown).embed(history).ephemeral(true).into())
}

/// An event of a ticket, as its history tells it.
pub(crate) fn line_of(language: Language, guild: Id<GuildMarker>, happened: &Happened) -> String {
    let event = &happened.event;
    let who = words::who(event, said!(ticket_events_me));
    let whom = event.target.map(|user| format!("<@{user}>"));
    let did = words::did(event, who, whom);
    let body = plain(&cut(&words::written(language, guild, event), 300));
    format!("<t:{}:f> {}", happened.moment().as_second(), words::did_and_wrote(event, did, body).say(language))
}
