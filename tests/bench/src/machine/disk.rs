//! What a flush of the disk takes.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::waits::{Tail, Waits};

/// Enough for a p99 of some meaning.
const FLUSHES: usize = 1_000;

/// A disk so slow that these are not reached by then has told enough.
const TIME_MAX: Duration = Duration::from_secs(2);

/// As much as a small frame and its keys: a page.
const BYTES: [u8; 4096] = [0x5a; 4096];

/// Appends a page and flushes it, again and again, in this folder.
pub(crate) async fn fdatasync(folder: &Path) -> anyhow::Result<Tail> {
    let path = folder.join(format!("fdatasync-{}", std::process::id()));
    let tail = tokio::task::spawn_blocking(move || {
        let tail = probe(&path);
        let _ = std::fs::remove_file(&path);
        tail
    });
    tail.await?
}

fn probe(path: &PathBuf) -> anyhow::Result<Tail> {
    let mut file = File::create(path).with_context(|| format!("creating {}", path.display()))?;
    let mut waits = Waits::default();
    let begun = Instant::now();
    while waits.count() < FLUSHES && begun.elapsed() < TIME_MAX {
        let started = Instant::now();
        file.write_all(&BYTES)?;
        file.sync_data()?;
        waits.push(started.elapsed());
    }
    Ok(waits.tail())
}
