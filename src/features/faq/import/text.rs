//! Files as text, in whichever encoding spreadsheets leave them.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// What stands where bytes were none of the encoding.
pub(super) const BROKEN: char = char::REPLACEMENT_CHARACTER;

/// The text of a file. In one of UTF-8 or UTF-16 [`BROKEN`] stands for what is none; what is neither is Windows-1252, of which
/// Latin-1 is a part, and which takes every byte.
pub(super) fn decode(bytes: &[u8]) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => guess(bytes),
    };
    // A mark at the beginning is taken away.
    let (text, ..) = encoding.decode(bytes);
    text.into_owned()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    // Of the first letters of a table or a heading, in UTF-16 every other byte is zero.
    match bytes {
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => UTF_16LE,
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => UTF_16BE,
        _ if is_windows_1252(bytes) => WINDOWS_1252,
        _ => UTF_8,
    }
}

/// Whether nothing of it beside ASCII is UTF-8. A file of which only some is broken is UTF-8: read otherwise, all the rest would
/// be gibberish.
fn is_windows_1252(bytes: &[u8]) -> bool {
    let mut is_broken = false;
    for chunk in bytes.utf8_chunks() {
        if !chunk.valid().is_ascii() {
            return false;
        }
        is_broken |= !chunk.invalid().is_empty();
    }
    is_broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_of_a_spreadsheet_is_read() {
        let text = "title;answer\nCafé;Één € 5";
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let (little, big) = (utf_16(u16::to_le_bytes), utf_16(u16::to_be_bytes));
        let (windows, ..) = WINDOWS_1252.encode(text);
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", text.as_bytes()),
            marked(b"\xff\xfe", &little),
            marked(b"\xfe\xff", &big),
            little,
            big,
            windows.into_owned(),
        ] {
            assert_eq!(decode(&bytes), text, "{bytes:?}");
        }
        assert_eq!(decode(b"caf\xe9"), "café", "Latin-1");
        assert_eq!(decode("één \u{fffd}".as_bytes()), "één \u{fffd}");
        assert_eq!(decode(b"\xc3\xa9\xe9n"), "é\u{fffd}n", "only some of it is broken");
        assert_eq!(decode(b""), "");
    }
}
