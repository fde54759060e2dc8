//! What says a moment only in part: what of it is offered, and what is read.

use super::*;
use tests::{now, show};

/// On a Wednesday.
fn check(text: &str, expected: &str) {
    check_at("2026-11-25T10:00[Europe/Brussels]", text, expected);
}

fn check_at(at: &str, text: &str, expected: &str) {
    assert_eq!(show(read(text, &now(at))), expected, "{text}");
}

#[test]
fn of_a_day_that_is_not_over_the_rest_is_offered() {
    check_at("2026-11-25T20:18[Europe/Brussels]", "vanavond", "Wed 2026-11-25 21:00 or Wed 2026-11-25 22:00");
    check_at("2026-11-25T20:18[Europe/Brussels]", "tonight", "Wed 2026-11-25 21:00 or Wed 2026-11-25 22:00");
    check_at("2026-11-25T20:18[Europe/Brussels]", "vandaag", "Wed 2026-11-25 21:00 or Wed 2026-11-25 22:00");
    check_at("2026-11-25T20:18[Europe/Brussels]", "25/11", "Wed 2026-11-25 21:00 or Wed 2026-11-25 22:00");
    check_at("2026-11-25T20:18[Europe/Brussels]", "25 november 2026", "Wed 2026-11-25 21:00 or Wed 2026-11-25 22:00");
    check_at(
        "2026-11-25T20:18[Europe/Brussels]",
        "vanavond om 8",
        "past Wed 2026-11-25 20:00, rather Thu 2026-11-26 20:00",
    );
    check_at(
        "2026-11-25T20:18[Europe/Brussels]",
        "today 20:00",
        "past Wed 2026-11-25 20:00, rather Thu 2026-11-26 20:00",
    );
    check_at("2026-11-25T20:18[Europe/Brussels]", "vanavond 21u", "Wed 2026-11-25 21:00");
    check_at("2026-11-25T23:10[Europe/Brussels]", "vanavond", "past Wed 2026-11-25 20:00, rather Thu 2026-11-26 20:00");
    check_at(
        "2026-11-25T23:10[Europe/Brussels]",
        "vanmiddag",
        "past Wed 2026-11-25 14:00, rather Thu 2026-11-26 14:00",
    );
    check_at("2026-11-25T15:10[Europe/Brussels]", "vanmiddag", "Wed 2026-11-25 16:00 or Wed 2026-11-25 17:00");
    check_at(
        "2026-11-25T15:10[Europe/Brussels]",
        "vanochtend",
        "past Wed 2026-11-25 09:00, rather Thu 2026-11-26 09:00",
    );
    check_at("2026-11-25T15:10[Europe/Brussels]", "tonight", "Wed 2026-11-25 20:00");
}

#[test]
fn what_says_no_hour_or_no_day_is_offered() {
    check("straks", "Wed 2026-11-25 10:30 or Wed 2026-11-25 12:00");
    check("soon", "Wed 2026-11-25 10:30 or Wed 2026-11-25 12:00");
    check("later vandaag", "Wed 2026-11-25 10:30 or Wed 2026-11-25 12:00");
    check("straks om 20u", "Wed 2026-11-25 20:00");
    check("begin volgende maand", "perhaps Tue 2026-12-01 09:00");
    check("begin december", "perhaps Tue 2026-12-01 09:00");
    check("start of next month", "perhaps Tue 2026-12-01 09:00");
    check("begin volgende week", "perhaps Mon 2026-11-30 09:00");
    check("begin volgende week 10u", "perhaps Mon 2026-11-30 10:00");
    check("over een week op vrijdag", "Fri 2026-12-04 09:00");
    check("in 2 weeks on friday 20:00", "Fri 2026-12-11 20:00");
    check("over 2 weken op maandag", "Mon 2026-12-14 09:00 or Mon 2026-12-07 09:00");
    check("2027", "perhaps Wed 2026-11-25 20:27");
    check("friday 2027", "perhaps Fri 2026-11-27 20:27");
    check("2030", "Wed 2026-11-25 20:30");
    check("1330", "Wed 2026-11-25 13:30");
    check("1.30h", "Wed 2026-11-25 11:30 or Thu 2026-11-26 01:30");
    check("13.30u", "Wed 2026-11-25 13:30");
    check("friday 1.30u", "Fri 2026-11-27 01:30");
    check("tomorrow at half 8", "?");
    check("morgen half 8", "Thu 2026-11-26 07:30");
}

#[test]
fn days_that_have_a_name_are_dates() {
    check("kerstavond", "Thu 2026-12-24 20:00");
    check("kerstavond om 8", "Thu 2026-12-24 20:00");
    check("kerstavond 14u", "?");
    check("christmas eve", "Thu 2026-12-24 09:00");
    check("christmas eve 8pm", "Thu 2026-12-24 20:00");
    check("1e kerstdag 12u", "Fri 2026-12-25 12:00");
    check("tweede kerstdag", "Sat 2026-12-26 09:00");
    check("new year's eve 22:00", "Thu 2026-12-31 22:00");
    check("oudejaarsavond 23u", "Thu 2026-12-31 23:00");
    check("new year's day 2028", "Sat 2028-01-01 09:00");
    check("last friday of december 2027", "Fri 2027-12-31 09:00");
    check("end of january 2027", "Sun 2027-01-31 09:00");
    check("last day of february 2028 20:00", "Tue 2028-02-29 20:00");
    check("vrijdagvoormiddag", "Fri 2026-11-27 09:00");
    check("everyday at 9", "Thu 2026-11-26 09:00, every day at 09:00");
    check("every working day 9:00", "Thu 2026-11-26 09:00, every weekday at 09:00");
    check("remind me tomorrow at 9", "Thu 2026-11-26 09:00");
}
