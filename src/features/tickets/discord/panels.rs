//! Panels: messages with which members open tickets.

use std::time::Instant;

use jiff::Timestamp;
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker};

use super::kinds::{ALL_KINDS, CALL_TIME, ROUNDS, did};
use super::messages::{self, Button};
use super::model::Kind;
use super::slash::{Panel, StyleOption};
use super::{Work, open, screens, store};
use crate::app::App;
use crate::db::db_id;
use crate::discord::{self, Nonce};
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::{Context, Reply};
use crate::log_channel::{Entry, Level};
use crate::ui::{Message, button, embed, permission_names, select};

/// `/ticket panel`.
pub(crate) async fn panel(cx: Context, input: Panel) -> Result<Reply> {
    cx.require_admin().await?;
    let channel = input.channel.or(cx.channel).ok_or_else(|| Error::user("Say in which channel the panel goes."))?;
    if let Some(granted) = cx.resolved.channel(&channel.to_string()).and_then(|channel| channel.app_permissions) {
        let needed = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS;
        if !granted.contains(Permissions::ADMINISTRATOR) && !granted.contains(needed) {
            let names = permission_names(needed - granted);
            return Err(Error::user(format!("I lack permissions in <#{channel}>: give me {names} there.")));
        }
    }
    let kinds = open::kinds(&cx).await?;
    let only = match input.kind.as_deref() {
        None => None,
        Some(ALL_KINDS) => Some(Vec::new()),
        Some(named) => {
            let named = named.split(',').map(|name| Ok(open::find_kind(&kinds, name.trim())?.id));
            Some(named.collect::<Result<Vec<i32>>>()?)
        }
    };
    let change = store::PanelChange {
        channel,
        title: input.title,
        body: input.text,
        menu: input.style.map(|style| matches!(style, StyleOption::Menu)),
        kinds: only,
    };
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let id = store::upsert_panel(&mut *tx, cx.guild, cx.interaction, &change).await?;
    recorder.write(&mut *tx, &did(&cx, "A panel was posted or changed", &format!("<#{channel}>"))).await?;
    let reply = cx.promise(&mut *tx, &Work::Panel { panel: id }).await?;
    tx.commit().await?;
    cx.post_log();
    Ok(reply)
}

/// Posts the panel, or changes it.
pub(crate) async fn finish_panel(promise: Promise, panel: i64) -> Result<Message> {
    let refused = refresh(&promise.app, promise.guild).await?;
    match refused.iter().find(|it| it.id == panel) {
        None => Ok(Message::new("The panel is there.")),
        Some(panel) => Err(Error::user(not_posted(panel.channel))),
    }
}

fn not_posted(channel: Id<ChannelMarker>) -> String {
    format!(
        "I could not post the panel in <#{channel}>; give me **View Channel**, **Send Messages** and **Embed Links** \
         there, and use `/ticket panel` again."
    )
}

/// Changes panels in the background.
pub(super) fn soon(app: &App, guild: Id<GuildMarker>) {
    let work = app.in_background();
    app.background.spawn(async move {
        if let Some(Err(error)) = work.handing_over.run_until_cancelled(refresh(&work, guild)).await {
            tracing::warn!(%guild, error = format!("{error:#}"), "panels are changed later");
        }
    });
}

/// Guilds with panels that are not as they should be.
pub(crate) async fn guilds(app: App, _: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_guilds_with_stale_panels(&app.db).await?)
}

/// Changes panels that nobody has changed yet.
pub(crate) async fn due(app: App, guild: Id<GuildMarker>, _: Timestamp) -> anyhow::Result<()> {
    refresh(&app, guild).await.map(drop)
}

