//! Announcements: which event somebody announces, read from how people write them. A pure function of values.
//!
//! Lines and embed fields with a label, such as `Date: 25/12`, say what is meant. What they leave out is looked for in the
//! rest, phrase by phrase, where much looks like a date or a time and is none. Hence stricter rules there: no weekday in two
//! or three letters unless a date or a time follows it, no bare hour, no number after `version` or beside a currency.
//! A date in the text wins over a rule in it.

use jiff::Zoned;

use super::phrases::{Day, Parts, Phrase, clock, date, phrase};
use super::when::{Misread, When, meaning, named_day};
use super::words::{Token, tokens};

/// More of a line makes no title.
const MAX_TITLE_CHARS: usize = 100;

/// An announcement as it was posted.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The title of the embed, if it has one.
    pub title: &'a str,
    /// The text of the message, or the description of the embed.
    pub text: &'a str,
    /// Name and value of the fields of the embed.
    pub fields: &'a [(String, String)],
}

/// What is announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What it is called; the first line of the text if it has no title, nothing if there is neither.
    pub title: Option<String>,
    /// When it happens.
    pub when: When,
    /// Where it happens.
    pub place: Option<String>,
    /// The whole text.
    pub about: String,
}

/// Why an announcement is no event to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// It says no time.
    NoTime,
    /// It says neither a date nor days.
    NoDate,
    /// It was over when it was announced.
    Past,
    /// What it says does not fit together: a weekday that is not that of the date.
    Contradiction,
    /// The time is that of a zone whose letters mean several.
    OtherZone,
}

/// Reads which event is announced; a date without a year is the nearest after `posted`, by the clocks of its zone.
///
/// # Errors
/// [`Unclear`] if it says no date and time to come.
pub fn read(source: &Source<'_>, posted: &Zoned) -> Result<Event, Unclear> {
    let lines = lines(source);
    let runs = lines.iter().flat_map(|line| runs(line, posted)).collect::<Vec<_>>();
    let parts = chosen(&runs)?;
    let when = meaning(parts, posted).map_err(|misread| match misread {
        Misread::Past { .. } => Unclear::Past,
        Misread::NotUnderstood => Unclear::Contradiction,
    })?;
    let place = lines.iter().filter(|line| line.label == Some(Label::Place)).find_map(|line| place(&line.text));
    Ok(Event { title: title(source), when, place, about: source.text.trim().to_owned() })
}

/// What a line says it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    When,
    Date,
    Time,
    Days,
    Place,
    /// When it is over, which nobody asks for here.
    End,
}

/// A line of the text or a field, without its label.
#[derive(Debug)]
struct Line {
    label: Option<Label>,
    text: String,
}

/// Phrases that stand together.
#[derive(Clone, Debug, Default)]
struct Run {
    label: Option<Label>,
    parts: Parts,
    /// How likely its time is one: from 1 to 3.
    likely: u8,
}

