//! What a reminder may be at all, whoever makes it: a pure guard. Only what has passed it is stored.

use std::collections::BTreeSet;

use super::schedule::Repeat;
use super::{BODY, Content, Draft, IMAGE, MAX_LEAD, MAX_LEADS, NAME, PLACE, SAID};
use crate::db::storable;
use crate::ui::is_blank;
use crate::ui::limits::is_web_address;

/// Why a draft is no reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It has no name.
    NoName,
    /// The name has more than [`NAME`] characters.
    NameTooLong,
    /// The text has more than [`BODY`] characters.
    BodyTooLong,
    /// The place has more than [`PLACE`] characters.
    PlaceTooLong,
    /// When it is, as it was written, has more than [`SAID`] characters.
    SaidTooLong,
    /// The picture's is no address of the web, or longer than [`IMAGE`].
    NoPicture,
    /// It is said more than [`MAX_LEADS`] times for one moment.
    TooManyLeads,
    /// It is said after the moment, or more than [`MAX_LEAD`] minutes ahead of it.
    LeadOutOfRange,
    /// It calls everybody, which reminders may not here.
    Everyone,
    /// It calls more than [`super::MAX_MENTIONS`] roles and members.
    TooManyMentions,
    /// It repeats more often than every [`super::schedule::MIN_MINUTES`].
    TooOften,
    /// It repeats by a rule of which nothing or something else comes.
    OddRule,
}

/// A draft that may be stored: only [`Draft::checked`] makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked(Draft);

impl Checked {
    /// What was checked.
    pub fn draft(&self) -> &Draft {
        &self.0
    }
}

impl Draft {
    /// The draft as it may be stored. One that says no lead times is said at the moment itself.
    ///
    /// `everyone` is whether it may call everybody.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn checked(mut self, everyone: bool) -> Result<Checked, Unfit> {
        self.content = self.content.storable();
        self.timing.said = storable(&self.timing.said);
        let Content { name, body, place, image, leads, mentions, .. } = &mut self.content;
        if leads.is_empty() {
            leads.push(0);
        }
        *leads = super::leads(std::mem::take(leads));
        let is_longer = |text: &str, chars: usize| text.chars().count() > chars;
        let repeat = self.timing.schedule.repeat.as_ref();
        let wrong = [
            (is_blank(name), Unfit::NoName),
            (is_longer(name, NAME), Unfit::NameTooLong),
            (is_longer(body, BODY), Unfit::BodyTooLong),
            (is_longer(place, PLACE), Unfit::PlaceTooLong),
            (is_longer(&self.timing.said, SAID), Unfit::SaidTooLong),
            (image.as_deref().is_some_and(is_no_picture), Unfit::NoPicture),
            (leads.len() > MAX_LEADS, Unfit::TooManyLeads),
            (leads.iter().any(|lead| !(0..=MAX_LEAD).contains(lead)), Unfit::LeadOutOfRange),
            (mentions.everyone && !everyone, Unfit::Everyone),
            (mentions.are_too_many(), Unfit::TooManyMentions),
            (repeat.is_some_and(Repeat::is_too_often), Unfit::TooOften),
            (repeat.is_some_and(|repeat| !repeat.is_sound()), Unfit::OddRule),
        ];
        match wrong.into_iter().find(|(is_wrong, _)| *is_wrong) {
            Some((_, unfit)) => Err(unfit),
            None => Ok(Checked(self)),
        }
    }
}

/// Whether this is no address of a picture.
pub(super) fn is_no_picture(image: &str) -> bool {
    image.chars().count() > IMAGE || !is_web_address(image)
}

impl Content {
    /// The same without what cannot be stored.
    fn storable(self) -> Content {
        Content {
            name: storable(&self.name),
            body: storable(&self.body),
            place: storable(&self.place),
            image: self.image.as_deref().map(storable),
            source: self.source.as_deref().map(storable),
            ..self
        }
    }
}

