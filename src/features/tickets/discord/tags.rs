//! `/tag`: replies that the staff gives again and again, filled in for the ticket in which they are given.

use serde::{Deserialize, Serialize};
use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::channel::message::AllowedMentions;

use super::model::{OPENING_PLACEHOLDERS, Ticket};
use super::operations::look;
use super::store::{self, By};
use super::{press, screens};
use crate::error::{Error, Result};
use crate::feature::TypedLine;
use crate::interactions::{Context, Reply, merge_form};
use crate::log_channel::Level;
use crate::ui::{
    Choice, Message, Seen, embed,
    form::{Field, Form, Modal, Style},
    limits::cut,
    plain,
};

/// Tags of one server.
const MAX_TAGS: i64 = 500;

/// Tags on the list; the rest is found by typing.
const LISTED: usize = 40;

/// Replies for the staff to give again and again
#[derive(CommandModel, CreateCommand)]
#[command(name = "tag")]
pub(crate) enum Tag {
    #[command(name = "send")]
    Send(Send),
    #[command(name = "list")]
    List(List),
    #[command(name = "add")]
    Add(Add),
    #[command(name = "edit")]
    Edit(Edit),
    #[command(name = "remove")]
    Remove(Remove),
}

/// Give a reply here (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "send")]
pub(crate) struct Send {
    /// Which one
    #[command(autocomplete = true, max_length = 50)]
    name: String,
}

/// List all replies (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "list")]
pub(crate) struct List {}

/// Add a reply (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "add")]
pub(crate) struct Add {}

/// Change a reply (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "edit")]
pub(crate) struct Edit {
    /// Which one
    #[command(autocomplete = true, max_length = 50)]
    name: String,
}

/// Remove a reply (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "remove")]
pub(crate) struct Remove {
    /// Which one
    #[command(autocomplete = true, max_length = 50)]
    name: String,
}

/// A reply as the staff fills it in.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct TagForm {
    name: String,
    body: String,
}

impl Form for TagForm {
    const NAME: &'static str = "tag";
    const FIELDS: &'static [Field] = &[
        Field {
            name: "name",
            label: "Name",
            hint: "By which you find it",
            style: Style::Line,
            max_chars: 50,
            required: true,
        },
        Field {
            name: "body",
            label: "Reply",
            hint: "In a ticket {member}, {number}, {type} and {subject} are filled in",
            style: Style::Paragraph,
            max_chars: 1800,
            required: true,
        },
    ];
}

/// Which reply a form is about, and what of it was seen.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Target {
    New,
    Old(i64, Seen),
}

pub(crate) async fn tag(cx: Context, command: Tag) -> Result<Reply> {
    if !press::works_tickets(&cx).await? {
        return Err(Error::user("Only the staff gives these replies; look for answers with `/faq search`."));
    }
    match command {
        Tag::Send(input) => send(cx, &input.name).await,
        Tag::List(_) => list(cx).await,
        Tag::Add(_) => Ok(form(&cx, "New reply", &Target::New, &TagForm::default())?.into()),
        Tag::Edit(input) => {
            let tag = find(&cx, &input.name).await?;
            let form = TagForm::from(&tag);
            Ok(self::form(&cx, "Change a reply", &Target::Old(tag.id, Seen::of(&form)), &form)?.into())
        }
        Tag::Remove(input) => {
            let tag = find(&cx, &input.name).await?;
            remove(cx, &tag).await
        }
    }
}

fn form(cx: &Context, title: &str, target: &Target, values: &TagForm) -> Result<Modal> {
    Ok(Modal::new(title, cx.form_id::<TagForm>(target)?, values)?)
}

async fn find(cx: &Context, name: &str) -> Result<store::Tag> {
    store::find_tag(&cx.app.db, cx.guild, name.trim()).await?.ok_or_else(gone)
}

fn gone() -> Error {
    Error::user("There is no such reply; pick one that is suggested, or see `/tag list`.")
}

/// Gives the reply for everybody to see.
async fn send(cx: Context, name: &str) -> Result<Reply> {
    let tag = find(&cx, name).await?;
    let ticket = match cx.channel {
        Some(channel) => store::find(&cx.app.db, cx.guild, By::Channel(channel)).await?,
        None => None,
    };
    if let Some(ticket) = &ticket
        && !look::require_reader(&cx.app, &cx.acting().await?, ticket).await?.staff
    {
        return Err(press::no_such_ticket());
    }
    let text = filled(&tag.body, ticket.as_ref()).map_err(Error::User)?;
    store::count_tag(&cx.app.db, cx.guild, tag.id, ticket.as_ref().map(|ticket| ticket.number), cx.now).await?;
    let users = ticket.iter().map(|ticket| ticket.user).collect();
    let mentions = AllowedMentions { users, ..AllowedMentions::default() };
    Ok(Message { content: text, mentions, ..Message::default() }.into())
}

