//! Every line of `fixtures/redaction.tsv`: what must be hidden is, what is clean stays.
//!
//! A line is its set, a tab, and a text in which `{{kind|value}}` is to be hidden. `~w36~` stands for 36 random letters
//! and digits (`h` hexadecimal, `d` digits, `u` large, `l` letters), so that no scanner takes the file for a leak.
//! `seen` lines were there while the patterns were written. `held`, `late` and `last` lines were each written before the
//! patterns were tried on them, and tried once the set before was done; a new set is the way to measure again.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::{Kind, Redactor};

const LINES: &str = include_str!("../../../../fixtures/redaction.tsv");

/// A line, and what of it is private.
struct Line {
    set: &'static str,
    text: String,
    planted: Vec<(Kind, Range<usize>)>,
}

fn lines() -> Vec<Line> {
    LINES.lines().enumerate().map(|(seed, line)| read(line, seed as u64)).collect()
}

fn read(line: &'static str, seed: u64) -> Line {
    let (set, marked) = line.split_once('\t').expect("a set and a text");
    let marked = unescaped(&filled(marked, seed));
    let (mut text, mut planted) = (String::new(), Vec::new());
    let mut rest = marked.as_str();
    while let Some((before, mark)) = rest.split_once("{{") {
        let (kind, value) = mark.split_once('|').expect("a kind and a value");
        let (value, after) = value.split_once("}}").expect("an end");
        let kind = Kind::ALL.into_iter().find(|it| it.name() == kind).expect("a kind");
        text += before;
        planted.push((kind, text.len()..text.len() + value.len()));
        text += value;
        rest = after;
    }
    text += rest;
    Line { set, text, planted }
}

/// Random characters in place of `~w36~`, the same every time.
fn filled(text: &str, seed: u64) -> String {
    let mut random = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut filled = String::new();
    for (place, part) in text.split('~').enumerate() {
        let count = part.get(1..).and_then(|count| count.parse::<usize>().ok());
        let alphabet: &[u8] = match (place % 2, part.as_bytes().first()) {
            (1, Some(b'w')) => b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789",
            (1, Some(b'h')) => b"0123456789abcdef",
            (1, Some(b'd')) => b"0123456789",
            (1, Some(b'u')) => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
            (1, Some(b'l')) => b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
            _ => b"",
        };
        match count {
            Some(count) if !alphabet.is_empty() => filled.extend((0..count).map(|_| {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                char::from(alphabet[(random >> 33) as usize % alphabet.len()])
            })),
            _ => filled += part,
        }
    }
    filled
}

fn unescaped(text: &str) -> String {
    let mut text = text.replace("\\n", "\n").replace("\\r", "\r");
    while let Some(at) = text.find("\\u{") {
        let end = at + text[at..].find('}').expect("an end");
        let letter = u32::from_str_radix(&text[at + 3..end], 16).ok().and_then(char::from_u32).expect("a character");
        text.replace_range(at..=end, letter.encode_utf8(&mut [0; 4]));
    }
    text
}

/// What is counted of one kind.
#[derive(Default)]
struct Tally {
    planted: usize,
    hidden: usize,
    misnamed: usize,
}

/// What is counted of a set.
struct Result {
    kinds: BTreeMap<Kind, Tally>,
    dirty: usize,
    clean: usize,
    touched: usize,
    /// Pieces hidden beside what is private, in lines that have something private.
    beside: usize,
}

fn measure(set: &str) -> Result {
    let mut result = Result { kinds: BTreeMap::new(), dirty: 0, clean: 0, touched: 0, beside: 0 };
    for line in lines().into_iter().filter(|line| line.set == set) {
        let hidden = Redactor::new().hide(&line.text);
        for (kind, range) in &line.planted {
            let tally = result.kinds.entry(*kind).or_default();
            let part = hidden.iter().find(|hidden| hidden.range.start <= range.start && hidden.range.end >= range.end);
            tally.planted += 1;
            tally.hidden += usize::from(part.is_some());
            tally.misnamed += usize::from(part.is_some_and(|part| part.kind != *kind));
            match part {
                None => println!("{set}: {} left in {:?}", kind.name(), line.text),
                Some(part) if part.kind != *kind => {
                    println!("{set}: {} as {} in {:?}", kind.name(), part.kind.name(), line.text)
                }
                _ => {}
            }
        }
        let is_beside = |range: &Range<usize>| {
            line.planted.iter().all(|(_, planted)| planted.end <= range.start || range.end <= planted.start)
        };
        let beside: Vec<_> = hidden.iter().filter(|hidden| is_beside(&hidden.range)).collect();
        for hidden in &beside {
            println!(
                "{set}: {} for nothing {:?} in {:?}",
                hidden.kind.name(),
                &line.text[hidden.range.clone()],
                line.text
            );
        }
        if line.planted.is_empty() {
            result.clean += 1;
            result.touched += usize::from(!beside.is_empty());
        } else {
            result.dirty += 1;
            result.beside += beside.len();
        }
    }
    result
}

fn check(set: &str, least_lines: usize) {
    let Result { kinds, dirty, clean, touched, beside } = measure(set);
    println!("{set}: {dirty} lines with something private, {clean} clean");
    for (kind, Tally { planted, hidden, misnamed }) in &kinds {
        println!("{set}: {:<10}{hidden:>4} of {planted:>4}, {misnamed} under another name", kind.name());
    }
    let sum =
        |of: fn(&Tally) -> usize| kinds.iter().filter(|(kind, _)| **kind != Kind::Address).map(|(_, it)| of(it)).sum();
    let (planted, hidden): (usize, usize) = (sum(|it| it.planted), sum(|it| it.hidden));
    println!(
        "{set}: {hidden} of {planted} structured values hidden, {touched} of {clean} clean lines touched, {beside} pieces beside"
    );
    assert!(dirty + clean >= least_lines && kinds.len() == Kind::ALL.len() - 1, "the set is too small");
    assert!(hidden * 100 >= planted * 98, "too much is left");
    assert!(touched * 100 <= clean * 2, "too much is taken");
    let streets = &kinds[&Kind::Address];
    assert!(streets.hidden * 10 >= streets.planted * 9, "too many addresses are left");
}

#[test]
fn what_is_private_in_seen_lines_is_hidden() {
    check("seen", 250);
}

#[test]
fn what_is_private_in_held_lines_is_hidden() {
    check("held", 250);
}

#[test]
fn what_is_private_in_late_lines_is_hidden() {
    check("late", 140);
}

#[test]
fn what_is_private_in_last_lines_is_hidden() {
    check("last", 70);
}
