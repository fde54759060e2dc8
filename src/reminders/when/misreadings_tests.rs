//! What was read as something else once, or is easily: the kinds of it, each with what is right and what is asked.

use super::*;
use tests::{now, show};

/// On a Thursday in May.
fn check(text: &str, expected: &str) {
    assert_eq!(show(read(text, &now("2027-05-13T15:40[Europe/Amsterdam]"))), expected, "{text}");
}

#[test]
fn of_hours_from_one_to_another_the_first_counts() {
    check("monday from 9 to 11", "Mon 2027-05-17 09:00");
    check("sunday from 19 to 21", "Sun 2027-05-16 19:00");
    check("tomorrow from 5 to 7 pm", "Fri 2027-05-14 17:00");
    check("every tuesday from 10 to 12", "Tue 2027-05-18 10:00, every Tuesday at 10:00");
    check("every weekday from 8 to 4", "Fri 2027-05-14 08:00, every weekday at 08:00");
    check("from 11 to 13 on monday", "Mon 2027-05-17 11:00");
    check("monday between 11 and 13", "Mon 2027-05-17 11:00");
    check("monday 11 till 13", "Mon 2027-05-17 11:00");
    check("monday 8am-4pm", "Mon 2027-05-17 08:00");
    check("monday 18:30-20:00", "Mon 2027-05-17 18:30");
    check("monday 18:30 - 20:00", "Mon 2027-05-17 18:30");
    check("sunday 22:00 until 02:00", "Sun 2027-05-16 22:00");
    check("monday 11-12:30", "Mon 2027-05-17 11:00");
    check("monday at 18:30-20:00", "Mon 2027-05-17 18:30");
    check("maandag om 18u30 tot 20u", "Mon 2027-05-17 18:30");
    check("monday at 9 to 5", "Mon 2027-05-17 09:00");
    check("monday at 3-5pm", "Mon 2027-05-17 15:00");
    check("monday at 10 to 12", "?");
    check("monday at 10 - 12", "Mon 2027-05-17 10:00");
    check("om 9-12 maandag", "Mon 2027-05-17 09:00");
    check("monday 3-5pm", "Mon 2027-05-17 15:00");
    check("monday 11-1pm", "Mon 2027-05-17 11:00");
    check("monday from 9 to noon", "Mon 2027-05-17 09:00");
    check("maandag van 9 tot 11", "Mon 2027-05-17 09:00");
    check("zondag van 15 tot 18 uur", "Sun 2027-05-16 15:00");
    check("zondag tussen 15 en 18 uur", "Sun 2027-05-16 15:00");
    check("zondag 15u-18u", "Sun 2027-05-16 15:00");
    check("zondag 15u30-18u", "Sun 2027-05-16 15:30");
    check("maandag 14-16", "Mon 2027-05-17 14:00");
    check("maandag 14-16 uur", "Mon 2027-05-17 14:00");
    check("elke zaterdag 13u tot 16u", "Sat 2027-05-15 13:00, every Saturday at 13:00");
    check("vanavond van 8 tot 10", "Thu 2027-05-13 20:00");
    check("ma-vr 8-17", "Fri 2027-05-14 08:00, every weekday at 08:00");
    check("ma-vr 9-12", "Fri 2027-05-14 09:00, every weekday at 09:00");
    check("monday 11 to 12 am", "?");
    check("sunday 10 to 2 am", "?");
    check("every 3 hours between 9 and 18", "?");
    check("elke 2 uur van 8 tot 18", "?");
    check("friday 11 to 11", "?");
}

