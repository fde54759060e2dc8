//! Papers, plates and payment references: told by the words around them, or by marks of their own.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::contexts::{About, Contexts};
use super::exempt::Exempt;
use super::kind::Kind;
use super::view::View;
use super::{Finding, pattern};

/// How far after such a word the number may begin: `mijn paspoort heeft als nummer …`.
const FAR: usize = 40;

static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\+{3} ?[0-9]{3} ?/? ?[0-9]{4} ?/? ?[0-9]{5} ?\+{3}|\*{3} ?[0-9]{3} ?/? ?[0-9]{4} ?/? ?[0-9]{5} ?\*{3}")
});

/// At least six letters and digits; a Belgian card has dashes, some have a check digit apart.
static PAPER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:[0-9]{3}[- ][0-9]{7}[- ][0-9]{2}|[A-Za-z0-9]{6,18}(?: [0-9]{1,3}\b)?|[A-Z]{1,3}[ -]?[0-9]{6,9})\b")
});

/// Dutch side codes, Belgian, French, British and German plates.
static PLATE: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        r"[A-Z]{2}-?[0-9]{2}-?[0-9]{2}|[0-9]{2}-?[0-9]{2}-?[A-Z]{2}|[0-9]{2}-?[A-Z]{2}-?[0-9]{2}",
        r"[A-Z]{2}-?[0-9]{2}-?[A-Z]{2}|[A-Z]{2}-?[A-Z]{2}-?[0-9]{2}|[0-9]{2}-?[A-Z]{2}-?[A-Z]{2}",
        r"[0-9]{2}-?[A-Z]{3}-?[0-9]|[0-9]-?[A-Z]{3}-?[0-9]{2}|[A-Z]{2}-?[0-9]{3}-?[A-Z]|[A-Z]-?[0-9]{3}-?[A-Z]{2}",
        r"[A-Z]{3}-?[0-9]{2}-?[A-Z]|[A-Z]-?[0-9]{2}-?[A-Z]{3}|[0-9]-?[A-Z]{2}-?[0-9]{3}|[0-9]{3}-?[A-Z]{2}-?[0-9]",
        r"[0-9][- .]?[A-Z]{3}[- .]?[0-9]{3}|[A-Z]{3}[- ]?[0-9]{3}|[A-Z]{2}-[0-9]{3}-[A-Z]{2}",
        r"[A-Z]{2}[0-9]{2} ?[A-Z]{3}|[A-Z]{1,3}-[A-Z]{1,2} ?[0-9]{1,4}",
    ];
    pattern(&format!(r"(?i)\b(?:{})\b", parts.join("|")))
});

pub(super) fn find(view: &View, contexts: &Contexts, exempt: &Exempt) -> Vec<Finding> {
    let papers = contexts.each(About::Document).filter_map(|word| paper_after(view, exempt, word.end));
    let papers = papers.map(|range| Finding { range, kind: Kind::Document });
    let references = REFERENCE.find_iter(view.bytes()).map(|found| found.range());
    let references = references.map(|range| Finding { range, kind: Kind::Reference });
    let plates = PLATE.find_iter(view.bytes()).map(|found| found.range());
    let plates = plates.filter(|range| contexts.around(About::Plate, range, FAR) && !exempt.covers(range));
    papers.chain(references).chain(plates.map(|range| Finding { range, kind: Kind::Plate })).collect()
}

/// The first number in reach on the same line.
fn paper_after(view: &View, exempt: &Exempt, from: usize) -> Option<Range<usize>> {
    let to = view.bytes().len().min(from + FAR * 2);
    let line = view.get(from..to).split(|byte| *byte == b'\n').next()?;
    PAPER
        .find_iter(line)
        .map(|found| from + found.start()..from + found.end())
        .take_while(|range| range.start - from <= FAR)
        .find(|range| {
            let digits = view.get(range.clone()).iter().filter(|byte| byte.is_ascii_digit()).count();
            digits >= 3 && !(digits == range.len() && digits > 14) && !exempt.covers(range)
        })
}
