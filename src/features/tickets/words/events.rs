//! What is said of what happened to a ticket: in its history, and in the log channel.

use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::super::model::{Event, EventKind, Kind, Priority, Source, Ticket, Why, answers};
use super::labels::{STARS, rating};
use super::usual::label_in;
use crate::acting::Acting;
use crate::assist::Distress;
use crate::discord;
use crate::log_channel::{AWAITED, Entry, Level};
use crate::operations::words::program_name;
use crate::settings::Program;
use crate::ui::plain;
use crate::words::{Language, Said, Say};
use crate::{said, say};

/// What somebody wrote with an event in a guild, or why the bot did it; of a priority, which one, and of stars, how many.
pub(crate) fn written(language: Language, guild: Id<GuildMarker>, event: &Event) -> String {
    match (&event.why, &event.source) {
        (Some(Why::Answered { message: Some((channel, message)) }), _) => discord::link(guild, *channel, *message),
        (Some(why), _) if event.body.is_empty() => why.say(language),
        (_, Some(source)) => clipped(language, guild, &event.body, source),
        _ if event.kind == EventKind::Priority => match Priority::named(&event.body) {
            Some(priority) => priority.say(language),
            None => event.body.clone(),
        },
        _ if event.kind == EventKind::Rated => match event.body.parse() {
            Ok(stars @ 1..=STARS) => rating(stars),
            _ => event.body.clone(),
        },
        _ => event.body.clone(),
    }
}

/// A message from elsewhere: who wrote it, where it is, what it says, and its files.
pub(crate) fn clipped(language: Language, guild: Id<GuildMarker>, text: &str, source: &Source) -> String {
    let files: String = source.files.iter().map(|name| format!("\n📎 {name}")).collect();
    format!("{}\n{text}{files}", wrote(language, guild, &source.author, source))
}

/// Who wrote a message, by a name that is safe where it is shown, and where it is.
pub(crate) fn wrote(language: Language, guild: Id<GuildMarker>, author: &str, source: &Source) -> String {
    let author = if author.is_empty() { said!(tickets_somebody) } else { Said::from(author) };
    say!(language, tickets_wrote, author, link = discord::link(guild, source.channel, source.message))
}

/// What was asked when a ticket was opened, and answered, where the kind still asks it in the words in which it says it to
/// those who read this language.
pub(crate) fn questions_answered(language: Language, ticket: &Ticket) -> Vec<(String, String)> {
    let label_of = |label: &String, answer: &str| {
        let translated = ticket.kind.label_in(language, label, answer).map(str::to_owned);
        translated.unwrap_or_else(|| label_in(language, label))
    };
    let shown = |(label, answer): &(String, String)| match (&ticket.source, answer.as_str()) {
        (Some(source), text) => (say!(language, tickets_card_message), clipped(language, ticket.guild, text, source)),
        (None, answers::TICKED) => (label_of(label, answer), say!(language, tickets_yes)),
        (None, answers::NOT_TICKED) => (label_of(label, answer), say!(language, tickets_no)),
        (None, answer) => {
            let chosen = ticket.kind.chosen_in(language, label, answer);
            let label = label_of(label, answer);
            let answer = chosen.map_or_else(|| answer.to_owned(), |chosen| Said::list(chosen).say(language));
            (label, answer)
        }
    };
    ticket.answers.iter().map(shown).collect()
}

/// Who did something: a person, a program, or what the bot calls itself.
pub(crate) fn who(event: &Event, itself: Said) -> Said {
    match (event.user, &event.program) {
        (Some(user), _) => Said::Verbatim(format!("<@{user}>")),
        (None, None | Some(Program::Bot)) => itself,
        (None, Some(program)) => program_name(program),
    }
}

/// Who closed a ticket that nobody closed: the bot, which always says why, or another program.
pub(crate) fn closed_by_nobody(ticket: &Ticket) -> Said {
    if ticket.close_why.is_some() { said!(tickets_card_me) } else { said!(operations_a_program) }
}

