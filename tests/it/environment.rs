//! What an operator reads when something is not set, or set wrong.

use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};

const GOOD: [(&str, &str); 4] = [
    ("DATABASE_URL", "postgres://nobody@localhost/nothing"),
    ("DISCORD_APPLICATION_ID", "1300000000000000001"),
    ("DISCORD_BOT_TOKEN", "t0ken"),
    ("DISCORD_PUBLIC_KEY", "077d26ef2aee2e571e584322717c125b1d2caef3bc8557efcb74a2d480659239"),
];

/// Stands for a variable that is not there.
const UNSET: &str = "(unset)";

fn run(program: &str, args: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program);
    command.args(args).env_clear();
    // Later variables win.
    for (name, value) in environment {
        if *value == UNSET {
            command.env_remove(name)
        } else {
            command.env(name, value)
        };
    }
    command.output().expect("it runs")
}

fn check(program: &str, change: (&str, &str), expected: &str) {
    let mut environment = GOOD.to_vec();
    environment.push(change);
    let output = run(program, &[], &environment);
    assert_eq!(String::from_utf8_lossy(&output.stderr), expected, "{change:?}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_is_missing_or_malformed_is_said_in_one_line() {
    let alphapy = env!("CARGO_BIN_EXE_alphapy");
    check(alphapy, ("DATABASE_URL", UNSET), "alphapy: DATABASE_URL must be set; see `alphapy serve --help`.\n");
    for wrong in ["mysql://x", "nonsense", "\"postgres://a@b/c\"", "postgres://own:p#w@host/name"] {
        let line = "alphapy: DATABASE_URL is not like postgres://user:password@host/name, without quotes and \
                    with %23 for a # in the password; see `alphapy serve --help`.\n";
        check(alphapy, ("DATABASE_URL", wrong), line);
    }
    check(
        alphapy,
        ("DISCORD_PUBLIC_KEY", "abc"),
        "alphapy: DISCORD_PUBLIC_KEY is not 64 hex digits; see `alphapy serve --help`.\n",
    );
    check(
        alphapy,
        ("DISCORD_PUBLIC_KEY", "0100000000000000000000000000000000000000000000000000000000000000"),
        "alphapy: DISCORD_PUBLIC_KEY is a weak key; copy it again from the developer portal; see \
         `alphapy serve --help`.\n",
    );
    check(alphapy, ("DISCORD_BOT_TOKEN", " "), "alphapy: DISCORD_BOT_TOKEN must be set; see `alphapy serve --help`.\n");
    check(
        alphapy,
        ("OWNER_IDS", "7,ada"),
        "alphapy: OWNER_IDS is not a list of numbers with commas between them; see `alphapy serve --help`.\n",
    );
    check(
        alphapy,
        ("METRICS_BIND", "9091"),
        "alphapy: METRICS_BIND is not an address and a port such as 0.0.0.0:8080; see `alphapy serve --help`.\n",
    );
    check(
        alphapy,
        ("DISCORD_API_BASE", "discord.com"),
        "alphapy: DISCORD_API_BASE is not a web address such as https://your.host; see `alphapy serve --help`.\n",
    );
    check(
        alphapy,
        ("RUST_LOG", "info,=x"),
        "alphapy: RUST_LOG is not like info or info,alphapy=debug; see `alphapy serve --help`.\n",
    );
    check(
        alphapy,
        ("BIND", "everywhere"),
        "alphapy: BIND is not an address and a port such as 0.0.0.0:8080; see `alphapy serve --help`.\n",
    );
    for port in ["0", "65536", "http"] {
        check(alphapy, ("PORT", port), "alphapy: PORT is not a number from 1 to 65535; see `alphapy serve --help`.\n");
    }
    check(
        alphapy,
        ("DATABASE_MAX_CONNECTIONS", "2"),
        "alphapy: DATABASE_MAX_CONNECTIONS is not a number from 3 to 1000; see `alphapy serve --help`.\n",
    );
    check(
        alphapy,
        ("LOG_FORMAT", "JSON"),
        "alphapy: LOG_FORMAT is not one of text, json; see `alphapy serve --help`.\n",
    );
    check(
        alphapy,
        ("PUBLIC_URL", "ftp://a"),
        "alphapy: PUBLIC_URL does not start with https://; see `alphapy serve --help`.\n",
    );
    let cron = env!("CARGO_BIN_EXE_alphapy-cron");
    let every = run(cron, &["--every", "60"], &GOOD);
    let told = String::from_utf8_lossy(&every.stderr).into_owned();
    assert!(told.starts_with("alphapy-cron: --every "), "{told}");
    check(
        cron,
        ("DISCORD_BOT_TOKEN", UNSET),
        "alphapy-cron: DISCORD_BOT_TOKEN must be set; see `alphapy serve --help`.\n",
    );
}

#[test]
fn a_taken_port_is_said_in_one_line() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound").to_string();
    let mut environment = GOOD.to_vec();
    environment.extend([("BIND", address.as_str()), ("RUST_LOG", "off")]);
    let output = run(env!("CARGO_BIN_EXE_alphapy"), &["serve"], &environment);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.starts_with(&format!("alphapy: cannot listen on {address}: ")), "{stderr}");
    assert_eq!((stderr.lines().count(), output.status.code()), (1, Some(1)));
}

