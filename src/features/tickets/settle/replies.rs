//! Posting what the staff has the bot say: a reply that was decided on is a row with its text until it stands in the channel.
//!
//! The nonce is the draft's, so that an answer that was lost makes no second message; a later attempt looks in the channel
//! first, for Discord forgets a nonce after minutes.

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, InteractionMarker, MessageMarker};

use super::super::store::{self, By};
use super::trouble::{Trouble, deadline, report, trouble};
use crate::app::App;
use crate::assist::{self, End, Unsaid};
use crate::db::db_id;
use crate::discord::{self, Nonce};
use crate::feature::NotYet;
use crate::say;
use crate::ui::Message;

/// While Discord is away it is tried again after this.
const PAUSE: SignedDuration = SignedDuration::from_secs(10);

/// Pages of a channel in which an earlier attempt is looked for.
const PAGES: usize = 5;

/// Clocks differ a little.
const SKEW: SignedDuration = SignedDuration::from_mins(1);

/// What became of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spoken {
    /// It stands there.
    Said,
    /// Discord does not take it; it counts as not posted.
    Refused,
}

/// Posts a reply that is to be posted, unless it stands there.
///
/// # Errors
/// [`NotYet`] while somebody else is at it or Discord is away; or the database does not answer.
pub(crate) async fn say_reply(
    app: &App,
    guild: Id<GuildMarker>,
    draft: Id<InteractionMarker>,
) -> anyhow::Result<Spoken> {
    let Some(unsaid) = assist::take_unsaid(app, guild, draft, app.clock.now()).await? else {
        return match assist::is_unsaid(app, guild, draft).await? {
            true => Err(NotYet { pause: PAUSE, why: "another posts this reply".to_owned() }.into()),
            false => Ok(Spoken::Said),
        };
    };
    let ticket = store::find(&app.db, guild, By::Number(unsaid.number)).await?;
    let Some(channel) = ticket.and_then(|ticket| ticket.shown.channel) else {
        assist::end_unsaid(app, guild, &unsaid, End::Refused).await?;
        return Ok(Spoken::Refused);
    };
    let error = match post(app, guild, channel, &unsaid).await {
        Ok(message) => {
            assist::end_unsaid(app, guild, &unsaid, End::Said(message)).await?;
            return Ok(Spoken::Said);
        }
        Err(error) => error,
    };
    match error.downcast::<discord::Error>() {
        Ok(error) if error.is_passing() => {
            assist::end_unsaid(app, guild, &unsaid, End::Waits(app.clock.now() + PAUSE)).await?;
            Err(NotYet { pause: PAUSE, why: error.to_string() }.into())
        }
        Ok(error) => {
            assist::end_unsaid(app, guild, &unsaid, End::Refused).await?;
            let is_about_text = error.is_about_text();
            // What it says is mended by whoever wrote it; all else by admins.
            if let Trouble::Refused(problem) = trouble(error, channel)
                && !is_about_text
            {
                report(app, guild, unsaid.number, &problem).await?;
            }
            Ok(Spoken::Refused)
        }
        Err(error) => Err(error),
    }
}

/// Posts what nobody has posted who should have: they died, or Discord was away.
pub(crate) async fn say_replies(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    for draft in assist::list_unsaid(&app, guild, now).await? {
        match say_reply(&app, guild, draft).await {
            Err(error) if error.is::<NotYet>() => {}
            spoken => drop(spoken?),
        }
    }
    Ok(())
}

async fn post(
    app: &App,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    unsaid: &Unsaid,
) -> anyhow::Result<Option<Id<MessageMarker>>> {
    if unsaid.attempt > 1
        && let Some(message) = find(app, guild, channel, unsaid).await?
    {
        return Ok(Some(message));
    }
    let language = app.guild_language(guild).await?;
    // A block of code that does not end would swallow who posted it.
    let end = if unsaid.text.matches("```").count() % 2 == 1 { "\n```" } else { "" };
    let by = unsaid.by.map(|user| format!("\n-# {}", say!(language, tickets_reply_by, user)));
    let body = Message::new(format!("{}{end}{}", unsaid.text, by.unwrap_or_default())).into_body();
    let nonce = Nonce { purpose: "reply", row: db_id(unsaid.draft), revision: 0 };
    Ok(app.discord.guild(guild).create_message(channel, &body, nonce, deadline()).await?)
}

/// The message of an earlier attempt, if it arrived.
async fn find(
    app: &App,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    unsaid: &Unsaid,
) -> anyhow::Result<Option<Id<MessageMarker>>> {
    let others = assist::list_replies(app, guild, unsaid.number).await?;
    let is_it = |posted: &&discord::Posted| {
        posted.author.id == app.discord.own_user()
            && posted.contents.text.starts_with(&unsaid.text)
            && !others.contains(&posted.id)
    };
    let mut after = Some(discord::id_at(unsaid.since - SKEW));
    for _ in 0..PAGES {
        let page = app.discord.guild(guild).messages_after(channel, after, deadline()).await?;
        if let Some(posted) = page.iter().find(is_it) {
            return Ok(Some(posted.id));
        }
        if page.len() < discord::PAGE {
            break;
        }
        after = page.last().map(|posted| posted.id);
    }
    Ok(None)
}
