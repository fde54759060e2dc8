//! Words of members inside our own sentences: shown as they were typed, whatever Discord would read in them.
//!
//! Discord reads `\*` as a star, but nothing like that inside a link: there the stroke would become part of the address. So
//! links stay as they are, and they end where Discord ends them, or whoever writes one could hide markup behind it.

use crate::db::storable;

/// `text` in one line, with everything defused that Discord would read as Markdown or a mention; links stay whole.
///
/// For words of members inside our own sentences; an FAQ answer keeps its Markdown.
pub fn plain(text: &str) -> String {
    let line: String = without_overrides(text).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let marker = block_marker(&line);
    let mut escaped = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some(c) = rest.chars().next() {
        let at = line.len() - rest.len();
        let length = match link_length(rest) {
            Some(length) => {
                escaped.push_str(&rest[..length]);
                // A stroke right behind a link would belong to it.
                if rest[length..].starts_with('<') && !rest.starts_with('<') {
                    escaped.push(' ');
                }
                length
            }
            None => {
                if marker == Some(at) || is_markup(c) {
                    escaped.push('\\');
                }
                escaped.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    escaped
}

/// The same for a text of several lines, which stay lines.
pub fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// The same as a quotation, each line of it below what stands before.
pub fn quote(text: &str) -> String {
    text.lines().map(|line| format!("\n> {}", plain(line))).collect()
}

/// `text` without the signs that turn the direction of what follows: `gnp.exe` would be read as `exe.png`, and our own
/// words behind it backwards.
pub fn without_overrides(text: &str) -> String {
    text.chars().filter(|c| !is_override(*c)).collect()
}

/// Whether a sign turns the direction of what follows.
pub fn is_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What somebody wrote as it is kept: in storable characters, without the spaces around it, and nothing at all if nobody
/// would see anything of it. Every text from outside that may not be blank goes through here before it is asked whether it is.
pub fn written(text: &str) -> String {
    match is_blank(text) {
        true => String::new(),
        false => storable(text).trim().to_owned(),
    }
}

/// Whether nobody would see anything of `text`: it has no character, or only spaces and such as take no place or leave
/// theirs empty. Discord trims spaces alone; what is left of the others would be a button without a name.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_unseen)
}

/// Spaces, controls, and what Unicode calls default ignorable; the Braille blank is empty by its form.
pub fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

fn is_markup(c: char) -> bool {
    matches!(c, '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '[' | ']')
}

/// Where the sign stands that makes `line` a heading, small print or an item of a list; quotations begin with one that is
/// markup anywhere.
fn block_marker(line: &str) -> Option<usize> {
    let text = line.trim_start();
    let start = line.len() - text.len();
    let is_followed_by_space = |rest: &str| rest.starts_with(char::is_whitespace);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match text.chars().next()? {
        '#' if is_followed_by_space(text.trim_start_matches('#')) => Some(start),
        '-' if is_followed_by_space(&text[1..]) || text.starts_with("-#") => Some(start),
        '+' if is_followed_by_space(&text[1..]) => Some(start),
        '0'..='9' => {
            let rest = text[digits..].strip_prefix(['.', ')'])?;
            is_followed_by_space(rest).then_some(start + digits)
        }
        _ => None,
    }
}

/// How long the link is with which `text` begins, in angle brackets or without them.
fn link_length(text: &str) -> Option<usize> {
    let link = text.strip_prefix('<').unwrap_or(text);
    let host = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"))?;
    if !host.starts_with(char::is_alphanumeric) {
        return None;
    }
    let is_end = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '<';
    let length = link.find(is_end).unwrap_or(link.len());
    match text.starts_with('<') {
        false => Some(length),
        // Without its end it is a bracket with a link behind it.
        true => link[..length].find('>').map(|end| "<".len() + end + ">".len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_typed_is_shown_and_links_stay_whole() {
        let check = |typed: &str, expected: &str| assert_eq!(plain(typed), expected, "{typed:?}");
        check("", "");
        check("refund for order 12", "refund for order 12");
        check("a_b **bold** ~~no~~ `code` ||spoiler||", r"a\_b \*\*bold\*\* \~\~no\~\~ \`code\` \|\|spoiler\|\|");
        check(r"\*", r"\\\*");
        check("<@1> <@&2> <#3> </faq:4>", r"\<@1\> \<@&2\> \<#3\> \</faq:4\>");
        // Links.
        let zoom = "https://zoom.example/j/1?pwd=a_b_c";
        check(zoom, zoom);
        check(&format!("<{zoom}>"), &format!("<{zoom}>"));
        check(&format!("at {zoom}, *soon*"), &format!(r"at {zoom}, \*soon\*"));
        check(&format!("({zoom})"), &format!("({zoom})"));
        check(&format!("_{zoom}"), &format!(r"\_{zoom}"));
        check(&format!("{zoom} {zoom}"), &format!("{zoom} {zoom}"));
        check("https://a.example/*b*~c~|d|`e`[f]\\g", "https://a.example/*b*~c~|d|`e`[f]\\g");
        check("http://a.example/_b_", "http://a.example/_b_");
        check("[here](https://a.example/_b_)", r"\[here\](https://a.example/_b_)");
        check("<https://a.example/_b_>*c*", r"<https://a.example/_b_>\*c\*");
        check("<https://a.example/_b_ c>", r"\<https://a.example/_b_ c\>");
        check("https://a.example/_b_<@1>", r"https://a.example/_b_ \<@1\>");
        check("https://a.example\n*b*", r"https://a.example \*b\*");
        check("https://**b**", r"https://\*\*b\*\*");
        check("https:// _b_", r"https:// \_b\_");
        check("ftp://a_b", r"ftp://a\_b");
        // What begins a line.
        check("# HUGE", r"\# HUGE");
        check("  ### large", r"  \### large");
        check("#5 and #general", "#5 and #general");
        check("-# small", r"\-# small");
        check("- item", r"\- item");
        check("* item", r"\* item");
        check("+ item", r"\+ item");
        check("-5 degrees - or more", "-5 degrees - or more");
        check("1. first", r"1\. first");
        check("12) twelfth", r"12\) twelfth");
        check("1.5 litres", "1.5 litres");
        check("> quoted", r"\> quoted");
        check(">>> quoted", r"\>\>\> quoted");
        check("a\n# b", "a # b");
        // What turns the direction.
        check("\u{202e}exe.\u{2066}gnp\u{2069}", "exe.gnp");
        check("https://a.example/\u{202e}_b_", "https://a.example/_b_");
        check("bell\u{7}", "bell ");
    }

    #[test]
    fn what_nobody_sees_is_nothing() {
        let check = |typed: &str, expected: &str| assert_eq!(written(typed), expected, "{typed:?}");
        check("", "");
        check(" \t\n\u{a0}\u{3000}", "");
        check("\u{200b}", "");
        check(" \u{200b}\u{200d}\u{feff}\u{2060} ", "");
        check("\u{202e}\u{2066}\u{2069}", "");
        check("\u{3164}\u{2800}\u{fe0f}\u{e0020}", "");
        check("\0", "");
        check(" Bill\0ing ", "Billing");
        // What joins an emoji or colours it stays with it, and so does what stands between words of a script.
        check(" ❤\u{fe0f} ", "❤\u{fe0f}");
        check("👩\u{200d}🔧", "👩\u{200d}🔧");
        check("می\u{200c}خواهم", "می\u{200c}خواهم");
    }

    #[test]
    fn lines_stay_lines_and_none_of_them_is_a_heading() {
        assert_eq!(plain_lines("one\r\n# two\n\n- three\n"), "one\n\\# two\n\n\\- three");
        assert_eq!(quote("one\n# two"), "\n> one\n> \\# two");
        assert_eq!(quote(""), "");
    }

    /// What Discord shows of a line, and the links in it; nothing if it finds markup.
    fn shown(line: &str) -> Option<(String, Vec<String>)> {
        let (mut text, mut links, mut rest) = (String::new(), Vec::new(), line);
        while let Some(c) = rest.chars().next() {
            let bare = rest.strip_prefix('<').filter(|bare| bare.starts_with("http"));
            let found = match bare {
                Some(bare) => bare.split_once('>').map(|(link, _)| (link, link.len() + 2)),
                None => {
                    let run = rest.split([' ', '<']).next().unwrap_or_default();
                    Some((run.trim_end_matches(['.', ',', ':', ';', '"', '\'', ']']), run.len()))
                }
            };
            let host =
                |link: &str| link.split_once("://").is_some_and(|(_, host)| host.starts_with(char::is_alphanumeric));
            let starts = |link: &str| (link.starts_with("https://") || link.starts_with("http://")) && host(link);
            match found.filter(|(link, _)| starts(link)) {
                Some((link, length)) => {
                    text.push_str(&rest[..length]);
                    links.push(link.to_owned());
                    rest = &rest[length..];
                }
                None if c == '\\' => {
                    let next = rest[1..].chars().next().filter(char::is_ascii_punctuation)?;
                    text.push(next);
                    rest = &rest[2..];
                }
                None if is_markup(c) => return None,
                None => {
                    text.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        Some((text, links))
    }

    fn typed() -> impl Strategy<Value = String> {
        let parts = [
            "https://a.example/b_c",
            "http://a",
            "https://",
            "a",
            "é",
            "1",
            " ",
            "<",
            ">",
            "[",
            "]",
            "(",
            ")",
            "*",
            "**",
            "_",
            "`",
            "||",
            "\\",
            "# ",
            "- ",
            ". ",
            ".",
        ];
        proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..12).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn what_is_written_is_seen_or_nothing(typed in "[ \t\u{200b}\u{200d}\u{202e}\u{2066}\u{2800}\u{3164}\u{fe0f}a\u{e9}]{0,6}") {
            let written = written(&typed);
            prop_assert_eq!(written.trim(), &*written);
            prop_assert_eq!(written.is_empty(), is_blank(&typed));
            prop_assert_eq!(written.is_empty(), !typed.contains(['a', 'é']));
        }

        #[test]
        fn whatever_was_typed_is_shown_and_its_links_are_the_same(typed in typed()) {
            let (text, links) = shown(&plain(&typed)).expect("nothing of it is markup");
            prop_assert_eq!(text.replace(' ', ""), typed.replace(' ', ""));
            for link in links {
                prop_assert!(typed.contains(&link), "{} is another link", link);
            }
            prop_assert_eq!(block_marker(&plain(&typed)), None);
        }
    }
}
