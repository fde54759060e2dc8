//! `/ticket panel`, and what a panel looks like.

use twilight_model::channel::message::component::ButtonStyle;

use super::command::{Panel, StyleOption};
use super::kinds::ALL_KINDS;
use super::model::{Kind, PanelDraft};
use super::operations::panels;
use super::settle::panels::refresh_panels;
use super::{Action, Work, open, screens, store, words_admin};
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::{Context, Reply};
use crate::ui::{Message, button, embed, select};

/// `/ticket panel`.
pub(crate) async fn panel(cx: Context, input: Panel) -> Result<Reply> {
    let acting = cx.acting().await?;
    // Where it cannot be is said first.
    panels::check(&cx.app, &acting, input.channel).await?;
    let kinds = match input.kind.as_deref() {
        None => None,
        Some(ALL_KINDS) => Some(Vec::new()),
        Some(named) => {
            let known = open::kinds(&cx).await?;
            let named = named.split(',').map(|name| Ok(open::find_kind(&known, name.trim())?.id));
            Some(named.collect::<Result<Vec<i32>>>()?)
        }
    };
    let menu = input.style.map(|style| matches!(style, StyleOption::Menu));
    let draft = PanelDraft { title: input.title, body: input.text, menu, kinds };
    let placed = panels::place(&cx.app, &acting, input.channel, draft).await?;
    Ok(Reply::later(&Work::Panel { panel: placed.panel })?)
}

/// Posts the panel, or changes it.
pub(crate) async fn finish_panel(promise: Promise, panel: i64) -> Result<Message> {
    let refused = refresh_panels(&promise.app, promise.guild).await?;
    match refused.iter().find(|it| it.id == panel) {
        None => Ok(Message::new("The panel is there.")),
        Some(panel) => Err(Error::user(words_admin::panel_refused(panel.channel))),
    }
}

/// A panel as members see it.
pub(crate) fn panel_message(panel: &store::Panel, kinds: &[Kind]) -> Message {
    let shown: Vec<&Kind> =
        kinds.iter().filter(|kind| panel.kinds.is_empty() || panel.kinds.contains(&kind.id)).collect();
    let title = panel.title.as_deref().unwrap_or(words_admin::PANEL_TITLE);
    let body = panel.body.as_deref().unwrap_or(words_admin::PANEL_BODY);
    let mut message = Message::default().embed(embed(title, body));
    let id = |action: &Action| screens::id(None, action).expect("it is short");
    if panel.menu && !shown.is_empty() {
        let options = shown.into_iter().map(screens::kind_option).collect();
        return message.row(vec![select(id(&Action::Choose(None)), "What is it about?", options)]);
    }
    // Five buttons in a row, five rows in a message.
    for row in shown.chunks(5).take(5) {
        let buttons = row.iter().map(|kind| {
            let label = if kinds.len() == 1 { "📨 Open a ticket".to_owned() } else { screens::label(kind) };
            screens::with_emoji(button(ButtonStyle::Primary, label, id(&Action::Start(kind.id))), kind)
        });
        message = message.row(buttons.collect());
    }
    message
}
