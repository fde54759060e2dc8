//! Words: what people type, cut into the tokens of a small language that English and Dutch share.
//!
//! Both languages become the same tokens here, so that no grammar after this asks which of them somebody speaks. Which word
//! is which token stands in `lexicon`, and which name is whose clocks in `zones`.

mod lexicon;
mod zones;

use jiff::Timestamp;
use jiff::civil::{Time, Weekday};

use super::schedule::Weekdays;
use lexicon::{compound, meaning};
pub(super) use zones::{Zone, zone_called, zone_names};

/// A word, a number or a sign, by what it means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token {
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
    /// `end of the`.
    EndOf,
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
    /// `except`: without the days after it.
    Except,
    /// The same, if days follow; else it means nothing here.
    But,
    /// What turns the meaning of a sentence: `not`, `moved`.
    Turn,
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
pub(super) enum Name {
    Full,
    /// In two or three letters that mean nothing else: `vr`.
    Short,
    /// In letters that are an ordinary word as well: `we`, `sun`.
    Lookalike,
}

/// A unit of time, the shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
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
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
    /// From midnight to six in the morning.
    Night,
}

/// What begins a word in capitals that ends in `T`, as letters of a zone do; [`plain`] puts it there, and no text has it.
const CAPITALS: char = '\u{e000}';

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
            't' if is_between_digits(before, rest) => {
                tokens.push(Token::IsoT);
                1
            }
            'a'..='z' | '\'' => word(rest, &mut tokens),
            CAPITALS => capitals(rest, &mut tokens),
            _ if first.is_alphabetic() => word(rest, &mut tokens),
            _ => sign(before, rest, &mut tokens),
        };
        before = rest[..length].chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
    }
    joined(tokens)
}

/// Lower case, without accents, with one kind of each sign and single spaces.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut is_in_word = false;
    for (at, char) in text.char_indices() {
        if char.is_alphabetic() && !is_in_word && is_zone_like(&text[at..]) {
            plain.push(CAPITALS);
        }
        // Names of zones have capitals inside: `Etc/GMT-1`.
        is_in_word = char.is_alphanumeric() || matches!(char, '/' | '_');
        for char in char.to_lowercase() {
            push_plain(&mut plain, char);
        }
    }
    plain
}

/// Whether a word of three or four capitals begins here that ends in `T`: `EST`.
fn is_zone_like(text: &str) -> bool {
    let word = &text[..length(text, char::is_alphanumeric)];
    (3..=4).contains(&word.len()) && word.ends_with('T') && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn push_plain(plain: &mut String, char: char) {
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
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe0f}' | CAPITALS => return,
        char if char.is_whitespace() => ' ',
        char => char,
    };
    if char != ' ' || !plain.ends_with(' ') {
        plain.push(char);
    }
}

fn is_between_digits(before: char, rest: &str) -> bool {
    before.is_ascii_digit() && rest[1..].starts_with(|after: char| after.is_ascii_digit())
}

/// Reads digits, with the ending of an ordinal. Returns how many bytes it took, as its siblings do.
fn number(rest: &str, tokens: &mut Vec<Token>) -> usize {
    let digits = length(rest, |char| char.is_ascii_digit());
    let ending = &rest[digits..][..length(&rest[digits..], char::is_alphabetic)];
    let (Ok(value), Ok(width)) = (rest[..digits].parse(), u8::try_from(digits)) else {
        tokens.push(Token::Unknown);
        return digits;
    };
    match ending {
        "st" | "nd" | "rd" | "th" | "e" | "de" | "ste" => {
            tokens.push(Token::Ordinal { nth: value, is_spelled: false });
        }
        // On its own it is a Monday.
        "mo" => tokens.extend([Token::Number(value, width), Token::Unit(Unit::Month)]),
        _ => {
            tokens.push(Token::Number(value, width));
            return digits;
        }
    }
    digits + ending.len()
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
    if let Some((token, length)) = zones::named(rest) {
        tokens.push(token);
        return length;
    }
    if lexicon::is_dutch_thursday(rest) {
        tokens.push(Token::Weekday { day: Weekday::Thursday, name: Name::Short });
        return "do".len();
    }
    if lexicon::is_english_half(rest) {
        tokens.push(Token::Unknown);
        return "half".len();
    }
    if let Some((phrase, token)) = lexicon::phrase(rest) {
        tokens.push(token);
        return phrase.len();
    }
    let length = length(rest, char::is_alphabetic);
    match &rest[..length] {
        // A quotation mark.
        "" => return 1,
        word => match (meaning(word), compound(word)) {
            (Some(token), _) => tokens.push(token),
            (None, Some(pair)) => tokens.extend(pair),
            (None, None) => match zones::city(rest) {
                Some((zone, length)) => {
                    tokens.push(Token::City(zone));
                    return length;
                }
                None => tokens.push(Token::Unknown),
            },
        },
    }
    length
}

