//! `linli-bench audit`: what an audit of a whole log takes, stage by stage, and in memory.

mod files;
mod process;

use std::path::{Path, PathBuf};

use clap::Args;
use linli_tests::city::{self, CitySize};

use crate::child;
use crate::district::{House, Snapshots, Wish, migrate};
use crate::ground::{Database, Ground};
use crate::report::{Cell, Figure, Table, Verdict};
use crate::waits::median_by;
pub(crate) use process::audited;
use process::{Audited, Question, Work};

/// What is asked: so many records a second on two cores.
const TARGET: f64 = 500_000.0;

/// Residents, and records of their life.
const RESIDENTS: u32 = 50_000;
const RECORDS: u64 = 1_000_000;

/// An audit uses four connections.
const CONNECTIONS: usize = 4;

/// Parts of the log that are audited, for what memory grows with.
const PARTS: [u64; 4] = [8, 4, 2, 1];

#[derive(Debug, Default, Args)]
pub(crate) struct AuditArgs {
    /// Residents: 50,000 unless told
    #[arg(long, value_name = "N")]
    residents: Option<u32>,
    /// Records in the log: a million unless told
    #[arg(long, value_name = "N")]
    records: Option<u64>,
    /// Leave the log as files in this folder
    #[arg(long, value_name = "FOLDER")]
    files: Option<PathBuf>,
    /// Another build of this program, which audits the same log in turn
    #[arg(long, value_name = "PROGRAM")]
    beside: Option<PathBuf>,
}

/// The log, as it is asked for in one process after the other.
struct Log {
    database: Database,
    files: PathBuf,
    records: u64,
}

impl Log {
    async fn grow(ground: &Ground, args: &AuditArgs, residents: u32) -> anyhow::Result<Self> {
        let records = ground.terms.size(args.records, RECORDS, 3_000);
        let database = ground.database("audit").await?;
        migrate(&database).await?;
        let house = House::in_database(&database, Some(Wish::of_city(Snapshots::Never))).await?;
        let size = CitySize { residents, records, seed: 1 };
        let records = city::grow(&house.port, size, |_| ()).await?.records;
        house.end().await?;
        let files = args.files.clone().unwrap_or_else(|| ground.folder().join("files"));
        Ok(Self { database, files, records })
    }

    async fn ask(&self, program: Option<&Path>, upto: u64, work: Work) -> anyhow::Result<Audited> {
        let question = Question { database: self.database.clone(), upto, work };
        child::ask_of(program, "audit-of", &question).await
    }

    /// What the audit's process has in memory, part by part.
    async fn memory(&self, from: From) -> anyhow::Result<Vec<Audited>> {
        let mut parts = Vec::new();
        for part in PARTS {
            parts.push(self.ask(None, self.records / part, from.work(&self.files)).await?);
        }
        Ok(parts)
    }

    /// Whole audits by each program in turn, another one first each round.
    async fn whole(
        &self,
        from: From,
        programs: &[Option<&Path>],
        rounds: usize,
    ) -> anyhow::Result<Vec<Audited>> {
        let mut found = vec![Vec::new(); programs.len()];
        for round in 0..rounds {
            for turn in 0..programs.len() {
                let turn = (turn + round) % programs.len();
                let work = from.work(&self.files);
                let one = self.ask(programs[turn], self.records, work).await?;
                let (core_us, seconds) = (1e6 * one.own_seconds / one.records, one.seconds);
                eprintln!("{}, program {turn}: {seconds:.2} s, {core_us:.2} µs", from.name());
                found[turn].push(one);
            }
        }
        found.into_iter().map(|rounds| median_by(rounds, |one| -one.own_seconds)).collect()
    }
}

/// Where a log is read from.
#[derive(Clone, Copy)]
enum From {
    Store,
    Files,
}

impl From {
    const fn name(self) -> &'static str {
        match self {
            Self::Store => "from PostgreSQL",
            Self::Files => "from files",
        }
    }

    fn work(self, files: &Path) -> Work {
        match self {
            Self::Store => Work::Verify,
            Self::Files => Work::Files(files.to_owned()),
        }
    }
}

pub(crate) async fn audit(ground: &Ground, args: &AuditArgs) -> anyhow::Result<Figure> {
    let residents = ground.terms.size(args.residents, RESIDENTS, 200);
    let log = Log::grow(ground, args, residents).await?;
    let records = log.records;
    ground.calm().await?;
    eprintln!("{records} records, stage by stage");
    let mut rates = Rates::new();
    let mut states = Vec::new();
    for part in PARTS {
        let staged = log.ask(None, records / part, Work::Stages).await?;
        states.push(staged.state_bytes);
        let rows = staged.stages.iter().filter(|_| part == 1);
        for (name, seconds) in rows {
            rates.row(name, staged.records / seconds, 1e6 * seconds / staged.records);
        }
    }
    let programs: Vec<_> = std::iter::once(None).chain(args.beside.as_deref().map(Some)).collect();
    let mut verdicts = Vec::new();
    let mut parts = Vec::new();
    for from in [From::Store, From::Files] {
        if let From::Files = from {
            // Only now: a store with a checkpoint is held against that, too.
            files::sign_and_export(&log.database, &log.files).await?;
        }
        parts.push(log.memory(from).await?);
        let whole = log.whole(from, &programs, ground.terms.rounds).await?;
        for (program, one) in programs.iter().zip(&whole) {
            let by = if program.is_some() { ", by the program beside" } else { "" };
            let what = format!("all of it, on all cores, {}{by}", from.name());
            let rate = one.records / one.seconds;
            rates.row(&what, rate, 1e6 * one.own_seconds / one.records);
            if program.is_none() {
                let what = format!("records a second, {}", from.name());
                verdicts.push(Verdict::at_least(what, TARGET, rate));
            }
        }
    }
    let mut memory = Memory::new();
    if let [store, files] = parts.as_slice() {
        for ((one, of_files), state) in store.iter().zip(files).zip(states) {
            memory.row(one, state, of_files);
        }
    }
    ground.forget(vec![log.database]).await?;
    Ok(Figure {
        name: "audit",
        title: "Audit",
        what: format!(
            "A log of {records} records of the life of {residents} residents, read from PostgreSQL \
             and then from files, and audited in a process of its own: hashes and roots, strict \
             reading, the rules asked again, replay with every law, the auditor's own books, keys. \
             Each stage by itself is told by the time of a core that it took, so that neighbours on \
             the machine change little."
        ),
        tables: vec![rates.0, memory.0],
        verdicts,
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
                ("files_mib", "from files, most MiB"),
            ],
        ))
    }

    fn row(&mut self, one: &Audited, state_bytes: f64, of_files: &Audited) {
        let mib = |bytes: f64| Cell::one(bytes / f64::from(1 << 20));
        let rest = (one.peak_bytes - state_bytes).max(0.0);
        self.0.row([
            Cell::whole(one.records),
            mib(one.peak_bytes),
            mib(state_bytes),
            mib(rest),
            Cell::one(rest / one.records),
            mib(of_files.peak_bytes),
        ]);
    }
}
