//! Who did what where: everything a handler knows about the interaction it answers.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::PgExecutor;
use tokio_util::sync::CancellationToken;
use twilight_model::channel::ChannelType;
use twilight_model::channel::message::Component;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, InteractionMarker, MessageMarker};

use super::promise::{GIVE_UP_AFTER, LEASE, PER_MEMBER, Promised, TooMuchWaits};
use super::reply::{Deferred, Later};
use super::{Reply, store};
use crate::acting::{Acting, Known, KnownChannel, KnownMember, KnownMessage, KnownRole, Member, Origin};
use crate::app::App;
use crate::discord::{Posted, read_permissions};
use crate::error::Result;
use crate::log_channel::{Entry, Level, Recorder};
use crate::settings::{Schema, System};
use crate::ui::{Form, custom_id};
use crate::words::Language;

/// An interaction that a feature answers. It comes from a server, or from a button or form in a direct message that
/// names one; commands in direct messages are refused before.
#[derive(Clone)]
pub struct Context {
    /// Everything else a handler can reach.
    pub app: App,
    /// The feature that answers.
    pub feature: &'static str,
    /// Discord's id of this interaction; the same for a second delivery.
    pub interaction: Id<InteractionMarker>,
    /// What authorizes follow-ups for 15 minutes. A secret.
    pub token: SecretString,
    /// The server.
    pub guild: Id<GuildMarker>,
    /// Whether it comes from a direct message. Whoever did it then has no roles and no permissions.
    pub direct: bool,
    /// The channel, if Discord says.
    pub channel: Option<Id<ChannelMarker>>,
    /// Of which type it is, if Discord says.
    pub channel_kind: Option<ChannelType>,
    /// Who did it.
    pub member: Member,
    /// The language of whoever reads the answer alone; that of the channel is the guild's.
    pub language: Language,
    /// The language, if they have chosen it themselves where several were offered: what follows stays in it.
    pub chosen_language: Option<Language>,
    /// The message whose button or menu was used.
    pub message: Option<Id<MessageMarker>>,
    /// What that message says beside its boxes.
    pub message_text: String,
    /// The channels, roles, members and the message that the interaction names.
    pub resolved: Resolved,
    /// What the bot may do in this channel, if Discord says.
    pub app_permissions: Option<Permissions>,
    /// The largest file in bytes that may be attached to an answer, if Discord says.
    pub attachment_limit: Option<u64>,
    /// Who takes questions over, if anybody does.
    pub desk: Option<Desk>,
    /// When it arrived.
    pub now: Timestamp,
    /// The same on the clock that measures durations.
    pub arrived: Instant,
    /// Cancelled when the answer is on its way: what would overtake it waits for this.
    pub answered: CancellationToken,
}

/// The feature that takes a question over where nothing that is known answers it, as it declared that.
#[derive(Clone, Copy, Debug)]
pub struct Desk {
    /// Which.
    pub feature: &'static str,
    /// Its button for what that search looked for, in this language.
    pub button: fn(Language, Id<InteractionMarker>) -> anyhow::Result<Component>,
}

/// What an interaction names, as Discord describes it.
#[derive(Clone, Debug, Default)]
pub struct Resolved(pub(crate) Map<String, Value>);

/// A channel that an interaction names.
#[derive(Clone, Copy, Debug)]
pub struct ResolvedChannel {
    /// Its type, as Discord numbers it.
    pub kind: ChannelType,
    /// What the bot may do there; none if Discord does not say.
    pub app_permissions: Option<Permissions>,
    /// What the member may do there; none if Discord does not say.
    pub permissions: Option<Permissions>,
}

/// A role that an interaction names.
#[derive(Clone, Copy, Debug)]
pub struct ResolvedRole {
    /// 0 is @everyone, the largest is on top.
    pub position: i64,
    /// Whether it belongs to an app or to boosts, and nobody can give it.
    pub managed: bool,
    /// Whether everybody may mention it.
    pub mentionable: bool,
}

/// A member that an interaction names.
#[derive(Clone, Debug)]
pub struct ResolvedMember {
    /// Who they are.
    pub member: Member,
    /// Whether they are a program.
    pub is_bot: bool,
}

