//! Whole boards, for whoever keeps them in memory.

use futures::{Stream, StreamExt as _};
use linli_domain::Position;
use linli_domain::id::{AreaId, ResidentId};
use linli_domain::quantity::Merit;
use linli_domain::resident::Pseudonym;
use linli_domain::time::Period;
use postgres_types::ToSql;

use super::stored;
use crate::cell::Cell as _;
use crate::error::{ReadError, RowError};
use crate::projection::Projection;
use crate::snapshot::Snapshot;
use crate::table::cell;

/// What a resident holds on a board, shown or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Who.
    pub resident: ResidentId,
    /// The merit on this board.
    pub merit: Merit,
    /// The record that brought it there.
    pub reached: Position,
    /// Does the resident wish to be shown?
    pub shown: bool,
}

impl Snapshot {
    /// What everybody holds on the board of these grids in this period, each resident once, in no
    /// order.
    ///
    /// # Errors
    ///
    /// [`ReadError`] at the beginning, and again for each row that can't be read.
    pub async fn held(
        &self,
        grids: &[AreaId],
        period: Period,
    ) -> Result<impl Stream<Item = Result<Held, ReadError>> + Send + use<>, ReadError> {
        let schema = self.schema(Projection::Rankings)?;
        let text = format!(
            "WITH score AS (\
               SELECT resident, sum(merit_hundredths)::bigint AS merit, max(reached) AS reached \
               FROM {schema}.score WHERE district = $1 AND period_window = $2 AND period = ANY($3) \
                 AND grid = ANY($4) GROUP BY resident\
             ) SELECT s.resident, s.merit, s.reached, coalesce(m.shown, false) FROM score s \
             LEFT JOIN {schema}.member m ON m.district = $1 AND m.resident = s.resident"
        );
        let district = self.district().as_str();
        let grids: Vec<_> = grids.iter().map(AreaId::wire).collect();
        let (window, periods) = stored(period);
        let window = window.wire();
        let parameters: [&(dyn ToSql + Sync); 4] = [&district, &window, &periods, &grids];
        let rows = self.client()?.query_raw(&text, parameters).await?;
        Ok(rows.map(|row| held(&row?).map_err(ReadError::Row)))
    }

    /// Everybody who wishes to be shown, in no order.
    ///
    /// # Errors
    ///
    /// [`ReadError`] at the beginning, and again for each row that can't be read.
    pub async fn shown(
        &self,
    ) -> Result<impl Stream<Item = Result<ResidentId, ReadError>> + Send + use<>, ReadError> {
        let schema = self.schema(Projection::Rankings)?;
        let text = format!("SELECT resident FROM {schema}.member WHERE district = $1 AND shown");
        let rows = self.client()?.query_raw(&text, [self.district().as_str()]).await?;
        Ok(rows.map(|row| cell(&row?, &mut 0, "resident").map_err(ReadError::Row)))
    }

    /// Everybody who is called something where rankings are read, in no order.
    ///
    /// # Errors
    ///
    /// [`ReadError`] at the beginning, and again for each row that can't be read.
    pub async fn called(
        &self,
    ) -> Result<
        impl Stream<Item = Result<(ResidentId, Pseudonym), ReadError>> + Send + use<>,
        ReadError,
    > {
        let schema = self.schema(Projection::Directory)?;
        let text = format!(
            "SELECT resident, pseudonym FROM {schema}.resident \
             WHERE district = $1 AND pseudonym IS NOT NULL"
        );
        let rows = self.client()?.query_raw(&text, [self.district().as_str()]).await?;
        Ok(rows.map(|row| called(&row?).map_err(ReadError::Row)))
    }
}

fn called(row: &tokio_postgres::Row) -> Result<(ResidentId, Pseudonym), RowError> {
    let at = &mut 0;
    Ok((cell(row, at, "resident")?, cell(row, at, "pseudonym")?))
}

fn held(row: &tokio_postgres::Row) -> Result<Held, RowError> {
    let at = &mut 0;
    Ok(Held {
        resident: cell(row, at, "resident")?,
        merit: cell(row, at, "merit")?,
        reached: cell(row, at, "reached")?,
        shown: cell(row, at, "shown")?,
    })
}
