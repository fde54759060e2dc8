//! Addresses of mail, also those that are spelled out for fear of robots.

use std::sync::LazyLock;

use regex::bytes::Regex;

use super::kind::Kind;
use super::view::{View, is_word};
use super::{Finding, pattern};

/// As programs write them.
static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[A-Za-z0-9\xFF.!#$%&'*+/=?^_{|}~-]+ ?@ ?(?P<domain>(?:[A-Za-z0-9\xFF](?:[A-Za-z0-9\xFF-]*) ?\. ?)(?:[A-Za-z0-9\xFF-]+\.)*(?P<top>[A-Za-z\xFF]{2,24}))",
    )
});

/// As people spell them: `naam [at] mail (dot) com`, `naam apenstaartje mail punt be`.
static SPELLED: LazyLock<Regex> = LazyLock::new(|| {
    let at = r"(?: ?[\[({<] ?(?:at|@|apenstaart(?:je)?) ?[\])}>] ?|%40| (?:at|@|apenstaart(?:je)?) )";
    let dot = r"(?: ?[\[({<] ?(?:dot|punt|\.) ?[\])}>] ?| (?:dot|punt) |\.)";
    pattern(&format!(
        r"(?i)\b[a-z0-9\xFF_%+-]+(?:{dot}[a-z0-9\xFF_%+-]+){{0,3}}(?P<at>{at})[a-z0-9\xFF-]+(?P<dots>(?:{dot}[a-z0-9\xFF-]{{2,}}){{0,3}}{dot}(?:com|net|org|info|be|nl|eu|de|fr|uk|lu|io|me|dev|gg|app|shop|gent|brussels|vlaanderen|amsterdam))\b"
    ))
});

/// Where so many have their mail that its name is enough: who leaves the rest out has still written it.
const PROVIDERS: &str = "gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|protonmail|proton|gmx|telenet|skynet|proximus|scarlet|voo|ziggo|kpnmail|planet|xs4all|home|hetnet|casema|chello|student";

/// `naam@gmail`, `naam at telenet.be`, `naam_at_hotmail.com`.
static AT_PROVIDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b[a-z0-9\xFF][a-z0-9\xFF._%+-]*(?:@(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|proton(?:mail)?|telenet|skynet|proximus|ziggo|kpnmail)\b|(?: at |_at_)(?:{PROVIDERS})\.[a-z]{{2,6}}\b)"
    ))
});

/// `naam@mail.com:wachtwoord`, as lists of leaked accounts have it.
static WITH_PASSWORD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"@[A-Za-z0-9.-]+\.[A-Za-z]{2,10}[:|;](?P<password>[^\s/@:<>]{4,60})"));

/// `foto@2x.png` is a picture, and `bot@1.2` a version.
const FILES: [&str; 16] =
    ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "js", "ts", "json", "css", "mp4", "webm", "zip", "rc", "beta"];

pub(super) fn find(view: &View) -> Vec<Finding> {
    let plain = PLAIN.captures_iter(view.bytes()).filter_map(|found| {
        let (whole, top) = (found.get(0)?.range(), found.name("top")?);
        let is_file = FILES.iter().any(|file| top.as_bytes().eq_ignore_ascii_case(file.as_bytes()));
        let local = view.get(whole.clone()).split(|byte| *byte == b'@').next()?;
        let start = spaced_start(view, whole.start + local.iter().position(|byte| is_word(*byte))?);
        // Programs sign in to repositories under that name.
        let is_service = local.trim_ascii().eq_ignore_ascii_case(b"git");
        let is_spaced = view.get(whole.clone()).contains(&b' ');
        let is_other = is_file || is_service || is_login(view, start) || is_spaced && is_sentence(view, &whole);
        (!is_other).then_some(start..whole.end)
    });
    let spelled = SPELLED.captures_iter(view.bytes()).filter_map(|found| {
        let (whole, at, dots) = (found.get(0)?.range(), found.name("at")?, found.name("dots")?);
        // `look at example.com` is no address: one of both marks must be odd.
        let is_plain_at = at.as_bytes().eq_ignore_ascii_case(b" at ");
        let is_plain_dot = dots.as_bytes().starts_with(b".") && !dots.as_bytes().contains(&b' ');
        (!(is_plain_at && is_plain_dot)).then_some(whole)
    });
    let provided = AT_PROVIDER.find_iter(view.bytes()).map(|found| found.range());
    let passwords = WITH_PASSWORD.captures_iter(view.bytes()).filter_map(|found| Some(found.name("password")?.range()));
    // A port, and the next of a list of addresses, are none.
    let passwords = passwords.filter(|range| {
        let is_port = view.get(range.clone()).iter().all(u8::is_ascii_digit);
        !is_port && view.at(range.end) != Some(b'@') && !is_repository(view, range.start)
    });
    let addresses = plain.chain(spelled).chain(provided).map(|range| Finding { range, kind: Kind::Email });
    addresses.chain(passwords.map(|range| Finding { range, kind: Kind::Secret })).collect()
}

/// `thanks @ everyone. then` has spaces by chance: an address has them on both sides of its signs, or a known ending.
fn is_sentence(view: &View, whole: &std::ops::Range<usize>) -> bool {
    let top = view.get(whole.clone()).rsplit(|byte| *byte == b'.').next().unwrap_or_default().trim_ascii();
    let known = ["com", "net", "org", "be", "nl", "eu", "de", "fr", "uk", "io"];
    !known.iter().any(|known| top.eq_ignore_ascii_case(known.as_bytes()))
}

/// `git@host.com:owner/name`.
fn is_repository(view: &View, end: usize) -> bool {
    let word = view.get(end.saturating_sub(100)..end).rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    word.windows(4).any(|window| window == b"git@")
}

/// `f r a n k@mail.com`: spaces between single letters belong to the name.
fn spaced_start(view: &View, start: usize) -> usize {
    let mut start = start;
    // Bounded, as a name is.
    for _ in 0..32 {
        let is_single = view.at(start).is_some_and(is_word) && !view.at(start + 1).is_some_and(is_word);
        let (space, letter) = (view.before(start), start.checked_sub(2).filter(|at| view.starts_word(*at)));
        match letter {
            Some(letter) if is_single && space == Some(b' ') && view.at(letter).is_some_and(is_word) => start = letter,
            _ => break,
        }
    }
    start
}

/// `scheme://name:password@host` is a secret of another kind, and its host is none.
fn is_login(view: &View, start: usize) -> bool {
    let word = view.get(start.saturating_sub(100)..start).rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    word.ends_with(b":") && word.windows(3).any(|window| window == b"://")
}

/// An address without its spelling, so that both forms have one placeholder.
pub(super) fn joined(address: &str) -> String {
    if !address.contains([' ', '[', '(', '{', '<', '%', '_']) {
        return address.to_owned();
    }
    let at = [
        "[at]",
        "(at)",
        "{at}",
        "<at>",
        "[@]",
        "(@)",
        "_at_",
        "%40",
        "[apenstaartje]",
        "(apenstaartje)",
        " apenstaartje ",
        " apenstaart ",
        " at ",
    ];
    let dot = ["[dot]", "(dot)", "{dot}", "<dot>", "[.]", "(.)", "[punt]", "(punt)", "{punt}", " dot ", " punt "];
    let mut joined = address.replace("[ ", "[").replace(" ]", "]").replace("( ", "(").replace(" )", ")");
    for (spelled, sign) in at.iter().map(|it| (it, "@")).chain(dot.iter().map(|it| (it, "."))) {
        joined = joined.replace(spelled, sign);
    }
    joined.retain(|letter| !letter.is_whitespace());
    joined
}
