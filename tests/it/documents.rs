//! Documents that operators import: found beside the FAQ, by whoever may.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use alphapy::dev::provider::{Manners, Provider};
use expect_test::expect;
use secrecy::ExposeSecret;

use crate::support::{AWAY, HOME, World, apart};
use crate::tickets::{opens, staffed};

/// A folder of documents that is gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = Folder(std::env::temp_dir().join(format!("alphapy-{name}-{}", std::process::id())).join("docs"));
        std::fs::create_dir_all(&folder.0).expect("a folder");
        folder
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("text")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap_or(Path::new(&self.0)));
    }
}

async fn import(world: &World, guild: Option<&str>, args: &[&str]) -> Output {
    let config = world.config();
    let mut command = Command::new(env!("CARGO_BIN_EXE_alphapy"));
    command
        .env_clear()
        .env("DATABASE_URL", &world.database_url)
        .env("DISCORD_APPLICATION_ID", config.discord.discord_application_id.to_string())
        .env("DISCORD_BOT_TOKEN", config.discord.discord_bot_token.expose_secret())
        .env("DISCORD_PUBLIC_KEY", format!("{:?}", config.discord_public_key))
        .args(["import", "docs"])
        .args(args);
    if let Some(guild) = guild {
        command.args(["--guild", &world.guild(guild).to_string()]);
    }
    tokio::task::spawn_blocking(move || command.output()).await.expect("no panic").expect("it runs")
}

/// What it printed, and below it what is wrong.
fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

fn harbor(folder: &Folder) {
    folder.write(
        "ferries.md",
        "---\nurl: https://docs.example.org/ferries\n---\n# Ferries\n\n## Bicycles\n\nA bicycle travels free on every ferry.\n",
    );
    folder.write("rules/pets.html", "<h1>Pets</h1><p>Dogs stay on a leash. Cats stay in a basket.</p>");
    folder.write("lost.txt", "Lost umbrellas wait in the blue cabinet.\n");
    folder.write("map.png", [0x89, b'P']);
    folder.write(".draft.md", "# Secret\n\nNobody reads this.");
}

