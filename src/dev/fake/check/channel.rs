//! Channels and their permission overwrites, threads, invitations, events and members.

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::Value;

use super::{Fields, Findings};

/// Checks a channel that is created or, with `kind`, one of that type that changes.
pub(crate) fn check(found: &mut Findings, body: &Value, kind: Option<u8>) {
    let Some(mut fields) = Fields::of(found, &[], body) else { return };
    if kind.is_none() {
        fields.require("name");
    }
    fields.text("name", 1..=100);
    let asked = fields.int("type", 0..=15);
    let kind = kind.map(i64::from).or(asked).unwrap_or(0);
    if ![0, 2, 4, 5, 13, 14, 15].contains(&kind) {
        fields.refuse("type", "BASE_TYPE_CHOICES", format!("{kind} is no type of a server's channel"));
    }
    fields.text("topic", 0..=if matches!(kind, 15 | 16) { 4096 } else { 1024 });
    if fields.id("parent_id").is_some() && kind == 4 {
        fields.refuse("parent_id", "CHANNEL_PARENT_INVALID_TYPE", "is given for a category, which has none");
    }
    fields.int("position", 0..=i64::from(i32::MAX));
    fields.int("rate_limit_per_user", 0..=21600);
    fields.flag("nsfw");
    fields.allow(&[
        "bitrate",
        "user_limit",
        "rtc_region",
        "video_quality_mode",
        "default_auto_archive_duration",
        "flags",
    ]);
    fields.allow(&[
        "default_reaction_emoji",
        "default_thread_rate_limit_per_user",
        "default_sort_order",
        "default_forum_layout",
    ]);
    fields.allow(&["default_tag_setting", "available_tags"]);
    let mut ids = HashSet::new();
    for (path, value) in fields.list("permission_overwrites", 0..=100) {
        if !ids.insert(value["id"].as_str()) {
            fields.found.refuse(&path, "OVERWRITE_DUPLICATED", "has the id of another overwrite");
        }
        overwrite(fields.found, &path, value, true);
    }
    fields.done();
}

/// Checks an overwrite; alone, its id is in the path of the request.
pub(crate) fn overwrite(found: &mut Findings, path: &[String], value: &Value, with_id: bool) {
    let Some(mut fields) = Fields::of(found, path, value) else { return };
    if with_id {
        fields.require("id");
        fields.id("id");
    }
    fields.require("type");
    fields.int("type", 0..=1);
    let allow = fields.bits("allow").unwrap_or(0);
    let deny = fields.bits("deny").unwrap_or(0);
    if allow & deny != 0 {
        fields.note("", format!("allows and denies the bits {}, of which the denial is lost", allow & deny));
    }
    fields.done();
}

/// Minutes without a message after which a thread may close by itself.
const AUTO_ARCHIVE: [i64; 4] = [60, 1440, 4320, 10080];

/// Checks a thread that is created, perhaps at a message.
pub(crate) fn thread(found: &mut Findings, body: &Value, at_message: bool) {
    let Some(mut fields) = Fields::of(found, &[], body) else { return };
    fields.required_text("name", 1..=100);
    auto_archive(&mut fields);
    fields.int("rate_limit_per_user", 0..=21600);
    if !at_message {
        if fields.int("type", 0..=15).is_some_and(|kind| ![10, 11, 12].contains(&kind)) {
            fields.refuse("type", "BASE_TYPE_CHOICES", "is no type of a thread");
        }
        fields.flag("invitable");
    }
    fields.done();
}

/// Checks a change of a thread.
pub(crate) fn thread_change(found: &mut Findings, body: &Value) {
    let Some(mut fields) = Fields::of(found, &[], body) else { return };
    fields.text("name", 1..=100);
    for key in ["archived", "locked", "invitable"] {
        fields.flag(key);
    }
    auto_archive(&mut fields);
    fields.int("rate_limit_per_user", 0..=21600);
    fields.allow(&["flags", "applied_tags"]);
    fields.done();
}

fn auto_archive(fields: &mut Fields<'_, '_>) {
    let minutes = fields.int("auto_archive_duration", 0..=10080);
    if minutes.is_some_and(|minutes| !AUTO_ARCHIVE.contains(&minutes)) {
        fields.refuse("auto_archive_duration", "BASE_TYPE_CHOICES", format!("is none of {AUTO_ARCHIVE:?}"));
    }
}

