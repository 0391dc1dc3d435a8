//! `linli-bench writer`: commands a second of the writer itself, held against the disk.

use std::sync::Arc;

use clap::Args;

use super::hot::RESIDENTS;
use super::{ShareTable, turns};
use crate::district::{self, Behind, District, House, Load, Spread};
use crate::ground::Ground;
use crate::load::{Measured, Pace};
use crate::report::{Cell, Figure, Table, Verdict};
use crate::waits::median_by;

/// Callers in this process, unless told otherwise.
const CALLERS: [usize; 5] = [1, 16, 64, 256, 1_024];

/// What is asked from this many callers on: such a part of what the same writer reaches over a file.
const TARGET: (usize, f64) = (16, 0.7);

#[derive(Debug, Default, Args)]
pub(crate) struct WriterArgs {
    /// Callers, each of whom waits for its answer: 1,16,64,256,1024 unless told
    #[arg(long, value_delimiter = ',', value_name = "N")]
    callers: Option<Vec<usize>>,
    /// Residents: 20,000 unless told
    #[arg(long, value_name = "N")]
    residents: Option<usize>,
}

/// What the log is kept by, in the order in which they begin.
const STORES: [(&str, Behind); 3] =
    [("PostgreSQL", Behind::Postgres), ("a file", Behind::File), ("nothing", Behind::Nothing)];

pub(crate) async fn writer(ground: &Ground, args: &WriterArgs) -> anyhow::Result<Figure> {
    let terms = ground.terms;
    let callers = terms.size(args.callers.clone(), CALLERS.to_vec(), vec![1, 16]);
    let residents = terms.size(args.residents, RESIDENTS, 100);
    let mut rates = Table::new(
        "Commands a second",
        &[
            ("callers", "callers"),
            ("postgres_per_second", "PostgreSQL /s"),
            ("postgres_p50_ms", "p50 ms"),
            ("postgres_p99_ms", "p99 ms"),
            ("file_per_second", "file, fdatasync /s"),
            ("part_of_file", "part"),
            ("nothing_per_second", "nothing /s"),
            ("part_of_nothing", "part"),
        ],
    );
    let mut shares = ShareTable::new(&[("callers", "callers"), ("store", "kept by")]);
    let mut verdicts = Vec::new();
    for callers in callers {
        let [postgres, file, nothing] = medians(ground, callers, residents.max(callers)).await?;
        let rate = |way: &Measured| way.outcome.per_second;
        let part = rate(&postgres) / rate(&file);
        rates.row([
            Cell::count(callers),
            Cell::whole(rate(&postgres)),
            Cell::two(postgres.outcome.tail.p50_ms()),
            Cell::two(postgres.outcome.tail.p99_ms()),
            Cell::whole(rate(&file)),
            Cell::two(part),
            Cell::whole(rate(&nothing)),
            Cell::two(rate(&postgres) / rate(&nothing)),
        ]);
        for (way, (name, _)) in [postgres, file, nothing].iter().zip(STORES) {
            shares.row([Cell::count(callers), Cell::text(name)], way.shares);
        }
        let (from, target) = TARGET;
        if callers >= from {
            let what = format!("{callers} callers: part of the rate over a file");
            verdicts.push(Verdict::at_least(what, target, part));
        }
    }
    Ok(Figure {
        name: "writer",
        title: "The writer in process",
        what: format!(
            "Callers in the writer's process claim, verify and sell in turn for {residents} residents: \
             the same commands, decided, encoded, hashed and their keys kept, with the frames \
             committed to PostgreSQL; appended to a file with fdatasync, which is the disk's limit; \
             and kept by nothing, which is the processor's."
        ),
        tables: vec![rates, shares.0],
        verdicts,
    })
}

/// The median round over each store, of writers that all start anew.
async fn medians(
    ground: &Ground,
    callers: usize,
    residents: usize,
) -> anyhow::Result<[Measured; 3]> {
    let mut houses = Vec::new();
    let mut districts: Vec<Arc<District>> = Vec::new();
    for (_, behind) in STORES {
        let house = House::start(ground, behind).await?;
        districts.push(District::found(&house.port, residents).await?);
        houses.push(house);
    }
    ground.calm().await?;
    let mut measured: [Vec<Measured>; 3] = Default::default();
    for (round, turn) in turns(ground.terms.rounds, STORES.len()) {
        let pace = Pace::Closed;
        let load = Load { callers, spread: Spread::Uniform, pace, seconds: ground.terms.seconds };
        let one = district::run(&houses[turn].port, &districts[turn], load, &ground.meter).await?;
        let (name, rate) = (STORES[turn].0, one.outcome.per_second);
        eprintln!("{callers} callers, round {}, kept by {name}: {rate:.0}/s", round + 1);
        measured[turn].push(one);
    }
    drop(districts);
    for house in houses {
        house.stop(ground).await?;
    }
    let [postgres, file, nothing] =
        measured.map(|rounds| median_by(rounds, |one| one.outcome.per_second));
    Ok([postgres?, file?, nothing?])
}
