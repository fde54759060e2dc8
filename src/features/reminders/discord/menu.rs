//! The menu of a message: a form, filled in with what the message announces.

use super::forms::{self, ReminderForm, Target};
use super::leads::write_leads;
use super::when::server_zone;
use crate::acting::KnownMessage;
use crate::discord;
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::operations::reminders as operations;
use crate::operations::reminders::words::{name_in, times};
use crate::reminders::announcement::{self, Source};
use crate::reminders::when::When;
use crate::reminders::{self, BODY, NAME, PLACE, Settings, UNTITLED};
use crate::ui::limits::cut;
use crate::words::{Language, Say};

/// The menu of a message: a form, filled in with what the message announces.
pub(in super::super) async fn open_form_for_message(cx: Context, message: KnownMessage) -> Result<Reply> {
    // Nobody fills in a form in vain.
    operations::require_maker(&cx.app, &cx.acting().await?).await?;
    let settings = cx.app.settings.get::<Settings>(cx.guild).await?;
    let zone = server_zone(&cx).await?;
    let (title, text) = reminders::announced(&message.content, &message.embeds);
    let source = Source { title: &title, text: text.trim(), fields: &[] };
    let mut form = ReminderForm {
        ahead: write_leads(cx.language, &reminders::leads([settings.event_lead.0, 0])),
        body: cut(text.trim(), BODY),
        ..ReminderForm::default()
    };
    match announcement::read(&source, &discord::sent_at(message.id).to_zoned(zone.clone())) {
        Ok(event) => {
            form.name = cut(&event.title.unwrap_or_else(|| name_in(cx.language, UNTITLED)), NAME);
            form.when = shown_when(cx.language, &event.when);
            form.place = cut(&event.place.unwrap_or_default(), PLACE);
        }
        // The member fills in what it does not say.
        Err(_) => {
            form.name =
                cut(if title.is_empty() { text.trim().lines().next().unwrap_or_default() } else { &title }, NAME)
        }
    }
    let target = Target::Message(message.channel, message.id);
    forms::show(&cx, &target, &form, &zone)
}

/// When an announced event is, as its reader can type it.
fn shown_when(language: Language, when: &When) -> String {
    when.repeat.as_ref().map_or_else(|| when.to_string(), |rule| times::rule(rule, when.first).say(language))
}
