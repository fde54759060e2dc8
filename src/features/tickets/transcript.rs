//! What was said in a ticket, kept when it closes: a page that needs nothing else, and plain text.
//!
//! Messages are read oldest first, a page at a time, written and packed on threads for such work, and stored part by part
//! as they are full. They are sent as they are stored, part by part too, so that no length of a ticket is ever in memory.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc, Decompress, FlushDecompress, Status as Inflated};
use futures_util::stream::{self, Stream, StreamExt};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, UserMarker};

use super::model::{EventKind, Ticket};
use super::screens;
use super::store::{self, Happened};
use crate::app::App;
use crate::discord::{self, Attachment, Content, ContentStream, File, Posted};

/// A file that is copied into the page may be this large, and all of them together so much.
const MAX_FILE: u64 = 1024 * 1024;
const MAX_FILES: u64 = 6 * 1024 * 1024;

/// What Discord takes as one file in any server is 10 MiB
/// (<https://discord.com/developers/docs/reference#uploading-files>); this leaves room for the rest of the request.
const MAX_SENT: u64 = 9 * 1024 * 1024;

/// What Discord takes as one request is 25 MiB.
const MAX_MESSAGE: u64 = 24 * 1024 * 1024;

/// Files of one message (<https://discord.com/developers/docs/resources/message#create-message>), and so of each form of a
/// transcript: what is said beyond that is not kept, and the page ends by saying so.
pub(super) const MAX_SENT_FILES: usize = 10;

/// A part is stored when it has so many bytes.
const PART: usize = 256 * 1024;

/// What may still come out of a packer into which nothing more goes.
const PACKING: u64 = 256 * 1024;

/// No file unpacks to more than this, however well it packs: somebody will open it.
const MAX_TEXT: u64 = 256 * 1024 * 1024;

/// Messages are written when what was read of them and their files has so many bytes.
const LUMP: usize = 1024 * 1024;

const CALL_TIME: Duration = Duration::from_secs(30);

/// Of people in the history that many are asked for by name; the others are known by what they wrote.
const ASKED_NAMES: usize = 20;

/// Names of so many people are remembered; of others only what they are called in their own messages is known.
const KNOWN_NAMES: usize = 5000;

/// Messages of a transcript that is bounded because processes died of the whole one.
const SHORT: i32 = 1000;

/// The two forms of a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Form {
    Page,
    Plain,
}

impl Form {
    /// As it is stored.
    pub(super) fn name(self) -> &'static str {
        match self {
            Form::Page => "page",
            Form::Plain => "plain",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Form::Page => "html",
            Form::Plain => "txt",
        }
    }
}

/// A part of a file, as it is stored.
pub(super) struct Part {
    pub(super) form: Form,
    pub(super) file: i32,
    pub(super) part: i32,
    pub(super) bytes: Vec<u8>,
}

/// What is known of a file whose parts are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Packed {
    form: Form,
    crc: u32,
    /// Bytes of all its parts, and of its text.
    packed: u64,
    text: u64,
}

impl Packed {
    /// A file that was kept in one piece by gzip, of which the last eight bytes say what it unpacks to
    /// (<https://www.rfc-editor.org/rfc/rfc1952#page-5>).
    pub(super) fn of_gzip(form: Form, bytes: i32, end: &[u8]) -> Option<Packed> {
        let packed = u64::try_from(bytes).ok()?.checked_sub(GZIP_HEAD + 8)?;
        let word = |at: usize| Some(u32::from_le_bytes(end.get(at..at + 4)?.try_into().ok()?));
        Some(Packed { form, crc: word(0)?, packed, text: word(4)?.into() })
    }
}

/// What stands before the packed text in what older versions stored.
const GZIP_HEAD: u64 = 10;

/// A transcript that was taken, and whose parts are stored.
pub(super) struct Taken {
    pub(super) messages: i32,
    pub(super) files: Vec<Packed>,
    /// Whether others' messages came without their text.
    pub(super) blind: bool,
    pub(super) last_message: Option<Id<MessageMarker>>,
    pub(super) last_event: Option<i64>,
    /// Why it does not hold everything, if it does not.
    pub(super) cut: Option<&'static str>,
}

