//! Entries from tables: columns by name, separated by commas, semicolons (as Excel writes in many countries) or tabs.

use csv::{ReaderBuilder, StringRecord};

use super::text::BROKEN;
use super::{Found, Place, Row};
use crate::feature::export::unguarded;
use crate::said;
use crate::words::Said;

/// What may separate cells.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// The columns that are read, of which an entry needs the first two.
const COLUMNS: [&str; 5] = ["title", "answer", "keywords", "category", "source"];
const NEEDED: usize = 2;

/// Reads the rows of a table; each that is none is named by its line.
///
/// # Errors
/// Why the table is none.
pub(super) fn read(name: &str, text: &str, found: &mut Vec<Found>) -> Result<(), Said> {
    // Excel says in a line of its own what separates cells, and believes that itself.
    let (said, skipped) = match text.split_once('\n') {
        Some((first, _)) if first.to_lowercase().starts_with("sep=") => {
            (first.trim_end().chars().nth(4), first.len() + 1)
        }
        _ => (None, 0),
    };
    let (lines, text) = (usize::from(skipped > 0), &text[skipped..]);
    let (separator, columns, width) = header(text, said, lines + 1)?;
    let mut records = Vec::new();
    let mut reader = ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(text.as_bytes());
    for record in reader.records() {
        // It is text, so that nothing can be wrong with its bytes.
        records.push(record.map_err(|error| said!(faq_import_unreadable, why = error.to_string()))?);
    }
    let begins = |record: &StringRecord| record.position().map_or(text.len(), byte_of);
    let newlines = |text: &str| text.matches('\n').count();
    // The reader takes what ended a line for the beginning of the next one, so that lines are counted here.
    let mut line = lines + 1 + newlines(&text[..records.first().map_or(0, begins)]);
    for (at, record) in records.iter().enumerate() {
        let end = records.get(at + 1).map_or(text.len(), begins);
        let all = &text[begins(record)..end];
        let written = all.trim_start_matches(['\r', '\n']);
        let begins_at = line + newlines(&all[..all.len() - written.len()]);
        line += newlines(all);
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            found.push((
                Place { name: name.to_owned(), line: begins_at },
                row(record, written, separator, &columns, width),
            ));
        }
    }
    Ok(())
}

fn byte_of(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// What separates the cells, where each of [`COLUMNS`] stands, and how many cells the first line has.
type Header = (u8, [Option<usize>; COLUMNS.len()], usize);

fn header(text: &str, said: Option<char>, line: usize) -> Result<Header, Said> {
    let separators = SEPARATORS.into_iter().filter(|separator| said.is_none_or(|said| said == *separator));
    let read = separators.filter_map(|separator| {
        let separator = u8::try_from(separator).ok()?;
        let mut reader = ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(text.as_bytes());
        let names: Vec<String> = reader.headers().ok()?.iter().map(|name| name.trim().to_lowercase()).collect();
        Some((separator, names))
    });
    // The one that tells most columns apart.
    let columns_of = |names: &[String]| COLUMNS.map(|column| names.iter().position(|name| name == column));
    let best = read.max_by_key(|(_, names)| columns_of(names).iter().flatten().count());
    let Some((separator, names)) = best else {
        return Err(said!(faq_import_no_separator, line));
    };
    let columns = columns_of(&names);
    for (column, at) in COLUMNS.iter().zip(columns) {
        match at {
            None if COLUMNS[..NEEDED].contains(column) => {
                return Err(said!(faq_import_no_column, line, column = *column));
            }
            Some(at) if names[at + 1..].iter().any(|name| name == column) => {
                return Err(said!(faq_import_two_columns, line, column = *column));
            }
            _ => {}
        }
    }
    Ok((separator, columns, names.len()))
}

/// The row that a record says, if nothing of what was written is lost by that.
fn row(
    record: &StringRecord,
    written: &str,
    separator: u8,
    columns: &[Option<usize>; COLUMNS.len()],
    width: usize,
) -> Result<Row, Said> {
    if written.contains(BROKEN) {
        return Err(said!(faq_import_broken));
    }
    check_quotes(written, separator)?;
    if record.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        return Err(said!(faq_import_too_many_cells, count = record.len(), width));
    }
    let cell = |column: usize| {
        let cell = columns[column].and_then(|at| record.get(at)).unwrap_or_default();
        unguarded(cell.trim()).to_owned()
    };
    let [title, answer, keywords, category, source] = std::array::from_fn(cell);
    Ok(Row { title, answer, keywords: vec![keywords], category: Some(category), source: Some(source) })
}

