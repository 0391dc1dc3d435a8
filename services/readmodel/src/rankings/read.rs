//! Queries of rankings.

use linli_domain::id::{AreaId, ResidentId};
use linli_domain::rules::Ties;
use linli_domain::time::Timestamp;
use postgres_types::ToSql;

use super::{Board, Calendar, RankCursor, Ranked, measured};
use crate::cell::Cell as _;
use crate::error::{ReadError, RowError};
use crate::page::{Page, fetch};
use crate::projection::Projection;
use crate::reader::Reader;
use crate::table::cell;

/// The most neighbours that are shown on either side.
pub const NEIGHBOURS_MAX: u16 = 50;

/// The rank by a figure, the highest first; `last` decides what nothing else does.
pub(super) fn rank_over(ties: Ties, figure: &str, last: &str) -> String {
    match ties {
        Ties::Competition => format!("rank() OVER (ORDER BY {figure} DESC)"),
        Ties::Dense => format!("dense_rank() OVER (ORDER BY {figure} DESC)"),
        Ties::EarlierFirst => {
            format!("row_number() OVER (ORDER BY {figure} DESC, reached, {last})")
        }
    }
}

/// `board`: everybody who is shown on the board of grids `$4` in the periods `$3` of window `$2`, with rank
/// and with `place`, which is unique.
fn board(schema: &str, ties: Ties) -> String {
    let rank = rank_over(ties, "merit", "resident");
    format!(
        "WITH score AS (\
           SELECT s.resident, sum(s.merit_hundredths)::bigint AS merit, max(s.reached) AS reached \
           FROM {schema}.score s \
           WHERE s.district = $1 AND s.period_window = $2 AND s.period = ANY($3) AND s.grid = ANY($4) \
             AND EXISTS (SELECT FROM {schema}.member m WHERE m.district = s.district \
                         AND m.resident = s.resident AND m.shown) \
           GROUP BY s.resident HAVING sum(s.merit_hundredths) > 0\
         ), board AS (\
           SELECT {rank} AS rank, resident, merit, reached, \
             row_number() OVER (ORDER BY merit DESC, reached, resident) AS place FROM score\
         ) "
    )
}

impl Reader {
    /// A board from the top, or from after a place.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn ranking(
        &self,
        board: Board,
        after: Option<RankCursor>,
        limit: u32,
    ) -> Result<Page<Ranked, RankCursor>, ReadError> {
        let rest = "SELECT rank, resident, merit, reached FROM board \
                    WHERE $5::bigint IS NULL OR (-merit, reached, resident) > (-$5, $6, $7) \
                    ORDER BY place LIMIT $8";
        let merit = after.map(|after| after.merit).wire();
        let reached = after.map(|after| after.reached).wire();
        let resident = after.map(|after| after.resident).wire();
        let rows = self.on(board, rest, &[&merit, &reached, &resident, &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, Ranked::cursor))
    }

    /// A resident's place on a board; none without merit there or without the wish to be shown.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn rank_of(
        &self,
        board: Board,
        resident: ResidentId,
    ) -> Result<Option<Ranked>, ReadError> {
        let rest = "SELECT rank, resident, merit, reached FROM board WHERE resident = $5";
        Ok(self.on(board, rest, &[&resident.wire()]).await?.into_iter().next())
    }

    /// A resident and up to so many ([`NEIGHBOURS_MAX`] at the most) just above and just below,
    /// in the order of the board; empty if the resident isn't on it.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn neighbours(
        &self,
        board: Board,
        resident: ResidentId,
        each_side: u16,
    ) -> Result<Vec<Ranked>, ReadError> {
        // The place is a subquery of its own: joined, the board would be held against itself.
        let rest = "SELECT rank, resident, merit, reached FROM board, \
                    (VALUES ((SELECT place FROM board WHERE resident = $5))) AS mine(place) \
                    WHERE board.place BETWEEN mine.place - $6 AND mine.place + $6 \
                    ORDER BY board.place";
        let each_side = i64::from(each_side.min(NEIGHBOURS_MAX));
        self.on(board, rest, &[&resident.wire(), &each_side]).await
    }

    /// What the rules in force at `at` say of rankings: the clock on the wall, which says which
    /// week or month it is, ties and seasons; none before there are rules.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn calendar_at(&self, at: Timestamp) -> Result<Option<Calendar>, ReadError> {
        let rest = "AND effective_from_us <= $2 ORDER BY version DESC LIMIT 1";
        self.select_first(rest, &[&at.wire()]).await
    }

    /// Asks `rest` of a board; its parameters start at `$5`.
    async fn on(
        &self,
        of: Board,
        rest: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Ranked>, ReadError> {
        let grids: Vec<_> = self.grids_in(of.area).await?.iter().map(AreaId::wire).collect();
        let (client, schema) = self.session(Projection::Rankings).await?;
        let text = format!("{}{rest}", board(&schema, of.ties));
        let statement = client.prepare_cached(&text).await?;
        let district = self.district().as_str();
        let (window, periods) = measured(of.stretch);
        let window = window.wire();
        let mut all: Vec<&(dyn ToSql + Sync)> = vec![&district, &window, &periods, &grids];
        all.extend_from_slice(parameters);
        let rows = client.query(&statement, &all).await?;
        rows.iter().map(ranked).collect::<Result<_, _>>().map_err(ReadError::Row)
    }
}

fn ranked(row: &tokio_postgres::Row) -> Result<Ranked, RowError> {
    let at = &mut 0;
    let rank: i64 = cell(row, at, "rank")?;
    Ok(Ranked {
        rank: u64::try_from(rank).map_err(|_| RowError::Value { column: "rank" })?,
        resident: cell(row, at, "resident")?,
        merit: cell(row, at, "merit")?,
        reached: cell(row, at, "reached")?,
    })
}
