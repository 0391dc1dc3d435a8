//! Samples of resources and bookings.

use linli_domain::booking::{Ended, Request, Side, Status, Ticket, Unfit};
use linli_domain::calendar::Day;
use linli_domain::quantity::{Fen, Minutes};
use linli_domain::resource::{
    Keeper, Off, OffReason, Opening, Pause, Resource, ResourcePart, Span, Terms, Timetable, Weekday,
};
use linli_domain::time::Zone;
use linli_domain::{Command, Noun, Refusal, booking, resource};

use crate::events::{Samples, sample};
use crate::values::{at, decimal, id, lot, points};

fn terms() -> Terms {
    Terms {
        free_until: Minutes::new(120),
        late_part: decimal("0.50"),
        no_show_part: decimal("1"),
        key_from: Minutes::new(15),
        pause: Some(Pause { no_shows: 2, within_days: 30, days: 14 }),
    }
}

fn room() -> Resource {
    let opening = |weekday| Opening { weekday, from: Minutes::new(540), slots: 6 };
    Resource {
        resource: id!(ResourceId, 70),
        item: id!(ItemId, 38),
        station: id!(StationId, 34),
        quantity: 20,
        timetable: Timetable {
            slot: Minutes::new(120),
            every_weeks: 1,
            openings: Weekday::ALL.map(opening).into(),
        },
        in_a_row_most: 3,
        days_ahead: 14,
        terms: terms(),
    }
}

fn plot() -> Resource {
    let openings = vec![Opening { weekday: Weekday::Monday, from: Minutes::ZERO, slots: 1 }];
    let timetable = Timetable { slot: Minutes::new(40_320), every_weeks: 4, openings };
    Resource { timetable, terms: Terms { pause: None, ..terms() }, ..room() }
}

pub(crate) fn request() -> Request {
    Request {
        booking: id!(BookingId, 71),
        resource: id!(ResourceId, 70),
        resident: id!(ResidentId, 11),
        start: at(2880),
        slots: 2,
        quantity: 5,
    }
}

fn ticket() -> Ticket {
    Ticket {
        request: request(),
        item: id!(ItemId, 38),
        supplier: id!(SupplierId, 31),
        station: id!(StationId, 34),
        slot: Minutes::new(120),
        price: points(1000),
        cost: Fen::from_hundredths(300),
        total: points(10_000),
        lots: vec![lot(id!(ContributionId, 35), 4000), lot(id!(ContributionId, 36), 6000)],
        terms: terms(),
    }
}

fn ended() -> Ended {
    Ended {
        ticket: ticket(),
        kept: vec![lot(id!(ContributionId, 35), 4000), lot(id!(ContributionId, 36), 1000)],
        cost: Fen::from_hundredths(1500),
        lapsed: vec![lot(id!(ContributionId, 36), 5000)],
    }
}

fn free() -> Ended {
    let ticket = Ticket { total: points(0), price: points(0), lots: Vec::new(), ..ticket() };
    Ended { ticket, kept: Vec::new(), cost: Fen::ZERO, lapsed: Vec::new() }
}

pub(crate) fn places() -> Samples {
    use booking::Event;
    let opened = |resource| resource::Event::Opened { resource, zone: Zone::CHINA };
    let cancelled = |ended, by| Event::Cancelled { ended, by };
    let mut samples = vec![
        sample("whole", opened(room())),
        sample("bare", opened(plot())),
        sample("whole", resource::Event::Withdrawn(id!(ResourceId, 70))),
        sample("whole", Event::Booked(ticket())),
        sample("free", Event::Booked(free().ticket)),
        sample("whole", Event::Waited(request())),
        sample("whole", Event::Left(request())),
        sample("whole", Event::Promoted(ticket())),
        sample("whole", Event::WaitLapsed(request())),
        sample("whole", Event::Used(ended())),
        sample("paused", Event::NotShown { ended: ended(), paused_until: Some(at(20_160)) }),
        sample("free", Event::NotShown { ended: free(), paused_until: None }),
    ];
    let sides = [Side::Resident, Side::Station, Side::Supplier, Side::Erased];
    samples.extend(sides.map(|side| sample(side, cancelled(ended(), side))));
    samples.push(sample("free", cancelled(free(), Side::Resident)));
    let unfit = [
        Unfit::Points,
        Unfit::Stars,
        Unfit::Assistance,
        Unfit::Paused,
        Unfit::Withdrawn,
        Unfit::Erased,
    ];
    samples.extend(unfit.map(|why| sample(why, Event::PassedOver { request: request(), why })));
    samples.extend(called_off());
    samples
}

