//! C5: stock and redemptions, by a fold that shares nothing with the core's.

use std::collections::HashMap;

use linli_domain::id::{ItemId, RedemptionId, StationId};
use linli_domain::redemption::Slip;
use linli_domain::{Event, allowance, item, redemption};

use super::{Checked, unless};
use crate::evidence::Evidence;

/// What of an item a station has.
#[derive(Clone, Copy, Debug, Default)]
struct Shelf {
    received: i64,
    reserved: i64,
    handed_out: i64,
}

/// How far a redemption has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Open,
    Over,
}

#[derive(Debug, Default)]
struct Shelves {
    shelves: HashMap<(StationId, ItemId), Shelf>,
    redemptions: HashMap<RedemptionId, Stage>,
}

/// Free stock is never below zero; each redemption begins once and ends once.
pub(super) fn nothing_is_handed_out_twice(evidence: &Evidence) -> Checked {
    let holds = "nothing is handed out that isn't there; each redemption ends once";
    let mut checked = Checked::new("C5", holds, "records");
    let mut shelves = Shelves::default();
    for record in &evidence.records {
        let position = record.position;
        let finding = shelves.fold(&record.record.event);
        checked.look(finding.map(|finding| format!("{position}: {finding}")));
    }
    checked
}

impl Shelves {
    fn fold(&mut self, event: &Event) -> Option<String> {
        match event {
            Event::Item(event) => {
                self.stocked(event);
                None
            }
            Event::Allowance(allowance::Event::Counted(it)) => self.sold(&it.slip),
            Event::Redemption(event) => self.redeemed(event),
            Event::Voucher(_)
            | Event::Activity(_)
            | Event::Team(_)
            | Event::Inspection(_)
            | Event::Statement(_)
            | Event::Resource(_)
            | Event::Booking(_)
            | Event::Area(_)
            | Event::Household(_)
            | Event::Resident(_)
            | Event::Officer(_)
            | Event::Station(_)
            | Event::Operator(_)
            | Event::Allowance(
                allowance::Event::Granted { .. }
                | allowance::Event::Reported { .. }
                | allowance::Event::Ended { .. },
            )
            | Event::Supplier(_)
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Honour(_)
            | Event::Mediation(_)
            | Event::Queue(_)
            | Event::TimeBank(_)
            | Event::Estate(_)
            | Event::Pool(_)
            | Event::Rules(_)
            | Event::Notice(_)
            | Event::Conduct(_)
            | Event::Contribution(_)
            | Event::Wallet(_) => None,
        }
    }

    fn redeemed(&mut self, event: &redemption::Event) -> Option<String> {
        use redemption::Event::{
            Captured, PartCaptured, Reserved, Returned, Sold, TimedOut, Voided,
        };
        match event {
            Reserved { slip, .. } => self.stage(slip, None, Stage::Open).or(self.shift(slip, 1, 0)),
            Captured(slip) => {
                self.stage(slip, Some(Stage::Open), Stage::Over).or(self.shift(slip, -1, 1))
            }
            Voided { slip, .. } | TimedOut { slip, .. } => {
                self.stage(slip, Some(Stage::Open), Stage::Over).or(self.shift(slip, -1, 0))
            }
            Sold(slip) => self.sold(slip),
            PartCaptured { handed, rest, .. } => self
                .stage(handed, Some(Stage::Open), Stage::Over)
                .or(self.shift(handed, -1, 1))
                .or(self.shift(rest, -1, 0)),
            Returned(it) => {
                for (line, fate) in it.lines().filter(|(line, _)| line.stocked) {
                    let back =
                        i64::from(fate == redemption::Fate::Shelf) * i64::from(line.quantity);
                    self.comes(it.slip.station, line.item, back);
                }
                self.stage(&it.slip, Some(Stage::Over), Stage::Over)
            }
        }
    }

    fn sold(&mut self, slip: &Slip) -> Option<String> {
        self.stage(slip, None, Stage::Over).or(self.shift(slip, 0, 1))
    }

    fn stocked(&mut self, event: &item::Event) {
        match event {
            item::Event::StockReceived(it) => {
                self.comes(it.station, it.item, i64::from(it.quantity));
            }
            item::Event::StockSentBack(it) => {
                self.comes(it.station, it.item, -i64::from(it.quantity));
            }
            item::Event::StockWrittenOff(it) => {
                self.comes(it.goods.station, it.goods.item, -i64::from(it.goods.quantity));
            }
            item::Event::StockMoved(it) => {
                self.comes(it.from, it.item, -i64::from(it.quantity));
                self.comes(it.to, it.item, i64::from(it.quantity));
            }
            item::Event::StockCounted(it) => {
                let more = i64::from(it.count.found) - i64::from(it.expected);
                self.comes(it.count.station, it.count.item, more);
            }
            item::Event::Listed(_) | item::Event::Priced(_) | item::Event::TermsSet(_) => {}
        }
    }

    /// So many more have come, or went if below zero, than was known.
    fn comes(&mut self, station: StationId, item: ItemId, more: i64) {
        self.shelves.entry((station, item)).or_default().received += more;
    }

    fn stage(&mut self, slip: &Slip, from: Option<Stage>, to: Stage) -> Option<String> {
        let found = self.redemptions.insert(slip.redemption, to);
        unless(found == from, || format!("{} was {found:?} and is made {to:?}", slip.redemption))
    }

    /// So many of what each line says are reserved, and handed out, more.
    fn shift(&mut self, slip: &Slip, reserved: i64, handed_out: i64) -> Option<String> {
        let mut wrong = None;
        for line in slip.lines.iter().filter(|line| line.stocked) {
            let quantity = i64::from(line.quantity);
            let shelf = self.shelves.entry((slip.station, line.item)).or_default();
            shelf.reserved += reserved * quantity;
            shelf.handed_out += handed_out * quantity;
            let free = shelf.received - shelf.reserved - shelf.handed_out;
            let good = free >= 0 && shelf.reserved >= 0;
            wrong = wrong.or(unless(good, || format!("{} has {free} free: {shelf:?}", line.item)));
        }
        wrong
    }
}
