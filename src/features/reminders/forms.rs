//! Making and changing reminders: from what was typed, from a form, from a message.

use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GenericMarker, MessageMarker, RoleMarker};

use super::command::{Wish, read_when, zone};
use super::staff::did;
use super::{Settings, Work, screens};
use crate::acting;
use crate::discord;
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::{Context, Reply, TargetMessage, say_collision};
use crate::log_channel::{Entry, Level};
use crate::reminders::announcement::{self, Source};
use crate::reminders::{self, BODY, Content, Draft, Mentions, NAME, PLACE, Refusal, Reminder, Timing, store, when};
use crate::settings::field::show_minutes;
use crate::settings::{self, System};
use crate::ui::{
    Message, Seen,
    form::{Field, Form, Modal, Style},
    limits::{cut, is_web_address},
    permission_names, plain,
};

/// What the bot must be able to do where a reminder is said.
const NEEDED: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    // To find what it said before it lost its memory of that.
    .union(Permissions::READ_MESSAGE_HISTORY);

/// Lead times of one reminder.
const MAX_LEADS: usize = 5;

/// The longest lead time in minutes: four weeks.
const MAX_LEAD: i64 = 28 * 24 * 60;

/// A reminder as it is filled in.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct ReminderForm {
    name: String,
    when: String,
    body: String,
    place: String,
    ahead: String,
}

impl Form for ReminderForm {
    const NAME: &'static str = "reminder";
    const FIELDS: &'static [Field] = &[
        Field { name: "name", label: "What", hint: "", style: Style::Line, max_chars: 100, required: true },
        Field {
            name: "when",
            label: "When",
            hint: "Such as “tomorrow 19:30” or “elke maandag om 20:00”",
            style: Style::Line,
            max_chars: 100,
            required: true,
        },
        Field {
            name: "body",
            label: "What it says besides",
            hint: "",
            style: Style::Paragraph,
            max_chars: 1500,
            required: false,
        },
        Field {
            name: "place",
            label: "Where it takes place",
            hint: "",
            style: Style::Line,
            max_chars: 200,
            required: false,
        },
        Field {
            name: "ahead",
            label: "How long before",
            hint: "Such as “1d, 1h, 0”; 0 is at the moment itself",
            style: Style::Line,
            max_chars: 60,
            required: false,
        },
    ];
}

/// What a form is about.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Target {
    /// A reminder that is there, by its number, and what of it was seen.
    Old(i32, Seen),
    /// A new one, made from a message.
    Message(Id<ChannelMarker>, Id<MessageMarker>),
}

/// Makes what somebody wants.
pub(super) async fn make(cx: &Context, wish: Wish) -> Result<Reply> {
    let content = content(cx, &wish).await?;
    let zone = zone(cx, wish.zone.as_deref()).await?;
    let Some(said) = wish.when.as_deref() else {
        return Err(Error::user("Say when it begins, or give the `link` of a message that announces it."));
    };
    let when = read_when(said, &cx.now.to_zoned(zone.clone()))?;
    let timing = Timing::new(&when, &zone, said.trim()).ok_or_else(never)?;
    store_new(cx, content, timing).await
}

fn never() -> Error {
    Error::user("By that it would never be said; give a later end, or a shorter time ahead.")
}

async fn store_new(cx: &Context, content: Content, timing: Timing) -> Result<Reply> {
    let draft = Draft { content, timing, creator: cx.member.id, snoozes: None };
    let limit = limit(cx).await?;
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let created = reminders::create(&mut tx, cx.guild, cx.interaction, &draft, limit, cx.now).await?;
    let number = created.map_err(|refusal| refused(refusal, limit))?.number;
    recorder.write(&mut *tx, &did(cx, Level::Success, "🟢 Reminder created", number, &draft.content.name)).await?;
    let reminder = store::find(&mut *tx, cx.guild, number).await?.ok_or_else(never)?;
    tx.commit().await?;
    cx.post_log();
    Ok(screens::saved("Made", &reminder).into())
}

