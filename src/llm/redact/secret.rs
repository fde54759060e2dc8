//! Keys and tokens that are known by their form.
//!
//! Forms of others are facts that their makers publish for scanners; Discord's no public list has. Lengths are taken at
//! the least: half a key that was cut off is no question's business either.

use std::ops::Range;
use std::sync::LazyLock;

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use regex::bytes::Regex;

use super::kind::Kind;
use super::view::View;
use super::{Finding, pattern};

/// Each begins as nothing else does.
const FORMS: &[&str] = &[
    // Discord: webhooks, tokens of interactions ("interaction:" in base 64), of accounts with a second factor.
    r"(?:https?://)?(?:[a-z]{2,10}\.)?discord(?:app)?\.com/api(?:/v[0-9]{1,2})?/webhooks/[0-9]{15,21}/[\w-]{40,}(?:/(?:slack|github|messages/[\w@]{1,24}))?(?:\?[\w=&%-]{1,100})?",
    r"aW50ZXJhY3Rpb246[\w+/=-]{20,}",
    r"mfa\.[\w-]{60,}",
    // Gifts, codes of a sign-in, and what Roblox asks not to share.
    r"(?:https?://)?(?:discord\.gift|discord(?:app)?\.com/gifts)/[A-Za-z0-9]{12,}|code=[\w-]{24,}",
    r"_\|WARNING:-DO-NOT-SHARE-THIS\S{20,}",
    // Our own.
    r"alp_[0-9A-Za-z]{20,}",
    // Models.
    r"sk-(?:proj|svcacct|admin|None|or-v1|ant-[a-z]+[0-9]{2})-[\w-]{20,}",
    r"sk-[\w-]{12,}T3BlbkFJ[\w-]{12,}",
    r"sk-[A-Za-z0-9]{32,}",
    r"hf_[A-Za-z]{30,}|api_org_[A-Za-z]{30,}|gsk_[A-Za-z0-9]{40,}|xai-[A-Za-z0-9]{60,}|r8_[A-Za-z0-9]{30,}",
    r"pplx-[A-Za-z0-9]{40,}",
    // Clouds.
    r"(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z2-7]{16}",
    r"ABSK[A-Za-z0-9+/]{100,}={0,2}|LTAI[A-Za-z0-9]{17,}|AIza[\w-]{35}|ya29\.[\w-]{30,}|GOCSPX-[\w-]{20,}",
    r"do[opr]_v1_[a-f0-9]{60,}|dapi[a-f0-9]{32}|fo1_[\w-]{40,}|fm[12][ar]?_[\w+/=-]{60,}|HRKU-AA[\w-]{50,}",
    r"v1\.0-[a-f0-9]{24}-[a-f0-9]{100,}",
    r"[\w~]{3}[0-9]Q~[\w.~-]{31,34}|sha256~[\w-]{43}|pul-[a-f0-9]{40}|pnu_[a-zA-Z0-9]{36}|hv[sbr]\.[\w-]{20,}",
    r"[a-zA-Z0-9]{14}\.atlasv1\.[\w=-]{60,70}|dp\.(?:pt|st|ct|sa)\.[\w.]{40,}",
    // Code and packages.
    r"gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{40,}",
    r"gl(?:pat|dt|rt|ptt|cbt|ft|ffct|imt|agent|oas|soat)-[\w.-]{20,}|_gitlab_session=[0-9a-f]{32}",
    r"npm_[A-Za-z0-9]{30,}|pypi-AgE[\w-]{40,}|oy2[a-z0-9]{43}|rubygems_[a-f0-9]{48}|CLOJARS_[a-z0-9]{60}",
    r"AKCp[A-Za-z0-9]{60,}|cmVmd[A-Za-z0-9]{59}|ATATT3[\w=-]{60,}|sq[upa]_[a-f0-9]{40}",
    // Chat and mail.
    r"xox[a-z](?:-[0-9A-Za-z]{1,}){2,}|xapp-[0-9]-[A-Z0-9]{5,}-[0-9]{5,}-[a-z0-9]{20,}",
    r"(?:https?://)?hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/_-]{20,}",
    r"(?:https?://)?[a-z0-9]{1,60}\.webhook\.office\.com/webhookb2/[\w@/-]{40,}",
    r"[0-9]{5,16}:A[\w-]{34}|SG\.[\w-]{16,}\.[\w-]{30,}|SK[0-9a-f]{32}|AC[0-9a-f]{32}",
    r"xkeysib-[a-f0-9]{60,}-[A-Za-z0-9]{16}|key-[a-f0-9]{32}|[a-f0-9]{32}-us[0-9]{1,2}",
    // Money and shops.
    r"(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{20,}|sq0[a-z]{3}-[\w-]{22,}",
    r"EAAA[\w-]{56,}|EZ[AT]K[A-Za-z0-9]{54}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
    r"shippo_(?:live|test)_[a-f0-9]{40}|FLWSECK(?:_TEST)?-[A-Za-z0-9-]{12,}|duffel_(?:live|test)_[\w=-]{40,}",
    r"(?:live|test)_[a-f0-9]{35}",
    // Tools.
    r"ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43}|lin_api_[A-Za-z0-9]{30,}|gl(?:c|sa)_[A-Za-z0-9+/_=]{32,}",
    r"sntry[su]_[\w+/=-]{60,}|NR(?:AK|JS|AA)-[A-Za-z0-9-]{19,}|PMAK-[a-f0-9]{24}-[a-f0-9]{34}",
    r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}|dt0[a-z][0-9]{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}|tfp_[\w.=-]{40,}",
    r"rdme_[a-z0-9]{70}|API-[A-Z0-9]{26}|pscale_(?:pw|tkn|oauth)_[\w=.-]{32,}|ops_eyJ[\w=-]{60,}",
    r"p8e-[a-z0-9]{32}|fio-u-[\w=-]{64}|ico-[A-Za-z0-9]{32}|EAA[MC][A-Za-z0-9]{80,}",
    r"(?:pat|sat)\.[\w-]{22}\.[0-9a-f]{24}\.[A-Za-z0-9]{20}|AGE-SECRET-KEY-1[A-Z0-9]{50,}",
    r"sm_(?:aat|pat|sat)_[A-Za-z0-9]{16,}",
    // JSON Web Tokens, with and without what they sign.
    r"ey[A-Za-z0-9_-]{15,}\.ey[A-Za-z0-9_/\\-]{15,}(?:\.[A-Za-z0-9_/\\-]{10,}={0,2})?",
];

