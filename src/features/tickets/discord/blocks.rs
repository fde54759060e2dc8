//! Who may open no tickets.

use super::kinds::{LISTED, did};
use super::slash::{Block, Unblock};
use super::store;
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::ui::{Message, embed, limits::cut, plain};

pub(crate) async fn block(cx: Context, input: Block) -> Result<Reply> {
    cx.require_admin().await?;
    let reason = input.reason.unwrap_or_default();
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let known = store::lock_block(&mut *tx, cx.guild, input.member).await?;
    // Who gives no reason takes nobody's away.
    let kept = known.as_ref().map_or("", |(_, reason)| reason.as_str());
    let reason = if reason.trim().is_empty() { kept } else { reason.trim() };
    store::set_blocked(&mut *tx, cx.guild, input.member, cx.member.id, reason, cx.now).await?;
    let about = format!("<@{}> {}", input.member, plain(reason));
    recorder.write(&mut *tx, &did(&cx, "Somebody may open no tickets any more", about.trim())).await?;
    tx.commit().await?;
    cx.post_log();
    let mut told = format!("<@{}> can open no more tickets here; `/ticket unblock` lets them again.", input.member);
    if let Some((by, before)) = known {
        let by = by.map(|by| format!(" by <@{by}>")).unwrap_or_default();
        let why = if before.is_empty() { String::new() } else { format!(" ({})", plain(&cut(&before, 100))) };
        told = format!("They were blocked already{by}{why}. {told}");
    }
    Ok(Reply::ephemeral(told))
}

pub(crate) async fn unblock(cx: Context, input: Unblock) -> Result<Reply> {
    cx.require_admin().await?;
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    if !store::delete_block(&mut *tx, cx.guild, input.member).await? {
        return Ok(Reply::ephemeral(format!("<@{}> was not blocked.", input.member)));
    }
    recorder.write(&mut *tx, &did(&cx, "Somebody may open tickets again", &format!("<@{}>", input.member))).await?;
    tx.commit().await?;
    cx.post_log();
    Ok(Reply::ephemeral(format!("<@{}> can open tickets again.", input.member)))
}

/// `/ticket blocked`.
pub(crate) async fn blocked(cx: Context) -> Result<Reply> {
    cx.require_admin().await?;
    let blocked = store::list_blocked(&cx.app.db, cx.guild, LISTED).await?;
    let lines = blocked.into_iter().map(|(user, by, reason, at)| {
        let why = if reason.is_empty() { String::new() } else { format!(": {}", plain(&cut(&reason, 100))) };
        format!("<@{user}> by <@{by}> <t:{}:R>{why}", at.as_second())
    });
    let lines: Vec<String> = lines.collect();
    let text = if lines.is_empty() { "Everybody may open tickets.".to_owned() } else { lines.join("\n") };
    Ok(Message::default().embed(embed("Who may open no tickets", text)).ephemeral(true).into())
}