/// How many reminders the member may have; nothing is any number.
async fn limit(cx: &Context) -> Result<Option<i64>> {
    if super::staff::manages(cx).await? {
        return Ok(None);
    }
    let settings = cx.app.settings.get::<Settings>(cx.guild).await?;
    if settings.creator_role.is_some_and(|role| !cx.member.roles.contains(&role)) {
        return Err(Error::user("Only some members make reminders here; ask the staff to make this one."));
    }
    Ok(Some(settings.member_limit).filter(|limit| *limit > 0))
}

pub(super) fn refused(refusal: Refusal, limit: Option<i64>) -> Error {
    match refusal {
        Refusal::TooMany => Error::user(format!(
            "You have as many reminders as you can have, {}; delete one with `/reminder delete` first.",
            limit.unwrap_or_default()
        )),
        Refusal::Never => never(),
        Refusal::Changed => Error::user("This reminder has just changed; look at it again with `/reminder show`."),
    }
}

/// What is to be said, where, and whom it calls, if the member may have it so.
async fn content(cx: &Context, wish: &Wish) -> Result<Content> {
    let settings = cx.app.settings.get::<Settings>(cx.guild).await?;
    let template = match wish.template.as_deref() {
        None => None,
        Some(name) => {
            let found = store::find_template(&cx.app.db, cx.guild, name.trim()).await?;
            Some(found.ok_or_else(|| Error::user("There is no such template; pick one that is suggested."))?)
        }
    };
    let known = template.is_some();
    let mut content = template.unwrap_or_default();
    if known && !super::staff::manages(cx).await? {
        // What the staff may do by a template, a member may only do as they could without it.
        content.channel = None;
        content.mentions = Mentions::default();
    }
    let trimmed =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    content.name = trimmed(&wish.what).unwrap_or(content.name);
    content.body = trimmed(&wish.message).unwrap_or(content.body);
    content.place = trimmed(&wish.place).unwrap_or(content.place);
    content.is_event = wish.is_event || content.is_event;
    if let Some(image) = trimmed(&wish.image) {
        content.image = Some(web_address(&image)?);
    }
    if content.name.is_empty() && wish.is_event && wish.when.is_none() {
        // What it is called comes from the message that is linked to.
    } else if content.name.is_empty() {
        return Err(Error::user("Say what it is about with the option `what`."));
    }
    content.leads = match (trimmed(&wish.ahead), content.is_event) {
        (Some(ahead), _) => read_leads(&ahead).map_err(Error::User)?,
        (None, _) if known && !content.leads.is_empty() => content.leads,
        (None, true) => reminders::leads([settings.event_lead.0, 0]),
        (None, false) => vec![0],
    };
    content.channel = match (wish.direct, wish.channel) {
        (true, _) => None,
        (false, Some(channel)) => Some(check_channel(cx, channel)?),
        (false, None) if known && content.channel.is_some() => content.channel,
        (false, None) => Some(match settings.default_channel {
            Some(channel) => channel,
            None => check_here(cx)?,
        }),
    };
    if let Some(id) = wish.mention {
        content.mentions = mention(cx, id, settings.allow_everyone)?;
    } else if content.mentions.everyone && !settings.allow_everyone {
        content.mentions.everyone = false;
    }
    Ok(content)
}

/// A channel that somebody named, if they and the bot may write in it.
fn check_channel(cx: &Context, channel: Id<ChannelMarker>) -> Result<Id<ChannelMarker>> {
    let known = cx.resolved.channel(&channel.to_string());
    let known = known.ok_or_else(|| Error::user("That channel is not in this server; pick one from the list."))?;
    may_write(channel, Some(known.kind), known.permissions, known.app_permissions)?;
    Ok(channel)
}

/// The channel in which the command was used, likewise.
fn check_here(cx: &Context) -> Result<Id<ChannelMarker>> {
    let channel = cx.channel.ok_or_else(|| Error::user("Say in which channel, with the option `channel`."))?;
    may_write(channel, cx.channel_kind, Some(cx.member.permissions), cx.app_permissions)?;
    Ok(channel)
}

