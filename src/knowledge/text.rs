//! Turns text into the words that search compares: cut, folded, stemmed.
//!
//! Everything here is a pure function of its input, and bounded: a word has at most
//! [`LONGEST_WORD`] bytes, so one hostile message cannot make a search slow.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use waken_snowball::{Algorithm, stem};

/// Longer “words” are keys, hashes and keyboard mashing; nobody looks for them by heart.
const LONGEST_WORD: usize = 64;

/// Yields the byte range of every word, with inner hyphens, dots and apostrophes as part of it.
///
/// Han, Hiragana and Katakana are written without spaces, so there every character is a word. So is every emoji.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(|first: char| first.is_alphanumeric() || is_emoji(first))?;
        from = start + word_len(&text[start..]);
        Some(start..from)
    })
}

fn word_len(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, letter)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let inside = match letter {
            _ if stands_alone(letter) => {
                return if at == 0 { letter.len_utf8() } else { at };
            }
            '-' | '.' | '_' | '\'' | '’' => next.is_some_and(|next| next.is_alphanumeric() && !stands_alone(next)),
            // C++ and C#, but not the end of "really++".
            '+' | '#' => (1..=2).contains(&at) && !next.is_some_and(char::is_alphanumeric),
            _ => letter.is_alphanumeric() || is_combining_mark(letter),
        };
        if !inside {
            break;
        }
        end = at + letter.len_utf8();
    }
    end
}

fn stands_alone(letter: char) -> bool {
    is_emoji(letter)
        || matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Pictures, but not the tones of skin that follow some of them.
fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{1f1e6}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
}

/// Calls `found` with every form under which `word` is known: joined, then its longer parts.
///
/// `E-Mail` is `email` and `mail`, so that hyphens never decide whether an entry is found; nor do spaces before a number:
/// `ios17` is `ios` and `17` too.
pub fn forms(word: &str, mut found: impl FnMut(&str)) {
    if word.len() > LONGEST_WORD {
        return;
    }
    let folded = fold(word);
    if !folded.contains(['-', '.', '_', '\'']) {
        found(&folded);
        let letters = folded.trim_end_matches(|last: char| last.is_ascii_digit());
        let is_long = |part: &str| part.chars().nth(1).is_some();
        if letters.len() < folded.len() && letters.chars().all(char::is_alphabetic) && is_long(letters) {
            [letters, &folded[letters.len()..]].into_iter().filter(|part| is_long(part)).for_each(found);
        }
        return;
    }
    found(&folded.replace(['-', '.', '_', '\''], ""));
    let parts = folded.split(['-', '.', '_']).filter(|part| !part.contains('\''));
    parts.filter(|part| part.chars().nth(1).is_some()).for_each(found);
}

/// Folds case, width, accents and joined letters: `Één` becomes `een`, `Straße` `strasse`.
///
/// Only the marks of Latin, Greek, Cyrillic and Arabic go; in Indic scripts they are vowels.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let accent = |letter: &char| matches!(letter, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}');
    let mut folded = String::with_capacity(word.len());
    for letter in word.nfkd().filter(|letter| !accent(letter)).flat_map(char::to_lowercase) {
        match letter {
            '’' => folded.push('\''),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            _ => folded.push(letter),
        }
    }
    folded
}

/// The stems of a folded word as English and as Dutch; two words are one when they share any.
///
/// Both languages, because entries mix them within one sentence and two words are too few to tell.
/// `waken_snowball` needs no other crate and has the newer Dutch algorithm (Kraaij and Pohlmann),
/// which sees that `gekoppeld` is `koppelen`; with the older one of `rust-stemmers` fewer of the
/// tests' questions find their entry.
pub fn stems(word: &str) -> [String; 2] {
    // The newer algorithm takes the plural of "woord" for a past tense, and answers "woor".
    let plural = word.strip_suffix("en").filter(|start| start.ends_with("ld") || start.ends_with("rd"));
    let dutch = stem(Algorithm::Dutch, plural.unwrap_or(word)).into_owned();
    [stem(Algorithm::English, word).into_owned(), dutch]
}

/// Which letters occur in a folded word, as the lower 32 bits, and which in its first two places,
/// as the upper: a cheap proof that two words are far apart.
pub fn letters(word: &str) -> u64 {
    let bit = |letter: char| 1 << (letter as u32 % 32);
    let all = word.chars().fold(0, |bits, letter| bits | bit(letter));
    word.chars().take(2).fold(all, |bits, letter| bits | bit(letter) << 32)
}

/// The part of [`letters`] that is about the whole word.
pub const ANYWHERE: u64 = 0xffff_ffff;

