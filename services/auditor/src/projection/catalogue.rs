//! The catalogue: items and shelves from the state, the history of prices from the records.

use std::collections::BTreeMap;

use linli_domain::id::ItemId;
use linli_domain::quantity::{Fen, Points};
use linli_domain::{Event, Position, Record, State, item};
use linli_readmodel::catalogue::{Item, Price, Shelf};
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::merge::merge;

/// What records tell of the catalogue and the state forgets.
#[derive(Default)]
pub(super) struct Told {
    prices: BTreeMap<(ItemId, Position), Price>,
}

impl Told {
    pub(super) fn take(&mut self, record: &Record) {
        let Event::Item(event) = &record.event else { return };
        match event {
            item::Event::Listed(it) => self.price(record, it.item, it.price, it.cost),
            item::Event::Priced(it) => self.price(record, it.item, it.price, it.cost),
            item::Event::StockReceived(_)
            | item::Event::StockSentBack(_)
            | item::Event::StockCounted(_)
            | item::Event::StockMoved(_)
            | item::Event::StockWrittenOff(_) => {}
        }
    }

    fn price(&mut self, record: &Record, item: ItemId, price: Points, cost: Fen) {
        let (position, recorded_at) = (record.position, record.recorded_at);
        self.prices.insert((item, position), Price { item, position, price, cost, recorded_at });
    }

    pub(super) async fn compare(
        &self,
        snapshot: &Snapshot,
        state: &State,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        let items = state.items().sorted().map(|(item, it)| Item {
            item,
            supplier: it.supplier,
            name_zh: it.name.zh.clone(),
            name_en: it.name.en.clone(),
            kind: it.kind,
            price: it.price,
            cost: it.cost,
            least_stars: it.eligibility.least_stars,
            assisted_only: it.eligibility.assisted_only,
        });
        merge(snapshot, items, |row: &Item| row.item, rows).await?;
        let prices = self.prices.values().cloned();
        merge(snapshot, prices, |row: &Price| (row.item, row.position), rows).await?;
        let shelves = state.shelves().sorted().map(|((station, item), it)| Shelf {
            station,
            item,
            received: i64::from(it.received),
            on_hand: i64::from(it.on_hand),
            reserved: i64::from(it.reserved),
            delivered: i64::from(it.delivered),
            sent_back: i64::from(it.sent_back),
            written_off: i64::from(it.written_off),
            moved_in: i64::from(it.moved_in),
            moved_out: i64::from(it.moved_out),
            missing: i64::from(it.missing),
            surplus: i64::from(it.surplus),
        });
        merge(snapshot, shelves, |row: &Shelf| (row.station, row.item), rows).await
    }
}