fn may_write(
    channel: Id<ChannelMarker>,
    kind: Option<ChannelType>,
    member: Option<Permissions>,
    app: Option<Permissions>,
) -> Result<()> {
    let thread =
        matches!(kind, Some(ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::AnnouncementThread));
    let lacks = |granted: Permissions, needed: Permissions| {
        // In a thread the one right takes the place of the other.
        let needed = match thread {
            true => (needed - Permissions::SEND_MESSAGES) | Permissions::SEND_MESSAGES_IN_THREADS,
            false => needed,
        };
        if granted.contains(Permissions::ADMINISTRATOR) { Permissions::empty() } else { needed - granted }
    };
    let written = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    if member.is_some_and(|granted| !lacks(granted, written).is_empty()) {
        return Err(Error::user(format!("You cannot write in <#{channel}> yourself; pick a channel where you can.")));
    }
    let missing = app.map_or(Permissions::empty(), |granted| lacks(granted, NEEDED));
    match missing.is_empty() {
        true => Ok(()),
        false => Err(Error::user(format!(
            "I lack permissions in <#{channel}>: give me {} there, or pick another channel.",
            permission_names(missing)
        ))),
    }
}

/// Whom a reminder calls, if the member could call them as well.
fn mention(cx: &Context, id: Id<GenericMarker>, allow_everyone: bool) -> Result<Mentions> {
    let member = cx.member.permissions;
    let calls_all = member.contains(Permissions::ADMINISTRATOR) || member.contains(Permissions::MENTION_EVERYONE);
    let mut mentions = Mentions::default();
    if id.get() == cx.guild.get() {
        if !allow_everyone {
            return Err(Error::user("Reminders may not call everybody here; `/config reminders set` can allow it."));
        }
        if !calls_all {
            return Err(Error::user("You may not call everybody yourself; leave that to the staff."));
        }
        mentions.everyone = true;
    } else if let Some(role) = cx.resolved.role(&id.to_string()) {
        if !role.mentionable && !calls_all {
            return Err(Error::user(format!("You may not call <@&{id}> yourself; leave that to the staff.")));
        }
        mentions.roles.push(id.cast());
    } else if cx.resolved.member(&id.to_string()).is_some() {
        mentions.users.push(id.cast());
    } else {
        return Err(Error::user("Whom you named is not in this server; pick somebody from the list."));
    }
    Ok(mentions)
}

fn web_address(text: &str) -> Result<String> {
    match is_web_address(text) {
        true => Ok(text.to_owned()),
        false => Err(Error::user("A picture is a web address that starts with `https://`; mend it, or leave it out.")),
    }
}

/// Lead times as people write them: `1d, 1h, 0`.
///
/// # Errors
/// A sentence with what would be understood.
fn read_leads(text: &str) -> Result<Vec<i64>, String> {
    let field = settings::field("ahead", "", settings::Kind::Duration { min_minutes: 0, max_minutes: MAX_LEAD });
    let mut minutes = Vec::new();
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let value = field.read(part)?;
        minutes.push(value.as_i64().unwrap_or(0));
    }
    let leads = reminders::leads(minutes);
    match leads.len() {
        0 => Ok(vec![0]),
        1..=MAX_LEADS => Ok(leads),
        _ => Err(format!("It is said at most {MAX_LEADS} times for one moment; leave some out.")),
    }
}

fn write_leads(leads: &[i64]) -> String {
    leads
        .iter()
        .map(|lead| if *lead == 0 { "0".to_owned() } else { show_minutes(*lead) })
        .collect::<Vec<_>>()
        .join(", ")
}

