//! Rows as files: plain as long as one file holds them, then packed, then in parts.
//!
//! Each part is whole in itself, with the first line, so that none of them needs another. No more than one file is in
//! memory.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

use crate::discord::File;
use crate::feature::export::{Row, Written};

/// Rows are packed in lumps of about so many bytes.
const LUMP: usize = 64 * 1024;

/// What ends an archive of one file: its directory and the names.
const ARCHIVE_END: usize = 512;

/// A table on its way into files.
pub(super) struct Pack {
    name: &'static str,
    columns: Vec<String>,
    format: Written,
    /// The largest file in bytes.
    limit: usize,
    /// Rows that are not in a file yet.
    lump: Vec<Row>,
    lump_bytes: usize,
    /// The file while it is one without packing.
    plain: Vec<u8>,
    archive: Option<Archive>,
    /// Files that are done.
    parts: usize,
}

/// An archive that is being written.
struct Archive {
    zip: ZipWriter<StreamWriter<SoFar>>,
    written: SoFar,
    /// Whether it holds more than the first line.
    holds_rows: bool,
}

/// What was written so far; the archive's writer does not say.
#[derive(Clone, Default)]
struct SoFar(Arc<Mutex<Vec<u8>>>);

impl Write for SoFar {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl SoFar {
    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Pack {
    /// A table without rows, in files of at most `limit` bytes.
    pub(super) fn new(name: &'static str, columns: Vec<String>, (format, limit): (Written, usize)) -> io::Result<Pack> {
        let (lump, plain) = (Vec::new(), Vec::new());
        let mut pack = Pack { name, columns, format, limit, lump, lump_bytes: 0, plain, archive: None, parts: 0 };
        pack.plain = pack.head()?;
        Ok(pack)
    }

    /// What each part begins with.
    fn head(&self) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        self.format.begin(&self.columns, &mut head)?;
        Ok(head)
    }

    /// Adds a row. A file that is full is given back.
    pub(super) fn put(&mut self, row: Row) -> anyhow::Result<Option<File>> {
        let names =
            if self.format == Written::Jsonl { self.columns.iter().map(|name| name.len() + 4).sum() } else { 0 };
        self.lump_bytes += names + row.iter().map(|cell| cell.len() + 3).sum::<usize>();
        self.lump.push(row);
        if self.lump_bytes < LUMP.min(self.limit / 8) {
            return Ok(None);
        }
        self.store_lump()
    }

    /// The last files.
    pub(super) fn finish(mut self) -> anyhow::Result<Vec<File>> {
        let full = self.store_lump()?;
        let last = match self.archive.take() {
            None => File { name: format!("{}.{}", self.name, self.format.ending()), content: self.plain.into() },
            Some(archive) => {
                // A number only where there are others.
                let number = (self.parts > 0).then_some(self.parts + 1);
                archive.finish((self.name, self.format), number)?
            }
        };
        Ok(full.into_iter().chain([last]).collect())
    }

    fn store_lump(&mut self) -> anyhow::Result<Option<File>> {
        self.lump_bytes = 0;
        let mut lump = Vec::new();
        self.format.write(&self.columns, &std::mem::take(&mut self.lump), &mut lump)?;
        let mut archive = match self.archive.take() {
            Some(archive) => archive,
            None if self.plain.len() + lump.len() <= self.limit => {
                self.plain.extend(lump);
                return Ok(None);
            }
            None => {
                let mut archive = Archive::new((self.name, self.format))?;
                archive.add(&std::mem::take(&mut self.plain))?;
                archive.holds_rows = true;
                archive
            }
        };
        let mut full = None;
        // What cannot be packed at all takes a little more than its length.
        let most = lump.len() + lump.len() / 1000 + ARCHIVE_END;
        if archive.holds_rows && archive.written.len() + most > self.limit {
            self.parts += 1;
            let mut next = Archive::new((self.name, self.format))?;
            next.add(&self.head()?)?;
            full = Some(std::mem::replace(&mut archive, next).finish((self.name, self.format), Some(self.parts))?);
        }
        archive.add(&lump)?;
        archive.holds_rows |= !lump.is_empty();
        self.archive = Some(archive);
        Ok(full)
    }
}

impl Archive {
    fn new((name, format): (&str, Written)) -> anyhow::Result<Archive> {
        let written = SoFar::default();
        let mut zip = ZipWriter::new_stream(written.clone());
        zip.start_file(format!("{name}.{}", format.ending()), SimpleFileOptions::default())?;
        Ok(Archive { zip, written, holds_rows: false })
    }

    fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.zip.write_all(bytes)?;
        // So that its length is known.
        self.zip.flush()
    }

