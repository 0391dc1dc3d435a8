//! What the facts of activities do to the state.

use crate::activity::{
    Activity, Arrival, Engagement, Event, Outcome, Request, Seat, Showing, Status, Stay,
};
use crate::id::{ActivityId, ContributionId, ResidentId, SeatId};
use crate::state::{Law, Step, known};
use crate::time::Timestamp;
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Published { plan, terms } => {
            let activity = Activity::new(plan.clone(), *terms);
            state.activities.insert(plan.activity, activity);
            return Ok(());
        }
        Event::CalledOff { activity, .. } => {
            state.posted(*activity)?.called_off = true;
            state.end_all_seats(*activity, now)?;
        }
        Event::Taken(request) => {
            state.seats.insert(request.seat, Seat::new(*request, Status::Taken));
            state.seated(request)?;
        }
        Event::Waited(request) => {
            state.seats.insert(request.seat, Seat::new(*request, Status::Waiting));
            state.posted(request.activity)?.waiting.push(request.seat);
        }
        Event::Promoted(request) => {
            state.off_the_list(request, Status::Taken)?;
            state.seated(request)?;
        }
        Event::PassedOver { request, .. } => {
            state.off_the_list(request, Status::PassedOver)?;
        }
        Event::Lapsed(request) => state.off_the_list(request, Status::Lapsed)?,
        Event::Withdrawn(request) => state.given_up(request, Status::Withdrawn)?,
        Event::SeatCalledOff(request) => state.given_up(request, Status::CalledOff)?,
        Event::Vacated(request) => state.given_up(request, Status::Vacated)?,
        Event::CheckedIn { request, showing } => state.arrived(request, *showing, now)?,
        Event::CheckedOut { request, stay, .. } => {
            state.left(request, *stay, Status::Served)?;
        }
        Event::Forgotten { request, stay } => {
            state.left(request, *stay, Status::Forgotten)?;
            state.leaves_contribution(request.seat, *stay, now)?;
        }
        Event::Missed(request) => state.seat_closed(request, &[Status::Taken], Status::Missed)?,
    }
    state.watch_list(event.activity(), now);
    Ok(())
}

impl State {
    fn posted(&mut self, id: ActivityId) -> Result<&mut Activity, (Law, String)> {
        known(self.activities.get_mut(id), id)
    }

    /// A seat that is one of these, or the law that it ends once.
    fn seat_at(&mut self, request: &Request, any: &[Status]) -> Result<&mut Seat, (Law, String)> {
        let seat = known(self.seats.get_mut(request.seat), request.seat)?;
        if seat.request != *request || !any.contains(&seat.status) {
            let found = format!("seat {} is {:?}", request.seat, seat.status);
            return Err((Law::SeatEndsOnce, found));
        }
        Ok(seat)
    }

    /// Somebody has a seat, until the planned end unless they come.
    fn seated(&mut self, request: &Request) -> Step {
        let activity = self.posted(request.activity)?;
        let planned = activity.plan.planned;
        activity.taken = known(activity.taken.checked_add(1), request.activity)?;
        activity.open.insert(request.seat);
        if let Some(other) = self.engaged(request.resident, planned) {
            let found = format!("seats {} and {} of one resident", request.seat, other.seat);
            return Err((Law::NoOverlap, found));
        }
        let engagement = Engagement { planned, seat: request.seat };
        self.diaries.entry(request.resident).push(engagement);
        self.ends(request.seat, Some(planned.end()))
    }

    /// When a seat ends by itself from now on.
    fn ends(&mut self, id: SeatId, at: Option<Timestamp>) -> Step {
        let seat = known(self.seats.get_mut(id), id)?;
        let before = std::mem::replace(&mut seat.ends_at, at);
        if let Some(before) = before {
            self.deadlines.remove(&(before, Deadline::SeatEnds(id)));
        }
        if let Some(at) = at {
            self.deadlines.insert((at, Deadline::SeatEnds(id)));
        }
        Ok(())
    }

    fn off_the_list(&mut self, request: &Request, to: Status) -> Step {
        self.seat_at(request, &[Status::Waiting])?.status = to;
        self.ends(request.seat, None)?;
        self.posted(request.activity)?.waiting.retain(|id| *id != request.seat);
        Ok(())
    }