/// Changes what no form holds: where it is said, whom it calls, its picture.
pub(super) async fn change(cx: &Context, number: i32, wish: &Wish) -> Result<Reply> {
    let settings = cx.app.settings.get::<Settings>(cx.guild).await?;
    let channel = match (wish.direct, wish.channel) {
        (true, _) => Some(None),
        (false, Some(channel)) => Some(Some(check_channel(cx, channel)?)),
        (false, None) => None,
    };
    let mentions = wish.mention.map(|id| mention(cx, id, settings.allow_everyone)).transpose()?;
    let image = wish.image.as_deref().map(str::trim).filter(|image| !image.is_empty());
    let image = image.map(web_address).transpose()?;
    store_changed(cx, number, move |before| {
        let mut draft = before.draft.clone();
        let content = &mut draft.content;
        content.channel = channel.unwrap_or(content.channel);
        content.mentions = mentions.unwrap_or_else(|| content.mentions.clone());
        content.image = image.or_else(|| content.image.clone());
        Ok(draft)
    })
    .await
}

/// Changes a reminder as it is now, whatever it was when somebody looked at it: `set` says into what.
async fn store_changed(
    cx: &Context,
    number: i32,
    set: impl FnOnce(&Reminder) -> Result<Draft> + Send,
) -> Result<Reply> {
    let limit = limit(cx).await;
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let deleted = || Error::user("This reminder was deleted meanwhile; make another one with `/reminder add`.");
    let before = store::lock(&mut *tx, cx.guild, number).await?.ok_or_else(deleted)?;
    let draft = set(&before)?;
    // What is done and comes again is as good as another one.
    let limit = if before.next.is_none() { limit? } else { None };
    let edited = reminders::edit(&mut tx, &before, &draft, limit, cx.now).await?;
    edited.map_err(|refusal| refused(refusal, limit))?;
    recorder.write(&mut *tx, &did(cx, Level::Info, "🟡 Reminder changed", number, &draft.content.name)).await?;
    let after = store::find(&mut *tx, cx.guild, number).await?.ok_or_else(deleted)?;
    tx.commit().await?;
    cx.post_log();
    Ok(screens::saved("Changed", &after).into())
}

/// The form of a reminder that is there.
pub(super) fn edit(cx: &Context, reminder: &Reminder) -> Result<Reply> {
    let form = filled(&reminder.draft.content, &written(reminder));
    let title = format!("Reminder #{}", reminder.number);
    let target = Target::Old(reminder.number, Seen::of(&form));
    Ok(Modal::new(title, cx.form_id::<ReminderForm>(&target)?, &form)?.into())
}

fn filled(content: &Content, when: &str) -> ReminderForm {
    ReminderForm {
        name: content.name.clone(),
        when: when.to_owned(),
        body: content.body.clone(),
        place: content.place.clone(),
        ahead: write_leads(&content.leads),
    }
}

/// When it is said, as it reads in the form. What was relative would mean something else now.
fn written(reminder: &Reminder) -> String {
    let schedule = &reminder.draft.timing.schedule;
    match schedule.repeat {
        Some(_) => reminder.draft.timing.said.clone(),
        None => when::written(schedule.first),
    }
}

/// The form came back.
pub(super) async fn save(cx: Context, target: Target, form: ReminderForm) -> Result<Reply> {
    match target {
        Target::Message(channel, message) => {
            let settings = cx.app.settings.get::<Settings>(cx.guild).await?;
            let zone = zone(&cx, None).await?;
            let when = read_when(&form.when, &cx.now.to_zoned(zone.clone()))?;
            let timing = Timing::new(&when, &zone, form.when.trim()).ok_or_else(never)?;
            let target = match settings.default_channel {
                Some(channel) => channel,
                None => check_here(&cx)?,
            };
            let content = Content {
                channel: Some(target),
                source: Some(discord::link(cx.guild, channel, message)),
                is_event: true,
                ..Content::default()
            };
            store_new(&cx, fill_in(content, &form)?, timing).await
        }
        Target::Old(number, seen) => {
            let number = super::staff::pick(&cx, &number.to_string()).await?.number;
            let now = cx.now;
            store_changed(&cx, number, move |before| {
                let stored = filled(&before.draft.content, &written(before));
                let form =
                    seen.merge(&stored, &form).map_err(|it| Error::User(say_collision(&it, "`/reminder edit`")))?;
                let timing = match form.when.trim() == stored.when {
                    true => before.draft.timing.clone(),
                    false => {
                        let zone = before.draft.timing.schedule.zone.clone();
                        let when = read_when(&form.when, &now.to_zoned(zone.clone()))?;
                        Timing::new(&when, &zone, form.when.trim()).ok_or_else(never)?
                    }
                };
                let content = fill_in(before.draft.content.clone(), &form)?;
                Ok(Draft { content, timing, ..before.draft.clone() })
            })
            .await
        }
    }
}

