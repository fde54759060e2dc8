//! `/reminder`: its subcommands, and what is suggested while somebody types them.

use jiff::Zoned;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GenericMarker, UserMarker};

use super::{Action, forms, screens, staff};
use crate::error::{Error, Result};
use crate::feature::TypedLine;
use crate::interactions::{Context, Reply};
use crate::reminders::schedule::{describe, resolve};
use crate::reminders::when::{self, Misread, When};
use crate::reminders::{Filter, store};
use crate::settings::System;
use crate::ui::{Choice, Message, button, embed, limits::cut, plain};

/// Reminders on one page of a list.
const PAGE: i64 = 10;

/// What is suggested to who has not typed yet.
const EXAMPLES: [&str; 6] =
    ["in 2h", "tomorrow 9:00", "friday 20:00", "every monday 20:00", "every weekday 8:45", "25/12 20:00"];

/// Say something when it is time
#[derive(CommandModel, CreateCommand)]
#[command(name = "reminder")]
pub(super) enum Reminder {
    #[command(name = "add")]
    Add(Box<Add>),
    #[command(name = "event")]
    Event(Box<Event>),
    #[command(name = "list")]
    List(List),
    #[command(name = "show")]
    Show(Show),
    #[command(name = "edit")]
    Edit(Edit),
    #[command(name = "pause")]
    Pause(Pause),
    #[command(name = "resume")]
    Resume(Resume),
    #[command(name = "delete")]
    Delete(Delete),
    #[command(name = "template-save")]
    TemplateSave(TemplateSave),
    #[command(name = "template-remove")]
    TemplateRemove(TemplateRemove),
}

/// Say something once, or again and again
#[derive(CommandModel, CreateCommand)]
#[command(name = "add")]
pub(super) struct Add {
    /// When, such as “tomorrow 19:30”, “in 2h” or “elke maandag om 20:00”
    #[command(autocomplete = true, max_length = 100)]
    when: String,
    /// What it is called
    #[command(max_length = 100)]
    what: Option<String>,
    /// What it says besides
    #[command(max_length = 1500)]
    message: Option<String>,
    /// Where
    #[command(channel_types = "guild_text guild_announcement public_thread private_thread announcement_thread")]
    channel: Option<Id<ChannelMarker>>,
    /// Say it to me alone, in a direct message
    direct: Option<bool>,
    /// Whom it calls
    mention: Option<Id<GenericMarker>>,
    /// The address of a picture
    #[command(max_length = 500)]
    image: Option<String>,
    /// Whose clocks count, if not those of this server
    #[command(autocomplete = true, max_length = 50)]
    zone: Option<String>,
    /// What is kept under this name
    #[command(autocomplete = true, max_length = 50)]
    template: Option<String>,
}

/// Say something ahead of an event, and when it begins
#[derive(CommandModel, CreateCommand)]
#[command(name = "event")]
pub(super) struct Event {
    /// When it begins, such as “friday 20:00” or “12 maart 20u”
    #[command(autocomplete = true, max_length = 100)]
    when: Option<String>,
    /// What it is called
    #[command(max_length = 100)]
    what: Option<String>,
    /// The address of a message here that announces it
    #[command(max_length = 200)]
    link: Option<String>,
    /// What it says besides
    #[command(max_length = 1500)]
    message: Option<String>,
    /// Where it takes place
    #[command(max_length = 200)]
    place: Option<String>,
    /// How long before, such as “1d, 1h, 0”
    #[command(max_length = 60)]
    ahead: Option<String>,
    /// Where it is said
    #[command(channel_types = "guild_text guild_announcement public_thread private_thread announcement_thread")]
    channel: Option<Id<ChannelMarker>>,
    /// Whom it calls
    mention: Option<Id<GenericMarker>>,
    /// The address of a picture
    #[command(max_length = 500)]
    image: Option<String>,
    /// Whose clocks count, if not those of this server
    #[command(autocomplete = true, max_length = 50)]
    zone: Option<String>,
    /// What is kept under this name
    #[command(autocomplete = true, max_length = 50)]
    template: Option<String>,
}

