//! F6: the disk of PostgreSQL is full, or that of NATS.

use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::stream::refilled;
use crate::disk::Disk;
use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::{FLOWING, Run};
use crate::wait;

/// Times that PostgreSQL's disk is full, at least.
const LEAST: u64 = 2;

/// So many are registered at once: more than there is room for in the pages that the log has.
const PUSHED: usize = 1_000;

/// For how long it stays full when that was felt.
const FULL: Duration = Duration::from_secs(1);

/// Room for JetStream: enough for what a run publishes by then.
const NATS_MIB: u64 = 64;

/// NATS gives JetStream up when its disk is full, and takes it up again when it is restarted.
const BY_ITSELF: Duration = Duration::from_secs(10);

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let before = run.tally().await?;
    let until = run.deadline();
    let (mut times, mut restarts) = (0, 0);
    while times < LEAST || Instant::now() < until {
        run.note_head().await?;
        restarts += fill_postgres(run, times).await?;
        times += 1;
    }
    let after = run.tally().await?;
    report.figure("answers that told nothing", after.in_doubt - before.in_doubt);
    report.bite("times that a bulk was turned away", times, LEAST);
    report.bite("terms of leading", after.terms - before.terms, LEAST);
    report.figure("times that PostgreSQL had ended and was started", restarts);
    fill_nats(run, report).await
}

/// Fills the disk until a command is turned away, and makes room; gives how often PostgreSQL had to
/// be started.
async fn fill_postgres(run: &mut Run, times: u64) -> anyhow::Result<u64> {
    let (began_us, before) = (run.now_us(), run.tally().await?);
    let disk = run.disk.take().context("there is no small disk")?;
    disk.fill()?;
    // Not left to the traffic: a projector may want new pages long before the writer does, and
    // whoever reads then waits and sends nothing more.
    let mut pushed = 0;
    let felt = async || {
        let what = format!("full-{times}");
        let bulk = run.households(&what, pushed..pushed + PUSHED);
        pushed += PUSHED;
        let answered = run.place.operator.register_households(&bulk).await;
        let is_whole = answered.is_ok_and(|it| usize::try_from(it.body.accepted) == Ok(PUSHED));
        let falls = run.counted().since(&before, "linli_ledger_falls_total");
        (!is_whole && falls > 0).then_some(())
    };
    let felt = wait::until("the full disk is felt", wait::LONG, felt).await;
    tokio::time::sleep(FULL).await;
    let freed = disk.free();
    run.disk = Some(disk);
    felt.and(freed)?;
    let mut restarts = 0;
    if run.fleet.stack.postgres_pid().is_none() {
        run.fleet.stack.start_postgres().await?;
        restarts = 1;
    }
    if run.fleet.stack.nats_pid().is_none() {
        run.fleet.stack.start_nats().await?;
    }
    run.injected(Row::F6, "PostgreSQL's disk full", began_us, true);
    run.traffic.flows(FLOWING).await?;
    Ok(restarts)
}

/// Gives NATS a disk of its own and fills that. Commands go on; the stream catches up when there is
/// room, or when NATS was restarted.
async fn fill_nats(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let store = run.fleet.stack.data_dir().join("nats");
    run.fleet.stack.stop_nats().await?;
    let disk = Disk::over(&store, NATS_MIB)?;
    run.fleet.stack.start_nats().await?;
    refilled(run).await?;
    let (before, began_us) = (run.tally().await?, run.now_us());
    disk.fill()?;
    let errors = "linli_log_relay_errors_total";
    let felt = async || {
        let tally = run.tally().await.ok()?;
        (tally.since(&before, errors) > 0).then_some(())
    };
    let felt = wait::until("the full disk is felt", wait::LONG, felt).await;
    let acknowledged = run.traffic.acknowledged();
    let flowed = run.traffic.flows(FLOWING).await;
    let meanwhile = run.traffic.acknowledged() - acknowledged;
    disk.free()?;
    felt.and(flowed)?;
    let by_itself = tokio::time::timeout(BY_ITSELF, refilled(run)).await.is_ok_and(|it| it.is_ok());
    if !by_itself {
        run.fleet.stack.kill_nats().await?;
        run.fleet.stack.start_nats().await?;
        refilled(run).await?;
    }
    run.injected(Row::F6, "NATS' disk full", began_us, false);
    let after = run.tally().await?;
    report.bite("times that the relay lost the stream", after.since(&before, errors), 1);
    report.bite("commands acknowledged while NATS had no room", meanwhile, FLOWING);
    report.figure("restarts that NATS needed to take JetStream up again", u64::from(!by_itself));
    run.nats_disk = Some(disk);
    Ok(())
}
