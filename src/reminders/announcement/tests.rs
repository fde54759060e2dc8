//! What `announcement` makes of what people write and mean, case by case.

use super::super::schedule::write_rule;
use super::*;
use proptest::prelude::*;

/// A Wednesday.
fn posted() -> Zoned {
    "2026-11-25T10:00[Europe/Brussels]".parse().expect("it is a time in a zone")
}

pub(super) fn show(event: Result<Event, Unclear>) -> String {
    match event {
        Err(unclear) => format!("{unclear:?}"),
        Ok(event) => {
            let first = event.when.first.strftime("%a %F %H:%M");
            let repeat = event.when.repeat.map(|repeat| format!(", {}", write_rule(&repeat, event.when.first)));
            let zone = event.when.zone.as_ref().and_then(|zone| zone.iana_name()).map(|zone| format!(" {zone}"));
            let place = event.place.map(|place| format!(" @ {place}"));
            format!("{first}{}{}{}", zone.unwrap_or_default(), repeat.unwrap_or_default(), place.unwrap_or_default())
        }
    }
}

fn check_all(title: &str, text: &str, fields: &[(&str, &str)], expected: &str) {
    let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let event = read(&Source { title, text, fields: &fields }, &posted());
    assert_eq!(show(event), expected, "{title:?} {text:?} {fields:?}");
}

fn check(text: &str, expected: &str) {
    check_all("Party", text, &[], expected);
}

#[test]
fn labels_say_what_is_meant() {
    check("Date: 25/12/2026\nTime: 20:00\nLocation: Main Hall", "Fri 2026-12-25 20:00 @ Main Hall");
    check("date: 25 december\ntime: 8pm\nwhere: Zoom", "Fri 2026-12-25 20:00 @ Zoom");
    check("Datum: 25 december\nUur: 20u\nWaar: Gent", "Fri 2026-12-25 20:00 @ Gent");
    check("Datum: vrijdag 27 november\nTijd: 20.30 uur\nLocatie: X: Y", "Fri 2026-11-27 20:30 @ X: Y");
    check("**Date:** 25/12\n**Time:** 20:00\n**Place:** *Hall*", "Fri 2026-12-25 20:00 @ Hall");
    check("**Date**: 25/12\n__Time__: 20:00", "Fri 2026-12-25 20:00");
    check("📅 Date: 25/12\n⏰ Time: 20:00\n📍 Main Hall", "Fri 2026-12-25 20:00 @ Main Hall");
    check("> - :calendar: Date: 25/12\n<:clock:123456> Time: 20:00", "Fri 2026-12-25 20:00");
    check("Date: 25/12\nTime: 20:00\nLocation (online): Zoom", "Fri 2026-12-25 20:00 @ Zoom");
    check("Date - 25/12\nTime – 20:00", "Fri 2026-12-25 20:00");
    check("Date: 25/12 | Time: 20:00", "Fri 2026-12-25 20:00");
    check("## When\nFriday 27 November, 20:00\n## Where\nHall", "Fri 2026-11-27 20:00 @ Hall");
    check("When: tomorrow at 20:00", "Thu 2026-11-26 20:00");
    check("Wanneer: overmorgen om 20u", "Fri 2026-11-27 20:00");
    check("Wanneer: vrijdagavond om half 8", "Fri 2026-11-27 19:30");
    check("Date & time: 25/12 20:00", "Fri 2026-12-25 20:00");
    check("Datum/uur: 25/12 20u", "Fri 2026-12-25 20:00");
    check("Date: friday evening\nTime: 8:30", "Fri 2026-11-27 20:30");
    check("Date: 25/11\nTime: 20:00", "Wed 2026-11-25 20:00");
    check("Date: 25/11\nTime: 9:00", "Past");
    check("Date: tomorrow\nTime: 9:00", "Thu 2026-11-26 09:00");
    check("Date: 2026-12-25\nTime: 20:00", "Fri 2026-12-25 20:00");
    check("Date: <t:1798225200:D>\nTime: <t:1798225200:t>", "Fri 2026-12-25 20:00");
    check("When: <t:1798225200:F>", "Fri 2026-12-25 20:00");
    check("Time: 25/12 20:00", "Fri 2026-12-25 20:00");
    check("Start Time: 20:00 - End Time: 22:00\nDate: 25/12", "Fri 2026-12-25 20:00");
    check("End: 23:00\nStart: 20:00\nDate: 25/12", "Fri 2026-12-25 20:00");
    check("Time: 19:30-21:00\nDate: 25/12", "Fri 2026-12-25 19:30");
    check("Date: 25/12\nTime: 20:00\nLocation: -", "Fri 2026-12-25 20:00");
    check("Date: 25/12\nTime: 20:00\nLocation: TBA", "Fri 2026-12-25 20:00");
    check("Date: 25/12\nSign up before 20/12 23:59\nDoors at 20:00", "Fri 2026-12-25 20:00");
    check("Time: 20:00\nSign up before 20/12 23:59\nSee you 25/12", "Fri 2026-12-25 20:00");
    check("Update: we moved\nTime: 20:00\nDate: 25/12", "Fri 2026-12-25 20:00");
    check("Time: Wednesday, October 06/10/27 – 19:30", "Wed 2027-10-06 19:30");
    check("Days: Monday 20:00", "Mon 2026-11-30 20:00, every Monday at 20:00");
    check("When: Friday, doors 19.00, show 20:00", "Fri 2026-11-27 20:00");
    check("Time: TBA\nSee you 25/12 at 20:30", "Fri 2026-12-25 20:30");
}

