//! Queries of bookings and waiting lists.

use linli_domain::Position;
use linli_domain::id::{BookingId, LotId, ResidentId, ResourceId, StationId};
use linli_domain::time::Timestamp;

use super::{Booking, BookingLot};
use crate::cell::Cell as _;
use crate::error::ReadError;
use crate::page::{Page, fetch};
use crate::reader::Reader;

/// A booking with the lots that pay it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// The booking.
    pub booking: Booking,
    /// The lots, soonest expiry first; none as long as it waits.
    pub lots: Vec<BookingLot>,
}

impl Reader {
    /// One booking.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn booking(&self, id: BookingId) -> Result<Option<Ticket>, ReadError> {
        let booking = self.select_first("AND booking = $2", &[&id.wire()]).await?;
        let Some(booking) = booking else { return Ok(None) };
        let lots = self.select("AND booking = $2 ORDER BY ordinal", &[&id.wire()]).await?;
        Ok(Some(Ticket { booking, lots }))
    }

    /// What a lot was set aside for, in the order of the bookings' ids.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn lot_booked(&self, lot: LotId) -> Result<Vec<BookingLot>, ReadError> {
        self.select("AND lot = $2 ORDER BY booking, ordinal", &[&lot.wire()]).await
    }

    /// A resident's bookings, newest first, before one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn bookings_of(
        &self,
        resident: ResidentId,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Page<Booking, Position>, ReadError> {
        let rest = "AND resident = $2 AND position < $3 ORDER BY position DESC LIMIT $4";
        let before = before.unwrap_or(Position(u64::MAX));
        let rows = self.select(rest, &[&resident.wire(), &before.wire(), &fetch(limit)]).await?;
        Ok(Page::cut(rows, limit, |row: &Booking| row.position))
    }

    /// What was booked at a station and begins in a span of time, in the order of the starts; after
    /// one of them.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn bookings_at(
        &self,
        station: StationId,
        (from, until): (Timestamp, Timestamp),
        after: Option<(Timestamp, Position)>,
        limit: u32,
    ) -> Result<Page<Booking, (Timestamp, Position)>, ReadError> {
        let rest = "AND station = $2 AND start_us >= $3 AND start_us < $4 \
                    AND (start_us, position) > ($5, $6) ORDER BY start_us, position LIMIT $7";
        let (after_start, after_position) =
            after.unwrap_or((Timestamp::from_microseconds(i64::MIN), Position::START));
        let rows = self
            .select(
                rest,
                &[
                    &station.wire(),
                    &from.wire(),
                    &until.wire(),
                    &after_start.wire(),
                    &after_position.wire(),
                    &fetch(limit),
                ],
            )
            .await?;
        Ok(Page::cut(rows, limit, |row: &Booking| (row.start, row.position)))
    }

    /// All bookings that take something of a resource in a span of time, in the order of the starts.
    /// There are at most as many as the resource has units and slots in it.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn bookings_within(
        &self,
        resource: ResourceId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Booking>, ReadError> {
        let rest = "AND resource = $2 AND ends_at_us > $3 AND start_us < $4 \
                    AND status IN ('booked', 'used') ORDER BY start_us, position";
        self.select(rest, &[&resource.wire(), &from.wire(), &until.wire()]).await
    }

    /// Who waits for a resource, in the order of arrival. The list is bounded by the core.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn waiting_for(&self, resource: ResourceId) -> Result<Vec<Booking>, ReadError> {
        let rest = "AND resource = $2 AND status = 'waiting' ORDER BY position";
        self.select(rest, &[&resource.wire()]).await
    }
}
