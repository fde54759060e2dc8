//! What is read, sentence by sentence.

use super::*;

pub(super) fn now(text: &str) -> Zoned {
    text.parse().expect("it is a time in a zone")
}

/// A Wednesday.
fn wednesday() -> Zoned {
    now("2026-11-25T10:00[Europe/Brussels]")
}

pub(super) fn show(read: Result<When, Misread>) -> String {
    let clock = |clock: DateTime| clock.strftime("%a %F %H:%M").to_string();
    let whole = |when: &When| {
        let zone = when.zone.as_ref().and_then(TimeZone::iana_name).map(|zone| format!(" {zone}"));
        let repeat = when.repeat.as_ref().map(|repeat| format!(", {}", write_rule(repeat, when.first)));
        let end = match when.end {
            None => String::new(),
            Some(End::Date(date)) => format!(", until {date}"),
            Some(End::Times(times)) => format!(", {times} times"),
        };
        format!("{}{}{}{end}", clock(when.first), zone.unwrap_or_default(), repeat.unwrap_or_default())
    };
    match read {
        Ok(when) => whole(&when),
        Err(Misread::NotUnderstood) => "?".to_owned(),
        Err(Misread::Past { read, instead }) => format!("past {}, rather {}", clock(read), clock(instead)),
        Err(Misread::Either(whens)) if whens.len() == 1 => format!("perhaps {}", whole(&whens[0])),
        Err(Misread::Either(whens)) => whens.iter().map(whole).collect::<Vec<_>>().join(" or "),
        Err(Misread::NoSuchDay { day, month }) => format!("no {day}/{month}"),
        Err(Misread::Several) => "several".to_owned(),
        Err(Misread::UnknownZone) => "which zone".to_owned(),
    }
}

fn check(text: &str, expected: &str) {
    assert_eq!(show(read(text, &wednesday())), expected, "{text}");
}

#[test]
fn a_time_is_the_next_one() {
    check("19:30", "Wed 2026-11-25 19:30");
    check("19.30", "Wed 2026-11-25 19:30");
    check("19u30", "Wed 2026-11-25 19:30");
    check("19U30", "Wed 2026-11-25 19:30");
    check("19u", "Wed 2026-11-25 19:00");
    check("19h", "Wed 2026-11-25 19:00");
    check("9h30", "Thu 2026-11-26 09:30");
    check("9:30", "Thu 2026-11-26 09:30");
    check("10:00", "Thu 2026-11-26 10:00");
    check("10:01", "Wed 2026-11-25 10:01");
    check("00:00", "Thu 2026-11-26 00:00");
    check("14:5", "Wed 2026-11-25 14:05");
    check("7pm", "Wed 2026-11-25 19:00");
    check("7 PM", "Wed 2026-11-25 19:00");
    check("7 p.m.", "Wed 2026-11-25 19:00");
    check("7:30 am", "Thu 2026-11-26 07:30");
    check("7.30pm", "Wed 2026-11-25 19:30");
    check("12pm", "Wed 2026-11-25 12:00");
    check("12am", "Thu 2026-11-26 00:00");
    check("20 uur", "Wed 2026-11-25 20:00");
    check("om 20u", "Wed 2026-11-25 20:00");
    check("19:30 uur", "Wed 2026-11-25 19:30");
    check("19.30u", "Wed 2026-11-25 19:30");
    check("om 20 uur 30", "Wed 2026-11-25 20:30");
    check("at 20", "Wed 2026-11-25 20:00");
    check("@ 20:00", "Wed 2026-11-25 20:00");
    check("8 o'clock", "Thu 2026-11-26 08:00");
    check("noon", "Wed 2026-11-25 12:00");
    check("middag", "Wed 2026-11-25 12:00");
    check("midnight", "Thu 2026-11-26 00:00");
    check("half past 8 pm", "Wed 2026-11-25 20:30");
    check("om half acht 's avonds", "Wed 2026-11-25 19:30");
    check("kwart voor 9", "Thu 2026-11-26 08:45");
    check("kwart over 11", "Wed 2026-11-25 11:15");
    check("quarter to 12", "Wed 2026-11-25 11:45");
    check("tien voor acht 's avonds", "Wed 2026-11-25 19:50");
    check("10 over 8", "Thu 2026-11-26 08:10");
    check("20 past 11 pm", "Wed 2026-11-25 23:20");
    check("om één uur", "Thu 2026-11-26 01:00");
    check("8 uur 's avonds", "Wed 2026-11-25 20:00");
    check("8 in the evening", "Wed 2026-11-25 20:00");
    check("at 8 in the evening", "Wed 2026-11-25 20:00");
    check("20:00 CET", "Wed 2026-11-25 20:00");
    check("20:00 UTC", "Wed 2026-11-25 21:00");
    check("20:00 utc+2", "Wed 2026-11-25 19:00");
    check("09:30 UTC", "Wed 2026-11-25 10:30");
    check("20:00 EST", "Thu 2026-11-26 02:00");
    check("20:00 UTC+5:30", "Wed 2026-11-25 15:30");
}

