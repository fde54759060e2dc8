//! How something repeats: `every other tuesday`, `the 1st and 15th`, `every day except sunday`, `until 1 june`.

use jiff::civil::Weekday;

use super::amounts::{and_a_half, count_of};
use super::clocks::clock;
use super::{Day, MAX_LIST, Phrase, Read, date, skip};
use crate::reminders::schedule::Weekdays;
use crate::reminders::words::{Name, Token, Unit};

/// Days of a month, each a bit by its number; the lowest is that of the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reminders) struct MonthDays(u32);

impl MonthDays {
    /// The day if it is one; -1 is the last.
    pub(in crate::reminders) fn only(self) -> Option<i8> {
        let mut days = self.iter();
        days.next().filter(|_| days.next().is_none())
    }

    /// From the first to the last; -1 is that of any month.
    pub(in crate::reminders) fn iter(self) -> impl Iterator<Item = i8> {
        (1..=31).chain([-1]).filter(move |day| self.0 & bit(*day) != 0)
    }
}

/// First to fourth of a month, likewise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reminders) struct Nths(u8);

impl Nths {
    /// The place if it is one; -1 is the last.
    pub(in crate::reminders) fn only(self) -> Option<i8> {
        let mut nths = self.iter();
        nths.next().filter(|_| nths.next().is_none())
    }

    /// From the first to the last.
    pub(in crate::reminders) fn iter(self) -> impl Iterator<Item = i8> {
        (1..=4).chain([-1]).filter(move |nth| u32::from(self.0) & bit(*nth) != 0)
    }
}

fn bit(at: i8) -> u32 {
    1 << at.clamp(0, 31)
}

/// How it repeats. The days of `every monday` are left to be read after it.
pub(super) fn step(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{AtThe, Each, Every, EveryOther, H, Half, Ordinal, Other, Uur};
    let (every, rest) = match tokens {
        [Each(every, unit), rest @ ..] => return Some((of_unit(*every, *unit), rest)),
        [Every | EveryOther | AtThe, Other, rest @ ..] | [EveryOther, rest @ ..] => (2, rest),
        [Every, rest @ ..] => (1, rest),
        [AtThe, rest @ ..] if matches!(rest, [Half | Token::Unit(..) | H | Uur, ..]) => (1, rest),
        _ => return None,
    };
    match rest {
        [Token::Weekday { .. } | Token::Days(_) | Token::Weekend, ..] => Some((Phrase::Step(every, Unit::Week), rest)),
        [Token::Unit(Unit::Hour) | H | Uur, rest @ ..] => {
            let (minutes, rest) = and_a_half(rest).filter(|_| every == 1).unwrap_or((0, rest));
            Some((Phrase::Step(every * 60 + i64::from(minutes), Unit::Minute), rest))
        }
        [Token::Unit(unit), rest @ ..] => Some((of_unit(every, *unit), rest)),
        [Token::Part(_), ..] if every == 1 => Some((Phrase::Step(1, Unit::Day), rest)),
        [Ordinal { nth, .. }, Token::Unit(unit), rest @ ..] if !matches!(rest, [Token::Of, ..]) => {
            Some((of_unit((*nth).into(), *unit), rest))
        }
        // Every second Tuesday is every other one to some and that of the month to others.
        [Ordinal { nth: 2.., .. }, Token::Weekday { .. }, after @ ..] if !matches!(after, [Token::Of, ..]) => None,
        // Every second without a noun is nothing that anybody knows.
        [Ordinal { is_spelled: true, .. }, after @ ..] if !is_place(after) => None,
        _ => {
            if let Some((Day::OfYear { .. }, _)) = date(rest) {
                return Some((Phrase::Step(every, Unit::Year), rest));
            }
            if position(rest).is_some() {
                return Some((Phrase::Step(every, Unit::Month), rest));
            }
            let (count, unit, rest) = count_of(rest)?;
            Some((Phrase::Step(count, unit), rest))
        }
    }
}

/// Whether a day, or another place in a month, follows an ordinal.
fn is_place(after: &[Token]) -> bool {
    use Token::{And, Of, Ordinal, Sign, Unit, Weekday};
    matches!(after, [Of | And | Sign(',') | Weekday { .. } | Unit(_) | Ordinal { .. } | Token::Month(_), ..])
}

fn of_unit(every: i64, unit: Unit) -> Phrase {
    match unit {
        Unit::Hour => Phrase::Step(every * 60, Unit::Minute),
        Unit::QuarterHour => Phrase::Step(every * 15, Unit::Minute),
        Unit::Fortnight => Phrase::Step(every * 2, Unit::Week),
        unit => Phrase::Step(every, unit),
    }
}

/// When it begins or ends to repeat.
pub(super) fn bounds(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{At, For, From, Number, Through, Times, Until};
    match tokens {
        [For, Number(count, _), Times, rest @ ..] => Some((Phrase::Times { count: *count, is_for: true }, rest)),
        [Number(count, _), Times, rest @ ..] => Some((Phrase::Times { count: *count, is_for: false }, rest)),
        // `from 9:00` says no more than a time.
        [From, rest @ ..] if clock(rest).is_some() || matches!(rest, [At, ..]) => Some((Phrase::Filler, rest)),
        [From, rest @ ..] => bound(rest).map(|(day, rest)| (Phrase::From(day), rest)),
        [Until | Through, rest @ ..] => bound(rest).map(|(day, rest)| (Phrase::Until(day), rest)),
        _ => None,
    }
}

