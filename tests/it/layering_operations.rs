//! What operations promise whoever calls them, by whatever door.

use std::fs;
use std::path::Path;

use crate::layering::{calls, functions, module};
use crate::sources::{library, literals, without_comments};

/// The operations of a source, each from its name on; also those that are handed on no further than to the crate.
fn operations_of(code: &str) -> impl Iterator<Item = &str> {
    code.split("\npub async fn ").flat_map(|part| part.split("\npub(crate) async fn ")).skip(1)
}

#[test]
fn an_operation_is_found_however_it_is_written() {
    let code = "\nfn a() {}\npub async fn b(x) {\n}\npub(super) async fn c() {\n}\npub(crate) async fn d() {\n}\n";
    let names: Vec<&str> = operations_of(code).filter_map(|it| it.split('(').next()).collect();
    assert_eq!(names, ["b", "d"]);
    for (path, code) in library().iter().filter(|(path, _)| is_room_of_operations(path)) {
        let hidden = ["-> impl Future", "-> BoxFuture", "-> Pin<", "\npub(in "].iter().find(|it| code.contains(**it));
        assert_eq!(hidden, None, "{path}: an operation is an `async fn`");
    }
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
        for operation in operations_of(&code) {
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

/// The rooms of features that are below their doors.
const BELOW_DOORS: [&str; 9] =
    ["store/", "store.rs", "model/", "operations/", "settle/", "send/", "transcript/", "watch.rs", "write.rs"];

/// Jobs and exports: nobody comes through them.
const NO_DOORS: [&str; 4] = [
    "features/announcements/mod.rs",
    "features/reminders/export.rs",
    "features/reminders/forget.rs",
    "features/tickets/export.rs",
];

/// What a door asks of a store even so: a job that forgets, and where a panel is, of which its own work knows the number.
const ASKED_OF_STORES: [&str; 2] =
    ["features/tickets/discord/open.rs: delete_drafts", "features/tickets/discord/panels.rs: find_panel"];

#[test]
fn a_door_asks_no_store() {
    let (mut asked, mut files) = (Vec::new(), 0);
    for (path, code) in library() {
        let Some((_, room)) = path.strip_prefix("features/").and_then(|path| path.split_once('/')) else { continue };
        if BELOW_DOORS.iter().any(|below| room.starts_with(below)) || NO_DOORS.contains(&path.as_str()) {
            continue;
        }
        files += 1;
        for call in without_comments(&code).split("store::").skip(1) {
            let names = call.trim_start_matches('{').split([';', '}']).next().unwrap_or_default();
            let is_import = call.starts_with('{') && names.contains(',');
            let names: Vec<&str> = if is_import { names.split(',').map(str::trim).collect() } else { vec![call] };
            for name in names {
                let called = name.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap_or_default();
                let is_function = is_import || call[called.len()..].starts_with(['(', '<', ';']);
                if is_function && !called.is_empty() && called != "self" {
                    asked.push(format!("{path}: {called}"));
                }
            }
        }
    }
    assert!(files > 60, "this test no longer finds doors: {files}");
    assert_eq!(asked, ASKED_OF_STORES);
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
        for operation in operations_of(&code) {
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
    // Two refusals may have the same code: a test of one's room says nothing of the other's.
    let has_code = |code: &str, module: Option<&str>| {
        let names_room = |door: &str| {
            module.is_none_or(|module| names_of(module, door).iter().any(|it| calls(door, &format!("{it}::"))))
        };
        doors.iter().any(|door| door.contains(&format!("\"{code}\"")) && names_room(door))
    };
    let mut untried = Vec::new();
    let (mut operations, mut codes) = (0, 0);
    let has_codes = |path: &str| is_room_of_operations(path) || path.starts_with("features/tickets/model/");
    for (path, code) in library().into_iter().filter(|(path, _)| has_codes(path)) {
        for (signature, lines) in functions(&code) {
            if let Some(name) = ["pub async fn ", "pub(crate) async fn "]
                .iter()
                .find_map(|it| signature.strip_prefix(it))
                .filter(|_| is_room_of_operations(&path))
            {
                let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                operations += 1;
                if !is_tried(called_by(&path), &name) {
                    untried.push(format!("{path}: {name}"));
                }
            }
            if signature.starts_with("fn code(") {
                // What the model says is of no one room, but for the refusals that are.
                let stem =
                    module(&path).last().copied().filter(|it| ["blocks", "kinds", "panels", "tags"].contains(it));
                let of = if is_room_of_operations(&path) { Some(called_by(&path)) } else { stem };
                let own: Vec<&str> = lines.into_iter().take_while(|line| *line != "    }").collect();
                for (_, text) in literals(&own.join("\n")) {
                    // Of what is read, not done: its doors are commands and announcements.
                    let is_read = ["when_", "announces_"].iter().any(|it| text.starts_with(it));
                    codes += 1;
                    if !is_read && !has_code(text, of) {
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
const WITHOUT_OUTCOME: [&str; 71] = [
    "blocks::list",
    "clip::open_with",
    "clip::prepare",
    "conversation::read",
    "drafts::find",
    "drafts::send",
    "keys::list",
    "kinds::look",
    "kinds::unheard",
    "knowledge::duplicates",
    "knowledge::find",
    "knowledge::list",
    "knowledge::report",
    "knowledge::search",
    "knowledge::synonyms",
    "knowledge::uses",
    "look::history",
    "look::kept_of",
    "look::list",
    "look::list_kinds",
    "look::page",
    "look::require_reader",
    "look::search",
    "look::stats",
    "look::takes_long",
    "look::transcript",
    "look::unsettled",
    "look::works_tickets",
    "open::could_open",
    "open::find_kind",
    "open::list_kinds",
    "open::offer",
    "open::open_with",
    "open::prepare",
    "overview::look",
    "panels::check",
    "panels::list",
    "panels::look",
    "reminders::check_voucher",
    "reminders::find",
    "reminders::find_all",
    "reminders::find_begun",
    "reminders::find_zone",
    "reminders::list",
    "reminders::manages",
    "reminders::prepare",
    "reminders::require_maker",
    "reminders::search",
    "reminders::templates",
    "reminders::waiting",
    "replies::could_draft",
    "replies::could_post",
    "replies::draft",
    "settings::changers",
    "settings::faults",
    "settings::find_step",
    "settings::history",
    "settings::seek",
    "settings::show",
    "settings::stored",
    "status::look",
    "status::look_everywhere",
    "step::could_take",
    "step::find",
    "step::find_to_take",
    "summary::look",
    "table::read",
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
        for operation in operations_of(code) {
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

/// Operations that programs reach by no route, and why not.
const WITHOUT_ROUTE: [(&str, &str); 65] = [
    ("clip::attach", "a message that somebody can read: a program reads none"),
    ("clip::open_with", "likewise"),
    ("clip::prepare", "likewise"),
    ("clip::save", "likewise"),
    ("clip::save_as_draft", "likewise"),
    ("conversation::read", "a channel as a person reads it there; a program reads `look::transcript`"),
    ("drafts::answer", "what a member fills in before a ticket is opened"),
    ("drafts::find", "likewise"),
    ("drafts::save", "likewise"),
    ("drafts::save_refused", "likewise"),
    ("drafts::send", "likewise"),
    ("keys::create", "refused: a key that leaks would make others"),
    ("keys::grant", "refused likewise"),
    ("keys::list", "a key that leaks would tell which others there are"),
    ("keys::revoke", "refused: a key that leaks would take others away"),
    ("kinds::change", "`change_as`, without looking whether somebody was faster"),
    ("knowledge::change", "`replace`, for forms of which a field may be merged"),
    ("knowledge::duplicates", "what admins look through; a program compares what it has listed"),
    ("knowledge::uses", "`report`, which names the entries that were opened most"),
    ("look::kept_of", "what is asked before a channel is deleted"),
    ("look::list_kinds", "`kinds::look`, with those that were removed, for whoever filters a list"),
    ("look::page", "`list`, for buttons that turn pages both ways"),
    ("look::require_reader", "a guard of others"),
    ("look::stats", "figures are an area of their own"),
    ("look::takes_long", "whether a person is told to wait"),
    ("look::works_tickets", "what is shown to whom; a program works all"),
    ("open::could_open", "whether a form is shown"),
    ("open::list_kinds", "`kinds::look`, for members"),
    ("open::offer", "answers that a member reads before they ask"),
    ("open::open_with", "`open`, with a promise to whoever waits in Discord"),
    ("panels::check", "whether a form is shown; `place` asks the same"),
    ("panels::list", "for pages on which admins change them; a program names the channel"),
    ("panels::look", "a panel in the language of a member who reads it"),
    ("panels::place_at", "`place`, looking whether somebody was faster; a program says only what it changes"),
    ("reminders::begin", "what a member fills in before there is a reminder"),
    ("reminders::check_voucher", "the bot's own"),
    ("reminders::find_all", "several that somebody chose of a list"),
    ("reminders::find_begun", "what a member fills in before there is a reminder"),
    ("reminders::make_prepared", "`make`, in two parts for forms"),
    ("reminders::manages", "what is shown to whom; a program manages all"),
    ("reminders::pause_channel", "the bot's own"),
    ("reminders::pause_unsayable", "the bot's own"),
    ("reminders::pause_vouched", "the bot's own"),
    ("reminders::prepare", "`make`, in two parts for forms"),
    ("reminders::require_maker", "what is shown to whom"),
    ("reminders::set_zone", "refused: a program has no clock of its own"),
    ("reminders::snooze", "refused: nobody calls a program"),
    ("replies::could_draft", "refused: a program drafts by itself"),
    ("replies::could_post", "refused likewise"),
    ("replies::dismiss", "refused likewise"),
    ("replies::draft", "refused likewise"),
    ("replies::post", "refused likewise"),
    ("settings::change", "`change_at`, without looking whether somebody was faster"),
    ("settings::changers", "whom a list of changes is filtered by; each change names who made it"),
    ("settings::find_step", "where a person goes on with the set-up"),
    ("settings::history", "`seek`, for pages with numbers"),
    ("settings::remember_step", "where a person goes on with the set-up"),
    ("settings::stored", "a part of `show`"),
    ("status::look", "how the bot is, for people; operators have `/metrics`"),
    ("status::look_everywhere", "likewise"),
    ("step::could_take", "whether a button is shown"),
    ("table::read", "`list`, with what exports tell, which are an area of their own"),
    ("tags::give", "where somebody is: a program is in no channel"),
    ("tags::require_staff", "a guard of others"),
    ("tags::suggest", "while somebody types"),
];

#[test]
fn programs_have_a_route_to_every_operation_that_they_may_use() {
    let library = library();
    // What dashboards of others read is a door of programs too.
    let ends = ["/api.rs", "/dashboard.rs"];
    let is_api = |path: &str| {
        path.starts_with("features/") && (path.contains("/api/") || ends.iter().any(|end| path.ends_with(end)))
    };
    let doors: Vec<String> =
        library.iter().filter(|(path, _)| is_api(path)).map(|(_, code)| without_comments(code)).collect();
    let has_route = |module: &str, name: &str| {
        doors.iter().any(|code| names_of(module, code).iter().any(|it| calls(code, &format!("{it}::{name}("))))
    };
    let (mut without, mut with) = (Vec::new(), 0);
    for (path, code) in library.iter().filter(|(path, _)| is_room_of_operations(path)) {
        for operation in operations_of(code) {
            let name = operation.split(['(', '<']).next().unwrap_or_default();
            match has_route(called_by(path), name) {
                true => with += 1,
                false => without.push(format!("{}::{name}", called_by(path))),
            }
        }
    }
    without.sort_unstable();
    assert_eq!(without, WITHOUT_ROUTE.map(|(name, _)| name));
    assert!(with > 50, "this test no longer finds routes: {with}");
}
