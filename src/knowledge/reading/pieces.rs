//! Makes passages of blocks: what stands below one heading together, as long as it is not too long.

use super::{Block, HEADING_CHARS, Piece};
use crate::llm::budget::BYTES_PER_TOKEN;
use crate::ui::limits::cut;

/// A passage has some 300 tokens: less says too little alone, and of more only a part answers.
const MOST: usize = 300 * BYTES_PER_TOKEN;

/// Code is not cut up to here: half of it is of no use.
const MOST_OF_CODE: usize = 3 * MOST;

/// The passages of a document that is called `title`.
pub(super) fn pieces(title: Option<&str>, blocks: Vec<Block>) -> Vec<Piece> {
    let mut packing = Packing::default();
    for block in blocks {
        match block {
            Block::Heading(level, text) => {
                packing.flush();
                packing.headings.retain(|(above, _)| *above < level);
                // What the whole document is called stands above all of it anyway.
                let is_title = level == 1 && title == Some(text.as_str());
                packing.headings.extend((!is_title).then(|| (level, cut(&text, HEADING_CHARS))));
            }
            Block::Text(text) => parts(&text).iter().for_each(|part| packing.add(part)),
            Block::Code(code) if code.len() <= MOST_OF_CODE => packing.add(&code),
            Block::Code(code) => packed(code.split_inclusive('\n')).iter().for_each(|part| packing.add(part)),
        }
    }
    packing.flush();
    packing.pieces
}

#[derive(Default)]
struct Packing {
    headings: Vec<(usize, String)>,
    body: String,
    pieces: Vec<Piece>,
}

impl Packing {
    fn add(&mut self, part: &str) {
        let part = part.trim_matches('\n').trim_end();
        if part.trim().is_empty() {
            return;
        }
        if self.body.len() + part.len() > MOST {
            self.flush();
        }
        if !self.body.is_empty() {
            self.body.push_str("\n\n");
        }
        self.body.push_str(part);
    }

    fn flush(&mut self) {
        if !self.body.is_empty() {
            let headings = self.headings.iter().map(|(_, text)| text.clone()).collect();
            self.pieces.push(Piece { headings, body: std::mem::take(&mut self.body) });
        }
    }
}

/// The parts of a text that is too long: its lines, or its sentences, or its words.
fn parts(text: &str) -> Vec<String> {
    if text.len() <= MOST {
        return vec![text.to_owned()];
    }
    let lines = text.split_inclusive('\n').flat_map(|line| match line.len() <= MOST {
        true => vec![line],
        false => sentences(line).into_iter().flat_map(by_words).collect(),
    });
    packed(lines)
}

/// Neighbours put together again, as far as they are not too long.
fn packed<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut packed: Vec<String> = Vec::new();
    for part in parts {
        match packed.last_mut() {
            Some(last) if last.len() + part.len() <= MOST => last.push_str(part),
            _ => packed.push(part.to_owned()),
        }
    }
    packed
}

/// The sentences of a line, each with the blank behind it.
fn sentences(line: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let (mut from, mut ends) = (0, false);
    for (at, letter) in line.char_indices() {
        if ends && letter.is_whitespace() {
            let end = at + letter.len_utf8();
            sentences.push(&line[from..end]);
            from = end;
        }
        ends = matches!(letter, '.' | '!' | '?' | '…');
    }
    sentences.push(&line[from..]);
    sentences
}

/// Parts of a sentence that is too long; behind a word if there are any.
fn by_words(sentence: &str) -> Vec<&str> {
    let (mut parts, mut rest) = (Vec::new(), sentence);
    while rest.len() > MOST {
        let most = rest.floor_char_boundary(MOST);
        let blank = rest[..most].rfind(char::is_whitespace).filter(|at| *at > 0);
        let (part, after) = rest.split_at(blank.unwrap_or(most));
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}
