//! Forms that are refused: nobody writes twice what they wrote. It is kept for a day, and a button opens the form with it.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Map, Value};
use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::InteractionMarker;

use super::store::{self, RefusedForm};
use crate::error::{Error, Result};
use crate::feature::{AGAIN, Framer};
use crate::interactions::{Context, Reply};
use crate::ui::form::{Field, Modal};
use crate::ui::{button, custom_id, custom_id::CustomId};
use crate::{said, say};

/// How long what was filled in is kept.
pub(super) const KEEP: SignedDuration = SignedDuration::from_hours(24);

/// Whoever waits for a refusal does not wait longer for the button.
const STORE_TIME: Duration = Duration::from_millis(300);

/// A form as it was sent.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) custom_id: String,
    pub(super) shape: &'static [Field],
    pub(super) values: Map<String, Value>,
}

/// Keeps what was filled in, and returns the button that opens the form with it. Nothing if it could not be kept: what was
/// written is in the refusal too.
pub(super) async fn keep(cx: &Context, sent: Sent) -> Option<Component> {
    let Sent { custom_id, shape, mut values } = sent;
    values.retain(|name, _| shape.iter().any(|field| field.name == name));
    let form =
        RefusedForm { guild: cx.guild, user: cx.member.id, interaction: cx.interaction, custom_id, fields: values };
    let stored = tokio::time::timeout(STORE_TIME, store::upsert_refused_form(&cx.app.db, &form, cx.now)).await;
    if !matches!(stored, Ok(Ok(()))) {
        tracing::warn!(interaction = %cx.interaction, "what was filled into a form could not be kept");
        return None;
    }
    let guild = cx.direct.then_some(cx.guild);
    let id = custom_id::encode_for(cx.feature, Some(AGAIN), guild, &cx.interaction).ok()?;
    Some(button(ButtonStyle::Primary, say!(cx.language, interactions_again_button), id))
}

/// Forgets, once the answer is on its way, what somebody filled in before into the form that they have now sent.
pub(super) fn forget(cx: &Context, sent: Sent) {
    let (app, guild, user, interaction) = (cx.app.in_background(), cx.guild, cx.member.id, cx.interaction);
    cx.app.background.spawn(async move {
        let forgotten = store::delete_refused_form(&app.db, guild, user, &sent.custom_id, interaction).await;
        if let Err(error) = forgotten {
            // It is forgotten after a day.
            tracing::warn!(%guild, %error, "what was filled into a form is kept although the form was sent");
        }
    });
}

/// Opens a form as it was when it was sent, for whoever sent it. `known` tells of a form's name what is asked in it and what
/// stands around that.
pub(super) async fn reopen(
    cx: Context,
    interaction: Id<InteractionMarker>,
    known: impl Fn(&str) -> Option<(&'static [Field], Framer)>,
) -> Result<Reply> {
    let gone = || Error::user(said!(interactions_form_forgotten));
    let found = store::find_refused_form(&cx.app.db, cx.guild, cx.member.id, interaction).await?.ok_or_else(gone)?;
    let id = CustomId::parse(&found.custom_id).ok_or_else(gone)?;
    let (fields, frame) = known(id.form).ok_or_else(gone)?;
    let language = cx.language;
    let frame = frame(cx, found.custom_id.clone()).await?;
    Ok(Modal::refilled(language, &frame, found.custom_id, fields, &found.fields).into())
}
