//! The FAQ: members find answers, admins keep them.

mod api;
mod buttons;
mod commands;
mod export;
mod forms;
mod import;
mod report;
mod screens;
mod search;
mod vectors;
mod web;
mod words;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker};

use crate::app::App;
use crate::error::Result;
use crate::feature::{Erasure, Feature, Part, Promise, framed};
use crate::keys::Area;
use crate::settings::{self, Kind, Schema};
use crate::statistics::Period;
use crate::ui::Message;
use crate::{msg, say};

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("faq")
        .command(commands::faq)
        .suggest(commands::suggest)
        .message_menu("Add to FAQ", Some(Permissions::MANAGE_GUILD), forms::add_from_message)
        .only_for_admins(&[
            "faq add",
            "faq edit",
            "faq remove",
            "faq pin",
            "faq unpin",
            "faq synonyms",
            "faq report",
            "faq reload",
            "Add to FAQ",
        ])
        .try_first(&["faq add", "faq search"])
        .press(buttons::press)
        .form(forms::save, framed(forms::entry_frame))
        .form(forms::save_synonyms, framed(forms::synonyms_frame))
        .work(work)
        .import("faq", import::import)
        .import("docs", import::documents::import)
        .job("make vectors", vectors::make)
        .api(Area::Faq, api::routes())
        .export(export::TABLE, export::entries)
        .export(export::SEARCHED, export::searches)
        .pages(web::section())
        .settings::<Settings>()
        .upkeep("forget searches", guilds_with_searches, forget_searches)
        .personal_data("faq_entry", "author_user_id", Erasure::BlankColumn)
        .personal_content("faq_search", "query", Part::WholeValue)
}

/// What the buttons and menus do.
#[derive(Debug, Serialize, Deserialize)]
enum Action {
    /// Turn to a page of the list.
    Page {
        page: i64,
        /// Whether everybody there reads it. Buttons of older versions do not say.
        #[serde(default)]
        public: bool,
    },
    /// Open what was chosen from a page of the list.
    View,
    /// Open the chosen result of a search.
    Open { search: Id<InteractionMarker> },
    /// Remove an entry, after having asked, as it was when that was asked.
    Remove { number: i32, revision: i32 },
    /// Leave everything as it is.
    Keep,
    /// Say what was asked in a period.
    Report(Period),
    /// Answer the question that was chosen from that.
    Answer,
}

/// How the FAQ works in a server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    retention_days: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { retention_days: 365 }
    }
}

impl Schema for Settings {
    const FEATURE: &'static str = "faq";
    const FIELDS: &'static [settings::Field] =
        &[settings::field("retention_days", msg!(faq_set_retention_days), RETENTION)];
}

/// For how many days searches are kept at most.
const LONGEST: u16 = 3650;

const RETENTION: Kind = Kind::Integer { min: 1, max: LONGEST as i64 };

/// What is done after the answer.
#[derive(Debug, Serialize, Deserialize)]
enum Work {
    Reload,
}

async fn work(promise: Promise, work: Work) -> Result<Message> {
    match work {
        Work::Reload => {
            let index = promise.app.knowledge.reload(promise.guild).await?;
            Ok(Message::new(say!(promise.language, faq_index_new, count = index.len())))
        }
    }
}

async fn guilds_with_searches(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    app.knowledge.guilds_with_searches(now - SignedDuration::from_hours(24)).await
}

async fn forget_searches(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let days = app.settings.get::<Settings>(guild).await?.retention_days;
    app.knowledge.forget_searches(guild, now - SignedDuration::from_hours(24 * days)).await?;
    Ok(())
}
