//! The catalogue: items of many suppliers, their prices, who may have them, and stock by station.

mod outlay;
mod shelf;
mod stock;
mod taking;
mod terms;

pub use shelf::Shelf;
pub(crate) use stock::wish;
pub use stock::{Count, CountStock, Delivery, Loss, Move, WriteOff, WriteOffReason, WriteOffStock};

pub(crate) use taking::Amount;
pub use taking::{Holder, TakenBy, Taking};
pub use terms::{
    LIMITS_MAX, LOCK_MAX, Limit, Much, ONLY_MAX, OpenTo, Taker, Terms, TermsPart, Unused,
    VOUCHER_DAYS_MAX, VoucherTerms, WRONG_CODES_MAX,
};

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{ItemId, SupplierId};
use crate::quantity::{Fen, Points};
use crate::state::{Step, known};
use crate::text::Bilingual;
use crate::time::Timestamp;
use crate::{Decision, Noun, Refusal, State};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum ItemKind {
    /// A thing on a shelf; its stock is counted at each station.
    Goods,
    /// Something done for the resident.
    Service,
    /// A room, a court, a tool, a seat, for a time.
    Bookable,
}

impl ItemKind {
    /// Is its stock counted?
    #[must_use]
    pub const fn is_stocked(self) -> bool {
        matches!(self, Self::Goods)
    }
}

/// Who may have an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub struct Eligibility {
    /// At least so many stars.
    pub least_stars: u8,
    /// Only residents of assisted households.
    pub assisted_only: bool,
}

/// An item as listed.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Item {
    /// Its id.
    pub item: ItemId,
    /// Who supplies it.
    pub supplier: SupplierId,
    /// What people call it.
    pub name: Bilingual,
    /// What it is.
    pub kind: ItemKind,
    /// Points for one; may be zero.
    pub price: Points,
    /// What one costs the pools, in fen.
    pub cost: Fen,
    /// Who may have it.
    pub eligibility: Eligibility,
}

/// A new price of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pricing {
    /// Which item.
    pub item: ItemId,
    /// Points for one from now on.
    pub price: Points,
    /// What one costs the pools from now on, in fen.
    pub cost: Fen,
}

/// What can be wished of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// List an item.
    List(Item),
    /// Change its price.
    Price(Pricing),
    /// Set its terms, all of them.
    SetTerms(Terms),
    /// Take goods in at a station.
    ReceiveStock(Delivery),
    /// Send goods back to the supplier.
    SendStockBack(Delivery),
    /// Tell what was found on a shelf.
    CountStock(CountStock),
    /// Move goods to another station.
    MoveStock(Move),
    /// Write goods off.
    WriteOffStock(WriteOffStock),
}

/// What happened to the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An item was listed.
    Listed(Item),
    /// Its price changed.
    Priced(Pricing),
    /// Its terms were set.
    TermsSet(Terms),
    /// Goods were taken in at a station.
    StockReceived(Delivery),
    /// Goods were sent back to the supplier.
    StockSentBack(Delivery),
    /// A shelf was counted.
    StockCounted(Count),
    /// Goods were moved to another station.
    StockMoved(Move),
    /// Goods were written off.
    StockWrittenOff(WriteOff),
}

pub(crate) fn decide(state: &State, command: &Command) -> Result<Decision, Refusal> {
    match command {
        Command::List(item) => {
            state.items.vacant(item.item, Noun::Item)?;
            if !state.suppliers.contains(item.supplier) {
                return Err(Refusal::Unknown(Noun::Supplier));
            }
            Ok(Decision::one(Event::Listed(item.clone())))
        }
        Command::Price(pricing) => {
            state.item(pricing.item)?;
            Ok(Decision::one(Event::Priced(*pricing)))
        }
        Command::SetTerms(terms) => terms::set(state, terms),
        Command::ReceiveStock(delivery) => stock::receive(state, delivery),
        Command::SendStockBack(delivery) => stock::send_back(state, delivery),
        Command::CountStock(count) => stock::count(state, count),
        Command::MoveStock(shift) => stock::shift(state, shift),
        Command::WriteOffStock(goods) => stock::write_off(state, goods),
    }
}

pub(crate) fn evolve(state: &mut State, event: &Event, now: Timestamp) -> Step {
    match event {
        Event::Listed(item) => state.items.insert(item.item, item.clone()),
        Event::Priced(pricing) => {
            let item = known(state.items.get_mut(pricing.item), pricing.item)?;
            (item.price, item.cost) = (pricing.price, pricing.cost);
        }
        Event::TermsSet(terms) => state.terms.insert(terms.item, terms.clone()),
        Event::StockReceived(_)
        | Event::StockSentBack(_)
        | Event::StockCounted(_)
        | Event::StockMoved(_)
        | Event::StockWrittenOff(_) => {}
    }
    stock::evolve(state, event, now)
}
