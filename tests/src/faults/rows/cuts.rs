//! F11: a connection is cut at each byte of an exchange, half closed, slow; the reply to a COMMIT is
//! lost.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use linli_api::redemption::{Basket, Wish};

use super::slow;
use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::Run;
use crate::traffic::{Hand, KEYS, Kind, Sending};
use crate::wire::{Cut, How, Speech, Way, Wire};
use crate::{Ask, Http, wait};

/// Bytes of a request to PostgreSQL between two cuts in a short run; each cut ends a term, so that
/// all 1,500 take an hour.
const POSTGRES_STEP: usize = 300;

/// Bytes of HTTP between two cuts in a short run.
const HTTP_STEP: usize = 24;

/// A cut that was taken is made within this: the exchange of an append takes milliseconds.
const TAKEN_MAX: Duration = Duration::from_secs(3);

/// How slow a slow wire is, each way.
const SLOW: Duration = Duration::from_millis(20);

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let before = run.tally().await?;
    let slow = slow::begin(run);
    let wire = run.fleet.postgres_wire.take().context("there is no wire to PostgreSQL")?;
    let outcome = postgres(run, &wire, report).await;
    report.bite("cuts on the way to PostgreSQL", wire.bitten().cuts, 1);
    run.fleet.postgres_wire = Some(wire);
    outcome?;
    http(run, report).await?;
    slow::end(slow, run, report).await?;
    let after = run.tally().await?;
    report.bite("terms of leading", after.terms - before.terms, 1);
    report.bite("answers that told nothing", after.in_doubt - before.in_doubt, 0);
    report.bite("commands found done", after.found_done - before.found_done, 1);
    Ok(())
}

/// Cuts the leader's connection while a frame is appended: in the reply, so that the commit is
/// done and nobody is told, at each byte; in the request, at each byte or some.
async fn postgres(run: &mut Run, wire: &Wire, report: &mut RowReport) -> anyhow::Result<()> {
    let (request, reply) = wire.last_exchange();
    report.figure("bytes of an append's reply", reply);
    report.figure("bytes of an append's request", request);
    for after_bytes in 0..reply {
        cut(run, wire, Cut { way: Way::Reply, after_bytes, how: How::Reset }).await?;
    }
    let step = run.settings.few_or(POSTGRES_STEP, 1);
    for after_bytes in (0..request).step_by(step) {
        let how = if after_bytes % 2 == 0 { How::Reset } else { How::HalfClose };
        cut(run, wire, Cut { way: Way::Request, after_bytes, how }).await?;
    }
    for way in [Way::Reply, Way::Request] {
        let after_bytes = if way == Way::Reply { 0 } else { request / 2 };
        cut(run, wire, Cut { way, after_bytes, how: How::Deaf }).await?;
    }
    let began_us = run.now_us();
    wire.slow(SLOW);
    run.traffic.flows(20).await?;
    wire.slow(Duration::ZERO);
    run.injected(Row::F11, "a slow way to PostgreSQL", began_us, false);
    Ok(())
}

async fn cut(run: &mut Run, wire: &Wire, cut: Cut) -> anyhow::Result<()> {
    let (began_us, cuts) = (run.now_us(), wire.bitten().cuts);
    wire.arm(cut);
    let (deaf, mut armed) = (cut.how == How::Deaf, Instant::now());
    // A connection that went deaf is counted when somebody gives it up; taken is enough.
    let made = async || {
        let made = if deaf { !wire.is_armed() } else { wire.bitten().cuts > cuts };
        // The connection that took the cut may have ended by itself.
        if !made && !wire.is_armed() && armed.elapsed() > TAKEN_MAX {
            armed = Instant::now();
            wire.arm(cut);
        }
        made.then_some(())
    };
    wait::until(&format!("{cut:?} is made"), wait::LONG, made).await?;
    run.injected(Row::F11, what(cut), began_us, true);
    run.traffic.flows(1).await
}

const fn what(cut: Cut) -> &'static str {
    match (cut.way, cut.how) {
        (Way::Reply, How::Reset) => "COMMIT's reply cut at a byte",
        (Way::Request, How::Reset) => "an append cut at a byte",
        (Way::Reply, How::HalfClose) => "COMMIT's reply half closed at a byte",
        (Way::Request, How::HalfClose) => "an append half closed at a byte",
        (_, How::Deaf) => "a connection to PostgreSQL that went deaf",
    }
}

/// Cuts the connection of a client that sells something, at some bytes or each of both ways.
async fn http(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let wire = Wire::to(run.fleet.gateway.address(), Speech::Plain).await?;
    // Each attempt is a connection of its own.
    let http = Http::once(&format!("http://{}", wire.address()))?;
    let hand = run.traffic.hand(&run.place.http, 30_000).over(http);
    let step = u64::try_from(run.settings.few_or(HTTP_STEP, 1))?;
    let began = Instant::now();
    let mut sales = 0;
    for way in [Way::Request, Way::Reply] {
        // Past its last byte nothing is cut any more.
        let mut after_bytes = 0;
        loop {
            let (began_us, cuts) = (run.now_us(), wire.bitten().cuts);
            // A request that is half closed is a request that was sent in part: it may be answered
            // as one that is malformed, for good, so nobody can be asked to send it again.
            let half = way == Way::Reply && sales % 2 == 1;
            let how = if half { How::HalfClose } else { How::Reset };
            wire.arm(Cut { way, after_bytes, how });
            sell(run, &hand, sales).await?;
            sales += 1;
            if wire.bitten().cuts == cuts {
                break;
            }
            run.injected(Row::F11, "a client's connection cut at a byte", began_us, false);
            after_bytes += step;
        }
        let bytes = if way == Way::Request { "bytes of a sale" } else { "bytes of its answer" };
        report.figure(bytes, after_bytes);
    }
    report.bite("cuts between client and gateway", wire.bitten().cuts, 1);
    report.figure("sales over a cut wire, ms each", {
        let sales = u128::try_from(sales.max(1))?;
        u64::try_from(began.elapsed().as_millis() / sales)?
    });
    Ok(())
}

async fn sell(run: &Run, hand: &Hand, number: usize) -> anyhow::Result<()> {
    let who = &run.place.crowd[number % run.place.crowd.len()];
    let items = vec![Wish { item: run.place.items.salt.clone(), quantity: 1 }];
    let basket = Basket {
        redemption: None,
        shift: None,
        shown: None,
        resident: Some(who.resident.clone()),
        items,
    };
    let ask = Ask::post("/v1/sales").bearer(&run.place.shop.key).json(&basket)?;
    let key = format!("{KEYS}cut-{number}");
    let account = who.resident.as_str().to_owned();
    let answer = hand.command(Sending { kind: Kind::Sell, account, key, ask }).await?;
    anyhow::ensure!(answer.status < 300, "a sale was refused: {:?}", answer.problem());
    Ok(())
}
