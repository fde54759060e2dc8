//! What people announce of which nobody can tell when it is, and what only looks like it.

use super::*;
use tests::show;

/// Posted on a Thursday.
fn check(text: &str, expected: &str) {
    let posted = "2026-11-26T09:15[Europe/Amsterdam]".parse().expect("it is a time in a zone");
    assert_eq!(show(read(&Source { title: "", text, fields: &[] }, &posted)), expected, "{text}");
}

#[test]
fn what_may_be_is_no_event() {
    check("If it rains Friday 20:00: film inside", "Turned");
    check("BBQ Friday 20:00, weather permitting", "Turned");
    check("Bij slecht weer: zaterdag 20u", "Turned");
    check("BBQ vrijdag 20u als het weer meezit", "Turned");
    check("Quiz vrijdag 20u als er genoeg volk is", "Turned");
    check("Probably Friday 20:00", "Turned");
    check("Onder voorbehoud: vrijdag 20u", "Turned");
    check("Friday 20:00 (tbc)", "Turned");
    check("Friday 20:00, place tba", "Fri 2026-11-27 20:00");
    check("What about Friday 20:00?", "Turned");
    check("Zullen we vrijdag 20u spelen?", "Turned");
    check("Is vrijdag 20u goed voor iedereen?", "Turned");
    check("Zin in quiz? Vrijdag 20u!", "Fri 2026-11-27 20:00");
    check("Wat? Quiz! Wanneer? Vrijdag 27 november 20u!", "Fri 2026-11-27 20:00");
    check("Movie night Friday 20:00. If you have suggestions, post them", "Fri 2026-11-27 20:00");
    check("Vrijdag 20u, verkleed als kerstman", "Fri 2026-11-27 20:00");
    check("Friday might work, at 20:00", "Turned");
}

#[test]
fn what_is_moved_is_no_event() {
    check("We are cancelling the raid on Friday 27/11 at 20:00", "Turned");
    check("Cancellation: raid Friday 20:00", "Turned");
    check("We have to postpone Friday 20:00", "Turned");
    check("We have to move Friday 20:00", "Turned");
    check("We moeten de quiz van vrijdag 20u annuleren", "Turned");
    check("Annulering: quiz vrijdag 20u", "Turned");
    check("Uitstel van de quiz van vrijdag 20u", "Turned");
    check("The Friday 20:00 raid has been pushed to Saturday", "Turned");
    check("Raid Friday 20:00 → 21:00", "Turned");
    check("Raid Friday 20:00 -> Saturday 20:00", "Turned");
    check("Friday 20:00 → voice channel", "Fri 2026-11-27 20:00");
    check("Vrijdag 20u slaan we over", "Turned");
    check("Training vrijdag 20u is afgeblazen", "Turned");
    check("De training van vrijdag 20u komt te vervallen", "Turned");
    check("This is what happened Friday at 20:00", "Past");
    check("Since Friday 20:00 the server is down", "Past");
    check("Club since 1995: party Friday 20:00", "Fri 2026-11-27 20:00");
    check("Getting started with Rust, Friday 20:00", "Fri 2026-11-27 20:00");
}

#[test]
fn a_part_of_the_world_beside_a_time_has_clocks_of_its_own() {
    check("Saturday 20:00 🇬🇧", "OtherZone");
    check("🇬🇧 20:00, Saturday", "OtherZone");
    check("Saturday 20:00 🇧🇪 / 14:00 🇺🇸", "Several");
    check("Saturday 20:00 :flag_us:", "OtherZone");
    check("Saturday 20:00 🎉", "Sat 2026-11-28 20:00");
    check("🇳🇱 Zaterdag 20u quiz", "Sat 2026-11-28 20:00");
    check("Saturday 20:00 for EU, 21:00 for NA", "Several");
    check("Saturday: EU 20:00, NA 02:00", "Several");
    check("Saturday 20:00 UK", "OtherZone");
    check("Saturday 20:00 UK time", "Sat 2026-11-28 21:00");
    check("Saturday 20:00 (EU)", "OtherZone");
    check("EU raid Saturday 20:00", "Sat 2026-11-28 20:00");
    check("Join us Saturday 20:00", "Sat 2026-11-28 20:00");
    check("8pm in New York, Saturday", "OtherZone");
    check("Saturday 20:00 in-game time", "OtherZone");
    check("Saturday 20:00 in Brussels", "Sat 2026-11-28 20:00");
}

#[test]
fn of_two_times_in_a_sentence_nobody_knows_which() {
    check("Warm-up 19:30, kickoff 20:00 on Friday", "Several");
    check("Vrijdag 27/11: deuren 19u, aanvang 20u", "Several");
    check("Saturday 20:00 for beginners, 21:00 for experts", "Several");
    check("Bingo vrijdag 27/11 om 20u. Deuren open om 19u30.", "Fri 2026-11-27 20:00");
    check("Tickets until Friday 18:00, show Saturday 20:00", "Sat 2026-11-28 20:00");
    check("Friday 20:00-22:00, afterwards drinks", "Fri 2026-11-27 20:00");
}

#[test]
fn numbers_that_count_something_are_no_time() {
    check("Friday 7.30 update", "NoTime");
    check("Vrijdag 7.30 update", "NoTime");
    check("Friday 1.21 release party", "NoTime");
    check("Friday patch 7.30 drops at 18:00", "Fri 2026-11-27 18:00");
    check("Friday 10.15 km run", "NoTime");
    check("Friday 2.30 m jump", "NoTime");
    check("Saturday 4 to 6 players", "NoTime");
    check("Zaterdag 28/11 van 6 tot 12 jaar", "NoTime");
    check("Saturday 20:00, 3-5 players", "Sat 2026-11-28 20:00");
    check("Friday 20:00, €12.50", "Fri 2026-11-27 20:00");
    check("Friday 12.50€", "NoTime");
    check("Quiz #12 — 27 november — 20:00", "Fri 2026-11-27 20:00");
    check("Deel 2 - zaterdag 28 november - 20u", "Sat 2026-11-28 20:00");
    check("Quiz n° 5 - 5 december - 20u", "Sat 2026-12-05 20:00");
    check("Session 5 December 3, 20:00", "Several");
    check("Date: Friday\nTime: 2027", "Several");
    check("2027", "NoTime");
    check("Goals for 2027: Friday 20:00", "Fri 2026-11-27 20:00");
    check("Sat. 28th, 8.00pm", "Sat 2026-11-28 20:00");
}

#[test]
fn what_is_longer_than_any_message_is_none() {
    let long = |text: &str| text.repeat(6001 / text.len() + 1);
    for text in ["20:00 friday ", "$", "mon-fri", "T-", "1,", "Date: 25/12\n", "\n \n"] {
        check(&long(text), "Several");
    }
    check(
        &format!("Quiz friday 20:00. {}", "Bring a friend and a drink, it will be fun. ".repeat(60)),
        "Fri 2026-11-27 20:00",
    );
    check(&"raid friday 20:00, ".repeat(100), "Several");
    check(&"a. ".repeat(1900), "Several");
}
