//! Saying one occurrence, unless an earlier attempt has.

use std::pin::pin;
use std::sync::PoisonError;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker};

use super::said::{self, Way};
use super::vouchers::Unsure;
use super::{Batch, FRESH, QUICK, SAY_TIME, report, retry_later};
use crate::discord::{self, Nonce};
use crate::reminders::{Due, Outcome, Problem, Settings, Voucher, store};

/// A pass of cron may be a minute late without anybody's calling it late.
const LATE: SignedDuration = SignedDuration::from_mins(2);

/// Pages of a channel that are looked through for a message that may have been posted.
const PAGES: usize = 3;

/// Why something was not said.
enum Unsaid {
    /// Discord does not take it.
    Discord(discord::Error),
    /// Whoever it speaks for may not say it any more.
    Silenced(Problem),
    /// We could not.
    Internal(anyhow::Error),
}

impl From<discord::Error> for Unsaid {
    fn from(error: discord::Error) -> Unsaid {
        Unsaid::Discord(error)
    }
}

impl From<Unsure> for Unsaid {
    fn from(unsure: Unsure) -> Unsaid {
        match unsure {
            Unsure::Discord(error) => Unsaid::Discord(error),
            Unsure::Internal(error) => Unsaid::Internal(error),
        }
    }
}

impl Batch {
    /// Says one occurrence in a lane, which is free again if that takes long.
    pub(super) async fn say_in_lane(&self, due: &Due) -> Outcome {
        let lane = self.lanes.acquire().await;
        let mut saying = pin!(self.say(due));
        tokio::select! {
            biased;
            outcome = saying.as_mut() => return outcome,
            () = tokio::time::sleep(QUICK) => drop(lane),
        }
        saying.await
    }

    /// Says one occurrence, and what became of it.
    async fn say(&self, due: &Due) -> Outcome {
        let now = self.now;
        match self.try_to_say(due, now).await {
            Ok(outcome) => outcome,
            Err(error) => {
                let guild = due.reminder.guild;
                tracing::warn!(%guild, number = due.reminder.number, error = format!("{error:#}"), "a reminder waits");
                retry_later(due, self.app.clock.now())
            }
        }
    }

    async fn try_to_say(&self, due: &Due, now: Timestamp) -> anyhow::Result<Outcome> {
        let app = &self.app;
        let guild = due.reminder.guild;
        let fresh;
        let due = match self.taken.elapsed() > FRESH {
            false => due,
            true => match store::find(&app.db, guild, due.reminder.number).await? {
                None => return Ok(Outcome::Skipped),
                Some(reminder) => {
                    fresh = Due { reminder, ..due.clone() };
                    &fresh
                }
            },
        };
        let reminder = &due.reminder;
        if reminder.paused.is_some() || !app.settings.enabled(guild, "reminders").await {
            return Ok(Outcome::Skipped);
        }
        let settings = app.settings.get::<Settings>(guild).await?;
        let behind = now.duration_since(due.fire.due_at);
        let over = behind > settings.grace.duration();
        if due.attempt == 1 && over {
            return Ok(Outcome::Missed);
        }
        let deadline = Instant::now() + SAY_TIME;
        let language = app.guild_language(guild).await?;
        let way = Way {
            late: behind > LATE,
            everyone: settings.allow_everyone,
            // Whoever announced something for all needs no call.
            pings_maker: settings.ping_maker && reminder.voucher != Voucher::Program,
            language,
            ..Way::default()
        };
        let creator = reminder.draft.creator;
        let (unsaid, channel, direct) = match reminder.draft.content.channel {
            Some(channel) => match self.say_in(channel, due, &way, over, deadline).await {
                Ok(outcome) => return Ok(outcome),
                Err(unsaid) => (unsaid, Some(channel), false),
            },
            None => {
                let theirs = app.language_of(guild, creator).await?;
                let said = async {
                    let channel = app.discord.guild(guild).direct_channel(creator, deadline).await?;
                    let way = Way { direct: true, language: theirs, ..way };
                    self.say_in(channel, due, &way, over, deadline).await
                };
                match (said.await, settings.default_channel.filter(|_| settings.direct_fallback)) {
                    (Ok(outcome), _) => return Ok(outcome),
                    (Err(Unsaid::Discord(discord::Error::NoDirectMessages { .. })), Some(fallback)) => {
                        let way = Way { instead_of_direct: true, ..way };
                        match self.say_in(fallback, due, &way, over, deadline).await {
                            Ok(outcome) => return Ok(outcome),
                            Err(unsaid) => (unsaid, Some(fallback), true),
                        }
                    }
                    (Err(unsaid), _) => (unsaid, None, true),
                }
            }
        };
        self.why_unsaid(due, unsaid, channel, (direct, over)).await
    }

