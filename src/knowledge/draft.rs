//! What may be stored of an entry and of synonyms, whoever enters it: people in a form, files, programs.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::db::storable;
use crate::ui::limits::{fits, is_web_address};
use crate::ui::{is_blank, written};
use crate::words::ITEM_MARKS;

/// The longest question, in characters.
pub const TITLE_CHARS: u16 = 100;
/// The longest answer, in characters.
pub const ANSWER_CHARS: u16 = 4000;
/// All keywords of an entry together, with a comma between two, in characters.
pub const KEYWORDS_CHARS: u16 = 300;
/// Keywords of one entry.
pub const MAX_KEYWORDS: usize = 20;
/// The longest category, in characters.
pub const CATEGORY_CHARS: u16 = 50;
/// The longest address of a source, in characters.
pub const SOURCE_CHARS: u16 = 500;
/// Groups of synonyms in one guild.
pub const MAX_SYNONYMS: usize = 200;
/// All synonyms of a guild together, a line a group and a comma between two words, in characters.
pub const SYNONYMS_CHARS: u16 = 4000;

/// What somebody enters about one question, as they enter it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The question, 1 to [`TITLE_CHARS`] characters, unique in the guild whatever its case.
    pub title: String,
    /// Markdown, 1 to [`ANSWER_CHARS`] characters.
    pub answer: String,
    /// Words people use for it.
    pub keywords: Vec<String>,
    /// A heading to list it under.
    pub category: Option<String>,
    /// Where more is to be read.
    pub source_url: Option<String>,
}

/// A draft that may be stored. Only [`Draft::checked`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedDraft(Draft);

/// Groups of synonyms that may be stored. Only [`CheckedSynonyms::of`] makes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedSynonyms(Vec<Vec<String>>);

/// Why a draft cannot be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// It has no question.
    NoTitle,
    /// It has no answer.
    NoAnswer,
    /// One of its parts is too long.
    TooLong {
        /// The part, as [`Draft`] calls it.
        part: &'static str,
        /// What that takes, in characters.
        max_chars: u16,
    },
    /// The question has several lines.
    TitleOfSeveralLines,
    /// It has more than [`MAX_KEYWORDS`] keywords.
    TooManyKeywords,
    /// The source is no web address.
    SourceIsNoAddress,
    /// There are more than [`MAX_SYNONYMS`] groups of synonyms.
    TooManySynonyms,
}

impl Draft {
    /// The draft without what means nothing, such as spaces around texts and words that are there twice.
    ///
    /// # Errors
    /// Why it cannot be stored.
    pub fn checked(self) -> Result<CheckedDraft, Misfit> {
        let title = clean(&self.title).ok_or(Misfit::NoTitle)?;
        let answer = clean(&self.answer).ok_or(Misfit::NoAnswer)?;
        let keywords = words(&clean(&self.keywords.join(",")).unwrap_or_default());
        let category = self.category.as_deref().and_then(clean);
        let source_url = self.source_url.as_deref().and_then(clean);
        // What is stored must fit into the form again.
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let parts = [
            ("title", &title, TITLE_CHARS),
            ("answer", &answer, ANSWER_CHARS),
            ("keywords", &keywords.join(","), KEYWORDS_CHARS),
            ("category", &optional(&category), CATEGORY_CHARS),
            ("source_url", &optional(&source_url), SOURCE_CHARS),
        ];
        if let Some((part, _, max_chars)) = parts.into_iter().find(|(_, text, max)| !fits(text, (*max).into())) {
            return Err(Misfit::TooLong { part, max_chars });
        }
        if title.contains('\n') {
            return Err(Misfit::TitleOfSeveralLines);
        }
        if keywords.len() > MAX_KEYWORDS {
            return Err(Misfit::TooManyKeywords);
        }
        if source_url.as_deref().is_some_and(|url| !is_web_address(url)) {
            return Err(Misfit::SourceIsNoAddress);
        }
        Ok(CheckedDraft(Draft { title, answer, keywords, category, source_url }))
    }
}

impl CheckedDraft {
    /// What it says.
    pub fn draft(&self) -> &Draft {
        &self.0
    }
}

impl CheckedSynonyms {
    /// The groups without what means nothing: words that are there twice, and groups of one word.
    ///
    /// # Errors
    /// Why they cannot be stored.
    pub fn of(groups: &[Vec<String>]) -> Result<CheckedSynonyms, Misfit> {
        let words = |group: &Vec<String>| words(&storable(&group.join(",")));
        let groups: Vec<Vec<String>> = groups.iter().map(words).filter(|words| words.len() > 1).collect();
        if groups.len() > MAX_SYNONYMS {
            return Err(Misfit::TooManySynonyms);
        }
        let lines: Vec<String> = groups.iter().map(|words| words.join(",")).collect();
        if !fits(&lines.join("\n"), SYNONYMS_CHARS.into()) {
            return Err(Misfit::TooLong { part: "synonyms", max_chars: SYNONYMS_CHARS });
        }
        Ok(CheckedSynonyms(groups))
    }