/// # Errors
/// It names what only a ticket has, and this is none.
fn filled(body: &str, ticket: Option<&Ticket>) -> Result<String, String> {
    match ticket {
        Some(ticket) => Ok(screens::fill(body, ticket)),
        None => match OPENING_PLACEHOLDERS.iter().find(|name| body.contains(&format!("{{{name}}}"))) {
            Some(name) => Err(format!("This reply names the `{{{name}}}` of a ticket; give it in a ticket's channel.")),
            None => Ok(body.to_owned()),
        },
    }
}

async fn list(cx: Context) -> Result<Reply> {
    let tags = store::list_tags(&cx.app.db, cx.guild).await?;
    if tags.is_empty() {
        return Err(Error::user("There are no replies here yet; add one with `/tag add`."));
    }
    let line = |(name, body, uses): &(String, String, i32)| {
        let first = body.lines().next().unwrap_or_default();
        format!("**{}** {} · given {uses} times", plain(name), plain(&cut(first, 60)))
    };
    let mut lines: Vec<String> = tags.iter().take(LISTED).map(line).collect();
    if tags.len() > LISTED {
        lines.push(format!("… and {} more; `/tag send` finds them as you type.", tags.len() - LISTED));
    }
    Ok(Message::default().embed(embed("Replies", lines.join("\n"))).ephemeral(true).into())
}

pub(crate) async fn suggest(cx: Context, line: TypedLine) -> Result<Vec<Choice>> {
    let Some(("name", typed)) = line.focused() else { return Ok(Vec::new()) };
    if !press::works_tickets(&cx).await? {
        return Ok(Vec::new());
    }
    let names = store::search_tags(&cx.app.db, cx.guild, typed.trim(), 25).await?;
    Ok(names.into_iter().map(|name| Choice { value: name.clone(), name }).collect())
}

pub(crate) async fn save(cx: Context, target: Target, form: TagForm) -> Result<Reply> {
    if !press::works_tickets(&cx).await? {
        return Err(Error::user("Only the staff changes these replies; ask one of them."));
    }
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let (known, form) = match target {
        Target::New => (None, form),
        Target::Old(id, seen) => {
            let removed = || Error::user("This reply was removed meanwhile; add it again with `/tag add`.");
            let tag = store::lock_tag(&mut *tx, cx.guild, id).await?.ok_or_else(removed)?;
            (Some(id), merge_form(&seen, &TagForm::from(&tag), &form, "`/tag edit`")?)
        }
    };
    let (name, body) = (form.name.trim(), form.body.trim());
    if name.is_empty() || body.is_empty() {
        return Err(Error::user("A reply needs a name and a text; fill in both."));
    }
    let stored = match known {
        None => store::insert_tag(&mut *tx, cx.guild, name, body, cx.member.id, cx.now, MAX_TAGS).await,
        Some(id) => {
            let tag = store::Tag { id, name: name.to_owned(), body: body.to_owned() };
            store::update_tag(&mut *tx, cx.guild, &tag, cx.now).await.map(|()| true)
        }
    };
    match stored {
        Ok(true) => {}
        Ok(false) => {
            let full = format!("A server has at most {MAX_TAGS} replies; remove one with `/tag remove` first.");
            return Err(Error::User(full));
        }
        Err(error) if crate::db::violates(&error, "tag_lower_name") || crate::db::violates(&error, "tag_pkey") => {
            return Err(Error::user("There is a reply of that name already; change that one with `/tag edit`."));
        }
        Err(error) => return Err(error.into()),
    }
    recorder.write(&mut *tx, &cx.did(Level::Info, "🧭 A reply was written", &plain(name))).await?;
    tx.commit().await?;
    cx.post_log();
    Ok(Reply::ephemeral(format!("“{}” is saved; give it with `/tag send`.", plain(name))))
}

async fn remove(cx: Context, tag: &store::Tag) -> Result<Reply> {
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    if !store::delete_tag(&mut *tx, cx.guild, tag.id).await? {
        return Err(gone());
    }
    recorder.write(&mut *tx, &cx.did(Level::Info, "🧭 A reply was removed", &plain(&tag.name))).await?;
    tx.commit().await?;
    cx.post_log();
    Ok(Reply::ephemeral(format!("“{}” is removed.", plain(&tag.name))))
}

impl From<&store::Tag> for TagForm {
    fn from(tag: &store::Tag) -> TagForm {
        TagForm { name: tag.name.clone(), body: tag.body.clone() }
    }
}
