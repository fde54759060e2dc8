//! Messages and forms as text, the way a person would describe their screen.

use serde_json::Value;

use super::mentions::readable;
use super::permissions;
use super::state::{APPLICATION_ID, Channel, LOADING, Message, Snowflake, State};

/// A message after `head`, such as `bot:` or `ann in #help:`; its further lines are indented.
pub(super) fn message(state: &State, head: &str, message: &Message) -> String {
    let mut marks = Vec::new();
    if let Some(only) = message.only {
        marks.push(format!("(only {} sees this)", state.user_name(only)));
    } else if !message.pings.is_empty() {
        marks.push(format!("(pings {})", message.pings.join(", ")));
    }
    if message.flags & (1 << 12) != 0 {
        marks.push("(silent)".to_owned());
    }
    if let Some(reply) = message.reference.as_ref().and_then(|reference| reference["message_id"].as_str()?.parse().ok())
    {
        marks.push(format!("(replies to {})", excerpt(state, reply)));
    }
    if message.flags & LOADING != 0 {
        return [vec![format!("{} is thinking…", head.trim_end_matches(':'))], marks].concat().join(" ");
    }
    let content = readable(state, &message.content);
    let mut content = content.lines();
    let mut first = vec![head.to_owned()];
    first.extend(content.next().filter(|line| !line.is_empty()).map(str::to_owned));
    first.append(&mut marks);
    let mut lines: Vec<String> = content.map(str::to_owned).collect();
    for (i, it) in message.embeds.iter().enumerate() {
        if i > 0 {
            lines.push("|--".to_owned());
        }
        embed(state, it, &mut lines);
    }
    for attachment in &message.attachments {
        lines.push(format!("<file: {}, {} bytes>", attachment["filename"].as_str().unwrap_or("?"), attachment["size"]));
    }
    if let Some(poll) = &message.poll {
        lines.push(format!("<poll: {}>", text(&poll["question"]["text"])));
        lines.extend(list(&poll["answers"]).map(|answer| format!("  - {}", text(&answer["poll_media"]["text"]))));
    }
    for it in &message.components {
        component(state, it, &mut lines);
    }
    block(&first.join(" "), &lines)
}

/// A form, as it opens for `user`.
pub(super) fn form(state: &State, user: Snowflake, data: &Value) -> String {
    let mut lines = Vec::new();
    for part in list(&data["components"]) {
        match part["type"].as_u64() {
            Some(18) => {
                field(state, text(&part["label"]), part["description"].as_str(), &part["component"], &mut lines);
            }
            Some(1) => {
                for input in list(&part["components"]) {
                    field(state, text(&input["label"]), None, input, &mut lines);
                }
            }
            _ => lines.extend(readable(state, text(&part["content"])).lines().map(str::to_owned)),
        }
    }
    block(&format!("bot opens a form for {}: {}", state.user_name(user), text(&data["title"])), &lines)
}

fn field(state: &State, label: &str, description: Option<&str>, input: &Value, lines: &mut Vec<String>) {
    let kind = input["type"].as_u64().unwrap_or(0);
    let needed = if kind != 23 && input["required"].as_bool().unwrap_or(true) { "*" } else { "" };
    let about = match kind {
        4 => {
            let size = if input["style"] == 2 { "long" } else { "short" };
            let least =
                input["min_length"].as_u64().filter(|n| *n > 0).map(|n| format!(", at least {n}")).unwrap_or_default();
            format!("{size}{least}, up to {}", input["max_length"].as_u64().unwrap_or(4000))
        }
        19 => "files".to_owned(),
        21 => "one of".to_owned(),
        22 => "some of".to_owned(),
        23 => "box".to_owned(),
        _ => select_kind(kind).to_owned(),
    };
    let value = match kind {
        4 => text(&input["value"]).replace('\n', "⏎"),
        23 => if input["default"] == true { "yes" } else { "no" }.to_owned(),
        _ => String::new(),
    };
    let hint = input["placeholder"].as_str().map(|hint| format!(" “{hint}”")).unwrap_or_default();
    lines.push(format!("{label}{needed} ({about}){hint}: {value}").trim_end().to_owned());
    lines.extend(description.map(|text| format!("  {text}")));
    options(state, input, lines);
}

/// What a bot-made channel is like.
pub(super) fn channel(state: &State, head: &str, channel: &Channel) -> String {
    let mut lines = Vec::new();
    lines.extend(channel.topic.as_ref().map(|topic| format!("topic: {topic}")));
    for overwrite in &channel.overwrites {
        lines.push(self::overwrite(state, overwrite));
    }
    block(head, &lines)
}

/// What an overwrite means: `@everyone: not VIEW_CHANNEL`.
pub(super) fn overwrite(state: &State, overwrite: &super::state::Overwrite) -> String {
    let who = match overwrite.is_member {
        true => state.user_name(overwrite.id),
        false => state.role_name(overwrite.id).unwrap_or_else(|| format!("role {}", overwrite.id)),
    };
    let mut parts = Vec::new();
    if !overwrite.allow.is_empty() {
        parts.push(permissions::names(overwrite.allow));
    }
    if !overwrite.deny.is_empty() {
        parts.push(format!("not {}", permissions::names(overwrite.deny)));
    }
    format!("{who}: {}", if parts.is_empty() { "nothing special".to_owned() } else { parts.join("; ") })
}

/// A few words of a message, in quotation marks.
pub(super) fn excerpt(state: &State, id: Snowflake) -> String {
    let Some(message) = state.messages.get(&id) else { return "a deleted message".to_owned() };
    let embeds = message.embeds.iter().flat_map(|embed| [text(&embed["title"]), text(&embed["description"])]);
    let texts = [message.content.as_str()].into_iter().chain(embeds);
    let shown: String = texts.filter(|text| !text.is_empty()).take(1).collect();
    let shown = readable(state, &shown);
    let line = shown.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(40).collect();
    if cut.is_empty() {
        "a message without text".to_owned()
    } else {
        format!("“{cut}{}”", if cut.len() < shown.len() { "…" } else { "" })
    }
}

