//! The form of a panel, and beside it how Discord shows it: as it is, or as it would be.

use maud::{Markup, html};
use twilight_model::channel::ChannelType;
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use super::messages::{label, panel_in_language, panel_message};
use super::model::{InLanguages, Kind, PANEL_BODY_CHARS, PANEL_TITLE_CHARS, PanelDraft, PanelTranslation};
use super::operations::kinds;
use super::operations::panels::Refusal;
use super::store::Panel;
use super::vanished;
use crate::error::Result;
use crate::web::{Page, Visit};
use crate::words::{Language, Msg, Say, known_languages};
use crate::{msg, say};

/// Where panels are offered to be posted.
const OFFERED: [ChannelType; 2] = [ChannelType::GuildText, ChannelType::GuildAnnouncement];

/// Where its message is in Discord.
pub(super) fn message_link(visit: &Visit, panel: &Panel) -> Markup {
    let language = visit.language;
    html! {
        @match panel.message {
            Some(message) => {
                a href={ "https://discord.com/channels/" (visit.guild) "/" (panel.channel) "/" (message) } rel="noopener noreferrer" {
                    (say!(language, ticket_setup_web_panel_in_discord))
                }
            }
            None => (say!(language, ticket_setup_web_panel_unposted)),
        }
    }
}

/// What is in the form of a panel: what is stored, or what somebody wrote.
#[derive(PartialEq, Eq)]
pub(super) struct Written {
    /// For which language title and text are meant; nothing is for all that have none of their own.
    pub(super) language: Option<Language>,
    /// Where it goes; nothing if nobody has chosen yet.
    pub(super) channel: Option<Id<ChannelMarker>>,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) menu: bool,
    pub(super) kinds: Vec<i32>,
}

impl Written {
    /// What is stored.
    pub(super) fn of(panel: &Panel, language: Option<Language>) -> Written {
        let said = language.map(|language| panel.translations.get(language.code()).cloned().unwrap_or_default());
        let own = || PanelTranslation {
            title: panel.title.clone().unwrap_or_default(),
            body: panel.body.clone().unwrap_or_default(),
        };
        let PanelTranslation { title, body } = said.unwrap_or_else(own);
        Written {
            language,
            channel: Some(panel.channel),
            title,
            text: body,
            menu: panel.menu,
            kinds: sorted(panel.kinds.clone()),
        }
    }

    /// What somebody wrote.
    pub(super) fn read(visit: &Visit, channel: Option<Id<ChannelMarker>>) -> Written {
        let text = |name: &str| visit.form(name).unwrap_or_default().trim().to_owned();
        Written {
            language: visit.form("in").and_then(Language::of_code),
            channel: channel.or_else(|| visit.form("channel").and_then(|id| id.parse().ok())),
            title: text("title"),
            text: text("text"),
            menu: visit.form("style") == Some("menu"),
            kinds: sorted(visit.form_all("kind").filter_map(|id| id.parse().ok()).collect()),
        }
    }

    /// What of it is another than it was when the form was shown: what nobody has touched stays as it is. It depends on nothing
    /// but the form, so that one that is sent twice asks for the same twice.
    pub(super) fn draft(&self, visit: &Visit) -> PanelDraft {
        let is_changed = |name: &str, now: &str| visit.form(&format!("was-{name}")) != Some(now);
        let own = self.language.is_none();
        PanelDraft {
            language: self.language,
            title: is_changed("title", &self.title).then(|| self.title.clone()),
            body: is_changed("text", &self.text).then(|| self.text.clone()),
            menu: (own && is_changed("style", self.style())).then_some(self.menu),
            kinds: (own && is_changed("kinds", &self.numbers())).then(|| self.kinds.clone()),
        }
    }

    /// The same where somebody else has changed the panel into `now` meanwhile: what nobody has touched here is as it is there.
    pub(super) fn beside(self, visit: &Visit, now: &Panel) -> Written {
        let (touched, stored) = (self.draft(visit), Written::of(now, self.language));
        Written {
            title: touched.title.unwrap_or(stored.title),
            text: touched.body.unwrap_or(stored.text),
            menu: touched.menu.unwrap_or(stored.menu),
            kinds: touched.kinds.unwrap_or(stored.kinds),
            ..self
        }
    }

