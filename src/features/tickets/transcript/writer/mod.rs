//! Messages as a page and as plain text, packed as they are written.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io::Write;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::super::messages;
use super::super::model::transcript::{Form, Packed, Part};
use super::super::model::{Cut, Ticket};
use super::super::store::Happened;
use super::super::words;
use super::bounds::{
    ASKED_NAMES, CALL_TIME, KNOWN_NAMES, MAX_FILE, MAX_FILES, MAX_SENT, MAX_SENT_FILES, MAX_TEXT, PACKING, PART,
};
use crate::app::App;
use crate::discord::{Attachment, Posted};
use crate::words::{Language, Msg, Said, Say};
use crate::{msg, said, say};

/// What mentions are called.
#[derive(Default)]
pub(super) struct Names {
    users: HashMap<u64, String>,
    channels: HashMap<u64, String>,
    roles: HashMap<u64, String>,
}

impl Names {
    /// A transcript does not fail for want of names.
    pub(super) async fn load(app: &App, ticket: &Ticket, history: &[Happened]) -> Names {
        let deadline = Instant::now() + CALL_TIME;
        let who = history.iter().flat_map(|happened| [happened.event.user, happened.event.target]).flatten();
        let who: BTreeSet<Id<UserMarker>> = who.chain([ticket.user]).collect();
        let mut users = HashMap::new();
        for user in who.into_iter().take(ASKED_NAMES) {
            if let Ok(name) = app.discord.guild(ticket.guild).member_name(user, deadline).await {
                users.insert(user.get(), name);
            }
        }
        let channels = app.discord.guild(ticket.guild).channels(deadline).await.unwrap_or_default();
        let roles = app.discord.guild(ticket.guild).role_names(deadline).await.unwrap_or_default();
        Names {
            users,
            channels: channels.into_iter().map(|channel| (channel.id.get(), channel.name)).collect(),
            roles: roles.into_iter().map(|(id, name)| (id.get(), name)).collect(),
        }
    }

    fn hear(&mut self, message: &Posted) {
        let heard = message.mentions.iter().map(|(id, name)| (*id, name));
        for (id, name) in heard.chain([(message.author.id, &message.author.name)]) {
            if self.users.len() < KNOWN_NAMES || self.users.contains_key(&id.get()) {
                self.users.insert(id.get(), name.clone());
            }
        }
    }

    fn user(&self, id: Id<UserMarker>, language: Language) -> String {
        self.users.get(&id.get()).cloned().unwrap_or_else(|| say!(language, tickets_transcript_user, id))
    }

    /// Discord's own marks as people read them: mentions, emoji, times.
    fn readable(&self, text: &str, zone: &TimeZone, language: Language) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            out.push_str(before);
            match after.split_once('>').and_then(|(mark, tail)| Some((self.mark(mark, zone, language)?, tail))) {
                Some((shown, tail)) => {
                    out.push_str(&shown);
                    rest = tail;
                }
                None => {
                    out.push('<');
                    rest = after;
                }
            }
        }
        out + rest
    }

    fn mark(&self, mark: &str, zone: &TimeZone, language: Language) -> Option<String> {
        let named = |names: &HashMap<u64, String>, id: &str, sign: char, unknown: fn(String) -> Said| {
            let id: u64 = id.parse().ok()?;
            let name = names.get(&id).cloned().unwrap_or_else(|| unknown(id.to_string()).say(language));
            Some(format!("{sign}{name}"))
        };
        if let Some(id) = mark.strip_prefix("@&") {
            return named(&self.roles, id, '@', |id| said!(tickets_transcript_role, id));
        }
        if let Some(id) = mark.strip_prefix('@') {
            return named(&self.users, id.trim_start_matches('!'), '@', |id| said!(tickets_transcript_user, id));
        }
        if let Some(id) = mark.strip_prefix('#') {
            return named(&self.channels, id, '#', |id| said!(tickets_transcript_channel, id));
        }
        if let Some(at) = mark.strip_prefix("t:") {
            let seconds = at.split(':').next()?.parse().ok()?;
            return Some(when(Timestamp::from_second(seconds).ok()?, zone));
        }
        let emoji = mark.strip_prefix("a:").or_else(|| mark.strip_prefix(':'))?;
        let (name, id) = emoji.split_once(':')?;
        id.parse::<u64>().ok()?;
        Some(format!(":{name}:"))
    }
}

