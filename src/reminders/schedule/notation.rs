//! How a rule is written, so that `when::read` reads it again. This is a notation, whatever language a server speaks: forms
//! are filled in with it, and of what an announcement said a digest of it is stored.

use jiff::civil::{DateTime, Weekday};

use super::{Repeat, Weekdays};

fn list(days: Weekdays) -> String {
    days.iter().map(|day| &name(day)[..3]).collect::<Vec<_>>().join(", ")
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// How something repeats that first happens when clocks show `first`: `every 2 weeks on Mon, Wed at 20:00`.
///
/// It never changes: an announcement whose digest is another counts as set by hand.
pub fn write_rule(repeat: &Repeat, first: DateTime) -> String {
    let rule = match repeat {
        Repeat::Minutes(minutes) if *minutes > 0 && minutes % 60 == 0 => return every(minutes / 60, "hour"),
        Repeat::Minutes(minutes) => return every(*minutes, "minute"),
        Repeat::Days(days) => every((*days).into(), "day"),
        Repeat::Weeks { every: ..=1, days } => match *days {
            Weekdays::EVERY_DAY => "every day".to_owned(),
            Weekdays::WORKDAYS => "every weekday".to_owned(),
            Weekdays::WEEKEND => "every weekend".to_owned(),
            days if days.len() == 1 => format!("every {}", days.iter().map(name).collect::<String>()),
            days => format!("every {}", list(days)),
        },
        Repeat::Weeks { every: weeks, days } => format!("{} on {}", every((*weeks).into(), "week"), list(*days)),
        Repeat::MonthDay { every: ..=1, day } => format!("on the {} of every month", ordinal(*day)),
        Repeat::MonthDay { every: months, day } => {
            format!("{} on the {}", every((*months).into(), "month"), ordinal(*day))
        }
        Repeat::MonthWeekday { every: ..=1, nth, weekday } => {
            format!("on the {} {} of every month", position(*nth), name(*weekday))
        }
        Repeat::MonthWeekday { every: months, nth, weekday } => {
            format!("{} on the {} {}", every((*months).into(), "month"), position(*nth), name(*weekday))
        }
        Repeat::MonthDays { every: months, days } => in_months(*months, &ordered(days.iter().map(|day| ordinal(*day)))),
        Repeat::MonthWeekdays { every: months, nths, weekday } => {
            let nths = ordered(nths.iter().map(|nth| position(*nth).to_owned()));
            in_months(*months, &format!("{nths} {}", name(*weekday)))
        }
        Repeat::Years(years) => format!("{} on {}", every((*years).into(), "year"), first.strftime("%-d %B")),
    };
    format!("{rule} at {}", first.strftime("%H:%M"))
}

/// `1st, 8th and 15th`.
fn ordered(places: impl Iterator<Item = String>) -> String {
    let mut places: Vec<String> = places.collect();
    match places.pop() {
        Some(last) if !places.is_empty() => format!("{} and {last}", places.join(", ")),
        last => last.unwrap_or_default(),
    }
}

fn in_months(months: i32, places: &str) -> String {
    match months {
        ..=1 => format!("on the {places} of every month"),
        months => format!("{} on the {places}", every(months.into(), "month")),
    }
}

fn every(step: i64, unit: &str) -> String {
    match step {
        ..=1 => format!("every {unit}"),
        step => format!("every {step} {unit}s"),
    }
}

fn position(nth: i8) -> &'static str {
    match nth {
        ..0 => "last",
        0..=1 => "first",
        2 => "second",
        3 => "third",
        4.. => "fourth",
    }
}

fn ordinal(day: i8) -> String {
    let ending = match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}
