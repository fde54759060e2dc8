//! `/status`: how the bot is doing here, for admins: whether time triggers what it should, what waits, and what is missing.

mod web;

use std::sync::Arc;

use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize};
use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::guild::Permissions;

use crate::error::Result;
use crate::feature::{Condition, Feature, Look};
use crate::interactions::{Context, Reply};
use crate::operations::settings::{self, Faults, words};
use crate::operations::status::{self, Cron, SOON, Status};
use crate::settings::{Declared, System};
use crate::ui::{Message, button, embed};
use crate::words::{Language, Said, Say, name_of};
use crate::{said, say};

/// Lines of each part; there may be a setting, a kind and a ticket for each.
const SHOWN: usize = 12;

/// The feature.
pub(super) fn feature() -> Feature {
    telling(&[]).about_all(telling)
}

/// What there is to look at.
struct All {
    declared: Vec<Declared>,
    conditions: Vec<(&'static str, Look)>,
    jobs: Vec<(&'static str, &'static str)>,
}

/// The feature as it tells of `features`.
fn telling(features: &[Feature]) -> Feature {
    let set = features.iter().map(|feature| feature.declared.clone()).filter(|it| !it.fields().is_empty());
    let looked_at = |feature: &Feature| feature.condition.clone().map(|look| (feature.name, look));
    let jobs = features.iter().flat_map(|feature| feature.jobs.iter().map(|job| (feature.name, job.name)));
    let all = Arc::new(All {
        declared: std::iter::once(Declared::of::<System>()).chain(set).collect(),
        conditions: features.iter().filter_map(looked_at).collect(),
        jobs: jobs.collect(),
    });
    let (again, operators) = (Arc::clone(&all), Arc::clone(&all));
    // Who looks why nothing works must be able to.
    Feature::new("status")
        .always_on()
        .pages(web::section(operators))
        .command(move |cx, input| show(cx, input, Arc::clone(&all)))
        .only_for_admins(&["status"])
        .press(move |cx, action, chosen| press(cx, action, chosen, Arc::clone(&again)))
}

fn who_sees_it() -> Permissions {
    Permissions::MANAGE_GUILD
}

/// How I am doing here
#[derive(CommandModel, CreateCommand)]
#[command(name = "status", default_permissions = "who_sees_it")]
struct Asked {}

/// What its button does.
#[derive(Debug, Serialize, Deserialize)]
enum Action {
    /// Look once more.
    Again,
}

async fn show(cx: Context, _: Asked, all: Arc<All>) -> Result<Reply> {
    Ok(screen(&cx, &all).await?.ephemeral(true).into())
}

async fn press(cx: Context, Action::Again: Action, _: Vec<String>, all: Arc<All>) -> Result<Reply> {
    Ok(Reply::Update(screen(&cx, &all).await?))
}

async fn screen(cx: &Context, all: &All) -> Result<Message> {
    let acting = cx.acting().await?;
    let status = status::look(&cx.app, &acting, &all.jobs).await?;
    // At once: each waits for Discord a while, and all together no longer.
    let faults = try_join_all(all.declared.iter().map(|declared| settings::faults(&cx.app, &acting, declared)));
    let conditions = try_join_all(all.conditions.iter().map(|(feature, look)| async {
        match cx.app.settings.enabled(cx.guild, feature).await {
            true => look(cx.clone()).await,
            false => Ok(Condition::default()),
        }
    }));
    let (faults, conditions, promised) = tokio::join!(faults, conditions, cx.count_promises(acting.now() - SOON));
    let (faults, conditions) = (faults?, conditions?);
    let (mut waits, mut lacks) = (Vec::new(), Vec::new());
    waits.extend(Some(promised?).filter(|count| *count > 0).map(|count| said!(status_promises, count)));
    waits.extend(Some(status.log_entries).filter(|count| *count > 0).map(|count| said!(status_log_entries, count)));
    for (declared, Faults { lacks: named, warnings, .. }) in all.declared.iter().zip(&faults) {
        let group = || name_of(declared.group());
        lacks.extend(named.iter().map(|unfit| said!(status_fault, group = group(), fault = words::fault(unfit))));
        lacks.extend(warnings.iter().map(words::warning));
    }
    for condition in conditions {
        waits.extend(condition.waits);
        lacks.extend(condition.lacks);
    }
    let language = cx.language;
    let mut lines = own_state(language, &status);
    lines.push(part(language, said!(status_waits), "⏳", &waits));
    lines.push(part(language, said!(status_lacks), "⚠️", &lacks));
    if faults.iter().any(|faults| faults.unsure) {
        lines.push(say!(language, settings_unsure));
    }
    let again = button(ButtonStyle::Secondary, say!(language, status_again_button), cx.id(&Action::Again)?);
    Ok(Message::default().embed(embed(say!(language, status_title), lines.join("\n"))).row(vec![again]))
}

/// What is the same in all servers.
fn own_state(language: Language, status: &Status) -> Vec<String> {
    let mut told =
        vec![said!(status_versions, version = env!("CARGO_PKG_VERSION"), database = status.database.as_str())];
    told.extend((!status.accepted).then(|| said!(status_not_accepted)));
    told.extend((!status.reads_content).then(|| said!(status_no_content)));
    told.extend(status.stopped.then(|| said!(status_stopped)));
    told.push(match status.cron {
        Cron::Passed(at) => said!(status_passed, at = at.as_second().to_string()),
        Cron::Late(at) => said!(status_late, at = at.as_second().to_string()),
        Cron::Never => said!(status_never),
    });
    let called = |feature: &str, job: &str| format!("{feature}: {job}").replace('`', "'");
    told.extend(status.failing.iter().map(|pass| {
        let at = pass.failed_at.map_or(0, |at| at.as_second());
        said!(status_failing, job = called(&pass.feature, &pass.job), at = at.to_string())
    }));
    told.extend(status.silent.iter().map(|(feature, job)| said!(status_silent, job = called(feature, job))));
    told.iter().map(|line| line.say(language)).collect()
}

/// What there is of something, or that there is nothing.
fn part(language: Language, name: Said, mark: &str, lines: &[Said]) -> String {
    let mut shown: Vec<String> =
        lines.iter().take(SHOWN).map(|line| format!("{mark} {}", line.say(language))).collect();
    match lines.len().saturating_sub(SHOWN) {
        0 if lines.is_empty() => shown.push(say!(language, status_nothing)),
        0 => {}
        more => shown.push(say!(language, status_more, count = more)),
    }
    format!("\n**{}**\n{}", name.say(language), shown.join("\n"))
}
