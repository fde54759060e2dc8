//! Cuts from an answer the passage that fits a question, with the found words underlined.
//!
//! The answer is read as [`Piece`]s that are never cut in half: a word, or a span of Markdown
//! with everything in it. So a link stays a link, a mention stays a mention, and no marker
//! loses its partner; words inside such a span count for the choice but are not marked.

use super::index::{Concept, Index};
use super::text;

/// A part of the answer that stays whole.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    kind: Kind,
    /// Characters in the output.
    cost: usize,
    starts_sentence: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Word {
        found: bool,
    },
    Markup,
    Space,
    /// Something too long to show.
    Gap,
}

/// Marks a word that was found: answers have bold words of their own, and hardly ever underlined ones.
const MARK: &str = "__";
/// What both of its markers cost.
const MARKS: usize = 2 * MARK.len();
/// What an ellipsis and its space cost, at both ends.
const ELLIPSES: usize = 4;
/// Below this a word is too far from the question to be shown as the reason for a hit.
const SHOWN: f32 = 0.2;
/// How much better a passage reads from the start of a sentence.
const WHOLE_SENTENCE: f32 = 1.3;

/// The passage of `answer` that fits `query` best, in at most `max_chars` characters and one line.
///
/// Words that match are underlined, by the same rules as [`Index::search`]; an ellipsis says that
/// something was left out.
pub fn passage(index: &Index, answer: &str, query: &str, max_chars: usize) -> String {
    let concepts = index.concepts(query, false);
    let mut pieces = pieces(answer, max_chars.saturating_sub(MARKS + ELLIPSES));
    let hits = mark_hits(index, &concepts, &mut pieces);
    let all: usize = pieces.iter().map(|piece| piece.cost).sum();
    let (start, end) = if all <= max_chars {
        (0, pieces.len())
    } else {
        window(&pieces, &hits, concepts.len(), max_chars.saturating_sub(ELLIPSES))
    };

    let shown = &pieces[start..end];
    // A marker of the answer's own that found no partner would find ours.
    let is_stray = |piece: &Piece<'_>| match piece.kind {
        Kind::Markup => piece.text.starts_with('_') && (piece.text.len() == 1 || !piece.text.ends_with('_')),
        Kind::Word { .. } => piece.text.contains(MARK),
        Kind::Space | Kind::Gap => false,
    };
    let marks = !shown.iter().any(is_stray);
    let mut passage = String::new();
    let mut after_found = false;
    for piece in shown {
        let is_found = marks && piece.kind == (Kind::Word { found: true });
        match piece.kind {
            // Two markers side by side would close and open nothing.
            Kind::Word { .. } if is_found && after_found => {
                passage.truncate(passage.len() - MARK.len());
                passage.extend([piece.text, MARK]);
            }
            Kind::Word { .. } if is_found => passage.extend([MARK, piece.text, MARK]),
            Kind::Word { .. } => passage.push_str(piece.text),
            Kind::Markup => passage.extend(piece.text.split_inclusive(char::is_whitespace).flat_map(one_line)),
            Kind::Space => passage.push(' '),
            Kind::Gap => passage.push('…'),
        }
        after_found = is_found;
    }
    let mut passage = passage.trim().to_owned();
    if start > 0 && max_chars >= ELLIPSES {
        passage.insert_str(0, "… ");
    }
    if end < pieces.len() && max_chars > 0 {
        passage.push_str(if passage.is_empty() || max_chars < ELLIPSES { "…" } else { " …" });
    }
    passage
}

/// A newline inside a span would be as wrong in one line as outside.
fn one_line(part: &str) -> impl Iterator<Item = &str> {
    let text = part.trim_end();
    [text, if text.len() < part.len() { " " } else { "" }].into_iter()
}

