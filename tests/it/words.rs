//! What people read, in every language: nothing is forgotten, and nothing too much.

use alphapy::commands;
use alphapy::features;
use alphapy::said;
use alphapy::words::{self, Language, Said, Say};
use serde_json::Value;

use crate::sources::{library, literals};

#[test]
fn every_language_says_everything() {
    let problems: Vec<String> = words::known_languages()
        .flat_map(|language| {
            let problems = words::check_known(language.code());
            problems.into_iter().map(move |problem| format!("{}/{problem}", language.code()))
        })
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(words::known_languages().count() > 1, "this test no longer finds languages");
}

#[test]
fn every_command_says_what_it_does() {
    fn look(value: &Value, path: &str, unsaid: &mut Vec<String>) {
        // What has a description has a name of its own, too; menu commands and choices have only that.
        let described = value.get("description").map(|_| "description_localizations");
        for field in ["name_localizations"].into_iter().chain(described) {
            for language in words::known_languages().filter(|it| *it != Language::ENGLISH).map(Language::code) {
                if !value[field][language].is_string() {
                    unsaid.push(format!("{path}: {field} in {language}"));
                }
            }
        }
        for nested in ["options", "choices"].iter().filter_map(|field| value[field].as_array()).flatten() {
            look(nested, &format!("{path} {}", nested["name"]), unsaid);
        }
    }
    let mut unsaid = Vec::new();
    for command in commands::definitions(&features::all(), None) {
        look(&command, &command["name"].to_string(), &mut unsaid);
    }
    assert!(unsaid.is_empty(), "{unsaid:#?}");
}

