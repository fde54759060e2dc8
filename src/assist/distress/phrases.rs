//! In which words people say that they are not well.
//!
//! A phrase is words in a row. `a|b` is one of several, `?` at the end of them says that they may be missing, `*` at the end of a
//! word stands for any end of it, and alone for at most four words; `@` names a class of them; `^` is where the sentence begins and
//! `$` where it ends. With each stands next to which words it means something else: a game, a match, a machine, a rule.

/// A phrase as it is written, and next to which words it is not heard.
pub(super) type Said = (&'static str, &'static [&'static str]);

/// The same, read.
pub(super) struct Phrase {
    parts: Vec<Part>,
    unless: &'static [&'static str],
}

/// A part of a phrase.
enum Part {
    /// One of these words, or none.
    Word {
        any: Vec<&'static str>,
        may_miss: bool,
    },
    Gap,
    Begin,
    End,
}

/// How many words a gap may have.
const GAP: usize = 4;
/// How many words before a phrase may deny it: "I do not want to …".
const DENIED_WITHIN: usize = 3;

const NOT: [&str; 12] =
    ["not", "dont", "doesnt", "didnt", "never", "wont", "isnt", "arent", "wouldnt", "niet", "geen", "nooit"];

/// Words that mean the same in a phrase.
const CLASSES: [(&str, &str); 3] = [
    (
        "@somebody",
        "he|she|they|brother|sister|hij|zij|ze|broer|zus|cousin|neef|dad|father|stepdad|stepfather|mom|mum|mother|boyfriend|\
         girlfriend|husband|wife|uncle|aunt|parents|ex|partner|teacher|coach",
    ),
    (
        "@family",
        "dad|father|stepdad|stepfather|mom|mum|mother|stepmom|boyfriend|girlfriend|husband|wife|uncle|aunt|parents|ex|\
         partner|coach|teacher|vader|papa|stiefvader|moeder|mama|stiefmoeder|vriend|vriendin|man|vrouw|oom|tante|ouders|leraar|\
         trainer",
    ),
    (
        "@hits",
        "hits|hit|hitting|beats|beat|beating|punches|punched|kicks|kicked|slaps|slapped|chokes|choked|strangles|strangled|slaat|\
         slaan|sloeg|schopt|schopte|wurgt|stompt|geslagen|geschopt",
    ),
];

/// Reads phrases.
pub(super) fn read(phrases: &[Said]) -> Vec<Phrase> {
    phrases
        .iter()
        .map(|(words, unless)| Phrase { parts: words.split_whitespace().map(part).collect(), unless })
        .collect()
}

fn part(text: &'static str) -> Part {
    match text {
        "*" => Part::Gap,
        "^" => Part::Begin,
        "$" => Part::End,
        _ => {
            let may_miss = text.ends_with('?');
            let any = text.trim_end_matches('?').split('|').flat_map(class).collect();
            Part::Word { any, may_miss }
        }
    }
}

/// The words of a class, or the one word.
fn class(word: &'static str) -> impl Iterator<Item = &'static str> {
    CLASSES.iter().find(|(name, _)| *name == word).map_or(word, |(_, words)| words).split('|')
}

impl Phrase {
    /// Whether it is said in the words of a sentence, and meant.
    pub(super) fn is_in(&self, words: &[String]) -> bool {
        let is_said = (0..words.len()).any(|at| matches(&self.parts, words, at) && !is_denied(words, at));
        is_said && !words.iter().any(|word| self.unless.contains(&word.as_str()))
    }
}

/// A phrase that begins with a "no" has one more before it only by the way.
fn is_denied(words: &[String], at: usize) -> bool {
    let is_no = |word: &str| NOT.contains(&word) || matches!(word, "havent" | "hasnt" | "cant" | "cannot");
    !words.get(at).is_some_and(|word| is_no(word))
        && words[at.saturating_sub(DENIED_WITHIN)..at].iter().any(|word| NOT.contains(&word.as_str()))
}

/// Whether the parts begin at a word. A phrase has few parts and fewer gaps, so this ends soon.
fn matches(parts: &[Part], words: &[String], at: usize) -> bool {
    let Some((part, rest)) = parts.split_first() else { return true };
    match part {
        Part::Begin => at == 0 && matches(rest, words, at),
        Part::End => at == words.len() && matches(rest, words, at),
        Part::Gap => (at..=words.len().min(at + GAP)).any(|at| matches(rest, words, at)),
        Part::Word { any, may_miss } => {
            let is_one = |word: &String| {
                any.iter().any(|wanted| match wanted.strip_suffix('*') {
                    Some(start) => word.starts_with(start),
                    None => word == wanted,
                })
            };
            words.get(at).is_some_and(is_one) && matches(rest, words, at + 1) || *may_miss && matches(rest, words, at)
        }
    }
}
