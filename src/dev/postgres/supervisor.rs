//! The parent of Postgres: it starts the server, cleans up after processes that died, and stops it.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use sqlx::Connection as _;

use super::folder::{Folder, Process, answers, is_free, lock_within, make_folder, open_lock, try_lock};
use super::programs::{Account, account, command};
use super::{PATIENCE, SUPERVISE, connect, database_prefix, execute, url};

/// How long an unused server stays, so that `cargo test` after `cargo test` finds it running.
const LINGER: Duration = Duration::from_secs(1);

/// How often the supervisor looks around.
const TICK: Duration = Duration::from_millis(200);

/// Is the parent of Postgres until nobody uses it; the whole life of the process that `Server::start` spawns.
///
/// `arguments` are those that follow [`SUPERVISE`]. Call it outside of any async runtime, and write its error to standard
/// error: that is `server.log`, whose end `Server::start` shows.
///
/// # Errors
/// Whatever keeps the server from running.
pub fn supervise(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Result<()> {
    let mut arguments = arguments.into_iter().map(|argument| PathBuf::from(argument.into()));
    let (Some(folder), Some(bin)) = (arguments.next(), arguments.next()) else {
        bail!("usage: {SUPERVISE} FOLDER BIN");
    };
    let folder = Folder(folder);
    let account = account(fs::metadata(&folder.0)?.uid())?;

    // Another supervisor may be there if the process that spawned it was killed at once; then this one is not needed.
    let _supervisor = lock_within(&folder.supervisor_lock(), LINGER).context("be the only supervisor")?;
    start_or_adopt(&folder, &bin, account)?;

    let mut last_used = Instant::now();
    loop {
        thread::sleep(TICK);
        if is_free(&folder.server_lock())? {
            bail!("PostgreSQL has ended");
        }
        if drop_databases_of_the_dead(&folder)? {
            last_used = Instant::now();
        }
        if last_used.elapsed() < LINGER {
            continue;
        }
        // Who joins takes this lock first, so nobody can join a server that is about to stop.
        let start = open_lock(&folder.start_lock())?;
        if try_lock(&start)? && !folder.processes()?.iter().any(|process| process.is_alive()) {
            return stop(&folder, &bin, account);
        }
    }
}

fn start_or_adopt(folder: &Folder, bin: &Path, account: Option<Account>) -> Result<()> {
    let lock = open_lock(&folder.server_lock())?;
    let deadline = Instant::now() + PATIENCE;
    while !try_lock(&lock)? {
        if answers(&folder.socket_dir()) {
            return Ok(());
        }
        ensure!(Instant::now() < deadline, "a PostgreSQL in {} neither answers nor ends", folder.0.display());
        thread::sleep(Duration::from_millis(10));
    }
    if !folder.data().join("PG_VERSION").exists() {
        initdb(folder, bin, account, &lock)?;
    }
    make_folder(&folder.socket_dir(), account)?;

    let mut postgres = command(&bin.join("postgres"), account);
    postgres.arg("-D").arg(folder.data()).arg("-k").arg(folder.socket_dir());
    for setting in [
        "listen_addresses=",
        "port=5432",
        "unix_socket_permissions=0700",
        "max_connections=300",
        "shared_buffers=128MB",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        // Every test database goes through the log; the default keeps up to 1 GB of it.
        "max_wal_size=256MB",
        "log_checkpoints=off",
        "checkpoint_warning=0",
        "timezone=UTC",
        "log_timezone=UTC",
    ] {
        postgres.arg("-c").arg(setting);
    }
    // PostgreSQL refuses to start while the process id in a leftover `postmaster.pid` exists, be it a zombie or, after a
    // reboot, a stranger. The lock proves that it is neither our server nor a child of it, so we say what a shell
    // script says to the same end (CreateLockFile in src/backend/utils/init/miscinit.c): that it is our grandparent.
    if let Ok(left) = fs::read_to_string(folder.data().join("postmaster.pid"))
        && let Some(pid) = left.lines().next()
    {
        postgres.env("PG_GRANDPARENT_PID", pid);
    }
    postgres.stdin(lock).spawn().context("start postgres")?;
    Ok(())
}

/// Makes the data folder beside its place and renames it, so that a kill in the middle leaves nothing half-made.
fn initdb(folder: &Folder, bin: &Path, account: Option<Account>, server_lock: &File) -> Result<()> {
    let new = folder.0.join("data.new");
    // Not every system has C.UTF-8; in plain C, `lower('Ä')` is `'Ä'`.
    for locale in ["C.UTF-8", "C"] {
        if new.exists() {
            fs::remove_dir_all(&new)?;
        }
        make_folder(&new, account)?;
        let status = command(&bin.join("initdb"), account)
            // If we are killed, the next supervisor waits until this has ended.
            .stdin(server_lock.try_clone()?)
            .arg("-D")
            .arg(&new)
            .args(["--username=postgres", "--auth-local=trust", "--auth-host=reject", "--no-sync", "--encoding=UTF8"])
            .arg(format!("--locale={locale}"))
            .status()
            .context("run initdb")?;
        if status.success() {
            fs::rename(&new, folder.data())?;
            return Ok(());
        }
    }
    bail!("initdb fails");
}

fn stop(folder: &Folder, bin: &Path, account: Option<Account>) -> Result<()> {
    for mode in ["fast", "immediate"] {
        let status = command(&bin.join("pg_ctl"), account)
            .arg("-D")
            .arg(folder.data())
            .args(["stop", "-m", mode, "-t", "10"])
            .status()
            .context("run pg_ctl")?;
        if status.success() {
            return Ok(());
        }
    }
    bail!("PostgreSQL in {} does not stop", folder.0.display());
}

/// Says whether any process uses the server, after dropping what those that died have left.
fn drop_databases_of_the_dead(folder: &Folder) -> Result<bool> {
    let (alive, dead): (Vec<_>, Vec<_>) = folder.processes()?.into_iter().partition(Process::is_alive);
    if !dead.is_empty() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        for process in dead {
            let dropped = runtime.block_on(async {
                tokio::time::timeout(PATIENCE, drop_databases(folder, &process.id))
                    .await
                    .context("wait for the server")?
            });
            match dropped {
                Ok(()) => fs::remove_file(folder.processes_dir().join(&process.id))?,
                // Not worth a dead server; the next round tries again.
                Err(error) => writeln!(io::stderr(), "drop the databases of {}: {error:#}", process.id)?,
            }
        }
    }
    Ok(!alive.is_empty())
}

async fn drop_databases(folder: &Folder, process: &str) -> Result<()> {
    let mut admin = connect(&url(&folder.socket_dir(), "postgres")).await?;
    let names: Vec<String> = sqlx::query_scalar("select datname::text from pg_database where starts_with(datname, $1)")
        .bind(database_prefix(process))
        .fetch_all(&mut admin)
        .await?;
    for name in names {
        execute(&mut admin, format!("drop database if exists {name} with (force)")).await?;
    }
    Ok(admin.close().await?)
}
