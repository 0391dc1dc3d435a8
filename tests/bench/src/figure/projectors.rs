//! `linli-bench projectors`: how quickly the read models follow.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use clap::Args;
use linli_tests::city::{self, CitySize};

use super::ShareTable;
use super::commands::BUYERS;
use crate::district::{House, Snapshots, Wish, migrate};
use crate::ground::{Database, Ground};
use crate::load::{self, Order, Pace};
use crate::report::{Cell, Figure, Table, Verdict};
use crate::waits::{Tail, Waits, median_by};
use crate::ways::{LinliWay, Running, Standings};

/// What is asked: records a second of all of them together, and a lag of at most so long.
const RECORDS_PER_SECOND: f64 = 100_000.0;
const LAG_P99_MS: f64 = 200.0;

/// The log that they catch up with.
const RECORDS: u64 = 1_000_000;
const RESIDENTS: u32 = 100_000;

/// Catching up is given up after so long.
const CATCH_UP_MAX: Duration = Duration::from_secs(3_600);

/// How often it is looked how far they are; the lag is told no finer.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// With so many connections the peak is found, and half of it is sent.
const CONNECTIONS: usize = 64;

#[derive(Debug, Default, Args)]
pub(crate) struct ProjectorsArgs {
    /// Records to catch up with: a million unless told
    #[arg(long, value_name = "N")]
    records: Option<u64>,
    /// Residents whose life they tell: 100,000 unless told
    #[arg(long, value_name = "N")]
    residents: Option<u32>,
}

pub(crate) async fn projectors(ground: &Ground, args: &ProjectorsArgs) -> anyhow::Result<Figure> {
    let records = ground.terms.size(args.records, RECORDS, 3_000);
    let residents = ground.terms.size(args.residents, RESIDENTS, 200);
    let mut shares = ShareTable::new(&[("phase", "phase")]);
    let (catching_up, rate) = catch_up(ground, residents, records, &mut shares).await?;
    let (lag, p99_ms) = follow(ground, &mut shares).await?;
    Ok(Figure {
        name: "projectors",
        title: "Read models",
        what: format!(
            "All projections catching up with a log of {residents} residents and at least \
             {records} records, from nothing; and their lag under half of the peak rate of sales \
             through HTTP: from when a record was seen in the log to when the slowest of them had \
             it, looked at every {} ms.",
            LOOK_EVERY.as_millis()
        ),
        tables: vec![catching_up, lag, shares.0],
        verdicts: vec![
            Verdict::at_least("records a second, all", RECORDS_PER_SECOND, rate).unit("/s"),
            Verdict::at_most("lag p99", LAG_P99_MS, p99_ms).unit("ms"),
        ],
    })
}

/// A log without read models.
async fn log(ground: &Ground, residents: u32, records: u64) -> anyhow::Result<Database> {
    let database = ground.database("log").await?;
    migrate(&database).await?;
    let wish = Wish::of_city(Snapshots::Usual);
    let house = House::in_database(&database, Some(wish)).await?;
    let size = CitySize { residents, records, seed: 1 };
    let grown = city::grow(&house.port, size, |_| ()).await?;
    eprintln!("a log of {} records, in {:.0} s", grown.records, grown.took.as_secs_f64());
    house.end().await?;
    ground.calm().await?;
    Ok(database)
}

async fn catch_up(
    ground: &Ground,
    residents: u32,
    records: u64,
    shares: &mut ShareTable,
) -> anyhow::Result<(Table, f64)> {
    let database = log(ground, residents, records).await?;
    let begun = Instant::now();
    let before = ground.meter.read(None);
    let running = Running::start(ground, database, None).await?;
    let mut took: BTreeMap<String, f64> = BTreeMap::new();
    let head = loop {
        let Standings { head, read_models } = running.standings().await.unwrap_or_default();
        let there = read_models.iter().filter(|(_, position)| *position >= head);
        for (name, _) in there {
            took.entry(name.clone()).or_insert_with(|| begun.elapsed().as_secs_f64());
        }
        if head > 0 && took.len() == read_models.len() {
            break head;
        }
        anyhow::ensure!(begun.elapsed() < CATCH_UP_MAX, "they don't catch up: {read_models:?}");
        tokio::time::sleep(LOOK_EVERY).await;
    };
    shares.row([Cell::text("catching up")], before.until(&ground.meter.read(None)));
    ground.forget(vec![running.stop().await?]).await?;
    let mut table = Table::new(
        "Catching up, all at once",
        &[
            ("read_model", "read model"),
            ("records", "records"),
            ("seconds", "seconds"),
            ("records_per_second", "records/s"),
        ],
    );
    let rate = |seconds: f64| head as f64 / seconds;
    let all = took.values().copied().fold(0.0, f64::max);
    let each = took.iter().map(|(name, seconds)| (name.as_str(), *seconds));
    for (name, seconds) in each.chain([("all", all)]) {
        let cells = [Cell::whole(head as f64), Cell::two(seconds), Cell::whole(rate(seconds))];
        table.row([Cell::text(name)].into_iter().chain(cells));
    }
    eprintln!("caught up: {:.0} records/s", rate(all));
    Ok((table, rate(all)))
}

