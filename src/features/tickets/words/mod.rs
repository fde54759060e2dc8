//! What is said about tickets: refusals, reasons, and entries of the log channel.

pub(crate) mod setup;

use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, RoleMarker, UserMarker};

use super::model::transcript::LeftOut;
use super::model::{
    Cut, Event, EventKind, Hindrance, Kind, Obstacle, Problem, Refusal, Side, Source, Status, Ticket, Why, answers,
};
use crate::acting::NotAdmin;
use crate::discord;
use crate::log_channel::{Entry, Level};
use crate::operations::words::answered;
use crate::settings::field::show_minutes;
use crate::ui::plain;
use crate::words::{Said, Say};

impl Say for Refusal {
    fn said(&self) -> Said {
        let say = || -> String {
            let fixed = match self {
                Refusal::NotAdmin => return NotAdmin.said().to_string(),
                Refusal::ClaimedBy(other) => {
                    return format!("<@{other}> has claimed this ticket; `/ticket transfer` moves it to you.");
                }
                Refusal::HasIt(user) => return format!("<@{user}> has this ticket already."),
                Refusal::Done(status) => return format!("This ticket is {status}; `/ticket reopen` opens it again."),
                Refusal::Cannot { from, to } => return cannot(*from, *to),
                Refusal::SamePriority(priority) => return format!("The priority is {} already.", priority.name()),
                Refusal::CloseFirst { number, status } => {
                    return format!("Ticket #{number} is {status}; close it before you delete its channel.");
                }
                Refusal::ReopenFirst { number, status } => {
                    return format!("Ticket #{number} is {status}; open it again first.");
                }
                Refusal::NotItsStaff(user) => {
                    return format!("<@{user}> does not work tickets of this kind; pick somebody of its staff.");
                }
                Refusal::TakesPart { user, number, present } => {
                    return format!("<@{user}> {} in ticket #{number} already.", takes_part(*present));
                }
                Refusal::Blocked { reason } => return blocked(reason),
                Refusal::RoleRequired { roles } => return role_required(roles),
                Refusal::AsManyAsAllowed { open } => return as_many_as_allowed(open),
                Refusal::JustOpened { next_at } => {
                    return format!("You have just opened one; you can open the next <t:{}:R>.", next_at.as_second());
                }
                Refusal::NotAnswered { label } => return format!("“{label}” needs an answer."),
                Refusal::AnswerOutOfRange { label, min_chars, max_chars } => {
                    return format!("“{label}” takes {min_chars} to {max_chars} characters.");
                }
                Refusal::OtherAnswers { label } => {
                    return format!("“{label}” has other answers now; open the form again.");
                }
                Refusal::DueOutOfRange { max_hours } => {
                    return format!(
                        "A ticket closes 1 to {max_hours} hours after somebody was asked; give such a time."
                    );
                }
                Refusal::NotTicked { label } => return format!("Tick “{label}” to go on."),
                Refusal::TooLong { max } => return format!("That is longer than {max} characters; shorten it."),
                Refusal::NoSuchTicket => "There is no such ticket; pick one that is suggested, or see `/ticket list`.",
                Refusal::NotStaff => "Only the staff of this ticket can do that; write here what you need.",
                Refusal::NotYoursToRate => "Only the member whose ticket it is can rate it.",
                Refusal::NotYoursToAgree => "Only the member whose ticket it is can agree to that.",
                Refusal::StaffCloses => "Here only the staff closes tickets; tell them that it is solved.",
                Refusal::ClaimedByYou => "You have claimed this ticket already.",
                Refusal::NotClaimed => "Nobody has claimed this ticket.",
                Refusal::NotClosed => "This ticket was opened again; you can rate it when it is closed.",
                Refusal::NoStars => "Choose one to five stars first.",
                Refusal::StarsOutOfRange => "A rating is one to five stars; choose again.",
                Refusal::NotAsked => "Nobody asks to close this ticket any more; `/ticket close` closes it.",
                Refusal::NotHere => "They are not in this server; pick somebody who is.",
                Refusal::OwnTicket => "It is their own ticket; close it if it is done.",
                Refusal::EscalatedToEverybody => {
                    "A ticket that is escalated to everybody is no longer private; pick a role."
                }
                Refusal::Empty => "Write something first; there is nothing in it.",
                Refusal::NoSuchKind => {
                    "There is no such kind of ticket here any more; type `/ticket open` to see which there are."
                }
                Refusal::RoleBlocked => "With one of your roles you cannot open this kind of ticket; ask an admin.",
                Refusal::NotForOthers => "Only the staff opens tickets for others; open your own with `/ticket open`.",
                Refusal::ForNobody => "Say whose ticket it is.",
                Refusal::DraftGone | Refusal::OpenedBefore { .. } => {
                    "What you wrote is gone or was sent already; open a ticket with `/ticket open`."
                }
                Refusal::NoSuchMessage => "You cannot read that message, or it is gone; pick one that you can read.",
                Refusal::NothingToAdd => "This message has neither text nor files; write in the ticket what it shows.",
                Refusal::AddedBefore => "That was added already; use the message's menu once more.",
                Refusal::UnknownRole => "That role is not of this server; pick one from the list.",
                Refusal::OnlyTheBot => "That happens by itself; nobody does it by hand.",
                Refusal::NoTranscript => {
                    "There is no transcript: it is taken when a ticket closes, and kept as long as this server wants."
                }
                Refusal::Busy => "This ticket has just changed; look at it again.",
            };
            fixed.to_owned()
        };
        Said::Verbatim(say())
    }
}

