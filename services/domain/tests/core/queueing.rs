//! Random histories of who waits for goods: their steps, and what has to hold of the records
//! whatever the steps were.

use std::collections::BTreeMap;

use linli_domain::booking::Unfit;
use linli_domain::id::{ItemId, RedemptionId, StationId};
use linli_domain::queue::{self, Request};
use linli_domain::redemption::{self, Fate, Slip};
use linli_domain::{Event, Origin, Record, allowance, item};
use proptest::prelude::*;

use crate::steps::{Step as Any, serving};
use crate::world::*;

/// One wish, by small numbers.
#[derive(Clone, Debug)]
pub enum Step {
    Join { who: u128, station: u128, item: u128, quantity: u32 },
    Leave { which: usize, station: Option<u128> },
}

pub fn step() -> impl Strategy<Value = Step> {
    let item = prop_oneof![9 => Just(1_u128), 1 => Just(2_u128)];
    prop_oneof![
        3 => (1..=9_u128, 1..=2_u128, item, 0..=4_u32)
            .prop_map(|(who, station, item, quantity)| Step::Join { who, station, item, quantity }),
        1 => (0..5_usize, prop::option::of(1..=2_u128))
            .prop_map(|(which, station)| Step::Leave { which, station }),
    ]
}

/// Goods that are short: who waits, what comes in, and what is given back.
pub fn and_all_it_needs() -> impl Strategy<Value = Any> {
    let (who, station) = (|| 1..=9_u128, || 1..=2_u128);
    let rice = || (1..=2_u32).prop_map(|quantity| vec![(1_u128, quantity)]);
    prop_oneof![
        8 => step().prop_map(Any::Queueing),
        4 => serving(),
        3 => (who(), station(), rice()).prop_map(|(who, station, wishes)| Any::Reserve { who, station, wishes }),
        2 => (0..6_usize, station()).prop_map(|(which, station)| Any::Void { which, station }),
        2 => (0..6_usize, station())
            .prop_map(|(which, station)| Any::Capture { which, station, handed: Vec::new() }),
        2 => (station(), 0..3_u32).prop_map(|(station, quantity)| Any::Receive { station, quantity }),
        2 => (station(), Just(1_u128), 0..4_u32, 0..4_u8, Just(3_u128))
            .prop_map(|(station, item, quantity, how, officer)| Any::Stock {
                station, item, quantity, how, officer,
            }),
        1 => who().prop_map(|who| Any::Erase { who }),
    ]
}

/// The wish behind a step; a wait has the number that its redemption will have.
pub fn command(step: &Step, redemptions: &mut u128) -> queue::Command {
    match *step {
        Step::Join { who, station, item, quantity } => {
            *redemptions += 1;
            queue::Command::Join(Request {
                redemption: redemption(*redemptions),
                resident: resident(who),
                station: StationId::from_number(station),
                item: ItemId::from_number(item),
                quantity,
            })
        }
        Step::Leave { which, station } => {
            let number = redemptions.saturating_sub(u128::try_from(which).unwrap());
            let station = station.map(StationId::from_number);
            queue::Command::Leave { redemption: redemption(number), station }
        }
    }
}

type List = (StationId, ItemId);

/// What is free and who waits, added up from the facts alone.
#[derive(Default)]
struct Counter {
    free: BTreeMap<List, i64>,
    waiting: Vec<Request>,
}

impl Counter {
    fn fits(&self, request: &Request) -> bool {
        let free = self.free.get(&request.list()).copied().unwrap_or_default();
        i64::from(request.quantity) <= free
    }

    fn change(&mut self, slip: &Slip, by: i64) {
        for line in slip.lines.iter().filter(|line| line.stocked) {
            self.put((slip.station, line.item), by * i64::from(line.quantity));
        }
    }

    fn put(&mut self, list: List, pieces: i64) {
        *self.free.entry(list).or_default() += pieces;
    }

