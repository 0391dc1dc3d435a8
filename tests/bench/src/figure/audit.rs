//! `linli-bench audit`: what an audit of a whole log takes, stage by stage, and in memory.

use anyhow::ensure;
use clap::Args;
use futures::TryStreamExt as _;
use linli_auditor::{Progress, Source, Trust, VerifySettings, verify};
use linli_domain::{Origin, Position, Record, State};
use linli_log::{District, Frame, Frontier, LogReader};
use linli_proto::{Malformed, decode_record, decode_record_strict};
use linli_tests::city::{self, CitySize};
use serde::{Deserialize, Serialize};
use tokio_postgres::Config;

use crate::child;
use crate::district::{House, Snapshots, Wish, migrate};
use crate::ground::{Database, Ground};
use crate::machine::own_seconds;
use crate::report::{Cell, Figure, Table, Verdict};
use crate::waits::median_by;

/// What is asked: so many records a second on two cores.
const TARGET: f64 = 500_000.0;

/// Residents, and records of their life.
const RESIDENTS: u32 = 50_000;
const RECORDS: u64 = 1_000_000;

/// An audit uses four connections.
const CONNECTIONS: usize = 4;

/// Parts of the log that are audited, for what memory grows with.
const PARTS: [u64; 3] = [4, 2, 1];

#[derive(Debug, Default, Args)]
pub(crate) struct AuditArgs {
    /// Residents: 50,000 unless told
    #[arg(long, value_name = "N")]
    residents: Option<u32>,
    /// Records in the log: a million unless told
    #[arg(long, value_name = "N")]
    records: Option<u64>,
}

/// What a child is to do with the log's beginning.
#[derive(Serialize, Deserialize)]
pub(crate) struct Question {
    database: Database,
    upto: u64,
    work: Work,
}

#[derive(Serialize, Deserialize)]
enum Work {
    /// All of it, as `linli audit verify` does it.
    Verify,
    /// Each stage by itself on one core.
    Stages,
}

/// What came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Audited {
    records: f64,
    /// By the clock.
    seconds: f64,
    /// Of a core.
    own_seconds: f64,
    peak_bytes: f64,
    /// What the state weighs at the end, by the sizes of types and tables.
    state_bytes: f64,
    stages: Vec<(String, f64)>,
}

pub(crate) async fn audit(ground: &Ground, args: &AuditArgs) -> anyhow::Result<Figure> {
    let residents = ground.terms.size(args.residents, RESIDENTS, 200);
    let records = ground.terms.size(args.records, RECORDS, 3_000);
    let database = ground.database("audit").await?;
    migrate(&database).await?;
    let house = House::in_database(&database, Some(Wish::of_city(Snapshots::Never))).await?;
    let size = CitySize { residents, records, seed: 1 };
    let records = city::grow(&house.port, size, |_| ()).await?.records;
    house.end().await?;
    ground.calm().await?;
    eprintln!("{records} records, stage by stage");
    let ask = async |upto, work| {
        let question = Question { database: database.clone(), upto, work };
        child::ask::<_, Audited>("audit-of", &question).await
    };
    let staged = ask(records, Work::Stages).await?;
    let mut memory = Memory::new();
    let mut rates = Rates::new();
    for (name, seconds) in &staged.stages {
        rates.row(name, staged.records / seconds, 1e6 * seconds / staged.records);
    }
    let mut whole = Vec::new();
    for part in PARTS {
        let upto = records / part;
        let state = ask(upto, Work::Stages).await?.state_bytes;
        let rounds = if part == 1 { ground.terms.rounds } else { 1 };
        for round in 0..rounds {
            let one = ask(upto, Work::Verify).await?;
            eprintln!("{} records in {:.2} s", one.records, one.seconds);
            if round == 0 {
                memory.row(&one, state);
            }
            if part == 1 {
                whole.push(one);
            }
        }
    }
    ground.forget(vec![database]).await?;
    let whole = median_by(whole, |one| one.records / one.seconds)?;
    let rate = whole.records / whole.seconds;
    rates.row("all of it, on all cores", rate, 1e6 * whole.own_seconds / whole.records);
    Ok(Figure {
        name: "audit",
        title: "Audit",
        what: format!(
            "A log of {records} records of the life of {residents} residents, read from PostgreSQL \
             and audited in a process of its own: hashes and roots, strict reading, the rules asked \
             again, replay with every law, the auditor's own books, keys. Each stage by itself is \
             told by the time of a core that it took, so that neighbours on the machine change little."
        ),
        tables: vec![rates.0, memory.0],
        verdicts: vec![Verdict::at_least("records a second", TARGET, rate)],
    })
}

/// How fast the stages are.
struct Rates(Table);

impl Rates {
    fn new() -> Self {
        Self(Table::new(
            "Records a second",
            &[
                ("stage", "stage"),
                ("per_second", "records/s"),
                ("core_us", "µs of a core a record"),
            ],
        ))
    }

    fn row(&mut self, stage: &str, per_second: f64, core_us: f64) {
        self.0.row([Cell::text(stage), Cell::whole(per_second), Cell::two(core_us)]);
    }
}

