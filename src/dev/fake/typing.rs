//! Slash commands as people type them: `/faq search query:refund policy public:true`.
//!
//! What Discord's client checks before it sends anything is checked here.

use serde_json::{Map, Value, json};
use twilight_model::guild::Permissions;

use super::messages;
use super::state::{APPLICATION_ID, Command, Snowflake, State};
use super::{forms, payload};

/// Where and by whom something is typed.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) user: Snowflake,
    pub(super) guild: Option<Snowflake>,
    pub(super) channel: Snowflake,
}

/// A command line that was understood.
pub(super) struct Line {
    /// `/faq search`
    pub(super) title: String,
    command: Value,
    /// Group and subcommand, with their types.
    way: Vec<(String, u64)>,
    /// All the options there are.
    known: Vec<Value>,
    /// Those that were typed, in that order.
    pub(super) given: Vec<Given>,
}

/// An option that was typed.
pub(super) struct Given {
    name: String,
    raw: String,
    /// The value behind a suggestion that was picked.
    picked: Option<Value>,
}

/// Understands a line that begins with `/`.
pub(super) fn parse(state: &State, at: At, text: &str) -> Result<Line, String> {
    let mut rest = text.strip_prefix('/').unwrap_or(text).trim_start();
    let name = word(&mut rest);
    let command = find(state, at, name, 1).ok_or("there is no such command")?;
    allowed(state, at, command)?;
    let mut line = Line {
        title: format!("/{name}"),
        command: payload::command(command),
        way: Vec::new(),
        known: list(&command.body["options"]).cloned().collect(),
        given: Vec::new(),
    };
    while line.known.iter().any(|option| matches!(option["type"].as_u64(), Some(1 | 2))) {
        let name = word(&mut rest);
        let sub = line.known.iter().find(|option| option["name"] == name).cloned();
        let sub = sub.ok_or_else(|| format!("{} has no subcommand {name:?}", line.title))?;
        line.title = format!("{} {name}", line.title);
        line.way.push((name.to_owned(), sub["type"].as_u64().unwrap_or(1)));
        line.known = list(&sub["options"]).cloned().collect();
        if sub["type"] == 1 {
            break;
        }
    }
    line.given = split(rest, &line.known)?;
    Ok(line)
}

/// The same line with the names that everything goes by, of what somebody types whose Discord is in another language: there
/// commands, options and choices are called as their localizations say.
pub(super) fn in_english(state: &State, at: At, locale: &str, line: &str) -> String {
    let called = |value: &Value, name: &str| value["name"] == name || value["name_localizations"][locale] == name;
    let Some(mut rest) = line.strip_prefix('/') else { return line.to_owned() };
    let name = word(&mut rest);
    let known = state.commands.iter().filter(|command| command.guild.is_none_or(|guild| Some(guild) == at.guild));
    let Some(command) = known.into_iter().find(|command| called(&command.body, name)) else { return line.to_owned() };
    let mut english = format!("/{}", text(&command.body["name"]));
    let mut options: Vec<&Value> = list(&command.body["options"]).collect();
    while options.iter().any(|option| matches!(option["type"].as_u64(), Some(1 | 2))) {
        let name = word(&mut rest);
        let Some(sub) = options.iter().copied().find(|option| called(option, name)) else {
            return line.to_owned();
        };
        english = format!("{english} {}", text(&sub["name"]));
        options = list(&sub["options"]).collect();
    }
    let mut words = Vec::new();
    for word in rest.split(' ') {
        let option = word.split_once(':').and_then(|(name, value)| {
            let option = options.iter().find(|option| called(option, name))?;
            Some(format!("{}:{value}", text(&option["name"])))
        });
        words.push(option.unwrap_or_else(|| word.to_owned()));
    }
    match rest.is_empty() {
        true => english,
        false => format!("{english} {}", words.join(" ")),
    }
}

