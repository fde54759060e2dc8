//! A draft as whoever asked for it sees it, and what they do with it.

use serde::{Deserialize, Serialize};
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::{InteractionMarker, MessageMarker};

use super::action::{Action, DraftAction, Work};
use super::messages;
use super::model::Refusal;
use super::operations::replies::{self, Blind, Suggested, WISH_CHARS, Wish};
use super::operations::step::{self, ToTake};
use super::press::{acting_of, find, pick};
use super::store::By;
use super::words;
use crate::acting::{Failure, KnownMessage};
use crate::assist::{Drafted, LONGEST_REPLY, Reason, Settings, Source, SourceOf, Trouble};
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::reply::{Deferred, Later};
use crate::interactions::{Context, Reply};
use crate::llm;
use crate::ui::form::{Field, Form, Frame, Modal, Style};
use crate::ui::{Message, button, embed, option, plain, quote, select};
use crate::words::{Language, Said, Say, amount};
use crate::{msg, said, say};

/// The reply as it is to be posted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct ReplyForm {
    text: String,
}

impl Form for ReplyForm {
    const NAME: &'static str = "reply";
    const FIELDS: &'static [Field] = &[Field {
        name: "text",
        label: msg!(tickets_reply_text_label),
        hint: None,
        style: Style::Paragraph,
        max_chars: LONGEST_REPLY,
        required: true,
    }];
}

/// What another draft should be like.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct WishForm {
    wish: String,
}

impl Form for WishForm {
    const NAME: &'static str = "wish";
    const FIELDS: &'static [Field] = &[Field {
        name: "wish",
        label: msg!(tickets_reply_wish_label),
        hint: Some(msg!(tickets_reply_wish_hint)),
        style: Style::Paragraph,
        max_chars: WISH_CHARS,
        required: true,
    }];
}

/// Promises a draft for the ticket of the channel: what is posted of it is posted there.
pub(crate) async fn suggest(cx: Context) -> Result<Reply> {
    let ticket = pick(&cx, None).await?;
    promise(&cx, &ticket, None, None).await
}

/// The same for what one message says.
pub(crate) async fn suggest_for(cx: Context, message: KnownMessage) -> Result<Reply> {
    let ticket = pick(&cx, None).await?;
    promise(&cx, &ticket, Some(message.id), None).await
}

/// The same by the button of a ticket.
pub(crate) async fn suggest_in(cx: Context, number: i32) -> Result<Reply> {
    let ticket = find(&cx, number).await?;
    promise(&cx, &ticket, None, None).await
}

async fn promise(
    cx: &Context,
    ticket: &ToTake,
    about: Option<Id<MessageMarker>>,
    wish: Option<String>,
) -> Result<Reply> {
    replies::could_draft(&cx.app, &cx.acting().await?, ticket).await?;
    Ok(Reply::later(&Work::Draft { number: ticket.number(), about, wish })?)
}

/// Makes the draft that was promised.
pub(crate) async fn finish(
    promise: Promise,
    number: i32,
    about: Option<Id<MessageMarker>>,
    wish: Option<String>,
) -> Result<Message> {
    let acting = acting_of(&promise).await?;
    let ticket = step::find(&promise.app, &acting, By::Number(number)).await?;
    let suggested = replies::draft(&promise.app, &acting, &ticket, promise.interaction, (about, wish)).await?;
    let settings = promise.app.settings.get::<Settings>(promise.guild).await?;
    screen(&promise, &suggested, settings.help_line.as_deref())
}

/// The draft. Its text stands there as it is posted: what is pressed below takes it from the message, since no row holds it.
fn screen(promise: &Promise, suggested: &Suggested, help_line: Option<&str>) -> Result<Message> {
    let language = promise.language;
    let Suggested { number, drafted, blind } = suggested;
    let mut notes: Vec<String> = Vec::new();
    notes.extend(words::need(language, drafted.distress, help_line));
    if !drafted.understood.is_empty() {
        notes.push(say!(language, tickets_reply_understood, question = plain(&drafted.understood)));
    }
    notes.extend(rests_on(language, drafted));
    notes.extend(
        drafted.should_be_in.map(|wanted| say!(language, tickets_reply_other_language, wanted = language_said(wanted))),
    );
    if drafted.dropped > 0 {
        notes.push(say!(language, tickets_reply_dropped, count = amount(drafted.dropped)));
    }
    notes.extend(drafted.trouble.as_ref().map(|trouble| trouble_said(trouble).say(language)));
    notes.extend(blind.map(|blind| blind_said(blind).say(language)));
    let title = match drafted.text {
        Some(_) => say!(language, tickets_reply_title, number = *number),
        None => say!(language, tickets_reply_nearest_title, number = *number),
    };
    let message = Message::new(drafted.text.clone().unwrap_or_default()).embed(embed(title, notes.join("\n")));
    let id = promise.interaction;
    let press = |action: DraftAction| messages::id(None, &Action::Draft(action));
    let mut row = Vec::new();
    if drafted.text.is_some() {
        row.push(button(
            ButtonStyle::Success,
            say!(language, tickets_reply_post_button),
            press(DraftAction::Post(id, false))?,
        ));
        row.push(button(
            ButtonStyle::Secondary,
            say!(language, tickets_reply_edit_button),
            press(DraftAction::Edit(id))?,
        ));
    }
    if is_model_there(drafted) {
        let another = press(DraftAction::Another(id, *number))?;
        row.push(button(ButtonStyle::Secondary, say!(language, tickets_reply_another_button), another));
    }
    let message = if row.is_empty() { message } else { message.row(row) };
    if drafted.text.is_none() {
        return Ok(message);
    }
    let reasons = REASONS.iter().map(|(name, _, label)| option(*name, label.say(language))).collect();
    let menu = select(press(DraftAction::Dismiss(id))?, say!(language, tickets_reply_dismiss_menu), reasons);
    Ok(message.row(vec![menu]))
}

