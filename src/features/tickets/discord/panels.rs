//! `/ticket panel`, and what a panel looks like.

use super::action::Work;
use super::kinds::ALL_KINDS;
use super::messages::panel_in_language;
use super::model::PanelDraft;
use super::operations::panels;
use super::settle::panels::refresh_panels;
use super::slash::{Panel, StyleOption};
use super::{open, store, vanished, words};
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::{Context, Reply};
use crate::ui::Message;
use crate::words::{Language, known_languages};
use crate::{said, say};

/// `/ticket panel`.
pub(crate) async fn panel(cx: Context, input: Panel) -> Result<Reply> {
    let acting = cx.acting().await?;
    // Where it cannot be is said first.
    panels::check(&cx.app, &acting, input.channel).await?;
    let kinds = match input.kind.as_deref() {
        None => None,
        Some(ALL_KINDS) => Some(Vec::new()),
        Some(named) => {
            let known = open::kinds(&cx, &acting).await?;
            let named = named.split(',').map(|name| Ok(open::find_kind(&known, name.trim())?.id));
            Some(named.collect::<Result<Vec<i32>>>()?)
        }
    };
    let menu = input.style.map(|style| matches!(style, StyleOption::Menu));
    let language = input.language.as_deref().map(find_language).transpose()?;
    let draft = PanelDraft { language, title: input.title, body: input.text, menu, kinds };
    let placed = panels::place(&cx.app, &acting, input.channel, draft).await?;
    Ok(Reply::later(&Work::Panel { panel: placed.panel })?)
}

fn find_language(named: &str) -> Result<Language> {
    let called = |language: &Language| named.eq_ignore_ascii_case(&say!(*language, words_language_name));
    let found = Language::of_code(named).or_else(|| known_languages().find(called));
    found.ok_or_else(|| Error::user(said!(ticket_setup_panel_no_such_language)))
}

/// The panel again, for somebody who reads another language than its channel.
pub(crate) async fn show_in(cx: Context, panel: i64, language: Language) -> Result<Reply> {
    let (panel, kinds) = panels::look(&cx.app, &cx.acting().await?, panel).await?;
    let kinds = vanished::shown(&cx.app, cx.guild, kinds).await;
    Ok(panel_in_language(language, &panel, &kinds).ephemeral(true).into())
}

/// Posts the panel, or changes it.
pub(crate) async fn finish_panel(promise: Promise, panel: i64) -> Result<Message> {
    let refused = refresh_panels(&promise.app, promise.guild).await?;
    match refused.iter().find(|it| it.id == panel) {
        None => {
            let usual = words::setup::PANEL_AS_STORED;
            let shown = store::find_panel(&promise.app.db, promise.guild, panel, usual).await?;
            let channel = shown.ok_or_else(|| anyhow::anyhow!("panel {panel} is gone"))?.channel;
            Ok(Message::new(say!(promise.language, ticket_setup_panel_there, channel = format!("<#{channel}>"))))
        }
        Some(panel) => Err(Error::user(words::setup::panel_refused(panel.channel))),
    }
}
