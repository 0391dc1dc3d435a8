//! F4: JetStream's store is deleted, a bit of it is flipped, an old copy of it is put back.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::{FLOWING, Run, Tally};
use crate::{DISTRICT, evidence, wait};

/// Rounds of all three, at least.
const LEAST: u64 = 1;

/// Rounds of all three by hand that are enough: each fills the whole stream again.
const MOST: u64 = 200;

/// The stream is a copy of the log again within this, from when NATS is up: so what was done to it
/// is noticed within this, too.
pub(super) const WHOLE_MAX_MS: u64 = 10_000;

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let before = run.tally().await?;
    let until = run.deadline();
    let (mut rounds, mut slowest, mut frames) = (0, Duration::ZERO, 0);
    while rounds < LEAST || (Instant::now() < until && rounds < MOST) {
        for harm in [Harm::Deleted, Harm::Flipped, Harm::RolledBack] {
            run.note_head().await?;
            let began_us = run.now_us();
            let tally = run.tally().await?;
            do_harm(run, harm).await.with_context(|| format!("{harm:?}"))?;
            let started = Instant::now();
            frames = mended(run, harm, &tally).await?;
            slowest = slowest.max(started.elapsed());
            run.injected(Row::F4, harm.what(), began_us, false);
        }
        rounds += 1;
    }
    let after = run.tally().await?;
    let (rebuilds, published) = ("linli_log_relay_rebuilds_total", "linli_log_relay_frames_total");
    report.bite("streams thrown away", after.since(&before, rebuilds), rounds);
    report.bite("frames published again and anew", after.since(&before, published), 1);
    report.figure("frames in the stream at the end", frames);
    let slowest = u64::try_from(slowest.as_millis()).unwrap_or(u64::MAX);
    report.aim("slowest from NATS up to the stream whole, ms", slowest, WHOLE_MAX_MS);
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Harm {
    Deleted,
    Flipped,
    RolledBack,
}

impl Harm {
    const fn what(self) -> &'static str {
        match self {
            Self::Deleted => "JetStream's store deleted",
            Self::Flipped => "a bit of JetStream's store flipped",
            Self::RolledBack => "an old copy of JetStream's store put back",
        }
    }
}

async fn do_harm(run: &mut Run, harm: Harm) -> anyhow::Result<()> {
    let store = run.fleet.stack.data_dir().join("nats/jetstream");
    let copy = store.with_file_name("an-old-copy");
    match harm {
        Harm::Deleted => run.fleet.stack.delete_nats_store().await?,
        Harm::Flipped => {
            run.fleet.stack.stop_nats().await?;
            flip(run, &store)?;
        }
        Harm::RolledBack => {
            run.fleet.stack.stop_nats().await?;
            shell(r#"cp -a "$1" "$2""#, &[&store, &copy])?;
            run.fleet.stack.start_nats().await?;
            run.traffic.flows(FLOWING).await?;
            run.fleet.stack.kill_nats().await?;
            shell(r#"rm -rf "$1" && mv "$2" "$1""#, &[&store, &copy])?;
        }
    }
    Ok(run.fleet.stack.start_nats().await?)
}

/// Flips a bit somewhere in the middle of a block of messages.
fn flip(run: &mut Run, store: &Path) -> anyhow::Result<()> {
    let blocks: Vec<PathBuf> = files(store)?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "blk"))
        .filter(|file| file.components().any(|part| part.as_os_str() == stream().as_str()))
        .collect();
    let block = blocks.get(run.chance.below(blocks.len())).context("the stream has no block")?;
    let mut bytes = std::fs::read(block)?;
    anyhow::ensure!(!bytes.is_empty(), "{} is empty", block.display());
    // In the first half: what is at the end may be taken for a message cut short.
    let at = run.chance.below(bytes.len() / 2);
    bytes[at] ^= 1 << run.chance.below(8);
    // Written in place: the file keeps its owner.
    Ok(std::fs::write(block, bytes)?)
}

fn stream() -> String {
    format!("LINLI_{}", DISTRICT.to_ascii_uppercase())
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries =
            std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// Runs a line of shell with paths as its arguments.
pub(super) fn shell(line: &str, paths: &[&Path]) -> anyhow::Result<()> {
    let output = Command::new("sh").args(["-c", line, "sh"]).args(paths).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{line} {paths:?}: {said}");
    Ok(())
}

/// Waits until a broken stream was thrown away, where that is needed, and the stream has as many
/// messages as the log has frames. Gives how many there are.
async fn mended(run: &Run, harm: Harm, before: &Tally) -> anyhow::Result<u64> {
    let rebuilds = "linli_log_relay_rebuilds_total";
    let thrown = async || {
        let tally = run.tally().await.ok()?;
        (tally.since(before, rebuilds) > 0).then_some(())
    };
    if harm == Harm::Flipped {
        wait::until("the broken stream is thrown away", wait::LONG, thrown).await?;
    }
    refilled(run).await
}

/// Waits until the stream has as many messages as the log has frames, or more came meanwhile.
/// Gives how many there are.
pub(super) async fn refilled(run: &Run) -> anyhow::Result<u64> {
    let database = run.database().await?;
    let nats = run.fleet.stack.nats_url();
    let look = async || {
        let sql = "SELECT count(*) FROM log.frame WHERE district = $1";
        let frames: i64 = database.query_one(sql, &[&DISTRICT]).await.ok()?.try_get(0).ok()?;
        let end = evidence::stream_end(nats, DISTRICT).await.ok()?;
        (i64::try_from(end).ok()? >= frames).then_some(end)
    };
    wait::until("the stream is whole again", wait::LONG, look).await
}
