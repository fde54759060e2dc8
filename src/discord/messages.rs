//! Messages: posting, changing and reading them, with files, and direct ones.

use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use twilight_model::http::interaction::InteractionResponse;
use twilight_model::id::Id;
use twilight_model::id::marker::{
    AttachmentMarker, ChannelMarker, GuildMarker, InteractionMarker, MessageMarker, UserMarker,
};

use super::call::{Call, Credential};
use super::ids::id;
use super::{Author, Client, Error, Guild, MessageBody, Posted};

/// Messages of one page (<https://discord.com/developers/docs/resources/message#get-channel-messages>).
pub const PAGE: usize = 100;

/// Where Discord keeps what members attach.
const FILE_HOSTS: [&str; 2] = ["https://cdn.discordapp.com/", "https://media.discordapp.net/"];

/// What a new message stands for. Discord posts what has the same nonce once, whatever channel it is for: it counts them by
/// author, and the bot is the author everywhere. So a nonce is made of all of this and of the guild, here and nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nonce {
    /// Which kind of message it is.
    pub purpose: &'static str,
    /// The row that it is about: its number in the guild, or a number that is unique by itself.
    pub row: i64,
    /// What of that row it says. Another revision is another message.
    pub revision: i64,
}

impl Nonce {
    /// At most 25 characters (<https://discord.com/developers/docs/resources/message#create-message>), the same in every
    /// process and version: 144 bits of a SHA-256.
    fn text(self, guild: Id<GuildMarker>) -> String {
        let whole = format!("{guild}/{}/{}/{}", self.purpose, self.row, self.revision);
        URL_SAFE_NO_PAD.encode(&Sha256::digest(whole)[..18])
    }
}

/// A new message in a channel.
#[derive(Serialize)]
struct NewMessage<'a> {
    #[serde(flatten)]
    body: &'a MessageBody,
    nonce: &'a str,
    enforce_nonce: bool,
}

