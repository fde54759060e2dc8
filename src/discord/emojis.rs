//! The emojis that a guild has of its own. A message with one that there is not is refused, and with it all that it says.

use std::sync::Arc;
use std::time::{Duration, Instant};

use moka::future::Cache;
use reqwest::Method;
use serde::Deserialize;
use twilight_model::id::Id;
use twilight_model::id::marker::{EmojiMarker, GuildMarker};

use super::call::Call;
use super::{Client, Error, Guild};

/// What Discord said of them is believed for so long.
const BELIEVED: Duration = Duration::from_secs(60);

/// Guilds of which it is remembered; each has some hundred emojis at most.
const REMEMBERED: u64 = 2_000;

/// What Discord said lately.
pub(super) struct Emojis(Cache<Id<GuildMarker>, Arc<[Id<EmojiMarker>]>>);

impl Default for Emojis {
    fn default() -> Emojis {
        Emojis(Cache::builder().max_capacity(REMEMBERED).time_to_live(BELIEVED).build())
    }
}

#[derive(Deserialize)]
struct Found {
    id: Option<Id<EmojiMarker>>,
}

impl Client {
    /// Asks anew for the emojis of each guild.
    pub fn forget_emojis(&self) {
        self.emojis.0.invalidate_all();
    }
}

impl Guild<'_> {
    /// The emojis of a guild as they were within the last minute.
    pub async fn emojis(&self, deadline: Instant) -> Result<Arc<[Id<EmojiMarker>]>, Error> {
        let remembered = &self.client.emojis.0;
        if let Some(emojis) = remembered.get(&self.id).await {
            return Ok(emojis);
        }
        let emojis = self.fresh_emojis(deadline).await?;
        remembered.insert(self.id, emojis.clone()).await;
        Ok(emojis)
    }

    /// Whether a guild has an emoji; one that was just added counts at once.
    pub async fn has_emoji(&self, emoji: Id<EmojiMarker>, deadline: Instant) -> Result<bool, Error> {
        if self.emojis(deadline).await?.contains(&emoji) {
            return Ok(true);
        }
        let emojis = self.fresh_emojis(deadline).await?;
        self.client.emojis.0.insert(self.id, emojis.clone()).await;
        Ok(emojis.contains(&emoji))
    }

    async fn fresh_emojis(&self, deadline: Instant) -> Result<Arc<[Id<EmojiMarker>]>, Error> {
        let call = Call::new(Method::GET, "/guilds/{guild}/emojis", format!("guilds/{}/emojis", self.id), deadline);
        let found: Vec<Found> = self.fetch(call).await?;
        Ok(found.into_iter().filter_map(|it| it.id).collect())
    }
}
