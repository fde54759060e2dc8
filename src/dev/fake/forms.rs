//! Filling in forms, and choosing in selects, with what Discord's client checks.

use serde_json::{Map, Value, json};

use super::messages::{self, Upload};
use super::payload;
use super::state::State;
use super::typing::{self, At};

/// `data` of the interaction that submits a form. A field is named by its label, or by its id where several have the same.
pub(super) fn fill(state: &mut State, at: At, form: &Value, fields: &[(&str, &str)]) -> Result<Value, String> {
    let mut resolved = Map::new();
    let mut labels = Vec::new();
    let mut components = Vec::new();
    let mut next = 1;
    for part in list(&form["components"]) {
        let id = number(part, &mut next);
        components.push(match part["type"].as_u64() {
            Some(18) => {
                labels.extend([text(&part["label"]), text(&part["component"]["custom_id"])]);
                let filled =
                    field(state, at, text(&part["label"]), &part["component"], fields, &mut resolved, &mut next)?;
                json!({"type": 18, "id": id, "component": filled})
            }
            Some(1) => {
                let mut inner = Vec::new();
                for input in list(&part["components"]) {
                    labels.extend([text(&input["label"]), text(&input["custom_id"])]);
                    inner.push(field(state, at, text(&input["label"]), input, fields, &mut resolved, &mut next)?);
                }
                json!({"type": 1, "id": id, "components": inner})
            }
            _ => json!({"type": part["type"], "id": id}),
        });
    }
    if let Some((label, _)) = fields.iter().find(|(label, _)| !labels.contains(label)) {
        return Err(format!("there is no field {label:?}, only {labels:?}"));
    }
    let mut data = json!({"custom_id": form["custom_id"], "components": components});
    if !resolved.is_empty() {
        data["resolved"] = Value::Object(resolved);
    }
    Ok(data)
}

fn field(
    state: &mut State,
    at: At,
    label: &str,
    input: &Value,
    fields: &[(&str, &str)],
    resolved: &mut Map<String, Value>,
    next: &mut u64,
) -> Result<Value, String> {
    let named = |name: &str| name == label || name == text(&input["custom_id"]);
    let given = fields.iter().find(|(name, _)| named(name)).map(|(_, value)| *value);
    let required = input["required"].as_bool().unwrap_or(true);
    let mut filled = json!({"type": input["type"], "id": number(input, next), "custom_id": input["custom_id"]});
    match input["type"].as_u64() {
        Some(4) => {
            let value = given.unwrap_or_else(|| text(&input["value"]));
            let n = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
            if n == 0 && required {
                return Err(format!("{label} is required"));
            }
            if n > input["max_length"].as_u64().unwrap_or(4000)
                || (n > 0 && n < input["min_length"].as_u64().unwrap_or(0))
            {
                return Err(format!("{label} has {n} characters"));
            }
            filled["value"] = json!(value);
        }
        Some(23) => {
            filled["value"] = given.map_or_else(|| json!(input["default"] == true), |value| json!(value == "true"))
        }
        _ => {
            // Names with commas in them stand in lines of their own.
            let between = if given.is_some_and(|value| value.contains('\n')) { '\n' } else { ',' };
            let whole = given.filter(|value| list(&input["options"]).any(|option| is_called(option, value)));
            let names: Option<Vec<&str>> = match whole {
                Some(name) => Some(vec![name]),
                None => given.map(|all| all.split(between).map(str::trim).filter(|name| !name.is_empty()).collect()),
            };
            let values = match names {
                Some(names) if names.is_empty() && !required => Vec::new(),
                Some(names) => choose(state, at, input, &names, resolved).map_err(|why| format!("{label}: {why}"))?,
                None => preset(state, at, input, resolved),
            };
            if values.is_empty() && required {
                return Err(format!("{label} is required"));
            }
            match input["type"].as_u64() {
                Some(21) => filled["value"] = values.first().map_or(Value::Null, |value| json!(value)),
                _ => filled["values"] = json!(values),
            }
        }
    }
    Ok(filled)
}

/// What was chosen before anybody touched it.
fn preset(state: &State, at: At, input: &Value, resolved: &mut Map<String, Value>) -> Vec<String> {
    let options = list(&input["options"])
        .filter(|option| option["default"] == true)
        .map(|option| text(&option["value"]).to_owned());
    let others: Vec<String> = list(&input["default_values"]).map(|value| text(&value["id"]).to_owned()).collect();
    let ids: Vec<u64> = others.iter().filter_map(|id| id.parse().ok()).collect();
    typing::merge(resolved, payload::resolved(state, at.guild, at.user, &ids));
    options.chain(others).collect()
}

/// The values behind labels of options, or names of members, roles, channels and files.
pub(super) fn choose(
    state: &mut State,
    at: At,
    select: &Value,
    names: &[&str],
    resolved: &mut Map<String, Value>,
) -> Result<Vec<String>, String> {
    let n = u64::try_from(names.len()).unwrap_or(u64::MAX);
    let default = if select["type"] == 22 { u64::try_from(list(&select["options"]).count()).unwrap_or(1) } else { 1 };
    let (min, max) = (select["min_values"].as_u64().unwrap_or(1), select["max_values"].as_u64().unwrap_or(default));
    if n < min || n > max {
        return Err(format!("{n} chosen, {min} to {max} allowed"));
    }
    let mut values = Vec::new();
    for name in names {
        let kind = match select["type"].as_u64() {
            Some(3 | 21 | 22) => {
                let option = list(&select["options"]).find(|option| is_called(option, name));
                values.push(text(&option.ok_or_else(|| format!("there is no option {name:?}"))?["value"]).to_owned());
                continue;
            }
            Some(19) => {
                let upload = upload(state, name).ok_or_else(|| format!("there is no file {name:?} at hand"))?;
                let attachment = messages::store(state, at.channel, upload);
                let id = text(&attachment["id"]).to_owned();
                resolved.entry("attachments").or_insert_with(|| json!({}))[&id] = attachment;
                values.push(id);
                continue;
            }
            // As the option types number the same wishes.
            Some(5) => 6,
            Some(6) => 8,
            Some(8) => 7,
            _ => 9,
        };
        let id = typing::named(state, at, kind, name).ok_or_else(|| format!("there is no {name:?} here"))?;
        let types = &select["channel_types"];
        if kind == 7
            && list(types).next().is_some()
            && !list(types).any(|kind| state.channels.get(&id).is_some_and(|it| *kind == it.kind))
        {
            return Err(format!("{name:?} is not a channel of the right type"));
        }
        typing::merge(resolved, payload::resolved(state, at.guild, at.user, &[id]));
        values.push(id.to_string());
    }
    Ok(values)
}

/// Whether an option has this label, or this value behind it.
fn is_called(option: &Value, name: &str) -> bool {
    option["label"] == name || option["value"] == name
}

/// A file of somebody's computer, as it is sent.
pub(super) fn upload(state: &State, name: &str) -> Option<Upload> {
    let bytes = state.computers.get(name)?.clone();
    Some(Upload { name: name.to_owned(), content_type: typing::content_type(name).to_owned(), bytes })
}

fn number(part: &Value, next: &mut u64) -> u64 {
    let id = part["id"].as_u64().filter(|id| *id > 0).unwrap_or(*next);
    *next += 1;
    id
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
