//! Queries of hazards, orders, whistles and mutual aid.

use linli_domain::Position;
use linli_domain::area::Level;
use linli_domain::id::{AidId, AreaId, HazardId, OfficerId, OrderId, ResidentId, WhistleId};
use linli_domain::time::Timestamp;

use super::{Aid, Hazard, Order, Pause, Step, Whistle};
use crate::cell::{Cell as _, Uuid};
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;

/// A hazard, or an order, with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderFile {
    /// The report, if it began with one.
    pub hazard: Option<Hazard>,
    /// Later reports of the same hazard, in order.
    pub linked: Vec<Hazard>,
    /// The order, once there is one.
    pub order: Option<Order>,
    /// How it came there, step by step.
    pub steps: Vec<Step>,
}

/// Which open orders are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrdersOf {
    /// Those that stand with the officers of this area.
    pub unit: Option<AreaId>,
    /// Those at this level.
    pub level: Option<Level>,
    /// Those whose clock runs out before this, or has run out for good.
    pub due_before: Option<Timestamp>,
}

impl Reader {
    /// The open orders that are wanted, the most urgent first: those that are late for good, then by
    /// the clock. After one of them: its clock and its id.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn open_orders(
        &self,
        wanted: OrdersOf,
        after: Option<(Option<Timestamp>, OrderId)>,
        limit: u32,
    ) -> Result<Page<Order, (Option<Timestamp>, OrderId)>, ReadError> {
        let rest = "AND status <> 'checked' AND ($2::uuid IS NULL OR unit = $2) \
                    AND ($3::text IS NULL OR level = $3) \
                    AND ($4::bigint IS NULL OR coalesce(due_at_us, 0) < $4) \
                    AND ($5::bigint IS NULL OR (coalesce(due_at_us, 0), work_order) > ($5, $6)) \
                    ORDER BY coalesce(due_at_us, 0), work_order LIMIT $7";
        let OrdersOf { unit, level, due_before } = wanted;
        let (unit, level) = (unit.wire(), level.wire());
        let due = due_before.wire();
        let clock = after.map(|(due, _)| due.map_or(0, Timestamp::microseconds));
        let last = after.map_or(Uuid(0), |(_, order)| Uuid(order.number()));
        let limit_rows = fetch(limit);
        let rows = self.select(rest, &[&unit, &level, &due, &clock, &last, &limit_rows]).await?;
        Ok(Page::cut(rows, limit, |row: &Order| (row.due_at, row.order)))
    }

    /// A hazard's file, or an order's: they have one number.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn order_file(&self, number: u128) -> Result<Option<OrderFile>, ReadError> {
        let id = Uuid(number);
        let hazard: Option<Hazard> = self.select_first("AND hazard = $2", &[&id]).await?;
        let order: Option<Order> = self.select_first("AND work_order = $2", &[&id]).await?;
        if hazard.is_none() && order.is_none() {
            return Ok(None);
        }
        let linked = "AND merged_into = $2 ORDER BY reported_position";
        let linked = self.select(linked, &[&id]).await?;
        let steps = self.steps(number).await?;
        Ok(Some(OrderFile { hazard, linked, order, steps }))
    }

    /// The steps of a hazard and its order, or of a whistle.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn steps(&self, number: u128) -> Result<Vec<Step>, ReadError> {
        self.select("AND file = $2 ORDER BY position", &[&Uuid(number)]).await
    }

    /// The reports that wait for verification in one of these areas, oldest first, after one of
    /// them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn waiting_hazards(
        &self,
        areas: &[AreaId],
        after: Option<Position>,
        limit: u32,
    ) -> Result<Page<Hazard, Position>, ReadError> {
        let areas: Vec<_> = areas.iter().map(AreaId::wire).collect();
        let rest = "AND status = 'reported' AND area = ANY($2) AND reported_position > $3 \
                    ORDER BY reported_position LIMIT $4";
        let after = after.unwrap_or(Position::START);
        let rows = self.select(rest, &[&areas, &after.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Hazard| row.reported_position))
    }

    /// A resident's reports, newest first, before one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn hazards_of(
        &self,
        reporter: ResidentId,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Hazard, Position>, ReadError> {
        let rest = "AND reporter = $2 AND reported_position < $3 \
                    ORDER BY reported_position DESC LIMIT $4";
        let before = before.unwrap_or(Position(u64::MAX));
        let rows = self.select(rest, &[&reporter.wire(), &before.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Hazard| row.reported_position))
    }

    /// The last pause of a resident's reporting.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn pause_of(&self, resident: ResidentId) -> Result<Option<Pause>, ReadError> {
        self.select_first("AND resident = $2", &[&resident.wire()]).await
    }

    /// One hazard.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn hazard(&self, hazard: HazardId) -> Result<Option<Hazard>, ReadError> {
        self.select_first("AND hazard = $2", &[&hazard.wire()]).await
    }

    /// One whistle.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn whistle(&self, whistle: WhistleId) -> Result<Option<Whistle>, ReadError> {
        self.select_first("AND whistle = $2", &[&whistle.wire()]).await
    }

    /// The whistles that are not settled: those that call this office, or all; the newest first.
    /// They are few.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn open_whistles(
        &self,
        called: Option<OfficerId>,
        limit: u32,
    ) -> Result<Vec<Whistle>, ReadError> {
        let rest = "AND status <> 'settled' AND ($2::uuid IS NULL OR called = $2) \
                    ORDER BY blown_position DESC LIMIT $3";
        self.select(rest, &[&called.wire(), &i64::from(limit)]).await
    }

    /// One ask, offer or wish.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn aid(&self, aid: AidId) -> Result<Option<Aid>, ReadError> {
        self.select_first("AND aid = $2", &[&aid.wire()]).await
    }

    /// What a resident asked, offered, wished or took part in, newest first, before one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn aids_of(
        &self,
        resident: ResidentId,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Aid, Position>, ReadError> {
        let rest = "AND (opener = $2 OR partner = $2) AND opened_position < $3 \
                    ORDER BY opened_position DESC LIMIT $4";
        let before = before.unwrap_or(Position(u64::MAX));
        let rows = self.select(rest, &[&resident.wire(), &before.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Aid| row.opened_position))
    }

    /// What waits for somebody in one of these grids, oldest first, after one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn open_aids(
        &self,
        grids: &[AreaId],
        after: Option<Position>,
        limit: u32,
    ) -> Result<Page<Aid, Position>, ReadError> {
        let grids: Vec<_> = grids.iter().map(AreaId::wire).collect();
        let rest = "AND status = 'open' AND grid = ANY($2) AND opened_position > $3 \
                    ORDER BY opened_position LIMIT $4";
        let after = after.unwrap_or(Position::START);
        let rows = self.select(rest, &[&grids, &after.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Aid| row.opened_position))
    }
}
