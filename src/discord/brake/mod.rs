//! Which calls are not made: the token is not accepted, too much was refused lately, or the answer is known.
//!
//! Discord bans an address that has too many requests refused, and with it every guild. So refusals are counted by guild,
//! and a guild at its share is stopped for itself, long before the count of all of them stops everybody.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, MutexGuard, OnceLock};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::Error;
use super::call::{Call, Credential};
use crate::clock::Clock;

/// Discord bans an address after 10,000 refused requests in 10 minutes
/// (<https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>); other
/// instances may share ours.
const REFUSED_LIMIT: u32 = 1000;

/// Answers to members keep room of their own: a rush of the bot's other calls must not silence them.
const REFUSED_LIMIT_OF_ANSWERS: u32 = 3 * REFUSED_LIMIT;

/// A guild may use a part of what others have left of the limit; see [`share`].
const PART: u32 = 4;

/// A guild that is stopped must be told so, and a log channel may refuse that too.
const ROOM_TO_TELL: u32 = 10;

/// How long a refusal counts.
const WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// What is refused so often in a row is not asked again for [`REMEMBERED`]. Whoever has just mended a permission and tries
/// again is not answered with what was true before.
const TRIES: u32 = 3;

/// The longest that an admin who mended a permission waits.
const REMEMBERED: SignedDuration = SignedDuration::from_secs(30);

/// The pause after which a token that was not accepted is tried again; each further one is twice as long.
const FIRST_PROBE: SignedDuration = SignedDuration::from_secs(5);

/// The longest of these pauses.
const LONGEST_PROBE: SignedDuration = SignedDuration::from_mins(5);

/// Hears of each guild that is stopped.
type OnStop = Box<dyn Fn(Id<GuildMarker>) + Send + Sync>;

/// What all calls of this process share: when none may be made, and why.
pub(super) struct Brake {
    clock: Clock,
    on_stop: OnceLock<OnStop>,
    state: Mutex<State>,
}

/// Which token a call was made with: each time that it is refused, or accepted again, it counts as another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Epoch(u64);

/// Why a call is not made.
#[derive(Debug, PartialEq, Eq)]
enum Stop {
    Unauthorized,
    Everything,
    /// The call's guild alone; `first` if nobody was told yet.
    Guild {
        first: bool,
    },
    Known(Refusal),
}

/// A refusal that the same call would meet again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    NoAccess { code: u64 },
    MissingPermission,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        match refusal {
            Refusal::NoAccess { code } => Error::NoAccess { code },
            Refusal::MissingPermission => Error::MissingPermission,
        }
    }
}

/// As much of a call as the brake looks at.
#[derive(Clone, Copy)]
struct Asked {
    credential: Credential,
    guild: Option<Id<GuildMarker>>,
    /// Whether it tells the guild of its troubles.
    tells: bool,
    /// What would be refused again, if it can be told.
    question: Option<u64>,
}

#[derive(Default)]
struct State {
    epoch: Epoch,
    /// When the token that is not accepted is tried again, and the pause after that.
    probe: Option<(Timestamp, SignedDuration)>,
    /// By the global limit, which does not hold for interactions.
    blocked_until: Option<Instant>,
    /// By a ban of our address, which holds for everything.
    banned_until: Option<Instant>,
    refused: Counts,
    /// Those of the last ten minutes, so that there are never more than refusals.
    guilds: HashMap<Id<GuildMarker>, OfGuild>,
    tidied_at: Option<Timestamp>,
}

/// Refused requests of each credential.
#[derive(Default)]
struct Counts {
    bot: Minutes,
    path: Minutes,
}

impl Counts {
    /// Those that count against a call: the bot's leave the room of answers alone, and not the other way round.
    fn against(&mut self, credential: Credential, now: Timestamp) -> u32 {
        let bot = self.bot.sum(now);
        match credential {
            Credential::Bot => bot,
            Credential::Path => bot + self.path.sum(now),
        }
    }

