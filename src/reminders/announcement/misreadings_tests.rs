//! What was read as another moment once, or is easily. Nobody confirms an announcement, so what may be two is none.

use super::*;
use tests::show;

/// Posted on a Thursday.
fn check(text: &str, expected: &str) {
    let posted = "2026-11-26T09:15[Europe/Amsterdam]".parse().expect("it is a time in a zone");
    assert_eq!(show(read(&Source { title: "", text, fields: &[] }, &posted)), expected, "{text}");
}

#[test]
fn several_dates_or_times_are_no_event() {
    check("28/11 en 29/11 om 20u toernooi", "Several");
    check("28/11, 29/11 20:00 LAN", "Several");
    check("Saturday 28/11 and Sunday 29/11 at 20:00", "Several");
    check("Saturday 28/11, Sunday 29/11, 20:00", "Several");
    check("Zaterdag 28 en zondag 29 november om 20u", "Several");
    check("Saturday the 28th and Sunday the 29th at 20:00", "Several");
    check("December 5 and 6, 20:00", "Several");
    check("5-6 december 20u kamp", "Several");
    check("Za & zo 14:00 in the hall", "Several");
    check("Sat-Mon 20:00: LAN", "Several");
    check("Ma-vr 9u open", "Fri 2026-11-27 09:00, every weekday at 09:00");
    check("zaterdag of zondag om 20u", "Several");
    check("Saturday or Sunday at 20:00", "Several");
    check("Saturday 19:00 or 21:00", "Several");
    check("Zaterdag en zondag om 20u: toernooi", "Several");
    check("Zaterdag om 14u en 16u rondleiding", "Several");
    check("Saturday 10:00, 14:00 and 18:00: tours", "Several");
    check("Saturday 7 and 9 pm: screenings", "Several");
    check("Saturday 20:00 and Sunday 21:00", "Several");
    check("Saturday 20:00 / Sunday 21:00, both days", "Several");
    check("Zaterdag 28/11 - zondag 29/11: open huis om 10u", "Sat 2026-11-28 10:00");
    check("Date: 28/11 and 29/11\nTime: 20:00", "Several");
    check("Date: 5/12\nTime: 19:00 and 21:00", "Several");
    check("Every tuesday and thursday 20:00 training", "Thu 2026-11-26 20:00, every Tue, Thu at 20:00");
    check("Every monday at 20:00 and every friday at 21:00", "Several");
    check("Every monday 20:00 and every friday", "Several");
    check("Elke ma 20u, elke wo 21u", "Several");
    check("Morgen, vrijdag 27/11, 20u", "Fri 2026-11-27 20:00");
}

#[test]
fn a_list_of_days_is_read_as_a_whole() {
    check("Days: friday, saturday\nTime: 20:00", "Fri 2026-11-27 20:00, every Fri, Sat at 20:00");
    check("Dagen: di en do\nTijd: 20u", "Thu 2026-11-26 20:00, every Tue, Thu at 20:00");
    check("Dagen: di;do\nTijd: 18:30", "Thu 2026-11-26 18:30, every Tue, Thu at 18:30");
    check("Dagen: maandag; woensdag; vrijdag\nUur: 18u", "Fri 2026-11-27 18:00, every Mon, Wed, Fri at 18:00");
    check("Days: mon/wed\nTime: 18:00", "Mon 2026-11-30 18:00, every Mon, Wed at 18:00");
    check("Days: 1,3,5\nTime: 18:00", "NoDate");
    check("Days: mon,thursday,3\nTime: 18:00", "Several");
    check("Days: monday (online), wednesday\nTime: 18:00", "Several");
    check("Days: weekdays except friday\nTime: 8:30", "Mon 2026-11-30 08:30, every Mon, Tue, Wed, Thu at 08:30");
    check("Date: Saturday 5/12 (day one), Sunday 6/12 (day two)\nTime: 20:00", "Several");
    check("Dagen: weekend\nTijd: 9u", "Sat 2026-11-28 09:00, every weekend at 09:00");
}

