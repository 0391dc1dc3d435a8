//! How a queue moves on by itself.
//!
//! While there is something for one who waits, the state's deadlines hold the moment at which it
//! came to be, whatever brought it: a delivery, a return, a move, a count, a hold that ended. What is
//! due becomes a record before the next command is taken, so nobody at the counter is quicker; and
//! its record takes the candidate off the list in any case, so the list always moves on. Whoever
//! wants more than there is keeps their place and blocks nobody.

use std::collections::BTreeSet;

use crate::booking::unfit;
use crate::id::{ItemId, StationId};
use crate::queue::{Event, Request};
use crate::redemption;
use crate::time::Timestamp;
use crate::{Contradiction, Deadline, Law, State};

impl State {
    /// The first who waits and for whom there is something; or who was erased, and gets nothing.
    fn first_in(&self, (station, item): (StationId, ItemId)) -> Option<&Request> {
        let free = self.shelf(station, item).free();
        let mut waiting = self.queue(station, item);
        waiting.find(|it| it.quantity <= free || self.is_erased(it.resident))
    }

    /// Keeps the deadline of a list just as long as it can move on.
    pub(crate) fn watch_queue(&mut self, list: (StationId, ItemId), now: Timestamp) {
        let Some(queue) = self.queues.get(list) else { return };
        let before = queue.moves_at;
        let after = self.first_in(list).map(|_| before.unwrap_or(now));
        self.reset_deadline(Deadline::QueueMoves(list.0, list.1), before, after);
        if let Some(queue) = self.queues.get_mut(list) {
            queue.moves_at = after;
        }
    }

    /// What becomes of the first: a hold until it is fetched, or the reason why not.
    pub(crate) fn queue_moved(
        &self,
        station: StationId,
        item: ItemId,
        now: Timestamp,
    ) -> Option<crate::Event> {
        let request = *self.first_in((station, item))?;
        let rules = self.rules.in_force(now)?;
        // Rules that know of no queues any more let those who wait be served as anybody is.
        let fetch = rules.queue.map_or(rules.hold, |queue| queue.fetch);
        Some(match redemption::queued_slip(self, &request, now) {
            Ok(slip) => redemption::Event::Reserved { slip, expires_at: now.after(fetch) }.into(),
            Err(refusal) => Event::PassedOver { request, why: unfit(&refusal) }.into(),
        })
    }

    /// Nobody waits twice for the same, every wait stands on its list, and every list has its
    /// deadline if, and only if, it can move on.
    pub(crate) fn check_queues(&self) -> Result<(), Contradiction> {
        let mut waiting = 0_usize;
        for ((station, item), queue) in self.queues.sorted() {
            let requests: Vec<&Request> = self.queue(station, item).collect();
            let people: BTreeSet<_> = requests.iter().map(|it| it.resident).collect();
            let here = requests.iter().all(|it| it.list() == (station, item));
            let whole = requests.len() == queue.waiting.len() && people.len() == requests.len();
            if queue.waiting.is_empty() || !here || !whole {
                return Err(self.broken(Law::Known, format!("item {item}: {queue:?}")));
            }
            waiting = waiting.saturating_add(requests.len());
            let deadline = Deadline::QueueMoves(station, item);
            let moves = self.first_in((station, item)).is_some();
            let watched = queue.moves_at.is_some_and(|at| self.deadlines.contains(&(at, deadline)));
            if moves != watched || moves != queue.moves_at.is_some() {
                return Err(self.broken(Law::Deadline, format!("{deadline:?}: {queue:?}")));
            }
        }
        let open = self.waits.values().filter(|wait| wait.request.is_some()).count();
        if waiting == open {
            return Ok(());
        }
        Err(self.broken(Law::Known, format!("{open} wait, {waiting} stand on lists")))
    }
}
