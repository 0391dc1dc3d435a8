//! F1: each of our processes is killed at random, and started again at once.

use std::time::Instant;

use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::Run;
use crate::{Fleet, wait};

/// Kills of a run, at least.
const LEAST: u64 = 50;

/// Who is killed.
#[derive(Clone, Copy, Debug)]
enum Whom {
    Leader,
    Standby,
    Projector(usize),
    Gateway,
}

/// The ledger twice as often as anybody else: everything hangs on it.
const TURNS: [Whom; 6] = [
    Whom::Leader,
    Whom::Gateway,
    Whom::Leader,
    Whom::Projector(0),
    Whom::Standby,
    Whom::Projector(1),
];

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    super::handing::strike(run, report).await?;
    let before = run.tally().await?;
    let until = run.deadline();
    let mut kills = 0;
    while kills < LEAST || Instant::now() < until {
        let mut turns = TURNS;
        run.chance.shuffle(&mut turns);
        for whom in turns {
            run.rest().await;
            kill(run, whom).await?;
            kills += 1;
        }
        run.traffic.flows(1).await?;
        run.note_head().await?;
    }
    let after = run.tally().await?;
    report.bite("terms of leading", after.terms - before.terms, LEAST / 10);
    report.bite("answers that told nothing", after.in_doubt - before.in_doubt, 0);
    report.bite("commands found done", after.found_done - before.found_done, 0);
    Ok(())
}

async fn kill(run: &mut Run, whom: Whom) -> anyhow::Result<()> {
    let began_us = run.now_us();
    // While nobody leads, any of them: a takeover is killed, too.
    let leader = leader(&run.fleet).await.unwrap_or(0);
    let (what, silences) = match whom {
        Whom::Leader => ("kill -9 of the leader", true),
        Whom::Standby => ("kill -9 of the standby", false),
        Whom::Projector(_) => ("kill -9 of a projector", false),
        Whom::Gateway => ("kill -9 of the gateway", true),
    };
    match whom {
        Whom::Leader => run.fleet.replace(|fleet| &mut fleet.ledgers[leader]).await?,
        Whom::Standby => {
            let standby = (leader + 1) % run.fleet.ledgers.len();
            run.fleet.replace(|fleet| &mut fleet.ledgers[standby]).await?;
        }
        Whom::Projector(which) => run.fleet.replace(|fleet| &mut fleet.projectors[which]).await?,
        Whom::Gateway => run.fleet.replace(|fleet| &mut fleet.gateway).await?,
    }
    run.injected(Row::F1, what, began_us, silences);
    Ok(())
}

/// Which ledger leads, once one says that it does.
pub(super) async fn until_one_leads(fleet: &Fleet) -> anyhow::Result<usize> {
    let leads = wait::until("a ledger leads", wait::LONG, async || leader(fleet).await).await;
    match leads {
        Ok(leader) => Ok(leader),
        Err(error) => Err(error.context(fleet.last_words().await)),
    }
}

/// Which ledger says that it leads, if one does now.
async fn leader(fleet: &Fleet) -> Option<usize> {
    for (at, ledger) in fleet.ledgers.iter().enumerate() {
        if ledger.says().await.is_some_and(|said| said.starts_with("leading")) {
            return Some(at);
        }
    }
    None
}
