//! `linli-bench districts`: many districts in one process.

use std::sync::Arc;

use clap::Args;
use serde::{Deserialize, Serialize};

use super::ShareTable;
use crate::child;
use crate::district::{self, District, House, Load, Spread};
use crate::ground::{Database, Ground};
use crate::load::{Measured, Pace};
use crate::machine::Meter;
use crate::report::{Cell, Figure, Table};
use crate::waits::median_by;

/// How many districts, in turn.
const DISTRICTS: [usize; 5] = [1, 4, 16, 50, 100];

/// Callers of all districts together: as many for each, and one at least.
const CALLERS: usize = 256;

/// Residents of each.
const RESIDENTS: usize = 1_000;

/// Connections that a server of so many districts allows: each writer has its own, and reads.
pub(crate) const CONNECTIONS_MAX: &str = "1000";

#[derive(Debug, Default, Args)]
pub(crate) struct DistrictsArgs {
    /// How many districts, in turn: 1,4,16,50,100 unless told
    #[arg(long, value_delimiter = ',', value_name = "N")]
    districts: Option<Vec<usize>>,
    /// Residents of each: 1,000 unless told
    #[arg(long, value_name = "N")]
    residents: Option<usize>,
}

/// What a child is to run.
#[derive(Serialize, Deserialize)]
pub(crate) struct Question {
    database: Database,
    districts: usize,
    residents: usize,
    callers: usize,
    seconds: f64,
    rounds: usize,
    meter: Meter,
}

/// What it measured.
#[derive(Serialize, Deserialize)]
pub(crate) struct Answer {
    /// In memory for each district that waits, more than before.
    idle_bytes: f64,
    /// Of all districts together, a round each.
    rounds: Vec<Measured>,
}

pub(crate) async fn districts(ground: &Ground, args: &DistrictsArgs) -> anyhow::Result<Figure> {
    let terms = ground.terms;
    let counts = terms.size(args.districts.clone(), DISTRICTS.to_vec(), vec![1, 3]);
    let residents = terms.size(args.residents, RESIDENTS, 20);
    let callers = terms.size(None, CALLERS, 8);
    let mut rates = Table::new(
        "Commands a second of all districts together",
        &[
            ("districts", "districts"),
            ("per_second", "commands/s"),
            ("of_one", "of one district's"),
            ("p50_ms", "p50 ms"),
            ("p99_ms", "p99 ms"),
            ("idle_mib_per_district", "MiB a district at rest"),
        ],
    );
    let mut shares = ShareTable::new(&[("districts", "districts")]);
    let mut first = None;
    for districts in counts {
        ground.calm().await?;
        let database = ground.database("many").await?;
        let question = Question {
            database: database.clone(),
            districts,
            residents,
            callers,
            seconds: terms.seconds,
            rounds: terms.rounds,
            meter: ground.meter,
        };
        let Answer { idle_bytes, rounds } = child::ask("districts-of", &question).await?;
        ground.forget(vec![database]).await?;
        let median = median_by(rounds, |one| one.outcome.per_second)?;
        let rate = median.outcome.per_second;
        eprintln!("{districts} districts: {rate:.0}/s");
        rates.row([
            Cell::count(districts),
            Cell::whole(rate),
            Cell::two(rate / *first.get_or_insert(rate)),
            Cell::two(median.outcome.tail.p50_ms()),
            Cell::two(median.outcome.tail.p99_ms()),
            Cell::two(idle_bytes / f64::from(1 << 20)),
        ]);
        shares.row([Cell::count(districts)], median.shares);
    }
    Ok(Figure {
        name: "districts",
        title: "Many districts in one process",
        what: format!(
            "Ledgers of so many districts in one process of its own, each with its log, its lock, its \
             keys and {residents} residents, on one PostgreSQL; {callers} callers in all (one a district \
             at least) claim, verify and sell in turn."
        ),
        tables: vec![rates, shares.0],
        verdicts: Vec::new(),
    })
}

/// The child: runs so many ledgers in this process.
pub(crate) async fn many(question: Question) -> anyhow::Result<Answer> {
    let Question { database, districts, residents, callers, seconds, rounds, meter } = question;
    district::migrate(&database).await?;
    let before = child::resident_bytes()?;
    let mut houses = Vec::new();
    for number in 0..districts {
        let name = format!("{}-{number}", database.name);
        let house = House::in_database(&Database { name, ..database.clone() }, None).await?;
        let founded = District::found(&house.port, residents).await?;
        houses.push((house, founded));
    }
    let idle_bytes = (child::resident_bytes()? - before) / districts as f64;
    let mut measured = Vec::new();
    for _ in 0..rounds {
        let places: Vec<_> = houses
            .iter()
            .map(|(house, founded)| (house.port.clone(), Arc::clone(founded)))
            .collect();
        let callers = (callers / districts).max(1);
        let load = Load { callers, spread: Spread::Uniform, pace: Pace::Closed, seconds };
        measured.push(district::run_all(&places, load, &meter).await?);
    }
    for (house, _) in houses {
        house.end().await?;
    }
    Ok(Answer { idle_bytes, rounds: measured })
}
