//! A draft as it may be posted: nothing in it calls anybody, leads away, shouts or hides.
//!
//! What was judged has nothing of this left; this does not rely on it. It knows nothing of facts, only of what Discord makes of
//! a text, and takes away whatever is not on the list of what may stay.

use super::citing::key;
use super::facts::{canonical, links_in};
use super::fold::visible;
use super::{Ground, Own, Passage, Verdict, is_link_of, is_own_link};
use crate::ui::limits::fits;
use crate::ui::plain;

/// The longest reply, in units as Discord counts them: room for whoever posts it to be named, below what it takes.
pub const LONGEST_REPLY: u16 = 1900;
/// What is shown of one line.
const LONGEST_LINE: usize = 400;

/// A draft that may be posted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its text.
    pub text: String,
    /// Ids of the passages that it rests on, in the order of its sentences.
    pub sources: Vec<String>,
    /// How many sentences had no room.
    pub left_out: usize,
}

/// Writes what stands as it may be posted, in at most 1,900 units, and ends with a whole sentence.
pub fn post(verdict: &Verdict, ground: &Ground<'_>) -> Draft {
    let mut draft = Draft::default();
    for (at, kept) in verdict.kept.iter().enumerate() {
        let cited: Vec<&Passage> =
            ground.passages.iter().filter(|passage| kept.sources.contains(&passage.id)).collect();
        let sentence = Cleaner { cited: &cited, own: Some(ground.own), fixed: Vec::new() }.clean(&kept.text);
        if sentence.is_empty() {
            continue;
        }
        let is_item = sentence.starts_with("- ") || sentence.starts_with("* ") || is_numbered(&sentence);
        let between = match draft.text.is_empty() {
            true => "",
            false => {
                if is_item {
                    "\n"
                } else {
                    " "
                }
            }
        };
        let longer = format!("{}{between}{sentence}", draft.text);
        if !fits(&longer, LONGEST_REPLY.into()) {
            draft.left_out = verdict.kept.len() - at;
            break;
        }
        draft.text = longer;
        for id in &kept.sources {
            if !draft.sources.contains(id) {
                draft.sources.push(id.clone());
            }
        }
    }
    draft
}

/// A passage's label as a link to where it is read, without a preview.
pub fn link_to(passage: &Passage) -> String {
    let label = plain(&visible(&passage.label)).replace("@everyone", "everyone").replace("@here", "here");
    let is_plain = |link: &&str| {
        let is_sign = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'(' | b')' | b'\\');
        link.starts_with("https://") && link.bytes().all(is_sign)
    };
    match passage.link.as_deref().filter(is_plain) {
        Some(link) => format!("[{label}](<{link}>)"),
        None => label,
    }
}

/// A text of a model in one line that is safe to show: no link and no mention of it works.
pub fn one_line(text: &str) -> String {
    let short: String = text.chars().take(LONGEST_LINE).collect();
    Cleaner { cited: &[], own: None, fixed: Vec::new() }.clean(&short)
}

/// The same of a text of several lines, however long they are.
pub fn lines(text: &str) -> String {
    let clean = |line: &str| Cleaner { cited: &[], own: None, fixed: Vec::new() }.clean(line);
    text.lines().map(clean).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// "2. Open the settings".
fn is_numbered(sentence: &str) -> bool {
    let rest = sentence.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < sentence.len() && (rest.starts_with(". ") || rest.starts_with(") "))
}

/// Signs for private use stand for what stays as it is while the rest is cleaned.
const FIRST_FIXED: u32 = 0xe000;
const LAST_FIXED: u32 = 0xf8ff;

struct Cleaner<'a> {
    cited: &'a [&'a Passage],
    own: Option<&'a Own>,
    fixed: Vec<String>,
}

