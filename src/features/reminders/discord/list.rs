//! `/reminder list`, page by page.

use serde::{Deserialize, Serialize};
use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use super::{Action, buttons, manage, screens};
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::operations::reminders::{self as operations, Whose};
use crate::reminders::{Begin, Reminder};
use crate::ui::{Message, button, embed};
use crate::words::Say;
use crate::{msg, say};

/// Reminders on one page of a list.
const PAGE: usize = 10;

/// List your reminders, or all of them (managers of reminders)
#[derive(CommandModel, CreateCommand)]
#[command(name = "list")]
pub(in super::super) struct List {
    /// Those of everybody (managers of reminders)
    all: Option<bool>,
    /// Only those of this channel
    channel: Option<Id<ChannelMarker>>,
    /// Only those of this member (managers of reminders)
    member: Option<Id<UserMarker>>,
    /// Also those that are done
    done: Option<bool>,
}

/// What a list shows, as its buttons carry it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(in super::super) struct Listed {
    #[serde(rename = "a", default, skip_serializing_if = "std::ops::Not::not")]
    all: bool,
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    channel: Option<Id<ChannelMarker>>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    member: Option<Id<UserMarker>>,
    #[serde(rename = "d", default, skip_serializing_if = "std::ops::Not::not")]
    done: bool,
}

pub(super) async fn list(cx: Context, input: List) -> Result<Reply> {
    let listed = Listed {
        all: input.all.unwrap_or(false),
        channel: input.channel,
        member: input.member,
        done: input.done.unwrap_or(false),
    };
    Ok(page(&cx, listed, listed.whose(), 0).await?.ephemeral(true).into())
}

pub(in super::super) async fn turn_page(cx: Context, listed: Listed, to: i64) -> Result<Reply> {
    // Whatever the button says: members see their own.
    let whose = if manage::manages(&cx).await? { listed.whose() } else { Whose::Own };
    Ok(Reply::Update(page(&cx, listed, whose, to.max(0)).await?))
}

impl Listed {
    fn whose(self) -> Whose {
        match (self.member, self.all) {
            (Some(member), _) => Whose::Of(member),
            (None, true) => Whose::Everybody,
            (None, false) => Whose::Own,
        }
    }
}

async fn page(cx: &Context, listed: Listed, whose: Whose, page: i64) -> Result<Message> {
    let begin = Begin::At(page.saturating_mul(PAGE as i64));
    let acting = cx.acting().await?;
    let found = operations::list(&cx.app, &acting, whose, (listed.channel, listed.done), (begin, PAGE)).await?;
    let language = cx.language;
    let shown: Vec<&Reminder> = found.reminders.iter().collect();
    let lines: Vec<String> = shown.iter().map(|reminder| screens::line(language, reminder)).collect();
    let text = match lines.is_empty() {
        true => say!(language, reminders_list_none),
        false => lines.join("\n"),
    };
    let mut row = Vec::new();
    if page > 0 {
        let label = say!(language, reminders_previous_button);
        row.push(button(ButtonStyle::Secondary, label, cx.id(&Action::List(listed, page - 1))?));
    }
    if found.end.is_some() {
        let label = say!(language, reminders_next_button);
        row.push(button(ButtonStyle::Secondary, label, cx.id(&Action::List(listed, page + 1))?));
    }
    let title = if whose != Whose::Own { msg!(reminders_list_title) } else { msg!(reminders_list_title_own) };
    let mut menus = Vec::new();
    if !shown.is_empty() {
        menus.push(buttons::menu(cx, &shown)?);
    }
    Ok(Message::default().embed(embed(title.say(language), text)).row(menus).row(row))
}