#[test]
fn fields_of_an_embed_are_labels() {
    let hall = "Fri 2026-12-25 20:00 @ Main Hall";
    check_all("T", "Special", &[("Date", "25/12/2026"), ("Time", "20:00"), ("Location", "Main Hall")], hall);
    check_all("T", "", &[("⏰ Tijd", "20u"), ("📅 **Datum**", "25 december"), ("Plaats:", "Main Hall")], hall);
    check_all("T", "", &[("Info", "Date: 25/12\nTime: 20:00"), ("📍 Location", "Main Hall")], hall);
    check_all("T", "", &[("Starts 25/12 at 20:00", "Be there"), ("Venue", "Main Hall")], hall);
    check_all("T", "", &[("Date", "25/12"), ("Time (UTC)", "19:00"), ("Where", "Main Hall")], hall);
    check_all("Meeting this Friday", "Weekly team meeting", &[("Time", "14:00")], "Fri 2026-11-27 14:00");
    check_all("Quiz 25/12", "At 20:00", &[], "Fri 2026-12-25 20:00");
    check_all("", "", &[], "NoTime");
}

#[test]
fn without_labels_what_stands_together_counts() {
    check("See you 25/12/2026 at 20:30", "Fri 2026-12-25 20:30");
    check("See you 25th December at 20:30", "Fri 2026-12-25 20:30");
    check("Feest op 25 december om 20u30!", "Fri 2026-12-25 20:30");
    check("Schrijf in tot 25 december 20u30", "NoTime");
    check("Za & zo 10:00 in the hall", "Several");
    check("Elke ma, di en wo om 20u", "Wed 2026-11-25 20:00, every Mon, Tue, Wed at 20:00");
    check("Every Monday and we start at 20:00", "Mon 2026-11-30 20:00, every Monday at 20:00");
    check("Friday 27 November, doors 19:00, start 20:00", "Several");
    check("Wednesday, October 06/10/27 – 19:30", "Wed 2027-10-06 19:30");
    check("1st October 19:30", "Fri 2027-10-01 19:30");
    check("Join us <t:1798225200:F> (<t:1798225200:R>)", "Fri 2026-12-25 20:00");
    check("Posted 1/2. Party 25/12 at 20:30", "Fri 2026-12-25 20:30");
    check("Good evening all! Party on 25/12 at 10:30", "Fri 2026-12-25 10:30");
    check("Today we say it: 25/12 at 20:30", "Fri 2026-12-25 20:30");
    check("Festival 27/11 - 29/11, 20:00", "Fri 2026-11-27 20:00");
    check("Op 25/12 van 20u tot 22u", "Fri 2026-12-25 20:00");
    check("25/12 at <t:1798225200:t>", "Fri 2026-12-25 20:00");
    check("This weekend 28/11 at 20:00", "Sat 2026-11-28 20:00");
    check("We meet on 25/12. We start at 20:00", "Fri 2026-12-25 20:00");
    check("Fun in the sun at 20:00", "NoDate");
    check("Fri 20:00 in the hall", "Fri 2026-11-27 20:00");
    check("vr 27/11 om 20u", "Fri 2026-11-27 20:00");
    check("Tonight at 8 we play, 20:15 sharp", "Wed 2026-11-25 20:15");
    check("Vanavond om 20:15", "Wed 2026-11-25 20:15");
    check("We have 24/7 support.\nSee you 25/12\nTime: 20:00", "Fri 2026-12-25 20:00");
    check("https://example.com/2026/12/24/20:00 25/12 20:30", "Fri 2026-12-25 20:30");
}

