//! Objects as Discord writes them in JSON.

use serde_json::{Map, Value, json};

use super::permissions;
use super::state::{
    APPLICATION_ID, Channel, Command, EPHEMERAL, Guild, Interaction, Member, Message, Role, Snowflake, State, iso,
};

/// A user.
pub(super) fn user(state: &State, id: Snowflake) -> Value {
    let bot = state.users.get(&id).is_some_and(|user| user.bot);
    let name = if id == APPLICATION_ID { "alphapy".to_owned() } else { state.user_name(id) };
    let mut user = json!({
        "id": id.to_string(), "username": name, "global_name": name, "discriminator": "0",
        "avatar": state.pictures.contains_key(&id).then_some("5e7a1"),
        "public_flags": 0, "avatar_decoration_data": null, "collectibles": null, "primary_guild": null,
        "display_name_styles": null, "clan": null,
    });
    if bot {
        user["bot"] = json!(true);
        user["global_name"] = Value::Null;
    }
    user
}

/// A member without the user.
pub(super) fn partial_member(member: &Member) -> Value {
    json!({
        "roles": member.roles.iter().map(Snowflake::to_string).collect::<Vec<_>>(),
        "nick": member.nick, "joined_at": iso(member.joined_at), "avatar": null, "banner": null, "flags": 0,
        "pending": false, "premium_since": null, "collectibles": null, "display_name_styles": null,
        "communication_disabled_until": member.timed_out_until.map(iso), "unusual_dm_activity_until": null,
    })
}

/// A member as the REST API gives it.
pub(super) fn member(state: &State, member: &Member) -> Value {
    let mut value = partial_member(member);
    value["user"] = user(state, member.user);
    value["deaf"] = json!(false);
    value["mute"] = json!(false);
    value
}

/// A role.
pub(super) fn role(role: &Role) -> Value {
    json!({
        "id": role.id.to_string(), "name": role.name, "permissions": role.permissions.bits().to_string(),
        "position": role.position, "managed": role.managed, "mentionable": role.mentionable, "hoist": false, "color": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
        "flags": 0, "icon": null, "unicode_emoji": null,
    })
}

/// A channel.
pub(super) fn channel(state: &State, channel: &Channel) -> Value {
    let last = state.messages.values().rev().find(|message| message.channel == channel.id && message.only.is_none());
    let last = last.map(|message| message.id.to_string());
    let Some(guild) = channel.guild else {
        let recipients: Vec<Value> = channel.recipient.iter().map(|id| user(state, *id)).collect();
        let id = channel.id.to_string();
        return json!({"id": id, "type": 1, "recipients": recipients, "last_message_id": last, "flags": 0});
    };
    let overwrites: Vec<Value> = channel
        .overwrites
        .iter()
        .map(|overwrite| {
            json!({
                "id": overwrite.id.to_string(), "type": u8::from(overwrite.is_member),
                "allow": overwrite.allow.bits().to_string(), "deny": overwrite.deny.bits().to_string(),
            })
        })
        .collect();
    if let Some(thread) = &channel.thread {
        let written = state.messages.values().filter(|message| message.channel == channel.id && message.only.is_none());
        let written = written.count();
        return json!({
            "id": channel.id.to_string(), "type": channel.kind, "guild_id": guild.to_string(), "name": channel.name,
            "parent_id": channel.parent.map(|id| id.to_string()), "owner_id": thread.owner.to_string(),
            "last_message_id": last, "message_count": written, "total_message_sent": written,
            "member_count": thread.members.len().min(50), "rate_limit_per_user": channel.slowmode_s, "flags": 0,
            "thread_metadata": {
                "archived": thread.archived, "locked": thread.locked, "invitable": thread.invitable,
                "auto_archive_duration": thread.auto_archive_min, "archive_timestamp": iso(thread.archived_at),
                "create_timestamp": null,
            },
        });
    }
    json!({
        "id": channel.id.to_string(), "type": channel.kind, "guild_id": guild.to_string(), "name": channel.name,
        "topic": channel.topic, "parent_id": channel.parent.map(|id| id.to_string()), "position": channel.position,
        "permission_overwrites": overwrites, "nsfw": channel.nsfw, "rate_limit_per_user": channel.slowmode_s,
        "last_message_id": last, "flags": 0,
    })
}