/// The command of that name and type that can be seen in the server; its own commands come first.
pub(super) fn find<'a>(state: &'a State, at: At, name: &str, kind: u64) -> Option<&'a Command> {
    // Where the bot has left, its commands are gone.
    if at.guild.and_then(|id| state.guild(id)).is_some_and(|guild| guild.member(APPLICATION_ID).is_none()) {
        return None;
    }
    let fits = |command: &&Command| command.body["name"] == name && command.body["type"].as_u64().unwrap_or(1) == kind;
    let own = state.commands.iter().filter(|command| command.guild.is_some() && command.guild == at.guild);
    own.chain(state.commands.iter().filter(|command| command.guild.is_none())).find(fits)
}

/// Whether somebody may use a command where they are.
pub(super) fn allowed(state: &State, at: At, command: &Command) -> Result<(), String> {
    let contexts = &command.body["contexts"];
    let context = if at.guild.is_some() { 0 } else { 1 };
    if command.guild.is_none() && contexts.is_array() && !list(contexts).any(|allowed| *allowed == context) {
        return Err("there is no such command here".to_owned());
    }
    if at.guild.is_none() {
        return Ok(());
    }
    let permissions = state.effective(at.user, at.channel);
    let needed = match &command.body["default_member_permissions"] {
        Value::String(bits) => bits.parse().ok(),
        bits => bits.as_u64(),
    };
    let administers = permissions.contains(Permissions::ADMINISTRATOR);
    let default = needed.is_none_or(|bits| bits != 0 && permissions.contains(Permissions::from_bits_retain(bits)));
    let fits = ruled(state, at, command).unwrap_or(default);
    if administers || (fits && permissions.contains(Permissions::USE_SLASH_COMMANDS)) {
        Ok(())
    } else {
        Err("no permission".to_owned())
    }
}

/// What the server's admins said about this command: for the channel, then for the member, their roles, everyone.
fn ruled(state: &State, at: At, command: &Command) -> Option<bool> {
    let guild = state.guild(at.guild?)?;
    let roles = &guild.member(at.user)?.roles;
    let of = |target: Snowflake| {
        let mut rules =
            state.command_rules.iter().filter(|rule| rule.guild == guild.id && command.body["name"] == rule.command);
        rules.find(|rule| rule.target == target).map(|rule| rule.allowed)
    };
    if of(at.channel) == Some(false) {
        return Some(false);
    }
    let by_role: Vec<bool> = roles.iter().filter_map(|role| of(*role)).collect();
    let by_role = (!by_role.is_empty()).then(|| by_role.contains(&true));
    of(at.user).or(by_role).or_else(|| of(guild.id))
}

impl Line {
    /// Gives the last option the value of the suggestion that was picked.
    pub(super) fn pick(&mut self, name: &str, value: Value) {
        if let Some(given) = self.given.last_mut() {
            name.clone_into(&mut given.raw);
            given.picked = Some(value);
        }
    }

    /// Gives options the values of suggestions that were picked, by the options' names.
    pub(super) fn choose(&mut self, picked: &Map<String, Value>) {
        for given in &mut self.given {
            let option = self.known.iter().find(|option| option["name"] == given.name);
            let names = option.and_then(|option| option["name_localizations"].as_object());
            let mut others = names.into_iter().flat_map(Map::values).filter_map(Value::as_str);
            let found = picked.get(&given.name).or_else(|| others.find_map(|name| picked.get(name)));
            given.picked = found.cloned();
        }
    }

    /// The line as it would be typed.
    pub(super) fn text(&self) -> String {
        let options = self.given.iter().map(|given| format!(" {}:{}", given.name, given.raw));
        [self.title.clone()].into_iter().chain(options).collect()
    }

    /// `data` of the interaction that submits this line.
    pub(super) fn submit(&self, state: &mut State, at: At) -> Result<Value, String> {
        for option in self.known.iter().filter(|option| option["required"] == true) {
            if !self.given.iter().any(|given| option["name"] == given.name && !given.raw.is_empty()) {
                return Err(format!("{} is required", text(&option["name"])));
            }
        }
        let mut resolved = Map::new();
        let mut options = Vec::new();
        for given in &self.given {
            let option = self.option(given)?.clone();
            let value = match &given.picked {
                Some(value) => value.clone(),
                None => value(state, at, &option, &given.raw, &mut resolved)?,
            };
            options.push(json!({"name": given.name, "type": option["type"], "value": value}));
        }
        Ok(self.data(options, resolved))
    }

