//! Bringing panels to what their rows say: whatever changes a panel or a kind of ticket leaves a row that is stale.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, MessageMarker};

use super::super::messages::panel_message;
use super::super::model::Kind;
use super::super::{store, vanished, words};
use crate::acting::{Acting, Origin};
use crate::app::App;
use crate::db::db_id;
use crate::discord::{self, Nonce};
use crate::settings::{Schema, System};
use crate::words::Language;

/// How often one pass shows a panel that is changed meanwhile.
const ROUNDS: usize = 5;

/// One call waits for Discord's limits at most this long.
const CALL_TIME: Duration = Duration::from_secs(20);

/// The setting of the language in which the bot posts.
const LANGUAGE: &str = "language";

/// What is remembered of panels that were shown after such a change.
const SHOWN: &str = "tickets.panels_in_language";

/// A change of it is looked for as long as this: longer than cron is ever away, and shorter than it is remembered what a
/// change has led to ([`Acting::record_once`]).
const LATELY: SignedDuration = SignedDuration::from_hours(3 * 24);

/// By then every instance has heard of a change of settings, and shows nothing as it was before.
const HEARD: SignedDuration = SignedDuration::from_secs(30);

/// Shows the panels of a guild as they should be, once whoever acted has their answer.
pub(crate) fn refresh_after_answer(app: &App, acting: &Acting) {
    let guild = acting.guild();
    acting.once_answered(app, move |app| refresh_soon(app, guild));
}

/// Shows the panels of a guild in the background as they should be.
fn refresh_soon(app: &App, guild: Id<GuildMarker>) {
    let work = app.in_background();
    app.background.spawn(async move {
        if let Some(Err(error)) = work.handing_over.run_until_cancelled(refresh_panels(&work, guild)).await {
            tracing::warn!(%guild, error = format!("{error:#}"), "panels are changed later");
        }
    });
}

/// Guilds with panels that are not as they should be.
pub(crate) async fn guilds_with_stale_panels(app: App, _: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_guilds_with_stale_panels(&app.db).await?)
}

/// Shows panels of a guild that nobody has shown yet.
pub(crate) async fn refresh_stale_panels(app: App, guild: Id<GuildMarker>, _: Timestamp) -> anyhow::Result<()> {
    refresh_panels(&app, guild).await.map(drop)
}

/// Guilds in which the language of what is posted was changed lately.
pub(crate) async fn guilds_with_another_language(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    app.settings.guilds_that_changed(System::FEATURE, LANGUAGE, [now - LATELY, now - HEARD]).await
}

/// Shows the panels of a guild in the language that it has now, once a change.
///
/// Of all that Discord goes on showing in the language of before only panels are shown again: they stay as they are for
/// years. A ticket's message is shown in the guild's language by the next step of the ticket, and what nobody does anything
/// with any more stays as its readers know it; to edit the messages of all tickets at once would take more calls than it is
/// worth. What was posted as something happened (lines in tickets, reminders, the log channel) is a record of that. What a
/// kind of ticket asks is the admins' own text, or what the bot says by itself to each reader.
pub(crate) async fn show_in_another_language(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let latest = app.settings.latest(guild, System::FEATURE).await?;
    let Some(change) = latest.iter().find(|changed| changed.key == LANGUAGE) else { return Ok(()) };
    let acting = Acting::bot(&app, guild, "tickets", Origin::SettingChange(change.id), now).await?;
    let mut tx = app.db.begin().await?;
    if !acting.record_once(&mut *tx, SHOWN, &change.id, None).await? {
        return Ok(());
    }
    store::set_panels_stale(&mut *tx, guild).await?;
    tx.commit().await?;
    refresh_panels(&app, guild).await.map(drop)
}

/// Shows what is not as it should be, and returns what Discord refused.
pub(crate) async fn refresh_panels(app: &App, guild: Id<GuildMarker>) -> anyhow::Result<Vec<store::Panel>> {
    let mut refused = Vec::new();
    let language = app.guild_language(guild).await?;
    // What is changed while it is being shown is shown again at once; what still goes on after that, by the next pass.
    for _ in 0..ROUNDS {
        let panels = store::list_stale_panels(&app.db, guild, words::setup::PANEL_AS_STORED).await?;
        if panels.is_empty() {
            break;
        }
        let kinds = store::list_kinds(&app.db, guild).await?;
        for panel in panels {
            match show_panel(app, guild, &panel, &kinds, language).await {
                Ok(()) => {}
                Err(error) if error.is_passing() => return Err(error.into()),
                Err(discord::Error::Gone { code: 10003 }) => store::delete_panel(&app.db, guild, panel.id).await?,
                // It stays as it is until somebody posts it again.
                Err(error) => {
                    tracing::warn!(%guild, %error, "a panel cannot be shown");
                    report_refused(app, guild, &panel).await?;
                    refused.push(panel);
                }
            }
        }
    }
    Ok(refused)
}

async fn report_refused(app: &App, guild: Id<GuildMarker>, panel: &store::Panel) -> anyhow::Result<()> {
    let recorder = app.recorder(guild, "tickets", app.clock.now()).await?;
    let mut tx = app.db.begin().await?;
    if store::set_panel_refused(&mut *tx, guild, panel).await? {
        recorder.write(&mut *tx, &words::setup::panel_missing(recorder.language(), panel.channel)).await?;
    }
    tx.commit().await?;
    app.post_log(guild);
    Ok(())
}

async fn show_panel(
    app: &App,
    guild: Id<GuildMarker>,
    panel: &store::Panel,
    kinds: &[Kind],
    language: Language,
) -> Result<(), discord::Error> {
    let deadline = || Instant::now() + CALL_TIME;
    let kinds = vanished::known(app, guild, kinds.to_vec(), deadline()).await?;
    let body = panel_message(language, panel, &kinds).into_body();
    // What takes the place of a message that was deleted is another one.
    let nonce = Nonce { purpose: "panel", row: panel.id, revision: panel.message.map_or(0, db_id) };
    if let Some(message) = panel.message {
        match app.discord.guild(guild).edit_message(panel.channel, message, &body, deadline()).await {
            Ok(()) => return set_shown(app, guild, panel, message, panel.revision).await,
            Err(discord::Error::Gone { code: 10008 }) => {}
            Err(error) => return Err(error),
        }
    }
    let message = app.discord.guild(guild).create_message(panel.channel, &body, nonce, deadline()).await?;
    let message = message.ok_or(discord::Error::Gone { code: 10008 })?;
    // Whoever posted it first under this nonce may have posted what it was before a change; an edit makes that certain.
    let revision = if panel.revision == 1 { 1 } else { 0 };
    set_shown(app, guild, panel, message, revision).await
}

/// Says that a message shows a revision of a panel; 0 is none for certain.
async fn set_shown(
    app: &App,
    guild: Id<GuildMarker>,
    panel: &store::Panel,
    message: Id<MessageMarker>,
    revision: i32,
) -> Result<(), discord::Error> {
    if let Err(error) = store::set_panel_shown(&app.db, guild, panel.id, message, revision).await {
        tracing::warn!(%error, "it is not known that a panel is shown");
    }
    Ok(())
}
