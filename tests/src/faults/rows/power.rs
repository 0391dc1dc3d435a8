//! F5: the power of PostgreSQL's machine is cut.
//!
//! PostgreSQL is halted and the image of its file system is taken: what was written to the device is
//! in it, and what only the system's memory had is not. Then it goes on. From the image a server is
//! started, and everything that had been acknowledged by then has to be there.

use std::io::Write as _;
use std::time::Instant;

use anyhow::Context as _;
use linli_devstack::{Options, Stack};

use crate::disk::Disk;
use crate::evidence::{self, Evidence};
use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::{FLOWING, Run};
use crate::strace::{Strace, family};
use crate::traffic::{self, Operation};
use crate::{DISTRICT, check, postgres};

/// Cuts of a run, at least.
const LEAST: usize = 2;
const MANY: usize = 20;

/// Written without a sync right before a cut, to see that it is one.
const MARK: &str = "unsynced";

/// The checkers that an image is held against; the others ask for what was never in it.
const ASKED: [&str; 6] = ["C1", "C2", "C3", "C4", "C5", "C7"];

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let until = run.deadline();
    let (mut cuts, mut unsynced, mut acknowledged) = (0, 0, 0);
    let least = run.settings.few_or(LEAST, MANY);
    // The stack's own files, such as the password, are not what is looked for.
    run.disk.as_ref().context("there is no disk in a file")?.sync()?;
    let postmaster = run.fleet.stack.postgres_pid().context("PostgreSQL runs")?;
    let lying = if run.settings.unsynced {
        Some(Strace::on(&family(postmaster), "fdatasync", "retval=0").await?)
    } else {
        None
    };
    while cuts < least || Instant::now() < until {
        run.traffic.flows(FLOWING).await?;
        run.rest().await;
        run.note_head().await?;
        let began_us = run.now_us();
        let (image, operations) = cut(run).await?;
        run.injected(Row::F5, "the power of PostgreSQL's machine cut", began_us, true);
        unsynced += u64::from(!image.path().join(MARK).exists());
        let (found, over) = judge(run, &image, operations).await?;
        acknowledged += over;
        for finding in found {
            report.findings.push(format!("cut {}: {finding}", cuts + 1));
        }
        cuts += 1;
    }
    if let Some(lying) = lying {
        report.bite("syncs that did nothing", lying.end().await?, 1);
    }
    report.bite("images without what was not synced", unsynced, u64::try_from(least)?);
    report.bite("acknowledged commands looked for in images", acknowledged, FLOWING);
    Ok(())
}

/// Takes the image, and what had been acknowledged by then.
async fn cut(run: &mut Run) -> anyhow::Result<(Disk, Vec<Operation>)> {
    let disk = run.disk.as_ref().context("there is no disk in a file")?;
    let mut mark = std::fs::File::create(disk.path().join(MARK))?;
    mark.write_all(b"not synced")?;
    run.fleet.stack.pause_postgres()?;
    let image = disk.image();
    let operations = traffic::read(run.traffic.journal().path());
    run.fleet.stack.resume_postgres()?;
    std::fs::remove_file(disk.path().join(MARK))?;
    Ok((image?, operations?))
}

/// Starts a server from the image and holds what it has against what was acknowledged; gives what
/// was found, and over how many commands.
async fn judge(
    run: &Run,
    image: &Disk,
    operations: Vec<Operation>,
) -> anyhow::Result<(Vec<String>, u64)> {
    let data = run.fleet.stack.data_dir().file_name().context("the data have a name")?.to_owned();
    let options = Options { nats: false, ..Options::kept(image.path().join(data)) };
    let stack = Stack::start(options).await.context("starting from the image")?;
    let server = stack.postgres_url().rsplit_once('/').map_or("", |(server, _)| server);
    let url = format!("{server}/{DISTRICT}");
    let database = postgres::connect(&url).await?;
    let frames = evidence::frames(&database, DISTRICT).await?;
    drop(database);
    stack.stop().await?;
    let mut evidence = Evidence { operations, heads: run.heads().to_vec(), ..Evidence::default() };
    evidence.records = evidence::records(&frames)?;
    evidence.frames = frames;
    // What was never answered may be there or not.
    let checks = check::all(&evidence);
    let over = checks.iter().find(|checked| checked.name == "C1").map_or(0, |checked| checked.over);
    let findings = checks
        .into_iter()
        .filter(|checked| ASKED.contains(&checked.name))
        .flat_map(|checked| {
            checked.findings.into_iter().map(move |finding| format!("{}: {finding}", checked.name))
        })
        .collect();
    Ok((findings, u64::try_from(over)?))
}
