//! What happens to stock besides redemptions: it is received, counted, moved, sent back and
//! written off. What a count misses and what is written off has an office's name on it.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{ItemId, OfficerId, OperatorId, StationId};
use crate::item::{Command, Event, Shelf};
use crate::quantity::Fen;
use crate::state::{Step, known};
use crate::text::Reference;
use crate::time::Timestamp;
use crate::{Decision, Refusal, State};

/// Goods brought to a station, or sent back from there to the supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// To, or from, which station.
    pub station: StationId,
    /// Which item.
    pub item: ItemId,
    /// How many.
    pub quantity: u32,
    /// The delivery note.
    pub reference: Reference,
}

/// What somebody found on a shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountStock {
    /// At which station.
    pub station: StationId,
    /// Which item.
    pub item: ItemId,
    /// The office that answers for the count.
    pub officer: OfficerId,
    /// The operator who counted, if one of the station's did.
    pub operator: Option<OperatorId>,
    /// How many there are, what is set aside included.
    pub found: u32,
}

/// A count, beside what had to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// What was found, where, and who answers for it.
    pub count: CountStock,
    /// How many had to be there.
    pub expected: u32,
    /// What one costs the pools, in fen: a piece that is missing is a loss of so much.
    pub cost: Fen,
}

/// Goods moved from one station to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// From which station.
    pub from: StationId,
    /// To which.
    pub to: StationId,
    /// Which item.
    pub item: ItemId,
    /// How many.
    pub quantity: u32,
    /// The transfer note.
    pub reference: Reference,
}

/// Why goods were written off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum WriteOffReason {
    /// Broken, torn, wet.
    Damaged,
    /// Past the date on the pack.
    PastDate,
    /// Gone, and known to be gone.
    Lost,
}

/// Goods to be written off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriteOffStock {
    /// At which station.
    pub station: StationId,
    /// Which item.
    pub item: ItemId,
    /// How many.
    pub quantity: u32,
    /// Why.
    pub reason: WriteOffReason,
    /// The office that answers for it.
    pub officer: OfficerId,
}

/// Goods written off, at what they cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriteOff {
    /// Which goods, where, why, and who answers for it.
    pub goods: WriteOffStock,
    /// What one costs the pools, in fen.
    pub cost: Fen,
}

/// What an office answers for: what counts missed, what was written off, and what came back
/// through a fault and could not be handed out again. Surplus stands beside it, not against it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Loss {
    /// Pieces lost.
    pub lost_pieces: u64,
    /// What they cost, in fen.
    pub lost_cost: Fen,
    /// Pieces that counts found too many.
    pub surplus_pieces: u64,
    /// What they cost, in fen.
    pub surplus_cost: Fen,
}

impl Loss {
    pub(crate) fn lose(&mut self, pieces: u32, cost: Fen) -> Option<()> {
        self.lost_pieces = self.lost_pieces.checked_add(u64::from(pieces))?;
        self.lost_cost = self.lost_cost.plus(cost.times(pieces)?)?;
        Some(())
    }

    fn find(&mut self, pieces: u32, cost: Fen) -> Option<()> {
        self.surplus_pieces = self.surplus_pieces.checked_add(u64::from(pieces))?;
        self.surplus_cost = self.surplus_cost.plus(cost.times(pieces)?)?;
        Some(())
    }
}

pub(super) fn receive(state: &State, delivery: &Delivery) -> Result<Decision, Refusal> {
    let shelf = stocked(state, delivery.station, delivery.item)?;
    if delivery.quantity == 0 {
        return Err(Refusal::NothingReceived);
    }
    shelf.receive(delivery.quantity).ok_or(Refusal::AmountTooLarge)?;
    Ok(Decision::one(Event::StockReceived(delivery.clone())))
}

pub(super) fn send_back(state: &State, delivery: &Delivery) -> Result<Decision, Refusal> {
    let Delivery { station, item, quantity, .. } = *delivery;
    enough(stocked(state, station, item)?, item, quantity)?;
    Ok(Decision::one(Event::StockSentBack(delivery.clone())))
}

pub(super) fn count(state: &State, count: &CountStock) -> Result<Decision, Refusal> {
    let CountStock { station, item, officer, operator, found } = *count;
    let shelf = stocked(state, station, item)?;
    state.answers_for(officer, station)?;
    if let Some(operator) = operator {
        state.operator_at(operator, station)?;
    }
    if found < shelf.reserved {
        return Err(Refusal::CountBelowReserved { item, reserved: shelf.reserved, found });
    }
    shelf.count(found).ok_or(Refusal::AmountTooLarge)?;
    let (expected, cost) = (shelf.on_hand, state.item(item)?.cost);
    state.can_lose(officer, expected.abs_diff(found), cost)?;
    Ok(Decision::one(Event::StockCounted(Count { count: *count, expected, cost })))
}

pub(super) fn shift(state: &State, shift: &Move) -> Result<Decision, Refusal> {
    let Move { from, to, item, quantity, .. } = *shift;
    let (here, there) = (stocked(state, from, item)?, stocked(state, to, item)?);
    if from == to {
        return Err(Refusal::SameStation);
    }
    enough(here, item, quantity)?;
    there.move_in(quantity).ok_or(Refusal::AmountTooLarge)?;
    Ok(Decision::one(Event::StockMoved(shift.clone())))
}

