//! Discord's JSON, read leniently: one odd field must not cost a member their answer.
//!
//! The envelope is ours and holds only what is used. A field that does not parse counts as absent, and what must be
//! there is checked afterwards. What is inside `data` has twilight's types, option by option and entry by entry, so that
//! only what is strange is left out.

use std::collections::HashMap;
use std::hash::Hash;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use twilight_interactions::command::CommandInputData;
use twilight_model::application::interaction::InteractionDataResolved;
use twilight_model::application::interaction::application_command::CommandDataOption;
use twilight_model::channel::ChannelType;
use twilight_model::channel::message::MessageFlags;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{
    ApplicationMarker, ChannelMarker, GuildMarker, InteractionMarker, MessageMarker, RoleMarker, UserMarker,
};

use crate::acting::KnownMessage;
use crate::discord::read_permissions;
use crate::feature::TypedLine;
use crate::interactions::{Resolved, read_message};
use crate::ui::custom_id::CustomId;

/// The only thing that is read of every request.
#[derive(Deserialize)]
pub(super) struct Head {
    #[serde(rename = "type")]
    pub(super) kind: u64,
}

/// An interaction, as far as we use it.
#[derive(Deserialize)]
pub(super) struct Envelope<'a> {
    #[serde(default)]
    pub(super) id: Lenient<Id<InteractionMarker>>,
    #[serde(default)]
    pub(super) application_id: Lenient<Id<ApplicationMarker>>,
    #[serde(default)]
    pub(super) token: Lenient<String>,
    #[serde(default)]
    pub(super) guild_id: Lenient<Id<GuildMarker>>,
    #[serde(default)]
    pub(super) channel_id: Lenient<Id<ChannelMarker>>,
    #[serde(default)]
    pub(super) member: Lenient<RawMember>,
    /// Whoever did it in a direct message.
    #[serde(default)]
    pub(super) user: Lenient<RawUser>,
    #[serde(default)]
    pub(super) message: Lenient<RawReference>,
    #[serde(default)]
    channel: Lenient<RawChannel>,
    /// The language of their Discord.
    #[serde(default)]
    pub(super) locale: Lenient<String>,
    #[serde(default)]
    app_permissions: Lenient<String>,
    #[serde(default)]
    pub(super) attachment_size_limit: Lenient<u64>,
    #[serde(borrow)]
    pub(super) data: Option<&'a RawValue>,
}

impl Envelope<'_> {
    /// Of which type the channel is where it came from.
    pub(super) fn channel_kind(&self) -> Option<ChannelType> {
        self.channel.0.as_ref().map(|channel| ChannelType::from(channel.kind))
    }

    /// What the bot may do where it came from.
    pub(super) fn app_permissions(&self) -> Option<Permissions> {
        self.app_permissions.0.as_deref().and_then(read_permissions)
    }
}

/// A value that counts as absent when it does not parse.
pub(super) struct Lenient<T>(pub(super) Option<T>);

impl<T> Default for Lenient<T> {
    fn default() -> Lenient<T> {
        Lenient(None)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Lenient<T>, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(Lenient(serde_json::from_str(raw.get()).ok()))
    }
}

/// The channel in which it was done.
#[derive(Deserialize)]
struct RawChannel {
    #[serde(rename = "type")]
    kind: u8,
}

/// The member who did it.
#[derive(Deserialize)]
pub(super) struct RawMember {
    pub(super) user: RawUser,
    #[serde(default)]
    pub(super) nick: Lenient<String>,
    #[serde(default)]
    pub(super) roles: Lenient<Vec<Lenient<Id<RoleMarker>>>>,
    #[serde(default)]
    permissions: Lenient<String>,
}

impl RawMember {
    /// The permissions we know. The number may be larger than any integer of ours; absent means none.
    pub(super) fn permissions(&self) -> Permissions {
        self.permissions.0.as_deref().and_then(read_permissions).unwrap_or(Permissions::empty())
    }
}

/// A user, by id and name.
#[derive(Deserialize)]
pub(super) struct RawUser {
    pub(super) id: Id<UserMarker>,
    #[serde(default)]
    pub(super) username: Lenient<String>,
    #[serde(default)]
    pub(super) global_name: Lenient<String>,
}

/// The message whose button was used.
#[derive(Deserialize)]
pub(super) struct RawReference {
    pub(super) id: Id<MessageMarker>,
    #[serde(default)]
    flags: Lenient<u64>,
    #[serde(default)]
    pub(super) content: Lenient<String>,
}