#[test]
fn ordinary_words_turn_down_no_event() {
    check("Dragon Ball Z watch party: Saturday 20:00", "Sat 2026-11-28 20:00");
    check("Pst! Vrijdag 20u feest", "Fri 2026-11-27 20:00");
    check(
        "Elke laatste vrijdag van de maand om 20u",
        "Fri 2026-11-27 20:00, on the last Friday of every month at 20:00",
    );
    check("Last night of the festival: Saturday 28/11 20:00", "Sat 2026-11-28 20:00");
    check("Last friday in december at 20:00", "Fri 2026-12-25 20:00");
    check("Saturday 28/11 20:00, be there by 19:45", "Sat 2026-11-28 20:00");
    check("Zaterdag 28/11 20u, meld je tegen vrijdag 18u", "Sat 2026-11-28 20:00");
    check("Zone: Molten Core\nDate: 5/12\nTime: 20:00", "Sat 2026-12-05 20:00");
    // These still say something else than they seem to.
    check("Last friday at 20:00: what a night", "Past");
    check("All times are in UTC. Saturday 20:00: raid", "OtherZone");
    check("Reply by friday 18:00", "NoTime");
    check("We play once a week on friday at 20:00", "Several");
}

#[test]
fn short_names_of_days_count_before_a_time() {
    check("Training mon at 19:30", "Mon 2026-11-30 19:30");
    check("Training di om 19:30", "Tue 2026-12-01 19:30");
    check("Training do om 19:30", "Thu 2026-11-26 19:30");
    check("What to do at 20:00", "NoDate");
    check("Les za om 14u", "Sat 2026-11-28 14:00");
    check("deze wo 20u training", "Wed 2026-12-02 20:00");
    check("Stand-up this tue 9:15", "Tue 2026-12-01 09:15");
    check("zo om 20u beginnen we", "NoDate");
    check("So we at 20:00 start", "NoDate");
    check("Fun in the sun at 20:00", "NoDate");
}

#[test]
fn what_is_struck_out_is_not_there() {
    check("~~Friday 20:00~~ Sunday 19:00 raid", "Sun 2026-11-29 19:00");
    check("Raid ~~friday~~ **saturday** 20:00", "Sat 2026-11-28 20:00");
    check("Date: ~~27/11~~ 28/11\nTime: 20:00", "Sat 2026-11-28 20:00");
    check("Datum: 5/12\nTijd: ~~20u~~ 21u", "Sat 2026-12-05 21:00");
    check("Quiz op ~~5~~ 6 december om 20u", "Sun 2026-12-06 20:00");
    check("~~Zaterdag 20u~~", "NoTime");
    check("~~Afgelast~~ Zaterdag 28/11 20u", "Sat 2026-11-28 20:00");
    check("Quiz ~~vrijdag 20u", "Fri 2026-11-27 20:00");
    check("~~The raid of Friday 20:00\nis over~~ Saturday 21:00", "Sat 2026-11-28 21:00");
}

#[test]
fn what_is_cancelled_or_moved_is_no_event() {
    check("Game night is cancelled: Friday 20:00", "Turned");
    check("CANCELLED\nFriday 27/11 20:00 game night", "Turned");
    check("Geen spelavond vrijdag 20u", "Turned");
    check("Vrijdag 20u gaat niet door", "Turned");
    check("Spelavond verplaatst van vrijdag 20u naar zaterdag 21u", "Turned");
    check("Moved from Friday 20:00 to Saturday 21:00", "Turned");
    check("Elke vrijdag 20u behalve 4 december", "Turned");
    check("Every Friday 20:00 (not on 4 December)", "Turned");
    check("Every friday 20:00, except this friday", "Turned");
    check("Every day except Sunday at 20:00", "Thu 2026-11-26 20:00, every Mon, Tue, Wed, Thu, Fri, Sat at 20:00");
    check("Elke dag behalve zondag om 20u stream", "Thu 2026-11-26 20:00, every Mon, Tue, Wed, Thu, Fri, Sat at 20:00");
    check("Originally Friday 20:00, now Saturday 21:00", "Turned");
    check("In plaats van vrijdag 20u spelen we zaterdag 21u", "Turned");
    check("Was vrijdag 20u, nu zaterdag 21u", "Turned");
    check("Update: we moved to a new place\nDate: 5/12\nTime: 20:00", "Sat 2026-12-05 20:00");
    check("Don't miss it: Friday 20:00!", "Fri 2026-11-27 20:00");
    check("Vergeet niet: vrijdag 20u quiz", "Fri 2026-11-27 20:00");
    check("Friday 20:00, no experience needed", "Fri 2026-11-27 20:00");
    check("Workshop vrijdag 20u, geen inschrijving nodig!", "Fri 2026-11-27 20:00");
    check("Friday 20:00 is not needed, no raid", "Turned");
    check("Friday 20:00, but bring snacks", "Fri 2026-11-27 20:00");
}