/// What it holds.
struct Memory(Table);

impl Memory {
    fn new() -> Self {
        Self(Table::new(
            "Memory of the audit's process",
            &[
                ("records", "records"),
                ("peak_mib", "most MiB"),
                ("state_mib", "of which the state"),
                ("rest_mib", "the rest"),
                ("rest_bytes", "bytes a record of the rest"),
            ],
        ))
    }

    fn row(&mut self, one: &Audited, state_bytes: f64) {
        let mib = |bytes: f64| Cell::one(bytes / f64::from(1 << 20));
        let rest = (one.peak_bytes - state_bytes).max(0.0);
        self.0.row([
            Cell::whole(one.records),
            mib(one.peak_bytes),
            mib(state_bytes),
            mib(rest),
            Cell::one(rest / one.records),
        ]);
    }
}

/// The child: audits the log's beginning in this process.
pub(crate) async fn audited(question: Question) -> anyhow::Result<Audited> {
    let Question { database, upto, work } = question;
    let config: Config = database.url.parse()?;
    let pool = linli_log::reader::pool(&config, CONNECTIONS)?;
    let district = District::new(&database.name)?;
    if let Work::Stages = work {
        let reader = LogReader::new(pool);
        let frames = reader.stream(&district, 0);
        let wanted = frames.try_take_while(|frame| {
            let is_wanted = frame.first <= upto;
            async move { Ok(is_wanted) }
        });
        return stages(&wanted.try_collect::<Vec<_>>().await?);
    }
    let begun = own_seconds();
    let report = verify(VerifySettings {
        source: Source::Store { pool, district },
        compare_projections: false,
        upto: Some(Position(upto)),
        trust: Trust::default(),
        keep: None,
        progress: Progress::Hidden,
    });
    let report = report.await?;
    ensure!(report.ok, "the audit found {} faults: {:?}", report.violations, report.findings);
    Ok(Audited {
        records: report.counts.records as f64,
        seconds: report.seconds,
        own_seconds: own_seconds() - begun,
        peak_bytes: child::resident_bytes_max()?,
        state_bytes: 0.0,
        stages: Vec::new(),
    })
}

/// Each stage by itself. Those that need records pay for reading them, which is taken off again.
fn stages(frames: &[Frame]) -> anyhow::Result<Audited> {
    let mut records = 0.0;
    let (hashing, ()) = timed(|| {
        let mut tree = Frontier::new();
        for frame in frames {
            tree = frame.verify(&tree)?;
            records = tree.size() as f64;
        }
        Ok(())
    })?;
    let (reading, ()) = timed(|| each(frames, decode_record, |_| Ok(())))?;
    let (strictly, ()) = timed(|| each(frames, decode_record_strict, |_| Ok(())))?;
    let (replaying, _) = timed(|| fold(frames, Asked::Not))?;
    let (asking, state) = timed(|| fold(frames, Asked::Again))?;
    let weights = state.weights();
    let state_bytes: f64 = weights.iter().map(|weight| weight.bytes as f64).sum();
    let stages = [
        ("hashing alone: leaves, nodes, roots of frames", hashing),
        ("reading a record", reading),
        ("reading it strictly: the bytes are the only ones for it", strictly),
        ("replay, with every law of a record", replaying - reading),
        ("the rules asked again, and replay", asking - reading),
    ];
    let stages = stages.map(|(name, seconds)| (name.to_owned(), seconds.max(1e-3)));
    Ok(Audited {
        records,
        seconds: 0.0,
        own_seconds: 0.0,
        peak_bytes: 0.0,
        state_bytes,
        stages: stages.into(),
    })
}

/// What something takes of a core.
fn timed<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<(f64, T)> {
    let begun = own_seconds();
    let done = work()?;
    Ok((own_seconds() - begun, done))
}

/// Reads the frames' records one way or the other, frame by frame.
fn each(
    frames: &[Frame],
    read: impl Fn(&[u8]) -> Result<Record, Malformed>,
    mut take: impl FnMut(Vec<Record>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    for frame in frames {
        let records = frame.records().map(|bytes| Ok(read(bytes?)?));
        take(records.collect::<anyhow::Result<_>>()?)?;
    }
    Ok(())
}

/// Whether the rules are asked again.
#[derive(Clone, Copy)]
enum Asked {
    Not,
    Again,
}

fn fold(frames: &[Frame], asked: Asked) -> anyhow::Result<State> {
    let mut state = State::default();
    each(frames, decode_record, |records| {
        for group in records.chunk_by(same_command) {
            if let Asked::Again = asked {
                state.conforms(group)?;
            }
            group.iter().try_for_each(|record| state.replay(record))?;
        }
        Ok(())
    })?;
    Ok(state)
}

fn same_command(one: &Record, other: &Record) -> bool {
    matches!((&one.origin, &other.origin),
        (Origin::Command { client, key, .. }, Origin::Command { client: of, key: other, .. })
            if client == of && key == other)
}