#[test]
fn what_may_be_a_date_or_hours_or_minutes_is_asked() {
    check("thursday 10-6", "Thu 2027-06-10 09:00");
    check("friday 4-6", "Fri 2027-06-04 09:00 or Fri 2027-05-14 04:00");
    check("9-12", "Thu 2027-12-09 09:00 or Fri 2027-05-14 09:00");
    check("saturday 5-6 20:00", "Sat 2027-06-05 20:00");
    check("5-6 20:00", "Sat 2027-06-05 20:00");
    check("monday 10 to 12", "?");
    check("monday 5 to 9", "?");
    check("10 to 8", "?");
    check("at 10 to 8", "?");
    check("20 to 9", "Fri 2027-05-14 08:40");
    check("ten to eight", "Fri 2027-05-14 07:50");
    check("6.10", "Fri 2027-05-14 06:10 or Wed 2027-10-06 09:00");
    check("saturday 5.6", "?");
    check("saturday 6.10", "Sat 2027-05-15 06:10");
    check("om 6.10", "Fri 2027-05-14 06:10");
    check("19.40", "Thu 2027-05-13 19:40");
    check("6.10 20:00", "Wed 2027-10-06 20:00");
    check("6.10.", "Wed 2027-10-06 09:00");
    check("31.12.", "Fri 2027-12-31 09:00");
    check("half een", "Fri 2027-05-14 00:30 or Fri 2027-05-14 12:30");
    check("kwart voor een", "Fri 2027-05-14 00:45 or Fri 2027-05-14 12:45");
    check("half een 's middags", "Fri 2027-05-14 12:30");
    check("every day from monday to friday 9:00", "perhaps Fri 2027-05-14 09:00, every weekday at 09:00");
    check("elke dag van maandag tot vrijdag", "?");
    check("elke maandag vanaf maandag tot 1 juli", "Mon 2027-05-17 09:00, every Monday at 09:00, until 2027-07-01");
    check("monday midnight", "Mon 2027-05-17 00:00 or Tue 2027-05-18 00:00");
    check(
        "every monday at midnight",
        "Mon 2027-05-17 00:00, every Monday at 00:00 or Tue 2027-05-18 00:00, every Tuesday at 00:00",
    );
    check("monday at noon", "Mon 2027-05-17 12:00");
    check(
        "saturday and sunday",
        "Sat 2027-05-15 09:00 or Sun 2027-05-16 09:00 or Sat 2027-05-15 09:00, every weekend at 09:00",
    );
    check(
        "monday and friday 9:00",
        "Fri 2027-05-14 09:00, every Mon, Fri at 09:00 or Mon 2027-05-17 09:00 or Fri 2027-05-14 09:00",
    );
    check(
        "weekend 11:00",
        "Sat 2027-05-15 11:00 or Sun 2027-05-16 11:00 or Sat 2027-05-15 11:00, every weekend at 11:00",
    );
    check("this weekend 11:00", "Sat 2027-05-15 11:00 or Sun 2027-05-16 11:00");
    check("next weekend", "Sat 2027-05-22 09:00 or Sun 2027-05-23 09:00");
    check("this weekend, 15/5, 11:00", "Sat 2027-05-15 11:00");
    check(
        "last friday of the month",
        "Fri 2027-05-28 09:00 or Fri 2027-06-25 09:00 or Fri 2027-05-28 09:00, on the last Friday of every month at 09:00",
    );
    check(
        "first tuesday of the month 20:00",
        "Tue 2027-06-01 20:00 or Tue 2027-06-01 20:00, on the first Tuesday of every month at 20:00",
    );
    check("end of the week", "Fri 2027-05-14 09:00 or Sun 2027-05-16 09:00");
    check("EOD", "Thu 2027-05-13 17:00 or Thu 2027-05-13 23:59");
    check("tomorrow EOD", "Fri 2027-05-14 17:00 or Fri 2027-05-14 23:59");
    check("eind van de dag", "Thu 2027-05-13 17:00 or Thu 2027-05-13 23:59");
    check("next month", "Tue 2027-06-01 09:00 or Sun 2027-06-13 15:40");
    check("next year 8:00", "Sat 2028-01-01 08:00 or Sat 2028-05-13 08:00");
}

