//! What a page of a guild is given, and what it answers.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

use axum::body::Body;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use twilight_model::channel::message::Embed;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::form::{Pairs, query};
use super::live::Watch;
use super::names::{Names, Places};
use super::rich::{self, Mention};
use super::seal::random;
use crate::acting::{Acting, Origin};
use crate::app::App;
use crate::discord::Channel;
use crate::operations::reminders::words::times;
use crate::ui::limits::{EMBED_DESCRIPTION, EMBED_FIELD_VALUE, EMBED_TITLE, cut, is_web_address};
use crate::words::{Language, Said, Say};
use crate::{said, say};

/// Where in a guild its tables stand, each below its own name: a form there asks for one with the fields that the table
/// declares, and in `as` for what it is written as.
pub const EXPORTS: &str = "exports";

/// Somebody at a page of a guild.
pub struct Visit {
    /// What handlers reach.
    pub app: App,
    /// The guild. They are in it, and so is the bot.
    pub guild: Id<GuildMarker>,
    /// The language in which they read.
    pub language: Language,
    /// The zone by whose clocks the guild lives.
    pub zone: TimeZone,
    pub(super) acting: Acting,
    pub(super) base: String,
    pub(super) parameters: HashMap<String, String>,
    pub(super) query: Pairs,
    pub(super) form: Pairs,
    pub(super) names: Arc<Names>,
    /// Whether they may take tables with them.
    pub(super) takes: bool,
}

impl Visit {
    /// Who they are, as operations want to know it. What one form asks for is done once, however often it is sent.
    pub fn acting(&self) -> &Acting {
        &self.acting
    }

    /// The same, with what they may do by now: for what takes long.
    ///
    /// # Errors
    /// Nothing is done for them any more, or the database or Discord does not answer.
    pub async fn acting_by_now(&self, feature: &'static str) -> anyhow::Result<Acting> {
        let name = self.acting.person().map_or("", |person| person.member().name.as_str());
        let (who, now) = ((self.user(), name), self.app.clock.now());
        let acting = Acting::of_visitor(&self.app, self.guild, feature, who, Origin::Routine, now).await?;
        match acting.barred() {
            Some(barred) => Err(anyhow::anyhow!("{barred:?}")),
            None => Ok(acting),
        }
    }

    /// Who they are.
    pub fn user(&self) -> Id<UserMarker> {
        self.acting.user().expect("a visitor is a person")
    }

    /// A part of the address that the section's route names, if it is one.
    pub fn parameter<T: FromStr>(&self, name: &str) -> Option<T> {
        self.parameters.get(name)?.parse().ok()
    }

    /// What the address says behind its question mark, without the spaces around it; nothing if it is blank.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// What was filled in; nothing if there is no such field.
    pub fn form(&self, name: &str) -> Option<&str> {
        self.form.get(name)
    }

