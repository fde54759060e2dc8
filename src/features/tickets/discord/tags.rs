//! `/tag`: replies that the staff gives again and again, filled in for the ticket in which they are given.

use serde::{Deserialize, Serialize};
use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::channel::message::AllowedMentions;

use super::messages;
use super::model::{self, TagDraft, Ticket};
use super::operations::tags::{self, Given, Listed};
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::feature::TypedLine;
use crate::interactions::{Context, Reply};
use crate::ui::{
    Choice, Message, Seen, embed,
    form::{Field, Form, Frame, Modal, Style},
    limits::cut,
    plain,
};
use crate::words::{Language, Said, Say};
use crate::{msg, said, say};

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
            label: msg!(ticket_setup_tag_name_label),
            hint: Some(msg!(ticket_setup_tag_name_hint)),
            style: Style::Line,
            max_chars: model::TAG_NAME_CHARS,
            required: true,
        },
        Field {
            name: "body",
            label: msg!(ticket_setup_tag_body_label),
            hint: Some(msg!(ticket_setup_tag_body_hint)),
            style: Style::Paragraph,
            max_chars: model::TAG_BODY_CHARS,
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
    let (app, acting) = (&cx.app, cx.acting().await?);
    match command {
        Tag::Send(input) => Ok(given(acting.language(), &tags::give(app, &acting, &input.name).await?)),
        Tag::List(_) => list(cx.language, &tags::list(app, &acting).await?),
        Tag::Add(_) => {
            tags::require_staff(app, &acting).await?;
            form(&cx, &Target::New, &TagForm::default())
        }
        Tag::Edit(input) => {
            let tag = tags::find(app, &acting, &input.name).await?;
            let values = TagForm::from(&tag);
            form(&cx, &Target::Old(tag.id, Seen::of(&values)), &values)
        }
        Tag::Remove(input) => {
            let tag = tags::remove(app, &acting, &input.name).await?;
            Ok(Reply::ephemeral(say!(cx.language, ticket_setup_tag_removed, name = plain(&tag.name))))
        }
    }
}

fn form(cx: &Context, target: &Target, values: &TagForm) -> Result<Reply> {
    Ok(Modal::new(cx.language, &frame(target), cx.form_id::<TagForm>(target)?, values)?.into())
}

pub(crate) fn frame(target: &Target) -> Frame {
    match target {
        Target::New => Frame::titled(msg!(ticket_setup_tag_new_form)),
        Target::Old(..) => Frame::titled(msg!(ticket_setup_tag_change_form)),
    }
}

/// The reply for everybody to see.
fn given(language: Language, Given { body, ticket }: &Given) -> Reply {
    let text = ticket.as_ref().map_or_else(|| body.clone(), |ticket| messages::fill(language, body, ticket));
    let users = ticket.iter().map(|Ticket { user, .. }| *user).collect();
    let mentions = AllowedMentions { users, ..AllowedMentions::default() };
    Message { content: text, mentions, ..Message::default() }.into()
}

fn list(language: Language, tags: &[Listed]) -> Result<Reply> {
    if tags.is_empty() {
        return Err(Error::user(said!(ticket_setup_tags_none)));
    }
    let line = |Listed { name, body, uses }: &Listed| {
        let first = plain(&cut(body.lines().next().unwrap_or_default(), 60));
        say!(language, ticket_setup_tags_line, name = plain(name), first, uses = *uses)
    };
    let mut lines: Vec<String> = tags.iter().take(LISTED).map(line).collect();
    if tags.len() > LISTED {
        lines.push(say!(language, ticket_setup_tags_more, count = tags.len() - LISTED));
    }
    Ok(Message::default()
        .embed(embed(say!(language, ticket_setup_tags_title), lines.join("\n")))
        .ephemeral(true)
        .into())
}

pub(crate) async fn suggest(cx: Context, line: TypedLine) -> Result<Vec<Choice>> {
    let Some(("name", typed)) = line.focused() else { return Ok(Vec::new()) };
    match tags::suggest(&cx.app, &cx.acting().await?, typed).await {
        Ok(names) => Ok(names.into_iter().map(|name| Choice { value: name.clone(), name }).collect()),
        // While somebody types there is no place for a sentence.
        Err(Failure::Refused(_) | Failure::Barred(_)) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn save(cx: Context, target: Target, form: TagForm) -> Result<Reply> {
    let (app, acting) = (&cx.app, cx.acting().await?);
    let unknown = TagDraft { name: String::new(), body: form.body.clone() }.unknown_placeholders();
    let tag = match target {
        Target::New => tags::add(app, &acting, &form.into()).await?,
        Target::Old(id, seen) => {
            let edit = |tag: &model::Tag| seen.merge(&TagForm::from(tag), &form).map(TagDraft::from);
            tags::change(app, &acting, id, &form, edit).await?
        }
    };
    let saved = said!(ticket_setup_tag_saved, name = plain(&tag.name));
    let named = |name: &str| format!("`{{{name}}}`");
    let told = (!unknown.is_empty()).then(|| {
        let known = Said::list(model::OPENING_PLACEHOLDERS.iter().map(|name| named(name)));
        said!(ticket_setup_tag_unknown, names = Said::list(unknown.iter().map(|name| named(name))), known)
    });
    Ok(Reply::ephemeral(Said::lines([saved].into_iter().chain(told).collect()).say(cx.language)))
}

impl From<&model::Tag> for TagForm {
    fn from(tag: &model::Tag) -> TagForm {
        TagForm { name: tag.name.clone(), body: tag.body.clone() }
    }
}

impl From<TagForm> for TagDraft {
    fn from(form: TagForm) -> TagDraft {
        TagDraft { name: form.name, body: form.body }
    }
}