/// Why no transcript was taken.
pub(super) enum Stopped {
    Discord(discord::Error),
    Other(anyhow::Error),
}

impl From<discord::Error> for Stopped {
    fn from(error: discord::Error) -> Stopped {
        Stopped::Discord(error)
    }
}

impl From<sqlx::Error> for Stopped {
    fn from(error: sqlx::Error) -> Stopped {
        Stopped::Other(error.into())
    }
}

impl From<tokio::task::JoinError> for Stopped {
    fn from(error: tokio::task::JoinError) -> Stopped {
        Stopped::Other(error.into())
    }
}

/// How much of a ticket is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Everything,
    /// Its first messages, without their files.
    Short,
    Nothing,
}

impl Measure {
    /// What the attempt that is the `attempt`-th without an end may take: whatever made the processes of the others die
    /// must not go on to do so.
    pub(super) fn of(attempt: i32) -> Measure {
        match attempt {
            ..=3 => Measure::Everything,
            4 | 5 => Measure::Short,
            _ => Measure::Nothing,
        }
    }
}

/// Reads everything that was said in a ticket's channel, for whoever holds the ticket, and stores it part by part.
///
/// # Errors
/// Discord's or the database's. Whoever has lost the ticket is stopped from outside.
pub(super) async fn take(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    history: Vec<Happened>,
    zone: &TimeZone,
    measure: Measure,
) -> Result<Taken, Stopped> {
    let deadline = || Instant::now() + CALL_TIME;
    let last_event = last_event(&history);
    let names = Names::load(app, ticket, &history).await;
    let mut writer = Writer::new(ticket, names, zone.clone());
    let about = ticket.clone();
    writer = write(app, ticket, writer, move |writer| writer.head(&about, &history)).await?;
    let mut last = None;
    'reading: loop {
        let messages = app.discord.guild(ticket.guild).messages_after(channel, last, deadline()).await?;
        let is_last_page = messages.len() < discord::PAGE;
        let (mut lump, mut bytes) = (Vec::new(), 0);
        for message in messages {
            last = Some(message.id);
            let mut files = Vec::new();
            for attachment in message.attachments.iter().filter(|_| measure == Measure::Everything) {
                files.push(writer.fetch(app, attachment, deadline()).await);
            }
            bytes += message.content.len() + files.iter().flatten().map(Vec::len).sum::<usize>();
            lump.push((message, files));
            if bytes > LUMP {
                (writer, bytes) = (write_messages(app, ticket, writer, std::mem::take(&mut lump)).await?, 0);
            }
        }
        writer = write_messages(app, ticket, writer, lump).await?;
        if measure == Measure::Short && writer.messages >= SHORT {
            writer.cut = Some("Only its beginning is kept: processes died when all of it was to be.");
        }
        if is_last_page || writer.cut.is_some() {
            break 'reading;
        }
    }
    writer = write(app, ticket, writer, Writer::finish).await?;
    let Writer { messages, empty, cut, page, plain, .. } = writer;
    let files = page.done.into_iter().chain(plain.done).collect();
    Ok(Taken { messages, files, blind: empty > 0, last_message: last, last_event, cut })
}

/// What happened last of what a transcript tells. That the ticket was archived is not news to whoever reads one.
fn last_event(history: &[Happened]) -> Option<i64> {
    let told = |happened: &&Happened| !happened.event.kind.is_internal() && happened.event.kind != EventKind::Archived;
    history.iter().filter(told).map(|happened| happened.id).max()
}

async fn write_messages(
    app: &App,
    ticket: &Ticket,
    writer: Writer,
    messages: Vec<(Posted, Vec<Option<Vec<u8>>>)>,
) -> Result<Writer, Stopped> {
    write(app, ticket, writer, move |writer| {
        for (message, files) in messages {
            writer.message(&message, files);
        }
    })
    .await
}

