//! Who may make, change and see reminders, where they may be said, and whom they may call.

use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use super::{ACTOR_NEEDS, BOT_NEEDS, Refusal, SWITCH};
use crate::acting::{Acting, Actor, CALLS_ALL, Failure};
use crate::app::App;
use crate::discord;
use crate::reminders::{Content, Mentions, Reminder, Settings, Unfit, store};

/// Channels in which a reminder is said.
const SAID_IN: [ChannelType; 5] = [
    ChannelType::GuildText,
    ChannelType::GuildAnnouncement,
    ChannelType::PublicThread,
    ChannelType::PrivateThread,
    ChannelType::AnnouncementThread,
];

/// Whether whoever acts manages everybody's reminders.
///
/// # Errors
/// The feature is off, or the database does not answer.
pub async fn manages(app: &App, acting: &Acting) -> Result<bool, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    Ok(manages_by(&settings, acting))
}

pub(super) fn manages_by(settings: &Settings, acting: &Acting) -> bool {
    acting.has_any(settings.manager_role.as_slice())
}

/// How many reminders that are not done a member may have; nothing is any number. A role that the server has no more guards
/// nothing: nobody has it, and nobody could be told to ask for it.
///
/// # Errors
/// They may make none.
pub(super) async fn limit(app: &App, acting: &Acting, settings: &Settings) -> Result<Option<i64>, Failure<Refusal>> {
    if manages_by(settings, acting) {
        return Ok(None);
    }
    if let Some(role) = settings.creator_role
        && !acting.has_any(&[role])
        && acting.is_role_there(app, role).await?
    {
        return Err(Refusal::MayNotMake.into());
    }
    Ok(Some(settings.member_limit).filter(|limit| *limit > 0))
}

/// A reminder that whoever acts may silence or delete, as they may see it: their own, unless they manage all.
pub(super) async fn find(app: &App, acting: &Acting, number: i32) -> Result<Reminder, Failure<Refusal>> {
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let reminder = store::find(&app.db, acting.guild(), number).await?.ok_or(Refusal::NoSuchReminder)?;
    match manages_by(&settings, acting) || acting.user() == Some(reminder.draft.creator) {
        true => Ok(reminder.as_seen_by(acting.user())),
        false => Err(Refusal::NoSuchReminder.into()),
    }
}

/// Checks that whoever acts may read what a reminder says. The bot reads all, and tells nobody.
pub(super) fn require_reader(acting: &Acting, reminder: &Reminder) -> Result<(), Refusal> {
    let reads = !reminder.is_private() || acting.user() == Some(reminder.draft.creator);
    match reads || matches!(acting.actor(), Actor::Bot) {
        true => Ok(()),
        false => Err(Refusal::Private { number: reminder.number }),
    }
}

/// The reminder to which this origin has done that before, as it is now, if whoever acts may change it.
pub(super) async fn find_done(
    app: &App,
    acting: &Acting,
    number: i32,
    deed: &str,
) -> Result<Option<Reminder>, Failure<Refusal>> {
    match acting.has_done(&app.db, deed).await? {
        true => find(app, acting, number).await.map(Some),
        false => Ok(None),
    }
}

/// Checks that whoever acts may have said what is to be stored: where it is said, and whom it calls there, whether or not
/// that is what they change. Somebody who has lost the right to write in a channel, or to call everybody, does so no longer
/// by a reminder of theirs. That holds in the server's default channel as well: who leaves the channel out says no more than who
/// names it. Of whom it called before, those who are gone since are no obstacle.
pub(super) async fn check_content(
    app: &App,
    acting: &Acting,
    settings: &Settings,
    content: &Content,
    before: &Mentions,
) -> Result<(), Failure<Refusal>> {
    if let Some(channel) = content.channel {
        check_place(app, acting, channel).await?;
    }
    check_mentions(app, acting, settings, content.channel, &content.mentions, before).await
}

/// Checks that a reminder can be said in a channel, and that whoever acts may write there.
pub(super) async fn check_place(
    app: &App,
    acting: &Acting,
    channel: Id<ChannelMarker>,
) -> Result<(), Failure<Refusal>> {
    let place = acting.place(app, channel).await??;
    // One of which nobody knows the type is none of the right ones.
    if !place.kind.is_some_and(|kind| SAID_IN.contains(&kind)) {
        return Err(Refusal::WrongChannelType { channel }.into());
    }
    place.require_actor(ACTOR_NEEDS)?;
    Ok(place.require_bot(BOT_NEEDS)?)
}

