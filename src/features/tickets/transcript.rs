//! What was said in a ticket, kept when it closes: a page that needs nothing else, and plain text.
//!
//! Messages are read oldest first, a page at a time, and go straight into the compressed result, so that a long ticket
//! takes no more memory than what is kept of it.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io::Write;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::{GzDecoder, GzEncoder};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use super::model::Ticket;
use super::store::Happened;
use super::{screens, settle};
use crate::app::App;
use crate::discord::{self, Attachment, File, Posted};

/// A file that is copied into the page may be this large, and all of them together so much.
const MAX_FILE: u64 = 1024 * 1024;
const MAX_FILES: u64 = 6 * 1024 * 1024;

/// What Discord takes as one file in any server is 10 MiB
/// (<https://discord.com/developers/docs/reference#uploading-files>); this leaves room for the rest of the request.
const MAX_SENT: usize = 9 * 1024 * 1024;

/// How often whoever holds the ticket says that they live.
const SIGN_EVERY: Duration = Duration::from_secs(10);

const CALL_TIME: Duration = Duration::from_secs(30);

/// Of people in the history that many are asked for by name; the others are known by what they wrote.
const ASKED_NAMES: usize = 20;

/// A transcript as it is stored.
pub(super) struct Transcript {
    pub(super) messages: i32,
    /// Both compressed with gzip.
    pub(super) page: Vec<u8>,
    pub(super) plain: Vec<u8>,
    /// Whether others' messages came without their text.
    pub(super) blind: bool,
}

