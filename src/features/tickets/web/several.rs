//! One step with several tickets of the list.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::model::Priority;
use super::super::model::workflow::Step;
use super::super::operations::{look, step};
use super::super::store::By;
use super::list::PAGE;
use super::steps::done;
use super::wanted::Wanted;
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::web::{Answer, Visit};
use crate::words::Say;
use crate::{said, say};

/// Takes a step with each ticket that is chosen, and says of each what came of it: what one refuses keeps none of the others.
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
    for number in chosen {
        let taken = async {
            step::take(app, acting, step::find_to_take(app, acting, By::Number(number)).await?, step.clone()).await
        };
        lines.push(match taken.await {
            Ok(stepped) => done(&stepped.ticket, &stepped.event).say(language),
            Err(Failure::Refused(why)) => say!(language, tickets_web_refused_one, number, why = why.said()),
            Err(failure) => return Err(failure.into()),
        });
    }
    let staff = look::works_tickets(app, acting).await?;
    let kinds = look::list_kinds(app, acting).await?;
    let to = Wanted::read(&visit, &kinds, staff).at(&visit, "", &[("at", visit.query("at").unwrap_or_default())]);
    Ok(Answer::Done { said: lines.join("\n"), to })
}