/// Why drafts are of no use, as the menu carries it.
const REASONS: [(&str, Reason, crate::words::Msg); 4] = [
    ("wrong", Reason::Wrong, msg!(tickets_reply_wrong_option)),
    ("not_needed", Reason::NotNeeded, msg!(tickets_reply_not_needed_option)),
    ("tone", Reason::Tone, msg!(tickets_reply_tone_option)),
    ("language", Reason::Language, msg!(tickets_reply_language_option)),
];

/// Whether another draft may come out better.
fn is_model_there(drafted: &Drafted) -> bool {
    match &drafted.trouble {
        None => drafted.cost.model.is_some(),
        Some(Trouble::Interrupted | Trouble::Empty) => true,
        Some(Trouble::Model(error)) => error.is_passing(),
        Some(Trouble::SwitchedOff | Trouble::Blocked) => false,
    }
}

/// What a draft rests on, or what comes nearest where there is none.
fn rests_on(language: Language, drafted: &Drafted) -> Vec<String> {
    let line = |source: &Source| match &source.of {
        SourceOf::Entry(number) => format!("- FAQ #{number} {}", plain(&source.title)),
        SourceOf::Document { url, .. } => {
            let title = say!(language, tickets_reply_document, title = plain(&source.title));
            // What stands in an address of ours cannot end it.
            match url.as_deref().filter(|url| !url.contains([')', '>', ' '])) {
                Some(url) => format!("- [{title}](<{url}>)"),
                None => format!("- {title}"),
            }
        }
    };
    let (said, lines): (String, Vec<String>) = match drafted.text {
        Some(_) => (say!(language, tickets_reply_rests_on), drafted.sources.iter().map(line).collect()),
        None if drafted.nearest.is_empty() => return vec![say!(language, tickets_reply_nothing_near)],
        None => {
            let whole = |source: &Source| format!("{}{}", line(source), quote(&source.excerpt));
            // What nobody was asked is not said to have no answer.
            let said = match drafted.trouble {
                Some(_) => say!(language, tickets_reply_nearest),
                None => say!(language, tickets_reply_not_answered),
            };
            (said, drafted.nearest.iter().map(whole).collect())
        }
    };
    [said].into_iter().chain(lines).collect()
}

/// Why it is not known what was said, and what can be done about it.
fn blind_said(blind: Blind) -> Said {
    match blind {
        Blind::Contents => said!(tickets_reply_blind),
        Blind::Channel => said!(tickets_reply_blind_channel),
        Blind::Away => said!(tickets_reply_blind_away),
    }
}

/// A language, as whoever reads of it calls it.
fn language_said(language: Language) -> Said {
    match language.code() {
        "nl" => said!(tickets_reply_in_dutch),
        _ => said!(tickets_reply_in_english),
    }
}

/// Why no model wrote it.
fn trouble_said(trouble: &Trouble) -> Said {
    let error = match trouble {
        Trouble::SwitchedOff => return said!(tickets_reply_switched_off),
        Trouble::Blocked => return said!(tickets_reply_blocked),
        Trouble::Interrupted => return said!(tickets_reply_interrupted),
        Trouble::Empty => return said!(tickets_reply_not_understood),
        Trouble::Model(error) => error,
    };
    match error {
        llm::Error::Off => said!(tickets_reply_no_model),
        llm::Error::Down(_) => said!(tickets_reply_model_down),
        llm::Error::Busy { .. } => said!(tickets_reply_model_busy),
        llm::Error::NotPaid(_) | llm::Error::NotAllowed(_) => said!(tickets_reply_model_closed),
        llm::Error::Refused(_) => said!(tickets_reply_model_refused),
        llm::Error::TooLong(_) => said!(tickets_reply_too_long),
        llm::Error::NotUnderstood(_) => said!(tickets_reply_not_understood),
        llm::Error::BudgetSpent { whose: llm::Whose::Guild, again_at } => {
            said!(tickets_reply_budget_spent, at = again_at.as_second().to_string())
        }
        llm::Error::BudgetSpent { whose: llm::Whose::Member, again_at } => {
            said!(tickets_reply_asked_often, at = again_at.as_second().to_string())
        }
    }
}

