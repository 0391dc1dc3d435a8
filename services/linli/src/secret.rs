//! Secrets in files: written for their owner alone, and read from no other.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use anyhow::Context as _;

/// May read and write: the owner.
const OWNER_ONLY: u32 = 0o600;

/// What anybody else may do.
const OTHERS: u32 = 0o077;

/// Reads a file that only its owner may read.
pub(crate) fn read(path: &Path) -> anyhow::Result<String> {
    let told = || format!("reading {}", path.display());
    let mut file = File::open(path).with_context(told)?;
    let mode = file.metadata().with_context(told)?.mode();
    anyhow::ensure!(mode & OTHERS == 0, "{} may be read by others: chmod 600 {0}", path.display());
    let mut text = String::new();
    file.read_to_string(&mut text).with_context(told)?;
    Ok(text)
}

/// Writes a new file that only its owner may read.
pub(crate) fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let told = || format!("writing {}", path.display());
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(OWNER_ONLY)
        .open(path)
        .with_context(told)?;
    file.write_all(text.as_bytes()).with_context(told)?;
    file.sync_all().with_context(told)
}
