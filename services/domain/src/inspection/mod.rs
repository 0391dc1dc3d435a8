//! Re-inspection (抽查): each day a sample is drawn of what was vouched for the day before, and
//! somebody else looks again. What comes of it moves how often the verifier is sampled.
//!
//! Nobody can choose the sample: it hangs on the root of the log, which nobody knows beforehand.
//! The writer hands the root in, and it stands in the record, so a replay needs nothing else and
//! whoever holds the log can draw the same sample again.

mod decide;
mod draw;
mod evolve;

pub(crate) use decide::decide;
pub use draw::{DRAWN_MAX, chance};
pub(crate) use evolve::evolve;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::Position;
use crate::calendar::Day;
use crate::id::{AreaId, ContributionId, OfficerId};

/// The log before the frame that a record stands in: how many records, and the root of the RFC
/// 6962 tree over them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The position of the last record before the frame.
    pub size: Position,
    /// The root over all records up to there.
    pub root: [u8; 32],
}

/// What was drawn of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The day whose awards it is drawn from.
    pub day: Day,
    /// What it hangs on.
    pub head: Head,
    /// How many were awarded that day.
    pub awarded: u32,
    /// What is looked at again, in the order of ids.
    pub drawn: Vec<Drawn>,
}

/// A contribution that is looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Which.
    pub contribution: ContributionId,
    /// The grid where it was done.
    pub grid: AreaId,
    /// Whose word is in question: of those who vouched for it, the one who is sampled most often.
    pub verifier: OfficerId,
    /// How often: parts in ten thousand.
    pub rate: u16,
}

/// What another look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Outcome {
    /// It is as it was told.
    Upheld,
    /// It took place, and something of it was told wrongly.
    Corrected,
    /// It has no ground; the inspector's next word reverses it.
    Unfounded,
}

/// An inspector's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// Which contribution.
    pub contribution: ContributionId,
    /// Who looked again.
    pub officer: OfficerId,
    /// What was found.
    pub outcome: Outcome,
}

/// What can be wished of samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Say what another look found.
    Inspect(Inspection),
}

/// What happened to samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A day's sample was drawn, by its deadline.
    Drawn(Box<Sample>),
    /// Somebody looked again.
    Inspected {
        /// The word.
        word: Inspection,
        /// Whose word was in question.
        verifier: OfficerId,
        /// How often that verifier is sampled from now on: parts in ten thousand.
        rate: u16,
    },
}

/// A contribution that was awarded on a day, until the day's sample is drawn.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Awarded {
    pub(crate) grid: AreaId,
    pub(crate) verified_by: Vec<OfficerId>,
    /// The rules sample it more often than its verifiers, for the weakness of its evidence.
    pub(crate) at_least: u16,
}

/// A contribution that was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Inspected {
    pub(crate) verifier: OfficerId,
    pub(crate) outcome: Option<Outcome>,
}
