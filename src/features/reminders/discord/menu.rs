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
use crate::reminders::announcement::{self, Found, Source};
use crate::reminders::schedule::zone_label;
use crate::reminders::{self, BODY, NAME, PLACE, Settings, UNTITLED};
use crate::said;
use crate::ui::limits::cut;
use crate::words::Say;

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
    let posted = discord::sent_at(message.id).to_zoned(zone.clone());
    let hint = match announcement::read(&source, &posted) {
        Ok(event) => {
            form.name = cut(&event.title.unwrap_or_else(|| name_in(cx.language, UNTITLED)), NAME);
            form.when = times::typed(&event.when).say(cx.language);
            form.place = cut(&event.place.unwrap_or_default(), PLACE);
            None
        }
        // What it says is kept, and the member fills in the rest.
        Err(_) => {
            let rest = announcement::read_rest(&source, &posted);
            form.name = cut(&rest.title.unwrap_or_default(), NAME);
            form.when = rest.found.map(|found| found.to_string()).unwrap_or_default();
            form.place = cut(&rest.place.unwrap_or_default(), PLACE);
            let zone = zone_label(&zone);
            Some(match rest.found {
                Some(Found::Time(_)) => said!(reminders_lacks_day_hint, zone),
                Some(Found::Day(_)) => said!(reminders_lacks_time_hint, zone),
                None => said!(reminders_lacks_when_hint, zone),
            })
        }
    };
    let target = Target::Message(message.channel, message.id);
    match hint {
        Some(hint) => forms::show_lacking(&cx, &target, &form, hint),
        None => forms::show(&cx, &target, &form, &zone),
    }
}