    fn style(&self) -> &'static str {
        if self.menu { "menu" } else { "buttons" }
    }

    /// Its kinds as they are written in a form.
    fn numbers(&self) -> String {
        self.kinds.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    }

    /// What a form remembers of what it showed.
    fn remembered(&self) -> Markup {
        let numbers = self.numbers();
        let all = [("title", &*self.title), ("text", &*self.text), ("style", self.style()), ("kinds", &*numbers)];
        html! { @for (name, was) in all { input type="hidden" name={ "was-" (name) } value=(was); } }
    }

    /// The panel as it would be.
    fn panel(&self, stored: Option<&Panel>) -> Panel {
        let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let mut panel = stored.cloned().unwrap_or_else(|| Panel {
            id: 0,
            channel: self.channel.unwrap_or(Id::new(1)),
            message: None,
            title: None,
            body: None,
            language: None,
            translations: InLanguages::new(),
            menu: false,
            kinds: Vec::new(),
            revision: 0,
        });
        match self.language {
            Some(language) => {
                let said = PanelTranslation { title: self.title.clone(), body: self.text.clone() };
                panel.translations.insert(language.code().to_owned(), said);
            }
            None => {
                (panel.title, panel.body) = (said(&self.title), said(&self.text));
                (panel.menu, panel.kinds) = (self.menu, self.kinds.clone());
            }
        }
        panel
    }
}

/// What the form says of how it was when somebody opened it: one that they look at or mend meanwhile goes on saying so, whatever
/// another has changed; one that shows what is there by now begins anew.
fn remembered(visit: &Visit, revision: i32, was: Option<&Written>) -> Markup {
    let goes_on = visit.form("revision").is_some_and(|sent| sent.parse() == Ok(revision));
    let sent = ["was-title", "was-text", "was-style", "was-kinds"].map(|name| (name, visit.form(name)));
    match was {
        Some(was) if !goes_on => was.remembered(),
        _ => html! {
            @for (name, was) in sent { @if let Some(was) = was { input type="hidden" name=(name) value=(was); } }
        },
    }
}

fn sorted(mut kinds: Vec<i32>) -> Vec<i32> {
    kinds.sort_unstable();
    kinds
}

/// A panel as the page has it: what is stored of it, unless it is new, and at which revision somebody looked.
pub(super) struct Looked<'a> {
    pub(super) stored: Option<&'a Panel>,
    pub(super) revision: i32,
}

/// The form of a panel, and beside it how Discord shows what is in it.
pub(super) async fn form(
    visit: &Visit,
    looked: &Looked<'_>,
    written: &Written,
    refused: Option<&Refusal>,
) -> Result<Page> {
    let (language, stored) = (visit.language, looked.stored);
    let known = kinds::look(&visit.app, visit.acting()).await?;
    let shown = vanished::shown(&visit.app, visit.guild, known.clone()).await;
    let panel = written.panel(stored);
    let message = match written.language {
        Some(language) => panel_in_language(language, &panel, &shown),
        None => panel_message(visit.app.guild_language(visit.guild).await?, &panel, &shown),
    };
    let drawn = visit.drawn(&message).await;
    let was = stored.map(|panel| Written::of(panel, written.language));
    let why = match refused {
        Some(refusal) => Some(visit.rich(&refusal.say(language)).await),
        None => None,
    };
    let path = stored.map_or("/new".to_owned(), |panel| format!("/{}", panel.id));
    let channel = match stored {
        Some(panel) => visit.rich(&format!("<#{}>", panel.channel)).await,
        None => choose_channel(visit, written.channel).await,
    };
    let body = html! {
        @if let Some(panel) = stored { (languages(visit, panel, written.language)) }
        div.beside {
            form method="post" action=(visit.to(&path)) {
                (visit.once())
                input type="hidden" name="revision" value=(looked.revision);
                (remembered(visit, looked.revision, was.as_ref()))
                @if let Some(language) = written.language { input type="hidden" name="in" value=(language.code()); }
                div.field {
                    @if stored.is_some() { p { (say!(language, ticket_setup_web_panel_channel_label)) ": " (channel) } }
                    @else { (channel) }
                }
                (inputs(visit, written, &known, refused.and_then(input_of).zip(why.as_ref())))
                p {
                    button { (say!(language, ticket_setup_web_panel_post_button)) } " "
                    button.quiet name="do" value="look" { (say!(language, ticket_setup_web_preview_button)) }
                }
            }
            section aria-labelledby="looks" {
                h2 #looks { (say!(language, ticket_setup_web_preview_title)) }
                @if was.as_ref() != Some(written) { p.note { (say!(language, ticket_setup_web_preview_unsaved)) } }
                (drawn)
                @if let Some(panel) = stored {
                    form method="post" action=(visit.to(&format!("{path}/again"))) {
                        (visit.once())
                        p { (message_link(visit, panel)) }
                        button.quiet { (say!(language, ticket_setup_web_panel_again_button)) }
                        p.note { (say!(language, ticket_setup_web_panel_again_hint)) }
                    }
                }
            }
        }
    };
    let title = match stored {
        Some(_) => say!(language, ticket_setup_web_panel_title),
        None => say!(language, ticket_setup_web_panel_new_button),
    };
    Ok(Page::new(title, body).refusing_at(language, refused.and_then(input_of), why.as_ref()))
}

