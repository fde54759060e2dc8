//! What no form of Discord's asks of a reminder, and a page does: where it is said, whom it calls, and its picture.

use maud::{Markup, html};
use twilight_model::channel::ChannelType;

use super::super::operations::Target;
use crate::reminders::{Content, Mentions, Reminder};
use crate::web::Visit;
use crate::words::Msg;
use crate::{msg, say};

/// Where a reminder may be said that is no channel: where those of the server go, and to its member alone.
const DEFAULT: &str = "";
const DIRECT: &str = "direct";

/// Whom it calls that is no role: nobody, everybody, and whoever it calls already.
const NOBODY: &str = "";
const EVERYBODY: &str = "everybody";
const SAME: &str = "same";

/// What no form of Discord's holds, and this one does.
pub(super) struct Besides {
    pub(super) target: String,
    pub(super) image: String,
    pub(super) calls: String,
}

impl Besides {
    pub(super) fn read(visit: &Visit) -> Besides {
        let text = |name: &str| visit.form(name).unwrap_or_default().trim().to_owned();
        Besides { target: text("target"), image: text("image"), calls: text("calls") }
    }

    /// What stands there in the form of a new one.
    pub(super) fn nothing() -> Besides {
        Besides { target: DEFAULT.to_owned(), image: String::new(), calls: NOBODY.to_owned() }
    }

    pub(super) fn of(content: &Content) -> Besides {
        Besides {
            target: content.channel.map_or(DIRECT.to_owned(), |channel| channel.to_string()),
            image: content.image.clone().unwrap_or_default(),
            calls: if content.mentions.is_empty() { NOBODY } else { SAME }.to_owned(),
        }
    }

    /// What stood there when the form was shown, as it says itself: what is stored by now may be another's.
    pub(super) fn was(visit: &Visit) -> Option<Besides> {
        let text = |name: &str| visit.form(name).map(str::to_owned);
        Some(Besides { target: text("was-target")?, image: text("was-image")?, calls: text("was-calls")? })
    }

    /// What somebody else has changed, and whoever acts into something else: as it was, is by now, and shall be.
    pub(super) fn collide(&self, by_now: &Besides, wanted: &Besides) -> Vec<Msg> {
        let texts = |it: &Besides| [it.target.clone(), it.calls.clone(), it.image.clone()];
        let labels = [msg!(reminders_card_where), msg!(reminders_card_calls), msg!(reminders_web_image_label)];
        let parts = texts(self).into_iter().zip(texts(by_now)).zip(texts(wanted)).zip(labels);
        let is_both = |was: &str, by_now: &str, wanted: &str| wanted != was && by_now != was && wanted != by_now;
        parts.filter_map(|(((was, by_now), wanted), label)| is_both(&was, &by_now, &wanted).then_some(label)).collect()
    }

    pub(super) fn target(&self) -> Target {
        match self.target.as_str() {
            DIRECT => Target::Direct,
            named => named.parse().map_or(Target::Default, Target::Channel),
        }
    }

    /// Whom it is to call; nothing is whom it calls already.
    pub(super) fn mentions(&self) -> Option<Mentions> {
        let roles = |named: &str| named.parse().into_iter().collect();
        match self.calls.as_str() {
            SAME => None,
            EVERYBODY => Some(Mentions { everyone: true, ..Mentions::default() }),
            named => Some(Mentions { roles: roles(named), ..Mentions::default() }),
        }
    }
}

/// The inputs.
pub(super) async fn inputs_besides(
    visit: &Visit,
    stored: Option<&Reminder>,
    besides: &Besides,
    wrong: Option<(&str, &Markup)>,
) -> Markup {
    let language = visit.language;
    let places = visit.places().await;
    let written = [ChannelType::GuildText, ChannelType::GuildAnnouncement];
    let seen = places.channels.iter().filter(|channel| visit.sees(&places, channel));
    let channels = seen.filter(|channel| channel.kind.is_some_and(|kind| written.contains(&kind)));
    let channels: Vec<(String, String)> =
        channels.map(|channel| (channel.id.to_string(), format!("#{}", channel.name))).collect();
    // @everyone has the guild's id, and is an option of its own.
    let roles = places.roles.iter().filter(|(role, _)| role.get() != visit.guild.get());
    let roles: Vec<(String, String)> = roles.map(|(role, name)| (role.to_string(), format!("@{name}"))).collect();
    let calls = stored.is_some_and(|reminder| !reminder.draft.content.mentions.is_empty());
    let is_known = |options: &[(String, String)], named: &str| options.iter().any(|(value, _)| value == named);
    let choose = |options: &[(String, String)], now: &str| {
        html! { @for (value, label) in options { option value=(value) selected[value == now] { (label) } } }
    };
    let why = |name: &str| {
        let wrong = wrong.filter(|(at, _)| *at == name);
        html! { @if let Some((_, why)) = wrong { p.wrong #{ "wrong-" (name) } { (why) } } }
    };
    let was = stored.map(|reminder| Besides::was(visit).unwrap_or_else(|| Besides::of(&reminder.draft.content)));
    html! {
        @if let Some(was) = was {
            input type="hidden" name="was-target" value=(was.target);
            input type="hidden" name="was-image" value=(was.image);
            input type="hidden" name="was-calls" value=(was.calls);
        }
        div.field {
            label for="target" { (say!(language, reminders_card_where)) }
            (why("target"))
            select #target name="target" {
                @if stored.is_none() {
                    option value=(DEFAULT) selected[besides.target == DEFAULT] { (say!(language, reminders_web_default_option)) }
                }
                option value=(DIRECT) selected[besides.target == DIRECT] { (say!(language, reminders_to_member)) }
                (choose(&channels, &besides.target))
                // Where the bot sees nothing any more it stays until somebody says where it goes.
                @if ![DEFAULT, DIRECT].contains(&&*besides.target) && !is_known(&channels, &besides.target) {
                    option value=(besides.target) selected { "#" (besides.target) }
                }
            }
        }
        div.field {
            label for="calls" { (say!(language, reminders_card_calls)) }
            (why("calls"))
            select #calls name="calls" {
                @if calls { option value=(SAME) selected[besides.calls == SAME] { (say!(language, reminders_web_same_option)) } }
                option value=(NOBODY) selected[besides.calls == NOBODY] { (say!(language, reminders_web_nobody_option)) }
                option value=(EVERYBODY) selected[besides.calls == EVERYBODY] { "@everyone" }
                (choose(&roles, &besides.calls))
            }
        }
        div.field {
            label for="image" { (say!(language, reminders_web_image_label)) }
            (why("image"))
            input #image type="url" name="image" value=(besides.image) maxlength="500" autocomplete="off";
        }
    }
}
