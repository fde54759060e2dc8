//! Tokens: all that a word, a number or a sign may mean.

use jiff::Timestamp;
use jiff::civil::{Time, Weekday};
use jiff::tz::Offset;

use crate::reminders::schedule::Weekdays;

/// A word, a number or a sign, by what it means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::reminders) enum Token {
    /// A number and in how many digits it is written; none where it is a word.
    Number(u32, u8),
    /// `12th`, `eerste`.
    Ordinal {
        nth: u32,
        /// Whether it is a word, which may mean something else: `every second`.
        is_spelled: bool,
    },
    /// A sign without spaces around it: `:`, `/`, `.`, `,`, `-` or `+`; `.` and `:` also where no digit stands before it.
    Sign(char),
    /// The full stop after a number.
    Stop,
    /// A dash between spaces.
    Dash,
    /// `<t:1735153200:F>`, as Discord writes a moment.
    Stamp(Timestamp),
    Weekday {
        day: Weekday,
        name: Name,
    },
    /// Days that come back: `mondays`, `weekdays`.
    Days(Weekdays),
    /// One, or every one.
    Weekend,
    Month(i8),
    Unit(Unit),
    /// `h`, of a clock or of a duration.
    H,
    /// `u` or `uur`: the same, but after a number of days rather of a clock.
    Uur,
    /// `noon`, and `midnight`, which is 00:00.
    Clock(Time),
    /// `today`, `tomorrow`: so many days from today.
    InDays(i32),
    Part(Part),
    Am,
    Pm,
    Oclock,
    Half,
    Quarter,
    /// `anderhalf`.
    OneAndHalf,
    /// `daily`: every so many units.
    Each(i64, Unit),
    Every,
    /// `om de`: every other.
    EveryOther,
    /// `om het`: every, if a unit of hours follows.
    AtThe,
    Other,
    Last,
    /// `afgelopen`: the one before today.
    Previous,
    Next,
    This,
    A,
    And,
    Or,
    At,
    In,
    Of,
    After,
    For,
    From,
    Between,
    Until,
    Through,
    Past,
    /// `from now`, `later`.
    FromNow,
    /// `start of the`.
    StartOf,
    /// `end of the`.
    EndOf,
    /// A day that is called by what people do on it: `christmas eve`.
    Feast {
        month: i8,
        day: i8,
    },
    /// `straks`: today, nobody knows when.
    Soon,
    /// `close of business`, which is at 17:00.
    Close,
    Times,
    /// `time`, `tijd`.
    TimeWord,
    /// `'s`, as in `'s avonds`.
    Genitive,
    /// The `T` between a date and a time.
    IsoT,
    /// The minus of an offset: `T20:00-05:00`.
    Minus,
    Zone(Zone),
    /// The same in a word that means other things as well: `pacific`.
    ZoneWord(Zone),
    /// The same in letters that people use otherwise, too: `ET`.
    ZoneLetters(Zone),
    /// A city with clocks of its own, which a sentence may name for any reason.
    City(Zone),
    /// A part of the world without a name of its clocks: a flag, `EU`.
    Region,
    /// `except`: without the days after it.
    Except,
    /// The same, if days follow; else it means nothing here.
    But,
    /// What turns the meaning of a sentence: `not`, `moved`.
    Turn,
    /// `tbc`, of what stands before it.
    Open,
    /// An arrow, from what was to what is, or to what is meant.
    Arrow,
    /// What a `no` before it makes harmless: `no experience needed`.
    Needed,
    /// What takes back all that is said: `cancelled`.
    Cancel,
    /// What is done until a moment: `sign up`.
    Deadline,
    /// `by`, `closes`: before a day or a time the same.
    By,
    /// What is said of what has been: `thanks`.
    Bygone,
    /// `since`: before a day the same.
    Since,
    /// What comes before a number that is no time: `version`.
    Version,
    /// What makes a number next to it a price or a share: `€`, `%`.
    Money,
    /// Words without weight: `the`, `on`.
    Filler,
    /// Anything else.
    Unknown,
}

/// How a weekday is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reminders) enum Name {
    Full,
    /// In two or three letters that mean nothing else: `vr`.
    Short,
    /// In letters that are an ordinary word as well: `we`, `sun`.
    Lookalike,
}

/// A unit of time, the shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::reminders) enum Unit {
    Minute,
    QuarterHour,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Year,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reminders) enum Part {
    Morning,
    Afternoon,
    Evening,
    /// From midnight to six in the morning.
    Night,
}

/// Whose clocks count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::reminders) enum Zone {
    /// So far from UTC, in summer and in winter.
    Fixed(Offset),
    /// By its name in the IANA database. Letters such as `EST` promise an offset besides, which holds half of the year.
    Named(&'static str, Option<Offset>),
    /// Those of the server: `server time`.
    Here,
    /// Those of whoever wrote it: `my time`.
    Mine,
    /// Nobody knows, or it may be several.
    Unknown,
}
