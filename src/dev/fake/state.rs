//! Everything the fake Discord knows: servers, people, channels, messages, commands and what went over the wire.
//!
//! One plain struct behind one mutex. What happens is written into [`State::log`] as it happens, already as text,
//! because a transcript must show the names and the messages of that moment.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use twilight_model::guild::Permissions;

use super::check::Limited;
use super::fault::Fault;
use super::limits::Limits;
use super::record::{Exchange, Request};
use crate::clock::Clock;

/// The largest file that a server without boosts takes.
const MAX_FILE: usize = 10 * 1024 * 1024;

/// An id of Discord, of whatever kind.
pub(crate) type Snowflake = u64;

/// The application, and its bot user.
pub(super) const APPLICATION_ID: Snowflake = 1_100_000_000_000_000_001;

/// 2015-01-01, where snowflakes begin to count, in Unix milliseconds.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// When the world was made, as far as its ids tell: 2024-01-01 in Unix milliseconds.
const WORLD_EPOCH_MS: i64 = 1_704_067_200_000;

/// How long an interaction token lives.
pub(super) const TOKEN_LIFE: SignedDuration = SignedDuration::from_mins(15);

/// The flag of a message that only one person sees.
pub(super) const EPHEMERAL: u64 = 1 << 6;
/// The flag of a message that says "thinking…".
pub(super) const LOADING: u64 = 1 << 7;

/// All that the fake knows.
pub(super) struct State {
    pub(super) clock: Clock,
    pub(super) guilds: Vec<Guild>,
    pub(super) users: BTreeMap<Snowflake, User>,
    pub(super) channels: BTreeMap<Snowflake, Channel>,
    pub(super) messages: BTreeMap<Snowflake, Message>,
    pub(super) commands: Vec<Command>,
    pub(super) interactions: BTreeMap<Snowflake, Interaction>,
    /// Interaction ids by token.
    pub(super) tokens: HashMap<String, Snowflake>,
    /// The form each person has open.
    pub(super) forms: BTreeMap<Snowflake, Form>,
    /// The last interaction of each person, for sending it again.
    pub(super) last: BTreeMap<Snowflake, (Snowflake, String)>,
    /// What the application says about itself, as changed by PATCH.
    pub(super) application: serde_json::Map<String, Value>,
    /// Files people have on their computers, by name.
    pub(super) computers: BTreeMap<String, Vec<u8>>,
    /// The bytes of attachments, by attachment id.
    pub(super) files: BTreeMap<Snowflake, Stored>,
    /// Pictures of people.
    pub(super) pictures: BTreeMap<Snowflake, Vec<u8>>,
    /// The public half of the key with which it signs, in hex.
    pub(super) verify_key: String,
    pub(super) endpoint: Option<String>,
    /// How long Discord waits for the answer to an interaction, in real time.
    pub(super) answer_within: Duration,
    /// Where the REST API is served, without a path.
    pub(super) base: String,
    pub(super) log: Vec<String>,
    /// How much of the log [`super::Discord::screen`] has returned.
    pub(super) read: usize,
    pub(super) problems: Vec<String>,
    /// The texts that were sent, with how long they may be where they stand.
    pub(super) texts: Vec<Limited>,
    pub(super) requests: Vec<Request>,
    pub(super) exchanges: Vec<Exchange>,
    pub(super) faults: Vec<Fault>,
    pub(super) limits: Limits,
    /// Nonces of the past minutes: author, nonce, message, time.
    pub(super) nonces: VecDeque<(Snowflake, String, Snowflake, Timestamp)>,
    /// Whether the application has the privileged intent to read what others write.
    pub(super) message_content: bool,
    /// What a message must not contain: links that are known to do harm.
    pub(super) filtered: Vec<String>,
    /// Whether the application has the privileged intent to list members.
    pub(super) guild_members: bool,
    pub(super) max_active_threads: usize,
    /// The largest file in bytes.
    pub(super) max_file: usize,
    pub(super) invites: Vec<Invite>,
    pub(super) events: Vec<Event>,
    pub(super) command_rules: Vec<CommandRule>,
    pub(super) oauth: OAuth,
    pub(super) events_endpoint: Option<String>,
    made: i64,
    given: u64,
}

/// A file that was uploaded.
pub(super) struct Stored {
    pub(super) name: String,
    pub(super) content_type: String,
    pub(super) bytes: Vec<u8>,
}

/// A person, or the bot.
pub(super) struct User {
    pub(super) id: Snowflake,
    pub(super) name: String,
    pub(super) bot: bool,
    pub(super) takes_dms: bool,
}

