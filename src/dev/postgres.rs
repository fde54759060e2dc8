//! The private Postgres that `cargo dev` and `cargo test` share.
//!
//! One server for each user and major version, reached by a Unix socket that only this user can open. It is made of
//! the system's own binaries, never runs as root, and is gone about a second after the last process that used it died,
//! however it died. Nothing here looks at process ids, which may be reused or belong to a zombie: who is alive is told by
//! file locks, which the kernel drops with the last descriptor.
//!
//! | lock in the version's folder | held by | while it |
//! |---|---|---|
//! | `start.lock` | a process that joins; the supervisor | joins; stops the server |
//! | `processes/<id>` | each process that uses the server | lives |
//! | `supervisor.lock` | the supervisor, our own binary called with `SUPERVISE` | lives |
//! | `server.lock` | Postgres and all its children, as their standard input | lives |
//!
//! The supervisor is the parent of Postgres: it drops the databases of processes that died, and stops the server once
//! none is left. If it is killed, the next process that joins starts another, which adopts the running server.
//! (`PR_SET_PDEATHSIG` would tie the server to one thread of one process, and needs `unsafe`.)
//!
//! The server runs with `fsync=off`, because a test makes a database: what `cargo dev` stored survives any kill of any
//! process, but a power cut may spoil it. Delete the folder to begin afresh.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File, Permissions, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

/// The first argument that makes one of our binaries the supervisor; `main` passes the other arguments to [`supervise`].
pub const SUPERVISE: &str = "__pg-supervise";

/// How long anything may take before it is an error: a cold `initdb` on a busy machine takes some seconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long another process may be installing the package.
const INSTALL_PATIENCE: Duration = Duration::from_secs(600);

/// How long an unused server stays, so that `cargo test` after `cargo test` finds it running.
const LINGER: Duration = Duration::from_secs(1);

/// How often the supervisor looks around.
const TICK: Duration = Duration::from_millis(200);

/// `drop database … with (force)` came with 13.
const OLDEST_MAJOR: u32 = 13;

/// A socket's path must fit into `sun_path`: 104 bytes with the closing zero on macOS, 108 on Linux.
const LONGEST_SOCKET: usize = 103;

/// Postgres names its socket after the port; both are fixed, so that `PGPORT` has no say.
const SOCKET: &str = ".s.PGSQL.5432";

/// Templates of other branches that are kept, newest first.
const OLD_TEMPLATES: i64 = 4;

/// A hold on the running server: it stays at least as long as this value or, in a `static`, the process.
#[derive(Debug)]
pub struct Server {
    socket_dir: PathBuf,
    process: String,
    databases: AtomicU64,
    _alive: File,
}

impl Server {
    /// Joins this user's server, and starts it where none runs. Blocks: milliseconds to join, a second or two the
    /// first time.
    ///
    /// `supervisor` is a binary that calls [`supervise`] when its first argument is [`SUPERVISE`].
    ///
    /// # Errors
    /// No Postgres on this machine, or one that does not start; the message says what to do, or what the server's log
    /// says.
    pub fn start(supervisor: &Path) -> Result<Self> {
        let supervisor = supervisor.canonicalize().with_context(|| format!("find {}", supervisor.display()))?;
        let uid = uid()?;
        let base = base(uid)?;
        let programs = Programs::find_or_install(uid, &base)?;
        let folder = Folder(base.join(programs.major.to_string()));
        folder.claim(uid)?;

        // The process before us may use up its patience; ours begins after that.
        let _start = lock_within(&folder.start_lock(), PATIENCE * 2)
            .with_context(|| format!("wait for another process that starts PostgreSQL in {}", folder.0.display()))?;
        let (process, alive) = folder.register()?;
        folder.await_server(&supervisor, &programs)?;
        Ok(Self { socket_dir: folder.socket_dir(), process, databases: AtomicU64::new(0), _alive: alive })
    }

    /// Where a database of this server is, for sqlx, psql and every other client.
    ///
    /// The port is named because sqlx would otherwise take it from `PGPORT`.
    pub fn url(&self, database: &str) -> String {
        url(&self.socket_dir, database)
    }

