//! F7: the disk fails to sync, or to write. `strace` makes the system call fail.

use std::time::Duration;

use anyhow::Context as _;

use super::servers::writers_backend;
use super::stream::refilled;
use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::{FLOWING, Run};
use crate::strace::Strace;
use crate::{postgres, wait};

/// Failed syncs of PostgreSQL, at least.
const LEAST: usize = 3;
const MANY: usize = 100;

/// NATS gets up by itself within this, or is restarted.
const BY_ITSELF: Duration = Duration::from_secs(10);

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    if let Err(error) = Strace::provide() {
        report.not_run.push(format!("this machine has no strace: {error:#}"));
        return Ok(());
    }
    let before = run.tally().await?;
    let mut injected = 0;
    for _ in 0..run.settings.few_or(LEAST, MANY) {
        run.note_head().await?;
        run.rest().await;
        let began_us = run.now_us();
        let when = run.chance.between(1, 20);
        injected += fail_a_sync(run, when).await?;
        run.injected(Row::F7, "EIO on PostgreSQL's fdatasync", began_us, true);
        run.traffic.flows(FLOWING).await?;
    }
    let after = run.tally().await?;
    report.bite("syncs that failed", injected, 1);
    report.bite("terms of leading", after.terms - before.terms, 1);
    fail_nats_writes(run, report).await
}

/// Makes the writer's backend fail at its so-manieth sync. PostgreSQL panics, as it should, and
/// recovers by itself. Gives how many calls failed.
async fn fail_a_sync(run: &Run, when: u64) -> anyhow::Result<u64> {
    let backend = writers_backend(run).await?;
    let strace = Strace::on(&[backend], "fdatasync", &format!("error=EIO:when={when}")).await?;
    let gone = async || (!is_alive(backend)).then_some(());
    let gone = wait::until("the backend has given up", wait::LONG, gone).await;
    let injected = strace.end().await?;
    gone?;
    let url = run.fleet.database_url().to_owned();
    let back = async || postgres::connect(&url).await.ok();
    wait::until("PostgreSQL has recovered", wait::LONG, back).await?;
    Ok(injected)
}

/// Makes every write of NATS to its store fail for a while. Commands go on.
async fn fail_nats_writes(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let began_us = run.now_us();
    let pid = run.fleet.stack.nats_pid().context("NATS runs")?;
    let strace = Strace::on(&[pid], "pwrite64", "error=EIO").await?;
    let flowed = run.traffic.flows(FLOWING).await;
    let injected = strace.end().await?;
    flowed?;
    let by_itself = tokio::time::timeout(BY_ITSELF, refilled(run)).await.is_ok_and(|it| it.is_ok());
    if !by_itself {
        run.fleet.stack.kill_nats().await?;
        run.fleet.stack.start_nats().await?;
        refilled(run).await?;
    }
    run.injected(Row::F7, "EIO on NATS' writes for a while", began_us, false);
    report.bite("writes of NATS that failed", injected, 1);
    report.figure("restarts that NATS needed after failed writes", u64::from(!by_itself));
    Ok(())
}

fn is_alive(pid: u32) -> bool {
    std::path::Path::new(&format!("/proc/{pid}")).exists()
}
