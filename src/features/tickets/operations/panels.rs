//! Panels: messages with which members open tickets.

use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

pub use super::super::model::refusal::panels::Refusal;
use super::super::model::{Kind, PanelDraft};
use super::super::store::Panel;
use super::super::{store, words};
use super::{SWITCH, kinds};
use crate::acting::{Acting, Failure, Outcome, answer_once, digest};
use crate::app::App;

/// What the bot must be able to do where a panel is.
pub const BOT_NEEDS: Permissions =
    Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES).union(Permissions::EMBED_LINKS);

/// Channels that hold messages.
const HOLD_MESSAGES: [ChannelType; 7] = [
    ChannelType::GuildText,
    ChannelType::GuildAnnouncement,
    ChannelType::GuildVoice,
    ChannelType::GuildStageVoice,
    ChannelType::PublicThread,
    ChannelType::PrivateThread,
    ChannelType::AnnouncementThread,
];

/// A panel that is to be seen: `settle::panels` posts it, or changes its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its number.
    pub panel: i64,
    /// Whether the same origin has done it before; nothing was done then.
    pub again: bool,
}

impl Outcome for Placed {
    fn code(&self) -> &'static str {
        "placed"
    }
}

/// Whether whoever acts may post a panel into `channel`, or where they are, and which channel that is.
///
/// # Errors
/// Why not.
pub async fn check(
    app: &App,
    acting: &Acting,
    channel: Option<Id<ChannelMarker>>,
) -> Result<Id<ChannelMarker>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let channel = channel.or(acting.channel()).ok_or(Refusal::NoChannel)?;
    let place = acting.place(app, channel).await??;
    if !place.kind.is_some_and(|kind| HOLD_MESSAGES.contains(&kind)) {
        return Err(Refusal::NoMessages { channel }.into());
    }
    place.require_both(BOT_NEEDS)?;
    Ok(channel)
}

/// A panel with the kinds of the guild, for whoever sees the channel in which it is.
///
/// # Errors
/// It was taken away, they do not see it, or the database does not answer.
pub async fn look(app: &App, acting: &Acting, panel: i64) -> Result<(Panel, Vec<Kind>), Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let usual = words::setup::PANEL_AS_STORED;
    let panel = store::find_panel(&app.db, acting.guild(), panel, usual).await?.ok_or(Refusal::Gone)?;
    acting.place(app, panel.channel).await??.require_actor(Permissions::VIEW_CHANNEL)?;
    Ok((panel, kinds::list_with_first(app, acting).await?))
}

/// All panels of the guild, and its kinds, for whoever sets them up.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn list(app: &App, acting: &Acting) -> Result<(Vec<Panel>, Vec<Kind>), Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let panels = store::list_panels(&app.db, acting.guild(), words::setup::PANEL_AS_STORED).await?;
    Ok((panels, kinds::list_with_first(app, acting).await?))
}

/// Makes a panel in `channel`, or where whoever acts is, or changes the one that is there. The same origin places one as
/// it is asked for in a channel.
///
/// # Errors
/// A [`Refusal`], or the database or Discord does not answer.
pub async fn place(
    app: &App,
    acting: &Acting,
    channel: Option<Id<ChannelMarker>>,
    draft: PanelDraft,
) -> Result<Placed, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    place_seen(app, acting, channel, None, draft).await
}

/// The same of a panel that still has the revision at which somebody looked at it; 0 if there was none.
///
/// # Errors
/// A [`Refusal`], [`Refusal::Changed`] if it has another one, or the database or Discord does not answer.
pub async fn place_at(
    app: &App,
    acting: &Acting,
    channel: Option<Id<ChannelMarker>>,
    revision: i32,
    draft: PanelDraft,
) -> Result<Placed, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    place_seen(app, acting, channel, Some(revision), draft).await
}

async fn place_seen(
    app: &App,
    acting: &Acting,
    channel: Option<Id<ChannelMarker>>,
    seen: Option<i32>,
    draft: PanelDraft,
) -> Result<Placed, Failure<Refusal>> {
    acting.require_admin()?;
    let channel = channel.or(acting.channel()).ok_or(Refusal::NoChannel)?;
    let deed = format!("tickets.panel {channel} {}", digest(&draft));
    let placed = place_first(app, acting, channel, seen, draft, &deed).await;
    let before = async {
        let origin = acting.origin_key();
        let panel = match acting.find_answer(&app.db, &deed).await? {
            Some(panel) => Some(panel),
            // An older version remembers it on the panel alone.
            None => store::find_panel_made(&app.db, acting.guild(), channel, origin.as_deref()).await?,
        };
        Ok(panel.map(|panel| Placed { panel, again: true }))
    };
    answer_once(placed, Refusal::NoChannel, before).await
}

/// Places a panel; nothing if this origin has placed one there.
async fn place_first(
    app: &App,
    acting: &Acting,
    channel: Id<ChannelMarker>,
    seen: Option<i32>,
    draft: PanelDraft,
    deed: &str,
) -> Result<Option<Placed>, Failure<Refusal>> {
    let channel = check(app, acting, Some(channel)).await?;
    let checked = draft.checked()?;
    let known = kinds::list_with_first(app, acting).await?;
    let wanted = checked.draft().kinds.as_deref().unwrap_or_default();
    if !wanted.iter().all(|id| known.iter().any(|kind| kind.id == *id)) {
        return Err(Refusal::NoSuchKind.into());
    }
    let (origin, made) = (acting.origin_key(), acting.deed_key(deed));
    let mut tx = app.db.begin().await?;
    // An older version remembers it on the panel alone, by the origin without what was asked for.
    if store::find_panel_made(&mut *tx, acting.guild(), channel, origin.as_deref()).await?.is_some() {
        return Ok(None);
    }
    if let Some(seen) = seen
        && store::lock_panel(&mut tx, acting.guild(), channel).await? != seen
    {
        return Err(Refusal::Changed.into());
    }
    // So that it has something to open.
    kinds::store_first(&mut *tx, acting).await?;
    let (spoken, usual) = (acting.writes_in(), words::setup::PANEL_AS_STORED);
    let panel =
        store::upsert_panel(&mut *tx, acting.guild(), channel, &checked, made.as_deref(), spoken, usual).await?;
    // Which one it is, is known only now; what was done to it is given up with the transaction.
    if !acting.record_once(&mut *tx, deed, &panel, None).await? {
        return Ok(None);
    }
    acting.record(&mut *tx, &words::setup::panel_placed(acting, channel)).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(Some(Placed { panel, again: false }))
}