/// List your reminders, or all of them (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "list")]
pub(super) struct List {
    /// Those of everybody (staff)
    all: Option<bool>,
    /// Only those of this channel
    channel: Option<Id<ChannelMarker>>,
    /// Only those of this member (staff)
    member: Option<Id<UserMarker>>,
    /// Also those that are done
    done: Option<bool>,
}

/// Show a reminder
#[derive(CommandModel, CreateCommand)]
#[command(name = "show")]
pub(super) struct Show {
    /// Which one
    #[command(autocomplete = true, max_length = 100)]
    reminder: String,
}

/// Change a reminder
#[derive(CommandModel, CreateCommand)]
#[command(name = "edit")]
pub(super) struct Edit {
    /// Which one
    #[command(autocomplete = true, max_length = 100)]
    reminder: String,
    /// Where it is said from now on; everything else is in a form
    #[command(channel_types = "guild_text guild_announcement public_thread private_thread announcement_thread")]
    channel: Option<Id<ChannelMarker>>,
    /// Say it to me alone from now on, in a direct message
    direct: Option<bool>,
    /// Whom it calls from now on
    mention: Option<Id<GenericMarker>>,
    /// The address of another picture
    #[command(max_length = 500)]
    image: Option<String>,
}

/// Let a reminder be silent for a while
#[derive(CommandModel, CreateCommand)]
#[command(name = "pause")]
pub(super) struct Pause {
    /// Which one
    #[command(autocomplete = true, max_length = 100)]
    reminder: String,
}

/// Let a paused reminder speak again
#[derive(CommandModel, CreateCommand)]
#[command(name = "resume")]
pub(super) struct Resume {
    /// Which one
    #[command(autocomplete = true, max_length = 100)]
    reminder: String,
}

/// Delete a reminder
#[derive(CommandModel, CreateCommand)]
#[command(name = "delete")]
pub(super) struct Delete {
    /// Which one
    #[command(autocomplete = true, max_length = 100)]
    reminder: String,
}

/// Keep a reminder to be made again at other times (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "template-save")]
pub(super) struct TemplateSave {
    /// Of which reminder
    #[command(autocomplete = true, max_length = 100)]
    reminder: String,
    /// What it is called, such as “Live session”
    #[command(max_length = 50)]
    name: String,
}

/// Forget what is kept under a name (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "template-remove")]
pub(super) struct TemplateRemove {
    /// Which one
    #[command(autocomplete = true, max_length = 50)]
    template: String,
}

/// What somebody wants to be reminded of, as they said it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Wish {
    pub(super) when: Option<String>,
    pub(super) what: Option<String>,
    pub(super) message: Option<String>,
    pub(super) place: Option<String>,
    pub(super) ahead: Option<String>,
    pub(super) channel: Option<Id<ChannelMarker>>,
    pub(super) direct: bool,
    pub(super) mention: Option<Id<GenericMarker>>,
    pub(super) image: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) template: Option<String>,
    pub(super) is_event: bool,
}

