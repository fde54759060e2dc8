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

mod folder;
mod packages;
mod programs;
mod supervisor;

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use folder::{Folder, base, lock_within, uid};
use programs::Programs;
pub use supervisor::supervise;

/// The first argument that makes one of our binaries the supervisor; `main` passes the other arguments to [`supervise`].
pub const SUPERVISE: &str = "__pg-supervise";

/// How long anything may take before it is an error: a cold `initdb` on a busy machine takes some seconds.
const PATIENCE: Duration = Duration::from_secs(30);

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

/// A database that stays and that this process alone plays with, as long as this value lives.
#[derive(Debug)]
pub struct OwnDatabase {
    /// Its name: the one that was asked for, or that with a number where another process plays with it.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// Holds the lock.
    _admin: PgConnection,
}

/// Makes a database that stays, unless it is there, and keeps other callers of this function away from it: they get
/// `name_2`, and so on. `fresh` empties it first.
///
/// # Errors
/// A server that is gone.
pub async fn own_database(server: &Server, name: &str, fresh: bool) -> Result<OwnDatabase> {
    let mut admin = connect(&server.url("postgres")).await?;
    let mut own = name.to_owned();
    for number in 2.. {
        let lock = "select pg_try_advisory_lock(7265602, hashtext($1))";
        if sqlx::query_scalar(lock).bind(&own).fetch_one(&mut admin).await? {
            break;
        }
        own = format!("{name}_{number}");
    }
    if fresh {
        drop_database(server, &own).await?;
    }
    let url = lasting_database(server, &own).await?;
    Ok(OwnDatabase { name: own, url, _admin: admin })
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
    fn the_url_survives_a_strange_folder() {
        let url = url(Path::new("/home/å b/x&y"), "dev");
        assert_eq!(url, "postgres://postgres@localhost:5432/dev?host=/home/%C3%A5%20b/x%26y&sslmode=disable");
    }
}
