//! `/export`: the tables of all features as CSV or JSON lines, for admins.
//!
//! Rows go from the database into files as they come, and each file goes to Discord before the next one is begun. All
//! files are on the one message that answers the command, so that an export that is interrupted and repeated replaces
//! what it had sent.

mod api;
mod file;
mod span;
mod web;
mod words;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use twilight_model::application::command::{Command, CommandOption, CommandType};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::AttachmentMarker;

use crate::acting::{Acting, Failure, Origin};
use crate::discord::MessageBody;
use crate::error::{Error, Result};
use crate::feature::export::{AT_ONCE, Names, Rows, Table, Wanted, Written};
use crate::feature::{self, ExportEntry, Feature, Promise, TypedLine, outdated_command};
use crate::interactions::{Context, Reply};
use crate::keys::Area;
use crate::log_channel::Level;
use crate::settings::System;
use crate::ui::{Choice, Message};
use crate::words::{Say, amount, name_of};
use crate::{said, say};
use file::Pack;
use span::{part, span};

/// Files of one message (<https://discord.com/developers/docs/resources/message#create-message>).
const MAX_FILES: usize = 10;

/// Choices that are offered at once
/// (<https://discord.com/developers/docs/interactions/application-commands#autocomplete>).
const MAX_CHOICES: usize = 25;

/// The largest file that a server may get where Discord says nothing else
/// (<https://discord.com/developers/docs/reference#uploading-files>). More is never used: it would be in memory.
const MAX_FILE: u64 = 10 * 1024 * 1024;

/// Types of options
/// (<https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type>).
const SUBCOMMAND: u8 = 1;
const STRING: u8 = 3;

/// The feature.
pub(super) fn feature() -> Feature {
    exporting(&[]).about_all(exporting)
}

/// The feature as it exports the tables of `features`.
fn exporting(features: &[Feature]) -> Feature {
    let all: Vec<ExportEntry> = features.iter().flat_map(|feature| feature.exports.iter().cloned()).collect();
    let all = Arc::new(all);
    let (typed, suggested, worked) = (Arc::clone(&all), Arc::clone(&all), Arc::clone(&all));
    Feature::new("exports")
        .api(Area::Exports, api::routes(&all))
        .pages(web::section(&all))
        .command_tree(command(&all), move |cx, line| export(cx, line, Arc::clone(&typed)))
        .suggest(move |cx, line| suggest(cx, line, Arc::clone(&suggested)))
        .only_for_admins(&["export"])
        .work(move |promise, work| finish(promise, work, Arc::clone(&worked)))
}

fn command(all: &[ExportEntry]) -> Command {
    let options = all.iter().map(|entry| subcommand(&entry.table)).collect();
    let options: Vec<CommandOption> =
        serde_json::from_value(Value::Array(options)).expect("the options are as Discord describes them");
    feature::definition(CommandType::ChatInput, "export", Some(Permissions::MANAGE_GUILD), options)
}

/// What is said of it is found by its path.
fn subcommand(table: &Table) -> Value {
    let day = |name: &str| json!({"type": STRING, "name": name, "description": "", "max_length": 20});
    let mut options = Vec::new();
    if table.dated {
        options.extend([day("from"), day("until")]);
    }
    options.extend(table.choice.map(|choice| {
        let values: Vec<Value> = choice.values.iter().map(|value| json!({"name": value, "value": value})).collect();
        json!({"type": STRING, "name": choice.name, "description": "", "choices": values})
    }));
    options.extend(
        table.part.map(
            |part| json!({"type": STRING, "name": part, "description": "", "max_length": 100, "autocomplete": true}),
        ),
    );
    let formats = ["csv", "jsonl"].map(|format| json!({"name": format, "value": format}));
    options.push(json!({"type": STRING, "name": "format", "description": "", "choices": formats}));
    json!({"type": SUBCOMMAND, "name": table.name, "description": "", "options": options})
}

/// What is to be exported, and into files of which size.
#[derive(Debug, Serialize, Deserialize)]
struct Work {
    table: String,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    choice: Option<String>,
    #[serde(default)]
    part: Option<i32>,
    /// An older version writes for spreadsheets.
    #[serde(default)]
    format: Written,
    limit: u64,
}

