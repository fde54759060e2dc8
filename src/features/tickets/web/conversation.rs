//! What is said in a ticket, and what was: of its channel as it is, or of what was kept of it.

use std::sync::Arc;

use axum::body::Body;
use maud::{Markup, html};
use twilight_model::id::Id;

use super::super::model::Refusal;
use super::super::model::transcript::Transcript;
use super::super::operations::conversation::{self, Conversation};
use super::super::operations::look;
use super::super::operations::step::{self, Found};
use super::super::store::By;
use super::super::transcript::discords_own;
use super::number;
use crate::acting::Failure;
use crate::discord::{Contents, Posted};
use crate::error::{Error, Result};
use crate::ui::without_overrides;
use crate::web::{Answer, Visit};
use crate::words::{Language, Say, amount};
use crate::{said, say};

/// Of what a message answers, so much is shown, in characters.
const EXCERPT: usize = 100;

/// How a piece of a message is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// In Discord's Markdown.
    Text,
    /// The same in a box.
    Boxed,
    /// The same as something that is passed on.
    Quoted,
    /// As it stands there.
    Small,
}

/// What was said, as far as it can be shown: the channel while there is one, and else what was kept.
pub(super) async fn section(visit: &Visit, ticket: &Found) -> Result<Markup> {
    let language = visit.language;
    let before = visit.query("before").and_then(|id| id.parse().ok()).and_then(Id::new_checked);
    let read = conversation::read(&visit.app, visit.acting(), ticket, before).await?;
    let kept = match look::transcript(&visit.app, visit.acting(), ticket).await {
        Ok(kept) => Some(kept),
        Err(Failure::Refused(Refusal::NoTranscript)) => None,
        Err(failure) => return Err(failure.into()),
    };
    let is_live = matches!(read, Conversation::Messages { .. });
    Ok(html! {
        section.talk aria-labelledby="talk" {
            h2 #talk { (say!(language, tickets_web_talk)) }
            @match read {
                Conversation::Messages { messages, older, channel } => {
                    p.note {
                        (say!(language, tickets_web_talk_now)) " "
                        a href={ "https://discord.com/channels/" (visit.guild) "/" (channel) } rel="noopener noreferrer" {
                            (say!(language, tickets_web_in_discord))
                        }
                    }
                    (spoken(visit, ticket, &messages, older, before.is_some()).await)
                }
                Conversation::NoChannel if kept.is_none() => { p.empty { (say!(language, tickets_web_nothing_kept)) } }
                Conversation::NoChannel => {}
                Conversation::Hidden(lack) => { p.note { (visit.rich(&lack.say(language)).await) } }
                Conversation::Away => { p.note { (say!(language, tickets_web_talk_away)) } }
            }
            @if let Some(kept) = &kept { (transcript(visit, ticket, kept, !is_live)) }
        }
    })
}

/// Messages of the channel, oldest first.
async fn spoken(visit: &Visit, ticket: &Found, messages: &[Posted], older: bool, turned: bool) -> Markup {
    let language = visit.language;
    // What its own message says stands above already.
    let messages: Vec<&Posted> = messages.iter().filter(|it| Some(it.id) != ticket.shown.message).collect();
    let pieces: Vec<Vec<(Look, String)>> = messages.iter().map(|message| pieces(language, message)).collect();
    let texts: Vec<&str> = pieces.iter().flatten().map(|(_, text)| text.as_str()).collect();
    let mut rich = visit.rich_list(&texts).await.into_iter();
    let is_blind = messages.iter().any(|it| !it.author.bot && it.is_ordinary() && it.is_empty());
    let at = format!("/{}", ticket.number);
    html! {
        @if older {
            @if let Some(first) = messages.first() {
                p { a href=(visit.to_with(&at, &[("before", &first.id.to_string())])) rel="prev" { (say!(language, tickets_web_older)) } }
            }
        }
        @if messages.is_empty() { p.empty { (say!(language, tickets_web_silence)) } }
        @for (message, pieces) in messages.iter().zip(&pieces) {
            article {
                p.by {
                    strong { (without_overrides(&message.author.name)) }
                    @if message.author.bot { " " span.tag { "APP" } }
                    " " (visit.moment(message.sent_at()))
                    @if message.edited_at.is_some() { " " small { (say!(language, tickets_transcript_edited)) } }
                }
                @for (look, text) in pieces {
                    @let marked = rich.next().unwrap_or_default();
                    @match look {
                        Look::Text => { p { (marked) } }
                        Look::Boxed => { div.box { (marked) } }
                        Look::Quoted => { q { (marked) } }
                        Look::Small => { p.dim { (text) } }
                    }
                }
            }
        }
        @if turned { p { a href=(visit.to(&at)) rel="next" { (say!(language, tickets_web_newest)) } } }
        @if is_blind { p.note { (say!(language, tickets_transcript_blind)) } }
    }
}