pub(super) fn write_off(state: &State, goods: &WriteOffStock) -> Result<Decision, Refusal> {
    let WriteOffStock { station, item, quantity, officer, .. } = *goods;
    enough(stocked(state, station, item)?, item, quantity)?;
    state.answers_for(officer, station)?;
    let cost = state.item(item)?.cost;
    state.can_lose(officer, quantity, cost)?;
    Ok(Decision::one(Event::StockWrittenOff(WriteOff { goods: *goods, cost })))
}

/// The shelf of an item whose stock is counted.
fn stocked(state: &State, station: StationId, item: ItemId) -> Result<Shelf, Refusal> {
    state.station(station)?;
    if !state.item(item)?.kind.is_stocked() {
        return Err(Refusal::NotStocked { item });
    }
    Ok(state.shelf(station, item))
}

fn enough(shelf: Shelf, item: ItemId, quantity: u32) -> Result<(), Refusal> {
    if quantity == 0 {
        return Err(Refusal::QuantityZero { item });
    }
    let free = shelf.free();
    if free < quantity {
        return Err(Refusal::InsufficientStock { item, free, wanted: quantity });
    }
    Ok(())
}

/// What a fact of stock does; a listing, a price and terms do nothing to it.
pub(super) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Listed(_) | Event::Priced(_) | Event::TermsSet(_) => Ok(()),
        Event::StockReceived(it) => {
            state.change_shelf(it.station, it.item, now, |shelf| shelf.receive(it.quantity))
        }
        Event::StockSentBack(it) => {
            state.change_shelf(it.station, it.item, now, |shelf| shelf.send_back(it.quantity))
        }
        Event::StockCounted(it) => {
            let CountStock { station, item, officer, found, .. } = it.count;
            let missing = it.expected.saturating_sub(found);
            let surplus = found.saturating_sub(it.expected);
            state.change_shelf(station, item, now, |shelf| shelf.count(found))?;
            let loss = state.losses.entry(officer);
            let booked = loss.lose(missing, it.cost).and_then(|()| loss.find(surplus, it.cost));
            known(booked, officer)
        }
        Event::StockMoved(it) => {
            state.change_shelf(it.from, it.item, now, |shelf| shelf.move_out(it.quantity))?;
            state.change_shelf(it.to, it.item, now, |shelf| shelf.move_in(it.quantity))
        }
        Event::StockWrittenOff(it) => {
            let WriteOffStock { station, item, quantity, officer, .. } = it.goods;
            state.change_shelf(station, item, now, |shelf| shelf.write_off(quantity))?;
            known(state.losses.entry(officer).lose(quantity, it.cost), officer)
        }
    }
}

/// The wish behind a fact of the catalogue.
pub(crate) fn wish(event: &Event) -> Command {
    match event {
        Event::Listed(it) => Command::List(it.clone()),
        Event::Priced(it) => Command::Price(*it),
        Event::TermsSet(it) => Command::SetTerms(it.clone()),
        Event::StockReceived(it) => Command::ReceiveStock(it.clone()),
        Event::StockSentBack(it) => Command::SendStockBack(it.clone()),
        Event::StockCounted(it) => Command::CountStock(it.count),
        Event::StockMoved(it) => Command::MoveStock(it.clone()),
        Event::StockWrittenOff(it) => Command::WriteOffStock(it.goods),
    }
}

impl State {
    /// What stands at this station of this item; an empty shelf if nothing was ever received.
    #[must_use]
    pub fn shelf(&self, station: StationId, item: ItemId) -> Shelf {
        self.shelves.get((station, item)).copied().unwrap_or_default()
    }

    /// What an office answers for.
    #[must_use]
    pub fn loss(&self, officer: OfficerId) -> Loss {
        self.losses.get(officer).copied().unwrap_or_default()
    }

    /// An officer on duty whose area holds the station.
    pub(crate) fn answers_for(
        &self,
        officer: OfficerId,
        station: StationId,
    ) -> Result<(), Refusal> {
        let outer = self.officer_on_duty(officer)?.appointment.area;
        if self.lies_in(self.station(station)?.area, outer) {
            Ok(())
        } else {
            Err(Refusal::OutsideAuthority)
        }
    }

    /// Does a loss of so many pieces at this cost still fit the office's sums?
    pub(crate) fn can_lose(
        &self,
        officer: OfficerId,
        pieces: u32,
        cost: Fen,
    ) -> Result<(), Refusal> {
        let mut loss = self.loss(officer);
        let fits = loss.lose(pieces, cost).and_then(|()| loss.find(pieces, cost));
        fits.ok_or(Refusal::AmountTooLarge)
    }

    /// Changes a shelf as a law of stock allows, and lets whoever waits for it be served.
    pub(crate) fn change_shelf(
        &mut self,
        station: StationId,
        item: ItemId,
        now: Timestamp,
        change: impl FnOnce(Shelf) -> Option<Shelf>,
    ) -> Step {
        let shelf = self.shelves.entry((station, item));
        *shelf = change(*shelf)
            .ok_or_else(|| (crate::Law::Stock, format!("item {item} has {shelf:?}")))?;
        self.watch_queue((station, item), now);
        Ok(())
    }
}
