//! Removing what was said ahead of events that have begun.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::{BATCH, SAY_TIME};
use crate::app::App;
use crate::discord;
use crate::reminders::{Settings, store};
use crate::say;

/// What was said ahead of something longer ago stays.
const TIDIED: SignedDuration = SignedDuration::from_hours(72);

/// Guilds in which something was said ahead of events lately.
pub(in super::super) async fn guilds(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_outdated_guilds(&app.db, now - TIDIED).await?)
}

/// Removes what was said ahead of events that have begun, where a server wants that.
pub(in super::super) async fn remove_early(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    for outdated in store::list_outdated(&app.db, guild, now - TIDIED, i64::try_from(BATCH)?).await? {
        if app.settings.get::<Settings>(outdated.guild).await?.remove_ahead {
            let language = app.guild_language(outdated.guild).await?;
            let reason = say!(language, reminders_tidied_reason, number = outdated.number);
            match app
                .discord
                .guild(outdated.guild)
                .delete_message(outdated.channel, outdated.message, &reason, Instant::now() + SAY_TIME)
                .await
            {
                Err(error) if error.is_passing() => continue,
                Err(discord::Error::Gone { .. }) | Ok(()) => {}
                Err(error) => tracing::warn!(guild = %outdated.guild, %error, "what was said ahead stays"),
            }
        }
        store::forget_message(&app.db, &outdated).await?;
    }
    Ok(())
}
