//! Texts as they are compared: what a model quotes differs from its source in case, spaces and kinds of quotes and dashes.

use unicode_normalization::UnicodeNormalization;

use crate::knowledge::text;
use crate::ui::is_unseen;

/// `text` with nothing in it that nobody sees: a letter of Unicode's tags would be read by a model, and by nobody else.
///
/// Of the unseen signs, spaces stay, and what belongs to a picture: the one sign that asks for its colours or joins it to the
/// next. More of them in a row are no picture but bytes that are carried past the reader.
pub(super) fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut before = ' ';
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let stays = match sign {
            '\n' | ' ' => true,
            '\u{fe0f}' => is_picture(before),
            '\u{200d}' => {
                (is_picture(before) || before == '\u{fe0f}') && signs.peek().is_some_and(|next| is_picture(*next))
            }
            _ if sign.is_whitespace() => {
                seen.push(' ');
                false
            }
            _ => !is_unseen(sign),
        };
        if stays {
            seen.push(sign);
        }
        before = sign;
    }
    seen
}

/// Pictures, with the tones of skin and the signs of sexes that are joined to them.
fn is_picture(sign: char) -> bool {
    matches!(sign, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f1e6}'..='\u{1faff}')
}

/// `text` in the letters that it looks like: wide, bold and circled ones are plain, and so are the quotes and the dashes.
pub(super) fn as_it_looks(text: &str) -> String {
    visible(text).nfkc().map(plain_sign).collect()
}

/// Kinds of quotes and dashes as one. NFKC knows them as different signs.
fn plain_sign(sign: char) -> char {
    match sign {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | '´' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        _ => sign,
    }
}

/// The letters and digits of `text`, folded, with one space between what was apart.
///
/// Signs that make another thing of a number stay; of all others no quotation is so exact that they could decide, and Markdown
/// would make a difference where none is seen.
pub(in crate::assist) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for sign in text::fold(&as_it_looks(text)).chars() {
        match sign {
            '%' | '€' | '$' | '£' | '@' => folded.push(sign),
            '\'' => {}
            _ if sign.is_alphanumeric() => folded.push(sign),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Quotations shorter than this are in every text: they prove nothing.
const SHORTEST_QUOTE: usize = 8;

/// The parts of a quotation that have to be found: models leave out the middle of what they quote.
///
/// Nothing of it is left if it proves nothing, and it counts as none.
pub(super) fn parts_of_quote(quote: &str) -> Vec<String> {
    let quote = quote.replace("[…]", "…").replace("[...]", "…").replace("...", "…");
    let parts: Vec<String> = quote.split('…').map(folded).filter(|part| !part.is_empty()).collect();
    match parts.iter().map(|part| part.chars().count()).sum::<usize>() >= SHORTEST_QUOTE {
        true => parts,
        false => Vec::new(),
    }
}

/// Whether a folded text has all parts of a quotation, one behind the other.
pub(super) fn has_parts(text: &str, parts: &[String]) -> bool {
    let mut rest = text;
    parts.iter().all(|part| match rest.find(part.as_str()) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unseen_is_left() {
        let check = |text: &str, expected: &str| assert_eq!(visible(text), expected, "{text:?}");
        check("", "");
        check("a\u{200b}b\u{ad}c\u{2060}", "abc");
        check("\u{202e}abc\u{2066}", "abc");
        check("colour\u{e0061}\u{e0062}\u{e007f}", "colour");
        check("a\tb\u{a0}c\nd", "a b c\nd");
        check("❤\u{fe0f} 👩\u{200d}🔧", "❤\u{fe0f} 👩\u{200d}🔧");
        check("😀\u{fe0f}\u{fe00}\u{fe0f}\u{e0101}\u{200d}x", "😀\u{fe0f}x");
        check("@\u{fe0f}everyone", "@everyone");
    }

    #[test]
    fn a_quote_is_found_whatever_its_case_spaces_and_dashes() {
        let text = folded("Press **“Close”** — the blue button — within 14 days;\n it's   free.");
        let check = |quote: &str, expected: bool| {
            let parts = parts_of_quote(quote);
            assert_eq!(!parts.is_empty() && has_parts(&text, &parts), expected, "{quote:?}");
        };
        check("press \"close\" - THE blue button", true);
        check("Press ‘Close’ … it’s free", true);
        check("Press Close... within 14 days.", true);
        check("it's free … Press Close", false);
        check("Press Close within 14 days", false);
        check("within 15 days", false);
        check("the", false);
        check("", false);
    }
}
