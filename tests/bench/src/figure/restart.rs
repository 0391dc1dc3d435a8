//! `linli-bench restart`: how long a ledger takes until it leads, and what its snapshots cost those
//! who are being answered meanwhile.

use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use linli_ledger::write_snapshot;
use linli_log::District as LogDistrict;
use linli_tests::city::{self, CitySize};

use super::turns;
use crate::district::{self, District, House, Load, Snapshots, Spread, Wish, migrate};
use crate::ground::{Database, Ground};
use crate::load::{Measured, Pace};
use crate::report::{Cell, Figure, Table, Verdict};
use crate::waits::median_by;

/// What is asked: so many seconds at most, and p99 so many times as high at most.
const READY_S: f64 = 5.0;
const P99_TIMES: f64 = 2.0;

/// Residents, and records of their life.
const RESIDENTS: u32 = 1_000_000;
const RECORDS: u64 = 10_000_000;

/// Callers of the open load under which snapshots are taken.
const PLACES: usize = 64;

/// They call at such a part of the peak rate.
const PART: f64 = 0.5;

/// Long enough for a p99.9 of some meaning. A snapshot of a million, made gently, takes longer.
const LONGER: f64 = 5.0;

/// A snapshot is due when so many records have come for each byte of the last one: two for 4 KiB
/// where the ledger that makes it leads, and a command makes one record at least.
const DUE_PER_BYTE: f64 = 2.0 / 4_096.0;

/// A position is told now and then.
const TELL_EVERY: u64 = 1_000_000;

#[derive(Debug, Default, Args)]
pub(crate) struct RestartArgs {
    /// Residents: a million unless told
    #[arg(long, value_name = "N")]
    residents: Option<u32>,
    /// Records in the log: ten million unless told
    #[arg(long, value_name = "N")]
    records: Option<u64>,
}

pub(crate) async fn restart(ground: &Ground, args: &RestartArgs) -> anyhow::Result<Figure> {
    let residents = ground.terms.size(args.residents, RESIDENTS, 200);
    let records = ground.terms.size(args.records, RECORDS, 2_000);
    let (starts, disk, ready_s) = starts(ground, residents, records).await?;
    let (waits, times) = snapshots(ground, residents as usize).await?;
    Ok(Figure {
        name: "restart",
        title: "Restart and snapshots",
        what: format!(
            "A city of {residents} residents and at least {records} records: from the start of a \
             ledger to its leading, once as a crash left it, with the newest snapshot that it had made \
             by itself and the log after that, and once from a snapshot of the very end. Then a \
             district of {residents} residents under half of its peak rate, with a snapshot being \
             taken, and with none."
        ),
        tables: vec![starts, disk, waits],
        verdicts: vec![
            Verdict::at_most("ready after a crash", READY_S, ready_s).unit("s"),
            Verdict::at_most("p99 while snapshots are taken, of p99 without", P99_TIMES, times)
                .unit("×"),
        ],
    })
}

/// Starts from what a crash left, and from a snapshot of the end.
async fn starts(
    ground: &Ground,
    residents: u32,
    records: u64,
) -> anyhow::Result<(Table, Table, f64)> {
    let database = ground.database("restart").await?;
    migrate(&database).await?;
    let wish = Wish::of_city(Snapshots::Usual);
    let house = House::in_database(&database, Some(wish.clone())).await?;
    let (size, mut told) = (CitySize { residents, records, seed: 1 }, 0);
    let grown = city::grow(&house.port, size, |position| {
        if position >= told + TELL_EVERY {
            told = position;
            eprintln!("a city grows: {position} records");
        }
    });
    let grown = grown.await?;
    house.crash();
    ground.calm().await?;
    let mut table = Table::new(
        "From start to leading",
        &[
            ("start", "from"),
            ("records", "records"),
            ("tail_records", "of which after the snapshot"),
            ("snapshot_mib", "snapshot MiB"),
            ("seconds", "seconds"),
        ],
    );
    let left = newest_snapshot(&database).await?;
    let crashed = start(ground, &database, &wish).await?;
    let district = LogDistrict::new(&database.name)?;
    write_snapshot(&database.url.parse()?, &district).await?;
    let at_end = newest_snapshot(&database).await?;
    let planned = start(ground, &database, &wish).await?;
    for (name, (position, bytes), start) in
        [("a crash", left, crashed), ("a snapshot of the end", at_end, planned)]
    {
        table.row([
            Cell::text(name),
            Cell::whole(grown.records as f64),
            Cell::whole(grown.records.saturating_sub(position) as f64),
            Cell::one(bytes / f64::from(1 << 20)),
            Cell::two(start.whole),
            Cell::two(start.snapshot),
            Cell::two(start.tail),
            Cell::two((start.whole - start.snapshot - start.tail).max(0.0)),
        ]);
    }
    let disk = disk(&database, grown.records).await?;
    ground.forget(vec![database]).await?;
    Ok((table, disk, crashed.whole))
}

/// How long a start took, and its parts, in seconds.
#[derive(Clone, Copy, Debug)]
struct Start {
    whole: f64,
    snapshot: f64,
    tail: f64,
}

