//! How much a guild may use in a day, and how often a member may ask: arithmetic on what rows say.
//!
//! Instances share the rows, so what is spent must be reserved by one statement before the call and corrected after it; a check
//! in Rust followed by a write would let two instances spend the same rest. For the guild, with `$3` tokens reserved of `$4`:
//!
//! ```sql
//! insert into llm_day as d (guild_id, day, tokens)
//! select $1, $2, $3
//!  where $3 <= $4
//!     on conflict (guild_id, day) do update
//!    set tokens = d.tokens + $3
//!  where d.tokens + $3 <= $4
//! returning tokens
//! ```
//!
//! The row is `(guild_id bigint, day date, tokens bigint)` with the first two as its key. No row means that the budget is spent: then read `tokens` and let [`check_day`] say so. After the call, also one that
//! failed, `set tokens = greatest(0, tokens + $3)` with [`correction`]; to the day of the reservation, not that of now. A
//! process that dies between the two leaves its reservation spent until midnight. Rows of past days are statistics, and may go
//! after the guild's retention.
//!
//! For the member, one row `(guild_id, user_id, spent_until)`, written like an allowance of the API: `spent_until =
//! greatest(spent_until, now) + pause` where that is not later than `now + within`; [`check_member`] is that statement's `where` in Rust.
//! It is personal data.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil};

use super::answer::Usage;
use super::chat::Chat;
use super::error::{Error, Whose};

/// Bytes of a token, for those that nobody has counted: English has about four, Dutch a little less, and other
/// scripts one token a letter of three bytes
/// (<https://help.openai.com/en/articles/4936856-what-are-tokens-and-how-to-count-them>).
pub const BYTES_PER_TOKEN: usize = 3;

/// Tokens around each message.
const PER_MESSAGE: u64 = 4;

/// What is reserved for an answer without a maximum.
const USUAL_ANSWER: u64 = 1_000;

/// A day of a guild's, in its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The row's day.
    pub date: civil::Date,
    /// When the next begins.
    pub ends_at: Timestamp,
}

impl Day {
    /// The day of `now` in `zone`. Days with a change of the clocks have 23 or 25 hours.
    pub fn of(now: Timestamp, zone: &TimeZone) -> Day {
        let date = now.to_zoned(zone.clone()).date();
        let next = date.tomorrow().ok().and_then(|next| next.to_zoned(zone.clone()).ok());
        Day { date, ends_at: next.map_or(Timestamp::MAX, |next| next.timestamp()) }
    }
}

/// What a guild has used of a day, as its row says; the default is that of no row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// With what is reserved for calls that are being made.
    pub tokens: u64,
}

impl Spent {
    /// What is left of `most`, also if the guild has lowered it since.
    pub fn left(self, most: u64) -> u64 {
        most.saturating_sub(self.tokens)
    }

    /// How much of `most` is used, in whole percent that are never rounded up to 100.
    pub fn percent(self, most: u64) -> u8 {
        let used = u128::from(self.tokens) * 100 / u128::from(most.max(1));
        u8::try_from(used.min(100)).unwrap_or(100)
    }
}

/// Whether a call that takes `wanted` tokens may be made of the guild's `most` tokens a day; if so, what is spent then.
///
/// # Errors
/// [`Error::BudgetSpent`] until the day ends.
pub fn check_day(most: u64, spent: Spent, wanted: u64, day: Day) -> Result<Spent, Error> {
    match spent.tokens.checked_add(wanted) {
        Some(tokens) if tokens <= most => Ok(Spent { tokens }),
        _ => Err(Error::BudgetSpent { whose: Whose::Guild, again_at: day.ends_at }),
    }
}

/// What a call is expected to take at most: its prompt by size, and as much of an answer as is allowed.
pub fn estimate(chat: &Chat<'_>) -> u64 {
    let prompt: u64 = chat.messages.iter().map(|message| tokens_in(message.text.len()) + PER_MESSAGE).sum();
    prompt + chat.max_tokens.map_or(USUAL_ANSWER, u64::from)
}

