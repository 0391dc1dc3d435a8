//! Service stations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Amount, Bilingual, Id};

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

/// A count of one item, at the station that the key is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountStock {
    /// Which item.
    pub item: Id,
    /// How many there are, what is set aside included.
    #[schema(example = 39)]
    pub found: u32,
    /// The officer who answers for the count; the station lies in the officer's area.
    pub officer: Id,
    /// The operator who counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<Id>,
}

/// A count, beside what had to be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StockCounted {
    /// The station.
    pub station: Id,
    /// The item.
    pub item: Id,
    /// The officer who answers for it.
    pub officer: Id,
    /// The operator who counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<Id>,
    /// How many had to be there.
    pub expected: u32,
    /// How many there were.
    pub found: u32,
    /// What one costs the pools, in yuan.
    pub cost: Amount,
}

/// Goods to be moved from the station that the key is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveStock {
    /// To which station.
    pub to: Id,
    /// Which item.
    pub item: Id,
    /// How many; at least one.
    #[schema(minimum = 1, example = 1)]
    pub quantity: u32,
    /// The transfer note, 1 to 64 characters.
    #[schema(max_length = 64)]
    pub reference: String,
}

/// Goods that were moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StockMoved {
    /// From which station.
    pub from: Id,
    /// To which.
    pub to: Id,
    /// The item.
    pub item: Id,
    /// How many.
    pub quantity: u32,
    /// The transfer note.
    pub reference: String,
}

/// Why goods are written off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WriteOffReason {
    /// Broken, torn, wet.
    Damaged,
    /// Past the date on the pack.
    PastDate,
    /// Gone, and known to be gone.
    Lost,
}

/// Goods to be written off at the station that the key is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteOffStock {
    /// Which item.
    pub item: Id,
    /// How many; at least one.
    #[schema(minimum = 1, example = 1)]
    pub quantity: u32,
    /// Why.
    pub reason: WriteOffReason,
    /// The officer who answers for it; the station lies in the officer's area.
    pub officer: Id,
}

/// Goods that were written off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StockWrittenOff {
    /// The station.
    pub station: Id,
    /// The item.
    pub item: Id,
    /// How many.
    pub quantity: u32,
    /// Why.
    pub reason: WriteOffReason,
    /// The officer who answers for it.
    pub officer: Id,
    /// What one costs the pools, in yuan.
    pub cost: Amount,
}

/// What stands at a station of an item, and where what ever came went: received + moved in +
/// surplus = on hand + delivered + sent back + written off + moved out + missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Shelf {
    /// The item.
    pub item: Id,
    /// Ever received.
    pub received: i64,
    /// Standing there, what is reserved included.
    pub on_hand: i64,
    /// Set aside for open redemptions.
    pub reserved: i64,
    /// Handed out, and not come back.
    pub delivered: i64,
    /// Sent back to the supplier.
    pub sent_back: i64,
    /// Written off.
    pub written_off: i64,
    /// Came from other stations.
    pub moved_in: i64,
    /// Went to other stations.
    pub moved_out: i64,
    /// Counted and not there.
    pub missing: i64,
    /// Counted and not known of.
    pub surplus: i64,
}

/// All stations, in the order of their ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Stations {
    /// The stations.
    pub stations: Vec<Station>,
}
