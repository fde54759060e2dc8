//! The channel or thread of a ticket: where, what it is called, and how it is found again.

use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use super::super::model::{Hindrance, NAMING, Obstacle, Problem, Ticket, Why};
use super::super::settings::{CATEGORY_NEEDS, Settings, THREADS_NEED};
use super::super::store::{self, By};
use super::lose::lose;
use super::trouble::{CERTAIN, LOOK_EVERY, TAKES_PART, Trouble, deadline, report, store_shown};
use crate::app::App;
use crate::discord::{self, NewChannel, Overwrite};
use crate::say;
use crate::settings::{System, field};
use crate::words::Language;

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
fn name(language: Language, ticket: &Ticket, member: &str, neutral: bool) -> String {
    if neutral {
        // Discord refuses some words and numbers in servers that are listed publicly; spelled out they pass.
        let number = ticket.number.to_string();
        let spelled =
            number.chars().filter_map(|digit| Some(say!(language, tickets_digit, digit = digit.to_digit(10)?)));
        return say!(language, tickets_neutral_name, digits = spelled.collect::<Vec<_>>().join("-"));
    }
    let template = ticket.kind.definition.naming.as_str();
    let filled = field::fill(if template.is_empty() { NAMING } else { template }, |name| match name {
        "number" => Some(ticket.number.to_string()),
        "member" => Some(member.to_owned()),
        "type" => Some(ticket.kind.name_in(language).to_owned()),
        _ => None,
    });
    let shaped: String = filled.chars().filter(|c| !c.is_control()).take(90).collect();
    match shaped.trim() {
        // Discord takes signs out of a name, and then nothing is left of it.
        shaped if !shaped.contains(char::is_alphanumeric) => format!("ticket-{}", ticket.number),
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
pub(super) fn last_number(name: &str) -> Option<i32> {
    name.split(|c: char| !c.is_ascii_digit()).rfind(|part| !part.is_empty())?.parse().ok()
}

/// Makes the channel, or finds the one that was made before the process that made it died.
pub(super) async fn create(
    app: &App,
    ticket: &mut Ticket,
    settings: &Settings,
    system: &System,
) -> Result<(), Trouble> {
    if let Some(since) = ticket.shown.creating_since {
        if let Some((channel, is_thread)) = find_made_before(app, ticket, settings).await? {
            return store_channel(app, ticket, channel, is_thread).await;
        }
        let left = (since + CERTAIN).duration_since(app.clock.now());
        if left.is_positive() {
            return Err(Trouble::Uncertain(left.min(LOOK_EVERY)));
        }
    }
    let member = app.discord.guild(ticket.guild).member_name(ticket.user, deadline()).await.unwrap_or_default();
    let mut obstacles = Vec::new();
    let mut staff = ticket.kind.definition.staff(settings);
    for place in places(ticket, settings) {
        if let Place::Threads(parent) = place
            && !sees(app, ticket, parent).await?
        {
            let what = Hindrance::MemberCannotSee;
            obstacles.push(Obstacle { channel: Some(parent), thread: true, what });
            continue;
        }
        let mut neutral = false;
        let error = loop {
            let name = name(system.language, ticket, &member, neutral);
            ticket.shown.creating_since = Some(app.clock.now());
            store_shown(app, ticket).await?;
            match create_in(app, ticket, &staff, system.language, place, &name).await {
                Ok(channel) => return store_channel(app, ticket, channel, matches!(place, Place::Threads(_))).await,
                Err(discord::Error::NameRefused) if !neutral => neutral = true,
                // A role that was deleted is no fault of the place.
                Err(error) if !error.is_passing() && forget_deleted(app, ticket, &mut staff).await? => {}
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
        let missing = match error {
            discord::Error::MissingPermission => missing(app, ticket, place).await,
            _ => None,
        };
        let found = obstacle(place, &error);
        obstacles.push(Obstacle { what: missing.map_or(found.what, Hindrance::Lacks), ..found });
    }
    lose(app, ticket, Why::NoPlace { obstacles }).await?;
    Err(Trouble::Lost)
}

async fn create_in(
    app: &App,
    ticket: &Ticket,
    staff: &[Id<RoleMarker>],
    language: Language,
    place: Place,
    name: &str,
) -> Result<Id<ChannelMarker>, discord::Error> {
    let reason = say!(language, ticket_events_audit_of, number = ticket.number, user = ticket.user);
    match place {
        Place::Category(parent) => {
            let everyone = ticket.guild.cast();
            let mut overwrites = vec![
                Overwrite::Role(everyone, Permissions::empty(), Permissions::VIEW_CHANNEL),
                // Without this the bot would lock itself out.
                Overwrite::Member(app.discord.own_user(), TAKES_PART, Permissions::empty()),
                Overwrite::Member(ticket.user, TAKES_PART, Permissions::empty()),
            ];
            overwrites.extend(staff.iter().map(|role| Overwrite::Role(*role, TAKES_PART, Permissions::empty())));
            let title = say!(language, tickets_title, number = ticket.number, kind = ticket.kind.name_in(language));
            let topic = format!("{title} · {}", mark(ticket.number));
            let new = NewChannel { name: name.to_owned(), topic, parent, overwrites };
            Ok(app.discord.guild(ticket.guild).create_channel(&new, &reason, deadline()).await?.id)
        }
        Place::Threads(parent) => {
            let name = thread_name(ticket, name);
            Ok(app.discord.guild(ticket.guild).create_private_thread(parent, &name, &reason, deadline()).await?.id)
        }
    }
}

/// Whether the member of a ticket sees the channel in which its thread would be. Who has left is not there to see it.
async fn sees(app: &App, ticket: &Ticket, parent: Id<ChannelMarker>) -> Result<bool, Trouble> {
    let discord = app.discord.guild(ticket.guild);
    let looked = async {
        // Where the channel is gone or hidden, that is said when it is tried.
        let Some(access) = discord.access(parent, deadline()).await? else { return Ok(true) };
        let member = discord.find_member(ticket.user, deadline()).await?;
        Ok(member.is_none_or(|it| access.of(ticket.user, &it.roles).contains(Permissions::VIEW_CHANNEL)))
    };
    looked.await.map_err(|error: discord::Error| Trouble::Passing(error.into()))
}

/// Forgets roles that were deleted. `false` if none was.
async fn forget_deleted(app: &App, ticket: &Ticket, staff: &mut Vec<Id<RoleMarker>>) -> Result<bool, Trouble> {
    if staff.is_empty() {
        return Ok(false);
    }
    let roles = app.discord.guild(ticket.guild).role_names(deadline()).await;
    let roles = roles.map_err(|error| Trouble::Passing(error.into()))?;
    let before = staff.len();
    staff.retain(|role| roles.iter().any(|(known, _)| known == role));
    if staff.len() == before {
        return Ok(false);
    }
    report(app, ticket.guild, ticket.number, &Problem::RoleGone).await?;
    Ok(true)
}

/// What the bot lacks in a place; nothing if that cannot be found out, or is nothing.
async fn missing(app: &App, ticket: &Ticket, place: Place) -> Option<Permissions> {
    let (channel, needed) = match place {
        Place::Category(channel) => (channel, CATEGORY_NEEDS),
        Place::Threads(channel) => (Some(channel), THREADS_NEED),
    };
    let discord = app.discord.guild(ticket.guild);
    let granted = match channel {
        Some(channel) => discord.own_permissions(channel, deadline()).await,
        None => {
            let granted = discord.granted(deadline()).await.ok()?;
            discord.own_permissions_by(|own, roles| granted.of(own, roles), deadline()).await
        }
    };
    let granted = granted.ok()??;
    Some(needed - granted).filter(|missing| !missing.is_empty())
}

/// What stands in the way in a place.
fn obstacle(place: Place, error: &discord::Error) -> Obstacle {
    let (channel, thread) = match place {
        Place::Category(channel) => (channel, false),
        Place::Threads(channel) => (Some(channel), true),
    };
    let what = match error {
        discord::Error::CategoryFull => Hindrance::Full,
        discord::Error::Maximum { .. } => Hindrance::NoRoom,
        discord::Error::CategoryGone | discord::Error::Gone { .. } => Hindrance::Gone,
        discord::Error::NoAccess { .. } => Hindrance::Hidden,
        discord::Error::MissingPermission => Hindrance::NotAllowed,
        error => Hindrance::Other(error.into()),
    };
    Obstacle { channel, thread, what }
}

/// A channel or thread that was made for this ticket.
async fn find_made_before(
    app: &App,
    ticket: &Ticket,
    settings: &Settings,
) -> Result<Option<(Id<ChannelMarker>, bool)>, Trouble> {
    let passing = |error: discord::Error| match error {
        discord::Error::NoAccess { .. } => Trouble::Refused(Problem::Away),
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

async fn store_channel(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    is_thread: bool,
) -> Result<(), Trouble> {
    ticket.shown.channel = Some(channel);
    ticket.shown.is_thread = is_thread;
    ticket.shown.creating_since = None;
    store_shown(app, ticket).await?;
    // That it was opened waited for this.
    app.post_log(ticket.guild);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::super::model::workflow::tests::ticket;
    use super::super::super::model::{Definition, Status};
    use super::*;

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
            let name = name(Language::ENGLISH, &ticket, "Zoë", false);
            assert_eq!((name.as_str(), thread_name(&ticket, &name).as_str()), (expected, thread));
        };
        check("", "ticket-1488", "ticket-1488");
        check("{type}-{member}", "Support-Zoë", "Support-Zoë #1488");
        check("{type} {number}", "Support 1488", "Support 1488");
        check("a1488b14880", "a1488b14880", "a1488b14880 #1488");
        assert_eq!(name(Language::ENGLISH, &named("{member}"), "!!!", false), "ticket-1488");
        assert_eq!(name(Language::ENGLISH, &named(""), "Zoë", true), "support-one-four-eight-eight");
        let dutch = Language::of_code("nl").expect("Dutch is there");
        assert_eq!(name(dutch, &named(""), "Zoë", true), "hulp-een-vier-acht-acht");
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
