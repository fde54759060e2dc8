//! Messages: answers to interactions, follow-ups, channel messages, and edits of all of them.

use serde_json::Value;

use super::{Fields, Findings, component};

const SUPPRESS_EMBEDS: u64 = 1 << 2;
const EPHEMERAL: u64 = 1 << 6;
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
const IS_VOICE_MESSAGE: u64 = 1 << 13;
/// The flag that turns a message into components only.
pub(crate) const IS_COMPONENTS_V2: u64 = 1 << 15;

/// Where a message body is sent to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Way {
    /// Callback type 4.
    Answer,
    /// Callback type 7.
    Update,
    /// `POST /webhooks/{app}/{token}`
    Followup,
    /// `PATCH /webhooks/{app}/{token}/messages/…`
    WebhookEdit,
    /// `POST /channels/{id}/messages`
    Create,
    /// `PATCH /channels/{id}/messages/{id}`
    Edit,
}

impl Way {
    /// Whether an existing message changes.
    pub(crate) fn edits(self) -> bool {
        matches!(self, Way::Update | Way::WebhookEdit | Way::Edit)
    }

    /// The flags that may be set this way.
    pub(crate) fn flags(self) -> u64 {
        match self {
            Way::Answer => SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS | IS_VOICE_MESSAGE | IS_COMPONENTS_V2,
            Way::Followup => SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS | IS_COMPONENTS_V2,
            Way::Create => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | IS_VOICE_MESSAGE | IS_COMPONENTS_V2,
            Way::Update | Way::WebhookEdit | Way::Edit => SUPPRESS_EMBEDS | IS_COMPONENTS_V2,
        }
    }
}

/// What the check must know beside the body.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around<'a> {
    /// The names of the files in the same request.
    pub(crate) files: &'a [String],
    /// Whether the edited message is one of components only.
    pub(crate) was_v2: bool,
}

/// Checks the body of a message.
pub(crate) fn check(found: &mut Findings, path: &[String], body: &Value, way: Way, around: Around<'_>) {
    let Some(mut fields) = Fields::of(found, path, body) else { return };
    let flags = fields.int("flags", 0..=i64::MAX).map_or(0, i64::cast_unsigned);
    if flags & !way.flags() != 0 {
        fields.note("flags", format!("has bits {}, which are ignored here", flags & !way.flags()));
    }
    let v2 = around.was_v2 || flags & IS_COMPONENTS_V2 != 0;
    fields.text("content", 0..=2000);
    embeds(&mut fields);
    allowed_mentions(&mut fields);
    attachments(&mut fields, way, around);
    let path_of_components = fields.at("components");
    let components = fields.list("components", 0..=if v2 { 40 } else { usize::MAX });
    component::of_message(fields.found, &path_of_components, &components, v2);
    match way {
        Way::Answer | Way::Followup => fields.allow(&["tts", "poll"]),
        Way::WebhookEdit => fields.allow(&["poll"]),
        Way::Update => {}
        Way::Edit => fields.allow(&["sticker_ids"]),
        Way::Create => create(&mut fields),
    }
    if way == Way::Followup {
        for key in ["username", "avatar_url", "thread_name", "applied_tags"] {
            if fields.get(key).is_some() {
                fields.note(key, "is not supported for interactions");
            }
        }
    }
    if v2 {
        only_components(&mut fields, body, way);
    } else if !way.edits() && is_empty(body, around) {
        fields.refuse("", "EMPTY_MESSAGE", "is an empty message");
    }
    fields.done();
}

