//! The form of a reminder: a new one, or one that is there; and when it comes as it is written.

use std::sync::Arc;

use jiff::Zoned;
use maud::html;
use twilight_model::id::Id;

use super::super::discord::forms::{ReminderForm, changed, fill_in, filled};
use super::super::discord::make::change_as;
use super::super::discord::when::read_timing;
use super::super::operations::{self, Refusal, Wish};
use super::besides::{Besides, inputs_besides};
use super::moments::coming;
use super::{find, name, saved};
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::interactions::say_collision;
use crate::reminders::schedule::{Schedule, zone_label};
use crate::reminders::{Content, Reminder, Unfit};
use crate::ui::{Collision, Seen};
use crate::web::{Answer, Page, Visit};
use crate::words::{Said, Say};
use crate::{said, say};

/// What the form is about.
struct Sheet<'a> {
    title: String,
    path: String,
    back: String,
    /// What is there; nothing is a new one.
    stored: Option<&'a Reminder>,
    /// By whose clocks it is read.
    zone: jiff::tz::TimeZone,
}

impl<'a> Sheet<'a> {
    async fn of_new(visit: &Visit) -> Result<Sheet<'static>> {
        let zone = operations::find_zone(&visit.app, visit.acting()).await?;
        let title = say!(visit.language, reminders_new_form);
        Ok(Sheet { title, path: "/new".to_owned(), back: String::new(), stored: None, zone })
    }

    fn of(visit: &Visit, reminder: &'a Reminder) -> Sheet<'a> {
        let back = format!("/{}", reminder.number);
        Sheet {
            title: say!(visit.language, reminders_edit_form, number = reminder.number),
            path: format!("{back}/edit"),
            back,
            stored: Some(reminder),
            zone: reminder.draft.timing.schedule.zone.clone(),
        }
    }

    fn now(&self, visit: &Visit) -> Zoned {
        visit.acting().now().to_zoned(self.zone.clone())
    }
}

/// Why something is not done, and the input about which it is, if it is about one alone.
struct Wrong {
    at: Option<&'static str>,
    why: Said,
}

impl Wrong {
    fn new(at: Option<&'static str>, why: impl Into<Said>) -> Wrong {
        Wrong { at, why: why.into() }
    }
}

/// The form with what is in it, and when it comes.
async fn show(
    visit: &Visit,
    sheet: &Sheet<'_>,
    (form, besides, seen): (&ReminderForm, &Besides, &Seen),
    schedule: Option<&Schedule>,
    wrong: Option<Wrong>,
) -> Page {
    let language = visit.language;
    let why = match &wrong {
        Some(wrong) => Some(visit.rich(&wrong.why.say(language)).await),
        None => None,
    };
    let at = wrong.as_ref().and_then(|wrong| wrong.at);
    let inputs = visit.inputs(form, at.zip(why.as_ref())).await;
    let besides = inputs_besides(visit, sheet.stored, besides, at.zip(why.as_ref())).await;
    let body = html! {
        div.beside {
            form method="post" action=(visit.to(&sheet.path)) {
                (visit.once())
                input type="hidden" name="seen" value=(serde_json::to_string(seen).unwrap_or_default());
                p.note { (say!(language, reminders_web_clocks_of, zone = zone_label(&sheet.zone))) }
                (inputs)
                (besides)
                p {
                    button { (say!(language, reminders_web_save_button)) } " "
                    button.quiet name="do" value="look" { (say!(language, reminders_web_preview_button)) } " "
                    a.button.quiet href=(visit.to(&sheet.back)) { (say!(language, reminders_web_leave_button)) }
                }
            }
            section aria-labelledby="moments" {
                h2 #moments { (say!(language, reminders_web_moments_title)) }
                @match schedule {
                    Some(schedule) => (coming(visit, schedule)),
                    None => p.empty { (say!(language, reminders_web_moments_none)) },
                }
            }
        }
    };
    Page::new(sheet.title.clone(), body).refusing_at(language, at, why.as_ref())
}

