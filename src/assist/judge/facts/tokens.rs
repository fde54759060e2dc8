//! A text as words, digits and signs, for those who read numbers.

use std::ops::Range;

use crate::knowledge::text::fold;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Folded letters.
    Word,
    /// Digits, with signs between them: `1.000`, `20:30`, `2026-03-12`.
    Digits,
    /// Letters and digits in one, as in `K7`.
    Mixed,
    /// Anything else that is seen.
    Sign,
}

/// A piece of a text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) range: Range<usize>,
    /// Whether it stands right behind the one before.
    pub(super) glued: bool,
    /// Whether a line begins with it.
    pub(super) first: bool,
}

impl Token {
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign && self.text.starts_with(sign)
    }

    pub(super) fn word(&self) -> Option<&str> {
        (self.kind == Kind::Word).then_some(&*self.text)
    }

    pub(super) fn digits(&self) -> Option<&str> {
        (self.kind == Kind::Digits).then_some(&*self.text)
    }

    /// The digits as a number that is a part of a date or a time.
    pub(super) fn small(&self) -> Option<u16> {
        self.digits().filter(|digits| digits.len() <= 4).and_then(|digits| digits.parse().ok())
    }
}

/// What may follow digits in one word without being a name of it: `14e`, `20u`, `8pm`, `5x`.
pub(super) const ENDS: [&str; 17] =
    ["st", "nd", "rd", "th", "e", "de", "ste", "u", "uur", "h", "am", "pm", "x", "min", "eur", "k", "d"];

/// Cuts a text into its tokens.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut first = true;
    let mut glued = false;
    while let Some(sign) = text[at..].chars().next() {
        if sign.is_whitespace() {
            first |= sign == '\n';
            glued = false;
            at += sign.len_utf8();
            continue;
        }
        let mut push = |kind, range: Range<usize>| {
            let text = fold(&text[range.clone()]);
            tokens.push(Token { kind, text, range, glued, first });
            (first, glued) = (false, true);
        };
        let rest = &text[at..];
        if sign.is_ascii_digit() {
            let digits = digits_len(rest);
            let letters = letters_len(&rest[digits..]);
            let end = fold(&rest[digits..digits + letters]);
            // `20u30` is a time.
            let is_time = matches!(end.as_str(), "u" | "h");
            let is_plain = letters == 0 || is_time || !follows_digit(rest, digits + letters) && ENDS.contains(&&*end);
            match is_plain {
                true => {
                    push(Kind::Digits, at..at + digits);
                    if letters > 0 {
                        push(Kind::Word, at + digits..at + digits + letters);
                    }
                    at += digits + letters;
                }
                false => {
                    let length = mixed_len(rest);
                    push(Kind::Mixed, at..at + length);
                    at += length;
                }
            }
        } else if sign.is_alphanumeric() {
            let letters = letters_len(rest);
            let is_version = letters == 1 && matches!(sign, 'v' | 'V');
            let length = if follows_digit(rest, letters) && !is_version {
                mixed_len(rest)
            } else {
                letters.max(sign.len_utf8())
            };
            push(if length > letters { Kind::Mixed } else { Kind::Word }, at..at + length);
            at += length;
        } else {
            push(Kind::Sign, at..at + sign.len_utf8());
            at += sign.len_utf8();
        }
    }
    tokens
}

/// Digits, with one sign between two of them.
fn digits_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    loop {
        while is_digit(end) {
            end += 1;
        }
        let joins = bytes.get(end).is_some_and(|sign| matches!(sign, b'.' | b',' | b':' | b'-' | b'/'));
        match joins && is_digit(end + 1) {
            true => end += 1,
            false => return end,
        }
    }
}

/// Letters, with the apostrophe of `euro's`.
fn letters_len(text: &str) -> usize {
    let end =
        text.find(|c: char| !(c.is_alphabetic() || c == '\'' || unicode_normalization::char::is_combining_mark(c)));
    let end = end.unwrap_or(text.len());
    text[..end].trim_end_matches('\'').len()
}

fn mixed_len(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
}

fn follows_digit(text: &str, at: usize) -> bool {
    text[at..].starts_with(|c: char| c.is_ascii_digit())
}
