//! Queries of notices and appeals.

use linli_domain::Position;
use linli_domain::id::{AreaId, ContributionId, OfficerId};
use linli_domain::notice::Hearing;

use super::{Notice, Objection, Seat};
use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;

/// The hearings of one contribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hearings {
    /// Its appeal, then its notice, as far as there are such.
    pub notices: Vec<Notice>,
    /// What was said against it, in order.
    pub objections: Vec<Objection>,
    /// Who sits on its panels.
    pub seats: Vec<Seat>,
}

impl Reader {
    /// What stands on notice or before a panel in some grids, newest first, before one of them; with
    /// what is over, if `all`.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn notices(
        &self,
        grids: &[AreaId],
        all: bool,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Notice, Position>, ReadError> {
        let grids: Vec<_> = grids.iter().map(AreaId::wire).collect();
        let rest = "AND grid = ANY($2) AND position < $3 AND ($4 OR ended_position IS NULL) \
                    ORDER BY position DESC LIMIT $5";
        let before = before.unwrap_or(Position(u64::MAX));
        let (before, fetch) = (before.wire(), fetch(limit));
        let rows = self.select(rest, &[&grids, &before, &all, &fetch]).await?;
        Ok(Page::cut(rows, limit, |row: &Notice| row.position))
    }

    /// The notice and the appeal of a contribution.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn hearings(&self, id: ContributionId) -> Result<Hearings, ReadError> {
        let notices = self.select("AND contribution = $2 ORDER BY position", &[&id.wire()]).await?;
        let rest = "AND contribution = $2 ORDER BY position";
        let objections = self.select(rest, &[&id.wire()]).await?;
        let rest = "AND contribution = $2 ORDER BY hearing, seat";
        let seats = self.select(rest, &[&id.wire()]).await?;
        Ok(Hearings { notices, objections, seats })
    }

    /// The panels that wait for an officer's vote, in the order of contributions.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn votes_wanted(&self, officer: OfficerId) -> Result<Vec<Notice>, ReadError> {
        let rest = "AND officer = $2 AND vote IS NULL ORDER BY contribution";
        let seats: Vec<Seat> = self.select(rest, &[&officer.wire()]).await?;
        let ids: Vec<_> = seats.iter().map(|seat| seat.contribution.wire()).collect();
        let rest = "AND contribution = ANY($2) AND stage = 'contested' ORDER BY contribution";
        let notices: Vec<Notice> = self.select(rest, &[&ids]).await?;
        let sits = |hearing: Hearing, id: ContributionId| {
            seats.iter().any(|seat| seat.contribution == id && seat.hearing == hearing)
        };
        Ok(notices.into_iter().filter(|row| sits(row.hearing, row.contribution)).collect())
    }
}
