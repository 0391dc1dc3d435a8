//! Service stations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Bilingual, Id};

/// How a station hands things out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StationKind {
    /// A clerk at a counter.
    Counter,
    /// A vending machine.
    VendingMachine,
}

/// A station to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenStation {
    /// Its id; minted if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<Id>,
    /// The area it stands in.
    pub area: Id,
    /// Counter or machine.
    pub kind: StationKind,
    /// What people call it.
    pub name: Bilingual,
}

/// A station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Station {
    /// Its id.
    pub station: Id,
    /// The area it stands in.
    pub area: Id,
    /// Counter or machine.
    pub kind: StationKind,
    /// What people call it.
    pub name: Bilingual,
}

/// Goods brought to the station that the key is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveStock {
    /// Which item.
    pub item: Id,
    /// How many; at least one.
    #[schema(minimum = 1, example = 40)]
    pub quantity: u32,
    /// The delivery note, 1 to 64 characters.
    #[schema(example = "DN-2025-0117", max_length = 64)]
    pub reference: String,
}

/// Goods that a station took in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StockReceived {
    /// The station.
    pub station: Id,
    /// The item.
    pub item: Id,
    /// How many.
    pub quantity: u32,
    /// The delivery note.
    pub reference: String,
}

/// All stations, in the order of their ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Stations {
    /// The stations.
    pub stations: Vec<Station>,
}
