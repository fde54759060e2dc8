//! The server's programs: where they are, who runs them, and how they are installed.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

use super::folder::lock_within;
use super::packages;

/// How long another process may be installing the package.
const INSTALL_PATIENCE: Duration = Duration::from_secs(600);

/// `drop database … with (force)` came with 13.
const OLDEST_MAJOR: u32 = 13;

/// The server's programs of one version.
#[derive(Debug)]
pub(super) struct Programs {
    pub(super) bin: PathBuf,
    pub(super) major: u32,
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
    pub(super) fn find_or_install(uid: u32, base: &Path) -> Result<Self> {
        let account = account(uid)?;
        let path = env::var_os("PATH").unwrap_or_default();
        if let Some(bin) = env::var_os("DEV_PG_BIN") {
            return Self::in_folder(Path::new(&bin), account).with_context(|| {
                format!("DEV_PG_BIN={} has no PostgreSQL {OLDEST_MAJOR} or newer that we can run", bin.display())
            });
        }
        let fetched = packages::place(base);
        let places: Vec<&str> = USUAL_PLACES.iter().copied().chain([&*fetched]).collect();
        if let Some(programs) = Self::find(&path, &places, account) {
            return Ok(programs);
        }
        let Some(apt) = on_path(&path, "apt-get") else { bail!(advice(&path)) };
        let _install = lock_within(&base.join("install.lock"), INSTALL_PATIENCE)?;
        if Self::find(&path, &places, account).is_none() {
            let got = if uid == 0 { install(&apt) } else { packages::fetch(&apt, base) };
            got.with_context(|| advice(&path))?;
        }
        Self::find(&path, &places, account).with_context(|| advice(&path))
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
pub(super) struct Account {
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// Who runs Postgres, which refuses root; `None` is ourselves.
pub(super) fn account(uid: u32) -> Result<Option<Account>> {
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
pub(super) fn command(program: &Path, account: Option<Account>) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/").stdin(Stdio::null());
    // macOS: "postmaster became multithreaded during startup" without a locale.
    command.env("LC_ALL", "C");
    for (name, _) in env::vars_os() {
        if name.as_bytes().starts_with(b"PG") {
            command.env_remove(name);
        }
    }
    if let Some(libraries) = packages::libraries(program) {
        command.env("LD_LIBRARY_PATH", libraries);
    }
    if let Some(Account { uid, gid }) = account {
        command.uid(uid).gid(gid);
    }
    command
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
}
