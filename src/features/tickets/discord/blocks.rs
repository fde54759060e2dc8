//! Who may open no tickets.

use super::operations::blocks::{self, Before};
use super::slash::{Block, Unblock};
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::ui::{Message, embed, limits::cut, plain};

/// `/ticket block`.
pub(crate) async fn block(cx: Context, input: Block) -> Result<Reply> {
    let acting = cx.acting().await?;
    let before = blocks::block(&cx.app, &acting, input.member, &input.reason.unwrap_or_default()).await?;
    let mut told = format!("<@{}> can open no more tickets here; `/ticket unblock` lets them again.", input.member);
    if let Some(Before { by, reason }) = before {
        let by = by.map(|by| format!(" by <@{by}>")).unwrap_or_default();
        let why = if reason.is_empty() { String::new() } else { format!(" ({})", plain(&cut(&reason, 100))) };
        told = format!("They were blocked already{by}{why}. {told}");
    }
    Ok(Reply::ephemeral(told))
}

/// `/ticket unblock`.
pub(crate) async fn unblock(cx: Context, input: Unblock) -> Result<Reply> {
    let acting = cx.acting().await?;
    Ok(Reply::ephemeral(match blocks::unblock(&cx.app, &acting, input.member).await? {
        true => format!("<@{}> can open tickets again.", input.member),
        false => format!("<@{}> was not blocked.", input.member),
    }))
}

/// `/ticket blocked`.
pub(crate) async fn blocked(cx: Context) -> Result<Reply> {
    let blocked = blocks::list(&cx.app, &cx.acting().await?).await?;
    let lines = blocked.into_iter().map(|it| {
        let why = if it.reason.is_empty() { String::new() } else { format!(": {}", plain(&cut(&it.reason, 100))) };
        format!("<@{}> by <@{}> <t:{}:R>{why}", it.user, it.by, it.at.as_second())
    });
    let lines: Vec<String> = lines.collect();
    let text = if lines.is_empty() { "Everybody may open tickets.".to_owned() } else { lines.join("\n") };
    Ok(Message::default().embed(embed("Who may open no tickets", text)).ephemeral(true).into())
}
