//! `/config api-key`: keys of programs that use the API, for this server alone.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::definition::{INTEGER, STRING, subcommand};
use crate::acting::Acting;
use crate::error::Result;
use crate::feature::{TypedLine, names, outdated_command};
use crate::interactions::{Context, Reply};
use crate::keys::{Key, NAME};
use crate::operations::keys::{self, Created, Wish};
use crate::ui::{Choice, Message, embed, limits, plain};
use crate::words::{Language, Said};
use crate::{said, say};
use secrecy::ExposeSecret;

/// The group of its subcommands.
pub(super) const GROUP: &str = "api-key";

/// Of the keys that are listed so much is shown, in characters; a box takes 4,096.
const LISTED: usize = 4000;

/// The longest that a key may be for, in days; without a number it has no end.
pub(super) const MOST_DAYS: i64 = 3650;

/// The subcommands as Discord knows them.
pub(super) fn group() -> Value {
    let option = |option: Value, about: &Said| names::named(names::describe(option, about));
    let name = json!({"type": STRING, "name": "name", "required": true, "max_length": NAME});
    let opens = json!({"type": STRING, "name": "opens", "required": false, "max_length": 200});
    let days = json!({"type": INTEGER, "name": "days", "required": false, "min_value": 1, "max_value": MOST_DAYS});
    let key = json!({"type": STRING, "name": "key", "required": true, "autocomplete": true});
    let create = json!([
        option(name, &said!(config_key_name_option_hint)),
        option(opens, &said!(config_key_opens_option_hint)),
        option(days, &said!(config_key_days_option_hint)),
    ]);
    let revoke = json!([option(key, &said!(config_key_which_option_hint))]);
    let subcommands = json!([
        names::named(subcommand("create", &said!(config_key_create_about_hint), create)),
        names::named(subcommand("list", &said!(config_key_list_about_hint), json!([]))),
        names::named(subcommand("revoke", &said!(config_key_revoke_about_hint), revoke)),
    ]);
    let group = json!({"type": super::definition::GROUP, "name": GROUP, "options": subcommands});
    names::named(names::describe(group, &said!(config_key_about_hint)))
}

/// Does what one of them says.
pub(super) async fn run(cx: &Context, acting: &Acting, subcommand: &str, line: &TypedLine) -> Result<Reply> {
    match subcommand {
        "create" => create(cx, acting, line).await,
        "list" => list(cx, acting).await,
        "revoke" => {
            let revoked = keys::revoke(&cx.app, acting, line.get("key").unwrap_or_default()).await?;
            Ok(Reply::ephemeral(say!(cx.language, config_key_revoked, name = plain(&revoked.name))))
        }
        _ => Err(outdated_command()),
    }
}

async fn create(cx: &Context, acting: &Acting, line: &TypedLine) -> Result<Reply> {
    let days = line.get("days").and_then(|days| days.parse::<i64>().ok());
    let wish = Wish {
        name: line.get("name").unwrap_or_default().to_owned(),
        scopes: line.get("opens").unwrap_or("read").to_owned(),
        expires_at: days.map(|days| acting.now() + SignedDuration::from_hours(24 * days.clamp(1, MOST_DAYS))),
    };
    let Created { name, scopes, secret, .. } = keys::create(&cx.app, acting, wish).await?;
    let opens = scopes.names().join(", ");
    let told = say!(cx.language, config_key_created, name = plain(&name), opens);
    Ok(Reply::ephemeral(format!("{told}\n```\n{}\n```", secret.expose_secret())))
}

async fn list(cx: &Context, acting: &Acting) -> Result<Reply> {
    let keys = keys::list(&cx.app, acting).await?;
    let lines: Vec<String> = counting(&keys, acting.now()).map(|key| described(cx.language, key)).collect();
    let text = match lines.is_empty() {
        true => say!(cx.language, config_key_none),
        false => limits::cut(&lines.join("\n"), LISTED),
    };
    let shown = embed(say!(cx.language, config_key_list_title), text);
    Ok(Message::default().embed(shown).ephemeral(true).into())
}

/// The keys that count now.
pub(super) fn counting(keys: &[Key], now: Timestamp) -> impl Iterator<Item = &Key> {
    keys.iter().filter(move |key| key.revoked_at.is_none() && key.expires_at.is_none_or(|at| at > now))
}

fn described(language: Language, key: &Key) -> String {
    let used = match key.last_used_at {
        Some(at) => said!(config_key_used, at = at.as_second().to_string()),
        None => said!(config_key_unused),
    };
    let ends = match key.expires_at {
        Some(at) => said!(config_key_ends, at = at.as_second().to_string()),
        None => said!(config_key_endless),
    };
    let (name, opens) = (plain(&key.name), key.scopes.names().join(", "));
    say!(language, config_key_line, name, id = key.id.as_str(), opens, used, ends)
}

/// Keys that may be revoked.
pub(super) async fn suggest(cx: &Context, acting: &Acting) -> Result<Vec<Choice>> {
    let keys = keys::list(&cx.app, acting).await?;
    let choice = |key: &Key| Choice { name: format!("{} ({})", key.name, key.id), value: key.id.clone() };
    Ok(counting(&keys, acting.now()).map(choice).collect())
}