impl RawReference {
    /// Whether only who used its button sees it (<https://discord.com/developers/docs/resources/message#message-object-message-flags>).
    pub(super) fn is_ephemeral(&self) -> bool {
        self.flags.0.is_some_and(|flags| flags & MessageFlags::EPHEMERAL.bits() != 0)
    }
}

/// `data` of a command or of its suggestions.
#[derive(Deserialize)]
pub(super) struct RawCommand {
    pub(super) name: String,
    /// 1 is a slash command, 2 a user's menu, 3 a message's.
    #[serde(rename = "type", default = "slash")]
    pub(super) kind: u64,
    #[serde(default)]
    target_id: Lenient<Value>,
    #[serde(default)]
    options: Lenient<Vec<Value>>,
    #[serde(default)]
    resolved: Lenient<RawResolved>,
}

fn slash() -> u64 {
    1
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawResolved {
    attachments: Lenient<Map<String, Value>>,
    channels: Lenient<Map<String, Value>>,
    members: Lenient<Map<String, Value>>,
    messages: Lenient<Map<String, Value>>,
    roles: Lenient<Map<String, Value>>,
    users: Lenient<Map<String, Value>>,
}

/// `data` of a button or menu.
#[derive(Deserialize)]
pub(super) struct RawComponent {
    pub(super) custom_id: String,
    #[serde(default)]
    pub(super) values: Lenient<Vec<String>>,
}

/// `data` of a form.
#[derive(Deserialize)]
pub(super) struct RawModal {
    pub(super) custom_id: String,
    #[serde(default)]
    components: Lenient<Vec<Value>>,
}

/// The guild that a direct message's button or form is about.
pub(super) fn named_guild(data: &RawValue) -> Option<Id<GuildMarker>> {
    #[derive(Deserialize)]
    struct Named {
        custom_id: String,
    }
    CustomId::parse(&read::<Named>(data)?.custom_id)?.guild
}

/// The channels, roles and members that `data` names.
pub(super) fn resolved(data: &RawValue) -> Resolved {
    #[derive(Deserialize)]
    struct Naming {
        #[serde(default)]
        resolved: Lenient<Map<String, Value>>,
    }
    // Most name nothing, and are not read once more for that.
    if !data.get().contains("\"resolved\"") {
        return Resolved::default();
    }
    Resolved(read::<Naming>(data).and_then(|naming| naming.resolved.0).unwrap_or_default())
}

/// Reads `data`, without the characters that Postgres cannot store.
pub(super) fn read<T: DeserializeOwned>(data: &RawValue) -> Option<T> {
    if !data.get().contains(r"\u0000") {
        return serde_json::from_str(data.get()).ok();
    }
    let mut value: Value = serde_json::from_str(data.get()).ok()?;
    remove_nul(&mut value);
    // Back to text: what counts as absent is decided on the raw JSON.
    serde_json::from_str(&value.to_string()).ok()
}

fn remove_nul(value: &mut Value) {
    match value {
        Value::String(text) => text.retain(|c| c != '\0'),
        Value::Array(items) => items.iter_mut().for_each(remove_nul),
        Value::Object(fields) => fields.values_mut().for_each(remove_nul),
        _ => {}
    }
}

impl RawCommand {
    /// The name with the subcommand that was chosen, for metrics: `faq search`.
    pub(super) fn path(&self) -> String {
        let mut path = self.name.clone();
        let mut options = self.options.0.as_deref().unwrap_or_default();
        // 1 is a subcommand, 2 a group of them.
        while let [Value::Object(option), ..] = options {
            if !matches!(option.get("type").and_then(Value::as_u64), Some(1 | 2)) {
                break;
            }
            let Some(name) = option.get("name").and_then(Value::as_str) else { break };
            path.push(' ');
            path.push_str(name);
            options = option.get("options").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        }
        path
    }

    /// The options as twilight knows them. One that it does not know is left out, which the command's own model then
    /// takes for absent.
    pub(super) fn into_input(self) -> CommandInputData<'static> {
        let options = self.options.0.unwrap_or_default();
        let options = options.into_iter().filter_map(option).collect();
        let resolved = self.resolved.0.map(|resolved| std::borrow::Cow::Owned(resolved.into_model()));
        CommandInputData { options, resolved }
    }

    /// The subcommands that lead to the options, and these as text. What has no text is left out.
    pub(super) fn into_line(self) -> TypedLine {
        let mut line = TypedLine { path: vec![self.name], options: Vec::new(), focused: None };
        let mut options = self.options.0.unwrap_or_default();
        // 1 is a subcommand, 2 a group of them.
        while let Some(inner) = options.first().filter(|option| matches!(option["type"].as_u64(), Some(1 | 2))) {
            line.path.push(inner["name"].as_str().unwrap_or_default().to_owned());
            options = inner["options"].as_array().cloned().unwrap_or_default();
        }
        for option in &options {
            let Some(name) = option["name"].as_str() else { continue };
            let value = match &option["value"] {
                Value::String(text) => text.clone(),
                value @ (Value::Number(_) | Value::Bool(_)) => value.to_string(),
                _ => continue,
            };
            if option["focused"] == true {
                line.focused = Some(name.to_owned());
            }
            line.options.push((name.to_owned(), value));
        }
        line
    }

    /// The member on whose menu the command is.
    pub(super) fn target_user(&self) -> Option<Id<UserMarker>> {
        parse(self.target_id.0.as_ref()?)
    }

    /// The message on whose menu the command is.
    pub(super) fn target_message(&self) -> Option<KnownMessage> {
        let id: Id<MessageMarker> = parse(self.target_id.0.as_ref()?)?;
        read_message(self.resolved.0.as_ref()?.messages.0.as_ref()?.get(&id.to_string())?)
    }
}

