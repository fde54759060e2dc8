//! What is done with a ticket that is there: by buttons, forms and commands.

use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::{InteractionMarker, RoleMarker, UserMarker};

use super::action::{Action, Work};
use super::messages::{self, Button};
use super::model::{EventKind, Refusal, Status, Ticket};
use super::operations::{self, clip, look, step};
use super::store::{self, At, By, Filter};
use super::transcript::Sent;
use super::words;
use super::workflow::Step;
use super::write::Stepped;
use super::{Settings, open, screens};
use crate::acting::{KnownMessage, Origin};
use crate::discord::MessageBody;
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::{Context, Reply};
use crate::settings::System;
use crate::ui::{
    Message, button,
    form::{Field, Form, Modal, Style},
    option, select,
};
use crate::words::Msg;
use crate::words::Say;

/// Why a ticket is closed or escalated.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Reason {
    reason: String,
}

macro_rules! reason_form {
    ($form:ident, $name:literal, $label:literal, $hint:literal) => {
        /// A form with a reason.
        #[derive(Debug, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub(crate) struct $form(Reason);

        impl Form for $form {
            const NAME: &'static str = $name;
            const FIELDS: &'static [Field] = &[Field {
                name: "reason",
                label: Msg::verbatim($label),
                hint: Some(Msg::verbatim($hint)),
                style: Style::Paragraph,
                max_chars: 500,
                required: false,
            }];
        }
    };
}

reason_form!(CloseForm, "close", "Why is it closed?", "The member reads it");
reason_form!(EscalateForm, "escalate", "Why is it escalated?", "Whoever is called reads it");
reason_form!(CommentForm, "rating", "What was good, what was not?", "The staff reads it");

/// The ticket that somebody named, or the one of their channel.
pub(crate) async fn pick(cx: &Context, named: Option<&str>) -> Result<Ticket> {
    let by = match (named, cx.channel) {
        (Some(named), _) => By::Number(named.trim().trim_start_matches('#').parse().map_err(|_| no_such_ticket())?),
        (None, Some(channel)) => By::Channel(channel),
        (None, None) => return Err(no_such_ticket()),
    };
    store::find(&cx.app.db, cx.guild, by).await?.ok_or_else(|| match named {
        Some(_) => no_such_ticket(),
        None => Error::user("This is no ticket's channel; say which one you mean with the option `ticket`."),
    })
}

async fn find(cx: &Context, number: i32) -> Result<Ticket> {
    store::find(&cx.app.db, cx.guild, By::Number(number)).await?.ok_or_else(no_such_ticket)
}

/// Whether the member works tickets here at all.
pub(crate) async fn works_tickets(cx: &Context) -> Result<bool> {
    Ok(look::works_tickets(&cx.app, &cx.acting().await?).await?)
}

/// A button of a ticket's message.
pub(crate) async fn press(cx: Context, pressed: Button) -> Result<Reply> {
    let (number, step) = match pressed {
        Button::Claim(number) => (number, Step::Claim),
        Button::Unclaim(number) => (number, Step::Unclaim),
        Button::Wait(number) => (number, Step::Wait),
        Button::Reopen(number) => (number, Step::Reopen),
        Button::KeepOpen(number) => (number, Step::KeepOpen),
        Button::Agree(number) => return agree(cx, number).await,
        Button::Rate(number, stars @ 1..=5) => return rate(cx, number, Step::Rate { stars }).await,
        Button::Close(number) => {
            return ask_reason::<CloseForm>(cx, number, Step::Close { reason: String::new(), why: None }).await;
        }
        Button::Escalate(number) => {
            let step = Step::Escalate { to: None, reason: String::new(), why: None };
            return ask_reason::<EscalateForm>(cx, number, step).await;
        }
        Button::Transcript(number) => {
            let ticket = find(&cx, number).await?;
            return transcript(&cx, &ticket).await;
        }
        Button::Delete(number) => {
            let ticket = find(&cx, number).await?;
            return ask_deletion(&cx, &ticket).await;
        }
        // Only forged: nobody gives so many stars.
        Button::Rate(..) | Button::Start(_) | Button::Choose(_) => return Err(no_such_ticket()),
    };
    let ticket = find(&cx, number).await?;
    let acting = cx.acting().await?;
    let stepped = step::take(&cx.app, &acting, ticket, step).await?;
    answer(&cx, &stepped).await
}

/// Asks the member for words beside their stars.
pub(crate) fn ask_comment(cx: &Context, number: i32) -> Result<Reply> {
    let title = format!("Ticket #{number}");
    Ok(Modal::new(cx.language, title, cx.form_id::<CommentForm>(&number)?, &CommentForm::default())?.into())
}

