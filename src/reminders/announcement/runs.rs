//! Runs: phrases that stand together in a sentence.

use jiff::Zoned;

use super::forget::{forget_deadlines, forget_lookalikes, forget_what_nobody_needs};
use super::lines::{Label, Line, sentences, without_links};
use super::turns::{
    ends_time, has_deadline, has_turn, is_bygone, is_elsewhen, regions_beside, stray_zones, zones_beside,
};
use crate::reminders::phrases::{Clock, Day, How, Parts, Phrase, Vague, date, phrase};
use crate::reminders::words::{MAX_TOKENS, Token, Zone, tokens, zone_called};

/// Who says dates and times more often announces several events.
const MAX_RUNS: usize = 40;

/// Phrases that stand together.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    pub(super) label: Option<Label>,
    pub(super) parts: Parts,
    /// How likely its time is one: from 1 to 3.
    likely: u8,
    /// Whether nothing but `and` stands between it and the run before it.
    pub(super) is_next: bool,
    /// Which of all sentences it stands in.
    pub(super) sentence: usize,
}

/// What the sentences of an announcement say.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// How many sentences say something.
    sentences: usize,
    /// How many tokens were looked at.
    tokens: usize,
    pub(super) runs: Vec<Run>,
    /// Whether one of them takes back or moves what it says: `cancelled`, `not on friday`.
    pub(super) is_turned: bool,
    /// Whether one of them tells of what has been.
    pub(super) is_bygone: bool,
    /// Whether one of them names a week or a month on its own, which then is that of a weekday elsewhere.
    pub(super) is_elsewhen: bool,
    /// Whose clocks count for times that do not say so, if a label says that.
    pub(super) zone: Option<Zone>,
    /// Zones that stand beside no time: `all times are UTC`.
    pub(super) stray_zones: Vec<Zone>,
}

impl Said {
    /// Whether it is more than anybody announces of one event.
    pub(super) fn is_too_much(&self) -> bool {
        self.tokens > MAX_TOKENS || self.runs.len() > MAX_RUNS
    }
}

/// What a line says, sentence by sentence: no run is longer.
pub(super) fn read_line(line: &Line, posted: &Zoned, said: &mut Said) {
    if matches!(line.label, Some(Label::Place | Label::End)) {
        return;
    }
    let text = without_links(&line.text);
    if matches!(line.label, Some(Label::Zone | Label::AnyZone)) {
        let written = tokens(&text).into_iter().find_map(|token| match token {
            Token::Zone(zone) | Token::ZoneWord(zone) | Token::ZoneLetters(zone) => Some(zone),
            _ => None,
        });
        let named = written.or_else(|| zone_called(&text).map(|name| Zone::Named(name, None)));
        // A time zone of a name that nobody knows is somewhere else; any other zone may be a part of a town, or of a game.
        said.zone = named.or_else(|| (line.label == Some(Label::Zone)).then_some(Zone::Unknown));
        return;
    }
    for sentence in sentences(&text, line.label.is_some()) {
        let mut tokens = tokens(sentence);
        said.tokens += tokens.len();
        if said.is_too_much() {
            return;
        }
        if line.label.is_none() {
            forget_lookalikes(&mut tokens);
        }
        forget_what_nobody_needs(&mut tokens);
        forget_deadlines(&mut tokens);
        let runs = runs_of(&tokens, line.label);
        if runs.iter().all(|run| run.parts.zone.is_none()) {
            said.stray_zones.extend(stray_zones(sentence));
        }
        said.stray_zones.extend(zones_beside(&tokens));
        said.stray_zones.extend(regions_beside(&tokens));
        said.is_elsewhen |= is_elsewhen(&tokens);
        said.is_turned |= tokens.contains(&Token::Cancel);
        // What is said until a moment is over before the event.
        if runs.is_empty() || has_deadline(&tokens) {
            continue;
        }
        let is_past = is_bygone(&tokens);
        said.is_turned |= has_turn(&tokens) || is_question(sentence, &runs) && !is_past;
        said.is_bygone |= is_past;
        said.sentences += 1;
        let sentence = said.sentences;
        said.runs.extend(runs.into_iter().map(|run| Run { parts: run.parts.settled(posted), sentence, ..run }));
    }
}

