//! Lead times as people write them: `1d, 1h, 0`.

use crate::reminders::{self, MAX_LEAD, MAX_LEADS};
use crate::settings;
use crate::settings::field::show_minutes;

/// Reads them.
///
/// # Errors
/// A sentence with what would be understood.
pub(super) fn read_leads(text: &str) -> Result<Vec<i64>, String> {
    let field = settings::field("ahead", "", settings::Kind::Duration { min_minutes: 0, max_minutes: MAX_LEAD });
    let mut minutes = Vec::new();
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let value = field.read(part)?;
        minutes.push(value.as_i64().unwrap_or(0));
    }
    let leads = reminders::leads(minutes);
    match leads.len() {
        0 => Ok(vec![0]),
        1..=MAX_LEADS => Ok(leads),
        _ => Err(format!("It is said at most {MAX_LEADS} times for one moment; leave some out.")),
    }
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
        let check = |text: &str, expected: Result<&[i64], &str>| {
            assert_eq!(read_leads(text), expected.map(<[i64]>::to_vec).map_err(str::to_owned), "{text}");
        };
        check("1h, 0", Ok(&[60, 0]));
        check("0, 1d, 1h,1h", Ok(&[1440, 60, 0]));
        check("", Ok(&[0]));
        check("15", Ok(&[15]));
        check("1,2,3,4,5,6", Err("It is said at most 5 times for one moment; leave some out."));
        check("soon", Err("`ahead` is a time from 0m to 28d; write it like `1h 30m` or `45m`."));
        assert_eq!(write_leads(&[1440, 60, 0]), "1d, 1h, 0");
    }
}
