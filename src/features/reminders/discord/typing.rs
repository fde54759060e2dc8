//! What is suggested while somebody types `/reminder`.

use jiff::Zoned;

use super::{manage as staff, screens, words};
use crate::error::Result;
use crate::feature::TypedLine;
use crate::interactions::Context;
use crate::reminders::when::{self, Misread, When};
use crate::reminders::{Filter, store};
use crate::ui::{Choice, limits::cut};

/// What is suggested to who has not typed yet.
const EXAMPLES: [&str; 6] =
    ["in 2h", "tomorrow 9:00", "friday 20:00", "every monday 20:00", "every weekday 8:45", "25/12 20:00"];

pub(in super::super) async fn suggest(cx: Context, line: TypedLine) -> Result<Vec<Choice>> {
    match line.focused() {
        Some(("when", typed)) => {
            let zone = match super::when::zone(&cx, line.get("zone")).await {
                Ok(zone) => zone,
                Err(_) => super::when::zone(&cx, None).await?,
            };
            Ok(suggest_when(typed, &cx.now.to_zoned(zone)))
        }
        Some(("zone", typed)) => Ok(suggest_zones(typed)),
        Some(("template", typed)) => suggest_templates(&cx, typed).await,
        Some(("reminder", typed)) => {
            let typed = typed.trim().trim_start_matches('#').to_lowercase();
            let creator = (!staff::manages(&cx).await?).then_some(cx.member.id);
            let filter = Filter { creator, done: true, typed: Some(typed), ..Filter::default() };
            let found = store::list(&cx.app.db, cx.guild, &filter, 0, 25).await?;
            Ok(found.iter().map(|it| Choice { name: screens::choice(it), value: it.number.to_string() }).collect())
        }
        _ => Ok(Vec::new()),
    }
}

async fn suggest_templates(cx: &Context, typed: &str) -> Result<Vec<Choice>> {
    let names = store::list_templates(&cx.app.db, cx.guild, typed.trim(), 25).await?;
    Ok(names.into_iter().map(|name| Choice { value: name.clone(), name }).collect())
}

/// What was typed as the moment that it means, written out; examples for who has typed nothing that means one.
fn suggest_when(typed: &str, now: &Zoned) -> Vec<Choice> {
    let typed = typed.trim();
    match when::read(typed, now) {
        Ok(when) => vec![Choice { name: written_out(&when, now), value: cut(typed, 100) }],
        Err(Misread::Past { instead, .. }) => {
            let value = when::written(instead);
            vec![Choice { name: format!("That has passed; {}?", instead.strftime("%A %-d %B %Y, %H:%M")), value }]
        }
        Err(Misread::NotUnderstood) => {
            let begins = |example: &&str| example.to_lowercase().starts_with(&typed.to_lowercase());
            let fitting: Vec<&str> = EXAMPLES.into_iter().filter(|example| begins(example)).collect();
            let shown = if fitting.is_empty() { EXAMPLES.to_vec() } else { fitting };
            let choice = |example: &str| {
                let when = when::read(example, now).ok()?;
                let name = format!("{example} → {}", written_out(&when, now));
                Some(Choice { name, value: example.to_owned() })
            };
            shown.into_iter().filter_map(choice).collect()
        }
    }
}

/// A moment, and how it repeats, without any of Discord's marks: a suggestion shows none.
fn written_out(when: &When, now: &Zoned) -> String {
    let zone = now.time_zone().iana_name().unwrap_or("UTC");
    let first = format!("{} ({zone})", when.first.strftime("%A %-d %B %Y, %H:%M"));
    match &when.repeat {
        None => first,
        Some(repeat) => format!("{} from {first}", words::rule(repeat, when.first)),
    }
}

fn suggest_zones(typed: &str) -> Vec<Choice> {
    let plain = |text: &str| text.to_lowercase().replace('_', " ");
    let zones = jiff::tz::db().available().map(|name| name.to_string());
    let zones = zones.filter(|name| name.contains('/') && !name.starts_with("Etc/"));
    let fits = zones.filter(|name| plain(name).contains(&plain(typed.trim())));
    fits.take(25).map(|name| Choice { value: name.clone(), name }).collect()
}