#[test]
fn a_day_is_taken_from_today() {
    check("today 21:00", "Wed 2026-11-25 21:00");
    check("vandaag om 21u", "Wed 2026-11-25 21:00");
    check("tonight 21:00", "Wed 2026-11-25 21:00");
    check("tonight at 8", "Wed 2026-11-25 20:00");
    check("tonight", "Wed 2026-11-25 20:00");
    check("vanavond 21:00", "Wed 2026-11-25 21:00");
    check("Vanavond om 8 uur", "Wed 2026-11-25 20:00");
    check("vanavond 0:30", "?");
    check("vanmiddag", "Wed 2026-11-25 14:00");
    check("this evening", "Wed 2026-11-25 20:00");
    check("this evening at 9", "Wed 2026-11-25 21:00");
    check("this morning", "perhaps Wed 2026-11-25 11:00");
    check("tomorrow 9:00", "Thu 2026-11-26 09:00");
    check("9:00 tomorrow", "Thu 2026-11-26 09:00");
    check("tmrw 9am", "Thu 2026-11-26 09:00");
    check("tomorrow", "Thu 2026-11-26 09:00");
    check("Tomorrow, 9:00!", "Thu 2026-11-26 09:00");
    check("tomorrow at noon", "Thu 2026-11-26 12:00");
    check("tomorrow morning at 8", "Thu 2026-11-26 08:00");
    check("tomorrow in the afternoon", "Thu 2026-11-26 14:00");
    check("tomorrow night", "Thu 2026-11-26 20:00");
    check("tomorrow 9", "?");
    check("morgen 9u", "Thu 2026-11-26 09:00");
    check("mórgen 9ü", "Thu 2026-11-26 09:00");
    check("morgenochtend", "Thu 2026-11-26 09:00");
    check("morgenvroeg om 7 uur", "Thu 2026-11-26 07:00");
    check("morgenochtend 15:00", "?");
    check("morgenavond 20:00", "Thu 2026-11-26 20:00");
    check("morgen middag", "Thu 2026-11-26 12:00");
    check("overmorgen", "Fri 2026-11-27 09:00");
    check("day after tomorrow", "Fri 2026-11-27 09:00");
    check("the day after tomorrow at 7pm", "Fri 2026-11-27 19:00");
    check("today 9:00", "past Wed 2026-11-25 09:00, rather Thu 2026-11-26 09:00");
    check("today", "Wed 2026-11-25 11:00 or Wed 2026-11-25 12:00");
    check("today 10:00", "past Wed 2026-11-25 10:00, rather Thu 2026-11-26 10:00");
    check("yesterday 20:00", "past Tue 2026-11-24 20:00, rather Thu 2026-11-26 20:00");
    check("gisteren", "past Tue 2026-11-24 09:00, rather Thu 2026-11-26 09:00");
    check("today 09:30 UTC", "Wed 2026-11-25 10:30");
    check("today 08:30 UTC", "past Wed 2026-11-25 09:30, rather Thu 2026-11-26 09:30");
}

