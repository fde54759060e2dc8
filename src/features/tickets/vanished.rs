//! What kinds of tickets name and their server has no more: they are shown without it, and admins are told.

use std::sync::Arc;
use std::time::{Duration, Instant};

use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, EmojiMarker, GuildMarker, RoleMarker};

use super::model::{Kind, emoji_of};
use super::settings::Settings;
use crate::app::App;
use crate::discord;

/// How long somebody who waits for an answer waits for this.
const QUICK: Duration = Duration::from_millis(900);

/// What a kind names and its server has no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Vanished {
    /// What stands before its name.
    Emoji(String),
    /// Every role that it asks for, so that everybody may open it.
    Required,
    /// A role.
    Role(Id<RoleMarker>),
    /// Where its tickets open; the bot may only not see it.
    Place(Id<ChannelMarker>),
}

/// What a server has; nothing is not known.
#[derive(Debug, Default)]
pub(super) struct Present {
    emojis: Option<Arc<[Id<EmojiMarker>]>>,
    roles: Option<Vec<Id<RoleMarker>>>,
    channels: Option<Vec<Id<ChannelMarker>>>,
}

impl Present {
    /// Asks for all of it.
    pub(super) async fn of(app: &App, guild: Id<GuildMarker>) -> Present {
        let deadline = Instant::now() + QUICK;
        let discord = app.discord.guild(guild);
        let (emojis, roles, channels) =
            tokio::join!(discord.emojis(deadline), discord.role_names(deadline), discord.channels(deadline));
        Present {
            emojis: emojis.ok(),
            roles: roles.ok().map(|roles| roles.into_iter().map(|(role, _)| role).collect()),
            channels: channels.ok().map(|channels| channels.into_iter().map(|channel| channel.id).collect()),
        }
    }

    pub(super) fn has_role(&self, role: Id<RoleMarker>) -> bool {
        self.roles.as_ref().is_none_or(|roles| roles.contains(&role))
    }

    pub(super) fn has_channel(&self, channel: Id<ChannelMarker>) -> bool {
        self.channels.as_ref().is_none_or(|channels| channels.contains(&channel))
    }

    /// What of a kind is not there.
    pub(super) fn lacks(&self, kind: &Kind) -> Vec<Vanished> {
        let definition = &kind.definition;
        let emoji = emoji_of(&definition.emoji);
        let emoji = emoji.filter(|emoji| self.emojis.as_ref().is_some_and(|emojis| !emojis.contains(emoji)));
        let emoji = emoji.map(|_| Vanished::Emoji(emoji_name(&definition.emoji)));
        let required = &definition.required_roles;
        let unguarded = !required.is_empty() && !required.iter().any(|role| self.has_role(*role));
        let mut roles: Vec<Id<RoleMarker>> =
            [&definition.staff_roles[..], &definition.required_roles, &definition.blocked_roles].concat();
        roles.sort_unstable();
        roles.dedup();
        let is_said = |role: &Id<RoleMarker>| unguarded && required.contains(role);
        let roles = roles.into_iter().filter(|role| !self.has_role(*role) && !is_said(role)).map(Vanished::Role);
        let roles = unguarded.then_some(Vanished::Required).into_iter().chain(roles);
        let place = definition.place.filter(|place| !self.has_channel(*place)).map(Vanished::Place);
        emoji.into_iter().chain(roles).chain(place).collect()
    }
}

/// Whether none of these roles is left. Where that is not known soon, they are there.
pub(super) async fn are_gone(app: &App, guild: Id<GuildMarker>, roles: &[Id<RoleMarker>]) -> bool {
    let known = app.discord.guild(guild).role_names(Instant::now() + QUICK).await;
    known.is_ok_and(|known| !known.iter().any(|(role, _)| roles.contains(role)))
}

/// The role that a guild has set to be called when a ticket is escalated, unless it is gone: nobody would hear of it then, and
/// those who work the ticket do.
pub(super) async fn escalation_role(app: &App, guild: Id<GuildMarker>, settings: &Settings) -> Option<Id<RoleMarker>> {
    let role = settings.escalation_role?;
    (!are_gone(app, guild, &[role]).await).then_some(role)
}

/// How members write it, `:ok:` of `<:ok:12>`.
fn emoji_name(emoji: &str) -> String {
    format!(":{}:", emoji.split(':').nth(1).unwrap_or_default())
}

/// Kinds as they can be shown to somebody who waits for it. Where it is not known which emojis there are, none of the
/// server's own is shown: Discord refuses all that stands beside one that there is not.
pub(super) async fn shown(app: &App, guild: Id<GuildMarker>, kinds: Vec<Kind>) -> Vec<Kind> {
    match known(app, guild, kinds.clone(), Instant::now() + QUICK).await {
        Ok(known) => known,
        Err(_) => without_vanished(kinds, &[]),
    }
}

/// Kinds without emojis that there are not.
pub(super) async fn known(
    app: &App,
    guild: Id<GuildMarker>,
    kinds: Vec<Kind>,
    deadline: Instant,
) -> Result<Vec<Kind>, discord::Error> {
    match kinds.iter().any(|kind| emoji_of(&kind.definition.emoji).is_some()) {
        true => Ok(without_vanished(kinds, &app.discord.guild(guild).emojis(deadline).await?)),
        false => Ok(kinds),
    }
}

fn without_vanished(mut kinds: Vec<Kind>, emojis: &[Id<EmojiMarker>]) -> Vec<Kind> {
    let vanished = |kind: &Kind| emoji_of(&kind.definition.emoji).is_some_and(|emoji| !emojis.contains(&emoji));
    for kind in kinds.iter_mut().filter(|kind| vanished(kind)) {
        kind.definition.emoji.clear();
    }
    kinds
}
