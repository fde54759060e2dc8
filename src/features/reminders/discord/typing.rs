//! What is suggested while somebody types `/reminder`.

use jiff::Zoned;

use super::screens;
use crate::error::Result;
use crate::feature::TypedLine;
use crate::interactions::Context;
use crate::operations::reminders::{self as operations, words::times};
use crate::reminders::schedule::{Repeat, zone_label};
use crate::reminders::time_zones;
use crate::reminders::when::{self, End, Misread, When};
use crate::ui::{Choice, limits::cut};
use crate::words::{Language, Msg, Said, Say};
use crate::{msg, said, say};

/// What is suggested to who has not typed yet.
const EXAMPLES: [Msg; 6] = [
    msg!(reminders_example_in_option),
    msg!(reminders_example_tomorrow_option),
    msg!(reminders_example_friday_option),
    msg!(reminders_example_weekly_option),
    msg!(reminders_example_weekdays_option),
    msg!(reminders_example_date_option),
];

pub(in super::super) async fn suggest(cx: Context, line: TypedLine) -> Result<Vec<Choice>> {
    match line.focused() {
        Some(("when", typed)) => {
            let zone = match super::when::zone(&cx, line.get("zone")).await {
                Ok(zone) => zone,
                Err(_) => super::when::zone(&cx, None).await?,
            };
            Ok(suggest_when(cx.language, typed, &cx.now.to_zoned(zone)))
        }
        Some(("zone", typed)) => Ok(suggest_zones(typed)),
        Some(("template", typed)) => suggest_templates(&cx, typed).await,
        Some(("reminder", typed)) => {
            let found = operations::search(&cx.app, &cx.acting().await?, typed, 25).await?;
            let zone = super::when::zone(&cx, None).await?;
            let choice = |it| Choice { name: screens::choice(cx.language, it, &zone), value: it.number.to_string() };
            Ok(found.iter().map(choice).collect())
        }
        _ => Ok(Vec::new()),
    }
}

async fn suggest_templates(cx: &Context, typed: &str) -> Result<Vec<Choice>> {
    let names = operations::templates(&cx.app, &cx.acting().await?, typed, 25).await?;
    Ok(names.into_iter().map(|name| Choice { value: name.clone(), name }).collect())
}

/// What was typed as the moment that it means, written out; examples for who has typed nothing.
///
/// Discord chooses the first of them when somebody presses Enter. What means nothing, or several things, is therefore itself
/// the first, and refused with a sentence; what may be meant comes after it.
fn suggest_when(language: Language, typed: &str, now: &Zoned) -> Vec<Choice> {
    let typed = typed.trim();
    if typed.is_empty() {
        return examples(language, typed, now);
    }
    let value = cut(typed, 100);
    let shown = cut(typed, 50);
    match when::read(typed, now) {
        Ok(when) if !when.repeat.as_ref().is_some_and(Repeat::is_too_often) => {
            vec![Choice { name: written_out(&when, now).say(language), value }]
        }
        Err(Misread::Past { instead, .. }) => {
            let passed = Choice { name: say!(language, reminders_passed_option, typed = shown), value };
            let zone = zone_label(now.time_zone());
            let name = say!(language, reminders_moment_in_zone_option, moment = times::moment(instead), zone);
            vec![passed, Choice { name, value: when::written(instead) }]
        }
        Err(Misread::Either(whens)) => {
            let asked = Choice { name: say!(language, reminders_either_option, typed = shown), value };
            let reading = |when: &When| Choice {
                name: written_out(when, now).say(language),
                value: cut(&times::typed(when).say(language), 100),
            };
            std::iter::once(asked).chain(whens.iter().map(reading)).collect()
        }
        // What is understood and no reminder is not suggested.
        Ok(_) | Err(_) => {
            let unread = Choice { name: say!(language, reminders_unread_option, typed = shown), value };
            std::iter::once(unread).chain(examples(language, typed, now)).collect()
        }
    }
}

/// Examples that begin with what was typed; all of them if none does.
fn examples(language: Language, typed: &str, now: &Zoned) -> Vec<Choice> {
    let examples = EXAMPLES.map(|example| example.say(language)).to_vec();
    let begins = |example: &&String| example.to_lowercase().starts_with(&typed.to_lowercase());
    let fitting: Vec<String> = examples.iter().filter(begins).cloned().collect();
    let shown = if fitting.is_empty() { examples } else { fitting };
    let choice = |example: String| {
        let when = when::read(&example, now).ok()?;
        let name = say!(language, reminders_example_option, example = &example, meant = written_out(&when, now));
        Some(Choice { name, value: example })
    };
    shown.into_iter().filter_map(choice).collect()
}

/// A moment, and how it repeats, without any of Discord's marks: a suggestion shows none.
///
/// It is read as the same again: some clients send a suggestion back as they show it.
fn written_out(when: &When, now: &Zoned) -> Said {
    let zone = zone_label(when.zone(now.time_zone()));
    let first = said!(reminders_moment_in_zone_option, moment = times::moment(when.first), zone);
    let Some(repeat) = &when.repeat else { return first };
    let rule = times::rule(repeat, when.first);
    match when.end {
        None => said!(reminders_rule_from_option, rule, first),
        Some(End::Date(date)) => said!(reminders_rule_from_until_option, rule, first, until = date.to_string()),
        Some(End::Times(count)) => said!(reminders_rule_from_times_option, rule, first, count = i64::from(count)),
    }
}

fn suggest_zones(typed: &str) -> Vec<Choice> {
    let choice = |name: &str| Choice { value: name.to_owned(), name: name.to_owned() };
    time_zones::suggest(typed, 25).into_iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::known_languages;

    fn now() -> Zoned {
        "2027-03-01T10:00[Europe/Brussels]".parse().expect("it is a moment")
    }

    #[test]
    fn what_is_suggested_is_understood_in_every_language() {
        for language in known_languages() {
            for example in EXAMPLES {
                let example = example.say(language);
                assert!(when::read(&example, &now()).is_ok(), "{language:?}: {example}");
            }
        }
    }

    #[test]
    fn a_suggestion_that_is_sent_back_as_it_is_shown_means_the_same() {
        for language in known_languages() {
            for typed in [
                "tomorrow 9:00",
                "friday 20:00 UTC",
                "every monday 20:00",
                "every monday and thursday 20:00 America/New_York",
                "elke vrijdag 20u UTC+2",
                "every 90 minutes",
                "every 1st and 15th",
                "every first and last friday of the month 20:00",
                "every day 9:00 until 1/6/2027",
                "every day 9:00 10 times",
                "every year on 5 may",
            ] {
                let read = when::read(typed, &now());
                let shown = suggest_when(language, typed, &now());
                assert_eq!(when::read(&shown[0].name, &now()), read, "{language:?}: {}", shown[0].name);
            }
            for example in examples(language, "", &now()) {
                assert_eq!(when::read(&example.name, &now()), when::read(&example.value, &now()), "{}", example.name);
            }
        }
    }

    #[test]
    fn enter_sends_what_was_typed_unless_it_means_one_thing() {
        for typed in ["someday", "in 2", "2h", "friday and saturday", "today 9:00", "every 5 minutes"] {
            let shown = suggest_when(Language::ENGLISH, typed, &now());
            assert_eq!(shown[0].value, typed);
            assert!(shown.len() > 1, "{typed}");
            assert!(shown.iter().skip(1).all(|it| when::read(&it.value, &now()).is_ok()), "{typed}");
        }
    }
}