/// What happened with what was written with it, if anything was: what [`did`] and [`written`] say.
pub(crate) fn did_and_wrote(event: &Event, did: Said, text: String) -> Said {
    match &event.why {
        _ if text.is_empty() => did,
        Some(why)
            if event.body.is_empty() && !matches!(why, Why::Answered { message: Some(_) } | Why::Silent { .. }) =>
        {
            said!(ticket_events_did_since, did, why = text)
        }
        _ => said!(ticket_events_did_and_wrote, did, text),
    }
}

/// What happened, with the names of who did it and to whom.
pub(crate) fn did(event: &Event, who: Said, whom: Option<String>) -> Said {
    let whom = whom.unwrap_or_default();
    match event.kind {
        EventKind::KeptOpen if is_answer(event) => said!(ticket_events_did_answered, who),
        EventKind::Opened => said!(ticket_events_did_opened, who),
        EventKind::Claimed => said!(ticket_events_did_claimed, who),
        EventKind::Unclaimed => said!(ticket_events_did_unclaimed, who),
        EventKind::Resumed => said!(ticket_events_did_resumed, who),
        EventKind::Transferred => said!(ticket_events_did_transferred, who, whom),
        EventKind::Waiting => said!(ticket_events_did_waiting, who),
        EventKind::Escalated => said!(ticket_events_did_escalated, who),
        EventKind::Reopened => said!(ticket_events_did_reopened, who),
        EventKind::Closed => said!(ticket_events_did_closed, who),
        EventKind::Archived => said!(ticket_events_did_archived, who),
        EventKind::Priority => said!(ticket_events_did_priority, who),
        EventKind::Renamed => said!(ticket_events_did_renamed, who),
        EventKind::Added => said!(ticket_events_did_added, who, whom),
        EventKind::Removed => said!(ticket_events_did_removed, who, whom),
        EventKind::Note => said!(ticket_events_did_note, who),
        EventKind::Message => said!(ticket_events_did_message, who),
        EventKind::CloseRequested => said!(ticket_events_did_close_requested, who),
        EventKind::KeptOpen => said!(ticket_events_did_kept_open, who),
        EventKind::Reminded => said!(ticket_events_did_reminded, who),
        EventKind::Late => said!(ticket_events_did_late, who),
        EventKind::Rated => said!(ticket_events_did_rated, who),
    }
}

/// Whether a ticket stays open because its member wrote.
pub(crate) fn is_answer(event: &Event) -> bool {
    matches!(event.why, Some(Why::Answered { .. }))
}

/// What the log channel reads of a ticket whose member seems to be in need.
pub(crate) fn in_need(acting: &Acting, ticket: &Ticket, distress: Distress, help_line: Option<&str>) -> Entry {
    let language = acting.language();
    let said = need(language, distress, help_line).unwrap_or_default();
    let title = say!(language, ticket_events_log_in_need, number = ticket.number);
    Entry { level: Level::Warning, title, description: format!("<@{}>: {said}", ticket.user) }
}