/// What a form says besides when.
fn fill_in(content: Content, form: &ReminderForm) -> Result<Content> {
    let leads = read_leads(&form.ahead).map_err(Error::User)?;
    let name = form.name.trim().to_owned();
    if name.is_empty() {
        return Err(Error::user("A reminder needs a name; give it one."));
    }
    Ok(Content { name, body: form.body.trim().to_owned(), place: form.place.trim().to_owned(), leads, ..content })
}

/// The menu of a message: a form, filled in with what the message announces.
pub(super) async fn from_message(cx: Context, message: TargetMessage) -> Result<Reply> {
    limit(&cx).await?;
    let settings = cx.app.settings.get::<Settings>(cx.guild).await?;
    let zone = zone(&cx, None).await?;
    let (title, text) = reminders::announced(&message.content, &message.embeds);
    let source = Source { title: &title, text: text.trim(), fields: &[] };
    let mut form = ReminderForm {
        ahead: write_leads(&reminders::leads([settings.event_lead.0, 0])),
        body: cut(text.trim(), BODY),
        ..ReminderForm::default()
    };
    match announcement::read(&source, &discord::sent_at(message.id).to_zoned(zone)) {
        Ok(event) => {
            form.name = cut(&event.title, NAME);
            form.when = event.when.to_string();
            form.place = cut(&event.place.unwrap_or_default(), PLACE);
        }
        // The member fills in what it does not say.
        Err(_) => {
            form.name =
                cut(if title.is_empty() { text.trim().lines().next().unwrap_or_default() } else { &title }, NAME)
        }
    }
    let target = Target::Message(message.channel, message.id);
    Ok(Modal::new("Reminder from a message", cx.form_id::<ReminderForm>(&target)?, &form)?.into())
}

/// Promises an event made from a message that somebody linked to.
pub(super) async fn link(cx: &Context, link: &str, wish: Wish) -> Result<Reply> {
    let limit = limit(cx).await?;
    let (guild, channel, message) = discord::read_link(link).ok_or_else(|| {
        Error::user("That is no address of a message; copy one with *Copy Message Link* in the menu of a message.")
    })?;
    if guild != cx.guild {
        return Err(Error::user("That message is in another server; link to one of this server."));
    }
    let content = content(cx, &wish).await?;
    let roles = cx.member.roles.clone();
    let administers = cx.member.permissions.contains(Permissions::ADMINISTRATOR);
    let linked = Linked { channel, message, wish, content, roles, administers, limit };
    Ok(Reply::later(&Work::Link(Box::new(linked)))?)
}

/// What is known of a link once its command is over.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Linked {
    channel: Id<ChannelMarker>,
    message: Id<MessageMarker>,
    wish: Wish,
    content: Content,
    /// Of who wants it: what they may read follows from them.
    roles: Vec<Id<RoleMarker>>,
    administers: bool,
    /// How many reminders they may have.
    limit: Option<i64>,
}

