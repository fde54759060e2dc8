//! Messages as a page and as plain text, packed as they are written.

mod html;
mod markdown;
mod names;
mod packer;
mod plain;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::time::Instant;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{MessageMarker, UserMarker};

use super::super::messages;
use super::super::model::transcript::Form;
use super::super::model::{Cut, Ticket};
use super::super::store::Happened;
use super::super::words;
use super::bounds::{FACES, MAX_FACE, MAX_FILE, MAX_FILES};
use crate::app::App;
use crate::discord::{Attachment, Author, Contents, Embed, Poll, Posted};
use crate::words::{Language, Msg, Say, amount, say_date};
use crate::{msg, said, say};
use html::{beginning, escape};
use markdown::Reading;
pub(super) use names::Names;
use names::when;
pub(super) use packer::Packer;
use plain::{continued, inside};

/// Messages of one person stand together when not so much time lies between them.
const TOGETHER: SignedDuration = SignedDuration::from_mins(7);

/// Of what a message answers, so much is shown, in characters.
const EXCERPT: usize = 100;

/// Both forms of a transcript while they are written.
pub(super) struct Writer {
    pub(super) page: Packer,
    pub(super) plain: Packer,
    pub(super) title: String,
    pub(super) names: Names,
    pub(super) zone: TimeZone,
    pub(super) language: Language,
    pub(super) own: Id<UserMarker>,
    /// The ticket's own message, whose words stand at the head already.
    pub(super) card: Option<Id<MessageMarker>>,
    pub(super) messages: i32,
    /// Others' messages without anything in them: that is how they come to a bot that may not read them.
    pub(super) empty: u32,
    pub(super) copied: u64,
    /// Why it ends here, if it does not hold everything.
    pub(super) cut: Option<Cut>,
    /// Pictures of people, and of whom this file of the page shows one already.
    pub(super) faces: HashMap<Id<UserMarker>, Vec<u8>>,
    faces_here: HashSet<Id<UserMarker>>,
    /// Who wrote last, when, and as what.
    last: Option<(Author, Timestamp)>,
    /// Whether the place of a group of messages is open in the page.
    is_open: bool,
    day: Option<jiff::civil::Date>,
}

impl Writer {
    pub(super) fn new(ticket: &Ticket, names: Names, zone: TimeZone, language: Language) -> Writer {
        Writer {
            page: Packer::new(Form::Page),
            plain: Packer::new(Form::Plain),
            title: messages::title(language, ticket),
            names,
            zone,
            language,
            own: ticket.user,
            card: ticket.shown.message,
            messages: 0,
            empty: 0,
            copied: 0,
            cut: None,
            faces: HashMap::new(),
            faces_here: HashSet::new(),
            last: None,
            is_open: false,
            day: None,
        }
    }

    fn put(&mut self, page: &str, plain: &str) {
        self.page.put(page);
        self.plain.put(plain);
    }

    /// Begins other files if these may be too large with `page` and `plain` more bytes. `false` if there may be no others.
    fn make_room(&mut self, page: u64, plain: u64) -> bool {
        let language = self.language;
        let goes_on = || say!(language, tickets_transcript_next_file);
        if self.page.is_full(page) {
            if self.page.is_last() {
                return false;
            }
            self.end_group();
            self.page.put(&format!("<p class=note>{}</p></main></html>\n", escape(&goes_on())));
            self.page.end_file();
            let part = self.page.done.len() + 1;
            let title = say!(language, tickets_transcript_part, title = self.title.as_str(), part);
            self.page.put(&format!("{}<main>", beginning(&title, language)));
            self.faces_here.clear();
            self.day = None;
        }
        if self.plain.is_full(plain) {
            if self.plain.is_last() {
                return false;
            }
            self.plain.put(&format!("\n{}\n", goes_on()));
            self.plain.end_file();
            let part = self.plain.done.len() + 1;
            let title = say!(language, tickets_transcript_part, title = self.title.as_str(), part);
            self.plain.put(&format!("{title}\n\n"));
        }
        true
    }