    /// The folder of the Unix socket, for `psql --host`.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }
}

/// Makes an empty, migrated database for one test, and returns its URL.
///
/// It is a copy of a template, which is built once for each set of migrations, whichever process needs it first. The
/// supervisor drops it some time after this process has ended.
///
/// # Errors
/// A migration that does not apply; a server that is gone.
pub async fn fresh_database(server: &Server, migrator: &Migrator) -> Result<String> {
    let mut admin = connect(&server.url("postgres")).await?;
    let template = template_name(migrator);
    if !is_template(&mut admin, &template).await? {
        build_template(&mut admin, server, &template, migrator)
            .await
            .context("build the template of the test databases")?;
    }
    let name = format!("{}{}", database_prefix(&server.process), server.databases.fetch_add(1, Ordering::Relaxed));
    execute(&mut admin, format!("create database {name} template {template}")).await?;
    admin.close().await?;
    Ok(server.url(&name))
}

/// Makes a database that stays, unless it is there, and returns its URL. Migrating it is the caller's.
///
/// # Errors
/// A server that is gone.
pub async fn lasting_database(server: &Server, name: &str) -> Result<String> {
    let mut admin = connect(&server.url("postgres")).await?;
    let made = sqlx::raw_sql(AssertSqlSafe(format!("create database \"{name}\""))).execute(&mut admin).await;
    if let Err(error) = made {
        // Looking first would not help against another process that makes it at the same time.
        let is_there = error.as_database_error().is_some_and(|error| error.code().as_deref() == Some("42P04"));
        ensure!(is_there, "create the database {name}: {error}");
    }
    admin.close().await?;
    Ok(server.url(name))
}

/// Drops a database that [`lasting_database`] made, if it is there, and ends every connection to it.
///
/// # Errors
/// A server that is gone.
pub async fn drop_database(server: &Server, name: &str) -> Result<()> {
    let mut admin = connect(&server.url("postgres")).await?;
    execute(&mut admin, format!("drop database if exists \"{name}\" with (force)")).await?;
    admin.close().await?;
    Ok(())
}

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

async fn build_template(admin: &mut PgConnection, server: &Server, name: &str, migrator: &Migrator) -> Result<()> {
    // Any number will do, as long as it is the same in every process; the lock ends with the connection.
    execute(admin, "set lock_timeout = '60s'").await?;
    execute(admin, "select pg_advisory_lock(7265601)").await?;
    if !is_template(admin, name).await? {
        execute(admin, format!("drop database if exists {name} with (force)")).await?;
        execute(admin, format!("create database {name}")).await?;
        let mut database = connect(&server.url(name)).await?;
        migrator.run(&mut database).await?;
        database.close().await?;
        // Invariant: a database marked as template is complete; one that is not was left by a process that died.
        execute(admin, format!("alter database {name} with is_template true allow_connections false")).await?;
        drop_old_templates(admin, name).await?;
    }
    execute(admin, "select pg_advisory_unlock(7265601)").await
}

async fn drop_old_templates(admin: &mut PgConnection, current: &str) -> Result<()> {
    let old: Vec<String> = sqlx::query_scalar(
        "select datname::text from pg_database where datname like 'template\\_%' and datname <> $1
         order by oid desc offset $2",
    )
    .bind(current)
    .bind(OLD_TEMPLATES)
    .fetch_all(&mut *admin)
    .await?;
    for name in old {
        execute(admin, format!("alter database {name} with is_template false")).await?;
        execute(admin, format!("drop database {name} with (force)")).await?;
    }
    Ok(())
}

async fn is_template(admin: &mut PgConnection, name: &str) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select from pg_database where datname = $1 and datistemplate)")
        .bind(name)
        .fetch_one(admin)
        .await?)
}

/// Names the template after the migrations. The hash may change with the compiler, which costs one more template.
fn template_name(migrator: &Migrator) -> String {
    let mut hash = DefaultHasher::new();
    for migration in migrator.iter() {
        (migration.version, &migration.checksum).hash(&mut hash);
    }
    format!("template_{:016x}", hash.finish())
}

fn database_prefix(process: &str) -> String {
    format!("t_{process}_")
}