impl Cleaner<'_> {
    /// The order counts: whatever takes signs away does so before anything looks for what they would become.
    fn clean(mut self, text: &str) -> String {
        let seen: String = visible(text).chars().filter(|c| !is_private(*c)).collect();
        let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = self.fix_marks(without_block_marks(&line));
        let line = without_hiding(&line);
        let mut line = self.unmask_links(&line);
        // Code that does not end would swallow what comes behind.
        if line.matches('`').count() % 2 == 1 {
            line.retain(|c| c != '`');
        }
        let line = without_hiding(&line).replace("](", "] (");
        let line = self.fix_links(&line);
        let line = without_calls(&line);
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = without_block_marks(&line).to_owned();
        self.unfix(&line)
    }

    fn fix(&mut self, text: String) -> Option<char> {
        let sign =
            u32::try_from(self.fixed.len()).ok().map(|at| FIRST_FIXED + at).filter(|sign| *sign <= LAST_FIXED)?;
        self.fixed.push(text);
        char::from_u32(sign)
    }

    fn unfix(&self, text: &str) -> String {
        let mut whole = String::with_capacity(text.len());
        for sign in text.chars() {
            let at = (sign as u32).checked_sub(FIRST_FIXED).filter(|_| is_private(sign));
            match at.and_then(|at| self.fixed.get(at as usize)) {
                Some(fixed) => {
                    // A stroke before it would undo its brackets.
                    whole.truncate(whole.trim_end_matches('\\').len());
                    whole.push_str(fixed);
                }
                None => whole.push(sign),
            }
        }
        whole
    }

    /// Keeps mentions that the guild vouches for and placeholders; no other bracket opens anything.
    fn fix_marks(&mut self, text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('<') {
            kept.push_str(&rest[..at]);
            rest = &rest[at..];
            let mark = rest.find('>').map(|end| &rest[..=end]).filter(|mark| self.may_stay(mark));
            match mark.and_then(|mark| Some((mark, self.fix(mark.to_owned())?))) {
                Some((mark, sign)) => {
                    kept.push(sign);
                    rest = &rest[mark.len()..];
                }
                None => {
                    rest = &rest[1..];
                    if rest.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit() || c == '=') {
                        kept.push('<');
                    }
                }
            }
        }
        kept.push_str(rest);
        kept
    }

    fn may_stay(&self, mark: &str) -> bool {
        let is_placeholder = || {
            let (kind, number) = mark[1..mark.len() - 1].rsplit_once('-').unwrap_or_default();
            let is_kind = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_'));
            is_kind && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
        };
        is_placeholder() || self.own.is_some_and(|own| own.mentions.iter().any(|own| own == mark))
    }

    /// Writes `[label](link)` as what it says and where it leads, unless it is a source under its own name. An image is its label.
    fn unmask_links(&mut self, text: &str) -> String {
        let mut plain = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find("](") {
            let Some(open) = rest[..at].rfind('[') else {
                plain.push_str(&rest[..at]);
                plain.push_str("] (");
                rest = &rest[at + 2..];
                continue;
            };
            let Some(close) = rest[at..].find(')').map(|close| at + close) else { break };
            let (label, inner) = (&rest[open + 1..at], &rest[at + 2..close]);
            let link = inner.split_whitespace().next().unwrap_or_default().trim_matches(['<', '>']);
            let source = self.cited.iter().find(|passage| is_link_of(passage, &canonical(link)));
            let is_image = rest[..open].ends_with('!');
            plain.push_str(rest[..open].trim_end_matches('!'));
            let named = source.filter(|source| !is_image && key(&source.label) == key(label));
            match named.map(|source| link_to(source)).and_then(|link| self.fix(link)) {
                Some(sign) => plain.push(sign),
                None if is_image => plain.push_str(label),
                None => {
                    plain.push_str(label);
                    plain.push(' ');
                    plain.push_str(link);
                    plain.push(' ');
                }
            }
            rest = &rest[close + 1..];
        }
        plain.push_str(rest);
        plain
    }

    /// Puts links that may stand into brackets, so that Discord fetches no picture of theirs, and takes all others away.
    fn fix_links(&mut self, text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        let mut from = 0;
        for (range, link) in links_in(text) {
            kept.push_str(&text[from..range.start]);
            from = range.end;
            let is_source = self.cited.iter().any(|passage| is_link_of(passage, &link));
            let may_stand = is_source || self.own.is_some_and(|own| is_own_link(own, &link));
            let written = &text[range];
            let whole = if canonical(written).len() < written.len() - usize::from(written.ends_with('/')) {
                format!("<{written}>")
            } else {
                written.to_owned()
            };
            match may_stand.then(|| self.fix(whole)).flatten() {
                Some(sign) => kept.push(sign),
                None => kept.push(' '),
            }
        }
        kept.push_str(&text[from..]);
        // What is left of an address, and was none by itself.
        kept.replace("://", " ")
    }
}

fn is_private(sign: char) -> bool {
    (FIRST_FIXED..=LAST_FIXED).contains(&(sign as u32))
}

/// Takes away what hides words: spoilers, strokes through them, and fences that may stay open.
fn without_hiding(text: &str) -> String {
    let mut text = text.to_owned();
    // Taking some away may make others; each round has fewer signs.
    while text.contains("||") || text.contains("~~") || text.contains("``") {
        text = text.replace("||", "").replace("~~", "").replace("```", "`").replace("``", "");
    }
    text
}

/// The text without the signs that make a line large, small or a quotation.
fn without_block_marks(text: &str) -> &str {
    let mut text = text.trim_start();
    loop {
        let bare = text.trim_start_matches('#');
        let is_heading = bare.len() < text.len() && (bare.is_empty() || bare.starts_with(char::is_whitespace));
        let next = match text {
            _ if is_heading => bare,
            _ if text.starts_with("-#") => &text[2..],
            _ => text.trim_start_matches('>'),
        };
        let next = next.trim_start();
        if next.len() == text.len() {
            return text;
        }
        text = next;
    }
}

/// The text without the sign that makes everybody look.
fn without_calls(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let small = text.to_ascii_lowercase();
        let Some(at) = ["@everyone", "@here"].iter().filter_map(|call| small.find(call)).min() else { return text };
        text.remove(at);
    }
}
