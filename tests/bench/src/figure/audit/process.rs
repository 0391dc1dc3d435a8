//! The audit's process: the whole of it, or stage by stage on one core.

use std::path::PathBuf;

use anyhow::ensure;
use futures::TryStreamExt as _;
use linli_auditor::{Progress, Source, TilesAt, Trust, VerifySettings, verify};
use linli_domain::{Origin, Position, Record, State};
use linli_log::{District, Frame, Frontier, LogReader};
use linli_proto::{Malformed, decode_record, decode_record_strict};
use serde::{Deserialize, Serialize};
use tokio_postgres::Config;

use super::CONNECTIONS;
use crate::child;
use crate::ground::Database;
use crate::machine::own_seconds;

/// What a child is to do with the log's beginning.
#[derive(Serialize, Deserialize)]
pub(crate) struct Question {
    pub(super) database: Database,
    pub(super) upto: u64,
    pub(super) work: Work,
}

#[derive(Serialize, Deserialize)]
pub(super) enum Work {
    /// All of it, as `linli audit verify` does it.
    Verify,
    /// The same from files in this folder.
    Files(PathBuf),
    /// Each stage by itself on one core.
    Stages,
}

/// What came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Audited {
    pub(super) records: f64,
    /// By the clock.
    pub(super) seconds: f64,
    /// Of a core.
    pub(super) own_seconds: f64,
    pub(super) peak_bytes: f64,
    /// What the state weighs at the end, by the sizes of types and tables.
    pub(super) state_bytes: f64,
    pub(super) stages: Vec<(String, f64)>,
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
    let source = match work {
        Work::Files(folder) => Source::Tiles(TilesAt::Folder(folder)),
        Work::Verify | Work::Stages => Source::Store { pool, district },
    };
    let begun = own_seconds();
    let report = verify(VerifySettings {
        source,
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
