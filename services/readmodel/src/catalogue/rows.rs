//! What stands in the catalogue's tables.

use linli_domain::Position;
use linli_domain::id::{ItemId, StationId, SupplierId};
use linli_domain::item::ItemKind;
use linli_domain::quantity::{Fen, Points};
use linli_domain::text::Name;
use linli_domain::time::Timestamp;

use crate::table::table;

table! {
    /// An item at today's price.
    Item in Catalogue "item" {
        /// Its id.
        Key item: ItemId = "item",
        /// Who supplies it.
        Fix supplier: SupplierId = "supplier",
        /// Its name in Chinese.
        Fix name_zh: Name = "name_zh",
        /// Its name in English.
        Fix name_en: Name = "name_en",
        /// Goods, a service or something to be booked.
        Fix kind: ItemKind = "kind",
        /// Points for one.
        Set price: Points = "price_hundredths",
        /// What one costs the pools.
        Set cost: Fen = "cost_fen",
        /// Who may have it: at least so many stars.
        Fix least_stars: u8 = "least_stars",
        /// Only residents of assisted households?
        Fix assisted_only: bool = "assisted_only",
    }
}

table! {
    /// A new price: a change to [`Item`].
    Pricing in Catalogue "item" {
        /// Of which item.
        Key item: ItemId = "item",
        /// Points for one.
        Set price: Points = "price_hundredths",
        /// What one costs the pools.
        Set cost: Fen = "cost_fen",
    }
}

table! {
    /// A price that an item had from a record on.
    Price in Catalogue "price" {
        /// Of which item.
        Key item: ItemId = "item",
        /// From this record on.
        Key position: Position = "position",
        /// Points for one.
        Fix price: Points = "price_hundredths",
        /// What one costs the pools.
        Fix cost: Fen = "cost_fen",
        /// When it was recorded.
        Fix recorded_at: Timestamp = "recorded_at_us",
    }
}

table! {
    /// Stock of an item at a station. As a change, the counts are what is to be added.
    Shelf in Catalogue "shelf" {
        /// At which station.
        Key station: StationId = "station",
        /// Of which item.
        Key item: ItemId = "item",
        /// Ever received.
        Add received: i64 = "received",
        /// Standing there, what is reserved included.
        Add on_hand: i64 = "on_hand",
        /// Set aside for open redemptions.
        Add reserved: i64 = "reserved",
        /// Handed out.
        Add delivered: i64 = "delivered",
        /// Sent back to the supplier.
        Add sent_back: i64 = "sent_back",
        /// Written off.
        Add written_off: i64 = "written_off",
        /// Came from other stations.
        Add moved_in: i64 = "moved_in",
        /// Went to other stations.
        Add moved_out: i64 = "moved_out",
        /// Counted and not there.
        Add missing: i64 = "missing",
        /// Counted and not known of.
        Add surplus: i64 = "surplus",
    }
}

impl Shelf {
    /// An empty one.
    #[must_use]
    pub const fn empty(station: StationId, item: ItemId) -> Self {
        Self {
            station,
            item,
            received: 0,
            on_hand: 0,
            reserved: 0,
            delivered: 0,
            sent_back: 0,
            written_off: 0,
            moved_in: 0,
            moved_out: 0,
            missing: 0,
            surplus: 0,
        }
    }

    /// What can still be promised to somebody.
    #[must_use]
    pub const fn free(&self) -> i64 {
        self.on_hand.saturating_sub(self.reserved)
    }
}
