//! F16: everybody wants the same account, and the last ones on the shelf.

use std::time::Instant;

use linli_api::Id;
use linli_api::redemption::{Basket, Wish};
use linli_api::station::ReceiveStock;

use crate::faults::report::RowReport;
use crate::faults::row::Row;
use crate::faults::run::Run;
use crate::traffic::{KEYS, Kind, Sending};
use crate::{Answer, Ask};

/// So many want it at once.
const CLIENTS: usize = 64;

/// Rounds, at least.
const LEAST: usize = 4;

/// Rounds by hand that are enough: each gives points that nobody takes back.
const MOST: usize = 1_000;

/// Points of a round, and the price of what is bought with them.
const GIFT: &str = "100";
const GIFT_POINTS: u64 = 100;
const HAIRCUT_POINTS: u64 = 15;

/// All but one in a hundred are answered within this.
const P99_MAX_MS: u64 = 500;

/// What is brought to the shelf in a round.
const THERMOSES: u32 = 3;

pub(super) async fn strike(run: &mut Run, report: &mut RowReport) -> anyhow::Result<()> {
    let until = run.deadline();
    let (mut rounds, mut purse, mut times_us) = (0, 0, Vec::new());
    let mut race = Race { won: 0, lost: 0 };
    while rounds < LEAST || (Instant::now() < until && rounds < MOST) {
        run.note_head().await?;
        let began_us = run.now_us();
        let wang = run.place.people.wang.clone();
        run.place.give(std::slice::from_ref(&wang), GIFT).await?;
        purse += GIFT_POINTS;
        let haircut = run.place.items.haircut.clone();
        let residents = [wang.resident.clone()];
        let won = all_want(run, rounds, "haircut", &haircut, &residents, &mut times_us).await?;
        expect(report, "sales on one account", won, purse / HAIRCUT_POINTS);
        purse -= won * HAIRCUT_POINTS;
        race.count(won);
        run.injected(Row::F16, "64 clients on one account", began_us, false);

        // The shelf has three at the beginning; a round takes what a round brings.
        let (thermos, began_us) = (run.place.items.thermos.clone(), run.now_us());
        if rounds > 0 {
            receive(run, rounds, &thermos).await?;
        }
        let residents: Vec<Id> =
            run.place.crowd.iter().map(|person| person.resident.clone()).collect();
        let crowd = run.place.crowd.clone();
        run.place.give(&crowd, GIFT).await?;
        let won = all_want(run, rounds, "thermos", &thermos, &residents, &mut times_us).await?;
        expect(report, "sales of the last on the shelf", won, u64::from(THERMOSES));
        race.count(won);
        run.injected(Row::F16, "64 clients on the last three on the shelf", began_us, false);
        rounds += 1;
    }
    times_us.sort_unstable();
    let at = |hundredths: usize| times_us.get(times_us.len() * hundredths / 100).copied();
    report.bite("sales that won", race.won, 1);
    report.bite("sales that were refused", race.lost, 1);
    report.figure("p50, ms", at(50).unwrap_or(0) / 1_000);
    report.aim("p99, ms", at(99).unwrap_or(0) / 1_000, P99_MAX_MS);
    Ok(())
}

struct Race {
    won: u64,
    lost: u64,
}

impl Race {
    fn count(&mut self, won: u64) {
        self.won += won;
        self.lost += u64::try_from(CLIENTS).unwrap_or(0) - won;
    }
}

fn expect(report: &mut RowReport, what: &str, won: u64, expected: u64) {
    if won != expected {
        report.findings.push(format!("{what}: {won} of {CLIENTS} won, not {expected}"));
    }
}

/// Everybody wants one of it at once, for these residents in turn; gives how many got it.
async fn all_want(
    run: &Run,
    round: usize,
    name: &str,
    item: &Id,
    residents: &[Id],
    times_us: &mut Vec<u64>,
) -> anyhow::Result<u64> {
    let shop = &run.place.shop.key;
    let wants = (0..CLIENTS).map(|client| {
        let resident = residents[client % residents.len()].clone();
        let account = resident.as_str().to_owned();
        let items = vec![Wish { item: item.clone(), quantity: 1 }];
        let basket =
            Basket { redemption: None, shift: None, shown: None, resident: Some(resident), items };
        let hand = run.traffic.hand(&run.place.http, 10_000 + client);
        let key = format!("{KEYS}hot-{name}-{round}-{client}");
        async move {
            let ask = Ask::post("/v1/sales").bearer(shop).json(&basket)?;
            let began = Instant::now();
            let answer = hand.command(Sending { kind: Kind::Sell, account, key, ask }).await?;
            anyhow::Ok((answer, u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX)))
        }
    });
    let answers: Vec<(Answer, u64)> = futures::future::try_join_all(wants).await?;
    times_us.extend(answers.iter().map(|(_, time_us)| *time_us));
    let won = answers.iter().filter(|(answer, _)| answer.status < 300).count();
    Ok(u64::try_from(won).unwrap_or(u64::MAX))
}

async fn receive(run: &Run, round: usize, item: &Id) -> anyhow::Result<()> {
    let stock = ReceiveStock { item: item.clone(), quantity: THERMOSES, reference: "DN-2".into() };
    let ask = Ask::post("/v1/stock").bearer(&run.place.shop.key).json(&stock)?;
    let hand = run.traffic.hand(&run.place.http, 20_000);
    let (account, key) = (String::new(), format!("{KEYS}hot-stock-{round}"));
    let answer = hand.command(Sending { kind: Kind::Receive, account, key, ask }).await?;
    anyhow::ensure!(answer.status < 300, "stock was refused: {:?}", answer.problem());
    Ok(())
}
