//! Who may import whom: every arrow points down.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up. A room may name those in lines above its own, and itself.
const LAYERS: [&[&str]; 20] = [
    // The macros of words.
    &["msg", "said", "say"],
    &["words"],
    &["error", "clock", "turns"],
    &["config"],
    &["telemetry"],
    &["db", "discord"],
    &["ui"],
    &["settings", "knowledge", "instances", "readers"],
    &["reminders"],
    &["log_channel"],
    &["app"],
    &["acting"],
    &["operations"],
    &["interactions"],
    &["feature"],
    &["features"],
    &["intake"],
    &["webhook", "commands"],
    &["preflight"],
    &["jobs", "server"],
];

/// The level of a room; programs assemble everything and are not asked.
fn level(room: &str) -> usize {
    LAYERS.iter().position(|layer| layer.contains(&room)).unwrap_or_else(|| panic!("{room} has no place in LAYERS"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every source of the library with its path below `src`, without comments and tests.
pub(crate) fn library() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut library = Vec::new();
    for file in files {
        let path = file.strip_prefix(&root).expect("it is below src").to_string_lossy().replace('\\', "/");
        if path == "main.rs" || path == "lib.rs" || path.starts_with("bin/") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
        library.push((path, lines.collect::<Vec<_>>().join("\n")));
    }
    library
}

fn room(path: &str) -> &str {
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// The names that follow `crate::`, also those of `use crate::{a, b::c}`.
fn imports(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let listed = match rest.strip_prefix('{') {
            // Only the first level of the braces names rooms.
            Some(group) => {
                let mut depth = 0;
                let mut parts = vec![String::new()];
                for c in group.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => parts.push(String::new()),
                        c => parts.last_mut().expect("there is a part").push(c),
                    }
                }
                parts
            }
            None => vec![rest.to_owned()],
        };
        for part in listed {
            let name: String = part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !name.is_empty() {
                names.push(name);
            }
        }
    }
    names
}

