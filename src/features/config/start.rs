//! `/config start`: the most important settings, one at a time. Where a server left off is a row, so that any instance
//! can go on.

use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::{ButtonStyle, SelectMenuType};
use twilight_util::builder::message::SelectMenuBuilder;

use super::{Action, words};
use crate::acting::{Acting, Failure};
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply};
use crate::operations::settings::{self, Given, Means, Refusal};
use crate::settings::{Declared, Field, Kind};
use crate::ui::{Message, button, custom_id::digest, embed, footer, limits, option, select};
use crate::words::{Language, Msg, Say};
use crate::{msg, said, say};

/// What is asked, in which order: first how everything else is said, then who does the work, then the rest.
fn steps(all: &[Declared]) -> Vec<(&Declared, &Field)> {
    let fields = all.iter().flat_map(|declared| declared.fields().iter().map(move |field| (declared, field)));
    let mut steps: Vec<(&Declared, &Field)> = fields.filter(|(_, field)| field.asked).collect();
    steps.sort_by_key(|(_, field)| match field.kind {
        Kind::Choice(_) => 0,
        Kind::TimeZone => 1,
        Kind::Role { .. } => 2,
        _ => 3,
    });
    steps
}

/// Time zones that are suggested: a menu has room for few. `/config system set` takes any.
const ZONES: [&str; 24] = [
    "Europe/Brussels",
    "Europe/Amsterdam",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Rome",
    "Europe/Stockholm",
    "Europe/Warsaw",
    "Europe/Athens",
    "Europe/Istanbul",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "America/Paramaribo",
    "America/Curacao",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
    "UTC",
];

/// The step that a custom id means.
fn position(all: &[Declared], at: u32) -> Result<usize> {
    steps(all).iter().position(|(declared, field)| step_digest(declared, field) == at).ok_or_else(steps_have_changed)
}

fn step_digest(declared: &Declared, field: &Field) -> u32 {
    digest(&settings::step_name(declared, field))
}

/// Begins, or goes on where somebody left off.
pub(super) async fn resume_setup(cx: &Context, acting: &Acting, all: &[Declared]) -> Result<Reply> {
    let left_off = settings::find_step(&cx.app, acting).await?;
    let step = left_off.and_then(|at| position(all, digest(&at)).ok()).unwrap_or(0);
    Ok(screen(cx, acting, all, step, None).await?.ephemeral(true).into())
}

/// Takes what was chosen and goes on.
pub(super) async fn take_choice(
    cx: &Context,
    acting: &Acting,
    all: &[Declared],
    at: u32,
    values: &[String],
) -> Result<Reply> {
    let step = position(all, at)?;
    let (declared, field) = steps(all)[step];
    let chosen = values.first().ok_or_else(|| Error::user(said!(config_choose_or_skip)))?;
    take(cx, acting, all, (step, declared, field), Given::Text(chosen.clone())).await
}

/// Lets what is asked be nothing, and goes on.
pub(super) async fn take_nothing(cx: &Context, acting: &Acting, all: &[Declared], at: u32) -> Result<Reply> {
    let step = position(all, at)?;
    let (declared, field) = steps(all)[step];
    take(cx, acting, all, (step, declared, field), Given::Default).await
}

async fn take(
    cx: &Context,
    acting: &Acting,
    all: &[Declared],
    (step, declared, field): (usize, &Declared, &Field),
    given: Given,
) -> Result<Reply> {
    let given = [(field.name, given)];
    let done = match settings::change(&cx.app, acting, declared, &given, Means::Wizard).await {
        Ok(done) => done,
        Err(Failure::Refused(why @ Refusal::Unfit(_))) => {
            return Ok(Reply::Update(screen(cx, acting, all, step, Some(why.say(cx.language))).await?));
        }
        Err(failure) => return Err(failure.into()),
    };
    let at = step_digest(declared, field);
    show_next_step(cx, acting, all, at, Some(words::changed_lines(cx.language, declared, &done).join("\n"))).await
}