/// Changes what is not as it should be, and returns what Discord refused.
async fn refresh(app: &App, guild: Id<GuildMarker>) -> anyhow::Result<Vec<store::Panel>> {
    let mut refused = Vec::new();
    // What is changed while it is being shown is shown again at once; what still goes on after that, by the next pass.
    for _ in 0..ROUNDS {
        let panels = store::list_stale_panels(&app.db, guild).await?;
        if panels.is_empty() {
            break;
        }
        let kinds = store::list_kinds(&app.db, guild).await?;
        for panel in panels {
            match show(app, guild, &panel, &kinds).await {
                Ok(()) => {}
                Err(error) if error.is_passing() => return Err(error.into()),
                Err(discord::Error::Gone { code: 10003 }) => store::delete_panel(&app.db, guild, panel.id).await?,
                // It stays as it is until somebody posts it again.
                Err(error) => {
                    tracing::warn!(%guild, %error, "a panel cannot be shown");
                    report_refused(app, guild, &panel).await?;
                    refused.push(panel);
                }
            }
        }
    }
    Ok(refused)
}

async fn report_refused(app: &App, guild: Id<GuildMarker>, panel: &store::Panel) -> anyhow::Result<()> {
    let recorder = app.recorder(guild, "tickets", app.clock.now()).await?;
    let mut tx = app.db.begin().await?;
    if store::set_panel_refused(&mut *tx, guild, panel).await? {
        let title = "🚨 A panel is not there".to_owned();
        let entry = Entry { level: Level::Error, title, description: not_posted(panel.channel) };
        recorder.write(&mut *tx, &entry).await?;
    }
    tx.commit().await?;
    app.post_log(guild);
    Ok(())
}

async fn show(app: &App, guild: Id<GuildMarker>, panel: &store::Panel, kinds: &[Kind]) -> Result<(), discord::Error> {
    let deadline = || Instant::now() + CALL_TIME;
    let body = panel_message(panel, kinds).into_body();
    // What takes the place of a message that was deleted is another one.
    let nonce = Nonce { purpose: "panel", row: panel.id, revision: panel.message.map_or(0, db_id) };
    if let Some(message) = panel.message {
        match app.discord.guild(guild).edit_message(panel.channel, message, &body, deadline()).await {
            Ok(()) => return shown(app, guild, panel, message, panel.revision).await,
            Err(discord::Error::Gone { code: 10008 }) => {}
            Err(error) => return Err(error),
        }
    }
    let message = app.discord.guild(guild).create_message(panel.channel, &body, nonce, deadline()).await?;
    let message = message.ok_or(discord::Error::Gone { code: 10008 })?;
    // Whoever posted it first under this nonce may have posted what it was before a change; an edit makes that certain.
    let revision = if panel.revision == 1 { 1 } else { 0 };
    shown(app, guild, panel, message, revision).await
}

/// Says that a message shows a revision of a panel; 0 is none for certain.
async fn shown(
    app: &App,
    guild: Id<GuildMarker>,
    panel: &store::Panel,
    message: Id<MessageMarker>,
    revision: i32,
) -> Result<(), discord::Error> {
    if let Err(error) = store::set_panel_shown(&app.db, guild, panel.id, message, revision).await {
        tracing::warn!(%error, "it is not known that a panel is shown");
    }
    Ok(())
}

/// A panel as members see it.
fn panel_message(panel: &store::Panel, kinds: &[Kind]) -> Message {
    let shown: Vec<&Kind> =
        kinds.iter().filter(|kind| panel.kinds.is_empty() || panel.kinds.contains(&kind.id)).collect();
    let mut message = Message::default().embed(embed(panel.title.clone(), panel.body.clone()));
    let id = |button: &Button| messages::id(None, button).expect("it is short");
    if panel.menu && !shown.is_empty() {
        let options = shown.into_iter().map(screens::kind_option).collect();
        return message.row(vec![select(id(&Button::Choose(None)), "What is it about?", options)]);
    }
    // Five buttons in a row, five rows in a message.
    for row in shown.chunks(5).take(5) {
        let buttons = row.iter().map(|kind| {
            let label = if kinds.len() == 1 { "📨 Open a ticket".to_owned() } else { screens::label(kind) };
            screens::with_emoji(button(ButtonStyle::Primary, label, id(&Button::Start(kind.id))), kind)
        });
        message = message.row(buttons.collect());
    }
    message
}
