//! Items, prices and shelves.

use deadpool_postgres::Object;
use linli_domain::id::{ItemId, StationId};
use linli_domain::item::{Delivery, Item as Listed};
use linli_domain::redemption::Slip;
use linli_domain::text::Code;
use linli_domain::{
    Event, Record, area, contribution, household, inspection, item, officer, pool, redemption,
    resident, rules, station, supplier, team, wallet,
};
use linli_readmodel::ReadError;
use linli_readmodel::catalogue::{Changes, Item, Price, Pricing, Shelf};

use super::{Fold, add_count};
use crate::error::FoldError;

/// Prices as they are set, stock as it comes and goes.
pub struct Catalogue;

impl Fold for Catalogue {
    type Changes = Changes;

    async fn load(_: &Object, _: &str, _: &Code) -> Result<Self, ReadError> {
        Ok(Self)
    }

    fn fold(&self, changes: &mut Changes, record: &Record) -> Result<(), FoldError> {
        match &record.event {
            Event::Item(item::Event::Listed(item)) => listed(changes, record, item),
            Event::Item(item::Event::Priced(pricing)) => {
                let item::Pricing { item, price, cost } = *pricing;
                changes.pricings.insert(item, Pricing { item, price, cost });
                changes.prices.push(Price {
                    item,
                    position: record.position,
                    price,
                    cost,
                    recorded_at: record.recorded_at,
                });
            }
            Event::Item(item::Event::StockReceived(delivery)) => {
                let Delivery { station, item, quantity, reference: _ } = delivery;
                let shelf = shelf_of(changes, *station, *item);
                add_count(&mut shelf.received, i64::from(*quantity))?;
                add_count(&mut shelf.on_hand, i64::from(*quantity))?;
            }
            Event::Redemption(event) => redeemed(changes, event)?,
            Event::Area(area::Event::Founded(_))
            | Event::Household(household::Event::Registered(_))
            | Event::Resident(
                resident::Event::Registered(_)
                | resident::Event::VolunteerEnrolled(_)
                | resident::Event::RankingJoined(_)
                | resident::Event::RankingLeft(_),
            )
            | Event::Officer(officer::Event::Appointed(_) | officer::Event::Retired(_))
            | Event::Station(station::Event::Opened(_))
            | Event::Supplier(supplier::Event::Enrolled(_))
            | Event::Pool(pool::Event::Opened(_) | pool::Event::Funded(_))
            | Event::Rules(rules::Event::Published(_))
            | Event::Contribution(
                contribution::Event::Submitted { .. }
                | contribution::Event::Verified(_)
                | contribution::Event::Rejected(_)
                | contribution::Event::Awarded(_)
                | contribution::Event::Reversed(_)
                | contribution::Event::Queued(_),
            )
            | Event::Team(team::Event::Formed(_) | team::Event::Joined(_) | team::Event::Left(_))
            | Event::Inspection(
                inspection::Event::Drawn(_) | inspection::Event::Inspected { .. },
            )
            | Event::Wallet(wallet::Event::LotExpired { .. } | wallet::Event::LotRecalled(_))
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_) => {}
        }
        Ok(())
    }
}

fn listed(changes: &mut Changes, record: &Record, item: &Listed) {
    let Listed { item, supplier, name, kind, price, cost, eligibility } = item;
    changes.items.push(Item {
        item: *item,
        supplier: *supplier,
        name_zh: name.zh.clone(),
        name_en: name.en.clone(),
        kind: *kind,
        price: *price,
        cost: *cost,
        least_stars: eligibility.least_stars,
        assisted_only: eligibility.assisted_only,
    });
    changes.prices.push(Price {
        item: *item,
        position: record.position,
        price: *price,
        cost: *cost,
        recorded_at: record.recorded_at,
    });
}

/// What happens to stock.
#[derive(Clone, Copy)]
enum Move {
    Reserve,
    Release,
    Deliver,
    Sell,
}

fn redeemed(changes: &mut Changes, event: &redemption::Event) -> Result<(), FoldError> {
    match event {
        redemption::Event::Reserved { slip, expires_at: _ } => {
            move_stock(changes, slip, Move::Reserve)
        }
        redemption::Event::Captured(slip) => move_stock(changes, slip, Move::Deliver),
        redemption::Event::Voided { slip, reason: _, lapsed: _ }
        | redemption::Event::TimedOut { slip, lapsed: _ } => {
            move_stock(changes, slip, Move::Release)
        }
        redemption::Event::Sold(slip) => move_stock(changes, slip, Move::Sell),
    }
}

fn move_stock(changes: &mut Changes, slip: &Slip, how: Move) -> Result<(), FoldError> {
    for line in slip.lines.iter().filter(|line| line.stocked) {
        let shelf = shelf_of(changes, slip.station, line.item);
        let more = i64::from(line.quantity);
        let less = more.saturating_neg();
        let (on_hand, reserved, delivered) = match how {
            Move::Reserve => (0, more, 0),
            Move::Release => (0, less, 0),
            Move::Deliver => (less, less, more),
            Move::Sell => (less, 0, more),
        };
        add_count(&mut shelf.on_hand, on_hand)?;
        add_count(&mut shelf.reserved, reserved)?;
        add_count(&mut shelf.delivered, delivered)?;
    }
    Ok(())
}

fn shelf_of(changes: &mut Changes, station: StationId, item: ItemId) -> &mut Shelf {
    changes.shelves.entry((station, item)).or_insert_with(|| Shelf::empty(station, item))
}
