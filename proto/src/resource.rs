//! Resources, their timetables and terms.

use linli_domain::resource::{
    Command, Event, Keeper, Off, OffReason, Opening, Pause, Resource, ResourcePart, Span, Terms,
    Timetable, Weekday,
};

use crate::wire;

plain_enum! { Weekday = wire::Weekday {
    Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday,
} }

message! { Opening = wire::SlotOpening {
    weekday: plain(weekday),
    from_minute: plain(from),
    slots: plain(slots),
} }

message! { Timetable = wire::Timetable {
    slot_minutes: plain(slot),
    every_weeks: plain(every_weeks),
    openings: plain(openings),
} }

message! { Pause = wire::BookingPause {
    no_shows: plain(no_shows),
    within_days: plain(within_days),
    days: plain(days),
} }

message! { Terms = wire::BookingTerms {
    free_until_minutes: plain(free_until),
    late_part: need(late_part),
    no_show_part: need(no_show_part),
    key_from_minutes: plain(key_from),
    pause: plain(pause),
} }

message! { Resource = wire::Resource {
    resource: need(resource),
    item: need(item),
    station: need(station),
    quantity: plain(quantity),
    timetable: need(timetable),
    in_a_row_most: plain(in_a_row_most),
    days_ahead: plain(days_ahead),
    terms: need(terms),
} }

plain_enum! { ResourcePart = wire::ResourcePart { Quantity, Timetable, InARow, DaysAhead, Terms } }

choice! { Keeper = wire::ResourceKeeper, wire::resource_keeper::Kind { one { Station, Supplier } } }

plain_enum! { OffReason = wire::OffReason { Weather, Damage, Needed, Unstaffed, Other } }

choice! { Span = wire::SlotSpan, wire::slot_span::Kind {
    one { Day }
    named { Slot as SlotUs }
} }

message! { Off = wire::SlotOff { by: need(by), reason: plain(reason) } }

choice! { Command = wire::ResourceCommand, wire::resource_command::Kind {
    one { Open, Withdraw }
    many {
        CallOff = wire::CallSlotsOff {
            resource: need(resource),
            span: need(span),
            off: need(off),
        },
        Reopen = wire::ReopenSlots { resource: need(resource), span: need(span), by: need(by) },
    }
} }

choice! { Event = wire::ResourceEvent, wire::resource_event::Kind {
    one { Withdrawn }
    many {
        Opened = wire::ResourceOpened {
            resource: need(resource),
            zone_offset_seconds: plain(zone),
        },
        CalledOff = wire::SlotsCalledOff {
            resource: need(resource),
            span: need(span),
            off: need(off),
            starts_us: plain(starts),
        },
        Reopened = wire::SlotsReopened {
            resource: need(resource),
            span: need(span),
            by: need(by),
            starts_us: plain(starts),
        },
    }
} }