    fn add(&mut self, credential: Credential, now: Timestamp) {
        match credential {
            Credential::Bot => self.bot.add(now),
            Credential::Path => self.path.add(now),
        }
    }
}

/// What a guild was refused.
#[derive(Default)]
struct OfGuild {
    refused: Counts,
    told_at: Option<Timestamp>,
    known: HashMap<u64, Known>,
}

/// An answer that was the same each time.
struct Known {
    refusal: Refusal,
    times: u32,
    at: Timestamp,
}

/// How many in each of the last ten minutes; the first is the present one.
#[derive(Default)]
struct Minutes {
    counts: [u32; 10],
    began: Option<Timestamp>,
}

impl Minutes {
    fn sum(&mut self, now: Timestamp) -> u32 {
        self.turn(now);
        self.counts.iter().sum()
    }

    fn add(&mut self, now: Timestamp) {
        self.turn(now);
        self.counts[0] += 1;
    }

    /// Makes the first slot stand for the minute of `now`.
    fn turn(&mut self, now: Timestamp) {
        let began = *self.began.get_or_insert(now);
        let minutes = now.duration_since(began).as_mins();
        for _ in 0..minutes.clamp(0, 10) {
            self.counts.rotate_right(1);
            self.counts[0] = 0;
        }
        if minutes > 0 {
            self.began = Some(began + SignedDuration::from_mins(minutes));
        }
    }
}

/// How many refusals a guild may have of `limit` when all guilds together have `refused`.
///
/// A fixed share would be used up by a few bad guilds, or be too small for one that is alone. A part of what is left is
/// neither: the first bad guild stops at 200 of 1,000, the next at 160, then 128; and however many there are, one more finds a
/// quarter of the rest. Only where hardly anything is left does everybody have one.
fn share(limit: u32, refused: u32) -> u32 {
    (limit.saturating_sub(refused) / PART).max(1)
}

/// How many calls with such a token may be refused in ten minutes.
fn limit_of(credential: Credential) -> u32 {
    match credential {
        Credential::Bot => REFUSED_LIMIT,
        Credential::Path => REFUSED_LIMIT_OF_ANSWERS,
    }
}

impl Brake {
    pub(super) fn new(clock: Clock) -> Brake {
        Brake { clock, on_stop: OnceLock::new(), state: Mutex::default() }
    }

    /// Whom to tell that a guild is stopped. Only the first counts.
    pub(super) fn on_stop(&self, tell: OnStop) {
        let _ = self.on_stop.set(tell);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nothing panics while it holds this lock")
    }

    /// Whether Discord accepts the token, as far as is known.
    pub(super) fn is_authorized(&self) -> bool {
        self.state().probe.is_none()
    }

    /// Whether no calls are made for a guild, because it has used up its share of what Discord may refuse.
    pub(super) fn is_stopped(&self, guild: Id<GuildMarker>) -> bool {
        // Whoever tells of it is stopped later, and nobody is told of a question.
        let asked = Asked { credential: Credential::Bot, guild: Some(guild), tells: false, question: None };
        self.state().is_stopped(asked, self.clock.now())
    }

    /// # Errors
    /// The call must not be made now. It is asked before a call waits for its turn, and again by [`Brake::admit`] after it.
    pub(super) fn check(&self, call: &Call) -> Result<(), Error> {
        let stop = self.state().check(Asked::of(call), self.clock.now());
        self.explain(call, stop)
    }

    /// # Errors
    /// The call must not be made now. Otherwise it is made at once.
    pub(super) fn admit(&self, call: &Call) -> Result<Epoch, Error> {
        let (stop, epoch) = {
            let (mut state, now) = (self.state(), self.clock.now());
            let stop = state.check(Asked::of(call), now);
            if stop.is_none() && call.credential() == Credential::Bot {
                state.probe(now);
            }
            (stop, state.epoch)
        };
        self.explain(call, stop).map(|()| epoch)
    }

