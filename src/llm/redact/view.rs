//! The plain form of a text that detectors read.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Stands for a letter or number of another script than Latin.
pub(super) const LETTER: u8 = 0xff;
/// Stands for any other character: a picture, a sign.
const SIGN: u8 = 0xfe;

/// A text in plain ASCII: compatibility forms resolved, accents and invisible characters gone, dashes and quotes alike.
///
/// Every byte knows which part of the text it comes from, so that what is found here can be cut out there.
pub(super) struct View {
    bytes: Vec<u8>,
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl View {
    pub(super) fn of(text: &str) -> View {
        let room = || Vec::with_capacity(text.len());
        let mut view = View { bytes: Vec::with_capacity(text.len()), starts: room(), ends: room() };
        for (at, letter) in text.char_indices() {
            let end = at + letter.len_utf8();
            if letter.is_ascii() {
                view.push(letter as u8, at, end);
                continue;
            }
            if is_invisible(letter) {
                continue;
            }
            if is_long(letter) {
                view.push(LETTER, at, end);
                continue;
            }
            decompose_compatible(letter, |plain| {
                if is_combining_mark(plain) {
                    // It goes with the letter it stands on.
                    view.ends.last_mut().into_iter().for_each(|last| *last = end);
                } else {
                    view.push(byte_of(plain), at, end);
                }
            });
        }
        view
    }

    fn push(&mut self, byte: u8, start: usize, end: usize) {
        self.bytes.push(byte);
        self.starts.push(start);
        self.ends.push(end);
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn get(&self, range: Range<usize>) -> &[u8] {
        self.bytes.get(range).unwrap_or_default()
    }

    /// The byte before `at`.
    pub(super) fn before(&self, at: usize) -> Option<u8> {
        self.bytes.get(at.checked_sub(1)?).copied()
    }

    /// The byte at `at`.
    pub(super) fn at(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// Whether a word or number may begin at `at`.
    pub(super) fn starts_word(&self, at: usize) -> bool {
        !self.before(at).is_some_and(is_word)
    }

    /// Whether a word or number may end before `at`.
    pub(super) fn ends_word(&self, at: usize) -> bool {
        !self.at(at).is_some_and(is_word)
    }

    /// The part of the text that a part of this form comes from; nothing for an empty one.
    pub(super) fn source(&self, range: Range<usize>) -> Option<Range<usize>> {
        let (first, last) = (self.starts.get(range.start)?, self.ends.get(range.end.checked_sub(1)?)?);
        (!range.is_empty()).then_some(*first..*last)
    }
}

/// Whether a byte belongs to a word.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == LETTER
}

/// Zero width, directions, tags, variations: nobody sees them, and a value that is cut by them is still one.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Ligatures of whole phrases: they hide nothing, and would make a text eighteen times as long.
fn is_long(letter: char) -> bool {
    let mut length = 0;
    decompose_compatible(letter, |_| length += 1);
    length > 4
}

fn byte_of(letter: char) -> u8 {
    match letter {
        _ if letter.is_ascii() => letter as u8,
        '\u{2028}' | '\u{2029}' | '\u{85}' => b'\n',
        _ if letter.is_whitespace() => b' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fb}' | '\u{ad}' => b'-',
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{b4}' => b'\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => b'"',
        '\u{2039}' | '\u{27e8}' | '\u{3008}' => b'<',
        '\u{203a}' | '\u{27e9}' | '\u{3009}' => b'>',
        '\u{2044}' | '\u{2215}' => b'/',
        '\u{3002}' | '\u{b7}' | '\u{2022}' => b'.',
        // One sign of money is as good as another.
        '\u{20ac}' | '\u{a3}' | '\u{a5}' => b'$',
        _ => digit_of(letter).unwrap_or(if letter.is_alphanumeric() { LETTER } else { SIGN }),
    }
}

/// Digits of the scripts whose keyboards members have.
fn digit_of(letter: char) -> Option<u8> {
    let zero = match letter {
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        _ => return None,
    };
    u8::try_from(u32::from(letter) - u32::from(zero)).ok().map(|value| b'0' + value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_in_plain_form() {
        let check = |text: &str, expected: &[u8]| assert_eq!(View::of(text).bytes(), expected, "{text}");
        check("Zo\u{eb} cafe\u{301}", b"Zoe cafe");
        check("０４７０\u{a0}１２", b"0470 12");
        check("a\u{200b}b\u{ad}c\u{e0041}", b"abc");
        check("“x” – ‘y’ €5", b"\"x\" - 'y' $5");
        check("ﬁ ٣", b"fi 3");
        check("жß🎉", &[LETTER, LETTER, SIGN]);
    }

    #[test]
    fn what_is_found_is_cut_out_of_what_was_written() {
        let text = "é\u{200b}ﬁe\u{301}!";
        let view = View::of(text);
        assert_eq!(view.bytes(), b"efie!");
        let source = |range| view.source(range).map(|range| &text[range]);
        assert_eq!(source(0..1), Some("é"));
        assert_eq!(source(0..2), Some("é\u{200b}ﬁ"));
        assert_eq!(source(2..4), Some("ﬁe\u{301}"));
        assert_eq!(source(4..9), None);
        assert_eq!(source(2..2), None);
    }
}
