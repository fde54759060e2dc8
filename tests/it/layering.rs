//! Who may import whom: every arrow points down.

use crate::sources::{library, literals};

/// The rooms from the ground up. A room may name those in lines above its own, and itself.
const LAYERS: [&[&str]; 23] = [
    // The macros of words.
    &["msg", "said", "say"],
    &["words"],
    &["error", "clock", "hours", "turns"],
    &["config", "looks"],
    &["telemetry"],
    &["db", "discord"],
    &["llm"],
    &["ui"],
    &["settings", "knowledge", "instances", "readers", "keys", "changes"],
    &["reminders", "statistics"],
    &["log_channel"],
    &["app"],
    &["assist"],
    &["acting"],
    &["operations"],
    &["interactions", "web"],
    &["api"],
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

pub(crate) fn room(path: &str) -> &str {
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
        let store = path.ends_with("store.rs")
            || path.contains("/store/")
            || path.starts_with("dev/")
            || path.starts_with("db/");
        let sql = [
            "query!(",
            "query_as!(",
            "query_scalar!(",
            "sqlx::query(",
            "sqlx::query_as",
            "sqlx::query_scalar",
            // Under another name, or without any.
            "query_file",
            "use sqlx::query",
            "sqlx::{query",
            "use sqlx::*",
            ".execute(\"",
            ".fetch_one(\"",
        ];
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
pub(crate) fn functions(code: &str) -> Vec<(String, Vec<&str>)> {
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
                    "features/tickets/operations/need.rs",
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
            ("store::pause_vouched(", &["operations/reminders/pause.rs"]),
            ("store::delete(", &["operations/reminders/delete.rs"]),
            ("store::upsert_template(", &["operations/reminders/template.rs"]),
            ("store::delete_template(", &["operations/reminders/template.rs"]),
            ("store::skip_number(", &["operations/reminders/change.rs"]),
            ("store::move_on(", &["reminders/mod.rs"]),
            ("store::insert_occurrences(", &["reminders/mod.rs"]),
            ("store::set_outcomes(", &["features/reminders/send/mod.rs", "operations/reminders/pause.rs"]),
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
            (".having_asked(", &["features/reminders/send/vouchers.rs"]),
            // Who acts is what Discord has signed or was asked; the bot acts by itself where time or an operator has it do so.
            ("Acting::of_visitor(", &["web/router.rs", "web/visit.rs"]),
            ("Acting::member(", &["acting/mod.rs", "features/reminders/send/vouchers.rs", "interactions/context.rs"]),
            ("Acting::key(", &["api/gate.rs"]),
            (
                "Acting::bot(",
                &[
                    "features/announcements/mod.rs",
                    "features/faq/import/documents.rs",
                    "features/faq/import/mod.rs",
                    "features/reminders/send/report.rs",
                    "features/tickets/operations/need.rs",
                    "features/tickets/settle/lose.rs",
                    "features/tickets/settle/panels.rs",
                    "features/tickets/watch.rs",
                ],
            ),
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
            ("documents::put(&mut", &["features/faq/import/documents.rs"]),
            ("documents::remove(&mut", &["features/faq/import/documents.rs"]),
        ],
    ),
];

/// Whether a source calls what is called so; where it stands is no call.
pub(crate) fn calls(code: &str, call: &str) -> bool {
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
pub(crate) fn module(path: &str) -> Vec<&str> {
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
