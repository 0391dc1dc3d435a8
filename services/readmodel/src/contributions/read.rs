//! Queries of contributions.

use linli_domain::Position;
use linli_domain::id::{AreaId, ContributionId, ResidentId};

use super::{Case, Verification};
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
        Ok(Some(CaseFile { case, verifications }))
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
}
