//! The application itself and its commands.

use serde_json::{Value, json};

use super::{Call, Outcome, ok};
use crate::dev::fake::check::{self, Findings};
use crate::dev::fake::payload;
use crate::dev::fake::record;
use crate::dev::fake::refusal::Refusal;
use crate::dev::fake::state::{APPLICATION_ID, Command, Snowflake, State};

pub(super) fn application(state: &State) -> Outcome {
    let mut value = json!({
        "id": APPLICATION_ID.to_string(), "name": "alphapy", "icon": null, "description": "", "bot_public": true,
        "bot_require_code_grant": false, "bot": payload::user(state, APPLICATION_ID), "flags": if state.message_content { 1 << 19 } else { 0 },
        "verify_key": state.verify_key, "owner": null, "team": null, "approximate_guild_count": state.guilds.len(),
        "interactions_endpoint_url": state.endpoint, "event_webhooks_url": state.events_endpoint, "event_webhooks_status": if state.events_endpoint.is_some() { 2 } else { 1 }, "redirect_uris": state.oauth.redirect_uris,
        "integration_types_config": {"0": {}},
    });
    for (key, changed) in &state.application {
        value[key] = changed.clone();
    }
    ok(value)
}

pub(super) fn change_application(state: &mut State, call: &Call) -> Outcome {
    let known = [
        "custom_install_url",
        "description",
        "role_connections_verification_url",
        "install_params",
        "integration_types_config",
        "flags",
        "icon",
        "cover_image",
        "interactions_endpoint_url",
        "tags",
        "event_webhooks_url",
        "event_webhooks_status",
        "event_webhooks_types",
    ];
    let mut found = Findings::default();
    if let Some(mut fields) = check::Fields::of(&mut found, &[], &call.body) {
        fields.allow(&known);
        fields.done();
    }
    call.judge(state, &found)?;
    for (key, value) in call.body.as_object().into_iter().flatten().filter(|(key, _)| known.contains(&key.as_str())) {
        state.application.insert(key.clone(), value.clone());
    }
    application(state)
}

pub(super) fn list(state: &State, call: &Call, app: &str, guild: Option<&str>) -> Outcome {
    let guild = scope(state, app, guild)?;
    let with_localizations = call.query.get("with_localizations").is_some_and(|value| value == "true");
    let commands = state.commands.iter().filter(|command| command.guild == guild).map(payload::command);
    let commands = commands.map(|mut command| {
        if !with_localizations {
            drop_localizations(&mut command);
        }
        command
    });
    ok(commands.collect())
}

pub(super) fn replace(state: &mut State, call: &Call, app: &str, guild: Option<&str>) -> Outcome {
    let guild = scope(state, app, guild)?;
    record::contract(
        if guild.is_some() { "commands.bulk_guild" } else { "commands.bulk_global" },
        &call.body,
        &json!({}),
    );
    let mut found = Findings::default();
    check::command::check_all(&mut found, &call.body, guild.is_some());
    call.judge(state, &found)?;
    let mut commands = Vec::new();
    for body in call.body.as_array().into_iter().flatten() {
        let key = |body: &Value| (body["name"].clone(), body["type"].as_u64().unwrap_or(1));
        let known = state.commands.iter().find(|command| command.guild == guild && key(&command.body) == key(body));
        let (id, version) = match known {
            Some(command) if command.body == *body => (command.id, command.version),
            Some(command) => (command.id, 0),
            None => (state.world_id(), 0),
        };
        let version = if version == 0 { state.world_id() } else { version };
        commands.push(Command { id, guild, version, body: body.clone() });
    }
    let values: Value = commands.iter().map(payload::command).collect();
    state.commands.retain(|command| command.guild != guild);
    state.commands.extend(commands);
    ok(values)
}

/// Who may use which command in a server, where that was changed.
pub(super) fn rules(state: &State, app: &str, guild: &str) -> Outcome {
    let guild = scope(state, app, Some(guild))?.ok_or(Refusal::UNKNOWN_GUILD)?;
    let kind = |target: Snowflake| match () {
        () if state.channels.contains_key(&target) => 3,
        () if state.users.contains_key(&target) => 2,
        () => 1,
    };
    let of = |command: &Command| {
        let rules =
            state.command_rules.iter().filter(|rule| rule.guild == guild && command.body["name"] == rule.command);
        let rules = rules
            .map(|rule| json!({"id": rule.target.to_string(), "type": kind(rule.target), "permission": rule.allowed}));
        (command.id, rules.collect::<Vec<_>>())
    };
    let commands = state.commands.iter().filter(|command| command.guild.is_none_or(|id| id == guild)).map(of);
    let shown = commands.filter(|(_, rules)| !rules.is_empty()).map(|(id, rules)| {
        json!({
            "id": id.to_string(), "application_id": APPLICATION_ID.to_string(), "guild_id": guild.to_string(),
            "permissions": rules,
        })
    });
    ok(shown.collect())
}

/// Whose commands are meant: those of a server, or the global ones.
fn scope(state: &State, app: &str, guild: Option<&str>) -> Result<Option<Snowflake>, Refusal> {
    if app != APPLICATION_ID.to_string() {
        return Err(Refusal::UNKNOWN_APPLICATION);
    }
    let Some(guild) = guild else { return Ok(None) };
    let id = super::id(guild, Refusal::UNKNOWN_GUILD)?;
    let member = state.guild(id).is_some_and(|guild| guild.member(APPLICATION_ID).is_some());
    if member { Ok(Some(id)) } else { Err(Refusal::MISSING_ACCESS) }
}

fn drop_localizations(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("name_localizations");
            fields.remove("description_localizations");
            fields.values_mut().for_each(drop_localizations);
        }
        Value::Array(values) => values.iter_mut().for_each(drop_localizations),
        _ => {}
    }
}
