//! Words: what people type, cut into the tokens of a small language that English and Dutch share.
//!
//! Both languages become the same tokens here, so that no grammar after this asks which of them somebody speaks. Which word
//! is which token stands in `vocabulary`, and which name is whose clocks in `zones`.

mod lexicon;
mod token;
mod vocabulary;
mod zones;

use jiff::Timestamp;
use jiff::civil::Weekday;

use lexicon::{compound, meaning};
pub(super) use token::{Name, Part, Token, Unit, Zone};
pub(super) use zones::{zone_called, zone_names, zone_of_letters};

/// What begins a word in capitals that ends in `T`, as letters of a zone do, or is one of [`REGIONS`]; [`plain`] puts it there,
/// and no text has it.
const CAPITALS: char = '\u{e000}';

/// Parts of the world as players write them, in capitals.
const REGIONS: [&str; 12] = ["EU", "NA", "US", "USA", "OCE", "SEA", "APAC", "LATAM", "EUW", "EUNE", "UK", "CT"];

/// No moment is written longer.
const MAX_STAMP: usize = 32;

/// The longest message has about a thousand words.
pub(super) const MAX_TOKENS: usize = 1200;

/// Cuts `text` into tokens, and no longer than until they are more than [`MAX_TOKENS`]. Case, accents and the signs that only please the eye make no difference.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let text = plain(text);
    // Most texts name no clocks in words, and none of their words is then looked up as the beginning of such a name.
    let names_clocks = text.contains(" time") || text.contains(" tijd");
    let mut tokens = Vec::new();
    let mut rest = text.as_str();
    let mut before = ' ';
    while let Some(first) = rest.chars().next().filter(|_| tokens.len() <= MAX_TOKENS) {
        let length = match first {
            '0'..='9' => number(before, rest, &mut tokens),
            '<' => stamp(rest, &mut tokens),
            't' if is_between_digits(before, rest) => {
                tokens.push(Token::IsoT);
                1
            }
            'a'..='z' | '\'' => word(rest, names_clocks, &mut tokens),
            CAPITALS => capitals(rest, names_clocks, &mut tokens),
            _ if first.is_alphabetic() => word(rest, names_clocks, &mut tokens),
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
        if char.is_ascii_uppercase() && !is_in_word && is_zone_like(&text[at..]) {
            plain.push(CAPITALS);
        }
        // Names of zones have capitals inside: `Etc/GMT-1`.
        is_in_word = char.is_alphanumeric() || matches!(char, '/' | '_');
        match char {
            'a'..='z' | '0'..='9' => plain.push(char),
            char if char.is_ascii() => push_plain(&mut plain, char.to_ascii_lowercase()),
            char => char.to_lowercase().for_each(|char| push_plain(&mut plain, char)),
        }
    }
    plain
}

/// Whether a word of three or four capitals begins here that ends in `T`: `EST`; or a region.
fn is_zone_like(text: &str) -> bool {
    let word = &text[..length(text, char::is_alphanumeric)];
    let is_zone = (3..=4).contains(&word.len()) && word.ends_with('T');
    (is_zone || REGIONS.contains(&word)) && word.bytes().all(|byte| byte.is_ascii_uppercase())
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
fn number(before: char, rest: &str, tokens: &mut Vec<Token>) -> usize {
    let digits = length(rest, |char| char.is_ascii_digit());
    let ending = &rest[digits..][..length(&rest[digits..], char::is_alphabetic)];
    let (Ok(value), Ok(width)) = (rest[..digits].parse(), u8::try_from(digits)) else {
        tokens.push(Token::Unknown);
        return digits;
    };
    match ending {
        // `#12` is one of many.
        _ if before == '#' => {
            tokens.push(Token::Unknown);
            return digits + ending.len();
        }
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
        let inside = rest.strip_prefix("<t:")?;
        let end = inside.bytes().take(MAX_STAMP).position(|byte| byte == b'>')?;
        let inside = &inside[..end];
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

fn word(rest: &str, names_clocks: bool, tokens: &mut Vec<Token>) -> usize {
    if let Some((token, length)) = zones::named(rest, names_clocks) {
        tokens.push(token);
        return length;
    }
    if lexicon::is_dutch_thursday(rest) {
        tokens.push(Token::Weekday { day: Weekday::Thursday, name: Name::Short });
        return "do".len();
    }
    if let Some(half) = lexicon::english_half(rest) {
        tokens.push(Token::Unknown);
        return half;
    }
    let length = length(rest, char::is_alphabetic);
    if let Some((phrase, token)) = lexicon::phrase(&rest[..length], rest) {
        tokens.push(token);
        return phrase.len();
    }
    // `:flag_be:`
    if let Some(country) = rest.strip_prefix("flag_") {
        tokens.push(Token::Region);
        return "flag_".len() + self::length(country, char::is_alphabetic);
    }
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
fn capitals(rest: &str, names_clocks: bool, tokens: &mut Vec<Token>) -> usize {
    let rest = &rest[CAPITALS.len_utf8()..];
    let letters = &rest[..length(rest, char::is_alphabetic)];
    let is_region = REGIONS.iter().any(|region| region.eq_ignore_ascii_case(letters));
    // `UK time`
    if is_region && zones::named(rest, names_clocks).is_none() {
        tokens.push(Token::Region);
        return CAPITALS.len_utf8() + letters.len();
    }
    let length = CAPITALS.len_utf8() + word(rest, names_clocks, tokens);
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
        '-' | '=' if after == '>' => tokens.push(Token::Arrow),
        '>' if matches!(tokens.last(), Some(Token::Arrow)) => {}
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
        '€' | '$' | '£' | '%' | '°' => tokens.push(Token::Money),
        '→' | '➡' | '⇒' => tokens.push(Token::Arrow),
        // A flag is two of these.
        '\u{1f1e6}'..='\u{1f1ff}' if tokens.last() == Some(&Token::Region) => {}
        '\u{1f1e6}'..='\u{1f1ff}' => tokens.push(Token::Region),
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
