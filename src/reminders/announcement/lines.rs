//! Lines of an announcement, and the labels before them: `Date: 25/12`.

use super::Source;

/// What a line says it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    When,
    Date,
    Time,
    Days,
    Place,
    /// Whose clocks.
    Zone,
    /// Perhaps whose clocks, or a part of a town or of a game.
    AnyZone,
    /// When it is over, which nobody asks for here.
    End,
}

/// A line of the text or a field, without its label.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) label: Option<Label>,
    pub(super) text: String,
}

pub(super) fn lines(source: &Source<'_>) -> Vec<Line> {
    let mut lines = vec![Line { label: None, text: without_struck(source.title) }];
    read_lines(&without_struck(source.text), &mut lines);
    for (name, value) in source.fields {
        let (name, value) = (&without_struck(name), &without_struck(value));
        match labelled(&format!("{}:", bare(name).trim_end_matches(':'))) {
            Some((label, aside)) => lines.push(Line { label: Some(label), text: format!("{aside} {value}") }),
            None => {
                lines.push(Line { label: None, text: name.clone() });
                read_lines(value, &mut lines);
            }
        }
    }
    lines
}

/// The text without what is struck out: `~~Friday~~ Saturday`.
fn without_struck(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("~~") {
        kept.push_str(before);
        match after.split_once("~~") {
            Some((_, after)) => {
                kept.push(' ');
                rest = after;
            }
            // One that nothing ends strikes nothing.
            None => rest = after,
        }
    }
    kept + rest
}

fn read_lines(text: &str, lines: &mut Vec<Line>) {
    let mut rest = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    while let Some(line) = rest.next() {
        let (label, mut text) = match labelled(line) {
            Some((label, text)) => (Some(label), text),
            None => (None, line.to_owned()),
        };
        // A heading, and what it says below it.
        if label.is_some() && text.is_empty() {
            text = rest.next_if(|next| labelled(next).is_none()).unwrap_or_default().to_owned();
        }
        lines.push(Line { label, text });
    }
}

/// Label and value of a line that has one: `📅 **Date:** 25/12`.
pub(super) fn labelled(line: &str) -> Option<(Label, String)> {
    let is_pinned = line.trim_start().starts_with('📍');
    let line = undecorated(line);
    let separators = [":", "：", " - ", " – ", " — ", "=", "|"];
    let split = separators.iter().find_map(|separator| {
        let (name, value) = line.split_once(separator)?;
        // `Time (UTC): 20:00`
        let (name, aside) = name.split_once('(').unwrap_or((name, ""));
        let (label, aside) = (label(name)?, aside.trim_end_matches([')', '*', '_', ' ']));
        let value = if label == Label::Place { bare(value).to_owned() } else { format!("{aside} {}", bare(value)) };
        Some((label, value.trim().to_owned()))
    });
    split
        .or_else(|| label(line).map(|label| (label, String::new())))
        .or_else(|| is_pinned.then(|| (Label::Place, bare(line).to_owned())))
}

/// The line after its bullets, emoji and markdown; also after emoji that are names: `:calendar:`, `<:calendar:1>`.
fn undecorated(mut line: &str) -> &str {
    loop {
        line = line.trim_start_matches(|char: char| !char.is_alphanumeric() && char != '<' && char != ':');
        let custom = line.strip_prefix("<:").or_else(|| line.strip_prefix("<a:"));
        let after = match (custom, line.strip_prefix(':')) {
            (Some(inside), _) => inside.split_once('>').map(|(_, after)| after),
            (None, Some(inside)) => {
                inside.split_once(':').filter(|(name, _)| !name.contains(' ')).map(|(_, after)| after)
            }
            (None, None) => None,
        };
        match after {
            Some(after) => line = after,
            None => return line,
        }
    }
}

/// The text without markdown around it.
pub(super) fn bare(text: &str) -> &str {
    let text = text.trim_start_matches(|char: char| char.is_whitespace() || matches!(char, '#' | '>'));
    text.trim_matches(|char: char| char.is_whitespace() || matches!(char, '*' | '_' | '`' | '~' | '|'))
}

/// No label is longer.
const MAX_LABEL: usize = 40;

fn label(name: &str) -> Option<Label> {
    if name.len() > MAX_LABEL {
        return None;
    }
    let words = name.split(|char: char| !char.is_alphanumeric()).map(str::to_lowercase);
    let words: Vec<String> = words.filter(|word| !matches!(word.as_str(), "" | "and" | "en" | "event")).collect();
    Some(match words.join(" ").as_str() {
        "when" | "wanneer" | "date time" | "datum tijd" | "datum uur" | "datum tijdstip" => Label::When,
        "date" | "datum" | "day" | "dag" | "start date" | "startdatum" => Label::Date,
        "time" | "tijd" | "uur" | "hour" | "tijdstip" | "start" | "starts" | "start time" | "starttijd"
        | "startuur" | "begin" | "begint" | "aanvang" => Label::Time,
        "days" | "dagen" | "repeats" | "herhaling" => Label::Days,
        "where" | "waar" | "location" | "locatie" | "place" | "plaats" | "venue" => Label::Place,
        "time zone" | "timezone" | "tijdzone" => Label::Zone,
        "zone" => Label::AnyZone,
        "end" | "ends" | "end time" | "end date" | "einddatum" | "einde" | "eindtijd" | "einduur" | "until" | "tot" => {
            Label::End
        }
        _ => return None,
    })
}

pub(super) fn place(text: &str) -> Option<String> {
    let text = bare(bare(text).trim_start_matches([':', '：', '-', '–', '—', '=', '|', ' ']));
    let is_unknown = matches!(text.to_lowercase().as_str(), "" | "-" | "tba" | "tbd" | "n/a" | "nvt" | "?");
    (!is_unknown).then(|| text.to_owned())
}

/// The text without addresses, which are full of numbers.
pub(super) fn without_links(text: &str) -> String {
    let words = text.split_whitespace().map(|word| match word.find("http") {
        Some(start) if word.contains("://") => &word[..start],
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The sentences of a text. A full stop ends one only before a capital: `vr. 20u` is one. After a label a semicolon stands
/// between the items of a list.
pub(super) fn sentences(text: &str, is_labelled: bool) -> impl Iterator<Item = &str> {
    let ends = move |after: &str, mark| match mark {
        '!' | '?' => true,
        ';' => !is_labelled,
        '.' => after.strip_prefix(". ").is_some_and(|next| next.starts_with(char::is_uppercase)),
        _ => false,
    };
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.char_indices().find(|(at, mark)| ends(&rest[*at..], *mark)).map(|(at, _)| at + 1);
        let (sentence, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        (!sentence.is_empty()).then_some(sentence)
    })
}
