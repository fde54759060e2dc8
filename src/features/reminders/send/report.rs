//! What a server, and who made a reminder, hear of what was not said.

use std::collections::BTreeSet;
use std::time::Instant;

use jiff::Timestamp;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, UserMarker};

use super::SAY_TIME;
use crate::acting::{Acting, Failure, Origin, Refusal};
use crate::app::App;
use crate::db::db_id;
use crate::discord::Nonce;
use crate::log_channel::{DESCRIPTION_CHARS, Entry, Level};
use crate::operations::reminders::{self as operations, words};
use crate::reminders::{Due, Problem, Settings, store};
use crate::ui::Message;
use crate::words::{Said, Say, say_minutes};
use crate::{said, say};

/// Pauses the reminders of a channel that refuses us, and tells the server and those who made them, once.
pub(super) async fn pause_channel(
    app: &App,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    problem: &Problem,
    now: Timestamp,
) -> anyhow::Result<()> {
    let acting = Acting::bot(app, guild, "reminders", Origin::Routine, now).await?;
    let paused = operations::pause_channel(app, &acting, channel, problem).await.map_err(unexpected)?;
    if paused.is_empty() {
        return Ok(());
    }
    let why = problem.said();
    let creators: BTreeSet<Id<UserMarker>> = paused.into_iter().filter_map(|it| it.creator).collect();
    let text = said!(reminders_yours_paused, channel, why);
    let language = acting.language();
    let work = app.clone();
    app.background.spawn(async move {
        for creator in creators {
            let nonce = Nonce { purpose: "paused", row: db_id(channel), revision: db_id(creator) };
            let told = async {
                let deadline = Instant::now() + SAY_TIME;
                // Better in the server's language than not at all.
                let language = work.language_of(guild, creator).await.unwrap_or(language);
                let direct = work.discord.guild(guild).direct_channel(creator, deadline).await?;
                work.discord
                    .guild(guild)
                    .create_message(direct, &Message::new(text.say(language)).into_body(), nonce, deadline)
                    .await
            };
            if let Some(Err(error)) = work.handing_over.run_until_cancelled(told).await {
                tracing::debug!(%guild, %error, "whoever made a reminder cannot be told that it is paused");
            }
        }
    });
    Ok(())
}

/// Pauses a reminder whose member takes nothing; that it was not said is told with others of its server.
pub(super) async fn pause_one(
    app: &App,
    guild: Id<GuildMarker>,
    due: &Due,
    problem: &Problem,
    now: Timestamp,
) -> anyhow::Result<()> {
    let acting = Acting::bot(app, guild, "reminders", Origin::Routine, now).await?;
    let paused = operations::pause_unsayable(app, &acting, due.reminder.number, problem, Some(due)).await;
    paused.map(drop).map_err(unexpected)
}

/// Pauses the reminders of somebody who lost the right by which they speak; that one was not said is told likewise, once for all
/// of them. Whether there were any.
pub(super) async fn pause_vouched(
    app: &App,
    guild: Id<GuildMarker>,
    due: &Due,
    problem: &Problem,
    now: Timestamp,
) -> anyhow::Result<bool> {
    let acting = Acting::bot(app, guild, "reminders", Origin::Routine, now).await?;
    let paused = operations::pause_vouched(app, &acting, problem, Some(due)).await;
    paused.map(|paused| paused.any).map_err(unexpected)
}

/// Nobody refuses the bot what it does by itself.
fn unexpected(failure: Failure<operations::Refusal>) -> anyhow::Error {
    match failure {
        Failure::Internal(error) => error,
        Failure::Barred(barred) => anyhow::anyhow!("reminders are not paused: {}", barred.code()),
        Failure::Refused(refusal) => anyhow::anyhow!("reminders are not paused: {}", refusal.code()),
    }
}

/// Tells each server in one entry what was missed, and what could not be said.
pub(super) async fn tell_missed(app: &App, now: Timestamp) -> anyhow::Result<()> {
    for guild in store::list_guilds_to_tell(&app.db).await? {
        let recorder = app.recorder(guild, "reminders", now).await?;
        let grace = say_minutes(app.settings.get::<Settings>(guild).await?.grace.0);
        let mut tx = app.db.begin().await?;
        let unsaid = store::take_unsaid(&mut *tx, guild).await?;
        if unsaid.is_empty() {
            continue;
        }
        let language = recorder.language();
        let lines: Vec<String> = unsaid
            .iter()
            .map(|it| {
                let (number, at) = (it.number.to_string(), it.due_at.as_second().to_string());
                let line = said!(reminder_log_unsaid_line, number, name = words::plain_name(&it.name), at);
                let why = it.problem.as_ref().map(|why| match why {
                    Problem::HasLeft { .. } | Problem::MayNotMake { .. } => {
                        Said::sentences(vec![why.said(), said!(reminder_log_theirs_paused)])
                    }
                    Problem::MayNotWrite { .. } => {
                        Said::sentences(vec![why.said(), said!(reminder_log_theirs_there_paused)])
                    }
                    why => why.said(),
                });
                // What came up too late is told with how late that is.
                let why = why.unwrap_or_else(|| said!(reminder_log_missed, grace = grace.clone()));
                said!(reminder_log_unsaid_since, line, why).say(language)
            })
            .collect();
        let title = say!(language, reminder_log_unsaid, count = unsaid.len());
        let entry =
            Entry { level: Level::Error, title, description: words::listed(language, &lines, DESCRIPTION_CHARS) };
        recorder.write(&mut *tx, &entry).await?;
        tx.commit().await?;
        app.post_log(guild);
    }
    Ok(())
}