/// What somebody does in a ticket that they were added to, or removed from.
pub(crate) fn takes_part(present: bool) -> &'static str {
    if present { "takes part" } else { "takes part no longer" }
}

fn blocked(reason: &str) -> String {
    let why = if reason.is_empty() { String::new() } else { format!(" ({})", plain(reason)) };
    format!("You may not open tickets here{why}; talk to an admin if that is a mistake.")
}

fn role_required(roles: &[Id<RoleMarker>]) -> String {
    let roles: Vec<String> = roles.iter().map(|role| format!("<@&{role}>")).collect();
    format!("This kind of ticket is for {}; pick another kind, or ask an admin.", roles.join(" or "))
}

fn as_many_as_allowed(open: &[i32]) -> String {
    let open: Vec<String> = open.iter().map(|number| format!("#{number}")).collect();
    let open = open.join(", ");
    format!("You have {open} open already, which is as many as you can have; go on there, or close it first.")
}

fn cannot(from: Status, to: Status) -> String {
    if from == to {
        return format!("This ticket is {from} already.");
    }
    // What is live is archived only when its channel is lost; nobody does that by hand.
    let by_hand = |next: &&Status| !(from.is_live() && **next == Status::Archived);
    let next: Vec<String> = from.next().iter().filter(by_hand).map(|status| format!("**{status}**")).collect();
    match next.is_empty() {
        true => format!("This ticket is {from} for good; open a new one with `/ticket open`."),
        false => format!("A ticket that is {from} cannot become {to}; it can become {}.", next.join(", ")),
    }
}

/// What somebody wrote with an event in a guild, or why the bot did it.
pub(crate) fn said(guild: Id<GuildMarker>, event: &Event) -> String {
    match (&event.why, &event.source) {
        (Some(why), _) if event.body.is_empty() => because(why),
        (_, Some(source)) => clipped(guild, &event.body, source),
        _ => event.body.clone(),
    }
}

/// A message from elsewhere: who wrote it, where it is, what it says, and its files.
pub(crate) fn clipped(guild: Id<GuildMarker>, text: &str, source: &Source) -> String {
    let files: String = source.files.iter().map(|name| format!("\n📎 {name}")).collect();
    format!("{}\n{text}{files}", wrote(guild, &source.author, source))
}

/// Who wrote a message, by a name that is safe where it is shown, and where it is.
pub(crate) fn wrote(guild: Id<GuildMarker>, author: &str, source: &Source) -> String {
    format!("{author} wrote ({}):", discord::link(guild, source.channel, source.message))
}

/// What was asked when a ticket was opened, and answered.
pub(crate) fn questions_answered(ticket: &Ticket) -> Vec<(String, String)> {
    let shown = |(label, answer): &(String, String)| match (&ticket.source, answer.as_str()) {
        (Some(source), text) => ("Message".to_owned(), clipped(ticket.guild, text, source)),
        (None, answers::TICKED) => (label.clone(), "Yes".to_owned()),
        (None, answers::NOT_TICKED) => (label.clone(), "No".to_owned()),
        (None, answer) => (label.clone(), answer.to_owned()),
    };
    ticket.answers.iter().map(shown).collect()
}