async fn connect(url: &str) -> Result<PgConnection> {
    PgConnection::connect(url).await.with_context(|| format!("connect to {url}"))
}

async fn execute(connection: &mut PgConnection, sql: impl Into<String>) -> Result<()> {
    let sql = sql.into();
    sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(connection).await.context(sql)?;
    Ok(())
}

/// What one major version keeps on disk: the locks, `data`, `socket` and `server.log`.
#[derive(Debug)]
struct Folder(PathBuf);

impl Folder {
    fn start_lock(&self) -> PathBuf {
        self.0.join("start.lock")
    }

    fn supervisor_lock(&self) -> PathBuf {
        self.0.join("supervisor.lock")
    }

    fn server_lock(&self) -> PathBuf {
        self.0.join("server.lock")
    }

    fn processes_dir(&self) -> PathBuf {
        self.0.join("processes")
    }

    fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    fn socket_dir(&self) -> PathBuf {
        self.0.join("socket")
    }

    fn log(&self) -> PathBuf {
        self.0.join("server.log")
    }

    fn claim(&self, uid: u32) -> Result<()> {
        claim(&self.0, uid)?;
        claim(&self.processes_dir(), uid)
    }

    /// Puts this process on the list of those that use the server, for as long as the file is open.
    fn register(&self) -> Result<(String, File)> {
        let id = unique();
        // Under its name it is locked from the first moment on; the supervisor would take it for dead otherwise.
        let unlocked = self.processes_dir().join(format!(".{id}"));
        let file = open_lock(&unlocked)?;
        file.lock()?;
        fs::rename(unlocked, self.processes_dir().join(&id))?;
        Ok((id, file))
    }

    fn processes(&self) -> Result<Vec<Process>> {
        let mut processes = Vec::new();
        for entry in fs::read_dir(self.processes_dir())? {
            let entry = entry?;
            let id = entry.file_name().into_string().unwrap_or_default();
            if !id.starts_with('.') {
                let file = File::open(entry.path())?;
                let lock = if try_lock(&file)? { Some(file) } else { None };
                processes.push(Process { id, lock });
            }
        }
        Ok(processes)
    }

