//! Panels: where there are some, and one that is posted.

use std::sync::Arc;
use std::time::Duration;

use maud::html;

use super::messages::label;
use super::model::PanelDraft;
use super::operations::panels::{self, Refusal};
use super::panel_form::{Looked, Written, form, message_link};
use super::store::Panel;
use super::{settle, words};
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::web::{Answer, Page, Visit, head};
use crate::words::{Language, Said, Say};
use crate::{msg, said, say};

/// How long a page waits until Discord has a panel; after that it comes when it comes.
const PATIENCE: Duration = Duration::from_secs(5);

/// All panels.
pub(super) async fn list(visit: Arc<Visit>) -> Result<Answer> {
    let language = visit.language;
    let (all, known) = panels::list(&visit.app, visit.acting()).await?;
    let channels: Vec<String> = all.iter().map(|panel| format!("<#{}>", panel.channel)).collect();
    let channels = visit.rich_list(&channels.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let offered = |panel: &Panel| {
        let names = known.iter().filter(|kind| panel.kinds.contains(&kind.id)).map(|kind| label(language, kind));
        names.collect::<Vec<_>>().join(", ")
    };
    let body = html! {
        p { a.button href=(visit.to("/new")) { (say!(language, ticket_setup_web_panel_new_button)) } }
        @if all.is_empty() {
            p.empty { (say!(language, ticket_setup_web_panels_none)) }
        } @else {
            div.scroll tabindex="0" { table {
                (head(language, &[msg!(ticket_setup_web_panel_channel_label), msg!(ticket_setup_web_panel_title_label), msg!(ticket_setup_web_panel_kinds_label), msg!(ticket_setup_web_panel_message_label)]))
                tbody { @for (panel, channel) in all.iter().zip(channels) {
                    tr {
                        td { a href=(visit.to(&format!("/{}", panel.id))) { (channel) } }
                        td { (panel.title.clone().unwrap_or_else(|| say!(language, ticket_setup_panel_title))) }
                        td { @if panel.kinds.is_empty() { (say!(language, ticket_setup_web_panel_all_kinds)) } @else { (offered(panel)) } }
                        td { (message_link(&visit, panel)) }
                    }
                } }
            } }
        }
    };
    Ok(Page::new(visit.say(&msg!(ticket_setup_web_panels_label)), body).into())
}

async fn find(visit: &Visit) -> Result<Panel> {
    let gone = || Error::User(Refusal::Gone.said());
    let number: i64 = visit.parameter("panel").ok_or_else(gone)?;
    let (all, _) = panels::list(&visit.app, visit.acting()).await?;
    all.into_iter().find(|panel| panel.id == number).ok_or_else(gone)
}

pub(super) async fn show(visit: Arc<Visit>) -> Result<Answer> {
    let panel = find(&visit).await?;
    let written = Written::of(&panel, visit.query("in").and_then(Language::of_code));
    let looked = Looked { stored: Some(&panel), revision: panel.revision };
    Ok(form(&visit, &looked, &written, None).await?.into())
}

pub(super) async fn new(visit: Arc<Visit>) -> Result<Answer> {
    let written = Written {
        language: None,
        channel: None,
        title: String::new(),
        text: String::new(),
        menu: false,
        kinds: vec![],
    };
    Ok(form(&visit, &Looked { stored: None, revision: 0 }, &written, None).await?.into())
}

pub(super) async fn post_new(visit: Arc<Visit>) -> Result<Answer> {
    save(&visit, None).await
}

pub(super) async fn post(visit: Arc<Visit>) -> Result<Answer> {
    let panel = find(&visit).await?;
    save(&visit, Some(panel)).await
}

/// Posts what was written, or shows how it would look.
async fn save(visit: &Visit, stored: Option<Panel>) -> Result<Answer> {
    let written = Written::read(visit, stored.as_ref().map(|panel| panel.channel));
    let revision = visit.form("revision").and_then(|revision| revision.parse().ok()).unwrap_or(-1);
    let looked = Looked { stored: stored.as_ref(), revision };
    if visit.form("do") == Some("look") {
        return Ok(form(visit, &looked, &written, None).await?.into());
    }
    let draft = written.draft(visit);
    match panels::place_at(&visit.app, visit.acting(), written.channel, revision, draft).await {
        Ok(placed) => posted(visit, placed.panel).await,
        // They see what it is by now, with what they wrote.
        Err(Failure::Refused(Refusal::Changed)) => {
            let (all, _) = panels::list(&visit.app, visit.acting()).await?;
            let now = all.iter().find(|panel| Some(panel.channel) == written.channel);
            let looked = Looked { stored: now, revision: now.map_or(0, |panel| panel.revision) };
            let written = match now {
                Some(now) => written.beside(visit, now),
                None => written,
            };
            Ok(form(visit, &looked, &written, Some(&Refusal::Changed)).await?.into())
        }
        Err(Failure::Refused(refusal)) if !matches!(refusal, Refusal::NotAdmin | Refusal::Gone) => {
            Ok(form(visit, &looked, &written, Some(&refusal)).await?.into())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Shows a panel as it is once more, in a new message if its own was deleted.
pub(super) async fn post_again(visit: Arc<Visit>) -> Result<Answer> {
    let panel = find(&visit).await?;
    let placed = panels::place(&visit.app, visit.acting(), Some(panel.channel), PanelDraft::default()).await?;
    posted(&visit, placed.panel).await
}

/// Brings a panel to Discord, and says what has become of it.
async fn posted(visit: &Visit, panel: i64) -> Result<Answer> {
    let to = visit.to(&format!("/{panel}"));
    // Whoever does not wait for it has it done by others.
    let refreshed = tokio::time::timeout(PATIENCE, settle::panels::refresh_panels(&visit.app, visit.guild)).await;
    let said: Said = match refreshed {
        Ok(Ok(refused)) => match refused.iter().find(|it| it.id == panel) {
            Some(refused) => words::setup::panel_refused(refused.channel),
            None => said!(ticket_setup_web_panel_there),
        },
        Ok(Err(_)) | Err(_) => said!(ticket_setup_web_panel_follows),
    };
    Ok(Answer::Done { said: visit.say(&said), to })
}
