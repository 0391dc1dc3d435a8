//! Awards: what a verified contribution gives, and the explanation line by line.

mod assess;
mod line;

pub(crate) use assess::{Assessment, assess};
pub use line::Line;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::contribution::Grade;
use crate::id::{AreaId, ContributionId, PoolId, ResidentId};
use crate::quantity::{Merit, Minutes, Points};
use crate::rules::{Category, RuleVersion};
use crate::text::ActCode;
use crate::time::{Interval, Timestamp};

/// How minutes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum MinutesKind {
    /// Service minutes (信用时数): stars are given for them.
    Service,
    /// Honour minutes (荣誉时数): entered afterwards, shown apart.
    Honour,
}

/// Points that were put into a wallet, and until when they live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Issue {
    /// The pool they were drawn from.
    pub pool: PoolId,
    /// How many; above zero.
    pub points: Points,
    /// When the lot lapses.
    pub expires_at: Timestamp,
}

/// What a contribution gave.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Award {
    /// The contribution, and the name of the lot.
    pub contribution: ContributionId,
    /// Who is awarded.
    pub resident: ResidentId,
    /// The grid where it was done.
    pub grid: AreaId,
    /// The act.
    pub act: ActCode,
    /// What it counts as.
    pub category: Category,
    /// When it was done.
    pub happened: Interval,
    /// The grade of its evidence.
    pub grade: Grade,
    /// The rule set that made it.
    pub rules: RuleVersion,
    /// The minutes credited.
    pub minutes: Minutes,
    /// How they are shown.
    pub minutes_kind: MinutesKind,
    /// The merit credited.
    pub merit: Merit,
    /// The points issued, if any.
    pub issue: Option<Issue>,
    /// What of it counts against caps: so many minutes,
    pub counted_minutes: Minutes,
    /// and so many base points.
    pub counted_points: Points,
    /// What of the points repaid what was owed: at most a part of them, by the rules.
    pub repaid: Vec<Repayment>,
    /// How it came about, step by step.
    pub lines: Vec<Line>,
}

/// A part of an award that repaid what was owed for a reversed contribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Repayment {
    /// The contribution whose spent points are owed.
    pub debt: ContributionId,
    /// The pool that it went back to.
    pub pool: PoolId,
    /// How much; above zero.
    pub points: Points,
}

impl Award {
    /// The points issued.
    #[must_use]
    pub fn points(&self) -> Points {
        self.issue.map_or(Points::ZERO, |issue| issue.points)
    }

    /// What came into the wallet: the points issued, less what of them repaid what was owed. `None`
    /// past the range.
    #[must_use]
    pub fn kept(&self) -> Option<Points> {
        self.repaid.iter().try_fold(self.points(), |left, part| left.minus(part.points))
    }
}