    /// All that was filled in under a name.
    pub fn form_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.form.all(name)
    }

    /// The address of another page of the section.
    pub fn to(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The same with what stands behind the question mark, without what is empty.
    pub fn to_with(&self, path: &str, pairs: &[(&str, &str)]) -> String {
        match query(pairs) {
            none if none.is_empty() => self.to(path),
            query => format!("{}{path}?{query}", self.base),
        }
    }

    /// What each form that changes something begins with: by this it is known again if it is sent twice.
    pub fn once(&self) -> Markup {
        html! { input type="hidden" name="once" value=(hex::encode(random::<16>())); }
    }

    /// A sentence in the reader's language.
    pub fn say(&self, said: &impl Say) -> String {
        said.say(self.language)
    }

    /// A moment by the guild's clocks.
    pub fn moment(&self, at: Timestamp) -> Markup {
        moment(self.language, &self.zone, at)
    }

    /// The same by other clocks.
    pub fn moment_in(&self, zone: &TimeZone, at: Timestamp) -> Markup {
        moment(self.language, zone, at)
    }

    /// Channels and roles of the guild.
    pub async fn places(&self) -> Arc<Places> {
        self.names.places(&self.app, self.guild).await
    }

    /// Whether whoever visits sees a channel in Discord, as far as that is known; admins are shown all that the bot sees.
    pub fn sees(&self, places: &Places, channel: &Channel) -> bool {
        let Some(person) = self.acting.person().filter(|_| !self.acting.administers()) else { return true };
        let member = person.member();
        let granted = places.granted.as_ref().map(|it| it.of_channel(member.id, &member.roles, channel));
        granted.is_some_and(|granted| granted.contains(Permissions::VIEW_CHANNEL))
    }

    /// What people are called, those whom the guild still knows.
    pub async fn people(&self, users: impl IntoIterator<Item = Id<UserMarker>>) -> HashMap<Id<UserMarker>, Arc<str>> {
        self.names.people(&self.app, self.guild, users).await
    }

    /// A text in Discord's Markdown as HTML, with names in the place of mentions.
    pub async fn rich(&self, text: &str) -> Markup {
        let [markup] = self.rich_all([text]).await;
        markup
    }

    /// Several at once: Discord is asked for the names together.
    pub async fn rich_all<const N: usize>(&self, texts: [&str; N]) -> [Markup; N] {
        let all = self.rich_list(&texts).await;
        all.try_into().expect("as many as there were")
    }

    /// The same of as many as there are.
    pub async fn rich_list(&self, texts: &[&str]) -> Vec<Markup> {
        let mentioned: Vec<Mention> = texts.iter().flat_map(|text| rich::mentions(text)).collect();
        let is_place = |it: &Mention| matches!(it, Mention::Channel(_) | Mention::Role(_));
        let places = if mentioned.iter().any(is_place) { self.places().await } else { Arc::default() };
        let people = self.people(mentioned.iter().filter_map(|it| match it {
            Mention::Person(id) => Id::new_checked(*id),
            _ => None,
        }));
        let people = people.await;
        let name = |mention| self.name(&places, &people, mention);
        texts.iter().map(|text| rich::render(text, &name)).collect()
    }

    /// A box of a message as Discord shows it, in the same words.
    pub async fn card(&self, embed: &Embed) -> Markup {
        // What nobody has checked yet may be as long as a form.
        let fields =
            embed.fields.iter().flat_map(|field| [(&field.name, EMBED_TITLE), (&field.value, EMBED_FIELD_VALUE)]);
        let text = |text: &Option<String>, most| cut(text.as_deref().unwrap_or_default(), most);
        let own = [text(&embed.title, EMBED_TITLE), text(&embed.description, EMBED_DESCRIPTION)];
        let texts: Vec<String> = own.into_iter().chain(fields.map(|(text, most)| cut(text, most))).collect();
        let rich = self.rich_list(&texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
        // A link within a link is none.
        let title = if embed.url.is_some() {
            html! { (texts[0]) }
        } else {
            rich[0].clone()
        };
        html! {
            div.box {
                @if !texts[0].is_empty() { p { strong { (linked(embed.url.as_deref(), &title)) } } }
                @if !texts[1].is_empty() { p { (rich[1]) } }
                @if rich.len() > 2 {
                    dl { @for field in rich[2..].chunks(2) { dt { (field[0]) } dd { (field[1]) } } }
                }
                @if let Some(footer) = &embed.footer { small { (footer.text) } }
            }
        }
    }

    /// A button below a list that takes with one exactly what it shows: the table of that name, of which `fields` choose the
    /// rows. Nothing for whoever may take none.
    pub fn csv_of(&self, table: &str, fields: &[(&str, &str)]) -> Markup {
        let chosen = fields.iter().filter(|(_, value)| !value.is_empty());
        html! {
            @if self.takes {
                form method="post" action={ "/dashboard/" (self.guild) "/" (EXPORTS) "/" (table) } {
                    @for (name, value) in chosen { input type="hidden" name=(name) value=(value); }
                    button.plain name="as" value="csv" { (say!(self.language, web_csv_button)) }
                }
            }
        }
    }

    fn name(&self, places: &Places, people: &HashMap<Id<UserMarker>, Arc<str>>, mention: Mention) -> Markup {
        let channel = |id: u64| {
            let channel = places.channels.iter().find(|it| it.id.get() == id);
            channel.filter(|channel| self.sees(places, channel)).map(|channel| channel.name.as_str())
        };
        let role = |id: u64| places.roles.iter().find(|it| it.0.get() == id).map(|it| it.1.trim_start_matches('@'));
        let shown = match mention {
            Mention::Moment(seconds) => {
                return Timestamp::from_second(seconds).map_or(html! {}, |at| self.moment(at));
            }
            Mention::Channel(id) => format!("#{}", channel(id).map_or_else(|| id.to_string(), str::to_owned)),
            Mention::Role(id) => format!("@{}", role(id).map_or_else(|| id.to_string(), str::to_owned)),
            Mention::Person(id) => {
                let name = Id::new_checked(id).and_then(|id| people.get(&id));
                format!("@{}", name.map_or_else(|| id.to_string(), |name| name.as_ref().to_owned()))
            }
        };
        html! { span.mention { (shown) } }
    }
}

/// A title that leads where its box says, if that is in the web.
fn linked(to: Option<&str>, title: &Markup) -> Markup {
    html! {
        @match to.filter(|to| is_web_address(to)) {
            Some(to) => a href=(to) rel="noopener noreferrer nofollow ugc" { (title) },
            None => (title),
        }
    }
}

/// A moment by some clocks, as people read it; to the second where they point at it.
pub(super) fn moment(language: Language, zone: &TimeZone, at: Timestamp) -> Markup {
    let local = zone.to_datetime(at);
    let shown = times::short_moment(local).say(language);
    let exact = local.strftime("%Y-%m-%d %H:%M:%S");
    let clocks = say!(language, web_by_clocks_of, zone = zone_name(zone));
    html! { time datetime=(at.to_string()) title={ (exact) " · " (clocks) } { (shown) } }
}

fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("UTC").to_owned()
}

