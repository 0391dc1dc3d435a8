//! F2: PostgreSQL is stopped at once, or killed, in part or whole.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use linli_devstack::StopMode;

use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::Run;
use crate::{postgres, signal, wait};

/// Faults of a run, at least.
const LEAST: u64 = 10;

/// For how long it stays away.
const AWAY_MAX: Duration = Duration::from_secs(2);

#[derive(Clone, Copy, Debug)]
enum Blow {
    Immediate,
    Backend,
    Postmaster,
}

const BLOWS: [Blow; 4] = [Blow::Backend, Blow::Immediate, Blow::Postmaster, Blow::Backend];

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let before = run.tally().await?;
    let until = run.deadline();
    let mut blows = 0;
    while blows < LEAST || Instant::now() < until {
        let mut turns = BLOWS;
        run.chance.shuffle(&mut turns);
        for blow in turns {
            run.note_head().await?;
            run.rest().await;
            deal(run, blow).await.with_context(|| format!("{blow:?}"))?;
            blows += 1;
            run.traffic.flows(1).await?;
        }
    }
    let after = run.tally().await?;
    report.bite("terms of leading", after.terms - before.terms, LEAST);
    report.bite("answers that told nothing", after.in_doubt - before.in_doubt, 0);
    report.bite("commands found done", after.found_done - before.found_done, 0);
    Ok(())
}

async fn deal(run: &mut Run, blow: Blow) -> anyhow::Result<()> {
    let away_max =
        u64::try_from(AWAY_MAX.as_millis())? / if run.settings.is_long() { 1 } else { 4 };
    let away = Duration::from_millis(run.chance.between(0, away_max));
    let began_us = run.now_us();
    let what = match blow {
        Blow::Immediate => {
            run.fleet.stack.stop_postgres(StopMode::Immediate).await?;
            tokio::time::sleep(away).await;
            run.fleet.stack.start_postgres().await?;
            "PostgreSQL stopped at once"
        }
        Blow::Postmaster => {
            run.fleet.stack.kill_postgres().await?;
            tokio::time::sleep(away).await;
            run.fleet.stack.start_postgres().await?;
            "kill -9 of all of PostgreSQL"
        }
        Blow::Backend => {
            let other = run.database().await?;
            signal("KILL", writers_backend(run).await?)?;
            // The postmaster ends all others and recovers by itself, once it has seen it.
            let ended = async || other.batch_execute("").await.is_err().then_some(());
            wait::until("PostgreSQL ends all sessions", wait::LONG, ended).await?;
            let url = run.fleet.database_url().to_owned();
            let look = async || postgres::connect(&url).await.ok();
            wait::until("PostgreSQL has recovered", wait::LONG, look).await?;
            "kill -9 of the writer's backend"
        }
    };
    run.injected(Row::F2, what, began_us, true);
    Ok(())
}

/// The process of PostgreSQL that serves the leader.
pub(super) async fn writers_backend(run: &Run) -> anyhow::Result<u32> {
    let look = async || {
        let sql = "SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid) \
            WHERE l.locktype = 'advisory' AND l.granted AND a.application_name LIKE 'linli writer%'";
        let row = run.database().await.ok()?.query_opt(sql, &[]).await.ok()??;
        row.try_get::<_, i32>(0).ok()
    };
    let pid = wait::until("somebody leads", wait::LONG, look).await?;
    u32::try_from(pid).with_context(|| format!("{pid} is no process id"))
}