impl Guild<'_> {
    /// Posts a message once, and returns its id; nothing if it was posted before and somebody has deleted it since.
    ///
    /// Discord answers a nonce of the past few minutes with the first message instead of posting another
    /// (<https://discord.com/developers/docs/resources/message#create-message>), so a lost answer may be retried. If that
    /// message is gone, it says "Unknown Message" (<https://github.com/discord/discord-api-docs/issues/6647>).
    pub async fn create_message(
        &self,
        channel: Id<ChannelMarker>,
        body: &MessageBody,
        nonce: Nonce,
        deadline: Instant,
    ) -> Result<Option<Id<MessageMarker>>, Error> {
        let nonce = &nonce.text(self.id);
        let call =
            Call::new(Method::POST, "/channels/{channel}/messages", format!("channels/{channel}/messages"), deadline)
                .message(&NewMessage { body, nonce, enforce_nonce: true }, body)
                .guarded_by_nonce();
        match self.fetch::<Made>(call).await {
            Ok(made) => Ok(Some(made.id)),
            Err(Error::Gone { code: 10008 }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Changes a message of ours.
    pub async fn edit_message(
        &self,
        channel: Id<ChannelMarker>,
        message: Id<MessageMarker>,
        body: &MessageBody,
        deadline: Instant,
    ) -> Result<(), Error> {
        let path = format!("channels/{channel}/messages/{message}");
        let call =
            Call::new(Method::PATCH, "/channels/{channel}/messages/{message}", path, deadline).message(body, body);
        self.send(call).await.map(|_| ())
    }

    /// Deletes a message; `reason` shows in the server's audit log.
    pub async fn delete_message(
        &self,
        channel: Id<ChannelMarker>,
        message: Id<MessageMarker>,
        reason: &str,
        deadline: Instant,
    ) -> Result<(), Error> {
        let path = format!("channels/{channel}/messages/{message}");
        let call = Call::new(Method::DELETE, "/channels/{channel}/messages/{message}", path, deadline).reason(reason);
        self.send(call).await.map(|_| ())
    }

    /// The messages that follow `after`, oldest first, at most [`PAGE`]; all of a channel follow `None`.
    ///
    /// Without the permission to read the history Discord answers with none.
    pub async fn messages_after(
        &self,
        channel: Id<ChannelMarker>,
        after: Option<Id<MessageMarker>>,
        deadline: Instant,
    ) -> Result<Vec<Posted>, Error> {
        let after = after.map_or(0, Id::get);
        self.page(format!("channels/{channel}/messages?limit={PAGE}&after={after}"), deadline).await
    }

    /// A message; nothing if it does not read as one.
    pub async fn message(
        &self,
        channel: Id<ChannelMarker>,
        message: Id<MessageMarker>,
        deadline: Instant,
    ) -> Result<Option<Posted>, Error> {
        let path = format!("channels/{channel}/messages/{message}");
        let call = Call::new(Method::GET, "/channels/{channel}/messages/{message}", path, deadline);
        Ok(Posted::read(&self.fetch::<Value>(call).await?))
    }

    /// The newest messages, oldest first, at most [`PAGE`].
    pub async fn newest_messages(&self, channel: Id<ChannelMarker>, deadline: Instant) -> Result<Vec<Posted>, Error> {
        self.page(format!("channels/{channel}/messages?limit={PAGE}"), deadline).await
    }

    /// The messages that stand right before `before`, oldest first, at most [`PAGE`].
    pub async fn messages_before(
        &self,
        channel: Id<ChannelMarker>,
        before: Id<MessageMarker>,
        deadline: Instant,
    ) -> Result<Vec<Posted>, Error> {
        self.page(format!("channels/{channel}/messages?limit={PAGE}&before={before}"), deadline).await
    }

    async fn page(&self, path: String, deadline: Instant) -> Result<Vec<Posted>, Error> {
        let call = Call::new(Method::GET, "/channels/{channel}/messages", path, deadline);
        let mut messages: Vec<Posted> = self.fetch::<Vec<Value>>(call).await?.iter().filter_map(Posted::read).collect();
        // The order of a page is Discord's affair; a snowflake's is time's.
        messages.sort_by_key(|message| message.id);
        Ok(messages)
    }

    /// The direct channel with a user; Discord returns the same one each time.
    pub async fn direct_channel(&self, user: Id<UserMarker>, deadline: Instant) -> Result<Id<ChannelMarker>, Error> {
        let call = Call::new(Method::POST, "/users/@me/channels", "users/@me/channels".to_owned(), deadline)
            .json(&serde_json::json!({"recipient_id": user}))
            .guarded_by_nonce();
        Ok(self.fetch::<MadeChannel>(call).await?.id)
    }

    /// Answers an interaction by a call of its own in place of the HTTP answer, so that Discord says whether it takes it
    /// (<https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response>).
    pub async fn create_answer(
        &self,
        interaction: Id<InteractionMarker>,
        token: &SecretString,
        answer: &InteractionResponse,
        deadline: Instant,
    ) -> Result<(), Error> {
        let path = format!("interactions/{interaction}/{}/callback", token.expose_secret());
        let call = Call::new(Method::POST, "/interactions/{interaction}/{token}/callback", path, deadline)
            .json(answer)
            .with_credential(Credential::Path);
        self.send(call).await.map(|_| ())
    }

    /// Shows `body` as the answer to an interaction that was deferred or answered before, and returns its files.
    ///
    /// It works for 15 minutes after the interaction
    /// (<https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages>).
    pub async fn edit_original(
        &self,
        token: &SecretString,
        body: &MessageBody,
        deadline: Instant,
    ) -> Result<Vec<Id<AttachmentMarker>>, Error> {
        let path = format!("webhooks/{}/{}/messages/@original", self.client.application, token.expose_secret());
        let call = Call::new(Method::PATCH, "/webhooks/{app}/{token}/messages/@original", path, deadline)
            .message(body, body)
            .with_credential(Credential::Path);
        let shown = self.send(call).await?;
        // Whoever attached nothing has nothing to keep.
        let shown: Value = serde_json::from_slice(&shown).unwrap_or_default();
        let files = shown["attachments"].as_array().into_iter().flatten();
        Ok(files.filter_map(|file| id(&file["id"])).collect())
    }
}

impl Client {
    /// Where the picture of whoever wrote something is, 64 pixels wide, if they have one
    /// (<https://discord.com/developers/docs/reference#image-formatting>).
    pub fn picture_address(&self, author: &Author) -> Option<String> {
        let hash = author.avatar.as_ref()?;
        // It becomes a part of a path.
        let fits = !hash.is_empty() && hash.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let own = self.base.split("/api/").next().unwrap_or_default();
        let host = if own.starts_with("https://discord.com") { FILE_HOSTS[0].trim_end_matches('/') } else { own };
        fits.then(|| format!("{host}/avatars/{}/{hash}.png?size=64", author.id))
    }

    /// Fetches a file that a member attached, if it is no larger than `max_bytes`. Only Discord's own hosts are asked:
    /// an address in a message is not one that we choose.
    pub async fn download(&self, url: &str, max_bytes: u64, deadline: Instant) -> Result<Option<Vec<u8>>, Error> {
        let own = self.base.split("/api/").next().unwrap_or_default();
        // What stands in for Discord keeps its files at its own address.
        let trusted = FILE_HOSTS.iter().any(|host| url.starts_with(host))
            || (!own.starts_with("https://discord.com") && url.starts_with(&format!("{own}/")));
        if !trusted {
            return Ok(None);
        }
        let fetching = async {
            let mut answer = self.http.get(url).send().await?.error_for_status()?;
            let mut bytes = Vec::new();
            while let Some(chunk) = answer.chunk().await? {
                bytes.extend_from_slice(&chunk);
                if bytes.len() as u64 > max_bytes {
                    return Ok(None);
                }
            }
            Ok(Some(bytes))
        };
        match tokio::time::timeout_at(deadline.into(), fetching).await {
            Ok(fetched) => fetched.map_err(|error: reqwest::Error| Error::Transport(error.without_url())),
            Err(_) => Err(Error::TooSlow),
        }
    }
}

#[derive(Deserialize)]
struct Made {
    id: Id<MessageMarker>,
}

#[derive(Deserialize)]
struct MadeChannel {
    id: Id<ChannelMarker>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_in_anything_has_another_nonce() {
        let nonce = |purpose, row, revision| Nonce { purpose, row, revision };
        let one = nonce("transcript", 1, 3).text(Id::new(7));
        assert_eq!(one, nonce("transcript", 1, 3).text(Id::new(7)));
        assert!(one.len() <= 25, "{one}");
        for other in [nonce("closed", 1, 3), nonce("transcript", 2, 3), nonce("transcript", 1, 4)] {
            assert_ne!(one, other.text(Id::new(7)));
        }
        assert_ne!(one, nonce("transcript", 1, 3).text(Id::new(8)), "two guilds that close their #1 within minutes");
    }
}
