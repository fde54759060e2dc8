//! The world as one person's client shows it, as JSON for the playground.

use serde_json::{Value, json};
use twilight_model::guild::Permissions;

use super::state::{Guild, Message, Snowflake, State};
use super::typing::At;
use super::{payload, screen, typing};

/// Who they are, the servers they are in with what they may see there, and the form that is open.
pub(super) fn of(state: &State, user: Snowflake) -> Value {
    let guilds = state.guilds.iter().filter(|guild| guild.member(user).is_some());
    let people = state.users.values().filter(|user| !user.bot).filter_map(|user| {
        let guilds = state.guilds.iter().filter(|guild| guild.member(user.id).is_some());
        let guilds: Vec<&String> = guilds.map(|guild| &guild.name).collect();
        // Somebody who is nowhere can do nothing.
        (!guilds.is_empty()).then(|| json!({"id": user.id.to_string(), "name": user.name, "guilds": guilds}))
    });
    json!({
        "me": {"id": user.to_string(), "name": state.user_name(user)},
        "people": people.collect::<Vec<_>>(),
        "guilds": guilds.map(|it| guild(state, it, user)).collect::<Vec<_>>(),
        "files": state.computers.keys().collect::<Vec<_>>(),
        "form": state.forms.get(&user).map(|form| &form.data),
        "now": state.now().to_string(),
    })
}

/// A message, with a few words of what it replies to and whom it pings.
pub(super) fn message(state: &State, message: &Message) -> Value {
    let mut value = payload::message(state, message);
    value["pings"] = json!(message.pings);
    let replied = message.reference.as_ref().and_then(|reference| reference["message_id"].as_str()?.parse().ok());
    if let Some(replied) = replied.filter(|_| message.kind == 19) {
        let author = state.messages.get(&replied).map(|it| payload::user(state, it.author));
        value["replies_to"] =
            json!({"id": replied.to_string(), "author": author, "excerpt": screen::excerpt(state, replied)});
    }
    value
}

fn guild(state: &State, guild: &Guild, user: Snowflake) -> Value {
    let seen: Vec<_> = state
        .channels
        .values()
        .filter(|channel| channel.guild == Some(guild.id) && state.may(user, channel.id, Permissions::VIEW_CHANNEL))
        .collect();
    let channels = seen.iter().map(|channel| {
        let mut value = payload::channel(state, channel);
        value["can_send"] = json!(state.may_write(user, channel.id));
        value["can_manage"] = json!(state.may(user, channel.id, Permissions::MANAGE_MESSAGES));
        let viewers = guild.members.iter().map(|member| member.user);
        let viewers = viewers.filter(|viewer| state.may(*viewer, channel.id, Permissions::VIEW_CHANNEL));
        value["viewers"] = viewers.map(|viewer| viewer.to_string()).collect();
        value
    });
    let at = seen.iter().find(|channel| channel.kind == 0).map(|channel| At {
        user,
        guild: Some(guild.id),
        channel: channel.id,
    });
    let here = state.commands.iter().filter(|command| command.guild.is_none_or(|id| id == guild.id));
    let commands = here.map(|command| {
        let mut value = payload::command(command);
        value["allowed"] = json!(at.is_some_and(|at| typing::allowed(state, at, command).is_ok()));
        value
    });
    json!({
        "id": guild.id.to_string(),
        "name": guild.name,
        "owner_id": guild.owner.to_string(),
        "channels": channels.collect::<Vec<_>>(),
        "roles": guild.roles.iter().map(payload::role).collect::<Vec<_>>(),
        "members": guild.members.iter().map(|member| payload::member(state, member)).collect::<Vec<_>>(),
        "commands": commands.collect::<Vec<_>>(),
    })
}

/// Puts what commands are called and said to do in the client's language in the place of what is registered.
pub(super) fn localize(value: &mut Value, locale: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| localize(item, locale)),
        Value::Object(fields) => {
            for field in ["name", "description"] {
                let localized = fields.get(&format!("{field}_localizations")).and_then(|all| all.get(locale)).cloned();
                if let Some(localized) = localized {
                    fields.insert(field.to_owned(), localized);
                }
            }
            fields.values_mut().for_each(|field| localize(field, locale));
        }
        _ => {}
    }
}
