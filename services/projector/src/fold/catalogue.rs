//! Items, prices, shelves and resources.

use deadpool_postgres::Object;
use linli_domain::id::{ItemId, StationId};
use linli_domain::item::{Delivery, Item as Listed};
use linli_domain::redemption::{Fate, Return, Slip};
use linli_domain::text::Code;
use linli_domain::{
    Event, Record, allowance, area, contribution, household, inspection, item, officer, pool,
    redemption, resident, resource, rules, station, supplier, wallet,
};
use linli_readmodel::ReadError;
use linli_readmodel::catalogue::{
    Changes, Item, Price, Pricing, Resource, Shelf, SlotTurn, Withdrawal, term_rows,
};

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
            Event::Item(event) => of_item(changes, record, event)?,
            Event::Allowance(allowance::Event::Counted(it)) => {
                move_stock(changes, &it.slip, Move::Sell)?;
            }
            Event::Redemption(event) => redeemed(changes, event)?,
            Event::Voucher(_) | Event::Statement(_) | Event::Booking(_) => {}
            Event::Resource(event) => resource(changes, record, event)?,
            Event::Area(
                area::Event::Founded(_)
                | area::Event::AlertDeclared(_)
                | area::Event::AlertWithdrawn(_),
            )
            | Event::Household(household::Event::Registered(_))
            | Event::Resident(
                resident::Event::Registered(_)
                | resident::Event::VolunteerEnrolled(_)
                | resident::Event::VolunteerReferred { .. }
                | resident::Event::RankingJoined(_)
                | resident::Event::RankingLeft(_)
                | resident::Event::Moved { .. }
                | resident::Event::Pseudonym(_)
                | resident::Event::CardIssued { .. }
                | resident::Event::CardBlocked { .. }
                | resident::Event::Erased(_),
            )
            | Event::Officer(officer::Event::Appointed(_) | officer::Event::Retired(_))
            | Event::Station(station::Event::Opened(_))
            | Event::Operator(_)
            | Event::Allowance(
                allowance::Event::Granted { .. }
                | allowance::Event::Reported { .. }
                | allowance::Event::Ended { .. },
            )
            | Event::Supplier(supplier::Event::Enrolled(_))
            | Event::Pool(pool::Event::Opened(_) | pool::Event::Funded(_))
            | Event::Rules(rules::Event::Published(_))
            | Event::Contribution(
                contribution::Event::Submitted { .. }
                | contribution::Event::Verified(_)
                | contribution::Event::Rejected(_)
                | contribution::Event::Awarded(_)
                | contribution::Event::Reversed(_)
                | contribution::Event::Restored(_)
                | contribution::Event::Queued(_)
                | contribution::Event::Attached(_),
            )
            | Event::Notice(_)
            | Event::Conduct(_)
            | Event::Team(_)
            | Event::Activity(_)
            | Event::Inspection(
                inspection::Event::Drawn(_) | inspection::Event::Inspected { .. },
            )
            | Event::Wallet(
                wallet::Event::LotExpired { .. }
                | wallet::Event::LotRecalled(_)
                | wallet::Event::Closed(_),
            )
            | Event::Hazard(_)
            | Event::Order(_)
            | Event::Whistle(_)
            | Event::Aid(_)
            | Event::Honour(_)
            | Event::Mediation(_)
            | Event::Queue(_)
            | Event::TimeBank(_)
            | Event::Estate(_) => {}
        }
        Ok(())
    }
}