pub(super) fn when(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// One form of a transcript while it is written, file after file.
pub(super) struct Packer {
    pub(super) form: Form,
    /// The largest file, in bytes.
    pub(super) limit: u64,
    pub(super) file: i32,
    pub(super) part: i32,
    pub(super) encoder: DeflateEncoder<Vec<u8>>,
    pub(super) crc: Crc,
    /// Bytes of the parts of this file that are full, and of its text.
    pub(super) packed: u64,
    pub(super) text: u64,
    /// Parts that are to be stored.
    pub(super) full: Vec<Part>,
    /// Files that are done.
    pub(super) done: Vec<Packed>,
}

impl Packer {
    pub(super) fn new(form: Form) -> Packer {
        Packer {
            form,
            limit: MAX_SENT,
            file: 0,
            part: 0,
            encoder: encoder(),
            crc: Crc::new(),
            packed: 0,
            text: 0,
            full: Vec::new(),
            done: Vec::new(),
        }
    }

    fn put(&mut self, text: &str) {
        self.encoder.write_all(text.as_bytes()).expect("memory takes it");
        self.crc.update(text.as_bytes());
        self.text += text.len() as u64;
        if self.encoder.get_ref().len() >= PART {
            let bytes = std::mem::take(self.encoder.get_mut());
            self.store(bytes);
        }
    }

    fn store(&mut self, bytes: Vec<u8>) {
        self.packed += bytes.len() as u64;
        self.full.push(Part { form: self.form, file: self.file, part: self.part, bytes });
        self.part += 1;
    }

    /// Whether the file may be too large with `text` more bytes.
    fn is_full(&self, text: u64) -> bool {
        let packed = self.packed + self.encoder.get_ref().len() as u64;
        packed + text + PACKING > self.limit || self.text + text > MAX_TEXT
    }

    /// Whether this is the last file that there may be.
    fn is_last(&self) -> bool {
        self.done.len() + 1 >= MAX_SENT_FILES
    }

    fn end_file(&mut self) {
        let bytes = std::mem::replace(&mut self.encoder, encoder()).finish().expect("memory takes it");
        self.store(bytes);
        let crc = std::mem::take(&mut self.crc).sum();
        self.done.push(Packed { form: self.form, crc, packed: self.packed, text: self.text });
        (self.packed, self.text, self.part, self.file) = (0, 0, 0, self.file + 1);
    }
}

pub(super) fn encoder() -> DeflateEncoder<Vec<u8>> {
    DeflateEncoder::new(Vec::new(), Compression::default())
}

/// Both forms of a transcript while they are written.
pub(super) struct Writer {
    pub(super) page: Packer,
    pub(super) plain: Packer,
    pub(super) title: String,
    pub(super) names: Names,
    pub(super) zone: TimeZone,
    pub(super) language: Language,
    pub(super) own: Id<UserMarker>,
    pub(super) messages: i32,
    /// Others' messages without anything in them: that is how they come to a bot that may not read them.
    pub(super) empty: u32,
    pub(super) copied: u64,
    /// Why it ends here, if it does not hold everything.
    pub(super) cut: Option<Cut>,
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
            messages: 0,
            empty: 0,
            copied: 0,
            cut: None,
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
            self.page.put(&format!("<p class=note>{}</p></main></html>\n", escape(&goes_on())));
            self.page.end_file();
            let part = self.page.done.len() + 1;
            let title = say!(language, tickets_transcript_part, title = self.title.as_str(), part);
            self.page.put(&format!("{}<main>", beginning(&title, language)));
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

    /// What is known without any message: who, what, when, and what was answered.
    pub(super) fn head(&mut self, ticket: &Ticket, history: &[Happened]) {
        let title = self.title.clone();
        let language = self.language;
        let fact = |name: Msg, value: String| (name.say(language), value);
        let mut facts = vec![
            fact(msg!(tickets_transcript_subject), ticket.subject.clone()),
            fact(msg!(tickets_transcript_opened), when(ticket.opened_at, &self.zone)),
        ];
        facts.extend(ticket.closed_at.map(|at| fact(msg!(tickets_transcript_closed), when(at, &self.zone))));
        let reason = words::close_reason(ticket);
        facts.extend(reason.map(|reason| fact(msg!(tickets_card_reason), reason.say(language))));
        facts.extend(ticket.rating.map(|stars| fact(msg!(tickets_card_rating), messages::rating(stars))));
        let mut page = format!("{}<h1>{}</h1><dl>", beginning(&title, language), escape(&title));
        let mut plain = format!("{title}\n");
        let answers = words::questions_answered(language, ticket);
        for (name, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()).chain(answers) {
            let _ = write!(page, "<dt>{}<dd>{}", escape(&name), escape(&value));
            let _ = writeln!(plain, "{name}: {value}");
        }
        let _ = write!(page, "</dl><details><summary>{}</summary><ol>", escape(&say!(language, tickets_history)));
        // What only the staff reads is in no transcript.
        for happened in history.iter().filter(|happened| !happened.event.kind.is_internal()) {
            let event = &happened.event;
            let body = words::written(language, ticket.guild, event);
            let body = if body.is_empty() { body } else { format!(": {body}") };
            let who = match event.user {
                Some(user) => self.names.user(user, language).into(),
                None => words::who(event, "Alphapy".into()),
            };
            let whom = event.target.map(|user| self.names.user(user, language));
            let did = words::did(event.kind, who, whom).say(language);
            let line = format!("{} {did}{body}", when(happened.at, &self.zone));
            let _ = write!(page, "<li>{}", escape(&line));
            let _ = writeln!(plain, "- {line}");
        }
        page.push_str("</ol></details><main>");
        plain.push('\n');
        self.put(&page, &plain);
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

    pub(super) fn message(&mut self, message: &Posted, files: Vec<Option<Vec<u8>>>) {
        if self.cut.is_some() {
            return;
        }
        let copied: usize = files.iter().flatten().map(|bytes| bytes.len() * 4 / 3 + 4).sum();
        let embeds = message.embeds.iter().map(|(title, body)| title.len() + body.len());
        let names = message.attachments.iter().map(|file| file.name.len());
        let text = (message.content.len() + embeds.chain(names).sum::<usize>()) as u64;
        // An escaped letter takes six, a mention has the length of a name, and this is for the rest.
        if !self.make_room(8 * text + copied as u64 + 64 * 1024, 4 * text + 16 * 1024) {
            self.cut = Some(Cut::Full);
            return;
        }
        self.messages += 1;
        self.names.hear(message);
        if !message.author.bot && message.ordinary {
            let empty = message.content.is_empty() && message.attachments.is_empty() && !message.rich;
            self.empty += u32::from(empty);
        }
        let language = self.language;
        let name = self.names.user(message.author.id, language);
        let at = when(message.sent_at(), &self.zone);
        let edited = match message.edited_at {
            Some(_) => format!(" {}", say!(language, tickets_transcript_edited)),
            None => String::new(),
        };
        let text = self.names.readable(&message.content, &self.zone, language);
        let class = match () {
            () if message.author.bot => " class=bot",
            () if message.author.id == self.own => " class=own",
            () => "",
        };
        let mut page = format!(
            "<article{class}><header><b>{}</b> <time>{at}</time>{}</header>{}",
            escape(&name),
            escape(&edited),
            paragraph(&text)
        );
        let mut plain = format!("[{at}] {name}{edited}: {text}\n");
        for (title, body) in &message.embeds {
            let readable = |text: &str| self.names.readable(text, &self.zone, language);
            let (title, body) = (readable(title), readable(body));
            let _ = write!(page, "<blockquote><b>{}</b>{}</blockquote>", escape(&title), paragraph(&body));
            for line in std::iter::once(title.as_str()).chain(body.lines()).filter(|line| !line.is_empty()) {
                let _ = writeln!(plain, "    | {line}");
            }
        }
        let mut files = files.into_iter();
        for file in &message.attachments {
            let named = say!(language, tickets_transcript_file, name = file.name.as_str(), bytes = file.size);
            let _ = writeln!(plain, "    {named}");
            page.push_str(&file_html(file, files.next().flatten().as_deref(), language));
            self.page.put(&std::mem::take(&mut page));
        }
        page.push_str("</article>\n");
        self.put(&page, &plain);
    }

    pub(super) fn finish(&mut self) {
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

/// What a page begins with.
pub(super) fn beginning(title: &str, language: Language) -> String {
    format!(
        "<!doctype html><html lang={}><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src data:; style-src \
         'unsafe-inline'\"><title>{}</title><style>{STYLE}</style>",
        language.code(),
        escape(title)
    )
}

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8884;--dim:#888}\
body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:auto;padding:1rem;overflow-wrap:anywhere}\
h1{font-size:1.3rem}dt{color:var(--dim);font-size:.85rem}dd{margin:0 0 .5rem;white-space:pre-wrap}\
article{border-top:1px solid var(--line);padding:.6rem 0}article.own{border-left:3px solid #5865f2;padding-left:.6rem}\
article.bot{opacity:.85}header{font-size:.9rem}time{color:var(--dim);font-size:.8rem}p{margin:.2rem 0;white-space:pre-wrap}\
blockquote{margin:.3rem 0;padding-left:.7rem;border-left:3px solid var(--line)}img{max-width:100%;border-radius:6px}\
.note{border:1px solid #c80;border-radius:6px;padding:.6rem}";

pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Text with its addresses as links; nothing else of it is markup.
pub(super) fn paragraph(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut html = String::from("<p>");
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        match bare.starts_with("https://") || bare.starts_with("http://") {
            true => {
                let (address, rest) = (escape(bare), escape(&word[bare.len()..]));
                let _ = write!(html, "<a href=\"{address}\" rel=\"noreferrer nofollow\">{address}</a>{rest}");
            }
            false => html.push_str(&escape(word)),
        }
    }
    html + "</p>"
}

/// A file: a picture as one, another as something to save, one that was not copied by its name.
pub(super) fn file_html(file: &Attachment, bytes: Option<&[u8]>, language: Language) -> String {
    let name = escape(&file.name);
    let Some(bytes) = bytes else {
        let said = say!(language, tickets_transcript_not_copied, name = file.name.as_str(), bytes = file.size);
        return format!("<p>{}</p>", escape(&said));
    };
    // Only these kinds draw; what else it is called must not make a page of it.
    let picture =
        ["image/png", "image/jpeg", "image/gif", "image/webp"].into_iter().find(|kind| *kind == file.content_type);
    let data = STANDARD.encode(bytes);
    match picture {
        Some(kind) => format!("<p><img alt=\"{name}\" src=\"data:{kind};base64,{data}\"></p>"),
        None => {
            format!("<p>📎 <a download=\"{name}\" href=\"data:application/octet-stream;base64,{data}\">{name}</a></p>")
        }
    }
}

#[cfg(test)]
mod tests;
