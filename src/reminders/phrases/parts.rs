//! Parts: all that a text says, phrase by phrase.

use jiff::civil::{Time, Weekday};
use jiff::{Timestamp, Zoned};

use super::{Also, Amount, Clock, Day, How, MonthDays, Nths, Phrase, Vague, phrase};
use crate::reminders::schedule::Weekdays;
use crate::reminders::words::{Part, Token, Unit, Zone};

/// All that a text says, each at most once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::reminders) struct Parts {
    pub(in crate::reminders) day: Option<Day>,
    pub(in crate::reminders) weekdays: Option<Weekdays>,
    pub(in crate::reminders) come_back: bool,
    pub(in crate::reminders) nth: Option<(Nths, Weekday)>,
    pub(in crate::reminders) month_days: Option<MonthDays>,
    pub(in crate::reminders) time: Option<Clock>,
    pub(in crate::reminders) day_or_hours: Option<(Day, Clock)>,
    pub(in crate::reminders) part: Option<Part>,
    pub(in crate::reminders) stamp: Option<Timestamp>,
    pub(in crate::reminders) delay: Option<Amount>,
    pub(in crate::reminders) step: Option<(i64, Unit)>,
    pub(in crate::reminders) from: Option<Day>,
    pub(in crate::reminders) until: Option<Day>,
    pub(in crate::reminders) times: Option<u32>,
    pub(in crate::reminders) except: Option<Weekdays>,
    pub(in crate::reminders) zone: Option<Zone>,
    pub(in crate::reminders) also: Also,
    pub(in crate::reminders) vague: Option<Vague>,
    pub(in crate::reminders) weeks_on: Option<(i32, Weekday)>,
    pub(in crate::reminders) no_such_day: Option<(u32, u32)>,
    pub(in crate::reminders) is_several: bool,
    pub(in crate::reminders) says_at: bool,
    pub(in crate::reminders) says_month: bool,
    pub(in crate::reminders) says_and: bool,
}

impl Parts {
    /// What `tokens` say, if all of them say something.
    pub(in crate::reminders) fn read(mut tokens: &[Token]) -> Option<Parts> {
        let mut parts = Parts::default();
        while !tokens.is_empty() {
            let (phrase, rest) = phrase(tokens)?;
            // What is said twice is understood, and no single moment.
            if !parts.put(phrase) {
                match phrase {
                    Phrase::Day(_) | Phrase::Time(_) | Phrase::Zoned(..) | Phrase::Weekdays { .. } => {
                        parts.is_several = true
                    }
                    _ => return None,
                }
            }
            tokens = rest;
        }
        parts.is_several |= parts.says_and && parts.day.is_some() && parts.weekdays.is_some();
        (parts.is_several || !parts.says_and).then_some(parts)
    }