#[test]
fn every_arrow_points_down() {
    let mut wrong = Vec::new();
    for (path, code) in library() {
        let from = room(&path);
        for to in imports(&code).iter().filter(|to| *to != from) {
            let allowed = match from {
                // It is Discord, so it may not know the bot.
                "dev" => to == "clock",
                _ => to != "dev" && level(to) < level(from),
            };
            if !allowed {
                wrong.push(format!("{path} imports {to}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn features_do_not_know_each_other_and_only_the_list_names_them() {
    let mut wrong = Vec::new();
    for (path, code) in library() {
        let inside = path.strip_prefix("features/");
        for (at, _) in code.match_indices("features::") {
            wrong.push(format!("{path}: {}", code[at..].lines().next().unwrap_or_default()));
        }
        // `super` of a feature's `mod.rs` is the list; of its other files it is the feature itself, or a room in it.
        let Some((_, file)) = inside.and_then(|inside| inside.split_once('/')) else { continue };
        let rooms = file.split('/').filter(|part| *part != "mod.rs").count();
        let list = "super::".repeat(rooms + 1);
        for (at, _) in code.match_indices(&list).filter(|(at, _)| !code[..*at].ends_with("pub(in ")) {
            wrong.push(format!("{path} reaches into the list: {}", code[at..].lines().next().unwrap_or_default()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_stores_hold_sql() {
    let mut wrong = Vec::new();
    for (path, code) in library() {
        // `db` asks whether the database lives; what is for development looks after databases of its own.
        let store =
            path.ends_with("store.rs") || path.contains("/store/") || path.starts_with("dev/") || path == "db.rs";
        let sql = ["query!(", "query_as!(", "query_scalar!(", "sqlx::query(", "sqlx::query_as", "sqlx::query_scalar"];
        if !store && sql.iter().any(|call| code.contains(call)) {
            wrong.push(path);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What takes a connection of its own from the pool, or may.
const CONNECTS: [&str; 8] =
    [".begin()", "app.db", "self.db", ".settings.", ".knowledge.", "is_admin()", "require_admin()", ".recorder("];

/// The functions of a source: where each begins, and its lines.
fn functions(code: &str) -> Vec<(String, Vec<&str>)> {
    let mut functions: Vec<(String, Vec<&str>)> = Vec::new();
    for line in code.lines() {
        if line.split_whitespace().any(|word| word == "fn") {
            functions.push((line.trim().to_owned(), Vec::new()));
        }
        if let Some((_, lines)) = functions.last_mut() {
            lines.push(line);
        }
    }
    functions
}

#[test]
fn nobody_takes_a_second_connection_while_a_transaction_is_open() {
    // Of many who hold one connection and wait for another, none gets it.
    let mut wrong = Vec::new();
    let mut transactions = 0;
    for (path, code) in library().into_iter().filter(|(path, _)| !path.starts_with("dev/")) {
        for (name, lines) in functions(&code) {
            let body = lines.iter().position(|line| line.ends_with('{')).unwrap_or(0);
            let signature = lines[..=body].concat();
            // A store gets its connection from its caller, and so does what is called with an open transaction.
            // A function that it is given is called with the connection that it opens itself.
            let own = signature.split("AsyncFn").next().unwrap_or_default();
            let given = ["PgConnection", "PgTransaction", "PgExecutor"].iter().any(|kind| own.contains(kind));
            let mut open = given && !signature.contains("Copy");
            for line in &lines[body..] {
                if open && CONNECTS.iter().any(|call| line.contains(call)) {
                    wrong.push(format!("{path}: {name}: {}", line.trim()));
                }
                if line.contains(".begin().await") {
                    (open, transactions) = (true, transactions + 1);
                } else if [".commit().await", ".rollback().await", "drop(tx)"].iter().any(|end| line.contains(end)) {
                    open = false;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(transactions > 15, "this test no longer finds transactions: {transactions}");
}

#[test]
fn one_writer_takes_the_steps_of_tickets() {
    let tickets = |path: &str| path.starts_with("features/tickets/") && !path.starts_with("features/tickets/store/");
    let writers = [
        ("store::replace(", "features/tickets/write.rs"),
        ("store::insert_event(", "features/tickets/write.rs"),
        ("store::upsert_member(", "features/tickets/write.rs"),
        ("store::insert(", "features/tickets/operations/open.rs"),
    ];
    let library: Vec<_> = library().into_iter().filter(|(path, _)| tickets(path)).collect();
    for (call, writer) in writers {
        let callers: Vec<&str> =
            library.iter().filter(|(_, code)| code.contains(call)).map(|(path, _)| path.as_str()).collect();
        assert_eq!(callers, [writer], "{call}");
    }
}

#[test]
fn only_operations_make_and_change_reminders() {
    // The store takes what is well-formed; who may, and where, is checked by operations alone.
    let writes = [
        "insert",
        "update",
        "set_paused",
        "pause",
        "pause_channel",
        "delete",
        "upsert_template",
        "delete_template",
        "skip_number",
    ];
    let mut wrong = Vec::new();
    for (path, code) in library() {
        let apart = path.starts_with("reminders/") || path.starts_with("operations/") || path.starts_with("dev/");
        if apart || !code.contains("crate::reminders") {
            continue;
        }
        wrong.extend(
            writes
                .iter()
                .filter(|call| code.contains(&format!("store::{call}(")))
                .map(|call| format!("{path}: {call}")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether a file is a room of operations, of what they decide, or of what they store: nothing is said to people there.
fn says_nothing(path: &str) -> bool {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let shared = ["operations", "reminders", "knowledge", "settings"].contains(&room(path));
    let inside = path.starts_with("features/")
        && (file == "store.rs"
            || ["operations", "model", "store"].iter().any(|it| folder.split('/').any(|part| part == *it)));
    (shared || inside) && file != "words.rs" && !file.ends_with("tests.rs")
}

/// The literals of a source, each with what stands before it in its statement.
pub(crate) fn literals(code: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let (mut at, mut statement) = (0, 0);
    let bytes = code.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b';' | b'{' | b'}' => statement = at + 1,
            // A quote as a character is no beginning.
            b'\'' if code[at..].starts_with("'\"'") => at += 2,
            b'"' => {
                let begin = at + 1;
                at = begin;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                found.push((&code[statement..begin - 1], &code[begin..at.min(code.len())]));
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Whether a literal is written for people: several words with a capital and an end.
fn is_sentence(text: &str) -> bool {
    let text = text.trim();
    text.chars().next().is_some_and(char::is_uppercase)
        && text.split_whitespace().count() > 1
        && text.ends_with(['.', '!', '?', ':'])
}

#[test]
fn operations_say_nothing() {
    let mut wrong = Vec::new();
    let mut silent = 0;
    for (path, code) in library().into_iter().filter(|(path, _)| says_nothing(path)) {
        silent += 1;
        let mut said = Vec::new();
        let doors = ["interactions::", "Reply", "ui::Message"];
        said.extend(doors.iter().filter(|name| code.contains(**name)).map(|name| (*name).to_owned()));
        // The same in a list.
        for list in code.split("ui::{").skip(1) {
            let names = list.split('}').next().unwrap_or_default();
            said.extend(
                names.split(',').map(str::trim).filter(|name| *name == "Message").map(|it| format!("ui::{it}")),
            );
        }
        for (before, text) in literals(&code) {
            let for_us = ["expect(", "tracing::", "assert", "panic!"].iter().any(|it| before.contains(it));
            if is_sentence(text) && !for_us {
                said.push(text.to_owned());
            }
        }
        wrong.extend(said.into_iter().map(|it| format!("{path}: {it}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(silent > 30, "this test no longer finds operations: {silent}");
}

/// A source by the modules that lead to it.
fn module(path: &str) -> Vec<&str> {
    path.trim_end_matches(".rs").trim_end_matches("/mod").split('/').collect()
}

/// What a path after `super::` or a module's name leads to: the names, one list for each of a group.
fn heads(rest: &str) -> Vec<Vec<&str>> {
    let name =
        |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum::<usize>();
    match rest.strip_prefix('{') {
        Some(group) => {
            let (mut depth, mut begin, mut parts) = (0, 0, Vec::new());
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' | ',' if depth == 0 => {
                        parts.extend(heads(group[begin..at].trim()));
                        begin = at + 1;
                        if c == '}' {
                            break;
                        }
                    }
                    '}' => depth -= 1,
                    _ => {}
                }
            }
            parts
        }
        None => {
            let (first, after) = rest.split_at(name(rest));
            if first.is_empty() {
                return Vec::new();
            }
            match after.strip_prefix("::").map(heads) {
                Some(ends) if !ends.is_empty() => ends.into_iter().map(|end| [vec![first], end].concat()).collect(),
                _ => vec![vec![first]],
            }
        }
    }
}

/// The files of the same room that each file names, by number. Naming a `mod.rs` for what it hands on is naming where that
/// stands, and a `mod.rs` names none of those below it: it is their table of contents.
fn named_files(files: &[(String, String)]) -> Vec<Vec<usize>> {
    let modules: Vec<Vec<&str>> = files.iter().map(|(path, _)| module(path)).collect();
    let find = |module: &[&str]| modules.iter().position(|it| it == module);
    let resolve = |base: &[&str], names: &[&str]| -> Option<usize> {
        let mut place = base.to_vec();
        let mut rest = names;
        while let [first, after @ ..] = rest {
            place.push(first);
            if find(&place).is_none() {
                place.pop();
                break;
            }
            rest = after;
        }
        let at = find(&place)?;
        // What a `mod.rs` takes from below, others may take from it.
        let [first, ..] = rest else { return Some(at) };
        let handed_on = files[at].1.split("use ").skip(1).filter_map(|it| it.split(';').next()).flat_map(heads);
        let below = handed_on.filter(|names| names.len() > 1 && names.last() == Some(first));
        let below = below.filter_map(|names| find(&[&place[..], &names[..names.len() - 1]].concat())).next();
        Some(below.unwrap_or(at))
    };
    let mut named = Vec::new();
    for (at, (_, code)) in files.iter().enumerate() {
        let own = &modules[at];
        let mut to: Vec<usize> = Vec::new();
        for (begin, _) in code.match_indices("super::") {
            if code[..begin].ends_with("super::") || code[..begin].ends_with("in ") {
                continue;
            }
            let mut rest = &code[begin..];
            let mut up = 0;
            while let Some(after) = rest.strip_prefix("super::") {
                (rest, up) = (after, up + 1);
            }
            let Some(base) = own.len().checked_sub(up).filter(|length| *length > 0) else { continue };
            to.extend(heads(rest).iter().filter_map(|names| resolve(&own[..base], names)));
        }
        let absolute = format!("crate::{}::", own[0]);
        for (begin, _) in code.match_indices(&absolute) {
            to.extend(heads(&code[begin + absolute.len()..]).iter().filter_map(|names| resolve(&own[..1], names)));
        }
        to.retain(|to| *to != at && !modules[*to].starts_with(own));
        to.sort_unstable();
        to.dedup();
        named.push(to);
    }
    named
}

/// Those from which a way leads back to themselves.
fn in_circles(arrows: &[Vec<usize>]) -> Vec<usize> {
    let reaches = |from: usize| {
        let (mut seen, mut left) = (vec![false; arrows.len()], arrows[from].clone());
        while let Some(at) = left.pop() {
            if !std::mem::replace(&mut seen[at], true) {
                left.extend(&arrows[at]);
            }
        }
        seen[from]
    };
    (0..arrows.len()).filter(|at| reaches(*at)).collect()
}

#[test]
fn no_files_and_no_rooms_of_a_feature_name_each_other_in_a_circle() {
    let (mut circling, mut circling_rooms) = (Vec::new(), Vec::new());
    let mut arrows = 0;
    // A house for each feature, and for each room beside them.
    let house = |path: &str| match path.strip_prefix("features/").and_then(|inside| inside.split_once('/')) {
        Some((feature, _)) => format!("features/{feature}"),
        None => room(path).to_owned(),
    };
    let library: Vec<_> =
        library().into_iter().filter(|(path, _)| !path.starts_with("dev/") && !path.ends_with("tests.rs")).collect();
    let mut houses: Vec<String> = library.iter().map(|(path, _)| house(path)).collect();
    houses.sort();
    houses.dedup();
    for name in houses {
        let files: Vec<_> = library.iter().filter(|(path, _)| house(path) == name).cloned().collect();
        let named = named_files(&files);
        arrows += named.iter().map(Vec::len).sum::<usize>();
        circling.extend(in_circles(&named).into_iter().map(|at| files[at].0.clone()));
        // The feature's own files beside its folders are rooms too; its `mod.rs` is the table of all of them.
        let room = |at: usize| {
            files[at].0.strip_prefix(&format!("{name}/")).map(|inside| inside.split('/').next().unwrap_or(inside))
        };
        let mut rooms: Vec<&str> = (0..files.len()).filter_map(room).filter(|room| *room != "mod.rs").collect();
        rooms.sort_unstable();
        rooms.dedup();
        let number = |at: usize| room(at).and_then(|room| rooms.iter().position(|it| *it == room));
        let mut between = vec![Vec::new(); rooms.len()];
        for (from, to) in named.iter().enumerate().flat_map(|(from, to)| to.iter().map(move |to| (from, *to))) {
            if let (Some(from), Some(to)) = (number(from), number(to))
                && from != to
            {
                between[from].push(to);
            }
        }
        circling_rooms.extend(in_circles(&between).into_iter().map(|at| format!("{name}/{}", rooms[at])));
    }
    assert!(circling.is_empty(), "files in circles: {circling:#?}");
    assert!(circling_rooms.is_empty(), "rooms in circles: {circling_rooms:#?}");
    assert!(arrows > 100, "this test no longer finds what names what: {arrows}");
}

#[test]
fn every_operation_asks_whether_its_feature_is_on() {
    // What is done with settings switches features on.
    let rooms = ["operations/reminders/", "operations/knowledge/", "features/tickets/operations/"];
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for (path, code) in library() {
        if !rooms.iter().any(|room| path.starts_with(room)) {
            continue;
        }
        for operation in code.split("\npub async fn ").skip(1) {
            let (signature, body) = operation.split_once("{\n").expect("a function has a body");
            let name = signature.split(['(', '<']).next().unwrap_or_default();
            match body.trim_start().starts_with("SWITCH.require_on(app, acting).await?;") {
                true => asked += 1,
                false => wrong.push(format!("{path}: {name}")),
            }
        }
    }
    assert!(wrong.is_empty(), "they do not begin with that: {wrong:#?}");
    assert!(asked > 60, "this test no longer finds operations: {asked}");
}