fn lines(source: &Source<'_>) -> Vec<Line> {
    let mut lines = vec![Line { label: None, text: source.title.to_owned() }];
    read_lines(source.text, &mut lines);
    for (name, value) in source.fields {
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
fn labelled(line: &str) -> Option<(Label, String)> {
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
fn bare(text: &str) -> &str {
    let text = text.trim_start_matches(|char: char| char.is_whitespace() || matches!(char, '#' | '>'));
    text.trim_matches(|char: char| char.is_whitespace() || matches!(char, '*' | '_' | '`' | '~' | '|'))
}

fn label(name: &str) -> Option<Label> {
    let words = name.split(|char: char| !char.is_alphanumeric()).map(str::to_lowercase);
    let words: Vec<String> = words.filter(|word| !matches!(word.as_str(), "" | "and" | "en" | "event")).collect();
    Some(match words.join(" ").as_str() {
        "when" | "wanneer" | "date time" | "datum tijd" | "datum uur" | "datum tijdstip" => Label::When,
        "date" | "datum" | "day" | "dag" | "start date" | "startdatum" => Label::Date,
        "time" | "tijd" | "uur" | "hour" | "tijdstip" | "start" | "starts" | "start time" | "starttijd"
        | "startuur" | "begin" | "begint" | "aanvang" => Label::Time,
        "days" | "dagen" | "repeats" | "herhaling" => Label::Days,
        "where" | "waar" | "location" | "locatie" | "place" | "plaats" | "venue" => Label::Place,
        "end" | "ends" | "end time" | "einde" | "eindtijd" | "einduur" | "until" | "tot" => Label::End,
        _ => return None,
    })
}

fn place(text: &str) -> Option<String> {
    let text = bare(text);
    let is_unknown = matches!(text.to_lowercase().as_str(), "" | "-" | "tba" | "tbd" | "n/a" | "nvt" | "?");
    (!is_unknown).then(|| text.to_owned())
}

fn title(source: &Source<'_>) -> Option<String> {
    let mut lines = source.text.lines().filter(|line| labelled(line).is_none()).map(bare);
    let title = match bare(source.title) {
        "" => lines.find(|line| !line.is_empty())?,
        title => title,
    };
    Some(match title.char_indices().nth(MAX_TITLE_CHARS) {
        Some((end, _)) => format!("{}…", &title[..end]),
        None => title.to_owned(),
    })
}

/// The runs of phrases in a line, none longer than a sentence.
fn runs(line: &Line, posted: &Zoned) -> Vec<Run> {
    if matches!(line.label, Some(Label::Place | Label::End)) {
        return Vec::new();
    }
    let text = without_links(&line.text);
    let runs = sentences(&text).flat_map(|sentence| {
        let mut tokens = tokens(sentence);
        if line.label.is_none() {
            forget_lookalikes(&mut tokens);
        }
        runs_of(&tokens, line.label)
    });
    runs.map(|run| Run { parts: run.parts.settled(posted), ..run }).collect()
}

fn runs_of(tokens: &[Token], label: Option<Label>) -> Vec<Run> {
    let mut runs = vec![Run { label, ..Run::default() }];
    let (mut before, mut rest) = (None, tokens);
    while let Some((first, after)) = rest.split_first() {
        let read = phrase(rest).map(|(phrase, after)| (phrase, &rest[..rest.len() - after.len()], after));
        match read.filter(|(phrase, taken, after)| is_meant(*phrase, before, taken, after, label.is_some())) {
            Some((phrase, taken, after)) => {
                if !runs.last_mut().is_some_and(|run| run.put(phrase, before, taken)) {
                    let mut run = Run { label, ..Run::default() };
                    run.put(phrase, before, taken);
                    runs.push(run);
                }
                (before, rest) = (taken.last().copied(), without_end(phrase, after));
            }
            None => {
                runs.push(Run { label, ..Run::default() });
                (before, rest) = (Some(*first), after);
            }
        }
    }
    runs.retain(|run| run.parts != Parts::default());
    runs
}

/// The tokens after the end of what `phrase` begins: the `-21:00` of `19:30-21:00`.
fn without_end(phrase: Phrase, after: &[Token]) -> &[Token] {
    use Token::{Dash, Sign, Through, Until};
    let rest = match (phrase, after) {
        (Phrase::Time(_), [Dash | Sign('-') | Through | Until, end @ ..]) => clock(end).map(|(_, rest)| rest),
        (Phrase::Day(_), [Dash | Sign('-') | Through | Until, end @ ..]) => date(end).map(|(_, rest)| rest),
        _ => None,
    };
    rest.unwrap_or(after)
}

/// The text without addresses, which are full of numbers.
fn without_links(text: &str) -> String {
    let words = text.split_whitespace().map(|word| match word.find("http") {
        Some(start) if word.contains("://") => &word[..start],
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The sentences of a text. A full stop ends one only before a capital: `vr. 20u` is one.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = |after: &str, mark| match mark {
        '!' | '?' | ';' => true,
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

/// Makes unknown words of weekdays in two or three letters, such as `we` and `sun`, unless they stand where days do: after
/// `every` or right before a date or a time, also several of them.
fn forget_lookalikes(tokens: &mut [Token]) {
    use Token::{And, Dash, Every, Other, Sign, Through, Weekday};
    let is_short = |token: &Token| matches!(token, Weekday { is_short: true, .. });
    let joins = |token: &Token| matches!(token, And | Dash | Through | Sign('-' | '+' | ','));
    let mut from = 0;
    while let Some(start) = tokens[from..].iter().position(is_short).map(|at| from + at) {
        let mut end = start + 1;
        while let Some(more) = match &tokens[end..] {
            [token, ..] if is_short(token) => Some(1),
            [between, token, ..] if joins(between) && is_short(token) => Some(2),
            _ => None,
        } {
            end += more;
        }
        let follows = matches!(&tokens[..start], [.., Every | Other]);
        if !follows && date(&tokens[end..]).is_none() && clock(&tokens[end..]).is_none() {
            tokens[start..end].fill(Token::Unknown);
        }
        from = end;
    }
}

/// Whether a phrase that was `taken` from between `before` and `after` means what it says.
fn is_meant(phrase: Phrase, before: Option<Token>, taken: &[Token], after: &[Token], has_label: bool) -> bool {
    let is_tail = matches!(before, Some(Token::Sign(':' | '.' | '/' | '-')));
    let is_worth = before == Some(Token::Money) || matches!(after, [Token::Money, ..]);
    match phrase {
        Phrase::Delay(_) => false,
        Phrase::Day(_) => !is_tail && !matches!(taken, [Token::Number(24, _), Token::Sign('/'), Token::Number(7, 1)]),
        Phrase::Time(_) if is_tail || is_worth => false,
        Phrase::Time(_) if is_dotted(taken) => before != Some(Token::Version),
        Phrase::Time(_) => has_label || !matches!(taken, [Token::At, Token::Number(..)]),
        _ => true,
    }
}

/// Whether a time is written as a decimal number is.
fn is_dotted(taken: &[Token]) -> bool {
    matches!(taken, [Token::Number(..), Token::Sign('.'), Token::Number(..)])
}

fn likely(before: Option<Token>, taken: &[Token]) -> u8 {
    match taken {
        [Token::Clock(_)] => 1,
        [Token::Number(_, 1), ..] if is_dotted(taken) && before != Some(Token::At) => 1,
        _ if is_dotted(taken) && before != Some(Token::At) => 2,
        _ => 3,
    }
}

impl Run {
    /// Takes in a phrase that was `taken` from after `before`, unless it holds something like it.
    fn put(&mut self, phrase: Phrase, before: Option<Token>, taken: &[Token]) -> bool {
        let is_new = self.parts.put(phrase);
        match phrase {
            Phrase::Time(_) | Phrase::Stamp(_) if is_new => self.likely = likely(before, taken),
            // Under their label days always come back.
            Phrase::Weekdays { .. } if self.label == Some(Label::Days) => self.parts.come_back = true,
            _ => {}
        }
        is_new
    }

    /// How likely it says a time; 0 if it says none.
    fn time_rank(&self) -> u8 {
        self.parts.time.map_or(0, |_| self.likely)
    }

    /// How exactly it names a day that does not come back; 0 if it names none.
    fn day_rank(&self) -> u8 {
        match &self.parts {
            parts if parts.repeats() => 0,
            Parts { day: Some(Day::Full(_) | Day::OfYear { .. }), .. } => 3,
            Parts { day: Some(_), .. } => 2,
            Parts { weekdays: Some(days), .. } if days.len() == 1 => 2,
            // Without a label, the first may be anything.
            Parts { month_day: Some(_), .. } if self.label.is_some() => 1,
            _ => 0,
        }
    }

    /// How much of a rule it says; 0 if none, or, without a label, too little: much is weekly.
    fn rule_rank(&self) -> u8 {
        let Parts { step, weekdays, nth, month_day, time, .. } = &self.parts;
        let says_days = weekdays.is_some() || nth.is_some() || month_day.is_some();
        match (time, self.label) {
            _ if !self.parts.repeats() => 0,
            (Some(_), _) => 2,
            (None, Some(_)) => 1,
            (None, None) => u8::from(step.is_some() && says_days),
        }
    }
}

/// What all of it says together.
fn chosen(runs: &[Run]) -> Result<Parts, Unclear> {
    // The first of the best.
    let best = |label: Option<Label>, rank: &dyn Fn(&Run) -> u8| {
        let ranked = runs.iter().filter(|run| run.label == label && rank(run) > 0);
        ranked.rev().max_by_key(|run| rank(run))
    };
    let said = |labels: &[Label], rank: fn(&Run) -> u8| labels.iter().find_map(|label| best(Some(*label), &rank));
    let said_time = said(&[Label::Time, Label::When, Label::Date, Label::Days], Run::time_rank);
    let said_day = said(&[Label::Date, Label::When, Label::Time], Run::day_rank);
    let said_rule = said(&[Label::Days, Label::When, Label::Date, Label::Time], Run::rule_rank);

    // A date and a time that stand together belong together, and to something else if either is said elsewhere.
    let together = |run: &Run| run.day_rank() > 0 && run.time_rank() > 0;
    let alone = |run: &Run, rank: u8| if rank > 0 && !together(run) { rank + 3 } else { rank };
    let pair = match (said_time, said_day) {
        (None, None) => best(None, &|run| if together(run) { run.day_rank() + run.time_rank() } else { 0 }),
        _ => None,
    };
    let day = said_day.or(pair).or_else(|| best(None, &|run| alone(run, run.day_rank())));
    let rule = said_rule.or_else(|| if day.is_none() { best(None, &Run::rule_rank) } else { None });
    let time = said_time
        .or(pair)
        .or_else(|| rule.filter(|run| run.time_rank() > 0))
        .or_else(|| best(None, &|run| alone(run, run.time_rank())))
        .ok_or(Unclear::NoTime)?;

    if time.parts.elsewhere {
        return Err(Unclear::OtherZone);
    }
    let mut parts = match (rule, day) {
        (None, None) => return Err(Unclear::NoDate),
        (None, Some(day)) => Parts {
            day: day.parts.day,
            weekdays: day.parts.weekdays.filter(|days| days.len() == 1),
            month_day: day.parts.month_day.filter(|_| day.parts.day.is_none()),
            ..Parts::default()
        },
        (Some(rule), day) => {
            let begins = day.and_then(|day| named_day(&day.parts)).map(|(day, _)| day);
            Parts { from: rule.parts.from.or(begins), elsewhere: false, ..rule.parts.clone() }
        }
    };
    (parts.time, parts.part, parts.offset) = (time.parts.time, time.parts.part, time.parts.offset);
    // `Date: friday evening` above `Time: 8:30`.
    let in_part = Parts { part: day.and_then(|day| day.parts.part), ..parts.clone() };
    Ok(if parts.part.is_none() && in_part.clock().is_some() { in_part } else { parts })
}

#[cfg(test)]
mod tests;
