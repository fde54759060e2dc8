//! `/reminder`: its subcommands and their options.

use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GenericMarker};

use super::list::List;
use super::make::{Tried, Wish};
use super::{buttons, clocks, forms, link, list, make, manage};
use crate::error::Result;
use crate::interactions::{Context, Reply};

pub(in super::super) async fn reminder(cx: Context, command: Reminder) -> Result<Reply> {
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
            make_or_ask(&cx, wish).await
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
                Some(link) => link::link(&cx, &link, wish).await,
                None => make_or_ask(&cx, wish).await,
            }
        }
        Reminder::List(input) => list::list(cx, input).await,
        Reminder::Show(input) => {
            let reminder = manage::find_to_change(&cx, &input.reminder).await?;
            Ok(buttons::shown(&cx, &reminder, None)?.ephemeral(true).into())
        }
        Reminder::Edit(input) => {
            let reminder = manage::find_to_change(&cx, &input.reminder).await?;
            let Edit { channel, direct, mention, image, .. } = input;
            let direct = direct.unwrap_or(false);
            match channel.is_none() && !direct && mention.is_none() && image.is_none() {
                true => forms::open(&cx, &reminder),
                false => {
                    let wish = Wish { channel, direct, mention, image, ..Wish::default() };
                    make::change(&cx, reminder, &wish).await
                }
            }
        }
        Reminder::Pause(input) => manage::pause(&cx, &input.reminder).await,
        Reminder::Resume(input) => manage::resume(&cx, &input.reminder).await,
        Reminder::Delete(input) => {
            let reminder = manage::find_to_change(&cx, &input.reminder).await?;
            Ok(manage::ask_deletion(&cx, &reminder, None)?.ephemeral(true).into())
        }
        Reminder::TimeZone(input) => clocks::set(&cx, input.zone.as_deref()).await,
        Reminder::TemplateSave(input) => manage::save_template(&cx, &input.reminder, input.name.trim()).await,
        Reminder::TemplateRemove(input) => manage::remove_template(&cx, &input.template).await,
    }
}

/// Makes what somebody wants, or opens the form for what they have not said.
async fn make_or_ask(cx: &Context, wish: Wish) -> Result<Reply> {
    match make::make(cx, &wish).await? {
        Tried::Made(reply) => Ok(reply),
        Tried::Lacks(content, zone) => forms::open_new(cx, &wish, &content, &zone).await,
    }
}

/// Say something when it is time
#[derive(CommandModel, CreateCommand)]
#[command(name = "reminder")]
pub(in super::super) enum Reminder {
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
    #[command(name = "time-zone")]
    TimeZone(TimeZone),
    #[command(name = "template-save")]
    TemplateSave(TemplateSave),
    #[command(name = "template-remove")]
    TemplateRemove(TemplateRemove),
}

/// Say something once, or again and again
#[derive(CommandModel, CreateCommand)]
#[command(name = "add")]
pub(in super::super) struct Add {
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
    /// Whose clocks count, if not yours
    #[command(autocomplete = true, max_length = 50)]
    zone: Option<String>,
    /// What is kept under this name
    #[command(autocomplete = true, max_length = 50)]
    template: Option<String>,
}

/// Say something ahead of an event, and when it begins
#[derive(CommandModel, CreateCommand)]
#[command(name = "event")]
pub(in super::super) struct Event {
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
    /// Whose clocks count, if not yours
    #[command(autocomplete = true, max_length = 50)]
    zone: Option<String>,
    /// What is kept under this name
    #[command(autocomplete = true, max_length = 50)]
    template: Option<String>,
}

/// Show a reminder
#[derive(CommandModel, CreateCommand)]
#[command(name = "show")]
pub(in super::super) struct Show {
    /// Which one
    #[command(autocomplete = true, max_length = 100)]
    reminder: String,
}

/// Change a reminder
#[derive(CommandModel, CreateCommand)]
#[command(name = "edit")]
pub(in super::super) struct Edit {
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
pub(in super::super) struct Pause {
    /// Which one
    #[command(autocomplete = true, max_length = 100)]
    reminder: String,
}

/// Let a paused reminder speak again
#[derive(CommandModel, CreateCommand)]
#[command(name = "resume")]
pub(in super::super) struct Resume {
    /// Which one
    #[command(autocomplete = true, max_length = 100)]
    reminder: String,
}

/// Delete a reminder
#[derive(CommandModel, CreateCommand)]
#[command(name = "delete")]
pub(in super::super) struct Delete {
    /// Which one
    #[command(autocomplete = true, max_length = 100)]
    reminder: String,
}

/// Say whose clocks count when you type a time
#[derive(CommandModel, CreateCommand)]
#[command(name = "time-zone")]
pub(in super::super) struct TimeZone {
    /// Yours, such as Europe/Brussels; without it those of this server count
    #[command(autocomplete = true, max_length = 50)]
    zone: Option<String>,
}

/// Keep a reminder to be made again at other times (managers of reminders)
#[derive(CommandModel, CreateCommand)]
#[command(name = "template-save")]
pub(in super::super) struct TemplateSave {
    /// Of which reminder
    #[command(autocomplete = true, max_length = 100)]
    reminder: String,
    /// What it is called, such as “Live session”
    #[command(max_length = 50)]
    name: String,
}

/// Forget what is kept under a name (managers of reminders)
#[derive(CommandModel, CreateCommand)]
#[command(name = "template-remove")]
pub(in super::super) struct TemplateRemove {
    /// Which one
    #[command(autocomplete = true, max_length = 50)]
    template: String,
}
