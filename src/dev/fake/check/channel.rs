//! Channels and their permission overwrites.

use std::collections::HashSet;

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
