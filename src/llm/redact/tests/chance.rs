//! What holds for any text.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::super::Redactor;

/// Values as members write them, none of which may survive.
fn private() -> impl Strategy<Value = String> {
    let bsn = "[1-9][0-9]{7}".prop_map(|head| {
        let sum: u32 =
            head.bytes().zip([9, 8, 7, 6, 5, 4, 3, 2]).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        // Ten is no digit: such a number is not given out, so 0 stands here after a word that tells what it is.
        format!("bsn {head}{}", if sum % 11 == 10 { 0 } else { sum % 11 })
    });
    let account = "[0-9]{10}".prop_map(|head| {
        let rest = head.parse::<u64>().expect("digits") % 97;
        let account = format!("{head}{:02}", if rest == 0 { 97 } else { rest });
        let check = 98 - format!("{account}111400").parse::<u128>().expect("digits") % 97;
        format!("BE{check:02}{account}")
    });
    prop_oneof![
        "[a-z]{3,8}[.]?[a-z0-9]{2,8}@[a-z]{3,10}[.](be|nl|com)",
        "04[5-9][0-9] [0-9]{2} [0-9]{2} [0-9]{2}",
        "06-[1-9][0-9]{7}",
        "[+]32 4[5-9][0-9] [0-9]{2} [0-9]{2} [0-9]{2}",
        account,
        bsn,
        "ghp_[A-Za-z0-9]{36}",
        "MTEwMjkzODQ3NTYxMDI5Mzg0Nw[.][A-Za-z0-9_-]{6}[.][A-Za-z0-9_-]{38}",
        "https://discord[.]com/api/webhooks/[1-9][0-9]{17}/[A-Za-z0-9_-]{68}",
        "mfa[.][A-Za-z0-9_-]{84}",
        "wachtwoord: [a-z]{4}[0-9]{2}[A-Z]{2}",
        "(84|91|178)[.][1-9][0-9][.][1-9][0-9][.][1-9][0-9]",
        "NL[0-9]{9}B[0-9]{2}",
        "(Kerk|Molen|Nieuw)straat [1-9][0-9]{0,2}, [1-9][0-9]{3} (Gent|Aalst|Brugge)",
    ]
}

/// What is around them: words, pictures, marks, ids.
fn around() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,9}",
        Just("hoi, ik ben".to_owned()),
        Just("🎉".to_owned()),
        Just("<@846273645546372819>".to_owned()),
        Just("order 1234".to_owned()),
        Just("v1.2.3".to_owned()),
        Just("é…".to_owned()),
    ]
}

proptest! {
    #[test]
    fn what_is_planted_does_not_survive(parts in prop::collection::vec((around(), private()), 1..6), last in around()) {
        let text = parts.iter().fold(String::new(), |text, (word, value)| format!("{text}{word}: {value} ; ")) + &last;
        let mut redactor = Redactor::new();
        let redacted = redactor.redact(&text);
        for (_, value) in &parts {
            prop_assert!(!redacted.contains(value.trim_start_matches("bsn ").trim_start_matches("wachtwoord: ")), "{redacted}");
        }
        let restored = redactor.restore(&redacted);
        prop_assert_eq!(restored.lost, 0);
        prop_assert_eq!(restored.text, text);
    }

    /// In wide letters, and cut by what nobody sees.
    #[test]
    fn a_disguise_does_not_help(value in private(), at in any::<prop::sample::Index>(), wide: bool) {
        let widened = |letter: char| match u32::from(letter) {
            code @ 0x21..=0x7e if wide => char::from_u32(code + 0xfee0).unwrap_or(letter),
            _ => letter,
        };
        let mut disguised: String = value.chars().map(widened).collect();
        let places: Vec<usize> = disguised.char_indices().map(|(place, _)| place).collect();
        disguised.insert(places[at.index(places.len())], '\u{200b}');
        let mut redactor = Redactor::new();
        let redacted = redactor.redact(&format!("hoi {disguised} ok"));
        let plain: String = redacted.nfkc().filter(|letter| *letter != '\u{200b}').collect();
        prop_assert!(!plain.contains(value.trim_start_matches("bsn ").trim_start_matches("wachtwoord: ")), "{redacted}");
        let restored = redactor.restore(&redacted).text;
        prop_assert_eq!(restored, format!("hoi {disguised} ok"));
    }

    #[test]
    fn any_text_comes_back(text in "\\PC{0,300}") {
        let mut redactor = Redactor::new();
        let redacted = redactor.redact(&text);
        let restored = redactor.restore(&redacted);
        prop_assert_eq!((restored.text, restored.lost), (text, 0));
    }

    #[test]
    fn any_text_of_telling_signs_comes_back(text in "(<|>|\\[|\\]|email|typed|-|1|2| |@|[.]|be|0470|12|/|\\+|:|is|key|wachtwoord|password|\u{200b}|é|ﬁ|straat|BE68|ey|-----BEGIN PRIVATE KEY-----|\n|Gent|\"){0,60}") {
        let mut redactor = Redactor::new();
        let redacted = redactor.redact(&text);
        let restored = redactor.restore(&redacted);
        // A value that was written in two ways comes back as it was written first.
        let folded = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        prop_assert_eq!(folded(&restored.text).replace("at", "").replace("fi", "ﬁ"), folded(&text).replace("at", "").replace("fi", "ﬁ"));
        prop_assert_eq!(restored.lost, 0);
    }

    #[test]
    fn any_answer_is_restored(answer in "\\PC{0,200}", pieces in "(<|email|-|1|9|>|&lt;|\\[| |\u{200b}|é){0,40}") {
        let mut redactor = Redactor::new();
        redactor.redact("jan@mail.com");
        redactor.restore(&answer);
        let restored = redactor.restore(&pieces).text;
        prop_assert_eq!(restored.matches("jan@mail.com").count(), pieces.matches("<email-1>").count());
    }
}