#[test]
fn a_weekday_is_the_nearest_that_is_ahead() {
    check("friday 20:00", "Fri 2026-11-27 20:00");
    check("friday", "Fri 2026-11-27 09:00");
    check("FRI 20:00", "Fri 2026-11-27 20:00");
    check("at 8pm on friday", "Fri 2026-11-27 20:00");
    check("vrijdag 20.00", "Fri 2026-11-27 20:00");
    check("vr 20u", "Fri 2026-11-27 20:00");
    check("vr. 20u", "Fri 2026-11-27 20:00");
    check("vrijdagavond", "Fri 2026-11-27 20:00");
    check("vrijdag om half 8", "Fri 2026-11-27 07:30");
    check("vrijdagavond om half 8", "Fri 2026-11-27 19:30");
    check("friday night 8:30", "Fri 2026-11-27 20:30");
    check("next friday 20:00", "Fri 2026-11-27 20:00");
    check("volgende vrijdag", "Fri 2026-11-27 09:00");
    check("this friday", "Fri 2026-11-27 09:00");
    check("this coming friday 20:00", "Fri 2026-11-27 20:00");
    check("aanstaande vrijdag 20u", "Fri 2026-11-27 20:00");
    check("monday", "Mon 2026-11-30 09:00");
    check("wednesday", "Wed 2026-12-02 09:00");
    check("wednesday 9:59", "Wed 2026-12-02 09:59");
    check("wednesday 20:00", "Wed 2026-11-25 20:00");
    check("this wednesday 20:00", "Wed 2026-11-25 20:00");
    check("next wednesday 20:00", "Wed 2026-12-02 20:00");
    check("next week", "Wed 2026-12-02 09:00");
    check("friday next week 20:00", "Fri 2026-12-04 20:00");
    check("volgende week maandag 20u", "Mon 2026-11-30 20:00");
    check("friday 27 november 20:00", "Fri 2026-11-27 20:00");
    check("friday the 27th at 20:00", "Fri 2026-11-27 20:00");
    check("friday 28 november 20:00", "?");
    check("friday tomorrow", "?");
    check("last friday", "?");
}

#[test]
fn a_date_is_the_nearest_that_is_ahead() {
    check("25/12 20:00", "Fri 2026-12-25 20:00");
    check("25-12 20:00", "Fri 2026-12-25 20:00");
    check("25/12", "Fri 2026-12-25 09:00");
    check("24/11", "Wed 2027-11-24 09:00");
    check("25/11 9:00", "Thu 2027-11-25 09:00");
    check("25/11 20:00", "Wed 2026-11-25 20:00");
    check("25/12/26", "Fri 2026-12-25 09:00");
    check("25-12-2026 20:00", "Fri 2026-12-25 20:00");
    check("25.12.2026", "Fri 2026-12-25 09:00");
    check("25.12.2026 20.30", "Fri 2026-12-25 20:30");
    check("2026-12-25 20:00", "Fri 2026-12-25 20:00");
    check("2026/12/25 20:00", "Fri 2026-12-25 20:00");
    check("2026-12-25T20:00", "Fri 2026-12-25 20:00");
    check("2026-12-25T20:00:00", "Fri 2026-12-25 20:00");
    check("2026-12-25T20:00Z", "Fri 2026-12-25 21:00");
    check("2026-12-25T23:30Z", "Sat 2026-12-26 00:30");
    check("12 maart", "Fri 2027-03-12 09:00");
    check("12 maart om 20u", "Fri 2027-03-12 20:00");
    check("om 20u op 12 maart", "Fri 2027-03-12 20:00");
    check("march 12 at 8pm", "Fri 2027-03-12 20:00");
    check("march 12, 2028, 8pm", "Sun 2028-03-12 20:00");
    check("march 12 20:00", "Fri 2027-03-12 20:00");
    check("12th of March 2027 20:00", "Fri 2027-03-12 20:00");
    check("12de maart 2027", "Fri 2027-03-12 09:00");
    check("1st october 19:30", "Fri 2027-10-01 19:30");
    check("October 1st, 19:30", "Fri 2027-10-01 19:30");
    check("1 mei", "Sat 2027-05-01 09:00");
    check("29 februari", "Tue 2028-02-29 09:00");
    check("on the 15th at 20:00", "Tue 2026-12-15 20:00");
    check("de 25e om 20u", "Wed 2026-11-25 20:00");
    check("the 25th", "Fri 2026-12-25 09:00");
    check("the 31st", "Thu 2026-12-31 09:00");
    check("last day of the month", "Mon 2026-11-30 09:00");
    check("<t:1798225200:F>", "Fri 2026-12-25 20:00");
    check("at <t:1798225200>", "Fri 2026-12-25 20:00");
    check("<t:1798225200:F> UTC", "Fri 2026-12-25 20:00");
    check("<t:1735153200:F>", "past Wed 2024-12-25 20:00, rather Fri 2026-12-25 20:00");
    check("<t:1798225200:F> 20:00", "several");
    check("<t:1798225200:X>", "?");
    check("25/12/2025 20:00", "past Thu 2025-12-25 20:00, rather Fri 2026-12-25 20:00");
    check("1 november 2026", "past Sun 2026-11-01 09:00, rather Mon 2027-11-01 09:00");
    check("29/2/2024", "past Thu 2024-02-29 09:00, rather Tue 2028-02-29 09:00");
    check("2026-11-25 9:00", "past Wed 2026-11-25 09:00, rather Thu 2027-11-25 09:00");
}

