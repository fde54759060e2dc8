//! What one major version keeps on disk, and the locks there.

use std::env;
use std::fs::{self, DirBuilder, File, Permissions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context as _, Result, anyhow, ensure};

use super::programs::{Account, Programs};
use super::{PATIENCE, SUPERVISE};

/// A socket's path must fit into `sun_path`: 104 bytes with the closing zero on macOS, 108 on Linux.
const LONGEST_SOCKET: usize = 103;

/// Postgres names its socket after the port; both are fixed, so that `PGPORT` has no say.
const SOCKET: &str = ".s.PGSQL.5432";

/// What one major version keeps on disk: the locks, `data`, `socket` and `server.log`.
#[derive(Debug)]
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn start_lock(&self) -> PathBuf {
        self.0.join("start.lock")
    }

    pub(super) fn supervisor_lock(&self) -> PathBuf {
        self.0.join("supervisor.lock")
    }

    pub(super) fn server_lock(&self) -> PathBuf {
        self.0.join("server.lock")
    }

    pub(super) fn processes_dir(&self) -> PathBuf {
        self.0.join("processes")
    }

    pub(super) fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    pub(super) fn socket_dir(&self) -> PathBuf {
        self.0.join("socket")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.0.join("server.log")
    }

    pub(super) fn claim(&self, uid: u32) -> Result<()> {
        claim(&self.0, uid)?;
        claim(&self.processes_dir(), uid)
    }

    /// Puts this process on the list of those that use the server, for as long as the file is open.
    pub(super) fn register(&self) -> Result<(String, File)> {
        let id = unique();
        // Under its name it is locked from the first moment on; the supervisor would take it for dead otherwise.
        let unlocked = self.processes_dir().join(format!(".{id}"));
        let file = open_lock(&unlocked)?;
        file.lock()?;
        fs::rename(unlocked, self.processes_dir().join(&id))?;
        Ok((id, file))
    }

    pub(super) fn processes(&self) -> Result<Vec<Process>> {
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
    pub(super) fn await_server(&self, supervisor: &Path, programs: &Programs) -> Result<()> {
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
    pub(super) fn spawn(&self, supervisor: &Path, programs: &Programs) -> Result<Child> {
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

    pub(super) fn not_started(&self, what: &str) -> anyhow::Error {
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
pub(super) struct Process {
    pub(super) id: String,
    lock: Option<File>,
}

impl Process {
    pub(super) fn is_alive(&self) -> bool {
        self.lock.is_none()
    }
}

/// Where the folders of all versions are. Root's must be open to the account that runs the server, as `/root` is not.
pub(super) fn base(uid: u32) -> Result<PathBuf> {
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
pub(super) fn claim(folder: &Path, uid: u32) -> Result<()> {
    let name = folder.display();
    DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(|| format!("make {name}"))?;
    let found = fs::symlink_metadata(folder)?;
    ensure!(found.is_dir() && found.uid() == uid, "{name} is not a folder of ours; have its owner remove it");
    // Who runs the server for root must get through to `data` and `socket`, which are its own.
    let mode = if uid == 0 { 0o711 } else { 0o700 };
    fs::set_permissions(folder, Permissions::from_mode(mode)).with_context(|| format!("open {name} to us alone"))
}

/// Makes a folder that only the account that runs the server may enter; root may anyway.
pub(super) fn make_folder(folder: &Path, account: Option<Account>) -> Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    if let Some(Account { uid, gid }) = account {
        chown(folder, Some(uid), Some(gid))?;
    }
    Ok(())
}

/// Finds out who we are: std has no `geteuid`, so we look who owns a file that we make.
pub(super) fn uid() -> Result<u32> {
    let path = env::temp_dir().join(format!("alphapy-{}", unique()));
    let file = File::options().write(true).create_new(true).open(&path);
    let uid = file.with_context(|| format!("write to {}", path.display()))?.metadata()?.uid();
    fs::remove_file(path)?;
    Ok(uid)
}

/// A name that no other process of this machine takes, nor this one twice.
pub(super) fn unique() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{}_{:x}_{count}", std::process::id(), now.as_nanos())
}

pub(super) fn open_lock(path: &Path) -> Result<File> {
    let file = File::options().create(true).append(true).mode(0o600).open(path);
    file.with_context(|| format!("open {}", path.display()))
}

pub(super) fn try_lock(file: &File) -> Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error).context("lock a file"),
    }
}

pub(super) fn is_free(lock: &Path) -> Result<bool> {
    try_lock(&open_lock(lock)?)
}

pub(super) fn lock_within(path: &Path, patience: Duration) -> Result<File> {
    let deadline = Instant::now() + patience;
    let file = open_lock(path)?;
    while !try_lock(&file)? {
        ensure!(Instant::now() < deadline, "{} is still locked after {} s", path.display(), patience.as_secs());
        thread::sleep(Duration::from_millis(5));
    }
    Ok(file)
}

/// Whether a session begins, which it does not yet while the server starts and recovers.
pub(super) fn answers(socket_dir: &Path) -> bool {
    // A start-up message (length, protocol 3.0, parameters) and a farewell, without which the server logs a complaint
    // (<https://www.postgresql.org/docs/current/protocol-message-formats.html>).
    pub(super) const HELLO: &[u8] = b"\0\0\0\x29\0\x03\0\0user\0postgres\0database\0postgres\0\0X\0\0\0\x04";
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