/// Whether whoever acts may call everybody and all roles where a reminder is said: in a channel, or in a direct message, which
/// calls nobody else.
async fn calls_all(app: &App, acting: &Acting, channel: Option<Id<ChannelMarker>>) -> Result<bool, Failure<Refusal>> {
    let granted = match (channel, acting.actor()) {
        (Some(channel), _) => acting.place(app, channel).await??.actor,
        // What they may where they happen to be is nothing to where it is said.
        (None, Actor::Person(person)) => {
            let member = person.member();
            let granted = app.discord.guild(acting.guild()).granted(acting.deadline()).await?;
            Some(granted.of(member.id, &member.roles) | (member.permissions & Permissions::ADMINISTRATOR))
        }
        (None, Actor::Bot | Actor::Key(_)) => None,
    };
    Ok(granted.is_none_or(|granted| granted.intersects(CALLS_ALL)))
}

/// Checks, when a reminder is due in a channel or as a direct message, that whoever vouches for it could still have it said there:
/// `acting` is them, as they are by then. Whether they may call everybody and all roles there is the answer. One that only
/// `repeats` another a little later nobody needs a right to make for.
///
/// # Errors
/// Why they could not.
pub async fn check_voucher(
    app: &App,
    acting: &Acting,
    channel: Option<Id<ChannelMarker>>,
    repeats: bool,
) -> Result<bool, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    if !repeats {
        limit(app, acting, &settings).await?;
    }
    let Some(channel) = channel else { return Ok(false) };
    let place = acting.place(app, channel).await??;
    place.require_actor(ACTOR_NEEDS)?;
    Ok(place.actor.is_none_or(|granted| granted.intersects(CALLS_ALL)))
}

/// Checks that whoever acts may call all of these in `channel`, and that those hear of it: the bot calls them. Of those that a reminder called `before`, some may be gone.
pub(super) async fn check_mentions(
    app: &App,
    acting: &Acting,
    settings: &Settings,
    channel: Option<Id<ChannelMarker>>,
    wanted: &Mentions,
    before: &Mentions,
) -> Result<(), Failure<Refusal>> {
    // Each of them may take a call.
    if wanted.are_too_many() {
        return Err(Unfit::TooManyMentions.into());
    }
    if wanted.everyone && !settings.allow_everyone {
        return Err(Unfit::Everyone.into());
    }
    if wanted.everyone && !calls_all(app, acting, channel).await? {
        return Err(Refusal::MayNotCallEverybody.into());
    }
    if wanted.everyone {
        may_bot_call_all(app, acting, channel).await?;
    }
    for role in &wanted.roles {
        match acting.role(app, *role).await? {
            Some(found) if found.mentionable => {}
            Some(_) if calls_all(app, acting, channel).await? => may_bot_call_all(app, acting, channel).await?,
            Some(_) => return Err(Refusal::MayNotCall { role: *role }.into()),
            None if before.roles.contains(role) => {}
            None => return Err(Refusal::UnknownMention { id: role.cast() }.into()),
        }
    }
    for user in wanted.users.iter().filter(|user| !before.users.contains(user)) {
        if !acting.is_member(app, *user).await? {
            return Err(Refusal::UnknownMention { id: user.cast() }.into());
        }
    }
    Ok(())
}

/// Checks that the bot may call everybody and all roles in a channel: whom it may not, hears nothing of a reminder. In a direct
/// message it calls nobody else.
async fn may_bot_call_all(
    app: &App,
    acting: &Acting,
    channel: Option<Id<ChannelMarker>>,
) -> Result<(), Failure<Refusal>> {
    let Some(channel) = channel else { return Ok(()) };
    Ok(acting.place(app, channel).await??.require_bot(Permissions::MENTION_EVERYONE)?)
}

/// Checks that what a reminder is made from is a message of this guild.
pub(super) fn check_source(acting: &Acting, source: &str) -> Result<(), Refusal> {
    match discord::read_link(source) {
        Some((guild, ..)) if guild == acting.guild() => Ok(()),
        _ => Err(Refusal::ForeignSource),
    }
}

/// Checks that whoever acts may make reminders at all.
///
/// # Errors
/// They may not.
pub async fn require_maker(app: &App, acting: &Acting) -> Result<(), Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    limit(app, acting, &settings).await?;
    Ok(())
}