    /// Returns once a supervised server answers. The caller holds the start lock.
    fn await_server(&self, supervisor: &Path, programs: &Programs) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let mut ours: Option<Child> = None;
        loop {
            let ours_has_ended = match &mut ours {
                Some(child) => child.try_wait()?.is_some(),
                None => false,
            };
            let supervised = !is_free(&self.supervisor_lock())?;
            if supervised && answers(&self.socket_dir()) {
                return Ok(());
            }
            if !supervised && ours_has_ended {
                return Err(self.not_started("does not start"));
            }
            if !supervised && ours.is_none() {
                ours = Some(self.spawn(supervisor, programs)?);
            }
            if Instant::now() > deadline {
                return Err(self.not_started("does not answer"));
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Spawns the supervisor in a process group of its own, which Ctrl-C in the terminal does not reach.
    fn spawn(&self, supervisor: &Path, programs: &Programs) -> Result<Child> {
        // Appending, as a server that is to be adopted writes to the same file.
        let log = File::options().create(true).append(true).mode(0o600).open(self.log())?;
        log.set_len(0)?;
        Command::new(supervisor)
            .arg(SUPERVISE)
            .arg(&self.0)
            .arg(&programs.bin)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .current_dir("/")
            .process_group(0)
            .spawn()
            .with_context(|| format!("start {}", supervisor.display()))
    }

    fn not_started(&self, what: &str) -> anyhow::Error {
        let log = fs::read(self.log()).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        anyhow!(
            "the local PostgreSQL {what}. Its log, {}, ends with:\n{}\n(Delete {} to begin afresh, without its data.)",
            self.log().display(),
            lines[lines.len().saturating_sub(15)..].join("\n"),
            self.0.display(),
        )
    }
}

/// A process that used the server; of one that died we hold the lock.
struct Process {
    id: String,
    lock: Option<File>,
}

impl Process {
    fn is_alive(&self) -> bool {
        self.lock.is_none()
    }
}

/// The server's programs of one version.
#[derive(Debug)]
struct Programs {
    bin: PathBuf,
    major: u32,
}

/// Where packages put the programs; `*` stands for a version.
const USUAL_PLACES: &[&str] = &[
    "/usr/lib/postgresql/*/bin",         // Debian, Ubuntu
    "/usr/lib/postgresql*/bin",          // openSUSE
    "/usr/lib64/postgresql-*/bin",       // Gentoo
    "/usr/libexec/postgresql*",          // Alpine
    "/usr/pgsql-*/bin",                  // Fedora and its family, packages of postgresql.org
    "/opt/homebrew/opt/postgresql*/bin", // Homebrew, Apple silicon
    "/usr/local/opt/postgresql*/bin",    // Homebrew, Intel
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/opt/local/lib/postgresql*/bin", // MacPorts
];

/// Who installs packages here, and how.
const PACKAGE_MANAGERS: &[(&str, &str)] = &[
    ("apt-get", "apt-get install postgresql"),
    ("dnf", "dnf install postgresql-server postgresql-contrib"),
    ("pacman", "pacman -S postgresql"),
    ("apk", "apk add postgresql postgresql-contrib"),
    ("zypper", "zypper install postgresql-server postgresql-contrib"),
    ("brew", "brew install postgresql@17"),
];

impl Programs {
    fn find_or_install(uid: u32, base: &Path) -> Result<Self> {
        let account = account(uid)?;
        let path = env::var_os("PATH").unwrap_or_default();
        if let Some(bin) = env::var_os("DEV_PG_BIN") {
            return Self::in_folder(Path::new(&bin), account).with_context(|| {
                format!("DEV_PG_BIN={} has no PostgreSQL {OLDEST_MAJOR} or newer that we can run", bin.display())
            });
        }
        if let Some(programs) = Self::find(&path, USUAL_PLACES, account) {
            return Ok(programs);
        }
        let Some(apt) = on_path(&path, "apt-get").filter(|_| uid == 0) else { bail!(advice(&path)) };
        let _install = lock_within(&base.join("install.lock"), INSTALL_PATIENCE)?;
        if Self::find(&path, USUAL_PLACES, account).is_none() {
            install(&apt).with_context(|| advice(&path))?;
        }
        Self::find(&path, USUAL_PLACES, account).with_context(|| advice(&path))
    }

    /// What is on the `PATH` is somebody's choice; among the usual places, the newest.
    fn find(path: &OsStr, places: &[&str], account: Option<Account>) -> Option<Self> {
        let chosen = env::split_paths(path).find_map(|folder| Self::in_folder(&folder, account));
        chosen.or_else(|| {
            let found = places.iter().flat_map(|place| folders(place));
            found.filter_map(|folder| Self::in_folder(&folder, account)).max_by_key(|programs| programs.major)
        })
    }

    /// Asks for the version as the account that will run the server, which may not be allowed below `/root`.
    fn in_folder(folder: &Path, account: Option<Account>) -> Option<Self> {
        // A link such as `/usr/local/bin/postgres` need not have the other programs beside it.
        let bin = folder.join("postgres").canonicalize().ok()?.parent()?.to_owned();
        if !bin.join("initdb").exists() || !bin.join("pg_ctl").exists() {
            return None;
        }
        let output = command(&bin.join("postgres"), account).arg("--version").output().ok()?;
        let major = major(&String::from_utf8_lossy(&output.stdout))?;
        (major >= OLDEST_MAJOR).then_some(Self { bin, major })
    }
}

fn install(apt_get: &Path) -> Result<()> {
    writeln!(
        io::stderr(),
        "No PostgreSQL here: installing it with `apt-get install -y --no-install-recommends postgresql`."
    )?;
    for arguments in [&["update"][..], &["install", "-y", "--no-install-recommends", "postgresql"]] {
        let Output { status, stderr, .. } = Command::new(apt_get)
            .args(["-q", "-o", "DPkg::Lock::Timeout=300"])
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null())
            .output()?;
        ensure!(status.success(), "apt-get {}: {}", arguments[0], String::from_utf8_lossy(&stderr).trim());
    }
    Ok(())
}

fn advice(path: &OsStr) -> String {
    let how = match PACKAGE_MANAGERS.iter().find(|(program, _)| on_path(path, program).is_some()) {
        Some((_, command)) => format!("Install it (`{command}`)"),
        None => "Install it".to_owned(),
    };
    format!(
        "There is no PostgreSQL {OLDEST_MAJOR} or newer on this machine. {how}, or set DEV_PG_BIN to the folder of \
         `postgres` and `initdb`, or DATABASE_URL to a server that runs."
    )
}

fn on_path(path: &OsStr, program: &str) -> Option<PathBuf> {
    env::split_paths(path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// The folders that a path with one `*` stands for.
fn folders(pattern: &str) -> Vec<PathBuf> {
    let (before, after) = pattern.split_once('*').expect("every usual place has a star");
    let (parent, prefix) = before.rsplit_once('/').expect("every usual place is absolute");
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    entries
        .flatten()
        .filter(|entry| entry.file_name().as_encoded_bytes().starts_with(prefix.as_bytes()))
        .map(|entry| entry.path().join(after.trim_start_matches('/')))
        .collect()
}

/// Reads `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`, or `17beta1` in place of the number.
fn major(version: &str) -> Option<u32> {
    let number = version.strip_prefix("postgres (PostgreSQL) ")?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// An account that is not root.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Account {
    uid: u32,
    gid: u32,
}

/// Who runs Postgres, which refuses root; `None` is ourselves.
fn account(uid: u32) -> Result<Option<Account>> {
    if uid != 0 {
        return Ok(None);
    }
    let passwd = fs::read_to_string("/etc/passwd").context("read /etc/passwd")?;
    let account = find_account(&passwd, "postgres").or_else(|| find_account(&passwd, "nobody"));
    Ok(Some(account.context("PostgreSQL does not run as root, and there is no user `postgres` or `nobody`")?))
}

fn find_account(passwd: &str, name: &str) -> Option<Account> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next() != Some(name) {
            return None;
        }
        let account = Account { uid: fields.nth(1)?.parse().ok()?, gid: fields.next()?.parse().ok()? };
        (account.uid != 0).then_some(account)
    })
}

