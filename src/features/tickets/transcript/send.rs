//! A stored transcript as files that Discord takes.

use std::io::{self};
use std::sync::Arc;

use bytes::Bytes;
use flate2::{Decompress, FlushDecompress, Status as Inflated};
use futures_util::stream::{self, Stream, StreamExt};
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::super::model::EventKind;
use super::super::model::transcript::{Form, GZIP_HEAD, LeftOut, Packed, Transcript};
use super::super::store::{self, Happened};
use super::bounds::{MAX_MESSAGE, MAX_SENT, MAX_SENT_FILES, PART};
use crate::discord::{Content, ContentStream, File};

/// Files as they are sent, and what is to be said of those that are not.
pub(crate) struct Sent {
    /// Those of each message.
    pub(crate) messages: Vec<Vec<File>>,
    pub(crate) left_out: Option<LeftOut>,
}

impl Transcript {
    /// Whether nothing happened since it was taken; that nothing was said is for its reader to ask.
    pub(crate) fn is_up_to(&self, history: &[Happened]) -> bool {
        self.taking > 0 && self.last_event == last_event(history)
    }

    /// The text, all files of it one after another, as it is unpacked.
    pub(crate) fn text(&self, db: &PgPool, guild: Id<GuildMarker>, number: i32) -> ContentStream {
        let files = self.unpacked(db, guild, number, Form::Plain);
        stream::iter(files.collect::<Vec<_>>()).flatten().boxed()
    }

    /// One file of the page, as it is unpacked.
    pub(crate) fn page(&self, db: &PgPool, guild: Id<GuildMarker>, number: i32, file: usize) -> Option<ContentStream> {
        self.unpacked(db, guild, number, Form::Page).nth(file)
    }

    /// How many files the page has.
    pub(crate) fn pages(&self) -> usize {
        self.files.iter().filter(|file| file.form == Form::Page).count()
    }

    fn unpacked(
        &self,
        db: &PgPool,
        guild: Id<GuildMarker>,
        number: i32,
        form: Form,
    ) -> impl Iterator<Item = ContentStream> {
        let files = self.files.iter().filter(move |file| file.form == form).copied().enumerate();
        files.map(move |(at, packed)| {
            let place = (form, i32::try_from(at).unwrap_or(i32::MAX));
            unpacked(Stored { db: db.clone(), guild, number, taking: self.taking, place, packed })
        })
    }

    /// The page and the text as files that Discord takes: as they are, or packed if they are too large.
    pub(crate) fn files(&self, db: &PgPool, guild: Id<GuildMarker>, number: i32) -> Sent {
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
            left_out = Some(LeftOut::PlainText);
        }
        // An older version did not begin another file when one was full.
        let known = files.len();
        files.retain(|file| file.content.bytes() <= MAX_SENT);
        if files.len() < known {
            left_out = Some(LeftOut::TooLarge);
        }
        Sent { messages: messages(files), left_out }
    }
}

/// What happened last of what a transcript tells. That the ticket was archived is not news to whoever reads one.
pub(super) fn last_event(history: &[Happened]) -> Option<i64> {
    let told = |happened: &&Happened| !happened.event.kind.is_internal() && happened.event.kind != EventKind::Archived;
    history.iter().filter(told).map(|happened| happened.id).max()
}

/// Files by messages that hold them.
pub(super) fn messages(files: Vec<File>) -> Vec<Vec<File>> {
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
pub(super) struct Stored {
    db: PgPool,
    guild: Id<GuildMarker>,
    number: i32,
    taking: i32,
    place: (Form, i32),
    packed: Packed,
}

pub(super) fn file(stored: Stored, name: String) -> File {
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
pub(super) fn parts(stored: Stored) -> impl Stream<Item = Result<Bytes, io::Error>> {
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
pub(super) fn unpacked(stored: Stored) -> ContentStream {
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
pub(super) fn archive(name: &str, Packed { crc, packed, text, .. }: Packed) -> (Vec<u8>, Vec<u8>) {
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
    use super::*;

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
