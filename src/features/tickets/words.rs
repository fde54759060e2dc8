//! What is said about tickets: refusals, reasons, and entries of the log channel.

use super::model::{Event, EventKind, Hindrance, Obstacle, Refusal, Side, Status, Ticket, Why};
use crate::acting::NotAdmin;
use crate::interactions::Say;
use crate::log_channel::{Entry, Level};
use crate::settings::field::show_minutes;
use crate::ui::plain;

impl Say for Refusal {
    fn say(&self) -> String {
        let fixed = match self {
            Refusal::NotAdmin => return NotAdmin.say(),
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
            Refusal::Busy => "This ticket has just changed; look at it again.",
        };
        fixed.to_owned()
    }
}

/// What somebody does in a ticket that they were added to, or removed from.
pub(crate) fn takes_part(present: bool) -> &'static str {
    if present { "takes part" } else { "takes part no longer" }
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

/// What somebody wrote with an event, or why the bot did it.
pub(crate) fn said(event: &Event) -> String {
    match &event.why {
        Some(why) if event.body.is_empty() => because(why),
        _ => event.body.clone(),
    }
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
        Hindrance::Other(said) => format!("Discord refused a channel in {at} ({said})."),
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
    let parts = [who, to, whose, channel, plain(&said(event))];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Entry { level, title: format!("{sign} Ticket #{} {did}", after.number), description: parts.join(" · ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_ticket_can_become_by_hand_is_named() {
        let check = |from, to, expected: &str| assert_eq!(Refusal::Cannot { from, to }.say(), expected);
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