/// What stands in the way of a ticket, for its staff and the admins.
pub(crate) fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Away => "I am not in this server any more.".to_owned(),
        Problem::Hidden { channel } => format!("I cannot see <#{channel}> any more; give me **View Channel** there."),
        Problem::NotAllowed { channel } => format!(
            "I may not do enough in <#{channel}>; give me **Manage Channels**, **Manage Permissions** and **Send \
             Messages** there."
        ),
        Problem::Refused { channel, error } => {
            format!("Discord refused something in <#{channel}> ({}).", answered(error))
        }
        Problem::Ended { why } => because(why),
        Problem::Undeletable { channel } => {
            format!("What was said in <#{channel}> cannot be kept, and so I leave the channel; delete it by hand.")
        }
        Problem::NotKept => "What was said in it cannot be kept; its channel has it.".to_owned(),
        Problem::Cut { cut } => format!("Its transcript is not whole. {}", cut_short(*cut)),
        Problem::TranscriptsRefused { channel } => format!("I cannot post transcripts in <#{channel}>."),
        Problem::EscalationsRefused { channel } => {
            format!("I cannot write in <#{channel}>, where escalations are to be told.")
        }
        Problem::SecondChannel { channel, number, used: false } => {
            format!("<#{channel}> is a second channel of ticket #{number}; delete it.")
        }
        Problem::SecondChannel { channel, number, used: true } => {
            format!("<#{channel}> is a second channel of ticket #{number}, and somebody wrote there.")
        }
        Problem::Sentence(sentence) => sentence.clone(),
    }
}

/// Why a transcript ends before its ticket does.
pub(crate) fn cut_short(cut: Cut) -> &'static str {
    match cut {
        Cut::Died => "Only its beginning is kept: processes died when all of it was to be.",
        Cut::Full => "It ends here: what follows is more than a message takes.",
    }
}

/// What of a transcript is not sent.
pub(crate) fn left_out(left_out: LeftOut) -> &'static str {
    match left_out {
        LeftOut::PlainText => "The plain text is left out: the page takes all the room there is.",
        LeftOut::TooLarge => "Some of it is larger than Discord takes; ask the operator of this bot for it.",
    }
}

/// What the log channel reads of a ticket that is opened.
pub(crate) fn opened(
    number: i32,
    kind: &Kind,
    user: Id<UserMarker>,
    opened_by: Option<Id<UserMarker>>,
    subject: &str,
) -> Entry {
    let who = match opened_by {
        Some(by) if by != user => format!("<@{by}> for <@{user}>"),
        _ => format!("<@{user}>"),
    };
    Entry {
        level: Level::Success,
        title: format!("🟢 Ticket #{number} created"),
        description: format!("{who} · {} · {}", plain(&kind.name), plain(subject)),
    }
}

/// What the log channel reads of what stands in the way of a ticket.
pub(crate) fn trouble(number: i32, what: &Problem) -> Entry {
    let title = format!("🚨 Ticket #{number} is in trouble");
    Entry { level: Level::Error, title, description: problem(what) }
}

/// Why a ticket is closed, if anybody knows.
pub(crate) fn close_reason(ticket: &Ticket) -> Option<String> {
    ticket.close_reason.clone().or_else(|| ticket.close_why.as_ref().map(because))
}

/// Why the bot did something.
pub(crate) fn because(why: &Why) -> String {
    let fixed = match why {
        Why::MemberLeft => "Its member has left the server.",
        Why::NoObjection => "Its member did not object.",
        Why::NoAnswer => "Its member did not answer.",
        Why::Agreed => "Its member agreed.",
        Why::ChannelDeleted => "Its channel was deleted.",
        Why::Silent { side: Side::Member } => "its member",
        Why::Silent { side: Side::Staff } => "the staff",
        Why::NotAnswered { minutes } => return format!("Nobody answered within {}.", show_minutes(*minutes)),
        Why::NoPlace { obstacles } => return obstacles.iter().map(obstacle).collect::<Vec<_>>().join(" "),
    };
    fixed.to_owned()
}

/// What an admin can do about a place in which no ticket opens.
fn obstacle(Obstacle { channel, thread, what }: &Obstacle) -> String {
    let at = channel.map_or("this server".to_owned(), |id| format!("<#{id}>"));
    match what {
        Hindrance::Full => {
            format!("{at} is full: set `overflow-category` or `thread-channel` with `/config tickets set`.")
        }
        Hindrance::NoRoom => {
            format!("There is no room in {at}: delete channels, or set `thread-channel` with `/config tickets set`.")
        }
        Hindrance::Gone => {
            format!("{at} does not exist any more: set another place with `/config tickets set` or `/ticket types`.")
        }
        Hindrance::Hidden => format!("I cannot see {at}: give me **View Channel** there."),
        Hindrance::NotAllowed if *thread => {
            format!("I may not make threads in {at}: give me **Create Private Threads** there.")
        }
        Hindrance::NotAllowed => format!("I may not make channels in {at}: give me **Manage Channels** there."),
        Hindrance::Other(said) => format!("Discord refused a channel in {at} ({}).", answered(said)),
    }
}