/// Checks that each quotation mark that opens a cell is closed where the cell ends (RFC 4180): if not, cells and rows run into
/// each other, and nobody would see it.
fn check_quotes(written: &str, separator: u8) -> Result<(), Said> {
    enum At {
        Start,
        Plain,
        Quoted,
        Closed,
    }
    let separator = char::from(separator);
    let mut at = At::Start;
    for c in written.chars() {
        let ends = c == separator || c == '\n' || c == '\r';
        at = match (at, c) {
            (At::Start | At::Plain | At::Closed, _) if ends => At::Start,
            (At::Start, '"') => At::Quoted,
            (At::Start | At::Plain, _) => At::Plain,
            (At::Quoted, '"') => At::Closed,
            (At::Quoted, _) | (At::Closed, '"') => At::Quoted,
            (At::Closed, ' ') => At::Closed,
            (At::Closed, _) => {
                return Err(said!(faq_import_cell_goes_on));
            }
        };
    }
    match at {
        At::Quoted => Err(said!(faq_import_open_quote)),
        At::Start | At::Plain | At::Closed => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, Say};

    /// Title, answer and keywords of the rows of a table, or what is wrong with each.
    fn check(text: &str, expected: &[Result<(&str, &str, &str), &str>]) {
        let mut found = Vec::new();
        read("faq.csv", text, &mut found).expect("it is a table");
        let rows: Vec<_> = found
            .iter()
            .map(|(place, row)| match row {
                Ok(row) => Ok((row.title.as_str(), row.answer.as_str(), row.keywords[0].as_str())),
                Err(why) => Err(format!("{}: {}", place.say(Language::ENGLISH), Language::ENGLISH.say(why))),
            })
            .collect();
        assert_eq!(rows.len(), expected.len(), "{rows:?}");
        for (row, expected) in rows.iter().zip(expected) {
            match (row, expected) {
                (Err(why), Err(expected)) => assert!(why.starts_with(expected), "{why}"),
                (row, expected) => assert_eq!(row.as_ref().ok(), expected.as_ref().ok(), "{row:?}"),
            }
        }
    }

    #[test]
    fn columns_are_found_by_their_names_however_they_are_separated() {
        for text in [
            "title,answer,keywords\nRefunds,\"In 30 days, or so\",\"a,b\"\n",
            "\"title\";\"answer\";\"keywords\"\r\nRefunds;In 30 days, or so;a,b\r\n",
            "sep=;\r\nTitle; ANSWER ;keywords;;\r\nRefunds;In 30 days, or so;a,b;;\r\n;;;;\r\n",
            "title\tanswer\tkeywords\nRefunds\tIn 30 days, or so\ta,b",
            "number,title,answer,keywords\n\n7,Refunds , \"In 30 days, or so\" ,\"a,b\"\n"
                .replace(" \"", "\"")
                .as_str(),
        ] {
            check(text, &[Ok(("Refunds", "In 30 days, or so", "a,b"))]);
        }
        check("answer,title\nIn 30 days.,Refunds\n", &[Ok(("Refunds", "In 30 days.", ""))]);
    }

    #[test]
    fn what_would_lose_text_is_named_by_its_line() {
        check(
            "title,answer\nRefunds,In 30 days, or so\nShort\nOpen,\"At\nnine\"\nShut,At six\n",
            &[
                Err("faq.csv:2: it has 3 cells, and the first line names 2"),
                Ok(("Short", "", "")),
                Ok(("Open", "At\nnine", "")),
                Ok(("Shut", "At six", "")),
            ],
        );
        check(
            "title,answer\r\n\r\nOpen,\"At\r\nnine\"\r\n\r\nRefunds,\"In 30 days\r\n",
            &[Ok(("Open", "At\r\nnine", "")), Err("faq.csv:6: a quotation mark is opened and not closed")],
        );
        check(
            "title,answer\nOpen,At nine\nRefunds,\"In 30 days\nShut,At six\n",
            &[Ok(("Open", "At nine", "")), Err("faq.csv:3: a quotation mark is opened and not closed")],
        );
        check(
            "title,answer\nRefunds,\"In 30 days\nShut,\"At six\"\nOpen,At nine\n",
            &[Err("faq.csv:2: after a quotation mark its cell goes on"), Ok(("Open", "At nine", ""))],
        );
        check(
            "sep=,\ntitle,answer\nA 5\" pipe,\"say \"\"ah\"\"\"\nCaf\u{fffd},Yes\n",
            &[Ok(("A 5\" pipe", "say \"ah\"", "")), Err("faq.csv:4: it has bytes")],
        );
    }

    #[test]
    fn a_table_without_its_columns_is_none() {
        for (text, expected) in [
            ("", "line 1 names no column `title`"),
            ("question,answer\nx,y\n", "line 1 names no column `title`"),
            ("sep=;\ntitle;reply\nx;y\n", "line 2 names no column `answer`"),
            ("title,answer,Answer\nx,y,z\n", "line 1 names two columns `answer`"),
            ("sep=|\ntitle|answer\nx|y\n", "line 2 does not say what separates the cells"),
        ] {
            let why = read("faq.csv", text, &mut Vec::new()).expect_err(text);
            let why = Language::ENGLISH.say(&why);
            assert!(why.starts_with(expected), "{text:?}: {why}");
        }
    }

    #[test]
    fn what_guards_against_formulas_is_undone() {
        check(
            "title,answer\n'- Download it,'=) smile\n'tis,''+1\n",
            &[Ok(("- Download it", "=) smile", "")), Ok(("'tis", "'+1", ""))],
        );
    }
}
