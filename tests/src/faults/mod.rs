//! Faults on the real thing: processes that are killed, servers that are, disks that are full,
//! connections that are cut, while clients go on and write down what they were told.
//!
//! A [`Row`] says what is done. Rows on the same [`Ground`] share a fleet. What is done, to whom and
//! when follows from a seed. In the end everything is healed, caught up, and held against the
//! [checkers](crate::check); and the run tells what it counted that shows each fault to have been
//! felt, for a fault that nobody felt proves nothing.

mod report;
mod row;
mod rows;
mod run;
mod settings;

use std::collections::BTreeMap;

use anyhow::Context as _;

use linli_devstack::Options;

use crate::disk::Disk;
use crate::{Crew, Rig};
use run::Run;

pub use report::{Aim, Bite, Report, RowReport, Verdict};
pub use row::{Ground, Row};
pub use settings::Settings;

/// Does these rows, ground by ground; gives a report for each ground.
///
/// # Errors
///
/// What kept a run from being done to its end.
pub async fn run(rows: &[Row], settings: &Settings) -> anyhow::Result<Vec<Report>> {
    std::fs::create_dir_all(&settings.folder)
        .with_context(|| format!("making {}", settings.folder.display()))?;
    let mut grounds: BTreeMap<Ground, Vec<Row>> = BTreeMap::new();
    for row in rows {
        grounds.entry(row.ground()).or_default().push(*row);
    }
    let mut reports = Vec::new();
    for (ground, rows) in grounds {
        let report = run_on(ground, &rows, settings.clone()).await?;
        println!("{}", report.table());
        let file = settings.folder.join(format!("{ground:?}.json").to_lowercase());
        std::fs::write(&file, serde_json::to_vec_pretty(&report)?)
            .with_context(|| format!("writing {}", file.display()))?;
        reports.push(report);
    }
    Ok(reports)
}

/// Room for everything that a run writes to disk, several times.
const IMAGE_MIB: u64 = 1_024;

/// Room for the servers' data and some traffic: what is left has to be filled.
const SMALL_MIB: u64 = 768;

async fn run_on(ground: Ground, rows: &[Row], settings: Settings) -> anyhow::Result<Report> {
    let wired = Rig { wired: true, ..Rig::default() };
    let disk = match ground {
        Ground::Apart | Ground::Whole => None,
        Ground::Image => Some(Disk::in_a_file(IMAGE_MIB)),
        Ground::Small => Some(Disk::in_memory(SMALL_MIB)),
    };
    let disk = match disk.transpose() {
        Ok(disk) => disk,
        Err(error) => return Ok(Report::refused(ground, rows, &settings, &error)),
    };
    let rig = match (ground, &disk) {
        (Ground::Whole, _) => Rig { crew: Crew::Whole, ..wired },
        (_, None) => wired,
        (_, Some(disk)) => Rig { stack: Options::kept(disk.path().join("data")), ..wired },
    };
    let mut run = Run::begin(ground, rig, settings, disk).await?;
    for row in rows {
        if let Err(error) = run.do_row(*row).await {
            return Err(error.context(run.fleet.last_words().await));
        }
    }
    run.finish().await
}
