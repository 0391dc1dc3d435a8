//! F1, too: the leader is told to stop, or is killed, while another stands by warm.

use std::time::{Duration, Instant};

use super::kills::until_one_leads;
use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::{FLOWING, Run};

/// Times that each is done.
const ROUNDS: u64 = 3;

/// Commands are acknowledged by the other one within this, from the word or the kill on.
const HANDED_OVER_MAX_MS: u64 = 1_000;
const TAKEN_OVER_MAX_MS: u64 = 3_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// It is told, and hands over.
    Told,
    Killed,
}

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let before = run.tally().await?;
    let (mut told, mut killed) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..ROUNDS {
        told = told.max(end_the_leader(run, End::Told).await?);
        killed = killed.max(end_the_leader(run, End::Killed).await?);
    }
    // An answer may still be the last leader's: the next one is to have appended.
    run.traffic.flows(FLOWING).await?;
    let after = run.tally().await?;
    report.bite("terms that began at a warm standby", after.terms - before.terms, 2 * ROUNDS);
    let ms = |took: Duration| u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    report.aim("slowest hand-over, ms from SIGTERM", ms(told), HANDED_OVER_MAX_MS);
    report.aim("slowest takeover, ms from kill -9", ms(killed), TAKEN_OVER_MAX_MS);
    Ok(())
}

/// Ends the leader; gives how long it took until a command was acknowledged after the other one had
/// said that it leads. Only then is the first one started again: a process says that it stands by
/// before it waits for the lock, and on a busy machine one that starts may ask for it earlier.
async fn end_the_leader(run: &mut Run, end: End) -> anyhow::Result<Duration> {
    let leader = until_one_leads(&run.fleet).await?;
    let other = (leader + 1) % run.fleet.ledgers.len();
    run.fleet.until_warm(other).await?;
    run.note_head().await?;
    let address = run.fleet.ledgers[other].address();
    let (began_us, begun) = (run.now_us(), Instant::now());
    let Run { fleet, traffic, .. } = run;
    let leads = async {
        crate::fleet::until_it_says(address, "leading").await?;
        traffic.flows(1).await?;
        anyhow::Ok(begun.elapsed())
    };
    let ended = async {
        match end {
            End::Told => fleet.stop_one(|fleet| &mut fleet.ledgers[leader]).await,
            End::Killed => fleet.kill_one(|fleet| &mut fleet.ledgers[leader]).await,
        }
    };
    let (took, ended) = tokio::join!(leads, ended);
    ended?;
    let what = match end {
        End::Told => "SIGTERM of the leader, to a warm standby",
        End::Killed => "kill -9 of the leader, beside a warm standby",
    };
    run.injected(Row::F1, what, began_us, true);
    run.fleet.start_again(|fleet| &mut fleet.ledgers[leader])?;
    took
}
