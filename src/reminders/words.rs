//! Words: what people type, cut into the tokens of a small language that English and Dutch share.
//!
//! Both languages become the same tokens here, so that no grammar after this asks which of them somebody speaks.

use jiff::Timestamp;
use jiff::civil::{Time, Weekday};

use super::schedule::Weekdays;

/// A word, a number or a sign, by what it means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token {
    /// A number and in how many digits it is written; none where it is a word.
    Number(u32, u8),
    /// `12th`, `eerste`.
    Ordinal(u32),
    /// A sign without spaces around it: `:`, `/`, `.`, `,`, `-` or `+`.
    Sign(char),
    /// A dash between spaces.
    Dash,
    /// `<t:1735153200:F>`, as Discord writes a moment.
    Stamp(Timestamp),
    Weekday {
        day: Weekday,
        /// In at most three letters, which may be an ordinary word: `we`, `do`, `sun`.
        is_short: bool,
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
    /// `noon`.
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
    Other,
    Last,
    Next,
    This,
    A,
    And,
    At,
    In,
    Of,
    After,
    For,
    From,
    Until,
    Through,
    Past,
    Times,
    /// `'s`, as in `'s avonds`.
    Genitive,
    /// `UTC`.
    Utc,
    /// `CET`: here.
    Local,
    /// `EST`: neither here nor UTC.
    Elsewhere,
    /// What comes before a number that is no time: `version`.
    Version,
    /// What makes a number next to it a price or a share: `€`, `%`.
    Money,
    /// Words without weight: `the`, `on`.
    Filler,
    /// Anything else.
    Unknown,
}

/// A unit of time, the shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Minute,
    QuarterHour,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
}

/// What is read before words are told apart: words of several parts, and those with signs in them.
const PHRASES: [(&str, Token); 11] = [
    ("om de", Token::EveryOther),
    ("tot en met", Token::Through),
    ("up to and including", Token::Through),
    ("t/m", Token::Through),
    ("a.m", Token::Am),
    ("p.m", Token::Pm),
    ("o'clock", Token::Oclock),
    ("'s", Token::Genitive),
    ("from now on", Token::Filler),
    ("from now", Token::Filler),
    ("vanaf nu", Token::Filler),
];

/// Cuts `text` into tokens. Case, accents and the signs that only please the eye make no difference.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let text = plain(text);
    let mut tokens = Vec::new();
    let mut rest = text.as_str();
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '0'..='9' => number(rest, &mut tokens),
            '<' => stamp(rest, &mut tokens),
            'a'..='z' | '\'' => word(rest, &mut tokens),
            _ if first.is_alphabetic() => word(rest, &mut tokens),
            _ => sign(before, rest, &mut tokens),
        };
        before = rest[..length].chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
    }
    tokens
}

/// Lower case, without accents, with one kind of each sign and single spaces.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for char in text.chars().flat_map(char::to_lowercase) {
        let char = match char {
            'à'..='å' => 'a',
            'ç' => 'c',
            'è'..='ë' => 'e',
            'ì'..='ï' => 'i',
            'ñ' => 'n',
            'ò'..='ö' => 'o',
            'ù'..='ü' => 'u',
            'ý' | 'ÿ' => 'y',
            '‘' | '’' | '`' | '´' => '\'',
            '‐'..='―' | '−' => '-',
            '：' => ':',
            // Accents on their own, and what takes no room.
            '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe0f}' => continue,
            char if char.is_whitespace() => ' ',
            char => char,
        };
        if char != ' ' || !plain.ends_with(' ') {
            plain.push(char);
        }
    }
    plain
}

/// Reads digits, with the ending of an ordinal. Returns how many bytes it took, as its siblings do.
fn number(rest: &str, tokens: &mut Vec<Token>) -> usize {
    let digits = length(rest, |char| char.is_ascii_digit());
    let ending = &rest[digits..][..length(&rest[digits..], char::is_alphabetic)];
    match (rest[..digits].parse(), u8::try_from(digits)) {
        (Ok(value), Ok(_)) if matches!(ending, "st" | "nd" | "rd" | "th" | "e" | "de" | "ste") => {
            tokens.push(Token::Ordinal(value));
            return digits + ending.len();
        }
        (Ok(value), Ok(width)) => tokens.push(Token::Number(value, width)),
        _ => tokens.push(Token::Unknown),
    }
    digits
}

/// Reads a moment as Discord writes it: `<t:1735153200>`, or with a style.
fn stamp(rest: &str, tokens: &mut Vec<Token>) -> usize {
    let read = || {
        let (inside, _) = rest.strip_prefix("<t:")?.split_once('>')?;
        let (seconds, style) = inside.split_once(':').unwrap_or((inside, "f"));
        // The style is in lower case by now.
        let is_style = matches!(style, "t" | "d" | "f" | "r" | "s");
        let moment = Timestamp::from_second(seconds.parse().ok()?).ok()?;
        is_style.then_some((Token::Stamp(moment), inside.len() + "<t:>".len()))
    };
    let (token, length) = read().unwrap_or((Token::Unknown, 1));
    tokens.push(token);
    length
}

