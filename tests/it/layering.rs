//! Who may import whom: every arrow points down.

use std::fs;
use std::path::Path;

use crate::sources::{library, literals, without_comments};

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
    let library = library();
    let names = library.iter().filter_map(|(path, _)| path.strip_prefix("features/")?.split('/').next());
    let names: std::collections::BTreeSet<String> =
        names.map(|name| name.trim_end_matches(".rs").to_owned()).filter(|name| name != "mod").collect();
    assert!(names.contains("faq") && names.contains("tickets"), "this test no longer finds features: {names:?}");
    for (path, code) in library.clone() {
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
        // Nor by the name that its settings have.
        let own = inside.and_then(|inside| inside.split('/').next()).unwrap_or_default();
        for (before, text) in literals(&code) {
            let asks = ["enabled(", "Switch::named(", ".stored(", ".latest(", ".recorder("];
            if text != own && names.contains(text) && asks.iter().any(|call| before.contains(call)) {
                wrong.push(format!("{path} asks for {text} by its name"));
            }
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
const CONNECTS: [&str; 17] = [
    ".begin()",
    "app.db",
    "self.db",
    ".settings.",
    ".knowledge.",
    "is_admin()",
    "require_admin()",
    ".recorder(",
    // Who acts, and in which language something is said, may be asked of the database too.
    "cx.acting(",
    "Acting::member(",
    "Acting::bot(",
    "Acting::key(",
    "guild_language(",
    "language_of(",
    "language_of_answer(",
    "require_on(",
    ".is_on(",
];

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

/// What is called, and in which files.
type Callers = (&'static str, &'static [&'static str]);

/// What writes, each with the only files that call it: who may, and whether, is decided there. Outside these files nobody can
/// forget to ask.
const WRITERS: [(&str, &[Callers]); 5] = [
    (
        "features/tickets/",
        &[
            (
                "write_step(",
                &[
                    "features/tickets/operations/clip.rs",
                    "features/tickets/operations/step.rs",
                    "features/tickets/settle/lose.rs",
                    "features/tickets/watch.rs",
                ],
            ),
            ("store::replace(", &["features/tickets/write.rs"]),
            ("store::insert_event(", &["features/tickets/write.rs"]),
            ("store::upsert_member(", &["features/tickets/write.rs"]),
            ("store::insert(", &["features/tickets/write.rs"]),
            ("write_opening(", &["features/tickets/operations/open.rs"]),
            ("insert_first_kind(", &["features/tickets/operations/kinds/mod.rs"]),
            ("set_blocked(", &["features/tickets/operations/blocks.rs"]),
            ("delete_block(", &["features/tickets/operations/blocks.rs"]),
            ("insert_draft(", &["features/tickets/operations/clip.rs", "features/tickets/operations/drafts.rs"]),
            ("delete_draft(", &["features/tickets/operations/drafts.rs"]),
            ("answer_draft(", &["features/tickets/operations/drafts.rs"]),
            ("insert_clipping(", &["features/tickets/operations/clip.rs"]),
            ("delete_clipping(", &["features/tickets/operations/clip.rs"]),
            ("insert_kind(", &["features/tickets/operations/kinds/mod.rs"]),
            ("update_kind(", &["features/tickets/operations/kinds/mod.rs"]),
            ("remove_kind(", &["features/tickets/operations/kinds/mod.rs"]),
            ("upsert_panel(", &["features/tickets/operations/panels.rs"]),
            // What Discord shows of a panel, and that it is gone there.
            ("set_panel_shown(", &["features/tickets/settle/panels.rs"]),
            ("set_panel_refused(", &["features/tickets/settle/panels.rs"]),
            ("delete_panel(", &["features/tickets/settle/panels.rs"]),
            ("insert_tag(", &["features/tickets/operations/tags.rs"]),
            ("update_tag(", &["features/tickets/operations/tags.rs"]),
            ("delete_tag(", &["features/tickets/operations/tags.rs"]),
            ("count_tag(", &["features/tickets/write.rs"]),
        ],
    ),
    (
        // Those who know reminders: other stores have functions of the same names.
        "crate::reminders",
        &[
            ("store::insert(", &["operations/reminders/make.rs", "operations/reminders/snooze.rs"]),
            ("store::update(", &["operations/reminders/change.rs", "operations/reminders/snooze.rs"]),
            ("store::set_paused(", &["operations/reminders/pause.rs"]),
            // One that cannot be read is paused where that is noticed.
            ("store::pause(", &["operations/reminders/pause.rs", "reminders/mod.rs"]),
            ("store::pause_channel(", &["operations/reminders/pause.rs"]),
            ("store::delete(", &["operations/reminders/delete.rs"]),
            ("store::upsert_template(", &["operations/reminders/template.rs"]),
            ("store::delete_template(", &["operations/reminders/template.rs"]),
            ("store::skip_number(", &["operations/reminders/change.rs"]),
            ("store::move_on(", &["reminders/mod.rs"]),
            ("store::insert_occurrences(", &["reminders/mod.rs"]),
            ("store::set_outcomes(", &["features/reminders/send/mod.rs"]),
        ],
    ),
    (
        "",
        &[
            (".settings.change(", &["operations/settings/mod.rs"]),
            (".settings.change_at(", &["operations/settings/mod.rs"]),
            (".settings.set_setup(", &["operations/settings/mod.rs"]),
        ],
    ),
    (
        // What is believed of a guild without asking is what Discord resolved in an interaction that it signed.
        "",
        &[
            ("Resolved(", &["interactions/context.rs", "webhook/envelope/mod.rs"]),
            ("Known::resolved(", &["interactions/context.rs"]),
            (".through_interaction(", &["interactions/context.rs"]),
        ],
    ),
    (
        // Operations have functions of the same names; those of the store take a transaction.
        "",
        &[
            ("knowledge::add(&mut", &["operations/knowledge/mod.rs"]),
            ("knowledge::edit(&mut", &["operations/knowledge/mod.rs"]),
            ("knowledge::remove(&mut", &["operations/knowledge/mod.rs"]),
            ("knowledge::pin(&mut", &["operations/knowledge/mod.rs"]),
            ("knowledge::import(&mut", &["operations/knowledge/mod.rs"]),
            ("knowledge::set_synonyms(&mut", &["operations/knowledge/mod.rs"]),
        ],
    ),
];

/// Whether a source calls what is called so; where it stands is no call.
fn calls(code: &str, call: &str) -> bool {
    code.match_indices(call).any(|(at, _)| {
        let before = &code[..at];
        let longer =
            call.starts_with(char::is_alphabetic) && before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        !longer && !before.ends_with("fn ")
    })
}

#[test]
fn what_writes_is_called_from_a_few_files_only() {
    let library = library();
    let mut wrong = Vec::new();
    for (scope, writers) in WRITERS {
        let in_scope = |path: &str, code: &str| match scope.strip_prefix("crate::") {
            Some(room) => code.contains(scope) || path.starts_with(&format!("{room}/")),
            None => path.starts_with(scope),
        };
        for (call, callers) in writers {
            let found = library.iter().filter(|(path, code)| in_scope(path, code) && calls(code, call));
            let mut found: Vec<&str> = found.map(|(path, _)| path.as_str()).collect();
            found.sort_unstable();
            if found != *callers {
                wrong.push(format!("{call} {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn where_a_function_stands_is_no_call_of_it() {
    let cases = [
        ("store::insert(&db)", "store::insert(", true),
        ("pub async fn write_step(app: &App)", "write_step(", false),
        ("overwrite_step(app)", "write_step(", false),
        ("write::write_step(app)", "write_step(", true),
        ("app.settings.change(guild)", ".settings.change(", true),
    ];
    for (code, call, expected) in cases {
        assert_eq!(calls(code, call), expected, "{code}");
    }
}

/// Whether a file is a room of operations, of what they decide, or of what they store: nothing is said to people there.
fn says_nothing(path: &str) -> bool {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let shared = ["operations", "reminders", "knowledge", "settings"].contains(&room(path));
    let inside = path.starts_with("features/")
        && (file == "store.rs"
            || ["operations", "model", "store"].iter().any(|it| folder.split('/').any(|part| part == *it)));
    let words = file == "words.rs" || folder.split('/').any(|part| part == "words");
    (shared || inside) && !words && !file.ends_with("tests.rs")
}

/// What options are called is declared beside them.
const DECLARES: [&str; 3] = ["reminders/settings.rs", "settings/schema.rs", "settings/system.rs"];

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
        let words = ["said!(", "say!(", "msg!("].iter().filter(|_| !DECLARES.contains(&path.as_str()));
        said.extend(words.filter(|word| code.contains(**word)).map(|word| (*word).to_owned()));
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

/// Rows and schemas that anybody could write by hand. An operation takes in their place what only reading or declaring one
/// makes: `Found`, `GuildKind`, `Declared`.
const ROWS: [&str; 9] = ["Ticket", "Kind", "Panel", "Reminder", "Entry", "Tag", "Clipping", "Field", "Changed"];

/// What is known of values that operations are given as they are: what was asked for, which each checks.
const GIVEN_ROWS: [&str; 1] = ["operations/settings/mod.rs: remember_step: Field"];

#[test]
fn no_operation_believes_a_row_that_it_is_handed() {
    let (mut wrong, mut looked_at) = (Vec::new(), 0);
    for (path, code) in library().into_iter().filter(|(path, _)| is_room_of_operations(path)) {
        for operation in code.split("\npub async fn ").skip(1) {
            let signature = operation.split("{\n").next().unwrap_or_default();
            let name = signature.split(['(', '<']).next().unwrap_or_default();
            let given = signature.split(") -> ").next().unwrap_or_default();
            looked_at += 1;
            // What a closure is called with, the operation itself has read.
            for taken in given.lines().chain(given.split(", ")).filter(|taken| !taken.contains("Fn")) {
                let mut words = taken.split(|c: char| !c.is_alphanumeric() && c != '_');
                let row = words.find(|word| ROWS.contains(word));
                let known = row.map(|row| format!("{path}: {name}: {row}"));
                wrong.extend(known.filter(|it| !GIVEN_ROWS.contains(&it.as_str())));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(looked_at > 60, "this test no longer finds operations: {looked_at}");
    // What they take in the place of rows has nothing that a door could fill in, or change afterwards.
    let sealed = [
        ("features/tickets/operations/found.rs", "pub struct Found {"),
        ("features/tickets/operations/open.rs", "pub struct GuildKind {"),
        ("features/tickets/operations/open.rs", "pub struct Ready {"),
        ("operations/reminders/make.rs", "pub struct Prepared {"),
        ("settings/schema.rs", "pub struct Declared {"),
        // Who acts, what they may and what is believed of the guild: another door could forge it.
        ("acting/origin.rs", "pub struct Sender {"),
        ("acting/mod.rs", "pub struct Acting {"),
        ("acting/person.rs", "pub struct Person {"),
        ("acting/known.rs", "pub struct Known {"),
    ];
    let library = library();
    for (file, begin) in sealed {
        let (_, code) = library.iter().find(|(path, _)| path == file).expect(file);
        let fields = code.split(begin).nth(1).and_then(|rest| rest.split('}').next()).expect(begin);
        let open = ["pub ", "pub(crate)", "pub(in"].iter().any(|it| fields.contains(it));
        assert!(!open && fields.contains(": "), "{begin} {fields}");
        assert!(!library.iter().any(|(_, code)| code.contains("impl DerefMut")), "nothing is changed behind its back");
    }
}

/// The rooms of operations.
fn is_room_of_operations(path: &str) -> bool {
    (path.starts_with("operations/") || path.starts_with("features/tickets/operations/"))
        && !path.contains("words")
        && !path.ends_with("tests.rs")
}

/// The module by whose name an operation is called: what stands in a file of `operations/` is handed on by its room.
fn called_by(path: &str) -> &str {
    let parts = module(path);
    let at = match parts[..] {
        ["operations", ..] => 1,
        ["features", "tickets", "operations", ..] => 3,
        _ => 0,
    };
    parts.get(at).copied().unwrap_or_default()
}

/// The names by which a test calls a module: its own, and that under which the test has imported it.
fn names_of<'a>(module: &'a str, code: &'a str) -> Vec<&'a str> {
    let as_other = format!("{module}::{{self as ");
    let others = code.split(&as_other).skip(1).chain(code.split(&format!("{module} as ")).skip(1).collect::<Vec<_>>());
    let others = others.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default());
    [module].into_iter().chain(others).collect()
}

#[test]
fn an_operation_is_called_by_the_name_of_its_room() {
    assert_eq!(called_by("operations/reminders/pause.rs"), "reminders");
    assert_eq!(called_by("operations/knowledge/mod.rs"), "knowledge");
    assert_eq!(called_by("features/tickets/operations/kinds/mod.rs"), "kinds");
    assert_eq!(called_by("features/tickets/operations/step.rs"), "step");
    assert_eq!(names_of("reminders", "use a::reminders::{self as it, b};"), ["reminders", "it"]);
    assert_eq!(names_of("tags", "use a::tags;"), ["tags"]);
}

#[test]
fn every_operation_and_every_refusal_is_tried_by_a_door_of_no_kind() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let doors = fs::read_dir(folder).expect("the tests").map(|entry| entry.expect("an entry").path());
    let doors = doors.filter(|path| {
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        // There all of them are refused for the same reason, and nothing of them is tried.
        name.starts_with("operations_") && name != "operations_switches.rs"
    });
    let doors: Vec<String> = doors.map(|path| without_comments(&fs::read_to_string(path).expect("a test"))).collect();
    let is_tried = |module: &str, name: &str| {
        doors.iter().any(|code| names_of(module, code).iter().any(|it| calls(code, &format!("{it}::{name}("))))
    };
    let has_code = |code: &str| doors.iter().any(|door| door.contains(&format!("\"{code}\"")));
    let mut untried = Vec::new();
    let (mut operations, mut codes) = (0, 0);
    let has_codes = |path: &str| is_room_of_operations(path) || path.starts_with("features/tickets/model/");
    for (path, code) in library().into_iter().filter(|(path, _)| has_codes(path)) {
        for (signature, lines) in functions(&code) {
            if let Some(name) = signature.strip_prefix("pub async fn ").filter(|_| is_room_of_operations(&path)) {
                let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                operations += 1;
                if !is_tried(called_by(&path), &name) {
                    untried.push(format!("{path}: {name}"));
                }
            }
            if signature.starts_with("fn code(") {
                let own: Vec<&str> = lines.into_iter().take_while(|line| *line != "    }").collect();
                for (_, text) in literals(&own.join("\n")) {
                    // Of what is read, not done: its doors are commands and announcements.
                    let is_read = ["when_", "announces_"].iter().any(|it| text.starts_with(it));
                    codes += 1;
                    if !is_read && !has_code(text) {
                        untried.push(format!("{path}: {text}"));
                    }
                }
            }
        }
    }
    assert!(untried.is_empty(), "{untried:#?}");
    assert!(operations > 60 && codes > 150, "this test no longer finds operations: {operations}, {codes}");
}

#[test]
fn no_outcome_has_the_code_of_a_refusal() {
    let (mut outcomes, mut refusals) = (Vec::new(), Vec::new());
    for (path, code) in library() {
        let codes = |of: &str| -> Vec<String> {
            let begin = format!("{of} for ");
            let bodies = code.split(&begin).skip(1).filter_map(|rest| rest.split("\n}\n").next());
            bodies.flat_map(literals).map(|(_, text)| text.to_owned()).collect()
        };
        outcomes.extend(codes("impl Outcome"));
        refusals.extend(codes("impl acting::Refusal").into_iter().chain(codes("impl Refusal")));
        // What happened to a ticket is what a step comes to.
        if path == "features/tickets/model/event.rs" {
            let names = code.split("const ALL").nth(1).and_then(|rest| rest.split("];").next()).unwrap_or_default();
            outcomes.extend(literals(names).into_iter().map(|(_, text)| text.to_owned()));
        }
    }
    assert!(outcomes.len() > 50 && refusals.len() > 130, "{} {}", outcomes.len(), refusals.len());
    let both: Vec<&String> = outcomes.iter().filter(|code| refusals.contains(code)).collect();
    assert!(both.is_empty(), "a program could not tell them apart: {both:?}");
}

/// Operations that look, ask or check, and those that answer what a door makes of the ticket that it opens.
const WITHOUT_OUTCOME: [&str; 42] = [
    "blocks::list",
    "clip::open_with",
    "clip::prepare",
    "drafts::find",
    "drafts::send",
    "kinds::look",
    "knowledge::synonyms",
    "look::history",
    "look::kept_of",
    "look::list",
    "look::require_reader",
    "look::search",
    "look::stats",
    "look::transcript",
    "look::works_tickets",
    "open::could_open",
    "open::find_kind",
    "open::list_kinds",
    "open::offer",
    "open::open_with",
    "open::prepare",
    "panels::check",
    "panels::look",
    "reminders::find",
    "reminders::list",
    "reminders::manages",
    "reminders::prepare",
    "reminders::require_maker",
    "reminders::search",
    "reminders::templates",
    "settings::find_step",
    "settings::history",
    "settings::lacks",
    "settings::show",
    "settings::stored",
    "step::could_take",
    "step::find",
    "step::find_to_take",
    "tags::find",
    "tags::list",
    "tags::require_staff",
    "tags::suggest",
];

#[test]
fn what_an_operation_has_done_has_a_code() {
    let library = library();
    let implemented = |code: &str| -> Vec<String> {
        let types = code.split("impl Outcome for ").skip(1).filter_map(|rest| rest.split(" {\n").next());
        types.map(str::to_owned).collect()
    };
    let is_outcome = |path: &str| is_room_of_operations(path) || path == "features/tickets/write.rs";
    // By the module that says so: another's type of the same name is none.
    let outcomes: Vec<(&str, String)> = library
        .iter()
        .filter(|(path, _)| is_outcome(path))
        .flat_map(|(path, code)| implemented(code).into_iter().map(|it| (called_by(path), it)))
        .collect();
    let (mut without, mut used) = (Vec::new(), Vec::new());
    for (path, code) in library.iter().filter(|(path, _)| is_room_of_operations(path)) {
        for operation in code.split("\npub async fn ").skip(1) {
            let signature = operation.split("{\n").next().unwrap_or_default();
            let name = signature.split(['(', '<']).next().unwrap_or_default();
            let done = signature.rsplit("-> Result<").next().and_then(|it| it.split(", Failure<").next());
            // A lifetime is no other type.
            let done = done.unwrap_or_default().replace("&'a ", "&");
            let of = |(module, outcome): &&(&str, String)| {
                let imported = [format!("{module}::{done};"), format!("write::{{{done}")];
                *outcome == done && (*module == called_by(path) || imported.iter().any(|it| code.contains(it)))
            };
            match outcomes.iter().find(of) {
                Some(outcome) => used.push(outcome),
                None => without.push(format!("{}::{name}", called_by(path))),
            }
        }
    }
    without.sort_unstable();
    assert_eq!(without, WITHOUT_OUTCOME);
    let unused: Vec<_> = outcomes.iter().filter(|outcome| !used.contains(outcome)).collect();
    assert!(unused.is_empty(), "nothing comes to {unused:?}");
    assert!(used.len() > 30, "this test no longer finds outcomes: {}", used.len());
    // Of one operation no two outcomes have the same code.
    for (path, code) in library.iter().filter(|(path, _)| is_room_of_operations(path)) {
        for (_, lines) in
            code.split("impl Outcome for ").skip(1).map(|rest| rest.split_once(" {\n").unwrap_or((rest, "")))
        {
            let body = lines.split("\n}\n").next().unwrap_or_default();
            let mut codes: Vec<&str> = literals(body).into_iter().map(|(_, text)| text).collect();
            let all = codes.len();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), all, "{path}: {codes:?}");
        }
    }
}
