//! What a server, and who made a reminder, hear of what was not said.

use std::collections::BTreeSet;
use std::time::Instant;

use jiff::Timestamp;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, UserMarker};

use super::{SAY_TIME, words};
use crate::app::App;
use crate::db::db_id;
use crate::discord::Nonce;
use crate::log_channel::{self, Entry, Level};
use crate::reminders::{Problem, store};
use crate::ui::{Message, plain};

/// Characters of a list in the log channel, with room for what stands around it.
const LISTED: usize = log_channel::DESCRIPTION_CHARS - 120;

/// Pauses the reminders of a channel that refuses us, and tells the server and those who made them, once.
pub(super) async fn pause_channel(
    app: &App,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    problem: &Problem,
    now: Timestamp,
) -> anyhow::Result<()> {
    let recorder = app.recorder(guild, "reminders", now).await?;
    let mut tx = app.db.begin().await?;
    let paused = store::pause_channel(&mut *tx, guild, channel, problem, now).await?;
    if paused.is_empty() {
        return Ok(());
    }
    let why = words::problem(problem);
    let names: Vec<String> = paused.iter().map(|(number, name, _)| format!("#{number} {}", plain(name))).collect();
    let entry = Entry {
        level: Level::Error,
        title: match names.len() {
            1 => "🚨 A reminder is paused".to_owned(),
            count => format!("🚨 {count} reminders are paused"),
        },
        description: format!("{why} `/reminder resume` lets them speak again.\n{}", listed(&names)),
    };
    recorder.write(&mut *tx, &entry).await?;
    tx.commit().await?;
    app.post_log(guild);
    let creators: BTreeSet<Id<UserMarker>> = paused.into_iter().filter_map(|(_, _, creator)| creator).collect();
    let text = format!("Your reminders in <#{channel}> are paused. {why} `/reminder resume` lets them speak again.");
    let work = app.clone();
    app.background.spawn(async move {
        for creator in creators {
            let nonce = Nonce { purpose: "paused", row: db_id(channel), revision: db_id(creator) };
            let told = async {
                let deadline = Instant::now() + SAY_TIME;
                let direct = work.discord.guild(guild).direct_channel(creator, deadline).await?;
                work.discord
                    .guild(guild)
                    .create_message(direct, &Message::new(text.clone()).into_body(), nonce, deadline)
                    .await
            };
            if let Some(Err(error)) = work.handing_over.run_until_cancelled(told).await {
                tracing::debug!(%guild, %error, "whoever made a reminder cannot be told that it is paused");
            }
        }
    });
    Ok(())
}

/// Tells each server in one entry what was missed, and what could not be said.
pub(super) async fn tell_missed(app: &App, now: Timestamp) -> anyhow::Result<()> {
    for guild in store::list_guilds_to_tell(&app.db).await? {
        let recorder = app.recorder(guild, "reminders", now).await?;
        let mut tx = app.db.begin().await?;
        let unsaid = store::take_unsaid(&mut *tx, guild).await?;
        if unsaid.is_empty() {
            continue;
        }
        let lines: Vec<String> = unsaid
            .iter()
            .map(|it| {
                let why = it.problem.as_ref().map(|why| format!(": {}", words::problem(why))).unwrap_or_default();
                format!("#{} {} <t:{}:f>{why}", it.number, plain(&it.name), it.due_at.as_second())
            })
            .collect();
        let title = match unsaid.len() {
            1 => "⏰ A reminder was not said".to_owned(),
            count => format!("⏰ {count} reminders were not said"),
        };
        let entry = Entry { level: Level::Error, title, description: listed(&lines) };
        recorder.write(&mut *tx, &entry).await?;
        tx.commit().await?;
        app.post_log(guild);
    }
    Ok(())
}

/// As many lines as an entry of the log channel shows, and how many there are besides.
fn listed(lines: &[String]) -> String {
    let mut shown = String::new();
    for (at, line) in lines.iter().enumerate() {
        if shown.chars().count() + line.chars().count() > LISTED {
            return format!("{shown}… and {} more", lines.len() - at);
        }
        shown.push_str(line);
        shown.push('\n');
    }
    shown.trim_end().to_owned()
}