/// The median of starts, each ended by a crash, so that the next finds what this one found.
async fn start(ground: &Ground, database: &Database, wish: &Wish) -> anyhow::Result<Start> {
    let mut took = Vec::new();
    for round in 0..ground.terms.rounds {
        let begun = Instant::now();
        let snapshots = Snapshots::Never;
        let house = House::in_database(database, Some(Wish { snapshots, ..wish.clone() })).await?;
        let whole = begun.elapsed().as_secs_f64();
        eprintln!("start, round {}: {whole:.2} s", round + 1);
        let snapshot = house.gauge("linli_ledger_start_snapshot_seconds");
        let tail = (house.gauge("linli_ledger_start_seconds") - snapshot).max(0.0);
        took.push(Start { whole, snapshot, tail });
        house.crash();
    }
    median_by(took, |start| start.whole)
}

/// Where the newest snapshot is of, and how long it is; zeros if there is none.
async fn newest_snapshot(database: &Database) -> anyhow::Result<(u64, f64)> {
    let config: tokio_postgres::Config = database.url.parse()?;
    let pool = linli_log::reader::pool(&config, 1)?;
    let district = LogDistrict::new(&database.name)?;
    let client = pool.get().await?;
    let sql = "SELECT position, coalesce(sum(octet_length(body)), 0)::bigint AS bytes \
        FROM log.snapshot_part WHERE district = $1 GROUP BY position \
        ORDER BY position DESC LIMIT 1";
    let row = client.query_opt(sql, &[&district.as_str()]).await?;
    let Some(row) = row else { return Ok((0, 0.0)) };
    let (position, bytes): (i64, i64) = (row.get("position"), row.get("bytes"));
    Ok((u64::try_from(position)?, bytes as f64))
}

/// What the log takes on the disk, indexes included.
async fn disk(database: &Database, records: u64) -> anyhow::Result<Table> {
    let config: tokio_postgres::Config = database.url.parse()?;
    let client = linli_log::reader::pool(&config, 1)?.get().await?;
    let sql = "SELECT relname::text AS name, pg_total_relation_size(oid)::bigint AS bytes \
        FROM pg_class WHERE relnamespace = 'log'::regnamespace AND relkind = 'r' \
        AND pg_total_relation_size(oid) > 0 ORDER BY bytes DESC";
    let columns =
        [("table", "table"), ("mib", "MiB"), ("bytes_per_record", "bytes a record of the log")];
    let mut table = Table::new("On the disk, indexes included", &columns);
    for row in client.query(sql, &[]).await? {
        let (name, bytes): (String, i64) = (row.get("name"), row.get("bytes"));
        table.row([
            Cell::text(name),
            Cell::one(bytes as f64 / f64::from(1 << 20)),
            Cell::one(bytes as f64 / records as f64),
        ]);
    }
    Ok(table)
}

/// Waits with and without snapshots being taken; and how many times as high p99 is with.
async fn snapshots(ground: &Ground, residents: usize) -> anyhow::Result<(Table, f64)> {
    let terms = ground.terms;
    let database = ground.database("snapshots").await?;
    migrate(&database).await?;
    let clock = linli_ledger::Clock::system();
    let house = |snapshots| {
        let (database, clock) = (database.clone(), clock.clone());
        async move { House::in_database(&database, Some(Wish { clock, snapshots })).await }
    };
    let first = house(Snapshots::Never).await?;
    eprintln!("founding {residents} residents");
    let founded = District::found(&first.port, residents).await?;
    let load = |pace, seconds| Load { callers: PLACES, spread: Spread::Uniform, pace, seconds };
    let peak =
        district::run(&first.port, &founded, load(Pace::Closed, terms.seconds), &ground.meter);
    let peak = peak.await?.outcome.per_second;
    first.end().await?;
    let ways = [("none", Snapshots::Never), ("being taken", Snapshots::Always)];
    let mut measured: [Vec<Measured>; 2] = Default::default();
    for (round, turn) in turns(terms.rounds, ways.len()) {
        let (name, snapshots) = ways[turn];
        if snapshots == Snapshots::Always {
            let (_, bytes) = newest_snapshot(&database).await?;
            let house = house(Snapshots::Never).await?;
            let mut commands = DUE_PER_BYTE * bytes;
            while commands > 0.0 {
                let load = load(Pace::Closed, terms.seconds);
                let one = district::run(&house.port, &founded, load, &ground.meter).await?;
                commands -= one.outcome.answered as f64;
            }
            house.crash();
        }
        let house = house(snapshots).await?;
        ground.calm().await?;
        let load = load(Pace::Open { per_second: peak * PART }, terms.seconds * LONGER);
        let founded = Arc::clone(&founded);
        let one = district::run(&house.port, &founded, load, &ground.meter).await?;
        let p99 = one.outcome.tail.p99_ms();
        eprintln!("snapshots: {name}, round {}: p99 {p99:.2} ms", round + 1);
        measured[turn].push(one);
        house.crash();
    }
    ground.forget(vec![database]).await?;
    let mut table = Table::new(
        "Waits at half of the peak",
        &[
            ("snapshots", "snapshots"),
            ("per_second", "rate /s"),
            ("p50_ms", "p50 ms"),
            ("p99_ms", "p99 ms"),
            ("p999_ms", "p99.9 ms"),
        ],
    );
    let mut p99s = Vec::new();
    for ((name, _), rounds) in ways.iter().zip(measured) {
        let outcome = median_by(rounds, |one| one.outcome.tail.p99_us)?.outcome;
        table.row([
            Cell::text(*name),
            Cell::whole(outcome.per_second),
            Cell::two(outcome.tail.p50_ms()),
            Cell::two(outcome.tail.p99_ms()),
            Cell::two(outcome.tail.p999_ms()),
        ]);
        p99s.push(outcome.tail.p99_us);
    }
    Ok((table, p99s[1] / p99s[0]))
}