    /// `data` of the interaction that asks for suggestions for the last option.
    pub(super) fn suggest(&self, state: &mut State, at: At) -> Result<Value, String> {
        let focused = self.given.last().ok_or("no option is being typed")?;
        let option = self.option(focused)?;
        if option["autocomplete"] != true {
            return Err(format!("{} has no suggestions", focused.name));
        }
        let mut resolved = Map::new();
        let mut options = Vec::new();
        for given in &self.given[..self.given.len() - 1] {
            let option = self.option(given)?.clone();
            if let Ok(value) = value(state, at, &option, &given.raw, &mut resolved) {
                options.push(json!({"name": given.name, "type": option["type"], "value": value}));
            }
        }
        options.push(json!({"name": focused.name, "type": option["type"], "value": focused.raw, "focused": true}));
        Ok(self.data(options, resolved))
    }

    fn option(&self, given: &Given) -> Result<&Value, String> {
        self.known
            .iter()
            .find(|option| option["name"] == given.name)
            .ok_or_else(|| format!("{} is no option", given.name))
    }

    fn data(&self, options: Vec<Value>, resolved: Map<String, Value>) -> Value {
        let mut options = options;
        for (name, kind) in self.way.iter().rev() {
            options = vec![json!({"name": name, "type": kind, "options": options})];
        }
        let mut data = json!({"id": self.command["id"], "name": self.command["name"], "type": 1});
        if !options.is_empty() {
            data["options"] = json!(options);
        }
        if !self.command["guild_id"].is_null() {
            data["guild_id"] = self.command["guild_id"].clone();
        }
        if !resolved.is_empty() {
            data["resolved"] = Value::Object(resolved);
        }
        data
    }
}

/// What a typed value becomes, and what it refers to.
fn value(
    state: &mut State,
    at: At,
    option: &Value,
    raw: &str,
    resolved: &mut Map<String, Value>,
) -> Result<Value, String> {
    let name = text(&option["name"]);
    let refuse = |what: String| Err(format!("{name} {what}"));
    if list(&option["choices"]).next().is_some() {
        let choice = list(&option["choices"]).find(|choice| {
            let names = choice["name_localizations"].as_object().into_iter().flat_map(Map::values);
            choice["name"] == raw || choice["value"] == raw || names.into_iter().any(|name| name == raw)
        });
        return choice
            .map(|choice| choice["value"].clone())
            .ok_or_else(|| format!("{name} is none of the choices: {raw:?}"));
    }
    match option["type"].as_u64() {
        Some(3) => {
            let n = u64::try_from(raw.chars().count()).unwrap_or(u64::MAX);
            if n < option["min_length"].as_u64().unwrap_or(0) || n > option["max_length"].as_u64().unwrap_or(6000) {
                return refuse(format!("has {n} characters"));
            }
            Ok(json!(raw))
        }
        Some(4 | 10) => {
            let whole = option["type"] == 4;
            let number: Option<Value> =
                if whole { raw.parse::<i64>().ok().map(Value::from) } else { raw.parse::<f64>().ok().map(Value::from) };
            let Some(number) = number else { return refuse(format!("is no number: {raw:?}")) };
            let float = number.as_f64().unwrap_or(0.0);
            let (low, high) = (option["min_value"].as_f64(), option["max_value"].as_f64());
            if low.is_some_and(|low| float < low) || high.is_some_and(|high| float > high) {
                return refuse(format!("is out of range: {raw}"));
            }
            Ok(number)
        }
        Some(5) => match raw.to_lowercase().as_str() {
            "true" => Ok(json!(true)),
            "false" => Ok(json!(false)),
            _ => refuse(format!("is neither true nor false: {raw:?}")),
        },
        Some(11) => {
            let Some(upload) = forms::upload(state, raw) else {
                return refuse(format!("is no file at hand: {raw:?}"));
            };
            let mut attachment = messages::store(state, at.channel, upload);
            attachment["ephemeral"] = json!(true);
            let id = attachment["id"].clone();
            resolved.entry("attachments").or_insert_with(|| json!({}))[text(&id)] = attachment;
            Ok(id)
        }
        kind => {
            let Some(id) = named(state, at, kind.unwrap_or(0), raw) else {
                return refuse(format!("is nobody or nothing here: {raw:?}"));
            };
            if let Some(channel) = state.channels.get(&id) {
                let types = &option["channel_types"];
                if list(types).next().is_some() && !list(types).any(|kind| *kind == channel.kind) {
                    return refuse(format!("is not a channel of the right type: {raw:?}"));
                }
            }
            merge(resolved, payload::resolved(state, at.guild, at.user, &[id]));
            Ok(json!(id.to_string()))
        }
    }
}

