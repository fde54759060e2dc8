//! Lead times as people write them: `1d, 1h, 0`.

use crate::msg;
use crate::reminders::{self, MAX_LEAD, MAX_LEADS, Unfit};
use crate::settings;
use crate::settings::field::show_minutes;

/// Reads them.
///
/// # Errors
/// What is wrong with them.
pub(super) fn read_leads(text: &str) -> Result<Vec<i64>, Unfit> {
    let field = settings::field(
        "ahead",
        msg!(reminders_ahead_label),
        settings::Kind::Duration { min_minutes: 0, max_minutes: MAX_LEAD },
    );
    let mut minutes = Vec::new();
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let value = field.parse(&in_notation(part)).map_err(|_| Unfit::LeadOutOfRange)?;
        minutes.push(value.as_i64().unwrap_or(0));
    }
    let leads = reminders::leads(minutes);
    match leads.len() {
        0 => Ok(vec![0]),
        1..=MAX_LEADS => Ok(leads),
        _ => Err(Unfit::TooManyLeads),
    }
}

/// The same with the units of the notation, which are English ones.
fn in_notation(mut text: &str) -> String {
    let mut written = String::new();
    while let Some(at) = text.find(char::is_alphabetic) {
        let (before, rest) = text.split_at(at);
        let (unit, rest) = rest.split_at(rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()));
        written.push_str(before);
        written.push_str(match unit.to_lowercase().as_str() {
            "u" | "uur" | "uren" => "h",
            "minuut" | "minuten" => "m",
            "dag" | "dagen" => "d",
            _ => unit,
        });
        text = rest;
    }
    written + text
}

pub(super) fn write_leads(leads: &[i64]) -> String {
    leads
        .iter()
        .map(|lead| if *lead == 0 { "0".to_owned() } else { show_minutes(*lead) })
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

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
        check("soon", Err(Unfit::LeadOutOfRange));
        assert_eq!(write_leads(&[1440, 60, 0]), "1d, 1h, 0");
    }
}
