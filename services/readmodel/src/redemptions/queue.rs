//! Who waits for goods: the rows, and what is asked of them.

use linli_domain::Position;
use linli_domain::booking::Unfit;
use linli_domain::id::{ItemId, RedemptionId, ResidentId, StationId};
use linli_domain::queue::Status;
use linli_domain::time::Timestamp;

use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;
use crate::table::table;

table! {
    /// A wait for goods.
    Wait in Redemptions "wait" {
        /// The id that the redemption will have.
        Key redemption: RedemptionId = "redemption",
        /// Who waits.
        Fix resident: ResidentId = "resident",
        /// At which station.
        Fix station: StationId = "station",
        /// For which item.
        Fix item: ItemId = "item",
        /// How many of it.
        Fix quantity: u32 = "quantity",
        /// The record that put it on the list: the order of the list.
        Fix position: Position = "position",
        /// When that was recorded.
        Fix recorded_at: Timestamp = "recorded_at_us",
        /// How far it has come.
        Set status: Status = "status",
        /// The record that took it off the list.
        Set ended_position: Option<Position> = "ended_position",
        /// When that was.
        Set ended_at: Option<Timestamp> = "ended_at_us",
        /// Why the resident was passed over.
        Set unfit: Option<Unfit> = "unfit",
        /// Did the station take it off the list?
        Set by_station: bool = "by_station",
    }
}

table! {
    /// The end of a wait: a change to [`Wait`].
    WaitEnd in Redemptions "wait" {
        /// Of which.
        Key redemption: RedemptionId = "redemption",
        /// How it ended.
        Set status: Status = "status",
        /// The record.
        Set ended_position: Option<Position> = "ended_position",
        /// When.
        Set ended_at: Option<Timestamp> = "ended_at_us",
        /// Why the resident was passed over.
        Set unfit: Option<Unfit> = "unfit",
        /// Did the station take it off the list?
        Set by_station: bool = "by_station",
    }
}

impl Wait {
    /// Puts in how it ended.
    pub fn end(&mut self, it: WaitEnd) {
        let WaitEnd { redemption: _, status, ended_position, ended_at, unfit, by_station } = it;
        (self.status, self.ended_position, self.ended_at) = (status, ended_position, ended_at);
        (self.unfit, self.by_station) = (unfit, by_station);
    }
}

impl Reader {
    /// One wait.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn wait(&self, redemption: RedemptionId) -> Result<Option<Wait>, ReadError> {
        self.select_first("AND redemption = $2", &[&redemption.wire()]).await
    }

    /// Who waits on these lists, in the order of arrival. Each is bounded by the core.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn queues(&self, lists: &[(StationId, ItemId)]) -> Result<Vec<Wait>, ReadError> {
        let (stations, items): (Vec<_>, Vec<_>) =
            lists.iter().map(|(station, item)| (station.wire(), item.wire())).unzip();
        let rest = "AND status = 'waiting' AND (station, item) IN \
                    (SELECT * FROM unnest($2::uuid[], $3::uuid[])) ORDER BY position";
        self.select(rest, &[&stations, &items]).await
    }

    /// Who waits at a station for anything, in the order of arrival, after one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn waiting_at(
        &self,
        station: StationId,
        after: Option<Position>,
        limit: u32,
    ) -> Result<Page<Wait, Position>, ReadError> {
        let rest = "AND station = $2 AND status = 'waiting' AND position > $3 \
                    ORDER BY position LIMIT $4";
        let after = after.unwrap_or(Position::START);
        let rows = self.select(rest, &[&station.wire(), &after.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Wait| row.position))
    }

    /// What a resident waits for, and waited for, newest first, before one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn waits_of(
        &self,
        resident: ResidentId,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Wait, Position>, ReadError> {
        let rest = "AND resident = $2 AND position < $3 ORDER BY position DESC LIMIT $4";
        let before = before.unwrap_or(Position(u64::MAX));
        let rows = self.select(rest, &[&resident.wire(), &before.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Wait| row.position))
    }
}