pub(super) async fn new(visit: Arc<Visit>) -> Result<Answer> {
    operations::require_maker(&visit.app, visit.acting()).await?;
    let sheet = Sheet::of_new(&visit).await?;
    let form = ReminderForm { when: visit.query("when").unwrap_or_default().to_owned(), ..ReminderForm::default() };
    Ok(show(&visit, &sheet, (&form, &Besides::nothing(), &Seen::default()), None, None).await.into())
}

/// What was sent.
fn sent(visit: &Visit) -> Result<(ReminderForm, Besides, Seen)> {
    let form = visit.filled().ok_or_else(|| Error::user(said!(reminders_web_outdated)))?;
    let seen = visit.form("seen").and_then(|seen| serde_json::from_str(seen).ok()).unwrap_or_default();
    Ok((form, Besides::read(visit), seen))
}

/// What a sentence about an input says, where there is one.
fn wrong_at<T>(at: &'static str, read: Result<T>) -> Result<std::result::Result<T, Wrong>> {
    match read {
        Ok(read) => Ok(Ok(read)),
        Err(Error::User(said)) => Ok(Err(Wrong::new(Some(at), said))),
        Err(error) => Err(error),
    }
}

/// The input about which a refusal is; nothing if it is about none alone.
fn input_of(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::Never | Refusal::Unfit(Unfit::SaidTooLong | Unfit::TooOften) => Some("when"),
        Refusal::Unfit(Unfit::NoName | Unfit::NameTooLong) => Some("name"),
        Refusal::Unfit(Unfit::BodyTooLong) => Some("body"),
        Refusal::Unfit(Unfit::PlaceTooLong) => Some("place"),
        Refusal::Unfit(Unfit::TooManyLeads | Unfit::LeadOutOfRange) => Some("ahead"),
        Refusal::Unfit(Unfit::NoPicture) => Some("image"),
        Refusal::NoChannel | Refusal::Place(_) | Refusal::WrongChannelType { .. } => Some("target"),
        Refusal::Unfit(Unfit::Everyone)
        | Refusal::MayNotCallEverybody
        | Refusal::MayNotCall { .. }
        | Refusal::UnknownMention { .. } => Some("calls"),
        _ => None,
    }
}

/// Whether somebody may write something else and send it again.
fn may_be_mended(refusal: &Refusal) -> bool {
    !matches!(refusal, Refusal::Gone | Refusal::NoSuchReminder | Refusal::Private { .. } | Refusal::NotTheirs)
}

pub(super) async fn add(visit: Arc<Visit>) -> Result<Answer> {
    operations::require_maker(&visit.app, visit.acting()).await?;
    let (form, besides, seen) = sent(&visit)?;
    let sheet = Sheet::of_new(&visit).await?;
    let held = (&form, &besides, &seen);
    let timing = match wrong_at("when", read_timing(&form.when, &sheet.now(&visit)))? {
        Ok(timing) => timing,
        Err(wrong) => return Ok(show(&visit, &sheet, held, None, Some(wrong)).await.into()),
    };
    let schedule = timing.schedule.clone();
    if visit.form("do") == Some("look") {
        return Ok(show(&visit, &sheet, held, Some(&schedule), None).await.into());
    }
    let content =
        match wrong_at(if form.name.trim().is_empty() { "name" } else { "ahead" }, fill_in(Content::default(), &form))?
        {
            Ok(content) => content,
            Err(wrong) => return Ok(show(&visit, &sheet, held, Some(&schedule), Some(wrong)).await.into()),
        };
    let wish = Wish {
        name: Some(content.name),
        body: Some(content.body),
        place: Some(content.place),
        leads: Some(content.leads),
        image: Some(besides.image.clone()).filter(|image| !image.is_empty()),
        target: Some(besides.target()),
        mentions: besides.mentions(),
        ..Wish::default()
    };
    match operations::make(&visit.app, visit.acting(), &wish, timing, visit.user()).await {
        Ok(made) => Ok(done(&visit, |number, name| said!(reminders_made, number, name), &made.reminder)),
        Err(Failure::Refused(refusal)) if may_be_mended(&refusal) => {
            let wrong = Wrong::new(input_of(&refusal), refusal.said());
            Ok(show(&visit, &sheet, held, Some(&schedule), Some(wrong)).await.into())
        }
        Err(failure) => Err(failure.into()),
    }
}

