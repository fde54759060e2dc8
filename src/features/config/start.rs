//! `/config start`: the most important settings, one at a time. Where a server left off is a row, so that any instance
//! can go on.

use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::{ButtonStyle, SelectMenu, SelectMenuType};

use super::{Action, words};
use crate::acting::{Acting, Failure};
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply, Say};
use crate::operations::settings::{self, Given, Refusal};
use crate::settings::{Declared, Field, How, Kind};
use crate::ui::{Message, button, custom_id::digest, embed, footer};

fn steps(all: &[Declared]) -> Vec<(&Declared, &Field)> {
    all.iter()
        .flat_map(|declared| declared.fields.iter().map(move |field| (declared, field)))
        .filter(|(_, field)| field.asked)
        .collect()
}

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
    let chosen = values.first().ok_or_else(|| Error::user("Choose one in the menu, or skip this step."))?;
    let given = [(field.name, Given::Text(chosen.clone()))];
    let done = match settings::change(&cx.app, acting, declared, &given, How::Wizard).await {
        Ok(done) => done,
        Err(Failure::Refused(why @ Refusal::Unfit(_))) => {
            return Ok(Reply::Update(screen(cx, acting, all, step, Some(why.say())).await?));
        }
        Err(failure) => return Err(failure.into()),
    };
    show_next_step(cx, acting, all, at, Some(words::changed_lines(declared, &done).join("\n"))).await
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
    let text = "That was all. See everything with `/config show`, and change it with `/config … set`.";
    Ok(Reply::Update(Message::new(told.unwrap_or_default()).embed(embed("You are set up", text))))
}

/// Ends here for now.
pub(super) async fn end_setup(cx: &Context, acting: &Acting, all: &[Declared], at: u32) -> Result<Reply> {
    let step = position(all, at)?;
    let steps = steps(all);
    settings::remember_step(&cx.app, acting, Some(steps[step])).await?;
    let count = steps.len();
    Ok(Reply::Update(Message::new(format!("Stopped at step {} of {count}; `/config start` goes on there.", step + 1))))
}

async fn screen(cx: &Context, acting: &Acting, all: &[Declared], step: usize, told: Option<String>) -> Result<Message> {
    let steps = steps(all);
    let (declared, field) = *steps.get(step).ok_or_else(steps_have_changed)?;
    let stored = settings::stored(&cx.app, acting, declared).await?;
    let now = stored.get(field.name).filter(|value| field.accepts(value)).unwrap_or_else(|| declared.default(field));
    let text = format!("{}.\nNow: {}", field.about, field.show(now));
    let mut shown = embed(format!("{} {}", declared.group, field.option_name()), text);
    shown.footer = Some(footer(format!("Step {} of {}", step + 1, steps.len())));
    let message = Message::new(told.unwrap_or_default()).embed(shown);
    let at = step_digest(declared, field);
    Ok(message.row(vec![menu(field, cx.id(&Action::Choose { at })?)]).row(vec![
        button(ButtonStyle::Secondary, "Skip", cx.id(&Action::Skip { at })?),
        button(ButtonStyle::Secondary, "Stop here", cx.id(&Action::Stop { at })?),
    ]))
}

fn menu(field: &Field, custom_id: String) -> Component {
    let (kind, channel_types, placeholder) = match field.kind {
        Kind::Channel { types, .. } => (SelectMenuType::Channel, Some(types.to_vec()), "Choose a channel"),
        // `wiring.rs` checks that nothing else is asked for.
        _ => (SelectMenuType::Role, None, "Choose a role"),
    };
    Component::SelectMenu(SelectMenu {
        channel_types,
        custom_id,
        default_values: None,
        disabled: false,
        id: None,
        kind,
        max_values: None,
        min_values: None,
        options: None,
        placeholder: Some(placeholder.to_owned()),
        required: None,
    })
}

fn steps_have_changed() -> Error {
    Error::user("The steps have changed; begin again with `/config start`.")
}
