//! Discord's Markdown as HTML: what our sentences, answers of the FAQ and messages are written in
//! (<https://support.discord.com/hc/articles/210298617>).
//!
//! Whatever it does not know stays text, and text is escaped. Links lead to the web alone, and say nothing of where they were.

use maud::{Markup, PreEscaped, html};

/// What stands around what is marked.
type Wrap = fn(Markup) -> Markup;

/// Signs within signs: what is nested deeper stays text.
const DEPTH: usize = 6;

/// What a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mention {
    Channel(u64),
    Person(u64),
    Role(u64),
    /// A moment, in seconds.
    Moment(i64),
}

/// What a text mentions, in order.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    text.match_indices('<').filter_map(|(at, _)| mention(&text[at..])).map(|(mention, _)| mention).collect()
}

/// A text as HTML; `name` shows what is mentioned.
pub(super) fn render(text: &str, name: &dyn Fn(Mention) -> Markup) -> Markup {
    let mut out = String::new();
    let mut parts = text.split("```");
    if let Some(first) = parts.next() {
        lines(first, name, &mut out);
    }
    // Each second part is between two fences; the last of an odd number is open.
    while let Some(code) = parts.next() {
        let Some(after) = parts.next() else {
            lines(&format!("```{code}"), name, &mut out);
            break;
        };
        // The name of a language may stand in the first line.
        let is_language = |line: &str| !line.is_empty() && line.chars().all(|c| c.is_ascii_alphanumeric());
        let code = code.split_once('\n').filter(|(first, _)| is_language(first)).map_or(code, |(_, code)| code);
        out.push_str(&html! { pre { code { (code.trim_matches('\n')) } } }.0);
        lines(after.strip_prefix('\n').unwrap_or(after), name, &mut out);
    }
    PreEscaped(out)
}

fn lines(text: &str, name: &dyn Fn(Mention) -> Markup, out: &mut String) {
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push_str("<br>");
        }
        let inner = |text: &str| PreEscaped(inline(text, name, DEPTH));
        let hashes = line.len() - line.trim_start_matches('#').len();
        let heading = line[hashes..].strip_prefix(' ').filter(|_| (1..=3).contains(&hashes));
        let line = match (heading, line.strip_prefix("> "), line.strip_prefix("-# ")) {
            (Some(heading), _, _) => html! { strong.heading { (inner(heading)) } },
            (_, Some(quoted), _) => html! { q { (inner(quoted)) } },
            (_, _, Some(small)) => html! { small { (inner(small)) } },
            _ => match line.trim_start().strip_prefix("- ").or_else(|| line.trim_start().strip_prefix("* ")) {
                Some(item) => html! { "• " (inner(item)) },
                None => inner(line),
            },
        };
        out.push_str(&line.0);
    }
}

fn inline(text: &str, name: &dyn Fn(Mention) -> Markup, depth: usize) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let found = special(rest, before, name, depth);
        let (markup, length) = found.unwrap_or_else(|| (html! { (c) }, c.len_utf8()));
        out.push_str(&markup.0);
        before = rest[..length].chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
    }
    out
}

/// What begins here and is more than a letter, and how long it is.
fn special(rest: &str, before: char, name: &dyn Fn(Mention) -> Markup, depth: usize) -> Option<(Markup, usize)> {
    if let Some(escaped) = rest.strip_prefix('\\') {
        let sign = escaped.chars().next().filter(|c| c.is_ascii_punctuation())?;
        return Some((html! { (sign) }, 2));
    }
    if let Some(code) = rest.strip_prefix('`') {
        let end = code.find('`').filter(|end| *end > 0)?;
        return Some((html! { code { (code[..end]) } }, end + 2));
    }
    if rest.starts_with('<') {
        if let Some((mention, length)) = mention(rest) {
            return Some((name(mention), length));
        }
        let end = rest.find('>')?;
        let inner = &rest[1..end];
        if is_link(inner) {
            return Some((link(inner, html! { (inner) }), end + 1));
        }
        return emoji_or_command(inner).map(|shown| (html! { (shown) }, end + 1));
    }
    if rest.starts_with("http") && !before.is_alphanumeric() {
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(rest.len());
        // The mark behind a link is the sentence's.
        let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_']);
        return is_link(address).then(|| (link(address, html! { (address) }), address.len()));
    }
    if depth == 0 {
        return None;
    }
    if let Some(label) = rest.strip_prefix('[') {
        let (label, after) = label.split_once("](")?;
        let (address, _) = after.split_once(')')?;
        if label.contains(['[', '\n']) || !is_link(address) {
            return None;
        }
        let length = "[](".len() + label.len() + address.len() + ")".len();
        // A link in a link would be two.
        return Some((link(address, html! { (label) }), length));
    }
    let marks: [(&str, Wrap); 6] = [
        ("**", |inner| html! { strong { (inner) } }),
        ("__", |inner| html! { u { (inner) } }),
        ("~~", |inner| html! { s { (inner) } }),
        ("||", |inner| html! { mark { (inner) } }),
        ("*", |inner| html! { em { (inner) } }),
        ("_", |inner| html! { em { (inner) } }),
    ];
    let (mark, wrap) = marks.into_iter().find(|(mark, _)| rest.starts_with(mark))?;
    let inner = &rest[mark.len()..];
    let end = inner.find(mark)?;
    let is_tight = !inner[..end].is_empty() && !inner.starts_with(' ') && !inner[..end].ends_with(' ');
    // snake_case is a word.
    let in_word = mark == "_" && (before.is_alphanumeric() || inner[end + 1..].starts_with(char::is_alphanumeric));
    if !is_tight || in_word {
        return None;
    }
    let inside = PreEscaped(inline(&inner[..end], name, depth - 1));
    Some((wrap(inside), end + 2 * mark.len()))
}

