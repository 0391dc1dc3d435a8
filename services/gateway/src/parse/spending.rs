//! The catalogue, stock, redemptions and what pools are given.

use linli_api as api;
use linli_domain::id::{ItemId, PoolId, RedemptionId, ResidentId, StationId};
use linli_domain::item::{
    self, CountStock, Delivery, Eligibility, Item, ItemKind, Move, Pricing, WriteOffReason,
    WriteOffStock,
};
use linli_domain::pool::{self, Funding};
use linli_domain::redemption::{
    self, Basket, Fate, ReturnLine, ReturnReason, Returning, Shown, VoidReason, Wish,
};
use linli_domain::text::Reference;

use crate::parse::{Spoken, amount_fen, amount_points, id, name, own_id, text, told_id};
use crate::problem::Problem;
use crate::request::missing;

pub(crate) fn item(said: &api::item::ListItem) -> Result<item::Command, Problem> {
    Ok(item::Command::List(Item {
        item: own_id("item", said.item.as_ref(), ItemId::from_number)?,
        supplier: id("supplier", &said.supplier)?,
        name: name(&said.name)?,
        kind: ItemKind::heard(said.kind),
        price: amount_points("price", &said.price)?,
        cost: amount_fen("cost", &said.cost)?,
        eligibility: Eligibility {
            least_stars: said.eligibility.least_stars,
            assisted_only: said.eligibility.assisted_only,
        },
    }))
}

pub(crate) fn pricing(item: ItemId, said: &api::item::PriceItem) -> Result<item::Command, Problem> {
    let (price, cost) = (amount_points("price", &said.price)?, amount_fen("cost", &said.cost)?);
    Ok(item::Command::Price(Pricing { item, price, cost }))
}

pub(crate) fn delivery(
    station: StationId,
    said: &api::station::ReceiveStock,
) -> Result<item::Command, Problem> {
    Ok(item::Command::ReceiveStock(Delivery {
        station,
        item: id("item", &said.item)?,
        quantity: said.quantity,
        reference: text("reference", &said.reference, Reference::new)?,
    }))
}

pub(crate) fn funding(pool: PoolId, said: &api::pool::FundPool) -> Result<pool::Command, Problem> {
    let points = amount_points("points", &said.points)?;
    let reference = text("reference", &said.reference, Reference::new)?;
    Ok(pool::Command::Fund(Funding { pool, points, reference }))
}

/// A basket of whoever showed something, or is named.
pub(crate) fn basket(
    station: StationId,
    (presented, shown): (Option<ResidentId>, Option<Shown>),
    said: &api::redemption::Basket,
) -> Result<Basket, Problem> {
    let named = told_id("resident", said.resident.as_ref())?;
    let resident = match (named, presented) {
        (Some(resident), _) | (None, Some(resident)) => resident,
        (None, None) => return Err(missing("resident")),
    };
    let wish = |wish: &api::redemption::Wish| {
        Ok(Wish { item: id("items.item", &wish.item)?, quantity: wish.quantity })
    };
    Ok(Basket {
        redemption: own_id("redemption", said.redemption.as_ref(), RedemptionId::from_number)?,
        resident,
        station,
        shown,
        shift: told_id("shift", said.shift.as_ref())?,
        wishes: said.items.iter().map(wish).collect::<Result<_, Problem>>()?,
    })
}

pub(crate) fn capture(
    redemption: RedemptionId,
    station: StationId,
    shown: Option<Shown>,
    said: &api::redemption::CaptureRedemption,
) -> Result<redemption::Command, Problem> {
    let wish = |wish: &api::redemption::Wish| {
        Ok(Wish { item: id("items.item", &wish.item)?, quantity: wish.quantity })
    };
    let handed = said.items.iter().map(wish).collect::<Result<_, Problem>>()?;
    let shift = told_id("shift", said.shift.as_ref())?;
    Ok(redemption::Command::Capture { redemption, station, shift, shown, handed })
}

pub(crate) fn returning(
    redemption: RedemptionId,
    station: StationId,
    said: &api::redemption::ReturnRedemption,
) -> Result<redemption::Command, Problem> {
    let line = |line: &api::redemption::ReturnLine| {
        Ok(ReturnLine {
            item: id("items.item", &line.item)?,
            quantity: line.quantity,
            fate: Fate::heard(line.fate),
        })
    };
    Ok(redemption::Command::Return(Returning {
        redemption,
        station,
        lines: said.items.iter().map(line).collect::<Result<_, Problem>>()?,
        reason: ReturnReason::heard(said.reason),
        officer: told_id("officer", said.officer.as_ref())?,
    }))
}

pub(crate) fn send_back(
    station: StationId,
    said: &api::station::ReceiveStock,
) -> Result<item::Command, Problem> {
    Ok(item::Command::SendStockBack(Delivery {
        station,
        item: id("item", &said.item)?,
        quantity: said.quantity,
        reference: text("reference", &said.reference, Reference::new)?,
    }))
}

pub(crate) fn count(
    station: StationId,
    said: &api::station::CountStock,
) -> Result<item::Command, Problem> {
    let (item, officer) = (id("item", &said.item)?, id("officer", &said.officer)?);
    let operator = told_id("operator", said.operator.as_ref())?;
    let found = said.found;
    Ok(item::Command::CountStock(CountStock { station, item, officer, operator, found }))
}

pub(crate) fn shift(
    from: StationId,
    said: &api::station::MoveStock,
) -> Result<item::Command, Problem> {
    Ok(item::Command::MoveStock(Move {
        from,
        to: id("to", &said.to)?,
        item: id("item", &said.item)?,
        quantity: said.quantity,
        reference: text("reference", &said.reference, Reference::new)?,
    }))
}

pub(crate) fn write_off(
    station: StationId,
    said: &api::station::WriteOffStock,
) -> Result<item::Command, Problem> {
    Ok(item::Command::WriteOffStock(WriteOffStock {
        station,
        item: id("item", &said.item)?,
        quantity: said.quantity,
        reason: WriteOffReason::heard(said.reason),
        officer: id("officer", &said.officer)?,
    }))
}

pub(crate) fn void_reason(
    redemption: RedemptionId,
    station: StationId,
    reason: api::redemption::VoidReason,
) -> redemption::Command {
    redemption::Command::Void { redemption, station, reason: VoidReason::heard(reason) }
}
