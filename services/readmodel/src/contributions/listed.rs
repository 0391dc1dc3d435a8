//! The public list of what was awarded in a stretch of time: questions of many cases by when they were
//! awarded.

use linli_domain::Position;
use linli_domain::id::AreaId;
use linli_domain::quantity::{Merit, Points};
use linli_domain::time::{Interval, Timestamp};

use super::Case;
use crate::cell::Cell as _;
use crate::error::{ReadError, RowError};
use crate::page::{Page, fetch};
use crate::projection::Projection;
use crate::reader::Reader;
use crate::table::cell;

/// A place in a list of awards: when it was awarded, and the record of the award.
pub type AwardCursor = (Timestamp, Position);

/// What was awarded in a grid in a stretch of time, all that was taken back since included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AwardSum {
    /// Where.
    pub grid: AreaId,
    /// How many awards.
    pub awards: u32,
    /// How many of them are taken back.
    pub reversed: u32,
    /// The minutes credited, service and honour. More than one person's life has.
    pub minutes: i64,
    /// The merit credited.
    pub merit: Merit,
    /// The points issued.
    pub points: Points,
}

impl Reader {
    /// What was awarded in some grids in a stretch of time, in the order of its records, after one of
    /// them; what was taken back since is among them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn awarded(
        &self,
        grids: &[AreaId],
        during: Interval,
        after: Option<AwardCursor>,
        limit: u32,
    ) -> Result<Page<Case, AwardCursor>, ReadError> {
        let grids: Vec<_> = grids.iter().map(AreaId::wire).collect();
        // No case has a category that wasn't awarded. The first bound is the cursor's, so that a late
        // page is found as fast as the first.
        let rest = "AND category IS NOT NULL AND grid = ANY($2) AND decided_at_us >= $3 \
                    AND decided_at_us < $4 AND decided_position > $5 \
                    ORDER BY decided_at_us, decided_position LIMIT $6";
        let (from, position) = after.unwrap_or((during.start(), Position::START));
        let (from, until) = (from.max(during.start()).wire(), during.end().wire());
        let (position, fetch) = (position.wire(), fetch(limit));
        let rows = self.select(rest, &[&grids, &from, &until, &position, &fetch]).await?;
        Ok(Page::cut(rows, limit, |case: &Case| {
            (case.decided_at.unwrap_or_default(), case.decided_position.unwrap_or_default())
        }))
    }

    /// What was awarded in a stretch of time, grid by grid, in the order of the grids' ids. Reads every
    /// case of it: a second for some millions.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn award_sums(&self, during: Interval) -> Result<Vec<AwardSum>, ReadError> {
        let (client, schema) = self.session(Projection::Contributions).await?;
        let text = format!(
            "SELECT grid, count(*), count(*) FILTER (WHERE status = 'reversed'), \
             sum(minutes)::bigint, sum(merit_hundredths)::bigint, sum(points_hundredths)::bigint \
             FROM {schema}.contribution WHERE district = $1 AND category IS NOT NULL \
             AND decided_at_us >= $2 AND decided_at_us < $3 GROUP BY grid ORDER BY grid"
        );
        let statement = client.prepare_cached(&text).await?;
        let (from, until) = (during.start().wire(), during.end().wire());
        let district = self.district().as_str();
        let rows = client.query(&statement, &[&district, &from, &until]).await?;
        let of_row = |row: &tokio_postgres::Row| {
            let at = &mut 0;
            Ok(AwardSum {
                grid: cell(row, at, "grid")?,
                awards: cell(row, at, "awards")?,
                reversed: cell(row, at, "reversed")?,
                minutes: cell(row, at, "minutes")?,
                merit: cell(row, at, "merit")?,
                points: cell(row, at, "points")?,
            })
        };
        rows.iter().map(of_row).collect::<Result<_, RowError>>().map_err(ReadError::Row)
    }
}