impl Resolved {
    /// The member of that id; nothing if they are not in the server.
    pub fn member(&self, id: &str) -> Option<ResolvedMember> {
        let member = self.0.get("members")?.get(id)?;
        let user = self.0.get("users").and_then(|users| users.get(id));
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let named = |key: &str| text(user.and_then(|user| user.get(key)));
        let roles = member.get("roles").and_then(Value::as_array).into_iter().flatten();
        Some(ResolvedMember {
            member: Member {
                name: text(member.get("nick")).or(named("global_name")).or(named("username")).unwrap_or_default(),
                roles: roles.filter_map(|role| Id::new_checked(role.as_str()?.parse().ok()?)).collect(),
                permissions: text(member.get("permissions"))
                    .and_then(|it| read_permissions(&it))
                    .unwrap_or(Permissions::empty()),
                ..Member::nobody(Id::new_checked(id.parse().ok()?)?)
            },
            is_bot: user.and_then(|user| user.get("bot")).and_then(Value::as_bool).unwrap_or(false),
        })
    }

    /// The channel of that id.
    pub fn channel(&self, id: &str) -> Option<ResolvedChannel> {
        let channel = self.0.get("channels")?.get(id)?;
        Some(ResolvedChannel {
            kind: ChannelType::from(u8::try_from(channel.get("type")?.as_u64()?).ok()?),
            app_permissions: channel.get("app_permissions").and_then(Value::as_str).and_then(read_permissions),
            permissions: channel.get("permissions").and_then(Value::as_str).and_then(read_permissions),
        })
    }

    /// All of them, and the channel in which something is done, unless it is among them.
    fn known(&self, here: Option<KnownChannel>) -> Known {
        let ids = |kind: &str| self.0.get(kind).and_then(Value::as_object).into_iter().flat_map(Map::keys);
        let channels = ids("channels").filter_map(|id| {
            let ResolvedChannel { kind, app_permissions, permissions } = self.channel(id)?;
            let id = Id::new_checked(id.parse().ok()?)?;
            Some(KnownChannel { id, kind: Some(kind), bot: app_permissions, actor: permissions })
        });
        let roles = ids("roles").filter_map(|id| {
            let ResolvedRole { position, managed, mentionable } = self.role(id)?;
            Some(KnownRole { id: Id::new_checked(id.parse().ok()?)?, position, managed, mentionable })
        });
        let members = ids("members").filter_map(|id| {
            let ResolvedMember { member, is_bot } = self.member(id)?;
            Some(KnownMember { member, is_bot })
        });
        let messages = self.0.get("messages").and_then(Value::as_object).into_iter().flatten();
        let messages = messages.filter_map(|(_, message)| read_message(message));
        let mut channels: Vec<KnownChannel> = channels.collect();
        channels.extend(here.filter(|here| channels.iter().all(|it| it.id != here.id)));
        Known::resolved(channels, roles.collect(), members.collect(), messages.collect())
    }

    /// The role of that id.
    pub fn role(&self, id: &str) -> Option<ResolvedRole> {
        let role = self.0.get("roles")?.get(id)?;
        Some(ResolvedRole {
            position: role.get("position")?.as_i64()?,
            managed: role.get("managed").and_then(Value::as_bool).unwrap_or(false),
            mentionable: role.get("mentionable").and_then(Value::as_bool).unwrap_or(false),
        })
    }
}

/// A message that an interaction names, as Discord describes it.
pub(crate) fn read_message(message: &Value) -> Option<KnownMessage> {
    Some(KnownMessage::of(read_id(message.get("channel_id")?)?, Posted::read(message)?))
}

fn read_id<T>(value: &Value) -> Option<Id<T>> {
    Id::new_checked(value.as_str()?.parse().ok()?)
}

impl Context {
    /// Goes on in a language that they have chosen, if they have.
    #[must_use]
    pub fn speaking(self, chosen: Option<Language>) -> Context {
        Context { language: chosen.unwrap_or(self.language), chosen_language: chosen, ..self }
    }