/// Shows the step after `at`, or the end.
pub(super) async fn show_next_step(
    cx: &Context,
    acting: &Acting,
    all: &[Declared],
    at: u32,
    told: Option<String>,
) -> Result<Reply> {
    let next = position(all, at)? + 1;
    let step = steps(all).get(next).copied();
    settings::remember_step(&cx.app, acting, step).await?;
    if step.is_some() {
        return Ok(Reply::Update(screen(cx, acting, all, next, told).await?));
    }
    let language = cx.language;
    let done = match is_anything_set(cx, acting, all).await? {
        true => embed(say!(language, config_start_done_title), say!(language, config_start_done)),
        false => embed(say!(language, config_start_nothing_title), say!(language, config_start_nothing)),
    };
    Ok(Reply::Update(Message::new(told.unwrap_or_default()).embed(done)))
}

/// Whether anything that is asked is set here.
async fn is_anything_set(cx: &Context, acting: &Acting, all: &[Declared]) -> Result<bool> {
    for (declared, field) in steps(all) {
        if settings::stored(&cx.app, acting, declared).await?.contains_key(field.name) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Shows the step before `at`.
pub(super) async fn show_step_before(cx: &Context, acting: &Acting, all: &[Declared], at: u32) -> Result<Reply> {
    let before = position(all, at)?.saturating_sub(1);
    settings::remember_step(&cx.app, acting, steps(all).get(before).copied()).await?;
    Ok(Reply::Update(screen(cx, acting, all, before, None).await?))
}

/// Ends here for now.
pub(super) async fn end_setup(cx: &Context, acting: &Acting, all: &[Declared], at: u32) -> Result<Reply> {
    let step = position(all, at)?;
    let steps = steps(all);
    settings::remember_step(&cx.app, acting, Some(steps[step])).await?;
    let count = steps.len();
    Ok(Reply::Update(Message::new(say!(cx.language, config_start_stopped, step = step + 1, count))))
}

async fn screen(cx: &Context, acting: &Acting, all: &[Declared], step: usize, told: Option<String>) -> Result<Message> {
    let steps = steps(all);
    let (declared, field) = *steps.get(step).ok_or_else(steps_have_changed)?;
    let stored = settings::stored(&cx.app, acting, declared).await?;
    let now = stored.get(field.name).filter(|value| field.accepts(value)).unwrap_or_else(|| declared.default(field));
    let language = cx.language;
    let text = say!(language, config_start_now, value = field.show(now));
    let mut shown = embed(field.about.say(language), text);
    shown.footer = Some(footer(say!(language, config_start_step, step = step + 1, count = steps.len())));
    let message = Message::new(told.unwrap_or_default()).embed(shown);
    let at = step_digest(declared, field);
    let mut row = Vec::new();
    let mut press = |label: Msg, action: &Action| {
        row.push(button(ButtonStyle::Secondary, label.say(language), cx.id(action)?));
        Ok::<(), Error>(())
    };
    if step > 0 {
        press(msg!(config_back_button), &Action::Back { at })?;
    }
    press(msg!(config_skip_button), &Action::Skip { at })?;
    if field.optional && stored.contains_key(field.name) {
        press(msg!(config_nothing_button), &Action::Nothing { at })?;
    }
    press(msg!(config_stop_button), &Action::Stop { at })?;
    Ok(message.row(vec![menu(language, field, cx.id(&Action::Choose { at })?)]).row(row))
}

fn menu(language: Language, field: &Field, custom_id: String) -> Component {
    let menu =
        |kind, placeholder: Msg| SelectMenuBuilder::new(custom_id.clone(), kind).placeholder(placeholder.say(language));
    let menu = match field.kind {
        Kind::Channel { types, .. } => {
            menu(SelectMenuType::Channel, msg!(config_channel_menu)).channel_types(types.to_vec())
        }
        Kind::Choice(choices) => {
            let options = choices.iter().map(|(value, label)| option(*value, label.say(language)));
            return select(custom_id, say!(language, config_value_menu), options.take(limits::OPTIONS).collect());
        }
        Kind::TimeZone => {
            let options = ZONES.iter().map(|zone| option(*zone, *zone)).collect();
            return select(custom_id, say!(language, config_zone_menu), options);
        }
        // `wiring.rs` checks that nothing else is asked for.
        _ => menu(SelectMenuType::Role, msg!(config_role_menu)),
    };
    Component::SelectMenu(menu.build())
}

fn steps_have_changed() -> Error {
    Error::user(said!(config_steps_changed))
}
