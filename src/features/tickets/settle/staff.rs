//! Who works a ticket now: their roles say so, whatever they did, or were added for, before.

use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::super::model::{Ticket, workflow};
use super::super::settings::Settings;
use super::trouble::deadline;
use crate::acting::Member;
use crate::app::App;
use crate::settings::System;

/// Whether somebody works a ticket; nothing if they are not in the server.
///
/// # Errors
/// Discord, or the database, does not answer.
pub(crate) async fn works_it(
    app: &App,
    ticket: &Ticket,
    settings: &Settings,
    user: Id<UserMarker>,
) -> anyhow::Result<Option<bool>> {
    let discord = app.discord.guild(ticket.guild);
    let Some(found) = discord.find_member(user, deadline()).await? else { return Ok(None) };
    if workflow::standing(ticket, settings, user, &found.roles, false).staff {
        return Ok(Some(true));
    }
    let permissions = discord.granted(deadline()).await?.of(user, &found.roles);
    let member = Member::found(user, found, permissions);
    let system = app.settings.get::<System>(ticket.guild).await?;
    Ok(Some(member.administers(&app.config.owner_ids, system.admin_role)))
}
