//! Reminders that were made before: what makes one does so once, and hears of it again.

use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::{Refusal, voucher};
use crate::acting::{Acting, Failure, Origin, Outcome, digest};
use crate::db::db_id;
use crate::reminders::{Draft, Maker, Reminder, Timing, store};

/// A reminder that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// The reminder.
    pub reminder: Reminder,
    /// Whether it was there before: what made it was done once more.
    pub again: bool,
}

impl Outcome for Made {
    fn code(&self) -> &'static str {
        "made"
    }
}

/// A reminder that the same origin has made before, by its number.
#[derive(Clone, Debug)]
pub(super) enum MadeBefore {
    There(Box<Reminder>),
    /// It was deleted since.
    Gone(i32),
}

/// By what somebody makes a reminder for `creator`, also as an older version reads it: that knows interactions and messages by
/// their ids. One request may make several, so it counts with what it `asked` for, and when; an interaction asks for one alone,
/// and what it makes of a message must be the same if that was edited before its work is tried again.
pub(super) fn maker(acting: &Acting, creator: Id<UserMarker>, asked: &str, timing: Option<&Timing>) -> Maker {
    let key = acting.origin_key();
    let once = |deed: String| key.clone().map(|origin| (origin, deed));
    match acting.origin() {
        Origin::Interaction(id) => {
            let once = once(format!("reminder.make {}", digest(&creator)));
            Maker { key, id: Some(db_id(*id)), once }
        }
        Origin::Message(id) => Maker { key, id: Some(db_id(*id)), once: None },
        Origin::Request(_) | Origin::SettingChange(_) => {
            // Of a moment that is counted from now only what somebody wrote is the same when it is asked for again.
            let timing = timing.map(|timing| (timing.written(), timing.schedule.zone_name()));
            let deed = format!("reminder.make {}", digest(&(creator, asked, timing)));
            Maker { key: acting.deed_key(&deed), id: None, once: once(deed) }
        }
        Origin::Routine => Maker::default(),
    }
}

/// What is answered of a reminder that the same has made before: it is as it is now, or, if it is gone, as it was asked for.
pub(super) fn made_again(acting: &Acting, made: MadeBefore, asked: Draft) -> Made {
    let reminder = match made {
        MadeBefore::There(reminder) => *reminder,
        MadeBefore::Gone(number) => {
            let next = asked.next(acting.now());
            let (guild, voucher) = (acting.guild(), voucher(acting));
            Reminder { guild, number, draft: asked, next, paused: None, revision: 1, voucher }
        }
    };
    Made { reminder, again: true }
}

/// The reminder that the same has made before under `number`, if whoever acts is not another than then.
pub(super) async fn find_made(
    db: impl PgExecutor<'_>,
    acting: &Acting,
    number: i32,
    creator: Id<UserMarker>,
) -> Result<MadeBefore, Failure<Refusal>> {
    match store::find(db, acting.guild(), number).await? {
        Some(made) if made.draft.creator != creator && acting.user().is_some() => Err(Refusal::NotForThem.into()),
        Some(made) => Ok(MadeBefore::There(Box::new(made))),
        None => Ok(MadeBefore::Gone(number)),
    }
}
