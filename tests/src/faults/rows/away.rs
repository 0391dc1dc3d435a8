//! F3: NATS is killed, again and again, under everything in one process. Nobody may notice.

use std::time::{Duration, Instant};

use super::stream::{WHOLE_MAX_MS, refilled};
use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::Run;
use crate::wait;

/// Kills of a run, at least.
const LEAST: u64 = 15;

/// Commands that have to be acknowledged, and wallets read, while it is away.
const MEANWHILE: u64 = 15;

/// Of a thousand reads so many may be told to come again: of the few of a short run, one.
const LATE_MAX: u64 = 3;

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let until = run.deadline();
    // What is on the way when a run begins is not of this fault.
    let (before, read_before) = (run.tally().await?, run.traffic.read());
    let (mut kills, mut meanwhile, mut slowest) = (0, 0, Duration::ZERO);
    while kills < LEAST || Instant::now() < until {
        run.note_head().await?;
        let began_us = run.now_us();
        run.fleet.stack.kill_nats().await?;
        let (acknowledged, read) = (run.traffic.acknowledged(), run.traffic.read());
        run.traffic.flows(MEANWHILE).await?;
        let reads = async || (run.traffic.read() >= read + MEANWHILE).then_some(());
        wait::until("wallets are read without NATS", wait::LONG, reads).await?;
        meanwhile += run.traffic.acknowledged() - acknowledged;
        run.fleet.stack.start_nats().await?;
        run.injected(Row::F3, "kill -9 of NATS", began_us, false);
        let started = Instant::now();
        refilled(run).await?;
        slowest = slowest.max(started.elapsed());
        kills += 1;
    }
    let after = run.tally().await?;
    let late = after.late_reads - before.late_reads;
    let doubts = after.commands_in_doubt_since(&before);
    if doubts > 0 {
        report.findings.push(format!("{doubts} commands were not answered while NATS was away"));
    }
    let reads = run.traffic.read() - read_before;
    let share = late.saturating_mul(1_000).div_ceil(reads.max(1));
    report.aim("reads of a thousand that were told to come again", share, LATE_MAX);
    let errors = after.since(&before, "linli_log_relay_errors_total");
    report.bite("times that the relay lost the stream", errors, 1);
    report.bite("commands acknowledged without NATS", meanwhile, LEAST * MEANWHILE);
    let slowest = u64::try_from(slowest.as_millis()).unwrap_or(u64::MAX);
    report.aim("slowest from NATS up to the stream whole, ms", slowest, WHOLE_MAX_MS);
    Ok(())
}