/// What a step's button shows: the ticket's message as it is now, where that is possible.
async fn answer(cx: &Context, stepped: &Stepped) -> Result<Reply> {
    let Stepped { ticket, event, is_answer } = stepped;
    if *is_answer {
        let system = cx.app.settings.get::<System>(cx.guild).await?;
        let settings = cx.app.settings.get::<Settings>(cx.guild).await?;
        return Ok(Reply::Update(messages::message(ticket, &settings, &system)?));
    }
    let text = match event.kind {
        EventKind::KeptOpen => format!("Ticket #{} stays open.", ticket.number),
        _ => format!("Ticket #{} is now {}.", ticket.number, ticket.status),
    };
    let from_message = cx.message.is_some() && cx.message == ticket.shown.message;
    match cx.direct || cx.message.is_some() {
        // Its question is answered; buttons that are left would be dead.
        true if !from_message => Ok(Reply::Update(Message::new(text))),
        _ => Ok(Reply::ephemeral(text)),
    }
}

/// A step by a command.
pub(crate) async fn by_command(cx: Context, ticket: Ticket, step: Step) -> Result<Reply> {
    let acting = cx.acting().await?;
    let Stepped { ticket: after, event, .. } = step::take(&cx.app, &acting, ticket, step).await?;
    let done = match event.kind {
        EventKind::Priority => format!("Ticket #{} has the priority {} now.", after.number, after.priority.name()),
        EventKind::Renamed => format!("Ticket #{} is about “{}” now.", after.number, after.subject),
        EventKind::CloseRequested => {
            format!("I have asked <@{}> whether ticket #{} may be closed.", after.user, after.number)
        }
        EventKind::Transferred => {
            format!("Ticket #{} is with <@{}> now.", after.number, event.target.unwrap_or(after.user))
        }
        _ => format!("Ticket #{} is now {}.", after.number, after.status),
    };
    Ok(Reply::ephemeral(done))
}

/// Asks why before a step is taken; whoever may not take it reads that at once.
async fn ask_reason<F: Form>(cx: Context, number: i32, step: Step) -> Result<Reply> {
    let ticket = find(&cx, number).await?;
    step::could_take(&cx.app, &cx.acting().await?, &ticket, &step).await?;
    Ok(Modal::new(cx.language, format!("Ticket #{number}"), cx.form_id::<F>(&number)?, &F::default())?.into())
}

pub(crate) async fn close_with_reason(cx: Context, number: i32, form: CloseForm) -> Result<Reply> {
    with_reason(cx, number, Step::Close { reason: form.0.reason.trim().to_owned(), why: None }).await
}

pub(crate) async fn escalate_with_reason(cx: Context, number: i32, form: EscalateForm) -> Result<Reply> {
    let to = cx.app.settings.get::<Settings>(cx.guild).await?.escalation_role;
    with_reason(cx, number, Step::Escalate { to, reason: form.0.reason.trim().to_owned(), why: None }).await
}

async fn with_reason(cx: Context, number: i32, step: Step) -> Result<Reply> {
    let ticket = find(&cx, number).await?;
    let acting = cx.acting().await?;
    let stepped = step::take(&cx.app, &acting, ticket, step).await?;
    answer(&cx, &stepped).await
}

/// The member agrees that their ticket is closed.
async fn agree(cx: Context, number: i32) -> Result<Reply> {
    let ticket = find(&cx, number).await?;
    step::take(&cx.app, &cx.acting().await?, ticket, Step::Agree).await?;
    Ok(Reply::Update(Message::new(format!("Ticket #{number} is closed. Thank you!"))))
}

async fn rate(cx: Context, number: i32, step: Step) -> Result<Reply> {
    let ticket = find(&cx, number).await?;
    let Stepped { ticket: after, .. } = step::take(&cx.app, &cx.acting().await?, ticket, step).await?;
    Ok(Reply::Update(screens::rated(&cx, &after)?))
}

pub(crate) async fn comment(cx: Context, number: i32, form: CommentForm) -> Result<Reply> {
    rate(cx, number, Step::Comment { text: form.0.reason.trim().to_owned() }).await
}

/// Promises the transcript to the staff, and to its member.
pub(crate) async fn transcript(cx: &Context, ticket: &Ticket) -> Result<Reply> {
    look::require_reader(&cx.app, &cx.acting().await?, ticket).await?;
    Ok(Reply::later(&Work::Transcript { number: ticket.number })?)
}

pub(crate) async fn show_transcript(promise: Promise, number: i32) -> Result<Message> {
    let kept = look::promised_transcript(&promise.app, promise.guild, number).await?;
    let Sent { messages, left_out } = kept.files(&promise.app.db, promise.guild, number);
    let mut text = format!("Ticket #{number}: {} messages.", kept.messages);
    text.extend(left_out.map(|it| format!(" {}", words::left_out(it))));
    let mut kept = Vec::new();
    for files in messages {
        let body = MessageBody { content: text.clone(), files, kept, ..MessageBody::default() };
        kept = promise.attach(body).await?;
    }
    Ok(Message::new(text))
}