#[test]
fn a_number_is_a_time_only_if_nothing_better_is() {
    check("version 1.20 is out, party 25/12 om 21.15", "Fri 2026-12-25 21:15");
    check("1.20 is out. On 25/12 we play at 21:15", "Fri 2026-12-25 21:15");
    check("Patch 10.20 on 25/12, 21.15", "Fri 2026-12-25 21:15");
    check("Version 1.20 comes on 25/12", "NoTime");
    check("On 25/12, tickets € 12.50, 21.15 u", "Fri 2026-12-25 21:15");
    check("On 25/12, tickets 12.50 euro", "NoTime");
    check("On 25/12 it is 20.00% off", "NoTime");
    check("On 25/12 look at 5 things", "NoTime");
    check("On 25/12 v1.20.3 is out at 21:15", "Fri 2026-12-25 21:15");
}

#[test]
fn days_come_back() {
    check("Time: 19:30\nDays: Monday, Friday", "Fri 2026-11-27 19:30, every Mon, Fri at 19:30");
    check("Time: 19:30\nDays: Monday", "Mon 2026-11-30 19:30, every Monday at 19:30");
    check("Time: 19:30 CET\nDays: Mon", "Mon 2026-11-30 19:30, every Monday at 19:30");
    check("Tijd: 19u30\nDagen: ma, wo", "Wed 2026-11-25 19:30, every Mon, Wed at 19:30");
    check("Time: 19:30\nDays: daily\nLocation: Zoom", "Wed 2026-11-25 19:30, every day at 19:30 @ Zoom");
    check(
        "Time: 19:30\nDays: weekdays and saturday",
        "Wed 2026-11-25 19:30, every Mon, Tue, Wed, Thu, Fri, Sat at 19:30",
    );
    check("Time: 19:30\nDays: every other tuesday", "Tue 2026-12-01 19:30, every 2 weeks on Tue at 19:30");
    check("Date: 25/12\nTime: 20:00\nDays: Monday", "Mon 2026-12-28 20:00, every Monday at 20:00");
    check("Date: 1/6/2026\nTime: 20:00\nDays: Monday", "Mon 2026-11-30 20:00, every Monday at 20:00");
    check("Date: 25/12\nTime: 20:00\nDays: TBA", "Fri 2026-12-25 20:00");
    check("When: every Monday 20:00", "Mon 2026-11-30 20:00, every Monday at 20:00");
    check("Elke maandag om 20:00", "Mon 2026-11-30 20:00, every Monday at 20:00");
    check("We meet every Monday and Thursday at 20:00!", "Thu 2026-11-26 20:00, every Mon, Thu at 20:00");
    check("Every Monday we meet. Time: late.\nWe start at 20:00", "Mon 2026-11-30 20:00, every Monday at 20:00");
    check("Mondays 20:00", "Mon 2026-11-30 20:00, every Monday at 20:00");
    check(
        "Elke laatste vrijdag van de maand om 20u",
        "Fri 2026-11-27 20:00, on the last Friday of every month at 20:00",
    );
    check("Every Monday we meet, this week on 25/12 at 20:00", "Fri 2026-12-25 20:00");
    check("Have a nice weekend! At 20:00 we play", "NoDate");
    check("Our weekly news at 20:00", "NoDate");
}