    fn finish(self, (name, format): (&str, Written), number: Option<usize>) -> anyhow::Result<File> {
        self.zip.finish()?;
        let number = number.map(|number| format!("-{number}")).unwrap_or_default();
        Ok(File { name: format!("{name}{number}.{}.zip", format.ending()), content: self.written.take().into() })
    }
}

#[cfg(test)]
mod tests {
    use crate::discord::Content;
    use std::io::Read;

    use super::*;
    use crate::feature::export::{MARK, guarded};
    use proptest::prelude::*;

    const COLUMNS: &[&str] = &["number", "text"];

    /// The files that hold these rows.
    fn packed(rows: &[Row], limit: usize) -> Vec<File> {
        let columns = COLUMNS.iter().map(ToString::to_string).collect();
        let mut pack = Pack::new("table", columns, (Written::Sheet, limit)).expect("memory");
        let mut files = Vec::new();
        for row in rows {
            files.extend(pack.put(row.clone()).expect("memory"));
        }
        files.extend(pack.finish().expect("memory"));
        files
    }

    fn whole(file: &File) -> Vec<u8> {
        match &file.content {
            Content::Whole(bytes) => bytes.to_vec(),
            Content::Streamed(..) => panic!("{} is streamed", file.name),
        }
    }

    /// The rows that a file holds.
    fn unpacked(file: &File) -> Vec<Row> {
        let mut text = Vec::new();
        match file.name.ends_with(".zip") {
            true => {
                let mut zip = zip::ZipArchive::new(io::Cursor::new(whole(file))).expect("an archive");
                zip.by_index(0).expect("one file").read_to_end(&mut text).expect("it unpacks");
            }
            false => text = whole(file),
        }
        assert!(text.starts_with(MARK), "{}", file.name);
        let mut reader = csv::Reader::from_reader(&text[MARK.len()..]);
        assert_eq!(reader.headers().expect("a first line"), COLUMNS);
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
    }

    fn row(number: usize, text: &str) -> Row {
        vec![number.to_string(), text.to_owned()]
    }

    #[test]
    fn a_small_table_is_one_plain_file() {
        let files = packed(&[row(1, "Zoë, “é”"), row(2, "a \"b\"\nc")], 10_000);
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].name, "table.csv");
        let text = String::from_utf8(whole(&files[0])).expect("UTF-8");
        assert_eq!(text, "\u{feff}number,text\r\n1,\"Zoë, “é”\"\r\n2,\"a \"\"b\"\"\nc\"\r\n");
        assert_eq!(unpacked(&packed(&[], 10_000)[0]), Vec::<Row>::new());
    }

    #[test]
    fn a_larger_one_is_packed_and_a_large_one_is_split() {
        let rows =
            |count: usize| -> Vec<Row> { (0..count).map(|n| row(n, "the same words again and again")).collect() };
        let files = packed(&rows(2000), 20_000);
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["table.csv.zip"]);
        assert_eq!(unpacked(&files[0]), rows(2000));
        // Words that cannot be packed well.
        let rows: Vec<Row> = (0..2000_u32)
            .map(|n| row(n as usize, &format!("{:x}", u128::from(n.wrapping_mul(2_654_435_761)).pow(3))))
            .collect();
        let files = packed(&rows, 10_000);
        assert!(files.len() > 2, "{}", files.len());
        assert_eq!(files[0].name, "table-1.csv.zip");
        assert!(files.iter().all(|file| file.content.bytes() <= 10_000));
        assert_eq!(files.iter().flat_map(unpacked).collect::<Vec<_>>(), rows);
    }

    #[test]
    fn lines_of_json_have_no_first_line_and_no_apostrophes() {
        let columns = COLUMNS.iter().map(ToString::to_string).collect();
        let mut pack = Pack::new("table", columns, (Written::Jsonl, 10_000)).expect("memory");
        assert!(pack.put(row(1, "=1\n\"2\"")).expect("memory").is_none());
        let files = pack.finish().expect("memory");
        assert_eq!(files[0].name, "table.jsonl");
        assert_eq!(whole(&files[0]), b"{\"number\":\"1\",\"text\":\"=1\\n\\\"2\\\"\"}\n");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn whatever_the_rows_are_each_arrives_once_in_files_that_fit(
            rows in prop::collection::vec("[^\\x00]{0,300}", 0..200),
            limit in 4_000_usize..40_000,
        ) {
            let rows: Vec<Row> = rows.iter().enumerate().map(|(n, text)| row(n, text)).collect();
            let files = packed(&rows, limit);
            prop_assert!(files.iter().all(|file| file.content.bytes() <= limit as u64));
            let arrived: Vec<Row> = files.iter().flat_map(unpacked).collect();
            let expected: Vec<Row> =
                rows.iter().map(|row| row.iter().map(|cell| guarded(cell)).collect()).collect();
            prop_assert_eq!(arrived, expected);
        }
    }
}
