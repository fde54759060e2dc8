//! Links, e-mail addresses and telephones: the ways by which a reader would be led to somebody.

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::Fact;
use super::tokens::{Kind, Token};
use super::without;

/// Ends of names of files, which look like hosts.
const FILES: [&str; 40] = [
    "bat",
    "cfg",
    "conf",
    "css",
    "csv",
    "dat",
    "dll",
    "doc",
    "docx",
    "exe",
    "gif",
    "htm",
    "html",
    "ini",
    "jar",
    "jpeg",
    "jpg",
    "js",
    "json",
    "log",
    "lua",
    "mcfunction",
    "md",
    "mp3",
    "mp4",
    "pdf",
    "png",
    "properties",
    "py",
    "rar",
    "svg",
    "toml",
    "ts",
    "txt",
    "wav",
    "webp",
    "xml",
    "yaml",
    "yml",
    "zip",
];

/// Ends of hosts that somebody may write with "dot" and "punt" in words.
const SPOKEN: [&str; 12] = ["com", "net", "org", "io", "gg", "nl", "be", "eu", "me", "app", "xyz", "example"];

/// What has no two slashes and is a link all the same.
const SCHEMES: [&str; 6] = ["mailto:", "tel:", "sms:", "javascript:", "data:", "discord:"];

/// `text` with a full stop where one was hidden: `evil[.]example`, `evil (dot) com`.
pub(super) fn with_plain_dots(text: &str) -> String {
    let mut plain = text.to_owned();
    for (open, close) in [("[", "]"), ("(", ")"), ("{", "}")] {
        for dot in [".", "dot", "punt"] {
            let hidden = format!("{open}{dot}{close}");
            if plain.contains(&hidden) {
                plain = plain.replace(&format!(" {hidden} "), ".").replace(&hidden, ".");
            }
        }
    }
    for dot in [" dot ", " punt "] {
        if plain.contains(dot) {
            let mut parts = plain.split(dot);
            let mut joined = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                let end = part.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                joined.push_str(if SPOKEN.contains(&end) { "." } else { dot });
                joined.push_str(part);
            }
            plain = joined;
        }
    }
    plain
}

/// What no link and no address holds: brackets and the like, and signs beyond ASCII that are no letters.
fn is_between(sign: char) -> bool {
    let is_strange = !sign.is_ascii() && !sign.is_alphanumeric() && !is_combining_mark(sign);
    is_strange
        || sign.is_whitespace()
        || matches!(sign, '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '"' | '`' | '*' | ',' | ';')
}

/// The links of `text` and where they stand.
pub(in crate::assist::judge) fn links_in(text: &str) -> Vec<(Range<usize>, String)> {
    let links = chunks(text).filter_map(|range| match kind_of(&text[range.clone()])? {
        Fact::Link(link) => Some((range, link)),
        _ => None,
    });
    links.collect()
}

/// Reads links, addresses and names of files, and answers with the rest of the text.
pub(super) fn read(text: &str, facts: &mut BTreeSet<Fact>) -> String {
    let mut taken = Vec::new();
    for range in chunks(text) {
        if let Some(fact) = kind_of(&text[range.clone()]) {
            facts.insert(fact);
            taken.push(range);
        }
    }
    without(text, &taken)
}

/// Where something stands between spaces and brackets, without the signs that end a sentence.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    text.split(is_between).filter_map(move |chunk| {
        let start = from;
        from = start + chunk.len() + text[start + chunk.len()..].chars().next().map_or(0, char::len_utf8);
        let bare = chunk.trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '…', '_', '~']);
        let front = bare.trim_start_matches(['.', '\'', '_', '~', ':', '-']);
        let start = start + bare.len() - front.len();
        (!front.is_empty()).then_some(start..start + front.len())
    })
}