#[test]
fn a_deadline_is_no_event() {
    check("Sign up before Friday 20:00", "NoTime");
    check("Sign up before Friday 20:00! Raid on Saturday 21:00", "Sat 2026-11-28 21:00");
    check("Deadline Friday 20:00\nEvent: Saturday 28/11 21:00", "Sat 2026-11-28 21:00");
    check("RSVP before Friday 12:00.\nParty on Saturday 28 November at 20:00", "Sat 2026-11-28 20:00");
    check("Tickets until Friday 18:00, show Saturday 20:00", "Sat 2026-11-28 20:00");
    check("Inschrijven voor vrijdag 12u! Toernooi zaterdag 28/11 om 14u", "Sat 2026-11-28 14:00");
    check("Inschrijven kan tot vrijdag 12u, toernooi is zaterdag om 14u", "NoTime");
}

#[test]
fn what_has_been_is_no_event() {
    check("Thanks all! Next raid Friday 20:00", "Fri 2026-11-27 20:00");
    check("Thanks for coming on Friday at 20:00", "Past");
    check("Bedankt voor zaterdag 21/11 om 20u!", "Past");
    check("Vorige vrijdag om 20u hadden we quiz", "Past");
    check("Gisteren om 20u was er quiz", "Turned");
    check("Terugblik: quiz van 20 november 20u", "Past");
    check("Photos of the party of 14 November 20:00", "Past");
    check("Party 10 November 20:00", "Past");
    check("Results of Friday 20:00: 3 for us, 1 for them", "Past");
    check("Foto's van zaterdag 20u staan online", "Past");
    check("Jaarfeest 5 januari 20u", "Tue 2027-01-05 20:00");
}

#[test]
fn the_start_of_a_span_counts() {
    check("Zaterdag van 15 tot 18 uur workshop", "Sat 2026-11-28 15:00");
    check("Zaterdag 15-18 uur: open dag", "Sat 2026-11-28 15:00");
    check("Saturday between 7 and 9 pm: movie night", "Sat 2026-11-28 19:00");
    check("Saturday from 19 to 21: game night", "Sat 2026-11-28 19:00");
    check("Saturday 8pm to 10pm", "Sat 2026-11-28 20:00");
    check("Saturday 10-12", "Several");
    check("Saturday 10 to 12", "NoTime");
    check("Zaterdag 20u30-23u stream", "Sat 2026-11-28 20:30");
    check("Date: Saturday\nTime: from 9 to 11 am", "Sat 2026-11-28 09:00");
    check("Date: Saturday\nTime: 10-12", "Sat 2026-11-28 10:00");
    check("Date: 4-12\nTime: 20-22u", "Fri 2026-12-04 20:00");
    check("Elke zaterdag 15u-17u", "Sat 2026-11-28 15:00, every Saturday at 15:00");
    check("Every Monday from 7 to 9 pm: training", "Mon 2026-11-30 19:00, every Monday at 19:00");
    check("Zaterdag 28 november van 14 tot 17 uur", "Sat 2026-11-28 14:00");
    check("Friday: 2h of fun at 20:00", "Fri 2026-11-27 20:00");
    check("Workshop Friday 20:00, 2h", "Fri 2026-11-27 20:00");
}

#[test]
fn a_number_with_a_dot_is_a_date_a_time_or_neither() {
    check("Op 5.12 om 20u feest", "Sat 2026-12-05 20:00");
    check("Feest op 5.12. om 20.30 uur", "Sat 2026-12-05 20:30");
    check("Vrijdag 4.12 20u", "Fri 2026-12-04 20:00");
    check("Zaterdag 19.10 in de zaal", "Sat 2026-11-28 19:10");
    check("Datum: 5.12\nTijd: 20.30", "Sat 2026-12-05 20:30");
    check("Version 5.12 is out on Friday at 20:00", "Fri 2026-11-27 20:00");
    check("Score 3.12, friday 20:00", "Fri 2026-11-27 20:00");
    check("Friday 3.12 kg of sweets, at 20:00", "Fri 2026-11-27 20:00");
    check("Entry 5.50 euro, Saturday 20:00", "Sat 2026-11-28 20:00");
}

