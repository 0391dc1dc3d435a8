//! Resources and bookings.

use linli_api as api;
use linli_domain::booking::{self, Request, Side};
use linli_domain::calendar::Day;
use linli_domain::id::{BookingId, ResourceId, StationId};
use linli_domain::quantity::Minutes;
use linli_domain::resource::{
    self, Keeper, Off, OffReason, Opening, Pause, Resource, Span, Terms, Timetable, Weekday,
};
use rust_decimal::Decimal;

use crate::parse::{Spoken, id, instant, own_id};
use crate::problem::{Kind, Problem};

pub(crate) fn resource(said: &api::resource::OpenResource) -> Result<resource::Command, Problem> {
    let opening = |it: &api::resource::SlotOpening| Opening {
        weekday: Weekday::heard(it.weekday),
        from: Minutes::new(it.from_minute),
        slots: it.slots,
    };
    let table = &said.timetable;
    Ok(resource::Command::Open(Resource {
        resource: own_id("resource", said.resource.as_ref(), ResourceId::from_number)?,
        item: id("item", &said.item)?,
        station: id("station", &said.station)?,
        quantity: said.quantity,
        timetable: Timetable {
            slot: Minutes::new(table.slot_minutes),
            every_weeks: table.every_weeks,
            openings: table.openings.iter().map(opening).collect(),
        },
        in_a_row_most: said.in_a_row_most,
        days_ahead: said.days_ahead,
        terms: terms(&said.terms)?,
    }))
}

fn terms(said: &api::resource::BookingTerms) -> Result<Terms, Problem> {
    let pause = |it: &api::resource::BookingPause| Pause {
        no_shows: it.no_shows,
        within_days: it.within_days,
        days: it.days,
    };
    Ok(Terms {
        free_until: Minutes::new(said.free_until_minutes),
        late_part: part("terms.late_part", &said.late_part)?,
        no_show_part: part("terms.no_show_part", &said.no_show_part)?,
        key_from: Minutes::new(said.key_from_minutes),
        pause: said.pause.as_ref().map(pause),
    })
}

/// A part of a whole. Whether it is from 0 to 1 the core says.
fn part(field: &'static str, said: &api::Factor) -> Result<Decimal, Problem> {
    said.as_str().parse().map_err(|_| {
        Problem::new(
            Kind::InvalidField,
            format!("{field} 须为 0 至 1 之间的小数。"),
            format!("`{field}` is a decimal from 0 to 1."),
        )
        .with("field", field)
    })
}

/// What `by` says is to be called off.
pub(crate) fn slots_off(
    resource: ResourceId,
    by: Keeper,
    said: &api::resource::CallSlotsOff,
) -> Result<resource::Command, Problem> {
    let span = span(said.day.as_deref(), said.start.as_ref())?;
    let off = Off { by, reason: OffReason::heard(said.reason) };
    Ok(resource::Command::CallOff { resource, span, off })
}

/// What `by` says is to be opened again.
pub(crate) fn slots_on(
    resource: ResourceId,
    by: Keeper,
    said: &api::resource::ReopenSlots,
) -> Result<resource::Command, Problem> {
    let span = span(said.day.as_deref(), said.start.as_ref())?;
    Ok(resource::Command::Reopen { resource, span, by })
}

/// A day or one slot: either, and not both.
fn span(day: Option<&str>, start: Option<&api::Instant>) -> Result<Span, Problem> {
    let found = match (day.map(Day::parse), start) {
        (Some(day), None) => day.map(Span::Day),
        (None, Some(start)) => Some(Span::Slot(instant("start", start)?)),
        (Some(_), Some(_)) | (None, None) => None,
    };
    found.ok_or_else(|| {
        Problem::new(
            Kind::InvalidField,
            "请给出日期 day(例如 2025-03-05)或时段开始时间 start,二者择一。",
            "Tell the `day`, such as 2025-03-05, or the `start` of one slot, and not both.",
        )
        .with("field", "day")
    })
}

pub(crate) fn booking(said: &api::booking::BookResource) -> Result<Request, Problem> {
    Ok(Request {
        booking: own_id("booking", said.booking.as_ref(), BookingId::from_number)?,
        resource: id("resource", &said.resource)?,
        resident: id("resident", &said.resident)?,
        start: instant("start", &said.start)?,
        slots: said.slots,
        quantity: said.quantity,
    })
}

/// A station may say that it was the resident, itself or the supplier; whoever speaks for residents
/// says no more than that they don't want it.
pub(crate) fn cancel(
    booking: BookingId,
    station: Option<StationId>,
    said: &api::booking::CancelBooking,
) -> Result<booking::Command, Problem> {
    let by = Side::heard(said.by);
    if station.is_none() && by != Side::Resident {
        return Err(Problem::plain(Kind::ScopeMissing));
    }
    Ok(booking::Command::Cancel { booking, station, by })
}
