//! What is asked of a ranking, and what it answers.

use linli_domain::Position;
use linli_domain::id::{AreaId, ResidentId};
use linli_domain::quantity::Merit;
use linli_domain::rules::{Season, Ties};
use linli_domain::time::Period;

/// The stretch of time that a ranking counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stretch {
    /// One of [`WINDOWS`](super::WINDOWS); any other is empty.
    Period(Period),
    /// A season of the rules.
    Season(Season),
}

impl From<Period> for Stretch {
    fn from(period: Period) -> Self {
        Self::Period(period)
    }
}

/// Which ranking: of an area, over a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Board {
    /// A grid or anything above it.
    pub area: AreaId,
    /// Over which stretch of time.
    pub stretch: Stretch,
    /// How ties are ranked.
    pub ties: Ties,
}

/// A resident on a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The rank, from 1; shared or not by [`Ties`].
    pub rank: u64,
    /// Who.
    pub resident: ResidentId,
    /// The merit on this board.
    pub merit: Merit,
    /// The record that brought it there.
    pub reached: Position,
}

/// A place on a board, between two pages. People are in the order of merit; of those with the
/// same merit, whoever reached it first comes first. Whoever moves past the place between two
/// pages is seen twice or not at all, as on any living list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankCursor {
    /// The merit of the last one seen,
    pub merit: Merit,
    /// the record that brought it there,
    pub reached: Position,
    /// and who it is.
    pub resident: ResidentId,
}

impl Ranked {
    /// The place after this one.
    #[must_use]
    pub const fn cursor(&self) -> RankCursor {
        RankCursor { merit: self.merit, reached: self.reached, resident: self.resident }
    }
}