/// What a page shows below what surrounds it.
pub struct Page {
    pub(super) title: String,
    pub(super) body: Markup,
    pub(super) is_refused: bool,
    /// The address that tells when what is shown is no longer so.
    pub(super) live: Option<String>,
    /// After so many seconds it is looked at anew, whatever is told.
    pub(super) every_seconds: Option<u16>,
}

impl Page {
    /// A page of that title.
    pub fn new(title: impl Into<String>, body: Markup) -> Page {
        Page { title: title.into(), body, is_refused: false, live: None, every_seconds: None }
    }

    /// The same, of which browsers fetch the parts (`data-part`) anew when the address `to` tells of a change ([`Answer::Live`]).
    #[must_use]
    pub fn told_by(mut self, to: impl Into<String>) -> Page {
        self.live = Some(to.into());
        self
    }

    /// The same with parts that nobody tells of: they are fetched every so often while somebody looks.
    #[must_use]
    pub fn fetched_every(mut self, seconds: Option<u16>) -> Page {
        self.every_seconds = seconds;
        self
    }

    /// The same with why what was sent is not done, if it is not: `why` stands beside the input that it is about, to which what
    /// stands above all else points, or there itself if it is about none.
    #[must_use]
    pub fn refusing_at(self, language: Language, input: Option<&str>, why: Option<&Markup>) -> Page {
        match (why, input) {
            (None, _) => self,
            (Some(_), Some(_)) => self.refusing_below(language),
            (Some(why), None) => self.refusing(why),
        }
    }

    /// The same where why stands beside each input that it is about.
    #[must_use]
    pub fn refusing_below(self, language: Language) -> Page {
        self.refusing(&html! { (say!(language, web_unfit)) })
    }

    /// The same with why what was sent is not done, above all else.
    #[must_use]
    pub fn refusing(mut self, why: &Markup) -> Page {
        self.body = html! { p.refused role="alert" { (why) } (self.body) };
        self.is_refused = true;
        self
    }
}

/// What a page answers.
pub enum Answer {
    /// It shows something.
    Page(Page),
    /// Something was done: what, and the address where whoever did it goes on.
    Done {
        /// In Discord's Markdown.
        said: String,
        /// Where they go on.
        to: String,
    },
    /// They hear when that changes.
    Live(Watch),
    /// They go on elsewhere.
    Elsewhere(String),
    /// A document of its own, which may stand in a frame of a page. Nothing runs in it.
    Framed(Body),
    /// A file to save.
    File {
        /// What it is called, in ASCII letters.
        name: String,
        /// What it is.
        kind: &'static str,
        /// What is in it.
        content: Body,
    },
    /// There is no such thing, or it is not theirs to see.
    Missing(Said),
}

impl From<Page> for Answer {
    fn from(page: Page) -> Answer {
        Answer::Page(page)
    }
}

impl Answer {
    /// There is no such page.
    pub fn no_page() -> Answer {
        Answer::Missing(said!(web_no_page))
    }
}
