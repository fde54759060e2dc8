//! Bank accounts with a country, and numbers of enterprises with one.

use std::sync::LazyLock;

use regex::bytes::Regex;

use super::contexts::{About, Contexts};
use super::kind::Kind;
use super::reach::NEAR;
use super::view::View;
use super::{Finding, pattern, sums};

/// How long an IBAN is, by country: the registry of SWIFT.
const LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BI", 27),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DJ", 27),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FK", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MN", 20),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NI", 28),
    ("NL", 18),
    ("NO", 15),
    ("OM", 23),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("RU", 33),
    ("SA", 24),
    ("SC", 31),
    ("SD", 18),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("SO", 23),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
    ("YE", 30),
];

static IBAN_HEAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z]{2} ?[0-9]{2}"));

static VAT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:NL[ .-]?(?:[0-9][ .]?){9}B[ .]?[0-9]{2}|BE[ .:-]?[01][0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3})\b")
});

/// Of other countries, where a word announces it.
static FOREIGN_VAT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:AT|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|PL|PT|RO|SE|SI|SK|XI|CHE)[ -]?[0-9A-Z]{1,3}[0-9. ]{6,12}[0-9A-Z]{1,3}\b",
    )
});

pub(super) fn find(view: &View, contexts: &Contexts) -> Vec<Finding> {
    let heads = IBAN_HEAD
        .find_iter(view.bytes())
        .map(|head| head.start())
        .filter(|start| view.starts_word(*start) || is_named(view, *start));
    let ibans = heads.filter_map(|start| iban_at(view, contexts, start));
    let vats = VAT.find_iter(view.bytes()).map(|found| found.range());
    let foreign = FOREIGN_VAT.find_iter(view.bytes()).map(|found| found.range());
    let foreign = foreign.filter(|range| contexts.before(About::Vat, range.start, NEAR));
    let vats = vats.chain(foreign).map(|range| Finding { range, kind: Kind::Vat });
    ibans.map(|range| Finding { range, kind: Kind::Iban }).chain(vats).collect()
}

/// `ibanBE68…`.
fn is_named(view: &View, start: usize) -> bool {
    view.get(start.saturating_sub(4)..start).eq_ignore_ascii_case(b"iban")
}

fn iban_at(view: &View, contexts: &Contexts, start: usize) -> Option<std::ops::Range<usize>> {
    let country = view.get(start..start + 2).to_ascii_uppercase();
    let (_, length) = LENGTHS.iter().find(|(code, _)| code.as_bytes() == country)?;
    let mut number = Vec::with_capacity(*length);
    let mut at = start;
    while number.len() < *length {
        match view.at(at)? {
            byte if byte.is_ascii_alphanumeric() => number.push(byte.to_ascii_uppercase()),
            b' ' | b'.' | b'-' if view.before(at).is_some_and(|byte| byte.is_ascii_alphanumeric()) => {}
            _ => return None,
        }
        at += 1;
    }
    // Who mistypes it has still written it: so many digits after those letters are hardly chance.
    let is_belgian = country == b"BE" && number.get(4..).is_some_and(|rest| rest.iter().all(u8::is_ascii_digit));
    let is_dutch = country == b"NL" && number.get(4..8).is_some_and(|bank| bank.iter().all(u8::is_ascii_uppercase));
    let is_announced = contexts.before(About::Account, start, NEAR);
    let is_digits = number.iter().skip(8).all(u8::is_ascii_digit);
    let is_typed = is_digits && (is_dutch || is_belgian || is_announced);
    // The code of the bank may stick to it.
    (sums::is_iban(&number) || view.ends_word(at) && is_typed).then_some(start..at)
}
