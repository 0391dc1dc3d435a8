//! What stands at the stations, as far as deliveries and visits tell; and the deliveries.

use std::collections::BTreeMap;

use linli_api::item::ItemKind;
use linli_api::station::{ReceiveStock, StationKind};
use linli_api::{Client, Id};
use ulid::Ulid;

use super::super::batch::{accepted, bulks};
use crate::error::DemoError;
use crate::population::{Item, Place};
use crate::scale::Scale;

/// How many of each thing are brought at first, and each month.
const FIRST: u64 = 12;
const MONTHLY: u64 = 4;

/// The number of the station that has no rice, until one bag is brought for the race.
pub(in crate::drive) const WITHOUT_RICE: usize = 2;

/// What there is to be had.
#[derive(Clone, Debug, Default)]
pub(in crate::drive) struct Shelves {
    /// Free pieces by station and item.
    free: BTreeMap<(usize, Ulid), u32>,
    /// What residents took of items of which they may have so many a year. What they gave back
    /// counts here all the same: nobody comes to the last one.
    taken: BTreeMap<(Ulid, Ulid), u32>,
}

impl Shelves {
    /// Takes one off the shelf; services have none.
    pub(super) fn take(&mut self, station: usize, resident: Ulid, item: &Item) -> bool {
        if let Some(most) = item.a_year {
            let taken = self.taken.entry((resident, item.id)).or_default();
            *taken = taken.saturating_add(1);
            if *taken > most {
                return false;
            }
        }
        if item.kind != ItemKind::Goods {
            return true;
        }
        match self.free.get_mut(&(station, item.id)) {
            Some(free) if *free > 0 => {
                *free = free.saturating_sub(1);
                true
            }
            _ => false,
        }
    }

    /// Puts some back, or some that came from elsewhere.
    pub(in crate::drive) fn put_back(&mut self, station: usize, item: Ulid, quantity: u32) {
        let free = self.free.entry((station, item)).or_default();
        *free = free.saturating_add(quantity);
    }

    /// Some are gone: not found, or moved.
    pub(in crate::drive) fn lose(&mut self, station: usize, item: Ulid, quantity: u32) {
        if let Some(free) = self.free.get_mut(&(station, item)) {
            *free = free.saturating_sub(quantity);
        }
    }

    /// What a station has most of.
    pub(in crate::drive) fn fullest(&self, station: usize) -> Option<Ulid> {
        let there = self.free.iter().filter(|((at, _), free)| *at == station && **free > 0);
        there.max_by_key(|(_, free)| **free).map(|((_, item), _)| *item)
    }

    /// Brings goods to every station: the first time more than each month after.
    pub(in crate::drive) async fn deliver(
        &mut self,
        clerks: &[[Client; 2]],
        place: &Place,
        scale: Scale,
        month: &str,
    ) -> Result<(), DemoError> {
        let each = if self.free.is_empty() { FIRST } else { MONTHLY };
        let quantity = u32::try_from(scale.of_supply(each)).unwrap_or(u32::MAX);
        for (number, ([clerk, _], station)) in clerks.iter().zip(&place.stations).enumerate() {
            let machine = station.kind == StationKind::VendingMachine;
            let has_place = |item: &&Item| {
                item.kind == ItemKind::Goods
                    && (!machine || item.fits_machine())
                    && !(number == WITHOUT_RICE && item.is_rice())
            };
            let goods: Vec<&Item> = place.items.iter().filter(has_place).collect();
            let items = goods.iter().map(|item| {
                let body = ReceiveStock {
                    item: Id::from(item.id.to_string()),
                    quantity,
                    reference: format!("DN-{month}-{}", number.saturating_add(1)),
                };
                (format!("delivery-{month}-{}", item.id), body)
            });
            for bulk in bulks(items) {
                accepted("take goods in", clerk.receive_stocks(&bulk).await)?;
            }
            for item in goods {
                let free = self.free.entry((number, item.id)).or_default();
                *free = free.saturating_add(quantity);
            }
        }
        Ok(())
    }
}
