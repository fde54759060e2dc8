//! Who may open no tickets.

use super::operations::blocks::{self, Before, By};
use super::slash::{Block, Unblock};
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::operations::words::program_name;
use crate::ui::{Message, embed, limits::cut, plain};
use crate::words::{Said, Say};
use crate::{said, say};

/// `/ticket block`.
pub(crate) async fn block(cx: Context, input: Block) -> Result<Reply> {
    let acting = cx.acting().await?;
    let before = blocks::block(&cx.app, &acting, input.member, &input.reason.unwrap_or_default()).await?;
    let blocked = said!(ticket_setup_blocked, user = input.member);
    let told = before.as_ref().map(blocked_before).into_iter().chain([blocked]).collect();
    Ok(Reply::ephemeral(Said::sentences(told).say(cx.language)))
}

fn blocked_before(Before { by, reason }: &Before) -> Said {
    match (by.as_ref().map(who), shown_reason(reason)) {
        (None, None) => said!(ticket_setup_blocked_before),
        (None, Some(why)) => said!(ticket_setup_blocked_before_why, why),
        (Some(by), None) => said!(ticket_setup_blocked_before_by, by),
        (Some(by), Some(why)) => said!(ticket_setup_blocked_before_by_why, by, why),
    }
}

fn who(by: &By) -> Said {
    match by {
        By::Member(user) => Said::Verbatim(format!("<@{user}>")),
        By::Program(program) => program_name(program),
    }
}

fn shown_reason(reason: &str) -> Option<String> {
    (!reason.is_empty()).then(|| plain(&cut(reason, 100)))
}

/// `/ticket unblock`.
pub(crate) async fn unblock(cx: Context, input: Unblock) -> Result<Reply> {
    let acting = cx.acting().await?;
    Ok(Reply::ephemeral(match blocks::unblock(&cx.app, &acting, input.member).await?.were_blocked {
        true => say!(cx.language, ticket_setup_unblocked, user = input.member),
        false => say!(cx.language, ticket_setup_not_blocked, user = input.member),
    }))
}

/// `/ticket blocked`.
pub(crate) async fn blocked(cx: Context) -> Result<Reply> {
    let blocked = blocks::list(&cx.app, &cx.acting().await?).await?;
    let lines = blocked.into_iter().map(|it| {
        let (user, by, at) = (it.user, who(&it.by), it.at.as_second().to_string());
        match shown_reason(&it.reason) {
            None => say!(cx.language, ticket_setup_blocked_line, user, by, at),
            Some(why) => say!(cx.language, ticket_setup_blocked_line_why, user, by, at, why),
        }
    });
    let lines: Vec<String> = lines.collect();
    let text = match lines.is_empty() {
        true => say!(cx.language, ticket_setup_blocked_nobody),
        false => lines.join("\n"),
    };
    Ok(Message::default().embed(embed(say!(cx.language, ticket_setup_blocked_title), text)).ephemeral(true).into())
}
