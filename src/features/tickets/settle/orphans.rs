//! Channels that Discord made after nobody waited for them any more.

use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::super::model::Problem;
use super::super::store::{self};
use super::channel::last_number;
use super::trouble::{ORPHAN_AFTER, deadline, report};
use crate::app::App;
use crate::discord::{self, Channel};
use crate::say;

/// Clears channels and threads that carry a ticket's mark though the ticket has another one, or none, or is not known: what
/// Discord made of a call after nobody waited for it any more. One in which somebody has written is reported instead.
pub(crate) async fn clear_orphans(app: &App, guild: Id<GuildMarker>, channels: &[Channel]) -> anyhow::Result<()> {
    let now = app.clock.now();
    let language = app.guild_language(guild).await?;
    let marked: Vec<(i32, &Channel)> =
        channels.iter().filter_map(|channel| Some((marked(app, channel)?, channel))).collect();
    let numbers: Vec<i32> = marked.iter().map(|(number, _)| *number).collect();
    let places = store::list_places(&app.db, guild, &numbers).await?;
    for (number, channel) in marked {
        let (place, creating) = places
            .iter()
            .find(|(it, ..)| *it == number)
            .map_or((None, false), |(_, place, creating)| (*place, *creating));
        let old = now.duration_since(discord::sent_at(channel.id)) > ORPHAN_AFTER;
        // What Discord made late was asked for before the one that the ticket has; a copy that an admin made of that is theirs.
        let copied = place
            .is_some_and(|place| discord::sent_at(channel.id).duration_since(discord::sent_at(place)) > ORPHAN_AFTER);
        if place == Some(channel.id) || creating || !old || copied {
            continue;
        }
        let discord = app.discord.guild(guild);
        let said = discord.newest_messages(channel.id, deadline()).await;
        let ours = |posted: &discord::Posted| posted.author.id == app.discord.own_user();
        // Without the right to read the history it looks as if nobody had written.
        let whole = |messages: &[discord::Posted]| {
            messages.len() < discord::PAGE && (!messages.is_empty() || channel.last_message_id.is_none())
        };
        let problem = match said {
            Ok(messages) if whole(&messages) && messages.iter().all(ours) => {
                let reason = say!(language, ticket_events_audit_second_channel, number);
                match discord.delete_channel(channel.id, &reason, deadline()).await {
                    Ok(()) | Err(discord::Error::Gone { .. }) => continue,
                    Err(error) if error.is_passing() => return Err(error.into()),
                    Err(_) => Problem::SecondChannel { channel: channel.id, number, used: false },
                }
            }
            Ok(_) => Problem::SecondChannel { channel: channel.id, number, used: true },
            Err(error) if error.is_passing() => return Err(error.into()),
            Err(_) => continue,
        };
        report(app, guild, number, &problem).await?;
    }
    Ok(())
}

/// The ticket whose mark ends the topic of a channel, or the name of a thread that is ours.
fn marked(app: &App, channel: &Channel) -> Option<i32> {
    match channel.owner_id {
        Some(owner) if owner == app.discord.own_user() => last_number(&channel.name),
        Some(_) => None,
        None => channel.topic.as_deref()?.rsplit_once("alphapy:")?.1.parse().ok(),
    }
}
