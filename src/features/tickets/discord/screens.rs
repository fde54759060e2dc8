//! What a ticket looks like.

use twilight_model::channel::message::component::{Button, ButtonStyle, SelectMenuOption};
use twilight_model::channel::message::embed::EmbedField;
use twilight_model::channel::message::{AllowedMentions, Component, Embed, EmojiReactionType};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::model::{Definition, Kind, Priority, Status, Ticket};
use super::store::{self, Happened, Line};
use super::words;
use super::{Action, Settings, press};
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::settings::{System, field};
use crate::ui::{
    Message, button, custom_id, embed, footer,
    limits::{self, cut},
    option, plain,
};

/// Stars of a rating.
const STARS: i16 = 5;

/// Of an answer in the ticket's message; the transcript has all of it.
const ANSWER: usize = 700;

/// A type in a menu.
pub(crate) fn kind_option(kind: &Kind) -> SelectMenuOption {
    let description = Some(kind.definition.description.clone()).filter(|text| !text.is_empty());
    SelectMenuOption { description, emoji: own_emoji(kind), ..option(kind.id.to_string(), label(kind)) }
}

/// What a type is called where it is chosen.
pub(crate) fn label(kind: &Kind) -> String {
    match own_emoji(kind) {
        // In a label Discord would show its code.
        Some(_) => kind.name.clone(),
        None => format!("{} {}", kind.definition.emoji, kind.name).trim().to_owned(),
    }
}

/// A button with the server's own emoji before its label, if the type has one.
pub(crate) fn with_emoji(button: Component, kind: &Kind) -> Component {
    match button {
        Component::Button(button) => Component::Button(Button { emoji: own_emoji(kind), ..button }),
        other => other,
    }
}

/// The server's own emoji before its name, if it has one.
fn own_emoji(kind: &Kind) -> Option<EmojiReactionType> {
    super::model::own_emoji(&kind.definition.emoji)
}

/// What members read while nobody is there.
pub(crate) fn away(definition: &Definition) -> String {
    match definition.hours_note.as_str() {
        "" => format!("Nobody is there right now; we are there {}.", definition.hours()),
        note => note.to_owned(),
    }
}

/// What a ticket's template may say.
pub(crate) fn fill(template: &str, ticket: &Ticket) -> String {
    field::fill(template, |name| match name {
        "member" => Some(format!("<@{}>", ticket.user)),
        "number" => Some(ticket.number.to_string()),
        "type" => Some(plain(&ticket.kind.name)),
        "subject" => Some(plain(&ticket.subject)),
        _ => None,
    })
}

/// The ticket's own message: what it says, and buttons for what can be done now.
///
/// It names the staff without calling them; that is done once, when it is posted.
pub(crate) fn message(ticket: &Ticket, settings: &Settings, system: &System) -> anyhow::Result<Message> {
    let opening = fill(&ticket.kind.definition.opening, ticket);
    let mut content = format!("{}\n{opening}", calls(ticket, settings).0);
    let definition = &ticket.kind.definition;
    if !definition.hours().open_at(ticket.opened_at, &system.time_zone.time_zone()) {
        content.push('\n');
        content.push_str(&away(definition));
    }
    let message = Message::new(content).embed(card(ticket));
    Ok(message.row(buttons(ticket)?))
}

/// Whom the first message calls.
pub(crate) fn calls(ticket: &Ticket, settings: &Settings) -> (String, AllowedMentions) {
    let roles = ticket.kind.definition.staff(settings);
    let mut called: Vec<String> = vec![format!("<@{}>", ticket.user)];
    called.extend(roles.iter().map(|role| format!("<@&{role}>")));
    let mentions = AllowedMentions { users: vec![ticket.user], roles, ..AllowedMentions::default() };
    (called.join(" "), mentions)
}

/// What a ticket is, in a box.
pub(crate) fn card(ticket: &Ticket) -> Embed {
    let title = format!("Ticket #{} · {}", ticket.number, label(&ticket.kind));
    let mut card = embed(title, plain(&ticket.subject));
    card.color = Some(ticket.status.color());
    let mut field = |name: &str, value: String, inline| {
        card.fields.push(EmbedField { inline, name: name.to_owned(), value });
    };
    field("Status", ticket.status.chip().to_owned(), true);
    field("Opened by", format!("<@{}>", ticket.user), true);
    if let Some(by) = ticket.claimed_by {
        field("Claimed by", format!("<@{by}>"), true);
    }
    if ticket.priority != Priority::Normal {
        field("Priority", ticket.priority.label().to_owned(), true);
    }
    if let Some(role) = ticket.escalated_to {
        field("Escalated to", format!("<@&{role}>"), true);
    }
    if let Some(due) = ticket.close_due_at {
        field("Closes", format!("<t:{}:R>, unless its member keeps it open", due.as_second()), true);
    }
    if ticket.status == Status::Closed {
        let by = ticket.closed_by.map_or("me".to_owned(), |by| format!("<@{by}>"));
        field("Closed by", by, true);
        if let Some(reason) = words::close_reason(ticket) {
            field("Reason", plain(&reason), false);
        }
    }
    if let Some(stars) = ticket.rating {
        field("Rating", rating(stars), true);
    }
    for (question, answer) in &ticket.answers {
        // What it is about stands above already.
        if *answer != ticket.subject {
            field(question, cut(&plain(answer), ANSWER), false);
        }
    }
    field("Opened", format!("<t:{}:f>", ticket.opened_at.as_second()), true);
    field("Last updated", format!("<t:{}:R>", ticket.updated_at.as_second()), true);
    card
}