    /// A seat that nobody uses is free again; whoever waits leaves the list.
    fn given_up(&mut self, request: &Request, to: Status) -> Step {
        let open = [Status::Waiting, Status::Taken, Status::Present];
        if self.seat_at(request, &open)?.status == Status::Waiting {
            return self.off_the_list(request, to);
        }
        self.seat_closed(request, &open, to)?;
        let activity = self.posted(request.activity)?;
        activity.taken = known(activity.taken.checked_sub(1), request.activity)?;
        Ok(())
    }

    /// A seat has come to its end, and the resident's time is free again.
    fn seat_closed(&mut self, request: &Request, from: &[Status], to: Status) -> Step {
        let seat = self.seat_at(request, from)?;
        (seat.status, seat.arrival) = (to, None);
        self.ends(request.seat, None)?;
        self.posted(request.activity)?.open.remove(&request.seat);
        self.disengage(request.resident, request.seat);
        Ok(())
    }

    fn disengage(&mut self, resident: ResidentId, seat: SeatId) {
        let Some(diary) = self.diaries.get_mut(resident) else { return };
        diary.retain(|engagement| engagement.seat != seat);
        if diary.is_empty() {
            self.diaries.remove(resident);
        }
    }

    fn arrived(&mut self, request: &Request, showing: Showing, now: Timestamp) -> Step {
        let activity = known(self.activities.get(request.activity), request.activity)?;
        let placed = showing.place == Some(activity.plan.place);
        let shuts_at = activity.terms.shuts_at(&activity.plan);
        let seat = self.seat_at(request, &[Status::Taken])?;
        seat.status = Status::Present;
        seat.arrival = Some(Arrival { at: now, coded: showing.code.is_some(), placed });
        self.ends(request.seat, Some(shuts_at))
    }

    fn left(&mut self, request: &Request, stay: Stay, to: Status) -> Step {
        self.seat_closed(request, &[Status::Present], to)?;
        if stay.outcome == Outcome::Contribution {
            let minutes = stay.happened().map_or(0, |it| u64::from(it.minutes().get()));
            let activity = self.posted(request.activity)?;
            activity.minutes = known(activity.minutes.checked_add(minutes), request.activity)?;
        }
        Ok(())
    }

    /// The contribution of a forgotten seat is the next thing that happens by itself.
    fn leaves_contribution(&mut self, id: SeatId, stay: Stay, now: Timestamp) -> Step {
        if stay.outcome != Outcome::Contribution {
            return Ok(());
        }
        known(self.seats.get_mut(id), id)?.becomes = Some((now, stay));
        self.deadlines.insert((now, Deadline::SeatBecomes(id)));
        Ok(())
    }

    /// A contribution was submitted; if a seat was to become it, that is done.
    pub(crate) fn seat_has_become(&mut self, contribution: ContributionId) {
        let id = SeatId::from_number(contribution.number());
        let Some((at, _)) = self.seats.get_mut(id).and_then(|seat| seat.becomes.take()) else {
            return;
        };
        self.deadlines.remove(&(at, Deadline::SeatBecomes(id)));
    }

    /// Lets all seats of what was called off end now, one after the other.
    fn end_all_seats(&mut self, id: ActivityId, now: Timestamp) -> Step {
        let open: Vec<SeatId> = self.posted(id)?.open.iter().copied().collect();
        open.into_iter().try_for_each(|seat| self.ends(seat, Some(now)))
    }

    /// Lets all that an erased resident has of activities end now: seats, places on waiting lists,
    /// and the lead of a team. They are due before any list moves, so nobody waits for longer.
    pub(crate) fn vacate(&mut self, resident: ResidentId, now: Timestamp) -> Step {
        let seats: Vec<SeatId> = self.seats_open_of(resident).collect();
        seats.into_iter().try_for_each(|seat| self.ends(seat, Some(now)))?;
        if let Some(team) = self.led_by(resident) {
            self.leaders.remove(team);
        }
        Ok(())
    }
}