/// Lets `work` write, away from the threads that answer others, and stores the parts that are full by then.
async fn write(
    app: &App,
    ticket: &Ticket,
    mut writer: Writer,
    work: impl FnOnce(&mut Writer) + Send + 'static,
) -> Result<Writer, Stopped> {
    let mut writer = tokio::task::spawn_blocking(move || {
        work(&mut writer);
        writer
    })
    .await?;
    for part in writer.page.full.drain(..).chain(writer.plain.full.drain(..)) {
        store::insert_transcript_part(&app.db, ticket, &part).await?;
    }
    Ok(writer)
}

/// What mentions are called.
#[derive(Default)]
struct Names {
    users: HashMap<u64, String>,
    channels: HashMap<u64, String>,
    roles: HashMap<u64, String>,
}

impl Names {
    /// A transcript does not fail for want of names.
    async fn load(app: &App, ticket: &Ticket, history: &[Happened]) -> Names {
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

    fn user(&self, id: Id<UserMarker>) -> String {
        self.users.get(&id.get()).cloned().unwrap_or_else(|| format!("user {id}"))
    }

    /// Discord's own marks as people read them: mentions, emoji, times.
    fn readable(&self, text: &str, zone: &TimeZone) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            out.push_str(before);
            match after.split_once('>').and_then(|(mark, tail)| Some((self.mark(mark, zone)?, tail))) {
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

    fn mark(&self, mark: &str, zone: &TimeZone) -> Option<String> {
        let named = |names: &HashMap<u64, String>, id: &str, sign: char, what: &str| {
            let id: u64 = id.parse().ok()?;
            Some(names.get(&id).map_or_else(|| format!("{sign}{what} {id}"), |name| format!("{sign}{name}")))
        };
        if let Some(id) = mark.strip_prefix("@&") {
            return named(&self.roles, id, '@', "role");
        }
        if let Some(id) = mark.strip_prefix('@') {
            return named(&self.users, id.trim_start_matches('!'), '@', "user");
        }
        if let Some(id) = mark.strip_prefix('#') {
            return named(&self.channels, id, '#', "channel");
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

fn when(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// One form of a transcript while it is written, file after file.
struct Packer {
    form: Form,
    /// The largest file, in bytes.
    limit: u64,
    file: i32,
    part: i32,
    encoder: DeflateEncoder<Vec<u8>>,
    crc: Crc,
    /// Bytes of the parts of this file that are full, and of its text.
    packed: u64,
    text: u64,
    /// Parts that are to be stored.
    full: Vec<Part>,
    /// Files that are done.
    done: Vec<Packed>,
}

impl Packer {
    fn new(form: Form) -> Packer {
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

fn encoder() -> DeflateEncoder<Vec<u8>> {
    DeflateEncoder::new(Vec::new(), Compression::default())
}

/// Both forms of a transcript while they are written.
struct Writer {
    page: Packer,
    plain: Packer,
    title: String,
    names: Names,
    zone: TimeZone,
    own: Id<UserMarker>,
    messages: i32,
    /// Others' messages without anything in them: that is how they come to a bot that may not read them.
    empty: u32,
    copied: u64,
    /// Why it ends here, if it does not hold everything.
    cut: Option<&'static str>,
}

impl Writer {
    fn new(ticket: &Ticket, names: Names, zone: TimeZone) -> Writer {
        Writer {
            page: Packer::new(Form::Page),
            plain: Packer::new(Form::Plain),
            title: format!("Ticket #{} · {}", ticket.number, screens::label(&ticket.kind)),
            names,
            zone,
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
        if self.page.is_full(page) {
            if self.page.is_last() {
                return false;
            }
            self.page.put("<p class=note>The next file goes on from here.</p></main></html>\n");
            self.page.end_file();
            let title = format!("{} · part {}", self.title, self.page.done.len() + 1);
            self.page.put(&format!("{}<main>", beginning(&title)));
        }
        if self.plain.is_full(plain) {
            if self.plain.is_last() {
                return false;
            }
            self.plain.put("\nThe next file goes on from here.\n");
            self.plain.end_file();
            self.plain.put(&format!("{} · part {}\n\n", self.title, self.plain.done.len() + 1));
        }
        true
    }

    /// What is known without any message: who, what, when, and what was answered.
    fn head(&mut self, ticket: &Ticket, history: &[Happened]) {
        let title = self.title.clone();
        let mut facts = vec![("Subject", ticket.subject.clone()), ("Opened", when(ticket.opened_at, &self.zone))];
        facts.extend(ticket.closed_at.map(|at| ("Closed", when(at, &self.zone))));
        facts.extend(ticket.close_reason.clone().map(|reason| ("Reason", reason)));
        facts.extend(ticket.rating.map(|stars| ("Rating", screens::rating(stars))));
        let mut page = format!("{}<h1>{}</h1><dl>", beginning(&title), escape(&title));
        let mut plain = format!("{title}\n");
        let answers = ticket.answers.iter().map(|(question, answer)| (question.as_str(), answer.clone()));
        for (name, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()).chain(answers) {
            let _ = write!(page, "<dt>{}<dd>{}", escape(name), escape(&value));
            let _ = writeln!(plain, "{name}: {value}");
        }
        page.push_str("</dl><details><summary>What happened</summary><ol>");
        // What only the staff reads is in no transcript.
        for happened in history.iter().filter(|happened| !happened.event.kind.is_internal()) {
            let event = &happened.event;
            let body = if event.body.is_empty() { String::new() } else { format!(": {}", event.body) };
            let who = event.user.map_or("Alphapy".to_owned(), |user| self.names.user(user));
            let whom = event.target.map(|user| format!(" {}", self.names.user(user))).unwrap_or_default();
            let line = format!("{} {who} {}{whom}{body}", when(happened.at, &self.zone), event.kind.did());
            let _ = write!(page, "<li>{}", escape(&line));
            let _ = writeln!(plain, "- {line}");
        }
        page.push_str("</ol></details><main>");
        plain.push('\n');
        self.put(&page, &plain);
    }

    /// A file's bytes, if it is small enough to be copied.
    async fn fetch(&mut self, app: &App, file: &Attachment, deadline: Instant) -> Option<Vec<u8>> {
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

    fn message(&mut self, message: &Posted, files: Vec<Option<Vec<u8>>>) {
        if self.cut.is_some() {
            return;
        }
        let copied: usize = files.iter().flatten().map(|bytes| bytes.len() * 4 / 3 + 4).sum();
        let embeds = message.embeds.iter().map(|(title, body)| title.len() + body.len());
        let names = message.attachments.iter().map(|file| file.name.len());
        let text = (message.content.len() + embeds.chain(names).sum::<usize>()) as u64;
        // An escaped letter takes six, a mention has the length of a name, and this is for the rest.
        if !self.make_room(8 * text + copied as u64 + 64 * 1024, 4 * text + 16 * 1024) {
            self.cut = Some("It ends here: what follows is more than a message takes.");
            return;
        }
        self.messages += 1;
        self.names.hear(message);
        if !message.author.bot && message.ordinary {
            let empty = message.content.is_empty() && message.attachments.is_empty() && !message.rich;
            self.empty += u32::from(empty);
        }
        let name = self.names.user(message.author.id);
        let at = when(message.sent_at(), &self.zone);
        let edited = if message.edited_at.is_some() { " (edited)" } else { "" };
        let text = self.names.readable(&message.content, &self.zone);
        let class = match () {
            () if message.author.bot => " class=bot",
            () if message.author.id == self.own => " class=own",
            () => "",
        };
        let mut page = format!(
            "<article{class}><header><b>{}</b> <time>{at}</time>{edited}</header>{}",
            escape(&name),
            paragraph(&text)
        );
        let mut plain = format!("[{at}] {name}{edited}: {text}\n");
        for (title, body) in &message.embeds {
            let (title, body) = (self.names.readable(title, &self.zone), self.names.readable(body, &self.zone));
            let _ = write!(page, "<blockquote><b>{}</b>{}</blockquote>", escape(&title), paragraph(&body));
            for line in std::iter::once(title.as_str()).chain(body.lines()).filter(|line| !line.is_empty()) {
                let _ = writeln!(plain, "    | {line}");
            }
        }
        let mut files = files.into_iter();
        for file in &message.attachments {
            let _ = writeln!(plain, "    [{}, {} bytes]", file.name, file.size);
            page.push_str(&file_html(file, files.next().flatten().as_deref()));
            self.page.put(&std::mem::take(&mut page));
        }
        page.push_str("</article>\n");
        self.put(&page, &plain);
    }

    fn finish(&mut self) {
        let blind = "This bot may not read what members write: the message content intent is switched off for it. Above is \
                     what it knows.";
        for note in (self.empty > 0).then_some(blind).into_iter().chain(self.cut) {
            self.put(&format!("<p class=note>{note}</p>"), &format!("\n{note}\n"));
        }
        self.put("</main></html>\n", "");
        self.page.end_file();
        self.plain.end_file();
    }
}

/// What a page begins with.
fn beginning(title: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src data:; style-src \
         'unsafe-inline'\"><title>{}</title><style>{STYLE}</style>",
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

fn escape(text: &str) -> String {
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
fn paragraph(text: &str) -> String {
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
fn file_html(file: &Attachment, bytes: Option<&[u8]>) -> String {
    let name = escape(&file.name);
    let Some(bytes) = bytes else {
        return format!("<p>📎 {name} ({} bytes, not copied)</p>", file.size);
    };
    // Only these types draw; what else it is called must not make a page of it.
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

/// A transcript that is stored.
pub(super) struct Transcript {
    /// Under which attempt its parts are stored; 0 if an older version kept it in one piece.
    pub(super) taking: i32,
    pub(super) messages: i32,
    pub(super) files: Vec<Packed>,
    pub(super) last_message: Option<Id<MessageMarker>>,
    pub(super) last_event: Option<i64>,
}

/// Files as they are sent, and what is to be said of those that are not.
pub(super) struct Sent {
    /// Those of each message.
    pub(super) messages: Vec<Vec<File>>,
    pub(super) left_out: Option<&'static str>,
}

impl Transcript {
    /// Whether nothing happened since it was taken; that nothing was said is for its reader to ask.
    pub(super) fn is_up_to(&self, history: &[Happened]) -> bool {
        self.taking > 0 && self.last_event == last_event(history)
    }

    /// The page and the text as files that Discord takes: as they are, or packed if they are too large.
    pub(super) fn files(&self, db: &PgPool, guild: Id<GuildMarker>, number: i32) -> Sent {
        let of = |form: Form| {
            let files: Vec<Packed> = self.files.iter().filter(|file| file.form == form).copied().collect();
            let parts = files.len();
            let named = move |(at, packed): (usize, Packed)| {
                let part = if parts > 1 { format!("-{}", at + 1) } else { String::new() };
                let name = format!("ticket-{number}{part}.{}", form.ending());
                let place = (form, i32::try_from(at).unwrap_or(i32::MAX));
                file(Stored { db: db.clone(), guild, number, taking: self.taking, place, packed }, name)
            };
            files.into_iter().enumerate().map(named).collect::<Vec<File>>()
        };
        let (mut files, plain) = (of(Form::Page), of(Form::Plain));
        let mut left_out = None;
        if files.len() + plain.len() <= MAX_SENT_FILES {
            files.extend(plain);
        } else {
            left_out = Some("The plain text is left out: the page takes all the room there is.");
        }
        // An older version did not begin another file when one was full.
        let known = files.len();
        files.retain(|file| file.content.bytes() <= MAX_SENT);
        if files.len() < known {
            left_out = Some("Some of it is larger than Discord takes; ask the operator of this bot for it.");
        }
        Sent { messages: messages(files), left_out }
    }
}

/// Files by messages that hold them.
fn messages(files: Vec<File>) -> Vec<Vec<File>> {
    let mut messages: Vec<Vec<File>> = Vec::new();
    let mut room = 0;
    for file in files {
        let bytes = file.content.bytes();
        match messages.last_mut().filter(|_| bytes <= room) {
            Some(message) => message.push(file),
            None => {
                messages.push(vec![file]);
                room = MAX_MESSAGE;
            }
        }
        room = room.saturating_sub(bytes);
    }
    messages
}

/// A stored file, and where it is.
#[derive(Clone)]
struct Stored {
    db: PgPool,
    guild: Id<GuildMarker>,
    number: i32,
    taking: i32,
    place: (Form, i32),
    packed: Packed,
}

fn file(stored: Stored, name: String) -> File {
    if stored.packed.text <= MAX_SENT {
        let bytes = stored.packed.text;
        return File { name, content: Content::Streamed(bytes, Arc::new(move || unpacked(stored.clone()))) };
    }
    let (before, after) = archive(&name, stored.packed);
    let bytes = before.len() as u64 + stored.packed.packed + after.len() as u64;
    let open = move || -> ContentStream {
        let piece = |bytes: &Vec<u8>| stream::iter([Ok(Bytes::from(bytes.clone()))]);
        piece(&before).chain(parts(stored.clone())).chain(piece(&after)).boxed()
    };
    File { name: format!("{name}.zip"), content: Content::Streamed(bytes, Arc::new(open)) }
}

/// The parts of a file, each read when the one before was sent.
fn parts(stored: Stored) -> impl Stream<Item = Result<Bytes, io::Error>> {
    stream::try_unfold((stored, 0), |(stored, part)| async move {
        let bytes = stored.part(part).await.map_err(io::Error::other)?;
        Ok(bytes.map(|bytes| (bytes.into(), (stored, part + 1))))
    })
}

impl Stored {
    async fn part(&self, part: i32) -> Result<Option<Vec<u8>>, sqlx::Error> {
        let (guild, number, (form, file)) = (self.guild, self.number, self.place);
        if self.taking > 0 {
            return store::find_transcript_part(&self.db, guild, number, self.taking, (form, file, part)).await;
        }
        let at = u64::try_from(part).unwrap_or(0) * PART as u64;
        let bytes = self.packed.packed.saturating_sub(at).min(PART as u64);
        let Some((from, bytes)) = i32::try_from(GZIP_HEAD + at + 1).ok().zip(i32::try_from(bytes).ok()) else {
            return Ok(None);
        };
        if bytes == 0 {
            return Ok(None);
        }
        store::find_old_transcript_part(&self.db, guild, number, form, from, bytes).await
    }
}

/// The text of a file, unpacked as it is wanted.
fn unpacked(stored: Stored) -> ContentStream {
    let pieces = |part: Bytes, mut inflate: Box<Decompress>| {
        // Away from the threads that answer others: a part may unpack to a thousand times its length.
        tokio::task::spawn_blocking(move || {
            let mut text = Vec::with_capacity(PART);
            let before = inflate.total_in();
            let done = inflate.decompress_vec(&part, &mut text, FlushDecompress::None).map_err(io::Error::other)?;
            let read = usize::try_from(inflate.total_in() - before).unwrap_or(usize::MAX);
            let more = text.len() == text.capacity() && done != Inflated::StreamEnd;
            Ok::<_, io::Error>((Bytes::from(text), part.slice(read.min(part.len())..), inflate, more))
        })
    };
    let first = (Box::pin(parts(stored)), Bytes::new(), Box::new(Decompress::new(false)), false);
    stream::try_unfold(first, move |(mut parts, mut part, mut inflate, mut more)| async move {
        loop {
            if part.is_empty() && !more {
                match parts.next().await {
                    Some(next) => part = next?,
                    None => return Ok(None),
                }
            }
            let text;
            (text, part, inflate, more) = pieces(part, inflate).await.map_err(io::Error::other)??;
            if !text.is_empty() {
                return Ok(Some((text, (parts, part, inflate, more))));
            }
        }
    })
    .boxed()
}

/// What makes an archive of one file of a stream of raw deflate: what comes before it, and what after
/// (<https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>, 4.3.7, 4.3.12, 4.3.16).
fn archive(name: &str, Packed { crc, packed, text, .. }: Packed) -> (Vec<u8>, Vec<u8>) {
    // No file is as large as the format allows: see `MAX_SENT` and `MAX_TEXT`.
    let size = |bytes: u64| u32::try_from(bytes).unwrap_or(u32::MAX);
    let name_length = u16::try_from(name.len()).unwrap_or(0);
    // Version 2.0, no flags, deflate, midnight of the first day that the format knows.
    let common: Vec<u8> = [20_u16, 0, 8, 0, 0x21].into_iter().flat_map(u16::to_le_bytes).collect();
    let sizes: Vec<u8> = [crc, size(packed), size(text)].into_iter().flat_map(u32::to_le_bytes).collect();
    let before = [
        &b"PK\x03\x04"[..],
        &common,
        &sizes,
        &name_length.to_le_bytes(),
        // No extra field.
        &[0; 2],
        name.as_bytes(),
    ]
    .concat();
    let directory = [
        &b"PK\x01\x02"[..],
        &20_u16.to_le_bytes(),
        &common,
        &sizes,
        &name_length.to_le_bytes(),
        // No extra field, comment, other disk or attributes, and the file is at the beginning.
        &[0; 16],
        name.as_bytes(),
    ]
    .concat();
    let begins_at = size(before.len() as u64 + packed);
    let after = [
        &directory[..],
        b"PK\x05\x06",
        // On this disk there is one file, of one in all.
        &[0, 0, 0, 0, 1, 0, 1, 0],
        &size(directory.len() as u64).to_le_bytes(),
        &begins_at.to_le_bytes(),
        &[0; 2],
    ]
    .concat();
    (before, after)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::discord::Author;
    use crate::features::tickets::model::Status;
    use crate::features::tickets::workflow::tests::ticket;

    fn posted(author: u64, content: &str) -> Posted {
        Posted {
            id: Id::new(175_928_847_299_117_063),
            author: Author { id: Id::new(author), name: format!("<b>{author}</b>"), bot: false },
            content: content.to_owned(),
            edited_at: None,
            attachments: Vec::new(),
            embeds: Vec::new(),
            marks: Vec::new(),
            rich: false,
            ordinary: true,
            mentions: vec![(Id::new(6), "Bob".to_owned())],
        }
    }

    /// What comes of these messages, and whether they came without their text.
    fn written(messages: &[Posted]) -> (String, String, bool) {
        let ticket = ticket(Status::Closed);
        let names = Names { channels: [(9, "help".to_owned())].into(), ..Names::default() };
        let mut writer = Writer::new(&ticket, names, TimeZone::UTC);
        writer.head(&ticket, &[]);
        messages.iter().for_each(|message| writer.message(message, Vec::new()));
        writer.finish();
        (text(&writer.page, 0), text(&writer.plain, 0), writer.empty > 0)
    }

    /// A file as whoever opens its archive reads it.
    fn text(packer: &Packer, at: usize) -> String {
        let parts = packer.full.iter().filter(|part| part.file == at as i32);
        let packed: Vec<u8> = parts.flat_map(|part| part.bytes.clone()).collect();
        let (before, after) = archive("a.html", packer.done[at]);
        let whole = [before, packed, after].concat();
        let mut archive = zip::ZipArchive::new(io::Cursor::new(whole)).expect("an archive");
        let mut text = String::new();
        archive.by_name("a.html").expect("it is there").read_to_string(&mut text).expect("it is whole");
        text
    }

    #[test]
    fn nothing_that_members_write_is_markup() {
        let (page, ..) =
            written(&[posted(5, "<script>alert('x')</script> https://a.example/?q=\"><img> javascript:x")]);
        assert!(!page.contains("<script>") && !page.contains("<img>") && !page.contains("<b>5"), "{page}");
        assert!(page.contains("href=\"https://a.example/?q=&quot;&gt;&lt;img&gt;\""), "{page}");
    }

    #[test]
    fn mentions_have_names() {
        let (_, plain, _) = written(&[posted(5, "<@6> <@!6> <@7> <#9> <#8> <:ok:12> <t:0:R> <3 a < b <@x>")]);
        assert!(
            plain.contains("@Bob @Bob @user 7 #help #channel 8 :ok: 1970-01-01 00:00 UTC <3 a < b <@x>"),
            "{plain}"
        );
    }

    #[test]
    fn a_bot_that_may_not_read_says_so() {
        let (page, plain, blind) = written(&[posted(5, ""), posted(6, "")]);
        assert!(blind && page.contains("message content intent") && plain.contains("intent"));
        // One that mentions the bot comes with its text all the same.
        assert!(written(&[posted(5, ""), posted(6, "x")]).2);
        let (page, _, blind) = written(&[posted(5, "y"), posted(6, "x")]);
        assert!(!blind && !page.contains("message content intent"));
    }

    /// Letters by chance, which hardly pack.
    fn noise(seed: u64, chars: usize) -> String {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(b'A' + u8::try_from((state >> 33) % 26).unwrap_or(0))
        };
        (0..chars).map(|_| next()).collect()
    }

    #[test]
    fn what_is_too_large_for_a_file_goes_on_in_the_next_one() {
        const LIMIT: u64 = 1024 * 1024;
        let ticket = ticket(Status::Closed);
        let mut writer = Writer::new(&ticket, Names::default(), TimeZone::UTC);
        (writer.page.limit, writer.plain.limit) = (LIMIT, LIMIT);
        writer.head(&ticket, &[]);
        let messages: Vec<String> = (0..1_000).map(|n| format!("{n} {}", noise(n, 2_000))).collect();
        messages.iter().for_each(|text| writer.message(&posted(5, text), Vec::new()));
        writer.finish();
        assert_eq!((writer.messages, writer.cut), (1_000, None));
        for packer in [&writer.page, &writer.plain] {
            assert!(packer.done.len() >= 2, "{}", packer.done.len());
            assert!(packer.done.iter().all(|file| file.packed <= LIMIT), "{:?}", packer.done);
            assert!(packer.full.iter().all(|part| part.bytes.len() <= 2 * PART));
            let whole: String = (0..packer.done.len()).map(|at| text(packer, at)).collect();
            let mut rest = whole.as_str();
            for message in &messages {
                let at = rest.find(message.as_str()).expect("each message, in order");
                rest = &rest[at + message.len()..];
            }
        }
    }

    #[test]
    fn what_is_too_much_for_a_message_says_that_it_is_cut() {
        let ticket = ticket(Status::Closed);
        let mut writer = Writer::new(&ticket, Names::default(), TimeZone::UTC);
        writer.page.done = vec![Packed { form: Form::Page, crc: 0, packed: 0, text: 0 }; MAX_SENT_FILES - 1];
        writer.page.file = 9;
        writer.page.packed = MAX_SENT - PACKING;
        writer.message(&posted(5, "one too many"), Vec::new());
        writer.message(&posted(5, "another"), Vec::new());
        writer.finish();
        assert_eq!((writer.messages, writer.page.done.len()), (0, MAX_SENT_FILES));
        assert!(text(&writer.plain, 0).contains("It ends here"));
    }

    #[test]
    fn files_are_sent_in_as_few_messages_as_take_them() {
        let file = |mib: u64| File {
            name: String::new(),
            content: Content::Streamed(mib * 1024 * 1024, Arc::new(|| stream::empty().boxed())),
        };
        let check = |sizes: &[u64], expected: &[usize]| {
            let messages = messages(sizes.iter().map(|mib| file(*mib)).collect());
            assert_eq!(messages.iter().map(Vec::len).collect::<Vec<_>>(), expected, "{sizes:?}");
        };
        check(&[1, 1], &[2]);
        check(&[9, 9, 9], &[2, 1]);
        check(&[8, 8, 8, 1], &[3, 1]);
        check(&[], &[]);
    }
}