    fn explain(&self, call: &Call, stop: Option<Stop>) -> Result<(), Error> {
        match (stop, call.guild()) {
            (None, _) => Ok(()),
            (Some(Stop::Unauthorized), _) => Err(Error::Unauthorized),
            (Some(Stop::Known(refusal)), _) => Err(refusal.into()),
            (Some(Stop::Guild { first }), Some(guild)) => {
                if first {
                    tracing::warn!(%guild, "Discord refused too much for this guild; making no more calls for it for a while");
                    if let Some(tell) = self.on_stop.get() {
                        tell(guild);
                    }
                }
                Err(Error::GuildBraked)
            }
            (Some(Stop::Guild { .. } | Stop::Everything), _) => Err(Error::Braked),
        }
    }

    /// How long no call may be made.
    pub(super) fn blocked_for(&self, credential: Credential) -> Option<Duration> {
        let state = self.state();
        let until = match credential {
            Credential::Bot => state.blocked_until.max(state.banned_until),
            Credential::Path => state.banned_until,
        };
        until?.checked_duration_since(Instant::now())
    }

    /// No call is made for so long.
    pub(super) fn block(&self, pause: Duration, banned: bool) {
        let mut state = self.state();
        let until = if banned { &mut state.banned_until } else { &mut state.blocked_until };
        *until = (*until).max(Some(Instant::now() + pause));
    }

    /// Counts a call that Discord refused with `error`.
    pub(super) fn refused(&self, call: &Call, error: &Error) {
        let refusal = match error {
            Error::NoAccess { code } => Some(Refusal::NoAccess { code: *code }),
            Error::MissingPermission => Some(Refusal::MissingPermission),
            _ => None,
        };
        let full = self.state().refuse(Asked::of(call), refusal, self.clock.now());
        if full {
            tracing::error!("Discord refused {REFUSED_LIMIT} requests within ten minutes; making no more for a while");
        }
    }

    /// Counts a refusal that is no guild's doing.
    pub(super) fn refused_to_all(&self, call: &Call) {
        let asked = Asked { guild: None, question: None, ..Asked::of(call) };
        self.state().refuse(asked, None, self.clock.now());
    }

    /// The token was not accepted.
    pub(super) fn revoke(&self, epoch: Epoch) {
        let begins = self.state().revoke(epoch, self.clock.now());
        if begins {
            tracing::error!(
                "Discord does not accept the bot's token; set DISCORD_BOT_TOKEN and restart. It is tried again from time \
                 to time"
            );
        }
    }

    /// Discord answered a call of ours as the bot's.
    pub(super) fn accepted(&self, call: &Call, epoch: Epoch, succeeded: bool) {
        let ends = {
            let mut state = self.state();
            if succeeded {
                state.forget(Asked::of(call));
            }
            call.credential() == Credential::Bot && state.accept(epoch)
        };
        if ends {
            tracing::info!("Discord accepts the bot's token again");
        }
    }
}

impl Asked {
    fn of(call: &Call) -> Asked {
        // A log channel is left alone after a few refusals, and whoever sets it anew has mended it.
        let asks_again = call.credential() == Credential::Path || call.tells();
        let question = call.permission_question().filter(|_| !asks_again).map(|question| {
            let mut hasher = DefaultHasher::new();
            question.hash(&mut hasher);
            hasher.finish()
        });
        Asked { credential: call.credential(), guild: call.guild(), tells: call.tells(), question }
    }
}

impl State {
    /// Whether the call's guild has used up its share.
    fn is_stopped(&mut self, asked: Asked, now: Timestamp) -> bool {
        let Asked { credential, guild, tells, .. } = asked;
        let room =
            share(limit_of(credential), self.refused.against(credential, now)) + if tells { ROOM_TO_TELL } else { 0 };
        let of_guild = guild.and_then(|guild| self.guilds.get_mut(&guild));
        of_guild.is_some_and(|of_guild| of_guild.refused.against(credential, now) >= room)
    }

