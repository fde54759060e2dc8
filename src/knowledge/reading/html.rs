//! The blocks of HTML: what a page says, without what only a browser needs.
//!
//! It reads what people write and programs make, not all that the standard allows: what is broken comes out as text.

use super::Block;

/// What is left out with all that stands in it.
const SKIPPED: [&str; 8] = ["script", "style", "noscript", "template", "svg", "nav", "iframe", "select"];

/// What begins or ends a paragraph.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "section",
    "article",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "figure",
    "header",
    "main",
    "footer",
    "aside",
    "hr",
    "body",
    "form",
    "details",
];

/// What HTML names letters; others stay as they are written.
const LETTERS: [(&str, &str); 36] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("euro", "€"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("times", "×"),
    ("rarr", "→"),
    ("larr", "←"),
    ("middot", "·"),
    ("bull", "•"),
    ("deg", "°"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("ecirc", "ê"),
    ("euml", "ë"),
    ("iuml", "ï"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("auml", "ä"),
    ("agrave", "à"),
    ("ccedil", "ç"),
    ("ntilde", "ñ"),
];

/// The page's `title`, and its blocks.
pub(super) fn blocks(page: &str) -> (Option<String>, Vec<Block>) {
    let mut reader = Reader::default();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        reader.text(&rest[..open]);
        rest = &rest[open..];
        rest = match tag_of(rest) {
            Some(Tag { name, closes, after }) => match is_skipped(&name, closes) {
                true => behind(after, &name),
                false => {
                    reader.tag(&name, closes);
                    after
                }
            },
            // A comment, or what the document is.
            None if rest.starts_with("<!--") => rest.split_once("-->").map_or("", |(_, after)| after),
            None if rest.starts_with("<!") || rest.starts_with("<?") => {
                rest.split_once('>').map_or("", |(_, after)| after)
            }
            None => {
                reader.text("<");
                &rest[1..]
            }
        };
    }
    reader.text(rest);
    reader.flush();
    (reader.title, reader.blocks)
}

struct Tag<'a> {
    name: String,
    closes: bool,
    after: &'a str,
}

/// The tag that a text begins with.
fn tag_of(text: &str) -> Option<Tag<'_>> {
    let inner = text.strip_prefix('<')?;
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let length = inner.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(inner.len());
    if !inner.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return None;
    }
    let mut quoted = None;
    let end = inner[length..].char_indices().find(|(_, letter)| match (quoted, letter) {
        (None, '"' | '\'') => {
            quoted = Some(*letter);
            false
        }
        (None, letter) => *letter == '>',
        (Some(quote), letter) => {
            quoted = quoted.filter(|_| *letter != quote);
            false
        }
    });
    let (end, _) = end?;
    Some(Tag { name: inner[..length].to_ascii_lowercase(), closes, after: &inner[length + end + 1..] })
}

fn is_skipped(name: &str, closes: bool) -> bool {
    !closes && SKIPPED.contains(&name)
}

/// What follows the end of an element that is left out.
fn behind<'a>(text: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}");
    let at = text.char_indices().map(|(at, _)| at).find(|at| {
        text.as_bytes().get(*at..at + end.len()).is_some_and(|here| here.eq_ignore_ascii_case(end.as_bytes()))
    });
    at.and_then(|at| text[at..].split_once('>')).map_or("", |(_, after)| after)
}

#[derive(Default)]
struct Reader {
    title: Option<String>,
    blocks: Vec<Block>,
    current: String,
    heading: Option<usize>,
    is_title: bool,
    is_code: bool,
}

impl Reader {
    fn text(&mut self, text: &str) {
        let text = with_letters(text);
        if self.is_code {
            self.current.push_str(&text);
            return;
        }
        for (at, word) in text.split(char::is_whitespace).enumerate() {
            // White space of any length is one blank.
            if at > 0 && !self.current.is_empty() && !self.current.ends_with([' ', '\n']) {
                self.current.push(' ');
            }
            self.current.push_str(word);
        }
    }

    fn tag(&mut self, name: &str, closes: bool) {
        match name {
            "title" if closes => {
                let title = std::mem::take(&mut self.current).trim().to_owned();
                self.title.get_or_insert(title);
                self.is_title = false;
            }
            "title" => {
                self.flush();
                self.is_title = true;
            }
            "pre" => {
                self.flush();
                self.is_code = !closes;
            }
            "br" => self.current.push('\n'),
            "td" | "th" if !closes && !self.current.trim().is_empty() => self.current.push_str(" | "),
            _ if is_heading(name) => {
                self.flush();
                self.heading = name[1..].parse().ok().filter(|_| !closes);
            }
            "li" => {
                // The items of a list stand in one paragraph.
                self.current.truncate(self.current.trim_end().len());
                if !closes {
                    self.current.push_str(if self.current.is_empty() { "- " } else { "\n- " });
                }
            }
            _ if BLOCKS.contains(&name) => self.flush(),
            _ => {}
        }
    }

    fn flush(&mut self) {
        let current = std::mem::take(&mut self.current);
        let text = current.trim();
        if text.is_empty() || text == "-" {
            return;
        }
        self.blocks.push(match (self.heading.take(), self.is_code) {
            (Some(level), _) => Block::Heading(level, text.replace('\n', " ")),
            (None, true) => Block::Code(format!("```\n{}\n```", current.trim_matches('\n').trim_end())),
            (None, false) => Block::Text(text.to_owned()),
        });
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

/// A text with letters where HTML names or counts them.
fn with_letters(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        read.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let letter = rest.split_once(';').filter(|(name, _)| name.len() <= 8).and_then(|(name, after)| {
            let named = LETTERS.iter().find(|(known, _)| *known == name).map(|(_, letter)| (*letter).to_owned());
            Some((named.or_else(|| counted(name).map(String::from))?, after))
        });
        match letter {
            Some((letter, after)) => {
                read.push_str(&letter);
                rest = after;
            }
            None => read.push('&'),
        }
    }
    read.push_str(rest);
    read
}

/// `#233` or `#xe9`.
fn counted(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    char::from_u32(number.ok()?).filter(|letter| *letter != '\0')
}