#[test]
fn zones_other_than_ours_are_honoured_or_refused() {
    check("Date: 25/12\nTime: 19:30 CET", "Fri 2026-12-25 19:30");
    check("Date: 25/7\nTime: 19:30 (CEST)", "Sun 2027-07-25 19:30");
    check("Date: 25/12\nTime: 19:30 UTC", "Fri 2026-12-25 20:30");
    check("Date: 25/12\nTime: 23:30 UTC", "Sat 2026-12-26 00:30");
    check("Party 25/12 at 8pm EST", "Sat 2026-12-26 02:00");
    check("Date: 25/12\nTime: 19:30 - 21:00 UTC", "Fri 2026-12-25 20:30");
    check("Date: 25/12\nTime (UTC): 19:30 (doors 19:00)", "Fri 2026-12-25 20:30");
    check("Party 25/12 20:00-22:00 PST", "Sat 2026-12-26 05:00");
    check("Time: Friday 19:30 CET", "Fri 2026-11-27 19:30");
    check("Time: 19:30 UTC\nDays: Monday", "Mon 2026-11-30 19:30 UTC, every Monday at 19:30");
}

#[test]
fn what_is_unclear_says_what_to_do() {
    check("Time: 19:30", "NoDate");
    check("Meeting at 19:30", "NoDate");
    check("Date: 25/12", "NoTime");
    check("See you at the party", "NoTime");
    check("Goedemorgen! 20:00", "NoDate");
    check("Date: 31/2/2027\nTime: 20:00", "NoSuchDay { day: 31, month: 2 }");
    check("Date: 25/12\nTime: 25:00", "NoTime");
    check("Party 10-12 March 20:00", "Several");
    check("Date: 25/12/2025\nTime: 20:00", "Past");
    check("Today at 9:00", "Past");
    check("<t:1735153200:F>", "Past");
    check("Date: Monday 25/12/2026\nTime: 20:00", "Contradiction");
}

#[test]
fn an_event_keeps_title_and_text() {
    let check = |title: &str, text: &str, expected: &str| {
        let source = Source { title, text, fields: &[] };
        let event = read(&source, &posted()).expect("it is clear");
        assert_eq!((event.title.as_deref().unwrap_or("Event"), event.about.as_str()), (expected, text.trim()));
    };
    check("**Quiz night**", "Date: 25/12\nTime: 20:00", "Quiz night");
    check("", "Date: 25/12\nTime: 20:00\n# Quiz night\nCome!", "Quiz night");
    check("", "Date: 25/12\nTime: 20:00 ", "Event");
    check(&"é".repeat(120), "25/12 20:00", &format!("{}…", "é".repeat(100)));
}

#[test]
fn hostile_text_is_read_quickly() {
    for text in [
        "mon ",
        "we ",
        "every ",
        "1/2 ",
        "Time: ",
        "Date\n",
        "1h ",
        "<:",
        ":",
        "🎉",
        "1:",
        "until the ",
        "25/12 20:00\n",
    ] {
        let text = text.repeat(12_000 / text.len());
        let _ = read(&Source { title: &text, text: &text, fields: &[(text.clone(), text.clone())] }, &posted());
    }
}

fn lines() -> impl Strategy<Value = String> {
    let line = proptest::sample::select(
        &[
            "Date: 25/12",
            "Time: 20:00",
            "Days: mon",
            "When: every day",
            "Time: 20:00 UTC",
            "25/12 20:00",
            "vr 20u",
            "**",
            "📍 Hall",
            "Time",
            "Date",
            "<t:1798225200:F>",
            "every monday 20:00",
            "until 1 june",
            "tomorrow",
            "version 1.20",
            "Date: 1/1/2020",
            "weekly",
            "29/2 at 7pm",
            "Days: daily until 1/1/2020",
            "10 times",
            "EST",
            "1st",
            "in 2 hours",
        ][..],
    );
    proptest::collection::vec(prop_oneof![4 => line.prop_map(str::to_owned), 1 => ".{0,30}"], 0..6)
        .prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn what_is_read_lies_ahead(title in ".{0,20}", text in lines(), name in ".{0,10}", value in lines()) {
        let fields = [(name, value)];
        if let Ok(event) = read(&Source { title: &title, text: &text, fields: &fields }, &posted()) {
            prop_assert!(event.when.first_at(posted().time_zone()) > posted().timestamp());
            let is_title = |it: &String| !it.is_empty() && it.chars().count() <= MAX_TITLE_CHARS + 1;
            prop_assert!(event.title.iter().all(is_title));
        }
    }
}
