//! Who waits for goods, list by list, beside what the books know of shelves: nobody waits twice,
//! whoever is served or passed over is the first for whom there is something, and nothing is wished
//! while there still is one.

use std::collections::BTreeSet;

use borsh::{BorshDeserialize, BorshSerialize};
use linli_domain::Origin;
use linli_domain::queue::{Event, Request};

use super::*;

type List = (StationId, ItemId);

/// All lists, each in the order of arrival.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Queues {
    waiting: FxHashMap<List, Vec<Request>>,
    /// Those with somebody for whom there is something.
    moving: BTreeSet<List>,
}

impl Queues {
    fn remove(&mut self, request: &Request) -> bool {
        let Some(list) = self.waiting.get_mut(&request.list()) else { return false };
        let before = list.len();
        list.retain(|other| other != request);
        let found = list.len() < before;
        if list.is_empty() {
            self.waiting.remove(&request.list());
        }
        found
    }
}

impl Books {
    fn free(&self, list: List) -> i128 {
        let stock = self.stock.get(&list).copied().unwrap_or_default();
        stock.on_hand().saturating_sub(stock.promised)
    }

    /// The first who waits and for whom there is something, or whose account is closed.
    fn first_in(&self, list: List) -> Option<Request> {
        let free = self.free(list);
        let next =
            |it: &&Request| i128::from(it.quantity) <= free || self.erased.contains(&it.resident);
        self.queues.waiting.get(&list)?.iter().find(next).copied()
    }

    /// After something of a list, or on its shelf, has changed.
    pub(super) fn watch_queue(&mut self, list: List) {
        if self.first_in(list).is_some() {
            self.queues.moving.insert(list);
        } else {
            self.queues.moving.remove(&list);
        }
    }

    /// After an account was closed.
    pub(super) fn watch_queues_of(&mut self, resident: ResidentId) {
        let waits = |list: &Vec<Request>| list.iter().any(|it| it.resident == resident);
        let lists = self.queues.waiting.iter().filter(|(_, list)| waits(list));
        let lists: Vec<List> = lists.map(|(list, _)| *list).collect();
        lists.into_iter().for_each(|list| self.watch_queue(list));
    }

    /// Before anything is wished, whoever can be served was.
    pub(super) fn nobody_overtakes(&mut self, origin: &Origin, broken: &mut Vec<Broken>) {
        if *origin == Origin::Deadline {
            return;
        }
        for (station, item) in std::mem::take(&mut self.queues.moving) {
            let what =
                format!("somebody waits for item {item} at station {station}: there is some");
            broken.push((Rule::QueueOrder, what));
        }
    }

    pub(super) fn queue(&mut self, event: &Event, broken: &mut Vec<Broken>) {
        let request = *event.request();
        let id = request.redemption;
        match event {
            Event::Joined(_) => {
                let free = self.free(request.list());
                if free >= i128::from(request.quantity) {
                    broken.push((Rule::QueueOrder, format!("wait {id}, and {free} are free")));
                }
                let list = self.queues.waiting.entry(request.list()).or_default();
                let same = |it: &Request| it.resident == request.resident || it.redemption == id;
                if list.iter().any(same) {
                    broken.push((Rule::QueueOnce, format!("wait {id} is a second one")));
                }
                list.push(request);
            }
            Event::Left { .. } => self.wait_ends(&request, broken),
            Event::PassedOver { .. } => {
                self.in_order(&request, broken);
                self.wait_ends(&request, broken);
            }
        }
        self.watch_queue(request.list());
    }

    /// A redemption: what was waited for, what it posts and moves, and what it counts for by limits.
    pub(super) fn spend(
        &mut self,
        event: &redemption::Event,
        record: &Record,
        broken: &mut Vec<Broken>,
    ) {
        self.serve(event, &record.origin, broken);
        self.redeem(event, &record.postings, broken);
        self.count_slip(event, record.recorded_at, broken);
        self.count_slip_in_all(event, record.recorded_at, broken);
    }

    /// What is reserved by itself was waited for, and nothing else is. Comes before the shelf is
    /// told of it.
    fn serve(&mut self, event: &redemption::Event, origin: &Origin, broken: &mut Vec<Broken>) {
        let redemption::Event::Reserved { slip, .. } = event else { return };
        match (self.waited_as(slip), *origin == Origin::Deadline) {
            (Some(request), true) => {
                self.in_order(&request, broken);
                self.wait_ends(&request, broken);
                self.watch_queue(request.list());
            }
            (None, false) => {}
            (waited, _) => {
                let id = slip.redemption;
                let what = format!("redemption {id} by {origin:?}, waited for as {waited:?}");
                broken.push((Rule::QueueOnce, what));
            }
        }
    }

    /// The wait that a slip serves: of the same person, for as many of the same.
    fn waited_as(&self, slip: &Slip) -> Option<Request> {
        let [line] = slip.lines.as_slice() else { return None };
        let request = Request {
            redemption: slip.redemption,
            resident: slip.resident,
            station: slip.station,
            item: line.item,
            quantity: line.quantity,
        };
        let list = self.queues.waiting.get(&request.list())?;
        list.contains(&request).then_some(request)
    }

    fn in_order(&self, request: &Request, broken: &mut Vec<Broken>) {
        let first = self.first_in(request.list());
        if first.as_ref() != Some(request) {
            let what = format!("wait {} came up, and {first:?} was the first", request.redemption);
            broken.push((Rule::QueueOrder, what));
        }
    }

    fn wait_ends(&mut self, request: &Request, broken: &mut Vec<Broken>) {
        if !self.queues.remove(request) {
            broken.push((Rule::QueueOnce, format!("nobody waits as {}", request.redemption)));
        }
    }

    /// Holds the lists against those of the state that the core replayed.
    pub(super) fn compare_queues(&self, state: &State, broken: &mut Vec<Broken>) {
        for ((station, item), _) in state.queues().sorted() {
            let theirs: Vec<Request> = state.queue(station, item).copied().collect();
            let ours = self.queues.waiting.get(&(station, item));
            if ours != Some(&theirs) {
                let what = format!("item {item}: books {ours:?}, state {theirs:?}");
                broken.push((Rule::SameAsState, what));
            }
        }
        let (ours, theirs) = (self.queues.waiting.len(), state.queues().len());
        if ours != theirs {
            broken.push((Rule::SameAsState, format!("{ours} queues in the books, {theirs}")));
        }
    }
}
