//! What members do: type, click, choose, fill in forms.
//!
//! Nothing here fails: what a person cannot do is written into the transcript, where a test sees it.

use serde_json::{Map, Value, json};
use twilight_model::guild::Permissions;

use super::interactions::{self, AUTOCOMPLETE, Act, COMMAND, COMPONENT, MODAL_SUBMIT};
use super::state::{Message, Snowflake, State};
use super::typing::{self, At, Line};
use super::{Discord, forms, mentions, messages, payload, screen, view};

/// Somebody who acts, at some place.
#[derive(Clone)]
pub struct Person {
    discord: Discord,
    name: String,
    guild: Option<String>,
    channel: Option<String>,
    direct: bool,
    locale: String,
    /// The only message they look at, by id.
    on: Option<Snowflake>,
}

/// A suggestion for an option.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What people see.
    pub name: String,
    /// What is submitted.
    pub value: Value,
}

impl Person {
    pub(super) fn new(discord: &Discord, name: &str) -> Person {
        let discord = discord.clone();
        Person {
            discord,
            name: name.to_owned(),
            guild: None,
            channel: None,
            direct: false,
            locale: "en-US".to_owned(),
            on: None,
        }
    }

    /// Goes to another server.
    #[must_use]
    pub fn in_guild(mut self, guild: &str) -> Person {
        self.guild = Some(guild.to_owned());
        self
    }

    /// Goes to another channel of the server.
    #[must_use]
    pub fn in_channel(mut self, channel: &str) -> Person {
        self.channel = Some(channel.trim_start_matches('#').to_owned());
        self
    }

    /// Goes to their direct messages with the bot.
    #[must_use]
    pub fn in_dm(mut self) -> Person {
        self.direct = true;
        self
    }

    /// Looks at one message, by its id: buttons, selects and menus are those of this one.
    #[must_use]
    pub fn on(mut self, message: &str) -> Person {
        // An id that is none is that of no message.
        self.on = Some(message.parse().unwrap_or(0));
        self
    }

    /// Sets the language of their client; `en-US` at first.
    #[must_use]
    pub fn locale(mut self, locale: &str) -> Person {
        locale.clone_into(&mut self.locale);
        self
    }

    /// Types a line: a command if it begins with `/`, otherwise a message.
    pub async fn types(&self, text: &str) {
        if text.starts_with('/') {
            return self.chooses(text, &Map::new()).await;
        }
        self.posts(text, &[], None).await;
    }

    /// Types a command line; options that are `picked` are sent with the value behind the suggestion.
    pub async fn chooses(&self, text: &str, picked: &Map<String, Value>) {
        self.act(|state, at, name| {
            state.say(format!("{name} in {}: {text}", state.place(at.channel)));
            let mut line = typing::parse(state, at, &typing::in_english(state, at, &self.locale, text))
                .map_err(|why| refusal(name, text, &why))?;
            line.choose(picked);
            command(state, at, name, &line)
        })
        .await;
    }

    /// Posts a message, with files from their computer, perhaps as a reply to another by its id.
    ///
    /// As in Discord's client, `@ann` and `#help` become mentions.
    pub async fn posts(&self, text: &str, files: &[&str], reply: Option<&str>) {
        self.act(|state, at, name| {
            let refuse = |state: &State, why: &str| {
                Err(format!("Discord refuses {name}: a message in {} — {why}", state.place(at.channel)))
            };
            let files_need = if files.is_empty() { Permissions::empty() } else { Permissions::ATTACH_FILES };
            if !state.may_write(at.user, at.channel) || !state.may(at.user, at.channel, files_need) {
                return refuse(state, "no permission");
            }
            let length = text.trim().chars().count();
            if length > 2000 || (length == 0 && files.is_empty()) {
                return refuse(state, "it has to have 1 to 2000 characters");
            }
            let mut uploads = Vec::new();
            for file in files {
                match forms::upload(state, file) {
                    Some(upload) => uploads.push(upload),
                    None => return refuse(state, "there is no such file at hand"),
                }
            }
            let reply = reply.map(|id| id.parse().unwrap_or(0));
            if reply.is_some_and(|id| state.messages.get(&id).is_none_or(|it| it.channel != at.channel)) {
                return refuse(state, "what it replies to is gone");
            }
            let written = mentions::written(state, at.guild, text.trim());
            messages::write(state, at.channel, at.user, &written, uploads, reply);
            Ok(None)
        })
        .await;
    }