fn create(fields: &mut Fields<'_, '_>) {
    fields.allow(&["tts", "poll", "sticker_ids", "shared_client_theme"]);
    let enforce = fields.flag("enforce_nonce");
    match fields.get("nonce") {
        Some(Value::String(nonce)) => {
            let path = fields.at("nonce");
            super::length(fields.found, &path, nonce, 0..=25);
        }
        Some(Value::Number(_)) => {}
        Some(_) => fields.refuse("nonce", "NONCE_TYPE_INVALID", "is neither a string nor a number"),
        None if enforce == Some(true) => fields.note("enforce_nonce", "has no effect without a nonce"),
        None => {}
    }
    if let Some((path, reference)) = fields.inner("message_reference")
        && let Some(mut reference) = Fields::of(fields.found, &path, reference)
    {
        reference.require("message_id");
        for id in ["message_id", "channel_id", "guild_id"] {
            reference.id(id);
        }
        reference.flag("fail_if_not_exists");
        reference.int("type", 0..=1);
        reference.done();
    }
}

fn is_empty(body: &Value, around: Around<'_>) -> bool {
    let blank = |key: &str| match &body[key] {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    around.files.is_empty()
        && ["content", "embeds", "components", "attachments", "poll", "sticker_ids", "message_reference"]
            .iter()
            .all(|key| blank(key))
}

fn only_components(fields: &mut Fields<'_, '_>, body: &Value, way: Way) {
    for key in ["content", "embeds", "poll", "sticker_ids"] {
        let empty = match &body[key] {
            Value::Null => true,
            Value::Array(list) => list.is_empty(),
            Value::String(text) => text.is_empty(),
            _ => false,
        };
        if !empty {
            fields.refuse(
                key,
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                "is not allowed with IS_COMPONENTS_V2",
            );
        }
    }
    if !way.edits() && body["components"].as_array().is_none_or(Vec::is_empty) {
        fields.refuse("components", "BASE_TYPE_REQUIRED", "is required with IS_COMPONENTS_V2");
    }
}

fn embeds(fields: &mut Fields<'_, '_>) {
    let mut all = 0;
    for (path, embed) in fields.list("embeds", 0..=10) {
        let size = embed_size(embed);
        all += size;
        let Some(mut embed_fields) = Fields::of(fields.found, &path, embed) else { continue };
        self::embed(&mut embed_fields);
        let bare = ["image", "thumbnail", "url", "timestamp"].iter().all(|key| embed[*key].is_null());
        if size == 0 && bare {
            embed_fields.refuse("", "BASE_TYPE_REQUIRED", "is an empty embed");
        }
        embed_fields.done();
    }
    if all > 6000 {
        fields.refuse("embeds", "MAX_EMBED_SIZE_EXCEEDED", format!("have {all} characters in all, 6000 allowed"));
    }
}

fn embed(embed: &mut Fields<'_, '_>) {
    embed.allow(&["type", "provider", "video"]);
    if embed.seen_text("title", 0..=256).is_some_and(|title| title.trim().is_empty()) {
        embed.note("title", "is blank, and Discord shows none");
    }
    embed.text("description", 0..=4096);
    url(embed, "url");
    embed.int("color", 0..=0xff_ffff);
    if let Some(time) = embed.text("timestamp", 1..=64)
        && time.parse::<jiff::Timestamp>().is_err()
    {
        embed.refuse("timestamp", "DATE_TIME_TYPE_PARSE", "is not an ISO 8601 time");
    }
    if let Some((path, footer)) = embed.inner("footer")
        && let Some(mut footer) = Fields::of(embed.found, &path, footer)
    {
        footer.seen_text("text", 0..=2048);
        url(&mut footer, "icon_url");
        footer.allow(&["proxy_icon_url"]);
        footer.done();
    }
    if let Some((path, author)) = embed.inner("author")
        && let Some(mut author) = Fields::of(embed.found, &path, author)
    {
        author.seen_text("name", 0..=256);
        url(&mut author, "url");
        url(&mut author, "icon_url");
        author.allow(&["proxy_icon_url"]);
        author.done();
    }
    for key in ["image", "thumbnail"] {
        if let Some((path, image)) = embed.inner(key)
            && let Some(mut image) = Fields::of(embed.found, &path, image)
        {
            url(&mut image, "url");
            image.text("description", 0..=4096);
            image.allow(&["width", "height", "proxy_url", "placeholder", "placeholder_version", "is_animated"]);
            image.done();
        }
    }
    for (path, field) in embed.list("fields", 0..=25) {
        let Some(mut field) = Fields::of(embed.found, &path, field) else { continue };
        for (key, most) in [("name", 256), ("value", 1024)] {
            if field.required_seen_text(key, 0..=most).is_some_and(|text| text.trim().is_empty()) {
                field.refuse(key, "BASE_TYPE_REQUIRED", "is empty");
            }
        }
        field.flag("inline");
        field.done();
    }
}

fn url(fields: &mut Fields<'_, '_>, key: &'static str) {
    if let Some(url) = fields.text(key, 0..=2048)
        && !["http://", "https://", "attachment://"].iter().any(|scheme| url.starts_with(scheme))
    {
        fields.refuse(key, "URL_TYPE_INVALID_URL", format!("{url:?} is not a link"));
    }
}

/// The characters of an embed that count towards the 6000; Discord trims each part first.
fn embed_size(embed: &Value) -> usize {
    let fields = embed["fields"].as_array().into_iter().flatten().flat_map(|field| [&field["name"], &field["value"]]);
    [&embed["title"], &embed["description"], &embed["footer"]["text"], &embed["author"]["name"]]
        .into_iter()
        .chain(fields)
        .filter_map(Value::as_str)
        .map(|text| text.trim().chars().count())
        .sum()
}

fn allowed_mentions(fields: &mut Fields<'_, '_>) {
    let Some((path, value)) = fields.inner("allowed_mentions") else { return };
    let Some(mut mentions) = Fields::of(fields.found, &path, value) else { return };
    let parse: Vec<&str> = mentions.list("parse", 0..=3).iter().filter_map(|(_, kind)| kind.as_str()).collect();
    for kind in &parse {
        if !["users", "roles", "everyone"].contains(kind) {
            mentions.refuse(
                "parse",
                "BASE_TYPE_CHOICES",
                format!("has {kind:?}, which is none of users, roles, everyone"),
            );
        }
    }
    for kind in ["users", "roles"] {
        let ids = mentions.list(kind, 0..=100);
        if !ids.is_empty() && parse.contains(&kind) {
            mentions.refuse(
                kind,
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                format!("are listed while parse has {kind:?}"),
            );
        }
        for (path, id) in ids {
            if super::snowflake(id).is_none() {
                mentions.found.refuse(&path, "NUMBER_TYPE_COERCE", format!("is {id}, not an id as a string"));
            }
        }
    }
    mentions.flag("replied_user");
    mentions.done();
}

fn attachments(fields: &mut Fields<'_, '_>, way: Way, around: Around<'_>) {
    if around.files.len() > 10 {
        fields.refuse("", "BASE_TYPE_MAX_LENGTH", format!("comes with {} files, 10 allowed", around.files.len()));
    }
    for (path, attachment) in fields.list("attachments", 0..=10) {
        let id = attachment["id"].as_u64().or_else(|| super::snowflake(&attachment["id"]));
        let Some(mut attachment) = Fields::of(fields.found, &path, attachment) else { continue };
        attachment.allow(&["id", "duration_secs", "waveform", "is_remix", "is_spoiler", "title"]);
        if way.edits() {
            attachment.allow(&["url", "proxy_url", "size", "content_type", "ephemeral"]);
        }
        attachment.text("filename", 1..=1024);
        attachment.text("description", 0..=1024);
        match id {
            None => attachment.refuse("id", "NUMBER_TYPE_COERCE", "is not an id"),
            // Small numbers count the files of this request, large ones are attachments that stay.
            Some(id) if id < 100 && usize::try_from(id).is_ok_and(|id| id >= around.files.len()) => {
                attachment.refuse("id", "ATTACHMENT_NOT_FOUND", format!("{id} has no file in this request"));
            }
            Some(_) => {}
        }
        attachment.done();
    }
}

#[cfg(test)]
mod tests;
