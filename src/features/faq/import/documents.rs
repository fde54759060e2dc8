//! `alphapy import docs`: Markdown, text and HTML that is found beside the FAQ.
//!
//! A document is known by where it lies, from the folder on that was named; so the same folder may be imported again from
//! anywhere. A bad file is named in one line and stops no other, unless the operator asked for that.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::text::{BROKEN, decode};
use crate::acting::{Acting, Origin};
use crate::app::App;
use crate::feature::{ImportReport, ImportRequest};
use crate::knowledge::Shelf;
use crate::knowledge::documents::{self, Became, Document, MAX_PASSAGES, NAME_CHARS, TooMany};
use crate::knowledge::reading::{self, MAX_PIECES, Unfit, Written};
use crate::log_channel::{Entry, Level};
use crate::ui::limits::fits;
use crate::words::{Language, Said};
use crate::{said, say};

/// Files that are imported at once; more are several imports.
const MAX_FILES: usize = 5_000;

/// A larger file is no document that people wrote.
const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// How deep folders are read.
const MAX_DEPTH: usize = 16;

/// A file, and what it is called.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    path: PathBuf,
    name: String,
    /// Its place in the folder that was named, to which an address is added.
    place: String,
}

pub(in super::super) async fn import(app: App, request: ImportRequest) -> anyhow::Result<ImportReport> {
    let (mut files, mut folders, mut bad) = (Vec::new(), Vec::new(), Vec::new());
    for path in &request.files {
        match find(path, &mut files, &mut bad) {
            Ok(folder) => folders.extend(folder),
            Err(why) => bad.push(format!("{}: {why}", path.display())),
        }
    }
    anyhow::ensure!(files.len() <= MAX_FILES, "{} files are too many at once; {MAX_FILES} may be", files.len());
    let (mut report, mut read) = (ImportReport::default(), Vec::new());
    for file in &files {
        match document(file, request.base_url.as_deref()) {
            Ok(document) => read.push((file, document)),
            Err(why) => bad.push(format!("{}: {}", file.path.display(), Language::ENGLISH.say(&why))),
        }
    }
    anyhow::ensure!(
        bad.is_empty() || !request.strict,
        "nothing was imported, because of {} bad files:\n{}",
        bad.len(),
        bad.join("\n")
    );
    let shelf = request.guild.map_or(Shelf::All, Shelf::Guild);
    let now = app.clock.now();
    // What cannot be read today is not gone.
    let present: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    for folder in folders.iter().filter(|_| request.prune).collect::<BTreeSet<_>>() {
        report.removed += prune(&app, shelf, folder, &present, request.dry_run).await?;
    }
    for (file, document) in read {
        match put(&app, shelf, &document, request.dry_run, now).await? {
            Ok(Became::Added) => report.added += 1,
            Ok(Became::Changed) => report.updated += 1,
            Ok(Became::Unchanged) => report.unchanged += 1,
            Err(TooMany) => {
                let why = said!(faq_document_no_room, max = MAX_PASSAGES);
                bad.push(format!("{}: {}", file.path.display(), Language::ENGLISH.say(&why)));
            }
        }
    }
    if let Some(guild) = request.guild.filter(|_| !request.dry_run) {
        let acting = Acting::bot(&app, guild, "faq", Origin::Routine, now).await?;
        record(&app, &acting, &report).await?;
    }
    Ok(ImportReport { unread: bad.len(), bad, ..report })
}

/// Stores a document on a shelf in place of that of the same name. With `dry_run` it says what would become of it.
async fn put(
    app: &App,
    shelf: Shelf,
    document: &Document,
    dry_run: bool,
    now: Timestamp,
) -> anyhow::Result<Result<Became, TooMany>> {
    let mut tx = app.db.begin().await?;
    let became = match dry_run {
        true => Ok(documents::compare(&mut tx, shelf, document).await?),
        false => documents::put(&mut tx, shelf, document, now).await?,
    };
    match became {
        Ok(_) => tx.commit().await?,
        Err(TooMany) => tx.rollback().await?,
    }
    Ok(became)
}

/// Removes the documents of a folder of which no name is in `present`; tells how many. With `dry_run` it only tells.
async fn prune(app: &App, shelf: Shelf, folder: &str, present: &[String], dry_run: bool) -> anyhow::Result<usize> {
    let mut tx = app.db.begin().await?;
    let mut gone = documents::names_in(&mut tx, shelf, folder).await?;
    gone.retain(|name| !present.contains(name));
    if !dry_run && !gone.is_empty() {
        documents::remove(&mut tx, shelf, &gone).await?;
    }
    tx.commit().await?;
    Ok(gone.len())
}

