//! Values that stand after words such as key, token and secret, and look like chance.

use std::sync::LazyLock;

use regex::bytes::Regex;

use super::exempt::Exempt;
use super::kind::Kind;
use super::view::View;
use super::{Finding, pattern};

/// Bits a character, as scanners of leaked secrets have it: English words stay below.
const LEAST_ENTROPY: f64 = 3.5;

/// Random hexadecimal digits may have less: there are but sixteen of them.
const LEAST_ENTROPY_OF_HEX: f64 = 2.8;

/// What has no word before it must be surer.
const LEAST_ENTROPY_OF_KEY: f64 = 4.2;

/// Characters of the longest key.
const LONGEST: usize = 1_000;

static KEYED: LazyLock<Regex> = LazyLock::new(|| {
    let word = r"(?:api|key|token|secret|sleutel|credentials?|authorization|bearer|\bbot|basic|signature|cookie|passphrase|codes?|licen[cs]e|licentie)";
    let sign = r#"(?:["'`\])]{0,2}\s{0,3}(?:=>|:=|[:=]|\bis\b|\bwas\b)\s{0,3}|["'`]?\s{1,3})"#;
    pattern(&format!(
        r#"(?i)(?P<word>{word})(?:s|[_.-]?[a-z0-9_.-]{{0,24}}| [a-z0-9]{{1,8}})?{sign}["'`(\[]{{0,2}}(?P<value>[A-Za-z0-9+/=_.~|:-]{{10}})"#
    ))
});

static UUID: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"));

static GROUPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:[A-Z0-9]{4,6}-){2,7}[A-Z0-9]{4,6}$"));

/// Long enough to be a key without a word that says so.
static BARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[A-Za-z0-9+/_-]{32,}={0,2}"));

pub(super) fn find(view: &View, exempt: &Exempt) -> Vec<Finding> {
    let bare = BARE.find_iter(view.bytes()).filter(|bare| is_key(bare.as_bytes()) && !exempt.covers(&bare.range()));
    let mut found: Vec<Finding> = bare.map(|bare| Finding { range: bare.range(), kind: Kind::Secret }).collect();
    let mut from = 0;
    // A word that was taken for a value may announce the next: go on behind the word, not behind the value.
    while let Some(captures) = KEYED.captures_at(view.bytes(), from) {
        let (Some(whole), Some(value)) = (captures.get(0), captures.name("value")) else { break };
        // The pattern ends after ten characters, for speed.
        let is_of_value = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=_.~|:-".contains(byte);
        let rest = view.get(value.end()..view.bytes().len().min(value.start() + LONGEST));
        let length = value.len() + rest.iter().take_while(|byte| is_of_value(byte)).count();
        let text = view.get(value.start()..value.start() + length);
        let end = text.iter().rposition(|byte| !b".:-|".contains(byte)).map_or(0, |last| last + 1);
        // An address of a page, a path of code.
        let is_path =
            [b"://".as_slice(), b"::"].iter().any(|sign| text.windows(sign.len()).any(|window| window == *sign))
                || text.starts_with(b"/");
        // Errors have codes, and many look like chance.
        let is_code = captures
            .name("word")
            .is_some_and(|word| matches!(word.as_bytes().to_ascii_lowercase().get(..4), Some(b"code" | b"lice")));
        let is_secret = !is_path && if is_code { is_grouped(&text[..end]) } else { looks_random(&text[..end]) };
        if is_secret {
            found.push(Finding { range: value.start()..value.start() + end, kind: Kind::Secret });
        }
        from = if is_secret { value.start() + end } else { value.start().max(whole.start() + 1) };
    }
    found
}

/// Whether nobody would write a text as a word.
pub(super) fn looks_random(text: &[u8]) -> bool {
    let count = |is: fn(&u8) -> bool| text.iter().filter(|byte| is(byte)).count();
    let (digits, small, large) =
        (count(u8::is_ascii_digit), count(u8::is_ascii_lowercase), count(u8::is_ascii_uppercase));
    let is_hex = text.len() >= 32 && text.iter().all(u8::is_ascii_hexdigit) && digits < text.len();
    let is_mixed = digits > 0 && small > 0 && large > 0
        || digits * 7 >= text.len() && small + large > 0
        || small > 0 && large > 0 && text.len() >= 24;
    let is_random = text.len() >= 10 && is_mixed && entropy(text) >= LEAST_ENTROPY;
    is_random || is_hex && entropy(text) >= LEAST_ENTROPY_OF_HEX || UUID.is_match(text) || is_grouped(text)
}

/// `AB12C-34DE5-F6G7H`: licences and vouchers.
fn is_grouped(text: &[u8]) -> bool {
    GROUPED.is_match(text) && text.iter().any(u8::is_ascii_uppercase)
}

/// Whether large and small letters and digits take turns as nobody types them.
fn is_key(text: &[u8]) -> bool {
    let class = |byte: &u8| match byte {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        _ => 3,
    };
    let turns = text.windows(2).filter(|pair| class(&pair[0]) != class(&pair[1])).count();
    let has = |kind| text.iter().filter(|byte| class(byte) == kind).count() >= 2;
    has(0) && has(1) && has(2) && turns * 3 >= text.len() && entropy(text) >= LEAST_ENTROPY_OF_KEY
}

/// Shannon's, in bits a character.
fn entropy(text: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text {
        counts[usize::from(*byte)] += 1;
    }
    let length = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX));
    let shares = counts.iter().filter(|count| **count > 0).map(|count| f64::from(*count) / length);
    shares.map(|share| -share * share.log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_do_not_look_random() {
        let check = |text: &str, expected| assert_eq!(looks_random(text.as_bytes()), expected, "{text}");
        check("authentication", false);
        check("AuthenticationFailedException", true);
        check("keyboard-shortcuts", false);
        check("1102938475610293847", false);
        check("aaaaaaaaaaaaaaaa1", false);
        check("Xk29bPq71LmZ", true);
        check("550e8400-e29b-41d4-a716-446655440000", true);
        check("", false);
    }

    #[test]
    fn a_key_is_told_by_its_turns() {
        let check = |text: &str, expected| assert_eq!(is_key(text.as_bytes()), expected, "{text}");
        check("tWXU5huTmkmYQJdiWPwpiH6Dc1LQY7SVT9GrYMGY", true);
        check("AbstractSingletonProxyFactoryBean2Implementation3", false);
        check("da39a3ee5e6b4b0d3255bfef95601890afd80709", false);
        check("src/llm/redact/tests/Labelled_2026_11_30_What", false);
    }
}
