//! Discord's Markdown as HTML (<https://support.discord.com/hc/en-us/articles/210298617>). Whatever is not a mark is text, and
//! all text is escaped.

use std::fmt::Write as _;

use jiff::tz::TimeZone;

use super::html::{escape, push_escaped};
use super::names::{MarkKind, Names};
use crate::words::Language;

/// Marks inside marks, at most so deep: what is deeper stays as it was typed.
const DEPTH: usize = 8;

/// Marks that stand before and after what they shape, the longer ones first.
const PAIRS: [(&str, &str); 7] = [
    ("***", "<strong><em>"),
    ("**", "<strong>"),
    ("__", "<u>"),
    ("~~", "<s>"),
    ("||", "<span class=spoiler tabindex=0>"),
    ("*", "<em>"),
    ("_", "<em>"),
];

/// How Discord's marks are read: who and what they name, when, in which language.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) names: &'a Names,
    pub(super) zone: &'a TimeZone,
    pub(super) language: Language,
}

impl Reading<'_> {
    /// A message's text.
    pub(super) fn html(self, text: &str) -> String {
        let mut html = String::new();
        // What stands between two fences is code; a fence without another is text.
        let mut rest = text;
        while let Some((before, code, after)) = fenced(rest) {
            self.lines(before, &mut html);
            let _ = write!(html, "<pre><code>{}</code></pre>", escape(code));
            rest = after.strip_prefix('\n').unwrap_or(after);
        }
        self.lines(rest, &mut html);
        html
    }

    fn lines(self, text: &str, html: &mut String) {
        let mut lines = text.split('\n').peekable();
        // Plain lines that follow one another are one paragraph.
        let mut paragraph: Vec<&str> = Vec::new();
        while let Some(line) = lines.next() {
            let Some((before, inside, after)) = block(line) else {
                paragraph.push(line);
                continue;
            };
            self.paragraph(&mut paragraph, html);
            html.push_str(before);
            match line.starts_with(">>> ") {
                true => self.lines(&std::iter::once(inside).chain(lines.by_ref()).collect::<Vec<_>>().join("\n"), html),
                false => self.inline(inside, DEPTH, html),
            }
            html.push_str(after);
        }
        self.paragraph(&mut paragraph, html);
    }

    fn paragraph(self, lines: &mut Vec<&str>, html: &mut String) {
        let text = lines.join("\n");
        lines.clear();
        if !text.trim().is_empty() {
            html.push_str("<p>");
            self.inline(text.trim_matches('\n'), DEPTH, html);
            html.push_str("</p>");
        }
    }

    /// Text within one block.
    pub(super) fn inline(self, text: &str, depth: usize, html: &mut String) {
        let mut rest = text;
        let mut before = None;
        // Marks of which no second one follows; looking again would not help.
        let mut lonely = [false; PAIRS.len()];
        while let Some(c) = rest.chars().next() {
            let taken = self
                .special(rest, before, html)
                .or_else(|| if depth > 0 { self.pair(rest, before, depth, &mut lonely, html) } else { None });
            let taken = taken.unwrap_or_else(|| {
                push_escaped(c, html);
                c.len_utf8()
            });
            before = rest[..taken].chars().last();
            rest = &rest[taken..];
        }
    }

    /// What is not shaped further: escapes, code, links, mentions. Returns how much of the text it takes.
    fn special(self, text: &str, before: Option<char>, html: &mut String) -> Option<usize> {
        if let Some(escaped) = text.strip_prefix('\\') {
            let c = escaped.chars().next().filter(|c| c.is_ascii_punctuation())?;
            push_escaped(c, html);
            return Some(2);
        }
        if text.starts_with('`') {
            let fence = text.len() - text.trim_start_matches('`').len();
            let inside = &text[fence..];
            let end = inside.find(&text[..fence]).filter(|end| *end > 0)?;
            let _ = write!(html, "<code>{}</code>", escape(&inside[..end]));
            return Some(2 * fence + end);
        }
        if let Some(inside) = text.strip_prefix('<') {
            let (mark, _) = inside.split_once('>')?;
            if let Some(mark_read) = self.names.mark(mark, self.zone, self.language) {
                let class = match mark_read.kind {
                    MarkKind::Mention => "mention",
                    MarkKind::Time => "moment",
                    MarkKind::Emoji => "emoji",
                };
                let _ = write!(html, "<span class={class}>{}</span>", escape(&mark_read.shown));
                return Some(mark.len() + 2);
            }
            let address = address(mark).filter(|address| address.len() == mark.len())?;
            link(address, address, html);
            return Some(mark.len() + 2);
        }
        if let Some(inside) = text.strip_prefix('[') {
            let (label, after) = inside.split_once("](")?;
            let (target, _) = after.split_once(')')?;
            let bare = target.trim_start_matches('<').trim_end_matches('>');
            address(bare).filter(|address| address.len() == bare.len() && !label.contains(['\n', '[']))?;
            let _ = write!(html, "<a href=\"{}\" rel=\"noreferrer nofollow\">{}</a>", escape(bare), escape(label));
            return Some(label.len() + target.len() + 4);
        }
        if before.is_none_or(|c| !c.is_alphanumeric())
            && let Some(address) = address(text)
        {
            link(address, address, html);
            return Some(address.len());
        }
        None
    }

    /// What stands between two equal marks.
    fn pair(
        self,
        text: &str,
        before: Option<char>,
        depth: usize,
        lonely: &mut [bool],
        html: &mut String,
    ) -> Option<usize> {
        let (at, (mark, open)) = PAIRS.iter().enumerate().find(|(_, (mark, _))| text.starts_with(mark))?;
        if lonely[at] || (*mark == "_" && before.is_some_and(char::is_alphanumeric)) {
            return None;
        }
        let inside = &text[mark.len()..];
        let Some(end) = closing(inside, mark) else {
            lonely[at] = true;
            return None;
        };
        html.push_str(open);
        self.inline(&inside[..end], depth - 1, html);
        html.push_str(match *mark {
            "***" => "</em></strong>",
            "**" => "</strong>",
            "__" => "</u>",
            "~~" => "</s>",
            "||" => "</span>",
            _ => "</em>",
        });
        Some(end + 2 * mark.len())
    }
}