fn kind_of(chunk: &str) -> Option<Fact> {
    let small = chunk.to_lowercase();
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '.');
    let (scheme, rest) = small.split_once(':').unwrap_or_default();
    let has_scheme = scheme.chars().count() > 1 && scheme.chars().all(is_letter) && rest.starts_with(['/', '\\']);
    if has_scheme || small.contains("://") || SCHEMES.iter().any(|scheme| small.starts_with(scheme)) {
        return Some(Fact::Link(canonical(chunk)));
    }
    if let Some((before, host)) = small.rsplit_once('@')
        && before.ends_with(char::is_alphanumeric)
        && is_host(host)
    {
        return Some(Fact::Email(small));
    }
    // Whatever stands before it, a host is one: `=evil.example`, `go/evil.example`.
    let hosts =
        || small.split(|c| !is_of_host(c)).map(|run| run.trim_matches(['-', '_', '.', '%'])).filter(|run| is_host(run));
    let is_file = |host: &str| host.rsplit('.').next().is_some_and(|end| FILES.contains(&end));
    let file = hosts().next()?;
    Some(if hosts().all(is_file) { Fact::Name(file.to_owned()) } else { Fact::Link(canonical(chunk)) })
}

fn is_of_host(sign: char) -> bool {
    sign.is_alphanumeric() || is_combining_mark(sign) || matches!(sign, '-' | '_' | '.' | '%')
}

/// Whether it is words with full stops between them, the last of at least two letters.
fn is_host(host: &str) -> bool {
    let Some((front, end)) = host.rsplit_once('.') else { return false };
    let is_end = end.chars().nth(1).is_some() && end.chars().all(char::is_alphabetic) || end.starts_with("xn--");
    is_end && front.ends_with(char::is_alphanumeric) && front.chars().all(is_of_host)
}

/// A link in one form: without `https://`, the host in small letters, and without the last slash. Any other scheme stays, and so
/// does whatever is odd: it is another link.
pub(in crate::assist::judge) fn canonical(link: &str) -> String {
    let has_https = link.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"));
    let bare = if has_https { &link[8..] } else { link };
    let host = bare.find(['/', '?', '#']).unwrap_or(bare.len());
    let mut canonical = bare[..host].to_lowercase();
    canonical.push_str(&bare[host..]);
    if canonical.ends_with('/') && !canonical.ends_with("//") {
        canonical.pop();
    }
    canonical
}

/// The fewest digits of a telephone's number, and the most.
const DIGITS: Range<usize> = 9..16;

/// Reads telephones of what is left, and answers with the rest: digits in groups that begin with a nought or a plus.
pub(super) fn read_phones(text: String, tokens: Vec<Token>, facts: &mut BTreeSet<Fact>) -> (String, Vec<Token>) {
    let (mut rest, mut taken) = (Vec::with_capacity(tokens.len()), Vec::new());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match phone_at(&tokens[at..]) {
            Some((digits, length)) => {
                facts.insert(Fact::Phone(digits));
                taken.push(token.range.start..tokens[at + length - 1].range.end);
                at += length;
            }
            None => {
                rest.push(token.clone());
                at += 1;
            }
        }
    }
    let text = if taken.is_empty() { text } else { without(&text, &taken) };
    (text, rest)
}

/// A telephone's digits without its country, and how many tokens it takes.
fn phone_at(tokens: &[Token]) -> Option<(String, usize)> {
    let plus = usize::from(tokens.first()?.is_sign('+'));
    let first = tokens.get(plus)?;
    if !matches!(first.kind, Kind::Digits) || (plus == 0 && !first.text.starts_with('0')) {
        return None;
    }
    let (mut digits, mut length, mut at) = (String::new(), 0, plus);
    // A number has few groups, with at most two signs between them: `(0) `.
    while let Some(token) = tokens.get(at).filter(|_| at < 2 * DIGITS.end) {
        match token.kind {
            Kind::Digits => {
                digits.extend(token.text.chars().filter(char::is_ascii_digit));
                length = at + 1;
            }
            Kind::Sign if matches!(token.text.as_str(), "." | "-" | "/" | "(" | ")") => {}
            _ => break,
        }
        if digits.len() >= DIGITS.end {
            return None;
        }
        at += 1;
    }
    if !DIGITS.contains(&digits.len()) {
        return None;
    }
    let abroad = if plus == 1 { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    let home = abroad.and_then(|digits| digits.strip_prefix("32").or_else(|| digits.strip_prefix("31")));
    let digits = match home {
        Some(home) => format!("0{}", home.trim_start_matches('0')),
        None => digits,
    };
    Some((digits, length))
}
