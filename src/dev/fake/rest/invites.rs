//! Invitations.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use twilight_model::guild::Permissions;

use super::{Call, Outcome, channels, guilds, ok};
use crate::dev::fake::check::{self, Findings};
use crate::dev::fake::refusal::Refusal;
use crate::dev::fake::state::{APPLICATION_ID, Guild, Invite, State, iso};
use crate::dev::fake::{payload, permissions, record};

/// Discord keeps no more invitations of a server.
const MAX: usize = 1000;

pub(super) fn create(state: &mut State, call: &Call, channel: &str) -> Outcome {
    let channel = channels::seen(state, channel)?.id;
    channels::needs(state, channel, Permissions::CREATE_INVITE)?;
    if !call.body.is_object() {
        return Err(Refusal::INVALID_JSON);
    }
    record::contract("invite.create", &call.body, &json!({}));
    let mut found = Findings::default();
    check::channel::invite(&mut found, &call.body);
    call.judge(state, &found)?;
    let guild = state.channels.get(&channel).and_then(|channel| channel.guild).ok_or(Refusal::NOT_IN_DM)?;
    let number = |key: &str, default| call.body[key].as_u64().unwrap_or(default);
    let max_age_s = i64::try_from(number("max_age", 86_400)).unwrap_or(0);
    let (max_uses, temporary) = (number("max_uses", 0), call.body["temporary"] == true);
    let now = state.now();
    let same = |it: &&Invite| {
        it.channel == channel
            && it.inviter == APPLICATION_ID
            && (it.max_age_s, it.max_uses, it.temporary) == (max_age_s, max_uses, temporary)
            && alive(it, now)
    };
    // Discord gives the same one again unless it is asked for another.
    if call.body["unique"] != true
        && let Some(invite) = state.invites.iter().find(same)
    {
        return ok(shown(state, invite, false));
    }
    if of(state, guild).count() >= MAX {
        return Err(Refusal::MAX_INVITES);
    }
    let code = format!("{:x}", state.next_id() & 0xffff_ffff_ffff);
    let invite =
        Invite { code, channel, inviter: APPLICATION_ID, uses: 0, max_uses, max_age_s, temporary, created_at: now };
    let value = shown(state, &invite, false);
    state.say(format!("bot makes the invitation {} to {}", invite.code, state.place(channel)));
    state.invites.push(invite);
    ok(value)
}

/// With how often each was used for those who manage the server; others who read its audit log see only the list.
pub(super) fn list(state: &State, guild: &str) -> Outcome {
    let guild = guilds::entered(state, guild)?;
    let held = permissions::in_guild(guild, APPLICATION_ID);
    if !held.intersects(Permissions::MANAGE_GUILD | Permissions::VIEW_AUDIT_LOG) {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    let counted = held.contains(Permissions::MANAGE_GUILD);
    ok(of(state, guild.id).map(|invite| shown(state, invite, counted)).collect())
}

pub(super) fn vanity(state: &State, guild: &str) -> Outcome {
    let guild = guilds::entered(state, guild)?;
    if !permissions::in_guild(guild, APPLICATION_ID).contains(Permissions::MANAGE_GUILD) {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    ok(json!({"code": null, "uses": 0}))
}

pub(super) fn get(state: &State, code: &str) -> Outcome {
    ok(shown(state, find(state, code)?, false))
}

pub(super) fn delete(state: &mut State, code: &str) -> Outcome {
    let invite = find(state, code)?;
    let value = shown(state, invite, false);
    channels::needs(state, invite.channel, Permissions::MANAGE_CHANNELS)?;
    state.invites.retain(|invite| invite.code != code);
    state.say(format!("bot takes back the invitation {code}"));
    ok(value)
}

fn find<'a>(state: &'a State, code: &str) -> Result<&'a Invite, Refusal> {
    let found = state.invites.iter().find(|invite| invite.code == code && alive(invite, state.now()));
    found.ok_or(Refusal::UNKNOWN_INVITE)
}

/// The invitations of a server that are still good.
fn of(state: &State, guild: u64) -> impl Iterator<Item = &Invite> {
    let here = move |invite: &&Invite| state.channels.get(&invite.channel).is_some_and(|it| it.guild == Some(guild));
    state.invites.iter().filter(here).filter(|invite| alive(invite, state.now()))
}

fn alive(invite: &Invite, now: Timestamp) -> bool {
    invite.max_age_s == 0 || now < invite.created_at + SignedDuration::from_secs(invite.max_age_s)
}

fn shown(state: &State, invite: &Invite, counted: bool) -> Value {
    let channel = state.channels.get(&invite.channel);
    let guild: Option<&Guild> = channel.and_then(|channel| state.guild(channel.guild?));
    let mut value = json!({
        "type": 0, "code": invite.code, "inviter": payload::user(state, invite.inviter),
        "channel": channel.map(|it| json!({"id": it.id.to_string(), "name": it.name, "type": it.kind})),
        "guild": guild.map(|it| json!({"id": it.id.to_string(), "name": it.name})),
        "guild_id": guild.map(|it| it.id.to_string()),
        "expires_at": (invite.max_age_s > 0)
            .then(|| iso(invite.created_at + SignedDuration::from_secs(invite.max_age_s))),
    });
    if counted {
        value["uses"] = json!(invite.uses);
        value["max_uses"] = json!(invite.max_uses);
        value["max_age"] = json!(invite.max_age_s);
        value["temporary"] = json!(invite.temporary);
        value["created_at"] = json!(iso(invite.created_at));
    }
    value
}