/// Reads everything that was said in a ticket's channel, for whoever holds the ticket.
///
/// # Errors
/// Discord's, or `None` if somebody else holds the ticket by now.
pub(super) async fn take(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    history: &[Happened],
    zone: &TimeZone,
) -> Result<Transcript, Option<discord::Error>> {
    let deadline = || Instant::now() + CALL_TIME;
    let names = Names::load(app, ticket, history).await;
    let mut writer = Writer::new(ticket, names, zone.clone());
    writer.head(ticket, history);
    let mut last = None;
    let mut sign = Instant::now();
    loop {
        let messages = app.discord.guild(ticket.guild).messages_after(channel, last, deadline()).await.map_err(Some)?;
        last = messages.last().map(|message| message.id).or(last);
        for message in &messages {
            if sign.elapsed() > SIGN_EVERY {
                if !settle::hold(app, ticket).await {
                    return Err(None);
                }
                sign = Instant::now();
            }
            let mut files = Vec::new();
            for attachment in &message.attachments {
                files.push(writer.fetch(app, attachment, deadline()).await);
            }
            writer.message(message, &files);
        }
        if messages.len() < discord::PAGE {
            break;
        }
    }
    writer.finish().map_err(|error| {
        tracing::error!(%error, "a transcript cannot be compressed");
        None
    })
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
        self.users.insert(message.author.id.get(), message.author.name.clone());
        self.users.extend(message.mentions.iter().map(|(id, name)| (id.get(), name.clone())));
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

/// Both forms of a transcript while they are written.
struct Writer {
    page: GzEncoder<Vec<u8>>,
    plain: GzEncoder<Vec<u8>>,
    names: Names,
    zone: TimeZone,
    own: Id<UserMarker>,
    messages: i32,
    /// Others' messages without anything in them: that is how they come to a bot that may not read them.
    empty: u32,
    copied: u64,
}

impl Writer {
    fn new(ticket: &Ticket, names: Names, zone: TimeZone) -> Writer {
        let encoder = || GzEncoder::new(Vec::new(), Compression::default());
        Writer { page: encoder(), plain: encoder(), names, zone, own: ticket.user, messages: 0, empty: 0, copied: 0 }
    }

    fn put(&mut self, page: &str, plain: &str) {
        // Both write to memory.
        let written = self.page.write_all(page.as_bytes()).and_then(|()| self.plain.write_all(plain.as_bytes()));
        written.expect("memory takes it");
    }

    /// What is known without any message: who, what, when, and what was answered.
    fn head(&mut self, ticket: &Ticket, history: &[Happened]) {
        let title = format!("Ticket #{} · {}", ticket.number, screens::label(&ticket.kind));
        let mut facts = vec![("Subject", ticket.subject.clone()), ("Opened", when(ticket.opened_at, &self.zone))];
        facts.extend(ticket.closed_at.map(|at| ("Closed", when(at, &self.zone))));
        facts.extend(ticket.close_reason.clone().map(|reason| ("Reason", reason)));
        facts.extend(ticket.rating.map(|stars| ("Rating", screens::rating(stars))));
        let mut page = format!(
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
             <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src data:; style-src \
             'unsafe-inline'\"><title>{0}</title><style>{STYLE}</style><h1>{0}</h1><dl>",
            escape(&title)
        );
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

    fn message(&mut self, message: &Posted, files: &[Option<Vec<u8>>]) {
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
        for (file, bytes) in message.attachments.iter().zip(files) {
            page.push_str(&file_html(file, bytes.as_deref()));
            let _ = writeln!(plain, "    [{}, {} bytes]", file.name, file.size);
        }
        page.push_str("</article>\n");
        self.put(&page, &plain);
    }

    fn finish(mut self) -> std::io::Result<Transcript> {
        let blind = self.empty > 0;
        if blind {
            let note = "This bot may not read what members write: the message content intent is switched off for it. \
                        Above is what it knows.";
            self.put(&format!("<p class=note>{note}</p>"), &format!("\n{note}\n"));
        }
        self.put("</main></html>\n", "");
        Ok(Transcript { messages: self.messages, page: self.page.finish()?, plain: self.plain.finish()?, blind })
    }
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

impl Transcript {
    /// The page and the text as files that Discord takes: as they are, or packed if they are too large. What is too large
    /// even so is left out.
    pub(super) fn files(&self, number: i32) -> anyhow::Result<Vec<File>> {
        let page = file(&format!("ticket-{number}.html"), &self.page)?;
        let plain = file(&format!("ticket-{number}.txt"), &self.plain)?;
        Ok(page.into_iter().chain(plain).collect())
    }
}

fn file(name: &str, packed: &[u8]) -> anyhow::Result<Option<File>> {
    let mut decoder = GzDecoder::new(Vec::new());
    decoder.write_all(packed)?;
    let text = decoder.finish()?;
    if text.len() <= MAX_SENT {
        return Ok(Some(File { name: name.to_owned(), bytes: text.into() }));
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default())?;
    zip.write_all(&text)?;
    let packed = zip.finish()?.into_inner();
    Ok((packed.len() <= MAX_SENT).then(|| File { name: format!("{name}.zip"), bytes: packed.into() }))
}

#[cfg(test)]
mod tests {
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

    fn written(messages: &[Posted]) -> (String, String, Transcript) {
        let ticket = ticket(Status::Closed);
        let names = Names { channels: [(9, "help".to_owned())].into(), ..Names::default() };
        let mut writer = Writer::new(&ticket, names, TimeZone::UTC);
        writer.head(&ticket, &[]);
        messages.iter().for_each(|message| writer.message(message, &[]));
        let transcript = writer.finish().expect("memory");
        let text = |bytes: &[u8]| {
            let mut decoder = GzDecoder::new(Vec::new());
            decoder.write_all(bytes).expect("gzip");
            String::from_utf8(decoder.finish().expect("gzip")).expect("text")
        };
        (text(&transcript.page), text(&transcript.plain), transcript)
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
        let (page, plain, transcript) = written(&[posted(5, ""), posted(6, "")]);
        assert!(transcript.blind && page.contains("message content intent") && plain.contains("intent"));
        // One that mentions the bot comes with its text all the same.
        let (_, _, transcript) = written(&[posted(5, ""), posted(6, "x")]);
        assert!(transcript.blind);
        let (page, _, transcript) = written(&[posted(5, "y"), posted(6, "x")]);
        assert!(!transcript.blind && !page.contains("message content intent"));
    }

    #[test]
    fn a_page_that_is_too_large_is_packed() {
        let pack = |text: &[u8]| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(text).expect("memory");
            let bytes = encoder.finish().expect("memory");
            let transcript = Transcript { messages: 1, page: bytes.clone(), plain: bytes, blind: false };
            transcript.files(7).expect("gzip").into_iter().map(|file| file.name).collect::<Vec<_>>()
        };
        assert_eq!(pack(b"short"), ["ticket-7.html", "ticket-7.txt"]);
        assert_eq!(pack(&vec![b'x'; MAX_SENT + 1]), ["ticket-7.html.zip", "ticket-7.txt.zip"]);
    }
}
