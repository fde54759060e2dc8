//! A message in a channel, as far as we read it.

use jiff::Timestamp;
use serde_json::Value;
use twilight_model::id::Id;
use twilight_model::id::marker::{AttachmentMarker, MessageMarker, UserMarker};

use super::ids::{id, sent_at};

/// How deep components are looked for in one another: Discord lets a container hold sections, and those hold texts
/// (<https://discord.com/developers/docs/components/reference>).
const DEPTH: usize = 5;

/// A message in a channel. What does not parse counts as absent: one odd field must not cost a whole transcript.
#[derive(Clone, Debug)]
pub struct Posted {
    /// Its id, which says when it was sent.
    pub id: Id<MessageMarker>,
    /// Who wrote it.
    pub author: Author,
    /// What it holds.
    pub contents: Contents,
    /// What it passes on from elsewhere.
    pub forwarded: Vec<Contents>,
    /// What it answers: the name of whoever wrote that, and its text.
    pub replies_to: Option<(String, String)>,
    /// What kind of message it is
    /// (<https://discord.com/developers/docs/resources/message#message-object-message-types>).
    pub kind: u64,
    /// Whether a webhook wrote it, and no program's own user: it may speak for a member.
    pub by_webhook: bool,
    /// When it was changed last.
    pub edited_at: Option<Timestamp>,
    /// The users that it mentions, with the names they had.
    pub mentions: Vec<(Id<UserMarker>, String)>,
}

/// What a message holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// Its text; empty for other people's messages if the app lacks the message content intent.
    pub text: String,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// Its boxes. What Discord shows of a link is none.
    pub embeds: Vec<Embed>,
    /// The texts among its components, and the links of its buttons.
    pub texts: Vec<String>,
    /// The names of its stickers.
    pub stickers: Vec<String>,
    /// Its poll.
    pub poll: Option<Poll>,
    /// Whether it has any component, whatever it says.
    pub has_components: bool,
}

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The user, or the webhook.
    pub id: Id<UserMarker>,
    /// The name that others see.
    pub name: String,
    /// Whether it is a program.
    pub bot: bool,
    /// What their picture is called, if they have one.
    pub avatar: Option<String>,
}

/// A file of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: Id<AttachmentMarker>,
    /// Its name as the member gave it.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// What Discord takes it for.
    pub content_type: String,
    /// Where it is for a day or so; the address is signed.
    pub url: String,
    /// How many seconds a voice message takes.
    pub seconds: Option<u64>,
}

/// A box of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// Who it names as its author.
    pub author: String,
    /// Its title.
    pub title: String,
    /// Where the title leads.
    pub url: String,
    /// Its text.
    pub text: String,
    /// Names and values below it.
    pub fields: Vec<(String, String)>,
    /// What stands at its end, and the time beside it.
    pub footer: (String, Option<Timestamp>),
}

/// A question to all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// The question.
    pub question: String,
    /// What may be answered, and how many did, once Discord has counted.
    pub answers: Vec<(String, Option<u64>)>,
}

impl Posted {
    /// When it was sent.
    pub fn sent_at(&self) -> Timestamp {
        sent_at(self.id)
    }

    /// Whether members wrote it, and not Discord itself about a pin or a new member.
    pub fn is_ordinary(&self) -> bool {
        matches!(self.kind, 0 | 19 | 20 | 23)
    }