    /// Nobody's messages are gone on with.
    fn end_group(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.page.put("</section>\n");
        }
        self.last = None;
    }

    /// What is known without any message: where, who, what, when, and what was answered.
    pub(super) fn head(&mut self, ticket: &Ticket, history: &[Happened]) {
        let title = self.title.clone();
        let language = self.language;
        let fact = |name: Msg, value: String| (name.say(language), value);
        let at = |at: Timestamp| when(at, &self.zone, language);
        let by_and_at = |who: String, moment: Option<Timestamp>| match moment {
            Some(moment) => format!("{who} · {}", at(moment)),
            None => who,
        };
        let mut facts = vec![
            fact(msg!(tickets_transcript_server), self.names.guild.clone()),
            fact(msg!(tickets_transcript_place), self.names.place.clone()),
            fact(msg!(tickets_transcript_subject), ticket.subject.clone()),
            fact(msg!(tickets_transcript_opened), at(ticket.opened_at)),
        ];
        facts.extend(ticket.claimed_by.map(|by| {
            let who = self.names.user(by, language);
            fact(msg!(tickets_card_claimed_by), by_and_at(who, ticket.claimed_at))
        }));
        facts.extend(ticket.closed_at.map(|closed_at| {
            let who = match ticket.closed_by {
                Some(by) => self.names.user(by, language),
                None => words::closed_by_nobody(ticket).say(language),
            };
            fact(msg!(tickets_card_closed_by), by_and_at(who, Some(closed_at)))
        }));
        let reason = words::close_reason(ticket);
        facts.extend(reason.map(|reason| fact(msg!(tickets_card_reason), reason.say(language))));
        facts.extend(ticket.rating.map(|stars| fact(msg!(tickets_card_rating), words::rating(stars))));
        let mut page = format!("{}<h1>{}</h1><dl>", beginning(&title, language), escape(&title));
        let mut plain = format!("{title}\n");
        let answers = words::questions_answered(language, ticket);
        // What it is about is what was answered first, unless somebody has changed it.
        facts.retain(|(_, value)| !value.is_empty() && answers.iter().all(|(_, answer)| answer != value));
        for (name, value) in facts.into_iter().chain(answers) {
            let _ = write!(page, "<dt>{}<dd>{}", escape(&name), escape(&value));
            let _ = writeln!(plain, "{}: {}", continued(&name), continued(&value));
        }
        let _ = write!(page, "</dl><details><summary>{}</summary><ol>", escape(&say!(language, tickets_history)));
        // What only the staff reads is in no transcript.
        for happened in history.iter().filter(|happened| !happened.event.kind.is_internal()) {
            let event = &happened.event;
            let body = words::written(language, ticket.guild, event);
            let who = match event.user {
                Some(user) => self.names.user(user, language).into(),
                None => words::who(event, "Alphapy".into()),
            };
            let whom = event.target.map(|user| self.names.user(user, language));
            let did = words::did_and_wrote(event, words::did(event, who, whom), body).say(language);
            let line = format!("{} {did}", when(happened.moment(), &self.zone, language));
            let _ = write!(page, "<li>{}", escape(&line));
            let _ = writeln!(plain, "- {}", continued(&line));
        }
        page.push_str("</ol></details><main>");
        plain.push('\n');
        self.put(&page, &plain);
    }

    /// What follows was said in a thread of the channel.
    pub(super) fn thread(&mut self, name: &str) {
        self.end_group();
        self.day = None;
        let title = say!(self.language, tickets_transcript_thread, name);
        self.put(&format!("<h2 class=thread>{}</h2>", escape(&title)), &format!("\n{}\n\n", continued(&title)));
    }

    /// A file's bytes, if it is small enough to be copied.
    pub(super) async fn fetch(&mut self, app: &App, file: &Attachment, deadline: Instant) -> Option<Vec<u8>> {
        let room = MAX_FILES.saturating_sub(self.copied).min(MAX_FILE);
        if file.size > room {
            return None;
        }
        match app.discord.download(&file.url, room, deadline).await {
            Ok(bytes) => {
                self.copied += bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
                bytes
            }
            Err(error) => {
                tracing::warn!(%error, "a file of a ticket was not copied");
                None
            }
        }
    }

    /// Remembers somebody's picture, if it is not known yet. A transcript does not fail for want of pictures.
    pub(super) async fn look_at(&mut self, app: &App, author: &Author, deadline: Instant) {
        if self.faces.len() >= FACES || self.faces.contains_key(&author.id) {
            return;
        }
        let Some(address) = app.discord.picture_address(author) else { return };
        let bytes = app.discord.download(&address, MAX_FACE, deadline).await.ok().flatten();
        // What has none is not asked for again.
        self.faces.insert(author.id, bytes.unwrap_or_default());
    }

    /// A message; `files` are the bytes of its files and of those that it passes on, where they were copied.
    pub(super) fn message(&mut self, message: &Posted, files: Vec<Option<Vec<u8>>>) {
        if self.cut.is_some() {
            return;
        }
        if self.card == Some(message.id) {
            self.messages += 1;
            return;
        }
        let copied: usize = files.iter().flatten().map(|bytes| bytes.len() * 4 / 3 + 4).sum();
        let text = std::iter::once(&message.contents).chain(&message.forwarded).map(length).sum::<usize>() as u64;
        // An escaped letter takes six, a link stands there twice, a mention has the length of a name; the rest is for a
        // picture and what is between.
        if !self.make_room(16 * text + copied as u64 + 2 * MAX_FACE + 64 * 1024, 4 * text + 16 * 1024) {
            self.cut = Some(Cut::Full);
            return;
        }
        self.messages += 1;
        self.names.hear(message);
        if !message.author.bot && message.is_ordinary() {
            self.empty += u32::from(message.is_empty());
        }
        self.day_of(message.sent_at());
        self.group_of(message);
        let language = self.language;
        let at = message.sent_at().to_zoned(self.zone.clone());
        let edited = message.edited_at.map(|_| say!(language, tickets_transcript_edited));
        let first = format!(
            "[{}] {}",
            when(message.sent_at(), &self.zone, language),
            self.names.user(message.author.id, language)
        );
        let mut page = format!("<article><time>{}</time>", at.strftime("%H:%M"));
        let mut plain = String::new();
        if let Some((name, text)) = &message.replies_to {
            let excerpt: String = text.chars().take(EXCERPT).collect();
            let excerpt = self.names.readable(&excerpt.replace('\n', " "), &self.zone, language);
            let said = say!(language, tickets_transcript_reply, name = name.as_str(), text = excerpt);
            let _ = write!(page, "<p class=of>↱ {}</p>", escape(&said));
            plain.push_str(&inside("↱ ", &said));
        }
        let note = if message.contents.text.is_empty() {
            discords_own(message.kind).map(|note| note.say(language))
        } else {
            None
        };
        let text = note.clone().unwrap_or_else(|| self.names.readable(&message.contents.text, &self.zone, language));
        let mark = edited.as_ref().map(|edited| format!(" {edited}")).unwrap_or_default();
        let line = format!("{first}{mark}: {}", continued(&text));
        plain.insert_str(0, &format!("{}\n", line.trim_end()));
        match note {
            Some(note) => _ = write!(page, "<p class=of>{}</p>", escape(&note)),
            None => page.push_str(&self.reading().html(&message.contents.text)),
        }
        if let Some(edited) = edited {
            let _ = write!(page, "<span class=edited>{}</span>", escape(&edited));
        }
        let mut files = files.into_iter();
        self.contents(&message.contents, &mut files, (&mut page, &mut plain));
        for forwarded in &message.forwarded {
            let said = say!(language, tickets_transcript_forwarded);
            let _ =
                write!(page, "<blockquote><p class=of>↪ {}</p>{}", escape(&said), self.reading().html(&forwarded.text));
            plain.push_str(&inside("↪ ", &said));
            plain.push_str(&inside("↪ ", &self.names.readable(&forwarded.text, &self.zone, language)));
            self.contents(forwarded, &mut files, (&mut page, &mut plain));
            page.push_str("</blockquote>");
        }
        page.push_str("</article>\n");
        self.put(&page, &plain);
    }

    /// Everything of a message but its text.
    fn contents(
        &mut self,
        contents: &Contents,
        files: &mut impl Iterator<Item = Option<Vec<u8>>>,
        (page, plain): (&mut String, &mut String),
    ) {
        let language = self.language;
        for text in &contents.texts {
            let _ = write!(page, "<div class=box>{}</div>", self.reading().html(text));
            plain.push_str(&inside("| ", &self.names.readable(text, &self.zone, language)));
        }
        for embed in &contents.embeds {
            page.push_str(&self.embed(embed));
            let (title, body) = embed.told();
            let foot = self.foot(embed);
            for text in [&embed.author, &title, &body, &foot] {
                plain.push_str(&inside("| ", &self.names.readable(text, &self.zone, language)));
            }
        }
        if let Some(poll) = &contents.poll {
            page.push_str(&poll_html(poll));
            plain.push_str(&inside("📊 ", &poll.question));
            poll_lines(poll).for_each(|line| plain.push_str(&inside("📊 - ", &line)));
        }
        for sticker in &contents.stickers {
            let said = say!(language, tickets_transcript_sticker, name = sticker.as_str());
            let _ = write!(page, "<p class=of>{}</p>", escape(&said));
            plain.push_str(&inside("", &format!("[{said}]")));
        }
        for file in &contents.attachments {
            let named = say!(language, tickets_transcript_file, name = file.name.as_str(), bytes = amount(file.size));
            let voice = file.seconds.map(|seconds| format!(" {}", say!(language, tickets_transcript_voice, seconds)));
            plain.push_str(&inside("", &format!("{named}{}", voice.unwrap_or_default())));
            page.push_str(&html::file(file, files.next().flatten().as_deref(), language));
            // A file is large: it is packed before the next one is written out.
            self.page.put(&std::mem::take(page));
        }
    }

    fn reading(&self) -> Reading<'_> {
        Reading { names: &self.names, zone: &self.zone, language: self.language }
    }

    fn foot(&self, embed: &Embed) -> String {
        let (text, at) = &embed.footer;
        let at = at.map(|at| when(at, &self.zone, self.language));
        [Some(text.clone()).filter(|text| !text.is_empty()), at].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn embed(&self, embed: &Embed) -> String {
        let reading = self.reading();
        let mut html = String::from("<div class=box>");
        if !embed.author.is_empty() {
            let _ = write!(html, "<p class=of>{}</p>", escape(&embed.author));
        }
        if !embed.title.is_empty() {
            html.push_str("<p><b>");
            reading.inline(&embed.title, 2, &mut html);
            html.push_str("</b></p>");
        }
        html.push_str(&reading.html(&embed.text));
        for (name, value) in &embed.fields {
            let _ = write!(html, "<p><b>{}</b></p>{}", escape(name), reading.html(value));
        }
        let foot = self.foot(embed);
        if !foot.is_empty() {
            let _ = write!(html, "<p class=of>{}</p>", escape(&foot));
        }
        html + "</div>"
    }

    /// A new day is named once.
    fn day_of(&mut self, at: Timestamp) {
        let date = at.to_zoned(self.zone.clone()).date();
        if self.day == Some(date) {
            return;
        }
        self.end_group();
        self.day = Some(date);
        let day = say_date(date).say(self.language);
        self.page.put(&format!("<h2 class=day>{}</h2>", escape(&day)));
    }

    /// Opens the place of somebody's messages, unless theirs is open.
    fn group_of(&mut self, message: &Posted) {
        let (author, at) = (&message.author, message.sent_at());
        let follows = self.last.as_ref().is_some_and(|(last, before)| {
            last == author && at.duration_since(*before) < TOGETHER && message.replies_to.is_none()
        });
        if !follows {
            self.end_group();
            let name = self.names.user(author.id, self.language);
            let class = if author.id == self.own { "by own" } else { "by" };
            let tag = if author.bot { "<span class=tag>APP</span>" } else { "" };
            let picture = self.faces.get(&author.id).filter(|bytes| !bytes.is_empty());
            let mut page = String::new();
            if let Some(bytes) = picture
                && self.faces_here.insert(author.id)
            {
                page.push_str(&html::picture(author.id, bytes));
            }
            let _ = write!(
                page,
                "<section class=\"{class}\">{}<header><b>{}</b>{tag}<time>{}</time></header>",
                html::face(author.id, &name, picture.is_some()),
                escape(&name),
                at.to_zoned(self.zone.clone()).strftime("%H:%M")
            );
            self.page.put(&page);
            self.is_open = true;
        }
        self.last = Some((author.clone(), at));
    }

    pub(super) fn finish(&mut self) {
        self.end_group();
        let blind = (self.empty > 0).then(|| said!(tickets_transcript_blind));
        for note in blind.into_iter().chain(self.cut.map(|cut| cut.said())) {
            let note = note.say(self.language);
            self.put(&format!("<p class=note>{}</p>", escape(&note)), &format!("\n{note}\n"));
        }
        self.put("</main></html>\n", "");
        self.page.end_file();
        self.plain.end_file();
    }
}

