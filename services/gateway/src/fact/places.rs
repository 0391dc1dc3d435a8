//! Facts of resources, bookings and queues as JSON.

use linli_api as api;
use linli_api::fact::Fact;
use linli_domain::resource::{Opening, Pause, Resource};
use linli_domain::time::Zone;
use linli_domain::{booking, queue, resource};

use crate::parse::Spoken as _;
use crate::receipt::{booking_changed, id, queue_changed, slots_turned};

pub(super) fn of_resource(event: &resource::Event) -> Fact {
    match event {
        resource::Event::Opened { resource, zone } => Fact::ResourceOpened(opened(resource, *zone)),
        resource::Event::Withdrawn(resource) => {
            Fact::ResourceWithdrawn(api::resource::OfResource { resource: id(resource) })
        }
        resource::Event::CalledOff { resource, span: _, off, starts } => {
            Fact::SlotsCalledOff(slots_turned(*resource, starts, off.by, Some(off.reason)))
        }
        resource::Event::Reopened { resource, span: _, by, starts } => {
            Fact::SlotsReopened(slots_turned(*resource, starts, *by, None))
        }
    }
}

fn opened(it: &Resource, zone: Zone) -> api::resource::Resource {
    let opening = |it: &Opening| api::resource::SlotOpening {
        weekday: it.weekday.said(),
        from_minute: it.from.get(),
        slots: it.slots,
    };
    let pause = |Pause { no_shows, within_days, days }| api::resource::BookingPause {
        no_shows,
        within_days,
        days,
    };
    api::resource::Resource {
        resource: id(it.resource),
        item: id(it.item),
        station: id(it.station),
        quantity: it.quantity,
        timetable: api::resource::Timetable {
            slot_minutes: it.timetable.slot.get(),
            every_weeks: it.timetable.every_weeks,
            openings: it.timetable.openings.iter().map(opening).collect(),
        },
        zone_offset_seconds: zone.offset_seconds(),
        in_a_row_most: it.in_a_row_most,
        days_ahead: it.days_ahead,
        terms: api::resource::BookingTerms {
            free_until_minutes: it.terms.free_until.get(),
            late_part: it.terms.late_part.to_string().into(),
            no_show_part: it.terms.no_show_part.to_string().into(),
            key_from_minutes: it.terms.key_from.get(),
            pause: it.terms.pause.map(pause),
        },
        withdrawn: false,
    }
}

pub(super) fn of_booking(event: &booking::Event) -> Fact {
    let changed = booking_changed(event);
    match event {
        booking::Event::Booked(_) => Fact::Booked(changed),
        booking::Event::Waited(_) => Fact::BookingWaited(changed),
        booking::Event::Left(_) => Fact::WaitingLeft(changed),
        booking::Event::Promoted(_) => Fact::BookingPromoted(changed),
        booking::Event::PassedOver { .. } => Fact::WaitingPassedOver(changed),
        booking::Event::WaitLapsed(_) => Fact::WaitingLapsed(changed),
        booking::Event::Cancelled { .. } => Fact::BookingCancelled(changed),
        booking::Event::CalledOff { .. } => Fact::BookingCalledOff(changed),
        booking::Event::Used(_) => Fact::BookingUsed(changed),
        booking::Event::NotShown { .. } => Fact::BookingNotShown(changed),
    }
}

pub(super) fn of_queue(event: &queue::Event) -> Fact {
    let changed = queue_changed(event);
    match event {
        queue::Event::Joined(_) => Fact::QueueJoined(changed),
        queue::Event::Left { .. } => Fact::QueueLeft(changed),
        queue::Event::PassedOver { .. } => Fact::QueuePassedOver(changed),
    }
}
