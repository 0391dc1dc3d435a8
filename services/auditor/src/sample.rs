//! Drawing a day's sample again, from the log alone.

use std::pin::pin;

use deadpool_postgres::Pool;
use futures::TryStreamExt as _;
use linli_domain::calendar::Day;
use linli_domain::inspection::{self, Head, Sample, chance};
use linli_domain::{Contradiction, Event, Record, State};
use linli_log::merkle::leaf_hash;
use linli_log::{District, Frontier, LogReader};
use serde::Serialize;

use crate::Progress;
use crate::export::ExportError;

/// What is needed to draw a sample again.
#[derive(Debug)]
pub struct SampleSettings {
    /// Where the log is.
    pub pool: Pool,
    /// Whose.
    pub district: District,
    /// The day whose awards the sample is drawn from.
    pub day: Day,
    /// Where to show how far it is.
    pub progress: Progress,
}

/// A sample that was drawn again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resampled {
    /// The day.
    pub day: String,
    /// The record that says what was drawn.
    pub position: u64,
    /// So many records stood before its frame,
    pub size: u64,
    /// and this is the root of the tree over them, in hex.
    pub root: String,
    /// How many were awarded that day.
    pub awarded: u32,
    /// What is drawn.
    pub drawn: Vec<Again>,
    /// Does the record say the same, to the last figure?
    pub agrees: bool,
}

/// A contribution that is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Again {
    /// Which.
    pub contribution: String,
    /// Whose word is in question.
    pub verifier: String,
    /// How often that verifier is sampled: parts in ten thousand.
    pub rate: u16,
    /// The first eight bytes of SHA-256(root ‖ contribution), in hex: drawn if below the rate's part
    /// of 2^64.
    pub chance: String,
}

/// Why a sample can't be drawn again.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The log could not be read.
    #[error(transparent)]
    Log(#[from] ExportError),
    /// A record breaks a law.
    #[error("the log contradicts itself")]
    Contradiction(#[from] Contradiction),
}

/// Draws a day's sample again; none if the log holds none of that day.
///
/// Everything is worked out from the first record on: the root by hashing, the awards of the day
/// and the verifiers' rates by replay. What the record says is compared and nothing else.
///
/// # Errors
/// [`SampleError`].
pub async fn sample(settings: SampleSettings) -> Result<Option<Resampled>, SampleError> {
    let SampleSettings { pool, district, day, progress } = settings;
    let reader = LogReader::new(pool);
    let end = reader.head(&district).await.map_err(ExportError::from)?.map_or(0, |head| head.last);
    let bar = progress.bar(end);
    let mut frames = pin!(reader.stream(&district, 0));
    let (mut state, mut frontier) = (State::default(), Frontier::default());
    while let Some(frame) = frames.try_next().await.map_err(ExportError::from)? {
        let head = Head { size: state.position(), root: frontier.root().0 };
        for (position, bytes) in (frame.first..).zip(frame.records()) {
            let bytes = bytes.map_err(|source| ExportError::Body { first: frame.first, source })?;
            let record = linli_proto::decode_record_strict(bytes)
                .map_err(|source| ExportError::Record { position, source })?;
            if let Some(said) = of_day(&record, day) {
                bar.finish_and_clear();
                return Ok(again(&state, head, &record, said));
            }
            frontier.push(leaf_hash(bytes));
            state.replay(&record)?;
        }
        bar.set_position(frame.last);
    }
    bar.finish_and_clear();
    Ok(None)
}

fn of_day(record: &Record, day: Day) -> Option<&Sample> {
    match &record.event {
        Event::Inspection(inspection::Event::Drawn(sample)) if sample.day == day => Some(sample),
        Event::Inspection(inspection::Event::Drawn(_) | inspection::Event::Inspected { .. })
        | Event::Area(_)
        | Event::Household(_)
        | Event::Resident(_)
        | Event::Officer(_)
        | Event::Station(_)
        | Event::Operator(_)
        | Event::Allowance(_)
        | Event::Hazard(_)
        | Event::Order(_)
        | Event::Whistle(_)
        | Event::Aid(_)
        | Event::Honour(_)
        | Event::Mediation(_)
        | Event::Queue(_)
        | Event::TimeBank(_)
        | Event::Estate(_)
        | Event::Supplier(_)
        | Event::Pool(_)
        | Event::Rules(_)
        | Event::Item(_)
        | Event::Statement(_)
        | Event::Resource(_)
        | Event::Booking(_)
        | Event::Contribution(_)
        | Event::Redemption(_)
        | Event::Voucher(_)
        | Event::Wallet(_)
        | Event::Notice(_)
        | Event::Conduct(_)
        | Event::Team(_)
        | Event::Activity(_) => None,
    }
}

/// What this state draws under a root of our own hashing.
fn again(state: &State, head: Head, record: &Record, said: &Sample) -> Option<Resampled> {
    let sample = state.sample_of(said.day, head, record.recorded_at);
    let drawn = sample.drawn.iter().map(|drawn| Again {
        contribution: drawn.contribution.to_string(),
        verifier: drawn.verifier.to_string(),
        rate: drawn.rate,
        chance: format!("{:016x}", chance(&head.root, drawn.contribution)),
    });
    Some(Resampled {
        day: sample.day.to_string(),
        position: record.position.0,
        size: head.size.0,
        root: head.root.iter().map(|byte| format!("{byte:02x}")).collect(),
        awarded: sample.awarded,
        drawn: drawn.collect(),
        agrees: sample == *said,
    })
}