#[tokio::test]
async fn a_folder_is_imported_again_and_again() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general").await;
    let folder = Folder::new("docs-again");
    harbor(&folder);
    let dry = import(&world, Some(HOME), &["--dry-run", folder.path()]).await;
    assert_eq!(said(&dry), "Would be: 3 added, 0 changed, 0 unchanged, 0 bad\n");
    let first = import(&world, Some(HOME), &[folder.path()]).await;
    assert_eq!(said(&first), "3 added, 0 changed, 0 unchanged, 0 bad\n");
    let again = import(&world, Some(HOME), &["--prune", &format!("{}/rules/..", folder.path())]).await;
    assert_eq!(said(&again), "0 added, 0 changed, 3 unchanged, 0 removed, 0 bad\n");
    std::fs::remove_file(folder.0.join("lost.txt")).expect("it was there");
    folder.write("rules/pets.html", "<h1>Pets</h1><p>Dogs stay at home.</p>");
    folder.write("broken.md", "---\nurl: here\n---\nText");
    folder.write("empty.md", "# Only a heading\n");
    let other = folder.path().replace("/docs", "");
    std::fs::write(format!("{other}/scan.pdf"), "%PDF").expect("a file");
    let args = ["--prune", folder.path(), &format!("{other}/scan.pdf"), &format!("{other}/nothing.md")];
    let changed = import(&world, Some(HOME), &args).await;
    assert_eq!(changed.status.code(), Some(1));
    let said = said(&changed).replace(&other, "");
    expect![[r#"
        0 added, 1 changed, 1 unchanged, 1 removed, 4 bad
        /nothing.md: No such file or directory (os error 2)
        /docs/broken.md: `url:` at its top is no web address
        /docs/empty.md: there is no text in it
        /scan.pdf: PDF is not read; save it as Markdown, text or HTML
    "#]]
    .assert_eq(&said);
    let strict = import(&world, Some(HOME), &["--strict", folder.path()]).await;
    assert_eq!(strict.status.code(), Some(1));
    world.a_minute_passes().await;
    let (_, log) = apart(&world.screen().await, "general");
    assert!(log.contains("📚 Documents imported") && log.contains("3 added, 0 changed, 0 removed"), "{log}");
    assert!(log.contains("0 added, 1 changed, 1 removed"), "{log}");
    assert_eq!(log.matches("Documents imported").count(), 2, "{log}");
}

#[tokio::test]
async fn a_search_shows_documents_where_no_entry_answers() {
    let world = World::new().await;
    let folder = Folder::new("docs-search");
    harbor(&folder);
    import(&world, Some(HOME), &[folder.path()]).await;
    world.has_entry("Opening hours", "Nine to five.").await;
    world.types("ann", "/faq search query:take my bicycle on a ferry").await;
    world.types("ann", "/faq search query:opening hours").await;
    world.types("ann", "/faq search query:dogs public:true").await;
    world.types("ann", "/faq search query:How do volcanoes erupt?").await;
    world.types("ann", "/faq search query:secret").await;
    expect![[r#"
        ann in #help: /faq search query:take my bicycle on a ferry
        bot: The FAQ says nothing about “take my bicycle on a ferry”; the documents do. (only ann sees this)
             | **From the documents**
             | **[Ferries › Bicycles](https://docs.example.org/ferries)**
             | A __bicycle__ travels free on every ferry.
             [Ask in a ticket]
        ann in #help: /faq search query:opening hours
        bot: (only ann sees this)
             | **Results for “opening hours”**
             | **#1 Opening hours**
             | Nine to five.
             <select: Open an answer>
               - Opening hours
             [Ask in a ticket]
        ann in #help: /faq search query:dogs public:true
        bot: The FAQ says nothing about “dogs”; the documents do.
             | **From the documents**
             | **Pets**
             | Dogs stay on a leash. Cats stay in a basket.
             [Ask in a ticket]
        ann in #help: /faq search query:How do volcanoes erupt?
        bot: I found nothing for “How do volcanoes erupt?”. Try other words, or ask with the button below; the staff can add the answer. (only ann sees this)
             [Ask in a ticket]
        ann in #help: /faq search query:secret
        bot: I found nothing for “secret”. Try other words, or ask with the button below; the staff can add the answer. (only ann sees this)
             [Ask in a ticket]
    "#]].assert_eq(&world.screen().await);
    // Another server reads what is its own, and what is for all.
    let eve = world.discord.person("eve").in_guild(AWAY);
    eve.types("/faq search query:take my bicycle on a ferry").await;
    let screen = world.screen().await;
    assert!(screen.contains("I found nothing") && !screen.contains("bicycle travels"), "{screen}");
    folder.write("ferries.md", "# Ferries\n\nEvery bicycle needs a ticket for the ferry.");
    let all = import(&world, None, &["--base-url", "https://all.example.org/", folder.path()]).await;
    assert_eq!(said(&all), "3 added, 0 changed, 0 unchanged, 0 bad\n");
    eve.types("/faq reload").await;
    world.screen().await;
    eve.types("/faq search query:take my bicycle on a ferry").await;
    let screen = world.screen().await;
    assert!(screen.contains("https://all.example.org/ferries") && screen.contains("needs a ticket"), "{screen}");
    assert!(!screen.contains("travels free"), "{screen}");
}

#[tokio::test]
async fn a_draft_cites_documents() {
    let provider = Provider::start().await;
    provider.set_manners(Manners { is_diligent: true, ..Manners::default() });
    let world = staffed(World::with_model(&provider).await).await;
    opens(&world, "ann", "May I take a bicycle on the ferry?").await;
    world.settle().await;
    let folder = Folder::new("docs-draft");
    harbor(&folder);
    import(&world, Some(HOME), &[folder.path()]).await;
    world.has_entry("Opening hours", "Nine to five.").await;
    world.screen().await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.types("/ticket draft").await;
    expect![[r#"
        sam in #ticket-1: /ticket draft
        bot is thinking… (only sam sees this)
        bot answers: Thanks for asking! A bicycle travels free on every ferry. Let us know if you need anything else. (only sam sees this)
             | **Draft for ticket #1**
             | **Understood as**: May I take a bicycle on the ferry?
             | **Rests on**
             | - [Doc: Ferries › Bicycles](<https://docs.example.org/ferries>)
             [Post it] [Change and post] [Another]
             <select: Put it aside because…>
               - It is wrong
               - It is not needed
               - Its tone does not fit
               - It is in the wrong language
    "#]].assert_eq(&world.screen().await);
    let cited = sqlx::query_scalar::<_, Vec<String>>("select documents from reply_draft");
    assert_eq!(cited.fetch_one(&world.db().await).await.expect("a row"), ["docs/ferries.md"]);
}
