//! A ticket of somebody who seems to be in need: it becomes pressing, and the staff is told. No model is asked.

use sqlx::PgConnection;

use super::super::model::workflow::Step;
use super::super::model::{Priority, Refusal};
use super::super::settings::Settings;
use super::super::store::{self, By};
use super::super::words;
use super::super::write::write_step;
use crate::acting::{Acting, Failure, Origin};
use crate::app::App;
use crate::assist::{self, Distress, distress_of};

/// What was heard in what somebody wrote.
pub(super) struct Need {
    distress: Distress,
    help_line: Option<String>,
    /// Nobody has asked for what follows from it.
    bot: Acting,
}

impl Need {
    /// Listens to what a ticket is opened with; nothing if nothing is heard, or nobody wants that. What somebody else writes
    /// for them counts too.
    pub(super) async fn of(app: &App, acting: &Acting, written: &str) -> anyhow::Result<Option<Need>> {
        let distress = distress_of(written);
        if distress == Distress::None {
            return Ok(None);
        }
        let settings = app.settings.get::<assist::Settings>(acting.guild()).await?;
        if !settings.distress {
            return Ok(None);
        }
        let bot = Acting::bot(app, acting.guild(), "tickets", Origin::Routine, acting.now()).await?;
        Ok(Some(Need { distress, help_line: settings.help_line.clone(), bot }))
    }

    /// Raises the priority of the ticket that was just opened, by the step that people take, and tells the staff why.
    pub(super) async fn raise(
        &self,
        tx: &mut PgConnection,
        number: i32,
        settings: &Settings,
    ) -> Result<(), Failure<Refusal>> {
        let ticket = store::find(&mut *tx, self.bot.guild(), By::Number(number)).await?.ok_or(Refusal::NoSuchTicket)?;
        let priority = match self.distress {
            Distress::Urgent => Priority::Urgent,
            Distress::Worried | Distress::None => Priority::High,
        };
        if ticket.priority.rank() > priority.rank() {
            let step = Step::SetPriority(priority);
            write_step(&mut *tx, &self.bot, &ticket, (&step, &step.deed()), settings).await?;
        }
        let entry = words::in_need(&self.bot, &ticket, self.distress, self.help_line.as_deref());
        self.bot.record_following(tx, &entry, &store::place_of(number)).await?;
        Ok(())
    }
}