/// Text up to a fence, the code within, and what follows.
fn fenced(text: &str) -> Option<(&str, &str, &str)> {
    let (before, inside) = text.split_once("```")?;
    let (code, after) = inside.split_once("```")?;
    // A word alone in its first line names the language.
    let code = match code.split_once('\n') {
        Some((name, code)) if name.chars().all(|c| c.is_ascii_alphanumeric() || "+-#".contains(c)) => code,
        _ => code,
    };
    Some((before.strip_suffix('\n').unwrap_or(before), code.trim_end_matches('\n'), after))
}

/// A line that is a block of its own: what opens it, its text, what ends it.
fn block(line: &str) -> Option<(&'static str, &str, &'static str)> {
    const MARKS: [(&str, &str, &str); 6] = [
        ("### ", "<h5>", "</h5>"),
        ("## ", "<h4>", "</h4>"),
        ("# ", "<h3>", "</h3>"),
        ("-# ", "<p class=small>", "</p>"),
        (">>> ", "<blockquote>", "</blockquote>"),
        ("> ", "<blockquote>", "</blockquote>"),
    ];
    if let Some((mark, before, after)) = MARKS.iter().find(|(mark, ..)| line.starts_with(mark)) {
        return Some((before, &line[mark.len()..], after));
    }
    let item = line.trim_start();
    let inside = item.strip_prefix("- ").or_else(|| item.strip_prefix("* "))?;
    Some(match item.len() < line.len() {
        true => ("<ul class=deep><li>", inside, "</ul>"),
        false => ("<ul><li>", inside, "</ul>"),
    })
}

/// Where the second mark stands: after something, and not as a part of a longer one.
fn closing(inside: &str, mark: &str) -> Option<usize> {
    if inside.starts_with(char::is_whitespace) && mark.len() == 1 {
        return None;
    }
    let sign = mark.chars().next()?;
    let mut from = 0;
    while let Some(found) = inside[from..].find(sign) {
        let at = from + found;
        let run = inside[at..].len() - inside[at..].trim_start_matches(sign).len();
        let escaped = inside[..at].ends_with('\\');
        // `**a *b***`: the two that close what is outside stand at the end.
        if !escaped && at > 0 && (run == mark.len() || (mark.len() > 1 && run > mark.len())) {
            let after = inside[at + run..].chars().next();
            if mark != "_" || after.is_none_or(|c| !c.is_alphanumeric()) {
                return Some(at + run - mark.len());
            }
        }
        from = at + run;
    }
    None
}

/// The address that a text begins with, without the signs that end a sentence.
fn address(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let end = rest.find(|c: char| c.is_whitespace() || c == '<' || c == '>').unwrap_or(rest.len());
    let whole = &text[..text.len() - rest.len() + end];
    let mut bare = whole.trim_end_matches(['.', ',', ':', ';', '"', '\'', '!', '?', ']']);
    // The bracket around an address is not a part of it; one within is.
    while bare.ends_with(')') && bare.matches('(').count() < bare.matches(')').count() {
        bare = &bare[..bare.len() - 1];
    }
    (bare.len() > "https://".len()).then_some(bare)
}

