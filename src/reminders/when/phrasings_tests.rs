//! The many ways in which people say the same.

use super::*;
use tests::{now, show};

/// On a Thursday in May.
fn check(text: &str, expected: &str) {
    assert_eq!(show(read(text, &now("2027-05-13T15:40[Europe/Amsterdam]"))), expected, "{text}");
}

#[test]
fn clocks_are_said_in_many_ways() {
    check("8 tonight", "Thu 2027-05-13 20:00");
    check("8 this evening", "Thu 2027-05-13 20:00");
    check("tomorrow 8 in the morning", "Fri 2027-05-14 08:00");
    check("morgen 8 's avonds", "Fri 2027-05-14 20:00");
    check("eight thirty pm", "Thu 2027-05-13 20:30");
    check("in 2 nights", "?");
    check("twenty past 6", "Fri 2027-05-14 06:20");
    check("ten to nine", "Fri 2027-05-14 08:50");
    check("five to seven", "Fri 2027-05-14 06:55");
    check("a quarter past 4", "Fri 2027-05-14 04:15");
    check("at a quarter to 6", "Fri 2027-05-14 05:45");
    check("twenty-five past 6", "Fri 2027-05-14 06:25");
    check("twenty five to seven", "Fri 2027-05-14 06:35");
    check("six thirty", "Fri 2027-05-14 06:30");
    check("seven forty five", "Fri 2027-05-14 07:45");
    check("half past six", "Fri 2027-05-14 06:30");
    check("five minutes past 6", "Fri 2027-05-14 06:05");
    check("ten minutes to seven", "Fri 2027-05-14 06:50");
    check("6 o'clock", "Fri 2027-05-14 06:00");
    check("tien over half zeven", "Fri 2027-05-14 06:40");
    check("5 over half 7", "Fri 2027-05-14 06:35");
    check("vijf voor half acht", "Fri 2027-05-14 07:25");
    check("20 voor 8", "Fri 2027-05-14 07:40");
    check("twintig over zes", "Fri 2027-05-14 06:20");
    check("kwart over zes", "Fri 2027-05-14 06:15");
    check("kwart na zes", "Fri 2027-05-14 06:15");
    check("half 7", "Fri 2027-05-14 06:30");
    check("half zeven", "Fri 2027-05-14 06:30");
    check("half seven", "?");
    check("zes uur dertig", "Fri 2027-05-14 06:30");
    check("6 uur 's avonds", "Thu 2027-05-13 18:00");
    check("6 uur savonds", "Thu 2027-05-13 18:00");
    check("7 uur smorgens", "Fri 2027-05-14 07:00");
    check("3 uur 's nachts", "Fri 2027-05-14 03:00");
    check("5 voor half 9 's avonds", "Thu 2027-05-13 20:25");
    check("half een 's nachts", "Fri 2027-05-14 00:30");
    check("vannacht om 3", "Fri 2027-05-14 03:00");
    check("vannacht om half 3", "Fri 2027-05-14 02:30");
    check("vannacht 2u", "Fri 2027-05-14 02:00");
    check("elke nacht om 2", "Fri 2027-05-14 02:00, every day at 02:00");
    check("vrijdagnacht om 2", "?");
    check("tonight at 1am", "Fri 2027-05-14 01:00");
    check("tonight at 11", "Thu 2027-05-13 23:00");
    check("midnight", "Fri 2027-05-14 00:00");
    check("midnight tonight", "Fri 2027-05-14 00:00");
    check("12 midnight", "Fri 2027-05-14 00:00");
    check("12 noon tomorrow", "Fri 2027-05-14 12:00");
    check("24:00", "Fri 2027-05-14 00:00");
    check("vandaag 24u", "Fri 2027-05-14 00:00");
    check("friday 24:00", "Sat 2027-05-15 00:00");
    check("every day 24:00", "Fri 2027-05-14 00:00, every day at 00:00");
    check("every friday 24:00", "Sat 2027-05-15 00:00, every Saturday at 00:00");
    check("1645", "Thu 2027-05-13 16:45");
    check("0730", "Fri 2027-05-14 07:30");
    check("at 1645", "Thu 2027-05-13 16:45");
    check("monday 1645", "Mon 2027-05-17 16:45");
    check("1645u", "Thu 2027-05-13 16:45");
    check("1675", "?");
    check("25/6 2030", "several");
    check("2h 30", "Thu 2027-05-13 18:10 or Fri 2027-05-14 02:30");
}

