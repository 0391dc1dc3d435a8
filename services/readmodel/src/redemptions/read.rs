//! Queries of redemptions.

use std::collections::HashMap;

use linli_domain::Position;
use linli_domain::id::{LotId, RedemptionId, ResidentId, StationId};
use linli_domain::time::Timestamp;
use tokio_postgres::types::ToSql;

use super::{LeftLine, LineItem, LotUsed, Redemption, ReturnedLine};
use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;

/// A redemption with all that stands on its slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The redemption.
    pub redemption: Redemption,
    /// What was redeemed.
    pub lines: Vec<LineItem>,
    /// The lots that paid, soonest expiry first.
    pub lots: Vec<LotUsed>,
    /// What was not handed out.
    pub left: Vec<LeftLine>,
    /// What has come back.
    pub returned: Vec<ReturnedLine>,
}

impl Reader {
    /// One redemption.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn redemption(&self, id: RedemptionId) -> Result<Option<Slip>, ReadError> {
        let redemption = self.select_first("AND redemption = $2", &[&id.wire()]).await?;
        let Some(redemption) = redemption else { return Ok(None) };
        let rest = "AND redemption = $2 ORDER BY ordinal";
        let lines = self.select(rest, &[&id.wire()]).await?;
        let lots = self.select(rest, &[&id.wire()]).await?;
        let left = self.select("AND redemption = $2 ORDER BY item", &[&id.wire()]).await?;
        let back = "AND redemption = $2 ORDER BY position, item";
        let returned = self.select(back, &[&id.wire()]).await?;
        Ok(Some(Slip { redemption, lines, lots, left, returned }))
    }

    /// What a lot paid for, in the order of the redemptions' ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn lot_spent(&self, lot: LotId) -> Result<Vec<LotUsed>, ReadError> {
        self.select("AND lot = $2 ORDER BY redemption, ordinal", &[&lot.wire()]).await
    }

    /// A resident's redemptions, newest first, before one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn redemptions_of(
        &self,
        resident: ResidentId,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Redemption, Position>, ReadError> {
        let rest = "AND resident = $2 AND position < $3 ORDER BY position DESC LIMIT $4";
        let before = before.unwrap_or(Position(u64::MAX));
        let rows = self.select(rest, &[&resident.wire(), &before.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Redemption| row.position))
    }

    /// A station's redemptions, newest first, before one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn redemptions_at(
        &self,
        station: StationId,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Redemption, Position>, ReadError> {
        let rest = "AND station = $2 AND position < $3 ORDER BY position DESC LIMIT $4";
        let before = before.unwrap_or(Position(u64::MAX));
        let rows = self.select(rest, &[&station.wire(), &before.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Redemption| row.position))
    }

    /// A station's redemptions that were reserved or sold in a stretch of time, newest first, before one
    /// of them, with all that stands on their slips.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn slips_in(
        &self,
        station: StationId,
        (from, until): (Timestamp, Timestamp),
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Slip, Position>, ReadError> {
        let rest = "AND station = $2 AND recorded_at_us >= $3 AND recorded_at_us < $4 \
                    AND position < $5 ORDER BY position DESC LIMIT $6";
        let before = before.unwrap_or(Position(u64::MAX));
        let (station, from, until) = (station.wire(), from.wire(), until.wire());
        let asked: [&(dyn ToSql + Sync); 5] =
            [&station, &from, &until, &before.wire(), &fetch(limit)];
        let rows = self.select(rest, &asked).await?;
        let Page { rows, next } = Page::cut(rows, limit, |row: &Redemption| row.position);
        Ok(Page { rows: self.with_slips(rows).await?, next })
    }

    /// The redemptions that are reserved at a station and wait to be handed out, oldest first,
    /// after one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn open_redemptions_at(
        &self,
        station: StationId,
        after: Option<Position>,
        limit: u32,
    ) -> Result<Page<Redemption, Position>, ReadError> {
        let rest = "AND status = 'reserved' AND station = $2 AND position > $3 \
                    ORDER BY position LIMIT $4";
        let after = after.unwrap_or(Position::START);
        let rows = self.select(rest, &[&station.wire(), &after.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Redemption| row.position))
    }

    /// The same with all that stands on their slips, which one question more for each kind of
    /// line tells, however many slips there are.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn open_slips_at(
        &self,
        station: StationId,
        after: Option<Position>,
        limit: u32,
    ) -> Result<Page<Slip, Position>, ReadError> {
        let Page { rows, next } = self.open_redemptions_at(station, after, limit).await?;
        Ok(Page { rows: self.with_slips(rows).await?, next })
    }

    /// Redemptions with all that stands on their slips.
    async fn with_slips(&self, rows: Vec<Redemption>) -> Result<Vec<Slip>, ReadError> {
        let of: Vec<_> = rows.iter().map(|row| row.redemption.wire()).collect();
        let rest = "AND redemption = ANY($2) ORDER BY redemption, ordinal";
        let mut lines: HashMap<RedemptionId, Vec<LineItem>> = HashMap::new();
        for line in self.select::<LineItem>(rest, &[&of]).await? {
            lines.entry(line.redemption).or_default().push(line);
        }
        let mut lots: HashMap<RedemptionId, Vec<LotUsed>> = HashMap::new();
        for lot in self.select::<LotUsed>(rest, &[&of]).await? {
            lots.entry(lot.redemption).or_default().push(lot);
        }
        let rest = "AND redemption = ANY($2) ORDER BY redemption, item";
        let mut left: HashMap<RedemptionId, Vec<LeftLine>> = HashMap::new();
        for line in self.select::<LeftLine>(rest, &[&of]).await? {
            left.entry(line.redemption).or_default().push(line);
        }
        let rest = "AND redemption = ANY($2) ORDER BY redemption, position, item";
        let mut returned: HashMap<RedemptionId, Vec<ReturnedLine>> = HashMap::new();
        for line in self.select::<ReturnedLine>(rest, &[&of]).await? {
            returned.entry(line.redemption).or_default().push(line);
        }
        let rows = rows.into_iter().map(|redemption| Slip {
            lines: lines.remove(&redemption.redemption).unwrap_or_default(),
            lots: lots.remove(&redemption.redemption).unwrap_or_default(),
            left: left.remove(&redemption.redemption).unwrap_or_default(),
            returned: returned.remove(&redemption.redemption).unwrap_or_default(),
            redemption,
        });
        Ok(rows.collect())
    }
}