#[test]
fn commands_are_named_as_readers_see_them() {
    let misnamed =
        |language: Language| commands::misnamed(&features::all(), language.code(), words::files(language.code()));
    let unknown: Vec<String> = words::known_languages().flat_map(misnamed).collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn a_command_or_option_that_is_not_there_is_found() {
    let misnamed = |from: &str, to: &str| {
        let files = words::files("nl").iter().map(|(name, text)| (*name, text.replace(from, to))).collect::<Vec<_>>();
        assert!(files.iter().any(|(_, text)| text.contains(to)), "{from}");
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let found = commands::misnamed(&features::all(), "nl", &files);
        found.iter().map(|it| it.split_once(": ").map_or("", |(_, what)| what).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(misnamed("`/ticket lijst`", "`/ticket lijst`"), [""; 0]);
    assert_eq!(misnamed("/ticket tonen ticket:{", "/ticket tonen bon:{"), ["there is no `/ticket tonen bon:`"]);
    assert_eq!(
        misnamed("aanpassen logkanaal`", "aanpassen kanaallog`"),
        ["there is no `/instellingen systeem aanpassen kanaallog`"]
    );
    assert_eq!(misnamed("`/ticket heropenen`", "`/ticket heropen`"), ["there is no `/ticket heropen`"]);
    assert_eq!(
        misnamed("de optie `ingeschakeld`", "de optie `enabled`"),
        ["there is no option `enabled`; here it is `ingeschakeld`"]
    );
    assert_eq!(
        misnamed("`reservecategorie`", "`categorie`"),
        ["`ticket-events-place-full` does not name the option `reservecategorie`"]
    );
    assert_eq!(misnamed("names-tickets = tickets", "names-tickets = kaartjes").len(), 4, "where it is typed");
}

#[test]
fn what_nobody_chooses_or_finds_is_told() {
    let verdict = |code: &str, from: &str, to: &str| {
        let files = words::files("en").iter().map(|(name, text)| (*name, text.replace(from, to))).collect::<Vec<_>>();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        words::check(code, &files).iter().map(|it| it.what.clone()).collect::<Vec<_>>()
    };
    let says = |problems: Vec<String>, expected: &str| {
        assert!(problems.iter().any(|it| it == expected), "{expected}: {problems:#?}");
    };
    says(
        verdict("pl", "", ""),
        "`tickets-transcript-shown` lacks the variant `[few]`, which numbers have in this language",
    );
    says(
        verdict("de", " = I\n", " = ich\n"),
        "`ticket-events-told-claimed` has the variant `[I]`, which is never chosen",
    );
    says(
        verdict("de", "[monday]", "[montag]"),
        "`reminder-times-weekday` has the variant `[montag]`, which is never chosen",
    );
    says(verdict("de", "tickets-yes = Yes", "tickets-yes = {\"\"}"), "`tickets-yes` says nothing");
    says(verdict("la", "", ""), "`la` is no language of Discord's, so nobody would read it");
    says(
        verdict("de", "tickets-title = Ticket #{ $number } · { $kind }", "tickets-title = { $kind } · #{ $number }"),
        "`tickets-title` must have the number first and words or signs after it: a ticket is found again by that",
    );
    let long = format!("tickets-card-status = {}", "x".repeat(257));
    says(
        verdict("de", "tickets-card-status = Status", &long),
        "`tickets-card-status` has 257 characters; Discord shows 256",
    );
    // What is no sentence in English is a title, or the name of a field, whatever it is called.
    let long = format!("exports-logged = {}.", "x".repeat(256));
    says(
        verdict("de", "exports-logged = 📤 Data was exported", &long),
        "`exports-logged` has 257 characters; Discord shows 256",
    );
    says(
        verdict("de", "“{ ticket-setup-people-form }” shows", "“Place and people” shows"),
        "`ticket-setup-gone-role` says “Place and people” in its own words; `{ ticket-setup-people-form }` stays what is shown",
    );
    says(
        verdict("de", "words-between-items = ,{\" \"}", "words-between-items = /"),
        "`words-between-items` must be one of , ; ، 、 ， with spaces around it: what is typed is taken apart by these",
    );
}

#[test]
fn a_test_knows_how_long_what_is_shown_may_be() {
    let text = said!(tickets_solved).in_english();
    assert_eq!(words::said_by(&text), Some(("tickets-solved".to_owned(), 1024)));
    let text = said!(tickets_card_updated).in_english();
    assert_eq!(words::said_by(&text), Some(("tickets-card-updated".to_owned(), 256)));
    // Two say the same, and nobody knows which of them it was.
    let text = said!(tickets_about_what_menu).in_english();
    assert_eq!(words::said_by(&text), Some(("ticket-setup-usual-subject-label".to_owned(), 45)));
    assert_eq!(words::said_by("Nobody says this."), None);
}

#[test]
fn a_language_is_found_by_locale() {
    let check = |locale: &str, expected: Option<&str>| {
        assert_eq!(Language::of_locale(locale).map(Language::code), expected, "{locale}");
    };
    check("en-US", Some("en"));
    check("en-GB", Some("en"));
    check("nl", Some("nl"));
    check("nl-BE", Some("nl"));
    check("NL", Some("nl"));
    check("fr", None);
    check("", None);
    check("english", None);
}

#[test]
fn a_translation_is_checked_with_file_and_line() {
    let english = words::files("en");
    let mut files: Vec<(&str, String)> = english.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    let verdict = |files: &[(&str, String)]| {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let problems = words::check("de", &files);
        problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(verdict(&files), [""; 0], "English lacks nothing of English");
    let all = files.clone();
    let change = |files: &mut Vec<(&str, String)>, from: &str, to: &str| {
        let file = files.iter_mut().find(|(name, _)| *name == "words").expect("words.ftl");
        assert!(file.1.contains(from), "{from}");
        file.1 = file.1.replace(from, to);
    };
    change(&mut files, "{ $left } and { $right }", "{ $left } und { $rigth }");
    change(&mut files, "words-decimal-mark", "words-decimal-comma");
    let said = verdict(&files);
    assert_eq!(
        said,
        [
            "words.ftl: `words-decimal-mark` is missing",
            "words.ftl:8: `words-decimal-comma` is not used; English has no such message",
            "words.ftl:14: `words-and` lacks `{ $right }`",
            "words.ftl:14: `words-and` has `{ $rigth }`, which nobody gives it",
        ]
    );
    files = all.clone();
    change(&mut files, "words-language-name = English", "words-language-name = \nEnglish");
    assert!(
        verdict(&files).iter().any(|it| it.starts_with("words.ftl:5: this is not Fluent")),
        "{:?}",
        verdict(&files)
    );
    files = all.clone();
    let names = files.iter_mut().find(|(name, _)| *name == "names").expect("names.ftl");
    names.1 = names.1.replace("names-add = add", "names-add = Add it");
    assert!(verdict(&files).iter().any(|it| it.contains("`names-add` is no name")), "{:?}", verdict(&files));
    files = all.clone();
    change(&mut files, "words-and = ", "words-and = { NUMBER($left) } ");
    assert!(
        verdict(&files).iter().any(|it| it.contains("names `NUMBER()`, which is not there")),
        "{:?}",
        verdict(&files)
    );
    let texts: Vec<(&str, &str)> = all.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let odd = words::check("de_!", &texts);
    assert!(odd.iter().any(|it| it.what.starts_with("the folder is not called like a language")), "{odd:?}");
    files = all.into_iter().filter(|(name, _)| *name != "ui").collect();
    assert!(verdict(&files).contains(&"ui.ftl: this file is missing".to_owned()));
    let config = files.iter_mut().find(|(name, _)| *name == "config").expect("config.ftl");
    config.1 = config.1.replace("config-skip-button = Skip", &format!("config-skip-button = {}", "x".repeat(81)));
    assert!(verdict(&files).iter().any(|it| it.ends_with("`config-skip-button` has 81 characters; Discord shows 80")));
}

#[test]
fn the_bot_speaks_of_itself_in_the_first_person() {
    let check = |said: Said, english: &str, dutch: &str| {
        assert_eq!(said.in_english(), english);
        assert_eq!(said.say(Language::of_code("nl").expect("Dutch")), dutch);
    };
    let by = || said!(ticket_events_i);
    check(
        said!(ticket_events_told_claimed, by = by()),
        "🔵 I have claimed this ticket.",
        "🔵 Ik heb dit ticket opgepakt.",
    );
    check(
        said!(ticket_events_told_close_requested, member = "7", by = by()),
        "<@7>, I think that this is solved. May it be closed?",
        "<@7>, ik denk dat dit opgelost is. Mag het dicht?",
    );
    check(said!(ticket_events_told_kept_open, by = by()), "I keep this ticket open.", "Ik houd dit ticket open.");
    let who = || said!(ticket_events_me);
    check(said!(ticket_events_did_waiting, who = who()), "I wait for the member", "Ik zette het op “wacht op het lid”");
    check(said!(ticket_events_did_kept_open, who = who()), "I want to keep it open", "Ik wil het openhouden");
    check(said!(ticket_events_did_kept_open, who = "<@7>"), "<@7> wants to keep it open", "<@7> wil het openhouden");
}

#[test]
fn one_is_one_and_not_several() {
    let check = |said: Said, english: &str, dutch: &str| {
        assert_eq!(said.in_english(), english);
        assert_eq!(said.say(Language::of_code("nl").expect("Dutch")), dutch);
    };
    check(said!(tickets_transcript_shown, number = 3, count = 1), "Ticket #3: 1 message.", "Ticket #3: 1 bericht.");
    check(
        said!(faq_list_page, page = 1, pages = 1, total = 1),
        "Page 1 of 1 · 1 answer",
        "Pagina 1 van 1 · 1 antwoord",
    );
    check(
        said!(ticket_setup_tags_line, name = "a", first = "b", uses = 1),
        "**a** b · given once",
        "**a** b · 1 keer gebruikt",
    );
    check(
        said!(ticket_setup_answered_by_text, min = 0, max = 1),
        "text of up to 1 character",
        "tekst van hooguit 1 teken",
    );
}

/// Where words of English stand in Rust that nobody reads in Discord, or that are data, with the reason.
const IN_RUST: [(&str, &str); 40] = [
    ("assist/advice.rs", "what a model is told"),
    ("assist/distress/", "what is looked for in what members write"),
    ("assist/judge/", "what is looked for in what a model writes"),
    ("assist/prompt.rs", "what a model is told"),
    ("llm/", "likewise, and what is looked for in what it is told"),
    ("api/document.rs", "the document of the API, for those who write programs"),
    ("api/key.rs", "the same"),
    ("api/page.rs", "the same"),
    ("features/config/api/", "the same"),
    ("features/exports/api.rs", "the same"),
    ("features/faq/api/", "the same"),
    ("features/reminders/api/", "the same"),
    ("features/tickets/api/", "the same"),
    ("features/overview/api.rs", "the same"),
    ("features/overview/dashboard.rs", "the same"),
    ("api/gate.rs", "what HTTP calls things"),
    ("api/mod.rs", "what HTTP calls things"),
    ("preflight.rs", "what operators read"),
    ("commands", "what registering finds wrong, and docs/configuration.md"),
    ("config.rs", "what operators set"),
    ("dev/", "the fake Discord speaks as Discord's clients do"),
    ("feature/export/stream.rs", "what went wrong with a table, for the log"),
    ("feature/export/written.rs", "what HTTP calls things"),
    ("feature/promise.rs", "why work waits, for the log"),
    ("features/invites/mod.rs", "templates that a server sets"),
    ("features/tickets/model/why.rs", "what older versions stored"),
    ("features/tickets/settle/mod.rs", "why work waits, for the log"),
    ("features/tickets/settle/replies.rs", "why work waits, for the log"),
    ("features/tickets/transcript/writer/", "HTML"),
    ("intake/", "what the operating system and HTTP call things"),
    ("knowledge/synonyms/", "what people search for"),
    ("reminders/announcement/", "what people announce"),
    ("reminders/schedule/notation.rs", "a notation that is stored"),
    ("reminders/ahead.rs", "what people type"),
    ("reminders/words/", "what people type and announce"),
    ("server.rs", "what HTTP calls things"),
    ("settings/words.rs", "docs/configuration.md"),
    ("telemetry.rs", "what operators read"),
    ("webhook/promises.rs", "why work goes on later, for the log"),
    ("words/", "what is wrong with translations"),
];

/// Single sentences in files that otherwise say nothing, with the reason.
const SENTENCES: [(&str, &str, &str); 31] = [
    ("web/live.rs", "\\n\\n", "what browsers are told"),
    ("web/front.rs", "text/javascript", "what browsers are told"),
    ("web/visit.rs", "noopener noreferrer", "what browsers are told"),
    ("features/tickets/setup/web/panel_form.rs", "noopener noreferrer", "what browsers are told"),
    ("features/tickets/web/conversation.rs", "noopener noreferrer", "what browsers are told"),
    ("features/tickets/web/conversation.rs", "text/plain", "what browsers are told"),
    ("web/guard.rs", "text/html", "what browsers are told"),
    ("web/site.rs", "attachment; filename", "what browsers are told"),
    ("features/tickets/discord/press.rs", "the transcript is being taken", "why work waits, for the log"),
    ("discord/mod.rs", "DiscordBot (", "what HTTP calls us"),
    ("discord/login.rs", "the answer cannot be read", "what went wrong with a login, for the log"),
    ("features/config/web/mod.rs", "wrong-{name} about-{name}", "ids of parts of a page"),
    ("web/cookie.rs", "; Path=/; Max-Age=", "what browsers are told"),
    ("web/front.rs", "noopener noreferrer", "what browsers are told"),
    ("web/front.rs", "text/css", "what browsers are told"),
    ("web/front.rs", "public, max-age", "what browsers are told"),
    ("web/site.rs", "text/html", "what browsers are told"),
    ("web/guard.rs", "default-src 'none'", "what browsers are told"),
    ("web/layout.rs", "width=device-width", "what browsers are told"),
    ("web/layout.rs", "light dark", "what browsers are told"),
    ("web/login.rs", "identify guilds", "what Discord calls what it is asked for"),
    ("web/rich.rs", "noopener noreferrer", "what browsers are told"),
    ("web/session.rs", "Mac OS", "what browsers call themselves"),
    ("discord/request.rs", "the answer of {route} cannot be read", "what went wrong with a call, for the log"),
    ("features/tickets/words/setup.rs", "Need help?", "what older versions stored of panels"),
    (
        "features/tickets/words/setup.rs",
        "Open a ticket, and the staff will help you.",
        "what older versions stored of panels",
    ),
    (
        "features/tickets/words/usual.rs",
        "Hello {member}, the staff will be with you soon.",
        "what older versions stored of kinds",
    ),
    ("features/tickets/words/usual.rs", "What is it about?", "what older versions stored of kinds"),
    ("features/tickets/words/usual.rs", "In a few words", "what older versions stored of kinds"),
    ("features/tickets/words/usual.rs", "Tell us more", "what older versions stored of kinds"),
    (
        "features/tickets/words/usual.rs",
        "What happened, and what have you tried?",
        "what older versions stored of kinds",
    ),
];

/// What stands before a literal for us: logs, errors that only we read, names of jobs, and what Discord and we tell commands
/// and choices apart by.
const FOR_US: [&str; 27] = [
    ".only_for(",
    ".only_for_admins(",
    ".every_guild_job(",
    ".upkeep(",
    "expect(",
    "tracing::",
    "assert",
    "panic!",
    "unreachable!",
    "context(",
    "with_context(",
    "bail!",
    "anyhow!",
    "ensure!",
    "#[error",
    "error!(",
    "warn!(",
    "info!(",
    "debug!(",
    "query",
    ".job(",
    ".try_first(",
    ".guild_job(",
    ".message_menu(",
    ".user_menu(",
    "#[command(",
    "#[option(",
];

/// The same for what is no call.
const FOR_US_TOO: [&str; 2] = ["const FOR_STAFF", "JobEntry"];

/// Whether a literal is for us: what it is given to, directly or with what is made of it, says so.
fn is_for_us(before: &str) -> bool {
    // What other literals say is no code.
    let code: String = before.split('"').step_by(2).collect::<Vec<_>>().join("\"\"");
    let mut open = Vec::new();
    for (at, c) in code.char_indices() {
        match c {
            '(' => open.push(at),
            ')' => _ = open.pop(),
            _ => {}
        }
    }
    let called = |at: &usize| {
        let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '!' | '#' | '[');
        let begins = code[..*at].rfind(|c| !name(c)).map_or(0, |space| space + 1);
        let called = &code[begins..=*at];
        // A whole name, or a path or the end of one: `requery(` is not `query(`.
        FOR_US.iter().any(|it| {
            called.match_indices(it).any(|(from, _)| {
                from == 0 || !it.starts_with(char::is_alphanumeric) || called[..from].ends_with([':', '.'])
            })
        })
    };
    open.iter().any(called) || FOR_US_TOO.iter().any(|it| code.contains(it))
}

#[test]
fn nothing_is_said_in_rust() {
    let words = |text: &str| {
        let mut depth = 0;
        // What is put in is no word.
        let plain: String = text
            .chars()
            .filter(|c| {
                depth += i32::from(*c == '{') - i32::from(*c == '}');
                depth == 0
            })
            .collect();
        // Nor are times, as Discord or we write them.
        let is_time = |word: &str| word.starts_with('%') || word.contains("<t:");
        let is_word = |word: &&str| !is_time(word) && word.chars().filter(|c| c.is_alphabetic()).count() > 1;
        plain.split_whitespace().filter(is_word).count()
    };
    let mut said = Vec::new();
    let mut unused: Vec<&str> = IN_RUST.iter().map(|(exempt, _)| *exempt).collect();
    unused.extend(SENTENCES.iter().map(|(_, sentence, _)| *sentence));
    for (path, code) in library() {
        if path.ends_with("store.rs") || path.contains("/store/") || path.ends_with("tests.rs") {
            continue;
        }
        for (before, text) in literals(&code) {
            if words(text) < 2 || is_for_us(before) {
                continue;
            }
            let exempt = IN_RUST.iter().map(|(exempt, _)| *exempt).find(|exempt| path.starts_with(exempt));
            let sentence = SENTENCES.iter().find(|(file, sentence, _)| path == *file && text.contains(sentence));
            match exempt.or(sentence.map(|(_, sentence, _)| *sentence)) {
                Some(used) => unused.retain(|it| *it != used),
                None => said.push(format!("{path}: {text}")),
            }
        }
    }
    assert!(said.is_empty(), "{} of them: {said:#?}", said.len());
    assert!(unused.is_empty(), "nothing needs these exceptions any more: {unused:#?}");
}

#[test]
fn what_stays_the_same_in_every_language_is_told() {
    let verdict = |from: &str, to: &str| {
        let files = words::files("en").iter().map(|(name, text)| (*name, text.replace(from, to))).collect::<Vec<_>>();
        assert!(files.iter().any(|(_, text)| text.contains(to)), "{from}");
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let mut found: Vec<String> = words::check("de", &files).into_iter().map(|it| it.what).collect();
        found.extend(
            commands::misnamed(&features::all(), "de", &files)
                .iter()
                .map(|it| it.split_once(": ").map_or("", |(_, what)| what).to_owned()),
        );
        found
    };
    assert_eq!(
        verdict("*[other] { $count } rows\n    }.\n", "*[other] rows\n    }.\n"),
        ["`exports-done` does not say `{ $count }` in each of its variants, as English does"]
    );
    assert_eq!(
        verdict("The panel is in { $channel }.", "The panel is in <#{ $channel }>."),
        ["`ticket-setup-panel-there` has `<#`, which English has not"]
    );
    let odd = verdict("`/ticket reopen`", "`/ticket reopen");
    assert!(odd.iter().any(|it| it.ends_with("has a mark of code without its other half")), "{odd:#?}");
    let other = verdict("`/ticket reopen`", "`/ticket close`");
    assert!(other.iter().any(|it| it.ends_with("does not name `/ticket reopen`")), "{other:#?}");
}

#[test]
fn large_numbers_are_written_as_their_language_does() {
    let dutch = Language::of_code("nl").expect("Dutch");
    let rows = |count: i64| said!(exports_done, name = "tickets", count = words::amount(count));
    assert_eq!(rows(1234567).in_english(), "tickets: 1,234,567 rows.");
    assert_eq!(rows(1234567).say(dutch), "tickets: 1.234.567 rijen.");
    assert_eq!(rows(9999).in_english(), "tickets: 9999 rows.");
    assert_eq!(rows(-10000).in_english(), "tickets: -10,000 rows.");
    // A number that is a name stays as it is.
    assert!(said!(tickets_transcript_shown, number = 12345, count = 1).in_english().starts_with("Ticket #12345: "));
}