#[test]
fn a_bare_number_of_hours_is_asked_and_one_from_now_is_none() {
    check("3h", "Thu 2027-05-13 18:40 or Fri 2027-05-14 03:00");
    check("4u", "Thu 2027-05-13 19:40 or Fri 2027-05-14 04:00");
    check("2u15", "Thu 2027-05-13 17:55 or Fri 2027-05-14 02:15");
    check("3 uur", "Thu 2027-05-13 18:40 or Fri 2027-05-14 03:00");
    check("12h", "Fri 2027-05-14 03:40 or Fri 2027-05-14 12:00");
    check("24h", "Fri 2027-05-14 15:40 or Fri 2027-05-14 00:00");
    check("24u", "Fri 2027-05-14 15:40 or Fri 2027-05-14 00:00");
    check("7u", "Fri 2027-05-14 07:00");
    check("18h", "Thu 2027-05-13 18:00");
    check("17u45", "Thu 2027-05-13 17:45");
    check("36h", "Sat 2027-05-15 03:40");
    check("72h", "Sun 2027-05-16 15:40");
    check("3h from now", "Thu 2027-05-13 18:40");
    check("4u vanaf nu", "Thu 2027-05-13 19:40");
    check("2u15 vanaf nu", "Thu 2027-05-13 17:55");
    check("1:15h from now", "Thu 2027-05-13 16:55");
    check("in 1:15h", "Thu 2027-05-13 16:55");
    check("2 days from now", "Sat 2027-05-15 15:40");
    check("an hour from now", "Thu 2027-05-13 16:40");
    check("3 hours later", "Thu 2027-05-13 18:40");
    check("45 minuten later", "Thu 2027-05-13 16:25");
    check("half an hour from now", "Thu 2027-05-13 16:10");
    check("friday 3u", "Fri 2027-05-14 03:00");
    check("om 3u", "Fri 2027-05-14 03:00");
    check("at 3h", "Fri 2027-05-14 03:00");
    check("every 3h", "Thu 2027-05-13 18:40, every 3 hours");
}

#[test]
fn fractions_are_no_whole_numbers() {
    check("in .5 hours", "Thu 2027-05-13 16:10");
    check("in .25 hours", "Thu 2027-05-13 15:55");
    check("in 0.75 hours", "Thu 2027-05-13 16:25");
    check("over 0,5 uur", "Thu 2027-05-13 16:10");
    check("over 1,25 uur", "Thu 2027-05-13 16:55");
    check("in 2.5h", "Thu 2027-05-13 18:10");
    check(".5h", "Thu 2027-05-13 16:10");
    check("in 1½ hours", "Thu 2027-05-13 17:10");
    check("over ½ uur", "Thu 2027-05-13 16:10");
    check("in ¼ hour", "Thu 2027-05-13 15:55");
    check("in ¾ hour", "Thu 2027-05-13 16:25");
    check("in 1.5 days", "Sat 2027-05-15 03:40");
    check("over 2,5 dagen", "Sun 2027-05-16 03:40");
    check("anderhalve dag", "Sat 2027-05-15 03:40");
    check("over anderhalve week", "Mon 2027-05-24 03:40");
    check("every .5 hours", "Thu 2027-05-13 16:10, every 30 minutes");
    check("elke 1,5 uur", "Thu 2027-05-13 17:10, every 90 minutes");
    check("in 1.5 months", "?");
    check("in 0.3 minutes", "?");
    check("over 2.30 uur", "?");
    check("19.30u", "Thu 2027-05-13 19:30");
    check("at :20", "?");
    check(":20", "?");
}

#[test]
fn several_dates_or_times_are_no_moment() {
    check("20 and 21 may 20:00", "several");
    check("20, 21 and 22 june 9:00", "several");
    check("vrijdag 21 en zaterdag 22 mei 20u", "several");
    check("20/5 and 21/5 20:00", "several");
    check("may 20 and 21 20:00", "several");
    check("the 3rd and the 5th of june", "several");
    check("18-20 juni", "several");
    check("18 tot 20 juni", "several");
    check("this saturday and sunday 11:00", "several");
    check("tomorrow and saturday 9:00", "several");
    check("monday 20:00 or tuesday 21:00", "?");
    check("saturday at 9:00 and 12:00", "several");
    check("zaterdag om 9u, 12u en 15u", "several");
    check("dagelijks om 8u en 20u", "several");
    check("every monday 20:00 and every friday 20:00", "?");
    check("8 pm EDT / 5 pm PDT", "Fri 2027-05-14 02:00");
    check("8 pm EDT / 6 pm PDT", "several");
    check("8 pm EST / 5 pm PST", "which zone");
}

