//! Passwords and codes: whatever stands where one is told.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::kind::Kind;
use super::view::View;
use super::{Finding, pattern, words};

/// Words for them; `'s` and `_` may stand around.
const WORDS: &str = r"wachtwoord(?:en|je)?|wachtw|paswoord|passwoord|password|passwort|passwd|passcode|passphrase|pass|pwd|pw|ww|pincode|pin|cvv|cvc|otp|(?:backup|recovery|herstel|reserve|2fa|login|verification|verificatie|security|beveiligings?|sms)[ -]?codes?|mot de passe|mdp";

/// What is told: in quotes, or what begins here and ends before a space.
const VALUE: &str = r#"(?:(?:["'`]{1,3}|\|\|)(?P<quoted>[^"'`|\n]{1,80})["'`|]|(?P<bare>[^\s"'`|<>]))"#;

/// `wachtwoord: …`, `password is …`, `ww …`.
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    let sign = r#"(?P<sign>["'`*_]{0,3}\s{0,3}(?:=>|:=|[:=])[\s*_]{0,3}|[ \t]{1,3}(?:is|was|=)[ \t:]{1,3}|'s[ \t]|[ \t]{1,3})"#;
    pattern(&format!(r"(?i)(?:\b|_)(?P<word>{WORDS}){sign}{VALUE}"))
});

/// `wachtwoord van mijn account is …`.
static TOLD_LATER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:\b|_)(?P<word>{WORDS})[ \t][^\n:=.!?,]{{1,40}}?(?P<sign>\b(?:is|was)\b:?|[:=])[ \t]{{1,3}}{VALUE}"
    ))
});

/// Characters of the longest password.
const LONGEST: usize = 100;

/// No phrase that is a password has more characters.
const LONGEST_PHRASE: usize = 60;

/// What is said about passwords, in both languages.
static SAID: LazyLock<HashSet<&str>> = LazyLock::new(|| words(include_str!("said.txt")));

pub(super) fn find(view: &View) -> Vec<Finding> {
    let mut found = told(view, &TOLD, false);
    found.extend(told(view, &TOLD_LATER, true));
    found
}

fn told(view: &View, pattern: &Regex, far: bool) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(captures) = pattern.captures_at(view.bytes(), from) {
        let (Some(word), Some(sign)) = (captures.name("word"), captures.name("sign")) else { break };
        let quoted = captures.name("quoted");
        let bare = captures.name("bare").map(|bare| bare.start()..end_of_bare(view, bare.start()));
        let value = quoted.map(|quoted| quoted.range()).or(bare);
        let told = Told { word: word.range(), sign: sign.as_bytes(), far, quoted: quoted.is_some() };
        match value.and_then(|range| told.secret(view, range)) {
            Some(range) => {
                from = range.end;
                found.push(Finding { range, kind: Kind::Secret });
            }
            // What follows may be told by the next word.
            None => from = word.end(),
        }
    }
    found
}

fn end_of_bare(view: &View, start: usize) -> usize {
    let rest = view.get(start..view.bytes().len().min(start + LONGEST));
    start + rest.iter().take_while(|byte| !byte.is_ascii_whitespace() && !b"\"'`|<>".contains(byte)).count()
}

/// How a value was told.
struct Told<'a> {
    word: Range<usize>,
    sign: &'a [u8],
    /// Other words stand between.
    far: bool,
    quoted: bool,
}

