//! Names of people, channels and roles, and Discord's own marks as people read them.

use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use super::super::super::model::Ticket;
use super::super::super::store::Happened;
use super::super::bounds::{ASKED_NAMES, CALL_TIME, KNOWN_NAMES};
use crate::app::App;
use crate::discord::Posted;
use crate::operations::reminders::words::times;
use crate::ui::without_overrides;
use crate::words::{Language, Said, Say};
use crate::{said, say};

/// What mentions are called.
#[derive(Default)]
pub(in super::super) struct Names {
    pub(super) users: HashMap<u64, String>,
    pub(super) channels: HashMap<u64, String>,
    pub(super) roles: HashMap<u64, String>,
    /// The server's name, and where in it the ticket is.
    pub(super) guild: String,
    pub(super) place: String,
}

impl Names {
    /// A transcript does not fail for want of names.
    pub(in super::super) async fn load(
        app: &App,
        ticket: &Ticket,
        channel: Id<ChannelMarker>,
        history: &[Happened],
    ) -> Names {
        let deadline = Instant::now() + CALL_TIME;
        let discord = app.discord.guild(ticket.guild);
        let who = history.iter().flat_map(|happened| [happened.event.user, happened.event.target]).flatten();
        let who: BTreeSet<Id<UserMarker>> = who.chain([ticket.user]).collect();
        let mut users = HashMap::new();
        for user in who.into_iter().take(ASKED_NAMES) {
            if let Ok(name) = discord.member_name(user, deadline).await {
                users.insert(user.get(), without_overrides(&name));
            }
        }
        let channels = discord.channels(deadline).await.unwrap_or_default();
        let roles = discord.role_names(deadline).await.unwrap_or_default();
        // A thread is not among the channels.
        let place = discord.channel(channel, deadline).await.map(|channel| format!("#{}", channel.name));
        Names {
            users,
            channels: channels.into_iter().map(|channel| (channel.id.get(), channel.name)).collect(),
            roles: roles.into_iter().map(|(id, name)| (id.get(), name)).collect(),
            guild: discord.name(deadline).await.unwrap_or_default(),
            place: place.unwrap_or_default(),
        }
    }

    /// Remembers what people were called when they wrote, and whom they named.
    pub(super) fn hear(&mut self, message: &Posted) {
        let heard = message.mentions.iter().map(|(id, name)| (*id, name));
        let heard = heard.chain([(message.author.id, &message.author.name)]);
        for (id, name) in heard.filter(|(_, name)| !name.is_empty()) {
            if self.users.len() < KNOWN_NAMES || self.users.contains_key(&id.get()) {
                self.users.insert(id.get(), without_overrides(name));
            }
        }
    }

    pub(super) fn user(&self, id: Id<UserMarker>, language: Language) -> String {
        self.users.get(&id.get()).cloned().unwrap_or_else(|| say!(language, tickets_transcript_user, id))
    }

    /// Discord's own marks as people read them: mentions, emoji, times.
    pub(super) fn readable(&self, text: &str, zone: &TimeZone, language: Language) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            out.push_str(before);
            match after.split_once('>').and_then(|(mark, tail)| Some((self.mark(mark, zone, language)?, tail))) {
                Some((mark, tail)) => {
                    out.push_str(&mark.shown);
                    rest = tail;
                }
                None => {
                    out.push('<');
                    rest = after;
                }
            }
        }
        out + rest
    }

    /// What stands between `<` and `>`, if it is one of Discord's own marks
    /// (<https://discord.com/developers/docs/reference#message-formatting>).
    pub(super) fn mark(&self, mark: &str, zone: &TimeZone, language: Language) -> Option<Mark> {
        let named = |names: &HashMap<u64, String>, id: &str, sign: char, unknown: fn(String) -> Said| {
            let id: u64 = id.parse().ok()?;
            let name = names.get(&id).cloned().unwrap_or_else(|| unknown(id.to_string()).say(language));
            Some(Mark { kind: MarkKind::Mention, shown: format!("{sign}{name}") })
        };
        if let Some(id) = mark.strip_prefix("@&") {
            return named(&self.roles, id, '@', |id| said!(tickets_transcript_role, id));
        }
        if let Some(id) = mark.strip_prefix('@') {
            return named(&self.users, id.trim_start_matches('!'), '@', |id| said!(tickets_transcript_user, id));
        }
        if let Some(id) = mark.strip_prefix('#') {
            return named(&self.channels, id, '#', |id| said!(tickets_transcript_channel, id));
        }
        if let Some(command) = mark.strip_prefix('/') {
            let (name, id) = command.rsplit_once(':')?;
            id.parse::<u64>().ok()?;
            return Some(Mark { kind: MarkKind::Mention, shown: format!("/{name}") });
        }
        if let Some(at) = mark.strip_prefix("t:") {
            let seconds = at.split(':').next()?.parse().ok()?;
            let shown = when(Timestamp::from_second(seconds).ok()?, zone, language);
            return Some(Mark { kind: MarkKind::Time, shown });
        }
        let emoji = mark.strip_prefix("a:").or_else(|| mark.strip_prefix(':'))?;
        let (name, id) = emoji.split_once(':')?;
        id.parse::<u64>().ok()?;
        Some(Mark { kind: MarkKind::Emoji, shown: format!(":{name}:") })
    }
}

/// What stands between `<` and `>` as people read it.
pub(super) struct Mark {
    pub(super) kind: MarkKind,
    pub(super) shown: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    Mention,
    Time,
    Emoji,
}

/// A moment by the clocks of the guild, to the minute, as its readers write it, with what these clocks are called.
pub(super) fn when(at: Timestamp, zone: &TimeZone, language: Language) -> String {
    let at = at.to_zoned(zone.clone());
    format!("{} {}", times::short_moment(at.datetime()).say(language), at.strftime("%Z"))
}