#[test]
fn a_database_that_is_away_is_said_with_its_cause() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = closed.local_addr().expect("it is bound");
    drop(closed);
    let (database, discord) = (format!("postgres://nobody@{address}/nothing"), format!("http://{address}"));
    let mut serving = Command::new(env!("CARGO_BIN_EXE_alphapy"));
    serving.arg("serve").env_clear().envs(GOOD).envs([
        ("DATABASE_URL", database.as_str()),
        ("BIND", "127.0.0.1:0"),
        ("DISCORD_API_BASE", discord.as_str()),
    ]);
    let mut serving = serving.stderr(Stdio::piped()).spawn().expect("it runs");
    let said = BufReader::new(serving.stderr.take().expect("it is piped")).lines();
    let mut before = Vec::new();
    let told = said.map(|line| line.expect("it is text")).find(|line| {
        before.push(line.clone());
        line.contains("no connection to the database")
    });
    serving.kill().expect("it runs");
    serving.wait().expect("it ends");
    assert!(told.as_ref().is_some_and(|line| line.contains("Connection refused")), "{before:#?}");
    assert!(!before.iter().any(|line| line.contains("pool timed out")), "{before:#?}");
}

/// Every variable that has a default, or need not be set, is left empty, as in a list of variables that nobody filled in.
#[test]
fn an_optional_variable_that_is_empty_counts_as_not_set() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("it is bound").port().to_string();
    let mut environment: Vec<(&str, &str)> = alphapy::config::environment()
        .iter()
        .map(|(name, ..)| (&*name.clone().leak(), ""))
        .filter(|(name, _)| !GOOD.iter().any(|(required, _)| required == name))
        .collect();
    assert!(environment.len() >= 10, "{environment:?}");
    environment.extend(GOOD);
    environment.extend([("PORT", port.as_str()), ("RUST_LOG", "off")]);
    // It gets as far as the port, which is taken.
    for (program, args) in [(env!("CARGO_BIN_EXE_alphapy"), &[][..]), (env!("CARGO_BIN_EXE_alphapy"), &["serve"])] {
        let output = run(program, args, &environment);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains(&format!("cannot listen on 0.0.0.0:{port}")), "{stderr}");
    }
}

#[test]
fn help_shows_every_variable_and_no_secret() {
    for (program, args) in
        [(env!("CARGO_BIN_EXE_alphapy"), &["serve", "--help"][..]), (env!("CARGO_BIN_EXE_alphapy-cron"), &["--help"])]
    {
        let output = run(program, args, &GOOD);
        let help = String::from_utf8_lossy(&output.stdout);
        for name in
            ["DATABASE_URL", "DISCORD_BOT_TOKEN", "DISCORD_PUBLIC_KEY", "OWNER_IDS", "METRICS_TOKEN", "LOG_FORMAT"]
        {
            assert!(help.contains(name), "{name} is not in\n{help}");
        }
        assert!(!help.contains("t0ken") && !help.contains("nobody@"), "{help}");
    }
}

#[test]
fn help_lists_the_variables_by_program() {
    let output = run(env!("CARGO_BIN_EXE_alphapy"), &["--help"], &[]);
    let help = String::from_utf8_lossy(&output.stdout).into_owned();
    for line in [
        "  alphapy migrate: DATABASE_URL, DATABASE_MAX_CONNECTIONS\n",
        "  alphapy health: BIND, PORT\n",
        "  all of them: LOG_FORMAT, RUST_LOG",
    ] {
        assert!(help.contains(line), "{line} is not in\n{help}");
    }
}

#[test]
fn the_example_names_every_variable() {
    let example = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.env.example")).expect("the example");
    let named = |line: &str| line.trim_start_matches('#').split_once('=').map(|(name, _)| name.to_owned());
    let mut named: Vec<String> = example.lines().filter_map(named).filter(|name| !name.contains(' ')).collect();
    named.sort();
    let output = run(env!("CARGO_BIN_EXE_alphapy"), &["serve", "--help"], &[]);
    let help = String::from_utf8_lossy(&output.stdout).into_owned();
    let variables = help.split("[env: ").skip(1).filter_map(|rest| rest.split(['=', ']']).next());
    let mut variables: Vec<&str> = variables.collect();
    variables.sort_unstable();
    assert_eq!(named, variables);
}

#[test]
fn commands_are_printed_without_any_environment() {
    let output = run(env!("CARGO_BIN_EXE_alphapy"), &["commands", "print"], &[]);
    let commands: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(commands[0]["name"], "faq");
}

#[test]
fn a_folder_of_translations_is_told_what_discord_would_refuse_of_its_commands() {
    let german = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("words/de");
    std::fs::create_dir_all(&german).expect("a folder");
    let copy =
        |name: &str, text: &str| std::fs::write(german.join(format!("{name}.ftl")), text).expect("it is written");
    for (name, text) in alphapy::words::files("en") {
        copy(name, text);
    }
    let check = || {
        let output = run(env!("CARGO_BIN_EXE_alphapy"), &["words", "check", german.to_str().expect("a path")], &[]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let told = check();
    assert!(told.ends_with("the same as in English, 0 problems\n"), "{told}");
    let (_, names) = alphapy::words::files("en").iter().find(|(name, _)| *name == "names").expect("it is there");
    copy("names", &names.replace("names-when = when", "names-when = what"));
    let told = check();
    assert!(told.contains("/reminder add: names of options are unique in every language"), "{told}");
}
