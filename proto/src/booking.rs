//! Bookings, their tickets, and who waits.

use linli_domain::booking::{Command, Ended, Event, Request, Side, Status, Ticket, Unfit};

use crate::wire;

message! { Request = wire::BookingRequest {
    booking: need(booking),
    resource: need(resource),
    resident: need(resident),
    start_us: plain(start),
    slots: plain(slots),
    quantity: plain(quantity),
} }

message! { Ticket = wire::Ticket {
    request: need(request),
    item: need(item),
    supplier: need(supplier),
    station: need(station),
    slot_minutes: plain(slot),
    price_points_hundredths: plain(price),
    cost_fen: plain(cost),
    total_points_hundredths: plain(total),
    lots: plain(lots),
    terms: need(terms),
} }

message! { Ended = wire::EndedTicket {
    ticket: need(ticket),
    kept: plain(kept),
    cost_fen: plain(cost),
    lapsed: plain(lapsed),
} }

plain_enum! { Side = wire::BookingSide { Resident, Station, Supplier, Erased } }

plain_enum! { Unfit = wire::Unfit {
    Points, Stars, Assistance, Paused, Withdrawn, Erased, NotOpen, Limit, CalledOff,
} }

plain_enum! { Status = wire::BookingStatus {
    Waiting, Booked, Left, PassedOver, Lapsed, Cancelled, Used, NotShown,
} }

choice! { Command = wire::BookingCommand, wire::booking_command::Kind {
    one { Book, Wait, Leave }
    many {
        Cancel = wire::CancelBooking {
            booking: need(booking),
            station: plain(station),
            by: plain(by),
        },
        CheckIn = wire::CheckIn { booking: need(booking), station: need(station) },
    }
} }

choice! { Event = wire::BookingEvent, wire::booking_event::Kind {
    one { Booked, Waited, Left, Promoted, WaitLapsed, Used }
    many {
        PassedOver = wire::PassedOver { request: need(request), why: plain(why) },
        Cancelled = wire::BookingCancelled { ended: need(ended), by: plain(by) },
        CalledOff = wire::BookingCalledOff { ended: need(ended), off: need(off) },
        NotShown = wire::NotShown { ended: need(ended), paused_until_us: plain(paused_until) },
    }
} }