/// Whether a sentence asks whether it is to happen then: `friday 20:00?`
fn is_question(sentence: &str, runs: &[Run]) -> bool {
    sentence.ends_with('?') && runs.iter().any(|run| run.label.is_none() && (run.time_rank() > 0 || run.day_rank() > 0))
}

fn runs_of(tokens: &[Token], label: Option<Label>) -> Vec<Run> {
    let mut runs = vec![Run { label, ..Run::default() }];
    let (mut before, mut rest) = (None, tokens);
    while let Some((first, after)) = rest.split_first() {
        let read = phrase(rest).map(|(phrase, after)| (phrase, &rest[..rest.len() - after.len()], after));
        // Numbers alone are a time beside a day, and elsewhere ages, rooms and versions.
        let may_be_number = label.is_some() || runs.last().is_some_and(|run| run.day_rank() > 0 || run.parts.repeats());
        let has_time = label.is_none() && runs.last().is_some_and(|run| run.time_rank() == 3);
        let is_number = |phrase: Phrase, taken: &[Token]| matches!(phrase, Phrase::Time(_)) && is_bare(taken);
        match read
            .filter(|(phrase, taken, after)| is_meant(*phrase, before, taken, after, label.is_some()))
            .filter(|(phrase, taken, _)| may_be_number || !is_number(*phrase, taken))
            // `saturday 20:00, 3-5 players`
            .filter(|(phrase, _, after)| !(matches!(phrase, Phrase::DayOrHours(..)) && has_time && is_counted(after)))
        {
            Some((phrase, taken, after)) => {
                // `20:00 Pacific Rim` is a film.
                let phrase = match (taken, after) {
                    ([Token::ZoneWord(_)], [Token::Unknown, ..]) => Phrase::Zone(Zone::Unknown),
                    // `once a week on friday` is no week away.
                    ([Token::A | Token::Number(..), Token::Unit(_), Token::Filler, ..], _)
                        if matches!(phrase, Phrase::Day(_)) =>
                    {
                        Phrase::Several
                    }
                    _ => phrase,
                };
                if !runs.last_mut().is_some_and(|run| run.put(phrase, before, taken)) {
                    let mut run = Run { label, is_next: true, ..Run::default() };
                    run.put(phrase, before, taken);
                    runs.push(run);
                }
                (before, rest) = (taken.last().copied(), without_end(phrase, after));
                if let (Phrase::Time(_), Some(after)) = (phrase, unknown_time(rest)) {
                    runs.last_mut().map(|run| run.put(Phrase::Zone(Zone::Unknown), before, &[]));
                    rest = after;
                }
            }
            None => {
                // What stands in a list of days and is none leaves it open what the list means.
                let is_number = matches!(first, Token::Number(..) | Token::Ordinal { .. });
                if let Some(run) = runs.last_mut().filter(|run| run.label == Some(Label::Days) && is_number) {
                    run.parts.is_several |= run.parts.weekdays.is_some();
                }
                let is_next = matches!(first, Token::And | Token::Or);
                match runs.last_mut() {
                    Some(run) if run.is_empty() => *run = Run { label, is_next, ..Run::default() },
                    _ => runs.push(Run { label, is_next, ..Run::default() }),
                }
                (before, rest) = (Some(*first), after);
            }
        }
    }
    runs.retain(|run| !run.is_empty());
    for Run { parts, .. } in &mut runs {
        // `starting friday at 20:00`
        if parts.from.is_some() && parts.day.is_none() && parts.until.is_none() && !parts.repeats() {
            parts.day = parts.from.take();
        }
    }
    runs
}

/// Whether what a number counts follows it.
fn is_counted(after: &[Token]) -> bool {
    matches!(after, [Token::Unknown, ..])
}

