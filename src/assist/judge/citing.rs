//! How a model names passages: by the id that it was given, by the label, or in brackets within its sentence.

use super::fold::as_it_looks;
use super::{Claim, Passage};

/// More brackets are no citations.
const MOST_BRACKETS: usize = 16;

/// The passage that a model means by an id: its own, or its label.
pub(super) fn passage_of(passages: &[Passage], id: &str) -> Option<usize> {
    let wanted = key(id);
    let bare = ["source", "passage", "bron", "id"].iter().find_map(|word| wanted.strip_prefix(word)).unwrap_or(&wanted);
    if bare.is_empty() {
        return None;
    }
    let found = |wanted: &str, of: fn(&Passage) -> &String| {
        let mut found = passages.iter().enumerate().filter(|(_, passage)| key(of(passage)) == wanted);
        // A name that two passages have names neither.
        found.next().filter(|_| found.next().is_none()).map(|(at, _)| at)
    };
    let by_id = |wanted| found(wanted, |passage| &passage.id);
    by_id(&wanted).or_else(|| by_id(bare)).or_else(|| found(&wanted, |passage| &passage.label))
}

/// Letters and digits of an id: `[FAQ #12]` is `faq12`.
pub(super) fn key(id: &str) -> String {
    as_it_looks(id).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(64).collect()
}

/// A sentence without the brackets in which it names passages, which become its sources: `… 14 days [FAQ #12].`
///
/// Brackets that name nothing that was given stay, and what is in them is a claim like any other.
pub(super) fn with_sources_apart(claim: &Claim, passages: &[Passage]) -> Claim {
    let mut apart = Claim { text: String::with_capacity(claim.text.len()), ..claim.clone() };
    let mut rest = claim.text.as_str();
    for _ in 0..MOST_BRACKETS {
        let Some(open) = rest.find('[') else { break };
        let Some(close) = rest[open..].find(']').map(|close| open + close) else { break };
        let inner = &rest[open + 1..close];
        let ids: Vec<&str> = inner.split([',', ';']).collect();
        let is_link = rest[close + 1..].starts_with('(');
        let is_citation = !is_link && ids.iter().all(|id| passage_of(passages, id).is_some());
        if is_citation {
            apart.text.push_str(rest[..open].trim_end());
            apart.sources.extend(ids.into_iter().map(str::to_owned));
        } else {
            apart.text.push_str(&rest[..=close]);
        }
        rest = &rest[close + 1..];
    }
    apart.text.push_str(rest);
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_that_name_a_passage_are_its_sources() {
        let passage = |id: &str, label: &str| Passage {
            id: id.to_owned(),
            text: String::new(),
            label: label.to_owned(),
            link: None,
        };
        let passages = [passage("1", "FAQ #12"), passage("2", "Rules")];
        let check = |text: &str, expected: &str, sources: &[&str]| {
            let claim = Claim { text: text.to_owned(), ..Claim::default() };
            let apart = with_sources_apart(&claim, &passages);
            assert_eq!(
                (apart.text.as_str(), apart.sources),
                (expected, sources.iter().map(|s| (*s).to_owned()).collect())
            );
        };
        check("Within 14 days [FAQ #12].", "Within 14 days.", &["FAQ #12"]);
        check("So it is [1][2], see [1, 2]", "So it is, see", &["1", "2", "1", " 2"]);
        check("Within 14 days [FAQ #99].", "Within 14 days [FAQ #99].", &[]);
        check("[FAQ #12](https://evil.example)", "[FAQ #12](https://evil.example)", &[]);
        check("[] [ [1", "[] [ [1", &[]);
    }
}
