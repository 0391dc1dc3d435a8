//! `linli-bench hot`: what it costs that everybody draws on the same account.

use clap::Args;

use super::{ShareTable, turns};
use crate::district::{self, Behind, District, House, Load, Spread};
use crate::ground::Ground;
use crate::load::{Measured, Pace};
use crate::report::{Cell, Figure, Table, Verdict};
use crate::waits::median_by;

/// What is asked: such a part of the uniform rate.
const TARGET: f64 = 0.9;

/// Callers in this process, unless told otherwise.
const CALLERS: usize = 256;

/// Residents, unless told otherwise: so many that none has thousands of awards in a run.
pub(super) const RESIDENTS: usize = 20_000;

#[derive(Debug, Default, Args)]
pub(crate) struct HotArgs {
    /// Callers: 256 unless told
    #[arg(long, value_name = "N")]
    callers: Option<usize>,
    /// Residents: 20,000 unless told
    #[arg(long, value_name = "N")]
    residents: Option<usize>,
}

const SPREADS: [(&str, Spread); 2] = [("uniform", Spread::Uniform), ("hot", Spread::Hot)];

pub(crate) async fn hot(ground: &Ground, args: &HotArgs) -> anyhow::Result<Figure> {
    let callers = ground.terms.size(args.callers, CALLERS, 8);
    let residents = ground.terms.size(args.residents, RESIDENTS, 100).max(callers);
    let house = House::start(ground, Behind::Postgres).await?;
    let district = District::found(&house.port, residents).await?;
    let mut measured: [Vec<Measured>; 2] = Default::default();
    ground.calm().await?;
    for (round, turn) in turns(ground.terms.rounds, SPREADS.len()) {
        let (name, spread) = SPREADS[turn];
        let load = Load { callers, spread, pace: Pace::Closed, seconds: ground.terms.seconds };
        let one = district::run(&house.port, &district, load, &ground.meter).await?;
        eprintln!("{name}, round {}: {:.0}/s", round + 1, one.outcome.per_second);
        measured[turn].push(one);
    }
    house.stop(ground).await?;
    let mut rates = Table::new(
        "Commands a second",
        &[
            ("load", "load"),
            ("per_second", "commands/s"),
            ("p50_ms", "p50 ms"),
            ("p99_ms", "p99 ms"),
        ],
    );
    let mut shares = ShareTable::new(&[("load", "load")]);
    let mut found = Vec::new();
    for ((name, _), rounds) in SPREADS.iter().zip(measured) {
        let median = median_by(rounds, |one| one.outcome.per_second)?;
        let (rate, tail) = (median.outcome.per_second, median.outcome.tail);
        let cells = [Cell::whole(rate), Cell::two(tail.p50_ms()), Cell::two(tail.p99_ms())];
        rates.row([Cell::text(*name)].into_iter().chain(cells));
        shares.row([Cell::text(*name)], median.shares);
        found.push(rate);
    }
    let part = found[1] / found[0];
    Ok(Figure {
        name: "hot",
        title: "Hot accounts",
        what: format!(
            "{callers} callers in the writer's process claim, verify and sell in turn for {residents} \
             residents: over 8 pools and 64 items, and with every award from one pool and every sale \
             of one item."
        ),
        tables: vec![rates, shares.0],
        verdicts: vec![Verdict::at_least("part of the uniform rate", TARGET, part)],
    })
}
