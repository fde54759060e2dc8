//! The form of a reminder: filled in from what there is, and what comes back.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GenericMarker, InteractionMarker, MessageMarker};

use super::leads::{read_leads, write_leads};
use super::when::{read_timing, server_zone, zone};
use super::{make, manage};
use crate::discord;
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply, merge_form};
use crate::operations::reminders::words::{name_in, times};
use crate::operations::reminders::{self as operations, Refusal, Target as Place, Wish};
use crate::reminders::schedule::zone_label;
use crate::reminders::{Begun, Content, Draft, Reminder, UNTITLED};
use crate::ui::{
    Seen,
    form::{Field, Form, Frame, Modal, Style},
};
use crate::words::{Language, Said, Say, Value};
use crate::{msg, said, say};

/// A reminder as it is filled in.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct ReminderForm {
    pub(in super::super) name: String,
    pub(in super::super) when: String,
    pub(in super::super) body: String,
    pub(in super::super) place: String,
    pub(in super::super) ahead: String,
}

impl Form for ReminderForm {
    const NAME: &'static str = "reminder";
    const FIELDS: &'static [Field] = &[
        Field {
            name: "name",
            label: msg!(reminders_name_label),
            hint: None,
            style: Style::Line,
            max_chars: 100,
            required: true,
        },
        Field {
            name: "when",
            label: msg!(reminders_when_label),
            hint: Some(msg!(reminders_when_hint)),
            style: Style::Line,
            max_chars: 100,
            required: true,
        },
        Field {
            name: "body",
            label: msg!(reminders_body_label),
            hint: None,
            style: Style::Paragraph,
            max_chars: 1500,
            required: false,
        },
        Field {
            name: "place",
            label: msg!(reminders_place_label),
            hint: None,
            style: Style::Line,
            max_chars: 200,
            required: false,
        },
        Field {
            name: "ahead",
            label: msg!(reminders_ahead_label),
            hint: Some(msg!(reminders_ahead_hint)),
            style: Style::Line,
            max_chars: 60,
            required: false,
        },
    ];
}

/// What a form is about.
#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) enum Target {
    /// A reminder that is there, by its number, and what of it was seen.
    Old(i32, Seen),
    /// A new one, made from a message.
    Message(Id<ChannelMarker>, Id<MessageMarker>),
    /// A new one, of which the command has said the rest.
    New(Unasked),
    /// The same, where the rest has words in it: which interaction has said it.
    Begun(Id<InteractionMarker>),
}

/// What a command has said of a new reminder in other than words, and no form asks for.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Unasked {
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    channel: Option<Id<ChannelMarker>>,
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    mention: Option<Id<GenericMarker>>,
    #[serde(rename = "d", default, skip_serializing_if = "std::ops::Not::not")]
    direct: bool,
    #[serde(rename = "e", default, skip_serializing_if = "std::ops::Not::not")]
    is_event: bool,
}

impl From<Unasked> for Begun {
    fn from(Unasked { channel, mention, direct, is_event }: Unasked) -> Begun {
        Begun { channel, mention, direct, is_event, ..Begun::default() }
    }
}

/// The form of a new reminder, for a command that has not said all.
///
/// # Errors
/// Why what it has said cannot be kept until then.
pub(super) async fn open_new(cx: &Context, wish: &make::Wish, content: &Content, zone: &TimeZone) -> Result<Reply> {
    let form = ReminderForm {
        name: content.name.clone(),
        when: wish.when.clone().unwrap_or_default(),
        body: content.body.clone(),
        place: content.place.clone(),
        ahead: write_leads(cx.language, &content.leads),
    };
    // Of both, the direct message counts.
    let channel = wish.channel.filter(|_| !wish.direct);
    let unasked = Unasked { channel, mention: wish.mention, direct: wish.direct, is_event: content.is_event };
    let make::Wish { template, image, zone: named, .. } = wish.clone();
    let target = match template.is_some() || image.is_some() || named.is_some() {
        false => Target::New(unasked),
        true => {
            let begun = Begun { template, image: make::trimmed(image.as_ref()), zone: named, ..Begun::from(unasked) };
            Target::Begun(operations::begin(&cx.app, &cx.acting().await?, begun).await?.interaction)
        }
    };
    show(cx, &target, &form, zone)
}

/// Shows the form, filled in with `form`.
pub(super) fn show(cx: &Context, target: &Target, form: &ReminderForm, zone: &TimeZone) -> Result<Reply> {
    let id = cx.form_id::<ReminderForm>(target)?;
    Ok(Modal::new(cx.language, &frame_of(target, zone), id, form)?.into())
}

/// The same, saying what is still to be said of when.
pub(super) fn show_lacking(cx: &Context, target: &Target, form: &ReminderForm, lacks: Said) -> Result<Reply> {
    let (id, frame) = (cx.form_id::<ReminderForm>(target)?, titled(target).with_hint("when", lacks));
    Ok(Modal::new(cx.language, &frame, id, form)?.into())
}

fn titled(target: &Target) -> Frame {
    Frame::titled(match target {
        Target::New(_) | Target::Begun(_) => said!(reminders_new_form),
        Target::Message(..) => said!(reminders_message_form),
        Target::Old(number, _) => said!(reminders_edit_form, number = *number),
    })
}

/// What stands around the form: what it is about, and by whose clocks it is read.
fn frame_of(target: &Target, zone: &TimeZone) -> Frame {
    let zone = zone_label(zone);
    titled(target).with_hint("when", said!(reminders_when_zone_hint, zone))
}