#[test]
fn minutes_pass_and_days_go_by_the_clock() {
    check("in 2h30", "Wed 2026-11-25 12:30");
    check("in 2h30m", "Wed 2026-11-25 12:30");
    check("2h30m", "Wed 2026-11-25 12:30");
    check("2h 30m", "Wed 2026-11-25 12:30");
    check("2h30", "Wed 2026-11-25 12:30 or Thu 2026-11-26 02:30");
    check("in 90 minutes", "Wed 2026-11-25 11:30");
    check("90m", "Wed 2026-11-25 11:30");
    check("1 hour and 30 minutes", "Wed 2026-11-25 11:30");
    check("in 1.5 hours", "Wed 2026-11-25 11:30");
    check("over anderhalf uur", "Wed 2026-11-25 11:30");
    check("over 2 uur", "Wed 2026-11-25 12:00");
    check("2 uur", "Wed 2026-11-25 12:00 or Thu 2026-11-26 02:00");
    check("2 hours", "Wed 2026-11-25 12:00");
    check("over een half uur", "Wed 2026-11-25 10:30");
    check("over een kwartier", "Wed 2026-11-25 10:15");
    check("over drie kwartier", "Wed 2026-11-25 10:45");
    check("in half an hour", "Wed 2026-11-25 10:30");
    check("in an hour", "Wed 2026-11-25 11:00");
    check("in 3 days", "Sat 2026-11-28 10:00");
    check("3d", "Sat 2026-11-28 10:00");
    check("in 3 days at 9:00", "Sat 2026-11-28 09:00");
    check("over 3 dagen 9u", "Sat 2026-11-28 09:00");
    check("in 1d 2h", "Thu 2026-11-26 12:00");
    check("in 2 days and 3 hours", "Fri 2026-11-27 13:00");
    check("over 2 weken", "Wed 2026-12-09 10:00");
    check("over twee weken", "Wed 2026-12-09 10:00");
    check("in a week", "Wed 2026-12-02 10:00");
    check("in 1 month", "Fri 2026-12-25 10:00");
    check("over een jaar", "Thu 2027-11-25 10:00");
    check("in 2 hours at 9:00", "?");
    check("in 0 minutes", "?");
    check("in -5 minutes", "?");
    check("in 5", "?");
    check("in 99999999999 years", "?");
    check("in 4000000000 years", "?");
    check("in 4000000000 hours", "?");
    check("1h 1h", "several");

    let check = |from: &str, text: &str, expected: &str| assert_eq!(show(read(text, &now(from))), expected, "{text}");
    check("2026-11-25T10:00:01[Europe/Brussels]", "in 5 minutes", "Wed 2026-11-25 10:06");
    check("2026-11-25T10:00:01[Europe/Brussels]", "in 1 day", "Thu 2026-11-26 10:01");
    check("2026-11-25T23:59:30[Europe/Brussels]", "in 3 days at 9:00", "Sat 2026-11-28 09:00");
    check("2027-01-31T10:00[Europe/Brussels]", "in 1 month", "Sun 2027-02-28 10:00");
    // The clocks go forward at two in the morning of 28 March 2027 and back at three on 31 October.
    check("2027-03-27T22:00[Europe/Brussels]", "in 6 hours", "Sun 2027-03-28 05:00");
    check("2027-03-27T22:00[Europe/Brussels]", "in 1 day", "Sun 2027-03-28 22:00");
    check("2027-03-27T02:30[Europe/Brussels]", "in 1 day", "Sun 2027-03-28 02:30");
    check("2027-03-27T22:00[Europe/Brussels]", "2:30", "Sun 2027-03-28 02:30");
    check("2027-10-30T22:00[Europe/Brussels]", "in 6 hours", "Sun 2027-10-31 03:00");
    check("2027-10-31T01:30+02:00[Europe/Brussels]", "in 30 minutes", "Sun 2027-10-31 02:00");
    check("2027-10-31T02:30+02:00[Europe/Brussels]", "in 20 minutes", "Sun 2027-10-31 02:50");
    // What lies in the second hour of the two is said by clocks that never change.
    check("2027-10-31T02:30+02:00[Europe/Brussels]", "in 30 minutes", "Sun 2027-10-31 02:00 Etc/GMT-1");
    check("2027-10-31T02:30+02:00[Europe/Brussels]", "in 50 minutes", "Sun 2027-10-31 02:20 Etc/GMT-1");
    check("2027-10-31T02:30+01:00[Europe/Brussels]", "in 20 minutes", "Sun 2027-10-31 02:50 Etc/GMT-1");
    check("2027-10-31T02:30+01:00[Europe/Brussels]", "in 40 minutes", "Sun 2027-10-31 03:10");
    check("2027-10-31T02:30+01:00[Europe/Brussels]", "2:40", "Mon 2027-11-01 02:40");
    check("2026-11-25T10:00[America/New_York]", "tomorrow 20:00 UTC", "Thu 2026-11-26 15:00");
    check(
        "2026-11-25T20:00[America/New_York]",
        "today 3:00 UTC",
        "past Tue 2026-11-24 22:00, rather Wed 2026-11-25 22:00",
    );
    check("2026-12-31T23:00[UTC]", "tomorrow", "Fri 2027-01-01 09:00");
    check("2028-02-28T10:00[UTC]", "tomorrow", "Tue 2028-02-29 09:00");
}