/// One option with what is nested in it; what twilight does not know is left out.
fn option(mut value: Value) -> Option<CommandDataOption> {
    if let Some(Value::Array(nested)) = value.get_mut("options") {
        let known = |option: &Value| {
            let nested = matches!(option.get("type").and_then(Value::as_u64), Some(1 | 2));
            nested || CommandDataOption::deserialize(option).is_ok()
        };
        nested.retain(known);
        for inner in nested.iter_mut() {
            if let Some(Value::Array(options)) = inner.get_mut("options") {
                options.retain(known);
            }
        }
    }
    parse(&value)
}

impl RawResolved {
    fn into_model(self) -> InteractionDataResolved {
        InteractionDataResolved {
            attachments: entries(self.attachments),
            channels: entries(self.channels),
            members: entries(self.members),
            messages: entries(self.messages),
            roles: entries(self.roles),
            users: entries(self.users),
        }
    }
}

/// The entries that twilight understands.
fn entries<K: DeserializeOwned + Eq + Hash, V: DeserializeOwned>(raw: Lenient<Map<String, Value>>) -> HashMap<K, V> {
    let raw = raw.0.unwrap_or_default();
    raw.into_iter().filter_map(|(key, value)| Some((parse(&Value::String(key))?, parse(&value)?))).collect()
}

fn parse<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

impl RawModal {
    /// Each input's value by its custom id: a text, a list of texts, a boolean or null.
    ///
    /// Inputs sit in labels, or in rows in forms that were opened before an update; unknown components are passed over.
    pub(super) fn fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        for component in self.components.0.iter().flatten() {
            collect_fields(component, &mut fields);
        }
        fields
    }
}

fn collect_fields(component: &Value, fields: &mut Map<String, Value>) {
    if let Some(inner) = component.get("component") {
        collect_fields(inner, fields);
    }
    for inner in component.get("components").and_then(Value::as_array).into_iter().flatten() {
        collect_fields(inner, fields);
    }
    let value = component.get("values").or_else(|| component.get("value"));
    if let (Some(id), Some(value)) = (component.get("custom_id").and_then(Value::as_str), value) {
        fields.insert(id.to_owned(), value.clone());
    }
}

/// A webhook event (<https://discord.com/developers/docs/events/webhook-events>).
#[derive(Deserialize)]
pub(super) struct EventEnvelope {
    #[serde(default)]
    pub(super) event: Lenient<RawEvent>,
}

/// What happened.
#[derive(Deserialize)]
pub(super) struct RawEvent {
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// ISO 8601 without a zone.
    pub(super) timestamp: String,
    #[serde(default)]
    pub(super) data: Lenient<RawAuthorization>,
}

/// `data` of both authorization events.
#[derive(Deserialize)]
pub(super) struct RawAuthorization {
    pub(super) user: RawUser,
    #[serde(default)]
    pub(super) guild: Lenient<RawGuild>,
}

/// The server into which the app was installed.
#[derive(Deserialize)]
pub(super) struct RawGuild {
    pub(super) id: Id<GuildMarker>,
}

#[cfg(test)]
mod tests;