/// Minutes ahead as a list without twins, the largest first.
pub fn leads(minutes: impl IntoIterator<Item = i64>) -> Vec<i64> {
    minutes.into_iter().collect::<BTreeSet<i64>>().into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::Weekday;
    use jiff::tz::TimeZone;
    use twilight_model::id::Id;

    use super::*;
    use crate::reminders::schedule::Weekdays;
    use crate::reminders::{Mentions, Timing};

    #[test]
    fn what_is_no_reminder_is_named() {
        let check = |expected: Option<Unfit>, set: fn(&mut Draft)| {
            let content = Content { name: "Tea".to_owned(), leads: vec![0, 60, 0], ..Content::default() };
            let timing = Timing::once(Timestamp::UNIX_EPOCH, &TimeZone::UTC);
            let mut draft = Draft { content, timing, creator: Id::new(1), snoozes: None };
            set(&mut draft);
            assert_eq!(draft.clone().checked(false).err(), expected, "{draft:?}");
        };
        check(None, |_| {});
        check(None, |it| it.content.name = "é".repeat(NAME));
        check(Some(Unfit::NoName), |it| it.content.name = " ".to_owned());
        check(Some(Unfit::NoName), |it| it.content.name = "\0".to_owned());
        check(Some(Unfit::NameTooLong), |it| it.content.name = "x".repeat(NAME + 1));
        check(Some(Unfit::BodyTooLong), |it| it.content.body = "x".repeat(BODY + 1));
        check(Some(Unfit::PlaceTooLong), |it| it.content.place = "x".repeat(PLACE + 1));
        check(Some(Unfit::SaidTooLong), |it| it.timing.said = "x".repeat(SAID + 1));
        check(None, |it| it.content.image = Some("https://example.com/a.png".to_owned()));
        check(Some(Unfit::NoPicture), |it| it.content.image = Some("javascript:alert(1)".to_owned()));
        check(Some(Unfit::NoPicture), |it| it.content.image = Some(format!("https://e.com/{}", "x".repeat(IMAGE))));
        check(None, |it| it.content.leads = vec![0, 1, 2, 3, MAX_LEAD, 0]);
        check(Some(Unfit::TooManyLeads), |it| it.content.leads = vec![0, 1, 2, 3, 4, 5]);
        check(Some(Unfit::LeadOutOfRange), |it| it.content.leads = vec![MAX_LEAD + 1]);
        check(Some(Unfit::LeadOutOfRange), |it| it.content.leads = vec![-1]);
        check(Some(Unfit::Everyone), |it| it.content.mentions = Mentions { everyone: true, ..Mentions::default() });
        check(None, |it| it.content.mentions.users = (1..=20).map(Id::new).collect());
        check(Some(Unfit::TooManyMentions), |it| it.content.mentions.users = (1..=21).map(Id::new).collect());
        check(None, |it| it.timing.schedule.repeat = Some(Repeat::Minutes(10)));
        check(Some(Unfit::TooOften), |it| it.timing.schedule.repeat = Some(Repeat::Minutes(9)));
        check(Some(Unfit::TooOften), |it| it.timing.schedule.repeat = Some(Repeat::Minutes(-60)));
        check(Some(Unfit::OddRule), |it| it.timing.schedule.repeat = Some(Repeat::Minutes(i64::MAX)));
        check(Some(Unfit::OddRule), |it| it.timing.schedule.repeat = Some(Repeat::Days(0)));
        check(Some(Unfit::OddRule), |it| {
            it.timing.schedule.repeat = Some(Repeat::Weeks { every: 1, days: Weekdays::default() });
        });
        check(Some(Unfit::OddRule), |it| it.timing.schedule.repeat = Some(Repeat::MonthDay { every: 1, day: 32 }));
        let days = |days: &[i8]| Some(Repeat::MonthDays { every: 1, days: days.to_vec() });
        assert!(days(&[1, 15, 31]).is_some_and(|rule| rule.is_sound()));
        for odd in [&[][..], &[1], &[15, 1], &[1, 1], &[0, 1], &[1, 32]] {
            assert!(!days(odd).is_some_and(|rule| rule.is_sound()), "{odd:?}");
        }
        let nths = |nths: &[i8]| Repeat::MonthWeekdays { every: 1, nths: nths.to_vec(), weekday: Weekday::Friday };
        assert!(nths(&[1, 3, -1]).is_sound());
        for odd in [&[][..], &[1], &[-1, 1], &[1, 5], &[2, 2]] {
            assert!(!nths(odd).is_sound(), "{odd:?}");
        }
    }

    #[test]
    fn lead_times_are_sorted_and_there_is_one() {
        let timing = Timing::once(Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        let leads = |leads: Vec<i64>| {
            let content = Content { name: "Tea".to_owned(), leads, ..Content::default() };
            let draft = Draft { content, timing: timing.clone(), creator: Id::new(1), snoozes: None };
            draft.checked(false).expect("it is fit").draft().content.leads.clone()
        };
        assert_eq!(leads(vec![0, 60, 0]), [60, 0]);
        assert_eq!(leads(Vec::new()), [0]);
    }
}