#[test]
fn days_are_said_in_many_ways() {
    check("a week from monday", "Mon 2027-05-24 09:00");
    check("a week from tomorrow at 8:00", "Fri 2027-05-21 08:00");
    check("two weeks from saturday 20:00", "Sat 2027-05-29 20:00");
    check("a fortnight from today", "Thu 2027-05-27 09:00");
    check("maandag over een week", "Mon 2027-05-24 09:00");
    check("zaterdag over twee weken 20u", "Sat 2027-05-29 20:00");
    check("morgen over een week", "Fri 2027-05-21 09:00");
    check("in a fortnight", "Thu 2027-05-27 15:40");
    check("in 2 fortnights", "Thu 2027-06-10 15:40");
    check("over veertien dagen", "Thu 2027-05-27 15:40");
    check("volgende week op dinsdag 20u", "Tue 2027-05-18 20:00");
    check("next week on tuesday 8pm", "Tue 2027-05-18 20:00");
    check("tuesday of next week", "Tue 2027-05-18 09:00");
    check("dinsdag van volgende week", "Tue 2027-05-18 09:00");
    check("deze week zaterdag 20u", "Sat 2027-05-15 20:00");
    check("this week saturday", "Sat 2027-05-15 09:00");
    check("the 3rd of next month", "Thu 2027-06-03 09:00");
    check("de 3e van volgende maand om 9u", "Thu 2027-06-03 09:00");
    check("next month on the 3rd", "Thu 2027-06-03 09:00");
    check("3rd of this month", "past Mon 2027-05-03 09:00, rather Fri 2027-05-14 09:00");
    check("first monday of june", "Mon 2027-06-07 09:00");
    check("last friday of june 20:00", "Fri 2027-06-25 20:00");
    check("laatste vrijdag van oktober", "Fri 2027-10-29 09:00");
    check("eerste maandag van volgende maand", "Mon 2027-06-07 09:00");
    check("first day of next month", "Tue 2027-06-01 09:00");
    check("last day of june", "Wed 2027-06-30 09:00");
    check("last day of next month 18:00", "Wed 2027-06-30 18:00");
    check("end of the month", "Mon 2027-05-31 09:00");
    check("end of the month at 17:00", "Mon 2027-05-31 17:00");
    check("einde van volgende maand", "Wed 2027-06-30 09:00");
    check("eind juni", "Wed 2027-06-30 09:00");
    check("EOM", "Mon 2027-05-31 09:00");
    check("end of the year", "Fri 2027-12-31 09:00");
    check("close of business", "Thu 2027-05-13 17:00");
    check("friday COB", "Fri 2027-05-14 17:00");
    check("monday a.s.", "Mon 2027-05-17 09:00");
}

#[test]
fn lengths_are_said_in_many_ways() {
    check("in an hour and a half", "Thu 2027-05-13 17:10");
    check("in 1 hour and a half", "Thu 2027-05-13 17:10");
    check("in an hour and a quarter", "Thu 2027-05-13 16:55");
    check("in an hour and 20 minutes", "Thu 2027-05-13 17:00");
    check("in two and a half hours", "Thu 2027-05-13 18:10");
    check("over twee en een half uur", "Thu 2027-05-13 18:10");
    check("over 2 en een half uur", "Thu 2027-05-13 18:10");
    check("in half hour", "Thu 2027-05-13 16:10");
    check("in a half hour", "Thu 2027-05-13 16:10");
    check("half an hour", "Thu 2027-05-13 16:10");
    check("over een halfuur", "Thu 2027-05-13 16:10");
    check("over een half uurtje", "Thu 2027-05-13 16:10");
    check("over een kwartiertje", "Thu 2027-05-13 15:55");
    check("over vijf kwartier", "Thu 2027-05-13 16:55");
    check("in three quarters of an hour", "Thu 2027-05-13 16:25");
    check("in a quarter of an hour", "Thu 2027-05-13 15:55");
    check("in forty five minutes", "Thu 2027-05-13 16:25");
    check("in forty-five minutes", "Thu 2027-05-13 16:25");
    check("over vijfenveertig minuten", "Thu 2027-05-13 16:25");
    check("in ninety minutes", "Thu 2027-05-13 17:10");
    check("over dertig minuten", "Thu 2027-05-13 16:10");
    check("in 2mo", "Tue 2027-07-13 15:40");
    check("in 2 months", "Tue 2027-07-13 15:40");
    check("in 2 yrs", "Sun 2029-05-13 15:40");
    check("in a couple of hours", "?");
    check("over een uur of drie", "?");
    check("in 90", "?");
}