fn word(rest: &str, tokens: &mut Vec<Token>) -> usize {
    for (phrase, token) in PHRASES {
        let after = rest.strip_prefix(phrase);
        if after.is_some_and(|after| !after.starts_with(char::is_alphabetic)) {
            tokens.push(token);
            return phrase.len();
        }
    }
    let length = length(rest, char::is_alphabetic);
    match &rest[..length] {
        // A quotation mark.
        "" => return 1,
        word => match (meaning(word), compound(word)) {
            (Some(token), _) => tokens.push(token),
            (None, Some((day, part))) => tokens.extend([day, Token::Part(part)]),
            (None, None) => tokens.push(Token::Unknown),
        },
    }
    length
}

fn sign(before: char, rest: &str, tokens: &mut Vec<Token>) -> usize {
    let mut chars = rest.chars();
    let sign = chars.next().unwrap_or(' ');
    let after = chars.next().unwrap_or(' ');
    let between_digits = before.is_ascii_digit() && after.is_ascii_digit();
    match sign {
        ':' | '.' | ',' if !between_digits => {}
        ' ' | '!' | '?' | ';' | '"' | '(' | ')' | '*' | '_' | '~' | '|' | '[' | ']' | '“' | '”' => {}
        '-' if after == ' ' => tokens.push(Token::Dash),
        '/' if !between_digits => tokens.push(Token::And),
        ':' | '.' | ',' | '/' | '-' | '+' => tokens.push(Token::Sign(sign)),
        '&' => tokens.push(Token::And),
        '@' => tokens.push(Token::At),
        '€' | '$' | '£' | '%' => tokens.push(Token::Money),
        _ => tokens.push(Token::Unknown),
    }
    sign.len_utf8()
}

fn length(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|char| !belongs(char)).unwrap_or(text.len())
}

/// A day and a part of it in one word: `vrijdagavond`, `tonight`.
fn compound(word: &str) -> Option<(Token, Part)> {
    const ENDINGS: [(&str, Part); 6] = [
        ("ochtend", Part::Morning),
        ("morgen", Part::Morning),
        ("vroeg", Part::Morning),
        ("namiddag", Part::Afternoon),
        ("middag", Part::Afternoon),
        ("avond", Part::Evening),
    ];
    if word == "tonight" {
        return Some((Token::InDays(0), Part::Evening));
    }
    let (stem, part) = ENDINGS.iter().find_map(|(ending, part)| Some((word.strip_suffix(ending)?, *part)))?;
    let day = if stem == "van" { Token::InDays(0) } else { meaning(stem)? };
    matches!(day, Token::InDays(_) | Token::Weekday { is_short: false, .. }).then_some((day, part))
}

fn meaning(word: &str) -> Option<Token> {
    weekday(word)
        .map(|day| Token::Weekday { day, is_short: word.len() <= 3 })
        .or_else(|| month(word).map(Token::Month))
        .or_else(|| count(word))
        .or_else(|| plain_word(word))
        .or_else(|| plural(word).map(|day| Token::Days(day.into())))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" | "mo" | "maandag" | "maa" | "ma" => Weekday::Monday,
        "tuesday" | "tues" | "tue" | "tu" | "dinsdag" | "din" | "di" => Weekday::Tuesday,
        "wednesday" | "weds" | "wed" | "we" | "woensdag" | "woe" | "wo" => Weekday::Wednesday,
        "thursday" | "thurs" | "thur" | "thu" | "th" | "donderdag" | "don" | "do" => Weekday::Thursday,
        "friday" | "fri" | "fr" | "vrijdag" | "vri" | "vr" => Weekday::Friday,
        "saturday" | "sat" | "sa" | "zaterdag" | "zat" | "za" => Weekday::Saturday,
        "sunday" | "sun" | "su" | "zondag" | "zon" | "zo" => Weekday::Sunday,
        _ => return None,
    })
}

/// `mondays`, `maandagen`.
fn plural(word: &str) -> Option<Weekday> {
    let stem = word.strip_suffix('s').or_else(|| word.strip_suffix("en"))?;
    weekday(stem).filter(|_| stem.len() > 5)
}

fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "januari" | "jan" => 1,
        "february" | "februari" | "feb" => 2,
        "march" | "maart" | "mar" | "mrt" => 3,
        "april" | "apr" => 4,
        "may" | "mei" => 5,
        "june" | "juni" | "jun" => 6,
        "july" | "juli" | "jul" => 7,
        "august" | "augustus" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oktober" | "oct" | "okt" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

fn count(word: &str) -> Option<Token> {
    Some(match word {
        "one" => Token::Number(1, 0),
        "two" | "twee" => Token::Number(2, 0),
        "three" | "drie" => Token::Number(3, 0),
        "four" | "vier" => Token::Number(4, 0),
        "five" | "vijf" => Token::Number(5, 0),
        "six" | "zes" => Token::Number(6, 0),
        "seven" | "zeven" => Token::Number(7, 0),
        "eight" | "acht" => Token::Number(8, 0),
        "nine" | "negen" => Token::Number(9, 0),
        "ten" | "tien" => Token::Number(10, 0),
        "eleven" | "elf" => Token::Number(11, 0),
        "twelve" | "twaalf" => Token::Number(12, 0),
        "first" | "eerste" => Token::Ordinal(1),
        "second" | "tweede" => Token::Ordinal(2),
        "third" | "derde" => Token::Ordinal(3),
        "fourth" | "vierde" => Token::Ordinal(4),
        _ => return None,
    })
}