/// Reads a word in capitals: letters that nobody knows may be those of a zone.
fn capitals(rest: &str, tokens: &mut Vec<Token>) -> usize {
    let length = CAPITALS.len_utf8() + word(&rest[CAPITALS.len_utf8()..], tokens);
    if let Some(last) = tokens.last_mut().filter(|last| **last == Token::Unknown) {
        *last = Token::Zone(Zone::Unknown);
    }
    length
}

fn sign(before: char, rest: &str, tokens: &mut Vec<Token>) -> usize {
    let mut chars = rest.chars();
    let sign = chars.next().unwrap_or(' ');
    let after = chars.next().unwrap_or(' ');
    let is_number = before.is_ascii_digit();
    match sign {
        // `.5` and `:45` are something else than 5 and 45.
        ':' | '.' if after.is_ascii_digit() && !before.is_alphabetic() && before != '*' => {
            tokens.push(Token::Sign(sign))
        }
        // What is struck out where nobody takes it away.
        '~' if after == '~' => tokens.push(Token::Unknown),
        '.' if is_number => tokens.push(Token::Stop),
        ':' | '.' | ',' if !is_number || !after.is_ascii_digit() => {}
        ' ' | '!' | '?' | ';' | '"' | '(' | ')' | '*' | '_' | '~' | '|' | '[' | ']' | '“' | '”' => {}
        '-' if after == ' ' => tokens.push(Token::Dash),
        // `twenty-five`
        '-' if before.is_alphabetic()
            && after.is_alphabetic()
            && matches!(tokens.last(), Some(Token::Number(_, 0))) =>
        {
            tokens.push(Token::Sign('-'));
        }
        '-' if is_number && tokens.iter().rev().take(6).any(|token| *token == Token::IsoT) => tokens.push(Token::Minus),
        '/' if !is_number || !after.is_ascii_digit() => tokens.push(Token::And),
        ':' | '.' | ',' | '/' | '-' | '+' => tokens.push(Token::Sign(sign)),
        '½' => tokens.push(Token::Half),
        '¼' => tokens.push(Token::Quarter),
        '¾' => tokens.extend([Token::Number(3, 0), Token::Quarter]),
        '&' => tokens.push(Token::And),
        '@' => tokens.push(Token::At),
        '€' | '$' | '£' | '%' => tokens.push(Token::Money),
        _ => tokens.push(Token::Unknown),
    }
    sign.len_utf8()
}

/// The tokens with numbers of two words as one: `forty five`, `twenty-five`.
fn joined(tokens: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        match (joined.as_mut_slice(), token) {
            ([.., Token::Number(tens @ 20..=90, 0)], Token::Number(ones @ 1..=9, 0)) if *tens % 10 == 0 => {
                *tens += ones
            }
            ([.., Token::Number(tens @ 20..=90, 0), Token::Sign('-')], Token::Number(ones @ 1..=9, 0))
                if *tens % 10 == 0 =>
            {
                *tens += ones;
                joined.pop();
            }
            _ => joined.push(token),
        }
    }
    joined
}

fn length(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|char| !belongs(char)).unwrap_or(text.len())
}