/// The tokens after the name of clocks that nobody knows: `Narnia time`, `in-game time`.
fn unknown_time(rest: &[Token]) -> Option<&[Token]> {
    let name = rest.iter().take(3).take_while(|token| matches!(token, Token::Unknown | Token::In | Token::Sign('-')));
    match rest.split_at(name.count()) {
        ([.., Token::Unknown], [Token::TimeWord, after @ ..]) => Some(after),
        _ => None,
    }
}

/// The tokens after the end of what a date begins: the ` - 29/11` of `27/11 - 29/11`, with or without its weekday.
fn without_end(phrase: Phrase, after: &[Token]) -> &[Token] {
    use Token::{Dash, Sign, Through, Until, Weekday};
    let rest = match (phrase, after) {
        (Phrase::Day(_), [Dash | Sign('-') | Through | Until, Weekday { .. }, end @ ..])
        | (Phrase::Day(_), [Dash | Sign('-') | Through | Until, end @ ..]) => date(end).map(|(_, rest)| rest),
        _ => None,
    };
    rest.unwrap_or(after)
}

/// Whether a phrase that was `taken` from between `before` and `after` means what it says.
fn is_meant(phrase: Phrase, before: Option<Token>, taken: &[Token], after: &[Token], has_label: bool) -> bool {
    let is_tail = matches!(before, Some(Token::Sign(':' | '.' | '/' | '-')));
    let is_worth = before == Some(Token::Money) || matches!(after, [Token::Money, ..]);
    match phrase {
        // In a sentence people tell how long it takes.
        Phrase::Delay(_) | Phrase::And | Phrase::Vague(Vague::Soon) => false,
        Phrase::Day(_) => !is_tail && !matches!(taken, [Token::Number(24, _), Token::Sign('/'), Token::Number(7, 1)]),
        Phrase::Time(_) | Phrase::Zoned(..) | Phrase::Several | Phrase::DayOrHours(..) if is_tail => false,
        // `20:00, €5` is no price.
        Phrase::Time(_) if is_worth => !is_dotted(taken) && !is_bare(taken),
        Phrase::Several | Phrase::DayOrHours(..) if is_worth => false,
        Phrase::Time(Clock { how: How::Hours, .. }) => false,
        // `top 10 tonight`, `psalm 23:5`
        Phrase::Time(_)
            if matches!(taken, [Token::Number(..)] | [Token::Number(..), Token::Sign(':'), Token::Number(_, 1)]) =>
        {
            has_label
        }
        Phrase::Time(Clock { how: How::FourDigits, .. }) => has_label,
        // `saturday 4 to 6 players`
        Phrase::Time(clock) if clock.is_span && clock.time.hour() <= 12 && is_bare(taken) => {
            has_label || !(matches!(taken, [Token::Number(..), ..]) && is_counted(after))
        }
        Phrase::Time(_) if is_dotted(taken) => {
            before != Some(Token::Version) && !matches!(after, [Token::Version | Token::Unit(_), ..])
        }
        Phrase::Time(_) => has_label || !matches!(taken, [Token::At, Token::Number(..)]),
        // Whoever wishes a nice weekend announces nothing.
        Phrase::Weekdays { .. } if taken == [Token::Weekend] => {
            has_label || matches!(before, Some(Token::Every | Token::EveryOther | Token::Other))
        }
        // Letters of a zone are those of a word unless a time stands before them.
        Phrase::Zone(_) => has_label || before.is_some_and(ends_time),
        _ => true,
    }
}

