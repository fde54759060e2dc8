//! Who may import whom: every arrow points down.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up. A room may name those in lines above its own, and itself.
const LAYERS: [&[&str]; 17] = [
    &["error", "clock", "turns"],
    &["config"],
    &["telemetry"],
    &["db", "discord"],
    &["ui"],
    &["settings", "knowledge", "instances"],
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
fn library() -> Vec<(String, String)> {
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
