use proptest::prelude::*;

use super::*;

/// What a sentence claims, written shortly.
fn check(text: &str, expected: &[Fact]) {
    assert_eq!(claimed(text).into_iter().collect::<Vec<_>>(), sorted(expected), "{text:?}");
}

fn sorted(facts: &[Fact]) -> Vec<Fact> {
    facts.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

fn number(number: &str, unit: Option<Unit>) -> Fact {
    Fact::Number(number.to_owned(), unit)
}

fn name(name: &str) -> Fact {
    Fact::Name(name.to_owned())
}

#[test]
fn a_number_is_the_same_in_digits_and_words() {
    for text in
        ["within 14 days", "within fourteen days", "binnen veertien dagen", "binnen de 14 dagen", "a 14-day wait"]
    {
        check(text, &[number("14", Some(Unit::Day))]);
    }
    check("within five working days", &[number("5", Some(Unit::Workday))]);
    check("binnen 5 werkdagen", &[number("5", Some(Unit::Workday))]);
    check("eenentwintig maanden", &[number("21", Some(Unit::Month))]);
    check("twenty-one months", &[number("21", Some(Unit::Month))]);
    check("tweeëndertig leden", &[number("32", None)]);
    check("one hundred and fifty members", &[number("150", None)]);
    check("honderdvijftig leden", &[number("150", None)]);
    check("tweeduizend driehonderd leden", &[number("2300", None)]);
    check("vijfentwintigduizend leden", &[number("25000", None)]);
    check("a hundred members", &[number("100", None)]);
    check("anderhalf uur", &[number("1.5", Some(Unit::Hour))]);
    check("half a year", &[number("0.5", Some(Unit::Year))]);
    check("1.000 leden, 1,000 members, 1 000 leden", &[number("1000", None)]);
    check("1,5 uur", &[number("1.5", Some(Unit::Hour))]);
    check("14 weeks", &[number("14", Some(Unit::Week))]);
}

#[test]
fn articles_and_beginnings_are_no_numbers() {
    check("this one is for each of you", &[]);
    check("een rol voor een lid, ten minste", &[]);
    check("1. open the settings", &[]);
    check("2) kies een rol", &[]);
}

#[test]
fn prices_and_shares_have_their_coin() {
    for text in ["€14,50", "14.50 euro", "14,50 €", "EUR 14.50"] {
        check(text, &[number("14.5", Some(Unit::Euro))]);
    }
    check("vijf euro", &[number("5", Some(Unit::Euro))]);
    check("$5 and 5 dollars", &[number("5", Some(Unit::Dollar))]);
    check("10% or 10 procent or ten percent", &[number("10", Some(Unit::Percent))]);
    assert!(!Known::of("5 credits").has(&number("5", Some(Unit::Euro))));
    assert!(Known::of("5 credits").has(&number("5", None)));
}

#[test]
fn dates_and_times_are_read_in_both_languages() {
    let date = |year, month, day| Fact::Date { year, month, day };
    for text in
        ["12 March 2026", "March 12th, 2026", "12 maart 2026", "12/03/2026", "2026-03-12", "the 12th of March 2026"]
    {
        check(text, &[date(Some(2026), 3, Some(12))]);
    }
    check("op 3 mei", &[date(None, 5, Some(3))]);
    check("in januari", &[date(None, 1, None)]);
    check("you may march on", &[]);
    check("on Friday or vrijdag", &[Fact::Weekday(4)]);
    check("morgen, tomorrow, goedemorgen, goede morgen", &[Fact::Relative(1)]);
    for text in ["20:30", "20.30 uur", "20u30", "8:30 pm", "8.30 p.m."] {
        check(text, &[Fact::Time(20 * 60 + 30)]);
    }
    check("8 pm, 8pm", &[Fact::Time(20 * 60)]);
    assert!(Known::of("12 March 2026").has(&date(None, 3, Some(12))));
    assert!(!Known::of("12 March").has(&date(Some(2026), 3, Some(12))));
    assert!(Known::of("18:00").has(&number("18", Some(Unit::Hour))));
    assert!(Known::of("9 uur").has(&Fact::Time(540)));
}

#[test]
fn versions_are_no_numbers() {
    check("version 1.20.4", &[Fact::Version("1.20.4".to_owned())]);
    check("v3.5", &[Fact::Version("3.5".to_owned())]);
    check("versie 3.5", &[Fact::Version("3.5".to_owned())]);
    assert!(Known::of("launcher 3.2").has(&Fact::Version("3.2".to_owned())));
}

#[test]
fn ways_to_reach_somebody_are_read() {
    let link = |link: &str| Fact::Link(link.to_owned());
    check("see https://Docs.Example/A/.", &[link("docs.example/A")]);
    check("(docs.example/A)", &[link("docs.example/A")]);
    check("evil[.]example or evil (dot) com or evil dot com", &[link("evil.example"), link("evil.com")]);
    check("hxxp://evil.example", &[link("hxxp://evil.example")]);
    check("https:\\\\evil.example\\x", &[link("https:\\\\evil.example\\x")]);
    check("steam://run/1 mailto:a@b.example", &[link("steam://run/1"), link("mailto:a@b.example")]);
    check("mail Help@Club.example.", &[Fact::Email("help@club.example".to_owned())]);
    check("the file latest.log, e.g. today's", &[name("latest.log"), Fact::Relative(0)]);
    for text in ["02 555 12 34", "02/555.12.34", "+32 2 555 12 34", "0032 2 555 12 34"] {
        check(text, &[Fact::Phone("025551234".to_owned())]);
    }
    check("01/03/2026 20:00", &[Fact::Date { year: Some(2026), month: 3, day: Some(1) }, Fact::Time(20 * 60)]);
}

#[test]
fn marks_of_discord_are_read() {
    let markup = |text: &str| Fact::Markup(text.to_owned());
    check(
        "<@1> <@&2> <#3> </faq search:4> <t:5:R> <:smile:6>",
        &[
            markup("<@1>"),
            markup("<@&2>"),
            markup("<#3>"),
            markup("</faq search:4>"),
            markup("<t:5:R>"),
            markup("<:smile:6>"),
        ],
    );
    check("@everyone", &[Fact::Everyone]);
    check("a@HERE b", &[Fact::Everyone]);
    check("@every\u{200b}one", &[Fact::Everyone]);
    check("＠everyone", &[Fact::Everyone]);
    check(
        "ask @mods in #help with /faq, and/or 24/7",
        &[name("@mods"), name("#help"), name("/faq"), number("24", None), number("7", None)],
    );
    check("write to <email-1>", &[Fact::Placeholder("<email-1>".to_owned())]);
    check("use `-Xmx8G`", &[Fact::Verbatim("xmx8g".to_owned()), name("xmx8g")]);
    check("press “Verify me”", &[Fact::Verbatim("verify me".to_owned()), name("verify")]);
}

#[test]
fn names_are_read() {
    check("ask Marijke Vandevelde", &[name("marijke"), name("vandevelde")]);
    check("Ask somebody. Then wait", &[]);
    check("the secret is ZILVERREIGER", &[name("zilverreiger")]);
    check("K7-REIGER is it", &[name("k7"), name("reiger")]);
    check("it is zeepaardje77", &[name("zeepaardje77")]);
    check("that I and U know, OK", &[]);
    check("on iPhone", &[name("iphone")]);
    assert!(Known::of("the iphone of Marijke's").has(&name("iphone")));
    assert!(Known::of("K7-Reiger").has(&name("reiger")));
}

proptest! {
    #[test]
    fn what_a_text_claims_it_knows(text in "[a-zA-Z0-9 .,:/@#<>€%\"`-]{0,40}") {
        let known = Known::of(&text);
        for fact in claimed(&text).into_iter().filter(|fact| *fact != Fact::Everyone) {
            prop_assert!(known.has(&fact), "{:?} of {:?}", fact, text);
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        Known::of(&text);
        claimed(&text);
    }
}
