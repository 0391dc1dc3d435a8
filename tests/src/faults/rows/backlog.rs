//! F14: the projectors stand still while a backlog grows.

use std::time::{Duration, Instant};

use anyhow::Context as _;
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

/// Commands, and as many looks at a wallet, whose waits are held against each other: without a
/// backlog and with one.
const CALLS: usize = 200;

/// What all but one in a hundred wait is no more than twice what it was without a backlog, and this
/// is not called waiting.
const UNFELT_MS: u64 = 20;

/// Rounds by hand that are enough: each makes the log longer by a backlog.
const MOST: usize = 20;

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let until = run.deadline();
    let backlog = run.settings.few_or(RECORDS_FEW, RECORDS);
    let (mut rounds, mut slowest) = (0, u64::MAX);
    let (mut arrival, mut p99, mut p99_max) = (0, 0, UNFELT_MS);
    while rounds < 1 || (Instant::now() < until && rounds < MOST) {
        run.note_head().await?;
        let began_us = run.now_us();
        let usual = p99_ms(run, &format!("before-{rounds}")).await?;
        pause(run, true)?;
        let grown = async {
            grow(run, rounds, backlog).await?;
            p99_ms(run, &format!("behind-{rounds}")).await
        };
        let grown = grown.await;
        pause(run, false)?;
        (p99, p99_max) = (grown?, usual.saturating_mul(2).max(UNFELT_MS));
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
    report.aim("p99 of commands and reads with a backlog, ms", p99, p99_max);
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
    for from in (0..records).step_by(linli_api::bulk::BULK_ITEMS_MAX) {
        let to = records.min(from + linli_api::bulk::BULK_ITEMS_MAX);
        let bulk = run.households(&format!("backlog-{round}"), from..to);
        run.place.operator.register_households(&bulk).await.context("a backlog")?;
    }
    Ok(())
}

/// What all but one in a hundred wait of some commands and some reads, one after the other.
async fn p99_ms(run: &Run, what: &str) -> anyhow::Result<u64> {
    let http = Http::new(&run.fleet.gateway.url());
    let look = Ask::get(&format!("/v1/residents/{}/wallet", run.place.people.chen.resident));
    let look = look.bearer(&run.place.shop.key);
    let mut waits_ms = Vec::new();
    for (number, item) in run.households(what, 0..CALLS).items.iter().enumerate() {
        let command = Ask::post("/v1/households").bearer(&run.fleet.operator_key);
        for ask in [command.key(&item.key).json(&item.body)?, look.clone()] {
            let begun = Instant::now();
            let answer = http.send(&ask).await?;
            anyhow::ensure!(answer.status < 300, "{what} {number}: {}", answer.status);
            waits_ms.push(u64::try_from(begun.elapsed().as_millis())?);
        }
    }
    waits_ms.sort_unstable();
    waits_ms.get(waits_ms.len() * 99 / 100).copied().context("nobody waited")
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