    /// Takes in what a phrase says, unless something like it was said before.
    pub(in crate::reminders) fn put(&mut self, phrase: Phrase) -> bool {
        fn fill<T>(slot: &mut Option<T>, value: T) -> bool {
            let is_new = slot.is_none();
            slot.get_or_insert(value);
            is_new
        }
        match phrase {
            Phrase::Day(day) => self.stamp.is_none() && fill(&mut self.day, day),
            Phrase::Weekdays { days, come_back } => {
                self.come_back |= come_back;
                fill(&mut self.weekdays, days)
            }
            Phrase::Nth(nths, weekday) => fill(&mut self.nth, (nths, weekday)),
            Phrase::MonthDays(days) => fill(&mut self.month_days, days),
            // `25/12 2030` may be a year.
            Phrase::Time(Clock { how: How::FourDigits, .. })
                if matches!(self.day, Some(Day::OfYear { .. } | Day::In(..))) =>
            {
                false
            }
            // A rule whose first time is said after it, as suggestions say it, has one time.
            Phrase::Time(time) if self.from.is_some() && self.time.is_some_and(|it| it.time == time.time) => true,
            Phrase::Time(time) => self.stamp.is_none() && fill(&mut self.time, time),
            Phrase::DayOrHours(day, hours) => fill(&mut self.day_or_hours, (day, hours)),
            Phrase::Part(part) => fill(&mut self.part, part),
            Phrase::Stamp(moment) => self.day.is_none() && self.time.is_none() && fill(&mut self.stamp, moment),
            Phrase::Delay(amount) => fill(&mut self.delay, amount),
            Phrase::Step(every, unit) => fill(&mut self.step, (every, unit)),
            Phrase::From(day) => fill(&mut self.from, day),
            Phrase::Until(day) => fill(&mut self.until, day),
            // `3x elke dag` and `elke dag 3x` are three times a day, which a rule with one time cannot be.
            Phrase::Times { count, is_for } => (is_for || self.time.is_some()) && fill(&mut self.times, count),
            Phrase::Except(days) => self.repeats() && fill(&mut self.except, days),
            Phrase::Zone(zone) => fill(&mut self.zone, zone),
            Phrase::Zoned(time, zone, also) => {
                let is_new = self.put(Phrase::Time(time)) && self.put(Phrase::Zone(zone));
                self.also = if is_new { also } else { self.also };
                is_new
            }
            Phrase::Vague(vague) => fill(&mut self.vague, vague),
            Phrase::WeeksOn(weeks, weekday) => fill(&mut self.weeks_on, (weeks, weekday)),
            Phrase::Several => {
                self.is_several = true;
                true
            }
            Phrase::NoSuchDay { day, month } => fill(&mut self.no_such_day, (day, month)),
            Phrase::OfMonth => {
                self.says_month = true;
                self.nth.is_some() || self.month_days.is_some()
            }
            Phrase::And => {
                self.says_and = true;
                true
            }
            Phrase::At => {
                self.says_at = true;
                true
            }
            Phrase::Filler => true,
        }
    }

    /// The same with date and time of our clocks beside a moment.
    pub(in crate::reminders) fn settled(self, now: &Zoned) -> Parts {
        let Some(moment) = self.stamp else { return self };
        let clock = now.time_zone().to_datetime(moment);
        let (day, time) = (Some(Day::Full(clock.date())), Some(Clock::at(clock.time())));
        Parts { day, time, zone: None, ..self }
    }

    /// Whether it comes back.
    pub(in crate::reminders) fn repeats(&self) -> bool {
        self.step.is_some() || self.come_back
    }

    /// The time of day, and whether it belongs to the night after the day that is named; nothing if the part of the day
    /// contradicts it.
    pub(in crate::reminders) fn clock(&self) -> Option<(Time, bool)> {
        match (self.time, self.part) {
            (Some(clock), Some(part)) => part.on(clock),
            (Some(clock), None) => Some((clock.time, clock.is_next_day)),
            (None, Some(part)) => Some((part.usual()?, false)),
            (None, None) => Some((USUAL, false)),
        }
    }
}

/// When it is if nobody says.
const USUAL: Time = Time::constant(9, 0, 0, 0);

impl Part {
    /// What a time means in it: 8 in the evening is 20:00, and midnight comes after it.
    fn on(self, Clock { time, how, is_next_day, .. }: Clock) -> Option<(Time, bool)> {
        if is_next_day {
            return (self == Part::Evening).then_some((time, true));
        }
        let hour = match (self, time.hour(), how) {
            (Part::Evening, hour, How::Am | How::Midnight) if hour < 6 => return Some((time, true)),
            (Part::Afternoon | Part::Evening, _, How::Am) => return None,
            (Part::Afternoon, 0, How::BeforeOne) => 12,
            (Part::Night, 0 | 12, _) => 0,
            (Part::Morning, hour @ ..12, _)
            | (Part::Afternoon, hour @ 12..=18, _)
            | (Part::Evening, hour @ 17.., _)
            | (Part::Night, hour @ (..6 | 22..), _) => hour,
            (Part::Afternoon, hour @ 1..=6, _) | (Part::Evening, hour @ 5..=11, _) => hour + 12,
            _ => return None,
        };
        Some((Time::new(hour, time.minute(), time.second(), 0).ok()?, false))
    }

    /// When it is if nobody says; nobody means all of the night.
    fn usual(self) -> Option<Time> {
        match self {
            Part::Morning => Some(USUAL),
            Part::Afternoon => Some(Time::constant(14, 0, 0, 0)),
            Part::Evening => Some(Time::constant(20, 0, 0, 0)),
            Part::Night => None,
        }
    }
}