fn done(visit: &Visit, said: fn(i32, Said) -> Said, reminder: &Reminder) -> Answer {
    saved(visit, said(reminder.number, name(reminder)), reminder)
}

/// The reminder that the address names, for whoever may read what it says.
async fn find_to_change(visit: &Visit) -> Result<Reminder> {
    let reminder = find(visit).await?;
    match reminder.is_hidden() {
        true => Err(Error::User(Refusal::Private { number: reminder.number }.said())),
        false => Ok(reminder),
    }
}

pub(super) async fn edit(visit: Arc<Visit>) -> Result<Answer> {
    let reminder = find_to_change(&visit).await?;
    let form = filled(visit.language, &reminder);
    let (besides, seen) = (Besides::of(&reminder.draft.content), Seen::of(&form));
    let schedule = &reminder.draft.timing.schedule;
    Ok(show(&visit, &Sheet::of(&visit, &reminder), (&form, &besides, &seen), Some(schedule), None).await.into())
}

pub(super) async fn change(visit: Arc<Visit>) -> Result<Answer> {
    let (form, besides, seen) = sent(&visit)?;
    let reminder = find_to_change(&visit).await?;
    let sheet = Sheet::of(&visit, &reminder);
    let held = (&form, &besides, &seen);
    let (language, now) = (visit.language, visit.acting().now());
    // What nobody has touched stays as it is by now.
    let was = Besides::was(&visit);
    let is_changed = |part: fn(&Besides) -> &String| was.as_ref().is_some_and(|was| part(was) != part(&besides));
    let stored_when = filled(language, &reminder).when;
    // What nobody has written anew goes on as it is, also where it lies behind by now.
    let timing = match form.when.trim() == stored_when {
        true => reminder.draft.timing.clone(),
        false => match wrong_at("when", read_timing(&form.when, &sheet.now(&visit)))? {
            Ok(timing) => timing,
            Err(wrong) => return Ok(show(&visit, &sheet, held, None, Some(wrong)).await.into()),
        },
    };
    let schedule = timing.schedule;
    if visit.form("do") == Some("look") {
        return Ok(show(&visit, &sheet, held, Some(&schedule), None).await.into());
    }
    if let Err(wrong) =
        wrong_at(if form.name.trim().is_empty() { "name" } else { "ahead" }, fill_in(Content::default(), &form))?
    {
        return Ok(show(&visit, &sheet, held, Some(&schedule), Some(wrong)).await.into());
    }
    let set = |before: &Reminder| {
        let mut draft = changed(before, (&seen, &form), said!(reminders_web_again), (language, now))?;
        let content = &mut draft.content;
        let by_now = Besides::of(&before.draft.content);
        if let Some(was) = &was {
            let labels = was.collide(&by_now, &besides);
            if !labels.is_empty() {
                return Err(Error::User(say_collision(&Collision { labels }, said!(reminders_web_again))));
            }
        }
        if is_changed(|it| &it.target) {
            content.channel = besides.target.parse().ok().and_then(Id::new_checked);
        }
        if is_changed(|it| &it.image) {
            content.image = Some(besides.image.clone()).filter(|image| !image.is_empty());
        }
        if is_changed(|it| &it.calls)
            && let Some(mentions) = besides.mentions()
        {
            content.mentions = mentions;
        }
        Ok(draft)
    };
    match change_as(&visit.app, visit.acting(), reminder.clone(), set).await {
        Ok(Ok(after)) => Ok(done(&visit, |number, name| said!(reminders_changed, number, name), &after)),
        Ok(Err(refusal)) if may_be_mended(&refusal) => {
            let wrong = Wrong::new(input_of(&refusal), refusal.said());
            Ok(show(&visit, &sheet, held, Some(&schedule), Some(wrong)).await.into())
        }
        Ok(Err(refusal)) => Err(Error::User(refusal.said())),
        // What collides.
        Err(Error::User(why)) => {
            Ok(show(&visit, &sheet, held, Some(&schedule), Some(Wrong::new(None, why))).await.into())
        }
        Err(error) => Err(error),
    }
}
