//! Signs that somebody is in distress: self-harm, abuse, panic, in English and Dutch.
//!
//! It is no diagnosis and decides nothing: staff is told, and reads the ticket sooner. So it hears rather too much than too little
//! where a person speaks of themselves or of somebody near, and nothing where a game, a machine or a song is spoken of. What it
//! listens for stands in `urgent` and `worried`, in the words in which people say it; `fixtures/assist/distress.tsv` has what it should and
//! should not hear.

mod contexts;
mod phrases;
mod urgent;
mod worried;

use std::sync::LazyLock;

use phrases::Phrase;

use crate::assist::judge::without_unseen;
use crate::knowledge::text;

static URGENT: LazyLock<Vec<Phrase>> = LazyLock::new(|| phrases::read(urgent::URGENT));
static WORRIED: LazyLock<Vec<Phrase>> = LazyLock::new(|| phrases::read(worried::WORRIED));

/// How soon somebody should look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Distress {
    /// Nothing was heard.
    #[default]
    None,
    /// Somebody is not well.
    Worried,
    /// Somebody may be in danger.
    Urgent,
}

impl Distress {
    /// What rows and metrics call it.
    pub fn code(self) -> &'static str {
        match self {
            Distress::None => "none",
            Distress::Worried => "worried",
            Distress::Urgent => "urgent",
        }
    }
}

/// What is behind so many words is not listened to; no message of Discord has as many.
const MOST_WORDS: usize = 4000;

/// Listens to what somebody wrote.
pub fn distress(text: &str) -> Distress {
    let mut left = MOST_WORDS;
    let mut heard = Distress::None;
    for sentence in without_unseen(text).split(['.', '!', '?', '\n', ';']) {
        let words = words_of(sentence, left);
        left -= words.len();
        heard = heard.max(listen(&words));
    }
    heard
}

/// The folded words of a sentence, without apostrophes and what is quoted from somewhere else.
fn words_of(sentence: &str, most: usize) -> Vec<String> {
    let own = if is_quoting(sentence) { without_quoted(sentence) } else { sentence.to_owned() };
    let words = text::words(&own).take(most).flat_map(|range| {
        let word = text::fold(&own[range]).replace('\'', "");
        word.split('-').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    words.take(most).collect()
}

/// Works from which words are quoted; what a person says is theirs, also between quotes.
const WORKS: [&str; 20] = [
    "song",
    "lyric",
    "lyrics",
    "track",
    "film",
    "movie",
    "book",
    "quote",
    "episode",
    "title",
    "meme",
    "songtekst",
    "tekst",
    "liedje",
    "nummer",
    "boek",
    "citaat",
    "aflevering",
    "titel",
    "serie",
];

fn is_quoting(sentence: &str) -> bool {
    sentence.contains(QUOTES) && text::words(sentence).any(|range| WORKS.contains(&&*text::fold(&sentence[range])))
}

const QUOTES: [char; 7] = ['"', '“', '”', '„', '«', '»', '‟'];

fn without_quoted(sentence: &str) -> String {
    sentence.split(QUOTES).step_by(2).collect::<Vec<_>>().join(" ")
}

fn listen(words: &[String]) -> Distress {
    let heard = |phrases: &[Phrase]| phrases.iter().any(|phrase| phrase.is_in(words));
    match () {
        () if heard(&URGENT) => Distress::Urgent,
        () if heard(&WORRIED) => Distress::Worried,
        () => Distress::None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// The lines of a half: what was wanted and heard, how often; and those that were heard otherwise.
    fn listen_to_half(half: &str) -> (BTreeMap<(String, &'static str), usize>, Vec<String>) {
        let (mut counts, mut wrong) = (BTreeMap::new(), Vec::new());
        for line in include_str!("../../../fixtures/assist/distress.tsv").lines().filter(|line| line.starts_with(half))
        {
            let [_, wanted, text] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
            let heard = distress(text).code();
            *counts.entry((wanted.to_owned(), heard)).or_default() += 1;
            if heard != wanted {
                wrong.push(format!("{heard}: {line}"));
            }
        }
        (counts, wrong)
    }

    #[test]
    fn distress_is_heard_and_figures_of_speech_are_not() {
        let (counts, wrong) = listen_to_half("tune");
        assert_eq!(counts.values().sum::<usize>(), 328);
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn it_is_heard_in_what_was_held_back() {
        let (counts, wrong) = listen_to_half("held");
        assert_eq!(counts.values().sum::<usize>(), 120);
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn it_is_heard_through_hidden_signs_and_however_it_is_written() {
        assert_eq!(distress("I want to k\u{200b}ill myself"), Distress::Urgent);
        assert_eq!(distress("IK WIL DOOD!!"), Distress::Urgent);
        assert_eq!(distress("Hello. The bot is slow\nI don’t want to live anymore"), Distress::Urgent);
        assert_eq!(distress("my friend said \"I want to kill myself\""), Distress::Urgent);
        assert_eq!(distress(""), Distress::None);
    }

    proptest! {
        #[test]
        fn any_text_is_listened_to(text in "\\PC{0,120}") {
            distress(&text);
        }
    }
}