/// Whom or what a name means, for an option (or the select that has the same wishes) of type `kind`.
pub(super) fn named(state: &State, at: At, kind: u64, raw: &str) -> Option<Snowflake> {
    let guild = at.guild.and_then(|id| state.guild(id));
    let user = || state.user_named(raw.trim_start_matches('@'));
    let role = || {
        let name = raw.strip_prefix("@&").or_else(|| raw.strip_prefix('@')).unwrap_or(raw);
        guild.and_then(|guild| guild.role_named(name).or_else(|| guild.role_named(raw))).map(|role| role.id)
    };
    let channel = || {
        let channel = state.channel_named(guild?.id, raw.trim_start_matches('#'))?;
        state.may(at.user, channel.id, Permissions::VIEW_CHANNEL).then_some(channel.id)
    };
    match kind {
        6 => user(),
        7 => channel(),
        8 => role(),
        _ => user().or_else(role),
    }
}

/// Adds `more` to `resolved`, kind by kind.
pub(super) fn merge(resolved: &mut Map<String, Value>, more: Map<String, Value>) {
    for (kind, values) in more {
        let all = resolved.entry(kind).or_insert_with(|| json!({}));
        for (id, value) in values.as_object().cloned().unwrap_or_default() {
            all[id] = value;
        }
    }
}

/// The media type of a file, by its name.
pub(super) fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("csv") => "text/csv; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("txt" | "md" | "log") => "text/plain; charset=utf-8",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        _ => "application/octet-stream",
    }
}

/// Cuts `query:refund policy public:true` at the names of options that were not given before.
fn split(rest: &str, known: &[Value]) -> Result<Vec<Given>, String> {
    let mut starts: Vec<(usize, &str)> = Vec::new();
    let words = rest.char_indices().filter(|(i, _)| *i == 0 || rest[..*i].ends_with(char::is_whitespace));
    for (i, _) in words {
        let begins =
            |option: &&Value| rest[i..].strip_prefix(text(&option["name"])).is_some_and(|after| after.starts_with(':'));
        if let Some(option) = known.iter().find(begins)
            && !starts.iter().any(|(_, name)| option["name"] == *name)
        {
            starts.push((i, text(&option["name"])));
        }
    }
    let before = rest[..starts.first().map_or(rest.len(), |(i, _)| *i)].trim();
    if !before.is_empty() {
        return Err(format!("{before:?} is no option"));
    }
    let ends = starts.iter().skip(1).map(|(i, _)| *i).chain([rest.len()]);
    let given = starts.iter().zip(ends).map(|(&(start, name), end)| Given {
        name: name.to_owned(),
        raw: rest[start + name.len() + 1..end].trim().to_owned(),
        picked: None,
    });
    Ok(given.collect())
}

fn word<'a>(rest: &mut &'a str) -> &'a str {
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let word = &rest[..end];
    *rest = rest[end..].trim_start();
    word
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_end_where_the_next_one_begins() {
        let known = [json!({"name": "query"}), json!({"name": "public"}), json!({"name": "note"})];
        let check = |line: &str, expected: &[(&str, &str)]| {
            let given = split(line, &known).unwrap();
            let given: Vec<_> = given.iter().map(|given| (given.name.as_str(), given.raw.as_str())).collect();
            assert_eq!(given, expected, "{line}");
        };
        check("", &[]);
        check("query:refund policy public:true", &[("query", "refund policy"), ("public", "true")]);
        check("query:", &[("query", "")]);
        check("query:how: long query:er public:false", &[("query", "how: long query:er"), ("public", "false")]);
        check("note:é public: true", &[("note", "é"), ("public", "true")]);
        assert!(split("refund query:x", &known).is_err());
    }
}
