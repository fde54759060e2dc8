//! What Discord reads in a text: mentions, commands, placeholders of ours, code; and what is quoted.

use std::collections::BTreeSet;

use super::super::fold::folded;
use super::{Fact, without};

/// Longer marks are none.
const LONGEST_MARK: usize = 120;

/// Reads what counts wherever it stands: code, quoted words, and what calls everybody.
pub(super) fn read_whole(text: &str, facts: &mut BTreeSet<Fact>) {
    read_spans(text, facts);
    let small = text.to_ascii_lowercase();
    if EVERYBODY.iter().any(|word| small.contains(word)) {
        facts.insert(Fact::Everyone);
    }
}

/// Reads marks, and answers with the rest of the text.
pub(super) fn read(text: &str, facts: &mut BTreeSet<Fact>) -> String {
    let mut taken = Vec::new();
    let mut before = ' ';
    let mut behind = 0;
    for (at, sign) in text.char_indices() {
        if at >= behind {
            let rest = &text[at..];
            let found = match sign {
                '<' => bracketed(rest),
                '@' if everybody(rest).is_some() => everybody(rest),
                '@' | '#' | '/' if !before.is_alphanumeric() => named(rest, before),
                _ => None,
            };
            if let Some((fact, length)) = found {
                facts.extend(fact);
                taken.push(at..at + length);
                behind = at + length;
            }
        }
        before = sign;
    }
    without(text, &taken)
}

/// `<@1>` and its like, or a placeholder, with its length.
fn bracketed(text: &str) -> Option<(Option<Fact>, usize)> {
    let end = text.char_indices().take(LONGEST_MARK).find(|(_, sign)| matches!(sign, '>' | '\n'))?.0;
    let mark = text.get(..=end).filter(|mark| mark.ends_with('>'))?;
    let inner = &mark[1..end];
    let is_markup =
        inner.starts_with(['@', '#', '/', ':']) || ["a:", "t:", "id:"].iter().any(|start| inner.starts_with(start));
    let fact = match is_markup {
        true => Fact::Markup(mark.to_owned()),
        false => Fact::Placeholder(placeholder(mark)?),
    };
    Some((Some(fact), mark.len()))
}

/// `<email-1>`: small letters, a hyphen, a number.
fn placeholder(mark: &str) -> Option<String> {
    let (kind, number) = mark.strip_prefix('<')?.strip_suffix('>')?.rsplit_once('-')?;
    let is_kind = !kind.is_empty() && kind.chars().all(|c| c.is_ascii_alphabetic() || c == '-' || c == '_');
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    (is_kind && is_number).then(|| mark.to_owned())
}

/// Discord looks for these two wherever they stand.
const EVERYBODY: [&str; 2] = ["@everyone", "@here"];

/// What calls everybody is known already, and no name.
fn everybody(text: &str) -> Option<(Option<Fact>, usize)> {
    let is_it = |word: &&&str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    EVERYBODY.iter().find(is_it).map(|word| (None, word.len()))
}

/// `@name`, `#channel` and `/command`, where a word begins with them: in `and/or` none does.
fn named(text: &str, before: char) -> Option<(Option<Fact>, usize)> {
    let name = &text[1..];
    if !name.starts_with(char::is_alphabetic) || text.starts_with('/') && matches!(before, '/' | '.' | '<' | ':') {
        return None;
    }
    let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(name.len());
    let length = 1 + name[..end].trim_end_matches(['-', '_']).len();
    Some((Some(Fact::Name(text[..length].to_lowercase())), length))
}

/// The longest quoted words; between signs that are further apart stands a text of its own.
const LONGEST_QUOTED: usize = 160;

/// Code between backticks, and words between quotes. Their kinds of quotes are one already.
fn read_spans(text: &str, facts: &mut BTreeSet<Fact>) {
    for sign in ['`', '"'] {
        let spans = text.split(sign).skip(1).step_by(2);
        let closed = text.matches(sign).count() / 2;
        let spans = spans.take(closed).filter(|span| sign == '`' || span.len() <= LONGEST_QUOTED);
        facts.extend(spans.map(folded).filter(|span| !span.is_empty()).map(Fact::Verbatim));
    }
    // A fence is three of them, so what it holds stands where nothing should be.
    let fenced = text.split("```").skip(1).step_by(2).map(folded);
    facts.extend(fenced.filter(|span| !span.is_empty()).map(Fact::Verbatim));
}
