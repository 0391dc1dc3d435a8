//! Receipts of seats, and the rows of activities.

use linli_api::Bilingual;
use linli_api::activity::{Activity, Seat, SeatChanged, SeatStatus, Stay};
use linli_domain::activity::{self, Event as Happened};
use linli_domain::contribution::Signals;
use linli_domain::{Event, Record, contribution};
use linli_readmodel::orders;

use crate::parse::Spoken as _;
use crate::receipt::{id, instant};

/// What a step of a seat changed.
pub(crate) fn seated(records: &[Record]) -> Option<SeatChanged> {
    let Event::Activity(event) = &records.first()?.event else { return None };
    let follows = records.get(1).map(|record| &record.event);
    let grade =
        if let Some(Event::Contribution(contribution::Event::Submitted { grade, .. })) = follows {
            Some(grade.said())
        } else {
            None
        };
    let (request, status) = event.seat()?;
    Some(SeatChanged { grade, ..seat_changed(event, request, status) })
}

/// A step of a seat, and how far that has come by it.
pub(crate) fn seat_changed(
    event: &Happened,
    request: &activity::Request,
    status: activity::Status,
) -> SeatChanged {
    let activity::Request { seat, activity, resident } = request;
    let passed_over =
        if let Happened::PassedOver { why, .. } = event { Some(why.said()) } else { None };
    let scanned = if let Happened::CheckedOut { visited, .. } = event { visited.len() } else { 0 };
    SeatChanged {
        seat: id(seat),
        activity: id(activity),
        resident: id(resident),
        status: status.said(),
        promoted: matches!(event, Happened::Promoted(_)),
        passed_over,
        scanned: u16::try_from(scanned).unwrap_or(u16::MAX),
        stay: event.stay().map(|stay| Stay {
            from: instant(stay.from),
            until: instant(stay.until),
            signals: signals(stay.signals),
            outcome: stay.outcome.said(),
        }),
        grade: None,
    }
}

fn signals(signals: Signals) -> Vec<linli_api::contribution::Signal> {
    signals.iter().map(|signal| signal.said()).collect()
}

/// A seat's row.
pub(crate) fn seat_row(row: &orders::Seat) -> Seat {
    let stay = row.from.zip(row.until).zip(row.outcome).map(|((from, until), outcome)| Stay {
        from: instant(from),
        until: instant(until),
        signals: signals(row.signals),
        outcome: outcome.said(),
    });
    Seat {
        seat: id(row.seat),
        activity: id(row.activity),
        resident: id(row.resident),
        status: row.status.said(),
        signed_up_at: instant(row.recorded_at),
        came_at: row.came_at.map(instant),
        ended_at: row.ended_at.map(instant),
        passed_over: row.unfit.map(|why| why.said()),
        scanned: row.scanned,
        stay,
    }
}

/// Does nobody else get this seat?
pub(crate) const fn is_taken(status: SeatStatus) -> bool {
    matches!(
        status,
        SeatStatus::Taken
            | SeatStatus::Present
            | SeatStatus::Served
            | SeatStatus::Forgotten
            | SeatStatus::Missed
    )
}

/// An activity's row.
pub(crate) fn activity_row(row: &orders::Activity) -> Activity {
    Activity {
        activity: id(row.activity),
        grid: id(row.grid),
        team: row.team.map(id),
        act: row.act.as_str().to_owned(),
        name: Bilingual::new(row.name_zh.as_str(), row.name_en.as_str()),
        start: instant(row.start),
        ends_at: instant(row.ends_at),
        opens_at: instant(row.opens_at),
        shuts_at: instant(row.shuts_at),
        seats: row.seats,
        alert: row.alert,
        checkpoints: row.checkpoints,
        checkpoints_least: row.checkpoints_least,
        estate: row.estate.map(id),
        officer: row.officer.map(id),
        leader: row.leader.map(id),
        called_off_at: row.called_off_at.map(instant),
    }
}
