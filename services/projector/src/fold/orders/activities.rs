//! Activities and their seats.

use linli_domain::Record;
use linli_domain::activity::{Event, Request, Status, Stay};
use linli_domain::contribution::Signals;
use linli_readmodel::orders::{Activity, CallOff, Changes, Seat, SeatArrival, SeatEnd, SeatTaken};

use crate::error::FoldError;

pub(super) fn fold(changes: &mut Changes, record: &Record, event: &Event) -> Result<(), FoldError> {
    match event {
        Event::Published { plan, terms } => {
            let row = Activity::published(record, plan, *terms);
            changes.activities.insert(plan.activity, row);
        }
        Event::CalledOff { activity, .. } => {
            let called_off_at = Some(record.recorded_at);
            match changes.activities.get_mut(activity) {
                Some(row) => row.called_off_at = called_off_at,
                None => {
                    let row = CallOff { activity: *activity, called_off_at };
                    changes.called_off.insert(*activity, row);
                }
            }
        }
        Event::Taken(request) => begin(changes, record, request, Status::Taken),
        Event::Waited(request) => begin(changes, record, request, Status::Waiting),
        Event::Promoted(Request { seat, .. }) => {
            let status = Status::Taken;
            match changes.seats.get_mut(seat) {
                Some(row) => row.status = status,
                None => {
                    changes.seats_taken.insert(*seat, SeatTaken { seat: *seat, status });
                }
            }
        }
        Event::CheckedIn { request: Request { seat, .. }, .. } => {
            let (status, came_at) = (Status::Present, Some(record.recorded_at));
            match changes.seats.get_mut(seat) {
                Some(row) => (row.status, row.came_at) = (status, came_at),
                None => {
                    changes.arrivals.insert(*seat, SeatArrival { seat: *seat, status, came_at });
                }
            }
        }
        Event::PassedOver { request, why } => {
            let end = end(record, request, Status::PassedOver);
            ended(changes, SeatEnd { unfit: Some(*why), ..end });
        }
        Event::Lapsed(request) => ended(changes, end(record, request, Status::Lapsed)),
        Event::Withdrawn(request) => ended(changes, end(record, request, Status::Withdrawn)),
        Event::SeatCalledOff(request) => ended(changes, end(record, request, Status::CalledOff)),
        Event::Vacated(request) => ended(changes, end(record, request, Status::Vacated)),
        Event::Missed(request) => ended(changes, end(record, request, Status::Missed)),
        Event::CheckedOut { request, visited, stay, .. } => {
            let scanned = u16::try_from(visited.len()).map_err(|_| FoldError::Range)?;
            let end = end(record, request, Status::Served);
            ended(changes, SeatEnd { scanned, ..stayed(end, stay) });
        }
        Event::Forgotten { request, stay } => {
            ended(changes, stayed(end(record, request, Status::Forgotten), stay));
        }
    }
    Ok(())
}

fn begin(changes: &mut Changes, record: &Record, request: &Request, status: Status) {
    changes.seats.insert(request.seat, Seat::begun(record, request, status));
}

fn end(record: &Record, request: &Request, status: Status) -> SeatEnd {
    SeatEnd {
        seat: request.seat,
        status,
        unfit: None,
        ended_at: Some(record.happened_at),
        from: None,
        until: None,
        signals: Signals::NONE,
        scanned: 0,
        outcome: None,
    }
}

fn stayed(end: SeatEnd, stay: &Stay) -> SeatEnd {
    let Stay { from, until, signals, outcome } = *stay;
    SeatEnd { from: Some(from), until: Some(until), signals, outcome: Some(outcome), ..end }
}

fn ended(changes: &mut Changes, end: SeatEnd) {
    match changes.seats.get_mut(&end.seat) {
        Some(row) => row.end(end),
        None => {
            changes.seat_ends.insert(end.seat, end);
        }
    }
}