/// A server.
pub(super) struct Guild {
    pub(super) id: Snowflake,
    pub(super) name: String,
    pub(super) owner: Snowflake,
    pub(super) locale: String,
    /// @everyone, whose id is the server's, and the others.
    pub(super) roles: Vec<Role>,
    pub(super) members: Vec<Member>,
    /// Its own emojis: ids and names.
    pub(super) emojis: Vec<(Snowflake, String)>,
}

/// A role of a server.
pub(super) struct Role {
    pub(super) id: Snowflake,
    pub(super) name: String,
    pub(super) permissions: Permissions,
    /// 0 is @everyone, the largest is on top.
    pub(super) position: u32,
    pub(super) managed: bool,
    pub(super) mentionable: bool,
}

/// A user in a server.
pub(super) struct Member {
    pub(super) user: Snowflake,
    pub(super) roles: Vec<Snowflake>,
    pub(super) nick: Option<String>,
    pub(super) joined_at: Timestamp,
    pub(super) timed_out_until: Option<Timestamp>,
}

/// What a channel allows and denies to a role or a member.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Overwrite {
    pub(super) id: Snowflake,
    pub(super) is_member: bool,
    pub(super) allow: Permissions,
    pub(super) deny: Permissions,
}

/// A channel of a server, or a direct one.
#[derive(Clone)]
pub(super) struct Channel {
    pub(super) id: Snowflake,
    pub(super) guild: Option<Snowflake>,
    /// The other one in a direct channel.
    pub(super) recipient: Option<Snowflake>,
    pub(super) kind: u8,
    pub(super) name: String,
    pub(super) topic: Option<String>,
    pub(super) parent: Option<Snowflake>,
    pub(super) position: usize,
    pub(super) overwrites: Vec<Overwrite>,
    pub(super) nsfw: bool,
    pub(super) slowmode_s: u64,
    /// What only threads have.
    pub(super) thread: Option<Thread>,
}

impl Channel {
    pub(super) fn new(id: Snowflake, guild: Option<Snowflake>, kind: u8, name: String) -> Channel {
        Channel {
            id,
            guild,
            recipient: None,
            kind,
            name,
            topic: None,
            parent: None,
            position: 0,
            overwrites: Vec::new(),
            nsfw: false,
            slowmode_s: 0,
            thread: None,
        }
    }
}

/// What a thread has beside a channel.
#[derive(Clone)]
pub(super) struct Thread {
    pub(super) owner: Snowflake,
    pub(super) members: Vec<Snowflake>,
    pub(super) archived: bool,
    pub(super) locked: bool,
    /// Whether members who may not manage threads can add others to a private one.
    pub(super) invitable: bool,
    pub(super) auto_archive_min: u64,
    pub(super) archived_at: Timestamp,
}

/// The type of a private thread.
pub(super) const PRIVATE_THREAD: u8 = 12;
pub(super) const PUBLIC_THREAD: u8 = 11;

/// Discord's number for the most threads that are open at once in a server, as seen in practice.
pub(super) const MAX_ACTIVE_THREADS: usize = 1000;

/// An invitation to a server.
pub(super) struct Invite {
    pub(super) code: String,
    pub(super) channel: Snowflake,
    pub(super) inviter: Snowflake,
    pub(super) uses: u64,
    /// 0 is without end.
    pub(super) max_uses: u64,
    /// Seconds; 0 is without end.
    pub(super) max_age_s: i64,
    pub(super) temporary: bool,
    pub(super) created_at: Timestamp,
}

/// An event that a server announces.
pub(super) struct Event {
    pub(super) id: Snowflake,
    pub(super) guild: Snowflake,
    /// As the last body said, with defaults.
    pub(super) body: Value,
}

/// Who may use a command in a server, beside its default permissions.
pub(super) struct CommandRule {
    pub(super) guild: Snowflake,
    pub(super) command: String,
    /// A role (the server's id is @everyone), a member or a channel.
    pub(super) target: Snowflake,
    pub(super) allowed: bool,
}