/// How many typing mistakes a word of this many letters may hold.
pub fn allowed_typos(letters: usize) -> usize {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// A typed word, ready to be compared with thousands of others.
pub struct Typed {
    len: usize,
    letters: u64,
    /// In which places each letter stands, as bits; there are few letters, so a list is enough.
    places: Vec<(char, u64)>,
}

impl Typed {
    /// Prepares a folded word; only its first 64 letters count.
    pub fn new(word: &str) -> Typed {
        let mut places: Vec<(char, u64)> = Vec::new();
        for (at, letter) in word.chars().take(64).enumerate() {
            match places.iter_mut().find(|(known, _)| *known == letter) {
                Some((_, bits)) => *bits |= 1 << at,
                None => places.push((letter, 1 << at)),
            }
        }
        Typed { len: word.chars().take(64).count(), letters: letters(word), places }
    }

    /// Whether a word with these [`letters`] may be within `typos` mistakes, at most one of them at
    /// its start; wrong only by saying yes. With `open`, what follows the typed letters is none.
    pub fn may_be(&self, letters: u64, typos: usize, open: bool) -> bool {
        let missing = (self.letters & !letters & ANYWHERE).count_ones() as usize;
        let extra = (letters & !self.letters & ANYWHERE).count_ones() as usize;
        missing <= typos && (open || extra <= typos) && (self.letters & letters) > ANYWHERE
    }

    /// Counts the mistakes in typing `word`: a letter too many, too few, wrong, or two swapped.
    ///
    /// With `open`, only the beginning of `word` was meant. This is optimal string alignment, one
    /// column of the matrix in two machine words (Hyyrö, “A bit-vector algorithm for computing
    /// Levenshtein and Damerau edit distances”, 2003): a keystroke compares with a whole vocabulary.
    pub fn typos(&self, word: &str, open: bool) -> usize {
        let Some(last) = self.len.checked_sub(1) else { return if open { 0 } else { word.chars().count() } };
        let (mut down, mut up, mut same, mut before) = (!0_u64, 0_u64, 0_u64, 0_u64);
        let mut typos = self.len;
        let mut fewest = typos;
        for letter in word.chars() {
            let here = self.places.iter().find(|(known, _)| *known == letter).map_or(0, |&(_, bits)| bits);
            let swapped = ((!same & here) << 1) & before;
            same = ((here & down).wrapping_add(down) ^ down) | here | up | swapped;
            let more = up | !(same | down);
            let less = same & down;
            typos = typos + (more >> last & 1) as usize - (less >> last & 1) as usize;
            fewest = fewest.min(typos);
            let more = more << 1 | 1;
            down = less << 1 | !(same | more);
            up = more & same;
            before = here;
        }
        if open { fewest } else { typos }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_cut_into_words() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = words(text).map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("", &[]);
        check("?! 🎉 …", &["🎉"]);
        check("a🎉b👍🏽", &["a", "🎉", "b", "👍"]);
        check("Sign-in, please.", &["Sign-in", "please"]);
        check("'s avonds: foto's (2x)", &["s", "avonds", "foto's", "2x"]);
        check("C++ or c#? really++ #1", &["C++", "or", "c#", "really", "1"]);
        check("latest.log v3.5.", &["latest.log", "v3.5"]);
        check("cafe\u{301} إعادة नमस्ते", &["cafe\u{301}", "إعادة", "नमस्ते"]);
        check("パスワード忘れ ok", &["パ", "ス", "ワ", "ー", "ド", "忘", "れ", "ok"]);
        check("v忘-れ", &["v", "忘", "れ"]);
    }

    #[test]
    fn a_word_is_known_under_its_forms() {
        let check = |word: &str, expected: &[&str]| {
            let mut found = Vec::new();
            forms(word, |form| found.push(form.to_owned()));
            assert_eq!(found, expected, "{word}");
        };
        check("Wachtwoord", &["wachtwoord"]);
        check("E-Mail", &["email", "mail"]);
        check("E-1042", &["e1042", "1042"]);
        check("Don’t", &["dont"]);
        check("Één", &["een"]);
        check("Straße", &["strasse"]);
        check("iOS17", &["ios17", "ios", "17"]);
        check("ps5", &["ps5", "ps"]);
        check("2fa", &["2fa"]);
        check("a1b2c3", &["a1b2c3"]);
        check("ＶＰＮ", &["vpn"]);
        check("c++", &["c++"]);
        check(&"a".repeat(65), &[]);
    }

    #[test]
    fn both_languages_have_stems() {
        let check = |one: &str, other: &str| {
            assert!(stems(one).iter().any(|stem| stems(other).contains(stem)), "{one} and {other}");
        };
        check("resetting", "resets");
        check("wachtwoorden", "wachtwoord");
        check("gekoppeld", "koppelen");
    }

    /// The textbook's matrix.
    fn typos_by_hand(typed: &str, word: &str, open: bool) -> usize {
        let (a, b): (Vec<char>, Vec<char>) = (typed.chars().collect(), word.chars().collect());
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    let replaced = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let best = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if swapped { best.min(table[i - 2][j - 2] + 1) } else { best }
                };
            }
        }
        if open { table[a.len()].iter().copied().min().unwrap() } else { table[a.len()][b.len()] }
    }

    proptest! {
        #[test]
        fn typos_are_counted_as_in_the_textbook(typed in "[a-dé]{1,12}", word in "[a-dé]{0,12}", open: bool) {
            let counted = Typed::new(&typed).typos(&word, open);
            prop_assert_eq!(counted, typos_by_hand(&typed, &word, open));
        }

        #[test]
        fn any_text_has_words(text in "\\PC{0,60}") {
            for range in words(&text) {
                prop_assert!(!range.is_empty());
                forms(&text[range], |form| {
                    stems(form);
                    letters(form);
                });
            }
        }
    }
}