/// How a button reads: `[Next]`, `[Next (disabled)]`, `[Delete (danger)]`, `[Docs → https://…]`.
pub(super) fn button(button: &Value) -> String {
    let mut notes = Vec::new();
    if button["style"] == 4 {
        notes.push("danger");
    }
    if button["disabled"] == true {
        notes.push("disabled");
    }
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
    let url = button["url"].as_str().map(|url| format!(" → {url}")).unwrap_or_default();
    format!("[{}{url}{notes}]", button_label(button))
}

/// Emoji and label.
pub(super) fn button_label(button: &Value) -> String {
    let emoji = match (button["emoji"]["name"].as_str(), button["emoji"]["id"].as_str()) {
        (Some(name), Some(_)) => format!(":{name}:"),
        (Some(name), None) => name.to_owned(),
        _ => String::new(),
    };
    format!("{emoji} {}", text(&button["label"])).trim().to_owned()
}

fn embed(state: &State, embed: &Value, lines: &mut Vec<String>) {
    let mut parts = Vec::new();
    parts.extend(embed["author"]["name"].as_str().map(str::to_owned));
    if let Some(title) = embed["title"].as_str() {
        let url = embed["url"].as_str().map(|url| format!(" → {url}")).unwrap_or_default();
        parts.push(format!("**{title}**{url}"));
    }
    parts.extend(embed["description"].as_str().map(str::to_owned));
    for field in list(&embed["fields"]) {
        let (name, value) = (text(&field["name"]), text(&field["value"]));
        parts.push(if value.contains('\n') { format!("{name}:\n{value}") } else { format!("{name}: {value}") });
    }
    for key in ["image", "thumbnail"] {
        parts.extend(embed[key]["url"].as_str().map(|url| format!("<{key}: {url}>")));
    }
    let stamp = embed["timestamp"].as_str().map(str::to_owned);
    let foot: Vec<String> = embed["footer"]["text"].as_str().map(str::to_owned).into_iter().chain(stamp).collect();
    if !foot.is_empty() {
        parts.push(format!("({})", foot.join(" • ")));
    }
    lines.extend(
        parts
            .iter()
            .flat_map(|part| part.lines())
            .map(|line| format!("| {}", readable(state, line)).trim_end().to_owned()),
    );
}

fn component(state: &State, it: &Value, lines: &mut Vec<String>) {
    match it["type"].as_u64() {
        Some(1) => {
            let row: Vec<String> = list(&it["components"])
                .map(|part| if part["type"] == 2 { button(part) } else { select(part) })
                .collect();
            lines.push(row.join(" "));
            for part in list(&it["components"]) {
                options(state, part, lines);
            }
        }
        Some(9) => {
            for part in list(&it["components"]) {
                component(state, part, lines);
            }
            component(state, &it["accessory"], lines);
        }
        Some(2) => lines.push(button(it)),
        Some(10) => lines.extend(readable(state, text(&it["content"])).lines().map(str::to_owned)),
        Some(11) => lines.push(format!("<image: {}>", text(&it["media"]["url"]))),
        Some(12) => lines.extend(list(&it["items"]).map(|item| format!("<image: {}>", text(&item["media"]["url"])))),
        Some(13) => lines.push(format!("<file: {}>", text(&it["file"]["url"]))),
        Some(14) => lines.push("--".to_owned()),
        _ => {
            let mut inner = Vec::new();
            for part in list(&it["components"]) {
                component(state, part, &mut inner);
            }
            lines.extend(inner.into_iter().map(|line| format!("| {line}")));
        }
    }
}

fn select(select: &Value) -> String {
    let hint = select["placeholder"].as_str().map(|hint| format!(": {hint}")).unwrap_or_default();
    let disabled = if select["disabled"] == true { " (disabled)" } else { "" };
    format!("<{}{hint}{disabled}>", select_kind(select["type"].as_u64().unwrap_or(0)))
}

fn select_kind(kind: u64) -> &'static str {
    match kind {
        5 => "select a member",
        6 => "select a role",
        7 => "select a member or role",
        8 => "select a channel",
        _ => "select",
    }
}

/// The options of a select, one a line; those that are chosen have a star. Chosen members and the like stand alone.
fn options(state: &State, part: &Value, lines: &mut Vec<String>) {
    for option in list(&part["options"]) {
        let mark = if option["default"] == true { '*' } else { '-' };
        let about = option["description"].as_str().map(|text| format!(" ({text})")).unwrap_or_default();
        let emoji = option["emoji"]["name"].as_str().map(|name| format!("{name} ")).unwrap_or_default();
        lines.push(format!("  {mark} {emoji}{}{about}", text(&option["label"])));
    }
    for chosen in list(&part["default_values"]) {
        let Some(id) = chosen["id"].as_str().and_then(|id| id.parse().ok()) else { continue };
        let name = match chosen["type"].as_str() {
            Some("role") => state.role_name(id).unwrap_or_default(),
            Some("channel") => state.place(id),
            _ => state.user_name(id),
        };
        lines.push(format!("  * {name}"));
    }
}

fn block(first: &str, lines: &[String]) -> String {
    let mut out = first.trim_end().to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(format!("     {line}").trim_end());
    }
    out
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Who wrote a message where, as the head of its transcript.
pub(super) fn head(state: &State, message: &Message) -> String {
    let author = if message.author == APPLICATION_ID { "bot".to_owned() } else { state.user_name(message.author) };
    format!("{author} in {}:", state.place(message.channel))
}