#[test]
fn rules_begin_with_the_first_time_that_is_ahead() {
    check("every day 9:00", "Thu 2026-11-26 09:00, every day at 09:00");
    check("every day at 20:00", "Wed 2026-11-25 20:00, every day at 20:00");
    check("every day 10:00", "Thu 2026-11-26 10:00, every day at 10:00");
    check("daily at 9", "Thu 2026-11-26 09:00, every day at 09:00");
    check("dagelijks 9u", "Thu 2026-11-26 09:00, every day at 09:00");
    check("elke dag om 9:00", "Thu 2026-11-26 09:00, every day at 09:00");
    check("iedere dag om 9 uur", "Thu 2026-11-26 09:00, every day at 09:00");
    check("every morning", "Thu 2026-11-26 09:00, every day at 09:00");
    check("elke avond om 8", "Wed 2026-11-25 20:00, every day at 20:00");
    check("mon-sun 9:00", "Thu 2026-11-26 09:00, every day at 09:00");
    check("every other day 9:00", "Thu 2026-11-26 09:00, every 2 days at 09:00");
    check("om de dag 9u", "Thu 2026-11-26 09:00, every 2 days at 09:00");
    check("every 3 days at 10:00", "Thu 2026-11-26 10:00, every 3 days at 10:00");
    check("elke 2 dagen 9u", "Thu 2026-11-26 09:00, every 2 days at 09:00");

    check("every weekday 8:45", "Thu 2026-11-26 08:45, every weekday at 08:45");
    check("elke werkdag 8u45", "Thu 2026-11-26 08:45, every weekday at 08:45");
    check("weekdays 20:00", "Wed 2026-11-25 20:00, every weekday at 20:00");
    check("weekdays and saturday 10:00", "Thu 2026-11-26 10:00, every Mon, Tue, Wed, Thu, Fri, Sat at 10:00");
    check("every weekend", "Sat 2026-11-28 09:00, every weekend at 09:00");
    check("weekends 10:00", "Sat 2026-11-28 10:00, every weekend at 10:00");
    check("monday and the weekend 10:00", "Sat 2026-11-28 10:00, every Mon, Sat, Sun at 10:00");
    check(
        "weekend 10:00",
        "Sat 2026-11-28 10:00 or Sun 2026-11-29 10:00 or Sat 2026-11-28 10:00, every weekend at 10:00",
    );
    check("this weekend 10:00", "Sat 2026-11-28 10:00 or Sun 2026-11-29 10:00");
    check("every monday", "Mon 2026-11-30 09:00, every Monday at 09:00");
    check("mondays 20:00", "Mon 2026-11-30 20:00, every Monday at 20:00");
    check("on mondays and fridays 20:00", "Fri 2026-11-27 20:00, every Mon, Fri at 20:00");
    check("maandagen 20u", "Mon 2026-11-30 20:00, every Monday at 20:00");
    check("elke maandag om 20:00", "Mon 2026-11-30 20:00, every Monday at 20:00");
    check("elke vrijdagavond", "Fri 2026-11-27 20:00, every Friday at 20:00");
    check("every wednesday 9:00", "Wed 2026-12-02 09:00, every Wednesday at 09:00");
    check("every wednesday 11:00", "Wed 2026-11-25 11:00, every Wednesday at 11:00");
    check("every mon, wed and fri 18:00", "Wed 2026-11-25 18:00, every Mon, Wed, Fri at 18:00");
    check("ma,di,wo 9:00", "Mon 2026-11-30 09:00, every Mon, Tue, Wed at 09:00");
    check("ma di wo 9:00", "Mon 2026-11-30 09:00, every Mon, Tue, Wed at 09:00");
    check("ma/wo/vr 9:00", "Fri 2026-11-27 09:00, every Mon, Wed, Fri at 09:00");
    check("mon+wed 9:00", "Mon 2026-11-30 09:00, every Mon, Wed at 09:00");
    check("mon & wed 9:00", "Mon 2026-11-30 09:00, every Mon, Wed at 09:00");
    check("mon-fri 9:00", "Thu 2026-11-26 09:00, every weekday at 09:00");
    check("mon - fri 9:00", "Thu 2026-11-26 09:00, every weekday at 09:00");
    check("fri-mon 9:00", "Fri 2026-11-27 09:00, every Mon, Fri, Sat, Sun at 09:00");
    check("ma t/m vr 9u", "Thu 2026-11-26 09:00, every weekday at 09:00");
    check("maandag tot en met vrijdag om 9 uur", "Thu 2026-11-26 09:00, every weekday at 09:00");
    check("every other tuesday", "Tue 2026-12-01 09:00, every 2 weeks on Tue at 09:00");
    check("om de week op dinsdag 20:00", "Tue 2026-12-01 20:00, every 2 weeks on Tue at 20:00");
    check("om de 2 weken op dinsdag 20:00", "Tue 2026-12-01 20:00, every 2 weeks on Tue at 20:00");
    check("every 2 weeks on monday 20:00", "Mon 2026-11-30 20:00, every 2 weeks on Mon at 20:00");
    check("elke 2 weken", "Thu 2026-11-26 09:00, every 2 weeks on Thu at 09:00");
    check("every week 20:00", "Wed 2026-11-25 20:00, every Wednesday at 20:00");
    check("weekly on monday", "Mon 2026-11-30 09:00, every Monday at 09:00");
    check("wekelijks op maandag en woensdag 20u", "Wed 2026-11-25 20:00, every Mon, Wed at 20:00");
    check("every second tuesday", "?");
    check("every 2nd week on monday", "Mon 2026-11-30 09:00, every 2 weeks on Mon at 09:00");

    check("every 90 minutes", "Wed 2026-11-25 11:30, every 90 minutes");
    check("every 1h30", "Wed 2026-11-25 11:30, every 90 minutes");
    check("every 10 minutes", "Wed 2026-11-25 10:10, every 10 minutes");
    // What is too often for a reminder is understood all the same.
    check("every 9 minutes", "Wed 2026-11-25 10:09, every 9 minutes");
    check("every minute", "Wed 2026-11-25 10:01, every minute");
    check("every 0 minutes", "?");
    check("every 2 hours", "Wed 2026-11-25 12:00, every 2 hours");
    check("every 2 hours from 9:00", "Thu 2026-11-26 09:00, every 2 hours");
    check("elke 2 uur", "Wed 2026-11-25 12:00, every 2 hours");
    check("every hour", "Wed 2026-11-25 11:00, every hour");
    check("elk uur", "Wed 2026-11-25 11:00, every hour");
    check("hourly", "Wed 2026-11-25 11:00, every hour");
    check("elk half uur", "Wed 2026-11-25 10:30, every 30 minutes");
    check("elk kwartier", "Wed 2026-11-25 10:15, every 15 minutes");

    check("monthly on the 1st at 9:00", "Tue 2026-12-01 09:00, on the 1st of every month at 09:00");
    check("every month on the 31st", "Mon 2026-11-30 09:00, on the 31st of every month at 09:00");
    check("elke maand op de 15e om 10u", "Tue 2026-12-15 10:00, on the 15th of every month at 10:00");
    check("elke 15e van de maand", "Tue 2026-12-15 09:00, on the 15th of every month at 09:00");
    check("every 25th 20:00", "Wed 2026-11-25 20:00, on the 25th of every month at 20:00");
    check("every month", "Thu 2026-11-26 09:00, on the 26th of every month at 09:00");
    check("on the last day of every month", "Mon 2026-11-30 09:00, on the 31st of every month at 09:00");
    check("elke eerste dag van de maand", "Tue 2026-12-01 09:00, on the 1st of every month at 09:00");
    check("every 3 months on the 1st", "Tue 2026-12-01 09:00, every 3 months on the 1st at 09:00");
    check("every first monday of the month 20:00", "Mon 2026-12-07 20:00, on the first Monday of every month at 20:00");
    check(
        "elke laatste vrijdag van de maand 20:00",
        "Fri 2026-11-27 20:00, on the last Friday of every month at 20:00",
    );
    check("every second tuesday of the month", "Tue 2026-12-08 09:00, on the second Tuesday of every month at 09:00");
    check("first monday of every month 20:00", "Mon 2026-12-07 20:00, on the first Monday of every month at 20:00");
    check("monthly on the fourth sunday", "Sun 2026-12-27 09:00, on the fourth Sunday of every month at 09:00");
    check("every fifth monday of the month", "?");
    check(
        "first monday of the month",
        "Mon 2026-12-07 09:00 or Mon 2026-12-07 09:00, on the first Monday of every month at 09:00",
    );

    check("every year on 12 march", "Fri 2027-03-12 09:00, every year on 12 March at 09:00");
    check("elk jaar op 25/12 om 20u", "Fri 2026-12-25 20:00, every year on 25 December at 20:00");
    check("every 12 march", "Fri 2027-03-12 09:00, every year on 12 March at 09:00");
    check("every 29 february", "Tue 2028-02-29 09:00, every year on 29 February at 09:00");
    check("every 2 years on 12/3/2025 10:00", "Fri 2027-03-12 10:00, every 2 years on 12 March at 10:00");
    check("yearly", "Thu 2026-11-26 09:00, every year on 26 November at 09:00");
    check("jaarlijks op 1 mei", "Sat 2027-05-01 09:00, every year on 1 May at 09:00");
    check("every monday 20:00 UTC", "Mon 2026-11-30 20:00 UTC, every Monday at 20:00");
    check("every monday 23:30 UTC", "Mon 2026-11-30 23:30 UTC, every Monday at 23:30");
}