/// A day and a slot called off and opened again, for each reason and by either keeper.
fn called_off() -> Samples {
    use booking::Event;
    use resource::Event as Happened;
    let (resource, starts) = (id!(ResourceId, 70), vec![at(2880), at(2940)]);
    let [station, supplier] = keepers();
    let off = |by, reason| Off { by, reason };
    let [day, slot] = spans();
    let reasons = [
        OffReason::Weather,
        OffReason::Damage,
        OffReason::Needed,
        OffReason::Unstaffed,
        OffReason::Other,
    ];
    let mut samples: Samples = reasons
        .map(|reason| {
            let (off, starts) = (off(station, reason), starts.clone());
            sample(reason, Happened::CalledOff { resource, span: day, off, starts })
        })
        .into();
    let (one, weather) = (vec![at(2880)], off(supplier, OffReason::Weather));
    samples.extend([
        sample(
            "slot",
            Happened::CalledOff { resource, span: slot, off: weather, starts: one.clone() },
        ),
        sample("day", Happened::Reopened { resource, span: day, by: supplier, starts }),
        sample("slot", Happened::Reopened { resource, span: slot, by: station, starts: one }),
        sample("supplier", Event::CalledOff { ended: ended(), off: weather }),
        sample("station", Event::CalledOff { ended: free(), off: off(station, OffReason::Damage) }),
        sample(Unfit::CalledOff, Event::PassedOver { request: request(), why: Unfit::CalledOff }),
    ]);
    samples
}

fn keepers() -> [Keeper; 2] {
    [Keeper::Station(id!(StationId, 34)), Keeper::Supplier(id!(SupplierId, 36))]
}

fn spans() -> [Span; 2] {
    [Span::Day(Day::from_number(20_152)), Span::Slot(at(2880))]
}

/// The wishes.
pub(crate) fn commands() -> Vec<Command> {
    let (booking, station) = (id!(BookingId, 71), id!(StationId, 34));
    vec![
        resource::Command::Open(room()).into(),
        resource::Command::Withdraw(id!(ResourceId, 70)).into(),
        resource::Command::CallOff {
            resource: id!(ResourceId, 70),
            span: spans()[0],
            off: Off { by: keepers()[0], reason: OffReason::Damage },
        }
        .into(),
        resource::Command::Reopen {
            resource: id!(ResourceId, 70),
            span: spans()[1],
            by: keepers()[1],
        }
        .into(),
        booking::Command::Book(request()).into(),
        booking::Command::Wait(request()).into(),
        booking::Command::Leave(booking).into(),
        booking::Command::Cancel { booking, station: None, by: Side::Resident }.into(),
        booking::Command::Cancel { booking, station: Some(station), by: Side::Station }.into(),
        booking::Command::CheckIn { booking, station }.into(),
    ]
}

/// The refusals.
pub(crate) fn refusals() -> Vec<Refusal> {
    let item = id!(ItemId, 38);
    let parts = [
        ResourcePart::Quantity,
        ResourcePart::Timetable,
        ResourcePart::InARow,
        ResourcePart::DaysAhead,
        ResourcePart::Terms,
    ];
    let found = [
        Status::Waiting,
        Status::Booked,
        Status::Left,
        Status::PassedOver,
        Status::Lapsed,
        Status::Cancelled,
        Status::Used,
        Status::NotShown,
    ];
    let mut refusals: Vec<_> = [Noun::Resource, Noun::Booking].map(Refusal::Unknown).into();
    refusals.extend(parts.map(|part| Refusal::InvalidResource { part }));
    refusals.extend(found.map(|found| Refusal::BookingStatus { found }));
    refusals.extend([
        Refusal::BookingNeeded { item },
        Refusal::NotBookable { item },
        Refusal::ResourceWithdrawn,
        Refusal::NoSuchSlot,
        Refusal::TooManySlots { most: 3, wanted: 4 },
        Refusal::MoreThanThereAre { of: 20, wanted: 21 },
        Refusal::SlotOver { since: at(5) },
        Refusal::TooFarAhead { latest: at(20_160) },
        Refusal::SlotFull { free: 3, of: 20, wanted: 5 },
        Refusal::SlotHasRoom { free: 3, of: 20 },
        Refusal::WaitingListFull { most: 200 },
        Refusal::BookingPaused { until: at(20_160) },
        Refusal::KeyTooEarly { from: at(2865) },
        Refusal::SlotOff {
            start: at(2880),
            off: Off { by: keepers()[0], reason: OffReason::Unstaffed },
        },
        Refusal::NotItsKeeper,
        Refusal::AlreadyOff,
        Refusal::NotOff,
        Refusal::TooManyOff { most: 1008 },
    ]);
    refusals
}