    /// Changes the text of the message they look at, which must be their own.
    pub async fn edits(&self, text: &str) {
        self.act(|state, at, name| {
            let own = state.messages.get(&self.on.unwrap_or(0)).filter(|message| message.author == at.user);
            let id = own.ok_or_else(|| format!("{name} cannot change that message"))?.id;
            let written = mentions::written(state, at.guild, text.trim());
            messages::rewrite(state, id, &written);
            Ok(None)
        })
        .await;
    }

    /// Deletes the message they look at: their own, or any with the permission to manage messages.
    pub async fn deletes(&self) {
        self.act(|state, at, name| {
            let manages = state.may(at.user, at.channel, Permissions::MANAGE_MESSAGES);
            let found = state.messages.get(&self.on.unwrap_or(0)).filter(|message| message.channel == at.channel);
            let found = found.filter(|message| message.only.is_none() && (manages || message.author == at.user));
            let id = found.ok_or_else(|| format!("{name} cannot delete that message"))?.id;
            let excerpt = screen::excerpt(state, id);
            state.messages.remove(&id);
            state.say(format!("{name} deletes {excerpt} in {}", state.place(at.channel)));
            Ok(None)
        })
        .await;
    }

    /// Asks for suggestions for the last option of a command line, which may be empty; none on failure.
    pub async fn suggests(&self, text: &str) -> Vec<Choice> {
        let id = self
            .act(|state, at, name| {
                let line = typing::parse(state, at, &typing::in_english(state, at, &self.locale, text))
                    .map_err(|why| refusal(name, text, &why))?;
                let data = line.suggest(state, at).map_err(|why| refusal(name, &line.title, &why))?;
                Ok(Some(Deed { kind: AUTOCOMPLETE, source: None, title: line.title, data }))
            })
            .await;
        let state = self.discord.lock();
        let Some(interaction) = id.and_then(|id| state.interactions.get(&id)) else { return Vec::new() };
        let choices = interaction.answer["data"]["choices"].as_array().into_iter().flatten();
        let choice = |choice: &Value| Choice {
            name: choice["name"].as_str().unwrap_or_default().to_owned(),
            value: choice["value"].clone(),
        };
        choices.map(choice).collect()
    }

    /// Types a command line, picks a suggestion for its last option, and sends it.
    pub async fn picks(&self, text: &str, choice_name: &str) {
        let choices = self.suggests(text).await;
        let found = choices.iter().find(|choice| choice.name == choice_name);
        self.act(|state, at, name| {
            let Some(choice) = found else {
                let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
                return Err(format!("{name} finds no choice {choice_name:?} for {text}, only {names:?}"));
            };
            let mut line = typing::parse(state, at, &typing::in_english(state, at, &self.locale, text))
                .map_err(|why| refusal(name, text, &why))?;
            line.pick(&choice.name, choice.value.clone());
            state.say(format!("{name} in {}: {}", state.place(at.channel), line.text()));
            command(state, at, name, &line)
        })
        .await;
    }

    /// Clicks the button with this label, or custom id, on the newest message that has one enabled.
    pub async fn clicks(&self, label: &str) {
        self.clicks_on("", label).await;
    }

    /// Clicks a button on the newest message that also contains this text.
    pub async fn clicks_on(&self, message_contains: &str, label: &str) {
        self.act(|state, at, name| {
            let is_button = |part: &Value| {
                let (shown, text, id) = (screen::button_label(part), &part["label"], &part["custom_id"]);
                part["type"] == 2 && (shown == label || *text == label || *id == label)
            };
            let (message, button) =
                find(state, at, self.on, message_contains, &is_button).map_err(|why| match why {
                    Missing::Disabled => format!("{name} cannot click [{label}]: it is disabled"),
                    Missing::Absent => format!("{name} finds no button [{label}] in {}", state.place(at.channel)),
                })?;
            if let Some(url) = button["url"].as_str() {
                state.say(format!("{name} follows [{label}] to {url}"));
                return Ok(None);
            }
            let label = if button["custom_id"] == label { screen::button_label(&button) } else { label.to_owned() };
            state.say(format!("{name} clicks [{label}]"));
            let data = json!({"custom_id": button["custom_id"], "component_type": 2, "id": button["id"]});
            Ok(Some(Deed { kind: COMPONENT, source: Some(message), title: format!("[{label}]"), data }))
        })
        .await;
    }

