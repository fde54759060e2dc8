//! What an announcement asks for, and what of it counts once somebody has changed its reminder by hand.

use crate::operations::reminders::{self as operations, Change, Follows, Part, Target};
use crate::reminders::{Draft, Reminder};
use crate::ui::custom_id::digest;

/// What an announcement asks for.
pub(super) fn to_wish(Draft { content, .. }: &Draft) -> operations::Wish {
    operations::Wish {
        name: Some(content.name.clone()),
        body: Some(content.body.clone()),
        place: Some(content.place.clone()),
        source: content.source.clone(),
        is_event: content.is_event,
        leads: Some(content.leads.clone()),
        target: content.channel.map(Target::Channel),
        ..operations::Wish::default()
    }
}

/// The parts of a reminder that an announcement tells, in the order of [`digest_parts`].
const PARTS: [Part; 6] = [Part::Name, Part::Body, Part::Place, Part::Channel, Part::Timing, Part::Leads];

/// What a reminder says, part by part, as digests.
pub(super) fn digest_parts(Draft { content, timing, .. }: &Draft) -> [i64; 6] {
    let channel = content.channel.map_or(String::new(), |channel| channel.to_string());
    let leads = format!("{:?}", content.leads);
    let parts = [&content.name, &content.body, &content.place, &channel, &timing.written(), &leads];
    parts.map(|part| i64::from(digest(part)))
}

/// What an announcement makes of a reminder whose announcement last said `last`: what somebody has set by hand stays, and
/// so does what no announcement tells.
pub(super) fn merge_with_reminder(before: &Reminder, mut after: Draft, last: &[i64]) -> Change {
    let timing = after.timing.clone();
    let Reminder { revision, draft: before, .. } = before;
    after.content.mentions = before.content.mentions.clone();
    after.content.image = before.content.image.clone();
    let (now, new) = (digest_parts(before), digest_parts(&after));
    let mut kept = Vec::new();
    for (at, part) in PARTS.into_iter().enumerate() {
        // Where nobody knows what was said, the announcement counts.
        if last.get(at).is_none_or(|last| *last == now[at]) || now[at] == new[at] {
            continue;
        }
        match part {
            Part::Name => after.content.name = before.content.name.clone(),
            Part::Body => after.content.body = before.content.body.clone(),
            Part::Place => after.content.place = before.content.place.clone(),
            Part::Channel => after.content.channel = before.content.channel,
            Part::Timing => after.timing = before.timing.clone(),
            Part::Leads => after.content.leads = before.content.leads.clone(),
        }
        kept.push(part);
    }
    Change { revision: *revision, draft: after, follows: Some(Follows { timing, kept }) }
}
