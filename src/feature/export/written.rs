//! Rows as text.

use std::io;

use csv::{Terminator, WriterBuilder};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{MARK, Row, guarded};

/// As what rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Written {
    /// RFC 4180, with the names of the columns first. A cell that a spreadsheet would take for a formula begins with an
    /// apostrophe.
    Csv,
    /// The same with the mark by which spreadsheets know how it is written.
    #[default]
    Sheet,
    /// A JSON object a line.
    Jsonl,
}

impl Written {
    /// What it is, as a media type.
    pub fn kind(self) -> &'static str {
        match self {
            Written::Csv | Written::Sheet => "text/csv; charset=utf-8; header=present",
            Written::Jsonl => "application/jsonl",
        }
    }

    /// How the name of such a file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Written::Csv | Written::Sheet => "csv",
            Written::Jsonl => "jsonl",
        }
    }

    /// Writes what stands before all rows.
    ///
    /// # Errors
    /// None: it is written into memory.
    pub fn begin(self, head: &[String], text: &mut Vec<u8>) -> io::Result<()> {
        if self == Written::Jsonl {
            return Ok(());
        }
        if self == Written::Sheet {
            text.extend(MARK);
        }
        // RFC 4180 wants CRLF, and quotes where there is a comma, a quote or a line break.
        let mut lines = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(text);
        lines.write_record(head)?;
        lines.flush()
    }

    /// Writes rows, each with a cell for each column of `head`.
    ///
    /// # Errors
    /// None: it is written into memory.
    pub fn write(self, head: &[String], rows: &[Row], text: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Written::Csv | Written::Sheet => {
                let mut lines = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(text);
                for row in rows {
                    lines.write_record(row.iter().map(|cell| guarded(cell)))?;
                }
                lines.flush()
            }
            Written::Jsonl => {
                for row in rows {
                    let cells = row.iter().map(|cell| Value::from(cell.as_str()));
                    let object: Map<String, Value> = head.iter().cloned().zip(cells).collect();
                    serde_json::to_writer(&mut *text, &object)?;
                    text.push(b'\n');
                }
                Ok(())
            }
        }
    }
}
