//! What a state keeps of a hearing.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::OfficerId;
use crate::notice::{Member, Objection, Ruling, Stage};
use crate::quantity::Points;
use crate::time::Timestamp;

/// A seat on a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Seat {
    /// Who sits on it.
    pub member: Member,
    /// How that one voted, once that is so.
    pub vote: Option<Ruling>,
}

/// A notice, or an appeal, in the state.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Notice {
    /// How far it has come.
    pub stage: Stage,
    /// When its stage ends by itself, while it isn't over.
    pub due_at: Option<Timestamp>,
    /// Base points for one unit, for the award that follows.
    pub each: Points,
    /// Who objects, in order.
    pub objections: Vec<Objection>,
    /// The panel; empty until it is called together.
    pub panel: Vec<Seat>,
}

/// A rejection or a reversal that can be appealed against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Fallen {
    /// Whose word it was; none: a panel's.
    pub by: Option<OfficerId>,
    /// Until when the claimant may appeal.
    pub until: Timestamp,
}

impl Notice {
    /// How many voted so.
    #[must_use]
    pub fn votes(&self, for_it: Ruling) -> usize {
        self.panel.iter().filter(|seat| seat.vote == Some(for_it)).count()
    }

    /// What a majority of all seats has voted for, if there is one.
    #[must_use]
    pub fn majority(&self) -> Option<Ruling> {
        let half = self.panel.len() / 2;
        [Ruling::Uphold, Ruling::Dismiss].into_iter().find(|ruling| self.votes(*ruling) > half)
    }
}