    fn of_stock(&mut self, event: &item::Event) {
        match event {
            item::Event::StockReceived(it) => self.put((it.station, it.item), it.quantity.into()),
            item::Event::StockSentBack(it) => {
                self.put((it.station, it.item), -i64::from(it.quantity));
            }
            item::Event::StockCounted(it) => {
                let found = i64::from(it.count.found) - i64::from(it.expected);
                self.put((it.count.station, it.count.item), found);
            }
            item::Event::StockMoved(it) => {
                self.put((it.from, it.item), -i64::from(it.quantity));
                self.put((it.to, it.item), it.quantity.into());
            }
            item::Event::StockWrittenOff(it) => {
                let goods = it.goods;
                self.put((goods.station, goods.item), -i64::from(goods.quantity));
            }
            item::Event::Listed(_) | item::Event::Priced(_) | item::Event::TermsSet(_) => {}
        }
    }

    fn of_slips(&mut self, event: &redemption::Event) {
        match event {
            redemption::Event::Reserved { slip, .. } | redemption::Event::Sold(slip) => {
                self.change(slip, -1);
            }
            redemption::Event::Voided { slip, .. } | redemption::Event::TimedOut { slip, .. } => {
                self.change(slip, 1);
            }
            redemption::Event::PartCaptured { rest, .. } => self.change(rest, 1),
            redemption::Event::Captured(_) => {}
            redemption::Event::Returned(it) => {
                let back = it.lines().filter(|(line, fate)| line.stocked && *fate == Fate::Shelf);
                for (line, _) in back {
                    self.put((it.slip.station, line.item), line.quantity.into());
                }
            }
        }
    }

    /// The one under this id leaves the list; nobody before them could have had it.
    fn served(&mut self, id: RedemptionId, record: &Record) {
        let Some(at) = self.waiting.iter().position(|it| it.redemption == id) else { return };
        assert_eq!(record.origin, Origin::Deadline, "{record:?}");
        let request = self.waiting.remove(at);
        let same = |it: &&Request| it.list() == request.list();
        let mut before = self.waiting[..at].iter().filter(same);
        assert!(!before.any(|it| self.fits(it)), "{record:?} overtakes");
        assert!(self.fits(&request), "{record:?} of what isn't there");
    }

    fn of_queue(&mut self, event: &queue::Event, record: &Record) {
        let request = event.request();
        match event {
            queue::Event::Joined(_) => {
                assert!(!self.fits(request), "{record:?} though there is enough");
                let twice =
                    |it: &Request| (it.resident, it.list()) == (request.resident, request.list());
                assert!(!self.waiting.iter().any(twice), "{record:?} waits twice");
                self.waiting.push(*request);
            }
            queue::Event::Left { .. } | queue::Event::PassedOver { why: Unfit::Erased, .. } => {
                let before = self.waiting.len();
                self.waiting.retain(|it| it != request);
                assert_eq!(self.waiting.len() + 1, before, "{record:?}");
            }
            queue::Event::PassedOver { .. } => {
                assert!(self.waiting.contains(request), "{record:?}");
                self.served(request.redemption, record);
            }
        }
    }
}

/// Whatever anybody wished, nobody waited by then for whom there was something; what is served is
/// served in the order of arrival; and nobody waits twice for the same.
pub fn check(records: &[Record]) {
    let mut counter = Counter::default();
    for record in records {
        if record.origin != Origin::Deadline {
            let overtaken = counter.waiting.iter().find(|it| counter.fits(it));
            assert_eq!(overtaken, None, "{record:?}");
        }
        match &record.event {
            Event::Item(event) => counter.of_stock(event),
            Event::Redemption(event) => {
                if let redemption::Event::Reserved { slip, .. } = event {
                    counter.served(slip.redemption, record);
                }
                counter.of_slips(event);
            }
            Event::Allowance(allowance::Event::Counted(it)) => counter.change(&it.slip, -1),
            Event::Queue(event) => counter.of_queue(event, record),
            _ => {}
        }
    }
}