/// About how many tokens a text of so many bytes has, rather too many.
pub fn tokens_in(bytes: usize) -> u64 {
    u64::try_from(bytes.div_ceil(BYTES_PER_TOKEN)).unwrap_or(u64::MAX)
}

/// What is added to the row after the call: less than nothing if it took less than was reserved.
pub fn correction(reserved: u64, used: Usage) -> i64 {
    let difference = i128::from(used.total()) - i128::from(reserved);
    i64::try_from(difference).unwrap_or(if difference < 0 { i64::MIN } else { i64::MAX })
}

/// How often a member may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttle {
    /// So often.
    pub times: u32,
    /// Within this; all of it may be used at once, and then one comes back after the other.
    pub within: SignedDuration,
}

impl Throttle {
    /// After how long one comes back.
    pub fn pause(self) -> SignedDuration {
        self.whole() / i32::try_from(self.times.max(1)).unwrap_or(i32::MAX)
    }

    /// How often the member may still ask now.
    pub fn left(self, spent_until: Option<Timestamp>, now: Timestamp) -> u32 {
        let spent = self.spent(spent_until, now).duration_since(now);
        let pause = self.pause();
        if pause.is_zero() {
            return self.times;
        }
        let left = (self.whole() - spent).as_micros() / pause.as_micros().max(1);
        u32::try_from(left.max(0)).unwrap_or(u32::MAX).min(self.times)
    }

    /// In no time, or less, one may ask for ever.
    fn whole(self) -> SignedDuration {
        self.within.max(SignedDuration::ZERO)
    }

    /// A clock that was ahead costs no more than all of it.
    fn spent(self, spent_until: Option<Timestamp>, now: Timestamp) -> Timestamp {
        let whole = now.saturating_add(self.whole()).unwrap_or(Timestamp::MAX);
        spent_until.unwrap_or(now).clamp(now, whole)
    }
}

