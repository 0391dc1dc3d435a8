//! What the facts of queues do to the state.

use crate::State;
use crate::id::ResidentId;
use crate::queue::{Event, Request, Status, Wait};
use crate::redemption::Slip;
use crate::state::{Law, Step, known};
use crate::time::Timestamp;

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    let request = event.request();
    match event {
        Event::Joined(_) => {
            let wait = Wait { status: Status::Waiting, request: Some(*request) };
            state.waits.insert(request.redemption, wait);
            state.queues.entry(request.list()).waiting.push(request.redemption);
            state.watch_queue(request.list(), now);
            Ok(())
        }
        Event::Left { .. } | Event::PassedOver { .. } => {
            state.wait_over(request, event.status(), now)
        }
    }
}

impl State {
    /// Takes a wait off its list: it ends once, and as what it began.
    fn wait_over(&mut self, request: &Request, status: Status, now: Timestamp) -> Step {
        let id = request.redemption;
        let found = known(self.waits.get_mut(id), id)?;
        if found.request.as_ref() != Some(request) {
            return Err((Law::HoldEndsOnce, format!("wait {id} is {found:?}")));
        }
        *found = Wait { status, request: None };
        let list = request.list();
        known(self.queues.get_mut(list), id)?.waiting.retain(|other| *other != id);
        self.watch_queue(list, now);
        if self.queues.get(list).is_some_and(|queue| queue.waiting.is_empty()) {
            self.queues.remove(list);
        }
        Ok(())
    }

    /// What was waited for under the id of a slip is set aside now.
    pub(crate) fn wait_served(&mut self, slip: &Slip, now: Timestamp) -> Step {
        match self.waits.get(slip.redemption).copied() {
            Some(Wait { request: Some(request), .. }) => {
                self.wait_over(&request, Status::Served, now)
            }
            Some(found) => {
                Err((Law::HoldEndsOnce, format!("wait {} is {found:?}", slip.redemption)))
            }
            None => Ok(()),
        }
    }

    /// Who was erased waits no longer: each of their lists moves on by itself. Walks all lists, for
    /// people are erased a few times a year.
    pub(crate) fn leave_queues(&mut self, resident: ResidentId, now: Timestamp) {
        let requests = self.waits.values().filter_map(|wait| wait.request);
        let mut lists: Vec<_> =
            requests.filter(|it| it.resident == resident).map(|it| it.list()).collect();
        lists.sort_unstable();
        lists.into_iter().for_each(|list| self.watch_queue(list, now));
    }
}