/// Makes an event of a message, if its member can read it.
pub(super) async fn from_link(promise: Promise, linked: Linked) -> Result<Message> {
    let Linked { channel, message, wish, mut content, roles, administers, limit } = linked;
    let (app, guild) = (&promise.app, promise.guild);
    let deadline = || std::time::Instant::now() + std::time::Duration::from_secs(20);
    let hidden = || Error::user("You cannot read that message, or it is gone; link to one that you can read.");
    let reader = (promise.user, roles.as_slice());
    if !acting::may_read(app, guild, channel, reader, administers, deadline()).await? {
        return Err(hidden());
    }
    let posted = match app.discord.guild(guild).message(channel, message, deadline()).await {
        Ok(posted) => posted.ok_or_else(hidden)?,
        Err(discord::Error::Gone { .. } | discord::Error::NoAccess { .. }) => return Err(hidden()),
        Err(error) => return Err(error.into()),
    };
    let system = app.settings.get::<System>(guild).await?;
    let zone = match wish.zone.as_deref().map(jiff::tz::TimeZone::get) {
        Some(Ok(zone)) => zone,
        _ => system.time_zone.time_zone(),
    };
    let (title, text) = reminders::announced(&posted.content, &posted.embeds);
    if text.trim().is_empty() && title.is_empty() {
        return Err(Error::user(
            "I cannot read that message: the message content intent is off for me. Use *Apps, Create reminder* in its menu.",
        ));
    }
    let source = Source { title: &title, text: text.trim(), fields: &[] };
    let read = announcement::read(&source, &posted.sent_at().to_zoned(zone.clone()));
    let (event, said) = match (&wish.when, read) {
        (Some(said), read) => {
            let when = read_when(said, &promise.now.to_zoned(zone.clone()))?;
            let (title, place) = read.map(|event| (event.title, event.place)).unwrap_or((title.clone(), None));
            (announcement::Event { title, when, place, about: text.trim().to_owned() }, said.clone())
        }
        (None, Ok(event)) => {
            let said = event.when.to_string();
            (event, said)
        }
        (None, Err(why)) => return Err(Error::user(format!("{why} You can say when with the option `when`."))),
    };
    if content.name.is_empty() {
        content.name = cut(if event.title.is_empty() { "Event" } else { &event.title }, NAME);
    }
    if content.body.is_empty() {
        content.body = cut(&event.about, BODY);
    }
    if content.place.is_empty() {
        content.place = cut(&event.place.unwrap_or_default(), PLACE);
    }
    content.source = Some(discord::link(guild, channel, message));
    let timing = Timing::new(&event.when, &zone, &said).ok_or_else(never)?;
    let draft = Draft { content, timing, creator: promise.user, snoozes: None };
    let recorder = app.recorder(guild, "reminders", promise.now).await?;
    let mut tx = app.db.begin().await?;
    let created = reminders::create(&mut tx, guild, promise.interaction, &draft, limit, promise.now).await?;
    let made = created.map_err(|refusal| refused(refusal, limit))?;
    let reminder = store::find(&mut *tx, guild, made.number).await?.ok_or_else(never)?;
    if !made.again {
        let title = "🟢 Reminder created".to_owned();
        let description = format!("<@{}> · #{} {}", promise.user, made.number, plain(&reminder.draft.content.name));
        recorder.write(&mut *tx, &Entry { level: Level::Success, title, description }).await?;
    }
    tx.commit().await?;
    app.post_log(guild);
    Ok(screens::saved("Made", &reminder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lead_times_are_read_as_people_write_them() {
        let check = |text: &str, expected: Result<&[i64], &str>| {
            assert_eq!(read_leads(text), expected.map(<[i64]>::to_vec).map_err(str::to_owned), "{text}");
        };
        check("1h, 0", Ok(&[60, 0]));
        check("0, 1d, 1h,1h", Ok(&[1440, 60, 0]));
        check("", Ok(&[0]));
        check("15", Ok(&[15]));
        check("1,2,3,4,5,6", Err("It is said at most 5 times for one moment; leave some out."));
        check("soon", Err("`ahead` is a time from 0m to 28d; write it like `1h 30m` or `45m`."));
        assert_eq!(write_leads(&[1440, 60, 0]), "1d, 1h, 0");
    }
}