/// One of the server's programs, run as `account` and out of reach of the `PG…` variables of ours.
fn command(program: &Path, account: Option<Account>) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/").stdin(Stdio::null());
    // macOS: "postmaster became multithreaded during startup" without a locale.
    command.env("LC_ALL", "C");
    for (name, _) in env::vars_os() {
        if name.as_bytes().starts_with(b"PG") {
            command.env_remove(name);
        }
    }
    if let Some(Account { uid, gid }) = account {
        command.uid(uid).gid(gid);
    }
    command
}

/// Where the folders of all versions are. Root's must be open to the account that runs the server, as `/root` is not.
fn base(uid: u32) -> Result<PathBuf> {
    if uid == 0 {
        let base = PathBuf::from("/var/tmp/alphapy-pg-root");
        return claim(&base, uid).map(|()| base);
    }
    let state = env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let state = state.or_else(|| env::home_dir().map(|home| home.join(".local/state")));
    if let Some(base) = state.map(|state| state.join("alphapy/postgres"))
        && base.join("99/socket").join(SOCKET).as_os_str().len() <= LONGEST_SOCKET
        && claim(&base, uid).is_ok()
    {
        return Ok(base);
    }
    // No home, as in many containers, or one with too long a name.
    let base = PathBuf::from(format!("/var/tmp/alphapy-pg-{uid}"));
    claim(&base, uid).map(|()| base)
}

/// Makes a folder of ours, or refuses it: others can guess names in `/var/tmp` and put something of theirs there.
fn claim(folder: &Path, uid: u32) -> Result<()> {
    let name = folder.display();
    DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(|| format!("make {name}"))?;
    let found = fs::symlink_metadata(folder)?;
    ensure!(found.is_dir() && found.uid() == uid, "{name} is not a folder of ours; have its owner remove it");
    // Who runs the server for root must get through to `data` and `socket`, which are its own.
    let mode = if uid == 0 { 0o711 } else { 0o700 };
    fs::set_permissions(folder, Permissions::from_mode(mode)).with_context(|| format!("open {name} to us alone"))
}