/// What there is of a message, in the order in which Discord shows it.
fn pieces(language: Language, message: &Posted) -> Vec<(Look, String)> {
    let mut all = Vec::new();
    if let Some((name, text)) = &message.replies_to {
        let text: String = text.replace('\n', " ").chars().take(EXCERPT).collect();
        let said = say!(language, tickets_transcript_reply, name = name.as_str(), text);
        all.push((Look::Small, format!("↱ {said}")));
    }
    match discords_own(message.kind).filter(|_| message.contents.text.is_empty()) {
        Some(note) => all.push((Look::Small, note.say(language))),
        None => all.push((Look::Text, message.contents.text.clone())),
    }
    contents(language, &message.contents, &mut all);
    for forwarded in &message.forwarded {
        all.push((Look::Small, format!("↪ {}", say!(language, tickets_transcript_forwarded))));
        all.push((Look::Quoted, forwarded.text.clone()));
        contents(language, forwarded, &mut all);
    }
    all.retain(|(_, text)| !text.is_empty());
    for (look, text) in &mut all {
        if *look == Look::Small {
            *text = without_overrides(text);
        }
    }
    all
}

/// Everything of it but its text.
fn contents(language: Language, contents: &Contents, all: &mut Vec<(Look, String)>) {
    all.extend(contents.texts.iter().map(|text| (Look::Boxed, text.clone())));
    for embed in &contents.embeds {
        let (title, body) = embed.told();
        let title = if title.is_empty() { title } else { format!("**{title}**") };
        let lines = [embed.author.clone(), title, body, embed.footer.0.clone()];
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        all.push((Look::Boxed, lines.join("\n")));
    }
    if let Some(poll) = &contents.poll {
        let answers = poll.answers.iter().map(|(answer, count)| match count {
            Some(count) => format!("- {answer}: {count}"),
            None => format!("- {answer}"),
        });
        let lines: Vec<String> = [format!("📊 {}", poll.question)].into_iter().chain(answers).collect();
        all.push((Look::Boxed, lines.join("\n")));
    }
    let stickers = contents.stickers.iter();
    all.extend(stickers.map(|name| (Look::Small, say!(language, tickets_transcript_sticker, name = name.as_str()))));
    for file in &contents.attachments {
        let named = say!(language, tickets_transcript_file, name = file.name.as_str(), bytes = amount(file.size));
        let voice = file.seconds.map(|seconds| format!(" {}", say!(language, tickets_transcript_voice, seconds)));
        all.push((Look::Small, format!("📎 {named}{}", voice.unwrap_or_default())));
    }
}

/// What was kept. Its pages are documents of their own: in a frame where nothing else is shown.
fn transcript(visit: &Visit, ticket: &Found, kept: &Transcript, is_framed: bool) -> Markup {
    let language = visit.language;
    let at = format!("/{}/transcript", ticket.number);
    let pages: Vec<String> = (0..kept.pages()).map(|file| visit.to_with(&at, &[("file", &file.to_string())])).collect();
    html! {
        p {
            (say!(language, tickets_web_kept, count = kept.messages))
            @if let Some(cut) = kept.lacks() { " " (cut.said().say(language)) }
        }
        @if is_framed {
            @if let Some(first) = pages.first() {
                iframe src=(first) title=(say!(language, tickets_web_kept_label)) sandbox="" loading="lazy" {}
            }
        }
        ul.row {
            @for (file, page) in pages.iter().enumerate() {
                li { a href=(page) { (say!(language, tickets_web_open_kept, part = if pages.len() > 1 { file + 1 } else { 0 })) } }
            }
            li { a href=(visit.to(&format!("{at}/text"))) { (say!(language, tickets_web_save_text)) } }
        }
    }
}

async fn find_kept(visit: &Visit) -> Result<(Found, Transcript)> {
    let found = step::find(&visit.app, visit.acting(), By::Number(number(visit)?)).await?;
    let kept = look::transcript(&visit.app, visit.acting(), &found).await?;
    Ok((found, kept))
}

/// A file of what was kept, as it was written.
pub(super) async fn kept(visit: Arc<Visit>) -> Result<Answer> {
    let (found, kept) = find_kept(&visit).await?;
    let file = visit.query("file").map_or(Some(0), |file| file.parse().ok());
    let page = file.and_then(|file| kept.page(&visit.app.db, visit.guild, found.number, file));
    let page = page.ok_or_else(|| Error::User(said!(web_no_page)))?;
    Ok(Answer::Framed(Body::from_stream(page)))
}

/// The same as plain text, all of it.
pub(super) async fn kept_text(visit: Arc<Visit>) -> Result<Answer> {
    let (found, kept) = find_kept(&visit).await?;
    let content = Body::from_stream(kept.text(&visit.app.db, visit.guild, found.number));
    let name = format!("ticket-{}.txt", found.number);
    Ok(Answer::File { name, kind: "text/plain; charset=utf-8", content })
}
