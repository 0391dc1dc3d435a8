//! Seats, added up from the facts: no activity has more taken than it has, each ends once, nobody
//! holds two that overlap, and no activity gives more time than its seats times its length.

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::activity::{Event, Request, Status};
use linli_domain::id::{ActivityId, ResidentId, SeatId};

use super::*;

/// When an activity is, in microseconds, and what of it is gone.
#[derive(Clone, Copy, Debug, BorshSerialize, BorshDeserialize)]
struct Meeting {
    start: i64,
    end: i64,
    seats: i128,
    taken: i128,
    given: i128,
}

/// What is taken, activity by activity and resident by resident.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Seats {
    meetings: FxHashMap<ActivityId, Meeting>,
    diaries: FxHashMap<ResidentId, Vec<(SeatId, i64, i64)>>,
}

impl Seats {
    fn held(&mut self, request: &Request, status: Status, broken: &mut Vec<Broken>) {
        let Request { seat, activity, resident } = *request;
        let Some(meeting) = self.meetings.get_mut(&activity) else { return };
        let diary = self.diaries.entry(resident).or_default();
        let had = diary.iter().any(|(own, ..)| *own == seat);
        match status {
            Status::Taken => {
                meeting.taken = meeting.taken.saturating_add(1);
                let Meeting { start, end, .. } = *meeting;
                if diary.iter().any(|(_, from, until)| *from < end && start < *until) {
                    let what = format!("resident {resident} in seat {seat} and in another");
                    broken.push((Rule::SeatsApart, what));
                }
                diary.push((seat, start, end));
            }
            Status::Withdrawn | Status::CalledOff | Status::Vacated if had => {
                meeting.taken = meeting.taken.saturating_sub(1);
                diary.retain(|(own, ..)| *own != seat);
            }
            Status::Served | Status::Forgotten | Status::Missed => {
                diary.retain(|(own, ..)| *own != seat);
            }
            Status::Waiting
            | Status::Present
            | Status::Withdrawn
            | Status::CalledOff
            | Status::Vacated
            | Status::PassedOver
            | Status::Lapsed => {}
        }
        if diary.is_empty() {
            self.diaries.remove(&resident);
        }
        if meeting.taken > meeting.seats || meeting.taken < 0 {
            let what = format!("activity {activity}: {} of {}", meeting.taken, meeting.seats);
            broken.push((Rule::SeatCapacity, what));
        }
    }
}

impl Books {
    pub(super) fn attend(&mut self, event: &Event, broken: &mut Vec<Broken>) {
        if let Event::Published { plan, .. } = event {
            let (start, end) = (plan.planned.start(), plan.planned.end());
            let meeting = Meeting {
                start: start.microseconds(),
                end: end.microseconds(),
                seats: plan.seats.into(),
                taken: 0,
                given: 0,
            };
            self.seats.meetings.insert(plan.activity, meeting);
        }
        let Some((request, status)) = event.seat() else { return };
        if status != Status::Vacated && self.erased.contains(&request.resident) {
            let what = format!("seat {} is {status:?}", request.seat);
            broken.push((Rule::ErasedGetsNothing, what));
        }
        self.lives.of_seat(request.seat, status);
        self.seats.held(request, status, broken);
        let (Some(stay), Some(meeting)) =
            (event.stay(), self.seats.meetings.get_mut(&request.activity))
        else {
            return;
        };
        let (from, until) = (stay.from.microseconds(), stay.until.microseconds());
        meeting.given = meeting.given.saturating_add(i128::from(until.saturating_sub(from)));
        let length = i128::from(meeting.end.saturating_sub(meeting.start));
        let within = meeting.start <= from && from <= until && until <= meeting.end;
        if !within || meeting.given > meeting.seats.saturating_mul(length) {
            let what = format!("seat {}: {from} to {until} µs of {meeting:?}", request.seat);
            broken.push((Rule::SeatTime, what));
        }
    }
}