/// The input about which a refusal is; nothing if it is about none alone.
fn input_of(refusal: &Refusal) -> Option<&'static str> {
    use super::model::PanelMisfit::{BodyTooLong, TitleTooLong};
    match refusal {
        Refusal::Unfit(TitleTooLong { .. }) => Some("title"),
        Refusal::Unfit(BodyTooLong { .. }) => Some("text"),
        _ => None,
    }
}

/// The words for all, and those for each language.
fn languages(visit: &Visit, panel: &Panel, here: Option<Language>) -> Markup {
    let to = visit.to(&format!("/{}", panel.id));
    html! {
        nav aria-label=(say!(visit.language, ticket_setup_languages_menu)) {
            ul.row.plain {
                li { a href=(to) aria-current=[here.is_none().then_some("page")] { (say!(visit.language, ticket_setup_web_own_words)) } }
                @for other in known_languages() {
                    li { a href={ (to) "?in=" (other.code()) } lang=(other.code()) aria-current=[(here == Some(other)).then_some("page")] {
                        (say!(other, words_language_name))
                    } }
                }
            }
        }
    }
}

async fn choose_channel(visit: &Visit, chosen: Option<Id<ChannelMarker>>) -> Markup {
    let places = visit.places().await;
    let offered = places.channels.iter().filter(|channel| channel.kind.is_some_and(|kind| OFFERED.contains(&kind)));
    html! {
        label for="channel" { (say!(visit.language, ticket_setup_web_panel_channel_label)) }
        select #channel name="channel" required {
            option value="" selected[chosen.is_none()] { "–" }
            @if let Some(other) = chosen.filter(|chosen| !places.channels.iter().any(|it| it.id == *chosen)) {
                option value=(other) selected { "#" (other) }
            }
            @for channel in offered {
                option value=(channel.id) selected[chosen == Some(channel.id)] { "#" (channel.name) }
            }
        }
    }
}

fn inputs(visit: &Visit, written: &Written, known: &[Kind], wrong: Option<(&str, &Markup)>) -> Markup {
    let language = visit.language;
    let usual = written.language.unwrap_or(language);
    let why = |name: &str| {
        let wrong = wrong.filter(|(at, _)| *at == name);
        html! { @if let Some((_, why)) = wrong { p.wrong #{ "wrong-" (name) } { (why) } } }
    };
    let is_wrong = |name: &str| wrong.is_some_and(|(at, _)| at == name).then_some("true");
    let text_hint = |text: String| say!(language, ticket_setup_web_panel_usual_hint, text);
    let styles: [(&str, Msg); 2] =
        [("buttons", msg!(ticket_setup_web_panel_buttons_option)), ("menu", msg!(ticket_setup_web_panel_menu_option))];
    html! {
        div.field {
            label for="title" { (say!(language, ticket_setup_web_panel_title_label)) }
            p #about-title { (text_hint(say!(usual, ticket_setup_panel_title))) }
            (why("title"))
            input #title name="title" value=(written.title) maxlength=(PANEL_TITLE_CHARS) aria-describedby="about-title" aria-invalid=[is_wrong("title")];
        }
        div.field {
            label for="text" { (say!(language, ticket_setup_web_panel_text_label)) }
            p #about-text { (text_hint(say!(usual, ticket_setup_panel_body))) }
            (why("text"))
            textarea #text name="text" maxlength=(PANEL_BODY_CHARS) aria-describedby="about-text" aria-invalid=[is_wrong("text")] { "\n" (written.text) }
        }
        @if written.language.is_none() {
            div.field {
                label for="style" { (say!(language, ticket_setup_web_panel_style_label)) }
                select #style name="style" {
                    @for (value, label) in styles {
                        option value=(value) selected[(value == "menu") == written.menu] { (label.say(language)) }
                    }
                }
            }
            fieldset.field {
                legend { (say!(language, ticket_setup_web_panel_kinds_label)) }
                p { (say!(language, ticket_setup_web_panel_kinds_hint)) }
                // One that was removed stays on it: without any there would be all.
                @for gone in written.kinds.iter().filter(|id| !known.iter().any(|kind| kind.id == **id)) {
                    input type="hidden" name="kind" value=(gone);
                }
                @for kind in known {
                    div.tick {
                        input id={ "kind-" (kind.id) } type="checkbox" name="kind" value=(kind.id) checked[written.kinds.contains(&kind.id)];
                        label for={ "kind-" (kind.id) } { (label(language, kind)) }
                    }
                }
            }
        }
    }
}
