//! The sources as other tests read them: without comments and tests, and the texts in them.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// What a part of a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Code,
    Comment,
    /// A literal, without its quotes.
    Text,
    /// Its quotes, and a character.
    Quote,
}

/// The parts of a source in order. A `//` in a text begins no comment, and a quote in a comment no text.
fn parts(code: &str) -> Vec<(Kind, Range<usize>)> {
    let mut found: Vec<(Kind, Range<usize>)> = Vec::new();
    let mut put = |kind, range: Range<usize>| match found.last_mut() {
        Some((last, before)) if *last == kind && kind == Kind::Code => before.end = range.end,
        _ => found.push((kind, range)),
    };
    let mut at = 0;
    while let Some(first) = code[at..].chars().next() {
        let rest = &code[at..];
        let named = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let hashes = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')).filter(|_| !named);
        let hashes = hashes.map(|rest| rest.len() - rest.trim_start_matches('#').len());
        let raw = hashes.filter(|hashes| rest.trim_start_matches(['b', 'r'])[*hashes..].starts_with('"'));
        let end = if rest.starts_with("//") {
            let end = at + rest.find('\n').unwrap_or(rest.len());
            put(Kind::Comment, at..end);
            end
        } else if rest.starts_with("/*") {
            let end = at + block_comment(rest);
            put(Kind::Comment, at..end);
            end
        } else if let Some(hashes) = raw {
            let begin = at + rest.find('"').expect("it has one") + 1;
            let closing = format!("\"{}", "#".repeat(hashes));
            let end = begin + code[begin..].find(&closing).unwrap_or(code.len() - begin);
            put(Kind::Quote, at..begin);
            put(Kind::Text, begin..end);
            put(Kind::Quote, end..(end + closing.len()).min(code.len()));
            (end + closing.len()).min(code.len())
        } else if first == '"' {
            let end = at + 1 + plain_text(&rest[1..]);
            put(Kind::Quote, at..at + 1);
            put(Kind::Text, at + 1..end);
            put(Kind::Quote, end..(end + 1).min(code.len()));
            (end + 1).min(code.len())
        } else if let Some(length) = character(rest) {
            put(Kind::Quote, at..at + length);
            at + length
        } else {
            put(Kind::Code, at..at + first.len_utf8());
            at + first.len_utf8()
        };
        at = end;
    }
    found
}

/// How long a comment is that may hold others.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// How long a text is whose beginning was a quote.
fn plain_text(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            '"' if !escaped => return at,
            c => escaped = c == '\\' && !escaped,
        }
    }
    rest.len()
}

/// How long a character in quotes is; a quote alone is a lifetime's.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let length = match inside.strip_prefix('\\') {
        Some(escaped) => 1 + escaped.chars().next()?.len_utf8() + escaped[1..].find('\'')?,
        None => inside.chars().next()?.len_utf8(),
    };
    inside[length..].starts_with('\'').then_some(length + 2)
}

/// A source without comments; lines stay lines.
pub(crate) fn without_comments(code: &str) -> String {
    let mut kept = String::new();
    for (kind, range) in parts(code) {
        match kind {
            Kind::Comment => kept.extend(code[range].chars().filter(|c| *c == '\n')),
            _ => kept.push_str(&code[range]),
        }
    }
    kept
}

/// A source, already without comments, without the items that only tests have.
fn without_tests(code: &str) -> String {
    const TEST: &str = "#[cfg(test)]";
    let Some(begin) = code.find(TEST) else { return code.to_owned() };
    let mut depth = 0;
    for (kind, range) in parts(&code[begin + TEST.len()..]) {
        for (at, c) in code[begin + TEST.len()..][range.clone()].char_indices().filter(|_| kind == Kind::Code) {
            depth += i32::from(c == '{') - i32::from(c == '}');
            if (c == '}' || c == ';') && depth == 0 {
                let end = begin + TEST.len() + range.start + at + 1;
                return format!("{}{}", &code[..begin], without_tests(&code[end..]));
            }
        }
    }
    code[..begin].to_owned()
}

/// The texts in a source without comments, each with what stands before it in its statement.
pub(crate) fn literals(code: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut statement = 0;
    for (kind, range) in parts(code) {
        match kind {
            Kind::Code => {
                let end = code[range.clone()].rfind([';', '{', '}']);
                statement = end.map_or(statement, |at| range.start + at + 1);
            }
            Kind::Text => found.push((&code[statement..range.start], &code[range])),
            Kind::Comment | Kind::Quote => {}
        }
    }
    found
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every source of the library with its path below `src`, without comments and tests.
pub(crate) fn library() -> Vec<(String, String)> {
    static LIBRARY: LazyLock<Vec<(String, String)>> = LazyLock::new(read_library);
    LIBRARY.clone()
}

fn read_library() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut library = Vec::new();
    for file in files {
        let path = file.strip_prefix(&root).expect("it is below src").to_string_lossy().replace('\\', "/");
        let is_test = path.contains("/tests/") || path.ends_with("tests.rs");
        if path == "main.rs" || path == "lib.rs" || path.starts_with("bin/") || is_test {
            continue;
        }
        let code = without_comments(&fs::read_to_string(&file).expect("a source"));
        library.push((path, without_tests(&code)));
    }
    library
}

#[test]
fn a_source_is_read_as_the_compiler_reads_it() {
    let code = r###"
        // A "comment".
        const AT: &str = "https://example.com"; store::insert(1); // and "another"
        /* one /* in */ another: store::delete( */
        fn a<'a>(it: &'a str) -> char { if it == "a\"// b\\" { '"' } else { '\'' } } // it's
        let sql = r#"select "number!" // no comment"#; let br = var; let plain = b"x";
        #[cfg(test)]
        mod tests { fn b() { let odd = "}"; } }
        fn c() { store::update(2) }
        #[cfg(test)]
        mod other;
        fn d() {}
    "###;
    let read = without_tests(&without_comments(code));
    for kept in
        ["https://example.com", "store::insert(1)", "// b", "// no comment", "fn c() { store::update(2) }", "fn d()"]
    {
        assert!(read.contains(kept), "{kept}: {read}");
    }
    for left_out in ["A \"comment\"", "another", "store::delete", "it's", "fn b()", "mod other", "cfg(test)"] {
        assert!(!read.contains(left_out), "{left_out}: {read}");
    }
    let texts: Vec<&str> = literals(&read).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["https://example.com", r#"a\"// b\\"#, r#"select "number!" // no comment"#, "x"]);
    assert!(literals(&read)[0].0.trim_start().starts_with("const AT"));
}