/// Checks an invitation.
pub(crate) fn invite(found: &mut Findings, body: &Value) {
    let Some(mut fields) = Fields::of(found, &[], body) else { return };
    fields.int("max_age", 0..=604_800);
    fields.int("max_uses", 0..=100);
    fields.flag("temporary");
    fields.flag("unique");
    fields.allow(&["target_type", "target_user_id", "target_application_id", "role_ids"]);
    fields.done();
}

/// Checks an event that is announced or, unless `is_new`, changed.
pub(crate) fn event(found: &mut Findings, body: &Value, now: Timestamp, is_new: bool) {
    let Some(mut fields) = Fields::of(found, &[], body) else { return };
    let kind = fields.int("entity_type", 1..=3);
    if is_new {
        for key in ["name", "privacy_level", "scheduled_start_time", "entity_type"] {
            fields.require(key);
        }
        match kind {
            Some(3) => {
                fields.require("scheduled_end_time");
                if body["entity_metadata"]["location"]
                    .as_str()
                    .is_none_or(|place| !(1..=100).contains(&place.chars().count()))
                {
                    fields.refuse("entity_metadata", "BASE_TYPE_REQUIRED", "needs a location of 1 to 100 characters");
                }
            }
            Some(_) => fields.require("channel_id"),
            None => {}
        }
    }
    fields.text("name", 1..=100);
    fields.text("description", 0..=1000);
    fields.int("privacy_level", 2..=2);
    fields.int("status", 1..=4);
    fields.id("channel_id");
    let mut time = |key| {
        let at = fields.text(key, 1..=40)?.parse::<Timestamp>().ok();
        match at {
            None => fields.refuse(key, "DATE_TIME_TYPE_PARSE", "is no time"),
            Some(at) if at < now => fields.refuse(key, "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "lies in the past"),
            Some(_) => {}
        }
        at
    };
    if let (Some(start), Some(end)) = (time("scheduled_start_time"), time("scheduled_end_time"))
        && end <= start
    {
        fields.refuse("scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START", "is not after the start");
    }
    fields.allow(&["entity_metadata", "image", "recurrence_rule"]);
    fields.done();
}

/// Checks a change of a member.
pub(crate) fn member(found: &mut Findings, body: &Value) {
    let Some(mut fields) = Fields::of(found, &[], body) else { return };
    fields.text("nick", 0..=32);
    fields.list("roles", 0..=250);
    fields.text("communication_disabled_until", 1..=40);
    fields.allow(&["mute", "deaf", "channel_id", "flags"]);
    fields.done();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn channels() {
        let verdict = |body: &Value| {
            let mut found = Findings::default();
            check(&mut found, body, None);
            found.0.first().map_or_else(|| "fine".to_owned(), ToString::to_string)
        };
        let overwrite = |id: u64| json!({"id": id.to_string(), "type": 1, "allow": "1024", "deny": "0"});
        let cases = [
            (
                json!({
                    "name": "ticket-1", "topic": "x".repeat(1024),
                    "permission_overwrites": [overwrite(1), overwrite(2)],
                }),
                "fine",
            ),
            (json!({"topic": "x"}), "name is required"),
            (json!({"name": "x".repeat(101)}), "name is 101 characters, 1 to 100 allowed"),
            (json!({"name": "x", "topic": "x".repeat(1025)}), "topic is 1025 characters, 0 to 1024 allowed"),
            (json!({"name": "x", "type": 4, "parent_id": "1"}), "parent_id is given for a category, which has none"),
            (
                json!({"name": "x", "permission_overwrites": [overwrite(1), overwrite(1)]}),
                "permission_overwrites[1] has the id of another overwrite",
            ),
            (
                json!({"name": "x", "permission_overwrites": (0..101).map(overwrite).collect::<Vec<_>>()}),
                "permission_overwrites has 101 entries, 0 to 100 allowed",
            ),
            (
                json!({"name": "x", "permission_overwrites": [{"id": 5, "type": 0}]}),
                "permission_overwrites[0].id is 5, not an id as a string",
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(verdict(&body), expected, "{body}");
        }
    }
}
