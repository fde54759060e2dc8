//! Digits in a text, in groups, and how far a number may reach over these.

use std::ops::Range;

use super::view::View;

/// How far before a number the word may end that tells what it is.
pub(super) const NEAR: usize = 32;

/// How many digits the longest of these numbers has, an access code included.
const MOST: usize = 20;

/// What may stand between two groups of one number, each a bit.
const MARKS: &[u8; 6] = b" .-/()";
/// More than one mark at once.
const LONG: u8 = 1 << 7;
/// Any of them, up to three at once.
pub(super) const ANY: u8 = 0xff;

/// Every run of digits in a text.
pub(super) struct Groups(Vec<Range<usize>>);

impl Groups {
    pub(super) fn of(view: &View) -> Groups {
        let mut groups: Vec<Range<usize>> = Vec::new();
        for (at, byte) in view.bytes().iter().enumerate() {
            match groups.last_mut() {
                _ if !byte.is_ascii_digit() => {}
                Some(last) if last.end == at => last.end += 1,
                _ => groups.push(at..at + 1),
            }
        }
        Groups(groups)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, group: usize) -> Option<Range<usize>> {
        self.0.get(group).cloned()
    }
}

/// The digits from a group on, as far as one number may reach.
#[derive(Default)]
pub(super) struct Reach {
    pub(super) first: Range<usize>,
    digits: Vec<u8>,
    /// Of how many digits each group is.
    shape: Vec<usize>,
    /// After each group: how many digits so far, where it ends, which marks were between.
    stops: Vec<(usize, usize, u8)>,
}

/// A number that begins with the first group of a [`Reach`].
#[derive(Clone)]
pub(super) struct Number<'a> {
    pub(super) digits: &'a [u8],
    pub(super) shape: &'a [usize],
    pub(super) range: Range<usize>,
}

impl Reach {
    /// Its room is used again: there may be thousands of groups.
    pub(super) fn begin(&mut self, view: &View, groups: &Groups, from: usize) {
        self.digits.clear();
        self.shape.clear();
        self.stops.clear();
        self.first = groups.get(from).unwrap_or_default();
        let mut marks = 0;
        for group in from.. {
            let Some(range) = groups.get(group).filter(|range| self.digits.len() + range.len() <= MOST) else { return };
            if let Some((_, end, _)) = self.stops.last() {
                let Some(between) = marks_of(view.get(*end..range.start)) else { return };
                marks |= between;
            }
            self.digits.extend(view.get(range.clone()));
            self.shape.push(range.len());
            self.stops.push((self.digits.len(), range.end, marks));
        }
    }

    /// Its first `count` digits, if a group ends there and only `marks` are between them.
    pub(super) fn take(&self, count: usize, marks: u8) -> Option<Number<'_>> {
        let stop = self.stops.iter().position(|(digits, _, _)| *digits == count)?;
        let (_, end, between) = self.stops.get(stop)?;
        (between & !marks == 0).then_some(Number {
            digits: self.digits.get(..count)?,
            shape: self.shape.get(..=stop)?,
            range: self.first.start..*end,
        })
    }
}

/// The bits of what stands between two groups; nothing if it parts them.
pub(super) fn marks_of(gap: &[u8]) -> Option<u8> {
    let long = if gap.len() > 1 { LONG } else { 0 };
    let bit = |mark: &u8| MARKS.iter().position(|other| other == mark).map(|place| 1_u8 << place);
    if gap.len() > 3 { None } else { gap.iter().try_fold(long, |bits, mark| Some(bits | bit(mark)?)) }
}

/// Whether a number goes on as another: a fraction, a range, a percentage.
pub(super) fn is_measured(view: &View, end: usize) -> bool {
    let next = |at| view.at(at).is_some_and(|byte: u8| byte.is_ascii_digit());
    match view.at(end) {
        // The next of a list of telephones begins with a zero.
        Some(b',') => next(end + 1) && view.at(end + 1) != Some(b'0'),
        Some(b'.' | b':' | b'-') => next(end + 1),
        Some(b'%' | b'$') => true,
        _ => false,
    }
}
