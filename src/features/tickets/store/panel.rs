//! Panels: `ticket_panel`.

use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, InteractionMarker, MessageMarker};

use super::Result;
use crate::db::{db_id, id};

/// A message with which members open tickets.
#[derive(Clone, Debug)]
pub struct Panel {
    pub id: i64,
    pub channel: Id<ChannelMarker>,
    pub message: Option<Id<MessageMarker>>,
    pub title: String,
    pub body: String,
    /// Whether it has a menu in place of buttons.
    pub menu: bool,
    /// Empty is all types.
    pub kinds: Vec<i32>,
    /// Counts its changes, those of the types among them.
    pub revision: i32,
}

/// What is said of a panel; nothing leaves it as it is.
#[derive(Clone, Debug)]
pub struct PanelChange {
    pub channel: Id<ChannelMarker>,
    pub title: Option<String>,
    pub body: Option<String>,
    pub menu: Option<bool>,
    pub kinds: Option<Vec<i32>>,
}

/// Makes a panel, or changes the one that is in that channel.
pub async fn upsert_panel(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    interaction: Id<InteractionMarker>,
    change: &PanelChange,
) -> Result<i64> {
    sqlx::query_scalar!(
        "insert into ticket_panel (guild_id, interaction_id, channel_id, title, body, style, type_ids)
         values ($1, $2, $3, coalesce($4, 'Need help?'), coalesce($5, 'Open a ticket, and the staff will help you.'),
                 coalesce($6, 'buttons'), coalesce($7, '{}'::integer[]))
         on conflict (guild_id, channel_id) do update
            set title = coalesce($4, ticket_panel.title),
                body = coalesce($5, ticket_panel.body),
                style = coalesce($6, ticket_panel.style),
                type_ids = coalesce($7, ticket_panel.type_ids),
                stale = true,
                revision = ticket_panel.revision + 1
         returning id",
        db_id(guild),
        db_id(interaction),
        db_id(change.channel),
        change.title,
        change.body,
        change.menu.map(|menu| if menu { "menu" } else { "buttons" }) as Option<&str>,
        change.kinds.as_deref(),
    )
    .fetch_one(db)
    .await
}

/// Leaves a panel that Discord does not take as it is, until it is changed again. `false` if that is known already, or if
/// it was changed again.
pub async fn set_panel_refused(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, panel: &Panel) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket_panel
            set stale = false
          where guild_id = $1
            and id = $2
            and revision = $3
            and stale",
        db_id(guild),
        panel.id,
        panel.revision,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The panels of a guild whose message is not as it should be.
pub async fn list_stale_panels(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<Panel>> {
    let rows = sqlx::query!(
        "select id, channel_id, message_id, title, body, style, type_ids, revision
           from ticket_panel
          where guild_id = $1
            and stale
          order by id",
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    let panels = rows.into_iter().filter_map(|row| {
        Some(Panel {
            id: row.id,
            channel: id(row.channel_id)?,
            message: row.message_id.and_then(id),
            title: row.title,
            body: row.body,
            menu: row.style == "menu",
            kinds: row.type_ids,
            revision: row.revision,
        })
    });
    Ok(panels.collect())
}

/// Guilds with such panels.
pub async fn list_guilds_with_stale_panels(db: impl PgExecutor<'_>) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!("select distinct guild_id from ticket_panel where stale").fetch_all(db).await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Says that no panel of the guild shows what it should.
pub async fn set_panels_stale(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<()> {
    sqlx::query!("update ticket_panel set stale = true, revision = revision + 1 where guild_id = $1", db_id(guild))
        .execute(db)
        .await?;
    Ok(())
}

/// Says that a message shows this revision of a panel; what was changed meanwhile is still to be shown.
pub async fn set_panel_shown(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    panel: i64,
    message: Id<MessageMarker>,
    revision: i32,
) -> Result<()> {
    sqlx::query!(
        "update ticket_panel
            set message_id = $3, stale = revision <> $4
          where guild_id = $1
            and id = $2",
        db_id(guild),
        panel,
        db_id(message),
        revision,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete_panel(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, panel: i64) -> Result<()> {
    sqlx::query!("delete from ticket_panel where guild_id = $1 and id = $2", db_id(guild), panel).execute(db).await?;
    Ok(())
}
