//! Zones whose clocks never change. A reminder stores the name of its zone, so they need one.

use jiff::tz::{Offset, TimeZone};

/// A zone of the database whose clocks never change and are `offset` from UTC: by its name it can be stored.
pub(in crate::reminders) fn fixed_zone(offset: Offset) -> Option<TimeZone> {
    let name = match offset.seconds() {
        0 => "UTC".to_owned(),
        12_600 => "Asia/Tehran".to_owned(),
        16_200 => "Asia/Kabul".to_owned(),
        19_800 => "Asia/Kolkata".to_owned(),
        20_700 => "Asia/Kathmandu".to_owned(),
        23_400 => "Asia/Yangon".to_owned(),
        34_200 => "Australia/Darwin".to_owned(),
        // Their signs are those of POSIX, where west is positive.
        seconds if seconds % 3600 == 0 => format!("Etc/GMT{:+}", -seconds / 3600),
        _ => return None,
    };
    TimeZone::get(&name).ok()
}

/// What people read of a zone, and `when::read` reads again: its name, but `UTC+1` for `Etc/GMT-1`, whose sign is turned.
pub fn zone_label(zone: &TimeZone) -> String {
    let name = zone.iana_name().unwrap_or("UTC");
    match name.strip_prefix("Etc/GMT").map(|hours| hours.split_at(hours.len().min(1))) {
        Some(("-", hours)) if hours != "0" => format!("UTC+{hours}"),
        Some(("+", hours)) if hours != "0" => format!("UTC-{hours}"),
        Some(_) => "UTC".to_owned(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_without_changes_is_shown_as_people_write_it() {
        let check = |seconds: i32, stored: Option<&str>, shown: &str| {
            let zone = fixed_zone(Offset::from_seconds(seconds).expect("it is in range"));
            assert_eq!(zone.as_ref().and_then(TimeZone::iana_name), stored, "{seconds}");
            assert_eq!(zone.as_ref().map_or(String::new(), zone_label), shown, "{seconds}");
        };
        check(0, Some("UTC"), "UTC");
        check(3600, Some("Etc/GMT-1"), "UTC+1");
        check(-5 * 3600, Some("Etc/GMT+5"), "UTC-5");
        check(14 * 3600, Some("Etc/GMT-14"), "UTC+14");
        check(19_800, Some("Asia/Kolkata"), "Asia/Kolkata");
        check(20_700, Some("Asia/Kathmandu"), "Asia/Kathmandu");
        check(-12_600, None, "");
        let label = |name: &str| TimeZone::get(name).map(|zone| zone_label(&zone)).expect("it is a zone");
        assert_eq!((label("Europe/Brussels").as_str(), label("Etc/GMT").as_str()), ("Europe/Brussels", "UTC"));
    }
}
