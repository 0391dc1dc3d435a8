//! What happens to activities by itself: the waiting list moves on, seats end, and what was
//! forgotten becomes a contribution.
//!
//! While somebody waits, the queue of deadlines holds when the list moves: at once if there is a
//! seat, else at the start. Deadlines become records before the next command is taken, so nobody who
//! comes later overtakes.

use crate::activity::attend::{claim, stay};
use crate::activity::decide::unfit;
use crate::activity::{Activity, Event, Status};
use crate::contribution::submitted;
use crate::id::{ActivityId, SeatId};
use crate::time::Timestamp;
use crate::{Deadline, State};

impl State {
    /// Does the queue hold when the waiting list moves, if and only if somebody waits?
    pub(crate) fn watches_list(&self, found: &Activity) -> bool {
        let id = found.plan.activity;
        match found.moves_at {
            Some(at) => {
                !found.waiting.is_empty()
                    && self.deadlines.contains(&(at, Deadline::ListMoves(id)))
                    && (found.moves_now() || at == found.plan.planned.start())
            }
            None => found.waiting.is_empty(),
        }
    }

    /// Keeps the deadline of a waiting list as it has to be.
    pub(super) fn watch_list(&mut self, id: ActivityId, now: Timestamp) {
        let Some(found) = self.activities.get(id) else { return };
        let (start, before) = (found.plan.planned.start(), found.moves_at);
        let moves_at = if found.moves_now() {
            before.filter(|at| *at <= now).unwrap_or(now).min(start)
        } else {
            start
        };
        let after = (!found.waiting.is_empty()).then_some(moves_at);
        self.reset_deadline(Deadline::ListMoves(id), before, after);
        if let Some(found) = self.activities.get_mut(id) {
            found.moves_at = after;
        }
    }

    /// What becomes of the first who waits.
    pub(crate) fn list_moved(&self, id: ActivityId, now: Timestamp) -> Option<Event> {
        let found = self.activities.get(id)?;
        let request = self.seats.get(*found.waiting.first()?)?.request;
        if found.called_off {
            return Some(Event::SeatCalledOff(request));
        }
        if found.plan.planned.start() <= now {
            return Some(Event::Lapsed(request));
        }
        Some(match unfit(self, found, &request) {
            Some((why, _)) => Event::PassedOver { request, why },
            None => Event::Promoted(request),
        })
    }

    /// How a seat ends by itself.
    pub(crate) fn seat_ended(&self, id: SeatId) -> Option<Event> {
        let seat = self.seats.get(id)?;
        let found = self.activities.get(seat.request.activity)?;
        let request = seat.request;
        if self.is_erased(request.resident) {
            return Some(Event::Vacated(request));
        }
        if found.called_off {
            return Some(Event::SeatCalledOff(request));
        }
        match seat.status {
            Status::Taken => Some(Event::Missed(request)),
            Status::Present => {
                let stay = stay(self, found, seat, None, 0)?;
                Some(Event::Forgotten { request, stay })
            }
            Status::Waiting
            | Status::Served
            | Status::Forgotten
            | Status::Missed
            | Status::Withdrawn
            | Status::PassedOver
            | Status::Lapsed
            | Status::CalledOff
            | Status::Vacated => None,
        }
    }

    /// The contribution that a forgotten seat becomes.
    pub(crate) fn seat_became(&self, id: SeatId) -> Option<crate::Event> {
        let seat = self.seats.get(id)?;
        let found = self.activities.get(seat.request.activity)?;
        let (_, stay) = seat.becomes?;
        submitted(self, claim(found, seat, stay).ok()?).ok()
    }
}
