//! What turns out wrong after it was awarded, and is taken back by an officer.

use linli_api::contribution::ReversalReason;
use ulid::Ulid;

use super::act;
use crate::chance::Chance;

/// Of ten thousand awards by the grid's word, so many are taken back. With what comes due only after the year,
/// and with the stories, it is 0.6 % of all that is done in it.
const TAKEN_BACK: u64 = 74;

/// So many days later: by then the sample has been looked at, and some of the points are spent.
const DAYS_LATER: (i64, i64) = (3, 60);

const MINUTES_A_DAY: i64 = 1_440;

const REASONS: [ReversalReason; 3] =
    [ReversalReason::NotDone, ReversalReason::Duplicate, ReversalReason::Mistake];

/// A word that takes an award back, as it will be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reversal {
    /// So many minutes after the award.
    pub(crate) later: i64,
    pub(crate) reason: ReversalReason,
}

impl Reversal {
    /// What becomes of the contribution of this id and act once it is awarded, if it doesn't stay so. Drawn
    /// beside all other draws. What higher levels vouch for stands on notice first, and a mediation's award
    /// falls with its settlement: they are left to their own stories.
    pub(crate) fn draw(seed: u64, contribution: Ulid, act: &str) -> Option<Self> {
        if !act::by_the_grid(act) {
            return None;
        }
        let mut chance = Chance::named(seed, &format!("taken back {contribution}"));
        if chance.below(10_000) >= TAKEN_BACK {
            return None;
        }
        let (least, most) = DAYS_LATER;
        let later = chance.between(least, most).saturating_mul(MINUTES_A_DAY);
        Some(Self { later, reason: *chance.pick(&REASONS)? })
    }
}
