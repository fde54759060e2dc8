//! Mentions in a message: whom they notify, and how they read on the screen.

use jiff::Timestamp;
use serde_json::Value;
use twilight_model::guild::Permissions;

use super::state::{Message, Snowflake, State};

/// The users mentioned in a text.
pub(super) fn users(text: &str) -> Vec<Snowflake> {
    tokens(text).filter_map(|(_, token)| id(token.strip_prefix('@')?.trim_start_matches('!'))).collect()
}

/// The roles mentioned in a text.
pub(super) fn roles(text: &str) -> Vec<Snowflake> {
    tokens(text).filter_map(|(_, token)| id(token.strip_prefix("@&")?)).collect()
}

/// Who is notified by `text`, as names: of members, of roles, or "everyone".
///
/// `allowed` is `allowed_mentions` of the body. Without it a channel message may notify everybody, an answer to an
/// interaction only users.
pub(super) fn pings(state: &State, message: &Message, text: &str, allowed: &Value, is_answer: bool) -> Vec<String> {
    let listed = |kind: &str, id: Snowflake| {
        allowed[kind].as_array().is_some_and(|ids| ids.iter().any(|value| value.as_str() == Some(&id.to_string())))
    };
    let parsed = |kind: &str| match &allowed["parse"] {
        _ if allowed.is_null() => kind == "users" || !is_answer,
        Value::Array(kinds) => kinds.iter().any(|value| value == kind),
        _ => false,
    };
    let may_ping_all = state.may(message.author, message.channel, Permissions::MENTION_EVERYONE) && !is_answer;
    let mut names = Vec::new();
    for id in users(text) {
        if (parsed("users") || listed("users", id)) && state.users.contains_key(&id) {
            names.push(state.user_name(id));
        }
    }
    for id in roles(text) {
        let role = state.guilds.iter().flat_map(|guild| &guild.roles).find(|role| role.id == id);
        if let Some(role) = role.filter(|role| role.mentionable || may_ping_all)
            && (parsed("roles") || listed("roles", id))
        {
            names.push(role.name.clone());
        }
    }
    if (text.contains("@everyone") || text.contains("@here")) && parsed("everyone") && may_ping_all {
        names.push("everyone".to_owned());
    }
    let mut once: Vec<String> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

/// Whom a message brings into a private thread: those whom it mentions, and whoever has a role that it notifies.
pub(super) fn brought_in(state: &State, message: &Message, text: &str) -> Vec<Snowflake> {
    let mut brought = users(text);
    for id in roles(text) {
        let Some(guild) = state.guilds.iter().find(|guild| guild.role(id).is_some()) else { continue };
        if guild.role(id).is_some_and(|role| message.pings.contains(&role.name)) {
            brought.extend(guild.members.iter().filter(|it| it.roles.contains(&id)).map(|member| member.user));
        }
    }
    brought
}

/// What Discord's client makes of a text that somebody types: `@ann`, `@&staff` and `#help` become mentions.
pub(super) fn written(state: &State, guild: Option<Snowflake>, text: &str) -> String {
    let Some(guild) = guild.and_then(|id| state.guild(id)) else { return text.to_owned() };
    let mention = |word: &str| {
        let role = |name: &str| guild.role_named(name).filter(|role| role.id != guild.id);
        if let Some(name) = word.strip_prefix("@&") {
            return role(name).map(|role| format!("<@&{}>", role.id));
        }
        if let Some(name) = word.strip_prefix('@') {
            let name = if name == "alphapy" { "bot" } else { name };
            let member = guild.members.iter().find(|member| state.user_name(member.user) == name);
            return member
                .map(|member| format!("<@{}>", member.user))
                .or_else(|| Some(format!("<@&{}>", role(name)?.id)));
        }
        let channel = state.channel_named(guild.id, word.strip_prefix('#')?)?;
        Some(format!("<#{}>", channel.id))
    };
    let pieces = text.split_inclusive(char::is_whitespace).map(|piece| {
        let word = piece.trim_end_matches(|c: char| c.is_whitespace() || ".,;:!?)".contains(c));
        mention(word).map_or_else(|| piece.to_owned(), |mention| mention + &piece[word.len()..])
    });
    pieces.collect()
}

/// The text as a member reads it: names instead of ids, times instead of numbers.
pub(super) fn readable(state: &State, text: &str) -> String {
    let mut out = String::new();
    let mut end = 0;
    for (start, token) in tokens(text) {
        if let Some(shown) = shown(state, token) {
            out.push_str(&text[end..start]);
            out.push_str(&shown);
            end = start + token.len() + 2;
        }
    }
    out.push_str(&text[end..]);
    out
}

fn shown(state: &State, token: &str) -> Option<String> {
    if let Some(role) = token.strip_prefix("@&") {
        return Some(
            state
                .role_name(id(role)?)
                .map_or_else(|| "@unknown role".to_owned(), |name| format!("@{}", name.trim_start_matches('@'))),
        );
    }
    if let Some(user) = token.strip_prefix('@') {
        return Some(format!("@{}", state.user_name(id(user.trim_start_matches('!'))?)));
    }
    if let Some(channel) = token.strip_prefix('#') {
        let channel = id(channel)?;
        return Some(if state.channels.contains_key(&channel) {
            state.place(channel)
        } else {
            "#deleted-channel".to_owned()
        });
    }
    if let Some(command) = token.strip_prefix('/') {
        let (name, number) = command.rsplit_once(':')?;
        id(number)?;
        return Some(format!("/{name}"));
    }
    if let Some(emoji) = token.strip_prefix("a:").or_else(|| token.strip_prefix(':')) {
        let (name, number) = emoji.split_once(':')?;
        id(number)?;
        return Some(format!(":{name}:"));
    }
    time(state, token.strip_prefix("t:")?)
}

fn time(state: &State, token: &str) -> Option<String> {
    let (seconds, style) = token.split_once(':').unwrap_or((token, "f"));
    let at = Timestamp::from_second(seconds.parse().ok()?).ok()?;
    Some(match style {
        "t" => at.strftime("%H:%M UTC").to_string(),
        "T" => at.strftime("%H:%M:%S UTC").to_string(),
        "d" | "D" => at.strftime("%Y-%m-%d").to_string(),
        "F" | "f" | "s" | "S" => at.strftime("%a %Y-%m-%d %H:%M UTC").to_string(),
        "R" => relative(at.as_second() - state.now().as_second()),
        _ => return None,
    })
}

fn relative(seconds: i64) -> String {
    let (n, unit) = match seconds.abs() {
        n @ 0..60 => (n, "second"),
        n @ 60..3600 => (n / 60, "minute"),
        n @ 3600..86_400 => (n / 3600, "hour"),
        n => (n / 86_400, "day"),
    };
    let plural = if n == 1 { "" } else { "s" };
    if seconds < 0 { format!("{n} {unit}{plural} ago") } else { format!("in {n} {unit}{plural}") }
}

/// What stands between `<` and `>`, with the position of the `<`.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('<').filter_map(move |(start, _)| {
        let rest = &text[start + 1..];
        let token = &rest[..rest.find(['>', '<', '\n'])?];
        rest[token.len()..].starts_with('>').then_some((start, token))
    })
}

fn id(text: &str) -> Option<Snowflake> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[test]
    fn texts_read_as_on_a_screen() {
        let mut state = State::new(Clock::frozen(Timestamp::from_second(1_795_000_000).unwrap()));
        state.users.insert(7, super::super::state::User { id: 7, name: "ann".to_owned(), bot: false, takes_dms: true });
        let cases = [
            ("hello <@7> and <@!7>", "hello @ann and @ann"),
            ("<#99> </faq search:5> <:yes:12>", "#deleted-channel /faq search :yes:"),
            ("<t:1795003600:R>, <t:1795003600:f>", "in 1 hour, Wed 2026-11-18 12:06 UTC"),
            ("a < b > c <@x> <https://a.b>", "a < b > c <@x> <https://a.b>"),
            ("<<@7>", "<@ann"),
        ];
        for (text, expected) in cases {
            assert_eq!(readable(&state, text), expected, "{text}");
        }
    }
}