static KNOWN: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\b(?:{})", FORMS.join("|"))));

/// The id of an application or account in base 64, a time, and a sum.
static DISCORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?P<id>[\w-]{23,28})\.[\w-]{5,7}\.[\w-]{27,}"));

/// `name:password@` in the address of a database or repository.
static SIGNED_IN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"[A-Za-z][A-Za-z0-9+.-]{1,20}://(?P<login>[^\s/:@"'<>]*:[^\s/@"'<>]+)@"#));

static PEM_HEAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"));

static PEM_TAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"));

pub(super) fn find(view: &View) -> Vec<Finding> {
    let known = KNOWN.find_iter(view.bytes()).map(|found| found.range());
    let discord = DISCORD.captures_iter(view.bytes()).filter_map(|found| {
        let (whole, id) = (found.get(0)?.range(), found.name("id")?);
        let start = id.end() - length_of_id(id.as_bytes())?;
        Some(start..whole.end)
    });
    let logins = SIGNED_IN.captures_iter(view.bytes()).filter_map(|found| Some(found.name("login")?.range()));
    let all = known.chain(discord).chain(logins).chain(private_keys(view));
    all.map(|range| Finding { range, kind: Kind::Secret }).collect()
}

/// How many of the last characters are an id in base 64: what stands before may be a name without a space.
fn length_of_id(text: &[u8]) -> Option<usize> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let engine = GeneralPurpose::new(&URL_SAFE, config);
    (23..=28.min(text.len())).rev().find(|length| {
        let id = engine.decode(&text[text.len() - length..]).unwrap_or_default();
        (17..=20).contains(&id.len()) && id.iter().all(u8::is_ascii_digit)
    })
}

/// Private keys as files have them; without an end, all lines that may still be of the key.
fn private_keys(view: &View) -> Vec<Range<usize>> {
    let bytes = view.bytes();
    let tails: Vec<Range<usize>> = PEM_TAIL.find_iter(bytes).map(|found| found.range()).collect();
    let mut keys: Vec<Range<usize>> = Vec::new();
    for head in PEM_HEAD.find_iter(bytes) {
        if keys.last().is_some_and(|last| head.start() < last.end) {
            continue;
        }
        let tail = tails.get(tails.partition_point(|tail| tail.start < head.end()));
        let end = tail.map_or_else(|| end_of_lines(bytes, head.end()), |tail| tail.end);
        keys.push(head.start()..end);
    }
    keys
}

fn end_of_lines(bytes: &[u8], from: usize) -> usize {
    let (mut at, mut end) = (from, from);
    for line in bytes.get(from..).unwrap_or_default().split_inclusive(|byte| *byte == b'\n') {
        let text = line.trim_ascii();
        let is_of_key = text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/=:, \\-".contains(byte));
        let is_long_or_empty = text.is_empty() || !text.contains(&b' ') || text.contains(&b':');
        if !(is_of_key && is_long_or_empty) {
            break;
        }
        at += line.len();
        if !text.is_empty() {
            end = at - line.iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
        }
    }
    end
}
