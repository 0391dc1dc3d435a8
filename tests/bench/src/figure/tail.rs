//! `linli-bench tail`: how long a command takes at half of the peak rate.

use clap::Args;

use super::commands::BUYERS;
use super::hot::RESIDENTS;
use crate::district::{self, Behind, District, House, Load, Spread};
use crate::ground::Ground;
use crate::load::{self, Measured, Order, Pace};
use crate::report::{Cell, Figure, Table, Verdict};
use crate::waits::{Tail, median_by};
use crate::ways::LinliWay;

/// What is asked of p99: so many flushes of the disk, and so long.
const FLUSHES: f64 = 5.0;
const EXTRA_US: f64 = 2_000.0;

/// With so many at once the peak is found; the open load has as many places.
const PEAK_CONNECTIONS: [usize; 2] = [64, 256];
const PLACES: usize = 256;

/// An open load is measured for so many times the usual length, for a p99.9 of some meaning.
const LONGER: f64 = 3.0;

#[derive(Debug, Default, Args)]
pub(crate) struct TailArgs {
    /// The part of the peak rate at which the tail is measured: 0.5 unless told
    #[arg(long, value_name = "PART")]
    part: Option<f64>,
}

/// What was found by one door.
struct Door {
    name: &'static str,
    peak: f64,
    rounds: Vec<Measured>,
}

pub(crate) async fn tail(ground: &Ground, args: &TailArgs) -> anyhow::Result<Figure> {
    let part = args.part.unwrap_or(0.5);
    let mut flushes = vec![ground.flush().await?];
    let http = through_http(ground, part, &mut flushes).await?;
    let inside = in_process(ground, part, &mut flushes).await?;
    let flush = median_by(flushes, |flush| flush.p50_us)?;
    let mut table = Table::new(
        "Waits at a part of the peak rate",
        &[
            ("door", "door"),
            ("peak_per_second", "peak /s"),
            ("per_second", "rate /s"),
            ("p50_ms", "p50 ms"),
            ("p99_ms", "p99 ms"),
            ("p999_ms", "p99.9 ms"),
            ("late_p99_ms", "of which the load generator, p99 ms"),
            ("fdatasync_p50_ms", "fdatasync p50 ms"),
        ],
    );
    let mut verdicts = Vec::new();
    for door in [http, inside] {
        let median = median_by(door.rounds, |one| one.outcome.tail.p99_us)?;
        let Tail { p99_us, .. } = median.outcome.tail;
        table.row([
            Cell::text(door.name),
            Cell::whole(door.peak),
            Cell::whole(median.outcome.per_second),
            Cell::two(median.outcome.tail.p50_ms()),
            Cell::two(p99_us / 1e3),
            Cell::two(median.outcome.tail.p999_ms()),
            Cell::two(median.outcome.late_p99_us / 1e3),
            Cell::two(flush.p50_ms()),
        ]);
        let target_ms = (FLUSHES * flush.p50_us + EXTRA_US) / 1e3;
        let what = format!("p99 {}: 5 × fdatasync p50 + 2 ms", door.name);
        verdicts.push(Verdict::at_most(what, target_ms, p99_us / 1e3).unit("ms"));
    }
    Ok(Figure {
        name: "tail",
        title: "Waits at half of the peak",
        what: format!(
            "An open load of {part} times the peak that the same run found: commands come by chance \
             (a Poisson process), whether or not earlier ones are answered, and each wait counts from \
             the moment when the command was due. So a pause of the server is seen by all who would \
             have come meanwhile, and nothing is left out by coordination."
        ),
        tables: vec![table],
        verdicts,
    })
}

/// Sales through all of Linli, projectors running.
async fn through_http(ground: &Ground, part: f64, flushes: &mut Vec<Tail>) -> anyhow::Result<Door> {
    let terms = ground.terms;
    let linli = LinliWay::start(ground, terms.size(None, BUYERS, 8)).await?;
    linli.make_buyers().await?;
    let order = linli.order(linli.sales())?;
    let mut peak = 0.0_f64;
    for connections in terms.size(None, PEAK_CONNECTIONS.to_vec(), vec![4]) {
        let order = Order { connections, seconds: terms.seconds, ..order.clone() };
        peak = peak.max(load::run(order, &ground.meter).await?.outcome.per_second);
        linli.running.caught_up().await?;
    }
    let mut rounds = Vec::new();
    for round in 0..terms.rounds {
        ground.calm().await?;
        flushes.push(ground.flush().await?);
        let order = Order {
            connections: PLACES,
            pace: Pace::Open { per_second: peak * part },
            seconds: terms.seconds * LONGER,
            ..order.clone()
        };
        let one = load::run(order, &ground.meter).await?;
        let tail = one.outcome.tail;
        eprintln!("HTTP, peak {peak:.0}/s, round {}: p99 {:.2} ms", round + 1, tail.p99_ms());
        rounds.push(one);
        linli.running.caught_up().await?;
    }
    ground.forget(vec![linli.running.stop().await?]).await?;
    Ok(Door { name: "through HTTP", peak, rounds })
}

/// The writer alone, called in its process.
async fn in_process(ground: &Ground, part: f64, flushes: &mut Vec<Tail>) -> anyhow::Result<Door> {
    let terms = ground.terms;
    let house = House::start(ground, Behind::Postgres).await?;
    let residents = terms.size(None, RESIDENTS, 2 * PLACES);
    let district = District::found(&house.port, residents).await?;
    let load = |callers, pace, seconds| Load { callers, spread: Spread::Uniform, pace, seconds };
    let mut peak = 0.0_f64;
    for callers in terms.size(None, PEAK_CONNECTIONS.to_vec(), vec![4]) {
        let closed = load(callers, Pace::Closed, terms.seconds);
        let one = district::run(&house.port, &district, closed, &ground.meter).await?;
        peak = peak.max(one.outcome.per_second);
    }
    let mut rounds = Vec::new();
    for round in 0..terms.rounds {
        ground.calm().await?;
        flushes.push(ground.flush().await?);
        let open = load(PLACES, Pace::Open { per_second: peak * part }, terms.seconds * LONGER);
        let one = district::run(&house.port, &district, open, &ground.meter).await?;
        let tail = one.outcome.tail;
        eprintln!("in process, peak {peak:.0}/s, round {}: p99 {:.2} ms", round + 1, tail.p99_ms());
        rounds.push(one);
    }
    house.stop(ground).await?;
    Ok(Door { name: "in process", peak, rounds })
}
