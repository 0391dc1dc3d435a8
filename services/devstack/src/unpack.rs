//! Unpacks what was fetched with the tools at hand.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

use serde::Deserialize;
use tokio::process::Command;

use crate::error::Error;

/// A wheel is a zip file, whose modes not every tool restores; see [`open_to_all`].
pub(crate) async fn wheel(file: &Path, into: &Path, tried: &mut Vec<String>) -> Result<(), Error> {
    let (file, into) = (file.display().to_string(), into.display().to_string());
    let ways: [(&str, &[&str]); 4] = [
        ("python3", &["-m", "zipfile", "-e", &file, &into]),
        ("python", &["-m", "zipfile", "-e", &file, &into]),
        ("unzip", &["-q", "-o", &file, "-d", &into]),
        ("bsdtar", &["-xf", &file, "-C", &into]),
    ];
    for (program, args) in ways {
        match run(program, args).await {
            Ok(()) => return Ok(()),
            Err(outcome) => tried.push(format!("unpacking with {program}: {outcome}")),
        }
    }
    Ok(())
}

/// The package's own script would make the libraries' short names while it installs; it is not run.
pub(crate) async fn npm_package(
    file: &Path,
    into: &Path,
    tried: &mut Vec<String>,
) -> Result<(), Error> {
    let (file, folder) = (file.display().to_string(), into.display().to_string());
    if let Err(outcome) = run("tar", &["-xzf", &file, "-C", &folder]).await {
        tried.push(format!("unpacking with tar: {outcome}"));
        return Ok(());
    }
    make_links(&into.join("package"))
}

#[derive(Deserialize)]
struct Link {
    source: String,
    target: String,
}

fn make_links(package: &Path) -> Result<(), Error> {
    let list = package.join("native/pg-symlinks.json");
    let text =
        std::fs::read_to_string(&list).map_err(Error::io(format!("read {}", list.display())))?;
    let links: Vec<Link> = serde_json::from_str(&text)
        .map_err(std::io::Error::from)
        .map_err(Error::io(format!("understand {}", list.display())))?;
    for link in links {
        let (source, target) = (Path::new(&link.source), package.join(&link.target));
        // All of them lie in one folder; the file's hash vouches for that.
        let name = source.file_name().unwrap_or_default();
        std::os::unix::fs::symlink(name, &target)
            .map_err(Error::io(format!("make {}", target.display())))?;
    }
    Ok(())
}

/// Lets every user read the tree and run its programs: the servers' user is not always ours.
pub(crate) fn open_to_all(folder: &Path) -> Result<(), Error> {
    let doing = format!("open {} to all", folder.display());
    let entries = std::fs::read_dir(folder).map_err(Error::io(doing.clone()))?;
    let is_programs = folder.ends_with("bin") || folder.ends_with("scripts");
    for entry in entries.flatten() {
        let kind = entry.file_type().map_err(Error::io(doing.clone()))?;
        if kind.is_dir() {
            open_to_all(&entry.path())?;
        } else if kind.is_file() {
            let mode = if is_programs { 0o755 } else { 0o644 };
            std::fs::set_permissions(entry.path(), Permissions::from_mode(mode))
                .map_err(Error::io(doing.clone()))?;
        }
    }
    std::fs::set_permissions(folder, Permissions::from_mode(0o755)).map_err(Error::io(doing))
}

async fn run(program: &str, args: &[&str]) -> Result<(), String> {
    let output =
        Command::new(program).args(args).stdin(Stdio::null()).kill_on_drop(true).output().await;
    match output {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err("not installed".to_owned())
        }
        Err(error) => Err(error.to_string()),
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}