    /// What it says itself, or else what it passes on.
    pub fn text(&self) -> &str {
        let all = std::iter::once(&self.contents).chain(&self.forwarded).map(|contents| contents.text.as_str());
        all.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// Its files, and those that it passes on.
    pub fn files(&self) -> impl Iterator<Item = &Attachment> {
        std::iter::once(&self.contents).chain(&self.forwarded).flat_map(|contents| &contents.attachments)
    }

    /// Titles of its boxes, each with its text and fields, a line a field.
    pub fn boxes(&self) -> Vec<(String, String)> {
        std::iter::once(&self.contents).chain(&self.forwarded).flat_map(|it| &it.embeds).map(Embed::told).collect()
    }

    /// Whether nothing of it is known: so others' messages come to a bot that may not read them.
    pub fn is_empty(&self) -> bool {
        self.contents == Contents::default() && self.forwarded.is_empty()
    }

    /// All that it says, a line or more each: its text, boxes, components, polls and stickers, then what it passes on.
    pub fn everything(&self) -> String {
        let mut parts = Vec::new();
        for contents in std::iter::once(&self.contents).chain(&self.forwarded) {
            parts.push(contents.text.clone());
            parts.extend(contents.texts.iter().cloned());
            parts.extend(contents.embeds.iter().map(Embed::told).flat_map(|(title, text)| [title, text]));
            if let Some(poll) = &contents.poll {
                parts.push(format!("📊 {}", poll.question));
                parts.extend(poll.answers.iter().map(|(answer, _)| format!("- {answer}")));
            }
            parts.extend(contents.stickers.iter().map(|name| format!("🏷️ {name}")));
        }
        parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Reads a message as Discord describes it, over REST or beside an interaction.
    pub fn read(value: &Value) -> Option<Posted> {
        let forwarded = list(&value["message_snapshots"]).iter().map(|it| Contents::read(&it["message"]));
        let answered = &value["referenced_message"];
        let kind = value["type"].as_u64().unwrap_or(0);
        Some(Posted {
            id: id(&value["id"])?,
            author: Author {
                id: id(&value["author"]["id"])?,
                name: name(&value["author"]),
                bot: value["author"]["bot"] == true || value["webhook_id"].is_string(),
                avatar: value["author"]["avatar"].as_str().map(str::to_owned),
            },
            contents: Contents::read(value),
            forwarded: forwarded.collect(),
            replies_to: (kind == 19 && answered.is_object())
                .then(|| (name(&answered["author"]), text(&answered["content"]))),
            kind,
            // What a program answers to an interaction has its own user as the author, whose id is mostly its application's.
            by_webhook: value["webhook_id"].is_string()
                && value["webhook_id"] == value["author"]["id"]
                && value["webhook_id"] != value["application_id"],
            edited_at: value["edited_timestamp"].as_str().and_then(|at| at.parse().ok()),
            mentions: list(&value["mentions"]).iter().filter_map(|user| Some((id(&user["id"])?, name(user)))).collect(),
        })
    }
}

impl Contents {
    fn read(value: &Value) -> Contents {
        let attachments = list(&value["attachments"]).iter().filter_map(|file| {
            Some(Attachment {
                id: id(&file["id"])?,
                name: text(&file["filename"]),
                size: file["size"].as_u64().unwrap_or(0),
                content_type: text(&file["content_type"]),
                url: text(&file["url"]),
                // Discord counts parts of a second too.
                seconds: file["duration_secs"].as_f64().map(|seconds| seconds.clamp(0.0, 86_400.0).ceil() as u64),
            })
        });
        let mut texts = Vec::new();
        gather(&value["components"], &mut texts, DEPTH);
        Contents {
            text: text(&value["content"]),
            attachments: attachments.collect(),
            embeds: embeds(value),
            texts,
            stickers: list(&value["sticker_items"]).iter().map(|sticker| text(&sticker["name"])).collect(),
            poll: value["poll"].is_object().then(|| Poll::read(&value["poll"])),
            has_components: !list(&value["components"]).is_empty(),
        }
    }
}

impl Embed {
    fn read(value: &Value) -> Embed {
        let fields = list(&value["fields"]).iter().map(|field| (text(&field["name"]), text(&field["value"])));
        Embed {
            author: text(&value["author"]["name"]),
            title: text(&value["title"]),
            url: text(&value["url"]),
            text: text(&value["description"]),
            fields: fields.collect(),
            footer: (text(&value["footer"]["text"]), value["timestamp"].as_str().and_then(|at| at.parse().ok())),
        }
    }

    /// Its title, and its text with its fields, a line a field.
    pub fn told(&self) -> (String, String) {
        let fields = self.fields.iter().map(|(name, value)| format!("{name}: {value}"));
        let parts: Vec<String> = std::iter::once(self.text.clone()).chain(fields).collect();
        (self.title.clone(), parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"))
    }
}

impl Poll {
    fn read(value: &Value) -> Poll {
        let counts = list(&value["results"]["answer_counts"]);
        let answers = list(&value["answers"]).iter().map(|answer| {
            let count = counts.iter().find(|count| count["id"] == answer["answer_id"]);
            let emoji = text(&answer["poll_media"]["emoji"]["name"]);
            let said = text(&answer["poll_media"]["text"]);
            (format!("{emoji} {said}").trim().to_owned(), count.and_then(|count| count["count"].as_u64()))
        });
        Poll { question: text(&value["question"]["text"]), answers: answers.collect() }
    }
}

/// A message's own boxes.
fn embeds(message: &Value) -> Vec<Embed> {
    let own = |embed: &&Value| embed["type"].as_str().is_none_or(|kind| kind == "rich");
    list(&message["embeds"]).iter().filter(own).map(Embed::read).collect()
}

/// The texts among components: text displays, and buttons that lead somewhere.
fn gather(components: &Value, texts: &mut Vec<String>, depth: usize) {
    for part in list(components) {
        match part["type"].as_u64() {
            Some(2) if part["url"].is_string() => {
                texts.push(format!("{} <{}>", text(&part["label"]), text(&part["url"])));
            }
            Some(10) => texts.push(text(&part["content"])),
            _ if depth > 0 => {
                gather(&part["components"], texts, depth - 1);
                gather(&Value::Array(vec![part["accessory"].clone()]), texts, depth - 1);
            }
            _ => {}
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// What somebody is called; nothing if Discord does not say.
fn name(user: &Value) -> String {
    let names = [&user["global_name"], &user["username"]];
    names.into_iter().find_map(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::id_at;
    use super::*;
    use serde_json::json;

    #[test]
    fn a_strange_message_is_read_as_far_as_it_goes() {
        let message = Posted::read(&json!({
            "id": "175928847299117063", "type": 0, "content": "", "timestamp": "x", "edited_timestamp": 7,
            "author": {"id": "5", "username": "zoe", "avatar": {"new": true}},
            "attachments": [{"id": "9", "filename": "a.png", "size": 3, "url": "u"}, {"id": 7}],
            "message_snapshots": [{"message": {"content": "forwarded"}}, null],
            "mentions": [{"id": "6", "username": "bob", "global_name": "Bob"}, null],
        }))
        .expect("it has an id and an author");
        assert_eq!((message.text(), message.contents.attachments.len(), message.is_empty()), ("forwarded", 1, false));
        let author = Author { id: Id::new(5), name: "zoe".to_owned(), bot: false, avatar: None };
        assert_eq!(message.author, author);
        assert_eq!(message.mentions, [(Id::new(6), "Bob".to_owned())]);
        // The example of Discord's reference.
        assert_eq!(message.sent_at().to_string(), "2016-04-30T11:18:25.796Z");
        assert!(id_at::<MessageMarker>(message.sent_at()) <= message.id);
        assert_eq!(sent_at(id_at::<MessageMarker>(message.sent_at())), message.sent_at());
    }

    #[test]
    fn all_that_a_message_can_hold_is_read() {
        let message = Posted::read(&json!({
            "id": "7", "type": 19, "content": "here", "author": {"id": "5", "username": "zoe"},
            "referenced_message": {"content": "where?", "author": {"id": "6", "username": "bob"}},
            "sticker_items": [{"id": "1", "name": "Wave"}],
            "attachments": [{"id": "9", "filename": "voice-message.ogg", "size": 3, "url": "u", "duration_secs": 2.2}],
            "poll": {"question": {"text": "Tea?"}, "answers": [
                {"answer_id": 1, "poll_media": {"text": "yes", "emoji": {"name": "🍵"}}},
                {"answer_id": 2, "poll_media": {"text": "no"}}],
                "results": {"answer_counts": [{"id": 1, "count": 3}]}},
            "embeds": [{"type": "rich", "title": "T", "author": {"name": "A"}, "footer": {"text": "F"}},
                {"type": "image", "title": "what Discord shows of a link"}],
            "components": [{"type": 17, "components": [{"type": 9, "components": [{"type": 10, "content": "deep"}],
                "accessory": {"type": 2, "style": 5, "label": "Shop", "url": "https://shop.example"}}]}],
        }))
        .expect("it has an id and an author");
        let contents = &message.contents;
        assert_eq!(message.replies_to, Some(("bob".to_owned(), "where?".to_owned())));
        assert_eq!(
            (contents.stickers.as_slice(), contents.attachments[0].seconds),
            (&["Wave".to_owned()][..], Some(3))
        );
        let poll = contents.poll.as_ref().expect("a poll");
        assert_eq!((&*poll.question, &poll.answers[0]), ("Tea?", &("🍵 yes".to_owned(), Some(3))));
        assert_eq!((contents.embeds.len(), &*contents.embeds[0].author, &*contents.embeds[0].footer.0), (1, "A", "F"));
        assert_eq!(contents.texts, ["deep", "Shop <https://shop.example>"]);
    }

    #[test]
    fn components_in_one_another_end_somewhere() {
        let mut nested = json!({"type": 10, "content": "far down"});
        for _ in 0..100 {
            nested = json!({"type": 17, "components": [nested]});
        }
        let mut texts = Vec::new();
        gather(&json!([nested]), &mut texts, DEPTH);
        assert!(texts.is_empty());
    }
}