fn bound(tokens: &[Token]) -> Read<'_, Day> {
    let tokens = skip(tokens, Token::Filler);
    if let [Token::Weekday { day, .. }, after @ ..] = tokens
        && let Some((date, rest)) = date(after)
    {
        // `from friday 27 november 2026`
        return matches!(date, Day::Full(date) if date.weekday() == *day).then_some((date, rest));
    }
    date(tokens).or_else(|| match skip(tokens, Token::This) {
        [Token::Weekday { day, .. }, rest @ ..] => Some((Day::Weekday(*day), rest)),
        [Token::Ordinal { nth: day @ 1..=31, .. }, rest @ ..] => Some((Day::OfMonth(i8::try_from(*day).ok()?), rest)),
        _ => None,
    })
}

/// Days on which a rule does not count. Dates that it leaves out it cannot say.
pub(super) fn except(tokens: &[Token]) -> Read<'_, Phrase> {
    let [Token::Except | Token::But, rest @ ..] = tokens else { return None };
    let rest = [Token::For, Token::In, Token::Filler, Token::Every].into_iter().fold(rest, skip);
    match weekdays(rest).filter(|_| !matches!(rest, [Token::This, ..]))? {
        (Phrase::Weekdays { days, .. }, rest) => Some((Phrase::Except(days), rest)),
        _ => None,
    }
}

/// Places in a month: `last friday of the month`, `15th`, `1st and 15th`.
pub(super) fn position(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{Last, Of, Ordinal};
    match tokens {
        [Last, Token::Unit(Unit::Day), rest @ ..] => Some((Phrase::MonthDays(MonthDays(bit(-1))), rest)),
        [Ordinal { nth: 1, .. }, Token::Unit(Unit::Day), rest @ ..] if matches!(rest, [Of, ..]) => {
            Some((Phrase::MonthDays(MonthDays(bit(1))), rest))
        }
        _ => {
            let (days, count, rest) = places(tokens)?;
            match rest {
                [Token::Weekday { day, .. }, rest @ ..] => Some((Phrase::Nth(nths(days)?, *day), rest)),
                [Token::Unit(Unit::Day), rest @ ..] if count > 1 => Some((Phrase::MonthDays(MonthDays(days)), rest)),
                // A `last` alone is that of something.
                _ if count == 1 && days == bit(-1) => None,
                _ => Some((Phrase::MonthDays(MonthDays(days)), rest)),
            }
        }
    }
}

/// Ordinals as a list, as bits, and how many they are: `1st, 15th and last`.
fn places(tokens: &[Token]) -> Option<(u32, usize, &[Token])> {
    use Token::{And, Filler, Last, Ordinal, Sign};
    let place = |tokens: &[Token]| match tokens {
        [Ordinal { nth: nth @ 1..=31, .. }, ..] => i8::try_from(*nth).ok().map(bit),
        [Last, ..] => Some(bit(-1)),
        _ => None,
    };
    let mut days = place(tokens)?;
    let (mut count, mut rest) = (1, &tokens[1..]);
    while count < MAX_LIST {
        let next = match rest {
            [And | Sign(','), next @ ..] => skip(skip(next, Filler), Token::Of),
            next => next,
        };
        let Some(more) = place(next) else { break };
        (days, count, rest) = (days | more, count + 1, &next[1..]);
    }
    Some((days, count, rest))
}

/// The same of weekdays, of which a month has four for certain.
fn nths(days: u32) -> Option<Nths> {
    let known = bit(-1) | bit(1) | bit(2) | bit(3) | bit(4);
    if days & !known == 0 { u8::try_from(days).ok().map(Nths) } else { None }
}

/// One weekday or several, as a list or from one to another.
pub(super) fn weekdays(tokens: &[Token]) -> Read<'_, Phrase> {
    let (mut days, mut come_back, mut rest) = match tokens {
        [Token::This, ..] => match skip(tokens, Token::This) {
            [Token::Weekday { day, .. }, rest @ ..] => {
                return Some((Phrase::Weekdays { days: (*day).into(), come_back: false }, rest));
            }
            _ => return None,
        },
        _ => some_days(tokens)?,
    };
    // `friday and saturday` may be two days; in a list of short names nobody writes dates.
    let mut are_short = is_short(tokens);
    for _ in 0..MAX_LIST {
        let next = match rest {
            [Token::And | Token::Sign('+' | ',' | '/'), next @ ..] => skip(next, Token::Filler),
            next => next,
        };
        let Some((more, come, after)) = some_days(next) else { break };
        are_short &= is_short(next);
        come_back |= come || are_short || more.len() > 1;
        days = days | more;
        rest = after;
    }
    Some((Phrase::Weekdays { days, come_back }, rest))
}

fn is_short(tokens: &[Token]) -> bool {
    matches!(tokens, [Token::Weekday { name: Name::Short | Name::Lookalike, .. }, ..])
}

/// A day, days that come back, or days from one to another.
fn some_days(tokens: &[Token]) -> Option<(Weekdays, bool, &[Token])> {
    use Token::{Dash, Sign, Through, Until, Weekday};
    match tokens {
        [Token::Days(days), rest @ ..] => Some((*days, true, rest)),
        [Token::Weekend, rest @ ..] => Some((Weekdays::WEEKEND, false, rest)),
        [Weekday { day: first, .. }, Sign('-') | Dash | Through | Until, Weekday { day: last, .. }, rest @ ..] => {
            let days = from_to(*first, *last)?;
            // Nobody is away from every Friday to every Sunday who writes it out.
            let come_back = is_short(tokens) || days.len() > 4;
            Some((days, come_back, rest))
        }
        [Weekday { day, .. }, rest @ ..] => Some(((*day).into(), false, rest)),
        _ => None,
    }
}

fn from_to(first: Weekday, last: Weekday) -> Option<Weekdays> {
    let between = usize::try_from(first.until(last)).ok()?;
    Some(first.cycle_forward().take(between + 1).collect())
}
