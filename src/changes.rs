//! What changes in guilds, whatever instance changed it, for whoever looks at it just now: triggers of the database say it, and
//! nothing of it is kept.

use std::sync::Arc;

use tokio::sync::broadcast;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::db::Notice;

/// Where triggers say it: `guild table number`.
pub const CHANNEL: &str = "changed";

/// Changes that wait for whoever is slow to hear them; who missed some is told so.
const WAITING: usize = 256;

/// A row that changed, or something that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub guild: Id<GuildMarker>,
    /// Of which table.
    pub table: Arc<str>,
    /// The row's number in its guild.
    pub number: i32,
}

impl Change {
    fn read(told: &str) -> Option<Change> {
        let mut parts = told.split(' ');
        let guild = parts.next()?.parse().ok().and_then(Id::new_checked)?;
        Some(Change { guild, table: parts.next()?.into(), number: parts.next()?.parse().ok()? })
    }
}

/// What is heard of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// This.
    Change(Change),
    /// Something may have been missed: anything may be another by now.
    Missed,
}

/// Tells everybody in this process who listens.
#[derive(Debug)]
pub struct Changes(broadcast::Sender<Heard>);

impl Default for Changes {
    fn default() -> Changes {
        Changes(broadcast::Sender::new(WAITING))
    }
}

impl Changes {
    /// Takes what the database's listener is told.
    pub fn hear(&self, notice: Notice<'_>) {
        let heard = match notice {
            // What another version says and this one does not know is nothing.
            Notice::Changed(told) => Change::read(told).map(Heard::Change),
            Notice::Missed => Some(Heard::Missed),
        };
        if let Some(heard) = heard {
            // Nobody may listen.
            let _ = self.0.send(heard);
        }
    }

    /// Listens from now on.
    pub fn listen(&self) -> Listening {
        Listening(self.0.subscribe())
    }
}

/// Somebody who listens.
#[derive(Debug)]
pub struct Listening(broadcast::Receiver<Heard>);

impl Listening {
    /// What is heard next.
    pub async fn next(&mut self) -> Heard {
        match self.0.recv().await {
            Ok(heard) => heard,
            Err(broadcast::error::RecvError::Lagged(_)) => Heard::Missed,
            // The process ends, and so does whoever listens.
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_listens_hears_what_changed_and_that_something_was_missed() {
        let changes = Changes::default();
        changes.hear(Notice::Changed("7 ticket 3"));
        let mut listening = changes.listen();
        for told in ["7 ticket 12", "", "7", "0 ticket 1", "7 ticket x"] {
            changes.hear(Notice::Changed(told));
        }
        let change = Change { guild: Id::new(7), table: "ticket".into(), number: 12 };
        assert_eq!(listening.next().await, Heard::Change(change), "and not what was before");
        changes.hear(Notice::Missed);
        assert_eq!(listening.next().await, Heard::Missed, "and nothing of what means nothing");
        for number in 0..=WAITING {
            changes.hear(Notice::Changed(&format!("7 ticket {number}")));
        }
        assert_eq!(listening.next().await, Heard::Missed, "who is slow is told so");
    }
}
