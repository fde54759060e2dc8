//! `/faq report`: what members asked, and what has no answer yet.

use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::channel::message::embed::EmbedField;

use super::forms::{EntryForm, Target, entry_form};
use super::{Action, LONGEST, words::no_such_entry};
use crate::acting::Failure;
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::knowledge::TITLE_CHARS;
use crate::operations::knowledge::{self, Report};
use crate::statistics::Period;
use crate::ui::{Message, button, embed, limits::cut, option, plain, select};
use crate::words::{Msg, Say};
use crate::{msg, say};

/// Questions, and entries, that are named.
const SHOWN: usize = 10;

/// Characters of a question in a line.
const LINE: usize = 80;

/// What buttons offer. Searches are kept for a time only, so there is no whole.
const OFFERED: [Period; 4] = [Period::Week, Period::Month, Period::Quarter, Period::Year];

/// What was asked in a period.
pub(super) async fn screen(cx: &Context, period: Period) -> Result<Message> {
    let acting = cx.acting().await?;
    let days = days_of(period);
    let report = knowledge::report(&cx.app, &acting, days, SHOWN).await?;
    let language = cx.language;
    let Report { searches, answered, unanswered, opened } = &report;
    let text = match *searches {
        0 => say!(language, faq_report_none, days),
        count => say!(language, faq_report_searches, count, percent = answered * 100 / count),
    };
    let mut shown = embed(say!(language, faq_report_title, days), text);
    let mut field = |name: Msg, lines: Vec<String>| {
        if !lines.is_empty() {
            shown.fields.push(EmbedField { inline: false, name: name.say(language), value: lines.join("\n") });
        }
    };
    let lines = unanswered.iter().map(|one| {
        let asked = plain(&cut(one.query.trim(), LINE));
        say!(language, faq_report_question, asked, times = one.times)
    });
    let lines: Vec<String> = lines.collect();
    let is_all_answered = lines.is_empty() && *searches > 0;
    field(
        msg!(faq_report_unanswered),
        if is_all_answered { vec![say!(language, faq_report_all_answered)] } else { lines },
    );
    let lines = opened.iter().map(|(number, title, times)| {
        say!(language, faq_report_entry, number = *number, title = plain(&cut(title, LINE)), times = *times)
    });
    field(msg!(faq_report_opened), lines.collect());
    let mut menus = Vec::new();
    if !unanswered.is_empty() {
        let options =
            unanswered.iter().map(|one| option(one.search.to_string(), cut(one.query.trim(), LINE))).collect();
        menus.push(select(cx.id(&Action::Answer)?, say!(language, faq_report_menu), options));
    }
    let buttons = OFFERED.into_iter().map(|it| {
        let style = if it == period { ButtonStyle::Primary } else { ButtonStyle::Secondary };
        Ok(button(style, say!(language, faq_report_days_button, days = days_of(it)), cx.id(&Action::Report(it))?))
    });
    Ok(Message::default().embed(shown).row(menus).row(buttons.collect::<Result<_>>()?))
}

/// A period that nothing offers here is the longest for which searches are kept.
fn days_of(period: Period) -> u16 {
    period.days().unwrap_or(LONGEST)
}

/// The form in which an admin answers a question that nobody has answered.
pub(super) async fn answer(cx: Context, chosen: Option<&String>) -> Result<Reply> {
    cx.acting().await?.require_admin().map_err(Failure::Refused)?;
    let search = chosen.and_then(|search| search.parse().ok()).ok_or_else(no_such_entry)?;
    // It is forgotten after a while; then they write it themselves.
    let searched = cx.app.knowledge.find_search(cx.guild, search).await?;
    let title = searched.map(|searched| cut(searched.query.trim(), TITLE_CHARS.into())).unwrap_or_default();
    Ok(entry_form(&cx, &Target::New, &EntryForm { title, ..EntryForm::default() })?.into())
}
