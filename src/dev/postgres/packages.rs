//! The server's programs from Debian's packages for whoever is not root: fetched and unpacked, not installed.
//!
//! `apt-get` finds what is missing and checks each signature; its lists and files are kept in a folder of our own, which
//! `cargo dev` and `cargo test` use from then on. Remove the folder to fetch them anew.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

/// The folder in which the packages are unpacked, as they would be in `/`.
const UNPACKED: &str = "packages";

/// Where the programs are then; `*` stands for a version.
pub(super) fn place(base: &Path) -> String {
    format!("{}/usr/lib/postgresql/*/bin", base.join(UNPACKED).display())
}

/// Fetches PostgreSQL and the libraries that this machine lacks, and unpacks them in `base`. Takes some seconds and about
/// 70 MB; says so first.
///
/// # Errors
/// No sources of packages, no network, no space; the words are those of `apt-get` or `dpkg-deb`.
pub(super) fn fetch(apt_get: &Path, base: &Path) -> Result<()> {
    let unpacked = base.join(UNPACKED);
    writeln!(
        io::stderr(),
        "No PostgreSQL here: fetching its packages with `apt-get download` into {}.",
        unpacked.display()
    )?;
    let work = base.join("fetching");
    // What an earlier attempt left is of no use.
    let _ = fs::remove_dir_all(&work);
    for folder in ["lists/partial", "cache/archives/partial", "packages", "unpacked"] {
        fs::create_dir_all(work.join(folder))?;
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(apt_get);
        command.current_dir(work.join("packages")).arg("-q").args(folders(&work)).args(arguments);
        run(&mut command)
    };
    apt(&["update"])?;
    let plan = apt(&["install", "--simulate", "--no-install-recommends", "postgresql"])?;
    let missing = to_install(&plan);
    ensure!(!missing.is_empty(), "apt-get would install nothing, though there is no PostgreSQL");
    apt(&[&["download"], &missing.iter().map(String::as_str).collect::<Vec<_>>()[..]].concat())?;
    for package in fs::read_dir(work.join("packages"))? {
        run(Command::new("dpkg-deb").arg("--extract").arg(package?.path()).arg(work.join("unpacked")))?;
    }
    let _ = fs::remove_dir_all(&unpacked);
    fs::rename(work.join("unpacked"), &unpacked)?;
    let _ = fs::remove_dir_all(&work);
    Ok(())
}

/// `apt-get` with lists and files in a folder that is ours; it still knows what is installed and whom to trust.
fn folders(work: &Path) -> Vec<OsString> {
    let options = [("Dir::State::lists", "lists"), ("Dir::Cache", "cache")];
    let set = |(name, folder): (&str, &str)| [OsString::from("-o"), option(name, &work.join(folder))];
    options.into_iter().flat_map(set).collect()
}

fn option(name: &str, folder: &Path) -> OsString {
    let mut option = OsString::from(format!("{name}="));
    option.push(folder);
    option
}

/// What comes from standard output, if all went well.
fn run(command: &mut Command) -> Result<String> {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    command.env("LC_ALL", "C").stdin(Stdio::null());
    let output = command.output().with_context(|| format!("run {name}"))?;
    ensure!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Reads `Inst libpq5 (15.14-0+deb12u1 Debian:12.12/oldstable [amd64])` as `libpq5=15.14-0+deb12u1`; an upgrade names the
/// present version in brackets first.
fn to_install(plan: &str) -> Vec<String> {
    let package = |line: &str| {
        let (name, rest) = line.strip_prefix("Inst ")?.split_once(' ')?;
        let version = rest.split_once('(')?.1.split([' ', ')']).next()?;
        Some(format!("{name}={version}"))
    };
    plan.lines().filter_map(package).collect()
}

/// The libraries that came with a program, for `LD_LIBRARY_PATH`; none for a program that is installed.
pub(super) fn libraries(program: &Path) -> Option<OsString> {
    let root = program.ancestors().find(|folder| folder.ends_with(UNPACKED))?;
    let parents = ["usr/lib", "lib"].map(|folder| root.join(folder));
    let inside = parents.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    let by_architecture = inside.map(|entry| entry.path()).filter(|path| path.to_string_lossy().contains("-linux-gnu"));
    let all: Vec<PathBuf> = by_architecture.chain(parents.iter().cloned()).collect();
    std::env::join_paths(all).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_read_from_the_plan() {
        let plan = "NOTE: This is only a simulation!\n\
                    Inst libpq5 (15.14-0+deb12u1 Debian:12.12/oldstable [amd64])\n\
                    Inst libc6 [2.36-9] (2.36-9+deb12u13 Debian:12.12/oldstable [amd64]) []\n\
                    Conf libpq5 (15.14-0+deb12u1 Debian:12.12/oldstable [amd64])\n";
        assert_eq!(to_install(plan), ["libpq5=15.14-0+deb12u1", "libc6=2.36-9+deb12u13"]);
        assert!(to_install("0 upgraded, 0 newly installed\n").is_empty());
    }

    #[test]
    fn only_what_was_fetched_has_libraries_of_its_own() {
        assert_eq!(libraries(Path::new("/usr/lib/postgresql/15/bin/postgres")), None);
        let fetched = libraries(Path::new("/home/ann/.cache/alphapy/packages/usr/lib/postgresql/15/bin/postgres"));
        let fetched = fetched.expect("the folder is known by its name").into_string().expect("text");
        assert!(fetched.contains("/home/ann/.cache/alphapy/packages/usr/lib"), "{fetched}");
    }
}