/// A message.
#[derive(Clone)]
pub(super) struct Message {
    pub(super) id: Snowflake,
    pub(super) channel: Snowflake,
    pub(super) author: Snowflake,
    pub(super) kind: u8,
    pub(super) content: String,
    pub(super) embeds: Vec<Value>,
    pub(super) components: Vec<Value>,
    pub(super) attachments: Vec<Value>,
    pub(super) poll: Option<Value>,
    pub(super) flags: u64,
    pub(super) nonce: Option<Value>,
    pub(super) reference: Option<Value>,
    /// Who is notified, as names.
    pub(super) pings: Vec<String>,
    pub(super) pinned_at: Option<Timestamp>,
    pub(super) created_at: Timestamp,
    pub(super) edited_at: Option<Timestamp>,
    /// The interaction it answers.
    pub(super) interaction: Option<Snowflake>,
    /// The only person who sees it.
    pub(super) only: Option<Snowflake>,
    /// What it holds that nothing here gives it otherwise, as Discord describes it: stickers, what it passes on.
    pub(super) more: Map<String, Value>,
}

impl Message {
    pub(super) fn new(id: Snowflake, channel: Snowflake, author: Snowflake, created_at: Timestamp) -> Message {
        Message {
            id,
            channel,
            author,
            kind: 0,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            poll: None,
            flags: 0,
            nonce: None,
            reference: None,
            pings: Vec::new(),
            pinned_at: None,
            created_at,
            edited_at: None,
            interaction: None,
            only: None,
            more: Map::new(),
        }
    }
}

/// Logins of people with the application.
#[derive(Default)]
pub(super) struct OAuth {
    pub(super) redirect_uris: Vec<String>,
    pub(super) codes: BTreeMap<String, Code>,
    /// By access token.
    pub(super) grants: BTreeMap<String, Grant>,
}

/// A code that is exchanged once, soon after it was given.
pub(super) struct Code {
    pub(super) user: Snowflake,
    pub(super) scopes: Vec<String>,
    pub(super) redirect_uri: String,
    /// The digest of what must come with the code.
    pub(super) challenge: Option<String>,
    pub(super) given_at: Timestamp,
}

/// What an access token is good for.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) user: Snowflake,
    pub(super) scopes: Vec<String>,
    pub(super) refresh_token: String,
    pub(super) given_at: Timestamp,
}

/// A registered command.
pub(super) struct Command {
    pub(super) id: Snowflake,
    pub(super) guild: Option<Snowflake>,
    pub(super) version: Snowflake,
    pub(super) body: Value,
}

/// How far an interaction has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stage {
    /// Sent, and not answered.
    Waiting,
    /// Answered, with the type of the answer.
    Answered(u8),
    /// Not answered in time, or in a way that Discord refused.
    Dead,
}

/// An interaction that was sent to the bot.
pub(super) struct Interaction {
    pub(super) id: Snowflake,
    pub(super) token: String,
    pub(super) kind: u8,
    pub(super) user: Snowflake,
    pub(super) channel: Snowflake,
    pub(super) created_at: Timestamp,
    pub(super) sent: Instant,
    pub(super) stage: Stage,
    /// The message whose component was used, also for a form opened that way.
    pub(super) source: Option<Snowflake>,
    /// What `@original` is.
    pub(super) original: Option<Snowflake>,
    /// What a person would call it: "/faq search", "[Next]".
    pub(super) title: String,
    /// Where in the log it stands.
    pub(super) said_at: usize,
    /// The body of the first answer.
    pub(super) answer: Value,
}

/// A form that is open on somebody's screen.
#[derive(Clone)]
pub(super) struct Form {
    pub(super) data: Value,
    pub(super) channel: Snowflake,
    pub(super) source: Option<Snowflake>,
}

