//! Custom ids: what a button, menu or form carries back to the feature that made it.
//!
//! `feature:{action as JSON}`, or `feature.form:{target as JSON}` for a form; `feature@guild:…` in direct messages, which
//! belong to no guild. A custom id is state and never authority: everybody who sees the message can read it, so handlers
//! look everything up again, filtered by guild.
//!
//! It carries numbers and our own names, never a word that somebody typed: such a word could make it too long, would have
//! to be escaped, and would end in logs. [`encode_for`] refuses everything else, so no feature can forget that.

mod payload;

use anyhow::Context;
use serde::Serialize;
use serde::de::DeserializeOwned;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

/// Discord's limit (<https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id>).
pub const MAX_CHARS: usize = 100;

/// A custom id as it came back, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomId<'a> {
    /// The feature that made it.
    pub feature: &'a str,
    /// The form that was filled in; empty for buttons and menus.
    pub form: &'a str,
    /// The guild that it is about, if it was sent in a direct message.
    pub guild: Option<Id<GuildMarker>>,
    payload: &'a str,
}

/// Makes a custom id.
///
/// # Errors
/// It would be longer than Discord takes, or carry a word.
pub fn encode<T: Serialize>(feature: &str, form: Option<&str>, payload: &T) -> anyhow::Result<String> {
    encode_for(feature, form, None, payload)
}

/// Makes a custom id for a direct message about `guild`; for a message in the guild itself that is `None`.
///
/// # Errors
/// It would be longer than Discord takes, or carry a word. The error says of which feature it is, and no more.
pub fn encode_for<T: Serialize>(
    feature: &str,
    form: Option<&str>,
    guild: Option<Id<GuildMarker>>,
    payload: &T,
) -> anyhow::Result<String> {
    let form = form.map(|form| format!(".{form}")).unwrap_or_default();
    payload::check(payload).with_context(|| format!("a custom id of {feature}{form}"))?;
    let payload = serde_json::to_string(payload)?;
    let guild = guild.map(|guild| format!("@{guild}")).unwrap_or_default();
    let id = format!("{feature}{form}{guild}:{payload}");
    let chars = id.chars().count();
    anyhow::ensure!(chars <= MAX_CHARS, "a custom id of {feature}{form} has {chars} characters, more than {MAX_CHARS}");
    Ok(id)
}

/// A number that stands for a text in custom ids: FNV-1a, which is the same in every version and on every instance.
///
/// Two texts have the same number once in four thousand million times. It keeps nothing secret.
pub fn digest(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |digest, byte| (digest ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

impl<'a> CustomId<'a> {
    /// Takes `id` apart; `None` if it is none of ours.
    pub fn parse(id: &'a str) -> Option<CustomId<'a>> {
        let (name, payload) = id.split_once(':')?;
        let (name, guild) = match name.split_once('@') {
            Some((name, guild)) => (name, Some(Id::new_checked(guild.parse().ok()?)?)),
            None => (name, None),
        };
        let (feature, form) = name.split_once('.').unwrap_or((name, ""));
        Some(CustomId { feature, form, guild, payload })
    }

    /// What it carries; `None` if another version of the feature made it.
    pub fn payload<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(self.payload).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use twilight_model::id::marker::UserMarker;

    #[test]
    fn a_custom_id_comes_back_as_it_was_made() {
        let user: Id<UserMarker> = Id::new(12);
        let id = encode("faq", Some("entry"), &(7, user)).expect("it is short");
        assert_eq!(id, r#"faq.entry:[7,"12"]"#);
        let parsed = CustomId::parse(&id).expect("it is ours");
        assert_eq!((parsed.feature, parsed.form, parsed.payload()), ("faq", "entry", Some((7, user))));
    }

    #[test]
    fn a_direct_one_names_its_guild() {
        let id = encode_for("tickets", Some("rating"), Some(Id::new(12)), &7).expect("it is short");
        assert_eq!(id, "tickets.rating@12:7");
        let parsed = CustomId::parse(&id).expect("it is ours");
        assert_eq!((parsed.feature, parsed.form, parsed.guild), ("tickets", "rating", Some(Id::new(12))));
        assert_eq!(CustomId::parse("tickets@0:7"), None);
    }

    #[test]
    fn an_overlong_custom_id_is_an_error_here_and_not_at_discord() {
        let error = encode("faq", Some("entry"), &[u64::MAX; 5]).expect_err("it is long");
        assert_eq!(format!("{error:#}"), "a custom id of faq.entry has 116 characters, more than 100");
    }

    #[test]
    fn a_word_is_refused_and_not_repeated() {
        let error = encode("tickets", Some("tag"), &Some("my \"secret\"")).expect_err("it carries a word");
        assert_eq!(
            format!("{error:#}"),
            "a custom id of tickets.tag: it carries a word, and only numbers may be there"
        );
    }

    #[test]
    fn a_text_always_has_the_same_number() {
        assert_eq!(digest(""), 0x811c_9dc5);
        assert_eq!(digest("foobar"), 0xbf9c_f968);
    }

    proptest! {
        #[test]
        fn strange_custom_ids_are_refused_calmly(id in ".{0,120}") {
            if let Some(parsed) = CustomId::parse(&id) {
                let _ = parsed.payload::<(u32, String)>();
            }
        }
    }
}