#[test]
fn how_often_is_no_number_of_days() {
    check("4 times every day", "?");
    check("4x elke dag", "?");
    check("elke dag 4x", "?");
    check("elke dag vier keer", "?");
    check("every week 2x", "?");
    check("4x per dag", "?");
    check("daily 8:00 4x", "Fri 2027-05-14 08:00, every day at 08:00, 4 times");
    check("elke maandag 20u 4 keer", "Mon 2027-05-17 20:00, every Monday at 20:00, 4 times");
    check("every monday for 4 times", "Mon 2027-05-17 09:00, every Monday at 09:00, 4 times");
}

#[test]
fn what_comes_every_second_needs_a_noun() {
    check("every second", "?");
    check("every third", "?");
    check("elke tweede", "?");
    check("elke vierde", "?");
    check("every last", "?");
    check("elke laatste", "?");
    check("every second friday", "?");
    check("every second day", "Fri 2027-05-14 09:00, every 2 days at 09:00");
    check("elke derde dag", "Fri 2027-05-14 09:00, every 3 days at 09:00");
    check("elke tweede week op vrijdag", "Fri 2027-05-14 09:00, every 2 weeks on Fri at 09:00");
    check("every second friday of the month", "Fri 2027-05-14 09:00, on the second Friday of every month at 09:00");
    check(
        "every first and third friday",
        "Fri 2027-05-21 09:00, on the first and third Friday of every month at 09:00",
    );
    check("om het half uur", "Thu 2027-05-13 16:10, every 30 minutes");
    check("om het kwartier", "Thu 2027-05-13 15:55, every 15 minutes");
    check("om het uur", "Thu 2027-05-13 16:40, every hour");
    check("om het andere uur", "Thu 2027-05-13 17:40, every 2 hours");
    check("om de andere dag 20u", "Thu 2027-05-13 20:00, every 2 days at 20:00");
    check("elke 20e", "Thu 2027-05-20 09:00, on the 20th of every month at 09:00");
}

#[test]
fn no_year_has_such_a_day() {
    check("31 feb", "no 31/2");
    check("30 feb 20:00", "no 30/2");
    check("31/4", "no 31/4");
    check("31/9/2027", "no 31/9");
    check("29/2/2027", "no 29/2");
    check("2027-02-29", "no 29/2");
    check("31 juni 20u", "no 31/6");
    check("31st of november", "no 31/11");
    check("friday 31 september", "no 31/9");
    check("29 feb", "Tue 2028-02-29 09:00");
}

#[test]
fn days_are_the_writers_and_the_clock_is_that_of_the_zone() {
    check("20:00 EST", "which zone");
    check("20:00 EDT", "Fri 2027-05-14 02:00");
    check("8pm ET", "Fri 2027-05-14 02:00");
    check("8pm Eastern", "Fri 2027-05-14 02:00");
    check("8 PM Pacific time", "Fri 2027-05-14 05:00");
    check("20:00 JST", "Fri 2027-05-14 13:00");
    check("20:00 GMT", "Thu 2027-05-13 22:00");
    check("20:00 CET", "which zone");
    check("20:00 CEST", "Thu 2027-05-13 20:00");
    check("20:00 CST", "which zone");
    check("20:00 IST", "which zone");
    check("20:00 BST", "Thu 2027-05-13 21:00");
    check("20:00 XYZT", "which zone");
    check("monday 20:00 UTC", "Mon 2027-05-17 22:00");
    check("monday 20:00 UTC+9", "Mon 2027-05-17 13:00");
    check("20:00 UTC-3:30", "Fri 2027-05-14 01:30");
    check("20:00+05:30", "Thu 2027-05-13 16:30");
    check("2027-06-01T20:00-05:00", "Wed 2027-06-02 03:00");
    check("2027-06-01T20:00+02:00", "Tue 2027-06-01 20:00");
    check("2027-06-01 20:00-22:00", "Tue 2027-06-01 20:00");
    check("20:00 Europe/London", "Thu 2027-05-13 21:00");
    check("20:00 (America/New_York)", "Fri 2027-05-14 02:00");
    check("20:00 London time", "Thu 2027-05-13 21:00");
    check("20u Londense tijd", "Thu 2027-05-13 21:00");
    check("20u New Yorkse tijd", "Fri 2027-05-14 02:00");
    check("8pm Buenos Aires time", "?");
    check("20:00 Narnia time", "?");
    check("8pm my time", "Thu 2027-05-13 20:00");
    check("20:00 server time", "Thu 2027-05-13 20:00");
    check("20u lokale tijd", "Thu 2027-05-13 20:00");
    check("every day 20:00 UTC", "Thu 2027-05-13 20:00 UTC, every day at 20:00");
    check("elke vrijdag 20u UTC+5:30", "Fri 2027-05-14 20:00 Asia/Kolkata, every Friday at 20:00");
    check("every friday 8pm Eastern", "Fri 2027-05-14 20:00 America/New_York, every Friday at 20:00");
    check("every day 20:00 CEST", "Thu 2027-05-13 20:00, every day at 20:00");
    check("every day 20:00 UTC+3:17", "several");
    check("in 3 hours UTC", "?");
    check("in 3 days at 20:00 UTC", "Sun 2027-05-16 22:00");
    check("20:00 Etc/GMT-1", "Thu 2027-05-13 21:00");
}