    fn check(&mut self, asked: Asked, now: Timestamp) -> Option<Stop> {
        let Asked { credential, guild, tells, question } = asked;
        if credential == Credential::Bot && self.probe.is_some_and(|(at, _)| now < at) {
            return Some(Stop::Unauthorized);
        }
        if self.refused.against(credential, now) >= limit_of(credential) {
            return Some(Stop::Everything);
        }
        let of_guild = self.guilds.get(&guild?)?;
        let known = question.and_then(|question| of_guild.known.get(&question));
        if let Some(known) = known.filter(|known| known.times >= TRIES && now < known.at + REMEMBERED) {
            return Some(Stop::Known(known.refusal));
        }
        if !self.is_stopped(asked, now) {
            return None;
        }
        let of_guild = self.guilds.get_mut(&guild?)?;
        let first = !tells && of_guild.told_at.is_none_or(|told_at| now >= told_at + WINDOW);
        if first {
            of_guild.told_at = Some(now);
        }
        Some(Stop::Guild { first })
    }

    /// Counts; `true` if this was the last that may be refused to the bot.
    fn refuse(&mut self, asked: Asked, refusal: Option<Refusal>, now: Timestamp) -> bool {
        self.tidy(now);
        self.refused.add(asked.credential, now);
        if let Some(guild) = asked.guild {
            let of_guild = self.guilds.entry(guild).or_default();
            of_guild.refused.add(asked.credential, now);
            if let (Some(question), Some(refusal)) = (asked.question, refusal) {
                let known = of_guild.known.entry(question).or_insert(Known { refusal, times: 0, at: now });
                let times = if known.refusal == refusal { known.times + 1 } else { 1 };
                *known = Known { refusal, times, at: now };
            }
        }
        asked.credential == Credential::Bot && self.refused.bot.sum(now) == REFUSED_LIMIT
    }

    /// What was refused before is not any more.
    fn forget(&mut self, asked: Asked) {
        let of_guild = asked.guild.and_then(|guild| self.guilds.get_mut(&guild));
        if let (Some(of_guild), Some(question)) = (of_guild, asked.question) {
            of_guild.known.remove(&question);
        }
    }

    /// Forgets guilds, and answers, of which nothing was heard for ten minutes.
    fn tidy(&mut self, now: Timestamp) {
        if self.tidied_at.is_some_and(|at| now.duration_since(at) < SignedDuration::from_mins(1)) {
            return;
        }
        self.tidied_at = Some(now);
        self.guilds.retain(|_, of_guild| {
            of_guild.known.retain(|_, known| now < known.at + WINDOW);
            of_guild.refused.against(Credential::Path, now) > 0
        });
    }

    /// Uses up the one call that is due to find out whether the token is accepted again.
    fn probe(&mut self, now: Timestamp) {
        if let Some((at, pause)) = &mut self.probe {
            *at = now + *pause;
            *pause = (*pause * 2).min(LONGEST_PROBE);
        }
    }

    /// `true` if it was accepted before. What was sent before the last change of mind says nothing new.
    fn revoke(&mut self, epoch: Epoch, now: Timestamp) -> bool {
        self.refused.add(Credential::Bot, now);
        if self.probe.is_some() || epoch != self.epoch {
            return false;
        }
        self.epoch.0 += 1;
        self.probe = Some((now + FIRST_PROBE, FIRST_PROBE * 2));
        true
    }

    /// `true` if it was not accepted before.
    fn accept(&mut self, epoch: Epoch) -> bool {
        if self.probe.is_none() || epoch != self.epoch {
            return false;
        }
        self.epoch.0 += 1;
        self.probe = None;
        true
    }
}

#[cfg(test)]
mod tests;
