//! One step with several tickets of the list.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::model::Priority;
use super::super::model::workflow::Step;
use super::super::operations::{look, step};
use super::super::store::By;
use super::list::PAGE;
use super::wanted::Wanted;
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::web::{Answer, Visit};
use crate::words::Say;
use crate::{said, say};

/// Takes a step with each ticket that is chosen, and says what came of it: what one refuses keeps none of the others.
pub(super) async fn take(visit: Arc<Visit>) -> Result<Answer> {
    let (language, app, acting) = (visit.language, &visit.app, visit.acting());
    let text = visit.form("text").unwrap_or_default().to_owned();
    let priority = visit.form("priority-of-all").and_then(Priority::named);
    let step = match (visit.form("step").unwrap_or_default(), priority) {
        ("claim", _) => Step::Claim,
        ("close", _) => Step::Close { reason: text, why: None },
        ("priority", Some(priority)) => Step::SetPriority(priority),
        _ => return Ok(Answer::no_page()),
    };
    let chosen: BTreeSet<i32> = visit.form_all("number").filter_map(|number| number.parse().ok()).collect();
    let most = usize::try_from(PAGE).unwrap_or_default();
    if chosen.is_empty() || chosen.len() > most {
        return Err(Error::User(said!(tickets_web_choose, most)));
    }
    let mut lines = Vec::new();
    let mut taken = Vec::new();
    let mut refused: Vec<(String, Vec<i32>)> = Vec::new();
    let mut left = chosen.iter().copied();
    while let Some(number) = left.next() {
        let taking = async {
            step::take(app, acting, step::find_to_take(app, acting, By::Number(number)).await?, step.clone()).await
        };
        match taking.await {
            Ok(_) => taken.push(number),
            Err(Failure::Refused(why)) => {
                let why = why.said().say(language);
                match refused.iter_mut().find(|(known, _)| *known == why) {
                    Some((_, numbers)) => numbers.push(number),
                    None => refused.push((why, vec![number])),
                }
            }
            // What is done is said, however the rest goes.
            Err(Failure::Internal(error)) if !taken.is_empty() => {
                let error = format!("{error:#}");
                tracing::warn!(guild = %visit.guild, error, "a step is taken with a part of the chosen tickets");
                let numbers = named(std::iter::once(number).chain(left));
                lines.push(say!(language, tickets_web_left_over, numbers));
                break;
            }
            Err(failure) => return Err(failure.into()),
        }
    }
    if !taken.is_empty() {
        let (step, numbers) = (visit.form("step").unwrap_or_default(), named(taken.into_iter()));
        lines.insert(0, say!(language, tickets_web_taken, step, numbers));
    }
    let why_not = |(why, numbers): (String, Vec<i32>)| {
        say!(language, tickets_web_refused_some, numbers = named(numbers.into_iter()), why)
    };
    lines.extend(refused.into_iter().map(why_not));
    let staff = look::works_tickets(app, acting).await?;
    let kinds = look::list_kinds(app, acting).await?;
    let to = Wanted::read(&visit, &kinds, staff).at(&visit, "", &[("at", visit.query("at").unwrap_or_default())]);
    Ok(Answer::Done { said: lines.join("\n"), to })
}

/// Tickets by their numbers.
fn named(numbers: impl Iterator<Item = i32>) -> String {
    numbers.map(|number| format!("#{number}")).collect::<Vec<_>>().join(", ")
}