/// A mention with which `text` begins, and how long it is.
fn mention(text: &str) -> Option<(Mention, usize)> {
    let inner = text.strip_prefix('<')?;
    let end = inner.find('>').filter(|end| *end < 40)?;
    let inner = &inner[..end];
    let mention = if let Some(moment) = inner.strip_prefix("t:") {
        Mention::Moment(moment.split(':').next()?.parse().ok()?)
    } else if let Some(id) = inner.strip_prefix('#') {
        Mention::Channel(id.parse().ok()?)
    } else if let Some(id) = inner.strip_prefix("@&") {
        Mention::Role(id.parse().ok()?)
    } else {
        Mention::Person(inner.strip_prefix('@')?.trim_start_matches('!').parse().ok()?)
    };
    Some((mention, end + 2))
}

/// `:name:id` and `a:name:id` are emojis, `/name:id` is a command.
fn emoji_or_command(inner: &str) -> Option<String> {
    let (known, id) = inner.rsplit_once(':')?;
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match known.strip_prefix('/') {
        Some(command) => Some(format!("/{command}")),
        None => known.trim_start_matches('a').strip_prefix(':').map(|name| format!(":{name}:")),
    }
}

fn is_link(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| host.starts_with(char::is_alphanumeric)) && !text.contains(char::is_whitespace)
}

fn link(address: &str, shown: Markup) -> Markup {
    html! { a href=(address) rel="noopener noreferrer nofollow ugc" { (shown) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let name = |mention| html! { "{" (format!("{mention:?}")) "}" };
        assert_eq!(render(text, &name).0, expected, "{text}");
    }

    #[test]
    fn what_discord_shows_is_shown() {
        check("**bold** and *thin*, `co_de`", "<strong>bold</strong> and <em>thin</em>, <code>co_de</code>");
        check("__a *b* c__ ~~d~~ ||e||", "<u>a <em>b</em> c</u> <s>d</s> <mark>e</mark>");
        check(
            "# Head\n> said\n-# small\n- item",
            "<strong class=\"heading\">Head</strong><br><q>said</q><br><small>small</small><br>• item",
        );
        check("a\n```rust\nlet x = \"<b>\";\n```\nb", "a<br><pre><code>let x = &quot;&lt;b&gt;&quot;;</code></pre>b");
        check("in <#5> by <@!7>, <@&8> at <t:60:R>", "in {Channel(5)} by {Person(7)}, {Role(8)} at {Moment(60)}");
        check("<:ok:12> <a:hi:13> </faq search:14>", ":ok: :hi: /faq search");
    }

    #[test]
    fn what_is_no_markup_is_text() {
        check("5 * 3 * 2, snake_case_name, **open", "5 * 3 * 2, snake_case_name, **open");
        check("\\*not\\* \\`this\\`", "*not* `this`");
        check("``` open", "``` open");
        check("<@x> <t:soon> <5", "&lt;@x&gt; &lt;t:soon&gt; &lt;5");
        check(&"*".repeat(50), &"*".repeat(50));
    }

    #[test]
    fn links_lead_to_the_web_and_nowhere_else() {
        let a = |address: &str, shown: &str| {
            format!("<a href=\"{address}\" rel=\"noopener noreferrer nofollow ugc\">{shown}</a>")
        };
        check("See https://a.example/x.", &format!("See {}.", a("https://a.example/x", "https://a.example/x")));
        check("[here](https://a.example)", &a("https://a.example", "here"));
        check("<https://a.example>", &a("https://a.example", "https://a.example"));
        check("[x](javascript:alert(1))", "[x](javascript:alert(1))");
        check("[x](https://a\"onclick=alert)", &a("https://a&quot;onclick=alert", "x"));
        check("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
        check("[<img src=x onerror=y>](https://a.example)", &a("https://a.example", "&lt;img src=x onerror=y&gt;"));
    }
}
