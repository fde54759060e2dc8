//! Lead times as people write them: `1d, 1h, 0`.

use crate::reminders::{self, MAX_LEAD, MAX_LEADS, Unfit};
use crate::words::{Language, Said, Say, say_minutes};

/// Reads them.
///
/// # Errors
/// What is wrong with them.
pub(super) fn read_leads(text: &str) -> Result<Vec<i64>, Unfit> {
    let minutes = reminders::read_leads(text).ok_or(Unfit::LeadOutOfRange)?;
    if minutes.iter().any(|lead| !(0..=MAX_LEAD).contains(lead)) {
        return Err(Unfit::LeadOutOfRange);
    }
    let leads = reminders::leads(minutes);
    match leads.len() {
        0 => Ok(vec![0]),
        1..=MAX_LEADS => Ok(leads),
        _ => Err(Unfit::TooManyLeads),
    }
}

/// The same as somebody reads and can type them.
pub(super) fn write_leads(language: Language, leads: &[i64]) -> String {
    let written = |lead: &i64| if *lead == 0 { Said::from("0") } else { say_minutes(*lead) };
    Said::list(leads.iter().map(written)).say(language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::known_languages;

    #[test]
    fn lead_times_can_be_typed_as_they_are_shown() {
        let leads = vec![2970, 60, 0];
        for language in known_languages() {
            let shown = write_leads(language, &leads);
            assert_eq!(read_leads(&shown), Ok(leads.clone()), "{shown}");
        }
        assert_eq!(read_leads("1h、15m，0"), Ok(vec![60, 15, 0]));
    }

    #[test]
    fn lead_times_are_read_as_people_write_them() {
        let check = |text: &str, expected: Result<&[i64], Unfit>| {
            assert_eq!(read_leads(text), expected.map(<[i64]>::to_vec), "{text}");
        };
        check("1h, 0", Ok(&[60, 0]));
        check("0, 1d, 1h,1h", Ok(&[1440, 60, 0]));
        check("", Ok(&[0]));
        check("15", Ok(&[15]));
        check("1 dag; 1u 30m, 2 uur, 5 minuten", Ok(&[1440, 120, 90, 5]));
        check("1,2,3,4,5,6", Err(Unfit::TooManyLeads));
        check("1,5h; 0,5 uur", Ok(&[90, 30]));
        check("soon", Err(Unfit::LeadOutOfRange));
        check("5 weeks", Err(Unfit::LeadOutOfRange));
        assert_eq!(write_leads(Language::ENGLISH, &[1440, 60, 0]), "1d, 1h, 0");
        for language in crate::words::known_languages() {
            let leads = [20160, 1590, 1440, 90, 0];
            assert_eq!(read_leads(&write_leads(language, &leads)), Ok(leads.to_vec()), "{language:?}");
        }
    }
}