fn plain_word(word: &str) -> Option<Token> {
    Some(match word {
        "today" | "vandaag" => Token::InDays(0),
        "tomorrow" | "tmrw" | "tmr" | "morgen" => Token::InDays(1),
        "overmorgen" => Token::InDays(2),
        "yesterday" | "gisteren" => Token::InDays(-1),
        "eergisteren" => Token::InDays(-2),
        "weekdays" | "weekday" | "workdays" | "workday" | "weekdagen" | "weekdag" | "werkdagen" | "werkdag" => {
            Token::Days(Weekdays::WORKDAYS)
        }
        "weekend" => Token::Weekend,
        "weekends" | "weekenden" => Token::Days(Weekdays::WEEKEND),
        "minute" | "minutes" | "min" | "mins" | "minuut" | "minuten" | "m" => Token::Unit(Unit::Minute),
        "kwartier" | "kwartieren" => Token::Unit(Unit::QuarterHour),
        "hour" | "hours" | "hr" | "hrs" | "uren" | "uurtje" => Token::Unit(Unit::Hour),
        "day" | "days" | "dag" | "dagen" | "d" => Token::Unit(Unit::Day),
        "week" | "weeks" | "weken" | "w" => Token::Unit(Unit::Week),
        "month" | "months" | "maand" | "maanden" => Token::Unit(Unit::Month),
        "year" | "years" | "jaar" | "jaren" | "y" => Token::Unit(Unit::Year),
        "h" => Token::H,
        "u" | "uur" => Token::Uur,
        "am" => Token::Am,
        "pm" => Token::Pm,
        "oclock" => Token::Oclock,
        "noon" | "midday" | "middag" => Token::Clock(Time::constant(12, 0, 0, 0)),
        "midnight" | "middernacht" => Token::Clock(Time::midnight()),
        "morning" | "mornings" | "ochtend" | "ochtends" | "morgens" | "voormiddag" | "voormiddags" => {
            Token::Part(Part::Morning)
        }
        "afternoon" | "afternoons" | "namiddag" | "namiddags" | "middags" => Token::Part(Part::Afternoon),
        "evening" | "evenings" | "avond" | "avonds" | "night" | "nights" => Token::Part(Part::Evening),
        "half" | "halve" => Token::Half,
        "quarter" | "kwart" => Token::Quarter,
        "anderhalf" | "anderhalve" => Token::OneAndHalf,
        "hourly" => Token::Each(1, Unit::Hour),
        "daily" | "dagelijks" | "dagelijkse" => Token::Each(1, Unit::Day),
        "weekly" | "wekelijks" | "wekelijkse" => Token::Each(1, Unit::Week),
        "fortnightly" | "tweewekelijks" => Token::Each(2, Unit::Week),
        "monthly" | "maandelijks" | "maandelijkse" => Token::Each(1, Unit::Month),
        "yearly" | "annually" | "jaarlijks" | "jaarlijkse" => Token::Each(1, Unit::Year),
        "every" | "each" | "elke" | "elk" | "iedere" | "ieder" | "alle" => Token::Every,
        "other" | "andere" => Token::Other,
        "last" | "laatste" => Token::Last,
        "next" | "volgende" | "volgend" => Token::Next,
        "this" | "coming" | "upcoming" | "deze" | "dit" | "komende" | "aanstaande" => Token::This,
        "a" | "an" | "een" => Token::A,
        "and" | "en" => Token::And,
        "at" | "om" | "t" => Token::At,
        "in" | "over" | "within" | "binnen" => Token::In,
        "of" | "van" => Token::Of,
        "after" | "na" => Token::After,
        "for" | "voor" | "gedurende" => Token::For,
        "from" | "vanaf" | "starting" | "beginning" => Token::From,
        "until" | "till" | "til" | "tot" => Token::Until,
        "through" | "thru" | "to" | "tm" => Token::Through,
        "past" => Token::Past,
        "times" | "time" | "keer" | "maal" | "x" => Token::Times,
        "utc" | "gmt" | "z" => Token::Utc,
        "cet" | "cest" => Token::Local,
        "est" | "edt" | "cst" | "cdt" | "mst" | "mdt" | "pst" | "pdt" | "et" | "bst" | "ist" | "jst" | "aest"
        | "aedt" | "eet" | "eest" | "msk" => Token::Elsewhere,
        "version" | "versie" | "v" | "release" | "patch" | "build" | "update" => Token::Version,
        "eur" | "euro" | "euros" | "usd" => Token::Money,
        "the" | "de" | "het" | "on" | "op" => Token::Filler,
        _ => return None,
    })
}
