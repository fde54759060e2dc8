//! Who takes part in a ticket besides its member and its staff.

use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::super::model::EventKind;
use super::super::store::Happened;

/// Those who were let in and not sent out again, in the order in which they came.
pub(super) fn added(events: &[Happened]) -> Vec<Id<UserMarker>> {
    let mut present = Vec::new();
    for happened in events {
        let Some(user) = happened.event.target else { continue };
        match happened.event.kind {
            EventKind::Added if !present.contains(&user) => present.push(user),
            EventKind::Removed => present.retain(|it| *it != user),
            _ => {}
        }
    }
    present
}