    /// Chooses in the select with this placeholder: options by their labels, members, roles and channels by name.
    pub async fn selects(&self, placeholder: &str, values: &[&str]) {
        self.act(|state, at, name| {
            let is_select = |part: &Value| {
                matches!(part["type"].as_u64(), Some(3 | 5..=8))
                    && (part["placeholder"] == placeholder || part["custom_id"] == placeholder)
            };
            let (message, select) = find(state, at, self.on, "", &is_select).map_err(|why| match why {
                Missing::Disabled => format!("{name} cannot use <{placeholder}>: it is disabled"),
                Missing::Absent => format!("{name} finds no select <{placeholder}> in {}", state.place(at.channel)),
            })?;
            let shown = |value: &&str| {
                let of = select["options"].as_array().into_iter().flatten().find(|option| option["value"] == **value);
                of.and_then(|option| option["label"].as_str()).unwrap_or(value).to_owned()
            };
            let named = select["placeholder"].as_str().unwrap_or(placeholder);
            let chosen: Vec<String> = values.iter().map(shown).collect();
            state.say(format!("{name} selects {} in <{named}>", chosen.join(", ")));
            let mut resolved = Map::new();
            let chosen = forms::choose(state, at, &select, values, &mut resolved);
            let chosen = chosen.map_err(|why| refusal(name, placeholder, &why))?;
            let mut data =
                json!({"custom_id": select["custom_id"], "component_type": select["type"], "values": chosen});
            data["id"] = select["id"].clone();
            if !resolved.is_empty() {
                data["resolved"] = Value::Object(resolved);
            }
            Ok(Some(Deed { kind: COMPONENT, source: Some(message), title: format!("<{placeholder}>"), data }))
        })
        .await;
    }

    /// Fills in the form that is open, by the labels of its fields, and sends it.
    ///
    /// Fields that are not named keep what they were opened with. Choices are given as labels or names with commas
    /// between them, boxes as `true` or `false`.
    pub async fn submits(&self, fields: &[(&str, &str)]) {
        self.act(|state, at, name| {
            let form = state.forms.get(&at.user).cloned().ok_or_else(|| format!("{name} has no form open"))?;
            let shown: Vec<String> =
                fields.iter().map(|(label, value)| format!("{label}=\"{}\"", value.replace('\n', "⏎"))).collect();
            state.say(format!(
                "{name} submits {}",
                if shown.is_empty() { "the form".to_owned() } else { shown.join(", ") }
            ));
            let title = form.data["title"].as_str().unwrap_or_default().to_owned();
            let at = At { channel: form.channel, ..at };
            let data = forms::fill(state, at, &form.data, fields).map_err(|why| refusal(name, &title, &why))?;
            Ok(Some(Deed { kind: MODAL_SUBMIT, source: form.source, title, data }))
        })
        .await;
    }

    /// Closes the form that is open; the bot does not hear of it.
    pub fn dismisses(&self) {
        let mut state = self.discord.lock();
        if let Some(user) = state.user_named(&self.name) {
            state.forms.remove(&user);
        }
        drop(state);
        self.discord.touch();
    }

    /// Uses a command of the message menu on the newest message that contains this text.
    pub async fn message_menu(&self, command: &str, message_contains: &str) {
        self.act(|state, at, name| {
            let target = newest(state, at, self.on, |message| {
                message.content.contains(message_contains) && message.only.is_none()
            });
            let target = target.ok_or_else(|| {
                format!("{name} finds no message {message_contains:?} in {}", state.place(at.channel))
            })?;
            state.say(format!(
                "{name} in {}: {command} on {}",
                state.place(at.channel),
                screen::excerpt(state, target)
            ));
            let message = state.messages.get(&target).map(|message| payload::message(state, message));
            let resolved = json!({"messages": {target.to_string(): message}});
            menu(state, at, name, command, 3, target, resolved)
        })
        .await;
    }

