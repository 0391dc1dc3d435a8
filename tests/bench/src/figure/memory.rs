//! `linli-bench memory`: what a resident takes in the writer.

use clap::Args;
use linli_tests::city::{self, CityReport, CitySize};
use serde::{Deserialize, Serialize};

use crate::child;
use crate::district::House;
use crate::ground::Ground;
use crate::report::{Cell, Figure, Table, Verdict};

/// What is asked: so many bytes a resident, at most.
const TARGET: f64 = 400.0;

/// Residents, and records of a life that leaves wallets of 0 to 6 lots.
const RESIDENTS: u32 = 1_000_000;
const RECORDS: u64 = 5_000_000;

#[derive(Debug, Default, Args)]
pub(crate) struct MemoryArgs {
    /// Residents: a million unless told
    #[arg(long, value_name = "N")]
    residents: Option<u32>,
    /// Records of their life: five million unless told
    #[arg(long, value_name = "N")]
    records: Option<u64>,
}

/// How large a city a child is to grow.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Question {
    residents: u32,
    records: u64,
}

/// What it came to.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Grown {
    /// In memory, more than before.
    bytes: f64,
    records: u64,
    awards: u64,
    sales: u64,
    parts: Vec<Part>,
}

/// A part of the state, counted by the sizes of types and tables.
#[derive(Clone, Serialize, Deserialize)]
struct Part {
    name: String,
    count: usize,
    bytes: usize,
}

pub(crate) async fn memory(ground: &Ground, args: &MemoryArgs) -> anyhow::Result<Figure> {
    let residents = ground.terms.size(args.residents, RESIDENTS, 1_000);
    let records = ground.terms.size(args.records, RECORDS, 12_000);
    let mut table = Table::new(
        "Memory of the writer's process, more than an empty one's",
        &[
            ("state", "state"),
            ("records", "records"),
            ("awards", "awards"),
            ("sales", "sales"),
            ("mib", "MiB"),
            ("bytes_per_resident", "bytes a resident"),
            ("bytes_per_award", "bytes an award"),
        ],
    );
    eprintln!("founding {residents} residents");
    let founded: Grown = child::ask("grow", &Question { residents, records: 0 }).await?;
    eprintln!("{records} records of their life");
    let lived: Grown = child::ask("grow", &Question { residents, records }).await?;
    let each = |bytes: f64| bytes / f64::from(residents);
    let mut row = |state: &str, grown: &Grown, bytes_per_award: f64| {
        table.row([
            Cell::text(state),
            Cell::whole(grown.records as f64),
            Cell::whole(grown.awards as f64),
            Cell::whole(grown.sales as f64),
            Cell::one(grown.bytes / f64::from(1 << 20)),
            Cell::one(each(grown.bytes)),
            Cell::one(bytes_per_award),
        ]);
    };
    row("founded: households, residents, cards, volunteers", &founded, 0.0);
    let more = (lived.bytes - founded.bytes) / (lived.awards as f64).max(1.0);
    row("lived: wallets, lots, what was served, contributions, keys", &lived, more);
    let parts = parts(&lived, residents);
    Ok(Figure {
        name: "memory",
        title: "Memory of the writer",
        what: format!(
            "A writer over nothing, in a process of its own, with {residents} residents, of whom three \
             in ten serve: as founded, and after a life that leaves wallets of 0 to 6 lots. What the \
             process has in memory is counted, keys kept to find repeats and what the allocator wastes \
             included; the parts are counted by the sizes of types and tables."
        ),
        tables: vec![table, parts],
        verdicts: vec![
            Verdict::at_most("bytes a resident", TARGET, each(lived.bytes)).unit("bytes"),
        ],
    })
}

/// What each part takes of it.
fn parts(lived: &Grown, residents: u32) -> Table {
    let mut table = Table::new(
        "Part by part, after that life",
        &[
            ("part", "part"),
            ("count", "count"),
            ("mib", "MiB"),
            ("bytes_per_resident", "bytes a resident"),
        ],
    );
    let mut row = |name: &str, count: usize, bytes: f64| {
        table.row([
            Cell::text(name),
            Cell::count(count),
            Cell::one(bytes / f64::from(1 << 20)),
            Cell::one(bytes / f64::from(residents)),
        ]);
    };
    let mut rest = lived.bytes;
    for part in &lived.parts {
        row(&part.name, part.count, part.bytes as f64);
        rest -= part.bytes as f64;
    }
    row("keys, frames under way, what the allocator holds", 1, rest.max(0.0));
    table
}

/// The child: grows a city in this process.
pub(crate) async fn grow(question: Question) -> anyhow::Result<Grown> {
    let before = child::resident_bytes()?;
    let house = House::of_city()?;
    let Question { residents, records } = question;
    let size = CitySize { residents, records, seed: 1 };
    let CityReport { records, awards, sales, .. } = city::grow(&house.port, size, |_| ()).await?;
    let bytes = child::resident_bytes()? - before;
    let weights = house.image().await?.state().weights();
    let part = |weight: &linli_domain::Weight| Part {
        name: weight.part.to_owned(),
        count: weight.count,
        bytes: weight.bytes,
    };
    Ok(Grown { bytes, records, awards, sales, parts: weights.iter().map(part).collect() })
}
