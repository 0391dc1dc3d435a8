//! `linli-bench receipt`: how long it takes to prove that a record is in a long log.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Args;
use linli_domain::time::Timestamp;
use linli_log::checkpoint::{Checkpoint, Checkpoints};
use linli_log::merkle::leaf_hash;
use linli_log::tiles::Tiler;
use linli_log::{Append, BodyBuilder, District, Frame, Frontier, LogReader, LogWriter, Tiles};
use linli_notary::{KeyPair, LogKeys, Prover, TreeHead, TrustedKeys};
use linli_tests::{Chance, city};
use tokio_postgres::Config;

use crate::district::migrate;
use crate::ground::{Database, Ground};
use crate::report::{Cell, Figure, Table, Verdict};
use crate::waits::{Tail, Waits};

/// What is asked of a proof's median.
const TARGET_MS: f64 = 1.0;

/// Records of the log, and of each of its frames, as a busy writer makes them.
const RECORDS: u64 = 10_000_000;
const FRAME_RECORDS: u64 = 256;

/// Bytes of a record: what a city's have in the mean.
const RECORD_BYTES: usize = 160;

/// Positions that are asked for, spread over all of the log.
const ASKED: u64 = 2_000;

/// Frames on their way at once, and full tiles that are written together.
const FLYING_MAX: usize = 16;
const TILES_TOGETHER: usize = 256;

const CONNECTIONS: usize = 8;
const ORIGIN: &str = "linli.example/bench";

#[derive(Debug, Default, Args)]
pub(crate) struct ReceiptArgs {
    /// Records in the log: ten million unless told
    #[arg(long, value_name = "N")]
    records: Option<u64>,
}

/// A long log with its tiles and one checkpoint over all of it.
struct Sealed {
    district: District,
    reader: LogReader,
    trusted: TrustedKeys,
    records: u64,
}

pub(crate) async fn receipt(ground: &Ground, args: &ReceiptArgs) -> anyhow::Result<Figure> {
    let records = ground.terms.size(args.records, RECORDS, 2_000);
    let database = ground.database("receipt").await?;
    migrate(&database).await?;
    let sealed = Sealed::make(&database, records).await?;
    ground.calm().await?;
    let mut table = Table::new(
        "Waits, one after the other",
        &[
            ("what", "what"),
            ("p50_ms", "p50 ms"),
            ("p99_ms", "p99 ms"),
            ("p999_ms", "p99.9 ms"),
            ("per_second", "a second on one connection"),
        ],
    );
    let mut row = |what: &str, tail: Tail| {
        table.row([
            Cell::text(what),
            Cell::Number(tail.p50_ms(), 3),
            Cell::Number(tail.p99_ms(), 3),
            Cell::Number(tail.p999_ms(), 3),
            Cell::whole(1e6 / tail.p50_us),
        ]);
    };
    // Once for the connections and for what PostgreSQL has to read from the disk.
    sealed.proofs(Kept::Tiles).await?;
    row("the record alone, which no receipt can be had without", sealed.reads().await?);
    let [kept, checked] = sealed.proofs(Kept::Tiles).await?;
    row("a receipt, with the tiles that a gateway keeps", kept);
    let [cold, _] = sealed.proofs(Kept::Nothing).await?;
    row("a receipt, with no tile in memory", cold);
    row("checking it off line, text and signature and path", checked);
    ground.forget(vec![database]).await?;
    let proof = |what: &str, tail: Tail| {
        Verdict::at_most(format!("{what}: p50"), TARGET_MS, tail.p50_ms()).unit("ms")
    };
    Ok(Figure {
        name: "receipt",
        title: "Receipts",
        what: format!(
            "A log of {records} records of {RECORD_BYTES} bytes, {FRAME_RECORDS} a frame, with its \
             tiles and one checkpoint over all of it, in PostgreSQL. {ASKED} positions by chance \
             are asked for, one after the other: each answer is the record, the path of hashes to \
             the root and the signed checkpoint, and each is checked."
        ),
        tables: vec![table],
        verdicts: vec![
            proof("a receipt, tiles kept", kept),
            proof("a receipt, no tile in memory", cold),
        ],
    })
}

/// What a prover has in memory when it is asked.
#[derive(Clone, Copy)]
enum Kept {
    /// The tiles of the questions before, as many as a gateway keeps.
    Tiles,
    Nothing,
}

