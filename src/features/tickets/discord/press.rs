//! What is done with a ticket that is there: by buttons, forms and commands.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::{InteractionMarker, RoleMarker, UserMarker};

use super::action::{Action, Work};
use super::messages::{self, Button};
use super::model::{EventKind, Refusal, Status, Ticket};
use super::operations::look::{self, Kept};
use super::operations::step::ToTake;
use super::operations::{self, clip, step};
use super::store::{At, By, Filter};
use super::transcript::Sent;
use super::workflow::{self, Step};
use super::write::Stepped;
use super::{Settings, open, screens};
use crate::acting::{Acting, Failure, KnownMessage, Origin};
use crate::discord::MessageBody;
use crate::error::{Error, Result};
use crate::feature::{NotYet, Promise};
use crate::interactions::{Context, Reply};
use crate::settings::System;
use crate::ui::{
    Message, button,
    form::{Field, Form, Frame, Modal, Style},
    option, select,
};
use crate::words::{Said, Say};
use crate::{msg, said, say};

/// So long after a ticket was closed somebody who wants its transcript waits for it.
const TAKEN_BY: SignedDuration = SignedDuration::from_mins(2);

/// How often it is looked for meanwhile.
const LOOKS_AGAIN: SignedDuration = SignedDuration::from_secs(2);

/// Why a ticket is closed or escalated.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Reason {
    reason: String,
}

macro_rules! reason_form {
    ($form:ident, $name:literal, $label:ident, $hint:ident) => {
        /// A form with a reason.
        #[derive(Debug, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub(crate) struct $form(Reason);

        impl Form for $form {
            const NAME: &'static str = $name;
            const FIELDS: &'static [Field] = &[Field {
                name: "reason",
                label: msg!($label),
                hint: Some(msg!($hint)),
                style: Style::Paragraph,
                max_chars: 500,
                required: false,
            }];
        }
    };
}

reason_form!(CloseForm, "close", tickets_close_reason_label, tickets_close_reason_hint);
reason_form!(EscalateForm, "escalate", tickets_escalate_reason_label, tickets_escalate_reason_hint);
reason_form!(CommentForm, "rating", tickets_comment_label, tickets_comment_hint);

/// The ticket that somebody named, or the one of their channel.
pub(crate) async fn pick(cx: &Context, named: Option<&str>) -> Result<ToTake> {
    let by = match (named, cx.channel) {
        (Some(named), _) => By::Number(named.trim().trim_start_matches('#').parse().map_err(|_| no_such_ticket())?),
        (None, Some(channel)) => By::Channel(channel),
        (None, None) => return Err(no_such_ticket()),
    };
    match (step::find_to_take(&cx.app, &cx.acting().await?, by).await, named) {
        (Err(Failure::Refused(Refusal::NoSuchTicket)), None) => Err(Error::user(said!(tickets_not_in_ticket))),
        (found, _) => Ok(found?),
    }
}

pub(crate) async fn find(cx: &Context, number: i32) -> Result<ToTake> {
    Ok(step::find_to_take(&cx.app, &cx.acting().await?, By::Number(number)).await?)
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
        Button::Rate(number, stars @ 1..=5) => return rate(cx, number, Step::Rate { stars, end: None }).await,
        Button::RateEnd(number, stars @ 1..=5, end) => {
            return rate(cx, number, Step::Rate { stars, end: Some(end) }).await;
        }
        Button::Close(number) => {
            let frame = close_frame(cx.clone(), number).await?;
            return ask_reason::<CloseForm>(&cx, number, &frame);
        }
        Button::Escalate(number) => {
            let (ticket, step) =
                (find(&cx, number).await?, Step::Escalate { to: None, reason: String::new(), why: None });
            step::could_take(&cx.app, &cx.acting().await?, &ticket, &step).await?;
            return ask_reason::<EscalateForm>(&cx, number, &frame(&number));
        }
        Button::Transcript(number) => {
            let ticket = find(&cx, number).await?;
            return transcript(&cx, &ticket).await;
        }
        Button::Delete(number) => {
            let ticket = find(&cx, number).await?;
            return ask_deletion(&cx, &ticket).await;
        }
        // Only forged, or gone elsewhere: nobody gives so many stars.
        Button::Rate(..)
        | Button::Suggest(_)
        | Button::RateEnd(..)
        | Button::Start(_)
        | Button::StartIn(..)
        | Button::Choose(_)
        | Button::ChooseIn(_)
        | Button::InLanguage(..) => return Err(no_such_ticket()),
    };
    let asked = matches!(step, Step::KeepOpen);
    let (ticket, acting) = (find(&cx, number).await?, cx.acting().await?);
    match step::take(&cx.app, &acting, ticket, step).await {
        Ok(stepped) => answer(&cx, &stepped).await,
        Err(failure) if asked => asked_no_more(&cx, failure).await,
        Err(failure) => Err(failure.into()),
    }
}