async fn follow(ground: &Ground, shares: &mut ShareTable) -> anyhow::Result<(Table, f64)> {
    let terms = ground.terms;
    let linli = LinliWay::start(ground, terms.size(None, BUYERS, 8)).await?;
    linli.make_buyers().await?;
    let order = linli.order(linli.sales())?;
    let peak = Order { connections: CONNECTIONS, seconds: terms.seconds, ..order.clone() };
    let peak = load::run(peak, &ground.meter).await?.outcome.per_second;
    let mut rounds = Vec::new();
    for round in 0..terms.rounds {
        linli.running.caught_up().await?;
        ground.calm().await?;
        let order = Order {
            connections: CONNECTIONS,
            pace: Pace::Open { per_second: peak / 2.0 },
            seconds: terms.seconds,
            ..order.clone()
        };
        let seen = tokio::sync::Mutex::new(Seen::default());
        let measured = tokio::select! {
            measured = load::run(order, &ground.meter) => measured?,
            () = watch(&linli.running, &seen) => anyhow::bail!("watching ended"),
        };
        // The last of it has to come as well.
        let last = tokio::select! {
            caught_up = linli.running.caught_up() => caught_up?,
            () = watch(&linli.running, &seen) => anyhow::bail!("watching ended"),
        };
        let lag = seen.into_inner().lags(last).tail();
        eprintln!("lag, round {}: p99 {:.0} ms", round + 1, lag.p99_ms());
        rounds.push((measured, lag));
    }
    ground.forget(vec![linli.running.stop().await?]).await?;
    let (measured, lag) = median_by(rounds, |(_, lag): &(_, Tail)| lag.p99_us)?;
    let mut table = Table::new(
        "Lag at half of the peak",
        &[
            ("peak_per_second", "peak /s"),
            ("per_second", "sales/s"),
            ("lag_p50_ms", "lag p50 ms"),
            ("lag_p99_ms", "p99 ms"),
            ("lag_max_ms", "longest ms"),
        ],
    );
    table.row([
        Cell::whole(peak),
        Cell::whole(measured.outcome.per_second),
        Cell::one(lag.p50_ms()),
        Cell::one(lag.p99_ms()),
        Cell::one(lag.max_us / 1e3),
    ]);
    shares.row([Cell::text("half of the peak")], measured.shares);
    Ok((table, lag.p99_ms()))
}

/// How far the log and the slowest read model were, and when.
#[derive(Debug, Default)]
struct Seen(Vec<(Instant, u64, u64)>);

/// Looks for as long as it is polled.
async fn watch(running: &Running, seen: &tokio::sync::Mutex<Seen>) {
    loop {
        let at = Instant::now();
        if let Some(standings) = running.standings().await {
            seen.lock().await.0.push((at, standings.head, standings.slowest()));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

impl Seen {
    /// From when a head was seen to when the slowest had got there; `last` is the last that did.
    fn lags(&self, last: u64) -> Waits {
        let mut waits = Waits::default();
        let mut from = 0;
        for (at, head, _) in self.0.iter().filter(|(_, head, _)| *head <= last) {
            while self.0.get(from).is_some_and(|(_, _, slowest)| slowest < head) {
                from += 1;
            }
            if let Some((there, ..)) = self.0.get(from) {
                waits.push(there.saturating_duration_since(*at));
            }
        }
        waits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lag_is_from_a_head_to_the_slowest() {
        let begun = Instant::now();
        let at = |ms| begun + Duration::from_millis(ms);
        let seen = Seen(vec![
            (at(0), 10, 10),
            (at(10), 20, 10),
            (at(20), 30, 20),
            (at(30), 30, 20),
            (at(40), 30, 30),
        ]);
        let tail = seen.lags(30).tail();
        // 0, 10, 20, 10 and 0 ms.
        assert_eq!((tail.p50_us, tail.max_us), (10_000.0, 20_000.0));
        assert_eq!(seen.lags(5).tail(), Tail::default());
    }
}
