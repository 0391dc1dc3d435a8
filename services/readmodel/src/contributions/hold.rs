//! What stands in the table of claims that checks of conduct hold, and its queries.

use linli_domain::Position;
use linli_domain::id::{AreaId, ContributionId, OfficerId, ResidentId};
use linli_domain::time::Timestamp;

use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;
use crate::table::table;

/// What somebody said who looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReviewVerdict {
    /// There was nothing in it.
    Released,
    /// It was rejected.
    Rejected,
}

table! {
    /// A claim that is held, or was. Why stands in the record.
    Hold in Contributions "hold" {
        /// Which contribution.
        Key contribution: ContributionId = "contribution",
        /// Whose.
        Fix resident: ResidentId = "resident",
        /// Where it was done.
        Fix grid: AreaId = "grid",
        /// The record, with its signs.
        Set position: Position = "position",
        /// Since when.
        Set held_at: Timestamp = "held_at_us",
        /// How many signs there are.
        Set signs: u16 = "signs",
        /// What somebody said who looked.
        Set verdict: Option<ReviewVerdict> = "verdict",
        /// Who.
        Set reviewed_by: Option<OfficerId> = "reviewed_by",
        /// The record.
        Set reviewed_position: Option<Position> = "reviewed_position",
        /// When.
        Set reviewed_at: Option<Timestamp> = "reviewed_at_us",
    }
}

table! {
    /// A review: a change to [`Hold`].
    Reviewing in Contributions "hold" {
        /// Of which contribution.
        Key contribution: ContributionId = "contribution",
        /// What was said.
        Set verdict: Option<ReviewVerdict> = "verdict",
        /// By whom.
        Set reviewed_by: Option<OfficerId> = "reviewed_by",
        /// The record.
        Set reviewed_position: Option<Position> = "reviewed_position",
        /// When.
        Set reviewed_at: Option<Timestamp> = "reviewed_at_us",
    }
}

impl Reader {
    /// What is held in some grids, oldest first, after one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn holds(
        &self,
        area: AreaId,
        after: Option<Position>,
        limit: u32,
    ) -> Result<Page<Hold, Position>, ReadError> {
        let grids: Vec<_> = self.grids_in(area).await?.iter().map(AreaId::wire).collect();
        let rest = "AND verdict IS NULL AND grid = ANY($2) AND position > $3 \
                    ORDER BY position LIMIT $4";
        let after = after.unwrap_or(Position::START);
        let rows = self.select(rest, &[&grids, &after.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Hold| row.position))
    }

    /// Whether a contribution is held, or was.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn hold(&self, id: ContributionId) -> Result<Option<Hold>, ReadError> {
        self.select_first("AND contribution = $2", &[&id.wire()]).await
    }
}