#[test]
fn whose_clocks_is_said_or_asked() {
    check("Saturday 8pm EST", "Sun 2026-11-29 02:00");
    check("Saturday 8 PM ET: finals", "Sun 2026-11-29 02:00");
    check("Saturday 20:00 CST", "OtherZone");
    check("Saturday 8pm Eastern", "Sun 2026-11-29 02:00");
    check("Saturday 20:00 Pacific Rim", "OtherZone");
    check("Zaterdag 20u Nederlandse tijd", "Sat 2026-11-28 20:00");
    check("Saturday 20:00 my time", "OtherZone");
    check("Saturday 20:00 server time", "Sat 2026-11-28 20:00");
    check("Saturday 8pm London time", "Sat 2026-11-28 21:00");
    check("Saturday 20:00 XYT", "OtherZone");
    check("Saturday 20:00 Narnia time", "OtherZone");
    check("Saturday 20:00, wat doen we", "Sat 2026-11-28 20:00");
    check("Time (EST): 20:00\nDate: Saturday", "Sun 2026-11-29 02:00");
    check("Saturday 8 PM EST / 5 PM PST", "Sun 2026-11-29 02:00");
    check("Saturday 20:00 CET / 14:00 EST: finals", "Sat 2026-11-28 20:00");
    check("Saturday 14:00 EST (20:00 CET, 19:00 UTC): finals", "Sat 2026-11-28 20:00");
    check("Saturday 14:00 EST / 21:00 CET: finals", "Several");
    check("Saturday 20:00 / 14:00 EST: finals", "Several");
    check("Saturday 8pm Eastern / 5pm Pacific watch party", "Sun 2026-11-29 02:00");
    check("Date: Saturday\nTime: 8 PM EST / 5 PM PST", "Sun 2026-11-29 02:00");
    check("Saturday 20:00 my time / 14:00 EST", "OtherZone");
    check("Every Friday at 8pm Eastern", "Fri 2026-11-27 20:00 America/New_York, every Friday at 20:00");
    check("All times are UTC. Saturday 20:00", "OtherZone");
    check("Saturday 20:00. All times CET", "Sat 2026-11-28 20:00");
    check("Saturday 20:00 CET, that is 19:00 UTC", "Sat 2026-11-28 20:00");
    check("Timezone: UTC\nDate: 5/12\nTime: 20:00", "Sat 2026-12-05 21:00");
    check("Date: 5/12\nTime: 20:00\nTijdzone: Narnia", "OtherZone");
    check("Et voila: Saturday 20:00", "Sat 2026-11-28 20:00");
    check("Tomorrow 20:00 UTC: quiz", "Fri 2026-11-27 21:00");
    check("20:00 UTC on 5/12", "Sat 2026-12-05 21:00");
}

#[test]
fn a_place_is_without_its_sign() {
    check("Datum: 5/12\nTijd: 20u\nPlaats : Gent", "Sat 2026-12-05 20:00 @ Gent");
    check("Datum: 5/12\nTijd: 20u\n📍: Gent", "Sat 2026-12-05 20:00 @ Gent");
    check("Datum: 5/12\nTijd: 20u\nPlaats: : Gent", "Sat 2026-12-05 20:00 @ Gent");
    check("Datum: 5/12\nTijd: 20u\nWaar: Zaal: X", "Sat 2026-12-05 20:00 @ Zaal: X");
}

#[test]
fn what_no_year_has_is_named() {
    check("Feest op 31 november om 20u", "NoSuchDay { day: 31, month: 11 }");
    check("Datum: 31/11\nTijd: 20u", "NoSuchDay { day: 31, month: 11 }");
    check("Saturday midnight", "Several");
    check("Friday 24:00", "Sat 2026-11-28 00:00");
}

#[test]
fn what_is_read_of_no_event_is_kept() {
    let check = |text: &str, expected: &str| {
        let posted = "2026-11-26T09:15[Europe/Amsterdam]".parse().expect("it is a time in a zone");
        let rest = read_rest(&Source { title: "", text, fields: &[] }, &posted);
        let found = rest.found.map_or("nothing".to_owned(), |found| found.to_string());
        let place = rest.place.map(|place| format!(" @ {place}"));
        assert_eq!(format!("{found}{}", place.unwrap_or_default()), expected, "{text}");
    };
    check("Stand-up\nTime: 09:15\nPlace: Room 4", "09:15 @ Room 4");
    check("Koffie om 14u30", "14:30");
    check("We start at 7pm", "19:00");
    check("Tijd: 19h30", "19:30");
    check("Party on Saturday", "2026-11-28");
    check("Datum: 5/12", "2026-12-05");
    check("Doors 19:00, show 20:00", "nothing");
    check("Date: 5/12 and 6/12", "nothing");
    check("Cancelled: Saturday", "nothing");
    check("Hello all", "nothing");
}

