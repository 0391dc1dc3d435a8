//! Bookings from the records: the head of each, and the lots that pay by their sums.

use std::collections::BTreeMap;

use linli_domain::Record;
use linli_domain::booking::{Ended, Event, Request, Ticket};
use linli_domain::id::BookingId;
use linli_domain::quantity::{Fen, Points};
use linli_domain::wallet::LotTaken;
use linli_readmodel::redemptions::{Booking, BookingLot};
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::merge::merge;
use super::tally::Tally;

/// What records tell of bookings.
#[derive(Default)]
pub(super) struct Bookings {
    rows: BTreeMap<BookingId, Booking>,
    lots: Tally<BookingId>,
}

impl Bookings {
    pub(super) fn take(&mut self, record: &Record, event: &Event) {
        let request = event.request();
        match event {
            Event::Waited(_) => self.begin(record, request),
            Event::Booked(ticket) => {
                self.begin(record, request);
                self.agree(record, ticket);
            }
            Event::Promoted(ticket) => self.agree(record, ticket),
            Event::Left(_)
            | Event::WaitLapsed(_)
            | Event::PassedOver { .. }
            | Event::Cancelled { .. }
            | Event::CalledOff { .. }
            | Event::Used(_)
            | Event::NotShown { .. } => self.end(record, event),
        }
        if let Some(row) = self.rows.get_mut(&request.booking) {
            row.status = event.status();
        }
    }

    fn begin(&mut self, record: &Record, request: &Request) {
        let Request { booking, resource, resident, start, slots, quantity } = *request;
        let row = Booking {
            booking,
            resource,
            resident,
            start,
            slots,
            quantity,
            position: record.position,
            recorded_at: record.recorded_at,
            status: linli_domain::booking::Status::Waiting,
            booked_position: None,
            station: None,
            ends_at: None,
            free_until: None,
            key_from: None,
            price: None,
            total: None,
            ended_position: None,
            ended_at: None,
            kept: Points::ZERO,
            kept_fen: Fen::ZERO,
            lapsed: Points::ZERO,
            cancelled_by: None,
            off_reason: None,
            unfit: None,
            paused_until: None,
        };
        self.rows.insert(booking, row);
    }

    fn agree(&mut self, record: &Record, ticket: &Ticket) {
        let booking = ticket.request.booking;
        for (ordinal, part) in (0_u16..).zip(&ticket.lots) {
            let LotTaken { lot, pool, expires_at, points } = *part;
            let row = BookingLot { booking, ordinal, lot, pool, expires_at, points };
            self.lots.add(booking, &row);
        }
        let Some(row) = self.rows.get_mut(&booking) else { return };
        row.booked_position = Some(record.position);
        row.station = Some(ticket.station);
        row.ends_at = Some(ticket.ends_at());
        row.free_until = Some(ticket.free_until());
        row.key_from = Some(ticket.key_from());
        row.price = Some(ticket.price);
        row.total = Some(ticket.total);
    }

    fn end(&mut self, record: &Record, event: &Event) {
        let Some(row) = self.rows.get_mut(&event.request().booking) else { return };
        row.ended_position = Some(record.position);
        row.ended_at = Some(record.recorded_at);
        if let Some(Ended { kept, cost, lapsed, .. }) = event.ended() {
            row.kept = LotTaken::sum(kept).unwrap_or_default();
            row.lapsed = LotTaken::sum(lapsed).unwrap_or_default();
            row.kept_fen = *cost;
        }
        match event {
            Event::PassedOver { why, .. } => row.unfit = Some(*why),
            Event::Cancelled { by, .. } => row.cancelled_by = Some(*by),
            Event::CalledOff { off, .. } => {
                (row.cancelled_by, row.off_reason) = (Some(off.by.side()), Some(off.reason));
            }
            Event::NotShown { paused_until, .. } => row.paused_until = *paused_until,
            Event::Booked(_)
            | Event::Waited(_)
            | Event::Left(_)
            | Event::Promoted(_)
            | Event::WaitLapsed(_)
            | Event::Used(_) => {}
        }
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let bookings = self.rows.values().cloned();
        merge(snapshot, bookings, |row: &Booking| row.booking, rows).await?;
        self.lots.compare(snapshot, |row: &BookingLot| row.booking, rows).await
    }
}