/// Makes a folder that only the account that runs the server may enter; root may anyway.
fn make_folder(folder: &Path, account: Option<Account>) -> Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    if let Some(Account { uid, gid }) = account {
        chown(folder, Some(uid), Some(gid))?;
    }
    Ok(())
}

/// Finds out who we are: std has no `geteuid`, so we look who owns a file that we make.
fn uid() -> Result<u32> {
    let path = env::temp_dir().join(format!("alphapy-{}", unique()));
    let file = File::options().write(true).create_new(true).open(&path);
    let uid = file.with_context(|| format!("write to {}", path.display()))?.metadata()?.uid();
    fs::remove_file(path)?;
    Ok(uid)
}

/// A name that no other process of this machine takes, nor this one twice.
fn unique() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{}_{:x}_{count}", std::process::id(), now.as_nanos())
}

fn open_lock(path: &Path) -> Result<File> {
    let file = File::options().create(true).append(true).mode(0o600).open(path);
    file.with_context(|| format!("open {}", path.display()))
}

fn try_lock(file: &File) -> Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error).context("lock a file"),
    }
}

fn is_free(lock: &Path) -> Result<bool> {
    try_lock(&open_lock(lock)?)
}

fn lock_within(path: &Path, patience: Duration) -> Result<File> {
    let deadline = Instant::now() + patience;
    let file = open_lock(path)?;
    while !try_lock(&file)? {
        ensure!(Instant::now() < deadline, "{} is still locked after {} s", path.display(), patience.as_secs());
        thread::sleep(Duration::from_millis(5));
    }
    Ok(file)
}

/// Whether a session begins, which it does not yet while the server starts and recovers.
fn answers(socket_dir: &Path) -> bool {
    // A start-up message (length, protocol 3.0, parameters) and a farewell, without which the server logs a complaint
    // (<https://www.postgresql.org/docs/current/protocol-message-formats.html>).
    const HELLO: &[u8] = b"\0\0\0\x29\0\x03\0\0user\0postgres\0database\0postgres\0\0X\0\0\0\x04";
    let ask = || -> io::Result<Vec<u8>> {
        let mut stream = UnixStream::connect(socket_dir.join(SOCKET))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(HELLO)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    };
    // `R` is AuthenticationOk, `E` an error.
    ask().is_ok_and(|answer| answer.starts_with(b"R"))
}

fn url(socket_dir: &Path, database: &str) -> String {
    let mut host = String::new();
    for &byte in socket_dir.as_os_str().as_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => host.push(char::from(byte)),
            _ => host.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("postgres://postgres@localhost:5432/{database}?host={host}&sslmode=disable")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_every_kind_of_release() {
        let check = |version: &str, expected| assert_eq!(major(version), expected, "{version}");
        check("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n", Some(15));
        check("postgres (PostgreSQL) 9.6.24", Some(9));
        check("postgres (PostgreSQL) 19beta1", Some(19));
        check("postgres: command not found", None);
    }

    #[test]
    fn root_is_never_the_account_of_the_server() {
        let passwd = "root:x:0:0::/root:/bin/sh\npostgres:x:101:104:admin,,,:/:/bin/bash\ntoor:x:0:7::/:/bin/sh\n";
        assert_eq!(find_account(passwd, "postgres"), Some(Account { uid: 101, gid: 104 }));
        assert_eq!(find_account(passwd, "toor"), None);
        assert_eq!(find_account(passwd, "nobody"), None);
    }

    #[test]
    fn a_machine_without_postgresql_is_told_how_to_get_it() {
        assert!(Programs::find(OsStr::new(""), &["/nowhere/*/bin"], None).is_none());
        let advice = advice(OsStr::new(""));
        assert!(advice.contains("DEV_PG_BIN") && advice.contains("DATABASE_URL"), "{advice}");
    }

    #[test]
    fn the_url_survives_a_strange_folder() {
        let url = url(Path::new("/home/å b/x&y"), "dev");
        assert_eq!(url, "postgres://postgres@localhost:5432/dev?host=/home/%C3%A5%20b/x%26y&sslmode=disable");
    }
}