/// Shows a question that is not open any more without its buttons, and says why nothing comes of them.
async fn asked_no_more(cx: &Context, failure: Failure<Refusal>) -> Result<Reply> {
    match failure {
        Failure::Refused(refusal @ (Refusal::NotAsked | Refusal::Done(_) | Refusal::Cannot { .. })) => {
            let language = cx.language_of_answer(!cx.direct).await?;
            Ok(Reply::Update(answered(cx, &refusal.said().say(language))))
        }
        failure => Err(failure.into()),
    }
}

/// Asks the member for words beside their stars.
pub(crate) fn ask_comment(cx: &Context, number: i32) -> Result<Reply> {
    ask_reason::<CommentForm>(cx, number, &frame(&number))
}

/// What stands around a form about the ticket of that number.
pub(crate) fn frame(number: &i32) -> Frame {
    Frame::titled(said!(tickets_number_form, number = *number))
}

/// What a step's button shows: the ticket's message as it is now, where that is possible.
async fn answer(cx: &Context, stepped: &Stepped) -> Result<Reply> {
    let Stepped { ticket, event, is_answer } = stepped;
    if *is_answer {
        let system = cx.app.settings.get::<System>(cx.guild).await?;
        let settings = cx.app.settings.get::<Settings>(cx.guild).await?;
        return Ok(Reply::Update(messages::message(ticket, &settings, &system)?));
    }
    let number = ticket.number;
    let text = match event.kind {
        EventKind::KeptOpen => said!(tickets_stays_open, number),
        EventKind::Reopened => said!(tickets_is_open_again, number),
        _ => said!(tickets_is_now, number, status = ticket.status.said()),
    };
    let from_message = cx.message.is_some() && cx.message == ticket.shown.message;
    match cx.direct || cx.message.is_some() {
        // Its question is answered; buttons that are left would be dead. In a channel others read along.
        true if !from_message => Ok(Reply::Update(answered(cx, &text.say(cx.language_of_answer(!cx.direct).await?)))),
        _ => Ok(Reply::ephemeral(text.say(cx.language))),
    }
}

/// A question with the answer to it, in the place of its buttons: whoever reads the channel, or what is kept of it, later sees
/// what was asked.
fn answered(cx: &Context, answer: &str) -> Message {
    let question = cx.message_text.trim_end();
    match question.is_empty() {
        true => Message::new(answer),
        false => Message::new(format!("{question}\n➡️ {answer}")),
    }
}

/// A step by a command.
pub(crate) async fn by_command(cx: Context, ticket: ToTake, step: Step) -> Result<Reply> {
    let acting = cx.acting().await?;
    let Stepped { ticket: after, event, .. } = step::take(&cx.app, &acting, ticket, step).await?;
    let number = after.number;
    let done = match event.kind {
        EventKind::Priority => said!(tickets_has_priority, number, priority = after.priority.said()),
        EventKind::Renamed => said!(tickets_is_about, number, subject = after.subject),
        EventKind::CloseRequested => said!(tickets_member_asked, user = after.user, number),
        EventKind::Transferred => said!(tickets_is_with, number, user = event.target.unwrap_or(after.user)),
        EventKind::Reopened => said!(tickets_is_open_again, number),
        _ => said!(tickets_is_now, number, status = after.status.said()),
    };
    Ok(Reply::ephemeral(done.say(cx.language)))
}