/// Whether a time, or hours from one to another, are written as other numbers are: `20.15`, `6 to 12`.
fn is_bare(taken: &[Token]) -> bool {
    use Token::{At, Between, From, Number, Of, Sign};
    let is_mark = |token: &Token| matches!(token, Sign(':')) || ends_time(*token) && !matches!(token, Number(..));
    let is_span = taken.len() > 3 || matches!(taken, [Number(..), sign, Number(..)] if *sign != Sign('.'));
    match taken {
        [At, ..] => false,
        [From | Between | Of, rest @ ..] => !rest.iter().any(is_mark),
        _ => is_dotted(taken) || is_span && !taken.iter().any(is_mark),
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
        // Their label tells the hours from one to another from a date.
        let phrase = match (phrase, self.label) {
            (Phrase::DayOrHours(_, hours), Some(Label::Time)) => Phrase::Time(hours),
            (Phrase::DayOrHours(day, _), Some(Label::Date)) => Phrase::Day(day),
            (Phrase::Time(Clock { time, how: How::Dotted, .. }), Some(Label::Date)) => {
                Phrase::Day(Day::OfYear { month: time.minute(), day: time.hour() })
            }
            (Phrase::Time(clock @ Clock { how: How::Dotted, .. }), Some(Label::Time)) => {
                Phrase::Time(Clock { how: How::Plain, ..clock })
            }
            // Two days that nobody calls every week's are two dates.
            (Phrase::Weekdays { days, .. }, label)
                if label != Some(Label::Days)
                    && (2..5).contains(&days.len())
                    && self.parts.step.is_none()
                    && !taken.iter().any(|token| matches!(token, Token::Days(_))) =>
            {
                Phrase::Weekdays { days, come_back: false }
            }
            // Nobody knows where who wrote it is.
            (Phrase::Zone(Zone::Mine), _) => Phrase::Zone(Zone::Unknown),
            (Phrase::Zoned(clock, Zone::Mine, also), _) => Phrase::Zoned(clock, Zone::Unknown, also),
            (phrase, _) => phrase,
        };
        // A number with a dot is a time only as long as there is no better one.
        let is_better = matches!((phrase, self.parts.time), (Phrase::Time(time), Some(Clock { how: How::Dotted, .. }))
            if time.how != How::Dotted);
        if is_better {
            self.parts.time = None;
        }
        let is_new = self.parts.put(phrase);
        match phrase {
            Phrase::Zoned(..) if is_new => self.likely = 3,
            Phrase::Time(_) | Phrase::Stamp(_) if is_new => self.likely = likely(before, taken),
            // Under their label days always come back.
            Phrase::Weekdays { .. } if self.label == Some(Label::Days) => self.parts.come_back = true,
            _ => {}
        }
        is_new
    }

    /// Whether it says nothing of when.
    fn is_empty(&self) -> bool {
        Parts { says_at: false, says_month: false, ..self.parts.clone() } == Parts::default()
    }

    /// How likely it says a time; 0 if it says none.
    pub(super) fn time_rank(&self) -> u8 {
        match &self.parts {
            // Of several times none is the one.
            Parts { is_several: true, .. } | Parts { day_or_hours: Some(_), .. } => 3,
            parts => parts.time.map_or(0, |_| self.likely),
        }
    }

    /// Whether its time may be no time at all: `3.12`.
    pub(super) fn is_doubtful(&self) -> bool {
        self.parts.time.is_some() && self.likely < 3
    }

    /// How exactly it names a day that does not come back; 0 if it names none.
    pub(super) fn day_rank(&self) -> u8 {
        match &self.parts {
            parts if parts.repeats() => 0,
            Parts { is_several: true, .. } | Parts { no_such_day: Some(_), .. } => 3,
            Parts { day: Some(Day::Full(_) | Day::OfYear { .. } | Day::In(..)), .. } => 3,
            Parts { day: Some(_), .. } | Parts { weeks_on: Some(_), .. } => 2,
            Parts { weekdays: Some(_), .. } => 2,
            // Without a label, the first may be anything.
            Parts { month_days: Some(_), .. } if self.label.is_some() => 1,
            _ => 0,
        }
    }

    /// How much of a rule it says; 0 if none, or, without a label, too little: much is weekly.
    pub(super) fn rule_rank(&self) -> u8 {
        let Parts { step, weekdays, nth, month_days, time, .. } = &self.parts;
        let says_days = weekdays.is_some() || nth.is_some() || month_days.is_some();
        match (time, self.label) {
            _ if !self.parts.repeats() => 0,
            (Some(_), _) => 2,
            (None, Some(_)) => 1,
            (None, None) => u8::from(step.is_some() && says_days),
        }
    }
}
