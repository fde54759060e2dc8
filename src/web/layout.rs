//! What surrounds each page.

use maud::{DOCTYPE, Markup, html};

use crate::words::{Language, Msg, Say, known_languages};
use crate::{msg, say};

/// The look of all pages, and the one script.
pub(super) const STYLE: &str = include_str!("style.css");
pub(super) const SCRIPT: &str = include_str!("live.js");

/// What a browser tells of a page while somebody looks at it.
#[derive(Clone, Copy, Default)]
pub(super) struct Liveness<'a> {
    pub(super) told_by: Option<&'a str>,
    pub(super) every_seconds: Option<u16>,
}

/// A page and what surrounds it.
pub(super) struct Frame<'a> {
    pub(super) language: Language,
    /// What is different with each version of the look, so that browsers may keep one for ever.
    pub(super) style: &'a str,
    /// The same of the script.
    pub(super) script: &'a str,
    pub(super) live: Liveness<'a>,
    pub(super) title: &'a str,
    /// The address of the page: whoever changes their language comes back to it.
    pub(super) path: &'a str,
    pub(super) guild: Option<Menu<'a>>,
    /// What they are called who are logged in.
    pub(super) who: Option<&'a str>,
    /// What was done just now.
    pub(super) said: Option<Markup>,
    pub(super) body: Markup,
}

/// A guild's pages.
pub(super) struct Menu<'a> {
    pub(super) name: &'a str,
    pub(super) links: &'a [Link],
}

/// A line of the menu.
pub(super) struct Link {
    pub(super) to: String,
    pub(super) name: Msg,
    pub(super) is_here: bool,
}

/// The page as the browser gets it.
pub(super) fn document(frame: &Frame<'_>) -> Markup {
    let language = frame.language;
    let title = match &frame.guild {
        Some(guild) => format!("{} · {} · Alphapy", frame.title, guild.name),
        None => format!("{} · Alphapy", frame.title),
    };
    html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="stylesheet" href={ "/dashboard/style.css?" (frame.style) };
                script type="module" src={ "/dashboard/live.js?" (frame.script) } {}
            }
            body {
                a.skip href="#main" { (say!(language, web_skip)) }
                header.top {
                    a.brand href="/dashboard" { "Alphapy" }
                    @if let Some(guild) = &frame.guild {
                        strong.guild { (guild.name) }
                    }
                    @if let Some(who) = frame.who {
                        nav.who aria-label=(say!(language, web_account_label)) {
                            a href="/dashboard/logins" { (who) }
                            form method="post" action="/dashboard/logout" {
                                button.plain { (say!(language, web_logout_button)) }
                            }
                        }
                    }
                }
                div.columns {
                    @if let Some(guild) = &frame.guild {
                        nav.menu aria-label=(say!(language, web_menu_label)) {
                            ul {
                                @for link in guild.links {
                                    li { a href=(link.to) aria-current=[link.is_here.then_some("page")] { (link.name.say(language)) } }
                                }
                            }
                        }
                    }
                    main #main tabindex="-1" data-live=[frame.live.told_by] data-every=[frame.live.every_seconds] {
                        h1 { (frame.title) }
                        @if let Some(said) = &frame.said {
                            p.said role="status" { (said) }
                        }
                        (frame.body)
                    }
                }
                @if frame.guild.is_some() { (keys(language)) }
                footer {
                    form.languages method="post" action="/dashboard/language" {
                        input type="hidden" name="to" value=(frame.path);
                        @for other in known_languages() {
                            button.plain name="language" value=(other.code()) lang=(other.code()) aria-pressed=(if other == language { "true" } else { "false" }) {
                                (say!(other, words_language_name))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The keys that the script knows, which opens this.
fn keys(language: Language) -> Markup {
    let all = [
        ("j, k", msg!(web_keys_rows)),
        ("Enter", msg!(web_keys_open)),
        ("x", msg!(web_keys_choose)),
        ("/", msg!(web_keys_search)),
        ("?", msg!(web_keys_help)),
    ];
    html! {
        dialog #keys aria-label=(say!(language, web_keys_title)) {
            h2 { (say!(language, web_keys_title)) }
            dl { @for (key, what) in all { dt { kbd { (key) } } dd { (what.say(language)) } } }
            form method="dialog" { button.quiet { (say!(language, web_keys_close_button)) } }
        }
    }
}

/// The first line of a table.
pub fn head(language: Language, labels: &[Msg]) -> Markup {
    html! { thead { tr { @for label in labels { th scope="col" { (label.say(language)) } } } } }
}