/// The same for a form that is opened again.
pub(in super::super) async fn frame(cx: Context, target: Target) -> Result<Frame> {
    let zone = match &target {
        Target::New(_) => zone(&cx, None).await?,
        Target::Begun(interaction) => {
            let begun = operations::find_begun(&cx.app, &cx.acting().await?, *interaction).await?;
            zone(&cx, begun.zone.as_deref()).await?
        }
        Target::Message(..) => server_zone(&cx).await?,
        Target::Old(number, _) => {
            let reminder = manage::find_to_change(&cx, &number.to_string()).await?;
            reminder.draft.timing.schedule.zone
        }
    };
    Ok(frame_of(&target, &zone))
}

/// The form of a reminder that is there.
pub(super) fn open(cx: &Context, reminder: &Reminder) -> Result<Reply> {
    if reminder.is_hidden() {
        return Err(Error::User(Refusal::Private { number: reminder.number }.said()));
    }
    let form = filled(cx.language, reminder);
    let target = Target::Old(reminder.number, Seen::of(&form));
    show(cx, &target, &form, &reminder.draft.timing.schedule.zone)
}

/// What stands in the form of a reminder that is there.
pub(in super::super) fn filled(language: Language, reminder: &Reminder) -> ReminderForm {
    let Draft { content, timing, .. } = &reminder.draft;
    let when = match &timing.schedule.repeat {
        Some(repeat) if timing.said.is_empty() => times::rule(repeat, timing.schedule.first).say(language),
        Some(_) => timing.written(),
        // What was relative would mean something else now.
        None => crate::reminders::when::written(timing.schedule.first),
    };
    ReminderForm {
        name: name_in(language, &content.name),
        when,
        body: content.body.clone(),
        place: content.place.clone(),
        ahead: write_leads(language, &content.leads),
    }
}

/// The form came back.
pub(in super::super) async fn save(cx: Context, target: Target, form: ReminderForm) -> Result<Reply> {
    match target {
        Target::Message(channel, message) => {
            let timing = read_timing(&form.when, &cx.now.to_zoned(server_zone(&cx).await?))?;
            let Content { name, body, place, leads, .. } = fill_in(Content::default(), &form)?;
            let name = if name == name_in(cx.language, UNTITLED) { UNTITLED.to_owned() } else { name };
            let wish = Wish {
                name: Some(name),
                body: Some(body),
                place: Some(place),
                leads: Some(leads),
                source: Some(discord::link(cx.guild, channel, message)),
                is_event: true,
                target: Some(Place::Default),
                ..Wish::default()
            };
            make::store_new(&cx, &cx.acting().await?, &wish, timing).await
        }
        Target::New(unasked) => save_new(&cx, unasked.into(), &form).await,
        Target::Begun(interaction) => {
            let begun = operations::find_begun(&cx.app, &cx.acting().await?, interaction).await?;
            save_new(&cx, begun, &form).await
        }
        Target::Old(number, seen) => {
            let reminder = manage::find_to_change(&cx, &number.to_string()).await?;
            let (now, language) = (cx.now, cx.language);
            let again = say!(cx.language, reminders_edit_command);
            make::store_changed(&cx, reminder, move |before| changed(before, (&seen, &form), &again, (language, now)))
                .await
        }
    }
}

/// What the form makes of a reminder as it is by `now`, for somebody who fills it in again with `again` if it collides.
pub(in super::super) fn changed(
    before: &Reminder,
    (seen, form): (&Seen, &ReminderForm),
    again: impl Into<Value>,
    (language, now): (Language, Timestamp),
) -> Result<Draft> {
    let stored = filled(language, before);
    let form = merge_form(seen, &stored, form, again)?;
    let timing = match form.when.trim() == stored.when {
        true => before.draft.timing.clone(),
        false => read_timing(&form.when, &now.to_zoned(before.draft.timing.schedule.zone.clone()))?,
    };
    let mut content = fill_in(before.draft.content.clone(), &form)?;
    // What nobody has named stays so.
    if form.name == stored.name {
        content.name.clone_from(&before.draft.content.name);
    }
    Ok(Draft { content, timing, ..before.draft.clone() })
}

/// The form of a new reminder came back.
async fn save_new(cx: &Context, begun: Begun, form: &ReminderForm) -> Result<Reply> {
    let timing = read_timing(&form.when, &cx.now.to_zoned(zone(cx, begun.zone.as_deref()).await?))?;
    let Content { name, body, place, leads, .. } = fill_in(Content::default(), form)?;
    let acting = cx.acting().await?;
    let mentions = match begun.mention {
        Some(id) => Some(make::mentions_of(cx, &acting, id).await?),
        None => None,
    };
    let target = match begun.direct {
        true => Some(Place::Direct),
        false => begun.channel.map(Place::Channel),
    };
    let wish = Wish {
        name: Some(name),
        body: Some(body),
        place: Some(place),
        leads: Some(leads),
        template: begun.template,
        image: begun.image,
        is_event: begun.is_event,
        target,
        mentions,
        ..Wish::default()
    };
    make::store_new(cx, &acting, &wish, timing).await
}

/// What a form says besides when.
pub(in super::super) fn fill_in(content: Content, form: &ReminderForm) -> Result<Content> {
    let leads = read_leads(&form.ahead).map_err(|unfit| Error::User(Refusal::Unfit(unfit).said()))?;
    let name = form.name.trim().to_owned();
    if name.is_empty() {
        return Err(Error::User(said!(reminders_form_lacks_name)));
    }
    Ok(Content { name, body: form.body.trim().to_owned(), place: form.place.trim().to_owned(), leads, ..content })
}