    /// The button that asks people what `search` looked for, where there are any to ask.
    ///
    /// # Errors
    /// It would be none that Discord takes.
    pub async fn desk_button(
        &self,
        language: Language,
        search: Id<InteractionMarker>,
    ) -> anyhow::Result<Option<Component>> {
        match self.desk {
            Some(desk) if self.app.settings.enabled(self.guild, desk.feature).await => {
                (desk.button)(language, search).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// How many answers that were promised here before `before` are still being worked on.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn count_promises(&self, before: Timestamp) -> Result<i64> {
        Ok(store::count_promises(&self.app.db, self.guild, before).await?)
    }

    /// The custom id that brings `action` back to this feature.
    ///
    /// # Errors
    /// It would be longer than Discord takes, or carry a word that somebody typed.
    pub fn id<A: Serialize>(&self, action: &A) -> Result<String> {
        Ok(custom_id::encode_for(self.feature, None, self.direct.then_some(self.guild), action)?)
    }

    /// The custom id of the form `F` about `target`.
    ///
    /// # Errors
    /// It would be longer than Discord takes, or carry a word that somebody typed.
    pub fn form_id<F: Form>(&self, target: &impl Serialize) -> Result<String> {
        self.open_form_id(F::NAME, target)
    }

    /// The custom id of a form whose inputs are only known at run time.
    ///
    /// # Errors
    /// It would be longer than Discord takes, or carry a word that somebody typed.
    pub fn open_form_id(&self, name: &str, target: &impl Serialize) -> Result<String> {
        Ok(custom_id::encode_for(self.feature, Some(name), self.direct.then_some(self.guild), target)?)
    }

    /// Whoever did this, for operations: with what Discord said of the channels, roles, members and the
    /// message that it names. Ask for it
    /// before a transaction begins.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn acting(&self) -> Result<Acting> {
        let origin = Origin::Interaction(self.interaction);
        let (app, member) = (&self.app, self.member.clone());
        let mut acting = Acting::member(app, self.guild, self.feature, member, origin, self.now).await?;
        // The channel in which it is done comes with the permissions there.
        let here = self.channel.map(|id| {
            let (bot, actor) = (self.app_permissions, Some(self.member.permissions));
            KnownChannel { id, kind: self.channel_kind, bot, actor }
        });
        let known = self.resolved.known(here);
        acting.set_channel(self.channel);
        if !app.settings.stored(self.guild, System::FEATURE).await?.contains_key("language") {
            acting.set_writes_in(self.language);
        }
        acting.set_deadline(self.deadline());
        Ok(acting.through_interaction(known, self.message, self.answered.clone()))
    }

    /// The language of an answer: of the guild if everybody there reads it, of whoever asked if they read it alone.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn language_of_answer(&self, public: bool) -> Result<Language> {
        match public {
            true => Ok(self.app.guild_language(self.guild).await?),
            false => Ok(self.language),
        }
    }

    /// What writes down what the member does, for the log channel; ask for it before a transaction begins.
    pub async fn recorder(&self) -> Result<Recorder> {
        Ok(self.app.recorder(self.guild, self.feature, self.now).await?)
    }

    /// What the member did, as the log channel says it.
    pub fn did(&self, level: Level, title: impl Into<String>, about: &str) -> Entry {
        Entry { level, title: title.into(), description: format!("<@{}> · {about}", self.member.id) }
    }

    /// Posts what was written down, once the member has their answer.
    pub fn post_log(&self) {
        let guild = self.guild;
        self.app.once_answered(Some(self.answered.clone()), move |app| app.post_log(guild));
    }

    /// Promises work in the transaction that stores what it is about: both are there, or neither.
    ///
    /// The outcome is seen by the member alone; the feature's `.work(…)` handler makes it.
    pub async fn promise<W: Serialize>(&self, db: impl PgExecutor<'_>, work: &W) -> anyhow::Result<Reply> {
        let promised = self.store_promise(db, serde_json::to_value(work)?, self.language).await?;
        Ok(Reply::Later(Later { work: Deferred::Promised(Box::new(promised)), ephemeral: true, in_place: false }))
    }

    /// The same, where the outcome takes the place of the message whose button was used: its buttons are used up.
    pub async fn promise_in_place<W: Serialize>(&self, db: impl PgExecutor<'_>, work: &W) -> anyhow::Result<Reply> {
        Ok(match self.promise(db, work).await? {
            Reply::Later(later) => Reply::Later(Later { in_place: true, ..later }),
            other => other,
        })
    }

    /// Stores what this interaction promises, held by this instance; `language` is that of whoever reads the outcome.
    ///
    /// # Errors
    /// [`TooMuchWaits`] where the member presses faster than that is done, or the database's.
    pub(crate) async fn store_promise(
        &self,
        db: impl PgExecutor<'_>,
        work: Value,
        language: Language,
    ) -> anyhow::Result<Promised> {
        let promised = Promised {
            guild: self.guild,
            interaction: self.interaction,
            feature: self.feature.to_owned(),
            work,
            user: self.member.id,
            language,
            channel: self.channel,
            token: self.token.clone(),
            answer: None,
            attempt: 1,
            excused: 0,
            expires_at: self.now + GIVE_UP_AFTER,
        };
        if !store::insert_promise(db, &promised, self.now, self.now + LEASE, PER_MEMBER).await? {
            return Err(TooMuchWaits.into());
        }
        Ok(promised)
    }

    /// When REST calls made while the member waits must be done.
    pub fn deadline(&self) -> Instant {
        self.arrived + Duration::from_secs(2)
    }
}
