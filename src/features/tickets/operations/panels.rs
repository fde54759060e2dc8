//! Panels: messages with which members open tickets.

use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use super::super::model::{PanelDraft, PanelMisfit};
use super::super::{store, words};
use super::kinds;
use crate::acting::{self, Acting, Failure, Lack, NotAdmin};
use crate::app::App;

/// What the bot must be able to do where a panel is.
pub const BOT_NEEDS: Permissions =
    Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES).union(Permissions::EMBED_LINKS);

/// Why no panel is posted or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Only admins post panels.
    NotAdmin,
    /// Nobody says where.
    NoChannel,
    /// It cannot be posted there.
    Place(Lack),
    /// In that channel there are no messages.
    NoMessages {
        /// Which.
        channel: Id<ChannelMarker>,
    },
    /// It should offer a kind of ticket that there is not in this guild.
    NoSuchKind,
    /// No panel is like that.
    Unfit(PanelMisfit),
}

impl acting::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::NotAdmin => NotAdmin.code(),
            Refusal::NoChannel => "no_channel",
            Refusal::Place(lack) => lack.code(),
            Refusal::NoMessages { .. } => "no_messages_there",
            Refusal::NoSuchKind => "no_such_kind",
            Refusal::Unfit(PanelMisfit::TitleTooLong { .. } | PanelMisfit::BodyTooLong { .. }) => "too_long",
        }
    }
}

impl From<Refusal> for Failure<Refusal> {
    fn from(refusal: Refusal) -> Failure<Refusal> {
        Failure::Refused(refusal)
    }
}

impl From<NotAdmin> for Failure<Refusal> {
    fn from(_: NotAdmin) -> Failure<Refusal> {
        Failure::Refused(Refusal::NotAdmin)
    }
}

impl From<PanelMisfit> for Failure<Refusal> {
    fn from(misfit: PanelMisfit) -> Failure<Refusal> {
        Failure::Refused(Refusal::Unfit(misfit))
    }
}

impl From<Lack> for Failure<Refusal> {
    fn from(lack: Lack) -> Failure<Refusal> {
        Failure::Refused(Refusal::Place(lack))
    }
}

/// A panel that is to be seen: `settle::panels` posts it, or changes its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its number.
    pub panel: i64,
    /// Whether the same origin has done it before; nothing was done then.
    pub again: bool,
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
    acting.require_admin()?;
    let channel = channel.or(acting.channel).ok_or(Refusal::NoChannel)?;
    let place = acting.place(app, channel).await??;
    if let Some(ChannelType::GuildCategory | ChannelType::GuildForum | ChannelType::GuildMedia) = place.kind {
        return Err(Refusal::NoMessages { channel }.into());
    }
    place.require_bot(BOT_NEEDS)?;
    Ok(channel)
}

/// Makes a panel in `channel`, or where whoever acts is, or changes the one that is there.
///
/// # Errors
/// A [`Refusal`], or the database or Discord does not answer.
pub async fn place(
    app: &App,
    acting: &Acting,
    channel: Option<Id<ChannelMarker>>,
    draft: PanelDraft,
) -> Result<Placed, Failure<Refusal>> {
    let channel = check(app, acting, channel).await?;
    let checked = draft.checked()?;
    // The first kind is made here if there is none, so that the panel has something to open.
    let known = kinds::list(app, acting.guild).await?;
    let wanted = checked.draft().kinds.as_deref().unwrap_or_default();
    if !wanted.iter().all(|id| known.iter().any(|kind| kind.id == *id)) {
        return Err(Refusal::NoSuchKind.into());
    }
    let origin = acting.origin.key();
    let mut tx = app.db.begin().await?;
    if let Some(panel) = store::find_panel_made(&mut *tx, acting.guild, origin.as_deref()).await? {
        return Ok(Placed { panel, again: true });
    }
    let panel = store::upsert_panel(&mut *tx, acting.guild, channel, &checked, origin.as_deref()).await?;
    acting.record(&mut *tx, &words::setup::panel_placed(acting, channel)).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(Placed { panel, again: false })
}