/// How many bytes of text there are in a message.
fn length(contents: &Contents) -> usize {
    let embeds = contents.embeds.iter().map(|embed| {
        let fields: usize = embed.fields.iter().map(|(name, value)| name.len() + value.len()).sum();
        embed.author.len() + embed.title.len() + embed.text.len() + embed.footer.0.len() + fields
    });
    let poll = contents
        .poll
        .iter()
        .map(|poll| poll.question.len() + poll.answers.iter().map(|(answer, _)| answer.len() + 16).sum::<usize>());
    let names = contents.attachments.iter().map(|file| file.name.len());
    let texts = contents.texts.iter().chain(&contents.stickers).map(String::len);
    contents.text.len() + embeds.chain(poll).chain(names).chain(texts).sum::<usize>()
}

/// What Discord says by itself with a message of a kind that has no text
/// (<https://discord.com/developers/docs/resources/message#message-object-message-types>).
pub(crate) fn discords_own(kind: u64) -> Option<Msg> {
    match kind {
        6 => Some(msg!(tickets_transcript_pinned)),
        18 => Some(msg!(tickets_transcript_began_thread)),
        0 | 19 | 20 | 23 => None,
        _ => Some(msg!(tickets_transcript_by_discord)),
    }
}

fn poll_lines(poll: &Poll) -> impl Iterator<Item = String> + '_ {
    poll.answers.iter().map(|(answer, count)| match count {
        Some(count) => format!("{answer}: {count}"),
        None => answer.clone(),
    })
}

fn poll_html(poll: &Poll) -> String {
    let answers: String = poll_lines(poll).map(|line| format!("<li>{}", escape(&line))).collect();
    format!("<div class=box><p><b>📊 {}</b></p><ul>{answers}</ul></div>", escape(&poll.question))
}

#[cfg(test)]
mod tests;
