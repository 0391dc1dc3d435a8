//! Activities in the state, and their laws: no more seats, and no more time, than there is; nobody on two at once.

use crate::activity::{Activity, Seat, Status};
use crate::id::{ActivityId, SeatId};
use crate::{Contradiction, Deadline, Registry, State};

use super::Law;

impl State {
    /// All activities.
    #[must_use]
    pub const fn activities(&self) -> &Registry<ActivityId, Activity> {
        &self.activities
    }

    /// All seats.
    #[must_use]
    pub const fn activity_seats(&self) -> &Registry<SeatId, Seat> {
        &self.seats
    }

    pub(super) fn check_activity(&self, id: ActivityId) -> Result<(), Contradiction> {
        let Some(found) = self.activities.get(id) else {
            return Err(self.broken(Law::Known, format!("activity {id}")));
        };
        let Activity { taken, minutes, .. } = *found;
        if taken > found.plan.seats || minutes > found.plan.minutes_most() {
            let found = format!("activity {id}: {taken} seats taken, {minutes} minutes given");
            return Err(self.broken(Law::Seats, found));
        }
        if !self.watches_list(found) {
            let found = format!("activity {id}: a waiting list without its deadline");
            return Err(self.broken(Law::Deadline, found));
        }
        Ok(())
    }

    /// Every engagement is an open seat in the queue and of its resident, every open seat is an
    /// engagement, and no two of one resident overlap.
    pub(super) fn check_diaries(&self) -> Result<(), Contradiction> {
        let mut engaged = 0_usize;
        for (resident, diary) in self.diaries.sorted() {
            for (index, one) in diary.iter().enumerate() {
                engaged = engaged.saturating_add(1);
                let queued = |seat: &Seat| {
                    let deadline = Deadline::SeatEnds(one.seat);
                    let open = matches!(seat.status, Status::Taken | Status::Present);
                    let at = seat.ends_at.filter(|_| open && seat.request.resident == resident);
                    at.is_some_and(|at| self.deadlines.contains(&(at, deadline)))
                };
                if !self.seats.get(one.seat).is_some_and(queued) {
                    return Err(self.broken(Law::Deadline, format!("{one:?} of {resident}")));
                }
                let mut others = diary.iter().skip(index.saturating_add(1));
                if let Some(other) = others.find(|other| other.planned.overlaps(one.planned)) {
                    let found = format!("{one:?} and {other:?} of {resident}");
                    return Err(self.broken(Law::NoOverlap, found));
                }
            }
        }
        let open = self.activities.values().map(|found| found.open.len());
        let open = open.fold(0_usize, usize::saturating_add);
        if open == engaged {
            return Ok(());
        }
        Err(self.broken(Law::Seats, format!("{open} open seats, {engaged} engagements")))
    }
}