fn of_item(changes: &mut Changes, record: &Record, event: &item::Event) -> Result<(), FoldError> {
    match event {
        item::Event::Listed(item) => listed(changes, record, item),
        item::Event::Priced(pricing) => {
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
        item::Event::TermsSet(terms) => {
            let at = (record.position, record.recorded_at);
            let (row, open_to, limits) = term_rows(terms, at).ok_or(FoldError::Range)?;
            changes.terms.push(row);
            changes.open_to.extend(open_to);
            changes.limits.extend(limits);
        }
        item::Event::StockReceived(_)
        | item::Event::StockSentBack(_)
        | item::Event::StockCounted(_)
        | item::Event::StockMoved(_)
        | item::Event::StockWrittenOff(_) => moved(changes, event)?,
    }
    Ok(())
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

fn resource(
    changes: &mut Changes,
    record: &Record,
    event: &resource::Event,
) -> Result<(), FoldError> {
    match event {
        resource::Event::Opened { resource, zone } => {
            let opened = Resource::opened(resource, *zone, record.position);
            let (row, openings) = opened.ok_or(FoldError::Range)?;
            changes.resources.insert(row.resource, row);
            changes.openings.extend(openings);
        }
        resource::Event::Withdrawn(id) => {
            let withdrawn_position = Some(record.position);
            match changes.resources.get_mut(id) {
                Some(row) => row.withdrawn_position = withdrawn_position,
                None => {
                    changes.withdrawals.push(Withdrawal { resource: *id, withdrawn_position });
                }
            }
        }
        resource::Event::CalledOff { .. } | resource::Event::Reopened { .. } => {
            changes.slot_turns.extend(SlotTurn::of(event, record.position));
        }
    }
    Ok(())
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
        redemption::Event::PartCaptured { handed, rest, lapsed: _ } => {
            move_stock(changes, handed, Move::Deliver)?;
            move_stock(changes, rest, Move::Release)
        }
        redemption::Event::Returned(it) => came_back(changes, it),
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

/// What happens to stock besides redemptions.
fn moved(changes: &mut Changes, event: &item::Event) -> Result<(), FoldError> {
    match event {
        item::Event::Listed(_) | item::Event::Priced(_) | item::Event::TermsSet(_) => {}
        item::Event::StockReceived(it) => {
            let Delivery { station, item, quantity, reference: _ } = it;
            let shelf = shelf_of(changes, *station, *item);
            add_count(&mut shelf.received, i64::from(*quantity))?;
            add_count(&mut shelf.on_hand, i64::from(*quantity))?;
        }
        item::Event::StockSentBack(it) => {
            let shelf = shelf_of(changes, it.station, it.item);
            add_count(&mut shelf.sent_back, i64::from(it.quantity))?;
            add_count(&mut shelf.on_hand, i64::from(it.quantity).saturating_neg())?;
        }
        item::Event::StockWrittenOff(it) => {
            let shelf = shelf_of(changes, it.goods.station, it.goods.item);
            add_count(&mut shelf.written_off, i64::from(it.goods.quantity))?;
            add_count(&mut shelf.on_hand, i64::from(it.goods.quantity).saturating_neg())?;
        }
        item::Event::StockMoved(it) => {
            let from = shelf_of(changes, it.from, it.item);
            add_count(&mut from.moved_out, i64::from(it.quantity))?;
            add_count(&mut from.on_hand, i64::from(it.quantity).saturating_neg())?;
            let to = shelf_of(changes, it.to, it.item);
            add_count(&mut to.moved_in, i64::from(it.quantity))?;
            add_count(&mut to.on_hand, i64::from(it.quantity))?;
        }
        item::Event::StockCounted(it) => {
            let shelf = shelf_of(changes, it.count.station, it.count.item);
            let missing = i64::from(it.expected.saturating_sub(it.count.found));
            let surplus = i64::from(it.count.found.saturating_sub(it.expected));
            add_count(&mut shelf.missing, missing)?;
            add_count(&mut shelf.surplus, surplus)?;
            add_count(&mut shelf.on_hand, surplus.saturating_sub(missing))?;
        }
    }
    Ok(())
}

fn came_back(changes: &mut Changes, it: &Return) -> Result<(), FoldError> {
    for (line, fate) in it.lines().filter(|(line, _)| line.stocked) {
        let shelf = shelf_of(changes, it.slip.station, line.item);
        let pieces = i64::from(line.quantity);
        let into = match fate {
            Fate::Shelf => &mut shelf.on_hand,
            Fate::SentBack => &mut shelf.sent_back,
            Fate::WrittenOff => &mut shelf.written_off,
            Fate::Gone => continue,
        };
        add_count(into, pieces)?;
        add_count(&mut shelf.delivered, pieces.saturating_neg())?;
    }
    Ok(())
}

fn shelf_of(changes: &mut Changes, station: StationId, item: ItemId) -> &mut Shelf {
    changes.shelves.entry((station, item)).or_insert_with(|| Shelf::empty(station, item))
}