impl Told<'_> {
    /// The part of `range` that is a secret, if it is one.
    fn secret(&self, view: &View, range: Range<usize>) -> Option<Range<usize>> {
        let text = view.get(range.clone());
        let end = if self.quoted { text.len() } else { text.iter().rposition(|byte| !b".,;:?)]".contains(byte))? + 1 };
        let (text, range) = (text.get(..end)?, range.start..range.start + end);
        let has = |is: fn(&u8) -> bool| text.iter().any(is);
        let (has_digit, has_letter) = (has(u8::is_ascii_digit), has(u8::is_ascii_alphabetic) || !text.is_ascii());
        let is_sign = |byte: &u8| byte.is_ascii_punctuation() && !b"-'/.,()".contains(byte);
        let has_colon = self.sign.iter().any(|byte| b":=".contains(byte));
        let word = view.get(self.word.clone()).to_ascii_lowercase();
        let is_number = text.iter().all(u8::is_ascii_digit);
        let is_pass = word == b"pass" && !self.is_of_account(view);
        let is_plain = !has_digit && !text.iter().any(is_sign);
        let is_odd = has_letter && !is_plain && text.len() >= 4;
        let is_alone = self.sign.trim_ascii().is_empty();
        let is_secret = match () {
            () if is_masked(text) => false,
            () if word.starts_with(b"pin") => is_number && (4..=8).contains(&text.len()) && !self.far,
            () if word.starts_with(b"cv") => is_number && (3..=4).contains(&text.len()),
            () if word == b"otp" => is_number && text.len() >= 4,
            () if has_colon && is_plain && !self.quoted && !self.far && !is_pass => return phrase(view, range),
            () if is_said(text) => false,
            () if self.far => is_odd && text.len() >= 6 || self.quoted,
            () if is_pass => is_odd && !is_alone && !is_measure(text),
            () if self.quoted || has_colon => true,
            () if is_alone => has_letter && has_digit && text.len() >= 6 && !is_measure(text),
            () => is_odd || has_digit && text.len() >= 4 || ends_sentence(view, range.end) && text.len() >= 4,
        };
        is_secret.then_some(range)
    }

    /// Games have passes, trains too: one of an account has a name before it.
    fn is_of_account(&self, view: &View) -> bool {
        let before = view.get(self.word.start.saturating_sub(40)..self.word.start).to_ascii_lowercase();
        let names = [b"user".as_slice(), b"login", b"gebruiker", b"account", b"inlog", b"mail"];
        names.iter().any(|name| before.windows(name.len()).any(|window| window == *name))
    }
}

/// Hidden already: stars.
fn is_masked(text: &[u8]) -> bool {
    text.iter().all(|byte| Some(byte) == text.first() && !byte.is_ascii_digit())
}

fn is_said(word: &[u8]) -> bool {
    let word = String::from_utf8_lossy(word).to_ascii_lowercase();
    SAID.contains(word.trim_matches(|mark: char| mark.is_ascii_punctuation()))
}

/// The words that were told after a colon: one, a few, or none if they say something about passwords instead.
fn phrase(view: &View, first: Range<usize>) -> Option<Range<usize>> {
    let line = view.get(first.start..view.bytes().len().min(first.start + LONGEST_PHRASE));
    let end = line.iter().position(|byte| b"\n\r.,;!?:|".contains(byte)).unwrap_or(line.len());
    let phrase = line.get(..end)?.trim_ascii_end();
    let words: Vec<&[u8]> = phrase.split(|byte| *byte == b' ').filter(|word| !word.is_empty()).collect();
    let said = words.iter().filter(|word| is_said(word)).count();
    let is_whole = end < line.len() || line.len() < LONGEST_PHRASE;
    match words.len() {
        // The first word of an unfinished sentence, unless it is one that sentences about passwords begin with.
        _ if !is_whole || words.len() > 6 => (said * 3 < words.len() && !is_said(words.first()?)).then_some(first),
        2.. if said == 0 || words.len() > 2 && said * 3 <= words.len() => Some(first.start..first.start + phrase.len()),
        0 | 1 => (said == 0).then_some(first),
        _ => (!is_said(words.first()?) && ends_sentence(view, first.end)).then_some(first),
    }
}

/// `12tekens`, `2FA`.
fn is_measure(word: &[u8]) -> bool {
    let letters = word.iter().skip_while(|byte| byte.is_ascii_digit());
    word.first().is_some_and(u8::is_ascii_digit) && letters.into_iter().all(u8::is_ascii_alphabetic)
}

/// Whether nothing is said about a word any more: it was the thing told.
fn ends_sentence(view: &View, end: usize) -> bool {
    let rest = view.get(end..view.bytes().len().min(end + 8));
    let next = rest.trim_ascii_start();
    rest.iter().take_while(|byte| **byte == b' ').count() == rest.len()
        || matches!(rest.first(), Some(b'\n' | b'\r' | b'.' | b',' | b'!' | b';'))
        || [b"en ".as_slice(), b"and ", b"maar ", b"but ", b"lol"].iter().any(|word| next.starts_with(word))
}
