//! The blocks of Markdown. What is inside a paragraph stays as it is written.

use super::Block;

/// The blocks of a Markdown text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let bare = line.trim();
        if let Some(fence) = fence_of(bare) {
            flush(&mut paragraph, &mut blocks);
            let mut code = vec![line];
            for line in lines.by_ref() {
                code.push(line);
                let end = line.trim();
                if end.starts_with(fence) && end.trim_start_matches(&fence[..1]).is_empty() {
                    break;
                }
            }
            blocks.push(Block::Code(code.join("\n")));
        } else if let Some((level, title)) = heading_of(bare) {
            flush(&mut paragraph, &mut blocks);
            blocks.push(Block::Heading(level, title));
        } else if let (Some(level), [title]) = (underline_of(bare), paragraph.as_slice()) {
            blocks.push(Block::Heading(level, title.trim().to_owned()));
            paragraph.clear();
        } else if bare.is_empty() {
            flush(&mut paragraph, &mut blocks);
        } else if !(bare.starts_with("<!--") && bare.ends_with("-->")) {
            paragraph.push(line.trim_end());
        }
    }
    flush(&mut paragraph, &mut blocks);
    blocks
}

fn flush(paragraph: &mut Vec<&str>, blocks: &mut Vec<Block>) {
    if !paragraph.is_empty() {
        blocks.push(Block::Text(paragraph.join("\n")));
        paragraph.clear();
    }
}

/// What ends the code that a line begins, if it begins some.
fn fence_of(line: &str) -> Option<&str> {
    let sign = line.chars().next().filter(|sign| ['`', '~'].contains(sign))?;
    let length = line.len() - line.trim_start_matches(sign).len();
    // What ends in the line where it begins is code within a paragraph.
    let is_fence = length >= 3 && !(sign == '`' && line[length..].contains('`'));
    is_fence.then(|| &line[..length])
}

/// `## Title ##`.
fn heading_of(line: &str) -> Option<(usize, String)> {
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    let is_heading = (1..=6).contains(&level) && title.starts_with([' ', '\t']);
    let title = title.trim().trim_end_matches('#').trim_end();
    (is_heading && !title.is_empty()).then(|| (level, title.to_owned()))
}

/// The level of the title above a line of `===` or `---`.
fn underline_of(line: &str) -> Option<usize> {
    let is_all = |sign: char| line.len() >= 3 && line.chars().all(|it| it == sign);
    if is_all('=') { Some(1) } else { is_all('-').then_some(2) }
}
