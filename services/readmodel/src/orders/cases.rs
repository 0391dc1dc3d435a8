//! Queries of mediation cases.

use linli_domain::Position;
use linli_domain::id::{AreaId, CaseId};
use linli_domain::mediation::Status;

use super::{Case, CaseParty, Mediator, Session, Sitting};
use crate::cell::{Cell as _, Uuid};
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;

/// All that is told of a case. The core bounds each list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// The case.
    pub case: Case,
    /// Its parties, in the order of their ids.
    pub parties: Vec<CaseParty>,
    /// Its table, in the order in which places were given.
    pub table: Vec<Mediator>,
    /// Its sessions, in the order in which they were entered.
    pub sessions: Vec<Session>,
    /// Who sat at which, in the order of the sessions.
    pub sittings: Vec<Sitting>,
}

impl Reader {
    /// A case with its parties, table and sessions.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn case_file(&self, id: CaseId) -> Result<Option<CaseFile>, ReadError> {
        let Some(case) = self.select_first("AND case_id = $2", &[&id.wire()]).await? else {
            return Ok(None);
        };
        let by_position = "AND case_id = $2 ORDER BY position";
        let by_resident = "AND case_id = $2 ORDER BY resident";
        let by_both = "AND case_id = $2 ORDER BY position, mediator";
        Ok(Some(CaseFile {
            case,
            parties: self.select(by_resident, &[&id.wire()]).await?,
            table: self.select(by_position, &[&id.wire()]).await?,
            sessions: self.select(by_position, &[&id.wire()]).await?,
            sittings: self.select(by_both, &[&id.wire()]).await?,
        }))
    }

    /// The cases of some grids, newest first, before one of them; those at one stage alone, if one is
    /// told.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn cases_in(
        &self,
        grids: &[AreaId],
        status: Option<Status>,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Case, Position>, ReadError> {
        let rest = "AND grid = ANY($2) AND position < $3 AND ($4::text IS NULL OR status = $4) \
                    ORDER BY position DESC LIMIT $5";
        let grids: Vec<Uuid> = grids.iter().map(|grid| grid.wire()).collect();
        let before = before.unwrap_or(Position(u64::MAX)).wire();
        let rows = self.select(rest, &[&grids, &before, &status.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Case| row.position))
    }
}
