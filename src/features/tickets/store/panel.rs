//! Panels: `ticket_panel`.

use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker};

use super::Result;
use super::model::{CheckedPanel, PanelDraft};
use crate::db::{db_id, id};

/// A message with which members open tickets.
#[derive(Clone, Debug)]
pub struct Panel {
    pub id: i64,
    pub channel: Id<ChannelMarker>,
    pub message: Option<Id<MessageMarker>>,
    /// Nothing is the usual one.
    pub title: Option<String>,
    /// Nothing is the usual one.
    pub body: Option<String>,
    /// Whether it has a menu in place of buttons.
    pub menu: bool,
    /// Empty is all kinds.
    pub kinds: Vec<i32>,
    /// Counts its changes, those of the kinds among them.
    pub revision: i32,
}

/// What an admin wrote; nothing if it is the usual one.
fn own(stored: String, usual: &str) -> Option<String> {
    Some(stored).filter(|stored| !stored.is_empty() && stored != usual)
}

/// The column of what somebody writes; an empty text is the usual one.
fn column<'a>(written: Option<&'a str>, usual: &'a str) -> Option<&'a str> {
    written.map(|written| if written.trim().is_empty() { usual } else { written })
}

/// The panel that was posted or changed by that origin.
pub async fn find_panel_made(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    origin: Option<&str>,
) -> Result<Option<i64>> {
    sqlx::query_scalar!(
        "select id
           from ticket_panel
          where guild_id = $1
            and coalesce(origin, 'interaction:' || interaction_id::text) = $2
          limit 1",
        db_id(guild),
        origin,
    )
    .fetch_optional(db)
    .await
}

/// Makes a panel, or changes the one that is in that channel. The last is what stands where it has no words of its own.
pub async fn upsert_panel(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    panel: &CheckedPanel,
    origin: Option<&str>,
    [usual_title, usual_body]: [&str; 2],
) -> Result<i64> {
    let PanelDraft { title, body, menu, kinds } = panel.draft();
    sqlx::query_scalar!(
        "insert into ticket_panel (guild_id, origin, channel_id, title, body, style, type_ids)
         values ($1, $2, $3, coalesce($4, $8), coalesce($5, $9), coalesce($6, 'buttons'), coalesce($7, '{}'::integer[]))
         on conflict (guild_id, channel_id) do update
            set title = coalesce($4, ticket_panel.title),
                body = coalesce($5, ticket_panel.body),
                style = coalesce($6, ticket_panel.style),
                type_ids = coalesce($7, ticket_panel.type_ids),
                origin = $2,
                stale = true,
                revision = ticket_panel.revision + 1
         returning id",
        db_id(guild),
        origin,
        db_id(channel),
        column(title.as_deref(), usual_title),
        column(body.as_deref(), usual_body),
        menu.map(|menu| if menu { "menu" } else { "buttons" }) as Option<&str>,
        kinds.as_deref(),
        usual_title,
        usual_body,
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
pub async fn list_stale_panels(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    [usual_title, usual_body]: [&str; 2],
) -> Result<Vec<Panel>> {
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
            title: own(row.title, usual_title),
            body: own(row.body, usual_body),
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