/// A channel as interactions carry it, seen by `viewer`.
pub(super) fn partial_channel(state: &State, channel: &Channel, viewer: Snowflake) -> Value {
    let mut value = self::channel(state, channel);
    if channel.guild.is_none() {
        return value;
    }
    if let Some(fields) = value.as_object_mut() {
        fields.remove("permission_overwrites");
    }
    let permissions = |who| state.written_permissions(who, channel).bits().to_string();
    value["permissions"] = json!(permissions(viewer));
    value["app_permissions"] = json!(permissions(APPLICATION_ID));
    value
}

/// A server as the REST API gives it.
pub(super) fn guild(guild: &Guild, with_counts: bool) -> Value {
    let mut value = json!({
        "id": guild.id.to_string(), "name": guild.name, "icon": null, "description": null, "splash": null,
        "discovery_splash": null, "features": [], "banner": null, "owner_id": guild.owner.to_string(),
        "application_id": null, "region": "deprecated", "afk_channel_id": null, "afk_timeout": 300,
        "system_channel_id": null, "system_channel_flags": 0, "widget_enabled": false, "widget_channel_id": null,
        "verification_level": 0, "roles": guild.roles.iter().map(role).collect::<Vec<_>>(),
        "default_message_notifications": 1, "mfa_level": 0, "explicit_content_filter": 0, "max_presences": null,
        "max_members": 500_000, "max_video_channel_users": 25, "vanity_url_code": null, "premium_tier": 0,
        "premium_subscription_count": 0, "preferred_locale": guild.locale, "rules_channel_id": null,
        "safety_alerts_channel_id": null, "public_updates_channel_id": null, "premium_progress_bar_enabled": false,
        "nsfw": false, "nsfw_level": 0, "emojis": [], "stickers": [], "hub_type": null,
        "max_stage_video_channel_users": 50, "incidents_data": null, "inventory_settings": null,
    });
    if with_counts {
        value["approximate_member_count"] = json!(guild.members.len());
        value["approximate_presence_count"] = json!(1);
    }
    value
}

/// A command as the REST API gives it.
pub(super) fn command(command: &Command) -> Value {
    let mut value = command.body.clone();
    for (key, default) in [
        ("type", json!(1)),
        ("description", json!("")),
        ("default_member_permissions", Value::Null),
        ("nsfw", json!(false)),
        ("name_localizations", Value::Null),
        ("description_localizations", Value::Null),
    ] {
        if value[key].is_null() {
            value[key] = default;
        }
    }
    if let Some(bits) = value["default_member_permissions"].as_u64() {
        value["default_member_permissions"] = json!(bits.to_string());
    }
    value["id"] = json!(command.id.to_string());
    value["application_id"] = json!(APPLICATION_ID.to_string());
    value["version"] = json!(command.version.to_string());
    match command.guild {
        Some(guild) => value["guild_id"] = json!(guild.to_string()),
        None => {
            if value["contexts"].is_null() {
                value["contexts"] = json!([0, 1, 2]);
            }
            if value["integration_types"].is_null() {
                value["integration_types"] = json!([0]);
            }
        }
    }
    value
}

/// A message in full.
pub(super) fn message(state: &State, message: &Message) -> Value {
    let mentions = super::mentions::users(&message.content).into_iter().filter(|id| state.users.contains_key(id));
    let mentions: Vec<Value> = mentions.map(|id| user(state, id)).collect();
    let roles = super::mentions::roles(&message.content);
    let mut value = json!({
        "id": message.id.to_string(), "channel_id": message.channel.to_string(), "author": user(state, message.author),
        "content": message.content, "timestamp": iso(message.created_at),
        "edited_timestamp": message.edited_at.map(iso), "mentions": mentions,
        "tts": false, "mention_everyone": message.pings.iter().any(|name| name == "everyone"),
        "mention_roles": roles.iter().map(Snowflake::to_string).collect::<Vec<_>>(), "mention_channels": [],
        "attachments": message.attachments, "embeds": message.embeds, "components": message.components,
        "pinned": message.pinned_at.is_some(), "type": message.kind, "flags": message.flags,
    });
    for (key, more) in &message.more {
        value[key] = more.clone();
    }
    if let Some(nonce) = &message.nonce {
        value["nonce"] = nonce.clone();
    }
    if let Some(poll) = &message.poll {
        value["poll"] = poll.clone();
    }
    if let Some(reference) = &message.reference {
        value["message_reference"] = reference.clone();
    }
    if let Some(interaction) = message.interaction.and_then(|id| state.interactions.get(&id)) {
        value["application_id"] = json!(APPLICATION_ID.to_string());
        value["webhook_id"] = json!(APPLICATION_ID.to_string());
        value["interaction_metadata"] = json!({
            "id": interaction.id.to_string(), "type": interaction.kind, "user": user(state, interaction.user),
            "authorizing_integration_owners": owners(state, interaction.channel),
            "original_response_message_id": message.id.to_string(),
        });
        if let Some(name) = interaction.title.strip_prefix('/') {
            let (id, kind) = (interaction.id.to_string(), interaction.kind);
            value["interaction"] = json!({"id": id, "type": kind, "name": name, "user": user(state, interaction.user)});
        }
    }
    value
}