#[test]
fn what_is_suggested_is_understood_as_it_is_shown() {
    check("Monday 17 May 2027, 20:00 (Europe/Amsterdam)", "Mon 2027-05-17 20:00");
    check("Monday 17 May 2027, 20:00 (Asia/Tokyo)", "Mon 2027-05-17 13:00");
    check("maandag 17 mei 2027, 20:00 (Europe/Amsterdam)", "Mon 2027-05-17 20:00");
    check(
        "every Monday at 20:00 from Monday 17 May 2027, 20:00 (Europe/Amsterdam)",
        "Mon 2027-05-17 20:00, every Monday at 20:00",
    );
    check(
        "every Monday at 20:00 from Monday 17 May 2027, 20:00 (UTC)",
        "Mon 2027-05-17 20:00 UTC, every Monday at 20:00",
    );
    check(
        "every 90 minutes from Thursday 13 May 2027, 17:10 (Europe/Amsterdam)",
        "Thu 2027-05-13 17:10, every 90 minutes",
    );
    check(
        "every 2 weeks on Mon, Thu at 20:00 from Monday 17 May 2027, 20:00 (Europe/Amsterdam)",
        "Mon 2027-05-17 20:00, every 2 weeks on Mon, Thu at 20:00",
    );
    check(
        "elke maandag en donderdag om 20:00, vanaf donderdag 13 mei 2027, 20:00 (Europe/Amsterdam)",
        "Thu 2027-05-13 20:00, every Mon, Thu at 20:00",
    );
    check(
        "op de 1e en de 15e van elke maand om 09:00, vanaf zaterdag 15 mei 2027, 09:00 (Europe/Amsterdam)",
        "Sat 2027-05-15 09:00, on the 1st and 15th of every month at 09:00",
    );
    check("monday 20:00 → Monday 17 May 2027, 20:00 (Europe/Amsterdam)", "Mon 2027-05-17 20:00");
    check("from Tuesday 17 May 2027 every day", "?");
}

#[test]
fn what_looks_like_minutes_or_a_part_of_the_day_is_told_apart() {
    check("monday nine to five", "Mon 2027-05-17 09:00");
    check("ten to eight", "Fri 2027-05-14 07:50");
    check("8am in the evening", "?");
    check("12am in the afternoon", "?");
    check("~~monday~~ 20:00", "?");
    check("om 20u, 17-5-2027", "Mon 2027-05-17 20:00");
    check("om 20u, 17-05-2027", "Mon 2027-05-17 20:00");
    check("19u30, may 17th", "Mon 2027-05-17 19:30");
    check("om half 9, may 17", "Mon 2027-05-17 08:30");
    check("20:00 Eastern Daylight Time", "Fri 2027-05-14 02:00");
    check("20:00 eastern standard time", "which zone");
    check("20:00 your local time", "which zone");
    check("20:00 central european summer time", "Thu 2027-05-13 20:00");
}