impl Sealed {
    /// Fills a log, tile by tile, and signs it.
    async fn make(database: &Database, records: u64) -> anyhow::Result<Self> {
        let config: Config = database.url.parse()?;
        let district = District::new(&database.name)?;
        let reader = LogReader::new(linli_log::reader::pool(&config, CONNECTIONS)?);
        let writer = LogWriter::open(&config, &district).await?;
        let tiles = Tiles::new(reader.clone(), district.clone());
        let (mut frontier, mut tiler, mut full) = (Frontier::new(), Tiler::default(), Vec::new());
        let mut flying = VecDeque::<Append>::new();
        let (mut chance, mut body) = (Chance::of(1), BodyBuilder::new());
        while frontier.size() < records {
            for _ in 0..FRAME_RECORDS.min(records - frontier.size()) {
                let record = record(&mut chance);
                tiler.push(leaf_hash(&record), &mut full);
                body.push(&record)?;
            }
            let at = Timestamp::microseconds(city::start());
            let frame = Frame::seal(&mut frontier, at, body.take())?;
            flying.push_back(writer.append(&frame));
            if flying.len() >= FLYING_MAX
                && let Some(first) = flying.pop_front()
            {
                first.await?;
            }
            if full.len() >= TILES_TOGETHER {
                tiles.put(&std::mem::take(&mut full)).await?;
            }
            if frontier.size().is_multiple_of(1_000 * FRAME_RECORDS) {
                eprintln!("{} records", frontier.size());
            }
        }
        for append in flying {
            append.await?;
        }
        tiles.put(&full).await?;
        writer.close().await;
        let pair = KeyPair::of(ORIGIN, &[7; 32])?;
        let head = TreeHead { origin: ORIGIN.to_owned(), size: records, root: tiler.root() };
        let note = LogKeys::parse(&pair.secret)?.sign(&head)?;
        let checkpoints = Checkpoints::new(reader.pool().clone(), district.clone());
        checkpoints.put(&Checkpoint { size: records, note }).await?;
        Ok(Self { district, reader, trusted: TrustedKeys::parse(&pair.public)?, records })
    }

    /// The same positions each time.
    fn positions(&self) -> impl Iterator<Item = u64> {
        let mut chance = Chance::of(2);
        (0..ASKED).map(move |_| chance.between(1, self.records))
    }

    /// How long a record alone takes.
    async fn reads(&self) -> anyhow::Result<Tail> {
        let mut waits = Waits::default();
        for position in self.positions() {
            let begun = Instant::now();
            let found = self.reader.records(&self.district, position, position).await?;
            waits.push(begun.elapsed());
            anyhow::ensure!(found.len() == 1, "no record at {position}");
        }
        Ok(waits.tail())
    }

    /// How long a receipt takes, and how long to check it.
    async fn proofs(&self, kept: Kept) -> anyhow::Result<[Tail; 2]> {
        let prover = || Prover::new(self.reader.clone(), self.district.clone());
        let mut asked = prover();
        let (mut made, mut checked) = (Waits::default(), Waits::default());
        for position in self.positions() {
            if let Kept::Nothing = kept {
                asked = prover();
            }
            let begun = Instant::now();
            let receipt = asked.receipt(position).await?.context("no receipt")?.to_string();
            made.push(begun.elapsed());
            let (took, size) = self.check(&receipt)?;
            checked.push(took);
            anyhow::ensure!(size == self.records, "the tree has {size} records");
        }
        Ok([made.tail(), checked.tail()])
    }

    /// Checks a receipt as a stranger does: how long it takes, and the size of the tree.
    fn check(&self, receipt: &str) -> anyhow::Result<(Duration, u64)> {
        let begun = Instant::now();
        let receipt: linli_notary::Receipt = receipt.parse()?;
        let head = receipt.verify(&self.trusted)?;
        Ok((begun.elapsed(), head.size))
    }
}

/// Bytes that nothing can make smaller.
fn record(chance: &mut Chance) -> [u8; RECORD_BYTES] {
    let mut record = [0; RECORD_BYTES];
    for two in record.as_chunks_mut::<2>().0 {
        *two = (chance.below(1 << 16) as u16).to_le_bytes();
    }
    record
}
