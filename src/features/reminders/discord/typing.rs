//! What is suggested while somebody types `/reminder`.

use jiff::Zoned;

use super::screens;
use crate::error::Result;
use crate::feature::TypedLine;
use crate::interactions::Context;
use crate::operations::reminders::{self as operations, words::times};
use crate::reminders::schedule::Repeat;
use crate::reminders::when::{self, Misread, When};
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

/// What was typed as the moment that it means, written out; examples for who has typed nothing that means one.
fn suggest_when(language: Language, typed: &str, now: &Zoned) -> Vec<Choice> {
    let typed = typed.trim();
    match when::read(typed, now) {
        Ok(when) if !when.repeat.as_ref().is_some_and(Repeat::is_too_often) => {
            vec![Choice { name: written_out(&when, now).say(language), value: cut(typed, 100) }]
        }
        Err(Misread::Past { instead, .. }) => {
            let value = when::written(instead);
            vec![Choice { name: say!(language, reminders_passed_option, moment = times::moment(instead)), value }]
        }
        // What is understood and no reminder is not suggested.
        Ok(_) | Err(Misread::NotUnderstood) => {
            let examples = EXAMPLES.map(|example| example.say(language)).to_vec();
            let begins = |example: &&String| example.to_lowercase().starts_with(&typed.to_lowercase());
            let fitting: Vec<String> = examples.iter().filter(begins).cloned().collect();
            let shown = if fitting.is_empty() { examples } else { fitting };
            let choice = |example: String| {
                let when = when::read(&example, now).ok()?;
                let name =
                    say!(language, reminders_example_option, example = &example, meant = written_out(&when, now));
                Some(Choice { name, value: example })
            };
            shown.into_iter().filter_map(choice).collect()
        }
    }
}

/// A moment, and how it repeats, without any of Discord's marks: a suggestion shows none.
fn written_out(when: &When, now: &Zoned) -> Said {
    let zone = now.time_zone().iana_name().unwrap_or("UTC");
    let first = said!(reminders_moment_in_zone_option, moment = times::moment(when.first), zone);
    match &when.repeat {
        None => first,
        Some(repeat) => said!(reminders_rule_from_option, rule = times::rule(repeat, when.first), first),
    }
}

fn suggest_zones(typed: &str) -> Vec<Choice> {
    let plain = |text: &str| text.to_lowercase().replace('_', " ");
    let zones = jiff::tz::db().available().map(|name| name.to_string());
    let zones = zones.filter(|name| name.contains('/') && !name.starts_with("Etc/"));
    let fits = zones.filter(|name| plain(name).contains(&plain(typed.trim())));
    fits.take(25).map(|name| Choice { value: name.clone(), name }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::known_languages;

    #[test]
    fn what_is_suggested_is_understood_in_every_language() {
        let now: Zoned = "2027-03-01T10:00[Europe/Brussels]".parse().expect("it is a moment");
        for language in known_languages() {
            for example in EXAMPLES {
                let example = example.say(language);
                assert!(when::read(&example, &now).is_ok(), "{language:?}: {example}");
            }
        }
    }
}
