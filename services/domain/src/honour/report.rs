//! Reports that a record of service is wrong. A volunteer may report errors and gaps, and the body
//! that keeps the records looks into it and corrects it without delay (Order 67).
//!
//! What is corrected is corrected by the facts there are: a contribution submitted, verified or
//! reversed. The answer names it.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{ContributionId, ReportId, ResidentId};
use crate::time::Timestamp;

/// What is said to be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Fault {
    /// Service that isn't recorded.
    Missing,
    /// The time is wrong.
    Time,
    /// The act or the place is wrong.
    ActOrPlace,
    /// It was somebody else.
    Person,
}

/// A report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Report {
    /// Its id.
    pub report: ReportId,
    /// Whose record it is.
    pub resident: ResidentId,
    /// What is wrong.
    pub fault: Fault,
    /// With which contribution; none if it is missing.
    pub contribution: Option<ContributionId>,
}

/// What came of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Answer {
    /// The record is right.
    Right,
    /// It was corrected by this contribution: submitted since, or reversed.
    Corrected(ContributionId),
}

/// A report in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Reported {
    /// As it was made.
    pub report: Report,
    /// When it is to be answered, as long as that has not run out.
    pub due_at: Option<Timestamp>,
    /// Was it answered, or dropped?
    pub answered: bool,
}