/// What the staff should know first of somebody who seems to be in need.
pub(crate) fn need(language: Language, distress: Distress, help_line: Option<&str>) -> Option<String> {
    let said = match distress {
        Distress::None => return None,
        Distress::Worried => say!(language, tickets_reply_worried),
        Distress::Urgent => say!(language, tickets_reply_urgent),
    };
    let help = help_line.map(|line| say!(language, tickets_reply_help_line, line = line));
    Some([Some(said), help].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// What the log channel reads of a ticket that is opened.
/// `unguarded` is one of a kind of which every role that could open it is gone.
pub(crate) fn opened(
    acting: &Acting,
    number: i32,
    kind: &Kind,
    user: Id<UserMarker>,
    subject: &str,
    unguarded: bool,
) -> Entry {
    let language = acting.language();
    let by = match (acting.user(), acting.program()) {
        (Some(by), _) => Some(Said::Verbatim(format!("<@{by}>"))).filter(|_| by != user),
        (None, program) => program.filter(|program| *program != Program::Bot).map(|program| program_name(&program)),
    };
    let who = match by {
        Some(by) => say!(language, ticket_events_log_for, by, user),
        None => format!("<@{user}>"),
    };
    // Its channel is not there yet.
    let mut description = format!("{who} · {}{AWAITED} · {}", plain(kind.name_in(language)), plain(subject));
    if unguarded {
        description.push_str(&format!("\n⚠️ {}", say!(language, ticket_events_log_unguarded)));
    }
    let level = if unguarded { Level::Warning } else { Level::Success };
    Entry { level, title: say!(language, ticket_events_log_opened, number), description }
}

/// What the log channel reads of what happened.
pub(crate) fn entry(language: Language, after: &Ticket, event: &Event) -> Entry {
    let number = after.number;
    if let Some(why @ Why::NoPlace { .. }) = &event.why {
        let title = say!(language, ticket_events_log_not_opened, number);
        let description = format!("<@{}> · {}", after.user, why.say(language));
        return Entry { level: Level::Error, title, description };
    }
    let (title, level) = match event.kind {
        EventKind::Opened => (said!(ticket_events_log_opened, number), Level::Success),
        EventKind::Claimed => (said!(ticket_events_log_claimed, number), Level::Info),
        EventKind::Unclaimed => (said!(ticket_events_log_unclaimed, number), Level::Info),
        EventKind::Resumed => (said!(ticket_events_log_resumed, number), Level::Info),
        EventKind::Transferred => (said!(ticket_events_log_transferred, number), Level::Info),
        EventKind::Waiting => (said!(ticket_events_log_waiting, number), Level::Info),
        EventKind::Escalated => (said!(ticket_events_log_escalated, number), Level::Warning),
        EventKind::Reopened => (said!(ticket_events_log_reopened, number), Level::Info),
        EventKind::Closed => (said!(ticket_events_log_closed, number), Level::Success),
        EventKind::Archived => (said!(ticket_events_log_archived, number), Level::Info),
        EventKind::Priority => (said!(ticket_events_log_priority, number), Level::Info),
        EventKind::Renamed => (said!(ticket_events_log_renamed, number), Level::Info),
        EventKind::Added => (said!(ticket_events_log_added, number), Level::Info),
        EventKind::Removed => (said!(ticket_events_log_removed, number), Level::Info),
        EventKind::Note => (said!(ticket_events_log_note, number), Level::Info),
        EventKind::Message => (said!(ticket_events_log_message, number), Level::Info),
        EventKind::CloseRequested => (said!(ticket_events_log_close_requested, number), Level::Info),
        EventKind::KeptOpen if is_answer(event) => (said!(ticket_events_log_answered, number), Level::Info),
        EventKind::KeptOpen => (said!(ticket_events_log_kept_open, number), Level::Info),
        EventKind::Reminded => (said!(ticket_events_log_reminded, number), Level::Info),
        EventKind::Late => (said!(ticket_events_log_late, number), Level::Error),
        EventKind::Rated => (said!(ticket_events_log_rated, number), Level::Success),
    };
    let who = who(event, Said::Verbatim(String::new())).say(language);
    // From whom it was taken, or to whom it went.
    let arrow = if matches!(event.kind, EventKind::Unclaimed | EventKind::Resumed) { "←" } else { "→" };
    let to = event.target.map(|user| format!("{arrow} <@{user}>")).unwrap_or_default();
    let whose = say!(language, ticket_events_log_whose, kind = plain(after.kind.name_in(language)), user = after.user);
    let channel = after.shown.channel.map(|channel| format!("<#{channel}>")).unwrap_or_default();
    let parts = [who, to, whose, channel, plain(&written(language, after.guild, event))];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Entry { level, title: title.say(language), description: parts.join(" · ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_no_name_is_somebody_in_the_reader_s_language() {
        let source = Source { author: String::new(), channel: Id::new(2), message: Id::new(3), files: Vec::new() };
        let wrote = |language| wrote(language, Id::new(1), &source.author, &source);
        let dutch = Language::of_code("nl").expect("Dutch");
        assert_eq!(wrote(Language::ENGLISH), "Somebody wrote (https://discord.com/channels/1/2/3):");
        assert_eq!(wrote(dutch), "Iemand schreef (https://discord.com/channels/1/2/3):");
    }
}
