//! Channels and threads, who sees them, and members.

use std::time::Instant;

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use twilight_model::channel::ChannelType;
use twilight_model::channel::permission_overwrite::{PermissionOverwrite, PermissionOverwriteType};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GenericMarker, MessageMarker, RoleMarker, UserMarker};

use super::call::Call;
use super::ids::id;
use super::{Client, Error, Guild};

/// A channel or thread, as far as we use it.
#[derive(Clone, Debug, Deserialize)]
pub struct Channel {
    /// Its id.
    pub id: Id<ChannelMarker>,
    /// Its type.
    #[serde(default, rename = "type")]
    pub kind: Option<ChannelType>,
    /// Its name as Discord shaped it.
    #[serde(default)]
    pub name: String,
    /// What stands above its messages; threads have none.
    #[serde(default)]
    pub topic: Option<String>,
    /// Its category, or a thread's channel.
    #[serde(default)]
    pub parent_id: Option<Id<ChannelMarker>>,
    /// Who opened a thread.
    #[serde(default)]
    pub owner_id: Option<Id<UserMarker>>,
    /// Its newest message, which may have been deleted since.
    #[serde(default)]
    pub last_message_id: Option<Id<MessageMarker>>,
    /// Who may do what in it beyond what roles grant; a thread has none of its own.
    #[serde(default)]
    pub permission_overwrites: Vec<PermissionOverwrite>,
}

/// A text channel to be made.
#[derive(Clone, Debug)]
pub struct NewChannel {
    /// 1 to 100 characters; Discord makes it lower case and puts dashes for spaces.
    pub name: String,
    /// At most 1,024 characters.
    pub topic: String,
    /// The category.
    pub parent: Option<Id<ChannelMarker>>,
    /// Who may do what in it.
    pub overwrites: Vec<Overwrite>,
}

/// What somebody may and may not do in a channel
/// (<https://discord.com/developers/docs/resources/channel#overwrite-object>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// For everybody with a role; the guild's own id is @everyone.
    Role(Id<RoleMarker>, Permissions, Permissions),
    /// For one member.
    Member(Id<UserMarker>, Permissions, Permissions),
}

impl Overwrite {
    /// Whose it is.
    pub fn target(&self) -> Id<GenericMarker> {
        match self {
            Overwrite::Role(id, ..) => id.cast(),
            Overwrite::Member(id, ..) => id.cast(),
        }
    }

    /// As Discord tells it; nothing if it is of a kind that we do not know.
    fn read(told: &PermissionOverwrite) -> Option<Overwrite> {
        match told.kind {
            PermissionOverwriteType::Role => Some(Overwrite::Role(told.id.cast(), told.allow, told.deny)),
            PermissionOverwriteType::Member => Some(Overwrite::Member(told.id.cast(), told.allow, told.deny)),
            _ => None,
        }
    }

    /// As Discord takes it; numbers of 64 bits are texts there.
    fn json(&self) -> Value {
        let (id, kind, allow, deny) = match self {
            Overwrite::Role(id, allow, deny) => (id.get(), 0, allow, deny),
            Overwrite::Member(id, allow, deny) => (id.get(), 1, allow, deny),
        };
        json!({"id": id.to_string(), "type": kind, "allow": allow.bits().to_string(), "deny": deny.bits().to_string()})
    }
}

impl Client {
    /// The bot's own user, whose id is its application's.
    pub fn own_user(&self) -> Id<UserMarker> {
        self.application.cast()
    }
}