/// Marks the words that were found, and lists which piece fits which concept how well.
fn mark_hits(index: &Index, concepts: &[Concept], pieces: &mut [Piece<'_>]) -> Vec<(usize, usize, f32)> {
    let mut hits = Vec::new();
    for at in 0..pieces.len() {
        for range in text::words(pieces[at].text) {
            let found = index.best_match(concepts, &pieces[at].text[range]).filter(|&(_, fit)| fit >= SHOWN);
            let Some((concept, fit)) = found else { continue };
            hits.push((at, concept, fit));
            // Beside a marker that found no partner, two more would find it one.
            let marker =
                |piece: Option<&Piece<'_>>| piece.is_some_and(|piece| piece.text.starts_with(['*', '_', '\\']));
            let beside = marker(at.checked_sub(1).and_then(|before| pieces.get(before))) || marker(pieces.get(at + 1));
            if pieces[at].kind == (Kind::Word { found: false }) && !beside {
                pieces[at].kind = Kind::Word { found: true };
                pieces[at].cost += MARKS;
            }
        }
    }
    hits
}

/// The pieces from where to where fit into `budget` and hold most of the question.
fn window(pieces: &[Piece<'_>], hits: &[(usize, usize, f32)], concepts: usize, budget: usize) -> (usize, usize) {
    let mut best = (0, 0);
    let mut best_fit = -1.0;
    let (mut end, mut used) = (0, 0);
    for start in 0..pieces.len() {
        while end < pieces.len() && used + pieces[end].cost <= budget {
            used += pieces[end].cost;
            end += 1;
        }
        let opens = start == 0 || pieces[start - 1].kind == Kind::Space;
        if opens && pieces[start].kind != Kind::Space {
            let first = hits.partition_point(|&(at, ..)| at < start);
            let mut fits = vec![0.0_f32; concepts];
            let mut again = 0.0;
            for &(_, concept, fit) in hits[first..].iter().take_while(|&&(at, ..)| at < end) {
                again += 0.1 * fits[concept].min(fit);
                fits[concept] = fits[concept].max(fit);
            }
            let sentence = if pieces[start].starts_sentence { WHOLE_SENTENCE } else { 1.0 };
            let fit = (fits.iter().sum::<f32>() + again) * sentence;
            if fit > best_fit {
                (best, best_fit) = ((start, end), fit);
            }
        }
        if end > start {
            used -= pieces[start].cost;
        } else {
            end += 1;
        }
    }
    best
}

/// Cuts an answer into pieces of at most `longest` characters.
fn pieces(answer: &str, longest: usize) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    // Where the second marker of a span too long to stay whole will be left out.
    let mut dropped: Vec<(usize, usize)> = Vec::new();
    let (mut at, mut line_starts, mut starts_sentence) = (0, true, true);
    while at < answer.len() {
        let rest = &answer[at..];
        if let Some(&(_, len)) = dropped.iter().find(|&&(start, _)| start == at) {
            at += len;
            continue;
        }
        if std::mem::take(&mut line_starts)
            && let Some(len) = block_marker(rest)
        {
            at += len;
            continue;
        }
        let space = rest.len() - rest.trim_start().len();
        let (len, kind) = if space > 0 {
            line_starts = rest[..space].contains('\n');
            let ended = pieces.last().is_some_and(|piece: &Piece<'_>| piece.text.ends_with(['.', '!', '?', ':']));
            starts_sentence = ended || line_starts || pieces.is_empty();
            (space, Kind::Space)
        } else if let Some((len, marker)) = span(rest) {
            if marker > 0 && rest[..len].chars().count() > longest {
                dropped.push((at + len - marker, marker));
                at += marker;
                continue;
            }
            (len, Kind::Markup)
        } else if let Some(word) = text::words(rest).next().filter(|word| word.start == 0) {
            (word.end, Kind::Word { found: false })
        } else {
            (rest.chars().next().map_or(1, char::len_utf8), Kind::Markup)
        };
        let text = &rest[..len];
        at += len;
        let (kind, cost) = match (kind, text.chars().count()) {
            (Kind::Space, _) => (Kind::Space, 1),
            (_, chars) if chars > longest.max(1) => (Kind::Gap, 1),
            (kind, chars) => (kind, chars),
        };
        pieces.push(Piece { text, kind, cost, starts_sentence });
        starts_sentence &= kind == Kind::Space;
    }
    pieces
}

/// The length of a heading's or quotation's marker, which means nothing within a line.
fn block_marker(line: &str) -> Option<usize> {
    ["# ", "## ", "### ", "-# ", "> ", ">>> "].into_iter().find(|marker| line.starts_with(marker)).map(str::len)
}

/// The length of the Markdown span that starts here, and that of its markers if it can do without.
fn span(text: &str) -> Option<(usize, usize)> {
    let line = text.lines().next().unwrap_or_default();
    let between = |marker: &str| {
        let inner = text.strip_prefix(marker)?.strip_prefix(|first: char| !first.is_whitespace())?;
        let skipped = text.len() - inner.len();
        Some((skipped + inner.find(marker)? + marker.len(), marker.len()))
    };
    match text.as_bytes()[0] {
        b'\\' => text.chars().nth(1).map(|escaped| (1 + escaped.len_utf8(), 0)),
        b'`' => between("```").or_else(|| between("``")).or_else(|| between("`")),
        b'*' => between("***").or_else(|| between("**")).or_else(|| between("*")),
        b'_' => between("___").or_else(|| between("__")).or_else(|| between("_")),
        b'~' => between("~~"),
        b'|' => between("||"),
        b'<' => {
            let close = line.find('>')?;
            let inner = &line[1..close];
            (inner.starts_with(['@', '#', ':', '/']) || !inner.contains(' ')).then_some((close + 1, 0))
        }
        b'[' => {
            let middle = line.find("](")?;
            Some((middle + line[middle..].find(')')? + 1, 0))
        }
        b'h' if line.starts_with("https://") || line.starts_with("http://") => {
            Some((line.find([' ', '\t', '<', ')']).unwrap_or(line.len()), 0))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::index::Document;
    use super::*;

    fn index(answer: &str) -> Index {
        Index::build(&[Document { number: 1, answer: answer.to_owned(), ..Document::default() }], &[])
    }

    #[test]
    fn a_passage_shows_why_an_entry_was_found() {
        let check = |query: &str, answer: &str, expected: &str| {
            assert_eq!(passage(&index(answer), answer, query, 60), expected);
        };
        check("password", "Choose a new password.", "Choose a new __password__.");
        check("wachtwoord", "Your Password, or passwords.", "Your __Password__, or __passwords__.");
        check("pasword e-mail", "The password by E-Mail.", "The __password__ by __E-Mail__.");
        check("", "Nothing asked.", "Nothing asked.");
        check("the of", "The rules of it.", "The rules of it.");
        check("password", "# Password\n\n> your\npassword", "__Password__ your __password__");
        check("gift", "**Gift codes** and `gift`, <#12>, gift_", "**Gift codes** and `gift`, <#12>, gift_");
        check(
            "gift",
            "[gift](https://a.b/gift) https://gift.example gift",
            "[gift](https://a.b/gift) https://gift.example __gift__",
        );
        check(
            "refund",
            "Other things come first, at some length. Ask for a refund within two weeks. Then wait and see what.",
            "… Ask for a __refund__ within two weeks. Then wait and see …",
        );
        check("password", "My **password** and a password.", "My **password** and a __password__.");
        check("忘れ", "パスワードを忘れた", "パスワードを__忘れ__た");
        check("gift", "snake__case and a gift", "snake__case and a gift");
        check("b", &format!("a {} b", "x".repeat(99)), "a … __b__");
        check(
            "b",
            &format!("a **{} b** c", "x ".repeat(40)),
            "… x x x x x x x x x x x x x x x x x x x x x x x x x __b__ …",
        );
    }

    #[test]
    fn a_passage_keeps_its_length() {
        let answer = "Reset the password: open [settings](https://a.example), then *security*.";
        for max in 0..90 {
            let passage = passage(&index(answer), answer, "password", max);
            assert!(passage.chars().count() <= max, "{max}: {passage}");
        }
    }

    fn letters(text: &str) -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).collect()
    }

    proptest! {
        #[test]
        fn a_passage_says_only_what_the_answer_says(
            answer in "([a-c]{1,3}|[*_`~|\\[\\]()<>\\\\#\\-]{1,3}|[ \n]|https://|é|🎉){0,60}",
            query in "([a-c]{1,3} ){0,3}",
            max in 0usize..80,
        ) {
            let passage = passage(&index(&answer), &answer, &query, max);
            prop_assert!(passage.chars().count() <= max);
            prop_assert!(!passage.contains('\n'));
            // What we mark pairs up, whatever the answer marks.
            if !answer.contains('_') {
                prop_assert_eq!(passage.matches(MARK).count() % 2, 0, "{:?} of {:?}", passage, answer);
                prop_assert!(!passage.contains("___"), "{:?} of {:?}", passage, answer);
            }
            let said = letters(&answer);
            for part in passage.split('…') {
                prop_assert!(said.contains(&letters(part)), "{part:?} of {answer:?}");
            }
        }
    }
}
