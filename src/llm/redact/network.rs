//! Addresses of the network: those of members, not those of servers that are talked about, nor versions.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::contexts::{About, Contexts};
use super::kind::Kind;
use super::view::View;
use super::{Finding, pattern};

/// How far a word about servers may be from the address that it is about.
const REACH: usize = 40;

static V4: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?P<port>:[0-9]{2,5}\b)?"));

static V6: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[0-9a-f:]*:[0-9a-f]{0,4}:[0-9a-f:]{1,40}"));

pub(super) fn find(view: &View, contexts: &Contexts) -> Vec<Finding> {
    let old = V4.captures_iter(view.bytes()).filter_map(|found| {
        let (whole, has_port) = (found.get(0)?.range(), found.name("port").is_some());
        let end = found.name("port").map_or(whole.end, |port| port.start());
        is_member(view, contexts, &(whole.start..end), has_port).then_some(whole.start..end)
    });
    let new = V6.find_iter(view.bytes()).filter_map(|found| {
        let range = found.range();
        let text = std::str::from_utf8(found.as_bytes()).ok()?.trim_end_matches(':');
        let range = range.start..range.start + text.len();
        let is_whole = view.starts_word(range.start) && view.ends_word(range.end);
        let address: Ipv6Addr = text.parse().ok()?;
        // The addresses in use, of the world and of a link: `abc::def` is one by its form alone.
        let is_used = matches!(address.segments()[0], 0x2000..=0x3fff | 0xfc00..=0xfdff | 0xfe80..=0xfebf);
        (is_whole && is_used && text.bytes().filter(|byte| *byte == b':').count() >= 3).then_some(range)
    });
    old.chain(new).map(|range| Finding { range, kind: Kind::Ip }).collect()
}

/// Whether it is likely where a member sits. In doubt it is: only what is clearly a version or a server stays.
fn is_member(view: &View, contexts: &Contexts, range: &Range<usize>, has_port: bool) -> bool {
    let Some(address) = std::str::from_utf8(view.get(range.clone())).ok().and_then(|it| it.parse::<Ipv4Addr>().ok())
    else {
        return false;
    };
    let digit_after_dot =
        view.at(range.end) == Some(b'.') && view.at(range.end + 1).is_some_and(|it| it.is_ascii_digit());
    let is_part = !view.starts_word(range.start)
        || matches!(view.before(range.start), Some(b'.' | b'@' | b'=' | b'-' | b'/') if !is_named_before(view, range.start))
        || digit_after_dot
        || !view.ends_word(range.end)
        || matches!(view.at(range.end), Some(b'-' | b'+'));
    let before = view.get(range.start.saturating_sub(3)..range.start).to_ascii_lowercase();
    let is_numbered = [b" v ".as_slice(), b" v.", b"v. "].contains(&before.as_slice());
    let is_version = is_numbered || contexts.around(About::Version, range, 5);
    let is_own = contexts.before(About::OwnIp, range.start, REACH);
    let is_server = contexts.around(About::Server, range, REACH);
    // Nobody is found by these.
    let is_no_one = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_unspecified()
        || address.is_broadcast()
        || address.octets()[0] == 255
        || matches!(address.octets(), [8, 8, 8 | 4, 8 | 4] | [1, 1, 1, 1] | [1, 0, 0, 1] | [9, 9, 9, 9]);
    !is_part && !is_no_one && !is_version && (is_own || !is_server && !has_port)
}

/// `==3.11.4.1` pins a version and `Chrome/126.0.0.0` names one; `ip=1.2.3.4` and `http://1.2.3.4` do not.
fn is_named_before(view: &View, start: usize) -> bool {
    let (mark, before) = (view.before(start), start.checked_sub(1).and_then(|at| view.before(at)));
    match mark {
        Some(b'=') => before.is_some_and(|byte| byte.is_ascii_alphabetic()),
        Some(b'/') => before == Some(b'/'),
        _ => false,
    }
}
