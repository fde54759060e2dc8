//! Text packed as it is written, file after file and part after part.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::super::super::model::transcript::{Form, Packed, Part};
use super::super::bounds::{MAX_SENT, MAX_SENT_FILES, MAX_TEXT, PACKING, PART};

/// One form of a transcript while it is written, file after file.
pub(in super::super) struct Packer {
    pub(in super::super) form: Form,
    /// The largest file, in bytes.
    pub(in super::super) limit: u64,
    pub(in super::super) file: i32,
    pub(in super::super) part: i32,
    pub(in super::super) encoder: DeflateEncoder<Vec<u8>>,
    pub(in super::super) crc: Crc,
    /// Bytes of the parts of this file that are full, and of its text.
    pub(in super::super) packed: u64,
    pub(in super::super) text: u64,
    /// Parts that are to be stored.
    pub(in super::super) full: Vec<Part>,
    /// Files that are done.
    pub(in super::super) done: Vec<Packed>,
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

    pub(super) fn put(&mut self, text: &str) {
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
    pub(super) fn is_full(&self, text: u64) -> bool {
        let packed = self.packed + self.encoder.get_ref().len() as u64;
        packed + text + PACKING > self.limit || self.text + text > MAX_TEXT
    }

    /// Whether this is the last file that there may be.
    pub(super) fn is_last(&self) -> bool {
        self.done.len() + 1 >= MAX_SENT_FILES
    }

    pub(super) fn end_file(&mut self) {
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
