//! Queries of contributions.

use linli_domain::Position;
use linli_domain::calendar::Day;
use linli_domain::id::{AreaId, ContributionId, ResidentId};

use super::{Attached, Case, Inspection, Sampled, Verification};
use crate::balances::LineCursor;
use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;

/// A contribution with all that officers said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// The case.
    pub case: Case,
    /// Who verified it, in order.
    pub verifications: Vec<Verification>,
    /// What was attached after the claim, in order.
    pub attached: Vec<Attached>,
}

impl Reader {
    /// One contribution.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn contribution(&self, id: ContributionId) -> Result<Option<CaseFile>, ReadError> {
        let case = self.select_first("AND contribution = $2", &[&id.wire()]).await?;
        let Some(case) = case else { return Ok(None) };
        let rest = "AND contribution = $2 ORDER BY position";
        let verifications = self.select(rest, &[&id.wire()]).await?;
        let attached = self.select(rest, &[&id.wire()]).await?;
        Ok(Some(CaseFile { case, verifications, attached }))
    }

    /// A resident's contributions, newest submission first, before one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn contributions_of(
        &self,
        resident: ResidentId,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Case, Position>, ReadError> {
        let rest = "AND resident = $2 AND submitted_position < $3 \
                    ORDER BY submitted_position DESC LIMIT $4";
        let before = before.unwrap_or(Position(u64::MAX));
        let rows = self.select(rest, &[&resident.wire(), &before.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |case: &Case| case.submitted_position))
    }

    /// The contributions that wait for verification in an area, oldest submission first, after
    /// one of them. Empty for an area that isn't there or is smaller than a grid.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn queue(
        &self,
        area: AreaId,
        after: Option<Position>,
        limit: u32,
    ) -> Result<Page<Case, Position>, ReadError> {
        let grids: Vec<_> = self.grids_in(area).await?.iter().map(AreaId::wire).collect();
        let rest = "AND status = 'pending' AND grid = ANY($2) AND submitted_position > $3 \
                    ORDER BY submitted_position LIMIT $4";
        let after = after.unwrap_or(Position::START);
        let rows = self.select(rest, &[&grids, &after.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |case: &Case| case.submitted_position))
    }
    /// What was drawn in an area and nobody has looked at again yet, in the order in which it was
    /// drawn, after one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn to_inspect(
        &self,
        area: AreaId,
        after: Option<LineCursor>,
        limit: u32,
    ) -> Result<Page<Inspection, LineCursor>, ReadError> {
        let grids: Vec<_> = self.grids_in(area).await?.iter().map(AreaId::wire).collect();
        let rest = "AND outcome IS NULL AND grid = ANY($2) AND (drawn_position, ordinal) > ($3, $4) \
                    ORDER BY drawn_position, ordinal LIMIT $5";
        let start = LineCursor { position: Position::START, ordinal: 0 };
        let LineCursor { position, ordinal } = after.unwrap_or(start);
        let (position, ordinal, fetch) = (position.wire(), ordinal.wire(), fetch(limit));
        let rows = self.select(rest, &[&grids, &position, &ordinal, &fetch]).await?;
        let cursor =
            |row: &Inspection| LineCursor { position: row.drawn_position, ordinal: row.ordinal };
        Ok(Page::cut(rows, limit, cursor))
    }

    /// A day's sample, with what was drawn in the order in which it was; none if there was none.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn sample(&self, day: Day) -> Result<Option<(Sampled, Vec<Inspection>)>, ReadError> {
        let sampled = self.select_first("AND day = $2", &[&day.wire()]).await?;
        let Some(sampled) = sampled else { return Ok(None) };
        let drawn = self.select("AND day = $2 ORDER BY ordinal", &[&day.wire()]).await?;
        Ok(Some((sampled, drawn)))
    }

    /// What was found of a contribution that was drawn; none if it never was.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn inspection(&self, id: ContributionId) -> Result<Option<Inspection>, ReadError> {
        self.select_first("AND contribution = $2", &[&id.wire()]).await
    }
}