#[test]
fn rules_are_said_in_many_ways() {
    check("every hour and a half", "Thu 2027-05-13 17:10, every 90 minutes");
    check("biweekly on monday 20:00", "Mon 2027-05-17 20:00, every 2 weeks on Mon at 20:00");
    check("bi-weekly on mondays 20:00", "Mon 2027-05-17 20:00, every 2 weeks on Mon at 20:00");
    check("every fortnight on monday 20:00", "Mon 2027-05-17 20:00, every 2 weeks on Mon at 20:00");
    check("every 1st and 15th", "Sat 2027-05-15 09:00, on the 1st and 15th of every month at 09:00");
    check("elke 1e en 15e van de maand", "Sat 2027-05-15 09:00, on the 1st and 15th of every month at 09:00");
    check("elke maand op de 1e en de 15e om 20u", "Sat 2027-05-15 20:00, on the 1st and 15th of every month at 20:00");
    check("the 1st and 15th of every month", "Sat 2027-05-15 09:00, on the 1st and 15th of every month at 09:00");
    check(
        "monthly on the 5th, 15th and 25th",
        "Sat 2027-05-15 09:00, on the 5th, 15th and 25th of every month at 09:00",
    );
    check("every 10th and last day of the month", "Mon 2027-05-31 09:00, on the 10th and 31st of every month at 09:00");
    check("every month on the 31st and the last day", "Mon 2027-05-31 09:00, on the 31st of every month at 09:00");
    check(
        "every 2nd and 4th tuesday",
        "Tue 2027-05-25 09:00, on the second and fourth Tuesday of every month at 09:00",
    );
    check(
        "elke 1e en 3e maandag van de maand 19u",
        "Mon 2027-05-17 19:00, on the first and third Monday of every month at 19:00",
    );
    check(
        "first and last friday of every month",
        "Fri 2027-05-28 09:00, on the first and last Friday of every month at 09:00",
    );
    check("every 2 months on the 1st and 15th", "Sat 2027-05-15 09:00, every 2 months on the 1st and 15th at 09:00");
    check("every day except sunday", "Fri 2027-05-14 09:00, every Mon, Tue, Wed, Thu, Fri, Sat at 09:00");
    check("every day but sunday 8:00", "Fri 2027-05-14 08:00, every Mon, Tue, Wed, Thu, Fri, Sat at 08:00");
    check("every day except weekends", "Fri 2027-05-14 09:00, every weekday at 09:00");
    check("every weekday except friday 8:00", "Mon 2027-05-17 08:00, every Mon, Tue, Wed, Thu at 08:00");
    check("elke werkdag behalve woensdag 8u", "Fri 2027-05-14 08:00, every Mon, Tue, Thu, Fri at 08:00");
    check("elke dag behalve zaterdag en zondag 8u", "Fri 2027-05-14 08:00, every weekday at 08:00");
    check("every monday except monday", "?");
    check("every day except 24 december", "?");
    check("every day except this sunday", "?");
    check("every day at 24:00 except sunday", "Fri 2027-05-14 00:00, every Mon, Tue, Wed, Thu, Fri, Sat at 00:00");
    check("first monday of every month at 20:00", "Mon 2027-06-07 20:00, on the first Monday of every month at 20:00");
    check("last day of every month", "Mon 2027-05-31 09:00, on the 31st of every month at 09:00");
}
