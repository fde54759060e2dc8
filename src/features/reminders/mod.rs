//! Reminders: members say what and when, and it is said on time, late rather than never, and once.
//!
//! What a reminder is and when it is due is `crate::reminders`; here are its commands, what it looks like, and the job that
//! says what is due ([`send`]).

mod command;
mod export;
mod forms;
mod screens;
mod send;
mod staff;

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use crate::error::Result;
use crate::feature::{Erasure, Feature, Part, Promise};
use crate::interactions::{Context, Reply};
use crate::settings::{Field, Kind, Minutes, Schema, WRITTEN_CHANNEL, field};
use crate::ui::Message;

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("reminders")
        .command(command::reminder)
        .suggest(command::suggest)
        .message_menu("Create reminder", None, forms::from_message)
        .press(press)
        .form(forms::save)
        .work(work)
        .settings::<Settings>()
        .export(export::TABLE, export::reminders)
        .job("say what is due", send::due)
        .every_guild_job("remove what was said ahead", send::guilds_to_tidy, send::tidy)
        .upkeep("forget old reminders", staff::guilds_with_old, staff::forget_old)
        .personal_data("reminder", "creator_user_id", Erasure::DeleteRow)
        .personal_data("reminder_template", "creator_user_id", Erasure::KeepTombstone)
        .personal_content("reminder", "name", Part::WholeValue)
        .personal_content("reminder", "body", Part::WholeValue)
        .personal_content("reminder", "place", Part::WholeValue)
        .personal_content("reminder", "image_url", Part::WholeValue)
        .personal_content("reminder", "source_url", Part::WholeValue)
        .personal_content("reminder", "said", Part::WholeValue)
        .personal_content("reminder", "mentions", Part::JsonPath("$.users[*]"))
        .personal_content("reminder_template", "name", Part::WholeValue)
        .personal_content("reminder_template", "content", Part::JsonPath("$.name"))
        .personal_content("reminder_template", "content", Part::JsonPath("$.body"))
        .personal_content("reminder_template", "content", Part::JsonPath("$.place"))
        .personal_content("reminder_template", "content", Part::JsonPath("$.image"))
        .personal_content("reminder_template", "content", Part::JsonPath("$.source"))
        .personal_content("reminder_template", "content", Part::JsonPath("$.mentions.users[*]"))
}

/// How reminders work in a server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    default_channel: Option<Id<ChannelMarker>>,
    allow_everyone: bool,
    creator_role: Option<Id<RoleMarker>>,
    manager_role: Option<Id<RoleMarker>>,
    member_limit: i64,
    event_lead: Minutes,
    grace: Minutes,
    remove_ahead: bool,
    direct_fallback: bool,
    retention_days: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            default_channel: None,
            allow_everyone: false,
            creator_role: None,
            manager_role: None,
            member_limit: 25,
            event_lead: Minutes(60),
            grace: Minutes(30),
            remove_ahead: false,
            direct_fallback: false,
            retention_days: 90,
        }
    }
}

impl Schema for Settings {
    const FEATURE: &'static str = "reminders";
    const FIELDS: &'static [Field] = &[
        field("default_channel", "Where reminders go if nobody says", WRITTEN_CHANNEL).optional().asked().alone(),
        field("allow_everyone", "Whether reminders may mention @everyone", Kind::Boolean),
        field(
            "creator_role",
            "Only who has this role, and the admins, may make reminders",
            Kind::Role { granted: false },
        )
        .optional(),
        field("manager_role", "Who manages everybody's reminders besides the admins", Kind::Role { granted: false })
            .optional(),
        field(
            "member_limit",
            "How many reminders a member may have; 0 is any number",
            Kind::Integer { min: 0, max: 1000 },
        ),
        field(
            "event_lead",
            "How long before an event its first reminder comes, if nobody says",
            Kind::Duration { min_minutes: 0, max_minutes: 4320 },
        ),
        field(
            "grace",
            "How late a reminder may still be said; what is older is reported as missed",
            Kind::Duration { min_minutes: 1, max_minutes: 1440 },
        ),
        field("remove_ahead", "Remove what was said before an event once it begins", Kind::Boolean),
        field("direct_fallback", "Say it in the default channel to who takes no direct messages", Kind::Boolean),
        field(
            "retention_days",
            "For how many days I keep reminders that are done",
            Kind::Integer { min: 1, max: 3650 },
        ),
    ];
}

/// What buttons do. Reminders are named by their number; the guild is the interaction's.
#[derive(Debug, Serialize, Deserialize)]
enum Action {
    /// Say this one again, after so many minutes.
    Snooze(i32, i64),
    /// Turn to a page of a list.
    List(command::Listed, i64),
    /// Delete a reminder, after having asked, as it was when that was asked: its number and its revision.
    ReallyDelete(i32, i32),
    /// Nothing.
    Keep,
}

async fn press(cx: Context, action: Action, _: Vec<String>) -> Result<Reply> {
    match action {
        Action::Snooze(number, minutes) => staff::snooze(cx, number, minutes).await,
        Action::List(listed, page) => command::turn(cx, listed, page).await,
        Action::ReallyDelete(number, revision) => staff::delete(cx, number, revision).await,
        Action::Keep => Ok(Reply::Update(Message::new("Nothing was deleted."))),
    }
}

/// What is done after the answer.
#[derive(Debug, Serialize, Deserialize)]
enum Work {
    /// Make an event of a message that was linked to.
    Link(Box<forms::Linked>),
}

async fn work(promise: Promise, work: Work) -> Result<Message> {
    match work {
        Work::Link(linked) => forms::from_link(promise, *linked).await,
    }
}