/// Whether a member may ask once more, of whom the row says `spent_until`; if so, what it says then.
///
/// # Errors
/// [`Error::BudgetSpent`] until one comes back.
pub fn check_member(throttle: Throttle, spent_until: Option<Timestamp>, now: Timestamp) -> Result<Timestamp, Error> {
    let spent = throttle.spent(spent_until, now);
    let after = spent.saturating_add(throttle.pause()).unwrap_or(Timestamp::MAX);
    let too_much = after.duration_since(now) - throttle.whole();
    // Rows are rounded to microseconds, which count for the member.
    if too_much.as_millis() <= 0 && throttle.times > 0 {
        return Ok(after);
    }
    let again_at = now.saturating_add(too_much).unwrap_or(Timestamp::MAX);
    Err(Error::BudgetSpent { whose: Whose::Member, again_at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::chat::Message;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn a_day_is_the_guilds_and_as_long_as_its_clocks_say() {
        let zone = TimeZone::get("Europe/Brussels").expect("a zone");
        let check = |now: &str, date: &str, ends_at: &str| {
            let day = Day::of(at(now), &zone);
            assert_eq!((day.date.to_string().as_str(), day.ends_at), (date, at(ends_at)), "{now}");
        };
        check("2027-03-01T22:59:59Z", "2027-03-01", "2027-03-01T23:00:00Z");
        check("2027-03-01T23:00:00Z", "2027-03-02", "2027-03-02T23:00:00Z");
        // The clocks go forward, and back.
        check("2027-03-28T12:00:00Z", "2027-03-28", "2027-03-28T22:00:00Z");
        check("2027-10-31T12:00:00Z", "2027-10-31", "2027-10-31T23:00:00Z");
        assert_eq!(Day::of(Timestamp::MAX, &TimeZone::UTC).ends_at, Timestamp::MAX);
    }

    #[test]
    fn a_guild_uses_its_day_to_the_last_token_and_no_more() {
        let day = Day::of(at("2027-03-01T12:00:00Z"), &TimeZone::UTC);
        let spent_again = Err(Error::BudgetSpent { whose: Whose::Guild, again_at: at("2027-03-02T00:00:00Z") });
        let check = |spent, wanted, expected: Option<u64>| {
            let expected = expected.map_or(spent_again.clone(), |tokens| Ok(Spent { tokens }));
            assert_eq!(check_day(10_000, Spent { tokens: spent }, wanted, day), expected);
        };
        check(0, 2_000, Some(2_000));
        check(8_000, 2_000, Some(10_000));
        check(8_001, 2_000, None);
        check(10_000, 0, Some(10_000));
        check(12_000, 1, None);
        check(u64::MAX, 1, None);
        assert_eq!(check_day(0, Spent::default(), 1, day), spent_again, "a guild without a budget has none");
    }

    #[test]
    fn what_is_left_is_told_in_tokens_and_percent() {
        let check = |spent, most, expected| {
            let spent = Spent { tokens: spent };
            assert_eq!((spent.left(most), spent.percent(most)), expected);
        };
        check(0, 10_000, (10_000, 0));
        check(9_999, 10_000, (1, 99));
        check(10_000, 10_000, (0, 100));
        check(50_000, 10_000, (0, 100));
        check(0, 0, (0, 0));
        check(u64::MAX, 1, (0, 100));
    }

    #[test]
    fn a_call_reserves_its_prompt_and_its_longest_answer_and_gives_the_rest_back() {
        let messages = [Message::system("abcdef"), Message::user("é€😀")];
        let chat = Chat { max_tokens: Some(500), ..Chat::new(twilight_model::id::Id::new(1), &messages) };
        assert_eq!(estimate(&chat), (2 + 4) + (3 + 4) + 500);
        assert_eq!(estimate(&Chat { max_tokens: None, ..chat }), (2 + 4) + (3 + 4) + 1_000);
        let used = |prompt, completion| Usage { prompt, completion, is_estimated: false };
        assert_eq!(correction(513, used(10, 90)), -413);
        assert_eq!(correction(513, used(500, 500)), 487);
        assert_eq!(correction(u64::MAX, used(0, 0)), i64::MIN);
        assert_eq!(correction(0, used(u64::MAX, u64::MAX)), i64::MAX);
    }

    #[test]
    fn a_member_asks_a_few_times_at_once_and_then_as_they_come_back() {
        let throttle = Throttle { times: 3, within: SignedDuration::from_mins(10) };
        let now = at("2027-03-01T09:00:00Z");
        let mut row = None;
        for left in [3, 2, 1] {
            assert_eq!(throttle.left(row, now), left);
            row = Some(check_member(throttle, row, now).expect("there is one left"));
        }
        assert_eq!(throttle.left(row, now), 0);
        let again_at = now + throttle.pause();
        assert_eq!(check_member(throttle, row, now), Err(Error::BudgetSpent { whose: Whose::Member, again_at }));
        assert!(check_member(throttle, row, again_at - SignedDuration::from_millis(1)).is_err());
        let row = check_member(throttle, row, again_at).expect("one came back");
        assert!(check_member(throttle, Some(row), again_at).is_err());
        let much_later = now + SignedDuration::from_hours(5);
        assert_eq!(throttle.left(Some(row), much_later), 3, "no more are saved up");
        let ahead = now + SignedDuration::from_hours(5);
        assert_eq!(throttle.left(Some(ahead), now), 0);
        let again = check_member(throttle, Some(ahead), now).unwrap_err();
        assert_eq!(
            again,
            Error::BudgetSpent { whose: Whose::Member, again_at: now + throttle.pause() },
            "a clock was ahead"
        );
        let backwards = Throttle { within: SignedDuration::MIN, ..throttle };
        assert_eq!((backwards.left(Some(row), now), check_member(backwards, Some(row), now)), (3, Ok(now)));
        let for_ever = Throttle { within: SignedDuration::MAX, ..throttle };
        assert_eq!(check_member(for_ever, None, now), Ok(Timestamp::MAX));
        let never = Throttle { times: 0, ..throttle };
        assert!(check_member(never, None, now).is_err());
        assert!(check_member(throttle, Some(Timestamp::MAX), Timestamp::MAX).is_ok_and(|row| row == Timestamp::MAX));
    }
}