fn link(address: &str, label: &str, html: &mut String) {
    let _ = write!(html, "<a href=\"{}\" rel=\"noreferrer nofollow\">{}</a>", escape(address), escape(label));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn html(text: &str) -> String {
        let names = Names { channels: [(9, "help".to_owned())].into(), ..Names::default() };
        Reading { names: &names, zone: &TimeZone::UTC, language: Language::ENGLISH }.html(text)
    }

    #[test]
    fn marks_become_what_discord_shows() {
        let check = |text: &str, expected: &str| assert_eq!(html(text), expected, "{text}");
        check("plain", "<p>plain</p>");
        check("two\nlines", "<p>two\nlines</p>");
        check("**bold** and *thin*", "<p><strong>bold</strong> and <em>thin</em></p>");
        check("**bold *both***", "<p><strong>bold <em>both</em></strong></p>");
        check("***both***", "<p><strong><em>both</em></strong></p>");
        check("__under__ ~~gone~~ snake_case_name", "<p><u>under</u> <s>gone</s> snake_case_name</p>");
        check("||hidden||", "<p><span class=spoiler tabindex=0>hidden</span></p>");
        check("`a *b*` ``x`y``", "<p><code>a *b*</code> <code>x`y</code></p>");
        check("```rs\nfn a() {}\n```\nafter", "<pre><code>fn a() {}</code></pre><p>after</p>");
        check("a ``` b", "<p>a ``` b</p>");
        check("# Big\n-# small", "<h3>Big</h3><p class=small>small</p>");
        check("- one\n  - two", "<ul><li>one</ul><ul class=deep><li>two</ul>");
        check("> quoted\nnot", "<blockquote>quoted</blockquote><p>not</p>");
        check(">>> all\nof **it**", "<blockquote><p>all\nof <strong>it</strong></p></blockquote>");
        check("\\*not\\* 2 * 3 * 4", "<p>*not* 2 * 3 * 4</p>");
        check("<#9> <:ok:12>", "<p><span class=mention>#help</span> <span class=emoji>:ok:</span></p>");
        check("</faq search:77>", "<p><span class=mention>/faq search</span></p>");
        check("<t:0:R>", "<p><span class=moment>Thu 1 Jan 1970, 00:00 UTC</span></p>");
    }

    #[test]
    fn addresses_are_links_and_keep_every_letter() {
        let link = |address: &str| format!("<a href=\"{address}\" rel=\"noreferrer nofollow\">{address}</a>");
        let check = |text: &str, expected: String| assert_eq!(html(text), format!("<p>{expected}</p>"), "{text}");
        check("https://zoom.example/j/1?pwd=a_b_c", link("https://zoom.example/j/1?pwd=a_b_c"));
        check("(see https://a.example/b_(c)).", format!("(see {}).", link("https://a.example/b_(c)")));
        check("<https://a.example/*x*>", link("https://a.example/*x*"));
        check(
            "[shop](https://a.example)",
            "<a href=\"https://a.example\" rel=\"noreferrer nofollow\">shop</a>".to_owned(),
        );
        check("[x](javascript:alert(1))", "[x](javascript:alert(1))".to_owned());
    }

    proptest! {
        /// Nothing that is typed becomes a tag that we do not write, and everything is closed.
        #[test]
        fn what_is_typed_is_never_markup(text in "[*_~|`<>#\\[\\]()a-z\"'&\\\\ \n:/.-]{0,80}") {
            let html = html(&text);
            let mut open: Vec<&str> = Vec::new();
            for (at, _) in html.match_indices('<') {
                let tag = &html[at + 1..at + html[at..].find('>').expect("it ends")];
                let name = tag.trim_start_matches('/').split([' ', '=']).next().unwrap_or_default();
                let known = ["p", "strong", "em", "u", "s", "span", "code", "pre", "h3", "h4", "h5", "ul", "li", "blockquote", "a"];
                prop_assert!(known.contains(&name), "{tag} in {html}");
                match tag.starts_with('/') {
                    // An item ends with its list.
                    true => while open.pop().expect("it was opened") != name {},
                    false => open.push(name),
                }
            }
            prop_assert!(open.is_empty(), "{open:?} in {html}");
        }
    }

    #[test]
    fn a_hostile_text_takes_no_time() {
        for unit in ["*", "_", "**a", "||", "`", "[](", "<", "~~_*", "https://)"] {
            let text = unit.repeat(6000 / unit.len());
            let html = html(&text);
            assert!(html.len() < 200 * text.len());
        }
    }
}
