//! Tests of what stands beside it.

use serde_json::json;

use super::*;

fn verdict(way: Way, body: &Value) -> String {
    let mut found = Findings::default();
    check(&mut found, &[], body, way, Around::default());
    found.0.first().map_or_else(|| "fine".to_owned(), ToString::to_string)
}

fn row(components: &Value) -> Value {
    json!({"content": "x", "components": [{"type": 1, "components": components}]})
}

fn button(id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": "Go", "custom_id": id})
}

#[test]
fn messages_within_the_limits_pass() {
    let bodies = [
        json!({"content": "x".repeat(2000)}),
        json!({"content": "x", "allowed_mentions": {"parse": ["users"], "roles": ["123456789012345678"]}}),
        json!({"embeds": [{"title": "t", "fields": [{"name": "n", "value": "v", "inline": true}]}]}),
        row(&json!((0..5).map(|i| button(&format!("b{i}"))).collect::<Vec<_>>())),
        row(&json!([{"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a"}]}])),
        row(&json!([{"type": 2, "style": 5, "label": "Docs", "url": "https://example.com"}])),
        json!({"flags": 32768, "components": [{"type": 17, "components": [{"type": 10, "content": "hello"}]}]}),
    ];
    for body in bodies {
        assert_eq!(verdict(Way::Answer, &body), "fine", "{body}");
    }
}

#[test]
fn messages_beyond_the_limits_name_the_place() {
    let embeds =
        |n: usize| json!({"embeds": (0..2).map(|_| json!({"description": "x".repeat(n)})).collect::<Vec<_>>()});
    let texts = |n: usize| {
        let texts: Vec<_> = (0..n).map(|_| json!({"type": 10, "content": "x"})).collect();
        json!({"flags": 32768, "components": texts})
    };
    let cases = [
        (json!({"content": "x".repeat(2001)}), "content is 2001 characters, 0 to 2000 allowed"),
        (json!({}), "the body is an empty message"),
        (json!({"content": "x", "enforceNonce": true}), "enforceNonce is no key that Discord knows here"),
        (embeds(3001), "embeds have 6002 characters in all, 6000 allowed"),
        (json!({"embeds": [{"title": "x".repeat(257)}]}), "embeds[0].title is 257 characters, 0 to 256 allowed"),
        (json!({"embeds": [{}]}), "embeds[0] is an empty embed"),
        (
            json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["123456789012345678"]}}),
            "allowed_mentions.users are listed while parse has \"users\"",
        ),
        (
            row(&json!((0..6).map(|i| button(&i.to_string())).collect::<Vec<_>>())),
            "components[0].components has 6 entries, 1 to 5 allowed",
        ),
        (row(&json!([button("a"), button("a")])), "components[0].components[1].custom_id \"a\" is used twice"),
        (
            row(&json!([button(&"x".repeat(101))])),
            "components[0].components[0].custom_id is 101 characters, 1 to 100 allowed",
        ),
        (row(&json!([{"type": 2, "style": 1, "label": "Go"}])), "components[0].components[0].custom_id is required"),
        (
            row(&json!([{"type": 2, "style": 5, "label": "Go", "url": "https://a.b", "custom_id": "x"}])),
            "components[0].components[0] is a link with a custom_id",
        ),
        (
            row(&json!([button("a"), {"type": 5, "custom_id": "u"}])),
            "components[0].components has a select beside something else",
        ),
        (
            row(&json!([{"type": 3, "custom_id": "s", "max_values": 2, "options": [{"label": "a", "value": "a"}]}])),
            "components[0].components[0].max_values is 2 with 1 options",
        ),
        (
            json!({"content": "x", "components": [{"type": 10, "content": "x"}]}),
            "components[0] has type 10 outside a row without IS_COMPONENTS_V2",
        ),
        (
            json!({"content": "x", "flags": 32768, "components": [{"type": 10, "content": "x"}]}),
            "content is not allowed with IS_COMPONENTS_V2",
        ),
        (texts(41), "components has 41 entries, 0 to 40 allowed"),
        (
            json!({"content": "x", "attachments": [{"id": 0, "filename": "a.csv"}]}),
            "attachments[0].id 0 has no file in this request",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(verdict(Way::Answer, &body), expected, "{body}");
    }
}

#[test]
fn flags_and_nonces_depend_on_the_way() {
    let cases = [
        (Way::Answer, json!({"content": "x", "flags": 64}), "fine"),
        (Way::Create, json!({"content": "x", "flags": 64}), "flags has bits 64, which are ignored here"),
        (Way::WebhookEdit, json!({"content": "x", "flags": 64}), "flags has bits 64, which are ignored here"),
        (Way::Create, json!({"content": "x", "nonce": "n", "enforce_nonce": true}), "fine"),
        (Way::Create, json!({"content": "x", "nonce": "n".repeat(26)}), "nonce is 26 characters, 0 to 25 allowed"),
        (Way::Create, json!({"content": "x", "enforce_nonce": true}), "enforce_nonce has no effect without a nonce"),
        (Way::Followup, json!({"content": "x", "username": "me"}), "username is not supported for interactions"),
        (Way::Edit, json!({}), "fine"),
    ];
    for (way, body, expected) in cases {
        assert_eq!(verdict(way, &body), expected, "{way:?} {body}");
    }
}

/// Each place of a message where people read a name, or a program its value, with this text in it; and what is said of it.
fn named(text: &str) -> Vec<(&'static str, Value)> {
    let option = |more: Value| {
        let mut option = json!({"label": "a", "value": "a"});
        option.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        row(&json!([{"type": 3, "custom_id": "s", "options": [option]}]))
    };
    let embed = |embed: Value| json!({"content": "x", "embeds": [embed]});
    vec![
        ("components[0].components[0]", row(&json!([{"type": 2, "style": 1, "label": text, "custom_id": "b"}]))),
        (
            "components[0].components[0]",
            row(&json!([{"type": 2, "style": 5, "label": text, "url": "https://a.example"}])),
        ),
        ("components[0].components[0].custom_id", row(&json!([button(text)]))),
        ("components[0].components[0].options[0].label", option(json!({"label": text}))),
        ("components[0].components[0].options[0].value", option(json!({"value": text}))),
        ("embeds[0].title", embed(json!({"title": text, "description": "x"}))),
        ("embeds[0].fields[0].name", embed(json!({"fields": [{"name": text, "value": "x"}]}))),
        ("embeds[0].fields[0].value", embed(json!({"fields": [{"name": "x", "value": text}]}))),
        ("components[0].content", json!({"flags": 32768, "components": [{"type": 10, "content": text}]})),
    ]
}

#[test]
fn no_way_takes_a_message_with_a_name_that_nobody_sees() {
    let ways = [Way::Answer, Way::Update, Way::Followup, Way::WebhookEdit, Way::Create, Way::Edit];
    for way in ways {
        for text in ["", " ", "\u{3000}\t"] {
            for (place, body) in
                named(text).into_iter().filter(|(place, _)| !(text.is_empty() && *place == "embeds[0].title"))
            {
                let found = verdict(way, &body);
                assert!(found.starts_with(place), "{way:?} {body}: {found}");
            }
        }
        for (place, body) in named("\u{200b}")
            .into_iter()
            .filter(|(place, _)| !place.ends_with("custom_id") && !place.ends_with("value"))
        {
            let found = verdict(way, &body);
            assert!(
                found.starts_with(place) && found.ends_with("has nothing that anybody sees"),
                "{way:?} {body}: {found}"
            );
        }
    }
}
