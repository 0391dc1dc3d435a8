//! Bookings and waiting lists.

use linli_domain::Record;
use linli_domain::booking::{Ended, Event, Request, Side, Ticket, Unfit};
use linli_domain::quantity::{Fen, Points};
use linli_domain::time::Timestamp;
use linli_domain::wallet::LotTaken;
use linli_readmodel::balances::{self, Kind};
use linli_readmodel::redemptions::{Agreement, Booking, BookingEnd, BookingLot, Changes};

use super::balances::{Cause, Move, move_lot, supplier_of};
use super::{add_fen, ordinal};
use crate::error::FoldError;

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) -> Result<(), FoldError> {
    let mut end = BookingEnd {
        booking: event.request().booking,
        status: event.status(),
        ended_position: Some(record.position),
        ended_at: Some(record.recorded_at),
        kept: Points::ZERO,
        kept_fen: Fen::ZERO,
        lapsed: Points::ZERO,
        cancelled_by: None,
        off_reason: None,
        unfit: None,
        paused_until: None,
    };
    match event {
        Event::Waited(request) => begin(changes, record, request, event),
        Event::Booked(ticket) => {
            begin(changes, record, &ticket.request, event);
            return agree(changes, record, ticket, event);
        }
        Event::Promoted(ticket) => return agree(changes, record, ticket, event),
        Event::Left(_) | Event::WaitLapsed(_) => ended(changes, end),
        Event::PassedOver { request: _, why } => {
            let unfit: Unfit = *why;
            end.unfit = Some(unfit);
            ended(changes, end);
        }
        Event::Used(it) => return settled(changes, end, it),
        Event::Cancelled { ended: it, by } => {
            let side: Side = *by;
            end.cancelled_by = Some(side);
            return settled(changes, end, it);
        }
        Event::CalledOff { ended: it, off } => {
            end.cancelled_by = Some(off.by.side());
            end.off_reason = Some(off.reason);
            return settled(changes, end, it);
        }
        Event::NotShown { ended: it, paused_until } => {
            let until: Option<Timestamp> = *paused_until;
            end.paused_until = until;
            return settled(changes, end, it);
        }
    }
    Ok(())
}

fn begin(changes: &mut Changes, record: &Record, request: &Request, event: &Event) {
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
        status: event.status(),
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
    changes.bookings.insert(booking, row);
}

fn agree(
    changes: &mut Changes,
    record: &Record,
    ticket: &Ticket,
    event: &Event,
) -> Result<(), FoldError> {
    let booking = ticket.request.booking;
    for (index, part) in ticket.lots.iter().enumerate() {
        let LotTaken { lot, pool, expires_at, points } = *part;
        let ordinal = ordinal(index)?;
        changes.booking_lots.push(BookingLot { booking, ordinal, lot, pool, expires_at, points });
    }
    let agreement = Agreement {
        booking,
        status: event.status(),
        booked_position: Some(record.position),
        station: Some(ticket.station),
        ends_at: Some(ticket.ends_at()),
        free_until: Some(ticket.free_until()),
        key_from: Some(ticket.key_from()),
        price: Some(ticket.price),
        total: Some(ticket.total),
    };
    match changes.bookings.get_mut(&booking) {
        Some(row) => row.agree(agreement),
        None => {
            changes.agreements.insert(booking, agreement);
        }
    }
    Ok(())
}

fn settled(changes: &mut Changes, end: BookingEnd, it: &Ended) -> Result<(), FoldError> {
    let sum = |parts: &[LotTaken]| LotTaken::sum(parts).ok_or(FoldError::Range);
    let (kept, lapsed) = (sum(&it.kept)?, sum(&it.lapsed)?);
    ended(changes, BookingEnd { kept, kept_fen: it.cost, lapsed, ..end });
    Ok(())
}

fn ended(changes: &mut Changes, end: BookingEnd) {
    match changes.bookings.get_mut(&end.booking) {
        Some(row) => row.end(end),
        None => {
            changes.booking_ends.insert(end.booking, end);
        }
    }
}

/// What a booking sets aside, keeps and gives back.
pub(super) fn move_points(
    changes: &mut balances::Changes,
    event: &Event,
) -> Result<Cause, FoldError> {
    let resident = event.request().resident;
    let mut lots = |parts: &[LotTaken], how: Move| {
        parts.iter().try_for_each(|part| move_lot(changes, resident, part, how))
    };
    let kind = match event {
        Event::Waited(_) | Event::Left(_) | Event::WaitLapsed(_) | Event::PassedOver { .. } => {
            return Ok(None);
        }
        Event::Booked(ticket) | Event::Promoted(ticket) => {
            lots(&ticket.lots, Move::Hold)?;
            Kind::Booked
        }
        Event::Used(_) => Kind::BookingUsed,
        Event::Cancelled { .. } | Event::CalledOff { .. } => Kind::BookingCancelled,
        Event::NotShown { .. } => Kind::NotShown,
    };
    if let Some(ended) = event.ended() {
        lots(&ended.kept, Move::SpendHeld)?;
        lots(&ended.lapsed, Move::SpendHeld)?;
        lots(&ended.lots_back(), Move::Release)?;
        add_fen(&mut supplier_of(changes, ended.ticket.supplier).owed_fen, ended.cost)?;
    }
    Ok(Some((kind, linli_readmodel::Uuid(event.request().booking.number()))))
}
