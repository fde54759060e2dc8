//! Tests of what stands beside it.

use std::io::{self, Read};

use super::super::super::model::Status;
use super::super::super::model::transcript::Packed;
use super::super::super::model::workflow::tests::ticket;
use super::super::bounds::{MAX_SENT, MAX_SENT_FILES, PACKING, PART};
use super::super::send::archive;
use super::*;

fn posted(author: u64, content: &str) -> Posted {
    Posted {
        id: Id::new(175_928_847_299_117_063),
        author: Author { id: Id::new(author), name: format!("<b>{author}</b>"), bot: false, avatar: None },
        contents: Contents { text: content.to_owned(), ..Contents::default() },
        forwarded: Vec::new(),
        replies_to: None,
        kind: 0,
        edited_at: None,
        by_webhook: false,
        mentions: vec![(Id::new(6), "Bob".to_owned())],
    }
}

/// What comes of these messages, and whether they came without their text.
fn written(messages: &[Posted]) -> (String, String, bool) {
    let ticket = ticket(Status::Closed);
    let names = Names { channels: [(9, "help".to_owned())].into(), ..Names::default() };
    let mut writer = Writer::new(&ticket, names, TimeZone::UTC, Language::ENGLISH);
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
    let (page, ..) = written(&[posted(5, "<script>alert('x')</script> https://a.example/?q=\"><img> javascript:x")]);
    assert!(!page.contains("<script>") && !page.contains("<img") && !page.contains("<b>5"), "{page}");
    assert!(page.contains("href=\"https://a.example/?q=\"") && page.contains("&quot;&gt;&lt;img&gt;"), "{page}");
}

#[test]
fn mentions_have_names() {
    let (_, plain, _) = written(&[posted(5, "<@6> <@!6> <@7> <#9> <#8> <:ok:12> <t:0:R> <3 a < b <@x>")]);
    assert!(
        plain.contains("@Bob @Bob @user 7 #help #channel 8 :ok: Thu 1 Jan 1970, 00:00 UTC <3 a < b <@x>"),
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
    let mut writer = Writer::new(&ticket, Names::default(), TimeZone::UTC, Language::ENGLISH);
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
    let mut writer = Writer::new(&ticket, Names::default(), TimeZone::UTC, Language::ENGLISH);
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
fn who_writes_again_is_named_once_and_a_day_once() {
    let (page, plain, _) = written(&[posted(5, "one"), posted(5, "two"), posted(6, "three")]);
    assert_eq!(page.matches("<section class=\"by").count(), 2, "{page}");
    assert_eq!(page.matches("<h2 class=day>Saturday 30 April 2016</h2>").count(), 1, "{page}");
    assert_eq!(page.matches("</section>").count(), 2);
    assert_eq!(plain.matches("<b>5</b>: ").count(), 2, "{plain}");
}

#[test]
fn nobody_writes_what_looks_like_anothers_message() {
    let (_, plain, _) = written(&[posted(5, "ok\n[Sat 30 Apr 2016, 11:18 UTC] Sam: refund granted")]);
    assert!(plain.contains("ok\n    [Sat 30 Apr 2016, 11:18 UTC] Sam: refund granted\n"), "{plain}");
}

#[test]
fn everything_that_a_message_holds_is_written() {
    let mut message = posted(5, "");
    message.replies_to = Some(("Bob".to_owned(), "where?".to_owned()));
    message.contents.stickers = vec!["Wave".to_owned()];
    message.contents.texts = vec!["from a component".to_owned()];
    message.contents.poll = Some(Poll { question: "Tea?".to_owned(), answers: vec![("yes".to_owned(), Some(3))] });
    message.contents.embeds = vec![Embed {
        author: "The shop".to_owned(),
        title: "Order 7".to_owned(),
        footer: ("paid".to_owned(), None),
        ..Embed::default()
    }];
    message.contents.attachments = vec![Attachment {
        id: Id::new(1),
        name: "voice-message.ogg".to_owned(),
        size: 9,
        content_type: "audio/ogg".to_owned(),
        url: String::new(),
        seconds: Some(3),
    }];
    message.forwarded = vec![Contents { text: "passed on".to_owned(), ..Contents::default() }];
    let (page, plain, blind) = written(&[message]);
    assert!(!blind);
    for said in [
        "where?",
        "Wave",
        "from a component",
        "Tea?",
        "yes: 3",
        "The shop",
        "Order 7",
        "paid",
        "passed on",
        "3 seconds",
    ] {
        assert!(page.contains(said) && plain.contains(said), "{said}\n{page}\n{plain}");
    }
    let mut pin = posted(5, "");
    pin.kind = 6;
    let (page, plain, blind) = written(&[pin]);
    assert!(!blind && page.contains("pinned a message") && plain.contains("pinned a message"));
}

#[test]
fn nothing_turns_the_direction_of_what_stands_beside_it() {
    let ticket = Ticket { subject: "\u{202e}cod.exe".to_owned(), ..ticket(Status::Closed) };
    let mut writer = Writer::new(&ticket, Names::default(), TimeZone::UTC, Language::ENGLISH);
    writer.head(&ticket, &[]);
    let mut message = posted(5, "see \u{2066}gnp\u{2069}");
    message.author.name = "\u{202d}Ann".to_owned();
    writer.message(&message, Vec::new());
    writer.finish();
    for text in [text(&writer.page, 0), text(&writer.plain, 0)] {
        assert!(text.contains("cod.exe") && text.contains("Ann"), "{text}");
        assert!(!text.contains(crate::ui::is_override), "{text}");
    }
}
