//! F8: a process stands still, another takes over, and the first wakes up late.

use std::time::{Duration, Instant};

use super::kills::until_one_leads;
use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::Run;
use crate::wait;

/// Two seconds longer than a writer's session lives without a sign of life: another leads by then.
const PAST_THE_LEASE: Duration = Duration::from_secs(7);

/// Shorter than that: nobody takes over, and it goes on.
const WITHIN_THE_LEASE_MAX_MS: u64 = 2_500;

/// How long a pause may be by hand.
const LONGEST_S: u64 = 30;

/// Leaders that are held past their lease, at least.
const LEAST: u64 = 2;

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let before = run.tally().await?;
    let until = run.deadline();
    let (mut takeovers, mut slowest_ms) = (0, 0);
    while takeovers < LEAST || Instant::now() < until {
        run.note_head().await?;
        let took = hold_the_leader(run).await?;
        slowest_ms = slowest_ms.max(u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
        takeovers += 1;
        run.rest().await;
        stagger(run).await?;
        run.traffic.flows(1).await?;
    }
    let after = run.tally().await?;
    report.bite("takeovers from one that stood still", takeovers, LEAST);
    report.bite("terms of leading", after.terms - before.terms, LEAST);
    report.bite("answers that told nothing", after.in_doubt - before.in_doubt, 0);
    let most = u64::try_from(PAST_THE_LEASE.as_millis()).unwrap_or(u64::MAX);
    report.aim("slowest takeover, ms from the stop", slowest_ms, most);
    Ok(())
}

/// Stops the leader for longer than its lease; gives how long it took until the other led.
async fn hold_the_leader(run: &mut Run) -> anyhow::Result<Duration> {
    let leader = until_one_leads(&run.fleet).await?;
    let other = (leader + 1) % run.fleet.ledgers.len();
    let (began_us, stopped) = (run.now_us(), Instant::now());
    run.fleet.ledgers[leader].process().pause()?;
    let awake = async {
        run.fleet.ledgers[other].until_it_says("leading").await?;
        anyhow::Ok(stopped.elapsed())
    };
    let took = awake.await;
    // Whatever came of it, nobody is left asleep.
    let stay = if run.settings.is_long() {
        Duration::from_secs(run.chance.between(0, LONGEST_S))
    } else {
        PAST_THE_LEASE.saturating_sub(stopped.elapsed())
    };
    tokio::time::sleep(stay).await;
    run.traffic.flows(1).await?;
    run.fleet.ledgers[leader].process().resume()?;
    let took = took?;
    let sleeper = &run.fleet.ledgers[leader];
    let fell = async || sleeper.says().await.filter(|said| !said.starts_with("leading"));
    wait::until("the late one knows that it doesn't lead", wait::LONG, fell).await?;
    run.injected(Row::F8, "SIGSTOP of the leader past its lease, then CONT", began_us, true);
    Ok(took)
}

/// Stops anybody for a moment.
async fn stagger(run: &mut Run) -> anyhow::Result<()> {
    let began_us = run.now_us();
    let pause = Duration::from_millis(run.chance.between(200, WITHIN_THE_LEASE_MAX_MS));
    let ships = run.fleet.ships().count();
    let which = run.chance.below(ships);
    let Some(ship) = run.fleet.ships().nth(which) else { return Ok(()) };
    let part = ship.part();
    ship.process().pause()?;
    tokio::time::sleep(pause).await;
    let Some(ship) = run.fleet.ships().nth(which) else { return Ok(()) };
    ship.process().resume()?;
    run.injected(Row::F8, &format!("SIGSTOP of a {part} for a moment"), began_us, true);
    Ok(())
}
