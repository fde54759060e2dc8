//! What only looks private: names of Discord's things, dates, prices, versions, numbers of orders.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::pattern;
use super::view::View;

/// Never a number of a person.
static HARD: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        // Mentions, emoji, times and commands of Discord.
        r"<(?:@[!&]?|#)[0-9]{15,21}>",
        r"<a?:\w{1,40}:[0-9]{15,21}>",
        r"<t:[1-9][0-9]{0,12}(?::[a-zA-Z])?>",
        r"</[^<>\n]{1,100}:[0-9]{15,21}>",
        // Addresses of pages have numbers of their own; the ones that call somebody do not.
        r#"https?://[^\s<>"]+"#,
        r"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b",
        // Dates and hours.
        r"\b[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)[0-9]{2}\b",
        r"\b(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}\b",
        r"\b(?:19|20)[0-9]{2} ?[-/] ?(?:19|20)[0-9]{2}\b",
        r"\b(?:[01]?[0-9]|2[0-3])[.:h][0-5][0-9] ?- ?(?:[01]?[0-9]|2[0-4])[.:h][0-5][0-9]\b",
        // Money; every sign of it is a dollar here.
        r"\$ ?[0-9][0-9.,]*",
        r"\b[0-9][0-9.,]*(?: [0-9]{3})*(?:,[0-9]{2})? ?(?:\$|(?i:eur|euros?|usd|bef|gbp|dollars?)\b)",
        // Places on a map, and other numbers with many decimals.
        r"-?\b[0-9]{1,3}\.[0-9]{3,}, ?-?[0-9]{1,3}\.[0-9]{3,}",
    ];
    pattern(&parts.join("|"))
});

/// Numbers of things: what follows is no number of a person unless its own words say so.
static SOFT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:order|bestel\w{0,8}|factu\w{0,8}|invoice|ticket|tracking|track|pakketten|zending\w{0,8}|isbn|ean|case|dossier\w{0,8}|klant\w{0,8}|customer|article|artikel\w{0,8}|product\w{0,8}|serial|serie\w{0,8}|sku|error|fout\w{0,6}|level|score|seed|steam|build|id)s?(?:[ -]?(?:met |with |van )?(?:id|nr|no|nummer|number|code))?|#)[\s.:=#is]{0,5}[a-z]{0,4}[-_]?[0-9][\w./-]{0,40}",
    )
});

/// Those parts of a text.
pub(super) struct Exempt {
    hard: Vec<Range<usize>>,
    soft: Vec<Range<usize>>,
}

impl Exempt {
    pub(super) fn of(view: &View) -> Exempt {
        let calls = |range: &Range<usize>| {
            let address = view.get(range.clone());
            address.starts_with(b"http")
                && [b"wa.me".as_slice(), b"phone=", b"tel="].iter().any(|part| contains(address, part))
        };
        Exempt { hard: all(&HARD, view).filter(|range| !calls(range)).collect(), soft: all(&SOFT, view).collect() }
    }

    /// Whether a number is surely none of a person.
    pub(super) fn covers(&self, range: &Range<usize>) -> bool {
        touches(&self.hard, range)
    }

    /// The same, or a word says that it is the number of a thing.
    pub(super) fn may_cover(&self, range: &Range<usize>) -> bool {
        self.covers(range) || touches(&self.soft, range)
    }
}

fn all(pattern: &'static Regex, view: &View) -> impl Iterator<Item = Range<usize>> {
    pattern.find_iter(view.bytes()).map(|found| found.range())
}

fn touches(ranges: &[Range<usize>], range: &Range<usize>) -> bool {
    ranges.get(ranges.partition_point(|other| other.end <= range.start)).is_some_and(|other| other.start < range.end)
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