pub(crate) fn rating(stars: i16) -> String {
    let full = usize::try_from(stars.clamp(0, STARS)).unwrap_or(0);
    let empty = usize::try_from(STARS).unwrap_or(0) - full;
    format!("{}{}", "★".repeat(full), "☆".repeat(empty))
}

/// Buttons for what can be done now, by the table of states.
fn buttons(ticket: &Ticket) -> anyhow::Result<Vec<Component>> {
    use ButtonStyle::{Danger, Secondary, Success};
    let number = ticket.number;
    let may = |next: Status| ticket.status.may_become(next);
    let wanted = [
        (
            may(Status::Claimed) && ticket.claimed_by.is_none() && ticket.status.is_live(),
            Success,
            "Claim",
            Action::Claim(number),
        ),
        (
            may(Status::Open) && ticket.claimed_by.is_some() && ticket.status.is_live(),
            Secondary,
            "Give back",
            Action::Unclaim(number),
        ),
        (may(Status::WaitingForUser), Secondary, "Wait for user", Action::Wait(number)),
        (may(Status::Escalated), Secondary, "Escalate", Action::Escalate(number)),
        (may(Status::Closed), Danger, "Close", Action::Close(number)),
        (ticket.status == Status::Closed, Success, "Reopen", Action::Reopen(number)),
        (ticket.status == Status::Closed, Secondary, "Transcript", Action::Transcript(number)),
        (ticket.status == Status::Closed, Danger, "Delete", Action::Delete(number)),
    ];
    let shown = wanted.into_iter().filter(|(may, ..)| *may);
    shown.map(|(_, style, label, action)| Ok(button(style, label, id(None, &action)?))).collect()
}

/// A custom id of ours where there is no interaction; in a direct message it names the guild.
pub(crate) fn id(guild: Option<Id<GuildMarker>>, action: &Action) -> anyhow::Result<String> {
    custom_id::encode_for("tickets", None, guild, action)
}

/// The question whether a ticket may be closed, or stays open.
pub(crate) fn close_question(ticket: &Ticket, guild: Option<Id<GuildMarker>>, text: String) -> anyhow::Result<Message> {
    Ok(Message::new(text).row(vec![
        button(ButtonStyle::Success, "Close it", id(guild, &Action::Agree(ticket.number))?),
        button(ButtonStyle::Secondary, "Keep it open", id(guild, &Action::KeepOpen(ticket.number))?),
    ]))
}

/// One to five stars.
pub(crate) fn stars(ticket: &Ticket, guild: Option<Id<GuildMarker>>) -> anyhow::Result<Vec<Component>> {
    (1..=STARS)
        .map(|stars| {
            let label = format!("{stars} {}", "★");
            Ok(button(ButtonStyle::Secondary, label, id(guild, &Action::Rate(ticket.number, stars))?))
        })
        .collect()
}

/// After a rating: thanks, and room for words.
pub(crate) fn rated(cx: &Context, ticket: &Ticket) -> Result<Message> {
    let stars = rating(ticket.rating.unwrap_or_default());
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
    let standing = press::standing(cx, ticket).await?;
    if !standing.staff && !standing.owner {
        return Err(super::command::no_such_ticket());
    }
    let events = store::list_events(&cx.app.db, cx.guild, ticket.number, false).await?;
    let seen = events.iter().filter(|happened| standing.staff || !happened.event.kind.is_internal());
    let mut lines: Vec<String> = seen.map(happened).collect();
    // The newest matter most; what does not fit is in the transcript.
    let mut left = limits::EMBED_DESCRIPTION - 100;
    lines.reverse();
    lines.retain(|line| {
        let fits = line.chars().count() < left;
        left = if fits { left - line.chars().count() - 1 } else { 0 };
        fits
    });
    lines.reverse();
    let mut shown = card(ticket);
    shown.footer = ticket.shown.problem.clone().filter(|_| standing.staff).map(|text| footer(format!("⚠️ {text}")));
    let history = embed("What happened", lines.join("\n"));
    Ok(Message::default().embed(shown).embed(history).ephemeral(true).into())
}

fn happened(happened: &Happened) -> String {
    let event = &happened.event;
    let who = event.user.map_or("I".to_owned(), |user| format!("<@{user}>"));
    let whom = event.target.map(|user| format!(" <@{user}>")).unwrap_or_default();
    let body = words::said(event);
    let body = if body.is_empty() { body } else { format!(": {}", plain(&cut(&body, 300))) };
    format!("<t:{}:f> {who} {}{whom}{body}", happened.at.as_second(), event.kind.did())
}