impl Guild<'_> {
    /// The channels of a guild that the bot can see; a missing one need not be gone.
    pub async fn channels(&self, deadline: Instant) -> Result<Vec<Channel>, Error> {
        let call = Call::new(Method::GET, "/guilds/{guild}/channels", format!("guilds/{}/channels", self.id), deadline);
        self.fetch(call).await
    }

    /// The threads of a guild that are not archived.
    pub async fn active_threads(&self, deadline: Instant) -> Result<Vec<Channel>, Error> {
        #[derive(Deserialize)]
        struct Active {
            threads: Vec<Channel>,
        }
        let path = format!("guilds/{}/threads/active", self.id);
        Ok(self
            .fetch::<Active>(Call::new(Method::GET, "/guilds/{guild}/threads/active", path, deadline))
            .await?
            .threads)
    }

    /// The threads of one of its channels, archived ones too as far as the bot's `own` permissions there let it see them, by id
    /// (<https://discord.com/developers/docs/resources/channel#list-public-archived-threads>).
    pub async fn threads_of(
        &self,
        parent: Id<ChannelMarker>,
        own: Permissions,
        deadline: Instant,
    ) -> Result<Vec<Channel>, Error> {
        #[derive(Deserialize)]
        struct Archived {
            threads: Vec<Channel>,
        }
        let mut threads = self.active_threads(deadline).await?;
        threads.retain(|thread| thread.parent_id == Some(parent));
        let reads = Permissions::READ_MESSAGE_HISTORY;
        // What is not allowed is not asked for: Discord counts refusals.
        let archives = [("public", reads), ("private", reads | Permissions::MANAGE_THREADS)];
        let allowed = |needed| own.contains(needed) || own.contains(Permissions::ADMINISTRATOR);
        for (which, _) in archives.into_iter().filter(|(_, needed)| allowed(*needed)) {
            let path = format!("channels/{parent}/threads/archived/{which}?limit=100");
            let call = Call::new(Method::GET, "/channels/{channel}/threads/archived/{which}", path, deadline);
            match self.fetch::<Archived>(call).await {
                Ok(archived) => threads.extend(archived.threads),
                Err(Error::NoAccess { .. } | Error::MissingPermission) => {}
                Err(error) => return Err(error),
            }
        }
        threads.sort_by_key(|thread| thread.id);
        threads.dedup_by_key(|thread| thread.id);
        Ok(threads)
    }

    /// A channel or thread. [`Error::Gone`] means that it was deleted, [`Error::NoAccess`] that it is hidden.
    pub async fn channel(&self, channel: Id<ChannelMarker>, deadline: Instant) -> Result<Channel, Error> {
        self.fetch(Call::new(Method::GET, "/channels/{channel}", format!("channels/{channel}"), deadline)).await
    }

    /// Makes a text channel. Making it twice makes two, so a lost answer is an error here.
    pub async fn create_channel(&self, new: &NewChannel, reason: &str, deadline: Instant) -> Result<Channel, Error> {
        let overwrites: Vec<Value> = new.overwrites.iter().map(Overwrite::json).collect();
        let body = json!({
            "name": new.name, "type": 0, "topic": new.topic, "parent_id": new.parent,
            "permission_overwrites": overwrites,
        });
        let call =
            Call::new(Method::POST, "/guilds/{guild}/channels", format!("guilds/{}/channels", self.id), deadline);
        self.fetch(call.json(&body).reason(reason)).await
    }

    /// Makes a private thread to which only the bot and moderators can add people. As with channels, a lost answer is
    /// an error.
    pub async fn create_private_thread(
        &self,
        parent: Id<ChannelMarker>,
        name: &str,
        reason: &str,
        deadline: Instant,
    ) -> Result<Channel, Error> {
        // A week is the longest there is.
        let body = json!({"name": name, "type": 12, "invitable": false, "auto_archive_duration": 10080});
        let call =
            Call::new(Method::POST, "/channels/{channel}/threads", format!("channels/{parent}/threads"), deadline);
        self.fetch(call.json(&body).reason(reason)).await
    }

    /// Archives and locks a thread, or opens it again. Both go in one request: an archived thread takes no other.
    pub async fn set_thread_closed(
        &self,
        thread: Id<ChannelMarker>,
        closed: bool,
        reason: &str,
        deadline: Instant,
    ) -> Result<(), Error> {
        self.modify(thread, &json!({"archived": closed, "locked": closed}), reason, deadline).await
    }

    async fn modify<T: Serialize>(
        &self,
        channel: Id<ChannelMarker>,
        body: &T,
        reason: &str,
        deadline: Instant,
    ) -> Result<(), Error> {
        let call = Call::new(Method::PATCH, "/channels/{channel}", format!("channels/{channel}"), deadline);
        self.send(call.json(body).reason(reason)).await.map(|_| ())
    }

    /// Deletes a channel or thread for good.
    pub async fn delete_channel(
        &self,
        channel: Id<ChannelMarker>,
        reason: &str,
        deadline: Instant,
    ) -> Result<(), Error> {
        let call = Call::new(Method::DELETE, "/channels/{channel}", format!("channels/{channel}"), deadline);
        self.send(call.reason(reason)).await.map(|_| ())
    }

    /// What somebody may do in a channel beyond others, or may not. [`Error::Gone`] and [`Error::NoAccess`] as with
    /// [`Guild::channel`].
    pub async fn overwrites(&self, channel: Id<ChannelMarker>, deadline: Instant) -> Result<Vec<Overwrite>, Error> {
        #[derive(Deserialize)]
        struct Told {
            #[serde(default)]
            permission_overwrites: Vec<PermissionOverwrite>,
        }
        let call = Call::new(Method::GET, "/channels/{channel}", format!("channels/{channel}"), deadline);
        let told: Told = self.fetch(call).await?;
        Ok(told.permission_overwrites.iter().filter_map(Overwrite::read).collect())
    }

    /// Sets what somebody may do in a channel.
    pub async fn set_overwrite(
        &self,
        channel: Id<ChannelMarker>,
        overwrite: Overwrite,
        reason: &str,
        deadline: Instant,
    ) -> Result<(), Error> {
        let mut body = overwrite.json();
        let target = body["id"].take();
        let path = format!("channels/{channel}/permissions/{}", target.as_str().unwrap_or_default());
        let call = Call::new(Method::PUT, "/channels/{channel}/permissions/{target}", path, deadline);
        body.as_object_mut().expect("it is an object").remove("id");
        self.send(call.json(&body).reason(reason)).await.map(|_| ())
    }

    /// Forgets what a member, or a role, may do in a channel beyond others.
    pub async fn delete_overwrite(
        &self,
        channel: Id<ChannelMarker>,
        target: Id<GenericMarker>,
        reason: &str,
        deadline: Instant,
    ) -> Result<(), Error> {
        let path = format!("channels/{channel}/permissions/{target}");
        let call = Call::new(Method::DELETE, "/channels/{channel}/permissions/{target}", path, deadline);
        self.send(call.reason(reason)).await.map(|_| ())
    }

    /// Brings a member into a thread.
    pub async fn add_thread_member(
        &self,
        thread: Id<ChannelMarker>,
        member: Id<UserMarker>,
        deadline: Instant,
    ) -> Result<(), Error> {
        self.thread_member(Method::PUT, thread, member, deadline).await
    }

    /// Who is in a thread. Discord tells it applications with the Server Members Intent alone
    /// (<https://discord.com/developers/docs/resources/channel#list-thread-members>).
    pub async fn thread_members(
        &self,
        thread: Id<ChannelMarker>,
        deadline: Instant,
    ) -> Result<Vec<Id<UserMarker>>, Error> {
        #[derive(Deserialize)]
        struct Joined {
            user_id: Id<UserMarker>,
        }
        let path = format!("channels/{thread}/thread-members");
        let call = Call::new(Method::GET, "/channels/{thread}/thread-members", path, deadline);
        Ok(self.fetch::<Vec<Joined>>(call).await?.into_iter().map(|joined| joined.user_id).collect())
    }

    /// Takes a member out of a thread.
    pub async fn remove_thread_member(
        &self,
        thread: Id<ChannelMarker>,
        member: Id<UserMarker>,
        deadline: Instant,
    ) -> Result<(), Error> {
        self.thread_member(Method::DELETE, thread, member, deadline).await
    }

    async fn thread_member(
        &self,
        method: Method,
        thread: Id<ChannelMarker>,
        member: Id<UserMarker>,
        deadline: Instant,
    ) -> Result<(), Error> {
        let path = format!("channels/{thread}/thread-members/{member}");
        self.send(Call::new(method, "/channels/{thread}/thread-members/{user}", path, deadline)).await.map(|_| ())
    }

    /// The name that others see of a member.
    pub async fn member_name(&self, user: Id<UserMarker>, deadline: Instant) -> Result<String, Error> {
        let path = format!("guilds/{}/members/{user}", self.id);
        let member: Value =
            self.fetch(Call::new(Method::GET, "/guilds/{guild}/members/{user}", path, deadline)).await?;
        let names = [&member["nick"], &member["user"]["global_name"], &member["user"]["username"]];
        Ok(names.into_iter().find_map(Value::as_str).unwrap_or_default().to_owned())
    }

    /// The first `limit` members whose name or nickname begins so, each with all names that they have, the one that others see
    /// first (<https://discord.com/developers/docs/resources/guild#search-guild-members>).
    pub async fn search_members(
        &self,
        beginning: &str,
        limit: usize,
        deadline: Instant,
    ) -> Result<Vec<(Id<UserMarker>, Vec<String>)>, Error> {
        let limit = limit.to_string();
        let wanted = reqwest::Url::parse_with_params("http://localhost/", [("query", beginning), ("limit", &limit)]);
        let query = wanted.ok().and_then(|it| it.query().map(str::to_owned)).unwrap_or_default();
        let path = format!("guilds/{}/members/search?{query}", self.id);
        let found: Vec<Value> =
            self.fetch(Call::new(Method::GET, "/guilds/{guild}/members/search", path, deadline)).await?;
        let read = |member: &Value| {
            let names = [&member["nick"], &member["user"]["global_name"], &member["user"]["username"]];
            Some((id(&member["user"]["id"])?, names.into_iter().filter_map(Value::as_str).map(str::to_owned).collect()))
        };
        Ok(found.iter().filter_map(read).collect())
    }

    /// Whether somebody has joined a thread.
    pub async fn is_thread_member(
        &self,
        thread: Id<ChannelMarker>,
        user: Id<UserMarker>,
        deadline: Instant,
    ) -> Result<bool, Error> {
        match self.thread_member(Method::GET, thread, user, deadline).await {
            Ok(()) => Ok(true),
            Err(Error::Gone { .. } | Error::Refused { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether somebody is in a guild.
    pub async fn is_member(&self, user: Id<UserMarker>, deadline: Instant) -> Result<bool, Error> {
        let path = format!("guilds/{}/members/{user}", self.id);
        match self.send(Call::new(Method::GET, "/guilds/{guild}/members/{user}", path, deadline)).await {
            Ok(_) => Ok(true),
            Err(Error::Gone { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