pub(super) async fn reminder(cx: Context, command: Reminder) -> Result<Reply> {
    match command {
        Reminder::Add(input) => {
            let Add { when, what, message, channel, direct, mention, image, zone, template } = *input;
            let wish = Wish {
                when: Some(when),
                what,
                message,
                channel,
                direct: direct.unwrap_or(false),
                mention,
                image,
                zone,
                template,
                ..Wish::default()
            };
            forms::make(&cx, wish).await
        }
        Reminder::Event(input) => {
            let Event { when, what, link, message, place, ahead, channel, mention, image, zone, template } = *input;
            let is_event = true;
            let wish = Wish {
                when,
                what,
                message,
                place,
                ahead,
                channel,
                mention,
                image,
                zone,
                template,
                is_event,
                direct: false,
            };
            match link {
                Some(link) => forms::link(&cx, &link, wish).await,
                None => forms::make(&cx, wish).await,
            }
        }
        Reminder::List(input) => list(cx, input).await,
        Reminder::Show(input) => {
            let reminder = staff::pick(&cx, &input.reminder).await?;
            Ok(Message::default().embed(screens::card(&reminder)).ephemeral(true).into())
        }
        Reminder::Edit(input) => {
            let reminder = staff::pick(&cx, &input.reminder).await?;
            let Edit { channel, direct, mention, image, .. } = input;
            let direct = direct.unwrap_or(false);
            match channel.is_none() && !direct && mention.is_none() && image.is_none() {
                true => forms::edit(&cx, &reminder),
                false => {
                    let wish = Wish { channel, direct, mention, image, ..Wish::default() };
                    forms::change(&cx, reminder.number, &wish).await
                }
            }
        }
        Reminder::Pause(input) => staff::set_paused(&cx, &input.reminder, true).await,
        Reminder::Resume(input) => staff::set_paused(&cx, &input.reminder, false).await,
        Reminder::Delete(input) => {
            let reminder = staff::pick(&cx, &input.reminder).await?;
            Ok(staff::ask_deletion(&cx, &reminder, "")?.ephemeral(true).into())
        }
        Reminder::TemplateSave(input) => staff::save_template(&cx, &input.reminder, input.name.trim()).await,
        Reminder::TemplateRemove(input) => staff::remove_template(&cx, &input.template).await,
    }
}

/// The zone that somebody named, or the server's.
pub(super) async fn zone(cx: &Context, named: Option<&str>) -> Result<TimeZone> {
    match named {
        None => Ok(cx.app.settings.get::<System>(cx.guild).await?.time_zone.time_zone()),
        Some(named) => TimeZone::get(named.trim()).map_err(|_| {
            Error::user("There is no such time zone; pick one that is suggested, such as `Europe/Brussels`.")
        }),
    }
}

/// Reads when something is to be said.
///
/// # Errors
/// A sentence with what would be understood, or what lies ahead.
pub(super) fn read_when(text: &str, now: &Zoned) -> Result<When> {
    when::read(text, now).map_err(|misread| match misread {
        Misread::NotUnderstood => Error::user(format!(
            "I do not understand “{}”; write it like `tomorrow 19:30` or `elke maandag om 20:00`.",
            plain(&cut(text.trim(), 60))
        )),
        Misread::Past { instead, .. } => Error::user(format!(
            "“{}” has passed; did you mean <t:{}:F>? Then write `{}`.",
            plain(&cut(text.trim(), 60)),
            resolve(instead, now.time_zone()).as_second(),
            when::written(instead)
        )),
    })
}

pub(super) async fn suggest(cx: Context, line: TypedLine) -> Result<Vec<Choice>> {
    match line.focused() {
        Some(("when", typed)) => {
            let zone = match self::zone(&cx, line.get("zone")).await {
                Ok(zone) => zone,
                Err(_) => self::zone(&cx, None).await?,
            };
            Ok(suggest_when(typed, &cx.now.to_zoned(zone)))
        }
        Some(("zone", typed)) => Ok(suggest_zones(typed)),
        Some(("template", typed)) => suggest_templates(&cx, typed).await,
        Some(("reminder", typed)) => {
            let typed = typed.trim().trim_start_matches('#').to_lowercase();
            let creator = (!staff::manages(&cx).await?).then_some(cx.member.id);
            let filter = Filter { creator, done: true, typed: Some(typed), ..Filter::default() };
            let found = store::list(&cx.app.db, cx.guild, &filter, 0, 25).await?;
            Ok(found.iter().map(|it| Choice { name: screens::choice(it), value: it.number.to_string() }).collect())
        }
        _ => Ok(Vec::new()),
    }
}

async fn suggest_templates(cx: &Context, typed: &str) -> Result<Vec<Choice>> {
    let names = store::list_templates(&cx.app.db, cx.guild, typed.trim(), 25).await?;
    Ok(names.into_iter().map(|name| Choice { value: name.clone(), name }).collect())
}

