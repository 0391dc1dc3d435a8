//! Receipts of bookings.

use linli_api::booking::{Agreed, BookingChanged};
use linli_api::resource::SlotsTurned;
use linli_domain::booking::{Event as Booking, Request, Ticket};
use linli_domain::id::ResourceId;
use linli_domain::posting::Account;
use linli_domain::resource::{Event as Resource, Keeper, OffReason};
use linli_domain::time::Timestamp;
use linli_domain::{Event, Record};

use crate::parse::Spoken as _;
use crate::receipt::{amount, balance_after, id, instant, lot_taken};

/// What a step of a booking changed.
pub(crate) fn booked(records: &[Record]) -> Option<BookingChanged> {
    let Event::Booking(event) = &records.first()?.event else { return None };
    Some(BookingChanged {
        available: balance_after(records, |account| matches!(account, Account::Available(_)))
            .map(amount),
        held: balance_after(records, |account| matches!(account, Account::Held(_))).map(amount),
        ..booking_changed(event)
    })
}

/// A step of a booking, without what the resident has after it.
pub(crate) fn booking_changed(event: &Booking) -> BookingChanged {
    let Request { booking, resource, resident, start, slots, quantity } = *event.request();
    let (mut cancelled_by, mut called_off) = (None, None);
    let (mut passed_over, mut paused_until) = (None, None);
    match event {
        Booking::Cancelled { by, .. } => cancelled_by = Some(by.said()),
        Booking::CalledOff { off, .. } => {
            cancelled_by = Some(off.by.side().said());
            called_off = Some(off.reason.said());
        }
        Booking::PassedOver { why, .. } => passed_over = Some(why.said()),
        Booking::NotShown { paused_until: until, .. } => paused_until = until.map(instant),
        Booking::Booked(_)
        | Booking::Waited(_)
        | Booking::Left(_)
        | Booking::Promoted(_)
        | Booking::WaitLapsed(_)
        | Booking::Used(_) => {}
    }
    let ended = event.ended();
    let lots = |parts: &[linli_domain::wallet::LotTaken]| parts.iter().map(lot_taken).collect();
    BookingChanged {
        booking: id(booking),
        status: event.status().said(),
        resource: id(resource),
        resident: id(resident),
        start: instant(start),
        slots,
        quantity,
        agreed: event.ticket().map(agreed),
        kept: ended.map(|ended| lots(&ended.kept)).unwrap_or_default(),
        lapsed: ended.map(|ended| lots(&ended.lapsed)).unwrap_or_default(),
        cancelled_by,
        called_off,
        passed_over,
        paused_until,
        available: None,
        held: None,
    }
}

/// The slots that were called off or opened again.
pub(crate) fn turned(records: &[Record]) -> Option<SlotsTurned> {
    let Event::Resource(event) = &records.first()?.event else { return None };
    match event {
        Resource::CalledOff { resource, span: _, off, starts } => {
            Some(slots_turned(*resource, starts, off.by, Some(off.reason)))
        }
        Resource::Reopened { resource, span: _, by, starts } => {
            Some(slots_turned(*resource, starts, *by, None))
        }
        Resource::Opened { .. } | Resource::Withdrawn(_) => None,
    }
}

/// Slots of a resource, for `reason` off or opened again.
pub(crate) fn slots_turned(
    resource: ResourceId,
    starts: &[Timestamp],
    by: Keeper,
    reason: Option<OffReason>,
) -> SlotsTurned {
    SlotsTurned {
        resource: id(resource),
        starts: starts.iter().copied().map(instant).collect(),
        by: by.side().said(),
        reason: reason.map(|reason| reason.said()),
    }
}

fn agreed(ticket: &Ticket) -> Agreed {
    Agreed {
        station: id(ticket.station),
        ends_at: instant(ticket.ends_at()),
        free_until: instant(ticket.free_until()),
        key_from: instant(ticket.key_from()),
        price: amount(ticket.price),
        total: amount(ticket.total),
        lots: ticket.lots.iter().map(lot_taken).collect(),
    }
}
