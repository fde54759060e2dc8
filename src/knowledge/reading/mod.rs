//! Reads documents: what stands in a file, cut by its headings into passages of a size that a model and a person can take in.
//!
//! In reading order: [`read`], below; `markdown` and `html`, which make blocks of a text; `pieces`, which makes passages of those.

mod html;
mod markdown;
mod pieces;

use serde::Deserialize;

use crate::ui::limits::{cut, is_web_address};

/// Characters of the headings above a passage.
pub const HEADING_CHARS: usize = 200;

/// Passages of one document; a longer one is several documents.
pub const MAX_PIECES: usize = 2_000;

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Headings begin with `#`.
    Markdown,
    /// Headings are `h1` to `h6`.
    Html,
    /// There are no headings.
    Plain,
}

impl Written {
    /// By the end of a file's name, in lower case and without its dot.
    pub fn of_extension(extension: &str) -> Option<Written> {
        match extension {
            "md" | "markdown" => Some(Written::Markdown),
            "html" | "htm" => Some(Written::Html),
            "txt" | "text" => Some(Written::Plain),
            _ => None,
        }
    }
}

/// A document as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What it says it is called.
    pub title: Option<String>,
    /// Where it says people read it.
    pub url: Option<String>,
    /// Its passages, in their order.
    pub pieces: Vec<Piece>,
}

/// A passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The headings above it, below the document's title.
    pub headings: Vec<String>,
    /// Markdown.
    pub body: String,
}

/// Why a text is no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Nothing stands in it but headings.
    Empty,
    /// It has more than [`MAX_PIECES`].
    TooLong,
    /// Where people read it is no address of the web.
    UrlIsNoAddress,
    /// What stands above it between two lines of `---` cannot be read.
    FrontMatter(String),
}

/// What documents are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Block {
    /// Its level, from 1 on.
    Heading(usize, String),
    /// A paragraph, a list, a table.
    Text(String),
    /// What must not be cut, with its fences.
    Code(String),
}

/// What may stand above a Markdown file.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Front {
    title: Option<String>,
    url: Option<String>,
}

/// Reads a document.
///
/// # Errors
/// Why it is none.
pub fn read(text: &str, written: Written) -> Result<Read, Unfit> {
    let text = text.replace("\r\n", "\n").replace('\0', "");
    let (front, blocks) = match written {
        Written::Markdown => {
            let (front, body) = front_of(&text)?;
            (front, markdown::blocks(body))
        }
        Written::Html => {
            let (title, blocks) = html::blocks(&text);
            (Front { title, url: None }, blocks)
        }
        Written::Plain => (Front::default(), plain(&text)),
    };
    let first = blocks.iter().find_map(|block| match block {
        Block::Heading(1, title) => Some(title.clone()),
        Block::Heading(..) | Block::Text(_) | Block::Code(_) => None,
    });
    let filled = |text: Option<String>| text.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    let title = filled(front.title).or_else(|| filled(first)).map(|title| cut(&title, HEADING_CHARS));
    let url = filled(front.url);
    if url.as_deref().is_some_and(|url| !is_web_address(url)) {
        return Err(Unfit::UrlIsNoAddress);
    }
    let pieces = pieces::pieces(title.as_deref(), blocks);
    match pieces.len() {
        0 => Err(Unfit::Empty),
        1..=MAX_PIECES => Ok(Read { title, url, pieces }),
        _ => Err(Unfit::TooLong),
    }
}

/// What stands above a Markdown file, and the rest.
fn front_of(text: &str) -> Result<(Front, &str), Unfit> {
    let Some((front, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
        return Ok((Front::default(), text));
    };
    let read = serde_saphyr::from_str(front);
    let first_line = |error: String| error.lines().next().unwrap_or_default().to_owned();
    Ok((read.map_err(|error| Unfit::FrontMatter(first_line(error.to_string())))?, body))
}

/// Paragraphs, with an empty line between them.
fn plain(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let paragraphs = lines.split(|line| line.trim().is_empty()).filter(|lines| !lines.is_empty());
    paragraphs.map(|lines| Block::Text(lines.join("\n"))).collect()
}

#[cfg(test)]
mod tests;