/// What stands around a reply that is changed before it is posted.
pub(crate) fn edit_frame(_: &Id<InteractionMarker>) -> Frame {
    Frame::titled(msg!(tickets_reply_edit_form))
}

/// What stands around the wish for another draft.
pub(crate) fn wish_frame(_: &i32) -> Frame {
    Frame::titled(msg!(tickets_reply_wish_form))
}

/// A press on a draft.
pub(crate) async fn press(cx: Context, action: DraftAction, chosen: &[String]) -> Result<Reply> {
    match action {
        DraftAction::Post(draft, anyway) => post(cx, draft, None, anyway).await,
        DraftAction::Edit(draft) => {
            let values = ReplyForm { text: cx.message_text.clone() };
            let frame = edit_frame(&draft);
            Ok(Modal::new(cx.language, &frame, cx.form_id::<ReplyForm>(&draft)?, &values)?.into())
        }
        DraftAction::Another(_, number) => {
            let frame = wish_frame(&number);
            Ok(Modal::new(cx.language, &frame, cx.form_id::<WishForm>(&number)?, &WishForm::default())?.into())
        }
        DraftAction::Dismiss(draft) => {
            let chosen = chosen.first().map_or("", String::as_str);
            let reason = REASONS.iter().find(|(name, ..)| *name == chosen).map(|(_, reason, _)| *reason);
            let reason = reason.ok_or_else(|| Error::user(said!(interactions_outdated_press)))?;
            replies::dismiss(&cx.app, &cx.acting().await?, draft, reason).await?;
            Ok(Reply::Update(Message::new(say!(cx.language, tickets_reply_dismissed))))
        }
    }
}

/// Promises to post a draft as it stands in the message, or as it was changed.
async fn post(cx: Context, draft: Id<InteractionMarker>, edited: Option<String>, anyway: bool) -> Result<Reply> {
    let acting = cx.acting().await?;
    let was = edited.is_some().then(|| cx.message_text.clone());
    let text = edited.unwrap_or_else(|| cx.message_text.clone());
    let wish = Wish { draft, text, was, anyway, channel: cx.channel };
    match replies::could_post(&cx.app, &acting, &wish).await {
        Ok(()) => {
            let work = Deferred::Described(serde_json::to_value(Work::Post { wish })?);
            Ok(Reply::Later(Later { work, ephemeral: true, in_place: true }))
        }
        Err(Failure::Refused(refusal @ Refusal::OldDraft { .. })) => {
            Ok(Reply::Update(look_again(cx.language, wish, &refusal)?))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Posts the draft, as was promised. What stood on the screen stays there if it is not posted: no row holds it.
pub(crate) async fn finish_post(promise: Promise, wish: Wish) -> Result<Message> {
    let acting = acting_of(&promise).await?;
    match replies::post(&promise.app, &acting, &wish).await {
        Ok(replied) => {
            let unsure = replied.is_blind.then(|| say!(promise.language, tickets_reply_posted_blind));
            let said = [Some(say!(promise.language, tickets_reply_posted)), unsure];
            Ok(Message::new(said.into_iter().flatten().collect::<Vec<_>>().join(" ")))
        }
        Err(Failure::Refused(refusal @ (Refusal::OldDraft { .. } | Refusal::NotPosted))) => {
            look_again(promise.language, wish, &refusal)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// A draft that is not posted yet, with why.
fn look_again(language: Language, wish: Wish, refusal: &Refusal) -> Result<Message> {
    let why = match refusal {
        Refusal::OldDraft { has_changed, asked_at } => {
            let at = asked_at.as_second().to_string();
            match has_changed {
                true => said!(tickets_reply_changed_since, at),
                false => said!(tickets_reply_old, at),
            }
        }
        refusal => refusal.said(),
    };
    let press = |action: DraftAction| messages::id(None, &Action::Draft(action));
    let anyway = button(
        ButtonStyle::Danger,
        say!(language, tickets_reply_post_anyway_button),
        press(DraftAction::Post(wish.draft, true))?,
    );
    let edit = button(
        ButtonStyle::Secondary,
        say!(language, tickets_reply_edit_button),
        press(DraftAction::Edit(wish.draft))?,
    );
    let title = say!(language, tickets_reply_old_title);
    // The text stays where it is taken from.
    Ok(Message::new(wish.text).embed(embed(title, why.say(language))).row(vec![anyway, edit]))
}

pub(crate) async fn post_edited(cx: Context, draft: Id<InteractionMarker>, form: ReplyForm) -> Result<Reply> {
    post(cx, draft, Some(form.text), false).await
}

pub(crate) async fn with_wish(cx: Context, number: i32, form: WishForm) -> Result<Reply> {
    let ticket = step::find_to_take(&cx.app, &cx.acting().await?, By::Number(number)).await?;
    promise(&cx, &ticket, None, Some(form.wish)).await
}
