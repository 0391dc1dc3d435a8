//! Areas: district, sub-district, community, grid and micro-grid, one inside the other.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::alert::{self, Alert, Withdrawal};
use crate::id::AreaId;
use crate::text::Bilingual;
use crate::time::Timestamp;
use crate::{Decision, Noun, Refusal, State};

/// The five levels, smallest first, so that a higher level compares as greater.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub enum Level {
    /// A building or a stairwell (微网格).
    MicroGrid,
    /// A grid (网格).
    Grid,
    /// A community (社区).
    Community,
    /// A sub-district (街道).
    SubDistrict,
    /// A district (区).
    District,
}

impl Level {
    /// The level that an area of this level lies in; a district lies in none.
    #[must_use]
    pub const fn above(self) -> Option<Self> {
        match self {
            Self::MicroGrid => Some(Self::Grid),
            Self::Grid => Some(Self::Community),
            Self::Community => Some(Self::SubDistrict),
            Self::SubDistrict => Some(Self::District),
            Self::District => None,
        }
    }
}

/// What a grid is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum GridKind {
    /// Where people live (综合网格).
    Comprehensive,
    /// An institution, a mall, an office, a school (专属网格); no resident households.
    Dedicated,
}

/// An area as it was founded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Area {
    /// Its id.
    pub area: AreaId,
    /// Its level.
    pub level: Level,
    /// For a grid, its kind; for any other level, none.
    pub grid_kind: Option<GridKind>,
    /// The area it lies in; none for the district alone.
    pub parent: Option<AreaId>,
    /// What people call it.
    pub name: Bilingual,
}

/// What can be wished of areas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Found an area.
    Found(Area),
    /// Declare a weather alert for one.
    Declare(Alert),
    /// End one before its time.
    Withdraw(Withdrawal),
}

/// What happened to areas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An area was founded.
    Founded(Area),
    /// A weather alert was declared for one.
    AlertDeclared(Alert),
    /// One was withdrawn: from then on it is none.
    AlertWithdrawn(Withdrawal),
}

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    match command {
        Command::Found(area) => found(state, area),
        Command::Declare(it) => alert::declare(state, it, now),
        Command::Withdraw(it) => alert::withdraw(state, it, now),
    }
}

fn found(state: &State, area: &Area) -> Result<Decision, Refusal> {
    state.areas.vacant(area.area, Noun::Area)?;
    let parent_level = match area.parent {
        Some(parent) => Some(state.area(parent)?.level),
        None => None,
    };
    if parent_level != area.level.above() {
        return Err(Refusal::WrongLevel { expected: area.level.above(), found: parent_level });
    }
    if area.grid_kind.is_some() != (area.level == Level::Grid) {
        return Err(Refusal::GridKindMisplaced);
    }
    if area.level == Level::District && !state.areas.is_empty() {
        return Err(Refusal::AlreadyExists(Noun::Area));
    }
    Ok(Decision::one(Event::Founded(area.clone())))
}

impl State {
    /// The area and all that it lies in, from itself up to the district.
    pub(crate) fn lineage(&self, area: AreaId) -> impl Iterator<Item = &Area> {
        std::iter::successors(self.areas.get(area), |area| self.areas.get(area.parent?))
    }

    /// Does `inner` lie in `outer`, or is it the same?
    #[must_use]
    pub fn lies_in(&self, inner: AreaId, outer: AreaId) -> bool {
        self.lineage(inner).any(|area| area.area == outer)
    }
}
