//! Whether a draft is in the language of whoever asked.

use super::answer::sentences;
use super::fold::visible;
use crate::knowledge::language::language_of;

/// How a draft's language stands to the one that was wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// It is the same.
    Same,
    /// It is another, or for a good part.
    Other(&'static str),
    /// It cannot be told.
    Unknown,
}

/// More sentences do not tell more.
const MOST_SENTENCES: usize = 200;

/// The language of whoever opened a ticket, by their own words: all of them together, and their last one where these are in both
/// languages alike. `locale` is what they have set in Discord, and decides where nothing else does.
pub fn language_of_opener(texts: &[String], locale: Option<&'static str>) -> Option<&'static str> {
    let (english, dutch) = votes(texts.iter().flat_map(|text| sentences(text)));
    match english.cmp(&dutch) {
        std::cmp::Ordering::Greater => Some("en"),
        std::cmp::Ordering::Less => Some("nl"),
        std::cmp::Ordering::Equal => texts.iter().rev().find_map(|text| language_of(text)).or(locale),
    }
}

/// Compares a draft's language with `wanted`. A sentence in four may be of the other: it quotes, or names a thing.
pub fn spoken(draft: &str, wanted: &str) -> Spoken {
    let draft = visible(draft);
    let (english, dutch) = votes(sentences(&draft).into_iter());
    let (other, here, there) = match wanted {
        "en" => ("nl", english, dutch),
        "nl" => ("en", dutch, english),
        _ => return Spoken::Unknown,
    };
    match (here, there) {
        (0, 0) => Spoken::Unknown,
        _ if there * 4 > here + there => Spoken::Other(other),
        _ => Spoken::Same,
    }
}

/// How many sentences are English and how many Dutch.
fn votes<'a>(sentences: impl Iterator<Item = &'a str>) -> (usize, usize) {
    sentences.take(MOST_SENTENCES).fold((0, 0), |(english, dutch), sentence| {
        match language_of(&without_code(sentence)) {
            Some("en") => (english + 1, dutch),
            Some("nl") => (english, dutch + 1),
            _ => (english, dutch),
        }
    })
}

/// What stands in code or quotes is a thing's name, in whatever language that is.
fn without_code(sentence: &str) -> String {
    let outside = |text: &str, sign: char| text.split(sign).step_by(2).collect::<Vec<_>>().join(" ");
    outside(&outside(sentence, '`'), '"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_in_the_language_of_the_question() {
        let check = |draft: &str, wanted: &str, expected| assert_eq!(spoken(draft, wanted), expected, "{draft}");
        check("Je kan het terugvragen binnen 14 dagen. Open daarvoor een ticket.", "nl", Spoken::Same);
        check("Je kan het terugvragen binnen 14 dagen.", "en", Spoken::Other("nl"));
        check("You can ask for it back. The form is in the channel.", "nl", Spoken::Other("en"));
        check("Hallo! You can ask for it back.", "nl", Spoken::Other("en"));
        check("Klik op \"Ask for it in the form\" om het te vragen.", "nl", Spoken::Same);
        check("Typ `do this and that`, dan kan het.", "nl", Spoken::Same);
        check("Refunds: FAQ 12", "nl", Spoken::Unknown);
        check("", "en", Spoken::Unknown);
        check("You can do it.", "fr", Spoken::Unknown);
    }

    #[test]
    fn an_opener_speaks_what_most_of_their_sentences_are() {
        let check = |texts: &[&str], locale, expected| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(language_of_opener(&texts, locale), expected, "{texts:?}");
        };
        check(
            &["Hoe kan ik mijn rol kiezen? Het lukt niet.", "My game says: you cannot do that"],
            Some("en"),
            Some("nl"),
        );
        check(&["How do I choose a role?", "Ik snap het niet."], None, Some("nl"));
        check(&["VPN 1042"], Some("nl"), Some("nl"));
        check(&["refund?"], None, None);
        check(&[], None, None);
    }
}