    /// Uses a command of the member menu on a member.
    pub async fn user_menu(&self, command: &str, member: &str) {
        self.act(|state, at, name| {
            state.say(format!("{name} in {}: {command} on {member}", state.place(at.channel)));
            let target = state.user_named(member).ok_or_else(|| format!("{name} finds no member {member:?}"))?;
            let resolved = payload::resolved(state, at.guild, at.user, &[target]);
            menu(state, at, name, command, 2, target, Value::Object(resolved))
        })
        .await;
    }

    /// Delivers their last interaction again, byte for byte, signed anew: Discord may deliver twice.
    pub async fn repeats(&self) {
        let last = {
            let mut state = self.discord.lock();
            let last = state.user_named(&self.name).and_then(|user| state.last.get(&user).cloned());
            state.say(match &last {
                Some(_) => format!("Discord delivers the last interaction of {} again", self.name),
                None => format!("{} has done nothing that could be delivered again", self.name),
            });
            last
        };
        if let Some((id, body)) = last {
            self.discord.deliver(id, body).await;
        }
    }

    /// The form that is open, as the bot sent it.
    pub fn modal(&self) -> Option<Value> {
        let state = self.discord.lock();
        let user = state.user_named(&self.name)?;
        state.forms.get(&user).map(|form| form.data.clone())
    }

    /// The newest messages they see where they are, oldest first, as JSON: at most `limit`, all before the id `before`.
    /// Also whether there are earlier ones.
    pub fn messages(&self, before: Option<u64>, limit: usize) -> (Vec<Value>, bool) {
        let mut state = self.discord.lock();
        let Ok(at) = self.place(&mut state) else { return (Vec::new(), false) };
        let older = state.messages.range(..before.unwrap_or(Snowflake::MAX)).rev().map(|(_, message)| message);
        let mut seen = older.filter(|message| message.channel == at.channel && state.sees(at.user, message));
        let mut page: Vec<Value> = seen.by_ref().take(limit).map(|message| view::message(&state, message)).collect();
        page.reverse();
        (page, seen.next().is_some())
    }

    /// Everything their client shows but messages: servers, channels, members, commands, the open form.
    pub fn view(&self) -> Option<Value> {
        let state = self.discord.lock();
        let mut view = view::of(&state, state.user_named(&self.name)?);
        view::localize(&mut view, &self.locale);
        Some(view)
    }

    /// Sends any body, well signed; returns the status, 0 for none, and the answer, with which nothing is done.
    pub async fn raw(&self, body: &Value) -> (u16, Value) {
        let returned = self.discord.post_signed(body.to_string()).await;
        (returned.status.unwrap_or(0), returned.body)
    }

    /// Does something: `how` decides on it, the interaction that it becomes is delivered.
    async fn act(&self, how: impl FnOnce(&mut State, At, &str) -> Result<Option<Deed>, String>) -> Option<Snowflake> {
        let begun = {
            let mut state = self.discord.lock();
            let place = self.place(&mut state);
            let deed = place.and_then(|at| Ok((at, how(&mut state, at, &self.name)?)));
            match deed {
                Ok((_, None)) => None,
                Ok((at, Some(Deed { kind, source, title, data }))) => {
                    let channel = if kind == MODAL_SUBMIT {
                        state.forms.get(&at.user).map_or(at.channel, |form| form.channel)
                    } else {
                        at.channel
                    };
                    let act = Act { kind, user: at.user, channel, source, title, locale: &self.locale, data };
                    Some(interactions::begin(&self.discord, &mut state, act))
                }
                Err(why) => {
                    state.say(why);
                    None
                }
            }
        };
        self.discord.touch();
        let (id, body) = begun?;
        self.discord.deliver(id, body).await;
        Some(id)
    }

