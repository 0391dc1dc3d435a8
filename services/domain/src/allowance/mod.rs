//! Allowances (离线额度): what a station may hand out while it is off line, and the slips that it
//! brings back.
//!
//! A slip is goods that have left the shelf: it is counted, or reported with the reason why not,
//! and never lost. What the resident hadn't is booked against the office that granted it, and
//! stays within what it granted.

mod count;
mod decide;
mod evolve;

pub use count::Report;
pub(crate) use decide::decide;
pub use decide::{REPORTS_MAX, SLIPS_MAX};
pub(crate) use evolve::evolve;

use std::collections::{BTreeMap, BTreeSet};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{AllowanceId, OfficerId, RedemptionId, ResidentId, StationId};
use crate::quantity::Points;
use crate::redemption::{Slip, Wish};
use crate::time::Timestamp;

/// What a station may hand out off line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Grant {
    /// The id that it will have.
    pub allowance: AllowanceId,
    /// To which station.
    pub station: StationId,
    /// The office that answers for what residents turn out not to have had.
    pub officer: OfficerId,
    /// Points, over all slips.
    pub total: Points,
    /// Points, over all slips of one person.
    pub per_person: Points,
    /// What is handed out from then on is not covered.
    pub ends_at: Timestamp,
}

/// A slip that a station wrote while it was off line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfflineSlip {
    /// Under which allowance.
    pub allowance: AllowanceId,
    /// Of which station.
    pub station: StationId,
    /// Its number, which the station gives once.
    pub number: u32,
    /// The id that the redemption will have.
    pub redemption: RedemptionId,
    /// Who pays.
    pub resident: ResidentId,
    /// What was handed out, and how many of each.
    pub wishes: Vec<Wish>,
    /// Points for all of it, as the clerk saw the prices.
    pub total: Points,
    /// When it was handed out, by the station's clock.
    pub handed_at: Timestamp,
}

/// A slip as it was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Under which allowance.
    pub allowance: AllowanceId,
    /// Its number.
    pub number: u32,
    /// The office that answers for what is short.
    pub officer: OfficerId,
    /// When it was handed out.
    pub handed_at: Timestamp,
    /// The redemption. Its lots sum to the total, less what is short.
    pub slip: Slip,
    /// What the resident hadn't.
    pub short: Points,
}

/// What an allowance has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Sums {
    /// Slips counted.
    pub slips: u32,
    /// Their points.
    pub spent: Points,
    /// What of it residents hadn't.
    pub overspent: Points,
}

/// What can be wished of allowances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Grant one.
    Grant(Grant),
    /// Count a slip.
    Count(OfflineSlip),
    /// End one before its time.
    End {
        /// Which.
        allowance: AllowanceId,
        /// The office that says so.
        officer: OfficerId,
    },
}

/// What happened to allowances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// One was granted.
    Granted {
        /// What.
        grant: Grant,
        /// Slips are counted until then, by the rules of the day it was granted.
        sync_until: Timestamp,
    },
    /// A slip was counted.
    Counted(Box<Counted>),
    /// A slip can't be counted; somebody has to look into it.
    Reported {
        /// The slip.
        slip: OfflineSlip,
        /// Why.
        why: Report,
    },
    /// Nothing more is handed out under it. Slips of before may still come.
    Ended {
        /// Which.
        allowance: AllowanceId,
        /// Of which station.
        station: StationId,
        /// When it was to end.
        ends_at: Timestamp,
        /// The office that ended it before its time, if one did.
        by: Option<OfficerId>,
        /// What it has come to so far.
        sums: Sums,
    },
}

/// An allowance in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Allowance {
    /// As it was granted.
    pub grant: Grant,
    /// When.
    pub granted_at: Timestamp,
    /// Until when slips are counted.
    pub sync_until: Timestamp,
    /// Since when nothing more is covered.
    pub ended_at: Option<Timestamp>,
    /// What it has come to.
    pub sums: Sums,
    /// Which number was counted for which redemption.
    pub numbers: BTreeMap<u32, RedemptionId>,
    /// What each person has had, in points.
    pub people: BTreeMap<ResidentId, Points>,
    /// Slips that were reported and not counted since.
    pub reported: BTreeSet<RedemptionId>,
}

impl Allowance {
    /// What was handed out from then on is not covered.
    #[must_use]
    pub fn covers_until(&self) -> Timestamp {
        self.ended_at.map_or(self.grant.ends_at, |ended| ended.min(self.grant.ends_at))
    }

    /// What is left for the station, and for this person.
    #[must_use]
    pub fn left(&self, resident: ResidentId) -> (Points, Points) {
        let had = self.people.get(&resident).copied().unwrap_or(Points::ZERO);
        let left = |of: Points, used: Points| of.minus(used).unwrap_or(Points::ZERO);
        (left(self.grant.total, self.sums.spent), left(self.grant.per_person, had))
    }

    /// Is it within its bounds? All that was spent is some person's, nobody has had more than a
    /// person may, all together no more than the station, and no more is short than was spent.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        let people = self.people.values().try_fold(Points::ZERO, |sum, had| sum.plus(*had));
        let Sums { slips, spent, overspent } = self.sums;
        people == Some(spent)
            && spent <= self.grant.total
            && self.people.values().all(|had| *had <= self.grant.per_person)
            && !overspent.is_negative()
            && overspent <= spent
            && usize::try_from(slips) == Ok(self.numbers.len())
    }
}