#[test]
fn rules_begin_and_end_when_they_say() {
    check("every monday until 1 june", "Mon 2026-11-30 09:00, every Monday at 09:00, until 2027-06-01");
    check("elke maandag 20u tot 1 juni", "Mon 2026-11-30 20:00, every Monday at 20:00, until 2027-06-01");
    check("elke maandag tot en met 30/6", "Mon 2026-11-30 09:00, every Monday at 09:00, until 2027-06-30");
    check("until 2027-06-01 every monday", "Mon 2026-11-30 09:00, every Monday at 09:00, until 2027-06-01");
    check("every day until friday", "Thu 2026-11-26 09:00, every day at 09:00, until 2026-11-27");
    check("every day until tomorrow", "Thu 2026-11-26 09:00, every day at 09:00, until 2026-11-26");
    check("every monday until tomorrow", "?");
    check("every day until yesterday", "?");
    check("every day 20:00 until 1/6/2026", "past Mon 2026-06-01 20:00, rather Tue 2027-06-01 20:00");
    check("every day 9u 10 times", "Thu 2026-11-26 09:00, every day at 09:00, 10 times");
    check("elke dag 9u 10 keer", "Thu 2026-11-26 09:00, every day at 09:00, 10 times");
    check("every monday for 10 times", "Mon 2026-11-30 09:00, every Monday at 09:00, 10 times");
    check("daily 9:00 10x", "Thu 2026-11-26 09:00, every day at 09:00, 10 times");
    check("every day 0 times", "?");
    check("every day 10000 times", "?");
    check("every day 10 times until 1 june", "?");
    check("every monday from 1 march", "Mon 2027-03-01 09:00, every Monday at 09:00");
    check("elke dag vanaf 1 maart", "Mon 2027-03-01 09:00, every day at 09:00");
    check("every month from 31 january", "Sun 2027-01-31 09:00, on the 31st of every month at 09:00");
    check("every 2 weeks starting friday 20:00", "Fri 2026-11-27 20:00, every 2 weeks on Fri at 20:00");
    check("every 3 days from 2026-11-20 9:00", "Thu 2026-11-26 09:00, every 3 days at 09:00");
    check("every 3 days from 2026-11-19 9:00", "Sat 2026-11-28 09:00, every 3 days at 09:00");
    check("every 90 minutes from tomorrow", "Thu 2026-11-26 09:00, every 90 minutes");
    check(
        "every monday 20:00 from 1 march until 1 june",
        "Mon 2027-03-01 20:00, every Monday at 20:00, until 2027-06-01",
    );
    check("tomorrow until friday", "?");
    check("tomorrow 10 times", "?");
    check("tomorrow from friday", "?");
}