/// What the log channel reads of it.
pub(crate) fn entry(after: &Ticket, event: &Event) -> Entry {
    if let Some(why @ Why::NoPlace { .. }) = &event.why {
        let title = format!("🚨 Ticket #{} could not be opened", after.number);
        let description = format!("<@{}> · {}", after.user, because(why));
        return Entry { level: Level::Error, title, description };
    }
    let (sign, did, level) = match event.kind {
        EventKind::Opened => ("🟢", "created", Level::Success),
        EventKind::Claimed => ("🟡", "claimed", Level::Info),
        EventKind::Unclaimed => ("🟡", "given back", Level::Info),
        EventKind::Resumed => ("🧭", "set back to open", Level::Info),
        EventKind::Transferred => ("🟡", "transferred", Level::Info),
        EventKind::Waiting => ("🕒", "waits for its member", Level::Info),
        EventKind::Escalated => ("🚩", "escalated", Level::Warning),
        EventKind::Reopened => ("🧭", "opened again", Level::Info),
        EventKind::Closed => ("🟢", "closed", Level::Success),
        EventKind::Archived => ("🗄", "archived", Level::Info),
        EventKind::Priority => ("🧭", "has another priority", Level::Info),
        EventKind::Renamed => ("🧭", "renamed", Level::Info),
        EventKind::Added => ("🧭", "has another participant", Level::Info),
        EventKind::Removed => ("🧭", "has a participant less", Level::Info),
        EventKind::Note => ("📝", "noted upon", Level::Info),
        EventKind::Message => ("📎", "got a message", Level::Info),
        EventKind::CloseRequested => ("🕒", "may be closed, if its member agrees", Level::Info),
        EventKind::KeptOpen => ("🧭", "is kept open", Level::Info),
        EventKind::Reminded => ("🔔", "was quiet for too long", Level::Info),
        EventKind::Late => ("🚨", "waits too long for an answer", Level::Error),
        EventKind::Rated => ("⭐", "rated", Level::Success),
    };
    let who = event.user.map(|user| format!("<@{user}>")).unwrap_or_default();
    let to = event.target.map(|user| format!("→ <@{user}>")).unwrap_or_default();
    let whose = format!("{} of <@{}>", after.kind.name, after.user);
    let channel = after.shown.channel.map(|channel| format!("<#{channel}>")).unwrap_or_default();
    let parts = [who, to, whose, channel, plain(&said(after.guild, event))];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Entry { level, title: format!("{sign} Ticket #{} {did}", after.number), description: parts.join(" · ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_somebody_may_not_open_a_ticket() {
        let check = |refusal: Refusal, expected: &str| assert_eq!(refusal.said().to_string(), expected);
        check(
            Refusal::RoleRequired { roles: vec![Id::new(1)] },
            "This kind of ticket is for <@&1>; pick another kind, or ask an admin.",
        );
        check(
            Refusal::Blocked { reason: "spam".to_owned() },
            "You may not open tickets here (spam); talk to an admin if that is a mistake.",
        );
        check(
            Refusal::AsManyAsAllowed { open: vec![3] },
            "You have #3 open already, which is as many as you can have; go on there, or close it first.",
        );
        check(
            Refusal::JustOpened { next_at: "2027-03-01T09:01Z".parse().expect("a time") },
            "You have just opened one; you can open the next <t:1803891660:R>.",
        );
    }

    #[test]
    fn what_a_ticket_can_become_by_hand_is_named() {
        let check = |from, to, expected: &str| assert_eq!(Refusal::Cannot { from, to }.said().to_string(), expected);
        check(
            Status::Closed,
            Status::WaitingForUser,
            "A ticket that is closed cannot become waiting for user; it can become **open**, **claimed**, **archived**.",
        );
        check(Status::Open, Status::Open, "This ticket is open already.");
        check(
            Status::Open,
            Status::Archived,
            "A ticket that is open cannot become archived; it can become **claimed**, **waiting for user**, \
             **escalated**, **closed**.",
        );
        check(Status::Archived, Status::Open, "This ticket is archived for good; open a new one with `/ticket open`.");
    }
}
