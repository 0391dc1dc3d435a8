//! The catalogue: items of many suppliers, their prices, who may have them, and stock by station.

mod shelf;

pub use shelf::Shelf;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::id::{ItemId, StationId, SupplierId};
use crate::quantity::{Fen, Points};
use crate::state::{Step, known};
use crate::text::{Bilingual, Reference};
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

/// Goods brought to a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// To which station.
    pub station: StationId,
    /// Which item.
    pub item: ItemId,
    /// How many.
    pub quantity: u32,
    /// The delivery note.
    pub reference: Reference,
}

/// What can be wished of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// List an item.
    List(Item),
    /// Change its price.
    Price(Pricing),
    /// Take goods in at a station.
    ReceiveStock(Delivery),
}

/// What happened to the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An item was listed.
    Listed(Item),
    /// Its price changed.
    Priced(Pricing),
    /// Goods were taken in at a station.
    StockReceived(Delivery),
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
        Command::ReceiveStock(delivery) => receive(state, delivery),
    }
}

fn receive(state: &State, delivery: &Delivery) -> Result<Decision, Refusal> {
    state.station(delivery.station)?;
    if !state.item(delivery.item)?.kind.is_stocked() {
        return Err(Refusal::NotStocked { item: delivery.item });
    }
    if delivery.quantity == 0 {
        return Err(Refusal::NothingReceived);
    }
    let shelf = state.shelf(delivery.station, delivery.item);
    shelf.receive(delivery.quantity).ok_or(Refusal::AmountTooLarge)?;
    Ok(Decision::one(Event::StockReceived(delivery.clone())))
}

pub(crate) fn evolve(state: &mut State, event: &Event) -> Step {
    match event {
        Event::Listed(item) => state.items.insert(item.item, item.clone()),
        Event::Priced(pricing) => {
            let item = known(state.items.get_mut(pricing.item), pricing.item)?;
            (item.price, item.cost) = (pricing.price, pricing.cost);
        }
        Event::StockReceived(delivery) => {
            let shelf = state.shelves.entry((delivery.station, delivery.item));
            *shelf = known(shelf.receive(delivery.quantity), delivery.item)?;
        }
    }
    Ok(())
}

impl State {
    /// What stands at this station of this item; an empty shelf if nothing was ever received.
    #[must_use]
    pub fn shelf(&self, station: StationId, item: ItemId) -> Shelf {
        self.shelves.get((station, item)).copied().unwrap_or_default()
    }
}
