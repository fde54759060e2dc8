//! Panels: `ticket_panel`.

use std::collections::BTreeMap;

use serde_json::json;
use sqlx::{PgConnection, PgExecutor};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker};

use super::Result;
use super::model::{CheckedPanel, InLanguages, PanelDraft, PanelTranslation};
use crate::db::{db_id, id};
use crate::words::Language;

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
    /// In which language its own title and text were written, as far as that is known.
    pub language: Option<Language>,
    /// What it says in other languages.
    pub translations: InLanguages<PanelTranslation>,
    /// Whether it has a menu in place of buttons.
    pub menu: bool,
    /// Empty is all kinds.
    pub kinds: Vec<i32>,
    /// Counts its changes, those of the kinds among them.
    pub revision: i32,
}

struct Row {
    id: i64,
    channel_id: i64,
    message_id: Option<i64>,
    title: String,
    body: String,
    language: Option<String>,
    translations: serde_json::Value,
    style: String,
    type_ids: Vec<i32>,
    revision: i32,
}

impl Row {
    /// Nothing if its channel has no id.
    fn panel(self, [usual_title, usual_body]: [&str; 2]) -> Option<Panel> {
        Some(Panel {
            id: self.id,
            channel: id(self.channel_id)?,
            message: self.message_id.and_then(id),
            title: own(self.title, usual_title),
            body: own(self.body, usual_body),
            language: self.language.as_deref().and_then(Language::of_code),
            translations: serde_json::from_value(self.translations).unwrap_or_default(),
            menu: self.style == "menu",
            kinds: self.type_ids,
            revision: self.revision,
        })
    }
}

/// What an admin wrote; nothing if it is the usual one.
fn own(stored: String, usual: &str) -> Option<String> {
    Some(stored).filter(|stored| !stored.is_empty() && stored != usual)
}

/// The column of what somebody writes; an empty text is the usual one.
fn column<'a>(written: Option<&'a str>, usual: &'a str) -> Option<&'a str> {
    written.map(|written| if written.trim().is_empty() { usual } else { written })
}

/// The panel of a channel that was posted or changed by that origin.
pub async fn find_panel_made(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    origin: Option<&str>,
) -> Result<Option<i64>> {
    sqlx::query_scalar!(
        "select id
           from ticket_panel
          where guild_id = $1
            and channel_id = $2
            and coalesce(origin, 'interaction:' || interaction_id::text) = $3
          limit 1",
        db_id(guild),
        db_id(channel),
        origin,
    )
    .fetch_optional(db)
    .await
}

/// Makes a panel, or changes the one that is in that channel. Words of its own are written in the language `spoken`; the last
/// is what stands where it has none.
pub async fn upsert_panel(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    panel: &CheckedPanel,
    origin: Option<&str>,
    spoken: Language,
    [usual_title, usual_body]: [&str; 2],
) -> Result<i64> {
    let PanelDraft { language, title, body, menu, kinds } = panel.draft();
    // What is meant for one language leaves the panel's own words as they are.
    let own = if language.is_none() { [title.as_deref(), body.as_deref()] } else { [None, None] };
    let written = own.iter().flatten().any(|text| !text.is_empty()).then(|| spoken.code());
    let said = [("title", title), ("body", body)];
    let said = said.into_iter().filter_map(|(name, text)| Some((name, text.as_deref()?.trim())));
    let said = language.map(|_| json!(said.collect::<BTreeMap<_, _>>()));
    sqlx::query_scalar!(
        "insert into ticket_panel (guild_id, origin, channel_id, title, body, style, type_ids, translations,
                                   language)
         values ($1, $2, $3, coalesce($4, $8), coalesce($5, $9), coalesce($6, 'buttons'), coalesce($7, '{}'::integer[]),
                 case when $10::text is null then '{}' else jsonb_build_object($10::text, $11::jsonb) end,
                 $12)
         on conflict (guild_id, channel_id) do update
            set title = coalesce($4, ticket_panel.title),
                body = coalesce($5, ticket_panel.body),
                style = coalesce($6, ticket_panel.style),
                type_ids = coalesce($7, ticket_panel.type_ids),
                translations = case
                    when $10::text is null then ticket_panel.translations
                    else jsonb_set(
                        ticket_panel.translations, array[$10], coalesce(ticket_panel.translations -> $10, '{}') || $11
                    )
                end,
                language = coalesce($12, ticket_panel.language),
                origin = $2,
                stale = true,
                revision = ticket_panel.revision + 1
         returning id",
        db_id(guild),
        origin,
        db_id(channel),
        column(own[0], usual_title),
        column(own[1], usual_body),
        menu.map(|menu| if menu { "menu" } else { "buttons" }) as Option<&str>,
        kinds.as_deref(),
        usual_title,
        usual_body,
        language.map(Language::code),
        said,
        written,
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
    usual: [&str; 2],
) -> Result<Vec<Panel>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, channel_id, message_id, title, body, language, translations, style, type_ids, revision
           from ticket_panel
          where guild_id = $1
            and stale
          order by id",
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(|row| row.panel(usual)).collect())
}

/// The panels of a guild.
pub async fn list_panels(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, usual: [&str; 2]) -> Result<Vec<Panel>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, channel_id, message_id, title, body, language, translations, style, type_ids, revision
           from ticket_panel
          where guild_id = $1
          order by id",
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(|row| row.panel(usual)).collect())
}

/// The revision of the panel in a channel, 0 if there is none. Until the transaction ends nobody else changes it, or makes one.
pub async fn lock_panel(db: &mut PgConnection, guild: Id<GuildMarker>, channel: Id<ChannelMarker>) -> Result<i32> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('ticket_panel', $1))", db_id(channel))
        .execute(&mut *db)
        .await?;
    let revision = sqlx::query_scalar!(
        "select revision
           from ticket_panel
          where guild_id = $1
            and channel_id = $2
            for update",
        db_id(guild),
        db_id(channel),
    );
    Ok(revision.fetch_optional(db).await?.unwrap_or_default())
}

/// A panel by its number.
pub async fn find_panel(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    panel: i64,
    usual: [&str; 2],
) -> Result<Option<Panel>> {
    let row = sqlx::query_as!(
        Row,
        "select id, channel_id, message_id, title, body, language, translations, style, type_ids, revision
           from ticket_panel
          where guild_id = $1
            and id = $2",
        db_id(guild),
        panel,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| row.panel(usual)))
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
