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