/// Characters of a text whose time is taken; without optimisation that is a tenth.
const LENGTH: usize = if cfg!(debug_assertions) { 1_000 } else { 10_000 };

/// Texts that make careless patterns slow.
fn hostile() -> Vec<(&'static str, String)> {
    let pieces = [
        "Hoi, ik kan niet inloggen sinds gisteren. ",
        "0470 12 34 56 ",
        "1 2 3 4 5 6 7 8 9 ",
        "1",
        "12.",
        "a.",
        "a@",
        "a@b.",
        "ey",
        "eyJ.ey",
        "-----BEGIN PRIVATE KEY-----\n",
        "key key ",
        "token: ",
        "password is ",
        "wachtwoord a b c ",
        "Kerkstraat ",
        "van der ",
        "van Aa ",
        "straat",
        "1234 AB ",
        "BE68 ",
        "NL",
        "<email-1",
        "<",
        "[email ",
        "https://",
        "a:b@",
        "http://a:",
        "1.2.3.4 ",
        "::",
        "a:1:",
        "paspoort ",
        "kenteken ",
        "12 Aa ",
        "+",
        "+32 ",
        "\u{200b}",
        "é",
        "ﷺ",
        "AKIA",
        "xoxb-1-",
        "sk-",
        "rue de la ",
        "\"",
        " ",
        "\n",
        "a [at] b ",
        "postcode ",
        "wachtwoord van ",
        "key is abcdefghij ",
        "A1b2C3d4",
        "Aa 1, ",
        "1-2-3 ",
        "(0)",
        "+1",
        "Rue Aa ",
        "@gmail",
        "x@y.be:z",
        "te 9000 Aa ",
        "order nummer 1",
        "11:",
        "0h",
        "$1",
        "password: a b ",
        "a_at_",
        "NL01",
        "https://a:b@",
        "ip 1.2.3.4 server ",
        "Jan: ",
    ];
    pieces.into_iter().map(|piece| (piece, piece.chars().cycle().take(LENGTH).collect())).collect()
}

#[test]
fn no_text_takes_long() {
    // Of plain talk 5 ms are allowed; the others may take a little more, and tests beside this one take their share.
    let limit = |piece: &str| match () {
        () if cfg!(debug_assertions) => Duration::from_millis(200),
        () if piece.starts_with("Hoi") => Duration::from_millis(5),
        () => Duration::from_millis(20),
    };
    // The patterns are made once.
    Redactor::new().redact("");
    for (piece, text) in hostile() {
        // The best of many: other tests run beside this one.
        let times = (0..8).map(|_| {
            let begun = Instant::now();
            let mut redactor = Redactor::new();
            let redacted = redactor.redact(&text);
            let taken = begun.elapsed();
            std::hint::black_box(redacted);
            taken
        });
        let taken = times.min().unwrap_or_default();
        println!("{taken:>12?} {piece:?}");
        assert!(taken < limit(piece), "{piece:?} took {taken:?}");
    }
}

/// Ten times the text takes about ten times as long, not a hundred times.
#[test]
fn time_grows_with_the_text() {
    for (piece, text) in hostile() {
        let time = |text: &str| {
            let begun = Instant::now();
            std::hint::black_box(Redactor::new().redact(text));
            begun.elapsed()
        };
        let many = text.repeat(8);
        let best = |text: &str| (0..3).map(|_| time(text)).min().unwrap_or_default();
        let (one, eight) = (best(&text), best(&many));
        println!("{one:>12?} {eight:>12?} {piece:?}");
        assert!(eight < one * 30 + Duration::from_millis(20), "{piece:?}: {one:?}, then {eight:?}");
    }
}