    /// The groups.
    pub fn groups(&self) -> &[Vec<String>] {
        &self.0
    }
}

/// The words of a list with commas, each once.
pub fn words(list: &str) -> Vec<String> {
    let words = list.split(|c| c == '\n' || ITEM_MARKS.contains(&c)).map(str::trim).filter(|word| !is_blank(word));
    // A list from outside may have thousands.
    let mut known = HashSet::new();
    words.filter(|word| known.insert(word.to_ascii_lowercase())).map(str::to_owned).collect()
}

/// The text if there is any.
fn clean(text: &str) -> Option<String> {
    Some(written(text)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_checked_before_it_is_stored() {
        let draft = |title: &str, answer: &str| Draft {
            title: title.to_owned(),
            answer: answer.to_owned(),
            ..Draft::default()
        };
        let check = |draft: Draft, expected: Option<Misfit>| assert_eq!(draft.checked().err(), expected);
        let too_long = |part, max_chars| Some(Misfit::TooLong { part, max_chars });
        check(draft("Refunds", "Within 30 days."), None);
        check(draft(" \0 ", "x"), Some(Misfit::NoTitle));
        check(draft("x", "\n"), Some(Misfit::NoAnswer));
        check(draft("a\nb", "x"), Some(Misfit::TitleOfSeveralLines));
        check(draft(&"a".repeat(100), &"b".repeat(4000)), None);
        check(draft(&"a".repeat(101), "x"), too_long("title", 100));
        check(draft("x", &"b".repeat(4001)), too_long("answer", 4000));
        let keywords = |words: Vec<String>| Draft { keywords: words, ..draft("x", "y") };
        check(keywords((0..20).map(|n| n.to_string()).collect()), None);
        check(keywords((0..21).map(|n| n.to_string()).collect()), Some(Misfit::TooManyKeywords));
        check(keywords(vec!["k".repeat(301)]), too_long("keywords", 300));
        check(Draft { category: Some("c".repeat(51)), ..draft("x", "y") }, too_long("category", 50));
        let source = |url: &str| Draft { source_url: Some(url.to_owned()), ..draft("x", "y") };
        check(source("https://example.com/a?b#c"), None);
        check(source(" "), None);
        check(source(&format!("https://example.com/{}", "a".repeat(500))), too_long("source_url", 500));
        for url in ["javascript:alert(1)", "https://", "https://[", "example.com", "https://a b"] {
            check(source(url), Some(Misfit::SourceIsNoAddress));
        }
    }

    #[test]
    fn what_is_checked_is_tidy_and_passes_again() {
        let draft = Draft {
            title: " Refunds ".to_owned(),
            answer: "In 30\0 days.\n".to_owned(),
            keywords: vec!["money, Back".to_owned(), " back".to_owned(), String::new()],
            category: Some(" ".to_owned()),
            source_url: None,
        };
        let checked = draft.checked().unwrap();
        let tidy = Draft {
            title: "Refunds".to_owned(),
            answer: "In 30 days.".to_owned(),
            keywords: vec!["money".to_owned(), "Back".to_owned()],
            ..Draft::default()
        };
        assert_eq!(checked.draft(), &tidy);
        assert_eq!(tidy.checked(), Ok(checked));
    }

    #[test]
    fn words_are_kept_once() {
        assert_eq!(words("refund, Money back ,REFUND,;"), ["refund", "Money back"]);
    }

    #[test]
    fn synonyms_are_groups_of_at_least_two_words() {
        let group = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let groups = |count: usize| vec![group(&["a", "b"]); count];
        let checked = CheckedSynonyms::of(&[group(&["a", " b", "A"]), group(&["c", "C"]), group(&["d;e"])]).unwrap();
        assert_eq!(checked.groups(), [group(&["a", "b"]), group(&["d", "e"])]);
        assert!(CheckedSynonyms::of(&groups(200)).is_ok());
        assert_eq!(CheckedSynonyms::of(&groups(201)), Err(Misfit::TooManySynonyms));
        let long = CheckedSynonyms::of(&[group(&["a", &"b".repeat(4000)])]);
        assert_eq!(long, Err(Misfit::TooLong { part: "synonyms", max_chars: 4000 }));
    }
}