#[test]
fn numbers_alone_are_a_time_beside_a_day_only() {
    check("Room 20.15 on Saturday", "NoTime");
    check("Room 2.15, Saturday 20:00", "Sat 2026-11-28 20:00");
    check("Node 20.10 workshop, Saturday", "NoTime");
    check("Python 3.12 workshop on Saturday 28/11 at 19:30", "Sat 2026-11-28 19:30");
    check("Kost 10.30 per persoon, zaterdag", "NoTime");
    check("Zaterdag 20.15: film", "Sat 2026-11-28 20:15");
    check("Film om 20.15 op zaterdag", "Sat 2026-11-28 20:15");
    check("For kids from 6 to 12, Saturday 28/11 at 14:00", "Sat 2026-11-28 14:00");
    check("Teams of 3 to 5, Saturday 20:00", "Sat 2026-11-28 20:00");
    check("Ploegen van 4 tot 6, zaterdag 20u", "Sat 2026-11-28 20:00");
    check("Psalm 23:5, Saturday 20:00", "Sat 2026-11-28 20:00");
    check("The top 10 tonight", "NoTime");
}

#[test]
fn what_ends_or_may_be_is_no_event() {
    check("Voting ends Saturday 20:00", "NoTime");
    check("Poll closes on saturday at 20:00", "NoTime");
    check("De stemming sluit zaterdag 20u", "NoTime");
    check("Saturday 20:00, ends 23:00", "Sat 2026-11-28 20:00");
    check("The raid of Saturday 20:00 is off", "Turned");
    check("Raid van zaterdag 20u valt weg", "Turned");
    check("Maybe Saturday 20:00", "Turned");
    check("Misschien zaterdag 20u", "Turned");
    check("Missed the stream of Saturday 20:00? Watch it here", "Past");
    check("A long stream starting Saturday 20:00", "Sat 2026-11-28 20:00");
}

#[test]
fn a_second_time_beside_the_first_is_another() {
    check("Saturday 20:00 21:00", "Several");
    check("Iedere dinsdag 19u30 en donderdag 20u", "Several");
    check("Every tuesday 19:30 and 5/12 20:00", "Several");
    check("Every tuesday and thursday 20:00", "Thu 2026-11-26 20:00, every Tue, Thu at 20:00");
    check("19u30 Nov 28th", "Sat 2026-11-28 19:30");
    check("Saturday 20:00 your local time", "OtherZone");
}

#[test]
fn a_week_or_a_month_elsewhere_is_that_of_the_weekday() {
    check("Next week: quiz on Saturday 14:00", "Several");
    check("Volgende week is er quiz, op zaterdag om 14u", "Several");
    check("Two weeks from now, Saturday 14:00", "Several");
    check("Saturday week 14:00", "Several");
    check("Week 50: zaterdag 20u", "Several");
    check("Quiz in januari! Zaterdag 20u", "Several");
    check("December 2026: Saturday 20:00", "Several");
    check("Elke zaterdag in december om 20u", "Several");
    check("Next week Saturday 14:00", "Sat 2026-12-05 14:00");
    check("Zaterdag over een week 14u", "Sat 2026-12-05 14:00");
    check("In two weeks, Saturday at 14:00", "Sat 2026-12-12 14:00");
    check("Next week: quiz on 5 December 14:00", "Sat 2026-12-05 14:00");
    check("Last saturday in december at 20:00", "Sat 2026-12-26 20:00");
}

#[test]
fn a_city_after_a_time_may_be_whose_clocks() {
    check("Saturday 20:00 Tokyo", "OtherZone");
    check("Saturday 20:00 New York", "OtherZone");
    check("Saturday 20:00 Brussels", "Sat 2026-11-28 20:00");
    check("Saturday 20:00 Gent", "Sat 2026-11-28 20:00");
    check("Live from London: Saturday 20:00", "Sat 2026-11-28 20:00");
    check("Saturday 20:00 (all times eastern)", "OtherZone");
}

#[test]
fn under_one_label_stands_one_time() {
    check("Date: 5/12\nTime: 20:00\nTime: 21:00", "Several");
    check("Date: 5/12\nTime: 19:00 doors, 20:00 show", "Several");
    check("Date: 5/12\nTime: 20:00, end time 22:00", "Sat 2026-12-05 20:00");
    check("Date: 5/12\nTime: 20:00 CET (19:00 UTC)", "Sat 2026-12-05 20:00");
    check("Saturday 2.50 entry, 20:00", "Several");
    check("We lost on Saturday 20:00", "Past");
    check("Proficiat aan wie zaterdag om 20u won", "Past");
}