/// A message as the bot may read it in a channel: without the privileged intent what others wrote is empty.
pub(super) fn message_for_bot(state: &State, it: &Message) -> Value {
    let mut value = message(state, it);
    let own = it.author == APPLICATION_ID;
    let direct = state.channels.get(&it.channel).is_some_and(|channel| channel.guild.is_none());
    if !(own || direct || state.message_content || super::mentions::users(&it.content).contains(&APPLICATION_ID)) {
        value["content"] = json!("");
        for key in ["embeds", "attachments", "components"] {
            value[key] = json!([]);
        }
        if let Some(fields) = value.as_object_mut() {
            fields.remove("poll");
        }
    }
    value
}

fn owners(state: &State, channel: Snowflake) -> Value {
    match state.channels.get(&channel).and_then(|channel| channel.guild) {
        Some(guild) => json!({"0": guild.to_string()}),
        None => json!({"0": "0"}),
    }
}

/// An interaction with its `data`.
pub(super) fn interaction(state: &State, interaction: &Interaction, locale: &str, data: Value) -> Value {
    let Some(channel) = state.channels.get(&interaction.channel) else { return Value::Null };
    let mut value = json!({
        "id": interaction.id.to_string(), "application_id": APPLICATION_ID.to_string(), "type": interaction.kind,
        "token": interaction.token, "version": 1, "data": data, "locale": locale,
        "channel_id": channel.id.to_string(), "channel": partial_channel(state, channel, interaction.user),
        "authorizing_integration_owners": owners(state, channel.id),
        "entitlements": [], "entitlement_sku_ids": [], "attachment_size_limit": state.max_file,
    });
    match channel.guild.and_then(|id| state.guild(id)) {
        Some(guild) => {
            let permissions = |who| state.written_permissions(who, channel).bits().to_string();
            value["guild_id"] = json!(guild.id.to_string());
            value["guild_locale"] = json!(guild.locale);
            value["guild"] = json!({"id": guild.id.to_string(), "locale": guild.locale, "features": []});
            value["context"] = json!(0);
            value["app_permissions"] = json!(permissions(APPLICATION_ID));
            if let Some(member) = guild.member(interaction.user) {
                value["member"] = self::member(state, member);
                value["member"]["permissions"] = json!(permissions(interaction.user));
            }
        }
        None => {
            value["context"] = json!(1);
            value["app_permissions"] = json!("442368");
            value["user"] = user(state, interaction.user);
        }
    }
    if let Some(source) = interaction.source.and_then(|id| state.messages.get(&id)) {
        value["message"] = message(state, source);
        value["message"]["flags"] = json!(source.flags | if source.only.is_some() { EPHEMERAL } else { 0 });
    }
    value
}

/// `data.resolved` for the chosen users, roles and channels of a server.
pub(super) fn resolved(
    state: &State,
    guild: Option<Snowflake>,
    viewer: Snowflake,
    ids: &[Snowflake],
) -> Map<String, Value> {
    let mut all = Map::new();
    let guild = guild.and_then(|id| state.guild(id));
    let mut put = |kind: &str, id: Snowflake, value: Value| {
        all.entry(kind).or_insert_with(|| json!({}))[id.to_string()] = value;
    };
    for &id in ids {
        if state.users.contains_key(&id) {
            put("users", id, user(state, id));
            if let Some((guild, member)) = guild.and_then(|guild| Some((guild, guild.member(id)?))) {
                let mut value = partial_member(member);
                value["permissions"] = json!(permissions::in_guild(guild, id).bits().to_string());
                put("members", id, value);
            }
        } else if let Some(found) = guild.and_then(|guild| guild.role(id)) {
            put("roles", id, role(found));
        } else if let Some(found) = state.channels.get(&id) {
            put("channels", id, partial_channel(state, found, viewer));
        }
    }
    all
}