/// Asks before a channel is deleted for good.
pub(crate) async fn ask_deletion(cx: &Context, ticket: &Ticket) -> Result<Reply> {
    step::could_take(&cx.app, &cx.acting().await?, ticket, &Step::Archive).await?;
    let question =
        format!("Delete the channel of ticket #{}? What was said in it stays in its transcript.", ticket.number);
    let buttons = vec![
        button(ButtonStyle::Danger, "Delete", cx.id(&Action::ReallyDelete(ticket.number))?),
        button(ButtonStyle::Secondary, "Keep", cx.id(&Action::Never)?),
    ];
    Ok(Message::new(question).row(buttons).ephemeral(true).into())
}

pub(crate) async fn delete(cx: Context, number: i32) -> Result<Reply> {
    let ticket = find(&cx, number).await?;
    step::take(&cx.app, &cx.acting().await?, ticket, Step::Archive).await?;
    Ok(Reply::Update(Message::new(format!(
        "Ticket #{number} is archived; its channel will be gone in a minute or two."
    ))))
}

pub(crate) async fn transfer(cx: Context, named: Option<&str>, to: Id<UserMarker>) -> Result<Reply> {
    let ticket = pick(&cx, named).await?;
    by_command(cx, ticket, Step::Transfer { to }).await
}

pub(crate) async fn set_status(
    cx: Context,
    named: &str,
    status: Status,
    escalate_to: Option<Id<RoleMarker>>,
) -> Result<Reply> {
    let ticket = pick(&cx, Some(named)).await?;
    let step = match status {
        Status::Open if ticket.status.is_live() => Step::Resume,
        Status::Open => Step::Reopen,
        Status::Claimed => Step::Claim,
        Status::WaitingForUser => Step::Wait,
        Status::Escalated => {
            let set = cx.app.settings.get::<Settings>(cx.guild).await?.escalation_role;
            Step::Escalate { to: escalate_to.or(set), reason: String::new(), why: None }
        }
        Status::Closed => Step::Close { reason: String::new(), why: None },
        // Its channel goes for good.
        Status::Archived => return ask_deletion(&cx, &ticket).await,
    };
    by_command(cx, ticket, step).await
}

/// Lets somebody take part, or no longer.
pub(crate) async fn set_member(cx: Context, named: Option<&str>, user: Id<UserMarker>, present: bool) -> Result<Reply> {
    let ticket = pick(&cx, named).await?;
    let number = ticket.number;
    let step = if present { Step::Add { user } } else { Step::Remove { user } };
    step::take(&cx.app, &cx.acting().await?, ticket, step).await?;
    Ok(Reply::ephemeral(format!("<@{user}> {} in ticket #{number}.", words::takes_part(present))))
}

pub(crate) async fn note(cx: Context, named: Option<&str>, text: String) -> Result<Reply> {
    let ticket = pick(&cx, named).await?;
    let number = ticket.number;
    step::take(&cx.app, &cx.acting().await?, ticket, Step::Note { text }).await?;
    Ok(Reply::ephemeral(format!("Noted; the staff reads it in `/ticket show ticket:{number}`.")))
}

/// The menu of a message: to which ticket is it added?
pub(crate) async fn add_message(cx: Context, message: KnownMessage) -> Result<Reply> {
    let acting = cx.acting().await?;
    let lines = look::list(&cx.app, &acting, Filter::default(), At::Start, 20).await?;
    let kinds = open::kinds(&cx).await?;
    clip::keep(&cx.app, &acting, &acting.origin, message.channel, message.id).await?;
    let known = lines.iter().map(|line| option(line.number.to_string(), format!("#{} {}", line.number, line.subject)));
    let new = kinds.iter().take(5).map(|kind| option(format!("new {}", kind.id), format!("New: {}", kind.name)));
    let menu = select(cx.id(&Action::AddTo(cx.interaction))?, "Add it to", known.chain(new).collect());
    Ok(Message::new("To which ticket?").row(vec![menu]).ephemeral(true).into())
}

pub(crate) async fn add_message_to(cx: Context, clipping: Id<InteractionMarker>, chosen: &[String]) -> Result<Reply> {
    let chosen = chosen.first().map_or("", String::as_str);
    let (acting, clipping) = (cx.acting().await?, &Origin::Interaction(clipping));
    if let Some(kind) = chosen.strip_prefix("new ") {
        let kind = kind.parse().map_err(|_| no_such_ticket())?;
        let promise = async |tx: &mut PgConnection, number| open::promise(&cx, tx, number).await;
        let ready = clip::prepare(&cx.app, &acting, clipping, kind).await?;
        if let Some(offered) = operations::open::offer(&cx.app, &acting, &ready).await? {
            clip::keep_as_draft(&cx.app, &acting, clipping, &acting.origin, &ready).await?;
            return open::offer(&cx, &offered);
        }
        return Ok(clip::open_with(&cx.app, &acting, clipping, &ready, promise).await?);
    }
    let ticket = pick(&cx, Some(chosen)).await?;
    clip::attach(&cx.app, &acting, clipping, &ticket).await?;
    Ok(Reply::Update(Message::new(format!("Added to ticket #{}.", ticket.number))))
}

/// The sentence for a ticket that is not there.
pub(crate) fn no_such_ticket() -> Error {
    Error::User(Refusal::NoSuchTicket.said())
}