/// Asks for the reason of a step.
fn ask_reason<F: Form>(cx: &Context, number: i32, frame: &Frame) -> Result<Reply> {
    Ok(Modal::new(cx.language, frame, cx.form_id::<F>(&number)?, &F::default())?.into())
}

/// What stands around the question why a ticket is closed, with who reads the answer: the other side. Whoever may not close it
/// reads that at once.
pub(crate) async fn close_frame(cx: Context, number: i32) -> Result<Frame> {
    let (ticket, step) = (find(&cx, number).await?, Step::Close { reason: String::new(), why: None });
    match step::could_take(&cx.app, &cx.acting().await?, &ticket, &step).await?.owner {
        true => Ok(frame(&number).with_hint("reason", said!(tickets_close_own_reason_hint))),
        false => Ok(frame(&number)),
    }
}

pub(crate) async fn close_with_reason(cx: Context, number: i32, form: CloseForm) -> Result<Reply> {
    with_reason(cx, number, Step::Close { reason: form.0.reason, why: None }).await
}

pub(crate) async fn escalate_with_reason(cx: Context, number: i32, form: EscalateForm) -> Result<Reply> {
    with_reason(cx, number, Step::Escalate { to: None, reason: form.0.reason, why: None }).await
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
    if let Err(failure) = step::take(&cx.app, &cx.acting().await?, ticket, Step::Agree).await {
        return asked_no_more(&cx, failure).await;
    }
    Ok(Reply::Update(answered(&cx, &say!(cx.language_of_answer(!cx.direct).await?, tickets_agreed, number))))
}

async fn rate(cx: Context, number: i32, step: Step) -> Result<Reply> {
    let ticket = find(&cx, number).await?;
    let after = match step::take(&cx.app, &cx.acting().await?, ticket, step).await {
        Ok(stepped) => stepped.ticket,
        // Nobody can press these buttons any more: the next end has its own.
        Err(Failure::Refused(refusal @ Refusal::OtherEnd)) => {
            return Ok(Reply::Update(Message::new(refusal.said().say(cx.language_of_answer(!cx.direct).await?))));
        }
        Err(failure) => return Err(failure.into()),
    };
    Ok(Reply::Update(screens::rated(&cx, cx.language_of_answer(!cx.direct).await?, &after)?))
}

pub(crate) async fn comment(cx: Context, number: i32, form: CommentForm) -> Result<Reply> {
    rate(cx, number, Step::Comment { text: form.0.reason }).await
}

/// Promises the transcript to the staff, and to its member.
pub(crate) async fn transcript(cx: &Context, ticket: &ToTake) -> Result<Reply> {
    look::require_reader(&cx.app, &cx.acting().await?, ticket).await?;
    Ok(Reply::later(&Work::Transcript { number: ticket.number() })?)
}

pub(crate) async fn show_transcript(promise: Promise, number: i32) -> Result<Message> {
    let acting = acting_of(&promise).await?;
    let ticket = step::find(&promise.app, &acting, By::Number(number)).await?;
    let kept = match look::transcript(&promise.app, &acting, &ticket).await {
        // It is taken a moment after the ticket is closed.
        Err(Failure::Refused(Refusal::NoTranscript)) if is_being_taken(&ticket, promise.app.clock.now()) => {
            return Err(NotYet { pause: LOOKS_AGAIN, why: "the transcript is being taken".to_owned() }.into());
        }
        kept => kept?,
    };
    let Sent { messages, left_out } = kept.files(&promise.app.db, promise.guild, number);
    let text = said!(tickets_transcript_shown, number, count = kept.messages);
    let text = Said::sentences([text].into_iter().chain(left_out.map(|it| it.said())).collect());
    let text = text.say(promise.language);
    let mut kept = Vec::new();
    for files in messages {
        let body = MessageBody { content: text.clone(), files, kept, ..MessageBody::default() };
        kept = promise.attach(body).await?;
    }
    Ok(Message { is_shown: true, ..Message::new(text) })
}