/// What was typed as the moment that it means, written out; examples for who has typed nothing that means one.
fn suggest_when(typed: &str, now: &Zoned) -> Vec<Choice> {
    let typed = typed.trim();
    match when::read(typed, now) {
        Ok(when) => vec![Choice { name: written_out(&when, now), value: cut(typed, 100) }],
        Err(Misread::Past { instead, .. }) => {
            let value = when::written(instead);
            vec![Choice { name: format!("That has passed; {}?", instead.strftime("%A %-d %B %Y, %H:%M")), value }]
        }
        Err(Misread::NotUnderstood) => {
            let begins = |example: &&str| example.to_lowercase().starts_with(&typed.to_lowercase());
            let fitting: Vec<&str> = EXAMPLES.into_iter().filter(|example| begins(example)).collect();
            let shown = if fitting.is_empty() { EXAMPLES.to_vec() } else { fitting };
            let choice = |example: &str| {
                let when = when::read(example, now).ok()?;
                let name = format!("{example} → {}", written_out(&when, now));
                Some(Choice { name, value: example.to_owned() })
            };
            shown.into_iter().filter_map(choice).collect()
        }
    }
}

/// A moment, and how it repeats, without any of Discord's marks: a suggestion shows none.
fn written_out(when: &When, now: &Zoned) -> String {
    let zone = now.time_zone().iana_name().unwrap_or("UTC");
    let first = format!("{} ({zone})", when.first.strftime("%A %-d %B %Y, %H:%M"));
    match &when.repeat {
        None => first,
        Some(repeat) => format!("{} from {first}", describe(repeat, when.first)),
    }
}

fn suggest_zones(typed: &str) -> Vec<Choice> {
    let plain = |text: &str| text.to_lowercase().replace('_', " ");
    let zones = jiff::tz::db().available().map(|name| name.to_string());
    let zones = zones.filter(|name| name.contains('/') && !name.starts_with("Etc/"));
    let fits = zones.filter(|name| plain(name).contains(&plain(typed.trim())));
    fits.take(25).map(|name| Choice { value: name.clone(), name }).collect()
}

/// What a list shows, as its buttons carry it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Listed {
    #[serde(rename = "a", default, skip_serializing_if = "std::ops::Not::not")]
    all: bool,
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    channel: Option<Id<ChannelMarker>>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    member: Option<Id<UserMarker>>,
    #[serde(rename = "d", default, skip_serializing_if = "std::ops::Not::not")]
    done: bool,
}

async fn list(cx: Context, input: List) -> Result<Reply> {
    let listed = Listed {
        all: input.all.unwrap_or(false),
        channel: input.channel,
        member: input.member,
        done: input.done.unwrap_or(false),
    };
    if (listed.all || listed.member.is_some()) && !staff::manages(&cx).await? {
        return Err(Error::user("Only the staff sees the reminders of others; `/reminder list` shows yours."));
    }
    Ok(page(&cx, listed, 0).await?.ephemeral(true).into())
}

pub(super) async fn turn(cx: Context, listed: Listed, to: i64) -> Result<Reply> {
    Ok(Reply::Update(page(&cx, listed, to.max(0)).await?))
}

async fn page(cx: &Context, listed: Listed, page: i64) -> Result<Message> {
    // Whatever the button says: members see their own.
    let everybody = (listed.all || listed.member.is_some()) && staff::manages(cx).await?;
    let creator = if everybody { listed.member } else { Some(cx.member.id) };
    let filter = Filter { creator, channel: listed.channel, done: listed.done, typed: None };
    let found = store::list(&cx.app.db, cx.guild, &filter, page.saturating_mul(PAGE), PAGE + 1).await?;
    let more = found.len() as i64 > PAGE;
    let lines: Vec<String> = found.iter().take(usize::try_from(PAGE)?).map(screens::line).collect();
    let text = match lines.is_empty() {
        true => "There are none; `/reminder add` makes one.".to_owned(),
        false => lines.join("\n"),
    };
    let mut row = Vec::new();
    if page > 0 {
        row.push(button(ButtonStyle::Secondary, "Previous", cx.id(&Action::List(listed, page - 1))?));
    }
    if more {
        row.push(button(ButtonStyle::Secondary, "Next", cx.id(&Action::List(listed, page + 1))?));
    }
    let title = if everybody { "Reminders" } else { "Your reminders" };
    Ok(Message::default().embed(embed(title, text)).row(row))
}
