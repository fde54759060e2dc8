//! Ids, the times in them, and the addresses made of them.

use jiff::Timestamp;
use serde_json::Value;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GenericMarker, GuildMarker, MessageMarker};
use twilight_util::snowflake::Snowflake;

/// Where snowflakes begin to count, in Unix milliseconds
/// (<https://discord.com/developers/docs/reference#snowflakes>).
const EPOCH_MS: i64 = 1_420_070_400_000;

/// The address that opens a message in Discord.
pub fn link(guild: Id<GuildMarker>, channel: Id<ChannelMarker>, message: Id<MessageMarker>) -> String {
    format!("https://discord.com/channels/{guild}/{channel}/{message}")
}

/// The message that such an address opens, also as the test clients and older ones write it.
pub fn read_link(text: &str) -> Option<(Id<GuildMarker>, Id<ChannelMarker>, Id<MessageMarker>)> {
    let bare = text.trim().trim_start_matches('<').trim_end_matches('>');
    let rest = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://"))?;
    let (host, path) = rest.split_once("/channels/")?;
    let host = ["ptb.", "canary.", "www."].iter().find_map(|test| host.strip_prefix(test)).unwrap_or(host);
    if !matches!(host, "discord.com" | "discordapp.com") {
        return None;
    }
    let mut ids = path.trim_end_matches('/').split('/').map(|id| id.parse::<u64>().ok());
    let mut next = || ids.next().flatten();
    let (guild, channel, message) = (next()?, next()?, next()?);
    Some((Id::new_checked(guild)?, Id::new_checked(channel)?, Id::new_checked(message)?))
}

/// The id that something made at `at` would have at least.
pub fn id_at<M>(at: Timestamp) -> Id<M> {
    let ms = (at.as_millisecond() - EPOCH_MS).max(0);
    Id::new((ms.cast_unsigned() << 22).max(1))
}

/// When the thing of this id was made (<https://discord.com/developers/docs/reference#snowflakes>).
pub fn sent_at<M>(id: Id<M>) -> Timestamp {
    Timestamp::from_millisecond(id.cast::<GenericMarker>().timestamp()).unwrap_or(Timestamp::UNIX_EPOCH)
}

pub(super) fn id<M>(value: &Value) -> Option<Id<M>> {
    Id::new_checked(value.as_str()?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_messages_address_is_read() {
        let ids = Some((Id::new(1), Id::new(2), Id::new(3)));
        for (text, expected) in [
            ("https://discord.com/channels/1/2/3", ids),
            (" <https://ptb.discord.com/channels/1/2/3/> ", ids),
            ("http://canary.discordapp.com/channels/1/2/3", ids),
            ("https://discord.com/channels/@me/2/3", None),
            ("https://discord.com/channels/1/2", None),
            ("https://discord.com/channels/0/2/3", None),
            ("https://discord.com.evil.example/channels/1/2/3", None),
            ("https://evil.example/channels/1/2/3", None),
            ("discord.com/channels/1/2/3", None),
        ] {
            assert_eq!(read_link(text), expected, "{text}");
        }
        assert_eq!(read_link(&link(Id::new(1), Id::new(2), Id::new(3))), ids);
    }
}