/// Whether a ticket was closed so lately that its transcript may come yet.
fn is_being_taken(ticket: &Ticket, now: Timestamp) -> bool {
    !ticket.shown.transcribed && ticket.closed_at.is_some_and(|at| now < at + TAKEN_BY)
}

/// Whoever waits for what was promised, with the roles that they have by now.
pub(super) async fn acting_of(promise: &Promise) -> Result<Acting> {
    let origin = Origin::Interaction(promise.interaction);
    Ok(Acting::of_user(&promise.app, promise.guild, "tickets", promise.user, origin, promise.now).await?)
}

/// Asks before a channel is deleted for good.
pub(crate) async fn ask_deletion(cx: &Context, ticket: &ToTake) -> Result<Reply> {
    Ok(deletion_question(cx, ticket).await?.ephemeral(true).into())
}

/// The same in the place of the question that asked before.
pub(crate) async fn ask_deletion_again(cx: &Context, number: i32) -> Result<Reply> {
    Ok(Reply::Update(deletion_question(cx, &find(cx, number).await?).await?))
}

async fn deletion_question(cx: &Context, ticket: &ToTake) -> Result<Message> {
    step::could_take(&cx.app, &cx.acting().await?, ticket, &Step::Archive { end: None }).await?;
    let (language, number) = (cx.language, ticket.number());
    let ended = step::find(&cx.app, &cx.acting().await?, By::Number(number)).await?;
    let end = workflow::end_of(&ended).unwrap_or_default();
    let question = match look::kept_of(&cx.app, &cx.acting().await?, ticket).await? {
        Kept::Everything => say!(language, tickets_ask_deletion, number),
        Kept::Blind => say!(language, tickets_ask_deletion_blind, number),
        Kept::Part => say!(language, tickets_ask_deletion_part, number),
        Kept::Nothing => say!(language, tickets_ask_deletion_unreadable, number),
    };
    let (delete, keep) = (say!(language, tickets_really_delete_button), say!(language, tickets_keep_button));
    let buttons = vec![
        button(ButtonStyle::Danger, delete, cx.id(&Action::DeleteEnded(number, end))?),
        button(ButtonStyle::Secondary, keep, cx.id(&Action::Never)?),
    ];
    Ok(Message::new(question).row(buttons))
}

pub(crate) async fn delete(cx: Context, number: i32, end: i64) -> Result<Reply> {
    let ticket = find(&cx, number).await?;
    match step::take(&cx.app, &cx.acting().await?, ticket, Step::Archive { end: Some(end) }).await {
        // It is another's decision by now: what was said since is not what was looked at.
        Err(Failure::Refused(Refusal::OtherEnd)) => return ask_deletion_again(&cx, number).await,
        taken => taken?,
    };
    Ok(Reply::Update(Message::new(say!(cx.language, tickets_is_archived, number))))
}

pub(crate) async fn transfer(cx: Context, named: Option<&str>, to: Id<UserMarker>) -> Result<Reply> {
    let ticket = pick(&cx, named).await?;
    by_command(cx, ticket, Step::Transfer { to }).await
}

pub(crate) async fn set_status(
    cx: Context,
    named: Option<&str>,
    status: Status,
    escalate_to: Option<Id<RoleMarker>>,
) -> Result<Reply> {
    let ticket = pick(&cx, named).await?;
    let step = match status {
        // Who may not read it hears of the step that they may not take it.
        Status::Open if is_live(&cx, ticket.number()).await? => Step::Resume,
        Status::Open => Step::Reopen,
        Status::Claimed => Step::Claim,
        Status::WaitingForUser => Step::Wait,
        Status::Escalated => Step::Escalate { to: escalate_to, reason: String::new(), why: None },
        Status::Closed => Step::Close { reason: String::new(), why: None },
        // Its channel goes for good.
        Status::Archived => return ask_deletion(&cx, &ticket).await,
    };
    by_command(cx, ticket, step).await
}

