//! Books kept of the records alone, and held against the state at each position: every piece that came in is
//! somewhere, every point that somebody has is in a lot, and all accounts together stand at zero.

use std::collections::BTreeMap;

use linli_domain::id::{ItemId, ResidentId, StationId};
use linli_domain::posting;
use linli_domain::redemption::{Event as Redeemed, Fate, Slip};
use linli_domain::{Event, Record, State, allowance, item};

/// The pieces of an item at a station, by where they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Pieces {
    received: i64,
    free: i64,
    reserved: i64,
    delivered: i64,
    sent_back: i64,
    written_off: i64,
    /// Counted and not there, less what counts found and nobody knew of.
    missing: i64,
    /// Gone to other stations, less what came from there.
    moved: i64,
}

impl Pieces {
    /// On hand + reserved + delivered + returned + written off = received, and so each piece is somewhere.
    fn is_whole(self) -> bool {
        let Self { received, free, reserved, delivered, sent_back, written_off, missing, moved } =
            self;
        let somewhere = free + reserved + delivered + sent_back + written_off + missing + moved;
        let never_below = [received, free, reserved, delivered, sent_back, written_off];
        somewhere == received && never_below.iter().all(|count| *count >= 0)
    }
}

/// The books.
#[derive(Default)]
pub struct Account {
    shelves: BTreeMap<(StationId, ItemId), Pieces>,
    /// In hundredths.
    balances: BTreeMap<posting::Account, i64>,
}

impl Account {
    /// Enters a record.
    pub fn enter(&mut self, record: &Record) {
        for posting in &record.postings {
            *self.balances.entry(posting.account).or_default() += posting.amount.hundredths();
        }
        match &record.event {
            Event::Item(event) => self.of_stock(event),
            Event::Redemption(event) => self.of_slip(event),
            Event::Allowance(allowance::Event::Counted(it)) => {
                self.change(&it.slip, |shelf, pieces| {
                    shelf.free -= pieces;
                    shelf.delivered += pieces;
                });
            }
            _ => {}
        }
    }

    /// Whether the state says the same after the record as these books.
    pub fn agrees(&self, record: &Record, state: &State) {
        let at = record.position;
        assert_eq!(self.balances.values().sum::<i64>(), 0, "all accounts at {at}");
        for posting in &record.postings {
            let stands = self.balances[&posting.account];
            assert_eq!(state.balance(posting.account).points.hundredths(), stands, "{at}");
            if let posting::Account::Available(who) | posting::Account::Held(who) = posting.account
            {
                self.lots_agree(who, state);
            }
        }
        for ((station, item), pieces) in &self.shelves {
            assert!(pieces.is_whole(), "{pieces:?} of {item} at {at}");
            let shelf = state.shelf(*station, *item);
            let found = Pieces {
                received: shelf.received.into(),
                free: shelf.free().into(),
                reserved: shelf.reserved.into(),
                delivered: shelf.delivered.into(),
                sent_back: shelf.sent_back.into(),
                written_off: shelf.written_off.into(),
                missing: i64::from(shelf.missing) - i64::from(shelf.surplus),
                moved: i64::from(shelf.moved_out) - i64::from(shelf.moved_in),
            };
            assert_eq!(found, *pieces, "{item} at {at}");
        }
    }

    /// Σ lots = available + held.
    fn lots_agree(&self, who: ResidentId, state: &State) {
        let of = |account| self.balances.get(&account).copied().unwrap_or_default();
        let wallet = &state.residents().get(who).unwrap().wallet;
        let sums = wallet.lots().iter().fold((0, 0), |(available, held), lot| {
            (available + lot.available.hundredths(), held + lot.held.hundredths())
        });
        let stands = (of(posting::Account::Available(who)), of(posting::Account::Held(who)));
        assert_eq!(sums, stands, "the lots of {who}");
    }

    fn shelf(&mut self, station: StationId, item: ItemId) -> &mut Pieces {
        self.shelves.entry((station, item)).or_default()
    }

    fn of_stock(&mut self, event: &item::Event) {
        match event {
            item::Event::StockReceived(it) => {
                let shelf = self.shelf(it.station, it.item);
                shelf.received += i64::from(it.quantity);
                shelf.free += i64::from(it.quantity);
            }
            item::Event::StockSentBack(it) => {
                let shelf = self.shelf(it.station, it.item);
                shelf.free -= i64::from(it.quantity);
                shelf.sent_back += i64::from(it.quantity);
            }
            item::Event::StockWrittenOff(it) => {
                let shelf = self.shelf(it.goods.station, it.goods.item);
                shelf.free -= i64::from(it.goods.quantity);
                shelf.written_off += i64::from(it.goods.quantity);
            }
            item::Event::StockCounted(it) => {
                let missing = i64::from(it.expected) - i64::from(it.count.found);
                let shelf = self.shelf(it.count.station, it.count.item);
                shelf.free -= missing;
                shelf.missing += missing;
            }
            item::Event::StockMoved(it) => {
                for (station, pieces) in
                    [(it.from, i64::from(it.quantity)), (it.to, -i64::from(it.quantity))]
                {
                    let shelf = self.shelf(station, it.item);
                    shelf.free -= pieces;
                    shelf.moved += pieces;
                }
            }
            item::Event::Listed(_) | item::Event::Priced(_) | item::Event::TermsSet(_) => {}
        }
    }

    fn change(&mut self, slip: &Slip, by: impl Fn(&mut Pieces, i64)) {
        for line in slip.lines.iter().filter(|line| line.stocked) {
            by(self.shelf(slip.station, line.item), line.quantity.into());
        }
    }

    fn of_slip(&mut self, event: &Redeemed) {
        let aside = |shelf: &mut Pieces, pieces: i64| {
            shelf.free -= pieces;
            shelf.reserved += pieces;
        };
        let back = |shelf: &mut Pieces, pieces: i64| aside(shelf, -pieces);
        let out = |shelf: &mut Pieces, pieces: i64| {
            shelf.reserved -= pieces;
            shelf.delivered += pieces;
        };
        match event {
            Redeemed::Reserved { slip, .. } => self.change(slip, aside),
            Redeemed::Captured(slip) => self.change(slip, out),
            Redeemed::PartCaptured { handed, rest, .. } => {
                self.change(handed, out);
                self.change(rest, back);
            }
            Redeemed::Voided { slip, .. } | Redeemed::TimedOut { slip, .. } => {
                self.change(slip, back);
            }
            Redeemed::Sold(slip) => {
                self.change(slip, aside);
                self.change(slip, out);
            }
            Redeemed::Returned(it) => {
                for (line, fate) in it.lines().filter(|(line, _)| line.stocked) {
                    let pieces = i64::from(line.quantity);
                    let shelf = self.shelf(it.slip.station, line.item);
                    let (place, left) = match fate {
                        Fate::Shelf => (&mut shelf.free, pieces),
                        Fate::SentBack => (&mut shelf.sent_back, pieces),
                        Fate::WrittenOff => (&mut shelf.written_off, pieces),
                        // It was used up: it stays handed out.
                        Fate::Gone => (&mut shelf.written_off, 0),
                    };
                    *place += left;
                    shelf.delivered -= left;
                }
            }
        }
    }
}
