//! How much of a ticket is kept, and how much of that is sent at once.

use std::time::Duration;

/// A file that is copied into the page may be this large, and all of them together so much.
pub(super) const MAX_FILE: u64 = 1024 * 1024;
pub(super) const MAX_FILES: u64 = 6 * 1024 * 1024;

/// What Discord takes as one file in any server is 10 MiB
/// (<https://discord.com/developers/docs/reference#uploading-files>); this leaves room for the rest of the request.
pub(super) const MAX_SENT: u64 = 9 * 1024 * 1024;

/// What Discord takes as one request is 25 MiB.
pub(super) const MAX_MESSAGE: u64 = 24 * 1024 * 1024;

/// Files of one message (<https://discord.com/developers/docs/resources/message#create-message>), and so of each form of a
/// transcript: what is said beyond that is not kept, and the page ends by saying so.
pub(super) const MAX_SENT_FILES: usize = 10;

/// A part is stored when it has so many bytes.
pub(super) const PART: usize = 256 * 1024;

/// What may still come out of a packer into which nothing more goes.
pub(super) const PACKING: u64 = 256 * 1024;

/// No file unpacks to more than this, however well it packs: somebody will open it.
pub(super) const MAX_TEXT: u64 = 256 * 1024 * 1024;

/// Of people in the history that many are asked for by name; the others are known by what they wrote.
pub(super) const ASKED_NAMES: usize = 20;

/// Names of so many people are remembered; of others only what they are called in their own messages is known.
pub(super) const KNOWN_NAMES: usize = 5000;

/// One call waits for Discord's limits at most this long.
pub(super) const CALL_TIME: Duration = Duration::from_secs(30);

/// Pictures of so many people are shown, each of at most so many bytes; Discord sends one of 64 pixels in about 8 kB.
pub(super) const FACES: usize = 50;
pub(super) const MAX_FACE: u64 = 64 * 1024;

/// Threads of a ticket's channel that are kept, the oldest first; a transcript of one that has more says so.
pub(crate) const THREADS: usize = 50;
