//! `alphapy import faq`: entries from files, again and again.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use secrecy::ExposeSecret;

use crate::support::{AWAY, HOME, World, apart};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/faq")
}

async fn import(world: &World, guild: &str, args: &[&str]) -> Output {
    let config = world.config();
    let mut command = Command::new(env!("CARGO_BIN_EXE_alphapy"));
    command
        .env_clear()
        .env("DATABASE_URL", &world.database_url)
        .env("DISCORD_APPLICATION_ID", config.discord.discord_application_id.to_string())
        .env("DISCORD_BOT_TOKEN", config.discord.discord_bot_token.expose_secret())
        .env("DISCORD_PUBLIC_KEY", format!("{:?}", config.discord_public_key))
        .args(["import", "faq", "--guild", &world.guild(guild).to_string()])
        .args(args)
        .current_dir(samples());
    tokio::task::spawn_blocking(move || command.output()).await.expect("no panic").expect("it runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const FILES: [&str; 3] = ["refunds.md", "accounts.csv", "visits.jsonl"];

#[tokio::test]
async fn files_are_imported_once() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general").await;
    let dry = import(&world, HOME, &[&["--dry-run"], &FILES[..]].concat()).await;
    assert_eq!(stdout(&dry), "Would be: 5 added, 0 changed, 0 unchanged, 1 bad\n", "{}", stderr(&dry));
    let first = import(&world, HOME, &FILES).await;
    assert_eq!(stdout(&first), "5 added, 0 changed, 0 unchanged, 1 bad\n");
    assert_eq!(stderr(&first), "accounts.csv:5: An entry needs an answer; please add one.\n");
    let again = import(&world, HOME, &FILES).await;
    assert_eq!(stdout(&again), "0 added, 0 changed, 5 unchanged, 1 bad\n");
    world.a_minute_passes().await;
    let (_, log) = apart(&world.screen().await, "general");
    assert_eq!(log.matches("📥 FAQ entries imported").count(), 1, "{log}");
    assert!(log.contains("5 added, 0 changed"), "{log}");

    world.has_entry("By hand", "Six.").await;
    world.types("ann", "/faq list").await;
    expect_test::expect![[r#"
        ann in #help: /faq list
        bot: (only ann sees this)
             | **Answers**
             | __Account__
             | **#2 Wachtwoord vergeten** Klik op Wachtwoord vergeten op de inlogpagina. Je krijgt een e-mail met een link.
             | **#3 I cannot sign in** Check caps lock, then reset your password.
             | __Billing__
             | **#1 How do I get a refund?** Write to billing within 30 days and name your order. The money is back on your card a wee…
             | __Visits__
             | **#4 Opening hours** Nine to five, Monday to Friday.
             |
             | **#5 Waar kan ik parkeren?** Achter het huis, de eerste twee uur gratis.
             | **#6 By hand** Six.
             | (Page 1 of 1 · 6 answers)
             <select: Open an answer>
               - Wachtwoord vergeten
               - I cannot sign in
               - How do I get a refund?
               - Opening hours
               - Waar kan ik parkeren?
               - By hand
    "#]].assert_eq(&world.screen().await);
    world.person("bob").in_guild(AWAY).types("/faq list").await;
    let screen = world.screen().await;
    assert!(screen.contains("There are no answers here yet"), "{screen}");
}

#[tokio::test]
async fn a_strict_import_takes_all_or_nothing() {
    let world = World::new().await;
    let strict = import(&world, HOME, &[&["--strict"], &FILES[..]].concat()).await;
    assert_eq!(strict.status.code(), Some(1));
    assert!(stderr(&strict).contains("nothing was imported, because of 1 bad rows"), "{}", stderr(&strict));
    world.types("ann", "/faq list").await;
    let screen = world.screen().await;
    assert!(screen.contains("There are no answers here yet"), "{screen}");
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_named_and_stops_no_other() {
    let world = World::new().await;
    let imported = import(&world, HOME, &["nothing.md", "questions.txt", "refunds.md", "visits.jsonl"]).await;
    assert_eq!(stdout(&imported), "3 added, 0 changed, 0 unchanged, 2 bad\n", "{}", stderr(&imported));
    assert_eq!(imported.status.code(), Some(1), "whoever runs it by a program hears that something is missing");
    let said = stderr(&imported);
    assert!(said.contains("nothing.md: No such file") && said.contains("questions.txt: "), "{said}");
    world.types("ann", "/faq list").await;
    assert!(world.screen().await.contains("How do I get a refund?"));
}

/// What a spreadsheet makes of a table is read as what it was.
#[tokio::test]
async fn tables_are_read_as_spreadsheets_write_them() {
    let world = World::new().await;
    let folder = std::env::temp_dir().join(format!("alphapy-import-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let text = "Titel;title;Answer \r\n1;Café;Één keer, of twee\r\n2;Prijs;\"5 euro\r\n";
    let utf_16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    for (name, bytes, told) in
        [("one.CSV", utf_16, "1 added, 0 changed, 0 unchanged"), ("two.csv", latin, "0 added, 0 changed, 1 unchanged")]
    {
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("a file");
        let imported = import(&world, HOME, &[path.to_str().expect("a path")]).await;
        assert_eq!(stdout(&imported), format!("{told}, 1 bad\n"), "{}", stderr(&imported));
        assert!(stderr(&imported).contains(&format!("{name}:3: a quotation mark is opened")), "{}", stderr(&imported));
    }
    std::fs::remove_dir_all(&folder).expect("it is ours");
    world.types("ann", "/faq view entry:Café").await;
    assert!(world.screen().await.contains("Één keer, of twee"));
}