/// Puts on record what was imported into a server, if anything changed.
async fn record(app: &App, acting: &Acting, report: &ImportReport) -> anyhow::Result<()> {
    let ImportReport { added, updated: changed, removed, .. } = *report;
    if added + changed + removed > 0 {
        let title = say!(acting.language(), faq_log_documents);
        let description = say!(acting.language(), faq_log_document_counts, added, changed, removed);
        acting.record(&app.db, &Entry { level: Level::Info, title, description }).await?;
        acting.post_log(app);
    }
    Ok(())
}

/// The files at a path: itself, or all documents below it, whose name is given then.
fn find(path: &Path, files: &mut Vec<Found>, bad: &mut Vec<String>) -> std::io::Result<Option<String>> {
    // `.` and `docs/..` have a name, too.
    let path = path.canonicalize()?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if !path.is_dir() {
        files.push(Found { path, place: name.clone(), name });
        return Ok(None);
    }
    let mut folders = vec![(path, String::new(), 0)];
    while let Some((folder, place, depth)) = folders.pop() {
        let mut entries = fs::read_dir(&folder)?.collect::<std::io::Result<Vec<_>>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let called = entry.file_name().to_string_lossy().into_owned();
            // What is hidden is no document; a link may lead round in a circle.
            let kind = entry.file_type()?;
            if called.starts_with('.') || kind.is_symlink() {
                continue;
            }
            let place = if place.is_empty() { called } else { format!("{place}/{called}") };
            if kind.is_dir() && depth < MAX_DEPTH {
                folders.push((entry.path(), place, depth + 1));
            } else if kind.is_dir() {
                let why = Language::ENGLISH.say(&said!(faq_document_too_deep));
                bad.push(format!("{}: {why}", entry.path().display()));
            } else if written(&entry.path()).is_some() {
                // Pictures and the like lie in folders of documents; only who names one is told that it is none.
                files.push(Found { path: entry.path(), name: format!("{name}/{place}"), place });
            }
        }
    }
    Ok(Some(name))
}

fn written(path: &Path) -> Option<Written> {
    Written::of_extension(&path.extension()?.to_string_lossy().to_lowercase())
}

/// Reads a file.
fn document(file: &Found, base_url: Option<&str>) -> Result<Document, Said> {
    let written = written(&file.path).ok_or_else(|| match file.name.to_lowercase().ends_with(".pdf") {
        true => said!(faq_document_pdf),
        false => said!(faq_document_unknown_file),
    })?;
    let io = |error: std::io::Error| Said::from(error.to_string());
    if fs::metadata(&file.path).map_err(io)?.len() > MAX_BYTES {
        return Err(said!(faq_document_too_large, megabytes = MAX_BYTES / 1024 / 1024));
    }
    if !fits(&file.name, NAME_CHARS) {
        return Err(said!(faq_document_name_too_long, max = NAME_CHARS));
    }
    let text = decode(&fs::read(&file.path).map_err(io)?);
    if text.contains(BROKEN) {
        return Err(said!(faq_import_no_utf8));
    }
    let read = reading::read(&text, written).map_err(|unfit| match unfit {
        Unfit::Empty => said!(faq_document_empty),
        Unfit::TooLong => said!(faq_document_too_long, max = MAX_PIECES),
        Unfit::UrlIsNoAddress => said!(faq_document_url),
        Unfit::FrontMatter(why) => said!(faq_import_unreadable, why = why),
    })?;
    let stem = file.path.file_stem().unwrap_or_default().to_string_lossy();
    Ok(Document {
        name: file.name.clone(),
        title: read.title.unwrap_or_else(|| stem.replace(['-', '_'], " ")),
        url: read.url.or_else(|| base_url.map(|base| address(base, &file.place))),
        pieces: read.pieces,
    })
}

/// Where people read what lies at `place`: pages of a site have no `.md`, and a folder's own page is the folder.
fn address(base: &str, place: &str) -> String {
    let page = [".md", ".markdown", ".txt", ".text"].iter().find_map(|end| place.strip_suffix(end)).unwrap_or(place);
    let page = match page.rsplit_once('/').unwrap_or(("", page)) {
        (folder, "index" | "README" | "readme" | "index.html") => folder,
        _ => page,
    };
    // As paths are written in addresses: blanks and the like by their bytes.
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(byte);
    let page: String = page
        .bytes()
        .map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("{}/{page}", base.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_addresses() {
        let check = |place: &str, expected: &str| assert_eq!(address("https://docs.example.org/", place), expected);
        check("setup/disks.md", "https://docs.example.org/setup/disks");
        check("setup/index.md", "https://docs.example.org/setup");
        check("README.md", "https://docs.example.org/");
        check("old page.html", "https://docs.example.org/old%20page.html");
    }
}
