//! How the bot is doing everywhere, on the dashboard, for those who run it.

use std::sync::Arc;

use jiff::Timestamp;
use maud::{Markup, html};

use super::All;
use crate::error::Result;
use crate::instances::Pass;
use crate::operations::status::{self, Cron, Everywhere, NotOwner};
use crate::web::{Answer, Page, Section, Visit, head};
use crate::words::{Said, Say, amount};
use crate::{msg, said, say};

impl Say for NotOwner {
    fn said(&self) -> Said {
        said!(status_not_owner)
    }
}

/// The page.
pub(super) fn section(all: Arc<All>) -> Section {
    let is_owner = |app, acting| async move { Ok(status::is_owner(&app, &acting)) };
    Section::new("status", "operators", msg!(status_web_label), is_owner)
        .page("", move |visit| show(visit, Arc::clone(&all)))
}

async fn show(visit: Arc<Visit>, all: Arc<All>) -> Result<Answer> {
    let language = visit.language;
    let everywhere = status::look_everywhere(&visit.app, visit.acting(), &all.jobs).await?;
    let Everywhere { database, accepted, guilds, cron, instances, share, limited, .. } = &everywhere;
    let cron = match cron {
        Cron::Passed(at) => said!(status_passed, at = at.as_second().to_string()),
        Cron::Late(at) => said!(status_late, at = at.as_second().to_string()),
        Cron::Never => said!(status_never),
    };
    let versions = said!(status_versions, version = env!("CARGO_PKG_VERSION"), database = database.as_str());
    let [versions, cron, refused] =
        visit.rich_all([&versions.say(language), &cron.say(language), &say!(language, status_not_accepted)]).await;
    let body = html! {
        @if !accepted { p.refused { (refused) } }
        p { (versions) }
        p { (cron) }
        dl {
            dt { (say!(language, status_web_guilds_label)) }
            dd { @match guilds { Some(count) => (amount_of(&visit, *count)), None => (say!(language, status_web_unknown)) } }
            dt { (say!(language, status_web_limited_label)) }
            dd { (amount_of(&visit, *limited)) }
            @if let Some(share) = share {
                dt { (say!(language, status_web_share_label)) }
                dd { (share) }
            }
        }
        h2 { (say!(language, status_web_jobs_title)) }
        (jobs(&visit, &everywhere))
        h2 { (say!(language, status_web_later_title)) }
        (later(&visit, &everywhere))
        h2 { (say!(language, status_web_calls_title)) }
        (calls(&visit, &everywhere))
        h2 { (say!(language, status_web_instances_title)) }
        @if instances.is_empty() { p.empty { (say!(language, status_web_no_instances)) } }
        @else { div.scroll tabindex="0" { table {
            (head(language, &[msg!(status_web_seen_label), msg!(status_web_wanted_label), msg!(status_web_claimed_label)]))
            tbody { @for one in instances {
                tr { td { (visit.moment(one.seen_at)) } td.number { (one.wanted) } td.number { (one.claimed) } }
            } }
        } } }
    };
    Ok(Page::new(visit.say(&msg!(status_web_label)), body).into())
}

fn amount_of(visit: &Visit, count: u64) -> String {
    say!(visit.language, status_web_amount, count = amount(count))
}

/// Every job with its last ends; what is wrong with one stands beside it.
fn jobs(visit: &Visit, everywhere: &Everywhere) -> Markup {
    let language = visit.language;
    let at = |at: Option<Timestamp>| html! { @match at { Some(at) => (visit.moment(at)), None => "–" } };
    let is_silent = |pass: &Pass| everywhere.silent.contains(&(pass.feature.as_str(), pass.job.as_str()));
    let never = everywhere
        .silent
        .iter()
        .filter(|(feature, job)| !everywhere.passes.iter().any(|pass| pass.feature == *feature && pass.job == *job));
    html! {
        @if everywhere.passes.is_empty() { p.empty { (say!(language, status_web_no_jobs)) } }
        @else {
            div.scroll tabindex="0" { table {
                (head(language, &[msg!(status_web_job_label), msg!(status_web_done_label), msg!(status_web_failed_label), msg!(status_web_state_label)]))
                tbody {
                    @for pass in &everywhere.passes {
                        tr {
                            th scope="row" { (pass.feature) ": " (pass.job) }
                            td { (at(pass.done_at)) }
                            td { (at(pass.failed_at)) }
                            td { @if pass.is_failing() { span.wrong { (say!(language, status_web_failing)) } }
                                @else if is_silent(pass) { span.wrong { (say!(language, status_web_silent)) } }
                                @else { (say!(language, status_web_well)) } }
                        }
                    }
                    @for (feature, job) in never {
                        tr {
                            th scope="row" { (feature) ": " (job) }
                            td { "–" } td { "–" }
                            td { span.wrong { (say!(language, status_web_silent)) } }
                        }
                    }
                }
            } }
        }
    }
}

fn later(visit: &Visit, everywhere: &Everywhere) -> Markup {
    let language = visit.language;
    html! {
        @if everywhere.unfinished.is_empty() { p.empty { (say!(language, status_nothing)) } }
        @else {
            div.scroll tabindex="0" { table {
                (head(language, &[msg!(status_web_feature_label), msg!(status_web_count_label), msg!(status_web_oldest_label)]))
                tbody { @for one in &everywhere.unfinished {
                    tr { th scope="row" { (one.feature) } td.number { (one.count) } td { (visit.moment(one.oldest)) } }
                } }
            } }
        }
    }
}

/// How Discord answered the calls of the process that shows this page.
fn calls(visit: &Visit, everywhere: &Everywhere) -> Markup {
    let language = visit.language;
    html! {
        p.note { (say!(language, status_web_of_this_process)) }
        div.scroll tabindex="0" { table {
            (head(language, &[msg!(status_web_status_label), msg!(status_web_count_label)]))
            tbody { @for (status, count) in &everywhere.answered {
                tr {
                    th scope="row" { @if status == "none" { (say!(language, status_web_unanswered)) } @else { (status) } }
                    td.number { (amount_of(visit, *count)) }
                }
            } }
        } }
    }
}