impl State {
    pub(super) fn new(clock: Clock) -> State {
        let bot = User { id: APPLICATION_ID, name: "bot".to_owned(), bot: true, takes_dms: false };
        State {
            clock,
            guilds: Vec::new(),
            users: BTreeMap::from([(APPLICATION_ID, bot)]),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            commands: Vec::new(),
            interactions: BTreeMap::new(),
            tokens: HashMap::new(),
            forms: BTreeMap::new(),
            last: BTreeMap::new(),
            application: serde_json::Map::new(),
            computers: BTreeMap::new(),
            files: BTreeMap::new(),
            verify_key: String::new(),
            endpoint: None,
            answer_within: Duration::from_secs(3),
            base: "http://127.0.0.1".to_owned(),
            log: Vec::new(),
            read: 0,
            problems: Vec::new(),
            texts: Vec::new(),
            requests: Vec::new(),
            exchanges: Vec::new(),
            faults: Vec::new(),
            limits: Limits::default(),
            nonces: VecDeque::new(),
            message_content: false,
            pictures: BTreeMap::new(),
            filtered: Vec::new(),
            max_file: MAX_FILE,
            guild_members: false,
            max_active_threads: MAX_ACTIVE_THREADS,
            invites: Vec::new(),
            events: Vec::new(),
            command_rules: Vec::new(),
            oauth: OAuth::default(),
            events_endpoint: None,
            made: 0,
            given: 0,
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// An id for something that a world is built of: always the same in the same order, whatever the time.
    pub(super) fn world_id(&mut self) -> Snowflake {
        self.made += 1;
        snowflake_at(WORLD_EPOCH_MS + self.made * 60_000, 0)
    }

    /// An id for something that happens now; it carries the clock's time.
    pub(super) fn next_id(&mut self) -> Snowflake {
        self.given += 1;
        snowflake_at(self.now().as_millisecond(), self.given)
    }

    /// Writes a line, or a block of lines, into the transcript.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.log.push(text.into());
    }

    pub(super) fn guild(&self, id: Snowflake) -> Option<&Guild> {
        self.guilds.iter().find(|guild| guild.id == id)
    }

    pub(super) fn guild_mut(&mut self, id: Snowflake) -> Option<&mut Guild> {
        self.guilds.iter_mut().find(|guild| guild.id == id)
    }

    pub(super) fn guild_named(&self, name: &str) -> Option<&Guild> {
        self.guilds.iter().find(|guild| guild.name == name)
    }

    pub(super) fn user_named(&self, name: &str) -> Option<Snowflake> {
        self.users.values().find(|user| user.name == name).map(|user| user.id)
    }

    /// The thread and its channel, if `channel` is a thread.
    pub(super) fn thread_of<'a>(&'a self, channel: &'a Channel) -> Option<(&'a Thread, &'a Channel)> {
        Some((channel.thread.as_ref()?, self.channels.get(&channel.parent?)?))
    }

    /// The newest channel of that name; tickets may repeat one.
    pub(super) fn channel_named(&self, guild: Snowflake, name: &str) -> Option<&Channel> {
        self.channels.values().rev().find(|channel| channel.guild == Some(guild) && channel.name == name)
    }

    /// The direct channel between the bot and `user`, made if need be.
    pub(super) fn dm(&mut self, user: Snowflake) -> Snowflake {
        let existing = self.channels.values().find(|channel| channel.recipient == Some(user));
        if let Some(channel) = existing {
            return channel.id;
        }
        let id = self.world_id();
        let name = format!("DM with {}", self.user_name(user));
        let channel = Channel { recipient: Some(user), ..Channel::new(id, None, 1, name) };
        self.channels.insert(id, channel);
        id
    }

    /// How a person is called.
    pub(super) fn user_name(&self, id: Snowflake) -> String {
        self.users.get(&id).map_or_else(|| format!("user {id}"), |user| user.name.clone())
    }

    /// How a role is called, wherever it is.
    pub(super) fn role_name(&self, id: Snowflake) -> Option<String> {
        self.guilds.iter().flat_map(|guild| &guild.roles).find(|role| role.id == id).map(|role| role.name.clone())
    }

    /// `#help`, or `#help of Night Shift` if that is not the first server, or `DM with ann`.
    pub(super) fn place(&self, channel: Snowflake) -> String {
        let Some(channel) = self.channels.get(&channel) else { return format!("channel {channel}") };
        let guild = channel.guild.and_then(|id| self.guilds.iter().position(|guild| guild.id == id));
        match guild {
            None => channel.name.clone(),
            Some(0) => format!("#{}", channel.name),
            Some(n) => format!("#{} of {}", channel.name, self.guilds[n].name),
        }
    }

    /// Whether `user` sees `message` at all.
    pub(super) fn sees(&self, user: Snowflake, message: &Message) -> bool {
        match message.only {
            Some(only) => only == user,
            None => self.may(user, message.channel, Permissions::VIEW_CHANNEL),
        }
    }
}

impl Guild {
    pub(super) fn member(&self, user: Snowflake) -> Option<&Member> {
        self.members.iter().find(|member| member.user == user)
    }

    pub(super) fn member_mut(&mut self, user: Snowflake) -> Option<&mut Member> {
        self.members.iter_mut().find(|member| member.user == user)
    }

    pub(super) fn role(&self, id: Snowflake) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    pub(super) fn role_named(&self, name: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.name == name)
    }
}

fn snowflake_at(unix_ms: i64, serial: u64) -> Snowflake {
    let since = (unix_ms - DISCORD_EPOCH_MS).max(0).cast_unsigned();
    (since << 22) | (serial & 0x3f_ffff)
}

/// A time as Discord writes it.
pub(super) fn iso(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}