async fn export(cx: Context, line: TypedLine, all: Arc<Vec<ExportEntry>>) -> Result<Reply> {
    cx.acting().await?.require_admin().map_err(Failure::Refused)?;
    let named = line.path.get(1).and_then(|name| all.iter().find(|entry| entry.table.name == name));
    let entry = named.ok_or_else(outdated_command)?;
    let table = entry.table;
    let system = cx.app.settings.get::<System>(cx.guild).await?;
    let zone = system.time_zone.time_zone();
    // Whoever loaded the command before it was named anew sends `to`.
    let until = line.get("until").or_else(|| line.get("to"));
    let (from, to) = span(line.get("from"), until, &zone).map_err(Failure::Refused)?;
    let choice = table.choice.and_then(|choice| line.get(choice.name)).map(str::to_owned);
    let known = |value: &String| table.choice.is_some_and(|it| it.values.contains(&value.as_str()));
    if choice.as_ref().is_some_and(|value| !known(value)) {
        return Err(outdated_command());
    }
    let part = match table.part.and_then(|part| line.get(part)) {
        Some(text) => {
            let parts = entry.parts(&cx.app, cx.guild, cx.language).await?;
            Some(part(text, &parts).map_err(Failure::Refused)?)
        }
        None => None,
    };
    let format = match line.get("format") {
        None | Some("csv") => Written::Sheet,
        Some("jsonl") => Written::Jsonl,
        Some(_) => return Err(outdated_command()),
    };
    let limit = cx.attachment_limit.unwrap_or(MAX_FILE).min(MAX_FILE);
    let work = Work { table: table.name.to_owned(), from, to, choice, part, format, limit };
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let language = recorder.language();
    let about = name_of(table.name).say(language);
    recorder.write(&mut *tx, &cx.did(Level::Warning, say!(language, exports_logged), &about)).await?;
    let reply = cx.promise(&mut *tx, &work).await?;
    tx.commit().await?;
    cx.post_log();
    Ok(reply)
}

/// The parts of the server that fit what stands there.
async fn suggest(cx: Context, line: TypedLine, all: Arc<Vec<ExportEntry>>) -> Result<Vec<Choice>> {
    let entry = line.path.get(1).and_then(|name| all.iter().find(|entry| entry.table.name == name));
    let Some((entry, (_, typed))) = entry.zip(line.focused()).filter(|(it, (name, _))| it.table.part == Some(name))
    else {
        return Ok(Vec::new());
    };
    // While somebody types there is no place for a sentence.
    if cx.acting().await?.require_admin().is_err() {
        return Ok(Vec::new());
    }
    let typed = typed.trim().to_lowercase();
    let parts = entry.parts(&cx.app, cx.guild, cx.language).await?;
    let fits = parts.into_iter().filter(|(_, name)| name.to_lowercase().contains(&typed));
    Ok(fits.take(MAX_CHOICES).map(|(part, name)| Choice { name, value: part.to_string() }).collect())
}

/// Reads the rows, packs them, and shows the files as they are done.
async fn finish(promise: Promise, work: Work, all: Arc<Vec<ExportEntry>>) -> Result<Message> {
    let entry = all.iter().find(|entry| entry.table.name == work.table).ok_or_else(outdated_command)?;
    let Table { name, columns, named, .. } = entry.table;
    // Whoever asked for it may be no admin any more, and waited for nobody knows how long.
    let origin = Origin::Interaction(promise.interaction);
    let acting = Acting::of_user(&promise.app, promise.guild, "exports", promise.user, origin, promise.now).await?;
    acting.require_admin().map_err(Failure::Refused)?;
    // Each takes as much of this server's time as there is; side by side they would all be late.
    promise.wait_for_earlier("exports", &said!(exports_follows)).await?;
    let Work { from, to, choice, part, format, limit, .. } = work;
    let wanted = Wanted { guild: promise.guild, from, to, choice, part, language: promise.language, now: promise.now };
    let (rows, mut taken) = Rows::channel();
    let exporting = async { entry.run(promise.app.clone(), &acting, wanted, rows).await.map_err(Error::from) };
    let packing = async {
        let mut sent = Sent { promise: &promise, files: 0, kept: Vec::new() };
        let mut names = Names::of(&promise.app, promise.guild, columns, named).await;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut pack = Pack::new(name, names.head(columns), (format, limit))?;
        let (mut lines, mut count) = (Vec::new(), 0_u64);
        while taken.recv_many(&mut lines, AT_ONCE).await > 0 {
            for row in names.beside(std::mem::take(&mut lines)).await {
                count += 1;
                if let Some(file) = pack.put(row)? {
                    sent.send(file).await?;
                }
            }
        }
        for file in pack.finish()? {
            sent.send(file).await?;
        }
        Ok((count, sent.files))
    };
    let ((), (count, files)) = tokio::try_join!(exporting, packing)?;
    let name = name_of(name);
    let said = match files {
        0 | 1 => said!(exports_done, name, count = amount(count)),
        2..=MAX_FILES => said!(exports_done_files, name, count = amount(count), files),
        _ => said!(exports_too_many, name, count = amount(count), shown = MAX_FILES, files),
    };
    Ok(Message::new(promise.language.say(&said)))
}

/// The files that Discord has so far.
struct Sent<'a> {
    promise: &'a Promise,
    /// All there are; those beyond [`MAX_FILES`] are counted only.
    files: usize,
    kept: Vec<Id<AttachmentMarker>>,
}

impl Sent<'_> {
    async fn send(&mut self, file: crate::discord::File) -> anyhow::Result<()> {
        self.files += 1;
        if self.files <= MAX_FILES {
            let kept = std::mem::take(&mut self.kept);
            let body = MessageBody { files: vec![file], kept, ..MessageBody::default() };
            self.kept = self.promise.attach(body).await?;
        }
        Ok(())
    }
}
