//! F1, too: the leader is told to stop, or is killed, while another stands by warm.

use std::time::{Duration, Instant};

use super::kills::leader;
use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::Run;

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
    let after = run.tally().await?;
    report.bite("terms that began at a warm standby", after.terms - before.terms, 2 * ROUNDS);
    let ms = |took: Duration| u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    report.aim("slowest hand-over, ms from SIGTERM", ms(told), HANDED_OVER_MAX_MS);
    report.aim("slowest takeover, ms from kill -9", ms(killed), TAKEN_OVER_MAX_MS);
    Ok(())
}

/// Ends the leader and starts it again; gives how long it took until a command was acknowledged
/// after the other one had said that it leads.
async fn end_the_leader(run: &mut Run, end: End) -> anyhow::Result<Duration> {
    let leader = leader(&run.fleet).await;
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
            End::Told => fleet.renew(|fleet| &mut fleet.ledgers[leader]).await,
            End::Killed => fleet.replace(|fleet| &mut fleet.ledgers[leader]).await,
        }
    };
    let (took, ended) = tokio::join!(leads, ended);
    ended?;
    let what = match end {
        End::Told => "SIGTERM of the leader, to a warm standby",
        End::Killed => "kill -9 of the leader, beside a warm standby",
    };
    run.injected(Row::F1, what, began_us, true);
    took
}
