//! F14: the projectors stand still while a backlog grows.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use linli_api::bulk::{Bulk, BulkItem};
use linli_api::household::RegisterHousehold;
use serde_json::Value;

use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::Run;
use crate::{Ask, DISTRICT, Http, wait};

/// Records of a backlog: 100,000 as in the matrix, or a fifth of it.
const RECORDS: usize = 100_000;
const RECORDS_FEW: usize = 20_000;

/// A backlog is caught up within this: twice what 20,000 records take on a busy machine.
const CAUGHT_UP_MAX: Duration = Duration::from_secs(300);

/// Catching up is ten times as fast as what comes meanwhile: so many come for a thousand records.
const ARRIVALS_MAX: u64 = 100;

/// Rounds by hand that are enough: each makes the log longer by a backlog.
const MOST: usize = 20;

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let until = run.deadline();
    let backlog = run.settings.few_or(RECORDS_FEW, RECORDS);
    let (mut rounds, mut slowest) = (0, u64::MAX);
    let mut arrival = 0;
    while rounds < 1 || (Instant::now() < until && rounds < MOST) {
        run.note_head().await?;
        let began_us = run.now_us();
        pause(run, true)?;
        let grown = grow(run, rounds, backlog).await;
        pause(run, false)?;
        grown?;
        let (began, acknowledged) = (Instant::now(), run.traffic.acknowledged());
        catch_up(run).await?;
        let ms = u64::try_from(began.elapsed().as_millis())?.max(1);
        slowest = slowest.min(u64::try_from(backlog)? * 1_000 / ms);
        arrival = (run.traffic.acknowledged() - acknowledged) * 1_000 / ms;
        run.injected(Row::F14, "the projectors stood still while a backlog grew", began_us, false);
        rounds += 1;
    }
    report.bite("records of backlog", u64::try_from(backlog * rounds)?, u64::try_from(backlog)?);
    report.figure("caught up, records a second", slowest);
    report.figure("commands acknowledged meanwhile, a second", arrival);
    let share = arrival.saturating_mul(1_000) / slowest.max(1);
    report.aim("commands acknowledged for a thousand records caught up", share, ARRIVALS_MAX);
    Ok(())
}

fn pause(run: &mut Run, pause: bool) -> anyhow::Result<()> {
    for projector in &mut run.fleet.projectors {
        if pause { projector.process().pause()? } else { projector.process().resume()? }
    }
    Ok(())
}

/// Registers households, a thousand at a time: nothing keeps them from being many.
async fn grow(run: &Run, round: usize, records: usize) -> anyhow::Result<()> {
    let micro_grid = &run.place.areas.building;
    for from in (0..records).step_by(linli_api::bulk::BULK_ITEMS_MAX) {
        let to = records.min(from + linli_api::bulk::BULK_ITEMS_MAX);
        let item = |at| BulkItem {
            key: format!("backlog-{}-{round}-{at}", run.settings.seed),
            body: RegisterHousehold { household: None, micro_grid: micro_grid.clone() },
        };
        let bulk = Bulk { items: (from..to).map(item).collect() };
        run.place.operator.register_households(&bulk).await.context("a backlog")?;
    }
    Ok(())
}

/// Waits until all read models have got to where the log ends now.
async fn catch_up(run: &Run) -> anyhow::Result<()> {
    let sql = "SELECT max(last) FROM log.frame WHERE district = $1";
    let head: i64 = run.database().await?.query_one(sql, &[&DISTRICT]).await?.try_get(0)?;
    let (http, ask) = (Http::new(&run.fleet.gateway.url()), Ask::get("/readyz"));
    let there = async || {
        let models: Value = http.send(&ask).await.ok()?.json().ok()?;
        let models = models["districts"][0]["read_models"].as_array()?;
        let all = models.iter().all(|model| model["position"].as_i64() >= Some(head));
        (all && !models.is_empty()).then_some(())
    };
    wait::until("the projectors have caught up", CAUGHT_UP_MAX, there).await
}