/// Whether a ticket is worked on, as far as the member may know.
async fn is_live(cx: &Context, number: i32) -> Result<bool> {
    match step::find(&cx.app, &cx.acting().await?, By::Number(number)).await {
        Err(Failure::Refused(_)) => Ok(true),
        found => Ok(found?.status.is_live()),
    }
}

/// Lets somebody take part, or no longer.
pub(crate) async fn set_member(cx: Context, named: Option<&str>, user: Id<UserMarker>, present: bool) -> Result<Reply> {
    let ticket = pick(&cx, named).await?;
    let number = ticket.number();
    let step = if present { Step::Add { user } } else { Step::Remove { user } };
    step::take(&cx.app, &cx.acting().await?, ticket, step).await?;
    let done = match present {
        true => said!(tickets_takes_part, user, number),
        false => said!(tickets_takes_part_no_longer, user, number),
    };
    Ok(Reply::ephemeral(done.say(cx.language)))
}

pub(crate) async fn note(cx: Context, named: Option<&str>, text: String) -> Result<Reply> {
    let ticket = pick(&cx, named).await?;
    let number = ticket.number();
    step::take(&cx.app, &cx.acting().await?, ticket, Step::Note { text }).await?;
    Ok(Reply::ephemeral(say!(cx.language, tickets_noted, number)))
}

/// The menu of a message: to which ticket is it added?
pub(crate) async fn add_message(cx: Context, message: KnownMessage) -> Result<Reply> {
    let acting = cx.acting().await?;
    let lines = look::list(&cx.app, &acting, Filter::default(), At::Start, 20).await?;
    let kinds = open::kinds(&cx, &acting).await?;
    clip::save(&cx.app, &acting, acting.origin(), message.channel, message.id).await?;
    let known = lines.iter().map(|line| option(line.number.to_string(), format!("#{} {}", line.number, line.subject)));
    let language = cx.language;
    let new = kinds.iter().take(5).map(|kind| {
        option(format!("new {}", kind.id), say!(language, tickets_new_of_kind_option, kind = kind.name_in(language)))
    });
    let placeholder = say!(language, tickets_add_to_menu);
    let menu = select(cx.id(&Action::AddTo(cx.interaction))?, placeholder, known.chain(new).collect());
    Ok(Message::new(say!(language, tickets_to_which)).row(vec![menu]).ephemeral(true).into())
}

pub(crate) async fn add_message_to(cx: Context, clipping: Id<InteractionMarker>, chosen: &[String]) -> Result<Reply> {
    let chosen = chosen.first().map_or("", String::as_str);
    let (acting, clipping) = (cx.acting().await?, &Origin::Interaction(clipping));
    if let Some(kind) = chosen.strip_prefix("new ") {
        let kind = kind.parse().map_err(|_| no_such_ticket())?;
        let promise = async |tx: &mut PgConnection, number| open::promise_in_place(&cx, tx, number).await;
        let mut ready = clip::prepare(&cx.app, &acting, clipping, kind).await?;
        if let Some(offered) = operations::open::offer(&cx.app, &acting, &mut ready, cx.language).await? {
            clip::save_as_draft(&cx.app, &acting, clipping, acting.origin(), &ready).await?;
            // The menu is used up.
            return Ok(match open::offer(&cx, &offered)? {
                Reply::Message(message) => Reply::Update(message),
                other => other,
            });
        }
        return Ok(clip::open_with(&cx.app, &acting, clipping, &ready, promise).await?);
    }
    let ticket = pick(&cx, Some(chosen)).await?;
    clip::attach(&cx.app, &acting, clipping, &ticket).await?;
    Ok(Reply::Update(Message::new(say!(cx.language, tickets_message_added, number = ticket.number()))))
}

/// The sentence for a ticket that is not there.
pub(crate) fn no_such_ticket() -> Error {
    Error::User(Refusal::NoSuchTicket.said())
}