    /// What becomes of one that was not said, and of others like it.
    async fn why_unsaid(
        &self,
        due: &Due,
        unsaid: Unsaid,
        channel: Option<Id<ChannelMarker>>,
        (direct, over): (bool, bool),
    ) -> anyhow::Result<Outcome> {
        let (app, reminder, now) = (&self.app, &due.reminder, self.now);
        let guild = reminder.guild;
        let error = match unsaid {
            Unsaid::Discord(error) => error,
            Unsaid::Internal(error) => return Err(error),
            Unsaid::Silenced(why) => {
                // One line tells of all that are not said for the same reason: that of the one with which they were paused.
                return Ok(match report::pause_vouched(app, guild, due, &why, now).await? {
                    true => Outcome::Failed(why),
                    false => Outcome::Refused(why),
                });
            }
        };
        match why_not(&error, channel) {
            _ if error.is_passing() => match over {
                true => Ok(Outcome::Failed(Problem::TooSlow)),
                false => Ok(retry_later(due, self.app.clock.now())),
            },
            // It is about this one alone.
            Err(why) => Ok(Outcome::Failed(why)),
            Ok(why) if direct => {
                report::pause_one(app, guild, due, &why, now).await?;
                Ok(Outcome::Failed(why))
            }
            Ok(why) => {
                if let Some(channel) = channel {
                    self.refusing.lock().unwrap_or_else(PoisonError::into_inner).insert(channel);
                    report::pause_channel(app, guild, channel, &why, now).await?;
                }
                Ok(Outcome::Refused(why))
            }
        }
    }

    /// Says it in a channel, unless an earlier attempt has, or whoever it speaks for may not say it any more.
    async fn say_in(
        &self,
        channel: Id<ChannelMarker>,
        due: &Due,
        way: &Way,
        over: bool,
        deadline: Instant,
    ) -> Result<Outcome, Unsaid> {
        if self.refusing.lock().unwrap_or_else(PoisonError::into_inner).contains(&channel) {
            return Ok(Outcome::Refused(Problem::ChannelRefuses));
        }
        let discord = self.app.discord.guild(due.reminder.guild);
        if due.attempt > 1 {
            if let Some(message) = self.find(channel, due, deadline).await? {
                return Ok(Outcome::Sent { channel, message: Some(message), late: way.late });
            }
            if over {
                return Ok(Outcome::Failed(Problem::TooSlow));
            }
        }
        let judged = self.vouchers.judge(&self.app, &due.reminder, self.now, deadline).await?;
        let mut reminder = due.reminder.clone();
        reminder.draft.content.mentions = judged.map_err(Unsaid::Silenced)?;
        let nonce = Nonce { purpose: "reminder", row: due.id, revision: 0 };
        let create = async |way: &Way| {
            let body = said::reminder_message(&reminder, &due.fire, way).into_body();
            discord.create_message(channel, &body, nonce, deadline).await
        };
        let message = match create(way).await {
            // That it is time is worth hearing all the same.
            Err(error) if error.is_about_text() => create(&Way { left_out: true, ..*way }).await?,
            created => created?,
        };
        Ok(Outcome::Sent { channel, message, late: way.late })
    }

    /// The message of an earlier attempt, if it arrived.
    async fn find(
        &self,
        channel: Id<ChannelMarker>,
        due: &Due,
        deadline: Instant,
    ) -> Result<Option<Id<MessageMarker>>, discord::Error> {
        let discord = self.app.discord.guild(due.reminder.guild);
        let (own, mark) = (self.app.discord.own_user(), said::mark_of(&due.reminder, &due.fire));
        // Clocks differ a little.
        let mut after = Some(discord::id_at(due.taken_at - SignedDuration::from_mins(1)));
        for _ in 0..PAGES {
            let page = discord.messages_after(channel, after, deadline).await?;
            let ours = |posted: &&discord::Posted| {
                posted.author.id == own && posted.contents.embeds.iter().any(|embed| embed.footer == mark)
            };
            if let Some(posted) = page.iter().find(ours) {
                return Ok(Some(posted.id));
            }
            if page.len() < discord::PAGE {
                break;
            }
            after = page.last().map(|posted| posted.id);
        }
        Ok(None)
    }
}

/// Why a channel, or a member, takes nothing; the other way round why it does not take this one thing.
fn why_not(error: &discord::Error, channel: Option<Id<ChannelMarker>>) -> Result<Problem, Problem> {
    use discord::Error::{Filtered, Gone, MissingPermission, NoAccess, NoDirectMessages, ThreadClosed};
    match error {
        NoDirectMessages { .. } => Ok(Problem::NoDirectMessages),
        Gone { .. } => Ok(Problem::ChannelGone),
        NoAccess { .. } => Ok(Problem::CannotSee { channel }),
        MissingPermission => Ok(Problem::CannotWrite { channel }),
        ThreadClosed { .. } => Ok(Problem::ThreadClosed { channel }),
        Filtered { .. } => Err(Problem::Filtered),
        error => Err(Problem::Refused { detail: error.into() }),
    }
}
