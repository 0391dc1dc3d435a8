//! The catalogue: items and shelves from the state; the history of prices, and resources, from the
//! records.

use std::collections::BTreeMap;

use linli_domain::id::{ItemId, ResourceId};
use linli_domain::quantity::{Fen, Points};
use linli_domain::time::Timestamp;
use linli_domain::{Event, Position, Record, State, item, resource};
use linli_readmodel::catalogue::{
    Item, ItemLimit, ItemOpenTo, ItemTerms, Opening, Price, Resource, Shelf, SlotTurn, term_rows,
};
use linli_readmodel::{ReadError, Snapshot};

use super::Rows;
use super::merge::merge;

/// What records tell of the catalogue and the state forgets.
#[derive(Default)]
pub(super) struct Told {
    prices: BTreeMap<(ItemId, Position), Price>,
    terms: BTreeMap<(ItemId, Position), ItemTerms>,
    open_to: BTreeMap<(ItemId, Position, u16), ItemOpenTo>,
    limits: BTreeMap<(ItemId, Position, u16), ItemLimit>,
    resources: BTreeMap<ResourceId, Resource>,
    openings: BTreeMap<(ResourceId, u16), Opening>,
    slot_turns: BTreeMap<(ResourceId, Timestamp, Position), SlotTurn>,
}

impl Told {
    pub(super) fn take(&mut self, record: &Record) {
        if let Event::Resource(event) = &record.event {
            self.place(record, event);
        }
        let Event::Item(event) = &record.event else { return };
        match event {
            item::Event::Listed(it) => self.price(record, it.item, it.price, it.cost),
            item::Event::Priced(it) => self.price(record, it.item, it.price, it.cost),
            item::Event::TermsSet(it) => {
                let at = (record.position, record.recorded_at);
                let Some((row, open_to, limits)) = term_rows(it, at) else { return };
                self.terms.insert((it.item, record.position), row);
                let keyed =
                    open_to.into_iter().map(|row| ((row.item, row.position, row.ordinal), row));
                self.open_to.extend(keyed);
                let keyed =
                    limits.into_iter().map(|row| ((row.item, row.position, row.ordinal), row));
                self.limits.extend(keyed);
            }
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

    fn place(&mut self, record: &Record, event: &resource::Event) {
        match event {
            resource::Event::Opened { resource, zone } => {
                let opened = Resource::opened(resource, *zone, record.position);
                let Some((row, openings)) = opened else { return };
                self.resources.insert(row.resource, row);
                let keyed = openings.into_iter().map(|row| ((row.resource, row.ordinal), row));
                self.openings.extend(keyed);
            }
            resource::Event::Withdrawn(id) => {
                let Some(row) = self.resources.get_mut(id) else { return };
                row.withdrawn_position = Some(record.position);
            }
            resource::Event::CalledOff { .. } | resource::Event::Reopened { .. } => {
                let turns = SlotTurn::of(event, record.position);
                let keyed = turns.map(|row| ((row.resource, row.start, row.position), row));
                self.slot_turns.extend(keyed);
            }
        }
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
        let terms = self.terms.values().cloned();
        merge(snapshot, terms, |row: &ItemTerms| (row.item, row.position), rows).await?;
        let open_to = self.open_to.values().cloned();
        let key = |row: &ItemOpenTo| (row.item, row.position, row.ordinal);
        merge(snapshot, open_to, key, rows).await?;
        let limits = self.limits.values().cloned();
        let key = |row: &ItemLimit| (row.item, row.position, row.ordinal);
        merge(snapshot, limits, key, rows).await?;
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
        merge(snapshot, shelves, |row: &Shelf| (row.station, row.item), rows).await?;
        let resources = self.resources.values().cloned();
        merge(snapshot, resources, |row: &Resource| row.resource, rows).await?;
        let openings = self.openings.values().cloned();
        merge(snapshot, openings, |row: &Opening| (row.resource, row.ordinal), rows).await?;
        let turns = self.slot_turns.values().cloned();
        merge(snapshot, turns, |row: &SlotTurn| (row.resource, row.start, row.position), rows).await
    }
}
