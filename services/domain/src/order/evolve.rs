//! What the facts of orders do to the state.

use crate::area::Level;
use crate::hazard;
use crate::id::{AreaId, OrderId};
use crate::order::{Cause, Event, Opening, Order, Status};
use crate::state::{Law, Step, known};
use crate::time::Timestamp;
use crate::{Deadline, State};

pub(crate) fn evolve(state: &mut State, event: &Event) -> Step {
    match event {
        Event::Opened { opening, level, due_at } => state.opened(*opening, *level, *due_at),
        Event::Dispatched { order, unit, level, due_at, .. }
        | Event::Escalated { order, unit, level, due_at, .. } => {
            state.handed_to(*order, *unit, *level, *due_at)
        }
        Event::Accepted { order, officer, due_at } => {
            let found = state.order_that_is(*order, &[Status::Dispatched])?;
            (found.status, found.handler) = (Status::Accepted, Some(*officer));
            state.wind(*order, Some(*due_at))
        }
        Event::ClockMissed { order, clock } => {
            let found = known(state.orders.get(*order), order)?;
            if found.status.clock() != Some(*clock) {
                return Err((Law::Deadline, format!("no clock {clock:?} runs for {order}")));
            }
            state.wind(*order, None)
        }
        Event::Closed { order, due_at, .. } => {
            state.order_that_is(*order, &[Status::Accepted])?.status = Status::Closed;
            state.wind(*order, Some(*due_at))
        }
        Event::SentBack { order, due_at, .. } => {
            state.order_that_is(*order, &[Status::Closed])?.status = Status::Accepted;
            state.wind(*order, Some(*due_at))
        }
        Event::Checked { order, .. } => {
            state.order_that_is(*order, &[Status::Closed])?.status = Status::Checked;
            state.wind(*order, None)
        }
    }
}

impl State {
    fn opened(&mut self, opening: Opening, level: Level, due_at: Timestamp) -> Step {
        if let Cause::Hazard(hazard) = opening.cause {
            self.waiting(hazard)?.status = hazard::Status::Verified;
        }
        let order = Order {
            opening,
            status: Status::Dispatched,
            unit: opening.area,
            level,
            handler: None,
            due_at: None,
        };
        self.orders.insert(opening.order, order);
        self.wind(opening.order, Some(due_at))
    }

    fn handed_to(&mut self, id: OrderId, unit: AreaId, level: Level, due_at: Timestamp) -> Step {
        let order = self.order_that_is(id, &[Status::Dispatched, Status::Accepted])?;
        (order.status, order.handler) = (Status::Dispatched, None);
        (order.unit, order.level) = (unit, level);
        self.wind(id, Some(due_at))
    }

    fn order_that_is(&mut self, id: OrderId, any: &[Status]) -> Result<&mut Order, (Law, String)> {
        known(self.orders.get_mut(id).filter(|order| any.contains(&order.status)), id)
    }

    /// Stops an order's clock and, if there is a new one, starts that.
    fn wind(&mut self, id: OrderId, due_at: Option<Timestamp>) -> Step {
        let order = known(self.orders.get_mut(id), id)?;
        let before = std::mem::replace(&mut order.due_at, due_at);
        if let Some(before) = before {
            self.deadlines.remove(&(before, Deadline::OrderClock(id)));
        }
        if let Some(due_at) = due_at {
            self.deadlines.insert((due_at, Deadline::OrderClock(id)));
        }
        Ok(())
    }
}
