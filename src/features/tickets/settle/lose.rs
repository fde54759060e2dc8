//! The end of a ticket that has no channel.

use super::super::model::workflow::Step;
use super::super::model::{Problem, Ticket, Why};
use super::super::settings::Settings;
use super::super::store;
use super::super::write::write_step;
use super::trouble::{Trouble, forget_announcements};
use crate::acting::{Acting, Failure, Origin};
use crate::app::App;
use crate::log_channel;

/// Ends a ticket that has no channel any more, or never got one: nothing stays open where nobody can write.
pub(crate) async fn lose(app: &App, ticket: &Ticket, why: Why) -> anyhow::Result<()> {
    let now = app.clock.now();
    let never = ticket.shown.channel.is_none();
    let settings = app.settings.get::<Settings>(ticket.guild).await?;
    let acting = Acting::bot(app, ticket.guild, "tickets", Origin::Routine, now).await?;
    let problem = Problem::Ended { why: why.clone() };
    let mut tx = app.db.begin().await?;
    let step = Step::Lose { why };
    match write_step(&mut tx, &acting, ticket, (&step, &step.deed()), &settings).await {
        Ok(Some(_)) => {}
        // It is archived already, or somebody was faster.
        Ok(None) | Err(Failure::Refused(_) | Failure::Barred(_)) => return Ok(()),
        Err(Failure::Internal(error)) => return Err(error),
    }
    let mut seen = ticket.clone();
    (seen.shown.channel, seen.shown.message, seen.shown.creating_since) = (None, None, None);
    store::update_shown(&mut *tx, &seen).await?;
    store::delete_untaken(&mut *tx, ticket.guild, ticket.number).await?;
    if never {
        store::set_failed(&mut *tx, ticket.guild, ticket.number).await?;
        log_channel::stop_waiting(&mut *tx, ticket.guild, &store::place_of(ticket.number)).await?;
    }
    tx.commit().await?;
    forget_announcements(app, ticket).await.or_else(|trouble| match trouble {
        Trouble::Passing(error) => Err(error),
        _ => Ok(()),
    })?;
    seen.revision += 1;
    store::set_settled(&app.db, &seen, Some(&problem)).await?;
    app.post_log(ticket.guild);
    Ok(())
}
