//! Names of channels, roles and members in the place of their mentions, as Discord said lately.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use moka::future::Cache;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, RoleMarker, UserMarker};

use crate::app::App;
use crate::discord::{Channel, Granted};

/// What Discord said of channels and roles is believed for so long, and of people's names.
const BELIEVED: Duration = Duration::from_secs(60);
const PEOPLE_BELIEVED: Duration = Duration::from_secs(600);

/// A page waits for names at most so long: it is of use without them.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Of so many people a page asks for the name; Discord tells one at a time. Others are shown by their ids.
const MOST_ASKED: usize = 25;

/// What is remembered: of guilds a few hundred names each, and of people one.
const GUILDS: u64 = 500;
const PEOPLE: u64 = 20_000;

/// The channels and roles of a guild.
#[derive(Debug, Default)]
pub struct Places {
    /// What the bot sees of its channels and categories.
    pub channels: Vec<Channel>,
    /// Its roles with their names.
    pub roles: Vec<(Id<RoleMarker>, String)>,
    /// What these grant.
    pub(super) granted: Option<Granted>,
}

/// What a member is called; nothing of who is none.
type Called = Option<Arc<str>>;

/// Names that were asked for lately.
pub(super) struct Names {
    places: Cache<Id<GuildMarker>, Arc<Places>>,
    people: Cache<(Id<GuildMarker>, Id<UserMarker>), Called>,
}

impl Default for Names {
    fn default() -> Names {
        Names {
            places: Cache::builder().max_capacity(GUILDS).time_to_live(BELIEVED).build(),
            people: Cache::builder().max_capacity(PEOPLE).time_to_live(PEOPLE_BELIEVED).build(),
        }
    }
}

impl Names {
    /// The channels and roles of a guild; none where Discord does not say them soon.
    pub(super) async fn places(&self, app: &App, guild: Id<GuildMarker>) -> Arc<Places> {
        if let Some(known) = self.places.get(&guild).await {
            return known;
        }
        let (discord, deadline) = (app.discord.guild(guild), Instant::now() + PATIENCE);
        let asked = tokio::join!(discord.channels(deadline), discord.role_names(deadline), discord.granted(deadline));
        let (Ok(channels), Ok(roles), Ok(granted)) = asked else { return Arc::default() };
        let places = Arc::new(Places { channels, roles, granted: Some(granted) });
        self.places.insert(guild, Arc::clone(&places)).await;
        places
    }

    /// What people are called; who has left, and who is one too many, is not in it.
    pub(super) async fn people(
        &self,
        app: &App,
        guild: Id<GuildMarker>,
        users: impl IntoIterator<Item = Id<UserMarker>>,
    ) -> HashMap<Id<UserMarker>, Arc<str>> {
        let mut users: Vec<_> = users.into_iter().collect();
        users.sort_unstable();
        users.dedup();
        let (mut found, mut unknown) = (HashMap::new(), Vec::new());
        for user in users {
            match self.people.get(&(guild, user)).await {
                Some(Some(name)) => drop(found.insert(user, name)),
                Some(None) => {}
                None => unknown.push(user),
            }
        }
        unknown.truncate(MOST_ASKED);
        let deadline = Instant::now() + PATIENCE;
        let asking = futures_util::stream::iter(unknown).map(|user| async move {
            let name = match app.discord.guild(guild).member_name(user, deadline).await {
                Ok(name) => Some(Arc::<str>::from(name)),
                Err(error) if error.is_passing() => return None,
                Err(_) => None,
            };
            self.people.insert((guild, user), name.clone()).await;
            Some((user, name?))
        });
        found.extend(asking.buffer_unordered(8).filter_map(std::future::ready).collect::<Vec<_>>().await);
        found
    }
}
