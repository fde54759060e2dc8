//! `/config reset`: asks first, and lets all of it be taken back at once.

use twilight_model::channel::message::component::ButtonStyle;

use super::{Action, words};
use crate::acting::Acting;
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply};
use crate::operations::settings::{self, Refusal};
use crate::operations::words::changer;
use crate::settings::{Declared, Field};
use crate::ui::{Message, button, custom_id::digest, limits};
use crate::words::{Said, Say, name_of};
use crate::{said, say};

/// Asks before one setting goes back to its default, or all of a feature; says so if they are there already.
pub(super) async fn ask(cx: &Context, acting: &Acting, all: &[Declared], named: &str) -> Result<Reply> {
    let (declared, field) = find(cx, all, named)?;
    let language = cx.language;
    let stored = settings::stored(&cx.app, acting, declared).await?;
    let fields = declared.fields().iter().filter(|it| field.is_none_or(|field| field.name == it.name));
    let set: Vec<Said> = fields
        .filter_map(|field| {
            let value = stored.get(field.name)?;
            let (name, default) = (field.title(), field.show(declared.default(field)));
            Some(said!(config_reset_line, name, value = field.show(value), default))
        })
        .collect();
    if set.is_empty() {
        return Ok(Reply::ephemeral(say!(language, config_unchanged)));
    }
    let group = name_of(declared.group());
    let question = say!(language, config_reset_question, group, count = set.len());
    let lines = limits::cut(&Said::lines(set).say(language), LISTED);
    let action = Action::Reset { group: digest(declared.group()), field: field.map(|field| digest(field.name)) };
    let row = vec![
        button(ButtonStyle::Danger, say!(language, config_reset_button), cx.id(&action)?),
        button(ButtonStyle::Secondary, say!(language, config_keep_button), cx.id(&Action::Keep)?),
    ];
    Ok(Message::new(format!("{question}\n{lines}")).row(row).ephemeral(true).into())
}

/// Of what would be reset so much is shown, in characters; a message takes 2,000.
const LISTED: usize = 1700;

/// Resets what was asked about, and offers to take that back.
pub(super) async fn reset(
    cx: &Context,
    acting: &Acting,
    all: &[Declared],
    group: u32,
    field: Option<u32>,
) -> Result<Reply> {
    let unknown = || Error::User(Refusal::NoSuchSetting.said());
    let declared = all.iter().find(|it| digest(it.group()) == group).ok_or_else(unknown)?;
    let of_digest = |wanted| declared.fields().iter().find(|it| digest(it.name) == wanted).ok_or_else(unknown);
    let field: Option<&Field> = field.map(of_digest).transpose()?;
    let done = settings::reset(&cx.app, acting, declared, field.map(|field| field.name)).await?;
    let message = Message::new(words::changed_lines(cx.language, declared, &done).join("\n"));
    let Some(made) = done.made.first() else {
        return Ok(Reply::Update(Message::new(say!(cx.language, config_unchanged))));
    };
    let latest = settings::show(&cx.app, acting, declared).await?.latest;
    let change = latest.iter().find(|changed| changed.key == made.key).map(|changed| changed.id);
    let label = say!(cx.language, config_take_back_button);
    Ok(Reply::Update(match change {
        Some(change) => message.row(vec![button(ButtonStyle::Secondary, label, cx.id(&Action::TakeBack { change })?)]),
        None => message,
    }))
}

/// Takes back all that was reset together with a change.
pub(super) async fn take_back(cx: &Context, acting: &Acting, all: &[Declared], change: i64) -> Result<Reply> {
    let (declared, taken) = settings::take_back(&cx.app, acting, all, change).await?;
    let mut lines = words::changed_lines(cx.language, declared, &taken.done);
    // What somebody has set anew meanwhile stays as it is.
    lines.extend(taken.changed_since.iter().map(|changed| {
        let name = declared.field(&changed.key).map_or_else(|| Said::from(changed.key.clone()), Field::title);
        say!(cx.language, config_not_taken_back, name, who = changer(changed))
    }));
    let group = declared.group();
    let unfit = taken.unfit.into_iter().map(|(change, unfit)| (change, Box::new(unfit)));
    let unfit = unfit.map(|(change, unfit)| Refusal::OldUnfit { change, group, unfit }.said());
    lines.extend(unfit.map(|why| why.say(cx.language)));
    if lines.is_empty() {
        lines.push(say!(cx.language, config_unchanged));
    }
    Ok(Reply::Update(Message::new(lines.join("\n"))))
}

/// What somebody named: a group, a group and a setting of it, or a setting whose name no other group has.
fn find<'a>(cx: &Context, all: &'a [Declared], named: &str) -> Result<(&'a Declared, Option<&'a Field>)> {
    let (group, name) = named.trim().split_once(' ').map_or((named.trim(), None), |(group, name)| (group, Some(name)));
    let unknown = || Error::User(Refusal::NoSuchSetting.said());
    // What is suggested carries the group's own name; who types it writes what they read.
    let is_it = |it: &&Declared| it.group() == group || name_of(it.group()).say(cx.language) == group;
    let Some(declared) = all.iter().find(is_it) else {
        let mut so_called = all.iter().filter_map(|it| Some((it, Some(it.field(named.trim())?))));
        return match (so_called.next(), so_called.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(unknown()),
        };
    };
    let field = name.map(|name| declared.field(name.trim()).ok_or_else(unknown)).transpose()?;
    Ok((declared, field))
}