#[test]
fn what_is_not_understood_as_a_whole_is_refused() {
    for text in [
        "",
        " ",
        "foo",
        "every",
        "at",
        "the",
        "25:00",
        "12:60",
        "13pm",
        "0am",
        "32 march",
        "13/13/2026",
        "0/1",
        "25/12/26/3",
        "12:30:61",
        "friday monday tuesday x",
        "tomorrow foo 9:00",
        "every day every week",
        "every monday 25/12",
        "every 0 days",
        "every -2 days",
        "every 2 weeks 3 days",
        "1.20.3",
        "version 1.20",
        "€ 12.50",
        "12.50 euro",
        "m",
        "7",
        "-1:00",
        "🎉",
        "📅 tomorrow",
        "tomorrow 🎉",
        "<t:>",
        "<t:99999999999999>",
        "<@123>",
        "'; drop table reminder; --",
        "\u{202e}00:02",
        "٣:٣٠",
        "in in in",
        "and",
        "every and",
        "until",
        "for",
        "from",
        "99999999999999999999",
        "every 99999999999 days",
        "utc",
    ] {
        check(text, "?");
    }
    for text in ["1 ", "tomorrow ", "every ", "🎉", "mon ", "1h ", "<t:", "'", "a.", "é", "- "] {
        check(&text.repeat(10_000 / text.len()), "?");
        let _ = Parts::read(&tokens(&text.repeat(10_000 / text.len())));
    }
}