    /// Where they are.
    fn place(&self, state: &mut State) -> Result<At, String> {
        let name = &self.name;
        let user = state.user_named(name).ok_or_else(|| format!("nobody is called {name}"))?;
        if self.direct {
            return Ok(At { user, guild: None, channel: state.dm(user) });
        }
        let fits = |wanted: &str| self.guild.as_deref().is_none_or(|name| name == wanted);
        let guild = state.guilds.iter().find(|guild| fits(&guild.name) && guild.member(user).is_some());
        let guild = guild.ok_or_else(|| format!("{name} is in no such server"))?.id;
        let channel = match &self.channel {
            Some(channel) => state.channel_named(guild, channel).map(|channel| channel.id),
            None => {
                let mut text =
                    state.channels.values().filter(|channel| channel.guild == Some(guild) && channel.kind == 0);
                text.find(|channel| state.may(user, channel.id, Permissions::VIEW_CHANNEL)).map(|channel| channel.id)
            }
        };
        let channel = channel.filter(|id| state.may(user, *id, Permissions::VIEW_CHANNEL));
        let wanted = self.channel.as_deref().unwrap_or("any");
        channel
            .map(|channel| At { user, guild: Some(guild), channel })
            .ok_or_else(|| format!("{name} sees no channel #{wanted}"))
    }
}

/// What somebody has decided to do.
struct Deed {
    kind: u8,
    source: Option<Snowflake>,
    title: String,
    data: Value,
}

/// Why a component cannot be used.
enum Missing {
    Absent,
    Disabled,
}

fn refusal(name: &str, what: &str, why: &str) -> String {
    format!("Discord refuses {name}: {what} — {why}")
}

fn command(state: &mut State, at: At, name: &str, line: &Line) -> Result<Option<Deed>, String> {
    let data = line.submit(state, at).map_err(|why| refusal(name, &line.title, &why))?;
    Ok(Some(Deed { kind: COMMAND, source: None, title: line.title.clone(), data }))
}

fn menu(
    state: &State,
    at: At,
    name: &str,
    command: &str,
    kind: u64,
    target: Snowflake,
    resolved: Value,
) -> Result<Option<Deed>, String> {
    let found =
        typing::find(state, at, command, kind).ok_or_else(|| refusal(name, command, "there is no such command"))?;
    typing::allowed(state, at, found).map_err(|why| refusal(name, command, &why))?;
    let mut data = json!({
        "id": found.id.to_string(), "name": command, "type": kind, "target_id": target.to_string(),
        "resolved": resolved,
    });
    if let Some(guild) = found.guild {
        data["guild_id"] = json!(guild.to_string());
    }
    Ok(Some(Deed { kind: COMMAND, source: None, title: command.to_owned(), data }))
}

fn newest(state: &State, at: At, on: Option<Snowflake>, wanted: impl Fn(&Message) -> bool) -> Option<Snowflake> {
    let mut newest = state.messages.values().rev();
    newest.find(|message| looks(state, at, on, message) && wanted(message)).map(|message| message.id)
}

/// Whether they see the message where they are, and it is the one they look at if they look at one.
fn looks(state: &State, at: At, on: Option<Snowflake>, message: &Message) -> bool {
    message.channel == at.channel && on.is_none_or(|id| id == message.id) && state.sees(at.user, message)
}

/// The newest message with a component of this kind that is enabled, and the component.
fn find(
    state: &State,
    at: At,
    on: Option<Snowflake>,
    text: &str,
    wanted: &dyn Fn(&Value) -> bool,
) -> Result<(Snowflake, Value), Missing> {
    let mut missing = Missing::Absent;
    for message in state.messages.values().rev().filter(|message| looks(state, at, on, message)) {
        if !text.is_empty() && !screen::message(state, "", message).contains(text) {
            continue;
        }
        let mut parts = Vec::new();
        collect(&message.components, wanted, &mut parts);
        match parts.iter().find(|part| part["disabled"] != true) {
            Some(part) => return Ok((message.id, (*part).clone())),
            None if parts.is_empty() => {}
            None => missing = Missing::Disabled,
        }
    }
    Err(missing)
}

fn collect<'a>(parts: &'a [Value], wanted: &dyn Fn(&Value) -> bool, out: &mut Vec<&'a Value>) {
    for part in parts {
        if wanted(part) {
            out.push(part);
        }
        collect(part["components"].as_array().map_or(&[], Vec::as_slice), wanted, out);
        if part["accessory"].is_object() {
            collect(std::slice::from_ref(&part["accessory"]), wanted, out);
        }
    }
}
