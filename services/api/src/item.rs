//! The catalogue: items, prices, who may have them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Amount, Bilingual, Id};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A thing on a shelf; its stock is counted at each station.
    Goods,
    /// Something done for the resident.
    Service,
    /// A room, a court, a tool, a seat, for a time.
    Bookable,
}

/// Who may have an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Eligibility {
    /// At least so many stars.
    #[serde(default)]
    pub least_stars: u8,
    /// Only residents of assisted households.
    #[serde(default)]
    pub assisted_only: bool,
}

/// An item to list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListItem {
    /// Its id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
    /// Who supplies it.
    pub supplier: Id,
    /// What people call it.
    pub name: Bilingual,
    /// What it is.
    pub kind: ItemKind,
    /// Points for one; may be zero.
    pub price: Amount,
    /// What one costs the pools, in yuan.
    pub cost: Amount,
    /// Who may have it.
    #[serde(default)]
    pub eligibility: Eligibility,
}

/// A new price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceItem {
    /// Points for one from now on; may be zero.
    pub price: Amount,
    /// What one costs the pools from now on, in yuan.
    pub cost: Amount,
}

/// An item at today's price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Item {
    /// Its id.
    pub item: Id,
    /// Who supplies it.
    pub supplier: Id,
    /// What people call it.
    pub name: Bilingual,
    /// What it is.
    pub kind: ItemKind,
    /// Points for one.
    pub price: Amount,
    /// What one costs the pools, in yuan.
    pub cost: Amount,
    /// Who may have it.
    pub eligibility: Eligibility,
}

/// Why a resident can't have an item now. All that stand in the way are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// Too few stars.
    TooFewStars,
    /// For assisted households alone.
    AssistedOnly,
    /// Too few points for one.
    InsufficientPoints,
    /// None free at this station.
    OutOfStock,
    /// It is booked by the slot, not sold over the counter.
    BookingNeeded,
}

/// An item as it stands at a station, for a resident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogueItem {
    /// The item.
    pub item: Item,
    /// How many can still be promised here; none if its stock isn't counted or no station was
    /// asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free: Option<u32>,
    /// What stands in the way; empty: one can be had now. Without a resident only stock counts.
    pub hindrances: Vec<Hindrance>,
}

/// What can be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Catalogue {
    /// At which station, if one was asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<Id>,
    /// For which resident, if one was asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resident: Option<Id>,
    /// Items in the order of their ids: all, or what can be had at the station. Goods that ran out
    /// there are among them.
    pub items: Vec<CatalogueItem>,
    /// The cursor of the next page; none after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
